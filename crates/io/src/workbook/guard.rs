//! Looks through a workbook before it is parsed: how much it unpacks to and how it is built.
//!
//! A workbook is a zip of XML. The parser keeps shared strings, styles and each tag in memory, so a small file
//! can ask for a thousand times its size. Here every part is unpacked once into a small window and counted; what
//! the archive says about its own sizes is not believed.

use crate::limits::{Limits, megabytes};
use std::io::{Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// Parts a workbook may have; one of this program has about sixty.
const PARTS_MAX: usize = 1_000;

/// XML tags for each cell that the ring may hold: two for the cell, two for its value, and the rows.
const TAGS_PER_CELL: usize = 5;

/// Bytes of one XML tag.
const TAG_BYTES_MAX: usize = 64 * 1024;

/// Bytes of the parts that are parsed as a whole and that describe the workbook, not its tables.
const FRAME_BYTES_MAX: u64 = 2_000_000;

/// Why a workbook is not opened, and what to do about it.
pub(crate) type Refusal = (String, &'static str);

const SMALLER: &str = "remove sheets and formatting that the ring does not use, or keep the ring as a folder";
const RESAVE: &str = "open it in a spreadsheet program and save it as `.xlsx` again";

/// Unpacks every part once and refuses what is too large or strange.
pub(crate) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err((
            "it is an old `.xls` file or is locked with a password".to_owned(),
            "save it as `.xlsx` without a password",
        ));
    }
    if !bytes.starts_with(b"PK") {
        return Err(("it is not a workbook".to_owned(), RESAVE));
    }
    // The headers are counted before the archive is opened: the reader allocates for each.
    let headers = bytes.windows(4).filter(|w| w == b"PK\x01\x02").count();
    if headers > PARTS_MAX {
        return Err((format!("it has {headers} parts; at most {PARTS_MAX} are read"), RESAVE));
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|e| (format!("its archive is broken: {e}"), RESAVE))?;
    let (mut left, mut counted) = (limits.unpacked_bytes, Counted::default());
    for part in 0..archive.len() {
        left -= part_bytes(&mut archive, part, left, &mut counted, limits)?;
    }
    Ok(())
}

/// What all parts hold together.
#[derive(Default)]
struct Counted {
    strings: usize,
    tags: usize,
}

/// Bytes that one part unpacks to.
fn part_bytes(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: usize,
    left: u64,
    counted: &mut Counted,
    limits: &Limits,
) -> Result<u64, Refusal> {
    let raw = archive.by_index_raw(part).map_err(|e| (format!("its archive is broken: {e}"), RESAVE))?;
    if raw.encrypted() {
        return Err(("it is locked with a password".to_owned(), "save it without a password"));
    }
    if !matches!(raw.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(("it is packed in a way that workbooks are not".to_owned(), RESAVE));
    }
    drop(raw);
    let file = archive.by_index(part).map_err(|e| (format!("its archive is broken: {e}"), RESAVE))?;
    let name = file.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
    let table = name.contains("worksheets/") || name.ends_with("sharedstrings.xml");
    let parsed = name.ends_with(".xml") || name.ends_with(".rels");
    let cap = if parsed && !table { left.min(FRAME_BYTES_MAX) } else { left };
    let mut scan = TagScan { sheet: name.contains("worksheets/"), ..TagScan::default() };
    let (mut total, mut window) = (0, vec![0; 64 * 1024]);
    let mut file = file.take(cap + 1);
    loop {
        let n = file.read(&mut window).map_err(|e| (format!("a part of it cannot be unpacked: {e}"), RESAVE))?;
        if n == 0 {
            break;
        }
        total += n as u64;
        if parsed {
            scan.feed(&window[..n]);
        }
        if total > cap {
            let most = megabytes(if cap < left { FRAME_BYTES_MAX } else { limits.unpacked_bytes });
            return Err((format!("it unpacks to more than {most}"), SMALLER));
        }
        if counted.tags + scan.tags > limits.cells * TAGS_PER_CELL {
            return Err((format!("it holds more than {} XML tags", limits.cells * TAGS_PER_CELL), SMALLER));
        }
        if scan.strange_reference {
            return Err(("a cell stands beyond the last row or column a sheet can have".to_owned(), RESAVE));
        }
        if scan.longest > TAG_BYTES_MAX {
            return Err(("it holds an XML tag of more than 64 KiB".to_owned(), RESAVE));
        }
    }
    counted.tags += scan.tags;
    counted.strings += scan.strings;
    if counted.strings > limits.cells {
        return Err((format!("it holds more than {} texts", limits.cells), SMALLER));
    }
    Ok(total)
}

