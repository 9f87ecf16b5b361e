//! What goes into what: items in the order they can be made, and all that is made within one.

use crate::ids::{Component, ItemId};
use crate::ring::Ring;
use units::{Id, IdVec, Quantity};

impl Ring {
    /// The lines of all bills of materials by parent: item that goes in, pieces, and whether the line holds in every
    /// revision.
    fn children(&self) -> IdVec<ItemId, Vec<(ItemId, Quantity, bool)>> {
        let mut children: Vec<Vec<(ItemId, Quantity, bool)>> = vec![Vec::new(); self.items.len()];
        for line in self.bom.iter() {
            if let Component::Item(child) = line.component {
                children[line.parent.index()].push((child, line.quantity, line.revision.is_none()));
            }
        }
        IdVec::new(children)
    }

    /// All items, sub-assemblies before what they go into; among those free to come next, in rounds over the table.
    ///
    /// # Cost
    /// `O(items log items + lines)`.
    #[must_use]
    pub fn items_bottom_up(&self) -> Vec<ItemId> {
        order_bottom_up(self.children().iter().map(|c| c.iter().map(|(child, ..)| child.index()).collect()).collect())
            .into_iter()
            .map(ItemId::from_index)
            .collect()
    }

    /// The made items on a complete line of an item: itself and all sub-assemblies made for it, with pieces per piece.
    ///
    /// Sub-assemblies first; bought items are left out.
    #[must_use]
    pub fn made_within(&self, item: ItemId) -> Vec<(ItemId, Quantity)> {
        let children = self.children();
        let mut need: Vec<i64> = vec![0; self.items.len()];
        need[item.index()] = 1_000;
        let order = self.items_bottom_up();
        for parent in order.iter().rev().filter(|i| self.is_made(**i)) {
            for (child, quantity, _) in children[*parent].iter().filter(|(_, _, always)| *always) {
                // RW0227 keeps what passes the checks far below this edge.
                let pieces = need[parent.index()].saturating_mul(quantity.ticks()) / 1_000;
                need[child.index()] = need[child.index()].saturating_add(pieces);
            }
        }
        let made = order.into_iter().filter(|i| need[i.index()] > 0 && self.is_made(*i));
        made.map(|i| (i, Quantity::from_ticks(need[i.index()]))).collect()
    }
}

/// The nodes of a graph `node -> what must come before it`, each after all of its own.
fn order_bottom_up(children: Vec<Vec<usize>>) -> Vec<usize> {
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); children.len()];
    let mut waits: Vec<usize> = children.iter().map(Vec::len).collect();
    for (parent, children) in children.iter().enumerate() {
        children.iter().for_each(|child| parents[*child].push(parent));
    }
    // In each round the table is walked once from the top: an item joins when all that goes into it is there.
    let mut round: Vec<usize> = vec![0; children.len()];
    let mut free: Vec<usize> = (0..children.len()).filter(|node| waits[*node] == 0).collect();
    let mut done = 0;
    while let Some(child) = free.pop() {
        done += 1;
        for &parent in &parents[child] {
            round[parent] = round[parent].max(round[child] + usize::from(child > parent));
            waits[parent] -= 1;
            if waits[parent] == 0 {
                free.push(parent);
            }
        }
    }
    assert!(done == children.len(), "the bill of materials has no circle: checked by RW0202");
    let mut order: Vec<usize> = (0..children.len()).collect();
    order.sort_by_key(|node| (round[*node], *node));
    order
}

#[cfg(test)]
mod tests {
    use super::order_bottom_up;
    use proptest::prelude::*;

    /// The plain version: walk the table until nobody is left.
    fn plain(children: &[Vec<usize>]) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        while order.len() < children.len() {
            for (node, below) in children.iter().enumerate() {
                if !order.contains(&node) && below.iter().all(|child| order.contains(child)) {
                    order.push(node);
                }
            }
        }
        order
    }

    proptest! {
        #[test]
        fn rounds_are_those_of_the_plain_walk(
            places in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle(),
            pairs in prop::collection::vec((0..12usize, 0..12usize), 0..30),
        ) {
            // Any pair, turned so that it agrees with one hidden order, makes a graph without a circle.
            let mut children = vec![Vec::new(); 12];
            for (a, b) in pairs.into_iter().filter(|(a, b)| a != b) {
                let (parent, child) = if places[a] > places[b] { (a, b) } else { (b, a) };
                children[parent].push(child);
            }
            prop_assert_eq!(order_bottom_up(children.clone()), plain(&children));
        }
    }
}
