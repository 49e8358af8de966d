//! An architecture, its evidence and its geometry in the schema of the diagram file, as JSON: what is written here can be read again.

use super::Settings;
use super::number::rounded;
use crate::geom::Rect;
use crate::model::{
    Architecture, Arrow, Basis, Evidence, LinkId, Origin, Part, PartId, Rule, Tier,
};
use crate::scene::{Place, Scene, Subject};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The version of the schema.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
    geometry: Canvas,
    groups: Vec<PartRow<'a>>,
    components: Vec<PartRow<'a>>,
    links: Vec<LinkRow<'a>>,
    rules: Vec<RuleRow<'a>>,
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
    label: &'a str,
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
    aliases: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instances: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    order: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    introduced: Option<bool>,
    evidence: Vec<EvidenceRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<Frame>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    direction: &'a str,
    basis: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<u32>,
    evidence: Vec<EvidenceRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geometry: Option<Way>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    kind: &'a str,
    subject: &'a str,
    object: &'a str,
    evidence: Vec<EvidenceRow<'a>>,
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

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, _settings: &Settings) -> Vec<u8> {
    let writer = Writer::new(architecture, scene);
    let mut file = File {
        schema: SCHEMA,
        title: architecture.title.as_deref(),
        language: architecture.language.as_deref(),
        direction: architecture.direction.map(|flow| flow.name()),
        theme: architecture.theme.as_deref(),
        geometry: Canvas {
            width: rounded(scene.size.width),
            height: rounded(scene.size.height),
        },
        groups: Vec::new(),
        components: Vec::new(),
        links: writer.links(),
        rules: architecture
            .rules
            .iter()
            .map(|rule| writer.rule(rule))
            .collect(),
    };
    for (order, id) in (1..).zip(architecture.preorder()) {
        let part = architecture.part(id);
        let row = writer.part(id, part, order);
        if part.is_group() {
            file.groups.push(row);
        } else {
            file.components.push(row);
        }
    }
    // Writing plain values into memory cannot fail.
    let mut text = escaped(&serde_json::to_string_pretty(&file).unwrap_or_default());
    text.push('\n');
    text.into_bytes()
}

/// The same JSON, with escapes for what turns text around or is no character: such may only stand within its strings.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            other => text.push(other),
        }
    }
    text
}

/// An architecture with the places of its parts and links.
struct Writer<'a> {
    architecture: &'a Architecture,
    boxes: BTreeMap<PartId, Rect>,
    ways: BTreeMap<LinkId, &'a Place>,
}

impl<'a> Writer<'a> {
    fn new(architecture: &'a Architecture, scene: &'a Scene) -> Self {
        let mut writer = Self {
            architecture,
            boxes: BTreeMap::new(),
            ways: BTreeMap::new(),
        };
        for item in &scene.items {
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

    fn id(&self, part: PartId) -> &'a str {
        &self.architecture.part(part).id
    }

    fn part(&self, id: PartId, part: &'a Part, order: u32) -> PartRow<'a> {
        let holder = part.parent.map(|parent| self.id(parent));
        let component = part.component();
        let direction = match &part.body {
            crate::model::Body::Group(group) => group.direction,
            crate::model::Body::Component(_) => None,
        };
        PartRow {
            id: &part.id,
            label: &part.label,
            parent: holder.filter(|_| part.is_group()),
            group: holder.filter(|_| !part.is_group()),
            kind: component.and_then(|component| component.role.as_deref()),
            description: part.description.iter().map(String::as_str).collect(),
            href: part.href.as_deref(),
            aliases: &part.aliases,
            external: component
                .map(|component| component.external)
                .filter(|external| *external),
            instances: component
                .map(|component| component.instances)
                .filter(|instances| *instances != 1),
            direction: direction.map(|flow| flow.name()),
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
                kind: link.kind.name(),
                label: link.label.as_deref(),
                direction: Arrow::name(link.arrow),
                basis: Basis::name(link.basis),
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

    fn evidence(&self, evidence: &'a [Evidence]) -> Vec<EvidenceRow<'a>> {
        evidence.iter().map(|one| self.piece(one)).collect()
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
