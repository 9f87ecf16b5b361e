//! Checks of lanes, customers and demand.

use crate::ids::Node;
use crate::ring::Ring;
use diag::{Code, Diagnostic, Place};
use units::Id;

pub(super) fn check_rw0212_lane_goes_somewhere(ring: &Ring) -> Vec<Diagnostic> {
    let loops = ring.lanes.enumerate().filter(|(_, l)| l.to == Node::Site(l.from));
    loops
        .map(|(id, lane)| {
            Diagnostic::error(
                Code(212),
                format!("the lane `{}` ends where it starts", lane.key),
                "name another site or a customer in `to`",
            )
            .at(Place::cell("lanes", id.index(), "to"), "same as `from`")
        })
        .collect()
}

pub(super) fn check_rw0216_customer_is_reached(ring: &Ring) -> Vec<Diagnostic> {
    let product = ring.settings.product;
    let mut reached: Vec<bool> =
        ring.sites.ids().map(|s| ring.capability.iter().any(|c| c.site == s && c.item == product)).collect();
    loop {
        let more: Vec<usize> = ring
            .lanes
            .iter()
            .filter(|l| reached[l.from.index()])
            .filter_map(|l| match l.to {
                Node::Site(to) if !reached[to.index()] => Some(to.index()),
                _ => None,
            })
            .collect();
        if more.is_empty() {
            break;
        }
        more.into_iter().for_each(|s| reached[s] = true);
    }
    let mut faults = Vec::new();
    for (id, customer) in ring.customers.enumerate() {
        let demand = ring
            .demand
            .enumerate()
            .find(|(_, d)| d.customer == id)
            .map(|(d, _)| Place::cell("demand", d.index(), "customer"));
        let exercise = ring
            .exercises
            .enumerate()
            .find(|(_, e)| e.customer == id)
            .map(|(e, _)| Place::cell("exercises", e.index(), "customer"));
        let Some(place) = demand.or(exercise) else {
            continue;
        };
        if !ring.lanes.iter().any(|l| l.to == Node::Customer(id) && reached[l.from.index()]) {
            faults.push(
                Diagnostic::error(
                    Code(216),
                    format!("no lane leads from a site that makes the product to `{}`", customer.key),
                    format!(
                        "add lanes to lanes.csv that lead from a plant, over depots if need be, to `{}`",
                        customer.key
                    ),
                )
                .at(place, "asks for the product"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0214_period_is_in_the_horizon(ring: &Ring) -> Vec<Diagnostic> {
    let late = ring.demand.enumerate().filter(|(_, d)| d.period.index() >= ring.settings.n_periods);
    late.map(|(id, demand)| {
        Diagnostic::error(
            Code(214),
            format!("period {} lies after the last period, {}", demand.period.index() + 1, ring.settings.n_periods),
            "lower the period, or raise `ring.periods` in ring.toml",
        )
        .at(Place::cell("demand", id.index(), "period"), "outside the horizon")
    })
    .collect()
}

pub(super) fn check_rw0227_quantities_can_be_planned(ring: &Ring) -> Vec<Diagnostic> {
    const MOST: f64 = 1e9;
    let asked: f64 = ring.demand.iter().map(|d| d.quantity.as_f64()).sum::<f64>()
        + ring.exercises.iter().map(|e| e.draw.as_f64()).sum::<f64>();
    if asked <= MOST {
        return Vec::new();
    }
    let at = ring
        .demand
        .enumerate()
        .max_by_key(|(id, d)| (d.quantity, std::cmp::Reverse(*id)))
        .map_or(0, |(id, _)| id.index());
    vec![
        Diagnostic::error(
            Code(227),
            format!("customers ask for {asked:.0} pieces in all, more than {MOST:.0}"),
            "check the quantities; counts are kept exact up to that sum",
        )
        .at(Place::cell("demand", at, "quantity"), "the largest of them"),
    ]
}
