//! What a planner asks: stops of one place, one more of something, a replay; each against the same question asked otherwise.

use super::naive::{Case, case};
use model::control::Control;
use model::ids::*;
use model::results::Evidence;
use model::results::answers::Extra;
use model::tables::outages::Target;
use model::{RawRing, Ring};
use simulate::ring::{Engine, Options, Problem, Stops, solve, stops, trace, worth};
use std::collections::BTreeMap;
use testring::{Builder, tiny};
use units::{Id, Minutes};

impl Case {
    fn problem(&self) -> Problem<'_> {
        Problem { ring: &self.ring, designs: &self.designs, programme: &self.programme }
    }

    fn evidence(&self, replications: usize) -> Evidence {
        solve(&self.problem(), &options(replications), &mut Control::unlimited()).best.expect("it can be run")
    }

    /// The site that makes the product.
    fn site(&self) -> SiteId {
        let product = |c: &CapabilityId| self.ring.capability[*c].item == self.ring.settings.product;
        let makes = self.programme.make.iter().map(|m| m.capability).find(product);
        self.ring.capability[makes.expect("the product is made")].site
    }
}

fn options(replications: usize) -> Options {
    Options { seed: 7, replications, threads: 2, engine: Engine::Epochs }
}

/// The ring with further rows of a table.
fn with_row(raw: &RawRing, table: &str, row: &[(&str, &dyn ToString)]) -> RawRing {
    let mut b = Builder::new();
    b.row(table, row);
    let mut raw = raw.clone();
    let more = b.build().tables;
    raw.tables.retain(|t| t.name != table);
    raw.tables.extend(more);
    raw
}

#[test]
fn a_stop_does_what_a_dated_outage_of_the_same_days_does() {
    let calm = case(&tiny(), 1);
    let site = calm.site();
    let (first, days) = (calm.ring.settings.period_days * 2, 7);
    let date = |day: i64| calm.ring.settings.start.plus_days(day).to_string();
    let target = format!("site:{}", calm.ring.sites[site].key);
    let row: &[(&str, &dyn ToString)] = &[
        ("outage", &"o"),
        ("target", &target),
        ("cause", &"test"),
        ("from", &date(first)),
        ("to", &date(first + days - 1)),
    ];
    let struck = Ring::build(&with_row(&tiny(), "outages", row)).expect("a valid ring");
    // The programme stays that of the ring without the outage.
    let problem = Problem { ring: &struck, ..calm.problem() };
    let n = 8;
    let dated = solve(&problem, &options(n), &mut Control::unlimited()).best.expect("it can be run");
    let base = calm.evidence(n);
    let asked = Stops { from: Some(PeriodId::from_index(2)), days: Some(days) };
    let all = stops(&calm.problem(), &options(n), &asked, &Control::unlimited());
    assert!(all.windows(2).all(|pair| pair[0].node < pair[1].node));
    let stop = all.iter().find(|s| s.node == Target::Site(site)).expect("the site is asked about");
    let finished = |e: &Evidence| e.replications.iter().map(|r| r.finished).sum::<i64>() as f64 / n as f64;
    assert!((stop.lost - (finished(&base) - finished(&dated))).abs() < 1e-9, "{stop:?}");
    assert!(stop.lost > 0.0, "{stop:?}");
    // A stop to the end of the horizon from before the first delivery: nobody survives it.
    let early = Stops { from: Some(PeriodId::from_index(0)), days: None };
    let all = stops(&calm.problem(), &options(n), &early, &Control::unlimited());
    let stop = all.iter().find(|s| s.node == Target::Site(site)).expect("the site is asked about");
    assert_eq!((stop.survives, stop.days), (0.0, None), "{stop:?}");
    let one = Options { threads: 1, ..options(n) };
    assert_eq!(all, stops(&calm.problem(), &one, &early, &Control::unlimited()));
}

