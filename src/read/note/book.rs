//! The names of a note: what the knowledge knows, and what the note itself introduces.

use super::term::is_label;
use crate::model::phrases::{Phrases, fold};
use crate::model::{Evidence, Knowledge};
use crate::read::prose::{Folded, Lexicon, Names, Role, ending};

/// Something that the note may speak of. Known parts come first, by their index in the knowledge; what the note introduces follows.
#[derive(Debug, Clone, Default)]
pub(super) struct Entity {
    /// The name in the note's own words, once it has one.
    pub label: Option<String>,
    pub aliases: Vec<String>,
    pub is_group: bool,
    /// Whether a block introduces it.
    pub introduced: bool,
    /// Whether it is drawn.
    pub live: bool,
    /// The group that holds it.
    pub parent: Option<usize>,
    pub description: Option<String>,
    pub evidence: Vec<Evidence>,
    /// Where the note first speaks of it: orders the statements.
    pub place: usize,
}

/// All names of a note.
pub(super) struct Book<'k> {
    pub knowledge: &'k Knowledge,
    pub lexicons: [&'static Lexicon; 2],
    pub entities: Vec<Entity>,
    /// Whether the common words among the names of each known part mean it in this note.
    common: Vec<bool>,
    /// Names that the note introduces, and their entities.
    own: Phrases<usize>,
    /// The same, before the table is made.
    rows: Vec<(String, usize)>,
}

impl<'k> Book<'k> {
    /// The names of a note of that text.
    pub(super) fn new(
        knowledge: &'k Knowledge,
        lexicons: [&'static Lexicon; 2],
        text: &Folded,
    ) -> Self {
        let entities = knowledge
            .parts
            .iter()
            .map(|part| Entity {
                is_group: part.is_group,
                place: usize::MAX,
                ..Entity::default()
            })
            .collect();
        Self {
            common: common(knowledge, text),
            knowledge,
            lexicons,
            entities,
            own: Phrases::default(),
            rows: Vec::new(),
        }
    }

    /// Whether an entity is data or scenery of its field, never a part of the picture.
    pub(super) fn is_object(&self, entity: usize) -> bool {
        self.knowledge
            .parts
            .get(entity)
            .is_some_and(|part| part.role.as_deref() == Some("object"))
    }

    /// The known part that a term names, if need be without the words around the name: *control plane components*.
    pub(super) fn known(&self, term: &str) -> Option<usize> {
        let folded = Folded::new(&fold(term));
        self.whole(&folded).or_else(|| {
            let words: Vec<&str> = folded.text.split(' ').collect();
            let (first, last) = self.idle(&words);
            (0..=last)
                .flat_map(|last| (0..=first).map(move |first| (first, last)))
                .skip(1)
                .filter_map(|(first, last)| words.get(first..words.len().saturating_sub(last)))
                .filter(|kept| !kept.is_empty())
                .find_map(|kept| self.whole(&Folded::new(&kept.join(" "))))
        })
    }

    /// The part whose name is all of a text, but for its ending.
    fn whole(&self, folded: &Folded) -> Option<usize> {
        let mut found = None;
        self.offer(&folded.text, &mut |length, entity| {
            let fits = self.lexicons.iter().any(|lexicon| {
                ending(folded, &folded.text, length, lexicon)
                    .is_some_and(|(ending, _)| length + ending == folded.text.len())
            });
            if fits {
                found = Some(entity);
            }
            fits
        });
        found
    }

    /// A folded term without articles, generic words and words for components at its ends.
    pub(super) fn strip(&self, term: &str) -> String {
        let words: Vec<&str> = term.split(' ').filter(|word| !word.is_empty()).collect();
        let (first, last) = self.idle(&words);
        words
            .get(first..words.len().saturating_sub(last))
            .unwrap_or_default()
            .join(" ")
    }

    /// How many words at the start and at the end of a term say nothing: articles, generic words, words for components.
    fn idle(&self, words: &[&str]) -> (usize, usize) {
        let idle = |word: &&&str| {
            self.lexicons.iter().any(|lexicon| {
                lexicon.phrases.exact(word).any(|entry| {
                    matches!(entry.role, Role::Group | Role::Generic | Role::Preposition)
                        || entry.role == Role::Light && word.chars().count() < 4
                })
            })
        };
        (
            words.iter().take_while(idle).count(),
            words.iter().rev().take_while(idle).count(),
        )
    }

    /// The entity that a term introduces that nobody knows; made where it is new.
    pub(super) fn own(&mut self, term: &str) -> Option<usize> {
        let folded = fold(term);
        if is_label(term, self.lexicons) || folded.chars().count() < 2 {
            return None;
        }
        if let Some((_, entity)) = self.rows.iter().find(|(name, _)| *name == folded) {
            return Some(*entity);
        }
        let entity = self.entities.len();
        self.entities.push(Entity {
            label: Some(term.to_owned()),
            place: usize::MAX,
            ..Entity::default()
        });
        self.name(term, entity);
        Some(entity)
    }

    /// The entity that the note introduces under exactly this name.
    pub(super) fn own_named(&self, name: &str) -> Option<usize> {
        let folded = fold(name);
        self.rows
            .iter()
            .find(|(known, _)| *known == folded)
            .map(|(_, entity)| *entity)
    }

    /// Gives an entity another name.
    pub(super) fn name(&mut self, name: &str, entity: usize) {
        let folded = fold(name);
        if folded.chars().count() > 1 && !self.rows.iter().any(|(known, _)| *known == folded) {
            self.rows.push((folded, entity));
        }
    }

    /// Makes the table of the note's own names, once all are known.
    pub(super) fn close(&mut self) {
        self.own = Phrases::new(self.rows.iter().cloned());
    }
}

impl Names for Book<'_> {
    fn offer(&self, text: &str, take: &mut dyn FnMut(usize, usize) -> bool) {
        let mut own = self.own.starting(text).peekable();
        let mut known = self
            .knowledge
            .names()
            .starting(text)
            .filter(|(_, name)| {
                !name.common || self.common.get(name.part).copied().unwrap_or(false)
            })
            .peekable();
        loop {
            let mine = match (own.peek(), known.peek()) {
                (None, None) => return,
                (Some((a, _)), Some((b, _))) => a >= b,
                (Some(_), None) => true,
                (None, Some(_)) => false,
            };
            let next = if mine {
                own.next().map(|(length, entity)| (length, *entity))
            } else {
                known.next().map(|(length, name)| (length, name.part))
            };
            if next.is_some_and(|(length, entity)| take(length, entity)) {
                return;
            }
        }
    }
}

