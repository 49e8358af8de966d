//! Diagnostics for people, as rustc prints them: the source line, and the words underlined.

use super::clean::clean;
use super::snippet::{together, window};
use super::{Look, word};
use crate::model::{Diagnostic, Label, Severity, Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// One diagnostic, and an empty line after it.
pub(super) fn show(diagnostic: &Diagnostic, sources: &Sources, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .with_name(word(diagnostic.severity))
        .primary_title(clean(&diagnostic.message))
        .id(diagnostic.code.name());
    let primary = diagnostic.span.map(|span| Label {
        span,
        text: diagnostic.label.clone(),
    });
    let mut group = Group::with_title(title);
    if let Some(primary) = &primary {
        let mut near = vec![primary];
        let mut far = Vec::new();
        for label in &diagnostic.related {
            if together(&primary.span, &label.span) {
                near.push(label);
            } else {
                far.push(label);
            }
        }
        group = place(group, &near, sources);
        for label in far {
            group = place(group, &[label], sources);
        }
    } else if let Some(file) = &diagnostic.file {
        group = group.element(Origin::path(clean(file)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let renderer = if look.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&[group]);
    text.push_str("\n\n");
    text
}

/// Adds the lines that `labels` lie in; the first of them names the place.
fn place<'a>(group: Group<'a>, labels: &[&'a Label], sources: &'a Sources) -> Group<'a> {
    let Some(first) = labels.first() else {
        return group;
    };
    let spans: Vec<Span> = labels.iter().map(|label| label.span).collect();
    let source = sources.get(first.span.source);
    let found = window(source.text(), &spans);
    let mut snippet = Snippet::source(found.text).line_start(found.line);
    for (at, (label, range)) in labels.iter().zip(found.ranges).enumerate() {
        let kind = if at == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        snippet = snippet.annotation(kind.span(range).label(clean(&label.text)));
    }
    let origin = Origin::path(clean(source.name()))
        .line(first.span.line as usize)
        .char_column(first.span.column as usize);
    group.element(origin).element(snippet)
}
