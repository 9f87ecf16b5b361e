//! A decision written by hand holds; with any number altered it does not.

use super::decision;
use model::Ring;
use model::ids::*;
use model::results::Status;
use model::results::decision::{Answer, Decision, GateState, OptionValue, QuestionEffect, Value};
use testring::{Builder, tiny};
use units::{Date, Id, Money};

/// The tiny ring with three gates, three assumptions (two of one group) and two options.
fn ring() -> Ring {
    let mut b = Builder::of(tiny());
    for gate in ["G2", "G3"] {
        b.set(format!("gates.{gate}.name"), gate).set(format!("gates.{gate}.question"), "?");
    }
    let evidence = |b: &mut Builder, gate: &str, name: &str, state: &str, signer: &str, due: &str| {
        b.row(
            "gates",
            &[
                ("gate", &gate),
                ("evidence", &name),
                ("name", &name),
                ("owner", &"maker"),
                ("state", &state),
                ("signer", &signer),
                ("due", &due),
            ],
        );
    };
    evidence(&mut b, "G2", "late", "open", "", "2027-03-01");
    evidence(&mut b, "G2", "early", "submitted", "", "2027-02-01");
    evidence(&mut b, "G2", "done", "accepted", "host", "2027-01-01");
    evidence(&mut b, "G3", "last", "accepted", "host", "");
    for (address, low, mode, high, group) in [
        ("sites/A/open_cost", "4000", "5000", "8000", "site"),
        ("sites/A/fixed_cost", "90", "100", "110", "site"),
        ("lanes/AC/days", "0", "0", "7", ""),
    ] {
        b.row(
            "assumptions",
            &[
                ("address", &address),
                ("low", &low),
                ("mode", &mode),
                ("high", &high),
                ("group", &group),
                ("source", &"guess"),
            ],
        );
    }
    b.row("alternatives", &[("name", &"pilot"), ("address", &"sites/A/open_days"), ("value", &"0")]);
    b.row("alternatives", &[("name", &"wait"), ("address", &"sites/A/open_from"), ("value", &"2027-01-18")]);
    Ring::build(&b.build()).unwrap()
}

fn value(cost: i64, served: f64) -> Value {
    Value { cost: Money::whole(cost), cash: Money::whole(cost / 2), served, rate_period: Some(PeriodId::from_index(4)) }
}

fn by_hand() -> Decision {
    let day = |text: &str| text.parse::<Date>().ok();
    let gate = |at, accepted, asked, open: &[usize], blocking: Option<usize>, due| GateState {
        gate: GateId::from_index(at),
        accepted,
        asked,
        passed: false,
        open: open.iter().map(|e| GateEvidenceId::from_index(*e)).collect(),
        blocking: blocking.map(GateEvidenceId::from_index),
        due,
    };
    let option = |name: &str, value: Option<Value>, refusal: &str| OptionValue {
        name: name.to_owned(),
        label: name.to_owned(),
        value,
        refusal: refusal.to_owned(),
    };
    Decision {
        status: Status::Optimal,
        answer: Answer::AskFirst,
        reasons: vec!["One question changes the answer.".to_owned()],
        base: value(1_000, 0.96),
        gates: vec![
            gate(0, 0, 1, &[0], Some(0), None),
            gate(1, 1, 3, &[1, 2], Some(2), day("2027-03-01")),
            // All of it accepted, but an earlier gate is not passed.
            gate(2, 1, 1, &[], None, None),
        ],
        questions: vec![
            QuestionEffect {
                assumption: AssumptionId::from_index(2),
                low: Some(value(1_000, 0.96)),
                high: None,
                cost_swing: Money::ZERO,
                served_swing: 0.0,
                flips: true,
            },
            QuestionEffect {
                assumption: AssumptionId::from_index(0),
                low: Some(value(900, 0.96)),
                high: Some(value(1_300, 0.99)),
                cost_swing: Money::whole(300),
                served_swing: 0.99 - 0.96,
                flips: false,
            },
        ],
        options: vec![option("pilot", Some(value(700, 0.5)), ""), option("wait", None, "nothing is made in time")],
    }
}

#[test]
fn a_decision_written_by_hand_holds() {
    let found = decision(&ring(), &by_hand());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_number_of_a_decision_can_be_altered() {
    type Change = fn(&mut Decision);
    let changes: [(&str, Change); 25] = [
        ("answer", |d| d.answer = Answer::Go),
        ("reasons", |d| d.reasons.clear()),
        ("base cost", |d| d.base.cost += Money::from_ticks(1)),
        ("base cash", |d| d.base.cash = Money::whole(1_001)),
        ("base served", |d| d.base.served = 0.94),
        ("base rate", |d| d.base.rate_period = Some(PeriodId::from_index(6))),
        ("gate accepted", |d| d.gates[1].accepted = 2),
        ("gate asked", |d| d.gates[1].asked = 2),
        ("gate passed", |d| d.gates[2].passed = true),
        ("gate open", |d| d.gates[1].open.truncate(1)),
        ("gate blocking", |d| d.gates[1].blocking = Some(GateEvidenceId::from_index(1))),
        ("gate due", |d| d.gates[1].due = None),
        ("a gate gone", |d| {
            d.gates.pop();
        }),
        ("question low", |d| d.questions[1].low = Some(value(600, 0.96))),
        ("question high", |d| d.questions[1].high = None),
        ("cost swing", |d| d.questions[1].cost_swing += Money::from_ticks(1)),
        ("served swing", |d| d.questions[1].served_swing += 1e-6),
        ("flips", |d| d.questions[1].flips = true),
        ("order of questions", |d| d.questions.swap(0, 1)),
        ("not first of its group", |d| d.questions[1].assumption = AssumptionId::from_index(1)),
        ("a question gone", |d| {
            d.questions.pop();
        }),
        ("a question twice", |d| d.questions.push(d.questions[1].clone())),
        ("an option gone", |d| {
            d.options.pop();
        }),
        ("options out of order", |d| d.options.swap(0, 1)),
        ("a refusal too much", |d| d.options[0].refusal.push('x')),
    ];
    for (name, change) in changes {
        let mut altered = by_hand();
        change(&mut altered);
        assert!(!decision(&ring(), &altered).is_empty(), "{name}");
    }
}

#[test]
fn the_answer_follows_the_table() {
    let answer = |base: Value, flips: bool, planned: bool, said: Answer| {
        let mut d = by_hand();
        (d.base, d.answer, d.questions) = (base, said, Vec::new());
        d.status = Status::WorkLimited;
        if flips {
            let (low, high) = (Some(base), None);
            d.questions.push(QuestionEffect {
                assumption: AssumptionId::from_index(2),
                low,
                high,
                cost_swing: Money::ZERO,
                served_swing: 0.0,
                flips: true,
            });
        }
        if !planned {
            d.options.iter_mut().for_each(|o| (o.value, o.refusal) = (None, "no".to_owned()));
        }
        decision(&ring(), &d).is_empty()
    };
    let nothing = Value { cost: Money::ZERO, cash: Money::ZERO, served: 0.0, rate_period: None };
    assert!(answer(value(9, 0.95), false, true, Answer::Go));
    assert!(answer(value(9, 0.95), true, true, Answer::AskFirst));
    assert!(answer(value(9, 0.94), true, true, Answer::Pilot));
    assert!(answer(nothing, false, true, Answer::Pilot) && answer(nothing, false, false, Answer::Stop));
    assert!(!answer(nothing, false, false, Answer::Pilot) && !answer(value(9, 0.94), false, false, Answer::Go));
}
