//! The answer in words, headline numbers, what breaks it, what to ask first.

use super::gates::next_gate;
use super::questions::effect_words;
use super::ramp::period_index;
use super::sites::alone_words;
use super::time::{bottleneck, cause_words, station_name};
use crate::context::Context;
use crate::facts::PlanFacts;
use crate::fmt::{UNKNOWN, amount, capital, count, dec, pct, pct_at_most, range};
use crate::html::{Html, anchor};
use crate::part::{Headline, Source, Tone, headline_band, notice, sentence};
use crate::when::day;
use model::ids::{AssumptionId, SiteId};
use model::results::decision::Answer;
use model::results::{Decision, Programme, Status};
use model::tables::sites::SiteKind;
use std::collections::{BTreeMap, BTreeSet};

/// The answer as a headline: what to do, then what the plan can do.
pub(crate) fn answer(c: &Context<'_>) -> String {
    let what = c.d.decision.filter(|_| c.plan.is_some()).map(|d| crate::fmt::capital(d.answer.word()));
    what.map_or_else(|| of_plan(c), |what| format!("{what}. {}", of_plan(c)))
}

/// What the plan can do, as one sentence.
fn of_plan(c: &Context<'_>) -> String {
    let Some(facts) = &c.plan else {
        return no_plan(c).into();
    };
    if facts.asked.is_zero() {
        return "Nobody asks this ring for anything: it has no demand".into();
    }
    let served = facts.served();
    let full = served >= 0.9995;
    let run_share = run_share(c, facts);
    let ready = facts.rate_period.map(|t| format!(", at full rate from {}", c.when().name(t))).unwrap_or_default();
    match (full, run_share) {
        (true, Some(share)) if share < 0.995 => {
            format!(
                "On paper the ring meets demand{ready}; in the middle simulated run {} of it arrives",
                pct(share, 0)
            )
        }
        (true, Some(_)) => format!("The ring can meet demand{ready}, and still does in the middle simulated run"),
        (true, None) => format!("On paper the ring meets demand{ready}; nothing was simulated"),
        (false, Some(share)) => format!(
            "The ring can serve {} of what is asked{ready}; in the middle simulated run {} of that arrives",
            pct(served, 0),
            pct(share, 0)
        ),
        (false, None) => format!("The ring can serve {} of what is asked{ready}", pct(served, 0)),
    }
}

