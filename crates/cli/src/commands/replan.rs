//! `ringworks replan`: a dossier's plan carried over to a day, and the rest planned again with as few moves as asked.

use std::path::{Path, PathBuf};

use ring_io::{Limits, Loaded, read_tables};
use serde_json::json;
use study::roll::{Before, Change, Keep, roll};
use study::{Stage, Study};
use units::{Date, Money};

use super::compare;
use crate::args::Cli;
use crate::columns::Columns;
use crate::dossier;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{self, tell, tell_troubles};
use crate::show::{self, WIDTH, count};
use crate::talk::{Format, give, give_json, say};
use crate::work::{self, Work};

/// Plan again from a day on, moving as little as asked
#[derive(Debug, clap::Args)]
#[command(after_help = "\
What the plan has done by the day becomes what is there: stock, open orders,
people, sites, lines, units accepted. Tables in --actual take the place of what
was planned, row by row, and a row with a quantity of 0 takes one away:
  opening.csv         stock, people, units held, in pools, accepted
  under_way.csv       open orders, goods in transit, people in training
  standing_lines.csv  lines that stand or are on order
  outages.csv         sites stopped until a day, and how they come back
What customers are owed follows from what they have accepted.

The dossier written holds the ring as of the day, which `check`, `simulate` and
`study` take like any other, so that it can be planned again from a later day.
Compare it with the old one: `ringworks compare OLD NEW --no-causes`.")]
pub(crate) struct Args {
    /// The dossier whose plan is kept
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,

    /// First day of the new plan: the first of a period
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Date,

    /// A folder of tables with actual figures
    #[arg(long, value_name = "DIR")]
    actual: Option<PathBuf>,

    /// Keep everything before this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    freeze_until: Option<Date>,

    /// Move at most so many decisions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..=1_000_000))]
    moves: Option<i64>,

    /// What each move costs
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    move_cost: Option<Money>,

    /// The new dossier's folder [default: DOSSIER-DAY]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Plan only: no simulation, no decision
    #[arg(long)]
    plan_only: bool,

    #[command(flatten)]
    work: Work,
}

/// Carries over, plans again and writes the dossier.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let out = args.out.clone().unwrap_or_else(|| default_out(&args.dossier, args.from));
    drop(dossier::begin(&out)?);
    let (before, of_before) = match compare::read(&args.dossier, cli)? {
        Ok(found) => found,
        Err(answer) => return Ok(answer),
    };
    let Some(programme) = &of_before.programme else {
        say(format!("{} holds no plan: nothing can be kept", args.dossier.display()));
        return Ok(Answer::No);
    };
    let keep = Keep {
        freeze_until: args.freeze_until,
        moves_max: args.moves,
        move_cost: args.move_cost.map(|cost| cost.to_string()),
    };
    let old = Before { ring: &before.ring, raw: &before.raw, designs: &of_before.designs, programme };
    let rolled = match roll(&old, args.from, &keep) {
        Ok(rolled) => rolled,
        Err(faults) => {
            tell(&before, &faults);
            return Ok(Answer::No);
        }
    };
    let actual = match &args.actual {
        None => Vec::new(),
        Some(folder) => match read_tables(folder, &Limits::default()) {
            Ok(tables) => tables,
            Err(refused) => return input::refuse(&refused, folder, cli),
        },
    };
    let (raw, changes) = rolled.with(&actual);
    let loaded = match input::checked(&raw, &out.join(dossier::RING)) {
        Ok(loaded) => loaded,
        Err(refused) => return input::refuse(&refused, &args.dossier, cli),
    };
    let work = Work { menus: Some(of_before.designs.clone()), ..args.work.clone() };
    let until = if args.plan_only { Stage::Plan } else { Stage::Verify };
    let ran = work::run(&loaded, &work, until, cli);
    let study = &ran.outcome.best;
    tell_troubles(&loaded, study);
    if study.programme.is_none() {
        say("there is no plan from that day on; nothing was written");
        return Ok(ran.answer());
    }
    dossier::write(&out, &loaded, study, None)?;
    match cli.format {
        Format::Json => give_json(&summary(&out, &loaded, study, &changes))?,
        Format::Text => give(&text(&loaded, study, &changes))?,
    }
    if !cli.quiet {
        say(format!("dossier: {}", out.join("report.html").display()));
    }
    Ok(ran.answer())
}

/// The dossier's own name with the day.
fn default_out(dossier: &Path, from: Date) -> PathBuf {
    let name = dossier.file_name().map_or_else(|| "dossier".to_owned(), |n| n.to_string_lossy().into_owned());
    dossier.with_file_name(format!("{name}-{from}"))
}

/// Rows of actual figures shown; the rest is counted.
const SHOWN_MAX: usize = 20;

fn text(loaded: &Loaded, study: &Study, changes: &[Change]) -> String {
    let ring = &loaded.ring;
    let mut text = format!("{} from {}\n\n", ring.settings.name, ring.settings.start);
    let n = count(changes.len(), "figure");
    text.push_str(&format!("Actual against planned: {n} differ\n"));
    if !changes.is_empty() {
        let mut table = Columns::new(&["table", "row", "column", "planned", "actual"]);
        for c in changes.iter().take(SHOWN_MAX) {
            let cells = [&c.table, &c.key, &c.column, &c.planned, &c.actual];
            table.row(cells.map(String::clone));
        }
        text.push_str(&table.text(2, WIDTH));
        if changes.len() > SHOWN_MAX {
            text.push_str(&format!("  and {} more\n", changes.len() - SHOWN_MAX));
        }
    }
    text.push('\n');
    if let Some(programme) = &study.programme {
        text.push_str(&show::programme::text(ring, &study.designs, programme));
    }
    text
}

fn summary(out: &Path, loaded: &Loaded, study: &Study, changes: &[Change]) -> serde_json::Value {
    let tables = report::tables(&output::dossier(loaded, study));
    let mut value = ring_io::results_json(&tables, &study.provenance);
    value["command"] = "replan".into();
    value["dossier"] = out.display().to_string().into();
    let one = |c: &Change| {
        json!({
            "address": format!("{}/{}/{}", c.table, c.key, c.column), "planned": c.planned, "actual": c.actual,
        })
    };
    value["actual"] = changes.iter().map(one).collect();
    value["refusals"] = output::diagnostics(loaded, &study.refusals);
    value["findings"] = output::diagnostics(loaded, &study.findings);
    value
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day such as 2027-04-05 is wanted".to_owned())
}

fn amount(text: &str) -> Result<Money, String> {
    match text.parse::<Money>() {
        Ok(amount) if !amount.is_negative() => Ok(amount),
        _ => Err("an amount of 0 or more is wanted".to_owned()),
    }
}
