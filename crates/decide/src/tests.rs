//! Tests of the decision against hand-computed values; the evaluator is a formula.

use crate::evaluate::{Case, Evaluate, Evaluation, Kept, Settled};
use crate::{Options, Problem, Sampling, answer, questions, solve};
use diag::{Code, Diagnostic};
use model::control::Control;
use model::results::Status;
use model::results::decision::{Answer, Simulated, Value};
use model::{RawRing, RawTable, Ring, Setting};
use std::sync::atomic::AtomicBool;
use units::Money;

mod frontier;
mod gates;
mod race;
mod simulated;

fn table(name: &str, text: &str) -> RawTable {
    let mut lines = text.lines().map(|l| l.split(',').map(|c| c.trim().to_owned()).collect::<Vec<_>>());
    RawTable { name: name.to_owned(), columns: lines.next().unwrap(), rows: lines.collect() }
}

/// One item, one site, one customer; assumptions, options and evidence as given.
fn ring(assumptions: &str, alternatives: &str, gates: &str) -> Ring {
    Ring::build(&raw(&[("assumptions", assumptions), ("alternatives", alternatives), ("gates", gates)])).unwrap()
}

/// The same as written, with more tables; one without text is left out.
fn raw(tables: &[(&str, &str)]) -> RawRing {
    let settings = "ring.name=r|ring.product=a|ring.currency=EUR|ring.start=2027-01-04|ring.periods=4|partners.x.name=X|\
        partners.x.role=maker|partners.y.name=Y|partners.y.role=ministry|customers.c.name=C|customers.c.backlog_cost=1|\
        customers.c.unmet_cost=1|gates.G0.name=Intent|gates.G0.question=q|gates.G1.name=Can it|gates.G1.question=q|\
        gates.G2.name=Who|gates.G2.question=q";
    let mut raw = RawRing {
        settings: settings
            .split('|')
            .map(|s| s.trim().split_once('=').unwrap())
            .map(|(path, value)| Setting { path: path.to_owned(), value: value.to_owned() })
            .collect(),
        tables: vec![
            table("items", "item,name\na,A"),
            table("tasks", "task,item,name,minutes,skill\nt1,a,T,10,s\nt2,a,T,20,s\nt3,a,T,30,s"),
            table(
                "sites",
                "site,name,ring,distance_km,floor_m2,labour_pool,calendar,open_cost\np,P,near,10,100,10,d,100",
            ),
            table("capability", "site,item,licence,licence_from\np,a,granted,2027-01-04"),
            table("workforce", "skill,name\ns,S"),
            table("calendars", "calendar,entry,kind,days,start,minutes\nd,e,shift,mon-fri,07:00,480"),
        ],
    };
    let written = tables.iter().filter(|(_, text)| !text.is_empty());
    raw.tables.extend(written.map(|(name, text)| table(name, text)));
    raw
}

const ASSUMED: &str = "address,low,mode,high,group,source\n\
    tasks/t1/minutes,8,10,13,,s\n\
    tasks/t2/minutes,18,20,30,wings,s\n\
    sites/p/open_cost,100,100,100,,s\n\
    tasks/t3/minutes,30,30,45,wings,s";

/// Cost: 1000 and 10 for each minute above 60; served falls by 1 % a minute. More than 25 minutes above: refused.
#[derive(Default)]
struct Formula {
    seen: Vec<Case>,
    settled: usize,
}

impl Evaluate for Formula {
    fn evaluate(&mut self, case: &Case) -> Evaluation {
        self.seen.push(case.clone());
        if case.kept == Kept::Nothing {
            let cost = Money::whole(1020);
            return Ok(Value {
                cost,
                cash: Money::ZERO,
                served: 0.0,
                rate_period: None,
                customers: Vec::new(),
                simulated: None,
            });
        }
        let (mut minutes, mut cost) = ([10.0, 20.0, 30.0], 1000.0);
        for (address, value) in &case.changes {
            let value: f64 = value.parse().unwrap();
            match address.to_string().as_str() {
                "tasks/t1/minutes" => minutes[0] = value,
                "tasks/t2/minutes" => minutes[1] = value,
                "tasks/t3/minutes" => minutes[2] = value,
                "sites/p/open_cost" => cost += value,
                "ring/policy.qualified_sites_min" => cost += 100.0 * (value - 1.0),
                other => panic!("nobody changes {other}"),
            }
        }
        let above = minutes.iter().sum::<f64>() - 60.0;
        if above > 24.5 {
            return Err(vec![
                Diagnostic::error(Code(401), "too slow", "be quicker"),
                Diagnostic::error(Code(401), "really", "be quicker"),
            ]);
        }
        let cost = Money::from_f64(cost + 10.0 * above);
        let served = 1.0 - 0.01 * above;
        // A run of an even replication is as planned; of an odd one it costs 40 more and serves a tenth less.
        let simulated = case.replication.map(|index| {
            let odd = f64::from(index % 2);
            let served = served - 0.1 * odd;
            Simulated { cost: cost + Money::from_f64(40.0 * odd), served, customers: vec![served] }
        });
        Ok(Value { cost, cash: cost, served, rate_period: None, customers: vec![served], simulated })
    }

