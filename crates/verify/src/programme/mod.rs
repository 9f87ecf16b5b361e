//! A programme against the ring: every constraint and every cost.

mod bound;
mod budget;
mod capacity;
mod contract;
mod cost;
mod exercise_pool;
mod floor_space;
mod labour_pool;
mod lane;
mod line_order;
mod moves;
mod part_balance;
mod people_need;
mod people_start;
mod people_there;
mod qualified;
mod replenishment;
mod safety_stock;
mod shape;
mod site_opening;
mod source;
mod standing;
mod stock_balance;
mod subject;
mod support;
mod training_places;
mod workshare;

#[cfg(test)]
mod replan_tests;
#[cfg(test)]
mod tests;

use crate::faults::Faults;
use diag::Diagnostic;
use model::Ring;
use model::results::{LineDesign, Programme};
use subject::Subject;

/// What does not hold in a programme; empty when everything does.
///
/// Lists are checked first; where they are not sorted, complete and within range, nothing else is looked at.
/// The designs are those the programme's options index; they are verified by [`crate::line_designs`].
#[must_use]
pub fn programme(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> Vec<Diagnostic> {
    let mut faults = Faults::of("programme");
    shape::check(ring, designs, programme, &mut faults);
    if !faults.is_empty() {
        return faults.into_vec();
    }
    let subject = Subject::new(ring, designs, programme);
    for constraint in CONSTRAINTS {
        constraint(&subject, &mut faults);
    }
    faults.into_vec()
}

const CONSTRAINTS: &[fn(&Subject<'_>, &mut Faults)] = &[
    site_opening::check,
    line_order::check,
    standing::check,
    floor_space::check,
    support::check,
    people_need::check,
    people_start::check,
    people_there::check,
    training_places::check,
    labour_pool::check,
    capacity::check,
    stock_balance::check,
    part_balance::check,
    safety_stock::check,
    source::check,
    lane::check,
    replenishment::check,
    exercise_pool::check,
    contract::check,
    qualified::check,
    workshare::check,
    budget::check,
    moves::check,
    cost::check,
    bound::check,
];
