//! The rest of the plan: `kept.csv`.

use super::At;
use model::Choice as _;
use model::ids::CapabilityId;
use rules::moves::{self, Decision};

impl At<'_> {
    /// Every decision that the plan takes on the day or later, periods counted from the day.
    pub(super) fn kept(&self) -> Vec<Vec<String>> {
        let ring = self.ring();
        let all = moves::decided(ring, self.before.programme);
        let later = all.into_iter().filter(|(decision, _)| decision.period() >= self.periods);
        later
            .map(|(decision, quantity)| {
                let period = (decision.period() - self.periods + 1).to_string();
                let of = |what: &str, capability: CapabilityId, layout: String, period: String| {
                    let row = &ring.capability[capability];
                    vec![
                        what.to_owned(),
                        ring.sites[row.site].key.clone(),
                        ring.items[row.item].key.clone(),
                        row.line_type.word().to_owned(),
                        layout,
                        period,
                        quantity.to_string(),
                    ]
                };
                match decision {
                    Decision::Site(site, _) => {
                        let blank = String::new;
                        let site = ring.sites[site].key.clone();
                        vec!["site".to_owned(), site, blank(), blank(), blank(), period, quantity.to_string()]
                    }
                    Decision::Line(capability, option, _) => of("line", capability, (option + 1).to_string(), period),
                    Decision::Make(capability, _) => of("make", capability, String::new(), period),
                }
            })
            .collect()
    }
}