    fn settle(&mut self, options: &[Vec<crate::Change>]) -> Vec<Result<Settled, Vec<Diagnostic>>> {
        let settle = |changes: &Vec<crate::Change>| {
            self.settled += 1;
            let value = self.evaluate(&Case {
                changes: changes.clone(),
                kept: Kept::Option(self.settled - 1),
                replication: None,
            })?;
            Ok(Settled { bound: value.cost, value, exposure: None })
        };
        options.iter().map(settle).collect()
    }
}

fn decide(ring: &Ring) -> (crate::Outcome, Vec<Case>) {
    let mut formula = Formula::default();
    let outcome = solve(
        &Problem { ring, programme: None, resilience: None },
        &Options::default(),
        &mut formula,
        &mut Control::unlimited(),
    );
    (outcome, formula.seen)
}

#[test]
fn assumptions_of_one_group_are_one_question_and_points_are_none() {
    let ring = ring(ASSUMED, "", "");
    let asked = questions(&ring);
    let members: Vec<usize> = asked.iter().map(|q| q.members.len()).collect();
    assert_eq!(members, [1, 2], "t1 alone; t2 and t3 together; the opening cost is no range");
}

#[test]
fn effects_are_those_of_the_formula_and_the_largest_comes_first() {
    let ring = ring(ASSUMED, "", "");
    let (outcome, seen) = decide(&ring);
    let decision = outcome.best;
    // Wings at high: 30 + 45 - 50 = 25 minutes above, refused. At low: 2 minutes less.
    let wings = &decision.questions[0];
    assert_eq!(ring.assumptions[wings.assumption].address.to_string(), "tasks/t2/minutes");
    assert_eq!((wings.high.clone(), wings.low.as_ref().unwrap().cost), (None, Money::whole(980)));
    assert_eq!(wings.cost_swing, Money::whole(20));
    assert!(wings.flips);
    // t1: 3 minutes more cost 30, 2 less save 20; served 0.97 at worst, still whole.
    let first = &decision.questions[1];
    assert_eq!(first.cost_swing, Money::whole(30));
    assert!((first.served_swing - 0.03).abs() < 1e-12 && !first.flips);
    assert_eq!(decision.answer, Answer::AskFirst);
    assert!(decision.reasons[1].contains("1 of 2 open questions"), "{:?}", decision.reasons);
    assert!(seen.iter().all(|case| case.kept == Kept::Base), "questions leave the first stage alone");
    assert_eq!(seen.len(), 5);
}

#[test]
fn options_are_planned_anew_and_a_refusal_is_kept() {
    let alternatives = "name,address,value,label\nslow,tasks/t1/minutes,99,\ndear,sites/p/open_cost,250,Dear hall\n\
        slow,tasks/t2/minutes,99,Slow";
    let ring = ring("", alternatives, "");
    let (outcome, seen) = decide(&ring);
    let [slow, dear] = &outcome.best.options[..] else { panic!("two options") };
    assert_eq!((slow.name.as_str(), slow.label.as_str(), slow.value.clone()), ("slow", "Slow", None));
    assert_eq!(slow.refusal, "too slow (and 1 more)");
    assert_eq!(dear.value.as_ref().unwrap().cost, Money::whole(1250));
    assert_eq!(seen.iter().map(|c| c.kept).collect::<Vec<_>>(), [Kept::Base, Kept::Option(0), Kept::Option(1)]);
    assert_eq!(seen[1].changes.len(), 2, "rows of one name make one option");
    assert_eq!(outcome.best.answer, Answer::Go);
}

const SAMPLED: Sampling = Sampling { seed: 7, futures: 256, simulated: 0, walks: 4, points: 64, strongest: 2 };

