//! Generated lines without a ring, every kind of question: the verifier, which shares no code with the engine, holds
//! with every answer and every proof it can repeat, and with none that was altered.

use balance::certificate::{Certificate, Proof};
use balance::workers::{self, NEVER, WorkerLine};
use balance::{Goal, Instance, Options, Problem, Status, solve};
use model::control::Control;
use testring::Random;
use verify::plain::{
    Checked, PlainLine, PlainProof, WorkerProof, check_assignment, check_bound, check_workers, check_workers_bound,
};

fn line(r: &mut Random) -> (Vec<u32>, Vec<(usize, usize)>, u32) {
    let n = r.int(1, 12) as usize;
    let c = r.int(6, 40);
    let (low, high) = [(1, c / 3), (c / 3, c * 2 / 3), (0, c), (c / 4, c / 2 + 1)][r.int(0, 3) as usize];
    let times = (0..n).map(|_| r.int(low, high.max(low)) as u32).collect();
    let sparse = r.int(2, 12);
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let arcs = pairs.filter(|_| r.int(0, sparse) == 0).collect();
    (times, arcs, c as u32)
}

fn plain(proof: &Proof) -> PlainProof {
    match proof {
        Proof::NotEmpty | Proof::Counting => PlainProof::Counting,
        Proof::DualFeasible { .. } => PlainProof::BinPacking,
        Proof::Matching(m) => PlainProof::Matching { long: m.long.clone(), witness: m.witness.clone() },
        Proof::Prices(found) => PlainProof::Prices { prices: found.prices.clone(), scale: found.scale },
        Proof::TaskTooLong { task } => PlainProof::TaskTooLong { task: *task },
        Proof::HeadsAndTails { .. } | Proof::Windows | Proof::Search(_) => PlainProof::Engine,
    }
}

/// The claim holds; one station more, or a tick more, is not proven by the same argument unless it is true as well.
fn certified(line: PlainLine<'_>, claim: &Certificate) -> Checked {
    let proof = plain(&claim.proof);
    let checked = check_bound(line, claim.cycle_time, claim.stations_min, &proof);
    let checked = checked.unwrap_or_else(|why| panic!("{why}: {claim:?} of {line:?}"));
    if checked == Checked::Holds && !matches!(proof, PlainProof::TaskTooLong { .. }) {
        let more = (line.times.len() as u32).max(claim.stations_min) + 1;
        assert!(check_bound(line, claim.cycle_time, more, &proof).is_err(), "{claim:?} of {line:?}");
    }
    checked
}

#[test]
fn answers_and_proofs_hold_and_altered_ones_do_not() {
    let mut r = Random::new(31);
    let (mut repeated, mut searched, mut moved, mut priced) = (0, 0, 0, 0);
    for round in 0..4_000 {
        let (times, arcs, c) = line(&mut r);
        let instance = Instance::new(&times, &arcs).unwrap();
        let plain = PlainLine { times: &times, arcs: &arcs };
        let stations = r.int(1, 5) as u32;
        let goal = match round % 4 {
            0 => Goal::Stations { cycle_time: c },
            1 => Goal::CycleTime { stations },
            2 => Goal::Feasible { cycle_time: c, stations },
            _ => Goal::Efficiency { stations_min: 1, stations_max: stations },
        };
        let problem = Problem { instance: &instance, goal };
        let outcome = solve(&problem, &Options::default(), &mut Control::unlimited());
        assert!(matches!(outcome.status, Status::Optimal | Status::Infeasible), "{goal:?} of {plain:?}");
        for claim in &outcome.certificates {
            priced += usize::from(matches!(claim.proof, Proof::Prices(_)));
            match certified(plain, claim) {
                Checked::Holds => repeated += 1,
                Checked::NotRechecked => searched += 1,
            }
        }
        let Some(best) = outcome.best else { continue };
        let reached = best.cycle_time(&instance);
        assert_eq!(check_assignment(plain, &best.station_of, best.stations, reached), Ok(()));
        if reached > 0 {
            assert!(check_assignment(plain, &best.station_of, best.stations, reached - 1).is_err());
        }
        assert!(check_assignment(plain, &best.station_of, best.stations + 1, reached).is_err());
        // What an altered assignment breaks is worked out here, arc by arc and station by station.
        let mut altered = best.station_of.clone();
        let task = r.int(0, times.len() as i64 - 1) as usize;
        altered[task] = r.int(0, i64::from(best.stations)) as u32;
        let ordered = arcs.iter().all(|&(a, b)| altered[a] <= altered[b]);
        let load = |s: u32| altered.iter().zip(&times).filter(|(at, _)| **at == s).map(|(_, t)| t).sum::<u32>();
        let holds = ordered && (0..best.stations).all(|s| load(s) <= reached && altered.contains(&s));
        let holds = holds && altered[task] < best.stations;
        assert_eq!(check_assignment(plain, &altered, best.stations, reached).is_ok(), holds);
        moved += usize::from(!holds);
    }
    assert!(priced > 10, "{priced} proven by prices");
    assert!(
        repeated > 2_000 && searched > 15 && searched + priced > 50 && moved > 1_500,
        "{repeated} {searched} {priced} {moved}"
    );
}

#[test]
fn lines_of_workers_hold_and_altered_ones_do_not() {
    let mut r = Random::new(32);
    let (mut repeated, mut searched) = (0, 0);
    for _ in 0..600 {
        let (times, arcs, _) = line(&mut r);
        let workers = r.int(1, 4) as usize;
        let unable = r.int(3, 9);
        let rows: Vec<Vec<u32>> = times
            .iter()
            .map(|&t| {
                let able = r.int(0, workers as i64 - 1) as usize;
                let time = |w: usize, r: &mut Random| {
                    if w != able && r.int(0, unable) == 0 { NEVER } else { t + r.int(0, i64::from(t)) as u32 }
                };
                (0..workers).map(|w| time(w, &mut r)).collect()
            })
            .collect();
        let line = WorkerLine::new(&rows, &arcs).unwrap();
        let outcome = workers::solve(&line, &Options::default(), &mut Control::unlimited());
        let Some(best) = outcome.best else {
            assert_eq!(outcome.status, Status::Infeasible);
            continue;
        };
        assert_eq!(outcome.status, Status::Optimal);
        let reached = best.cycle_time(&line);
        assert_eq!(check_workers(&rows, &arcs, &best.station_of, &best.worker_of, reached), Ok(()));
        if reached > 0 {
            assert!(check_workers(&rows, &arcs, &best.station_of, &best.worker_of, reached - 1).is_err());
        }
        let proof = match outcome.bound.proof {
            workers::WorkerProof::WorkerPrices { prices } => WorkerProof::WorkerPrices(prices),
            workers::WorkerProof::LongestTask { task } => WorkerProof::LongestTask(task),
            workers::WorkerProof::TaskPrices { prices } => WorkerProof::TaskPrices(prices),
            workers::WorkerProof::Fixing | workers::WorkerProof::Search(_) => WorkerProof::Engine,
        };
        match check_workers_bound(&rows, reached, &proof) {
            Ok(Checked::Holds) => {
                assert!(check_workers_bound(&rows, reached + 1, &proof).is_err(), "more than the optimum");
                repeated += 1;
            }
            Ok(Checked::NotRechecked) => searched += 1,
            Err(why) => panic!("{why}: {proof:?} of {rows:?}"),
        }
    }
    assert!(repeated > 100 && searched > 20, "{repeated} {searched}");
}
