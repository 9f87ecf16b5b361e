//! Two sites that make the same item: what the policy does when one stands still, and parts that do not keep.

use model::control::Control;
use model::ids::*;
use model::results::evidence::Evidence;
use model::results::line_design::Proof;
use model::results::programme::{LineOpening, Make, Order, Shipment, Staffing, Trained};
use model::results::{LineDesign, LineOption, Programme, Station, Status};
use model::tables::capability::LineType;
use model::tables::outages::Target;
use model::{RawRing, Ring};
use simulate::ring::{Engine, Options, Problem, Stops, solve, stops};
use testring::{Builder, empty_programme};
use units::{Id, Minutes, Money, Quantity};

pub(super) const PERIODS: usize = 6;
/// Planned at each site in each period; a line makes forty at most.
const PIECES: i64 = 20;

pub(super) fn raw(settings: &[(&str, &str)], shelf_life: &str) -> RawRing {
    learning_raw(settings, shelf_life, ("1", ""))
}

/// With learning: pieces to maturity, and days in which half is forgotten.
fn learning_raw(settings: &[(&str, &str)], shelf_life: &str, (mature, forgetting): (&str, &str)) -> RawRing {
    let mut b = Builder::new();
    b.set("ring.name", "two").set("ring.product", "P").set("ring.currency", "EUR");
    b.set("ring.start", "2027-01-04").set("ring.periods", PERIODS);
    b.set("policy.line_efficiency", "1");
    settings.iter().for_each(|(path, value)| {
        b.set(*path, value);
    });
    b.set("partners.maker.name", "Maker").set("partners.maker.role", "maker");
    b.set("customers.c.name", "Customer").set("customers.c.backlog_cost", 1).set("customers.c.unmet_cost", 1);
    b.set("gates.G1.name", "Start").set("gates.G1.question", "May it start?");
    let learning: &[(&str, &dyn ToString)] = &[
        ("item", &"P"),
        ("name", &"Product"),
        ("learning_slope", &"0.8"),
        ("learning_mature", &mature),
        ("forgetting_days", &forgetting),
    ];
    b.row("items", learning);
    b.row("parts", &[("part", &"a"), ("name", &"Part a"), ("shelf_life_days", &shelf_life)]);
    b.row("bom", &[("parent", &"P"), ("component", &"a"), ("quantity", &1)]);
    b.row("tasks", &[("task", &"t"), ("item", &"P"), ("name", &"Work"), ("minutes", &60), ("skill", &"w")]);
    let supply: &[(&str, &dyn ToString)] =
        &[("supply", &"s"), ("part", &"a"), ("supplier", &"Works"), ("price", &1), ("lead_days", &3)];
    b.row("supply", supply);
    b.row("workforce", &[("skill", &"w"), ("name", &"Worker")]);
    for site in ["A", "B"] {
        let rows: &[(&str, &dyn ToString)] = &[
            ("site", &site),
            ("name", &site),
            ("ring", &"near"),
            ("distance_km", &60),
            ("floor_m2", &500),
            ("labour_pool", &100),
            ("calendar", &"day"),
        ];
        b.row("sites", rows);
        let may: &[(&str, &dyn ToString)] =
            &[("site", &site), ("item", &"P"), ("licence", &"granted"), ("licence_from", &"2026-01-01")];
        b.row("capability", may);
        b.row("lanes", &[("lane", &format!("{site}C")), ("from", &site), ("to", &"c")]);
    }
    b.day_shift("day");
    b.row("demand", &[("customer", &"c"), ("item", &"P"), ("period", &1), ("quantity", &1)]);
    b.build()
}

pub(super) struct Case {
    pub(super) ring: Ring,
    pub(super) designs: Vec<LineDesign>,
    pub(super) programme: Programme,
}

