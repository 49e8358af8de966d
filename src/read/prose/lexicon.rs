//! What a language's words do in a sentence: a data file per language becomes one table of phrases.

use super::role::Role;
pub(crate) use super::rows::Markers;
use super::rows::{File, PredicateRow};
use crate::model::LinkKind;
use crate::model::phrases::{Phrases, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A word that says that parts communicate, and how its clause marks who acts upon whom.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Predicate {
    pub kind: LinkKind,
    /// Markers of who is acted upon; `direct` stands for none. Empty: the subject is.
    pub object: Vec<String>,
    /// Markers of who acts. Empty: the subject does.
    pub actor: Vec<String>,
    /// Markers of two that act upon each other.
    pub between: Vec<String>,
    /// A noun has no subject.
    pub noun: bool,
    /// Markers of the way that something takes with this verb alone: *passe par A*.
    pub route: Vec<String>,
    /// Whether nobody else may: *access to A is reserved for B*.
    pub reserves: bool,
    /// Whether the subject is what is moved, so that who it comes from acts: *orders from A end up in B*.
    pub moved: bool,
    /// Where the arrow runs against the words: a verb of the same kind that runs with it.
    pub active: Option<String>,
}

/// The word by which data files name an object without a marker.
pub(crate) const DIRECT: &str = "direct";

/// The word by which data files say that only the way of a thing tells whom it concerns: *starts containers through the runtime*.
pub(crate) const VIA: &str = "via";

/// A phrase's part in the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub role: Role,
    /// Whether any letters may follow.
    pub stem: bool,
    /// What must follow in the same clause (*giver … besked*).
    pub rest: Option<String>,
}

/// A language, ready to read with.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "traits of a language are independent of each other"
)]
pub(crate) struct Lexicon {
    /// Its code (`da`).
    pub code: String,
    /// Its own name for itself.
    #[cfg_attr(not(test), expect(dead_code, reason = "shown by `list` once it asks"))]
    pub name: String,
    pub markers: Markers,
    /// Whether the subject may stand after the verb.
    pub inverts: bool,
    /// Whether no blanks stand between words.
    pub unspaced: bool,
    /// Whether every word of a name takes endings: *serwer API*, *do serwera API*.
    pub inflects: bool,
    /// Whether a comma stands before every relative clause, so that the pronoun without one is an article.
    pub commas: bool,
    /// Whether a sentence without a subject goes on about what the one before was about.
    pub drops: bool,
    /// Whether a verb may stand at the end of its clause, behind its object: *kann A abfragen*.
    pub verb_last: bool,
    /// Whether *not* may stand behind the objects of its verb.
    pub negates_late: bool,
    /// Where a verb may stand last: articles and relative pronouns of who acts.
    pub nominatives: Vec<String>,
    /// Likewise of who is acted upon.
    pub accusatives: Vec<String>,
    /// Whether articles tell nouns from verbs.
    pub has_articles: bool,
    pub predicates: Vec<Predicate>,
    pub phrases: Phrases<Entry>,
    /// Particles of the subject, where particles mark.
    pub subject: Vec<String>,
    /// Those of them that set a topic, which may be the object.
    pub topics: Vec<String>,
    /// Particles of the object, where particles mark.
    pub objects: Vec<String>,
    /// What a word that says when ends in, or is followed by, where no blanks part words.
    pub times: Vec<String>,
    /// What a verb ends in that has its marker within, where no blanks part words.
    pub placing: Vec<String>,
    /// All other particles, the longest first.
    pub particles: Vec<String>,
    pub via: Vec<String>,
    /// Words that begin what somebody does, so that what follows is no name: *install*.
    pub deeds: Vec<String>,
    /// What somebody asks of another, and whether that is only a stem.
    pub demands: Phrases<bool>,
    /// What says that it is sent, or comes, likewise.
    pub sent: Phrases<bool>,
    /// What stands between names and the noun that they are examples of, where particles mark, the longest first.
    pub examples_after: Vec<String>,
    /// Forms of its verbs that tell somebody to do something.
    pub orders: BTreeSet<String>,
    /// Markers of who acts with a passive: *by*.
    pub agents: Vec<String>,
    /// Endings that make a passive of a verb with an object.
    pub reflexives: Vec<String>,
    /// *Nor*, and what parts from the one that takes its place: particles, where those mark.
    pub nor: Vec<String>,
    pub contrast: Vec<String>,
    /// *Only* after a name, the longest first.
    pub only_after: Vec<String>,
    /// Endings that a name may take, the longest first.
    pub suffixes: Vec<String>,
    /// Endings that make a name somebody's.
    pub genitives: Vec<String>,
    /// Particles between a part and a side that it shows: *A の API*.
    pub possessives: Vec<String>,
    /// Words between two names that make a place of the first: *节点上的 A*.
    pub places: Vec<String>,
    /// Prepositions that go with them: *在*.
    pub locatives: Vec<String>,
    /// Prepositions grown together with an article, and the preposition in them.
    contractions: BTreeMap<String, String>,
    /// Nouns that say no more of a known part than its role does, the longest first, by that role.
    pub sorts: BTreeMap<String, Vec<String>>,
    /// What columns of those who act are headed, and of those who are acted upon.
    pub columns: [Vec<String>; 2],
    /// *Consists of*: a text in which none of these stands does not say what anything is made of.
    pub consists: Vec<String>,
}

