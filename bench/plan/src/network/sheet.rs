//! Nodes of reliable location as sheets: demand, cost of not being served, failable, opening cost, latitude, longitude.

use super::fail;
use calamine::{Data, Reader, open_workbook_auto};

/// Miles of the Earth's radius that give the published table.
const RADIUS: f64 = 3_956.0;

/// A node: a customer, and a site that may be opened there.
pub struct Node {
    pub demand: f64,
    pub unserved: f64,
    pub fixed: f64,
    latitude: f64,
    longitude: f64,
}

/// The nodes of the first sheet: columns are found by their headings.
pub fn nodes(path: &str) -> Vec<Node> {
    let mut book = open_workbook_auto(path).unwrap_or_else(|e| fail(&format!("{path}: {e}")));
    let sheet = book.worksheet_range_at(0).and_then(Result::ok).unwrap_or_else(|| fail(&format!("{path}: no sheet")));
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let is = |cell: &Data, name: &str| matches!(cell, Data::String(text) if text.trim().eq_ignore_ascii_case(name));
    let heading = rows.iter().position(|row| row.iter().any(|c| is(c, "demand")) && row.iter().any(|c| is(c, "lat")));
    let heading = heading.unwrap_or_else(|| fail(&format!("{path}: no row of headings with `demand` and `lat`")));
    let column = |name: &str| {
        rows[heading].iter().position(|c| is(c, name)).unwrap_or_else(|| fail(&format!("{path}: no column `{name}`")))
    };
    let (index, demand, unserved) = (column("index"), column("demand"), column("emerg cost"));
    let (fixed, latitude, longitude) = (column("fixed cost"), column("lat"), column("lon"));
    let number = |row: &[Data], at: usize| match row.get(at) {
        Some(Data::Float(x)) => Some(*x),
        Some(Data::Int(x)) => Some(*x as f64),
        _ => None,
    };
    rows[heading + 1..]
        .iter()
        .filter(|row| number(row, index).is_some())
        .map(|row| {
            let of = |at| number(row, at).unwrap_or_else(|| fail(&format!("{path}: a node lacks a number")));
            Node {
                demand: of(demand),
                unserved: of(unserved),
                fixed: of(fixed),
                latitude: of(latitude),
                longitude: of(longitude),
            }
        })
        .collect()
}

/// Great-circle miles between two nodes.
pub fn miles(a: &Node, b: &Node) -> f64 {
    let (la, lb) = (a.latitude.to_radians(), b.latitude.to_radians());
    let cosine = la.sin() * lb.sin() + la.cos() * lb.cos() * (a.longitude - b.longitude).to_radians().cos();
    RADIUS * cosine.clamp(-1.0, 1.0).acos()
}
