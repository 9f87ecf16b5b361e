//! One line in full: what is proven, a yamazumi, stations, moves, people, shifts, phases, reasons.

use balance::ring::shifts;
use model::Ring;
use model::ids::TaskId;
use model::results::{LineSheet, Station};
use rules::labour;
use units::Money;

use crate::columns::Columns;
use crate::commands::balance::Told;
use crate::show::lines::{balance, stations};
use crate::show::{WIDTH, count, percent, wrap};

/// Everything told of a line.
pub(crate) fn text(ring: &Ring, told: &Told) -> String {
    let sheet = &told.sheet;
    let mut text = heading(ring, sheet);
    text.push_str(&format!("\nWhat was made small\n{}", aims(ring, sheet)));
    text.push_str(&format!("\nYamazumi: minutes per copy against the takt\n{}", yamazumi(ring, sheet)));
    text.push_str(&format!("\nStations\n{}", stations(ring, &sheet.option)));
    if !sheet.overflow.is_empty() || sheet.items.len() > 1 || !sheet.stands_at.is_empty() {
        text.push_str(&format!("\nStation by station\n{}", by_station(ring, sheet)));
    }
    if !sheet.moved.is_empty() {
        let keys: Vec<&str> = sheet.moved.iter().map(|t| ring.tasks[*t].key.as_str()).collect();
        text.push_str(&format!("\nMoved from where they stand today\n{}", wrap(&keys.join(" "), 2)));
    }
    if !sheet.people.is_empty() {
        text.push_str(&format!("\nPeople\n{}", people(ring, sheet)));
    }
    let all = shifts(ring, sheet);
    if !all.is_empty() {
        let mut table = Columns::new(&["site", "shift", "minutes", "heads", "pieces", "busy"]);
        for s in &all {
            let (site, shift) = (&ring.sites[s.site].key, &ring.calendar_entries[s.shift].entry);
            let (minutes, pieces) = (format!("{:.0}", s.minutes.as_f64()), format!("{:.2}", s.pieces));
            table.row([site.clone(), shift.clone(), minutes, s.heads.to_string(), pieces, percent(s.utilisation)]);
        }
        text.push_str(&format!("\nShift by shift, at maturity\n{}", table.text(2, WIDTH)));
    }
    if !told.frontier.is_empty() {
        let mut table = Columns::new(&["stations", "fewest moves", "proven"]);
        for f in &told.frontier {
            table.row([f.stations.to_string(), f.moves.to_string(), yes(f.is_proven)]);
        }
        text.push_str(&format!("\nStations against moves\n{}", table.text(2, WIDTH)));
    }
    if !told.phases.is_empty() {
        text.push_str(&format!("\nPhases of the ramp\n{}", phases(told)));
    }
    for (task, elsewhere) in &told.why {
        text.push_str(&format!("\nWhy `{}` stands where it stands\n", ring.tasks[*task].key));
        text.push_str(&reasons(sheet, *task, elsewhere));
    }
    text
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn heading(ring: &Ring, sheet: &LineSheet) -> String {
    let name = |i: &model::results::SharedItem| {
        let key = &ring.items[i.item].key;
        if sheet.items.len() > 1 { format!("{key} ({})", percent(i.share.as_f64())) } else { key.clone() }
    };
    let names: Vec<String> = sheet.items.iter().map(name).collect();
    let option = &sheet.option;
    wrap(
        &format!(
            "{} at a takt of {} min: {}, at least {} ({}), {}, cycle time {} min, balance {}",
            names.join(", "),
            option.takt,
            count(usize::try_from(option.n_stations()).unwrap_or(0), "station"),
            option.bound,
            if option.n_stations() == option.bound { option.proof.word() } else { "open" },
            count(usize::try_from(option.n_heads()).unwrap_or(0), "head"),
            option.cycle_time,
            percent(balance(option)),
        ),
        0,
    )
}

fn aims(ring: &Ring, sheet: &LineSheet) -> String {
    let mut table = Columns::new(&["aim", "value", "proven least, given those above"]);
    for aim in &sheet.aims {
        let value = match aim.name {
            "equipment" => format!("{} {}", Money::from_ticks(aim.value as i64), ring.settings.currency),
            "evenness" => format!("{:.2} min off the mean load", deviation(sheet)),
            _ => aim.value.to_string(),
        };
        table.row([aim.name.to_owned(), value, yes(aim.is_proven)]);
    }
    table.text(2, WIDTH)
}

/// Standard deviation of loads per copy, minutes.
fn deviation(sheet: &LineSheet) -> f64 {
    let all = &sheet.option.stations;
    let copies: f64 = all.iter().map(|s| s.copies as f64).sum();
    let mean = all.iter().map(|s| s.load.as_f64()).sum::<f64>() / copies.max(1.0);
    let squares: f64 = all
        .iter()
        .map(|s| {
            let off = s.load.as_f64() / s.copies as f64 - mean;
            off * off * s.copies as f64
        })
        .sum();
    (squares / copies.max(1.0)).sqrt()
}

/// A bar per station: a sign for each fiftieth of the takt, `#` and `=` in turn for one task after the other; `|` is the
/// takt.
fn yamazumi(ring: &Ring, sheet: &LineSheet) -> String {
    const BAR: f64 = 50.0;
    let mut text = String::new();
    for (at, station) in sheet.option.stations.iter().enumerate() {
        let room = sheet.option.takt.as_f64() * station.copies as f64;
        let minutes = task_minutes(ring, sheet, station);
        let mut bar = String::new();
        let mut load = 0.0;
        for (number, minutes) in minutes.into_iter().enumerate() {
            load += minutes;
            let filled = (BAR * load / room).round().clamp(0.0, BAR) as usize;
            let sign = if number % 2 == 0 { "#" } else { "=" };
            bar.push_str(&sign.repeat(filled.saturating_sub(bar.len())));
        }
        let copies = if station.copies > 1 { format!(" x{}", station.copies) } else { String::new() };
        let load = station.load.as_f64() / station.copies as f64;
        text.push_str(&format!("  {:>4}  {bar:<50}| {load:.1}{copies}\n", at + 1));
    }
    text
}

/// Minutes of each task of a station for one piece of the line, in their order.
fn task_minutes(ring: &Ring, sheet: &LineSheet, station: &Station) -> Vec<f64> {
    let all = labour::tasks_shared(ring, &sheet.items);
    let minutes = |id: &TaskId| all.iter().find(|t| t.task == *id).map_or(0.0, |t| labour::minutes(ring, *t).as_f64());
    station.tasks.iter().map(minutes).collect()
}

fn by_station(ring: &Ring, sheet: &LineSheet) -> String {
    let mut heads = vec!["station".to_owned()];
    heads.extend((!sheet.overflow.is_empty()).then(|| "late".to_owned()));
    heads.extend((!sheet.stands_at.is_empty()).then(|| "stands at".to_owned()));
    if sheet.items.len() > 1 {
        heads.extend(sheet.items.iter().map(|i| format!("{} min", ring.items[i.item].key)));
    }
    let mut table = Columns::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for at in 0..sheet.option.stations.len() {
        let mut row = vec![(at + 1).to_string()];
        row.extend(sheet.overflow.get(at).map(|late| percent(*late)));
        row.extend(sheet.stands_at.get(at).map(|s| s.map_or("new".to_owned(), |s| s.to_string())));
        if sheet.items.len() > 1 {
            row.extend(sheet.minutes_of[at].iter().map(|m| format!("{:.1}", m.as_f64())));
        }
        table.row(row);
    }
    table.text(2, WIDTH)
}

fn people(ring: &Ring, sheet: &LineSheet) -> String {
    let mut table = Columns::new(&["station", "people"]);
    for (at, all) in sheet.people.iter().enumerate() {
        let keys: Vec<&str> = all.iter().map(|p| ring.people[*p].key.as_str()).collect();
        table.row([(at + 1).to_string(), keys.join(" ")]);
    }
    table.text(2, WIDTH)
}

fn phases(told: &Told) -> String {
    let mut table = Columns::new(&["from piece", "minutes x", "mature takt", "stations", "heads", "moves", "fewest"]);
    for p in &told.phases {
        let option = &p.sheet.option;
        table.row([
            p.from_piece.to_string(),
            format!("{:.2}", p.factor),
            format!("{:.1}", p.takt.as_f64()),
            option.n_stations().to_string(),
            option.n_heads().to_string(),
            p.moves.to_string(),
            yes(p.is_proven),
        ]);
    }
    table.text(2, WIDTH)
}

fn reasons(sheet: &LineSheet, task: TaskId, elsewhere: &[balance::ring::Elsewhere]) -> String {
    let mut stations = sheet.option.stations.iter().enumerate();
    let Some((at, station)) = stations.find(|(_, s)| s.tasks.contains(&task)) else {
        return "  It is not on this line.\n".to_owned();
    };
    let here = station.tasks.iter().position(|t| *t == task).and_then(|n| station.reasons.get(n));
    let mut table = Columns::new(&["station", "because"]);
    let own = (at + 1, here.map_or("here".to_owned(), |why| format!("here; {why}")));
    let mut rows: Vec<(usize, String)> = elsewhere.iter().map(|e| (e.station, e.against.clone())).collect();
    rows.push(own);
    rows.sort_unstable();
    for (station, why) in rows {
        table.row([station.to_string(), why]);
    }
    table.text(2, WIDTH)
}
