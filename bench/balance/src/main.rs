//! Measures the balancer on the sets of the literature: one line per instance, CPU seconds of one thread.
//!
//! `RINGWORKS_DATA=DIR bench-balance SET SECONDS [FILTER] [until-known]` with SET one of `scholl1`, `scholl2`, `schollE`, `schollF` and `schollR` (is
//! there a line at the best cycle time known of `scholl2`, and one tick below), `otto20`,
//! `otto50`, `otto100`, `otto1000`, `alwabp`, or `practice` (lines of n = 100 with generated rules, SECONDS then millions of
//! steps for each aim, FILTER a part of the kind); DIR holds `line-balancing/`. FILTER is a part of a name, or `@FILE` with
//! one name per line. With `until-known` a line of workers ends as soon as it is as good as the sheet. Linux only (it reads the thread's CPU time from `/proc`).

mod practice;
mod sets;

use balance::certificate::{Proof, SearchEngine};
use balance::workers::{self, WorkerProof};
use balance::{Goal, Options, Problem, Status, solve};
use model::control::{Control, Progress};
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
    let seconds: f64 = seconds.parse().unwrap();
    if set == "practice" {
        practise(&data.join("line-balancing"), (seconds * 1e6) as u64, rest.first().map_or("", String::as_str));
        return;
    }
    let cases = sets::read(&data.join("line-balancing"), set);
    let listed = rest
        .first()
        .and_then(|filter| filter.strip_prefix('@'))
        .map(|file| std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    let until_known = rest.get(1).is_some_and(|word| word == "until-known");
    let wanted = |name: &str| match (&listed, rest.first()) {
        (Some(names), _) => names.iter().any(|n| n == name),
        (None, Some(filter)) => name.contains(filter.as_str()),
        (None, None) => true,
    };
    let (mut proven, mut matched, mut better, mut closed, mut count, mut total) = (0, 0, 0, 0, 0, 0.0);
    println!("instance,status,value,bound,known_lb,known_ub,cpu_s,work,states,proof,peak_mb");
    for case in cases.iter().filter(|case| wanted(&case.name)) {
        let (answer, cpu_s) = timed(case, seconds, until_known);
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
            "{},{status:?},{value},{bound},{known_lb},{known_ub},{cpu_s:.3},{work},{states},{proof},{}{}",
            case.name,
            peak_mb(),
            if doubt { ",CONTRADICTS THE SHEET" } else { "" }
        );
    }
    eprintln!(
        "{set}: {proven} of {count} proven ({closed} of them open in the sheet), {matched} as good as known, \
         {better} better than the sheet, {total:.1} CPU s"
    );
}

/// Every eleventh line of n = 100 with every kind of rule.
fn practise(data: &Path, steps: u64, filter: &str) {
    println!("instance,kind,status,proven,aims,grades,bound,cpu_s,steps,nodes");
    let cases = sets::read(data, "otto100");
    let clock = Path::new("/proc/thread-self/schedstat");
    for kind in practice::KINDS.iter().filter(|kind| kind.contains(filter)) {
        let (mut count, mut stations, mut all, mut total, mut longest) = (0, 0, 0, 0.0, 0.0f64);
        for case in cases.iter().step_by(11) {
            let Question::Line { instance, goal: Goal::Stations { cycle_time } } = &case.question else { continue };
            let control = Control::unlimited();
            let start = cpu_s(clock);
            let laid = practice::lay(instance, *cycle_time, kind, steps, &control);
            let cpu = cpu_s(clock) - start;
            let answer = &laid.answer;
            println!(
                "{},{kind},{:?},{},{},{},{},{cpu:.3},{},{}",
                case.name,
                answer.status,
                answer.proven,
                laid.aims,
                answer.grades.iter().map(u64::to_string).collect::<Vec<_>>().join(";"),
                answer.bound,
                control.work_done(),
                answer.nodes
            );
            count += 1;
            stations += usize::from(answer.proven > 0 || answer.status == Status::Infeasible);
            all += usize::from(answer.proven == laid.aims || answer.status == Status::Infeasible);
            total += cpu;
            longest = longest.max(cpu);
        }
        eprintln!(
            "{kind}: {count} lines, stations proven {stations}, all aims proven {all}, mean {:.2} s, longest {longest:.2} s",
            total / f64::from(count)
        );
    }
}

fn timed(case: &Case, seconds: f64, until_known: bool) -> (Answer, f64) {
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
        let reached = |progress: Progress| {
            let value = progress.what.rsplit(' ').next().and_then(|word| word.parse::<u64>().ok());
            if until_known && value.is_some_and(|value| value <= case.known.1) {
                cancel.store(true, Ordering::Relaxed);
            }
        };
        let mut control = Control::new(&cancel, u64::MAX, &reached);
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

/// The most memory this process has held so far, in MB; unlike what `wait4` tells, without the process that forked it.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
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
        Proof::Prices(_) => "prices",
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
