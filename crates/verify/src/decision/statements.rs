//! What a decision says in words, worked out again from its tables: every sentence, in order, to the letter.
//!
//! The sentences are written anew here, because a number quoted wrongly is as bad as a number that is wrong.

use super::answer::{WHOLE, extent, planned};
use crate::faults::{DECISION, Faults};
use model::Ring;
use model::ids::{AssumptionId, SiteId};
use model::results::Decision;
use model::results::decision::{Analysis, Answer, GateStage, OptionValue, Strategy, Timing};
use units::{Id, Money};

/// Checks every sentence.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let should = statements(ring, decision);
    let longest = should.len().max(decision.reasons.len());
    for at in 0..longest {
        let (says, is) = (decision.reasons.get(at), should.get(at));
        if says != is {
            let quoted = |text: Option<&String>| text.map_or("nothing".to_owned(), |t| format!("\u{201c}{t}\u{201d}"));
            let fact = format!("sentence {} is {}, the tables say {}", at + 1, quoted(says), quoted(is));
            faults.tell(DECISION, "every sentence follows from the tables", fact);
        }
    }
}

/// All sentences that the tables give.
pub(super) fn statements(ring: &Ring, decision: &Decision) -> Vec<String> {
    let mut all = vec![served(decision)];
    all.extend(questions(ring, decision));
    all.extend(option(ring, decision));
    all.extend(gate(ring, decision));
    if let Some(analysis) = decision.analysis.as_ref().filter(|a| a.best < a.alternatives.len()) {
        all.extend(of_analysis(ring, analysis));
    }
    all
}

fn money(ring: &Ring, amount: Money) -> String {
    format!("{} {}", amount.in_words(), ring.settings.currency)
}

