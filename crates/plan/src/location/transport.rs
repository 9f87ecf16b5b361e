//! Serving customers from given sites with capacities at least cost: successive shortest paths between sites.
//!
//! Every customer starts at its cheapest site. What a site has too much of is moved along the cheapest chain of sites to one
//! with room; a step of the chain moves the customer for whom the change costs least. Chains are cheapest in every round,
//! so the flow is of least cost when no site has too much.
//!
//! # Source
//! Ahuja, Magnanti and Orlin 1993, Network Flows, section 9.7, over sites instead of over all nodes.

/// Least of nothing.
const NOBODY: usize = usize::MAX;
/// Amounts below this, relative to all demand, are rounding.
const DUST: f64 = 1e-11;

/// The cheapest customer to move from one site to another.
#[derive(Debug, Clone, Copy)]
struct Move {
    cost: f64,
    customer: usize,
}

struct Flow<'a> {
    /// Cost of a unit of demand, customers x sites.
    unit: &'a [Vec<f64>],
    /// Amounts, sites x customers.
    amount: Vec<Vec<f64>>,
    load: Vec<f64>,
    moves: Vec<Vec<Move>>,
    dust: f64,
}

/// Least cost of serving `demands` from sites with `capacities`; `unit` holds the cost of a unit of demand, customers x sites.
/// None when the capacities do not suffice.
pub(super) fn transport(unit: &[Vec<f64>], demands: &[f64], capacities: &[f64]) -> Option<f64> {
    let (n_sites, all) = (capacities.len(), demands.iter().sum::<f64>());
    if n_sites == 0 || capacities.iter().sum::<f64>() < all * (1.0 - 1e-12) {
        return None;
    }
    let mut flow = Flow {
        unit,
        amount: vec![vec![0.0; demands.len()]; n_sites],
        load: vec![0.0; n_sites],
        moves: vec![vec![Move { cost: f64::INFINITY, customer: NOBODY }; n_sites]; n_sites],
        dust: DUST * all.max(1.0),
    };
    for (customer, demand) in demands.iter().enumerate().filter(|(_, d)| **d > 0.0) {
        let cheapest = (0..n_sites).min_by(|a, b| unit[customer][*a].total_cmp(&unit[customer][*b]))?;
        flow.put(customer, cheapest, *demand);
    }
    loop {
        let over: Vec<usize> = (0..n_sites).filter(|j| flow.load[*j] > capacities[*j] + flow.dust).collect();
        if over.is_empty() {
            break;
        }
        flow.relieve(&over, capacities)?;
    }
    let site_cost = |j: usize| -> f64 { flow.amount[j].iter().zip(unit).map(|(x, row)| x * row[j]).sum() };
    Some((0..n_sites).map(site_cost).sum())
}

impl Flow<'_> {
    /// Adds an amount of a customer to a site.
    fn put(&mut self, customer: usize, site: usize, amount: f64) {
        self.load[site] += amount;
        let before = self.amount[site][customer];
        self.amount[site][customer] += amount;
        if before <= self.dust {
            let row = &self.unit[customer];
            for (to, best) in self.moves[site].iter_mut().enumerate() {
                let cost = row[to] - row[site];
                if to != site && cost < best.cost {
                    *best = Move { cost, customer };
                }
            }
        }
    }

    /// Takes an amount of a customer from a site.
    fn take(&mut self, customer: usize, site: usize, amount: f64) {
        self.load[site] -= amount;
        self.amount[site][customer] -= amount;
        if self.amount[site][customer] > self.dust {
            return;
        }
        self.amount[site][customer] = self.amount[site][customer].max(0.0);
        for to in 0..self.moves.len() {
            if self.moves[site][to].customer == customer {
                self.moves[site][to] = self.cheapest(site, to);
            }
        }
    }

    fn cheapest(&self, site: usize, to: usize) -> Move {
        let mut best = Move { cost: f64::INFINITY, customer: NOBODY };
        for (customer, amount) in self.amount[site].iter().enumerate() {
            if *amount > self.dust {
                let cost = self.unit[customer][to] - self.unit[customer][site];
                if cost < best.cost {
                    best = Move { cost, customer };
                }
            }
        }
        best
    }

    /// Moves as much as one cheapest chain carries from a site with too much to one with room.
    fn relieve(&mut self, over: &[usize], capacities: &[f64]) -> Option<()> {
        let n = self.moves.len();
        let (mut cost, mut before) = (vec![f64::INFINITY; n], vec![NOBODY; n]);
        over.iter().for_each(|j| cost[*j] = 0.0);
        for _ in 0..n {
            let mut changed = false;
            for from in 0..n {
                if !cost[from].is_finite() {
                    continue;
                }
                for (to, step) in self.moves[from].iter().enumerate() {
                    let longer = cost[from] + step.cost;
                    if step.customer != NOBODY && longer + 1e-12 * (1.0 + longer.abs()) < cost[to] {
                        (cost[to], before[to], changed) = (longer, from, true);
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let room = |j: &usize| capacities[*j] - self.load[*j];
        let end = (0..n)
            .filter(|j| room(j) > self.dust && before[*j] != NOBODY)
            .min_by(|a, b| cost[*a].total_cmp(&cost[*b]))?;
        let mut chain = vec![end];
        while let Some(from) = chain.last().map(|j| before[*j]).filter(|j| *j != NOBODY) {
            chain.push(from);
            if chain.len() > n {
                return None;
            }
        }
        chain.reverse();
        let customers: Vec<usize> = chain.windows(2).map(|pair| self.moves[pair[0]][pair[1]].customer).collect();
        let mut amount = (self.load[chain[0]] - capacities[chain[0]]).min(room(&end));
        for (pair, customer) in chain.windows(2).zip(&customers) {
            amount = amount.min(self.amount[pair[0]][*customer]);
        }
        for (pair, customer) in chain.windows(2).zip(&customers) {
            self.take(*customer, pair[0], amount);
            self.put(*customer, pair[1], amount);
        }
        Some(())
    }
}