impl Lexicon {
    /// *的 X*: whether a text begins with a particle between a part and something of it.
    pub(crate) fn begins_of(&self, text: &str) -> bool {
        let mut possessives = self.possessives.iter();
        possessives.any(|of| text.starts_with(of.as_str()))
    }

    /// *A からの X*: whether a particle joins a name to the noun behind it.
    pub(crate) fn joins_noun(&self, particle: &str) -> bool {
        let mut possessives = self.possessives.iter();
        possessives.any(|of| particle.ends_with(of.trim()))
    }

    /// The preposition that `marker` is a form of.
    pub(crate) fn base<'a>(&'a self, marker: &'a str) -> &'a str {
        self.contractions.get(marker).map_or(marker, String::as_str)
    }
}

/// One language: its code, its file, and the lexicon once somebody needed it.
struct Slot {
    code: &'static str,
    yaml: &'static str,
    lexicon: OnceLock<Option<Lexicon>>,
}

macro_rules! lexicons {
    ($($code:literal),* $(,)?) => {
        static LEXICONS: [Slot; [$($code),*].len()] = [$(Slot {
            code: $code,
            yaml: include_str!(concat!("lexicon/", $code, ".yaml")),
            lexicon: OnceLock::new(),
        }),*];
    };
}

lexicons!(
    "da", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru", "sv", "uk", "vi",
    "zh",
);

/// The codes of every language that can be read.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LEXICONS.iter().map(|slot| slot.code)
}

/// The lexicon of a language.
pub(crate) fn lexicon(code: &str) -> Option<&'static Lexicon> {
    let slot = LEXICONS.iter().find(|slot| slot.code == code)?;
    slot.lexicon
        .get_or_init(|| compile(slot.yaml).ok())
        .as_ref()
}

/// Keys of the words that nearly every sentence of a language has.
const SMALL: &[&str] = &[
    "light",
    "prepositions",
    "and",
    "articles",
    "pronouns",
    "relatives",
    "breaks",
    "negation",
];

/// The small words of a language.
pub(super) fn small(code: &str) -> Vec<String> {
    listed(code, SMALL)
}

/// Its words for components.
pub(super) fn parts(code: &str) -> Vec<String> {
    listed(code, &["groups"])
}

/// The words of some keys of a language's data file: those alone, because every language is asked for them before one is chosen.
fn listed(code: &str, keys: &[&str]) -> Vec<String> {
    let slot = LEXICONS.iter().find(|slot| slot.code == code);
    let lines = slot.map_or("", |slot| slot.yaml).lines();
    let rows = lines.filter(|line| {
        let key = line.split_once(": [").map(|(key, _)| key);
        key.is_some_and(|key| keys.contains(&key))
    });
    rows.filter_map(|line| crate::yaml::typed::<BTreeMap<String, Vec<String>>>(line).ok())
        .flat_map(BTreeMap::into_values)
        .flatten()
        .collect()
}

