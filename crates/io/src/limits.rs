//! How much of a ring is read before it is refused; every limit is a count, never a time.

/// Caps on what is read. Whatever lies above a cap ends in a diagnostic, not in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one table file or of a workbook as stored.
    pub file_bytes: u64,
    /// Bytes of `ring.toml`, whose parsed form is many times its size.
    pub settings_bytes: u64,
    /// Bytes of all files of a ring folder together.
    pub ring_bytes: u64,
    /// Settings of `ring.toml`.
    pub settings: usize,
    /// Rows of one table, without its header.
    pub rows: usize,
    /// Columns of one table.
    pub columns: usize,
    /// Cells of all tables together.
    pub cells: usize,
    /// Characters of one cell; what a workbook's cell can hold.
    pub cell_chars: usize,
    /// Bytes of all parts of a workbook together once unpacked.
    pub unpacked_bytes: u64,
    /// Faults that are kept; the rest is counted.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 10_000_000,
            settings_bytes: 1_000_000,
            ring_bytes: 40_000_000,
            settings: 5_000,
            rows: 20_000,
            columns: 256,
            cells: 1_000_000,
            cell_chars: 32_000,
            unpacked_bytes: 64_000_000,
            faults: 1_000,
        }
    }
}

/// A count of bytes as people write it: `10 MB`, `1.5 MB`.
#[must_use]
pub(crate) fn megabytes(bytes: u64) -> String {
    match bytes % 1_000_000 / 100_000 {
        0 => format!("{} MB", bytes / 1_000_000),
        tenths => format!("{}.{tenths} MB", bytes / 1_000_000),
    }
}
