//! Dates of sites, lines, exercises and support.

use super::{tiny, tiny_with};
use crate::exercise::{self, split};
use crate::first_article::{Phase, phase};
use crate::line::{self, Timing, may_open, site_ready};
use crate::{licence, support};
use model::ids::{CapabilityId, ExerciseId, SiteId};
use proptest::prelude::*;
use testring::tiny_designs;
use units::Id;

fn timing(changes: &[(&str, &str)], ordered: usize) -> Option<Timing> {
    let ring = tiny_with(changes);
    line::timing(&ring, CapabilityId::from_index(1), &tiny_designs()[0].options[0], ordered)
}

fn at(first_piece: usize, output_from: usize) -> Option<Timing> {
    Some(Timing { first_piece, output_from })
}

#[test]
fn the_longest_of_lead_equipment_and_licence_counts() {
    // The jig takes 14 days, the site 7; the first article 3 days, one period.
    assert_eq!(timing(&[], 1), at(3, 4));
    assert_eq!(timing(&[("capability/A:P:/open_days", "15")], 1), at(4, 5));
    assert_eq!(timing(&[("capability/A:P:/licence_from", "2027-02-02")], 1), at(5, 6));
    assert_eq!(timing(&[("capability/A:P:/licence_from", "2029-01-01")], 0), at(104, 105));
    assert_eq!(timing(&[("capability/A:P:/first_article_days", "0")], 0), at(2, 2));
    assert_eq!(timing(&[("capability/A:P:/licence", "none")], 0), None);
    assert_eq!(timing(&[("capability/A:P:/licence", "pending"), ("capability/A:P:/licence_from", "")], 0), None);
}

#[test]
fn a_licence_counts_from_the_first_period_that_starts_with_it() {
    let from = |day: &str| {
        licence::first_period(&tiny_with(&[("capability/A:P:/licence_from", day)]), CapabilityId::from_index(1))
    };
    assert_eq!(
        [from("2026-05-01"), from("2027-01-04"), from("2027-01-05"), from("2027-01-11")],
        [Some(0), Some(0), Some(1), Some(1)]
    );
}

#[test]
fn sites_open_in_periods_of_decision_and_not_too_early() {
    let ring = tiny_with(&[("ring/policy.open_every_periods", "2"), ("sites/A/open_from", "2027-01-06")]);
    let site = SiteId::from_index(1);
    let open: Vec<bool> = (0..7).map(|t| may_open(&ring, site, t)).collect();
    assert_eq!(open, [false, false, true, false, true, false, false]);
    assert_eq!((site_ready(&ring, site, 2), site_ready(&tiny_with(&[("sites/A/open_days", "8")]), site, 0)), (3, 2));
}

#[test]
fn a_line_is_set_up_then_makes_first_articles_then_counts() {
    let timing = Timing { first_piece: 2, output_from: 4 };
    let phases: Vec<Phase> = (0..6).map(|t| phase(timing, t)).collect();
    assert_eq!(
        phases,
        [Phase::SetUp, Phase::SetUp, Phase::FirstArticle, Phase::FirstArticle, Phase::Output, Phase::Output]
    );
    let hours: Vec<f64> = (0..6).map(|t| support::hours(&tiny(), SiteId::from_index(1), 3, t)).collect();
    assert_eq!(hours, [0.0, 0.0, 0.0, 10.0, 10.0, 0.0]);
    assert_eq!(support::hours(&tiny(), SiteId::from_index(0), 3, 3), 0.0);
}

#[test]
fn exercises_draw_and_return_within_the_horizon() {
    let of = |start: &str| exercise::timing(&tiny_with(&[("exercises/x/start", start)]), ExerciseId::from_index(0));
    let show = |t: exercise::Timing| (t.draw, t.back, t.repaired);
    assert_eq!(show(of("2027-02-01")), (Some(4), Some(5), None));
    assert_eq!(show(of("2027-01-10")), (Some(0), Some(1), Some(2)));
    assert_eq!(show(of("2027-01-03")), (None, None, None));
    assert_eq!(show(of("2027-02-15")), (None, None, None));
}

#[test]
fn whole_units_drawn_are_split_by_largest_remainder() {
    let ring = tiny();
    let row = &ring.exercises[ExerciseId::from_index(0)];
    // Shares 0.5, 0.25, 0.25.
    assert_eq!(split(row, 4), [2, 1, 1]);
    assert_eq!(split(row, 2), [1, 1, 0]);
    assert_eq!(split(row, 3), [1, 1, 1]);
    assert_eq!(split(row, 0), [0, 0, 0]);
}

proptest! {
    #[test]
    fn a_split_loses_and_invents_nothing(drawn in 0i64..200) {
        let ring = tiny();
        let row = &ring.exercises[ExerciseId::from_index(0)];
        let parts = split(row, drawn);
        prop_assert_eq!(parts.iter().sum::<i64>(), drawn);
        for (part, share) in parts.iter().zip([0.5, 0.25, 0.25]) {
            prop_assert!((*part as f64 - share * drawn as f64).abs() < 1.0);
        }
    }
}
