//! The JSON Schema of the diagram file, made of the keys that the reader goes by.
//!
//! Draft 2020-12, <https://json-schema.org/draft/2020-12>. Ids that lead nowhere and cycles of parents are beyond a schema: only the reader finds them.

use super::schema::{COMPONENT, EVIDENCE, FLOWS, GROUP, LINK, RULE, TOP};
use crate::model::{Arrow, Basis, LinkKind, RuleKind};
use serde_json::{Map, Value, json};

/// The schema, as text.
pub fn json_schema() -> String {
    let mut schema = object(
        TOP,
        top,
        "A system: its components in groups, their links, and the rules that must hold of these.",
    );
    let parts = [
        (
            "group",
            GROUP,
            group as Keys,
            "A box that holds components and groups.",
        ),
        (
            "component",
            COMPONENT,
            component,
            "A part with a name; its name alone is enough.",
        ),
        (
            "link",
            LINK,
            link,
            "A communication between two components or groups.",
        ),
        ("rule", RULE, rule, "A sentence about links that must hold."),
        (
            "evidence",
            EVIDENCE,
            evidence,
            "Where something was read, and in which words.",
        ),
    ];
    let mut definitions = Map::new();
    for (name, keys, of, about) in parts {
        let mut part = object(keys, of, about);
        match name {
            "group" | "component" => {
                part["anyOf"] = json!([{"required": ["id"]}, {"required": ["label"]}]);
                part = json!({"anyOf": [{"type": ["string", "number"]}, part]});
            }
            "link" => part["required"] = json!(["from", "to"]),
            "rule" => part["required"] = json!(["kind", "subject", "object"]),
            _ => {}
        }
        definitions.insert(name.to_owned(), part);
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("k8sdiag diagram file");
    schema["$defs"] = Value::Object(definitions);
    // Plain values can always be written.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// What a key holds, and what it is for; nothing for one that is not described.
type Keys = fn(&str) -> Option<(Value, &'static str)>;

fn object(keys: &[&str], of: Keys, about: &str) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let (mut value, what) = of(key).unwrap_or_default();
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), json!(what));
        }
        properties.insert((*key).to_owned(), value);
    }
    json!({
        "type": "object",
        "description": about,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn top(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "schema" => (count(), "The version of this form."),
        "title" => (text(), "What the whole is called."),
        "description" => (texts(), "What is to be said of the whole; not drawn."),
        "language" => (text(), "The language of its words, as a code: `da`."),
        "direction" => (word(FLOWS), "The main way of the links."),
        "theme" => (text(), "Colours: the name of a theme."),
        "groups" => (list("group"), "Boxes, which may nest."),
        "components" => (
            list("component"),
            "Components that are in no group, or name theirs.",
        ),
        "links" => (list("link"), "Who talks to whom."),
        "rules" => (list("rule"), "What must hold of the links."),
        "geometry" => (json!({}), "Size of the picture; written, not read."),
        _ => return None,
    })
}

fn group(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "parent" => (text(), "Id of the group around it; nesting says the same."),
        "groups" => (list("group"), "Groups inside."),
        "components" => (list("component"), "Components inside."),
        "direction" => (word(FLOWS), "The way of the links inside."),
        _ => return part(key),
    })
}

fn component(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "group" => (text(), "Id of the group around it; nesting says the same."),
        "kind" => (
            text(),
            "What sort of thing it is, in one word; chooses the icon: `store`.",
        ),
        "external" => (
            json!({"type": ["boolean", "null"]}),
            "Whether it lies outside of the system.",
        ),
        "instances" => (count(), "How many of it run."),
        "known_as" => (
            text(),
            "What the built-in knowledge calls it; written with a note's components.",
        ),
        _ => return part(key),
    })
}

