//! The author's corrections reach the note: names before it is read, statements after.

use super::Note;
use super::correction::Corrections;
use super::introduce::add_alias;
use super::structure::Kind;
use crate::model::{Claim, Evidence, LinkClaim, Reading, Ref, RuleClaim, Statement};
use std::ops::Range;

impl Note<'_> {
    /// Takes up the fenced blocks and comments of the body.
    pub(super) fn read_corrections(
        &mut self,
        corrections: &mut Corrections,
        reading: &mut Reading,
        limits: &super::Limits,
    ) {
        for block in &self.blocks {
            match &block.kind {
                Kind::Code(language) if language == "k8sdiag" => {
                    let bytes = block.text.source_range(&(0..block.text.text.len()));
                    let base = bytes.start;
                    match crate::yaml::stretch(self.sources, self.id, bytes, limits.yaml()) {
                        Ok(Some(node)) => {
                            corrections.take(&node, base, reading, &|bytes| {
                                self.sources.span(self.id, bytes)
                            });
                        }
                        Ok(None) => {}
                        Err(diagnostic) => reading.diagnostics.push(*diagnostic),
                    }
                }
                Kind::Comment => corrections.comment(&block.text.text, block.text.source(0)),
                _ => {}
            }
        }
    }

    /// Names what the author names, before anything is read.
    pub(super) fn learn(&mut self, corrections: &Corrections) {
        for (name, alias) in &corrections.aliases {
            if let Some(entity) = self.entity_named(name) {
                self.book.name(alias, entity);
                self.book.entities[entity]
                    .label
                    .get_or_insert_with(|| name.clone());
            }
        }
        for part in &corrections.parts {
            let Some(entity) = self.entity_named(&part.name) else {
                continue;
            };
            for alias in &part.aliases {
                self.book.name(alias, entity);
                add_alias(&mut self.book.entities[entity].aliases, alias);
            }
            let evidence = self.said(&part.bytes);
            let place = part.bytes.start;
            let own = &mut self.book.entities[entity];
            own.label = Some(part.name.clone());
            own.is_group = part.is_group;
            own.introduced = true;
            own.live = true;
            own.place = own.place.min(place);
            own.description.clone_from(&part.description);
            own.evidence.push(evidence);
        }
        for part in &corrections.parts {
            let holder = part
                .holder
                .as_ref()
                .and_then(|holder| self.entity_named(holder));
            if let (Some(entity), Some(holder)) = (self.entity_named(&part.name), holder)
                && !self.within(holder, entity)
            {
                self.book.entities[entity].parent = Some(holder);
                let evidence = self.said(&part.bytes);
                let group = &mut self.book.entities[holder];
                group.is_group = true;
                group.live = true;
                group.introduced = true;
                group.place = group.place.min(part.bytes.start);
                group.evidence.push(evidence);
            }
        }
    }

    fn said(&self, bytes: &Range<usize>) -> Evidence {
        let words = self
            .sources
            .get(self.id)
            .text()
            .get(bytes.clone())
            .unwrap_or_default();
        Evidence::written(
            self.sources.span(self.id, bytes.clone()),
            super::introduce::one_line(words),
        )
    }

    /// The statements that the author makes outright. Makes the parts that they name part of the picture, so it comes before [`Note::claims`].
    pub(super) fn corrected(&mut self, corrections: &Corrections) -> Vec<Statement> {
        let mut statements = Vec::new();
        let mut say = |claim, evidence| {
            statements.push(Statement {
                claim,
                evidence: vec![evidence],
            });
        };
        for (from, to, label, kind, arrow, bytes) in &corrections.links {
            let claim = LinkClaim {
                label: label.clone(),
                kind: *kind,
                arrow: *arrow,
                ..LinkClaim::new(self.drawn(from, bytes), self.drawn(to, bytes))
            };
            say(Claim::Link(claim), self.said(bytes));
        }
        for (kind, subject, object, bytes) in &corrections.rules {
            let claim = RuleClaim {
                kind: *kind,
                subject: subject.as_ref().map(|name| self.drawn(name, bytes)),
                object: object.as_ref().map(|name| self.drawn(name, bytes)),
            };
            say(Claim::Rule(claim), self.said(bytes));
        }
        for (name, bytes) in &corrections.ignored {
            say(Claim::Ignore(self.referred(name)), self.said(bytes));
        }
        for (from, to, bytes) in &corrections.ignored_links {
            let (from, to) = (self.referred(from), self.referred(to));
            say(Claim::IgnoreLink { from, to }, self.said(bytes));
        }
        statements
    }

    /// The part of that name, which is now part of the picture.
    fn drawn(&mut self, name: &str, bytes: &Range<usize>) -> Ref {
        let Some(entity) = self.entity_named(name) else {
            return Ref::Name(name.into());
        };
        let evidence = self.said(bytes);
        let own = &mut self.book.entities[entity];
        if !own.live {
            own.live = true;
            own.introduced = true;
            own.place = own.place.min(bytes.start);
            own.label.get_or_insert_with(|| name.to_owned());
            own.evidence.push(evidence);
        }
        self.name(entity)
    }

    /// The part of that name, whether it is drawn or not.
    fn referred(&self, name: &str) -> Ref {
        match self.book.known(name).or_else(|| self.book.own_named(name)) {
            Some(entity) => self.name(entity),
            None => Ref::Name(name.into()),
        }
    }
}
