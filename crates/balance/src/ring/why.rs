//! Why a task of a sheet does not stand elsewhere, station by station, in words of the ring.

use super::line::Line;
use super::sheet::{Asked, SheetOptions};
use crate::practice::{self, Obstacle, obstacles};
use diag::Diagnostic;
use model::Ring;
use model::ids::TaskId;
use model::results::LineSheet;
use units::Minutes;

/// A station where a task does not stand, and the first thing against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The station, from 1.
    pub station: usize,
    /// The sentence.
    pub against: String,
}

/// What is against each other station for one task of the line; empty when the task is not on the line.
///
/// # Errors
/// As [`super::sheet()`], for the takt.
pub fn why(
    ring: &Ring,
    line: &Line,
    sheet: &LineSheet,
    options: &SheetOptions,
    task: TaskId,
) -> Result<Vec<Elsewhere>, Diagnostic> {
    let Some(at) = line.tasks.iter().position(|t| t.task == task) else { return Ok(Vec::new()) };
    let asked = Asked::new(ring, line, sheet.option.takt, options)?;
    let aims = asked.aims();
    let job = asked.job(&[], aims.iter().map(AsRef::as_ref).collect());
    let here = |t: &TaskId| line.tasks.iter().position(|l| l.task == *t).map(|p| p as u32);
    let stations: Vec<Vec<u32>> = sheet
        .option
        .stations
        .iter()
        .map(|s| {
            let mut tasks: Vec<u32> = s.tasks.iter().filter_map(here).collect();
            tasks.sort_unstable();
            tasks
        })
        .collect();
    let stands_at = if sheet.stands_at.is_empty() {
        vec![None; stations.len()]
    } else {
        sheet.stands_at.iter().map(|s| s.map(|s| (s - 1) as u32)).collect()
    };
    let found = practice::Line { stations, stands_at };
    let name = |t: u32| ring.tasks[line.task(t as usize)].key.as_str();
    let minutes = |ticks: u64| Minutes::from_ticks(ticks as i64);
    let own = u64::from(line.instance.time(at));
    let sentence = |obstacle: Obstacle| match obstacle {
        Obstacle::Before(task, station) => {
            format!("`{}` must be done before, and is in station {}", name(task), station + 1)
        }
        Obstacle::After(task, station) => {
            format!("`{}` must be done after, and is in station {}", name(task), station + 1)
        }
        Obstacle::Full(room) => format!("takes {} min and {} min are left", minutes(own), minutes(room)),
        Obstacle::Rule(rule) => match job.rules.get(rule) {
            Some(rule) => rule.says(),
            None => "the station it leaves would no longer hold its other tasks".to_owned(),
        },
        Obstacle::Cost(aim, now, then) => {
            let name = job.aims[aim].name();
            match name {
                "evenness" => "it may stand there; loads would be less even".to_owned(),
                "equipment" => format!(
                    "it may stand there; equipment would cost {} more",
                    units::Money::from_ticks((then - now) as i64)
                ),
                _ => format!("it may stand there; {name} would rise from {now} to {then}"),
            }
        }
        Obstacle::Nothing => "nothing is against it: as good there as here".to_owned(),
    };
    let against = obstacles(&job, &found, at as u32).into_iter().enumerate();
    Ok(against.filter_map(|(s, o)| Some(Elsewhere { station: s + 1, against: sentence(o?) })).collect())
}
