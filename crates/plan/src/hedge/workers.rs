//! The futures' linear programs on several threads: each future stays with one thread and its warm solver.
//!
//! Answers are put in order of the futures, and each depends on what its own future and the first one were asked before
//! and on nothing else, so that the result is the same on any number of threads.

use super::split::Recourse;
use crate::lp::{Basis, Col, Warm};
use std::sync::Arc;
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

/// What threads are asked: a first stage, and the basis of the first future when all shall begin there.
type Ask = (Vec<f64>, Option<Arc<Basis>>);

/// Futures that the asking thread solves itself.
const OWN: usize = 2;

/// How many times fewer iterations a start from another future must take to be worth it: a start from nothing has them
/// made cheaper by presolve.
const FEWER: u64 = 4;

/// The first futures, and threads that hold the others.
pub(crate) struct Workers<'f> {
    futures: &'f [Recourse],
    /// Solvers of the futures that the asking thread solves itself, once it has asked.
    own: Vec<Warm>,
    ask: Vec<Sender<Ask>>,
    hear: Receiver<(usize, Option<Answer>)>,
}

impl<'f> Workers<'f> {
    /// Deals the futures out to threads; each makes its solvers itself.
    pub(crate) fn start<'s>(scope: &'s Scope<'s, '_>, futures: &'s [Recourse], threads: usize) -> Self
    where
        's: 'f,
    {
        let (tell, hear) = channel();
        let threads = threads.clamp(1, futures.len().max(1));
        let mut ask = Vec::new();
        for first in OWN..OWN + threads {
            let (sender, receiver) = channel::<Ask>();
            let tell = tell.clone();
            scope.spawn(move || {
                let own = || (first..futures.len()).step_by(threads);
                let mut solvers: Vec<Option<Warm>> = own().map(|at| Warm::new(&futures[at].program)).collect();
                while let Ok((point, begin)) = receiver.recv() {
                    for (solver, at) in solvers.iter_mut().zip(own()) {
                        let future = &futures[at];
                        if let (Some(solver), Some(basis), Some(places)) = (solver.as_mut(), &begin, &future.places) {
                            solver.start_from(&basis.mapped(&places.cols, &places.rows));
                        }
                        let answer = solver.as_mut().and_then(|s| solve(s, future, Some(&point)));
                        if tell.send((at, answer.map(|(answer, _)| answer))).is_err() {
                            return;
                        }
                    }
                }
            });
            ask.push(sender);
        }
        Self { futures, own: Vec::new(), ask, hear }
    }

    /// What one future costs at a first stage, with a solver of its own for this once.
    pub(crate) fn alone(future: &Recourse, point: &[f64]) -> Option<f64> {
        Self::once(future, Some(point))
    }

    /// The least that a future costs with the first stage free within its bounds.
    pub(crate) fn free(future: &Recourse) -> Option<f64> {
        Self::once(future, None)
    }

    fn once(future: &Recourse, point: Option<&[f64]>) -> Option<f64> {
        solve(&mut Warm::new(&future.program)?, future, point).map(|(answer, _)| answer.cost)
    }

    /// Costs and slopes of all futures at a first stage; none when a future has no answer.
    ///
    /// The first time, the first future is solved, and the second from where it ended: when that takes far fewer iterations, the
    /// others begin there too, else from nothing. After that each begins where it ended last.
    pub(crate) fn ask(&mut self, point: &[f64]) -> Option<Vec<Answer>> {
        let mut answers: Vec<Option<Answer>> = vec![None; self.futures.len()];
        // The basis of the first future, and the iterations that led to it.
        let mut first: Option<(Basis, u64)> = None;
        let begins = self.own.is_empty();
        for (at, future) in self.futures.iter().take(OWN).enumerate() {
            if begins {
                self.own.push(Warm::new(&future.program)?);
            }
            let solver = &mut self.own[at];
            if let (Some((basis, _)), Some(places)) = (&first, &future.places) {
                solver.start_from(&basis.mapped(&places.cols, &places.rows));
            }
            let (answer, iterations) = solve(solver, future, Some(point))?;
            answers[at] = Some(answer);
            if begins && at == 0 {
                first = solver.basis().map(|basis| (basis, iterations));
            } else {
                first = first.filter(|(_, took)| iterations.saturating_mul(FEWER) <= *took);
            }
        }
        let basis = first.map(|(basis, _)| Arc::new(basis));
        for sender in &self.ask {
            sender.send((point.to_vec(), basis.clone())).ok()?;
        }
        for _ in OWN..self.futures.len() {
            let (at, answer) = self.hear.recv().ok()?;
            answers[at] = answer;
        }
        answers.into_iter().collect()
    }
}

fn solve(solver: &mut Warm, future: &Recourse, point: Option<&[f64]>) -> Option<(Answer, u64)> {
    for (copy, link) in future.links.iter().enumerate() {
        let data = future.program.cols()[copy];
        let (low, high) = point.map_or((data.low, data.high), |p| (p[link.index()], p[link.index()]));
        solver.set_bounds(Col::from_index(copy), low, high);
    }
    let solved = solver.solve()?;
    let slopes = future.links.iter().enumerate().map(|(copy, link)| (*link, solved.reduced[copy]));
    let answer = Answer { cost: solved.objective + future.constant, slopes: slopes.collect() };
    Some((answer, solved.iterations))
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
