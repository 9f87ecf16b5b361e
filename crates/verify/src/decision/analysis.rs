//! The analysis: every summary of an alternative, the value of knowing all and the best choice from the futures themselves;
//! what fits say within the ranges they can have.
//!
//! Futures are taken as found. The worth of single answers is a fit, which is not made again: it is held between nothing and
//! the worth of knowing all.

use super::answer::WHOLE;
use super::simulated;
use crate::faults::{DECISION, Faults};
use model::Ring;
use model::ids::AssumptionId;
use model::results::Decision;
use model::results::decision::{AlternativeWorth, Analysis, Future, Strategy, Timing, Worth};
use std::collections::BTreeSet;
use units::{Id, Money};

/// Checks the analysis where there is one.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let Some(analysis) = &decision.analysis else { return };
    let n = analysis.alternatives.len();
    let planned = decision.options.iter().filter(|o| o.value.is_some());
    let left = |name: &str| analysis.left_behind.iter().filter(|l| l.name == name).count();
    let all: Vec<&str> = std::iter::once("").chain(planned.map(|o| o.name.as_str())).collect();
    let names: Vec<&str> = all.iter().copied().filter(|name| left(name) == 0).collect();
    let left_once = analysis.left_behind.iter().all(|l| all[1..].contains(&l.name.as_str()) && left(&l.name) == 1);
    if !left_once || analysis.alternatives.iter().map(|a| a.name.as_str()).ne(names.iter().copied()) {
        let rule = "the alternatives are the plan and the options that can be planned";
        faults.tell(DECISION, rule, format!("{n} alternatives stand where {} should", names.len()));
        return;
    }
    let whole = |f: &Future| {
        let shares = |all: &[f64]| all.iter().all(|s| (0.0..=1.0 + 1e-9).contains(s));
        let customers = f.customers.iter().all(|c| c.len() == ring.customers.len() && shares(c));
        f.costs.len() == n
            && f.served.len() == n
            && f.customers.len() == n
            && shares(&f.served)
            && customers
            && simulated::whole(ring, f, n)
    };
    let rising = analysis.futures.windows(2).all(|pair| pair[0].index < pair[1].index);
    if analysis.futures.is_empty() || !rising || !analysis.futures.iter().all(whole) {
        let rule = "a future has a cost and a share for every alternative, and stands once";
        faults.tell(DECISION, rule, "the futures are none, double, out of order or not whole");
        return;
    }
    alternatives(ring, analysis, faults);
    simulated::check(ring, analysis, faults);
    left_behind(analysis, faults);
    knowing(ring, decision, analysis, faults);
    asking(ring, analysis, faults);
    strategies(analysis, faults);
    rest(ring, analysis, faults);
}