/// One line at each site; `ordered` parts for each site in the first period, and as many in each as it uses without.
pub(super) fn case(raw: &RawRing, ordered: Option<i64>) -> Case {
    let ring = Ring::build(raw).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let skill = SkillId::from_index(0);
    let minutes = Minutes::whole(60);
    let tasks = ring.tasks.ids().collect();
    let station = Station { tasks, copies: 1, load: minutes, heads: 1, skill, reasons: Vec::new() };
    let option = LineOption {
        takt: minutes,
        stations: vec![station],
        cycle_time: minutes,
        cycle_time_planned: minutes,
        bound: 1,
        proof: Proof::Counting,
        status: Status::Optimal,
        heads: vec![(skill, 1)],
        equipment: Vec::new(),
        equipment_cost: Money::ZERO,
        floor_m2: 12.0,
    };
    let designs = vec![LineDesign { item: ring.settings.product, line_type: LineType::Cell, options: vec![option] }];
    let mut programme = empty_programme();
    let zero = PeriodId::from_index(0);
    for (capability, row) in ring.capability.enumerate() {
        let (ordered_in, first_piece, output_from) = (zero, zero, zero);
        programme.lines.push(LineOpening {
            capability,
            option: 0,
            ordered: ordered_in,
            count: 1,
            first_piece,
            output_from,
            stands: None,
        });
        let (ready, hire_from, train_from) = (zero, zero, zero);
        let (site, trained, people) = (row.site, Trained::Already, 1);
        programme.people.push(Staffing { site, skill, ready, trained, people, hire_from, train_from });
        for period in (0..PERIODS).map(PeriodId::from_index) {
            let quantity = Quantity::whole(PIECES);
            let lane = LaneId::from_index(site.index());
            programme.make.push(Make { capability, period, quantity });
            programme.shipments.push(Shipment { lane, item: row.item, period, quantity });
            let quantity = Quantity::whole(ordered.filter(|_| period == zero).unwrap_or(PIECES));
            if ordered.is_none() || period == zero {
                programme.orders.push(Order { supply: SupplyId::from_index(0), site, period, quantity });
            }
        }
    }
    Case { ring, designs, programme }
}

impl Case {
    fn problem(&self) -> Problem<'_> {
        Problem { ring: &self.ring, designs: &self.designs, programme: &self.programme }
    }

    pub(super) fn evidence(&self, engine: Engine, replications: usize) -> Evidence {
        let options = Options { seed: 3, replications, threads: 1, engine };
        let outcome = solve(&self.problem(), &options, &mut Control::unlimited());
        outcome.best.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
    }

    /// Pieces lost when site A stops from the third period to the end of the fourth.
    fn lost(&self) -> f64 {
        let asked = Stops { from: Some(PeriodId::from_index(PERIODS - 2)), days: Some(14) };
        let options = Options { seed: 3, replications: 1, threads: 1, engine: Engine::Epochs };
        let all = stops(&self.problem(), &options, &asked, &Control::unlimited());
        let site = Target::Site(SiteId::from_index(0));
        all.iter().find(|s| s.node == site).expect("the site is asked about").lost
    }
}

const MOVE: (&str, &str) = ("policy.on_stop", "move");
const AGAIN: (&str, &str) = ("policy.ordering", "replenish");

#[test]
fn pieces_of_a_stopped_site_are_made_elsewhere_where_the_policy_says_so() {
    let plenty = Some(200);
    let wait = case(&raw(&[], ""), plenty).lost();
    let moved = case(&raw(&[MOVE], ""), plenty).lost();
    // Two periods of the stopped site wait; the other has time for all of them, but for the first shift without parts.
    assert_eq!(wait, 2.0 * PIECES as f64);
    assert!(moved <= 2.0, "{moved}");
}

#[test]
fn what_moved_pieces_use_is_ordered_again_where_the_policy_says_so() {
    let planned = case(&raw(&[MOVE], ""), None).lost();
    let again = case(&raw(&[MOVE, AGAIN], ""), None).lost();
    // The other site has parts for its own pieces only. Ordered again, the extra ones come on the fourth day: too late for the
    // first of its two weeks, of which it has sixteen hours left, and in time for the second.
    assert!(planned >= 1.5 * PIECES as f64, "{planned}");
    assert_eq!(again, PIECES as f64);
}