/// The keys that groups and components share.
fn part(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "id" => (
            text(),
            "Unique in the file; made from the label where it is missing.",
        ),
        "label" => (
            text(),
            "The name as it is drawn; the id where it is missing.",
        ),
        "description" => (texts(), "What is said of it."),
        "href" => (text(), "A page about it: http, https, mailto or relative."),
        "aliases" => (texts(), "Other names."),
        "order" => (
            count(),
            "Its position among its siblings; else the order of the file counts.",
        ),
        "introduced" => (
            json!({"type": ["boolean", "null"]}),
            "Whether an input introduces it, or only speaks of it.",
        ),
        "evidence" => (list("evidence"), "Where it was read."),
        "geometry" => (json!({}), "Its place in the picture; written, not read."),
        _ => return None,
    })
}

fn link(key: &str) -> Option<(Value, &'static str)> {
    let arrows = || word(Arrow::ALL.iter().map(|arrow| arrow.name()));
    Some(match key {
        "from" => (text(), "Id or label of who acts."),
        "to" => (text(), "Id or label of who is acted upon."),
        "kind" => (
            word(LinkKind::ALL.iter().map(|kind| kind.name())),
            "What it is; `communicates` where it is missing.",
        ),
        "label" => (text(), "The words that are drawn at it."),
        "direction" => (
            arrows(),
            "Where it has its heads; `forward` where it is missing.",
        ),
        "arrow" => (arrows(), "The same as `direction`."),
        "basis" => (
            word(Basis::ALL.iter().map(|basis| basis.name())),
            "Who says so: the author, or the built-in knowledge.",
        ),
        "step" => (count(), "Its place in a numbered flow, from 1."),
        "tier" => (
            count(),
            "How sure the reading is: 1 plain, 2 derived, 3 weak.",
        ),
        "evidence" => (list("evidence"), "Where it was read."),
        "geometry" => (json!({}), "Its way in the picture; written, not read."),
        _ => return None,
    })
}

fn rule(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "kind" => (
            word(RuleKind::ALL.iter().map(|kind| kind.name())),
            "What it demands.",
        ),
        "subject" => (text(), "Id or label of who acts; `*` is every other part."),
        "object" => (
            text(),
            "Id or label of who is acted upon; `*` is every other part.",
        ),
        "evidence" => (list("evidence"), "Where it was read."),
        _ => return None,
    })
}

fn evidence(key: &str) -> Option<(Value, &'static str)> {
    Some(match key {
        "file" => (text(), "The file."),
        "line" => (count(), "From 1."),
        "column" => (count(), "From 1, in characters."),
        "text" => (text(), "The words."),
        "page" => (text(), "The page of the documentation that says so."),
        "pattern" => (
            text(),
            "The pattern of the reader that understood the words.",
        ),
        _ => return None,
    })
}

/// Words; the reader takes a number or truth value for its own spelling, and null for nothing.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean", "null"]})
}

fn texts() -> Value {
    let one = json!({"type": ["string", "number", "boolean"]});
    json!({"anyOf": [text(), {"type": "array", "items": one}]})
}

fn count() -> Value {
    json!({"type": ["integer", "null"], "minimum": 0, "maximum": u32::MAX})
}

fn word(words: impl IntoIterator<Item = &'static str>) -> Value {
    let words: Vec<Option<&str>> = words.into_iter().map(Some).chain([None]).collect();
    json!({"enum": words})
}

