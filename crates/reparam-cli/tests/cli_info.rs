//! `reparam info`, on a run as `train` leaves it and on files that are no models.

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use common::run;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// A model of six weights, with these texts beside them.
fn model(texts: &[(&str, &str)]) -> Vec<u8> {
    let bytes: Vec<u8> = (0..6u8).flat_map(|i| f32::from(i).to_le_bytes()).collect();
    let weights = TensorView::new(Dtype::F32, vec![2, 3], &bytes).unwrap();
    let texts: HashMap<_, _> = texts.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    serialize([("encoder.weight", weights)], Some(texts)).unwrap()
}

const OURS: [(&str, &str); 4] = [
    ("format", "reparam"),
    ("format_version", "1"),
    ("columns", "[\"a\x1b[31m\",\"b\"]"),
    ("training", "{\"epoch\":7}"),
];

fn lay_out(folder: &Path) {
    let run = folder.join("runs/wine-1");
    fs::create_dir_all(&run).unwrap();
    fs::write(run.join("config.toml"), "[data]\nsource = 'wine.csv'\n[objective]\nbeta = 4\n").unwrap();
    fs::write(run.join("model.safetensors"), model(&OURS)).unwrap();
    let held_out = r#"{"elbo":-25.5,"elbo_se":0.25,"reconstruction":-21.0,"kl":4.5}"#;
    let line = format!(
        r#"{{"epoch":7,"steps":91,"beta":4.0,"elbo":-24.0,"reconstruction":-20.0,"kl":4.0,"held_out":{held_out},"active_units":1,"kl_per_dim":[4.0,0.0],"seconds":0.5}}"#
    );
    fs::write(run.join("metrics.jsonl"), format!("{line}\n{{\"epoch\":8,\"st")).unwrap();
}

#[test]
fn the_table_says_what_the_model_is() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path());
    for name in ["last", "wine-1", "runs/wine-1", "runs/wine-1/model.safetensors"] {
        let (code, out, err) = run(folder.path(), &["info", name]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{name}");
        let row = |name: &str| {
            let row = out.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::trim);
            row.unwrap_or_else(|| panic!("no {name} in {out}"))
        };
        assert_eq!(row("parameters"), "6 in 1 tensor");
        assert_eq!(row("encoder.weight"), "2 × 3");
        assert_eq!(row("trained"), "7 epochs, 91 steps");
        assert_eq!(row("weights"), "of epoch 7, held-out ELBO -25.50 ± 0.25 nats per row");
        assert_eq!(
            (row("data.source"), row("objective.beta"), row("model.latent_dim")),
            ("wine.csv", "4.0", "auto")
        );
        assert!(!out.contains('\x1b'), "control characters of the file are shown, not obeyed: {out}");
    }
}

#[test]
fn the_object_holds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path());
    let (code, out, _) = run(folder.path(), &["info", "last", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, out.lines().count()), (Some(0), 1));
    assert_eq!(object["parameters"], 6);
    assert_eq!(object["tensors"]["encoder.weight"], serde_json::json!([2, 3]));
    assert_eq!(object["metadata"]["format"], "reparam");
    assert_eq!(object["config"]["objective"]["beta"], 4.0);
    assert_eq!(object["last_epoch"]["held_out"]["elbo"], -25.5);
}

#[test]
fn a_model_alone_is_shown_without_its_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("m.safetensors"), model(&OURS[..2])).unwrap();
    let (code, out, err) = run(folder.path(), &["info", "m.safetensors", "-v"]);
    assert!(
        code == Some(0) && out.contains("6 in 1 tensor") && err.contains("no metrics.jsonl"),
        "{out}{err}"
    );
    let (_, out, _) = run(folder.path(), &["info", "m.safetensors", "--json"]);
    let object: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(object["config"].is_null() && object["last_epoch"].is_null());
}

#[test]
fn files_that_are_no_models_are_refused_with_the_path_and_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let whole = model(&OURS);
    for (bytes, expected) in [
        (&whole[..whole.len() - 1], "not a safetensors file: it is cut short or damaged"),
        (b"", "not a safetensors file: it is empty"),
        (b"<html><body>404", "not a safetensors file: it looks like a web page"),
        (&model(&[]), "a safetensors file, but not a model of reparam"),
        (
            &model(&[("format", "reparam"), ("format_version", "9")]),
            "format version 9; this program reads version 2",
        ),
    ] {
        fs::write(folder.path().join("m.safetensors"), bytes).unwrap();
        let (code, out, err) = run(folder.path(), &["info", "m.safetensors"]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert!(err.starts_with(&format!("error: cannot read the model m.safetensors: {expected}")), "{err}");
    }
}

#[test]
fn a_damaged_configuration_is_a_usage_error_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path());
    fs::write(folder.path().join("runs/wine-1/config.toml"), "[objective]\nbeta = -4\n").unwrap();
    let (code, _, err) = run(folder.path(), &["info", "last"]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("runs/wine-1/config.toml, line 2: objective.beta is -4; expected a number from 0"),
        "{err}"
    );
}
