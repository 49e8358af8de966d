//! Names that a note sets off by emphasis in the middle of its prose: *then **Filebeat** ships the lines*.
//!
//! They introduce nothing; but where a clause links them, they are its ends.

use super::structure::Kind;
use super::term::{is_deed, is_label};
use super::{Meaning, Note};
use crate::model::phrases::fold;
use crate::read::prose::Role;
use std::collections::{BTreeMap, BTreeSet};

/// Words that a name in the middle of prose may have.
const LONGEST: usize = 3;

/// Characters of such a name in a script without blanks.
const LONGEST_UNSPACED: usize = 12;

/// First parts of words that say how something is, and name nothing.
const MANNERS: &[&str] = &[
    "multi", "single", "per", "sub", "inter", "cross", "micro", "non", "pre", "post", "self",
    "third", "high", "low", "end", "full", "server", "client", "cloud", "open", "real", "long",
    "in", "on", "by", "two", "one", "three", "half", "peer", "same", "key",
];

/// What parts speak and are written in, which authors like to emphasise too.
const MEANS: &[&str] = &[
    "http",
    "https",
    "rest",
    "rest api",
    "restful api",
    "grpc",
    "graphql",
    "soap",
    "tcp",
    "udp",
    "ip",
    "tls",
    "mtls",
    "ssl",
    "ssh",
    "dns",
    "mqtt",
    "amqp",
    "json",
    "yaml",
    "xml",
    "csv",
    "avro",
    "protobuf",
    "sql",
    "html",
    "websocket",
    "websockets",
    "api",
    "apis",
    "cli",
    "gui",
    "oauth",
    "jwt",
    "go",
    "golang",
    "java",
    "python",
    "rust",
    "javascript",
    "typescript",
    "linux",
    "windows",
    "macos",
    "nat",
    "vpn",
];

/// Those of them that are parts of some systems too.
const PARTS: &[&str] = &[
    "dns", "api", "apis", "rest api", "cli", "gui", "nat", "vpn", "linux", "windows", "macos",
];

/// Whether a name is that of a protocol, format or language: what parts speak, never a part.
pub(super) fn is_protocol(name: &str) -> bool {
    let name = fold(name);
    MEANS.contains(&&*name) && !PARTS.contains(&&*name)
}

/// *Sampling*, *Logging*: whether a name is a word for what is done.
pub(super) fn is_doing(name: &str) -> bool {
    name.is_ascii() && !name.contains(' ') && name.len() > 6 && name.ends_with("ing")
}

/// Whether a word is written as identifiers of parts are: small Latin letters, digits and hyphens.
pub(super) fn is_identifier(word: &str) -> bool {
    let allowed = |character: char| {
        character.is_lowercase() || character.is_ascii_digit() || matches!(character, '-' | '_')
    };
    word.chars().count() > 1
        && word.starts_with(char::is_lowercase)
        && word.chars().all(allowed)
        && !word.ends_with(['-', '_'])
}

