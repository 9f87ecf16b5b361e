//! Parallel servers: which of the parts in service is finished next.

use super::lanes::{Row, max, min};

/// Completion times of the parts in service beyond the one that is finished next, in rising order in every lane.
///
/// # Source
/// J. Kiefer, J. Wolfowitz (1955), On the theory of queues with many servers: the ordered vector of workloads.
#[derive(Debug)]
pub(super) struct Pool {
    waiting: Vec<Row>,
}

impl Pool {
    /// For `servers >= 1` servers, all idle.
    pub(super) fn new(servers: usize) -> Self {
        Self { waiting: vec![Row::NEVER; servers - 1] }
    }

    /// A part that will be finished at `done` starts; nobody is known to be finished yet.
    #[inline(always)]
    pub(super) fn add(&mut self, done: Row) {
        let mut carry = done;
        for row in &mut self.waiting {
            (*row, carry) = (row.each(&carry, min), row.each(&carry, max));
        }
    }

    /// A part that will be finished at `done` starts, and the next completion of all is taken out.
    #[inline(always)]
    pub(super) fn add_and_take(&mut self, done: Row) -> Row {
        let Some(first) = self.waiting.first() else {
            return done;
        };
        let next = first.each(&done, min);
        let mut carry = first.each(&done, max);
        for k in 1..self.waiting.len() {
            let row = self.waiting[k];
            self.waiting[k - 1] = row.each(&carry, min);
            carry = row.each(&carry, max);
        }
        let last = self.waiting.len() - 1;
        self.waiting[last] = carry;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::LANES;
    use super::*;

    #[test]
    fn completions_come_out_in_order() {
        let mut pool = Pool::new(3);
        let row = |x: f64| Row([x; LANES]);
        pool.add(row(5.0));
        pool.add(row(2.0));
        let out = [9.0, 3.0, 1.0, 8.0].map(|x| pool.add_and_take(row(x)).0[0]);
        assert_eq!(out, [2.0, 3.0, 1.0, 5.0]);
        assert_eq!(Pool::new(1).add_and_take(row(4.0)).0[3], 4.0);
    }
}
