//! What the command line may say, as clap reads it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads the note you already wrote about your system, and draws the architecture it describes.
#[derive(Debug, Parser)]
#[command(
    name = "k8sdiag",
    version,
    about,
    max_term_width = 100,
    propagate_version = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Draw one diagram of all inputs together.
    Render(Box<RenderArguments>),
}

/// What is read.
#[derive(Debug, Args)]
pub(super) struct InputArguments {
    /// Notes, diagram files or DOT files; `-` is standard input. A name from `k8sdiag list` is a built-in diagram.
    pub(super) input: Vec<PathBuf>,
    /// A file with names and links of your own field, in the form of the built-in knowledge.
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
    /// Where to write it; without it, standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Colours: light, dark, print, contrast, or auto, which follows the reader's own setting.
    #[arg(long, value_name = "NAME", help_heading = "Drawing")]
    pub(super) theme: Option<String>,
    /// The main way of the links.
    #[arg(long, value_enum, default_value = "auto", help_heading = "Drawing")]
    pub(super) direction: DirectionArgument,
    /// The frame to fill: `16:9`, `4:3`, `1600x900`, or `none`.
    #[arg(long, value_name = "RATIO", value_parser = fit, help_heading = "Drawing")]
    pub(super) fit: Option<Fit>,
    /// Which links are drawn: all, or only the stated ones.
    #[arg(long, value_enum, default_value = "all", help_heading = "Drawing")]
    pub(super) links: LinksArgument,
    /// How sure a reading must be to be drawn.
    #[arg(long, value_enum, default_value = "derived", help_heading = "Drawing")]
    pub(super) confidence: ConfidenceArgument,
    /// Who lays it out.
    #[arg(long, value_enum, default_value = "layered", help_heading = "Drawing")]
    pub(super) engine: EngineArgument,
    /// How an SVG holds its words: in an embedded font, in a font of the reader's system, or as outlines.
    #[arg(long, value_enum, default_value = "font", help_heading = "Drawing")]
    pub(super) text: TextArgument,
    /// A font file (TTF) for characters that the built-in fonts lack: Chinese, Japanese, Korean.
    #[arg(long, value_name = "FILE", help_heading = "Drawing")]
    pub(super) font: Option<PathBuf>,
    /// Leave the background out: the page behind the picture shows through.
    #[arg(long, help_heading = "Drawing")]
    pub(super) transparent: bool,
    /// SVG: the steps of the flow light up one after the other, unless the reader wants less motion.
    #[arg(long, help_heading = "Drawing")]
    pub(super) animate: bool,
    /// PPTX: a slide for each step of the flow; where no link is numbered, one for each group.
    #[arg(long, help_heading = "Drawing")]
    pub(super) steps: bool,
    /// PNG: pixels for one unit of the picture, 2 where nothing is said; never more than 50 megapixels in all.
    #[arg(long, value_name = "N", value_parser = scale, conflicts_with = "width", help_heading = "Drawing")]
    pub(super) scale: Option<f64>,
    /// PNG: width in pixels.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..=32_000), help_heading = "Drawing")]
    pub(super) width: Option<u32>,
    /// Tell on standard error how long each phase took.
    #[arg(long)]
    pub(super) timings: bool,
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
