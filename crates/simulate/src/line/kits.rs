//! Kits on a plain line: one for each part, from a base stock or in lots.

use super::engine::{Engine, KIND_SHIFT, KIT, NONE};

impl Engine<'_> {
    /// Time zero and every delivery of a lot: when the next one comes.
    pub(super) fn expect_lot(&mut self, j: usize) {
        if let Some(kits) = &mut self.stations[j].kits
            && kits.lot > 0
        {
            let time = self.now + kits.draws.ticks(1.0) as u64;
            self.events.schedule(time, KIT << KIND_SHIFT | j as u32);
        }
    }

    /// A server with a part takes a kit, or stands in the queue for one.
    pub(super) fn take_kit(&mut self, s: usize, j: usize) {
        let Some(kits) = &mut self.stations[j].kits else {
            return;
        };
        if kits.stock == 0 {
            kits.waiting.push_back(s as u32);
            return;
        }
        kits.stock -= 1;
        self.servers[s].kit = true;
        if kits.lot == 0 {
            kits.last = kits.last.max(self.now + kits.draws.ticks(1.0) as u64);
            self.events.schedule(kits.last, KIT << KIND_SHIFT | j as u32);
        }
    }

    /// A kit, or a lot of them, is there: whoever waits takes one.
    pub(super) fn kits_arrive(&mut self, j: usize) {
        self.expect_lot(j);
        let Some(kits) = &mut self.stations[j].kits else {
            return;
        };
        kits.stock += kits.lot.max(1);
        while let Some(kits) = &mut self.stations[j].kits
            && kits.stock > 0
            && let Some(s) = kits.waiting.pop_front()
        {
            debug_assert_ne!(self.servers[s as usize].part, NONE, "only a server with a part waits for a kit");
            self.take_kit(s as usize, j);
            self.try_start(s as usize);
        }
    }
}
