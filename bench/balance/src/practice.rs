//! What rules and aims cost at a hundred tasks: lines of Otto, Otto and Scholl (2013) with generated rules.

use balance::budget::Budget;
use balance::practice::rules::{Apart, At, Mixed, Overflow, People, Spot, Spread, Together};
use balance::practice::{Answer, Job, Limits, Line, Rule, Side, aims, solve};
use balance::{Goal, Instance, Options, Problem, solve as solve_plain};
use model::control::Control;
use std::sync::atomic::AtomicBool;

/// What is asked of a line, and how it is called.
pub const KINDS: [&str; 11] = [
    "stations only",
    "zoning",
    "crews",
    "equipment",
    "even loads",
    "few moves",
    "named people",
    "late pieces",
    "two items",
    "side by side",
    "zoning, crews, equipment, even loads",
];

/// SplitMix64, so that the rules are the same on any machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// The line laid out, and how many aims were asked.
pub struct Laid {
    pub answer: Answer,
    pub aims: usize,
}

/// Lays out one line with generated rules of a kind; `steps` for each aim.
pub fn lay(instance: &Instance, takt: u32, kind: &str, steps: u64, control: &Control<'_>) -> Laid {
    let n = instance.n_tasks();
    let mut r = Random(u64::from(instance.time_sum()));
    let stretched = stretched(instance, takt, &mut r);
    let instance = if kind == "side by side" { &stretched } else { instance };
    let crew: Vec<u32> = (0..n).map(|_| [1, 1, 1, 1, 1, 1, 1, 2, 2, 3][r.below(10) as usize]).collect();
    let heads = aims::Heads { crew: crew.clone() };
    let uses = |busy: u64, r: &mut Random| (r.below(10) < 3).then(|| aims::Use { kind: r.below(5) as u32, busy });
    let used = instance.times().iter().map(|&t| uses(u64::from(t) + 300 * r.below(2), &mut r)).collect();
    let equipment = aims::Equipment { used, price: vec![3, 5, 8, 13, 21], takt: u64::from(takt) };
    let mut budget = Budget::new(control);
    let (start, known) = plain(instance, takt);
    let mut rules: Vec<Box<dyn Rule>> = Vec::new();
    if kind.starts_with("zoning") {
        zoning(instance, takt, &mut r, &mut rules);
    }
    match kind {
        "named people" => {
            let stations = instance.time_sum().div_ceil(takt);
            let people = (0..stations * 3 / 2).map(|_| (0..4).fold(0, |s, _| s | 1 << r.below(6))).collect();
            let skill = (0..n).map(|at| (at * 6 / n) as u32).collect();
            rules.push(Box::new(People { says: String::new(), people, skill, crew: vec![1; n] }));
        }
        "late pieces" => {
            let spread = |&t: &u32| Spread { mean: f64::from(t), cv: 0.15, rework: (0.01, 100.0), times: 1 };
            let spread = instance.times().iter().map(spread).collect();
            rules.push(Box::new(Overflow::new(String::new(), 0.1, spread, f64::from(takt))));
        }
        "two items" => {
            let other = |&t: &u32| u64::from(t) * (50 + r.below(101)) / 100;
            let times = vec![
                instance.times().iter().map(|&t| u64::from(t)).collect(),
                instance.times().iter().map(other).collect(),
            ];
            rules.push(Box::new(Mixed { says: String::new(), times, limit: u64::from(takt) * 11 / 10, widens: false }));
        }
        _ => {}
    }
    // Today's line runs at a longer takt.
    let (today, _) = plain(instance, takt * 6 / 5);
    let today: Vec<Option<u32>> = today.map_or(vec![None; n], |l| l.station_of(n).into_iter().map(Some).collect());
    let moves = aims::Moves { today: today.clone() };
    let side = if kind == "side by side" { Side::BySide } else { Side::Single };
    let mut job = Job::new(instance, takt, side);
    job.rules = rules.iter().map(AsRef::as_ref).collect();
    job.aims.push(&aims::Copies);
    match kind {
        "crews" => job.aims.push(&heads),
        "equipment" => job.aims.push(&equipment),
        "even loads" => job.aims.push(&aims::Evenness),
        "few moves" => {
            job.aims.push(&moves);
            job.today = Some(today);
        }
        "zoning, crews, equipment, even loads" => {
            job.aims.push(&heads);
            job.aims.push(&equipment);
            job.aims.push(&aims::Evenness);
        }
        _ => {}
    }
    let limits = Limits { work: steps, ..Limits::default() };
    let answer = solve(&job, start.as_ref(), known, limits, &mut budget);
    Laid { answer, aims: job.aims.len() }
}

/// The fewest stations without rules, as `balance` asks for them first.
fn plain(instance: &Instance, takt: u32) -> (Option<Line>, u64) {
    if instance.time_max() > takt {
        return (None, 0);
    }
    let problem = Problem { instance, goal: Goal::Stations { cycle_time: takt } };
    let never = AtomicBool::new(false);
    let outcome = solve_plain(&problem, &Options::default(), &mut Control::new(&never, 1_500_000, &|_| {}));
    let line = |best: balance::Assignment| {
        let mut stations = vec![Vec::new(); best.stations as usize];
        best.station_of.iter().enumerate().for_each(|(t, &s)| stations[s as usize].push(t as u32));
        Line { stands_at: vec![None; stations.len()], stations }
    };
    (outcome.best.map(line), outcome.bound)
}

/// One task of twenty takes up to two and a half takts.
fn stretched(instance: &Instance, takt: u32, r: &mut Random) -> Instance {
    let long = |&t: &u32| if r.below(20) == 0 { takt + r.below(u64::from(takt) * 3 / 2) as u32 } else { t };
    let times: Vec<u32> = instance.times().iter().map(long).collect();
    let arcs: Vec<(usize, usize)> = instance.successors().pairs().collect();
    Instance::new(&times, &arcs).unwrap()
}

/// Six pairs that stand apart, three that stand together where they can, the first and the last task at the ends.
fn zoning(instance: &Instance, takt: u32, r: &mut Random, rules: &mut Vec<Box<dyn Rule>>) {
    let n = instance.n_tasks() as u64;
    let mut pair = || (r.below(n) as u32, r.below(n) as u32);
    let (mut apart, mut together) = (0, 0);
    while apart < 6 {
        let (a, b) = pair();
        if a != b {
            rules.push(Box::new(Apart { says: String::new(), tasks: vec![a.min(b), a.max(b)] }));
            apart += 1;
        }
    }
    while together < 3 {
        let (a, b) = pair();
        let free = !instance.is_before(a as usize, b as usize) && !instance.is_before(b as usize, a as usize);
        if a != b && free && instance.time(a as usize) + instance.time(b as usize) <= takt {
            rules.push(Box::new(Together { says: String::new(), tasks: vec![a.min(b), a.max(b)] }));
            together += 1;
        }
    }
    let ends = [(instance.order()[0], Spot::Number(0)), (instance.order()[n as usize - 1], Spot::Last)];
    for (task, spot) in ends {
        rules.push(Box::new(At { says: String::new(), task, spot }));
    }
}
