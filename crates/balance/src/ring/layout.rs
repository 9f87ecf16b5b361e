//! One layout of one line at one takt: fewest station copies first, then heads, cycle time and evenness.

use super::line::Line;
use super::sheet::{SheetOptions, ThenAim, sheet};
use super::wishes::Wishes;
use super::{copies, equipment, polish, proof, reasons};
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof, SearchEngine, SearchLog};
use crate::practice::{self, Job, Limits, Side, aims};
use crate::problem::{Assignment, Goal, Options, Problem};
use crate::solve::solve_within;
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::control;
use model::ids::{SkillId, TaskId};
use model::results::line_design::STATION_M2;
use model::results::{LineLimits, LineOption, Station, Status};
use std::collections::BTreeMap;
use units::{Id, Minutes, Money};

/// How much work one layout may take, and whether stations may stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayoutOptions {
    /// Steps for the fewest stations.
    pub work_stations: u64,
    /// Steps for the shortest cycle time with these.
    pub work_cycle: u64,
    /// Whether a task longer than the takt gets copies of its station, or is refused.
    pub copies: Copies,
}

/// Bytes the states of one search may take.
const MEMORY_BYTES: usize = 1 << 28;

/// What happens to a task longer than the takt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Its station stands several times, side by side.
    Allowed,
    /// The line is refused.
    Refused,
}

impl LayoutOptions {
    /// The limits of an effort, copies allowed.
    #[must_use]
    pub fn of(effort: control::Effort) -> Self {
        let (work_stations, work_cycle) = match effort {
            control::Effort::Quick => (1_500_000, 300_000),
            control::Effort::Full => (400_000_000, 40_000_000),
        };
        Self { work_stations, work_cycle, copies: Copies::Allowed }
    }
}

/// Lays out a line at a takt.
///
/// # Errors
/// RW0301 naming the task when one is longer than the takt and copies are refused; RW0302 when the takt is
/// not positive or longer than can be counted; RW0305 and RW0308 as [`sheet`], where `zoning.csv` speaks of the line.
pub fn layout(
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    options: LayoutOptions,
    budget: &mut Budget<'_, '_>,
) -> Result<LineOption, Diagnostic> {
    let ticks = takt_ticks(ring, line, takt)?;
    let limits = LineLimits { is_single: options.copies == Copies::Refused, ..LineLimits::default() };
    if !Wishes::of(ring, line, ticks, &limits).rules.is_empty() {
        let work = options.work_stations / 5;
        let asked = SheetOptions { limits, then: ThenAim::ALL.to_vec(), work_stations: options.work_stations, work };
        return sheet(ring, line, takt, &asked, budget).map(|sheet| sheet.option);
    }
    let (mut assignment, certificate, cut) = if line.minutes_max() <= takt {
        single(line, ticks, options, budget)
    } else {
        if options.copies == Copies::Refused {
            return Err(task_too_long(ring, line, takt));
        }
        side_by_side(line, ticks, options, budget)
    };
    polish::polish(line, ticks, &mut assignment, budget);
    Ok(option(ring, line, takt, ticks, &assignment, &certificate, cut))
}

pub(super) fn takt_ticks(ring: &Ring, line: &Line, takt: Minutes) -> Result<u32, Diagnostic> {
    u32::try_from(takt.ticks()).ok().filter(|t| (1..=1 << 30).contains(t)).ok_or_else(|| {
        let key = &ring.items[line.request.item].key;
        Diagnostic::error(
            Code(302),
            format!("a takt of {takt} min for `{key}` cannot be met"),
            "give a takt above 0 and below a million minutes",
        )
        .at(Place::row("items", line.request.item.index()), "the line's item")
    })
}

pub(super) fn task_too_long(ring: &Ring, line: &Line, takt: Minutes) -> Diagnostic {
    let too_long: Vec<usize> = (0..line.n_tasks()).filter(|&t| line.minutes(t) > takt).collect();
    let first = line.task(too_long[0]);
    let mut fault = Diagnostic::error(
        Code(301),
        format!(
            "task `{}` takes {} min, longer than the takt of {takt} min",
            ring.tasks[first].key,
            line.minutes(too_long[0])
        ),
        format!(
            "split it, allow its station to stand side by side, or take a takt of at least {} min",
            line.minutes_max()
        ),
    );
    for &task in too_long.iter().take(8) {
        fault =
            fault.at(Place::cell("tasks", line.task(task).index(), "minutes"), format!("{} min", line.minutes(task)));
    }
    fault
}

/// Fewest station copies where some stand side by side: built by rules, then searched.
fn side_by_side(
    line: &Line,
    takt: u32,
    options: LayoutOptions,
    budget: &mut Budget<'_, '_>,
) -> (Assignment, Certificate, bool) {
    let built = budget.within(options.work_stations, |b| copies::construct(&line.instance, takt, b));
    let mut job = Job::new(&line.instance, takt, Side::BySide);
    job.aims.push(&aims::Copies);
    let limits = Limits { work: options.work_stations / 5, memory: MEMORY_BYTES };
    let answer = practice::solve(&job, Some(&built.stations_in_order()), 0, limits, budget);
    let found = answer.line.map_or(built, |l| Assignment::new(l.station_of(line.n_tasks())));
    let counting = line.instance.time_sum().div_ceil(takt);
    let stations_min = u32::try_from(answer.bound).unwrap_or(counting).max(counting);
    let proof = if stations_min == counting {
        Proof::Counting
    } else {
        let log = SearchLog { engine: SearchEngine::Forward, work: 0, nodes: answer.nodes, root_bound: counting };
        Proof::Search(log)
    };
    (found, Certificate { cycle_time: takt, stations_min, proof }, budget.is_stopped())
}

