//! The rules against amounts worked out by hand, and properties on generated rings.

mod allocation;
mod calendar;
mod content;
mod gates;
mod learning;
mod line;
mod people;
mod policies;
mod rate;

use model::{Address, Ring};
use testring::Builder;

/// The tiny ring.
fn tiny() -> Ring {
    Ring::build(&testring::tiny()).unwrap()
}

/// The tiny ring with some values changed.
fn tiny_with(changes: &[(&str, &str)]) -> Ring {
    let mut raw = testring::tiny();
    for (address, value) in changes {
        let address: Address = address.parse().unwrap();
        assert!(raw.set(&address, value), "{address}");
    }
    Ring::build(&raw).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The tiny ring with more written on it.
fn tiny_and(write: impl Fn(&mut Builder)) -> Ring {
    let mut b = Builder::of(testring::tiny());
    write(&mut b);
    Ring::build(&b.build()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}
