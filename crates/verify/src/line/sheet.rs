//! A sheet of one line: its layout, and each limit it was asked to keep, recomputed from the ring.
//!
//! - moves: tasks whose station does not stand at today's station; `stay` rows have none; kept places ascend;
//! - people: each head of each copy somebody else of the site, with the skills of the tasks that take so many people;
//! - peak: minutes of each item at a station <= `peak x takt x copies`;
//! - equipment: `sum over stations of max(copies, ceil((minutes + unattended) x pieces / takt))` of a kind;
//! - overflow: [`super::overflow`];
//! - aims: stations, heads, moves, equipment and evenness as the stations say. That nothing less is possible is not
//!   re-checked, but for the bound on stations.

use super::subject::Subject;
use super::{bound, equipment, heads, loads, overflow, placement, zoning};
use crate::faults::{Faults, LINE};
use diag::Diagnostic;
use model::Ring;
use model::ids::{SkillId, TaskId};
use model::results::{LineSheet, Station};
use model::tables::zoning::ZoningKind;
use rules::labour::{self, LineTask};
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, Minutes};

/// What does not hold in a sheet; empty when everything does.
#[must_use]
pub fn line_sheet(ring: &Ring, sheet: &LineSheet) -> Vec<Diagnostic> {
    let mut faults = Faults::of("line sheet");
    let Some(first) = sheet.items.first().filter(|_| sheet.items.iter().all(|i| i.item.index() < ring.items.len()))
    else {
        faults.tell(LINE, "a line makes items", "the sheet names no item of the ring".to_owned());
        return faults.into_vec();
    };
    let areas = |t: &LineTask| !sheet.without_areas.contains(&ring.tasks[t.task].area);
    let tasks = labour::tasks_shared(ring, &sheet.items).into_iter().filter(areas);
    let subject = Subject::of_tasks(ring, &sheet.option, tasks);
    placement::check(&subject, &mut faults);
    if !faults.is_empty() {
        return faults.into_vec();
    }
    through_areas(&subject, &mut faults);
    loads::check(&subject, &mut faults);
    heads::check(&subject, &mut faults);
    equipment::check(&subject, &mut faults);
    bound::check(&subject, &mut faults);
    zoning::check(&subject, &mut faults);
    if faults.is_empty() {
        let today: BTreeMap<TaskId, i64> = ring
            .today
            .iter()
            .filter(|r| (r.item, r.line_type) == (first.item, first.line_type))
            .map(|r| (r.task, r.station))
            .collect();
        moves(&subject, sheet, &today, &mut faults);
        limits(&subject, sheet, &mut faults);
        peaks(&subject, sheet, &mut faults);
        people(&subject, sheet, &mut faults);
        overflow::check(&subject, sheet, &mut faults);
        aims(&subject, sheet, &mut faults);
    }
    faults.into_vec()
}

/// Precedence through tasks whose area is left out.
fn through_areas(s: &Subject<'_>, faults: &mut Faults) {
    let listed = s.option.stations.iter().flat_map(|st| &st.tasks).enumerate();
    let at: BTreeMap<TaskId, usize> = listed.map(|(n, t)| (*t, n)).collect();
    for task in s.tasks.keys() {
        let mut open: Vec<TaskId> = s.ring.tasks[*task].predecessors.clone();
        let mut seen = BTreeSet::new();
        while let Some(before) = open.pop() {
            if !seen.insert(before) {
                continue;
            }
            if at.get(&before).is_some_and(|b| *b > at[task]) {
                let (first, second) = (&s.ring.tasks[before].key, &s.ring.tasks[*task].key);
                faults.tell(LINE, "tasks follow their predecessors", format!("`{second}` is done before `{first}`"));
            }
            open.extend(&s.ring.tasks[before].predecessors);
        }
    }
}

fn moves(s: &Subject<'_>, sheet: &LineSheet, today: &BTreeMap<TaskId, i64>, faults: &mut Faults) {
    if today.keys().all(|t| !s.tasks.contains_key(t)) {
        if !sheet.moved.is_empty() || !sheet.stands_at.is_empty() {
            faults.tell(LINE, "only a line that stands can be moved", "today's line is not known".to_owned());
        }
        return;
    }
    let kept: Vec<i64> = sheet.stands_at.iter().flatten().copied().collect();
    if sheet.stands_at.len() != s.option.stations.len() || kept.windows(2).any(|w| w[0] >= w[1]) {
        faults.tell(LINE, "stations keep their order of today", "places of today do not ascend".to_owned());
        return;
    }
    let here =
        |t: &TaskId| s.option.stations.iter().position(|st| st.tasks.contains(t)).and_then(|at| sheet.stands_at[at]);
    let is: Vec<TaskId> =
        s.tasks.keys().copied().filter(|t| today.get(t).is_some_and(|place| here(t) != Some(*place))).collect();
    if is != sheet.moved {
        let fact = format!("{} tasks are said to move, {} do", sheet.moved.len(), is.len());
        faults.tell(LINE, "moved tasks stand elsewhere than today", fact);
    }
    if sheet.limits.moves_max.is_some_and(|most| is.len() as i64 > most) {
        faults.tell(LINE, "the line keeps its limit of moves", format!("{} tasks move", is.len()));
    }
    for row in s.ring.zoning.iter().filter(|row| row.kind == ZoningKind::Stay) {
        if row.tasks.iter().any(|t| is.contains(t)) {
            faults.tell(LINE, "tasks stay where they must", format!("rule `{}` of zoning.csv is not kept", row.key));
        }
    }
}

