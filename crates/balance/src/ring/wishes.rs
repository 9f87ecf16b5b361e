//! What a line of a ring has to keep: `zoning.csv`, `today.csv`, `people.csv` and the limits asked for, as rules.

use super::line::Line;
use super::spread;
use crate::practice::rules::{
    Apart, At, EnoughCopies, EnoughEquipment, EnoughHeads, Mixed, MoveLimit, Overflow, People, Spot, Stay, Together,
};
use crate::practice::{Rule, aims};
use model::Ring;
use model::ids::{PersonId, TaskId};
use model::results::LineLimits;
use model::tables::zoning::{Zoning, ZoningKind};
use rules::labour;
use units::Id;

/// The line of a ring as the practice layer sees it, besides times and precedence.
#[derive(Debug)]
pub(super) struct Wishes {
    pub(super) rules: Vec<Box<dyn Rule>>,
    pub(super) heads: aims::Heads,
    pub(super) equipment: aims::Equipment,
    pub(super) today: Option<Vec<Option<u32>>>,
}

impl Wishes {
    /// Everything that holds for a line at a takt, in ticks.
    pub(super) fn of(ring: &Ring, line: &Line, takt: u32, limits: &LineLimits) -> Self {
        let today = today(ring, line);
        let mut wishes = Self {
            rules: Vec::new(),
            heads: aims::Heads { crew: line.crew.iter().map(|&c| c as u32).collect() },
            equipment: equipment(ring, line, takt),
            today,
        };
        for row in ring.zoning.iter() {
            wishes.zone(ring, line, row);
        }
        wishes.limits(ring, line, takt, limits);
        wishes
    }

    /// The rules of one row of `zoning.csv`; tasks that are not on the line are passed over.
    fn zone(&mut self, ring: &Ring, line: &Line, row: &Zoning) {
        let on_line = |t: &TaskId| line.tasks.iter().position(|l| l.task == *t).map(|at| at as u32);
        let tasks: Vec<u32> = row.tasks.iter().filter_map(on_line).collect();
        if tasks.is_empty() {
            return;
        }
        let keys: Vec<&str> = tasks.iter().map(|&t| ring.tasks[line.task(t as usize)].key.as_str()).collect();
        let says = |what: &str| {
            let why = if row.why.is_empty() { String::new() } else { format!(" ({})", row.why) };
            format!("`{}`: {} {what}{why}", row.key, keys.join(", "))
        };
        let number = row.station.map_or(0, |s| u32::try_from(s - 1).unwrap_or(0));
        match row.kind {
            ZoningKind::Together if tasks.len() > 1 => {
                self.rules.push(Box::new(Together { says: says("share one station"), tasks }));
            }
            ZoningKind::Apart if tasks.len() > 1 => {
                self.rules.push(Box::new(Apart { says: says("share no station"), tasks }));
            }
            ZoningKind::Together | ZoningKind::Apart => {}
            ZoningKind::At => {
                let what = format!("at station {}", number + 1);
                for task in tasks {
                    self.rules.push(Box::new(At { says: says(&what), task, spot: Spot::Number(number) }));
                }
            }
            ZoningKind::Last => {
                for task in tasks {
                    self.rules.push(Box::new(At { says: says("at the last station"), task, spot: Spot::Last }));
                }
            }
            ZoningKind::Stay => {
                let Some(today) = &self.today else { return };
                let tasks: Vec<(u32, u32)> =
                    tasks.into_iter().filter_map(|t| today[t as usize].map(|s| (t, s))).collect();
                if !tasks.is_empty() {
                    self.rules.push(Box::new(Stay { says: says("stay where they stand today"), tasks }));
                }
            }
        }
    }