/// Why there is no plan, as far as the refusals tell; only a proof makes it impossible.
fn no_plan(c: &Context<'_>) -> &'static str {
    let has = |code: u16| c.d.refusals.iter().any(|r| r.code.0 == code);
    if has(303) {
        "As it stands, the ring cannot be planned"
    } else if has(503) {
        "The run was stopped before it had a plan: the ring has no answer yet"
    } else if has(305) {
        "No plan was found within the limit of work: the ring has no answer yet"
    } else {
        "No plan was made, so the ring has no answer yet"
    }
}

/// Pieces of the middle run over pieces of the plan.
fn run_share(c: &Context<'_>, facts: &PlanFacts) -> Option<f64> {
    let runs = c.runs.as_ref()?;
    (facts.delivered.as_f64() > 0.0).then(|| runs.delivered.p50 / facts.delivered.as_f64())
}

pub(crate) fn standfirst(c: &Context<'_>) -> Html {
    let mut html = Html::new();
    let (Some(plan), Some(facts)) = (c.d.programme, &c.plan) else {
        html.para("The page still shows the lines that were laid out, the gates, and every input with its source.");
        return html;
    };
    let per_unit = facts
        .unit_cost()
        .map(|u| format!(", {} a delivered piece", crate::fmt::money(u, &c.ring().settings.currency)))
        .unwrap_or_default();
    let (people, _) = facts.people_peak();
    let places = place_words(c, plan);
    html.para(&format!(
        "{places} Up to {} people hand over {} pieces of {} in {} {}s, for {}{per_unit}.",
        dec(people, 0),
        dec(facts.delivered.as_f64(), 0),
        c.item(c.ring().settings.product),
        c.ring().settings.n_periods,
        c.when().word(),
        c.money(facts.cash),
    ));
    if let Some(decision) = c.d.decision {
        html.para(&format!("{}{}", answer_words(decision.answer), first_words(c, decision)));
        html.para(&confidence(c, plan, decision));
    }
    html
}

/// Where the product is finished and from when, how many places help, and which place makes nothing.
fn place_words(c: &Context<'_>, plan: &Programme) -> String {
    let ring = c.ring();
    let mut makers: BTreeMap<SiteId, (f64, usize)> = BTreeMap::new();
    for m in plan.make.iter().filter(|m| ring.capability[m.capability].item == ring.settings.product) {
        let site = makers.entry(ring.capability[m.capability].site).or_insert((0.0, usize::MAX));
        site.0 += m.quantity.as_f64();
        site.1 = site.1.min(c.period(m.period));
    }
    let mut makers: Vec<(SiteId, (f64, usize))> = makers.into_iter().collect();
    makers.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let place = |(site, (_, from)): &(SiteId, (f64, usize))| {
        let row = &ring.sites[*site];
        let far = if row.kind == SiteKind::Home {
            "the home plant".to_owned()
        } else {
            format!("{} from the risk zone", crate::fmt::unit(&crate::fmt::short(row.distance_km, 0), "km"))
        };
        format!("{} ({far}) from {}", row.name, c.when().dated(*from))
    };
    let mut named: Vec<String> = makers.iter().take(PLACES_NAMED).map(place).collect();
    if makers.len() > PLACES_NAMED {
        named.push(count(makers.len() - PLACES_NAMED, "more site", "more sites"));
    }
    let mut text = if named.is_empty() {
        "No site finishes the product in the horizon.".to_owned()
    } else {
        format!("The product is finished at {}.", crate::fmt::list(&named))
    };
    let busy: BTreeSet<SiteId> = plan.make.iter().map(|m| ring.capability[m.capability].site).collect();
    let helpers = busy.iter().filter(|site| !makers.iter().any(|(maker, _)| maker == *site)).count();
    if helpers > 0 {
        text.push_str(&format!(" {} make only sub-assemblies.", count(helpers, "other site", "other sites")));
    }
    let with_lines: BTreeSet<SiteId> = plan.lines.iter().map(|l| ring.capability[l.capability].site).collect();
    let idle: Vec<&str> = with_lines.difference(&busy).map(|site| c.site(*site)).collect();
    if !idle.is_empty() {
        let why = match ring.settings.qualified_sites_min {
            n if n > 1 => format!(": it stands ready because {n} sites must be able to make every item"),
            _ => String::new(),
        };
        text.push_str(&format!(" A line at {} makes nothing by the end{why}.", crate::fmt::list(&idle)));
    }
    text
}

/// Places of final assembly that the summary names.
const PLACES_NAMED: usize = 3;

/// A gap to the least possible up to which the sentence on how sure the plan is says enough.
const GAP_TOLD: f64 = 0.001;

/// The first question, where the answer is not to go ahead: first in the order of asking, else the one that moves most.
fn first_words(c: &Context<'_>, decision: &Decision) -> String {
    let by_worth = decision.analysis.as_ref().and_then(|a| a.asking.first()).map(|step| step.assumption);
    let first = by_worth.or_else(|| decision.questions.first().map(|q| q.assumption));
    match first.filter(|_| decision.answer != Answer::Go) {
        Some(first) => {
            let owner = &c.ring().assumptions[first].owner;
            let whom = owner.map_or_else(String::new, |id| format!(", for {}", c.ring().partners[id].name));
            format!(" The first question{whom}: {}", c.question(first))
        }
        None => String::new(),
    }
}

fn answer_words(answer: Answer) -> &'static str {
    match answer {
        Answer::Go => "What is known supports going ahead: no open question turns the answer by itself.",
        Answer::AskFirst => "It can be done as planned, but an open question can turn that. Ask first.",
        Answer::Pilot => "What is known supports a pilot, not yet the whole.",
        Answer::Stop => "As the ring stands, what is known does not support going ahead.",
    }
}

