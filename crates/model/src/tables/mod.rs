//! The tables of a ring, a file each: schema, typed row, reading.

pub mod alternatives;
pub mod assumptions;
pub mod bom;
pub mod calendars;
pub mod capability;
pub mod decisions;
pub mod demand;
pub mod equipment;
pub mod exercises;
pub mod gates;
pub mod items;
pub mod lanes;
pub mod opening;
pub mod outages;
pub mod parts;
pub mod people;
pub mod readiness;
pub mod recovery;
pub mod revisions;
pub mod sites;
pub mod supply;
pub mod task_parts;
pub mod tasks;
pub mod today;
pub mod workforce;
pub mod zoning;
