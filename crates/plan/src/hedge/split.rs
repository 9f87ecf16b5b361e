//! The plan's program in two stages: what is decided before anything stops, and what is done in each future.

use super::future::{Future, ring_in};
use crate::build::{Build, Detail};
use crate::data::{Choice, Data};
use crate::key::{Group, Key};
use crate::lp::{Col, Program};
use crate::primal::{LineKey, key_of};
use model::Ring;
use model::ids::Component;
use model::results::LineDesign;
use std::collections::{BTreeMap, BTreeSet};

/// Decisions before anything stops: sites, lines and people.
pub(crate) struct First {
    pub(crate) program: Program,
    pub(crate) keys: Vec<Key>,
    /// Cost that no decision changes.
    pub(crate) constant: f64,
}

/// What is done in one future.
#[derive(Debug, Clone)]
pub(crate) struct Recourse {
    /// Copies of first-stage columns (free of charge) stand before its own columns.
    pub(crate) program: Program,
    /// First-stage column behind each copy, in order.
    pub(crate) links: Vec<Col>,
    pub(crate) constant: f64,
    /// Probability.
    pub(crate) weight: f64,
}

/// True for columns decided before anything stops.
pub(crate) fn is_first(key: Key) -> bool {
    use Key::{AtWork, Hired, Lines, Open, Qualified, There};
    matches!(key, Open(..) | Lines(_) | There(..) | Hired(..) | AtWork(..) | Qualified(..))
}

/// How purchases are modelled in all futures: sources with a capacity have columns of their own.
pub(crate) fn detail(ring: &Ring) -> Detail {
    let scarce: BTreeSet<Component> =
        ring.supply.iter().filter(|s| s.capacity.is_some()).map(|s| s.component).collect();
    Detail { ordered: scarce, ..Detail::default() }
}

/// Rules over all deliveries, which are asked of the undisturbed ring only: in a future what is not delivered has its price.
fn is_over_all(group: Group) -> bool {
    matches!(group, Group::Contract(_) | Group::Workshare(_) | Group::Budget(..))
}

/// The first stage of a ring.
pub(crate) fn first(build: &Build<'_>) -> First {
    let mut first = First { program: Program::default(), keys: Vec::new(), constant: 0.0 };
    let mut place: BTreeMap<Col, Col> = BTreeMap::new();
    for (key, col) in build.columns().filter(|(key, _)| is_first(*key)) {
        let data = build.program.cols()[col.index()];
        let own = if data.whole {
            first.program.whole(data.cost, data.low, data.high)
        } else {
            first.program.real(data.cost, data.low, data.high)
        };
        place.insert(col, own);
        first.keys.push(key);
    }
    for (row, (low, high)) in build.program.bounds().iter().enumerate() {
        let terms = build.program.terms(row);
        if let Some(own) = terms.iter().map(|(c, f)| place.get(c).map(|own| (*own, *f))).collect::<Option<Vec<_>>>() {
            first.program.row(*low, *high, own);
        }
    }
    first
}

/// What is done in one future: the ring with its stops, and the rows that are not of the first stage alone.
pub(crate) fn recourse(
    ring: &Ring,
    designs: &[LineDesign],
    lines: &[LineKey],
    first: &First,
    future: &Future,
) -> Recourse {
    let changed = ring_in(ring, future);
    let data = Data::new(&changed, designs, &Choice::These(lines));
    debug_assert!(data.lines.iter().map(key_of).eq(lines.iter().copied()), "a stop takes no candidate away");
    let build = Build::new(&data, detail(ring));
    let position: BTreeMap<Key, usize> = first.keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let kept: Vec<usize> = (0..build.program.bounds().len())
        .filter(|row| {
            let own = |(col, _): &(Col, f64)| !is_first(build.key_of(*col));
            !is_over_all(build.groups()[*row]) && build.program.terms(*row).iter().any(own)
        })
        .collect();
    let terms = || kept.iter().flat_map(|row| build.program.terms(*row));
    let linked: BTreeSet<usize> = terms().filter_map(|(col, _)| position.get(&build.key_of(*col))).copied().collect();
    let mut recourse = Recourse {
        program: Program::default(),
        links: linked.iter().map(|at| Col::from_index(*at)).collect(),
        constant: build.constant,
        weight: future.weight,
    };
    let mut place: BTreeMap<Col, Col> = BTreeMap::new();
    for at in &linked {
        let data = first.program.cols()[*at];
        let copy = recourse.program.real(0.0, data.low, data.high);
        let original = build.col(first.keys[*at]).expect("linked columns come from this program");
        place.insert(original, copy);
    }
    for (_, col) in build.columns().filter(|(key, _)| !is_first(*key)) {
        let data = build.program.cols()[col.index()];
        place.insert(col, recourse.program.real(data.cost, data.low, data.high));
    }
    for row in kept {
        let (low, high) = build.program.bounds()[row];
        let own = build.program.terms(row).iter().filter_map(|(c, f)| place.get(c).map(|own| (*own, *f)));
        recourse.program.row(low, high, own.collect::<Vec<_>>());
    }
    recourse
}
