//! How a replication runs: epoch by epoch, each line by itself as long as nothing it shares can run short.
//!
//! A day begins with decisions (consignments, customers, pools); until the next one a line meets others of its site only
//! in the stock and in the plan they share. [`Run::coupled`] says who may get in whose way; these run in common order of
//! time, the rest one after the other, so that a line's data stay in the cache. Lines that no decision of a day looks at
//! run a whole period at once where that is ample, and their output comes into stock on its day. What does not fit a day
//! is tried on half of it, and so on. All orders are the same for every line that can tell the difference.
//!
//! At equal times come goods known from the start, lines that open or begin to count, releases of a further period,
//! the day, consignments, and then the events of lines, each by number of line.

use super::Engine;
use super::event;
use super::plant::DAY;
use super::state::Run;
use model::control::Control;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Epochs are not split below this.
const FINEST: u64 = DAY / 8;

/// What comes next: when, of what class, and which site or line; packed, so that one comparison tells what is first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

impl Key {
    /// Nothing comes.
    pub(super) const NEVER: Self = Self(u128::MAX);

    #[inline]
    fn new(time: u64, class: u32, who: u32) -> Self {
        Self(u128::from(time) << 64 | u128::from(class) << 32 | u128::from(who))
    }

    #[inline]
    const fn parts(self) -> (u64, u32, u32) {
        ((self.0 >> 64) as u64, (self.0 >> 32) as u32, self.0 as u32)
    }
}

const GOODS: u32 = 0;
const AGENDA: u32 = 1;
const RELEASE: u32 = 2;
const CONSIGNMENT: u32 = 3;
const LINE: u32 = 4;

