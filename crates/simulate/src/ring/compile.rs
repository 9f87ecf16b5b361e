//! From ring, line designs and programme to the plant that is run; what cannot be run is refused here.

use super::clock::{ClockBuilder, SiteClock};
use super::couplings::Couplings;
use super::fates::{Shift, shifts};
use super::flows::FlowPlan;
use super::kits::Kits;
use super::plant::{DAY, Group, LineKind, LineSpec, Plant, SeatSpec, StationSpec, thing};
use super::work::Work;
use chance::{Distribution, Sampler};
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::ids::*;
use model::results::programme::LineOpening;
use model::results::{LineDesign, LineOption, Programme};
use rules::learning::Curve;
use std::collections::BTreeMap;
use std::sync::Arc;
use units::Id;

/// Pieces of a line whose factors are worked out beforehand.
const FACTORS_MAX: usize = 4_096;

struct Compiler<'a> {
    plant: Plant<'a>,
    sampler_of: BTreeMap<u64, usize>,
    faults: Vec<Diagnostic>,
}

impl<'a> Plant<'a> {
    /// Compiles a ring, its line designs and a programme.
    ///
    /// # Errors
    /// RW0304 for everything in the programme that cannot be run: unknown options, pieces planned where no line
    /// is, lines at sites without a calendar, more events than the clock can count.
    pub(super) fn compile(
        ring: &'a Ring,
        designs: &[LineDesign],
        programme: &'a Programme,
    ) -> Result<Self, Vec<Diagnostic>> {
        let n_days = ring.settings.n_periods as i64 * ring.settings.period_days;
        let day = |d: i64| ring.settings.start.plus_days(d);
        let plant = Self {
            ring,
            programme,
            n_days,
            horizon: n_days as u64 * DAY,
            period: ring.settings.period_days as u64 * DAY,
            n_things: ring.items.len() + ring.parts.len(),
            groups: Vec::new(),
            lines: Vec::new(),
            kinds: Vec::new(),
            seats: Vec::new(),
            stations: Vec::new(),
            n_copies: 0,
            n_kits: 0,
            extra_stock: Vec::new(),
            samplers: Vec::new(),
            lane_samplers: Vec::new(),
            supply_samplers: Vec::new(),
            unit: Sampler::new(&Distribution::exponential(1.0).expect("a mean of 1 is positive")),
            lane_stopped: ring
                .lanes
                .ids()
                .map(|l| (0..n_days).map(|d| rules::outage::lane_is_stopped(ring, l, day(d))).collect())
                .collect(),
            series: model::results::Evidence::series(ring),
            schedules: ring.sites.ids().map(|s| schedule(&shifts(ring, s, n_days), n_days)).collect(),
            shifts: ring.sites.ids().map(|s| shifts(ring, s, n_days)).collect(),
            dated_output: ring
                .sites
                .ids()
                .map(|s| (0..n_days).map(|d| rules::calendar::output(ring, s, day(d))).collect())
                .collect(),
            expected_stops: ring
                .sites
                .ids()
                .map(|s| (0..n_days).map(|d| expected_stops(ring, s, day(d))).collect())
                .collect(),
            people: Vec::new(),
            present: BTreeMap::new(),
            flows: FlowPlan::default(),
            agendas: Vec::new(),
            couplings: Couplings::default(),
            working_sites: Vec::new(),
        };
        let mut compiler = Compiler { plant, sampler_of: BTreeMap::new(), faults: Vec::new() };
        compiler.groups();
        compiler.kinds(designs);
        for row in &programme.lines {
            compiler.lines(row, designs);
        }
        compiler.people(designs);
        compiler.plant.lane_samplers = ring.lanes.iter().map(|l| compiler.sampler(l.spread)).collect();
        compiler.plant.supply_samplers = ring.supply.iter().map(|s| compiler.sampler(s.lead_spread)).collect();
        compiler.check_make();
        compiler.plant.renumber();
        compiler.plant.work_out_presence();
        compiler.plant.flows = FlowPlan::of(&compiler.plant);
        compiler.plant.agendas = compiler.plant.agendas();
        if compiler.faults.is_empty() { Ok(compiler.plant) } else { Err(compiler.faults) }
    }
}

