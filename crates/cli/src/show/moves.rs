//! What moved against the plan as it stood, as text.

use model::results::{LineDesign, Programme};
use model::{Choice as _, Ring};
use rules::moves::{self, Decision};

use crate::columns::Columns;
use crate::show::{WIDTH, count, day};

/// Rows shown; the rest is counted.
const SHOWN_MAX: usize = 20;

/// How many decisions moved, and which; empty when the ring keeps no plan.
pub(crate) fn text(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> String {
    if !moves::has_kept_plan(ring) {
        return String::new();
    }
    let all = moves::of(ring, programme);
    let counted = usize::try_from(moves::counted(&all)).unwrap_or(0);
    let most = ring.settings.moves_max.map_or_else(String::new, |most| format!(" of {most} allowed"));
    let frozen = all.len() - counted;
    let mut text = format!("  {}{most}; {} of what is frozen could not stay\n", count(counted, "move"), frozen);
    if all.is_empty() {
        return text;
    }
    let mut table = Columns::new(&["what", "where", "when", "from", "to", "why"]);
    for moved in all.iter().take(SHOWN_MAX) {
        let (what, place) = match moved.decision {
            Decision::Site(site, _) => ("site", ring.sites[site].key.clone()),
            Decision::Line(capability, ..) => ("line", place(ring, capability)),
            Decision::Make(capability, _) => ("make", place(ring, capability)),
        };
        let cause = moves::cause(ring, designs, programme, moved);
        let when = day(moved.decision.period(), ring);
        let why = report::why_moved(ring, cause, moved);
        table.row([what.to_owned(), place, when, moved.kept.to_string(), moved.now.to_string(), why]);
    }
    text.push_str(&table.text(2, WIDTH));
    if all.len() > SHOWN_MAX {
        text.push_str(&format!("  and {} more, in the table `moves`\n", all.len() - SHOWN_MAX));
    }
    text
}

fn place(ring: &Ring, capability: model::ids::CapabilityId) -> String {
    let row = &ring.capability[capability];
    format!("{}:{}:{}", ring.sites[row.site].key, ring.items[row.item].key, row.line_type.word())
}
