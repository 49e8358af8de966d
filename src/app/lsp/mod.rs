//! `k8sdiag lsp`: a language server over standard input and output, for notes and diagram files.
//!
//! Each open document is read by itself. What a request needs is read anew from its text: that takes a millisecond, and cannot be stale.

mod answer;
mod place;
mod wire;

use super::error::Error;
use super::outcome::Outcome;
use crate::model::{Severity, Source, SourceId, Sources};
use crate::read::Limits;
use crate::{check, read, resolve};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An open document.
#[derive(Debug, Default)]
struct Document {
    text: String,
    /// Ids of the last text that could be read, each with its label, and whether it is a group: completion works while the text is broken.
    ids: Vec<(String, String, bool)>,
}

/// What the server knows.
#[derive(Debug, Default)]
struct Server {
    documents: BTreeMap<String, Document>,
    asked_to_stop: bool,
}

/// A document as it was read.
pub(super) struct Read {
    sources: Sources,
    id: SourceId,
    readings: Vec<crate::model::Reading>,
    resolved: resolve::Resolved,
}

/// Serves until the editor says `exit`, or goes away.
pub(in crate::app) fn run() -> Result<Outcome, Error> {
    let mut server = Server::default();
    let mut input = io::stdin().lock();
    while let Some(message) = wire::read(&mut input).map_err(Error::Stdin)? {
        let Ok(message) = serde_json::from_slice::<Value>(&message) else {
            let error = json!({"code": -32700, "message": "this is no JSON"});
            wire::write(&json!({"jsonrpc": "2.0", "id": null, "error": error}))
                .map_err(Error::Stdout)?;
            continue;
        };
        if message.get("method").and_then(Value::as_str) == Some("exit") {
            break;
        }
        let out = catch_unwind(AssertUnwindSafe(|| server.take(&message)));
        for message in out.unwrap_or_else(|_| broken(&message)) {
            wire::write(&message).map_err(Error::Stdout)?;
        }
    }
    Ok(if server.asked_to_stop {
        Outcome::Fine
    } else {
        Outcome::Found
    })
}

fn broken(message: &Value) -> Vec<Value> {
    let error =
        json!({"code": -32603, "message": "an invariant of k8sdiag is broken: please report it"});
    let id = message.get("id").filter(|id| !id.is_null());
    id.map(|id| json!({"jsonrpc": "2.0", "id": id, "error": error}))
        .into_iter()
        .collect()
}

impl Server {
    /// Takes a message; gives what is to be sent.
    fn take(&mut self, message: &Value) -> Vec<Value> {
        let method = message
            .get("method")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let nothing = Value::Null;
        let given = message.get("params").unwrap_or(&nothing);
        let Some(id) = message.get("id") else {
            return self.note(method, given);
        };
        if method.is_empty() {
            // An answer to something; we ask nothing.
            return Vec::new();
        }
        let result = match method {
            "initialize" => Some(capabilities()),
            "shutdown" => {
                self.asked_to_stop = true;
                Some(Value::Null)
            }
            "textDocument/hover" => Some(self.at(given, answer::hover)),
            "textDocument/definition" => Some(self.at(given, answer::definition)),
            "textDocument/completion" => Some(self.completion(given)),
            _ => None,
        };
        vec![match result {
            Some(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
            None => {
                json!({"jsonrpc": "2.0", "id": id, "error": {"code": -32601, "message": "no such method"}})
            }
        }]
    }

    /// Takes a notification.
    fn note(&mut self, method: &str, given: &Value) -> Vec<Value> {
        let Some(uri) = given.pointer("/textDocument/uri").and_then(Value::as_str) else {
            return Vec::new();
        };
        match method {
            "textDocument/didOpen" => {
                let text = given.pointer("/textDocument/text").and_then(Value::as_str);
                self.changed(uri, text.unwrap_or_default())
            }
            "textDocument/didChange" => {
                let changes = given.get("contentChanges").and_then(Value::as_array);
                let last = changes.and_then(|changes| changes.last()?.get("text")?.as_str());
                last.map(|text| self.changed(uri, text)).unwrap_or_default()
            }
            "textDocument/didClose" => {
                self.documents.remove(uri);
                vec![published(uri, &[])]
            }
            _ => Vec::new(),
        }
    }

    fn changed(&mut self, uri: &str, text: &str) -> Vec<Value> {
        let document = self.documents.entry(uri.to_owned()).or_default();
        text.clone_into(&mut document.text);
        let read = understood(uri, text);
        let architecture = &read.resolved.architecture;
        let broken = read
            .resolved
            .diagnostics
            .iter()
            .any(|told| told.severity == Severity::Error);
        if !broken || architecture.part_count() > document.ids.len() {
            document.ids = architecture
                .parts()
                .map(|(_, part)| (part.id.to_string(), part.label.clone(), part.is_group()))
                .collect();
        }
        let mut told = read.resolved.diagnostics.clone();
        if !broken {
            told.extend(check::check(architecture, resolve::knowledge::builtin()));
        }
        let all: Vec<Value> = told
            .iter()
            .map(|told| answer::diagnostic(told, &read, uri))
            .collect();
        vec![published(uri, &all)]
    }

    fn at(&self, given: &Value, answer: fn(&Read, usize, &str) -> Value) -> Value {
        let uri = given
            .pointer("/textDocument/uri")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(document) = self.documents.get(uri) else {
            return Value::Null;
        };
        let offset = place::offset(
            &document.text,
            given.get("position").unwrap_or(&Value::Null),
        );
        answer(&understood(uri, &document.text), offset, uri)
    }

    fn completion(&self, given: &Value) -> Value {
        let uri = given
            .pointer("/textDocument/uri")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(document) = self.documents.get(uri) else {
            return json!([]);
        };
        let offset = place::offset(
            &document.text,
            given.get("position").unwrap_or(&Value::Null),
        );
        answer::completion(&document.text, offset, &document.ids)
    }
}

/// Reads a document.
fn understood(uri: &str, text: &str) -> Read {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(place::name(uri), text));
    let knowledge = resolve::knowledge::builtin();
    let readings = read::read(&sources, knowledge, &Limits::default());
    let resolved = resolve::resolve(&sources, &readings, knowledge);
    Read {
        sources,
        id,
        readings,
        resolved,
    }
}

fn published(uri: &str, diagnostics: &[Value]) -> Value {
    json!({
        "jsonrpc": "2.0",
        "method": "textDocument/publishDiagnostics",
        "params": {"uri": uri, "diagnostics": diagnostics},
    })
}

fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": true, "change": 1},
            "hoverProvider": true,
            "definitionProvider": true,
            "completionProvider": {"triggerCharacters": [":", " "]},
        },
        "serverInfo": {"name": "k8sdiag", "version": env!("CARGO_PKG_VERSION")},
    })
}
