//! `k8sdiag mdbook`: a preprocessor of mdBook. A book comes in as JSON and goes out with pictures where its chapters ask for them.
//!
//! A chapter asks by a fenced `k8sdiag` block (a diagram file, or prose; an empty one stands for the chapter itself), or by the pair of comments that `build` knows.
//! Pictures stand in the page itself, on one line, so that no blank line ends their HTML. Nothing outside of the book's repository is read.

use super::build::markdown::{Stretch, stretches};
use super::build::pages;
use super::build::tree::{Tree, joined, slashed};
use super::build::words::{self, Words};
use super::error::Error;
use super::files;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::draw_sources;
use crate::model::{Code, Diagnostic, Severity, Source, Sources};
use crate::read::Limits;
use clap::{Args, Subcommand};
use serde_json::Value;
use std::fs;
use std::ops::Range;
use std::path::Path;

/// What `mdbook` takes.
#[derive(Debug, Args)]
pub(in crate::app) struct MdbookArguments {
    #[command(subcommand)]
    ask: Option<Ask>,
}

#[derive(Debug, Subcommand)]
enum Ask {
    /// Whether a renderer's books can have pictures: exit status 0 says yes.
    Supports {
        /// The renderer, as mdBook calls it.
        renderer: String,
    },
}

/// Renderers whose output is HTML in the end.
const RENDERERS: &[&str] = &["html", "markdown"];
/// Keys of `[preprocessor.k8sdiag]` that are mdBook's own.
const OWN: &[&str] = &[
    "command",
    "renderer",
    "renderers",
    "before",
    "after",
    "optional",
];

/// Answers mdBook.
pub(in crate::app) fn run(
    arguments: &MdbookArguments,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    if let Some(Ask::Supports { renderer }) = &arguments.ask {
        return Ok(if RENDERERS.contains(&renderer.as_str()) {
            Outcome::Fine
        } else {
            Outcome::Found
        });
    }
    let text = files::read_stdin(Limits::default().bytes)?;
    let mut whole: Value = serde_json::from_str(&text).map_err(|cause| Error::Book {
        cause: cause.to_string(),
    })?;
    let Some([context, book]) = whole.as_array_mut().map(Vec::as_mut_slice) else {
        return Err(Error::Book {
            cause: "a list of a context and a book is wanted".to_owned(),
        });
    };
    let mut binder = match Binder::new(context) {
        Ok(binder) => binder,
        Err(told) => {
            terminal.show(&[*told], &Sources::default());
            return Ok(Outcome::Refused);
        }
    };
    // mdBook 0.5 calls `items` what was called `sections`.
    let mut open: Vec<&mut Value> = Vec::new();
    if let Some(parts) = book.as_object_mut() {
        open.extend(
            parts
                .iter_mut()
                .filter(|(key, _)| matches!(key.as_str(), "items" | "sections"))
                .map(|(_, value)| value),
        );
    }
    while let Some(items) = open.pop() {
        for item in items.as_array_mut().into_iter().flatten() {
            let Some(chapter) = item.get_mut("Chapter").and_then(Value::as_object_mut) else {
                continue;
            };
            let path = chapter
                .get("path")
                .and_then(Value::as_str)
                .unwrap_or("chapter.md")
                .to_owned();
            if let Some(Value::String(content)) = chapter.get_mut("content") {
                *content = binder.chapter(&path, content, terminal);
            }
            open.extend(chapter.get_mut("sub_items"));
        }
    }
    if binder.failed {
        return Ok(Outcome::Refused);
    }
    terminal.print(&serde_json::to_vec(book).unwrap_or_default())?;
    Ok(Outcome::Fine)
}

/// Puts pictures into chapters.
struct Binder {
    tree: Tree,
    /// The folder of the chapters, from the root of the repository on.
    chapters: String,
    words: Words,
    failed: bool,
}

impl Binder {
    fn new(context: &Value) -> Result<Self, Box<Diagnostic>> {
        let root = context.get("root").and_then(Value::as_str).unwrap_or(".");
        let config = context.get("config");
        let own = config.and_then(|config| config.pointer("/preprocessor/k8sdiag"));
        let from = config
            .and_then(|config| config.pointer("/book/src"))
            .and_then(Value::as_str);
        let tree = Tree::around(Path::new(root))?;
        let real = fs::canonicalize(root).unwrap_or_default();
        let book = real
            .strip_prefix(tree.root())
            .map(slashed)
            .unwrap_or_default();
        let mut words = Words::from([("theme".to_owned(), "auto".to_owned())]);
        for (key, value) in own.and_then(Value::as_object).into_iter().flatten() {
            if OWN.contains(&key.as_str()) {
                continue;
            }
            let name = words::allowed(key).map_err(|(message, near)| {
                let told = Diagnostic::new(Code::UnknownKey, message).in_file("book.toml");
                Box::new(match near {
                    Some(near) => told.help(format!("did you mean `{near}`?")),
                    None => told,
                })
            })?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            words.insert(name, text);
        }
        Ok(Self {
            tree,
            chapters: joined(&book, from.unwrap_or("src")),
            words,
            failed: false,
        })
    }

