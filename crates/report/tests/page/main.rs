//! The page as a whole: well formed, linked, self-contained, the same every time, honest about what is missing.

#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

mod absent;
mod links;
mod markup;
mod moves;
mod numbers;
mod sample;
mod tables;
