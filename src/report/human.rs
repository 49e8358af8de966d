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
    let mut places = Places {
        group: Group::with_title(title),
        columns: Vec::new(),
    };
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
        places.add(&near, sources);
        for label in far {
            places.add(&[label], sources);
        }
    } else if let Some(file) = &diagnostic.file
        && !diagnostic.message.contains(&**file)
    {
        places.group = places.group.element(Origin::path(clean(file)));
    }
    let Places { mut group, columns } = places;
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let renderer = if look.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&[group]);
    for (shown, true_one) in columns {
        text = text.replacen(&shown, &true_one, 1);
    }
    text.push_str("\n\n");
    text
}

/// The stretches that a diagnostic speaks of.
struct Places<'a> {
    group: Group<'a>,
    /// Places as the renderer counts them within a line that was cut, and as they are.
    columns: Vec<(String, String)>,
}

impl<'a> Places<'a> {
    /// Adds the lines that `labels` lie in; the first of them names the place.
    fn add(&mut self, labels: &[&'a Label], sources: &'a Sources) {
        let Some(first) = labels.first() else {
            return;
        };
        let spans: Vec<Span> = labels.iter().map(|label| label.span).collect();
        let source = sources.get(first.span.source);
        let name = clean(source.name());
        let found = window(source.text(), &spans);
        let before = found
            .ranges
            .first()
            .and_then(|range| found.text.get(..range.start))
            .and_then(|head| head.rsplit('\n').next())
            .map_or(0, |head| head.chars().count());
        let (line, column) = (first.span.line as usize, first.span.column as usize);
        if before + 1 != column {
            let shown = format!("{name}:{line}:{}", before + 1);
            self.columns
                .push((shown, format!("{name}:{line}:{column}")));
        }
        let mut snippet = Snippet::source(found.text)
            .line_start(found.line)
            .path(name);
        for (at, (label, range)) in labels.iter().zip(found.ranges).enumerate() {
            let kind = if at == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            snippet = snippet.annotation(kind.span(range).label(clean(&label.text)));
        }
        let group = std::mem::replace(&mut self.group, Group::with_level(Level::NOTE));
        self.group = group.element(snippet);
    }
}
