//! Each rule and each aim alone, on lines enough that each of its answers occurs.

use super::case::{Case, Goal, Wish};
use super::{Verdict, agrees, random};
use crate::practice::rules::Spot;
use crate::testing::{Random, cases, line};

/// Compares lines with one wish each until `usual` are, or as many as the long run wants; how many had a line and how
/// many had none.
fn alone(seed: u64, usual: usize, wish: impl Fn(&mut Random, &Case) -> Option<Wish>) -> (usize, usize) {
    let mut random = Random::new(seed);
    let (mut lines, mut none, mut at) = (0, 0, 0);
    while lines + none < cases(usual) {
        at += 1;
        let n_max = 4 + random.below(7);
        let (instance, c) = line(&mut random, n_max);
        let mut case = random::plain(&mut random, instance, c);
        let Some(wish) = wish(&mut random, &case) else { continue };
        case.wishes.push(wish);
        match agrees(&case, &format!("seed {seed}, case {at}")) {
            Verdict::ALine => lines += 1,
            Verdict::NoLine => none += 1,
            Verdict::TooManyLines => {}
        }
    }
    (lines, none)
}

fn two(random: &mut Random, case: &Case) -> Option<Vec<u32>> {
    let n = case.instance.n_tasks() as u64;
    let (a, b) = (random.below(n) as u32, random.below(n) as u32);
    (a != b).then(|| vec![a.min(b), a.max(b)])
}

#[test]
fn apart() {
    let (lines, _) = alone(31, 400, |r, case| Some(Wish::Apart(two(r, case)?)));
    assert!(lines > 300, "{lines}");
}

#[test]
fn together() {
    let (lines, none) = alone(32, 400, |r, case| Some(Wish::Together(two(r, case)?)));
    assert!(lines > 100 && none > 50, "{lines} {none}");
}

#[test]
fn at_a_number_or_last() {
    let (lines, none) = alone(33, 400, |r, case| {
        let task = r.below(case.instance.n_tasks() as u64) as u32;
        let spot = if r.below(3) == 0 { Spot::Last } else { Spot::Number(r.below(4) as u32) };
        Some(Wish::At(task, spot))
    });
    assert!(lines > 200 && none > 50, "{lines} {none}");
}

#[test]
fn stay_where_it_stands_today() {
    let (lines, _) = alone(34, 150, |r, case| case.today.as_ref().and(two(r, case)).map(Wish::Stay));
    assert!(lines > 50, "{lines}");
}

#[test]
fn few_moves() {
    let (lines, none) = alone(35, 150, |r, case| {
        case.today.as_ref().map(|_| Wish::MoveLimit(r.below(case.instance.n_tasks() as u64) as u32))
    });
    assert!(lines > 50 && none > 5, "{lines} {none}");
}

#[test]
fn enough_equipment() {
    let (lines, none) = alone(36, 400, |r, _| Some(Wish::EnoughEquipment(0, 1 + r.below(5) as u32)));
    assert!(lines > 200 && none > 5, "{lines} {none}");
}

#[test]
fn enough_heads() {
    let (lines, none) = alone(37, 400, |r, _| Some(Wish::EnoughHeads(2 + r.below(7) as u32)));
    assert!(lines > 150 && none > 50, "{lines} {none}");
}

#[test]
fn enough_copies() {
    let (lines, none) = alone(38, 400, |r, _| Some(Wish::EnoughCopies(1 + r.below(6) as u32)));
    assert!(lines > 150 && none > 50, "{lines} {none}");
}

#[test]
fn mixed_items() {
    let (lines, none) = alone(39, 400, |r, case| {
        let times = case.instance.times().iter().map(|&t| u64::from(t) / 2 + r.below(u64::from(t) + 2)).collect();
        Some(Wish::Mixed(times, u64::from(case.takt) + r.below(4)))
    });
    assert!(lines > 200 && none > 20, "{lines} {none}");
}

#[test]
fn named_people() {
    let (lines, none) =
        alone(40, 400, |r, _| Some(Wish::People((0..2 + r.below(6)).map(|_| 1 + r.below(7) as u32).collect())));
    assert!(lines > 80 && none > 80, "{lines} {none}");
}

#[test]
fn overflow() {
    let (lines, none) = alone(41, 250, |r, _| Some(Wish::Overflow([0.02, 0.1, 0.3][r.below(3) as usize])));
    assert!(lines > 80 && none > 50, "{lines} {none}");
}

/// Compares lines with one aim, alone or after copies.
fn aimed(seed: u64, goal: Goal) {
    let mut random = Random::new(seed);
    let (mut seen, mut at) = (0, 0);
    while seen < cases(150) {
        at += 1;
        let n_max = 4 + random.below(7);
        let (instance, c) = line(&mut random, n_max);
        let mut case = random::plain(&mut random, instance, c);
        if goal == Goal::Moves && case.today.is_none() {
            continue;
        }
        case.goals = if at % 2 == 0 && goal != Goal::Copies { vec![Goal::Copies, goal] } else { vec![goal] };
        seen += usize::from(agrees(&case, &format!("aim {goal:?}, case {at}")) == Verdict::ALine);
    }
}

#[test]
fn fewest_copies() {
    aimed(42, Goal::Copies);
}

#[test]
fn fewest_heads() {
    aimed(43, Goal::Heads);
}

#[test]
fn cheapest_equipment() {
    aimed(44, Goal::Equipment);
}

#[test]
fn fewest_moves() {
    aimed(45, Goal::Moves);
}

#[test]
fn evenest_loads() {
    aimed(46, Goal::Evenness);
}
