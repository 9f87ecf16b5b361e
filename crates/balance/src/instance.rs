//! The tasks of one line and what must come before what: built once, checked once, never changed.

use crate::bits::BitMatrix;
use std::fmt;

/// Lists of tasks in one block of memory: row `i` lists the tasks joined to task `i`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arcs {
    start: Vec<u32>,
    list: Vec<u32>,
}

impl Arcs {
    /// From pairs `(row, member)`; rows come out ascending.
    pub(crate) fn new(n: usize, pairs: &[(usize, usize)]) -> Self {
        let mut sorted = pairs.to_vec();
        sorted.sort_unstable();
        let mut start = vec![0u32; n + 1];
        for &(row, _) in &sorted {
            start[row + 1] += 1;
        }
        for row in 0..n {
            start[row + 1] += start[row];
        }
        let list = sorted.iter().map(|&(_, member)| member as u32).collect();
        Self { start, list }
    }

    /// The members of one row.
    #[must_use]
    pub fn of(&self, row: usize) -> &[u32] {
        &self.list[self.start[row] as usize..self.start[row + 1] as usize]
    }

    /// All pairs `(row, member)`, ascending.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.start.len() - 1).flat_map(move |row| self.of(row).iter().map(move |&m| (row, m as usize)))
    }
}

/// Why a list of tasks is not a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstanceFault {
    /// An arc names a task that does not exist.
    UnknownTask {
        /// Position of the arc in the input.
        arc: usize,
        /// The task it names, counted from 0.
        task: usize,
    },
    /// Tasks that wait for each other, each for the one before it in the list, the first for the last.
    Cycle {
        /// The tasks on one such circle.
        tasks: Vec<usize>,
    },
    /// All task times together exceed [`TIME_MAX`].
    TimeTooLarge {
        /// The sum, in ticks.
        sum: u64,
    },
    /// More tasks than [`TASKS_MAX`].
    TooManyTasks {
        /// How many.
        tasks: usize,
    },
}

/// The largest sum of task times, in ticks (30-bit, so that three of them still add up in 32 bits).
pub const TIME_MAX: u64 = 1 << 30;

/// The largest number of tasks of one line.
pub const TASKS_MAX: usize = 20_000;

impl fmt::Display for InstanceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTask { arc, task } => {
                write!(f, "arc {arc} names task {task}, which does not exist")
            }
            Self::Cycle { tasks } => {
                write!(f, "tasks wait for each other in a circle: {tasks:?}")
            }
            Self::TimeTooLarge { sum } => write!(f, "task times add up to {sum} ticks"),
            Self::TooManyTasks { tasks } => write!(f, "{tasks} tasks on one line"),
        }
    }
}

impl std::error::Error for InstanceFault {}

/// Tasks with whole-number times and their precedence graph.
///
/// Invariants: the graph has no circle; `successors`/`predecessors` hold its transitive reduction
/// (ascending), `after`/`before` its transitive closure; the times add up to at most [`TIME_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    times: Vec<u32>,
    successors: Arcs,
    predecessors: Arcs,
    after: BitMatrix,
    before: BitMatrix,
    order: Vec<u32>,
}

