//! The schematic map: who makes what, what travels, how far from the risk zone.

use super::{absent, make};
use crate::chart::{Lane, LaneKind, Node, NodeKind, RingMap};
use crate::context::Context;
use crate::fmt::{amount, count, dec, int, list, unit};
use crate::frame::Section;
use crate::html::Html;
use crate::part::Figure;
use model::ids::{ItemId, Node as Place, SiteId};
use model::results::Programme;
use model::tables::sites::SiteKind;
use model::tables::supply::SupplyMode;
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, Money, Quantity};

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    if c.d.programme.is_none() {
        body.push(&absent("There is no plan.", "The map shows the candidates and who would receive."));
    }
    let map = map(c);
    let figure = Figure {
        id: "fig-map",
        finding: finding(c),
        note: "A scheme, not a map: rings hold distances from the risk zone, bearings are invented. Circles grow with the \
               hours of work done, lines with what they carry. Dashed circles are candidates left closed."
            .into(),
        chart: &map,
        sources: c.sources("flows", &["sites", "lanes", "capability", "supply"]),
    };
    body.push(&figure.html());
    make("ring", "The ring", "Ring map", body)
}

/// Pieces of each item made at each site.
pub(super) fn made_by_site(c: &Context<'_>, plan: &Programme) -> BTreeMap<SiteId, BTreeMap<ItemId, Quantity>> {
    let mut made: BTreeMap<SiteId, BTreeMap<ItemId, Quantity>> = BTreeMap::new();
    for m in &plan.make {
        let row = &c.ring().capability[m.capability];
        let slot = made.entry(row.site).or_default().entry(row.item).or_default();
        *slot += m.quantity;
    }
    made
}

fn finding(c: &Context<'_>) -> String {
    let ring = c.ring();
    let Some(plan) = c.d.programme else {
        return format!("{} could take part", count(ring.sites.len(), "place", "places"));
    };
    let made = made_by_site(c, plan);
    let product = ring.settings.product;
    let finals: Vec<&str> = made.iter().filter(|(_, m)| m.contains_key(&product)).map(|(s, _)| c.site(*s)).collect();
    if finals.is_empty() {
        return "The plan makes no product in the horizon".into();
    }
    if ring.sites.len() == 1 {
        return format!("All work is at {}", finals[0]);
    }
    let others = made.keys().filter(|s| !made[*s].contains_key(&product)).count();
    let feeders = if others == 0 {
        String::new()
    } else {
        format!("; {} sub-assemblies for it", count(others, "other site makes", "other sites make"))
    };
    let verb = if finals.len() == 1 { "is" } else { "are" };
    format!(
        "Of {}, {} {verb} where the product is finished{feeders}",
        count(ring.sites.len(), "place", "places"),
        list(&finals)
    )
}

