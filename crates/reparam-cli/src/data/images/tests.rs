use std::path::Path;

use image::{DynamicImage, GrayImage, ImageBuffer, LumaA, Rgb, RgbImage, Rgba, RgbaImage};

use crate::data::{Dataset, Expected, Layout, ReadOptions, Source, Values, load};
use crate::error::Result;

fn read(folder: &Path) -> Result<Dataset> {
    load(&Source::Path(folder.into()), &ReadOptions::default())
}

fn grey(path: &Path, height: u32, width: u32, level: u8) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    GrayImage::from_pixel(width, height, image::Luma([level])).save(path).unwrap();
}

fn bytes(data: &Dataset) -> &[u8] {
    let Values::U8(bytes) = &data.values else { panic!("pixels are bytes") };
    bytes
}

#[test]
fn subfolders_are_classes_and_names_give_the_order() {
    let folder = tempfile::tempdir().unwrap();
    for (name, level) in
        [("b/2.png", 3), ("b/10.png", 2), ("a/x.PNG", 1), (".hidden/z.png", 9), ("b/.z.png", 9)]
    {
        grey(&folder.path().join(name), 2, 3, level);
    }
    std::fs::write(folder.path().join("b/readme.txt"), "words").unwrap();
    let data = read(folder.path()).unwrap();
    assert_eq!(data.layout, Layout::Image { height: 2, width: 3, channels: 1, maximum: 255 });
    assert_eq!((bytes(&data)[0], bytes(&data)[6], bytes(&data)[12]), (1, 2, 3));
    let labels = data.labels.as_ref().unwrap();
    assert_eq!((labels.classes.join(" "), &labels.of_row[..]), ("a b".into(), &[0, 1, 1][..]));
    assert!(data.notes.iter().any(|note| note.starts_with("1 files that are no pictures")));
    grey(&folder.path().join("loose.png"), 2, 3, 1);
    assert!(read(folder.path()).unwrap_err().message.contains("loose.png' has no class"));
}

#[test]
fn colour_depth_and_transparency_are_brought_to_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let save = |name: &str, image: DynamicImage| image.save(folder.path().join(name)).unwrap();
    save("1.png", RgbImage::from_pixel(1, 1, Rgb([10, 20, 30])).into());
    save("2.png", ImageBuffer::from_pixel(1, 1, LumaA([100u8, 0])).into());
    save("3.png", RgbaImage::from_pixel(1, 1, Rgba([0, 100, 255, 51])).into());
    save("4.png", ImageBuffer::from_pixel(1, 1, image::Luma([65535u16 / 5])).into());
    let data = read(folder.path()).unwrap();
    assert_eq!(bytes(&data), [10, 20, 30, 255, 255, 255, 204, 224, 255, 51, 51, 51]);
    let said = |part: &str| data.notes.iter().any(|note| note.contains(part));
    assert!(
        said("2 of 4 pictures are grey")
            && said("2 of 4 pictures have transparent")
            && said("1 of 4 pictures have more")
    );
}

#[test]
fn sizes_must_agree_or_be_made_to() {
    let folder = tempfile::tempdir().unwrap();
    grey(&folder.path().join("a.png"), 2, 3, 10);
    grey(&folder.path().join("b.png"), 4, 6, 20);
    let error = read(folder.path()).unwrap_err();
    for part in ["a.png' has 2×3 pixels", "b.png' has 4×6"] {
        assert!(error.message.contains(part), "{error}");
    }
    assert!(error.help.unwrap().contains("--image-size"));
    let options = ReadOptions { image_size: Some((2, 3)), ..Default::default() };
    let data = load(&Source::Path(folder.path().into()), &options).unwrap();
    assert_eq!(bytes(&data), [[10; 6], [20; 6]].concat());
}

#[test]
fn a_model_of_one_kind_of_picture_reads_the_other() {
    let folder = tempfile::tempdir().unwrap();
    grey(&folder.path().join("a.png"), 1, 1, 10);
    let layout = Layout::Image { height: 1, width: 1, channels: 3, maximum: 255 };
    let columns = (0..3).map(|index| format!("pixel_{index}")).collect();
    let options = ReadOptions { expected: Some(Expected { columns, layout }), ..Default::default() };
    assert_eq!(bytes(&load(&Source::Path(folder.path().into()), &options).unwrap()), [10, 10, 10]);
    assert_eq!(load(&Source::Path(folder.path().join("a.png")), &options).unwrap().rows(), 1);
}

