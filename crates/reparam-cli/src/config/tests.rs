//! Layers, errors with their places, and the choices left to the data.

use std::fs;

use super::keys::KEYS;
use super::resolve::default_epochs;
use super::{Auto, Binarize, Config, DataFacts, HeldOut, Likelihood, Setting, Start};
use crate::error::Exit;

fn facts() -> DataFacts {
    DataFacts { rows: 1797, test_rows: None, columns: 64, varied: 64, binary: false, image: true }
}

#[test]
fn the_written_file_reads_back_equal_and_names_every_key() {
    let mut config = Config::default();
    let assignments = [
        "data.label=kind",
        "data.exclude=id,date",
        "data.only_numbers=true",
        "data.header=no",
        "data.array=rows",
        "data.data_dir=cache",
        "data.image_size=8x8",
        "train.max_time=1h 30m",
        "train.seed=18446744073709551615",
        "train.learning_rate=0.1",
    ];
    let settings: Vec<_> = assignments.iter().map(|text| Setting::assignment(text).unwrap()).collect();
    config = config.with(&settings).unwrap();
    let open = config.to_toml();
    assert_eq!(Config::from_toml(&open, "c.toml").unwrap(), config);
    config.resolve(&facts()).unwrap();
    let resolved = config.to_toml();
    assert_eq!(Config::from_toml(&resolved, "c.toml").unwrap(), config);
    assert!(!resolved.contains("auto"), "{resolved}");
    for key in KEYS {
        let leaf = key.path.rsplit('.').next().unwrap();
        assert!(resolved.lines().any(|line| line.starts_with(&format!("{leaf} = "))), "{leaf} in {resolved}");
    }
}

#[test]
fn errors_in_a_file_name_the_line_the_key_and_what_it_accepts() {
    for (text, message, help) in [
        ("[train]\nlr = 1\n", "c.toml, line 2: unknown key train.lr", "did you mean train.learning_rate?"),
        (
            "[train]\nzzz = 1\n",
            "c.toml, line 2: unknown key train.zzz",
            "the keys are format_version, data.source",
        ),
        (
            "[train]\nbatchsize = 1\n",
            "c.toml, line 2: unknown key train.batchsize",
            "did you mean train.batch_size?",
        ),
        ("[model]\nbeta = 1\n", "c.toml, line 2: unknown key model.beta", "did you mean objective.beta?"),
        ("trian = 1\n", "c.toml, line 1: unknown key trian", ""),
        ("train = 1\n", "c.toml, line 1: unknown key train", ""),
        ("[train.seed]\nx = 1\n", "c.toml, line 2: unknown key train.seed.x", ""),
        ("[train]\nseed = 1\nepochs = 'x'\n", "c.toml, line 3: train.epochs is \"x\"; expected auto, or", ""),
        (
            "[train]\nlearning_rate = -0.1\n",
            "c.toml, line 2: train.learning_rate is -0.1; expected a number above",
            "",
        ),
        (
            "[train]\nlearning_rate = nan\n",
            "c.toml, line 2: train.learning_rate is nan; expected a number above",
            "",
        ),
        (
            "[train]\nlearning_rate = '0.1'\n",
            "c.toml, line 2: train.learning_rate is \"0.1\"; expected a",
            "",
        ),
        ("[train]\nbatch_size = 0\n", "c.toml, line 2: train.batch_size is 0; expected", ""),
        ("[model]\nlatent_dim = 0\n", "c.toml, line 2: model.latent_dim is 0; expected", ""),
        (
            "[model]\nlikelihood = 'gausian'\n",
            "c.toml, line 2: model.likelihood is \"gausian\"; expected auto,",
            "",
        ),
        ("[model]\nhidden = []\n", "c.toml, line 2: model.hidden is []; expected", ""),
        ("[objective]\nfree_bits = -1\n", "c.toml, line 2: objective.free_bits is -1; expected", ""),
        ("[data]\nlabel = 5\n", "c.toml, line 2: data.label is 5; expected the name of a column", ""),
        ("[data]\nheld_out = 1.0\n", "c.toml, line 2: data.held_out is 1.0; expected", ""),
        ("[train]\nseed = 1\nseed = 2\n", "c.toml: TOML parse error at line 3", ""),
        (
            "format_version = 2\nnew = 1\n",
            "c.toml has format version 2; this program reads version 1",
            "later one",
        ),
    ] {
        let error = Config::from_toml(text, "c.toml").unwrap_err();
        assert!(error.message.starts_with(message), "{}\nexpected {message}", error.message);
        assert!(error.help.unwrap_or_default().contains(help), "{text}");
        assert_eq!(error.exit, Exit::Usage);
    }
}

