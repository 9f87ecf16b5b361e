//! `people.csv`: anonymous people and the skills they are certified for.

use crate::ids::{PersonId, SiteId, SkillId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

/// The schema of `people.csv`.
pub const TABLE: Table = Table {
    name: "people",
    key: &["person"],
    need: Need::Optional,
    doc: "People already there, by anonymous id.",
    columns: &[
        required("person", Kind::Id, "", "Anonymous id."),
        required("site", Kind::Ref(&["sites"]), "", "Where the person works."),
        required("skills", Kind::Refs(&["workforce"]), "", "Skills certified, the main one first."),
        optional("from", Kind::Date, "", "First day at work; empty means already there."),
    ],
};

/// A person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Anonymous id.
    pub key: String,
    /// Where.
    pub site: SiteId,
    /// Skills certified, the main one first.
    pub skills: Vec<SkillId>,
    /// First day at work.
    pub from: Option<Date>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<PersonId, Person> {
    reader.rows(&TABLE, |row| Person {
        key: row.text("person"),
        site: row.id("site"),
        skills: row.ids("skills"),
        from: row.date("from"),
    })
}
