//! The page of a small invented ring, for the eye: `cargo run -p ringworks-report --example sample -- OUT.html`.

#[path = "../tests/page/sample.rs"]
mod sample;

fn main() {
    let sample = sample::Sample::new();
    let out = std::env::args().nth(1).unwrap_or_else(|| "sample.html".into());
    std::fs::write(&out, report::page(&sample.dossier())).expect("the path can be written");
}
