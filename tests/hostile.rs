//! Inputs that broke others: each must end in status 0, 1 or 2 within seconds and bounded memory, with a message that names a line, and a
//! picture that harms nobody. They are made here, not kept as files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::needless_update,
    clippy::uninlined_format_args,
    clippy::type_complexity,
    clippy::semicolon_if_nothing_returned,
    clippy::single_match_else,
    clippy::match_same_arms,
    clippy::redundant_closure_for_method_calls,
    clippy::filter_map_bool_then,
    reason = "a test may fail, and writes its own files"
)]

mod common;

use common::{check_svg, limited, run, scratch};
use k8sdiag::draw::{Draw, FORMATS};
use k8sdiag::model::{Source, Sources};
use k8sdiag::{Options, draw_sources};
use std::fs;

/// Levels of nesting. A recursion needs far more than 26 bytes a level, so both numbers overflow 512 KiB.
const DEEP: usize = if cfg!(debug_assertions) {
    20_000
} else {
    100_000
};

/// How a case must end.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// Status 2, with a message that names the file and a line.
    Refused,
    /// Status 2, with a message that names the file: there is no line to name.
    Unread,
    /// Status 0, and a sound picture.
    Drawn,
    /// One of both.
    Either,
}
use End::{Drawn, Either, Refused, Unread};

fn cases() -> Vec<(&'static str, Vec<u8>, End)> {
    let mut all = bytes();
    all.extend(markdown());
    all.extend(yaml());
    all.extend(dot());
    all.extend(names());
    all
}

