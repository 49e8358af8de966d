//! Fonts of this machine, looked for where a picture needs characters that neither the fonts that ship nor the user's own have.
//!
//! The folders are those that the systems name. A file is known by a few of its tables, and read whole only when it draws something; what was read is kept
//! until the end of the process, as many pictures may need it. What is taken depends on the language and on names, not on the order of a folder.

use super::error::Error;
use super::files;
use crate::font::{About, Family, File, Wanted, candidates, chosen};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Bytes that a font file may have: the largest for Chinese, Japanese and Korean together have 30 MB.
const BYTES: usize = 64 << 20;
/// Folders that are looked into, at most.
const FOLDERS: usize = 2_000;
/// Names in a folder, and font files in all.
const FILES: usize = 10_000;

/// What was read so far.
static KEPT: Mutex<BTreeMap<PathBuf, File>> = Mutex::new(BTreeMap::new());

/// Reads a font file, once in a process.
pub(super) fn read(path: &Path) -> Result<File, Error> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(file) = kept.get(path) {
        return Ok(*file);
    }
    let bytes = files::read_bytes(path, BYTES)?;
    let file = File::new(bytes).ok_or_else(|| Error::Font {
        path: path.to_owned(),
    })?;
    kept.insert(path.to_owned(), file);
    Ok(file)
}

/// The families of this machine that draw what is wanted, the best for each script first.
pub(super) fn find(wanted: &Wanted<'_>) -> Vec<Family> {
    find_in(&folders(), wanted)
}

fn find_in(folders: &[PathBuf], wanted: &Wanted<'_>) -> Vec<Family> {
    let mut faces = Vec::new();
    for path in fonts(folders) {
        let read = files::pieces(&path);
        let told = read.map(|read| About::of_file(&read, wanted.letters));
        let told = told.into_iter().flatten();
        faces.extend(told.map(|about| (about, path.clone())));
    }
    let open = |(regular, bold): &(usize, usize)| {
        let (about, path) = faces.get(*regular)?;
        let (heavy, other) = faces.get(*bold)?;
        Family::new((about, read(path).ok()?), (heavy, read(other).ok()?))
    };
    chosen(candidates(&faces, |_| 0), wanted, open).0
}

/// The font files below some folders, in the order of their names, which is the same wherever they lie.
fn fonts(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut fonts = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut rest: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = rest.pop() {
        // A link back up would be followed for ever.
        let Ok(real) = folder.canonicalize() else {
            continue;
        };
        if seen.len() >= FOLDERS || !seen.insert(real) {
            continue;
        }
        for name in files::names(&folder, FILES) {
            let path = folder.join(&name);
            let ending = path.extension().and_then(|ending| ending.to_str());
            let ending = ending.unwrap_or_default().to_lowercase();
            if matches!(&*ending, "ttf" | "otf" | "ttc" | "otc") {
                if fonts.len() < FILES {
                    fonts.insert((name, path));
                }
            } else if path.is_dir() {
                rest.push(path);
            }
        }
    }
    fonts.into_iter().map(|(_, path)| path).collect()
}

/// Where this system keeps its fonts.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment says where a user's own fonts lie"
)]
fn folders() -> Vec<PathBuf> {
    let of = |variable: &str, below: &str| {
        let root = std::env::var_os(variable).map(PathBuf::from);
        let root = root.filter(|root| root.is_absolute());
        root.map(|root| root.join(below))
    };
    let fixed: &[&str] = if cfg!(windows) {
        &[]
    } else if cfg!(target_os = "macos") {
        &[
            "/System/Library/Fonts",
            "/Library/Fonts",
            "/System/Library/AssetsV2",
        ]
    } else {
        &[
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "/run/current-system/sw/share/X11/fonts",
        ]
    };
    let own = if cfg!(windows) {
        [
            of("SYSTEMROOT", "Fonts"),
            of("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
            None,
        ]
    } else if cfg!(target_os = "macos") {
        [of("HOME", "Library/Fonts"), None, None]
    } else {
        [
            of("XDG_DATA_HOME", "fonts"),
            of("HOME", ".local/share/fonts"),
            of("HOME", ".fonts"),
        ]
    };
    fixed
        .iter()
        .map(PathBuf::from)
        .chain(own.into_iter().flatten())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Weight;

    fn found(folders: &[PathBuf], letters: &str, language: &str) -> Vec<String> {
        let letters: BTreeSet<char> = letters.chars().collect();
        let wanted = Wanted {
            letters: &letters,
            language: Some(language),
        };
        let families = find_in(folders, &wanted);
        families.into_iter().map(|family| family.name).collect()
    }

    /// A folder of the fonts that ship, a text and a broken font.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("b/c");
        std::fs::create_dir_all(&below).unwrap();
        let faces = [Weight::Regular, Weight::Bold].map(crate::font::Face::fallback);
        for (face, name) in faces.iter().zip(["z.ttf", "a.TTF"]) {
            files::write(&below.join(name), face.bytes, &[]).unwrap();
        }
        let main = crate::font::Face::main(Weight::Regular);
        files::write(&folder.path().join("main.otf"), main.bytes, &[]).unwrap();
        files::write(&below.join("words.txt"), main.bytes, &[]).unwrap();
        let cut = &main.bytes[..20_000];
        files::write(&folder.path().join("cut.ttf"), cut, &[]).unwrap();
        folder
    }

    #[test]
    fn fonts_are_found_below_the_folders_and_taken_by_name() {
        let folder = folder();
        let folders = [folder.path().to_owned()];
        // Both have it: Noto Sans comes first, and nothing else is read.
        assert_eq!(found(&folders, "a", "en"), ["Noto Sans"]);
        // Only DejaVu Sans has arrows of this kind.
        assert_eq!(found(&folders, "a☸", "en"), ["Noto Sans", "DejaVu Sans"]);
        assert!(found(&folders, "控", "zh").is_empty());
        assert!(found(&[folder.path().join("nowhere")], "a", "en").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_to_itself_is_walked_once() {
        let folder = folder();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b/again")).unwrap();
        assert_eq!(fonts(&[folder.path().to_owned()]).len(), 4);
    }

    #[test]
    fn the_language_decides_among_the_faces_of_a_collection() {
        let folder = PathBuf::from("/usr/share/fonts/opentype/noto");
        if !folder.join("NotoSansCJK-Regular.ttc").is_file() {
            eprintln!("skipped: this machine has no Noto Sans CJK");
            return;
        }
        let folders = [folder];
        for (language, name) in [
            ("zh", "Noto Sans CJK SC"),
            ("zh-TW", "Noto Sans CJK TC"),
            ("ja", "Noto Sans CJK JP"),
            ("ko", "Noto Sans CJK KR"),
        ] {
            assert_eq!(found(&folders, "直控", language), [name]);
        }
    }
}
