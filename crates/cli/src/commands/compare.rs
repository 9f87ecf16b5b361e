//! `ringworks compare`: two dossiers side by side, the difference explained by cause.

use std::path::{Path, PathBuf};

use diag::Diagnostic;
use report::compare::{CauseRow, Comparison, Side, compare, compare_page};
use ring_io::{Existing, Loaded, write_file};
use study::{Cause, NoCauses, Problem, Step, Study, causes};
use units::Money;

use crate::args::Cli;
use crate::dossier::{self, Proof, RING};
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json, say};
use crate::{input, output, show, stop};

/// Two dossiers side by side, the difference explained by cause
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Inputs that differ are put in place one after the other and the plan follows
with the sites and lines of A; what remains is what the other sites and lines
of B bring. Exit code 1 when anything differs.")]
pub(crate) struct Args {
    /// The dossier to start from
    #[arg(value_name = "A")]
    a: PathBuf,

    /// The dossier to compare with it
    #[arg(value_name = "B")]
    b: PathBuf,

    /// Also write it as a page
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace the page when there is one
    #[arg(long, requires = "out")]
    replace: bool,

    /// Only what differs, not why: nothing is planned again
    #[arg(long)]
    no_causes: bool,
}

/// Compares and shows.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let (a, b) = match (read(&args.a, cli)?, read(&args.b, cli)?) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(answer), _) | (_, Err(answer)) => return Ok(answer),
    };
    let names = names(&args.a, &args.b);
    let found = side_by_side([(&names[0], &a.0, &a.1), (&names[1], &b.0, &b.1)], !args.no_causes);
    match cli.format {
        Format::Json => give_json(&show::compare::json(&found))?,
        Format::Text => give(&show::compare::text(&found))?,
    }
    if let Some(out) = &args.out {
        let existing = if args.replace { Existing::Replace } else { Existing::Keep };
        write_file(out, compare_page(&found).as_bytes(), existing)?;
        if !cli.quiet {
            say(format!("wrote {}", out.display()));
        }
    }
    Ok(if found.is_same() { Answer::Yes } else { Answer::No })
}

/// A dossier from its folder.
pub(crate) fn read(folder: &Path, cli: &Cli) -> Result<Result<(Loaded, Study), Answer>, Failure> {
    dossier::expect(folder)?;
    let loaded = match input::load(&folder.join(RING), cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(Err(answer)),
    };
    let study = Proof::read(folder, &loaded.ring)?.into_study();
    Ok(Ok((loaded, study)))
}

/// The last names of the two folders, or the whole paths where these are the same.
fn names(a: &Path, b: &Path) -> [String; 2] {
    let last =
        |path: &Path| path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into());
    let short = [last(a), last(b)];
    if short[0] == short[1] { [a.display().to_string(), b.display().to_string()] } else { short }
}

/// The comparison of two studies.
pub(crate) fn side_by_side(sides: [(&str, &Loaded, &Study); 2], with_causes: bool) -> Comparison {
    let dossiers = sides.map(|(_, loaded, study)| output::dossier(loaded, study));
    let causes = if with_causes { cause_rows(sides) } else { Err("Causes were not asked for.".to_owned()) };
    let side = |at: usize| Side { name: sides[at].0, dossier: &dossiers[at] };
    compare([side(0), side(1)], causes)
}

/// What moved in a study since an earlier dossier.
pub(crate) fn since(
    folder: &Path,
    loaded: &Loaded,
    study: &Study,
    cli: &Cli,
) -> Result<Result<Comparison, Answer>, Failure> {
    let name = folder.file_name().map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into_owned());
    Ok(read(folder, cli)?
        .map(|(before, of_before)| side_by_side([(&name, &before, &of_before), ("now", loaded, study)], true)))
}

fn cause_rows(sides: [(&str, &Loaded, &Study); 2]) -> Result<Vec<CauseRow>, String> {
    let problem = |at: usize| Problem { ring: &sides[at].1.ring, raw: &sides[at].1.raw };
    let found = causes((&problem(0), sides[0].2), (&problem(1), sides[1].2), stop::flag());
    let (mut before, steps) = found.map_err(|why| missing(&why))?;
    let mut rows = Vec::with_capacity(steps.len());
    for Cause { step, value } in steps {
        let cost = value.cost - before.cost;
        let served = hundredths(value.served) - hundredths(before.served);
        if !(cost == Money::ZERO && served == 0 && step == Step::Choice) {
            rows.push(CauseRow { what: words(&step, sides), cost, served });
        }
        before = value;
    }
    Ok(rows)
}

fn hundredths(share: f64) -> i64 {
    (share * 10_000.0).round() as i64
}

fn words(step: &Step, sides: [(&str, &Loaded, &Study); 2]) -> String {
    match step {
        Step::Input(address) => {
            let text = |at: usize| sides[at].1.raw.get(address).unwrap_or_default();
            let shown = |text: &str| if text.is_empty() { "not set".to_owned() } else { text.to_owned() };
            format!("{address} from {} to {}", shown(text(0)), shown(text(1)))
        }
        Step::Inputs(table, n) => format!("{n} inputs of {table}"),
        Step::Choice => "other sites, lines and layouts".to_owned(),
    }
}

fn missing(why: &NoCauses) -> String {
    match why {
        NoCauses::NoProgramme => "Causes need a plan on both sides.".to_owned(),
        NoCauses::OtherRows(table) => {
            format!("The rings hold different rows in {table}, so that inputs cannot be put in place one by one.")
        }
        NoCauses::Between(faults) => {
            let fact = faults.first().map_or("it cannot be planned", |fault: &Diagnostic| fault.fact.as_str());
            format!("On the way from one ring to the other there is one that is not sound: {fact}.")
        }
    }
}
