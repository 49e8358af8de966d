//! One page that holds everything: the SVG, what is known of each of its items, and the script that explores it. It asks the network for nothing.
//!
//! Words get into the page by three ways, each with its own escaping: the SVG's, [`text`] for the few elements of the page, and [`script`] for the JSON.

mod words;

use super::number::rounded;
use super::{Settings, svg};
use crate::geom::Point;
use crate::model::{Architecture, Arrow, PartId};
use crate::scene::{self, Ink, Item, Palette, Place, Said, Scene, Subject, Theme, shown};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page lets run only what bears this word, and load nothing at all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-k8sdiag'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

/// Writes the page.
pub(super) fn draw(architecture: &Architecture, scene: &Scene, settings: &Settings) -> Vec<u8> {
    let words = words::of(scene.language.as_deref());
    let title = scene.title.as_str();
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"");
    text(&mut page, scene.language.as_deref().unwrap_or("en"));
    let _ = write!(
        page,
        "\"{}>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"generator\" content=\"k8sdiag\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n<title>",
        if scene.theme.name == "dark" {
            " data-theme=\"dark\""
        } else {
            ""
        }
    );
    text(&mut page, title);
    page.push_str("</title>\n<style>\n");
    page.push_str(&colours(&scene.theme));
    page.push_str(STYLE);
    page.push_str("</style>\n</head>\n<body>\n<header>\n<h1>");
    text(&mut page, title);
    page.push_str("</h1>\n<form role=\"search\"><label class=\"unseen\" for=\"find\">");
    text(&mut page, words.search);
    page.push_str("</label><input id=\"find\" type=\"search\" autocomplete=\"off\" placeholder=\"");
    text(&mut page, words.search);
    page.push_str("\"></form>\n<div role=\"toolbar\" aria-label=\"");
    text(&mut page, words.view);
    page.push_str("\">\n");
    for (id, sign, label) in [
        ("out", "−", words.smaller),
        ("in", "+", words.larger),
        ("fit", words.fit, words.fit),
        ("theme", words.theme, words.theme),
        ("print", words.print, words.print),
    ] {
        button(&mut page, id, sign, label);
    }
    page.push_str("</div>\n</header>\n<main id=\"view\" tabindex=\"-1\" aria-label=\"");
    text(&mut page, words.picture);
    page.push_str("\">\n");
    // The page is the picture's ground, and its script what lights the steps up.
    let bare = Settings {
        transparent: true,
        animate: false,
        ..settings.clone()
    };
    page.push_str(&svg::inline(scene, &bare));
    page.push_str("</main>\n<aside id=\"panel\" aria-live=\"polite\"></aside>\n<nav id=\"steps\" aria-label=\"");
    text(&mut page, words.steps);
    page.push_str("\">\n");
    button(&mut page, "back", "←", words.back);
    page.push_str("<p id=\"step\" aria-live=\"polite\"></p>\n");
    button(&mut page, "next", "→", words.next);
    page.push_str("</nav>\n<script type=\"application/json\" id=\"data\">");
    script(&mut page, &data(architecture, scene, words));
    let _ = write!(
        page,
        "</script>\n<script nonce=\"k8sdiag\">\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    page.into_bytes()
}

fn button(page: &mut String, id: &str, sign: &str, label: &str) {
    let _ = write!(page, "<button type=\"button\" id=\"{id}\" aria-label=\"");
    text(page, label);
    page.push_str("\" title=\"");
    text(page, label);
    page.push_str("\">");
    text(page, sign);
    page.push_str("</button>\n");
}

/// Appends words as HTML shows them, between tags and in attributes.
fn text(page: &mut String, words: &str) {
    for character in words.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            other => page.push(other),
        }
    }
}

/// Appends JSON so that nothing in it can end the element around it.
fn script(page: &mut String, value: &impl Serialize) {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(page, "\\u{:04x}", u32::from(character));
            }
            other => page.push(other),
        }
    }
}

/// The colours of both themes as variables, and the classes of the SVG that use them.
fn colours(theme: &Theme) -> String {
    let named = |name: &str| Theme::named(name).unwrap_or_default().palette;
    let (light, dark) = match &theme.dark {
        Some(dark) => (theme.palette.clone(), dark.clone()),
        None if theme.name == "dark" => (named("light"), theme.palette.clone()),
        None => (theme.palette.clone(), named("dark")),
    };
    let mut style = String::new();
    let variables = |style: &mut String, palette: &Palette| {
        for ink in Ink::ALL {
            let _ = write!(style, "--{}:{};", ink.name(), palette.colour(*ink));
        }
    };
    style.push_str(":root{color-scheme:light;");
    variables(&mut style, &light);
    style.push_str("}\n:root[data-theme=dark]{color-scheme:dark;");
    variables(&mut style, &dark);
    style.push_str(
        "}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;",
    );
    variables(&mut style, &dark);
    style.push_str("}}\n");
    for ink in Ink::ALL {
        let name = ink.name();
        let _ = write!(
            style,
            "#view [class~=f-{name}]{{fill:var(--{name})}}#view [class~=s-{name}]{{stroke:var(--{name})}}"
        );
    }
    style.push('\n');
    style
}

