//! Components that an input speaks of, and that neither an input introduces nor the knowledge knows.

use super::{at, name};
use crate::model::{Architecture, Code, Diagnostic, Knowledge};

/// Finds them.
pub(super) fn run(architecture: &Architecture, knowledge: &Knowledge) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, part) in architecture.parts() {
        let Some(component) = part.component() else {
            continue;
        };
        let known = component.known_as.is_some() || knowledge.part(&part.id).is_some();
        if part.introduced || known || component.external {
            continue;
        }
        let name = name(architecture, Some(id));
        let message = format!("{name} is spoken of, and nothing says what it is");
        let finding = Diagnostic::new(Code::NeverIntroduced, message);
        found.push(at(finding, &part.evidence, "first spoken of here").help(
            "introduce it, in a list item or a heading of its own, or say that it is external",
        ));
    }
    found
}