#[test]
fn alternatives_are_weighed_over_futures_and_answers_by_what_they_save() {
    let narrow = ASSUMED.replace("8,10,13", "8,10,12").replace("18,20,30", "18,20,24").replace("30,30,45", "30,30,40");
    let alternatives = "name,address,value,label\ndear,sites/p/open_cost,10,Dear hall\n\
        bought,tasks/t2/minutes,20.5,Wings bought in\nbought,tasks/t3/minutes,31.5,";
    let ring = ring(&narrow, alternatives, "");
    let options = Options { batch: 7, sampling: SAMPLED, frontier: 0 };
    let mut formula = Formula::default();
    let found = solve(
        &Problem { ring: &ring, programme: None, resilience: None },
        &options,
        &mut formula,
        &mut Control::unlimited(),
    )
    .best
    .analysis
    .unwrap();
    let labels: Vec<&str> = found.alternatives.iter().map(|a| a.label.as_str()).collect();
    assert_eq!(labels, ["As planned", "Dear hall", "Wings bought in"]);
    assert_eq!((found.futures.len(), found.futures_left), (256, 0));
    // Triangular means: t1 10, t2 62/3, t3 100/3: 4 minutes above on average, 1040; a dear hall 10 more.
    let mean = |at: usize| found.alternatives[at].mean.value.as_f64();
    assert!((mean(0) - 1040.0).abs() < 1.0 && (mean(1) - mean(0) - 10.0).abs() < 0.02, "{} {}", mean(0), mean(1));
    assert!((mean(2) - 1020.0).abs() < 0.1 && found.best == 2, "what an option sets, no future moves: {}", mean(2));
    assert_eq!(found.nothing, Some(Money::whole(1020)));
    // Between these two only the wings count: knowing them saves all there is to save.
    let saved = |f: &model::results::decision::Future| (f.costs[2].as_f64() - f.costs[0].as_f64()).max(0.0);
    let by_hand = found.futures.iter().map(saved).sum::<f64>() / 256.0;
    assert!((found.perfect.value.as_f64() - by_hand).abs() < 0.01);
    let wings = &found.knowing[0];
    assert_eq!(ring.assumptions[wings.assumption].address.to_string(), "tasks/t2/minutes");
    assert!(
        (wings.worth.value.as_f64() - by_hand).abs() < 0.1 * by_hand && wings.share > 0.9,
        "{wings:?} of {by_hand}"
    );
    assert_eq!(found.asking[0].assumption, wings.assumption);
    // They cost the same where the wings take 52 minutes: at quantile 1/6, where t2 is sqrt(4) above 18.
    let flip = &found.flips[0];
    assert_eq!((flip.below, flip.above), (0, 2));
    assert!((flip.at - 20.0).abs() < 0.3 && flip.low <= 20.1 && 19.9 <= flip.high, "{flip:?}");
    let share: f64 = found.shares.iter().map(|s| s.first[0]).sum();
    assert!((share - 1.0).abs() < 0.05, "the cost is a sum, so that shares add up: {share}");
}

#[test]
fn what_is_behind_and_never_the_cheapest_leaves_early_and_what_is_ever_the_cheapest_stays() {
    let narrow = ASSUMED.replace("8,10,13", "8,10,12").replace("18,20,30", "18,20,24").replace("30,30,45", "30,30,40");
    let mut alternatives = "name,address,value\n".to_owned();
    for (name, dearer) in [("a", 10), ("b", 20), ("c", 30), ("d", 40), ("e", 50), ("f", 60)] {
        alternatives.push_str(&format!("{name},sites/p/open_cost,{dearer}\n"));
    }
    // The dearest of all on average, and the cheapest where the wings take more than 62 minutes: in one future of fifty.
    alternatives.push_str("rare,tasks/t2/minutes,23.5\nrare,tasks/t3/minutes,38.5");
    let ring = ring(&narrow, &alternatives, "");
    let run = |futures: usize, batch: usize| {
        let sampling = Sampling { futures, walks: 0, ..SAMPLED };
        let problem = Problem { ring: &ring, programme: None, resilience: None };
        let options = Options { batch, sampling, frontier: 0 };
        solve(&problem, &options, &mut Formula::default(), &mut Control::unlimited()).best.analysis.unwrap()
    };
    let (all, raced) = (run(256, 7), run(300, 7));
    assert!(all.left_behind.is_empty() && all.alternatives.len() == 8, "nobody leaves before the first look");
    let left: Vec<&str> = raced.left_behind.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(left, ["f", "e", "d"], "the dearest first, until five are left");
    let kept: Vec<&str> = raced.alternatives.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(kept, ["", "a", "b", "c", "rare"]);
    let f = &raced.left_behind[0];
    assert_eq!((f.costs.len(), f.behind.value, f.behind.error), (256, Money::whole(60), Money::ZERO));
    assert!(f.costs.iter().zip(&all.futures).all(|(cost, future)| *cost == future.costs[6]));
    let [first, .., last] = &raced.futures[..] else { panic!("300 futures") };
    assert_eq!((first.costs.len(), last.costs.len(), raced.futures.len()), (5, 5, 300));
    assert_eq!(run(300, 100), raced, "the size of a block changes nothing");
}

