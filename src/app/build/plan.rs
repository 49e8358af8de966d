//! A repository becomes the list of what is to be drawn, and of the pages that show it. Nothing is drawn or written here.

use super::config::{self, Config, Diagram};
use super::pages::{self, Wish};
use super::tree::{Tree, folder, joined, relative, stem};
use super::words::{self, Words};
use crate::Options;
use crate::app::error::Error;
use crate::app::files;
use crate::model::{Code, Diagnostic, SourceId, Sources, nearest};
use crate::read::Limits;
use crate::scene::Theme;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// Endings of Markdown pages.
const PAGES: &[&str] = &["md", "markdown", "mdx"];
/// What may stand in braces in the name of an output.
const BRACES: &[&str] = &["stem", "dir", "theme", "format", "view"];
/// Outputs that one configuration may ask for.
const MOST: usize = 100_000;

/// A picture to draw.
#[derive(Debug)]
pub(super) struct Job {
    /// Inputs, from the root on.
    pub(super) inputs: Vec<String>,
    /// Output, from the root on.
    pub(super) output: String,
    /// Options, as they were written.
    pub(super) words: Words,
    /// Options, as they were understood.
    pub(super) options: Arc<Options>,
}

/// A page whose text changes.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) page: String,
    pub(super) new: String,
}

/// Something that is wrong, with the texts that it speaks of.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) jobs: Vec<Job>,
    pub(super) edits: Vec<Edit>,
    pub(super) troubles: Vec<Trouble>,
    /// The texts of inputs, from the root on; a page's as it will be.
    pub(super) texts: BTreeMap<String, Arc<str>>,
    /// Patterns of outputs, for finding those that nothing makes any more.
    pub(super) patterns: Vec<String>,
    /// What pages say, all of them, where they were looked through.
    pub(super) pages: Vec<Arc<str>>,
}

/// Plans.
pub(super) fn plan(tree: &Tree) -> Plan {
    let mut planner = Planner {
        tree,
        plan: Plan::default(),
        themes: BTreeMap::new(),
        options: BTreeMap::new(),
        outputs: BTreeMap::new(),
    };
    let mut discover = true;
    let mut defaults = Words::new();
    if tree.configured {
        let name = tree.config();
        match planner.read(&name) {
            Ok(text) => {
                let (config, sources, id, diagnostics) = config::read(&name, text.to_string());
                discover = config.discover;
                defaults.clone_from(&config.words);
                planner.themes.clone_from(&config.own_themes);
                planner.config(&config, sources, id, diagnostics);
            }
            Err(trouble) => {
                discover = false;
                planner.plan.troubles.push(trouble);
            }
        }
    }
    if discover {
        planner.discover(&defaults);
    }
    planner.plan
}

/// A diagnostic without a place in a text.
pub(super) fn trouble(diagnostic: Diagnostic) -> Trouble {
    Trouble {
        sources: Sources::default(),
        diagnostics: vec![diagnostic],
    }
}

fn refused(error: &Error) -> Trouble {
    let (diagnostic, sources) = error.told();
    Trouble {
        sources,
        diagnostics: vec![diagnostic],
    }
}

struct Planner<'a> {
    tree: &'a Tree,
    plan: Plan,
    /// Themes of the configuration.
    themes: BTreeMap<String, Theme>,
    options: BTreeMap<(Words, String), Result<Arc<Options>, String>>,
    /// The index of the job that makes an output.
    outputs: BTreeMap<String, usize>,
}

