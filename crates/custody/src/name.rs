//! Names: of serials, people, organisations, nodes and whatever else an event speaks of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Longest name, bytes.
pub const NAME_MAX: usize = 128;

/// Why a text is no name, or `None` when it is one.
///
/// A name is 1 to [`NAME_MAX`] printable ASCII characters without space, quotation mark, comma, equals sign and
/// backslash, so that it stands unquoted in a line, a table and a URI.
#[must_use]
pub fn name_fault(text: &str) -> Option<&'static str> {
    fault_of(text.as_bytes())
}

fn fault_of(name: &[u8]) -> Option<&'static str> {
    if name.is_empty() {
        Some("is empty")
    } else if name.len() > NAME_MAX {
        Some("is longer than 128 bytes")
    } else if name.iter().all(|b| IN_NAMES[usize::from(*b)]) {
        None
    } else {
        Some("has a character that a name cannot have")
    }
}

/// Which bytes a name may have.
const IN_NAMES: [bool; 256] = {
    let mut is = [false; 256];
    let mut b = b'!';
    while b <= b'~' {
        is[b as usize] = !matches!(b, b'"' | b',' | b'=' | b'\\');
        b += 1;
    }
    is
};

/// Longest text that is kept in the name itself; a longer one is shared by all copies of the name.
const SHORT: usize = 22;

/// The text of a name. Most names are short: these cost no allocation and are compared where they stand.
#[derive(Clone)]
enum Text {
    /// Length and bytes, zeros after the end.
    Short(u8, [u8; SHORT]),
    /// A longer one.
    Long(Arc<str>),
}

impl Text {
    /// The text of these bytes of ASCII.
    fn new(text: &[u8]) -> Self {
        let mut bytes = [0; SHORT];
        match bytes.get_mut(..text.len()) {
            Some(start) => {
                start.copy_from_slice(text);
                Self::Short(u8::try_from(text.len()).expect("at most 22"), bytes)
            }
            None => Self::Long(std::str::from_utf8(text).expect("a name is ASCII").into()),
        }
    }

    #[inline]
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short(length, bytes) => &bytes[..usize::from(*length)],
            Self::Long(text) => text.as_bytes(),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short(..) => std::str::from_utf8(self.bytes()).expect("a name is ASCII"),
            Self::Long(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Short(n, a), Self::Short(m, b)) => n == m && a == b,
            (Self::Long(a), Self::Long(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the texts, byte by byte.
impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            // No name holds a zero, so the filled up arrays have the order of the texts.
            (Self::Short(_, a), Self::Short(_, b)) => a.cmp(b),
            _ => self.bytes().cmp(other.bytes()),
        }
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.bytes().hash(to);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Something with a name, whatever it names.
pub trait Named: Sized {
    /// The name of this text, when it is one.
    fn named(text: &str) -> Option<Self> {
        Self::of_bytes(text.as_bytes())
    }
    /// The name of these bytes, when they are one.
    fn of_bytes(bytes: &[u8]) -> Option<Self>;
    /// The text.
    fn text(&self) -> &str;
    /// The text's bytes.
    fn text_bytes(&self) -> &[u8];
}

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident,)*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Text);

        impl Named for $name {
            fn of_bytes(bytes: &[u8]) -> Option<Self> {
                fault_of(bytes).is_none().then(|| Self(Text::new(bytes)))
            }
            fn text(&self) -> &str {
                self.0.as_str()
            }
            #[inline]
            fn text_bytes(&self) -> &[u8] {
                self.0.bytes()
            }
        }

        impl $name {
            /// The name of this text, when it is one.
            #[must_use]
            pub fn new(text: &str) -> Option<Self> {
                Self::named(text)
            }
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

names! {
    /// A piece with a name of its own; a URI, or a short name that becomes one when it leaves.
    Serial,
    /// Which item a serial is.
    Item,
    /// Pieces bought or made together.
    Lot,
    /// A bought part.
    Part,
    /// A party of the ring: maker, ministry, customer.
    Organisation,
    /// Somebody who acts, by an anonymous id.
    Person,
    /// A place with a log of its own.
    Node,
    /// Pieces handed over together.
    Consignment,
    /// The name a client gave its event, so that sending it twice stores it once.
    ClientId,
    /// A short word: a seal, a reason, the name of a private field.
    Word,
}

/// A hand-over: the consignment as its giver calls it, for givers name their consignments without asking each other.
///
/// Its text is both names with a space between them, which no name has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandOver(Text);

impl HandOver {
    /// The hand-over of a consignment by who gives it.
    #[must_use]
    pub fn new(giver: &Organisation, consignment: &Consignment) -> Self {
        Self(Text::new(format!("{giver} {consignment}").as_bytes()))
    }
}

impl Named for HandOver {
    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let space = bytes.iter().position(|b| *b == b' ')?;
        let (giver, consignment) = (&bytes[..space], &bytes[space + 1..]);
        Some(Self::new(&Organisation::of_bytes(giver)?, &Consignment::of_bytes(consignment)?))
    }
    fn text(&self) -> &str {
        self.0.as_str()
    }
    fn text_bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_ordered_as_their_texts(a in "[!-~]{1,40}", b in "[!-~]{1,40}") {
            if let (Some(x), Some(y)) = (Serial::new(&a), Serial::new(&b)) {
                prop_assert_eq!(x.cmp(&y), a.cmp(&b));
                prop_assert_eq!(x == y, a == b);
                prop_assert_eq!(x.as_str(), a);
            }
        }
    }

    #[test]
    fn a_beginning_comes_before_what_it_begins() {
        let names = ["a", "ab", "abcdefghijklmnopqrstuv", "abcdefghijklmnopqrstuvw", "b"];
        let sorted = names.map(|text| Serial::new(text).unwrap());
        assert!(sorted.is_sorted_by(|a, b| a < b));
        assert!(std::mem::size_of::<Serial>() <= 24);
    }

    #[test]
    fn a_hand_over_is_read_as_it_is_written() {
        let (giver, consignment) = (Organisation::new("maker").unwrap(), Consignment::new("C/1").unwrap());
        let hand = HandOver::new(&giver, &consignment);
        assert_eq!((hand.text(), HandOver::named(hand.text())), ("maker C/1", Some(hand.clone())));
        for bad in ["maker", "maker ", " C1", "maker C 1"] {
            assert_eq!(HandOver::named(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_stand_unquoted_in_a_line() {
        for good in ["SV5-0001", "urn:epc:id:sgtin:0614141.107346.2017", "https://id.gs1.org/01/09521141012345/21/7"] {
            assert!(Serial::new(good).is_some(), "{good}");
        }
        for bad in ["", "a b", "a,b", "a=b", "é", "a\"b", &"x".repeat(129)] {
            assert!(Serial::new(bad).is_none(), "{bad}");
        }
    }
}
