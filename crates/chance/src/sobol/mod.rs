//! Sobol's low-discrepancy sequence, plain or scrambled after Owen: evenly spread points for averages over many inputs.

mod directions;

use crate::philox::philox4x32;
use directions::DIRECTIONS;

/// Binary digits of a coordinate.
const DIGITS: usize = 32;

/// Points of the unit cube that fill it evenly; each is a pure function of its index.
///
/// The first `2^k` points put exactly one in every interval `[i, i + 1) / 2^k` of every coordinate, scrambled or not: take a
/// power of two of them. Scrambled points are uniform each on its own, so that an average over them is unbiased.
///
/// # Source
/// I. M. Sobol' (1967), Distribution of points in a cube, USSR Computational Mathematics and Mathematical Physics 7(4), in the
/// Gray-code order of I. A. Antonov, V. M. Saleev (1979). Scrambling: A. B. Owen (1995), Randomly permuted (t,m,s)-nets and
/// (t,s)-sequences, in the linear form of J. Matoušek (1998), On the L2-discrepancy for anchored boxes, Journal of Complexity
/// 14(4): a digit takes up a random choice of the digits before it, then one random shift moves all points. Averages have the
/// variance of Owen's full scrambling (Owen 2003, Variance with alternative scramblings of digital nets, ACM TOMACS 13(4)),
/// each point costs no more than a plain one, and opposite points stay opposite, which is exact for odd functions.
///
/// # Not handled
/// More than [`Sobol::DIMENSIONS_MAX`] coordinates, more than 2^32 points.
///
/// ```
/// let points = chance::Sobol::plain(2).unwrap();
/// assert_eq!((points.coordinate(1, 0), points.coordinate(2, 1)), (0.5, 0.25));
/// ```
#[derive(Debug, Clone)]
pub struct Sobol {
    /// Direction numbers of each coordinate, the first digit highest.
    directions: Vec<[u32; DIGITS]>,
    /// What moves all points of a coordinate; none when plain.
    shifts: Option<Vec<u32>>,
}

impl Sobol {
    /// Most coordinates a point may have: `160`.
    pub const DIMENSIONS_MAX: usize = DIRECTIONS.len();

    /// The sequence as Sobol' gave it, its first point the origin; none when there are too many coordinates.
    #[must_use]
    pub fn plain(dimensions: usize) -> Option<Self> {
        let given = DIRECTIONS.get(..dimensions)?;
        Some(Self {
            directions: given.iter().map(|(polynomial, first)| numbers(*polynomial, first)).collect(),
            shifts: None,
        })
    }

    /// The sequence scrambled under a seed; different seeds give independent sets of points.
    #[must_use]
    pub fn scrambled(dimensions: usize, seed: u64) -> Option<Self> {
        let mut points = Self::plain(dimensions)?;
        let key = [seed as u32, (seed >> 32) as u32];
        let drawn =
            |dimension: usize, place: usize| philox4x32([place as u32, dimension as u32, 0, 0x4f57_454e], key)[0];
        for (dimension, numbers) in points.directions.iter_mut().enumerate() {
            let rows: [u32; DIGITS] = std::array::from_fn(|place| row(drawn(dimension, place), place));
            numbers.iter_mut().for_each(|number| *number = mixed(&rows, *number));
        }
        points.shifts = Some((0..dimensions).map(|dimension| drawn(dimension, DIGITS)).collect());
        Some(points)
    }

    /// Number of coordinates.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.directions.len()
    }

    /// A coordinate of a point, in `[0, 1)` when plain, in `(0, 1)` when scrambled.
    ///
    /// # Cost
    /// One look-up per digit, scrambled or not.
    #[must_use]
    pub fn coordinate(&self, index: u32, dimension: usize) -> f64 {
        let gray = index ^ (index >> 1);
        let digits = self.directions[dimension]
            .iter()
            .enumerate()
            .filter(|(at, _)| gray >> at & 1 == 1)
            .fold(0, |sum, (_, number)| sum ^ number);
        let scale = 1.0 / 4_294_967_296.0;
        match &self.shifts {
            None => f64::from(digits) * scale,
            Some(shifts) => (f64::from(digits ^ shifts[dimension]) + 0.5) * scale,
        }
    }
}

