//! What became of a thing is shown on it: in the colour of its line, by a round sign, and in words. Colour never says it alone.

use super::compose::MARGIN;
use super::measure::{LABEL, LABEL_LINE};
use super::theme::Ink;
use super::{Anchor, Item, Place, Scene, Shape, Stroke, Subject, icons};
use crate::font::{Fonts, Weight};
use crate::geom::{BezPath, Point, Rect, Route};
use crate::model::{Architecture, Mark};
use std::collections::BTreeSet;

/// Radius of a sign.
const SIGN: f64 = 7.5;
/// Width of a marked line.
const WIDTH: f64 = 2.4;

/// Marks the items of a picture, and explains the signs below it. Without marks the picture stays as it is.
pub(super) fn mark(scene: &mut Scene, architecture: &Architecture, fonts: &mut Fonts) {
    let marks = &architecture.marks;
    let used: BTreeSet<Mark> = marks.all().collect();
    if used.is_empty() {
        return;
    }
    let words = Words::of(architecture.language.as_deref());
    let boxes: Vec<Rect> = scene
        .items
        .iter()
        .filter_map(|item| match (&item.subject, &item.place) {
            (Subject::Component(..), Place::Box(rect)) => Some(rect.inflate(SIGN, SIGN)),
            _ => None,
        })
        .collect();
    let mut taken: Vec<Rect> = Vec::new();
    for item in &mut scene.items {
        let mark = match &item.subject {
            Subject::Component(id, _) | Subject::Group(id, _) => marks.parts.get(id),
            Subject::Link { link, .. } => marks.links.get(link),
            Subject::Legend => None,
        };
        let Some(mark) = mark.copied() else { continue };
        let at = match &item.place {
            Place::Box(rect) => Some(Point::new(rect.x1 - 4.0, rect.y0)),
            Place::Way(way, label) => {
                let others: Vec<Rect> = boxes.iter().chain(&taken).copied().collect();
                spot(way, *label, &others)
            }
            Place::Beside => None,
        };
        restyle(item, mark);
        if let Some(at) = at {
            taken.push(Rect::from_center_size(at, (2.0 * SIGN, 2.0 * SIGN)));
            item.shapes.extend(sign(mark, at));
        }
        let said = item.tooltip.take().unwrap_or_default();
        item.tooltip = Some(format!("{}\n{said}", words.mark(mark)));
    }
    legend(scene, &used, &words, fonts);
    let counts = used.iter().map(|mark| {
        let count = marks.all().filter(|other| other == mark).count();
        format!("{} {count}", words.mark(*mark))
    });
    let counts: Vec<String> = counts.collect();
    scene.description = format!("{}. {}", counts.join(", "), scene.description);
}

/// The colour of a mark.
fn ink(mark: Mark) -> Ink {
    match mark {
        Mark::Added => Ink::Added,
        Mark::Removed => Ink::Removed,
        Mark::Changed => Ink::Changed,
        Mark::Moved => Ink::Moved,
    }
}

/// Gives the lines of an item the colour of its mark; those of what is gone are dotted, and its words step back.
fn restyle(item: &mut Item, mark: Mark) {
    let line = Stroke {
        ink: ink(mark),
        width: WIDTH,
        dash: (mark == Mark::Removed).then_some((1.5, 4.0)),
        phase: 0.0,
    };
    let is_link = matches!(item.subject, Subject::Link { .. });
    let mut outline = !is_link;
    for shape in &mut item.shapes {
        match shape {
            Shape::Rect { stroke, .. } if outline => {
                *stroke = Some(line);
                outline = false;
            }
            Shape::Path { fill, stroke, .. } if is_link => {
                let of_link = |ink: Ink| matches!(ink, Ink::Link | Ink::Known);
                if stroke.is_some_and(|stroke| of_link(stroke.ink)) {
                    *stroke = Some(line);
                }
                if fill.is_some_and(of_link) {
                    *fill = Some(line.ink);
                }
            }
            Shape::Text { ink, .. } if mark == Mark::Removed && *ink == Ink::Text => {
                *ink = Ink::Muted;
            }
            _ => {}
        }
    }
}

