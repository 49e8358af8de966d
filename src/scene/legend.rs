//! The legend: what a dashed line means, and which rules hold. It stands only where there is something to explain.

use super::icons::Glyph;
use super::measure::{LABEL, LABEL_LINE, LOCK};
use super::phrasebook::Phrasebook;
use super::theme::Ink;
use super::words::shown;
use super::{Anchor, Item, Place, Shape, Stroke, Subject, card, icons, marks};
use crate::font::{Fonts, Line, Weight, wrap};
use crate::geom::{BezPath, Point, Rect, Size};
use crate::model::{Architecture, Basis, PartId, Rule, RuleKind};

/// Length of the line that is shown before its meaning.
const LINE: f64 = 28.0;
const GAP: f64 = 8.0;
/// Between two entries of one row.
const BETWEEN: f64 = 22.0;
/// A picture that is narrower has a legend that is wider than itself.
const LEAST: f64 = 260.0;
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
        phase: 0.0,
    }
}

/// The part that a rule guards, if it is about one alone: it bears a lock.
pub(super) fn guarded(rule: &Rule) -> Option<PartId> {
    match rule.kind {
        RuleKind::OnlyFrom => rule.object,
        RuleKind::OnlyTo => rule.subject,
        RuleKind::Never => None,
    }
}

/// What is explained.
#[derive(Clone, Copy)]
enum Sample {
    Line(Stroke),
    Sign(Glyph),
    /// A further line of words, or a remark.
    Nothing,
}

impl Sample {
    fn width(self) -> f64 {
        match self {
            Self::Line(_) => LINE + GAP,
            Self::Sign(_) => LOCK + GAP - 2.0,
            Self::Nothing => 0.0,
        }
    }

    fn shape(self, x: f64, middle: f64) -> Option<Shape> {
        match self {
            Self::Line(stroke) => {
                let mut data = BezPath::new();
                data.move_to((x, middle));
                data.line_to((x + LINE, middle));
                Some(Shape::Path {
                    data,
                    fill: None,
                    stroke: Some(stroke),
                })
            }
            Self::Sign(glyph) => {
                let place = Rect::from_center_size((x + LOCK / 2.0, middle), (LOCK, LOCK));
                Some(card::sign(glyph, place))
            }
            Self::Nothing => None,
        }
    }
}

/// One entry, and where its row begins.
struct Entry {
    sample: Sample,
    line: Line,
    /// Where it goes on with the words of the entry before: how far these stand from its left edge, px.
    follows: Option<f64>,
}

/// The legend of `architecture`, at the left edge and from `top` on, at most `width` wide; with its size. `None` where nothing needs one.
pub(super) fn legend(
    architecture: &Architecture,
    book: &Phrasebook,
    fonts: &mut Fonts,
    (at, width): (Point, f64),
) -> Option<(Item, Size)> {
    let entries = entries(architecture, book, fonts, width.max(LEAST));
    if entries.is_empty() {
        return None;
    }
    let mut shapes = Vec::new();
    let (mut x, mut y, mut right) = (at.x, at.y, at.x);
    for entry in entries {
        let sample = entry.follows.unwrap_or(entry.sample.width());
        let needs = sample + entry.line.width;
        if entry.follows.is_some() || x > at.x && x + needs > at.x + width {
            (x, y) = (at.x, y + LABEL_LINE + 3.0);
        }
        shapes.extend(entry.sample.shape(x, y + LABEL_LINE / 2.0));
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

fn entries(
    architecture: &Architecture,
    book: &Phrasebook,
    fonts: &mut Fonts,
    width: f64,
) -> Vec<Entry> {
    let has = |basis| {
        architecture
            .links()
            .any(|(_, _, _, link)| link.basis == basis)
    };
    let mut texts: Vec<(Sample, String)> = Vec::new();
    if has(Basis::Known) {
        if has(Basis::Stated) {
            texts.push((Sample::Line(stated()), book.stated.clone()));
        }
        texts.push((Sample::Line(known()), book.known.clone()));
    }
    for (at, rule) in architecture.rules.iter().enumerate().take(RULES) {
        let glyph = match rule.kind {
            RuleKind::OnlyFrom | RuleKind::OnlyTo => icons::LOCK,
            RuleKind::Never => icons::BARRED,
        };
        let sample = Sample::Sign(glyph);
        let mut said = sentence(book, architecture, rule);
        if let Some(mark) = architecture.marks.rules.get(&at) {
            let word = marks::word(architecture.language.as_deref(), *mark);
            said = format!("{said} ({word})");
        }
        texts.push((sample, said));
    }
    if architecture.rules.len() > RULES {
        let more = format!("+ {}", architecture.rules.len() - RULES);
        texts.push((Sample::Nothing, more));
    }
    let mut entries = Vec::new();
    for (sample, text) in texts {
        let room = width - LINE - GAP;
        let lines = wrap(fonts, &shown(&text), (Weight::Regular, LABEL), room, 3);
        for (row, line) in lines.into_iter().enumerate() {
            let follows = (row > 0).then(|| sample.width());
            let sample = if row > 0 { Sample::Nothing } else { sample };
            entries.push(Entry {
                sample,
                line,
                follows,
            });
        }
    }
    entries
}

/// The sentence of a rule about the parts of `architecture`.
fn sentence(book: &Phrasebook, architecture: &Architecture, rule: &Rule) -> String {
    let name = |end: Option<PartId>| end.map(|part| &*architecture.part(part).label);
    book.rule(rule.kind, name(rule.subject), name(rule.object))
}
