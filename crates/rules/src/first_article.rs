//! First articles: what a new line makes before its output counts, and which are due when.

use crate::line::Timing;
use crate::standing;
use model::Ring;
use model::ids::{CapabilityId, ItemId, PeriodId};
use model::results::Programme;
use model::results::decision::{ArticleCause, FirstArticle};
use model::tables::capability::LineType;
use std::collections::BTreeMap;
use units::Id;

/// What a line does in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// It is ordered and set up.
    SetUp,
    /// It makes first articles; they are not output.
    FirstArticle,
    /// Its pieces count.
    Output,
}

/// What a line of the given timing does in a period, from 0.
#[must_use]
pub fn phase(timing: Timing, period: usize) -> Phase {
    if period < timing.first_piece {
        Phase::SetUp
    } else if period < timing.output_from {
        Phase::FirstArticle
    } else {
        Phase::Output
    }
}

/// Every first article that a programme makes due within the horizon, sorted.
///
/// - *site*: the first lines of a capability, at their first piece; one for each item made on them;
/// - *tooling*: each later order of lines of the same capability, likewise, of what its tooling does;
/// - *revision*: a revision of an item that becomes effective after the first piece and while the lines still make it, in
///   the first period that makes it so;
/// - *lapse*: production pauses for more than `policy.first_article_lapse_days`, in the period that makes it again.
///
/// # Source
/// EN 9102:2024 (first article at the start and after changes of design, process, site and tooling, and after a lapse).
///
/// # Not handled
/// Changes of process that no revision tells; moves after damage, which the programme does not hold; revisions by serial.
#[must_use]
pub fn due(ring: &Ring, programme: &Programme) -> Vec<FirstArticle> {
    let mut all = Vec::new();
    let mut first: BTreeMap<CapabilityId, PeriodId> = BTreeMap::new();
    let within = |capability: CapabilityId| -> Vec<ItemId> {
        let row = &ring.capability[capability];
        match row.line_type {
            LineType::Cell => vec![row.item],
            LineType::Complete => ring.made_within(row.item).into_iter().map(|(item, _)| item).collect(),
        }
    };
    let mut openings: Vec<_> =
        programme.lines.iter().filter(|l| l.first_piece.index() < ring.settings.n_periods).collect();
    openings.sort_by_key(|l| (l.first_piece, l.ordered, l.option));
    for line in openings {
        let cause = if first.contains_key(&line.capability) { ArticleCause::Tooling } else { ArticleCause::Site };
        first.entry(line.capability).or_insert(line.first_piece);
        if line.stands.is_some_and(|row| !standing::article_is_due(ring, row)) {
            continue;
        }
        for item in within(line.capability) {
            let (period, capability, lines) = (line.first_piece, line.capability, line.count);
            all.push(FirstArticle { period, capability, item, cause, lines });
        }
    }
    for (&capability, &start) in &first {
        let made: Vec<PeriodId> =
            programme.make.iter().filter(|m| m.capability == capability).map(|m| m.period).collect();
        let lines = |period: PeriodId| {
            programme
                .lines
                .iter()
                .filter(|l| l.capability == capability && l.first_piece <= period)
                .map(|l| l.count)
                .sum()
        };
        let mut article = |period: PeriodId, item: ItemId, cause: ArticleCause| {
            all.push(FirstArticle { period, capability, item, cause, lines: lines(period) });
        };
        for item in within(capability) {
            for (id, revision) in ring.revisions.enumerate().filter(|(_, r)| r.item == item) {
                let is_new = |period: &&PeriodId| ring.settings.first_day(period.index()) >= revision.effective_from;
                let began_before = ring.settings.first_day(start.index()) < revision.effective_from;
                if let (true, Some(period)) = (began_before, made.iter().find(is_new)) {
                    article(*period, item, ArticleCause::Revision(id));
                }
            }
            for pair in made.windows(2) {
                // From the last day of the earlier period to the first day of the later one.
                let pause = (pair[1].index() - pair[0].index()).saturating_sub(1) as i64 * ring.settings.period_days;
                if pause > ring.settings.first_article_lapse_days {
                    article(pair[1], item, ArticleCause::Lapse);
                }
            }
        }
    }
    all.sort_unstable();
    all
}