/// A place for the sign of a link, off what is in `avoid`: on the longest stretches of its route first, then beside its words, which it never covers.
fn spot(way: &Route, label: Option<Rect>, avoid: &[Rect]) -> Option<Point> {
    let mut stretches: Vec<(Point, Point)> = way
        .points
        .windows(2)
        .filter_map(|ends| Some((*ends.first()?, *ends.get(1)?)))
        .collect();
    let length = |(a, b): &(Point, Point)| (b.x - a.x).abs() + (b.y - a.y).abs();
    stretches.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let clear = |at: &Point, of: &Rect| {
        let sign = Rect::from_center_size(*at, (2.0 * SIGN, 2.0 * SIGN));
        sign.x1 <= of.x0 || of.x1 <= sign.x0 || sign.y1 <= of.y0 || of.y1 <= sign.y0
    };
    let on_way = stretches
        .iter()
        .flat_map(|(a, b)| [0.5, 0.35, 0.65, 0.2, 0.8].map(|part| a.lerp(*b, part)));
    let beside = label.into_iter().flat_map(|label| {
        let middle = label.center();
        [
            Point::new(middle.x, label.y0 - SIGN),
            Point::new(middle.x, label.y1 + SIGN),
            Point::new(label.x0 - SIGN, middle.y),
            Point::new(label.x1 + SIGN, middle.y),
        ]
    });
    let places: Vec<Point> = on_way.chain(beside).collect();
    let off_words = |at: &&Point| label.is_none_or(|label| clear(at, &label));
    let free = |at: &&Point| off_words(at) && avoid.iter().all(|other| clear(at, other));
    let found = places.iter().find(free);
    found.or_else(|| places.iter().find(off_words)).copied()
}

/// A disc with the sign of a mark: plus, minus, wave, arrow.
fn sign(mark: Mark, at: Point) -> [Shape; 2] {
    let mut disc = BezPath::new();
    icons::circle(&mut disc, at, SIGN);
    let mut data = BezPath::new();
    let to = |x: f64, y: f64| Point::new(at.x + x, at.y + y);
    match mark {
        Mark::Added => {
            data.move_to(to(-3.5, 0.0));
            data.line_to(to(3.5, 0.0));
            data.move_to(to(0.0, -3.5));
            data.line_to(to(0.0, 3.5));
        }
        Mark::Removed => {
            data.move_to(to(-3.5, 0.0));
            data.line_to(to(3.5, 0.0));
        }
        Mark::Changed => {
            data.move_to(to(-4.0, 1.2));
            data.curve_to(to(-2.0, -4.0), to(2.0, 4.0), to(4.0, -1.2));
        }
        Mark::Moved => {
            data.move_to(to(-4.0, 0.0));
            data.line_to(to(4.0, 0.0));
            data.move_to(to(0.8, -3.2));
            data.line_to(to(4.0, 0.0));
            data.line_to(to(0.8, 3.2));
        }
    }
    [
        Shape::Path {
            data: disc,
            fill: Some(ink(mark)),
            stroke: Some(Stroke::solid(Ink::Canvas, 1.2)),
        },
        Shape::Path {
            data,
            fill: None,
            stroke: Some(Stroke::solid(Ink::BadgeText, 1.9)),
        },
    ]
}

/// A row below the picture that names the signs in it.
fn legend(scene: &mut Scene, used: &BTreeSet<Mark>, words: &Words, fonts: &mut Fonts) {
    let top = scene.size.height - MARGIN + 8.0;
    let middle = top + LABEL_LINE / 2.0;
    let mut x = MARGIN;
    let mut shapes = Vec::new();
    for mark in used {
        shapes.extend(sign(*mark, Point::new(x + SIGN, middle)));
        x += 2.0 * SIGN + 6.0;
        let text = words.mark(*mark).to_owned();
        let width = fonts.width(&text, Weight::Regular, LABEL);
        shapes.push(Shape::Text {
            text,
            at: Point::new(x, top + 11.5),
            anchor: Anchor::Start,
            weight: Weight::Regular,
            size: LABEL,
            ink: Ink::Muted,
            width,
        });
        x += width + 20.0;
    }
    scene.items.push(Item {
        subject: Subject::Legend,
        place: Place::Beside,
        tooltip: None,
        href: None,
        shapes,
    });
    scene.size.height = (top + LABEL_LINE + MARGIN - 6.0).ceil();
    scene.size.width = scene.size.width.max(x.ceil());
}

