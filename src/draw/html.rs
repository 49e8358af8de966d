//! To come.
use super::Settings;
use crate::model::Architecture;
use crate::scene::Scene;
pub(super) fn draw(_: &Architecture, scene: &Scene, _: &Settings) -> Vec<u8> {
    scene.description.clone().into_bytes()
}
