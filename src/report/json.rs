//! Diagnostics for programs: one JSON object a line.

use super::clean::clean_json;
use super::{Look, word};
use crate::model::{Diagnostic, Sources, Span};
use serde::Serialize;

/// A diagnostic as it is written. The names of the fields are an interface.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
}

/// Lines and columns count from 1, columns in characters; the end is one past the last character.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
}

impl<'a> Place<'a> {
    /// The place of a span.
    pub(super) fn of(span: &Span, sources: &'a Sources) -> Self {
        let source = sources.get(span.source);
        let (first, from) = source.place(span.start);
        let (last, to) = source.place(span.end);
        // The text may be an excerpt: then the span knows the line, and the text only how many lines it goes on.
        let lines = last.saturating_sub(first);
        let end_column = if lines == 0 {
            span.column + to.saturating_sub(from)
        } else {
            to
        };
        Self {
            file: Some(source.name()),
            line: Some(span.line),
            column: Some(span.column),
            end_line: Some(span.line + lines),
            end_column: Some(end_column),
        }
    }

    /// The place of a diagnostic, as far as it has one.
    pub(super) fn of_diagnostic(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        match &diagnostic.span {
            Some(span) => Self::of(span, sources),
            None => Self {
                file: diagnostic.file.as_deref(),
                ..Self::default()
            },
        }
    }
}

/// One line.
pub(super) fn show(diagnostic: &Diagnostic, sources: &Sources, _: Look) -> String {
    let row = Row {
        code: diagnostic.code.name(),
        severity: word(diagnostic.severity),
        message: &diagnostic.message,
        place: Place::of_diagnostic(diagnostic, sources),
        label: &diagnostic.label,
        related: diagnostic
            .related
            .iter()
            .map(|label| Related {
                place: Place::of(&label.span, sources),
                label: &label.text,
            })
            .collect(),
        help: diagnostic.help.as_deref(),
    };
    let mut json = clean_json(&serde_json::to_string(&row).unwrap_or_default());
    json.push('\n');
    json
}
