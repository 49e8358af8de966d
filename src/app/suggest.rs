//! What may have been meant by the name of a file that is not there.

use super::gallery;
use crate::model::nearest;
use std::path::Path;

/// Entries of a folder that are looked at.
const MOST: usize = 2000;

/// A built-in diagram, or a file beside where `path` should be, whose name is nearest.
pub(super) fn input(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_none() {
        let diagrams = gallery::DIAGRAMS.iter().map(|(name, _)| *name);
        if let Some(name) = nearest(wanted, diagrams) {
            return Some(name.to_owned());
        }
    }
    let mut names: Vec<String> = super::files::names(folder.unwrap_or(Path::new(".")), MOST);
    names.sort_unstable();
    let found = nearest(wanted, names.iter().map(String::as_str))?;
    Some(match folder {
        Some(folder) => folder.join(found).to_string_lossy().into_owned(),
        None => found.to_owned(),
    })
}
