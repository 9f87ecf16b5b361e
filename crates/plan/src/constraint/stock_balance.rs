//! `stock[s, i, t] = stock[s, i, t-1] + opening due in t + made + arrived - used - sent`, with `0 <= stock <= stock_max`.

use crate::build::Build;
use crate::key::{Group, Key, Series};
use crate::lp::Col;
use model::ids::{ItemId, Node, SiteId};
use std::collections::BTreeMap;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let mut rows: BTreeMap<(SiteId, ItemId, usize), Vec<(Col, f64)>> = BTreeMap::new();
    let mut add = |site, item, t, col, factor| {
        let terms = rows.entry((site, item, t)).or_default();
        terms.push((col, factor));
    };
    for (key, col) in build.columns() {
        match key {
            Key::Make(capability, t) => {
                let row = &data.ring.capability[capability];
                add(row.site, row.item, t, col, 1.0);
                for (item, pieces) in &data.recipes[capability].uses(t).made {
                    add(row.site, *item, t, col, -pieces.as_f64());
                }
            }
            Key::Send(lane, item, t) => {
                let ends = &data.ring.lanes[lane];
                add(ends.from, item, t, col, -1.0);
                if let Node::Site(to) = ends.to {
                    add(to, item, t + data.network.lanes[lane].lag, col, 1.0);
                }
            }
            Key::Stock(site, item, t) => {
                add(site, item, t, col, -1.0);
                if t + 1 < data.n {
                    add(site, item, t + 1, col, 1.0);
                }
            }
            _ => {}
        }
    }
    for ((site, item, t), terms) in rows {
        let opening = data.network.opening_at(site, item, t).as_f64();
        let group = if opening > 0.0 { Group::StockMax(site, item) } else { Group::Nature };
        build.row_in((Series::Stock(site, item), t), group, -opening, -opening, terms);
    }
}
