//! The end of a period and of a replication: what every copy has been doing is booked, and what must hold is asserted.

use super::chain::{Bucket, N_BUCKETS, Split, advance};
use super::state::{Doing, LineNow, Run};
use super::tally::Use;

impl LineNow {
    /// A piece comes on or leaves.
    #[inline]
    pub(super) fn on_line(&mut self, now: u64, change: i64) {
        self.area += self.on_line * (now - self.on_line_since);
        self.on_line_since = now;
        self.on_line = self.on_line.wrapping_add_signed(change);
    }
}

impl Run<'_> {
    /// Books the time of every copy until now to the period that ends.
    pub(super) fn end_period(&mut self, period: usize) {
        let plant = self.plant;
        for (line, spec) in plant.lines.iter().enumerate() {
            if !self.lines[line].open {
                continue;
            }
            let moment = self.moment(line);
            let lost = self.sites[spec.site].clock.lost_before(self.lines[line].hint);
            let now = &mut self.lines[line];
            let mut stops = [0; super::clock::N_STOPS];
            for ((stop, lost), booked) in stops.iter_mut().zip(lost).zip(&mut now.lost_booked) {
                *stop = lost - *booked;
                *booked = *lost;
            }
            for (station, spec) in spec.stations().zip(&plant.stations[spec.stations()]) {
                let used = &mut self.stations[station].used;
                for c in &mut self.copies[spec.copies()] {
                    let spent = moment.worked - c.since;
                    c.since = moment.worked;
                    match c.doing {
                        Doing::Idle => used.starved += spent,
                        Doing::Busy => used.visit(spent, &mut c.people, &mut c.down),
                        Doing::Blocked => used.blocked += spent,
                        Doing::Waiting => used.parts += spent,
                    }
                    used.stops.iter_mut().zip(stops).for_each(|(s, stop)| *s += stop);
                }
                self.tally.book(spec.seat as usize, used);
                *used = Use::default();
            }
        }
        self.tally.end_period(plant, period);
    }

    /// Little's law, piece by piece: what was on each line over time is what its pieces spent there.
    pub(super) fn settle_lines(&mut self) {
        for now in &mut self.lines {
            now.on_line(self.now, 0);
            let left = now.pieces.iter().filter(|p| p.on_line);
            now.sojourn += left.map(|p| self.now - p.started).sum::<u64>();
        }
        for (kind, spec) in self.plant.kinds.iter().enumerate() {
            let (mut area, mut started) = (0, 0);
            let mine = self.plant.lines.iter().zip(&self.lines).filter(|(l, _)| l.kind == kind);
            for (_, now) in mine {
                assert_eq!(
                    now.area, now.sojourn,
                    "Little's law holds piece by piece on lines of {:?}",
                    spec.capability
                );
                area += now.area;
                started += now.started;
            }
            self.tally.area[kind].add(area as i64);
            self.tally.started[kind] += started;
        }
    }

    /// What came to each site is what was taken, sent or is there.
    pub(super) fn check_stock(&self) {
        let plant = self.plant;
        for (site, s) in self.sites.iter().enumerate() {
            let mut left = self.flows.came[site].clone();
            left.iter_mut().zip(&self.flows.sent[site]).for_each(|(l, sent)| *l -= sent);
            left.iter_mut().zip(&s.expired).for_each(|(l, expired)| *l -= expired);
            for (line, spec) in plant.lines.iter().enumerate().filter(|(_, l)| l.site == site) {
                left[spec.item as usize] += self.lines[line].finished as i64 * 1_000;
                for spec in &plant.stations[spec.stations()] {
                    let kits = &plant.seats[spec.seat as usize].kits;
                    for (kit, n) in kits.iter().zip(&self.kits[spec.first_kit as usize..]) {
                        kit.iter().for_each(|(thing, quantity)| left[*thing as usize] -= quantity * *n as i64);
                    }
                }
            }
            assert_eq!(left, s.stock, "parts and pieces are conserved at site {site}");
            assert!(s.stock.iter().all(|n| *n >= 0), "nothing is taken that is not there at site {site}");
        }
    }

    /// The account of a line until the end of the horizon: that of its last piece, and what has held it up since.
    pub(super) fn final_split(&self, line: usize) -> Split {
        let plant = self.plant;
        let spec = &plant.lines[line];
        if !self.lines[line].open {
            return [0; N_BUCKETS];
        }
        // From the last station upwards: the first that is not merely starved says why nothing comes.
        let copies = spec.stations().rev().flat_map(|s| &self.copies[plant.stations[s].copies()]);
        let cause = copies.filter(|c| c.doing != Doing::Idle).map(|c| match c.doing {
            Doing::Waiting if (c.lacks as usize) < plant.ring.items.len() => Bucket::SubAssembly,
            Doing::Waiting => Bucket::Parts,
            _ => Bucket::Nominal,
        });
        let cause = cause.into_iter().next().unwrap_or(Bucket::Plan);
        let mut split = self.lines[line].last_split;
        advance(&mut split, &self.lines[line].last, &self.sites[spec.site].clock.end(), cause);
        split
    }
}