/// Makes a language out of its data file.
fn compile(yaml: &str) -> Result<Lexicon, String> {
    let file: File = crate::yaml::typed(yaml)?;
    let mut table = Vec::new();
    let mut predicates = Vec::new();
    for row in &file.predicates {
        let kind = LinkKind::named(&row.kind).ok_or_else(|| format!("no kind {}", row.kind))?;
        let index = u16::try_from(predicates.len()).map_err(|error| error.to_string())?;
        add(&mut table, &row.words, Role::Predicate(index));
        let folded = |words: &[String]| words.iter().map(spelt).collect();
        predicates.push(Predicate {
            kind,
            object: folded(&row.object),
            actor: actors(row, &file.agents),
            between: folded(&row.between),
            noun: row.noun || row.reserves,
            moved: row.moved,
            route: folded(&row.route),
            reserves: row.reserves,
            active: active(&file.predicates, row),
        });
    }
    let particles = particles(&file, &predicates);
    let orders = orders(&file);
    if file.markers == Markers::Before {
        add(&mut table, &particles, Role::Preposition);
        add(&mut table, &file.instead, Role::Preposition);
    }
    for (words, role) in uses(&file) {
        add(&mut table, words, role);
    }
    Ok(Lexicon {
        code: file.code,
        name: file.name,
        markers: file.markers,
        inverts: file.inverts,
        unspaced: file.unspaced,
        inflects: file.inflects,
        commas: file.commas,
        drops: file.drops,
        verb_last: file.verb_last,
        negates_late: file.negates_late,
        nominatives: longest_first(&file.nominatives),
        accusatives: longest_first(&file.accusatives),
        has_articles: !file.articles.is_empty(),
        predicates,
        phrases: Phrases::of_folded(table),
        subject: longest_first(&file.subject),
        topics: longest_first(&file.topics),
        objects: longest_first(&file.objects),
        times: longest_first(&file.times),
        placing: longest_first(&file.placing),
        particles: longest_first(&particles),
        via: longest_first(&file.via),
        deeds: longest_first(&file.deeds),
        demands: stems(&file.demands),
        sent: stems(&file.sent),
        examples_after: longest_first(&file.examples_after),
        orders,
        agents: longest_first(&file.agents),
        reflexives: longest_first(&file.reflexives),
        nor: longest_first(&file.nor),
        contrast: longest_first(&file.contrast),
        only_after: longest_first(&file.exclusive_after),
        suffixes: longest_first(&file.suffixes),
        genitives: longest_first(&file.genitives),
        possessives: longest_first(&file.possessives),
        places: longest_first(&file.places),
        locatives: longest_first(&file.locatives),
        contractions: file
            .contractions
            .iter()
            .flat_map(|(base, forms)| forms.iter().map(move |form| (spelt(form), spelt(base))))
            .collect(),
        sorts: file
            .sorts
            .iter()
            .map(|(role, nouns)| (role.clone(), longest_first(nouns)))
            .collect(),
        columns: [longest_first(&file.sources), longest_first(&file.targets)],
        consists: longest_first(&file.consists),
    })
}

/// What the words of the data file do, but for predicates and prepositions.
fn uses(file: &File) -> [(&Vec<String>, Role); 39] {
    [
        (&file.via, Role::Via),
        (&file.exclusive, Role::Exclusive),
        (&file.exclusive_after, Role::ExclusiveAfter),
        (&file.sole, Role::Sole),
        (&file.except, Role::Except),
        (&file.examples, Role::Example),
        (&file.examples_after, Role::ExampleAfter),
        (&file.nobody, Role::Nobody),
        (&file.nobody_else, Role::Nobody),
        (&file.nobody_else, Role::NobodyElse),
        (&file.everyone, Role::Everyone),
        (&file.negation, Role::Negation),
        (&file.without, Role::Without),
        (&file.nor, Role::Nor),
        (&file.contrast, Role::Contrast),
        (&file.always, Role::Always),
        (&file.mutual, Role::Mutual),
        (&file.articles, Role::Article),
        (&file.veto, Role::Veto),
        (&file.instead, Role::Instead),
        (&file.enabling, Role::Enabling),
        (&file.and, Role::And),
        (&file.breaks, Role::Break),
        (&file.conditions, Role::Condition),
        (&file.relatives, Role::Relative),
        (&file.pronouns, Role::Pronoun),
        (&file.persons, Role::Person),
        (&file.light, Role::Light),
        (&file.consists, Role::Consists),
        (&file.groups, Role::Group),
        (&file.generic, Role::Generic),
        (&file.labels, Role::Label),
        (&file.abbreviations, Role::Abbreviation),
        (&file.plurals, Role::Plural),
        (&file.latter, Role::Latter),
        (&file.there, Role::There),
        (&file.faces, Role::Face),
        (&file.contents, Role::Content),
        (&file.kinds, Role::Kind),
    ]
}

/// Every word that marks a name, by which row or list however.
fn particles(file: &File, predicates: &[Predicate]) -> Vec<String> {
    let mut particles: Vec<String> = predicates
        .iter()
        .flat_map(|row| {
            row.object
                .iter()
                .chain(&row.actor)
                .chain(&row.between)
                .chain(&row.route)
        })
        .filter(|word| *word != DIRECT && *word != VIA)
        .chain(&file.prepositions)
        .chain(&file.agents)
        .map(spelt)
        .collect();
    particles.sort();
    particles.dedup();
    particles.extend(file.contractions.values().flatten().map(spelt));
    particles
}

