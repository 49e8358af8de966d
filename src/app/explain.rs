//! `k8sdiag explain`: what was read from which words, and what gave nothing.

use super::cli::ExplainArguments;
use super::error::Error;
use super::outcome::Outcome;
use super::terminal::Terminal;
use super::{files, inputs};
use crate::model::{Severity, Source, SourceId};
use crate::report::{Explanation, Proposal};
use crate::{read, resolve};
use std::collections::BTreeMap;
use std::path::Path;

/// Explains the inputs, or writes the corrections into them that their author may want.
pub(super) fn run(arguments: &ExplainArguments, terminal: &Terminal) -> Result<Outcome, Error> {
    let knowledge = inputs::knowledge(&arguments.inputs)?;
    let sources = inputs::sources(&arguments.inputs)?;
    let readings = read::read(&sources, knowledge, &inputs::limits(&arguments.inputs));
    let resolved = resolve::resolve(&sources, &readings, knowledge);
    terminal.show(&resolved.diagnostics, &sources);
    let failed = resolved
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error);
    if failed {
        return Ok(Outcome::Refused);
    }
    if arguments.fix {
        let mut by_source: BTreeMap<SourceId, Vec<Proposal>> = BTreeMap::new();
        for proposal in Explanation::proposals(&resolved.architecture, &readings, &sources) {
            by_source.entry(proposal.source).or_default().push(proposal);
        }
        for (id, source) in sources.iter() {
            let proposals = by_source.remove(&id).unwrap_or_default();
            insert(source, proposals, terminal)?;
        }
        return Ok(Outcome::Fine);
    }
    let explanation = Explanation::new(&resolved.architecture, &readings, &sources);
    let text = if terminal.is_human() {
        explanation.human()
    } else {
        explanation.json()
    };
    terminal.print(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// Writes proposals into the file that they are about.
fn insert(source: &Source, proposals: Vec<Proposal>, terminal: &Terminal) -> Result<(), Error> {
    let name = crate::report::clean(source.name());
    if proposals.is_empty() {
        terminal.say(&format!("{name}: nothing to propose\n"));
        return Ok(());
    }
    if source.name().starts_with('<') && source.name().ends_with('>') {
        return Err(Error::NotWritable {
            name: source.name().to_string(),
        });
    }
    let count = proposals.len();
    let text = with(source.text(), proposals);
    files::write(Path::new(&**source.name()), text.as_bytes(), &[])?;
    let (comments, them) = match count {
        1 => ("1 comment".to_owned(), "it"),
        _ => (format!("{count} comments"), "each of them"),
    };
    terminal.say(&format!(
        "{name}: {comments} `<!-- k8sdiag?: A -> B -->` written; take the `?` of {them} away where there is such a link, and turn it round where it runs the other way\n"
    ));
    Ok(())
}

/// The text with the proposals in it.
fn with(text: &str, mut proposals: Vec<Proposal>) -> String {
    proposals.sort_by_key(|proposal| proposal.offset);
    let mut out = String::with_capacity(text.len() + proposals.len() * 64);
    let mut copied = 0;
    for proposal in proposals {
        out.push_str(text.get(copied..proposal.offset).unwrap_or_default());
        out.push_str(&proposal.text);
        copied = proposal.offset;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}
