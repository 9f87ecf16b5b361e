//! A 64-bit fingerprint of a sequence of numbers, for tests that pin draws and for comparing runs.

/// FNV-1a over little-endian bytes.
///
/// # Source
/// G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake (IETF draft, 2019), The FNV non-cryptographic hash algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fnv(u64);

impl Fnv {
    /// The fingerprint of the empty sequence.
    #[must_use]
    pub const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds one number.
    pub fn add(&mut self, value: u64) {
        for byte in value.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The fingerprint so far.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.0
    }
}

impl Default for Fnv {
    fn default() -> Self {
        Self::new()
    }
}
