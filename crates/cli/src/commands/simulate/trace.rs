//! `ringworks simulate RING --trace RUN`: one replication again, every visit of it.

use std::path::Path;

use anyhow::anyhow;
use model::Ring;
use model::ids::SiteId;
use model::results::{ResultTable, trace::Trace};
use simulate::ring::Problem;
use study::Stage;

use super::RingArgs;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{tell, tell_troubles};
use crate::talk::{Format, give, give_json, say};
use crate::work::{self, Work};

/// Plans, replays, and gives the visits as CSV or JSON.
pub(super) fn run(ring: &Path, work: &Work, (index, asked): (u32, &RingArgs), cli: &Cli) -> Result<Answer, Failure> {
    let loaded = match input::load(ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let view = View::of(&loaded.ring, asked)?;
    let ran = work::run(&loaded, work, Stage::Plan, cli);
    let study = &ran.outcome.best;
    tell_troubles(&loaded, study);
    let Some(programme) = &study.programme else {
        return Ok(ran.answer());
    };
    let problem = Problem { ring: &loaded.ring, designs: &study.designs, programme };
    let seed = work.seed.unwrap_or(loaded.ring.settings.seed);
    match simulate::ring::trace(&problem, seed, index) {
        Ok(trace) => {
            let trace = match view {
                View::Day(site, day) => {
                    let Some(svg) = report::replay::site_day(&loaded.ring, &trace, site, day) else {
                        say(format!("Nothing was on a station of this site on day {}.", day + 1));
                        return Ok(Answer::No);
                    };
                    give(&svg)?;
                    return Ok(ran.answer());
                }
                View::Piece(line, piece) => report::replay::passport(&trace, line, piece),
                View::All => trace,
            };
            if trace.visits.is_empty() {
                say("No such piece came to a station in this replication.");
                return Ok(Answer::No);
            }
            let table: ResultTable = report::visits(&loaded.ring, &trace);
            show(&table, study, &trace, cli)?;
            Ok(ran.answer())
        }
        Err(faults) => {
            tell(&loaded, &faults);
            Ok(Answer::No)
        }
    }
}

/// What of a replay is asked for.
enum View {
    All,
    /// A site's day, from 0.
    Day(SiteId, u32),
    /// A line, from 0, and the number of a piece on it.
    Piece(usize, u64),
}

impl View {
    fn of(ring: &Ring, asked: &RingArgs) -> Result<Self, Failure> {
        if let (Some(key), Some(day)) = (&asked.gantt, asked.day) {
            let Some((site, _)) = ring.sites.enumerate().find(|(_, s)| s.key == *key) else {
                let keys: Vec<&str> = ring.sites.iter().map(|s| s.key.as_str()).collect();
                return Err(anyhow!("there is no site {key}; sites are {}", keys.join(", ")).into());
            };
            return Ok(Self::Day(site, day.get() - 1));
        }
        let Some(text) = &asked.piece else {
            return Ok(Self::All);
        };
        let number = |text: &str| text.parse::<u64>().ok().filter(|n| *n > 0);
        match text.split_once(':').and_then(|(line, piece)| Some((number(line)?, number(piece)?))) {
            Some((line, piece)) => Ok(Self::Piece(usize::try_from(line - 1).unwrap_or(usize::MAX), piece)),
            None => Err(anyhow!("{text} is not LINE:PIECE, two numbers from 1, such as 2:15").into()),
        }
    }
}

fn show(table: &ResultTable, study: &study::Study, trace: &Trace, cli: &Cli) -> Result<(), Failure> {
    match cli.format {
        Format::Json => {
            let mut value = ring_io::results_json(std::slice::from_ref(table), &study.provenance);
            value["command"] = serde_json::Value::from("simulate");
            value["replication"] = serde_json::Value::from(trace.index);
            Ok(give_json(&value)?)
        }
        Format::Text => Ok(give(&ring_io::results_csv(table))?),
    }
}