impl Instance {
    /// Checks and closes the graph.
    ///
    /// `times` in ticks, one per task; `arcs` as `(earlier, later)`, tasks counted from 0. Repeated
    /// arcs and arcs that follow from others are allowed.
    ///
    /// # Errors
    /// Every [`InstanceFault`] found, in the order of its variants.
    ///
    /// # Example
    /// ```
    /// let line = balance::Instance::new(&[4, 3, 2], &[(0, 1), (1, 2), (0, 2)]).expect("no circle");
    /// assert_eq!(line.successors().of(0), [1]);
    /// assert!(line.is_before(0, 2));
    /// ```
    pub fn new(times: &[u32], arcs: &[(usize, usize)]) -> Result<Self, Vec<InstanceFault>> {
        let n = times.len();
        let mut faults = Vec::new();
        for (arc, &(from, to)) in arcs.iter().enumerate() {
            for task in [from, to] {
                if task >= n {
                    faults.push(InstanceFault::UnknownTask { arc, task });
                }
            }
        }
        let sum: u64 = times.iter().map(|&t| u64::from(t)).sum();
        if sum > TIME_MAX {
            faults.push(InstanceFault::TimeTooLarge { sum });
        }
        if n > TASKS_MAX {
            faults.push(InstanceFault::TooManyTasks { tasks: n });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut distinct = arcs.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let all = Arcs::new(n, &distinct);
        let order = match topological(n, &all) {
            Ok(order) => order,
            Err(tasks) => return Err(vec![InstanceFault::Cycle { tasks }]),
        };
        let mut after = BitMatrix::new(n);
        let mut reduced = Vec::with_capacity(distinct.len());
        // Last task first: the closure of every successor is complete when it is joined. Nearest
        // successors come first in topological order, so an arc already implied is a redundant one.
        let mut rank = vec![0u32; n];
        for (position, &task) in order.iter().enumerate() {
            rank[task as usize] = position as u32;
        }
        let mut nearest = Vec::new();
        for &task in order.iter().rev() {
            let task = task as usize;
            nearest.clear();
            nearest.extend_from_slice(all.of(task));
            nearest.sort_unstable_by_key(|&s| rank[s as usize]);
            for &successor in &nearest {
                let successor = successor as usize;
                if !after.has(task, successor) {
                    reduced.push((task, successor));
                    after.set(task, successor);
                    after.join(task, successor);
                }
            }
        }
        let mut before = BitMatrix::new(n);
        for task in 0..n {
            for successor in after.ones(task) {
                before.set(successor, task);
            }
        }
        let backward: Vec<_> = reduced.iter().map(|&(a, b)| (b, a)).collect();
        Ok(Self {
            times: times.to_vec(),
            successors: Arcs::new(n, &reduced),
            predecessors: Arcs::new(n, &backward),
            after,
            before,
            order,
        })
    }

    /// How many tasks there are.
    #[must_use]
    pub fn n_tasks(&self) -> usize {
        self.times.len()
    }

    /// Task times, in ticks.
    #[must_use]
    pub fn times(&self) -> &[u32] {
        &self.times
    }

    /// The time of one task, in ticks.
    #[must_use]
    pub fn time(&self, task: usize) -> u32 {
        self.times[task]
    }

    /// All times together, in ticks.
    #[must_use]
    pub fn time_sum(&self) -> u32 {
        self.times.iter().sum()
    }

    /// The longest task time, in ticks; 0 without tasks.
    #[must_use]
    pub fn time_max(&self) -> u32 {
        self.times.iter().copied().max().unwrap_or(0)
    }

    /// Direct successors (transitive reduction).
    #[must_use]
    pub fn successors(&self) -> &Arcs {
        &self.successors
    }

    /// Direct predecessors (transitive reduction).
    #[must_use]
    pub fn predecessors(&self) -> &Arcs {
        &self.predecessors
    }

    /// All successors of each task.
    #[must_use]
    pub fn after(&self) -> &BitMatrix {
        &self.after
    }

    /// All predecessors of each task.
    #[must_use]
    pub fn before(&self) -> &BitMatrix {
        &self.before
    }

    /// A topological order, ties by task number.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// True when `earlier` must be finished before `later` starts.
    #[must_use]
    pub fn is_before(&self, earlier: usize, later: usize) -> bool {
        self.after.has(earlier, later)
    }

    /// The time a station holding both tasks must hold at least, in ticks: both and all tasks forced between.
    #[must_use]
    pub fn time_together(&self, a: usize, b: usize) -> u32 {
        let (first, second) = if self.is_before(b, a) { (b, a) } else { (a, b) };
        let between: u32 = if self.is_before(first, second) {
            let after = self.after.row(first).iter();
            let both: Vec<u64> = after.zip(self.before.row(second)).map(|(x, y)| x & y).collect();
            crate::bits::ones(&both).map(|t| self.times[t]).sum()
        } else {
            0
        };
        self.times[a] + self.times[b] + between
    }

    /// The same line run backwards: an assignment of one, mirrored, is an assignment of the other.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            times: self.times.clone(),
            successors: self.predecessors.clone(),
            predecessors: self.successors.clone(),
            after: self.before.clone(),
            before: self.after.clone(),
            order: self.order.iter().rev().copied().collect(),
        }
    }

    /// Order strength: the share of ordered pairs among all pairs, `0..=1`; 0 with fewer than two tasks.
    #[must_use]
    pub fn order_strength(&self) -> f64 {
        let n = self.n_tasks();
        if n < 2 {
            return 0.0;
        }
        let pairs: usize = (0..n).map(|task| self.after.count(task)).sum();
        pairs as f64 * 2.0 / (n * (n - 1)) as f64
    }
}

