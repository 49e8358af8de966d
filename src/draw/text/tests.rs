use crate::draw::{Settings, format};
use crate::model::{Source, Sources};
use crate::view::View;
use crate::{Options, draw_sources};

fn drawn(yaml: &str, ascii: bool) -> String {
    drawn_as(yaml, ascii, View::default())
}

fn drawn_as(yaml: &str, ascii: bool, view: View) -> String {
    let mut sources = Sources::default();
    sources.add(Source::new("x.yaml", yaml));
    let options = Options {
        view,
        format: format("text").unwrap(),
        settings: Settings {
            ascii,
            ..Settings::default()
        },
        ..Options::default()
    };
    String::from_utf8(draw_sources(&sources, &options, &mut ()).bytes).unwrap()
}

#[test]
fn boxes_frames_heads_and_words_stand_where_the_layout_put_them() {
    let yaml = "title: Two\ngroups: [{id: g, label: Outer, components: [api, etcd]}]\nlinks: [{from: api, to: etcd, label: reads}]\n";
    let plain = drawn(yaml, true);
    assert!(plain.starts_with("Two\n\n"), "{plain}");
    assert!(plain.contains("- Outer -"), "{plain}");
    for word in ["api", "etcd", "reads"] {
        assert!(plain.contains(word), "{plain}");
    }
    assert_eq!(plain.matches(['v', '>', '<', '^']).count(), 1, "{plain}");
    assert!(plain.is_ascii());
    let rich = drawn(yaml, false);
    assert_eq!(rich.matches(['▼', '▶', '◀', '▲']).count(), 1, "{rich}");
    assert_eq!(rich.matches('┌').count(), 3, "{rich}");
}

#[test]
fn what_stands_out_has_a_double_border() {
    let yaml = "components: [a, b]\nlinks: [{from: a, to: b}]\n";
    let lit = |ascii| {
        let view = View {
            highlight: vec!["b".to_owned()],
            ..View::default()
        };
        drawn_as(yaml, ascii, view)
    };
    let rich = lit(false);
    assert_eq!(rich.matches('╔').count(), 1, "{rich}");
    assert_eq!(rich.matches('┌').count(), 1, "{rich}");
    let plain = lit(true);
    assert!(
        plain.is_ascii() && plain.contains("#=") && plain.contains("+-"),
        "{plain}"
    );
}

#[test]
fn a_known_link_is_dotted_and_explained() {
    let yaml = "components: [a, b]\nlinks: [{from: a, to: b, basis: known}]\n";
    assert!(drawn(yaml, false).contains(['┆', '┄']));
    assert!(drawn(yaml, true).contains([':', '.']));
}
