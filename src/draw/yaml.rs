//! An architecture as the diagram file that its author would write, in YAML.

use super::{Settings, file};
use crate::model::Architecture;
use crate::scene::{Theme, shown};
use crate::yaml;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, _theme: &Theme, _settings: &Settings) -> Vec<u8> {
    let written = yaml::written(&file::terse(architecture));
    let mut text = String::with_capacity(written.len());
    // The crate escapes control characters, but not what turns text around.
    for line in written.lines() {
        text.push_str(&shown(line));
        text.push('\n');
    }
    text.into_bytes()
}
