//! Addresses in `assumptions.csv` and `alternatives.csv` follow their rows; those of rows that are gone fall away.

use model::{Address, RawRing, schema};

/// Tables whose rows hold addresses.
const HOLDERS: &[&str] = &["assumptions", "alternatives"];

/// Moves addresses of demand by so many periods, and drops those that point nowhere any more.
pub(super) fn follow(raw: &mut RawRing, periods: usize) {
    for holder in HOLDERS {
        let Some(at) = raw.tables.iter().position(|t| t.name == *holder) else { continue };
        let Some(column) = raw.tables[at].column("address") else { continue };
        let rows = std::mem::take(&mut raw.tables[at].rows);
        let kept = rows.into_iter().filter_map(|mut row| {
            let Ok(address) = row[column].parse::<Address>() else { return Some(row) };
            let moved = moved(address, periods)?;
            row[column] = moved.to_string();
            is_there(raw, &moved).then_some(row)
        });
        let kept: Vec<Vec<String>> = kept.collect();
        raw.tables[at].rows = kept;
    }
}

/// The address of the same value after the day; none when its period is over.
fn moved(address: Address, periods: usize) -> Option<Address> {
    match &address {
        Address::Cell { table, key, column } if table == "demand" => {
            let (of, period) = key.rsplit_once(':')?;
            let later = period.parse::<usize>().ok()?.checked_sub(periods).filter(|p| *p > 0)?;
            Some(Address::cell(table, &format!("{of}:{later}"), column))
        }
        _ => Some(address),
    }
}

/// True when an address points to a setting, or to a row that is there.
fn is_there(raw: &RawRing, address: &Address) -> bool {
    match address {
        Address::Setting(_) => true,
        Address::Cell { table, key, .. } => {
            let found = raw.table(table).zip(schema::table(table));
            found.is_some_and(|(rows, spec)| spec.find_row(rows, key).is_some())
        }
    }
}
