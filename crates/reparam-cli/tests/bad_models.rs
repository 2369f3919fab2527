//! Models and data that do not belong together, and files that are no models.

mod common;

use std::fs;

use common::{fail, model, succeed, table, trained};

#[test]
fn columns_are_found_by_name_and_missing_ones_are_named() {
    let home = trained(80, "--epochs 2");
    let folder = home.path();
    let whole = table(12, 7);
    // The same columns in another order, and one more.
    let turned = whole.lines().enumerate().map(|(number, line)| {
        let cells: Vec<&str> = line.split(',').collect();
        let extra = if number == 0 { "extra".into() } else { format!("word{number}") };
        [&extra, cells[5], cells[3], cells[4], cells[2], cells[1], cells[0]].join(",")
    });
    let turned = turned.collect::<Vec<_>>().join("\n");
    fs::write(folder.join("plain.csv"), &whole).unwrap();
    fs::write(folder.join("turned.csv"), turned).unwrap();
    for verb in ["encode", "reconstruct", "score", "evaluate"] {
        let output = if verb == "evaluate" { "" } else { "-o -" };
        let (plain, _) = succeed(folder, &format!("{verb} t plain.csv {output}"));
        let (turned, told) = succeed(folder, &format!("{verb} t turned.csv {output}"));
        assert_eq!(plain, turned, "{verb}");
        assert!(told.contains("columns that the model does not know are ignored: 'extra'"), "{told}");
    }
    let short: Vec<&str> = whole.lines().map(|line| line.split_once(',').unwrap().1).collect();
    fs::write(folder.join("short.csv"), short.join("\n").replace("count", "number")).unwrap();
    for verb in ["encode", "reconstruct", "score"] {
        let told = fail(folder, &format!("{verb} t short.csv -o never.csv"), 1);
        assert!(told.contains("the model was trained on columns that are not here: 'a', 'count'"), "{told}");
        assert!(!folder.join("never.csv").exists());
    }
    fs::write(folder.join("words.csv"), whole.replace("\n-", "\nminus")).unwrap();
    let told = fail(folder, "score t words.csv -o -", 1);
    assert!(told.contains("words.csv") && told.contains("'a'") && told.contains("minus"), "{told}");
}

#[test]
fn numbers_that_the_likelihood_cannot_take_are_refused_later_too() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    succeed(folder, "train --epochs 1 --hidden 8 --name d -q");
    let (rows, _) = succeed(folder, "generate d -n 4 -o -");
    fs::write(folder.join("new.csv"), &rows).unwrap();
    succeed(folder, "score d new.csv -o -");
    let (head, row) = rows.split_once('\n').unwrap();
    let (_, rest) = row.split_once(',').unwrap();
    fs::write(folder.join("new.csv"), format!("{head}\n255,{rest}")).unwrap();
    let told = fail(folder, "score d new.csv -o -", 1);
    assert!(told.contains("new: column 'pixel_0' holds 255 in row 0 (counted from 0)"), "{told}");
}

#[test]
fn pictures_of_another_size_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::create_dir(folder.join("pictures")).unwrap();
    succeed(folder, "train --epochs 0 --hidden 4 --name d -q");
    succeed(folder, "generate d -n 4 -o pictures/four.png");
    let told = fail(folder, "encode d pictures -o -", 1);
    assert!(told.contains("but the model was trained on rows of 8×8×1 pixels"), "{told}");
    succeed(folder, "encode d pictures --image-size 8x8 -o -");
}

#[test]
fn files_that_are_no_models_are_refused_by_every_use() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    let whole = model(&folder.join("runs/t"));
    let version = br#""format_version":"2""#;
    let at = whole.windows(version.len()).position(|part| part == version).unwrap();
    let mut later = whole.clone();
    later[at + 18] = b'9';
    let files: [(&[u8], &str); 6] = [
        (b"", "not a safetensors file: it is empty"),
        (b"a,b\n1,2\n", "not a safetensors file"),
        (b"\x80\x04\x95pickle", "Python pickle"),
        (&whole[..whole.len() - 1], "not a safetensors file: it is cut short or damaged"),
        (&whole[..40], "not a safetensors file"),
        (&later, "format version 9; this program reads version 2"),
    ];
    for (bytes, expected) in files {
        fs::write(folder.join("m.safetensors"), bytes).unwrap();
        for line in
            ["evaluate m.safetensors t.csv", "encode m.safetensors t.csv -o -", "generate m.safetensors -o -"]
        {
            let told = fail(folder, line, 1);
            assert!(told.contains("m.safetensors") && told.contains(expected), "{line}: {told}");
        }
    }
    fs::create_dir(folder.join("m")).unwrap();
    let told = fail(folder, "generate m -o -", 1);
    assert!(told.contains("the folder m holds no run"), "{told}");
}

#[test]
fn a_model_file_alone_is_enough() {
    let home = trained(40, "--epochs 2");
    let folder = home.path();
    let (whole, _) = succeed(folder, "score t -o -");
    fs::rename(folder.join("runs/t/model.safetensors"), folder.join("m.safetensors")).unwrap();
    fs::remove_dir_all(folder.join("runs")).unwrap();
    let (alone, _) = succeed(folder, "score m.safetensors -o -");
    assert_eq!(alone, whole);
    assert!(fail(folder, "train --resume m.safetensors", 2).contains("only a run can be continued"));
}

