//! `k8sdiag list`: what there is to choose from. Every row comes from the table that the program itself goes by.

use super::cli::{ListArguments, Listed};
use super::error::Error;
use super::gallery;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::check::CHECKS;
use crate::draw::FORMATS;
use crate::read::{self, INPUTS};
use crate::report::MESSAGE_FORMATS;
use crate::scene::Theme;
use clap::ValueEnum;
use std::fmt::Write;

/// Prints the tables, or the names of one.
pub(super) fn run(arguments: &ListArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut text = String::new();
    match arguments.what {
        Some(what) => {
            for (name, _) in rows(what) {
                let _ = writeln!(text, "{name}");
            }
        }
        None => {
            for what in Listed::value_variants() {
                let (title, hint) = heading(*what);
                let gap = if text.is_empty() { "" } else { "\n" };
                let _ = writeln!(text, "{gap}{title}: {hint}");
                let rows = rows(*what);
                if rows.iter().all(|(_, about)| about.is_empty()) {
                    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
                    let _ = writeln!(text, "  {}", names.join(" "));
                    continue;
                }
                let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
                for (name, about) in rows {
                    let row = format!("  {name:width$}  {about}");
                    let _ = writeln!(text, "{}", row.trim_end());
                }
            }
        }
    }
    terminal.print(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The title of a table, and where its names are used.
fn heading(what: Listed) -> (&'static str, &'static str) {
    match what {
        Listed::Diagrams => ("diagrams", "k8sdiag render NAME"),
        Listed::Themes => ("themes", "k8sdiag render --theme NAME"),
        Listed::Formats => (
            "formats",
            "k8sdiag render --format NAME, or the ending of -o FILE",
        ),
        Listed::Inputs => ("inputs", "by the ending of the file, or by its content"),
        Listed::Languages => (
            "languages",
            "of notes: `lang: CODE` in the front matter, or by the words",
        ),
        Listed::Checks => ("checks", "k8sdiag check --allow CODE"),
        Listed::MessageFormats => ("message formats", "--message-format NAME"),
    }
}

/// Names, and a word about each.
fn rows(what: Listed) -> Vec<(String, String)> {
    let row = |name: &str, about: &str| (name.to_owned(), about.to_owned());
    match what {
        Listed::Diagrams => gallery::DIAGRAMS
            .iter()
            .map(|(name, text)| row(name, title(text)))
            .collect(),
        Listed::Themes => Theme::names()
            .map(|name| {
                let about = Theme::named(name).map(|theme| theme.about);
                (name.to_owned(), about.unwrap_or_default())
            })
            .collect(),
        Listed::Formats => FORMATS
            .iter()
            .map(|format| row(format.name, format.about))
            .collect(),
        Listed::Inputs => INPUTS
            .iter()
            .map(|input| {
                let endings: Vec<String> = input
                    .endings
                    .iter()
                    .map(|ending| format!(".{ending}"))
                    .collect();
                (input.name.to_owned(), endings.join(" "))
            })
            .collect(),
        Listed::Languages => read::languages().map(|code| row(code, "")).collect(),
        Listed::Checks => CHECKS
            .iter()
            .map(|check| row(check.code.name(), check.about))
            .collect(),
        Listed::MessageFormats => MESSAGE_FORMATS
            .iter()
            .map(|format| row(format.name, format.about))
            .collect(),
    }
}

/// The title of a built-in diagram.
fn title(text: &str) -> &str {
    text.lines()
        .find_map(|line| line.strip_prefix("title:"))
        .unwrap_or_default()
        .trim()
}
