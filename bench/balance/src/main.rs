//! Measures the balancer on the sets of the literature: one line per instance, CPU seconds of one thread.
//!
//! `RINGWORKS_DATA=DIR bench-balance SET SECONDS [FILTER]` with SET one of `scholl1`, `scholl2`, `otto20`,
//! `otto50`, `otto100`, `otto1000`; DIR holds `line-balancing/`. Linux only (it reads the thread's CPU
//! time from `/proc`).

use balance::certificate::Proof;
use balance::literature::{read_alb, read_in2};
use balance::{Goal, Instance, Options, Outcome, Problem, Status, solve};
use model::control::Control;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

struct Case {
    name: String,
    instance: Instance,
    goal: Goal,
    /// Best known bound and value.
    known: (u64, u64),
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, set, seconds, rest @ ..] = &args[..] else {
        eprintln!("bench-balance SET SECONDS [FILTER]");
        std::process::exit(2);
    };
    let data = PathBuf::from(std::env::var("RINGWORKS_DATA").expect("RINGWORKS_DATA names the data folder"));
    let cases = read(&data.join("line-balancing"), set);
    let seconds: f64 = seconds.parse().unwrap();
    let (mut proven, mut matched, mut better, mut count, mut total) = (0, 0, 0, 0, 0.0);
    println!("instance,status,value,bound,known_lb,known_ub,cpu_s,work,states,proof");
    for case in cases {
        if rest.first().is_some_and(|filter| !case.name.contains(filter.as_str())) {
            continue;
        }
        let (outcome, cpu_s) = timed(&case, seconds);
        let value = outcome.best.as_ref().map_or(u64::MAX, |b| match case.goal {
            Goal::CycleTime { .. } => u64::from(b.cycle_time(&case.instance)),
            _ => u64::from(b.stations),
        });
        count += 1;
        total += cpu_s;
        proven += usize::from(outcome.status == Status::Optimal);
        matched += usize::from(value <= case.known.1);
        better += usize::from(value < case.known.1 || outcome.bound > case.known.0);
        assert!(value >= case.known.0 && outcome.bound <= case.known.1, "{} contradicts the sheet", case.name);
        println!(
            "{},{:?},{value},{},{},{},{cpu_s:.3},{},{},{}",
            case.name,
            outcome.status,
            outcome.bound,
            case.known.0,
            case.known.1,
            outcome.stats.work,
            outcome.stats.states,
            outcome.certificates.last().map_or("none", |c| kind(&c.proof)),
        );
    }
    eprintln!(
        "{set}: {proven} of {count} proven, {matched} as good as known, {better} better than the sheet, {total:.1} CPU s"
    );
}

fn timed(case: &Case, seconds: f64) -> (Outcome, f64) {
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
        let problem = Problem { instance: &case.instance, goal: case.goal };
        let mut control = Control::new(&cancel, u64::MAX, &|_| {});
        let outcome = solve(&problem, &Options::default(), &mut control);
        over.store(true, Ordering::Relaxed);
        (outcome, cpu_s(&clock) - start)
    })
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
        Proof::Search(log) => match log.engine {
            balance::certificate::SearchEngine::Forward => "search-forward",
            balance::certificate::SearchEngine::Backward => "search-backward",
            balance::certificate::SearchEngine::Pairing => "search-pairing",
        },
    }
}

/// The columns of a CSV line; commas inside quotes do not part.
fn columns(line: &str) -> Vec<String> {
    let mut quoted = false;
    line.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .map(str::to_owned)
    .collect()
}

fn read(folder: &Path, set: &str) -> Vec<Case> {
    let text = |path: PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let rows = |path: PathBuf| -> Vec<Vec<String>> { text(path).lines().skip(1).map(columns).collect() };
    let graph = |name: &str| read_in2(&text(folder.join(format!("scholl1993/{name}.IN2")))).unwrap().instance;
    let number = |s: &str| s.parse::<u64>().unwrap();
    match set {
        "scholl1" => rows(folder.join("scholl1993/salbp1_269.csv"))
            .iter()
            .map(|r| Case {
                name: format!("{}@{}", r[0], r[1]),
                instance: graph(&r[0]),
                goal: Goal::Stations { cycle_time: number(&r[1]) as u32 },
                known: (number(&r[2]), number(&r[3])),
            })
            .collect(),
        "scholl2" => rows(folder.join("scholl1993/salbp2_302.csv"))
            .iter()
            .map(|r| Case {
                name: format!("{}/{}", r[0], r[1]),
                instance: graph(&r[0]),
                goal: Goal::CycleTime { stations: number(&r[1]) as u32 },
                known: (number(&r[2]), number(&r[3])),
            })
            .collect(),
        _ => {
            let n = set.strip_prefix("otto").expect("a known set");
            rows(folder.join(format!("otto2013/details_n{n}.csv")))
                .iter()
                .map(|r| {
                    let file = read_alb(&text(folder.join(format!("otto2013/n{n}/{}.alb", r[0])))).unwrap();
                    Case {
                        name: format!("{}:{}", r[0], r[3].replace(' ', "-")),
                        instance: file.instance,
                        goal: Goal::Stations { cycle_time: file.cycle_time.unwrap() },
                        known: (number(&r[6]), number(&r[7])),
                    }
                })
                .collect()
        }
    }
}