impl Note<'_> {
    /// Notes the emphasised names of the prose.
    pub(super) fn emphasised(&mut self) {
        let mut names: Vec<String> = Vec::new();
        let source = self.sources.get(self.id).text();
        let code_style = self.names_parts_in_code();
        for (at, block) in self.blocks.iter().enumerate() {
            if !matches!(block.kind, Kind::Item(_) | Kind::Paragraph) {
                continue;
            }
            for run in &block.runs {
                // Code in the middle of prose names events, fields and files more often than parts.
                let start = block.text.source(run.start);
                let before = start
                    .checked_sub(1)
                    .and_then(|at| source.as_bytes().get(at));
                let text = block.text.text.get(run.clone()).unwrap_or_default();
                let leads = block.kind == Kind::Paragraph
                    && self.terms[at]
                        .as_ref()
                        .is_some_and(|term| term.is_of_sentence() && term.range.start == run.start)
                    && is_identifier(text)
                    && (text.is_ascii() || !text.contains('-'))
                    && !MEANS.contains(&&*fold(text))
                    && self.book.known(text).is_none()
                    && !is_label(text, self.book.lexicons);
                if leads {
                    names.push(text.to_owned());
                    continue;
                }
                if before == Some(&b'`') {
                    if self.is_code_name(text, code_style) {
                        names.push(text.to_owned());
                    }
                    continue;
                }
                if let Some(name) = self.name_in_run(text) {
                    names.push(name);
                }
            }
        }
        names.extend(self.identifiers());
        // A name without an ending before the same with one.
        if self.lexicon.inflects {
            names.sort_by_key(|name| name.chars().count());
        }
        for name in names {
            if let Some(whole) = self.short_for(&name) {
                self.book.name(&name, whole);
            } else if !self.book.is_form(&name) {
                self.book.own(&name);
            }
        }
    }

    /// *Order*, where the note has an *Order service*: the one entity whose name goes on with a noun for parts.
    fn short_for(&self, name: &str) -> Option<usize> {
        let name = fold(name);
        let mut whole = self.book.continued(&name);
        let found = whole.find(|(rest, _)| self.is_kind(rest))?.1;
        whole
            .all(|(rest, other)| other == found || !self.is_kind(rest))
            .then_some(found)
    }

    /// Names that say of themselves that they are parts, though nothing sets them off: *billing-service*.
    fn identifiers(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for block in &self.blocks {
            let text = &block.text.text;
            if !matches!(block.kind, Kind::Item(_) | Kind::Paragraph) || !text.contains('-') {
                continue;
            }
            let words = text
                .split(|character: char| {
                    !(character.is_ascii_alphanumeric()
                        || matches!(character, '-' | '_' | '.' | '/'))
                })
                .filter(|word| word.contains('-'))
                .map(|word| word.trim_matches(['.', '-']));
            for word in words.filter(|word| word.contains('-') && is_identifier(word)) {
                let parts: Vec<&str> = word.split('-').collect();
                let first = parts.first().copied().unwrap_or_default();
                let (Some(last), true) = (parts.last(), parts.len() < 5) else {
                    continue;
                };
                // *Client-server* and *multi-node* say how something is built.
                let names = self.is_kind(last)
                    && !parts.iter().all(|part| self.is_kind(part))
                    && !MANNERS.contains(&first)
                    && !self.has(first, &[Role::Light, Role::Preposition, Role::Negation]);
                if names && self.book.known(word).is_none() {
                    found.insert(word.to_owned());
                }
            }
        }
        found
    }

    /// Whether the note sets the names of its parts in code: two entries of a list begin with such a name.
    fn names_parts_in_code(&self) -> bool {
        let source = self.sources.get(self.id).text().as_bytes();
        let in_code = |at: &usize| {
            let (block, term) = (&self.blocks[*at], &self.terms[*at]);
            let Some(term) = term
                .as_ref()
                .filter(|_| matches!(block.kind, Kind::Item(_) | Kind::Row | Kind::Definition))
            else {
                return false;
            };
            let start = block.text.source(term.range.start);
            start
                .checked_sub(1)
                .is_some_and(|before| source.get(before) == Some(&b'`'))
                && !term.is_of_sentence()
                && term.rest < block.text.text.trim_end().len()
                && block
                    .text
                    .text
                    .get(term.range.clone())
                    .is_some_and(is_identifier)
        };
        (1..self.blocks.len()).filter(in_code).count() >= 2
    }

    /// Whether a word set in code is the name of a part: it says so itself, or the note writes its parts like that.
    fn is_code_name(&self, word: &str, code_style: bool) -> bool {
        is_identifier(word)
            && !word.contains('_')
            && (code_style || word.contains('-') && self.says_kind(word))
            && self.book.known(word).is_none()
            && !MEANS.contains(&&*fold(word))
            && !is_label(word, self.book.lexicons)
            && !self.has(word, &[Role::Light, Role::Negation])
    }

    /// Whether the noun that says what is meant is a noun for parts: the last one, or the first where the language has it there.
    pub(super) fn ends_in_kind(&self, name: &str) -> bool {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').collect();
        let [own, english] = self.book.lexicons;
        let first_tells = own.code != english.code
            && words.first().is_some_and(|first| {
                own.phrases
                    .exact(first)
                    .any(|entry| entry.role == Role::Kind)
            });
        let last = words.last().copied().unwrap_or_default();
        first_tells || self.says_kind(last) || self.is_several_of_a_kind(last)
    }

    /// *Exporters*: a noun for parts in the plural.
    fn is_several_of_a_kind(&self, word: &str) -> bool {
        self.book.lexicons.iter().any(|lexicon| {
            let stems = lexicon.suffixes.iter();
            stems
                .filter_map(|ending| word.strip_suffix(ending.as_str()))
                .any(|stem| {
                    lexicon
                        .phrases
                        .exact(stem)
                        .any(|entry| entry.role == Role::Kind)
                })
        })
    }

    /// Whether a name ends, or begins, with a noun for parts: *order-service*, *servizio ordini*.
    pub(super) fn says_kind(&self, name: &str) -> bool {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').collect();
        // *Ordertjänsten*, *Mikrodienst*: a compound that ends with such a noun.
        let compound = words.last().is_some_and(|word| {
            let tail = |(at, _)| word.get(at..).filter(|tail| tail.chars().count() > 4);
            word.char_indices()
                .skip(3)
                .filter_map(tail)
                .any(|tail| self.is_kind(tail))
        });
        if compound {
            return true;
        }
        if words.len() < 2 && folded.is_ascii() {
            return self.is_kind(&folded);
        }
        let ends = [words.first(), words.last()]
            .into_iter()
            .flatten()
            .any(|word| self.is_kind(word));
        // Scripts without blanks: the noun is the end of the word.
        let tail = |lexicon: &&crate::read::prose::Lexicon| {
            lexicon.unspaced
                && folded.char_indices().skip(1).any(|(at, _)| {
                    folded.get(at..).is_some_and(|tail| {
                        lexicon
                            .phrases
                            .exact(tail)
                            .any(|entry| entry.role == Role::Kind)
                    })
                })
        };
        ends || self.book.lexicons.iter().any(tail)
    }

    /// A heading that is nothing but a noun for parts means the one part that is called so: *The daemon*, in a note about the Docker daemon.
    pub(super) fn bare_kinds(&mut self) {
        let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for at in 1..self.blocks.len() {
            let (Kind::Section(_), Meaning::Part(own), Some(term)) =
                (&self.blocks[at].kind, self.meanings[at], &self.terms[at])
            else {
                continue;
            };
            let text = self.blocks[at].text.text.get(term.range.clone());
            let name = text.unwrap_or_default().to_owned();
            let kind = self.book.strip(&fold(&name));
            if self.is_known(own) || kind.contains(' ') || !self.is_kind(&kind) {
                continue;
            }
            let part = *found
                .entry(kind.clone())
                .or_insert_with(|| self.book.one_of_kind(&kind, own));
            if let Some(part) = part.filter(|part| *part != own) {
                self.book.rename(&name, part);
                self.book.rename(&kind, part);
                self.meanings[at] = Meaning::Part(part);
            }
        }
    }

    fn is_kind(&self, word: &str) -> bool {
        self.has(word, &[Role::Kind])
    }

    /// The name that an emphasised run is, without the article before it.
    fn name_in_run(&self, run: &str) -> Option<String> {
        // What is quoted is a word of the system's, not a part of it.
        if run
            .trim_start()
            .starts_with(['"', '\'', '“', '„', '«', '‘'])
        {
            return None;
        }
        let run = run.trim_matches(|character: char| !character.is_alphanumeric());
        let short = run.split_whitespace().count() <= LONGEST + 1
            && (run.is_ascii() || run.chars().count() <= LONGEST_UNSPACED * 3);
        let signs = [':', ',', '.', '\u{2028}', '\u{fffc}', '(', '='];
        if !short || run.contains(signs) || self.waits(run) {
            return None;
        }
        let mut words: Vec<&str> = run.split_whitespace().collect();
        if words.len() > 1 && self.has(words[0], &[Role::Light]) {
            words.remove(0);
        }
        let name = words.join(" ");
        // *Sampling*, *Logging*: what is done, not who does it.
        if is_doing(&name) {
            return None;
        }
        let first = name.chars().next()?;
        let caseless = !first.is_uppercase() && !first.is_lowercase();
        let unspaced = name.chars().count() <= LONGEST_UNSPACED || !caseless;
        let looks = words.len() <= LONGEST
            && unspaced
            && (first.is_uppercase()
                || caseless && !first.is_numeric()
                // *jaeger-binary* is a file; identifiers of parts say so, and in plain letters.
                || (!name.contains('-') || name.is_ascii()) && self.says_kind(&name));
        if !looks {
            return None;
        }
        // *Order service*: with a noun for parts beside it, a word that may be a verb is none.
        let of_kind =
            words.len() > 1 && self.ends_in_kind(&name) && !is_deed(&name, self.book.lexicons);
        let spoken_for = words.iter().any(|word| {
            self.book.lexicons.iter().any(|lexicon| {
                lexicon.phrases.exact(&fold(word)).any(|entry| {
                    let harmless = match entry.role {
                        Role::Group
                        | Role::Generic
                        | Role::Preposition
                        | Role::Face
                        | Role::Content
                        | Role::Kind => true,
                        Role::Predicate(_) => of_kind,
                        _ => false,
                    };
                    !harmless && entry.rest.is_none()
                })
            })
        });
        let fits = !spoken_for
            && !MEANS.contains(&&*fold(&name))
            && !is_label(&name, self.book.lexicons)
            && !words.iter().any(|word| {
                self.book
                    .known(word)
                    .is_some_and(|known| self.book.is_object(known))
            })
            && self.book.known(&name).is_none();
        fits.then_some(name)
    }

    /// Whether a word has one of these uses.
    fn has(&self, word: &str, wanted: &[Role]) -> bool {
        let word = fold(word);
        self.book.lexicons.iter().any(|lexicon| {
            let mut entries = lexicon.phrases.exact(&word);
            entries.any(|entry| wanted.contains(&entry.role))
        })
    }
}
