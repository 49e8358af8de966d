//! Mermaid sequence diagrams: `participant A as API server`, `A->>B: writes`. Who sends a message is linked with whom it is for; an answer is no link of its own.

use super::{Chart, ChartNode, Edge};
use crate::model::Arrow;

/// Words that a message may have to be drawn at its arrow.
const LABEL: usize = 3;

/// Strokes of messages; those whose line is dashed are answers.
const STROKES: &[&str] = &[
    "<<-->>", "<<->>", "-->>", "->>", "--x", "-x", "--)", "-)", "-->", "->",
];

/// Reads a sequence diagram.
pub(super) fn parse(text: &str) -> Chart {
    let mut chart = Chart::default();
    let mut offset = 0;
    for whole in text.split_inclusive('\n') {
        let start = offset + (whole.len() - whole.trim_start().len());
        offset += whole.len();
        let line = whole.trim();
        let mut words = line.split_whitespace();
        match words.next() {
            Some("participant" | "actor") => participant(&mut chart, line, start),
            Some("create") => {
                let rest = line.trim_start_matches("create").trim_start();
                participant(&mut chart, rest, start + line.len() - rest.len());
            }
            _ => message(&mut chart, line, start),
        }
    }
    // What answers a message that was drawn says nothing new.
    let asked = |edge: &Edge| {
        edge.arrow == Arrow::None
            && chart
                .edges
                .iter()
                .any(|other| other.from == edge.to && other.to == edge.from)
    };
    let answers: Vec<bool> = chart.edges.iter().map(asked).collect();
    let mut answers = answers.into_iter();
    chart.edges.retain(|_| !answers.next().unwrap_or_default());
    for edge in &mut chart.edges {
        edge.arrow = Arrow::Forward;
    }
    chart
}

/// `participant A as API server`.
fn participant(chart: &mut Chart, line: &str, offset: usize) {
    let Some((_, rest)) = line.split_once(char::is_whitespace) else {
        return;
    };
    let rest = rest.trim();
    let (id, label) = rest.split_once(" as ").unwrap_or((rest, rest));
    let (id, label) = (id.trim(), label.trim());
    let at = offset + line.len() - label.len();
    enter(chart, id, label, at);
}

/// `A->>B: writes`.
fn message(chart: &mut Chart, line: &str, offset: usize) {
    let (ends, said) = line.split_once(':').unwrap_or((line, ""));
    let Some((at, stroke)) = STROKES
        .iter()
        .filter_map(|stroke| ends.find(stroke).map(|at| (at, *stroke)))
        .min_by_key(|(at, stroke)| (*at, usize::MAX - stroke.len()))
    else {
        return;
    };
    let from = ends.get(..at).unwrap_or_default().trim();
    let to = ends.get(at + stroke.len()..).unwrap_or_default();
    let to = to.trim_start_matches(['+', '-', ' ']).trim_end();
    if from.is_empty() || to.is_empty() || from.contains(char::is_whitespace) && !has(chart, from) {
        return;
    }
    enter(chart, from, from, offset);
    enter(chart, to, to, offset + ends.len() - to.len());
    let said = said.trim();
    let label = (!said.is_empty() && said.split_whitespace().count() <= LABEL && said.len() <= 30)
        .then(|| said.to_owned());
    chart.edges.push(Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        label,
        arrow: if stroke.contains("--") {
            Arrow::None
        } else {
            Arrow::Forward
        },
        bytes: offset..offset + line.len(),
    });
}

fn has(chart: &Chart, id: &str) -> bool {
    chart.nodes.contains_key(id)
}

fn enter(chart: &mut Chart, id: &str, label: &str, at: usize) {
    if id.is_empty() || has(chart, id) {
        return;
    }
    chart.order.push(id.to_owned());
    chart.nodes.insert(
        id.to_owned(),
        ChartNode {
            label: label.to_owned(),
            also: Vec::new(),
            bytes: at..at + label.len(),
            subgraph: None,
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_link_and_answers_do_not() {
        let chart = parse(
            "sequenceDiagram\n  participant API as API server\n  actor U\n  U->>+API: asks\n  API-->>-U: answer\n  API-)E: writes it all down at once\n  loop again\n    Note over API: done\n  end\n",
        );
        let edges: Vec<_> = chart
            .edges
            .iter()
            .map(|edge| (edge.from.as_str(), edge.to.as_str(), edge.label.as_deref()))
            .collect();
        assert_eq!(edges, [("U", "API", Some("asks")), ("API", "E", None)]);
        assert_eq!(chart.nodes["API"].label, "API server");
        assert_eq!(chart.order, ["API", "U", "E"]);
    }
}
