//! The `ringworks` command.
fn main() {}
