//! The sample rings say what their pages say.

use crate::common::example;
use model::tables::capability::LineType;
use model::tables::outages::When;
use std::collections::BTreeSet;
use units::Minutes;

#[test]
fn the_sample_ring_has_the_work_its_page_names() {
    let (_, ring) = example("ring");
    let minutes = |keep: &dyn Fn(&str) -> bool| -> Minutes {
        ring.tasks.iter().filter(|t| keep(&t.area)).map(|t| t.minutes).sum()
    };
    assert_eq!(ring.tasks.len(), 69);
    assert_eq!(minutes(&|_| true), Minutes::whole(1258));
    assert_eq!(minutes(&|area| area != "flight_accept"), Minutes::whole(1148));
    let labour: Minutes = ring.tasks.iter().map(|t| t.minutes.times(t.crew)).sum();
    assert_eq!(labour, Minutes::whole(1318));
    let unattended: Minutes = ring.tasks.iter().map(|t| t.unattended_minutes).sum();
    assert_eq!(unattended, Minutes::whole(905));
    assert_eq!(ring.parts.len(), 50);
}

#[test]
fn the_sample_ring_offers_both_ways_of_dispersal_and_open_questions() {
    let (_, ring) = example("ring");
    let plants = ring.sites.iter().filter(|s| s.zone.is_some());
    let rings: BTreeSet<&str> = plants.clone().map(|s| s.ring.as_str()).collect();
    assert_eq!((plants.count(), rings.len()), (6, 3));
    let complete = ring.capability.iter().filter(|c| c.line_type == LineType::Complete);
    assert!(complete.count() >= 3, "parallel dispersal needs complete lines");
    for (id, item) in ring.items.enumerate() {
        let places = ring.capability.iter().filter(|c| c.item == id && c.line_type == LineType::Cell).count();
        assert!(places >= 3, "{} can be made at {places} sites only", item.key);
    }
    let missing = ring.assumptions.iter().filter(|a| a.is_missing).count();
    assert_eq!(missing, 8, "the page says eight numbers are not there");
    assert!(decide::questions(&ring).len() >= 25);
    assert!(ring.assumptions.iter().all(|a| !a.source.is_empty()));
    let rated = ring.outages.iter().filter(|o| matches!(o.when, When::Random { .. }));
    assert!(rated.clone().all(|o| o.cause.contains("stated by the user")), "no rate without its label");
    assert_eq!(ring.alternatives.iter().map(|a| &a.name).collect::<BTreeSet<_>>().len(), 6);
}

#[test]
fn the_large_ring_has_the_size_it_is_for() {
    let (_, ring) = example("large");
    assert_eq!((ring.items.len(), ring.settings.n_periods), (12, 104));
    let candidates = ring.sites.iter().filter(|s| s.zone.is_some()).count();
    assert_eq!(candidates, 40);
    let last: f64 = ring.demand.iter().filter(|d| units::Id::index(d.period) == 103).map(|d| d.quantity.as_f64()).sum();
    assert!((last - 2300.0).abs() < 1e-9, "{last} a week at the end");
}
