//! Runs independent replications on threads; what comes back does not depend on how many.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `one(index)` for every index below `n` on up to `threads` threads; results in index order.
///
/// `one` must be a pure function of its index. Threads take the next free index, so a slow
/// replication holds nobody up.
pub fn replicate<T: Send>(n: usize, threads: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let workers = threads.clamp(1, n.max(1));
    if workers == 1 {
        return (0..n).map(one).collect();
    }
    let next = AtomicUsize::new(0);
    let mut slots: Vec<Option<T>> = (0..n).map(|_| None).collect();
    let done: Vec<Vec<(usize, T)>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        if index >= n {
                            return mine;
                        }
                        mine.push((index, one(index)));
                    }
                })
            })
            .collect();
        handles
            .into_iter()
            .map(|h| match h.join() {
                Ok(mine) => mine,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    for (index, result) in done.into_iter().flatten() {
        slots[index] = Some(result);
    }
    slots.into_iter().flatten().collect()
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
    }
}
