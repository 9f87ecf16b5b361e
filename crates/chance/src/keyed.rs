//! A stream for inner loops: any number of it in two multiplications, alike in every lane of a vector.

use crate::philox::philox4x32;
use crate::stream::Source;

/// What one step adds to the counter: 2^64 over the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
const FIRST: u64 = 0xbf58_476d_1ce4_e5b9;
const SECOND: u64 = 0x94d0_49bb_1331_11eb;

/// Random numbers by index, under a key of 128 bits that Philox made of the stream's name.
///
/// Number `i` is a pure function of (key, i); nothing is kept between draws. The mixer is that of SplitMix64 with
/// the second half of the key added between its two multiplications, so that two streams share no sequence of
/// numbers even where their counters meet.
///
/// # Source
/// G. L. Steele, D. Lea, C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA; the multipliers
/// are D. Stafford's (2011) variant 13.
///
/// # Differs from the source
/// The start is a random key and half of the key enters in the middle; one number of 64 bits gives two draws of 32.
///
/// # Cost
/// Two multiplications of 64 bits and seven simple operations for two draws; Philox needs forty multiplications for four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyed {
    /// Where the counter starts.
    pub start: u64,
    /// What is added between the multiplications.
    pub middle: u64,
}

impl Source {
    /// The keyed stream of one replication, entity and purpose.
    ///
    /// Its key is a Philox block that no [`crate::Stream`] of the same source reaches (index 2^48 - 1).
    #[must_use]
    pub fn keyed(self, replication: u32, entity: u32, purpose: u16) -> Keyed {
        let high = 0xffff | u32::from(purpose) << 16;
        let [a, b, c, d] = philox4x32([u32::MAX, entity, replication, high], self.key());
        Keyed { start: u64::from(a) | u64::from(b) << 32, middle: u64::from(c) | u64::from(d) << 32 }
    }
}

impl Keyed {
    /// How far the counter of number `pair` lies from the start.
    #[inline(always)]
    #[must_use]
    pub const fn offset(pair: u64) -> u64 {
        pair.wrapping_mul(STEP)
    }

    /// The 64 bits at a counter `start + offset`, under the rest of a key.
    #[inline(always)]
    #[must_use]
    pub const fn mix(counter: u64, middle: u64) -> u64 {
        let z = (counter ^ (counter >> 30)).wrapping_mul(FIRST).wrapping_add(middle);
        let z = (z ^ (z >> 27)).wrapping_mul(SECOND);
        z ^ (z >> 31)
    }

    /// 64 random bits: draws `2 pair` (low half) and `2 pair + 1` (high half).
    #[inline]
    #[must_use]
    pub const fn pair(self, pair: u64) -> u64 {
        Self::mix(self.start.wrapping_add(Self::offset(pair)), self.middle)
    }

    /// The 32 random bits of draw `index`.
    #[inline]
    #[must_use]
    pub const fn at(self, index: u64) -> u32 {
        (self.pair(index / 2) >> (32 * (index % 2))) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Fnv;

    /// Chi-square of counts against an even spread, as standard deviations from its mean.
    fn chi_square(counts: &[u32]) -> f64 {
        let n: u32 = counts.iter().sum();
        let (mean, free) = (f64::from(n) / counts.len() as f64, counts.len() as f64 - 1.0);
        let sum: f64 = counts.iter().map(|c| (f64::from(*c) - mean) * (f64::from(*c) - mean) / mean).sum();
        (sum - free) / libm::sqrt(2.0 * free)
    }

    #[test]
    fn single_draws_pairs_of_draws_and_all_bits_are_even() {
        let key = Source::new(5, 0).keyed(0, 0, 1);
        let (mut top, mut low, mut both) = (vec![0u32; 256], vec![0u32; 256], vec![0u32; 65_536]);
        let mut ones = [0u32; 32];
        let n = 1u64 << 21;
        for i in 0..n {
            let (x, next) = (key.at(i), key.at(i + 1));
            top[(x >> 24) as usize] += 1;
            low[(x & 255) as usize] += 1;
            both[((x >> 24) << 8 | next >> 24) as usize] += 1;
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += x >> bit & 1;
            }
        }
        for (name, z) in [("top", chi_square(&top)), ("low", chi_square(&low)), ("pairs", chi_square(&both))] {
            assert!(z.abs() < 4.0, "{name}: {z}");
        }
        for count in ones {
            let z = (f64::from(count) - n as f64 / 2.0) / libm::sqrt(n as f64 / 4.0);
            assert!(z.abs() < 4.5, "{z}");
        }
    }

    #[test]
    fn the_same_index_of_neighbouring_streams_is_even_and_uncorrelated() {
        let source = Source::new(11, 0);
        let mut both = vec![0u32; 1024];
        let mut sum = 0.0;
        let n = 60_000;
        let unit = |x: u32| f64::from(x) / 4_294_967_296.0 - 0.5;
        for entity in 0..n {
            let (x, y) = (source.keyed(0, entity, 1).at(3), source.keyed(0, entity + 1, 1).at(3));
            both[((x >> 27) << 5 | y >> 27) as usize] += 1;
            sum += 12.0 * unit(x) * unit(y);
        }
        assert!(chi_square(&both).abs() < 4.0);
        assert!((sum / libm::sqrt(f64::from(n))).abs() < 4.0, "{sum}");
    }

    #[test]
    fn flipping_a_bit_of_index_or_key_changes_about_half_of_the_bits() {
        let key = Source::new(1, 0).keyed(2, 3, 4);
        for bit in 0..40 {
            let changed: u32 = (0..64).map(|i| (key.pair(i) ^ key.pair(i ^ 1 << bit)).count_ones()).sum();
            assert!((1_850..2_250).contains(&changed), "index bit {bit}: {changed} of 4096");
        }
        for bit in 0..62 {
            let (mut a, mut b) = (key, key);
            a.start ^= 1 << bit;
            b.middle ^= 1 << bit;
            let changed: u32 = (0..64).map(|i| (key.pair(i) ^ a.pair(i)).count_ones()).sum();
            assert!((1_700..2_400).contains(&changed), "start bit {bit}: {changed} of 4096");
            let changed: u32 = (0..64).map(|i| (key.pair(i) ^ b.pair(i)).count_ones()).sum();
            assert!(changed > 64 * 8, "middle bit {bit}: {changed} of 4096");
        }
    }

    #[test]
    fn spacings_of_birthdays_are_as_rare_as_chance_has_them() {
        // 2^10 birthdays in 2^28 days: equal spacings are Poisson with mean n^3 / 4d = 1.
        let mut equal = 0;
        let trials = 400;
        for trial in 0..trials {
            let key = Source::new(77, 0).keyed(trial, 0, 0);
            let mut days: Vec<u32> = (0..1024).map(|i| key.at(i) >> 4).collect();
            days.sort_unstable();
            let mut gaps: Vec<u32> = days.windows(2).map(|w| w[1] - w[0]).collect();
            gaps.sort_unstable();
            equal += gaps.windows(2).filter(|w| w[0] == w[1]).count();
        }
        let z = (equal as f64 - f64::from(trials)) / libm::sqrt(f64::from(trials));
        assert!(z.abs() < 4.0, "{z}");
    }

    #[test]
    fn the_first_numbers_are_pinned() {
        let key = Source::new(1, 0).keyed(0, 0, 0);
        let mut hash = Fnv::new();
        (0..4096).for_each(|i| hash.add(key.pair(i)));
        assert_eq!(hash.value(), 0xe867_c965_be54_a3fe, "the stream changed: every stored result is void");
    }
}
