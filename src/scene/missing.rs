//! Characters that no face that ships has: whether another draws them, or a box stands in their place.

use super::phrasebook::Phrasebook;
use super::words::shown;
use super::{Scene, Shape};
use crate::font::{Family, Fonts};
use crate::model::{Architecture, Basis, Code, Diagnostic, Evidence, RuleKind, Span};
use std::collections::BTreeSet;
use std::fmt::Write;

/// So many characters are named, the others counted.
const NAMED: usize = 8;

/// The characters that a picture of `architecture` may show and that `fonts` lack.
pub fn lacking(architecture: &Architecture, fonts: &mut Fonts) -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    let mut add = |text: &str| letters.extend(shown(text).chars().filter(|c| !c.is_ascii()));
    for (_, part) in architecture.parts() {
        add(&part.label);
    }
    for (_, _, _, link) in architecture.links() {
        add(link.label.as_deref().unwrap_or_default());
    }
    let book = Phrasebook::of(architecture.language.as_deref());
    let mut links = architecture.links();
    if links.any(|(_, _, _, link)| link.basis == Basis::Known) {
        add(&book.stated);
        add(&book.known);
    }
    if !architecture.rules.is_empty() {
        for kind in RuleKind::ALL {
            add(&book.rule(*kind, None, None));
        }
    }
    let letters: String = letters.into_iter().collect();
    fonts.missing(&letters).into_iter().collect()
}

/// What to say of families that this machine happens to have; `None` where none draws anything in the picture.
pub fn found(
    scene: &Scene,
    architecture: &Architecture,
    families: &[Family],
) -> Option<Diagnostic> {
    if families.is_empty() {
        return None;
    }
    let lacking = in_scene(scene, &mut Fonts::new());
    let mut drawn = BTreeSet::new();
    let mut names = Vec::new();
    for family in families {
        let own = family.draws(&lacking);
        if !own.is_subset(&drawn) {
            names.push(format!("`{}`", shown(&family.name)));
        }
        drawn.extend(own);
    }
    let what = match names.len() {
        0 => return None,
        1 => "a font",
        _ => "fonts",
    };
    let (letters, names) = (listed(&drawn), names.join(", "));
    let are = if drawn.len() == 1 { "is" } else { "are" };
    let message = format!("{letters} {are} drawn in {names}, {what} of this machine");
    let told = Diagnostic::new(Code::SystemFont, message)
        .help("for the same picture on every machine give a font file with `--font FILE`");
    Some(match span(architecture, &drawn) {
        Some(span) => told.at(span),
        None => told,
    })
}

/// What to say of the characters in a picture that `fonts` lack; `None` where they have all.
pub fn missing(
    scene: &Scene,
    architecture: &Architecture,
    fonts: &mut Fonts,
) -> Option<Diagnostic> {
    let lacking = in_scene(scene, fonts);
    if lacking.is_empty() {
        return None;
    }
    let message = format!("no font at hand has {}", listed(&lacking));
    let package = if lacking.iter().any(|letter| is_eastern(*letter)) {
        "fonts-noto-cjk"
    } else {
        "fonts-noto-core"
    };
    let told = Diagnostic::new(Code::MissingGlyph, message).help(format!(
        "give a font file that has them with `--font FILE`, or install one (on Debian and Ubuntu: `apt install {package}`); until then they are drawn as boxes"
    ));
    Some(match span(architecture, &lacking) {
        Some(span) => told.at(span),
        None => told,
    })
}

/// The characters in a picture that `fonts` lack.
fn in_scene(scene: &Scene, fonts: &mut Fonts) -> BTreeSet<char> {
    let shapes = scene.items.iter().flat_map(|item| &item.shapes);
    let texts = shapes.filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text),
        Shape::Rect { .. } | Shape::Path { .. } => None,
    });
    texts.flat_map(|text| fonts.missing(text)).collect()
}

/// Some characters by name, the others counted.
fn listed(letters: &BTreeSet<char>) -> String {
    let named = letters.iter().take(NAMED);
    let named: Vec<String> = named.map(|letter| format!("`{letter}`")).collect();
    let mut words = named.join(", ");
    if letters.len() > NAMED {
        let _ = write!(words, " and {} more", letters.len() - NAMED);
    }
    words
}

