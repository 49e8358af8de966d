//! Reading with a bound, writing beside and renaming: the only file that touches files.

use super::error::Error;
use super::interrupt::Window;
use crate::font::Reader;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are written between two looks at whether the user wants to stop.
const PIECE: usize = 1 << 20;

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
    let file = match File::open(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            return Err(Error::NoFile {
                path: path.to_owned(),
                near: super::suggest::input(path),
            });
        }
        other => other.map_err(fail)?,
    };
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

/// Reads what a stream of that name holds, at most `limit` bytes.
pub(super) fn read_from(stream: impl Read, name: &str, limit: usize) -> Result<String, Error> {
    let fail = |cause| Error::Read {
        path: PathBuf::from(name),
        cause,
    };
    text(bounded(stream, name, limit, &fail)?, name)
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
    if is_utf16(&bytes) {
        return Err(Error::Utf16 {
            name: name.to_owned(),
        });
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        bad_byte(name, error.as_bytes(), good)
    })
}

/// Whether a text looks like UTF-16: by its byte order mark, or because every second byte of its start is zero, which no text in UTF-8 has.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => {
            let little = *a != 0 && *b == 0 && *c != 0 && *d == 0;
            let big = *a == 0 && *b != 0 && *c == 0 && *d != 0;
            little || big
        }
        _ => false,
    }
}

/// The refusal of a text whose byte at `at` is no UTF-8, with what can be shown of its line.
fn bad_byte(name: &str, bytes: &[u8], at: usize) -> Error {
    const AROUND: usize = 80;
    let (before, after) = bytes.split_at(at.min(bytes.len()));
    let line = before.split(|byte| *byte == b'\n').count();
    let head = before
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let tail = after
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let tail = String::from_utf8_lossy(tail.get(..AROUND).unwrap_or(tail));
    Error::Encoding {
        name: name.to_owned(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(head.chars().count() + 1).unwrap_or(u32::MAX),
        before: head.into_owned(),
        after: tail.trim_end_matches('\r').to_owned(),
    }
}

/// A plain file that is read piece by piece, as long as it is not changed; `None` where it cannot be opened.
pub(super) fn pieces(path: &Path) -> Option<Reader> {
    let file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let file = Mutex::new(file);
    Some(Arc::new(move |at, length| {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut *file)
            .take(length as u64)
            .read_to_end(&mut bytes)
            .ok()?;
        Some(bytes)
    }))
}

/// The names of at most `most` files in a folder; none where it cannot be listed.
pub(super) fn names(folder: &Path, most: usize) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .take(most)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect()
}

/// Writes a file that is not there yet, and the folders above it; `false` where there is something of that name.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|cause| Error::Write {
            path: folder.to_owned(),
            cause,
        })?;
    }
    write(path, bytes, &[])?;
    Ok(true)
}

/// The bytes of a plain file, at most `limit`; `None` where there is none, or it cannot be read.
pub(super) fn contents(path: &Path, limit: usize) -> Option<Vec<u8>> {
    let about = fs::symlink_metadata(path).ok()?;
    if !about.is_file() || about.len() > limit as u64 {
        return None;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).ok()?);
    let most = limit as u64 + 1;
    File::open(path)
        .ok()?
        .take(most)
        .read_to_end(&mut bytes)
        .ok()?;
    (bytes.len() <= limit).then_some(bytes)
}

/// Makes the folders above a file.
pub(super) fn folders(path: &Path) -> Result<(), Error> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|cause| Error::Write {
        path: folder.to_owned(),
        cause,
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
    // Declared before the file, so that it ends after the file is gone.
    let window = Window::open();
    let mut beside = builder.tempfile_in(folder).map_err(fail)?;
    for piece in bytes.chunks(PIECE) {
        window.look().map_err(fail)?;
        beside.write_all(piece).map_err(fail)?;
    }
    beside.as_file().sync_data().map_err(fail)?;
    beside.persist(path).map_err(|error| fail(error.error))?;
    Ok(Written::New)
}

/// Whether the file holds exactly these bytes; it is read piece by piece, for a large picture is in memory once already.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut piece = [0; 8 << 10];
    let mut rest = bytes;
    loop {
        match file.read(&mut piece) {
            Ok(0) => return rest.is_empty(),
            Ok(count) => match rest.strip_prefix(&piece[..count]) {
                Some(after) => rest = after,
                None => return false,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}
