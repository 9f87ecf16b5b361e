//! A histogram of non-negative whole numbers with a bounded relative error, mergeable exactly.

/// Sub-cells per power of two.
const CELLS: u64 = 1 << BITS;
const BITS: u32 = 10;

/// Counts of whole numbers (ticks); cells are at most 1/1024 of the value wide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    counts: Vec<u64>,
    n: u64,
}

impl Histogram {
    /// Of no numbers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one number.
    pub fn add(&mut self, value: u64) {
        let cell = cell_of(value);
        if cell >= self.counts.len() {
            self.counts.resize(cell + 1, 0);
        }
        self.counts[cell] += 1;
        self.n += 1;
    }

    /// Adds all numbers of another, exactly, in any order.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine += theirs;
        }
        self.n += other.n;
    }

    /// How many numbers.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The `p`-quantile, linear within its cell (relative error below 1/1024); NaN when empty.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let wanted = p.clamp(0.0, 1.0) * self.n as f64;
        let mut below = 0.0;
        for (cell, count) in self.counts.iter().enumerate() {
            let count = *count as f64;
            if count > 0.0 && below + count >= wanted {
                let (low, high) = (edge(cell), edge(cell + 1));
                return low + (high - low) * (wanted - below) / count;
            }
            below += count;
        }
        f64::NAN
    }
}

fn cell_of(value: u64) -> usize {
    if value < CELLS {
        return value as usize;
    }
    let shift = 63 - value.leading_zeros() - BITS;
    (u64::from(shift) * CELLS + (value >> shift)) as usize
}

fn edge(cell: usize) -> f64 {
    let cell = cell as u64;
    if cell < 2 * CELLS {
        return cell as f64;
    }
    let shift = cell / CELLS - 1;
    (cell - shift * CELLS) as f64 * (1u64 << shift) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_tile_the_numbers() {
        for value in (0..5000).chain((0..40).map(|k| (1u64 << k) + 12_345)) {
            let cell = cell_of(value);
            let v = value as f64;
            assert!(edge(cell) <= v && v < edge(cell + 1), "{value}");
            assert!(edge(cell + 1) - edge(cell) <= (v / 1024.0).max(1.0), "{value}");
        }
    }

    #[test]
    fn quantiles_of_even_numbers() {
        let mut h = Histogram::new();
        (0..1_000_000u64).for_each(|i| h.add(i));
        assert!((h.quantile(0.95) - 950_000.0).abs() < 1_000.0);
        let mut twice = h.clone();
        twice.merge(&h);
        assert_eq!((twice.n(), twice.quantile(0.5)), (2_000_000, h.quantile(0.5)));
    }
}
