//! Diagnostics become text: for people, for programs, for the annotations of a code host. The table [`MESSAGE_FORMATS`], and a file an entry.

mod clean;
mod explain;
mod github;
mod human;
mod json;
mod sarif;
mod snippet;

pub use clean::{clean, clean_lines};
pub use explain::{Explanation, Proposal};

use crate::model::{Code, Diagnostic, Severity, Sources};

/// A form in which diagnostics are told.
#[derive(Debug, Clone, Copy)]
pub struct MessageFormat {
    /// Its name, for `--message-format`.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// Writes it.
    pub show: Show,
}

/// How diagnostics become text.
#[derive(Debug, Clone, Copy)]
pub enum Show {
    /// One by one.
    Each(fn(&Diagnostic, &Sources, Look) -> String),
    /// All in one document.
    All(fn(&[Diagnostic], &Sources) -> String),
}

/// What the place where it is shown can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether it knows colours.
    pub colour: bool,
    /// The most bytes that it may get.
    pub limit: Option<usize>,
}

/// Every form in which diagnostics are told. The first is for people.
pub const MESSAGE_FORMATS: &[MessageFormat] = &[
    MessageFormat {
        name: "human",
        about: "source lines with the words underlined",
        show: Show::Each(human::show),
    },
    MessageFormat {
        name: "json",
        about: "one object a line: for programs",
        show: Show::Each(json::show),
    },
    MessageFormat {
        name: "github",
        about: "workflow commands: annotations in a pull request",
        show: Show::Each(github::show),
    },
    MessageFormat {
        name: "sarif",
        about: "one SARIF 2.1.0 document: for code scanning",
        show: Show::All(sarif::show),
    },
];

/// The form of that name.
pub fn message_format(name: &str) -> Option<&'static MessageFormat> {
    MESSAGE_FORMATS.iter().find(|format| format.name == name)
}

/// Tells diagnostics. What does not fit the limit is counted in a last word.
pub fn show(
    format: &MessageFormat,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    look: Look,
) -> String {
    /// What the last word takes at most.
    const LAST_WORD: usize = 512;
    let limit = look.limit.unwrap_or(usize::MAX);
    match format.show {
        Show::All(show) => {
            let mut shown = diagnostics;
            loop {
                let text = show(shown, sources);
                if text.len() <= limit || shown.is_empty() {
                    return text;
                }
                shown = shown.get(..shown.len() / 2).unwrap_or_default();
            }
        }
        Show::Each(show) => {
            let mut text = String::new();
            for (at, diagnostic) in diagnostics.iter().enumerate() {
                let next = show(diagnostic, sources, look);
                let last = at + 1 == diagnostics.len();
                let room = if last { 0 } else { LAST_WORD };
                if text.len() + next.len() + room > limit {
                    let more = more(diagnostics.len() - at);
                    text.push_str(&show(&more, sources, look));
                    break;
                }
                text.push_str(&next);
            }
            text
        }
    }
}

/// The last word: how many are not shown.
fn more(count: usize) -> Diagnostic {
    let message = match count {
        1 => "1 more finding is not shown".to_owned(),
        _ => format!("{count} more findings are not shown"),
    };
    let mut diagnostic = Diagnostic::new(Code::Limit, message);
    diagnostic.severity = Severity::Note;
    diagnostic.help("mend the first ones; `k8sdiag check` writes all to standard output")
}

/// The word for a severity.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests;