fn map(c: &Context<'_>) -> RingMap {
    let ring = c.ring();
    let mut rings: Vec<(f64, &str)> = Vec::new();
    let home_ring = ring.home().map(|h| ring.sites[h].ring.as_str());
    for s in ring.sites.iter().filter(|s| s.kind != SiteKind::Home && Some(s.ring.as_str()) != home_ring) {
        match rings.iter_mut().find(|r| r.1 == s.ring) {
            Some(known) => known.0 = known.0.min(s.distance_km),
            None => rings.push((s.distance_km, &s.ring)),
        }
    }
    rings.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let plan = c.d.programme;
    let made = plan.map(|p| made_by_site(c, p)).unwrap_or_default();
    let opened: BTreeSet<SiteId> =
        plan.iter().flat_map(|p| &p.sites).map(|s| s.site).chain(made.keys().copied()).collect();
    let mut nodes: Vec<Node> = ring
        .sites
        .enumerate()
        .map(|(id, s)| {
            let items: Vec<String> = made
                .get(&id)
                .map(|m| m.iter().map(|(i, q)| format!("{} {}", dec(q.as_f64(), 0), c.item(*i))).collect())
                .unwrap_or_default();
            let note = match items.len() {
                0 if s.kind == SiteKind::Depot => "depot".to_owned(),
                0 if s.kind == SiteKind::Home => "home plant".to_owned(),
                0..=2 => items.join(", "),
                n => count(n, "item", "items"),
            };
            let kind = match s.kind {
                SiteKind::Home => NodeKind::Home,
                _ if opened.contains(&id) => NodeKind::Site,
                SiteKind::Depot => NodeKind::Customer,
                SiteKind::Plant => NodeKind::Candidate,
            };
            let place = rings.iter().position(|r| r.1 == s.ring).filter(|_| s.kind != SiteKind::Home);
            Node {
                label: s.name.clone(),
                note,
                kind,
                ring: place,
                output: c.plan.as_ref().and_then(|p| p.hours.get(&id)).copied().unwrap_or(0.0),
            }
        })
        .collect();
    for (id, customer) in ring.customers.enumerate() {
        let got = plan
            .iter()
            .flat_map(|p| &p.deliveries)
            .filter(|d| d.customer == id)
            .fold(Quantity::ZERO, |a, d| a + d.replenishment + d.pool);
        nodes.push(Node {
            label: customer.name.clone(),
            note: plan.map_or_else(String::new, |_| amount(got.as_f64().round(), "piece", "pieces")),
            kind: NodeKind::Customer,
            ring: None,
            output: 0.0,
        });
    }
    let rings = rings.into_iter().map(|(km, name)| format!("{name}, from {}", unit(&dec(km, 0), "km"))).collect();
    RingMap { rings, nodes, lanes: plan.map(|p| lanes(c, p)).unwrap_or_default() }
}

fn lanes(c: &Context<'_>, plan: &Programme) -> Vec<Lane> {
    let ring = c.ring();
    let customer_at = |i: usize| ring.sites.len() + i;
    let mut flows: BTreeMap<(usize, usize, ItemId), Quantity> = BTreeMap::new();
    for s in &plan.shipments {
        let lane = &ring.lanes[s.lane];
        let to = match lane.to {
            Place::Site(site) => site.index(),
            Place::Customer(customer) => customer_at(customer.index()),
        };
        let slot = flows.entry((lane.from.index(), to, s.item)).or_default();
        *slot += s.quantity;
    }
    let mut lanes: Vec<Lane> = flows
        .into_iter()
        .map(|((from, to, item), quantity)| Lane {
            from,
            to,
            kind: if item == ring.settings.product { LaneKind::Units } else { LaneKind::Items },
            flow: quantity.as_f64(),
            unit: c.item(item).to_owned(),
        })
        .collect();
    if let Some(home) = ring.home() {
        let mut kits: BTreeMap<SiteId, Money> = BTreeMap::new();
        for o in plan.orders.iter().filter(|o| o.site != home && ring.supply[o.supply].mode == SupplyMode::Kit) {
            let source = &ring.supply[o.supply];
            let worth = Money::from_f64((source.price + source.freight).as_f64() * o.quantity.as_f64());
            let slot = kits.entry(o.site).or_insert(Money::ZERO);
            *slot += worth;
        }
        lanes.extend(kits.into_iter().map(|(site, worth)| Lane {
            from: home.index(),
            to: site.index(),
            kind: LaneKind::Parts,
            flow: worth.as_f64(),
            unit: format!("{} of parts in kits", ring.settings.currency),
        }));
    }
    lanes
}

/// Labour hours made at a site, as text.
pub(super) fn hours(c: &Context<'_>, site: SiteId) -> String {
    c.plan.as_ref().and_then(|p| p.hours.get(&site)).map_or_else(|| int(0), |h| dec(*h, 0))
}

/// Labour minutes of one piece of an item made in a cell.
pub(super) fn own_minutes(c: &Context<'_>, item: ItemId) -> f64 {
    rules::labour::per_piece(c.ring(), item, model::tables::capability::LineType::Cell).as_f64()
}
