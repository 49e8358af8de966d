//! `k8sdiag build`: every picture of a repository, drawn where something changed; `--check` writes nothing, and tells what would change.
//!
//! In order: [`tree`] finds the repository, [`plan`] what is wanted (from [`config`], or from what [`pages`] ask for), [`cache`] what is as it was, [`work`]
//! draws the rest, [`stale`] tells what differs. Nothing outside the repository is read or written, and nothing is run or fetched.

mod cache;
mod config;
mod glob;
mod hash;
mod ignore;
pub(super) mod markdown;
pub(super) mod pages;
mod plan;
mod recall;
mod safe;
mod stale;
pub(super) mod tree;
pub(super) mod words;
mod work;

use super::error::Error;
use super::files;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::model::{Code, Diagnostic, Severity, Sources};
use cache::Cache;
use clap::Args;
use plan::{Plan, Trouble};
use stale::Finding;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;
use tree::Tree;
use work::{Done, Manner, State};

/// What `build` takes.
#[derive(Debug, Args)]
pub(in crate::app) struct BuildArguments {
    /// A folder of the repository; its configuration is looked for from there upward.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Write nothing: list each output that is stale, missing or orphaned, with the reason, and exit 1 where there is one.
    #[arg(long)]
    check: bool,
    /// Draw everything again, as if nothing had been drawn before.
    #[arg(long)]
    force: bool,
    /// Pictures that are drawn at once; 0: as many as there are processors.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=256))]
    jobs: u16,
}

/// Builds, or checks.
#[expect(clippy::disallowed_methods, reason = "the roof may look at the clock")]
pub(in crate::app) fn run(
    arguments: &BuildArguments,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    let start = Instant::now();
    let tree = match Tree::around(&arguments.folder) {
        Ok(tree) => tree,
        Err(told) => {
            terminal.show(&[*told], &Sources::default());
            return Ok(Outcome::Refused);
        }
    };
    let plan = plan::plan(&tree);
    let cache = Cache::read(&tree);
    let manner = Manner {
        check: arguments.check,
        cached: !arguments.force,
        at_once: usize::from(arguments.jobs),
    };
    let done = work::run(&plan, &tree, &cache, manner);
    let mut broken = tell(&plan, &done, terminal);
    let findings = if arguments.check {
        findings(&plan, &done, &tree, &cache)
    } else {
        broken |= edit(&plan, &tree, terminal);
        for orphan in stale::orphans(&plan, &tree, &cache) {
            let mut sources = Sources::default();
            let mut told = orphan.told(&plan, &mut sources);
            told.severity = Severity::Warning;
            terminal.show(&[told], &sources);
        }
        remember(&plan, &done, cache, &tree);
        Vec::new()
    };
    if terminal.is_human() {
        let lines: String = findings.iter().map(Finding::lines).collect();
        terminal.print(lines.as_bytes())?;
    } else if !findings.is_empty() {
        let mut sources = Sources::default();
        let told = findings
            .iter()
            .map(|finding| finding.told(&plan, &mut sources));
        let told: Vec<Diagnostic> = told.collect();
        terminal.print_findings(&told, &sources)?;
    }
    let time = start.elapsed().as_secs_f64();
    terminal.say(&summary(&plan, &done, &findings, (arguments.check, time)));
    Ok(if broken {
        Outcome::Refused
    } else if findings.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Found
    })
}

/// Shows what there is to complain of; says whether something could not be done.
fn tell(plan: &Plan, done: &[Done], terminal: &Terminal) -> bool {
    let mut broken = false;
    let mut show = |diagnostics: &[Diagnostic], sources: &Sources| {
        broken |= diagnostics
            .iter()
            .any(|told| told.severity == Severity::Error);
        terminal.show(diagnostics, sources);
    };
    for Trouble {
        sources,
        diagnostics,
    } in &plan.troubles
    {
        show(diagnostics, sources);
    }
    // One input with several outputs says the same of each.
    let mut said: Vec<(&[String], &[Diagnostic])> = Vec::new();
    for (job, done) in plan.jobs.iter().zip(done) {
        let words = (&job.inputs[..], &done.diagnostics[..]);
        if !done.diagnostics.is_empty() && said.last() != Some(&words) {
            show(&done.diagnostics, &done.sources);
            said.push(words);
        }
    }
    broken || done.iter().any(|done| matches!(done.state, State::Failed))
}

