//! Move: the others share the pieces in proportion to what they plan themselves, by largest remainder; ties to the earlier.

pub(super) fn taken_over(pieces: i64, others: &[i64]) -> Vec<i64> {
    let all: i64 = others.iter().map(|n| n.max(&0)).sum();
    if all == 0 || pieces <= 0 {
        return vec![0; others.len()];
    }
    let share = |n: &i64| i128::from(pieces) * i128::from(*n.max(&0));
    let mut taken: Vec<i64> = others.iter().map(|n| (share(n) / i128::from(all)) as i64).collect();
    let mut order: Vec<usize> = (0..others.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(share(&others[*at]) % i128::from(all)));
    let left = pieces - taken.iter().sum::<i64>();
    order.into_iter().take(left as usize).for_each(|at| taken[at] += 1);
    taken
}
