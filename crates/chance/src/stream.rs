//! Streams of random numbers named by what they are for, so that nobody's draws disturb anybody else's.

use crate::philox::philox4x32;

/// The two outermost names of every stream: which experiment (the seed) and which scenario in it.
///
/// Scenarios that are to be compared under common random numbers share one `Source`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    key: [u32; 2],
}

impl Source {
    /// The source of an experiment (any seed) and scenario.
    #[must_use]
    pub fn new(experiment: u64, scenario: u32) -> Self {
        let seed = [experiment as u32, (experiment >> 32) as u32];
        let [a, b, _, _] = philox4x32([scenario, 0x5349_4d31, 0, 0], seed);
        Self { key: [a, b] }
    }

    /// The key under which all streams of this source stand.
    pub(crate) const fn key(self) -> [u32; 2] {
        self.key
    }

    /// The stream of one replication, entity and purpose, standing at its first number.
    ///
    /// Distinct `(replication, entity, purpose)` give streams that share no number block: the three
    /// and the index are packed side by side into the 128-bit counter of a bijection.
    #[must_use]
    pub fn stream(self, replication: u32, entity: u32, purpose: u16) -> Stream {
        Stream { key: self.key, replication, entity, purpose, block: 0, ready: [0; LANES], used: LANES }
    }

    /// The numbers `2 * index` and `2 * index + 1` of a stream, without the stream: for who draws two numbers each time and
    /// has so many streams that keeping them costs more than making a block.
    #[inline]
    #[must_use]
    pub fn pair(self, replication: u32, entity: u32, purpose: u16, index: u64) -> [u64; 2] {
        let (a, b) = block(self.key, replication, entity, purpose, index);
        [a, b]
    }
}

/// How many 64-bit numbers are made at a time; four blocks let the processor overlap their rounds.
const LANES: usize = 8;

/// An endless sequence of random numbers, a pure function of its name and the index.
///
/// At most `2^48` blocks of two numbers; the stream wraps to its start after that.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    replication: u32,
    entity: u32,
    purpose: u16,
    /// The next block to make, `0..2^48`.
    block: u64,
    ready: [u64; LANES],
    used: usize,
}

impl Stream {
    /// The next 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        if self.used == LANES {
            self.refill();
        }
        let value = self.ready[self.used];
        self.used += 1;
        value
    }

    /// The next uniform number in the open interval (0, 1), an odd multiple of 2^-53.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.next_u64())
    }

    /// True with this probability.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// The number at an index, without moving the stream: common random numbers by unit, not by order.
    #[inline]
    #[must_use]
    pub fn at(&self, index: u64) -> u64 {
        let words = self.make(index / 2);
        if index.is_multiple_of(2) { words.0 } else { words.1 }
    }

    #[cold]
    #[inline(never)]
    fn refill(&mut self) {
        for pair in 0..LANES / 2 {
            let (a, b) = self.make(self.block + pair as u64);
            self.ready[2 * pair] = a;
            self.ready[2 * pair + 1] = b;
        }
        self.block += (LANES / 2) as u64;
        self.used = 0;
    }

    #[inline]
    fn make(&self, at: u64) -> (u64, u64) {
        block(self.key, self.replication, self.entity, self.purpose, at)
    }
}

/// The two numbers of a block, `0..2^48`, of the stream of a name.
#[inline]
fn block(key: [u32; 2], replication: u32, entity: u32, purpose: u16, at: u64) -> (u64, u64) {
    let high = ((at >> 32) as u32 & 0xffff) | u32::from(purpose) << 16;
    let [a, b, c, d] = philox4x32([at as u32, entity, replication, high], key);
    (u64::from(a) | u64::from(b) << 32, u64::from(c) | u64::from(d) << 32)
}

/// Turns 64 random bits into a uniform number in the open interval (0, 1).
#[inline]
#[must_use]
pub fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_in_order_and_by_index_agree() {
        let mut stream = Source::new(42, 3).stream(9, 8, 7);
        let fixed = stream.clone();
        for index in 0..100 {
            assert_eq!(stream.next_u64(), fixed.at(index));
            let pair = Source::new(42, 3).pair(9, 8, 7, index / 2);
            assert_eq!(pair[index as usize % 2], fixed.at(index));
        }
    }

    #[test]
    fn every_part_of_the_name_matters() {
        let first = |s: u64, c, r, e, p| Source::new(s, c).stream(r, e, p).next_u64();
        let plain = first(1, 1, 1, 1, 1);
        let others = [
            first(2, 1, 1, 1, 1),
            first(1 << 40, 1, 1, 1, 1),
            first(1, 2, 1, 1, 1),
            first(1, 1, 2, 1, 1),
            first(1, 1, 1, 2, 1),
            first(1, 1, 1, 1, 2),
        ];
        assert!(others.iter().all(|o| *o != plain));
    }

    #[test]
    fn the_first_numbers_are_pinned() {
        let mut stream = Source::new(1, 0).stream(0, 0, 0);
        let mut hash = crate::hash::Fnv::new();
        (0..4096).for_each(|_| hash.add(stream.next_u64()));
        assert_eq!(hash.value(), 0x69b8_9ca5_a34b_03bf, "the stream changed: every stored result is void");
    }

    #[test]
    fn uniform_numbers_fill_the_unit_interval_evenly_and_never_touch_its_ends() {
        let mut stream = Source::new(5, 0).stream(0, 0, 0);
        let mut cells = [0u32; 256];
        let n = 1 << 18;
        for _ in 0..n {
            let u = stream.uniform();
            assert!(u > 0.0 && u < 1.0);
            cells[(u * 256.0) as usize] += 1;
        }
        let mean = f64::from(n) / 256.0;
        let chi2: f64 = cells.iter().map(|c| f64::from(*c) - mean).map(|gap| gap * gap / mean).sum();
        assert!((170.0..350.0).contains(&chi2), "{chi2}");
        assert!(open_unit(0) > 0.0 && open_unit(u64::MAX) < 1.0);
    }

    #[test]
    fn neighbouring_streams_are_uncorrelated() {
        let source = Source::new(11, 0);
        let (mut a, mut b) = (source.stream(0, 0, 0), source.stream(0, 1, 0));
        let n = 100_000;
        let sum: f64 = (0..n).map(|_| (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12.0).sum();
        let z = sum / f64::from(n).sqrt();
        assert!(z.abs() < 4.0, "{z}");
    }
}