#[test]
fn damaged_pictures_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    grey(&path, 20, 20, 10);
    let whole = std::fs::read(&path).unwrap();
    for part in [&[][..], &whole[..20], &whole[..whole.len() - 20], b"not a picture"] {
        std::fs::write(&path, part).unwrap();
        let error = read(folder.path()).unwrap_err();
        assert!(error.message.contains("a.png' cannot be read as a picture"), "{error}");
    }
    // A header that claims 65535 × 65535 pixels, with a checksum to match.
    let mut bomb = whole;
    bomb[16..24].copy_from_slice(&[0, 0, 255, 255, 0, 0, 255, 255]);
    let mut crc = flate2::Crc::new();
    crc.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    std::fs::write(&path, bomb).unwrap();
    let error = read(folder.path()).unwrap_err();
    assert!(error.message.contains("claims 65535×65535 pixels"), "{error}");
    std::fs::remove_file(&path).unwrap();
    assert!(read(folder.path()).unwrap_err().message.contains("holds no pictures"));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_names_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    grey(&folder.path().join("a/1.png"), 1, 1, 5);
    symlink(folder.path(), folder.path().join("a/up")).unwrap();
    let odd = folder.path().join(OsStr::from_bytes(b"\xff\xfe"));
    std::fs::create_dir(&odd).unwrap();
    std::fs::copy(folder.path().join("a/1.png"), odd.join(OsStr::from_bytes(b"\xf0.png"))).unwrap();
    let data = read(folder.path()).unwrap();
    assert_eq!((data.rows(), data.labels.unwrap().classes.len()), (2, 2));
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// What Pillow wrote: level = 10 × column + row.
#[test]
fn pictures_of_other_programs_are_read() {
    let ramp: Vec<u8> = (0..16u8).flat_map(|row| (0..24).map(move |column| 10 * column + row)).collect();
    for (name, near) in [
        ("ramp.bmp", 0),
        ("ramp.gif", 0),
        ("moving.gif", 0),
        ("grey.jpg", 12),
        ("baseline.jpg", 12),
        ("progressive.jpg", 12),
        ("ramp.tiff", 0),
        ("pages.tiff", 0),
    ] {
        let source = Source::Path(fixture(name));
        let data = load(&source, &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Layout::Image { height: 16, width: 24, channels, .. } = data.layout else { panic!("{name}") };
        let off = bytes(&data).chunks(channels).zip(&ramp).map(|(pixel, level)| pixel[0].abs_diff(*level));
        assert!(off.max().unwrap() <= near, "{name}");
        let others = data.notes.iter().any(|note| note.contains("are followed by others in their file"));
        assert_eq!(others, ["moving.gif", "pages.tiff"].contains(&name), "{name}: {:?}", data.notes);
    }
}

#[test]
fn pictures_that_are_cut_short_are_refused_wherever_they_are_cut() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["baseline.jpg", "progressive.jpg", "grey.jpg", "ramp.gif", "ramp.bmp", "ramp.tiff"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        let path = folder.path().join(name);
        let source = Source::Path(path.clone());
        // Pillow puts a TIFF's directory before its strips, and two bytes of padding after all.
        let cuts = (1..whole.len()).step_by(7).chain([whole.len() * 35 / 100, whole.len() - 3]);
        for length in cuts {
            std::fs::write(&path, &whole[..length]).unwrap();
            let read = load(&source, &ReadOptions::default());
            assert!(read.is_err(), "{name} cut to {length} of {} bytes", whole.len());
        }
        std::fs::remove_file(&path).unwrap();
    }
}

/// The file has its end, but a scan within it holds codes that none of its tables has.
#[test]
fn a_jpeg_whose_scan_is_damaged_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    let whole = std::fs::read(fixture("progressive.jpg")).unwrap();
    let scan = whole.windows(2).position(|bytes| bytes == b"\xff\xda").unwrap() + 20;
    for byte in [0x55, 0xaa, 0xf7, 0xfe] {
        let mut damaged = whole.clone();
        damaged[scan..scan + 30].fill(byte);
        std::fs::write(&path, damaged).unwrap();
        let error = load(&Source::Path(path.clone()), &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("cannot be read as a picture"), "{error}");
    }
}
