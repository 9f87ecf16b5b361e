//! Trainees at home in a period, all sites together, <= `home_places`; on site, per site, <= `site_places`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::results::programme::{Staffing, Trained};
use rules::training;
use units::{Id, Quantity};

const RULE: &str = "trainees do not exceed the places to train";

/// Checks every period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let settings = &s.ring.settings;
    for period in 0..s.n {
        let trains = |r: &&Staffing| (r.train_from.index()..r.ready.index()).contains(&period);
        let rows: Vec<&Staffing> = s.programme.people.iter().filter(trains).collect();
        let count = |takes: &dyn Fn(&Staffing) -> bool| -> Quantity {
            Quantity::whole(rows.iter().filter(|r| takes(r)).map(|r| r.people).sum())
        };
        let begun = |site, takes: &dyn Fn(Trained) -> bool| training::places_taken(s.ring, site, period, takes);
        let home = s.ring.sites.ids().map(|site| begun(site, &|t| training::takes_home_place(s.ring, site, t)));
        let home = Quantity::whole(home.sum()) + count(&|r| training::takes_home_place(s.ring, r.site, r.trained));
        if let Some(most) = settings.home_places.filter(|most| home > *most) {
            let fact = format!("{home} people train at home in period {}, there are {most} places", shown(period));
            faults.tell(PROGRAMME, RULE, fact);
        }
        for site in s.ring.sites.ids() {
            let here = Quantity::whole(begun(site, &|t| training::takes_site_place(s.ring, site, t)));
            let here = here + count(&|r| r.site == site && training::takes_site_place(s.ring, r.site, r.trained));
            if let Some(most) = settings.site_places.filter(|most| here > *most) {
                let name = s.site_name(site);
                let fact =
                    format!("{here} people train at {name} in period {}, there are {most} places", shown(period));
                faults.tell(PROGRAMME, RULE, fact);
            }
        }
    }
}
