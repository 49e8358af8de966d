//! What is known before any note is read: data files become [`Knowledge`], and its links join an architecture, apart from what inputs state.

use crate::model::phrases::fold;
use crate::model::{
    Architecture, Arrow, Basis, Body, Evidence, Knowledge, KnownLink, KnownPart, KnownRule,
    LazyKnowledge, Link, LinkKind, Origin, PartId, RuleKind, Tier,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, OnceLock};

/// The data files: one a field.
const FIELDS: &[&str] = &[
    include_str!("kubernetes.yaml"),
    include_str!("neighbours.yaml"),
    include_str!("istio.yaml"),
];

/// One field, as its file stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    domain: String,
    #[serde(default)]
    parts: Vec<PartRow>,
    #[serde(default)]
    links: Vec<LinkRow>,
    #[serde(default)]
    rules: Vec<RuleRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    id: String,
    #[serde(default)]
    is_group: bool,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    is_a: Option<String>,
    #[serde(default)]
    external: bool,
    #[serde(default)]
    joins: bool,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    common: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkRow {
    from: String,
    to: String,
    kind: String,
    page: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    kind: String,
    subject: String,
    object: String,
    #[serde(default)]
    through: Option<String>,
    page: String,
}

/// What one file knows.
#[derive(Debug, Default)]
struct Known {
    parts: Vec<KnownPart>,
    links: Vec<KnownLink>,
    rules: Vec<KnownRule>,
}

/// What the files that come with this program know. Parsed once, and only when somebody asks.
pub fn builtin() -> &'static LazyKnowledge {
    static BUILTIN: OnceLock<LazyKnowledge> = OnceLock::new();
    BUILTIN.get_or_init(|| LazyLock::new(Box::new(fields)))
}

/// Reads all files.
fn fields() -> Knowledge {
    let mut all = Known::default();
    for yaml in FIELDS {
        // The files are tested: one that does not parse never leaves the house.
        let Ok(more) = field(yaml) else {
            debug_assert!(false, "a built-in knowledge file does not parse");
            continue;
        };
        all.parts.extend(more.parts);
        all.links.extend(more.links);
        all.rules.extend(more.rules);
    }
    Knowledge::new(all.parts, all.links).with_rules(all.rules)
}

/// The built-in knowledge with the user's own file before it: its names win.
///
/// # Errors
/// What is wrong with the file, with its line where the parser knows one.
pub fn with(yaml: &str) -> Result<Knowledge, String> {
    let Known {
        mut parts,
        mut links,
        mut rules,
    } = field(yaml)?;
    let known = builtin();
    let own: BTreeSet<Arc<str>> = parts.iter().map(|part| part.id.clone()).collect();
    parts.extend(
        known
            .parts
            .iter()
            .filter(|part| !own.contains(&part.id))
            .cloned(),
    );
    links.extend(known.links.iter().cloned());
    rules.extend(known.rules.iter().cloned());
    let named = |id: &str| parts.iter().find(|part| &*part.id == id);
    for link in &links {
        for end in [&link.from, &link.to] {
            named(end).ok_or_else(|| format!("a link names `{end}`, which is no part"))?;
        }
    }
    for rule in &rules {
        for end in [&rule.subject, &rule.object]
            .into_iter()
            .chain(&rule.through)
        {
            named(end).ok_or_else(|| format!("a rule names `{end}`, which is no part"))?;
        }
    }
    for part in &parts {
        let (id, group) = (&part.id, &part.group);
        if let Some(group) = group
            .as_ref()
            .filter(|group| !named(group).is_some_and(|part| part.is_group))
        {
            return Err(format!(
                "`{id}` belongs to `{group}`, which is no part with `is_group: true`"
            ));
        }
        if let Some(of) = part.is_a.as_ref().filter(|of| named(of).is_none()) {
            return Err(format!("`{id}` is an example of `{of}`, which is no part"));
        }
    }
    Ok(Knowledge::new(parts, links).with_rules(rules))
}

/// Reads one file.
fn field(yaml: &str) -> Result<Known, String> {
    let field: Field = crate::yaml::typed(yaml)?;
    let domain: Arc<str> = field.domain.into();
    let parts = field
        .parts
        .into_iter()
        .map(|row| KnownPart {
            id: row.id.into(),
            domain: domain.clone(),
            is_group: row.is_group,
            aliases: row.names,
            common: row.common,
            within: row
                .within
                .iter()
                .map(|word| fold(word).into_owned())
                .collect(),
            role: row.role,
            group: row.group.map(Into::into),
            is_a: row.is_a.map(Into::into),
            external: row.external,
            joins: row.joins,
        })
        .collect();
    let links = field
        .links
        .into_iter()
        .map(|row| {
            let kind = LinkKind::named(&row.kind).ok_or_else(|| {
                let kinds = LinkKind::ALL.iter().map(|kind| kind.name());
                no_kind("link", &row.kind, kinds)
            })?;
            Ok(KnownLink {
                from: row.from.into(),
                to: row.to.into(),
                kind,
                page: row.page.into(),
            })
        })
        .collect::<Result<_, String>>()?;
    let rules = field
        .rules
        .into_iter()
        .map(|row| {
            let kind = RuleKind::named(&row.kind).ok_or_else(|| {
                let kinds = RuleKind::ALL.iter().map(|kind| kind.name());
                no_kind("rule", &row.kind, kinds)
            })?;
            Ok(KnownRule {
                kind,
                subject: row.subject.into(),
                object: row.object.into(),
                through: row.through.map(Into::into),
                page: row.page.into(),
            })
        })
        .collect::<Result<_, String>>()?;
    Ok(Known {
        parts,
        links,
        rules,
    })
}

