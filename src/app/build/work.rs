//! Jobs become files, several at once. One that fails, or breaks an invariant of ours, stops only itself.

use super::cache::{self, Cache, Drawn};
use super::hash::hash;
use super::plan::{Job, Plan};
use super::stale;
use super::tree::Tree;
use crate::app::files::{self, Written};
use crate::draw_sources;
use crate::model::{Architecture, Code, Diagnostic, Severity, Source, Sources};
use crate::{read, resolve, view};
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Bytes of a picture that is compared.
pub(super) const BYTES: usize = 1 << 30;

/// How a job ended.
#[derive(Debug)]
pub(super) enum State {
    /// Nothing it is drawn from changed, and its output is as it was left.
    Fresh,
    /// It was drawn, and came out as it was.
    Same,
    /// Its output is new, or has new content.
    Written,
    /// Its output is another than it should be: what it holds, and what it should hold.
    Stale(Vec<u8>, Vec<u8>, Box<Architecture>),
    /// It has no output.
    Missing,
    /// It could not be drawn or written.
    Failed,
}

/// What came of a job.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) state: State,
    pub(super) drawn: Option<Drawn>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// How jobs are done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Whether nothing is written.
    pub(super) check: bool,
    /// Whether the cache counts.
    pub(super) cached: bool,
    /// How many at once; 0: as many as there are processors.
    pub(super) at_once: usize,
}

/// Does all jobs; the results stand in their order, whoever was quickest.
pub(super) fn run(plan: &Plan, tree: &Tree, cache: &Cache, manner: Manner) -> Vec<Done> {
    let program = cache::program();
    let count = plan.jobs.len();
    let slots: Mutex<Vec<Option<Done>>> = Mutex::new((0..count).map(|_| None).collect());
    let (next, ready) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let workers = if manner.at_once == 0 {
        processors
    } else {
        manner.at_once
    };
    let worker = Worker {
        plan,
        tree,
        cache,
        manner,
        program: &program,
    };
    thread::scope(|scope| {
        for _ in 0..workers.min(count) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = plan.jobs.get(at) else { break };
                    let done = catch_unwind(AssertUnwindSafe(|| worker.work(job)));
                    let done = done.unwrap_or_else(|_| broken(job));
                    let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(slot) = slots.get_mut(at) {
                        *slot = Some(done);
                    }
                    drop(slots);
                    ready.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        progress(&ready, count);
    });
    let slots = slots.into_inner().unwrap_or_else(PoisonError::into_inner);
    slots
        .into_iter()
        .zip(&plan.jobs)
        .map(|(done, job)| done.unwrap_or_else(|| broken(job)))
        .collect()
}

/// Shows on a terminal how far it is; waits for the end.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment says whether a person watches"
)]
fn progress(ready: &AtomicUsize, count: usize) {
    let watched = std::io::stderr().is_terminal()
        && std::env::var_os("CI").is_none()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    if !watched || count == 0 {
        return;
    }
    let mut shown = false;
    let mut wait = Duration::from_millis(5);
    loop {
        let now = ready.load(Ordering::Relaxed);
        if now >= count {
            break;
        }
        thread::sleep(wait);
        if wait < Duration::from_millis(100) {
            // What is done in a blink needs no bar.
            wait *= 2;
            continue;
        }
        let width = 30 * now / count;
        let bar = format!(
            "\r[{}{}] {now}/{count}",
            "#".repeat(width),
            ".".repeat(30 - width)
        );
        let _ = std::io::stderr().lock().write_all(bar.as_bytes());
        shown = true;
    }
    if shown {
        let _ = std::io::stderr().lock().write_all(b"\r\x1b[K");
    }
}

fn broken(job: &Job) -> Done {
    let message = format!("drawing `{}` broke an invariant of k8sdiag", job.output);
    let told = Diagnostic::new(Code::Internal, message)
        .in_file(job.inputs.first().map_or("", String::as_str))
        .help("please report it, with the input");
    Done {
        state: State::Failed,
        drawn: None,
        sources: Sources::default(),
        diagnostics: vec![told],
    }
}

