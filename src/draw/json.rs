//! An architecture, its evidence and its geometry in the schema of the diagram file, as JSON: what is written here can be read again.

use super::{Settings, file};
use crate::model::Architecture;
use crate::scene::Scene;
use std::fmt::Write;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, _settings: &Settings) -> Vec<u8> {
    // Writing plain values into memory cannot fail.
    let json = serde_json::to_string_pretty(&file::full(architecture, scene)).unwrap_or_default();
    let mut text = escaped(&json);
    text.push('\n');
    text.into_bytes()
}

/// The same JSON, with escapes for what turns text around or is no character: such may only stand within its strings.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            other => text.push(other),
        }
    }
    text
}
