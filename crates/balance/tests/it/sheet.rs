//! Single lines under rules: what each table and limit of a ring does, and that an altered sheet is refused.

use super::small::{item, ring_with};
use balance::budget::Budget;
use balance::ring::{Frontier, Line, LineRequest, SheetOptions, frontier, phases, sheet, why};
use diag::{Code, Diagnostic};
use model::Ring;
use model::control::{Control, Effort};
use model::ids::{PersonId, SkillId, TaskId, ZoningId};
use model::results::{LineLimits, LineSheet, SharedItem};
use model::tables::capability::LineType;
use model::tables::zoning::{Zoning, ZoningKind};
use testring::table;
use units::{Id, IdVec, Minutes, Money, Quantity};

/// Five tasks of ten minutes: A before B, the rest free; D takes two people, E is another skill.
const TASKS: [&str; 6] = [
    "W1|wing|Cut|shop|10|1|0||craft||1|0",
    "A|kite|Fold|shop|10|1|0||craft|jig|1|0",
    "B|kite|Glue|shop|10|1|30|A|craft|jig|1|0",
    "C|kite|Trim|shop|10|1|0||craft||1|0",
    "D|kite|Lift|shop|10|2|0||craft||1|0",
    "E|kite|Test|shop|10|1|0||test||1|0",
];

fn zoning(rows: &[&str]) -> model::RawTable {
    table("zoning", "rule|kind|tasks|station|why", rows)
}

fn line(ring: &Ring) -> Line {
    let request = LineRequest { item: item(ring, "kite"), line_type: LineType::Cell, without_areas: Vec::new() };
    Line::new(ring, request).unwrap()
}

fn lay(ring: &Ring, takt: i64, limits: LineLimits) -> Result<LineSheet, Diagnostic> {
    let options = SheetOptions { limits, ..SheetOptions::of(Effort::Quick) };
    let control = Control::unlimited();
    let found = sheet(ring, &line(ring), Minutes::whole(takt), &options, &mut Budget::new(&control));
    if let Ok(found) = &found {
        assert_eq!(verify::line_sheet(ring, found), []);
    }
    found
}

fn station_of(ring: &Ring, sheet: &LineSheet, key: &str) -> usize {
    let is = |t: &TaskId| ring.tasks[*t].key == key;
    sheet.option.stations.iter().position(|s| s.tasks.iter().any(is)).unwrap()
}

fn proven(sheet: &LineSheet, name: &str) -> u64 {
    let aim = sheet.aims.iter().find(|a| a.name == name).unwrap();
    assert!(aim.is_proven, "{name} is proven");
    aim.value
}

#[test]
fn zoning_keeps_tasks_together_apart_first_and_last() {
    let rows = ["near|together|A;C||", "far|apart|D;E||heat", "front|at|E|1|", "end|last|B||"];
    let ring = ring_with(&TASKS, vec![zoning(&rows)]);
    let found = lay(&ring, 20, LineLimits::default()).unwrap();
    let at = |key| station_of(&ring, &found, key);
    assert_eq!(at("A"), at("C"));
    assert_ne!(at("D"), at("E"));
    assert_eq!((at("E"), at("B")), (0, found.option.stations.len() - 1));
    assert_eq!(proven(&found, "stations"), 3);
    // The menus of the plan keep the same rules.
    let control = Control::unlimited();
    let options = balance::ring::LayoutOptions::of(Effort::Quick);
    let option =
        balance::ring::layout(&ring, &line(&ring), Minutes::whole(20), options, &mut Budget::new(&control)).unwrap();
    assert_eq!(option.stations, found.option.stations);
}

#[test]
fn rules_that_exclude_each_other_are_named_and_no_other() {
    let rows = ["near|together|A;B||", "far|apart|A;B||", "idle|apart|C;E||"];
    let ring = ring_with(&TASKS, vec![zoning(&rows)]);
    let refused = lay(&ring, 20, LineLimits::default()).unwrap_err();
    assert_eq!(refused.code, Code(308));
    assert!(refused.fact.contains("`near`") && refused.fact.contains("`far`"), "{}", refused.fact);
    assert!(!refused.fact.contains("`idle`"), "{}", refused.fact);
    let few = LineLimits { stations_max: Some(2), ..LineLimits::default() };
    let refused = lay(&ring_with(&TASKS, Vec::new()), 20, few).unwrap_err();
    assert!(refused.fact.contains("at most 2 stations"), "{}", refused.fact);
}

