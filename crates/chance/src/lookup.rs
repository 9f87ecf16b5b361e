//! Distributions compiled for inner loops: 32 random bits to a draw by one look-up, alike in every lane of a vector.

use crate::distribution::{Distribution, Shape};
use crate::keyed::Keyed;

/// Cells per octave of tail probability.
const CELLS: usize = 1 << CELL_BITS;
const CELL_BITS: u32 = 7;
/// Octaves per side, from probability 2^-32 to 1/2.
const OCTAVES: usize = 31;
const NODES: usize = OCTAVES * CELLS + 1;
/// Bits of a place in a cell: what a float has left.
const PLACE_BITS: u32 = 23 - CELL_BITS;
/// Two sides of 32 octaves (the last holds the median alone).
const LENGTH: usize = 2 * 32 * CELLS;
const SIDE: u32 = 32 * CELLS as u32;

/// The cells of a [`Lookup`]: in each the value at the outer end (low half, a float) and what one step inwards adds
/// (high half, a float).
pub type Cells = [u64; LENGTH];

/// A distribution times a scale, made ready for drawing from 32 bits.
///
/// The bits, read as a signed odd number v, name the tail probability |v| / 2^32: below the median for positive v,
/// above for negative. Turned into a float, its exponent and first seven bits name the cell, the rest the place in
/// it: 128 cells for every halving of the tail probability, straight lines in between. So the draw rises with the bits
/// (as an unsigned number), needs no branch, and is the same bits in scalar and vector code: one rounding of the
/// number, one product, one sum, all of single precision.
///
/// # Not handled
/// Draws rarer than 2^-32 are held at that quantile.
#[derive(Debug, Clone)]
pub struct Lookup {
    cells: Box<Cells>,
    constant: Option<f64>,
    error: f64,
}

impl Lookup {
    /// Compiles `scale` times a distribution; `scale` is positive.
    #[must_use]
    pub fn new(distribution: &Distribution, scale: f64) -> Self {
        if let Shape::Constant(value) = &distribution.0 {
            let cell = pack((value * scale) as f32, 0.0);
            return Self { cells: boxed(vec![cell; LENGTH]), constant: Some(value * scale), error: 0.0 };
        }
        let side = |upper: bool| -> Vec<f64> {
            let mut nodes = vec![0.0; NODES];
            let mut guess = f64::NAN;
            for k in (0..NODES).rev() {
                let p = tail(k);
                guess = distribution.quantile_near(if upper { 1.0 - p } else { p }, guess);
                nodes[k] = guess;
            }
            nodes
        };
        let mut nodes = [side(false), side(true)];
        let bounded = matches!(
            distribution.0,
            Shape::Uniform { .. }
                | Shape::Triangular { .. }
                | Shape::Pert { .. }
                | Shape::Empirical(_)
                | Shape::ShiftedExponential { .. }
        );
        let factor = if bounded { scale } else { scale * distribution.mean() / mean(&nodes) };
        nodes.iter_mut().flatten().for_each(|v| *v *= factor);
        for k in (0..NODES - 1).rev() {
            nodes[0][k] = nodes[0][k].min(nodes[0][k + 1]);
            nodes[1][k] = nodes[1][k].max(nodes[1][k + 1]);
        }
        let mut cells = vec![0u64; LENGTH];
        for (upper, nodes) in nodes.iter().enumerate() {
            for k in 0..SIDE as usize {
                let outer = nodes[k.min(NODES - 1)] as f32;
                let inner = nodes[(k + 1).min(NODES - 1)] as f32;
                let float = (127 * CELLS + k) << PLACE_BITS;
                cells[cell_of(float as u32 | (upper as u32) << 31)] = pack(outer, step(outer, inner));
            }
        }
        let mut made = Self { cells: boxed(cells), constant: None, error: 0.0 };
        made.error = made.measure_error(distribution, scale);
        made
    }

    /// The cells, for vector code that calls [`Lookup::in_cells`] for each lane.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The one value of a constant, exact.
    #[must_use]
    pub const fn constant(&self) -> Option<f64> {
        self.constant
    }

