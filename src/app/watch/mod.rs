//! `k8sdiag watch`: a page on this machine that shows the picture, drawn anew at every save.
//!
//! One thread looks at the inputs' time stamps and draws; each connection has a thread that answers, and waits for the next picture where the page listens for
//! events. Only this machine can connect, and only under its own name: a page elsewhere that points a name of its own at it (DNS rebinding) is turned away.

mod serve;

use super::cli::RenderArguments;
use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use super::{files, inputs, render};
use crate::draw::FORMATS;
use crate::model::{Code, Diagnostic, Severity, Sources, Span};
use crate::{Options, draw_sources};
use clap::Args;
use serde::Serialize;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// Where the page is, where nobody else is there.
const PORT: u16 = 7878;
/// Between two looks at the inputs: a save is on the screen within a tenth of a second.
const LOOK: Duration = Duration::from_millis(20);

/// Bytes of a line that the page shows before, within and after what a diagnostic means.
const AROUND: usize = 120;

/// What `watch` takes.
#[derive(Debug, Args)]
pub(in crate::app) struct WatchArguments {
    /// What `render` takes; with `-o`, the picture is written at every save too.
    #[command(flatten)]
    render: RenderArguments,
    /// The port of the page; without it 7878, or a free one.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
}

/// What the page shows.
#[derive(Debug, Clone, Default, Serialize)]
struct Shown {
    /// Counts up at every change.
    version: u64,
    /// The title of the picture, or the name of the input.
    title: String,
    /// The last picture that could be drawn.
    svg: String,
    /// Whether the input as it is now could not be drawn.
    failed: bool,
    /// How long reading and drawing took.
    milliseconds: f64,
    diagnostics: Vec<Told>,
}

/// A diagnostic, for the page.
#[derive(Debug, Clone, Serialize)]
struct Told {
    severity: &'static str,
    code: &'static str,
    message: String,
    place: Option<String>,
    /// The line that it speaks of: what stands before, what is meant, what stands after.
    line: Option<[String; 3]>,
    help: Option<String>,
}

/// The picture of now, and the bell that rings when it changes.
#[derive(Debug, Default)]
struct Board {
    shown: Mutex<Shown>,
    bell: Condvar,
}

/// Watches until it is stopped.
pub(in crate::app) fn run(
    arguments: &WatchArguments,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    let options = render::options_as(&arguments.render, &FORMATS[0])?;
    if arguments
        .render
        .inputs
        .input
        .iter()
        .any(|input| input == Path::new("-"))
    {
        return Err(Error::WatchStdin);
    }
    let listener = listen(arguments.port)?;
    let port = listener.local_addr().map_err(Error::Listen)?.port();
    let board = Arc::new(Board::default());
    let mut stamps = stamps(&arguments.render.inputs.input);
    draw(arguments, &options, &board);
    terminal.print(format!("http://127.0.0.1:{port}/\n").as_bytes())?;
    terminal.say("watching; stop with Ctrl-C\n");
    let served = board.clone();
    thread::spawn(move || serve::serve(&listener, port, &served));
    loop {
        thread::sleep(LOOK);
        let now = self::stamps(&arguments.render.inputs.input);
        if now != stamps {
            stamps = now;
            draw(arguments, &options, &board);
        }
    }
}

fn listen(port: Option<u16>) -> Result<TcpListener, Error> {
    let at = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => at(port),
        None => at(PORT).or_else(|_| at(0)),
    }
    .map_err(Error::Listen)
}

/// What tells that a file was saved: when, and how long it is. A file that is replaced is gone for a moment.
fn stamps(inputs: &[PathBuf]) -> Vec<Option<(SystemTime, u64)>> {
    inputs
        .iter()
        .map(|input| {
            let about = fs::metadata(input).ok()?;
            Some((about.modified().ok()?, about.len()))
        })
        .collect()
}

/// Draws, and rings the bell.
#[expect(clippy::disallowed_methods, reason = "the roof may look at the clock")]
fn draw(arguments: &WatchArguments, options: &Options, board: &Board) {
    let start = Instant::now();
    let drawn = catch_unwind(AssertUnwindSafe(|| attempt(arguments, options)));
    let (picture, title, diagnostics) = drawn.unwrap_or_else(|_| {
        let told = Diagnostic::new(Code::Internal, "drawing broke an invariant of k8sdiag");
        (None, None, vec![told_of(&told, &Sources::default())])
    });
    let mut shown = board.shown.lock().unwrap_or_else(PoisonError::into_inner);
    shown.failed = picture.is_none();
    if let Some(picture) = picture {
        shown.svg = picture;
    }
    shown.title = title.unwrap_or_else(|| "k8sdiag".to_owned());
    shown.diagnostics = diagnostics;
    shown.milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    shown.version += 1;
    drop(shown);
    board.bell.notify_all();
}

/// Reads and draws: the picture where there is one, its title, and what there is to complain of.
fn attempt(
    arguments: &WatchArguments,
    options: &Options,
) -> (Option<String>, Option<String>, Vec<Told>) {
    let sources = match inputs::sources(&arguments.render.inputs) {
        Ok(sources) => sources,
        Err(error) => {
            let (told, sources) = error.told();
            return (None, None, vec![told_of(&told, &sources)]);
        }
    };
    let drawing = draw_sources(&sources, options, &mut ());
    let wrong = |told: &Diagnostic| told.severity == Severity::Error;
    // Some editors empty a file before they write it: what is empty takes no picture away.
    let empty = drawing.architecture.part_count() == 0;
    let failed = empty || drawing.diagnostics.iter().any(wrong);
    let mut told: Vec<Told> = drawing
        .diagnostics
        .iter()
        .map(|told| told_of(told, &sources))
        .collect();
    if let (Some(path), false) = (arguments.render.file(), failed) {
        let written = render::options(&arguments.render).and_then(|options| {
            let bytes = draw_sources(&sources, &options, &mut ()).bytes;
            files::write(path, &bytes, &arguments.render.inputs.input)
        });
        if let Err(error) = written {
            let (diagnostic, sources) = error.told();
            told.push(told_of(&diagnostic, &sources));
        }
    }
    let first = sources
        .iter()
        .next()
        .map(|(_, source)| source.name().to_string());
    let title = drawing.architecture.title.clone().or(first);
    let picture = (!failed).then(|| String::from_utf8_lossy(&drawing.bytes).into_owned());
    (picture, title, told)
}

/// The first line of a span, around it. What the page shows is short, however long the line is.
fn line_of(text: &str, span: &Span) -> [String; 3] {
    let end = span.end.max(span.start);
    let whole = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let before = whole(text.floor_char_boundary(span.start.saturating_sub(AROUND))..span.start);
    let meant = whole(span.start..text.floor_char_boundary(end.min(span.start + AROUND)));
    let after = whole(end..text.ceil_char_boundary((end + AROUND).min(text.len())));
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let last = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let one_line = !meant.contains(['\n', '\r']);
    let after = if one_line {
        first(after)
    } else {
        String::new()
    };
    [last.to_owned(), first(meant), after]
}

fn told_of(told: &Diagnostic, sources: &Sources) -> Told {
    let place = match told.span {
        Some(span) => Some(format!(
            "{}:{}:{}",
            sources.get(span.source).name(),
            span.line,
            span.column
        )),
        None => told.file.as_ref().map(ToString::to_string),
    };
    Told {
        severity: match told.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        code: told.code.name(),
        message: told.message.clone(),
        place,
        line: told
            .span
            .map(|span| line_of(sources.get(span.source).text(), &span)),
        help: told.help.clone(),
    }
}
