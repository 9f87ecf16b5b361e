//! Decisions in which a programme differs from the plan as it stood (`kept.csv`), and why the old ones could not stay.
//!
//! A row of either plan that the other has not, or has with another number, is one move. Sites and lines that stand are no
//! decisions any more; people follow from the lines, parts and lanes from what is made.
//!
//! # Source
//! R. Carlson, J. Jucker, D. Kropp, Less nervous MRP systems: a dynamic economic lot-sizing approach, Management Science
//! 25(8), 1979: a cost for each change of the schedule. A. Kimms, Stability measures for rolling schedules, Omega 26(3), 1998,
//! on what to count.

use crate::line::option_of;
use crate::{calendar::WorkTime, capacity, components, lag, line, people, standing, training};
use model::Ring;
use model::ids::{CapabilityId, Component, SiteId};
use model::results::programme::Trained;
use model::results::{LineDesign, Programme};
use model::tables::kept::Kept;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Pieces by which a row may differ and still be the same: rounding may cost so many thousandths on the way.
pub const SAME: Quantity = Quantity::from_ticks(10);

/// Something a plan decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// A site opened in a period.
    Site(SiteId, usize),
    /// Lines ordered: where, which layout, in which period.
    Line(CapabilityId, usize, usize),
    /// Pieces made in a period.
    Make(CapabilityId, usize),
}

impl Decision {
    /// The period it falls in.
    #[must_use]
    pub fn period(&self) -> usize {
        match self {
            Self::Site(_, period) | Self::Line(_, _, period) | Self::Make(_, period) => *period,
        }
    }

    /// The site it concerns.
    #[must_use]
    pub fn site(&self, ring: &Ring) -> SiteId {
        match self {
            Self::Site(site, _) => *site,
            Self::Line(capability, ..) | Self::Make(capability, _) => ring.capability[*capability].site,
        }
    }
}

/// A decision that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// What is decided.
    pub decision: Decision,
    /// How many in the plan as it stood.
    pub kept: Quantity,
    /// How many now.
    pub now: Quantity,
    /// Whether it should have stayed: it falls before `policy.freeze_until`.
    pub frozen: bool,
}

/// Why a decision of the old plan did not stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Its lines cannot make so many in that period any more.
    Capacity,
    /// A component is not there in time.
    Component(Component),
    /// Too few people are there, and nobody can be found and trained by then.
    People,
    /// The store is full.
    Store,
    /// It cannot be decided then any more: no period of decision, no licence, or its site is not ready.
    TooLate,
    /// It could have stayed; the new plan is better off without.
    Better,
}

/// True when the ring has a plan to be kept.
#[must_use]
pub fn has_kept_plan(ring: &Ring) -> bool {
    let settings = &ring.settings;
    !ring.kept.is_empty()
        && (settings.freeze_until.is_some() || settings.moves_max.is_some() || !settings.move_cost.is_zero())
}

/// True when decisions of a period should stay as they were.
#[must_use]
pub fn is_frozen(ring: &Ring, period: usize) -> bool {
    ring.settings.freeze_until.is_some_and(|day| ring.settings.first_day(period) < day)
}

/// The decisions of the plan as it stood.
#[must_use]
pub fn kept(ring: &Ring) -> BTreeMap<Decision, Quantity> {
    let mut all: BTreeMap<Decision, Quantity> = BTreeMap::new();
    for row in ring.kept.iter() {
        let (decision, quantity) = match row {
            Kept::Site(site, period) => (Decision::Site(*site, period.index()), Quantity::whole(1)),
            Kept::Line(capability, option, period, lines) => {
                (Decision::Line(*capability, *option, period.index()), Quantity::whole(*lines))
            }
            Kept::Make(capability, period, pieces) => (Decision::Make(*capability, period.index()), *pieces),
        };
        *all.entry(decision).or_default() += quantity;
    }
    all
}

/// The decisions of a programme.
#[must_use]
pub fn decided(ring: &Ring, programme: &Programme) -> BTreeMap<Decision, Quantity> {
    let mut all: BTreeMap<Decision, Quantity> = BTreeMap::new();
    for row in programme.sites.iter().filter(|r| crate::standing::site_ready(ring, r.site).is_none()) {
        *all.entry(Decision::Site(row.site, row.period.index())).or_default() += Quantity::whole(1);
    }
    for row in programme.lines.iter().filter(|r| r.stands.is_none()) {
        let decision = Decision::Line(row.capability, row.option, row.ordered.index());
        *all.entry(decision).or_default() += Quantity::whole(row.count);
    }
    for row in &programme.make {
        *all.entry(Decision::Make(row.capability, row.period.index())).or_default() += row.quantity;
    }
    all
}

/// Every decision in which a programme differs from the plan as it stood, in order; none when the ring keeps no plan.
#[must_use]
pub fn of(ring: &Ring, programme: &Programme) -> Vec<Move> {
    if !has_kept_plan(ring) {
        return Vec::new();
    }
    let mut both: BTreeMap<Decision, (Quantity, Quantity)> =
        kept(ring).into_iter().map(|(decision, kept)| (decision, (kept, Quantity::ZERO))).collect();
    for (decision, now) in decided(ring, programme) {
        both.entry(decision).or_default().1 = now;
    }
    let differs = |kept: Quantity, now: Quantity| (kept - now).ticks().abs() > SAME.ticks();
    both.into_iter()
        .filter(|(_, (kept, now))| differs(*kept, *now))
        .map(|(decision, (kept, now))| Move { decision, kept, now, frozen: is_frozen(ring, decision.period()) })
        .collect()
}

/// How many moves of a programme count against `policy.moves_max`: those that were not frozen.
#[must_use]
pub fn counted(moves: &[Move]) -> i64 {
    moves.iter().filter(|m| !m.frozen).count() as i64
}

