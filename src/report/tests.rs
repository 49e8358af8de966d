//! One diagnostic in every form, as its reader gets it.

use super::*;
use crate::model::Source;

const NOTE: &str = "- **etcd:** only the API server may talk to it\n- **kubelet:** reads etcd\n";

fn case() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("docs/a,b.md", NOTE));
    let span = |words: &str| {
        let at = NOTE.find(words).unwrap();
        sources.span(id, at..at + words.len())
    };
    let diagnostic = Diagnostic::new(Code::RuleBroken, "`kubelet` may not, 100%")
        .at(span("reads etcd"))
        .labelled("this link")
        .related(span("only the API server"), "the rule")
        .help("change one of them");
    (vec![diagnostic], sources)
}

fn shown(name: &str) -> String {
    let (diagnostics, sources) = case();
    show(
        message_format(name).unwrap(),
        &diagnostics,
        &sources,
        Look::default(),
    )
}

#[test]
fn people_see_both_lines_with_the_words_underlined() {
    let expected = "\
error[rule-broken]: `kubelet` may not, 100%
 --> docs/a,b.md:2:16
  |
1 | - **etcd:** only the API server may talk to it
  |             ------------------- the rule
2 | - **kubelet:** reads etcd
  |                ^^^^^^^^^^ this link
  |
  = help: change one of them

";
    assert_eq!(shown("human"), expected);
}

#[test]
fn programs_get_an_object_a_line() {
    let text = shown("json");
    let row: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert_eq!(row["code"], "rule-broken");
    assert_eq!(row["severity"], "error");
    assert_eq!(row["file"], "docs/a,b.md");
    assert_eq!((&row["line"], &row["endLine"]), (&2.into(), &2.into()));
    assert_eq!(
        (&row["column"], &row["endColumn"]),
        (&16.into(), &26.into())
    );
    assert_eq!(row["related"][0]["line"], 1);
}

#[test]
fn a_workflow_command_escapes_what_would_end_it() {
    let text = shown("github");
    assert!(
        text.starts_with("::error file=docs/a%2Cb.md,line=2,endLine=2,col=16,endColumn=26,title=rule-broken::`kubelet` may not, 100%25%0A"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn sarif_names_tool_rule_and_place() {
    let document: serde_json::Value = serde_json::from_str(&shown("sarif")).unwrap();
    let run = &document["runs"][0];
    assert_eq!(document["version"], "2.1.0");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "rule-broken");
    let result = &run["results"][0];
    assert_eq!(result["ruleIndex"], 0);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/a%2Cb.md");
    assert_eq!(place["region"]["startColumn"], 16);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "the rule");
}

#[test]
fn what_does_not_fit_is_counted_and_nothing_hostile_is_printed() {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(
        "\u{1b}]0;x\u{7}.md",
        "\u{202e}".repeat(100_000),
    ));
    let one = Diagnostic::new(Code::Syntax, "what \u{1b}[2J is this\nline")
        .at(sources.span(id, 30_000..60_000))
        .help("\u{9b}1m");
    let many = vec![one; 1000];
    for format in MESSAGE_FORMATS {
        let limit = Some(64 << 10);
        let look = Look {
            colour: false,
            limit,
        };
        let text = show(format, &many, &sources, look);
        assert!(text.len() <= 64 << 10, "{}", format.name);
        let bad = |character: char| {
            character != '\n' && (character.is_control() || character == '\u{202e}')
        };
        assert!(!text.contains(bad), "{}", format.name);
        if let Show::Each(_) = format.show {
            assert!(
                text.contains("more findings are not shown"),
                "{}",
                format.name
            );
        }
    }
}
