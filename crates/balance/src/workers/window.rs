//! Mending a line that is a little too slow: a window of neighbouring stations around each slow one is laid out anew, with
//! the tasks and workers it has.
//!
//! What stands before the window and after it stays, so every line made this way keeps precedence. A window of three to
//! six stations is a small line of its own, which a beam nearly exhausts.

use super::beam::{self, Width};
use super::knapsack::Table;
use super::line::{WorkerAssignment, WorkerLine};
use super::multipliers;
use crate::budget::Budget;

/// The largest windows, in stations.
const STATIONS_MAX: usize = 6;

/// The line made to fit `cycle_time`, when windows around its slow stations can be laid out within it.
pub(super) fn mend<const W: usize>(
    line: &WorkerLine,
    from: &WorkerAssignment,
    cycle_time: u32,
    width: Width,
    budget: &mut Budget<'_, '_>,
) -> Option<WorkerAssignment> {
    let mut now = from.clone();
    loop {
        let loads = now.loads(line);
        let Some(slow) = loads.iter().position(|&load| load > u64::from(cycle_time)) else { return Some(now) };
        let m = line.n_workers();
        let mut windows = (3..=STATIONS_MAX.min(m - 1)).flat_map(|size| {
            let first = (slow + 1).saturating_sub(size);
            (first..=slow.min(m - size)).map(move |start| (start, size))
        });
        now = windows.find_map(|(start, size)| again::<W>(line, &now, (start, size), cycle_time, width, budget))?;
    }
}

/// The line with one window laid out anew within the cycle time.
fn again<const W: usize>(
    line: &WorkerLine,
    from: &WorkerAssignment,
    (start, size): (usize, usize),
    cycle_time: u32,
    width: Width,
    budget: &mut Budget<'_, '_>,
) -> Option<WorkerAssignment> {
    if budget.is_over() {
        return None;
    }
    let inside = |station: u32| (start..start + size).contains(&(station as usize));
    let tasks: Vec<usize> = (0..line.n_tasks()).filter(|&t| inside(from.station_of[t])).collect();
    let workers: Vec<usize> = (start..start + size).map(|s| from.worker_of[s] as usize).collect();
    let rows: Vec<Vec<u32>> = tasks.iter().map(|&t| workers.iter().map(|&w| line.time(w, t)).collect()).collect();
    let arcs: Vec<(usize, usize)> = line
        .graph()
        .successors()
        .pairs()
        .filter_map(|(a, b)| Some((tasks.binary_search(&a).ok()?, tasks.binary_search(&b).ok()?)))
        .collect();
    let small = WorkerLine::new(&rows, &arcs).ok()?;
    let prices = multipliers::prices(&small);
    if multipliers::bound(&small, &prices) > u64::from(cycle_time) {
        return None;
    }
    let table = match Table::new(&small, cycle_time, &prices) {
        Ok(table) => table,
        Err((_, steps)) => {
            budget.step(steps);
            return None;
        }
    };
    budget.step(table.steps);
    let found = beam::search::<W>(&small, &table, &prices, width, budget)?;
    let mut next = from.clone();
    for (at, &task) in tasks.iter().enumerate() {
        next.station_of[task] = start as u32 + found.station_of[at];
    }
    for (at, &worker) in found.worker_of.iter().enumerate() {
        next.worker_of[start + at] = workers[worker as usize] as u32;
    }
    Some(next)
}
