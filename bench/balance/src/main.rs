//! Measures the balancer on the sets of the literature: one line per instance, CPU seconds of one thread.
//!
//! `RINGWORKS_DATA=DIR bench-balance SET SECONDS [FILTER]` with SET one of `scholl1`, `scholl2`, `schollE`, `otto20`,
//! `otto50`, `otto100`, `otto1000`, `alwabp`; DIR holds `line-balancing/`. FILTER is a part of a name, or `@FILE` with
//! one name per line. Linux only (it reads the thread's CPU time from `/proc`).

mod sets;

use balance::certificate::{Proof, SearchEngine};
use balance::workers::{self, WorkerProof};
use balance::{Goal, Options, Problem, Status, solve};
use model::control::Control;
use sets::{Case, Question};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What one run gave.
struct Answer {
    status: Status,
    /// What is sought, in its unit; `u64::MAX` for none.
    value: u64,
    bound: u64,
    work: u64,
    states: u64,
    proof: &'static str,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, set, seconds, rest @ ..] = &args[..] else {
        eprintln!("bench-balance SET SECONDS [FILTER]");
        std::process::exit(2);
    };
    let data = PathBuf::from(std::env::var("RINGWORKS_DATA").expect("RINGWORKS_DATA names the data folder"));
    let cases = sets::read(&data.join("line-balancing"), set);
    let seconds: f64 = seconds.parse().unwrap();
    let listed = rest
        .first()
        .and_then(|filter| filter.strip_prefix('@'))
        .map(|file| std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    let wanted = |name: &str| match (&listed, rest.first()) {
        (Some(names), _) => names.iter().any(|n| n == name),
        (None, Some(filter)) => name.contains(filter.as_str()),
        (None, None) => true,
    };
    let (mut proven, mut matched, mut better, mut closed, mut count, mut total) = (0, 0, 0, 0, 0, 0.0);
    println!("instance,status,value,bound,known_lb,known_ub,cpu_s,work,states,proof");
    for case in cases.iter().filter(|case| wanted(&case.name)) {
        let (answer, cpu_s) = timed(case, seconds);
        let Answer { status, value, bound, work, states, proof } = answer;
        let (known_lb, known_ub) = case.known;
        count += 1;
        total += cpu_s;
        proven += usize::from(status == Status::Optimal);
        matched += usize::from(value <= known_ub);
        better += usize::from(value < known_ub || bound > known_lb);
        closed += usize::from(known_lb < known_ub && status == Status::Optimal);
        // A contradiction is shown and counted by whoever reads: the sheets have been wrong, and so may we be.
        let doubt = value < known_lb || bound > known_ub;
        println!(
            "{},{status:?},{value},{bound},{known_lb},{known_ub},{cpu_s:.3},{work},{states},{proof}{}",
            case.name,
            if doubt { ",CONTRADICTS THE SHEET" } else { "" }
        );
    }
    eprintln!(
        "{set}: {proven} of {count} proven ({closed} of them open in the sheet), {matched} as good as known, \
         {better} better than the sheet, {total:.1} CPU s"
    );
}

fn timed(case: &Case, seconds: f64) -> (Answer, f64) {
    let cancel = AtomicBool::new(false);
    let over = AtomicBool::new(false);
    let clock = PathBuf::from(std::fs::read_link("/proc/thread-self").map(|p| Path::new("/proc").join(p)).unwrap())
        .join("schedstat");
    let start = cpu_s(&clock);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(2));
                if cpu_s(&clock) - start >= seconds {
                    cancel.store(true, Ordering::Relaxed);
                }
            }
        });
        let mut control = Control::new(&cancel, u64::MAX, &|_| {});
        let answer = answer(case, &mut control);
        over.store(true, Ordering::Relaxed);
        (answer, cpu_s(&clock) - start)
    })
}

fn answer(case: &Case, control: &mut Control<'_>) -> Answer {
    match &case.question {
        Question::Line { instance, goal } => {
            let found = solve(&Problem { instance, goal: *goal }, &Options::default(), control);
            let value = found.best.as_ref().map_or(u64::MAX, |b| match goal {
                Goal::CycleTime { .. } => u64::from(b.cycle_time(instance)),
                Goal::Efficiency { .. } => u64::from(b.stations) * u64::from(b.cycle_time(instance)),
                Goal::Stations { .. } | Goal::Feasible { .. } => u64::from(b.stations),
            });
            Answer {
                status: found.status,
                value,
                bound: found.bound,
                work: found.stats.work,
                states: found.stats.states,
                proof: found.certificates.last().map_or("none", |c| kind(&c.proof)),
            }
        }
        Question::Workers(line) => {
            let found = workers::solve(line, &Options::default(), control);
            assert!(found.bound.holds(line) != Some(false), "{}: the bound does not hold", case.name);
            Answer {
                status: found.status,
                value: found.best.as_ref().map_or(u64::MAX, |b| b.cycle_time(line)),
                bound: found.bound.cycle_time_min,
                work: found.stats.work,
                states: found.stats.states,
                proof: match &found.bound.proof {
                    WorkerProof::WorkerPrices { .. } => "worker-prices",
                    WorkerProof::LongestTask { .. } => "longest-task",
                    WorkerProof::TaskPrices { .. } => "task-prices",
                    WorkerProof::Fixing => "fixing",
                    WorkerProof::Search(log) => engine(log.engine),
                },
            }
        }
    }
}

fn cpu_s(clock: &Path) -> f64 {
    let text = std::fs::read_to_string(clock).unwrap();
    text.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn kind(proof: &Proof) -> &'static str {
    match proof {
        Proof::NotEmpty => "not-empty",
        Proof::Counting => "counting",
        Proof::DualFeasible { .. } => "dual-feasible",
        Proof::Matching(_) => "matching",
        Proof::HeadsAndTails { .. } => "heads-tails",
        Proof::Windows => "windows",
        Proof::TaskTooLong { .. } => "task-too-long",
        Proof::Search(log) => engine(log.engine),
    }
}

fn engine(engine: SearchEngine) -> &'static str {
    match engine {
        SearchEngine::Forward => "search-forward",
        SearchEngine::Backward => "search-backward",
        SearchEngine::Pairing => "search-pairing",
    }
}
