//! Where the items of a diagram file were read: what the file says itself, else the item.

use super::fields::Fields;
use super::{Reader, schema};
use crate::model::{Evidence, Origin};
use crate::yaml::Node;
use std::ops::Range;
use std::sync::Arc;

/// Words of evidence are cut after so many characters: a link in a diagram file may span a page.
const WORDS: usize = 100;

impl Reader<'_> {
    /// Evidence that an earlier run wrote into the file.
    pub(super) fn evidence(&mut self, node: Option<&Node<'_>>) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        for item in self.list(node, "evidence") {
            let Some(fields) = Fields::of(self, item, schema::EVIDENCE, "evidence") else {
                continue;
            };
            let origin = match fields.text(self, "page") {
                Some(page) => Origin::Known { page: page.into() },
                None => Origin::Carried {
                    file: fields.text(self, "file").unwrap_or_default().into(),
                    line: fields.count(self, "line").unwrap_or(1),
                    column: fields.count(self, "column").unwrap_or(1),
                },
            };
            let words = fields.text(self, "text").unwrap_or_default().into();
            let pattern = fields.text(self, "pattern").map(Arc::from);
            evidence.push(Evidence {
                origin,
                words,
                pattern,
            });
        }
        evidence
    }

    /// Evidence of the item itself.
    pub(super) fn here(&self, bytes: &Range<usize>) -> Vec<Evidence> {
        let text = self
            .sources
            .get(self.id)
            .text()
            .get(bytes.clone())
            .unwrap_or_default();
        let mut words = String::with_capacity(text.len().min(WORDS));
        let long = |words: &str, word: &str| {
            // No text has more characters than bytes.
            words.len() + word.len() >= WORDS
                && words.chars().count() + word.chars().count() >= WORDS
        };
        for word in text.split_whitespace() {
            if long(&words, word) {
                words.push('…');
                break;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        vec![Evidence::written(
            self.sources.span(self.id, bytes.clone()),
            words,
        )]
    }
}
