//! Line designs as text: a table of layouts per line.

use model::Ring;
use model::results::{LineDesign, LineOption, Status};
use model::tables::capability::LineType;

use crate::columns::Columns;
use crate::show::{WIDTH, wrap};

/// All menus, one below the other.
pub(crate) fn menus(ring: &Ring, designs: &[LineDesign]) -> String {
    let one = |design: &LineDesign| format!("{}{}", heading(ring, design), table(design).text(2, WIDTH));
    designs.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What a line makes, and how much of it.
fn heading(ring: &Ring, design: &LineDesign) -> String {
    let item = &ring.items[design.item];
    let what = match design.line_type {
        LineType::Cell => "own tasks",
        LineType::Complete => "complete, sub-assemblies included",
    };
    wrap(&format!("{}, {}: {what}", item.key, item.name), 0)
}

/// The layouts of a menu.
fn table(design: &LineDesign) -> Columns {
    let heading = ["takt min", "cycle min", "stations", "at least", "proof", "balance", "people", "floor m2"];
    let mut table = Columns::new(&heading);
    for option in &design.options {
        table.row([
            format!("{:.1}", option.takt.as_f64()),
            format!("{:.1}", option.cycle_time.as_f64()),
            option.n_stations().to_string(),
            option.bound.to_string(),
            proof(option),
            format!("{:.0} %", 100.0 * balance(option)),
            option.n_heads().to_string(),
            format!("{:.0}", option.floor_m2),
        ]);
    }
    table
}

/// What proves the number of stations, or that nothing does yet.
fn proof(option: &LineOption) -> String {
    match option.status {
        Status::Optimal => option.proof.word().to_owned(),
        Status::WorkLimited => "open".to_owned(),
        Status::TimeLimited => "open (time)".to_owned(),
    }
}

/// Line efficiency: work content over stations times cycle time, `0..=1`.
pub(crate) fn balance(option: &LineOption) -> f64 {
    let load: f64 = option.stations.iter().map(|s| s.load.as_f64()).sum();
    let room = option.n_stations() as f64 * option.cycle_time.as_f64();
    if room > 0.0 { load / room } else { 0.0 }
}

/// The stations of one layout.
pub(crate) fn stations(ring: &Ring, option: &LineOption) -> String {
    let mut table = Columns::new(&["station", "copies", "load min", "people", "skill", "tasks"]);
    for (i, station) in option.stations.iter().enumerate() {
        let tasks: Vec<&str> = station.tasks.iter().map(|&task| ring.tasks[task].key.as_str()).collect();
        table.row([
            (i + 1).to_string(),
            station.copies.to_string(),
            format!("{:.1}", station.load.as_f64()),
            station.heads.to_string(),
            ring.skills[station.skill].key.clone(),
            tasks.join(" "),
        ]);
    }
    table.text(2, WIDTH)
}
