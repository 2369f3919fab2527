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
    let version = br#""format_version":"1""#;
    let at = whole.windows(version.len()).position(|part| part == version).unwrap();
    let mut later = whole.clone();
    later[at + 18] = b'9';
    let files: [(&[u8], &str); 6] = [
        (b"", "not a safetensors file: it is empty"),
        (b"a,b\n1,2\n", "not a safetensors file"),
        (b"\x80\x04\x95pickle", "Python pickle"),
        (&whole[..whole.len() - 1], "not a safetensors file: it is cut short or damaged"),
        (&whole[..40], "not a safetensors file"),
        (&later, "format version 9; this program reads version 1"),
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
