//! Lines without a ring: instances of the literature, their answers, and what proves them.
//!
//! Everything is recomputed from times, arcs and the answer alone. Times are ticks; tasks, stations and workers count
//! from 0.

mod bound;
mod order;
mod workers;

#[cfg(test)]
mod tests;

pub use bound::{PlainProof, check_bound};
pub use workers::{WorkerProof, check_workers, check_workers_bound};

/// Tasks and what must come before what.
#[derive(Debug, Clone, Copy)]
pub struct PlainLine<'a> {
    /// Task times, in ticks.
    pub times: &'a [u32],
    /// `(earlier, later)`.
    pub arcs: &'a [(usize, usize)],
}

/// Whether a claim was recomputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// The argument was repeated and holds.
    Holds,
    /// Its kind can only be repeated by searching again; nothing said.
    NotRechecked,
}

/// Whether an assignment is a line of `stations` stations within `cycle_time` ticks.
///
/// # Errors
/// The first thing that does not hold.
pub fn check_assignment(line: PlainLine<'_>, station_of: &[u32], stations: u32, cycle_time: u32) -> Result<(), String> {
    if station_of.len() != line.times.len() {
        return Err(format!("{} tasks have a station, the line has {}", station_of.len(), line.times.len()));
    }
    let mut loads = vec![0u64; stations as usize];
    let mut used = vec![false; stations as usize];
    for (task, &station) in station_of.iter().enumerate() {
        let Some(load) = loads.get_mut(station as usize) else {
            return Err(format!("task {task} stands in station {station} of {stations}"));
        };
        *load += u64::from(line.times[task]);
        used[station as usize] = true;
    }
    if let Some(empty) = used.iter().position(|&u| !u) {
        return Err(format!("station {empty} is empty"));
    }
    if let Some(full) = loads.iter().position(|&load| load > u64::from(cycle_time)) {
        return Err(format!("station {full} holds {} of {cycle_time} ticks", loads[full]));
    }
    in_order(line.arcs, station_of)
}

fn in_order(arcs: &[(usize, usize)], station_of: &[u32]) -> Result<(), String> {
    match arcs.iter().find(|(a, b)| station_of[*a] > station_of[*b]) {
        Some((a, b)) => Err(format!("task {a} must come before task {b}, and stands after it")),
        None => Ok(()),
    }
}
