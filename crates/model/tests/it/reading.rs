//! What a good ring reads as, and what changing one value does.

use crate::small;
use model::{Address, Ring};
use units::{Minutes, Quantity};

#[test]
fn a_small_ring_reads_with_its_defaults() {
    let ring = Ring::build(&small::ring()).unwrap();
    assert_eq!((ring.tasks.len(), ring.settings.period_days, ring.settings.line_efficiency), (2, 7, 0.85));
    assert_eq!(ring.tasks.as_slice()[0].minutes, Minutes::from_ticks(12_500));
    assert_eq!(ring.made_within(ring.settings.product), vec![(ring.settings.product, Quantity::whole(1))]);
    let assumption = &ring.assumptions.as_slice()[0];
    assert_eq!((assumption.low, assumption.mode, assumption.high, assumption.is_missing), (10.0, 12.5, 15.0, false));
}

#[test]
fn an_empty_number_with_a_range_is_an_open_question() {
    let raw = small::with(small::ring(), "tasks", 0, "minutes", "");
    let raw = small::with(raw, "assumptions", 0, "mode", "13");
    let ring = Ring::build(&raw).unwrap();
    assert_eq!(ring.tasks.as_slice()[0].minutes, Minutes::whole(13));
    assert!(ring.assumptions.as_slice()[0].is_missing);
}

#[test]
fn a_what_if_changes_one_value_and_nothing_else() {
    let raw = small::ring();
    let address: Address = "capability/mill:kite:cell/productivity".parse().unwrap();
    assert_eq!(raw.get(&address), Some("0.9"));
    let changed = raw.with(&address, "0.5").unwrap();
    assert_eq!(Ring::build(&changed).unwrap().capability.as_slice()[0].productivity, 0.5);
    assert_eq!(changed.with(&address, "0.9").unwrap(), raw);
    for nowhere in ["capability/mill:kite:cell/colour", "capability/none/productivity", "ring/ring.colour"] {
        assert!(raw.with(&nowhere.parse().unwrap(), "1").is_none(), "{nowhere}");
    }
    let setting: Address = "ring/policy.line_efficiency".parse().unwrap();
    assert_eq!(Ring::build(&raw.with(&setting, "0.7").unwrap()).unwrap().settings.line_efficiency, 0.7);
}

#[test]
fn periods_follow_the_calendar() {
    let ring = Ring::build(&small::ring()).unwrap();
    let day = ring.settings.first_day(3);
    assert_eq!((ring.settings.period_of(day), ring.settings.period_of(day.plus_days(-1))), (Some(3), Some(2)));
    assert_eq!(ring.settings.period_of(ring.settings.start.plus_days(-1)), None);
    assert_eq!((ring.settings.periods_of_days(7.0), ring.settings.periods_of_days(7.1)), (1, 2));
}
