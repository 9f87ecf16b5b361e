//! The ring compiled for simulation: lines with their stations, kits, people and plans, in ticks.

use super::clock::{ClockBuilder, SiteClock};
use super::fates::{Shift, shifts};
use chance::{Distribution, Sampler};
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::ids::*;
use model::results::programme::LineOpening;
use model::results::{LineDesign, LineOption, Programme};
use model::tables::capability::LineType;
use rules::learning::Curve;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Ticks of a minute and of a day.
pub(super) const MINUTE: u64 = 1_000;
pub(super) const DAY: u64 = 1_440 * MINUTE;

/// A component as an index into a site's stock: items first, then parts.
pub(super) type Thing = u32;

/// What one piece uses at a station: thing and thousandths of a piece.
pub(super) type Kit = Vec<(Thing, i64)>;

/// A station of a line of the programme.
#[derive(Debug)]
pub(super) struct StationSpec {
    pub(super) line: usize,
    /// First of its copies among all copies, and how many.
    pub(super) first_copy: usize,
    pub(super) n_copies: u32,
    /// Places for pieces: copies, buffer and rack before it; unlimited at the first station.
    pub(super) places: u32,
    /// Mature ticks of a trained crew for one piece, at the site's productivity.
    pub(super) base: f64,
    /// Index of the sampler of the spread, mean 1.
    pub(super) sampler: usize,
    /// Chance that no task needs rework.
    pub(super) clean: f64,
    /// Per task that may fail: chance, ticks of rework.
    pub(super) rework: Vec<(f64, f64)>,
    /// Ticks of rework to be expected.
    pub(super) rework_mean: f64,
    /// Per kind of equipment that breaks down: share of the time it is busy, mean ticks between breakdowns and to repair.
    pub(super) equipment: Vec<(f64, f64, f64)>,
    /// Ticks a piece waits unattended after its crew is done.
    pub(super) rack: u64,
    pub(super) skill: usize,
    /// Kits by variant of the line.
    pub(super) kits: Vec<Kit>,
}

/// A line of the programme.
#[derive(Debug)]
pub(super) struct LineSpec {
    pub(super) group: usize,
    pub(super) site: usize,
    /// The item it makes, as a thing.
    pub(super) item: Thing,
    pub(super) is_product: bool,
    pub(super) first_station: usize,
    pub(super) n_stations: usize,
    pub(super) opens: u64,
    pub(super) counts_from: u64,
    /// A first article is due before output counts.
    pub(super) first_article: bool,
    /// How far pieces are released ahead of the period they are planned in: scheduled ticks, and unattended ones.
    pub(super) ahead: (u64, u64),
    pub(super) curve: Curve,
    pub(super) experience: f64,
    /// Planned pieces of this line before each period, for the planned place on the learning curve.
    pub(super) planned_before: Vec<f64>,
    /// Days (as ticks) from which each variant of the kits holds.
    pub(super) variants: Vec<u64>,
    /// Ticks per piece as planned, for turning time into pieces.
    pub(super) cycle: f64,
}

/// All lines of one capability row: they share a plan.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) capability: CapabilityId,
    /// Planned pieces, whole, by the end of each period.
    pub(super) planned: Vec<i64>,
    /// Planned in all, in thousandths.
    pub(super) planned_ticks: i64,
}

/// The ring and its programme, ready to run.
#[derive(Debug)]
pub(super) struct Plant<'a> {
    pub(super) ring: &'a Ring,
    pub(super) programme: &'a Programme,
    pub(super) n_days: i64,
    pub(super) horizon: u64,
    pub(super) period: u64,
    pub(super) n_things: usize,
    pub(super) groups: Vec<Group>,
    pub(super) lines: Vec<LineSpec>,
    /// Option index by line, for reporting.
    pub(super) options: Vec<usize>,
    pub(super) stations: Vec<StationSpec>,
    pub(super) n_copies: usize,
    pub(super) samplers: Vec<Sampler>,
    /// Index of the sampler of the spread of each lane's and each source's time.
    pub(super) lane_samplers: Vec<usize>,
    pub(super) supply_samplers: Vec<usize>,
    /// The exponential of mean 1.
    pub(super) unit: Sampler,
    /// Days on which dated outages stop each lane.
    pub(super) lane_stopped: Vec<Vec<bool>>,
    /// Customers and items with an account, in the order of the evidence.
    pub(super) series: Vec<(CustomerId, ItemId)>,
    /// Shifts by site.
    pub(super) shifts: Vec<Vec<Shift>>,
    /// Scheduled time by site, nothing stopped.
    pub(super) schedules: Vec<SiteClock>,
    /// Share of output that dated outages leave, by site and day.
    pub(super) dated_output: Vec<Vec<f64>>,
    /// Share of working time that alarms, and of the rest that power, is expected to take, by site and day.
    pub(super) expected_stops: Vec<Vec<(f64, f64)>>,
    /// People at work and needed, by site, skill and period.
    pub(super) people: Vec<Vec<Vec<(i64, i64)>>>,
    /// When lines may begin to release what a further period plans: line and time.
    pub(super) release_times: Vec<(usize, u64)>,
    /// Sites with at least one line.
    pub(super) working_sites: Vec<SiteId>,
}