impl Compiler<'_> {
    fn fault(&mut self, fact: String, help: &str) {
        let diagnostic = Diagnostic::error(Code(304), fact, help);
        self.faults.push(diagnostic.at(Place::Result("programme".to_owned()), ""));
    }

    fn name(&self, capability: CapabilityId) -> String {
        let ring = self.plant.ring;
        let row = &ring.capability[capability];
        format!("{} at {}", ring.items[row.item].key, ring.sites[row.site].key)
    }

    fn groups(&mut self) {
        let ring = self.plant.ring;
        let n = ring.settings.n_periods;
        for capability in ring.capability.ids() {
            let mut ticks = vec![0i64; n];
            for make in self.plant.programme.make.iter().filter(|m| m.capability == capability) {
                if make.period.index() < n {
                    ticks[make.period.index()] += make.quantity.ticks();
                }
            }
            let mut sum = 0;
            let planned = ticks.iter().map(|t| {
                sum += t;
                sum / 1_000
            });
            let planned = planned.collect();
            self.plant.groups.push(Group { capability, planned, planned_ticks: sum });
        }
    }

    /// The kinds of lines that open within the horizon, in order.
    fn kinds(&mut self, designs: &[LineDesign]) {
        let ring = self.plant.ring;
        let opens = |l: &&LineOpening| l.first_piece.index() < ring.settings.n_periods && l.count > 0;
        let rows = self.plant.programme.lines.iter().filter(opens);
        let mut kinds: Vec<(CapabilityId, usize)> = rows.map(|l| (l.capability, l.option)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for (capability, option) in kinds {
            self.kind(capability, option, designs);
        }
    }

    /// One kind of line and its seats; without seats where its lines are refused.
    fn kind(&mut self, capability: CapabilityId, option: usize, designs: &[LineDesign]) {
        let ring = self.plant.ring;
        let row = &ring.capability[capability];
        let first_seat = self.plant.seats.len();
        let mut kind =
            LineKind { capability, option, first_seat, n_stations: 0, variants: vec![0], flow: 0.0, racks: 0 };
        if let Some(option) = rules::line::option_of(ring, designs, capability, option).filter(|o| can_work(o)) {
            let kits = Kits::of(ring, row.item, row.line_type, option, self.plant.n_days);
            let buffer = u32::try_from(ring.items[row.item].buffer).unwrap_or(u32::MAX);
            let mut rack_before = 0u64;
            for (at, station) in option.stations.iter().enumerate() {
                let work = Work::of(ring, &kits.made, station, row.productivity);
                let rack_places = (rack_before as f64 / option.cycle_time_planned.ticks().max(1) as f64).ceil() as u32;
                let n_copies = u32::try_from(station.copies).unwrap_or(u32::MAX);
                let sampler = self.sampler(work.cv);
                kind.flow += work.base + work.rework_mean;
                kind.racks += work.rack;
                self.plant.seats.push(SeatSpec {
                    n_copies,
                    places: if at == 0 {
                        u32::MAX
                    } else {
                        n_copies.saturating_add(buffer).saturating_add(rack_places)
                    },
                    base: work.base,
                    sampler,
                    // The learning factor is at least 1, and rounding takes no whole tick.
                    least: ((work.base * self.plant.samplers[sampler].least()) as u64).saturating_sub(1).max(1),
                    clean: work.clean,
                    rework: work.rework,
                    rework_mean: work.rework_mean,
                    equipment: work.equipment,
                    rack: work.rack,
                    skill: station.skill.index(),
                    kits: kits.by_station[at].clone(),
                });
                rack_before = work.rack;
            }
            (kind.n_stations, kind.variants) = (option.stations.len(), kits.from);
        }
        self.plant.kinds.push(kind);
    }

    /// Every planned piece needs a line that is set up within the horizon.
    fn check_make(&mut self) {
        let mut faults = Vec::new();
        for (index, group) in self.plant.groups.iter().enumerate() {
            if group.planned_ticks > 0 && self.plant.lines.iter().all(|l| l.group != index) {
                faults.push(format!(
                    "the programme makes {} without a line that opens within the horizon",
                    self.name(group.capability)
                ));
            }
        }
        for fact in faults {
            self.fault(fact, "plan again, or add the line opening that belongs to these pieces");
        }
        if self.plant.horizon >= 1 << 50 {
            self.fault("the horizon is too long for the clock of the simulation".to_owned(), "shorten the horizon");
        }
    }

    fn lines(&mut self, row: &LineOpening, designs: &[LineDesign]) {
        let ring = self.plant.ring;
        if row.first_piece.index() >= ring.settings.n_periods {
            return;
        }
        let Some(option) = rules::line::option_of(ring, designs, row.capability, row.option) else {
            let fact = format!(
                "the programme orders option {} of {}, which is not in its menu",
                row.option,
                self.name(row.capability)
            );
            return self.fault(fact, "simulate with the line designs the programme was made from");
        };
        let capability = &ring.capability[row.capability];
        if self.plant.shifts[capability.site.index()].is_empty() {
            let fact = format!("site {} has a line but no shift in the horizon", ring.sites[capability.site].key);
            return self.fault(fact, "give the site a calendar with shifts");
        }
        if !can_work(option) {
            let fact =
                format!("option {} of {} has a station without work or copies", row.option, self.name(row.capability));
            return self.fault(fact, "balance again: every station needs a task and at least one copy");
        }
        let share = {
            let mates = self.plant.programme.lines.iter().filter(|l| l.capability == row.capability);
            1.0 / mates.map(|l| l.count).sum::<i64>().max(1) as f64
        };
        for _ in 0..row.count {
            self.line(row, option, share);
        }
    }

    fn line(&mut self, row: &LineOpening, option: &LineOption, share: f64) {
        let ring = self.plant.ring;
        let capability = &ring.capability[row.capability];
        let index = self.plant.lines.len();
        let first_station = self.plant.stations.len();
        let same = |k: &LineKind| (k.capability, k.option) == (row.capability, row.option);
        let kind = self.plant.kinds.iter().position(same).expect("kinds are those of the programme's lines");
        let (flow, racks) = (self.plant.kinds[kind].flow, self.plant.kinds[kind].racks);
        for seat in self.plant.kinds[kind].seats() {
            let (line, seat) = (index as u32, seat as u32);
            let station = StationSpec { line, seat, first_copy: 0, n_copies: 0, first_wear: 0, first_kit: 0 };
            self.plant.stations.push(station);
        }
        let curve = Curve::of(&ring.items[capability.item]);
        let experience =
            rules::learning::experience(ring, capability.site, capability.item) + rules::line::experience_of(ring, row);
        // How long a piece takes from release to the end of the line.
        let ahead = ((flow * curve.factor(experience + 1.0)) as u64, racks);
        let (plant, site) = (&self.plant, capability.site.index());
        let begins = |period: usize| period as u64 * plant.period;
        let mate = plant.lines.last().filter(|l| l.kind == kind && l.experience.to_bits() == experience.to_bits());
        let (release_from, factors) = match mate {
            Some(mate) => (Arc::clone(&mate.release_from), Arc::clone(&mate.factors)),
            None => {
                let release_from = (0..ring.settings.n_periods).map(|t| plant.release_for(site, ahead, begins(t)));
                let n_known = (plant.groups[row.capability.index()].planned.last().map_or(0, |n| *n as usize) + 2)
                    .min(FACTORS_MAX);
                (release_from.collect(), (0..n_known).map(|n| curve.factor(experience + n as f64)).collect())
            }
        };
        let counts_from = begins(row.output_from.index());
        let first_piece = begins(row.first_piece.index());
        let planned = &self.plant.groups[row.capability.index()].planned;
        let before = |t: usize| if t == 0 { 0.0 } else { planned[t - 1] as f64 * share };
        let spec = LineSpec {
            group: row.capability.index(),
            kind,
            site,
            item: thing(ring, Component::Item(capability.item)),
            is_product: capability.item == ring.settings.product,
            first_station,
            n_stations: option.stations.len(),
            opens: first_piece,
            counts_from,
            first_article: row.output_from > row.first_piece,
            ahead,
            release_from,
            first_release: plant.release_for(site, ahead, counts_from),
            curve,
            factors,
            experience,
            forgetting: ring.items[capability.item].forgetting_days,
            planned_before: (0..ring.settings.n_periods).map(before).collect(),
            cycle: option.cycle_time_planned.ticks() as f64 / capability.productivity,
            expected: plant.expected(site, first_piece),
        };
        self.plant.lines.push(spec);
        if !self.plant.working_sites.contains(&capability.site) {
            self.plant.working_sites.push(capability.site);
            self.plant.working_sites.sort_unstable();
        }
    }

    /// One log-normal sampler of mean 1 per coefficient of variation.
    fn sampler(&mut self, cv: f64) -> usize {
        let samplers = &mut self.plant.samplers;
        *self.sampler_of.entry(cv.to_bits()).or_insert_with(|| {
            samplers.push(unit_sampler(cv));
            samplers.len() - 1
        })
    }

    fn people(&mut self, designs: &[LineDesign]) {
        let plant = &self.plant;
        let ring = plant.ring;
        let n = ring.settings.n_periods;
        let mut people = vec![vec![vec![(0i64, 0i64); n]; ring.skills.len()]; ring.sites.len()];
        for row in &plant.programme.people {
            let from = row.ready.index().min(n);
            people[row.site.index()][row.skill.index()][from..].iter_mut().for_each(|p| p.0 += row.people);
        }
        for row in &plant.programme.lines {
            let site = ring.capability[row.capability].site;
            let crews = rules::calendar::crews(ring, site);
            let Some(option) = rules::line::option_of(ring, designs, row.capability, row.option) else {
                continue;
            };
            let from = row.first_piece.index().min(n);
            for (skill, heads) in &option.heads {
                let needed = heads * crews * row.count;
                people[site.index()][skill.index()][from..].iter_mut().for_each(|p| p.1 += needed);
            }
        }
        self.plant.people = people;
    }
}

