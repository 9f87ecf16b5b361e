//! Why there is no programme: which rules are in conflict, and by how much each would have to give way.
//!
//! Every rule that a reader could change gets a slack. A rule, or several of one kind, that makes the rest possible when
//! it alone may give way is part of the conflict, and the least it must give way is what to change.

use crate::build::Build;
use crate::data::Data;
use crate::key::{Group, Key};
use crate::lp::{Answer, Col, End, Heuristics, Highs, Limits, Program, Row, Solver};
use crate::recourse::Fixed;
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::control::Control;
use std::collections::BTreeMap;
use units::Id;

/// Iterations spent on one question.
const ITERATIONS_MAX: u64 = 100_000;

/// Kinds of rules that may give way, in the order they are tried and told.
const KINDS: &[Kind] = &[
    Kind::Moves,
    Kind::SafetyStock,
    Kind::Contract,
    Kind::Qualified,
    Kind::Budget,
    Kind::HomePlaces,
    Kind::SitePlaces,
    Kind::Support,
    Kind::LabourPool,
    Kind::Floor,
    Kind::LinesMax,
    Kind::SourceCapacity,
    Kind::LaneCapacity,
    Kind::Workshare,
    Kind::StockMax,
    Kind::Parts,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Moves,
    SafetyStock,
    Contract,
    Qualified,
    Budget,
    HomePlaces,
    SitePlaces,
    Support,
    LabourPool,
    Floor,
    LinesMax,
    SourceCapacity,
    LaneCapacity,
    Workshare,
    StockMax,
    Parts,
}

fn kind_of(group: Group) -> Option<Kind> {
    Some(match group {
        Group::Nature | Group::PeopleThere | Group::Standing(_) => return None,
        Group::Floor(_) => Kind::Floor,
        Group::LabourPool(_) => Kind::LabourPool,
        Group::LinesMax(_) => Kind::LinesMax,
        Group::HomePlaces => Kind::HomePlaces,
        Group::SitePlaces(_) => Kind::SitePlaces,
        Group::Support => Kind::Support,
        Group::StockMax(..) => Kind::StockMax,
        Group::LaneCapacity(_) => Kind::LaneCapacity,
        Group::SourceCapacity(_) => Kind::SourceCapacity,
        Group::PartsInTime(_) => Kind::Parts,
        Group::Contract(_) => Kind::Contract,
        Group::Qualified(_) => Kind::Qualified,
        Group::Workshare(_) => Kind::Workshare,
        Group::Budget(..) => Kind::Budget,
        Group::Moves => Kind::Moves,
        Group::SafetyStock(_) => Kind::SafetyStock,
    })
}

/// Explains a program without a point.
pub(crate) fn explain(build: &Build<'_>, control: &Control<'_>) -> Vec<Diagnostic> {
    let ring = build.data.ring;
    if let Some(faults) = no_maker(build) {
        return faults;
    }
    let mut ways: Vec<BTreeMap<Group, f64>> = Vec::new();
    for kind in KINDS {
        if let Some(excess) = least_excess(build, |g| kind_of(g) == Some(*kind), control) {
            ways.push(excess);
        }
    }
    let mut diagnostic = Diagnostic::error(
        Code(303),
        "no programme meets every rule of the ring at once",
        "change one of these, or several a little",
    );
    if ways.is_empty() {
        match least_excess(build, |g| kind_of(g).is_some(), control) {
            Some(all) => {
                diagnostic.help = "these rules have to give way together".to_owned();
                ways.push(all);
            }
            None => {
                diagnostic.help =
                    "look at licences, opening and training times: nothing can be ready in time".to_owned();
            }
        }
    }
    for (group, by) in ways.iter().flatten() {
        let (place, text) = change(ring, *group, *by);
        diagnostic = diagnostic.at(place, text);
    }
    vec![diagnostic]
}

/// Explains why a first stage leaves no programme.
pub(crate) fn first_stage(data: &Data<'_>, fixed: &Fixed, control: &Control<'_>) -> Vec<Diagnostic> {
    let mut build = Build::new(data, crate::build::Detail::default());
    for (key, col) in build.columns().collect::<Vec<_>>() {
        let value = match key {
            Key::Open(..) => fixed.open.get(&key).copied().unwrap_or(0.0),
            Key::Lines(at) => {
                let line = &data.lines[at];
                let same = fixed.lines.get(&line.key());
                same.map_or(0.0, |n| *n as f64)
            }
            _ => continue,
        };
        build.program.set_bounds(col, value, value);
    }
    explain(&build, control)
}