/// What is not as it should be.
fn findings(plan: &Plan, done: &[Done], tree: &Tree, cache: &Cache) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (job, done) in plan.jobs.iter().zip(done) {
        match &done.state {
            State::Stale(old, new, shown) => findings.push(stale::stale(job, old, new, shown)),
            State::Missing => findings.push(Finding {
                code: Code::MissingOutput,
                output: job.output.clone(),
                reasons: vec![format!("it is to be drawn from {}", job.inputs.join(", "))],
                line: None,
            }),
            State::Fresh | State::Same | State::Written | State::Failed => {}
        }
    }
    for edit in &plan.edits {
        findings.push(Finding {
            code: Code::StaleOutput,
            output: edit.page.clone(),
            reasons: vec![
                "between two of its `k8sdiag` comments stands another picture than they ask for"
                    .to_owned(),
            ],
            line: None,
        });
    }
    findings.extend(stale::orphans(plan, tree, cache));
    findings
}

/// Writes the pages; says whether one could not be written.
fn edit(plan: &Plan, tree: &Tree, terminal: &Terminal) -> bool {
    let mut broken = false;
    for edit in &plan.edits {
        let trouble = match tree.output(&edit.page) {
            Ok(path) => match files::write(&path, edit.new.as_bytes(), &[]) {
                Ok(_) => continue,
                Err(error) => error.told(),
            },
            Err(told) => (*told, Sources::default()),
        };
        terminal.show(&[trouble.0], &trouble.1);
        broken = true;
    }
    broken
}

/// Notes what was drawn from what. What failed is drawn again next time.
fn remember(plan: &Plan, done: &[Done], mut cache: Cache, tree: &Tree) {
    let before = cache.outputs.clone();
    cache.outputs = plan
        .jobs
        .iter()
        .zip(done)
        .filter_map(|(job, done)| Some((job.output.clone(), done.drawn.clone()?)))
        .collect();
    // A picture that nothing makes any more is remembered until it is gone.
    for orphan in stale::orphans(plan, tree, &Cache::with(before.clone())) {
        if let Some(drawn) = before.get(&orphan.output) {
            cache.outputs.insert(orphan.output, drawn.clone());
        }
    }
    if cache.outputs != before {
        cache.write(tree);
    }
}

/// One line that tells how it went.
fn summary(plan: &Plan, done: &[Done], findings: &[Finding], (check, time): (bool, f64)) -> String {
    let count = |wanted: fn(&State) -> bool| done.iter().filter(|done| wanted(&done.state)).count();
    let failed = count(|state| matches!(state, State::Failed));
    let written = count(|state| matches!(state, State::Written));
    let all = match plan.jobs.len() {
        0 => return nothing(plan),
        1 => "1 diagram".to_owned(),
        count => format!("{count} diagrams"),
    };
    let mut text = if check {
        match findings.len() {
            0 => format!("{all}: all up to date"),
            1 => format!("{all}: 1 output is not up to date"),
            count => format!("{all}: {count} outputs are not up to date"),
        }
    } else {
        format!(
            "{all}: {written} written, {} as before",
            done.len() - written - failed
        )
    };
    if failed > 0 {
        let _ = write!(text, ", {failed} failed");
    }
    if !plan.edits.is_empty() && !check {
        let pages = if plan.edits.len() == 1 {
            "page"
        } else {
            "pages"
        };
        let _ = write!(text, ", {} {pages} edited", plan.edits.len());
    }
    let _ = writeln!(text, " ({time:.2} s)");
    text
}

/// Nobody asked for a picture.
fn nothing(plan: &Plan) -> String {
    if plan.troubles.is_empty() {
        "no diagram is asked for: write a `k8sdiag.yaml`, `k8sdiag:` into the front matter of a note, or `<!-- k8sdiag: notes.md -->` and `<!-- /k8sdiag -->` into a page\n".to_owned()
    } else {
        "no diagram was drawn\n".to_owned()
    }
}
