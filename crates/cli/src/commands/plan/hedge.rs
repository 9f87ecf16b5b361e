//! `ringworks plan RING --hedge`: sites, lines and people chosen for what may stop.

use diag::{Code, Diagnostic};
use model::Ring;
use model::control::{Control, Effort};
use model::results::hedge::{Future, Tail};
use model::tables::outages::Target;
use plan::hedge::{Check, FRESH, HedgeOptions, enumerated, programme, sampled, stated, targets};
use study::Stage;
use units::Date;

use crate::args::Cli;
use crate::commands::stage::StageArgs;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{give_tables, tell, tell_troubles};
use crate::progress::Watch;
use crate::show;
use crate::stop;
use crate::talk::{Format, give};
use crate::work;

/// What the plan is hedged against.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Hedging against stops")]
pub(super) struct Asked {
    /// sampled, single or pairs of stops
    #[arg(long, value_enum, value_name = "FUTURES", hide_possible_values = true)]
    hedge: Option<Kind>,

    /// Futures to sample; 32, full 128
    #[arg(long, value_name = "N", requires = "hedge")]
    futures: Option<u32>,

    /// Days a stop lasts; of outages.csv unless given
    #[arg(long, value_name = "DAYS", requires = "hedge")]
    hedge_days: Option<u32>,

    /// First day of a stop; mid-horizon unless given
    #[arg(long, value_name = "DATE", requires = "hedge")]
    hedge_from: Option<String>,

    /// Weight of the worst futures, 0 to 1; 0
    #[arg(long, value_name = "WEIGHT", requires = "hedge")]
    tail: Option<f64>,

    /// Share that counts as the worst; 0.1
    #[arg(long, value_name = "SHARE", requires = "hedge")]
    tail_share: Option<f64>,

    /// Gap to end at, a share; 0.01, full 0.001
    #[arg(long, value_name = "SHARE", requires = "hedge")]
    gap: Option<f64>,

    /// Fresh futures to try it in; 200, full 1000
    #[arg(long, value_name = "N", requires = "hedge")]
    check: Option<u32>,
}

/// Which futures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Drawn at the rates of `outages.csv`.
    Sampled,
    /// Everything that can stop, each alone.
    Single,
    /// Each alone, and each two together.
    Pairs,
}

/// Most futures of one call: each is a linear program in memory.
const FUTURES_MAX: usize = 5_000;

impl Asked {
    /// True when a hedge is asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.hedge.is_some()
    }
}

