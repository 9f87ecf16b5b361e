//! Why the answer is what it is, in sentences that cite the decision's own numbers.

use crate::answer::{Extent, WHOLE, extent, extent_of_base};
use model::Ring;
use model::ids::AssumptionId;
use model::results::decision::{Answer, Decision, GateStage, OptionValue, QuestionEffect};
use units::Money;

/// The reasons of a decision, the weightiest first.
#[must_use]
pub(crate) fn reasons(ring: &Ring, decision: &Decision) -> Vec<String> {
    let mut told = vec![served(decision)];
    told.extend(questions(ring, decision));
    told.extend(best_option(ring, decision));
    told.extend(gate(ring, decision));
    told
}

fn served(decision: &Decision) -> String {
    let share = percent(decision.base.served);
    match extent_of_base(&decision.base) {
        Extent::Nothing => "The ring as it stands cannot be planned.".to_owned(),
        Extent::Part => {
            format!("The plan serves {share} of what customers ask for; from {} on it counts as whole.", percent(WHOLE))
        }
        Extent::Whole => format!("The plan serves {share} of what customers ask for, and every contractual floor."),
    }
}

fn questions(ring: &Ring, decision: &Decision) -> Vec<String> {
    let flipping: Vec<&QuestionEffect> = decision.questions.iter().filter(|q| q.flips).collect();
    let mut told = Vec::new();
    if let (Some(first), Answer::AskFirst) = (flipping.first(), decision.answer) {
        let end = match (extent(first.low.as_ref()), extent(first.high.as_ref())) {
            (Extent::Whole, _) => "high",
            _ => "low",
        };
        let what = question_words(ring, first.assumption);
        told.push(format!(
            "{} of {} open questions can change that; first {what}, at the {end} end of its range.",
            flipping.len(),
            decision.questions.len()
        ));
    } else if decision.answer == Answer::Go && !decision.questions.is_empty() {
        told.push(format!("None of {} open questions changes that, one at a time.", decision.questions.len()));
    }
    let swinging = decision.questions.iter().filter(|q| !q.cost_swing.is_zero());
    if let Some(largest) = swinging.max_by_key(|q| (q.cost_swing, std::cmp::Reverse(q.assumption))) {
        let swing = money(ring, largest.cost_swing);
        told.push(format!("The largest swing of cost is {swing}, from {}.", question_words(ring, largest.assumption)));
    }
    told
}

/// A question in its own words, or the address of its number.
pub(crate) fn question_words(ring: &Ring, assumption: AssumptionId) -> String {
    let assumption = &ring.assumptions[assumption];
    if assumption.question.is_empty() {
        format!("`{}`", assumption.address)
    } else {
        format!("\u{201c}{}\u{201d}", assumption.question)
    }
}

pub(crate) fn money(ring: &Ring, amount: Money) -> String {
    format!("{} {}", amount.in_words(), ring.settings.currency)
}

fn best_option(ring: &Ring, decision: &Decision) -> Option<String> {
    let better = |o: &&OptionValue| o.value.as_ref().is_some_and(|v| is_noticeably_less(v.cost, decision.base.cost));
    let planned = extent_of_base(&decision.base) != Extent::Nothing;
    if planned && !decision.options.is_empty() && !decision.options.iter().any(|o| better(&o)) {
        return Some("No option costs noticeably less than the ring as planned, penalties included.".to_owned());
    }
    let candidates = decision.options.iter().filter(|o| o.value.is_some()).filter(|o| !planned || better(o));
    let best = candidates.min_by_key(|o| o.value.as_ref().map(|v| v.cost))?;
    let value = best.value.as_ref()?;
    Some(format!(
        "Of the options, \u{201c}{}\u{201d} costs least: {}, penalties included, serving {}.",
        best.label,
        money(ring, value.cost),
        percent(value.served)
    ))
}

/// More than a hundredth less: below that, costs of versions differ by how lots happen to fall.
fn is_noticeably_less(cost: Money, than: Money) -> bool {
    cost.as_f64() < 0.99 * than.as_f64()
}

fn gate(ring: &Ring, decision: &Decision) -> Option<String> {
    let state = decision.gates.iter().find(|g| !g.passed())?;
    let gate = &ring.gates[state.gate];
    let next = format!("The next gate is {} ({})", gate.key, gate.name);
    let decided = state.decision.map(|id| &ring.gate_decisions[id]);
    let held = matches!(state.stage, GateStage::Waiting | GateStage::Rework | GateStage::Stopped);
    if let Some(decided) = decided.filter(|_| held) {
        return Some(format!(
            "{next}: {} decided \u{201c}{}\u{201d} on {}; it is opened again by \u{201c}{}\u{201d}.",
            ring.partners[decided.taken_by].name, decided.verdict, decided.day, decided.reopen
        ));
    }
    if state.asked == 0 {
        return Some(format!("{next}; it asks for no evidence, so nothing shows that it is passed."));
    }
    if let Some(evidence) = state.blocking.map(|id| &ring.gate_evidence[id]) {
        return Some(format!(
            "{next}: {} of {} pieces of evidence are accepted; it waits for \u{201c}{}\u{201d} from {}{}.",
            state.accepted,
            state.asked,
            evidence.name,
            ring.partners[evidence.owner].name,
            evidence.due.map_or(String::new(), |day| format!(", due {day}")),
        ));
    }
    let accepted = format!("{next}: all its evidence is accepted");
    if state.is_ready {
        return Some(format!("{accepted}; it is to be decided."));
    }
    let level = gate.readiness.unwrap_or(0);
    Some(match decision.readiness.iter().min_by_key(|site| (site.least, site.site)) {
        None => format!("{accepted}; it asks for readiness level {level}, and no site is in use."),
        Some(site) => {
            let name = &ring.sites[site.site].name;
            let reached =
                site.least.map_or("is not assessed in every thread".to_owned(), |l| format!("has reached {l}"));
            format!("{accepted}; it asks for readiness level {level}, and {name} {reached}.")
        }
    })
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
