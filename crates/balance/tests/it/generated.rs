//! Generated rings: every menu passes the verifier, and an altered one does not.

use balance::ring::{MenuOptions, menus};
use model::Ring;
use model::control::{Control, Effort};
use units::Minutes;

#[test]
fn menus_of_generated_rings_hold() {
    let mut altered = 0;
    for seed in 0..60 {
        let ring = Ring::build(&testring::generate(seed, &testring::Shape::small())).unwrap();
        let designs = menus(&ring, &MenuOptions::of(Effort::Quick), &mut Control::unlimited()).unwrap();
        assert_eq!(verify::line_designs(&ring, &designs), [], "seed {seed}");
        let mut wrong = designs.clone();
        wrong[0].options[0].cycle_time_planned += Minutes::from_ticks(1);
        assert_ne!(verify::line_designs(&ring, &wrong), [], "seed {seed}");
        wrong = designs.clone();
        let option = wrong[0].options.last_mut().unwrap();
        if option.stations.len() > 1 {
            let moved = option.stations[0].tasks.remove(0);
            option.stations[1].tasks.push(moved);
            assert_ne!(verify::line_designs(&ring, &wrong), [], "seed {seed}");
            altered += 1;
        }
    }
    assert!(altered > 10, "only {altered} rings had a line of two stations");
}

#[test]
fn menus_of_the_sample_hold() {
    let ring = super::sample::sample();
    let designs = menus(&ring, &MenuOptions::of(Effort::Quick), &mut Control::unlimited()).unwrap();
    assert_eq!(verify::line_designs(&ring, &designs), []);
}
