//! Sixteen replications side by side, one number of each.

use crate::line::whole;
use chance::{Cells, Keyed, Lookup, Source};

/// Replications that run together.
pub(super) const LANES: usize = 16;
/// Draws of a station that are made together.
pub(super) const BLOCK: usize = 4;

/// One number of each replication, in whole ticks: an integer below 2^53, held as a double because every vector unit
/// has the larger of two doubles and few have that of two long integers.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub(super) struct Row(pub(super) [f64; LANES]);

impl Row {
    pub(super) const ZERO: Self = Self([0.0; LANES]);
    pub(super) const NEVER: Self = Self([f64::INFINITY; LANES]);

    #[inline(always)]
    pub(super) fn each(self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let mut out = self;
        for l in 0..LANES {
            out.0[l] = f(self.0[l], other.0[l]);
        }
        out
    }

    #[inline(always)]
    pub(super) fn max(self, other: &Self) -> Self {
        self.each(other, max)
    }

    #[inline(always)]
    pub(super) fn plus(self, other: &Self) -> Self {
        self.each(other, |a, b| a + b)
    }

    /// Whether all lanes are at least `bound`.
    #[inline(always)]
    pub(super) fn all_from(&self, bound: f64) -> bool {
        self.0.iter().all(|x| *x >= bound)
    }
}

/// The larger; one instruction, where `f64::max` asks about NaN.
#[inline(always)]
pub(super) fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller.
#[inline(always)]
pub(super) fn min(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The keys of one stream in every lane.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    start: [u64; LANES],
    middle: [u64; LANES],
}

impl Keys {
    /// Of replications `first..first + LANES`.
    pub(super) fn new(source: Source, first: u32, entity: u32, purpose: u16) -> Self {
        let keys: [Keyed; LANES] = std::array::from_fn(|l| source.keyed(first.wrapping_add(l as u32), entity, purpose));
        Self { start: keys.map(|k| k.start), middle: keys.map(|k| k.middle) }
    }

    /// The key of one lane.
    pub(super) const fn of(&self, lane: usize) -> Keyed {
        Keyed { start: self.start[lane], middle: self.middle[lane] }
    }

    /// Draws `first..first + BLOCK` of every lane from a table, each times the factor of its place, in whole ticks;
    /// `first` is even.
    #[inline(always)]
    fn fill<const SCALED: bool>(&self, cells: &Cells, first: u64, factors: &[f64; BLOCK], out: &mut [Row; BLOCK]) {
        for pair in 0..BLOCK / 2 {
            let offset = Keyed::offset(first / 2 + pair as u64);
            let mut bits = [0u64; LANES];
            for l in 0..LANES {
                bits[l] = Keyed::mix(self.start[l].wrapping_add(offset), self.middle[l]);
            }
            for l in 0..LANES {
                let time = f64::from(Lookup::in_cells(cells, bits[l] as u32));
                out[2 * pair].0[l] = whole(if SCALED { time * factors[2 * pair] } else { time });
            }
            for l in 0..LANES {
                let time = f64::from(Lookup::in_cells(cells, (bits[l] >> 32) as u32));
                out[2 * pair + 1].0[l] = whole(if SCALED { time * factors[2 * pair + 1] } else { time });
            }
        }
    }
}

/// The service times of one station, a block at a time.
#[derive(Debug)]
pub(super) struct Times<'a> {
    keys: Keys,
    table: &'a Lookup,
    factors: &'a [f64],
    pub(super) rows: [Row; BLOCK],
}

impl<'a> Times<'a> {
    pub(super) fn new(keys: Keys, table: &'a Lookup, factors: &'a [f64]) -> Self {
        Self { keys, table, factors, rows: [Row::ZERO; BLOCK] }
    }

    /// Makes the times of parts `first..first + BLOCK`; `first` is a multiple of `BLOCK`.
    #[inline(always)]
    pub(super) fn make(&mut self, first: usize) {
        let factor = |k| crate::line::factor(self.factors, first + k);
        match self.table.constant() {
            Some(value) => self.rows = std::array::from_fn(|k| Row([whole(value * factor(k)); LANES])),
            None if self.factors.is_empty() => {
                self.keys.fill::<false>(self.table.cells(), first as u64, &[1.0; BLOCK], &mut self.rows);
            }
            None => {
                let factors = std::array::from_fn(factor);
                self.keys.fill::<true>(self.table.cells(), first as u64, &factors, &mut self.rows);
            }
        }
    }

    /// The times of part `n`; parts are asked for in order.
    #[inline(always)]
    pub(super) fn of(&mut self, n: usize) -> Row {
        if n.is_multiple_of(BLOCK) {
            self.make(n);
        }
        self.rows[n % BLOCK]
    }
}
