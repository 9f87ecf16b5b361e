//! Break-even values: where along one input another alternative becomes the cheapest on average.

use crate::fit::{FitError, fit};
use crate::worth::CostMatrix;
use chance::Source;
use chance::special::normal_quantile;
use chance::stats::quantile;

/// Places along the range at which the fitted costs are compared.
const STEPS: usize = 200;
/// Redraws of the fitted functions for the intervals.
const REDRAWS: u32 = 200;
/// Names the stream of these redraws.
const PURPOSE: u16 = 0x4245;

/// A value of an input at which the best alternative changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// Value of the input.
    pub at: f64,
    /// The interval in which 95 % of the redrawn fits have this change.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Best alternative below the value.
    pub below: usize,
    /// Best alternative above it.
    pub above: usize,
    /// Share of the redrawn fits that have this change at all; near 1 when it is sure.
    pub sure: f64,
}

/// Every change of the best alternative along an input, in rising order; all other inputs as uncertain as they are.
///
/// The mean costs given the input are fitted over the futures, as for partial information. Changes in fewer than half of
/// the redrawn fits are left out: they are noise.
///
/// # Errors
/// [`FitError`] when there are too few futures.
pub fn flips_of(costs: &CostMatrix, input: &[f64], seed: u64) -> Result<Vec<Flip>, FitError> {
    let surface = fit(&[input.to_vec()], costs.rows())?;
    let mut order: Vec<usize> = (0..input.len()).collect();
    order.sort_by(|a, b| input[*a].total_cmp(&input[*b]).then(a.cmp(b)));
    // Every so many futures in the order of the input: the fit is compared where futures lie, never beyond.
    let stride = (input.len() / STEPS).max(1);
    let places: Vec<usize> = order.iter().copied().step_by(stride).chain(order.last().copied()).collect();
    let changes = |rows: &[Vec<f64>]| -> Vec<(f64, usize, usize)> {
        let best = |k: usize| crate::worth::least(&rows[k]);
        let pairs = places.windows(2).filter(|p| input[p[0]] < input[p[1]]);
        pairs
            .filter_map(|pair| {
                let (a, b) = (best(pair[0]), best(pair[1]));
                (a != b).then(|| ((input[pair[0]] + input[pair[1]]) / 2.0, a, b))
            })
            .collect()
    };
    let found = changes(&surface.fitted);
    let source = Source::new(seed, 0);
    let redrawn: Vec<Vec<(f64, usize, usize)>> = (0..REDRAWS)
        .map(|run| {
            let mut stream = source.stream(run, 0, PURPOSE);
            changes(&surface.redrawn(&mut || normal_quantile(stream.uniform())))
        })
        .collect();
    let flips = found.iter().filter_map(|(at, below, above)| {
        let nearest = |all: &Vec<(f64, usize, usize)>| {
            let same = all.iter().filter(|(_, a, b)| (a, b) == (below, above)).map(|(x, _, _)| *x);
            same.min_by(|x, y| (x - at).abs().total_cmp(&(y - at).abs()))
        };
        let mut seen: Vec<f64> = redrawn.iter().filter_map(nearest).collect();
        seen.sort_by(f64::total_cmp);
        let sure = seen.len() as f64 / f64::from(REDRAWS);
        (sure >= 0.5).then(|| Flip {
            at: *at,
            low: quantile(&seen, 0.025).min(*at),
            high: quantile(&seen, 0.975).max(*at),
            below: *below,
            above: *above,
            sure,
        })
    });
    Ok(flips.collect())
}
