//! A docs repository as its team meets k8sdiag: built, built again, changed by a word, broken, checked; and `diff`, `watch`, `mdbook` and `lsp` at work in it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, runs the program, and looks at the clock"
)]

mod build;
mod diff;
mod pages;
mod serve;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

/// How much slower than on an idle machine things may be where tests run.
const PATIENCE: u32 = 40;

fn k8sdiag(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
        .args(arguments)
        .current_dir(folder)
        .env("CI", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = fs::File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn read(path: &Path) -> String {
    let mut text = String::new();
    fs::File::open(path)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// A note in Danish, English or Italian.
fn note(number: usize) -> String {
    match number % 3 {
        0 => format!(
            "---\ntitle: System {number}\nlang: da\n---\n# Tjenester\n\n- **Kasse {number}:** Sender ordrer til Lager {number}\n- **Lager {number}:** Holder styr på varer\n- **kubelet:** Kommunikerer med API-serveren\n- **kube-apiserver:** Taler med etcd\n- **etcd:** Gemmer data\n"
        ),
        1 => format!(
            "---\ntitle: System {number}\nlang: en\n---\n# Services\n\n- **Checkout {number}:** Sends orders to Warehouse {number}\n- **Warehouse {number}:** Keeps the stock\n- **kubelet:** Communicates with the API server\n- **kube-apiserver:** Talks to etcd\n- **etcd:** Stores data\n"
        ),
        _ => format!(
            "---\ntitle: Sistema {number}\nlang: it\n---\n# Servizi\n\n- **Cassa {number}:** Invia gli ordini a Magazzino {number}\n- **Magazzino {number}:** Tiene le scorte\n- **kubelet:** Comunica con l'API server\n- **kube-apiserver:** Comunica con etcd\n- **etcd:** Conserva i dati\n"
        ),
    }
}

/// A repository below a folder that holds a secret beside it.
fn repository(notes: usize, config: Option<&str>) -> (tempfile::TempDir, PathBuf) {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("docs");
    fs::create_dir_all(root.join(".git")).unwrap();
    for number in 0..notes {
        write(&root.join(format!("notes/n{number:02}.md")), &note(number));
    }
    if let Some(config) = config {
        write(&root.join("k8sdiag.yaml"), config);
    }
    write(
        &outer.path().join("secret.md"),
        "- **secret:** talks to **etcd**\n",
    );
    (outer, root)
}

const CONFIG: &str =
    "theme: auto\ndiagrams:\n  - input: \"notes/*.md\"\n    output: \"images/{stem}.svg\"\n";

/// The files of a folder with their time stamps.
fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let time = entry.metadata().unwrap().modified().unwrap();
            (entry.file_name().into_string().unwrap(), time)
        })
        .collect();
    all.sort();
    all
}