/// Made items of the product that no line can make in time.
fn no_maker(build: &Build<'_>) -> Option<Vec<Diagnostic>> {
    let ring = build.data.ring;
    let empty = build.groups().iter().enumerate().filter_map(|(row, group)| match group {
        Group::Qualified(item) if build.program.terms(row).is_empty() => Some(*item),
        _ => None,
    });
    let faults: Vec<Diagnostic> = empty
        .map(|item| {
            let mut fault = Diagnostic::error(
                Code(303),
                format!("no line for {} can be ready within the horizon", ring.items[item].key),
                "bring a licence, an opening, the training of people or the first article forward, or lengthen the horizon",
            );
            for (at, row) in ring.capability.enumerate().filter(|(_, c)| c.item == item) {
                let why = why_not(build.data, at, row.site);
                fault = fault.at(Place::row("capability", at.index()), why);
            }
            fault
        })
        .collect();
    (!faults.is_empty()).then_some(faults)
}

/// Why a capability row has no line to choose, in a few words.
fn why_not(data: &Data<'_>, capability: model::ids::CapabilityId, site: model::ids::SiteId) -> String {
    let ring = data.ring;
    let row = &ring.capability[capability];
    let Some(licence) = rules::licence::first_period(ring, capability) else {
        return "no licence, or no day for it".to_owned();
    };
    if licence >= data.n {
        return "its licence comes after the horizon".to_owned();
    }
    if !data.slots.iter().any(|s| s.site == site) {
        return "its site cannot be opened within the horizon".to_owned();
    }
    if row.lines_max == 0 {
        return "`lines_max` is 0".to_owned();
    }
    let Some(design) = rules::line::design_of(data.designs, row.item, row.line_type) else {
        return "no line layout meets the request".to_owned();
    };
    if design.options.iter().all(|o| o.floor_m2 > ring.sites[site].floor_m2) {
        return "no layout fits its floor".to_owned();
    }
    "first article or the training of its people ends after the horizon".to_owned()
}

/// The least by which rules must give way, rule by rule, when only those of a test may.
fn least_excess(build: &Build<'_>, may: impl Fn(Group) -> bool, control: &Control<'_>) -> Option<BTreeMap<Group, f64>> {
    let mut program = build.program.clone();
    for col in 0..program.cols().len() {
        program.set_cost(Col::from_index(col), 0.0);
    }
    let mut slacks: BTreeMap<Group, Col> = BTreeMap::new();
    let mut rows: Vec<(Row, Group)> = Vec::new();
    for (row, group) in build.groups().iter().enumerate().filter(|(_, g)| may(**g)) {
        rows.push((Row::from_index(row), *group));
    }
    if rows.is_empty() {
        return None;
    }
    for (row, group) in rows {
        let slack = *slacks.entry(group).or_insert_with(|| program.real(scale(build, group), 0.0, f64::INFINITY));
        soften(&mut program, row, group, slack);
    }
    let relaxed = program.relaxed();
    let limits = Limits { gap: 0.05, iterations_max: ITERATIONS_MAX, start: None, heuristics: Heuristics::All };
    let first: Answer = Highs.solve(&relaxed, &limits, control);
    if first.end != End::Solved {
        return None;
    }
    // The relaxation may do with less than whole lines and people need.
    let whole = Highs.solve(&program, &limits, control);
    if whole.end == End::Infeasible {
        return None;
    }
    let point = whole.point.or(first.point)?;
    let excess: BTreeMap<Group, f64> =
        slacks.into_iter().map(|(group, col)| (group, point[col.index()])).filter(|(_, by)| *by > 1e-6).collect();
    (!excess.is_empty()).then_some(excess)
}

/// Weight of a unit of slack: one over the size of the rule's limit.
fn scale(build: &Build<'_>, group: Group) -> f64 {
    let sizes = build.groups().iter().enumerate().filter(|(_, g)| **g == group).map(|(row, _)| {
        let (low, high) = build.program.bounds()[row];
        if high.is_finite() { high.abs() } else { low.abs() }
    });
    1.0 / sizes.fold(1.0, f64::max)
}

/// Lets a row be exceeded by a slack on the side that binds.
///
/// Of a balance only one side gives way: stock may be thrown away, parts may come from nowhere.
fn soften(program: &mut Program, row: Row, group: Group, slack: Col) {
    let (low, high) = program.bounds()[row.index()];
    let balance = low == high;
    let terms: Vec<(Col, f64)> = program.terms(row.index()).to_vec();
    let low_gives = low.is_finite() && !(balance && matches!(group, Group::StockMax(..)));
    let high_gives = high.is_finite() && !(balance && matches!(group, Group::PartsInTime(_)));
    let keep = |gives: bool, limit: f64, free: f64| if gives { free } else { limit };
    program.set_row(row, keep(low_gives, low, f64::NEG_INFINITY), keep(high_gives, high, f64::INFINITY));
    if low_gives {
        program.row(low, f64::INFINITY, terms.iter().copied().chain([(slack, 1.0)]));
    }
    if high_gives {
        program.row(f64::NEG_INFINITY, high, terms.into_iter().chain([(slack, -1.0)]));
    }
}

