//! From bytes to text: UTF-8 with or without a byte order mark, and a clear word about anything else.

/// What is wrong with the bytes of a text file.
#[derive(Debug)]
pub(crate) struct NotUtf8 {
    /// The text up to the end of the broken line, broken bytes replaced.
    pub(crate) shown: String,
    /// Where in `shown` the first broken byte stands.
    pub(crate) at: usize,
    /// Line of the broken byte, from 1.
    line: usize,
    /// The byte itself.
    byte: u8,
    /// Whether the file is UTF-16.
    wide: bool,
}

/// The text of a file without its byte order mark.
pub(crate) fn decode(mut bytes: Vec<u8>) -> Result<String, NotUtf8> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let rest = &bytes[at..];
        let end = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len()).min(2_000);
        NotUtf8 {
            shown: String::from_utf8_lossy(&bytes[..at + end]).into_owned(),
            at,
            line: bytes[..at].iter().filter(|b| **b == b'\n').count() + 1,
            byte: bytes[at],
            wide,
        }
    })
}

impl NotUtf8 {
    pub(crate) fn fact(&self, name: &str) -> String {
        if self.wide {
            format!("`{name}` is UTF-16, not UTF-8")
        } else {
            format!("`{name}` is not UTF-8: line {} holds the byte 0x{:02X}", self.line, self.byte)
        }
    }

    pub(crate) fn help(&self) -> String {
        match latin(self.byte) {
            Some(letter) if !self.wide => {
                format!("save the file as UTF-8; in the older encoding Windows-1252 this byte is `{letter}`")
            }
            _ => "save the file as UTF-8 (in a spreadsheet: `CSV UTF-8`)".to_owned(),
        }
    }

    /// What to write below the byte; `None` when the text around it makes no sense.
    pub(crate) fn label(&self) -> Option<String> {
        (!self.wide).then(|| format!("byte 0x{:02X}", self.byte))
    }
}

/// The letter a byte stands for in Windows-1252, where that is the same as in Latin-1.
fn latin(byte: u8) -> Option<char> {
    (byte >= 0xA0).then_some(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_the_mark_and_names_the_byte() {
        assert_eq!(decode(b"\xEF\xBB\xBFa".to_vec()).unwrap(), "a");
        let broken = decode(b"a,b\nr\xE9gion,2\nmore".to_vec()).unwrap_err();
        assert_eq!((broken.line, broken.byte, broken.at), (2, 0xE9, 5));
        assert_eq!(broken.shown, "a,b\nr\u{FFFD}gion,2");
        assert!(broken.help().contains('é'));
        assert!(decode(b"\xFF\xFEa\0".to_vec()).unwrap_err().fact("x").contains("UTF-16"));
    }
}
