//! Max-min: each unit to the claim served least, `served / (served + due)` smallest, so that the smallest served share is as
//! large as it can be.

use super::{Claim, one_by_one, wide};

pub(super) fn share_out(units: i64, claims: &[Claim]) -> Vec<i64> {
    one_by_one(units, claims, |c, a, d, b| {
        // The smaller served share is farther behind: (served + got) / (served + due), cross-multiplied.
        let share = |of: &Claim, got: i64, by: &Claim| wide(of.served + got) * wide(by.served + by.due);
        share(d, b, c).cmp(&share(c, a, d))
    })
}
