//! `ringworks doctor`: is this program sound on this machine?

use std::thread::available_parallelism;

use diag::CODES;
use highs::{HighsModelStatus, RowProblem, Sense};
use serde_json::{Value, json};

use super::explain;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json};

/// Is this program sound on this machine?
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// One thing looked at.
struct Finding {
    what: &'static str,
    sound: bool,
    found: String,
}

/// Looks at everything, shows it, and answers no when something is not sound.
pub(crate) fn run(_: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let findings = [program(), solver(), threads(), vectors(), temporary(), pages()];
    let sound = findings.iter().all(|f| f.sound);
    match cli.format {
        Format::Json => {
            let one = |f: &Finding| json!({ "what": f.what, "sound": f.sound, "found": f.found });
            let list: Vec<Value> = findings.iter().map(one).collect();
            give_json(&json!({ "version": 1, "sound": sound, "findings": list }))?;
        }
        Format::Text => {
            let line = |f: &Finding| {
                let mark = if f.sound { "ok " } else { "BAD" };
                format!("{mark}  {:<10}{}\n", f.what, f.found)
            };
            give(&findings.iter().map(line).collect::<String>())?;
        }
    }
    Ok(if sound { Answer::Yes } else { Answer::No })
}

fn program() -> Finding {
    let found = format!("ringworks {}, {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    Finding { what: "program", sound: true, found }
}

/// Solves a program whose answer is known: most of 3x + 2y with x + y <= 4, x + 3y <= 6, x <= 3 whole; 11 at (3, 1).
fn solver() -> Finding {
    let mut problem = RowProblem::default();
    let x = problem.add_integer_column(3.0, 0..=3);
    let y = problem.add_column(2.0, 0..);
    problem.add_row(..=4, [(x, 1.0), (y, 1.0)]);
    problem.add_row(..=6, [(x, 1.0), (y, 3.0)]);
    let solved = problem.optimise(Sense::Maximise).solve();
    let values = solved.get_solution().columns().to_vec();
    let near = |i: usize, wanted: f64| values.get(i).is_some_and(|v| (v - wanted).abs() < 1e-6);
    let sound = solved.status() == HighsModelStatus::Optimal && near(0, 3.0) && near(1, 1.0);
    let answer = if sound { "solves its test program" } else { "gives a wrong answer to its test program" };
    Finding { what: "solver", sound, found: format!("HiGHS {} linked in, {answer}", env!("HIGHS_VERSION")) }
}

fn threads() -> Finding {
    let found = match available_parallelism() {
        Ok(n) if n.get() == 1 => "1 thread".to_owned(),
        Ok(n) => format!("{n} threads"),
        Err(error) => format!("1 thread; the system does not say how many ({error})"),
    };
    Finding { what: "threads", sound: true, found }
}

/// The widest vectors of this processor, in bits; results do not depend on them.
fn vectors() -> Finding {
    Finding { what: "vectors", sound: true, found: format!("{} bits", vector_bits()) }
}

#[cfg(target_arch = "x86_64")]
fn vector_bits() -> u32 {
    if std::arch::is_x86_feature_detected!("avx512f") {
        512
    } else if std::arch::is_x86_feature_detected!("avx2") {
        256
    } else {
        128
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn vector_bits() -> u32 {
    128
}

fn temporary() -> Finding {
    let folder = std::env::temp_dir();
    let written =
        tempfile::tempfile_in(&folder).and_then(|mut file| std::io::Write::write_all(&mut file, b"ringworks"));
    let found = match &written {
        Ok(()) => format!("{} can be written", folder.display()),
        Err(error) => format!("{} cannot be written: {error}", folder.display()),
    };
    Finding { what: "temporary", sound: written.is_ok(), found }
}

fn pages() -> Finding {
    let missing = CODES.iter().filter(|e| explain::page(e.code).is_none()).count();
    let found = match missing {
        0 => format!("{} codes, each with its page", CODES.len()),
        n => format!("{n} of {} codes have no page", CODES.len()),
    };
    Finding { what: "codes", sound: missing == 0, found }
}
