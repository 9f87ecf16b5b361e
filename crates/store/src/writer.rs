//! The writer: a thread of its own that takes what many clients send and makes one disk write of it.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use crate::append::{Receipt, Request};
use crate::error::{Refused, Result, refuse};
use crate::ledger::{Ledger, now_ms};

/// Most events in one disk write.
const BATCH: usize = 1_024;

/// Requests that wait before clients are made to wait.
const QUEUE: usize = 4_096;

type Job = (Request, Sender<Result<Receipt>>);

/// Sends events to the writer; each client has its own.
#[derive(Clone)]
pub struct Client {
    jobs: SyncSender<Job>,
}

/// The thread that writes.
pub struct Writer {
    client: Option<Client>,
    thread: JoinHandle<Ledger>,
}

impl Client {
    /// Sends an event and waits until it is on the disk, or refused.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn append(&self, request: Request) -> Result<Receipt> {
        let (answer, wait) = channel();
        let gone = || refuse(762, "the writer has ended", "open the ledger again");
        self.jobs.send((request, answer)).map_err(|_| gone())?;
        wait.recv().map_err(|_| gone())?
    }
}

impl Writer {
    /// Starts the thread on a ledger.
    #[must_use]
    pub fn start(ledger: Ledger) -> Self {
        let (jobs, work) = sync_channel(QUEUE);
        let thread = std::thread::spawn(move || write(ledger, &work));
        Self { client: Some(Client { jobs }), thread }
    }

    /// A handle to send with.
    ///
    /// # Panics
    /// Never: the handle is there until [`Writer::finish`].
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone().expect("there until the writer ends")
    }

    /// Waits until every client is gone and everything sent is written; gives the ledger back.
    ///
    /// # Errors
    /// When the thread broke off.
    pub fn finish(mut self) -> Result<Ledger> {
        self.client = None;
        self.thread.join().map_err(|_| refuse(762, "the writer broke off", "open the ledger again"))
    }
}

/// Takes what is there, up to a batch, writes it, answers, and begins again. Nobody waits for a batch to fill: while one
/// is written, the next one gathers.
fn write(mut ledger: Ledger, work: &Receiver<Job>) -> Ledger {
    while let Ok(first) = work.recv() {
        let mut requests = vec![first.0];
        let mut answers = vec![first.1];
        while requests.len() < BATCH
            && let Ok((request, answer)) = work.try_recv()
        {
            requests.push(request);
            answers.push(answer);
        }
        match ledger.append(&requests, now_ms()) {
            Ok(results) => {
                for (answer, result) in answers.iter().zip(results) {
                    // A client that went away is not told; its event stands all the same.
                    let _ = answer.send(result);
                }
            }
            Err(Refused(why)) => answers.iter().for_each(|answer| {
                let _ = answer.send(Err(Refused(why.clone())));
            }),
        }
        if ledger.wants_flush() {
            // A failure poisons the ledger, and the next request is told.
            let _ = ledger.flush();
        }
    }
    ledger
}
