//! The dynamic program over the tree of links, exact.

use super::{Placement, Refused, Stage};

/// Places safety stock at least cost; `links` lead from a stage to a stage it supplies. Several trees are placed one by one.
///
/// # Errors
/// [`Refused`] when a link makes no sense or the links close a circle.
///
/// # Cost
/// Stages times the square of the longest replenishment time.
pub fn place(stages: &[Stage], links: &[(usize, usize)]) -> Result<Placement, Refused> {
    let tree = Tree::new(stages, links)?;
    let mut tables: Vec<Table> = vec![Table::default(); stages.len()];
    for stage in tree.order.iter().rev() {
        tables[*stage] = tree.solve(*stage, &tables);
    }
    let mut placement = Placement {
        cost: 0.0,
        promised: vec![0; stages.len()],
        incoming: vec![0; stages.len()],
        stock: vec![0.0; stages.len()],
    };
    for stage in &tree.order {
        let (promised, incoming) = tree.choose(*stage, &tables, &placement);
        (placement.promised[*stage], placement.incoming[*stage]) = (promised, incoming);
        let net = incoming + stages[*stage].time - promised;
        placement.stock[*stage] = stages[*stage].stock(net);
        placement.cost += stages[*stage].holding * placement.stock[*stage];
    }
    Ok(placement)
}

/// How a stage hangs on the stage before it in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parent {
    None,
    /// The stage supplies its parent.
    Customer(usize),
    /// The parent supplies the stage.
    Supplier(usize),
}

/// Least cost of a stage and all that hangs on it, by its time towards the parent.
#[derive(Debug, Clone, Default)]
struct Table {
    /// Least cost, by promised time (parent is a customer) or incoming time (parent is a supplier).
    cost: Vec<f64>,
    /// The choice of promised and incoming time behind it.
    choice: Vec<(usize, usize)>,
}

struct Tree<'a> {
    stages: &'a [Stage],
    parent: Vec<Parent>,
    children: Vec<Vec<usize>>,
    order: Vec<usize>,
    /// Longest incoming time worth looking at.
    incoming_max: Vec<usize>,
}

impl<'a> Tree<'a> {
    fn new(stages: &'a [Stage], links: &[(usize, usize)]) -> Result<Self, Refused> {
        let n = stages.len();
        if links.iter().any(|(from, to)| *from >= n || *to >= n || from == to) {
            return Err(Refused::NoSuchStage);
        }
        let mut tree = Self {
            stages,
            parent: vec![Parent::None; n],
            children: vec![Vec::new(); n],
            order: Vec::new(),
            incoming_max: vec![0; n],
        };
        let mut seen = vec![false; n];
        let mut used = 0;
        for root in 0..n {
            if seen[root] {
                continue;
            }
            seen[root] = true;
            let mut open = vec![root];
            while let Some(stage) = open.pop() {
                tree.order.push(stage);
                for (from, to) in links {
                    let (next, how) = match stage {
                        s if s == *from => (*to, Parent::Supplier(stage)),
                        s if s == *to => (*from, Parent::Customer(stage)),
                        _ => continue,
                    };
                    if !seen[next] {
                        seen[next] = true;
                        used += 1;
                        tree.parent[next] = how;
                        tree.children[stage].push(next);
                        open.push(next);
                    }
                }
            }
        }
        if used != links.len() {
            return Err(Refused::Circle);
        }
        // Longest way to have everything made anew; without circles as many rounds as stages settle it.
        for _ in 0..n {
            for (from, to) in links {
                tree.incoming_max[*to] = tree.incoming_max[*to].max(tree.incoming_max[*from] + stages[*from].time);
            }
        }
        Ok(tree)
    }

    /// Cost of a stage at two times, with all that hangs on it.
    fn cost(&self, stage: usize, promised: usize, incoming: usize, tables: &[Table]) -> f64 {
        let own = &self.stages[stage];
        let mut cost = own.holding * own.stock(incoming + own.time - promised);
        for child in &self.children[stage] {
            cost += match self.parent[*child] {
                Parent::Customer(_) => self.supplied(*child, incoming, tables).0,
                _ => self.customer(*child, promised, tables).0,
            };
        }
        cost
    }

    /// Least cost of a supplier that promises at most so much, and its promise.
    fn supplied(&self, child: usize, incoming: usize, tables: &[Table]) -> (f64, usize) {
        let table = &tables[child].cost;
        least((0..table.len().min(incoming + 1)).map(|at| (table[at], at)))
    }

    /// Least cost of a customer stage that has its inputs no sooner than promised, and when it has them.
    fn customer(&self, child: usize, promised: usize, tables: &[Table]) -> (f64, usize) {
        let table = &tables[child].cost;
        least((promised..table.len()).map(|at| (table[at], at)))
    }

    /// All promises and incoming times of a stage that can be kept.
    fn pairs(&self, stage: usize) -> impl Iterator<Item = (usize, usize)> {
        let (time, most) = (self.stages[stage].time, self.stages[stage].service_max.unwrap_or(usize::MAX));
        (0..=self.incoming_max[stage])
            .flat_map(move |incoming| (0..=(incoming + time).min(most)).map(move |p| (p, incoming)))
    }

    fn solve(&self, stage: usize, tables: &[Table]) -> Table {
        let by_promise = !matches!(self.parent[stage], Parent::Supplier(_));
        let size = self.incoming_max[stage] + 1 + if by_promise { self.stages[stage].time } else { 0 };
        let mut table = Table { cost: vec![f64::INFINITY; size], choice: vec![(0, 0); size] };
        for (promised, incoming) in self.pairs(stage) {
            let at = if by_promise { promised } else { incoming };
            let cost = self.cost(stage, promised, incoming, tables);
            if cost < table.cost[at] {
                (table.cost[at], table.choice[at]) = (cost, (promised, incoming));
            }
        }
        table
    }

    /// The times of a stage, once its parent has its own.
    fn choose(&self, stage: usize, tables: &[Table], placed: &Placement) -> (usize, usize) {
        let at = match self.parent[stage] {
            Parent::None => least(tables[stage].cost.iter().copied().enumerate().map(|(at, cost)| (cost, at))).1,
            Parent::Customer(parent) => self.supplied(stage, placed.incoming[parent], tables).1,
            Parent::Supplier(parent) => self.customer(stage, placed.promised[parent], tables).1,
        };
        tables[stage].choice[at]
    }
}

/// The first of the least.
fn least(costs: impl Iterator<Item = (f64, usize)>) -> (f64, usize) {
    costs.fold((f64::INFINITY, 0), |best, next| if next.0 < best.0 { next } else { best })
}
