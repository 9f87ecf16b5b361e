//! What a reader of the evidence should know besides its figures.

use super::Stats;
use super::plant::{Plant, Thing, thing};
use super::tally::Tally;
use model::ids::*;
use model::results::programme::{Order, Shipment};
use units::Id;

pub(super) fn notes(plant: &Plant<'_>, tally: &Tally, stats: &Stats, wanted: usize) -> Vec<String> {
    let ring = plant.ring;
    let run = stats.replications;
    let mut notes = Vec::new();
    if run < wanted {
        notes.push(format!("{run} of {wanted} replications were run within the limit"));
    }
    let never = plant.programme.lines.iter().filter(|l| l.first_piece.index() >= ring.settings.n_periods);
    let never: i64 = never.map(|l| l.count).sum();
    if never > 0 {
        notes.push(format!("{never} lines make their first piece after the horizon and are left out"));
    }
    let late = plant.lines.iter().filter(|l| l.counts_from >= plant.horizon).count();
    if late > 0 {
        notes.push(format!("{late} lines have no output that counts within the horizon"));
    }
    let mixed = ring.outages.iter().filter_map(|o| o.common_cause.as_ref());
    let mut mixed: Vec<&String> = mixed.collect();
    mixed.sort();
    mixed.dedup();
    for cause in mixed {
        notes.push(format!("outages of common cause {cause} strike together, at the rate of the first of them"));
    }
    notes.extend(never_there(plant));
    let a_run = |n: f64| format!("{:.1}", n / run as f64);
    if tally.moved > 0 {
        notes.push(format!(
            "{} pieces a run were made at other sites, because theirs stood still",
            a_run(tally.moved as f64)
        ));
    }
    for (id, part) in ring.parts.enumerate() {
        let thing = ring.items.len() + id.index();
        for (quantity, what) in
            [(tally.expired[thing], "went past their shelf life"), (tally.again[thing], "were ordered again")]
        {
            if quantity > 0 {
                notes.push(format!("{} pieces a run of part {} {what}", a_run(quantity as f64 / 1e3), part.key));
            }
        }
    }
    notes
}

/// What lines need and nothing ever brings to their site: neither stock, nor an order, nor a consignment, nor a line.
fn never_there(plant: &Plant<'_>) -> Vec<String> {
    let (ring, programme) = (plant.ring, plant.programme);
    let mut wanted: Vec<(SiteId, Thing)> = Vec::new();
    for kind in &plant.kinds {
        let things = plant.seats[kind.seats()].iter().flat_map(|s| &s.kits).flatten().map(|(thing, _)| *thing);
        wanted.extend(things.map(|thing| (ring.capability[kind.capability].site, thing)));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let is = |component: Component, wanted: Thing| thing(ring, component) == wanted;
    wanted.retain(|(site, wanted)| {
        let stocked = rules::lag::opening_stock(ring, *site).any(|(component, ..)| is(component, *wanted));
        let bought = |o: &Order| o.site == *site && is(ring.supply[o.supply].component, *wanted);
        let sent = |s: &Shipment| ring.lanes[s.lane].to == Node::Site(*site) && is(Component::Item(s.item), *wanted);
        let made = plant.lines.iter().any(|l| l.site == site.index() && l.item == *wanted);
        !(stocked || made || programme.orders.iter().any(bought) || programme.shipments.iter().any(sent))
    });
    let name = |wanted: Thing| match (wanted as usize).checked_sub(ring.items.len()) {
        None => &ring.items[Id::from_index(wanted as usize)].key,
        Some(part) => &ring.parts[Id::from_index(part)].key,
    };
    let say = |(site, wanted): (SiteId, Thing)| {
        format!(
            "lines at {} wait for {} for ever: it is not in stock there, and the programme neither orders, sends nor makes it",
            ring.sites[site].key,
            name(wanted)
        )
    };
    wanted.into_iter().map(say).collect()
}
