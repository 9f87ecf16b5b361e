//! Polynomials orthonormal under a sample: the first is 1, and the mean of any product of two is 0, of a square 1.

/// Orthonormal polynomials of one input.
///
/// # Source
/// The three-term recurrence of Stieltjes with the sample as weight; as basis of regressions under any distribution:
/// S. Oladyshkin, W. Nowak (2012), Data-driven uncertainty quantification using the arbitrary polynomial chaos expansion,
/// Reliability Engineering and System Safety 106.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Polynomials {
    centre: f64,
    scale: f64,
    /// Per degree `k` from 0: `(a, b)` of `b * p[k + 1] = (x - a) * p[k] - b_before * p[k - 1]`.
    steps: Vec<(f64, f64)>,
}

impl Polynomials {
    /// The polynomials up to a degree; fewer where the sample has too few different values.
    pub(super) fn of(sample: &[f64], degree: usize) -> Self {
        let n = sample.len() as f64;
        let (low, high) = sample.iter().fold((f64::MAX, f64::MIN), |(l, h), x| (l.min(*x), h.max(*x)));
        let (centre, scale) = ((low + high) / 2.0, ((high - low) / 2.0).max(f64::MIN_POSITIVE));
        let x: Vec<f64> = sample.iter().map(|v| (v - centre) / scale).collect();
        let mut before = vec![0.0; x.len()];
        let mut now = vec![1.0; x.len()];
        let mut b_before = 0.0;
        let mut steps = Vec::new();
        for _ in 0..degree {
            let a = x.iter().zip(&now).map(|(x, p)| x * p * p).sum::<f64>() / n;
            let next: Vec<f64> =
                x.iter().zip(&now).zip(&before).map(|((x, p), q)| (x - a) * p - b_before * q).collect();
            let b = (next.iter().map(|v| v * v).sum::<f64>() / n).sqrt();
            if b.is_nan() || b < 1e-6 {
                break;
            }
            steps.push((a, b));
            before = now;
            now = next.iter().map(|v| v / b).collect();
            b_before = b;
        }
        Self { centre, scale, steps }
    }

    /// The values of degrees 1 and up at an input.
    pub(super) fn at(&self, input: f64) -> Vec<f64> {
        let x = (input - self.centre) / self.scale;
        let (mut before, mut now, mut b_before) = (0.0, 1.0, 0.0);
        let mut values = Vec::with_capacity(self.steps.len());
        for (a, b) in &self.steps {
            let next = ((x - a) * now - b_before * before) / b;
            (before, now, b_before) = (now, next, *b);
            values.push(next);
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_have_the_mean_of_an_orthonormal_system() {
        let sample: Vec<f64> = (0..500).map(|i| f64::from(i * i % 499) / 7.0 + f64::from(i % 7)).collect();
        let system = Polynomials::of(&sample, 8);
        assert_eq!(system.steps.len(), 8);
        let rows: Vec<Vec<f64>> = sample.iter().map(|x| system.at(*x)).collect();
        for i in 0..8 {
            assert!((rows.iter().map(|r| r[i]).sum::<f64>() / 500.0).abs() < 1e-9);
            for j in 0..8 {
                let mean = rows.iter().map(|r| r[i] * r[j]).sum::<f64>() / 500.0;
                assert!((mean - f64::from(u8::from(i == j))).abs() < 1e-8, "{i} {j} {mean}");
            }
        }
        assert_eq!(Polynomials::of(&[5.0, 5.0, 9.0, 9.0], 8).steps.len(), 1);
    }
}