/// Counts what the parser would keep, over a stream of bytes.
#[derive(Default)]
struct TagScan {
    /// Bytes of the tag being read, 0 outside.
    inside: usize,
    /// The first bytes of the tag after `<`.
    head: [u8; 3],
    longest: usize,
    /// Whether the part is a sheet.
    sheet: bool,
    tags: usize,
    /// Tags `<si`: texts in the table of shared strings.
    strings: usize,
    /// The attribute being read.
    attribute: Attribute,
    /// Whether a reference such as `A1:B2` is longer than any sheet has cells; the parser multiplies without care.
    strange_reference: bool,
}

/// An attribute of a tag, followed byte by byte.
#[derive(Default)]
struct Attribute {
    /// Last bytes of its name.
    name: [u8; 3],
    /// The quote that its value ends with, 0 outside of a value.
    quote: u8,
    letters: u8,
    digits: u8,
}

impl Attribute {
    /// Takes the next byte of a tag; true when the value of `r` or `ref` can be no reference.
    fn takes(&mut self, byte: u8) -> bool {
        if self.quote == 0 {
            match byte {
                b'"' | b'\'' => (self.quote, self.letters, self.digits) = (byte, 0, 0),
                b'=' => {}
                byte => self.name = [self.name[1], self.name[2], byte],
            }
            return false;
        }
        match byte {
            byte if byte == self.quote => (self.quote, self.name) = (0, [b' '; 3]),
            b':' => (self.letters, self.digits) = (0, 0),
            b'0'..=b'9' => self.digits = self.digits.saturating_add(1),
            _ => self.letters = self.letters.saturating_add(1),
        }
        let reference = self.name == *b"ref" || (self.name[2] == b'r' && self.name[1].is_ascii_whitespace());
        self.quote != 0 && reference && (self.letters > 3 || self.digits > 7)
    }
}

impl TagScan {
    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match (*byte, self.inside) {
                (b'<', _) => {
                    self.inside = 1;
                    self.tags += 1;
                    self.attribute = Attribute::default();
                }
                (b'>', 1..) => {
                    self.strings += usize::from(
                        self.inside >= 3 && self.head[..2] == *b"si" && matches!(self.head[2], 0 | b'/' | b' '),
                    );
                    self.inside = 0;
                    self.head = [0; 3];
                }
                (_, 0) => {}
                (byte, n) => {
                    self.strange_reference |= self.sheet && self.attribute.takes(byte);
                    if n <= 3 {
                        self.head[n - 1] = byte;
                    }
                    self.inside += 1;
                    self.longest = self.longest.max(self.inside);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_shared_strings_over_window_borders() {
        let mut scan = TagScan::default();
        for chunk in ["<sst><s", "i/><si", "><t>a</t></si><size/></ss", "t>"] {
            scan.feed(chunk.as_bytes());
        }
        assert_eq!((scan.strings, scan.longest, scan.tags), (2, 6, 8));
    }

    #[test]
    fn references_of_no_sheet_are_seen() {
        for (tag, strange) in [
            ("<c r=\"XFD1048576\" s='12345678901'/>", false),
            ("<dimension ref=\"A1:XFD1048576\"/>", false),
            ("<c r=\"A12345678\"/>", true),
            ("<c  r='ABCD1'/>", true),
            ("<dimension ref=\"A1:A99999999999\"/>", true),
            ("<x xr=\"{00000000-0001-0000-0000-000000000000}\"/>", false),
        ] {
            let mut scan = TagScan { sheet: true, ..TagScan::default() };
            scan.feed(tag.as_bytes());
            assert_eq!(scan.strange_reference, strange, "{tag}");
        }
    }
}
