//! The engines against the plain oracle on generated lines, and against published values.

use crate::bounds::{self, heads::Heads, matching, prices, windows};
use crate::budget::Budget;
use crate::certificate::Proof;
use crate::priority::anneal::Anneal;
use crate::priority::construct::{Direction, construct};
use crate::priority::hoffmann;
use crate::priority::pairs::{Pairs, Partner};
use crate::priority::rules::Rule;
use crate::testing::{Random, cases, fewest_stations, line};
use crate::{Effort, Goal, Instance, Options, Outcome, Problem, Status, solve};
use model::control::Control;
use std::sync::atomic::AtomicBool;

/// A control with a limit of work and nothing else.
fn limited(never: &AtomicBool, work: u64) -> Control<'_> {
    Control::new(never, work, &|_| {})
}

const ROUNDS: usize = 4_000;

fn ask(instance: &Instance, goal: Goal) -> Outcome {
    let problem = Problem { instance, goal };
    solve(&problem, &Options::default(), &mut limited(&AtomicBool::new(false), 50_000_000))
}

#[test]
fn bounds_never_exceed_the_optimum() {
    let mut random = Random::new(1);
    let mut tight = 0;
    for round in 0..ROUNDS {
        let (line, c) = line(&mut random, 10);
        let best = fewest_stations(&line, c);
        let root = bounds::root(&line, c);
        assert!(root.stations_min <= best, "round {round}: {root:?} against {best}, {line:?} at {c}");
        tight += usize::from(root.stations_min == best);
        let matched = matching::bound(&line, c);
        assert!(matched.stations_min() <= best);
        assert!(matched.holds(&line, c));
        let heads = Heads::new(&line, c);
        assert!(heads.bound(&line, c).0 <= best);
        assert!(!windows::refutes(&line, c, &heads, best), "round {round}");
    }
    // Were the bounds broken downwards, nothing above would notice.
    assert!(tight * 10 > ROUNDS * 8, "only {tight} of {ROUNDS} bounds are tight");
}

#[test]
fn an_altered_matching_proof_does_not_hold() {
    let mut random = Random::new(2);
    let mut altered = 0;
    for _ in 0..ROUNDS {
        let (line, c) = line(&mut random, 10);
        let mut proof = matching::bound(&line, c);
        if proof.pairs > 0 {
            proof.pairs -= 1;
            assert!(!proof.holds(&line, c));
            altered += 1;
        }
    }
    assert!(altered > 100);
}

/// Every set of tasks that fits and may share is within the scale; the prices are as good as those of counting, of any
/// dual feasible function and of the matching's halves.
#[test]
fn prices_are_dual_and_best() {
    let mut random = Random::new(12);
    let mut decisive = 0;
    for round in 0..ROUNDS / 2 {
        let (line, c) = line(&mut random, 9);
        let best = fewest_stations(&line, c);
        let found = prices::best(&line, c, u32::MAX, &mut Budget::new(&Control::unlimited()));
        let Some(proof) = found else { panic!("round {round}: no prices for {line:?}") };
        let n = line.n_tasks();
        let share = |a: usize, b: usize| line.time_together(a, b) <= c;
        for set in 0..1usize << n {
            let tasks: Vec<usize> = (0..n).filter(|t| set >> t & 1 == 1).collect();
            let time: u32 = tasks.iter().map(|&t| line.time(t)).sum();
            if time <= c && tasks.iter().all(|&a| tasks.iter().all(|&b| a == b || share(a, b))) {
                let cost: u64 = tasks.iter().map(|&t| proof.prices[t]).sum();
                assert!(cost <= proof.scale, "round {round}: {tasks:?} of {line:?} at {c}");
            }
        }
        assert!(proof.stations_min() <= best, "round {round}: {line:?} at {c}");
        let worth = proof.prices.iter().sum::<u64>() as f64 / proof.scale as f64;
        let dual = bounds::dual_feasible::for_search(&line, c, 50);
        let known = dual.iter().map(|w| w.sum as f64 / w.scale as f64).fold(0.0, f64::max);
        assert!(worth > known - 1e-4, "round {round}: {worth} against {known}, {line:?} at {c}");
        decisive += usize::from(bounds::root(&line, c).stations_min < proof.stations_min());
    }
    assert!(decisive > 0, "prices never said more than all other bounds");
}

