//! People: how many a line needs, from when, and the ways to train them.

use super::{close, tiny, tiny_and, tiny_with};
use crate::calendar::WorkTime;
use crate::training::{self, Start, Way};
use crate::{cost, people};
use model::ids::{SiteId, SkillId};
use model::results::programme::Trained;
use testring::tiny_designs;
use units::{Id, Money};

const W: fn() -> SkillId = || SkillId::from_index(0);
const H: fn() -> SiteId = || SiteId::from_index(0);
const A: fn() -> SiteId = || SiteId::from_index(1);

#[test]
fn absence_and_crews_are_covered() {
    let option = &tiny_designs()[0].options[0];
    // Three heads, 10 % absent: 3 / 0.9 = 3.33.
    assert_eq!(people::of_line(&tiny(), A(), option), [(W(), 4)]);
    // Exactly whole stays whole: 3 / 0.75 = 4.
    assert_eq!(people::of_line(&tiny_with(&[("workforce/w/absence", "0.25")]), A(), option), [(W(), 4)]);
    let two = tiny_and(|b| {
        b.row(
            "calendars",
            &[
                ("calendar", &"day"),
                ("entry", &"late"),
                ("kind", &"shift"),
                ("days", &"mon-fri"),
                ("start", &"14:00"),
                ("minutes", &480),
            ],
        );
    });
    assert_eq!(people::of_line(&two, A(), option), [(W(), 7)]);
    // Paid for half the scheduled time each: 4800 / 2 / 60 = 40 hours.
    assert!(close(cost::people::wages(&two, &WorkTime::new(&two), A(), W(), 0), 400.0));
}

#[test]
fn people_are_due_before_the_first_piece() {
    let due = |days: &str, first| people::due(&tiny_with(&[("ring/policy.wages_until_line_days", days)]), first);
    assert_eq!([due("0", 3), due("7", 3), due("8", 3), due("100", 3)], [3, 2, 1, 0]);
}

#[test]
fn ways_exist_when_they_take_time_or_none_does() {
    let ways = |home: &str, site: &str| {
        let ring = tiny_with(&[("workforce/w/train_home_periods", home), ("workforce/w/train_site_periods", site)]);
        (training::ways(&ring.skills[W()]), training::cheapest(&ring.skills[W()]))
    };
    let home = |periods| Way { trained: Trained::Home, periods, cost: Money::whole(300) };
    let site = |periods| Way { trained: Trained::Site, periods, cost: Money::whole(100) };
    assert_eq!(ways("1", "2"), (vec![home(1), site(2)], site(2)));
    assert_eq!(ways("1", "0"), (vec![home(1)], home(1)));
    assert_eq!(ways("0", "2"), (vec![site(2)], site(2)));
    assert_eq!(ways("0", "0"), (vec![site(0)], site(0)));
}

#[test]
fn hiring_and_training_end_when_people_are_ready() {
    let ring = tiny();
    let (skill, ways) = (&ring.skills[W()], training::ways(&ring.skills[W()]));
    assert_eq!(training::start(skill, ways[0], 3), Some(Start { hire_from: 1, train_from: 2 }));
    assert_eq!(training::start(skill, ways[1], 3), Some(Start { hire_from: 0, train_from: 1 }));
    assert_eq!(training::start(skill, ways[1], 2), None);
}

#[test]
fn trainees_take_places_at_home_or_on_site() {
    let ring = tiny();
    let takes = |site, trained| {
        (training::takes_home_place(&ring, site, trained), training::takes_site_place(&ring, site, trained))
    };
    assert_eq!(takes(A(), Trained::Home), (true, false));
    assert_eq!(takes(A(), Trained::Site), (false, true));
    assert_eq!(takes(H(), Trained::Home), (false, true));
    assert_eq!(takes(H(), Trained::Site), (false, true));
    assert_eq!(takes(H(), Trained::Already), (false, false));
}

#[test]
fn those_already_there_are_counted_and_named() {
    let ring = tiny_and(|b| {
        b.row("people", &[("person", &"n1"), ("site", &"A"), ("skills", &"w")]);
        b.row("people", &[("person", &"n2"), ("site", &"A"), ("skills", &"w"), ("from", &"2027-01-12")]);
    });
    assert_eq!((people::opening(&ring, H(), W()), people::opening(&ring, A(), W())), (3, 0));
    let named: Vec<usize> = (0..4).map(|t| people::named(&ring, A(), t).count()).collect();
    assert_eq!(named, [1, 1, 2, 2]);
}

#[test]
fn one_in_a_hundred_leaves_in_a_period() {
    // 0.521428571 x 7 / 365 = 0.01: hiring 200, training on site 100.
    let ring = tiny();
    assert!((cost::people::replacement_hiring(&ring, W()) - 2.0).abs() < 1e-6);
    assert!((cost::people::replacement_training(&ring, W()) - 1.0).abs() < 1e-6);
}
