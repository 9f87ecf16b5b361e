//! Search that proves: every line shorter than the best is found or refuted.

pub mod corridor;
pub mod dominance;
pub mod engine;
pub mod halves;
pub mod loads;
pub mod meet;
pub(crate) mod memory;
pub mod pairing;
mod reach;
pub mod remember;
pub(crate) mod residual;
#[cfg(test)]
mod tests;
