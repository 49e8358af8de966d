//! `k8sdiag diff`: what changed between two inputs, in words or as one picture.

mod git;
mod page;

use super::cli::RenderArguments;
use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use super::{files, inputs, render};
use crate::diff::{self, Diff};
use crate::draw;
use crate::model::{Architecture, Diagnostic, Severity, Source, Sources, nearest};
use crate::{Options, draw_architecture, read, report, resolve, view};
use clap::Args;
use std::path::Path;

/// What `diff` takes.
#[derive(Debug, Args)]
#[command(override_usage = "k8sdiag diff [OPTIONS] <OLD> <NEW>")]
pub(in crate::app) struct DiffArguments {
    /// What `render` takes, but for the formats: `text` (the default), `markdown`, `json`, `html`, or any format of a picture.
    #[command(flatten)]
    render: RenderArguments,
    /// Count other words about the same component as a change too.
    #[arg(long)]
    descriptions: bool,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Json,
    Html,
    /// A picture, in a format of `render`.
    Picture,
}

/// The formats that are of `diff` alone: their names and file endings.
const FORMS: &[(&str, &[&str], Form)] = &[
    ("text", &["txt"], Form::Text),
    ("markdown", &["md"], Form::Markdown),
    ("json", &["json"], Form::Json),
    ("html", &["html", "htm"], Form::Html),
];

/// Compares the inputs.
pub(in crate::app) fn run(
    arguments: &DiffArguments,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    let [old, new] = &arguments.render.inputs.input[..] else {
        return Err(Error::DiffInputs {
            given: arguments.render.inputs.input.len(),
        });
    };
    let (form, options) = form(&arguments.render)?;
    if form == Form::Picture
        && options.format.binary
        && arguments.render.output.is_none()
        && terminal.watched
    {
        return Err(Error::BinaryToTerminal {
            format: options.format.name,
        });
    }
    let mut failed = false;
    let mut sides = Vec::with_capacity(2);
    for path in [old, new] {
        let mut sources = Sources::default();
        sources.add(source(path, options.limits.bytes)?);
        let readings = read::read(&sources, options.knowledge, &options.limits);
        let resolved = resolve::resolve(&sources, &readings, options.knowledge);
        terminal.show(&resolved.diagnostics, &sources);
        failed |= resolved
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        let (shown, unmatched) = view::select(resolved.architecture, &options.view);
        terminal.show(&unmatched, &sources);
        sides.push(shown);
    }
    let [before, after] = &sides[..] else {
        return Ok(Outcome::Refused);
    };
    if failed {
        return Ok(Outcome::Refused);
    }
    let diff = diff::compare(before, after, arguments.descriptions);
    let names = (&*old.to_string_lossy(), &*new.to_string_lossy());
    let (bytes, complaints) = written(form, &diff, names, &options);
    terminal.show(&complaints, &Sources::default());
    match &arguments.render.output {
        Some(path) => {
            files::write(path, &bytes, &arguments.render.inputs.input)?;
        }
        None => terminal.print(&bytes)?,
    }
    Ok(if diff.changes.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Found
    })
}

/// What changed, written, and what there is to complain of where it is drawn.
fn written(
    form: Form,
    diff: &Diff,
    (old, new): (&str, &str),
    options: &Options,
) -> (Vec<u8>, Vec<Diagnostic>) {
    let text = match form {
        Form::Text => diff::text(diff, &|name| report::clean(name).into_owned()),
        Form::Markdown => diff::markdown(diff, (old, new)),
        Form::Json => diff::json(diff),
        Form::Html => {
            let options = Options {
                format: &draw::FORMATS[0],
                ..options.clone()
            };
            let (picture, complaints) = drawn(&diff.union, &options);
            let picture = String::from_utf8_lossy(&picture);
            let page = page::page(diff, (old, new), &picture);
            return (page.into_bytes(), complaints);
        }
        Form::Picture => return drawn(&diff.union, options),
    };
    (text.into_bytes(), Vec::new())
}

/// The picture of both sides. Its complaints have no place: a part may be of one text or the other.
fn drawn(union: &Architecture, options: &Options) -> (Vec<u8>, Vec<Diagnostic>) {
    let (written, mut complaints) = draw_architecture(union, options, &mut ());
    for told in &mut complaints {
        told.span = None;
        told.related.clear();
    }
    (written.bytes, complaints)
}

/// What the user wants: by the format, else by the output's ending, else text.
fn form(arguments: &RenderArguments) -> Result<(Form, Options), Error> {
    let ending = arguments
        .output
        .as_deref()
        .and_then(|path| path.extension()?.to_str());
    let Some(name) = arguments.format.as_deref().or(ending) else {
        return Ok((
            Form::Text,
            render::options_as(arguments, &draw::FORMATS[0])?,
        ));
    };
    let lower = name.to_ascii_lowercase();
    let own = FORMS
        .iter()
        .find(|(known, endings, _)| *known == lower || endings.contains(&lower.as_str()));
    if let Some((_, _, form)) = own {
        return Ok((*form, render::options_as(arguments, &draw::FORMATS[0])?));
    }
    let Some(format) = draw::format(&lower) else {
        let own = FORMS.iter().map(|(name, ..)| *name);
        let names = own.chain(draw::FORMATS.iter().map(|format| format.name));
        return Err(Error::Format {
            name: name.to_owned(),
            near: nearest(name, names),
        });
    };
    Ok((Form::Picture, render::options_as(arguments, format)?))
}

/// One input: a file, `-`, a built-in diagram, or `git:REVISION:PATH`.
fn source(path: &Path, limit: usize) -> Result<Source, Error> {
    match path.to_str().and_then(|name| name.strip_prefix("git:")) {
        Some(object) if !path.exists() => git::show(object, limit),
        _ => inputs::source(path, limit),
    }
}
