//! Why a command was refused: one variant a situation, each with its own help.

use crate::model::{Code, Diagnostic, Source, Sources, nearest};
use crate::scene::Theme;
use std::io;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read.
    #[error("cannot read `{}`: {}", path.display(), system(cause))]
    Read {
        /// The input.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// An input is not there.
    #[error("there is no file `{}`", path.display())]
    NoFile {
        /// The input.
        path: PathBuf,
        /// What may have been meant.
        near: Option<String>,
    },
    /// The file that an option names does not exist.
    #[error("there is no file `{}` for `{option}`", path.display())]
    NoFileOf {
        /// The file.
        path: PathBuf,
        /// The option.
        option: &'static str,
    },
    /// A file was given as to kubectl.
    #[error("`-f {value}` is how kubectl takes a file")]
    Kubectl {
        /// What stands after `-f`.
        value: String,
        /// Whether it is the name of a format.
        format: bool,
    },
    /// Standard input was named twice.
    #[error("`-` stands twice, and standard input can be read once")]
    StdinTwice,
    /// Corrections go into a file.
    #[error("`{name}` is no file, and corrections cannot be written into it")]
    NotWritable {
        /// The input.
        name: String,
    },
    /// No command of that name.
    #[error("no command is called `{name}`")]
    Command {
        /// What the user wrote.
        name: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// An input is a folder.
    #[error("`{}` is a folder, where a file is wanted", path.display())]
    Folder {
        /// The input.
        path: PathBuf,
    },
    /// An input is larger than allowed.
    #[error("`{name}` has more than {limit} bytes")]
    TooLarge {
        /// The input.
        name: String,
        /// How many are allowed.
        limit: usize,
    },
    /// An input is UTF-16, as some editors write it.
    #[error("`{name}` is UTF-16, where UTF-8 is wanted")]
    Utf16 {
        /// The input.
        name: String,
    },
    /// An input is not UTF-8.
    #[error("`{name}` is not valid UTF-8")]
    Encoding {
        /// The input.
        name: String,
        /// Line of the first byte that is not, from 1.
        line: u32,
        /// Its column, from 1, in characters.
        column: u32,
        /// What stands before it on its line.
        before: String,
        /// What stands from there on, as far as it can be shown.
        after: String,
    },
    /// An output could not be written.
    #[error("cannot write `{}`: {}", path.display(), system(cause))]
    Write {
        /// The output.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// An output is no plain file.
    #[error("`{}` is {what}: only a plain file is replaced", path.display())]
    NotAFile {
        /// The output.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The output is one of the inputs.
    #[error("`{}` is an input too, and would be overwritten", path.display())]
    OverInput {
        /// The output.
        path: PathBuf,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output: {}", system(.0))]
    Stdout(io::Error),
    /// Neither a format's name nor a file ending.
    #[error("no format is called `{name}`")]
    Format {
        /// What the user wrote.
        name: String,
        /// What may have been meant.
        near: Option<&'static str>,
    },
    /// No theme of that name.
    #[error("no theme is called `{name}`")]
    Theme {
        /// What the user wrote.
        name: String,
        /// What may have been meant.
        near: Option<&'static str>,
    },
    /// The user's own theme file cannot be used.
    #[error("`{}` is no theme file: {cause}", path.display())]
    ThemeFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The user's own knowledge file cannot be used.
    #[error("`{}` is no knowledge file: {cause}", path.display())]
    Knowledge {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// A revision that git cannot give.
    #[error("cannot read `{name}`: {cause}")]
    Git {
        /// The input.
        name: String,
        /// What git says.
        cause: String,
    },
    /// No port to listen on.
    #[error("cannot listen on this machine: {}", system(.0))]
    Listen(io::Error),
    /// Standard input cannot be watched.
    #[error("standard input cannot be watched: it is read once")]
    WatchStdin,
    /// What mdBook sends is no book.
    #[error("standard input is no book of mdBook's: {cause}")]
    Book {
        /// What is wrong with it.
        cause: String,
    },
    /// Standard input could not be read.
    #[error("cannot read standard input: {}", system(.0))]
    Stdin(io::Error),
    /// A diff of more or fewer than two inputs.
    #[error("`diff` compares two inputs, and {given} were named")]
    DiffInputs {
        /// How many there are.
        given: usize,
    },
    /// A font file cannot be used.
    #[error("`{}` is no font that can be drawn with", path.display())]
    Font {
        /// The file.
        path: PathBuf,
    },
    /// A format could not be written: a mistake of ours.
    #[error("the picture could not be written as `{format}`")]
    Draw {
        /// The format.
        format: &'static str,
    },
    /// A binary format to a terminal.
    #[error("`{format}` is binary, and a terminal cannot show it")]
    BinaryToTerminal {
        /// The format.
        format: &'static str,
    },
}

impl Error {
    /// No theme of that name.
    pub(super) fn theme(name: &str) -> Self {
        Self::Theme {
            name: name.to_owned(),
            near: nearest(name, Theme::names()),
        }
    }

    /// The refusal as a diagnostic, and the sources that it speaks of.
    pub fn told(&self) -> (Diagnostic, Sources) {
        let mut sources = Sources::default();
        let mut diagnostic = Diagnostic::new(self.code(), self.to_string());
        diagnostic.help = self.help();
        match self {
            Self::Encoding {
                name,
                line,
                column,
                before,
                after,
            } => {
                let text = format!("{before}{after}");
                let bad = after.chars().next().map_or(0, char::len_utf8);
                let id = sources.add(Source::new(name.as_str(), text));
                let mut span = sources.span(id, before.len()..before.len() + bad);
                (span.line, span.column) = (*line, *column);
                diagnostic = diagnostic.at(span).labelled("this byte is not UTF-8");
            }
            Self::Read { path, .. }
            | Self::NoFile { path, .. }
            | Self::NoFileOf { path, .. }
            | Self::Folder { path }
            | Self::Write { path, .. }
            | Self::NotAFile { path, .. }
            | Self::OverInput { path }
            | Self::Knowledge { path, .. }
            | Self::ThemeFile { path, .. }
            | Self::Font { path } => {
                diagnostic.file = Some(path.to_string_lossy().into());
            }
            Self::TooLarge { name, .. } | Self::Utf16 { name } | Self::NotWritable { name } => {
                diagnostic.file = Some(name.as_str().into());
            }
            Self::Git { name, .. } => diagnostic.file = Some(name.as_str().into()),
            Self::Kubectl { .. }
            | Self::DiffInputs { .. }
            | Self::Listen(_)
            | Self::Book { .. }
            | Self::Stdin(_)
            | Self::WatchStdin
            | Self::StdinTwice
            | Self::Command { .. }
            | Self::Stdout(_)
            | Self::Format { .. }
            | Self::Theme { .. }
            | Self::Draw { .. }
            | Self::BinaryToTerminal { .. } => {}
        }
        (diagnostic, sources)
    }

    fn code(&self) -> Code {
        match self {
            Self::Git { .. }
            | Self::Read { .. }
            | Self::NoFile { .. }
            | Self::NoFileOf { .. }
            | Self::Folder { .. } => Code::Unreadable,
            Self::TooLarge { .. } => Code::Limit,
            Self::Encoding { .. } | Self::Utf16 { .. } => Code::Encoding,
            Self::Write { .. }
            | Self::NotAFile { .. }
            | Self::OverInput { .. }
            | Self::NotWritable { .. }
            | Self::Stdout(_) => Code::Unwritable,
            Self::Knowledge { .. } | Self::ThemeFile { .. } | Self::Font { .. } => Code::BadValue,
            Self::Draw { .. } => Code::Internal,
            Self::Kubectl { .. }
            | Self::DiffInputs { .. }
            | Self::Listen(_)
            | Self::Book { .. }
            | Self::Stdin(_)
            | Self::WatchStdin
            | Self::StdinTwice
            | Self::Command { .. }
            | Self::Format { .. }
            | Self::Theme { .. }
            | Self::BinaryToTerminal { .. } => Code::Usage,
        }
    }

    /// The same, where `option` names the file: it was not meant as an input.
    pub(super) fn of_option(self, option: &'static str) -> Self {
        match self {
            Self::NoFile { path, .. } => Self::NoFileOf { path, option },
            other => other,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        let meant = |near: Option<&str>, otherwise: &str| match near {
            Some(near) => format!("did you mean `{near}`? {otherwise}"),
            None => otherwise.to_owned(),
        };
        Some(match self {
            Self::NoFile { near, .. } => meant(
                near.as_deref(),
                "`k8sdiag list diagrams` names what can be drawn without a file",
            ),
            Self::NoFileOf { .. } => "paths count from the folder in which k8sdiag runs".into(),
            Self::Folder { .. } => "name the files in it: `k8sdiag render docs/*.md`".into(),
            Self::TooLarge { .. } => "raise the limit with `--max-bytes N`".into(),
            Self::Encoding { .. } | Self::Utf16 { .. } => "save the file as UTF-8".into(),
            Self::NotAFile { .. } | Self::OverInput { .. } => {
                "choose another name with `-o FILE`".into()
            }
            Self::Font { .. } => "give a TrueType or OpenType file".into(),
            Self::Draw { .. } => {
                "this is a mistake of ours: please report it with the input".into()
            }
            Self::BinaryToTerminal { format } => {
                format!("write it to a file: `-o picture.{format}`")
            }
            Self::Format { near, .. } => meant(*near, "`k8sdiag list formats` names them all"),
            Self::Theme { near, .. } => meant(
                *near,
                "`k8sdiag list themes` names them all; a theme file of your own ends in `.yaml`",
            ),
            Self::Command { near, .. } => meant(near.as_deref(), "`k8sdiag help` names them all"),
            Self::Kubectl {
                value,
                format: true,
            } => {
                format!("the format is chosen with `--format {value}`")
            }
            Self::Kubectl { value, .. } => {
                format!(
                    "name the file alone: `k8sdiag render {value}`; a format is chosen with `--format`"
                )
            }
            Self::Git { .. } => "write `git:REVISION:PATH`, the path from the root of the repository on, as in `git:HEAD:docs/notes.md`".into(),
            Self::DiffInputs { .. } => "name the old one and the new one: `k8sdiag diff old.md new.md`, or `k8sdiag diff git:HEAD:notes.md notes.md`".into(),
            Self::Listen(_) => "choose another port with `--port N`".into(),
            Self::WatchStdin => "save the text to a file, and watch that: `k8sdiag watch notes.md`".into(),
            Self::StdinTwice => "name it once".into(),
            Self::NotWritable { .. } => {
                "save the text to a file, and name that: `k8sdiag explain --fix notes.md`".into()
            }
            Self::Book { .. } => {
                "mdBook runs it: put `[preprocessor.k8sdiag]` into `book.toml`".into()
            }
            Self::Write { cause, .. } if cause.kind() == io::ErrorKind::NotFound => {
                "make the folder first, or choose another with `-o FILE`".into()
            }
            Self::Stdin(_)
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::Stdout(_)
            | Self::Knowledge { .. }
            | Self::ThemeFile { .. } => {
                return None;
            }
        })
    }
}

/// What the system says, without its number, and begun as our own words are.
fn system(cause: &io::Error) -> String {
    let text = cause.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
}
