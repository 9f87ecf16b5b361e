//! One line of a ring under all its rules: laid out, proven as far as the work allows, and told in full.

use super::layout::{option, takt_ticks, task_too_long};
use super::line::Line;
use super::wishes::{Wishes, people, people_of, times_of};
use super::{copies, spread};
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof, SearchEngine, SearchLog};
use crate::practice::rules::{EnoughCopies, Overflow, slots};
use crate::practice::{self, Answer, Job, Limits, Rule, Side, aims, conflict};
use crate::problem::{Assignment, Goal, Options, Problem, Status};
use crate::solve::solve_within;
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::control;
use model::ids::PersonId;
use model::results::{AimValue, LineLimits, LineSheet};
use units::{Id, Minutes};

/// What is made small after the stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThenAim {
    /// Heads of one shift.
    Heads,
    /// Tasks that stand elsewhere than today; nothing where `today.csv` does not know the line.
    Moves,
    /// Price of equipment.
    Equipment,
    /// Sum of squared loads.
    Evenness,
}

impl ThenAim {
    /// All, in the usual order.
    pub const ALL: [Self; 4] = [Self::Heads, Self::Moves, Self::Equipment, Self::Evenness];

    /// As written by a user.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Moves => "moves",
            Self::Equipment => "equipment",
            Self::Evenness => "evenness",
        }
    }
}

/// How a single line is laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetOptions {
    /// What it must keep besides `zoning.csv`.
    pub limits: LineLimits,
    /// What is made small after the stations, first the most important; each at most once.
    pub then: Vec<ThenAim>,
    /// Steps for the fewest stations without rules, which bounds them with rules.
    pub work_stations: u64,
    /// Steps for each aim under the rules.
    pub work: u64,
}

impl SheetOptions {
    /// The limits of an effort, with nothing to keep besides `zoning.csv`.
    #[must_use]
    pub fn of(effort: control::Effort) -> Self {
        let (work_stations, work) = match effort {
            control::Effort::Quick => (1_500_000, 300_000),
            control::Effort::Full => (400_000_000, 60_000_000),
        };
        Self { limits: LineLimits::default(), then: ThenAim::ALL.to_vec(), work_stations, work }
    }
}

/// Bytes the states of one search may take.
const MEMORY: usize = 1 << 28;

/// Lays out one line under its rules.
///
/// Aims: stations, and after them what the options say, in their order.
///
/// # Errors
/// RW0301 where a task is longer than the takt and copies are refused; RW0302 where the takt means nothing, or there are more
/// than 32 skills and named people are asked for; RW0305 when the work ended before a line was found; RW0308 naming
/// rules that exclude each other.
pub fn sheet(
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    options: &SheetOptions,
    budget: &mut Budget<'_, '_>,
) -> Result<LineSheet, Diagnostic> {
    let asked = Asked::new(ring, line, takt, options)?;
    let (start, certificate) = asked.without_rules(budget);
    let aims = asked.aims();
    let job = asked.job(&[], aims.iter().map(AsRef::as_ref).collect());
    let limits = Limits { work: options.work, memory: MEMORY };
    let known = certificate.as_ref().map_or(0, |c| u64::from(c.stations_min));
    let answer = practice::solve(&job, start.as_ref(), known, limits, budget);
    let Some(found) = &answer.line else { return Err(asked.refusal(&job, answer.status, limits, budget)) };
    Ok(asked.told(&job, &answer, found, certificate, budget.is_stopped()))
}

/// Stations against moves: a line for each number of stations, with the fewest moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frontier {
    /// Station copies, at most.
    pub stations: u64,
    /// Fewest moves found.
    pub moves: u64,
    /// Whether fewer are proven impossible.
    pub is_proven: bool,
}

/// The fewest moves from today's line for each number of stations, from the fewest stations to where nothing more is saved.
///
/// Empty where `today.csv` does not know the line.
///
/// # Errors
/// As [`sheet`].
pub fn frontier(
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    options: &SheetOptions,
    budget: &mut Budget<'_, '_>,
) -> Result<Vec<Frontier>, Diagnostic> {
    let least = sheet(ring, line, takt, options, budget)?;
    let asked = Asked::new(ring, line, takt, options)?;
    let Some(today) = asked.wishes.today.clone() else { return Ok(Vec::new()) };
    let moves = aims::Moves { today };
    let limits = Limits { work: options.work, memory: MEMORY };
    let mut frontier: Vec<Frontier> = Vec::new();
    for most in least.option.n_stations()..=line.n_tasks() as i64 {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let few = EnoughCopies { says: format!("at most {most} stations"), most };
        let job = asked.job(&[&few], vec![&moves, &aims::Copies]);
        let answer = practice::solve(&job, None, 0, limits, budget);
        let Some(&found) = answer.grades.first() else { break };
        let better = frontier.last().is_none_or(|f| found < f.moves);
        if better {
            frontier.push(Frontier { stations: u64::from(most), moves: found, is_proven: answer.proven > 0 });
        }
        if found == 0 || budget.is_over() || (!better && answer.proven > 0 && frontier.len() > 6) {
            break;
        }
    }
    Ok(frontier)
}