fn limits(s: &Subject<'_>, sheet: &LineSheet, faults: &mut Faults) {
    let (option, limits) = (s.option, &sheet.limits);
    let over = |is: i64, most: Option<i64>| most.is_some_and(|most| is > most);
    if over(option.n_stations(), limits.stations_max) {
        faults.tell(LINE, "the line keeps its limit of stations", format!("it has {}", option.n_stations()));
    }
    if over(option.n_heads(), limits.heads_max) {
        faults.tell(LINE, "the line keeps its limit of heads", format!("it has {}", option.n_heads()));
    }
    if limits.is_single && option.stations.iter().any(|st| st.copies > 1) {
        faults.tell(LINE, "no station stands side by side", "a station has copies".to_owned());
    }
    for &(kind, most) in &limits.equipment_max {
        let is: i64 = option.stations.iter().map(|st| pieces(s, st, kind)).sum();
        if is > most {
            let fact = format!("it needs {is} of `{}` at the takt", s.ring.equipment[kind].key);
            faults.tell(LINE, "the line keeps its limits of equipment", fact);
        }
    }
}

/// Pieces of a kind of equipment at a station, at the takt.
fn pieces(s: &Subject<'_>, station: &Station, kind: model::ids::EquipmentId) -> i64 {
    let own = station.tasks.iter().filter(|t| s.ring.tasks[**t].equipment == Some(kind));
    let busy = |t: &TaskId| {
        let row = &s.ring.tasks[*t];
        i128::from((row.minutes + row.unattended_minutes).ticks()) * i128::from(s.tasks[t].pieces.ticks()) / 1_000
    };
    let all: Vec<i128> = own.map(busy).collect();
    let takt = i128::from(s.option.takt.ticks().max(1));
    if all.is_empty() {
        0
    } else {
        ((all.iter().sum::<i128>() + takt - 1) / takt).max(i128::from(station.copies)) as i64
    }
}

fn peaks(s: &Subject<'_>, sheet: &LineSheet, faults: &mut Faults) {
    if sheet.minutes_of.len() != s.option.stations.len() {
        faults.tell(LINE, "each station tells the minutes of each item", "stations are missing".to_owned());
        return;
    }
    for (at, (station, told)) in s.option.stations.iter().zip(&sheet.minutes_of).enumerate() {
        let of = |shared: &model::results::SharedItem| -> Minutes {
            let own = labour::tasks(s.ring, shared.item, shared.line_type);
            own.iter().filter(|t| station.tasks.contains(&t.task)).map(|t| labour::minutes(s.ring, *t)).sum()
        };
        let is: Vec<Minutes> = sheet.items.iter().map(of).collect();
        if is != *told {
            faults.tell(LINE, "each station tells the minutes of each item", format!("station {} does not", at + 1));
        }
        let room = sheet.limits.peak.map(|p| p.max(1.0) * s.option.takt.ticks() as f64 * station.copies as f64);
        if is.iter().any(|m| room.is_some_and(|room| m.ticks() as f64 > room + 1e-6)) {
            faults.tell(LINE, "no item is above its peak", format!("station {} is", at + 1));
        }
    }
}

fn people(s: &Subject<'_>, sheet: &LineSheet, faults: &mut Faults) {
    let Some(site) = sheet.limits.people_of else {
        if !sheet.people.is_empty() {
            faults.tell(LINE, "people are named when they are asked for", "people are named".to_owned());
        }
        return;
    };
    let mut seen = BTreeSet::new();
    let fine = sheet.people.len() == s.option.stations.len()
        && s.option.stations.iter().zip(&sheet.people).all(|(station, named)| {
            let heads = usize::try_from(station.heads).unwrap_or(0);
            let wanted = heads * usize::try_from(station.copies).unwrap_or(0);
            named.len() == wanted
                && named.iter().enumerate().all(|(at, id)| {
                    let Some(person) = s.ring.people.get(*id) else { return false };
                    let rank = (at % heads.max(1)) as i64 + 1;
                    let busy = station.tasks.iter().filter(|t| s.ring.tasks[**t].crew >= rank);
                    let skills: BTreeSet<SkillId> = busy.map(|t| s.ring.tasks[*t].skill).collect();
                    person.site == site && seen.insert(*id) && skills.iter().all(|k| person.skills.contains(k))
                })
        });
    if !fine {
        faults.tell(LINE, "every head is somebody else with the skills of its tasks", "some head is not".to_owned());
    }
}

fn aims(s: &Subject<'_>, sheet: &LineSheet, faults: &mut Faults) {
    let option = s.option;
    let square = |st: &Station| st.load.ticks() as u128 * st.load.ticks() as u128 / st.copies as u128;
    let price = |st: &Station| -> i128 {
        let kinds: BTreeSet<_> = st.tasks.iter().filter_map(|t| s.ring.tasks[*t].equipment).collect();
        kinds.iter().map(|k| i128::from(s.ring.equipment[*k].cost.ticks()) * i128::from(pieces(s, st, *k))).sum()
    };
    for aim in &sheet.aims {
        let is: u128 = match aim.name {
            "stations" => option.n_stations() as u128,
            "heads" => option.n_heads() as u128,
            "moves" => sheet.moved.len() as u128,
            "equipment" => option.stations.iter().map(price).sum::<i128>() as u128,
            "evenness" => option.stations.iter().map(square).sum(),
            _ => u128::MAX,
        };
        if u128::from(aim.value) != is {
            faults.tell(
                LINE,
                "aims are what the stations say",
                format!("{} is said to be {}, it is {is}", aim.name, aim.value),
            );
        }
    }
    let proven = sheet.aims.first().is_some_and(|a| a.name == "stations" && a.is_proven);
    if proven && option.bound != option.n_stations() {
        faults.tell(LINE, "proven stations meet their bound", format!("the bound is {}", option.bound));
    }
}
