//! `capability.csv`: which site may make which item, and on what terms.

use crate::ids::{CapabilityId, ItemId, SiteId};
use crate::read::{Reader, Row, choices};
use crate::schema::{Column, Kind, Need, Table, default, optional, required};
use units::{Date, Id, IdVec, Money};

choices! {
    /// How much of the product a line holds.
    LineType {
        /// The item's own tasks; its sub-assemblies arrive made.
        Cell = "cell",
        /// The item's tasks and those of all sub-assemblies made for it, on one line.
        Complete = "complete",
    }
}

choices! {
    /// Where a licence stands.
    Licence {
        /// Granted, from the date given.
        Granted = "granted",
        /// Asked for; expected on the date given.
        Pending = "pending",
        /// Not to be had.
        None = "none",
    }
}

/// The column of tables that name a line by its site, item and line type.
pub(super) const LINE_TYPE: Column = default(
    "line_type",
    Kind::Choice(<LineType as crate::read::Choice>::WORDS),
    "cell",
    "",
    "A line of the item's own tasks, or of the complete item with its sub-assemblies.",
);

/// The schema of `capability.csv`.
pub const TABLE: Table = Table {
    name: "capability",
    key: &["site", "item", "line_type"],
    need: Need::Required,
    doc: "Site by item: what may be made there, from when and how well. Nothing is made without a row, nor without its licence.",
    columns: &[
        required("site", Kind::Ref(&["sites"]), "", "The site."),
        required("item", Kind::Ref(&["items"]), "", "The made item."),
        LINE_TYPE,
        default(
            "licence",
            Kind::Choice(<Licence as crate::read::Choice>::WORDS),
            "pending",
            "",
            "Where the licence stands.",
        ),
        optional(
            "licence_from",
            Kind::Date,
            "",
            "First day the licence holds; without a date and without a range nothing is made here.",
        ),
        optional("revision", Kind::Text, "", "Revision it is licensed for; empty means every revision."),
        default(
            "open_days",
            Kind::Count(0, 3_650),
            "0",
            "days",
            "From ordering a line to its first piece being started.",
        ),
        default(
            "first_article_days",
            Kind::Count(0, 3_650),
            "0",
            "days",
            "From the first piece to first-article approval; output counts after it.",
        ),
        default("first_article_cost", Kind::Money(0.0, 1e8), "0", "money", "Once per line opened."),
        default(
            "productivity",
            Kind::Number(0.05, 2.0),
            "1",
            "",
            "Output against the item's minutes as written (dispersal, layout).",
        ),
        default("lines_max", Kind::Count(0, 1_000), "1", "lines", "Most lines of this kind here."),
        default(
            "line_cost",
            Kind::Money(0.0, 1e9),
            "0",
            "money",
            "Once per line opened, besides its equipment (transfer, installation).",
        ),
    ],
};

/// What a site may make.
#[derive(Debug, Clone, PartialEq)]
pub struct Capability {
    /// The site.
    pub site: SiteId,
    /// The item.
    pub item: ItemId,
    /// How much of it a line holds.
    pub line_type: LineType,
    /// Where the licence stands.
    pub licence: Licence,
    /// First day the licence holds.
    pub licence_from: Option<Date>,
    /// Revision it is licensed for.
    pub revision: Option<String>,
    /// Days from ordering a line to its first piece.
    pub open_days: i64,
    /// Days to first-article approval.
    pub first_article_days: i64,
    /// Once per line opened.
    pub first_article_cost: Money,
    /// Output against the minutes as written.
    pub productivity: f64,
    /// Most lines.
    pub lines_max: i64,
    /// Once per line opened, besides equipment.
    pub line_cost: Money,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<CapabilityId, Capability> {
    reader.rows(&TABLE, |row| Capability {
        site: row.id("site"),
        item: row.id("item"),
        line_type: row.choice("line_type"),
        licence: row.choice("licence"),
        licence_from: row.date("licence_from"),
        revision: row.given("revision", |r, c| r.text(c)),
        open_days: row.count("open_days"),
        first_article_days: row.count("first_article_days"),
        first_article_cost: row.money("first_article_cost"),
        productivity: row.number("productivity"),
        lines_max: row.count("lines_max"),
        line_cost: row.money("line_cost"),
    })
}

/// The row of the capability table that a row of another table names by site, item and line type; the first when there is
/// none (the fault is recorded, so no ring results).
pub(crate) fn named(row: &Row<'_, '_>) -> CapabilityId {
    let of = |name: &str| row.text(name);
    let (site, item, line_type) = (of("site"), of("item"), row.choice::<LineType>("line_type"));
    let table = row.reader().raw.table(TABLE.name);
    let found = table.and_then(|raw| {
        (0..raw.rows.len()).find(|at| {
            let is = |name: &str, text: &str| raw.cell(*at, name).is_some_and(|cell| cell.trim() == text);
            let word = raw.cell(*at, "line_type").map_or("", str::trim);
            let same_type = word == line_type.to_string() || word.is_empty() && line_type == LineType::Cell;
            is("site", &site) && is("item", &item) && same_type
        })
    });
    if found.is_none() {
        let sites = row.reader().raw.table("sites");
        let is_site = sites.is_some_and(|raw| {
            (0..raw.rows.len()).any(|at| raw.cell(at, "site").is_some_and(|cell| cell.trim() == site))
        });
        row.fault(
            106,
            if is_site { "item" } else { "site" },
            format!("`{site}` has no row for `{item}` as a {line_type} line in `capability`"),
            "add the row to capability.csv, or name what the site may make".to_owned(),
        );
    }
    CapabilityId::from_index(found.unwrap_or(0))
}
