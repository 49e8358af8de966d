use super::*;
use crate::model::{Arrow, Basis, Claim, LinkClaim, PartClaim, PartKind, Source};
use crate::resolve::knowledge::builtin;

fn reading(text: &str) -> Reading {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("x.dot", text));
    read(&sources, id, builtin(), &Limits::default())
}

/// Every part as `id "label" in parent`, every link as `from -> to "label"`.
fn told(text: &str) -> Vec<String> {
    let reading = reading(text);
    assert_eq!(reading.diagnostics, [], "{text}");
    reading
        .statements
        .iter()
        .map(|one| said(&one.claim))
        .collect()
}

fn said(claim: &Claim) -> String {
    match claim {
        Claim::Part(PartClaim {
            kind,
            id,
            label,
            parent,
            ..
        }) => {
            let kind = if *kind == PartKind::Group {
                "group "
            } else {
                ""
            };
            let parent = parent
                .as_ref()
                .map_or(String::new(), |parent| format!(" in {}", parent.text()));
            format!("{kind}{} \"{label}\"{parent}", id.as_deref().unwrap())
        }
        Claim::Link(LinkClaim {
            from,
            to,
            label,
            arrow,
            basis,
            ..
        }) => {
            let arrow = match arrow {
                Arrow::Forward => "->",
                Arrow::Both => "<->",
                Arrow::None => "--",
            };
            let known = if *basis == Basis::Known { " known" } else { "" };
            let label = label
                .as_ref()
                .map_or(String::new(), |label| format!(" \"{label}\""));
            format!("{} {arrow} {}{label}{known}", from.text(), to.text())
        }
        other => format!("{other:?}"),
    }
}

fn complaints(text: &str) -> Vec<(u32, u32, String)> {
    let reading = reading(text);
    reading
        .diagnostics
        .iter()
        .map(|one| {
            let (line, column) = one.span.map_or((0, 0), |span| (span.line, span.column));
            (line, column, one.message.clone())
        })
        .collect()
}

#[test]
fn clusters_are_groups_and_edges_links() {
    let text = r#"digraph "x" {
  label="Kubernetes"; rankdir=LR
  node [shape=box label="\N"];
  subgraph cluster_k8s {
    label = "Cluster"
    subgraph "cluster_cp" { api [label="kube-apiserver"]; etcd }
    subgraph cluster2 { kubelet }
  }
  api -> etcd [label="reads\nand writes"]
  kubelet -> api -> cloud
}"#;
    assert_eq!(
        told(text),
        [
            "group k8s \"Cluster\"",
            "group cp \"cp\" in k8s",
            "api \"kube-apiserver\" in cp",
            "etcd \"etcd\" in cp",
            "group 2 \"2\" in k8s",
            "kubelet \"kubelet\" in 2",
            "cloud \"cloud\"",
            "api -> etcd \"reads and writes\"",
            "kubelet -> api",
            "api -> cloud",
        ]
    );
    let reading = reading(text);
    assert_eq!(reading.title.as_deref(), Some("Kubernetes"));
    assert_eq!(reading.settings.direction, Some(crate::model::Flow::Right));
}

#[test]
fn every_statement_knows_where_it_stands() {
    let reading = reading(
        "digraph {\n  a -> b\n  b [label=<<b>B</b>>]\n  subgraph cluster_c { d } a -> b -> d\n}",
    );
    let places: Vec<_> = reading
        .statements
        .iter()
        .map(|one| {
            let span = one.evidence[0].span().unwrap();
            (span.line, span.column, &*one.evidence[0].words)
        })
        .collect();
    assert_eq!(
        places,
        [
            (2, 3, "a -> b"),
            (3, 3, "b [label=<<b>B</b>>]"),
            (4, 3, "subgraph cluster_c"),
            (4, 24, "d"),
            (2, 3, "a -> b"),
            (4, 28, "a -> b"),
            (4, 33, "b -> d"),
        ]
    );
}

#[test]
fn ends_may_be_sets_and_edges_have_heads_of_all_kinds() {
    assert_eq!(
        told(
            "digraph { a -> {b c} -> d; a -> b [dir=both]; a -> b [dir=back]; a -> b [dir=none]; a -> b [arrowhead=none] }"
        )[4..],
        [
            "a -> b", "a -> c", "b -> d", "c -> d", "a <-> b", "b -> a", "a -- b", "a -- b"
        ]
    );
    assert_eq!(
        told("graph { a -- b [dir=forward]; b -- c }")[3..],
        ["a -> b", "b -- c"]
    );
    assert_eq!(
        told("strict digraph { a -> b; a -> b [label=x]; b -> a }")[2..],
        ["a -> b \"x\"", "b -> a"]
    );
    assert_eq!(told("strict graph { a -- b; b -- a }")[2..], ["a -- b"]);
}

#[test]
fn an_edge_may_end_at_a_cluster_and_be_known() {
    let text = "digraph { compound=true; a; subgraph cluster_g { h [style=invis, shape=point] }
      a -> h [lhead=cluster_g]; a -> a [style=dashed]; a -> h [lhead=cluster_g, style=dashed, class=known]; a -> h [style=invis] }";
    assert_eq!(
        told(text),
        [
            "a \"a\"",
            "group g \"g\"",
            "a -> g",
            "a -> a",
            "a -> g known"
        ]
    );
}

