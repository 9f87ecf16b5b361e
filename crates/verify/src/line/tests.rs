//! The tiny menus hold; with anything altered they do not; bounds are what can be worked out by hand.

use super::precedence::Order;
use super::subject::Subject;
use super::{bins, line_designs, not_rechecked};
use model::Ring;
use model::ids::TaskId;
use model::results::line_design::Proof;
use model::results::{LineDesign, Status};
use testring::{Builder, Random, tiny, tiny_designs};
use units::{Id, Minutes, Money};

fn ring() -> Ring {
    Ring::build(&tiny()).unwrap()
}

#[test]
fn menus_worked_out_on_paper_hold() {
    let found = line_designs(&ring(), &tiny_designs());
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(not_rechecked(&ring(), &tiny_designs()), 0);
}

#[test]
fn no_number_of_a_menu_can_be_altered() {
    let ring = ring();
    type Change = fn(&mut LineDesign);
    let changes: [(&str, Change); 22] = [
        ("takt", |d| d.options[0].takt = Minutes::from_ticks(d.options[0].takt.ticks() - 1)),
        ("cycle time up", |d| d.options[0].cycle_time += Minutes::from_ticks(1)),
        ("cycle time down", |d| d.options[0].cycle_time -= Minutes::from_ticks(1)),
        ("planned up", |d| d.options[0].cycle_time_planned += Minutes::from_ticks(1)),
        ("planned down", |d| d.options[0].cycle_time_planned -= Minutes::from_ticks(1)),
        ("bound up", |d| d.options[0].bound += 1),
        ("bound down", |d| d.options[0].bound -= 1),
        ("status", |d| d.options[0].status = Status::WorkLimited),
        ("heads up", |d| d.options[0].heads[0].1 += 1),
        ("heads gone", |d| d.options[0].heads.clear()),
        ("equipment", |d| d.options[0].equipment.push((model::ids::EquipmentId::from_index(0), 1))),
        ("equipment cost", |d| d.options[0].equipment_cost += Money::from_ticks(1)),
        ("floor up", |d| d.options[0].floor_m2 += 0.01),
        ("floor down", |d| d.options[0].floor_m2 -= 0.01),
        ("load", |d| d.options[0].stations[0].load += Minutes::from_ticks(1)),
        ("copies", |d| d.options[0].stations[0].copies += 1),
        ("no copy", |d| d.options[0].stations[0].copies = 0),
        ("station heads", |d| d.options[0].stations[0].heads += 1),
        ("skill", |d| d.options[0].stations[0].skill = model::ids::SkillId::from_index(1)),
        ("reasons", |d| d.options[0].stations[0].reasons.clear()),
        ("a task gone", |d| d.options[0].stations[0].tasks.clear()),
        ("a task twice", |d| d.options[0].stations[0].tasks.push(TaskId::from_index(2))),
    ];
    for at in 0..tiny_designs().len() {
        for (name, change) in &changes {
            let mut altered = tiny_designs();
            change(&mut altered[at]);
            assert!(!line_designs(&ring, &altered).is_empty(), "design {at}, {name}");
        }
    }
    let mut reversed = tiny_designs();
    reversed[0].options[0].stations.reverse();
    assert!(!line_designs(&ring, &reversed).is_empty(), "precedence");
    let mut twice = tiny_designs();
    twice.push(tiny_designs()[0].clone());
    assert!(!line_designs(&ring, &twice).is_empty(), "two menus of one line");
    let mut unknown = tiny_designs();
    unknown[0].item = model::ids::ItemId::from_index(9);
    assert!(!line_designs(&ring, &unknown).is_empty(), "no such item");
}

/// A cell of five tasks of 40 min at a takt of 100; `forced` gives the predecessors of each.
fn five(forced: [&str; 5]) -> Ring {
    let mut b = Builder::of(tiny());
    b.row("items", &[("item", &"Q"), ("name", &"Five tasks")]);
    for (at, before) in forced.into_iter().enumerate() {
        b.row(
            "tasks",
            &[
                ("task", &format!("q{at}")),
                ("item", &"Q"),
                ("name", &"Work"),
                ("minutes", &40),
                ("skill", &"w"),
                ("predecessors", &before),
            ],
        );
    }
    b.row("capability", &[("site", &"H"), ("item", &"Q"), ("licence", &"granted"), ("licence_from", &"2026-01-01")]);
    Ring::build(&b.build()).unwrap()
}

