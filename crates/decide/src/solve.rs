//! The decision: values of questions and options put together.

use crate::analysis::{Sampling, Subject, analyse, told};
use crate::answer::{Extent, answer_of, extent_of_base};
use crate::change::{End, questions};
use crate::evaluate::{Case, Evaluate, Evaluation, Kept, Settled};
use crate::gates::gate_states;
use crate::options::{Choice, choices, frontier};
use crate::questions::{by_effect, effect};
use crate::reasons::reasons;
use crate::refusal::refusal;
use diag::Diagnostic;
use model::Ring;
use model::control::Control;
use model::results::decision::{Answer, Decision, OptionValue, QuestionEffect, Value};
use model::results::resilience::Resilience;
use model::results::{Programme, Status};
use units::Money;

/// What is to be decided.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The ring.
    pub ring: &'a Ring,
    /// Its programme; none when it cannot be planned.
    pub programme: Option<&'a Programme>,
    /// What single stops do to the programme; none when it delivers nothing in its last weeks.
    pub resilience: Option<&'a Resilience>,
}

/// How to go about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Cases given to the evaluator at once, at least 1; between batches the stop flag is looked at.
    pub batch: usize,
    /// How much is sampled of what could come.
    pub sampling: Sampling,
    /// Most qualified sites for each item in the designs that are added to the ring's options ([`frontier`]); 0 for none.
    pub frontier: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch: 64, sampling: Sampling::NONE, frontier: 0 }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The decision; gates are always there, questions and options as far as work allowed.
    pub best: Decision,
    /// What it took.
    pub stats: Stats,
}

/// What a decision took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Versions of the ring evaluated.
    pub evaluated: usize,
    /// Questions left out because the work ran out.
    pub questions_left: usize,
    /// Options left out because the work ran out.
    pub options_left: usize,
}

/// Decides: base first, then options, then questions in table order. One unit of work is one version of the ring.
///
/// # Source
/// One-at-a-time sensitivity over credible ranges (Howard 1988, Decision analysis: practice and promise, Management
/// Science 34(6), the tornado diagram).
///
/// Then, when sampling is asked for and nothing was left out, the alternatives over sampled futures ([`Sampling`]).
pub fn solve(
    problem: &Problem<'_>,
    options: &Options,
    evaluator: &mut dyn Evaluate,
    control: &mut Control<'_>,
) -> Outcome {
    let ring = problem.ring;
    let asked = questions(ring);
    let mut offered = choices(ring);
    offered.extend(frontier(ring, options.frontier));
    let batch = options.batch.max(1);
    let base = Case { changes: Vec::new(), kept: Kept::Base, replication: None };
    let of_base = evaluate(std::slice::from_ref(&base), batch, evaluator, control);
    let of_choices = settle(&offered, of_base.len() == 1, batch, evaluator, control);
    let mut cases = Vec::with_capacity(2 * asked.len());
    for question in &asked {
        for end in [End::Low, End::High] {
            cases.push(Case { changes: question.changes(ring, end), kept: Kept::Base, replication: None });
        }
    }
    if of_choices.len() < offered.len() || of_base.is_empty() {
        cases.clear();
    }
    let ends = evaluate(&cases, batch, evaluator, control);
    let evaluated = of_base.len() + of_choices.len() + ends.len();
    let cut = evaluated < 1 + offered.len() + 2 * asked.len();
    let status = match (cut, control.is_stopped()) {
        (true, true) => Status::TimeLimited,
        (true, false) => Status::WorkLimited,
        (false, _) => Status::Optimal,
    };
    let nothing = || Value {
        cost: Money::ZERO,
        cash: Money::ZERO,
        served: 0.0,
        rate_period: None,
        customers: Vec::new(),
        simulated: None,
    };
    let base = of_base.first().and_then(|v| v.as_ref().ok().cloned()).unwrap_or_else(nothing);
    let of_options: Vec<OptionValue> = offered
        .iter()
        .zip(&of_choices)
        .map(|(choice, value)| OptionValue {
            name: choice.name.clone(),
            label: choice.label.clone(),
            value: value.as_ref().ok().map(|settled| settled.value.clone()),
            bound: value.as_ref().ok().map(|settled| settled.bound),
            exposure: value.as_ref().ok().and_then(|settled| settled.exposure),
            refusal: value.as_ref().err().map_or_else(String::new, |faults| refusal(ring, faults)),
        })
        .collect();
    let mut of_questions: Vec<QuestionEffect> = asked
        .iter()
        .zip(ends.chunks_exact(2))
        .map(|(question, pair)| effect(question, &base, &pair[0], &pair[1]))
        .collect();
    of_questions.sort_by(by_effect);
    let stats = Stats {
        evaluated,
        questions_left: asked.len() - of_questions.len(),
        options_left: offered.len() - of_options.len(),
    };
    let readiness = rules::readiness::of_sites(ring, problem.programme);
    let mut decision = Decision {
        status,
        answer: Answer::Stop,
        reasons: Vec::new(),
        base,
        gates: gate_states(ring, &readiness),
        readiness,
        resilience: problem.resilience.cloned(),
        first_articles: problem.programme.map(|p| rules::first_article::due(ring, p)).unwrap_or_default(),
        questions: of_questions,
        analysis: None,
        options: of_options,
    };
    if !cut && extent_of_base(&decision.base) != Extent::Nothing {
        let subject = Subject { ring, questions: &asked, choices: &offered, options: &decision.options };
        decision.analysis = analyse(&subject, &options.sampling, batch, evaluator, control);
    }
    decision.answer = answer_of(&decision);
    decision.reasons = reasons(ring, &decision);
    decision.reasons.extend(decision.analysis.iter().flat_map(|analysis| told(ring, analysis)));
    Outcome { status, best: decision, stats }
}

fn evaluate(cases: &[Case], batch: usize, evaluator: &mut dyn Evaluate, control: &Control<'_>) -> Vec<Evaluation> {
    let mut values = Vec::with_capacity(cases.len());
    for chunk in cases.chunks(batch) {
        let done = values.len() as f64 / cases.len() as f64;
        control.tell("decide", format!("{} of {} versions of the ring", values.len(), cases.len()), Some(done));
        let allowed = chunk.iter().take_while(|_| control.work(1)).count();
        values.extend(evaluator.evaluate_all(&chunk[..allowed]));
        if allowed < chunk.len() || control.is_stopped() {
            break;
        }
    }
    values
}

/// Plans options anew, a batch at a time, as far as work allows.
fn settle(
    offered: &[Choice],
    may: bool,
    batch: usize,
    evaluator: &mut dyn Evaluate,
    control: &Control<'_>,
) -> Vec<Result<Settled, Vec<Diagnostic>>> {
    let mut values = Vec::with_capacity(offered.len());
    for chunk in offered.chunks(batch) {
        let allowed = chunk.iter().take_while(|_| may && control.work(1)).count();
        let changes: Vec<_> = chunk[..allowed].iter().map(|choice| choice.changes.clone()).collect();
        control.tell("decide", format!("{} of {} options", values.len(), offered.len()), None);
        values.extend(evaluator.settle(&changes));
        if allowed < chunk.len() || control.is_stopped() {
            break;
        }
    }
    values
}
