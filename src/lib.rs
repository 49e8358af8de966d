//! k8sdiag reads the note you already wrote about your system and draws the architecture it describes.
//!
//! The way of the data is one direction: text becomes statements, statements become one architecture, the architecture becomes a scene,
//! the scene becomes bytes. [`draw_sources`] is that way; each of its lines is a folder of this crate.
//!
//! ```
//! use k8sdiag::model::{Source, Sources};
//! use k8sdiag::{Options, draw_sources};
//!
//! let mut sources = Sources::default();
//! sources.add(Source::new("note.md", "# Shop\n- **till:** writes to the ledger\n- **ledger:** keeps what was sold\n"));
//! let drawing = draw_sources(&sources, &Options::default(), &mut ());
//! assert_eq!(drawing.architecture.link_count(), 1);
//! assert!(drawing.bytes.starts_with(b"<svg"));
//! ```

pub mod app;
pub mod check;
pub mod diff;
pub mod draw;
pub mod font;
pub mod geom;
mod guard;
pub mod layout;
pub mod model;
pub mod read;
pub mod report;
pub mod resolve;
pub mod scene;
pub mod view;
pub mod yaml;

use model::{Architecture, Diagnostic, LazyKnowledge, Sources};

/// Everything that decides what a drawing looks like, beside its inputs.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is known before anything is read.
    pub knowledge: &'static LazyKnowledge,
    /// How much the inputs may ask for.
    pub limits: read::Limits,
    /// What is shown.
    pub view: view::View,
    /// How it is laid out.
    pub layout: layout::Options,
    /// A theme, where not the author's own wish or the light one decides.
    pub theme: Option<scene::Theme>,
    /// What is written.
    pub format: &'static draw::Format,
    /// How it is written.
    pub settings: draw::Settings,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            knowledge: resolve::knowledge::builtin(),
            limits: read::Limits::default(),
            view: view::View::default(),
            layout: layout::Options::default(),
            theme: None,
            format: &draw::FORMATS[0],
            settings: draw::Settings::default(),
        }
    }
}

/// What [`draw_architecture`] writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The picture.
    pub bytes: Vec<u8>,
    /// What it shows after each step.
    pub stages: Vec<Vec<u8>>,
}

/// A drawing, and what it was made of.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The written picture.
    pub bytes: Vec<u8>,
    /// What it shows after each step, where pictures of the steps were asked for.
    pub stages: Vec<Vec<u8>>,
    /// What is shown in it.
    pub architecture: Architecture,
    /// What there is to complain of. After an error the picture lacks what the error is about.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads all sources, joins what they say into one architecture, and draws it. Each phase is told to `trace`.
///
/// The same sources and options give the same bytes on every machine. Never fails: what is wrong with a source is a diagnostic.
pub fn draw_sources(
    sources: &Sources,
    options: &Options,
    trace: &mut dyn layout::Trace,
) -> Drawing {
    let readings = read::read(sources, options.knowledge, &options.limits);
    trace.phase("read");
    let resolved = resolve::resolve(sources, &readings, options.knowledge);
    // Of a large input this takes much room, which the layout needs.
    drop(readings);
    trace.phase("resolve");
    let (architecture, complaints) = view::select(resolved.architecture, &options.view);
    let mut diagnostics = resolved.diagnostics;
    diagnostics.extend(complaints);
    let (Written { bytes, stages }, complaints) = draw_architecture(&architecture, options, trace);
    diagnostics.extend(complaints);
    Drawing {
        bytes,
        stages,
        architecture,
        diagnostics,
    }
}

