//! The file of a plain line: `cases/lines/README.md` says what may stand in it.

use chance::Distribution;
use diag::Diagnostic;
use ring_io::Sources;
use simulate::line::{Arrivals, Blocking, Breakdown, BreakdownClock, Line, Shifts, Station, Stoppage, Supply};
use toml::de::DeTable;

use super::line_read::{NOT_A_LINE, Reader, Value};
use crate::exit::Failure;

/// Stations in all.
const STATIONS_MAX: u32 = 10_000;
/// Servers of a station, and places of a buffer.
const PLACES_MAX: u32 = 100_000;
const KEYS_OF_TIME: [&str; 8] = ["time", "mean", "cv", "low", "mode", "high", "shape", "values"];

/// A line as written, and its name.
pub(super) struct LineFile {
    pub(super) name: String,
    pub(super) line: Line,
}

/// Reads the text of a file.
///
/// # Errors
/// The first of the faults, with its place; the others stand below it.
pub(super) fn read(file: &str, text: &str) -> Result<LineFile, Failure> {
    let mut reader = Reader { file, faults: Vec::new() };
    let read = match DeTable::parse(text) {
        Ok(document) => top(&mut reader, document.get_ref()),
        Err(error) => {
            let fact = format!("the file is not well formed: {}", error.message().trim());
            reader.fault(fact, "see cases/lines for lines to start from", error.span().unwrap_or(0..1));
            None
        }
    };
    match read {
        Some(found) if reader.faults.is_empty() => Ok(found),
        _ => {
            let none = || Diagnostic::error(NOT_A_LINE, "the file holds no line", "see cases/lines");
            let first = reader.faults.into_iter().next().unwrap_or_else(none);
            Err(Failure::Told(Box::new(Sources::of(file, text).locate_all(first))))
        }
    }
}

