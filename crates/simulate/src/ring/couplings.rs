//! What lines of one site share, and whether they can get in each other's way: who may run by itself until when.
//!
//! Lines share the stock of their site and, where they are of one capability, its plan. As long as both are ample, no line
//! can tell in what order the others took theirs. Ample is what covers an upper bound: a copy begins at most one visit at
//! once and one more for each shortest visit that fits into the open time.

use super::plant::{LineKind, LineSpec, Plant, Thing};
use super::state::Run;
use units::Id;

/// An upper bound of what is taken in so much open time: this much at once, and this much for each open tick.
#[derive(Debug, Clone, Copy, Default)]
struct Bound {
    at_once: f64,
    per_tick: f64,
}

impl Bound {
    fn add(&mut self, copies: u32, least: u64, quantity: i64) {
        let at_once = f64::from(copies) * quantity as f64;
        self.at_once += at_once;
        self.per_tick += at_once / least as f64;
    }

    fn join(&mut self, other: &Self) {
        self.at_once += other.at_once;
        self.per_tick += other.per_tick;
    }

    /// Rounded up, with room for what rounding loses.
    fn within(&self, open: u64) -> i64 {
        ((self.at_once + self.per_tick * open as f64) * (1.0 + 1e-9)) as i64 + 1
    }
}

/// What a line of a kind takes.
#[derive(Debug)]
struct KindBound {
    /// By place among the things of its site.
    things: Vec<(usize, Bound)>,
    releases: Bound,
    breaks_down: bool,
}

/// What the lines of a site share.
#[derive(Debug, Default)]
pub(super) struct SiteCouplings {
    /// Its lines, in order.
    lines: Vec<u32>,
    /// Things that its lines take from stock.
    things: Vec<Thing>,
    /// Groups with more than one line, and their kinds: kind and one of its lines.
    groups: Vec<(usize, Vec<(usize, usize)>)>,
    /// Lines that nobody else at the site follows from day to day: what they make is not used there, and what they use is
    /// not sent from there.
    free: Vec<u32>,
}

/// What is shared, by site.
#[derive(Debug, Default)]
pub(super) struct Couplings {
    sites: Vec<SiteCouplings>,
    kinds: Vec<KindBound>,
}

impl Couplings {
    pub(super) fn of(plant: &Plant<'_>) -> Self {
        let sites: Vec<SiteCouplings> = plant.ring.sites.ids().map(|s| site(plant, s.index())).collect();
        let kinds = plant.kinds.iter().map(|kind| bound(plant, kind, &sites)).collect();
        Self { sites, kinds }
    }

    /// The lines of a site.
    pub(super) fn lines(&self, site: usize) -> &[u32] {
        &self.sites[site].lines
    }

    /// Whether a line may run ahead of the days of a period, as long as what it takes is ample.
    pub(super) fn is_free(&self, site: usize, line: u32) -> bool {
        self.sites[site].free.binary_search(&line).is_ok()
    }
}

fn site(plant: &Plant<'_>, site: usize) -> SiteCouplings {
    let here = |(_, l): &(usize, &LineSpec)| l.site == site;
    let lines: Vec<u32> = plant.lines.iter().enumerate().filter(here).map(|(line, _)| line as u32).collect();
    let mut things = Vec::new();
    let mut groups: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
    for (line, spec) in plant.lines.iter().enumerate().filter(here) {
        let seats = &plant.seats[plant.kinds[spec.kind].seats()];
        things.extend(seats.iter().flat_map(|s| &s.kits).flatten().map(|(thing, _)| *thing));
        match groups.iter_mut().find(|(group, _)| *group == spec.group) {
            None => groups.push((spec.group, vec![(spec.kind, line)])),
            Some((_, kinds)) if kinds.iter().all(|(kind, _)| *kind != spec.kind) => kinds.push((spec.kind, line)),
            Some(_) => {}
        }
    }
    groups.retain(|(group, _)| plant.lines.iter().filter(|l| l.group == *group).count() > 1);
    things.sort_unstable();
    things.dedup();
    let sent = |thing: Thing| {
        let mut shipments = plant.programme.shipments.iter().filter(|s| s.item.index() == thing as usize);
        shipments.any(|s| plant.ring.lanes[s.lane].from.index() == site)
    };
    let is_free = |line: &&u32| {
        let spec = &plant.lines[**line as usize];
        let mut kits = plant.seats[plant.kinds[spec.kind].seats()].iter().flat_map(|s| &s.kits).flatten();
        things.binary_search(&spec.item).is_err() && !kits.any(|(thing, _)| sent(*thing))
    };
    let free = lines.iter().filter(is_free).copied().collect();
    SiteCouplings { lines, things, groups, free }
}

