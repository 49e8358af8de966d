//! An architecture as the diagram file that its author would write, in YAML.

use super::{Settings, file};
use crate::model::Architecture;
use crate::scene::Theme;
use crate::yaml;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, _theme: &Theme, _settings: &Settings) -> Vec<u8> {
    yaml::written(&file::terse(architecture)).into_bytes()
}
