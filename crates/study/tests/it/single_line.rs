//! The whole product of the sample ring on one line: stations against the known targets.

use crate::common::example;
use balance::ring::{Line, LineRequest, MenuOptions, menu};
use model::control::{Control, Effort};
use model::tables::capability::LineType;
use rules::calendar::WorkTime;
use units::Minutes;

/// Takt, stations of ranked positional weights, least bound asked for.
const TARGETS: [(i64, i64, i64); 5] = [(45, 29, 26), (60, 21, 20), (90, 14, 13), (120, 10, 10), (180, 7, 7)];

#[test]
fn stations_and_bounds_are_not_worse_than_the_targets() {
    let (_, ring) = example("ring");
    let request = LineRequest {
        item: ring.settings.product,
        line_type: LineType::Complete,
        without_areas: vec!["flight_accept".to_owned()],
    };
    let line = Line::new(&ring, request).unwrap();
    assert_eq!(line.minutes_sum(), Minutes::whole(1148));
    let time = WorkTime::new(&ring);
    for (takt, most, least) in TARGETS {
        let options = MenuOptions { takts: Some(vec![Minutes::whole(takt)]), ..MenuOptions::of(Effort::Quick) };
        let design = menu(&ring, &line, &time, &options, &mut Control::unlimited()).unwrap();
        let option = &design.options[0];
        assert!(option.n_stations() <= most, "takt {takt}: {} stations, target {most}", option.n_stations());
        assert!(option.bound >= least, "takt {takt}: bound {}, target {least}", option.bound);
        assert!(option.cycle_time <= Minutes::whole(takt));
    }
}
