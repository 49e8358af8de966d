//! One slide: the title, the groups with what lies in them, then the connectors, then the words at them.

use super::connector::Run;
use super::shape::{Map, Naming, Pen};
use super::{SLIDE, notes};
use crate::draw::uri::encoded;
use crate::draw::xml::Xml;
use crate::geom::{Point, Rect, Route};
use crate::model::{Architecture, Arrow, PartId};
use crate::scene::{Ink, Item, Place, Scene, Shape, Step, Stroke, Subject};
use std::collections::BTreeMap;

/// Left and right of the picture, EMU: four parts of a hundred.
const MARGIN: f64 = 487_680.0;
/// Where the picture begins, under the title.
const TOP: f64 = 822_960.0;
/// Under the picture.
const UNDER: f64 = 274_320.0;
/// EMU of a pixel at most: a small picture is no poster.
const LARGEST: f64 = 9525.0 * 2.2;
/// Groups that lie deeper are drawn, but not grouped: other programs follow nesting with their stack.
const DEEPEST: usize = 16;
/// Of a title, in hundredths of a point, and how many letters of it a line holds.
const TITLE: usize = 2400;
const ONE_LINE: usize = 68;
/// Of the name of a step, and of the title over it.
const STEP: usize = 2000;
const OVER: usize = 1200;
/// Letters of a title at most; its step is told whole in the notes.
const LONGEST: usize = 130;
/// How much wider the line of the present step is.
const PRESENT: f64 = 1.7;

/// What a slide shows of a scene.
pub(super) struct Shown {
    items: Vec<bool>,
    /// What this slide adds to the one before.
    added: Vec<usize>,
    /// What its step is called.
    step: Option<String>,
}

impl Shown {
    /// All of it.
    pub(super) fn everything(scene: &Scene) -> Self {
        Self {
            items: vec![true; scene.items.len()],
            added: (0..scene.items.len()).collect(),
            step: None,
        }
    }

    /// What no step adds.
    pub(super) fn base(scene: &Scene) -> Self {
        let mut shown = Self::everything(scene);
        for item in scene.steps.iter().flat_map(|step| &step.items) {
            if let Some(item) = shown.items.get_mut(*item) {
                *item = false;
            }
        }
        shown.added.retain(|item| shown.items[*item]);
        shown
    }

    /// What was shown, and the next step.
    pub(super) fn add(&mut self, step: &Step) {
        if self.step.is_some() {
            self.added.clear();
        }
        self.added.extend(&step.items);
        for item in &step.items {
            if let Some(item) = self.items.get_mut(*item) {
                *item = true;
            }
        }
        self.step = Some(step.title.clone());
    }

    fn items<'a>(&'a self, scene: &'a Scene) -> impl Iterator<Item = (usize, &'a Item)> {
        let items = scene.items.iter().enumerate();
        items.filter(|(at, _)| self.items.get(*at).is_some_and(|shown| *shown))
    }
}

/// A written slide.
pub(super) struct Slide {
    /// Its XML.
    pub(super) xml: String,
    /// The XML of its notes.
    pub(super) notes: String,
    /// The pages that its shapes lead to: relations `page1`, `page2` and so on.
    pub(super) pages: Vec<String>,
}

/// Pixels of a slide of 1920 × 1080 for one of the picture.
pub(in crate::draw) fn pixels(scene: &Scene) -> f64 {
    Map::fit(scene.size, room(), LARGEST).text() * 1920.0 / SLIDE.0 as f64
}

/// Where the picture may be.
fn room() -> Rect {
    let (right, bottom) = (SLIDE.0 as f64 - MARGIN, SLIDE.1 as f64 - UNDER);
    Rect::new(MARGIN, TOP, right, bottom)
}

