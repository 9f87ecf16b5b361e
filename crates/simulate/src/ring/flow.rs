//! Pieces on lines: release, work, blocking, racks, first articles.

use super::chain::{Account, Bucket, advance};
use super::clock::Moment;
use super::event;
use super::plant::DAY;
use super::state::{Doing, NONE, PieceAccount, PieceNow, Run};

impl Run<'_> {
    /// A line is set up and its crew is there.
    pub(super) fn open_line(&mut self, line: usize) {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let moment = self.moment(line);
        let lost = *self.sites[spec.site].clock.lost_before(self.lines[line].hint);
        let now = &mut self.lines[line];
        (now.open, now.opened, now.last) = (true, moment, moment);
        (now.lost_before, now.lost_booked) = (lost, lost);
        now.on_line_since = self.now;
        for station in &plant.stations[spec.stations()] {
            for copy in &mut self.copies[station.copies()] {
                copy.since = moment.worked;
            }
            self.accounts[station.copies()].iter_mut().for_each(|account| account.at = moment);
        }
        self.release(line);
    }

    /// Starts pieces at the first station while the plan asks for them and a copy is free.
    pub(super) fn release(&mut self, line: usize) {
        let plant = self.plant;
        let spec = &plant.lines[line];
        if !self.lines[line].open {
            return;
        }
        for copy in plant.stations[spec.first_station].copies() {
            if self.copies[copy].piece != NONE {
                continue;
            }
            let now = &self.lines[line];
            let first_article = spec.first_article && !now.first_article_started;
            if first_article {
                self.lines[line].first_article_started = true;
            } else {
                if spec.first_article && !now.first_article_done {
                    return;
                }
                if self.now < spec.first_release {
                    return;
                }
                let period = &mut self.lines[line].release_period;
                while spec.release_from.get(*period + 1).is_some_and(|from| *from <= self.now) {
                    *period += 1;
                }
                if self.released[spec.group] >= self.planned[spec.group][*period] {
                    return;
                }
                self.released[spec.group] += 1;
            }
            let moment = self.moment(line);
            let piece = self.new_piece(line, first_article, copy, moment);
            self.stations[spec.first_station].present += 1;
            self.load(copy, piece, line, moment);
        }
    }

    fn new_piece(&mut self, line: usize, first_article: bool, copy: usize, moment: Moment) -> u32 {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let now = &mut self.lines[line];
        now.in_process += 1;
        now.started += 1;
        now.on_line(self.now, 1);
        let n = spec.experience + now.started as f64 - now.forgotten;
        let n = match spec.forgetting {
            Some(half_days) if now.started > 1 => {
                // Whole days since the piece before: nights and breaks within a day are no stop.
                let idle = ((self.now - now.last_start) / DAY) as f64;
                let before = n - 1.0;
                let left = rules::learning::remembered(before, idle, half_days);
                now.forgotten += before - left;
                left + 1.0
            }
            _ => n,
        };
        now.last_start = self.now;
        let known = spec.factors.get(now.started as usize).filter(|_| now.forgotten == 0.0);
        let factor = known.copied().unwrap_or_else(|| spec.curve.factor(n));
        let piece = PieceNow {
            station: spec.first_station as u32,
            first_article,
            on_line: true,
            variant: plant.kinds[spec.kind].variant_at(self.now) as u16,
            next: NONE,
            number: now.started as u32,
            started: self.now,
            factor,
        };
        let id = match now.free.pop() {
            Some(id) => {
                now.pieces[id as usize] = piece;
                id
            }
            None => {
                now.pieces.push(piece);
                now.pieces.len() as u32 - 1
            }
        };
        if spec.is_product {
            self.open_account(line, id, copy, moment);
        }
        id
    }

    /// A piece of a product line begins with the account of the copy that it comes to.
    fn open_account(&mut self, line: usize, piece: u32, copy: usize, moment: Moment) {
        let plant = self.plant;
        let (spec, now) = (&plant.lines[line], &mut self.lines[line]);
        let period = plant.period_at(self.now);
        if now.planned_factor.0 != period {
            let planned = spec.experience + spec.planned_before[period] + 1.0;
            now.planned_factor = (period, spec.curve.factor(planned));
        }
        // The copy had nothing to do by the plan since it became free.
        let Account { at, mut split } = self.accounts[copy];
        advance(&mut split, &at, &moment, Bucket::Plan);
        let account = PieceAccount { planned_factor: now.planned_factor.1, account: Account { at: moment, split } };
        match now.accounts.get_mut(piece as usize) {
            Some(place) => *place = account,
            None => now.accounts.push(account),
        }
    }

    /// Puts a piece on a free copy; whichever of the two came later set the pace.
    fn load(&mut self, copy: usize, piece: u32, line: usize, moment: Moment) {
        let plant = self.plant;
        let c = &mut self.copies[copy];
        let station = c.station as usize;
        self.stations[station].used.starved += moment.worked - c.since;
        if plant.lines[line].is_product {
            let (mine, its) = (&mut self.accounts[copy], &self.lines[line].accounts[piece as usize].account);
            if its.at.scheduled >= mine.at.scheduled {
                *mine = *its;
            }
        }
        c.piece = piece;
        c.since = moment.worked;
        if let Some(trace) = &mut self.trace {
            let number = self.lines[line].pieces[piece as usize].number;
            trace.load(plant, self.now, copy, station, number);
        }
        self.start(copy, line, moment);
    }

    /// Takes the kit and begins work, or waits for what is missing.
    fn start(&mut self, copy: usize, line: usize, moment: Moment) {
        let plant = self.plant;
        let station = self.copies[copy].station as usize;
        let spec = &plant.stations[station];
        let seat = &plant.seats[spec.seat as usize];
        let site = plant.lines[line].site;
        let piece = &self.lines[line].pieces[self.copies[copy].piece as usize];
        // A first article comes with its own kit, paid with the line.
        if !piece.first_article {
            let variant = usize::from(piece.variant).min(seat.kits.len() - 1);
            let kit = &seat.kits[variant];
            let s = &mut self.sites[site];
            if let Some((lacks, _)) = kit.iter().find(|(thing, quantity)| s.stock[*thing as usize] < *quantity) {
                let c = &mut self.copies[copy];
                (c.doing, c.lacks) = (Doing::Waiting, *lacks);
                s.lacking[*lacks as usize].push_back(copy as u32);
                self.tally.lacked[site * plant.n_things + *lacks as usize] += 1;
                return;
            }
            for (thing, quantity) in kit {
                s.stock[*thing as usize] -= quantity;
            }
            self.kits[spec.first_kit as usize + variant] += 1;
        }
        self.work(copy, station, line, moment);
    }

    /// Something arrived at a site: copies that wait for it try again, longest first.
    fn wake(&mut self, site: usize, thing: u32) {
        let plant = self.plant;
        let waiting = std::mem::take(&mut self.sites[site].lacking[thing as usize]);
        for copy in waiting {
            let copy = copy as usize;
            let line = plant.stations[self.copies[copy].station as usize].line as usize;
            let moment = self.moment(line);
            self.woken.push(line as u32);
            let c = &mut self.copies[copy];
            let station = c.station as usize;
            self.stations[station].used.parts += moment.worked - c.since;
            c.since = moment.worked;
            c.doing = Doing::Idle;
            if plant.lines[line].is_product {
                let is_item = (thing as usize) < plant.ring.items.len();
                self.accounts[copy].advance(moment, if is_item { Bucket::SubAssembly } else { Bucket::Parts });
            }
            self.start(copy, line, moment);
        }
    }

    /// A visit ends: the piece goes on, or is held until there is a place.
    pub(super) fn done(&mut self, copy: usize, line: usize) {
        let plant = self.plant;
        let station = self.copies[copy].station as usize;
        let moment = self.moment(line);
        let c = &mut self.copies[copy];
        let used = &mut self.stations[station].used;
        used.visit(moment.worked - c.since, &mut c.people, &mut c.down);
        used.visits += 1;
        self.visits += 1;
        c.since = moment.worked;
        if plant.lines[line].is_product {
            self.accounts[copy].at = moment;
        }
        if let Some(trace) = &mut self.trace {
            trace.done(self.now, copy);
        }
        if station < plant.lines[line].last_station() {
            let places = plant.seats[plant.stations[station + 1].seat as usize].places;
            let next = &mut self.stations[station + 1];
            if !next.waiting.is_empty() || next.present >= places {
                next.waiting.push(copy as u32, &mut self.copies, |c| &mut c.next);
                self.copies[copy].doing = Doing::Blocked;
                return;
            }
        }
        self.leave(copy, line, moment);
    }

    /// Takes the piece off a copy and lets the freed places be filled from upstream.
    fn leave(&mut self, copy: usize, line: usize, moment: Moment) {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let mut copy = copy;
        loop {
            let c = &mut self.copies[copy];
            let station = c.station as usize;
            if c.doing == Doing::Blocked {
                self.stations[station].used.blocked += moment.worked - c.since;
            }
            let piece = c.piece;
            (c.piece, c.doing, c.since) = (NONE, Doing::Idle, moment.worked);
            let split = spec.is_product.then(|| {
                self.accounts[copy].at = moment;
                self.accounts[copy].split
            });
            self.stations[station].present -= 1;
            if let Some(trace) = &mut self.trace {
                trace.leave(self.now, copy);
            }
            if station < spec.last_station() {
                self.pass_on(piece, station, line, copy, moment);
            } else {
                self.finish(line, piece, copy, moment);
            }
            if station == spec.first_station {
                return self.release(line);
            }
            self.dispatch(station, line, moment);
            let places = plant.seats[plant.stations[station].seat as usize].places;
            let now = &mut self.stations[station];
            if now.present >= places {
                return;
            }
            let Some(waiting) = now.waiting.pop(&self.copies, |c| c.next) else {
                return;
            };
            // The copy upstream was held up by this one: it goes on with this one's account.
            copy = waiting as usize;
            if let Some(split) = split {
                self.accounts[copy].split = split;
            }
        }
    }

    /// A piece leaves a station for the next: at once, or by way of the rack.
    fn pass_on(&mut self, piece: u32, station: usize, line: usize, copy: usize, moment: Moment) {
        let rack = self.plant.seats[self.plant.stations[station].seat as usize].rack;
        let now = &mut self.lines[line];
        now.pieces[piece as usize].station = station as u32 + 1;
        if self.plant.lines[line].is_product {
            now.accounts[piece as usize].account = self.accounts[copy];
        }
        self.stations[station + 1].present += 1;
        if rack > 0 {
            let end = self.now + rack;
            if end < self.plant.horizon {
                now.events.schedule(end, event::RACK | piece);
            }
        } else {
            self.enqueue(piece, station + 1, line, moment);
        }
    }

    /// A piece has waited out its unattended time.
    pub(super) fn off_the_rack(&mut self, piece: u32, line: usize) {
        let moment = self.moment(line);
        let now = &mut self.lines[line];
        if self.plant.lines[line].is_product {
            now.accounts[piece as usize].account.advance(moment, Bucket::Nominal);
        }
        let station = now.pieces[piece as usize].station as usize;
        self.enqueue(piece, station, line, moment);
    }

    /// A piece is ready for a station.
    fn enqueue(&mut self, piece: u32, station: usize, line: usize, moment: Moment) {
        self.stations[station].queue.push(piece, &mut self.lines[line].pieces, |p| &mut p.next);
        self.dispatch(station, line, moment);
    }

    /// Puts queued pieces on free copies, in order.
    fn dispatch(&mut self, station: usize, line: usize, moment: Moment) {
        if self.stations[station].queue.is_empty() {
            return;
        }
        for copy in self.plant.stations[station].copies() {
            if self.copies[copy].piece == NONE {
                let Some(piece) = self.stations[station].queue.pop(&self.lines[line].pieces, |p| p.next) else {
                    return;
                };
                self.load(copy, piece, line, moment);
            }
        }
    }

    /// A piece leaves its line.
    fn finish(&mut self, line: usize, piece: u32, copy: usize, moment: Moment) {
        let spec = &self.plant.lines[line];
        let now = &mut self.lines[line];
        let p = &mut now.pieces[piece as usize];
        p.on_line = false;
        let (first_article, started) = (p.first_article, p.started);
        now.sojourn += self.now - started;
        now.on_line(self.now, -1);
        now.free.push(piece);
        if spec.is_product {
            let split = self.accounts[copy].split;
            let (held, is) = (split.iter().sum::<i64>(), (moment.worked - now.opened.worked) as i64);
            assert_eq!(held, is, "the account holds all open time since the line opened, and no more");
            (now.last, now.last_split) = (moment, split);
        }
        if first_article {
            now.in_process -= 1;
            now.first_articles += 1;
            now.first_article_done = true;
            self.release(line);
        } else if self.now < spec.counts_from {
            now.held += 1;
        } else {
            self.count(line, 1, false);
        }
    }

    /// The output of a line counts from now on: what it has made and held is handed over.
    pub(super) fn count_from_now(&mut self, line: usize) {
        let held = std::mem::take(&mut self.lines[line].held);
        self.count(line, held, true);
        self.release(line);
    }

    fn count(&mut self, line: usize, pieces: u64, by_agenda: bool) {
        let plant = self.plant;
        if pieces == 0 {
            return;
        }
        let spec = &plant.lines[line];
        let now = &mut self.lines[line];
        now.in_process -= pieces;
        now.finished += pieces;
        if spec.is_product {
            self.product_by_period[plant.period_at(self.now)] += pieces as i64;
        }
        if self.ahead {
            // What comes exactly with a day by the agenda comes before its decisions.
            let day = if by_agenda { self.now.saturating_sub(1) } else { self.now } / DAY;
            self.sites[spec.site].later.push((day, spec.item, pieces as i64 * 1_000));
        } else {
            self.receive(spec.site, spec.item, pieces as i64 * 1_000);
        }
    }

    /// Things come into a site's stock.
    pub(super) fn receive(&mut self, site: usize, thing: u32, quantity: i64) {
        let s = &mut self.sites[site];
        s.stock[thing as usize] += quantity;
        if !s.lacking[thing as usize].is_empty() {
            self.wake(site, thing);
        }
    }
}