/// For each known part: whether the note is of its field, because an unmistakable name of that field stands in it, or two of its core parts under common names.
fn common(knowledge: &Knowledge, text: &Folded) -> Vec<bool> {
    let mut fields: Vec<&str> = Vec::new();
    let mut core: Vec<usize> = Vec::new();
    let names = knowledge.names();
    let mut before = None;
    for (at, character) in text.text.char_indices() {
        let starts = character.is_alphanumeric()
            && !before.is_some_and(|before: char| before.is_ascii_alphanumeric());
        before = Some(character);
        if !starts {
            continue;
        }
        for (length, name) in names.starting(text.from(at)) {
            let Some(part) = knowledge.parts.get(name.part) else {
                continue;
            };
            let ends = text
                .at(at + length)
                .is_none_or(|next| !next.is_ascii_alphanumeric());
            if !name.common && ends && !fields.contains(&&*part.domain) {
                fields.push(&part.domain);
            } else if name.common && part.joins && !core.contains(&name.part) {
                core.push(name.part);
            }
        }
    }
    for part in core.iter().filter_map(|part| knowledge.parts.get(*part)) {
        let same = core.iter().filter(|other| {
            knowledge
                .parts
                .get(**other)
                .is_some_and(|other| other.domain == part.domain)
        });
        if same.count() >= 2 && !fields.contains(&&*part.domain) {
            fields.push(&part.domain);
        }
    }
    knowledge
        .parts
        .iter()
        .map(|part| fields.contains(&&*part.domain))
        .collect()
}