#[test]
fn heads_are_fewest_and_may_be_limited() {
    let ring = ring_with(&TASKS, Vec::new());
    let found = lay(&ring, 20, LineLimits::default()).unwrap();
    assert_eq!((proven(&found, "stations"), proven(&found, "heads")), (3, 4));
    let few = LineLimits { heads_max: Some(3), ..LineLimits::default() };
    assert_eq!(lay(&ring, 20, few).unwrap_err().code, Code(308));
}

#[test]
fn equipment_is_cheapest_and_may_be_limited() {
    // A and B occupy the jig for 50 minutes: at a takt of 20 three jigs at one station, one and two at two.
    let ring = ring_with(&TASKS, Vec::new());
    let jig = model::ids::EquipmentId::from_index(0);
    let few = |most| LineLimits { equipment_max: vec![(jig, most)], ..LineLimits::default() };
    assert_eq!(proven(&lay(&ring, 20, few(3)).unwrap(), "equipment"), 300_000);
    assert_eq!(lay(&ring, 20, few(2)).unwrap_err().code, Code(308));
}

#[test]
fn named_people_fill_every_head() {
    let people = |rows: &[&str]| table("people", "person|site|skills|from", rows);
    let site = |ring: &Ring| ring.sites.ids().next();
    let enough =
        ring_with(&TASKS, vec![people(&["p1|mill|craft|", "p2|mill|craft|", "p3|mill|craft;test|", "p4|mill|craft|"])]);
    let limits = LineLimits { people_of: site(&enough), ..LineLimits::default() };
    let found = lay(&enough, 20, limits.clone()).unwrap();
    assert_eq!(found.people.iter().map(Vec::len).sum::<usize>(), 4);
    let tests = &found.people[station_of(&enough, &found, "E")];
    assert_eq!(enough.people[tests[0]].key, "p3");
    // Nobody who tests can do anything else: testing has a station of its own, and every head of the others is needed.
    let rows = ["p1|mill|craft|", "p2|mill|craft|", "p3|mill|test|", "p4|mill|craft|"];
    let strict = ring_with(&TASKS, vec![people(&rows)]);
    let split = lay(&strict, 20, limits.clone()).unwrap();
    assert_eq!(split.option.stations[station_of(&strict, &split, "E")].tasks.len(), 1);
    let few = ring_with(&TASKS, vec![people(&rows[..3])]);
    let refused = lay(&few, 20, limits).unwrap_err();
    assert!(refused.code == Code(308) && refused.fact.contains("people of `mill`"), "{refused:?}");
}

fn today(rows: &[&str]) -> model::RawTable {
    table("today", "item|line_type|task|station", rows)
}

const STANDING: [&str; 5] = ["kite|cell|A|1", "kite|cell|B|2", "kite|cell|C|3", "kite|cell|D|4", "kite|cell|E|5"];

#[test]
fn few_moves_from_the_line_of_today() {
    let ring = ring_with(&TASKS, vec![today(&STANDING), zoning(&["heavy|stay|D||"])]);
    let found = lay(&ring, 20, LineLimits::default()).unwrap();
    assert_eq!((proven(&found, "stations"), proven(&found, "heads"), proven(&found, "moves")), (3, 4, 2));
    assert_eq!(found.stands_at[station_of(&ring, &found, "D")], Some(4));
    let one = LineLimits { moves_max: Some(1), ..LineLimits::default() };
    let found = lay(&ring, 20, one).unwrap();
    assert_eq!((proven(&found, "stations"), found.moved.len()), (4, 1));
    let control = Control::unlimited();
    let options = SheetOptions::of(Effort::Quick);
    let curve = frontier(&ring, &line(&ring), Minutes::whole(20), &options, &mut Budget::new(&control)).unwrap();
    let of = |stations, moves| Frontier { stations, moves, is_proven: true };
    assert_eq!(curve, [of(3, 2), of(4, 1), of(5, 0)]);
}

#[test]
fn a_ramp_moves_few_tasks_from_phase_to_phase() {
    let mut ring = ring_with(&TASKS, Vec::new());
    let kite = item(&ring, "kite");
    (ring.items[kite].learning_slope, ring.items[kite].learning_mature) = (0.8, 100);
    let control = Control::unlimited();
    let options = SheetOptions::of(Effort::Quick);
    let told =
        phases(&ring, &line(&ring), Minutes::whole(30), &[1, 20, 100], &options, &mut Budget::new(&control)).unwrap();
    let stations: Vec<i64> = told.iter().map(|p| p.sheet.option.n_stations()).collect();
    assert!(stations.windows(2).all(|w| w[0] > w[1]), "{stations:?}");
    assert_eq!(told.last().unwrap().takt, Minutes::whole(30));
    assert!(told.iter().all(|p| p.is_proven) && told[0].moves == 0 && told[2].moves > 0);
}

