//! Supply chains as stage files: `stage_id, lead_time, max_s_time, cost, risk_pool, demand mean, deviation, factor, [supplier, quantity]...`.
//!
//! The format of the small sets and of the chains of Willems 2008 as they are passed around. Lines may be short of commas, and
//! columns after the seventh are pairs of a supplier and how many of its pieces go into one.

use super::{fail, read};
use plan::stock::{Pooled, Stage, pooled_spreads};
use std::collections::BTreeMap;

/// A chain ready to be placed.
pub struct Chain {
    pub names: Vec<String>,
    pub stages: Vec<Stage>,
    pub links: Vec<(usize, usize)>,
}

/// What holding a piece costs, from the cost a stage adds.
#[derive(Clone, Copy)]
pub struct Holding {
    /// Cost of keeping, relative to the value kept.
    pub rate: f64,
    /// Value is what all stages up to here have added, times quantities; otherwise what the stage alone adds.
    pub cumulative: bool,
}

struct Row {
    name: String,
    time: usize,
    service_max: Option<usize>,
    added: f64,
    pooling: f64,
    outside: f64,
    suppliers: Vec<(String, f64)>,
}

/// Reads a chain.
pub fn load(path: &str, holding: Holding) -> Chain {
    let text = read(path);
    let rows: Vec<Row> = text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(at, l)| row(path, at, l))
        .collect();
    let ids: BTreeMap<&str, usize> = rows.iter().enumerate().map(|(at, r)| (r.name.as_str(), at)).collect();
    let mut links = Vec::new();
    for (to, row) in rows.iter().enumerate() {
        for (supplier, quantity) in &row.suppliers {
            let from = ids.get(supplier.as_str()).unwrap_or_else(|| fail(&format!("{path}: no stage {supplier}")));
            links.push((*from, to, *quantity));
        }
    }
    let pooled: Vec<Pooled> = rows.iter().map(|r| Pooled { outside: r.outside, pooling: r.pooling }).collect();
    let spreads = pooled_spreads(&pooled, &links).unwrap_or_else(|e| fail(&format!("{path}: {e:?}")));
    let values = values(&rows, &links, holding.cumulative);
    let stages = rows
        .iter()
        .enumerate()
        .map(|(at, r)| Stage {
            time: r.time,
            service_max: r.service_max,
            holding: holding.rate * values[at],
            spread: spreads[at],
        })
        .collect();
    let links = links.into_iter().map(|(from, to, _)| (from, to)).collect();
    Chain { names: rows.into_iter().map(|r| r.name).collect(), stages, links }
}

fn row(path: &str, at: usize, line: &str) -> Row {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let number = |col: usize| -> Option<f64> {
        let cell = cells.get(col).copied().unwrap_or("");
        (!cell.is_empty())
            .then(|| cell.parse().unwrap_or_else(|_| fail(&format!("{path}:{}: `{cell}` is no number", at + 1))))
    };
    let whole = |col: usize| {
        number(col).map(|x| {
            if x < 0.0 || x.fract() != 0.0 {
                fail(&format!("{path}:{}: times must be whole, not {x}", at + 1));
            }
            x as usize
        })
    };
    let suppliers = cells.get(8..).unwrap_or(&[]).chunks(2).filter(|pair| !pair[0].is_empty());
    Row {
        name: cells[0].to_owned(),
        time: whole(1).unwrap_or(0),
        service_max: whole(2),
        added: number(3).unwrap_or(0.0),
        pooling: number(4).unwrap_or(2.0),
        outside: number(6).unwrap_or(0.0) * number(7).unwrap_or(0.0),
        suppliers: suppliers
            .map(|pair| {
                let quantity = pair.get(1).and_then(|q| q.parse().ok());
                (pair[0].to_owned(), quantity.unwrap_or_else(|| fail(&format!("{path}:{}: no quantity", at + 1))))
            })
            .collect(),
    }
}

fn values(rows: &[Row], links: &[(usize, usize, f64)], cumulative: bool) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(|r| r.added).collect();
    if cumulative {
        // As many rounds as stages settle any network without circles.
        for _ in 0..rows.len() {
            let mut next: Vec<f64> = rows.iter().map(|r| r.added).collect();
            for (from, to, quantity) in links {
                next[*to] += quantity * values[*from];
            }
            if next == values {
                break;
            }
            values = next;
        }
    }
    values
}
