//! `ringworks study`: a ring to a dossier, the main job.

use std::path::{Path, PathBuf};

use model::Ring;
use model::results::evidence::Replication;
use model::results::programme::Make;
use model::results::{Decision, Evidence, Programme, Status};
use ring_io::Loaded;
use serde_json::json;
use study::{Stage, Study};
use units::Quantity;

use super::compare;
use crate::args::Cli;
use crate::columns::Columns;
use crate::dossier;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{self, tell_troubles};
use crate::show::{self, WIDTH, count, money, wrap};
use crate::talk::{Format, give, give_json, say};
use crate::work::{self, Work};

/// Check, balance, plan, simulate, decide and report: a ring to a dossier
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The dossier is one page, report.html, with every table beside it as CSV,
workbook and JSON. The same ring, options and seed give the same bytes.")]
pub(crate) struct Args {
    /// A ring folder or workbook
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// The dossier's folder [default: out/RING]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Also say on the page what moved since this dossier
    #[arg(long, value_name = "DIR")]
    since: Option<PathBuf>,

    #[command(flatten)]
    work: Work,
}

/// Studies and writes the dossier.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let out = args.out.clone().unwrap_or_else(|| default_out(&args.ring));
    // A folder that may not be written should be known before the work, not after it.
    drop(dossier::begin(&out)?);
    let loaded = match input::load(&args.ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    // The dossier that is to be replaced says what moved; one that cannot be read any more says nothing.
    let before = earlier(&out);
    let ran = work::run(&loaded, &args.work, Stage::Verify, cli);
    let study = &ran.outcome.best;
    if study.programme.is_none() && ran.answer() == Answer::Stopped {
        say("stopped before there was a plan; nothing was written");
        return Ok(Answer::Stopped);
    }
    tell_troubles(&loaded, study);
    let moved = match &args.since {
        Some(since) => match compare::since(since, &loaded, study, cli)? {
            Ok(moved) => Some(moved),
            Err(answer) => return Ok(answer),
        },
        None => None,
    };
    dossier::write(&out, &loaded, study, moved.as_ref())?;
    match cli.format {
        Format::Json => give_json(&summary(&out, &loaded, study, &ran))?,
        Format::Text => give(&text(&loaded, study))?,
    }
    if !cli.quiet {
        if let Some((was, of_then)) = &before {
            tell_moved(was, of_then, &loaded, study);
        }
        say(format!("dossier: {}", out.join("report.html").display()));
    }
    Ok(ran.answer())
}

/// The dossier that stands in a folder, where it can be read.
fn earlier(out: &Path) -> Option<(Loaded, Study)> {
    let loaded = ring_io::read_ring(&out.join(dossier::RING), &ring_io::Limits::default()).ok()?;
    let study = dossier::Proof::read(out, &loaded.ring).ok()?.into_study();
    Some((loaded, study))
}

/// Says what moved since the dossier that was replaced.
fn tell_moved(was: &Loaded, of_then: &Study, loaded: &Loaded, study: &Study) {
    let few =
        compare::side_by_side([("before", was, of_then), ("now", loaded, study)], false).inputs.len() <= CAUSES_MAX;
    let moved = compare::side_by_side([("before", was, of_then), ("now", loaded, study)], few);
    if !moved.is_same() {
        say("since the dossier that this one replaces:");
        moved.told.iter().for_each(|sentence| say(wrap(sentence, 2).trim_end()));
    }
}

/// Inputs that may differ for their causes to be told without being asked for.
const CAUSES_MAX: usize = 8;

/// `out/` and the name of the ring folder or workbook.
fn default_out(ring: &Path) -> PathBuf {
    let whole = ring.canonicalize().unwrap_or_else(|_| ring.to_owned());
    let name = whole.file_stem().map_or_else(|| "ring".into(), ToOwned::to_owned);
    Path::new("out").join(name)
}

