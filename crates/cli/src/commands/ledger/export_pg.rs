//! `ringworks ledger export-pg`: ordinary tables in PostgreSQL, for tools that ask in SQL.

use std::path::PathBuf;

use serde_json::json;
use store::Reader;

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show::count;
use crate::talk::{Format, give_json, say};

/// Bring tables in PostgreSQL up to date with the ledger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Tables stand in the schema `ringworks`: record, record_serial, unit, handover,
lot, accepted, conflict. Only new records are sent. Needs PostgreSQL's client
program `psql`.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// The database, as `psql --dbname` takes it
    #[arg(value_name = "URL")]
    url: String,
}

/// Sends what is new.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let reader = Reader::open(&super::folder(&args.ring)).map_err(failure)?;
    let exported = store::export_pg(&reader, "psql", &args.url).map_err(failure)?;
    if cli.format == Format::Json {
        give_json(&json!({ "version": 1, "records": exported.records, "serials": exported.units }))?;
    } else if !cli.quiet {
        let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        say(format!("{} added, {}", count(n(exported.records), "record"), count(n(exported.units), "serial")));
    }
    Ok(Answer::Yes)
}
