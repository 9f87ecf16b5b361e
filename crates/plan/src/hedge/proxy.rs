//! Figures of a future that are cheap to have and say much of what it costs: controls for the mean over futures.
//!
//! Output lost to stops is counted from the capacity of the lines ordered, by days at zero output and the staircase
//! afterwards; deliveries are those of a ring in which everything can be anywhere at once. None of this has to be right:
//! a control that says little only leaves the interval wide.

use crate::data::Data;
use crate::problem::FirstStage;
use model::Ring;
use model::ids::{ItemId, SiteId};
use model::results::hedge::{Future, Stop};
use model::tables::outages::Target;
use std::collections::BTreeMap;

/// What the figures of a future are made of.
pub(crate) struct Proxy<'a> {
    ring: &'a Ring,
    /// Undisturbed capacity by site, item and whether complete: pieces by period.
    capacity: Vec<Lines>,
    /// Pieces of each made item in one product; the product itself is 1.
    each: Vec<(ItemId, f64)>,
    /// Pieces of the product due, by period.
    demand: Vec<f64>,
}

struct Lines {
    site: SiteId,
    item: ItemId,
    complete: bool,
    pieces: Vec<f64>,
}

impl<'a> Proxy<'a> {
    pub(crate) fn new(data: &Data<'a>, first: &FirstStage) -> Self {
        let (ring, product) = (data.ring, data.ring.settings.product);
        let mut capacity: BTreeMap<(SiteId, ItemId, bool), Vec<f64>> = BTreeMap::new();
        for line in &first.lines {
            let row = &ring.capability[line.capability];
            let same = data.lines_of(line.capability).find(|(_, l)| l.key() == crate::data::key_of_row(line));
            let complete = row.line_type == model::tables::capability::LineType::Complete;
            let all = capacity.entry((row.site, row.item, complete)).or_insert_with(|| vec![0.0; data.n]);
            if let Some((_, l)) = same {
                all.iter_mut().enumerate().for_each(|(t, c)| *c += line.count as f64 * l.capacity_in(t).as_f64());
            }
        }
        let mut each: Vec<(ItemId, f64)> = vec![(product, 1.0)];
        each.extend(ring.made_within(product).into_iter().filter(|(i, _)| *i != product).map(|(i, q)| (i, q.as_f64())));
        let mut demand = vec![0.0; data.n];
        for account in data.accounts.iter().filter(|a| a.item == product) {
            demand.iter_mut().zip(&account.demand).for_each(|(all, due)| *all += due.as_f64());
        }
        let capacity = capacity
            .into_iter()
            .map(|((site, item, complete), pieces)| Lines { site, item, complete, pieces })
            .collect();
        Self { ring, capacity, each, demand }
    }

    /// The figures: pieces lost of the product and of the rest, their square, lateness and shortage, days of other stops.
    pub(crate) fn of(&self, future: &Future) -> Vec<f64> {
        let (n, product) = (self.demand.len(), self.each[0].0);
        let mut made: BTreeMap<(ItemId, bool), Vec<f64>> = BTreeMap::new();
        let (mut lost_product, mut lost_rest) = (0.0, 0.0);
        for lines in &self.capacity {
            let lost = self.lost(lines.site, future, n);
            let all = made.entry((lines.item, lines.complete)).or_insert_with(|| vec![0.0; n]);
            for t in 0..n {
                all[t] += lines.pieces[t] * (1.0 - lost[t]);
                if lines.item == product {
                    lost_product += lines.pieces[t] * lost[t];
                } else {
                    lost_rest += lines.pieces[t] * lost[t];
                }
            }
        }
        let (late, short) = self.late(&made);
        let days = |is: fn(&Target) -> bool| {
            future.stops.iter().filter(|s| is(&s.target)).map(|s| self.days(s, n)).sum::<f64>()
        };
        let suppliers = days(|t| matches!(t, Target::Supplier(_)));
        let lanes = days(|t| matches!(t, Target::Lane(_)));
        vec![late, short, lost_product, lost_rest, suppliers, lost_product * lost_product, lanes]
    }

    /// Pieces late, added up over periods, and pieces short at the end.
    fn late(&self, made: &BTreeMap<(ItemId, bool), Vec<f64>>) -> (f64, f64) {
        let n = self.demand.len();
        let so_far = |key: (ItemId, bool)| {
            let mut sum = 0.0;
            let pieces = made.get(&key);
            (0..n).map(move |t| {
                sum += pieces.map_or(0.0, |p| p[t]);
                sum
            })
        };
        let product = self.each[0].0;
        let mut cells: Vec<f64> = so_far((product, false)).collect();
        for (item, each) in self.each[1..].iter().filter(|(_, each)| *each > 0.0) {
            let complete = so_far((*item, true));
            for ((cell, own), whole) in cells.iter_mut().zip(so_far((*item, false))).zip(complete) {
                *cell = cell.min((own + whole) / each);
            }
        }
        let (mut due, mut late, mut short) = (0.0, 0.0, 0.0);
        for ((wanted, cell), complete) in self.demand.iter().zip(cells).zip(so_far((product, true))) {
            due += wanted;
            short = f64::max(due - cell - complete, 0.0);
            late += short;
        }
        (late, short)
    }

    /// Share of output lost at a site by period.
    fn lost(&self, site: SiteId, future: &Future, n: usize) -> Vec<f64> {
        let mut lost = vec![0.0; n];
        let length = self.ring.settings.period_days;
        for stop in future.stops.iter().filter(|s| self.strikes(s, site)) {
            let profile = stop.recovery.or(self.ring.sites[site].recovery);
            let past = length * n as i64;
            for day in stop.from.max(0)..past {
                let after = day - stop.from - stop.days;
                let left = if after < 0 { 0.0 } else { rules::recovery::share(self.ring, profile, after) };
                if left >= 1.0 {
                    break;
                }
                let own = &mut lost[(day / length) as usize];
                *own = f64::min(*own + (1.0 - left) / length as f64, 1.0);
            }
        }
        lost
    }

    fn strikes(&self, stop: &Stop, site: SiteId) -> bool {
        match &stop.target {
            Target::Site(own) => *own == site,
            Target::Zone(zone) => self.ring.sites[site].zone.as_ref() == Some(zone),
            Target::Supplier(_) | Target::Lane(_) => false,
        }
    }

    fn days(&self, stop: &Stop, n: usize) -> f64 {
        let past = self.ring.settings.period_days * n as i64;
        ((stop.from + stop.days).min(past) - stop.from.max(0)).max(0) as f64
    }
}
