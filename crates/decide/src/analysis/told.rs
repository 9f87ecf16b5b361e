//! What the analysis says, in sentences that cite its numbers.

use crate::reasons::{money, question_words};
use model::Ring;
use model::results::decision::{AlternativeWorth, Analysis, Timing};
use model::settings::Customer;
use units::Money;

/// The sentences, the weightiest first.
pub(crate) fn told(ring: &Ring, analysis: &Analysis) -> Vec<String> {
    let mut told = vec![best(ring, analysis)];
    told.extend(left_behind(ring, analysis));
    told.extend(minimum(ring, analysis));
    told.extend(simulated(ring, analysis));
    told.extend(nothing(ring, analysis));
    if analysis.alternatives.len() < 2 {
        told.push("With one alternative there is nothing to choose, and no answer is worth waiting for.".to_owned());
        return told;
    }
    told.push(all(ring, analysis));
    told.extend(first(ring, analysis));
    told.extend(timing(ring, analysis));
    told.extend(analysis.flips.first().map(|flip| {
        let of = |at: usize| name(&analysis.alternatives[at]);
        format!(
            "The choice changes along {}: below {} {} costs least on average, above it {} (95 % interval {} to {}).",
            question_words(ring, flip.assumption),
            short(flip.at),
            of(flip.below),
            of(flip.above),
            short(flip.low),
            short(flip.high),
        )
    }));
    told
}

fn best(ring: &Ring, analysis: &Analysis) -> String {
    let best = &analysis.alternatives[analysis.best];
    format!(
        "Over {} sampled futures {} costs least on average: {}, in one future of twenty more than {}; no alternative costs \
         less in {} of the futures, and the whole task is done in {}.",
        analysis.futures.len(),
        name(best),
        money(ring, best.mean.value),
        money(ring, best.high),
        percent(best.best_share),
        percent(best.whole_share),
    )
}

/// Which alternatives left, after how many futures, and why.
fn left_behind(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let each: Vec<String> = analysis
        .left_behind
        .iter()
        .map(|left| {
            let (n, more) = (left.costs.len(), money(ring, left.behind.value));
            format!("\u{201c}{}\u{201d} after {n} futures ({more} dearer)", left.label)
        })
        .collect();
    (!each.is_empty()).then(|| {
        format!(
            "Left out of later futures, each dearer on average by more than four standard errors and the cheapest in none: {}.",
            each.join(", ")
        )
    })
}

/// Said only where it is news: when penalties alone cost less than making.
fn nothing(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let best = &analysis.alternatives[analysis.best];
    let nothing = analysis.nothing.filter(|cost| *cost < best.mean.value)?;
    Some(format!(
        "To make nothing would cost {} in penalties, less than making: the penalties do not say what a piece is worth to its \
         customer, so that cost alone cannot decide whether to begin.",
        money(ring, nothing)
    ))
}

/// The customer whose contractual minimum is met least often.
fn minimum(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let best = &analysis.alternatives[analysis.best];
    let promised = ring.customers.iter().zip(&best.minimum_shares).filter(|(c, _)| c.floor.get() > 0.0);
    let (customer, share) = promised.min_by(|a, b| a.1.total_cmp(b.1))?;
    Some(match analysis.alternatives[analysis.best].minimum_shares.iter().all(|s| *s >= 1.0) {
        true => "Every customer gets its contractual minimum in every one of them.".to_owned(),
        false => format!(
            "{} gets its contractual minimum in {} of them, no customer less often.",
            customer.name,
            percent(*share)
        ),
    })
}

/// What simulation makes of the alternative of least mean cost, and whether it would choose another.
fn simulated(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let (best, first) = (&analysis.alternatives[analysis.best], &analysis.alternatives[analysis.simulated_best?]);
    let (own, least) = (best.simulated.as_ref()?, first.simulated.as_ref()?);
    let (more, word) = match own.more.value {
        less if less.is_negative() => (-less, "less"),
        more => (more, "more"),
    };
    let met = |(customer, share): (&Customer, &f64)| format!("{} in {}", customer.name, percent(*share));
    let floors = ring.customers.iter().zip(&own.minimum_shares).filter(|(c, _)| c.floor.get() > 0.0);
    let floors: Vec<String> = floors.map(met).collect();
    let minimum = match floors.is_empty() {
        true => String::new(),
        false => format!("; contractual minimum met for {}", floors.join(", ")),
    };
    let choice = match analysis.simulated_best == Some(analysis.best) {
        true => "it costs least there too".to_owned(),
        false => format!("{} costs least there, {}", name(first), money(ring, least.mean.value)),
    };
    Some(format!(
        "Simulated in {} of the futures, station by station, {} comes to {}, {} {word} than planned (standard error {}), \
         the whole task is done in {}{minimum}; {choice}.",
        analysis.simulated().count(),
        name(best),
        money(ring, own.mean.value),
        money(ring, more),
        money(ring, own.more.error),
        percent(own.whole_share),
    ))
}

/// When to decide, waiting counted.
fn timing(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let known = analysis.strategies.iter().filter_map(|s| Some((s, s.gain()?)));
    // The first of equals: the earliest decision.
    let (best, gain) = known.clone().reduce(|best, other| if other.1 > best.1 { other } else { best })?;
    let when = match best.timing {
        Timing::Now if known.count() < 2 => return None,
        Timing::Now => return Some("Waiting costs more than any answer or pilot saves: decide now.".to_owned()),
        Timing::Ask(1) => "after the first answer".to_owned(),
        Timing::Ask(n) => format!("after the first {n} answers"),
        Timing::Pilot(n) => format!("after a pilot of {n}"),
    };
    let delay = best.delay.unwrap_or(Money::ZERO);
    Some(format!(
        "To decide {when} gains {} against deciding now: it saves {}, asking costs {}, and waiting {} days {} {}.",
        money(ring, gain),
        money(ring, best.saves.value),
        money(ring, best.price),
        best.days.unwrap_or(0),
        if delay.is_negative() { "saves" } else { "costs" },
        money(ring, if delay.is_negative() { -delay } else { delay }),
    ))
}

fn all(ring: &Ring, analysis: &Analysis) -> String {
    let perfect = analysis.perfect;
    format!(
        "Knowing every answer before choosing would save {} on average (standard error {}).",
        money(ring, perfect.value),
        money(ring, perfect.error)
    )
}

fn first(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let Some(step) = analysis.asking.first() else {
        return Some("No single answer saves more than asking for it costs, as far as these futures show.".to_owned());
    };
    let days = step.days.map_or(String::new(), |days| format!(" and {days} days"));
    let more = match analysis.asking.len() {
        1 => String::new(),
        n => {
            let last = analysis.asking.last()?;
            format!("; {n} answers together {} for {}", money(ring, last.together.value), money(ring, last.price))
        }
    };
    Some(format!(
        "Ask first {}: the answer saves {} on average and costs {}{days} to get{more}.",
        question_words(ring, step.assumption),
        money(ring, step.together.value),
        money(ring, step.price),
    ))
}

fn name(alternative: &AlternativeWorth) -> String {
    format!("\u{201c}{}\u{201d}", alternative.label)
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
