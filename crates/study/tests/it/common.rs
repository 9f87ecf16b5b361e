//! What the tests share.

use model::control::Effort;
use model::{RawRing, Ring};
use std::path::Path;
use study::{Hands, Options, Outcome, Problem};

/// A sample ring of the repository.
pub(crate) fn example(name: &str) -> (RawRing, Ring) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    match ring_io::read_ring(&path, &ring_io::Limits::default()) {
        Ok(loaded) => (loaded.raw, loaded.ring),
        Err(refused) => panic!("examples/{name} is refused: {:?}", refused.faults.first()),
    }
}

/// A quick study on so many threads.
pub(crate) fn study(raw: &RawRing, ring: &Ring, threads: usize) -> Outcome {
    let options = Options { threads, ..Options::of(Effort::Quick) };
    study::solve(&Problem { ring, raw }, &options, Hands::free())
}
