//! The order in which to ask.

use super::value::worth;
use super::{Subject, price};
use crate::worth::{CostMatrix, partial};
use model::results::decision::{Asking, Knowing};
use units::Money;

/// Questions considered, the ones worth most alone.
const CONSIDERED: usize = 10;
/// Questions asked together at most: a fit over more inputs says little.
const TOGETHER_MAX: usize = 4;

/// Asks next what adds most to the worth of all answers together, less what asking costs; ends when nothing adds.
///
/// # Not handled
/// A pair of questions of which neither alone is worth anything; looking ahead more than one question.
pub(super) fn order(
    subject: &Subject<'_>,
    costs: &CostMatrix,
    inputs: &[Vec<f64>],
    knowing: &[Knowing],
    seed: u64,
) -> Vec<Asking> {
    let place = |k: &Knowing| subject.questions.iter().position(|q| q.assumption == k.assumption);
    let mut open: Vec<usize> = knowing.iter().take(CONSIDERED).filter_map(place).collect();
    let mut asked: Vec<usize> = Vec::new();
    let mut steps: Vec<Asking> = Vec::new();
    while asked.len() < TOGETHER_MAX {
        let (before, paid) = steps.last().map_or((Money::ZERO, Money::ZERO), |s| (s.together.value, s.price));
        let best = open
            .iter()
            .filter_map(|at| {
                let known: Vec<Vec<f64>> = asked.iter().chain([at]).map(|q| inputs[*q].clone()).collect();
                let together = worth(partial(costs, &known, seed).ok()?);
                let cost = price(subject.ring, &subject.questions[*at]);
                Some((together.value - before - cost, *at, together, cost))
            })
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((gain, at, together, cost)) = best else { break };
        if gain <= together.error {
            break;
        }
        open.retain(|q| *q != at);
        asked.push(at);
        let days =
            |q: &usize| subject.questions[*q].members.iter().filter_map(|m| subject.ring.assumptions[*m].days).max();
        steps.push(Asking {
            assumption: subject.questions[at].assumption,
            together,
            price: paid + cost,
            days: asked.iter().filter_map(days).max(),
        });
    }
    steps
}