#[test]
fn parts_past_their_shelf_life_are_written_off_and_ordered_again_where_the_policy_says_so() {
    let made = |case: &Case| case.evidence(Engine::Epochs, 1).replications[0].finished;
    let all = 2 * PIECES * PERIODS as i64;
    assert!(made(&case(&raw(&[], ""), Some(200))) >= all - 4);
    // Everything comes in the first week and keeps for two: on the first day of the fourth period it is gone, but for the
    // piece of that period which each line took in hand before the week-end.
    let short = case(&raw(&[], "14"), Some(200));
    let finished = made(&short);
    assert!((2 * 2 * PIECES..=2 * (3 * PIECES + 1)).contains(&finished), "{finished}");
    let notes = short.evidence(Engine::Epochs, 1).notes;
    assert!(notes.iter().any(|n| n.contains("part a went past their shelf life")), "{notes:?}");
    assert!(made(&case(&raw(&[AGAIN], "14"), Some(200))) > finished + 2 * PIECES);
}

#[test]
fn both_orders_of_running_decide_the_same() {
    let mut b = Builder::new();
    let outage: &[(&str, &dyn ToString)] =
        &[("outage", &"o"), ("target", &"site:A"), ("cause", &"test"), ("rate_year", &12), ("days", &9)];
    b.row("outages", outage);
    let outages = b.build().tables;
    for settings in [&[][..], &[MOVE], &[AGAIN], &[MOVE, AGAIN]] {
        let mut raw = raw(settings, "21");
        raw.tables.retain(|t| t.name != "outages");
        raw.tables.extend(outages.clone());
        let case = case(&raw, None);
        let evidence = case.evidence(Engine::Epochs, 20);
        assert_eq!(evidence, case.evidence(Engine::Events, 20), "{settings:?}");
        let moved = evidence.notes.iter().any(|n| n.contains("at other sites"));
        assert_eq!(moved, settings.contains(&MOVE), "{:?}", evidence.notes);
        assert!(verify::evidence(&case.ring, &case.designs, &case.programme, &evidence).is_empty());
    }
}

#[test]
fn an_unknown_policy_is_refused_with_the_words_there_are() {
    let faults = Ring::build(&raw(&[("policy.on_stop", "give-up")], "")).expect_err("no such policy");
    let said = format!("{faults:?}");
    assert!(said.contains("policy.on_stop") && said.contains("wait") && said.contains("move"), "{said}");
}

#[test]
fn a_part_that_nothing_brings_is_named() {
    let mut case = case(&raw(&[], ""), None);
    case.programme.orders.retain(|o| o.site.index() == 0);
    let evidence = case.evidence(Engine::Epochs, 1);
    assert!(evidence.notes.iter().any(|n| n.starts_with("lines at B wait for a for ever")), "{:?}", evidence.notes);
    // The parts of each week come on its fourth day: sixteen hours of the first week are left, four pieces late for good.
    assert_eq!(evidence.replications[0].finished, PIECES * PERIODS as i64 - 4);
}

#[test]
fn a_stop_makes_a_line_forget() {
    let made = |forgetting: &str| {
        let mut case = case(&learning_raw(&[], "", ("40", forgetting)), Some(300));
        // Nothing is planned in the second and third period: three weeks without a piece.
        case.programme.make.retain(|m| !(1..=2).contains(&m.period.index()));
        case.programme.make.iter_mut().for_each(|m| m.quantity = Quantity::whole(40));
        case.evidence(Engine::Epochs, 1).replications[0].finished
    };
    let (kept, slow, fast) = (made(""), made("5"), made("2"));
    assert!(fast < slow && slow < kept, "{fast} {slow} {kept}");
    assert_eq!(made("36500"), kept);
}