impl Planner<'_> {
    /// The text of a file, read once.
    fn read(&mut self, name: &str) -> Result<Arc<str>, Trouble> {
        if let Some(text) = self.plan.texts.get(name) {
            return Ok(text.clone());
        }
        let path = self.tree.input(name).map_err(|told| trouble(*told))?;
        let text = files::read(&path, Limits::default().bytes).map_err(|error| {
            let mut told = refused(&error);
            for diagnostic in &mut told.diagnostics {
                // The user knows the file from the root on, not by its real path.
                let real = path.to_string_lossy();
                diagnostic.message = diagnostic.message.replace(&*real, name);
                diagnostic.file = Some(name.into());
                diagnostic.span = None;
            }
            told
        })?;
        let text: Arc<str> = text.into();
        self.plan.texts.insert(name.to_owned(), text.clone());
        Ok(text)
    }

    fn config(
        &mut self,
        config: &Config,
        sources: Sources,
        id: SourceId,
        mut diagnostics: Vec<Diagnostic>,
    ) {
        for diagram in &config.diagrams {
            for mut told in self.diagram(config, diagram) {
                if told.span.is_none() {
                    told.span = Some(sources.span(id, diagram.bytes.clone()));
                }
                diagnostics.push(told);
            }
        }
        if !diagnostics.is_empty() {
            self.plan.troubles.push(Trouble {
                sources,
                diagnostics,
            });
        }
    }

    fn diagram(&mut self, config: &Config, diagram: &Diagram) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let mut inputs = Vec::new();
        for pattern in &diagram.inputs {
            let whole = joined(&self.tree.base, pattern);
            let found = self.tree.matching(&whole);
            if found.is_empty() {
                let message = format!("`{pattern}` fits no file");
                told.push(Diagnostic::new(Code::Unreadable, message));
            }
            inputs.extend(found);
        }
        inputs.dedup();
        let outputs: Vec<&str> = diagram
            .outputs
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        if let Some(wrong) = outputs.iter().find_map(|path| unknown_brace(path)) {
            let near = nearest(&wrong, BRACES.iter().copied());
            let help = near.map_or_else(
                || format!("there are {{{}}}", BRACES.join("}, {")),
                |near| format!("did you mean `{{{near}}}`?"),
            );
            told.push(
                Diagnostic::new(Code::BadValue, format!("nothing stands for `{{{wrong}}}`"))
                    .help(help),
            );
            return told;
        }
        let several = inputs.len() > 1 && !diagram.merge;
        if let Some(path) = outputs
            .iter()
            .find(|path| several && !path.contains("{stem}"))
        {
            let message = format!("{} inputs would all be written to `{path}`", inputs.len());
            told.push(Diagnostic::new(Code::BadValue, message).help(
                "put `{stem}` into the name of the output, or add `merge: true` to draw them as one",
            ));
            return told;
        }
        let groups: Vec<Vec<String>> = if diagram.merge {
            vec![inputs]
        } else {
            inputs.into_iter().map(|input| vec![input]).collect()
        };
        for inputs in groups.into_iter().filter(|inputs| !inputs.is_empty()) {
            for (pattern, own) in &diagram.outputs {
                for (brace, words) in variants(config, diagram, pattern, own) {
                    if self.plan.jobs.len() >= MOST {
                        told.push(Diagnostic::new(
                            Code::Limit,
                            format!("more than {MOST} outputs are asked for"),
                        ));
                        return told;
                    }
                    let output = self.name(pattern, &inputs, &brace);
                    told.extend(self.job(inputs.clone(), output, words));
                }
            }
        }
        for (pattern, _) in &diagram.outputs {
            let mut glob = joined(&self.tree.base, pattern);
            for brace in BRACES {
                glob = glob.replace(
                    &format!("{{{brace}}}"),
                    if *brace == "dir" { "**" } else { "*" },
                );
            }
            self.plan.patterns.push(glob);
        }
        told
    }

    /// The name of an output.
    fn name(&self, pattern: &str, inputs: &[String], brace: &[(&str, String)]) -> String {
        let first = inputs.first().map_or("", String::as_str);
        let mut name = pattern
            .replace("{stem}", stem(first))
            .replace("{dir}", &relative(&self.tree.base, folder(first)));
        for (brace, value) in brace {
            name = name.replace(&format!("{{{brace}}}"), value);
        }
        if name.starts_with('/') {
            // An absolute path is refused when it is checked, not bent into a relative one.
            name
        } else {
            joined(&self.tree.base, &name)
        }
    }

    /// Adds a job; complains where its options are wrong, or another one writes the same output.
    fn job(&mut self, inputs: Vec<String>, output: String, words: Words) -> Option<Diagnostic> {
        if let Err(diagnostic) = self.tree.output(&output) {
            return Some(*diagnostic);
        }
        if inputs.contains(&output) {
            let message = format!("`{output}` is an input too, and would be overwritten");
            return Some(Diagnostic::new(Code::Unwritable, message));
        }
        let ending = output.rsplit_once('.').map_or("", |(_, ending)| ending);
        let key = (words.clone(), ending.to_owned());
        let themes = &self.themes;
        let options = self.options.entry(key).or_insert_with(|| {
            let mut asked = words.clone();
            let own = words.get("theme").and_then(|name| themes.get(name));
            if own.is_some() {
                asked.remove("theme");
            }
            let mut options = words::options(&asked, &output)?;
            options.theme = own.cloned().or(options.theme);
            Ok(Arc::new(options))
        });
        let options = match options {
            Ok(options) => options.clone(),
            Err(message) => return Some(Diagnostic::new(Code::BadValue, message.clone())),
        };
        match self.outputs.entry(output.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(self.plan.jobs.len());
            }
            Entry::Occupied(entry) => {
                let other = self.plan.jobs.get(*entry.get())?;
                if other.inputs == inputs && other.words == words {
                    return None;
                }
                let message = format!(
                    "two diagrams are written to `{output}`: one of `{}`, one of `{}`",
                    other.inputs.join("`, `"),
                    inputs.join("`, `")
                );
                return Some(
                    Diagnostic::new(Code::BadValue, message)
                        .help("give one of them another name: `output=NAME.svg`"),
                );
            }
        }
        for input in &inputs {
            if let Err(trouble) = self.read(input) {
                self.outputs.remove(&output);
                self.plan.troubles.push(trouble);
                return None;
            }
        }
        self.plan.jobs.push(Job {
            inputs,
            output,
            words,
            options,
        });
        None
    }

    /// Looks through all pages.
    fn discover(&mut self, defaults: &Words) {
        let mut asking: Vec<(String, Vec<Wish>)> = Vec::new();
        for name in self.tree.tracked() {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            if !PAGES.contains(&ending.to_ascii_lowercase().as_str()) {
                continue;
            }
            let text = match self.read(&name) {
                Ok(text) => text,
                Err(trouble) => {
                    self.plan.troubles.push(trouble);
                    continue;
                }
            };
            self.plan.pages.push(text.clone());
            let (sources, id) = pages::source(&name, &text);
            let mut page = pages::read(&sources, id);
            if !page.diagnostics.is_empty() {
                let diagnostics = std::mem::take(&mut page.diagnostics);
                self.plan.troubles.push(Trouble {
                    sources,
                    diagnostics,
                });
            }
            if !page.wishes.is_empty() {
                asking.push((name, page.wishes));
            }
        }
        // A page that is an input too is read as it will be, or its picture would name lines that move.
        for (name, wishes) in &asking {
            self.edit(name, wishes);
        }
        for (name, wishes) in asking {
            let mut diagnostics = Vec::new();
            for wish in wishes {
                diagnostics.extend(self.wish(wish, defaults));
            }
            if !diagnostics.is_empty() {
                let diagnostics = diagnostics.into_iter().map(|mut told: Diagnostic| {
                    told.file.get_or_insert_with(|| name.as_str().into());
                    told
                });
                self.plan.troubles.push(Trouble {
                    sources: Sources::default(),
                    diagnostics: diagnostics.collect(),
                });
            }
        }
    }

    fn edit(&mut self, name: &str, wishes: &[Wish]) {
        let Some(text) = self.plan.texts.get(name).cloned() else {
            return;
        };
        let mut titles = BTreeMap::new();
        for wish in wishes.iter().filter(|wish| wish.between.is_some()) {
            // Whoever asks for an input that is not there hears of it from the job.
            let title = self
                .read(&wish.source)
                .map(|text| pages::title(&wish.source, &text));
            titles.insert(wish.source.clone(), title.unwrap_or_default());
        }
        let new = pages::written(&text, name, wishes, &|source| {
            titles.get(source).cloned().unwrap_or_default()
        });
        if *new != *text {
            self.plan.texts.insert(name.to_owned(), new.as_str().into());
            self.plan.edits.push(Edit {
                page: name.to_owned(),
                new,
            });
        }
    }

    fn wish(&mut self, wish: Wish, defaults: &Words) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        for (output, theme) in wish.outputs {
            let mut words = defaults.clone();
            words.extend(wish.words.clone());
            words.extend(theme.map(|theme| ("theme".to_owned(), theme.to_owned())));
            told.extend(self.job(vec![wish.source.clone()], output, words));
        }
        told
    }
}

