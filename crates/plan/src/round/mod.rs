//! From a point of the program to a programme in whole thousandths, in which every balance holds exactly.

mod flow;
mod lots;
mod orders;
mod staff;

pub(crate) use flow::Flows;

use crate::build::Build;
use crate::key::{Group, Key};
use model::ids::{Component, PeriodId};
use model::results::Status;
use model::results::programme::{LineOpening, Programme, SiteOpening};
use std::collections::BTreeMap;
use units::{Id, Money, Quantity};

/// What keeps a rounded programme from being one: rows to tighten, purchases to model more closely.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    /// Rules missed, and by how much in the units of their row.
    pub(crate) missed: BTreeMap<Group, f64>,
    /// Components whose source is asked for more than its capacity.
    pub(crate) scarce: Vec<Component>,
    /// A ceiling is exceeded by purchases that did not count against it.
    pub(crate) parts_in_budgets: bool,
}

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.missed.is_empty() && self.scarce.is_empty() && !self.parts_in_budgets
    }

    pub(crate) fn miss(&mut self, group: Group, by: f64) {
        let most = self.missed.entry(group).or_insert(0.0);
        *most = most.max(by);
    }
}

/// A programme of a point, and what is wrong with it.
pub(crate) fn programme(build: &Build<'_>, point: &[f64]) -> (Programme, Faults) {
    let mut faults = Faults::default();
    let plain = assemble(build, point, 0, &mut faults);
    if faults.is_empty() && plain.1 {
        return (plain.0, faults);
    }
    // Some thousandths were lost on the way to the customers: let the makers run a little ahead.
    let mut others = Faults::default();
    let ahead = assemble(build, point, 1, &mut others);
    if others.is_empty() && (!faults.is_empty() || ahead.0.cost < plain.0.cost) {
        return (ahead.0, others);
    }
    (plain.0, faults)
}

/// One attempt; also whether every flow reached what the point asked for.
fn assemble(build: &Build<'_>, point: &[f64], ahead: i64, faults: &mut Faults) -> (Programme, bool) {
    let data = build.data;
    let (sites, lines) = first_stage(build, point);
    let flows = Flows::new(build, point, &lines, ahead, faults);
    let (orders, mut notes) = orders::place(build, point, &flows, faults);
    notes.sort();
    notes.dedup();
    let complete = flows.complete;
    let mut programme = Programme {
        status: Status::Optimal,
        cost: Money::ZERO,
        bound: Money::ZERO,
        sites,
        lines,
        people: staff::staffing(build, point),
        make: flows.make_rows(),
        shipments: flows.send_rows(),
        orders,
        stock: flows.stock_rows(),
        deliveries: flows.delivery_rows(data),
        backlog: flows.backlog_rows(data),
        draws: flows.draw_rows(),
        costs: Vec::new(),
        notes,
    };
    programme.costs = rules::cost::rows(data.ring, data.designs, &programme);
    programme.cost = programme.costs.iter().map(|c| c.amount).sum();
    crate::check::rules_over_all(build, point, &mut programme, faults);
    (programme, complete)
}

/// Sites and lines of a point.
pub(crate) fn first_stage(build: &Build<'_>, point: &[f64]) -> (Vec<SiteOpening>, Vec<LineOpening>) {
    let data = build.data;
    let (mut sites, mut lines) = (Vec::new(), Vec::new());
    for (key, col) in build.columns() {
        let count = point[col.index()].round() as i64;
        if count <= 0 {
            continue;
        }
        match key {
            Key::Open(site, opened) => sites.push(SiteOpening {
                site,
                period: PeriodId::from_index(opened),
                ready: PeriodId::from_index(rules::line::site_ready(data.ring, site, opened)),
            }),
            Key::Lines(at) => {
                let line = &data.lines[at];
                lines.push(LineOpening {
                    capability: line.capability,
                    option: line.option,
                    ordered: PeriodId::from_index(line.ordered),
                    count,
                    first_piece: PeriodId::from_index(line.timing.first_piece),
                    output_from: PeriodId::from_index(line.timing.output_from),
                    stands: line.stands,
                });
            }
            _ => {}
        }
    }
    sites.sort();
    lines.sort();
    (sites, lines)
}

/// Thousandths of a float, nearest.
pub(crate) fn ticks(value: f64) -> i64 {
    Quantity::from_f64(value).ticks()
}
