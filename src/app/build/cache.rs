//! What was drawn from what: `.k8sdiag/build.json` at the root of the repository. It may be deleted, kept or carried from one CI run to the next; it decides
//! only whether something is drawn again, never what.

use super::hash::hash;
use super::plan::{Job, Plan};
use super::tree::Tree;
use crate::app::files;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Its place, from the root on.
const PLACE: &str = ".k8sdiag/build.json";
/// Keeps git from looking at the folder, as other tools' caches do.
const IGNORE: &str = ".k8sdiag/.gitignore";
/// The version of its form.
const VERSION: u32 = 1;
/// Bytes that it may have.
const BYTES: usize = 64 << 20;

/// What was drawn from what.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Cache {
    version: u32,
    /// By the output, from the root on.
    pub(super) outputs: BTreeMap<String, Drawn>,
}

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Drawn {
    /// The hash of all that it was drawn from.
    pub(super) from: String,
    /// The hash of its bytes.
    pub(super) bytes: String,
    /// Whether there was something to complain of.
    #[serde(default)]
    pub(super) warned: bool,
}

impl Cache {
    /// One that holds these.
    pub(super) fn with(outputs: BTreeMap<String, Drawn>) -> Self {
        Self {
            version: VERSION,
            outputs,
        }
    }

    /// Reads it; an empty one where there is none, or it is of another version.
    pub(super) fn read(tree: &Tree) -> Self {
        let text = tree
            .input(PLACE)
            .ok()
            .and_then(|path| files::contents(&path, BYTES));
        let cache: Option<Self> = text.and_then(|text| serde_json::from_slice(&text).ok());
        cache
            .filter(|cache| cache.version == VERSION)
            .unwrap_or_else(|| Self::with(BTreeMap::new()))
    }

    /// Writes it. A tree that cannot be written to has no cache, and all else works.
    pub(super) fn write(&self, tree: &Tree) {
        let (Ok(place), Ok(ignore)) = (tree.output(PLACE), tree.output(IGNORE)) else {
            return;
        };
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        let _ = files::folders(&place)
            .and_then(|()| files::write(&ignore, b"*\n", &[]))
            .and_then(|_| files::write(&place, &text, &[]));
    }
}

/// The hash of all that a job's picture is drawn from: this program, the options, the names and texts of the inputs.
pub(super) fn key(job: &Job, plan: &Plan, program: &str) -> String {
    let mut text = format!("{program}\n{}\n", job.options.format.name);
    for (name, value) in &job.words {
        let _ = writeln!(text, "{name:?}={value:?}");
    }
    // A theme of the configuration keeps its name when its colours change.
    if let Some(theme) = &job.options.theme {
        let _ = writeln!(text, "{theme:?}");
    }
    for input in &job.inputs {
        let body = plan.texts.get(input).map_or("", |text| &**text);
        let _ = writeln!(text, "{input:?} {}", hash(body.as_bytes()));
    }
    hash(text.as_bytes())
}

/// Names this program: its version, and the size and age of its file, so that a new one draws anew.
pub(super) fn program() -> String {
    let own = std::env::current_exe().ok();
    let about = own.and_then(|path| std::fs::metadata(path).ok());
    let size = about.as_ref().map_or(0, std::fs::Metadata::len);
    let age = about
        .and_then(|about| about.modified().ok())
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |age| age.as_nanos());
    format!("{} {size} {age}", env!("CARGO_PKG_VERSION"))
}