#[test]
fn several_items_share_a_line_by_average_and_peak() {
    let ring = ring_with(&TASKS, Vec::new());
    let share = |key: &str, thousandths| SharedItem {
        item: item(&ring, key),
        line_type: LineType::Cell,
        share: Quantity::from_ticks(thousandths),
    };
    let request = LineRequest { item: item(&ring, "kite"), line_type: LineType::Cell, without_areas: Vec::new() };
    let mixed = Line::mixed(&ring, request, vec![share("kite", 500), share("wing", 500)]).unwrap();
    // Half a kite of 50 minutes and half a wing of 10.
    assert_eq!(mixed.minutes_sum(), Minutes::whole(30));
    let lay = |peak| {
        let limits = LineLimits { peak, ..LineLimits::default() };
        let options = SheetOptions { limits, ..SheetOptions::of(Effort::Quick) };
        let control = Control::unlimited();
        let found = sheet(&ring, &mixed, Minutes::whole(15), &options, &mut Budget::new(&control)).unwrap();
        assert_eq!(verify::line_sheet(&ring, &found), []);
        found
    };
    assert_eq!(proven(&lay(None), "stations"), 2);
    // No kite above 20 minutes at a station: its five tasks need three.
    assert_eq!(proven(&lay(Some(1.4)), "stations"), 3);
}

#[test]
fn shifts_tell_heads_pieces_and_how_busy_people_are() {
    let ring = ring_with(&TASKS, Vec::new());
    let found = lay(&ring, 20, LineLimits::default()).unwrap();
    let told = balance::ring::shifts(&ring, &found);
    assert_eq!(told.len(), 1);
    let (shift, cycle) = (&told[0], found.option.cycle_time_planned.as_f64());
    let pieces = 450.0 * ring.settings.line_efficiency * 0.9 / cycle;
    assert_eq!((shift.minutes, shift.heads), (Minutes::whole(450), 4));
    assert!((shift.pieces - pieces).abs() < 1e-9, "{shift:?}");
    // Sixty crew minutes a piece, at nine tenths of the pace.
    let busy = pieces * 60.0 / 0.9 / (4.0 * 450.0);
    assert!((shift.utilisation - busy).abs() < 1e-9 && busy <= 1.0, "{shift:?}");
}

#[test]
fn why_a_task_does_not_stand_elsewhere() {
    let ring = ring_with(&TASKS, vec![zoning(&["far|apart|C;E||"])]);
    let found = lay(&ring, 20, LineLimits::default()).unwrap();
    let options = SheetOptions::of(Effort::Quick);
    let of = |key: &str| {
        let task = ring.tasks.enumerate().find(|(_, t)| t.key == key).unwrap().0;
        why(&ring, &line(&ring), &found, &options, task).unwrap()
    };
    for key in ["A", "B", "C", "D", "E"] {
        let against = of(key);
        assert_eq!(against.len(), found.option.stations.len() - 1, "{key}: {against:?}");
        let here = station_of(&ring, &found, key) + 1;
        assert!(against.iter().all(|e| e.station != here && !e.against.is_empty()), "{key}: {against:?}");
    }
    let words: String = ["A", "B", "C", "D", "E"].iter().flat_map(|k| of(k)).map(|e| e.against + "\n").collect();
    assert!(words.contains("`far`") || words.contains("are left"), "{words}");
}

#[test]
fn generated_lines_hold_and_altered_ones_do_not() {
    let (mut laid, mut refused, mut altered) = (0, 0, 0);
    for seed in 0..60u64 {
        let mut ring = Ring::build(&testring::generate(seed, &testring::Shape::small())).unwrap();
        let request =
            LineRequest { item: ring.settings.product, line_type: LineType::Complete, without_areas: Vec::new() };
        let whole = Line::new(&ring, request).unwrap();
        let n = whole.n_tasks();
        let row = |at: u64, kind| Zoning {
            key: format!("z{at}"),
            kind,
            tasks: (0..2).map(|k| whole.task((seed as usize * 7 + at as usize * 5 + k * 3) % n)).collect(),
            station: Some(1),
            why: String::new(),
        };
        let kinds = [ZoningKind::Apart, ZoningKind::Together, ZoningKind::Last];
        ring.zoning = (0..2).map(|at| row(at, kinds[((seed + at) % 3) as usize])).collect::<IdVec<ZoningId, _>>();
        let takt = Minutes::from_ticks(whole.minutes_sum().ticks() / (2 + seed as i64 % 4));
        let overflow = (seed % 3 == 0).then_some(0.2);
        let limits = LineLimits { overflow, ..LineLimits::default() };
        let options = SheetOptions { limits, ..SheetOptions::of(Effort::Quick) };
        let control = Control::unlimited();
        match sheet(&ring, &whole, takt, &options, &mut Budget::new(&control)) {
            Err(told) => {
                assert!([Code(308), Code(305)].contains(&told.code), "seed {seed}: {told:?}");
                refused += 1;
            }
            Ok(found) => {
                assert_eq!(verify::line_sheet(&ring, &found), [], "seed {seed}");
                laid += 1;
                for (name, wrong) in alterations(&found) {
                    assert_ne!(verify::line_sheet(&ring, &wrong), [], "seed {seed}: {name}");
                    altered += 1;
                }
            }
        }
    }
    assert!(laid > 20 && refused > 0 && altered > 700, "{laid} laid, {refused} refused, {altered} altered");
}

