//! Manufacturing readiness: which sites count, and the least level that counts.

use model::ids::{GateId, SiteId};
use model::results::Programme;
use model::results::decision::SiteReadiness;
use model::tables::readiness::Thread;
use model::{Choice, Ring};
use std::collections::BTreeSet;

/// Readiness of each site in use, in table order: those that the programme orders lines at; without a programme those that
/// anybody has assessed.
///
/// # Source
/// Manufacturing Readiness Level Deskbook: a level is reached when every thread reaches it, so the least counts, never a mean.
#[must_use]
pub fn of_sites(ring: &Ring, programme: Option<&Programme>) -> Vec<SiteReadiness> {
    let sites: BTreeSet<SiteId> = match programme {
        Some(programme) => programme.lines.iter().map(|line| ring.capability[line.capability].site).collect(),
        None => ring.readiness.iter().map(|row| row.site).collect(),
    };
    sites.into_iter().map(|site| of_site(ring, site)).collect()
}

fn of_site(ring: &Ring, site: SiteId) -> SiteReadiness {
    let level =
        |thread: &Thread| ring.readiness.iter().find(|r| r.site == site && r.thread == *thread).map(|r| r.level);
    let levels: Vec<Option<i64>> = Thread::VALUES.iter().map(level).collect();
    let least = levels.iter().copied().min().flatten();
    SiteReadiness { site, levels, least }
}

/// True when every site in use has the level that a gate asks for, or it asks for none. No site in use has none.
#[must_use]
pub fn is_reached(ring: &Ring, gate: GateId, sites: &[SiteReadiness]) -> bool {
    ring.gates[gate].readiness.is_none_or(|level| {
        !sites.is_empty() && sites.iter().all(|site| site.least.is_some_and(|least| least >= level))
    })
}
