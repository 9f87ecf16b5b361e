//! The learning curve and the capacity of a line that learns.

use super::{close, tiny_and, tiny_with};
use crate::calendar::WorkTime;
use crate::capacity;
use crate::learning::{Curve, remembered};
use model::ids::{CapabilityId, ItemId, SiteId};
use proptest::prelude::*;
use units::{Id, Minutes, Quantity};

fn curve(slope: &str, floor: &str, credit: &str, mature: &str) -> Curve {
    let at = |column: &str| format!("items/P/learning_{column}");
    let (a, b, c, d) = (at("slope"), at("floor"), at("credit"), at("mature"));
    let ring = tiny_with(&[(&a, slope), (&b, floor), (&c, credit), (&d, mature)]);
    Curve::of(&ring.items[ItemId::from_index(0)])
}

#[test]
fn doubling_the_unit_takes_the_slope_off_what_can_be_learnt() {
    let plain = curve("0.8", "0", "0", "8");
    // Units 8, 4, 2, 1: 1, 1 / 0.8, 1 / 0.64, 1 / 0.512; past maturity the minutes as written hold.
    for (n, factor) in [(8.0, 1.0), (4.0, 1.25), (2.0, 1.5625), (1.0, 1.953_125), (100.0, 1.0)] {
        assert!(close(plain.factor(n), factor), "{n}: {}", plain.factor(n));
    }
    // A quarter is never learnt: 0.25 + 0.75 x 1.25.
    assert!(close(curve("0.8", "0.25", "0", "8").factor(4.0), 1.187_5));
    // Three credited: the first piece is the fourth.
    assert!(close(curve("0.8", "0", "3", "8").factor(1.0), 1.25));
    assert!(close(curve("1", "0", "0", "1000").factor(1.0), 1.0));
}

proptest! {
    #[test]
    fn factors_fall_and_stay_at_or_above_one(slope in 50u32..=100, floor in 0u32..=100, credit in 0u32..50, mature in 1u32..500, n in 1u32..1000) {
        let text = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let curve = curve(&text(slope), &text(floor), &credit.to_string(), &mature.to_string());
        let n = f64::from(n);
        prop_assert!(curve.factor(n) >= curve.factor(n + 0.5) && curve.factor(n + 0.5) >= 1.0);
    }
}

fn of_line(ring: &model::Ring, from: usize) -> Vec<Quantity> {
    let time = WorkTime::new(ring);
    capacity::of_line(
        ring,
        CapabilityId::from_index(1),
        Minutes::whole(60),
        from,
        0.0,
        &time.planned[SiteId::from_index(1)],
    )
}

#[test]
fn capacity_without_learning_is_time_over_cycle_time() {
    // 2400 x 0.8 x 0.9 / 60 = 28.8.
    let ring = tiny_with(&[]);
    let each = Quantity::from_ticks(28_800);
    assert_eq!(of_line(&ring, 4), [Quantity::ZERO, Quantity::ZERO, Quantity::ZERO, Quantity::ZERO, each, each]);
    assert!(of_line(&ring, 6).iter().all(|q| q.is_zero()) && of_line(&ring, 99).len() == 6);
}

#[test]
fn a_line_learns_from_its_own_pieces_and_from_experience() {
    let slow = tiny_with(&[("items/P/learning_slope", "0.8"), ("items/P/learning_mature", "64")]);
    // Piece 1: 1 / 0.8^6 = 3.814697; 28.8 / that = 7.549 747 -> 7.549; then piece 8.549: (8.549 / 64)^log2(0.8).
    let learning = of_line(&slow, 0);
    assert_eq!(learning[0], Quantity::from_ticks(7_549));
    let second = 28.8 / libm::pow(8.549 / 64.0, libm::log2(0.8));
    assert_eq!(learning[1].ticks(), (second * 1e3).floor() as i64);
    assert!(learning.windows(2).all(|w| w[0] <= w[1]) && learning[0] < learning[1]);
    let mut raw = testring::Builder::of(testring::tiny());
    raw.row("opening", &[("kind", &"experience"), ("place", &"A"), ("thing", &"P"), ("quantity", &63)]);
    let mut raw = raw.build();
    raw.set(&"items/P/learning_slope".parse().unwrap(), "0.8");
    raw.set(&"items/P/learning_mature".parse().unwrap(), "64");
    let known = model::Ring::build(&raw).unwrap();
    assert_eq!(of_line(&known, 0)[0], Quantity::from_ticks(28_800));
}

#[test]
fn nothing_is_made_in_a_revision_that_is_not_licensed() {
    let ring = tiny_and(|b| {
        b.row("revisions", &[("item", &"P"), ("revision", &"A"), ("effective_from", &"2027-01-01")]);
        b.row("revisions", &[("item", &"P"), ("revision", &"B"), ("effective_from", &"2027-01-19")]);
    });
    let licensed = |revision: &str| {
        let mut raw = testring::Builder::of(testring::tiny());
        raw.row("revisions", &[("item", &"P"), ("revision", &"A"), ("effective_from", &"2027-01-01")]);
        raw.row("revisions", &[("item", &"P"), ("revision", &"B"), ("effective_from", &"2027-01-19")]);
        let mut raw = raw.build();
        assert!(raw.set(&"capability/A:P:/revision".parse().unwrap(), revision));
        let made = of_line(&model::Ring::build(&raw).unwrap(), 0);
        made.iter().map(|q| !q.is_zero()).collect::<Vec<_>>()
    };
    assert!(of_line(&ring, 0).iter().all(|q| !q.is_zero()));
    // Revision B starts on a Tuesday: the week's first day is still A.
    assert_eq!(licensed("A"), [true, true, true, false, false, false]);
    assert_eq!(licensed("B"), [false, false, false, true, true, true]);
}

#[test]
fn half_of_the_experience_is_gone_after_the_stated_days() {
    assert_eq!(remembered(100.0, 30.0, 30.0), 50.0);
    assert_eq!(remembered(100.0, 60.0, 30.0), 25.0);
    assert_eq!((remembered(100.0, 0.0, 30.0), remembered(100.0, -1.0, 30.0)), (100.0, 100.0));
}
