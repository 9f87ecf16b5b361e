//! `labour minutes of pieces made at a partner's sites  >=  workshare_min * labour minutes of all pieces made`.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (partner, row) in data.ring.partners.enumerate().filter(|(_, p)| p.workshare_min.get() > 0.0) {
        let mut terms = Vec::new();
        for capability in data.capabilities() {
            let own = data.ring.sites[data.site_of(capability)].partner == Some(partner);
            let share = f64::from(u8::from(own)) - row.workshare_min.get();
            let labour = data.recipes[capability].labour * share;
            terms.extend((0..data.n).filter_map(|t| build.term(Key::Make(capability, t), labour)));
        }
        build.row(Group::Workshare(partner), 0.0, f64::INFINITY, terms);
    }
}
