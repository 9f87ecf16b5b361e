//! The cost rows that follow from what a programme opens, orders, hires, sends and leaves late.

use super::{customer, flow, line, people, site};
use crate::calendar::WorkTime;
use crate::line::option_of;
use crate::{exercise, moves, standing, training};
use model::Ring;
use model::ids::{PeriodId, SiteId};
use model::results::programme::{Backlog, Cost, Draw, Programme, Trained};
use model::results::{LineDesign, programme};
use model::settings::CostKind;
use std::collections::BTreeMap;
use units::{Id, Money};

/// All cost rows of a programme, sorted by kind, period and site, without zero rows.
///
/// Reads the lists of the programme, not its `cost`, `bound` and `costs`. Amounts of one kind, period and site are summed
/// and rounded to cents once, half away from zero. Rows of the programme that name options which the menus
/// do not have, or periods past the horizon, cost nothing here; the verifier tells of them.
#[must_use]
pub fn rows(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> Vec<Cost> {
    let mut ledger = Ledger { n_periods: ring.settings.n_periods, sums: BTreeMap::new() };
    ledger.sites(ring, &programme.sites);
    ledger.lines(ring, designs, &programme.lines);
    ledger.people(ring, &programme.people);
    ledger.flow(ring, programme);
    ledger.customers(ring, &programme.backlog, &programme.draws);
    ledger.trainees(ring);
    ledger.moves(ring, programme);
    let rounded = ledger.sums.into_iter().map(|((kind, period, site), sum)| Cost {
        kind,
        period: PeriodId::from_index(period),
        site,
        amount: Money::from_f64(sum),
    });
    rounded.filter(|row| !row.amount.is_zero()).collect()
}

/// What backlog and draws not met cost together: the rows of these two kinds added up, and rounded to cents once.
#[must_use]
pub fn penalties(ring: &Ring, backlog: &[Backlog], draws: &[Draw]) -> Money {
    let mut ledger = Ledger { n_periods: ring.settings.n_periods, sums: BTreeMap::new() };
    ledger.customers(ring, backlog, draws);
    Money::from_f64(ledger.sums.into_values().sum())
}

struct Ledger {
    n_periods: usize,
    sums: BTreeMap<(CostKind, usize, Option<SiteId>), f64>,
}

impl Ledger {
    /// Adds an amount in one period; past the horizon it falls away.
    fn add(&mut self, kind: CostKind, period: usize, site: Option<SiteId>, amount: f64) {
        if period < self.n_periods {
            *self.sums.entry((kind, period, site)).or_insert(0.0) += amount;
        }
    }

    fn sites(&mut self, ring: &Ring, opened: &[programme::SiteOpening]) {
        for row in opened {
            let (at, from) = (row.site, row.period.index());
            self.add(CostKind::SiteOpening, from, Some(at), site::opening(ring, at));
            for period in from..self.n_periods {
                self.add(CostKind::SiteFixed, period, Some(at), site::fixed(ring, at));
            }
        }
    }

    fn lines(&mut self, ring: &Ring, designs: &[LineDesign], ordered: &[programme::LineOpening]) {
        for row in ordered {
            let Some(option) = option_of(ring, designs, row.capability, row.option) else {
                continue;
            };
            let (at, lines) = (ring.capability[row.capability].site, row.count as f64);
            // What stands is paid for, and keeps its floor from the first day on.
            let from = if row.stands.is_some() { 0 } else { row.ordered.index() };
            if row.stands.is_none() {
                let bought = lines * line::line(ring, row.capability, option);
                self.add(CostKind::Line, from, Some(at), bought);
            }
            if row.stands.is_none_or(|stands| standing::article_is_due(ring, stands)) {
                let article = lines * line::first_article(ring, row.capability);
                self.add(CostKind::FirstArticle, row.first_piece.index(), Some(at), article);
            }
            let floor = lines * site::floor(ring, at, option.floor_m2);
            for period in from..self.n_periods {
                self.add(CostKind::SiteFixed, period, Some(at), floor);
            }
        }
    }

    fn people(&mut self, ring: &Ring, staffing: &[programme::Staffing]) {
        let time = WorkTime::new(ring);
        for row in staffing {
            let (at, skill, n) = (row.site, row.skill, row.people as f64);
            let ways = training::ways(&ring.skills[skill]);
            if row.trained != Trained::Already {
                let hired = n * people::hiring(ring, skill);
                self.add(CostKind::Hiring, row.hire_from.index(), Some(at), hired);
            }
            if let Some(way) = ways.into_iter().find(|w| w.trained == row.trained) {
                let trained = n * people::training(way);
                self.add(CostKind::Training, row.train_from.index(), Some(at), trained);
            }
            for period in row.ready.index()..self.n_periods {
                let hired = n * people::replacement_hiring(ring, skill);
                self.add(CostKind::Hiring, period, Some(at), hired);
                let trained = n * people::replacement_training(ring, skill);
                self.add(CostKind::Training, period, Some(at), trained);
            }
            for period in row.train_from.index()..self.n_periods {
                let paid = n * people::wages(ring, &time, at, skill, period);
                self.add(CostKind::Wages, period, Some(at), paid);
            }
        }
    }

    /// People in training on the first day are paid until they are at work. Finding them is paid for, and training them
    /// where it has begun.
    fn trainees(&mut self, ring: &Ring) {
        let time = WorkTime::new(ring);
        for site in ring.sites.ids() {
            for (skill, trained, people, ready) in standing::trainees(ring, site) {
                let from = standing::trained_from(ring, skill, trained, ready);
                let way = training::ways(&ring.skills[skill]).into_iter().find(|w| w.trained == trained);
                if let (Ok(begins), Some(way)) = (usize::try_from(from), way) {
                    self.add(CostKind::Training, begins, Some(site), people as f64 * people::training(way));
                }
                for period in usize::try_from(from).unwrap_or(0)..ready {
                    let paid = people as f64 * people::wages(ring, &time, site, skill, period);
                    self.add(CostKind::Wages, period, Some(site), paid);
                }
            }
        }
    }

    fn moves(&mut self, ring: &Ring, programme: &Programme) {
        let each = ring.settings.move_cost.as_f64();
        if each > 0.0 {
            for row in moves::of(ring, programme).into_iter().filter(|m| !m.frozen) {
                self.add(CostKind::Moves, row.decision.period(), Some(row.decision.site(ring)), each);
            }
        }
    }

    fn flow(&mut self, ring: &Ring, programme: &Programme) {
        for row in &programme.orders {
            let amount = row.quantity.as_f64() * flow::parts(ring, row.supply);
            self.add(CostKind::Parts, row.period.index(), Some(row.site), amount);
        }
        for row in &programme.shipments {
            let from = ring.lanes[row.lane].from;
            let amount = row.quantity.as_f64() * flow::transport(ring, row.lane);
            self.add(CostKind::Transport, row.period.index(), Some(from), amount);
        }
        let mut rates = BTreeMap::new();
        for row in &programme.stock {
            let key = (row.site, row.item);
            let rate = rates.entry(key).or_insert_with(|| flow::holding(ring, row.site, row.item));
            let amount = row.quantity.as_f64() * *rate;
            self.add(CostKind::Holding, row.period.index(), Some(row.site), amount);
        }
    }

    fn customers(&mut self, ring: &Ring, backlog: &[Backlog], draws: &[Draw]) {
        for row in backlog {
            let (period, late) = (row.period.index(), row.quantity.as_f64());
            let amount = late * customer::backlog(ring, row.customer);
            self.add(CostKind::Backlog, period, None, amount);
            if period + 1 == self.n_periods {
                let left = late * customer::unmet(ring, row.customer);
                self.add(CostKind::Unmet, period, None, left);
            }
        }
        for row in draws {
            let drawn = &ring.exercises[row.exercise];
            if let Some(period) = exercise::timing(ring, row.exercise).draw {
                let short = (drawn.draw - row.met).as_f64();
                let amount = short * customer::unmet(ring, drawn.customer);
                self.add(CostKind::Unmet, period, None, amount);
            }
        }
    }
}