pub(super) fn near(a: Money, b: f64) -> bool {
    (a.as_f64() - b).abs() <= 0.006 + 1e-9 * b.abs()
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard error of a mean.
pub(super) fn error(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let middle = mean(values);
    let squares: f64 = values.iter().map(|v| (v - middle) * (v - middle)).sum();
    if n < 2.0 { 0.0 } else { (squares / (n - 1.0) / n).sqrt() }
}

fn alternatives(ring: &Ring, analysis: &Analysis, faults: &mut Faults) {
    let futures = &analysis.futures;
    let least: Vec<f64> = futures.iter().map(|f| f.costs.iter().min().map_or(0.0, |m| m.as_f64())).collect();
    let mut means = Vec::new();
    for (at, told) in analysis.alternatives.iter().enumerate() {
        let costs: Vec<f64> = futures.iter().map(|f| f.costs[at].as_f64()).collect();
        let regret: Vec<f64> = costs.iter().zip(&least).map(|(c, l)| c - l).collect();
        let mut sorted = costs.clone();
        sorted.sort_by(f64::total_cmp);
        let share = |count: usize| count as f64 / futures.len() as f64;
        let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let holds = near(told.mean.value, mean(&costs))
            && near(told.mean.error, error(&costs))
            && near(told.regret, mean(&regret))
            && near(told.regret_max, regret.iter().copied().fold(0.0, f64::max))
            && same(told.best_share, share(regret.iter().filter(|r| **r <= 0.0).count()))
            && same(told.whole_share, share(futures.iter().filter(|f| f.served[at] >= WHOLE).count()))
            && minimums(ring, &told.minimum_shares, futures.iter().map(|f| &f.customers[at][..]))
            && served_tail(told, futures, at)
            && quantiles(told, &sorted);
        if !holds {
            let fact = format!("the summary of alternative {} is not that of its futures", at + 1);
            faults.tell(DECISION, "summaries follow from the futures", fact);
        }
        means.push(mean(&costs));
    }
    if analysis.nothing.is_some_and(Money::is_negative) {
        faults.tell(DECISION, "penalties are not negative", "doing nothing is said to earn money");
    }
    let best = least_at(&means);
    let saved: Vec<f64> = futures.iter().zip(&least).map(|(f, l)| f.costs[best].as_f64() - l).collect();
    if analysis.best != best {
        let fact = format!("alternative {} costs least on average, not {}", best + 1, analysis.best + 1);
        faults.tell(DECISION, "the best alternative costs least on average", fact);
    }
    if !near(analysis.perfect.value, mean(&saved)) || !near(analysis.perfect.error, error(&saved)) {
        let fact = format!("knowing everything saves {:.2}, not {}", mean(&saved), analysis.perfect.value);
        faults.tell(DECISION, "perfect information saves the mean regret of the best alternative", fact);
    }
}

/// What left early was dearer on average by more than four standard errors than the cheapest of these futures, and was the
/// cheapest in none; five stayed.
pub(super) fn left_behind(analysis: &Analysis, faults: &mut Faults) {
    let rule = "an alternative is left out when it is behind by more than chance";
    if !analysis.left_behind.is_empty() && analysis.alternatives.len() < 5 {
        faults.tell(DECISION, rule, format!("only {} alternatives stayed", analysis.alternatives.len()));
    }
    for left in &analysis.left_behind {
        let n = left.costs.len();
        let many = n + analysis.futures_left >= 256 && n <= analysis.futures.len();
        let own: Vec<f64> = left.costs.iter().map(|c| c.as_f64()).collect();
        let kept = (0..analysis.alternatives.len())
            .map(|at| analysis.futures.iter().take(n).map(|f| f.costs[at].as_f64()).collect::<Vec<f64>>());
        let later = analysis.left_behind.iter().filter(|other| other.costs.len() >= n && other.name != left.name);
        let others: Vec<Vec<f64>> =
            kept.chain(later.map(|other| other.costs[..n].iter().map(|c| c.as_f64()).collect())).collect();
        let leader = others.iter().min_by(|a, b| mean(a).total_cmp(&mean(b)));
        let Some(leader) = leader.filter(|_| many) else {
            faults.tell(DECISION, rule, format!("`{}` left after {n} futures", left.name));
            continue;
        };
        let more: Vec<f64> = own.iter().zip(leader).map(|(own, least)| own - least).collect();
        let told = near(left.behind.value, mean(&more)) && near(left.behind.error, error(&more));
        let never = own.iter().enumerate().all(|(k, own)| others.iter().any(|other| other[k] < *own));
        if !told || !never || mean(&more) <= 4.0 * error(&more) {
            faults.tell(
                DECISION,
                rule,
                format!("what is told of `{}`, left after {n} futures, does not hold", left.name),
            );
        }
    }
}

/// Each customer's minimum is met in as many futures as are counted from the shares; a billionth of rounding aside.
pub(super) fn minimums<'f>(ring: &Ring, told: &[f64], got: impl Iterator<Item = &'f [f64]> + Clone) -> bool {
    let n = got.clone().count() as f64;
    let met = |k: usize, floor: f64| got.clone().filter(|shares| shares[k] >= floor - 1e-6).count();
    let shares: Vec<f64> = ring.customers.iter().enumerate().map(|(k, c)| met(k, c.floor.get()) as f64 / n).collect();
    let same = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
    told.len() == shares.len() && told.iter().zip(&shares).all(same)
}

/// Place of the least, the first of equals.
pub(super) fn least_at(means: &[f64]) -> usize {
    (0..means.len()).fold(0, |best, at| if means[at] < means[best] { at } else { best })
}