/// The sums of subsets only spare work: the loads seen are those of the plain walk that waste no more.
#[test]
fn loads_begun_only_where_they_can_end() {
    use crate::exact::loads::{Frontier, Walk};
    let mut random = Random::new(13);
    let (mut seen, mut spared) = (0, 0);
    for round in 0..500 {
        let (short, c) = line(&mut random, 12);
        let times: Vec<u32> = short.times().iter().map(|&t| t * 9 + random.below(9) as u32).collect();
        let arcs: Vec<_> = short.successors().pairs().collect();
        let (line, c) = (Instance::new(&times, &arcs).unwrap(), c * 9 + 9);
        let idle_max = random.below(u64::from(c) / 6) as u32;
        let walk = |limit: u32| {
            let mut loads = Vec::new();
            let mut frontier = Frontier::new(&line);
            frontier.sort_by_key(|t| (std::cmp::Reverse(line.time(t as usize)), t));
            let (steps, complete) = frontier.walk(c, limit, u64::MAX, &mut |load, idle| {
                if idle <= idle_max {
                    loads.push(load.to_vec());
                }
                Walk::On
            });
            assert!(complete);
            (loads, steps)
        };
        let ((all, long), (some, fewer)) = (walk(c), walk(idle_max));
        assert_eq!(all, some, "round {round}: {line:?} at {c}, {idle_max} idle");
        seen += all.len();
        spared += long - fewer;
    }
    assert!(seen > 300 && spared > 1_000, "{seen} loads, {spared} steps spared");
}

#[test]
fn annealed_lines_are_lines_and_mostly_shortest() {
    let mut random = Random::new(14);
    let (mut shortest, mut runs) = (0, 0);
    for _ in 0..200 {
        let (line, _) = line(&mut random, 8);
        let m = 2 + random.below(2) as u32;
        let Some(c) = (line.time_max().max(1)..=line.time_sum()).find(|&c| fewest_stations(&line, c) <= m) else {
            continue;
        };
        let start = crate::Assignment::new(vec![0; line.n_tasks()]);
        if c == line.time_sum() {
            continue;
        }
        let control = Control::unlimited();
        let found = Budget::new(&control)
            .within(100_000, |budget| Anneal::new(&line, &start, m, 1).run(&start, c, line.time_sum(), budget));
        runs += 1;
        let Some(found) = found.map(crate::Assignment::without_gaps) else { continue };
        let reached = found.cycle_time(&line);
        assert!(found.fits(&line, reached) && found.stations <= m && reached >= c);
        shortest += usize::from(reached == c);
    }
    assert!(runs > 100 && shortest * 10 > runs * 9, "{shortest} of {runs}");
}

#[test]
fn every_rule_builds_a_line() {
    let mut random = Random::new(3);
    for _ in 0..ROUNDS / 4 {
        let (line, c) = line(&mut random, 10);
        let best = fewest_stations(&line, c);
        let reversed = line.reversed();
        let heads = Heads::new(&line, c);
        let tails = Heads::new(&reversed, c);
        for rule in Rule::ALL {
            let front = rule.values(&line, &heads, c, line.n_tasks() as u32);
            let back = rule.values(&reversed, &tails, c, line.n_tasks() as u32);
            for direction in [Direction::Forward, Direction::Backward, Direction::Both] {
                let found = construct(&line, c, direction, &front, &back);
                assert!(found.fits(&line, c) && found.stations >= best, "{rule:?} {direction:?}");
            }
        }
        let values: Vec<f64> = line.times().iter().map(|&t| f64::from(t)).collect();
        for partner in [Partner::Matched, Partner::Longest, Partner::Valued] {
            let found = Pairs::new(&line, c)
                .construct(&values, partner, u32::MAX, &mut Budget::new(&Control::unlimited()))
                .unwrap();
            assert!(found.fits(&line, c) && found.stations >= best);
        }
        for taste in hoffmann::TASTES {
            let (found, _) = hoffmann::construct(&line, c, taste, 1_000, u32::MAX);
            let found = found.unwrap();
            assert!(found.fits(&line, c) && found.stations >= best);
        }
    }
}

#[test]
fn exact_search_equals_the_oracle() {
    let mut random = Random::new(4);
    for round in 0..cases(ROUNDS) {
        let (line, c) = line(&mut random, 10);
        let best = fewest_stations(&line, c);
        let outcome = ask(&line, Goal::Stations { cycle_time: c });
        assert_eq!(outcome.status, Status::Optimal, "round {round}");
        assert_eq!(outcome.bound, u64::from(best), "round {round}: {line:?} at {c}");
        assert_eq!(outcome.best.unwrap().stations, best);
    }
}

