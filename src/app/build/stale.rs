//! Why an output is stale, missing or orphaned: in words about the architecture, where the output can tell what it shows.

use super::plan::{Job, Plan};
use super::recall;
use super::tree::{Tree, folder};
use super::work::BYTES;
use super::{cache::Cache, glob::Glob, hash::hash};
use crate::app::files;
use crate::diff::{self, Change};
use crate::model::{Architecture, Code, Diagnostic, Mark, Source, Sources};
use crate::{Options, draw, read, report, resolve};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Changes that are named of one output.
const NAMED: usize = 8;

/// Formats of one thing a line, which tell most by the lines that differ.
const LINED: &[&str] = &["mermaid", "d2", "plantuml"];

/// An output that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Whether it is stale, missing or orphaned.
    pub(super) code: Code,
    /// The output, from the root on.
    pub(super) output: String,
    /// Why, one reason each.
    pub(super) reasons: Vec<String>,
    /// The line of an input that made it so, where one is known: an annotation belongs there.
    pub(super) line: Option<(Arc<str>, u32)>,
}

impl Finding {
    /// The same, for machines and annotations; a text that it points into is added to `sources`.
    pub(super) fn told(&self, plan: &Plan, sources: &mut Sources) -> Diagnostic {
        let what = match self.code {
            Code::MissingOutput => "missing",
            Code::OrphanedOutput => "orphaned",
            _ => "stale",
        };
        let message = format!("`{}` is {what}: {}", self.output, self.reasons.join("; "));
        let help = match self.code {
            Code::OrphanedOutput => "delete it, or name its input",
            _ => "run `k8sdiag build`, and commit what it writes",
        };
        let told = Diagnostic::new(self.code, message)
            .in_file(self.output.as_str())
            .help(help);
        let Some((file, line)) = &self.line else {
            return told;
        };
        let Some(text) = plan.texts.get(&**file) else {
            return told;
        };
        let source = sources.add(Source::new(file.clone(), text.clone()));
        let before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
        let own = text.get(start..).and_then(|rest| rest.lines().next());
        let end = start + own.map_or(0, str::len);
        told.at(sources.span(source, start..end))
    }

    /// The same, for people.
    pub(super) fn lines(&self) -> String {
        let what = match self.code {
            Code::MissingOutput => "missing ",
            Code::OrphanedOutput => "orphaned",
            _ => "stale   ",
        };
        let mut text = format!("{what} {}\n", report::clean(&self.output));
        for reason in &self.reasons {
            text.push_str("           ");
            text.push_str(&report::clean(reason));
            text.push('\n');
        }
        text
    }
}

/// An output that is another than it should be.
pub(super) fn stale(job: &Job, old: &[u8], new: &[u8], shown: &Architecture) -> Finding {
    let (reasons, line) = match (told(job, old), told(job, new)) {
        (Some(mut before), Some(mut after)) => {
            // A picture of an input without a title has one of ours.
            if shown.title.is_none() {
                before.title = None;
                after.title = None;
            }
            changes(&before, &after, shown)
        }
        _ if LINED.contains(&job.options.format.name) => (lines(old, new), None),
        _ => (Vec::new(), None),
    };
    let reasons = if reasons.is_empty() {
        let same = told(job, old).is_some_and(|before| before.part_count() > 0);
        vec![
            if same {
                "the same architecture, drawn anew: other words in the input, another option, or another version of k8sdiag"
            } else {
                "it was drawn from another input, with other options, or by another version of k8sdiag"
            }
            .to_owned(),
        ]
    } else {
        reasons
    };
    Finding {
        code: Code::StaleOutput,
        output: job.output.clone(),
        reasons,
        line,
    }
}

/// Whether two pictures of a job show the same architecture, however they are drawn.
pub(super) fn shows_the_same(job: &Job, old: &[u8], new: &[u8]) -> bool {
    let both = told(job, old).zip(told(job, new));
    both.is_some_and(|(before, after)| {
        before.part_count() > 0 && diff::compare(&before, &after, false).changes.is_empty()
    })
}