#[test]
fn a_run_keeps_its_configuration_and_its_data() {
    let home = trained(60, "--epochs 2");
    let folder = home.path();
    for (flags, key) in [
        ("--seed 3", "train.seed is 0 in the run, 3 here"),
        ("--batch-size 7", "train.batch_size is 32 in the run, 7 here"),
        ("--latent-dim 3", "model.latent_dim is 2 in the run, 3 here"),
        ("--beta 2", "objective.beta is 1.0 in the run, 2.0 here"),
    ] {
        let told = fail(folder, &format!("train --resume t {flags}"), 2);
        assert!(told.contains(key), "{told}");
    }
    fs::write(folder.join("t.csv"), table(61, 1)).unwrap();
    let told = fail(folder, "train --resume t --epochs 3", 1);
    assert!(told.contains("the data have changed since the run began"), "{told}");
    let (_, told) = succeed(folder, "evaluate t");
    assert!(told.contains("warning: the data have changed since the model was trained"), "{told}");
    fs::write(folder.join("t.csv"), table(60, 1)).unwrap();
    // A configuration edited by hand no longer fits the weights.
    let config = folder.join("runs/t/config.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("latent_dim = 2", "latent_dim = 3")).unwrap();
    let told = fail(folder, "train --resume t --epochs 3", 1);
    assert!(told.contains("do not fit the network") && told.contains("[8, 2], expected [8, 3]"), "{told}");
}

/// The model file of a run, with its metadata changed by someone who also mends the checksum: a file of the first
/// version, which has none.
fn edited(whole: &[u8], change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let length = u64::from_le_bytes(*whole.first_chunk().unwrap()) as usize;
    let mut header: serde_json::Value = serde_json::from_slice(&whole[8..8 + length]).unwrap();
    let texts = header["__metadata__"].as_object_mut().unwrap();
    texts.remove("checksum").unwrap();
    texts["format_version"] = "1".into();
    change(&mut header["__metadata__"]);
    let header = header.to_string();
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &whole[8 + length..]].concat()
}

#[test]
fn a_flipped_bit_is_noticed() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    let whole = model(&folder.join("runs/t"));
    let (codes, _) = succeed(folder, "encode t -o -");
    let dice = &mut common::Dice(5);
    for case in 0..60 {
        let mut bytes = whole.clone();
        bytes[(dice.uniform() * whole.len() as f64) as usize] ^= 1 << (case % 8);
        fs::write(folder.join("m.safetensors"), bytes).unwrap();
        let (code, out, told) = common::run(folder, &["encode", "m.safetensors", "-o", "-"]);
        assert!(code == Some(1) || out == codes, "case {case}: other codes without a word");
        assert!(!told.contains("internal error"), "{told}");
    }
}

/// What is done to the texts of a model.
type Change = Box<dyn Fn(&mut serde_json::Value)>;

#[test]
fn numbers_that_no_training_writes_are_refused_by_name() {
    let home = trained(40, "--epochs 1");
    let folder = home.path();
    let whole = model(&folder.join("runs/t"));
    fs::write(folder.join("m.safetensors"), edited(&whole, |_| {})).unwrap();
    succeed(folder, "encode m.safetensors -o -");
    let column = |key: &'static str, number: &'static str| {
        move |texts: &mut serde_json::Value| {
            let mut preprocess: serde_json::Value =
                serde_json::from_str(texts["preprocess"].as_str().unwrap()).unwrap();
            preprocess["columns"][1][key] = serde_json::from_str(number).unwrap();
            texts["preprocess"] = preprocess.to_string().into();
        }
    };
    let replaced = |name: &'static str, old: &'static str, new: &'static str| {
        move |texts: &mut serde_json::Value| {
            let text = texts[name].as_str().unwrap();
            assert!(text.contains(old), "{text}");
            texts[name] = text.replace(old, new).into();
        }
    };
    let cases: [(Change, &str); 10] = [
        (Box::new(column("scale", "0")), "preprocess.columns, 'b': its scale is 0"),
        (Box::new(column("scale", "-1.5")), "preprocess.columns, 'b': its scale is -1.5"),
        (Box::new(column("shift", "1e308")), "preprocess.columns, 'b': its shift is 1"),
        (Box::new(column("min", "1e9")), "preprocess.columns, 'b': its min is 1000000000, above its max"),
        (Box::new(column("scale", "null")), "preprocess"),
        (Box::new(|texts| texts["config"] = "".into()), "config, model.hidden is missing"),
        (
            Box::new(|texts| texts["preprocess"] = r#"{"layout":{"kind":"table"},"columns":[]}"#.into()),
            "preprocess.columns is empty",
        ),
        (
            Box::new(replaced("config", "hidden = [8]", "hidden = [65536, 65536, 65536]")),
            "model.hidden = [65536, 65536, 65536]",
        ),
        (Box::new(replaced("config", "latent_dim = 2", "latent_dim = 65536")), "model.latent_dim = 65536"),
        (
            Box::new(replaced("config", "scale_floor = 0.01", "scale_floor = -1.0")),
            "model.scale_floor is -1.0",
        ),
    ];
    for (change, expected) in &cases {
        fs::write(folder.join("m.safetensors"), edited(&whole, change)).unwrap();
        for line in [
            "encode m.safetensors t.csv -o -",
            "generate m.safetensors -o -",
            "score m.safetensors t.csv -o -",
        ] {
            let (code, out, told) = common::run(folder, &common::words(line));
            assert!(matches!(code, Some(1 | 2)) && out.is_empty(), "{expected}: {told}");
            assert!(
                told.contains("m.safetensors") && told.contains(expected),
                "{line}: no {expected:?} in {told}"
            );
            assert!(!told.contains("internal error"), "{told}");
        }
    }
}
