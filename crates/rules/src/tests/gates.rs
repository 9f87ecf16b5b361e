//! First articles, readiness and exposure, by hand on the tiny ring.

use crate::{exposure, first_article, readiness};
use model::Ring;
use model::ids::{CustomerId, GateId, ItemId, PeriodId, SiteId};
use model::results::Programme;
use model::results::decision::{ArticleCause, FirstArticle};
use model::results::programme::{LineOpening, Make};
use model::results::resilience::{DeliveryRate, Resilience, StopEffect};
use model::tables::outages::Target;
use testring::{Builder, empty_programme, tiny};
use units::{Id, Money, Quantity};

fn id<I: Id>(at: usize) -> I {
    I::from_index(at)
}

fn line(capability: usize, ordered: usize, first_piece: usize, count: i64) -> LineOpening {
    let (capability, ordered, first_piece) = (id(capability), id(ordered), id::<PeriodId>(first_piece));
    LineOpening { capability, option: 0, ordered, count, first_piece, output_from: first_piece, stands: None }
}

fn make(capability: usize, period: usize) -> Make {
    Make { capability: id(capability), period: id(period), quantity: Quantity::whole(1) }
}

fn told(ring: &Ring, programme: &Programme) -> Vec<(usize, usize, usize, &'static str, i64)> {
    let one = |a: &FirstArticle| (a.period.index(), a.capability.index(), a.item.index(), a.cause.word(), a.lines);
    first_article::due(ring, programme).iter().map(one).collect()
}

/// Rows of capability: 0 `S` at H, 1 `P` at A, 2 `P` complete at H; items: 0 `P`, 1 `S`.
#[test]
fn articles_are_due_for_sites_tooling_revisions_and_pauses() {
    let ring = |lapse_days: i64| {
        let mut b = Builder::of(tiny());
        b.set("policy.first_article_lapse_days", lapse_days);
        b.row("revisions", &[("item", &"P"), ("revision", &"r1"), ("effective_from", &"2026-01-01")]);
        // The fourth period begins on 25 January.
        b.row("revisions", &[("item", &"P"), ("revision", &"r2"), ("effective_from", &"2027-01-20")]);
        Ring::build(&b.build()).unwrap()
    };
    let (strict, ring) = (ring(13), ring(14));
    let mut plan = empty_programme();
    assert_eq!(told(&ring, &plan), []);
    plan.lines = vec![line(1, 0, 1, 2), line(1, 2, 3, 1), line(2, 0, 2, 1), line(0, 0, 9, 1)];
    assert_eq!(
        told(&ring, &plan),
        [(1, 1, 0, "site", 2), (2, 2, 0, "site", 1), (2, 2, 1, "site", 1), (3, 1, 0, "tooling", 1)],
        "a complete line makes `S` too; what starts after the horizon is left out; without pieces no revision is built"
    );
    // Pieces in periods 1, 2, 5 at A: r2 from period 5 on, where they are made again; two periods of 7 days in between.
    plan.make = vec![make(1, 1), make(1, 2), make(1, 5)];
    let more = |ring: &Ring| -> Vec<_> {
        let all = told(ring, &plan);
        all.into_iter().filter(|a| a.0 == 5).map(|a| (a.1, a.3, a.4)).collect()
    };
    assert_eq!(more(&ring), [(1, "revision", 3)], "14 days are no longer than 14");
    assert_eq!(more(&strict), [(1, "revision", 3), (1, "lapse", 3)]);
    assert!(!first_article::due(&ring, &plan).iter().any(|a| a.cause == ArticleCause::Lapse));
    let full =
        |cause| FirstArticle { period: id(0), capability: id(0), item: id::<ItemId>(0), cause, lines: 1 }.is_full();
    assert_eq!([full(ArticleCause::Site), full(ArticleCause::Tooling), full(ArticleCause::Lapse)], [true, false, true]);
}

#[test]
fn the_least_thread_of_every_site_in_use_counts() {
    let mut b = Builder::of(tiny());
    b.set("gates.G1.readiness", 4);
    let threads = ["technology", "design", "funding", "materials", "process", "quality", "workforce", "facilities"];
    for thread in threads {
        b.row("readiness", &[("site", &"A"), ("thread", &thread), ("level", &6)]);
    }
    let gate: GateId = id(0);
    let ring = Ring::build(&b.build()).unwrap();
    let sites = readiness::of_sites(&ring, None);
    assert_eq!((sites.len(), sites[0].least), (1, None), "management is not assessed");
    assert!(!readiness::is_reached(&ring, gate, &sites));
    b.row("readiness", &[("site", &"A"), ("thread", &"management"), ("level", &4)]);
    let ring = Ring::build(&b.build()).unwrap();
    let sites = readiness::of_sites(&ring, None);
    assert_eq!(sites[0].least, Some(4));
    assert!(readiness::is_reached(&ring, gate, &sites) && !readiness::is_reached(&ring, gate, &[]));
    // The plan uses H as well, which nobody assessed.
    let mut plan = empty_programme();
    plan.lines = vec![line(0, 0, 1, 1), line(1, 0, 1, 1)];
    let sites = readiness::of_sites(&ring, Some(&plan));
    assert_eq!(sites.iter().map(|s| s.least).collect::<Vec<_>>(), [None, Some(4)]);
    assert!(!readiness::is_reached(&ring, gate, &sites));
    plan.lines.remove(0);
    assert!(readiness::is_reached(&ring, gate, &readiness::of_sites(&ring, Some(&plan))));
}

/// Two pieces a day at 100 each: 200 a day.
#[test]
fn exposure_is_what_is_kept_over_places() {
    let ring = Ring::build(&tiny()).unwrap();
    let stop = |target: Target, missed: Option<f64>, lost: Option<i64>, survive: Option<f64>, ends: bool| StopEffect {
        targets: vec![target],
        recover_days: missed,
        missed_days: missed,
        survive_days: survive,
        lost_value: lost.map(Money::whole),
        lost: Vec::new(),
        ended: if ends { vec![(id::<CustomerId>(0), id::<ItemId>(0))] } else { Vec::new() },
    };
    let view = Resilience {
        from: id(2),
        horizon_days: 42.0,
        undisturbed_days: None,
        rates: vec![DeliveryRate { customer: id(0), item: id(0), pieces_day: 2.0 }],
        stops: vec![
            stop(Target::Site(id::<SiteId>(0)), Some(10.0), Some(500), Some(7.5), true),
            stop(Target::Site(id::<SiteId>(1)), Some(5.0), Some(0), None, false),
            stop(Target::Zone("z".into()), None, None, Some(3.0), true),
            stop(Target::Supplier(id(0)), Some(10.0), Some(2_000), Some(0.5), true),
        ],
        single_sources: Vec::new(),
    };
    let e = exposure::of(&ring, &view);
    assert_eq!((e.stops, e.single_points, e.survive_least), (2, 2, Some(3.0)), "suppliers are no places");
    assert!((e.kept_worst - 0.75).abs() < 1e-12 && (e.kept_mean - 0.875).abs() < 1e-12, "{e:?}");
    assert_eq!(ring.customers[id::<CustomerId>(0)].unmet_cost, Money::whole(100));
}
