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

/// The cells of a picture; all its characters are one cell wide.
fn cells(picture: &str) -> Vec<Vec<char>> {
    picture.lines().map(|line| line.chars().collect()).collect()
}

fn at(cells: &[Vec<char>], x: usize, y: usize) -> char {
    cells
        .get(y)
        .and_then(|row| row.get(x))
        .copied()
        .unwrap_or(' ')
}

/// Asserts that the border around every `│ name │` is a border: whole, with corners of its own, and met by links from outside alone.
fn whole_boxes(picture: &str, name: &str) -> usize {
    let cells = cells(picture);
    let mut found = 0;
    for (y, row) in cells.iter().enumerate() {
        let line: String = row.iter().collect();
        for (byte, _) in line.match_indices(&format!(" {name} ")) {
            let x = line.char_indices().take_while(|(at, _)| *at < byte).count();
            let side = |c: char| "│├┤".contains(c);
            let left = (0..=x).rev().find(|x| at(&cells, *x, y) != ' ');
            let right =
                (x + name.chars().count() + 1..row.len()).find(|x| at(&cells, *x, y) != ' ');
            let (Some(left), Some(right)) = (left, right) else {
                continue;
            };
            if !side(at(&cells, left, y)) || !side(at(&cells, right, y)) {
                continue;
            }
            let top = (0..y).rev().find(|y| !side(at(&cells, left, *y))).unwrap();
            let bottom = (y..cells.len())
                .find(|y| !side(at(&cells, left, *y)))
                .unwrap();
            let edge = |y: usize| -> String { (left..=right).map(|x| at(&cells, x, y)).collect() };
            let (top, bottom) = (edge(top), edge(bottom));
            let between = |edge: &str, ends: [char; 2], meets: char| {
                let inner = edge
                    .strip_prefix(ends[0])
                    .and_then(|rest| rest.strip_suffix(ends[1]));
                inner.is_some_and(|inner| inner.chars().all(|c| c == '─' || c == meets))
            };
            assert!(between(&top, ['┌', '┐'], '┴'), "{name}: {top}\n{picture}");
            assert!(
                between(&bottom, ['└', '┘'], '┬'),
                "{name}: {bottom}\n{picture}"
            );
            found += 1;
        }
    }
    found
}

/// Asserts that before every head there is a border, and behind it its line or words.
fn heads_meet_borders(picture: &str) {
    let cells = cells(picture);
    for (y, row) in cells.iter().enumerate() {
        for (x, sign) in row.iter().enumerate() {
            let ahead = match sign {
                '▼' | '▽' => "─┌┐".contains(at(&cells, x, y + 1)),
                '▲' | '△' => "─└┘".contains(at(&cells, x, y - 1)),
                '▶' | '▷' => at(&cells, x + 1, y) == '│',
                '◀' | '◁' => at(&cells, x - 1, y) == '│',
                _ => true,
            };
            assert!(ahead, "column {x} of line {}\n{picture}", y + 1);
        }
    }
}

#[test]
fn no_link_runs_on_a_border_and_every_head_meets_one() {
    let diagrams = [
        (
            include_str!("../../../diagrams/cluster-components.yaml"),
            "etcd",
            1,
        ),
        (
            include_str!("../../../diagrams/ha-external-etcd.yaml"),
            "etcd",
            3,
        ),
        (
            include_str!("../../../diagrams/ha-stacked-etcd.yaml"),
            "kube-apiserver",
            3,
        ),
        (
            include_str!("../../../diagrams/pod-lifecycle.yaml"),
            "kube-scheduler",
            1,
        ),
        (
            include_str!("../../../diagrams/service-traffic.yaml"),
            "Pods of the Service ×3",
            1,
        ),
        (
            include_str!("../../../examples/observatory.yaml"),
            "Planner",
            1,
        ),
    ];
    for (yaml, name, count) in diagrams {
        let picture = drawn(yaml, false);
        assert_eq!(whole_boxes(&picture, name), count, "{name}\n{picture}");
        heads_meet_borders(&picture);
    }
}

#[test]
fn a_link_there_and_one_back_both_end_before_their_borders() {
    let yaml = "components: [api, etcd]\nlinks: [{from: api, to: etcd, label: asks}, {from: etcd, to: api, label: answers}]\n";
    let picture = drawn(yaml, false);
    assert_eq!(
        picture.matches(['▼', '▲', '▶', '◀']).count(),
        2,
        "{picture}"
    );
    heads_meet_borders(&picture);
}

#[test]
fn a_title_gives_way_to_the_link_that_crosses_its_border() {
    let yaml = "direction: down\ngroups: [{id: office, label: Office, components: [planner]}]\ncomponents: [sensor]\nlinks: [{from: sensor, to: planner}]\n";
    let picture = drawn(yaml, false);
    let border = picture
        .lines()
        .find(|line| line.contains("Office"))
        .unwrap();
    assert!(border.contains("┼ Office ─"), "{picture}");
}

#[test]
fn titles_of_groups_in_groups_stand_at_their_corners() {
    let yaml = "groups: [{id: outer, label: Outer, groups: [{id: inner, label: Inner, components: [a component with a long name]}]}]\n";
    let picture = drawn(yaml, false);
    assert!(picture.contains("┌─ Outer ─"), "{picture}");
    assert!(picture.contains("┌─ Inner ─"), "{picture}");
}

#[test]
fn links_run_level_and_upright_whatever_routes_are_wished_for() {
    let yaml = include_str!("../../../diagrams/service-traffic.yaml");
    let mut sources = Sources::default();
    sources.add(Source::new("x.yaml", yaml));
    let straight = Options {
        layout: crate::layout::Options {
            routes: crate::layout::Routes::Straight,
            ..crate::layout::Options::default()
        },
        format: format("text").unwrap(),
        ..Options::default()
    };
    let straight = draw_sources(&sources, &straight, &mut ()).bytes;
    assert_eq!(String::from_utf8(straight).unwrap(), drawn(yaml, false));
}
