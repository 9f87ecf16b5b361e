//! The sets of the literature, with the best values known.

use balance::literature::{read_alb, read_alwabp, read_in2};
use balance::workers::WorkerLine;
use balance::{Goal, Instance};
use std::path::{Path, PathBuf};

/// One instance and what is known of it.
pub struct Case {
    pub name: String,
    pub question: Question,
    /// Best known bound and value.
    pub known: (u64, u64),
}

/// What is asked.
pub enum Question {
    Line { instance: Instance, goal: Goal },
    Workers(WorkerLine),
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

fn text(path: PathBuf) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

fn rows(path: PathBuf) -> Vec<Vec<String>> {
    text(path).lines().skip(1).map(columns).collect()
}

fn number(s: &str) -> u64 {
    s.parse().unwrap()
}

/// All instances of a set, in the order of its sheet.
pub fn read(folder: &Path, set: &str) -> Vec<Case> {
    match set {
        "scholl1" => scholl(folder, "salbp1_269", |r, instance| Case {
            name: format!("{}@{}", r[0], r[1]),
            question: Question::Line { instance, goal: Goal::Stations { cycle_time: number(&r[1]) as u32 } },
            known: (number(&r[2]), number(&r[3])),
        }),
        "scholl2" => scholl(folder, "salbp2_302", |r, instance| Case {
            name: format!("{}/{}", r[0], r[1]),
            question: Question::Line { instance, goal: Goal::CycleTime { stations: number(&r[1]) as u32 } },
            known: (number(&r[2]), number(&r[3])),
        }),
        "schollR" => scholl(folder, "salbp2_302", |r, instance| Case {
            name: format!("{}/{}", r[0], r[1]),
            question: Question::Line {
                instance,
                goal: Goal::Feasible { cycle_time: number(&r[3]) as u32 - 1, stations: number(&r[1]) as u32 },
            },
            known: (number(&r[1]) + 1, u64::MAX),
        }),
        "schollF" => scholl(folder, "salbp2_302", |r, instance| Case {
            name: format!("{}/{}", r[0], r[1]),
            question: Question::Line {
                instance,
                goal: Goal::Feasible { cycle_time: number(&r[3]) as u32, stations: number(&r[1]) as u32 },
            },
            known: (number(&r[1]), number(&r[1])),
        }),
        "schollE" => scholl(folder, "salbpE_256", |r, instance| {
            // The sheet gives idle time; the product is that and the work.
            let work = u64::from(instance.time_sum());
            let (stations_min, stations_max) = (number(&r[1]) as u32, number(&r[2]) as u32);
            Case {
                name: format!("{}/{}-{}", r[0], r[1], r[2]),
                question: Question::Line { instance, goal: Goal::Efficiency { stations_min, stations_max } },
                known: (work + number(&r[3]), work + number(&r[4])),
            }
        }),
        "alwabp" => rows(folder.join("alwabp/best_known.csv"))
            .iter()
            .map(|r| {
                let family = r[0].trim_matches('"');
                let line = read_alwabp(&text(folder.join(format!("alwabp/{family}/{}", r[1])))).unwrap();
                Case {
                    name: format!("{family}/{}:{}w", r[1], r[3]),
                    question: Question::Workers(line),
                    known: (number(&r[9]), number(&r[10])),
                }
            })
            .collect(),
        _ => otto(folder, set.strip_prefix("otto").expect("a known set")),
    }
}

fn scholl(folder: &Path, sheet: &str, case: impl Fn(&[String], Instance) -> Case) -> Vec<Case> {
    rows(folder.join(format!("scholl1993/{sheet}.csv")))
        .iter()
        .map(|r| {
            let graph = read_in2(&text(folder.join(format!("scholl1993/{}.IN2", r[0])))).unwrap();
            case(r, graph.instance)
        })
        .collect()
}

fn otto(folder: &Path, n: &str) -> Vec<Case> {
    rows(folder.join(format!("otto2013/details_n{n}.csv")))
        .iter()
        .map(|r| {
            let file = read_alb(&text(folder.join(format!("otto2013/n{n}/{}.alb", r[0])))).unwrap();
            let goal = Goal::Stations { cycle_time: file.cycle_time.unwrap() };
            Case {
                name: format!("{}:{}", r[0], r[3].replace(' ', "-")),
                question: Question::Line { instance: file.instance, goal },
                known: (number(&r[6]), number(&r[7])),
            }
        })
        .collect()
}
