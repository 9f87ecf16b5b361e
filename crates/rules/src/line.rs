//! When a line may be ordered, when it makes its first piece, and from when its output counts.

use crate::{licence, people, standing, support};
use model::Ring;
use model::ids::{CapabilityId, ItemId, SiteId};
use model::results::programme::LineOpening;
use model::results::{LineDesign, LineOption};
use model::tables::capability::LineType;

/// Dates of a line as periods from 0; both may lie past the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timing {
    /// Period of the first piece.
    pub first_piece: usize,
    /// First period whose output counts: the first article is approved.
    pub output_from: usize,
}

/// The design of an item and line type among the menus; none when it has no menu.
#[must_use]
pub fn design_of(designs: &[LineDesign], item: ItemId, kind: LineType) -> Option<&LineDesign> {
    designs.iter().find(|d| d.item == item && d.line_type == kind)
}

/// The option a capability row takes from its menu; none when there is no such option.
#[must_use]
pub fn option_of<'a>(
    ring: &Ring,
    designs: &'a [LineDesign],
    capability: CapabilityId,
    option: usize,
) -> Option<&'a LineOption> {
    let row = &ring.capability[capability];
    design_of(designs, row.item, row.line_type)?.options.get(option)
}

/// True when sites may be opened and lines ordered in a period.
#[must_use]
pub fn may_decide(ring: &Ring, period: usize) -> bool {
    let (every, first) = (ring.settings.open_every_periods.max(1), ring.settings.open_offset_periods);
    period < ring.settings.n_periods && period % every == first % every
}

/// True when a site may be opened in a period: one of decision, on or after its first day; the first for one that is open.
#[must_use]
pub fn may_open(ring: &Ring, site: SiteId, period: usize) -> bool {
    if standing::site_ready(ring, site).is_some() {
        return period == 0;
    }
    let from = ring.sites[site].open_from;
    may_decide(ring, period) && from.is_none_or(|day| day <= ring.settings.first_day(period))
}

/// First period in which a line may be ordered at a site opened in `opened`; may lie past the horizon.
#[must_use]
pub fn site_ready(ring: &Ring, site: SiteId, opened: usize) -> usize {
    if let Some(ready) = standing::site_ready(ring, site) {
        return ready;
    }
    opened + ring.settings.periods_of_days(ring.sites[site].open_days as f64)
}

/// Days from ordering a line to its first piece: the site's own, or the longest of its equipment.
#[must_use]
pub fn lead_days(ring: &Ring, capability: CapabilityId, option: &LineOption) -> i64 {
    let equipment = option.equipment.iter().filter(|(_, n)| *n > 0);
    equipment.map(|(id, _)| ring.equipment[*id].lead_days).fold(ring.capability[capability].open_days, i64::max)
}

/// When a line ordered in a period makes its first piece and its output counts; none without a licence.
#[must_use]
pub fn timing(ring: &Ring, capability: CapabilityId, option: &LineOption, ordered: usize) -> Option<Timing> {
    let lead = lead_days(ring, capability, option) as f64;
    let first_piece = (ordered + ring.settings.periods_of_days(lead)).max(licence::first_period(ring, capability)?);
    let article = ring.capability[capability].first_article_days as f64;
    Some(Timing { first_piece, output_from: first_piece + ring.settings.periods_of_days(article) })
}

/// When the lines of a row of a programme make their first piece and their output counts; none without a licence.
#[must_use]
pub fn timing_of(ring: &Ring, option: &LineOption, row: &LineOpening) -> Option<Timing> {
    let ordered = units::Id::index(row.ordered);
    match row.stands {
        Some(line) => Some(standing::timing(ring, line, ordered)),
        None => timing(ring, row.capability, option, ordered),
    }
}

/// Period by which the people of a row's lines must be ready.
#[must_use]
pub fn people_due(ring: &Ring, row: &LineOpening) -> usize {
    match row.stands {
        Some(_) => units::Id::index(row.ordered),
        None => people::due(ring, units::Id::index(row.first_piece)),
    }
}

/// Hours of remote support that one line of a row takes in a period.
#[must_use]
pub fn support_of(ring: &Ring, row: &LineOpening, period: usize) -> f64 {
    let from = match row.stands {
        Some(line) => standing::support_from(ring, line, units::Id::index(row.ordered)),
        None => units::Id::index(row.first_piece) as i64,
    };
    support::hours(ring, ring.capability[row.capability].site, from, period)
}

/// Pieces behind one line of a row on its learning curve, besides the site's opening experience.
#[must_use]
pub fn experience_of(ring: &Ring, row: &LineOpening) -> f64 {
    row.stands.map_or(0.0, |line| ring.standing_lines[line].experience.as_f64())
}
