//! What moves the cost as planned: screening of all questions, then variance shares of the strongest.

use super::futures::Futures;
use super::value::Values;
use super::{Sampling, Subject, planned};
use crate::evaluate::Case;
use crate::sensitivity::{Effect, PickFreeze, Share, Trajectories};
use model::results::decision::{Screened, VarianceShare};
use units::Money;

/// How each question moves the cost, the strongest first, and the shares of the strongest; empty when not asked for, or when work did
/// not allow all points.
///
/// Questions that are not among the strongest stand at their middle meanwhile: the shares are of what the strongest move.
pub(super) fn screened(
    subject: &Subject<'_>,
    futures: &Futures<'_>,
    sampling: &Sampling,
    values: &mut Values<'_, '_>,
) -> (Vec<Screened>, Vec<VarianceShare>) {
    let n = subject.questions.len();
    let Some(effects) = effects(n, futures, sampling, values) else { return (Vec::new(), Vec::new()) };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| effects[*b].strength.total_cmp(&effects[*a].strength).then(a.cmp(b)));
    let told = |q: &usize| {
        let effect = &effects[*q];
        let [low, high] = effect.strength_interval;
        Screened {
            assumption: subject.questions[*q].assumption,
            strength: [effect.strength, low, high].map(Money::from_f64),
            mean: Money::from_f64(effect.mean),
            spread: Money::from_f64(effect.spread),
        }
    };
    let screening = order.iter().map(told).collect();
    order.truncate(sampling.strongest.min(80));
    (screening, shares(subject, &order, futures, sampling, values).unwrap_or_default())
}

/// The elementary effects of all questions.
fn effects(n: usize, futures: &Futures<'_>, sampling: &Sampling, values: &mut Values<'_, '_>) -> Option<Vec<Effect>> {
    let walks = Trajectories::new(sampling.walks, n, sampling.seed).ok().filter(|_| sampling.walks >= 2)?;
    // The ends of a range have no quantile inside (0, 1): levels are drawn in by a hundredth.
    let points: Vec<Vec<f64>> = walks.points().iter().map(|p| p.iter().map(|u| 0.01 + 0.98 * u).collect()).collect();
    walks.effects(&costs(futures, &points, "screening questions", values)?).ok()
}

/// The shares of some questions, all others at their middle.
fn shares(
    subject: &Subject<'_>,
    order: &[usize],
    futures: &Futures<'_>,
    sampling: &Sampling,
    values: &mut Values<'_, '_>,
) -> Option<Vec<VarianceShare>> {
    let n = subject.questions.len();
    let design = PickFreeze::new(sampling.points, order.len(), sampling.seed).ok()?;
    let points: Vec<Vec<f64>> = (0..design.len())
        .map(|at| {
            let mut point = vec![0.5; n];
            order.iter().zip(design.point(at)).for_each(|(q, u)| point[*q] = u);
            point
        })
        .collect();
    let indices = design.indices(&costs(futures, &points, "sharing out the variance", values)?).ok()?;
    let ends = |share: &Share| [share.value, share.low, share.high];
    let told = order.iter().zip(indices.first.iter().zip(&indices.total)).map(|(q, (first, total))| VarianceShare {
        assumption: subject.questions[*q].assumption,
        first: ends(first),
        total: ends(total),
    });
    Some(told.collect())
}

/// The cost as planned at each point; none when work ran out or a point could not be valued.
fn costs(futures: &Futures<'_>, points: &[Vec<f64>], what: &str, values: &mut Values<'_, '_>) -> Option<Vec<f64>> {
    let mut all = Vec::with_capacity(points.len());
    for block in points.chunks(values.batch.max(1)) {
        let cases: Vec<Case> = block.iter().map(|point| planned(futures, point)).collect();
        let told = format!("{what}: {} of {} points", all.len(), points.len());
        let found = values.of(&cases, &told, all.len() as f64 / points.len() as f64);
        if found.len() < block.len() {
            return None;
        }
        for value in found {
            all.push(value.ok()?.cost.as_f64());
        }
    }
    Some(all)
}
