//! A file as it is in a commit: the one place where a git of the user's is run, and only because the user named a revision.

use crate::app::error::Error;
use crate::app::files;
use crate::model::Source;
use std::io::Read;
use std::process::{Command, Stdio};

/// What git may say when it fails, in bytes.
const SAID: u64 = 4096;

/// Reads `REVISION:PATH`, the path from the root of the repository on, or from here where it begins with `./`.
#[expect(
    clippy::disallowed_methods,
    reason = "the user asked for a revision, which git alone can read"
)]
pub(super) fn show(object: &str, limit: usize) -> Result<Source, Error> {
    let name = format!("git:{object}");
    let fail = |cause: String| Error::Git {
        name: name.clone(),
        cause,
    };
    let (revision, path) = object
        .split_once(':')
        .ok_or_else(|| fail("a revision and a path are wanted, with a colon between".into()))?;
    // Git would take these for options.
    if revision.starts_with('-') || revision.is_empty() || path.is_empty() {
        return Err(fail("this is no revision and path".into()));
    }
    // `cat-file` writes the bytes as they are: no filter, pager or text conversion of the repository's runs.
    let mut child = Command::new("git")
        .args(["cat-file", "blob", object])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| fail(format!("git cannot be run: {cause}")))?;
    let text = match child.stdout.take() {
        Some(out) => files::read_from(out, &name, limit),
        None => Ok(String::new()),
    };
    if text.is_err() {
        // It may still want to write; nobody listens.
        let _ = child.kill();
    }
    let mut said = String::new();
    if let Some(errors) = child.stderr.take() {
        let _ = errors.take(SAID).read_to_string(&mut said);
    }
    let ended = child
        .wait()
        .map_err(|cause| fail(format!("git cannot be waited for: {cause}")))?;
    let text = text?;
    if !ended.success() {
        let line = said.lines().next().unwrap_or("git failed");
        return Err(fail(line.trim_start_matches("fatal: ").to_owned()));
    }
    Ok(Source::new(name, text))
}