/// The sheet with one thing altered, several times.
fn alterations(found: &LineSheet) -> Vec<(&'static str, LineSheet)> {
    let mut all = Vec::new();
    let mut with = |name, change: &dyn Fn(&mut LineSheet)| {
        let mut wrong = found.clone();
        change(&mut wrong);
        if wrong != *found {
            all.push((name, wrong));
        }
    };
    with("an aim", &|s| s.aims[1].value += 1);
    with("a chance", &|s| s.overflow.iter_mut().for_each(|c| *c = (*c + 0.5) % 1.0));
    with("minutes of an item", &|s| s.minutes_of[0][0] += Minutes::from_ticks(1));
    with("somebody named", &|s| s.people = vec![vec![PersonId::from_index(0)]]);
    with("a move", &|s| s.moved.push(TaskId::from_index(0)));
    with("a skill", &|s| s.option.stations[0].skill = SkillId::from_index(1_000));
    with("a task moved on", &|s| {
        if s.option.stations.len() > 1 {
            let task = s.option.stations[0].tasks.remove(0);
            s.option.stations[1].tasks.insert(0, task);
        }
    });
    with("stations fewer than the bound", &|s| s.option.bound += 1);
    with("stations more than the bound", &|s| s.option.bound -= 1);
    with("the cycle time", &|s| s.option.cycle_time += Minutes::from_ticks(1));
    with("the cycle time, shorter", &|s| s.option.cycle_time -= Minutes::from_ticks(1));
    with("the planned cycle time", &|s| s.option.cycle_time_planned += Minutes::from_ticks(1));
    with("a takt below the loads", &|s| s.option.takt = s.option.cycle_time - Minutes::from_ticks(1));
    with("a load", &|s| s.option.stations[0].load += Minutes::from_ticks(1));
    with("heads of a station", &|s| s.option.stations[0].heads += 1);
    with("a copy more", &|s| s.option.stations[0].copies += 1);
    with("no copy", &|s| s.option.stations[0].copies = 0);
    with("heads of a skill", &|s| s.option.heads[0].1 += 1);
    with("a skill left out", &|s| s.option.heads.truncate(s.option.heads.len() - 1));
    with("a piece of equipment", &|s| s.option.equipment.iter_mut().for_each(|e| e.1 -= 1));
    with("the cost", &|s| s.option.equipment_cost += Money::from_ticks(1));
    with("the floor", &|s| s.option.floor_m2 += 1.0);
    with("a task left out", &|s| s.option.stations[0].tasks.clear());
    with("a task twice", &|s| {
        let task = s.option.stations[0].tasks[0];
        s.option.stations.last_mut().unwrap().tasks.push(task);
    });
    with("a station left out", &|s| s.option.stations.truncate(s.option.stations.len() - 1));
    with("an empty station", &|s| {
        let mut more = s.option.stations[0].clone();
        more.tasks.clear();
        s.option.stations.push(more);
    });
    with("the line backwards", &|s| s.option.stations.reverse());
    with("today without a table", &|s| s.stands_at = vec![None; s.option.stations.len()]);
    with("a limit of stations", &|s| s.limits.stations_max = Some(s.option.n_stations() - 1));
    with("a limit of heads", &|s| s.limits.heads_max = Some(s.option.n_heads() - 1));
    with("a limit of chance", &|s| {
        let most = s.overflow.iter().copied().fold(0.0, f64::max);
        if most > 0.02 {
            s.limits.overflow = Some(most - 0.02);
        }
    });
    with("an item", &|s| s.items.clear());
    with("a share", &|s| s.items[0].share += Quantity::from_ticks(1));
    with("people of a site", &|s| s.limits.people_of = Some(Id::from_index(0)));
    all
}
