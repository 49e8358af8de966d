//! Whether a term that nobody knows stands where components stand: among known ones, or under what speaks of components.

use super::introduce::last_sentence;
use super::structure::Kind;
use super::term::How;
use super::{Meaning, Note};
use crate::model::phrases::fold;
use crate::read::prose::{Folded, Nameless, Names, Role, Token, tokens};
use std::collections::BTreeMap;

/// Entries of a list that are looked at.
const MOST: usize = 40;

/// Bytes of a heading that may speak of components.
const LONGEST_HEADING: usize = 400;

impl Note<'_> {
    /// The lists in which known components stand, each by its holder and number, and how many they are.
    pub(super) fn company(&self) -> BTreeMap<(usize, usize), usize> {
        let known = |at: &usize| match self.meanings[*at] {
            Meaning::Part(entity) => {
                self.is_known(entity)
                    && !self.book.entities[entity].is_group
                    && !self.book.is_object(entity)
            }
            _ => false,
        };
        let mut company = BTreeMap::new();
        for at in (1..self.blocks.len()).filter(known) {
            *company
                .entry((self.blocks[at].parent, self.blocks[at].list))
                .or_default() += 1;
        }
        company
    }

    /// Whether a term that nobody knows stands where components stand: in a list of known ones, or under a heading that says so.
    pub(super) fn in_company(&self, at: usize, company: &BTreeMap<(usize, usize), usize>) -> bool {
        let block = &self.blocks[at];
        let Some(term) = &self.terms[at] else {
            return false;
        };
        let parent = block.parent;
        let under_group = match self.meanings[parent] {
            Meaning::Part(group) => self.book.entities[group].is_group,
            _ => false,
        };
        if matches!(block.kind, Kind::Section(_))
            || block.kind == Kind::Paragraph && term.how == How::Heading
        {
            let stands = under_group
                || self.says_components(parent)
                || company
                    .get(&(parent, block.list))
                    .is_some_and(|known| *known > 1 || self.is_of_a_kind(at));
            let titled = self.titled.contains(&parent) && self.is_titled_by_kind(at);
            return stands && self.heads_as_part(at) || titled;
        }
        if under_group {
            return true;
        }
        if term.how == How::Bare {
            return self.leads[parent] && self.says_components(parent) && self.is_of_whole(parent)
                || self.is_list_of_kinds(at)
                || self.says_components(parent) && self.is_list_of_names(at);
        }
        // *Ports*, *Commands*: known parts stand in such lists among anything.
        let labelled = matches!(self.blocks[parent].kind, Kind::Section(_))
            && self.meanings[parent] == Meaning::Label
            && self.has_role(&fold(&self.blocks[parent].text.text), Role::Label);
        company.contains_key(&(parent, block.list)) && !labelled || self.says_components(parent)
    }

    /// Whether an item stands in a list under *Architecture* whose entries are names with text below, most of them by nouns for parts.
    fn is_list_of_kinds(&self, at: usize) -> bool {
        let (parent, list) = (self.blocks[at].parent, self.blocks[at].list);
        let heading = fold(&self.blocks[parent].text.text);
        let last = heading.rsplit(' ').next().unwrap_or_default();
        if !matches!(self.blocks[parent].kind, Kind::Section(_))
            || !self.has_role(last, Role::Generic)
        {
            return false;
        }
        let own = |at: &usize| {
            let block = &self.blocks[*at];
            matches!(block.kind, Kind::Item(_)) && block.parent == parent && block.list == list
        };
        let (mut all, mut kinds) = (0_usize, 0_usize);
        for entry in (parent + 1..self.blocks.len()).filter(own).take(MOST) {
            let holds = self
                .blocks
                .get(entry + 1)
                .is_some_and(|next| next.parent == entry);
            let Some(term) = self.terms[entry].as_ref().filter(|_| holds) else {
                return false;
            };
            let name = self.blocks[entry].text.text.get(term.range.clone());
            all += 1;
            kinds += usize::from(name.is_some_and(|name| self.ends_in_kind(name)));
        }
        all > 2 && kinds * 2 >= all
    }

    /// Whether an entry of a list, as most of the others, is a short name with a capital, and nothing more: *Distributor*, *Store gateway*.
    fn is_list_of_names(&self, at: usize) -> bool {
        let (parent, list) = (self.blocks[at].parent, self.blocks[at].list);
        let entries = (parent + 1..self.blocks.len())
            .take(MOST * 2)
            .filter(|at| (self.blocks[*at].parent, self.blocks[*at].list) == (parent, list))
            .filter(|at| matches!(self.blocks[*at].kind, Kind::Item(_)));
        let is_name = |entry: usize| {
            let text = self.blocks[entry].text.text.trim();
            let plain =
                |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '/' | '.');
            text.starts_with(|first: char| first.is_uppercase())
                && text.split_whitespace().count() <= 3
                && text.chars().all(plain)
                && self.terms[entry].is_some()
        };
        let (mut all, mut names, mut parts) = (0, 0, false);
        for entry in entries {
            all += 1;
            names += usize::from(is_name(entry));
            parts |= self.is_of_a_kind(entry);
        }
        // *Directory of DAGs* may stand beside *Webserver*.
        let enough = names == all || parts && 2 * names >= all;
        is_name(at) && names > 1 && enough
    }

    /// Whether the term of a block ends with a noun for parts.
    fn is_of_a_kind(&self, at: usize) -> bool {
        let term = self.terms[at].as_ref();
        let name = term.and_then(|term| self.blocks[at].text.text.get(term.range.clone()));
        name.is_some_and(|name| self.ends_in_kind(name))
    }

    /// Whether an announcement says whose components it announces: *Redis has these parts*.
    fn is_of_whole(&self, at: usize) -> bool {
        let text = last_sentence(&self.blocks[at].text.text);
        tokens(&Folded::new(text), text, self.lexicon, &self.book)
            .iter()
            .filter_map(Token::name)
            .any(|name| !self.book.is_object(name.entity))
    }

    /// Whether a heading or announcement speaks of components; or, where it is but a word that nobody knows, the heading above: *Components*, and *Optional* under it.
    pub(super) fn says_components(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let text = match block.kind {
            Kind::Section(_) => {
                let text = block.text.text.as_str();
                let above = block.parent;
                let one_word = !text.contains(char::is_whitespace) && !self.lexicon.unspaced;
                let divides = one_word
                    && matches!(self.blocks[above].kind, Kind::Section(_))
                    && !matches!(self.meanings[at], Meaning::Part(part) if self.is_known(part))
                    && !self.has_role(&fold(text.trim_end_matches(':')), Role::Label)
                    && !self.speaks_of_components(text);
                if divides {
                    return self.speaks_of_components(&self.blocks[above].text.text);
                }
                text
            }
            _ if self.leads[at] => last_sentence(&block.text.text),
            _ => return false,
        };
        self.speaks_of_components(text)
    }

    /// Whether one of the words of a text means components.
    pub(super) fn speaks_of_components(&self, text: &str) -> bool {
        if text.len() > LONGEST_HEADING {
            return false;
        }
        let folded = Folded::new(text);
        self.book.lexicons.iter().any(|lexicon| {
            // Where words are set apart, a heading that is a name of the note's own is looked at word by word.
            let names: &dyn Names = if lexicon.unspaced {
                &self.book
            } else {
                &Nameless
            };
            tokens(&folded, text, lexicon, names)
                .iter()
                .any(|token| token.is(Role::Group))
        })
    }
}