#[test]
fn one_more_kit_is_one_more_kit_in_stock() {
    let mut late = case(&tiny(), 1);
    let site = late.site();
    for order in late.programme.orders.iter_mut().filter(|o| o.site == site) {
        order.period = PeriodId::from_index(order.period.index() + 3);
    }
    let n = 8;
    let all = worth(&late.problem(), &options(n), &Control::unlimited());
    let kit = all.iter().find_map(|w| match w.extra {
        Extra::Kit(s, component) if s == site => Some((component, w)),
        _ => None,
    });
    let (component, said) = kit.expect("something was waited for");
    let line = late.ring.capability.iter().find(|c| c.site == site && c.item == late.ring.settings.product);
    let line_type = line.expect("the product is made there").line_type;
    let used = rules::components::used(&late.ring, late.ring.settings.product, line_type, late.ring.settings.start);
    let quantity = used.iter().find(|(c, _)| *c == component).map_or(1.0, |(_, q)| q.as_f64()).max(1.0);
    let key = match component {
        Component::Item(item) => late.ring.items[item].key.clone(),
        Component::Part(part) => late.ring.parts[part].key.clone(),
    };
    // The opening table of the tiny ring, with the kit on top.
    let there =
        [("stock", "H", "S", 4.0), ("stock", "H", "a", 60.0), ("people", "H", "w", 3.0), ("pool", "c", "P", 1.0)];
    let mut b = Builder::new();
    let place = late.ring.sites[site].key.clone();
    let mut found = false;
    for (kind, at, thing, n) in there {
        let more = (kind, at, thing) == ("stock", place.as_str(), key.as_str());
        found |= more;
        let n = if more { n + quantity } else { n };
        b.row("opening", &[("kind", &kind), ("place", &at), ("thing", &thing), ("quantity", &n)]);
    }
    if !found {
        b.row("opening", &[("kind", &"stock"), ("place", &place), ("thing", &key), ("quantity", &quantity)]);
    }
    let mut raw = tiny();
    raw.tables.retain(|t| t.name != "opening");
    raw.tables.extend(b.build().tables);
    let stocked = Ring::build(&raw).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let run = |ring: &Ring| {
        let problem = Problem { ring, ..late.problem() };
        let e = solve(&problem, &options(n), &mut Control::unlimited()).best.expect("it can be run");
        e.replications.iter().map(|r| r.finished).sum::<i64>() as f64 / n as f64
    };
    assert!((said.finished - (run(&stocked) - run(&late.ring))).abs() < 1e-9, "{said:?}");
}

#[test]
fn a_place_where_nothing_was_blocked_is_not_asked_about() {
    let case = case(&tiny(), 1);
    let all = worth(&case.problem(), &options(4), &Control::unlimited());
    let base = case.evidence(4);
    assert!(all.windows(2).all(|pair| pair[0].extra < pair[1].extra));
    for one in &all {
        if let Extra::Place(capability, option, station) = one.extra {
            let before =
                base.stations.iter().find(|s| (s.capability, s.option, s.station + 1) == (capability, option, station));
            assert!(before.is_some_and(|s| s.blocked > 0.0), "{one:?}");
        }
    }
    assert!(all.iter().any(|w| matches!(w.extra, Extra::Copy(..))));
}

#[test]
fn a_replay_shows_the_visits_that_were_counted() {
    let case = case(&tiny(), 0);
    let outcome = solve(&case.problem(), &options(3), &mut Control::unlimited());
    let e = outcome.best.expect("it can be run");
    let traces: Vec<_> = (0..3).map(|i| trace(&case.problem(), 7, i).expect("it can be run")).collect();
    let ended = |v: &&model::results::trace::Visit| v.done.is_some();
    let visits: usize = traces.iter().map(|t| t.visits.iter().filter(ended).count()).sum();
    assert_eq!(visits as u64, e.station_visits);
    let horizon = Minutes::whole(1_440 * case.ring.settings.period_days * case.ring.settings.n_periods as i64);
    let mut on_lines = 0.0;
    for trace in &traces {
        let mut copies: BTreeMap<_, Minutes> = BTreeMap::new();
        let mut pieces: BTreeMap<_, (usize, Minutes, Minutes)> = BTreeMap::new();
        for v in &trace.visits {
            // A copy has one piece at a time; a piece goes from station to station.
            let free = copies.insert((v.line, v.station, v.copy), v.left.unwrap_or(horizon));
            assert!(free.is_none_or(|free| free <= v.arrived), "{v:?}");
            assert!(v.begun.is_none_or(|t| t >= v.arrived) && v.done.is_none_or(|t| Some(t) >= v.begun), "{v:?}");
            let left = v.left.unwrap_or(horizon);
            let piece = pieces.entry((v.line, v.piece)).or_insert((0, v.arrived, left));
            assert_eq!(piece.0, v.station, "{v:?}");
            assert!(piece.0 == 0 || piece.2 <= v.arrived);
            *piece = (v.station + 1, piece.1, left);
        }
        let stations = |line: usize| {
            let l = &trace.lines[line];
            e.stations.iter().filter(|s| (s.capability, s.option) == (l.capability, l.option)).count()
        };
        for ((line, _), (passed, began, left)) in &pieces {
            let end = if *passed == stations(*line) { *left } else { horizon };
            on_lines += (end - *began).as_f64();
        }
    }
    // Work in process, once more from the replay.
    let said: f64 = e.in_process.iter().map(|p| p.pieces).sum();
    let is = on_lines / 3.0 / horizon.as_f64();
    assert!((said - is).abs() < 1e-9 * is.max(1.0), "{said} {is}");
}

#[test]
fn more_replications_than_are_kept_are_counted() {
    let case = case(&tiny(), 1);
    let n = Evidence::KEPT + 5;
    let many = case.evidence(n);
    assert_eq!((many.runs, many.replications.len()), (n as u64, Evidence::KEPT));
    assert!(many.counted.is_some() && case.evidence(9).counted.is_none());
    let faults = verify::evidence(&case.ring, &case.designs, &case.programme, &many);
    assert!(faults.is_empty(), "{faults:#?}");
}