/// The search alone must prove what the bounds and rules would have settled before it.
#[test]
fn search_without_bounds_equals_the_oracle() {
    use crate::certificate::SearchEngine;
    use crate::exact::engine::{Ended, Setup, pairing, remember};
    let mut random = Random::new(5);
    for round in 0..ROUNDS {
        let (line, c) = line(&mut random, 13);
        let best = fewest_stations(&line, c);
        let reversed = line.reversed();
        let engines =
            [(&line, SearchEngine::Forward), (&reversed, SearchEngine::Backward), (&line, SearchEngine::Pairing)];
        // Where stations hold many short tasks, pairing has too many ways to fold them in.
        let pairs = matching::long_tasks(&line, c).len() * 2 > line.n_tasks();
        for (instance, kind) in engines.into_iter().filter(|(_, kind)| pairs || *kind != SearchEngine::Pairing) {
            for target in [best, best - 1] {
                // With few steps a state is opened again and again.
                let steps_per_state = [3, u64::MAX][round % 2];
                let setup = Setup {
                    cycle_time: c,
                    target,
                    steps_per_state,
                    memory_bytes_max: 1 << 28,
                    prices: None,
                    half: None,
                    corridor: None,
                };
                let mut engine = match kind {
                    SearchEngine::Pairing => pairing(instance, setup).unwrap(),
                    _ => remember(instance, setup, kind).unwrap(),
                };
                let control = Control::unlimited();
                let mut control = Budget::new(&control);
                let mut found = None;
                let mut ended = Ended::Paused;
                while ended == Ended::Paused {
                    ended = engine.run(&mut control, u64::MAX);
                    found = engine.take_best().or(found);
                }
                assert_eq!(ended, Ended::Exhausted);
                assert_eq!(found.is_some(), target == best, "round {round} {kind:?} {line:?} at {c}");
                assert!(found.is_none_or(|f| f.fits(&line, c)));
            }
        }
    }
}

/// The shortest cycle time on so many stations, by halving, with the oracle at each cycle time.
fn shortest(line: &Instance, stations: u32) -> u32 {
    let (mut low, mut high) = (line.time_max().max(1), line.time_sum().max(1));
    while low < high {
        let middle = low + (high - low) / 2;
        if fewest_stations(line, middle) <= stations { high = middle } else { low = middle + 1 }
    }
    low
}

#[test]
fn shortest_cycle_times_equal_the_oracle() {
    let mut random = Random::new(6);
    for round in 0..cases(600) {
        let (line, _) = line(&mut random, 10);
        let stations = 1 + round as u32 % 5;
        let outcome = ask(&line, Goal::CycleTime { stations });
        assert_eq!(outcome.status, Status::Optimal, "round {round}");
        let expected = if line.time_sum() == 0 { 0 } else { shortest(&line, stations) };
        assert_eq!(outcome.bound, u64::from(expected), "round {round}: {line:?} on {stations}");
        let best = outcome.best.unwrap();
        assert!(best.stations <= stations && best.cycle_time(&line) == expected);
    }
}

#[test]
fn feasibility_equals_the_oracle() {
    let mut random = Random::new(7);
    let (mut yes, mut no) = (0, 0);
    for round in 0..cases(1_500) {
        let (line, _) = line(&mut random, 10);
        let stations = 1 + round as u32 % 4;
        // Around the least that could do, where the answer is least clear.
        let least = line.time_sum().div_ceil(stations).max(1);
        let cycle_time = (least + random.below(4) as u32).saturating_sub(1).max(1);
        let expected = line.time_max() <= cycle_time && fewest_stations(&line, cycle_time) <= stations;
        let outcome = ask(&line, Goal::Feasible { cycle_time, stations });
        let wanted = if expected { Status::Optimal } else { Status::Infeasible };
        assert_eq!(outcome.status, wanted, "round {round}: {line:?} at {cycle_time} on {stations}");
        if let Some(best) = outcome.best.filter(|_| expected) {
            assert!(best.fits(&line, cycle_time) && best.stations <= stations);
        }
        yes += usize::from(expected);
        no += usize::from(!expected);
    }
    assert!(yes.min(no) * 6 > yes + no, "{yes} with a line, {no} without");
}

#[test]
fn efficiency_equals_the_oracle() {
    let mut random = Random::new(8);
    let mut round = 0;
    while round < cases(400) {
        let (line, _) = line(&mut random, 10);
        if line.time_sum() == 0 {
            continue;
        }
        let stations_min = 1 + round as u32 % 3;
        round += 1;
        let outcome = ask(&line, Goal::Efficiency { stations_min, stations_max: 4 });
        let range = stations_min..=4.min(line.n_tasks() as u32);
        let Some(least) = range.map(|m| u64::from(m) * u64::from(shortest(&line, m))).min() else {
            assert_eq!(outcome.status, Status::Infeasible, "fewer tasks than stations");
            continue;
        };
        assert_eq!(outcome.bound, least, "round {round}: {line:?} from {stations_min}");
        assert_eq!(outcome.status, Status::Optimal);
        let best = outcome.best.unwrap();
        assert!((stations_min..=4).contains(&best.stations));
        assert_eq!(u64::from(best.stations) * u64::from(best.cycle_time(&line)), least);
    }
}