/// How sure the answer is, in one sentence from the results.
fn confidence(c: &Context<'_>, plan: &Programme, decision: &Decision) -> String {
    let mut parts = Vec::new();
    parts.push(match c.d.findings {
        Some([]) => "every number below was worked out again by an independent check".to_owned(),
        Some(_) => "the independent check objects to some numbers below".to_owned(),
        None => "no independent check ran".to_owned(),
    });
    parts.push(format!("the plan costs at most {} more than the least possible", pct_at_most(plan.gap())));
    let turning = decision.questions.iter().filter(|q| q.flips).count();
    parts.push(match turning {
        0 => format!(
            "none of {} turns the answer by itself",
            count(decision.questions.len(), "open question", "open questions")
        ),
        n => {
            format!("{n} of {} can turn the answer", count(decision.questions.len(), "open question", "open questions"))
        }
    });
    parts.push(match &decision.analysis {
        Some(a) => format!("alternatives were weighed over {}", count(a.futures.len(), "future", "futures")),
        None => "alternatives were not weighed over futures (full effort does)".to_owned(),
    });
    format!("How sure: {}.", parts.join("; "))
}

/// Everything under the standfirst.
pub(crate) fn body(c: &Context<'_>) -> Html {
    let mut html = Html::new();
    warnings(c).iter().for_each(|w| {
        html.push(w);
    });
    if let (Some(plan), Some(facts)) = (c.d.programme, &c.plan) {
        html.push(&headline_band(&headlines(c, plan, facts)));
    }
    let mut pair = Html::new();
    pair.push(&list("What breaks it", "ul", &breaks(c)).wrap("div", ""));
    pair.push(&list("Ask these first", "ol", &ask(c)).wrap("div", ""));
    html.push(&pair.wrap("div", "pair"));
    html
}

/// What limits the answer, prominently.
fn warnings(c: &Context<'_>) -> Vec<Html> {
    let mut found = Vec::new();
    let trust = |text: &str| {
        let mut html = Html::text(text);
        html.push_text(" ").push(&Html::link("How sure are we", "trust")).push_text(".");
        html
    };
    if let Some(first) = c.d.refusals.first() {
        let lead = if c.d.programme.is_none() { "There is no plan." } else { "A stage could not be done." };
        found.push(notice(Tone::Bad, lead, &{
            let mut html = sentence(&first.fact);
            html.push_text(" ").push(&sentence(&first.help)).push_text(" ");
            html.push(&trust(""));
            html
        }));
    } else if c.d.programme.is_none() {
        found.push(notice(Tone::Bad, "There is no plan.", &trust("The planning stage gave no result.")));
    }
    match c.d.findings {
        None => found.push(notice(
            Tone::Warn,
            "Not checked.",
            &trust("The independent check did not run on these results."),
        )),
        Some(f) if !f.is_empty() => found.push(notice(
            Tone::Bad,
            "The independent check objects.",
            &trust(&format!("It found {} wrong with these results.", count(f.len(), "thing", "things"))),
        )),
        Some(_) => {}
    }
    if let Some(p) = c.d.programme {
        match p.status {
            Status::Optimal => {}
            Status::WorkLimited if p.gap() <= GAP_TOLD => {}
            Status::WorkLimited => found.push(notice(
                Tone::Warn,
                "The plan is good, not proven best.",
                &trust(&format!(
                    "Its search ended at the limit of work; the true least cost may be up to {} lower.",
                    pct_at_most(p.gap())
                )),
            )),
            Status::TimeLimited => found.push(notice(
                Tone::Warn,
                "The plan was cut by the clock.",
                &trust(&format!(
                    "Another run may give another plan; the true least cost may be up to {} lower.",
                    pct_at_most(p.gap())
                )),
            )),
        }
    }
    if c.d.programme.is_some() && c.runs.is_none() {
        found.push(notice(
            Tone::Warn,
            "Nothing was simulated.",
            &trust("The numbers below hold if nothing goes wrong."),
        ));
    }
    if c.d.evidence.is_some_and(|e| e.status == Status::TimeLimited) {
        found.push(notice(
            Tone::Warn,
            "Simulation was cut by the clock.",
            &trust("Fewer runs than asked for; another run may differ."),
        ));
    }
    found
}

