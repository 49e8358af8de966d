//! For each check a text in which it must find something, and one in which it must not.

use super::*;
use crate::model::{Source, Sources};
use crate::{read, resolve};

/// The findings in a source: the code, the line, the lines of what else they speak of.
fn found(name: &str, text: &str) -> Vec<(&'static str, u32, Vec<u32>)> {
    let mut sources = Sources::default();
    sources.add(Source::new(name, text));
    let known = resolve::knowledge::builtin();
    let readings = read::read(&sources, known, &read::Limits::default());
    let resolved = resolve::resolve(&sources, &readings, known);
    assert!(
        resolved.diagnostics.is_empty(),
        "{:?}",
        resolved.diagnostics
    );
    check(&resolved.architecture, known)
        .iter()
        .map(|finding| {
            let line = finding.span.map_or(0, |span| span.line);
            let related = finding.related.iter().map(|label| label.span.line);
            (finding.code.name(), line, related.collect())
        })
        .collect()
}

fn diagram(rest: &str) -> Vec<(&'static str, u32, Vec<u32>)> {
    let parts =
        "groups: [{id: g, components: [a, b]}, {id: h, components: [c]}]\ncomponents: [d]\n";
    let mut all = found("x.yaml", &format!("{parts}{rest}"));
    all.retain(|finding| finding.0 != "orphan");
    all
}

#[test]
fn a_note_that_breaks_its_own_rule_is_shown_with_both_lines() {
    let note = "- **etcd:** stores the state; only the kube-apiserver can communicate with etcd\n- **kube-apiserver:** reads etcd\n- **kubelet:** an agent that reads etcd\n";
    assert_eq!(found("x.md", note), [("rule-broken", 3, vec![1])]);
}

#[test]
fn only_from_stands_for_all_that_a_group_holds() {
    let rule = "rules:\n- {kind: only-from, subject: g, object: c}\nlinks:\n";
    assert_eq!(
        diagram(&format!("{rule}- {{from: d, to: c}}\n")),
        [("rule-broken", 6, vec![4])]
    );
    assert_eq!(diagram(&format!("{rule}- {{from: a, to: c}}\n")), []);
    // The rule does not name `h`: `d` may mean another part of it.
    assert_eq!(diagram(&format!("{rule}- {{from: d, to: h}}\n")), []);
    let rule = "rules:\n- {kind: only-from, subject: d, object: g}\nlinks:\n";
    assert_eq!(diagram(&format!("{rule}- {{from: a, to: b}}\n")), []);
    assert_eq!(
        diagram(&format!("{rule}- {{from: c, to: b}}\n")),
        [("rule-broken", 6, vec![4])]
    );
    assert_eq!(
        diagram(&format!("{rule}- {{from: c, to: g}}\n")),
        [("rule-broken", 6, vec![4])]
    );
}

#[test]
fn only_to_and_never_hold_in_both_directions_of_an_arrow() {
    let rule = "rules:\n- {kind: only-to, subject: d, object: c}\nlinks:\n";
    assert_eq!(diagram(&format!("{rule}- {{from: d, to: c}}\n")), []);
    assert_eq!(diagram(&format!("{rule}- {{from: a, to: d}}\n")), []);
    assert_eq!(
        diagram(&format!("{rule}- {{from: d, to: a}}\n")),
        [("rule-broken", 6, vec![4])]
    );
    let both = format!("{rule}- {{from: a, to: d, direction: both}}\n");
    assert_eq!(diagram(&both), [("rule-broken", 6, vec![4])]);
    let rule = "rules:\n- {kind: never, subject: g, object: c}\nlinks:\n";
    assert_eq!(
        diagram(&format!("{rule}- {{from: b, to: c}}\n")),
        [("rule-broken", 6, vec![4])]
    );
    assert_eq!(diagram(&format!("{rule}- {{from: c, to: b}}\n")), []);
    let rule = "rules:\n- {kind: never, subject: \"*\", object: c}\nlinks:\n";
    assert_eq!(
        diagram(&format!("{rule}- {{from: d, to: c}}\n")),
        [("rule-broken", 6, vec![4])]
    );
}

#[test]
fn what_all_must_do_is_about_the_system_of_that_text() {
    let all = "rules:\n- {kind: only-to, subject: \"*\", object: c}\nlinks:\n";
    assert_eq!(
        diagram(&format!("{all}- {{from: a, to: b}}\n")),
        [("rule-broken", 6, vec![4])]
    );
    assert_eq!(diagram(&format!("{all}- {{from: c, to: b}}\n")), []);
    assert_eq!(
        diagram(&format!("{all}- {{from: a, to: b, kind: runs}}\n")),
        []
    );
    let mut sources = Sources::default();
    sources.add(Source::new(
        "one.yaml",
        "components: [a, c]\nrules: [{kind: only-to, subject: \"*\", object: c}]\n",
    ));
    sources.add(Source::new(
        "two.yaml",
        "components: [x, y]\nlinks: [{from: x, to: y}]\n",
    ));
    let known = resolve::knowledge::builtin();
    let readings = read::read(&sources, known, &read::Limits::default());
    let resolved = resolve::resolve(&sources, &readings, known);
    let found = check(&resolved.architecture, known);
    assert!(found.iter().all(|finding| finding.code == Code::Orphan));
}

