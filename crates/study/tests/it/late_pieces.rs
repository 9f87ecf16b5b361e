//! The chance that a piece is late at a station: what the balancer says against the simulator, task by task.

use crate::common::example;
use balance::budget::Budget;
use balance::ring::{Line, LineRequest, SheetOptions, sheet};
use chance::{Distribution, Source};
use model::Ring;
use model::control::{Control, Effort};
use model::results::{LineSheet, Station};
use model::tables::capability::LineType;
use rules::labour::{self, LineTask};
use simulate::line::{Line as SimulatedLine, LineOptions, Prepared, Station as SimulatedStation, Stop};
use units::Minutes;

/// Pieces through each station; the standard error of a share is below 0.0018.
const PIECES: usize = 80_000;

/// Values of an empirical distribution that stands for a chance: the steepest step between two of them.
const STEPS: usize = 4_000;

/// The tasks of a station one after the other, each as often as a piece needs it, each with its rework, and one piece at
/// a time: the times between departures are the times that pieces take there.
fn simulated(ring: &Ring, tasks: &[LineTask], station: &Station) -> SimulatedLine {
    let mut steps = Vec::new();
    for task in &station.tasks {
        let row = &ring.tasks[*task];
        let of: &LineTask = tasks.iter().find(|t| t.task == *task).unwrap();
        let times = of.pieces.as_f64().round().max(1.0) as u32;
        let minutes = row.minutes.as_f64();
        for _ in 0..times {
            let time = if row.spread > 0.0 && minutes > 0.0 {
                Distribution::log_normal(minutes, row.spread)
            } else {
                Distribution::constant(minutes)
            };
            steps.push(SimulatedStation::single(time.unwrap(), Some(1)));
            let fails = row.first_pass_yield.rest().get();
            if fails > 0.0 {
                let mended = (fails * STEPS as f64).round() as usize;
                let values: Vec<f64> =
                    (0..STEPS).map(|at| if at < mended { row.rework_minutes.as_f64() } else { 0.0 }).collect();
                steps.push(SimulatedStation::single(Distribution::empirical(&values).unwrap(), Some(1)));
            }
        }
    }
    SimulatedLine { conwip: Some(1), ..SimulatedLine::saturated(steps) }
}

/// The share of pieces that take longer than `minutes`.
fn late(line: &SimulatedLine, minutes: f64, index: u32) -> f64 {
    let prepared = Prepared::new(line).unwrap();
    let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(PIECES as u64) };
    let (_, departures) = prepared.trace(&options, Source::new(71, 0), index);
    let ends = departures.last().unwrap();
    assert!(ends.len() >= PIECES);
    let limit = (minutes * line.ticks_per_unit) as u64 + 1;
    let starts = [0].into_iter().chain(ends.iter().copied());
    let over = ends.iter().zip(starts).take(PIECES).filter(|(end, start)| *end - start > limit).count();
    over as f64 / PIECES as f64
}

fn laid_out(ring: &Ring, line_type: LineType, takt: Minutes) -> (LineSheet, Vec<LineTask>) {
    let item = ring.settings.product;
    let request = LineRequest { item, line_type, without_areas: Vec::new() };
    let line = Line::new(ring, request).unwrap();
    let control = Control::unlimited();
    let options = SheetOptions::of(Effort::Quick);
    let found = sheet(ring, &line, takt, &options, &mut Budget::new(&control)).unwrap();
    (found, labour::tasks(ring, item, line_type))
}

/// Stations compared, those late with more than 2 %, and the widest gap.
#[derive(Debug, Default)]
struct Compared {
    stations: usize,
    late: usize,
    widest: f64,
}

impl Compared {
    fn line(&mut self, ring: &Ring, sheet: &LineSheet, tasks: &[LineTask], what: &str) {
        assert_eq!(verify::line_sheet(ring, sheet), []);
        for (at, (station, told)) in sheet.option.stations.iter().zip(&sheet.overflow).enumerate() {
            let line = simulated(ring, tasks, station);
            let is = late(&line, sheet.option.takt.as_f64() * station.copies as f64, at as u32);
            assert!((is - told).abs() < 0.01, "{what}, station {}: told {told:.4}, simulated {is:.4}", at + 1);
            self.stations += 1;
            self.late += usize::from(is > 0.02);
            self.widest = self.widest.max((is - told).abs());
        }
    }
}

#[test]
fn late_pieces_are_those_of_the_simulator_within_a_hundredth() {
    let mut compared = Compared::default();
    let (_, ring) = example("ring");
    for takt in [60, 120] {
        let takt = Minutes::whole(takt);
        let (sheet, tasks) = laid_out(&ring, LineType::Complete, takt);
        compared.line(&ring, &sheet, &tasks, &format!("the sample at {takt}"));
    }
    println!("{compared:?}");
    assert!(compared.stations > 30 && compared.late > 25, "{compared:?}");
}
