//! Which revision of an item is built on a day.

use model::Ring;
use model::ids::{ItemId, RevisionId};
use units::Date;

/// The revision of an item built on a day: the last that is effective by then; none when the item has no revisions.
#[must_use]
pub fn revision_at(ring: &Ring, item: ItemId, day: Date) -> Option<RevisionId> {
    ring.revisions
        .enumerate()
        .filter(|(_, r)| r.item == item && r.effective_from <= day)
        .max_by_key(|(_, r)| r.effective_from)
        .map(|(id, _)| id)
}

/// The name of the revision built on a day, as bills of materials and licences name it.
#[must_use]
pub fn revision_name(ring: &Ring, item: ItemId, day: Date) -> Option<&str> {
    revision_at(ring, item, day).map(|id| ring.revisions[id].revision.as_str())
}
