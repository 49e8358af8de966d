use super::*;
use crate::model::{Source, Sources};

fn read(text: &str) -> Architecture {
    let mut sources = Sources::default();
    let name = if text.contains("components:") {
        "a.yaml"
    } else {
        "a.md"
    };
    sources.add(Source::new(name, text));
    let options = crate::Options::default();
    let readings = crate::read::read(&sources, options.knowledge, &options.limits);
    crate::resolve::resolve(&sources, &readings, options.knowledge).architecture
}

fn words(old: &str, new: &str) -> Vec<String> {
    let diff = compare(&read(old), &read(new), false);
    let plain = |name: &str| name.to_owned();
    diff.changes
        .iter()
        .map(|change| change.words_and_place(&plain))
        .collect()
}

const OLD: &str = "groups: [{id: g, label: Front}, {id: h, label: Back}]
components:
  - {id: a, label: Web, group: g}
  - {id: b, label: Store, group: h}
  - {id: c, label: Queue, group: h}
links:
  - {from: a, to: b, label: reads}
  - {from: a, to: c}
rules: [{kind: never, subject: c, object: b}]
";

#[test]
fn nothing_changed_is_no_change() {
    assert!(words(OLD, OLD).is_empty());
    let moved_lines = format!("# a comment\n\n{OLD}");
    assert!(words(OLD, &moved_lines).is_empty());
}

#[test]
fn each_sort_of_change_is_told_in_words_with_its_place() {
    let new = OLD
        .replace(
            "{id: c, label: Queue, group: h}",
            "{id: c, label: Queue, group: g}\n  - {id: d, label: Till, group: g}",
        )
        .replace("label: reads", "label: asks")
        .replace("{from: a, to: c}", "{from: d, to: b}")
        .replace("kind: never, subject: c", "kind: only-from, subject: a");
    assert_eq!(
        words(OLD, &new),
        [
            "component Queue moved: from Back to Front (a.yaml:5)",
            "component Till added (a.yaml:6)",
            "link Web → Store changed: label reads became asks (a.yaml:8)",
            "link Till → Store added (a.yaml:9)",
            "link Web → Queue removed (a.yaml:8)",
            "rule only Web may talk to Store added (a.yaml:10)",
            "rule Queue must not talk to Store removed (a.yaml:9)",
        ]
    );
}

#[test]
fn a_part_with_the_same_neighbours_and_another_name_was_renamed() {
    let new = OLD
        .replace("id: a, label: Web", "id: w, label: Gateway")
        .replace("from: a", "from: w");
    assert_eq!(
        words(OLD, &new),
        ["component Gateway changed: name Web became Gateway (a.yaml:3)"]
    );
}

#[test]
fn the_union_holds_both_and_marks_what_differs() {
    let new = OLD
        .replace("  - {id: b, label: Store, group: h}\n", "")
        .replace("  - {from: a, to: b, label: reads}\n", "")
        .replace("rules: [{kind: never, subject: c, object: b}]\n", "");
    let diff = compare(&read(OLD), &read(&new), false);
    let union = &diff.union;
    let store = union.find("b").unwrap();
    assert_eq!(union.marks.parts.get(&store), Some(&Mark::Removed));
    assert_eq!(union.marks.parts.len(), 1);
    let holder = union.part(store).parent.unwrap();
    assert_eq!(union.part(holder).label, "Back");
    let order: Vec<&str> = union
        .children(Some(holder))
        .iter()
        .map(|id| union.part(*id).label.as_str())
        .collect();
    assert_eq!(
        order,
        ["Store", "Queue"],
        "what is gone stands where it stood"
    );
    assert_eq!(union.link_count(), 2);
    assert_eq!(
        union.marks.links.values().collect::<Vec<_>>(),
        [&Mark::Removed]
    );
    assert_eq!(union.marks.rules.get(&0), Some(&Mark::Removed));
}

#[test]
fn a_new_first_step_does_not_change_the_steps_after_it() {
    let file =
        |links: &str| format!("components: [{{id: a}}, {{id: b}}, {{id: c}}]\nlinks:\n{links}");
    let old = file("  - {from: a, to: b, step: 1}\n  - {from: b, to: c, step: 2}\n");
    let new = file(
        "  - {from: c, to: a, step: 1}\n  - {from: a, to: b, step: 2}\n  - {from: b, to: c, step: 3}\n",
    );
    assert_eq!(words(&old, &new), ["link c → a added (a.yaml:3)"]);
    let turned = file("  - {from: a, to: b, step: 2}\n  - {from: b, to: c, step: 1}\n");
    assert_eq!(words(&old, &turned).len(), 2);
}

#[test]
fn groups_that_hold_each_other_the_other_way_round_join_without_a_cycle() {
    let old = "groups: [{id: g, label: G, groups: [{id: h, label: H}]}]\ncomponents: [{id: x, group: h}, {id: gone, group: h}]\n";
    let new = "groups: [{id: h, label: H, groups: [{id: g, label: G}]}]\ncomponents: [{id: x, group: g}]\n";
    let diff = compare(&read(old), &read(new), false);
    assert_eq!(diff.union.part_count(), 4);
    assert_eq!(diff.count(Mark::Removed), 1);
}

#[test]
fn no_name_breaks_out_of_a_table() {
    let hostile = "components: [{id: a, label: \"x | `y` <script> \\u202e [z](javascript:1)\"}]\n";
    let diff = compare(&read("components: [{id: b}]\n"), &read(hostile), false);
    let table = markdown(&diff, ("old`", "new|"));
    let row = table.lines().find(|line| line.contains("script")).unwrap();
    assert_eq!(row.matches('|').count(), 4, "{row}");
    assert!(
        row.contains("``x ¦ `y` <script> \u{fffd} [z](javascript:1)``"),
        "{row}"
    );
}

#[test]
fn json_tells_what_changed() {
    let new = OLD.replace("label: reads", "label: asks");
    let diff = compare(&read(OLD), &read(&new), false);
    let value: serde_json::Value = serde_json::from_str(&json(&diff)).unwrap();
    assert_eq!(value["same"], false);
    assert_eq!(value["changes"][0]["change"], "changed");
    assert_eq!(value["changes"][0]["ids"][1], "b");
    assert_eq!(value["changes"][0]["details"][0]["new"], "asks");
    assert_eq!(value["changes"][0]["new"]["line"], 7);
}