/// Tasks q0..q4 in three stations of two, two and one, with a matching proof.
fn three_stations(ring: &Ring, bound: i64, singles: &[usize], blossoms: &[&[usize]]) -> Vec<LineDesign> {
    let q = |at: usize| TaskId::from_index(at + 3);
    let mut design = tiny_designs()[2].clone();
    design.item = model::ids::ItemId::from_index(2);
    let option = &mut design.options[0];
    let one = option.stations[0].clone();
    option.stations = [vec![0, 1], vec![2, 3], vec![4]]
        .iter()
        .map(|tasks| {
            let mut station = one.clone();
            station.tasks = tasks.iter().map(|t| q(*t)).collect();
            station.load = Minutes::whole(40 * tasks.len() as i64);
            station.reasons = tasks.iter().map(|_| "pairs".to_owned()).collect();
            station
        })
        .collect();
    (option.takt, option.cycle_time, option.cycle_time_planned) =
        (Minutes::whole(100), Minutes::whole(80), Minutes::whole(80));
    (option.heads[0].1, option.floor_m2, option.bound) = (3, 36.0, bound);
    option.status = if bound == 3 { Status::Optimal } else { Status::WorkLimited };
    let sets = blossoms.iter().map(|b| b.iter().map(|t| q(*t)).collect()).collect();
    option.proof = Proof::Matching {
        big: (0..5).map(q).collect(),
        singles: singles.iter().map(|t| q(*t)).collect(),
        blossoms: sets,
    };
    assert!(ring.tasks.len() == 8);
    vec![design]
}

#[test]
fn a_matching_proof_is_checked_through_its_cover() {
    let free = five([""; 5]);
    // All pairs may share: one blossom of five covers them, 5 - 2 = 3.
    assert_eq!(line_designs(&free, &three_stations(&free, 3, &[], &[&[0, 1, 2, 3, 4]])), []);
    // A cover that leaves a pair out proves nothing.
    let holes = three_stations(&free, 3, &[0], &[&[1, 2, 3]]);
    let found = line_designs(&free, &holes);
    assert!(found.len() == 1 && found[0].fact.contains("the cover leaves them out"), "{found:#?}");
    // Even sets, doubled tasks and tasks that are not long are no proof.
    assert!(!line_designs(&free, &three_stations(&free, 3, &[], &[&[0, 1, 2, 3]])).is_empty());
    assert!(!line_designs(&free, &three_stations(&free, 3, &[], &[&[0, 1, 2, 3, 4, 4, 4]])).is_empty());
    // Two singles and a set of three cover as well: 5 - 2 - 1 = 2 stations, less than claimed.
    let weak = line_designs(&free, &three_stations(&free, 3, &[0, 1], &[&[2, 3, 4]]));
    assert!(weak.len() == 1 && weak[0].fact.contains("only 2 is proven"), "{weak:#?}");
    assert_eq!(line_designs(&free, &three_stations(&free, 2, &[0, 1], &[&[2, 3, 4]])), []);
}

#[test]
fn tasks_forced_between_two_count_against_their_pair() {
    // q0 before q1 before q2: q0 and q2 cannot share, 40 + 40 + 40 > 100.
    let chain = five(["", "q0", "q1", "", ""]);
    // All pairs but q0-q2: without them the cover {q1} + {q3, q4, x} must still meet q0-q3; leaving only q0-q2 open is fine.
    let designs = three_stations(&chain, 2, &[1, 3], &[&[0, 4, 2]]);
    assert_eq!(line_designs(&chain, &designs), []);
    let open = three_stations(&chain, 1, &[1, 3, 4], &[]);
    assert_eq!(line_designs(&chain, &open), []);
    let free = five([""; 5]);
    assert!(!line_designs(&free, &three_stations(&free, 1, &[1, 3, 4], &[])).is_empty());
}

