//! The ring compiled for simulation: lines with their stations, kits, people and plans, in ticks.

use super::clock::SiteClock;
use super::couplings::Couplings;
use super::event;
use super::fates::{self, Shift};
use super::flows::FlowPlan;
use chance::Sampler;
use model::Ring;
use model::ids::*;
use model::results::Programme;
use rules::learning::Curve;
use std::collections::BTreeMap;
use std::sync::Arc;
use units::Id;

/// Ticks of a minute and of a day.
pub(super) const MINUTE: u64 = 1_000;
pub(super) const DAY: u64 = 1_440 * MINUTE;

/// A component as an index into a site's stock: items first, then parts.
pub(super) type Thing = u32;

/// What one piece uses at a station: thing and thousandths of a piece.
pub(super) type Kit = Vec<(Thing, i64)>;

/// A station as all lines of a kind have it: they share one description, so that it stays in the cache.
#[derive(Debug, Default)]
pub(super) struct SeatSpec {
    pub(super) n_copies: u32,
    /// Places for pieces: copies, buffer and rack before it; unlimited at the first station.
    pub(super) places: u32,
    /// Mature ticks of a trained crew for one piece, at the site's productivity.
    pub(super) base: f64,
    /// Index of the sampler of the spread, mean 1.
    pub(super) sampler: usize,
    /// Fewest ticks of open time that a visit can take.
    pub(super) least: u64,
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

/// A station of a line of the programme.
#[derive(Debug, Clone, Copy)]
pub(super) struct StationSpec {
    pub(super) line: u32,
    /// Its place among the stations of its kind of line, counted over all kinds.
    pub(super) seat: u32,
    /// First of its copies among all copies, and how many.
    pub(super) first_copy: u32,
    pub(super) n_copies: u32,
    /// The wear of its first copy, where it has equipment that breaks down.
    pub(super) first_wear: u32,
    /// Its first count of kits taken among all of them.
    pub(super) first_kit: u32,
}

impl StationSpec {
    /// Its copies among all copies.
    #[inline]
    pub(super) fn copies(&self) -> std::ops::Range<usize> {
        self.first_copy as usize..(self.first_copy + self.n_copies) as usize
    }
}

/// A line of the programme.
#[derive(Debug)]
pub(super) struct LineSpec {
    pub(super) group: usize,
    pub(super) kind: usize,
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
    /// When each period begins for release: what is released from then on would leave the line in it.
    pub(super) release_from: Arc<[u64]>,
    /// From when on pieces are released that count.
    pub(super) first_release: u64,
    pub(super) curve: Curve,
    /// The factors of its first pieces by number, as long as nothing is forgotten.
    pub(super) factors: Arc<[f64]>,
    pub(super) experience: f64,
    /// Days without a piece in which it forgets half of its experience.
    pub(super) forgetting: Option<f64>,
    /// Planned pieces of this line before each period, for the planned place on the learning curve.
    pub(super) planned_before: Vec<f64>,
    /// Ticks per piece as planned, for turning time into pieces.
    pub(super) cycle: f64,
    pub(super) expected: Expected,
}

/// Ticks since a line opened: scheduled, and what alarms and power are expected to take of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Expected {
    pub(super) alarm: f64,
    pub(super) power: f64,
    pub(super) scheduled: f64,
}

impl LineSpec {
    /// The last of its stations.
    #[inline]
    pub(super) fn last_station(&self) -> usize {
        self.first_station + self.n_stations - 1
    }

    /// Its stations among all stations.
    pub(super) fn stations(&self) -> std::ops::Range<usize> {
        self.first_station..self.first_station + self.n_stations
    }
}

/// Lines of one capability row and option: they look alike, and evidence takes them together.
#[derive(Debug)]
pub(super) struct LineKind {
    pub(super) capability: CapabilityId,
    pub(super) option: usize,
    pub(super) first_seat: usize,
    pub(super) n_stations: usize,
    /// Days (as ticks) from which each variant of the kits holds.
    pub(super) variants: Vec<u64>,
    /// Ticks of work in a mature piece, and of unattended time.
    pub(super) flow: f64,
    pub(super) racks: u64,
}

impl LineKind {
    /// The variant of the kits that holds at a time.
    #[inline]
    pub(super) fn variant_at(&self, time: u64) -> usize {
        self.variants.partition_point(|from| *from <= time).max(1) - 1
    }

    /// Its seats among all seats.
    pub(super) fn seats(&self) -> std::ops::Range<usize> {
        self.first_seat..self.first_seat + self.n_stations
    }
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
    /// Kinds of lines, by capability and option.
    pub(super) kinds: Vec<LineKind>,
    pub(super) seats: Vec<SeatSpec>,
    pub(super) stations: Vec<StationSpec>,
    pub(super) n_copies: usize,
    pub(super) n_kits: usize,
    /// What is in stock from the first day on beyond the ring's own: site, thing, thousandths.
    pub(super) extra_stock: Vec<(usize, Thing, i64)>,
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
    /// Chances that at most so many of those at work are present, by skill and people at work.
    pub(super) present: BTreeMap<(SkillId, i64), Vec<f64>>,
    /// What consignments and customers are planned to do.
    pub(super) flows: FlowPlan,
    /// What is known to happen to each line whatever chance brings: times and events, by time.
    pub(super) agendas: Vec<Vec<(u64, u32)>>,
    /// What lines of a site share and may get in each other's way with.
    pub(super) couplings: Couplings,
    /// Sites with at least one line.
    pub(super) working_sites: Vec<SiteId>,
}