/// Writes a slide.
pub(super) fn slide(architecture: &Architecture, scene: &Scene, shown: &Shown) -> Slide {
    let mut writer = Writer {
        architecture,
        scene,
        shown,
        pen: Pen {
            xml: Xml::document(),
            map: Map::fit(scene.size, room(), LARGEST),
            palette: &scene.theme.palette,
            ids: 1,
        },
        numbers: BTreeMap::new(),
        sites: sites(architecture, scene),
        pages: Vec::new(),
    };
    writer.begin();
    writer.boxes();
    for (at, item) in shown.items(scene) {
        writer.connector(at, item);
    }
    for (_, item) in shown.items(scene) {
        match &item.subject {
            Subject::Link { .. } => writer.label(item),
            Subject::Legend => item.shapes.iter().for_each(|shape| writer.pen.shape(shape)),
            _ => {}
        }
    }
    let mut xml = writer.pen.xml;
    xml.end().end();
    xml.raw("<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
    Slide {
        xml: xml.finish(),
        notes: notes::notes(scene, shown.step.as_deref(), &shown.added),
        pages: writer.pages,
    }
}

struct Writer<'a> {
    architecture: &'a Architecture,
    scene: &'a Scene,
    shown: &'a Shown,
    pen: Pen<'a>,
    /// The shape of each part.
    numbers: BTreeMap<PartId, u32>,
    /// The connection sites of each part: where its links end.
    sites: BTreeMap<PartId, Vec<Point>>,
    pages: Vec<String>,
}

/// A step on the way through the nesting.
enum Visit {
    Enter(PartId, usize),
    Leave,
}