#[test]
fn bin_bounds_by_hand_and_below_brute_force() {
    // Three of 51 need three stations of 100; three of 34 with two of 67: 2 large each leave 33, so 2 + ceil(3 / 2) = 4.
    assert_eq!(bins::stations(&[51, 51, 51], 100), 3);
    assert_eq!(bins::stations(&[67, 67, 34, 34, 34], 100), 4);
    assert_eq!(bins::stations(&[101], 100), 0);
    let mut r = Random::new(4);
    for _ in 0..300 {
        let takt = r.int(5, 40);
        let times: Vec<i64> = (0..r.int(1, 7)).map(|_| r.int(1, takt)).collect();
        let (bound, least) = (bins::stations(&times, takt), fewest(&times, takt, &mut Vec::new()));
        assert!(bound <= least, "{times:?} at {takt}: {bound} > {least}");
    }
}

/// Fewest bins, by trying everything.
fn fewest(left: &[i64], takt: i64, bins: &mut Vec<i64>) -> i64 {
    let Some((first, rest)) = left.split_first() else { return bins.len() as i64 };
    let mut best = i64::MAX;
    for at in 0..bins.len() {
        if bins[at] + first <= takt {
            bins[at] += first;
            best = best.min(fewest(rest, takt, bins));
            bins[at] -= first;
        }
    }
    bins.push(*first);
    best = best.min(fewest(rest, takt, bins));
    bins.pop();
    best
}

#[test]
fn earliest_and_latest_stations_by_hand_and_below_brute_force() {
    // q0 before q1..q3 before q4, 40 each at 100: two stations up to any of the middle ones, two from it on: 2 + 2 - 1;
    // before q4 all five, three stations.
    let ring = five(["", "q0", "q0", "q0", "q1;q2;q3"]);
    let designs = three_stations(&ring, 2, &[], &[&[0, 1, 2, 3, 4]]);
    let subject = Subject::new(&ring, &designs[0], &designs[0].options[0], 0);
    assert_eq!(Order::new(&subject).stations(&subject), 3);
    // Random orders of five tasks: never more stations than the fewest.
    let mut r = Random::new(11);
    for _ in 0..40 {
        let before: Vec<String> = (0..5)
            .map(|t| (0..t).filter(|_| r.one_in(3)).map(|p| format!("q{p}")).collect::<Vec<_>>().join(";"))
            .collect();
        let ring = five([0, 1, 2, 3, 4].map(|t: usize| before[t].as_str()));
        let mut designs = three_stations(&ring, 2, &[], &[&[0, 1, 2, 3, 4]]);
        designs[0].options[0].takt = Minutes::whole(r.int(40, 130));
        let subject = Subject::new(&ring, &designs[0], &designs[0].options[0], 0);
        let bound = Order::new(&subject).stations(&subject);
        let least = fewest_in_order(&ring, subject.option.takt, &mut Vec::new());
        assert!(bound <= least, "{before:?} at {}: {bound} > {least}", subject.option.takt);
    }
}

/// Fewest stations of q0..q4, trying every order that precedence allows; stations are filled in order.
fn fewest_in_order(ring: &Ring, takt: Minutes, done: &mut Vec<TaskId>) -> i64 {
    let q: Vec<TaskId> = (3..8).map(TaskId::from_index).collect();
    if done.len() == q.len() {
        let (mut stations, mut room) = (0, Minutes::ZERO);
        for task in done.iter() {
            let minutes = ring.tasks[*task].minutes;
            if minutes > room {
                stations += 1;
                room = takt;
            }
            room -= minutes;
        }
        return stations;
    }
    let mut best = i64::MAX;
    for task in q {
        if !done.contains(&task) && ring.tasks[task].predecessors.iter().all(|p| done.contains(p)) {
            done.push(task);
            best = best.min(fewest_in_order(ring, takt, done));
            done.pop();
        }
    }
    best
}
