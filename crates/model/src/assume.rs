//! What an assumption's address points at, and its low, mode and high as numbers of that kind.

use crate::address::Address;
use crate::read::Row;
use crate::schema::{self, Column};

/// The column an address points at and the text there, or why it points nowhere.
pub(crate) fn target(row: &Row<'_, '_>, address: &Address) -> Result<(&'static Column, String), String> {
    let raw = row.reader().raw;
    match address {
        Address::Setting(path) => crate::settings::spec_of(path)
            .map(|column| (column, raw.setting(path).unwrap_or("").to_owned()))
            .ok_or_else(|| format!("`{path}` is not a setting of ring.toml")),
        Address::Cell { table, key, column } => {
            let Some(schema) = schema::table(table) else {
                let near = row.reader().suggest(table, schema::TABLES.iter().map(|t| t.name));
                return Err(near.map_or_else(
                    || format!("there is no table `{table}`"),
                    |n| format!("did you mean the table `{n}`?"),
                ));
            };
            let Some(found) = schema.column(column) else {
                let near = row.reader().suggest(column, schema.columns.iter().map(|c| c.name));
                return Err(near.map_or_else(
                    || format!("`{table}` has no column `{column}`"),
                    |n| format!("did you mean the column `{n}`?"),
                ));
            };
            let rows = raw.table(table).ok_or_else(|| format!("the table `{table}` is absent"))?;
            let Some(at) = row.reader().lookup(table, key) else {
                let near = row.reader().suggest_name(table, key);
                let form = schema.key.join(":");
                return Err(near.map_or_else(
                    || format!("`{table}` has no row `{key}`; its keys are `{form}`"),
                    |n| format!("did you mean the row `{n}`?"),
                ));
            };
            Ok((found, rows.cell(at, column).unwrap_or("").trim().to_owned()))
        }
    }
}

/// The address and `[low, mode, high]` of a row of `assumptions.csv`; faults are recorded.
pub(crate) fn resolve(row: &Row<'_, '_>, text: &str) -> (Address, [f64; 3]) {
    let nowhere = (Address::setting(""), [0.0; 3]);
    if text.is_empty() {
        return nowhere;
    }
    let address: Address = match text.parse() {
        Ok(address) => address,
        Err(form) => {
            row.fault(208, "address", format!("`{text}` is not an address"), form.to_owned());
            return nowhere;
        }
    };
    let (column, written) = match target(row, &address) {
        Ok(found) => found,
        Err(why) => {
            row.fault(208, "address", format!("`{text}` points nowhere"), why);
            return nowhere;
        }
    };
    if column.kind.range().is_none() {
        row.fault(
            208,
            "address",
            format!("`{text}` is not a number or a day"),
            "address a value that can be a range; words and names cannot".to_owned(),
        );
        return nowhere;
    }
    let number = |name: &str| {
        let given = row.text(name);
        let value = column.kind.number_of(&given);
        if value.is_none() && !given.is_empty() {
            row.fault(
                104,
                name,
                format!("`{name}` cannot be `{given}`"),
                format!("write it like `{text}` itself: {}", column.doc),
            );
        } else if let (Some(v), Some(range)) = (value, column.kind.range())
            && !range.contains(&v)
        {
            row.fault(
                105,
                name,
                format!("`{name}` is {given} and out of range"),
                format!("write a value from {} to {}, the range of `{text}`", range.start(), range.end()),
            );
        }
        value
    };
    let (low, mode, high) = (number("low"), number("mode"), number("high"));
    let default = if let schema::Need::Default(value) = column.need { column.kind.number_of(value) } else { None };
    let cell = column.kind.number_of(&written).or(if written.is_empty() { default } else { None });
    let Some(centre) = (if written.is_empty() { mode.or(cell) } else { cell.or(mode) }) else {
        if written.is_empty() {
            row.fault(
                103,
                "mode",
                format!("`{text}` has neither a value nor a mode"),
                "fill in `mode`, the value to plan with until the question is answered".to_owned(),
            );
        }
        return (address, [0.0; 3]);
    };
    if let (Some(mode), false) = (mode, written.is_empty())
        && (mode - centre).abs() > 1e-9 * centre.abs().max(1.0)
    {
        row.fault(
            209,
            "mode",
            format!("`{text}` is {written} but its assumption says {}", row.text("mode")),
            "give both the same value, or leave `mode` empty".to_owned(),
        );
    }
    let (low, high) = (low.unwrap_or(centre), high.unwrap_or(centre));
    if !(low <= centre && centre <= high) {
        row.fault(
            207,
            "low",
            format!("low, mode and high of `{text}` are not in order"),
            format!(
                "they must ascend; the value planned with is {}",
                if written.is_empty() { row.text("mode") } else { written.clone() }
            ),
        );
    }
    (address, [low, centre, high])
}
