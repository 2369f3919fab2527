use std::fs;

use super::super::container::{Container, Tensor};

fn model() -> Container {
    let tensor = |shape: &[usize]| {
        let values = (0..shape.iter().product()).map(|i: usize| i as f32 / 8.0 - 1.0).collect();
        Tensor { shape: shape.to_vec(), values }
    };
    let tensors =
        [("encoder.0.weight", tensor(&[3, 5])), ("empty", tensor(&[0, 4])), ("scalar", tensor(&[]))];
    let texts = [("format", "reparam"), ("format_version", "2"), ("columns", "[\"é\",\"\\n\"]"), ("zz", "")];
    Container {
        metadata: texts.map(|(name, text)| (name.into(), text.into())).into(),
        tensors: tensors.map(|(name, tensor)| (name.into(), tensor)).into(),
    }
}

/// A safetensors file with this header and body.
fn file(header: &str, body: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), body].concat()
}

fn refusal(bytes: &[u8]) -> String {
    let error = Container::from_bytes(bytes).unwrap_err();
    format!("{} / {}", error.message, error.help.unwrap_or_default())
}

#[test]
fn a_model_reads_back_equal_and_its_bytes_depend_on_nothing_else() {
    let bytes = model().to_bytes();
    assert_eq!(Container::from_bytes(&bytes).unwrap(), model());
    assert_eq!(bytes, model().to_bytes());
    let header = u64::from_le_bytes(*bytes.first_chunk().unwrap());
    assert_eq!(header % 8, 0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.safetensors");
    model().write(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(Container::read(&path).unwrap(), model());
    assert!(Container::read(folder.path()).unwrap_err().message.ends_with("not a regular file"));
}

#[test]
fn other_files_are_told_by_what_they_look_like() {
    for (bytes, looks) in [
        (&b""[..], "it is empty"),
        (b"abc", "its first bytes are not a header"),
        (b"<!DOCTYPE html><html>", "it looks like a web page"),
        (b"PK\x03\x04rest of it", "it looks like a ZIP archive"),
        (b"\x80\x02}q\x00. and more", "it looks like a Python pickle, which is never opened"),
        (b"\x93NUMPY\x01\x00", "it looks like a NumPy array"),
        (b"version https://git-lfs.github.com/spec/v1", "it is a Git LFS pointer"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff{}", "its first bytes are not a header"),
        (b"\x10\x00\x00\x00\x00\x00\x00\x00{}", "it is cut short or damaged"),
    ] {
        let refusal = refusal(bytes);
        assert!(refusal.starts_with(&format!("not a safetensors file: {looks}")), "{refusal}");
    }
}

#[test]
fn models_of_others_of_later_versions_and_with_bad_weights_are_refused() {
    let tensor = r#""w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#;
    let with = |metadata: &str, value: f32| {
        file(&format!("{{\"__metadata__\":{{{metadata}}},{tensor}}}"), &value.to_le_bytes())
    };
    let ours = r#""format":"reparam","format_version":"1""#;
    assert!(Container::from_bytes(&with(ours, 1.0)).is_ok());
    for (bytes, expected) in [
        (file(&format!("{{{tensor}}}"), &[0; 4]), "a safetensors file, but not a model of reparam"),
        (with(r#""format":"pt""#, 1.0), "a safetensors file, but not a model of reparam"),
        (with(r#""format":"reparam""#, 1.0), "format version \"none\"; expected 1 to 2"),
        (
            with(r#""format":"reparam","format_version":"3""#, 1.0),
            "format version 3; this program reads version 2 / use",
        ),
        (with(ours, f32::NAN), "the tensor w holds NaN; every weight must be finite"),
        (with(ours, f32::INFINITY), "the tensor w holds inf; every weight must be finite"),
        (
            file(
                &format!(
                    "{{\"__metadata__\":{{{ours}}},\"w\":{{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}}}"
                ),
                &[0; 4],
            ),
            "the tensor w holds F16; expected F32",
        ),
    ] {
        let refusal = refusal(&bytes);
        assert!(refusal.starts_with(expected), "{refusal}\nexpected {expected}");
    }
}

/// Headers that claim more than the file holds: refused, without an allocation to their measure.
#[test]
fn headers_that_lie_are_refused() {
    let entry = |shape: &str, offsets: &str| {
        file(&format!(r#"{{"w":{{"dtype":"F32","shape":{shape},"data_offsets":{offsets}}}}}"#), &[0; 8])
    };
    let valid = file(r#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, &[0; 8]);
    assert!(
        refusal(&valid).starts_with("a safetensors file, but not"),
        "the others differ from it in one claim"
    );
    for bytes in [
        entry("[4611686018427387904]", "[0,8]"),
        entry("[4294967296,4294967296,4294967296]", "[0,8]"),
        entry("[2]", "[8,0]"),
        entry("[1]", "[4,8]"),
        entry("[1]", "[0,4]"),
        entry("[2]", "[0,9223372036854775808]"),
        entry("[3]", "[0,12]"),
        file("[]", &[]),
        file(&"[".repeat(100_000), &[]),
        file(r#"{"w":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}"#, &[0; 8]),
        [&100_000_001u64.to_le_bytes()[..], &[b'{'; 64]].concat(),
    ] {
        let refusal = refusal(&bytes);
        assert!(refusal.starts_with("not a safetensors file"), "{refusal}");
    }
}

/// Cut at every length, each bit flipped, and 20,000 times changed in one to four bytes: never a panic, and what is
/// read is the model that was written.
#[test]
fn damage_is_noticed() {
    let whole = model().to_bytes();
    for length in 0..whole.len() {
        assert!(Container::from_bytes(&whole[..length]).is_err(), "cut to {length} bytes");
    }
    let whole_model = model();
    let same = |bytes: &[u8]| match Container::from_bytes(bytes) {
        Ok(read) => {
            assert_eq!(read, whole_model);
            true
        }
        Err(_) => false,
    };
    for bit in 0..8 * whole.len() {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        same(&bytes);
    }
    let mut state = 1u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let mut refused = 0;
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] ^= 1 << random(8),
                1 => bytes[at] = random(256) as u8,
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"0123456789{}[],:\""[random(17)]),
            }
        }
        refused += usize::from(!same(&bytes));
    }
    assert!(refused > 19_000, "{refused}");
}

#[test]
fn models_of_the_first_version_have_no_checksum() {
    let bytes = file(
        r#"{"__metadata__":{"format":"reparam","format_version":"1"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
        &[0; 4],
    );
    assert!(Container::from_bytes(&bytes).is_ok());
    let text = String::from_utf8(bytes).unwrap().replace(r#""1""#, r#""2""#);
    assert!(refusal(text.as_bytes()).starts_with("its checksum does not hold"));
}
