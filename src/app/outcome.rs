//! The exit status: three values, and what each means.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// A check found something: a broken rule, a stale picture.
    Found,
    /// Bad usage, or an input or output that cannot be used.
    Refused,
}

impl Outcome {
    /// The number that the shell sees.
    pub fn status(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Found => 1,
            Self::Refused => 2,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.status())
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn the_shell_can_tell_a_finding_from_a_refusal() {
        let all = [Outcome::Fine, Outcome::Found, Outcome::Refused];
        assert_eq!(all.map(Outcome::status), [0, 1, 2]);
    }
}
