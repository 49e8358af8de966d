//! Routing: placed boxes become a finished layout, in which every edge has a way of its own and every label its room.
//!
//! As in the routing of chips, the free space of each group is cut into channels (`floor`): between its rows, and between the
//! neighbours of a row. First every edge gets its topology, the channels that it passes (`ways`). Then, one axis after the other,
//! the edges of each channel get their tracks (`tracks`), labels their rows beside them (`labels`), and channels that are too narrow
//! are widened (`stretch`): boxes move apart, but never past each other, so the topology stays valid and what was aligned stays so.
//! Last the ends are spread along the sides of the boxes (`ports`).
//!
//! Channels of a floor plan: Ohtsuki (ed.) 1986, "Layout Design and Verification"; the order of tracks: Sander 2004, "Layout of
//! directed hypergraphs with orthogonal hyperedges".

mod channel;
mod field;
mod find;
mod floor;
mod grid;
mod labels;
mod lines;
mod nudge;
mod ports;
mod seats;
mod shape;
mod sheet;
mod stretch;
mod titles;
mod tracks;
mod trunks;
mod ways;
mod write;

use super::graph::{Graph, Layout};
use super::placed::Placed;
use super::{Options, Routes, Trace};
use channel::Channels;
use floor::Floors;
use lines::Lines;
use seats::Lack;
use ways::Ways;

/// The two axes, as indices of columns that hold one entry for each.
const X: usize = 0;
const Y: usize = 1;

/// Between two parallel tracks, px.
const TRACK: f64 = 10.0;
/// Between a track and a box or frame.
const CLEAR: f64 = 9.0;

/// The drawing is made at most so many times: each time with the room that labels lacked before.
const ROUNDS: usize = 10;

/// Graphs with more nodes than this are not drawn as often.
const LARGE: usize = 4000;

/// Graphs with more nodes than this are drawn once, and lines stay where the tracks put them: nobody looks at single lines of them.
const HUGE: usize = 20_000;

/// Routes the edges of `graph` around its placed boxes, and moves these apart where the edges need it.
pub(super) fn run(
    graph: &Graph,
    placed: &Placed,
    options: &Options,
    trace: &mut dyn Trace,
) -> Layout {
    let mut floors = Floors::new(graph, placed);
    trace.phase("channels");
    let mut ways = Ways::new(graph, &floors);
    if options.bundle {
        trunks::find(graph, &floors, &mut ways);
    }
    let mut channels = Channels::new(&ways);
    trace.phase("topology");
    let mut lacks = Vec::new();
    let mut layout = Layout::default();
    let rounds = match graph.nodes.len() {
        nodes if nodes > HUGE => 1,
        nodes if nodes > LARGE => 2,
        _ => ROUNDS,
    };
    // Tracks are ordered by where the ways go on: once more when that is known.
    if rounds > 1 {
        settle(&mut floors, &mut ways, &mut channels, &lacks);
    }
    for round in 0..rounds {
        channels.clear();
        settle(&mut floors, &mut ways, &mut channels, &lacks);
        trace.phase("tracks");
        if graph.nodes.len() <= HUGE {
            nudge::run(&floors, &mut ways, &channels);
            trace.phase("nudge");
        }
        layout = write::layout(graph, &floors, &ways, &channels);
        lacks = seats::find(graph, &floors, &mut ways, &mut layout, round);
        trace.phase("labels");
        if lacks.is_empty() {
            break;
        }
    }
    match options.routes {
        Routes::Orthogonal => {}
        Routes::Curved => shape::curve(graph, &mut layout),
        Routes::Straight => shape::pull(graph, &mut layout),
    }
    trace.phase("shape");
    layout
}

/// Gives every leg its place, one axis after the other.
fn settle(floors: &mut Floors, ways: &mut Ways, channels: &mut Channels, lacks: &[Lack]) {
    ports::settle(floors, ways, Y);
    for axis in [X, Y] {
        channels.assign(floors, ways, axis);
        labels::reserve(channels, ways, floors, axis);
        stretch::widen(floors, channels, lacks, axis);
        channels.settle(floors, ways, axis);
        ports::settle(floors, ways, axis);
        if axis == X && titles::place(floors, ways) {
            stretch::widen(floors, channels, &[], axis);
            channels.settle(floors, ways, axis);
            ports::settle(floors, ways, axis);
            titles::place(floors, ways);
        }
    }
}

/// The routes of a first round, some upon each other, and labels wherever: enough to tell which of two placements is better.
pub(super) fn draft(graph: &Graph, placed: &Placed, options: &Options) -> Layout {
    let mut floors = Floors::new(graph, placed);
    let mut ways = Ways::new(graph, &floors);
    if options.bundle {
        trunks::find(graph, &floors, &mut ways);
    }
    let mut channels = Channels::new(&ways);
    settle(&mut floors, &mut ways, &mut channels, &[]);
    let mut lines = Lines::new(&floors, &ways, &channels);
    nudge::straighten(&floors, &mut ways, &mut lines);
    write::layout(graph, &floors, &ways, &channels)
}

#[cfg(test)]
mod tests;
