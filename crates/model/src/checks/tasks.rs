//! Checks of tasks: precedence, items, parts used.

use super::find_circle;
use crate::ids::{ItemId, TaskId};
use crate::ring::Ring;
use crate::tables::task_parts::TaskPart;
use diag::{Code, Diagnostic, Place};
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, Quantity};

pub(super) fn check_rw0201_precedence_is_no_circle(ring: &Ring) -> Vec<Diagnostic> {
    let predecessors: Vec<Vec<usize>> =
        ring.tasks.iter().map(|t| t.predecessors.iter().map(|p| p.index()).collect()).collect();
    let Some(circle) = find_circle(&predecessors) else {
        return Vec::new();
    };
    let names: Vec<&str> = circle.iter().rev().map(|t| ring.tasks[TaskId::from_index(*t)].key.as_str()).collect();
    let shown = if names.len() > 8 {
        format!("{} and {} more", names[..8].join(" before "), names.len() - 8)
    } else {
        names.join(" before ")
    };
    vec![
        Diagnostic::error(
            Code(201),
            format!("tasks wait for each other: {shown} before {}", names[0]),
            "remove one of these predecessors; nothing can start while they wait in a circle",
        )
        .at(Place::cell("tasks", circle[0], "predecessors"), "one link of the circle"),
    ]
}

/// Which of the pairs `(inner, outer)` of items do not hold: `inner` does not go into `outer`, at any depth.
///
/// # Cost
/// Sixty-four outer items at a time, a bit for each, along the bill of materials once: `O(items / 64 * lines)`.
fn strangers(ring: &Ring, pairs: &BTreeSet<(ItemId, ItemId)>) -> BTreeSet<(ItemId, ItemId)> {
    let (children, order) = (super::children(ring), ring.items_bottom_up());
    let mut of_outer: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
    for (inner, outer) in pairs {
        of_outer.entry(*outer).or_default().push(*inner);
    }
    let outer: Vec<(ItemId, Vec<ItemId>)> = of_outer.into_iter().collect();
    let mut strangers = BTreeSet::new();
    for block in outer.chunks(64) {
        let mut within = vec![0u64; ring.items.len()];
        block.iter().enumerate().for_each(|(bit, (item, _))| within[item.index()] |= 1 << bit);
        for parent in order.iter().rev() {
            for child in &children[parent.index()] {
                within[*child] |= within[parent.index()];
            }
        }
        for (bit, (outer, inner)) in block.iter().enumerate() {
            let apart = inner.iter().filter(|i| within[i.index()] & (1 << bit) == 0);
            strangers.extend(apart.map(|i| (*i, *outer)));
        }
    }
    strangers
}

pub(super) fn check_rw0204_predecessor_goes_into_the_item(ring: &Ring) -> Vec<Diagnostic> {
    if find_circle(&super::children(ring)).is_some() {
        // RW0202 tells of the circle; what goes into what means nothing before it is mended.
        return Vec::new();
    }
    let waits = ring.tasks.enumerate().flat_map(|(id, task)| task.predecessors.iter().map(move |b| (id, task, *b)));
    let foreign: Vec<_> = waits.filter(|(_, task, before)| ring.tasks[*before].item != task.item).collect();
    let pairs = foreign.iter().map(|(_, task, before)| (ring.tasks[*before].item, task.item)).collect();
    let strangers = strangers(ring, &pairs);
    let wrong = foreign.iter().filter(|(_, task, before)| strangers.contains(&(ring.tasks[*before].item, task.item)));
    wrong
        .map(|(id, task, before)| {
            let other = ring.tasks[*before].item;
            Diagnostic::error(
                Code(204),
                format!(
                    "task `{}` of `{}` waits for `{}` of `{}`, which does not go into it",
                    task.key, ring.items[task.item].key, ring.tasks[*before].key, ring.items[other].key
                ),
                format!(
                    "add `{}` to the bill of materials of `{}`, or remove the predecessor",
                    ring.items[other].key, ring.items[task.item].key
                ),
            )
            .at(Place::cell("tasks", id.index(), "predecessors"), "waits for another item's task")
        })
        .collect()
}

pub(super) fn check_rw0205_made_item_has_a_task(ring: &Ring) -> Vec<Diagnostic> {
    let mut has_task = vec![false; ring.items.len()];
    ring.tasks.iter().for_each(|task| has_task[task.item.index()] = true);
    let bare = ring.items.enumerate().filter(|(id, _)| ring.is_made(*id) && !has_task[id.index()]);
    bare.map(|(id, item)| {
        Diagnostic::error(
            Code(205),
            format!("`{}` is made but no task makes it", item.key),
            "add its tasks to tasks.csv, or set `make` to buy and name a source in supply.csv",
        )
        .at(Place::cell("items", id.index(), "item"), "no task names this item")
    })
    .collect()
}

pub(super) fn check_rw0206_task_parts_add_up(ring: &Ring) -> Vec<Diagnostic> {
    let of = |used: &TaskPart| (ring.tasks[used.task].item, used.component);
    let mut totals: BTreeMap<_, Quantity> = BTreeMap::new();
    for used in ring.task_parts.iter() {
        let total = totals.entry(of(used)).or_default();
        *total = [*total, used.quantity].into_iter().sum();
    }
    let mut listed: BTreeMap<_, Vec<Quantity>> = BTreeMap::new();
    for line in ring.bom.iter() {
        listed.entry((line.parent, line.component)).or_default().push(line.quantity);
    }
    let mut faults = Vec::new();
    for (at, used) in ring.task_parts.enumerate() {
        // The first use of a component in an item speaks for all; the others find no total left.
        let Some(total) = totals.remove(&of(used)) else { continue };
        let item = ring.tasks[used.task].item;
        let listed = listed.get(&of(used)).map_or(&[][..], Vec::as_slice);
        if !listed.contains(&total) {
            let (key, parent) = (ring.component_key(used.component), &ring.items[item].key);
            let stated = listed.first().map_or_else(|| "none".to_owned(), ToString::to_string);
            faults.push(
                Diagnostic::error(
                    Code(206),
                    format!("tasks of `{parent}` use {total} of `{key}`, its bill of materials says {stated}"),
                    format!("make bom.csv and task_parts.csv agree on `{key}` in `{parent}`"),
                )
                .at(Place::cell("task_parts", at.index(), "quantity"), "used here"),
            );
        }
    }
    faults
}
