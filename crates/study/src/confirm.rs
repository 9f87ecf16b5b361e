//! Every result checked by the crate that sees no engine.

use crate::outcome::Study;
use diag::Diagnostic;
use model::Ring;

/// What `verify` finds in the results of a study, stage by stage; empty when everything holds.
#[must_use]
pub fn confirm(ring: &Ring, study: &Study) -> Vec<Diagnostic> {
    let mut findings = verify::line_designs(ring, &study.designs);
    if let Some(programme) = &study.programme {
        findings.extend(verify::programme(ring, &study.designs, programme));
        if let Some(why) = &study.why {
            findings.extend(verify::why(ring, programme, why));
        }
        if let Some(evidence) = &study.evidence {
            findings.extend(verify::evidence(ring, &study.designs, programme, evidence));
        }
    }
    if let Some(hedge) = &study.hedge {
        findings.extend(verify::hedge(ring, &study.designs, hedge));
    }
    if let Some(decision) = &study.decision {
        findings.extend(verify::decision(ring, study.programme.as_ref(), decision));
    }
    findings
}