/// A line at a takt with all that it has to keep.
pub(super) struct Asked<'a> {
    ring: &'a Ring,
    line: &'a Line,
    takt: Minutes,
    ticks: u32,
    options: &'a SheetOptions,
    pub(super) wishes: Wishes,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        ring: &'a Ring,
        line: &'a Line,
        takt: Minutes,
        options: &'a SheetOptions,
    ) -> Result<Self, Diagnostic> {
        let ticks = takt_ticks(ring, line, takt)?;
        if options.limits.is_single && line.minutes_max() > takt {
            return Err(task_too_long(ring, line, takt));
        }
        if options.limits.people_of.is_some() && ring.skills.len() > 32 {
            let fact = "named people are counted for at most 32 skills".to_owned();
            return Err(Diagnostic::error(Code(302), fact, "join skills that the same people hold in workforce.csv"));
        }
        let wishes = Wishes::of(ring, line, ticks, &options.limits);
        Ok(Self { ring, line, takt, ticks, options, wishes })
    }

    fn side(&self) -> Side {
        if self.options.limits.is_single { Side::Single } else { Side::BySide }
    }

    pub(super) fn aims(&self) -> Vec<Box<dyn practice::Aim>> {
        let aim = |then: &ThenAim| -> Option<Box<dyn practice::Aim>> {
            Some(match then {
                ThenAim::Heads => Box::new(self.wishes.heads.clone()),
                ThenAim::Moves => Box::new(aims::Moves { today: self.wishes.today.clone()? }),
                ThenAim::Equipment => Box::new(self.wishes.equipment.clone()),
                ThenAim::Evenness => Box::new(aims::Evenness),
            })
        };
        let mut aims: Vec<Box<dyn practice::Aim>> = vec![Box::new(aims::Copies)];
        aims.extend(self.options.then.iter().filter_map(aim));
        aims
    }

    /// The line with its rules and `more`.
    pub(super) fn job<'j>(&'j self, more: &[&'j dyn Rule], aims: Vec<&'j dyn practice::Aim>) -> Job<'j> {
        let mut job = Job::new(&self.line.instance, self.ticks, self.side());
        job.rules = self.wishes.rules.iter().map(AsRef::as_ref).chain(more.iter().copied()).collect();
        job.aims = aims;
        job.today.clone_from(&self.wishes.today);
        job
    }

    /// The fewest stations were there no rule: a line to start from and a bound; no bound where stations stand side by side.
    fn without_rules(&self, budget: &mut Budget<'_, '_>) -> (Option<practice::Line>, Option<Certificate>) {
        let line = self.line;
        let (assignment, certificate) = if line.instance.time_max() <= self.ticks {
            let search = Options { memory_bytes_max: MEMORY, ..Options::default() };
            let problem = Problem { instance: &line.instance, goal: Goal::Stations { cycle_time: self.ticks } };
            let outcome = budget.within(self.options.work_stations, |b| solve_within(&problem, &search, b));
            (outcome.best, outcome.certificates.into_iter().next())
        } else {
            (
                Some(budget.within(self.options.work_stations, |b| copies::construct(&line.instance, self.ticks, b))),
                None,
            )
        };
        (assignment.map(|a| a.stations_in_order()), certificate)
    }

    /// Why there is no line.
    fn refusal(&self, job: &Job<'_>, status: Status, limits: Limits, budget: &mut Budget<'_, '_>) -> Diagnostic {
        let key = &self.ring.items[self.line.request.item].key;
        let place = Place::row("items", self.line.request.item.index());
        if status != Status::Infeasible {
            let fact = format!("no line of `{key}` at a takt of {} min was found in the work allowed", self.takt);
            return Diagnostic::error(Code(305), fact, "ask with --effort full, or loosen a rule")
                .at(place, "the line's item");
        }
        let told = conflict(job, limits, budget);
        let rules = told.as_ref().map_or(&[][..], |c| &c.rules);
        let listed: Vec<String> = rules.iter().map(|&at| job.rules[at].says()).collect();
        let fact = match listed.as_slice() {
            [] => format!("no line of `{key}` keeps a takt of {} min", self.takt),
            [one] => format!("at a takt of {} min no line of `{key}` keeps this rule: {one}", self.takt),
            all => format!(
                "at a takt of {} min no line of `{key}` keeps these rules together: {}",
                self.takt,
                all.join("; ")
            ),
        };
        let help = match told {
            Some(c) if c.is_minimal && c.rules.len() > 1 => "lift any one of them and there is a line",
            _ => "lift a rule, or take a longer takt",
        };
        Diagnostic::error(Code(308), fact, help).at(place, "the line's item")
    }

    /// The sheet of a line found by a search of its own.
    pub(super) fn told_of(&self, job: &Job<'_>, answer: &Answer, found: &practice::Line) -> LineSheet {
        self.told(job, answer, found, None, false)
    }

    /// The sheet of a line found.
    fn told(
        &self,
        job: &Job<'_>,
        answer: &Answer,
        found: &practice::Line,
        certificate: Option<Certificate>,
        cut: bool,
    ) -> LineSheet {
        let (ring, line) = (self.ring, self.line);
        let n = line.n_tasks();
        let assignment = Assignment::new(found.station_of(n));
        let bound = u32::try_from(answer.bound).unwrap_or(u32::MAX);
        let counting = u64::from(line.instance.time_sum()).div_ceil(u64::from(self.ticks)) as u32;
        let certificate = match certificate {
            Some(c) if c.stations_min >= bound => c,
            _ if counting >= bound => {
                Certificate { cycle_time: self.ticks, stations_min: counting, proof: Proof::Counting }
            }
            _ => {
                let log =
                    SearchLog { engine: SearchEngine::Forward, work: 0, nodes: answer.nodes, root_bound: counting };
                Certificate { cycle_time: self.ticks, stations_min: bound, proof: Proof::Search(log) }
            }
        };
        let option = option(ring, line, self.takt, self.ticks, &assignment, &certificate, cut);
        let aim =
            |(at, &value): (usize, &u64)| AimValue { name: job.aims[at].name(), value, is_proven: at < answer.proven };
        let moved = |t: &usize| {
            let today = self.wishes.today.as_ref().and_then(|today| today[*t]);
            today.is_some() && found.stands_at[assignment.station_of[*t] as usize] != today
        };
        LineSheet {
            items: line.items.clone(),
            without_areas: line.request.without_areas.clone(),
            limits: self.options.limits.clone(),
            aims: answer.grades.iter().enumerate().map(aim).collect(),
            overflow: self.overflow(job, found),
            stands_at: if self.wishes.today.is_some() {
                found.stands_at.iter().map(|s| s.map(|s| i64::from(s) + 1)).collect()
            } else {
                Vec::new()
            },
            moved: (0..n).filter(moved).map(|t| line.task(t)).collect(),
            people: self.seated(job, found),
            minutes_of: self.minutes_of(found),
            option,
        }
    }

    /// The chance of each station not to be ready in time; empty when nothing spreads.
    fn overflow(&self, job: &Job<'_>, found: &practice::Line) -> Vec<f64> {
        let spread = spread::of_line(self.ring, self.line);
        if spread.iter().all(|s| s.cv <= 0.0 && s.rework.0 <= 0.0) {
            return Vec::new();
        }
        let chance = Overflow::new(String::new(), 1.0, spread, f64::from(self.ticks));
        let of = |tasks: &Vec<u32>| chance.chance(tasks, job.with_load(tasks, |load| load.copies)).clamp(0.0, 1.0);
        found.stations.iter().map(of).collect()
    }

    /// Somebody for every head, when named people were asked for.
    fn seated(&self, job: &Job<'_>, found: &practice::Line) -> Vec<Vec<PersonId>> {
        let Some(site) = self.options.limits.people_of else { return Vec::new() };
        let rule = people(self.ring, self.line, site, String::new());
        let heads_of = |tasks: &Vec<u32>| -> Vec<u32> {
            let copies = job.with_load(tasks, |load| load.copies);
            (0..copies).flat_map(|_| slots(tasks, &rule.skill, &rule.crew)).collect()
        };
        let heads: Vec<Vec<u32>> = found.stations.iter().map(heads_of).collect();
        let everybody = people_of(self.ring, site);
        let seats = rule.seat(&heads.concat()).expect("the line keeps the rule of named people");
        let mut seats = seats.into_iter().map(|p| everybody[p]);
        heads.iter().map(|own| seats.by_ref().take(own.len()).collect()).collect()
    }

    fn minutes_of(&self, found: &practice::Line) -> Vec<Vec<Minutes>> {
        let times = times_of(self.ring, self.line);
        let of = |tasks: &Vec<u32>, times: &Vec<u64>| {
            Minutes::from_ticks(tasks.iter().map(|&t| times[t as usize]).sum::<u64>() as i64)
        };
        found.stations.iter().map(|tasks| times.iter().map(|own| of(tasks, own)).collect()).collect()
    }
}
