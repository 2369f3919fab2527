//! The tree as a whole, and the way from flags to the configuration.

use clap::{Args, FromArgMatches, Parser};

use super::{GlobalArgs, command, environment_name};
use crate::commands::encode::EncodeArgs;
use crate::commands::evaluate::EvaluateArgs;
use crate::commands::generate::GenerateArgs;
use crate::commands::reconstruct::ReconstructArgs;
use crate::commands::score::ScoreArgs;
use crate::commands::train::TrainArgs;
use crate::config::{Activation, Auto, Binarize, Config, HeldOut, Likelihood, Missing, Optimizer, Start};
use crate::error::Exit;

#[derive(Debug, Parser)]
struct Train {
    #[command(flatten)]
    args: TrainArgs,
    #[command(flatten)]
    global: GlobalArgs,
}

fn config(flags: &[&str]) -> crate::error::Result<Config> {
    let train = Train::try_parse_from(["train"].iter().chain(flags)).unwrap();
    Config::layered(train.args.config.as_deref(), &train.args.settings(&train.global)?)
}

#[test]
fn the_tree_is_well_formed_and_every_flag_has_its_variable() {
    fn check(command: &clap::Command) {
        for arg in command.get_arguments() {
            let Some(flag) = arg.get_long().filter(|flag| !["help", "version"].contains(flag)) else {
                continue;
            };
            let variable = arg.get_env().unwrap_or_else(|| panic!("--{flag} has no variable"));
            assert_eq!(variable.to_str(), Some(environment_name(flag).as_str()));
        }
        command.get_subcommands().for_each(check);
    }
    command().debug_assert();
    check(&command());
    assert_eq!(environment_name("batch-size"), "REPARAM_BATCH_SIZE");
}

#[test]
fn every_subcommand_is_well_formed() {
    fn check<T: Args + FromArgMatches>() {
        T::augment_args(GlobalArgs::augment_args(clap::Command::new("sub"))).debug_assert();
    }
    check::<TrainArgs>();
    check::<EvaluateArgs>();
    check::<EncodeArgs>();
    check::<ReconstructArgs>();
    check::<GenerateArgs>();
    check::<ScoreArgs>();
}

#[test]
fn every_flag_reaches_its_key() {
    let given = "wine.csv --label 7 --missing drop --data-dir cache --image-size 8x9 --latent-dim 3 \
        --hidden 40,20 --activation silu --likelihood gaussian --scale-floor 0.1 --beta .5 --kl-warmup 4 \
        --free-bits 0.25 --samples 2 --binarize dynamic --optimizer sgd --learning-rate 1e-2 --batch-size 32 \
        --epochs 5 --patience 0 --held-out 0.2 --seed 18446744073709551615 --max-time 90s \
        --checkpoint-every 2.5 --threads 3 --start random --components 1 --contamination 0.1 --passes 2 --anneal 1";
    let config = config(&given.split_whitespace().collect::<Vec<_>>()).unwrap();
    let mut expected = Config::default();
    expected.data.source = "wine.csv".into();
    expected.data.label = Some("7".into());
    expected.data.missing = Missing::Drop;
    expected.data.data_dir = Some("cache".into());
    expected.data.image_size = Some("8x9".parse().unwrap());
    expected.data.held_out = HeldOut::Fraction(0.2);
    expected.data.binarize = Binarize::Dynamic;
    expected.model.latent_dim = Auto::Fixed(3);
    expected.model.hidden = Auto::Fixed(vec![40, 20]);
    expected.model.activation = Activation::Silu;
    expected.model.likelihood = Auto::Fixed(Likelihood::Gaussian);
    expected.model.start = Auto::Fixed(Start::Random);
    expected.model.components = Auto::Fixed(1);
    expected.model.scale_floor = 0.1;
    expected.objective.beta = 0.5;
    expected.objective.kl_warmup = 4;
    expected.objective.free_bits = 0.25;
    expected.objective.samples = 2;
    expected.objective.contamination = 0.1;
    expected.train.optimizer = Optimizer::Sgd;
    expected.train.learning_rate = 0.01;
    expected.train.batch_size = Auto::Fixed(32);
    expected.train.epochs = Auto::Fixed(5);
    expected.train.passes = Auto::Fixed(2);
    expected.train.patience = Auto::Fixed(0);
    expected.train.anneal = Auto::Fixed(1);
    expected.train.seed = u64::MAX;
    expected.train.max_time = Some(std::time::Duration::from_secs(90));
    expected.train.checkpoint_every = 2.5;
    expected.train.threads = Auto::Fixed(3);
    assert_eq!(config, expected);
}

#[test]
fn flags_are_stronger_than_assignments_and_those_than_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    std::fs::write(&file, "[objective]\nbeta = 2\n[train]\nseed = 2\nepochs = 2\n").unwrap();
    let file = file.to_str().unwrap();
    let config =
        config(&["--config", file, "--set", "train.seed=3", "--set", "train.epochs=3", "--epochs", "4"]);
    let config = config.unwrap();
    assert_eq!((config.objective.beta, config.train.seed), (2.0, 3));
    assert_eq!(config.train.epochs, Auto::Fixed(4));
    assert_eq!(config.model, Config::default().model);
}

#[test]
fn bad_values_name_the_flag_the_key_and_what_it_accepts() {
    for (flags, expected) in [
        (["--learning-rate", "-1"], "--learning-rate: train.learning_rate is -1; expected a number above 0"),
        (
            ["--learning-rate", "nan"],
            "--learning-rate: train.learning_rate is nan; expected a number above 0",
        ),
        (
            ["--batch-size", "0"],
            "--batch-size: train.batch_size is 0; expected auto, or a whole number from 1",
        ),
        (
            ["--latent-dim", "0"],
            "--latent-dim: model.latent_dim is 0; expected auto, or a whole number from 1",
        ),
        (["--latent-dim", "2.5"], "--latent-dim: model.latent_dim is 2.5; expected auto, or a whole number"),
        (["--seed", "-1"], "--seed: train.seed is -1; expected a whole number from 0"),
        (["--hidden", "400,"], "--hidden: model.hidden is \"400,\"; expected auto, or up to 32 layer widths"),
        (["--max-time", "ten"], "--max-time: train.max_time is \"ten\"; expected a duration"),
        (["--set", "train.seed"], "--set train.seed: expected KEY=VALUE"),
        (["--set", "objective.free_bits=-1"], "--set: objective.free_bits is -1; expected nats"),
    ] {
        let error = config(&flags).unwrap_err();
        assert!(error.message.starts_with(expected), "{}", error.message);
        assert_eq!(error.exit, Exit::Usage);
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let error = Train::try_parse_from(["train", "--likelihood", "gausian"]).unwrap_err();
    assert!(error.to_string().contains("'gaussian'"), "{error}");
    let error = Train::try_parse_from(["train", "--latent-dims", "3"]).unwrap_err();
    assert!(error.to_string().contains("'--latent-dim'"), "{error}");
}