/// # Source
/// The 11-task line of Jackson (1956), Management Science 2(3); optima as collected by Scholl (1993).
#[test]
fn jackson_1956() {
    let times = [6, 2, 5, 7, 1, 2, 3, 6, 5, 5, 4];
    let arcs =
        [(1, 2), (1, 3), (1, 4), (1, 5), (2, 6), (3, 7), (4, 7), (5, 7), (6, 8), (7, 9), (8, 10), (9, 11), (10, 11)]
            .map(|(a, b): (usize, usize)| (a - 1, b - 1));
    let line = Instance::new(&times, &arcs).unwrap();
    for (cycle_time, stations) in [(7, 8), (9, 6), (10, 5), (13, 4), (14, 4), (21, 3)] {
        let outcome = ask(&line, Goal::Stations { cycle_time });
        assert_eq!((outcome.status, outcome.bound), (Status::Optimal, stations), "at {cycle_time}");
    }
}

/// # Source
/// The 7-task line of Mertens (1967); optima as collected by Scholl (1993).
#[test]
fn mertens_1967() {
    let times = [1, 5, 4, 3, 5, 6, 5];
    let arcs = [(1, 2), (1, 4), (2, 3), (2, 5), (4, 7), (5, 6)].map(|(a, b): (usize, usize)| (a - 1, b - 1));
    let line = Instance::new(&times, &arcs).unwrap();
    for (cycle_time, stations) in [(6, 6), (7, 5), (8, 5), (10, 3), (15, 2), (18, 2)] {
        let outcome = ask(&line, Goal::Stations { cycle_time });
        assert_eq!((outcome.status, outcome.bound), (Status::Optimal, stations), "at {cycle_time}");
    }
}

#[test]
fn a_task_longer_than_the_cycle_time_is_named() {
    let line = Instance::new(&[3, 12, 4], &[]).unwrap();
    let outcome = ask(&line, Goal::Stations { cycle_time: 10 });
    assert_eq!(outcome.status, Status::Infeasible);
    assert_eq!(outcome.certificates[0].proof, Proof::TaskTooLong { task: 1 });
}

#[test]
fn no_tasks_need_no_stations() {
    let line = Instance::new(&[], &[]).unwrap();
    let outcome = ask(&line, Goal::Stations { cycle_time: 10 });
    assert_eq!((outcome.status, outcome.bound), (Status::Optimal, 0));
}

/// Also where searches find and refute on the way, and where they end early.
#[test]
fn threads_change_nothing_but_the_time() {
    let mut random = Random::new(10);
    for round in 0..60 {
        let times: Vec<u32> = (0..40).map(|_| 1 + random.below(100) as u32).collect();
        let arcs: Vec<_> = (0..30).map(|i| (i, i + 2 + random.below(8) as usize)).collect();
        let line = Instance::new(&times, &arcs).unwrap();
        let goal = match round % 3 {
            0 => Goal::Stations { cycle_time: 150 },
            1 => Goal::CycleTime { stations: 9 },
            _ => Goal::Efficiency { stations_min: 7, stations_max: 9 },
        };
        let run = |threads, work| {
            let options = Options { threads, ..Options::default() };
            solve(&Problem { instance: &line, goal }, &options, &mut limited(&AtomicBool::new(false), work))
        };
        for work in [200_000, 2_000_000] {
            assert_eq!(run(1, work), run(3, work), "round {round}, work {work}");
        }
    }
}

#[test]
fn the_work_limit_is_obeyed_and_repeatable() {
    let mut random = Random::new(9);
    let times: Vec<u32> = (0..90).map(|_| 300 + random.below(300) as u32).collect();
    let arcs: Vec<_> = (0..80).map(|i| (i, i + 3 + random.below(7) as usize)).collect();
    let line = Instance::new(&times, &arcs).unwrap();
    let run = || {
        let problem = Problem { instance: &line, goal: Goal::Stations { cycle_time: 1000 } };
        solve(&problem, &Options::default(), &mut limited(&AtomicBool::new(false), 2_000_000))
    };
    let (first, second) = (run(), run());
    assert_eq!(first, second);
    assert!(first.stats.work < 2_200_000, "{:?}", first.stats);
    for threads in [2, 3, 8] {
        let problem = Problem { instance: &line, goal: Goal::Stations { cycle_time: 1000 } };
        let options = Options { threads, ..Options::default() };
        let again = solve(&problem, &options, &mut limited(&AtomicBool::new(false), 2_000_000));
        assert_eq!(first, again, "{threads} threads");
    }
    let quick = Options { effort: Effort::Heuristic, ..Options::default() };
    let problem = Problem { instance: &line, goal: Goal::Stations { cycle_time: 1000 } };
    assert_eq!(solve(&problem, &quick, &mut limited(&AtomicBool::new(false), 2_000_000)).stats.states, 0);
}
