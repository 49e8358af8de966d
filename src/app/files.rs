//! Reading with a bound, writing beside and renaming: the only file that touches files.

use super::error::Error;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Reads a text of at most `limit` bytes.
pub(super) fn read(path: &Path, limit: usize) -> Result<String, Error> {
    text(read_bytes(path, limit)?, &path.to_string_lossy())
}

/// Reads at most `limit` bytes.
pub(super) fn read_bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let fail = |cause| Error::Read {
        path: path.to_owned(),
        cause,
    };
    let file = File::open(path).map_err(fail)?;
    let about = file.metadata().map_err(fail)?;
    if about.is_dir() {
        return Err(Error::Folder {
            path: path.to_owned(),
        });
    }
    let name = path.to_string_lossy();
    if about.is_file() && about.len() > limit as u64 {
        return Err(Error::TooLarge {
            name: name.into_owned(),
            limit,
        });
    }
    bounded(file, &name, limit, &fail)
}

/// Reads standard input, at most `limit` bytes.
pub(super) fn read_stdin(limit: usize) -> Result<String, Error> {
    let name = "<stdin>";
    let fail = |cause| Error::Read {
        path: PathBuf::from(name),
        cause,
    };
    text(bounded(io::stdin().lock(), name, limit, &fail)?, name)
}

/// Reads until the end, or one byte past `limit`: an endless input is refused early.
fn bounded(
    from: impl Read,
    name: &str,
    limit: usize,
    fail: &dyn Fn(io::Error) -> Error,
) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let most = limit as u64 + 1;
    from.take(most).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() > limit {
        return Err(Error::TooLarge {
            name: name.to_owned(),
            limit,
        });
    }
    Ok(bytes)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..good]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        Error::Encoding {
            name: name.to_owned(),
            line: lines + 1,
        }
    })
}

/// Whether a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It is new, or has new content.
    New,
    /// It held these bytes already, and keeps its time stamp.
    Same,
}

/// Replaces the file at `path`: it is the old one or the new one, whole, at every moment.
pub(super) fn write(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<Written, Error> {
    let fail = |cause| Error::Write {
        path: path.to_owned(),
        cause,
    };
    if let Ok(about) = fs::symlink_metadata(path) {
        let kind = about.file_type();
        let what = if kind.is_symlink() {
            Some("a symbolic link")
        } else if kind.is_dir() {
            Some("a folder")
        } else if kind.is_file() {
            None
        } else {
            Some("a device")
        };
        if let Some(what) = what {
            return Err(Error::NotAFile {
                path: path.to_owned(),
                what,
            });
        }
        let own = fs::canonicalize(path).map_err(fail)?;
        if inputs
            .iter()
            .any(|input| fs::canonicalize(input).is_ok_and(|input| input == own))
        {
            return Err(Error::OverInput {
                path: path.to_owned(),
            });
        }
        if about.len() == bytes.len() as u64 && holds(path, bytes) {
            return Ok(Written::Same);
        }
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".k8sdiag-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The umask takes off what it should.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut beside = builder.tempfile_in(folder).map_err(fail)?;
    beside.write_all(bytes).map_err(fail)?;
    beside.as_file().sync_data().map_err(fail)?;
    beside.persist(path).map_err(|error| fail(error.error))?;
    Ok(Written::New)
}

/// Whether the file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let mut old = Vec::with_capacity(bytes.len());
    file.take(bytes.len() as u64 + 1)
        .read_to_end(&mut old)
        .is_ok()
        && old == bytes
}
