//! Canonical bytes: one value has one encoding, and nothing else decodes to it.
//!
//! Numbers are LEB128 without spare bytes, signed ones zigzag; texts and lists carry their length; a choice is one byte
//! and its fields in order. [`decode`] refuses whatever it would not have written, so equal bytes mean equal values and
//! the hash of a record is the hash of what it says.

use crate::name::Named;

/// Why bytes are no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Malformed(pub &'static str);

/// What has canonical bytes.
pub trait Canonical: Sized {
    /// Appends the bytes.
    fn put(&self, to: &mut Vec<u8>);
    /// Takes the value off the front.
    ///
    /// # Errors
    /// When the bytes are not what `put` writes.
    fn take(from: &mut &[u8]) -> Result<Self, Malformed>;
}

/// A value's bytes.
#[must_use]
pub fn encode<T: Canonical>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(192);
    value.put(&mut bytes);
    bytes
}

/// The value of exactly these bytes.
///
/// # Errors
/// When they are not what [`encode`] writes.
pub fn decode<T: Canonical>(mut bytes: &[u8]) -> Result<T, Malformed> {
    let value = T::take(&mut bytes)?;
    if bytes.is_empty() { Ok(value) } else { Err(Malformed("bytes follow the end")) }
}

pub(crate) fn byte(from: &mut &[u8]) -> Result<u8, Malformed> {
    let (first, rest) = from.split_first().ok_or(Malformed("the bytes end early"))?;
    *from = rest;
    Ok(*first)
}

impl Canonical for u64 {
    fn put(&self, to: &mut Vec<u8>) {
        if *self <= 0x7f {
            to.push(self.to_le_bytes()[0]);
            return;
        }
        let mut rest = *self;
        while rest > 0x7f {
            to.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        to.push(rest.to_le_bytes()[0]);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        if let Some((first @ ..=0x7f, rest)) = from.split_first() {
            *from = rest;
            return Ok(u64::from(*first));
        }
        let mut value = 0_u64;
        for shift in (0..70).step_by(7) {
            let next = byte(from)?;
            let part = u64::from(next & 0x7f);
            if shift == 63 && part > 1 {
                return Err(Malformed("a number is too large"));
            }
            value |= part << shift;
            if next & 0x80 == 0 {
                return if next == 0 && shift > 0 { Err(Malformed("a number has a spare byte")) } else { Ok(value) };
            }
        }
        Err(Malformed("a number is too large"))
    }
}

impl Canonical for i64 {
    fn put(&self, to: &mut Vec<u8>) {
        (((*self << 1) ^ (*self >> 63)).cast_unsigned()).put(to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        let zigzag = u64::take(from)?;
        Ok((zigzag >> 1).cast_signed() ^ -((zigzag & 1).cast_signed()))
    }
}

impl Canonical for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        match byte(from)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed("a yes or no is neither")),
        }
    }
}

fn length(from: &mut &[u8]) -> Result<usize, Malformed> {
    let n = usize::try_from(u64::take(from)?).map_err(|_| Malformed("a length is too large"))?;
    if n > from.len() { Err(Malformed("a length goes beyond the end")) } else { Ok(n) }
}

impl Canonical for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(self.as_bytes(), to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        take_text(from).map(str::to_owned)
    }
}

fn put_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    (bytes.len() as u64).put(to);
    to.extend_from_slice(bytes);
}

fn take_bytes<'a>(from: &mut &'a [u8]) -> Result<&'a [u8], Malformed> {
    let n = length(from)?;
    let (bytes, rest) = from.split_at(n);
    *from = rest;
    Ok(bytes)
}

pub(crate) fn take_text<'a>(from: &mut &'a [u8]) -> Result<&'a str, Malformed> {
    std::str::from_utf8(take_bytes(from)?).map_err(|_| Malformed("a text is not UTF-8"))
}

impl<const N: usize> Canonical for [u8; N] {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(self);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        let (first, rest) = from.split_first_chunk().ok_or(Malformed("the bytes end early"))?;
        *from = rest;
        Ok(*first)
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u64).put(to);
        self.iter().for_each(|one| one.put(to));
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        // Every element has a byte at least, so the length is bounded by what is there.
        (0..length(from)?).map(|_| T::take(from)).collect()
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        self.iter().for_each(|one| one.put(to));
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        bool::take(from)?.then(|| T::take(from)).transpose()
    }
}