/// Plans, hedges and shows what came of it.
pub(super) fn run(stage: &StageArgs, asked: &Asked, why: bool, cli: &Cli) -> Result<Answer, Failure> {
    let loaded = match input::load(&stage.ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let seed = stage.work.seed.unwrap_or(loaded.ring.settings.seed);
    let effort = stage.work.effort.effort();
    let futures = futures(asked, &loaded.ring, seed, effort)?;
    let options = options(asked, effort, stage.work.threads())?;
    let check = check(asked, effort, seed)?;
    let mut ran = work::run(&loaded, &stage.work, Stage::Plan, cli);
    let study = &mut ran.outcome.best;
    let Some(plain) = study.programme.clone() else {
        tell_troubles(&loaded, study);
        return Ok(ran.answer());
    };
    let problem = plan::Problem { ring: &loaded.ring, designs: &study.designs };
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let control = Control::new(stop::flag(), u64::MAX, &listen);
    let found = programme(&problem, &plain, &futures, &options, check, &control);
    drop(watch);
    let hedge = match found {
        Ok((hedge, _)) => hedge,
        Err(refusals) => {
            tell(&loaded, &refusals);
            return Ok(if stop::is_asked() { Answer::Stopped } else { Answer::No });
        }
    };
    match plan::why(&problem, &hedge.programme) {
        Ok(why) => study.why = Some(why),
        Err(refusals) => study.refusals.extend(refusals),
    }
    study.programme = Some(hedge.programme.clone());
    study.hedge = Some(hedge);
    study.findings = study::confirm(&loaded.ring, study);
    study.provenance.options.extend(told(asked, &options, futures.len(), check));
    study.provenance.options.sort();
    tell_troubles(&loaded, study);
    match cli.format {
        Format::Json => give_tables(&loaded, study, "plan")?,
        Format::Text => {
            let (ring, designs) = (&loaded.ring, &study.designs);
            let mut text: String = study.hedge.iter().map(|hedge| show::hedge::text(ring, designs, hedge)).collect();
            text.extend(study.why.iter().filter(|_| why).map(|why| show::why::text(ring, why)));
            give(&text)?;
        }
    }
    Ok(ran.answer())
}

fn futures(asked: &Asked, ring: &Ring, seed: u64, effort: Effort) -> Result<Vec<Future>, Failure> {
    let no_rate = || {
        let help = "state `rate_year` and `days` in outages.csv; there is no default rate";
        Failure::from(Box::new(Diagnostic::error(Code(504), "no outage has a rate, so nothing can be drawn", help)))
    };
    let kind = asked.hedge.unwrap_or(Kind::Sampled);
    let futures = if kind == Kind::Sampled {
        if asked.hedge_days.is_some() || asked.hedge_from.is_some() {
            let help = "use them with --hedge single or --hedge pairs";
            let fact = "sampled futures take days and dates from their draws, not from --hedge-days and --hedge-from";
            return Err(Box::new(Diagnostic::error(Code(504), fact, help)).into());
        }
        if stated(ring).is_empty() {
            return Err(no_rate());
        }
        let usual = if effort == Effort::Full { 128 } else { 32 };
        sampled(ring, seed, 0, asked.futures.unwrap_or(usual))
    } else {
        let targets: Vec<(Target, i64)> = match asked.hedge_days {
            Some(days) => targets(ring).into_iter().map(|target| (target, i64::from(days))).collect(),
            None => stated(ring),
        };
        if targets.is_empty() {
            let help = "say how long a stop lasts with --hedge-days, or state outages with a rate in outages.csv";
            return Err(Box::new(Diagnostic::error(Code(504), "how long a stop lasts is not known", help)).into());
        }
        enumerated(&targets, first_day(asked, ring)?, kind == Kind::Pairs)
    };
    if futures.is_empty() || futures.len() > FUTURES_MAX {
        let fact = format!("{} futures are asked for", futures.len());
        let help = format!("ask for 1 to {FUTURES_MAX}");
        return Err(Box::new(Diagnostic::error(Code(504), fact, help)).into());
    }
    Ok(futures)
}

/// First day of a stop, from the first of the horizon.
fn first_day(asked: &Asked, ring: &Ring) -> Result<i64, Failure> {
    let days = ring.settings.period_days * ring.settings.n_periods as i64;
    let Some(text) = &asked.hedge_from else {
        return Ok(days / 2);
    };
    let wrong = || {
        let (first, last) = (ring.settings.start, ring.settings.start.plus_days(days - 1));
        let help = format!("write a date from {first} to {last}");
        Failure::from(Box::new(Diagnostic::error(Code(504), format!("`{text}` is no day of the horizon"), help)))
    };
    let date: Date = text.parse().map_err(|_| wrong())?;
    let day = date.days_since(ring.settings.start);
    if (0..days).contains(&day) { Ok(day) } else { Err(wrong()) }
}

fn options(asked: &Asked, effort: Effort, threads: usize) -> Result<HedgeOptions, Failure> {
    let usual = if effort == Effort::Full { 0.001 } else { 0.01 };
    let gap = share("--gap", asked.gap, usual, 0.0)?;
    let tail = Tail {
        weight: share("--tail", asked.tail, 0.0, 0.0)?,
        share: share("--tail-share", asked.tail_share, 0.1, 1e-6)?,
    };
    Ok(HedgeOptions { gap, tail, threads, ..HedgeOptions::default() })
}

fn share(name: &str, given: Option<f64>, usual: f64, least: f64) -> Result<f64, Failure> {
    let value = given.unwrap_or(usual);
    if (least..=1.0).contains(&value) {
        return Ok(value);
    }
    let help = if least > 0.0 { "write a number above 0, at most 1" } else { "write a number from 0 to 1" };
    Err(Box::new(Diagnostic::error(Code(504), format!("{name} {value} is no share"), help)).into())
}

/// Futures drawn afresh; only sampled futures have any.
fn check(asked: &Asked, effort: Effort, seed: u64) -> Result<Option<Check>, Failure> {
    let usual = if effort == Effort::Full { 1_000 } else { 200 };
    match (asked.hedge, asked.check) {
        (Some(Kind::Sampled), Some(0)) => Ok(None),
        (Some(Kind::Sampled), n) if (2..=1_000_000).contains(&n.unwrap_or(usual)) => {
            Ok(Some(Check { seed: seed.wrapping_add(FRESH), futures: n.unwrap_or(usual) }))
        }
        (Some(Kind::Sampled), n) => {
            let fact = format!("--check {} gives no interval", n.unwrap_or(usual));
            Err(Box::new(Diagnostic::error(Code(504), fact, "draw 2 to 1,000,000 futures, or 0 for none")).into())
        }
        (_, Some(_)) => {
            let fact = "only sampled futures can be drawn afresh";
            Err(Box::new(Diagnostic::error(Code(504), fact, "use --check with --hedge sampled")).into())
        }
        (_, None) => Ok(None),
    }
}

/// What shapes the hedge, for the provenance.
fn told(asked: &Asked, options: &HedgeOptions, futures: usize, check: Option<Check>) -> Vec<(String, String)> {
    let kind = match asked.hedge {
        Some(Kind::Single) => "single",
        Some(Kind::Pairs) => "pairs",
        Some(Kind::Sampled) | None => "sampled",
    };
    let mut all = vec![
        ("hedge.futures".to_owned(), format!("{futures} {kind}")),
        ("hedge.gap".to_owned(), options.gap.to_string()),
        ("hedge.tail_weight".to_owned(), options.tail.weight.to_string()),
        ("hedge.tail_share".to_owned(), options.tail.share.to_string()),
    ];
    all.extend(check.map(|c| ("hedge.check".to_owned(), format!("{} futures of seed {}", c.futures, c.seed))));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stay_shares() {
        assert!(share("--tail", Some(1.5), 0.0, 0.0).is_err());
        assert!(share("--tail-share", Some(0.0), 0.1, 1e-6).is_err());
        assert_eq!(share("--gap", None, 0.01, 0.0).ok(), Some(0.01));
    }
}
