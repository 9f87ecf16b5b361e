//! What is told of alternatives that left early.

use super::super::analysis::left_behind;
use super::analysis;
use crate::faults::Faults;
use model::results::decision::{Analysis, Future, LeftBehind, Worth};
use units::Money;

/// Five alternatives over 300 futures; two left after 256: the nearer one 100 dearer than the first, give or take 9.
fn raced() -> Analysis {
    let mut a = analysis();
    let base = |k: usize| Money::whole(1_000 + (k % 40) as i64);
    let row = |k: usize| Future {
        index: k,
        costs: (0..5).map(|at| base(k) + Money::whole(2 * at)).collect(),
        served: vec![1.0; 5],
        customers: vec![vec![1.0]; 5],
        simulated: Vec::new(),
    };
    a.futures = (0..300).map(row).collect();
    a.alternatives = vec![a.alternatives[0].clone(); 5];
    let left = |name: &str, more: i64| {
        let costs: Vec<Money> =
            (0..256).map(|k| base(k) + Money::whole(more + if k % 2 == 0 { 9 } else { -9 })).collect();
        // Half 9 above, half 9 below: variance 81 * 256 / 255, error 9 / sqrt(255) = 0.56.
        let behind = Worth { value: Money::whole(more), error: "0.56".parse().unwrap() };
        LeftBehind { name: name.to_owned(), label: name.to_owned(), costs, behind }
    };
    a.left_behind = vec![left("far", 200), left("near", 100)];
    a
}

fn holds(a: &Analysis) -> bool {
    let mut faults = Faults::of("decision");
    left_behind(a, &mut faults);
    faults.into_vec().is_empty()
}

#[test]
fn what_left_by_the_rule_holds_and_nothing_of_it_can_be_altered() {
    assert!(holds(&raced()));
    type Change = fn(&mut Analysis);
    let changes: [(&str, Change); 8] = [
        ("a cost", |a| a.left_behind[1].costs[7] += Money::whole(4)),
        ("how far behind", |a| a.left_behind[0].behind.value += Money::whole(1)),
        ("its error", |a| a.left_behind[0].behind.error += Money::whole(1)),
        ("fewer futures than the first look", |a| {
            a.left_behind[0].costs.pop();
        }),
        ("more futures than there are", |a| a.futures.truncate(255)),
        ("once the cheapest", |a| a.left_behind[1].costs[0] = Money::whole(900)),
        ("four stayed", |a| {
            a.alternatives.pop();
            a.futures.iter_mut().for_each(|f| f.costs.truncate(4));
        }),
        ("no farther than chance", |a| {
            for (k, cost) in a.left_behind[1].costs.iter_mut().enumerate() {
                *cost = a.futures[k].costs[0] + Money::whole(if k % 2 == 0 { 11 } else { -7 });
            }
            a.left_behind[1].behind.value = Money::whole(2);
        }),
    ];
    for (name, change) in changes {
        let mut altered = raced();
        change(&mut altered);
        assert!(!holds(&altered), "{name}");
    }
}