impl Writer<'_> {
    /// What the slide is called, and the size of these words, in hundredths of a point: the same for all slides of a deck.
    fn title(&self) -> (String, usize) {
        let (title, size, longest) = match &self.shown.step {
            Some(step) => {
                let letters = self
                    .scene
                    .steps
                    .iter()
                    .map(|step| step.title.chars().count());
                (step, STEP, letters.max().unwrap_or(0))
            }
            None => (&self.scene.title, TITLE, self.scene.title.chars().count()),
        };
        let line = TITLE * ONE_LINE / size;
        let size = size * line / longest.clamp(line, LONGEST + 1) / 100 * 100;
        let title = match title.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default()),
            None => title.clone(),
        };
        (title, size)
    }

    fn begin(&mut self) {
        let (title, size) = self.title();
        let id = self.pen.id();
        let xml = &mut self.pen.xml;
        xml.start(
            "p:sld",
            &[
                (
                    "xmlns:a",
                    &"http://schemas.openxmlformats.org/drawingml/2006/main",
                ),
                (
                    "xmlns:r",
                    &"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                ),
                (
                    "xmlns:p",
                    &"http://schemas.openxmlformats.org/presentationml/2006/main",
                ),
            ],
        );
        xml.start("p:cSld", &[]).start("p:spTree", &[]);
        xml.raw("<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>");
        xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        xml.leaf("p:cNvPr", &[("id", &id), ("name", &"Title")]);
        xml.raw("<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>");
        xml.end();
        xml.raw("<p:spPr/><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>");
        // Over a step stands what the steps are of.
        if self.shown.step.is_some() {
            xml.start("a:p", &[]).start("a:r", &[]);
            xml.leaf("a:rPr", &[("sz", &OVER), ("b", &0), ("dirty", &0)]);
            xml.start("a:t", &[]).words(&self.scene.title).end();
            xml.end().end();
        }
        xml.start("a:p", &[]).start("a:r", &[]);
        // Programs fit a title to its line only when somebody edits it.
        xml.leaf("a:rPr", &[("sz", &size), ("dirty", &0)]);
        xml.start("a:t", &[]).words(&title).end();
        xml.end().end();
        xml.raw("</p:txBody>").end();
    }

    /// The groups and components, each group around what lies in it.
    fn boxes(&mut self) {
        let items: BTreeMap<PartId, &Item> = self
            .shown
            .items(self.scene)
            .filter_map(|(_, item)| match &item.subject {
                Subject::Component(part, _) | Subject::Group(part, _) => Some((*part, item)),
                _ => None,
            })
            .collect();
        let below = |group, depth| {
            let children = self.architecture.children(group).iter().rev();
            children.map(move |part| Visit::Enter(*part, depth))
        };
        let mut stack: Vec<Visit> = below(None, 0).collect();
        while let Some(visit) = stack.pop() {
            let (part, depth) = match visit {
                Visit::Enter(part, depth) => (part, depth),
                Visit::Leave => {
                    self.pen.close();
                    continue;
                }
            };
            let group = self.architecture.part(part).is_group();
            match items.get(&part) {
                Some(item) if group => {
                    if depth < DEEPEST {
                        let name = item.name();
                        self.pen.open(
                            Naming {
                                name,
                                told: Some(name),
                                page: None,
                            },
                            item.room(),
                        );
                        stack.push(Visit::Leave);
                    }
                    self.boxed(part, item, Ink::Title);
                    self.pen.ornaments(item, Ink::Title);
                }
                Some(item) => self.component(part, item),
                None => {}
            }
            if group {
                stack.extend(below(Some(part), depth + 1));
            }
        }
    }

    /// A component, grouped with its icon.
    fn component(&mut self, part: PartId, item: &Item) {
        let words =
            |shape: &Shape| matches!(shape, Shape::Text { ink, .. } if ink.purpose() == Ink::Text);
        let alone = item.shapes.iter().skip(1).all(words);
        if alone {
            self.boxed(part, item, Ink::Text);
            return;
        }
        let name = item.name();
        self.pen.open(
            Naming {
                name,
                told: Some(name),
                page: None,
            },
            item.room(),
        );
        self.boxed(part, item, Ink::Text);
        self.pen.ornaments(item, Ink::Text);
        self.pen.close();
    }

    fn boxed(&mut self, part: PartId, item: &Item, ink: Ink) {
        let id = self.pen.id();
        self.numbers.insert(part, id);
        let page = item.href.as_ref().map(|href| {
            self.pages.push(encoded(href));
            format!("page{}", self.pages.len())
        });
        let naming = Naming {
            name: item.name(),
            told: item.tooltip.as_deref(),
            page: page.as_deref(),
        };
        let lines = item.lines(ink);
        let whole = whole(item.name(), &lines);
        let whole = whole.map(|whole| vec![whole]);
        let lines = whole.unwrap_or(lines);
        let sites = self.sites.get(&part).map(Vec::as_slice);
        let sites = sites.unwrap_or_default();
        self.pen.boxed((id, naming), (item, ink), &lines, sites);
    }

    /// The line of a link, glued to its ends.
    fn connector(&mut self, at: usize, item: &Item) {
        let (Subject::Link { link, .. }, Place::Way(route, _)) = (&item.subject, &item.place)
        else {
            return;
        };
        let Some(run) = Run::along(route, &self.pen.map) else {
            return;
        };
        let Some((from, to, about)) = self.architecture.link(*link) else {
            return;
        };
        let present =
            about.step.is_some() && self.shown.step.is_some() && self.shown.added.contains(&at);
        let stroke = item
            .stroke()
            .map(|stroke| if present { highlighted(stroke) } else { stroke });
        let heads = (about.arrow == Arrow::Both, about.arrow != Arrow::None);
        let id = self.pen.id();
        self.pen.xml.start("p:cxnSp", &[]).start("p:nvCxnSpPr", &[]);
        let naming = Naming {
            name: item.name(),
            told: item.tooltip.as_deref(),
            page: None,
        };
        self.pen.naming(id, naming);
        self.pen.xml.start("p:cNvCxnSpPr", &[]);
        self.glue("a:stCxn", from, route.points.first());
        self.glue("a:endCxn", to, route.points.last());
        self.pen.xml.end().raw("<p:nvPr/>").end();
        self.pen.xml.start("p:spPr", &[]);
        run.write(&mut self.pen.xml);
        if run.bends() {
            self.pen.line_of_gradient(stroke, heads);
        } else {
            self.pen.line(stroke, heads);
        }
        self.pen.xml.end().end();
        if run.bends() {
            self.twin(route, stroke, heads);
        }
    }

    /// The line of a connector with bends, for programs that would lay it anew through other boxes: those that do not know
    /// the namespace by its prefix draw this, and `PowerPoint`, which knows it by its name, draws nothing here.
    fn twin(&mut self, route: &Route, stroke: Option<Stroke>, heads: (bool, bool)) {
        let id = self.pen.id();
        self.pen.xml.raw(concat!(
            "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">",
            "<mc:Choice xmlns:office14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\" Requires=\"office14\"/>",
            "<mc:Fallback>",
        ));
        self.pen.xml.start("p:sp", &[]).start("p:nvSpPr", &[]);
        self.pen.naming(id, Naming::ornament("line"));
        self.pen.xml.raw("<p:cNvSpPr/><p:nvPr/>").end();
        self.pen.xml.start("p:spPr", &[]);
        Run::drawing(route, &self.pen.map).write(&mut self.pen.xml);
        self.pen.xml.raw("<a:noFill/>");
        self.pen.line(stroke, heads);
        self.pen.xml.end().end();
        self.pen.xml.raw("</mc:Fallback></mc:AlternateContent>");
    }

    fn glue(&mut self, name: &'static str, part: PartId, end: Option<&Point>) {
        let sites = self.sites.get(&part).map(Vec::as_slice);
        let site = sites
            .unwrap_or_default()
            .iter()
            .position(|site| Some(site) == end);
        if let (Some(id), Some(site)) = (self.numbers.get(&part), site) {
            self.pen.xml.leaf(name, &[("id", id), ("idx", &site)]);
        }
    }

    /// The words at a link, and the badge with the number of its step.
    fn label(&mut self, item: &Item) {
        let texts = |wanted: Ink| {
            let shapes = item.shapes.iter();
            shapes.filter(
                move |shape| matches!(shape, Shape::Text { ink, .. } if ink.purpose() == wanted),
            )
        };
        let words: Vec<&Shape> = texts(Ink::Label).collect();
        if !words.is_empty() {
            let lines = item.lines(Ink::Label);
            self.pen
                .words(&words, &lines, item.ground(), &lines.join(" "));
        }
        let badge = item.shapes.iter().find_map(|shape| match shape {
            Shape::Path {
                fill: Some(ink), ..
            } if ink.purpose() == Ink::Badge => Some((shape.room(), *ink)),
            _ => None,
        });
        if let (Some(badge), Some(number)) = (badge, texts(Ink::BadgeText).next()) {
            self.pen.badge(badge, number);
        }
    }
}

