//! Small rings: crews of two, copies, equipment, areas left out, refusals.

use balance::budget::Budget;
use balance::ring::{Copies, LayoutOptions, Line, LineRequest, layout};
use model::control::{Control, Effort};
use model::ids::ItemId;
use model::results::{LineDesign, LineOption};
use model::tables::capability::LineType;
use model::{RawRing, RawTable, Ring};
use rules::labour;
use testring::{settings, table};
use units::{Id, Minutes};

/// A ring of a kite and its two wings, with the tasks given.
fn ring(tasks: &[&str]) -> Ring {
    ring_with(tasks, Vec::new())
}

/// The same with further tables.
pub(crate) fn ring_with(tasks: &[&str], more: Vec<RawTable>) -> Ring {
    let set = [
        ("ring.name", "Small"),
        ("ring.product", "kite"),
        ("ring.currency", "EUR"),
        ("ring.start", "2027-01-04"),
        ("ring.periods", "8"),
        ("partners.maker.name", "Maker"),
        ("partners.maker.role", "maker"),
        ("customers.north.name", "North"),
        ("customers.north.backlog_cost", "10"),
        ("customers.north.unmet_cost", "100"),
        ("gates.G0.name", "Intent"),
        ("gates.G0.question", "Is there a mandate?"),
    ];
    let mut raw = RawRing {
        settings: settings(&set),
        tables: vec![
            table("items", "item|name", &["kite|Kite", "wing|Wing"]),
            table("bom", "parent|component|quantity", &["kite|wing|2", "kite|paper|2"]),
            table("parts", "part|name|mass_g", &["paper|Paper|5"]),
            table(
                "tasks",
                "task|item|name|area|minutes|crew|unattended_minutes|predecessors|skill|equipment|first_pass_yield|rework_minutes",
                tasks,
            ),
            table("equipment", "equipment|name|cost|floor_m2", &["jig|Jig|1000|3"]),
            table(
                "sites",
                "site|name|ring|distance_km|floor_m2|labour_pool|wage_hour|calendar",
                &["mill|Mill|middle|120|200|20|9.5|day"],
            ),
            table(
                "capability",
                "site|item|line_type|licence|licence_from|productivity",
                &[
                    "mill|kite|complete|granted|2027-01-01|0.9",
                    "mill|kite|cell|granted|2027-01-01|0.9",
                    "mill|wing|cell|granted|2027-01-01|0.9",
                ],
            ),
            table("lanes", "lane|from|to|days|cost_unit", &["out|mill|north|2|1.5"]),
            table("supply", "supply|part|supplier|price|lead_days", &["p1|paper|shop|0.4|7"]),
            table("workforce", "skill|name", &["craft|Craft", "test|Test"]),
            table("calendars", "calendar|entry|kind|days|start|minutes", &["day|early|shift|mon-fri|06:00|450"]),
            table("demand", "customer|item|period|quantity", &["north|kite|4|10", "north|kite|8|10"]),
        ],
    };
    raw.tables.extend(more);
    Ring::build(&raw).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(crate) fn item(ring: &Ring, key: &str) -> ItemId {
    ring.items.enumerate().find(|(_, i)| i.key == key).unwrap().0
}

fn lay(ring: &Ring, key: &str, line_type: LineType, takt: i64) -> LineOption {
    let request = LineRequest { item: item(ring, key), line_type, without_areas: Vec::new() };
    let line = Line::new(ring, request).unwrap();
    let control = Control::unlimited();
    let options = LayoutOptions::of(Effort::Quick);
    let option = layout(ring, &line, Minutes::whole(takt), options, &mut Budget::new(&control)).unwrap();
    let design = LineDesign { item: line.request.item, line_type, options: Vec::new() };
    holds(ring, &design, &option);
    option
}

/// Recomputes a layout from the ring: every task once, precedence, loads, cycle times, heads.
pub(crate) fn holds(ring: &Ring, design: &LineDesign, option: &LineOption) {
    let tasks = labour::tasks(ring, design.item, design.line_type);
    let mut order = Vec::new();
    for (at, station) in option.stations.iter().enumerate() {
        let own: Vec<_> = tasks.iter().filter(|t| station.tasks.contains(&t.task)).collect();
        let load: Minutes = own.iter().map(|t| labour::minutes(ring, **t)).sum();
        assert_eq!(station.load, load);
        assert!(load.ticks() <= option.takt.ticks() * station.copies);
        let needs = |t: &&labour::LineTask| {
            (labour::minutes(ring, **t).ticks() + option.takt.ticks() - 1) / option.takt.ticks()
        };
        assert_eq!(station.copies, own.iter().map(needs).max().unwrap());
        assert_eq!(station.heads, own.iter().map(|t| ring.tasks[t.task].crew).max().unwrap());
        assert_eq!(station.reasons.len(), station.tasks.len());
        assert!(load.ticks() <= option.cycle_time.ticks() * station.copies);
        order.extend(station.tasks.iter().map(|t| (*t, at)));
    }
    assert_eq!(order.len(), tasks.len());
    for (position, (task, _)) in order.iter().enumerate() {
        for before in &ring.tasks[*task].predecessors {
            let earlier = order.iter().position(|(t, _)| t == before);
            assert!(earlier.is_none_or(|e| e < position), "precedence");
        }
    }
    assert_eq!(option.n_heads(), option.stations.iter().map(|s| s.heads * s.copies).sum::<i64>());
    assert!(option.cycle_time <= option.takt && option.cycle_time <= option.cycle_time_planned);
    assert!(option.bound <= option.n_stations());
}

#[test]
fn a_complete_line_counts_every_piece_of_its_sub_assemblies() {
    let ring = ring(&["W1|wing|Cut|shop|10|1|0||craft||1|0", "K1|kite|Join|shop|15|1|0|W1|craft||0.9|20"]);
    let option = lay(&ring, "kite", LineType::Complete, 20);
    assert_eq!(option.n_stations(), 2);
    assert_eq!(option.stations[0].load, Minutes::whole(20));
    assert_eq!(option.cycle_time, Minutes::whole(20));
    assert_eq!(option.cycle_time_planned, Minutes::whole(20));
    let cell = lay(&ring, "kite", LineType::Cell, 20);
    assert_eq!(cell.cycle_time_planned, Minutes::whole(17));
}

#[test]
fn a_crew_of_two_needs_a_station_of_two_heads_and_counts_minutes_once() {
    let ring = ring(&[
        "W1|wing|Cut|shop|10|1|0||craft||1|0",
        "K1|kite|Lift|shop|10|2|0||craft||1|0",
        "K2|kite|Fit|shop|10|1|0|K1|craft||1|0",
        "K3|kite|Turn|shop|10|2|0|K1|test||1|0",
        "K4|kite|Wipe|shop|10|1|0|K1|craft||1|0",
    ]);
    let option = lay(&ring, "kite", LineType::Cell, 20);
    assert_eq!(option.n_stations(), 2);
    // Both lifting tasks share one station: three heads, not four.
    assert_eq!(option.n_heads(), 3);
    assert_eq!(option.cycle_time, Minutes::whole(20));
}

#[test]
fn a_task_longer_than_the_takt_gets_copies_or_is_refused_by_name() {
    let ring = ring(&[
        "W1|wing|Cut|shop|10|1|0||craft||1|0",
        "K1|kite|Soak|shop|50|1|0||craft||1|0",
        "K2|kite|Fit|shop|9|1|0|K1|craft||1|0",
        "K3|kite|Wipe|shop|20|1|0|K2|craft||1|0",
    ]);
    let option = lay(&ring, "kite", LineType::Cell, 20);
    let copies: Vec<i64> = option.stations.iter().map(|s| s.copies).collect();
    assert_eq!(copies, [3, 1]);
    assert_eq!(option.bound, 4);
    let request = LineRequest { item: item(&ring, "kite"), line_type: LineType::Cell, without_areas: Vec::new() };
    let line = Line::new(&ring, request).unwrap();
    let options = LayoutOptions { copies: Copies::Refused, ..LayoutOptions::of(Effort::Quick) };
    let control = Control::unlimited();
    let refusal = layout(&ring, &line, Minutes::whole(20), options, &mut Budget::new(&control)).unwrap_err();
    assert_eq!(refusal.code, diag::Code(301));
    assert!(refusal.fact.contains("`K1`") && refusal.fact.contains("50"), "{}", refusal.fact);
}

#[test]
fn unattended_minutes_load_the_jig_and_not_the_station() {
    let ring = ring(&[
        "W1|wing|Cut|shop|10|1|0||craft||1|0",
        "K1|kite|Glue|shop|10|1|95||craft|jig|1|0",
        "K2|kite|Fit|shop|20|1|0|K1|craft||1|0",
    ]);
    let option = lay(&ring, "kite", LineType::Cell, 20);
    assert_eq!(option.n_stations(), 2);
    // 105 minutes at one piece per 20: six jigs.
    assert_eq!(option.equipment[0].1, 6);
    assert_eq!(option.equipment_cost.to_string(), "6000");
    assert!((option.floor_m2 - (6.0 * 3.0 + 2.0 * 12.0)).abs() < 1e-9);
}

#[test]
fn an_area_left_out_keeps_its_precedence_and_an_empty_line_is_refused() {
    let ring = ring(&[
        "W1|wing|Cut|shop|10|1|0||craft||1|0",
        "K1|kite|Glue|shop|10|1|0||craft||1|0",
        "K2|kite|Fly|field|20|1|0|K1|craft||1|0",
        "K3|kite|Pack|shop|10|1|0|K2|craft||1|0",
    ]);
    let request = |areas: &[&str]| LineRequest {
        item: item(&ring, "kite"),
        line_type: LineType::Cell,
        without_areas: areas.iter().map(|a| (*a).to_owned()).collect(),
    };
    let line = Line::new(&ring, request(&["field"])).unwrap();
    assert_eq!(line.n_tasks(), 2);
    assert!(line.instance.is_before(0, 1));
    assert_eq!(line.task(1).index(), 3);
    let refusal = Line::new(&ring, request(&["field", "shop"])).unwrap_err();
    assert_eq!(refusal.code, diag::Code(302));
}

/// Four tasks of half a takt in a chain, a minute between each two, and a fifth beside them: only the fifth can
/// share, so four stations, where the sum of minutes asks for three.
#[test]
fn a_matching_proof_covers_every_pair() {
    use model::results::line_design::Proof;
    let ring = ring(&[
        "W1|wing|Cut|shop|10|1|0||craft||1|0",
        "A|kite|Fold|shop|10|1|0||craft||1|0",
        "X|kite|Turn|shop|1|1|0|A|craft||1|0",
        "B|kite|Glue|shop|10|1|0|X|craft||1|0",
        "Y|kite|Turn|shop|1|1|0|B|craft||1|0",
        "C|kite|Trim|shop|10|1|0|Y|craft||1|0",
        "Z|kite|Turn|shop|1|1|0|C|craft||1|0",
        "D|kite|Sew|shop|10|1|0|Z|craft||1|0",
        "E|kite|Paint|shop|10|1|0||craft||1|0",
    ]);
    let option = lay(&ring, "kite", LineType::Cell, 20);
    assert_eq!((option.n_stations(), option.bound), (4, 4));
    let Proof::Matching { big, singles, blossoms } = &option.proof else {
        panic!("{:?}", option.proof);
    };
    let key = |t: &model::ids::TaskId| ring.tasks[*t].key.clone();
    assert_eq!(big.iter().map(key).collect::<Vec<_>>(), ["A", "B", "C", "D", "E"]);
    for chained in big.iter().filter(|t| key(t) != "E") {
        let fifth = big.iter().find(|t| key(t) == "E").unwrap();
        let covered = singles.contains(chained)
            || singles.contains(fifth)
            || blossoms.iter().any(|set| set.contains(chained) && set.contains(fifth));
        assert!(covered, "{} and E", key(chained));
    }
    let pairs: usize = singles.len() + blossoms.iter().map(|set| set.len() / 2).sum::<usize>();
    assert_eq!(big.len() as i64 - pairs as i64, option.bound);
}
