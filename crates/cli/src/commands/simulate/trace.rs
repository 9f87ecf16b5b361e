//! `ringworks simulate RING --trace RUN`: one replication again, every visit of it.

use std::path::Path;

use model::results::{ResultTable, trace::Trace};
use simulate::ring::Problem;
use study::Stage;

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{tell, tell_troubles};
use crate::talk::{Format, give, give_json};
use crate::work::{self, Work};

/// Plans, replays, and gives the visits as CSV or JSON.
pub(super) fn run(ring: &Path, work: &Work, index: u32, cli: &Cli) -> Result<Answer, Failure> {
    let loaded = match input::load(ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
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
