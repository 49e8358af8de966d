//! The phases, one by one, on graphs of three sizes: `cargo bench`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a program of its own, on inputs of its own"
)]

use divan::{Bencher, black_box};
use k8sdiag::font::Fonts;
use k8sdiag::geom::Size;
use k8sdiag::layout::{self, Edge, Graph, Node, NodeId, Shape, verify};
use k8sdiag::model::{Source, Sources};
use k8sdiag::{Options, draw_architecture, draw_sources, read, resolve, scene};
use std::fmt::Write;

fn main() {
    divan::main();
}

const SIZES: &[usize] = &[10, 100, 1000];

/// Services in nested groups of about eight, each with a link or two, mostly to near ones. Looks random, and never changes.
fn system(components: usize) -> String {
    let mut state = 12_345_u64;
    let mut pick = |below: usize| -> usize {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    let groups = components.div_ceil(8);
    let mut text = "groups:\n".to_owned();
    for at in 0..groups {
        let parent = if at > 2 && at % 3 != 0 {
            format!(", parent: g{}", pick(at / 2 + 1))
        } else {
            String::new()
        };
        let _ = writeln!(text, "- {{id: g{at}, label: Team {at}{parent}}}");
    }
    text.push_str("components:\n");
    for at in 0..components {
        let _ = writeln!(
            text,
            "- {{id: s{at}, label: service-{at}, group: g{}}}",
            at / 8
        );
    }
    text.push_str("links:\n");
    for at in 1..components {
        let near = at - 1 - pick(at.min(10));
        let _ = writeln!(text, "- {{from: s{near}, to: s{at}}}");
        if at % 3 == 0 {
            let _ = writeln!(
                text,
                "- {{from: s{at}, to: s{}, label: asks}}",
                pick(components)
            );
        }
    }
    text
}

/// A note with as many terms and sentences.
fn note(components: usize) -> String {
    let mut text = "# System\n\n".to_owned();
    for at in 0..components {
        let _ = writeln!(
            text,
            "- **service-{at}:** Keeps its things, and sends its events to service-{}.",
            (at + 1) % components
        );
    }
    text
}

fn sources(name: &str, text: String) -> Sources {
    let mut sources = Sources::default();
    sources.add(Source::new(name, text));
    sources
}

fn graph(components: usize) -> Graph {
    let drawing = draw_sources(&sources("a.yaml", system(components)), &json(), &mut ());
    scene::measure(&drawing.architecture, &mut Fonts::new()).graph
}

/// The options for a format that needs no embedded font.
fn json() -> Options {
    Options {
        format: k8sdiag::draw::format("json").unwrap(),
        ..Options::default()
    }
}

#[divan::bench(args = SIZES)]
fn read_diagram_file(bencher: Bencher<'_, '_>, components: usize) {
    let (sources, options) = (sources("a.yaml", system(components)), Options::default());
    bencher.bench(|| read::read(black_box(&sources), options.knowledge, &options.limits));
}

#[divan::bench(args = SIZES)]
fn read_note(bencher: Bencher<'_, '_>, components: usize) {
    let (sources, options) = (sources("a.md", note(components)), Options::default());
    bencher.bench(|| read::read(black_box(&sources), options.knowledge, &options.limits));
}

#[divan::bench(args = SIZES)]
fn resolve_readings(bencher: Bencher<'_, '_>, components: usize) {
    let (sources, options) = (sources("a.yaml", system(components)), Options::default());
    let readings = read::read(&sources, options.knowledge, &options.limits);
    bencher.bench(|| resolve::resolve(&sources, black_box(&readings), options.knowledge));
}

#[divan::bench(args = SIZES)]
fn measure_words(bencher: Bencher<'_, '_>, components: usize) {
    let architecture =
        draw_sources(&sources("a.yaml", system(components)), &json(), &mut ()).architecture;
    bencher.bench(|| scene::measure(black_box(&architecture), &mut Fonts::new()));
}

#[divan::bench(args = SIZES)]
fn lay_out(bencher: Bencher<'_, '_>, components: usize) {
    let graph = graph(components);
    bencher.bench(|| layout::run(black_box(&graph), &layout::Options::default(), &mut ()));
}

#[divan::bench(args = SIZES)]
fn lay_out_a_chain(bencher: Bencher<'_, '_>, boxes: usize) {
    let count = u32::try_from(boxes).unwrap();
    let graph = Graph {
        nodes: (0..count)
            .map(|_| Node {
                parent: None,
                shape: Shape::Leaf(Size::new(100.0, 40.0)),
                likeness: None,
            })
            .collect(),
        edges: (1..count)
            .map(|at| Edge {
                from: NodeId(at - 1),
                to: NodeId(at),
                label: None,
                style: Some(0),
                weight: 1,
            })
            .collect(),
    };
    bencher.bench(|| layout::run(black_box(&graph), &layout::Options::default(), &mut ()));
}

#[divan::bench(args = SIZES)]
fn count_faults(bencher: Bencher<'_, '_>, components: usize) {
    let graph = graph(components);
    let drawn = layout::run(&graph, &layout::Options::default(), &mut ());
    bencher.bench(|| verify::measure(black_box(&graph), black_box(&drawn)));
}

#[divan::bench(args = SIZES)]
fn draw_svg(bencher: Bencher<'_, '_>, components: usize) {
    let architecture =
        draw_sources(&sources("a.yaml", system(components)), &json(), &mut ()).architecture;
    bencher.bench(|| draw_architecture(black_box(&architecture), &Options::default(), &mut ()));
}
