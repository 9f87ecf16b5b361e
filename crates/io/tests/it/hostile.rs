//! Files made to exhaust the reader end in a diagnostic, within five seconds and 256 MiB.
//!
//! Each is read in a process of its own, so that the peak memory is its own.

use crate::common::{copy_of, top};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Most seconds one hostile ring may take. Tests run without full optimisation, so this is not generous.
const SECONDS_MAX: f64 = 5.0;

/// Most memory, in KiB.
const PEAK_KIB_MAX: u64 = 256 * 1024;

/// A `demand.csv` with so many rows.
pub(crate) fn demand_rows(rows: usize, customer: &str) -> String {
    let mut text = "customer,item,period,quantity\n".to_owned();
    for row in 1..=rows {
        writeln!(text, "{customer},kite,{row},1").unwrap();
    }
    text
}

/// A zip archive of parts.
pub(crate) fn zip_of(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet of given XML, the way the format asks for it.
fn workbook(sheet_name: &str, sheet: Vec<u8>, strings: Vec<u8>) -> Vec<u8> {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let book_rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    zip_of(&[
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", rels.into()),
        ("xl/workbook.xml", book.into()),
        ("xl/_rels/workbook.xml.rels", book_rels.into()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn sheet(dimension: &str, rows: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>"#
    )
    .into_bytes()
}

fn strings(inner: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{inner}</sst>"#
    )
    .into_bytes()
}

/// Reads a ring in a process of its own and says what it printed; the child sets its own ceiling on memory.
fn check(path: &Path) -> (String, f64, u64) {
    let started = Instant::now();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["hostile::child", "--exact", "--nocapture", "--test-threads=1"])
        .env("RINGWORKS_HOSTILE", path)
        .output()
        .unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {text}", path.display());
    let peak = text.lines().find_map(|line| line.strip_prefix("peak KiB ")?.trim().parse().ok()).unwrap_or(0);
    (text, seconds, peak)
}

/// What runs in the child; on its own it does nothing.
#[test]
fn child() {
    let Some(path) = std::env::var_os("RINGWORKS_HOSTILE") else { return };
    let read = ring_io::read_ring_as(Path::new(&path), "ring", &ring_io::Limits::default());
    let refused = read.expect_err("a hostile ring is refused");
    let first: Vec<_> = refused.faults.iter().take(3).cloned().collect();
    eprintln!("{}", ring_io::render::render_text(&first, ring_io::render::Colour::Never));
    eprintln!("{}", ring_io::render::summary(&refused.faults, refused.more));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    eprintln!("peak KiB {}", peak.unwrap_or("0 kB").trim().trim_end_matches(" kB"));
}

fn assert_refused(name: &str, path: &Path, code: &str) {
    let (text, seconds, peak) = check(path);
    eprintln!("{name}: {seconds:.2} s, {} MiB", peak / 1024);
    assert!(text.contains(&format!("error[{code}]")), "{name}: {text}");
    assert!(seconds < SECONDS_MAX, "{name} took {seconds:.1} s");
    assert!(peak > 0 && peak < PEAK_KIB_MAX, "{name} took {} MiB", peak / 1024);
}

/// A copy of `cases/base` with one file replaced.
fn folder(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let room = copy_of("base");
    std::fs::write(room.path().join(name), bytes).unwrap();
    room
}

#[test]
fn hostile_folders() {
    let million = |line: &str| line.repeat(1_000_000);
    let wide = format!("{}\n", vec!["c"; 5_000_000].join(","));
    let many_settings: String = (0..70_000).map(|n| format!("k{n:06} = 1\n")).collect();
    let distinct = |head: &str, line: fn(usize) -> String| {
        let mut text = head.to_owned();
        (0..20_000).for_each(|n| text.push_str(&line(n)));
        text
    };
    let cases: Vec<(&str, &str, Vec<u8>, &str)> = vec![
        ("a million rows", "demand.csv", demand_rows(500_000, "c").into_bytes(), "RW0009"),
        ("a million short rows", "items.csv", million("a,b\n").into_bytes(), "RW0009"),
        ("five million columns", "items.csv", wide.into_bytes(), "RW0009"),
        (
            "ten million commas in a row",
            "items.csv",
            format!("item,name\nx{}", ",".repeat(9_900_000)).into_bytes(),
            "RW0005",
        ),
        (
            "a quote that swallows the file",
            "items.csv",
            format!("item,name\na,\"{}", "b\n".repeat(4_900_000)).into_bytes(),
            "RW0005",
        ),
        ("ten million blank lines", "items.csv", "\n".repeat(9_900_000).into_bytes(), "RW0005"),
        ("no text at all", "items.csv", vec![0xFF; 9_900_000], "RW0003"),
        ("zeros", "items.csv", vec![0; 9_900_000], "RW0005"),
        (
            "a line of ten megabytes",
            "items.csv",
            format!("item,name\nkite,{}\n", "x".repeat(9_900_000)).into_bytes(),
            "RW0005",
        ),
        ("more than ten megabytes", "items.csv", vec![b'a'; 10_000_001], "RW0002"),
        (
            "20,000 rows that name nothing",
            "demand.csv",
            distinct("customer,item,period,quantity\n", |n| format!("c{n},i{n},{},1\n", n % 9_999 + 1)).into_bytes(),
            "RW0106",
        ),
        (
            "20,000 options, each a ring with a fault",
            "alternatives.csv",
            distinct("name,address,value\n", |n| format!("o{n},ring/ring.periods,{}\n", n % 7 + 1)).into_bytes(),
            "RW0307",
        ),
        (
            "20,000 items without tasks",
            "items.csv",
            distinct("item,name\nkite,Kite\nframe,Frame\n", |n| format!("i{n},I\n")).into_bytes(),
            "RW0009",
        ),
        (
            "20,000 tasks in a circle",
            "tasks.csv",
            distinct("task,item,name,minutes,predecessors,skill\n", |n| {
                format!("t{n},kite,T,1,t{},hand\n", (n + 1) % 20_000)
            })
            .into_bytes(),
            "RW0201",
        ),
        (
            "19,998 items in a chain",
            "bom.csv",
            distinct("parent,component,quantity\nkite,frame,1\n", |n| format!("kite,frame,{n}\n")).into_bytes(),
            "RW0009",
        ),
        (
            "20,000 assumptions about nothing",
            "assumptions.csv",
            distinct("address,low,mode,high,source\n", |n| format!("tasks/t{n}/minutes,1,2,3,x\n")).into_bytes(),
            "RW0208",
        ),
        (
            "20,000 predecessors of one task",
            "tasks.csv",
            format!("task,item,name,minutes,predecessors,skill\nsaw,frame,S,1,{},hand\n", "x;".repeat(15_000))
                .into_bytes(),
            "RW0106",
        ),
        ("70,000 settings", "ring.toml", many_settings.into_bytes(), "RW0009"),
        ("brackets", "ring.toml", "[".repeat(990_000).into_bytes(), "RW0004"),
        ("a deep table", "ring.toml", format!("[{}a]\n", "a.".repeat(490_000)).into_bytes(), "RW0004"),
        ("a deep list", "ring.toml", format!("a = {}", "[".repeat(990_000)).into_bytes(), "RW0004"),
    ];
    for (name, file, bytes, code) in cases {
        let room = folder(file, &bytes);
        assert_refused(name, room.path(), code);
    }
}

#[test]
fn hostile_workbooks() {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("ring.xlsx");
    let plain = strings("");
    let header = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>path</t></is></c><c r="B1" t="inlineStr"><is><t>value</t></is></c></row>"#;
    let cells = |n: usize, cell: &str| sheet("A1:B2", &format!("{header}{}", cell.repeat(n)));
    let long = strings(&format!("<si><t>{}</t></si>", "x".repeat(30_000)));
    let references: String =
        (2..200_000).map(|r| format!(r#"<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>"#)).collect();
    let attributes: String = (0..5_000_000 / 8).map(|n| format!(" a{n:05}=''")).collect();
    let shared = r#"<row r="2"><c r="A2"><f t="shared" si="4000000000" ref="A2:A3">B1</f><v>1</v></c></row>"#;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a gigabyte of zeros", zip_of(&[("xl/worksheets/sheet1.xml", vec![0; 1_000_000_000])]), "RW0007"),
        ("a gigabyte beside the sheets", zip_of(&[("xl/media/picture.png", vec![0; 1_000_000_000])]), "RW0007"),
        (
            "seventeen thousand million cells declared",
            workbook(
                "ring",
                sheet("A1:XFD1048576", r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#),
                plain.clone(),
            ),
            "RW0102",
        ),
        (
            "a corner far away",
            workbook(
                "ring",
                sheet(
                    "A1:B2",
                    &format!(
                        r#"{header}<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>"#
                    ),
                ),
                plain.clone(),
            ),
            "RW0005",
        ),
        (
            "a row beyond the last",
            workbook(
                "ring",
                sheet("A1:B2", &format!(r#"{header}<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>"#)),
                plain.clone(),
            ),
            "RW0007",
        ),
        ("twelve million empty texts", workbook("ring", cells(0, ""), strings(&"<si/>".repeat(12_000_000))), "RW0007"),
        (
            "a million numbers and one",
            workbook("ring", cells(1_000_001, "<row><c><v>1</v></c></row>"), plain.clone()),
            "RW0007",
        ),
        (
            "two million numbers",
            workbook("ring", cells(2_000_000, "<row><c><v>1</v></c></row>"), plain.clone()),
            "RW0007",
        ),
        ("ten million empty cells", workbook("ring", cells(10_000_000, "<c/>"), plain.clone()), "RW0007"),
        (
            "one long text two hundred thousand times",
            workbook("ring", sheet("A1:B2", &format!("{header}{references}")), long),
            "RW0002",
        ),
        (
            "a tag of five megabytes",
            workbook("ring", sheet("A1:B2", &format!("<row{attributes}></row>")), plain.clone()),
            "RW0007",
        ),
        (
            "a formula shared four thousand million times",
            workbook("ring", sheet("A1:B2", &format!("{header}{shared}")), plain.clone()),
            "RW0109",
        ),
        (
            "cells out of order",
            workbook(
                "ring",
                sheet(
                    "A1:B2",
                    &format!(
                        r#"{header}<row r="9"><c r="A9"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>"#
                    ),
                ),
                plain.clone(),
            ),
            "RW0007",
        ),
        ("no settings", workbook("items", cells(0, ""), plain), "RW0010"),
        ("no workbook", b"item,name\n".to_vec(), "RW0007"),
        ("an old workbook", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "RW0007"),
        ("half a workbook", workbook("ring", cells(100, "<c/>"), strings(""))[..700].to_vec(), "RW0007"),
        ("more than ten megabytes", vec![b'P'; 10_000_001], "RW0002"),
        (
            "many parts",
            zip_of(
                &(0..1_500)
                    .map(|_| "x")
                    .enumerate()
                    .map(|(n, _)| (&*format!("p{n}").leak(), Vec::new()))
                    .collect::<Vec<_>>(),
            ),
            "RW0007",
        ),
    ];
    for (name, bytes, code) in cases {
        std::fs::write(&path, bytes).unwrap();
        assert_refused(name, &path, code);
    }
}

/// A ring of which every row is sound until the last: the checks across tables run on all of it.
fn chain(items: usize, quantity: u32) -> tempfile::TempDir {
    let room = copy_of("base");
    let write = |name: &str, head: &str, line: &dyn Fn(usize) -> String| {
        let mut text = format!("{head}\n");
        (0..items).for_each(|n| text.push_str(&line(n)));
        std::fs::write(room.path().join(name), text).unwrap();
    };
    let last = items - 1;
    write("items.csv", "item,name\nkite,Kite", &|n| format!("i{n},I\n"));
    write("bom.csv", "parent,component,quantity\nkite,i0,1", &|n| {
        if n < last { format!("i{n},i{},{quantity}\n", n + 1) } else { format!("i{n},p{n},1\n") }
    });
    write("parts.csv", "part,name", &|n| format!("p{n},P\n"));
    write("supply.csv", "supply,part,supplier,price,lead_days", &|n| format!("s{n},p{n},L{n},1,1\n"));
    write("tasks.csv", "task,item,name,minutes,predecessors,skill\nsew,kite,S,14,t0,hand", &|n| {
        // Waits for its child's task and for the very last one, which goes in only through all the others.
        let before = if n < last { format!("t{};t{last}", n + 1) } else { String::new() };
        format!("t{n},i{n},T,1,{before},hand\n")
    });
    write("task_parts.csv", "task,component,quantity", &|n| {
        if n < last { format!("t{n},i{},{quantity}\n", n + 1) } else { format!("t{n},p{n},1\n") }
    });
    write("capability.csv", "site,item,line_type,licence,licence_from\nsouth,kite,complete,granted,2027-01-04", &|n| {
        format!("south,i{n},complete,granted,2027-01-04\n")
    });
    write("demand.csv", "customer,item,period,quantity\nclub,kite,9,1", &|n| format!("club,i{n},1,1\n"));
    room
}

#[test]
fn hostile_but_sound_to_the_last_row() {
    assert_refused("19,990 items in a chain, all else sound", chain(19_990, 1).path(), "RW0214");
    assert_refused("a chain that multiplies", chain(200, 100_000).path(), "RW0227");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_read() {
    let room = copy_of("base");
    std::fs::remove_file(room.path().join("items.csv")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", room.path().join("items.csv")).unwrap();
    assert_refused("a device", room.path(), "RW0001");
    assert!(top().join("cases/base/items.csv").exists());
}
