//! Appending: validated, chained, durable, then acknowledged; the same client id twice is stored once.

use custody::encode::{decode, encode};
use custody::event::{Event, RecordId};
use custody::hash::Hash;
use custody::name::ClientId;
use custody::private::Private;
use custody::record::{Body, Record};
use custody::time::{Millis, Stamp};
use diag::{Code, Diagnostic, Place};
use rusqlite::{OptionalExtension, params};

use crate::error::{Refused, Result, refuse};
use crate::ledger::Ledger;
use crate::schema::key;

/// How far a claimed time may lie after the node's own clock, milliseconds: clocks of tablets drift.
pub const AHEAD_MAX_MS: Millis = 15 * 60 * 1000;

/// What a client asks to have written.
#[derive(Debug, Clone)]
pub struct Request {
    /// The event, without commitments.
    pub event: Event,
    /// Values that stay at the nodes of this organisation; the log gets their commitments.
    pub private: Vec<Private>,
}

/// What a client is told once its event is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Where it stands.
    pub id: RecordId,
    /// Leaf hash of the record.
    pub leaf: Hash,
    /// Whether it stood there before this request: sent twice, stored once.
    pub was_there: bool,
}

impl Ledger {
    /// Writes events in one transaction and returns when they are on the disk: a receipt or a refusal for each, in order.
    ///
    /// # Errors
    /// When the disk refuses: then nothing is acknowledged, and the ledger takes nothing more until it is opened again.
    pub fn append(&mut self, requests: &[Request], record_time: Millis) -> Result<Vec<Result<Receipt>>> {
        self.check_may_write()?;
        self.append_all(requests, record_time).inspect_err(|_| {
            // What memory holds may be ahead of the disk now; only reading the log again tells.
            self.poisoned = true;
            let _ = self.connection.execute_batch("rollback");
        })
    }

    fn append_all(&mut self, requests: &[Request], record_time: Millis) -> Result<Vec<Result<Receipt>>> {
        self.connection.execute_batch("begin immediate")?;
        let mut answers = Vec::with_capacity(requests.len());
        let before = self.frontier.size();
        for request in requests {
            answers.push(self.append_one(request, record_time)?);
        }
        if self.frontier.size() > before {
            self.write_head()?;
        }
        self.connection.execute_batch("commit")?;
        Ok(answers)
    }

    fn append_one(&mut self, request: &Request, record_time: Millis) -> Result<Result<Receipt>> {
        let mut event = request.event.clone();
        event.private = request.private.iter().map(Private::commit).collect();
        if let Some(answer) = self.sent_before(&event, &request.private)? {
            return Ok(answer);
        }
        let mut faults: Vec<Diagnostic> = Vec::new();
        check_rw0714_not_ahead(&event, record_time, &mut faults);
        let found = self.world.check(&self.identity.node, &event);
        faults.extend(found.iter().map(|fault| fault.diagnostic(&format!("{} {}", event.act.word(), event.client))));
        if !faults.is_empty() {
            return Ok(Err(Refused(faults)));
        }
        let client = event.client.clone();
        let record = self.next_record(Body::Event { event: Box::new(event) }, record_time);
        let bytes = record.bytes();
        let at = key(self.no, record.seq);
        self.connection.prepare_cached("insert into log values (?, ?)")?.execute(params![at, bytes])?;
        for private in &request.private {
            let mut statement = self.connection.prepare_cached("insert into private values (?, ?, ?, ?)")?;
            statement.execute(params![at, private.name.as_str(), private.salt, private.value])?;
        }
        let slot = self.client_slot(&client)?.0;
        self.pending.clients.insert(slot, at);
        let leaf = self.took(&record, &bytes, true)?;
        Ok(Ok(Receipt { id: record.id(), leaf, was_there: false }))
    }

