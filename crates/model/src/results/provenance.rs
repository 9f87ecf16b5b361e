//! Where a result comes from.

/// What made a result; the same provenance gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Program version.
    pub version: String,
    /// Input files with their SHA-256, in name order.
    pub inputs: Vec<(String, String)>,
    /// Seed.
    pub seed: u64,
    /// Options that shape the result, name and value, in name order; never the number of threads.
    pub options: Vec<(String, String)>,
}
