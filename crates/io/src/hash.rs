//! SHA-256 of inputs, so that a result can say what it was made from.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The file and the SHA-256 of its bytes as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputHash {
    /// File name inside the ring folder, or of the workbook.
    pub file: String,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_answer() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256_hex(b"abc"), expected);
    }
}