/// What a picture of this job tells of its architecture, if its format tells anything.
fn told(job: &Job, bytes: &[u8]) -> Option<Architecture> {
    if let Some(outline) = draw::found(bytes) {
        return Some(recall::hidden(outline));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    match job.options.format.name {
        "svg" | "html" => Some(recall::recall(text)),
        "json" | "yaml" => Some(reread("old.yaml", text)),
        "dot" => Some(reread("old.dot", text)),
        _ => None,
    }
}

/// The architecture that a text of ours states, which we read again.
fn reread(name: &str, text: &str) -> Architecture {
    let mut sources = Sources::default();
    sources.add(Source::new(name, text));
    let options = Options::default();
    let readings = read::read(&sources, options.knowledge, &options.limits);
    resolve::resolve(&sources, &readings, options.knowledge).architecture
}

/// The lines that differ, of a text for people and other programs.
fn lines(old: &[u8], new: &[u8]) -> Vec<String> {
    let texts = (std::str::from_utf8(old), std::str::from_utf8(new));
    let (Ok(old), Ok(new)) = texts else {
        return Vec::new();
    };
    let set = |text: &'_ str| -> BTreeSet<String> {
        text.lines().map(|line| line.trim().to_owned()).collect()
    };
    let (before, after) = (set(old), set(new));
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>, what: &str| -> Vec<String> {
        let lines = one.difference(other).filter(|line| !line.is_empty());
        lines.map(|line| format!("line `{line}` {what}")).collect()
    };
    let mut reasons = only(&after, &before, "added");
    reasons.extend(only(&before, &after, "removed"));
    limited(reasons)
}

fn limited(mut reasons: Vec<String>) -> Vec<String> {
    if reasons.len() > NAMED {
        let more = reasons.len() - NAMED;
        reasons.truncate(NAMED);
        reasons.push(format!("and {more} more changes"));
    }
    reasons
}

/// What changed, each with the place in the input that says so.
fn changes(
    before: &Architecture,
    after: &Architecture,
    shown: &Architecture,
) -> (Vec<String>, Option<(Arc<str>, u32)>) {
    let plain = |name: &str| name.to_owned();
    let diff = diff::compare(before, after, false);
    let mut line = None;
    let reasons: Vec<String> = diff
        .changes
        .into_iter()
        .map(|mut change| {
            place(&mut change, shown);
            let here = change.new.as_ref();
            let here = here.and_then(|place| Some((place.file.clone(), place.line?)));
            line = line.take().or(here);
            change.words_and_place(&plain)
        })
        .collect();
    (limited(reasons), line)
}

/// A picture tells no lines: the architecture that was just read does.
fn place(change: &mut Change, shown: &Architecture) {
    change.old = None;
    change.new = None;
    if change.mark == Mark::Removed {
        return;
    }
    let evidence = match &change.ids[..] {
        [id] => shown.find(id).map(|id| &shown.part(id).evidence),
        [from, to] => shown.find(from).zip(shown.find(to)).and_then(|ends| {
            let mut links = shown.links();
            let found = links.find(|(_, from, to, _)| (*from, *to) == ends);
            found.map(|(_, _, _, link)| &link.evidence)
        }),
        _ => None,
    };
    change.new = evidence.and_then(|evidence| diff::Place::of(shown, evidence));
}

