//! What a picture says by itself (its legend, its description), in the language of its note: a data file a language.

use crate::model::RuleKind;
use crate::yaml;
use serde::Deserialize;

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Phrasebook {
    /// Of links that the input states.
    pub(super) stated: String,
    /// Of links that built-in knowledge adds.
    pub(super) known: String,
    only_from: String,
    only_to: String,
    all_only_to: String,
    never: String,
    /// Every other part, as the end of a rule.
    others: String,
    /// Stands before or after a number.
    pub(super) components: String,
    /// Stands before or after a number.
    pub(super) groups: String,
    /// Stands before or after a number.
    pub(super) links: String,
    /// Those that the description only counts.
    pub(super) more_links: String,
    /// The title of a picture whose input has none.
    pub(super) untitled: String,
}

macro_rules! phrasebooks {
    ($($code:literal),* $(,)?) => {
        /// Each language's file, by its code.
        const PHRASEBOOKS: &[(&str, &str)] = &[
            $(($code, include_str!(concat!("phrasebook/", $code, ".yaml")))),*
        ];
    };
}

phrasebooks!(
    "da", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru", "sv", "uk", "vi",
    "zh",
);

/// Spoken where nobody wrote a file for the language.
const DEFAULT: &str = "en";

impl Phrasebook {
    /// The phrasebook of a language tag such as `pt-BR`, else the English one.
    pub(super) fn of(language: Option<&str>) -> Self {
        let code = language
            .and_then(|tag| tag.split(['-', '_']).next())
            .map_or_else(|| DEFAULT.to_owned(), str::to_lowercase);
        let text = |code: &str| PHRASEBOOKS.iter().find(|(known, _)| *known == code);
        let file = text(&code).or_else(|| text(DEFAULT));
        let book = file.and_then(|(_, text)| yaml::typed(text).ok());
        debug_assert!(book.is_some(), "a phrasebook does not parse");
        book.unwrap_or_else(Self::empty)
    }

    /// The sentence of a rule, with the names of its ends in it; an end without a name is every other part.
    pub(super) fn rule(
        &self,
        kind: RuleKind,
        subject: Option<&str>,
        object: Option<&str>,
    ) -> String {
        let sentence = match (kind, subject) {
            (RuleKind::OnlyFrom, _) => &self.only_from,
            (RuleKind::OnlyTo, None) => &self.all_only_to,
            (RuleKind::OnlyTo, Some(_)) => &self.only_to,
            (RuleKind::Never, _) => &self.never,
        };
        let [subject, object] = [subject, object].map(|end| end.unwrap_or(&self.others));
        // A name may hold a placeholder's letters: each is looked for in the sentence alone.
        let mut words = String::new();
        for piece in sentence.split_inclusive('}') {
            let (text, name) = match piece {
                _ if piece.ends_with("{subject}") => (piece.trim_end_matches("{subject}"), subject),
                _ if piece.ends_with("{object}") => (piece.trim_end_matches("{object}"), object),
                _ => (piece, ""),
            };
            words.push_str(text);
            words.push_str(name);
        }
        words
    }

    fn empty() -> Self {
        Self {
            stated: String::new(),
            known: String::new(),
            only_from: String::new(),
            only_to: String::new(),
            all_only_to: String::new(),
            never: String::new(),
            others: String::new(),
            components: String::new(),
            groups: String::new(),
            links: String::new(),
            more_links: String::new(),
            untitled: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_both_ends_of_every_rule() {
        for (code, text) in PHRASEBOOKS {
            let book: Phrasebook = yaml::typed(text).unwrap_or_else(|why| panic!("{code}: {why}"));
            for kind in RuleKind::ALL {
                let words = book.rule(*kind, Some("{object}"), Some("etcd"));
                assert!(
                    words.contains("{object}") && words.contains("etcd"),
                    "{code}: {words}"
                );
                assert!(!words.contains("{subject}"), "{code}: {words}");
            }
            let words = book.rule(RuleKind::OnlyTo, None, Some("etcd"));
            assert!(
                words.contains("etcd") && !words.contains('{'),
                "{code}: {words}"
            );
        }
    }

    #[test]
    fn a_tag_finds_its_language_and_a_strange_one_speaks_english() {
        assert_eq!(Phrasebook::of(Some("pt-BR")).links, "ligações");
        assert_eq!(Phrasebook::of(Some("tlh")), Phrasebook::of(None));
    }
}