fn headlines(c: &Context<'_>, plan: &Programme, facts: &PlanFacts) -> Vec<Headline> {
    let how = |id: &str| Source::new("how it is worked out", format!("how-{id}"));
    let head = |label: &str, value: String, note: String, id: &str| Headline {
        label: label.to_owned(),
        value,
        note,
        source: how(id),
    };
    let asked = amount(facts.asked.as_f64(), "piece", "pieces");
    let runs = c.runs.as_ref();
    let rate = facts.rate_period.map_or_else(|| "never".to_owned(), |t| c.when().name(t));
    let rate_note = match (facts.rate_period, runs) {
        (Some(t), Some(r)) => {
            let median = r
                .rate_period
                .map(|s| format!(", in the middle in {}", c.when().name(period_index(s.p50))))
                .unwrap_or_default();
            format!("{}; {} of runs reach it{median}", day(c.ring().settings.first_day(t)), pct(r.rate_share, 0))
        }
        (Some(t), None) => day(c.ring().settings.first_day(t)),
        (None, _) => {
            let asked = rules::rate::asked(c.ring());
            if asked > 0.0 {
                format!(
                    "never {} of the {} a {} asked for",
                    pct(rules::rate::REACHED, 0),
                    dec(asked, 0),
                    c.when().word()
                )
            } else {
                "no replenishment is asked for".to_owned()
            }
        }
    };
    let (people, when) = facts.people_peak();
    let proof = if plan.status == Status::Optimal {
        format!("proven least within {}", pct_at_most(plan.gap()))
    } else {
        format!("least possible is at most {} lower", pct_at_most(plan.gap()))
    };
    vec![
        head(
            "Served by the plan",
            pct(facts.served(), if facts.served() >= 0.9995 { 0 } else { 1 }),
            format!("of {asked} asked by {}", count(c.ring().customers.len(), "customer", "customers")),
            "served",
        ),
        match runs {
            Some(r) => head(
                "Delivered in the middle run",
                dec(r.delivered.p50, 0),
                format!(
                    "8 in 10 runs: {}; plan {}",
                    range(&dec(r.delivered.p10, 0), &dec(r.delivered.p90, 0)),
                    dec(facts.delivered.as_f64(), 0)
                ),
                "delivered",
            ),
            None => head(
                "Delivered by the plan",
                dec(facts.delivered.as_f64(), 0),
                "nothing was simulated".into(),
                "delivered",
            ),
        },
        head("Full rate from", rate, rate_note, "rate"),
        head("Total cost", c.money(facts.cash), proof, "cost"),
        head(
            "Cost of a delivered piece",
            facts.unit_cost().map_or_else(|| UNKNOWN.to_owned(), |u| crate::fmt::money(u, &c.ring().settings.currency)),
            "openings and training included".into(),
            "unit",
        ),
        head("People at the peak", dec(people, 0), format!("from {}", c.when().dated(when)), "people"),
    ]
}

