//! `sites.csv`: where things can be made and stored.

use crate::ids::{CalendarId, PartnerId, RecoveryId, SiteId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec, Money};

choices! {
    /// What a site is.
    SiteKind {
        /// A candidate plant in the ring.
        Plant = "plant",
        /// The home plant: trains, sends kits, and may make.
        Home = "home",
        /// A store where units are accepted and handed over; makes nothing.
        Depot = "depot",
    }
}

/// The schema of `sites.csv`.
pub const TABLE: Table = Table {
    name: "sites",
    key: &["site"],
    need: Need::Required,
    doc: "Candidate plants, the home plant and depots; distances only, never positions.",
    columns: &[
        required("site", Kind::Id, "", "Name."),
        required("name", Kind::Text, "", "What it is called (invented)."),
        default(
            "kind",
            Kind::Choice(<SiteKind as crate::read::Choice>::WORDS),
            "plant",
            "",
            "Plant, home plant or depot.",
        ),
        optional("partner", Kind::Ref(&["partners"]), "", "Partner that runs it."),
        required("ring", Kind::Text, "", "Distance ring it lies in, by name."),
        required("distance_km", Kind::Number(0.0, 20_000.0), "km", "Distance from the risk zone."),
        default("floor_m2", Kind::Number(0.0, 10_000_000.0), "0", "m2", "Floor that can be used."),
        default("open_cost", Kind::Money(0.0, 1e9), "0", "money", "Once, when it is opened."),
        default("open_days", Kind::Count(0, 3_650), "0", "days", "From the decision to the first line being set up."),
        default("fixed_cost", Kind::Money(0.0, 1e8), "0", "money/period", "Each period while it is open."),
        default(
            "floor_cost",
            Kind::Money(0.0, 1e5),
            "0",
            "money/m2/period",
            "Each period for the floor its lines take.",
        ),
        default("labour_pool", Kind::Count(0, 1_000_000), "0", "people", "Most people who can be employed."),
        default("wage_hour", Kind::Money(0.0, 1e4), "0", "money/h", "Paid for each scheduled hour."),
        optional("zone", Kind::Text, "", "Shared-risk zone; sites of one zone may be stopped together."),
        optional(
            "calendar",
            Kind::Ref(&["calendars.calendar"]),
            "",
            "Shifts, holidays, alarms and power; plants need one.",
        ),
        optional(
            "recovery",
            Kind::Ref(&["recovery.profile"]),
            "",
            "How output comes back after a stop, where the outage does not say.",
        ),
        optional(
            "repair_crews",
            Kind::Count(1, 10_000),
            "crews",
            "Broken equipment that can be repaired at once; without it as much as there is.",
        ),
        optional("open_from", Kind::Date, "", "Not opened before this day."),
        default(
            "holding_share_year",
            Kind::Number(0.0, 2.0),
            "0.15",
            "1/year",
            "Yearly holding cost as a share of the value stored.",
        ),
    ],
};

/// A site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Name in the tables.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Plant, home or depot.
    pub kind: SiteKind,
    /// Partner that runs it.
    pub partner: Option<PartnerId>,
    /// Distance ring by name.
    pub ring: String,
    /// Kilometres from the risk zone.
    pub distance_km: f64,
    /// Usable floor, square metres.
    pub floor_m2: f64,
    /// Broken equipment that can be repaired at once.
    pub repair_crews: Option<i64>,
    /// Once when opened.
    pub open_cost: Money,
    /// Days to the first line being set up.
    pub open_days: i64,
    /// Each period while open.
    pub fixed_cost: Money,
    /// Each period per square metre its lines take.
    pub floor_cost: Money,
    /// Most people.
    pub labour_pool: i64,
    /// Per scheduled hour.
    pub wage_hour: Money,
    /// Shared-risk zone.
    pub zone: Option<String>,
    /// Calendar.
    pub calendar: Option<CalendarId>,
    /// Recovery profile.
    pub recovery: Option<RecoveryId>,
    /// Not opened before.
    pub open_from: Option<Date>,
    /// Yearly holding cost as a share of value.
    pub holding_share_year: f64,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<SiteId, Site> {
    reader.rows(&TABLE, |row| {
        let kind: SiteKind = row.choice("kind");
        let calendar = row.id_opt("calendar");
        if kind != SiteKind::Depot && calendar.is_none() && row.text("calendar").is_empty() {
            row.fault(
                103,
                "calendar",
                "a plant needs a calendar".to_owned(),
                "name a calendar of calendars.csv".to_owned(),
            );
        }
        Site {
            key: row.text("site"),
            name: row.text("name"),
            kind,
            partner: row.id_opt("partner"),
            ring: row.text("ring"),
            distance_km: row.number("distance_km"),
            floor_m2: row.number("floor_m2"),
            repair_crews: row.given("repair_crews", |r, c| r.count(c)),
            open_cost: row.money("open_cost"),
            open_days: row.count("open_days"),
            fixed_cost: row.money("fixed_cost"),
            floor_cost: row.money("floor_cost"),
            labour_pool: row.count("labour_pool"),
            wage_hour: row.money("wage_hour"),
            zone: row.given("zone", |r, c| r.text(c)),
            calendar,
            recovery: row.id_opt("recovery"),
            open_from: row.date("open_from"),
            holding_share_year: row.number("holding_share_year"),
        }
    })
}
