//! Ordering and stops against amounts worked out by hand.

use crate::on_stop::taken_over;
use crate::ordering::{Position, beyond};
use model::settings::{OnStop, Ordering};

#[test]
fn what_is_missing_is_ordered_again_in_whole_lots() {
    let position = Position { moved: 70_000, expired: 15_000, again: 40_000, lot: 20_000 };
    // 45 pieces are missing: three lots of 20.
    assert_eq!(beyond(Ordering::Replenish, &position), 60_000);
    assert_eq!(beyond(Ordering::Planned, &position), 0);
    assert_eq!(beyond(Ordering::Replenish, &Position { again: 85_000, ..position }), 0);
    assert_eq!(beyond(Ordering::Replenish, &Position { again: 65_000, ..position }), 20_000);
    // Pieces moved away need none of it.
    assert_eq!(beyond(Ordering::Replenish, &Position { moved: -30_000, ..position }), 0);
}

#[test]
fn pieces_of_a_stopped_site_go_to_the_others_by_what_they_plan() {
    assert_eq!(taken_over(OnStop::Move, 10, &[30, 10, 0]), [8, 2, 0]);
    assert_eq!(taken_over(OnStop::Move, 3, &[5, 5, 5]), [1, 1, 1]);
    assert_eq!(taken_over(OnStop::Move, 2, &[5, 5, 5]), [1, 1, 0]);
    assert_eq!(taken_over(OnStop::Move, 7, &[0, 0]), [0, 0]);
    assert_eq!(taken_over(OnStop::Wait, 10, &[30, 10, 0]), [0, 0, 0]);
}
