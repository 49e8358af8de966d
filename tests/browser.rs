//! What a browser shows: the painted picture is the SVG as Chromium shows it, and the page can be explored.
//!
//! Without a Chromium on the machine these tests say so and pass.

#![cfg(all(feature = "png", feature = "html"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test runs the program and a browser, and reads what they wrote"
)]

use resvg::tiny_skia::Pixmap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Mean difference of a channel over all pixels, of 255: text is smoothed a little differently, and nothing else may differ.
const MEAN: f64 = 1.2;
/// Share of pixels that differ by more than half of a channel's range.
const FAR: f64 = 0.002;

/// Where a Chromium is, if anywhere.
fn chromium() -> Option<&'static str> {
    let known = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let found = known.into_iter().find(|name| {
        Command::new(name)
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success())
    });
    if found.is_none() {
        println!("skipped: there is no Chromium on this machine");
    }
    found
}

/// Runs Chromium on a file with its window of a size; its standard output.
fn browse(chromium: &str, folder: &Path, page: &Path, size: (u32, u32), more: &str) -> String {
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args(["--hide-scrollbars", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-sync"])
        .arg("--disable-component-update")
        .args([
            "--force-device-scale-factor=1",
            "--virtual-time-budget=4000",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("--window-size={},{}", size.0, size.1))
        .arg(more)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn render(arguments: &[&str], output: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
        .arg("render")
        .args(arguments)
        .arg("-o")
        .arg(output)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn the_painted_picture_is_what_a_browser_shows() {
    let Some(chromium) = chromium() else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    // An SVG with outlines is drawn in the font that a PNG takes; where the machine has none for Chinese, both show boxes.
    let chinese = at("chinese.yaml");
    let text = "language: zh\ncomponents: [控制平面, 工作节点]\nlinks: [{from: 控制平面, to: 工作节点, label: 发送}]\n";
    std::fs::write(&chinese, text).unwrap();
    for (diagram, text) in [
        ("cluster-components", "font"),
        ("ha-stacked-etcd", "font"),
        ("pod-lifecycle", "font"),
        (chinese.to_str().unwrap(), "paths"),
    ] {
        render(&[diagram, "--scale", "1"], &at("ours.png"));
        render(&[diagram, "--text", text], &at("picture.svg"));
        let ours = Pixmap::load_png(at("ours.png")).unwrap();
        let shot = format!("--screenshot={}", at("theirs.png").display());
        let size = (ours.width(), ours.height());
        browse(chromium, folder.path(), &at("picture.svg"), size, &shot);
        let theirs = Pixmap::load_png(at("theirs.png")).unwrap();
        assert_eq!((theirs.width(), theirs.height()), size, "{diagram}");
        let (mut sum, mut far) = (0_u64, 0_u64);
        for (a, b) in ours.pixels().iter().zip(theirs.pixels()) {
            let apart = [
                a.red().abs_diff(b.red()),
                a.green().abs_diff(b.green()),
                a.blue().abs_diff(b.blue()),
            ];
            sum += apart.iter().map(|apart| u64::from(*apart)).sum::<u64>();
            far += u64::from(apart.iter().any(|apart| *apart > 127));
        }
        let pixels = ours.pixels().len() as f64;
        let (mean, far) = (sum as f64 / (3.0 * pixels), far as f64 / pixels);
        println!(
            "{diagram}: mean difference {mean:.3} of 255, {:.4} % of pixels far off",
            far * 100.0
        );
        assert!(mean < MEAN && far < FAR, "{diagram}: {mean:.3} {far:.5}");
    }
}

/// A page that a script of the test has worked on, as it is then.
fn driven(diagram: &str, script: &str) -> Option<String> {
    let chromium = chromium()?;
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    render(&[diagram], &page);
    let text = std::fs::read_to_string(&page).unwrap();
    let with = format!("<script nonce=\"k8sdiag\">{script}</script></body>");
    std::fs::write(&page, text.replace("</body>", &with)).unwrap();
    let size = (1400, 800);
    Some(browse(chromium, folder.path(), &page, size, "--dump-dom"))
}

/// The opening tag of the first item that has all of `marks`.
fn tag<'a>(page: &'a str, marks: &[&str]) -> &'a str {
    let mut tags = page
        .split("<g ")
        .map(|item| item.split('>').next().unwrap());
    tags.find(|tag| marks.iter().all(|mark| tag.contains(mark)))
        .unwrap_or_else(|| panic!("no {marks:?}"))
}

const CLICK: &str =
    "const click = (at) => at.dispatchEvent(new MouseEvent('click', {bubbles: true}));";

#[test]
fn a_click_lights_the_links_of_a_component_and_tells_its_evidence() {
    let script = format!("{CLICK} click(document.querySelector('[data-id=kubelet]'))");
    let Some(page) = driven("pod-lifecycle", &script) else {
        return;
    };
    let own = tag(&page, &["data-from=\"kubelet\""]);
    let other = tag(&page, &["data-from=\"kube-apiserver\"", "data-to=\"etcd\""]);
    assert!(own.contains(" lit"), "{own}");
    assert!(!other.contains(" lit"), "{other}");
    let panel = page.split("id=\"panel\"").nth(1).unwrap();
    let panel = panel.split("</aside>").next().unwrap();
    assert!(panel.contains("<h2>kubelet</h2>"), "{panel}");
    assert!(panel.contains("pod-lifecycle"), "{panel}");
}

#[test]
fn the_arrow_keys_go_through_the_steps() {
    let script = "for (const key of ['ArrowRight', 'ArrowRight']) document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))";
    let Some(page) = driven("pod-lifecycle", script) else {
        return;
    };
    let step = page.split("id=\"step\"").nth(1).unwrap();
    assert!(step.split("</p>").next().unwrap().contains("2/9"), "{step}");
    assert!(tag(&page, &["data-to=\"etcd\""]).contains(" lit"));
}

#[test]
fn a_group_closes_over_what_is_in_it() {
    let script = format!("{CLICK} click(document.querySelectorAll('[data-toggle]')[1])");
    let Some(page) = driven("pod-lifecycle", &script) else {
        return;
    };
    assert!(tag(&page, &["data-id=\"kubelet\""]).contains("gone"));
    assert!(!tag(&page, &["data-id=\"etcd\""]).contains("gone"));
    assert!(page.contains("aria-expanded=\"false\""));
}

#[test]
fn in_a_large_picture_a_search_goes_near_enough_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.yaml");
    let parts: Vec<String> = (0..150).map(|n| format!("part-{n}")).collect();
    let links: Vec<String> = (1..150)
        .map(|n| format!("{{from: part-{}, to: part-{n}}}", n / 3))
        .collect();
    let text = format!(
        "components: [{}]\nlinks: [{}]\n",
        parts.join(", "),
        links.join(", ")
    );
    std::fs::write(&large, text).unwrap();
    let script = "const f = document.getElementById('find'); f.value = 'part-77'; f.form.requestSubmit(); document.body.dataset.unit = document.querySelector('[data-id=part-77] text').getBoundingClientRect().height";
    let Some(page) = driven(large.to_str().unwrap(), script) else {
        return;
    };
    let height = page.split("data-unit=\"").nth(1).unwrap();
    let height: f64 = height.split('"').next().unwrap().parse().unwrap();
    assert!(height > 12.0, "words are {height} pixels high");
}

#[test]
fn what_is_looked_for_comes_out_of_its_closed_group() {
    let script = format!(
        "{CLICK} click(document.querySelectorAll('[data-toggle]')[1]); const f = document.getElementById('find'); f.value = 'kubelet'; f.form.requestSubmit()"
    );
    let Some(page) = driven("pod-lifecycle", &script) else {
        return;
    };
    let kubelet = tag(&page, &["data-id=\"kubelet\""]);
    assert!(
        !kubelet.contains("gone") && kubelet.contains("chosen"),
        "{kubelet}"
    );
    assert!(!page.contains("aria-expanded=\"false\""));
}

#[test]
fn a_search_marks_what_it_finds() {
    let script = "const f = document.getElementById('find'); f.value = 'etcd'; f.dispatchEvent(new Event('input'))";
    let Some(page) = driven("pod-lifecycle", script) else {
        return;
    };
    assert!(tag(&page, &["data-id=\"etcd\""]).contains("hit"));
    assert!(!tag(&page, &["data-id=\"kubectl\""]).contains("hit"));
}
