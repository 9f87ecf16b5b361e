//! The matching bound through its dual, without finding a matching.
//!
//! Let `B` be tasks longer than a third of the takt: at most two share a station. Two of them may share one only if their
//! minutes and those of all tasks forced between them are within the takt. If every such pair has a task among the
//! `singles`, or both within one odd set of the `blossoms`, then at most `|singles| + sum (size - 1) / 2` stations hold a
//! pair, and the line needs at least `|B|` minus that many stations.
//!
//! # Source
//! J. Edmonds, Maximum matching and a polyhedron with 0,1-vertices, J. Res. Nat. Bur. Standards 69B (1965): odd-set covers.

use super::precedence::Order;
use super::subject::Subject;
use model::ids::TaskId;
use std::collections::BTreeSet;

/// Stations proven by the cover, or what is wrong with it.
pub(super) fn bound(
    s: &Subject<'_>,
    big: &[TaskId],
    singles: &[TaskId],
    blossoms: &[Vec<TaskId>],
) -> Result<i64, String> {
    let takt = s.option.takt.ticks();
    let of: BTreeSet<TaskId> = big.iter().copied().collect();
    if of.len() != big.len() || !big.iter().all(|t| s.tasks.contains_key(t)) {
        return Err("the proof names a task twice, or one that is not of the line".to_owned());
    }
    if let Some(task) = big.iter().find(|t| 3 * s.minutes(**t).ticks() <= takt) {
        return Err(format!("`{}` is not longer than a third of the takt", s.ring.tasks[*task].key));
    }
    if s.tasks.keys().any(|t| s.minutes(*t).ticks() > takt) {
        return Err("a task is longer than the takt, and stations side by side break the argument".to_owned());
    }
    if blossoms.iter().any(|b| b.len() % 2 == 0 || b.iter().collect::<BTreeSet<_>>().len() != b.len()) {
        return Err("a set of the cover is not odd, or names a task twice".to_owned());
    }
    let single: BTreeSet<TaskId> = singles.iter().copied().collect();
    let covered = |a: TaskId, b: TaskId| {
        single.contains(&a) || single.contains(&b) || blossoms.iter().any(|set| set.contains(&a) && set.contains(&b))
    };
    let order = Order::new(s);
    for (at, a) in big.iter().enumerate() {
        for b in &big[at + 1..] {
            if !covered(*a, *b) && order.together(s, *a, *b) <= takt {
                let (first, second) = (&s.ring.tasks[*a].key, &s.ring.tasks[*b].key);
                return Err(format!("`{first}` and `{second}` may share a station, and the cover leaves them out"));
            }
        }
    }
    let sets: usize = blossoms.iter().map(|b| (b.len() - 1) / 2).sum();
    Ok(big.len() as i64 - singles.len() as i64 - sets as i64)
}
