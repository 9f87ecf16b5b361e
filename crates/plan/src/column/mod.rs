//! The columns of the program: what is decided, within which bounds, at what cost.

mod customer;
mod flow;
mod line;
mod moves;
mod parts;
mod people;
mod site;

use crate::build::Build;

pub(crate) use parts::used as used_parts;

/// Adds all columns.
pub(crate) fn add_all(build: &mut Build<'_>) {
    site::add(build);
    line::add(build);
    people::add(build);
    flow::add(build);
    customer::add(build);
    parts::add(build);
    moves::add(build);
}
