//! How whole units are shared out among customers when there are too few: one rule, one file.

mod max_min;
mod priority;
mod proportional;
mod quota;

use model::Ring;
use model::ids::CustomerId;
use model::settings::Allocation;

/// What one customer is due of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Priority class, 1 first.
    pub class: i64,
    /// Agreed share of the output, millionths.
    pub quota: i64,
    /// Units handed over so far, at least 0.
    pub served: i64,
    /// Units due now and not yet handed over, at least 0; nobody receives more.
    pub due: i64,
}

impl Claim {
    /// The claim of a customer that has received `served` units and is due `due` more.
    #[must_use]
    pub fn of(ring: &Ring, customer: CustomerId, served: i64, due: i64) -> Self {
        let row = &ring.customers[customer];
        Self { class: row.class, quota: (row.quota.get() * 1e6).round() as i64, served, due }
    }
}

/// Shares out whole units by a rule: what each claim receives, in the order of the claims.
///
/// All units are given out while anybody is due; nobody receives more than is due; ties go to the earlier claim.
///
/// # Cost
/// `units x claims`; integers only.
#[must_use]
pub fn share_out(rule: Allocation, units: i64, claims: &[Claim]) -> Vec<i64> {
    let due: i64 = claims.iter().map(|c| c.due).sum();
    let units = units.clamp(0, due.max(0));
    match rule {
        Allocation::Priority => priority::share_out(units, claims),
        Allocation::Proportional => proportional::share_out(units, claims),
        Allocation::MaxMin => max_min::share_out(units, claims),
        Allocation::Quota => quota::share_out(units, claims),
    }
}

fn wide(value: i64) -> i128 {
    i128::from(value)
}

/// Each unit in turn to the claim that is farthest behind; `farther(c, got c, d, got d)` is greater when `c` is.
fn one_by_one(
    units: i64,
    claims: &[Claim],
    farther: impl Fn(&Claim, i64, &Claim, i64) -> std::cmp::Ordering,
) -> Vec<i64> {
    let mut given = vec![0; claims.len()];
    for _ in 0..units {
        let open = (0..claims.len()).filter(|at| given[*at] < claims[*at].due);
        let next = open.reduce(|best, at| {
            let order = farther(&claims[at], given[at], &claims[best], given[best]);
            if order.is_gt() { at } else { best }
        });
        let at = next.expect("units are held to what is due in all");
        given[at] += 1;
    }
    given
}
