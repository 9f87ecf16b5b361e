//! What things cost: one small function per kind, and the cost rows of a whole programme.
//!
//! Rates are floats in units of the ring's currency; only rows are rounded, to cents, once each.

pub mod customer;
pub mod flow;
pub mod line;
pub mod people;
mod rows;
pub mod site;

pub use rows::{penalties, rows};
