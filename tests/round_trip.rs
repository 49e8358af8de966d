//! Every architecture through JSON, YAML and DOT and back is the same architecture, and its picture the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may fail, and reads the diagrams that ship"
)]

use k8sdiag::model::{Architecture, Severity, Source, Sources};
use k8sdiag::{Options, draw, draw_sources};
use proptest::prelude::*;
use std::fmt::Write;

/// What `text` says, and `text` in another format.
fn through(name: &str, text: &str, format: &str) -> (Architecture, String) {
    let mut sources = Sources::default();
    sources.add(Source::new(name, text));
    let options = Options {
        format: draw::format(format).unwrap(),
        ..Options::default()
    };
    let drawing = draw_sources(&sources, &options, &mut ());
    for diagnostic in &drawing.diagnostics {
        let fine = diagnostic.severity < Severity::Error;
        assert!(fine, "{name}: {}\n{text}", diagnostic.message);
    }
    let written = String::from_utf8(drawing.bytes).unwrap();
    (drawing.architecture, written)
}

/// All that an architecture says, without the places where it was read.
fn said(architecture: &Architecture) -> String {
    let id = |part| &architecture.part(part).id;
    let mut text = format!(
        "{:?} {:?} {:?} {:?}\n",
        architecture.title, architecture.language, architecture.direction, architecture.theme
    );
    for (_, part) in architecture.parts() {
        let parent = part.parent.map(id);
        // DOT holds one text a part.
        let description = part.description.join(" ");
        let _ = writeln!(
            text,
            "{:?} {:?} {parent:?} {:?} {description:?} {:?} {} {:?}",
            part.id,
            part.label,
            part.aliases,
            part.href,
            part.introduced,
            part.component()
                .map(|one| (&one.role, one.external, one.instances))
        );
    }
    for (_, from, to, link) in architecture.links() {
        let _ = writeln!(
            text,
            "{} {} {:?} {:?} {:?} {:?} {:?} {:?}",
            id(from),
            id(to),
            link.kind,
            link.label,
            link.arrow,
            link.basis,
            link.step,
            link.tier
        );
    }
    for rule in &architecture.rules {
        let (subject, object) = (rule.subject.map(id), rule.object.map(id));
        let _ = writeln!(text, "{:?} {subject:?} {object:?}", rule.kind);
    }
    text
}

/// The same after each format, and written again the same bytes.
fn holds(name: &str, text: &str) {
    for (format, ending) in [("json", "json"), ("yaml", "yaml"), ("dot", "dot")] {
        let (before, written) = through(name, text, format);
        let (after, again) = through(&format!("x.{ending}"), &written, format);
        assert_eq!(
            said(&before),
            said(&after),
            "{name} through {format}:\n{written}"
        );
        assert_eq!(written, again, "{name} through {format}, twice");
    }
    let (_, picture) = through(name, text, "svg");
    let (_, json) = through(name, text, "json");
    let (_, same) = through("<stdin>", &json, "svg");
    assert!(
        picture == same,
        "{name}: the picture of its JSON is another"
    );
}

#[test]
fn built_in_diagrams_come_back_as_they_were() {
    let mut count = 0;
    for entry in std::fs::read_dir("diagrams").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        holds(&path.to_string_lossy(), &text);
        count += 1;
    }
    assert!(count >= 5);
}

#[test]
fn a_note_comes_back_as_it_was() {
    let note = "# Shop\n\n## Control Plane\n- **kube-apiserver:** The heart. Only the API server talks to etcd.\n- **etcd:** keeps everything\n- **cloud-controller-manager:** talks to the cloud\n\n## Worker Node\n- **kubelet:** reports to the API server\n";
    holds("note.md", note);
}

#[test]
fn a_document_of_hostile_names_comes_back_as_it_was() {
    let yaml = r#"
title: 'a "title" <b>& more</b> \N'
groups:
  - {id: 'g"1', label: 'a\l "group" \', components: ['x\', '\N', '<b>bold</b>', '&amp;', "控制 面"]}
  - {id: empty, label: Empty}
components:
  - {id: cluster_x, label: '{record|<f>}'}
  - {id: node, label: 'graph', aliases: ['a"b', 'c\d', 'é'], href: 'https://x.org/?a="b"&c=d'}
links:
  - {from: 'g"1', to: 'x\', label: 'into \n itself'}
  - {from: empty, to: 'g"1', direction: both}
  - {from: node, to: node, direction: none, label: '1. "self"'}
  - {from: '\N', to: '&amp;', step: 2, label: 'with & and "quotes"'}
rules:
  - {kind: never, subject: '*', object: 'x\'}
"#;
    holds("hostile.yaml", yaml);
}

/// Words that a format could take for its own.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z][a-z0-9_-]{0,8}",
        Just("graph".to_owned()),
        Just("a \\\"b\\\"".to_owned()),
        Just("størrelse".to_owned()),
        Just("控制面".to_owned()),
        Just("x & y".to_owned()),
        Just("back\\\\slash".to_owned()),
    ]
}

/// A diagram file of up to twelve parts, in any nesting, with links between any of them.
fn diagram() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec((word(), any::<bool>(), any::<u8>(), 0..4_u32), 1..12);
    let links = prop::collection::vec(
        (any::<u8>(), any::<u8>(), 0..3_u8, any::<bool>(), word()),
        0..12,
    );
    (parts, links).prop_map(|(parts, links)| {
        let (mut groups, mut components) = (String::new(), String::new());
        let mut open: Vec<usize> = Vec::new();
        for (at, (label, group, parent, count)) in parts.iter().enumerate() {
            let holder = open.get(usize::from(*parent) % (open.len() + 1));
            let (rows, key, more) = if *group {
                (&mut groups, "parent", String::new())
            } else {
                let count = count.max(&1);
                (&mut components, "group", format!(", instances: {count}"))
            };
            let holder = holder.map_or(String::new(), |holder| format!(", {key}: p{holder}"));
            let _ = writeln!(rows, "  - {{id: p{at}, label: \"{label}\"{holder}{more}, order: {}}}", at + 1);
            if *group {
                open.push(at);
            }
        }
        let mut rows = String::new();
        for (from, to, arrow, known, label) in links {
            let (from, to) = (usize::from(from) % parts.len(), usize::from(to) % parts.len());
            let arrow = ["forward", "both", "none"][usize::from(arrow)];
            let basis = if known { "known" } else { "stated" };
            let _ = writeln!(rows, "  - {{from: p{from}, to: p{to}, direction: {arrow}, basis: {basis}, label: \"{label}\"}}");
        }
        format!("groups:\n{groups}components:\n{components}links:\n{rows}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_architecture_comes_back_as_it_was(yaml in diagram()) {
        holds("generated.yaml", &yaml);
    }
}
