//! Which two tasks may share a station at all, and sets of tasks of which no two may.

use super::job::{Job, Load};

/// For each task the tasks that can never share a station with it, as bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    words: usize,
    apart: Vec<u64>,
}

impl Pairs {
    /// Tries every pair with the tasks that precedence forces between them: takt first, then what rules spoil.
    #[must_use]
    pub fn new(job: &Job<'_>) -> Self {
        let (n, words) = (job.instance.n_tasks(), job.words());
        let mut pairs = Self { words, apart: vec![0; n * words] };
        for a in 0..n {
            for b in a + 1..n {
                if !meet(job, a, b) {
                    pairs.apart[a * words + b / 64] |= 1 << (b % 64);
                    pairs.apart[b * words + a / 64] |= 1 << (a % 64);
                }
            }
        }
        pairs
    }

    /// True when the two can never share a station.
    #[must_use]
    pub fn are_apart(&self, a: usize, b: usize) -> bool {
        self.apart[a * self.words + b / 64] >> (b % 64) & 1 == 1
    }

    /// True when the task can never join any of a set.
    #[must_use]
    pub fn is_apart_from(&self, task: u32, set: &[u64]) -> bool {
        let row = &self.apart[task as usize * self.words..(task as usize + 1) * self.words];
        row.iter().zip(set).any(|(a, b)| a & b != 0)
    }

    /// Sets of tasks that all need stations of their own, greedily from several starts, the heaviest first.
    ///
    /// `of` says which tasks count; a task weighs the copies it asks for.
    #[must_use]
    pub fn cliques(&self, job: &Job<'_>, of: &dyn Fn(u32) -> bool, most: usize) -> Vec<Vec<u64>> {
        let n = job.instance.n_tasks();
        let degree = |t: usize| self.apart[t * self.words..(t + 1) * self.words].iter().map(|w| w.count_ones()).sum();
        let mut order: Vec<usize> = (0..n).filter(|&t| of(t as u32)).collect();
        let degrees: Vec<u32> = (0..n).map(degree).collect();
        order.sort_by_key(|&t| (std::cmp::Reverse(job.copies_for(t as u32) * degrees[t]), t));
        let mut found: Vec<Vec<u64>> = Vec::new();
        for &start in order.iter().take(4 * most) {
            let mut clique = vec![start];
            for &t in &order {
                if t != start && clique.iter().all(|&c| self.are_apart(c, t)) {
                    clique.push(t);
                }
            }
            let mut weight = vec![0; n];
            clique.iter().for_each(|&t| weight[t] = u64::from(job.copies_for(t as u32)));
            if clique.len() > 1 && !found.contains(&weight) {
                found.push(weight);
            }
        }
        found.sort_by_key(|w| std::cmp::Reverse(w.iter().sum::<u64>()));
        found.truncate(most);
        found
    }
}

/// False when no station can hold both.
fn meet(job: &Job<'_>, a: usize, b: usize) -> bool {
    let tasks = job.closure(a, b);
    // A longer task could open room for both, so the takt only parts tasks where no station stands twice.
    let longest = (0..job.instance.n_tasks() as u32).map(|t| job.copies_for(t)).max().unwrap_or(1);
    let roomy = u64::from(longest) * u64::from(job.takt);
    let fits = job.with_load(&tasks, |load| load.time <= roomy);
    fits && (1..=tasks.len())
        .all(|n| job.with_load(&tasks[..n], |load: &Load<'_>| !job.rules.iter().any(|r| r.spoils(load))))
}
