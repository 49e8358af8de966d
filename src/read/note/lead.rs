//! Blocks that head or announce those behind them: a bold line, *the master node has the following components:*, a group's name above a list.

use super::introduce::last_sentence;
use super::structure::Kind;
use super::term::How;
use super::{Meaning, Note};
use crate::read::prose::{Folded, Kind as TokenKind, Nameless, Role, tokens};

/// Words that a paragraph which announces a list may have.
const LEAD: usize = 30;

impl Note<'_> {
    /// Puts blocks under the bold line, the numbered line or the announcement that they belong to.
    pub(super) fn adopt(&mut self) {
        let count = self.blocks.len();
        let mut heads: Vec<Option<usize>> = vec![None; count];
        let mut leads: Vec<Option<usize>> = vec![None; count];
        for at in 1..count {
            let parent = self.blocks[at].parent;
            match self.blocks[at].kind {
                Kind::Section(_) => {
                    heads[parent] = None;
                    leads[parent] = None;
                }
                Kind::Paragraph | Kind::Item(_) | Kind::Definition if self.is_head(at) => {
                    heads[parent] = Some(at);
                    leads[parent] = None;
                }
                Kind::Item(_) if self.announces(at) && self.holds_items(at) => {
                    self.leads[at] = true;
                    self.blocks[at].parent = leads[parent].or(heads[parent]).unwrap_or(parent);
                }
                Kind::Paragraph if self.announces(at) || self.names_what_follows(at) => {
                    self.leads[at] = true;
                    leads[parent] = Some(at);
                    self.blocks[at].parent = heads[parent].unwrap_or(parent);
                }
                // A line of its own above the next list ends what was announced before.
                Kind::Paragraph if self.is_bare(at) && self.is_before_list(at) => {
                    leads[parent] = None;
                    self.blocks[at].parent = heads[parent].unwrap_or(parent);
                    heads[parent] = Some(at);
                }
                Kind::Paragraph if self.terms[at].is_none() => {
                    leads[parent] = None;
                    self.blocks[at].parent = heads[parent].unwrap_or(parent);
                }
                Kind::Root => {}
                _ => self.blocks[at].parent = leads[parent].or(heads[parent]).unwrap_or(parent),
            }
        }
    }

    /// Whether a block heads those after it: a bold line, or a numbered list of one.
    fn is_head(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let Some(term) = &self.terms[at] else {
            return false;
        };
        match block.kind {
            Kind::Paragraph => term.how == How::Heading,
            Kind::Item(Some(_)) => {
                let alone = |other: usize| {
                    self.blocks.get(other).is_none_or(|other| {
                        other.list != block.list || !matches!(other.kind, Kind::Item(_))
                    })
                };
                alone(at + 1)
                    && alone(at - 1)
                    && self
                        .blocks
                        .get(at + 1)
                        .is_some_and(|next| next.parent == block.parent)
            }
            _ => false,
        }
    }

    /// Whether a paragraph announces what follows it: it ends with a colon.
    fn announces(&self, at: usize) -> bool {
        let text = self.blocks[at].text.text.trim_end();
        let defines = self.terms[at].as_ref().is_some_and(|term| {
            term.how == How::Separated
                && !text.get(term.rest..).unwrap_or_default().trim().is_empty()
                && text
                    .get(term.range.clone())
                    .is_some_and(|name| self.book.known(name).is_some())
        });
        let ends = text.ends_with([':', '：'])
            // *There are three components in it*, and a list.
            || !text.ends_with(['.', '。', '!', '?'])
                && self.blocks[at].kind == Kind::Paragraph
                && self.blocks.get(at + 1).is_some_and(|next| {
                    matches!(next.kind, Kind::Item(_)) && next.parent == self.blocks[at].parent
                })
                && self.speaks_of_components(last_sentence(text));
        !defines && ends && last_sentence(text).split_whitespace().count() <= LEAD
    }

    /// *- It is made of four parts:*, with a list nested in it; an item that names its part only goes on about it.
    fn holds_items(&self, at: usize) -> bool {
        let next = self.blocks.get(at + 1);
        let nested =
            next.is_some_and(|next| next.parent == at && matches!(next.kind, Kind::Item(_)));
        let set_off = self.terms[at]
            .as_ref()
            .is_some_and(|term| term.how == How::Strong);
        let text = &self.blocks[at].text.text;
        nested && !set_off && (self.speaks_of_components(text) || self.speaks_of_contents(text))
    }

    /// *Each worker has:* says of what something is made.
    fn speaks_of_contents(&self, text: &str) -> bool {
        let folded = Folded::new(text);
        let words = tokens(&folded, text, self.lexicon, &Nameless);
        words.iter().any(|word| word.is(Role::Consists))
    }

    /// Whether a term is all that a block says.
    fn is_bare(&self, at: usize) -> bool {
        let term = self.terms[at].as_ref();
        term.is_some_and(|term| term.how == How::Bare)
    }

    /// Whether a list begins right behind a block.
    fn is_before_list(&self, at: usize) -> bool {
        self.blocks.get(at + 1).is_some_and(|next| {
            let term = self.terms[at + 1].as_ref();
            let entry = match next.kind {
                Kind::Item(_) | Kind::Columns(_) => true,
                Kind::Paragraph => term.is_some_and(|term| term.how == How::Separated),
                _ => false,
            };
            entry && next.parent == self.blocks[at].parent
        })
    }

    /// Whether a line that is a group's name and nothing else stands before a list: it announces what the group holds.
    fn names_what_follows(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let bare = self.terms[at].as_ref().filter(|term| term.how == How::Bare);
        let Some(name) = bare.and_then(|term| block.text.text.get(term.range.clone())) else {
            return false;
        };
        let before_list = self.is_before_list(at);
        before_list
            && self
                .book
                .known(name)
                .is_some_and(|known| self.book.entities[known].is_group)
    }

    /// What announcements speak of: *the master node has the following components*.
    pub(super) fn read_leads(&mut self) {
        for at in 0..self.blocks.len() {
            if !self.leads[at] {
                continue;
            }
            let sentence = last_sentence(&self.blocks[at].text.text).to_owned();
            let folded = Folded::new(&sentence);
            let tokens = tokens(&folded, &sentence, self.lexicon, &self.book);
            let group = tokens.iter().find_map(|token| match token.kind {
                TokenKind::Name(mention) if self.book.entities[mention.entity].is_group => {
                    Some(mention.entity)
                }
                _ => None,
            });
            // *Master node:* is all that it says.
            let alone = || {
                let text = &self.blocks[at].text.text;
                let term = self.terms[at].as_ref();
                let term = term.and_then(|term| text.get(term.range.clone()));
                let name = sentence.trim_end_matches([':', '：']).trim_end();
                self.book.known(name) == group
                    || term.is_some_and(|term| self.book.known(term) == group)
            };
            let lists = tokens
                .iter()
                .any(|token| token.is(Role::Group) || token.is(Role::Consists))
                || group.is_some() && alone();
            self.meanings[at] = match group.filter(|_| lists) {
                Some(group) => Meaning::Part(group),
                None => Meaning::Label,
            };
        }
    }
}
