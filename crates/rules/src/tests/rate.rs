//! The rate asked for and when it is reached, counted by hand.

use super::{close, tiny, tiny_with};
use crate::rate;

#[test]
fn a_window_is_about_four_weeks() {
    let of = |days: &str| rate::window(&tiny_with(&[("ring/ring.period_days", days)]).settings);
    assert_eq!([of("7"), of("14"), of("28"), of("31")], [4, 2, 1, 1]);
}

#[test]
fn the_rate_is_that_of_the_window_that_asks_for_most() {
    let ring = tiny();
    let window = rate::window(&ring.settings);
    let product = ring.settings.product;
    let mut due = vec![0.0; ring.settings.n_periods];
    for row in ring.demand.iter().filter(|row| row.item == product) {
        due[units::Id::index(row.period)] += row.quantity.as_f64();
    }
    let most = (0..=due.len() - window).map(|t| due[t..t + window].iter().sum::<f64>()).fold(0.0, f64::max);
    assert!(most > 0.0 && close(rate::asked(&ring), most / window as f64));
}

#[test]
fn one_good_period_is_not_a_rate() {
    let ring = tiny();
    let (n, window) = (ring.settings.n_periods, rate::window(&ring.settings));
    let asked = rate::asked(&ring);
    let mut made = vec![0.0; n];
    made[0] = 0.9 * rate::REACHED * asked * window as f64;
    assert_eq!(rate::reached(&ring, &made), None);
    // From period 2 (index 1) on every period has its share of it.
    made.fill(0.96 * asked);
    made[0] = 0.0;
    assert_eq!(rate::reached(&ring, &made), Some(1));
    assert_eq!(rate::reached(&ring, &vec![0.94 * asked; n]), None);
}
