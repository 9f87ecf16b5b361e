//! What one more buffer place, person, station copy or kit is worth: the same replications with and without it.

use super::evidence::due;
use super::plant::{Plant, SeatSpec, thing};
use super::stops::samples;
use super::summary::mean;
use super::tally::Tally;
use super::{Options, Problem, runs};
use chance::Source;
use model::control::Control;
use model::ids::{CapabilityId, Component, SiteId, SkillId};
use model::results::answers::{Extra, OneMore, Sums};
use model::results::evidence::Replication;
use units::Id;

/// Asks what one more of each thing is worth that could be worth something.
///
/// Left out, because it changes nothing: a place before a station whose predecessor was never blocked, a person of a
/// skill that never lacked, a kit that nothing waited for. Copies are tried only of stations that were the bottleneck of
/// their line in some replication and period. Work is counted in station visits; a limit or a stop cuts between things.
/// Nothing where the programme cannot be run.
#[must_use]
pub fn worth(problem: &Problem<'_>, options: &Options, control: &Control<'_>) -> Vec<OneMore> {
    let Ok(mut plant) = Plant::compile(problem.ring, problem.designs, problem.programme) else {
        return Vec::new();
    };
    let n = options.replications.clamp(1, model::results::Evidence::KEPT);
    let base = runs(&plant, Source::new(options.seed, 0), &Options { replications: n, ..*options }, control);
    if base.stats.replications < n {
        return Vec::new();
    }
    let mut all = Vec::new();
    for extra in candidates(&plant, &base.tally) {
        plant.change(extra, 1);
        let with = samples(&plant, &Options { replications: n, ..*options }, None, control);
        plant.change(extra, -1);
        let Some(with) = with else {
            break;
        };
        let (mut finished, mut late) = (Sums::default(), Sums::default());
        for (without, with) in base.kept.iter().zip(&with) {
            finished.add(with.finished - without.finished);
            late.add(piece_days_late(&plant, without) - piece_days_late(&plant, with));
        }
        let (finished, half_width) = mean(&finished, 1.0);
        let (late_less, late_half_width) = mean(&late, 1e3);
        all.push(OneMore { extra, finished, half_width, late_less, late_half_width });
        control.tell("simulate", format!("{} additions tried", all.len()), None);
        if !control.work(0) {
            break;
        }
    }
    all
}

/// What could be worth something, in order.
fn candidates(plant: &Plant<'_>, tally: &Tally) -> Vec<Extra> {
    let used = |seat: usize| tally.used.iter().skip(seat).step_by(plant.seats.len());
    let (mut places, mut copies, mut people, mut kits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for kind in &plant.kinds {
        for (station, seat) in kind.seats().enumerate() {
            if station > 0 && used(seat - 1).any(|u| u.blocked > 0) {
                places.push(Extra::Place(kind.capability, kind.option, station));
            }
            if tally.narrowest.iter().skip(seat).step_by(plant.seats.len()).any(|n| *n > 0) {
                copies.push(Extra::Copy(kind.capability, kind.option, station));
            }
        }
    }
    for kind in &plant.kinds {
        for seat in kind.seats().filter(|seat| used(*seat).any(|u| u.people > 0)) {
            let site = plant.ring.capability[kind.capability].site;
            people.push(Extra::Person(site, SkillId::from_index(plant.seats[seat].skill)));
        }
    }
    let n_items = plant.ring.items.len();
    for (at, _) in tally.lacked.iter().enumerate().filter(|(_, n)| **n > 0) {
        let (site, thing) = (at / plant.n_things, at % plant.n_things);
        let component = match thing.checked_sub(n_items) {
            None => Component::Item(Id::from_index(thing)),
            Some(part) => Component::Part(Id::from_index(part)),
        };
        kits.push(Extra::Kit(SiteId::from_index(site), component));
    }
    let mut all: Vec<Extra> = places.into_iter().chain(people).chain(copies).chain(kits).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Thousandths of a piece that replenishment is late, times the days of the periods.
fn piece_days_late(plant: &Plant<'_>, sample: &Replication) -> i64 {
    let mut late = 0;
    for (due, delivered) in due(plant).iter().zip(&sample.delivered) {
        let mut sum = 0;
        for (due, pieces) in due.iter().zip(delivered) {
            sum += pieces * 1_000;
            late += (due - sum).max(0);
        }
    }
    late * plant.ring.settings.period_days
}

impl Plant<'_> {
    /// Adds (1) or takes back (-1) one more of something.
    fn change(&mut self, extra: Extra, sign: i32) {
        match extra {
            Extra::Place(capability, option, station) => {
                if let Some(spec) = self.seat_of(capability, option, station) {
                    spec.places = spec.places.saturating_add_signed(sign);
                }
            }
            Extra::Copy(capability, option, station) => {
                if let Some(spec) = self.seat_of(capability, option, station) {
                    spec.n_copies = spec.n_copies.saturating_add_signed(sign);
                    if station > 0 {
                        spec.places = spec.places.saturating_add_signed(sign);
                    }
                }
                self.renumber();
            }
            Extra::Person(site, skill) => {
                let needed = self.people[site.index()][skill.index()].iter_mut().filter(|(_, needed)| *needed > 0);
                needed.for_each(|(at_work, _)| *at_work += i64::from(sign));
                self.work_out_presence();
            }
            Extra::Kit(site, component) => {
                let thing = thing(self.ring, component);
                if sign < 0 {
                    self.extra_stock.pop();
                } else {
                    self.extra_stock.push((site.index(), thing, self.per_piece(site.index(), thing)));
                }
            }
        }
    }

    /// One station of all lines of a kind.
    fn seat_of(&mut self, capability: CapabilityId, option: usize, station: usize) -> Option<&mut SeatSpec> {
        let kind = self.kinds.iter().find(|k| (k.capability, k.option) == (capability, option))?;
        self.seats.get_mut(kind.first_seat + station)
    }

    /// Thousandths of a thing that a piece takes on a line of a site.
    fn per_piece(&self, site: usize, thing: u32) -> i64 {
        let of_line = |l: &super::plant::LineSpec| {
            let kits = self.seats[self.kinds[l.kind].seats()].iter().filter_map(|s| s.kits.first());
            kits.flatten().filter(|(t, _)| *t == thing).map(|(_, quantity)| quantity).sum::<i64>()
        };
        self.lines.iter().filter(|l| l.site == site).map(of_line).max().unwrap_or(0).max(1_000)
    }
}