/// Where a rule is set, and what to write there.
fn change(ring: &Ring, group: Group, by: f64) -> (Place, String) {
    let more = |now: f64, unit: &str| format!("raise this to {} {unit}", up(now + by));
    match group {
        Group::Nature | Group::PeopleThere | Group::Standing(_) => (Place::Setting("ring".to_owned()), String::new()),
        Group::Contract(customer) => {
            let row = &ring.customers[customer];
            let due = rules::held::under_contract(ring, customer).as_f64();
            let can = (row.floor.get() - by / due.max(1e-9)).max(0.0);
            let text = format!("at most {:.2} can be met with the rest as it is", (can * 100.0).floor() / 100.0);
            (Place::Setting(format!("customers.{}.floor", row.key)), text)
        }
        Group::Qualified(item) => {
            let now = ring.settings.qualified_sites_min as f64;
            let can = (now - by).floor().max(0.0);
            let text = format!("at most {can} for {}", ring.items[item].key);
            (Place::Setting("policy.qualified_sites_min".to_owned()), text)
        }
        Group::Budget(partner, index) => {
            let row = &ring.partners[partner];
            let budget = &row.budgets[index];
            let place = Place::Setting(format!("partners.{}.budget.{}.ceiling", row.key, budget.key));
            (place, more(budget.ceiling.as_f64(), &ring.settings.currency))
        }
        Group::SafetyStock(row) => {
            let can = (ring.safety_stock[row].quantity.as_f64() - by).max(0.0);
            let text = format!("at most {can:.0} can be kept from that day on");
            (Place::cell("safety_stock", units::Id::index(row), "quantity"), text)
        }
        Group::Moves => {
            let now = ring.settings.moves_max.unwrap_or(0) as f64;
            (Place::Setting("policy.moves_max".to_owned()), more(now, "moves"))
        }
        Group::HomePlaces => {
            let now = ring.settings.home_places.map_or(0.0, |q| q.as_f64());
            (Place::Setting("training.home_places".to_owned()), more(now, "people"))
        }
        Group::SitePlaces(site) => {
            let now = ring.settings.site_places.map_or(0.0, |q| q.as_f64());
            let text = format!("{} (for {})", more(now, "people"), ring.sites[site].key);
            (Place::Setting("training.site_places".to_owned()), text)
        }
        Group::Support => {
            let now = ring.settings.support_hours.unwrap_or(0.0);
            (Place::Setting("training.support_hours".to_owned()), more(now, "hours"))
        }
        Group::LabourPool(site) => {
            let now = ring.sites[site].labour_pool as f64;
            (Place::cell("sites", site.index(), "labour_pool"), more(now, "people"))
        }
        Group::Floor(site) => (Place::cell("sites", site.index(), "floor_m2"), more(ring.sites[site].floor_m2, "m2")),
        Group::LinesMax(row) => {
            let now = ring.capability[row].lines_max as f64;
            (Place::cell("capability", row.index(), "lines_max"), more(now, "lines"))
        }
        Group::SourceCapacity(supply) => {
            let now = ring.supply[supply].capacity.map_or(0.0, |q| q.as_f64());
            (Place::cell("supply", supply.index(), "capacity"), more(now, "pieces a period"))
        }
        Group::LaneCapacity(lane) => {
            let now = ring.lanes[lane].capacity.map_or(0.0, |q| q.as_f64());
            (Place::cell("lanes", lane.index(), "capacity"), more(now, "pieces a period"))
        }
        Group::Workshare(partner) => {
            let row = &ring.partners[partner];
            let place = Place::Setting(format!("partners.{}.workshare_min", row.key));
            (place, "lower this: its sites cannot do so large a share of the work".to_owned())
        }
        Group::StockMax(site, item) => {
            let text = format!("what is there at {} on the first day is more than may be kept", ring.sites[site].key);
            (Place::cell("items", item.index(), "stock_max"), text)
        }
        Group::PartsInTime(component) => {
            let name = ring.component_key(component);
            let row = ring.supply.enumerate().find(|(_, s)| s.component == component);
            let place =
                row.map_or(Place::Setting("ring".to_owned()), |(id, _)| Place::cell("supply", id.index(), "lead_days"));
            (place, format!("{name} cannot be there in time: bring {} pieces forward", up(by)))
        }
    }
}

/// A number rounded up so that it suffices, without needless digits.
fn up(value: f64) -> String {
    let whole = (value - 1e-6).ceil();
    format!("{whole:.0}")
}
