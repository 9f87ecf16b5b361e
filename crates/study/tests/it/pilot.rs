//! The pilot from end to end.

use crate::common::{example, study};
use model::results::decision::Answer;
use std::sync::atomic::AtomicBool;
use study::{Hands, Options, Problem, Stage};

#[test]
fn every_stage_gives_a_result_that_is_confirmed() {
    let (raw, ring) = example("pilot");
    let outcome = study(&raw, &ring, 1);
    let study = &outcome.best;
    assert!(study.findings.is_empty(), "{:?}", study.findings);
    assert!(study.refusals.is_empty(), "{:?}", study.refusals);
    assert_eq!(outcome.stats.stages.len(), 5);
    let (programme, evidence) = (study.programme.as_ref().unwrap(), study.evidence.as_ref().unwrap());
    assert_eq!(programme.sites.len(), 1);
    assert!(programme.bound <= programme.cost && programme.gap() < 0.05);
    assert_eq!(evidence.replications.len(), 32);
    let problem = simulate::ring::Problem { ring: &ring, designs: &study.designs, programme };
    for run in evidence.replications.iter().take(3) {
        let alone = simulate::ring::once(&problem, evidence.seed, run.index as u32).unwrap();
        assert_eq!(alone, *run, "a replication alone is that of many");
    }
    let value = study::value_of(&ring, programme);
    let penalties = rules::cost::penalties(&ring, &programme.backlog, &programme.draws);
    // Rows are rounded to cents one by one.
    assert!((value.cost - value.cash - penalties).as_f64().abs() <= 0.01 * programme.costs.len() as f64);
    let decision = study.decision.as_ref().unwrap();
    assert_ne!(decision.answer, Answer::Stop);
    assert_eq!(decision.questions.len(), decide::questions(&ring).len());
    assert!(decision.questions.iter().any(|q| !q.cost_swing.is_zero()), "some question must matter");
}

#[test]
fn threads_do_not_change_a_bit() {
    let (raw, ring) = example("pilot");
    assert_eq!(study(&raw, &ring, 1).best, study(&raw, &ring, 2).best);
}

#[test]
fn a_study_that_is_stopped_says_so_and_keeps_what_it_has() {
    let (raw, ring) = example("pilot");
    let stop = AtomicBool::new(false);
    // The first word of the simulation stops it: the programme is there, the decision is cut.
    let listen = |told: model::control::Progress| {
        if told.stage == Stage::Simulate.word() {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let hands = Hands { stop: &stop, listen: &listen, clock: &|| 0.0, cache: None };
    let options = Options::of(model::control::Effort::Quick);
    let outcome = study::solve(&Problem { ring: &ring, raw: &raw }, &options, hands);
    assert_eq!(outcome.status, model::results::Status::TimeLimited);
    assert!(outcome.best.programme.is_some());
    assert!(outcome.best.findings.is_empty(), "{:?}", outcome.best.findings);
    assert!(outcome.best.decision.is_some_and(|d| !d.gates.is_empty() && d.questions.is_empty()));
}

#[test]
fn a_study_goes_no_further_than_asked() {
    let (raw, ring) = example("pilot");
    let options = Options { until: Stage::Plan, ..Options::of(model::control::Effort::Quick) };
    let best = study::solve(&Problem { ring: &ring, raw: &raw }, &options, Hands::free()).best;
    assert!(best.programme.is_some() && best.evidence.is_none() && best.decision.is_none());
}
