//! The page's own words in the languages that have a table here; English elsewhere.

use serde::Serialize;

/// What stands on the page beside the words of the picture. `#` stands for a number.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    pub(super) untitled: &'static str,
    pub(super) search: &'static str,
    pub(super) view: &'static str,
    pub(super) smaller: &'static str,
    pub(super) larger: &'static str,
    pub(super) fit: &'static str,
    pub(super) theme: &'static str,
    pub(super) print: &'static str,
    pub(super) picture: &'static str,
    pub(super) steps: &'static str,
    pub(super) back: &'static str,
    pub(super) next: &'static str,
    flow: &'static str,
    parts: &'static str,
    component: &'static str,
    group: &'static str,
    link: &'static str,
    known: &'static str,
    links: &'static str,
    ends: &'static str,
    evidence: &'static str,
    found: &'static str,
    open: &'static str,
    close: &'static str,
    all: &'static str,
    help: &'static str,
}

const ENGLISH: Words = Words {
    untitled: "Architecture",
    search: "Search",
    view: "View",
    smaller: "Zoom out",
    larger: "Zoom in",
    fit: "Fit",
    theme: "Light/dark",
    print: "Print",
    picture: "Diagram",
    steps: "Steps",
    back: "Previous step",
    next: "Next step",
    flow: "# steps: arrow keys go through them",
    parts: "Components",
    component: "component",
    group: "group",
    link: "link",
    known: "link, known from the documentation",
    links: "Links",
    ends: "Ends",
    evidence: "Where it is said",
    found: "# found",
    open: "Open group",
    close: "Close group",
    all: "Show everything",
    help: "Click a component for its links and its evidence. Drag to move, wheel or + and - to zoom, 0 to fit, / to search, Esc to show everything.",
};

const DANISH: Words = Words {
    untitled: "Arkitektur",
    search: "Søg",
    view: "Visning",
    smaller: "Zoom ud",
    larger: "Zoom ind",
    fit: "Tilpas",
    theme: "Lys/mørk",
    print: "Udskriv",
    picture: "Diagram",
    steps: "Trin",
    back: "Forrige trin",
    next: "Næste trin",
    flow: "# trin: piletasterne går igennem dem",
    parts: "Komponenter",
    component: "komponent",
    group: "gruppe",
    link: "forbindelse",
    known: "forbindelse, kendt fra dokumentationen",
    links: "Forbindelser",
    ends: "Ender",
    evidence: "Hvor det står",
    found: "# fundet",
    open: "Åbn gruppe",
    close: "Luk gruppe",
    all: "Vis alt",
    help: "Klik på en komponent for at se dens forbindelser og belæg. Træk for at flytte, hjul eller + og - for at zoome, 0 for at tilpasse, / for at søge, Esc for at vise alt.",
};

/// The words of a language.
pub(super) fn of(language: Option<&str>) -> &'static Words {
    let code = language.and_then(|code| code.split(['-', '_']).next());
    match code {
        Some("da") => &DANISH,
        _ => &ENGLISH,
    }
}
