//! Pieces on lines: release, work, blocking, racks, first articles.

use super::chain::{Bucket, N_BUCKETS, Split, add_stops, advance};
use super::event;
use super::state::{Doing, NONE, PieceNow, Run};
use super::visit::book_visit;

impl Run<'_> {
    /// A line is set up and its crew is there.
    pub(super) fn open_line(&mut self, line: usize) {
        let plant = self.plant;
        let site = plant.lines[line].site;
        let moment = self.moment(site);
        let spec = &plant.lines[line];
        self.lines[line].open = true;
        self.lines[line].opened = moment;
        self.lines[line].last = moment;
        for s in spec.first_station..spec.first_station + spec.n_stations {
            let station = &plant.stations[s];
            for copy in &mut self.copies[station.first_copy..station.first_copy + station.n_copies as usize] {
                copy.since = moment.worked;
                copy.at = moment;
            }
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
        let first = &plant.stations[spec.first_station];
        for copy in first.first_copy..first.first_copy + first.n_copies as usize {
            if self.copies[copy].piece != NONE {
                continue;
            }
            let now = &self.lines[line];
            let first_article = spec.first_article && !now.first_article_started;
            if first_article {
                self.lines[line].first_article_started = true;
            } else {
                let approved = !spec.first_article || now.first_article_done;
                let soon = self.soon(line);
                let group = &plant.groups[spec.group];
                let planned = group.planned[plant.period_at(soon)];
                if !approved || soon < spec.counts_from || self.released[spec.group] >= planned {
                    return;
                }
                self.released[spec.group] += 1;
            }
            let piece = self.new_piece(line, first_article, copy);
            self.stations[spec.first_station].present += 1;
            self.load(copy, piece);
        }
    }

    /// When a piece released now would leave the line if nothing held it up: for what period it is made.
    fn soon(&mut self, line: usize) -> u64 {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let (schedule, hint) = (&plant.schedules[spec.site], &mut self.schedule_hints[spec.site]);
        let worked = schedule.moment(self.now, hint).worked;
        schedule.after(worked, spec.ahead.0, *hint).unwrap_or(plant.horizon) + spec.ahead.1
    }

    fn new_piece(&mut self, line: usize, first_article: bool, copy: usize) -> u32 {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let moment = self.moment(spec.site);
        let now = &mut self.lines[line];
        now.in_process += 1;
        now.started += 1;
        let n = spec.experience + now.started as f64;
        let planned = spec.experience + spec.planned_before[plant.period_at(self.now)] + 1.0;
        // The copy had nothing to do by the plan since it became free.
        let mut split = self.copies[copy].split;
        if spec.is_product {
            advance(&mut split, &self.copies[copy].at, &moment, Bucket::Plan);
        }
        let piece = PieceNow {
            station: spec.first_station as u32,
            first_article,
            variant: (spec.variants.partition_point(|from| *from <= self.now).max(1) - 1) as u16,
            factor: spec.curve.factor(n),
            planned_factor: spec.curve.factor(planned),
            at: moment,
            split,
        };
        match self.free.pop() {
            Some(id) => {
                self.pieces[id as usize] = piece;
                id
            }
            None => {
                self.pieces.push(piece);
                self.pieces.len() as u32 - 1
            }
        }
    }

    /// Puts a piece on a free copy; whichever of the two came later set the pace.
    fn load(&mut self, copy: usize, piece: u32) {
        let plant = self.plant;
        let (station, line) = self.place(copy);
        let spec = &plant.lines[line];
        let moment = self.moment(spec.site);
        let p = &self.pieces[piece as usize];
        let c = &mut self.copies[copy];
        let (worked, times) = (moment.worked - c.since, &mut self.stations[station].times);
        times.starved += worked;
        if p.at.scheduled() >= c.at.scheduled() {
            c.split = p.split;
            c.at = p.at;
        }
        c.piece = piece;
        c.since = moment.worked;
        self.start(copy);
    }

    /// Takes the kit and begins work, or waits for what is missing.
    pub(super) fn start(&mut self, copy: usize) {
        let plant = self.plant;
        let (station, line) = self.place(copy);
        let (spec, site) = (&plant.stations[station], plant.lines[line].site);
        let piece = self.pieces[self.copies[copy].piece as usize];
        let moment = self.moment(site);
        // A first article comes with its own kit, paid with the line.
        let kit = &spec.kits[usize::from(piece.variant).min(spec.kits.len() - 1)];
        if !piece.first_article {
            let stock = &mut self.stock[site];
            if let Some((lacks, _)) = kit.iter().find(|(thing, quantity)| stock[*thing as usize] < *quantity) {
                let c = &mut self.copies[copy];
                (c.doing, c.lacks) = (Doing::Waiting, *lacks);
                self.lacking[site][*lacks as usize].push_back(copy as u32);
                return;
            }
            for (thing, quantity) in kit {
                stock[*thing as usize] -= quantity;
            }
        }
        self.work(copy, station, site, &piece, moment);
    }

    /// Something arrived at a site: copies that wait for it try again, longest first.
    pub(super) fn wake(&mut self, site: usize, thing: u32) {
        let plant = self.plant;
        let waiting = std::mem::take(&mut self.lacking[site][thing as usize]);
        for copy in waiting {
            let copy = copy as usize;
            let (station, line) = self.place(copy);
            let moment = self.moment(site);
            let bucket = if (thing as usize) < plant.ring.items.len() { Bucket::SubAssembly } else { Bucket::Parts };
            let c = &mut self.copies[copy];
            self.stations[station].times.waiting_parts += moment.worked - c.since;
            c.since = moment.worked;
            if plant.lines[line].is_product {
                advance(&mut c.split, &c.at, &moment, bucket);
            }
            c.at = moment;
            c.doing = Doing::Idle;
            self.start(copy);
        }
    }

    /// A visit ends: the piece goes on, or is held until there is a place.
    pub(super) fn done(&mut self, copy: usize) {
        let plant = self.plant;
        let (station, line) = self.place(copy);
        let site = plant.lines[line].site;
        let moment = self.moment(site);
        let c = &mut self.copies[copy];
        let now = &mut self.stations[station];
        book_visit(&mut now.times, moment.worked - c.since, c.people, c.down);
        now.finished += 1;
        self.visits += 1;
        add_stops(&mut c.split, &c.at, &moment);
        c.at = moment;
        c.since = moment.worked;
        let spec = &plant.lines[line];
        if station + 1 < spec.first_station + spec.n_stations {
            let next = &mut self.stations[station + 1];
            if !next.waiting.is_empty() || next.present >= plant.stations[station + 1].places {
                next.waiting.push_back(copy as u32);
                self.copies[copy].doing = Doing::Blocked;
                return;
            }
        }
        self.leave(copy);
    }

    /// Takes the piece off a copy and lets the freed places be filled from upstream.
    fn leave(&mut self, copy: usize) {
        let plant = self.plant;
        let mut copy = copy;
        loop {
            let (station, line) = self.place(copy);
            let spec = &plant.lines[line];
            let moment = self.moment(spec.site);
            let c = &mut self.copies[copy];
            if c.doing == Doing::Blocked {
                self.stations[station].times.blocked += moment.worked - c.since;
            }
            let piece = c.piece;
            (c.piece, c.doing, c.since, c.at) = (NONE, Doing::Idle, moment.worked, moment);
            let split = c.split;
            self.stations[station].present -= 1;
            if station + 1 < spec.first_station + spec.n_stations {
                self.pass_on(piece, station, split);
            } else {
                self.finish(line, piece, split);
            }
            if station == spec.first_station {
                return self.release(line);
            }
            self.dispatch(station);
            let places = plant.stations[station].places;
            let now = &mut self.stations[station];
            if now.present >= places {
                return;
            }
            let Some(waiting) = now.waiting.pop_front() else {
                return;
            };
            // The copy upstream was held up by this one: it goes on with this one's account.
            copy = waiting as usize;
            self.copies[copy].split = split;
        }
    }

    /// A piece leaves a station for the next: at once, or by way of the rack.
    fn pass_on(&mut self, piece: u32, station: usize, split: Split) {
        let plant = self.plant;
        let spec = &plant.stations[station];
        let site = plant.lines[spec.line].site;
        let moment = self.moment(site);
        let p = &mut self.pieces[piece as usize];
        (p.station, p.at, p.split) = (station as u32 + 1, moment, split);
        self.stations[station + 1].present += 1;
        if spec.rack > 0 {
            let end = self.now + spec.rack;
            if end < plant.horizon {
                self.events.schedule(end, event::RACK | piece);
            }
        } else {
            self.stations[station + 1].queue.push_back(piece);
            self.dispatch(station + 1);
        }
    }

    /// A piece has waited out its unattended time.
    pub(super) fn off_the_rack(&mut self, piece: u32) {
        let plant = self.plant;
        let station = self.pieces[piece as usize].station as usize;
        let line = plant.stations[station].line;
        let moment = self.moment(plant.lines[line].site);
        let p = &mut self.pieces[piece as usize];
        advance(&mut p.split, &p.at, &moment, Bucket::Nominal);
        p.at = moment;
        self.stations[station].queue.push_back(piece);
        self.dispatch(station);
    }

    /// Puts queued pieces on free copies, in order.
    fn dispatch(&mut self, station: usize) {
        let plant = self.plant;
        let spec = &plant.stations[station];
        for copy in spec.first_copy..spec.first_copy + spec.n_copies as usize {
            if self.copies[copy].piece == NONE {
                let Some(piece) = self.stations[station].queue.pop_front() else {
                    return;
                };
                self.load(copy, piece);
            }
        }
    }

    /// A piece leaves its line.
    fn finish(&mut self, line: usize, piece: u32, split: Split) {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let moment = self.moment(spec.site);
        let first_article = self.pieces[piece as usize].first_article;
        self.free.push(piece);
        let now = &mut self.lines[line];
        if spec.is_product {
            // The account is exact: it holds all scheduled time since the line opened, and no more.
            debug_assert_eq!(split.iter().sum::<i64>(), (moment.scheduled() - now.opened.scheduled()) as i64);
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
            self.count(line, 1);
        }
    }

    /// The output of a line counts from now on: what it has made and held is handed over.
    pub(super) fn count_from_now(&mut self, line: usize) {
        let held = std::mem::take(&mut self.lines[line].held);
        self.count(line, held);
        self.release(line);
    }

    fn count(&mut self, line: usize, pieces: u64) {
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
        self.receive(spec.site, spec.item, pieces as i64 * 1_000);
    }

    /// Things come into a site's stock.
    pub(super) fn receive(&mut self, site: usize, thing: u32, quantity: i64) {
        self.stock[site][thing as usize] += quantity;
        if !self.lacking[site][thing as usize].is_empty() {
            self.wake(site, thing);
        }
    }

    /// Books what every copy is doing at the end of the horizon.
    pub(super) fn settle(&mut self) {
        let plant = self.plant;
        for copy in 0..self.copies.len() {
            let (station, line) = self.place(copy);
            if !self.lines[line].open {
                continue;
            }
            let end = self.clocks[plant.lines[line].site].end();
            let opened = self.lines[line].opened;
            let c = &self.copies[copy];
            let spent = end.worked - c.since;
            let times = &mut self.stations[station].times;
            match c.doing {
                Doing::Idle => times.starved += spent,
                Doing::Busy => book_visit(times, spent, c.people, c.down),
                Doing::Blocked => times.blocked += spent,
                Doing::Waiting => times.waiting_parts += spent,
            }
            times.stopped += (end.scheduled() - end.worked) - (opened.scheduled() - opened.worked);
        }
    }

    /// The account of a line until the end of the horizon: that of its last piece, and what has held it up since.
    pub(super) fn final_split(&mut self, line: usize) -> Split {
        let plant = self.plant;
        let spec = &plant.lines[line];
        let end = self.clocks[spec.site].end();
        let mut split = self.lines[line].last_split;
        if !self.lines[line].open {
            return [0; N_BUCKETS];
        }
        // From the last station upwards: the first that is not merely starved says why nothing comes.
        let mut cause = Bucket::Plan;
        'search: for s in (spec.first_station..spec.first_station + spec.n_stations).rev() {
            let station = &plant.stations[s];
            for copy in &self.copies[station.first_copy..station.first_copy + station.n_copies as usize] {
                match copy.doing {
                    Doing::Idle => {}
                    Doing::Waiting if (copy.lacks as usize) < plant.ring.items.len() => {
                        cause = Bucket::SubAssembly;
                        break 'search;
                    }
                    Doing::Waiting => {
                        cause = Bucket::Parts;
                        break 'search;
                    }
                    Doing::Busy | Doing::Blocked => {
                        cause = Bucket::Nominal;
                        break 'search;
                    }
                }
            }
        }
        let from = self.lines[line].last;
        advance(&mut split, &from, &end, cause);
        split
    }

    #[inline]
    fn place(&self, copy: usize) -> (usize, usize) {
        let plant = self.plant;
        let station = self.copies[copy].station as usize;
        (station, plant.stations[station].line)
    }
}
