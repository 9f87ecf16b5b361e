//! Priority: by class, then by order, each as much as is due.

use super::Claim;

pub(super) fn share_out(mut units: i64, claims: &[Claim]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|at| (claims[*at].class, *at));
    let mut given = vec![0; claims.len()];
    for at in order {
        given[at] = claims[at].due.min(units);
        units -= given[at];
    }
    given
}