fn no_kind<'n>(of: &str, kind: &str, kinds: impl Iterator<Item = &'n str>) -> String {
    let kinds: Vec<String> = kinds.map(|kind| format!("`{kind}`")).collect();
    format!(
        "no {of} has the kind `{kind}`: the kinds are {}",
        kinds.join(", ")
    )
}

/// Marks the parts that are known, and adds the known links between them where no input states one.
pub(super) fn add_known(architecture: &mut Architecture, knowledge: &Knowledge) {
    let component = |architecture: &Architecture, id: &str| {
        architecture
            .find(id)
            .filter(|part| !architecture.part(*part).is_group())
    };
    for known in &knowledge.parts {
        if let Some(part) = component(architecture, &known.id)
            && let Body::Component(body) = &mut architecture.part_mut(part).body
        {
            body.known_as = Some(known.id.clone());
            body.role = body.role.take().or_else(|| known.role.clone());
        }
    }
    let stated: BTreeSet<(PartId, PartId)> = architecture
        .links()
        .flat_map(|(_, from, to, _)| [(from, to), (to, from)])
        .collect();
    for known in &knowledge.links {
        let ends = (
            component(architecture, &known.from),
            component(architecture, &known.to),
        );
        if let (Some(from), Some(to)) = ends
            && !stated.contains(&(from, to))
        {
            architecture.add_link(from, to, known_link(known));
        }
    }
}

fn known_link(known: &KnownLink) -> Link {
    Link {
        kind: known.kind,
        label: None,
        arrow: Arrow::Forward,
        basis: Basis::Known,
        step: None,
        tier: Tier::Plain,
        evidence: vec![Evidence {
            origin: Origin::Known {
                page: known.page.clone(),
            },
            words: format!("{} {} {}", known.from, known.kind.name(), known.to).into(),
            pattern: None,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_parses_and_its_links_have_ends_and_pages() {
        for yaml in FIELDS {
            field(yaml).unwrap();
        }
        let known = builtin();
        for link in &known.links {
            for end in [&link.from, &link.to] {
                assert!(known.part(end).is_some_and(|part| !part.is_group), "{end}");
            }
            assert!(link.page.starts_with("https://"));
        }
        for rule in &known.rules {
            for end in [&rule.subject, &rule.object] {
                assert!(known.part(end).is_some_and(|part| !part.is_group), "{end}");
            }
            assert!(rule.page.starts_with("https://"));
        }
        for part in &known.parts {
            if let Some(group) = &part.group {
                assert!(
                    known.part(group).is_some_and(|part| part.is_group),
                    "{group}"
                );
            }
        }
    }

    #[test]
    fn a_file_of_the_users_own_adds_and_replaces() {
        let yaml = "domain: shop\nparts:\n  - {id: etcd, role: legacy, names: [old store]}\n  - {id: till, names: [till]}\nlinks:\n  - {from: till, to: etcd, kind: writes, page: intranet}\n";
        let known = with(yaml).unwrap();
        assert_eq!(known.part("etcd").unwrap().role.as_deref(), Some("legacy"));
        assert!(known.part("kubelet").is_some());
    }

    #[test]
    fn the_file_that_the_documentation_shows_is_one() {
        let page = include_str!("../../docs/knowledge.md");
        let (_, rest) = page.split_once("```yaml\n").unwrap();
        let known = with(rest.split("```").next().unwrap()).unwrap();
        assert_eq!(known.part("fleet").unwrap().within, ["couriers", "courier"]);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let part = "domain: shop\nparts: [{id: till";
        for (yaml, told) in [
            (
                "domain: x\nlinks: [{from: till, to: etcd, kind: writes, page: x}]",
                "a link names `till`",
            ),
            (
                "domain: x\nlinks: [{from: kubelet, to: etcd, kind: sings, page: x}]",
                "`writes`",
            ),
            (
                "domain: x\nrules: [{kind: never, subject: kubelet, object: etcd, through: till, page: x}]",
                "a rule names `till`",
            ),
            (
                "domain: x\nrules: [{kind: seldom, subject: kubelet, object: etcd, page: x}]",
                "`only-from`",
            ),
            (
                &format!("{part}, group: shop}}]"),
                "`till` belongs to `shop`",
            ),
            (
                &format!("{part}, group: etcd}}]"),
                "`till` belongs to `etcd`",
            ),
            (&format!("{part}, is_a: box}}]"), "an example of `box`"),
        ] {
            let error = with(yaml).unwrap_err();
            assert!(error.contains(told), "{yaml}: {error}");
        }
    }
}