/// The word for a mark in a language.
pub(super) fn word(language: Option<&str>, mark: Mark) -> &'static str {
    Words::of(language).mark(mark)
}

/// The word for what stands out, in a language.
pub(super) fn highlighted(language: Option<&str>) -> &'static str {
    let Words([.., word]) = Words::of(language);
    word
}

/// The words for marks in a language, and the one for what a view highlights.
struct Words([&'static str; 5]);

impl Words {
    fn of(language: Option<&str>) -> Self {
        let code = language
            .and_then(|code| code.split(['-', '_']).next())
            .unwrap_or("en");
        Self(match code {
            "da" => ["tilføjet", "fjernet", "ændret", "flyttet", "fremhævet"],
            "no" | "nb" | "nn" => ["lagt til", "fjernet", "endret", "flyttet", "uthevet"],
            "sv" => ["tillagd", "borttagen", "ändrad", "flyttad", "framhävt"],
            "de" => ["neu", "entfernt", "geändert", "verschoben", "hervorgehoben"],
            "nl" => [
                "toegevoegd",
                "verwijderd",
                "gewijzigd",
                "verplaatst",
                "uitgelicht",
            ],
            "it" => [
                "aggiunto",
                "rimosso",
                "modificato",
                "spostato",
                "in evidenza",
            ],
            "fr" => ["ajouté", "supprimé", "modifié", "déplacé", "en évidence"],
            "es" => ["añadido", "eliminado", "cambiado", "movido", "destacado"],
            "pt" => [
                "adicionado",
                "removido",
                "alterado",
                "movido",
                "em destaque",
            ],
            "pl" => [
                "dodane",
                "usunięte",
                "zmienione",
                "przeniesione",
                "wyróżnione",
            ],
            "ru" => ["добавлено", "удалено", "изменено", "перемещено", "выделено"],
            "uk" => ["додано", "вилучено", "змінено", "переміщено", "виділено"],
            "zh" => ["新增", "删除", "更改", "移动", "突出显示"],
            "ja" => ["追加", "削除", "変更", "移動", "強調"],
            "ko" => ["추가", "삭제", "변경", "이동", "강조"],
            "vi" => ["thêm", "xóa", "thay đổi", "di chuyển", "nổi bật"],
            _ => ["added", "removed", "changed", "moved", "highlighted"],
        })
    }

    fn mark(&self, mark: Mark) -> &'static str {
        let [added, removed, changed, moved, _] = self.0;
        match mark {
            Mark::Added => added,
            Mark::Removed => removed,
            Mark::Changed => changed,
            Mark::Moved => moved,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_on_its_line_and_off_the_words() {
        let way = Route::new(vec![
            Point::new(0.0, 0.0),
            Point::new(100.0, 0.0),
            Point::new(100.0, 40.0),
        ]);
        assert_eq!(spot(&way, None, &[]), Some(Point::new(50.0, 0.0)));
        let label = Rect::new(30.0, -10.0, 70.0, 10.0);
        let at = spot(&way, Some(label), &[]).unwrap();
        assert!((at.x - 20.0).abs() < 1e-9 && at.y == 0.0, "{at}");
        let all = Rect::new(-10.0, -50.0, 110.0, 50.0);
        let crowded = spot(&way, None, &[all]);
        assert_eq!(crowded, Some(Point::new(50.0, 0.0)), "better than none");
        let wide = Rect::new(-5.0, -10.0, 130.0, 45.0);
        let at = spot(&way, Some(wide), &[]).unwrap();
        assert!(at.y <= -10.0 - SIGN, "beside the words: {at}");
    }
}
