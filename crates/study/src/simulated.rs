//! What one simulated run of a programme comes to.

use model::Ring;
use model::ids::{ExerciseId, PeriodId};
use model::results::Evidence;
use model::results::decision::{Simulated, Value};
use model::results::evidence::Replication;
use model::results::programme::{Backlog, Draw};
use units::{Id, Quantity};

/// Runs one replication of a programme that is worth `value` as planned; none where it cannot be run.
///
/// Replications of one seed and index share their random numbers, whatever the programme.
#[must_use]
pub fn simulated(problem: &simulate::ring::Problem<'_>, value: &Value, seed: u64, index: u32) -> Option<Simulated> {
    let run = simulate::ring::once(problem, seed, index).ok()?;
    Some(worth(problem.ring, value, &run))
}

/// What a run comes to: the cash as planned, and the penalties for what it hands over late or never.
fn worth(ring: &Ring, value: &Value, run: &Replication) -> Simulated {
    let handed_over = HandedOver::of(ring, run);
    let drawn = |id: ExerciseId| rules::exercise::timing(ring, id).draw.is_some();
    let draws: Vec<Draw> = ring
        .exercises
        .ids()
        .zip(&run.draws_met)
        .filter(|(id, _)| drawn(*id))
        .map(|(exercise, met)| Draw { exercise, met: Quantity::whole(*met) })
        .collect();
    let asked: Quantity = ring.exercises.enumerate().filter(|(id, _)| drawn(*id)).map(|(_, e)| e.draw).sum();
    let met: Quantity = draws.iter().map(|d| d.met).sum();
    let total = |of_customers: &[Quantity]| -> Quantity { of_customers.iter().copied().sum() };
    let share = |part: Quantity, all: Quantity| if all.is_zero() { 1.0 } else { part.as_f64() / all.as_f64() };
    Simulated {
        cost: value.cash + rules::cost::penalties(ring, &handed_over.backlog, &draws),
        served: share(total(&handed_over.got) + met, total(&handed_over.due) + asked),
        customers: handed_over.got.iter().zip(&handed_over.due).map(|(got, due)| share(*got, *due)).collect(),
    }
}

/// Replenishment of a run: what is late when, what was due and what was got by the end, by customer.
struct HandedOver {
    backlog: Vec<Backlog>,
    due: Vec<Quantity>,
    got: Vec<Quantity>,
}

impl HandedOver {
    /// Deliveries serve what is due first; what comes beyond that serves pools.
    fn of(ring: &Ring, run: &Replication) -> Self {
        let nothing = vec![Quantity::ZERO; ring.customers.len()];
        let mut all = Self { backlog: Vec::new(), due: nothing.clone(), got: nothing };
        for ((customer, item), delivered) in Evidence::series(ring).into_iter().zip(&run.delivered) {
            let mut by_period = vec![Quantity::ZERO; ring.settings.n_periods];
            for row in ring.demand.iter().filter(|d| (d.customer, d.item) == (customer, item)) {
                by_period[row.period.index()] += row.quantity;
            }
            let (mut due, mut came) = (Quantity::ZERO, Quantity::ZERO);
            for (period, (asked, pieces)) in by_period.into_iter().zip(delivered).enumerate() {
                due += asked;
                came += Quantity::whole(*pieces);
                if came < due {
                    let period = PeriodId::from_index(period);
                    all.backlog.push(Backlog { customer, item, period, quantity: due - came });
                }
            }
            all.due[customer.index()] += due;
            all.got[customer.index()] += came.min(due);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testring::tiny;
    use units::Money;

    /// Due are 5 by the end of period 4 and 12 by the end of period 6; an exercise draws 2. Late costs 10, never 100.
    fn of(delivered: [i64; 6], met: i64) -> Simulated {
        let ring = Ring::build(&tiny()).unwrap();
        let value = Value {
            cost: Money::whole(5_000),
            cash: Money::whole(3_000),
            served: 1.0,
            rate_period: None,
            customers: vec![1.0],
            simulated: None,
        };
        let run = Replication {
            index: 0,
            started: 0,
            finished: 0,
            scrapped: 0,
            in_process: 0,
            first_articles: 0,
            delivered: vec![delivered.to_vec()],
            draws_met: vec![met],
            lost: Vec::new(),
            rate_reached: None,
        };
        worth(&ring, &value, &run)
    }

    #[test]
    fn a_run_pays_for_what_it_hands_over_late_or_never() {
        let all = of([0, 0, 5, 0, 7, 0], 2);
        assert_eq!(
            (all.cost, all.served, &all.customers[..]),
            (Money::whole(3_000), 1.0, &[1.0][..]),
            "early is on time"
        );
        let nothing = of([0; 6], 0);
        // 5 late for two periods, 12 in the last and never; both draws missed.
        assert_eq!(nothing.cost, Money::whole(3_000 + 50 + 50 + 120 + 1_200 + 200));
        assert_eq!((nothing.served, &nothing.customers[..]), (0.0, &[0.0][..]));
        let some = of([0, 0, 0, 6, 0, 5], 1);
        assert_eq!(some.cost, Money::whole(3_000 + 10 + 100 + 100));
        assert!((some.served - 12.0 / 14.0).abs() < 1e-12 && (some.customers[0] - 11.0 / 12.0).abs() < 1e-12);
        assert_eq!(of([0, 0, 0, 20, 0, 0], 2).served, 1.0, "what comes beyond what is due serves pools");
    }
}