/// The clock of a site at which nothing ever stops.
fn schedule(shifts: &[Shift], n_days: i64) -> SiteClock {
    let mut builder = ClockBuilder::new();
    shifts.iter().for_each(|s| builder.open(s.start, s.end));
    builder.finish(n_days as u64 * DAY)
}

/// The thing a component is.
pub(super) fn thing(ring: &Ring, component: Component) -> Thing {
    (match component {
        Component::Item(item) => item.index(),
        Component::Part(part) => ring.items.len() + part.index(),
    }) as Thing
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
            options: Vec::new(),
            stations: Vec::new(),
            n_copies: 0,
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
            release_times: Vec::new(),
            working_sites: Vec::new(),
        };
        let mut compiler = Compiler { plant, sampler_of: BTreeMap::new(), faults: Vec::new() };
        compiler.groups();
        for row in &programme.lines {
            compiler.lines(row, designs);
        }
        compiler.people(designs);
        compiler.plant.lane_samplers = ring.lanes.iter().map(|l| compiler.sampler(l.spread)).collect();
        compiler.plant.supply_samplers = ring.supply.iter().map(|s| compiler.sampler(s.lead_spread)).collect();
        compiler.check_make();
        compiler.plant.release_times = compiler.plant.releases();
        if compiler.faults.is_empty() { Ok(compiler.plant) } else { Err(compiler.faults) }
    }

    /// The times at which lines may begin to release what a further period plans, by line, then time.
    fn releases(&self) -> Vec<(usize, u64)> {
        let mut times = Vec::new();
        for (line, spec) in self.lines.iter().enumerate() {
            let (schedule, mut hint) = (&self.schedules[spec.site], 0);
            for period in 1..self.ring.settings.n_periods as u64 {
                // One flow time before the period begins, and the tick that brings it into it.
                let begins = (period * self.period).saturating_sub(spec.ahead.1);
                let worked = schedule.moment(begins, &mut hint).worked.saturating_sub(spec.ahead.0);
                let time = schedule.after(worked, 1, 0).unwrap_or(self.horizon);
                if time >= spec.opens && time < self.horizon {
                    times.push((line, time));
                }
            }
        }
        times
    }

    /// What a reader of the evidence should know.
    pub(super) fn notes(&self, run: usize, wanted: usize) -> Vec<String> {
        let mut notes = Vec::new();
        if run < wanted {
            notes.push(format!("{run} of {wanted} replications were run within the limit"));
        }
        let never = self.programme.lines.iter().filter(|l| l.first_piece.index() >= self.ring.settings.n_periods);
        let never: i64 = never.map(|l| l.count).sum();
        if never > 0 {
            notes.push(format!("{never} lines make their first piece after the horizon and are left out"));
        }
        let late = self.lines.iter().filter(|l| l.counts_from >= self.horizon).count();
        if late > 0 {
            notes.push(format!("{late} lines have no output that counts within the horizon"));
        }
        let mixed = self.ring.outages.iter().filter_map(|o| o.common_cause.as_ref());
        let mut mixed: Vec<&String> = mixed.collect();
        mixed.sort();
        mixed.dedup();
        for cause in mixed {
            notes.push(format!("outages of common cause {cause} strike together, at the rate of the first of them"));
        }
        notes
    }

    /// The period a time falls in, held at the last.
    pub(super) fn period_at(&self, time: u64) -> usize {
        ((time / self.period) as usize).min(self.ring.settings.n_periods - 1)
    }
}

