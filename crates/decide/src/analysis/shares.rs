//! What moves the cost as planned: screening of all questions, then variance shares of the strongest.

use super::futures::Futures;
use super::value::Values;
use super::{Sampling, Subject, planned};
use crate::evaluate::Case;
use crate::sensitivity::{PickFreeze, Share, Trajectories};
use model::results::decision::VarianceShare;
use units::Money;

/// The shares of the strongest questions; empty when none were asked for, or when work did not allow all points.
///
/// Questions that are not among the strongest stand at their middle meanwhile: the shares are of what the strongest move.
pub(super) fn shares(
    subject: &Subject<'_>,
    futures: &Futures<'_>,
    sampling: &Sampling,
    values: &mut Values<'_, '_>,
) -> Vec<VarianceShare> {
    if sampling.walks == 0 || sampling.points < 2 {
        return Vec::new();
    }
    found(subject, futures, sampling, values).unwrap_or_default()
}

fn found(
    subject: &Subject<'_>,
    futures: &Futures<'_>,
    sampling: &Sampling,
    values: &mut Values<'_, '_>,
) -> Option<Vec<VarianceShare>> {
    let n = subject.questions.len();
    let walks = Trajectories::new(sampling.walks, n, sampling.seed).ok()?;
    // The ends of a range have no quantile inside (0, 1): levels are drawn in by a hundredth.
    let points: Vec<Vec<f64>> = walks.points().iter().map(|p| p.iter().map(|u| 0.01 + 0.98 * u).collect()).collect();
    let effects = walks.effects(&costs(futures, &points, "screening questions", values)?).ok()?;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| effects[*b].strength.total_cmp(&effects[*a].strength).then(a.cmp(b)));
    order.truncate(sampling.strongest.min(80));
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
        strength: Money::from_f64(effects[*q].strength),
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
