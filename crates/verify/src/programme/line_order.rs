//! Lines: ordered in a period of decision at a ready site, licensed, with the dates that follow; at most `lines_max` a row.
//!
//! `first_piece = max(u + periods(L), licence)`, `output_from = first_piece + periods(first_article_days)`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use rules::line;
use units::Id;

const ORDER: &str = "lines are ordered in a period of decision, at a site that is ready";
const DATES: &str = "first piece and output follow from order, lead, licence and first article";
const MOST: &str = "lines of a capability row are at most its lines_max";

/// Checks every order, and the count of lines of each capability row.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for row in &s.programme.lines {
        let (name, ordered) = (s.capability_name(row.capability), row.ordered.index());
        if row.stands.is_none() && !line::may_decide(s.ring, ordered) {
            let fact = format!("a line of {name} is ordered in period {}, when none may be", shown(ordered));
            faults.tell(PROGRAMME, ORDER, fact);
        }
        let site = s.site(row.capability);
        let opened = s.programme.sites.iter().find(|o| o.site == site);
        let ready = opened.map(|o| line::site_ready(s.ring, site, o.period.index()));
        if row.stands.is_none() && ready.is_none_or(|ready| ready > ordered) {
            let when = ready.map_or_else(|| "never opened".to_owned(), |r| format!("ready in period {}", shown(r)));
            let fact = format!("a line of {name} is ordered in period {}; the site is {when}", shown(ordered));
            faults.tell(PROGRAMME, ORDER, fact);
        }
        let option = s.option(row.capability, row.option);
        match line::timing_of(s.ring, option, row) {
            None => faults.tell(PROGRAMME, DATES, format!("a line of {name} is ordered without a licence")),
            Some(is) => {
                let said = (row.first_piece.index(), row.output_from.index());
                if said != (is.first_piece, is.output_from) {
                    let fact = format!(
                        "a line of {name} ordered in period {} is said to make its first piece in {} and count from {}; these are {} and {}",
                        shown(ordered),
                        shown(said.0),
                        shown(said.1),
                        shown(is.first_piece),
                        shown(is.output_from)
                    );
                    faults.tell(PROGRAMME, DATES, fact);
                }
            }
        }
    }
    for (id, capability) in s.ring.capability.enumerate() {
        let lines: i64 = s.programme.lines.iter().filter(|r| r.capability == id).map(|r| r.count).sum();
        if lines > capability.lines_max {
            let fact = format!("{} has {lines} lines, {} at most", s.capability_name(id), capability.lines_max);
            faults.tell(PROGRAMME, MOST, fact);
        }
    }
}
