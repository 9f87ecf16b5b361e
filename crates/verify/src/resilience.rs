//! A programme under stops: what can be recomputed without a solver.
//!
//! Rates follow from the deliveries, times to recover from `outages.csv` and `recovery.csv`, values from the pieces lost,
//! single sources from what is made. Between numbers of the linear programs: nothing is lost exactly where deliveries hold until
//! all is back; no more is lost than is due; two stops never lose less, or hold longer, than one of them as long. The linear
//! programs are not solved again.

use crate::faults::{Faults, PROGRAMME, agree};
use diag::Diagnostic;
use model::Ring;
use model::ids::{CustomerId, ItemId};
use model::results::Programme;
use model::results::resilience::{Resilience, StopEffect};
use model::tables::outages::Target;
use std::collections::BTreeMap;
use units::{Id, Money};

/// Room for the tolerance of linear programs, relative.
const LOOSE: f64 = 1e-5;

/// What does not follow; empty when everything does. `asked_days` is what the user asked for stops that no table tells of.
#[must_use]
pub fn resilience(ring: &Ring, programme: &Programme, view: &Resilience, asked_days: Option<f64>) -> Vec<Diagnostic> {
    let mut faults = Faults::of("resilience");
    let rates = rates(ring, programme, view, &mut faults);
    let singles: BTreeMap<&Target, &StopEffect> =
        view.stops.iter().filter(|s| s.targets.len() == 1).map(|s| (&s.targets[0], s)).collect();
    for stop in &view.stops {
        let name = format!("{:?}", stop.targets);
        times(ring, stop, asked_days, &name, &mut faults);
        losses(ring, stop, view, &rates, &name, &mut faults);
        if stop.targets.len() == 2 {
            pair(stop, &singles, &name, &mut faults);
        }
    }
    if view.single_sources != rules::single_source::of(ring, programme, view.from.index()) {
        faults.tell(PROGRAMME, "single sources are those of the tables", "the list of single sources is another");
    }
    faults.into_vec()
}

/// Pieces a day, recomputed from the deliveries of the window.
fn rates(
    ring: &Ring,
    programme: &Programme,
    view: &Resilience,
    faults: &mut Faults,
) -> BTreeMap<(CustomerId, ItemId), f64> {
    let from = view.from.index();
    if from != rules::rate::last_weeks(ring, programme) {
        faults.tell(PROGRAMME, "the window is the programme's last weeks", format!("it begins in period {}", from + 1));
    }
    let days =
        ((ring.settings.n_periods - from.min(ring.settings.n_periods - 1)) as i64 * ring.settings.period_days) as f64;
    let mut due: BTreeMap<(CustomerId, ItemId), f64> = BTreeMap::new();
    for row in programme.deliveries.iter().filter(|d| d.period.index() >= from) {
        *due.entry((row.customer, row.item)).or_default() += (row.replenishment + row.pool).as_f64() / days;
    }
    due.retain(|_, rate| *rate > 0.0);
    let told: BTreeMap<(CustomerId, ItemId), f64> =
        view.rates.iter().map(|r| ((r.customer, r.item), r.pieces_day)).collect();
    let same = told.len() == due.len() && due.iter().all(|(key, rate)| told.get(key).is_some_and(|t| agree(*t, *rate)));
    if !same || told.len() != view.rates.len() {
        faults.tell(PROGRAMME, "rates are the deliveries of the window over its days", "the rates are others");
    }
    due
}

fn times(ring: &Ring, stop: &StopEffect, asked: Option<f64>, name: &str, faults: &mut Faults) {
    let known: Option<Vec<_>> = stop.targets.iter().map(|t| rules::time_to_recover::of(ring, t, asked)).collect();
    let longest = |days: fn(&rules::time_to_recover::TimeOut) -> f64| {
        known.as_ref().map(|all| all.iter().map(days).fold(0.0, f64::max))
    };
    let same = |told: Option<f64>, due: Option<f64>| match (told, due) {
        (Some(told), Some(due)) => agree(told, due),
        (told, due) => told.is_none() && due.is_none(),
    };
    if !same(stop.recover_days, longest(|t| t.recover_days)) || !same(stop.missed_days, longest(|t| t.missed_days)) {
        faults.tell(PROGRAMME, "times to recover follow from the tables", format!("{name}: another time to recover"));
    }
}

fn losses(
    ring: &Ring,
    stop: &StopEffect,
    view: &Resilience,
    rates: &BTreeMap<(CustomerId, ItemId), f64>,
    name: &str,
    faults: &mut Faults,
) {
    let missed = stop.missed_days.unwrap_or(0.0);
    let mut value = 0.0;
    for row in &stop.lost {
        let due = rates.get(&(row.customer, row.item)).copied().unwrap_or(0.0) * missed;
        if !(row.pieces > 0.0 && row.pieces <= due * (1.0 + LOOSE) + 1e-6) {
            let fact = format!("{name}: {} pieces lost of {due} due", row.pieces);
            faults.tell(PROGRAMME, "no more is lost than is due", fact);
        }
        value += ring.customers[row.customer].unmet_cost.as_f64() * row.pieces;
    }
    match stop.lost_value {
        Some(told) if (told - Money::from_f64(value)).as_f64().abs() > 0.01 + 1e-9 * value => {
            faults.tell(PROGRAMME, "value lost is pieces at `unmet_cost`", format!("{name}: {told} told, {value} due"));
        }
        Some(_) if stop.missed_days.is_none() => {
            faults.tell(PROGRAMME, "a loss needs a time to recover", format!("{name}: loss without a time"));
        }
        None if stop.missed_days.is_some() => {
            faults.tell(PROGRAMME, "a time to recover has a loss", format!("{name}: time without a loss"));
        }
        _ => {}
    }
    if stop.missed_days.is_some() {
        let holds = stop.survive_days.unwrap_or(view.horizon_days) >= missed * (1.0 - LOOSE) - 1e-6;
        let lost: f64 = stop.lost.iter().map(|row| row.pieces).sum();
        let worth_nothing = rates.keys().any(|(customer, _)| ring.customers[*customer].unmet_cost.is_zero());
        if missed <= view.horizon_days
            && !worth_nothing
            && (holds && lost > LOOSE * (1.0 + missed) || !holds && lost <= 0.0)
        {
            let fact = format!("{name}: {lost} pieces lost, {missed} days missed, holds {:?}", stop.survive_days);
            faults.tell(PROGRAMME, "something is lost exactly where deliveries do not hold", fact);
        }
    }
}

fn pair(stop: &StopEffect, singles: &BTreeMap<&Target, &StopEffect>, name: &str, faults: &mut Faults) {
    for one in stop.targets.iter().filter_map(|target| singles.get(target)) {
        let longer = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(a), Some(b)) => a > b * (1.0 + LOOSE) + 1e-6,
        };
        if longer(stop.survive_days, one.survive_days) {
            faults.tell(PROGRAMME, "two stops hold no longer than one", format!("{name}: holds longer"));
        }
        let less = match (stop.lost_value, one.lost_value) {
            (Some(both), Some(alone)) => both.as_f64() < alone.as_f64() * (1.0 - LOOSE) - 0.01,
            _ => false,
        };
        if less {
            faults.tell(PROGRAMME, "two stops lose no less than one", format!("{name}: loses less"));
        }
        if one.ended.iter().any(|ended| !stop.ended.contains(ended)) {
            faults.tell(PROGRAMME, "what one stop ends two end", format!("{name}: a delivery goes on"));
        }
    }
}
