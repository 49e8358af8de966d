//! The legend: what a dashed line means, and which rules hold. It stands only where there is something to explain.

use super::measure::{LABEL, LABEL_LINE};
use super::theme::Ink;
use super::words::shown;
use super::{Anchor, Item, Place, Shape, Stroke, Subject};
use crate::font::{Fonts, Line, Weight, wrap};
use crate::geom::{BezPath, Point, Size};
use crate::model::{Architecture, Basis, Rule, RuleKind};

/// Length of the line that is shown before its meaning.
const SAMPLE: f64 = 28.0;
const GAP: f64 = 8.0;
/// Between two entries of one row.
const BETWEEN: f64 = 22.0;
/// More rules are counted, not listed: the legend must not outgrow the picture.
const RULES: usize = 6;

/// The lines of links that the input states.
pub(super) fn stated() -> Stroke {
    Stroke::solid(Ink::Link, 1.4)
}

/// The lines of links that built-in knowledge adds.
pub(super) fn known() -> Stroke {
    Stroke {
        ink: Ink::Known,
        width: 1.4,
        dash: Some((5.0, 4.0)),
    }
}

/// One entry: a sample of a line, or none, and its words.
struct Entry {
    sample: Option<Stroke>,
    line: Line,
}

/// The legend of `architecture`, at the left edge and from `top` on, at most `width` wide; with its size. `None` where nothing needs one.
pub(super) fn legend(
    architecture: &Architecture,
    fonts: &mut Fonts,
    at: Point,
    width: f64,
) -> Option<(Item, Size)> {
    let entries = entries(architecture, fonts, width.max(160.0));
    if entries.is_empty() {
        return None;
    }
    let mut shapes = Vec::new();
    let (mut x, mut y, mut right) = (at.x, at.y, at.x);
    for entry in entries {
        let sample = if entry.sample.is_some() {
            SAMPLE + GAP
        } else {
            0.0
        };
        let needs = sample + entry.line.width;
        if x > at.x && x + needs > at.x + width {
            (x, y) = (at.x, y + LABEL_LINE + 3.0);
        }
        if let Some(stroke) = entry.sample {
            let middle = y + LABEL_LINE / 2.0;
            let mut data = BezPath::new();
            data.move_to((x, middle));
            data.line_to((x + SAMPLE, middle));
            shapes.push(Shape::Path {
                data,
                fill: None,
                stroke: Some(stroke),
            });
        }
        shapes.push(Shape::Text {
            at: Point::new(x + sample, y + 11.5),
            anchor: Anchor::Start,
            weight: Weight::Regular,
            size: LABEL,
            ink: Ink::Muted,
            width: entry.line.width,
            text: entry.line.text,
        });
        x += needs;
        right = right.max(x);
        x += BETWEEN;
    }
    let size = Size::new(right - at.x, y + LABEL_LINE - at.y);
    Some((
        Item {
            subject: Subject::Legend,
            place: Place::Beside,
            tooltip: None,
            href: None,
            shapes,
        },
        size,
    ))
}

fn entries(architecture: &Architecture, fonts: &mut Fonts, width: f64) -> Vec<Entry> {
    let words = Words::of(architecture.language.as_deref());
    let has = |basis| {
        architecture
            .links()
            .any(|(_, _, _, link)| link.basis == basis)
    };
    let mut texts: Vec<(Option<Stroke>, String)> = Vec::new();
    if has(Basis::Known) {
        if has(Basis::Stated) {
            texts.push((Some(stated()), words.stated.to_owned()));
        }
        texts.push((Some(known()), words.known.to_owned()));
    }
    for rule in architecture.rules.iter().take(RULES) {
        texts.push((None, words.rule(architecture, rule)));
    }
    if architecture.rules.len() > RULES {
        texts.push((None, format!("+ {}", architecture.rules.len() - RULES)));
    }
    let mut entries = Vec::new();
    for (sample, text) in texts {
        let lines = wrap(
            fonts,
            &shown(&text),
            (Weight::Regular, LABEL),
            width - SAMPLE - GAP,
            3,
        );
        let samples = std::iter::once(sample).chain(std::iter::repeat(None));
        entries.extend(
            lines
                .into_iter()
                .zip(samples)
                .map(|(line, sample)| Entry { sample, line }),
        );
    }
    entries
}

/// The legend's own words in a language.
struct Words {
    stated: &'static str,
    known: &'static str,
    only_from: [&'static str; 3],
    only_to: [&'static str; 3],
    never: [&'static str; 3],
    others: &'static str,
}

impl Words {
    fn of(language: Option<&str>) -> Self {
        let code = language
            .and_then(|code| code.split(['-', '_']).next())
            .unwrap_or("en");
        match code {
            "da" => Self {
                stated: "står i noten",
                known: "kendt fra Kubernetes’ dokumentation",
                only_from: ["Kun ", " må tale med ", ""],
                only_to: ["", " må kun tale med ", ""],
                never: ["", " må ikke tale med ", ""],
                others: "de andre",
            },
            "it" => Self {
                stated: "detto nella nota",
                known: "noto dalla documentazione",
                only_from: ["Solo ", " può parlare con ", ""],
                only_to: ["", " può parlare solo con ", ""],
                never: ["", " non può parlare con ", ""],
                others: "gli altri",
            },
            "de" => Self {
                stated: "steht in der Notiz",
                known: "aus der Dokumentation bekannt",
                only_from: ["Nur ", " darf mit ", " sprechen"],
                only_to: ["", " darf nur mit ", " sprechen"],
                never: ["", " darf nicht mit ", " sprechen"],
                others: "die anderen",
            },
            "fr" => Self {
                stated: "dit dans la note",
                known: "connu par la documentation",
                only_from: ["Seul ", " peut parler à ", ""],
                only_to: ["", " ne peut parler qu’à ", ""],
                never: ["", " ne peut pas parler à ", ""],
                others: "les autres",
            },
            "es" => Self {
                stated: "dicho en la nota",
                known: "conocido por la documentación",
                only_from: ["Solo ", " puede hablar con ", ""],
                only_to: ["", " solo puede hablar con ", ""],
                never: ["", " no puede hablar con ", ""],
                others: "los demás",
            },
            _ => Self {
                stated: "stated in the text",
                known: "known from the documentation",
                only_from: ["Only ", " may talk to ", ""],
                only_to: ["", " may talk only to ", ""],
                never: ["", " must not talk to ", ""],
                others: "others",
            },
        }
    }

    fn rule(&self, architecture: &Architecture, rule: &Rule) -> String {
        let name =
            |end: Option<_>| end.map_or(self.others, |part| architecture.part(part).label.as_str());
        let [before, between, after] = match rule.kind {
            RuleKind::OnlyFrom => self.only_from,
            RuleKind::OnlyTo => self.only_to,
            RuleKind::Never => self.never,
        };
        format!(
            "{before}{}{between}{}{after}",
            name(rule.subject),
            name(rule.object)
        )
    }
}
