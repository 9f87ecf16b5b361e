//! Shorter cycle times without questions: annealing, then windows of stations laid out anew, then a walk.

use super::Hunt;
use crate::budget::Budget;
use crate::problem::Assignment;
use crate::solve::level::level;

/// Each turn of annealing in vain halves the next, so many times at most.
const IN_VAIN_MAX: u32 = 6;

/// Fewer stations are searched whole, not by windows.
const LEVEL_MIN: u32 = 7;

impl Hunt<'_> {
    /// Shakes the best line for a slice of work and walks on from it, less with each turn in vain, towards cycle times below `below`.
    pub(in crate::solve) fn improve(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        let (low, high) = (self.low, self.high.min(below));
        if low >= high || self.stations > self.instance.n_tasks() as u32 {
            return;
        }
        self.shake(low, high, slice >> self.in_vain, budget);
        self.in_vain =
            if self.high < high { self.in_vain.saturating_sub(1) } else { (self.in_vain + 1).min(IN_VAIN_MAX) };
        self.walk(below, slice, budget);
    }

    fn shake(&mut self, low: u32, below: u32, steps: u64, budget: &mut Budget<'_, '_>) {
        let (anneal, line) = (&mut self.anneal, &self.best);
        let found = budget.within(steps, |budget| anneal.run(line, low, below, budget));
        let ended = self.anneal.line();
        self.offer(found);
        if self.stations < LEVEL_MIN {
            return;
        }
        // The line that annealing ended with: what is left over in it is often a window's worth.
        self.level(&ended, 0, below, steps / 2, budget);
        // The best line, where it is one of the good; its windows get twice the work each time it is still the same.
        if self.high <= below {
            let high = self.high;
            self.level(&self.best.clone(), self.levelled, below, steps / 2, budget);
            self.levelled = if self.high < high { 0 } else { self.levelled + 1 };
        }
    }

    fn level(&mut self, line: &Assignment, effort: u32, below: u32, steps: u64, budget: &mut Budget<'_, '_>) {
        let low = self.low;
        if low < self.high.min(below) {
            let (options, stations) = (self.options, self.stations);
            let levelled =
                budget.within(steps, |budget| level(self.instance, line, stations, low, effort, options, budget));
            self.offer(Some(levelled));
        }
    }
}
