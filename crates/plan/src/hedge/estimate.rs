//! The mean of what few futures cost, sharpened by what is cheaply known of very many.
//!
//! Costs of `n` futures are regressed on some figures of each future (controls); the mean of the controls over many more
//! futures then says what the mean cost would be there.
//!
//! # Source
//! Cochran 1977, Sampling Techniques, 3rd edition, chapter 12 (double sampling with regression), equation 12.51 for the
//! two parts of the variance; Glasserman 2003, Monte Carlo Methods in Financial Engineering, section 4.1, for several controls.
//!
//! # Differs from the source
//! The variance at the mean of the controls is that of the regression, its degrees of freedom taken off, so that few
//! futures do not promise too much. Controls that are nearly a sum of others are left out.
//!
//! # Not handled
//! The bias of the regression, of order `1/n`.

use model::results::hedge::Estimate;

/// Normal quantile of a 95 % interval.
const Z: f64 = 1.959_964;

/// Least share of a control's variance that the controls before it leave for it to count.
const OWN: f64 = 1e-8;

/// The mean of costs over the futures of a large sample.
///
/// `costs[k]` belongs to `controls[k]`; `large` holds the controls of the large sample, of the same length each.
#[must_use]
pub(crate) fn estimate(costs: &[f64], controls: &[Vec<f64>], large: &[Vec<f64>]) -> Estimate {
    let n = costs.len() as f64;
    if costs.len() < 2 {
        let mean = costs.first().copied().unwrap_or(0.0);
        return Estimate { mean, half_width: f64::INFINITY, half_width_plain: f64::INFINITY };
    }
    let mean = mean_of(costs);
    let total: f64 = dot(&centred(costs, mean), &centred(costs, mean));
    let half_width_plain = Z * (total / (n - 1.0) / n).sqrt();
    let width = controls.first().map_or(0, Vec::len);
    let column = |sample: &[Vec<f64>], at: usize| sample.iter().map(|row| row[at]).collect::<Vec<f64>>();
    // Controls made orthogonal one after the other, each seen in both samples.
    let (mut here, mut there): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
    let (mut rest, mut shift) = (centred(costs, mean), 0.0);
    let (mut used, mut lever, mut far) = (0.0, 1.0 / n, vec![0.0; large.len()]);
    for at in 0..width {
        let (few, many) = (column(controls, at), column(large, at));
        let own = mean_of(&few);
        let (mut few, mut many) = (centred(&few, own), centred(&many, own));
        let before = dot(&few, &few);
        for (a, b) in here.iter().zip(&there) {
            let slope = dot(a, &few) / dot(a, a);
            few.iter_mut().zip(a).for_each(|(x, y)| *x -= slope * y);
            many.iter_mut().zip(b).for_each(|(x, y)| *x -= slope * y);
        }
        let left = dot(&few, &few);
        if left <= OWN * before || used + 3.0 > n / 4.0 {
            continue;
        }
        let slope = dot(&few, &rest) / left;
        let gap = mean_of(&many);
        shift += slope * gap;
        lever += gap * gap / left;
        rest.iter_mut().zip(&few).for_each(|(r, x)| *r -= slope * x);
        far.iter_mut().zip(&many).for_each(|(f, x)| *f += slope * x);
        used += 1.0;
        here.push(few);
        there.push(many);
    }
    let residual = dot(&rest, &rest) / (n - 1.0 - used).max(1.0);
    let many = large.len().max(1) as f64;
    let explained = dot(&centred(&far, shift), &centred(&far, shift)) / many;
    let with_controls = (residual * lever + explained / many).sqrt() * Z;
    if used == 0.0 || with_controls >= half_width_plain {
        return Estimate { mean, half_width: half_width_plain, half_width_plain };
    }
    Estimate { mean: mean + shift, half_width: with_controls, half_width_plain }
}

fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn centred(values: &[f64], mean: f64) -> Vec<f64> {
    values.iter().map(|v| v - mean).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use testring::Random;

    /// A cost with a control that says most of it, another that says nothing and one that repeats the first.
    fn draw(r: &mut Random) -> (f64, Vec<f64>) {
        let unit = |r: &mut Random| r.int(0, 1_000_000) as f64 / 1e6;
        let (lost, idle, noise) = (unit(r) * unit(r), unit(r), unit(r) + unit(r) + unit(r) - 1.5);
        (100.0 + 40.0 * lost + 12.0 * lost * lost + noise, vec![lost, idle, 2.0 * lost + 1.0])
    }

    fn sample(r: &mut Random, n: usize) -> (Vec<f64>, Vec<Vec<f64>>) {
        (0..n).map(|_| draw(r)).unzip()
    }

    /// `E u v = 1/4`, `E (u v)^2 = 1/9`.
    const TRUTH: f64 = 100.0 + 40.0 / 4.0 + 12.0 / 9.0;

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says() {
        let (mut held, mut shrunk) = (0, 0.0);
        for seed in 0..400 {
            let mut r = Random::new(seed);
            let (costs, controls) = sample(&mut r, 120);
            let (_, large) = sample(&mut r, 4_000);
            let e = estimate(&costs, &controls, &large);
            held += i32::from((e.mean - TRUTH).abs() <= e.half_width);
            shrunk += e.half_width_plain / e.half_width;
        }
        // 400 draws at 95 %: 380, and 15 more or less is three and a half deviations.
        assert!((365..=395).contains(&held), "{held} of 400 intervals hold the truth");
        assert!(shrunk / 400.0 > 5.0, "the controls are worth {:.1}", shrunk / 400.0);
    }

    #[test]
    fn without_controls_it_is_the_plain_mean() {
        let e = estimate(&[1.0, 2.0, 3.0], &[vec![], vec![], vec![]], &[]);
        assert_eq!(e.mean, 2.0);
        assert!((e.half_width - Z / 3.0_f64.sqrt()).abs() < 1e-12 && e.half_width == e.half_width_plain);
    }
}