    /// The time claimed by the event that a client id stands for, where there is one.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn time_of(&self, client: &ClientId) -> Result<Option<Stamp>> {
        let Some(at) = self.client_slot(client)?.1 else { return Ok(None) };
        Ok(self.record_at(at)?.event().map(|event| event.time))
    }

    /// When the first and the last record of this node's own log were written, by the node's clock.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn record_times(&self) -> Result<(Millis, Millis)> {
        let last = self.frontier.size().saturating_sub(1);
        Ok((self.record_at(key(self.no, 0))?.record_time, self.record_at(key(self.no, last))?.record_time))
    }

    /// The receipt of an event that was sent before, or RW0711 when its id was used for another one.
    fn sent_before(&self, event: &Event, private: &[Private]) -> Result<Option<Result<Receipt>>> {
        // Found in this write too: its records stand in the log until it ends.
        let Some(at) = self.client_slot(&event.client)?.1 else { return Ok(None) };
        let record = self.record_at(at)?;
        // Salts are new each time, so private values are compared as they are kept.
        let same = match record.event() {
            Some(old) => {
                Event { private: event.private.clone(), ..old.clone() } == *event && self.are_kept(old, private, at)?
            }
            None => false,
        };
        if same {
            let leaf = Hash::leaf(&record.bytes());
            return Ok(Some(Ok(Receipt { id: record.id(), leaf, was_there: true })));
        }
        let fact = format!("the id `{}` was used for another event, `{}`", event.client, record.id());
        let help = "give each event an id of its own; sending the same event twice with one id is fine";
        let place = Place::Result(format!("{} {}", event.act.word(), event.client));
        Ok(Some(Err(Diagnostic::error(Code(711), fact, help).at(place, "").into())))
    }

    /// Whether exactly these private values are kept with an event.
    fn are_kept(&self, old: &Event, private: &[Private], at: i64) -> Result<bool> {
        let mut same = old.private.len() == private.len();
        let sql = "select value from private where key = ? and name = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        for one in private {
            let kept: Option<String> =
                statement.query_row(params![at, one.name.as_str()], |row| row.get(0)).optional()?;
            same &= kept.as_deref() == Some(&one.value);
        }
        Ok(same)
    }

    /// Where a client id is or would be kept, and the record it stands for. Ids are found by their hash; two with the
    /// same hash sit side by side.
    pub(crate) fn client_slot(&self, client: &ClientId) -> Result<(i64, Option<i64>)> {
        let mut slot = slot_of(client.as_str());
        loop {
            let mut statement = self.connection.prepare_cached("select key from client where hash = ?")?;
            let kept = statement.query_row([slot], |row| row.get(0)).optional()?;
            let Some(at) = self.pending.clients.get(&slot).copied().or(kept) else { return Ok((slot, None)) };
            if self.record_at(at)?.event().is_some_and(|event| event.client == *client) {
                return Ok((slot, Some(at)));
            }
            slot += 1;
        }
    }

    /// The record under a key.
    pub(crate) fn record_at(&self, at: i64) -> Result<Record> {
        let mut statement = self.connection.prepare_cached("select bytes from log where key = ?")?;
        let bytes: Vec<u8> = statement.query_row([at], |row| row.get(0))?;
        let help = "`ringworks ledger verify` tells more";
        decode(&bytes).map_err(|why| refuse(761, format!("a record of the log cannot be read: {}", why.0), help))
    }

    /// Keeps somebody else's EPCIS document, word by word. The same text is stored once.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_document(&mut self, text: &str, mentions: &[String], record_time: Millis) -> Result<Receipt> {
        self.check_may_write()?;
        let client = ClientId::new(&format!("document:{}", Hash::of(&[text.as_bytes()]))).expect("a hash is a name");
        let mut mentions: Vec<String> = mentions.to_vec();
        mentions.push(client.as_str().to_owned());
        mentions.sort();
        mentions.dedup();
        let sql = "select key from mention where name = ?";
        let kept = self.connection.prepare_cached(sql)?.query_row([client.as_str()], |row| row.get(0)).optional()?;
        let pending = || self.pending.mentions.iter().find(|(name, _)| name == client.as_str()).map(|(_, at)| *at);
        if let Some(at) = kept.or_else(pending) {
            let record = self.record_at(at)?;
            let leaf = Hash::leaf(&record.bytes());
            return Ok(Receipt { id: record.id(), leaf, was_there: true });
        }
        let body = Body::Document { text: text.to_owned(), mentions };
        let record = self.commit_one(body, record_time).inspect_err(|_| {
            self.poisoned = true;
        })?;
        let leaf = Hash::leaf(&encode(&record));
        Ok(Receipt { id: record.id(), leaf, was_there: false })
    }
}

/// Where a client id is kept, unless another one with the same hash came first.
pub(crate) fn slot_of(client: &str) -> i64 {
    let hash = Hash::of(&[client.as_bytes()]);
    let (first, _) = hash.0.split_first_chunk::<8>().expect("a hash has 32 bytes");
    i64::from_be_bytes(*first) >> 1
}

fn check_rw0714_not_ahead(event: &Event, record_time: Millis, faults: &mut Vec<Diagnostic>) {
    if event.time.ms > record_time + AHEAD_MAX_MS {
        let fact = format!("the event is said to have happened at {}, which has not come yet", event.time);
        let place = Place::Result(format!("{} {}", event.act.word(), event.client));
        faults.push(
            Diagnostic::error(Code(714), fact, "set the clock, or write the time at which it happened").at(place, ""),
        );
    }
}
