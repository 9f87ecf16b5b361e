//! Checks of items, bills of materials, sources and revisions.

use super::find_circle;
use crate::ids::{Component, ItemId};
use crate::ring::Ring;
use crate::tables::bom::BomLine;
use crate::tables::opening::Opening;
use diag::{Code, Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

pub(super) fn check_rw0202_bom_is_no_circle(ring: &Ring) -> Vec<Diagnostic> {
    let graph = super::children(ring);
    let Some(circle) = find_circle(&graph) else {
        return Vec::new();
    };
    let names: Vec<&str> = circle.iter().map(|i| ring.items[ItemId::from_index(*i)].key.as_str()).collect();
    let next = ItemId::from_index(circle[1 % circle.len()]);
    let row = ring.bom.enumerate().find(|(_, l)| l.parent.index() == circle[0] && l.component == Component::Item(next));
    vec![
        Diagnostic::error(
            Code(202),
            format!("items go into each other: {} of {}", names.join(" is made of "), names[0]),
            "remove one of these lines; an item cannot be part of itself",
        )
        .at(Place::cell("bom", row.map_or(0, |(id, _)| id.index()), "component"), "one link of the circle"),
    ]
}

pub(super) fn check_rw0203_names_are_apart(ring: &Ring) -> Vec<Diagnostic> {
    let items: BTreeMap<&str, ItemId> = ring.items.enumerate().map(|(id, item)| (item.key.as_str(), id)).collect();
    let mut faults = Vec::new();
    for (at, part) in ring.parts.enumerate() {
        if let Some(item) = items.get(part.key.as_str()) {
            faults.push(
                Diagnostic::error(
                    Code(203),
                    format!("`{}` is both a part and an item", part.key),
                    "give one of them another name; bills of materials name both",
                )
                .at(Place::cell("parts", at.index(), "part"), "the part")
                .at(Place::cell("items", item.index(), "item"), "the item"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0210_component_has_a_source(ring: &Ring) -> Vec<Diagnostic> {
    let stocked = ring.opening.iter().filter_map(|row| match row {
        Opening::Stock(_, component, ..) => Some(*component),
        _ => None,
    });
    let to_be_had: BTreeSet<Component> = ring.supply.iter().map(|s| s.component).chain(stocked).collect();
    let mut faults = Vec::new();
    for (at, line) in ring.bom.enumerate() {
        let bought = match line.component {
            Component::Part(_) => true,
            Component::Item(item) => !ring.is_made(item),
        };
        if bought && !to_be_had.contains(&line.component) {
            let key = ring.component_key(line.component);
            faults.push(
                Diagnostic::error(
                    Code(210),
                    format!("nobody supplies `{key}`"),
                    format!("add a row for `{key}` to supply.csv: supplier, price and lead_days"),
                )
                .at(Place::cell("bom", at.index(), "component"), "needed here"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0221_product_is_made(ring: &Ring) -> Vec<Diagnostic> {
    if ring.items.is_empty() || ring.is_made(ring.settings.product) {
        return Vec::new();
    }
    let key = &ring.items[ring.settings.product].key;
    vec![
        Diagnostic::error(
            Code(221),
            format!("the product `{key}` is bought, not made"),
            "set `make` of the product to make",
        )
        .at(Place::Setting("ring.product".to_owned()), "this item is bought"),
    ]
}

pub(super) fn check_rw0223_bought_item_is_not_made(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (id, item) in ring.items.enumerate().filter(|(id, _)| !ring.is_made(*id)) {
        let task = ring.tasks_of(id).next().map(|(t, _)| Place::cell("tasks", t.index(), "item"));
        let capable = ring
            .capability
            .enumerate()
            .find(|(_, c)| c.item == id)
            .map(|(c, _)| Place::cell("capability", c.index(), "item"));
        let line =
            ring.bom.enumerate().find(|(_, l)| l.parent == id).map(|(l, _)| Place::cell("bom", l.index(), "parent"));
        if let Some(place) = task.or(capable).or(line) {
            faults.push(
                Diagnostic::error(
                    Code(223),
                    format!("`{}` is bought whole but a table makes it", item.key),
                    "remove its tasks, capability and bill of materials, or set `make` to make",
                )
                .at(place, "makes a bought item"),
            );
        }
    }
    faults
}

pub(super) fn check_rw0219_revisions_follow_each_other(ring: &Ring) -> Vec<Diagnostic> {
    let mut of_item = vec![Vec::new(); ring.items.len()];
    ring.revisions.enumerate().for_each(|(at, revision)| of_item[revision.item.index()].push((at, revision)));
    let mut lines = vec![Vec::new(); ring.items.len()];
    ring.bom.enumerate().for_each(|(at, line)| lines[line.parent.index()].push((at, line)));
    let mut faults = Vec::new();
    for item in ring.items.ids() {
        let mine = &of_item[item.index()];
        for (i, (at, revision)) in mine.iter().enumerate() {
            if let Some((other, _)) = mine[..i].iter().find(|(_, r)| r.effective_from == revision.effective_from) {
                faults.push(
                    Diagnostic::error(
                        Code(219),
                        format!("two revisions of `{}` start on {}", ring.items[item].key, revision.effective_from),
                        "give each revision a first day of its own",
                    )
                    .at(Place::cell("revisions", at.index(), "effective_from"), "starts here")
                    .at(Place::cell("revisions", other.index(), "effective_from"), "and here"),
                );
            }
        }
        let first = mine.iter().min_by_key(|(_, r)| r.effective_from);
        if let Some((at, revision)) = first.filter(|(_, r)| r.effective_from > ring.settings.start) {
            faults.push(
                Diagnostic::error(
                    Code(219),
                    format!("no revision of `{}` holds before {}", ring.items[item].key, revision.effective_from),
                    format!("let its first revision start on {} or before", ring.settings.start),
                )
                .at(
                    Place::cell("revisions", at.index(), "effective_from"),
                    "the first revision starts after the horizon does",
                ),
            );
        }
        for (at, line) in &lines[item.index()] {
            if let Some(name) = line.revision.as_deref().filter(|n| !mine.iter().any(|(_, r)| r.revision == *n)) {
                faults.push(
                    Diagnostic::error(
                        Code(106),
                        format!("`{name}` is not a revision of `{}`", ring.items[item].key),
                        "define it in revisions.csv, or leave the cell empty for all revisions",
                    )
                    .at(Place::cell("bom", at.index(), "revision"), "not a known revision"),
                );
            }
        }
    }
    faults
}

/// Most pieces of one item or part in one product; counts in thousandths stay exact far beyond.
const PIECES_MAX: f64 = 1e6;

pub(super) fn check_rw0227_pieces_can_be_counted(ring: &Ring) -> Vec<Diagnostic> {
    if ring.items.is_empty() || find_circle(&super::children(ring)).is_some() {
        return Vec::new();
    }
    let mut need: Vec<f64> = vec![0.0; ring.items.len()];
    need[ring.settings.product.index()] = 1.0;
    let mut lines: Vec<Vec<(usize, &BomLine)>> = vec![Vec::new(); ring.items.len()];
    for (at, line) in ring.bom.enumerate() {
        lines[line.parent.index()].push((at.index(), line));
    }
    for parent in ring.items_bottom_up().into_iter().rev() {
        for (at, line) in &lines[parent.index()] {
            let pieces = need[parent.index()] * line.quantity.as_f64();
            let total = match line.component {
                Component::Item(child) => {
                    need[child.index()] += pieces;
                    need[child.index()]
                }
                Component::Part(_) => pieces,
            };
            if total > PIECES_MAX {
                let (component, product) = (ring.component_key(line.component), &ring.items[ring.settings.product].key);
                return vec![
                    Diagnostic::error(
                        Code(227),
                        format!("one `{product}` would take more than {PIECES_MAX:.0} pieces of `{component}`"),
                        "check the quantities from here up to the product",
                    )
                    .at(Place::cell("bom", *at, "quantity"), "with this the count goes beyond"),
                ];
            }
        }
    }
    Vec::new()
}
