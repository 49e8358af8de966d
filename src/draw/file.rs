//! An architecture as the rows of the diagram file, for JSON and YAML: what is written in them can be read again.

use super::number::rounded;
use crate::geom::Rect;
use crate::model::{
    Architecture, Arrow, Basis, Evidence, Flow, LinkId, LinkKind, Origin, Part, PartId, Rule, Tier,
};
use crate::scene::{Place, Scene, Subject, needs_known_name};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the schema.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
pub(super) struct File<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<Canvas>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<PartRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<PartRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<LinkRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<RuleRow<'a>>>,
}

#[derive(Serialize)]
struct Canvas {
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct Frame {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct Way {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    points: Vec<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Frame>,
}

#[derive(Serialize)]
struct PartRow<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    description: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_as: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instances: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    introduced: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<EvidenceRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<Frame>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<EvidenceRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<Way>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    kind: &'a str,
    subject: &'a str,
    object: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<EvidenceRow<'a>>>,
}

#[derive(Serialize)]
struct EvidenceRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
}

/// All that is known: evidence, geometry, every value.
pub(super) fn full<'a>(architecture: &'a Architecture, scene: &'a Scene) -> File<'a> {
    let canvas = Canvas {
        width: rounded(scene.size.width),
        height: rounded(scene.size.height),
    };
    let writer = Writer::new(architecture, Some(scene));
    let mut file = writer.file(true);
    file.schema = Some(SCHEMA);
    file.geometry = Some(canvas);
    file
}

/// What an author would write: no geometry, no value that goes without saying, and of the evidence only the pages that say that a link is known.
pub(super) fn terse(architecture: &Architecture) -> File<'_> {
    let writer = Writer::new(architecture, None);
    writer.file(!groups_come_first(architecture))
}

/// Whether all groups stand before the components of the same group: then the order of the two lists says it all.
fn groups_come_first(architecture: &Architecture) -> bool {
    let holders = architecture.parts().map(|(id, _)| Some(id)).chain([None]);
    let mut sorted = holders.map(|holder| {
        let children = architecture.children(holder).iter();
        children.is_sorted_by_key(|id| !architecture.part(*id).is_group())
    });
    sorted.all(|sorted| sorted)
}

/// An architecture with the places of its parts and links.
struct Writer<'a> {
    architecture: &'a Architecture,
    /// Whether everything is written.
    full: bool,
    boxes: BTreeMap<PartId, Rect>,
    ways: BTreeMap<LinkId, &'a Place>,
}

impl<'a> Writer<'a> {
    fn new(architecture: &'a Architecture, scene: Option<&'a Scene>) -> Self {
        let mut writer = Self {
            architecture,
            full: scene.is_some(),
            boxes: BTreeMap::new(),
            ways: BTreeMap::new(),
        };
        for item in scene.iter().flat_map(|scene| &scene.items) {
            match (&item.subject, &item.place) {
                (Subject::Component(id, _) | Subject::Group(id, _), Place::Box(rect)) => {
                    writer.boxes.insert(*id, *rect);
                }
                (Subject::Link { link, .. }, place) => {
                    writer.ways.insert(*link, place);
                }
                _ => {}
            }
        }
        writer
    }

