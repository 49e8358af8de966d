//! Pairs of notes: what a note and its translation tell apart is found, and nothing else.

use crate::model::{Code, Source, Sources};
use crate::{read, resolve};

const DA: &str = "---\nlang: da\n---\n## Kontrolplan\n- **kube-apiserver:** læser og skriver i etcd\n- **etcd:** et lager; kun kube-apiserver må kommunikere med etcd\n- **kube-scheduler:** læser Pods fra kube-apiserver\n\n## Node\n- **kubelet:** kommunikerer med kube-apiserver\n";
const EN: &str = "---\nlang: en\n---\n## Control plane\n- **kube-apiserver:** reads and writes etcd\n- **etcd:** a store; only the kube-apiserver may communicate with etcd\n- **kube-scheduler:** reads Pods from the kube-apiserver\n\n## Node\n- **kubelet:** communicates with the kube-apiserver\n";

/// The differences between sources: file and line of the claim and of its place in the other, and the message.
fn differ(notes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut sources = Sources::default();
    for (name, text) in notes {
        sources.add(Source::new(*name, *text));
    }
    let known = resolve::knowledge::builtin();
    let readings = read::read(&sources, known, &read::Limits::default());
    let resolved = resolve::resolve(&sources, &readings, known);
    let place =
        |span: crate::model::Span| format!("{}:{}", sources.get(span.source).name(), span.line);
    crate::check::check(&resolved.architecture, known)
        .iter()
        .filter(|finding| finding.code == Code::TranslationsDiffer)
        .map(|finding| {
            let there: Vec<String> = finding
                .related
                .iter()
                .map(|label| place(label.span))
                .collect();
            let here = finding.span.map(place).unwrap_or_default();
            (
                format!("{here} {}", there.join(" ")),
                finding.message.clone(),
            )
        })
        .collect()
}

fn places(notes: &[(&str, &str)]) -> Vec<String> {
    differ(notes).into_iter().map(|(place, _)| place).collect()
}

#[test]
fn translations_that_agree_have_nothing_to_show() {
    assert_eq!(differ(&[("a.md", DA), ("b.md", EN)]), []);
}

#[test]
fn a_link_that_one_note_lacks_is_shown_with_both_lines() {
    let less = EN.replace("communicates with the kube-apiserver", "an agent");
    let found = differ(&[("a.md", DA), ("b.md", &less)]);
    assert_eq!(
        found,
        [(
            "a.md:10 b.md:10".to_owned(),
            "`kubelet` has a link to `kube-apiserver`, and the translation `b.md` states none"
                .to_owned()
        )]
    );
    let less = DA.replace("læser Pods fra kube-apiserver", "vælger noder");
    assert_eq!(places(&[("a.md", &less), ("b.md", EN)]), ["b.md:7 a.md:7"]);
}

