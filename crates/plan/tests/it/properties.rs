//! What must never happen at optimality: more demand, fewer sites or a longer stop that costs less.

use crate::common::{Case, with_column};
use model::RawRing;
use model::results::Status;
use testring::{Shape, generate};

/// A small ring without smallest lots, and its least cost when that is proven.
fn ring(seed: u64) -> RawRing {
    let shape = Shape { plants: 2, items: 1, customers: 1, periods: 6, tasks: 2, extras: false };
    with_column(generate(seed, &shape), "supply", "lot_min", "0")
}

fn least(raw: &RawRing) -> Option<f64> {
    let out = Case::new(raw).exact()?;
    (out.status == Status::Optimal).then(|| out.best.cost.as_f64())
}

/// Compares a ring with a harder one over some seeds.
fn never_costs_less(harder: impl Fn(RawRing) -> RawRing) {
    let mut compared = 0;
    for seed in 0..20 {
        let raw = ring(seed);
        let (Some(easy), hard) = (least(&raw), least(&harder(raw))) else {
            continue;
        };
        if let Some(hard) = hard {
            compared += 1;
            assert!(hard >= easy - 1.0 - 1e-6 * easy, "seed {seed}: harder costs {hard}, easier {easy}");
        }
    }
    assert!(compared >= 8, "{compared} compared");
}

#[test]
fn more_demand_never_costs_less() {
    never_costs_less(|mut raw| {
        let demand = raw.tables.iter_mut().find(|t| t.name == "demand").unwrap();
        let at = demand.column("quantity").unwrap();
        let more: f64 = demand.rows[0][at].parse::<f64>().unwrap() + 3.0;
        demand.rows[0][at] = more.to_string();
        raw
    });
}

#[test]
fn one_more_site_option_never_costs_more() {
    never_costs_less(|mut raw| {
        let rows = raw.tables.iter_mut().find(|t| t.name == "capability").unwrap();
        let (site, lines) = (rows.column("site").unwrap(), rows.column("lines_max").unwrap());
        rows.rows.iter_mut().filter(|r| r[site] == "s1").for_each(|r| "0".clone_into(&mut r[lines]));
        raw
    });
}

#[test]
fn a_longer_stop_never_costs_less() {
    let stopped = |days: &str| {
        let days = days.to_owned();
        move |raw: RawRing| {
            let mut raw = raw;
            let columns = ["outage", "target", "cause", "from", "to"].map(str::to_owned).to_vec();
            let row = ["o", "site:s0", "test", "2027-01-18", &days].map(str::to_owned).to_vec();
            raw.tables.retain(|t| t.name != "outages");
            raw.tables.push(model::RawTable { name: "outages".to_owned(), columns, rows: vec![row] });
            raw
        }
    };
    never_costs_less(stopped("2027-01-24"));
    let mut compared = 0;
    for seed in 0..20 {
        let short = least(&stopped("2027-01-19")(ring(seed)));
        let long = least(&stopped("2027-02-07")(ring(seed)));
        if let (Some(short), Some(long)) = (short, long) {
            compared += 1;
            assert!(long >= short - 1.0 - 1e-6 * short, "seed {seed}: long {long}, short {short}");
        }
    }
    assert!(compared >= 8);
}
