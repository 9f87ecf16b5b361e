//! Work in process: kinds of lines of the programme, each once, and Little's law: `pieces = started a day * days`.

use super::statistics::close;
use crate::faults::{EVIDENCE, Faults};
use model::results::answers::InProcess;
use model::results::{Evidence, Programme};
use units::Id;

/// Checks every kind of line.
pub(super) fn check(programme: &Programme, evidence: &Evidence, faults: &mut Faults) {
    let key = |p: &InProcess| (p.capability, p.option);
    if evidence.in_process.windows(2).any(|pair| key(&pair[0]) >= key(&pair[1])) {
        faults.tell(EVIDENCE, "kinds of lines are sorted, each once", "work in process is not sorted, or stands twice");
    }
    for p in &evidence.in_process {
        let name = format!("capability {}, option {}", p.capability.index() + 1, p.option + 1);
        if !programme.lines.iter().any(|l| (l.capability, l.option) == key(p)) {
            faults.tell(
                EVIDENCE,
                "work in process is of lines in the programme",
                format!("{name} is not in the programme"),
            );
        }
        let numbers = [p.pieces, p.half_width, p.started_day, p.days];
        if numbers.iter().any(|x| !(0.0..=f64::MAX).contains(x)) || !close(p.pieces, p.started_day * p.days) {
            let fact = format!("{name}: {} pieces, {} started a day, {} days each", p.pieces, p.started_day, p.days);
            faults.tell(EVIDENCE, "pieces in process are pieces started a day times their days (Little)", fact);
        }
    }
}
