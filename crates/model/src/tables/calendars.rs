//! `calendars.csv`: shifts, holidays, alarms and power.

use crate::ids::{CalendarEntryId, CalendarId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec, Minutes, Share, Weekdays};

choices! {
    /// What an entry of a calendar is.
    EntryKind {
        /// Paid working time on the days named.
        Shift = "shift",
        /// Days without work.
        Holiday = "holiday",
        /// Alarms during which work stops by the stop-work rule.
        Alarm = "alarm",
        /// Time without power.
        Power = "power",
    }
}

/// The schema of `calendars.csv`.
pub const TABLE: Table = Table {
    name: "calendars",
    key: &["calendar", "entry"],
    need: Need::Required,
    doc: "Working time and what interrupts it; alarms and power as dated windows or as a random process.",
    columns: &[
        required("calendar", Kind::Id, "", "Name of the calendar; several rows make one calendar."),
        required("entry", Kind::Id, "", "Name of this row within the calendar."),
        required(
            "kind",
            Kind::Choice(<EntryKind as crate::read::Choice>::WORDS),
            "",
            "Shift, holiday, alarm or power.",
        ),
        optional("days", Kind::Weekdays, "", "Shift: days it is worked."),
        optional("start", Kind::Clock, "", "Shift: time it starts."),
        optional("minutes", Kind::Minutes(1.0, 1_440.0), "min", "Shift: working minutes, breaks not counted."),
        optional("from", Kind::Date, "", "Holiday and dated windows: first day."),
        optional("to", Kind::Date, "", "Holiday and dated windows: last day."),
        optional("share", Kind::Share, "", "Alarm and power: share of the time taken, inside the window when dated."),
        optional("mean_minutes", Kind::Minutes(1.0, 100_000.0), "min", "Alarm and power: mean length of one."),
        default(
            "stop_share",
            Kind::Share,
            "1",
            "",
            "Share of it during which work stops, by the stop-work rule of law and employer.",
        ),
    ],
};

/// One row of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarEntry {
    /// The calendar it belongs to.
    pub calendar: CalendarId,
    /// Name within the calendar.
    pub entry: String,
    /// What it is.
    pub kind: EntryKind,
    /// Days a shift is worked.
    pub days: Weekdays,
    /// Minutes after midnight at which a shift starts.
    pub start: i64,
    /// Working minutes of a shift.
    pub minutes: Minutes,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Share of the time taken by alarm or power.
    pub share: Share,
    /// Mean length of one.
    pub mean_minutes: Minutes,
    /// Share of it during which work stops.
    pub stop_share: Share,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<CalendarEntryId, CalendarEntry> {
    reader.rows(&TABLE, |row| {
        let kind: EntryKind = row.choice("kind");
        let needed: &[&str] = match kind {
            EntryKind::Shift => &["days", "start", "minutes"],
            EntryKind::Holiday => &["from", "to"],
            EntryKind::Alarm | EntryKind::Power => &["share", "mean_minutes"],
        };
        for name in needed.iter().filter(|name| row.given(name, |_, _| ()).is_none()) {
            row.fault(103, name, format!("a {kind} needs `{name}`"), format!("fill in `{name}` in this row"));
        }
        CalendarEntry {
            calendar: row.shared("calendar"),
            entry: row.text("entry"),
            kind,
            days: row.weekdays("days"),
            start: row.clock("start"),
            minutes: row.minutes("minutes"),
            from: row.date("from"),
            to: row.date("to"),
            share: row.share("share"),
            mean_minutes: row.minutes("mean_minutes"),
            stop_share: row.share("stop_share"),
        }
    })
}
