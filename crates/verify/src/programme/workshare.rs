//! Labour minutes of all pieces made at a partner's sites >= `workshare_min` times those of all pieces made.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};
use rules::labour;

/// Checks every partner.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let made = |row: &model::results::programme::Make| {
        let c = &s.ring.capability[row.capability];
        let each = labour::per_piece(s.ring, c.item, c.line_type);
        (s.ring.sites[c.site].partner, each.as_f64() * row.quantity.as_f64())
    };
    let before = s.ring.capability.enumerate();
    let before = before.map(|(id, c)| (s.ring.sites[c.site].partner, labour::made_before(s.ring, id)));
    let work: Vec<_> = s.programme.make.iter().map(made).chain(before).collect();
    let all: f64 = work.iter().map(|(_, minutes)| minutes).sum();
    for (id, partner) in s.ring.partners.enumerate() {
        let own: f64 = work.iter().filter(|(p, _)| *p == Some(id)).map(|(_, minutes)| minutes).sum();
        let least = partner.workshare_min.get() * all;
        if own < least - 1e-6 * all {
            let fact = format!("{own:.0} labour minutes lie with `{}`, its workshare is {least:.0}", partner.key);
            faults.tell(PROGRAMME, "partners have their workshare", fact);
        }
    }
}
