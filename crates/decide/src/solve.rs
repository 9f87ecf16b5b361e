//! The decision: values of questions and options put together.

use crate::answer::answer_of;
use crate::change::{End, questions};
use crate::evaluate::{Case, Evaluate, Evaluation, How};
use crate::gates::gate_states;
use crate::options::choices;
use crate::questions::{by_effect, effect};
use crate::reasons::reasons;
use crate::refusal::refusal;
use model::Ring;
use model::control::Control;
use model::results::Status;
use model::results::decision::{Answer, Decision, OptionValue, QuestionEffect, Value};
use units::Money;

/// What is to be decided.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The ring.
    pub ring: &'a Ring,
}

/// How to go about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Cases given to the evaluator at once, at least 1; between batches the stop flag is looked at.
    pub batch: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch: 16 }
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
/// # Not handled
/// Interaction between questions; the value of partial information.
pub fn solve(
    problem: &Problem<'_>,
    options: &Options,
    evaluator: &mut dyn Evaluate,
    control: &mut Control<'_>,
) -> Outcome {
    let ring = problem.ring;
    let asked = questions(ring);
    let offered = choices(ring);
    let mut cases = vec![Case { changes: Vec::new(), how: How::Recourse }];
    cases.extend(offered.iter().map(|choice| Case { changes: choice.changes.clone(), how: How::Replan }));
    for question in &asked {
        for end in [End::Low, End::High] {
            cases.push(Case { changes: question.changes(ring, end), how: How::Recourse });
        }
    }
    let values = evaluate(&cases, options.batch.max(1), evaluator, control);
    let cut = values.len() < cases.len();
    let status = match (cut, control.is_stopped()) {
        (true, true) => Status::TimeLimited,
        (true, false) => Status::WorkLimited,
        (false, _) => Status::Optimal,
    };
    let nothing = Value { cost: Money::ZERO, cash: Money::ZERO, served: 0.0, rate_period: None };
    let base = values.first().and_then(|v| v.as_ref().ok().copied()).unwrap_or(nothing);
    let of_options: Vec<OptionValue> = offered
        .iter()
        .zip(values.iter().skip(1))
        .map(|(choice, value)| OptionValue {
            name: choice.name.clone(),
            label: choice.label.clone(),
            value: value.as_ref().ok().copied(),
            refusal: value.as_ref().err().map_or_else(String::new, |faults| refusal(ring, faults)),
        })
        .collect();
    let ends = values.get(1 + offered.len()..).unwrap_or(&[]);
    let mut of_questions: Vec<QuestionEffect> = asked
        .iter()
        .zip(ends.chunks_exact(2))
        .map(|(question, pair)| effect(question, &base, &pair[0], &pair[1]))
        .collect();
    of_questions.sort_by(by_effect);
    let stats = Stats {
        evaluated: values.len(),
        questions_left: asked.len() - of_questions.len(),
        options_left: offered.len() - of_options.len(),
    };
    let mut decision = Decision {
        status,
        answer: Answer::Stop,
        reasons: Vec::new(),
        base,
        gates: gate_states(ring),
        questions: of_questions,
        options: of_options,
    };
    decision.answer = answer_of(&decision);
    decision.reasons = reasons(ring, &decision);
    Outcome { status, best: decision, stats }
}

fn evaluate(cases: &[Case], batch: usize, evaluator: &mut dyn Evaluate, control: &Control<'_>) -> Vec<Evaluation> {
    let mut values = Vec::with_capacity(cases.len());
    for chunk in cases.chunks(batch) {
        let allowed = chunk.iter().take_while(|_| control.work(1)).count();
        values.extend(evaluator.evaluate_all(&chunk[..allowed]));
        let done = values.len() as f64 / cases.len() as f64;
        control.tell("decide", format!("{} of {} versions of the ring", values.len(), cases.len()), Some(done));
        if allowed < chunk.len() || control.is_stopped() {
            break;
        }
    }
    values
}