struct Worker<'a> {
    plan: &'a Plan,
    tree: &'a Tree,
    cache: &'a Cache,
    manner: Manner,
    program: &'a str,
}

impl Worker<'_> {
    fn work(&self, job: &Job) -> Done {
        let from = cache::key(job, self.plan, self.program);
        let mut sources = Sources::default();
        let path = match self.tree.output(&job.output) {
            Ok(path) => path,
            Err(told) => return failed(sources, vec![*told]),
        };
        let there = files::contents(&path, BYTES);
        let known = self
            .cache
            .outputs
            .get(&job.output)
            .filter(|_| self.manner.cached);
        let known = known.filter(|known| {
            known.from == from
                && there
                    .as_ref()
                    .is_some_and(|there| hash(there) == known.bytes)
        });
        if let Some(known) = known.filter(|known| !known.warned) {
            return Done {
                state: State::Fresh,
                drawn: Some(known.clone()),
                sources,
                diagnostics: Vec::new(),
            };
        }
        for input in &job.inputs {
            let text = self.plan.texts.get(input).cloned().unwrap_or_default();
            sources.add(Source::new(input.as_str(), text));
        }
        if let Some(known) = known {
            // What there was to complain of is said again, without drawing.
            let diagnostics = complaints(job, &sources);
            return Done {
                state: State::Fresh,
                drawn: Some(known.clone()),
                sources,
                diagnostics,
            };
        }
        let drawing = draw_sources(&sources, &job.options, &mut ());
        let diagnostics = drawing.diagnostics;
        if diagnostics
            .iter()
            .any(|told| told.severity == Severity::Error)
        {
            return failed(sources, diagnostics);
        }
        let drawn = Drawn {
            from,
            bytes: hash(&drawing.bytes),
            warned: !diagnostics.is_empty(),
        };
        // Fonts of this machine had a hand in it: another machine, or the next font that is installed, makes other bytes of the same input.
        let fonts = [Code::SystemFont, Code::MissingGlyph];
        let bound = diagnostics.iter().any(|told| fonts.contains(&told.code));
        let mut done = Done {
            state: State::Same,
            drawn: (!bound).then_some(drawn),
            sources,
            diagnostics,
        };
        match there {
            Some(there) if there == drawing.bytes => {}
            Some(there)
                if self.manner.check
                    && bound
                    && stale::shows_the_same(job, &there, &drawing.bytes) => {}
            Some(there) if self.manner.check => {
                done.drawn = None;
                done.state = State::Stale(there, drawing.bytes, Box::new(drawing.architecture));
            }
            None if self.manner.check => {
                done.drawn = None;
                done.state = State::Missing;
            }
            _ => self.write(job, &path, &drawing.bytes, &mut done),
        }
        done
    }

    fn write(&self, job: &Job, path: &Path, bytes: &[u8], done: &mut Done) {
        let inputs: Vec<PathBuf> = job
            .inputs
            .iter()
            .map(|input| self.tree.root().join(input))
            .collect();
        match files::folders(path).and_then(|()| files::write(path, bytes, &inputs)) {
            Ok(Written::New) => done.state = State::Written,
            Ok(Written::Same) => done.state = State::Same,
            Err(error) => {
                let (mut told, _) = error.told();
                let real = path.to_string_lossy();
                told.message = told.message.replace(&*real, &job.output);
                told.file = Some(job.output.as_str().into());
                done.diagnostics.push(told);
                done.state = State::Failed;
                done.drawn = None;
            }
        }
    }
}

fn failed(sources: Sources, diagnostics: Vec<Diagnostic>) -> Done {
    Done {
        state: State::Failed,
        drawn: None,
        sources,
        diagnostics,
    }
}

fn complaints(job: &Job, sources: &Sources) -> Vec<Diagnostic> {
    let options = &job.options;
    let readings = read::read(sources, options.knowledge, &options.limits);
    let resolved = resolve::resolve(sources, &readings, options.knowledge);
    let (_, complaints) = view::select(resolved.architecture, &options.view);
    let mut diagnostics = resolved.diagnostics;
    diagnostics.extend(complaints);
    diagnostics
}
