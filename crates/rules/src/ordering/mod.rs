//! What is ordered beyond the programme while it runs: one rule, one file.

mod planned;
mod replenish;

use model::settings::Ordering;

/// How a site stands with a part against its programme, thousandths of a piece, all since the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Use of pieces that were moved here from other sites, less that of pieces moved away.
    pub moved: i64,
    /// Past its shelf life.
    pub expired: i64,
    /// Ordered beyond the programme so far.
    pub again: i64,
    /// Ordered in multiples of this, at least 1.
    pub lot: i64,
}

/// What to order now beyond the programme, by a rule: thousandths, at least 0, whole lots.
#[must_use]
pub fn beyond(rule: Ordering, position: &Position) -> i64 {
    match rule {
        Ordering::Planned => planned::beyond(position),
        Ordering::Replenish => replenish::beyond(position),
    }
}
