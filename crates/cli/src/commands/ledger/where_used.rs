//! `ringworks ledger where-used`: which serials carry pieces of a lot.

use std::path::PathBuf;

use custody::name::Lot;
use serde_json::{Value, json};
use store::{Reader, Use};

use super::told::failure;
use crate::args::Cli;
use crate::columns::Columns;
use crate::exit::{Answer, Failure};
use crate::show::{WIDTH, count};
use crate::talk::{Format, give, give_json};

/// Which serials carry pieces of a lot
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// The lot
    #[arg(value_name = "LOT")]
    lot: String,
}

/// Shows them.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let lot = Lot::new(&args.lot).ok_or_else(|| anyhow::anyhow!("`{}` is not a lot", args.lot))?;
    let reader = Reader::open(&super::folder(&args.ring)).map_err(failure)?;
    let uses = reader.where_used(&lot).map_err(failure)?;
    let pieces =
        |one: &Use| units::Quantity::from_ticks(i64::try_from(one.thousandths).unwrap_or(i64::MAX)).to_string();
    match cli.format {
        Format::Json => {
            let one = |u: &Use| {
                let inside: Vec<&str> = u.inside.iter().map(custody::name::Serial::as_str).collect();
                json!({
                    "serial": u.serial.as_str(), "part": u.part.as_str(), "pieces": pieces(u), "inside": inside,
                    "state": u.state.word(), "holder": u.holder,
                })
            };
            let list: Vec<Value> = uses.iter().map(one).collect();
            give_json(&json!({ "version": 1, "lot": args.lot, "serials": list }))?;
        }
        Format::Text => {
            let mut table = Columns::new(&["serial", "part", "pieces", "state", "with"]);
            for one in &uses {
                let pieces = if one.thousandths == 0 { "inside".to_owned() } else { pieces(one) };
                let state = one.state.word().to_owned();
                table.row([one.serial.to_string(), one.part.to_string(), pieces, state, one.holder.clone()]);
            }
            let table = if uses.is_empty() { String::new() } else { table.text(2, WIDTH) };
            give(&format!("{} with pieces of {}\n{table}", count(uses.len(), "serial"), args.lot))?;
        }
    }
    Ok(if uses.is_empty() { Answer::No } else { Answer::Yes })
}