/// Pictures that nothing makes any more: those that the last build made, and those of ours that lie where outputs lie and no page shows.
pub(super) fn orphans(plan: &Plan, tree: &Tree, cache: &Cache) -> Vec<Finding> {
    let made: BTreeSet<&str> = plan.jobs.iter().map(|job| job.output.as_str()).collect();
    let mut found = BTreeSet::new();
    for (output, drawn) in &cache.outputs {
        let is_it = || {
            let path = tree.output(output).ok()?;
            let bytes = files::contents(&path, BYTES)?;
            (hash(&bytes) == drawn.bytes).then_some(())
        };
        if !made.contains(output.as_str()) && is_it().is_some() {
            found.insert(output.clone());
        }
    }
    let mut patterns: BTreeSet<String> = plan.patterns.iter().cloned().collect();
    if plan.patterns.is_empty() {
        let folders = made.iter().map(|output| folder(output));
        patterns.extend(folders.map(|folder| super::tree::joined(folder, "*.svg")));
    }
    for pattern in patterns.iter().filter(|pattern| !Glob::is_plain(pattern)) {
        for name in tree.matching(pattern) {
            let own = name.rsplit('/').next().unwrap_or(&name);
            let shown =
                || plan.patterns.is_empty() && plan.pages.iter().any(|page| page.contains(own));
            let is_svg = name.rsplit_once('.').is_some_and(|(_, end)| end == "svg");
            let ours =
                |bytes: &[u8]| (is_svg && recall::is_ours(bytes)) || draw::found(bytes).is_some();
            if !made.contains(name.as_str()) && !found.contains(&name) {
                let path = tree.output(&name).ok();
                let bytes = path.and_then(|path| files::contents(&path, BYTES));
                if bytes.is_some_and(|bytes| ours(&bytes)) && !shown() {
                    found.insert(name);
                }
            }
        }
    }
    let orphan = |output| Finding {
        code: Code::OrphanedOutput,
        output,
        reasons: vec!["nothing makes it any more".to_owned()],
        line: None,
    };
    found.into_iter().map(orphan).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw_sources;

    fn drawn(text: &str) -> (Vec<u8>, Architecture) {
        drawn_as(text, "svg")
    }

    fn drawn_as(text: &str, format: &str) -> (Vec<u8>, Architecture) {
        let mut sources = Sources::default();
        sources.add(Source::new("notes/x.md", text));
        let options = job_of(format).options;
        let drawing = draw_sources(&sources, &options, &mut ());
        (drawing.bytes, drawing.architecture)
    }

    fn job() -> Job {
        job_of("svg")
    }

    fn job_of(format: &str) -> Job {
        let options = Options {
            format: draw::format(format).unwrap(),
            ..Options::default()
        };
        Job {
            inputs: vec!["notes/x.md".to_owned()],
            output: "images/x.svg".to_owned(),
            words: super::super::words::Words::new(),
            options: Arc::new(options),
        }
    }

    #[test]
    fn every_format_tells_why_it_is_stale() {
        let old = "---\nlang: en\n---\n# Services\n- **Checkout:** takes the money\n- **Ledger:** keeps what was sold\n- **Queue:** waits\n";
        let new = old.replace("takes the money", "writes to the ledger");
        for format in draw::FORMATS {
            let (before, _) = drawn_as(old, format.name);
            let (after, shown) = drawn_as(&new, format.name);
            let reasons = stale(&job_of(format.name), &before, &after, &shown).reasons;
            let wanted = match format.name {
                // Box drawing tells nothing by its lines.
                "text" => "it was drawn from another input",
                "mermaid" => "line `checkout -->|\"writes\"| ledger` added",
                "d2" => "line `\"checkout\" -> \"ledger\": \"writes\"",
                "plantuml" => "line `checkout -[#475569]-> ledger : writes` added",
                _ => "link Checkout → Ledger added (notes/x.md:5)",
            };
            assert!(
                reasons[0].starts_with(wanted),
                "{}: {reasons:?}",
                format.name
            );
        }
    }

    #[test]
    fn a_stale_picture_is_told_in_words_with_the_line_that_says_so() {
        let old = "---\nlang: en\n---\n# Services\n- **Checkout:** takes the money\n- **Ledger:** keeps what was sold\n- **Queue:** waits\n";
        let new = old.replace("takes the money", "writes to the ledger");
        let (before, _) = drawn(old);
        let (after, shown) = drawn(&new);
        let finding = stale(&job(), &before, &after, &shown);
        assert_eq!(
            finding.reasons,
            ["link Checkout → Ledger added (notes/x.md:5)"]
        );
        let (back, gone) = drawn(old);
        let finding = stale(&job(), &after, &back, &gone);
        assert_eq!(finding.reasons, ["link Checkout → Ledger removed"]);
        assert!(
            finding
                .told(&Plan::default(), &mut Sources::default())
                .message
                .contains("`images/x.svg` is stale: link Checkout → Ledger removed")
        );
    }

    #[test]
    fn pictures_in_other_fonts_show_the_same_and_another_link_is_seen() {
        let note = "---\nlang: zh\n---\n# 服务\n- **Ledger:** 存储\n- **Till:** 写入 ledger\n";
        let (light, _) = drawn_as(note, "pdf");
        let other = note.replace("写入 ledger", "空闲");
        let (changed, _) = drawn_as(&other, "pdf");
        let job = job_of("pdf");
        assert!(shows_the_same(&job, &light, &light));
        assert!(!shows_the_same(&job, &light, &changed));
        assert!(!shows_the_same(&job, b"not ours", &light));
    }

    #[test]
    fn other_words_about_the_same_architecture_are_told_as_such() {
        let old =
            "# Services\n- **Checkout:** writes to the ledger\n- **Ledger:** keeps what was sold\n";
        let (before, _) = drawn(old);
        let (after, shown) = drawn(&format!("\n\n{old}"));
        assert_ne!(before, after, "the lines that the picture names moved");
        let finding = stale(&job(), &before, &after, &shown);
        assert!(
            finding.reasons[0].starts_with("the same architecture"),
            "{finding:?}"
        );
        let finding = stale(&job(), b"not ours", &after, &shown);
        assert!(finding.reasons.len() > 1, "everything is new: {finding:?}");
    }
}
