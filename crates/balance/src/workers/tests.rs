//! Lines of workers against the plain oracle that tries every order of workers and every share of tasks.

use super::*;
use crate::testing::{Random, cases};
use crate::{Effort, Options, Status};
use model::control::Control;
use std::sync::atomic::AtomicBool;

/// A random line of `1..=n_max` tasks and `1..=m_max` workers; some tasks some workers cannot do.
fn line(random: &mut Random, n_max: u64, m_max: u64) -> WorkerLine {
    let n = 1 + random.below(n_max) as usize;
    let m = 1 + random.below(m_max) as usize;
    let unable = random.below(95);
    let time = 1 + random.below(20);
    let rows: Vec<Vec<u32>> = (0..n)
        .map(|_| {
            let able = random.below(m as u64) as usize;
            let cell = |w: usize, random: &mut Random| {
                if w != able && random.below(100) < unable { NEVER } else { random.below(time + 1) as u32 }
            };
            (0..m).map(|w| cell(w, random)).collect()
        })
        .collect();
    let density = random.below(60);
    let arcs: Vec<_> =
        (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).filter(|_| random.below(100) < density).collect();
    WorkerLine::new(&rows, &arcs).unwrap()
}

/// The shortest cycle time, or none, by dynamic programming over tasks done and workers used: every load of every worker.
fn shortest(line: &WorkerLine) -> Option<u64> {
    let (n, m) = (line.n_tasks(), line.n_workers());
    let closed: Vec<bool> = (0..1usize << n)
        .map(|set| (0..n).all(|t| set >> t & 1 == 0 || line.graph().before().ones(t).all(|p| set >> p & 1 == 1)))
        .collect();
    let load = |w: usize, set: usize| {
        let times = (0..n).filter(|t| set >> t & 1 == 1).map(|t| line.time(w, t));
        times.fold(0u64, |sum, t| if t == NEVER { 1 << 40 } else { sum + u64::from(t) })
    };
    let loads: Vec<Vec<u64>> = (0..m).map(|w| (0..1usize << n).map(|set| load(w, set)).collect()).collect();
    let mut best = vec![u64::MAX; 1 << (n + m)];
    best[0] = 0;
    for used in 0..1usize << m {
        for done in (0..1usize << n).filter(|&set| closed[set]) {
            let now = best[used << n | done];
            if now == u64::MAX {
                continue;
            }
            let rest = (1usize << n) - 1 - done;
            let mut load = rest;
            loop {
                if closed[done | load] {
                    for w in (0..m).filter(|&w| used >> w & 1 == 0 && loads[w][load] < 1 << 40) {
                        let slot = &mut best[(used | 1 << w) << n | done | load];
                        *slot = (*slot).min(now.max(loads[w][load]));
                    }
                }
                if load == 0 {
                    break;
                }
                load = (load - 1) & rest;
            }
        }
    }
    let all = best[(1 << (n + m)) - 1];
    (all != u64::MAX).then_some(all)
}

#[test]
fn search_equals_the_oracle() {
    let mut random = Random::new(21);
    let (mut by_arithmetic, mut none) = (0, 0);
    for round in 0..cases(600) {
        let line = line(&mut random, 10, 4);
        let expected = shortest(&line);
        let outcome = solve(&line, &Options::default(), &mut Control::unlimited());
        let Some(expected) = expected else {
            assert_eq!(outcome.status, Status::Infeasible, "round {round}: {line:?}");
            none += 1;
            continue;
        };
        assert_eq!(outcome.status, Status::Optimal, "round {round}");
        assert_eq!(outcome.bound.cycle_time_min, expected, "round {round}: {line:?}");
        let best = outcome.best.unwrap();
        assert!(best.fits(&line, expected as u32));
        assert_eq!(best.cycle_time(&line), expected);
        if let Some(holds) = outcome.bound.holds(&line) {
            assert!(holds, "round {round}: {:?}", outcome.bound);
            let above = WorkerBound { cycle_time_min: expected + 1, ..outcome.bound };
            assert_eq!(above.holds(&line), Some(false), "round {round}: nothing proves more than the optimum");
            by_arithmetic += 1;
        }
    }
    assert!(by_arithmetic > 200 && none > 0, "{by_arithmetic} by arithmetic, {none} without a line");
}

#[test]
fn an_altered_assignment_does_not_fit() {
    let line = WorkerLine::new(&[vec![4, NEVER], vec![3, 5], vec![9, 4]], &[(0, 1)]).unwrap();
    let outcome = solve(&line, &Options::default(), &mut Control::unlimited());
    let best = outcome.best.unwrap();
    assert!(best.fits(&line, 7) && best.mirrored().mirrored() == best);
    for task in 0..3 {
        let mut wrong = best.clone();
        wrong.station_of[task] ^= 1;
        assert!(!wrong.fits(&line, 7), "task {task}");
    }
    let mut wrong = best.clone();
    wrong.worker_of.swap(0, 1);
    assert!(!wrong.fits(&line, 7));
    wrong.worker_of = vec![0, 0];
    assert!(!wrong.fits(&line, 7));
}

#[test]
fn all_faults_are_named() {
    let faults = WorkerLine::new(&[vec![1, 2], vec![NEVER, NEVER], vec![1]], &[]).unwrap_err();
    assert_eq!(faults, [WorkerFault::Nobody { task: 1 }, WorkerFault::Row { task: 2 }]);
    assert_eq!(WorkerLine::new(&[], &[]).unwrap_err(), [WorkerFault::Workers { workers: 0 }]);
}

#[test]
fn the_work_limit_is_obeyed_and_repeatable() {
    let mut random = Random::new(22);
    let rows: Vec<Vec<u32>> = (0..50).map(|_| (0..8).map(|_| 5 + random.below(60) as u32).collect()).collect();
    let arcs: Vec<_> = (0..45).map(|t| (t, t + 2 + random.below(3) as usize)).collect();
    let line = WorkerLine::new(&rows, &arcs).unwrap();
    let never = AtomicBool::new(false);
    let run = |effort| {
        let options = Options { effort, ..Options::default() };
        solve(&line, &options, &mut Control::new(&never, 3_000_000, &|_| {}))
    };
    let first = run(Effort::Exact);
    assert_eq!(first, run(Effort::Exact));
    assert!(first.stats.work < 4_000_000, "{:?}", first.stats);
    assert_eq!(run(Effort::Heuristic).stats.states, 0);
}
