//! The look-up tables against the exact distributions: error, order, moments, pinned draws.

use super::*;
use crate::hash::Fnv;
use crate::stats::{Welford, ks_p_value};
use crate::stream::Source;

/// Name, distribution, fingerprint of its first 4096 draws.
fn all() -> Vec<(&'static str, Distribution, u64)> {
    let ok = |d: Result<Distribution, _>| d.expect("good parameters");
    vec![
        ("uniform", ok(Distribution::uniform(2.0, 5.0)), 0xcb75_6dd4_669b_8fda),
        ("exponential", ok(Distribution::exponential(3.0)), 0x3715_1fe4_3deb_4544),
        ("log-normal .3", ok(Distribution::log_normal(10.0, 0.3)), 0x91ad_7187_eec2_733b),
        ("log-normal 1", ok(Distribution::log_normal(10.0, 1.0)), 0x5e1d_05b5_7a32_df63),
        ("gamma .5", ok(Distribution::gamma(4.0, 0.5)), 0xd56c_f06f_2b27_c78a),
        ("gamma 1.5", ok(Distribution::gamma(4.0, 1.5)), 0xff0c_fbd1_76e6_c9d8),
        ("weibull 1.7", ok(Distribution::weibull(1.7, 8.0)), 0x1874_3b7d_b5ed_a11e),
        ("triangular", ok(Distribution::triangular(1.0, 2.0, 7.0)), 0xb23d_941a_7d2a_1eec),
        ("pert", ok(Distribution::pert(1.0, 2.0, 7.0)), 0x2574_ddf7_52c4_57ff),
        ("hyperexponential", ok(Distribution::hyperexponential(0.1, 5.0, 0.5)), 0x34a2_7f0a_17f2_394b),
    ]
}

#[test]
fn draws_stay_within_the_stated_error_of_the_exact_quantile() {
    let key = Source::new(3, 0).keyed(0, 0, 0);
    for (name, distribution, _) in all() {
        let lookup = Lookup::new(&distribution, 1000.0);
        assert!(lookup.error() <= 5e-5, "{name}: {}", lookup.error());
        for i in 0..2000 {
            let bits = key.at(i);
            let exact = distribution.quantile(f64::from(bits | 1) / 4_294_967_296.0);
            let miss = (lookup.value(bits) / 1000.0 - exact).abs() / exact.max(distribution.mean());
            assert!(miss <= 1.5 * lookup.error() + 1e-7, "{name}: {miss}");
        }
    }
}

#[test]
fn draws_rise_with_the_bits() {
    for (name, distribution, _) in all() {
        let lookup = Lookup::new(&distribution, 1.0);
        let mut last = f64::NEG_INFINITY;
        for step in 0..(1u32 << 20) {
            let value = lookup.value(step << 12 | step >> 8);
            assert!(value >= last && value >= 0.0, "{name} at {step}: {value} after {last}");
            last = value;
        }
        // Around every cell boundary of the lower half.
        for octave in 20..31 {
            for cell in 0..128u32 {
                let edge = (128 + cell) << (octave - 7);
                assert!(lookup.value(edge - 2) <= lookup.value(edge), "{name} below edge {edge}");
                assert!(lookup.value(edge.wrapping_neg() - 2) <= lookup.value(edge.wrapping_neg()), "{name} {edge}");
            }
        }
        assert!(lookup.value(u32::MAX).is_finite());
    }
}

#[test]
fn mean_and_variance_are_those_of_the_distribution() {
    for (name, distribution, _) in all() {
        let lookup = Lookup::new(&distribution, 1.0);
        let key = Source::new(17, 0).keyed(0, 0, 0);
        let (mut mean, mut square) = (Welford::new(), Welford::new());
        for i in 0..400_000 {
            let x = lookup.draw(key, i);
            mean.add(x);
            square.add((x - distribution.mean()) * (x - distribution.mean()));
        }
        let off = |w: &Welford, truth: f64| (w.mean() - truth).abs() / w.standard_error();
        assert!(off(&mean, distribution.mean()) < 4.0, "{name} mean");
        assert!(off(&square, distribution.variance()) < 4.5, "{name} variance");
    }
}

#[test]
fn draws_pass_a_kolmogorov_smirnov_test() {
    for (name, distribution, _) in all() {
        let lookup = Lookup::new(&distribution, 1.0);
        let key = Source::new(23, 0).keyed(0, 0, 0);
        let mut draws: Vec<f64> = (0..20_000).map(|i| lookup.draw(key, i)).collect();
        let p = ks_p_value(&mut draws, |x| distribution.cdf(x));
        assert!(p > 1e-3, "{name}: {p}");
        draws.iter_mut().for_each(|x| *x += 0.05 * distribution.mean());
        assert!(ks_p_value(&mut draws, |x| distribution.cdf(x)) < 1e-3, "{name}: a shift is not seen");
    }
}

#[test]
fn a_constant_is_exact_and_measured_values_keep_their_ends() {
    let constant = Lookup::new(&Distribution::constant(33.3).unwrap(), 1e6);
    assert_eq!((constant.value(7), constant.constant()), (33.3 * 1e6, Some(33.3 * 1e6)));
    let measured = Lookup::new(&Distribution::empirical(&[3.0, 1.0, 4.0, 1.5, 9.0]).unwrap(), 1.0);
    assert!((measured.value(0) - 1.0).abs() < 1e-6 && (measured.value(u32::MAX) - 9.0).abs() < 1e-6);
    assert!(measured.error() < 0.01, "{}", measured.error());
}

#[test]
fn the_first_draws_of_every_distribution_are_pinned() {
    let mut wrong = Vec::new();
    for (name, distribution, pinned) in all() {
        let lookup = Lookup::new(&distribution, 1.0);
        let key = Source::new(1, 0).keyed(0, 0, 0);
        let mut hash = Fnv::new();
        (0..4096).for_each(|i| hash.add(lookup.draw(key, i).to_bits()));
        if hash.value() != pinned {
            wrong.push(format!("{name} 0x{:016x}", hash.value()));
        }
    }
    assert!(wrong.is_empty(), "draws changed: {wrong:#?}");
}
