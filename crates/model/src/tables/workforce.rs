//! `workforce.csv`: skills, hiring, training, absence.

use crate::ids::SkillId;
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{IdVec, Money, Share};

/// The schema of `workforce.csv`.
pub const TABLE: Table = Table {
    name: "workforce",
    key: &["skill"],
    need: Need::Required,
    doc: "Skills: how people with them are found, trained and kept.",
    columns: &[
        required("skill", Kind::Id, "", "Name of the skill."),
        required("name", Kind::Text, "", "What it is called."),
        default("hire_periods", Kind::Count(0, 104), "0", "periods", "From the vacancy to the first day."),
        default("hire_cost", Kind::Money(0.0, 1e6), "0", "money/person", "For each person hired."),
        default("train_home_periods", Kind::Count(0, 104), "0", "periods", "Training at the home plant."),
        default("train_home_cost", Kind::Money(0.0, 1e6), "0", "money/person", "Training at home, travel included."),
        default("train_site_periods", Kind::Count(0, 104), "0", "periods", "Training on site, when that is possible."),
        default("train_site_cost", Kind::Money(0.0, 1e6), "0", "money/person", "Training on site."),
        default("absence", Kind::Number(0.0, 0.9), "0", "", "Share of people absent on a working day."),
        default(
            "turnover_year",
            Kind::Number(0.0, 5.0),
            "0",
            "1/year",
            "Share of people who leave in a year and are replaced.",
        ),
        default("wage_factor", Kind::Number(0.1, 10.0), "1", "", "Wage against the site's wage."),
    ],
};

/// A skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Name in the tables.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Periods from the vacancy to the first day.
    pub hire_periods: i64,
    /// For each person hired.
    pub hire_cost: Money,
    /// Periods of training at home.
    pub train_home_periods: i64,
    /// Cost of training at home.
    pub train_home_cost: Money,
    /// Periods of training on site.
    pub train_site_periods: i64,
    /// Cost of training on site.
    pub train_site_cost: Money,
    /// Share absent on a working day.
    pub absence: Share,
    /// Share who leave in a year, may exceed 1.
    pub turnover_year: f64,
    /// Wage against the site's wage.
    pub wage_factor: f64,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<SkillId, Skill> {
    reader.rows(&TABLE, |row| Skill {
        key: row.text("skill"),
        name: row.text("name"),
        hire_periods: row.count("hire_periods"),
        hire_cost: row.money("hire_cost"),
        train_home_periods: row.count("train_home_periods"),
        train_home_cost: row.money("train_home_cost"),
        train_site_periods: row.count("train_site_periods"),
        train_site_cost: row.money("train_site_cost"),
        absence: Share::new(row.number("absence")).unwrap_or_default(),
        turnover_year: row.number("turnover_year"),
        wage_factor: row.number("wage_factor"),
    })
}
