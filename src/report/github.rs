//! Diagnostics as workflow commands of GitHub Actions, which shows them as annotations in a pull request.

use super::Look;
use super::clean::clean;
use super::json::Place;
use crate::model::{Diagnostic, Severity, Sources};
use std::fmt::Write;

/// One workflow command.
pub(super) fn show(diagnostic: &Diagnostic, sources: &Sources, _: Look) -> String {
    let command = match diagnostic.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = Place::of_diagnostic(diagnostic, sources);
    let mut text = format!("::{command} ");
    if let Some(file) = place.file {
        let _ = write!(text, "file={},", property(file));
    }
    let numbers = [
        ("line", place.line),
        ("endLine", place.end_line),
        ("col", place.column),
        ("endColumn", place.end_column),
    ];
    for (key, number) in numbers {
        if let Some(number) = number {
            let _ = write!(text, "{key}={number},");
        }
    }
    let _ = write!(text, "title={}::", property(diagnostic.code.name()));
    text.push_str(&data(&diagnostic.message));
    for label in &diagnostic.related {
        let place = Place::of(&label.span, sources);
        let file = place.file.unwrap_or_default();
        let at = format!("{file}:{}:{}", label.span.line, label.span.column);
        let _ = write!(text, "%0A{}: {}", data(&at), data(&label.text));
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "%0Ahelp: {}", data(help));
    }
    text.push('\n');
    text
}

/// A message: what would end it is escaped.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25")
}

/// A property: what would end it, or begin the next one, is escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
