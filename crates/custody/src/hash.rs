//! SHA-256, and the two ways RFC 6962 hashes a leaf and a node so that neither passes for the other.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::encode::{Canonical, Malformed};

/// 32 bytes of SHA-256, shown as hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// SHA-256 of some parts one after the other.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        parts.iter().for_each(|part| hasher.update(part));
        Self(hasher.finalize().into())
    }

    /// The hash of a leaf: SHA-256 of 0x00 and the record's bytes.
    #[must_use]
    pub fn leaf(record: &[u8]) -> Self {
        Self::of(&[&[0], record])
    }

    /// The hash of a node: SHA-256 of 0x01 and its two children.
    #[must_use]
    pub fn node(left: Self, right: Self) -> Self {
        Self::of(&[&[1], &left.0, &right.0])
    }

    /// The first eight digits, for people.
    #[must_use]
    pub fn short(self) -> String {
        hex(&self.0[..4])
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Some(Self(unhex(text)?.try_into().ok()?))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

impl Canonical for Hash {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        Canonical::take(from).map(Self)
    }
}

/// Bytes as hexadecimal digits in lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// Bytes of hexadecimal digits, when it is an even number of them.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() % 2 == 1 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in base64 with padding, as signed notes write them.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, b| word << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let six = (word >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() { char::from(BASE64[six as usize]) } else { '=' });
        }
    }
    text
}

/// Bytes of base64 with padding; what [`base64`] would not write is refused.
#[must_use]
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in text.as_bytes().chunks(4) {
        let digits: Vec<u8> = chunk.iter().copied().take_while(|b| *b != b'=').collect();
        let mut word = 0_u32;
        for digit in &digits {
            word = word << 6 | u32::try_from(BASE64.iter().position(|b| b == digit)?).ok()?;
        }
        word <<= 6 * (4 - digits.len());
        bytes.extend(word.to_be_bytes()[1..].iter().take(digits.len().saturating_sub(1)));
    }
    (base64(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        assert_eq!(
            Hash::of(&[b"a", b"bc"]).to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
        assert_eq!(base64(b"foob"), "Zm9vYg==");
        assert_eq!(unbase64("Zm9vYh=="), None, "spare bits");
    }

    proptest! {
        #[test]
        fn digits_read_back(bytes: Vec<u8>) {
            prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(unbase64(&base64(&bytes)), Some(bytes));
        }
    }
}
