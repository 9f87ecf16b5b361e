//! Checks of tasks: precedence, items, parts used.

use super::find_circle;
use crate::ids::{ItemId, TaskId};
use crate::ring::Ring;
use diag::{Code, Diagnostic, Place};
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

/// Items that go into an item, at any depth.
fn goes_into(children: &[Vec<usize>], item: ItemId) -> Vec<bool> {
    let mut within = vec![false; children.len()];
    let mut open = vec![item.index()];
    while let Some(parent) = open.pop() {
        for &child in &children[parent] {
            if !std::mem::replace(&mut within[child], true) {
                open.push(child);
            }
        }
    }
    within
}

pub(super) fn check_rw0204_predecessor_goes_into_the_item(ring: &Ring) -> Vec<Diagnostic> {
    let children = super::children(ring);
    // Tasks of one item mostly stand together; only the last item's answer is kept.
    let mut within: (Option<ItemId>, Vec<bool>) = (None, Vec::new());
    let mut faults = Vec::new();
    for (id, task) in ring.tasks.enumerate() {
        for before in &task.predecessors {
            let other = ring.tasks[*before].item;
            if other == task.item || children[task.item.index()].contains(&other.index()) {
                continue;
            }
            if within.0 != Some(task.item) {
                within = (Some(task.item), goes_into(&children, task.item));
            }
            if !within.1[other.index()] {
                faults.push(
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
                    .at(Place::cell("tasks", id.index(), "predecessors"), "waits for another item's task"),
                );
            }
        }
    }
    faults
}

pub(super) fn check_rw0205_made_item_has_a_task(ring: &Ring) -> Vec<Diagnostic> {
    let bare = ring.items.enumerate().filter(|(id, _)| ring.is_made(*id) && ring.tasks_of(*id).next().is_none());
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
    let mut faults = Vec::new();
    for (at, used) in ring.task_parts.enumerate() {
        let item = ring.tasks[used.task].item;
        let first =
            ring.task_parts.enumerate().find(|(_, u)| ring.tasks[u.task].item == item && u.component == used.component);
        if first.map(|(id, _)| id) != Some(at) {
            continue;
        }
        let uses = ring.task_parts.iter().filter(|u| ring.tasks[u.task].item == item && u.component == used.component);
        let total: Quantity = uses.map(|u| u.quantity).sum();
        let lines = ring.bom.iter().filter(|l| l.parent == item && l.component == used.component);
        let listed: Vec<Quantity> = lines.map(|l| l.quantity).collect();
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
