//! Test helpers: a small generator of lines and the plain oracle that tries everything.

use crate::instance::Instance;
pub(crate) use crate::random::Random;

/// How many cases a comparison with an oracle wants: `usual`, or what the environment variable `RINGWORKS_CASES` says.
#[allow(clippy::disallowed_methods, reason = "how long tests run is asked from outside")]
pub(crate) fn cases(usual: usize) -> usize {
    std::env::var("RINGWORKS_CASES").map_or(usual, |n| n.parse().expect("RINGWORKS_CASES is a whole number"))
}

/// A random line of `1..=n_max` tasks and a cycle time that fits its longest task.
pub(crate) fn line(random: &mut Random, n_max: u64) -> (Instance, u32) {
    let n = 1 + random.below(n_max) as usize;
    let c = 3 + random.below(28) as u32;
    // Short, middling and long tasks in turn: the bounds live in different regions.
    let (low, high) = match random.below(4) {
        0 => (1, c / 3 + 1),
        1 => (c / 3, c * 2 / 3),
        2 => (0, c),
        _ => (c / 4, c / 2 + 1),
    };
    let times: Vec<u32> = (0..n).map(|_| (low + random.below(u64::from(high - low) + 1) as u32).min(c)).collect();
    let density = random.below(60);
    let mut arcs = Vec::new();
    // A random order of the numbers, so that number and rank differ.
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
    for a in 0..n {
        for b in a + 1..n {
            if random.below(100) < density {
                arcs.push((order[a], order[b]));
            }
        }
    }
    (Instance::new(&times, &arcs).unwrap(), c)
}

/// The fewest stations, by dynamic programming over all closed sets of tasks: lexicographically
/// least (stations, time in the last one). `n <= 16`.
///
/// # Source
/// Held, Karp and Shareshian (1963), Operations Research 11(3).
pub(crate) fn fewest_stations(line: &Instance, c: u32) -> u32 {
    let n = line.n_tasks();
    let mut best = vec![(u32::MAX, 0u32); 1 << n];
    best[0] = (0, c);
    for set in 0..1usize << n {
        let (stations, load) = best[set];
        if stations == u32::MAX {
            continue;
        }
        for task in 0..n {
            if set >> task & 1 == 1 || !line.before().ones(task).all(|p| set >> p & 1 == 1) {
                continue;
            }
            let time = line.time(task);
            // With no station open the load reads full; a task of no time still needs the first one.
            let next = if load + time <= c && stations > 0 { (stations, load + time) } else { (stations + 1, time) };
            let slot = &mut best[set | 1 << task];
            *slot = (*slot).min(next);
        }
    }
    best[(1 << n) - 1].0
}
