//! Proportional: what `due * units / all due` comes to, by largest remainder.

use super::{Claim, one_by_one, wide};

pub(super) fn share_out(units: i64, claims: &[Claim]) -> Vec<i64> {
    let due: i64 = claims.iter().map(|c| c.due).sum();
    // The shortfall against due * units / all due, times all due.
    let behind = |c: &Claim, got: i64| wide(c.due) * wide(units) - wide(got) * wide(due);
    one_by_one(units, claims, |c, a, d, b| behind(c, a).cmp(&behind(d, b)))
}
