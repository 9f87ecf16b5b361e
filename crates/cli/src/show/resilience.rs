//! A programme under stops, as text in 80 columns and as tables.

use model::Ring;
use model::ids::{Component, CustomerId, ItemId};
use model::results::ResultTable;
use model::results::resilience::{Resilience, SingleSource, StopEffect};
use model::results::table::{Cell, ResultColumn};
use model::tables::outages::Target;
use units::Id;

use crate::columns::Columns;
use crate::show::{WIDTH, count, day, money, wrap};

/// Pairs shown; the tables hold all.
const PAIRS_SHOWN: usize = 10;

/// What stops do, the worst first; what has no second source.
pub(crate) fn text(ring: &Ring, view: &Resilience) -> String {
    let mut text = wrap(
        &format!(
            "Stops from {} on, when the programme runs. Time to survive: days all deliveries hold. Time to recover: \
             days until all is back. Lost: value of deliveries lost by then.",
            day(view.from.index(), ring)
        ),
        0,
    );
    if let Some(days) = view.undisturbed_days {
        text += &wrap(&format!("Without any stop deliveries hold for {days:.1} days, from stock."), 0);
    }
    let singles: Vec<&StopEffect> = worst_first(view, 1);
    text += &format!("\nSingle stops\n{}", stops(ring, view, &singles));
    let pairs: Vec<&StopEffect> = worst_first(view, 2);
    if !pairs.is_empty() {
        let shown = &pairs[..pairs.len().min(PAIRS_SHOWN)];
        text +=
            &format!("\nPairs of stops, the worst {} of {}\n{}", shown.len(), pairs.len(), stops(ring, view, shown));
    }
    let points = view.stops.iter().filter(|s| s.is_single_point_of_failure()).count();
    text += &format!("\n{} of failure\n", count(points, "single point"));
    let mut table = Columns::bare();
    for effect in singles.iter().filter(|s| s.is_single_point_of_failure()) {
        table.row([names(ring, &effect.targets), format!("ends {}", deliveries(ring, &effect.ended))]);
    }
    text += &table.text(2, WIDTH);
    if !view.single_sources.is_empty() {
        let mut table = Columns::bare();
        view.single_sources.iter().for_each(|source| table.row(source_words(ring, source)));
        text += &format!("\nOne source only\n{}", table.text(2, WIDTH));
    }
    if view.stops.iter().any(|s| s.recover_days.is_none()) {
        text += &wrap("No time to recover: neither `outages.csv` tells of the stop nor does `--stop-days`.", 0);
    }
    text
}

/// Stops of so many targets: most lost first, then shortest survival.
fn worst_first(view: &Resilience, targets: usize) -> Vec<&StopEffect> {
    let mut stops: Vec<&StopEffect> = view.stops.iter().filter(|s| s.targets.len() == targets).collect();
    let survive = |s: &StopEffect| s.survive_days.unwrap_or(f64::INFINITY);
    stops.sort_by(|a, b| {
        b.lost_value.cmp(&a.lost_value).then(survive(a).total_cmp(&survive(b))).then(a.targets.cmp(&b.targets))
    });
    stops
}

fn stops(ring: &Ring, view: &Resilience, effects: &[&StopEffect]) -> String {
    let mut table = Columns::new(&["survive", "recover", "lost", "what stops"]);
    for effect in effects {
        let survive = effect.survive_days.map_or_else(|| format!("> {:.0}", view.horizon_days), |d| format!("{d:.1}"));
        let recover = effect.recover_days.map_or_else(|| "-".to_owned(), |d| format!("{d:.1}"));
        let lost = effect.lost_value.map_or_else(|| "-".to_owned(), |v| money(v, ring));
        table.row([survive, recover, lost, names(ring, &effect.targets)]);
    }
    table.text(2, WIDTH)
}

fn names(ring: &Ring, targets: &[Target]) -> String {
    targets.iter().map(|t| name(ring, t)).collect::<Vec<_>>().join(" + ")
}

fn name(ring: &Ring, target: &Target) -> String {
    match target {
        Target::Site(site) => format!("site:{}", ring.sites[*site].key),
        Target::Supplier(supplier) => format!("supplier:{}", ring.suppliers[*supplier]),
        Target::Lane(lane) => format!("lane:{}", ring.lanes[*lane].key),
        Target::Zone(zone) => format!("zone:{zone}"),
    }
}

fn deliveries(ring: &Ring, all: &[(CustomerId, ItemId)]) -> String {
    let one = |(customer, item): &(CustomerId, ItemId)| {
        format!("{} to {}", ring.items[*item].key, ring.customers[*customer].key)
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The name of a part or item.
pub(crate) fn component(ring: &Ring, component: Component) -> String {
    match component {
        Component::Item(item) => ring.items[item].key.clone(),
        Component::Part(part) => ring.parts[part].key.clone(),
    }
}

fn source_words(ring: &Ring, source: &SingleSource) -> [String; 2] {
    match source {
        SingleSource::Site(item, site) => {
            [ring.items[*item].key.clone(), format!("made at {} only", ring.sites[*site].key)]
        }
        SingleSource::Supplier(what, supplier) => {
            [component(ring, *what), format!("from {} only", ring.suppliers[*supplier])]
        }
        SingleSource::Region(what, region) => [component(ring, *what), format!("all suppliers in {region}")],
    }
}

/// The same as result tables.
pub(crate) fn tables(ring: &Ring, view: &Resilience) -> Vec<ResultTable> {
    let number = |value: Option<f64>, decimals| value.map_or(Cell::Empty, |value| Cell::Number { value, decimals });
    let rows = view.stops.iter().map(|s| {
        vec![
            Cell::Text(names(ring, &s.targets)),
            number(s.survive_days, 2),
            number(s.recover_days, 2),
            number(s.missed_days, 2),
            number(s.lost_value.map(|v| v.as_f64()), 2),
            Cell::Text(deliveries(ring, &s.ended)),
        ]
    });
    let money = ring.settings.currency.as_str();
    let stops = ResultTable {
        name: "resilience".to_owned(),
        doc: "What stops cost the programme, and how long deliveries hold.".to_owned(),
        columns: vec![
            column("targets", "", "What stops."),
            column("survive_days", "days", "How long all deliveries hold; empty beyond the horizon."),
            column("recover_days", "days", "Until all is back; empty where nothing tells."),
            column("missed_days", "days", "Days of full output missed by then."),
            column("lost_value", money, "Least value of deliveries lost by then."),
            column("ended", "", "Deliveries that end altogether once stocks are used."),
        ],
        rows: rows.collect(),
    };
    let rows = view.single_sources.iter().map(|s| source_words(ring, s).map(Cell::Text).to_vec());
    let sources = ResultTable {
        name: "single_sources".to_owned(),
        doc: "What has one source only.".to_owned(),
        columns: vec![column("what", "", "Item or part."), column("source", "", "Where it comes from.")],
        rows: rows.collect(),
    };
    vec![stops, sources]
}

/// A column of a result table.
pub(crate) fn column(name: &str, unit: &str, doc: &str) -> ResultColumn {
    ResultColumn { name: name.to_owned(), unit: unit.to_owned(), doc: doc.to_owned() }
}
