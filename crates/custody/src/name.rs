//! Names: of serials, people, organisations, nodes and whatever else an event speaks of.

use std::fmt;
use std::sync::Arc;

/// Longest name, bytes.
pub const NAME_MAX: usize = 128;

/// Why a text is no name, or `None` when it is one.
///
/// A name is 1 to [`NAME_MAX`] printable ASCII characters without space, quotation mark, comma, equals sign and
/// backslash, so that it stands unquoted in a line, a table and a URI.
#[must_use]
pub fn name_fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.len() > NAME_MAX {
        Some("is longer than 128 bytes")
    } else if text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b',' | b'=' | b'\\')) {
        None
    } else {
        Some("has a character that a name cannot have")
    }
}

/// Something with a name, whatever it names.
pub trait Named: Sized {
    /// The name of this text, when it is one.
    fn named(text: &str) -> Option<Self>;
    /// The text.
    fn text(&self) -> &str;
}

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident,)*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl Named for $name {
            fn named(text: &str) -> Option<Self> {
                name_fault(text).is_none().then(|| Self(text.into()))
            }
            fn text(&self) -> &str {
                &self.0
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
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
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

#[cfg(test)]
mod tests {
    use super::*;

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
