//! `k8sdiag render`: all inputs become one picture.

use super::cli::{
    BundleArgument, ConfidenceArgument, DirectionArgument, EngineArgument, LinksArgument,
    RenderArguments, RoutesArgument, TextArgument, ViewArguments,
};
use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use super::{files, inputs};
use crate::draw::{self, Draw, Format, Settings};
use crate::geom::Size;
use crate::layout::{self, Direction, Engine, Routes, Trace};
use crate::model::{Code, Diagnostic, Severity, Tier, nearest};
use crate::read::Limits;
use crate::scene::Theme;
use crate::view::View;
use crate::{Options, draw_sources};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Draws the inputs.
pub(super) fn run(arguments: &RenderArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let options = options(arguments)?;
    if options.format.binary && arguments.file().is_none() && terminal.watched {
        return Err(Error::BinaryToTerminal {
            format: options.format.name,
        });
    }
    let sources = inputs::sources(&arguments.inputs)?;
    let mut clock = arguments.timings.then(Clock::new);
    let drawing = match &mut clock {
        Some(clock) => draw_sources(&sources, &options, clock),
        None => draw_sources(&sources, &options, &mut ()),
    };
    terminal.show(&drawing.diagnostics, &sources);
    terminal.show(&idle(arguments, options.format), &sources);
    if let Some(clock) = clock {
        terminal.say(&clock.told());
    }
    let failed = drawing
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    // An empty picture helps nobody, and would take the place of the old one.
    if failed || drawing.architecture.part_count() == 0 {
        return Ok(Outcome::Refused);
    }
    if options.format.binary && drawing.bytes.is_empty() {
        return Err(Error::Draw {
            format: options.format.name,
        });
    }
    match arguments.file() {
        Some(path) => {
            files::write(path, &drawing.bytes, &arguments.inputs.input)?;
            let count = drawing.stages.len();
            for (at, stage) in drawing.stages.iter().enumerate() {
                let path = numbered(path, at + 1, count);
                files::write(&path, stage, &arguments.inputs.input)?;
            }
        }
        None => terminal.print(&drawing.bytes)?,
    }
    Ok(Outcome::Fine)
}

/// The file beside `path` that shows step `number` of `count`: `talk.svg` has `talk-1.svg`, or `talk-01.svg` among more than nine.
fn numbered(path: &Path, number: usize, count: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let digits = count.to_string().len();
    let mut name = format!("{stem}-{number:0digits$}");
    if let Some(ending) = path.extension() {
        name.push('.');
        name.push_str(&ending.to_string_lossy());
    }
    path.with_file_name(name)
}

/// Everything that decides what is drawn.
pub(super) fn options(arguments: &RenderArguments) -> Result<Options, Error> {
    options_as(arguments, format(arguments)?)
}

/// The same, where the format is settled.
pub(super) fn options_as(
    arguments: &RenderArguments,
    format: &'static Format,
) -> Result<Options, Error> {
    let text = match arguments.text {
        TextArgument::Font => draw::Text::Font,
        TextArgument::System => draw::Text::System,
        TextArgument::Paths => draw::Text::Paths,
    };
    let (files, finder) = inputs::fonts(&arguments.font)?;
    let settings = Settings {
        text,
        ascii: arguments.ascii,
        files,
        finder,
        fonts: Vec::new(),
        transparent: arguments.transparent,
        animate: arguments.animate,
        steps: arguments.steps,
        scale: arguments.scale,
        width: arguments.width,
    };
    Ok(Options {
        knowledge: inputs::knowledge(&arguments.inputs)?,
        limits: inputs::limits(&arguments.inputs),
        view: view(&arguments.view),
        layout: layout(arguments),
        theme: arguments.theme.as_deref().map(theme).transpose()?,
        format,
        settings,
    })
}

/// The view that the options ask for.
fn view(arguments: &ViewArguments) -> View {
    View {
        known: arguments.links == LinksArgument::All,
        tier: match arguments.confidence {
            ConfidenceArgument::Plain => Tier::Plain,
            ConfidenceArgument::Derived => Tier::Derived,
            ConfidenceArgument::Weak => Tier::Weak,
        },
        only: arguments.only.clone(),
        around: arguments.around.clone(),
        hide: arguments.hide.clone(),
        depth: arguments.depth,
        highlight: arguments.highlight.clone(),
    }
}

fn layout(arguments: &RenderArguments) -> layout::Options {
    let direction = match arguments.direction {
        DirectionArgument::Auto => None,
        DirectionArgument::Down => Some(Direction::Down),
        DirectionArgument::Right => Some(Direction::Right),
        DirectionArgument::Up => Some(Direction::Up),
        DirectionArgument::Left => Some(Direction::Left),
    };
    let engine = match arguments.engine {
        EngineArgument::Layered => Engine::Layered,
        EngineArgument::LayoutRs => Engine::LayoutRs,
    };
    let frame = arguments.fit.and_then(|fit| fit.0);
    layout::Options {
        engine,
        direction,
        fit: frame.map(|(width, height)| Size::new(width, height)),
        routes: match arguments.routes {
            RoutesArgument::Orthogonal => Routes::Orthogonal,
            RoutesArgument::Curved => Routes::Curved,
            RoutesArgument::Straight => Routes::Straight,
        },
        bundle: arguments.bundle == BundleArgument::Auto,
    }
}