/// What the script knows.
#[derive(Serialize)]
struct Data<'a> {
    words: &'static words::Words,
    description: &'a str,
    items: Vec<Entry<'a>>,
    steps: Vec<StepEntry<'a>>,
}

#[derive(Serialize)]
struct StepEntry<'a> {
    title: &'a str,
    items: &'a [usize],
}

#[derive(Serialize)]
struct Source {
    name: String,
    words: Option<String>,
}

/// What is known of one item; parts and links are named by their place in the picture.
#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    name: &'a str,
    said: Vec<String>,
    evidence: Vec<Source>,
    href: Option<&'a str>,
    parent: Option<usize>,
    rect: Option<[f64; 4]>,
    from: Option<usize>,
    to: Option<usize>,
    known: bool,
    heads: [bool; 2],
    way: Vec<[f64; 2]>,
}

fn data<'a>(
    architecture: &Architecture,
    scene: &'a Scene,
    words: &'static words::Words,
) -> Data<'a> {
    let mut places: BTreeMap<PartId, usize> = BTreeMap::new();
    for (at, item) in scene.items.iter().enumerate() {
        if let Subject::Component(part, _) | Subject::Group(part, _) = item.subject {
            places.insert(part, at);
        }
    }
    let entry = |item: &'a Item| entry(architecture, &places, item);
    Data {
        words,
        description: &scene.description,
        items: scene.items.iter().map(entry).collect(),
        steps: scene
            .steps
            .iter()
            .map(|step| StepEntry {
                title: &step.title,
                items: &step.items,
            })
            .collect(),
    }
}

fn entry<'a>(
    architecture: &Architecture,
    places: &BTreeMap<PartId, usize>,
    item: &'a Item,
) -> Entry<'a> {
    let mut entry = Entry {
        kind: "legend",
        name: item.name(),
        said: Vec::new(),
        evidence: Vec::new(),
        href: item.href.as_deref(),
        parent: None,
        rect: None,
        from: None,
        to: None,
        known: false,
        heads: [false; 2],
        way: Vec::new(),
    };
    let point = |point: &Point| [rounded(point.x), rounded(point.y)];
    match &item.place {
        Place::Box(rect) => {
            entry.rect = Some([rect.x0, rect.y0, rect.width(), rect.height()].map(rounded));
        }
        Place::Way(route, _) => entry.way = route.points.iter().map(point).collect(),
        Place::Beside => {}
    }
    let evidence = match &item.subject {
        Subject::Component(part, _) | Subject::Group(part, _) => {
            let about = architecture.part(*part);
            entry.kind = if about.is_group() {
                "group"
            } else {
                "component"
            };
            entry.said = about.description.iter().map(|said| shown(said)).collect();
            entry.parent = about.parent.and_then(|group| places.get(&group).copied());
            &about.evidence
        }
        Subject::Link { link, known, .. } => {
            let Some((from, to, about)) = architecture.link(*link) else {
                return entry;
            };
            entry.kind = "link";
            entry.from = places.get(&from).copied();
            entry.to = places.get(&to).copied();
            entry.known = *known;
            entry.heads = [about.arrow == Arrow::Both, about.arrow != Arrow::None];
            &about.evidence
        }
        Subject::Legend => return entry,
    };
    let source = |said: Said| Source {
        name: said.name,
        words: said.words,
    };
    entry.evidence = scene::places(architecture, evidence)
        .into_iter()
        .map(source)
        .collect();
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::tests::{SHOP, drawn};

    fn page(note: &str) -> String {
        String::from_utf8(drawn("html", note, &Settings::default())).unwrap()
    }

    #[test]
    fn the_page_asks_for_nothing_and_hostile_words_stay_words() {
        let page = page(concat!(
            "title: </title><script>alert(1)</script>\n",
            "components: [{id: a, label: '</script><img src=x onerror=alert(2)>'}, {id: b, label: \"]]>'\\\"\"}]\n",
            "links: [{from: a, to: b, label: '<!--<script>'}]\n",
        ));
        assert_eq!(page.matches("<script").count(), 2);
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("<img"));
        let outside = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!outside.contains("http://") && !outside.contains("https://"));
    }

    #[test]
    fn the_script_knows_every_item_its_words_and_its_evidence() {
        let page = page(SHOP);
        let from = page.find("id=\"data\">").unwrap() + 10;
        let json = page.get(from..).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(json).unwrap();
        let items = data["items"].as_array().unwrap();
        assert_eq!(items.len(), page.matches("\n<g class=").count());
        let place = |name: &str| items.iter().position(|item| item["name"] == name).unwrap();
        let link = items.iter().find(|item| item["kind"] == "link").unwrap();
        assert_eq!(
            (&link["from"], &link["to"]),
            (&place("till").into(), &place("ledger").into())
        );
        let ledger = &items[place("ledger")];
        assert_eq!(ledger["said"][0], "keeps <b>\"all\"</b>");
        assert!(
            ledger["evidence"][0]["name"]
                .as_str()
                .unwrap()
                .starts_with("shop.yaml:")
        );
    }
}
