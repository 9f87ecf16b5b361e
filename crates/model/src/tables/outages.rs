//! `outages.csv`: what may stop, when or how often.

use crate::ids::{LaneId, OutageId, RecoveryId, SiteId, SupplierId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

/// The schema of `outages.csv`.
pub const TABLE: Table = Table {
    name: "outages",
    key: &["outage"],
    need: Need::Optional,
    doc: "Stops of sites, suppliers, lanes or zones: dated windows, or at a rate that the user states. There is no default rate.",
    columns: &[
        required("outage", Kind::Id, "", "Name."),
        required("target", Kind::Target, "", "What stops: `site:x`, `supplier:x`, `lane:x` or `zone:x`."),
        required("cause", Kind::Text, "", "Cause, for attribution."),
        optional("from", Kind::Date, "", "Dated: first day of the stop."),
        optional("to", Kind::Date, "", "Dated: last day at zero output; recovery starts after it."),
        optional("rate_year", Kind::Number(0.0, 365.0), "1/year", "Random: stops in a year, stated by the user."),
        optional("days", Kind::Number(0.0, 3_650.0), "days", "Random: mean days at zero output."),
        optional(
            "recovery",
            Kind::Ref(&["recovery.profile"]),
            "",
            "How output comes back; empty means the site's own profile.",
        ),
        optional("common_cause", Kind::Text, "", "Outages of one common cause happen together."),
    ],
};

/// What an outage stops.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// One site.
    Site(SiteId),
    /// One supplier with all it supplies.
    Supplier(SupplierId),
    /// One lane.
    Lane(LaneId),
    /// All sites of a shared-risk zone.
    Zone(String),
}

impl Target {
    /// As `outages.csv` writes it, such as `site:north`.
    #[must_use]
    pub fn written(&self, ring: &crate::Ring) -> String {
        match self {
            Self::Site(site) => format!("site:{}", ring.sites[*site].key),
            Self::Supplier(supplier) => format!("supplier:{}", ring.suppliers[*supplier]),
            Self::Lane(lane) => format!("lane:{}", ring.lanes[*lane].key),
            Self::Zone(zone) => format!("zone:{zone}"),
        }
    }
}

/// When an outage happens.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// First and last day at zero output.
    Dated(Date, Date),
    /// Stops a year and mean days at zero output.
    Random {
        /// Stops a year.
        rate_year: f64,
        /// Mean days at zero output.
        days: f64,
    },
}

/// An outage.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// Name in the tables.
    pub key: String,
    /// What stops.
    pub target: Target,
    /// Cause.
    pub cause: String,
    /// When.
    pub when: When,
    /// Recovery profile.
    pub recovery: Option<RecoveryId>,
    /// Common cause.
    pub common_cause: Option<String>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<OutageId, Outage> {
    reader.rows(&TABLE, |row| {
        let (from, to) = (row.date("from"), row.date("to"));
        let rate = row.given("rate_year", |r, c| r.number(c));
        let days = row.given("days", |r, c| r.number(c));
        let when = match (from, to, rate, days) {
            (Some(from), Some(to), None, None) => When::Dated(from, to),
            (None, None, Some(rate_year), Some(days)) => When::Random { rate_year, days },
            _ => {
                row.fault(
                    218,
                    "outage",
                    "an outage needs either a window or a rate".to_owned(),
                    "fill in `from` and `to`, or `rate_year` and `days`, and leave the other two empty".to_owned(),
                );
                When::Random { rate_year: 0.0, days: 0.0 }
            }
        };
        Outage {
            key: row.text("outage"),
            target: target(row),
            cause: row.text("cause"),
            when,
            recovery: row.id_opt("recovery"),
            common_cause: row.given("common_cause", |r, c| r.text(c)),
        }
    })
}

fn target(row: &crate::read::Row<'_, '_>) -> Target {
    use units::Id;
    let text = row.text("target");
    let reader = row.reader();
    let (kind, name) = text.split_once(':').unwrap_or((text.as_str(), ""));
    let table = match kind {
        "site" => "sites",
        "supplier" => "supply.supplier",
        "lane" => "lanes",
        "zone" => "sites.zone",
        _ => "",
    };
    match (table, reader.lookup(table, name)) {
        ("sites", Some(at)) => Target::Site(SiteId::from_index(at)),
        ("supply.supplier", Some(at)) => Target::Supplier(SupplierId::from_index(at)),
        ("lanes", Some(at)) => Target::Lane(LaneId::from_index(at)),
        ("sites.zone", Some(_)) => Target::Zone(name.to_owned()),
        _ if text.is_empty() => Target::Zone(String::new()),
        _ => {
            let help = match reader.suggest_name(table, name) {
                Some(near) => format!("did you mean `{kind}:{near}`?"),
                None => "write `site:x`, `supplier:x`, `lane:x` or `zone:x` with a name that is defined".to_owned(),
            };
            let shown: String = text.chars().take(60).collect();
            row.fault(106, "target", format!("`{shown}` is not something that can stop"), help);
            Target::Zone(String::new())
        }
    }
}
