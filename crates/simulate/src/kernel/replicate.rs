//! Runs independent replications on threads; what comes back does not depend on how many.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `one(index)` for every index below `n` on up to `threads` threads; results in index order.
///
/// `one` must be a pure function of its index. Threads take the next free index, so a slow
/// replication holds nobody up.
pub fn replicate<T: Send>(n: usize, threads: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    replicate_into(n, threads, || (), |(): &mut (), index| one(index)).0
}

/// As [`replicate`], with something on each thread that all its indices add to; those come back in no promised order.
pub fn replicate_into<T: Send, A: Send>(
    n: usize,
    threads: usize,
    make: impl Fn() -> A + Sync,
    one: impl Fn(&mut A, usize) -> T + Sync,
) -> (Vec<T>, Vec<A>) {
    let workers = threads.clamp(1, n.max(1));
    if workers == 1 {
        let mut sum = make();
        return ((0..n).map(|index| one(&mut sum, index)).collect(), vec![sum]);
    }
    let next = AtomicUsize::new(0);
    let mut slots: Vec<Option<T>> = (0..n).map(|_| None).collect();
    let done: Vec<(Vec<(usize, T)>, A)> = std::thread::scope(|scope| {
        let work = || {
            let (mut mine, mut sum) = (Vec::new(), make());
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= n {
                    return (mine, sum);
                }
                mine.push((index, one(&mut sum, index)));
            }
        };
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let join = |h: std::thread::ScopedJoinHandle<'_, _>| match h.join() {
            Ok(mine) => mine,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        handles.into_iter().map(join).collect()
    });
    let mut sums = Vec::with_capacity(workers);
    for (results, sum) in done {
        sums.push(sum);
        results.into_iter().for_each(|(index, result)| slots[index] = Some(result));
    }
    (slots.into_iter().flatten().collect(), sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_number_do_not_depend_on_threads() {
        for threads in [1, 2, 3, 8] {
            let got = replicate(100, threads, |i| i * i);
            assert_eq!(got, (0..100).map(|i| i * i).collect::<Vec<_>>());
        }
        assert!(replicate(0, 4, |i| i).is_empty());
        for threads in [1, 3] {
            let (got, sums) = replicate_into(100, threads, || 0, |sum, i| *sum += i);
            assert_eq!((got.len(), sums.into_iter().sum::<usize>()), (100, 4_950));
        }
    }
}
