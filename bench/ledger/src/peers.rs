//! What the ledger is measured against: rows of the same size into plain SQLite and into PostgreSQL.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{channel, sync_channel};
use std::time::{Duration, Instant};

use crate::append::CLIENTS;

/// Rows that PostgreSQL inserts in turn.
const KINDS: usize = 12;

/// Plain SQLite with one writer and group commit as the ledger has it, but without any meaning: no check, no hash, no
/// projection.
pub(crate) fn sqlite(path: &Path, time: Duration, rows: &[Vec<u8>]) -> f64 {
    let connection = rusqlite::Connection::open(path).expect("a database");
    connection.pragma_update(None, "journal_mode", "wal").expect("wal");
    connection.pragma_update(None, "synchronous", "full").expect("full");
    connection.pragma_update(None, "wal_autocheckpoint", 4_000).expect("checkpoints");
    connection.execute_batch("create table log (key integer primary key, bytes blob not null)").expect("a table");
    let (jobs, work) = sync_channel::<(Vec<u8>, std::sync::mpsc::Sender<()>)>(4_096);
    let writer = std::thread::spawn(move || {
        let mut key = 0_i64;
        while let Ok(first) = work.recv() {
            let mut batch = vec![first];
            while batch.len() < 1_024 {
                let Ok(next) = work.try_recv() else { break };
                batch.push(next);
            }
            connection.execute_batch("begin immediate").expect("begun");
            for (bytes, _) in &batch {
                key += 1;
                connection
                    .prepare_cached("insert into log values (?, ?)")
                    .expect("sql")
                    .execute((key, bytes))
                    .expect("row");
            }
            connection.execute_batch("commit").expect("durable");
            batch.iter().for_each(|(_, answer)| answer.send(()).expect("a client waits"));
        }
    });
    let begin = Instant::now();
    let n: u64 = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let jobs = jobs.clone();
                scope.spawn(move || {
                    let mut n = 0_usize;
                    while begin.elapsed() < time {
                        let (answer, wait) = channel();
                        jobs.send((rows[(client as usize + n * CLIENTS as usize) % rows.len()].clone(), answer))
                            .expect("the writer is there");
                        wait.recv().expect("an answer");
                        n += 1;
                    }
                    n as u64
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("a client")).sum()
    });
    let seconds = begin.elapsed().as_secs_f64();
    drop(jobs);
    writer.join().expect("the writer ends");
    n as f64 / seconds
}

/// A PostgreSQL server of this machine, started for the run, stopped after it.
pub(crate) struct Postgres {
    bin: PathBuf,
    folder: PathBuf,
}

impl Postgres {
    /// Starts one, when Debian's package is installed.
    pub(crate) fn start(room: &Path) -> Option<Self> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let bin =
            versions.filter_map(Result::ok).map(|v| v.path().join("bin")).find(|bin| bin.join("initdb").exists())?;
        let folder = room.canonicalize().ok()?.join("postgres");
        std::fs::create_dir(&folder).ok()?;
        let server = Self { bin, folder };
        // The server refuses root; Debian's package makes a user for it.
        for parent in [room, &server.folder] {
            Command::new("chmod").args(["a+rx"]).arg(parent).status().ok()?;
        }
        Command::new("chown").arg("postgres").arg(&server.folder).status().ok()?;
        let data = server.folder.join("data");
        let made = server.user("initdb").args(["-A", "trust", "-D"]).arg(&data).stdout(Stdio::null()).status().ok()?;
        let options = format!("-c listen_addresses= -c unix_socket_directories={}", server.folder.display());
        let log = server.folder.join("log");
        let started = server
            .user("pg_ctl")
            .args(["-w", "-o", &options, "-l"])
            .arg(log)
            .arg("-D")
            .arg(&data)
            .arg("start")
            .stdout(Stdio::null())
            .status()
            .ok()?;
        (made.success() && started.success()).then_some(())?;
        server.sql("create table log (key bigserial primary key, bytes bytea not null)");
        Some(server)
    }

    fn user(&self, program: &str) -> Command {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(self.bin.join(program)).current_dir("/");
        command
    }

    fn sql(&self, sql: &str) {
        let done = self.user("psql").arg("-qh").arg(&self.folder).args(["-c", sql, "postgres"]).status().expect("psql");
        assert!(done.success(), "{sql}");
    }

    /// Inserts a second by 64 clients, each row a transaction; the server commits them in groups of its own.
    pub(crate) fn insert(&self, seconds: u64, rows: &[Vec<u8>]) -> f64 {
        let mut command = self.user("pgbench");
        command.arg("-h").arg(&self.folder);
        let clients = CLIENTS.to_string();
        command.args(["-n", "-M", "prepared", "-c", &clients, "-j", "2", "-T"]).arg(seconds.to_string());
        for (kind, row) in rows.iter().rev().step_by(rows.len().div_ceil(KINDS)).enumerate() {
            let script = self.folder.join(format!("insert{kind}.sql"));
            let row = custody::hash::hex(row);
            std::fs::write(&script, format!("insert into log (bytes) values ('\\x{row}');\n")).expect("a script");
            command.arg("-f").arg(&script);
        }
        let output = command.arg("postgres").output().expect("pgbench");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split(' ').next());
        rate.and_then(|rate| rate.parse().ok()).unwrap_or_else(|| panic!("{said}"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let _ =
            self.user("pg_ctl").args(["-m", "immediate", "-D"]).arg(data).arg("stop").stdout(Stdio::null()).status();
    }
}