/// Fewest stations, then the shortest planned cycle time with these.
fn single(
    line: &Line,
    takt: u32,
    options: LayoutOptions,
    budget: &mut Budget<'_, '_>,
) -> (Assignment, Certificate, bool) {
    let search = Options { memory_bytes_max: MEMORY_BYTES, ..Options::default() };
    let problem = Problem { instance: &line.instance, goal: Goal::Stations { cycle_time: takt } };
    let outcome = budget.within(options.work_stations, |b| solve_within(&problem, &search, b));
    let certificate = outcome.certificates.into_iter().next().expect("a station bound has its certificate");
    let mut assignment = outcome.best.expect("every task fits the takt");
    // The line runs at its slowest station, expected rework included: shorten that.
    let planned: Vec<u32> = line.planned.iter().map(|m| u32::try_from(m.ticks()).unwrap_or(u32::MAX)).collect();
    let arcs: Vec<_> = line.instance.successors().pairs().collect();
    if let Ok(instance) = crate::Instance::new(&planned, &arcs) {
        let goal = Goal::CycleTime { stations: assignment.stations };
        let problem = Problem { instance: &instance, goal };
        let faster = budget.within(options.work_cycle, |b| solve_within(&problem, &search, b)).best;
        if let Some(faster) = faster {
            let shorter = faster.cycle_time(&instance) < assignment.cycle_time(&instance);
            if shorter && faster.fits(&line.instance, takt) {
                assignment = faster;
            }
        }
    }
    (assignment, certificate, budget.is_stopped())
}

pub(super) fn option(
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    ticks: u32,
    assignment: &Assignment,
    certificate: &Certificate,
    cut: bool,
) -> LineOption {
    let copies = copies::copies(&line.instance, ticks, assignment);
    let room: Vec<u64> = copies.iter().map(|&k| u64::from(k) * u64::from(ticks)).collect();
    let reasons = reasons::of_line(ring, line, assignment, &room);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); assignment.stations as usize];
    for &task in line.instance.order() {
        members[assignment.station_of[task as usize] as usize].push(task as usize);
    }
    let stations: Vec<Station> = members
        .iter()
        .zip(&copies)
        .map(|(tasks, &copies)| Station {
            tasks: tasks.iter().map(|&t| line.task(t)).collect(),
            copies: i64::from(copies),
            load: tasks.iter().map(|&t| line.minutes(t)).sum(),
            heads: tasks.iter().map(|&t| line.crew[t]).max().unwrap_or(1),
            skill: main_skill(ring, line, tasks),
            reasons: tasks.iter().map(|&t| reasons[t].clone()).collect(),
        })
        .collect();
    let per_copy = |minutes: Minutes, copies: u32| {
        Minutes::from_ticks((minutes.ticks() + i64::from(copies) - 1) / i64::from(copies))
    };
    let cycle_time = stations.iter().zip(&copies).map(|(s, &k)| per_copy(s.load, k)).max().unwrap_or(takt);
    let planned = |tasks: &[usize]| -> Minutes { tasks.iter().map(|&t| line.planned[t]).sum() };
    let cycle_time_planned =
        members.iter().zip(&copies).map(|(tasks, &k)| per_copy(planned(tasks), k)).max().unwrap_or(takt);
    let mut heads: BTreeMap<SkillId, i64> = BTreeMap::new();
    for station in &stations {
        *heads.entry(station.skill).or_default() += station.heads * station.copies;
    }
    let equipment = equipment::needed(ring, line, &stations, cycle_time);
    let price = |(id, n): &(_, i64)| Money::from_ticks(ring.equipment[*id].cost.ticks() * n);
    let equipment_cost: Money = equipment.iter().map(price).sum();
    let n_copies: i64 = copies.iter().map(|&k| i64::from(k)).sum();
    let floor: f64 = equipment.iter().map(|(id, n)| ring.equipment[*id].floor_m2 * *n as f64).sum();
    let bound = i64::from(certificate.stations_min);
    LineOption {
        takt,
        cycle_time,
        cycle_time_planned,
        bound,
        proof: proof::of_line(line, ticks, &certificate.proof),
        status: match (n_copies <= bound, cut) {
            (true, _) => Status::Optimal,
            (false, true) => Status::TimeLimited,
            (false, false) => Status::WorkLimited,
        },
        heads: heads.into_iter().collect(),
        equipment,
        equipment_cost,
        floor_m2: floor + STATION_M2 * n_copies as f64,
        stations,
    }
}

/// The skill with most crew minutes among tasks; ties to the first in the table.
fn main_skill(ring: &Ring, line: &Line, tasks: &[usize]) -> SkillId {
    let mut minutes: BTreeMap<SkillId, i64> = BTreeMap::new();
    for &t in tasks {
        let task: TaskId = line.task(t);
        *minutes.entry(ring.tasks[task].skill).or_default() += line.minutes(t).ticks() * line.crew[t];
    }
    let most = minutes.into_iter().max_by_key(|&(skill, sum)| (sum, std::cmp::Reverse(skill)));
    most.expect("a station has a task").0
}
