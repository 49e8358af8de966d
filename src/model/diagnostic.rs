//! What we may have to say about an input: data, not text. Only `report` decides how it looks.

use super::source::Span;
use std::sync::Arc;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something is odd; the work goes on.
    Warning,
    /// The input cannot be used as it is, or a check failed.
    Error,
}

macro_rules! codes {
    ($(#[doc = $about:literal] $variant:ident = $name:literal, $severity:ident;)*) => {
        /// What a diagnostic is about; its name stays the same from release to release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $about] $variant,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that users see and type.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it means, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about.trim_ascii(),)* }
            }

            /// How much a diagnostic of this code matters.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A YAML, JSON or DOT text that breaks the grammar of its format.
    Syntax = "syntax", Error;
    /// A text that is not valid UTF-8.
    Encoding = "encoding", Error;
    /// A limit on size, depth or count was passed.
    Limit = "limit", Error;
    /// A key that the schema does not have.
    UnknownKey = "unknown-key", Error;
    /// A value of the wrong type, or none of the words that may stand there.
    BadValue = "bad-value", Error;
    /// A required key is missing.
    MissingKey = "missing-key", Error;
    /// The same id twice.
    DuplicateId = "duplicate-id", Error;
    /// An id that nothing has.
    UnresolvedName = "unresolved-name", Error;
    /// A group that is, directly or not, within itself.
    ParentCycle = "parent-cycle", Error;
    /// Something legal that this reader does not understand, and leaves out.
    NotUnderstood = "not-understood", Warning;
    /// An input in which nothing to draw was found.
    NothingFound = "nothing-found", Warning;
    /// A correction by the author that matches nothing.
    StaleCorrection = "stale-correction", Warning;
    /// A character that no font at hand can draw.
    MissingGlyph = "missing-glyph", Warning;
    /// Characters that only a font of this machine can draw.
    SystemFont = "system-font", Warning;
    /// Words that are too small to be read on a slide.
    SmallText = "small-text", Warning;
    /// An option that changes nothing in the format that is written.
    NoEffect = "no-effect", Warning;
    /// A link that a rule forbids.
    RuleBroken = "rule-broken", Error;
    /// Two statements that cannot both hold.
    Contradiction = "contradiction", Error;
    /// A stated link against what the built-in knowledge knows.
    AgainstKnowledge = "against-knowledge", Warning;
    /// A component without any link.
    Orphan = "orphan", Warning;
    /// A name that is used and never introduced.
    NeverIntroduced = "never-introduced", Warning;
    /// A note and its translation that do not say the same.
    TranslationsDiffer = "translations-differ", Warning;
    /// An input that cannot be opened or read.
    Unreadable = "unreadable", Error;
    /// An output that cannot be written.
    Unwritable = "unwritable", Error;
    /// A command that cannot be done as it was typed.
    Usage = "usage", Error;
    /// A committed output that is another than its input asks for.
    StaleOutput = "stale-output", Error;
    /// An output that an input asks for, and that is not there.
    MissingOutput = "missing-output", Error;
    /// An output that nothing makes any more.
    OrphanedOutput = "orphaned-output", Error;
    /// An invariant of ours is broken: please report.
    Internal = "internal", Error;
}

/// A further stretch of an input that a diagnostic speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is said of it; may be empty.
    pub text: String,
}

/// One thing to say about an input.
///
/// Messages start in lower case, have no full stop, and put what the user wrote between backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line.
    pub message: String,
    /// The input's name, where no line can be named.
    pub file: Option<Arc<str>>,
    /// The stretch it is about.
    pub span: Option<Span>,
    /// Words on the primary stretch itself.
    pub label: String,
    /// Further stretches.
    pub related: Vec<Label>,
    /// One line that can be acted on.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with the code's own severity, about nothing in particular yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            file: None,
            span: None,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Names the stretch it is about.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Names the input, where no line can be named.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<Arc<str>>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Writes `text` at the primary stretch.
    #[must_use]
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a further stretch.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
