//! Enums whose values are words of the ring.

/// An enum whose values are words of the ring.
pub trait Choice: Copy + 'static {
    /// The words, in the order of the values.
    const WORDS: &'static [&'static str];
    /// The values, in order.
    const VALUES: &'static [Self];
    /// The value's word.
    fn word(self) -> &'static str;
}

/// Declares an enum with a word for each value.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $value),+ }
        impl $crate::read::Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];
            const VALUES: &'static [Self] = &[$(Self::$value),+];
            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::read::Choice::word(*self))
            }
        }
    };
}
pub(crate) use choices;
