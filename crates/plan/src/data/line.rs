//! Lines that may be ordered, and when sites may be opened for them.

use super::people::{self, Pool};
use model::Ring;
use model::ids::{CapabilityId, SiteId, SkillId, StandingLineId};
use model::results::LineDesign;
use rules::calendar::WorkTime;
use rules::line::Timing;
use rules::standing;
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

/// A line told apart from all others: capability row, layout, period of order; or the row of lines that stand already and the
/// period in which their people are there.
pub(crate) type LineKey = (CapabilityId, usize, usize, Option<StandingLineId>);

/// The key of a row of a programme.
pub(crate) fn key_of_row(row: &model::results::programme::LineOpening) -> LineKey {
    (row.capability, row.option, row.ordered.index(), row.stands)
}

/// A line that may be ordered, or stands: where, which layout, when.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) capability: CapabilityId,
    pub(crate) site: SiteId,
    /// Index in the menu of the item and line type.
    pub(crate) option: usize,
    /// Period of the order; of a standing line the period in which its people are due.
    pub(crate) ordered: usize,
    /// The row of standing lines it is of.
    pub(crate) stands: Option<StandingLineId>,
    pub(crate) timing: Timing,
    /// Period from which it takes remote support; below zero when it has done so before the first day.
    pub(crate) support_from: i64,
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
    /// What tells it apart.
    pub(crate) fn key(&self) -> LineKey {
        (self.capability, self.option, self.ordered, self.stands)
    }

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
            let stands = standing::site_ready(ring, site).is_some();
            if stands || (ready..ring.settings.n_periods).any(|u| rules::line::may_decide(ring, u)) {
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
                let Some(line) = line_at(ring, designs, time, (capability, option, ordered, None)) else {
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
    for (id, row) in ring.standing_lines.enumerate() {
        let first = standing::due(ring, id);
        let wait = !have_all_people(ring, designs, pools, id);
        for manned in first..if wait { ring.settings.n_periods } else { first + 1 } {
            let line = line_at(ring, designs, time, (row.capability, row.option, manned, Some(id)));
            lines.extend(line.filter(|l| has_people(ring, pools, l)));
        }
    }
    lines.sort_by_key(Line::key);
    lines
}

/// True when people who are there, each counted under the main skill only, are enough for every standing line of a site that
/// is due no later than this one.
fn have_all_people(ring: &Ring, designs: &[LineDesign], pools: &[Pool], line: StandingLineId) -> bool {
    let (site, due) = (ring.capability[ring.standing_lines[line].capability].site, standing::due(ring, line));
    let mut left: std::collections::BTreeMap<SkillId, i64> = std::collections::BTreeMap::new();
    for pool in pools.iter().filter(|p| p.site == site && p.from <= due) {
        *left.entry(pool.skills[0]).or_default() += pool.count;
    }
    for (id, row) in ring.standing_lines.enumerate() {
        if ring.capability[row.capability].site == site && standing::due(ring, id) <= due {
            let option = rules::line::option_of(ring, designs, row.capability, row.option);
            for (skill, people) in option.map_or_else(Vec::new, |o| rules::people::of_line(ring, site, o)) {
                *left.entry(skill).or_default() -= people * row.lines;
            }
        }
    }
    left.values().all(|people| *people >= 0)
}

/// The line of a key; none without a licence or such an option.
pub(crate) fn line_at(ring: &Ring, designs: &[LineDesign], time: &WorkTime, key: LineKey) -> Option<Line> {
    let (capability, option, ordered, stands) = key;
    let site = ring.capability[capability].site;
    let layout = rules::line::option_of(ring, designs, capability, option)?;
    let timing = match stands {
        Some(line) => standing::timing(ring, line, ordered),
        None => rules::line::timing(ring, capability, layout, ordered)?,
    };
    let made = stands.map_or(0.0, |line| ring.standing_lines[line].experience.as_f64());
    let (cycle, planned) = (layout.cycle_time_planned, &time.planned[site]);
    let mut capacity = rules::capacity::of_line(ring, capability, cycle, timing.output_from, made, planned);
    let from = timing.output_from.min(capacity.len());
    Some(Line {
        capability,
        site,
        option,
        ordered,
        stands,
        timing,
        support_from: stands.map_or(timing.first_piece as i64, |line| standing::support_from(ring, line, ordered)),
        capacity: capacity.split_off(from),
        people: rules::people::of_line(ring, site, layout),
        due: if stands.is_some() { ordered } else { rules::people::due(ring, timing.first_piece) },
        floor_m2: layout.floor_m2,
    })
}

/// True when all people of a line can be there when they are due, or are due only after the horizon.
pub(crate) fn has_people(ring: &Ring, pools: &[Pool], line: &Line) -> bool {
    let late = line.due >= ring.settings.n_periods;
    late || line.people.iter().all(|(skill, _)| people::can_be_there(ring, pools, line.site, *skill, line.due))
}
