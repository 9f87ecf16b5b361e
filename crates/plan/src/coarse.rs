//! A smaller program with a bound for the whole one: rows of one kind added up over blocks of periods.
//!
//! A sum of rows holds wherever the rows hold, and a row left out only widens what is allowed. Columns that have become
//! alike are merged into one, at the least of their costs. So every point of the whole program gives a point of the
//! coarse one that costs no more: **its bound is a bound of the whole program**, integer columns included. What is given
//! up is when within a block something happens: pieces may be used a few periods before they are made, and stock
//! is paid for only at the end of a block. Customers, budgets and people in training keep their periods.
//!
//! # Source
//! Rogers, Plante, Wong and Evans 1991, Aggregation and disaggregation techniques and methodology in optimization,
//! Operations Research 39(4): row aggregation with weights of one is a relaxation.
//!
//! # Cost
//! One pass over the terms; with blocks of `k` periods about `1/k` of the rows are left.

use crate::build::Build;
use crate::key::{Key, Series};
use crate::lp::{Col, Program};
use std::collections::BTreeMap;

/// The smaller program, and where the columns of the whole one went.
pub(crate) struct Coarse {
    pub(crate) program: Program,
    /// Column of the smaller program for each of the whole one; none when it does not matter any more.
    place: Vec<Option<Col>>,
    /// Key of each column, periods replaced by blocks.
    keys: Vec<Key>,
    /// What each row is made of.
    rows: Vec<Place>,
    /// Cost of columns that are in no row any more, at their cheapest value.
    pub(crate) constant: f64,
}

/// Where a row of the whole program goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Into the sum over a block of periods.
    Block(Series, usize),
    /// It stays by itself: its index in the whole program.
    Own(usize),
}

/// A program with what its columns and rows stand for.
#[derive(Clone, Copy)]
pub(crate) struct Fine<'a> {
    pub(crate) program: &'a Program,
    /// Key of each column.
    pub(crate) keys: &'a [Key],
    /// Series and period of each row that belongs to one.
    pub(crate) series: &'a [Option<(Series, usize)>],
    /// Periods of the horizon.
    pub(crate) n: usize,
}

impl Coarse {
    /// Adds up blocks of `length` periods, 1 or more, of the program of a ring.
    pub(crate) fn new(build: &Build<'_>, length: usize) -> Self {
        let (program, series, n) = (&build.program, build.series(), build.data.n);
        Self::of(&Fine { program, keys: build.keys(), series, n }, length)
    }

    /// Adds up blocks of `length` periods, 1 or more.
    pub(crate) fn of(fine: &Fine<'_>, length: usize) -> Self {
        let (n, whole) = (fine.n, fine.program);
        let block_of = |t: usize| t / length;
        let ends_block = |t: usize| (t + 1).is_multiple_of(length) || t + 1 == n;
        let mut rows: BTreeMap<Place, (f64, f64)> = BTreeMap::new();
        let mut terms: Vec<BTreeMap<Place, f64>> = vec![BTreeMap::new(); whole.cols().len()];
        for (row, (low, high)) in whole.bounds().iter().enumerate() {
            let place = match fine.series[row] {
                // People at work only grow in number: the end of a block says it for the block.
                Some((Series::LabourPool(_), t)) if !ends_block(t) => continue,
                Some((series, t)) => Place::Block(series, block_of(t)),
                None => Place::Own(row),
            };
            let sum = rows.entry(place).or_insert((0.0, 0.0));
            *sum = (sum.0 + low, sum.1 + high);
            for (col, factor) in whole.terms(row) {
                *terms[col.index()].entry(place).or_default() += factor;
            }
        }
        let mut coarse =
            Self { program: Program::default(), place: Vec::new(), keys: Vec::new(), rows: Vec::new(), constant: 0.0 };
        let mut merged: BTreeMap<(Key, Vec<(Place, u64)>), Col> = BTreeMap::new();
        let mut columns: BTreeMap<Place, Vec<(Col, f64)>> = BTreeMap::new();
        for (at, data) in whole.cols().iter().enumerate() {
            let own: Vec<(Place, f64)> = terms[at].iter().filter(|(_, f)| **f != 0.0).map(|(p, f)| (*p, *f)).collect();
            let cheapest = if data.cost >= 0.0 { data.low } else { data.high };
            if own.is_empty() && cheapest.is_finite() {
                coarse.constant += data.cost * cheapest;
                coarse.place.push(None);
                continue;
            }
            let key = fine.keys[at].in_block(block_of);
            let like = (key, own.iter().map(|(p, f)| (*p, f.to_bits())).collect());
            let may_merge = !data.whole && data.low == 0.0;
            if let Some(col) = merged.get(&like).copied().filter(|_| may_merge) {
                let first = coarse.program.cols()[col.index()];
                coarse.program.set_cost(col, first.cost.min(data.cost));
                coarse.program.set_bounds(col, 0.0, first.high + data.high);
                coarse.place.push(Some(col));
                continue;
            }
            let col = if data.whole {
                coarse.program.whole(data.cost, data.low, data.high)
            } else {
                coarse.program.real(data.cost, data.low, data.high)
            };
            if may_merge {
                merged.insert(like, col);
            }
            coarse.place.push(Some(col));
            coarse.keys.push(key);
            for (place, factor) in own {
                columns.entry(place).or_default().push((col, factor));
            }
        }
        for (place, (low, high)) in rows {
            if let Some(terms) = columns.remove(&place) {
                coarse.program.row(low, high, terms);
                coarse.rows.push(place);
            }
        }
        coarse
    }

    /// The column that one of the whole program went into; none when it does not matter any more.
    pub(crate) fn place_of(&self, col: Col) -> Option<Col> {
        self.place[col.index()]
    }

    /// Key of each column, periods replaced by blocks.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// What each row is made of.
    pub(crate) fn rows(&self) -> &[Place] {
        &self.rows
    }

    /// A point of the smaller program as values of the whole one's columns: right for sites, lines and people, which
    /// keep columns of their own; what was merged stands at each of the columns it came from.
    pub(crate) fn spread(&self, point: &[f64]) -> Vec<f64> {
        self.place.iter().map(|place| place.map_or(0.0, |col| point[col.index()])).collect()
    }

    /// The point of the smaller program that a point of the whole one gives.
    #[cfg(test)]
    pub(crate) fn merged(&self, point: &[f64]) -> Vec<f64> {
        let mut merged = vec![0.0; self.program.cols().len()];
        for (value, place) in point.iter().zip(&self.place) {
            if let Some(col) = place {
                merged[col.index()] += value;
            }
        }
        merged
    }

    /// The smaller program with people in parts: with lines fixed, people are needed exactly and nearly always can be had.
    pub(crate) fn with_people_in_parts(&self, build: &Build<'_>) -> Program {
        let mut program = self.program.clone();
        for (_, col) in build.columns().filter(|(key, _)| matches!(key, Key::There(..) | Key::Hired(..))) {
            if let Some(own) = self.place[col.index()] {
                program.set_real(own);
            }
        }
        program
    }
}