#[test]
fn known_links_break_no_rule() {
    let note = "- **kube-scheduler:** finds a node; only the kubelet communicates with the kube-apiserver\n- **kube-apiserver:** the front\n- **kubelet:** an agent\n";
    assert_eq!(found("x.md", note), []);
}

#[test]
fn a_sentence_that_gave_both_rule_and_link_means_them_to_agree() {
    let from = |line: u32| {
        let evidence =
            |line: u32| format!("evidence: [{{file: n.md, line: {line}, column: 1, text: x}}]");
        let (rule, link) = (evidence(1), evidence(line));
        diagram(&format!(
            "rules: [{{kind: only-from, subject: a, object: c, {rule}}}]\nlinks: [{{from: d, to: c, {link}}}]\n"
        ))
    };
    assert_eq!(from(1), []);
    // What an earlier run read has no line in this file.
    assert_eq!(from(2), [("rule-broken", 0, vec![])]);
}

#[test]
fn rules_that_clash_are_found_once() {
    let rules = |one: &str, other: &str| diagram(&format!("rules:\n- {one}\n- {other}\n"));
    let only = "{kind: only-from, subject: a, object: c}";
    assert_eq!(
        rules(only, "{kind: never, subject: a, object: c}"),
        [("contradiction", 5, vec![4])]
    );
    assert_eq!(
        rules(only, "{kind: only-from, subject: d, object: c}"),
        [("contradiction", 5, vec![4])]
    );
    assert_eq!(rules(only, "{kind: only-from, subject: g, object: c}"), []);
    assert_eq!(rules(only, "{kind: never, subject: d, object: c}"), []);
    assert_eq!(
        rules("{kind: only-to, subject: d, object: c}", only),
        [("contradiction", 5, vec![4])]
    );
    assert_eq!(
        rules(
            "{kind: only-to, subject: d, object: a}",
            "{kind: only-to, subject: d, object: c}"
        ),
        [("contradiction", 5, vec![4])]
    );
}

#[test]
fn a_link_that_the_documentation_rules_out_is_a_warning() {
    let note = "- **kube-scheduler:** reads from etcd\n- **etcd:** a store\n";
    assert_eq!(found("x.md", note), [("against-knowledge", 1, vec![])]);
    let of = |kind: &str| {
        let link = format!("{{from: kubelet, to: etcd, kind: {kind}}}");
        found(
            "x.yaml",
            &format!("components: [kubelet, etcd]\nlinks:\n- {link}\n"),
        )
    };
    assert_eq!(of("writes"), [("against-knowledge", 3, vec![])]);
    // A kubelet runs etcd where it is a static Pod.
    assert_eq!(of("runs"), []);
    let own = "- **etcd:** a store; only the kube-scheduler may talk to etcd\n- **kube-scheduler:** reads from etcd\n";
    assert_eq!(found("x.md", own), []);
}

#[test]
fn what_nothing_links_is_an_orphan_and_what_a_rule_names_is_none() {
    let some = found(
        "x.yaml",
        "components: [a, b, c]\nlinks: [{from: a, to: b}]\n",
    );
    assert_eq!(some, [("orphan", 1, vec![])]);
    assert_eq!(found("x.yaml", "components: [a, b, c]\n").len(), 1);
    let through =
        "groups: [{id: g, components: [a]}]\ncomponents: [b]\nlinks: [{from: g, to: b}]\n";
    assert_eq!(found("x.yaml", through), []);
    let ruled = "components: [a, b, c]\nlinks: [{from: a, to: b}]\nrules: [{kind: never, subject: c, object: a}]\n";
    assert_eq!(found("x.yaml", ruled), []);
}

#[test]
fn a_name_that_nothing_introduces_is_found_unless_it_is_known_or_outside() {
    let of = |rest: &str| {
        found(
            "x.yaml",
            &format!(
                "components:\n- b\n- {{{rest}, introduced: false}}\nlinks: [{{from: {}, to: b}}]\n",
                rest.split([':', ',']).nth(1).unwrap().trim()
            ),
        )
    };
    assert_eq!(of("id: thing"), [("never-introduced", 3, vec![])]);
    assert_eq!(of("id: etcd"), []);
    assert_eq!(of("id: thing, external: true"), []);
}

#[test]
fn every_check_has_its_code_once() {
    let mut codes: Vec<Code> = CHECKS.iter().map(|check| check.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), CHECKS.len());
}
