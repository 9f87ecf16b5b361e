//! Alternatives against futures: what each costs, what knowing is worth, what to ask first, what moves the cost.

mod alternatives;
mod asking;
mod futures;
mod measured;
mod race;
mod shares;
mod simulated;
mod timing;
mod told;
mod value;

use crate::change::Question;
use crate::evaluate::{Case, Evaluate, Kept};
use crate::options::Choice;
use crate::sensitivity::flips_of;
use crate::worth::{CostMatrix, partial, perfect};
use alternatives::{alternatives, summary};
pub use futures::Futures;
use futures::value_at;
use model::Ring;
use model::control::Control;
use model::results::decision::{Analysis, BreakEven, Future, Knowing, OptionValue};
use race::Race;
pub(crate) use told::told;
use units::Money;
use value::{Values, worth};

/// Fewer futures than this say nothing.
const FUTURES_MIN: usize = 32;

/// How much is sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampling {
    /// Seed of the futures.
    pub seed: u64,
    /// Futures, each valued for every alternative; a power of two is best, 0 for no analysis.
    pub futures: usize,
    /// Of the futures, the first so many are simulated too, one run for each alternative.
    pub simulated: usize,
    /// Walks of the screening over all questions, 2 or more; below that neither screening nor shares of the variance.
    pub walks: u32,
    /// Base points of the shares of the variance.
    pub points: u32,
    /// Questions, the strongest, whose shares are found.
    pub strongest: usize,
}

impl Sampling {
    /// No analysis.
    pub const NONE: Self = Self { seed: 0, futures: 0, simulated: 0, walks: 0, points: 0, strongest: 0 };
}

/// What is analysed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) ring: &'a Ring,
    pub(crate) questions: &'a [Question],
    pub(crate) choices: &'a [Choice],
    /// Of the first choices, as many as work allowed to be planned.
    pub(crate) options: &'a [OptionValue],
}

/// Values alternatives over futures; none when nothing is uncertain, or when too few futures could be valued.
pub(crate) fn analyse(
    subject: &Subject<'_>,
    sampling: &Sampling,
    batch: usize,
    evaluator: &mut dyn Evaluate,
    control: &Control<'_>,
) -> Option<Analysis> {
    if subject.questions.is_empty() || sampling.futures < FUTURES_MIN {
        return None;
    }
    let ring = subject.ring;
    let futures = Futures::new(ring, subject.questions, sampling.seed);
    let mut values = Values { evaluator, control, batch };
    let idle = Case { changes: Vec::new(), kept: Kept::Nothing, replication: None };
    let nothing = values.of(&[idle], "doing nothing", 0.0).pop().and_then(|v| v.ok().map(|value| value.cost));
    let race = Race::run(&futures, alternatives(subject), sampling, &mut values);
    let Race { kept: offered, rows, .. } = &race;
    if rows.len() < FUTURES_MIN {
        return None;
    }
    let costs = CostMatrix::new(rows.iter().map(|f| f.costs.iter().map(|c| c.as_f64()).collect()).collect()).ok()?;
    let inputs: Vec<Vec<f64>> = (0..subject.questions.len())
        .map(|q| rows.iter().map(|future| futures.quantile(future.index, q)).collect())
        .collect();
    let knowing = knowing(subject, &costs, &inputs, sampling.seed);
    let asking = asking::order(subject, &costs, &inputs, &knowing, sampling.seed);
    let flips = break_even(subject, &costs, rows, &futures, &knowing, sampling.seed);
    let found = timing::Found {
        costs: &costs,
        quantiles: &inputs,
        knowing: &knowing,
        asking: &asking,
        best: &offered[costs.best()],
        seed: sampling.seed,
    };
    let strategies = timing::strategies(subject, &found, &mut values);
    let (screening, shares) = shares::screened(subject, &futures, sampling, &mut values);
    let simulated_best = simulated::best(rows);
    Some(Analysis {
        seed: sampling.seed,
        alternatives: summary(ring, offered, &costs, rows),
        left_behind: race.left_behind,
        futures_left: race.left_out,
        nothing,
        best: costs.best(),
        simulated_best,
        perfect: worth(perfect(&costs)),
        knowing,
        asking,
        strategies,
        flips,
        screening,
        shares,
        futures: race.rows,
    })
}

/// What each answer is worth alone, the largest first, ties in table order.
fn knowing(subject: &Subject<'_>, costs: &CostMatrix, inputs: &[Vec<f64>], seed: u64) -> Vec<Knowing> {
    let planned: Vec<Vec<f64>> = costs.rows().iter().map(|row| vec![row[0]]).collect();
    let mut all: Vec<Knowing> = subject
        .questions
        .iter()
        .zip(inputs)
        .filter_map(|(question, input)| {
            let input = std::slice::from_ref(input);
            Some(Knowing {
                assumption: question.assumption,
                worth: worth(partial(costs, input, seed).ok()?),
                price: price(subject.ring, question),
                share: explained(input, &planned)?,
            })
        })
        .collect();
    all.sort_by(|a, b| b.worth.value.cmp(&a.worth.value).then(a.assumption.cmp(&b.assumption)));
    all
}

/// Share of the variance of an output that a fit over the inputs explains.
fn explained(inputs: &[Vec<f64>], output: &[Vec<f64>]) -> Option<f64> {
    let surface = crate::fit::fit(inputs, output).ok()?;
    let variance = |rows: &[Vec<f64>]| {
        let mut all = chance::stats::Welford::new();
        rows.iter().for_each(|row| all.add(row[0]));
        all.variance()
    };
    let whole = variance(output);
    Some(if whole > 0.0 { (variance(&surface.fitted) / whole).clamp(0.0, 1.0) } else { 0.0 })
}

/// What asking costs, all numbers of a question together.
///
/// Numbers of one group that name the same question are asked once: the dearest of them counts.
fn price(ring: &Ring, question: &Question) -> Money {
    let mut asked: Vec<(&str, Money)> = Vec::new();
    for id in &question.members {
        let a = &ring.assumptions[*id];
        let cost = a.cost.unwrap_or(Money::ZERO);
        match asked.iter_mut().find(|(words, _)| !words.is_empty() && *words == a.question) {
            Some((_, dearest)) => *dearest = (*dearest).max(cost),
            None => asked.push((&a.question, cost)),
        }
    }
    asked.into_iter().map(|(_, cost)| cost).sum()
}

/// Break-even values of the questions that are worth something.
fn break_even(
    subject: &Subject<'_>,
    costs: &CostMatrix,
    rows: &[Future],
    futures: &Futures<'_>,
    knowing: &[Knowing],
    seed: u64,
) -> Vec<BreakEven> {
    let worth_asking = knowing.iter().filter(|k| k.worth.value > k.worth.error);
    worth_asking
        .flat_map(|k| {
            let at = subject.questions.iter().position(|q| q.assumption == k.assumption);
            let input: Option<Vec<f64>> = at.map(|q| {
                rows.iter().map(|f| value_at(subject.ring, k.assumption, futures.quantile(f.index, q))).collect()
            });
            let found = input.and_then(|input| flips_of(costs, &input, seed).ok()).unwrap_or_default();
            found.into_iter().map(|flip| BreakEven {
                assumption: k.assumption,
                at: flip.at,
                low: flip.low,
                high: flip.high,
                below: flip.below,
                above: flip.above,
            })
        })
        .collect()
}

/// The ring as planned with every question at its quantile.
fn planned(futures: &Futures<'_>, quantiles: &[f64]) -> Case {
    Case { changes: futures.changes(quantiles), kept: Kept::Base, replication: None }
}
