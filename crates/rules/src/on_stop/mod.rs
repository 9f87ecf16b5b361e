//! What happens to the pieces of a site that stands still: one rule, one file.

mod move_pieces;
mod wait;

use model::settings::OnStop;

/// Pieces that each of the other sites takes over, by a rule.
///
/// `pieces` are those planned at the stopped site for the period and not begun; `others` are the pieces that each other site
/// which works and makes the item plans for the period. The sum is at most `pieces`.
#[must_use]
pub fn taken_over(rule: OnStop, pieces: i64, others: &[i64]) -> Vec<i64> {
    match rule {
        OnStop::Wait => wait::taken_over(others),
        OnStop::Move => move_pieces::taken_over(pieces, others),
    }
}
