//! Why each task stands where it stands.

use super::line::Line;
use crate::problem::Assignment;
use model::Ring;
use units::Minutes;

/// One sentence per task of the line.
///
/// `room` is what each station can hold: takt times copies, in ticks.
pub(super) fn of_line(ring: &Ring, line: &Line, assignment: &Assignment, room: &[u64]) -> Vec<String> {
    let loads = assignment.loads(&line.instance);
    (0..line.n_tasks()).map(|task| reason(ring, line, assignment, room, &loads, task)).collect()
}

fn reason(ring: &Ring, line: &Line, assignment: &Assignment, room: &[u64], loads: &[u32], task: usize) -> String {
    let station_of = &assignment.station_of;
    let here = station_of[task];
    let name = |t: u32| ring.tasks[line.task(t as usize)].key.as_str();
    let free = |s: u32| room[s as usize].saturating_sub(u64::from(loads[s as usize]));
    let time = u64::from(line.instance.time(task));
    let before = line.instance.predecessors().of(task);
    let after = line.instance.successors().of(task);
    let first = before.iter().max_by_key(|&&p| (station_of[p as usize], std::cmp::Reverse(p)));
    let last = after.iter().min_by_key(|&&s| (station_of[s as usize], s));
    let earliest = first.map_or(0, |&p| station_of[p as usize]);
    let latest = last.map_or(assignment.stations - 1, |&s| station_of[s as usize]);
    let mut parts = Vec::new();
    if time > 0 && loads[here as usize] as usize == time as usize && room.len() > 1 {
        parts.push("alone here".to_owned());
    }
    if earliest == here {
        match first {
            Some(&p) => parts.push(format!("not earlier: `{}` before it is in this station", name(p))),
            None => parts.push("not earlier: this is the first station".to_owned()),
        }
    } else {
        let widest = (earliest..here).max_by_key(|&s| (free(s), std::cmp::Reverse(s)));
        let widest = widest.expect("there is an earlier station");
        if free(widest) < time {
            let bound = match first {
                Some(&p) => format!("not before station {} (`{}`), and ", earliest + 1, name(p)),
                None => String::new(),
            };
            parts.push(format!(
                "{bound}no earlier station has {} min left: most is {} min in station {}",
                minutes(time),
                minutes(free(widest)),
                widest + 1
            ));
        } else {
            parts.push(format!(
                "could stand from station {}: placed here for fewer heads or more even loads",
                earliest + 1
            ));
        }
    }
    if let (true, Some(&s)) = (latest == here, last) {
        parts.push(format!("not later: `{}` after it is in this station", name(s)));
    }
    if line.crew[task] > 1 {
        parts.push(format!("takes a crew of {}", line.crew[task]));
    }
    parts.join("; ")
}

fn minutes(ticks: u64) -> Minutes {
    Minutes::from_ticks(ticks as i64)
}