#[test]
fn the_edges_of_the_ranges_are_accepted() {
    let text = "[train]\nepochs = 0\nseed = 0\nbatch_size = 1\n[objective]\nbeta = 0\nfree_bits = 0.0\n\
        [model]\nlatent_dim = 65536\nhidden = 7\n[data]\nheld_out = 0\n";
    let config = Config::from_toml(text, "c.toml").unwrap();
    assert_eq!(config.train.epochs, Auto::Fixed(0));
    assert_eq!(config.model.hidden, Auto::Fixed(vec![7]));
    assert_eq!(config.data.held_out, HeldOut::Fraction(0.0));
    assert_eq!(Config::from_toml("", "c.toml").unwrap(), Config::default());
}

#[test]
fn files_that_are_no_configuration_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    let error = Config::read(&path).unwrap_err();
    assert!(error.message.contains("c.toml") && error.exit == Exit::Usage, "{error}");
    assert_eq!(Config::read(folder.path()).unwrap_err().exit, Exit::Usage);
    fs::write(&path, [0xff, 0xfe, 0]).unwrap();
    assert_eq!(Config::read(&path).unwrap_err().exit, Exit::Usage);
    fs::write(&path, "#".repeat(2 << 20)).unwrap();
    assert!(Config::read(&path).unwrap_err().message.contains("larger than 1 MiB"));
}

#[test]
fn a_resumed_run_changes_its_length_only() {
    let mut stored = Config::default();
    stored.resolve(&facts()).unwrap();
    let set = |text| Setting::assignment(text).unwrap();
    let longer = Config::resumed(&stored, &[set("train.epochs=900"), set("train.threads=1")]).unwrap();
    assert_eq!(longer.train.epochs, Auto::Fixed(900));
    assert_eq!(Config::resumed(&stored, &[set("objective.beta=1")]).unwrap(), stored);
    let other = [set("objective.beta=4"), set("train.seed=1"), set("data.label=kind"), set("train.epochs=1")];
    let error = Config::resumed(&stored, &other).unwrap_err();
    assert_eq!(error.exit, Exit::Usage);
    let differing = "data.label is unset in the run, \"kind\" here; objective.beta is 1.0 in the run, 4.0 here; \
        train.seed is 0 in the run, 1 here";
    assert!(error.message.ends_with(differing), "{error}");
}

#[test]
fn epochs_follow_the_number_of_rows() {
    let table = [(0, 400), (1, 400), (1617, 400), (3000, 400), (6000, 200), (60_000, 20), (800_000, 2)];
    for (rows, epochs) in table {
        assert_eq!(default_epochs(rows), epochs, "{rows} rows");
    }
    assert_eq!(default_epochs(usize::MAX / 2), 1);
}

