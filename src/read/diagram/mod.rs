//! The diagram file, in YAML or JSON, becomes statements.
//!
//! The schema is the one of `k8sdiag schema`; `--format json` and `--format yaml` write it. Every key is checked here, every id in `resolve`, which knows those of all inputs.

mod evidence;
mod fields;
mod json_schema;
pub mod schema;

pub use json_schema::json_schema;

use super::limits::Limits;
use crate::model::{
    Arrow, Basis, Claim, Code, Diagnostic, Evidence, Flow, LazyKnowledge, LinkClaim, LinkKind,
    PartClaim, PartKind, Reading, Ref, RuleClaim, RuleKind, SourceId, Sources, Statement, Tier,
    slug,
};
use crate::yaml::{self, Node, Value};
use fields::Fields;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Whether a text is a diagram file rather than a note: JSON, or YAML whose first line is one of the schema's keys.
pub fn looks_like(text: &str) -> bool {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    if body.starts_with('{') {
        return true;
    }
    let first = body
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#') && *line != "---");
    let key = first
        .and_then(|line| line.split_once(':'))
        .map(|(key, _)| key.trim());
    key.is_some_and(|key| schema::TOP.contains(&key))
}

/// Reads a diagram file.
pub fn read(
    sources: &Sources,
    id: SourceId,
    _knowledge: &LazyKnowledge,
    limits: &Limits,
) -> Reading {
    let mut reading = Reading::new(id);
    match yaml::tree(sources, id, limits.yaml()) {
        Err(diagnostic) => reading.diagnostics.push(*diagnostic),
        Ok(None) => {
            let name = sources.get(id).name().clone();
            reading
                .diagnostics
                .push(Diagnostic::new(Code::NothingFound, "the file is empty").in_file(name));
        }
        Ok(Some(node)) => {
            let mut reader = Reader {
                sources,
                id,
                limits,
                reading,
                ids: IndexMap::new(),
                introduced: Vec::new(),
                labels: None,
                links: 0,
            };
            reader.top(&node);
            reading = reader.reading;
        }
    }
    reading
}

struct Reader<'a> {
    sources: &'a Sources,
    id: SourceId,
    limits: &'a Limits,
    reading: Reading,
    /// Where each id of this file is given.
    ids: IndexMap<Arc<str>, Range<usize>>,
    /// The statements that introduce them.
    introduced: Vec<usize>,
    /// The ids by their labels, once somebody asks: a link may name a part as it is drawn, where only one is drawn so.
    labels: Option<BTreeMap<String, Option<Arc<str>>>>,
    links: usize,
}

/// A part that waits to be read.
struct Waiting<'n, 'a> {
    node: &'n Node<'a>,
    kind: PartKind,
    parent: Option<Arc<str>>,
}

