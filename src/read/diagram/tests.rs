//! Every key, every shape, and every complaint with its place.

use super::*;
use crate::model::{Origin, Source};

fn reading(text: &str) -> Reading {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("x.yaml", text));
    read(
        &sources,
        id,
        &crate::model::Knowledge::default().ready(),
        &Limits::default(),
    )
}

fn complaint(text: &str) -> (Code, u32, u32, Option<String>) {
    let diagnostic = reading(text).diagnostics.remove(0);
    let span = diagnostic.span.unwrap();
    (diagnostic.code, span.line, span.column, diagnostic.help)
}

fn labels(reading: &Reading) -> Vec<(String, Option<String>)> {
    let parts = reading
        .statements
        .iter()
        .filter_map(|statement| match &statement.claim {
            Claim::Part(claim) => Some((
                claim.label.clone(),
                claim.parent.as_ref().map(|parent| parent.text().to_owned()),
            )),
            _ => None,
        });
    parts.collect()
}

#[test]
fn nested_groups_and_flat_ones_say_the_same() {
    let nested = reading(
        "groups:\n- label: Cluster\n  groups:\n  - label: Plane\n    components: [etcd, API Server]\n  - label: Node\n",
    );
    let flat = reading(
        "groups: [{id: cluster, label: Cluster}, {id: plane, label: Plane, parent: cluster}, {id: node, label: Node, parent: cluster}]\ncomponents: [{id: etcd, group: plane}, {label: API Server, group: plane}]\n",
    );
    let mut left = labels(&nested);
    let mut right = labels(&flat);
    left.sort();
    right.sort();
    assert_eq!(left, right);
    assert_eq!(left.len(), 5);
    assert!(nested.diagnostics.is_empty() && flat.diagnostics.is_empty());
}

#[test]
fn a_link_may_name_a_part_by_its_label_unless_two_have_it() {
    let ends = |text: &str| match &reading(text).statements.last().unwrap().claim {
        Claim::Link(claim) => claim.to.text().to_owned(),
        other => panic!("a link, not {other:?}"),
    };
    assert_eq!(
        ends("components: [a, API Server]\nlinks: [{from: a, to: API Server}]\n"),
        "api-server"
    );
    let twins = "components: [{id: a}, {id: x, label: DB}, {id: y, label: DB}]\nlinks: [{from: a, to: DB}]\n";
    assert_eq!(ends(twins), "DB");
}

#[test]
fn wrong_keys_and_words_are_shown_with_the_nearest_right_one() {
    let help = |text: &str| Some(format!("did you mean `{text}`?"));
    assert_eq!(
        complaint("components:\n- {id: a, lable: A}\n"),
        (Code::UnknownKey, 2, 11, help("label"))
    );
    assert_eq!(
        complaint("components: [a]\nlinks:\n- from: a\n  to: a\n  kind: raeds\n"),
        (Code::BadValue, 5, 9, help("reads"))
    );
    assert_eq!(
        complaint("direction: dwon\n"),
        (Code::BadValue, 1, 12, help("down"))
    );
}

#[test]
fn missing_and_mistyped_values_are_shown() {
    assert_eq!(
        complaint("components: [a]\nlinks:\n- {from: a}\n").0,
        Code::MissingKey
    );
    assert_eq!(complaint("components:\n- {group: x}\n").0, Code::MissingKey);
    assert_eq!(
        complaint("components:\n- {id: a, instances: many}\n").0,
        Code::BadValue
    );
    assert_eq!(complaint("links: 3\n").0, Code::BadValue);
    assert_eq!(complaint("- a\n- b\n").0, Code::BadValue);
}

#[test]
fn an_id_given_twice_is_shown_at_its_second_place() {
    let (code, line, ..) = complaint("components:\n- {id: a}\n- {id: b}\n- {id: a}\n");
    assert_eq!((code, line), (Code::DuplicateId, 4));
}

#[test]
fn evidence_of_an_earlier_run_is_carried() {
    let reading = reading(
        "components:\n- id: etcd\n  evidence: [{file: note.md, line: 7, column: 3, text: a store}]\n",
    );
    let evidence = &reading.statements[0].evidence;
    assert_eq!(evidence.len(), 1);
    assert_eq!(
        evidence[0].origin,
        Origin::Carried {
            file: "note.md".into(),
            line: 7,
            column: 3
        }
    );
    assert_eq!(&*evidence[0].words, "a store");
}

#[test]
fn more_parts_than_allowed_is_one_error() {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("x.yaml", "components: [a, b, c, d, e]\n"));
    let limits = Limits {
        parts: 3,
        ..Limits::default()
    };
    let reading = read(
        &sources,
        id,
        &crate::model::Knowledge::default().ready(),
        &limits,
    );
    assert_eq!(
        reading
            .diagnostics
            .iter()
            .map(|found| found.code)
            .collect::<Vec<_>>(),
        [Code::Limit]
    );
}
