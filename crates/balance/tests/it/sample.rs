//! The sample ring: the whole product on one line at five takts, and its menus.

use balance::budget::Budget;
use balance::ring::{LayoutOptions, Line, LineRequest, MenuOptions, layout, menus};
use model::Ring;
use model::control::{Control, Effort};
use model::results::Status;
use model::tables::capability::LineType;
use std::path::PathBuf;
use units::Minutes;

pub(crate) fn sample() -> Ring {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/ring");
    ring_io::read_ring(&folder, &ring_io::Limits::default()).ok().unwrap().ring
}

/// The whole product without the flight field, single operators: stations not worse than ranked positional weight
/// and bounds not below the sum bound, for every takt.
#[test]
fn whole_product_without_flight() {
    let ring = sample();
    let request = LineRequest {
        item: ring.settings.product,
        line_type: LineType::Complete,
        without_areas: vec!["flight_accept".to_owned()],
    };
    let line = Line::new(&ring, request).unwrap();
    assert_eq!(line.minutes_sum(), Minutes::whole(1_148));
    let expected = [(45, 29, 26), (60, 21, 20), (90, 14, 13), (120, 10, 10), (180, 7, 7)];
    for (takt, stations, bound) in expected {
        let control = Control::unlimited();
        let options = LayoutOptions::of(Effort::Quick);
        let option = layout(&ring, &line, Minutes::whole(takt), options, &mut Budget::new(&control)).unwrap();
        println!(
            "takt {takt}: {} stations, bound {} ({}), cycle {} planned {}, work {}",
            option.n_stations(),
            option.bound,
            option.proof.word(),
            option.cycle_time,
            option.cycle_time_planned,
            control.work_done()
        );
        assert!(option.n_stations() <= stations, "takt {takt}: {} stations", option.n_stations());
        assert!(option.bound >= bound, "takt {takt}: bound {}", option.bound);
        assert_eq!(option.status, Status::Optimal, "takt {takt}");
        assert!(option.cycle_time <= Minutes::whole(takt));
    }
}

#[test]
fn menus_of_the_sample() {
    let ring = sample();
    let mut control = Control::unlimited();
    let designs = menus(&ring, &MenuOptions::of(Effort::Quick), &mut control).unwrap();
    println!("work {}", control.work_done());
    for design in &designs {
        println!("{} {:?}", ring.items[design.item].key, design.line_type);
        for o in &design.options {
            println!(
                "  takt {} stations {} heads {} cycle {} planned {} bound {} {} {} floor {} cost {}",
                o.takt,
                o.n_stations(),
                o.n_heads(),
                o.cycle_time,
                o.cycle_time_planned,
                o.bound,
                o.proof.word(),
                o.status.word(),
                o.floor_m2,
                o.equipment_cost
            );
        }
    }
    let wanted: std::collections::BTreeSet<_> = ring.capability.iter().map(|c| (c.item, c.line_type)).collect();
    assert_eq!(designs.len(), wanted.len());
    for design in &designs {
        assert!((1..=6).contains(&design.options.len()));
        let falling = design.options.windows(2).all(|w| w[0].cycle_time_planned > w[1].cycle_time_planned);
        assert!(falling, "a menu goes by falling cycle time");
        for option in &design.options {
            super::small::holds(&ring, design, option);
            assert_eq!(option.status, Status::Optimal, "{} at {}", ring.items[design.item].key, option.takt);
        }
    }
    let again = menus(&ring, &MenuOptions::of(Effort::Quick), &mut Control::unlimited()).unwrap();
    assert_eq!(designs, again);
}