impl Compiler<'_> {
    fn fault(&mut self, fact: String, help: &str) {
        let diagnostic = Diagnostic::error(Code(304), fact, help);
        self.faults.push(diagnostic.at(Place::Result("programme".to_owned()), "named here"));
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
        if option.stations.is_empty() || option.stations.iter().any(|s| s.copies < 1 || s.tasks.is_empty()) {
            let fact =
                format!("option {} of {} has a station without work or copies", row.option, self.name(row.capability));
            return self.fault(fact, "balance again: every station needs a task and at least one copy");
        }
        let kits = Kits::of(ring, capability.item, capability.line_type, option, self.plant.n_days);
        let share = {
            let mates = self.plant.programme.lines.iter().filter(|l| l.capability == row.capability);
            1.0 / mates.map(|l| l.count).sum::<i64>().max(1) as f64
        };
        for _ in 0..row.count {
            self.line(row, option, &kits, share);
        }
    }

    fn line(&mut self, row: &LineOpening, option: &LineOption, kits: &Kits, share: f64) {
        let ring = self.plant.ring;
        let capability = &ring.capability[row.capability];
        let index = self.plant.lines.len();
        let first_station = self.plant.stations.len();
        let mut flow = 0.0;
        let mut rack_before = 0u64;
        for (at, station) in option.stations.iter().enumerate() {
            let work = Work::of(ring, &kits.made, station, capability.productivity);
            let rack_places = (rack_before as f64 / option.cycle_time_planned.ticks().max(1) as f64).ceil() as u32;
            let buffer = u32::try_from(ring.items[capability.item].buffer).unwrap_or(u32::MAX);
            let n_copies = u32::try_from(station.copies).unwrap_or(u32::MAX);
            let sampler = self.sampler(work.cv);
            flow += work.base + work.rework_mean;
            self.plant.stations.push(StationSpec {
                line: index,
                first_copy: self.plant.n_copies,
                n_copies,
                places: if at == 0 { u32::MAX } else { n_copies.saturating_add(buffer).saturating_add(rack_places) },
                base: work.base,
                sampler,
                clean: work.clean,
                rework: work.rework,
                rework_mean: work.rework_mean,
                equipment: work.equipment,
                rack: work.rack,
                skill: station.skill.index(),
                kits: kits.by_station[at].clone(),
            });
            self.plant.n_copies += station.copies as usize;
            rack_before = work.rack;
        }
        let racks: u64 = self.plant.stations[first_station..].iter().map(|s| s.rack).sum();
        let curve = Curve::of(&ring.items[capability.item]);
        let experience = rules::learning::experience(ring, capability.site, capability.item);
        // How long a piece takes from release to the end of the line.
        let ahead = ((flow * curve.factor(experience + 1.0)) as u64, racks);
        let first_piece = row.first_piece.index() as u64 * self.plant.period;
        let planned = &self.plant.groups[row.capability.index()].planned;
        let before = |t: usize| if t == 0 { 0.0 } else { planned[t - 1] as f64 * share };
        let spec = LineSpec {
            group: row.capability.index(),
            site: capability.site.index(),
            item: thing(ring, Component::Item(capability.item)),
            is_product: capability.item == ring.settings.product,
            first_station,
            n_stations: option.stations.len(),
            opens: first_piece,
            counts_from: row.output_from.index() as u64 * self.plant.period,
            first_article: row.output_from > row.first_piece,
            ahead,
            curve,
            experience,
            planned_before: (0..ring.settings.n_periods).map(before).collect(),
            variants: kits.from.clone(),
            cycle: option.cycle_time_planned.ticks() as f64 / capability.productivity,
        };
        self.plant.lines.push(spec);
        self.plant.options.push(row.option);
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

/// A log-normal sampler of mean 1, or the constant 1.
fn unit_sampler(cv: f64) -> Sampler {
    let spread = Distribution::log_normal(1.0, cv).or_else(|_| Distribution::constant(1.0));
    Sampler::new(&spread.expect("a constant of 1 is a distribution"))
}

/// The work of one station, from its tasks.
struct Work {
    base: f64,
    cv: f64,
    clean: f64,
    rework: Vec<(f64, f64)>,
    rework_mean: f64,
    equipment: Vec<(f64, f64, f64)>,
    rack: u64,
}

impl Work {
    /// A sub-assembly that goes in twice has its tasks done twice, each with its own spread and its own chance to fail.
    fn of(ring: &Ring, made: &[(ItemId, Quantity)], station: &model::results::Station, productivity: f64) -> Self {
        let pieces = |item: ItemId| made.iter().find(|(i, _)| *i == item).map_or(1.0, |(_, q)| q.as_f64());
        let tasks = || station.tasks.iter().map(|t| &ring.tasks[*t]).map(|t| (t, pieces(t.item)));
        let ticks = |m: units::Minutes| m.ticks() as f64 / productivity;
        let load: f64 = tasks().map(|(t, n)| ticks(t.minutes) * n).sum();
        let variance: f64 = tasks().map(|(t, n)| n * ticks(t.minutes) * ticks(t.minutes) * t.spread * t.spread).sum();
        let may_fail = tasks().filter(|(t, _)| t.first_pass_yield.get() < 1.0 && !t.rework_minutes.is_zero());
        let rework: Vec<(f64, f64)> = may_fail
            .flat_map(|(t, n)| {
                let once = (t.first_pass_yield.rest().get(), ticks(t.rework_minutes));
                std::iter::repeat_n(once, n.round().max(1.0) as usize)
            })
            .collect();
        let mut busy: BTreeMap<EquipmentId, f64> = BTreeMap::new();
        for (task, n) in tasks() {
            if let Some(equipment) = task.equipment {
                *busy.entry(equipment).or_default() += ticks(task.minutes) * n / load;
            }
        }
        let equipment = busy.into_iter().filter_map(|(id, share)| {
            let row = &ring.equipment[id];
            let (up, down) = (row.breakdown_minutes?, row.repair_minutes?);
            Some((share, up.ticks() as f64, down.ticks() as f64))
        });
        Self {
            base: load,
            cv: libm::sqrt(variance) / load,
            clean: rework.iter().map(|r| 1.0 - r.0).product(),
            rework_mean: rework.iter().map(|r| r.0 * r.1).sum(),
            rework,
            equipment: equipment.collect(),
            rack: rack(ring, station, productivity),
        }
    }
}

/// Ticks a piece stays after its crew is done: one crew takes the tasks in their order, each as early as its
/// predecessors here (unattended time included) allow; what is left when the crew is through is waited aside.
fn rack(ring: &Ring, station: &model::results::Station, productivity: f64) -> u64 {
    let mut ready: BTreeMap<TaskId, f64> = BTreeMap::new();
    let mut work = 0.0;
    for id in &station.tasks {
        let task = &ring.tasks[*id];
        let after = task.predecessors.iter().filter_map(|p| ready.get(p)).copied().fold(work, f64::max);
        let minutes = task.minutes.ticks() as f64 / productivity;
        work += minutes;
        ready.insert(*id, after + minutes + task.unattended_minutes.ticks() as f64);
    }
    ready.values().map(|end| end - work).fold(0.0, f64::max).round() as u64
}

/// Which components each station takes for a piece, as revisions change.
struct Kits {
    /// Made items on the line, with pieces per piece.
    made: Vec<(ItemId, Quantity)>,
    /// Ticks from which each variant holds; the first is 0.
    from: Vec<u64>,
    /// By station, by variant.
    by_station: Vec<Vec<Kit>>,
}

impl Kits {
    fn of(ring: &Ring, item: ItemId, line_type: LineType, option: &LineOption, n_days: i64) -> Self {
        let made = match line_type {
            LineType::Cell => vec![(item, Quantity::whole(1))],
            LineType::Complete => ring.made_within(item),
        };
        let changes = ring.revisions.iter().filter(|r| made.iter().any(|(i, _)| *i == r.item));
        let mut days: Vec<i64> = changes.map(|r| r.effective_from.days_since(ring.settings.start)).collect();
        days.push(0);
        days.retain(|d| (0..n_days).contains(d));
        days.sort_unstable();
        days.dedup();
        let mut by_station = vec![Vec::new(); option.stations.len()];
        for day in &days {
            let date = ring.settings.start.plus_days(*day);
            let mut left: BTreeMap<Component, i64> =
                rules::components::used(ring, item, line_type, date).into_iter().map(|(c, q)| (c, q.ticks())).collect();
            let mut kits: Vec<Kit> = Vec::new();
            for station in &option.stations {
                let mut kit: BTreeMap<Component, i64> = BTreeMap::new();
                for use_ in ring.task_parts.iter().filter(|u| station.tasks.contains(&u.task)) {
                    let pieces =
                        made.iter().find(|(i, _)| *i == ring.tasks[use_.task].item).map_or(1_000, |(_, q)| q.ticks());
                    let wanted = use_.quantity.ticks() * pieces / 1_000;
                    if let Some(rest) = left.get_mut(&use_.component) {
                        let taken = wanted.min(*rest);
                        *rest -= taken;
                        *kit.entry(use_.component).or_default() += taken;
                    }
                }
                kits.push(kit.into_iter().filter(|(_, q)| *q > 0).map(|(c, q)| (thing(ring, c), q)).collect());
            }
            // What no task names goes to the first station that works on an item it belongs to.
            for (component, rest) in left.into_iter().filter(|(_, q)| *q > 0) {
                let parents: Vec<ItemId> = ring
                    .bom
                    .iter()
                    .filter(|l| l.component == component && made.iter().any(|(i, _)| *i == l.parent))
                    .map(|l| l.parent)
                    .collect();
                let works =
                    |s: &model::results::Station| s.tasks.iter().any(|t| parents.contains(&ring.tasks[*t].item));
                let at = option.stations.iter().position(works).unwrap_or(0);
                let id = thing(ring, component);
                match kits[at].iter_mut().find(|(t, _)| *t == id) {
                    Some(entry) => entry.1 += rest,
                    None => kits[at].push((id, rest)),
                }
            }
            for (station, kit) in kits.into_iter().enumerate() {
                by_station[station].push(kit);
            }
        }
        Self { from: days.iter().map(|d| *d as u64 * DAY).collect(), made, by_station }
    }
}
