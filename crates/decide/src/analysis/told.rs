//! What the analysis says, in sentences that cite its numbers.

use crate::reasons::question_words;
use model::Ring;
use model::results::decision::{AlternativeWorth, Analysis};
use units::Money;

/// The sentences, the weightiest first.
pub(crate) fn told(ring: &Ring, analysis: &Analysis) -> Vec<String> {
    let mut told = vec![best(ring, analysis)];
    told.extend(nothing(ring, analysis));
    if analysis.alternatives.len() < 2 {
        told.push("With one alternative there is nothing to choose, and no answer is worth waiting for.".to_owned());
        return told;
    }
    told.push(all(ring, analysis));
    told.extend(first(ring, analysis));
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

/// Thousands or millions with two decimals: what a reader can hold.
fn money(ring: &Ring, amount: Money) -> String {
    let value = amount.as_f64();
    let currency = &ring.settings.currency;
    match value.abs() {
        big if big >= 1e6 => format!("{:.2} M {currency}", value / 1e6),
        big if big >= 1e4 => format!("{:.1} k {currency}", value / 1e3),
        _ => format!("{value:.0} {currency}"),
    }
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
