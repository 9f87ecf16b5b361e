//! Alternatives through futures: those behind by more than chance are left out of the later ones.

use super::Sampling;
use super::alternatives::Alternative;
use super::futures::Futures;
use super::value::{Values, worth};
use crate::evaluate::Case;
use crate::worth::{Worth, least, means};
use chance::stats::Welford;
use model::results::decision::{Future, LeftBehind};
use units::Money;

/// Futures after which alternatives may be left out.
const LOOKS: [usize; 3] = [256, 512, 1_024];
/// Alternatives that go through all futures, where there are as many.
const KEPT_LEAST: usize = 5;
/// Standard errors by which an alternative must be dearer on average.
const ERRORS: f64 = 4.0;

/// What came of it.
#[derive(Debug)]
pub(super) struct Race<'a> {
    /// Alternatives that went through all futures.
    pub(super) kept: Vec<Alternative<'a>>,
    /// The futures that could be valued for all that were still there.
    pub(super) rows: Vec<Future>,
    /// Futures that could not.
    pub(super) left_out: usize,
    /// Alternatives left out of later futures, in the order they left.
    pub(super) left_behind: Vec<LeftBehind>,
    looks: usize,
}

impl<'a> Race<'a> {
    /// Values alternatives in futures, as many as wanted or work allows.
    ///
    /// After 256, 512 and 1,024 futures an alternative leaves when, against the one that costs least on average so far, it costs
    /// more by over four standard errors of the paired difference, and when it was the cheapest in none of these futures. The
    /// dearest leave first, the ring as planned never, and five stay.
    ///
    /// For independent futures of normal means the first condition lets the alternative of least mean cost go with a chance of
    /// 3.2e-5 at each look and alternative: below one in a thousand for ten. Evenly spread futures vary less. By the second, what
    /// leaves after `n` futures is the cheapest in fewer than `4.6 / n` of all futures (confidence 99 %): knowing loses no more
    /// than its advantage there.
    ///
    /// # Source
    /// O. Maron, A. W. Moore (1994), Hoeffding races, NIPS 6; M. Birattari, T. Stuetzle, L. Paquete, K. Varrentrapp (2002), A racing
    /// algorithm for configuring metaheuristics, GECCO: paired differences in the same instances.
    ///
    /// # Differs from the source
    /// Three looks at fixed numbers and a wide margin instead of a test at every step; never cheapest as a second condition,
    /// because the worth of an answer comes from alternatives that are the best somewhere.
    pub(super) fn run(
        futures: &Futures<'_>,
        offered: Vec<Alternative<'a>>,
        sampling: &Sampling,
        values: &mut Values<'_, '_>,
    ) -> Self {
        let wanted = sampling.futures;
        let mut race =
            Self { kept: offered, rows: Vec::with_capacity(wanted), left_out: 0, left_behind: Vec::new(), looks: 0 };
        let mut index = 0;
        while index < wanted {
            race.look(index);
            // A block ends before the next look, so that its size changes nothing.
            let next = LOOKS.into_iter().find(|look| *look > index).unwrap_or(wanted);
            let block = index..(index + values.batch.max(1)).min(next).min(wanted);
            index = block.end;
            if !race.step(futures, block, sampling, values) {
                break;
            }
        }
        race
    }

    /// One block of futures; false when work did not allow all of it.
    fn step(
        &mut self,
        futures: &Futures<'_>,
        block: std::ops::Range<usize>,
        sampling: &Sampling,
        values: &mut Values<'_, '_>,
    ) -> bool {
        let cases: Vec<Case> = block
            .clone()
            .flat_map(|k| {
                let change = futures.changes(&futures.quantiles(k));
                let replication = u32::try_from(k).ok().filter(|_| k < sampling.simulated);
                self.kept.iter().map(move |a| a.case(&change, replication)).collect::<Vec<Case>>()
            })
            .collect();
        let wanted = sampling.futures;
        let told = format!("{} of {wanted} futures for {} alternatives", block.start, self.kept.len());
        let found = values.of(&cases, &told, block.start as f64 / wanted as f64);
        let full = found.chunks_exact(self.kept.len());
        let enough = full.len() == block.len();
        for (index, of_future) in block.zip(full) {
            let valued: Option<Vec<_>> = of_future.iter().map(|v| v.as_ref().ok()).collect();
            match valued {
                Some(valued) => self.rows.push(Future {
                    index,
                    costs: valued.iter().map(|v| v.cost).collect(),
                    served: valued.iter().map(|v| v.served).collect(),
                    customers: valued.iter().map(|v| v.customers.clone()).collect(),
                    simulated: valued.iter().map(|v| v.simulated.clone()).collect::<Option<_>>().unwrap_or_default(),
                }),
                None => self.left_out += 1,
            }
        }
        enough
    }

    /// Leaves alternatives behind, once for each of the looks that lie before a future.
    fn look(&mut self, index: usize) {
        let due = LOOKS.iter().filter(|look| **look <= index).count();
        if due == self.looks || self.rows.is_empty() {
            return;
        }
        self.looks = due;
        let mut leaving = self.behind();
        leaving.truncate(self.kept.len().saturating_sub(KEPT_LEAST));
        for (at, behind) in &leaving {
            self.left_behind.push(LeftBehind {
                name: self.kept[*at].name.to_owned(),
                label: self.kept[*at].label.to_owned(),
                costs: self.rows.iter().map(|row| row.costs[*at]).collect(),
                behind: worth(*behind),
            });
        }
        let mut places: Vec<usize> = leaving.iter().map(|(at, _)| *at).collect();
        places.sort_unstable();
        for at in places.into_iter().rev() {
            self.kept.remove(at);
            for row in &mut self.rows {
                row.costs.remove(at);
                row.served.remove(at);
                row.customers.remove(at);
                if !row.simulated.is_empty() {
                    row.simulated.remove(at);
                }
            }
        }
    }

    /// Places of those that are behind by more than chance, with by how much; the dearest first.
    fn behind(&self) -> Vec<(usize, Worth)> {
        let costs: Vec<Vec<f64>> =
            self.rows.iter().map(|row| row.costs.iter().copied().map(Money::as_f64).collect()).collect();
        let leader = least(&means(&costs));
        // The ring as planned stands first and stays: everything is told against it.
        let others = (1..self.kept.len()).filter(|at| *at != leader);
        let mut behind: Vec<(usize, Worth)> = others
            .filter(|at| costs.iter().all(|row| row.iter().any(|cost| *cost < row[*at])))
            .map(|at| {
                let mut more = Welford::new();
                costs.iter().for_each(|row| more.add(row[at] - row[leader]));
                (at, Worth { value: more.mean(), error: more.standard_error() })
            })
            .filter(|(_, more)| more.value > ERRORS * more.error)
            .collect();
        behind.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(&b.0)));
        behind
    }
}