    /// The draw that belongs to 32 random bits.
    #[inline(always)]
    #[must_use]
    pub fn in_cells(cells: &Cells, bits: u32) -> f32 {
        let float = ((bits | 1) as i32 as f32).to_bits();
        let cell = cells[cell_of(float)];
        let place = (float & ((1 << PLACE_BITS) - 1)) as i32 as f32;
        f32::from_bits(cell as u32) + place * f32::from_bits((cell >> 32) as u32)
    }

    /// The draw that belongs to 32 random bits; a constant is exact.
    #[inline]
    #[must_use]
    pub fn value(&self, bits: u32) -> f64 {
        match self.constant {
            Some(value) => value,
            None => f64::from(Self::in_cells(&self.cells, bits)),
        }
    }

    /// Draw `index` of a stream.
    #[inline]
    #[must_use]
    pub fn draw(&self, key: Keyed, index: u64) -> f64 {
        self.value(key.at(index))
    }

    /// The largest distance between a draw and the exact quantile, as a share of the quantile or of the mean,
    /// whichever is larger, found at the middle of every cell: at most 5e-5 for the continuous distributions of this
    /// crate at coefficients of variation up to 1.5. Measured values are drawn through the same cells, and a step
    /// between far neighbours is blunted by up to 1/256 of probability.
    #[must_use]
    pub const fn error(&self) -> f64 {
        self.error
    }

    fn measure_error(&self, distribution: &Distribution, scale: f64) -> f64 {
        let mean = distribution.mean();
        let mut worst = 0.0f64;
        // From 2^-30 on: the outermost cells hold a draw or two each.
        for k in 2 * CELLS..NODES - 1 {
            let p = 0.5 * (tail(k) + tail(k + 1));
            let v = (p * 4_294_967_296.0) as u32 | 1;
            for (bits, p) in [(v, f64::from(v)), (v.wrapping_neg(), 4_294_967_296.0 - f64::from(v))] {
                let linear = self.value(bits) / scale;
                let exact = distribution.quantile_near(p / 4_294_967_296.0, linear);
                worst = worst.max((linear - exact).abs() / exact.max(mean));
            }
        }
        worst
    }
}

/// The cell of a float: its last five bits of exponent, first seven of mantissa, and sign.
#[inline(always)]
fn cell_of(float: u32) -> usize {
    ((float >> PLACE_BITS & (SIDE - 1)) | (float >> 19 & SIDE)) as usize
}

/// The tail probability at node `k`, counted from 2^-32 inwards.
fn tail(k: usize) -> f64 {
    let (octave, cell) = (k / CELLS, k % CELLS);
    (1u64 << octave) as f64 * (1.0 + cell as f64 / CELLS as f64) / 4_294_967_296.0
}

fn mean(nodes: &[Vec<f64>; 2]) -> f64 {
    let mut sum = 0.0;
    for nodes in nodes {
        sum += tail(0) * nodes[0];
        for k in 0..NODES - 1 {
            sum += (tail(k + 1) - tail(k)) * 0.5 * (nodes[k] + nodes[k + 1]);
        }
    }
    sum
}

/// What one of 2^16 steps from `outer` to `inner` adds, so that the last step does not pass `inner`.
fn step(outer: f32, inner: f32) -> f32 {
    let last = ((1 << PLACE_BITS) - 1) as f32;
    let mut step = (inner - outer) / (1 << PLACE_BITS) as f32;
    while step != 0.0 && (outer + last * step > inner) == (inner >= outer) && outer + last * step != inner {
        step = f32::from_bits(step.to_bits() - 1);
    }
    step
}

fn pack(outer: f32, step: f32) -> u64 {
    u64::from(outer.to_bits()) | u64::from(step.to_bits()) << 32
}

fn boxed(cells: Vec<u64>) -> Box<Cells> {
    cells.into_boxed_slice().try_into().expect("as many cells as the table has")
}

#[cfg(test)]
mod tests;
