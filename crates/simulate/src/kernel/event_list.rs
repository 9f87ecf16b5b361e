//! The list of what happens next: earliest first, equal times in the order they were scheduled.

/// Times are below 2^56 ticks and a list schedules fewer than 2^40 events in its life.
const SEQUENCE_BITS: u32 = 40;
const PAYLOAD_BITS: u32 = 32;
const TIME_LIMIT: u64 = 1 << 56;
/// Children per node of the heap; four halve its depth and share a cache line.
const ARITY: usize = 4;

/// Something that happens at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When, in ticks.
    pub time: u64,
    /// The number of the event in order of scheduling; names it for cancelling by its owner.
    pub sequence: u64,
    /// What, as the model encodes it.
    pub payload: u32,
}

/// A priority queue of events: a four-way heap of packed keys.
///
/// Guarantees: events leave by time, and at equal times in the order of [`EventList::schedule`].
/// An owner that no longer wants an event remembers the sequence it does want and ignores others.
///
/// What leaves makes a hole at the top that the next event scheduled falls into: most events schedule their successor,
/// which then costs one walk down the heap instead of one down and one up.
///
/// # Source
/// D. B. Johnson (1975), Priority queues with update and finding minimum spanning trees: d-way heaps.
#[derive(Debug, Clone, Default)]
pub struct EventList {
    /// `time << 72 | sequence << 32 | payload`: comparing keys compares time, then sequence.
    heap: Vec<u128>,
    /// The top has left and nothing has taken its place.
    hole: bool,
    scheduled: u64,
}

impl EventList {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an event and returns its sequence number.
    ///
    /// # Panics
    /// At 2^56 ticks or 2^40 events, which no checked model reaches.
    #[inline]
    pub fn schedule(&mut self, time: u64, payload: u32) -> u64 {
        assert!(
            time < TIME_LIMIT && self.scheduled < 1 << SEQUENCE_BITS,
            "the clock stays below 2^56 ticks and the list below 2^40 events"
        );
        let sequence = self.scheduled;
        self.scheduled += 1;
        let key = u128::from(time) << (SEQUENCE_BITS + PAYLOAD_BITS)
            | u128::from(sequence) << PAYLOAD_BITS
            | u128::from(payload);
        if self.hole {
            self.hole = false;
            self.sink(key);
            return sequence;
        }
        let mut at = self.heap.len();
        self.heap.push(key);
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = key;
        sequence
    }

    /// Takes the next event.
    #[inline]
    pub fn pop(&mut self) -> Option<Event> {
        self.close();
        let top = *self.heap.first()?;
        self.hole = true;
        Some(Event {
            time: (top >> (SEQUENCE_BITS + PAYLOAD_BITS)) as u64,
            sequence: (top >> PAYLOAD_BITS) as u64 & ((1 << SEQUENCE_BITS) - 1),
            payload: top as u32,
        })
    }

    /// Takes the next event if it comes before a time.
    #[inline]
    pub fn pop_before(&mut self, time: u64) -> Option<Event> {
        self.close();
        let top = *self.heap.first()?;
        if (top >> (SEQUENCE_BITS + PAYLOAD_BITS)) as u64 >= time {
            return None;
        }
        self.pop()
    }

    /// The time of the next event.
    #[must_use]
    pub fn next_time(&self) -> Option<u64> {
        let tops = if self.hole { self.heap.get(1..(ARITY + 1).min(self.heap.len())) } else { self.heap.get(..1) };
        tops?.iter().min().map(|key| (key >> (SEQUENCE_BITS + PAYLOAD_BITS)) as u64)
    }

    /// How many events have been scheduled so far.
    #[must_use]
    pub const fn scheduled(&self) -> u64 {
        self.scheduled
    }

    /// Fills the hole at the top with the last event.
    #[inline]
    fn close(&mut self) {
        if std::mem::take(&mut self.hole)
            && let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sink(last);
        }
    }

    /// Puts `key` at the top and lets it sink to its place.
    #[inline]
    fn sink(&mut self, key: u128) {
        let heap = &mut self.heap[..];
        let mut at = 0;
        loop {
            let first = ARITY * at + 1;
            if first >= heap.len() {
                break;
            }
            let end = (first + ARITY).min(heap.len());
            let (mut child, mut smallest) = (first, heap[first]);
            for (other, other_key) in heap[first + 1..end].iter().enumerate() {
                if *other_key < smallest {
                    (child, smallest) = (first + 1 + other, *other_key);
                }
            }
            if smallest >= key {
                break;
            }
            heap[at] = smallest;
            at = child;
        }
        heap[at] = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chance::Source;

    #[test]
    fn leaves_by_time_then_by_order_of_scheduling() {
        let mut list = EventList::new();
        for (time, payload) in [(5, 1), (3, 2), (5, 3), (3, 4), (0, 5)] {
            list.schedule(time, payload);
        }
        let order: Vec<u32> = std::iter::from_fn(|| list.pop().map(|e| e.payload)).collect();
        assert_eq!(order, [5, 2, 4, 1, 3]);
    }

    #[test]
    fn agrees_with_a_sorted_list_under_random_use() {
        let mut stream = Source::new(1, 0).stream(0, 0, 0);
        let mut list = EventList::new();
        let mut oracle: Vec<(u64, u64, u32)> = Vec::new();
        for step in 0..20_000u32 {
            if stream.chance(0.55) || oracle.is_empty() {
                let time = stream.next_u64() % 500;
                let sequence = list.schedule(time, step);
                oracle.push((time, sequence, step));
                oracle.sort_unstable();
            } else {
                let (time, sequence, payload) = oracle.remove(0);
                assert_eq!(list.next_time(), Some(time));
                assert_eq!(list.pop_before(time), None);
                let got = list.pop_before(time + 1 + time % 2).expect("as many as in the oracle");
                assert_eq!((got.time, got.sequence, got.payload), (time, sequence, payload));
            }
        }
    }
}
