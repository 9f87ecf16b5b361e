//! What moved against the plan as it stood: from, to, and why.

use super::build::{pieces, size, table, text, yes_no};
use model::results::table::Cell;
use model::results::{LineDesign, Programme, ResultTable};
use model::{Choice as _, Ring};
use rules::moves::{self, Cause, Decision, Move};

/// The table of moves; none when the ring keeps no plan.
pub(super) fn moves(ring: &Ring, designs: &[LineDesign], programme: &Programme) -> Option<ResultTable> {
    if !moves::has_kept_plan(ring) {
        return None;
    }
    let rows = moves::of(ring, programme).iter().map(|moved| row(ring, designs, programme, moved)).collect();
    let columns = &[
        ("what", "", "A site opened, lines ordered, or pieces made."),
        ("site", "", "Site."),
        ("item", "", "Item; empty for a site."),
        ("line_type", "", "Own tasks only, or the complete item; empty for a site."),
        ("layout", "", "Place in the menu, from 0; of lines ordered only."),
        ("period", "", "Period of the decision, from 1."),
        ("from", "", "How many in the plan as it stood."),
        ("to", "", "How many now."),
        ("frozen", "", "Whether it should have stayed; moves that were not frozen are counted and paid for."),
        ("why", "", "Why the old decision did not stay."),
    ];
    Some(table("moves", "What moved against the plan as it stood.", columns, rows))
}

fn row(ring: &Ring, designs: &[LineDesign], programme: &Programme, moved: &Move) -> Vec<Cell> {
    let site = text(&ring.sites[moved.decision.site(ring)].key);
    let (what, capability, layout) = match moved.decision {
        Decision::Site(..) => ("site", None, None),
        Decision::Line(capability, option, _) => ("line", Some(capability), Some(option)),
        Decision::Make(capability, _) => ("make", Some(capability), None),
    };
    let of = |value: fn(&Ring, model::ids::CapabilityId) -> String| {
        capability.map_or_else(|| text(""), |capability| text(&value(ring, capability)))
    };
    vec![
        text(what),
        site,
        of(|ring, capability| ring.items[ring.capability[capability].item].key.clone()),
        of(|ring, capability| ring.capability[capability].line_type.word().to_owned()),
        layout.map_or_else(|| text(""), size),
        size(moved.decision.period() + 1),
        pieces(moved.kept),
        pieces(moved.now),
        yes_no(moved.frozen),
        text(&why(ring, moves::cause(ring, designs, programme, moved), moved)),
    ]
}

/// A cause in a few words.
#[must_use]
pub fn why(ring: &Ring, cause: Cause, moved: &Move) -> String {
    match cause {
        Cause::Capacity => "its lines can make no more".to_owned(),
        Cause::Component(component) => format!("not enough {}", ring.component_key(component)),
        Cause::People => "its people cannot be there".to_owned(),
        Cause::Store => "the store is full".to_owned(),
        Cause::TooLate => "cannot be decided then any more".to_owned(),
        Cause::Better if moved.now > moved.kept => "the plan needs more".to_owned(),
        Cause::Better => "the plan is better without".to_owned(),
    }
}
