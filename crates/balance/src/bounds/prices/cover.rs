//! The linear programme behind the prices: stations, each so often, that cover every task at least once.
//!
//! # Source
//! Revised simplex with an explicit inverse (Dantzig and Orchard-Hays 1954). Right-hand sides are shaken a little and
//! always alike, against cycling.
//! # Cost
//! `n^2` cells; a step touches each at most once.

/// A basis of stations and surpluses, with what they cost.
#[derive(Debug)]
pub(super) struct Cover {
    n: usize,
    /// The inverse of the basis, row by row.
    inverse: Vec<f64>,
    /// True where the basic column is a station, false for a surplus.
    is_station: Vec<bool>,
    level: Vec<f64>,
    prices: Vec<f64>,
    pivots: u32,
}

/// Below this an entry is nothing.
const ZERO: f64 = 1e-9;

impl Cover {
    /// Every task in a station of its own.
    pub(super) fn new(n: usize) -> Self {
        let mut inverse = vec![0.0; n * n];
        (0..n).for_each(|i| inverse[i * n + i] = 1.0);
        let shake = |i: usize| 1.0 + 1e-7 * ((i as u64).wrapping_mul(0x9e37_79b9) >> 8 & 0xff) as f64;
        Self {
            n,
            inverse,
            is_station: vec![true; n],
            level: (0..n).map(shake).collect(),
            prices: vec![1.0; n],
            pivots: 0,
        }
    }

    /// The dual values.
    pub(super) fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// Brings in a station; false when nothing could leave.
    pub(super) fn enter(&mut self, load: &[u32]) -> bool {
        let saved = 1.0 - load.iter().map(|&t| self.prices[t as usize]).sum::<f64>();
        let n = self.n;
        let column: Vec<f64> = (0..n).map(|r| load.iter().map(|&t| self.inverse[r * n + t as usize]).sum()).collect();
        self.pivot(&column, saved, true)
    }

    /// Lets some task be covered more than once where its price is negative; true when there was one.
    pub(super) fn release(&mut self) -> bool {
        let lowest = (0..self.n).min_by(|&a, &b| self.prices[a].total_cmp(&self.prices[b]));
        let Some(task) = lowest.filter(|&t| self.prices[t] < -ZERO) else { return false };
        let n = self.n;
        let column: Vec<f64> = (0..n).map(|r| -self.inverse[r * n + task]).collect();
        let saved = self.prices[task];
        self.pivot(&column, saved, false)
    }

    fn pivot(&mut self, column: &[f64], saved: f64, station: bool) -> bool {
        let n = self.n;
        let mut leaves: Option<(f64, usize)> = None;
        for (row, &entry) in column.iter().enumerate() {
            if entry > ZERO {
                let ratio = self.level[row].max(0.0) / entry;
                let better = leaves
                    .is_none_or(|(least, at)| ratio < least - 1e-12 || (ratio <= least + 1e-12 && entry > column[at]));
                if better {
                    leaves = Some((ratio, row));
                }
            }
        }
        let Some((ratio, row)) = leaves else { return false };
        let scale = 1.0 / column[row];
        let mut pivot_row: Vec<f64> = self.inverse[row * n..(row + 1) * n].to_vec();
        pivot_row.iter_mut().for_each(|v| *v *= scale);
        // Most rows of the inverse are thin: touch only where the pivot row is not nothing.
        let filled: Vec<usize> = (0..n).filter(|&i| pivot_row[i].abs() > 1e-14).collect();
        for (other, &entry) in column.iter().enumerate() {
            if other != row && entry.abs() > 1e-14 {
                let cells = &mut self.inverse[other * n..(other + 1) * n];
                for &i in &filled {
                    cells[i] -= entry * pivot_row[i];
                }
                self.level[other] -= entry * ratio;
            }
        }
        for &i in &filled {
            self.prices[i] += saved * pivot_row[i];
        }
        self.inverse[row * n..(row + 1) * n].copy_from_slice(&pivot_row);
        self.level[row] = ratio;
        self.is_station[row] = station;
        self.pivots += 1;
        if self.pivots.is_multiple_of(128) {
            self.reprice();
        }
        true
    }

    /// The prices anew from the inverse, against rounding.
    fn reprice(&mut self) {
        self.prices.fill(0.0);
        for (row, _) in self.is_station.iter().enumerate().filter(|(_, s)| **s) {
            let cells = &self.inverse[row * self.n..(row + 1) * self.n];
            self.prices.iter_mut().zip(cells).for_each(|(p, c)| *p += c);
        }
    }
}
