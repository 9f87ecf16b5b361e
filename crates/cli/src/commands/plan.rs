//! `ringworks plan`: which sites make which item, when, how much and for whom; what stops do to it; where stock should stand.

mod hedge;
mod hold;

use model::control::Control;
use model::results::Programme;
use plan::Problem;
use plan::resilience::ResilienceOptions;
use plan::stock::TargetOptions;
use study::Stage;

use super::stage::{self, StageArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{tell, tell_troubles};
use crate::progress::Watch;
use crate::show;
use crate::stop;
use crate::talk::{Format, give, give_json, say};
use crate::work;

/// Which sites make which item, when, how much and for whom
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Lays out the lines first, then plans with them, as `study` does. The cost is
given with the least it could proven be.

With --hedge, sites, lines and people are chosen for the least expected cost
over futures in which something stops, and the programme is that of the
undisturbed ring with them:
  ringworks plan RING --hedge sampled --futures 64 --tail 0.3
  ringworks plan RING --hedge single --hedge-days 30 --hedge-from 2027-09-06
Sampled futures draw stops at the rates of outages.csv; there is no default
rate. Single stops and pairs are of equal weight; no likelihood is meant.

With --why, late and lost units and cheaper sources passed over are told by
what stands in the way, with its price. Each of them, and the way of every
unit from the customer back to the orders of its parts, stands in the tables
of --format json and of `study`.")]
pub(crate) struct Args {
    #[command(flatten)]
    stage: StageArgs,

    /// Why units are late, cheaper sources unused
    #[arg(long)]
    why: bool,

    #[command(flatten)]
    views: Views,

    #[command(flatten)]
    hedge: hedge::Asked,
}

/// What else is told of the programme.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Instead of the programme")]
struct Views {
    /// What each stop costs, and how long deliveries hold
    #[arg(long)]
    resilience: bool,

    /// Two stops at once as well
    #[arg(long, requires = "resilience")]
    pairs: bool,

    /// Days out where `outages.csv` tells nothing
    #[arg(long, value_name = "DAYS", requires = "resilience", value_parser = positive)]
    stop_days: Option<f64>,

    /// Where safety stock stands; with --demand-variation
    #[arg(long, requires = "demand_variation")]
    stock: bool,

    /// Deviation of a day's demand over its mean
    #[arg(long, value_name = "X", requires = "stock", value_parser = positive)]
    demand_variation: Option<f64>,

    /// Deviations of demand to cover; 1.645 if not given
    #[arg(long, value_name = "Z", requires = "stock", default_value_t = 1.645, hide_default_value = true,
        value_parser = positive)]
    safety_factor: f64,

    /// Plan again with it, simulate both; ring to DIR
    #[arg(long, value_name = "DIR", requires = "stock")]
    hold: Option<std::path::PathBuf>,

    /// Days promised to customers; else the last lane's
    #[arg(long, value_name = "DAYS", requires = "stock", value_parser = clap::value_parser!(i64).range(0..3_650))]
    promise_days: Option<i64>,
}

/// Plans and shows the programme, or what was asked of it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if args.views.resilience || args.views.stock {
        return views(args, cli);
    }
    if args.hedge.is_asked() {
        return hedge::run(&args.stage, &args.hedge, args.why, cli);
    }
    stage::run(&args.stage, cli, Stage::Plan, |loaded, study| {
        let programme = study.programme.as_ref()?;
        let mut text = show::programme::text(&loaded.ring, &study.designs, programme);
        if args.why {
            text.extend(study.why.iter().map(|why| show::why::text(&loaded.ring, why)));
        }
        Some(text)
    })
}

fn views(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let loaded = match input::load(&args.stage.ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let ran = work::run(&loaded, &args.stage.work, Stage::Plan, cli);
    let study = &ran.outcome.best;
    tell_troubles(&loaded, study);
    let Some(programme) = study.programme.as_ref() else {
        return Ok(ran.answer());
    };
    let problem = Problem { ring: &loaded.ring, designs: &study.designs };
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let control = Control::new(stop::flag(), u64::MAX, &listen);
    let mut held = serde_json::Value::Null;
    let (mut texts, mut tables, mut answer) = (Vec::new(), Vec::new(), ran.answer());
    if args.views.resilience {
        match resilience(&args.views, &problem, programme, args.stage.work.threads()) {
            Some((view, findings)) => {
                if !findings.is_empty() {
                    answer = Answer::No;
                    say("The independent check does not agree with these results:\n");
                    tell(&loaded, &findings);
                }
                texts.push(show::resilience::text(&loaded.ring, &view));
                tables.extend(show::resilience::tables(&loaded.ring, &view));
            }
            None => nothing(&mut answer),
        }
    }
    if args.views.stock {
        let options = TargetOptions {
            safety_factor: args.views.safety_factor,
            demand_variation: args.views.demand_variation.unwrap_or(0.0),
            promise_days: args.views.promise_days,
        };
        match plan::stock::targets(&problem, programme, &options, &control) {
            Ok(Some(found)) => {
                texts.push(show::stock::text(&loaded.ring, &found));
                tables.push(show::stock::table(&loaded.ring, &found));
                if let Some(folder) = &args.views.hold {
                    let told = hold::run(&loaded, study, &found, folder, &args.stage.work, cli)?;
                    if told.answer != Answer::Yes {
                        answer = told.answer;
                    }
                    texts.push(told.text);
                    held = told.json;
                }
            }
            Ok(None) => nothing(&mut answer),
            Err(_) => {
                answer = Answer::No;
                say("No stock is placed: the programme sends an item in a circle.");
            }
        }
    }
    match cli.format {
        Format::Json => {
            let mut value = ring_io::results_json(&tables, &study.provenance);
            value["command"] = "plan".into();
            if !held.is_null() {
                value["held"] = held;
            }
            give_json(&value)?;
        }
        Format::Text => give(&texts.join("\n"))?,
    }
    Ok(answer)
}

fn nothing(answer: &mut Answer) {
    *answer = Answer::No;
    say("The programme delivers nothing in its last weeks, so there is nothing to look at.");
}

fn resilience(
    views: &Views,
    problem: &Problem<'_>,
    programme: &Programme,
    threads: usize,
) -> Option<(model::results::Resilience, Vec<diag::Diagnostic>)> {
    let options = ResilienceOptions { asked_days: views.stop_days, pairs: views.pairs, threads };
    let view = plan::resilience::resilience(problem, programme, &options)?;
    let findings = verify::resilience(problem.ring, programme, &view, views.stop_days);
    Some((view, findings))
}

/// A number above zero.
fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(x) if x > 0.0 && x.is_finite() => Ok(x),
        _ => Err("a number above 0 is wanted".to_owned()),
    }
}
