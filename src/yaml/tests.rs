//! What the tree keeps of a text, and where it stops.

use super::*;
use crate::model::Source;

fn read(text: &str) -> Result<Option<Node<'static>>, Box<Diagnostic>> {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("x.yaml", text));
    let sources: &'static Sources = Box::leak(Box::new(sources));
    tree(sources, id, Caps::default())
}

fn entries(text: &str) -> Vec<(Key<'static>, Node<'static>)> {
    match read(text).unwrap().unwrap().value {
        Value::Map(entries) => entries,
        other => panic!("a map, not {other:?}"),
    }
}

#[test]
fn yaml_and_json_nodes_know_their_bytes() {
    for text in ["å: 1\nname: ünïx\n", "{\"å\": 1,\n \"name\": \"ünïx\"}"] {
        let (key, node) = entries(text).remove(1);
        assert_eq!(key.text, "name");
        assert!(
            text.get(key.bytes.clone()).unwrap().contains("name"),
            "{:?}",
            key.bytes
        );
        assert!(text.get(node.bytes.clone()).unwrap().contains("ünïx"));
    }
}

#[test]
fn only_plain_scalars_are_typed() {
    let values: Vec<_> = entries("a: yes\nb: true\nc: 1.5\nd: '1.5'\ne:\nf: .inf\n")
        .into_iter()
        .map(|(_, node)| node.value)
        .collect();
    assert_eq!(values[0], Value::Text("yes".into()));
    assert_eq!(values[1], Value::Bool(true));
    assert_eq!(values[2], Value::Number("1.5".into()));
    assert_eq!(values[3], Value::Text("1.5".into()));
    assert_eq!(values[4], Value::Null);
    assert_eq!(values[5], Value::Text(".inf".into()));
}

#[test]
fn escapes_in_json_are_read_and_keys_with_quotes_found() {
    let text = r#"{"a\"b": "tab\tå"}"#;
    let (key, node) = entries(text).remove(0);
    assert_eq!(key.text, "a\"b");
    assert_eq!(text.get(key.bytes).unwrap(), r#""a\"b""#);
    assert_eq!(node.value, Value::Text("tab\tå".into()));
}

#[test]
fn a_grammar_error_has_its_line() {
    let error = read("a: 1\n  b: 2\n").unwrap_err();
    assert_eq!(error.code, Code::Syntax);
    assert_eq!(error.span.map(|span| span.line), Some(2));
    let error = read("a: [1,\nb: 2\n").unwrap_err();
    assert_eq!(error.code, Code::Syntax);
    let error = read("{\"a\": 1,\n  \"b\": [2}}").unwrap_err();
    assert_eq!(error.span.map(|span| span.line), Some(2));
}

#[test]
fn depth_is_capped_in_both_forms() {
    for text in [
        "[".repeat(100_000),
        "a:\n ".to_owned() + &"{a: ".repeat(20_000),
        "[".repeat(5000) + &"]".repeat(5000),
    ] {
        let error = read(&text).unwrap_err();
        assert_eq!(error.code, Code::Limit, "{}", error.message);
    }
}

#[test]
fn aliases_repeat_and_a_bomb_does_not_go_off() {
    let list = entries("a: &x [1, 2]\nb: *x\n").remove(1).1;
    assert!(matches!(list.value, Value::List(items) if items.len() == 2));
    let levels = (1..12).map(|level| {
        format!(
            "a{level}: &a{level} [{}]\n",
            format!("*a{}, ", level - 1).repeat(10)
        )
    });
    let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain(levels)
        .collect();
    assert_eq!(read(&bomb).unwrap_err().code, Code::Limit);
}

#[test]
fn a_second_document_is_refused_where_it_begins() {
    let error = read("a: 1\n---\nb: 2\n").unwrap_err();
    assert_eq!(error.span.map(|span| span.line), Some(2));
}
