//! Diagnostics for people.

use crate::model::{Diagnostic, Severity, Sources};
use std::fmt::Write;

/// Diagnostics as text.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let _ = writeln!(
            text,
            "{severity}[{}]: {}",
            diagnostic.code.name(),
            diagnostic.message
        );
        if let Some(span) = diagnostic.span {
            let name = sources.get(span.source).name();
            let _ = writeln!(text, " --> {name}:{}:{}", span.line, span.column);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  = help: {help}");
        }
    }
    text
}
