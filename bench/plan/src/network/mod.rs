//! Networks of the literature: importers, generators and what the engines make of them.

mod chain;
mod orlib;
mod sheet;
mod sites;
mod stock;
mod stops;
mod tiers;

/// Runs the named part of the bench, or says that there is none of that name.
pub fn run(args: &[String]) -> bool {
    match args.first().map(String::as_str) {
        Some("sites") => sites::run(&args[1..]),
        Some("stock") => stock::run(&args[1..]),
        Some("stops") => stops::run(&args[1..]),
        _ => return false,
    }
    true
}

/// User and system time of this process, seconds, in hundredths.
pub fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |at| after_name.split_whitespace().nth(at).and_then(|t| t.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Ends the bench with a word about its arguments or files.
pub fn fail(what: &str) -> ! {
    eprintln!("{what}");
    std::process::exit(2)
}

/// A file as text.
pub fn read(path: &str) -> String {
    std::fs::read(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_else(|e| fail(&format!("{path}: {e}")))
}
