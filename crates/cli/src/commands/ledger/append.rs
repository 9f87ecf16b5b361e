//! `ringworks ledger append`: events, one a line.

use std::path::PathBuf;

use custody::hash::Hash;
use custody::line::{Defaults, read};
use custody::name::{ClientId, Word};
use custody::private::Private;
use custody::time::{Millis, Stamp};
use diag::{Code, Diagnostic, Place, Severity};
use ring_io::Sources;
use serde_json::json;
use store::{AHEAD_MAX_MS, Ledger, Receipt, Request, now_ms};

use super::fetch;
use super::told::{self, failure};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::stop;
use crate::talk::{Format, give, give_json, say};

/// Write events, one a line
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A line is an event, its serials, and name=value. All have by=PERSON; may have
at=TIME id=NAME place=NAME private=NAME:VALUE;...
  start S,... item=        inspect S,... result=passed|failed   release S,...
  install S,... into= [lots=PART:LOT:PIECES;...]     remove S,... from=
  hold S,... reason=       lift S,...    pack|unpack S,... consignment=
  ship S,... consignment= to= seal=      accept S,...           serve S,...
  receive S,... consignment= from= seal= [count=] [condition=sound|damaged]
  draw S,... exercise=     return S,...  repair S,...
  write-off|scrap S,... reason=          correct S,... wrong=NODE/N reason=
  settle S,... outcome=with:PARTY|lost
Without id= the same line on the same day is taken as sent twice. Lines that
cannot be are refused with the reason, the others are written: exit code 1.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// A file of event lines; `-` or none reads them from stdin
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Lines in one write.
const BATCH: usize = 512;

/// Writes what can be and shows what cannot.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let (name, text) = match args.file.as_ref().filter(|file| file.as_os_str() != "-") {
        Some(file) => (file.display().to_string(), fetch::text(file)?),
        None => ("stdin".to_owned(), fetch::text_of_stdin()?),
    };
    let mut ledger = Ledger::open(&super::folder(&args.ring)).map_err(failure)?;
    let sources = Sources::of(&name, &text);
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut receipts: Vec<Receipt> = Vec::new();
    let mut batch: Vec<(Place, Request)> = Vec::new();
    let now = Stamp { ms: now_ms(), offset_min: 0 };
    if let Some(fault) = check_rw0714_clock(now.ms, ledger.record_times().map_err(failure)?) {
        if fault.severity == Severity::Error {
            return Err(Box::new(fault).into());
        }
        told::tell(vec![fault], &sources);
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if stop::is_asked() {
            break;
        }
        let written = line.trim();
        let place = Place::Span { file: name.clone(), start, end: start + line.trim_end().len() };
        start += line.len();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        match request(written, &place, &ledger, now) {
            Ok(request) => batch.push((place, request)),
            Err(why) => faults.extend(why),
        }
        if batch.len() == BATCH {
            write(&mut ledger, &mut batch, &mut receipts, &mut faults)?;
        }
    }
    write(&mut ledger, &mut batch, &mut receipts, &mut faults)?;
    // What the ledger refuses is known later than what cannot be read: told in the order of the lines.
    faults.sort_by_key(|fault| match fault.labels.first().map(|label| &label.place) {
        Some(Place::Span { start, .. }) => *start,
        _ => 0,
    });
    let answer = match faults.is_empty() {
        _ if start < text.len() => Answer::Stopped,
        true => Answer::Yes,
        false => Answer::No,
    };
    match cli.format {
        Format::Json => {
            let one = |r: &Receipt| json!({ "record": r.id.to_string(), "leaf": r.leaf.to_string(), "was_there": r.was_there });
            let list: Vec<_> = receipts.iter().map(one).collect();
            give_json(&json!({ "version": 1, "receipts": list, "diagnostics": told::json(faults, &sources) }))?;
        }
        Format::Text => {
            told::tell(faults, &sources);
            let line =
                |r: &Receipt| format!("{}  {}{}\n", r.id, r.leaf.short(), if r.was_there { "  was there" } else { "" });
            give(&receipts.iter().map(line).collect::<String>())?;
            if !cli.quiet {
                say(format!(
                    "{} written",
                    crate::show::count(receipts.iter().filter(|r| !r.was_there).count(), "event")
                ));
                if start < text.len() {
                    say(format!("stopped early; send `{name}` again: what is there already is stored once"));
                }
            }
        }
    }
    Ok(answer)
}

/// RW0714: what is wrong with this machine's clock: the log cannot be older than its first record, and its last record was
/// hardly written in time to come. `written`: when these two were.
fn check_rw0714_clock(now: Millis, (first, last): (Millis, Millis)) -> Option<Diagnostic> {
    let shown = |ms| Stamp { ms, offset_min: 0 }.to_string();
    let place = Place::Result("clock".to_owned());
    if now < first {
        let fact =
            format!("this machine's clock shows {}, before the ledger was opened at {}", shown(now), shown(first));
        return Some(Diagnostic::error(Code(714), fact, "set the clock; nothing was written").at(place, ""));
    }
    if now + AHEAD_MAX_MS < last {
        let fact = format!("this machine's clock shows {}, before the last record at {}", shown(now), shown(last));
        let help = "compare the clock: one of the two is wrong, and records bear the time of this clock for ever";
        return Some(Diagnostic::warning(Code(714), fact, help).at(place, ""));
    }
    None
}

/// A line as a request, with new salts for its private values.
fn request(line: &str, place: &Place, ledger: &Ledger, now: Stamp) -> Result<Request, Vec<Diagnostic>> {
    // The same line on the same day is the same event.
    let day = now.ms / 86_400_000;
    let client = format!("line:{}", Hash::of(&[&day.to_be_bytes(), line.as_bytes()]));
    let client = ClientId::new(&client).expect("hexadecimal digits are a name");
    // A line that does not say when keeps the time of its first sending.
    let now = ledger.time_of(&client).map_err(|refused| refused.0)?.unwrap_or(now);
    let defaults = Defaults { organisation: ledger.identity().organisation.clone(), now, client };
    let written = read(line, place, &defaults)?;
    let private = |(name, value): (Word, String)| Ok(Private { name, salt: store::salt().map_err(|r| r.0)?, value });
    let private: Result<Vec<Private>, Vec<Diagnostic>> = written.private.into_iter().map(private).collect();
    Ok(Request { event: written.event, private: private? })
}

fn write(
    ledger: &mut Ledger,
    batch: &mut Vec<(Place, Request)>,
    receipts: &mut Vec<Receipt>,
    faults: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let (places, requests): (Vec<Place>, Vec<Request>) = std::mem::take(batch).into_iter().unzip();
    for (place, result) in places.into_iter().zip(ledger.append(&requests, now_ms()).map_err(failure)?) {
        match result {
            Ok(receipt) => receipts.push(receipt),
            Err(refused) => {
                let at_line = |d: Diagnostic| Diagnostic { labels: Vec::new(), ..d }.at(place.clone(), "");
                faults.extend(refused.0.into_iter().map(at_line));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_back_is_noticed() {
        let severity = |now| check_rw0714_clock(now, (1_000, 5_000_000)).map(|fault| fault.severity);
        assert_eq!(severity(999), Some(Severity::Error));
        assert_eq!(severity(1_000), Some(Severity::Warning));
        assert_eq!(severity(5_000_000 - AHEAD_MAX_MS), None, "tablets and machines drift");
    }
}
