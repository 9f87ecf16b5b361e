//! Everything before each task, and the time that two tasks need together.

use super::PlainLine;
use std::collections::BTreeSet;

/// All tasks before each task.
pub(super) struct Order {
    before: Vec<BTreeSet<usize>>,
}

impl Order {
    pub(super) fn new(line: PlainLine<'_>) -> Self {
        let mut direct = vec![Vec::new(); line.times.len()];
        for &(a, b) in line.arcs {
            direct[b].push(a);
        }
        let all = |task: usize| {
            let mut seen = BTreeSet::new();
            let mut open = vec![task];
            while let Some(at) = open.pop() {
                open.extend(direct[at].iter().copied().filter(|&p| seen.insert(p)));
            }
            seen
        };
        Self { before: (0..line.times.len()).map(all).collect() }
    }

    /// Ticks of two tasks and of all tasks forced between them.
    pub(super) fn together(&self, line: PlainLine<'_>, a: usize, b: usize) -> u64 {
        let between = |first: usize, last: usize| -> u64 {
            if !self.before[last].contains(&first) {
                return 0;
            }
            let inside = self.before[last].iter().filter(|&&t| self.before[t].contains(&first));
            inside.map(|&t| u64::from(line.times[t])).sum()
        };
        u64::from(line.times[a]) + u64::from(line.times[b]) + between(a, b) + between(b, a)
    }
}