/// What a reader wants to know first.
fn text(loaded: &Loaded, study: &Study) -> String {
    let ring = &loaded.ring;
    let mut text =
        format!("{}: {}\n", ring.settings.name, study.decision.as_ref().map_or("no decision", |d| d.answer.word()));
    for reason in study.decision.iter().flat_map(|d| &d.reasons) {
        text.push_str(&wrap(reason, 2));
    }
    let mut rows = Columns::bare();
    let layouts: usize = study.designs.iter().map(|d| d.options.len()).sum();
    let proven = study.designs.iter().flat_map(|d| &d.options);
    let proven = proven.filter(|o| o.status == Status::Optimal).count();
    rows.row(["lines".to_owned(), format!("{layouts} layouts, {proven} of them proven to need the fewest stations")]);
    if let Some(programme) = &study.programme {
        rows.row(["plan".to_owned(), show::programme::quality(ring, programme)]);
    }
    if let Some(evidence) = &study.evidence {
        rows.row(["evidence".to_owned(), held(ring, study.programme.as_ref(), evidence)]);
    }
    if let Some(decision) = &study.decision {
        rows.row(["gates".to_owned(), gates(decision)]);
        rows.row(["questions".to_owned(), asked(loaded, decision)]);
    }
    let checked = match study.findings.len() {
        0 => "every result holds".to_owned(),
        n => format!("{}: see above", count(n, "finding")),
    };
    rows.row(["verified".to_owned(), checked]);
    text.push('\n');
    text.push_str(&rows.text(2, WIDTH));
    text
}

/// How the plan fared in simulation.
fn held(ring: &Ring, programme: Option<&Programme>, evidence: &Evidence) -> String {
    let n = evidence.runs;
    let kept = evidence.replications.len().max(1) as f64;
    let mean = |of: fn(&Replication) -> i64| evidence.replications.iter().map(of).sum::<i64>() as f64 / kept;
    let finished = mean(|r| r.finished);
    let arrived = mean(|r| r.delivered.iter().flatten().sum());
    let of_product = |m: &&Make| ring.capability[m.capability].item == ring.settings.product;
    let made: Quantity = programme.iter().flat_map(|p| &p.make).filter(of_product).map(|m| m.quantity).sum();
    let given: Quantity = programme.iter().flat_map(|p| &p.deliveries).map(|d| d.replenishment + d.pool).sum();
    format!(
        "{n} simulated runs: on average {finished:.0} of {:.0} planned pieces are finished, {arrived:.0} of {:.0} handed over",
        made.as_f64(),
        given.as_f64()
    )
}

fn gates(decision: &Decision) -> String {
    let passed = decision.gates.iter().filter(|gate| gate.passed()).count();
    format!("{passed} of {} passed", decision.gates.len())
}

/// The question that weighs most.
fn asked(loaded: &Loaded, decision: &Decision) -> String {
    let ring = &loaded.ring;
    let Some(first) = decision.questions.first() else { return "none open".to_owned() };
    let weight = match (&first.low, &first.high) {
        (Some(_), Some(_)) => format!("moves the cost by up to {}", money(first.cost_swing, ring)),
        _ => "decides whether there is a plan at all".to_owned(),
    };
    let address = &ring.assumptions[first.assumption].address;
    format!("{} weighed; {address} {weight}", count(decision.questions.len(), "question"))
}

/// The same for a program.
fn summary(out: &Path, loaded: &Loaded, study: &Study, ran: &work::Ran) -> serde_json::Value {
    json!({
        "version": 1,
        "command": "study",
        "dossier": out.display().to_string(),
        "status": ran.outcome.status.word(),
        "answer": study.decision.as_ref().map(|d| d.answer.word()),
        "reasons": study.decision.as_ref().map(|d| d.reasons.clone()),
        "cost": study.programme.as_ref().map(|p| p.cost.as_f64()),
        "bound": study.programme.as_ref().map(|p| p.bound.as_f64()),
        "gap": study.programme.as_ref().map(Programme::gap),
        "refusals": output::diagnostics(loaded, &study.refusals),
        "findings": output::diagnostics(loaded, &study.findings),
        "provenance": ring_io::results_json(&[], &study.provenance)["provenance"],
    })
}
