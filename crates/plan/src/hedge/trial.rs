//! What a choice of sites, lines and people costs in other futures: over the lines ordered only, so that programs are small.

use super::estimate::estimate;
use super::future::sampled;
use super::proxy::Proxy;
use super::stage::Stage;
use super::workers::{Workers, side_by_side};
use crate::data::LineKey;
use crate::data::{Choice, Data};
use crate::key::Key;
use crate::problem::{FirstStage, Problem};
use crate::recourse::Fixed;
use model::control::Control;
use model::results::hedge::{Estimate, Future, OutOfSample};

/// Futures of which only cheap figures are worked out, for each that is solved.
const LARGE: u32 = 40;

/// Least number of them.
const LARGE_LEAST: u32 = 20_000;

/// A choice of sites, lines and people with its own small programs.
pub(crate) struct Trial<'a> {
    problem: Problem<'a>,
    stage: Stage<'a>,
    point: Vec<f64>,
    first: FirstStage,
    threads: usize,
}

impl<'a> Trial<'a> {
    /// Sites, lines and people as decided.
    pub(crate) fn of(problem: &Problem<'a>, first: &FirstStage, fixed: &Fixed, threads: usize) -> Self {
        let lines: Vec<LineKey> = fixed.lines.keys().copied().collect();
        let stage = Stage::of(problem, lines.clone());
        let value = |key: &Key| match key {
            Key::Lines(at) => fixed.lines[&lines[*at]] as f64,
            Key::Open(..) => fixed.open.get(key).copied().unwrap_or(0.0),
            other => fixed.people.as_ref().and_then(|people| people.get(other)).copied().unwrap_or(0.0),
        };
        let point = stage.first.keys.iter().map(value).collect();
        Self { problem: *problem, stage, point, first: first.clone(), threads }
    }

    /// Sites and lines as decided, people at least cost; none when these cannot be had.
    pub(crate) fn with_least_people(
        problem: &Problem<'a>,
        first: &FirstStage,
        threads: usize,
        control: &Control<'_>,
    ) -> Option<Self> {
        let mut lines: Vec<LineKey> = first.lines.iter().map(crate::data::key_of_row).collect();
        lines.sort_unstable();
        lines.dedup();
        let stage = Stage::of(problem, lines);
        let point = stage.point_of(first, control)?;
        Some(Self { problem: *problem, stage, point, first: first.clone(), threads })
    }

    /// Cost of the first stage.
    pub(crate) fn cost_first(&self) -> f64 {
        self.stage.cost(&self.point)
    }

    /// Cost of the second stage in each future; none when a program has no answer.
    ///
    /// # Cost
    /// One linear program a future, over the sites in use only; memory for one at a time and thread.
    pub(crate) fn costs(&self, futures: &[Future]) -> Option<Vec<f64>> {
        let one = |future: &Future| {
            let recourse = self.stage.futures(std::slice::from_ref(future), None, 1);
            Workers::alone(&recourse[0], &self.point)
        };
        side_by_side(futures, self.threads, one).into_iter().collect()
    }

    fn proxy(&self) -> Proxy<'a> {
        let lines: Vec<LineKey> = self.first.lines.iter().map(crate::data::key_of_row).collect();
        let mut lines = lines;
        lines.sort_unstable();
        lines.dedup();
        Proxy::new(&Data::new(self.problem.ring, self.problem.designs, &Choice::These(&lines)), &self.first)
    }
}

/// Expected cost in futures drawn afresh.
///
/// `hedged` and `plain` are asked the same futures (common random numbers), so that what one costs more is known much
/// better than either.
pub(crate) fn out_of_sample(
    hedged: &Trial<'_>,
    plain: Option<&Trial<'_>>,
    seed: u64,
    count: u32,
) -> Option<OutOfSample> {
    let ring = hedged.problem.ring;
    let futures = sampled(ring, seed, 0, count);
    let total = |trial: &Trial<'_>| -> Option<Vec<f64>> {
        let first = trial.cost_first();
        Some(trial.costs(&futures)?.into_iter().map(|c| c + first).collect())
    };
    let costs = total(hedged)?;
    let large = (LARGE * count).max(LARGE_LEAST);
    // Beyond the futures solved, so that both samples are independent.
    let chunks: Vec<u32> = (0..large.div_ceil(500)).collect();
    let many = |proxies: &[Proxy<'_>]| -> Vec<Vec<f64>> {
        let chunk = |at: &u32| {
            let futures = sampled(ring, seed, count + at * 500, 500.min(large - at * 500));
            futures.iter().map(|f| proxies.iter().flat_map(|p| p.of(f)).collect()).collect::<Vec<Vec<f64>>>()
        };
        side_by_side(&chunks, hedged.threads, chunk).into_iter().flatten().collect()
    };
    let few = |proxies: &[Proxy<'_>]| -> Vec<Vec<f64>> {
        futures.iter().map(|f| proxies.iter().flat_map(|p| p.of(f)).collect()).collect()
    };
    let own = [hedged.proxy()];
    let mean = estimate(&costs, &few(&own), &many(&own));
    let nothing = Estimate { mean: 0.0, half_width: 0.0, half_width_plain: 0.0 };
    let saved = match plain {
        Some(plain) => {
            let more: Vec<f64> = total(plain)?.iter().zip(&costs).map(|(p, h)| p - h).collect();
            let both = [hedged.proxy(), plain.proxy()];
            estimate(&more, &few(&both), &many(&both))
        }
        None => nothing,
    };
    Some(OutOfSample { futures: futures.len(), hedged: mean, saved })
}
