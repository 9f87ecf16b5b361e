//! `standing_sites.csv`: sites that are open on the first day, or being opened.

use crate::ids::{SiteId, StandingSiteId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

/// The schema of `standing_sites.csv`.
pub const TABLE: Table = Table {
    name: "standing_sites",
    key: &["site"],
    need: Need::Optional,
    doc: "Sites that are open on the first day or being opened: they cost nothing to open and are kept.",
    columns: &[
        required("site", Kind::Ref(&["sites"]), "", "The site."),
        optional("ready", Kind::Date, "", "First day on which lines may be ordered there; empty means it is ready."),
    ],
};

/// A site that is open already.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingSite {
    /// The site.
    pub site: SiteId,
    /// First day on which lines may be ordered there.
    pub ready: Option<Date>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<StandingSiteId, StandingSite> {
    reader.rows(&TABLE, |row| StandingSite { site: row.id("site"), ready: row.date("ready") })
}
