//! `ringworks ledger history`: what happened to a serial, or how many are in which state.

use std::path::PathBuf;

use custody::event::{Act, Condition, Event, Outcome};
use custody::name::{HandOver, Organisation, Serial};
use custody::private::Private;
use custody::record::{Body, Record};
use custody::time::{Stamp, show_offset};
use custody::world::{Hand, Ruling, Side, Unit, Verdict};
use serde_json::{Map, Value, json};
use store::Reader;

use super::told::failure;
use crate::args::Cli;
use crate::columns::Columns;
use crate::exit::{Answer, Failure};
use crate::show::{WIDTH, count};
use crate::talk::{Format, give, give_json};

/// What happened to a serial; without one, how many are in each state
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// The serial
    #[arg(value_name = "SERIAL")]
    serial: Option<String>,
}

/// Shows it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let reader = Reader::open(&super::folder(&args.ring)).map_err(failure)?;
    let Some(text) = &args.serial else { return states(&reader, cli) };
    let serial = Serial::new(text).ok_or_else(|| anyhow::anyhow!("`{text}` is not a serial"))?;
    let records = reader.history(&serial).map_err(failure)?;
    let documents = reader.mentions(text).map_err(failure)?;
    let unit = reader.unit(&serial).map_err(failure)?;
    let conflicts = reader.conflicts().map_err(failure)?;
    match cli.format {
        Format::Json => {
            let mut events: Vec<Value> = Vec::new();
            for record in records.iter().chain(&documents) {
                let mut event = as_json(record);
                event["private"] = private_json(&reader.private(&record.id()).map_err(failure)?);
                events.push(event);
            }
            let now = unit.as_ref().map(|unit| {
                let inside = unit.parent.as_ref().map(Serial::as_str);
                json!({ "state": unit.state.word(), "holder": unit.holder.as_str(), "owner": unit.owner.as_str(), "inside": inside })
            });
            let hands: Vec<Value> = differing(&reader, &records)?.iter().map(hand_json).collect();
            give_json(&json!({
                "version": 1, "serial": text, "now": now, "differing_hand_overs": hands, "events": events,
            }))?;
        }
        Format::Text => {
            let mut table = Columns::new(&["happened", "record", "by", "event"]);
            for record in records.iter().chain(&documents) {
                let (time, what, by) = row(record);
                let conflict = conflicts.iter().find(|conflict| conflict.record == record.id());
                let mark = conflict.map_or("", |conflict| match conflict.ruling {
                    Ruling::Void => " (no effect)",
                    Ruling::Dispute => " (disputed)",
                    Ruling::Stands => "",
                });
                table.row([time, record.id().to_string(), by, format!("{what}{mark}")]);
            }
            let now = unit.as_ref().map_or_else(
                || format!("Nobody has started `{text}`.\n"),
                |unit| {
                    let (state, holder, owner) = (unit.state.word(), &unit.holder, &unit.owner);
                    format!("{text} is {state}, with {holder}, owned by {owner}.\n{}", dispute(unit))
                },
            );
            let accounts: String = differing(&reader, &records)?.iter().map(accounts).collect();
            let events = if records.is_empty() && documents.is_empty() { String::new() } else { table.text(2, WIDTH) };
            let mut text = format!("{now}{accounts}{events}");
            for record in &records {
                let kept = reader.private(&record.id()).map_err(failure)?;
                text.push_str(&private_text(&kept, &format!("private, of {}", record.id())));
            }
            give(&text)?;
        }
    }
    Ok(if records.is_empty() && documents.is_empty() { Answer::No } else { Answer::Yes })
}

fn states(reader: &Reader, cli: &Cli) -> Result<Answer, Failure> {
    let states = reader.states().map_err(failure)?;
    let accepted = reader.accepted().map_err(failure)?;
    let conflicts = reader.conflicts().map_err(failure)?.len();
    let started: u64 = states.iter().map(|(_, n)| n).sum();
    match cli.format {
        Format::Json => {
            let by_state: serde_json::Map<String, Value> =
                states.iter().map(|(state, n)| (state.word().to_owned(), json!(n))).collect();
            let accepted: serde_json::Map<String, Value> =
                accepted.iter().map(|(who, n)| (who.clone(), json!(n))).collect();
            give_json(&json!({
                "version": 1, "started": started, "states": by_state, "accepted": accepted, "conflicts": conflicts,
            }))?;
        }
        Format::Text => {
            let mut table = Columns::new(&["state", "serials"]);
            states.iter().for_each(|(state, n)| table.row([state.word().to_owned(), n.to_string()]));
            table.row(["started".to_owned(), started.to_string()]);
            let mut text = table.text(2, WIDTH);
            for (who, n) in accepted {
                text.push_str(&format!("accepted by {who}, ever: {n}\n"));
            }
            if conflicts > 0 {
                text.push_str(&format!("contradictions between records: {conflicts} (RW0730)\n"));
            }
            give(&text)?;
        }
    }
    Ok(Answer::Yes)
}

