//! The place of boxes along a row, given where each would like to be: isotonic regression by pooling adjacent violators
//! (Barlow et al. 1972), which is the exact least-squares answer under "keep the order, keep the distance".

/// Buffers that are used again from row to row.
#[derive(Debug, Clone, Default)]
pub(super) struct Pool {
    /// Mean, weight and length of each block.
    blocks: Vec<(f64, f64, u32)>,
}

/// One box of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// Where its near edge would like to be.
    pub(super) at: f64,
    /// How much.
    pub(super) weight: f64,
    /// Its near edge must lie this far behind the first box's near edge at least: its *offset* in the packed row.
    pub(super) offset: f64,
}

impl Pool {
    /// The near edges that are nearest to the `wishes`, in their order, none before its offset, and the last no later than
    /// `room` beyond its own.
    pub(super) fn settle(&mut self, wishes: &[Wish], room: f64, out: &mut Vec<f64>) {
        self.blocks.clear();
        for wish in wishes {
            let mut block = (wish.at - wish.offset, wish.weight, 1);
            while let Some(&last) = self.blocks.last() {
                if last.0 < block.0 {
                    break;
                }
                let weight = last.1 + block.1;
                block = (
                    (last.0 * last.1 + block.0 * block.1) / weight,
                    weight,
                    last.2 + block.2,
                );
                self.blocks.pop();
            }
            self.blocks.push(block);
        }
        out.clear();
        let mut wishes = wishes.iter();
        for &(mean, _, length) in &self.blocks {
            let slack = mean.clamp(0.0, room.max(0.0));
            for wish in wishes.by_ref().take(length as usize) {
                out.push(wish.offset + slack);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(wishes: &[(f64, f64)], room: f64) -> Vec<f64> {
        let wishes: Vec<Wish> = wishes
            .iter()
            .map(|&(at, offset)| Wish {
                at,
                weight: 1.0,
                offset,
            })
            .collect();
        let mut out = Vec::new();
        Pool::default().settle(&wishes, room, &mut out);
        out
    }

    #[test]
    fn whoever_has_room_gets_what_he_wishes() {
        assert_eq!(settle(&[(5.0, 0.0), (40.0, 10.0)], 100.0), [5.0, 40.0]);
    }

    #[test]
    fn two_that_wish_the_same_place_stand_around_it() {
        assert_eq!(settle(&[(50.0, 0.0), (50.0, 10.0)], 100.0), [45.0, 55.0]);
    }

    #[test]
    fn nobody_leaves_the_row() {
        assert_eq!(settle(&[(-9.0, 0.0), (400.0, 10.0)], 30.0), [0.0, 40.0]);
    }
}
