//! A line for each phase of a ramp: while people learn, the line needs more stations; from phase to phase few tasks move.

use super::line::Line;
use super::sheet::{Asked, SheetOptions, sheet};
use crate::budget::Budget;
use crate::practice::{self, Limits, aims};
use diag::Diagnostic;
use model::Ring;
use model::results::LineSheet;
use rules::learning::Curve;
use units::Minutes;

/// One phase of a ramp.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// The piece with which the phase begins, from 1.
    pub from_piece: i64,
    /// Minutes of that piece over minutes at maturity.
    pub factor: f64,
    /// Takt in minutes at maturity: the takt over the factor.
    pub takt: Minutes,
    /// The line.
    pub sheet: LineSheet,
    /// Tasks that stand elsewhere than in the phase before; 0 in the first.
    pub moves: u64,
    /// Whether fewer moves are proven impossible from that line, with as few stations.
    pub is_proven: bool,
}

/// A line for each phase, in the order of the pieces with which they begin.
///
/// The takt holds for the first piece of each phase, which takes longest. Each line has the fewest stations, and among those
/// the fewest moves from the line of the phase before (from `today.csv` for the first). Each step is the least from the line
/// before it, which need not be the least over all phases together.
///
/// # Errors
/// As [`sheet`].
pub fn phases(
    ring: &Ring,
    line: &Line,
    takt: Minutes,
    from_pieces: &[i64],
    options: &SheetOptions,
    budget: &mut Budget<'_, '_>,
) -> Result<Vec<Phase>, Diagnostic> {
    let curve = Curve::of(&ring.items[line.request.item]);
    let mut found: Vec<Phase> = Vec::new();
    for &from_piece in from_pieces {
        let factor = curve.factor(from_piece.max(1) as f64);
        let mature = Minutes::from_ticks(((takt.ticks() as f64 / factor) as i64).max(1));
        let mut now = sheet(ring, line, mature, options, budget)?;
        let (mut moves, mut is_proven) = (0, true);
        if let Some(before) = found.last() {
            let stands = |at: usize| before.sheet.option.stations.iter().position(|s| s.tasks.contains(&line.task(at)));
            let today: Vec<Option<u32>> = (0..line.n_tasks()).map(|t| stands(t).map(|s| s as u32)).collect();
            let mut asked = Asked::new(ring, line, mature, options)?;
            asked.wishes.today = Some(today.clone());
            let aims = aims::Moves { today };
            let job = asked.job(&[], vec![&aims::Copies, &aims]);
            let limits = Limits { work: options.work, memory: 1 << 28 };
            let known = u64::try_from(now.option.bound).unwrap_or(0);
            let answer = practice::solve(&job, None, known, limits, budget);
            if let (Some(found), [_, least]) = (&answer.line, answer.grades.as_slice()) {
                (moves, is_proven) = (*least, answer.proven == 2);
                now = asked.told_of(&job, &answer, found);
            }
        }
        found.push(Phase { from_piece, factor, takt: mature, sheet: now, moves, is_proven });
    }
    Ok(found)
}
