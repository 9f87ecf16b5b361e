//! Quota: each unit to the claim farthest below `quota` times all units handed over by then, these included.

use super::{Claim, one_by_one, wide};

pub(super) fn share_out(units: i64, claims: &[Claim]) -> Vec<i64> {
    let all = wide(claims.iter().map(|c| c.served).sum::<i64>() + units);
    let behind = |c: &Claim, got: i64| wide(c.quota) * all - wide(c.served + got) * 1_000_000;
    one_by_one(units, claims, |c, a, d, b| behind(c, a).cmp(&behind(d, b)))
}
