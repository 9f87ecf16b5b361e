//! The smallest ring that is a ring: one plant, one item of two tasks, one part, one customer.

use model::RawRing;
use testring::{settings, table};

/// The ring as written.
pub(crate) fn ring() -> RawRing {
    let set = [
        ("ring.name", "Small"),
        ("ring.product", "kite"),
        ("ring.currency", "EUR"),
        ("ring.start", "2027-01-04"),
        ("ring.periods", "8"),
        ("partners.maker.name", "Maker"),
        ("partners.maker.role", "maker"),
        ("partners.maker.pays", "wages;parts"),
        ("customers.north.name", "North"),
        ("customers.north.backlog_cost", "10"),
        ("customers.north.unmet_cost", "100"),
        ("gates.G0.name", "Intent"),
        ("gates.G0.question", "Is there a mandate?"),
    ];
    RawRing {
        settings: settings(&set),
        tables: vec![
            table("items", "item|name", &["kite|Kite"]),
            table("bom", "parent|component|quantity", &["kite|paper|2"]),
            table("parts", "part|name|mass_g", &["paper|Paper|5"]),
            table(
                "tasks",
                "task|item|name|minutes|predecessors|skill",
                &["T1|kite|Fold|12.5||craft", "T2|kite|Glue|8|T1|craft"],
            ),
            table(
                "sites",
                "site|name|ring|distance_km|floor_m2|labour_pool|wage_hour|calendar",
                &["mill|Mill|middle|120|200|20|9.5|day"],
            ),
            table(
                "capability",
                "site|item|line_type|licence|licence_from|productivity",
                &["mill|kite|cell|granted|2027-01-01|0.9"],
            ),
            table("lanes", "lane|from|to|days|cost_unit", &["out|mill|north|2|1.5"]),
            table("supply", "supply|part|supplier|price|lead_days", &["p1|paper|shop|0.4|7"]),
            table("workforce", "skill|name", &["craft|Craft"]),
            table("calendars", "calendar|entry|kind|days|start|minutes", &["day|early|shift|mon-fri|06:00|450"]),
            table("demand", "customer|item|period|quantity", &["north|kite|4|10", "north|kite|8|10"]),
            table(
                "assumptions",
                "address|low|mode|high|source|question",
                &["tasks/T1/minutes|10||15|timed once|How long does folding take?"],
            ),
        ],
    }
}

/// The ring with one cell of a table changed; the column is added when the table lacks it.
pub(crate) fn with(mut ring: RawRing, name: &str, row: usize, column: &str, value: &str) -> RawRing {
    let table = ring.tables.iter_mut().find(|t| t.name == name).unwrap();
    let at = table.column(column).unwrap_or_else(|| {
        table.columns.push(column.to_owned());
        table.rows.iter_mut().for_each(|r| r.push(String::new()));
        table.columns.len() - 1
    });
    value.clone_into(&mut table.rows[row][at]);
    ring
}