/// What is no text, or a strange one.
fn bytes() -> Vec<(&'static str, Vec<u8>, End)> {
    let utf16 = |text: &str, big: bool, mark: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    vec![
        (
            "latin1.md",
            b"# Shop\n\n- **caf\xe9:** sends to till\n".to_vec(),
            Refused,
        ),
        (
            "latin1.yaml",
            b"components:\n  - id: caf\xe9\n".to_vec(),
            Refused,
        ),
        (
            "cut.md",
            "# Größe\n- **é:** x".as_bytes()[..5].to_vec(),
            Refused,
        ),
        ("surrogate.md", b"# a\n\xed\xa0\x80".to_vec(), Refused),
        ("overlong.md", b"# a\n\xc0\xaf".to_vec(), Refused),
        (
            "utf16-le.md",
            utf16("# Shop\n- **a:** sends to b", false, true),
            Unread,
        ),
        (
            "utf16-be.yaml",
            utf16("components: [{id: a}]", true, true),
            Unread,
        ),
        (
            "utf16-bare.md",
            utf16("# Shop\n- **a:** sends to b", true, false),
            Unread,
        ),
        (
            "nul.md",
            b"# S\n- **till\0x:** sends to ledger\n- **ledger:** keeps\n".to_vec(),
            Drawn,
        ),
        ("nul.yaml", b"components: [{id: a\0b}]\n".to_vec(), Refused),
        ("only-nul.md", vec![0; 100_000], Unread),
        (
            "cr-alone.md",
            b"# S\r- **till:** sends to ledger\r- **ledger:** keeps\r".to_vec(),
            Drawn,
        ),
        (
            "cr-alone.yaml",
            b"components:\r- id: a\r- id: b\rlinks:\r- {from: a, to: b}\r".to_vec(),
            Drawn,
        ),
        ("noise.md", noise(200_000), Refused),
        ("png.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Refused),
        (
            "separators.md",
            "# S\u{2028}\u{2029}\u{85}\u{b}\u{c}- **a:** x\n".into(),
            Either,
        ),
        (
            "long-line.md",
            format!("# S\n- **a:** {}", "word ".repeat(400_000)).into(),
            Either,
        ),
        (
            "noncharacters.yaml",
            "components: [{id: a, label: \"\u{fffe}\u{ffff}\u{fdd0}\"}]".into(),
            Either,
        ),
    ]
}

/// Bytes that look random and never change.
fn noise(many: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(many).collect()
}

fn markdown() -> Vec<(&'static str, Vec<u8>, End)> {
    let many = |one: &str, many: usize| one.repeat(many);
    let nested: String = (0..2000)
        .map(|level| format!("{}- **part{level}:** x\n", " ".repeat(2 * level)))
        .collect();
    let parts = |many: usize| -> String {
        (0..many)
            .map(|at| format!("- **part{at}:** sends to part{}\n", at + 1))
            .collect()
    };
    let named: Vec<String> = (0..60).map(|at| format!("part{at}")).collect();
    let all = named.join(" and ");
    vec![
        ("empty.md", String::new(), Either),
        ("spaces.md", many(" \t\n", 50_000), Either),
        ("nested-lists.md", nested, Either),
        ("bullets-on-a-line.md", many("- ", DEEP), Either),
        ("quotes.md", many(">", DEEP) + " a", Either),
        ("brackets.md", many("[", DEEP), Either),
        ("links.md", many("[a](", DEEP / 2), Either),
        ("images.md", many("![", DEEP), Either),
        ("emphasis.md", many("**a ", DEEP), Either),
        ("stars.md", many("*", DEEP) + "a" + &many("*", DEEP), Either),
        ("backticks.md", (1..600).map(|long| many("`", long) + " ").collect(), Either),
        ("fence.md", "# S\n".to_owned() + &many("`", DEEP), Either),
        ("headings.md", (0..3000).map(|at| format!("{} part{at}\n", many("#", 1 + at % 6))).collect(), Either),
        ("table.md", format!("|{}\n|{}\n|{}\n", many("a|", 4000), many("-|", 4000), many("b|", 4000)), Either),
        ("references.md", (0..5000).map(|at| format!("[a{at}]: <b> \"c\"\n")).collect(), Either),
        ("entities.md", "# S\n- **&#0;&#x1F;&lt;script&gt;&amp;amp;:** &nosuch; &#xD800; &#99999999;\n".to_owned(), Either),
        ("html.md", "# <script>alert(1)</script>\n\n- **<img src=x onerror=alert(1)>:** sends to b\n- **b:** <iframe src=\"javascript:x\">\n\n<svg onload=x>\n".to_owned(), Either),
        ("expansion.md", format!("# S\n- **a:** {}! {}", many("a", 50_000), many("(a+)+", 5000)), Either),
        ("parts.md", "# S\n".to_owned() + &parts(2000), Drawn),
        ("conjunctions.md", format!("# S\n{}\n{all} send to {all}.\n", parts(60)), Either),
        ("clauses.md", "# S\n- **a:** x\n- **b:** x\n\n".to_owned() + &many("a sends to b, ", 5000), Either),
        ("paragraphs.md", "# S\n- **a:** x\n- **b:** x\n\n".to_owned() + &many("The a talks to the b.\n\n", 5000), Either),
        ("combining.md", format!("# S\n- **a{}:** b\n", many("\u{301}", 50_000)), Either),
        ("mermaid-nested.md", format!("# S\n```mermaid\ngraph TD\n{}```\n", many("subgraph a\n", DEEP)), Either),
        ("mermaid-chain.md", format!("# S\n```mermaid\ngraph TD\nA{}\n```\n", many("-->A", 5000)), Either),
        ("mermaid-unclosed.md", format!("# S\n```mermaid\ngraph TD\nA[{}\n", many("[({", 5000)), Either),
        ("front-matter-open.md", "---\ntitle: a\n# S\n- **a:** x".to_owned(), Either),
        ("front-matter-bomb.md", format!("---\nk8sdiag: &t \"{}\"\nb: [{}]\n---\n# a\n- **a:** b", many("x", 200_000), vec!["*t"; 5000].join(",")), Refused),
        ("front-matter-deep.md", format!("---\nk8sdiag: {}\n---\n# a\n", many("[", DEEP)), Refused),
        ("comments.md", "# S\n<!-- k8sdiag: ".to_owned() + &many("a -> b : ", 3000) + "-->\n<!--" + &many("-", 50_000), Either),
    ]
    .into_iter()
    .map(|(name, text, end)| (name, text.into_bytes(), end))
    .collect()
}

fn yaml() -> Vec<(&'static str, Vec<u8>, End)> {
    let laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned()
        + &(1..30)
            .map(|at| {
                format!(
                    "a{at}: &a{at} [{}]\n",
                    vec![format!("*a{}", at - 1); 9].join(",")
                )
            })
            .collect::<String>();
    let chain = |many: usize| {
        "groups:\n- {id: g0}\n".to_owned()
            + &(1..many)
                .map(|at| format!("- {{id: g{at}, parent: g{}}}\n", at - 1))
                .collect::<String>()
    };
    let pair = "components: [{id: a}, {id: b}]\nlinks:\n";
    vec![
        ("empty.yaml", String::new(), Either),
        ("empty.json", String::new(), Either),
        ("null.yaml", "~".to_owned(), Either),
        ("flow-maps.yaml", "{\"\":[".repeat(DEEP), Refused),
        ("flow-lists.yaml", "[".repeat(DEEP), Refused),
        ("ignored-flow.yaml", format!("components: []\nno: {}", "{\"\":[".repeat(DEEP)), Refused),
        ("flow.json", "{\"a\":".repeat(DEEP), Refused),
        ("lists.json", "[".repeat(DEEP), Refused),
        ("block-lists.yaml", "- ".repeat(DEEP) + "a", Refused),
        ("block-maps.yaml", (0..3000).map(|level| " ".repeat(level) + "a:\n").collect(), Refused),
        ("laughs.yaml", laughs, Refused),
        ("anchored.yaml", format!("title: &t \"{}\"\ncomponents: [{}]", "x".repeat(200_000), vec!["*t"; 20_000].join(",")), Refused),
        ("self-alias.yaml", "components: &a [*a]".to_owned(), Refused),
        ("no-anchor.yaml", "components: [*nothing]".to_owned(), Refused),
        ("open-list.yaml", "a: [\n---\n".to_owned(), Refused),
        ("two-documents.yaml", "components: [{id: a}]\n---\ncomponents: [{id: b}]\n".to_owned(), Refused),
        ("twice.yaml", "components: []\ncomponents: []\n".to_owned(), Refused),
        ("tabs.yaml", "components:\n\t- id: a\n".to_owned(), Refused),
        ("tag.yaml", "components: !!python/object/apply:os.system [ls]\n".to_owned(), Either),
        ("merge.yaml", "x: &x {id: a}\ncomponents: [{<<: *x}]\n".to_owned(), Refused),
        ("parents-in-a-circle.yaml", "groups: [{id: a, parent: b}, {id: b, parent: a}]\ncomponents: [{id: c, group: a}]".to_owned(), Refused),
        ("own-parent.yaml", "groups: [{id: a, parent: a}]".to_owned(), Refused),
        ("groups-in-groups.yaml", chain(if cfg!(debug_assertions) { 500 } else { 20_000 }), Either),
        ("links.yaml", pair.to_owned() + &"- {from: a, to: b}\n".repeat(2000), Either),
        ("self-loops.yaml", "components: [{id: a}]\nlinks:\n".to_owned() + &"- {from: a, to: a}\n".repeat(2000), Either),
        ("dangling.yaml", pair.to_owned() + "- {from: a, to: c}\n", Refused),
        ("label.yaml", format!("components: [{{id: a, label: \"{}\"}}]", "x".repeat(5_000_000)), Refused),
        ("one-word.yaml", format!("components: [{{id: a, label: \"{}\"}}]", "W".repeat(9000)), Drawn),
        ("wide.yaml", format!("components: [{{id: a, label: \"{}\"}}]", "\u{fdfa}".repeat(5000)), Drawn),
        ("lines.yaml", format!("components: [{{id: a, label: \"{}\"}}]", "\\n".repeat(5000)), Either),
        ("numbers.yaml", "components: [{id: a, instances: .nan}, {id: b, instances: .inf}, {id: c, instances: 1e308}, {id: d, instances: -1}]".to_owned(), Refused),
        ("number.json", "{\"components\": [{\"id\": \"a\", \"instances\": 1e999}]}".to_owned(), Refused),
        ("instances.yaml", "components: [{id: a, instances: 4294967295}]".to_owned(), Drawn),
        ("geometry.json", "{\"components\": [{\"id\": \"a\", \"geometry\": {\"x\": 1e308, \"y\": -1e308, \"width\": 1e308, \"height\": 1e308}}]}".to_owned(), Either),
        ("escapes.json", "{\"components\": [{\"id\": \"\\ud800\"}]}".to_owned(), Refused),
        ("steps.yaml", pair.to_owned() + "- {from: a, to: b, step: 99999999999999999999}\n", Refused),
        ("components-as-text.yaml", "components: yes\n".to_owned(), Refused),
    ]
    .into_iter()
    .map(|(name, text, end)| (name, text.into_bytes(), end))
    .collect()
}

fn dot() -> Vec<(&'static str, Vec<u8>, End)> {
    vec![
        ("empty.dot", String::new()),
        ("no-nodes.dot", "digraph {}".to_owned()),
        (
            "subgraphs.dot",
            "digraph {".to_owned() + &"subgraph x {".repeat(DEEP),
        ),
        (
            "clusters.dot",
            "digraph {".to_owned()
                + &(0..DEEP)
                    .map(|at| format!("subgraph cluster_{at} {{"))
                    .collect::<String>()
                + &"}".repeat(DEEP)
                + "}",
        ),
        (
            "records.dot",
            format!(
                "digraph {{ a [shape=record, label=\"{}\"] }}",
                "{".repeat(5000)
            ),
        ),
        (
            "record-open.dot",
            "digraph { a [shape=record, label=\"<p> x | { y\"] }".to_owned(),
        ),
        (
            "html-label.dot",
            "digraph { a [label=<<b>x</b>>]; a -> {b c}; # line\n }".to_owned(),
        ),
        (
            "ports.dot",
            "digraph { a:n -> b:s:ne; a -> a; a -> a }".to_owned(),
        ),
        (
            "loops.dot",
            "digraph {".to_owned() + &"a -> a;".repeat(2000) + "}",
        ),
        (
            "chain.dot",
            format!("digraph {{ a{} }}", " -> a".repeat(5000)),
        ),
        (
            "open-string.dot",
            "digraph { a [label=\"".to_owned() + &"x".repeat(100_000),
        ),
        (
            "open-comment.dot",
            "digraph { /* ".to_owned() + &"*".repeat(100_000),
        ),
        ("comment-tab.dot", "digraph { // a\tb\n a -> b }".to_owned()),
        (
            "zero-size.dot",
            "digraph { a [width=0, height=0, fixedsize=true, label=\"\"]; a -> b [label=\"\"] }"
                .to_owned(),
        ),
        ("capital.dot", "Digraph { \u{e9} -> .5 }".to_owned()),
        ("not-dot.dot", "this is no graph\n".to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes(), Either))
    .collect()
}

/// Labels that want to be something else.
const LABELS: &[&str] = &[
    "<script>alert(1)</script>",
    "</text></g></svg>",
    "]]>",
    "<![CDATA[x]]>",
    "--><script>",
    "<!--",
    "&amp;",
    "&lt;b&gt;",
    "&#60;",
    "\" onload=\"x",
    "' onload='x",
    "javascript:alert(1)",
    "{{constructor}}",
    "%3Cscript%3E",
    "../../etc/passwd",
    "a/b\\c",
    "<?xml?>",
    "url(#x)",
    "${x}",
    "`x`",
    "@import url(x)",
];

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control()
                || ('\u{202a}'..='\u{2069}').contains(&c)
                || ('\u{fffe}'..='\u{ffff}').contains(&c) =>
            {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Ids and names that differ by next to nothing, or that mean something elsewhere.
fn names() -> Vec<(&'static str, Vec<u8>, End)> {
    let ids = [
        "a",
        "A",
        "\u{e9}",
        "e\u{301}",
        "a\u{200b}",
        "../x",
        "a b",
        "a\"b",
        "a'b",
        "a/b",
        "<x>",
        "x&y;",
        "\u{1f642}",
        "\u{5e2}\u{5d1}",
        "--x",
        "a\nb",
        "con",
        "constructor",
        "__proto__",
        "0",
        "-1",
        "null",
        "true",
        "~",
        "a\u{202e}b",
    ];
    let ids: String = ids
        .iter()
        .map(|id| format!("- {{\"id\": {}}}\n", quoted(id)))
        .collect();
    let hrefs = [
        "javascript:x",
        "JAVA\tSCRIPT:x",
        "data:text/html,x",
        "//evil.org",
        "https://a.b/\" onload=\"x",
        "file:///etc/passwd",
        "../../x",
        "&#106;avascript:x",
    ];
    let hrefs: String = hrefs
        .iter()
        .enumerate()
        .map(|(at, href)| format!("- {{\"id\": \"p{at}\", \"href\": {}}}\n", quoted(href)))
        .collect();
    vec![
        (
            "ids.yaml",
            format!("components:\n{ids}").into_bytes(),
            Either,
        ),
        (
            "hrefs.yaml",
            format!("components:\n{hrefs}").into_bytes(),
            Either,
        ),
    ]
}

/// Whether a message holds what a terminal would obey, or a reader be misled by.
fn dirty(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        c.is_control() && c != '\n' && c != '\t'
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    })
}

