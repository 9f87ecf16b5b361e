//! The forms of the results: which fields each has.

use model::Ring;
use model::ids::Component;
use model::results::answers::{
    BacklogFan, Bottleneck, Counted, Days, Extra, InProcess, NodeStop, OneMore, RateReached, Sums,
};
use model::results::decision::{
    AlternativeWorth, Analysis, Answer, ArticleCause, Asking, BreakEven, Decision, FirstArticle, Future, GateStage,
    GateState, Knowing, LeftBehind, OptionValue, QuestionEffect, Screened, Simulated, SimulatedWorth, SiteReadiness,
    Strategy, Timing, Value as Worth, VarianceShare, Worth as Sampled,
};
use model::results::evidence::{Cause, Evidence, Fan, LostSummary, Replication, StationUse};
use model::results::line_design::{LineDesign, LineOption, Proof, Station};
use model::results::programme::*;
use model::results::resilience::{DeliveryRate, Exposure, LostDelivery, Resilience, SingleSource, StopEffect};
use model::results::{Provenance, Status};
use model::settings::CostKind;
use model::tables::capability::LineType;
use model::tables::outages::Target;
use serde_json::{Value, json};

use super::form::{Form, Unreadable, field, records, tagged, words};

words! {
    Status { Optimal, WorkLimited, TimeLimited }
    Answer { Go, AskFirst, Pilot, Stop }
    GateStage { Open, Decidable, Passed, Waiting, Rework, Stopped }
    LineType { Cell, Complete }
    Trained { Already, Home, Site }
    Cause {
        Outage, Alarm, Power, Breakdown, Absence, Parts, SubAssembly, Learning, Quality, Variability,
    }
    CostKind {
        SiteOpening, SiteFixed, Line, FirstArticle, Hiring, Training, Wages, Parts, Transport, Holding, Backlog, Unmet, Moves,
    }
}

records! {
    Provenance { version, inputs, seed, options }
    LineDesign { item, line_type, options }
    LineOption {
        takt, stations, cycle_time, cycle_time_planned, bound, proof, status, heads, equipment, equipment_cost, floor_m2,
    }
    Station { tasks, copies, load, heads, skill, reasons }
    Programme {
        status, cost, bound, sites, lines, people, make, shipments, orders, stock, deliveries, backlog, draws, costs, notes,
    }
    SiteOpening { site, period, ready }
    LineOpening { capability, option, ordered, count, first_piece, output_from, stands }
    Staffing { site, skill, ready, trained, people, hire_from, train_from }
    Make { capability, period, quantity }
    Shipment { lane, item, period, quantity }
    Order { supply, site, period, quantity }
    Stock { site, item, period, quantity }
    Delivery { customer, item, period, replenishment, pool }
    Backlog { customer, item, period, quantity }
    Draw { exercise, met }
    Cost { kind, period, site, amount }
    Evidence {
        status, seed, runs, replications, counted, fans, lost, stations, backlog, rate, bottlenecks, in_process, stops, worth,
        station_visits, notes,
    }
    Counted { deliveries, lost, rate }
    Sums { n, sum, squares }
    BacklogFan { customer, item, period, mean, half_width, p10, p50, p90 }
    RateReached { share, p10, p50, p90 }
    Bottleneck {
        capability, option, period, station, often, pieces, working, blocked, starved, waiting_parts, waiting_people, down,
        alarm, power, outage, closed,
    }
    InProcess { capability, option, pieces, half_width, started_day, days }
    Days { p10, p50, p90 }
    NodeStop { node, from, survive, survives, days, recover, recovers, lost, half_width }
    OneMore { extra, finished, half_width, late_less, late_half_width }
    Replication {
        index, started, finished, scrapped, in_process, first_articles, delivered, draws_met, lost, rate_reached,
    }
    Fan { customer, item, period, mean, half_width, p10, p50, p90, on_time }
    LostSummary { cause, mean, half_width }
    StationUse {
        capability, option, station, pieces, working, blocked, starved, waiting_parts, waiting_people, down, stopped, minutes,
    }
    Decision { status, answer, reasons, base, gates, readiness, resilience, first_articles, questions, options, analysis }
    Worth { cost, cash, served, rate_period, customers, simulated }
    Simulated { cost, served, customers }
    GateState { gate, accepted, asked, stage, open, blocking, due, decision, is_ready }
    SiteReadiness { site, levels, least }
    FirstArticle { period, capability, item, cause, lines }
    QuestionEffect { assumption, low, high, cost_swing, served_swing, flips }
    OptionValue { name, label, value, bound, exposure, refusal }
    Exposure { stops, kept_worst, kept_mean, survive_least, single_points, single_sources }
    Resilience { from, horizon_days, undisturbed_days, rates, stops, single_sources }
    DeliveryRate { customer, item, pieces_day }
    StopEffect { targets, recover_days, missed_days, survive_days, lost_value, lost, ended }
    LostDelivery { customer, item, pieces }
    Analysis {
        seed, alternatives, left_behind, futures, futures_left, nothing, best, simulated_best, perfect, knowing, asking,
        strategies, flips, screening, shares,
    }
    AlternativeWorth {
        name, label, mean, low, high, tail, regret, regret_max, best_share, whole_share, minimum_shares, served_tail,
        simulated,
    }
    LeftBehind { name, label, costs, behind }
    Sampled { value, error }
    SimulatedWorth { mean, more, served, whole_share, minimum_shares }
    Future { index, costs, served, customers, simulated }
    Knowing { assumption, worth, price, share }
    Asking { assumption, together, price, days }
    Strategy { timing, saves, price, days, delay }
    BreakEven { assumption, at, low, high, below, above }
    Screened { assumption, strength, mean, spread }
    VarianceShare { assumption, first, total }
}

