//! Themes from files and configurations: all inks, or those in which one differs from a theme that ships.

use super::theme::{AUTO, Ink, Palette, Theme};
use crate::model::nearest;
use crate::yaml;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Colours by the names of their inks.
pub type Inks = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    name: String,
    #[serde(default)]
    about: String,
    based_on: Option<String>,
    #[serde(default)]
    inks: Inks,
    #[serde(default)]
    dark_inks: Inks,
}

impl Theme {
    /// A theme from the text of a theme file.
    ///
    /// # Errors
    /// What is wrong with it: its YAML, an ink that is missing or unknown, a colour that is not `#rrggbb`.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = yaml::typed(text)?;
        let theme = match &file.based_on {
            Some(base) => Self::based_on(base, &file.inks, &file.dark_inks)?,
            None if file.dark_inks.is_empty() => Self {
                palette: palette(&file.inks, None)?,
                ..Self::default()
            },
            None => return Err("`dark-inks` are of a theme with `based-on: auto`".to_owned()),
        };
        Ok(Self {
            name: file.name,
            about: file.about,
            ..theme
        })
    }

    /// A theme that ships, in other colours: `dark_inks` are those on a dark page, of a theme that follows its reader's setting.
    ///
    /// # Errors
    /// The same.
    pub fn based_on(base: &str, inks: &Inks, dark_inks: &Inks) -> Result<Self, String> {
        let theme = Self::named(base).ok_or_else(|| {
            let near = nearest(base, Self::names());
            let meant = near.map(|near| format!("; did you mean `{near}`?"));
            format!("no theme is called `{base}`{}", meant.unwrap_or_default())
        })?;
        if theme.dark.is_none() && !dark_inks.is_empty() {
            return Err(format!(
                "`dark-inks` are of a theme with `based-on: {AUTO}`"
            ));
        }
        let dark = theme.dark.as_ref();
        let dark = dark.map(|dark| palette(dark_inks, Some(dark)));
        Ok(Self {
            palette: palette(inks, Some(&theme.palette))?,
            dark: dark.transpose()?,
            ..theme
        })
    }
}

/// Every colour: the given one, else that of the base, else that of the ink which stands in for it.
fn palette(inks: &Inks, base: Option<&Palette>) -> Result<Palette, String> {
    let mut colours: Vec<String> = Vec::with_capacity(Ink::ALL.len());
    for ink in Ink::ALL {
        let given = inks.get(ink.name()).cloned();
        let other = || match base {
            Some(base) => Some(base.colour(*ink).to_owned()),
            None => colours.get(ink.else_as()? as usize).cloned(),
        };
        let colour = given
            .or_else(other)
            .ok_or_else(|| format!("the ink `{}` is missing", ink.name()))?;
        let digits = colour.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(format!("`{colour}` is no colour: write `#rrggbb`"));
        }
        colours.push(colour);
    }
    let known = |name: &str| Ink::ALL.iter().any(|ink| ink.name() == name);
    match inks.keys().find(|name| !known(name)) {
        Some(name) => {
            let near = nearest(name, Ink::ALL.iter().map(|ink| ink.name()));
            let meant = near.map(|near| format!("; did you mean `{near}`?"));
            Err(format!(
                "no ink is called `{name}`{}",
                meant.unwrap_or_default()
            ))
        }
        None => Ok(Palette { colours }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::theme::THEMES;
    use super::*;

    #[test]
    fn a_theme_file_says_what_is_wrong_with_it() {
        let text = THEMES[0].1;
        let wrong = |text: &str, word: &str| {
            let told = Theme::read(text).unwrap_err();
            assert!(told.contains(word), "{told}");
        };
        wrong(&text.replace("#ffffff", "white"), "white");
        wrong(&text.replace("canvas:", "canvsa:"), "canvas");
        wrong(&format!("{text}  more: \"#000000\"\n"), "more");
        wrong("based-on: lihgt", "did you mean `light`?");
        wrong(
            "based-on: dark\ninks: {lnk: \"#000000\"}",
            "did you mean `link`?",
        );
        wrong(
            "based-on: dark\ndark-inks: {link: \"#000000\"}",
            "based-on: auto",
        );
    }

    #[test]
    fn a_theme_differs_from_its_base_where_it_says_so_and_nowhere_else() {
        let own = "name: house\nbased-on: auto\ninks: {link: \"#7a1f1f\"}\ndark-inks: {link: \"#ffb0b0\"}";
        let own = Theme::read(own).unwrap();
        let base = Theme::named(AUTO).unwrap();
        let (dark, base_dark) = (own.dark.unwrap(), base.dark.unwrap());
        assert_eq!(own.palette.colour(Ink::Link), "#7a1f1f");
        assert_eq!(dark.colour(Ink::Link), "#ffb0b0");
        for ink in Ink::ALL.iter().filter(|ink| **ink != Ink::Link) {
            assert_eq!(own.palette.colour(*ink), base.palette.colour(*ink));
            assert_eq!(dark.colour(*ink), base_dark.colour(*ink));
        }
    }
}
