//! Prints what `layout::verify` counts for the drawings of some inputs, as JSON:
//! `cargo run --release --example measure -- [--engine layout-rs] FILE...`.
//!
//! `measure/peers.py` holds these figures against those of a browser.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of its own, which reads files and prints"
)]

use k8sdiag::font::Fonts;
use k8sdiag::layout::{self, verify};
use k8sdiag::model::{Source, Sources};
use k8sdiag::{Options, draw_sources, scene};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.first().is_some_and(|first| first == "--engine") {
        options.layout.engine = match paths.get(1).map(String::as_str) {
            Some("layered") => layout::Engine::Layered,
            Some("layout-rs") => layout::Engine::LayoutRs,
            _ => return Err("the engines are layered and layout-rs".into()),
        };
        paths.drain(..2);
    }
    let mut rows = serde_json::Map::new();
    for path in paths {
        let mut sources = Sources::default();
        sources.add(Source::new(path.as_str(), std::fs::read_to_string(&path)?));
        let shown = draw_sources(&sources, &options, &mut ()).architecture;
        let measured = scene::measure(&shown, &mut Fonts::new());
        let wishes = layout::Options {
            direction: shown.direction.map(scene::direction),
            ..options.layout
        };
        let drawn = layout::run(&measured.graph, &wishes, &mut ());
        let m = verify::measure(&measured.graph, &drawn);
        rows.insert(
            path,
            serde_json::json!({
                "components": measured.graph.nodes.len(), "links": measured.graph.edges.len(),
                "broken": m.broken, "nodeNode": m.node_node + m.group_out, "edgeNode": m.edge_node, "edgeGroup": m.edge_group,
                "edgeTitle": m.edge_title, "labelHit": m.label_hit, "labelStray": m.label_stray, "loose": m.loose, "shared": m.shared,
                "labelBorder": m.label_border, "graze": m.graze, "crossings": m.crossings, "turns": m.turns, "length": m.length,
                "density": m.density, "aspect": m.aspect, "order": m.order, "unequal": m.unequal, "unaligned": m.unaligned,
                "faults": m.faults(),
            }),
        );
    }
    println!("{}", serde_json::to_string_pretty(&rows)?);
    Ok(())
}
