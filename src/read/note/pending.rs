//! Words that wait for what a colon sets off: *Talks to: A, B*, or *it sends them to the following services:* above a list.

use super::emphasis::{is_doing, is_identifier};
use super::introduce::last_sentence;
use super::structure::Kind;
use super::term::{How, is_label};
use super::{Meaning, Note};
use crate::model::LinkKind;
use crate::model::phrases::fold;
use crate::read::prose::{
    DIRECT, Folded, Lexicon, Markers, Nameless, Plain, Predicate, Role, Token, first_tokens, tokens,
};
use std::ops::Range;

/// Words that an entry may have to be no more than what was waited for.
const ENTRY: usize = 6;

/// Entries of a list that are looked at beside one.
const SIBLINGS: usize = 20;

/// Words of what says something.
const SAYING: usize = 3;

impl Note<'_> {
    /// Whether a term is a verb that waits for its object: *Talks to*, *Used by*.
    pub(super) fn waits(&self, term: &str) -> bool {
        self.takes_before(term).is_some() || self.takes_behind(term)
    }

    /// *Orders*, beside *Payments* and *Catalog*: whether most other entries of a list are set off as names, and wait for nothing.
    pub(super) fn is_among_names(&self, at: usize) -> bool {
        let own = &self.blocks[at];
        // What waits has names behind it, and no sentence.
        let says = self.terms[at].as_ref().is_some_and(|term| {
            let text = &own.text.text;
            let one_word = text
                .get(term.range.clone())
                .is_some_and(|name| !name.contains(' '));
            let rest = text.get(term.rest..).unwrap_or_default();
            one_word
                && !rest.contains([',', '、', '，'])
                && rest.split_whitespace().count() >= SAYING
        });
        if !says {
            return false;
        }
        let siblings = (1..self.blocks.len()).filter(|other| {
            let block = &self.blocks[*other];
            *other != at && block.list == own.list && block.parent == own.parent && own.list != 0
        });
        let (mut names, mut waiting) = (0, 0);
        for other in siblings.take(SIBLINGS) {
            let term = self.terms[other].as_ref();
            let set_off = term.filter(|term| {
                matches!(term.how, How::Strong | How::Separated) && !term.is_of_sentence()
            });
            let name =
                set_off.and_then(|term| self.blocks[other].text.text.get(term.range.clone()));
            let Some(name) = name.filter(|name| !is_label(name, self.book.lexicons)) else {
                continue;
            };
            names += 1;
            waiting += usize::from(self.waits(name));
        }
        names >= 2 && waiting * 2 < names
    }

    /// Whether its object would stand behind it.
    fn takes_behind(&self, term: &str) -> bool {
        let folded = Folded::new(term);
        !is_doing(term)
            && self.book.lexicons.iter().any(|lexicon| {
                let words = tokens(&folded, term, lexicon, &Nameless);
                let told = || lexicon.deeds.iter().any(|deed| *deed == fold(term));
                words.iter().all(says_how)
                    && waiting(&words, &folded, lexicon)
                        .is_some_and(|(end, uses)| end == words.len() && (uses || !told()))
            })
    }

    /// *通信先*: the verb of a term, and the marker of its object, where that would stand before it.
    fn takes_before(&self, term: &str) -> Option<(Range<usize>, String)> {
        if !self.lexicon.unspaced && !self.marks_behind() {
            return None;
        }
        let folded = Folded::new(term);
        let words = first_tokens(1, &folded, term, self.lexicon, &Nameless);
        let verb = words.first()?;
        let rest = folded.from(verb.range.end).trim();
        let mut ends = self.lexicon.columns[1].iter();
        let whole = rest.is_empty() || ends.any(|end| end == rest);
        let mut rows = verb
            .predicates(self.lexicon)
            .filter(|row| !row.noun && row.actor.is_empty());
        let marker = rows.find_map(|row| row.object.first()).filter(|_| whole)?;
        (marker != DIRECT).then(|| (folded.plain(&verb.range), marker.clone()))
    }

    fn marks_behind(&self) -> bool {
        self.lexicon.markers == Markers::After
    }

    /// What a block says of each entry behind its colon, where its verb waits for them.
    pub(super) fn waited_for(&self, at: usize) -> Option<Vec<Plain>> {
        let (block, term) = (&self.blocks[at], self.terms[at].as_ref()?);
        let set_off = matches!(term.how, How::Strong | How::Separated) && !self.leads[at];
        let text = &block.text.text;
        let verb = text.get(term.range.clone())?;
        if !set_off
            || term.is_of_sentence()
            || self.meanings[at] != Meaning::Label
            || !self.waits(verb)
        {
            return None;
        }
        let before = self.takes_before(verb);
        let said = |entry: Range<usize>| {
            if let Some((verb, marker)) = &before {
                return self.said_behind(at, entry, (verb, marker));
            }
            let mut plain = block.text.slice(term.range.clone());
            plain.push(" ", block.text.source(term.range.end));
            let words = text.get(entry.clone()).unwrap_or_default();
            plain.push(words, block.text.source(entry.start));
            plain
        };
        let about = self.subject(at)?;
        let entries = entries(text, term.rest);
        let names = |entry: &Range<usize>| {
            let entry = text.get(entry.clone()).unwrap_or_default();
            let named = self.begins_with_name(entry);
            named.is_some_and(|(named, _)| self.is_sure(named))
        };
        if self.book.entities[about].is_group
            || !self.is_sure(about)
            || !entries.first().is_some_and(names)
        {
            return None;
        }
        Some(if entries.iter().all(names) {
            entries.into_iter().map(said).collect()
        } else {
            vec![said(term.rest..text.len())]
        })
    }

    /// *X と通信*: what a block says of an entry where the verb stands behind its object, or the marker before both.
    fn said_behind(
        &self,
        at: usize,
        entry: Range<usize>,
        (verb, marker): (&Range<usize>, &str),
    ) -> Plain {
        let text = &self.blocks[at].text;
        let name = text.text.get(entry.clone()).unwrap_or_default();
        let name = name.split(['(', '（']).next().unwrap_or_default();
        let from = self.terms[at].as_ref().map_or(0, |term| term.range.start);
        let verb = text.text.get(from + verb.start..from + verb.end);
        let (start, end) = (
            text.source(entry.start),
            text.source(entry.end.saturating_sub(1)),
        );
        let mut plain = Plain::default();
        if !self.marks_behind() {
            plain.push(marker, start);
        }
        plain.push(name.trim(), start);
        if self.marks_behind() {
            plain.push(marker, end);
        }
        plain.push(verb.unwrap_or_default(), end);
        plain
    }

    /// What an announcement says of an entry of its list: *it talks to:*, and a list of names.
    pub(super) fn announced_of(&self, at: usize) -> Option<(usize, Plain)> {
        let block = &self.blocks[at];
        let lead = block.parent;
        if !matches!(block.kind, Kind::Item(None))
            || !self.leads[lead]
            || self.meanings[lead] != Meaning::Label
        {
            return None;
        }
        let head = &self.blocks[lead].text;
        let sentence = last_sentence(&head.text).trim_end_matches([':', '：', ' ']);
        let start = head.text.rfind(sentence)?;
        let folded = Folded::new(sentence);
        let end = self.book.lexicons.iter().find_map(|lexicon| {
            let words = tokens(&folded, sentence, lexicon, &self.book);
            let (end, _) = waiting(&words, &folded, lexicon)?;
            Some(folded.plain(&words.get(end - 1)?.range).end)
        })?;
        let name = self.entry_name(at)?;
        let mut plain = head.slice(start..start + end);
        plain.push(" ", plain.source(plain.text.len()));
        plain.push(
            block.text.text.get(name.clone())?,
            block.text.source(name.start),
        );
        Some((lead, plain))
    }

    /// Where an entry has its name, if that is what it begins with and nearly all that it is.
    fn entry_name(&self, at: usize) -> Option<Range<usize>> {
        let text = &self.blocks[at].text.text;
        let term = self.terms[at].as_ref();
        let range = term
            .filter(|term| !term.is_of_sentence())
            .map_or(0..text.len(), |term| term.range.clone());
        let name = text.get(range.clone())?;
        let (named, words) = self.begins_with_name(name)?;
        (words <= ENTRY && self.is_sure(named)).then_some(range)
    }

    /// Whether an entity is surely a part: it is known, or has a name as parts have.
    pub(super) fn is_sure(&self, entity: usize) -> bool {
        let own = &self.book.entities[entity];
        let name = own.label.as_deref().unwrap_or_default();
        self.is_known(entity) || own.introduced || self.ends_in_kind(name) || is_identifier(name)
    }

    /// What a text names first, if it begins with a name, and how many words it has.
    fn begins_with_name(&self, text: &str) -> Option<(usize, usize)> {
        let folded = Folded::new(text);
        let words = tokens(&folded, text, self.lexicon, &self.book);
        let small = |word: &&Token| {
            [Role::Article, Role::Light, Role::And]
                .iter()
                .any(|role| word.is(*role))
        };
        let first = words.iter().find(|word| !small(word))?;
        first.name().map(|name| (name.entity, words.len()))
    }
}