    /// A chapter with its pictures.
    fn chapter(&mut self, path: &str, content: &str, terminal: &Terminal) -> String {
        if !content.contains("k8sdiag") {
            return content.to_owned();
        }
        let name = joined(&self.chapters, path);
        let (sources, id) = pages::source(&name, content);
        let page = pages::read(&sources, id);
        if !page.diagnostics.is_empty() {
            terminal.show(&page.diagnostics, &sources);
            self.failed = true;
        }
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for wish in &page.wishes {
            let Some(between) = wish.between.clone() else {
                continue;
            };
            let text = if wish.source == name {
                Ok(content.to_owned())
            } else {
                self.tree.input(&wish.source).and_then(|path| {
                    files::read(&path, Limits::default().bytes)
                        .map_err(|error| Box::new(error.told().0))
                })
            };
            match text {
                Ok(text) => {
                    let picture = self.picture((&wish.source, &text), &wish.words, terminal);
                    edits.push((between, format!("\n{picture}\n")));
                }
                Err(told) => {
                    terminal.show(&[*told], &Sources::default());
                    self.failed = true;
                }
            }
        }
        for stretch in stretches(content) {
            let Stretch::Fenced { whole, info, text } = stretch else {
                continue;
            };
            let words = match options(&info) {
                Ok(words) => words,
                Err(message) => {
                    let span = sources.span(id, whole);
                    let told = Diagnostic::new(Code::BadValue, message).at(span);
                    terminal.show(&[told], &sources);
                    self.failed = true;
                    continue;
                }
            };
            let picture = if text.trim().is_empty() {
                self.picture((&name, content), &words, terminal)
            } else {
                // Blank lines before it keep its lines those of the chapter; under a name without a known ending, its look says what it is.
                let before = content.get(..whole.start).unwrap_or_default();
                let text = "\n".repeat(before.matches('\n').count() + 1) + &text;
                self.picture((&format!("{name} (block)"), &text), &words, terminal)
            };
            edits.push((whole, format!("{picture}\n")));
        }
        edited(content, edits)
    }

    /// The picture of a text, as HTML on one line.
    fn picture(&mut self, (name, text): (&str, &str), own: &Words, terminal: &Terminal) -> String {
        let mut words = self.words.clone();
        words.extend(own.clone());
        words.insert("format".to_owned(), "svg".to_owned());
        let mut sources = Sources::default();
        sources.add(Source::new(name, text));
        let options = match words::options(&words, "picture.svg") {
            Ok(options) => options,
            Err(message) => {
                terminal.show(
                    &[Diagnostic::new(Code::BadValue, message).in_file(name)],
                    &sources,
                );
                self.failed = true;
                return String::new();
            }
        };
        let drawing = draw_sources(&sources, &options, &mut ());
        terminal.show(&drawing.diagnostics, &sources);
        self.failed |= drawing
            .diagnostics
            .iter()
            .any(|told| told.severity == Severity::Error);
        inline(&String::from_utf8_lossy(&drawing.bytes))
    }
}

/// An SVG as a part of a chapter: on one line, never broader than the page, and without what mdBook's own preprocessors would take for a wish to include a file.
fn inline(svg: &str) -> String {
    let svg = svg
        .replace(">\n", ">")
        .replace('\n', "&#10;")
        .replace("{{", "&#123;&#123;");
    let svg = svg.replacen("<svg ", "<svg style=\"max-width:100%;height:auto\" ", 1);
    format!("<div class=\"k8sdiag\">{svg}</div>")
}

/// The options after the language of a block: `theme=dark, fit=16:9`.
fn options(info: &str) -> Result<Words, String> {
    let mut words = Words::new();
    for word in info.split([' ', ',']).filter(|word| !word.is_empty()) {
        let (name, value) = word.split_once('=').unwrap_or((word, "true"));
        let name = words::allowed(name).map_err(|(message, _)| message)?;
        words.insert(name, value.to_owned());
    }
    Ok(words)
}

fn edited(content: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut copied = 0;
    for (range, text) in edits {
        if range.start < copied {
            continue;
        }
        out.push_str(content.get(copied..range.start).unwrap_or_default());
        out.push_str(&text);
        copied = range.end;
    }
    out.push_str(content.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_one_line_of_the_width_of_the_page_and_includes_nothing() {
        let html = inline("<svg id=\"a\">\n<title>{{#include x}}\n{{{</title>\n</svg>\n");
        assert!(!html.contains('\n') && !html.contains("{{"), "{html}");
        assert!(html.contains("&#123;&#123;#include x}}&#10;"), "{html}");
        assert!(
            html.starts_with(
                "<div class=\"k8sdiag\"><svg style=\"max-width:100%;height:auto\" id="
            )
        );
    }
}