impl Form for Timing {
    fn put(&self) -> Value {
        match self {
            Self::Now => json!("Now"),
            Self::Ask(steps) => tagged("Ask", steps.put()),
            Self::Pilot(units) => tagged("Pilot", json!(units)),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.as_str() == Some("Now") {
            return Ok(Self::Now);
        }
        if value.get("Ask").is_some() {
            return field(value, "Ask", ring).map(Self::Ask);
        }
        let units = value.get("Pilot").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        units.map(Self::Pilot).ok_or_else(|| Unreadable::wanted("a time to decide"))
    }
}

impl Form for ArticleCause {
    fn put(&self) -> Value {
        match self {
            Self::Revision(revision) => tagged("Revision", revision.put()),
            plain => json!(plain.word()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Revision").is_some() {
            return field(value, "Revision", ring).map(Self::Revision);
        }
        let plain = [Self::Site, Self::Tooling, Self::Lapse];
        plain.into_iter().find(|c| value.as_str() == Some(c.word())).ok_or_else(|| Unreadable::wanted("a cause"))
    }
}

impl Form for Proof {
    fn put(&self) -> Value {
        match self {
            Self::Counting => json!("Counting"),
            Self::BinPacking => json!("BinPacking"),
            Self::HeadsTails => json!("HeadsTails"),
            Self::Matching { big, singles, blossoms } => {
                tagged("Matching", json!({ "big": big.put(), "singles": singles.put(), "blossoms": blossoms.put() }))
            }
            Self::Prices { prices, scale } => tagged("Prices", json!({ "prices": prices.put(), "scale": scale.put() })),
            Self::Search { nodes } => tagged("Search", json!({ "nodes": nodes })),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        match value.as_str() {
            Some("Counting") => return Ok(Self::Counting),
            Some("BinPacking") => return Ok(Self::BinPacking),
            Some("HeadsTails") => return Ok(Self::HeadsTails),
            _ => {}
        }
        if let Some(inner) = value.get("Matching") {
            return Ok(Self::Matching {
                big: field(inner, "big", ring)?,
                singles: field(inner, "singles", ring)?,
                blossoms: field(inner, "blossoms", ring)?,
            });
        }
        if let Some(inner) = value.get("Prices") {
            return Ok(Self::Prices { prices: field(inner, "prices", ring)?, scale: field(inner, "scale", ring)? });
        }
        if let Some(inner) = value.get("Search") {
            return Ok(Self::Search { nodes: field(inner, "nodes", ring)? });
        }
        Err(Unreadable::wanted("a proof"))
    }
}

impl Form for Target {
    fn put(&self) -> Value {
        match self {
            Self::Site(site) => tagged("Site", site.put()),
            Self::Supplier(supplier) => tagged("Supplier", supplier.put()),
            Self::Lane(lane) => tagged("Lane", lane.put()),
            Self::Zone(zone) => tagged("Zone", zone.put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Site").is_some() {
            return field(value, "Site", ring).map(Self::Site);
        }
        if value.get("Supplier").is_some() {
            return field(value, "Supplier", ring).map(Self::Supplier);
        }
        if value.get("Lane").is_some() {
            return field(value, "Lane", ring).map(Self::Lane);
        }
        field(value, "Zone", ring).map(Self::Zone).map_err(|_| Unreadable::wanted("a site, supplier, lane or zone"))
    }
}

impl Form for SingleSource {
    fn put(&self) -> Value {
        match self {
            Self::Site(item, site) => tagged("Site", (*item, *site).put()),
            Self::Supplier(what, supplier) => tagged("Supplier", (*what, *supplier).put()),
            Self::Region(what, region) => tagged("Region", (*what, region.clone()).put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Site").is_some() {
            return field(value, "Site", ring).map(|(item, site)| Self::Site(item, site));
        }
        if value.get("Supplier").is_some() {
            return field(value, "Supplier", ring).map(|(what, supplier)| Self::Supplier(what, supplier));
        }
        field(value, "Region", ring)
            .map(|(what, region)| Self::Region(what, region))
            .map_err(|_| Unreadable::wanted("a site, supplier or region"))
    }
}

impl Form for Component {
    fn put(&self) -> Value {
        match self {
            Self::Item(item) => tagged("Item", item.put()),
            Self::Part(part) => tagged("Part", part.put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Item").is_some() {
            return field(value, "Item", ring).map(Self::Item);
        }
        field(value, "Part", ring).map(Self::Part).map_err(|_| Unreadable::wanted("an item or a part"))
    }
}

impl Form for Extra {
    fn put(&self) -> Value {
        match self {
            Self::Place(capability, option, station) => tagged("Place", (*capability, (*option, *station)).put()),
            Self::Person(site, skill) => tagged("Person", (*site, *skill).put()),
            Self::Copy(capability, option, station) => tagged("Copy", (*capability, (*option, *station)).put()),
            Self::Kit(site, component) => tagged("Kit", (*site, *component).put()),
        }
    }

    fn take(value: &Value, ring: &Ring) -> Result<Self, Unreadable> {
        if value.get("Person").is_some() {
            return field(value, "Person", ring).map(|(site, skill)| Self::Person(site, skill));
        }
        if value.get("Kit").is_some() {
            return field(value, "Kit", ring).map(|(site, component)| Self::Kit(site, component));
        }
        let of = |name| field(value, name, ring);
        if value.get("Place").is_some() {
            return of("Place").map(|(capability, (option, station))| Self::Place(capability, option, station));
        }
        of("Copy").map(|(capability, (option, station))| Self::Copy(capability, option, station))
    }
}
