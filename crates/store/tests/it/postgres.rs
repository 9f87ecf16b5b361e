//! The projection into a real PostgreSQL server, started here, row by row against the embedded one.

use crate::common::*;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use store::{Ledger, Reader, derived, export_pg};

/// A server of Debian's package in a folder of its own.
struct Server {
    bin: PathBuf,
    folder: PathBuf,
}

impl Server {
    /// Starts one, or says why not.
    fn start(room: &Path) -> Result<Self, String> {
        let bin = programs().ok_or("PostgreSQL is not installed (Debian: postgresql)")?;
        let folder = room.join("postgres");
        std::fs::create_dir(&folder).map_err(|e| e.to_string())?;
        let server = Self { bin, folder };
        if is_root() {
            // The server refuses root; Debian's package makes a user for it, who must reach the folder.
            run(Command::new("chmod").arg("a+rx").arg(room))?;
            run(Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        let data = server.folder.join("data");
        run(server.program("initdb").args(["-A", "trust", "-U", "postgres", "--no-sync", "-D"]).arg(&data))?;
        let options =
            format!("-c listen_addresses= -c fsync=off -c unix_socket_directories={}", server.folder.display());
        let log = server.folder.join("log");
        run(server.program("pg_ctl").args(["-w", "-o", &options, "-l"]).arg(log).arg("-D").arg(data).arg("start"))?;
        Ok(server)
    }

    fn program(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir("/");
        command
    }

    fn url(&self) -> String {
        format!("host={} user=postgres dbname=postgres", self.folder.display())
    }

    fn rows(&self, sql: &str) -> String {
        let mut command = Command::new(self.bin.join("psql"));
        let output =
            command.args(["-qAtX", "-F", "\t", "-P", "null=\\N", "-d", &self.url(), "-c", sql]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let _ =
            self.program("pg_ctl").args(["-m", "immediate", "-D"]).arg(data).arg("stop").stdout(Stdio::null()).status();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// Where Debian puts the newest server, or the folder that `RINGWORKS_POSTGRES` names.
fn programs() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("RINGWORKS_POSTGRES") {
        return Some(folder.into());
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.filter_map(Result::ok).map(|version| version.path().join("bin")).collect();
    found.sort();
    found.into_iter().rfind(|bin| bin.join("initdb").exists())
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let output = output.map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(format!("{command:?}: {said}")) }
}

#[test]
fn the_tables_in_postgresql_are_the_embedded_ones() {
    let room = Room::new();
    let server = match Server::start(room.path("").as_path()) {
        Ok(server) => server,
        // On a machine without PostgreSQL there is nothing to compare with; a broken start is a failure.
        Err(why) if programs().is_none() => {
            eprintln!("skipped: {why}");
            return;
        }
        Err(why) => panic!("{why}"),
    };
    let mut ledger = room.create("yard", "maker");
    let psql = server.bin.join("psql").display().to_string();
    let lines = [
        "start m1 item=motor by=anna",
        "inspect m1 result=passed by=anna",
        "release m1 by=anna",
        "start s1,s2 item=kite by=anna place=hall-2",
        "install m1 into=s1 lots=cell:L7:4.5;bolt:B1:12 by=anna",
        "inspect s1 result=passed by=anna",
        "release s1 by=anna",
        "ship s1 consignment=C1 to=ministry seal=7 by=anna",
    ];
    // In two parts, so that the second export adds to the first.
    for part in lines.chunks(5) {
        say_all(&mut ledger, part);
        ledger.flush().unwrap();
        let reader = Reader::open(&room.path("yard")).unwrap();
        let exported = export_pg(&reader, &psql, &server.url()).unwrap();
        assert!(exported.records <= part.len() as u64 + 1, "only what is new: {exported:?}");
        compare(&server, &reader, &ledger);
        assert_eq!(export_pg(&reader, &psql, &server.url()).unwrap().records, 0, "nothing twice");
        compare(&server, &reader, &ledger);
    }
    // Logs of others come in, and with them records that lie before those exported, and contradictions.
    let mut depot = room.create("depot", "ministry");
    say_all(&mut depot, &["start s2,d1 item=kite by=ben", "receive s1 consignment=C1 from=maker seal=8 by=ben"]);
    depot.flush().unwrap();
    let sent = store::pack(&room.path("depot"), &ledger.have().unwrap(), false).unwrap();
    assert!(ledger.pull(&sent).unwrap().conflicts > 0);
    let reader = Reader::open(&room.path("yard")).unwrap();
    assert_eq!(export_pg(&reader, &psql, &server.url()).unwrap().records, 3, "only what is new");
    compare(&server, &reader, &ledger);
    assert_eq!(server.rows("select state from ringworks.unit where serial = 's1'"), "disputed\n");
}

/// Row by row, all tables.
fn compare(server: &Server, reader: &Reader, ledger: &Ledger) {
    let tables = derived(reader).unwrap();
    assert!(tables.len() == 5 && !tables["unit"].is_empty());
    for (table, rows) in tables {
        let mut theirs: Vec<String> =
            server.rows(&format!("select * from ringworks.{table}")).lines().map(str::to_owned).collect();
        let mut ours: Vec<String> = rows.lines().map(str::to_owned).collect();
        theirs.sort();
        ours.sort();
        assert_eq!(theirs, ours, "{table}");
    }
    let counts = server.rows("select node, count(*), max(seq) + 1 from ringworks.record group by node order by node");
    let have = ledger.have().unwrap();
    let ours: String = have.iter().map(|(node, n)| format!("{node}\t{n}\t{n}\n")).collect();
    assert_eq!(counts, ours);
    let one = server.rows("select serial from ringworks.record_serial join ringworks.record using (node, seq) where kind = 'install' order by 1");
    assert_eq!(one, "m1\ns1\n");
}
