//! Options with time: decide now; ask, then decide; run a pilot, learn from it, then decide.
//!
//! Information saves what choosing by it saves. Waiting for it costs what the best alternative costs more when no site, or
//! for a pilot no site but those it runs at, may be opened before the answer is there.

use super::Subject;
use super::alternatives::Alternative;
use super::futures::value_at;
use super::measured::{Measure, measure_of};
use super::value::{Values, worth};
use crate::change::Change;
use crate::evaluate::Case;
use crate::worth::{CostMatrix, Noisy, sample};
use model::Address;
use model::ids::SiteId;
use model::results::decision::{Asking, Knowing, Strategy, Timing, Worth};
use std::collections::BTreeMap;
use units::Money;

/// Units of the pilots that are looked at.
const PILOTS: [u32; 6] = [1, 2, 5, 10, 20, 50];
/// Questions that a pilot is valued for together, the ones worth most alone.
const TOGETHER_MAX: usize = 4;

/// What is known when the timing is looked at.
pub(super) struct Found<'a> {
    pub(super) costs: &'a CostMatrix,
    /// Quantiles of the questions: questions x futures.
    pub(super) quantiles: &'a [Vec<f64>],
    pub(super) knowing: &'a [Knowing],
    pub(super) asking: &'a [Asking],
    pub(super) best: &'a Alternative<'a>,
    pub(super) seed: u64,
}

/// Deciding now, each step of asking, and pilots of rising size.
pub(super) fn strategies(subject: &Subject<'_>, found: &Found<'_>, values: &mut Values<'_, '_>) -> Vec<Strategy> {
    let nothing = Worth { value: Money::ZERO, error: Money::ZERO };
    let now =
        Strategy { timing: Timing::Now, saves: nothing, price: Money::ZERO, days: Some(0), delay: Some(Money::ZERO) };
    let mut all = vec![now];
    let mut delays = Delays { subject, best: found.best, values, known: BTreeMap::new(), base: None };
    for (at, step) in found.asking.iter().enumerate() {
        let delay = step.days.and_then(|days| delays.of(days, &[]));
        let timing = Timing::Ask(at + 1);
        all.push(Strategy { timing, saves: step.together, price: step.price, days: step.days, delay });
    }
    let measured = measured(subject, found);
    if measured.is_empty() {
        return all;
    }
    for units in PILOTS {
        let Some(saves) = saves(subject, found, &measured, units) else { continue };
        let pilot = delays.values.evaluator.pilot(units);
        let (days, delay) = match pilot {
            Some(pilot) => (Some(pilot.days), delays.of(pilot.days, &pilot.sites)),
            None => (None, None),
        };
        all.push(Strategy { timing: Timing::Pilot(units), saves, price: Money::ZERO, days, delay });
    }
    all
}

/// Questions whose number a pilot measures, by their place, the one worth most first.
fn measured(subject: &Subject<'_>, found: &Found<'_>) -> Vec<(usize, Measure)> {
    let place = |k: &Knowing| subject.questions.iter().position(|q| q.assumption == k.assumption);
    let of = |at: usize| Some((at, measure_of(subject.ring, subject.questions[at].assumption)?));
    found.knowing.iter().filter_map(place).filter_map(of).take(TOGETHER_MAX).collect()
}

/// What choosing by the measurements of a pilot saves (EVSI).
fn saves(subject: &Subject<'_>, found: &Found<'_>, measured: &[(usize, Measure)], units: u32) -> Option<Worth> {
    let inputs: Vec<Noisy> = measured
        .iter()
        .filter_map(|(at, measure)| {
            let id = subject.questions[*at].assumption;
            let values = found.quantiles[*at].iter().map(|q| value_at(subject.ring, id, *q)).collect();
            Some(Noisy { values, spread: measure.error(units)? })
        })
        .collect();
    // The error is that of all units together, so that each input is measured once.
    if inputs.is_empty() { None } else { sample(found.costs, &inputs, 1, found.seed).ok().map(worth) }
}

/// What waiting costs the best alternative, each wait valued once.
struct Delays<'a, 'v, 'e, 'c> {
    subject: &'a Subject<'a>,
    best: &'a Alternative<'a>,
    values: &'v mut Values<'e, 'c>,
    known: BTreeMap<(i64, Vec<SiteId>), Option<Money>>,
    base: Option<Money>,
}

impl Delays<'_, '_, '_, '_> {
    /// The cost of opening no site but `free` in the first days; none when it cannot be planned or the work ran out.
    fn of(&mut self, days: i64, free: &[SiteId]) -> Option<Money> {
        let key = (days, free.to_vec());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.base.is_none() {
            self.base = self.value(Vec::new());
        }
        let found = if days <= 0 { Some(Money::ZERO) } else { self.delayed(days, free) };
        self.known.insert(key, found);
        found
    }

    fn delayed(&mut self, days: i64, free: &[SiteId]) -> Option<Money> {
        let ring = self.subject.ring;
        let until = ring.settings.start.plus_days(days);
        let later = ring.sites.enumerate().filter(|(id, _)| !free.contains(id)).filter_map(|(_, site)| {
            let address = Address::cell("sites", &site.key, "open_from");
            // What the alternative itself sets counts where it is later still.
            let own = self.best.own(&address).and_then(|text| text.parse().ok()).or(site.open_from);
            (own.is_none_or(|day| day < until)).then(|| (address, until.to_string()))
        });
        let changes: Vec<Change> = later.collect();
        let base = self.base?;
        Some(self.value(changes)? - base)
    }

    fn value(&mut self, later: Vec<Change>) -> Option<Money> {
        let Case { mut changes, kept, .. } = self.best.case(&[], None);
        changes.extend(later);
        let found = self.values.of(&[Case { changes, kept, replication: None }], "what waiting costs", 1.0).pop()?;
        found.ok().map(|value| value.cost)
    }
}
