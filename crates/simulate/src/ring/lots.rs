//! Lots of parts with a shelf life: first in, first out; what is past it is found on the first day of a period and written off.

use super::plant::{DAY, Thing, thing};
use super::state::{Run, SiteNow};
use model::Ring;
use model::ids::Component;
use std::collections::VecDeque;

/// What is there of a part that keeps for some days only.
#[derive(Debug)]
pub(super) struct Lots {
    thing: Thing,
    /// Ticks it keeps.
    keeps: u64,
    /// When each lot came, and what was left of it when somebody last looked, thousandths.
    lots: VecDeque<(u64, i64)>,
    /// Taken, sent and written off when somebody last looked.
    gone: i64,
}

impl Lots {
    /// The parts of a ring that have a shelf life; stock of the first day is taken as fresh.
    pub(super) fn of(ring: &Ring) -> Vec<Self> {
        let days = ring.parts.enumerate().filter_map(|(id, p)| Some((id, p.shelf_life_days?)));
        let lots = days.map(|(id, days)| Self {
            thing: thing(ring, Component::Part(id)),
            keeps: days.max(0) as u64 * DAY,
            lots: VecDeque::new(),
            gone: 0,
        });
        lots.collect()
    }

    /// What is past its shelf life at a time, when `gone` has left the stock since the first day.
    fn expire(&mut self, now: u64, gone: i64) -> i64 {
        let mut left = gone - self.gone;
        while let Some((_, quantity)) = self.lots.front_mut().filter(|_| left > 0) {
            let taken = left.min(*quantity);
            (left, *quantity) = (left - taken, *quantity - taken);
            if *quantity == 0 {
                self.lots.pop_front();
            }
        }
        let mut expired = 0;
        while let Some((_, quantity)) = self.lots.front().filter(|(came, _)| came + self.keeps <= now) {
            expired += quantity;
            self.lots.pop_front();
        }
        self.gone = gone + expired;
        expired
    }
}

impl SiteNow {
    /// Something came: a lot, where it keeps for some days only.
    pub(super) fn keep(&mut self, thing: Thing, now: u64, quantity: i64) {
        if let Some(lots) = self.lots.iter_mut().find(|l| l.thing == thing) {
            lots.lots.push_back((now, quantity));
        }
    }
}

impl Run<'_> {
    /// Writes off what is past its shelf life.
    pub(super) fn expire(&mut self) {
        for (site, s) in self.sites.iter_mut().enumerate() {
            for lots in &mut s.lots {
                let at = lots.thing as usize;
                let gone = self.flows.came[site][at] - s.stock[at];
                let expired = lots.expire(self.now, gone);
                s.stock[at] -= expired;
                s.expired[at] += expired;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_lot_goes_first_and_what_is_left_of_it_expires() {
        let mut lots = Lots { thing: 0, keeps: 10, lots: VecDeque::from([(0, 500), (5, 300), (8, 100)]), gone: 0 };
        assert_eq!(lots.expire(9, 200), 0);
        // 300 of the first lot are left at 10, and all of the second at 15 but what was taken since.
        assert_eq!(lots.expire(10, 200), 300);
        assert_eq!(lots.expire(15, 200 + 300 + 250), 50);
        assert_eq!(lots.expire(17, 800), 0);
        assert_eq!(lots.expire(18, 800), 100);
    }
}
