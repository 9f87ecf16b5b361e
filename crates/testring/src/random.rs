//! Random numbers for tests, the same on every machine.

/// A generator of random numbers: SplitMix64.
///
/// # Source
/// Steele, Lea, Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, figure 17.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number in `low..=high`.
    pub fn int(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        low + (self.bits() % span) as i64
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: i64) -> bool {
        self.int(1, n) == 1
    }

    /// One of the values.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        let last = values.len() as i64 - 1;
        &values[usize::try_from(self.int(0, last)).expect("there is a value")]
    }

    /// A decimal of so many hundredths, as text.
    pub fn hundredths(&mut self, low: i64, high: i64) -> String {
        let value = self.int(low, high);
        format!("{}.{:02}", value / 100, value % 100)
    }
}