/// The mean of the least twentieth lies between the least share and the mean of a twentieth and one more.
fn served_tail(told: &AlternativeWorth, futures: &[Future], at: usize) -> bool {
    let mut served: Vec<f64> = futures.iter().map(|f| f.served[at]).collect();
    served.sort_by(f64::total_cmp);
    let worst = &served[..(served.len() / 20).max(1)];
    let slack = 1e-6 + (served[worst.len().min(served.len() - 1)] - worst[0]) / worst.len() as f64;
    (told.served_tail - mean(worst)).abs() <= slack
}

/// The twentieths at both ends lie between the neighbours they may interpolate, and the tail is a mean above the upper one.
fn quantiles(told: &AlternativeWorth, sorted: &[f64]) -> bool {
    let n = sorted.len();
    let between = |value: Money, p: f64| {
        let at = (p * n as f64) as usize;
        let (low, high) = (sorted[at.saturating_sub(2).min(n - 1)], sorted[(at + 2).min(n - 1)]);
        value.as_f64() >= low - 0.01 && value.as_f64() <= high + 0.01
    };
    let worst = &sorted[(n * 19 / 20).min(n - 1)..];
    let slack = 0.01 + (worst[worst.len() - 1] - worst[0]) / worst.len() as f64;
    between(told.low, 0.05) && between(told.high, 0.95) && (told.tail.as_f64() - mean(worst)).abs() <= slack
}

/// Not below zero; not above the worth of knowing all by more than five standard errors of both.
fn possible(worth: Worth, all: Worth) -> bool {
    let slack = 5.0 * (worth.error.as_f64() + all.error.as_f64()) + 0.01;
    !worth.value.is_negative() && !worth.error.is_negative() && worth.value.as_f64() <= all.value.as_f64() + slack
}

fn price(ring: &Ring, first: AssumptionId) -> Money {
    let group = ring.assumptions[first].group.as_deref();
    let members = ring
        .assumptions
        .enumerate()
        .filter(|(id, a)| a.low < a.high && (*id == first || (group.is_some() && a.group.as_deref() == group)));
    let mut dearest: Vec<(&str, Money)> = Vec::new();
    for (_, a) in members {
        let cost = a.cost.unwrap_or(Money::ZERO);
        let known = dearest.iter().position(|(words, _)| !words.is_empty() && *words == a.question);
        match known {
            Some(at) => dearest[at].1 = dearest[at].1.max(cost),
            None => dearest.push((&a.question, cost)),
        }
    }
    dearest.into_iter().map(|(_, cost)| cost).sum()
}

fn knowing(ring: &Ring, decision: &Decision, analysis: &Analysis, faults: &mut Faults) {
    let weighed: BTreeSet<AssumptionId> = decision.questions.iter().map(|q| q.assumption).collect();
    let mut seen = BTreeSet::new();
    for told in &analysis.knowing {
        let name = format!("the worth of question {}", told.assumption.index() + 1);
        if !weighed.contains(&told.assumption) || !seen.insert(told.assumption) {
            faults.tell(
                DECISION,
                "each question is worth something once",
                format!("{name} stands twice or for nothing"),
            );
            continue;
        }
        if !possible(told.worth, analysis.perfect) || !(0.0..=1.0).contains(&told.share) {
            faults.tell(DECISION, "an answer is worth at most as much as all answers", format!("{name} cannot be"));
        }
        if told.price != price(ring, told.assumption) {
            let fact = format!("{name} says that asking costs {}", told.price);
            faults.tell(DECISION, "what asking costs stands in assumptions.csv", fact);
        }
    }
    let falling = analysis.knowing.windows(2).all(|pair| {
        (std::cmp::Reverse(pair[0].worth.value), pair[0].assumption)
            < (std::cmp::Reverse(pair[1].worth.value), pair[1].assumption)
    });
    if !falling {
        faults.tell(DECISION, "the answer worth most stands first", "the worth of answers is out of order");
    }
}

fn asking(ring: &Ring, analysis: &Analysis, faults: &mut Faults) {
    let (mut paid, mut days, mut seen) = (Money::ZERO, None, BTreeSet::new());
    for step in &analysis.asking {
        paid += price(ring, step.assumption);
        let group = ring.assumptions[step.assumption].group.as_deref();
        let of_group = ring.assumptions.enumerate().filter(|(id, a)| {
            a.low < a.high && (*id == step.assumption || (group.is_some() && a.group.as_deref() == group))
        });
        days = days.max(of_group.filter_map(|(_, a)| a.days).max());
        let holds = step.price == paid && step.days == days && possible(step.together, analysis.perfect);
        if !seen.insert(step.assumption) || !holds {
            let fact = format!("step {} of asking does not follow from its questions", seen.len());
            faults.tell(DECISION, "asking adds up price and takes the longest time", fact);
        }
    }
}