#[test]
fn a_rule_and_a_component_that_one_note_lacks_are_shown() {
    let less = EN.replace("; only the kube-apiserver may communicate with etcd", "");
    let found = differ(&[("a.md", DA), ("b.md", &less)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "a.md:6 b.md:6");
    assert!(
        found[0].1.starts_with("only `kube-apiserver` may"),
        "{found:?}"
    );
    let less = EN.replace(
        "- **kube-scheduler:** reads Pods from the kube-apiserver\n",
        "",
    );
    let found = differ(&[("a.md", DA), ("b.md", &less)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "a.md:7 b.md:6");
    assert!(
        found[0]
            .1
            .starts_with("`kube-scheduler` is a component here"),
        "{found:?}"
    );
}

#[test]
fn a_link_that_runs_the_other_way_is_shown_once() {
    let da = DA.replace(
        "kommunikerer med kube-apiserver",
        "sender sin tilstand til kube-apiserver",
    );
    let en = EN.replace(
        "communicates with the kube-apiserver",
        "an agent; the kube-apiserver sends its state to the kubelet",
    );
    let found = differ(&[("a.md", &da), ("b.md", &en)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "a.md:10 b.md:10");
    assert!(found[0].1.contains("the other way"), "{found:?}");
    // The same in other words.
    let en = EN.replace(
        "communicates with the kube-apiserver",
        "an agent; the kube-apiserver reads its state from the kubelet",
    );
    assert_eq!(differ(&[("a.md", &da), ("b.md", &en)]), []);
}

#[test]
fn what_three_notes_say_and_one_lacks_is_told_once() {
    let de = "---\nlang: de\n---\n## Steuerungsebene\n- **kube-apiserver:** liest und schreibt etcd\n- **etcd:** ein Speicher; nur der kube-apiserver darf mit etcd kommunizieren\n- **kube-scheduler:** liest Pods vom kube-apiserver\n\n## Node\n- **kubelet:** kommuniziert mit dem kube-apiserver\n";
    assert_eq!(differ(&[("a.md", DA), ("b.md", EN), ("c.md", de)]), []);
    let less = EN.replace("communicates with the kube-apiserver", "an agent");
    assert_eq!(
        places(&[("a.md", DA), ("b.md", &less), ("c.md", de)]),
        ["a.md:10 b.md:10"]
    );
}

#[test]
fn notes_in_one_language_and_notes_of_two_authors_may_differ() {
    let less = EN.replace("communicates with the kube-apiserver", "an agent");
    assert_eq!(differ(&[("a.md", EN), ("b.md", &less)]), []);
    assert_eq!(differ(&[("note.en.md", EN), ("note.md", &less)]), []);
    let other = "---\nlang: en\n---\nA cluster.\n\n- **kubelet:** an agent\n- **kube-scheduler:** reads Pods from the kube-apiserver\n- **etcd:** a store\n- **kube-apiserver:** the front\n";
    assert_eq!(differ(&[("a.md", DA), ("b.md", other)]), []);
    // Their names say that they are translations, however they are built.
    assert_eq!(places(&[("note.da.md", DA), ("note.md", other)]).len(), 3);
    assert_eq!(
        places(&[("da/note.md", DA), ("en/note.md", other)]).len(),
        3
    );
}

#[test]
fn a_name_that_each_language_has_for_itself_is_not_lacking() {
    let da = format!("{DA}- **Lager:** gemmer billeder\n");
    let en = format!("{EN}- **Warehouse:** stores pictures\n");
    assert_eq!(differ(&[("a.md", &da), ("b.md", &en)]), []);
}

#[test]
fn a_group_that_each_language_names_for_itself_is_no_contradiction() {
    let clashes = |text: &str, other: &str| {
        let mut sources = Sources::default();
        sources.add(Source::new("a.md", text));
        sources.add(Source::new("b.md", other));
        let known = resolve::knowledge::builtin();
        let readings = read::read(&sources, known, &read::Limits::default());
        let found = resolve::resolve(&sources, &readings, known).diagnostics;
        found
            .iter()
            .filter(|found| found.code == Code::Contradiction)
            .count()
    };
    let en = "---\nlang: en\n---\n## Services\n- **Mailer:** reads Kafka\n- **Catalog:** reads Redis\n\n## Data\n- **Redis:** a cache\n- **Kafka:** a broker\n";
    let de = "---\nlang: de\n---\n## Dienste\n- **Mailer:** liest aus Kafka\n- **Catalog:** liest aus Redis\n\n## Daten\n- **Redis:** ein Cache\n- **Kafka:** ein Broker\n";
    assert_eq!(clashes(en, de), 0);
    assert_eq!(clashes(en, &en.replace("Data", "Storage")), 2);
    let en = "---\nlang: en\n---\n## Control plane\n- **etcd:** a store\n\n## Worker node\n- **kubelet:** an agent\n";
    let de = "---\nlang: de\n---\n## Control Plane\n- **kubelet:** ein Agent\n\n## Worker Node\n- **etcd:** ein Speicher\n";
    assert_eq!(clashes(en, de), 2);
}