impl Reader<'_> {
    fn top(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(self, node, schema::TOP, "a diagram file") else {
            return;
        };
        self.reading.title = fields.text(self, "title").filter(|title| !title.is_empty());
        self.reading.language = fields.text(self, "language");
        self.reading.settings.theme = fields.text(self, "theme");
        self.reading.settings.direction =
            fields.word(self, "direction", schema::FLOWS, Flow::named);
        if let Some(groups) = fields.node("groups") {
            self.parts(groups, PartKind::Group);
        }
        if let Some(components) = fields.node("components") {
            self.parts(components, PartKind::Component);
        }
        for item in self.list(fields.node("links"), "links") {
            self.link(item);
        }
        for item in self.list(fields.node("rules"), "rules") {
            self.rule(item);
        }
    }

    /// Reads a list of parts and everything nested in it, in the order of the text.
    fn parts(&mut self, node: &Node<'_>, kind: PartKind) {
        let mut stack = Vec::new();
        self.await_items(&mut stack, node, kind, None);
        while let Some(waiting) = stack.pop() {
            if self.ids.len() >= self.limits.parts {
                let message = format!("more than {} components and groups", self.limits.parts);
                self.complain(
                    Code::Limit,
                    message,
                    &waiting.node.bytes,
                    Some("raise it with `--max-parts N`".into()),
                );
                return;
            }
            let Some(id) = self.part(&waiting) else {
                continue;
            };
            let Value::Map(entries) = &waiting.node.value else {
                continue;
            };
            for (key, nested) in entries.iter().rev() {
                match &*key.text {
                    "groups" => self.await_items(&mut stack, nested, PartKind::Group, Some(&id)),
                    "components" => {
                        self.await_items(&mut stack, nested, PartKind::Component, Some(&id));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Puts the items of a list on the stack, the first on top.
    fn await_items<'n, 'a>(
        &mut self,
        stack: &mut Vec<Waiting<'n, 'a>>,
        node: &'n Node<'a>,
        kind: PartKind,
        parent: Option<&Arc<str>>,
    ) {
        let what = if kind == PartKind::Group {
            "groups"
        } else {
            "components"
        };
        let items = self.list(Some(node), what).iter().rev();
        stack.extend(items.map(|node| Waiting {
            node,
            kind,
            parent: parent.cloned(),
        }));
    }

    /// Reads one part, without what is nested in it; gives its id.
    fn part(&mut self, waiting: &Waiting<'_, '_>) -> Option<Arc<str>> {
        let Waiting { node, kind, parent } = waiting;
        let bytes = node.bytes.clone();
        let around = parent.clone().map(|id| Ref::Id { id, span: None });
        if let Value::Text(label) | Value::Number(label) = &node.value {
            let mut claim = PartClaim::new(*kind, self.short(label.to_string(), &bytes));
            claim.parent = around;
            return self.introduce(claim, &bytes, None, Vec::new());
        }
        let (keys, what) = match kind {
            PartKind::Group => (schema::GROUP, "a group"),
            PartKind::Component => (schema::COMPONENT, "a component"),
        };
        let fields = Fields::of(self, node, keys, what)?;
        let id = fields.text(self, "id");
        let Some(label) = fields.text(self, "label").or_else(|| id.clone()) else {
            self.complain(
                Code::MissingKey,
                format!("{what} needs an `id` or a `label`"),
                &bytes,
                None,
            );
            return None;
        };
        let mut claim = PartClaim::new(*kind, self.short(label, &bytes));
        claim.id = id.map(Arc::from);
        let holder = if *kind == PartKind::Group {
            "parent"
        } else {
            "group"
        };
        claim.parent = fields.reference(self, holder).or(around);
        claim.aliases = fields.texts(self, "aliases");
        let mut said = fields.texts(self, "description").into_iter();
        claim.description = said.next().filter(|text| !text.is_empty());
        claim.href = fields.text(self, "href");
        claim.role = fields.text(self, "kind");
        claim.external = fields.truth(self, "external");
        claim.instances = fields.count(self, "instances");
        claim.direction = fields.word(self, "direction", schema::FLOWS, Flow::named);
        claim.known_as = fields.text(self, "known_as").map(Arc::from);
        claim.introduced = fields.truth(self, "introduced").unwrap_or(true);
        claim.order = fields.count(self, "order");
        let evidence = self.evidence(fields.node("evidence"));
        let at = fields.node("id").map(|node| node.bytes.clone());
        let name = claim.label.clone();
        let id = self.introduce(claim, &bytes, at, evidence)?;
        // One text a statement: joined, they would be drawn otherwise than where they were read first.
        for text in said {
            let mut more = PartClaim::new(*kind, name.clone());
            more.id = Some(id.clone());
            more.introduced = false;
            more.description = Some(text);
            self.reading.statements.push(Statement {
                claim: Claim::Part(more),
                evidence: Vec::new(),
            });
        }
        Some(id)
    }

    /// Makes the statement that there is such a part. An id that is taken is complained of.
    fn introduce(
        &mut self,
        mut claim: PartClaim,
        bytes: &Range<usize>,
        id_bytes: Option<Range<usize>>,
        evidence: Vec<Evidence>,
    ) -> Option<Arc<str>> {
        let id: Arc<str> = claim
            .id
            .clone()
            .unwrap_or_else(|| slug(&claim.label).into());
        let place = id_bytes.unwrap_or_else(|| bytes.clone());
        if let Some(first) = self.ids.get(&id) {
            let first = self.sources.span(self.id, first.clone());
            let diagnostic =
                Diagnostic::new(Code::DuplicateId, format!("the id `{id}` is given twice"))
                    .at(self.sources.span(self.id, place))
                    .related(first, "first given here")
                    .help("give one of them another `id`: only the `label` is drawn");
            self.reading.diagnostics.push(diagnostic);
            return None;
        }
        self.ids.insert(id.clone(), place);
        claim.id = Some(id.clone());
        let evidence = if evidence.is_empty() {
            self.here(bytes)
        } else {
            evidence
        };
        self.introduced.push(self.reading.statements.len());
        self.reading.statements.push(Statement {
            claim: Claim::Part(claim),
            evidence,
        });
        Some(id)
    }

    fn link(&mut self, node: &Node<'_>) {
        self.links += 1;
        if self.links > self.limits.links {
            if self.links == self.limits.links + 1 {
                let message = format!("more than {} links", self.limits.links);
                self.complain(
                    Code::Limit,
                    message,
                    &node.bytes,
                    Some("raise it with `--max-links N`".into()),
                );
            }
            return;
        }
        let Some(fields) = Fields::of(self, node, schema::LINK, "a link") else {
            return;
        };
        let ends = (fields.required(self, "from"), fields.required(self, "to"));
        let (Some(from), Some(to)) = ends else { return };
        let mut claim = LinkClaim::new(self.known(from), self.known(to));
        claim.kind = fields
            .word(
                self,
                "kind",
                LinkKind::ALL.iter().map(|kind| kind.name()),
                LinkKind::named,
            )
            .unwrap_or(claim.kind);
        claim.label = fields
            .text(self, "label")
            .filter(|label| !label.is_empty())
            .map(|label| self.short(label, &node.bytes));
        let arrows = || Arrow::ALL.iter().map(|arrow| arrow.name());
        claim.arrow = fields
            .word(self, "direction", arrows(), Arrow::named)
            .or_else(|| fields.word(self, "arrow", arrows(), Arrow::named))
            .unwrap_or(claim.arrow);
        claim.basis = fields
            .word(
                self,
                "basis",
                Basis::ALL.iter().map(|basis| basis.name()),
                Basis::named,
            )
            .unwrap_or(claim.basis);
        claim.step = fields.count(self, "step");
        claim.tier = match fields.count(self, "tier") {
            Some(2) => Tier::Derived,
            Some(3) => Tier::Weak,
            _ => Tier::Plain,
        };
        let evidence = self.evidence(fields.node("evidence"));
        let evidence = if evidence.is_empty() {
            self.here(&node.bytes)
        } else {
            evidence
        };
        self.reading.statements.push(Statement {
            claim: Claim::Link(claim),
            evidence,
        });
    }

    fn rule(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(self, node, schema::RULE, "a rule") else {
            return;
        };
        let names = RuleKind::ALL.iter().map(|kind| kind.name());
        let Some(kind) = fields.word(self, "kind", names, RuleKind::named) else {
            if fields.node("kind").is_none() {
                self.complain(
                    Code::MissingKey,
                    "a rule needs a `kind`".into(),
                    &node.bytes,
                    None,
                );
            }
            return;
        };
        let (Some(subject), Some(object)) = (
            fields.required(self, "subject"),
            fields.required(self, "object"),
        ) else {
            return;
        };
        let anyone = |end: Ref| (end.text() != "*").then_some(end);
        let (subject, object) = (anyone(subject), anyone(object));
        let claim = RuleClaim {
            kind,
            subject: subject.map(|end| self.known(end)),
            object: object.map(|end| self.known(end)),
        };
        let evidence = self.evidence(fields.node("evidence"));
        let evidence = if evidence.is_empty() {
            self.here(&node.bytes)
        } else {
            evidence
        };
        self.reading.statements.push(Statement {
            claim: Claim::Rule(claim),
            evidence,
        });
    }

    /// A reference by label becomes one by id, where no id is so and one label is.
    fn known(&mut self, name: Ref) -> Ref {
        let Ref::Id { id, span } = name else {
            return name;
        };
        let known = match self.ids.get_key_value(&id) {
            Some((known, _)) => Some(known.clone()),
            None => self.labelled(&id),
        };
        Ref::Id {
            id: known.unwrap_or(id),
            span,
        }
    }

    /// The id of the one part that has this label.
    fn labelled(&mut self, label: &str) -> Option<Arc<str>> {
        let statements = &self.reading.statements;
        let labels = self.labels.get_or_insert_with(|| {
            let mut labels = BTreeMap::new();
            for at in &self.introduced {
                if let Claim::Part(claim) = &statements[*at].claim
                    && let Some(id) = claim.id.as_ref().filter(|id| ***id != *claim.label)
                {
                    let twin = labels.contains_key(&claim.label);
                    labels.insert(claim.label.clone(), (!twin).then(|| id.clone()));
                }
            }
            labels
        });
        labels.get(label).cloned().flatten()
    }

    fn list<'n, 'a>(&mut self, node: Option<&'n Node<'a>>, what: &str) -> &'n [Node<'a>] {
        match node.map(|node| (&node.value, &node.bytes)) {
            Some((Value::List(items), _)) => items,
            None | Some((Value::Null, _)) => &[],
            Some((other, bytes)) => {
                self.complain(
                    Code::BadValue,
                    format!("`{what}` is a list, not {}", other.kind()),
                    bytes,
                    None,
                );
                &[]
            }
        }
    }

    /// A label that is not longer than the limit.
    fn short(&mut self, label: String, bytes: &Range<usize>) -> String {
        if label.len() > self.limits.label && label.chars().count() > self.limits.label {
            let message = format!("a label of more than {} characters", self.limits.label);
            self.complain(Code::Limit, message, bytes, None);
            return label.chars().take(self.limits.label).collect();
        }
        label
    }

    fn complain(
        &mut self,
        code: Code,
        message: String,
        bytes: &Range<usize>,
        help: Option<String>,
    ) {
        let mut diagnostic =
            Diagnostic::new(code, message).at(self.sources.span(self.id, bytes.clone()));
        diagnostic.help = help;
        self.reading.diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
