//! What the command line may say, as clap reads it.

use crate::{model, report};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Help begins with what the command does and with examples: most readers need no more.
const HELP: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Reads the note you already wrote about your system, and draws the architecture it describes.
#[derive(Debug, Parser)]
#[command(
    name = "k8sdiag",
    version,
    about,
    max_term_width = 100,
    propagate_version = true,
    help_template = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}",
    before_help = "Examples:\n  k8sdiag render -o cluster.svg            draw the components of a Kubernetes cluster\n  k8sdiag render notes.md -o picture.svg   draw what a note describes\n  k8sdiag check notes.md                   find what contradicts itself in it\n  k8sdiag explain notes.md                 see which words each link was read from"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// How errors and findings are told.
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", hide_default_value = true, value_parser = message_formats())]
    pub(super) message_format: String,
}

fn message_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(report::MESSAGE_FORMATS.iter().map(|format| format.name))
}

fn codes() -> PossibleValuesParser {
    PossibleValuesParser::new(model::Code::ALL.iter().map(|code| code.name()))
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Draw one diagram of all inputs together.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag render notes.md -o picture.svg\n  k8sdiag render notes/*.md --theme dark --fit 16:9 -o picture.svg\n  cat notes.md | k8sdiag render - > picture.svg")]
    Render(Box<RenderArguments>),
    /// Draw every diagram of a repository, where something changed; or check that none is stale.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag build                draw what k8sdiag.yaml, notes and pages ask for\n  k8sdiag build --check        fail where a committed picture is stale\n  k8sdiag build docs --force   draw everything again\n\nExit status: 0 fine, 1 `--check` found something, 2 an input cannot be used.")]
    Build(super::build::BuildArguments),
    /// Find broken rules, contradictions, and components that nothing links.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag check notes.md\n  k8sdiag check notes/*.md --allow orphan\n  k8sdiag check notes/*.md --message-format github\n\nExit status: 0 nothing found, 1 something found, 2 an input cannot be used.")]
    Check(CheckArguments),
    /// Show every component, link and rule with the words it was read from, and what was not understood.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag explain notes.md\n  k8sdiag explain notes.md --message-format json\n  k8sdiag explain notes.md --fix")]
    Explain(ExplainArguments),
    /// Tell what changed in the architecture between two inputs, in words or as one picture.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag diff old.md new.md\n  k8sdiag diff git:HEAD:notes.md notes.md --format markdown\n  k8sdiag diff old.yaml new.yaml -o changes.svg\n\nExit status: 0 the same, 1 different, 2 an input cannot be used.")]
    Diff(Box<super::diff::DiffArguments>),
    /// Show the picture on a page of this machine, drawn anew at every save.
    #[cfg(feature = "watch")]
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag watch notes.md\n  k8sdiag watch notes.md --theme dark --port 8000")]
    Watch(Box<super::watch::WatchArguments>),
    /// Put pictures into a book: a preprocessor that mdBook runs.
    #[command(help_template = HELP, before_help = "In book.toml:\n  [preprocessor.k8sdiag]\n  theme = \"auto\"")]
    Mdbook(super::mdbook::MdbookArguments),
    /// Serve an editor: a language server over standard input and output.
    #[command(help_template = HELP, before_help = "In an editor:\n  start `k8sdiag lsp` for Markdown and YAML files")]
    Lsp,
    /// List built-in diagrams, themes, formats, languages and checks.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag list\n  k8sdiag list themes")]
    List(ListArguments),
    /// Write a small note and a diagram file to start from.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag init\n  k8sdiag init docs")]
    Init(InitArguments),
    /// Print the JSON Schema of the diagram file, for editors that check and complete.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag schema > diagram.schema.json")]
    Schema,
    /// Print the completions of a shell.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag completions bash > ~/.local/share/bash-completion/completions/k8sdiag\n  k8sdiag completions fish > ~/.config/fish/completions/k8sdiag.fish")]
    Completions(CompletionsArguments),
    /// Print the manual page, or that of one command.
    #[command(help_template = HELP, before_help = "Examples:\n  k8sdiag man | man -l -\n  k8sdiag man render > k8sdiag-render.1")]
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) inputs: InputArguments,
    /// Findings that are fine: `--allow orphan,never-introduced`. `k8sdiag list checks` shows the codes.
    #[arg(long, value_name = "CODE", value_delimiter = ',', hide_possible_values = true, value_parser = codes())]
    pub(super) allow: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    #[command(flatten)]
    pub(super) inputs: InputArguments,
    /// Write behind each sentence that gave no link the correction that would give one, as a comment
    /// that does nothing until you take its question mark away.
    #[arg(long)]
    pub(super) fix: bool,
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// What to list, a name a line; without it, everything with a word about it.
    #[arg(value_enum)]
    pub(super) what: Option<Listed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    Diagrams,
    Themes,
    Formats,
    Inputs,
    Languages,
    Checks,
    MessageFormats,
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// Where to write them.
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// The command.
    pub(super) command: Option<String>,
}

/// What is read.
#[derive(Debug, Args)]
pub(super) struct InputArguments {
    /// Notes, diagram files or DOT files; `-` is standard input. A name from `k8sdiag list` is a built-in diagram.
    pub(super) input: Vec<PathBuf>,
    /// What users of kubectl write. We say what they meant.
    #[arg(short = 'f', long = "filename", hide = true, value_name = "FILE")]
    pub(super) filename: Vec<String>,
    /// A file with names and links of your own field; docs/knowledge.md tells its form.
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub(super) knowledge: Option<PathBuf>,
    /// Bytes that one input may have.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub(super) max_bytes: Option<usize>,
    /// Levels that lists, maps and groups may nest.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub(super) max_depth: Option<usize>,
    /// Components and groups that may be drawn.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub(super) max_parts: Option<usize>,
    /// Links that may be drawn.
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub(super) max_links: Option<usize>,
}

/// What is shown of it.
#[derive(Debug, Args)]
pub(super) struct ViewArguments {
    /// Which links are drawn: all, or only the stated ones.
    #[arg(long, value_enum, default_value = "all", help_heading = "View")]
    pub(super) links: LinksArgument,
    /// How sure a reading must be to be drawn.
    #[arg(long, value_enum, default_value = "derived", help_heading = "View")]
    pub(super) confidence: ConfidenceArgument,
    /// Only this group or component, and what it holds.
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        help_heading = "View"
    )]
    pub(super) only: Vec<String>,
    /// Only this component or group, and what is at most so many links away (one, if not said).
    #[arg(long, value_name = "NAME[:HOPS]", value_delimiter = ',', value_parser = around, help_heading = "View")]
    pub(super) around: Vec<(String, u32)>,
    /// Not this component or group.
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        help_heading = "View"
    )]
    pub(super) hide: Vec<String>,
    /// Draw groups that lie so deep as one component each; 0: all groups.
    #[arg(long, value_name = "N", help_heading = "View")]
    pub(super) depth: Option<u32>,
    /// Let these components or groups stand out, with their links; the rest steps back.
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        help_heading = "View"
    )]
    pub(super) highlight: Vec<String>,
}

/// A name, and after its last colon perhaps a number of links.
#[expect(clippy::unnecessary_wraps, reason = "clap asks for a result")]
fn around(text: &str) -> Result<(String, u32), String> {
    if let Some((name, hops)) = text.rsplit_once(':')
        && let Ok(hops) = hops.trim().parse()
    {
        return Ok((name.to_owned(), hops));
    }
    Ok((text.to_owned(), 1))
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(super) struct RenderArguments {
    #[command(flatten)]
    pub(super) inputs: InputArguments,
    /// What to write; without it the ending of the output decides, then svg.
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<String>,
    /// Where to write it; without it, or with `-`, standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Colours: light, dark, print, contrast, auto, which follows the reader's own setting, or a theme file of your own.
    #[arg(long, value_name = "NAME|FILE", help_heading = "Drawing")]
    pub(super) theme: Option<String>,
    /// The main way of the links.
    #[arg(long, value_enum, default_value = "auto", help_heading = "Drawing")]
    pub(super) direction: DirectionArgument,
    /// The frame to fill: `16:9`, `4:3`, `1600x900`, or `none`.
    #[arg(long, value_name = "RATIO", value_parser = fit, help_heading = "Drawing")]
    pub(super) fit: Option<Fit>,
    #[command(flatten)]
    pub(super) view: ViewArguments,
    /// How links run: with right angles, in curves, or straight where nothing is in the way.
    #[arg(
        long,
        value_enum,
        default_value = "orthogonal",
        help_heading = "Drawing"
    )]
    pub(super) routes: RoutesArgument,
    /// Whether links of one kind from or to one component share a trunk where that is clearer.
    #[arg(long, value_enum, default_value = "auto", help_heading = "Drawing")]
    pub(super) bundle: BundleArgument,
    /// Who lays it out.
    #[arg(long, value_enum, default_value = "layered", help_heading = "Drawing")]
    pub(super) engine: EngineArgument,
    /// How an SVG holds its words: in an embedded font, in a font of the reader's system, or as outlines.
    #[arg(long, value_enum, default_value = "font", help_heading = "Drawing")]
    pub(super) text: TextArgument,
    /// A font file (TTF, OTF, TTC) for characters that the built-in fonts lack: Chinese, Japanese, Korean ...; may be given several times.
    /// PNG, PDF and `--text paths` else take a font of this machine, and say which; `none` forbids that, so every machine draws the same.
    #[arg(
        long,
        value_name = "FILE",
        env = "K8SDIAG_FONT",
        value_delimiter = ',',
        help_heading = "Drawing"
    )]
    pub(super) font: Vec<PathBuf>,
    /// Leave the background out: the page behind the picture shows through.
    #[arg(long, help_heading = "Drawing")]
    pub(super) transparent: bool,
    /// SVG: the steps of the flow light up one after the other, unless the reader wants less motion.
    #[arg(long, help_heading = "Drawing")]
    pub(super) animate: bool,
    /// PPTX: a slide for each step of the flow; where no link is numbered, one for each group. SVG, PNG, PDF: a numbered file for each beside the
    /// output.
    #[arg(long, help_heading = "Drawing")]
    pub(super) steps: bool,
    /// PNG: pixels for one unit of the picture, 2 where nothing is said; never more than 50 megapixels in all.
    #[arg(long, value_name = "N", value_parser = scale, conflicts_with = "width", help_heading = "Drawing")]
    pub(super) scale: Option<f64>,
    /// PNG: width in pixels.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..=32_000), help_heading = "Drawing")]
    pub(super) width: Option<u32>,
    /// Keep a picture of characters (`--format text`) to ASCII.
    #[arg(long, help_heading = "Drawing")]
    pub(super) ascii: bool,
    /// Tell on standard error how long each phase took.
    #[arg(long)]
    pub(super) timings: bool,
}

impl RenderArguments {
    /// The file to write, if it is not standard output.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DirectionArgument {
    Auto,
    Down,
    Right,
    Up,
    Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LinksArgument {
    All,
    Stated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfidenceArgument {
    /// Both ends stand in one clause.
    Plain,
    /// An end may come from the heading, the list item or a pronoun.
    Derived,
    /// Noun phrases and enabling verbs too.
    Weak,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BundleArgument {
    /// Three and more that would all bend.
    Auto,
    /// Every link has a line of its own.
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RoutesArgument {
    Orthogonal,
    Curved,
    Straight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArgument {
    Layered,
    LayoutRs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextArgument {
    Font,
    System,
    Paths,
}

/// The ratio of the frame to fill, if any.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit(pub(super) Option<(f64, f64)>);

fn fit(text: &str) -> Result<Fit, String> {
    if text == "none" {
        return Ok(Fit(None));
    }
    let wrong = || "write `16:9`, `1600x900` or `none`".to_owned();
    let (width, height) = text.split_once([':', 'x', '×']).ok_or_else(wrong)?;
    let side = |text: &str| {
        let side: f64 = text.trim().parse().map_err(|_| wrong())?;
        if side.is_finite() && (1e-3..=1e6).contains(&side) {
            Ok(side)
        } else {
            Err(wrong())
        }
    };
    Ok(Fit(Some((side(width)?, side(height)?))))
}

fn scale(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(scale) if scale.is_finite() && (0.05..=40.0).contains(&scale) => Ok(scale),
        _ => Err("write a number from 0.05 to 40".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_frame_is_a_ratio_or_none() {
        assert_eq!(fit("16:9"), Ok(Fit(Some((16.0, 9.0)))));
        assert_eq!(fit("1600x900"), Ok(Fit(Some((1600.0, 900.0)))));
        assert_eq!(fit("none"), Ok(Fit(None)));
        for wrong in ["", "16", "16:0", "a:b", "-1:2", "inf:1", "NaN:1"] {
            assert!(fit(wrong).is_err(), "{wrong}");
        }
    }
}
