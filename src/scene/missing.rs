//! Characters that a picture will show as boxes, because no font at hand has them.

use super::words::shown;
use crate::font::Fonts;
use crate::model::{Architecture, Code, Diagnostic, Evidence};
use std::fmt::Write;

/// So many characters are named, the others counted.
const NAMED: usize = 8;

/// What to say of the characters of `architecture` that `fonts` lack; `None` where they have all.
pub fn missing(architecture: &Architecture, fonts: &mut Fonts) -> Option<Diagnostic> {
    let mut lacking = Vec::new();
    let mut first = None;
    for (_, part) in architecture.parts() {
        let characters = fonts.missing(&shown(&part.label));
        if first.is_none() && !characters.is_empty() {
            first = part.evidence.iter().find_map(Evidence::span);
        }
        lacking.extend(characters);
    }
    for (_, _, _, link) in architecture.links() {
        let label = link.label.as_deref().unwrap_or_default();
        let characters = fonts.missing(&shown(label));
        if first.is_none() && !characters.is_empty() {
            first = link.evidence.iter().find_map(Evidence::span);
        }
        lacking.extend(characters);
    }
    lacking.sort_unstable();
    lacking.dedup();
    if lacking.is_empty() {
        return None;
    }
    let named: Vec<String> = lacking
        .iter()
        .take(NAMED)
        .map(|character| format!("`{character}`"))
        .collect();
    let mut message = format!("no font at hand has {}", named.join(", "));
    if lacking.len() > NAMED {
        let _ = write!(message, " and {} more", lacking.len() - NAMED);
    }
    let told = Diagnostic::new(Code::MissingGlyph, message)
        .help("give a font that has them with `--font FILE`; until then they are drawn as boxes");
    Some(match first {
        Some(span) => told.at(span),
        None => told,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Component, Part};

    #[test]
    fn what_will_be_a_box_is_named() {
        let mut architecture = Architecture::new();
        let part = Part {
            id: "a".into(),
            label: "etcd ÆØÅ خادم".to_owned(),
            parent: None,
            aliases: Vec::new(),
            description: Vec::new(),
            href: None,
            evidence: Vec::new(),
            introduced: true,
            body: Body::Component(Component::default()),
        };
        let part = architecture.add_part(part).unwrap();
        let mut fonts = Fonts::new();
        assert_eq!(missing(&architecture, &mut fonts), None);
        architecture.part_mut(part).label = "控制".to_owned();
        let told = missing(&architecture, &mut fonts).unwrap();
        assert!(told.message.contains("`制`, `控`"), "{}", told.message);
    }
}
