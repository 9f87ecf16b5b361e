//! The constraints of the plan, one rule a file; the first line of each is its formula as in `docs/model.md`.

mod budget;
mod capacity;
mod contract;
mod customer_balance;
mod exercise_pool;
mod floor;
mod frozen;
mod labour_pool;
mod lane_capacity;
mod lines_max;
mod moves;
mod part_balance;
mod people_ready;
mod people_there;
mod qualified;
mod safety_stock;
mod site_ready;
mod source_capacity;
mod standing;
mod stock_balance;
mod support;
mod training_places;
mod workshare;

use crate::build::Build;

/// Adds all rows.
pub(crate) fn add_all(build: &mut Build<'_>) {
    site_ready::add(build);
    standing::add(build);
    lines_max::add(build);
    floor::add(build);
    support::add(build);
    people_ready::add(build);
    people_there::add(build);
    training_places::add(build);
    labour_pool::add(build);
    capacity::add(build);
    part_balance::add(build);
    source_capacity::add(build);
    stock_balance::add(build);
    safety_stock::add(build);
    lane_capacity::add(build);
    customer_balance::add(build);
    exercise_pool::add(build);
    contract::add(build);
    qualified::add(build);
    workshare::add(build);
    moves::add(build);
    frozen::add(build);
    budget::add(build);
}