#[test]
fn every_hostile_input_ends_well() {
    let folder = scratch();
    let mut wrong = Vec::new();
    for (name, bytes, end) in cases() {
        fs::write(folder.path().join(name), &bytes).unwrap();
        let run = run(
            limited()
                .current_dir(folder.path())
                .args(["render", name, "--text", "system"]),
            b"",
        );
        let told = run.err.contains(name);
        let lined = run.err.contains(&format!("{name}:"));
        let shown: String = run.err.chars().take(300).collect();
        let fine = match (run.status, end) {
            (Some(2), Refused) => lined && run.out.is_empty(),
            (Some(2), Unread) => told && run.out.is_empty(),
            (Some(2), Either) => told && run.out.is_empty(),
            (Some(0), Drawn | Either) => !run.out.is_empty(),
            _ => false,
        };
        if !fine {
            wrong.push(format!(
                "{name}: wanted {end:?}, got status {:?} and {shown}",
                run.status
            ));
        }
        if let Some(c) = dirty(&run.err) {
            wrong.push(format!("{name}: {c:?} on standard error"));
        }
        if run.err.len() > 64 << 10 {
            wrong.push(format!("{name}: {} bytes on standard error", run.err.len()));
        }
        if run.status == Some(0) {
            check_svg(name, &run.out);
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn no_command_falls_over_a_hostile_input() {
    let folder = scratch();
    let mut wrong = Vec::new();
    for (name, bytes, _) in cases() {
        fs::write(folder.path().join(name), &bytes).unwrap();
        for command in ["check", "explain"] {
            let run = run(
                limited().current_dir(folder.path()).args([command, name]),
                b"",
            );
            if !matches!(run.status, Some(0..=2)) || run.err.contains("panicked") {
                wrong.push(format!(
                    "{command} {name}: status {:?}, {:.300}",
                    run.status, run.err
                ));
            }
            if let Some(c) = dirty(&run.err) {
                wrong.push(format!("{command} {name}: {c:?} on standard error"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Deep inputs on a small stack: a recursion on their depth would end this process.
#[test]
fn depth_costs_no_stack() {
    let deep: Vec<(String, String)> = cases()
        .into_iter()
        .filter(|(_, bytes, _)| bytes.len() < 3_000_000)
        .filter_map(|(name, bytes, _)| Some((name.to_owned(), String::from_utf8(bytes).ok()?)))
        .chain([(
            "chain.yaml".to_owned(),
            "groups:\n- {id: g0}\n".to_owned()
                + &(1..3000)
                    .map(|at| format!("- {{id: g{at}, parent: g{}}}\n", at - 1))
                    .collect::<String>(),
        )])
        .collect();
    let small = std::thread::Builder::new().stack_size(512 << 10);
    let thread = small.spawn(move || {
        for (name, text) in deep {
            let mut sources = Sources::default();
            sources.add(Source::new(name, text));
            let _ = draw_sources(&sources, &Options::default(), &mut ());
        }
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn hostile_labels_are_shown_as_text() {
    let components: String = LABELS
        .iter()
        .enumerate()
        .map(|(at, label)| format!("- {{\"id\": \"p{at}\", \"label\": {}}}\n", quoted(label)))
        .collect();
    // A chain, so that no label depends on where the layout finds room in a fan.
    let links: String = LABELS
        .iter()
        .enumerate()
        .map(|(at, label)| {
            format!(
                "- {{\"from\": \"p{at}\", \"to\": \"p{}\", \"label\": {}}}\n",
                (at + 1) % LABELS.len(),
                quoted(label)
            )
        })
        .collect();
    let mut sources = Sources::default();
    sources.add(Source::new(
        "labels.yaml",
        format!(
            "title: {}\ncomponents:\n{components}links:\n{links}",
            quoted(LABELS[0])
        ),
    ));
    let drawing = draw_sources(&sources, &Options::default(), &mut ());
    check_svg("labels", &drawing.bytes);
    let text = String::from_utf8(drawing.bytes).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let words_of = |class: &str, key: &str, value: &str| -> String {
        let group = document.descendants().find(|node| {
            node.attribute("class")
                .is_some_and(|own| own.split(' ').any(|own| own == class))
                && node.attribute(key) == Some(value)
        });
        let group = group.unwrap_or_else(|| panic!("no {class} with {key}={value}"));
        let texts = group
            .descendants()
            .filter(|node| node.has_tag_name("text") || node.tag_name().name() == "text");
        texts
            .flat_map(|node| {
                node.descendants()
                    .filter_map(|node| node.is_text().then(|| node.text().unwrap()))
            })
            .collect()
    };
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    for (at, label) in LABELS.iter().enumerate() {
        let words = bare(&words_of("component", "data-id", &format!("p{at}")));
        assert!(
            words.contains(&bare(label)),
            "`{label}` is drawn as `{words}`"
        );
        let words = bare(&words_of("link", "data-from", &format!("p{at}")));
        assert!(
            words.contains(&bare(label)),
            "`{label}` is drawn on its link as `{words}`"
        );
    }
}

#[test]
fn what_cannot_be_shown_is_replaced_in_every_format() {
    let label = "a\u{0}b\u{1b}[31mc\u{202e}d\u{2066}e\u{7f}f\u{9b}g\u{fffe}h";
    let mut sources = Sources::default();
    sources.add(Source::new(
        "labels.yaml",
        format!(
            "title: {0}\ngroups: [{{\"id\": g, \"label\": {0}}}]\ncomponents: [{{\"id\": a, \"label\": {0}, \"group\": g, \"description\": {0}}}, {{\"id\": b, \"aliases\": [{0}]}}]\nlinks: [{{\"from\": a, \"to\": b, \"label\": {0}}}]",
            quoted(label)
        ),
    ));
    for format in FORMATS.iter().filter(|format| !format.binary) {
        let options = Options {
            format,
            ..Options::default()
        };
        let drawing = draw_sources(&sources, &options, &mut ());
        let text = String::from_utf8(drawing.bytes)
            .unwrap_or_else(|error| panic!("{}: {error}", format.name));
        assert!(
            dirty(&text.replace('\r', "")).is_none(),
            "{}: {:?} came through",
            format.name,
            dirty(&text)
        );
        assert!(
            !text.contains('\u{fffe}'),
            "{}: U+FFFE came through",
            format.name
        );
    }
}

#[test]
fn graphs_with_nothing_to_see_are_drawn() {
    let cases = [
        "components: []",
        "groups: [{id: a}]",
        "groups: [{id: a}, {id: b, parent: a}]",
        "components: [{id: a}]",
        "components: [{id: a, label: \"\"}]",
        "components: [{id: a, label: \" \"}, {id: b}]\nlinks: [{from: a, to: b, label: \"\"}]",
        "components: [{id: a}]\nlinks: [{from: a, to: a}]",
        "groups: [{id: g}]\ncomponents: [{id: a, group: g}]\nlinks: [{from: a, to: g}, {from: g, to: a}, {from: g, to: g}]",
        "groups: [{id: g}, {id: h}]\nlinks: [{from: g, to: h}, {from: h, to: g}]",
        "components: [{id: a}, {id: b}, {id: c}]\nlinks: [{from: a, to: b}, {from: b, to: c}, {from: c, to: a}]",
    ];
    for case in cases {
        for format in FORMATS {
            let mut sources = Sources::default();
            sources.add(Source::new("case.yaml", case));
            let options = Options {
                format,
                ..Options::default()
            };
            let drawing = draw_sources(&sources, &options, &mut ());
            let empty_is_fine = matches!(format.draw, Draw::Architecture(_));
            assert!(
                empty_is_fine || !drawing.bytes.is_empty(),
                "{case} as {} is nothing",
                format.name
            );
            if format.name == "svg" {
                check_svg(case, &drawing.bytes);
            }
        }
    }
}

#[test]
fn bad_usage_is_told_cleanly() {
    let folder = scratch();
    for arguments in [
        &["render", "--format", "\u{1b}[31mred"][..],
        &["render", "--theme", "\u{202e}x"],
        &["render", "--fit", "\u{7}"],
        &["render", "no\u{1b}[2Jfile.md"],
        &["\u{1b}[31m"],
        &["render", "-o", "no/such/folder/\u{1b}x.svg"],
        &["render", "--max-bytes", "-1"],
    ] {
        let run = run(limited().current_dir(folder.path()).args(arguments), b"");
        assert_eq!(run.status, Some(2), "{arguments:?}: {}", run.err);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{arguments:?}");
        assert_eq!(dirty(&run.err), None, "{arguments:?}: {}", run.err);
    }
}

#[test]
fn folders_and_missing_files_are_named() {
    let folder = scratch();
    fs::create_dir(folder.path().join("docs")).unwrap();
    for (input, word) in [("docs", "folder"), ("nothing.md", "nothing.md")] {
        let run = run(
            limited().current_dir(folder.path()).args(["render", input]),
            b"",
        );
        assert_eq!(run.status, Some(2), "{}", run.err);
        assert!(
            run.err.contains(input) && run.err.contains(word),
            "{}",
            run.err
        );
    }
}

#[test]
fn limits_name_their_option() {
    let folder = scratch();
    fs::write(folder.path().join("big.md"), "word ".repeat(1000)).unwrap();
    fs::write(folder.path().join("deep.yaml"), "[".repeat(1000)).unwrap();
    fs::write(
        folder.path().join("many.yaml"),
        "components: [{id: a}, {id: b}, {id: c}]\nlinks: [{from: a, to: b}, {from: b, to: c}]",
    )
    .unwrap();
    for (arguments, option) in [
        (["render", "big.md", "--max-bytes", "1000"], "--max-bytes"),
        (["render", "deep.yaml", "--max-depth", "10"], "--max-depth"),
        (["render", "many.yaml", "--max-parts", "2"], "--max-parts"),
        (["render", "many.yaml", "--max-links", "1"], "--max-links"),
    ] {
        let run = run(limited().current_dir(folder.path()).args(arguments), b"");
        assert_eq!(run.status, Some(2), "{arguments:?}: {}", run.err);
        assert!(
            run.err.contains(option),
            "{arguments:?} does not name `{option}`: {}",
            run.err
        );
    }
}

#[test]
fn one_bad_input_among_many_names_itself() {
    let folder = scratch();
    fs::write(
        folder.path().join("good.md"),
        "# S\n- **till:** sends to ledger\n- **ledger:** keeps\n",
    )
    .unwrap();
    fs::write(folder.path().join("bad.yaml"), "components: [").unwrap();
    let run = run(
        limited()
            .current_dir(folder.path())
            .args(["render", "good.md", "bad.yaml"]),
        b"",
    );
    assert_eq!(run.status, Some(2));
    assert!(
        run.err.contains("bad.yaml:1") && !run.err.contains("good.md"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
mod outputs {
    //! What is promised of files that are written.

    use super::common::{SECONDS, check_svg, limited, program, run, scratch};
    use std::fs::{self, File};
    use std::io::{Read, Write};
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant, SystemTime};

    fn leftovers(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(".k8sdiag-")).collect()
    }

    #[test]
    fn only_a_plain_file_is_replaced() {
        let folder = scratch();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("note.yaml"), "components: [{id: a}]").unwrap();
        fs::write(at("target.svg"), "mine").unwrap();
        symlink("target.svg", at("link.svg")).unwrap();
        symlink("nowhere", at("dangling.svg")).unwrap();
        symlink("note.yaml", at("same.yaml")).unwrap();
        fs::create_dir(at("folder.svg")).unwrap();
        for output in [
            "link.svg",
            "dangling.svg",
            "folder.svg",
            "/dev/null",
            "./note.yaml",
            "no/such/folder.svg",
            "",
        ] {
            let run = run(
                limited().current_dir(folder.path()).args([
                    "render",
                    "note.yaml",
                    "--format",
                    "svg",
                    "-o",
                    output,
                ]),
                b"",
            );
            assert_eq!(run.status, Some(2), "`{output}` was accepted: {}", run.err);
            assert!(!run.err.is_empty(), "`{output}`");
        }
        let run = run(
            limited().current_dir(folder.path()).args([
                "render",
                "same.yaml",
                "--format",
                "svg",
                "-o",
                "note.yaml",
            ]),
            b"",
        );
        assert_eq!(
            run.status,
            Some(2),
            "the input behind a link was overwritten"
        );
        assert_eq!(fs::read_to_string(at("target.svg")).unwrap(), "mine");
        assert_eq!(
            fs::read_to_string(at("note.yaml")).unwrap(),
            "components: [{id: a}]"
        );
        assert!(at("link.svg").is_symlink() && at("dangling.svg").is_symlink());
        assert!(leftovers(folder.path()).is_empty());
    }

    #[test]
    fn a_hard_link_to_the_input_does_not_lose_the_input() {
        let folder = scratch();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("note.yaml"), "components: [{id: a}]").unwrap();
        fs::hard_link(at("note.yaml"), at("other.svg")).unwrap();
        run(
            limited()
                .current_dir(folder.path())
                .args(["render", "note.yaml", "-o", "other.svg"]),
            b"",
        );
        assert_eq!(
            fs::read_to_string(at("note.yaml")).unwrap(),
            "components: [{id: a}]"
        );
    }

    #[test]
    fn an_unchanged_output_keeps_its_time_stamp() {
        let folder = scratch();
        let output = folder.path().join("a.svg");
        let draw = || {
            run(
                limited()
                    .current_dir(folder.path())
                    .args(["render", "-o", "a.svg"]),
                b"",
            )
        };
        assert_eq!(draw().status, Some(0));
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        File::options()
            .write(true)
            .open(&output)
            .unwrap()
            .set_modified(old)
            .unwrap();
        let inode = fs::metadata(&output).unwrap().ino();
        assert_eq!(draw().status, Some(0));
        let about = fs::metadata(&output).unwrap();
        assert_eq!((about.modified().unwrap(), about.ino()), (old, inode));
        fs::write(&output, "other").unwrap();
        assert_eq!(draw().status, Some(0));
        check_svg("a.svg", &fs::read(&output).unwrap());
    }

    #[test]
    fn the_umask_decides_who_may_read() {
        let folder = scratch();
        for (umask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
            let script = format!("umask {umask}; exec \"$0\" render -o {umask}.svg");
            let status = Command::new("sh")
                .current_dir(folder.path())
                .args(["-c", &script, env!("CARGO_BIN_EXE_k8sdiag")])
                .status()
                .unwrap();
            assert!(status.success());
            let about = fs::metadata(folder.path().join(format!("{umask}.svg"))).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, mode, "umask {umask}");
        }
    }

    #[test]
    fn a_failure_leaves_the_old_output_and_nothing_else() {
        let folder = scratch();
        fs::write(folder.path().join("bad.yaml"), "components: [").unwrap();
        fs::write(folder.path().join("a.svg"), "old").unwrap();
        let run = run(
            limited()
                .current_dir(folder.path())
                .args(["render", "bad.yaml", "-o", "a.svg"]),
            b"",
        );
        assert_eq!(run.status, Some(2));
        // A limit on file sizes is met in the middle of the write.
        let script = "ulimit -f 1; exec \"$0\" render -o a.svg";
        let output = Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", script, env!("CARGO_BIN_EXE_k8sdiag")])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{:?}", output);
        assert_eq!(
            fs::read_to_string(folder.path().join("a.svg")).unwrap(),
            "old"
        );
        assert!(
            leftovers(folder.path()).is_empty(),
            "{:?}",
            leftovers(folder.path())
        );
    }

    /// Ends a writer by a signal at many moments; says whether a file of ours was left once.
    fn ended_by(signal: &str, folder: &Path) -> bool {
        let output = folder.join("a.svg");
        let mut whole: Vec<Vec<u8>> = Vec::new();
        for theme in ["light", "dark"] {
            let made = run(
                program()
                    .current_dir(folder)
                    .args(["render", "--theme", theme]),
                b"",
            );
            assert_eq!(made.status, Some(0));
            whole.push(made.out);
        }
        fs::write(&output, &whole[0]).unwrap();
        let start = Instant::now();
        run(
            program()
                .current_dir(folder)
                .args(["render", "--theme", "dark", "-o", "b.svg"]),
            b"",
        );
        let usual = start.elapsed();
        let mut left = false;
        for step in 0..60_u32 {
            let theme = if step % 2 == 0 { "dark" } else { "light" };
            let mut child = program()
                .current_dir(folder)
                .args(["render", "--theme", theme, "-o", "a.svg"])
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // From half of the usual time to a bit more than it.
            std::thread::sleep(usual.mul_f64(0.5 + f64::from(step) / 90.0));
            Command::new("kill")
                .args([signal, &child.id().to_string()])
                .stderr(Stdio::null())
                .status()
                .unwrap();
            child.wait().unwrap();
            let now = fs::read(&output).unwrap();
            assert!(
                whole.contains(&now),
                "after {signal} the output is neither old nor new: {} bytes",
                now.len()
            );
            left |= !leftovers(folder).is_empty();
        }
        left
    }

    #[test]
    fn a_killed_writer_leaves_the_old_output_or_the_new_one() {
        let folder = scratch();
        ended_by("-KILL", folder.path());
    }

    #[test]
    fn an_interrupt_leaves_nothing_behind() {
        for signal in ["-INT", "-TERM", "-HUP"] {
            let folder = scratch();
            assert!(
                !ended_by(signal, folder.path()),
                "{signal}: {:?}",
                leftovers(folder.path())
            );
        }
    }

    #[test]
    fn many_writers_on_one_output_do_not_mix() {
        let folder = scratch();
        let whole: Vec<Vec<u8>> = ["light", "dark"]
            .iter()
            .map(|theme| run(program().args(["render", "--theme", theme]), b"").out)
            .collect();
        let children: Vec<_> = (0..200)
            .map(|at| {
                let theme = if at % 2 == 0 { "dark" } else { "light" };
                program()
                    .current_dir(folder.path())
                    .args(["render", "--theme", theme, "-o", "a.svg"])
                    .spawn()
                    .unwrap()
            })
            .collect();
        for mut child in children {
            assert_eq!(child.wait().unwrap().code(), Some(0));
        }
        assert!(whole.contains(&fs::read(folder.path().join("a.svg")).unwrap()));
        assert!(leftovers(folder.path()).is_empty());
    }

    #[test]
    fn a_closed_pipe_ends_quietly() {
        let mut child = program()
            .args(["render"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..])
        );
    }

    #[test]
    fn a_full_device_is_an_error() {
        let Ok(full) = File::options().write(true).open("/dev/full") else {
            eprintln!("skipped: there is no /dev/full");
            return;
        };
        for arguments in [&["render"][..], &["list"], &["--help"], &["--version"]] {
            let output = program()
                .args(arguments)
                .stdout(full.try_clone().unwrap())
                .stderr(Stdio::piped())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(!output.stderr.is_empty(), "{arguments:?}");
        }
    }

    #[test]
    fn an_endless_input_is_refused_early() {
        let mut child = limited()
            .args(["render", "-", "--max-bytes", "100000"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let line = [b'x'; 4096];
        let mut sent = 0;
        while stdin.write_all(&line).is_ok() && sent < 1 << 30 {
            sent += line.len();
        }
        assert!(sent < 10 << 20, "it read {sent} bytes");
        drop(stdin);
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "within {SECONDS} s");
        assert!(told.contains("--max-bytes"), "{told}");
    }

    #[test]
    fn an_endless_device_is_refused() {
        let run = run(limited().args(["render", "/dev/zero"]), b"");
        assert_eq!(run.status, Some(2), "{}", run.err);
    }

    #[test]
    fn a_name_as_long_as_names_go_is_written() {
        let folder = scratch();
        let name = "n".repeat(251) + ".svg";
        let run = run(
            limited()
                .current_dir(folder.path())
                .args(["render", "-o", &name]),
            b"",
        );
        assert_eq!(run.status, Some(0), "{}", run.err);
        let longer = "n".repeat(300) + ".svg";
        let run = super::run(
            limited()
                .current_dir(folder.path())
                .args(["render", "-o", &longer]),
            b"",
        );
        assert_eq!(run.status, Some(2));
    }
}
