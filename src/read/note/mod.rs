//! A note becomes statements: the parts that it introduces, the groups that hold them, the links and rules that its prose states.
//!
//! In order: cut the head off, take the body apart ([`structure`]), find what its blocks introduce ([`introduce`]), read its sentences ([`sentences`]),
//! decide what is drawn and say so ([`claims`]).

mod amend;
mod book;
mod claims;
mod clause;
mod command;
mod common;
mod company;
mod compose;
mod correction;
mod defined;
mod dress;
mod emphasis;
mod enumerated;
mod front_matter;
mod heading;
mod hold;
mod inflect;
mod introduce;
mod lead;
mod lines;
mod mermaid;
mod naming;
mod pending;
mod sentences;
mod settle;
mod shared;
mod shortcode;
mod spelling;
mod structure;
mod table;
mod term;
mod told;

use super::limits::Limits;
use super::prose::{Folded, FoundLink, FoundRule, Lexicon, detect, lexicon};
use crate::model::{Company, Evidence, LazyKnowledge, Reading, SourceId, Sources, Unread};
use crate::yaml::{Node, Value};
use book::Book;
use correction::Corrections;
use std::collections::BTreeSet;
use structure::Block;
use term::Term;

/// Keys of `k8sdiag` in the front matter that others take: the head of the note its language, `build` where the picture goes and how it looks.
const ELSEWHERE: &[&str] = &[
    "lang",
    "language",
    "locale",
    "output",
    "format",
    "fit",
    "text",
    "only",
    "hide",
    "highlight",
    "around",
    "depth",
    "confidence",
    "engine",
    "routes",
    "scale",
    "width",
    "steps",
    "transparent",
];

/// What a block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Nothing by itself.
    None,
    /// A word that labels what follows.
    Label,
    /// It introduces an entity, or is headed by one.
    Part(usize),
}

/// A note, taken apart.
struct Note<'a> {
    sources: &'a Sources,
    id: SourceId,
    lexicon: &'static Lexicon,
    /// Its blocks; parents as the note means them.
    blocks: Vec<Block>,
    terms: Vec<Option<Term>>,
    meanings: Vec<Meaning>,
    /// Whether a block announces a list.
    leads: Vec<bool>,
    book: Book<'a>,
    links: Vec<(FoundLink, Option<u32>, Option<String>, Evidence)>,
    rules: Vec<(FoundRule, Evidence)>,
    members: Vec<(usize, usize)>,
    /// Blocks most of whose sections are headed by components.
    kin: BTreeSet<usize>,
    /// Blocks most of whose sections are headed by names that end with a noun for parts.
    titled: BTreeSet<usize>,
    /// Which known parts the prose speaks of, and in which block.
    heard: Vec<(usize, usize)>,
    /// The block whose sentences are being read.
    reading: usize,
    /// Whether its sentences say what the term before them, or in the cell before them, is.
    defining: bool,
    /// Names of the note's own that its prose uses.
    spoken: BTreeSet<usize>,
    /// Blocks whose parts are announced as components.
    announced: BTreeSet<usize>,
    /// Parts that share a heading, and its block.
    shared: Vec<(usize, usize)>,
    /// Lists whose entries say what is done: they name nothing.
    deeds: BTreeSet<(usize, usize)>,
    unread: Vec<Unread>,
    company: Vec<Company<String>>,
    title: Option<String>,
}

/// What the head of a note says of the whole.
#[derive(Debug, Default)]
struct Head {
    title: Option<String>,
    language: Option<String>,
}

/// Whether a text looks like a note: every text does.
pub fn looks_like(_text: &str) -> bool {
    true
}

/// Reads a note.
pub fn read(
    sources: &Sources,
    id: SourceId,
    knowledge: &LazyKnowledge,
    limits: &Limits,
) -> Reading {
    let mut reading = Reading::new(id);
    reading.prose = true;
    let text = sources.get(id).text();
    let cut = front_matter::cut(text);
    let mut head = Head::default();
    let mut corrections = Corrections::default();
    if let Some(bytes) = cut.yaml {
        let base = bytes.start;
        match crate::yaml::stretch(sources, id, bytes, limits.yaml()) {
            Ok(Some(node)) => {
                head = read_head(&node);
                if let Some(own) = field(&node, "k8sdiag") {
                    let span = |bytes| sources.span(id, bytes);
                    corrections.take(own, base, &mut reading, &span);
                    head.language = field(own, "lang")
                        .and_then(words)
                        .map(code_of)
                        .or(head.language);
                }
            }
            Ok(None) => {}
            Err(diagnostic) => reading.diagnostics.push(*diagnostic),
        }
    }
    let body = text.get(cut.body..).unwrap_or_default();
    let code = head
        .language
        .filter(|code| lexicon(code).is_some())
        .unwrap_or_else(|| detect(body).to_owned());
    let (Some(own), Some(english)) = (lexicon(&code).or_else(|| lexicon("en")), lexicon("en"))
    else {
        return reading;
    };
    let blocks = structure::blocks(text, cut.body, limits.depth);
    let count = blocks.len();
    let mut whole = Folded::new(head.title.as_deref().unwrap_or_default());
    whole.text.push(' ');
    whole.text.push_str(&Folded::new(body).text);
    let mut note = Note {
        sources,
        id,
        lexicon: own,
        blocks,
        terms: vec![None; count],
        meanings: vec![Meaning::None; count],
        leads: vec![false; count],
        book: Book::new(knowledge, [own, english], &whole),
        links: Vec::new(),
        rules: Vec::new(),
        members: Vec::new(),
        heard: Vec::new(),
        reading: 0,
        defining: false,
        kin: BTreeSet::new(),
        titled: BTreeSet::new(),
        spoken: BTreeSet::new(),
        announced: BTreeSet::new(),
        shared: Vec::new(),
        deeds: BTreeSet::new(),
        unread: Vec::new(),
        company: Vec::new(),
        title: head.title,
    };
    note.read_corrections(&mut corrections, &mut reading, limits);
    note.learn(&corrections);
    note.introduce();
    note.read_charts();
    note.read_tables();
    note.book.close();
    note.read_sentences();
    note.settle();
    let corrected = note.corrected(&corrections);
    reading.statements = note.claims();
    reading.statements.extend(corrected);
    reading.unread = note.unread;
    reading.company = note.company;
    reading.title = reading.title.take().or(note.title);
    reading.language = Some(code);
    reading
}

/// Takes from the head what concerns the whole.
fn read_head(node: &Node<'_>) -> Head {
    let mut head = Head::default();
    let Value::Map(entries) = &node.value else {
        return head;
    };
    for (key, node) in entries {
        let Value::Text(text) = &node.value else {
            continue;
        };
        match &*key.text {
            "title" => head.title = Some(text.to_string()),
            // `lang` goes before `locale`, wherever it stands.
            "lang" | "language" => head.language = Some(code_of(text)),
            "locale" if head.language.is_none() => head.language = Some(code_of(text)),
            _ => {}
        }
    }
    head
}

fn field<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find(|(known, _)| known.text == key)
        .map(|(_, node)| node)
}

fn words<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The language of a tag such as `pt-BR`; both Norwegian ones are one here.
fn code_of(tag: &str) -> String {
    let code = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match code.as_str() {
        "nb" | "nn" => "no".to_owned(),
        _ => code,
    }
}
