//! Times the ledger. `append [SECONDS] [ROUNDS]` | `read [EVENTS] [UNITS]`.

mod append;
mod peers;
mod read;
mod work;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, default: u64| arguments.get(i).map_or(default, |n| n.parse().expect("a number"));
    match arguments.first().map(String::as_str) {
        Some("append") => append::run(number(1, 5), number(2, 3)),
        Some("read") => read::run(number(1, 5_000_000), number(2, 100_000)),
        _ => eprintln!("append [SECONDS] [ROUNDS] | read [EVENTS] [UNITS]"),
    }
}
