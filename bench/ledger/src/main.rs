//! Times the ledger. `append [SECONDS] [ROUNDS]` | `write FOLDER [EVENTS] [UNITS]` | `read FOLDER`.

mod append;
mod clock;
mod peers;
mod read;
mod work;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, default: u64| arguments.get(i).map_or(default, |n| n.parse().expect("a number"));
    let said: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match said.as_slice() {
        ["append", ..] => append::run(number(1, 5), number(2, 3)),
        ["write", folder, ..] => read::write(Path::new(folder), number(2, 5_000_000), number(3, 100_000)),
        ["read", folder] => read::run(Path::new(folder)),
        _ => eprintln!("append [SECONDS] [ROUNDS] | write FOLDER [EVENTS] [UNITS] | read FOLDER"),
    }
}
