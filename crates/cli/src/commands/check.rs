//! `ringworks check`: is the input sound, and what is still open?

use std::path::PathBuf;

use model::tables::assumptions::Assumption;
use model::tables::gates::EvidenceState;
use model::{Choice, Ring};
use serde_json::{Map, Value, json};

use crate::args::Cli;
use crate::columns::Columns;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::show::{WIDTH, count};
use crate::talk::{Format, give, give_json};

/// Is the input sound? Every fault, and every question still open
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Faults go to stderr with file, line, value and what to do; `explain` tells
more about a code. A figure that is only known as a range is no fault but an
open question.")]
pub(crate) struct Args {
    /// A ring folder or workbook
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// List every open question, not only the first due
    #[arg(long)]
    all: bool,
}

/// Open questions listed unless all are asked for.
const QUESTIONS_SHOWN: usize = 10;

/// Reads, checks, and says what the ring holds and what is open in it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let loaded = match input::load(&args.ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let ring = &loaded.ring;
    match cli.format {
        Format::Json => {
            let hashes = loaded.hashes.iter().map(|h| (h.file.clone(), json!(h.sha256)));
            give_json(&json!({
                "version": 1,
                "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
                "ring": args.ring.display().to_string(),
                "inputs": hashes.collect::<Map<_, _>>(),
                "sound": true,
                "diagnostics": [],
                "more": 0,
                "questions": open(ring).into_iter().map(|a| question(ring, a)).collect::<Vec<_>>(),
            }))?;
        }
        Format::Text => {
            let shown = if args.all { usize::MAX } else { QUESTIONS_SHOWN };
            give(&format!("{}\n{}", contents(ring), questions(ring, shown)))?;
        }
    }
    Ok(Answer::Yes)
}

/// What is not known but only assumed, the first due first, those without a date last.
fn open(ring: &Ring) -> Vec<&Assumption> {
    let mut open: Vec<&Assumption> = ring.assumptions.iter().filter(|a| is_open(a)).collect();
    open.sort_by_key(|a| (a.due.is_none(), a.due));
    open
}

/// Whether somebody should still be asked: a range or a missing number, with a question to put.
fn is_open(assumption: &Assumption) -> bool {
    assumption.is_missing || (assumption.is_range() && !assumption.question.is_empty())
}

/// What the ring holds, in a few lines.
fn contents(ring: &Ring) -> String {
    let settings = &ring.settings;
    let product = &ring.items[settings.product];
    let made = ring.items.ids().filter(|&item| ring.is_made(item)).count();
    let last = settings.first_day(settings.n_periods).plus_days(-1);
    let accepted = ring.gate_evidence.iter().filter(|e| e.state == EvidenceState::Accepted).count();
    let mut rows = Columns::bare();
    let mut row = |what: &str, is: String| rows.row([what.to_owned(), is]);
    row("product", format!("{} ({})", product.key, product.name));
    let periods = count(settings.n_periods, "period");
    row("horizon", format!("{} to {last}, {periods} of {} days", settings.start, settings.period_days));
    row("items", format!("{made} made, {} bought whole", ring.items.len() - made));
    row("work", format!("{}, {}", count(ring.tasks.len(), "task"), kinds(ring.equipment.len())));
    let [parts, suppliers, sources] = [ring.parts.len(), ring.suppliers.len(), ring.supply.len()];
    row("parts", format!("{parts} from {}, {}", count(suppliers, "supplier"), count(sources, "source")));
    let [sites, ways, lanes] = [ring.sites.len(), ring.capability.len(), ring.lanes.len()];
    row("sites", format!("{sites}, {} to make an item, {}", count(ways, "way"), count(lanes, "lane")));
    let [customers, demands, exercises] = [ring.customers.len(), ring.demand.len(), ring.exercises.len()];
    row("customers", format!("{customers}, {}, {}", count(demands, "demand"), count(exercises, "exercise")));
    let evidence = ring.gate_evidence.len();
    row("gates", format!("{}, {accepted} of {evidence} pieces of evidence accepted", ring.gates.len()));
    let open = open(ring);
    let asked = count(asked(&open).len(), "question");
    row("assumptions", format!("{}, {} of them open, {asked} to ask", ring.assumptions.len(), open.len()));
    format!("{} is sound.\n\n{}", settings.name, rows.text(2, WIDTH))
}

fn kinds(n: usize) -> String {
    format!("{} of equipment", count(n, "kind"))
}

/// Open assumptions that one answer settles, under the first of them.
fn asked<'a>(open: &[&'a Assumption]) -> Vec<(&'a Assumption, usize)> {
    let mut asked: Vec<(&Assumption, usize)> = Vec::new();
    for assumption in open {
        let same =
            |a: &Assumption| (a.owner, a.due, &a.question) == (assumption.owner, assumption.due, &assumption.question);
        match asked.iter_mut().find(|(first, _)| !first.question.is_empty() && same(first)) {
            Some((_, more)) => *more += 1,
            None => asked.push((assumption, 0)),
        }
    }
    asked
}

/// The open questions as a table.
fn questions(ring: &Ring, shown: usize) -> String {
    let asked = asked(&open(ring));
    if asked.is_empty() {
        return "No question is open.\n".to_owned();
    }
    let mut table = Columns::new(&["due", "owner", "number and question"]);
    for (assumption, more) in asked.iter().take(shown) {
        let due = assumption.due.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let others = if *more > 0 { format!(" and {more} more") } else { String::new() };
        let question = format!("{}{others}: {}", assumption.address, assumption.question);
        table.row([due, owner(ring, assumption), question]);
    }
    let rest = asked.len().saturating_sub(shown);
    let closing =
        if rest > 0 { format!("  and {}; --all lists them\n", count(rest, "more question")) } else { String::new() };
    format!("Open questions:\n{}{closing}", table.text(2, WIDTH))
}

fn owner(ring: &Ring, assumption: &Assumption) -> String {
    assumption.owner.map_or_else(|| "-".to_owned(), |partner| ring.partners[partner].key.clone())
}

fn question(ring: &Ring, assumption: &Assumption) -> Value {
    json!({
        "address": assumption.address.to_string(),
        "missing": assumption.is_missing,
        "low": assumption.low,
        "mode": assumption.mode,
        "high": assumption.high,
        "source": assumption.source,
        "grade": assumption.grade.word(),
        "owner": assumption.owner.map(|partner| ring.partners[partner].key.clone()),
        "question": assumption.question,
        "due": assumption.due.map(|day| day.to_string()),
    })
}
