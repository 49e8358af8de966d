//! An architecture, its evidence and its geometry in the schema of the diagram file, as JSON: what is written here can be read again.

use super::{Settings, file};
use crate::model::Architecture;
use crate::scene::Scene;

/// Writes the file.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, _settings: &Settings) -> Vec<u8> {
    // Writing plain values into memory cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&file::full(architecture, scene)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
