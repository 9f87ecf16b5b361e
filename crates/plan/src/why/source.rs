//! Every order for which a cheaper source was passed over, and why.

use crate::data::Data;
use model::ids::{PeriodId, SupplyId};
use model::results::Programme;
use model::results::programme::Order;
use model::results::why::{Dearer, Unused};
use std::collections::BTreeMap;
use units::{Id, Money, Quantity};

/// One row for each order and each cheaper source of the same component.
pub(super) fn all(data: &Data<'_>, programme: &Programme) -> Vec<Dearer> {
    let mut asked: BTreeMap<(SupplyId, usize), Quantity> = BTreeMap::new();
    for order in &programme.orders {
        *asked.entry((order.supply, order.period.index())).or_default() += order.quantity;
    }
    let mut rows = Vec::new();
    for order in &programme.orders {
        let used = &data.parts.sources[order.supply];
        let component = data.ring.supply[order.supply].component;
        for (cheaper, source) in data.parts.sources.enumerate() {
            if data.ring.supply[cheaper].component != component || source.price >= used.price {
                continue;
            }
            rows.push(Dearer {
                supply: order.supply,
                site: order.site,
                period: order.period,
                quantity: order.quantity,
                cheaper,
                why: unused(data, &asked, order, cheaper),
                price: Money::from_f64(used.price - source.price),
            });
        }
    }
    rows
}

/// Why a cheaper source does not bring an order: an order there would have to arrive no later.
fn unused(data: &Data<'_>, asked: &BTreeMap<(SupplyId, usize), Quantity>, order: &Order, cheaper: SupplyId) -> Unused {
    let (source, row) = (&data.parts.sources[cheaper], &data.ring.supply[cheaper]);
    let arrives = order.period.index() + data.parts.sources[order.supply].lag;
    let open: Vec<usize> = (0..data.n).filter(|t| source.takes[*t]).collect();
    let Some(first) = open.first() else {
        return Unused::Closed;
    };
    let in_time: Vec<usize> = open.iter().copied().filter(|t| t + source.lag <= arrives).collect();
    if in_time.is_empty() {
        return Unused::TooLate(Some(PeriodId::from_index(first + source.lag)));
    }
    if let Some(most) = row.capacity {
        let left = |t: &usize| most - asked.get(&(cheaper, *t)).copied().unwrap_or_default().min(most);
        let room: Quantity = in_time.iter().map(left).sum();
        if room < order.quantity.min(row.lot_min.max(Quantity::from_ticks(1_000))) {
            return Unused::Full;
        }
    }
    // Also where the lots of several sites together are more than it sells.
    if row.lot_min > order.quantity || row.capacity.is_some() && !row.lot_min.is_zero() {
        return Unused::Lot(row.lot_min);
    }
    Unused::Nothing
}
