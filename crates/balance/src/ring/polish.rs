//! Evens out a line without adding a station: fewer heads first, then a shorter cycle, then smoother loads.
//!
//! # Source
//! Shift and swap moves as in Rachamadugu and Talbot (1991), International Journal of Production
//! Research 29(3), here with first improvement in a fixed order, so that the result is repeatable.

use super::copies::copies_for;
use super::line::Line;
use crate::budget::Budget;
use crate::problem::Assignment;

/// What is made small, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grade {
    copies: u64,
    heads: i64,
    /// Largest planned load per copy, ticks.
    cycle: u64,
    /// Sum of squared planned loads per copy, ticks squared.
    unevenness: u128,
}

/// Improves a line in place until no move helps or the budget ends.
pub(super) fn polish(line: &Line, takt: u32, start: &mut Assignment, budget: &mut Budget<'_, '_>) {
    let mut table = Table::new(line, takt, start);
    let mut grade = table.grade();
    let n = line.n_tasks();
    let mut improved = true;
    while improved && !budget.is_over() {
        improved = false;
        for task in 0..n {
            let (first, last) = table.span(task);
            for station in first..=last {
                if station != table.station_of[task] && table.try_moves(&[(task, station)], &mut grade) {
                    improved = true;
                }
            }
            for other in task + 1..n {
                let (a, b) = (table.station_of[task], table.station_of[other]);
                let useful = a != b && first <= b && b <= last;
                if useful && table.try_moves(&[(task, b), (other, a)], &mut grade) {
                    improved = true;
                }
            }
            if !budget.step(n as u64) {
                break;
            }
        }
    }
    // Moves may have emptied a station.
    let mut used = table.station_of.clone();
    used.sort_unstable();
    used.dedup();
    let number = |s: &u32| used.binary_search(s).expect("the station is used") as u32;
    *start = Assignment::new(table.station_of.iter().map(number).collect());
}

struct Table<'a> {
    line: &'a Line,
    takt: u32,
    station_of: Vec<u32>,
    members: Vec<Vec<usize>>,
}

impl<'a> Table<'a> {
    fn new(line: &'a Line, takt: u32, start: &Assignment) -> Self {
        let mut members = vec![Vec::new(); start.stations as usize];
        for (task, &station) in start.station_of.iter().enumerate() {
            members[station as usize].push(task);
        }
        Self { line, takt, station_of: start.station_of.clone(), members }
    }

    /// First and last station that precedence leaves to a task.
    fn span(&self, task: usize) -> (u32, u32) {
        let instance = &self.line.instance;
        let at = |&t: &u32| self.station_of[t as usize];
        let first = instance.predecessors().of(task).iter().map(at).max().unwrap_or(0);
        let last = instance.successors().of(task).iter().map(at).min();
        (first, last.unwrap_or(self.members.len() as u32 - 1))
    }

    /// Copies, heads, plain load and planned load of a station.
    fn station(&self, station: usize) -> (u64, i64, u64, u64) {
        let tasks = &self.members[station];
        let time = |t: usize| self.line.instance.time(t);
        let copies = tasks.iter().map(|&t| copies_for(time(t), self.takt)).max().unwrap_or(0);
        let crew = tasks.iter().map(|&t| self.line.crew[t]).max().unwrap_or(0);
        let load = tasks.iter().map(|&t| u64::from(time(t))).sum();
        let planned = tasks.iter().map(|&t| self.line.planned[t].ticks() as u64).sum();
        (u64::from(copies), crew, load, planned)
    }

    fn grade(&self) -> Grade {
        let mut grade = Grade { copies: 0, heads: 0, cycle: 0, unevenness: 0 };
        for station in 0..self.members.len() {
            let (copies, crew, _, planned) = self.station(station);
            if copies == 0 {
                continue;
            }
            grade.copies += copies;
            grade.heads += crew * copies as i64;
            grade.cycle = grade.cycle.max(planned.div_ceil(copies));
            grade.unevenness += u128::from(planned) * u128::from(planned) / u128::from(copies);
        }
        grade
    }

    fn place(&mut self, task: usize, station: u32) {
        let old = self.station_of[task] as usize;
        self.members[old].retain(|&t| t != task);
        self.members[station as usize].push(task);
        self.station_of[task] = station;
    }

    /// Makes the moves and keeps them when they are allowed and better.
    fn try_moves(&mut self, moves: &[(usize, u32)], grade: &mut Grade) -> bool {
        let mut undo = [(0, 0); 2];
        for (slot, &(task, station)) in undo.iter_mut().zip(moves) {
            *slot = (task, self.station_of[task]);
            self.place(task, station);
        }
        let legal = moves.iter().all(|&(task, station)| {
            let (first, last) = self.span(task);
            let (copies, _, load, _) = self.station(station as usize);
            first <= station && station <= last && load <= copies * u64::from(self.takt)
        }) && undo[..moves.len()].iter().all(|&(_, left)| {
            // A station that lost its longest task lost its copies too.
            let (copies, _, load, _) = self.station(left as usize);
            load <= copies * u64::from(self.takt)
        });
        if legal {
            let now = self.grade();
            if now < *grade {
                *grade = now;
                return true;
            }
        }
        for &(task, station) in undo[..moves.len()].iter().rev() {
            self.place(task, station);
        }
        false
    }
}
