//! Why a command was refused: one variant a situation, each with its own help.

use std::io;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read.
    #[error("cannot read `{}`: {cause}", path.display())]
    Read {
        /// The input.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
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
    /// An input is not UTF-8.
    #[error("`{name}` is not valid UTF-8: see line {line}")]
    Encoding {
        /// The input.
        name: String,
        /// Line of the first byte that is not, from 1.
        line: usize,
    },
    /// An output could not be written.
    #[error("cannot write `{}`: {cause}", path.display())]
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
    #[error("cannot write to standard output: {0}")]
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
    /// The user's own knowledge file cannot be used.
    #[error("`{}` is no knowledge file: {cause}", path.display())]
    Knowledge {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
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
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Folder { .. } => Some("name the files in it: `k8sdiag render docs/*.md`".into()),
            Self::TooLarge { .. } => Some("raise the limit with `--max-bytes N`".into()),
            Self::Encoding { .. } => Some("save the file as UTF-8".into()),
            Self::NotAFile { .. } | Self::OverInput { .. } => {
                Some("choose another name with `-o FILE`".into())
            }
            Self::Font { .. } => Some("give a TrueType or OpenType file".into()),
            Self::Draw { .. } => {
                Some("this is a mistake of ours: please report it with the input".into())
            }
            Self::BinaryToTerminal { format } => {
                Some(format!("write it to a file: `-o picture.{format}`"))
            }
            Self::Format { near, .. } | Self::Theme { near, .. } => near
                .map(|near| format!("did you mean `{near}`? `k8sdiag list` shows all"))
                .or_else(|| Some("`k8sdiag list` shows all".into())),
            Self::Read { .. } | Self::Write { .. } | Self::Stdout(_) | Self::Knowledge { .. } => {
                None
            }
        }
    }
}
