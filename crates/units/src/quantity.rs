//! Counts of pieces: units, parts, kits.

use crate::number::{ParseNumberError, parse_scaled, show_scaled};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// A number of pieces in thousandths, so that a weekly flow of 2.5 units and 0.2 litres of resin are both exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

const DIGITS: u32 = 3;
const SCALE: i64 = 10i64.pow(DIGITS);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From a count of the smallest unit (`10^-3`).
    #[must_use]
    pub const fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    /// From a whole number of units.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self(units * SCALE)
    }

    /// From a float, rounded to the nearest smallest unit (halves away from zero).
    ///
    /// Saturates at the ends of the range; NaN becomes zero. For results of engines, not for input.
    #[must_use]
    pub fn from_f64(value: f64) -> Self {
        Self((value * SCALE as f64).round() as i64)
    }

    /// The count of the smallest unit.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// The value as a float, in units.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }

    /// The larger of zero and this.
    #[must_use]
    pub fn or_zero(self) -> Self {
        Self(self.0.max(0))
    }

    /// This many times over.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0 * count)
    }

    /// True below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// True at exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Quantity {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Quantity {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, Add::add)
    }
}

impl FromStr for Quantity {
    type Err = ParseNumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_scaled(text, DIGITS).map(Self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&show_scaled(self.0, DIGITS))
    }
}
