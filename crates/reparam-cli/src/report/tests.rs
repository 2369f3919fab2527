use super::*;

#[path = "../../tests/browser/mod.rs"]
mod browser;

/// A grey picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0,
    1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0,
    0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn terms(elbo: f64) -> Terms {
    Terms { elbo, reconstruction: elbo + 8.0, kl: 8.0 }
}

/// A report with every part filled.
fn full() -> Report {
    let epoch = |number: usize| Epoch {
        number,
        training: terms(-40.0 + number as f64),
        held_out: Some(HeldOut { terms: terms(-41.0 + number as f64), elbo_se: 0.5 }),
    };
    let column = |i: usize| Column {
        name: format!("column {i}"),
        real: (0..100).map(f64::from).collect(),
        generated: (0..100).map(|v| f64::from(v) + i as f64).collect(),
    };
    Report {
        title: "Digits".into(),
        command: "reparam train --seed 0".into(),
        watched: Watched::HeldOut,
        warnings: vec!["Posterior collapse".into()],
        headline: vec![Fact::new("held-out ELBO", "−20.0 ± 0.5 nats")],
        facts: vec![Fact::new("rows", "1,797")],
        epochs: (1..=20).map(epoch).collect(),
        latent_kl: LatentKl { per_dimension: vec![0.2, 1.5, 0.001], active: vec![true, true, false] },
        latent: Some(Latent {
            points: (0..200).map(|i| [(i as f32).sin(), (i as f32).cos()]).collect(),
            axes: ["z1".into(), "z0".into()],
            classes: Some(Classes {
                names: (0..10).map(|c| c.to_string()).collect(),
                of_point: (0..200).map(|i| i % 10).collect(),
            }),
        }),
        pictures: Some(Pictures {
            originals: PIXEL.to_vec(),
            reconstructions: PIXEL.to_vec(),
            samples: PIXEL.to_vec(),
        }),
        columns: (0..14).map(column).collect(),
        next_commands: vec!["reparam generate runs/digits".into()],
    }
}

#[test]
fn equal_reports_give_equal_bytes() {
    assert_eq!(full().to_html().unwrap(), full().to_html().unwrap());
}

#[test]
fn an_empty_report_is_a_page() {
    let html = Report::default().to_html().unwrap();
    assert!(html.contains("</html>"));
    assert!(!html.contains("NaN") && !html.contains("inf\""), "{html}");
    assert!(
        !html.contains("<img") && !html.contains("Real and generated"),
        "parts without data are left out"
    );
}

#[test]
fn epochs_without_finite_numbers_leave_a_gap() {
    let mut report = full();
    report.epochs[3].training = terms(f64::NAN);
    report.epochs[4].held_out = None;
    let html = report.to_html().unwrap();
    assert!(!html.contains("NaN"), "{html}");
}

#[test]
fn dimensions_are_sorted_and_counted() {
    let html = full().to_html().unwrap();
    assert!(html.contains("2 of 3 are active"));
    let place = |hint: &str| html.find(hint).unwrap_or_else(|| panic!("no {hint}"));
    assert!(place("z1: 1.500 nats") < place("z0: 0.200 nats"));
    assert!(place("z0: 0.200 nats") < place("z2: 0.001 nats"));
}

#[test]
fn the_worst_matching_column_comes_first() {
    let html = full().to_html().unwrap();
    assert!(html.find("<h3>column 13</h3>") < html.find("<h3>column 12</h3>"));
    assert!(html.find("<h3>column 1</h3>") < html.find("<h3>column 0</h3>"));
    assert!(html.contains("Gap 0.13") && html.contains("2 more columns"));
}

#[test]
fn no_text_of_the_user_becomes_markup() {
    let evil = "</style></svg><script>alert(1)</script>\"'&";
    let mut report = full();
    report.title = evil.into();
    report.command = evil.into();
    report.warnings = vec![evil.into()];
    report.headline = vec![Fact::new(evil, evil)];
    report.facts = vec![Fact::new(evil, evil)];
    report.next_commands = vec![evil.into()];
    report.columns[0].name = evil.into();
    let latent = report.latent.as_mut().unwrap();
    latent.axes = [evil.into(), evil.into()];
    latent.classes.as_mut().unwrap().names[0] = evil.into();
    let html = report.to_html().unwrap();
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
}

#[test]
fn the_page_asks_for_nothing() {
    let html = full().to_html().unwrap();
    for outside in ["http:", "https:", "//fonts", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn thousands_of_points_stay_light() {
    let mut report = full();
    let latent = report.latent.as_mut().unwrap();
    latent.points = (0..10_000).map(|i| [(i as f32).sin(), (i as f32 * 0.37).cos()]).collect();
    latent.classes.as_mut().unwrap().of_point = (0..10_000).map(|i| i % 10).collect();
    let bytes = report.to_html().unwrap().len();
    assert!(bytes < 400_000, "{bytes} bytes");
}

#[test]
fn a_browser_notices_requests_errors_and_overflow() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.html");
    let body = "<img src='http://127.0.0.1:9/a.png'><p style='width:3000px'>x</p><script>console.error('no')</script>";
    std::fs::write(&file, format!("<!doctype html><body>{body}</body>")).unwrap();
    let Some(page) = browser::open(&file, 800, 600) else { return };
    assert!(page.console.iter().any(|line| line.contains("\"no\"")), "{:?}", page.console);
    assert_eq!(page.requests, ["http://127.0.0.1:9/a.png"]);
    assert_eq!((page.images, page.active_content), (vec![0], 1));
    assert!(page.widths.1 > page.widths.0, "{:?}", page.widths);
}

#[test]
fn a_browser_shows_every_part_on_a_laptop_and_on_a_phone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    std::fs::write(&file, full().to_html().unwrap()).unwrap();
    for width in [1280, 390] {
        let Some(page) = browser::open(&file, width, 900) else { return };
        assert_eq!(page.console, Vec::<String>::new(), "at {width} pixels");
        assert_eq!(page.requests, Vec::<String>::new(), "at {width} pixels");
        assert_eq!(page.active_content, 0);
        assert_eq!(page.images, [1, 1, 1]);
        for heading in
            ["Digits", "Learning", "ELBO", "KL per latent dimension", "Latent space", "Samples", "column 0"]
        {
            assert!(page.headings.iter().any(|h| h == heading), "{heading} is not in {:?}", page.headings);
        }
        let pairs = 1 + 2 * 6;
        assert_eq!(
            page.charts.len(),
            3 + 2 + 14 + pairs,
            "three curves, bars, codes, the columns and their pairs"
        );
        assert!(page.charts.iter().all(|(w, h)| *w > 180.0 && *h > 140.0), "{:?}", page.charts);
        assert!(page.widths.1 <= page.widths.0, "the page scrolls sideways: {:?}", page.widths);
    }
}