/// Whether every station of a line has work and somewhere to do it.
fn can_work(option: &LineOption) -> bool {
    !option.stations.is_empty() && option.stations.iter().all(|s| s.copies >= 1 && !s.tasks.is_empty())
}

/// A log-normal sampler of mean 1, or the constant 1.
fn unit_sampler(cv: f64) -> Sampler {
    let spread = Distribution::log_normal(1.0, cv).or_else(|_| Distribution::constant(1.0));
    Sampler::new(&spread.expect("a constant of 1 is a distribution"))
}

/// The clock of a site at which nothing ever stops.
fn schedule(shifts: &[Shift], n_days: i64) -> SiteClock {
    let mut builder = ClockBuilder::new();
    shifts.iter().for_each(|s| builder.open(s.start, s.end));
    builder.finish(n_days as u64 * DAY)
}

/// Share of a day's working time that alarms are expected to take, and power of what alarms leave.
fn expected_stops(ring: &Ring, site: SiteId, day: units::Date) -> (f64, f64) {
    use model::tables::calendars::EntryKind;
    let calendar = ring.sites[site].calendar;
    let left = |kind: EntryKind| {
        let rows = ring.calendar_entries.iter().filter(|e| Some(e.calendar) == calendar && e.kind == kind);
        let covers = rows.filter(|e| e.from.is_none_or(|f| f <= day) && e.to.is_none_or(|t| day <= t));
        covers.map(|e| 1.0 - e.share.get() * e.stop_share.get()).product::<f64>()
    };
    (1.0 - left(EntryKind::Alarm), 1.0 - left(EntryKind::Power))
}
