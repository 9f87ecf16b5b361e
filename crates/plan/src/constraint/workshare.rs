//! `labour minutes of pieces made at a partner's sites  >=  workshare_min * labour minutes of all pieces made`, those before the first day included.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (partner, row) in data.ring.partners.enumerate().filter(|(_, p)| p.workshare_min.get() > 0.0) {
        let (mut terms, mut before) = (Vec::new(), 0.0);
        for capability in data.ring.capability.ids() {
            let own = data.ring.sites[data.site_of(capability)].partner == Some(partner);
            let share = f64::from(u8::from(own)) - row.workshare_min.get();
            before += rules::labour::made_before(data.ring, capability) * share;
            let labour = data.recipes[capability].labour * share;
            terms.extend((0..data.n).filter_map(|t| build.term(Key::Make(capability, t), labour)));
        }
        build.row(Group::Workshare(partner), -before, f64::INFINITY, terms);
    }
}
