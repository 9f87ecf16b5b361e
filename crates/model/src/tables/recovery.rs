//! `recovery.csv`: how output comes back after a stop, as a staircase.

use crate::ids::{RecoveryId, RecoveryStepId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, required};
use units::{IdVec, Share};

/// The schema of `recovery.csv`.
pub const TABLE: Table = Table {
    name: "recovery",
    key: &["profile", "day"],
    need: Need::Optional,
    doc: "Recovery profiles: from this day after the stop ends, this share of output.",
    columns: &[
        required("profile", Kind::Id, "", "Name of the profile; several rows make one staircase."),
        required("day", Kind::Count(0, 3_650), "days", "Days after the end of the stop."),
        required("share", Kind::Share, "", "Share of full output from that day on."),
    ],
};

/// One step of a recovery profile.
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveryStep {
    /// The profile it belongs to.
    pub profile: RecoveryId,
    /// Days after the end of the stop.
    pub day: i64,
    /// Share of full output from then on.
    pub share: Share,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<RecoveryStepId, RecoveryStep> {
    reader.rows(&TABLE, |row| RecoveryStep {
        profile: row.shared("profile"),
        day: row.count("day"),
        share: row.share("share"),
    })
}