/// Where links end, part by part: first the middles of the sides, for links that a person adds.
fn sites(architecture: &Architecture, scene: &Scene) -> BTreeMap<PartId, Vec<Point>> {
    let mut sites: BTreeMap<PartId, Vec<Point>> = BTreeMap::new();
    for item in &scene.items {
        if let (Subject::Component(part, _) | Subject::Group(part, _), Place::Box(rect)) =
            (&item.subject, &item.place)
        {
            let middle = rect.center();
            let middles = [
                (middle.x, rect.y0),
                (rect.x0, middle.y),
                (middle.x, rect.y1),
                (rect.x1, middle.y),
            ];
            sites.insert(*part, middles.map(Point::from).to_vec());
        }
    }
    for item in &scene.items {
        let (Subject::Link { link, .. }, Place::Way(route, _)) = (&item.subject, &item.place)
        else {
            continue;
        };
        let Some((from, to, _)) = architecture.link(*link) else {
            continue;
        };
        for (part, end) in [(from, route.points.first()), (to, route.points.last())] {
            if let (Some(sites), Some(end)) = (sites.get_mut(&part), end)
                && !sites.contains(end)
            {
                sites.push(*end);
            }
        }
    }
    sites
}

fn highlighted(stroke: Stroke) -> Stroke {
    Stroke {
        ink: Ink::Badge,
        width: stroke.width * PRESENT,
        ..stroke
    }
}

/// The name by itself, where the lines are all of it: the program that shows the slide may then break it anew.
fn whole<'a>(name: &'a str, lines: &[&str]) -> Option<&'a str> {
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    let drawn: String = lines.iter().map(|line| letters(line)).collect();
    (letters(name) == drawn).then_some(name)
}