/// Now first and for nothing, then the steps of asking with their own numbers, then pilots of rising size; one wait costs one sum.
fn strategies(analysis: &Analysis, faults: &mut Faults) {
    let rule = "options with time follow from what is asked and measured";
    let nothing = Worth { value: Money::ZERO, error: Money::ZERO };
    let now =
        Strategy { timing: Timing::Now, saves: nothing, price: Money::ZERO, days: Some(0), delay: Some(Money::ZERO) };
    if analysis.strategies.first() != Some(&now) {
        faults.tell(DECISION, rule, "to decide at once does not stand first, for nothing");
    }
    let rest = analysis.strategies.get(1..).unwrap_or_default();
    let asked = analysis.asking.len().min(rest.len());
    for (at, (told, step)) in rest.iter().zip(&analysis.asking).enumerate() {
        let same = told.timing == Timing::Ask(at + 1)
            && (told.saves, told.price, told.days) == (step.together, step.price, step.days)
            && (told.days.is_some() || told.delay.is_none());
        let costs_the_same = rest[..at].iter().all(|other| other.days != told.days || other.delay == told.delay);
        if !same || !costs_the_same {
            faults.tell(DECISION, rule, format!("deciding after step {} of asking does not follow from it", at + 1));
        }
    }
    let mut units = 0;
    for told in &rest[asked..] {
        let Timing::Pilot(n) = told.timing else {
            faults.tell(DECISION, rule, "something that is neither asking nor a pilot stands there");
            return;
        };
        let holds = n > units
            && told.price.is_zero()
            && possible(told.saves, analysis.perfect)
            && told.days.is_none_or(|days| days >= 0)
            && (told.days.is_some() || told.delay.is_none());
        if !holds {
            faults.tell(DECISION, rule, format!("a pilot of {n} units cannot be worth or cost that"));
        }
        units = n;
    }
    if asked < analysis.asking.len() {
        faults.tell(DECISION, rule, "a step of asking is not among the options with time");
    }
}

fn rest(ring: &Ring, analysis: &Analysis, faults: &mut Faults) {
    for flip in &analysis.flips {
        let a = &ring.assumptions[flip.assumption];
        let inside = a.low <= flip.low && flip.low <= flip.at && flip.at <= flip.high && flip.high <= a.high;
        if !inside || flip.below == flip.above || flip.below.max(flip.above) >= analysis.alternatives.len() {
            let fact = format!("the choice cannot change at {} of `{}`", flip.at, a.address);
            faults.tell(DECISION, "break-even values lie within the range", fact);
        }
    }
    let ordered = |[value, low, high]: [f64; 3]| low <= value && value <= high;
    for screened in &analysis.screening {
        let [strength, low, high] = screened.strength;
        // A mean is no larger than the mean of the sizes.
        let mean = screened.mean.as_f64().abs();
        let holds = !low.is_negative() && ordered([strength, low, high].map(Money::as_f64));
        if !holds || mean > strength.as_f64() + 0.011 || screened.spread.is_negative() {
            let name = &ring.assumptions[screened.assumption].address;
            faults.tell(DECISION, "an effect lies within its interval", format!("the effects of `{name}` cannot be"));
        }
    }
    let falling = analysis.screening.windows(2).all(|pair| pair[0].strength[0] >= pair[1].strength[0]);
    let mut strongest = analysis.screening.iter().map(|s| s.assumption);
    if !falling || analysis.shares.iter().any(|share| strongest.next() != Some(share.assumption)) {
        let rule = "shares are those of the questions that screening found strongest";
        faults.tell(DECISION, rule, "the effects are out of order, or others are shared out");
    }
    for share in &analysis.shares {
        if !ordered(share.first) || !ordered(share.total) {
            let fact =
                format!("the shares of `{}` lie outside their intervals", ring.assumptions[share.assumption].address);
            faults.tell(DECISION, "a share lies within its interval", fact);
        }
    }
}
