//! Checks of who may make what.

use crate::ids::ItemId;
use crate::ring::Ring;
use crate::tables::capability::{Licence, LineType};
use crate::tables::sites::SiteKind;
use diag::{Code, Diagnostic, Place};
use units::Id;

pub(super) fn check_rw0211_item_may_be_made(ring: &Ring) -> Vec<Diagnostic> {
    let children = super::children(ring);
    if super::find_circle(&children).is_some() {
        return Vec::new();
    }
    let mut covered = vec![false; ring.items.len()];
    // Items whose complete lines make all that is made within them.
    let mut complete = vec![false; ring.items.len()];
    let mut open = Vec::new();
    for row in ring.capability.iter().filter(|c| c.licence != Licence::None && c.lines_max > 0) {
        covered[row.item.index()] = true;
        if row.line_type == LineType::Complete && !std::mem::replace(&mut complete[row.item.index()], true) {
            open.push(row.item.index());
        }
    }
    let always: Vec<Vec<usize>> = super::children_in_every_revision(ring);
    while let Some(parent) = open.pop() {
        for &child in always[parent].iter().filter(|c| ring.is_made(ItemId::from_index(**c))) {
            covered[child] = true;
            if !std::mem::replace(&mut complete[child], true) {
                open.push(child);
            }
        }
    }
    let needed = ring.made_within(ring.settings.product);
    let bare = needed.iter().filter(|(item, _)| !covered[item.index()]);
    bare.map(|(item, _)| {
        let key = &ring.items[*item].key;
        Diagnostic::error(
            Code(211),
            format!("no site may make `{key}`"),
            format!("add a row for `{key}` to capability.csv with a licence granted or pending"),
        )
        .at(Place::cell("items", item.index(), "item"), "nobody may make this")
    })
    .collect()
}

pub(super) fn check_rw0222_site_can_host(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (id, site) in ring.sites.enumerate() {
        let Some((row, _)) = ring.capability.enumerate().find(|(_, c)| c.site == id) else {
            continue;
        };
        let place = Place::cell("capability", row.index(), "site");
        let why = match (site.kind, site.labour_pool, site.floor_m2) {
            (SiteKind::Depot, _, _) => "is a depot and makes nothing",
            (_, 0, _) => "has no labour pool",
            (_, _, floor) if floor <= 0.0 => "has no floor",
            _ => continue,
        };
        faults.push(
            Diagnostic::error(
                Code(222),
                format!("`{}` may make something but {why}", site.key),
                "fill in `labour_pool` and `floor_m2` in sites.csv, or remove the site from capability.csv",
            )
            .at(place, "may make here")
            .at(Place::cell("sites", id.index(), "site"), "the site"),
        );
    }
    faults
}

pub(super) fn check_rw0226_granted_licence_has_a_day(ring: &Ring) -> Vec<Diagnostic> {
    let bare = ring.capability.enumerate().filter(|(_, c)| c.licence == Licence::Granted && c.licence_from.is_none());
    bare.map(|(id, row)| {
        Diagnostic::error(
            Code(226),
            format!(
                "the licence of `{}` for `{}` is granted without a day",
                ring.sites[row.site].key, ring.items[row.item].key
            ),
            "write the first day it holds, or set `licence` to pending and give a range in assumptions.csv",
        )
        .at(Place::cell("capability", id.index(), "licence_from"), "no day here")
    })
    .collect()
}