/// The thing a component is.
pub(super) fn thing(ring: &Ring, component: Component) -> Thing {
    (match component {
        Component::Item(item) => item.index(),
        Component::Part(part) => ring.items.len() + part.index(),
    }) as Thing
}

impl<'a> Plant<'a> {
    /// Works out the chances of presence for all people at work that occur.
    pub(super) fn work_out_presence(&mut self) {
        for (skill, row) in self.ring.skills.enumerate() {
            for site in &self.people {
                for (at_work, _) in site[skill.index()].iter().filter(|(_, needed)| *needed > 0) {
                    let chances = || fates::binomial_cdf(*at_work, 1.0 - row.absence.get());
                    self.present.entry((skill, *at_work)).or_insert_with(chances);
                }
            }
        }
    }

    /// Numbers the copies of stations, their wear and their kits one after the other.
    pub(super) fn renumber(&mut self) {
        let (mut n_copies, mut n_wear, mut n_kits) = (0, 0, 0);
        for spec in &mut self.stations {
            let seat = &self.seats[spec.seat as usize];
            (spec.first_copy, spec.n_copies) = (n_copies, seat.n_copies);
            (spec.first_wear, spec.first_kit) = (n_wear, n_kits);
            n_copies += seat.n_copies;
            n_wear += if seat.equipment.is_empty() { 0 } else { seat.n_copies };
            n_kits += seat.kits.len() as u32;
        }
        (self.n_copies, self.n_kits) = (n_copies as usize, n_kits as usize);
        self.couplings = Couplings::of(self);
    }

    /// What alarms and power are expected to take at a site from a time on.
    pub(super) fn expected(&self, site: usize, opens: u64) -> Expected {
        let mut sum = Expected::default();
        for shift in self.shifts[site].iter().filter(|s| s.start >= opens) {
            let length = (shift.end - shift.start) as f64 * self.dated_output[site][shift.day];
            let (alarm, power) = self.expected_stops[site][shift.day];
            sum.alarm += length * alarm;
            sum.power += length * (1.0 - alarm) * power;
            sum.scheduled += length;
        }
        sum
    }

    /// By line: it opens, its output counts from a day on, and it may begin to release what a further period plans.
    pub(super) fn agendas(&self) -> Vec<Vec<(u64, u32)>> {
        self.lines.iter().enumerate().map(|(line, spec)| self.agenda(line as u32, spec)).collect()
    }

    fn agenda(&self, line: u32, spec: &LineSpec) -> Vec<(u64, u32)> {
        let mut agenda = vec![(spec.opens, event::OPEN | line)];
        if spec.counts_from < self.horizon {
            agenda.push((spec.counts_from, event::COUNT | line));
        }
        let (schedule, mut hint) = (&self.schedules[spec.site], 0);
        for period in 1..self.ring.settings.n_periods as u64 {
            // One flow time before the period begins, and the tick that brings it into it.
            let begins = (period * self.period).saturating_sub(spec.ahead.1);
            let worked = schedule.moment(begins, &mut hint).worked.saturating_sub(spec.ahead.0);
            let time = schedule.after(worked, 1, 0).unwrap_or(self.horizon);
            if time >= spec.opens && time < self.horizon {
                agenda.push((time, event::RELEASE | line));
            }
        }
        agenda.sort_by_key(|(time, _)| *time);
        agenda
    }

    /// When a piece released on a line at a time would leave it if nothing held it up. `hint` is a window of the schedule
    /// at or before it and is moved up to it.
    pub(super) fn soon(&self, line: usize, time: u64, hint: &mut usize) -> u64 {
        let spec = &self.lines[line];
        self.leaves(&self.schedules[spec.site], spec.ahead, time, hint)
    }

    fn leaves(&self, schedule: &SiteClock, ahead: (u64, u64), time: u64, hint: &mut usize) -> u64 {
        let worked = schedule.moment(time, hint).worked;
        schedule.after(worked, ahead.0, *hint).unwrap_or(self.horizon) + ahead.1
    }

    /// The first time at which a piece released would leave at `goal` or later if nothing held it up.
    pub(super) fn release_for(&self, site: usize, ahead: (u64, u64), goal: u64) -> u64 {
        let schedule = &self.schedules[site];
        // What leaves never leaves earlier for having been released later.
        let (mut early, mut late) = (0, self.horizon);
        while early < late {
            let middle = early.midpoint(late);
            if self.leaves(schedule, ahead, middle, &mut schedule.window_at(middle)) < goal {
                early = middle + 1;
            } else {
                late = middle;
            }
        }
        early
    }

    /// The period a time falls in, held at the last.
    pub(super) fn period_at(&self, time: u64) -> usize {
        ((time / self.period) as usize).min(self.ring.settings.n_periods - 1)
    }
}
