//! Sites opened: `open[s, u]` in 0 or 1, with its cost once and its keep from then on.

use crate::build::{Build, Spend};
use crate::key::Key;
use model::settings::CostKind;
use rules::cost;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for slot in &data.slots {
        let useful = data.lines.iter().any(|l| l.site == slot.site && l.ordered >= slot.ready);
        let stands = rules::standing::site_ready(data.ring, slot.site).is_some();
        if !useful && !data.given && !stands {
            continue;
        }
        let mut spend: Vec<Spend> =
            vec![(CostKind::SiteOpening, slot.opened, cost::site::opening(data.ring, slot.site))];
        let keep = cost::site::fixed(data.ring, slot.site);
        spend.extend((slot.opened..data.n).map(|t| (CostKind::SiteFixed, t, keep)));
        build.whole(Key::Open(slot.site, slot.opened), 1.0, &spend);
    }
}
