//! What a piece holds: components, work, value.

use super::{close, tiny, tiny_and};
use crate::{components, cost, effectivity, labour, lag, value};
use model::Ring;
use model::ids::{Component, ItemId, PartId, SiteId, TaskId};
use model::tables::capability::LineType;
use units::{Date, Id, Minutes, Quantity};

const P: fn() -> ItemId = || ItemId::from_index(0);
const S: fn() -> ItemId = || ItemId::from_index(1);

fn used(ring: &Ring, line_type: LineType, day: &str) -> Vec<(Component, Quantity)> {
    components::used(ring, P(), line_type, day.parse::<Date>().unwrap())
}

fn part(at: usize, n: i64) -> (Component, Quantity) {
    (Component::Part(PartId::from_index(at)), Quantity::whole(n))
}

#[test]
fn a_cell_takes_its_bill_a_complete_line_what_is_bought() {
    let ring = tiny();
    assert_eq!(used(&ring, LineType::Cell, "2027-01-04"), [(Component::Item(S()), Quantity::whole(2)), part(0, 3)]);
    // 3 for P and 1 for each of two S.
    assert_eq!(used(&ring, LineType::Complete, "2027-01-04"), [part(0, 5)]);
}

#[test]
fn revisions_change_what_is_taken_from_their_day_on() {
    let ring = tiny_and(|b| {
        b.row("parts", &[("part", &"b"), ("name", &"Part b")]);
        b.row("supply", &[("supply", &"sb"), ("part", &"b"), ("supplier", &"Works"), ("price", &4), ("lead_days", &0)]);
        b.row("revisions", &[("item", &"P"), ("revision", &"R1"), ("effective_from", &"2027-01-01")]);
        b.row("revisions", &[("item", &"P"), ("revision", &"R2"), ("effective_from", &"2027-01-20")]);
        b.row("bom", &[("parent", &"P"), ("component", &"b"), ("quantity", &7), ("revision", &"R2")]);
        // A further S in revision R2 only: a complete line does not make it, it takes it from stock.
        b.row("bom", &[("parent", &"P"), ("component", &"S"), ("quantity", &1), ("revision", &"R2")]);
    });
    assert_eq!(used(&ring, LineType::Cell, "2027-01-19"), [(Component::Item(S()), Quantity::whole(2)), part(0, 3)]);
    assert_eq!(
        used(&ring, LineType::Cell, "2027-01-20"),
        [(Component::Item(S()), Quantity::whole(3)), part(0, 3), part(1, 7)]
    );
    assert_eq!(
        used(&ring, LineType::Complete, "2027-01-20"),
        [(Component::Item(S()), Quantity::whole(1)), part(0, 5), part(1, 7)]
    );
    let name = |day: &str| effectivity::revision_name(&ring, P(), day.parse::<Date>().unwrap());
    assert_eq!(
        [name("2026-12-31"), name("2027-01-01"), name("2027-01-19"), name("2027-02-01")],
        [None, Some("R1"), Some("R1"), Some("R2")]
    );
    // Values stay those of the first day.
    assert!(close(value::of_item(&ring, P()), 7.5));
}

#[test]
fn labour_counts_minutes_times_crew_and_sub_assemblies_on_complete_lines() {
    let ring = tiny();
    assert_eq!(labour::per_piece(&ring, S(), LineType::Cell), Minutes::whole(20));
    assert_eq!(labour::per_piece(&ring, P(), LineType::Cell), Minutes::whole(120));
    assert_eq!(labour::per_piece(&ring, P(), LineType::Complete), Minutes::whole(160));
    let tasks = labour::tasks(&ring, P(), LineType::Complete);
    assert_eq!(tasks.iter().map(|t| labour::minutes(&ring, *t)).collect::<Vec<_>>(), [60, 30, 40].map(Minutes::whole));
    // Task p2 with 10 % of 20 minutes of rework.
    assert!(close(labour::minutes_planned(&ring, tasks[1]), 32.0) && tasks[1].task == TaskId::from_index(1));
}

#[test]
fn value_is_bought_content_at_the_cheapest_source() {
    let ring = tiny_and(|b| {
        b.row(
            "supply",
            &[
                ("supply", &"dear"),
                ("part", &"a"),
                ("supplier", &"Other"),
                ("price", &"1.40"),
                ("freight", &"0.20"),
                ("lead_days", &0),
            ],
        );
    });
    // a costs 1.50 from the first source, 1.60 from the other; P holds 3 a and two S of one a each.
    assert!(close(value::of_item(&ring, S()), 1.5) && close(value::of_item(&ring, P()), 7.5));
    assert!(close(cost::flow::holding(&ring, SiteId::from_index(0), P()), 7.5 * 0.007));
}

#[test]
fn opening_rows_are_due_in_the_period_of_their_day() {
    let ring = tiny_and(|b| {
        for (thing, due) in [("P", "2026-12-01"), ("S", "2027-01-17"), ("a", "2027-02-15")] {
            b.row(
                "opening",
                &[("kind", &"order"), ("place", &"A"), ("thing", &thing), ("quantity", &1), ("due", &due)],
            );
        }
    });
    let due: Vec<_> = lag::opening_stock(&ring, SiteId::from_index(1)).map(|(c, t, _)| (c, t)).collect();
    assert_eq!(due, [(Component::Item(P()), 0), (Component::Item(S()), 1)]);
}
