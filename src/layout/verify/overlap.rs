//! Boxes and groups on each other, and outside their groups.

use super::index::Index;
use super::segment::{holds, meet};
use super::{Measure, Sheet};
use crate::geom::Rect;
use crate::layout::Shape;

/// Boxes and groups on each other.
pub(super) fn count(sheet: &Sheet<'_>, m: &mut Measure) {
    let mut found = Vec::new();
    let shrunk = |node| sheet.place(node).inflate(-1.0, -1.0);
    for (at, &leaf) in sheet.leaves.iter().enumerate() {
        sheet.leaf_index.touching(sheet.place(leaf), &mut found);
        let others = found.iter().map(|&other| other as usize);
        m.node_node += others
            .filter(|&other| other > at && meet(shrunk(leaf), shrunk(sheet.leaves[other])))
            .count();
    }
    if nests(sheet) {
        return;
    }
    for (at, &group) in sheet.groups.iter().enumerate() {
        let inside = sheet.kin.subtree(group);
        let frame = sheet.place(group).inflate(1.0, 1.0);
        for &member in inside.iter().skip(1) {
            let out = usize::from(!holds(frame, sheet.place(member)));
            match sheet.graph.nodes[member as usize].shape {
                Shape::Leaf(_) => m.node_node += out,
                Shape::Group { .. } => m.group_out += out,
            }
        }
        sheet.leaf_index.touching(sheet.place(group), &mut found);
        let others = found.iter().map(|&other| sheet.leaves[other as usize]);
        m.node_node += others
            .filter(|&leaf| !sheet.kin.holds(group, leaf) && meet(shrunk(leaf), shrunk(group)))
            .count();
        sheet.group_index.touching(sheet.place(group), &mut found);
        let others = found.iter().map(|&other| other as usize);
        m.node_node += others
            .filter(|&other| other > at)
            .map(|other| sheet.groups[other])
            .filter(|&other| !sheet.kin.holds(group, other) && !sheet.kin.holds(other, group))
            .filter(|&other| meet(shrunk(group), shrunk(other)))
            .count();
    }
}

/// Whether everything lies exactly within its parent, and no siblings overlap: then nothing else can either, and comparing
/// every group with all it holds, which takes the square of the depth, is not needed.
fn nests(sheet: &Sheet<'_>) -> bool {
    let inside = |node: u32| {
        sheet.graph.nodes[node as usize]
            .parent
            .is_none_or(|parent| holds(sheet.place(parent.0), sheet.place(node)))
    };
    let mut siblings: Vec<u32> = (0..).take(sheet.graph.nodes.len()).collect();
    if !siblings.iter().all(|&node| inside(node)) {
        return false;
    }
    let parent = |node: u32| sheet.graph.nodes[node as usize].parent;
    siblings.sort_by_key(|&node| parent(node));
    let mut found = Vec::new();
    siblings
        .chunk_by(|&a, &b| parent(a) == parent(b))
        .all(|family| {
            let places: Vec<Rect> = family
                .iter()
                .map(|&node| sheet.place(node).inflate(-1.0, -1.0))
                .collect();
            let index = Index::new(&places);
            (0..places.len()).all(|at| {
                index.touching(places[at], &mut found);
                found
                    .iter()
                    .all(|&other| other as usize == at || !meet(places[at], places[other as usize]))
            })
        })
}
