//! Options in a configuration, a marker or front matter are those of `render`, under the same names: they are read by the same command line.

use crate::app::cli::{Cli, Command, RenderArguments};
use crate::app::error::Error;
use crate::app::render;
use crate::draw::Format;
use crate::model::nearest;
use crate::scene::Theme;
use crate::{Options, draw};
use clap::Parser;
use std::collections::BTreeMap;

/// What a repository may set. Whatever names a file, runs something or talks to a cluster is not among them.
const ALLOWED: &[&str] = &[
    "animate",
    "around",
    "ascii",
    "bundle",
    "confidence",
    "depth",
    "direction",
    "engine",
    "fit",
    "format",
    "hide",
    "highlight",
    "links",
    "max-bytes",
    "max-depth",
    "max-links",
    "max-parts",
    "only",
    "routes",
    "scale",
    "steps",
    "text",
    "theme",
    "transparent",
    "width",
];

/// Options by their names.
pub(in crate::app) type Words = BTreeMap<String, String>;

/// The name of an option as the command line has it, if a repository may set it.
///
/// # Errors
/// A message, and what may have been meant.
pub(in crate::app) fn allowed(name: &str) -> Result<String, (String, Option<&'static str>)> {
    let tidy = name.trim_start_matches("--").replace('_', "-");
    if ALLOWED.contains(&tidy.as_str()) {
        return Ok(tidy);
    }
    let near = nearest(&tidy, ALLOWED.iter().copied());
    Err((format!("there is no option `{name}` here"), near))
}

/// The options that the words mean, for an output with that ending.
///
/// # Errors
/// What the command line says of them.
pub(in crate::app) fn options(words: &Words, output: &str) -> Result<Options, String> {
    // The command line takes a theme file too; a repository writes its themes into its configuration.
    if let Some(name) = words.get("theme")
        && Theme::named(name).is_none()
    {
        return Err(Error::theme(name).to_string());
    }
    let mut line = vec!["k8sdiag".to_owned(), "render".to_owned()];
    for (name, value) in words {
        match value.as_str() {
            "true" => line.push(format!("--{name}")),
            "false" => {}
            value => line.push(format!("--{name}={value}")),
        }
    }
    let cli = Cli::try_parse_from(line).map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        first.trim_start_matches("error: ").replace('\'', "`")
    })?;
    let Command::Render(arguments) = cli.command else {
        return Err("these are no options".to_owned());
    };
    let format = format(&arguments, output)?;
    render::options_as(&arguments, format).map_err(|error| error.to_string())
}

fn format(arguments: &RenderArguments, output: &str) -> Result<&'static Format, String> {
    let ending = output.rsplit_once('.').map(|(_, ending)| ending);
    let name = arguments.format.as_deref().or(ending).unwrap_or("svg");
    draw::format(name).ok_or_else(|| {
        let near = nearest(name, draw::FORMATS.iter().map(|format| format.name));
        let meant = near.map(|near| format!("; did you mean `{near}`?"));
        format!("no format is called `{name}`{}", meant.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pairs: &[(&str, &str)]) -> Words {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn options_are_those_of_render() {
        let found = options(
            &words(&[("theme", "dark"), ("fit", "16:9"), ("links", "stated")]),
            "a.svg",
        )
        .unwrap();
        assert_eq!(found.theme.unwrap().name, "dark");
        assert!(!found.view.known);
        assert_eq!(options(&words(&[]), "a.json").unwrap().format.name, "json");
        assert!(
            options(&words(&[("theme", "drak")]), "a.svg")
                .unwrap_err()
                .contains("drak")
        );
        // Only who runs the program names a file.
        let file = options(&words(&[("theme", "/etc/house.yaml")]), "a.svg");
        assert!(file.unwrap_err().contains("no theme is called"));
        assert!(
            options(&words(&[("fit", "wide")]), "a.svg")
                .unwrap_err()
                .contains("16:9")
        );
        assert!(options(&words(&[]), "a.xyz").unwrap_err().contains("xyz"));
    }

    #[test]
    fn whatever_a_repository_may_set_the_command_line_has() {
        use clap::CommandFactory;
        let cli = Cli::command();
        let render = cli.find_subcommand("render").unwrap();
        let options: Vec<&str> = render
            .get_arguments()
            .filter_map(|one| one.get_long())
            .collect();
        for name in ALLOWED {
            assert!(options.contains(name), "{name}");
        }
    }

    #[test]
    fn a_repository_cannot_name_files_or_run_anything() {
        for name in [
            "output",
            "o",
            "input",
            "knowledge",
            "font",
            "live",
            "helm",
            "kustomize",
            "timings",
            "filename",
        ] {
            assert!(allowed(name).is_err(), "{name}");
        }
        assert_eq!(allowed("--max_bytes"), Ok("max-bytes".to_owned()));
        assert_eq!(allowed("them").unwrap_err().1, Some("theme"));
    }
}