/// Lays an architecture out and writes it: the second half of [`draw_sources`]. The written picture, and what there is to complain of.
///
/// Where the wanted engine refuses, our own takes its place.
pub fn draw_architecture(
    architecture: &Architecture,
    options: &Options,
    trace: &mut dyn layout::Trace,
) -> (Written, Vec<Diagnostic>) {
    if let draw::Draw::Architecture(draw) = options.format.draw {
        let theme = theme(architecture, options);
        let bytes = draw(architecture, &theme, &options.settings);
        let stages = Vec::new();
        return (Written { bytes, stages }, Vec::new());
    }
    let (settings, found) = faces(architecture, options);
    let mut fonts = font::Fonts::with(&settings.fonts);
    let measured = scene::measure(architecture, &mut fonts);
    trace.phase("measure");
    let (placed, refused) = layout::attempt(&measured.graph, &wishes(architecture, options), trace);
    let theme = theme(architecture, options);
    let scene = scene::compose(architecture, &measured, &placed, theme, &mut fonts);
    // Of a large picture this takes much room, which the written one needs.
    drop((measured, placed));
    trace.phase("compose");
    let bytes = draw::draw(options.format, &scene, architecture, &settings);
    let stages = draw::stages(options.format, &scene, &settings);
    trace.phase("draw");
    let mut complaints: Vec<Diagnostic> = refused.map(told).into_iter().collect();
    if options.format.outlines(&settings) {
        complaints.extend(scene::found(&scene, architecture, &found));
        complaints.extend(scene::missing(&scene, architecture, &mut fonts));
    }
    let framed = options.layout.fit.is_some();
    let words = draw::smallest_words(options.format, &scene, framed);
    complaints.extend(words.and_then(|pixels| view::too_small(architecture, pixels)));
    (Written { bytes, stages }, complaints)
}

/// How it is written, with the families for what the faces that ship lack: those of the user's files, and, where words become outlines, those that a
/// finder brings. The latter are given once more.
fn faces(architecture: &Architecture, options: &Options) -> (draw::Settings, Vec<font::Family>) {
    let mut settings = options.settings.clone();
    settings.fonts.clear();
    let finder = settings.finder;
    let finder = finder.filter(|_| options.format.outlines(&settings));
    if settings.files.is_empty() && finder.is_none() {
        return (settings, Vec::new());
    }
    let letters = scene::lacking(architecture, &mut font::Fonts::new());
    if letters.is_empty() {
        return (settings, Vec::new());
    }
    let language = architecture.language.as_deref();
    let letters = &letters;
    let (given, rest) = font::Family::of(&settings.files, &font::Wanted { letters, language });
    settings.fonts = given;
    let letters = &rest;
    let found = finder.filter(|_| !rest.is_empty());
    let found = found.map_or_else(Vec::new, |finder| {
        finder.0(&font::Wanted { letters, language })
    });
    settings.fonts.extend(found.iter().cloned());
    (settings, found)
}

/// The refusal of an engine, for the user.
fn told(refused: layout::Refused) -> Diagnostic {
    Diagnostic::new(model::Code::Limit, refused.to_string())
        .help("leave `--engine layout-rs` out: the engine `layered` draws every size")
}

/// The options of the layout; the author's direction counts where the caller has no other, and cells hold no slants and curves.
fn wishes(architecture: &Architecture, options: &Options) -> layout::Options {
    let author = architecture.direction.map(scene::direction);
    let frame = options.format.draw.frame();
    // Who asks for 16:9 on a slide means the slide: the picture has what the title leaves of it.
    let slide = |fit: &geom::Size| (fit.width * 9.0 - fit.height * 16.0).abs() < 1e-6;
    let fit = options.layout.fit;
    let fit = fit.filter(|fit| frame.is_none() || !slide(fit));
    let routes = match options.format.draw {
        draw::Draw::Cells(_) => layout::Routes::Orthogonal,
        _ => options.layout.routes,
    };
    layout::Options {
        direction: options.layout.direction.or(author),
        fit: fit.or(frame),
        routes,
        ..options.layout
    }
}

/// The caller's theme, else the author's, else the light one.
fn theme(architecture: &Architecture, options: &Options) -> scene::Theme {
    let author = || scene::Theme::named(architecture.theme.as_deref()?);
    let chosen = options.theme.clone().or_else(author);
    chosen
        .or_else(|| scene::Theme::named("light"))
        .unwrap_or_default()
}
