//! The bound on station copies: not above the copies, and no more than its proof gives when recomputed.
//!
//! - counting: `ceil(sum of minutes / takt)`;
//! - bin packing: the best of the bounds in [`super::bins`];
//! - matching: `tasks - cover`, the cover checked edge by edge ([`super::matching`]);
//! - prices: their sum over `scale`, no station being worth more ([`super::priced`]);
//! - heads and tails, search: where the bounds above and [`super::precedence`] do not reach it, it is not re-checked;
//!   [`crate::not_rechecked`] counts such options.

use super::precedence::Order;
use super::subject::Subject;
use super::{bins, matching, priced};
use crate::faults::{Faults, LINE};
use model::ids::TaskId;
use model::results::Status;
use model::results::line_design::Proof;
use std::collections::BTreeMap;

/// Checks one option.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut tell = |rule: &str, fact: String| faults.tell(LINE, rule, format!("{}: {fact}", s.name()));
    let (bound, copies) = (s.option.bound, s.option.n_stations());
    if bound > copies || bound < 1 {
        tell(
            "the bound lies between 1 and the stations",
            format!("the bound is {bound}, the line has {copies} stations"),
        );
    }
    if (s.option.status == Status::Optimal) != (bound == copies) {
        let fact = format!("it is called {}, with {copies} stations and a bound of {bound}", s.option.status.word());
        tell("a line is optimal when it meets its bound", fact);
    }
    let proven = match &s.option.proof {
        Proof::Counting => Some(counting(s)),
        Proof::BinPacking => Some(bins::bound(s).max(counting(s))),
        Proof::Matching { big, singles, blossoms } => match matching::bound(s, big, singles, blossoms) {
            Ok(stations) => Some(stations),
            Err(why) => {
                tell("the cover of a matching proof holds", why);
                None
            }
        },
        Proof::Prices { prices, scale } => match priced(s, prices, *scale) {
            Ok(stations) => stations,
            Err(why) => {
                tell("no station is worth more than the prices say", why);
                None
            }
        },
        Proof::HeadsTails | Proof::Search { .. } => None,
    };
    if let Some(proven) = proven.filter(|proven| *proven < bound) {
        let word = s.option.proof.word();
        tell("the bound is proven", format!("the bound is {bound}, by {word} only {proven} is proven"));
    }
}

/// `ceil(sum of minutes / takt)`; holds with copies too, since a copy takes at most the takt for a piece.
fn counting(s: &Subject<'_>) -> i64 {
    let times: Vec<i64> = s.tasks.keys().map(|t| s.minutes(*t).ticks()).collect();
    bins::counted(&times, s.option.takt.ticks())
}

/// Stations proven by the prices; none when that would take too long to repeat.
fn priced(s: &Subject<'_>, prices: &[(TaskId, u64)], scale: u64) -> Result<Option<i64>, String> {
    let of: BTreeMap<TaskId, u64> = prices.iter().copied().collect();
    if of.len() != prices.len() || !of.keys().all(|t| s.tasks.contains_key(t)) || scale == 0 {
        return Err("the prices name a task twice, or one that is not of the line, or have no scale".to_owned());
    }
    let takt = s.option.takt.ticks();
    if s.tasks.keys().any(|t| s.minutes(*t).ticks() > takt) {
        return Err("a task is longer than the takt, and stations side by side break the argument".to_owned());
    }
    let order = Order::new(s);
    let tasks: Vec<TaskId> = of.keys().copied().collect();
    let share = |a: &TaskId, b: &TaskId| a != b && order.together(s, *a, *b) <= takt;
    let may: Vec<Vec<bool>> = tasks.iter().map(|a| tasks.iter().map(|b| share(a, b)).collect()).collect();
    let times: Vec<u64> = tasks.iter().map(|t| s.minutes(*t).ticks().unsigned_abs()).collect();
    let worth: Vec<u64> = of.values().copied().collect();
    match priced::none_dearer(&times, &worth, takt.unsigned_abs(), scale, &may) {
        Some(true) => {
            let sum: u128 = worth.iter().map(|&p| u128::from(p)).sum();
            Ok(i64::try_from(sum.div_ceil(u128::from(scale))).ok())
        }
        Some(false) => Err(format!("some tasks that fit one station cost more than {scale}")),
        None => Ok(None),
    }
}

/// The best bound that is recomputed for any option, whatever its proof.
pub(super) fn recomputed(s: &Subject<'_>) -> i64 {
    counting(s).max(bins::bound(s)).max(Order::new(s).stations(s))
}
