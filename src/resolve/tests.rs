//! The smallest readings that show each rule of the resolution.

use super::*;
use crate::model::{LinkKind, PartClaim, PartKind, RuleKind, Source, SourceId};

fn name(text: &str) -> Ref {
    Ref::Name(text.into())
}

fn id(text: &str) -> Ref {
    Ref::Id {
        id: text.into(),
        span: None,
    }
}

fn component(label: &str) -> PartClaim {
    PartClaim::new(PartKind::Component, label)
}

fn group(label: &str) -> PartClaim {
    PartClaim::new(PartKind::Group, label)
}

/// A reading of `claims`, each with evidence at the byte of its number.
fn reading(sources: &Sources, source: SourceId, prose: bool, claims: Vec<Claim>) -> Reading {
    let statements = claims
        .into_iter()
        .enumerate()
        .map(|(at, claim)| Statement {
            claim,
            evidence: vec![Evidence::written(sources.span(source, at..at + 1), "x")],
        })
        .collect();
    Reading {
        statements,
        prose,
        ..Reading::new(source)
    }
}

fn resolved(prose: bool, claims: Vec<Claim>) -> Resolved {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("note.md", "\n".repeat(claims.len() + 1)));
    let reading = reading(&sources, source, prose, claims);
    resolve(
        &sources,
        &[reading],
        &crate::model::Knowledge::default().ready(),
    )
}

fn labels(architecture: &Architecture) -> Vec<&str> {
    architecture
        .parts()
        .map(|(_, part)| part.label.as_str())
        .collect()
}

#[test]
fn two_spellings_are_one_component_with_both_descriptions() {
    let first = PartClaim {
        description: Some("stores".into()),
        ..component("etcd")
    };
    let second = PartClaim {
        description: Some("a key-value store".into()),
        ..component("ETCD")
    };
    let out = resolved(true, vec![Claim::Part(first), Claim::Part(second)]);
    let (_, part) = out.architecture.parts().next().unwrap();
    assert_eq!(labels(&out.architecture), ["etcd"]);
    assert_eq!(part.description, ["stores", "a key-value store"]);
    assert_eq!(part.aliases, ["ETCD"]);
    assert_eq!(part.evidence.len(), 2);
}

#[test]
fn parts_with_different_ids_stay_apart_though_they_are_called_alike() {
    let etcd = |id: &str| PartClaim {
        id: Some(id.into()),
        ..component("etcd")
    };
    let out = resolved(
        false,
        vec![Claim::Part(etcd("etcd1")), Claim::Part(etcd("etcd2"))],
    );
    assert_eq!(out.architecture.part_count(), 2);
}

#[test]
fn groups_stand_before_what_they_hold_wherever_they_are_introduced() {
    let leaf = PartClaim {
        parent: Some(name("Control Plane")),
        ..component("etcd")
    };
    let out = resolved(
        true,
        vec![Claim::Part(leaf), Claim::Part(group("Control plane"))],
    );
    assert_eq!(labels(&out.architecture), ["Control plane", "etcd"]);
    assert_eq!(&*out.architecture.part(PartId::new(1)).id, "etcd");
}

#[test]
fn a_link_said_twice_in_prose_is_one_and_in_a_diagram_file_two() {
    let link = |end: fn(&str) -> Ref| Claim::Link(LinkClaim::new(end("a"), end("b")));
    let part = |text: &str| {
        Claim::Part(PartClaim {
            id: Some(text.into()),
            ..component(text)
        })
    };
    let prose = resolved(true, vec![part("a"), part("b"), link(name), link(name)]);
    assert_eq!(prose.architecture.link_count(), 1);
    assert_eq!(
        prose.architecture.links().next().unwrap().3.evidence.len(),
        2
    );
    let file = resolved(false, vec![part("a"), part("b"), link(id), link(id)]);
    assert_eq!(file.architecture.link_count(), 2);
}

#[test]
fn a_dangling_end_is_shown_with_the_nearest_name() {
    let part = Claim::Part(PartClaim {
        id: Some("kubelet".into()),
        ..component("kubelet")
    });
    let link = Claim::Link(LinkClaim::new(id("kubelet"), id("kubelte")));
    let out = resolved(false, vec![part, link]);
    let diagnostic = &out.diagnostics[0];
    assert_eq!(diagnostic.code, Code::UnresolvedName);
    assert_eq!(diagnostic.help.as_deref(), Some("did you mean `kubelet`?"));
    assert_eq!(diagnostic.span.unwrap().line, 2);
}

#[test]
fn a_cycle_of_groups_is_cut_once_and_told() {
    let within = |label: &str, parent: &str| {
        Claim::Part(PartClaim {
            parent: Some(name(parent)),
            ..group(label)
        })
    };
    let out = resolved(
        true,
        vec![
            within("a", "b"),
            within("b", "c"),
            within("c", "a"),
            within("d", "a"),
        ],
    );
    assert_eq!(
        out.diagnostics
            .iter()
            .filter(|found| found.code == Code::ParentCycle)
            .count(),
        1
    );
    assert_eq!(out.architecture.part_count(), 4);
}

#[test]
fn what_the_author_ignores_is_gone_and_its_members_move_up() {
    let leaf = PartClaim {
        parent: Some(name("inner")),
        ..component("x")
    };
    let inner = PartClaim {
        parent: Some(name("outer")),
        ..group("inner")
    };
    let out = resolved(
        true,
        vec![
            Claim::Part(group("outer")),
            Claim::Part(inner),
            Claim::Part(leaf),
            Claim::Ignore(name("Inner")),
            Claim::Ignore(name("nobody")),
        ],
    );
    assert_eq!(labels(&out.architecture), ["outer", "x"]);
    assert_eq!(
        out.architecture.part(PartId::new(1)).parent,
        Some(PartId::new(0))
    );
    assert_eq!(out.diagnostics[0].code, Code::StaleCorrection);
}

#[test]
fn a_bare_name_means_the_component_and_a_membership_the_group() {
    let inside = PartClaim {
        parent: Some(name("Ingress")),
        ..component("nginx")
    };
    let link = LinkClaim {
        kind: LinkKind::Sends,
        ..LinkClaim::new(name("ingress"), name("nginx"))
    };
    let out = resolved(
        true,
        vec![
            Claim::Part(group("Ingress")),
            Claim::Part(component("Ingress")),
            Claim::Part(inside),
            Claim::Link(link),
        ],
    );
    let (_, from, to, _) = out.architecture.links().next().unwrap();
    assert!(!out.architecture.part(from).is_group());
    assert!(
        out.architecture
            .part(to)
            .parent
            .is_some_and(|group| out.architecture.part(group).is_group())
    );
}

#[test]
fn the_same_rule_twice_is_one_and_nobody_is_everybody() {
    let rule = |subject: Option<Ref>| {
        Claim::Rule(RuleClaim {
            kind: RuleKind::OnlyFrom,
            subject,
            object: Some(name("etcd")),
        })
    };
    let out = resolved(
        true,
        vec![
            Claim::Part(component("api")),
            Claim::Part(component("etcd")),
            rule(Some(name("api"))),
            rule(Some(name("API"))),
            rule(None),
        ],
    );
    assert_eq!(out.architecture.rules.len(), 2);
    assert_eq!(out.architecture.rules[0].evidence.len(), 2);
    assert_eq!(out.architecture.rules[1].subject, None);
}
