//! Terms without their articles, and headings that name a part: behind a dash, and whether what stands under them bears them out.

use super::Note;
use super::structure::Kind;
use super::term::{Term, is_deed, is_label};
use crate::model::phrases::fold;
use crate::read::prose::{DIRECT, Folded, Predicate, Role, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// Words that a heading which names a part may have.
const NAME: usize = 4;

/// Characters of a paragraph in which it says what it is about.
const OPENING: usize = 60;

impl Note<'_> {
    /// Finds the names in terms and headings: *The destination service*, *Storage layer – Elasticsearch*.
    pub(super) fn bare_names(&mut self) {
        for at in 0..self.blocks.len() {
            self.without_article(at);
            self.titled_part(at);
            self.placed_parts(at);
        }
    }

    /// *Components that run on a worker node*: where a heading speaks of components, and of one known group where they run, it is that group's.
    fn placed_parts(&mut self, at: usize) {
        let Some((term, name)) = self.heading(at) else {
            return;
        };
        if self.book.known(name).is_some() || self.has_role(&fold(name), Role::Label) {
            return;
        }
        let (folded, start) = (Folded::new(name), term.range.start);
        let words = tokens(&folded, name, self.lexicon, &self.book);
        let mut named = words
            .iter()
            .filter_map(|word| word.name().map(|name| (word, name)));
        let (Some((word, mention)), None) = (named.next(), named.next()) else {
            return;
        };
        let known = self.book.knowledge.parts.get(mention.entity);
        // *Components that talk to the control plane* run elsewhere.
        let before = words.iter().take_while(|word| word.name().is_none());
        let marker = before.filter(|word| word.is(Role::Preposition)).last();
        let marker = marker.map_or(DIRECT, |word| self.lexicon.base(folded.words(&word.range)));
        let takes = |row: &Predicate| row.object.iter().any(|known| known == marker);
        let others = words.iter().any(|word| {
            let more = word.is(Role::And) || word.is(Role::Content);
            more || word.predicates(self.lexicon).any(takes)
        });
        let speaks = words.iter().any(|word| word.is(Role::Group));
        if !speaks || others || !known.is_some_and(|part| part.is_group) {
            return;
        }
        let range = folded.plain(&word.range);
        if let Some(term) = &mut self.terms[at] {
            term.range = start + range.start..start + range.end;
        }
    }

    /// Whether the words of a heading name a part: it ends with a noun for parts, or what stands under it begins with its name.
    pub(super) fn heads_as_part(&self, at: usize) -> bool {
        let text = &self.blocks[at].text.text;
        let name = self.terms[at]
            .as_ref()
            .and_then(|term| text.get(term.range.clone()))
            .unwrap_or_default();
        if name.split_whitespace().count() > NAME || name.contains([',', '?']) {
            return false;
        }
        self.ends_in_kind(name) || self.is_defined_under(at, &fold(name))
    }

    /// *Order service*, *API gateway*: whether a heading is a name of two or three words that ends with a noun for parts.
    pub(super) fn is_titled_by_kind(&self, at: usize) -> bool {
        let Some((_, name)) = self.heading(at) else {
            return false;
        };
        let capital = name.starts_with(|first: char| !first.is_lowercase());
        let words: Vec<&str> = name.split_whitespace().collect();
        // *Changes in order-service*, *In the gateway*: a title that has a name in it.
        let whole = words.iter().all(|word| !word.contains('-'))
            && !self.has_role(&fold(words.first().unwrap_or(&"")), Role::Preposition);
        capital
            && whole
            && (2..NAME).contains(&words.len())
            && self.ends_in_kind(name)
            && !is_deed(name, self.book.lexicons)
            && !is_label(name, self.book.lexicons)
    }

    /// The blocks at least two, and at least half, of whose sections are headed by such names.
    pub(super) fn find_titled(&self) -> BTreeSet<usize> {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for at in 1..self.blocks.len() {
            if matches!(self.blocks[at].kind, Kind::Section(_)) {
                let (all, titled) = counts.entry(self.blocks[at].parent).or_default();
                *all += 1;
                *titled += usize::from(self.is_titled_by_kind(at));
            }
        }
        let most = |(_, (all, titled)): &(usize, (usize, usize))| *titled > 1 && 2 * titled >= *all;
        let counts = counts.into_iter().filter(most);
        counts.map(|(parent, _)| parent).collect()
    }

    /// Whether the first paragraph under a heading begins with the heading's own name: *The repository server is …*.
    fn is_defined_under(&self, at: usize, name: &str) -> bool {
        let Some(first) = self
            .blocks
            .get(at + 1)
            .filter(|next| next.parent == at && next.kind == Kind::Paragraph)
        else {
            return false;
        };
        let start: String = first.text.text.chars().take(OPENING).collect();
        let start = fold(&start);
        let mut words = start.split(' ');
        let behind_article = words.next().is_some_and(|first| {
            self.has_role(first, Role::Article) || self.has_role(first, Role::Light)
        });
        let rest = start.split_once(' ').map_or("", |(_, rest)| rest);
        let begins = |text: &str| {
            text.strip_prefix(name).is_some_and(|rest| {
                !rest.starts_with(char::is_alphanumeric) || rest.starts_with('s')
            })
        };
        begins(&start) || behind_article && begins(rest)
    }

    /// Whether a word has that use in the note's language or in English.
    pub(super) fn has_role(&self, word: &str, role: Role) -> bool {
        self.book
            .lexicons
            .iter()
            .any(|lexicon| lexicon.phrases.exact(word).any(|entry| entry.role == role))
    }

    /// The term of a heading, and what it is called.
    fn heading(&self, at: usize) -> Option<(&Term, &str)> {
        let block = &self.blocks[at];
        if !matches!(block.kind, Kind::Section(_)) {
            return None;
        }
        let term = self.terms[at].as_ref()?;
        let name = block.text.text.get(term.range.clone()).unwrap_or_default();
        Some((term, name))
    }

    /// A term without the article before its name.
    fn without_article(&mut self, at: usize) {
        let Some(term) = &self.terms[at] else {
            return;
        };
        let text = &self.blocks[at].text.text;
        let name = text.get(term.range.clone()).unwrap_or_default();
        let Some((article, rest)) = name.split_once(' ') else {
            return;
        };
        let start = term.range.end - rest.len();
        let article = fold(article);
        let is_article = self.has_role(&article, Role::Article)
            || self.has_role(&article, Role::Light) && article.chars().count() < 4;
        let says_more = [
            Role::Preposition,
            Role::And,
            Role::Negation,
            Role::Exclusive,
        ]
        .into_iter()
        .any(|role| self.has_role(&article, role));
        if is_article
            && !says_more
            && let Some(term) = &mut self.terms[at]
        {
            term.range.start = start;
        }
    }

    /// *Storage layer – Elasticsearch*: where the known part stands behind the dash of a heading, it is what the heading is about.
    fn titled_part(&mut self, at: usize) {
        let Some((term, name)) = self.heading(at) else {
            return;
        };
        let text = &self.blocks[at].text.text;
        let rest = text.get(term.rest..).unwrap_or_default();
        let part = rest.trim();
        let known = self
            .book
            .known(part)
            .is_some_and(|part| !self.book.entities[part].is_group && !self.book.is_object(part));
        if !known
            || part.split_whitespace().count() > NAME
            || self.book.known(name).is_some()
            || self.has_role(&fold(name), Role::Label)
        {
            return;
        }
        let start = term.rest + rest.len() - rest.trim_start().len();
        let end = start + part.len();
        if let Some(term) = &mut self.terms[at] {
            term.range = start..end;
            term.also = None;
            term.rest = text.len();
        }
    }
}