/// What is said of options that the format does not know.
fn idle(arguments: &RenderArguments, format: &Format) -> Vec<Diagnostic> {
    let pixels = &["png"][..];
    let options = [
        ("--animate", arguments.animate, &["svg"][..]),
        ("--ascii", arguments.ascii, &["text"]),
        ("--scale", arguments.scale.is_some(), pixels),
        ("--steps", arguments.steps, STEPPED),
        ("--width", arguments.width.is_some(), pixels),
    ];
    let idle = options
        .into_iter()
        .filter(|(_, given, of)| *given && !of.contains(&format.name));
    let mut told: Vec<Diagnostic> = idle
        .map(|(option, _, of)| {
            let message = format!(
                "`{option}` changes nothing in `{}`: it is for `{}`",
                format.name,
                of.join("`, `")
            );
            let told = Diagnostic::new(Code::NoEffect, message);
            match option {
                "--steps" => told.help("a page (`html`) has its steps without it"),
                _ => told,
            }
        })
        .collect();
    let alone = matches!(format.draw, Draw::Scene(_));
    if arguments.steps && alone && arguments.file().is_none() {
        let message =
            "`--steps` writes a picture of each step beside the output, and there is none";
        told.push(Diagnostic::new(Code::NoEffect, message).help("name a file with `-o`"));
    }
    told
}

/// The formats that can show step by step what they draw.
const STEPPED: &[&str] = &["pptx", "svg", "png", "pdf"];

/// The theme of that name, else that of a theme file.
fn theme(name: &str) -> Result<Theme, Error> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let path = Path::new(name);
    let ending = path.extension().and_then(|ending| ending.to_str());
    if !matches!(ending, Some("yaml" | "yml")) {
        return Err(Error::theme(name));
    }
    let text =
        files::read(path, Limits::default().bytes).map_err(|error| error.of_option("--theme"))?;
    Theme::read(&text).map_err(|cause| Error::ThemeFile {
        path: name.into(),
        cause,
    })
}

/// The format that the user names, else that of the output's ending, else the first.
fn format(arguments: &RenderArguments) -> Result<&'static Format, Error> {
    let ending = arguments.file().and_then(|path| path.extension()?.to_str());
    let Some(name) = arguments.format.as_deref().or(ending) else {
        return Ok(&draw::FORMATS[0]);
    };
    draw::format(name).ok_or_else(|| Error::Format {
        name: name.to_owned(),
        near: nearest(name, draw::FORMATS.iter().map(|format| format.name)),
    })
}

/// Takes the time of each phase.
struct Clock {
    last: Instant,
    phases: Vec<(&'static str, f64)>,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the roof may look at the clock")]
    fn new() -> Self {
        Self {
            last: Instant::now(),
            phases: Vec::new(),
        }
    }

    fn told(&self) -> String {
        let mut text = String::new();
        for (phase, ms) in &self.phases {
            let _ = writeln!(text, "{ms:9.2} ms  {phase}");
        }
        text
    }
}

impl Trace for Clock {
    #[expect(clippy::disallowed_methods, reason = "the roof may look at the clock")]
    fn phase(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.phases
            .push((phase, (now - self.last).as_secs_f64() * 1000.0));
        self.last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::super::cli::{Cli, Command};
    use super::*;
    use clap::Parser;

    fn told(line: &[&str], format: &str) -> Vec<String> {
        let cli = Cli::try_parse_from([&["k8sdiag", "render"], line].concat()).unwrap();
        let Command::Render(arguments) = cli.command else {
            panic!("this is `render`");
        };
        let told = idle(&arguments, draw::format(format).unwrap());
        told.into_iter().map(|told| told.message).collect()
    }

    #[test]
    fn pictures_of_steps_are_named_so_that_they_sort() {
        let name = |path: &str, number, count| numbered(Path::new(path), number, count);
        assert_eq!(name("out/talk.svg", 2, 9), Path::new("out/talk-2.svg"));
        assert_eq!(name("a.b.png", 3, 12), Path::new("a.b-03.png"));
        assert_eq!(name("talk", 1, 2), Path::new("talk-1"));
    }

    #[test]
    fn an_option_that_the_format_does_not_know_is_told() {
        assert_eq!(
            told(&["--scale=2", "--animate"], "svg"),
            ["`--scale` changes nothing in `svg`: it is for `png`"]
        );
        assert_eq!(
            told(&["--steps"], "text"),
            ["`--steps` changes nothing in `text`: it is for `pptx`, `svg`, `png`, `pdf`"]
        );
        assert_eq!(
            told(&["--steps"], "svg").len(),
            1,
            "no file to write beside"
        );
        assert!(told(&["--steps", "-o", "a.svg"], "svg").is_empty());
        assert_eq!(told(&["--scale=2", "--ascii"], "dot").len(), 2);
        assert!(told(&["--ascii"], "text").is_empty());
        assert!(told(&["--theme=dark", "--fit=16:9"], "json").is_empty());
    }
}