/// Kahn's order with the smallest task first, or the tasks on one circle.
fn topological(n: usize, arcs: &Arcs) -> Result<Vec<u32>, Vec<usize>> {
    use std::cmp::Reverse;
    let mut open = vec![0u32; n];
    for (_, to) in arcs.pairs() {
        open[to] += 1;
    }
    let mut ready: std::collections::BinaryHeap<_> =
        (0..n as u32).filter(|&task| open[task as usize] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(n);
    while let Some(Reverse(task)) = ready.pop() {
        order.push(task);
        for &next in arcs.of(task as usize) {
            open[next as usize] -= 1;
            if open[next as usize] == 0 {
                ready.push(Reverse(next));
            }
        }
    }
    if order.len() == n {
        return Ok(order);
    }
    // Every task left has a predecessor left: walking back must meet itself.
    let mut from = vec![usize::MAX; n];
    for (task, next) in arcs.pairs() {
        if open[task] > 0 && open[next] > 0 {
            from[next] = task;
        }
    }
    let start = (0..n)
        .find(|&task| open[task] > 0 && from[task] != usize::MAX)
        .expect("a task left in a circle has a predecessor left");
    let mut seen = vec![false; n];
    let mut walk = start;
    while !seen[walk] {
        seen[walk] = true;
        walk = from[walk];
    }
    let mut circle = vec![walk];
    let mut next = from[walk];
    while next != walk {
        circle.push(next);
        next = from[next];
    }
    circle.reverse();
    Err(circle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reduces_and_closes() {
        let line = Instance::new(&[1, 2, 3, 4], &[(0, 1), (1, 2), (0, 2), (2, 3), (0, 3)]).unwrap();
        assert_eq!(line.successors().pairs().collect::<Vec<_>>(), [(0, 1), (1, 2), (2, 3)]);
        assert_eq!(line.after().count(0), 3);
        assert_eq!(line.before().count(3), 3);
        assert_eq!(line.time_together(0, 3), 10);
        assert!((line.order_strength() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn names_the_circle() {
        let faults = Instance::new(&[1; 4], &[(0, 1), (1, 2), (2, 1), (2, 3)]).unwrap_err();
        let [InstanceFault::Cycle { tasks }] = &faults[..] else {
            panic!("{faults:?}");
        };
        let mut sorted = tasks.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [1, 2]);
    }

    #[test]
    fn collects_all_faults() {
        let faults = Instance::new(&[u32::MAX, 1], &[(0, 2), (3, 1)]).unwrap_err();
        assert_eq!(faults.len(), 3);
    }

    #[test]
    fn reversal_is_its_own_inverse() {
        let line = Instance::new(&[1, 2, 3], &[(0, 1), (0, 2)]).unwrap();
        assert_eq!(line.reversed().reversed(), line);
    }
}
