//! The plan's program in two stages: what is decided before anything stops, and what is done in each future.

use super::future::ring_in;
use crate::build::{Build, Detail};
use crate::coarse::{Coarse, Fine};
use crate::data::LineKey;
use crate::data::{Choice, Data};
use crate::key::{Group, Key};
use crate::lp::{Col, Program};
use crate::names::{Names, Places};
use crate::primal::key_of;
use model::Ring;
use model::ids::Component;
use model::results::LineDesign;
use model::results::hedge::Future;
use std::collections::{BTreeMap, BTreeSet};

/// Decisions before anything stops: sites, lines and people.
pub(crate) struct First {
    pub(crate) program: Program,
    pub(crate) keys: Vec<Key>,
    /// Cost that no decision changes.
    pub(crate) constant: f64,
}

/// What a second stage stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// A future with its probability.
    Future(f64),
    /// The rules of the undisturbed ring: its objective is how far they are missed, and must be nothing.
    Rules,
}

/// What is done in one future.
#[derive(Debug, Clone)]
pub(crate) struct Recourse {
    /// Copies of first-stage columns (free of charge) stand before its own columns.
    pub(crate) program: Program,
    /// First-stage column behind each copy, in order.
    pub(crate) links: Vec<Col>,
    pub(crate) constant: f64,
    pub(crate) role: Role,
    /// Where its columns and rows stand in the program of the first future, when that is known.
    pub(crate) places: Option<Places>,
}

impl Recourse {
    /// Least cost that the bounds of the columns allow: below the least cost of any first stage.
    pub(crate) fn least(&self) -> f64 {
        let cheapest = self.program.cols().iter().filter(|c| c.cost != 0.0);
        self.constant + cheapest.map(|c| c.cost * if c.cost > 0.0 { c.low } else { c.high }).sum::<f64>()
    }

    /// Probability; nothing for the rules.
    pub(crate) fn weight(&self) -> f64 {
        match self.role {
            Role::Future(weight) => weight,
            Role::Rules => 0.0,
        }
    }
}

/// How far the rules of the undisturbed ring may be missed, in [`missed`]'s measure, for a first stage to count.
pub(crate) const RULES_MET: f64 = 1e-3;

/// What a rule missed by one unit of its row counts: a thousand for all that the rule asks.
fn missed((low, high): (f64, f64)) -> f64 {
    let asked = if low.is_finite() { low } else { high };
    1_000.0 / (1.0 + asked.abs())
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

/// A ring's candidates, for programs of its futures.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    pub(crate) ring: &'a Ring,
    pub(crate) designs: &'a [LineDesign],
    pub(crate) lines: &'a [LineKey],
}

/// What is done in one future: the ring with its stops, and the rows that are not of the first stage alone.
///
/// With blocks, rows of one kind are added up over that many periods (`coarse.rs`): a bound from below on the future's cost.
pub(crate) fn recourse(of: Lines<'_>, first: &First, future: &Future, block: Option<usize>) -> (Recourse, Names) {
    let changed = ring_in(of.ring, future);
    let data = Data::new(&changed, of.designs, &Choice::These(of.lines));
    debug_assert!(data.lines.iter().map(key_of).eq(of.lines.iter().copied()), "a stop takes no candidate away");
    let build = Build::new(&data, detail(of.ring));
    let (mut recourse, keys, rows) = cut_out(&build, first, |group| !is_over_all(group));
    let mut names = Names::new(&build, &keys, &rows);
    recourse.role = Role::Future(future.weight);
    recourse.constant = build.constant;
    if let Some(block) = block {
        let series: Vec<_> = rows.iter().map(|row| build.series()[*row]).collect();
        let coarse = Coarse::of(&Fine { program: &recourse.program, keys: &keys, series: &series, n: data.n }, block);
        let copies = 0..recourse.links.len();
        let places: Vec<usize> = copies.filter_map(|c| coarse.place_of(Col::from_index(c))).map(Col::index).collect();
        assert!(places.iter().copied().eq(0..recourse.links.len()), "copies come first and are in rows");
        recourse.constant += coarse.constant;
        names = names.over_blocks(&coarse);
        recourse.program = coarse.program;
    }
    (recourse, names)
}

/// How far the rules over all deliveries are missed by the undisturbed ring; none when it has no such rules.
pub(crate) fn rules(of: Lines<'_>, first: &First) -> Option<Recourse> {
    let data = Data::new(of.ring, of.designs, &Choice::These(of.lines));
    let build = Build::new(&data, Detail { soft: true, ..detail(of.ring) });
    if !build.groups().iter().any(|group| is_over_all(*group)) {
        return None;
    }
    let (mut recourse, keys, _) = cut_out(&build, first, |group| !matches!(group, Group::Qualified(_)));
    for (at, key) in keys.iter().enumerate().skip(recourse.links.len()) {
        let cost = match key {
            Key::Excess(row) => missed(build.program.bounds()[*row]),
            _ => 0.0,
        };
        recourse.program.set_cost(Col::from_index(at), cost);
    }
    Some(recourse)
}

type Cut = (Recourse, Vec<Key>, Vec<usize>);

/// The second stage of a program with the rows kept, the keys of its columns, and the rows in the program.
fn cut_out(build: &Build<'_>, first: &First, keep: impl Fn(Group) -> bool) -> Cut {
    let position: BTreeMap<Key, usize> = first.keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let kept: Vec<usize> = (0..build.program.bounds().len())
        .filter(|row| {
            let own = |(col, _): &(Col, f64)| !is_first(build.key_of(*col));
            keep(build.groups()[*row]) && build.program.terms(*row).iter().any(own)
        })
        .collect();
    let terms = || kept.iter().flat_map(|row| build.program.terms(*row));
    let linked: BTreeSet<usize> = terms().filter_map(|(col, _)| position.get(&build.key_of(*col))).copied().collect();
    let mut recourse = Recourse {
        program: Program::default(),
        links: linked.iter().map(|at| Col::from_index(*at)).collect(),
        constant: 0.0,
        role: Role::Rules,
        places: None,
    };
    let (mut place, mut keys): (BTreeMap<Col, Col>, Vec<Key>) = (BTreeMap::new(), Vec::new());
    for at in &linked {
        let data = first.program.cols()[*at];
        let copy = recourse.program.real(0.0, data.low, data.high);
        let original = build.col(first.keys[*at]).expect("linked columns come from this program");
        place.insert(original, copy);
        keys.push(first.keys[*at]);
    }
    let dropped = |key: Key| matches!(key, Key::Excess(row) if !keep(build.groups()[row]));
    for (key, col) in build.columns().filter(|(key, _)| !is_first(*key) && !dropped(*key)) {
        let data = build.program.cols()[col.index()];
        place.insert(col, recourse.program.real(data.cost, data.low, data.high));
        keys.push(key);
    }
    for row in &kept {
        let (low, high) = build.program.bounds()[*row];
        let own = build.program.terms(*row).iter().filter_map(|(c, f)| place.get(c).map(|own| (*own, *f)));
        recourse.program.row(low, high, own.collect::<Vec<_>>());
    }
    (recourse, keys, kept)
}
