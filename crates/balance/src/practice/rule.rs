//! What a rule of a line is: the one interface through which a search learns what a station may hold.
//!
//! A new rule is one file under `rules/` that implements [`Rule`]; nothing else has to know it. Search,
//! improvement, conflict sets and explanations ask rules through this trait only.

use super::job::{Load, Place};

/// Something a line must keep besides precedence and takt.
///
/// Four questions, each with an answer that forbids nothing. A rule answers those it cares about:
///
/// 1. about a **station**: [`Rule::spoils`] (no station may hold these tasks, whatever joins them) and
///    [`Rule::allows`] (a station may hold exactly these);
/// 2. about a **place** in the line: [`Rule::bars`], [`Rule::looks_at`];
/// 3. about the **line**: every station [`Rule::takes`] something, and the line [`Rule::covers`] only so much;
/// 4. about **shifting** a task to an earlier station: [`Rule::holds`].
///
/// What a search relies on, and tests check against brute force:
/// - `spoils` is kept by every larger load; `allows` is asked only of loads that are not spoiled;
/// - a task that is not held may leave any station that is allowed; what is left is allowed, and covered where it was;
/// - `covers` is kept by everything that takes no more.
pub trait Rule: std::fmt::Debug {
    /// The rule as a sentence, with names of tasks counted from 0 unless the caller gave others.
    fn says(&self) -> String;

    /// No station at all may hold these tasks, even if more join them. Only the last task is new: without it the
    /// load was not spoiled.
    fn spoils(&self, _load: &Load<'_>) -> bool {
        false
    }

    /// A station at this place may hold exactly these tasks.
    fn allows(&self, _load: &Load<'_>, _place: Place) -> bool {
        true
    }

    /// The task may never stand at this place.
    fn bars(&self, _task: u32, _place: Place) -> bool {
        false
    }

    /// What of a place the rule asks for.
    fn looks_at(&self) -> Sight {
        Sight::Nothing
    }

    /// True when an allowed station without this task might not be allowed, or might take more.
    fn holds(&self, _task: u32) -> bool {
        false
    }

    /// What a station takes from the line, as `(kind, amount)` pairs of the rule's own kinds.
    fn takes(&self, _load: &Load<'_>, _place: Place, _taken: &mut Vec<(u32, u32)>) {}

    /// The line has enough for what its stations take together; kinds ascending, each once.
    fn covers(&self, _taken: &[(u32, u32)]) -> bool {
        true
    }
}

/// What of a station's place a rule or aim asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing: stations are all alike, and the line may be searched from either end.
    Nothing,
    /// Whether it is the first or the last station, or which of today's stations it stands at.
    Ends,
    /// Its number, up to this one (from 0).
    Number(u32),
}

/// The word for a kind of thing taken, the same for all rules of a line: rule number, kind, amount.
pub(super) type Taken = Vec<(u16, u32, u32)>;

/// Adds what one more station takes; kinds stay ascending and each once.
pub(super) fn add(total: &mut Taken, rule: u16, taken: &[(u32, u32)]) {
    for &(kind, amount) in taken.iter().filter(|(_, amount)| *amount > 0) {
        match total.binary_search_by_key(&(rule, kind), |&(r, k, _)| (r, k)) {
            Ok(at) => total[at].2 += amount,
            Err(at) => total.insert(at, (rule, kind, amount)),
        }
    }
}

/// True when `a` takes no more than `b` of anything.
pub(super) fn no_more(a: &[(u16, u32, u32)], b: &[(u16, u32, u32)]) -> bool {
    a.iter().all(|&(rule, kind, amount)| {
        b.binary_search_by_key(&(rule, kind), |&(r, k, _)| (r, k)).is_ok_and(|at| amount <= b[at].2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_adds_up_and_compares() {
        let mut total = Taken::new();
        add(&mut total, 1, &[(4, 2), (1, 1), (3, 0)]);
        add(&mut total, 0, &[(9, 1)]);
        add(&mut total, 1, &[(4, 1)]);
        assert_eq!(total, [(0, 9, 1), (1, 1, 1), (1, 4, 3)]);
        assert!(no_more(&[(1, 4, 3)], &total) && no_more(&[], &total));
        assert!(!no_more(&[(1, 4, 4)], &total) && !no_more(&[(2, 4, 1)], &total));
    }
}