/// Whether a character is of a script that fonts for Chinese, Japanese and Korean have.
fn is_eastern(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Where one of the characters was first read.
fn span(architecture: &Architecture, letters: &BTreeSet<char>) -> Option<Span> {
    let any = |text: &str| text.chars().any(|letter| letters.contains(&letter));
    let mut parts = architecture.parts().filter(|(_, part)| any(&part.label));
    let part = parts.find_map(|(_, part)| part.evidence.iter().find_map(Evidence::span));
    part.or_else(|| {
        let links = architecture.links().map(|(_, _, _, link)| link);
        let mut links = links.filter(|link| link.label.as_deref().is_some_and(any));
        links.find_map(|link| link.evidence.iter().find_map(Evidence::span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{File, Wanted, of_one};
    use crate::model::{Body, Component, Part, Rule};
    use crate::scene::Theme;

    fn architecture(label: &str) -> Architecture {
        let mut architecture = Architecture::new();
        let part = Part {
            id: "a".into(),
            label: label.to_owned(),
            parent: None,
            aliases: Vec::new(),
            description: Vec::new(),
            href: None,
            evidence: Vec::new(),
            introduced: true,
            body: Body::Component(Component::default()),
        };
        architecture.add_part(part).unwrap();
        architecture
    }

    fn scene(architecture: &Architecture, fonts: &mut Fonts) -> Scene {
        let measured = super::super::measure(architecture, fonts);
        let layout =
            crate::layout::attempt(&measured.graph, &crate::layout::Options::default(), &mut ()).0;
        super::super::compose(architecture, &measured, &layout, Theme::default(), fonts)
    }

    fn complaint(label: &str) -> Option<Diagnostic> {
        let architecture = architecture(label);
        let mut fonts = Fonts::new();
        let scene = scene(&architecture, &mut fonts);
        missing(&scene, &architecture, &mut fonts)
    }

    #[test]
    fn what_will_be_a_box_is_named_with_the_way_out() {
        assert_eq!(complaint("etcd ÆØÅ خادم"), None);
        let told = complaint("控制").unwrap();
        assert!(told.message.contains("`制`, `控`"), "{}", told.message);
        assert!(told.help.unwrap().contains("fonts-noto-cjk"));
        let told = complaint("ผู้ใช้").unwrap();
        assert!(told.help.unwrap().contains("fonts-noto-core"));
        // The selector of a variant shows nothing by itself.
        let told = complaint("🙂\u{fe0f}").unwrap();
        assert_eq!(told.message, "no font at hand has `🙂`");
    }

    #[test]
    fn a_font_of_the_machine_is_named_where_it_draws_something() {
        let file = File::new(of_one('控').unwrap()).unwrap();
        let letters = BTreeSet::from(['控']);
        let wanted = Wanted {
            letters: &letters,
            language: None,
        };
        let families = Family::of(&[file], &wanted).0;
        let told = |label: &str| {
            let architecture = architecture(label);
            let scene = scene(&architecture, &mut Fonts::with(&families));
            found(&scene, &architecture, &families)
        };
        let named = told("控制").unwrap();
        assert_eq!(
            named.message,
            "`控` is drawn in `DejaVu Sans`, a font of this machine"
        );
        for label in ["制", "etcd"] {
            assert_eq!(told(label), None, "{label}");
        }
    }

    #[test]
    fn only_what_is_lacking_is_looked_for_and_the_legend_counts() {
        let mut architecture = architecture("etcd ÆØÅ");
        architecture.language = Some("zh".to_owned());
        assert_eq!(lacking(&architecture, &mut Fonts::new()), BTreeSet::new());
        architecture.rules.push(Rule {
            kind: RuleKind::OnlyFrom,
            subject: None,
            object: None,
            evidence: Vec::new(),
        });
        assert!(!lacking(&architecture, &mut Fonts::new()).is_empty());
    }
}
