//! Dependent series: batch means and where the start-up phase ends.

use super::Welford;

/// Means of `n_batches` equal, adjoining batches of a series; what does not fill a batch is left off the front.
///
/// # Source
/// R. W. Conway (1963), Some tactical problems in digital simulation.
#[must_use]
pub fn batch_means(series: &[f64], n_batches: usize) -> Welford {
    if n_batches == 0 || series.len() < n_batches {
        return Welford::new();
    }
    let size = series.len() / n_batches;
    let skip = series.len() - size * n_batches;
    series[skip..].chunks_exact(size).map(|batch| batch.iter().sum::<f64>() / size as f64).collect()
}

/// How many leading observations to drop so that the rest shows no start-up: a multiple of 5, or `None`
/// when the best cut lies in the second half, that is, the series is too short to tell.
///
/// # Source
/// K. P. White, M. J. Cobb, S. C. Spratt (2000), A comparison of five steady-state truncation heuristics
/// for simulation (MSER-5): batches of five, the cut that gives the smallest standard error of the rest.
#[must_use]
pub fn mser5(series: &[f64]) -> Option<usize> {
    let batches: Vec<f64> = series.chunks_exact(5).map(|b| b.iter().sum::<f64>() / 5.0).collect();
    let n = batches.len();
    let mut best: Option<(f64, usize)> = None;
    let mut rest = Welford::new();
    // From the end, so that the running variance always is that of the kept part.
    for cut in (0..n).rev() {
        rest.add(batches[cut]);
        if rest.n() < 5 {
            continue;
        }
        let kept = rest.n() as f64;
        let score = rest.variance() * (kept - 1.0) / (kept * kept * kept);
        if best.is_none_or(|(b, _)| score <= b) {
            best = Some((score, cut));
        }
    }
    best.and_then(|(_, cut)| (2 * cut <= n).then_some(5 * cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Source;

    #[test]
    fn batches_are_equal_and_drop_the_front() {
        let w = batch_means(&[100.0, 1.0, 3.0, 5.0, 7.0], 2);
        assert_eq!((w.n(), w.mean()), (2, 4.0));
        assert_eq!(batch_means(&[1.0], 2).n(), 0);
    }

    #[test]
    fn mser_finds_where_a_ramp_ends() {
        let mut stream = Source::new(5, 0).stream(0, 0, 0);
        let series: Vec<f64> = (0..1000).map(|i| (f64::from(i) / 200.0).min(1.0) * 10.0 + stream.uniform()).collect();
        let cut = mser5(&series).expect("long enough");
        assert!((185..=260).contains(&cut), "{cut}");
        assert_eq!(mser5(&series[..220]), None);
    }
}