/// The entries of a list from byte `from` on: what stands between commas outside of brackets.
fn entries(text: &str, from: usize) -> Vec<Range<usize>> {
    let (mut start, mut depth, mut all) = (from, 0_usize, Vec::new());
    for (at, sign) in text.char_indices().filter(|(at, _)| *at >= from) {
        match sign {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '，' | '、' | '；' if depth == 0 => {
                all.push(start..at);
                start = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    all.push(start..text.len());
    all
}

/// Whether a word of a waiting verb says no more than how it is done.
fn says_how(word: &Token) -> bool {
    let how = |role: &Role| {
        matches!(
            role,
            Role::Predicate(_)
                | Role::Preposition
                | Role::Via
                | Role::Light
                | Role::And
                | Role::Pronoun
                | Role::Always
                | Role::Exclusive
        )
    };
    word.roles.iter().any(how)
}

/// Up to which word a verb waits for its object at the end of a text, and whether it says no more than *uses*.
fn waiting(words: &[Token], folded: &Folded, lexicon: &Lexicon) -> Option<(usize, bool)> {
    // *… to the following services:* waits as *… to:* does.
    let stands_in = |word: &&Token| {
        let roles = [
            Role::Article,
            Role::Light,
            Role::Group,
            Role::Generic,
            Role::Kind,
            Role::Pronoun,
        ];
        let predicate = word.predicates(lexicon).next().is_some();
        !predicate && !word.is(Role::Preposition) && roles.iter().any(|role| word.is(*role))
    };
    let mut end = words.len() - words.iter().rev().take_while(stands_in).count();
    let is_plain = |at: usize| words[at].is_unknown();
    if end < words.len() && end > 1 && is_plain(end - 1) {
        end -= 1 + words[..end - 1].iter().rev().take_while(stands_in).count();
    }
    let last = words.get(..end)?.last()?;
    let marker = lexicon.base(folded.words(&last.range));
    let takes = |verb: usize, row: &&Predicate| {
        let mut marks = row.object.iter().chain(&row.actor);
        !row.noun
            && if verb + 1 == end {
                row.object.iter().any(|object| object == DIRECT)
            } else {
                last.is(Role::Preposition) && marks.any(|known| known == marker)
            }
    };
    let row = (0..end)
        .rev()
        .find_map(|verb| words[verb].predicates(lexicon).find(|row| takes(verb, row)))?;
    Some((end, row.kind == LinkKind::Uses))
}