/// What stands between the plan and the result, most costly first.
fn breaks(c: &Context<'_>) -> Vec<Html> {
    let mut found = Vec::new();
    if let Some(e) = c.d.evidence {
        let mut lost: Vec<_> = e.lost.iter().filter(|l| l.mean >= 0.5).collect();
        lost.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.cause.cmp(&b.cause)));
        for l in lost.iter().take(3) {
            let mut html = Html::text(format!("{}: ", capital(cause_words(l.cause))));
            html.push(&Html::link(amount(l.mean.round(), "piece", "pieces"), "fig-lost"))
                .push_text(" of the plan lost on average.");
            found.push(html);
        }
        if let Some(s) = bottleneck(c, e) {
            let mut html = Html::text("The pace is set by ");
            html.push(&Html::link(station_name(c, s), "fig-stations")).push_text(".");
            found.push(html);
        }
    }
    if let Some(facts) = c.plan.as_ref().filter(|f| !f.late_at_end.is_zero()) {
        let mut html = Html::text("Even on paper ");
        html.push(&Html::link(amount(facts.late_at_end.as_f64(), "piece", "pieces"), "fig-late"))
            .push_text(" late at the end.");
        found.push(html);
    }
    if let Some(alone) = c.d.programme.and_then(|p| alone_words(c, p)) {
        let mut html = Html::link(capital(&alone), "sites");
        html.push_text(".");
        found.push(html);
    }
    if found.is_empty() {
        found.push(Html::text("Not known: there is neither a plan nor a simulation."));
    }
    found
}

/// The three questions whose answers are worth most, where answers were valued: first in the order of asking, then alone.
fn asked_by_worth(c: &Context<'_>) -> Vec<Html> {
    let Some(a) = c.d.decision.and_then(|d| d.analysis.as_ref()) else { return Vec::new() };
    let mut order: Vec<AssumptionId> = a.asking.iter().map(|step| step.assumption).collect();
    order.extend(a.knowing.iter().filter(|k| k.worth.value > k.worth.error).map(|k| k.assumption));
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for id in order.into_iter().filter(|id| seen.insert(*id)).take(3) {
        let Some(k) = a.knowing.iter().find(|k| k.assumption == id) else { continue };
        let assumption = &c.ring().assumptions[id];
        let mut html = Html::link(c.question(id), anchor("as", &assumption.address.to_string()));
        let due = assumption.due.map(|d| format!(", due {}", day(d))).unwrap_or_default();
        let who = format!(
            "{}{due}: the answer saves {} on average (standard error {}) and costs {} to get",
            c.partner(assumption.owner),
            c.money(k.worth.value),
            c.money(k.worth.error),
            c.money(k.price)
        );
        html.push_text(" ").push(&Html::text(who).wrap("span", "who"));
        found.push(html);
    }
    found
}

/// The first three questions, with who can tell and what they move.
fn ask(c: &Context<'_>) -> Vec<Html> {
    let mut found: Vec<Html> = asked_by_worth(c);
    let by_worth = !found.is_empty();
    for q in c.d.decision.iter().flat_map(|d| &d.questions).filter(|_| !by_worth).take(3) {
        let a = &c.ring().assumptions[q.assumption];
        let mut html = Html::link(c.question(q.assumption), anchor("as", &a.address.to_string()));
        let due = a.due.map(|d| format!(", due {}", day(d))).unwrap_or_default();
        let who = format!("{}{due}: {}", c.partner(a.owner), effect_words(c, q));
        html.push_text(" ").push(&Html::text(who).wrap("span", "who"));
        found.push(html);
    }
    if found.is_empty() {
        for (id, a) in c.ring().assumptions.enumerate().filter(|(_, a)| a.is_missing).take(3) {
            let mut html = Html::link(c.question(id), anchor("as", &a.address.to_string()));
            let words = format!("{}: missing, its effect was not weighed", c.partner(a.owner));
            html.push_text(" ").push(&Html::text(words).wrap("span", "who"));
            found.push(html);
        }
    }
    if let Some(gate) = next_gate(c).filter(|_| found.len() < 3 && c.d.decision.is_some()) {
        let gate = &c.ring().gates[gate];
        let mut html = Html::text(format!("{}: ", gate.key));
        html.push(&Html::link(&gate.question, "gates"));
        found.push(html);
    }
    if found.is_empty() {
        found.push(Html::text("No question is recorded. Give ranges in assumptions.csv for what is not known."));
    }
    found
}

fn list(title: &str, element: &str, rows: &[Html]) -> Html {
    let mut items = Html::new();
    for row in rows {
        items.push(&row.clone().wrap("li", ""));
    }
    let mut html = Html::text(title).wrap("h2", "");
    html.push(&items.wrap(element, ""));
    html
}