#[test]
fn an_id_that_a_node_has_is_no_clusters() {
    let ids = told(
        "digraph { api; subgraph cluster_api { x } subgraph cluster { y } subgraph clusterx { z } subgraph {cluster=true; w} }",
    );
    assert_eq!(ids[1], "group cluster_api \"cluster_api\"");
    assert_eq!(ids[3], "group cluster \"cluster\"");
    assert_eq!(ids[5], "group clusterx \"clusterx\"");
    assert_eq!(ids[7], "group group-3 \"group-3\"");
}

#[test]
fn what_is_legal_and_not_understood_is_told_with_its_place() {
    let text = "digraph {\n a -> b [headlabel=\"1\", taillabel=\"\"]\n subgraph cluster_x { a }\n subgraph cluster_y { a }\n a -> b [lhead=cluster_q]\n compound=true i [style=invis]\n a -> i }";
    assert_eq!(
        complaints(text),
        [
            (
                2,
                2,
                "`headlabel` is not read: the words at the head of an edge are left out".to_owned()
            ),
            (
                4,
                23,
                "`a` is in two clusters: it stays in the first".to_owned()
            ),
            (
                5,
                2,
                "`cluster_q` is no cluster around `b`: the edge ends at the node".to_owned()
            ),
            (
                7,
                2,
                "this edge is left out: its end `i` is invisible".to_owned()
            ),
        ]
    );
    assert_eq!(
        complaints("digraph {}"),
        [(0, 0, "there is no node in this graph".to_owned())]
    );
    assert_eq!(
        complaints("digraph {\n a -- b }"),
        [(2, 4, "expected `->`, found `--`".to_owned())]
    );
}

#[test]
fn what_other_tools_write_is_read() {
    let terraform = "digraph {\n\tcompound = \"true\"\n\tnewrank = \"true\"\n\tsubgraph \"root\" {\n\t\t\"[root] aws_instance.web (expand)\" [label = \"aws_instance.web\", shape = \"box\"]\n\t\t\"[root] provider[\\\"registry.terraform.io/hashicorp/aws\\\"]\" [label = \"provider\", shape = \"diamond\"]\n\t\t\"[root] aws_instance.web (expand)\" -> \"[root] provider[\\\"registry.terraform.io/hashicorp/aws\\\"]\"\n\t}\n}\n";
    assert_eq!(
        told(terraform),
        [
            "[root] aws_instance.web (expand) \"aws_instance.web\"",
            "[root] provider[\"registry.terraform.io/hashicorp/aws\"] \"provider\"",
            "[root] aws_instance.web (expand) -> [root] provider[\"registry.terraform.io/hashicorp/aws\"]",
        ]
    );
    let modules = "digraph gomodgraph {\n\tnode [ shape=rectangle fontsize=12 ]\n\t\"golang.org/x/net\" -> \"golang.org/x/text@v0.3.0\"\n}\n";
    assert_eq!(
        told(modules)[2],
        "golang.org/x/net -> golang.org/x/text@v0.3.0"
    );
}

#[test]
fn a_text_is_a_graph_or_not_by_its_first_words() {
    for graph in [
        "digraph{",
        "\u{feff}# x\nstrict Graph \"my graph\" {",
        "/* c */ graph g\n{",
    ] {
        assert!(looks_like(graph), "{graph}");
    }
    for other in [
        "",
        "graph of components\n",
        "# Note\ngraph",
        "{\"a\": 1}",
        "title: x",
        "digraph",
    ] {
        assert!(!looks_like(other), "{other}");
    }
}

#[test]
fn limits_on_nodes_and_edges_are_errors_with_a_place() {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("x.dot", "digraph { {a b c} -> {d e f} }"));
    let few = |parts, links| Limits {
        parts,
        links,
        ..Limits::default()
    };
    let messages = |limits| {
        let reading = read(&sources, id, builtin(), &limits);
        reading
            .diagnostics
            .into_iter()
            .map(|one| one.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(messages(few(6, 9)), [""; 0]);
    assert_eq!(messages(few(5, 9)), ["more than 5 nodes and clusters"]);
    assert_eq!(messages(few(6, 8)), ["more than 8 edges"]);
}

#[test]
fn hostile_graphs_are_answered() {
    let deep = format!("digraph {}{}", "{".repeat(100_000), "}".repeat(100_000));
    assert_eq!(reading(&deep).diagnostics.len(), 1);
    let records = format!(
        "digraph {{ a [shape=record, label=\"{}\"] }}",
        "{".repeat(50_000)
    );
    assert_eq!(told(&records), ["a \"a\""]);
    let loops = "a -> a ".repeat(3000);
    assert_eq!(told(&format!("digraph {{ {loops} }}")).len(), 3001);
    for odd in [
        "\u{0}",
        "digraph",
        "digraph {\u{0}}",
        "digraph {\"",
        "graph{a[label=<<]}",
        "strict",
    ] {
        assert_eq!(reading(odd).diagnostics.len(), 1, "{odd}");
    }
}
