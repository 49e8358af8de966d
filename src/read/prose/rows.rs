//! The data file of a language, as it stands: its keys, and the rows of its predicates.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How a language marks what a name does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Markers {
    /// By words before it: *to the API server*.
    Before,
    /// By particles after it: *API サーバーに*.
    After,
}

/// The data file of a language, as it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "traits of a language, as its file has them"
)]
pub(super) struct File {
    #[serde(rename = "language")]
    pub code: String,
    pub name: String,
    pub markers: Markers,
    #[serde(default)]
    pub inverts: bool,
    #[serde(default)]
    pub unspaced: bool,
    pub predicates: Vec<PredicateRow>,
    pub prepositions: Vec<String>,
    pub via: Vec<String>,
    pub agents: Vec<String>,
    #[serde(default)]
    pub reflexives: Vec<String>,
    #[serde(default)]
    pub subject: Vec<String>,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub objects: Vec<String>,
    #[serde(default)]
    pub times: Vec<String>,
    #[serde(default)]
    pub placing: Vec<String>,
    pub exclusive: Vec<String>,
    #[serde(default)]
    pub exclusive_after: Vec<String>,
    pub sole: Vec<String>,
    pub except: Vec<String>,
    pub examples: Vec<String>,
    #[serde(default)]
    pub examples_after: Vec<String>,
    pub nobody: Vec<String>,
    pub nobody_else: Vec<String>,
    pub everyone: Vec<String>,
    pub negation: Vec<String>,
    pub veto: Vec<String>,
    pub instead: Vec<String>,
    pub enabling: Vec<String>,
    pub and: Vec<String>,
    pub breaks: Vec<String>,
    pub conditions: Vec<String>,
    pub relatives: Vec<String>,
    pub pronouns: Vec<String>,
    pub persons: Vec<String>,
    pub light: Vec<String>,
    pub consists: Vec<String>,
    pub suffixes: Vec<String>,
    #[serde(default)]
    pub genitives: Vec<String>,
    #[serde(default)]
    pub possessives: Vec<String>,
    #[serde(default)]
    pub places: Vec<String>,
    #[serde(default)]
    pub locatives: Vec<String>,
    pub groups: Vec<String>,
    pub generic: Vec<String>,
    pub labels: Vec<String>,
    pub deeds: Vec<String>,
    pub demands: Vec<String>,
    pub sent: Vec<String>,
    #[serde(default)]
    pub orders: Vec<String>,
    #[serde(default)]
    pub abbreviations: Vec<String>,
    #[serde(default)]
    pub contractions: BTreeMap<String, Vec<String>>,
    pub articles: Vec<String>,
    pub without: Vec<String>,
    pub nor: Vec<String>,
    pub contrast: Vec<String>,
    pub always: Vec<String>,
    pub mutual: Vec<String>,
    #[serde(default)]
    pub inflects: bool,
    #[serde(default)]
    pub commas: bool,
    #[serde(default)]
    pub drops: bool,
    #[serde(default)]
    pub verb_last: bool,
    #[serde(default)]
    pub negates_late: bool,
    #[serde(default)]
    pub nominatives: Vec<String>,
    #[serde(default)]
    pub accusatives: Vec<String>,
    pub plurals: Vec<String>,
    pub latter: Vec<String>,
    pub there: Vec<String>,
    pub faces: Vec<String>,
    pub contents: Vec<String>,
    pub kinds: Vec<String>,
    pub sorts: BTreeMap<String, Vec<String>>,
    pub sources: Vec<String>,
    pub targets: Vec<String>,
}

/// A row of the data file's predicates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PredicateRow {
    pub kind: String,
    pub words: Vec<String>,
    #[serde(default)]
    pub object: Vec<String>,
    #[serde(default)]
    pub actor: Vec<String>,
    #[serde(default)]
    pub between: Vec<String>,
    #[serde(default)]
    pub noun: bool,
    #[serde(default)]
    pub route: Vec<String>,
    #[serde(default)]
    pub reserves: bool,
    #[serde(default)]
    pub moved: bool,
}
