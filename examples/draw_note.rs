//! Draws a note with the library: `cargo run --example draw_note -- NOTE.md > note.svg`; without a file, a note of its own.

#![allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program of its own, which reads a file and tells what is wrong with it"
)]

use k8sdiag::model::{Source, Sources};
use k8sdiag::{Options, draw_sources};
use std::io::{self, Write};

const NOTE: &str = "\
# Bakery

## Shop
- **till:** Sends each sale to the ledger.
- **ledger:** Keeps what was sold. Only the till may talk to the ledger.

## Kitchen
- **oven plan:** Reads the sales from the ledger every night.
";

fn main() -> io::Result<()> {
    let mut sources = Sources::default();
    sources.add(match std::env::args().nth(1) {
        Some(path) => Source::new(path.as_str(), std::fs::read_to_string(&path)?),
        None => Source::new("bakery.md", NOTE),
    });
    let drawing = draw_sources(&sources, &Options::default(), &mut ());
    for diagnostic in &drawing.diagnostics {
        let line = diagnostic.span.map_or(0, |span| span.line);
        eprintln!("line {line}: {}", diagnostic.message);
    }
    io::stdout().lock().write_all(&drawing.bytes)
}
