//! The events of one line: few at a time, so that a sorted list beats a heap.

use super::Event;

/// A priority queue for few events: the keys in order, the earliest last.
///
/// Guarantees those of [`super::EventList`]: events leave by time, and at equal times in the order of
/// [`ShortList::schedule`]. What is scheduled moves past the events before it, so that the cost of one grows with their
/// number; for a handful it is a few comparisons within one or two lines of the cache.
#[derive(Debug, Clone, Default)]
pub struct ShortList {
    /// `time << 64 | sequence << 32 | payload`: comparing keys compares time, then sequence.
    keys: Vec<u128>,
    scheduled: u32,
}

impl ShortList {
    /// Adds an event.
    ///
    /// # Panics
    /// At 2^32 events, which a line within a horizon does not reach.
    #[inline]
    pub fn schedule(&mut self, time: u64, payload: u32) {
        let sequence = self.scheduled;
        self.scheduled = sequence.checked_add(1).expect("a line has fewer than 2^32 events");
        let key = u128::from(time) << 64 | u128::from(sequence) << 32 | u128::from(payload);
        let mut at = self.keys.len();
        self.keys.push(key);
        while at > 0 && self.keys[at - 1] < key {
            self.keys[at] = self.keys[at - 1];
            at -= 1;
        }
        self.keys[at] = key;
    }

    /// Takes the next event.
    #[inline]
    pub fn pop(&mut self) -> Option<Event> {
        let key = self.keys.pop()?;
        Some(Event { time: (key >> 64) as u64, sequence: u64::from((key >> 32) as u32), payload: key as u32 })
    }

    /// Takes the next event if it comes before a time.
    #[inline]
    pub fn pop_before(&mut self, time: u64) -> Option<Event> {
        if self.next_time()? >= time { None } else { self.pop() }
    }

    /// The time of the next event.
    #[inline]
    #[must_use]
    pub fn next_time(&self) -> Option<u64> {
        self.keys.last().map(|key| (key >> 64) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::EventList;
    use super::*;
    use chance::Source;

    #[test]
    fn does_what_the_heap_does() {
        let mut stream = Source::new(1, 0).stream(0, 0, 0);
        let (mut short, mut heap) = (ShortList::default(), EventList::new());
        for step in 0..20_000u32 {
            if stream.chance(0.52) {
                // Few distinct times, so that many are equal.
                let time = stream.next_u64() % 50;
                short.schedule(time, step);
                heap.schedule(time, step);
            } else {
                let time = stream.next_u64() % 60;
                assert_eq!(short.next_time(), heap.next_time());
                assert_eq!(short.pop_before(time), heap.pop_before(time));
            }
        }
        while let Some(event) = heap.pop() {
            assert_eq!(short.pop(), Some(event));
        }
        assert_eq!(short.pop(), None);
    }
}