fn list(of: &str) -> Value {
    json!({"type": ["array", "null"], "items": {"$ref": format!("#/$defs/{of}")}})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Sources};
    use crate::read::limits::Limits;

    /// What of `value` is against `schema`: a validator of the few words that ours uses.
    fn faults(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let definition = &root["$defs"][name.rsplit('/').next().unwrap()];
            assert!(definition.is_object(), "{name}");
            return self::faults(root, definition, value, at, faults);
        }
        let is = |kind: &str| match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            other => panic!("{other}"),
        };
        match &schema["type"] {
            Value::String(kind) if !is(kind) => faults.push(format!("{at}: no {kind}")),
            Value::Array(kinds) if !kinds.iter().any(|kind| is(kind.as_str().unwrap())) => {
                faults.push(format!("{at}: none of {kinds:?}"));
            }
            _ => {}
        }
        if let Value::Array(words) = &schema["enum"]
            && !words.contains(value)
        {
            faults.push(format!("{at}: {value} is none of {words:?}"));
        }
        if let Value::Array(choices) = &schema["anyOf"] {
            let fits = choices.iter().any(|choice| {
                let mut inner = Vec::new();
                self::faults(root, choice, value, at, &mut inner);
                inner.is_empty()
            });
            if !fits {
                faults.push(format!("{at}: fits no choice"));
            }
        }
        if let (Value::Array(needed), Value::Object(map)) = (&schema["required"], value) {
            for key in needed
                .iter()
                .filter(|key| !map.contains_key(key.as_str().unwrap()))
            {
                faults.push(format!("{at}: lacks {key}"));
            }
        }
        if let (Value::Object(known), Value::Object(map)) = (&schema["properties"], value) {
            for (key, inner) in map {
                match known.get(key) {
                    Some(schema) => {
                        self::faults(root, schema, inner, &format!("{at}.{key}"), faults);
                    }
                    None => faults.push(format!("{at}: unknown {key}")),
                }
            }
        }
        if let (true, Value::Array(items)) = (schema["items"].is_object(), value) {
            for (number, item) in items.iter().enumerate() {
                self::faults(
                    root,
                    &schema["items"],
                    item,
                    &format!("{at}[{number}]"),
                    faults,
                );
            }
        }
    }

    fn valid(yaml: &str) -> Vec<String> {
        let schema: Value = serde_json::from_str(&json_schema()).unwrap();
        let value: Value = crate::yaml::typed(yaml).unwrap();
        let mut found = Vec::new();
        faults(&schema, &schema, &value, "$", &mut found);
        found
    }

    #[test]
    fn every_built_in_diagram_is_valid() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/diagrams");
        #[expect(
            clippy::disallowed_methods,
            reason = "a test reads the diagrams that ship"
        )]
        let files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        assert!(files.len() >= 5);
        for text in files {
            assert_eq!(valid(&text), [""; 0]);
        }
    }

    #[test]
    fn every_key_is_described_and_no_other_is() {
        let tables: [(&[&str], Keys); 6] = [
            (TOP, top),
            (GROUP, group),
            (COMPONENT, component),
            (LINK, link),
            (RULE, rule),
            (EVIDENCE, evidence),
        ];
        let all: Vec<&str> = tables
            .iter()
            .flat_map(|(keys, _)| keys.iter().copied())
            .collect();
        for (keys, of) in tables {
            for key in &all {
                let described = of(key).is_some();
                assert_eq!(described, keys.contains(key), "`{key}` of {keys:?}");
            }
        }
    }

    /// The schema and the reader agree on what is wrong.
    #[test]
    fn what_the_schema_refuses_the_reader_refuses_too() {
        let cases = [
            (
                "components: [etcd, {id: a, kind: store}]\nlinks: [{from: etcd, to: a, kind: reads}]",
                true,
            ),
            (
                "groups: [{label: A, groups: [{id: b, components: [c]}]}]",
                true,
            ),
            ("title: 12\ndescription: [a, b]\ncomponents:", true),
            ("colour: red", false),
            ("components: [{kind: store}]", false),
            ("components: [{id: a, instances: -1}]", false),
            ("components: [{id: a, external: 1}]", false),
            ("components: [a, b]\nlinks: [{from: a}]", false),
            (
                "components: [a, b]\nlinks: [{from: a, to: b, kind: hugs}]",
                false,
            ),
            (
                "components: [a, b]\nrules: [{kind: never, subject: a}]",
                false,
            ),
            ("groups: {a: b}", false),
            ("direction: sideways", false),
        ];
        for (yaml, good) in cases {
            let mut sources = Sources::default();
            let id = sources.add(Source::new("x.yaml", yaml));
            let knowledge = crate::resolve::knowledge::builtin();
            let reading = super::super::read(&sources, id, knowledge, &Limits::default());
            assert_eq!(reading.diagnostics.is_empty(), good, "reader: {yaml}");
            assert_eq!(valid(yaml).is_empty(), good, "schema: {yaml}");
        }
    }
}
