//! `ringworks plan --stock --hold DIR`: the ring with its safety stock, planned again, and both plans simulated.

use std::collections::BTreeMap;
use std::path::Path;

use model::ids::{Component, Node};
use model::results::StockTargets;
use model::settings::CostKind;
use model::{RawRing, Ring};
use ring_io::{Existing, Loaded, write_ring};
use serde_json::{Value, json};
use study::{Stage, Study, fill_rate};
use units::{Id, Money, Quantity};

use crate::args::Cli;
use crate::columns::Columns;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::tell_troubles;
use crate::show::{WIDTH, money, percent};
use crate::work::{self, Work};

/// The two plans side by side, as text and as JSON.
pub(super) struct Held {
    pub(super) text: String,
    pub(super) json: Value,
    pub(super) answer: Answer,
}

/// Writes the ring that keeps the targets, plans it and simulates it beside the plan without them.
pub(super) fn run(
    loaded: &Loaded,
    study: &Study,
    found: &StockTargets,
    folder: &Path,
    work: &Work,
    cli: &Cli,
) -> Result<Held, Failure> {
    let raw = with_targets(&loaded.raw, &loaded.ring, found);
    let keeps = match input::checked(&raw, folder) {
        Ok(keeps) => keeps,
        Err(refused) => {
            let answer = input::refuse(&refused, folder, cli)?;
            return Ok(Held { text: String::new(), json: Value::Null, answer });
        }
    };
    write_ring(&raw, folder, Existing::Keep)?;
    let work = Work { menus: Some(study.designs.clone()), ..work.clone() };
    let plain = work::run(loaded, &work, Stage::Simulate, cli);
    let holding = work::run(&keeps, &work, Stage::Simulate, cli);
    tell_troubles(&keeps, &holding.outcome.best);
    let sides = [(&loaded.ring, &plain.outcome.best), (&keeps.ring, &holding.outcome.best)];
    Ok(Held {
        text: text(&sides, folder),
        json: sides.iter().map(|(ring, study)| figures(ring, study)).collect(),
        answer: holding.answer(),
    })
}

/// The ring with a row of `safety_stock.csv` for each place that keeps something.
fn with_targets(raw: &RawRing, ring: &Ring, found: &StockTargets) -> RawRing {
    let mut least: BTreeMap<(Node, Component), f64> = BTreeMap::new();
    for target in found.targets.iter().filter(|t| t.pieces > 0.0) {
        let place = target.site.map(Node::Site).or(target.customer.map(Node::Customer));
        if let Some(place) = place {
            *least.entry((place, target.component)).or_default() += target.pieces;
        }
    }
    let from = ring.settings.first_day(found.from.index()).to_string();
    let rows = least.into_iter().map(|((place, component), pieces)| {
        let pieces = Quantity::from_ticks((pieces * 1e3 - 1e-6).ceil() as i64).to_string();
        let note = "guaranteed service times".to_owned();
        vec![ring.node_key(place).to_owned(), ring.component_key(component).to_owned(), pieces, from.clone(), note]
    });
    let mut raw = raw.clone();
    raw.put("safety_stock", rows.collect());
    raw.sort_tables();
    raw
}

fn kind(study: &Study, kind: CostKind) -> Money {
    let costs = study.programme.iter().flat_map(|p| &p.costs);
    costs.filter(|c| c.kind == kind).map(|c| c.amount).sum()
}

fn text(sides: &[(&Ring, &Study); 2], folder: &Path) -> String {
    let mut table = Columns::new(&["plan", "cost", "holding", "parts", "backlog", "fill rate simulated"]);
    for (name, (ring, study)) in ["as it was", "holding safety stock"].into_iter().zip(sides) {
        let cost = study.programme.as_ref().map_or_else(|| "none".to_owned(), |p| money(p.cost, ring));
        let filled = study.evidence.as_ref().and_then(|evidence| fill_rate(ring, evidence));
        let filled = filled.map_or_else(String::new, |(mean, half)| format!("{} ± {}", percent(mean), percent(half)));
        let of = |k| money(kind(study, k), ring);
        let [holding, parts, backlog] = [CostKind::Holding, CostKind::Parts, CostKind::Backlog].map(of);
        table.row([name.to_owned(), cost, holding, parts, backlog, filled]);
    }
    format!("Planned again with it\n{}  ring with safety_stock.csv: {}\n", table.text(2, WIDTH), folder.display())
}

fn figures(ring: &Ring, study: &Study) -> Value {
    let filled = study.evidence.as_ref().and_then(|evidence| fill_rate(ring, evidence));
    json!({
        "cost": study.programme.as_ref().map(|p| p.cost.as_f64()),
        "bound": study.programme.as_ref().map(|p| p.bound.as_f64()),
        "holding": kind(study, CostKind::Holding).as_f64(),
        "parts": kind(study, CostKind::Parts).as_f64(),
        "fill_rate": filled.map(|(mean, _)| mean),
        "fill_rate_half_width": filled.map(|(_, half)| half),
    })
}
