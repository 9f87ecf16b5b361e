//! Random small lines with random wishes.

use super::case::{Case, Goal, Wish};
use crate::instance::Instance;
use crate::practice::Side;
use crate::practice::rules::{Spot, Spread};
use crate::testing::{Random, line};

/// A line of up to ten tasks with up to four wishes and up to three goals.
pub(super) fn case(random: &mut Random) -> Case {
    let n_max = 4 + random.below(7);
    let (instance, c) = line(random, n_max);
    let mut case = plain(random, instance, c);
    for _ in 0..random.below(5) {
        let wish = wish(random, &case);
        case.wishes.push(wish);
    }
    case
}

/// A line with everything a wish may ask about, and no wish.
pub(super) fn plain(random: &mut Random, instance: Instance, c: u32) -> Case {
    let n = instance.n_tasks();
    let side = if random.below(3) == 0 { Side::BySide } else { Side::Single };
    let shorter = if side == Side::BySide { (c / (1 + random.below(3) as u32)).max(1) } else { c };
    let kinds = 1 + random.below(3);
    let stations = 1 + random.below(4) as u32;
    let today = (random.below(3) == 0).then(|| today(random, &instance, stations));
    let mut goals = vec![Goal::Copies];
    let mut others = vec![Goal::Heads, Goal::Equipment, Goal::Evenness];
    if today.is_some() {
        others.push(Goal::Moves);
    }
    for _ in 0..random.below(3) {
        let goal = others[random.below(others.len() as u64) as usize];
        if !goals.contains(&goal) {
            goals.push(goal);
        }
    }
    if random.below(5) == 0 {
        goals.remove(0);
    }
    let used = (0..n)
        .map(|_| (random.below(3) == 0).then(|| (random.below(kinds) as u32, random.below(3 * u64::from(c)))))
        .collect();
    Case {
        takt: shorter,
        side,
        crew: (0..n).map(|_| 1 + random.below(3).saturating_sub(1) as u32).collect(),
        skill: (0..n).map(|_| random.below(3) as u32).collect(),
        used,
        price: (0..kinds).map(|_| 1 + random.below(9)).collect(),
        spread: instance
            .times()
            .iter()
            .map(|&t| Spread {
                mean: f64::from(t),
                cv: [0.0, 0.1, 0.3, 0.6][random.below(4) as usize],
                rework: (random.below(3) as f64 / 10.0, random.below(10) as f64),
                times: 1 + random.below(2) as u32,
            })
            .collect(),
        today,
        stations_max: if random.below(4) == 0 { 1 + random.below(5) as u32 } else { u32::MAX },
        wishes: Vec::new(),
        goals,
        instance,
    }
}

/// Stations of today that keep precedence, not always the takt.
fn today(random: &mut Random, instance: &Instance, stations: u32) -> Vec<u32> {
    let mut of = vec![0; instance.n_tasks()];
    for &task in instance.order() {
        let before = instance.predecessors().of(task as usize);
        let first = before.iter().map(|&p| of[p as usize]).max().unwrap_or(0);
        of[task as usize] = first + random.below(u64::from(stations - first)) as u32;
    }
    of
}

fn some(random: &mut Random, n: usize, most: u64) -> Vec<u32> {
    let wanted = 2 + random.below(most - 1);
    let mut tasks: Vec<u32> = (0..wanted).map(|_| random.below(n as u64) as u32).collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

fn wish(random: &mut Random, case: &Case) -> Wish {
    let n = case.instance.n_tasks();
    let task = random.below(n as u64) as u32;
    let choice = random.below(if case.today.is_some() { 13 } else { 10 });
    match choice {
        0 => Wish::Apart(some(random, n, 4)),
        1 => Wish::Together(some(random, n, 3)),
        2 => Wish::At(task, Spot::Number(random.below(4) as u32)),
        3 => Wish::At(task, Spot::Last),
        4 => Wish::EnoughEquipment(random.below(case.price.len() as u64) as u32, 1 + random.below(4) as u32),
        5 => Wish::EnoughHeads(2 + random.below(6) as u32),
        6 => Wish::EnoughCopies(1 + random.below(6) as u32),
        7 => {
            let time = |&t: &u32| (u64::from(t) / 2 + random.below(u64::from(t) + 2)).min(u64::from(case.takt) * 2);
            let times = case.instance.times().iter().map(time).collect();
            Wish::Mixed(times, u64::from(case.takt) + random.below(6))
        }
        8 => Wish::People((0..2 + random.below(5)).map(|_| 1 + random.below(7) as u32).collect()),
        9 => Wish::Overflow([0.01, 0.1, 0.3][random.below(3) as usize]),
        10 => Wish::Stay(some(random, n, 3)),
        _ => Wish::MoveLimit(random.below(n as u64) as u32),
    }
}
