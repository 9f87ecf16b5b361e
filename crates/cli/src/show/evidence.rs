//! Evidence as text: what reaches customers, with intervals, and where pieces were lost.

mod answers;

use model::Ring;
use model::results::Evidence;
use units::Id;

use crate::columns::Columns;
use crate::show::{WIDTH, how_far, percent, wrap};

/// Evidence in short tables.
pub(crate) fn text(ring: &Ring, evidence: &Evidence) -> String {
    let n = evidence.runs;
    let visits = evidence.station_visits;
    let mut text =
        format!("{n} replications, seed {}, {visits} station visits ({})\n", evidence.seed, how_far(evidence.status));
    text.push_str(&format!("\nDeliveries by the end of the horizon, pieces\n{}", deliveries(ring, evidence)));
    if evidence.lost.iter().any(|lost| lost.mean != 0.0) {
        text.push_str(&format!("\nPieces lost against the plan, by cause\n{}", lost(evidence)));
    }
    text.push_str(&answers::text(ring, evidence));
    for note in &evidence.notes {
        text.push_str(&wrap(&format!("Note: {note}"), 0));
    }
    text
}

/// The last point of each fan.
fn deliveries(ring: &Ring, evidence: &Evidence) -> String {
    let heading = ["customer", "item", "mean", "+/-", "bad (10 %)", "median", "good (90 %)", "none late in"];
    let mut table = Columns::new(&heading);
    let last = evidence.fans.iter().map(|fan| fan.period.index()).max();
    for fan in evidence.fans.iter().filter(|fan| Some(fan.period.index()) == last) {
        table.row([
            ring.customers[fan.customer].key.clone(),
            ring.items[fan.item].key.clone(),
            format!("{:.1}", fan.mean),
            format!("{:.1}", fan.half_width),
            fan.p10.to_string(),
            fan.p50.to_string(),
            fan.p90.to_string(),
            percent(fan.on_time),
        ]);
    }
    table.text(2, WIDTH)
}

/// Losses, largest first.
fn lost(evidence: &Evidence) -> String {
    let mut causes: Vec<_> = evidence.lost.iter().filter(|lost| lost.mean != 0.0).collect();
    causes.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.cause.cmp(&b.cause)));
    let mut table = Columns::new(&["cause", "mean", "+/-"]);
    for lost in causes {
        table.row([lost.cause.word().to_owned(), format!("{:.1}", lost.mean), format!("{:.1}", lost.half_width)]);
    }
    table.text(2, WIDTH)
}
