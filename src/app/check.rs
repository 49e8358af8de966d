//! `k8sdiag check`: findings on standard output, a summary on standard error.

use super::cli::CheckArguments;
use super::error::Error;
use super::inputs;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::model::{Code, Diagnostic, Severity};
use crate::{check, read, resolve};

/// Checks the inputs, all together.
pub(super) fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let knowledge = inputs::knowledge(&arguments.inputs)?;
    let sources = inputs::sources(&arguments.inputs)?;
    let readings = read::read(&sources, knowledge, &inputs::limits(&arguments.inputs));
    let resolved = resolve::resolve(&sources, &readings, knowledge);
    let mut findings = resolved.diagnostics;
    findings.extend(check::check(&resolved.architecture, knowledge));
    findings.retain(|finding| {
        let allowed = arguments
            .allow
            .iter()
            .any(|code| code == finding.code.name());
        !allowed || makes_unusable(finding)
    });
    findings.sort_by_key(|finding| finding.span);
    terminal.print_findings(&findings, &sources)?;
    terminal.say(&summary(&findings, sources.iter().count()));
    Ok(outcome(&findings))
}

fn outcome(findings: &[Diagnostic]) -> Outcome {
    if findings.iter().any(makes_unusable) {
        Outcome::Refused
    } else if findings
        .iter()
        .any(|finding| finding.severity > Severity::Note)
    {
        Outcome::Found
    } else {
        Outcome::Fine
    }
}

/// Whether a finding means that an input could not be read to its end, so that others may be missing.
fn makes_unusable(finding: &Diagnostic) -> bool {
    matches!(
        finding.code,
        Code::Syntax | Code::Encoding | Code::Limit | Code::Internal
    ) && finding.severity == Severity::Error
}

fn summary(findings: &[Diagnostic], inputs: usize) -> String {
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let inputs = counted(inputs, "input");
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match (errors, warnings) {
        (0, 0) => format!("checked {inputs}: nothing to complain of\n"),
        (_, 0) => format!("checked {inputs}: {}\n", counted(errors, "error")),
        (0, _) => format!("checked {inputs}: {}\n", counted(warnings, "warning")),
        _ => format!(
            "checked {inputs}: {}, {}\n",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_and_an_unusable_input_differ() {
        let of = |codes: &[Code]| {
            let findings: Vec<Diagnostic> = codes
                .iter()
                .map(|code| Diagnostic::new(*code, "x"))
                .collect();
            outcome(&findings)
        };
        assert_eq!(of(&[]), Outcome::Fine);
        assert_eq!(of(&[Code::Orphan]), Outcome::Found);
        assert_eq!(of(&[Code::RuleBroken]), Outcome::Found);
        assert_eq!(of(&[Code::Orphan, Code::Syntax]), Outcome::Refused);
    }
}
