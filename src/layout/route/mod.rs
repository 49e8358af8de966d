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
mod crop;
mod field;
mod find;
mod floor;
mod grid;
mod guest;
mod labels;
mod lacks;
mod lines;
mod nudge;
mod ports;
mod rounds;
mod seats;
mod shape;
mod sheet;
mod stretch;
mod strips;
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
use lacks::Lack;
use lines::Lines;
use rounds::State;
use ways::Ways;

/// The two axes, as indices of columns that hold one entry for each.
const X: usize = 0;
const Y: usize = 1;

/// Between two parallel tracks, px.
const TRACK: f64 = 10.0;
/// Between a track and a box or frame.
const CLEAR: f64 = 9.0;

/// In graphs with more nodes than this lines stay where the tracks put them: nobody looks at single lines of them.
const HUGE: usize = 20_000;

/// Routes the edges of `graph` around its placed boxes, and moves these apart where the edges need it.
pub(super) fn run(
    graph: &Graph,
    placed: &Placed,
    options: &Options,
    trace: &mut dyn Trace,
) -> Layout {
    let floors = Floors::new(graph, placed);
    trace.phase("channels");
    let mut ways = Ways::new(graph, &floors);
    if options.bundle {
        trunks::find(graph, &floors, &mut ways);
    }
    let channels = Channels::new(&ways);
    trace.phase("topology");
    let state = State {
        floors,
        ways,
        channels,
    };
    let mut layout = rounds::draw(graph, state, trace);
    match options.routes {
        Routes::Orthogonal => {}
        Routes::Curved => shape::curve(graph, &mut layout),
        Routes::Straight => shape::pull(graph, &mut layout),
    }
    crop::crop(&mut layout);
    trace.phase("shape");
    layout
}

/// Gives every leg its place, one axis after the other.
fn settle(state: &mut State, lacks: &[Lack]) {
    let State {
        floors,
        ways,
        channels,
    } = state;
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
    let floors = Floors::new(graph, placed);
    let mut ways = Ways::new(graph, &floors);
    if options.bundle {
        trunks::find(graph, &floors, &mut ways);
    }
    let channels = Channels::new(&ways);
    let mut state = State {
        floors,
        ways,
        channels,
    };
    settle(&mut state, &[]);
    let State {
        floors,
        ways,
        channels,
    } = &mut state;
    let mut lines = Lines::new(floors, ways, channels);
    nudge::straighten(floors, ways, &mut lines);
    write::layout(graph, floors, ways, channels)
}

#[cfg(test)]
mod tests;
