//! The futures' linear programs on several threads: each future stays with one thread and its warm solver.
//!
//! Answers are put in order of the futures, and each depends on what its own future was asked before and on nothing
//! else, so that the result is the same on any number of threads.

use super::split::Recourse;
use crate::lp::{Col, Warm};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

/// What a future costs at a first stage, and how that changes with it.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Least cost of the future at the point asked.
    pub(crate) cost: f64,
    /// Change of the least cost for each unit of a first-stage column.
    pub(crate) slopes: Vec<(Col, f64)>,
}

impl Answer {
    /// The part of the cut `cost >= constant + slopes * x` that does not depend on `x`, for an answer at `point`.
    pub(crate) fn constant(&self, point: &[f64]) -> f64 {
        self.cost - self.slopes.iter().map(|(col, slope)| slope * point[col.index()]).sum::<f64>()
    }
}

/// Threads that hold the futures.
pub(crate) struct Workers {
    ask: Vec<Sender<Option<Vec<f64>>>>,
    hear: Receiver<(usize, Option<Answer>)>,
    n_futures: usize,
}

impl Workers {
    /// Deals the futures out to threads; each makes its solvers itself.
    pub(crate) fn start<'s>(scope: &'s Scope<'s, '_>, futures: &'s [Recourse], threads: usize) -> Self {
        let (tell, hear) = channel();
        let threads = threads.clamp(1, futures.len().max(1));
        let mut ask = Vec::new();
        for first in 0..threads {
            let (sender, receiver) = channel::<Option<Vec<f64>>>();
            let tell = tell.clone();
            scope.spawn(move || {
                let own = || (first..futures.len()).step_by(threads);
                let mut solvers: Vec<Option<Warm>> = own().map(|at| Warm::new(&futures[at].program)).collect();
                while let Ok(point) = receiver.recv() {
                    for (solver, at) in solvers.iter_mut().zip(own()) {
                        let answer = solver.as_mut().and_then(|s| solve(s, &futures[at], point.as_deref()));
                        if tell.send((at, answer)).is_err() {
                            return;
                        }
                    }
                }
            });
            ask.push(sender);
        }
        Self { ask, hear, n_futures: futures.len() }
    }

    /// What one future costs at a first stage, with a solver of its own for this once.
    pub(crate) fn alone(future: &Recourse, point: &[f64]) -> Option<f64> {
        solve(&mut Warm::new(&future.program)?, future, Some(point)).map(|answer| answer.cost)
    }

    /// Costs and slopes of all futures at a first stage, or with the first stage free within its bounds; none when a
    /// future has no answer.
    pub(crate) fn ask(&self, point: Option<&[f64]>) -> Option<Vec<Answer>> {
        for sender in &self.ask {
            sender.send(point.map(<[f64]>::to_vec)).ok()?;
        }
        let mut answers: Vec<Option<Answer>> = vec![None; self.n_futures];
        for _ in 0..self.n_futures {
            let (at, answer) = self.hear.recv().ok()?;
            answers[at] = answer;
        }
        answers.into_iter().collect()
    }
}

fn solve(solver: &mut Warm, future: &Recourse, point: Option<&[f64]>) -> Option<Answer> {
    for (copy, link) in future.links.iter().enumerate() {
        let data = future.program.cols()[copy];
        let (low, high) = point.map_or((data.low, data.high), |p| (p[link.index()], p[link.index()]));
        solver.set_bounds(Col::from_index(copy), low, high);
    }
    let solved = solver.solve()?;
    let slopes = future.links.iter().enumerate().map(|(copy, link)| (*link, solved.reduced[copy]));
    Some(Answer { cost: solved.objective + future.constant, slopes: slopes.collect() })
}

/// Works through a list on several threads, each entry by itself; results stand in the order of the list.
pub(crate) fn side_by_side<I: Sync, O: Send>(list: &[I], threads: usize, work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let threads = threads.clamp(1, list.len().max(1));
    let share = |first: usize| (first..list.len()).step_by(threads).map(|at| (at, work(&list[at]))).collect::<Vec<_>>();
    let mut found: Vec<(usize, O)> = std::thread::scope(|scope| {
        let share = &share;
        let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || share(first))).collect();
        let own = share(0);
        let others = others.into_iter().flat_map(|h| h.join().expect("work on a future does not panic"));
        own.into_iter().chain(others).collect()
    });
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, value)| value).collect()
}
