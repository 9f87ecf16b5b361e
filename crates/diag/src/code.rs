//! The codes of all diagnostics, each with its title; `docs/codes` holds a page for each.

use std::fmt;
use std::str::FromStr;

/// The number of a diagnostic, shown as `RW0102`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RW{:04}", self.0)
    }
}

impl FromStr for Code {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits = text.strip_prefix("RW").or_else(|| text.strip_prefix("rw")).unwrap_or(text);
        let known = digits.parse().ok().map(Code).filter(|c| c.entry().is_some());
        known.ok_or_else(|| format!("`{text}` is not a known code; codes look like RW0101"))
    }
}

impl Code {
    /// The registry's entry, or `None` for a number that is not in use.
    #[must_use]
    pub fn entry(self) -> Option<&'static CodeEntry> {
        CODES.iter().find(|entry| entry.code == self)
    }
}

/// A code with the one line that says what it means.
#[derive(Debug, Clone, Copy)]
pub struct CodeEntry {
    /// The code.
    pub code: Code,
    /// What it means, as a short sentence without a full stop.
    pub title: &'static str,
}

macro_rules! codes {
    ($($number:literal $title:literal)*) => {
        /// Every code in use, in order: 00xx reading, 01xx schema, 02xx the ring as a whole,
        /// 03xx an engine's refusal, 04xx a result that does not hold, 05xx the program itself, 07xx the ledger.
        pub const CODES: &[CodeEntry] = &[$(CodeEntry { code: Code($number), title: $title }),*];
    };
}

codes! {
    1 "a file or folder cannot be read"
    2 "a file is larger than the cap"
    3 "a file is not UTF-8 text"
    4 "a TOML file cannot be parsed"
    5 "a CSV record cannot be parsed"
    6 "a header names the same column twice"
    7 "a workbook cannot be read safely"
    8 "a file in the ring folder is not a table of the ring"
    9 "a table has too many rows"
    10 "ring.toml is missing"
    11 "a TOML value has a shape the ring does not use"
    101 "a column is not part of the table"
    102 "a required column is missing"
    103 "a required value is missing"
    104 "a value is not of the wanted kind"
    105 "a value is out of range"
    106 "a name is not defined"
    107 "a key stands twice"
    108 "a setting is not known"
    109 "a required setting is missing"
    110 "a name has characters that ids cannot have"
    111 "a required table is missing or empty"
    112 "there are more faults than are shown"
    201 "task precedence runs in a circle"
    202 "the bill of materials runs in a circle"
    203 "an item and a part share a name"
    204 "a predecessor belongs to an item that does not go into this one"
    205 "a made item has no task"
    206 "task parts do not add up to the bill of materials"
    207 "an assumption's low, mode and high are not in order"
    208 "an assumption's address points nowhere"
    209 "a cell and its assumption disagree"
    210 "a component has no source"
    211 "a made item has no site that may make it"
    212 "a lane starts and ends at the same place"
    213 "a recovery profile is not a staircase that ends at full output"
    214 "a period lies outside the horizon"
    215 "a window ends before it starts"
    216 "a customer cannot be reached"
    217 "shares add up to more than one"
    218 "an outage has neither a window nor a rate, or both"
    219 "revisions of an item overlap or leave a gap"
    220 "a calendar has no shift"
    221 "the product is not a made item"
    222 "a site that may make has no people or no floor"
    223 "a bought item has tasks or a capability"
    224 "a partner pays for a category that another already pays"
    225 "an alternative's address points nowhere"
    226 "a licence is granted without a date"
    227 "a quantity is too large to be planned"
    228 "an exercise's shares do not fit together"
    231 "a decision at a gate is not whole"
    232 "a gate is decided `go` without its evidence"
    233 "readiness of a site that makes nothing"
    234 "a standing line cannot stand"
    235 "the plan as it stood lies past the horizon"
    301 "a task is longer than the cycle time"
    302 "no line meets the request"
    303 "the plan has no feasible programme"
    304 "the simulation cannot run this programme"
    305 "the work limit ended the search"
    306 "a line-balancing instance cannot be read"
    307 "an alternative cannot be evaluated"
    308 "rules of a line exclude each other"
    310 "a file does not describe a line that can be simulated"
    311 "a standing line has a layout that is not in the menu"
    312 "a plan cannot be carried over to a later day"
    401 "a line design does not hold"
    402 "a programme does not hold"
    403 "a programme's cost does not add up"
    404 "a simulation's summary does not follow from its samples"
    405 "a decision does not follow from its tables"
    406 "a result was made from other inputs"
    501 "a result cannot be written"
    502 "a path already exists"
    503 "the work was stopped"
    504 "an option has no meaning here"
    505 "a dossier is of another version"
    701 "an event does not say what it must"
    702 "somebody speaks for another organisation"
    703 "somebody acts on what another holds or owns"
    704 "a serial is started twice"
    705 "a serial was never started"
    706 "an event does not follow from the state"
    707 "something is to leave that is held or not released"
    708 "one side signs both halves of a hand-over"
    709 "a serial is inside another, or is not"
    710 "an event cannot be corrected this way"
    711 "an event id was used for another event"
    712 "a consignment is released or received twice, or by the wrong party"
    713 "a settlement does not fit the dispute"
    714 "a time does not fit the clock of the node"
    715 "logs do not join"
    716 "a node is not known here"
    721 "a record was edited"
    722 "a record was deleted"
    723 "a record was inserted"
    724 "records stand in another order"
    725 "the end of a log is missing"
    726 "a log has two histories"
    727 "a ledger is older than what a partner holds"
    728 "a checkpoint is not signed by its node"
    729 "a projection does not follow from the log"
    730 "records of several nodes contradict each other"
    741 "an EPCIS document is not JSON"
    742 "an EPCIS document lacks its frame"
    743 "a field of an EPCIS event is missing"
    744 "a word is not in the EPCIS vocabulary"
    745 "a field has no namespace"
    746 "a namespace prefix is not declared"
    747 "a time or offset is malformed"
    748 "a value of an EPCIS event is not of the wanted kind"
    749 "a check digit is wrong"
    750 "fields of an EPCIS event do not go together"
    751 "an event's id is not its hash"
    752 "a query has an unknown parameter"
    761 "a ledger cannot be opened"
    762 "the disk refused, and nothing was acknowledged"
    763 "a ledger is there already"
    764 "a bundle proves nothing"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_read_back() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for entry in CODES {
            assert_eq!(entry.code.to_string().parse(), Ok(entry.code));
        }
        assert!("RW9999".parse::<Code>().is_err());
        assert_eq!(" 201".parse(), Ok(Code(201)), "the number alone is enough");
    }
}