    fn file(&self, ordered: bool) -> File<'a> {
        let architecture = self.architecture;
        let (mut groups, mut components) = (Vec::new(), Vec::new());
        for (order, id) in (1..).zip(architecture.preorder()) {
            let part = architecture.part(id);
            let row = self.part(id, part, Some(order).filter(|_| ordered));
            if part.is_group() {
                groups.push(row);
            } else {
                components.push(row);
            }
        }
        let rules = architecture.rules.iter().map(|rule| self.rule(rule));
        File {
            schema: None,
            title: architecture.title.as_deref(),
            language: architecture.language.as_deref(),
            direction: architecture.direction.map(Flow::name),
            theme: architecture.theme.as_deref(),
            geometry: None,
            groups: self.list(groups),
            components: self.list(components),
            links: self.list(self.links()),
            rules: self.list(rules.collect()),
        }
    }

    /// A list; left out where it is empty and that goes without saying.
    fn list<T>(&self, rows: Vec<T>) -> Option<Vec<T>> {
        (self.full || !rows.is_empty()).then_some(rows)
    }

    /// A value; left out where it is the one that goes without saying.
    fn unless<T: PartialEq>(&self, value: T, usual: &T) -> Option<T> {
        (self.full || value != *usual).then_some(value)
    }

    fn id(&self, part: PartId) -> &'a str {
        &self.architecture.part(part).id
    }

    fn part(&self, id: PartId, part: &'a Part, order: Option<u32>) -> PartRow<'a> {
        let holder = part.parent.map(|parent| self.id(parent));
        let component = part.component();
        let direction = match &part.body {
            crate::model::Body::Group(group) => group.direction,
            crate::model::Body::Component(_) => None,
        };
        PartRow {
            id: &part.id,
            label: self.unless(&*part.label, &&*part.id),
            parent: holder.filter(|_| part.is_group()),
            group: holder.filter(|_| !part.is_group()),
            kind: component.and_then(|component| component.role.as_deref()),
            description: part.description.iter().map(String::as_str).collect(),
            href: part.href.as_deref(),
            aliases: self.unless(part.aliases.as_slice(), &[].as_slice()),
            known_as: component
                .and_then(|component| component.known_as.as_deref())
                .filter(|_| self.full || needs_known_name(part)),
            external: component
                .map(|component| component.external)
                .filter(|external| *external),
            instances: component
                .map(|component| component.instances)
                .filter(|instances| *instances != 1),
            direction: direction.map(Flow::name),
            order,
            introduced: Some(part.introduced).filter(|introduced| !introduced),
            evidence: self.evidence(&part.evidence),
            geometry: self.boxes.get(&id).map(frame),
        }
    }

    fn links(&self) -> Vec<LinkRow<'a>> {
        let links = self.architecture.links();
        links
            .map(|(id, from, to, link)| LinkRow {
                from: self.id(from),
                to: self.id(to),
                kind: self.unless(link.kind.name(), &LinkKind::Communicates.name()),
                label: link.label.as_deref(),
                direction: self.unless(link.arrow.name(), &Arrow::Forward.name()),
                basis: self.unless(link.basis.name(), &Basis::Stated.name()),
                step: link.step,
                tier: Some(link.tier as u32).filter(|_| link.tier != Tier::Plain),
                evidence: self.evidence(&link.evidence),
                geometry: self.ways.get(&id).and_then(|place| way(place)),
            })
            .collect()
    }

    fn rule(&self, rule: &'a Rule) -> RuleRow<'a> {
        let end = |part: Option<PartId>| part.map_or("*", |part| self.id(part));
        RuleRow {
            kind: rule.kind.name(),
            subject: end(rule.subject),
            object: end(rule.object),
            evidence: self.evidence(&rule.evidence),
        }
    }

    fn evidence(&self, evidence: &'a [Evidence]) -> Option<Vec<EvidenceRow<'a>>> {
        let known = |one: &&Evidence| self.full || matches!(one.origin, Origin::Known { .. });
        let rows = evidence.iter().filter(known).map(|one| self.piece(one));
        self.list(rows.collect())
    }

    fn piece(&self, evidence: &'a Evidence) -> EvidenceRow<'a> {
        let mut row = EvidenceRow {
            file: None,
            line: None,
            column: None,
            text: &evidence.words,
            page: None,
            pattern: evidence.pattern.as_deref(),
        };
        match &evidence.origin {
            Origin::Written(span) => {
                let files = &self.architecture.files;
                row.file = files.get(span.source.index()).map(|name| &**name);
                row.line = Some(span.line);
                row.column = Some(span.column);
            }
            Origin::Carried { file, line, column } => {
                row.file = Some(file);
                row.line = Some(*line);
                row.column = Some(*column);
            }
            Origin::Known { page } => row.page = Some(page),
        }
        row
    }
}

fn frame(rect: &Rect) -> Frame {
    Frame {
        x: rounded(rect.x0),
        y: rounded(rect.y0),
        width: rounded(rect.width()),
        height: rounded(rect.height()),
    }
}

fn way(place: &Place) -> Option<Way> {
    let Place::Way(route, label) = place else {
        return None;
    };
    Some(Way {
        points: route
            .points
            .iter()
            .map(|point| [rounded(point.x), rounded(point.y)])
            .collect(),
        label: label.as_ref().map(frame),
    })
}
