//! Wait: the pieces stay with their site and are made when it works again.

pub(super) fn taken_over(others: &[i64]) -> Vec<i64> {
    vec![0; others.len()]
}
