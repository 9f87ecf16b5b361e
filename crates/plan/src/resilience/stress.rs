//! Many stops at once: each reduced, its parts solved, the same part once.

use super::net::Net;
use super::part;
use super::reduce::{Case, Part, Reduced};
use std::collections::BTreeMap;

/// The first time looked at is the horizon over this, a power of two.
const SHORTEST: f64 = 1_024.0;

/// Nodes out for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Stopped {
    /// The nodes, in any order.
    pub nodes: Vec<usize>,
    /// How long, in the network's unit of time, `> 0`.
    pub time: f64,
}

/// What cannot be delivered until the stopped nodes are back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lost {
    /// Value lost: the least there is.
    pub value: f64,
    /// Pieces lost of each demand that loses any, by its number.
    pub pieces: Vec<(usize, f64)>,
}

/// Least value lost in each stop, in their order; none where the solver failed. The same on any number of threads.
#[must_use]
pub fn lost_in(net: &Net, stops: &[Stopped], threads: usize) -> Vec<Option<Lost>> {
    let one = |memory: &mut Memory<Vec<(usize, f64)>>, stop: &Stopped| {
        let nodes = sorted(&stop.nodes);
        let case = Case { stopped: &nodes, time: stop.time, at_all_times: false };
        let mut lost = Lost::default();
        for found in memory.parts(net, &case, part::lost)? {
            lost.pieces.extend(found);
        }
        lost.pieces.sort_by_key(|(demand, _)| *demand);
        lost.value = lost.pieces.iter().map(|(demand, pieces)| net.demands[*demand].value * pieces).sum();
        Some(lost)
    };
    spread(stops, threads, one)
}

/// How long all demand is met in each stop, at most `horizon`, in the order given; none where the solver failed.
///
/// No stop is survived longer than no stop at all. Short times are looked at first, because the shorter the time, the less of
/// the network can be short: a time found within the one looked at is the answer, otherwise the double is looked at.
#[must_use]
pub fn survived(net: &Net, stops: &[Vec<usize>], horizon: f64, threads: usize) -> Vec<Option<f64>> {
    let within = |memory: &mut Memory<f64>, stop: &[usize], longest: f64| {
        let mut time = longest.min(horizon / SHORTEST);
        loop {
            let case = Case { stopped: stop, time, at_all_times: true };
            let found = memory.parts(net, &case, part::survived)?.into_iter().fold(time, f64::min);
            if found < time * (1.0 - 1e-9) || time >= longest {
                return Some(found);
            }
            time = (2.0 * time).min(longest);
        }
    };
    let mut memory = Memory::new();
    let Some(longest) = within(&mut memory, &[], horizon) else {
        return vec![None; stops.len()];
    };
    spread(stops, threads, |memory, stop| within(memory, &sorted(stop), longest))
}

fn sorted(nodes: &[usize]) -> Vec<usize> {
    let mut nodes = nodes.to_vec();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// What is known of parts solved before, by time.
struct Memory<T> {
    reduced: Reduced,
    known: BTreeMap<(u64, Part), T>,
}

impl<T: Clone> Memory<T> {
    fn new() -> Self {
        Self { reduced: Reduced::default(), known: BTreeMap::new() }
    }

    fn parts(
        &mut self,
        net: &Net,
        case: &Case<'_>,
        solve: impl Fn(&Net, &Case<'_>, &Part) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::new();
        for part in self.reduced.parts(net, case) {
            let key = (case.time.to_bits(), part);
            let found = match self.known.get(&key) {
                Some(known) => known.clone(),
                None => {
                    let found = solve(net, case, &key.1)?;
                    self.known.insert(key, found.clone());
                    found
                }
            };
            all.push(found);
        }
        Some(all)
    }
}

/// Hands stretches of the stops to threads and collects the answers in order.
fn spread<S: Sync, T: Clone + Send, R: Send>(
    stops: &[S],
    threads: usize,
    one: impl Fn(&mut Memory<T>, &S) -> R + Sync,
) -> Vec<R> {
    let each = stops.len().div_ceil(threads.max(1)).max(1);
    let run = |stretch: &[S]| {
        let mut memory = Memory::new();
        stretch.iter().map(|stop| one(&mut memory, stop)).collect::<Vec<R>>()
    };
    if threads <= 1 {
        return run(stops);
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = stops.chunks(each).map(|stretch| scope.spawn(|| run(stretch))).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker only computes")).collect()
    })
}
