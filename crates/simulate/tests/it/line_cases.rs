//! The plain lines of `cases/lines`: each is read, run, and compared with the answer it states.

use chance::stats::Welford;
use chance::{Distribution, Source};
use simulate::line::{Blocking, Line, LineOptions, LineRun, Station, Stop, replicate_line};
use toml::Table;

fn number(table: &Table, key: &str) -> Option<f64> {
    let value = table.get(key)?;
    value.as_float().or_else(|| value.as_integer().map(|i| i as f64))
}

fn station(table: &Table) -> Station {
    let mean = number(table, "mean").expect("a mean");
    let time = match table["time"].as_str() {
        Some("exponential") => Distribution::exponential(mean),
        Some("constant") => Distribution::constant(mean),
        Some("log-normal") => Distribution::log_normal(mean, number(table, "cv").expect("a cv")),
        other => panic!("no time {other:?}"),
    };
    let servers = number(table, "servers").unwrap_or(1.0) as u32;
    let buffer = number(table, "buffer").map(|b| b as u32);
    Station { servers, ..Station::single(time.unwrap(), buffer) }
}

fn line(table: &Table) -> Line {
    let rows = table["stations"].as_array().expect("stations");
    let stations = rows.iter().map(|row| row.as_table().expect("a table")).flat_map(|row| {
        let count = number(row, "count").unwrap_or(1.0) as usize;
        std::iter::repeat_n(station(row), count)
    });
    Line {
        blocking: match table["blocking"].as_str() {
            Some("after") => Blocking::AfterService,
            Some("before") => Blocking::BeforeService,
            other => panic!("no blocking {other:?}"),
        },
        ticks_per_unit: number(table, "ticks_per_unit").expect("ticks per unit"),
        ..Line::saturated(stations.collect())
    }
}

#[test]
fn every_case_gives_the_answer_it_states() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/lines");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(files.len() >= 4);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let table: Table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let line = line(&table);
        let options = LineOptions { warm_up: 500.0, stop: Stop::Time(5_000.0) };
        let runs = replicate_line(&line, &options, Source::new(1, 0), 12, 2).unwrap();
        let sample: Welford = runs.iter().map(LineRun::throughput).collect();
        assert!(sample.mean() > 0.0, "{}", file.display());
        let Some(expected) = table.get("expect").and_then(|e| number(e.as_table()?, "throughput")) else {
            continue;
        };
        let off = (sample.mean() - expected).abs();
        assert!(off <= 4.0 * sample.standard_error() + 1e-3 * expected, "{}: {}", file.display(), sample.mean());
    }
}
