//! Names that a note sets off by emphasis in the middle of its prose: *then **Filebeat** ships the lines*.
//!
//! They introduce nothing; but where a clause links them, they are its ends.

use super::Note;
use super::structure::Kind;
use super::term::is_label;
use crate::model::phrases::fold;
use crate::read::prose::Role;

/// Words that a name in the middle of prose may have.
const LONGEST: usize = 3;

/// Characters of such a name in a script without blanks.
const LONGEST_UNSPACED: usize = 12;

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

impl Note<'_> {
    /// Notes the emphasised names of the prose.
    pub(super) fn emphasised(&mut self) {
        let mut names: Vec<String> = Vec::new();
        let source = self.sources.get(self.id).text();
        for block in &self.blocks {
            if !matches!(block.kind, Kind::Item(_) | Kind::Paragraph) {
                continue;
            }
            for run in &block.runs {
                // Code in the middle of prose names events, fields and files more often than parts.
                let start = block.text.source(run.start);
                let before = start
                    .checked_sub(1)
                    .and_then(|at| source.as_bytes().get(at));
                if before == Some(&b'`') {
                    continue;
                }
                let text = block.text.text.get(run.clone()).unwrap_or_default();
                if let Some(name) = self.name_in_run(text) {
                    names.push(name);
                }
            }
        }
        for name in names {
            self.book.own(&name);
        }
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
        if !short || run.contains([':', ',', '.', '\u{2028}', '\u{fffc}', '(', '=']) {
            return None;
        }
        let mut words: Vec<&str> = run.split_whitespace().collect();
        if words.len() > 1 && self.has(words[0], &[Role::Light]) {
            words.remove(0);
        }
        let name = words.join(" ");
        let first = name.chars().next()?;
        let caseless = !first.is_uppercase() && !first.is_lowercase();
        let unspaced = name.chars().count() <= LONGEST_UNSPACED || !caseless;
        let spoken_for = words.iter().any(|word| {
            self.book.lexicons.iter().any(|lexicon| {
                lexicon.phrases.exact(&fold(word)).any(|entry| {
                    !matches!(entry.role, Role::Group | Role::Generic | Role::Preposition)
                        && entry.rest.is_none()
                })
            })
        });
        let fits = words.len() <= LONGEST
            && (first.is_uppercase() || caseless && !first.is_numeric())
            && unspaced
            && !spoken_for
            && !MEANS.contains(&fold(&name).as_str())
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
        self.book.lexicons.iter().any(|lexicon| {
            lexicon
                .phrases
                .exact(&fold(word))
                .any(|entry| wanted.contains(&entry.role))
        })
    }
}