    /// The rules of the limits asked for.
    fn limits(&mut self, ring: &Ring, line: &Line, takt: u32, limits: &LineLimits) {
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        if let Some(most) = limits.stations_max {
            self.rules.push(Box::new(EnoughCopies { says: format!("at most {most} stations"), most: count(most) }));
        }
        if let Some(most) = limits.heads_max {
            let says = format!("at most {most} heads");
            self.rules.push(Box::new(EnoughHeads { says, heads: self.heads.clone(), most: count(most) }));
        }
        for &(kind, most) in &limits.equipment_max {
            self.rules.push(Box::new(EnoughEquipment {
                says: format!("at most {most} of `{}`", ring.equipment[kind].key),
                used: self.equipment.used.clone(),
                kind: kind.index() as u32,
                most: count(most),
                takt: u64::from(takt),
            }));
        }
        if let (Some(most), Some(today)) = (limits.moves_max, &self.today) {
            let moves = aims::Moves { today: today.clone() };
            self.rules.push(Box::new(MoveLimit { says: format!("at most {most} moves"), moves, most: count(most) }));
        }
        if let Some(peak) = limits.peak {
            self.rules.push(Box::new(mixed(ring, line, takt, peak)));
        }
        if let Some(share) = limits.overflow {
            let says = format!("at every station at most {} % of pieces late", 100.0 * share);
            self.rules.push(Box::new(Overflow::new(says, share, spread::of_line(ring, line), f64::from(takt))));
        }
        if let Some(site) = limits.people_of {
            let says = format!("the people of `{}` fill every head", ring.sites[site].key);
            self.rules.push(Box::new(people(ring, line, site, says)));
        }
    }
}

/// Today's station of each task from 0, numbered without gaps; none without rows for the line.
fn today(ring: &Ring, line: &Line) -> Option<Vec<Option<u32>>> {
    let request = &line.request;
    let row = |at: usize| {
        let task = line.task(at);
        let rows = ring.today.iter();
        let mut own = rows.filter(|r| (r.item, r.line_type, r.task) == (request.item, request.line_type, task));
        own.next().map(|r| (r.station - 1) as u32)
    };
    let today: Vec<Option<u32>> = (0..line.n_tasks()).map(row).collect();
    today.iter().any(Option::is_some).then_some(today)
}

fn equipment(ring: &Ring, line: &Line, takt: u32) -> aims::Equipment {
    let used = |at: usize| {
        let row = &ring.tasks[line.task(at)];
        let minutes = row.minutes + row.unattended_minutes;
        let busy = minutes.ticks().saturating_mul(line.tasks[at].pieces.ticks()) / 1_000;
        row.equipment.map(|kind| aims::Use { kind: kind.index() as u32, busy: busy.max(0) as u64 })
    };
    let price = ring.equipment.iter().map(|row| row.cost.ticks().max(0) as u64).collect();
    aims::Equipment { used: (0..line.n_tasks()).map(used).collect(), price, takt: u64::from(takt) }
}

/// What each item of the line takes for one piece of it.
fn mixed(ring: &Ring, line: &Line, takt: u32, peak: f64) -> Mixed {
    let widens = line.instance.time_max() > takt;
    let limit = (f64::from(takt) * peak.max(1.0)) as u64;
    Mixed {
        says: format!("no item takes more than {peak} takts at a station"),
        times: times_of(ring, line),
        limit,
        widens,
    }
}

/// Ticks of each task for one piece of each item: `items x tasks`.
pub(super) fn times_of(ring: &Ring, line: &Line) -> Vec<Vec<u64>> {
    let of_item = |shared: &model::results::SharedItem| {
        let own = labour::tasks(ring, shared.item, shared.line_type);
        let ticks = |at: usize| {
            let here = own.iter().find(|t| t.task == line.task(at));
            here.map_or(0, |t| labour::minutes(ring, *t).ticks().max(0) as u64)
        };
        (0..line.n_tasks()).map(ticks).collect()
    };
    line.items.iter().map(of_item).collect()
}

/// The rule of named people, and who they are, in the order of `people.csv`.
pub(super) fn people(ring: &Ring, line: &Line, site: model::ids::SiteId, says: String) -> People {
    let skills = |id: &PersonId| ring.people[*id].skills.iter().fold(0u32, |all, s| all | bit(s.index()));
    People {
        says,
        people: people_of(ring, site).iter().map(skills).collect(),
        skill: (0..line.n_tasks()).map(|t| (ring.tasks[line.task(t)].skill.index() % 32) as u32).collect(),
        crew: line.crew.iter().map(|&c| c as u32).collect(),
    }
}

/// The people of a site, in table order.
pub(super) fn people_of(ring: &Ring, site: model::ids::SiteId) -> Vec<PersonId> {
    ring.people.enumerate().filter(|(_, p)| p.site == site).map(|(id, _)| id).collect()
}

/// Skills beyond 32 share bits; `sheet` refuses named people then.
fn bit(skill: usize) -> u32 {
    1 << (skill % 32)
}