fn bound(plant: &Plant<'_>, kind: &LineKind, sites: &[SiteCouplings]) -> KindBound {
    let site = &sites[plant.ring.capability[kind.capability].site.index()];
    let seats = &plant.seats[kind.seats()];
    let mut things = vec![Bound::default(); site.things.len()];
    let mut releases = Bound::default();
    for seat in seats {
        for (bound, thing) in things.iter_mut().zip(&site.things) {
            let of_kit = |kit: &super::plant::Kit| kit.iter().filter(|(t, _)| t == thing).map(|(_, q)| *q).sum::<i64>();
            let most = seat.kits.iter().map(of_kit).max().unwrap_or(0);
            bound.add(seat.n_copies, seat.least, most);
        }
    }
    if let Some(first) = seats.first() {
        releases.add(first.n_copies, first.least, 1);
    }
    let things = things.into_iter().enumerate().filter(|(_, b)| b.at_once > 0.0).collect();
    let breaks_down = seats.iter().any(|s| !s.equipment.is_empty());
    KindBound { things, releases, breaks_down }
}

/// Upper bounds of what some lines of a site take.
#[derive(Debug)]
pub(super) struct Needs {
    /// By thing, and by group with more than one line.
    things: Vec<Bound>,
    groups: Vec<Bound>,
}

impl Needs {
    pub(super) fn new(plant: &Plant<'_>, site: usize) -> Self {
        let shared = &plant.couplings.sites[site];
        let (things, groups) = (shared.things.len(), shared.groups.len());
        Self { things: vec![Bound::default(); things], groups: vec![Bound::default(); groups] }
    }

    /// Counts the lines that open until a time among `lines`, and no others.
    pub(super) fn count(&mut self, plant: &Plant<'_>, site: usize, lines: &[u32], time: u64) {
        let shared = &plant.couplings.sites[site];
        self.things.fill(Bound::default());
        self.groups.fill(Bound::default());
        for spec in lines.iter().map(|line| &plant.lines[*line as usize]).filter(|spec| spec.opens <= time) {
            let kind = &plant.couplings.kinds[spec.kind];
            kind.things.iter().for_each(|(at, bound)| self.things[*at].join(bound));
            if let Some(at) = shared.groups.iter().position(|(group, _)| *group == spec.group) {
                self.groups[at].join(&kind.releases);
            }
        }
    }
}

impl Run<'_> {
    /// Of some lines of a site, those that may get in each other's way from `begin` to `end`, in the order of lines;
    /// `open` is the open time between. What the others share is ample until then.
    pub(super) fn coupled(&mut self, site: usize, lines: &[u32], (begin, end): (u64, u64), open: u64) -> Vec<u32> {
        let plant = self.plant;
        let shared = &plant.couplings.sites[site];
        let groups: Vec<usize> = (0..shared.groups.len())
            .filter(|at| self.group_is_tight(site, *at, (begin, end), open))
            .map(|at| shared.groups[at].0)
            .collect();
        let s = &self.sites[site];
        let things: Vec<usize> = (0..shared.things.len())
            .filter(|at| s.stock[shared.things[*at] as usize] < s.needs.things[*at].within(open))
            .collect();
        let few_crews = s.crews.is_some();
        if groups.is_empty() && things.is_empty() && !few_crews {
            return Vec::new();
        }
        let is_tight = |spec: &LineSpec| {
            let kind = &plant.couplings.kinds[spec.kind];
            // Who breaks down first is repaired first.
            (few_crews && kind.breaks_down)
                || groups.contains(&spec.group)
                || things.iter().any(|at| {
                    shared.things[*at] == spec.item || kind.things.binary_search_by_key(at, |(t, _)| *t).is_ok()
                })
        };
        // Lines of a kind stand one after the other, and one speaks for all.
        let mut last = (usize::MAX, false);
        let is_tight = |line: &&u32| {
            let spec = &plant.lines[**line as usize];
            if last.0 != spec.kind {
                last = (spec.kind, is_tight(spec));
            }
            last.1
        };
        let mut tight: Vec<u32> = lines.iter().filter(is_tight).copied().collect();
        tight.sort_unstable();
        tight
    }

    /// Whether the order in which the lines of a group release pieces may decide who releases.
    fn group_is_tight(&mut self, site: usize, at: usize, (begin, end): (u64, u64), open: u64) -> bool {
        let plant = self.plant;
        let (group, kinds) = &plant.couplings.sites[site].groups[at];
        let planned = &self.planned[*group];
        let (mut fewest, mut most) = (i64::MAX, 0);
        for (kind, line) in kinds {
            let hint = &mut self.kind_hints[*kind];
            let soon = plant.soon(*line, begin, hint);
            fewest = fewest.min(planned[plant.period_at(soon)]);
            let soon = plant.soon(*line, end, &mut hint.clone());
            most = most.max(planned[plant.period_at(soon)]);
        }
        let released = self.released[*group];
        released < most && fewest - released < self.sites[site].needs.groups[at].within(open)
    }
}