/// Why a decision of the old plan did not stay, told from the programme's own lines, stocks and arrivals.
#[must_use]
pub fn cause(ring: &Ring, designs: &[LineDesign], programme: &Programme, moved: &Move) -> Cause {
    if moved.now >= moved.kept {
        return Cause::Better;
    }
    match moved.decision {
        Decision::Site(site, period) if !line::may_open(ring, site, period) => Cause::TooLate,
        Decision::Line(capability, option, period) => {
            let site = ring.capability[capability].site;
            let opened = programme.sites.iter().find(|s| s.site == site);
            let ready = opened.is_some_and(|s| line::site_ready(ring, site, s.period.index()) <= period);
            let layout = option_of(ring, designs, capability, option);
            let licensed = layout.is_some_and(|layout| line::timing(ring, capability, layout, period).is_some());
            if !(ready && licensed && line::may_decide(ring, period)) {
                Cause::TooLate
            } else if layout.is_some_and(|layout| !has_people(ring, programme, capability, layout, period)) {
                Cause::People
            } else {
                Cause::Better
            }
        }
        Decision::Make(capability, period) => of_make(ring, designs, programme, capability, period, moved),
        Decision::Site(..) => Cause::Better,
    }
}

fn of_make(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    capability: CapabilityId,
    period: usize,
    moved: &Move,
) -> Cause {
    let row = &ring.capability[capability];
    if room(ring, designs, programme, capability, period) + SAME < moved.kept {
        return Cause::Capacity;
    }
    let more = (moved.kept - moved.now).as_f64();
    let day = ring.settings.first_day(period);
    for (component, each) in components::used(ring, row.item, row.line_type, day) {
        if left(ring, programme, row.site, component, period) + 0.01 < more * each.as_f64() {
            return Cause::Component(component);
        }
    }
    let stock = stock_at(programme, row.site, Component::Item(row.item), period);
    if stock + more > ring.items[row.item].stock_max.as_f64() + 0.01 { Cause::Store } else { Cause::Better }
}

/// What the lines of a programme can make of a capability row in a period.
#[must_use]
pub fn room(
    ring: &Ring,
    designs: &[LineDesign],
    programme: &Programme,
    capability: CapabilityId,
    period: usize,
) -> Quantity {
    let time = WorkTime::new(ring);
    let planned = &time.planned[ring.capability[capability].site];
    let own = programme.lines.iter().filter(|r| r.capability == capability);
    own.filter_map(|row| {
        let cycle = option_of(ring, designs, capability, row.option)?.cycle_time_planned;
        let made = line::experience_of(ring, row);
        let all = capacity::of_line(ring, capability, cycle, row.output_from.index(), made, planned);
        Some(all.get(period).copied().unwrap_or_default().times(row.count))
    })
    .sum()
}

fn stock_at(programme: &Programme, site: SiteId, component: Component, period: usize) -> f64 {
    let own = programme
        .stock
        .iter()
        .filter(|r| r.site == site && Component::Item(r.item) == component && r.period.index() == period);
    own.map(|r| r.quantity.as_f64()).sum()
}

/// Pieces of a component that lie at a site at the end of a period.
fn left(ring: &Ring, programme: &Programme, site: SiteId, component: Component, period: usize) -> f64 {
    if !components::is_bought(ring, component) {
        return stock_at(programme, site, component, period);
    }
    let there = lag::opening_stock(ring, site).filter(|(c, due, _)| *c == component && *due <= period);
    let opening: f64 = there.map(|(_, _, pieces)| pieces.as_f64()).sum();
    let orders = programme.orders.iter().filter(|o| {
        let here = o.site == site && ring.supply[o.supply].component == component;
        here && o.period.index() + lag::of_order(ring, o.supply) <= period
    });
    let arrived: f64 = orders.map(|o| o.quantity.as_f64()).sum();
    let made =
        programme.make.iter().filter(|m| m.period.index() <= period && ring.capability[m.capability].site == site);
    let used: f64 = made
        .map(|m| {
            let row = &ring.capability[m.capability];
            let day = ring.settings.first_day(m.period.index());
            let each =
                components::used(ring, row.item, row.line_type, day).into_iter().filter(|(c, _)| *c == component);
            each.map(|(_, pieces)| pieces.as_f64()).sum::<f64>() * m.quantity.as_f64()
        })
        .sum();
    opening + arrived - used
}

/// True when the people of one more line ordered in a period can be there: hired in time, or there and not at other lines.
fn has_people(
    ring: &Ring,
    programme: &Programme,
    capability: CapabilityId,
    layout: &model::results::LineOption,
    period: usize,
) -> bool {
    let site = ring.capability[capability].site;
    let Some(timing) = line::timing(ring, capability, layout, period) else {
        return false;
    };
    let due = people::due(ring, timing.first_piece);
    people::of_line(ring, site, layout).into_iter().all(|(skill, needed)| {
        let row = &ring.skills[skill];
        let hired = training::ways(row).into_iter().any(|way| training::start(row, way, due).is_some());
        let named = people::named(ring, site, due).filter(|skills| skills.contains(&skill)).count() as i64;
        let trained = standing::trainees(ring, site).filter(|(of, _, _, ready)| *of == skill && *ready <= due);
        let there = people::opening(ring, site, skill) + named + trained.map(|(_, _, n, _)| n).sum::<i64>();
        let taken =
            programme.people.iter().filter(|p| (p.site, p.skill) == (site, skill) && p.trained == Trained::Already);
        hired || due >= ring.settings.n_periods || there - taken.map(|p| p.people).sum::<i64>() >= needed
    })
}