impl<A: Canonical, B: Canonical> Canonical for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        Ok((A::take(from)?, B::take(from)?))
    }
}

impl<T: Canonical + Ord> Canonical for std::collections::BTreeSet<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u64).put(to);
        self.iter().for_each(|one| one.put(to));
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        let list = Vec::take(from)?;
        if !list.is_sorted_by(|a, b| a < b) {
            return Err(Malformed("a set is not in order"));
        }
        Ok(list.into_iter().collect())
    }
}

impl<K: Canonical + Ord, V: Canonical> Canonical for std::collections::BTreeMap<K, V> {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u64).put(to);
        for (key, value) in self {
            key.put(to);
            value.put(to);
        }
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        let list: Vec<(K, V)> = Vec::take(from)?;
        if !list.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(Malformed("a map is not in order"));
        }
        Ok(list.into_iter().collect())
    }
}

/// Bytes as they are, such as those of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl Canonical for Bytes {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(&self.0, to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        Ok(Self(take_bytes(from)?.to_vec()))
    }
}

/// Bytes of names.
macro_rules! canonical_names {
    ($($name:ty),*) => {$(
        impl Canonical for $name {
            fn put(&self, to: &mut Vec<u8>) {
                put_bytes(self.text_bytes(), to);
            }
            fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
                Self::of_bytes(take_bytes(from)?).ok_or(Malformed("a name has a character that names cannot have"))
            }
        }
    )*};
}

canonical_names!(
    crate::name::Serial,
    crate::name::Item,
    crate::name::Lot,
    crate::name::Part,
    crate::name::Organisation,
    crate::name::Person,
    crate::name::Node,
    crate::name::Consignment,
    crate::name::HandOver,
    crate::name::ClientId,
    crate::name::Word
);

/// Bytes of a struct: its fields in the order written here.
macro_rules! canonical_struct {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::encode::Canonical for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $($crate::encode::Canonical::put(&self.$field, to);)*
            }
            fn take(from: &mut &[u8]) -> Result<Self, $crate::encode::Malformed> {
                $(let $field = $crate::encode::Canonical::take(from)?;)*
                Ok(Self { $($field),* })
            }
        }
    };
}

/// Bytes of a choice: its number, then the fields in the order written here. Numbers are never used again.
macro_rules! canonical_choice {
    ($name:ident { $($number:literal $variant:ident { $($field:ident),* }),* $(,)? }) => {
        impl $crate::encode::Canonical for $name {
            fn put(&self, to: &mut Vec<u8>) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        to.push($number);
                        $($crate::encode::Canonical::put($field, to);)*
                    })*
                }
            }
            fn take(from: &mut &[u8]) -> Result<Self, $crate::encode::Malformed> {
                match $crate::encode::byte(from)? {
                    $($number => {
                        $(let $field = $crate::encode::Canonical::take(from)?;)*
                        Ok(Self::$variant { $($field),* })
                    })*
                    _ => Err($crate::encode::Malformed("a choice has a number that is not in use")),
                }
            }
        }
    };
}

pub(crate) use {canonical_choice, canonical_struct};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_texts_read_back(n: u64, i: i64, text: String, list: Vec<(i64, bool)>) {
            prop_assert_eq!(decode::<u64>(&encode(&n)), Ok(n));
            prop_assert_eq!(decode::<i64>(&encode(&i)), Ok(i));
            prop_assert_eq!(decode::<String>(&encode(&text)), Ok(text));
            prop_assert_eq!(decode::<Vec<(i64, bool)>>(&encode(&list)), Ok(list));
        }

        #[test]
        fn what_decodes_encodes_to_the_same_bytes(bytes: Vec<u8>) {
            if let Ok(value) = decode::<Vec<(i64, Option<String>)>>(&bytes) {
                prop_assert_eq!(encode(&value), bytes);
            }
        }
    }

    #[test]
    fn spare_bytes_are_refused() {
        assert!(decode::<u64>(&[0x80, 0x00]).is_err());
        assert!(decode::<u64>(&[0xff; 10]).is_err());
        assert!(decode::<bool>(&[2]).is_err());
        assert!(decode::<u64>(&[1, 1]).is_err());
    }
}
