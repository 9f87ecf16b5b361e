//! Numbers on the page are those of the results, and text from data stays text.

use crate::sample::Sample;
use model::results::Status;
use units::{Money, Quantity};

#[test]
fn headline_numbers_follow_from_the_results() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    // 15 of 16 replenishment and 4 of 4 draws: 19 of 20.
    assert!(html.contains("95.0\u{a0}%"), "served");
    // Costs without the 400 of backlog, over 19 delivered pieces.
    assert!(html.contains("61\u{a0}k\u{a0}EUR"), "cash 60 600");
    assert!(html.contains("3\u{202f}189\u{a0}EUR"), "60 600 / 19");
    // 40 runs deliver 16, 17, 18 or 19 pieces, ten each: 10 %, 50 % and 90 % quantiles by the rule of the evidence.
    assert!(html.contains("8 in 10 runs: 16 to 19; plan 19"), "quantiles");
    assert!(html.contains("50\u{a0}% of runs reach it"), "half the runs reach the rate");
}

#[test]
fn a_changed_result_changes_the_page() {
    let mut sample = Sample::new();
    let before = report::page(&sample.dossier());
    sample.programme.costs[0].amount = Money::whole(6_000_000);
    sample.programme.deliveries[0].replenishment = Quantity::whole(3);
    let after = report::page(&sample.dossier());
    assert_ne!(before, after);
    assert!(after.contains("6.1\u{a0}M\u{a0}EUR"));
}

#[test]
fn text_from_data_stays_text() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    assert!(html.contains("Test ring &#60;&#38;&#62;") || html.contains("Test ring &lt;&amp;&gt;"));
    assert!(html.contains("Wing &lt;set&gt;") && !html.contains("Wing <set>"));
    assert!(html.contains("smallest lot &lt;24&gt;"));
}

#[test]
fn the_limits_of_a_result_stand_at_the_top() {
    let mut sample = Sample::new();
    let top = |html: &str| html[..html.find("<nav").unwrap()].to_owned();
    assert!(top(&report::page(&sample.dossier())).contains("not proven best"));
    sample.programme.status = Status::TimeLimited;
    assert!(top(&report::page(&sample.dossier())).contains("cut by the clock"));
    sample.programme.status = Status::Optimal;
    assert!(!top(&report::page(&sample.dossier())).contains("class=\"notice"));
}
