//! Sharing out against hand-made cases and against trying every split.

use crate::allocation::{Claim, share_out};
use model::settings::Allocation;
use proptest::prelude::*;

fn claim(class: i64, quota: i64, served: i64, due: i64) -> Claim {
    Claim { class, quota, served, due }
}

#[test]
fn cases_by_hand() {
    let claims = [claim(2, 300_000, 6, 10), claim(1, 700_000, 1, 4)];
    // Class 1 first: all of its 4, then 3 for the other.
    assert_eq!(share_out(Allocation::Priority, 7, &claims), [3, 4]);
    // 7 x 10 / 14 = 5 and 7 x 4 / 14 = 2.
    assert_eq!(share_out(Allocation::Proportional, 7, &claims), [5, 2]);
    // 6 / 16 served against 1 / 5: the second to 2 / 5, then the first to 7 / 16, then the second to 3 / 5.
    assert_eq!(share_out(Allocation::MaxMin, 3, &claims), [1, 2]);
    // 10 handed over with these 3: 3 agreed for the first, 7 for the second, which has 1.
    assert_eq!(share_out(Allocation::Quota, 3, &claims), [0, 3]);
    // Ties go to the earlier; nobody gets more than is due; nothing is kept back.
    let equal = [claim(1, 0, 0, 2), claim(1, 0, 0, 2)];
    for rule in RULES {
        assert_eq!(share_out(rule, 1, &equal), [1, 0]);
        assert_eq!(share_out(rule, 9, &equal), [2, 2]);
        assert_eq!(share_out(rule, 0, &equal), [0, 0]);
        assert_eq!(share_out(rule, -3, &equal), [0, 0]);
        assert!(share_out(rule, 3, &[]).is_empty());
    }
}

const RULES: [Allocation; 4] = [Allocation::Priority, Allocation::Proportional, Allocation::MaxMin, Allocation::Quota];

/// Every split of `units` within what is due.
fn splits(units: i64, claims: &[Claim]) -> Vec<Vec<i64>> {
    let Some((first, rest)) = claims.split_first() else {
        return if units == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let mut all = Vec::new();
    for given in 0..=first.due.min(units) {
        for tail in splits(units - given, rest) {
            all.push([vec![given], tail].concat());
        }
    }
    all
}

/// How bad a split is by the words of the rule; the least is best.
fn badness(rule: Allocation, units: i64, claims: &[Claim], split: &[i64]) -> Vec<i128> {
    let wide = i128::from;
    let pairs = || claims.iter().zip(split);
    let squares =
        |behind: &dyn Fn(&Claim, i64) -> i128| vec![pairs().map(|(c, g)| behind(c, *g) * behind(c, *g)).sum()];
    match rule {
        // Most to class 1 and the earliest, then to the next.
        Allocation::Priority => {
            let mut order: Vec<_> = pairs().enumerate().map(|(at, (c, g))| (c.class, at, -wide(*g))).collect();
            order.sort_unstable();
            order.into_iter().map(|(.., g)| g).collect()
        }
        Allocation::Proportional => {
            let due: i64 = claims.iter().map(|c| c.due).sum();
            squares(&|c, g| wide(c.due) * wide(units) - wide(g) * wide(due))
        }
        // The smallest served share, made whole by a common denominator; larger is better.
        Allocation::MaxMin => {
            let of = |c: &Claim| wide((c.served + c.due).max(1));
            let common: i128 = claims.iter().map(of).product();
            let smallest = pairs().filter(|(c, _)| c.due > 0).map(|(c, g)| wide(c.served + g) * common / of(c)).min();
            vec![-smallest.unwrap_or(0)]
        }
        Allocation::Quota => {
            let all = claims.iter().map(|c| c.served).sum::<i64>() + units;
            squares(&|c, g| wide(c.quota) * wide(all) - wide(c.served + g) * 1_000_000)
        }
    }
}

proptest! {
    #[test]
    fn no_split_is_better_by_the_words_of_the_rule(
        given in prop::collection::vec((1i64..4, 0i64..6, 0i64..6), 1..4),
        quotas in prop::collection::vec(0i64..11, 3),
        units in 0i64..14,
    ) {
        let claims: Vec<Claim> = given
            .iter()
            .zip(&quotas)
            .map(|((class, served, due), quota)| claim(*class, quota * 50_000, *served, *due))
            .collect();
        let due: i64 = claims.iter().map(|c| c.due).sum();
        let units = units.min(due);
        for rule in RULES {
            let shared = share_out(rule, units, &claims);
            prop_assert_eq!(shared.iter().sum::<i64>(), units);
            prop_assert!(shared.iter().zip(&claims).all(|(g, c)| (0..=c.due).contains(g)));
            let own = badness(rule, units, &claims, &shared);
            for split in splits(units, &claims) {
                prop_assert!(own <= badness(rule, units, &claims, &split), "{rule}: {shared:?} against {split:?}");
            }
        }
    }

    #[test]
    fn by_max_min_nobody_gets_a_unit_while_another_is_served_less(
        given in prop::collection::vec((0i64..40, 0i64..40), 1..6),
        units in 0i64..120,
    ) {
        let claims: Vec<Claim> = given.iter().map(|(served, due)| claim(1, 0, *served, *due)).collect();
        let shared = share_out(Allocation::MaxMin, units, &claims);
        let share = |at: usize, got: i64| (claims[at].served + got, claims[at].served + claims[at].due);
        for (at, got) in shared.iter().enumerate().filter(|(_, got)| **got > 0) {
            for (other, has) in shared.iter().enumerate().filter(|(o, has)| **has < claims[*o].due) {
                let ((a, all), (b, whole)) = (share(at, got - 1), share(other, *has));
                prop_assert!(a * whole <= b * all, "{shared:?}");
            }
        }
    }
}
