//! Fewest station copies: a station counts as often as it stands side by side.

use crate::bounds::dual_feasible;
use crate::practice::aim::{Aim, Floor};
use crate::practice::job::{Job, Load, Place};
use crate::practice::pairs::Pairs;

/// Station copies.
///
/// Cost of a station: the copies its longest task asks for, `ceil(time / takt)`, at least 1.
#[derive(Debug, Clone, Copy)]
pub struct Copies;

impl Aim for Copies {
    fn name(&self) -> &'static str {
        "stations"
    }

    fn cost(&self, load: &Load<'_>, _place: Place) -> u64 {
        u64::from(load.copies)
    }

    fn floors(&self, job: &Job<'_>) -> Vec<Floor> {
        floors_of(job, &|_| true, 6)
    }

    fn counts_copies(&self) -> bool {
        true
    }
}

/// Bounds on the copies of the stations that hold the tasks `of` names: time over takt, dual feasible functions where
/// no station stands twice, and sets of tasks that all need stations of their own.
pub(super) fn floors_of(job: &Job<'_>, of: &dyn Fn(u32) -> bool, functions: usize) -> Vec<Floor> {
    let n = job.instance.n_tasks();
    let only = |weight: &dyn Fn(usize) -> u64| -> Vec<u64> {
        (0..n).map(|t| if of(t as u32) { weight(t) } else { 0 }).collect()
    };
    let takt = u64::from(job.takt);
    let mut floors = vec![Floor::one(only(&|t| u64::from(job.instance.time(t))), takt, 1)];
    if (0..n as u32).all(|t| job.copies_for(t) == 1) {
        for function in dual_feasible::for_search(job.instance, job.takt, functions) {
            floors.push(Floor::one(only(&|t| function.of[t]), function.scale, 1));
        }
    }
    let cliques = Pairs::new(job).cliques(job, of, 3);
    floors.extend(cliques.into_iter().map(|weight| Floor::one(weight, 1, 1)));
    floors
}
