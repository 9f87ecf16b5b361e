//! Checks of shares between partners, customers and exercises, and of alternatives.

use crate::ring::Ring;
use crate::settings::CostKind;
use diag::{Code, Diagnostic, Place};
use units::Id;

const TOLERANCE: f64 = 1e-9;

/// A sum of shares as people would write it.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

pub(super) fn check_rw0217_shares_add_up(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let workshare: f64 = ring.partners.iter().map(|p| p.workshare_min.get()).sum();
    if let (true, Some(partner)) = (
        workshare > 1.0 + TOLERANCE,
        ring.partners.iter().max_by(|a, b| a.workshare_min.get().total_cmp(&b.workshare_min.get())),
    ) {
        faults.push(
            Diagnostic::error(
                Code(217),
                format!("workshares add up to {}, more than 1", rounded(workshare)),
                "lower some `workshare_min`",
            )
            .at(Place::Setting(format!("partners.{}.workshare_min", partner.key)), "the largest of them"),
        );
    }
    let quota: f64 = ring.customers.iter().map(|c| c.quota.get()).sum();
    if let (true, Some(customer)) =
        (quota > 1.0 + TOLERANCE, ring.customers.iter().max_by(|a, b| a.quota.get().total_cmp(&b.quota.get())))
    {
        faults.push(
            Diagnostic::error(
                Code(217),
                format!("customers' quotas add up to {}, more than 1", rounded(quota)),
                "lower some `quota`",
            )
            .at(Place::Setting(format!("customers.{}.quota", customer.key)), "the largest of them"),
        );
    }
    faults
}

pub(super) fn check_rw0224_one_payer_per_cost(ring: &Ring) -> Vec<Diagnostic> {
    use crate::read::Choice;
    let mut faults = Vec::new();
    for kind in CostKind::VALUES {
        let payers: Vec<_> = ring.partners.iter().filter(|p| p.pays.contains(kind)).collect();
        if let [first, second, ..] = payers[..] {
            faults.push(
                Diagnostic::error(
                    Code(224),
                    format!("`{}` and `{}` both pay `{kind}`", first.key, second.key),
                    "leave each kind of cost with one partner",
                )
                .at(Place::Setting(format!("partners.{}.pays", second.key)), "second payer")
                .at(Place::Setting(format!("partners.{}.pays", first.key)), "first payer"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0228_exercise_shares_fit(ring: &Ring) -> Vec<Diagnostic> {
    let sum =
        |e: &crate::tables::exercises::Exercise| e.return_share.get() + e.repair_share.get() + e.write_off_share.get();
    let wrong = ring.exercises.enumerate().filter(|(_, e)| (sum(e) - 1.0).abs() > TOLERANCE);
    wrong
        .map(|(id, exercise)| {
            Diagnostic::error(
                Code(228),
                format!(
                    "what returns, is repaired and is written off after `{}` adds up to {}, not 1",
                    exercise.key,
                    rounded(sum(exercise))
                ),
                "let return_share, repair_share and write_off_share sum to 1",
            )
            .at(Place::cell("exercises", id.index(), "return_share"), "one of the three")
        })
        .collect()
}
