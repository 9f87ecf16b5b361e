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
use crate::talk::{Format, give, give_json};

/// Is the input sound? Every fault, and every question still open
///
/// Faults go to stderr with file, line, value and what to do; `explain` tells
/// more about a code. A figure that is only known as a range is no fault but an
/// open question.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
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
/// Columns of a terminal.
const WIDTH: usize = 80;

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
    let mut text = format!("{} is sound.\n\n", settings.name);
    let mut line = |what: &str, is: String| text.push_str(&format!("  {what:<12}{is}\n"));
    line("product", format!("{} ({})", product.key, product.name));
    let periods = format!("{} periods of {} days", settings.n_periods, settings.period_days);
    line("horizon", format!("{} to {last}, {periods}", settings.start));
    line("items", format!("{} made, {} bought whole", made, ring.items.len() - made));
    line("work", format!("{} tasks, {} kinds of equipment", ring.tasks.len(), ring.equipment.len()));
    let suppliers = ring.suppliers.len();
    line("parts", format!("{} from {suppliers} suppliers, {} sources", ring.parts.len(), ring.supply.len()));
    line(
        "sites",
        format!("{}, {} ways to make an item, {} lanes", ring.sites.len(), ring.capability.len(), ring.lanes.len()),
    );
    let exercises = ring.exercises.len();
    line("customers", format!("{}, {} demands, {exercises} exercises", ring.customers.len(), ring.demand.len()));
    let accepted = ring.gate_evidence.iter().filter(|e| e.state == EvidenceState::Accepted).count();
    line(
        "gates",
        format!("{}, {accepted} of {} pieces of evidence accepted", ring.gates.len(), ring.gate_evidence.len()),
    );
    line("assumptions", format!("{}, {} of them open questions", ring.assumptions.len(), open(ring).len()));
    text
}

/// The open questions as a table.
fn questions(ring: &Ring, shown: usize) -> String {
    let open = open(ring);
    if open.is_empty() {
        return "No question is open.\n".to_owned();
    }
    let mut table = Columns::new(&["due", "owner", "number", "question"]);
    for assumption in open.iter().take(shown) {
        let due = assumption.due.map_or_else(|| "-".to_owned(), |day| day.to_string());
        table.row([due, owner(ring, assumption), assumption.address.to_string(), assumption.question.clone()]);
    }
    let rest = open.len().saturating_sub(shown);
    let closing = if rest > 0 { format!("  and {rest} more; --all lists them\n") } else { String::new() };
    format!("Open questions:\n{}{closing}", table.cut(WIDTH - 2).text(2))
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