#[test]
fn open_choices_follow_the_data_and_fixed_ones_stay() {
    let resolved = |facts: DataFacts| {
        let mut config = Config::default();
        config.resolve(&facts).unwrap();
        config
    };
    let digits = resolved(facts());
    assert_eq!(digits.data.held_out, HeldOut::Fraction(0.1));
    assert_eq!(digits.held_out_rows(&facts()), 180);
    assert_eq!(*digits.model.hidden.get(), [128]);
    assert_eq!(*digits.model.likelihood.get(), Likelihood::Bernoulli);
    let mnist = resolved(DataFacts { rows: 70_000, test_rows: Some(10_000), columns: 784, ..facts() });
    assert_eq!(mnist.data.held_out, HeldOut::TestSet);
    assert_eq!((*mnist.train.epochs.get(), mnist.model.hidden.get().as_slice()), (20, &[400][..]));
    assert_eq!((*digits.model.latent_dim.get(), *digits.model.start.get()), (8, Start::Random));
    assert_eq!((*digits.model.components.get(), *digits.train.batch_size.get()), (1, 128));
    let table = DataFacts { image: false, ..facts() };
    assert_eq!(*resolved(table).model.likelihood.get(), Likelihood::Gaussian);
    assert_eq!(*resolved(DataFacts { binary: true, ..table }).model.likelihood.get(), Likelihood::Bernoulli);

    let mut twice = mnist.clone();
    twice.resolve(&facts()).unwrap_err();
    let mut again = digits.clone();
    again.resolve(&facts()).unwrap();
    assert_eq!(again, digits);
}

#[test]
fn learning_is_counted_in_steps_and_given_epochs_keep_their_meaning() {
    let resolved = |rows: usize, settings: &[&str]| {
        let settings: Vec<_> = settings.iter().map(|text| Setting::assignment(text).unwrap()).collect();
        let mut config = Config::default().with(&settings).unwrap();
        config.resolve(&DataFacts { rows, varied: 4, columns: 4, image: false, ..facts() }).unwrap();
        config
    };
    for rows in [4, 20, 50, 150, 300, 1000, 5000, 40_000, 1_000_000] {
        let config = resolved(rows, &[]);
        let training = rows - config.held_out_rows(&DataFacts { rows, ..facts() });
        let steps = training.div_ceil(*config.train.batch_size.get()) * config.train.passes.get();
        assert!(steps >= 64, "{rows} rows: an epoch has {steps} steps");
        let patience = steps * config.train.patience.get() * (1 + config.train.anneal.get());
        assert!(patience >= 3000, "{rows} rows: given up after {patience} steps");
        assert!(steps * config.train.epochs.get() >= 10_000, "{rows} rows");
        assert_eq!((*config.model.latent_dim.get(), *config.model.start.get()), (4, Start::Linear));
        // Once resolved, nothing moves.
        let mut again = config.clone();
        again.resolve(&DataFacts { rows, varied: 4, columns: 4, image: false, ..facts() }).unwrap();
        assert_eq!(again, config);
    }
    let given = resolved(150, &["train.epochs=30", "train.batch_size=32"]);
    assert_eq!((*given.train.epochs.get(), *given.train.passes.get(), *given.train.anneal.get()), (30, 1, 0));
    let given = resolved(150, &["train.patience=7"]);
    assert_eq!(
        (*given.train.patience.get(), *given.train.passes.get(), *given.train.anneal.get()),
        (7, 1, 0)
    );
    assert_eq!(*resolved(150, &["objective.kl_warmup=10"]).train.passes.get(), 1);
}

#[test]
fn few_rows_still_leave_some_to_train_on() {
    let mut config = Config::default();
    for (rows, held_out) in [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (10, 2), (100, 10)] {
        let facts = DataFacts { rows, ..facts() };
        config.resolve(&facts).unwrap();
        assert_eq!(config.held_out_rows(&facts), held_out, "{rows} rows");
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let mut config = Config::default();
    config.model.likelihood = Auto::Fixed(Likelihood::Gaussian);
    config.data.binarize = Binarize::Dynamic;
    let error = config.resolve(&facts()).unwrap_err();
    assert!(error.exit == Exit::Usage && error.message.contains("data.binarize"), "{error}");
}
