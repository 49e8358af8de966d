//! Headings that several parts share: *The kubelet and the kube-proxy*.

use super::structure::Kind;
use super::{Meaning, Note};
use crate::model::Evidence;
use crate::model::phrases::fold;
use crate::read::prose::Role;
use std::ops::Range;

/// Parts that a heading may have.
const MOST: usize = 4;

impl Note<'_> {
    /// Finds the headings that are two or more names and nothing else. Known parts are introduced there; others may be ends of links.
    pub(super) fn share_headings(&mut self) {
        let title = self.title_block();
        for at in 1..self.blocks.len() {
            let open = self.meanings[at] == Meaning::None && title != Some(at);
            if !open || !matches!(self.blocks[at].kind, Kind::Section(_)) {
                continue;
            }
            let text = self.blocks[at].text.text.clone();
            let names = self.pieces(&text);
            if !(2..=MOST).contains(&names.len()) {
                continue;
            }
            let name = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
            let part = |range: &Range<usize>| {
                let name = name(range);
                let known = self.book.known(name).or_else(|| self.book.meant(name))?;
                let fits = !self.book.is_object(known) && !self.book.entities[known].is_group;
                fits.then_some(known)
            };
            let parts: Vec<Option<usize>> = names.iter().map(part).collect();
            let mut all = parts.iter().zip(&names);
            if !all.all(|(part, range)| part.is_some() || self.ends_in_kind(name(range))) {
                continue;
            }
            for (part, range) in parts.iter().zip(&names) {
                match part {
                    Some(part) => self.share(at, *part, range),
                    None => {
                        self.book.own(name(range));
                    }
                }
            }
        }
    }

    /// *The producer and the consumer*: whether a heading names several parts, each by a noun for parts.
    pub(super) fn names_several(&self, text: &str) -> bool {
        let pieces = self.pieces(text);
        let ends_in_kind = |piece: &Range<usize>| {
            text.get(piece.clone())
                .is_some_and(|name| self.ends_in_kind(name))
        };
        pieces.len() > 1 && pieces.iter().all(ends_in_kind)
    }

    /// What stands between commas and words for *and*, without articles.
    fn pieces(&self, text: &str) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut open: Option<Range<usize>> = None;
        let mut at = 0;
        for word in text.split_inclusive([' ', ',', '/', '&', '、']) {
            let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            let start = at + word.find(bare).unwrap_or(0);
            at += word.len();
            let folded = fold(bare);
            let joins = bare.is_empty() || self.has_role(&folded, Role::And);
            let article = open.is_none()
                && (self.has_role(&folded, Role::Article)
                    || self.has_role(&folded, Role::Light) && folded.chars().count() < 4);
            if joins {
                pieces.extend(open.take());
            } else if !article {
                let first = open.as_ref().map_or(start, |open| open.start);
                open = Some(first..start + bare.len());
            }
            if word.ends_with([',', '/', '&', '、']) {
                pieces.extend(open.take());
            }
        }
        pieces.extend(open);
        pieces
    }

    /// Introduces one of the parts of a heading.
    fn share(&mut self, at: usize, part: usize, range: &Range<usize>) {
        let text = &self.blocks[at].text;
        let name = text.text.get(range.clone()).unwrap_or_default().to_owned();
        let span = self.sources.span(self.id, text.source_range(range));
        let own = &mut self.book.entities[part];
        own.introduced = true;
        own.live = true;
        own.place = own.place.min(span.start);
        own.evidence.push(Evidence::written(span, name.as_str()));
        own.label.get_or_insert(name);
        self.shared.push((at, part));
    }
}
