//! Opens an HTML file in a headless Chromium and says what the page came to.
//!
//! The browser is `$CHROMIUM`, `chromium`, `chromium-browser` or `google-chrome`. Without one a test is skipped with
//! a line that says so; where `CI` is set, it fails instead.

use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the browser made of the page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The text of every `h1`, `h2` and `h3`.
    pub headings: Vec<String>,
    /// Width and height of every `svg` in CSS pixels.
    pub charts: Vec<(f64, f64)>,
    /// The natural width of every `img`; 0 where the browser could not decode it.
    pub images: Vec<u32>,
    /// How many elements run scripts or load other documents.
    pub active_content: usize,
    /// Addresses that the page asked for, those that hold their own bytes aside.
    pub requests: Vec<String>,
    /// The width of the window and of what is in it; the second is greater where the page scrolls sideways.
    pub widths: (f64, f64),
    /// What the browser wrote to its console.
    #[serde(skip)]
    pub console: Vec<String>,
}

/// Runs inside the page once it is loaded, and leaves what it saw where `--dump-dom` shows it.
const PROBE: &str = r#"<script id="probe-script">addEventListener("load", () => {
  const all = selector => [...document.querySelectorAll(selector)];
  const size = svg => { const r = svg.getBoundingClientRect(); return [r.width, r.height]; };
  const found = {
    headings: all("h1, h2, h3").map(e => e.textContent),
    charts: all("svg").map(size),
    images: all("img").map(e => e.naturalWidth),
    active_content: all("script:not(#probe-script), iframe, object, embed").length,
    requests: performance.getEntriesByType("resource").map(e => e.name).filter(name => !name.startsWith("data:")),
    widths: [innerWidth, document.documentElement.scrollWidth],
  };
  document.body.setAttribute("data-probe", encodeURIComponent(JSON.stringify(found)));
});</script>"#;

/// Opens `html` in a window of the given size; `None` where there is no browser.
///
/// The page is opened twice: as it is, for its console, and with its content policy lifted so that the probe may run;
/// what the policy had blocked then shows as a request.
pub fn open(html: &Path, width: u32, height: u32) -> Option<Page> {
    let browser = browser()?;
    let scratch = tempfile::tempdir().expect("a folder for the browser");
    let source = std::fs::read_to_string(html).expect("the page is readable");
    let probed = scratch.path().join("probed.html");
    let lifted = source.replace("Content-Security-Policy", "x-lifted").replacen("</body>", PROBE, 1);
    std::fs::write(&probed, lifted).expect("the probed page is written");

    let (_, console) = run(&browser, html, scratch.path(), width, height);
    let (dom, _) = run(&browser, &probed, scratch.path(), width, height);
    let report = dom.split_once("data-probe=\"").and_then(|(_, rest)| rest.split_once('"'));
    let (report, _) =
        report.unwrap_or_else(|| panic!("the page did not load in {}:\n{dom}", browser.display()));
    let mut page: Page = serde_json::from_str(&decoded(report)).expect("the probe writes JSON");
    page.console = console.lines().filter(|line| line.contains("CONSOLE")).map(String::from).collect();
    Some(page)
}

/// Standard output and standard error of the browser after it has loaded the page.
fn run(browser: &Path, html: &Path, scratch: &Path, width: u32, height: u32) -> (String, String) {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--dump-dom", "--virtual-time-budget=3000"])
        .arg(format!("--window-size={width},{height}"))
        .arg(format!("--user-data-dir={}", scratch.join("profile").display()))
        .arg(format!("file://{}", html.canonicalize().expect("the page exists").display()))
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr))
}

fn browser() -> Option<PathBuf> {
    let asked = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let installed = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|candidate| candidate.is_file());
    let found = asked.or(installed);
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "no Chromium on PATH: install it or set CHROMIUM");
        eprintln!("skipped: no Chromium on PATH and no CHROMIUM set");
    }
    found
}

/// Undoes `encodeURIComponent`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' && tail.len() >= 2 {
            let digits = std::str::from_utf8(&tail[..2]).expect("two hexadecimal digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("the probe writes UTF-8")
}
