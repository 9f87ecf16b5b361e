//! What a planner asks, as text: time to the rate, bottlenecks, work in process, stops, one more of something.

use std::collections::BTreeMap;

use model::Ring;
use model::ids::{CapabilityId, Component};
use model::results::Evidence;
use model::results::answers::{Bottleneck, Days, Extra};
use model::tables::outages::Target;
use units::Id;

use crate::columns::Columns;
use crate::show::{WIDTH, day, percent};

/// Most rows of a table on the terminal; the rest stands in the JSON.
const ROWS: usize = 12;

/// All answers there are.
pub(super) fn text(ring: &Ring, evidence: &Evidence) -> String {
    let mut text = rate(ring, evidence);
    if !evidence.bottlenecks.is_empty() {
        text.push_str("\nBottleneck of each kind of line in most periods, and what its time went to then\n");
        text.push_str(&bottlenecks(ring, evidence));
    }
    if !evidence.in_process.is_empty() {
        text.push_str(&format!("\nWork in process\n{}", in_process(ring, evidence)));
    }
    if let Some(first) = evidence.stops.first() {
        text.push_str(&format!(
            "\nStops from {} on, days: 10 %, median and 90 % of runs\n",
            day(first.from.index(), ring)
        ));
        text.push_str(&stops(ring, evidence));
    }
    if !evidence.worth.is_empty() {
        text.push_str(&format!(
            "\nWhat one more is worth, pieces of the product and piece-days late\n{}",
            worth(ring, evidence)
        ));
    }
    text
}

fn rate(ring: &Ring, evidence: &Evidence) -> String {
    let by = |p: Option<model::ids::PeriodId>| p.map_or("never".to_owned(), |p| format!("by {}", day(p.index(), ring)));
    let r = &evidence.rate;
    if r.share == 0.0 {
        return "\nThe rate asked for is reached in no run\n".to_owned();
    }
    let reached = percent(r.share);
    format!("\nThe rate asked for is reached in {reached} of runs: 10 % {}, half {}\n", by(r.p10), by(r.p50))
}

fn line(ring: &Ring, capability: CapabilityId) -> [String; 2] {
    let row = &ring.capability[capability];
    [ring.sites[row.site].key.clone(), ring.items[row.item].key.clone()]
}

/// By kind of line: the station that is the bottleneck in most periods, and the means of its shares over these.
fn bottlenecks(ring: &Ring, evidence: &Evidence) -> String {
    let mut table =
        Columns::new(&["site", "item", "station", "periods", "work", "starved", "parts", "people", "down", "stopped"]);
    let mut kinds: BTreeMap<(CapabilityId, usize), BTreeMap<usize, Vec<&Bottleneck>>> = BTreeMap::new();
    for b in &evidence.bottlenecks {
        kinds.entry((b.capability, b.option)).or_default().entry(b.station).or_default().push(b);
    }
    for ((capability, _), stations) in kinds {
        let all: usize = stations.values().map(Vec::len).sum();
        let Some((station, periods)) = stations.into_iter().max_by_key(|(s, p)| (p.len(), std::cmp::Reverse(*s)))
        else {
            continue;
        };
        let mean = |of: fn(&Bottleneck) -> f64| {
            let share = 100.0 * periods.iter().map(|b| of(b)).sum::<f64>() / periods.len() as f64;
            format!("{share:.0} %")
        };
        let [site, item] = line(ring, capability);
        table.row([
            site,
            item,
            (station + 1).to_string(),
            format!("{} of {all}", periods.len()),
            mean(|b| b.working),
            mean(|b| b.starved),
            mean(|b| b.waiting_parts),
            mean(|b| b.waiting_people),
            mean(|b| b.down),
            mean(|b| b.alarm + b.power + b.outage + b.closed),
        ]);
    }
    table.text(2, WIDTH)
}

fn in_process(ring: &Ring, evidence: &Evidence) -> String {
    let mut table = Columns::new(&["site", "item", "pieces", "+/-", "started a day", "days on the line"]);
    for p in &evidence.in_process {
        let [site, item] = line(ring, p.capability);
        let numbers = [p.pieces, p.half_width, p.started_day, p.days].map(|x| format!("{x:.2}"));
        table.row([site, item].into_iter().chain(numbers));
    }
    table.text(2, WIDTH)
}

fn stops(ring: &Ring, evidence: &Evidence) -> String {
    let mut table = Columns::new(&["stopped", "customers get less after", "stop", "back after", "pieces lost"]);
    let days = |d: &Days| {
        let one = |d: Option<i64>| d.map_or("never".to_owned(), |d| d.to_string());
        format!("{} / {} / {}", one(d.p10), one(d.p50), one(d.p90))
    };
    for s in &evidence.stops {
        let name = match &s.node {
            Target::Site(site) => format!("site {}", ring.sites[*site].key),
            Target::Supplier(supplier) => format!("supplier {}", ring.suppliers[*supplier]),
            Target::Lane(lane) => format!("lane {}", ring.lanes[*lane].key),
            Target::Zone(zone) => format!("zone {zone}"),
        };
        let ends = s.days.map_or([String::new(), String::new(), String::new()], |n| {
            [n.to_string(), days(&s.recover), format!("{:.1} +/- {:.1}", s.lost, s.half_width)]
        });
        table.row([name, days(&s.survive)].into_iter().chain(ends));
    }
    table.text(2, WIDTH)
}

/// The additions worth most.
fn worth(ring: &Ring, evidence: &Evidence) -> String {
    let mut best: Vec<_> = evidence.worth.iter().collect();
    best.sort_by(|a, b| b.late_less.total_cmp(&a.late_less).then(a.extra.cmp(&b.extra)));
    let mut table = Columns::new(&["one more", "finished", "+/-", "less late", "+/-"]);
    for w in best.iter().take(ROWS) {
        let at = |capability| line(ring, capability).join(" ");
        let name = match w.extra {
            Extra::Place(capability, _, station) => format!("place before station {}, {}", station + 1, at(capability)),
            Extra::Copy(capability, _, station) => format!("station {}, {}", station + 1, at(capability)),
            Extra::Person(site, skill) => format!("person {}, {}", ring.skills[skill].key, ring.sites[site].key),
            Extra::Kit(site, Component::Item(item)) => {
                format!("kit {}, {}", ring.items[item].key, ring.sites[site].key)
            }
            Extra::Kit(site, Component::Part(part)) => {
                format!("kit {}, {}", ring.parts[part].key, ring.sites[site].key)
            }
        };
        let numbers = [w.finished, w.half_width, w.late_less, w.late_half_width].map(|x| format!("{x:.2}"));
        table.row([name].into_iter().chain(numbers));
    }
    let mut text = table.text(2, WIDTH);
    if best.len() > ROWS {
        text.push_str(&format!("  and {} more\n", best.len() - ROWS));
    }
    text
}
