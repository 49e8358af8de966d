//! What an editor asks about a document, answered from what was read of it.

use super::{Read, place};
use crate::model::{Diagnostic, Evidence, Severity, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// Lines of a hover.
const LINES: usize = 20;
/// Keys of a diagram file whose value is the id of any part.
const ENDS: &[&str] = &["from", "to", "subject", "object"];
/// Keys of a diagram file whose value is the id of a group.
const HOLDERS: &[&str] = &["group", "parent"];

/// A diagnostic as editors show it.
pub(super) fn diagnostic(told: &Diagnostic, read: &Read, uri: &str) -> Value {
    let text = read.sources.get(read.id).text();
    let range = |span: &Span| place::range(text, &(span.start..span.end));
    let mut message = told.message.clone();
    if !told.label.is_empty() {
        let _ = write!(message, ": {}", told.label);
    }
    if let Some(help) = &told.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let related: Vec<Value> = told
        .related
        .iter()
        .map(|label| json!({"location": {"uri": uri, "range": range(&label.span)}, "message": label.text}))
        .collect();
    json!({
        "range": told.span.as_ref().map_or_else(|| place::range(text, &(0..0)), range),
        "severity": match told.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Note => 3,
        },
        "code": told.code.name(),
        "source": "k8sdiag",
        "message": message,
        "relatedInformation": related,
    })
}

/// What was read from the words at `offset`, or why nothing was.
pub(super) fn hover(read: &Read, offset: usize, _uri: &str) -> Value {
    let whole = &read.resolved.architecture;
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut narrowest: Option<Span> = None;
    let mut take = |evidence: &[Evidence], line: &dyn Fn(&Evidence) -> String| {
        for one in evidence {
            let Some(span) = one.span().filter(|span| holds(span, offset)) else {
                continue;
            };
            let width = span.end - span.start;
            if narrowest.is_none_or(|old| width < old.end - old.start) {
                narrowest = Some(span);
            }
            lines.push((width, line(one)));
            break;
        }
    };
    for (_, part) in whole.parts() {
        let sort = if part.is_group() {
            "group"
        } else {
            "component"
        };
        take(&part.evidence, &|_| format!("{sort} {}", code(&part.label)));
    }
    for (_, from, to, link) in whole.links() {
        let (from, to) = (&whole.part(from).label, &whole.part(to).label);
        take(&link.evidence, &|one| {
            let mut line = format!("link {} → {}: {}", code(from), code(to), link.kind.name());
            if let Some(label) = &link.label {
                let _ = write!(line, ", {}", code(label));
            }
            if let Some(pattern) = &one.pattern {
                let _ = write!(line, " (read by {})", code(pattern));
            }
            line
        });
    }
    for rule in &whole.rules {
        let end =
            |end: Option<_>| end.map_or("others".to_owned(), |end| code(&whole.part(end).label));
        let line = format!(
            "rule {}: {}, {}",
            rule.kind.name(),
            end(rule.subject),
            end(rule.object)
        );
        take(&rule.evidence, &|_| line.clone());
    }
    let mut text = String::new();
    if !lines.is_empty() {
        text.push_str("Read from these words:\n");
        for (_, line) in lines.iter().take(LINES) {
            let _ = writeln!(text, "- {line}");
        }
    }
    let unread = read.readings.iter().flat_map(|reading| &reading.unread);
    for one in unread.filter(|one| holds(&one.span, offset)) {
        let _ = writeln!(
            text,
            "\nThis sentence names {} and gave no link: {}",
            names(&one.names),
            one.why
        );
        narrowest.get_or_insert(one.span);
    }
    let Some(span) = narrowest else {
        return Value::Null;
    };
    let document = read.sources.get(read.id).text();
    json!({
        "contents": {"kind": "markdown", "value": text},
        "range": place::range(document, &(span.start..span.end)),
    })
}

fn holds(span: &Span, offset: usize) -> bool {
    span.start <= offset && offset < span.end.max(span.start + 1)
}

fn names(names: &[String]) -> String {
    names
        .iter()
        .map(|name| code(name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A code span that nothing in it can end.
fn code(text: &str) -> String {
    format!("`{}`", text.replace(['`', '\n', '\r'], "'"))
}

/// Where the component or group at `offset` is introduced.
pub(super) fn definition(read: &Read, offset: usize, uri: &str) -> Value {
    let text = read.sources.get(read.id).text();
    let start = text
        .get(..offset)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = text
        .get(offset..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |at| offset + at);
    let line = text.get(start..end).unwrap_or_default();
    let folded = lower(line);
    let mut best: Option<(usize, Span)> = None;
    for (_, part) in read.resolved.architecture.parts() {
        let Some(span) = part.evidence.iter().find_map(Evidence::span) else {
            continue;
        };
        let names = part
            .aliases
            .iter()
            .map(String::as_str)
            .chain([part.label.as_str(), &*part.id]);
        for name in names.map(lower).filter(|name| !name.is_empty()) {
            let here = folded
                .match_indices(&name)
                .any(|(at, _)| start + at <= offset && offset <= start + at + name.len());
            if here && best.is_none_or(|(length, _)| name.len() > length) {
                best = Some((name.len(), span));
            }
        }
    }
    match best {
        Some((_, span)) => {
            json!({"uri": uri, "range": place::range(text, &(span.start..span.end))})
        }
        None => Value::Null,
    }
}

/// Small letters, byte for byte where they stood: a letter whose small form has another length stays.
fn lower(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let mut small = letter.to_lowercase();
            match (small.next(), small.next()) {
                (Some(only), None) if only.len_utf8() == letter.len_utf8() => only,
                _ => letter,
            }
        })
        .collect()
}

/// Ids that may stand at `offset` of a diagram file.
pub(super) fn completion(text: &str, offset: usize, ids: &[(String, String, bool)]) -> Value {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let Some((head, typed)) = line.rsplit_once(':') else {
        return json!([]);
    };
    let key = head
        .rsplit(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    // A value that is finished already is followed by something else.
    let finished =
        typed.contains([',', '}', '"', '\'']) && !typed.trim_start().starts_with(['"', '\'']);
    let groups_only = HOLDERS.contains(&key);
    if finished || !groups_only && !ENDS.contains(&key) {
        return json!([]);
    }
    let items = ids
        .iter()
        .filter(|(_, _, is_group)| *is_group || !groups_only);
    let items: Vec<Value> = items
        .map(|(id, label, is_group)| {
            json!({
                "label": id,
                // Of the kinds that editors have an icon for: a module, a variable.
                "kind": if *is_group { 9 } else { 6 },
                "detail": label,
            })
        })
        .collect();
    json!(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_offered_where_an_id_may_stand() {
        let ids = [
            ("etcd".to_owned(), "etcd".to_owned(), false),
            ("plane".to_owned(), "Plane".to_owned(), true),
        ];
        let offered = |text: &str| completion(text, text.len(), &ids).as_array().unwrap().len();
        assert_eq!(offered("links:\n  - from: "), 2);
        assert_eq!(offered("links: [{from: etcd, to: et"), 2);
        assert_eq!(offered("components:\n  - id: x\n    group: "), 1);
        assert_eq!(offered("links: [{from: etcd, "), 0);
        assert_eq!(offered("title: "), 0);
        assert_eq!(offered("{\"from\": \"e"), 2);
        assert_eq!(offered(""), 0);
    }
}