/// The words of the predicates that end as orders do; behind a `+` in the file, those of which the row has another form with that ending.
fn orders(file: &File) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for row in &file.predicates {
        for word in &row.words {
            let orders = |ending: &String| match ending.strip_prefix('+') {
                Some(more) => row.words.contains(&format!("{word}{more}")),
                None => word.ends_with(ending.as_str()),
            };
            if file.orders.iter().any(orders) {
                found.insert(spelt(word));
            }
        }
    }
    found
}

/// Markers of who acts: where none is needed, those of passives do too.
fn actors(row: &PredicateRow, agents: &[String]) -> Vec<String> {
    let bare = row.actor.iter().any(|marker| marker == DIRECT);
    let own = row.actor.iter();
    own.chain(agents.iter().filter(|_| bare))
        .map(spelt)
        .collect()
}

/// A verb of the same kind whose subject acts, for a row whose subject does not.
fn active(rows: &[PredicateRow], row: &PredicateRow) -> Option<String> {
    if row.actor.is_empty() || row.noun {
        return None;
    }
    let actives = || {
        rows.iter()
            .filter(|other| other.kind == row.kind && other.actor.is_empty() && !other.noun)
    };
    // A verb without a preposition reads best at an arrow.
    let direct = |other: &&PredicateRow| other.object.iter().any(|marker| marker == DIRECT);
    actives()
        .filter(direct)
        .chain(actives())
        .flat_map(|other| &other.words)
        .find(|word| !word.contains(['*', '~']))
        .cloned()
}

/// A word in folded spelling.
fn spelt(word: impl AsRef<str>) -> String {
    fold(word.as_ref()).into_owned()
}

/// Adds phrases to the table: `word*` is a stem, `one ~ two` needs its second part later.
fn add(table: &mut Vec<(String, Entry)>, words: &[String], role: Role) {
    for phrase in words {
        let (head, rest) = match phrase.split_once('~') {
            Some((head, rest)) => (head.trim(), Some(spelt(rest))),
            None => (phrase.trim(), None),
        };
        let stem = head.ends_with('*');
        let text = spelt(head.trim_end_matches('*'));
        table.push((text, Entry { role, stem, rest }));
    }
}

/// Phrases, each with whether it is only a stem: `word*`.
fn stems(words: &[String]) -> Phrases<bool> {
    let split = |word: &String| match word.strip_suffix('*') {
        Some(stem) => (spelt(stem), true),
        None => (spelt(word), false),
    };
    Phrases::of_folded(words.iter().map(split))
}

fn longest_first(words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(spelt).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_compiles_and_has_all_it_needs() {
        for slot in &LEXICONS {
            let language = compile(slot.yaml).unwrap_or_else(|why| panic!("{}: {why}", slot.code));
            assert_eq!(language.code, slot.code);
            assert!(!language.name.is_empty());
            for predicate in &language.predicates {
                let marks = [&predicate.object, &predicate.actor, &predicate.between];
                assert!(marks.iter().any(|list| !list.is_empty()), "{}", slot.code);
            }
        }
    }

    #[test]
    fn every_language_has_the_same_keys_in_the_same_order() {
        /// Keys that only languages with the trait have: a list of theirs, or a yes.
        const SOME: &[&str] = &[
            "inverts",
            "unspaced",
            "inflects",
            "commas",
            "drops",
            "verb_last",
            "negates_late",
            "nominatives",
            "accusatives",
            "subject",
            "topics",
            "objects",
            "times",
            "placing",
            "genitives",
            "reflexives",
            "possessives",
            "places",
            "locatives",
            "contractions",
            "orders",
            "examples_after",
        ];
        let keys = |yaml: &'static str| -> Vec<&str> {
            yaml.lines()
                .filter(|line| !line.starts_with([' ', '#', '-']))
                .filter_map(|line| line.split_once(':').map(|(key, _)| key))
                .filter(|key| !SOME.contains(key))
                .collect()
        };
        let english = LEXICONS.iter().find(|slot| slot.code == "en").unwrap();
        for slot in &LEXICONS {
            assert_eq!(keys(slot.yaml), keys(english.yaml), "{}", slot.code);
        }
    }

    #[test]
    fn the_documentation_names_every_key() {
        let readme = include_str!("lexicon/README.md");
        for slot in &LEXICONS {
            for line in slot.yaml.lines() {
                let key = line.split_once(':').map(|(key, _)| key);
                if let Some(key) = key.filter(|key| !key.starts_with([' ', '#', '-'])) {
                    assert!(readme.contains(&format!("`{key}`")), "{key}");
                }
            }
        }
    }
}
