//! Constructive rules: a good line in milliseconds, the start of every proof.

pub mod anneal;
pub mod construct;
pub mod eject;
pub mod hoffmann;
pub mod pairs;
pub mod rules;
