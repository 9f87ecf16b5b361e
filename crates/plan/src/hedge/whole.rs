//! The search at whole first stages: few lines first, then all that may still be good.
//!
//! # Source
//! Berthold 2014, RENS - the optimal rounding, Mathematical Programming Computation 6(1), for the lines that a relaxation
//! uses; reduced costs against the best known as in Crowder, Johnson and Padberg 1983, Operations Research 31(5).
//!
//! # Differs from the source
//! A master knows the futures by cuts alone, so that each proposal is asked of all futures, and what they answer lifts the
//! relaxation too: it often proves the gap without a master over all lines.

use super::HedgeStats;
use super::master::{Master, Proposal};
use super::search::{Level, Search};
use crate::lp::{Heuristics, Limits};

/// Most masters over the lines that the relaxation uses, and the share of all iterations that one of them may take.
const FEW: (u32, u64) = (8, 5);

/// Few lines pay as long as a master over them leaves at most this share of what lay between objective and bound.
const PAYS: f64 = 0.7;

/// Least value at which a line counts as used in a relaxation.
const USED: f64 = 1e-3;

impl Search<'_, '_> {
    /// Whole first stages over the lines that the relaxation or the best first stage uses, as long as that pays: good ones
    /// soon, which show what lines are too dear, and cuts that lift the relaxation.
    pub(super) fn few_rounds(
        &mut self,
        master: &mut Master,
        level: &mut Level<'_>,
        center: Option<&[f64]>,
        stats: &mut HedgeStats,
    ) -> Option<()> {
        for _ in 0..FEW.0 {
            let relaxed = self.relax(master)?;
            let apart = self.least() - self.bound;
            if self.settled() || self.control.is_stopped() {
                break;
            }
            let best = self.best.as_ref().map(|b| b.point.as_slice());
            let points: Vec<&[f64]> = [Some(relaxed.point.as_slice()), center, best].into_iter().flatten().collect();
            let unused = |at: &usize| points.iter().all(|p| p[*at] <= USED);
            let left_out = self.stage.lines().filter(unused).collect::<Vec<_>>();
            let (proposal, _) = master.whole(&left_out, self.limits(0.25, FEW.1), self.control);
            let Some(proposal) = proposal else {
                break;
            };
            self.learn_whole(master, level, &proposal, stats)?;
            if self.least() - self.bound > PAYS * apart {
                break;
            }
        }
        Some(())
    }

    /// What lies between the best first stage and the relaxation; without a best one no bounds are known.
    fn room(&self, relaxed: &Proposal) -> f64 {
        let above = self.least();
        above - (relaxed.bound + self.stage.first.constant) + 1e-6 * above.abs()
    }

    /// Whole first stages from the master, each asked of all futures, until objective and bound agree.
    ///
    /// Lines that the relaxation alone proves too dear are left out: with one of them the objective is above the best.
    pub(super) fn whole_rounds(
        &mut self,
        master: &mut Master,
        level: &mut Level<'_>,
        stats: &mut HedgeStats,
    ) -> Option<()> {
        for _ in 0..self.options.rounds_max {
            let relaxed = self.relax(master)?;
            if self.settled() || self.control.is_stopped() {
                break;
            }
            let above = self.least();
            let room = self.room(&relaxed);
            let dear = |at: &usize| relaxed.point[*at] <= 0.0 && relaxed.reduced[*at] > room;
            let left_out = self.stage.lines().filter(dear).collect::<Vec<_>>();
            let (proposal, bound) = master.whole(&left_out, self.limits(0.75, 1), self.control);
            self.bound = self.bound.max((bound + self.stage.first.constant).min(above));
            let Some(proposal) = proposal else {
                break;
            };
            if self.learn_whole(master, level, &proposal, stats)? == 0 {
                break;
            }
        }
        Some(())
    }

    /// Asks all futures what a proposal costs, and tells how far the search is; how many cuts are new.
    fn learn_whole(
        &mut self,
        master: &mut Master,
        level: &mut Level<'_>,
        proposal: &Proposal,
        stats: &mut HedgeStats,
    ) -> Option<usize> {
        stats.rounds.1 += 1;
        let new = self.try_whole(master, level, proposal)?;
        self.tell(stats, self.least());
        Some(new)
    }

    /// Objective of the best first stage; infinite while there is none.
    fn least(&self) -> f64 {
        self.best.as_ref().map_or(f64::INFINITY, |b| b.objective)
    }

    /// True when the best first stage is as near its bound as asked.
    fn settled(&self) -> bool {
        self.best.as_ref().is_some_and(|b| b.objective - self.bound <= self.options.gap * b.objective.abs())
    }

    /// Limits of one master: a share of the gap, a part of the iterations, and the best first stage to start from.
    fn limits(&self, share: f64, part: u64) -> Limits {
        let start = self.best.as_ref().map(|b| b.point.clone());
        // With a good first stage at hand the work goes into the bound.
        let heuristics = if start.is_some() { Heuristics::Few } else { Heuristics::All };
        Limits { gap: share * self.options.gap, iterations_max: self.options.iterations_max / part, start, heuristics }
    }
}
