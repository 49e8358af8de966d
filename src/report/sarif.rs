//! Diagnostics as a document of SARIF 2.1.0 (OASIS standard of March 2020), which code scanning services take in.

use super::clean::clean_json;
use super::json::Place;
use crate::model::{Code, Diagnostic, Severity, Sources};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The whole document. Columns count characters, as everywhere here.
pub(super) fn show(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let used: BTreeSet<Code> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    let used: Vec<Code> = used.into_iter().collect();
    let rules: Vec<Value> = used
        .iter()
        .map(|code| {
            json!({
                "id": code.name(),
                "shortDescription": {"text": code.about()},
                "defaultConfiguration": {"level": level(code.severity())},
            })
        })
        .collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, &used, sources))
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "k8sdiag",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = clean_json(&serde_json::to_string_pretty(&document).unwrap_or_default());
    text.push('\n');
    text
}

fn result(diagnostic: &Diagnostic, rules: &[Code], sources: &Sources) -> Value {
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        let _ = write!(message, "\n{help}");
    }
    let mut object = Map::new();
    object.insert("ruleId".into(), json!(diagnostic.code.name()));
    if let Some(at) = rules.iter().position(|code| *code == diagnostic.code) {
        object.insert("ruleIndex".into(), json!(at));
    }
    object.insert("level".into(), json!(level(diagnostic.severity)));
    object.insert("message".into(), json!({"text": message}));
    let place = Place::of_diagnostic(diagnostic, sources);
    if place.file.is_some() {
        object.insert("locations".into(), json!([location(&place, None, None)]));
    }
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .enumerate()
        .map(|(at, label)| {
            location(
                &Place::of(&label.span, sources),
                Some(at),
                Some(&label.text),
            )
        })
        .collect();
    if !related.is_empty() {
        object.insert("relatedLocations".into(), Value::Array(related));
    }
    Value::Object(object)
}

fn location(place: &Place<'_>, id: Option<usize>, text: Option<&str>) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(place.file.unwrap_or_default())}});
    if let (Some(line), Some(column)) = (place.line, place.column) {
        physical["region"] = json!({
            "startLine": line,
            "startColumn": column,
            "endLine": place.end_line.unwrap_or(line),
            "endColumn": place.end_column.unwrap_or(column),
        });
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(id) = id {
        location["id"] = json!(id);
    }
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        location["message"] = json!({ "text": text });
    }
    location
}

/// A file name as a URI reference (RFC 3986): relative to where the command ran, or absolute.
fn uri(name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut out = String::new();
    if name.starts_with('/') {
        out.push_str("file://");
    }
    for byte in name.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
