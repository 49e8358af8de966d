//! Rounds: a drawing with the room that tracks need is drawn again with room for the labels that found no seat, as often as that helps.

use super::channel::Channels;
use super::floor::Floors;
use super::lacks::Lack;
use super::seats::Seated;
use super::ways::Ways;
use super::{HUGE, nudge, seats, settle, write};
use crate::layout::Trace;
use crate::layout::graph::{Graph, Layout};

/// A drawing is made at most so many times: one of a few parts, and one of many.
const ROUNDS: (usize, usize) = (10, 5);
/// So many nodes and edges are many.
const MANY: usize = 3000;
/// Up to this round, room is made for labels whose only places are narrow ones; always where it is taken back if that fails, and never
/// where every round costs much.
const PATIENCE: usize = 3;
/// Graphs with more nodes than this are drawn once.
const LARGE: usize = 4000;
/// Graphs with more nodes and edges than this are drawn in one manner only.
const SMALL: usize = 500;

/// What a drawing is made from.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub floors: Floors,
    pub ways: Ways,
    pub channels: Channels,
}

/// What becomes of room that did not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// It stays: with more of it, it may help yet.
    Kept,
    /// It is taken back, and other room is made in its stead. This finds the smaller pictures, and less often one without a fault.
    Taken,
}

impl Room {
    /// How many of a label's offers are left out, and how many of the others are taken up, in a round that `failed` others preceded.
    fn choice(self, round: usize, failed: usize) -> (usize, usize) {
        match self {
            Self::Kept => (round / 2, 1 + round / 3),
            // Each by itself, then all up to it.
            Self::Taken if failed.is_multiple_of(2) => (0, 1 + failed / 2),
            Self::Taken => (failed.div_ceil(2), 1),
        }
    }
}

/// A finished drawing, and what it was made from.
#[derive(Debug, Clone)]
struct Attempt {
    state: State,
    layout: Layout,
    seated: Seated,
}

/// The best drawing.
pub(super) fn draw(graph: &Graph, mut state: State, trace: &mut dyn Trace) -> Layout {
    let parts = graph.nodes.len() + graph.edges.len();
    let rounds = match graph.nodes.len() {
        nodes if nodes > LARGE => 1,
        _ if parts > MANY => ROUNDS.1,
        _ => ROUNDS.0,
    };
    // Tracks are ordered by where the ways go on: once more when that is known.
    if rounds > 1 {
        settle(&mut state, &[]);
    }
    let (layout, seated) = once(graph, &mut state, (&[], parts <= SMALL), trace);
    if seated.done() || rounds == 1 {
        return layout;
    }
    let first = Attempt {
        state,
        layout,
        seated,
    };
    if parts > SMALL {
        return again(graph, first, (Room::Kept, rounds), trace).layout;
    }
    let kept = again(graph, first.clone(), (Room::Kept, rounds), trace);
    let taken = again(graph, first, (Room::Taken, rounds), trace);
    let price = |attempt: &Attempt| (attempt.seated.bad, attempt.layout.size.area());
    if price(&taken) < price(&kept) {
        taken.layout
    } else {
        kept.layout
    }
}

/// Draws with room for what is lacking.
fn once(
    graph: &Graph,
    state: &mut State,
    (lacks, patient): (&[Lack], bool),
    trace: &mut dyn Trace,
) -> (Layout, Seated) {
    state.channels.clear();
    settle(state, lacks);
    trace.phase("tracks");
    let State {
        floors,
        ways,
        channels,
    } = state;
    if graph.nodes.len() <= HUGE {
        nudge::run(floors, ways, channels);
        trace.phase("nudge");
    }
    let mut layout = write::layout(graph, floors, ways, channels);
    let seated = seats::find(graph, floors, ways, &mut layout, patient);
    trace.phase("labels");
    (layout, seated)
}

/// Draws on from an attempt until every label has a seat, and gives the best of all drawings.
fn again(
    graph: &Graph,
    first: Attempt,
    (room, rounds): (Room, usize),
    trace: &mut dyn Trace,
) -> Attempt {
    let small = graph.nodes.len() + graph.edges.len() <= SMALL;
    let mut state = first.state.clone();
    let mut lacks = first.seated.choose(room.choice(0, 0), &mut state.ways);
    let mut best = first;
    let mut failed = 0;
    for round in 1..rounds {
        let patient = small && (round < PATIENCE || room == Room::Taken);
        let (layout, seated) = once(graph, &mut state, (&lacks, patient), trace);
        if seated.better(&best.seated) {
            failed = 0;
            let state = state.clone();
            best = Attempt {
                state,
                layout,
                seated: seated.clone(),
            };
        } else {
            failed += 1;
        }
        let next = match room {
            Room::Kept => &seated,
            Room::Taken if failed == 0 => &best.seated,
            Room::Taken => {
                state = best.state.clone();
                &best.seated
            }
        };
        if next.done() {
            break;
        }
        lacks = next.choose(room.choice(round, failed), &mut state.ways);
    }
    best
}
