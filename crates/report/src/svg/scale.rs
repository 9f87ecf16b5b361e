//! Scales: data to pixels, and round tick values.

/// A straight map from a data range to pixels.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    /// Data at `to.0`.
    pub from: (f64, f64),
    /// Pixels.
    pub to: (f64, f64),
}

impl Linear {
    /// Maps `from` to `to`; an empty data range is widened by one so that every point has a place.
    #[must_use]
    pub fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        let wide = (from.1 - from.0).abs() > f64::EPSILON * from.0.abs().max(1.0);
        Self { from: if wide { from } else { (from.0, from.0 + 1.0) }, to }
    }

    /// Pixel of a datum.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        self.to.0 + (value - self.from.0) / (self.from.1 - self.from.0) * (self.to.1 - self.to.0)
    }

    /// Pixel of a datum, kept within the range.
    #[must_use]
    pub fn clamped(&self, value: f64) -> f64 {
        let (lo, hi) = if self.to.0 <= self.to.1 { self.to } else { (self.to.1, self.to.0) };
        self.at(value).clamp(lo, hi)
    }
}

/// Equal slots side by side.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    /// Pixel where the first slot starts.
    pub start: f64,
    /// Width of a slot, px.
    pub step: f64,
}

impl Band {
    /// `n` slots between two pixels.
    #[must_use]
    pub fn new(n: usize, start: f64, end: f64) -> Self {
        Self { start, step: (end - start) / to_f64(n.max(1)) }
    }

    /// Left edge of a slot.
    #[must_use]
    pub fn left(&self, i: usize) -> f64 {
        self.start + self.step * to_f64(i)
    }

    /// Middle of a slot.
    #[must_use]
    pub fn mid(&self, i: usize) -> f64 {
        self.left(i) + self.step / 2.0
    }
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts on a page are far below 2^53")]
pub(crate) fn to_f64(n: usize) -> f64 {
    n as f64
}

/// Round values covering `[0 or lo, hi]`, about `target` of them, with the number of decimals they need.
///
/// Steps are 1, 2, 2.5 or 5 times a power of ten; the last tick is at or above `hi`, the first at or below `lo`.
#[must_use]
pub fn nice_ticks(lo: f64, hi: f64, target: usize) -> (Vec<f64>, usize) {
    let (lo, hi) = if lo.is_finite() && hi.is_finite() { (lo.min(hi), hi.max(lo)) } else { (0.0, 1.0) };
    let span = if hi - lo > 0.0 { hi - lo } else { hi.abs().max(1.0) };
    let rough = span / to_f64(target.max(1));
    let power = libm::floor(libm::log10(rough));
    let unit = libm::pow(10.0, power);
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * unit).find(|s| *s >= rough * 0.999).unwrap_or(10.0 * unit);
    let fine = if (step / unit - 2.5).abs() < 1e-9 { 1.0 } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 12")]
    let places = (fine - libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 12.0) as usize;
    let (first, last) = (libm::floor(lo / step + 1e-9), libm::ceil(hi / step - 1e-9).max(libm::floor(lo / step) + 1.0));
    let mut ticks = Vec::new();
    let mut k = first;
    while k <= last && ticks.len() < 100 {
        ticks.push(k * step);
        k += 1.0;
    }
    (ticks, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_cover_and_are_round() {
        for (lo, hi) in [(0.0, 97.0), (0.0, 1.0), (-13.0, 8.0), (5.0, 5.0), (0.0, 0.0), (0.0, 1e9), (0.0, 0.003)] {
            let (ticks, _) = nice_ticks(lo, hi, 5);
            assert!(ticks.len() >= 2 && ticks.len() <= 12, "{lo} {hi} {ticks:?}");
            assert!(ticks[0] <= lo + 1e-9 && *ticks.last().unwrap() >= hi - 1e-9 * hi.abs(), "{lo} {hi} {ticks:?}");
        }
        assert_eq!(nice_ticks(0.0, 97.0, 5).0, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(nice_ticks(0.0, 0.9, 4), (vec![0.0, 0.25, 0.5, 0.75, 1.0], 2));
        assert_eq!(nice_ticks(f64::NAN, 1.0, 4).0.first(), Some(&0.0));
    }

    #[test]
    fn scales_meet_their_ends() {
        let s = Linear::new((0.0, 10.0), (100.0, 0.0));
        assert!((s.at(0.0) - 100.0).abs() < 1e-12 && s.at(10.0).abs() < 1e-12 && s.clamped(20.0).abs() < 1e-12);
        assert!(Linear::new((3.0, 3.0), (0.0, 1.0)).at(3.0).abs() < 1e-12);
    }
}