/// Time, event and person of a record.
pub(super) fn row(record: &Record) -> (String, String, String) {
    let at = Stamp { ms: record.record_time, offset_min: 0 };
    match &record.body {
        Body::Event { event } => (minute(event.time), what(event), format!("{} for {}", event.by, event.organisation)),
        Body::Document { .. } => (minute(at), "EPCIS document".to_owned(), "-".to_owned()),
        Body::Open { organisation, .. } => (minute(at), "ledger opened".to_owned(), organisation.to_string()),
    }
}

/// A time to the minute, with its offset.
fn minute(time: Stamp) -> String {
    let text = time.to_string();
    format!("{}{}", text[..16].replace('T', " "), show_offset(time.offset_min))
}

/// An event in a few words.
fn what(event: &Event) -> String {
    let word = event.act.word();
    match &event.act {
        Act::Start { item } => format!("{word} {item}"),
        Act::Install { parent, lots } => {
            let lots: Vec<String> = lots.iter().map(|lot| format!("{} of lot {}", lot.part, lot.lot)).collect();
            format!("{word} into {parent}{}{}", if lots.is_empty() { "" } else { ": " }, lots.join(", "))
        }
        Act::Remove { parent } => format!("{word} from {parent}"),
        Act::Inspect { passed } => format!("{word} {}", if *passed { "passed" } else { "failed" }),
        Act::Hold { reason } | Act::WriteOff { reason } | Act::Scrap { reason } => format!("{word}: {reason}"),
        Act::Pack { consignment } | Act::Unpack { consignment } => format!("{word} {consignment}"),
        Act::Ship { consignment, to, seal } => format!("{word} {consignment} to {to}, seal {seal}"),
        Act::Receive { consignment, from, seal, .. } => format!("{word} {consignment} from {from}, seal {seal}"),
        Act::Draw { exercise } => format!("{word} for {exercise}"),
        Act::Correct { wrong, reason } => format!("{word} {wrong}: {reason}"),
        Act::Settle { outcome } => format!("{word}: {}", ended(outcome)),
        _ => word.to_owned(),
    }
}

/// How a dispute ends, in a few words.
fn ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::With { holder } => format!("it is with {holder}"),
        Outcome::Lost {} => "it is lost".to_owned(),
    }
}

/// Who must agree about a disputed serial, and what was said so far; nothing for any other.
fn dispute(unit: &Unit) -> String {
    let Some(dispute) = &unit.dispute else { return String::new() };
    let parties: Vec<&str> = dispute.parties.iter().map(Organisation::as_str).collect();
    let mut text = format!("To end the dispute, {} must say the same (`settle`).\n", parties.join(" and "));
    for ((organisation, by), outcome) in &dispute.words {
        text.push_str(&format!("  {by} for {organisation}: {}\n", ended(outcome)));
    }
    text
}

/// The hand-overs among these records whose two accounts differ.
fn differing(reader: &Reader, records: &[Record]) -> Result<Vec<Hand>, Failure> {
    let mut names: Vec<HandOver> = Vec::new();
    for event in records.iter().filter_map(Record::event) {
        let name = match &event.act {
            Act::Ship { consignment, .. } => HandOver::new(&event.organisation, consignment),
            Act::Receive { consignment, from, .. } => HandOver::new(from, consignment),
            _ => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let hands = names.iter().map(|name| reader.hand(name)).collect::<store::Result<Vec<_>>>().map_err(failure)?;
    let differs = |hand: &Hand| matches!(hand.verdict, Verdict::Counted | Verdict::Differs);
    Ok(hands.into_iter().flatten().filter(differs).collect())
}

/// A hand-over with both accounts.
fn hand_json(hand: &Hand) -> Value {
    let side = |side: &Option<Side>| {
        side.as_ref().map(|side| {
            json!({
                "record": side.record.to_string(), "by": side.by.as_str(), "organisation": side.organisation.as_str(),
                "pieces": side.count, "seal": side.seal.as_str(), "sound": side.condition == Condition::Sound,
            })
        })
    };
    json!({ "verdict": hand.verdict.word(), "released": side(&hand.shipped), "received": side(&hand.received) })
}

/// What both sides of a hand-over say, a line each.
fn accounts(hand: &Hand) -> String {
    let mut text = String::new();
    for (verb, side) in [("released", &hand.shipped), ("received", &hand.received)] {
        let Some(side) = side else { continue };
        let condition = if side.condition == Condition::Sound { "" } else { ", damaged" };
        let pieces = count(usize::try_from(side.count).unwrap_or(usize::MAX), "piece");
        text.push_str(&format!(
            "  {verb} by {} as {}: {pieces}, seal {}{condition}\n",
            side.organisation, side.record, side.seal
        ));
    }
    text
}

/// Private values, a line each.
pub(super) fn private_text(values: &[Private], remark: &str) -> String {
    values.iter().map(|private| format!("  {}: {} ({remark})\n", private.name, private.value)).collect()
}

/// Private values by name.
pub(super) fn private_json(values: &[Private]) -> Value {
    values.iter().map(|private| (private.name.to_string(), json!(private.value))).collect::<Map<_, _>>().into()
}

pub(super) fn as_json(record: &Record) -> Value {
    let (minute, what, by) = row(record);
    let time = record.event().map_or(minute, |event| event.time.to_string());
    json!({ "record": record.id().to_string(), "time": time, "event": what, "by": by })
}