/// All direction numbers of a coordinate from the first few, by the recurrence of its polynomial.
fn numbers(polynomial: u32, first: &[u32]) -> [u32; DIGITS] {
    let degree = first.len();
    let mut odd = [1_u32; DIGITS];
    odd[..degree].copy_from_slice(first);
    for at in degree..DIGITS {
        if degree == 0 {
            break;
        }
        let before = odd[at - degree];
        odd[at] = (1..degree)
            .filter(|step| polynomial >> (degree - step) & 1 == 1)
            .fold(before ^ before.wrapping_shl(degree as u32), |sum, step| sum ^ odd[at - step] << step);
    }
    std::array::from_fn(|at| odd[at] << (DIGITS - 1 - at))
}

/// What a digit is made of: itself, and each digit before it where the random bits say so.
fn row(random: u32, place: usize) -> u32 {
    let itself = 1 << (DIGITS - 1 - place);
    let before = !(itself | (itself - 1));
    random & before | itself
}

/// Digits mixed by the rows of a lower triangular matrix over two elements.
fn mixed(rows: &[u32; DIGITS], digits: u32) -> u32 {
    rows.iter().enumerate().fold(0, |out, (place, row)| out | ((row & digits).count_ones() & 1) << (DIGITS - 1 - place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_of_the_paper() {
        let points = Sobol::plain(5).unwrap();
        let shown: Vec<Vec<f64>> = (0..8).map(|i| (0..5).map(|d| points.coordinate(i, d)).collect()).collect();
        let expected = [
            [0.0, 0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375],
            [0.875, 0.875, 0.125, 0.375, 0.875],
            [0.625, 0.125, 0.875, 0.625, 0.625],
            [0.125, 0.625, 0.375, 0.125, 0.125],
        ];
        assert_eq!(shown, expected);
        let many = Sobol::plain(160).unwrap();
        let far: Vec<f64> = [0, 1, 57, 120, 159].map(|d| many.coordinate(777, d)).to_vec();
        assert_eq!(far, [0.692_382_812_5, 0.936_523_437_5, 0.645_507_812_5, 0.625_976_562_5, 0.180_664_062_5]);
        assert!(Sobol::plain(161).is_none());
    }

    #[test]
    fn every_coordinate_is_filled_evenly_scrambled_or_not() {
        for points in [Sobol::plain(160).unwrap(), Sobol::scrambled(160, 7).unwrap()] {
            for dimension in 0..points.dimensions() {
                let mut seen = [false; 256];
                (0..256).for_each(|i| seen[(points.coordinate(i, dimension) * 256.0) as usize] = true);
                assert!(seen.iter().all(|s| *s), "coordinate {dimension}");
            }
        }
    }

    #[test]
    fn scrambled_averages_are_unbiased_and_far_closer_than_those_of_chance() {
        // The product of 1 + (x - 1/2) over five coordinates has the mean 1 and the variance (13/12)^5 - 1.
        let n = 1 << 10;
        let runs = 64;
        let errors: Vec<f64> = (0..runs)
            .map(|seed| {
                let points = Sobol::scrambled(5, seed).unwrap();
                let sum: f64 = (0..n).map(|i| (0..5).map(|d| 0.5 + points.coordinate(i, d)).product::<f64>()).sum();
                sum / f64::from(n) - 1.0
            })
            .collect();
        let mean = errors.iter().sum::<f64>() / runs as f64;
        let spread = (errors.iter().map(|e| e * e).sum::<f64>() / runs as f64).sqrt();
        let by_chance = (libm::pow(13.0 / 12.0, 5.0) - 1.0).sqrt() / f64::from(n).sqrt();
        assert!(mean.abs() < 4.0 * spread / (runs as f64).sqrt(), "bias {mean}, spread {spread}");
        assert!(spread < by_chance / 20.0, "{spread} against {by_chance}");
    }
}