impl Run<'_> {
    /// Runs to the horizon; false when somebody asked to stop.
    pub(super) fn live(&mut self, engine: Engine, control: &Control<'_>) -> bool {
        let plant = self.plant;
        let sites: Vec<usize> = (0..self.sites.len()).collect();
        let lines: Vec<u32> = (0..plant.lines.len() as u32).collect();
        // Whatever is known to happen at the very beginning comes before the first day.
        self.together(&sites, &lines, 0);
        for day in 0..plant.n_days as u64 {
            self.now = day * DAY;
            self.handled += 1;
            self.day(day as u32);
            let end = self.now + DAY;
            match engine {
                Engine::Events => self.together(&sites, &lines, end),
                Engine::Epochs => sites.iter().for_each(|site| self.site_until(*site, day * DAY, end)),
            }
            self.customers_until(end);
            if control.is_stopped() {
                return false;
            }
        }
        self.take_in(plant.n_days as u64);
        true
    }

    /// A site from the beginning of a day to its end.
    fn site_until(&mut self, site: usize, begin: u64, end: u64) {
        if begin.is_multiple_of(self.plant.period) {
            self.run_ahead(site, begin, begin + self.plant.period);
        }
        let lines = std::mem::take(&mut self.sites[site].daily);
        self.epoch(site, &lines, (begin, end));
        let s = &mut self.sites[site];
        s.daily = lines;
        s.clock.moment(end, &mut s.hint);
    }

    /// Lines of a site that may run a whole period at once do; the rest go from day to day.
    fn run_ahead(&mut self, site: usize, begin: u64, end: u64) {
        let plant = self.plant;
        let lines = plant.couplings.lines(site);
        let s = &mut self.sites[site];
        s.needs.count(plant, site, lines, end);
        let open = s.open(begin, end);
        let coupled = self.coupled(site, lines, (begin, end), open);
        let before = self.visits;
        self.ahead = true;
        let mut daily = std::mem::take(&mut self.sites[site].daily);
        daily.clear();
        for line in lines {
            if plant.couplings.is_free(site, *line) && coupled.binary_search(line).is_err() {
                self.line_until(*line as usize, end);
            } else {
                daily.push(*line);
            }
        }
        self.ahead = false;
        self.visits_alone += self.visits - before;
        let s = &mut self.sites[site];
        s.needs.count(plant, site, &daily, end);
        s.daily = daily;
    }

    /// What lines that ran ahead have made before a day comes into stock.
    pub(super) fn take_in(&mut self, day: u64) {
        for s in &mut self.sites {
            let (stock, later) = (&mut s.stock, &mut s.later);
            later.retain(|(made, thing, quantity)| {
                let comes = *made < day;
                if comes {
                    stock[*thing as usize] += quantity;
                }
                !comes
            });
        }
    }

    /// Some lines of a site over an epoch: one after the other, or in common order where they share what may run short.
    fn epoch(&mut self, site: usize, lines: &[u32], (begin, end): (u64, u64)) {
        let open = self.sites[site].open(begin, end);
        let coupled = self.coupled(site, lines, (begin, end), open);
        let before = self.visits;
        for line in lines.iter().filter(|line| coupled.binary_search(line).is_err()) {
            self.line_until(*line as usize, end);
        }
        self.visits_alone += self.visits - before;
        if coupled.len() > 1 && end - begin > FINEST {
            let middle = begin + (end - begin) / 2;
            self.epoch(site, &coupled, (begin, middle));
            self.epoch(site, &coupled, (middle, end));
        } else {
            self.together(&[site], &coupled, end);
        }
    }

    /// One line by itself: what is known until `end`, and its events before.
    fn line_until(&mut self, line: usize, end: u64) {
        let agenda = &self.plant.agendas[line];
        loop {
            let now = &mut self.lines[line];
            let known = agenda.get(now.n_agenda).filter(|(time, _)| *time <= end);
            match (now.events.pop_before(known.map_or(end, |(time, _)| *time)), known) {
                (Some(event), _) => self.happen(line, event.time, event.payload),
                (None, Some((time, payload))) => {
                    now.n_agenda += 1;
                    self.happen(line, *time, *payload);
                }
                (None, None) => return,
            }
        }
    }

    /// Some lines and the goods of some sites in common order of time.
    fn together(&mut self, sites: &[usize], lines: &[u32], end: u64) {
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        for site in sites {
            order.extend(self.goods_key(*site, end).map(Reverse));
            order.extend(self.consignment_key(*site, end).map(Reverse));
        }
        for line in lines {
            self.keys[*line as usize] = Key::NEVER;
            self.renew(*line as usize, end, &mut order);
        }
        self.woken.clear();
        while let Some(Reverse(key)) = order.pop() {
            let (time, class, who) = key.parts();
            let at = who as usize;
            match class {
                GOODS => {
                    let site = &mut self.sites[at];
                    let (_, index) = site.goods[site.n_come];
                    site.n_come += 1;
                    self.goods(time, index);
                    order.extend(self.goods_key(at, end).map(Reverse));
                }
                CONSIGNMENT => {
                    if let Some(event) = self.sites[at].incoming.pop() {
                        self.goods(time, event.payload);
                    }
                    order.extend(self.consignment_key(at, end).map(Reverse));
                }
                _ if self.keys[at] != key => continue,
                LINE => {
                    self.keys[at] = Key::NEVER;
                    if let Some(event) = self.lines[at].events.pop() {
                        self.happen(at, time, event.payload);
                    }
                    self.renew(at, end, &mut order);
                }
                _ => {
                    self.keys[at] = Key::NEVER;
                    let now = &mut self.lines[at];
                    let (_, payload) = self.plant.agendas[at][now.n_agenda];
                    now.n_agenda += 1;
                    self.happen(at, time, payload);
                    self.renew(at, end, &mut order);
                }
            }
            while let Some(line) = self.woken.pop() {
                self.renew(line as usize, end, &mut order);
            }
        }
        self.order = order;
    }

    /// Puts what comes next to a line into the order, unless it is there.
    fn renew(&mut self, line: usize, end: u64, order: &mut BinaryHeap<Reverse<Key>>) {
        let now = &self.lines[line];
        let who = line as u32;
        let known = self.plant.agendas[line].get(now.n_agenda).filter(|(time, _)| *time <= end);
        let known = known.map_or(Key::NEVER, |(time, payload)| {
            let class = if payload & !event::WHO == event::RELEASE { RELEASE } else { AGENDA };
            Key::new(*time, class, who)
        });
        let event = now.events.next_time().filter(|time| *time < end);
        let next = event.map_or(Key::NEVER, |time| Key::new(time, LINE, who)).min(known);
        if next != self.keys[line] {
            self.keys[line] = next;
            if next != Key::NEVER {
                order.push(Reverse(next));
            }
        }
    }

    fn goods_key(&self, site: usize, end: u64) -> Option<Key> {
        let s = &self.sites[site];
        s.goods.get(s.n_come).filter(|(time, _)| *time <= end).map(|(time, _)| Key::new(*time, GOODS, site as u32))
    }

    fn consignment_key(&self, site: usize, end: u64) -> Option<Key> {
        let time = self.sites[site].incoming.next_time().filter(|time| *time < end)?;
        Some(Key::new(time, CONSIGNMENT, site as u32))
    }

    /// Consignments that come to customers.
    fn customers_until(&mut self, end: u64) {
        while let Some(event) = self.outgoing.pop_before(end) {
            self.goods(event.time, event.payload);
        }
    }

    fn goods(&mut self, time: u64, index: u32) {
        self.now = time;
        self.handled += 1;
        self.arrival(index);
    }

    /// Something happens to a line.
    #[inline]
    fn happen(&mut self, line: usize, time: u64, payload: u32) {
        self.now = time;
        self.handled += 1;
        let who = payload & event::WHO;
        match payload & !event::WHO {
            event::DONE => self.done(who as usize, line),
            event::RACK => self.off_the_rack(who, line),
            event::BREAK => self.break_down(who, line),
            event::REPAIRED => self.repaired(who, line),
            event::OPEN => self.open_line(line),
            event::COUNT => self.count_from_now(line),
            _ => self.release(line),
        }
    }
}
