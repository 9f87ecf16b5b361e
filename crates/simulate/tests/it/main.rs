//! Integration tests of the simulation engines, one file per behaviour.

#![allow(clippy::unwrap_used, reason = "tests")]

mod exact_tables;
mod experiments;
mod gradients;
mod line_cases;
mod line_chains;
mod line_invariants;
mod line_recursion;
mod naive;
mod networks;
mod ring_by_hand;
mod ring_engines;
mod ring_life;
mod ring_policies;
mod ring_questions;
mod ring_repair;
