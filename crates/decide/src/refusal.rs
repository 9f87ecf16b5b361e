//! Why an option cannot be planned, in words for somebody who does not know the tables.

use diag::{Diagnostic, Place};
use model::Ring;
use model::ids::SiteId;
use units::Id;

/// Rules in the way that are named; the rest is counted.
const NAMED: usize = 3;

/// The first reason with the rules that are in the way, and how many more reasons there are.
pub(crate) fn refusal(ring: &Ring, faults: &[Diagnostic]) -> String {
    let Some(first) = faults.first() else { return "it cannot be planned".to_owned() };
    let rules: Vec<String> = first.labels.iter().filter_map(|label| rule(ring, &label.place, &label.text)).collect();
    let mut text = first.fact.clone();
    if !rules.is_empty() {
        text.push_str(&format!(". In the way: {}", rules[..rules.len().min(NAMED)].join("; or ")));
    }
    if rules.len() > NAMED {
        text.push_str(&format!("; or {} more", rules.len() - NAMED));
    }
    if faults.len() > 1 {
        text.push_str(&format!(" (and {} more)", faults.len() - 1));
    }
    text
}

/// The rule that stands at a place, with what would have to give way there.
fn rule(ring: &Ring, place: &Place, text: &str) -> Option<String> {
    let name = match place {
        Place::Setting(path) => setting(ring, path),
        Place::Cell { table, row, column } => {
            let column = column.as_deref().map(|c| format!("{} of ", c.replace('_', " "))).unwrap_or_default();
            format!("{column}{}", row_name(ring, table, *row))
        }
        _ => return None,
    };
    (!text.is_empty()).then(|| format!("{name} ({text})"))
}

fn setting(ring: &Ring, path: &str) -> String {
    let partner = |key: &str| ring.partners.iter().find(|p| p.key == key).map_or(key.to_owned(), |p| p.name.clone());
    let customer = |key: &str| ring.customers.iter().find(|c| c.key == key).map_or(key.to_owned(), |c| c.name.clone());
    match path.split('.').collect::<Vec<_>>()[..] {
        ["customers", key, "floor"] => format!("the contract with {}", customer(key)),
        ["partners", key, "budget", ..] => format!("the budget of {}", partner(key)),
        ["partners", key, "workshare_min"] => format!("the workshare of {}", partner(key)),
        ["policy", "qualified_sites_min"] => "the number of sites that must be qualified".to_owned(),
        _ => path.replace('_', " ").replace('.', ", "),
    }
}

fn row_name(ring: &Ring, table: &str, row: usize) -> String {
    let site = |id: SiteId| ring.sites.get(id).map(|s| s.name.clone());
    let name = match table {
        "sites" => site(Id::from_index(row)),
        "items" => ring.items.get(Id::from_index(row)).map(|i| i.name.clone()),
        "capability" => ring.capability.get(Id::from_index(row)).and_then(|c| {
            let item = ring.items.get(c.item)?;
            Some(format!("{} at {}", item.name, site(c.site)?))
        }),
        "supply" => {
            ring.supply.get(Id::from_index(row)).map(|s| format!("{} from {}", ring.component_key(s.component), s.key))
        }
        _ => None,
    };
    name.unwrap_or_else(|| format!("row {} of {table}.csv", row + 1))
}
