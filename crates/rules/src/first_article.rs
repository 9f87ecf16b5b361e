//! First articles: what a new line makes before its output counts.

use crate::line::Timing;

/// What a line does in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// It is ordered and set up.
    SetUp,
    /// It makes first articles; they are not output.
    FirstArticle,
    /// Its pieces count.
    Output,
}

/// What a line of the given timing does in a period, from 0.
#[must_use]
pub fn phase(timing: Timing, period: usize) -> Phase {
    if period < timing.first_piece {
        Phase::SetUp
    } else if period < timing.output_from {
        Phase::FirstArticle
    } else {
        Phase::Output
    }
}
