//! Two knapsacks of the priced problem: what a site would serve, and which sites to open for the least sum.

/// What one site would serve at given prices: customers wholly served, and at most one in part.
#[derive(Debug, Clone, Default)]
pub(super) struct Served {
    /// Least sum of cost less price, `<= 0`.
    pub(super) value: f64,
    /// Customers and the share served.
    pub(super) shares: Vec<(u32, f64)>,
}

/// Serves customers whose cost is below their price, best value for capacity first.
pub(super) fn serve(costs: &[f64], prices: &[f64], demands: &[f64], capacity: f64, served: &mut Served) {
    served.shares.clear();
    served.value = 0.0;
    let mut load = 0.0;
    for (customer, (cost, price)) in costs.iter().zip(prices).enumerate() {
        if cost < price {
            served.shares.push((customer as u32, 1.0));
            load += demands[customer];
            served.value += cost - price;
        }
    }
    if load <= capacity {
        return;
    }
    let rate = |customer: u32| {
        let at = customer as usize;
        (costs[at] - prices[at]) / demands[at].max(1e-300)
    };
    served.shares.sort_by(|a, b| rate(a.0).total_cmp(&rate(b.0)).then(a.0.cmp(&b.0)));
    let (mut room, mut kept) = (capacity, 0);
    served.value = 0.0;
    for (customer, share) in &mut served.shares {
        let at = *customer as usize;
        if room <= 0.0 {
            break;
        }
        *share = (room / demands[at].max(1e-300)).min(1.0);
        room -= *share * demands[at];
        served.value += *share * (costs[at] - prices[at]);
        kept += 1;
    }
    served.shares.truncate(kept);
}

/// Which sites to open for the least sum of `values` with capacity for all demand: those below zero, then the cheapest for
/// their capacity, the last in part. `state` holds sites that must be open (`Some(true)`) or closed.
pub(super) fn choose(
    values: &[f64],
    capacities: &[f64],
    demand: f64,
    state: &[Option<bool>],
    open: &mut [f64],
) -> Option<f64> {
    let (mut sum, mut room) = (0.0, demand);
    let mut rest: Vec<usize> = Vec::new();
    for (j, value) in values.iter().enumerate() {
        open[j] = 0.0;
        let take = match state[j] {
            Some(fixed) => fixed,
            None => *value < 0.0,
        };
        if take {
            (open[j], sum, room) = (1.0, sum + value, room - capacities[j]);
        } else if state[j].is_none() {
            rest.push(j);
        }
    }
    let dust = 1e-9 * demand;
    if room <= dust {
        return Some(sum);
    }
    rest.sort_by(|a, b| (values[*a] * capacities[*b]).total_cmp(&(values[*b] * capacities[*a])).then(a.cmp(b)));
    let same = capacities.windows(2).all(|pair| pair[0] == pair[1]);
    for j in rest {
        // With equal capacities a part of a site is a whole one: no more of them are needed than that.
        let share = if same { 1.0 } else { (room / capacities[j].max(1e-300)).min(1.0) };
        (open[j], sum, room) = (share, sum + share * values[j], room - share * capacities[j]);
        if room <= dust {
            return Some(sum);
        }
    }
    None
}