fn tenths(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn whole(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn asked(ring: &Ring, id: AssumptionId) -> String {
    let a = &ring.assumptions[id];
    if a.question.is_empty() { format!("`{}`", a.address) } else { quoted(&a.question) }
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

fn served(decision: &Decision) -> String {
    let share = tenths(decision.base.served);
    match extent(planned(&decision.base)) {
        0 => "The ring as it stands cannot be planned.".to_owned(),
        1 => {
            format!("The plan serves {share} of what customers ask for; from {} on it counts as whole.", tenths(WHOLE))
        }
        _ => format!("The plan serves {share} of what customers ask for, and every contractual floor."),
    }
}

fn questions(ring: &Ring, decision: &Decision) -> Vec<String> {
    let mut all = Vec::new();
    let n = decision.questions.len();
    let turning: Vec<_> = decision.questions.iter().filter(|q| q.flips).collect();
    match (decision.answer, turning.first()) {
        (Answer::AskFirst, Some(first)) => {
            let end = if extent(first.low.as_ref()) == 2 { "high" } else { "low" };
            let what = asked(ring, first.assumption);
            let count = turning.len();
            all.push(format!(
                "{count} of {n} open questions can change that; first {what}, at the {end} end of its range."
            ));
        }
        (Answer::Go, _) if n > 0 => all.push(format!("None of {n} open questions changes that, one at a time.")),
        _ => {}
    }
    // The largest swing; of equals the one that stands first in the table.
    let mut largest: Option<(Money, AssumptionId)> = None;
    for q in &decision.questions {
        let beats = largest.is_none_or(|(swing, id)| (q.cost_swing, id.index()) > (swing, q.assumption.index()));
        if q.cost_swing != Money::ZERO && beats {
            largest = Some((q.cost_swing, q.assumption));
        }
    }
    all.extend(
        largest.map(|(swing, id)| {
            format!("The largest swing of cost is {}, from {}.", money(ring, swing), asked(ring, id))
        }),
    );
    all
}

fn option(ring: &Ring, decision: &Decision) -> Option<String> {
    let can = planned(&decision.base).is_some();
    let cost = |o: &OptionValue| o.value.as_ref().map(|v| v.cost);
    // One percent less is noise of how lots fall.
    let limit = 0.99 * decision.base.cost.as_f64();
    let mut best: Option<&OptionValue> = None;
    for o in &decision.options {
        let Some(own) = cost(o) else { continue };
        let counts = !can || own.as_f64() < limit;
        if counts && best.and_then(cost).is_none_or(|least| own < least) {
            best = Some(o);
        }
    }
    let Some(best) = best else {
        let told = "No option costs noticeably less than the ring as planned, penalties included.";
        return (can && !decision.options.is_empty()).then(|| told.to_owned());
    };
    let value = best.value.as_ref()?;
    Some(format!(
        "Of the options, {} costs least: {}, penalties included, serving {}.",
        quoted(&best.label),
        money(ring, value.cost),
        tenths(value.served)
    ))
}

fn gate(ring: &Ring, decision: &Decision) -> Option<String> {
    let state = decision.gates.iter().find(|g| g.stage != GateStage::Passed)?;
    let gate = &ring.gates[state.gate];
    let next = format!("The next gate is {} ({})", gate.key, gate.name);
    if let (GateStage::Waiting | GateStage::Rework | GateStage::Stopped, Some(id)) = (state.stage, state.decision) {
        let row = &ring.gate_decisions[id];
        let (who, what) = (&ring.partners[row.taken_by].name, quoted(&row.verdict.to_string()));
        return Some(format!(
            "{next}: {who} decided {what} on {}; it is opened again by {}.",
            row.day,
            quoted(&row.reopen)
        ));
    }
    if state.asked == 0 {
        return Some(format!("{next}; it asks for no evidence, so nothing shows that it is passed."));
    }
    let Some(blocking) = state.blocking else {
        let rest = match (state.is_ready, weakest(decision)) {
            (true, _) => "it is to be decided".to_owned(),
            (false, weakest) => {
                let who = match weakest {
                    None => "no site is in use".to_owned(),
                    Some((site, None)) => format!("{} is not assessed in every thread", ring.sites[site].name),
                    Some((site, Some(level))) => format!("{} has reached {level}", ring.sites[site].name),
                };
                format!("it asks for readiness level {}, and {who}", gate.readiness.unwrap_or(0))
            }
        };
        return Some(format!("{next}: all its evidence is accepted; {rest}."));
    };
    let evidence = &ring.gate_evidence[blocking];
    let due = evidence.due.map(|day| format!(", due {day}")).unwrap_or_default();
    let (what, owner) = (quoted(&evidence.name), &ring.partners[evidence.owner].name);
    let (accepted, of) = (state.accepted, state.asked);
    Some(format!("{next}: {accepted} of {of} pieces of evidence are accepted; it waits for {what} from {owner}{due}."))
}

/// The first site in use that has a thread not assessed, else the first of those with the least level.
fn weakest(decision: &Decision) -> Option<(SiteId, Option<i64>)> {
    let mut found: Option<(SiteId, Option<i64>)> = None;
    for site in &decision.readiness {
        let lower = |than: Option<i64>| site.least.unwrap_or(0) < than.unwrap_or(0);
        if found.is_none_or(|(_, than)| lower(than)) {
            found = Some((site.site, site.least));
        }
    }
    found
}

fn of_analysis(ring: &Ring, analysis: &Analysis) -> Vec<String> {
    let best = &analysis.alternatives[analysis.best];
    let mut all = vec![format!(
        "Over {} sampled futures {} costs least on average: {}, in one future of twenty more than {}; no alternative costs less \
         in {} of the futures, and the whole task is done in {}.",
        analysis.futures.len(),
        quoted(&best.label),
        money(ring, best.mean.value),
        money(ring, best.high),
        whole(best.best_share),
        whole(best.whole_share)
    )];
    let mut left = String::new();
    for one in &analysis.left_behind {
        let before = if left.is_empty() { "" } else { ", " };
        let (n, more) = (one.costs.len(), money(ring, one.behind.value));
        left.push_str(&format!("{before}{} after {n} futures ({more} dearer)", quoted(&one.label)));
    }
    if !left.is_empty() {
        all.push(format!(
            "Left out of later futures, each dearer on average by more than four standard errors and the cheapest in none: {left}."
        ));
    }
    all.extend(minimum(ring, &best.minimum_shares));
    all.extend(simulated(ring, analysis));
    if let Some(nothing) = analysis.nothing.filter(|nothing| *nothing < best.mean.value) {
        let nothing = money(ring, nothing);
        all.push(format!(
            "To make nothing would cost {nothing} in penalties, less than making: the penalties do not say what a piece is worth \
             to its customer, so that cost alone cannot decide whether to begin."
        ));
    }
    if analysis.alternatives.len() == 1 {
        all.push("With one alternative there is nothing to choose, and no answer is worth waiting for.".to_owned());
        return all;
    }
    let (saves, error) = (money(ring, analysis.perfect.value), money(ring, analysis.perfect.error));
    all.push(format!("Knowing every answer before choosing would save {saves} on average (standard error {error})."));
    all.push(first_question(ring, analysis));
    all.extend(when(ring, &analysis.strategies));
    if let Some(flip) = analysis.flips.first() {
        let label = |at: usize| analysis.alternatives.get(at).map_or_else(String::new, |a| quoted(&a.label));
        let number = |v: f64| if v.abs() < 100.0 { format!("{v:.3}") } else { format!("{v:.0}") };
        all.push(format!(
            "The choice changes along {}: below {} {} costs least on average, above it {} (95 % interval {} to {}).",
            asked(ring, flip.assumption),
            number(flip.at),
            label(flip.below),
            label(flip.above),
            number(flip.low),
            number(flip.high)
        ));
    }
    all
}

fn minimum(ring: &Ring, shares: &[f64]) -> Option<String> {
    let mut least: Option<(&str, f64)> = None;
    for (customer, share) in ring.customers.iter().zip(shares) {
        if customer.floor.get() > 0.0 && least.is_none_or(|(_, other)| *share < other) {
            least = Some((&customer.name, *share));
        }
    }
    let (name, share) = least?;
    if shares.iter().all(|share| *share >= 1.0) {
        return Some("Every customer gets its contractual minimum in every one of them.".to_owned());
    }
    Some(format!("{name} gets its contractual minimum in {} of them, no customer less often.", whole(share)))
}

fn simulated(ring: &Ring, analysis: &Analysis) -> Option<String> {
    let (best, cheapest) =
        (&analysis.alternatives[analysis.best], analysis.alternatives.get(analysis.simulated_best?)?);
    let run = best.simulated.as_ref()?;
    let (size, word) = match run.more.value < Money::ZERO {
        true => (Money::ZERO - run.more.value, "less"),
        false => (run.more.value, "more"),
    };
    let mut told = format!(
        "Simulated in {} of the futures, station by station, {} comes to {}, {} {word} than planned (standard error {}), the whole \
         task is done in {}",
        analysis.simulated().count(),
        quoted(&best.label),
        money(ring, run.mean.value),
        money(ring, size),
        money(ring, run.more.error),
        whole(run.whole_share)
    );
    let mut before = "; contractual minimum met for ";
    for (customer, share) in ring.customers.iter().zip(&run.minimum_shares).filter(|(c, _)| c.floor.get() > 0.0) {
        told.push_str(&format!("{before}{} in {}", customer.name, whole(*share)));
        before = ", ";
    }
    let least = money(ring, cheapest.simulated.as_ref()?.mean.value);
    told.push_str(&match cheapest.name == best.name {
        true => "; it costs least there too.".to_owned(),
        false => format!("; {} costs least there, {least}.", quoted(&cheapest.label)),
    });
    Some(told)
}

fn first_question(ring: &Ring, analysis: &Analysis) -> String {
    let (Some(first), Some(last)) = (analysis.asking.first(), analysis.asking.last()) else {
        return "No single answer saves more than asking for it costs, as far as these futures show.".to_owned();
    };
    let wait = first.days.map(|days| format!(" and {days} days")).unwrap_or_default();
    let mut told = format!(
        "Ask first {}: the answer saves {} on average and costs {}{wait} to get",
        asked(ring, first.assumption),
        money(ring, first.together.value),
        money(ring, first.price)
    );
    if analysis.asking.len() > 1 {
        let (n, saves, price) = (analysis.asking.len(), money(ring, last.together.value), money(ring, last.price));
        told.push_str(&format!("; {n} answers together {saves} for {price}"));
    }
    told.push('.');
    told
}

fn when(ring: &Ring, strategies: &[Strategy]) -> Option<String> {
    let gain = |s: &Strategy| s.delay.map(|delay| s.saves.value - s.price - delay);
    let known: Vec<(&Strategy, Money)> = strategies.iter().filter_map(|s| Some((s, gain(s)?))).collect();
    let most = known.iter().map(|(_, gain)| *gain).max()?;
    let (best, gain) = *known.iter().find(|(_, gain)| *gain == most)?;
    let after = match best.timing {
        Timing::Now => {
            let told = "Waiting costs more than any answer or pilot saves: decide now.";
            return (known.len() > 1).then(|| told.to_owned());
        }
        Timing::Ask(1) => "the first answer".to_owned(),
        Timing::Ask(n) => format!("the first {n} answers"),
        Timing::Pilot(n) => format!("a pilot of {n}"),
    };
    let delay = best.delay?;
    let (word, size) = if delay < Money::ZERO { ("saves", Money::ZERO - delay) } else { ("costs", delay) };
    Some(format!(
        "To decide after {after} gains {} against deciding now: it saves {}, asking costs {}, and waiting {} days {word} {}.",
        money(ring, gain),
        money(ring, best.saves.value),
        money(ring, best.price),
        best.days?,
        money(ring, size)
    ))
}
