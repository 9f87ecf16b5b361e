//! Amounts of money in the ring's one currency.

use crate::number::{ParseNumberError, parse_scaled, show_scaled};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// Money in minor units (cents) of the ring's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

const DIGITS: u32 = 2;
const SCALE: i64 = 10i64.pow(DIGITS);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From a count of the smallest unit (`10^-2`).
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

    /// The amount as a person says it, without its currency: `12.3 M`, `1.93 M`, `845 k`, `320`.
    #[must_use]
    pub fn in_words(self) -> String {
        let value = self.as_f64();
        match value.abs() {
            v if v >= 9_999_500.0 => format!("{:.1} M", value / 1e6),
            v if v >= 999_500.0 => format!("{:.2} M", value / 1e6),
            v if v >= 9_999.5 => format!("{:.0} k", value / 1e3),
            _ => format!("{value:.0}"),
        }
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

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::ZERO, Add::add)
    }
}

impl FromStr for Money {
    type Err = ParseNumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_scaled(text, DIGITS).map(Self)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&show_scaled(self.0, DIGITS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words_an_amount_keeps_three_digits() {
        let amounts = [1_234_567_800, 193_348_899, 99_949_999, 84_512_300, 999_949, 32_049, -193_348_899];
        let words = amounts.map(|ticks| Money::from_ticks(ticks).in_words());
        assert_eq!(words, ["12.3 M", "1.93 M", "999 k", "845 k", "9999", "320", "-1.93 M"]);
    }
}
