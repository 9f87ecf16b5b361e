//! The Philox4x32-10 block function: 128 random bits as a pure function of a counter and a key.

/// The multipliers of the two halves of a round.
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
/// What is added to the key words between rounds.
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Scrambles a 128-bit counter under a 64-bit key; a bijection of the counter for every key.
///
/// # Source
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), Parallel random numbers: as easy as
/// 1, 2, 3, SC'11, section 3.3; the known answers in the tests are those of the Random123 library.
///
/// ```
/// let block = chance::philox4x32([0, 0, 0, 0], [0, 0]);
/// assert_eq!(block, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
/// ```
#[inline]
#[must_use]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let left = u64::from(MULTIPLIERS[0]) * u64::from(a);
        let right = u64::from(MULTIPLIERS[1]) * u64::from(c);
        (a, b, c, d) = ((right >> 32) as u32 ^ b ^ k0, right as u32, (left >> 32) as u32 ^ d ^ k1, left as u32);
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_known_answers_of_random123() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, answer) in cases {
            assert_eq!(philox4x32(counter, key), answer);
        }
    }

    #[test]
    fn flipping_any_counter_bit_changes_about_half_of_the_output() {
        let plain = philox4x32([7, 11, 13, 17], [19, 23]);
        for bit in 0..128 {
            let mut counter = [7u32, 11, 13, 17];
            counter[bit / 32] ^= 1 << (bit % 32);
            let other = philox4x32(counter, [19, 23]);
            let changed: u32 = (0..4).map(|w| (plain[w] ^ other[w]).count_ones()).sum();
            assert!((35..=93).contains(&changed), "bit {bit}: {changed}");
        }
    }
}