#[test]
fn futures_that_cannot_be_valued_are_left_out_and_a_limit_of_work_ends_the_analysis() {
    let ring = ring(ASSUMED, "", "");
    let run = |work: u64| {
        let stop = AtomicBool::new(false);
        let options = Options { batch: 8, sampling: SAMPLED, frontier: 0 };
        let mut control = Control::new(&stop, work, &|_| {});
        solve(
            &Problem { ring: &ring, programme: None, resilience: None },
            &options,
            &mut Formula::default(),
            &mut control,
        )
        .best
        .analysis
    };
    let all = run(u64::MAX).unwrap();
    assert_eq!(all.futures.len() + all.futures_left, 256);
    let cut = run(5 + 1 + 100).unwrap();
    assert_eq!(cut.futures.len() + cut.futures_left, 100, "one alternative, and doing nothing before");
    assert!(cut.shares.is_empty() && cut.futures[..] == all.futures[..cut.futures.len()]);
    assert!(run(5 + 10).is_none());
}

#[test]
fn the_answer_follows_the_table_of_the_rule() {
    let value = |served: f64| Value {
        cost: Money::whole(1),
        cash: Money::whole(1),
        served,
        rate_period: None,
        customers: Vec::new(),
        simulated: None,
    };
    let nothing = Value { cost: Money::ZERO, served: 0.0, ..value(0.0) };
    let option = |v: Option<Value>| model::results::decision::OptionValue {
        name: String::new(),
        label: String::new(),
        bound: v.as_ref().map(|v| v.cost),
        exposure: None,
        value: v,
        refusal: String::new(),
    };
    let question = |base: &Value, low: Option<Value>| model::results::decision::QuestionEffect {
        assumption: units::Id::from_index(0),
        flips: answer::flips(base, low.as_ref(), Some(base)),
        low,
        high: Some(base.clone()),
        cost_swing: Money::ZERO,
        served_swing: 0.0,
    };
    let whole = value(0.95);
    assert_eq!(answer::answer(&whole, &[question(&whole, Some(value(0.96)))], &[]), Answer::Go);
    assert_eq!(answer::answer(&whole, &[question(&whole, Some(value(0.949)))], &[]), Answer::AskFirst);
    assert_eq!(answer::answer(&whole, &[question(&whole, None)], &[]), Answer::AskFirst);
    assert_eq!(answer::answer(&value(0.9), &[], &[]), Answer::Pilot);
    assert_eq!(answer::answer(&nothing, &[], &[option(Some(value(0.2)))]), Answer::Pilot);
    assert_eq!(answer::answer(&nothing, &[], &[option(None)]), Answer::Stop);
}

#[test]
fn a_limit_of_work_leaves_questions_out_and_says_so() {
    let ring = ring(ASSUMED, "", "");
    let stop = AtomicBool::new(false);
    for work in 0..=5 {
        let mut formula = Formula::default();
        let outcome = solve(
            &Problem { ring: &ring, programme: None, resilience: None },
            &Options { batch: 2, ..Options::default() },
            &mut formula,
            &mut Control::new(&stop, work, &|_| {}),
        );
        assert_eq!(formula.seen.len() as u64, work);
        assert_eq!(outcome.stats.questions_left, [2, 2, 2, 1, 1, 0][work as usize]);
        let status = if work == 5 { Status::Optimal } else { Status::WorkLimited };
        assert_eq!(outcome.status, status, "with {work}");
    }
}

#[test]
fn the_batch_does_not_change_the_decision() {
    let ring = ring(ASSUMED, "name,address,value\ndear,sites/p/open_cost,250", "");
    let with = |batch| {
        let mut formula = Formula::default();
        solve(
            &Problem { ring: &ring, programme: None, resilience: None },
            &Options { batch, ..Options::default() },
            &mut formula,
            &mut Control::unlimited(),
        )
        .best
    };
    assert_eq!(with(1), with(3));
    assert_eq!(with(1), with(100));
}
