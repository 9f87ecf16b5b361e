//! Lines that may be ordered, and when sites may be opened for them.

use super::people::{self, Pool};
use model::Ring;
use model::ids::{CapabilityId, SiteId, SkillId};
use model::results::LineDesign;
use rules::calendar::WorkTime;
use rules::line::Timing;
use units::{Id, Quantity};

/// A period in which a site may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SiteSlot {
    pub(crate) site: SiteId,
    /// Period of the decision.
    pub(crate) opened: usize,
    /// First period in which a line may be ordered there.
    pub(crate) ready: usize,
}

/// A line that may be ordered: where, which layout, when.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) capability: CapabilityId,
    pub(crate) site: SiteId,
    /// Index in the menu of the item and line type.
    pub(crate) option: usize,
    /// Period of the order.
    pub(crate) ordered: usize,
    pub(crate) timing: Timing,
    /// Pieces of one line by period, from `timing.output_from` on.
    pub(crate) capacity: Vec<Quantity>,
    /// People of one line by skill, all crews.
    pub(crate) people: Vec<(SkillId, i64)>,
    /// Period in which its people must be ready.
    pub(crate) due: usize,
    /// Floor of one line, square metres.
    pub(crate) floor_m2: f64,
}

impl Line {
    /// Pieces one line can make in a period.
    pub(crate) fn capacity_in(&self, period: usize) -> Quantity {
        let after = period.checked_sub(self.timing.output_from);
        after.and_then(|at| self.capacity.get(at)).copied().unwrap_or(Quantity::ZERO)
    }
}

/// All periods in which sites may be opened early enough to order a line.
pub(crate) fn slots(ring: &Ring) -> Vec<SiteSlot> {
    let mut slots = Vec::new();
    for site in ring.sites.ids() {
        for opened in (0..ring.settings.n_periods).filter(|t| rules::line::may_open(ring, site, *t)) {
            let ready = rules::line::site_ready(ring, site, opened);
            if (ready..ring.settings.n_periods).any(|u| rules::line::may_decide(ring, u)) {
                slots.push(SiteSlot { site, opened, ready });
            }
        }
    }
    slots
}

/// All lines worth a column: they produce within the horizon, fit the site, and their people can be there in time.
pub(crate) fn candidates(
    ring: &Ring,
    designs: &[LineDesign],
    time: &WorkTime,
    slots: &[SiteSlot],
    pools: &[Pool],
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (capability, row) in ring.capability.enumerate() {
        let ready = slots.iter().filter(|s| s.site == row.site).map(|s| s.ready).min();
        let Some(design) = rules::line::design_of(designs, row.item, row.line_type) else {
            continue;
        };
        let Some(ready) = ready.filter(|_| row.lines_max > 0) else {
            continue;
        };
        for (option, layout) in design.options.iter().enumerate() {
            if layout.floor_m2 > ring.sites[row.site].floor_m2 {
                continue;
            }
            for ordered in (ready..ring.settings.n_periods).filter(|u| rules::line::may_decide(ring, *u)) {
                let Some(line) = line_at(ring, designs, time, (capability, option, ordered)) else {
                    break;
                };
                if line.timing.output_from >= ring.settings.n_periods {
                    break;
                }
                if has_people(ring, pools, &line) && line.capacity.iter().any(|c| !c.is_zero()) {
                    lines.push(line);
                }
            }
        }
    }
    debug_assert!(lines.is_sorted_by_key(|l| (l.capability.index(), l.option, l.ordered)));
    lines
}

/// The line of a capability row, option and period of order; none without a licence or such an option.
pub(crate) fn line_at(
    ring: &Ring,
    designs: &[LineDesign],
    time: &WorkTime,
    (capability, option, ordered): (CapabilityId, usize, usize),
) -> Option<Line> {
    let site = ring.capability[capability].site;
    let layout = rules::line::option_of(ring, designs, capability, option)?;
    let timing = rules::line::timing(ring, capability, layout, ordered)?;
    let (cycle, planned) = (layout.cycle_time_planned, &time.planned[site]);
    let mut capacity = rules::capacity::of_line(ring, capability, cycle, timing.output_from, planned);
    let from = timing.output_from.min(capacity.len());
    Some(Line {
        capability,
        site,
        option,
        ordered,
        timing,
        capacity: capacity.split_off(from),
        people: rules::people::of_line(ring, site, layout),
        due: rules::people::due(ring, timing.first_piece),
        floor_m2: layout.floor_m2,
    })
}

/// True when all people of a line can be there when they are due, or are due only after the horizon.
pub(crate) fn has_people(ring: &Ring, pools: &[Pool], line: &Line) -> bool {
    let late = line.due >= ring.settings.n_periods;
    late || line.people.iter().all(|(skill, _)| people::can_be_there(ring, pools, line.site, *skill, line.due))
}