fn top(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Option<LineFile> {
    let known = [
        "name",
        "blocking",
        "ticks_per_unit",
        "stations",
        "arrivals",
        "population",
        "shifts",
        "closed",
        "stops",
        "conwip",
        "expect",
    ];
    reader.only(table, &known);
    let mut spans = Vec::new();
    let mut stations = Vec::new();
    for row in table.get("stations").and_then(|value| reader.list(value)).unwrap_or_default() {
        let (station, count) = station(reader, row)?;
        for _ in 0..count {
            stations.push(station.clone());
            spans.push(row.span());
        }
    }
    if stations.len() > STATIONS_MAX as usize {
        reader.fault(format!("more than {STATIONS_MAX} stations"), "split the line", spans[0].clone());
        return None;
    }
    let mut line = Line::saturated(stations);
    if let Some(value) = table.get("ticks_per_unit") {
        line.ticks_per_unit = reader.number(value, 1.0)?;
    }
    if let Some(value) = table.get("blocking") {
        line.blocking = match reader.text(value)? {
            "after" => Blocking::AfterService,
            "before" => Blocking::BeforeService,
            _ => {
                reader.fault("no such blocking", "write \"after\" or \"before\" (service)", value.span());
                return None;
            }
        };
    }
    if let Some(value) = table.get("arrivals") {
        let between = time_in(reader, value)?;
        line.arrivals = match table.get("population") {
            None => Arrivals::Renewal(between),
            Some(n) => Arrivals::Finite { population: reader.count(n, (1, PLACES_MAX))?, away: between },
        };
    }
    if let Some(value) = table.get("shifts") {
        let shifts = reader.table(value)?;
        reader.only(shifts, &["cycle", "open"]);
        let (Some(cycle), Some(open)) = (shifts.get("cycle"), shifts.get("open")) else {
            reader.fault(
                "shifts need a cycle and open windows",
                "shifts = { cycle = 1440, open = [[360, 840]] }",
                value.span(),
            );
            return None;
        };
        line.shifts = Some(Shifts { cycle: reader.number(cycle, 0.0)?, open: reader.windows(open)? });
    }
    if let Some(value) = table.get("closed") {
        line.closed = reader.windows(value)?;
    }
    for value in table.get("stops").and_then(|value| reader.list(value)).unwrap_or_default() {
        let (open, closed) = two_times(reader, value, ("open", "closed"))?;
        line.stops.push(Stoppage { open, closed });
    }
    if let Some(value) = table.get("conwip") {
        line.conwip = Some(reader.count(value, (0, PLACES_MAX))?);
    }
    for fault in line.faults() {
        let span = fault.station.and_then(|j| spans.get(j).cloned()).unwrap_or(0..1);
        reader.fault(fault.fact, "mend the line; cases/lines/README.md says what each value means", span);
    }
    let name = match table.get("name") {
        Some(value) => reader.text(value)?.to_owned(),
        None => "line".to_owned(),
    };
    Some(LineFile { name, line })
}

/// A row of `stations`, and how many of them stand in a row.
fn station(reader: &mut Reader<'_>, row: &Value<'_>) -> Option<(Station, u32)> {
    let table = reader.table(row)?;
    let own = ["buffer", "servers", "count", "factors", "breakdown", "supply"];
    reader.only(table, &[&KEYS_OF_TIME[..], &own].concat());
    let mut made = Station::single(time(reader, table, row)?, None);
    if let Some(value) = table.get("buffer") {
        made.buffer = Some(reader.count(value, (0, PLACES_MAX))?);
    }
    if let Some(value) = table.get("servers") {
        made.servers = reader.count(value, (1, PLACES_MAX))?;
    }
    if let Some(value) = table.get("factors") {
        made.factors = reader.numbers(value)?;
    }
    if let Some(value) = table.get("breakdown") {
        let inner = reader.table(value)?;
        let clock = match inner.get("clock").and_then(|clock| reader.text(clock)) {
            Some("working") => BreakdownClock::Operation,
            Some("calendar") => BreakdownClock::Time,
            _ => {
                reader.fault("a breakdown needs its clock", "clock = \"working\" or \"calendar\"", value.span());
                return None;
            }
        };
        reader.only(inner, &["clock", "up", "down"]);
        let (up, down) = two_times(reader, value, ("up", "down"))?;
        made.breakdown = Some(Breakdown { clock, up, down });
    }
    if let Some(value) = table.get("supply") {
        let inner = reader.table(value)?;
        reader.only(inner, &["stock", "lead", "lot", "between"]);
        made.supply = match (inner.get("stock"), inner.get("lead"), inner.get("lot"), inner.get("between")) {
            (Some(stock), Some(lead), None, None) => {
                Some(Supply::BaseStock { stock: reader.count(stock, (0, PLACES_MAX))?, lead: time_in(reader, lead)? })
            }
            (None, None, Some(lot), Some(between)) => {
                let lot = reader.count(lot, (0, PLACES_MAX))?;
                Some(Supply::Deliveries { lot, between: time_in(reader, between)? })
            }
            _ => {
                reader.fault(
                    "kits come from a base stock or in lots",
                    "give stock and lead, or lot and between",
                    value.span(),
                );
                return None;
            }
        };
    }
    let count = match table.get("count") {
        Some(value) => reader.count(value, (1, STATIONS_MAX))?,
        None => 1,
    };
    Some((made, count))
}

fn two_times(reader: &mut Reader<'_>, value: &Value<'_>, keys: (&str, &str)) -> Option<(Distribution, Distribution)> {
    let table = reader.table(value)?;
    let (Some(first), Some(second)) = (table.get(keys.0), table.get(keys.1)) else {
        reader.fault(format!("`{}` and `{}` are needed", keys.0, keys.1), "give both as times", value.span());
        return None;
    };
    Some((time_in(reader, first)?, time_in(reader, second)?))
}

/// A time written as a table of its own.
fn time_in(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Distribution> {
    let table = reader.table(value)?;
    reader.only(table, &KEYS_OF_TIME);
    time(reader, table, value)
}

/// The distribution that a table's keys name.
fn time(reader: &mut Reader<'_>, table: &DeTable<'_>, whole: &Value<'_>) -> Option<Distribution> {
    let mut of = |key: &str| match table.get(key) {
        Some(value) => reader.number(value, 0.0),
        None => {
            reader.fault(format!("`{key}` is missing"), "each kind of time needs its own values", whole.span());
            None
        }
    };
    let made = match table.get("time").map(|v| v.get_ref().as_str().unwrap_or_default()) {
        None | Some("constant") => Distribution::constant(of("mean")?),
        Some("exponential") => Distribution::exponential(of("mean")?),
        Some("log-normal") => Distribution::log_normal(of("mean")?, of("cv")?),
        Some("gamma") => Distribution::gamma(of("mean")?, of("cv")?),
        Some("weibull") => Distribution::weibull(of("shape")?, of("mean")?),
        Some("uniform") => Distribution::uniform(of("low")?, of("high")?),
        Some("triangular") => Distribution::triangular(of("low")?, of("mode")?, of("high")?),
        Some("pert") => Distribution::pert(of("low")?, of("mode")?, of("high")?),
        Some("measured") => {
            let values = table.get("values").and_then(|value| reader.numbers(value)).unwrap_or_default();
            Distribution::empirical(&values)
        }
        Some(other) => {
            let kinds = "constant, exponential, log-normal, gamma, weibull, uniform, triangular, pert or measured";
            reader.fault(
                format!("no time is called `{}`", other.escape_debug()),
                &format!("write {kinds}"),
                whole.span(),
            );
            return None;
        }
    };
    match made {
        Ok(distribution) => Some(distribution),
        Err(error) => {
            reader.fault(error.to_string(), "mend the values of this time", whole.span());
            None
        }
    }
}
