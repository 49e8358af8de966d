//! The texts that a command works on: files, standard input, built-in diagrams.

use super::cli::InputArguments;
use super::error::Error;
use super::files;
use super::gallery;
use super::typefaces;
use crate::draw;
use crate::font::{File, Finder};
use crate::model::{LazyKnowledge, Source, Sources};
use crate::read::Limits;
use crate::resolve::knowledge;
use std::path::{Path, PathBuf};

/// Reads every input. Without any, the first built-in diagram.
pub(super) fn sources(arguments: &InputArguments) -> Result<Sources, Error> {
    if let Some(value) = arguments.filename.first() {
        return Err(Error::Kubectl {
            value: value.clone(),
            format: draw::format(value).is_some(),
        });
    }
    let stdin = Path::new("-");
    if arguments.input.iter().filter(|path| *path == stdin).count() > 1 {
        return Err(Error::StdinTwice);
    }
    let mut sources = Sources::default();
    let limit = limits(arguments).bytes;
    if arguments.input.is_empty() {
        let (name, text) = gallery::DIAGRAMS[0];
        sources.add(Source::new(format!("<{name}>"), text));
    }
    for path in &arguments.input {
        sources.add(source(path, limit)?);
    }
    Ok(sources)
}

/// Reads one input: a file, `-`, or a built-in diagram.
pub(super) fn source(path: &Path, limit: usize) -> Result<Source, Error> {
    Ok(if path == Path::new("-") {
        Source::new("<stdin>", files::read_stdin(limit)?)
    } else if let (false, Some(text)) = (path.exists(), path.to_str().and_then(gallery::named)) {
        Source::new(format!("<{}>", path.display()), text)
    } else {
        Source::new(path.to_string_lossy(), files::read(path, limit)?)
    })
}

/// How much the inputs may ask for.
pub(super) fn limits(arguments: &InputArguments) -> Limits {
    let usual = Limits::default();
    Limits {
        bytes: arguments.max_bytes.unwrap_or(usual.bytes),
        depth: arguments.max_depth.unwrap_or(usual.depth),
        parts: arguments.max_parts.unwrap_or(usual.parts),
        links: arguments.max_links.unwrap_or(usual.links),
        ..usual
    }
}

/// The built-in knowledge, with the user's own before it.
pub(super) fn knowledge(arguments: &InputArguments) -> Result<&'static LazyKnowledge, Error> {
    let Some(path) = &arguments.knowledge else {
        return Ok(knowledge::builtin());
    };
    let text = files::read(path, limits(arguments).bytes)
        .map_err(|error| error.of_option("--knowledge"))?;
    let own = knowledge::with(&text).map_err(|cause| Error::Knowledge {
        path: path.clone(),
        cause,
    })?;
    // Read once a process, and needed until its end.
    Ok(Box::leak(Box::new(own.ready())))
}

/// The font files that the user names, and whether fonts of the machine may help: `none` among the files forbids it.
pub(super) fn fonts(paths: &[PathBuf]) -> Result<(Vec<File>, Option<Finder>), Error> {
    let none = Path::new("none");
    let files = paths.iter().filter(|path| *path != none);
    let files = files.map(|path| typefaces::read(path).map_err(|error| error.of_option("--font")));
    let forbidden = paths.iter().any(|path| path == none);
    let finder = (!forbidden).then_some(Finder(typefaces::find));
    Ok((files.collect::<Result<_, _>>()?, finder))
}