/// Every way in which an output is made: views times themes times formats, each with what stands for its braces.
fn variants<'a>(
    config: &Config,
    diagram: &Diagram,
    pattern: &str,
    own: &Words,
) -> Vec<(Vec<(&'a str, String)>, Words)> {
    let mut base = config.words.clone();
    base.extend(diagram.words.clone());
    base.extend(own.clone());
    let mut themes = diagram.themes.clone();
    if base.get("theme").is_some_and(|theme| theme == "both") {
        base.remove("theme");
        themes = vec!["light".to_owned(), "dark".to_owned()];
    }
    let each = |brace: &str, list: &[String], option: &str| -> Vec<Option<String>> {
        if list.is_empty() || !pattern.contains(&format!("{{{brace}}}")) {
            return vec![base.get(option).cloned()];
        }
        list.iter().cloned().map(Some).collect()
    };
    let views: Vec<Option<&(String, Words)>> = if diagram.views.is_empty() {
        vec![None]
    } else {
        diagram.views.iter().map(Some).collect()
    };
    let mut all = Vec::new();
    for view in views {
        for theme in each("theme", &themes, "theme") {
            for format in each("format", &diagram.formats, "format") {
                let mut words = base.clone();
                let mut braces = Vec::new();
                if let Some((name, own)) = view {
                    words.extend(own.clone());
                    braces.push(("view", name.clone()));
                }
                if let Some(theme) = &theme {
                    words.insert("theme".to_owned(), theme.clone());
                }
                if let Some(format) = &format {
                    words.insert("format".to_owned(), format.clone());
                }
                braces.push(("theme", theme.clone().unwrap_or_else(|| "light".to_owned())));
                braces.push(("format", format.unwrap_or_else(|| "svg".to_owned())));
                all.push((braces, words));
            }
        }
    }
    all
}

/// Something in braces that stands for nothing.
fn unknown_brace(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        if !BRACES.contains(&name) {
            return Some(name.to_owned());
        }
        rest = behind;
    }
    None
}
