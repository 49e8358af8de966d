//! The names of a note: what the knowledge knows, and what the note itself introduces.

use super::inflect::{Words, inflected};
use super::term::is_label;
use crate::model::phrases::{Phrases, fold};
use crate::model::{Evidence, Knowledge};
use crate::read::prose::{Folded, Lexicon, Names, Role, ending, starts_word};
use std::collections::{BTreeMap, BTreeSet};

/// Notes that introduce more names get no inflected forms of them.
const INFLECTED: usize = 200;

/// Words of a phrase that says nothing.
const PHRASE: usize = 3;

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
    /// Unmistakable names of known parts that stand in the note, and those parts.
    pub(super) present: BTreeSet<(String, usize)>,
    /// Names that the note introduces, and their entities.
    own: Phrases<usize>,
    /// The same, before the table is made.
    rows: BTreeMap<String, usize>,
    /// How many of them the table was made of.
    closed: usize,
    /// What the note says, where words take endings.
    words: Words,
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
        let (common, present) = common(knowledge, text);
        Self {
            common,
            present,
            knowledge,
            lexicons,
            entities,
            own: Phrases::default(),
            rows: BTreeMap::new(),
            closed: 0,
            words: if lexicons[0].inflects {
                Words::of(&text.text)
            } else {
                Words::default()
            },
        }
    }

    /// Whether an entity is data or scenery of its field, never a part of the picture.
    pub(super) fn is_object(&self, entity: usize) -> bool {
        self.knowledge
            .parts
            .get(entity)
            .is_some_and(|part| part.role.as_deref() == Some("object"))
    }

    /// The words for what runs within a known part and acts for it.
    pub(super) fn within(&self, entity: usize) -> &[String] {
        let part = self.knowledge.parts.get(entity);
        part.map_or(&[], |part| part.within.as_slice())
    }

    /// Whether common words mean a known part in this note.
    pub(super) fn is_of_field(&self, part: usize) -> bool {
        self.common.get(part).copied().unwrap_or(false)
    }

    /// The known part that a term names, if need be without the words around the name: *control plane components*.
    pub(super) fn known(&self, term: &str) -> Option<usize> {
        let folded = Folded::of_folded(fold(term).into_owned());
        self.whole(&folded).or_else(|| {
            let words: Vec<&str> = folded.text.split(' ').collect();
            let (first, last) = self.idle(&words);
            (0..=last)
                .flat_map(|last| (0..=first).map(move |first| (first, last)))
                .skip(1)
                .filter_map(|(first, last)| words.get(first..words.len().saturating_sub(last)))
                .filter(|kept| !kept.is_empty())
                .find_map(|kept| self.whole(&Folded::of_folded(kept.join(" "))))
                .or_else(|| self.whole(&Folded::of_folded(self.head(&folded.text)?.to_owned())))
        })
    }

    /// In a script without blanks, a term without the word for components at its end.
    fn head<'t>(&self, term: &'t str) -> Option<&'t str> {
        let unspaced = self.lexicons.iter().find(|lexicon| lexicon.unspaced)?;
        term.char_indices().skip(1).find_map(|(at, _)| {
            let (head, tail) = term.split_at(at);
            let idle = unspaced
                .phrases
                .exact(tail)
                .any(|entry| matches!(entry.role, Role::Group | Role::Generic));
            let head = head.trim_end_matches(['の', '的', '의', ' ']);
            (idle && !head.is_empty()).then_some(head)
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
        let kept = words
            .get(first..words.len().saturating_sub(last))
            .unwrap_or_default()
            .join(" ");
        match self.head(&kept) {
            Some(head) => head.to_owned(),
            None => kept,
        }
    }

    /// How many words at the start and at the end of a term say nothing: articles, generic words, words for components.
    fn idle(&self, words: &[&str]) -> (usize, usize) {
        let idle = |words: &[&str]| {
            let phrase = words.join(" ");
            self.lexicons.iter().any(|lexicon| {
                lexicon.phrases.exact(&phrase).any(|entry| {
                    matches!(entry.role, Role::Group | Role::Generic | Role::Preposition)
                        || entry.role == Role::Light && phrase.chars().count() < 4
                })
            })
        };
        let ahead =
            |at: usize| (1..=PHRASE).find(|length| words.get(at..at + length).is_some_and(idle));
        let behind = |at: usize| {
            (1..=PHRASE).find(|length| {
                let start = at.checked_sub(*length);
                start
                    .and_then(|start| words.get(start..at))
                    .is_some_and(idle)
            })
        };
        let (mut first, mut last) = (0, words.len());
        while let Some(length) = ahead(first) {
            first += length;
        }
        while let Some(length) = behind(last) {
            last -= length;
        }
        (first, words.len() - last)
    }

    /// The entity that a term introduces that nobody knows; made where it is new.
    pub(super) fn own(&mut self, term: &str) -> Option<usize> {
        let folded = fold(term);
        if is_label(term, self.lexicons) || folded.chars().count() < 2 || term.contains("://") {
            return None;
        }
        if let Some(entity) = self.rows.get(&*folded) {
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

    /// Whether a name is another one of the note's own with an ending, where words take them: *Brokera*, beside *Broker*.
    pub(super) fn is_form(&self, name: &str) -> bool {
        let lexicon = self.lexicons[0];
        let folded = fold(name);
        let alike = |known: &&String| {
            **known != folded && known.chars().take(STEM).eq(folded.chars().take(STEM))
        };
        lexicon.inflects
            && self.rows.keys().filter(alike).any(|known| {
                inflected(known, &lexicon.suffixes, &self.words)
                    .iter()
                    .any(|form| *form == folded)
            })
    }

    /// The entity that the note introduces under exactly this name.
    pub(super) fn own_named(&self, name: &str) -> Option<usize> {
        let folded = fold(name);
        self.rows.get(&*folded).copied()
    }

    /// The note's own names that go on behind a folded one, each by how it goes on.
    pub(super) fn continued<'b>(&'b self, folded: &str) -> impl Iterator<Item = (&'b str, usize)> {
        let start = format!("{folded} ");
        let length = start.len();
        self.rows
            .range(start.clone()..)
            .take_while(move |(name, _)| name.starts_with(&start))
            .filter_map(move |(name, entity)| Some((name.get(length..)?, *entity)))
    }

    /// Adds those of the note's own entities whose names stand in a text.
    pub(super) fn spoken(&self, folded: &Folded, plain: &str, spoken: &mut BTreeSet<usize>) {
        let starts = |at: &usize| starts_word(folded.before(*at), folded.at(*at));
        for at in folded.starts().filter(starts) {
            for (length, entity) in self.own.starting(folded.from(at)) {
                if ending(folded, plain, at + length, self.lexicons[0]).is_some() {
                    spoken.insert(*entity);
                    break;
                }
            }
        }
    }

    /// *The daemon*: the one part of several words in this note whose name has that word.
    pub(super) fn one_of_kind(&self, kind: &str, other_than: usize) -> Option<usize> {
        let known = self.present.iter().map(|(name, part)| (name, *part));
        let own = self.rows.iter().map(|(name, entity)| (name, *entity));
        let all: BTreeSet<usize> = known
            .chain(own)
            .filter(|(name, _)| name.contains(' ') && name.split(' ').any(|word| word == kind))
            .map(|(_, entity)| entity)
            .filter(|entity| *entity != other_than)
            .collect();
        match all.iter().collect::<Vec<_>>()[..] {
            [only] if !self.is_object(*only) => Some(*only),
            _ => None,
        }
    }

    /// Gives a name to another entity.
    pub(super) fn rename(&mut self, name: &str, entity: usize) {
        self.rows.insert(fold(name).into_owned(), entity);
    }

    /// Gives an entity another name.
    pub(super) fn name(&mut self, name: &str, entity: usize) {
        let folded = fold(name);
        if folded.chars().count() > 1 {
            self.rows.entry(folded.into_owned()).or_insert(entity);
        }
    }

    /// Makes the table of the note's own names, once all are known.
    pub(super) fn close(&mut self) {
        if self.rows.len() == self.closed {
            return;
        }
        self.closed = self.rows.len();
        let mut names: Vec<(String, usize)> = self
            .rows
            .iter()
            .map(|(name, entity)| (name.clone(), *entity))
            .collect();
        if self.lexicons[0].inflects && names.len() <= INFLECTED {
            let forms = |name: &str| inflected(name, &self.lexicons[0].suffixes, &self.words);
            let more: Vec<(String, usize)> = self
                .rows
                .iter()
                .flat_map(|(name, entity)| forms(name).into_iter().map(|form| (form, *entity)))
                .filter(|(form, _)| !self.rows.contains_key(form))
                .collect();
            names.extend(more);
        }
        self.own = Phrases::of_folded(names);
    }
}

impl Names for Book<'_> {
    fn offer(&self, text: &str, take: &mut dyn FnMut(usize, usize) -> bool) {
        let mut own = self.own.starting(text).peekable();
        let mut known = self
            .knowledge
            .names()
            .starting(text)
            .filter(|(_, name)| !name.common || self.is_of_field(name.part))
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

/// Letters that a name keeps whatever ending it takes.
const STEM: usize = 3;

/// Times that a note names a whole field, after which it is of that field.
const OFTEN: usize = 3;

/// What a note has of a field.
#[derive(Debug, Default)]
struct Signs {
    /// Whether an unmistakable name of one of its parts stands there.
    sure: bool,
    /// How often the field itself, or scenery of it, is named.
    named: usize,
    /// Its core parts under common names.
    core: BTreeSet<usize>,
    /// Whether one of those names is more than a plain word: *API server*.
    telling: bool,
}

impl Signs {
    /// Whether the note is of the field: two core parts are spoken of, or one beside the field's own name; plain words alone, such as *scheduler*, are not enough.
    fn is_field(&self) -> bool {
        self.sure || self.named >= OFTEN || self.telling && (self.core.len() >= 2 || self.named > 0)
    }
}

/// For each known part: whether the note is of its field. Where only the field's name stands, that goes for its groups and its scenery.
///
/// Then the unmistakable names that stand in it.
fn common(knowledge: &Knowledge, text: &Folded) -> (Vec<bool>, BTreeSet<(String, usize)>) {
    let mut present = BTreeSet::new();
    let mut fields: BTreeMap<&str, Signs> = BTreeMap::new();
    let names = knowledge.names();
    for at in text.starts() {
        for (length, name) in names.starting(text.from(at)) {
            let Some(part) = knowledge.parts.get(name.part) else {
                continue;
            };
            let ends = text
                .at(at + length)
                .is_none_or(|next| !next.is_ascii_alphanumeric());
            let words = text.words(&(at..at + length));
            if !name.common && ends && words.contains(' ') {
                present.insert((words.to_owned(), name.part));
            }
            if name.common && !part.joins || !name.common && !ends {
                continue;
            }
            let signs = fields.entry(&*part.domain).or_default();
            if name.common {
                signs.core.insert(name.part);
                signs.telling |= words.contains(' ') || !words.is_ascii();
            } else if part.role.as_deref() == Some("object") {
                signs.named += 1;
            } else {
                signs.sure = true;
            }
        }
    }
    let common = knowledge
        .parts
        .iter()
        .map(|part| {
            let scenery = part.is_group || part.role.as_deref() == Some("object");
            fields
                .get(&*part.domain)
                .is_some_and(|signs| signs.is_field() || scenery && signs.named > 0)
        })
        .collect();
    (common, present)
}
