//! What pulls each child of a problem: its wires, as seen from their end at it.

use super::problem::{End, Wire};
use super::tree::NONE;
use crate::geom::Vec2;

/// A wire as one of its ends feels it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pull {
    /// The child at the other end; [`NONE`] outside the group.
    pub(super) other: u32,
    /// Where this end is in its child.
    pub(super) own: Vec2,
    /// Where the other end is in its child; outside, from the centre of the group.
    pub(super) to: Vec2,
    /// How much it pulls.
    pub(super) weight: f64,
    /// Whether the other end is in a replica of the group: what moves this end moves that one as well.
    pub(super) twin: bool,
}

/// The pulls of all children.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulls {
    list: Vec<Pull>,
    /// Those of child `c` are `list[first[c]..first[c + 1]]`, in the order of the wires.
    first: Vec<u32>,
}

impl Pulls {
    /// What `wires` do to `count` children.
    pub(super) fn new(count: usize, wires: &[Wire]) -> Self {
        let mut first = vec![0_u32; count + 2];
        for child in wires.iter().flat_map(ends) {
            first[child as usize + 2] += 1;
        }
        for index in 2..first.len() {
            first[index] += first[index - 1];
        }
        let none = Pull {
            other: NONE,
            own: Vec2::ZERO,
            to: Vec2::ZERO,
            weight: 0.0,
            twin: false,
        };
        let mut list = vec![none; first.last().map_or(0, |&sum| sum as usize)];
        for wire in wires {
            for child in ends(wire) {
                let (own, other) = if child == wire.a.child {
                    (&wire.a, &wire.b)
                } else {
                    (&wire.b, &wire.a)
                };
                let slot = &mut first[child as usize + 1];
                list[*slot as usize] = pull(wire, own, other);
                *slot += 1;
            }
        }
        first.pop();
        Self { list, first }
    }

    /// Those of one child.
    pub(super) fn of(&self, child: u32) -> &[Pull] {
        let child = child as usize;
        &self.list[self.first[child] as usize..self.first[child + 1] as usize]
    }

    /// The same with x and y exchanged.
    pub(super) fn turned(&self) -> Self {
        let flip = |v: Vec2| Vec2::new(v.y, v.x);
        let turned = |pull: &Pull| Pull {
            own: flip(pull.own),
            to: flip(pull.to),
            ..*pull
        };
        Self {
            list: self.list.iter().map(turned).collect(),
            first: self.first.clone(),
        }
    }
}

/// The children at the ends of a wire, each once.
fn ends(wire: &Wire) -> impl Iterator<Item = u32> + use<> {
    let (a, b) = (wire.a.child, wire.b.child);
    let other = Some(b).filter(|&b| b != NONE && b != a);
    std::iter::once(a).chain(other)
}

fn pull(wire: &Wire, own: &End, other: &End) -> Pull {
    Pull {
        other: other.child,
        own: own.at,
        to: other.at,
        weight: wire.weight,
        twin: wire.is_twin(),
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::layered::problem::tests::boxes;

    #[test]
    fn every_child_feels_its_wires_from_its_own_end() {
        let problem = boxes(3, &[(0, 1), (2, 1)]);
        let others = |child| -> Vec<u32> {
            problem
                .pulls
                .of(child)
                .iter()
                .map(|pull| pull.other)
                .collect()
        };
        assert_eq!(others(0), [1]);
        assert_eq!(others(1), [0, 2]);
        assert_eq!(others(2), [1]);
    }
}
