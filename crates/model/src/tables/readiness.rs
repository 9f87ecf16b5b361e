//! `readiness.csv`: manufacturing readiness, level by level, per site and thread.

use crate::ids::{PartnerId, ReadinessId, SiteId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

choices! {
    /// A thread of manufacturing readiness.
    ///
    /// # Source
    /// The nine threads of the Manufacturing Readiness Level Deskbook (OSD Manufacturing Technology Program).
    Thread {
        /// Technology and industrial base.
        Technology = "technology",
        /// Design.
        Design = "design",
        /// Cost and funding.
        Funding = "funding",
        /// Materials.
        Materials = "materials",
        /// Process capability and control.
        Process = "process",
        /// Quality.
        Quality = "quality",
        /// Workforce.
        Workforce = "workforce",
        /// Facilities.
        Facilities = "facilities",
        /// Manufacturing management.
        Management = "management",
    }
}

/// The schema of `readiness.csv`.
pub const TABLE: Table = Table {
    name: "readiness",
    key: &["site", "thread"],
    need: Need::Optional,
    doc: "Manufacturing readiness per site and thread; what is not assessed has no row and reaches no level.",
    columns: &[
        required("site", Kind::Ref(&["sites"]), "", "The site."),
        required("thread", Kind::Choice(<Thread as crate::read::Choice>::WORDS), "", "What is assessed."),
        required(
            "level",
            Kind::Count(1, 10),
            "level",
            "Level reached, 1 (implications known) to 10 (full rate, lean).",
        ),
        optional("assessor", Kind::Ref(&["partners"]), "", "Partner that assessed it."),
        optional("day", Kind::Date, "", "Day of the assessment."),
        optional("shows", Kind::Text, "", "What shows the level, or what the next one waits for."),
    ],
};

/// A thread of a site assessed.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    /// The site.
    pub site: SiteId,
    /// The thread.
    pub thread: Thread,
    /// Level reached, 1 to 10.
    pub level: i64,
    /// Partner that assessed it.
    pub assessor: Option<PartnerId>,
    /// Day of the assessment.
    pub day: Option<Date>,
    /// What shows it.
    pub shows: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<ReadinessId, Readiness> {
    reader.rows(&TABLE, |row| Readiness {
        site: row.id("site"),
        thread: row.choice("thread"),
        level: row.count("level"),
        assessor: row.id_opt("assessor"),
        day: row.date("day"),
        shows: row.text("shows"),
    })
}
