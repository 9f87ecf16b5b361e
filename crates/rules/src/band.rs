//! The plan's own band of deliveries: as close as a plan that counts in periods says when something is handed over.
//!
//! `floor(Q[t-1])  <=  handed over by the end of period t  <=  Q[t+1]`, with `Q[t]` what the plan hands over in periods `1..t`, and `Q[0] = 0`:
//! what is planned for a period may come on any of its days, and hand-overs are whole pieces; and where a lane to the customer is faster than
//! the whole periods that the plan counts for it, a period's pieces may come in the period before. Where none is, `Q[t]` is the upper end.

use crate::lag;
use model::Ring;
use model::ids::{CustomerId, ItemId, LaneId, Node};
use model::results::{Evidence, Programme};
use units::{Id, Quantity};

/// What a customer is handed over of an item by the end of each period, at least and at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Least, whole pieces, by period.
    pub low: Vec<Quantity>,
    /// Most, by period: what is planned, a period ahead where lanes are rounded up.
    pub high: Vec<Quantity>,
    /// What is planned, by period.
    pub planned: Vec<Quantity>,
}

/// The bands of a programme, in the order of [`Evidence::series`]; replenishment and pieces into pools together, as they arrive.
#[must_use]
pub fn deliveries(ring: &Ring, programme: &Programme) -> Vec<Band> {
    let n = ring.settings.n_periods;
    let of = |(customer, item)| {
        let mut in_period = vec![Quantity::ZERO; n];
        for row in programme.deliveries.iter().filter(|d| (d.customer, d.item) == (customer, item)) {
            if let Some(pieces) = in_period.get_mut(row.period.index()) {
                *pieces += row.replenishment + row.pool;
            }
        }
        let (mut low, mut planned) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut sum = Quantity::ZERO;
        for pieces in in_period {
            low.push(Quantity::from_ticks(sum.ticks().div_euclid(1_000) * 1_000));
            sum += pieces;
            planned.push(sum);
        }
        let high = match comes_early(ring, customer) {
            true => planned[1.min(n)..].iter().chain(planned.last()).copied().collect(),
            false => planned.clone(),
        };
        Band { customer, item, low, high, planned }
    };
    Evidence::series(ring).into_iter().map(of).collect()
}

/// True when a lane to a customer takes less than the whole periods that the plan counts for it.
fn comes_early(ring: &Ring, customer: CustomerId) -> bool {
    let exact = |lane: LaneId| {
        (ring.lanes[lane].days + ring.lanes[lane].border_hours / 24.0) / ring.settings.period_days as f64
    };
    let lanes = ring.lanes.ids().filter(|lane| ring.lanes[*lane].to == Node::Customer(customer));
    lanes.into_iter().any(|lane| exact(lane) < lag::of_lane(ring, lane) as f64)
}

impl Band {
    /// Pieces that a mean with this half width of its interval lies outside the band in a period: below zero under it, above zero
    /// over it, zero where the interval reaches into the band.
    #[must_use]
    pub fn outside(&self, period: usize, mean: f64, half_width: f64) -> f64 {
        let (low, high) = (self.low[period].as_f64(), self.high[period].as_f64());
        if mean + half_width < low {
            mean - low
        } else if mean - half_width > high {
            mean - high
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Address;
    use model::ids::PeriodId;
    use model::results::programme::Delivery;
    use testring::{empty_programme, tiny};

    #[test]
    fn a_period_is_as_close_as_the_plan_says() {
        let ring = Ring::build(&tiny()).unwrap();
        let mut plan = empty_programme();
        let (customer, item) = Evidence::series(&ring)[0];
        let row = |period: usize, replenishment: i64, pool: i64| Delivery {
            customer,
            item,
            period: PeriodId::from_index(period),
            replenishment: Quantity::from_ticks(replenishment),
            pool: Quantity::whole(pool),
        };
        plan.deliveries = vec![row(1, 2_500, 1), row(3, 1_000, 0)];
        let bands = deliveries(&ring, &plan);
        let ticks = |all: &[Quantity]| all.iter().map(|q| q.ticks()).collect::<Vec<_>>();
        assert_eq!(ticks(&bands[0].low), [0, 0, 3_000, 3_000, 4_000, 4_000]);
        assert_eq!(ticks(&bands[0].planned), [0, 3_500, 3_500, 4_500, 4_500, 4_500]);
        // One lane to the customer takes eight days, for which the plan counts two weeks; seven would be one week sharp.
        assert_eq!(ticks(&bands[0].high), [3_500, 3_500, 4_500, 4_500, 4_500, 4_500]);
        let sharp = tiny().with(&Address::Cell { table: "lanes".into(), key: "HC".into(), column: "days".into() }, "7");
        let sharp = deliveries(&Ring::build(&sharp.unwrap()).unwrap(), &plan);
        assert_eq!(sharp[0].high, bands[0].planned);
        let outside = |period, mean| sharp[0].outside(period, mean, 0.25);
        assert_eq!((outside(2, 2.8), outside(2, 2.5), outside(2, 3.75), outside(2, 4.0)), (0.0, -0.5, 0.0, 0.5));
    }
}
