//! A committed picture tells the architecture that it shows: our SVG says of each shape what it stands for, and where it lies says in which group. So a stale
//! picture can be told in words on a clean checkout, without git, a cache or metadata.
//!
//! Only what our own writer writes is understood; from anything else little or nothing comes out, and nothing is ever drawn from it.

use crate::draw::{Boxed, Outline};
use crate::model::{Architecture, Body, Component, Group, Link, Part, PartId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The architecture that an SVG of ours shows; empty where it is none of ours.
pub(super) fn recall(svg: &str) -> Architecture {
    let mut boxes: Vec<Boxed> = Vec::new();
    let mut links: Vec<(String, String, String, bool)> = Vec::new();
    for item in svg.split("<g class=\"").skip(1) {
        let Some((head, body)) = item.split_once('>') else {
            continue;
        };
        let class = head.split('"').next().unwrap_or_default();
        let mut classes = class.split(' ');
        let title = between(body, "<title>", "</title>")
            .map(plain)
            .unwrap_or_default();
        let first = title.lines().next().unwrap_or_default().to_owned();
        match classes.next() {
            Some(kind @ ("component" | "group")) => {
                let (Some(id), Some(frame)) = (attribute(head, "data-id"), frame(body)) else {
                    continue;
                };
                boxes.push(Boxed {
                    id,
                    label: first,
                    is_group: kind == "group",
                    frame,
                });
            }
            Some("link") => {
                let ends = (attribute(head, "data-from"), attribute(head, "data-to"));
                if let (Some(from), Some(to)) = ends {
                    links.push((from, to, first, class.contains("known")));
                }
            }
            _ => {}
        }
    }
    let title = between(svg, "-title\">", "</title>").map(plain);
    built(title, boxes, links)
}

/// The architecture that is hidden in a picture of another format.
pub(super) fn hidden(outline: Outline) -> Architecture {
    built(Some(outline.title), outline.boxes, outline.links)
}

fn built(
    title: Option<String>,
    boxes: Vec<Boxed>,
    links: Vec<(String, String, String, bool)>,
) -> Architecture {
    let mut architecture = Architecture::new();
    architecture.title = title;
    let ids = nest(boxes, &mut architecture);
    for (from, to, said, known) in links {
        let (Some(a), Some(b)) = (ids.get(&from), ids.get(&to)) else {
            continue;
        };
        let ends = format!(
            "{} → {}",
            architecture.part(*a).label,
            architecture.part(*b).label
        );
        let label = said
            .strip_prefix(&ends)
            .and_then(|rest| rest.strip_prefix(": "));
        let link = Link {
            label: label.map(str::to_owned),
            basis: if known {
                crate::model::Basis::Known
            } else {
                crate::model::Basis::Stated
            },
            ..Link::default()
        };
        architecture.add_link(*a, *b, link);
    }
    architecture
}

/// Puts each box into the smallest group around it, larger ones first.
fn nest(mut boxes: Vec<Boxed>, architecture: &mut Architecture) -> BTreeMap<String, PartId> {
    let area = |one: &Boxed| (one.frame[2] - one.frame[0]) * (one.frame[3] - one.frame[1]);
    boxes.sort_by(|a, b| {
        b.is_group
            .cmp(&a.is_group)
            .then(area(b).total_cmp(&area(a)))
    });
    let mut ids = BTreeMap::new();
    let mut groups: Vec<([f64; 4], PartId)> = Vec::new();
    for one in boxes {
        let x = f64::midpoint(one.frame[0], one.frame[2]);
        let y = f64::midpoint(one.frame[1], one.frame[3]);
        let around = groups
            .iter()
            .rev()
            .find(|(frame, _)| frame[0] <= x && x <= frame[2] && frame[1] <= y && y <= frame[3]);
        let part = Part {
            id: Arc::from(one.id.as_str()),
            label: one.label,
            parent: around.map(|(_, id)| *id),
            aliases: Vec::new(),
            description: Vec::new(),
            href: None,
            evidence: Vec::new(),
            introduced: true,
            body: if one.is_group {
                Body::Group(Group::default())
            } else {
                Body::Component(Component::default())
            },
        };
        if let Ok(id) = architecture.add_part(part) {
            ids.insert(one.id, id);
            if one.is_group {
                groups.push((one.frame, id));
            }
        }
    }
    ids
}

/// The frame of the first rectangle.
fn frame(body: &str) -> Option<[f64; 4]> {
    let rect = between(body, "<rect ", "/>")?;
    let number = |name: &str| attribute(rect, name)?.parse::<f64>().ok();
    let (x, y) = (number("x")?, number("y")?);
    let frame = [x, y, x + number("width")?, y + number("height")?];
    frame.iter().all(|value| value.is_finite()).then_some(frame)
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let mark = format!("{name}=\"");
    let at = head
        .match_indices(&mark)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || head.get(..*at).is_some_and(|before| before.ends_with(' ')))?;
    let rest = head.get(at + mark.len()..)?;
    rest.split_once('"').map(|(value, _)| plain(value))
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inner, _)| inner)
}

/// Text without the references that our writer makes.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Whether a file is an SVG of ours.
pub(super) fn is_ours(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1000.min(bytes.len())).unwrap_or_default())
        .into_owned();
    let id = attribute(head.split('>').next().unwrap_or_default(), "id");
    head.starts_with("<svg ")
        && id.is_some_and(|id| {
            id.len() == 17
                && id.starts_with('k')
                && id.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Source, Sources};
    use crate::{Options, draw_sources};

    #[test]
    fn a_picture_tells_what_it_shows() {
        for (_, text) in crate::app::gallery::DIAGRAMS {
            let mut sources = Sources::default();
            sources.add(Source::new("d.yaml", *text));
            let drawing = draw_sources(&sources, &Options::default(), &mut ());
            assert!(is_ours(&drawing.bytes));
            let (shown, told) = (
                drawing.architecture,
                recall(&String::from_utf8(drawing.bytes).unwrap()),
            );
            assert_eq!(told.part_count(), shown.part_count());
            assert_eq!(told.link_count(), shown.link_count());
            assert_eq!(told.title, shown.title);
            for (_, part) in shown.parts() {
                let found = told.part(told.find(&part.id).unwrap());
                assert_eq!(
                    (&found.label, found.is_group()),
                    (&part.label, part.is_group())
                );
                let holder = |whole: &Architecture, part: &Part| {
                    part.parent.map(|parent| whole.part(parent).id.to_string())
                };
                assert_eq!(holder(&told, found), holder(&shown, part), "{}", part.label);
            }
            let mut said: Vec<_> = shown
                .links()
                .map(|(_, _, _, link)| link.label.clone())
                .collect();
            let mut seen: Vec<_> = told
                .links()
                .map(|(_, _, _, link)| link.label.clone())
                .collect();
            said.sort();
            seen.sort();
            assert_eq!(said, seen);
            let known = |whole: &Architecture| {
                whole
                    .links()
                    .filter(|(_, _, _, link)| link.basis == Basis::Known)
                    .count()
            };
            assert_eq!(known(&told), known(&shown));
        }
    }

    #[test]
    fn other_pictures_tell_nothing_and_break_nothing() {
        for text in [
            "",
            "<svg>",
            "<g class=\"component\" data-id=\"a\"><rect x=\"NaN\"/>",
            "<g class=\"group\"",
            "<g class=\"component\" data-id=\"a>",
        ] {
            assert_eq!(recall(text).part_count(), 0, "{text}");
            assert!(!is_ours(text.as_bytes()));
        }
    }
}
