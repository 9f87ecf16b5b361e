//! JSON with the place of every value: numbers stay as written, names that stand twice are told.
//!
//! # Source
//! RFC 8259 (Bray 2017).

use std::collections::BTreeSet;
use std::ops::Range;

/// A value and the bytes it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Json {
    /// First byte and one past the last.
    pub at: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A text, its escapes resolved.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names and values in the order written.
    Object(Vec<Member>),
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Where the name stands.
    pub at: Range<usize>,
    /// The name.
    pub name: String,
    /// The value.
    pub value: Json,
}

/// Why a text is no JSON, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    /// The byte.
    pub at: usize,
    /// Why.
    pub why: String,
}

/// Deepest nesting read; documents nest some ten deep.
const DEPTH_MAX: usize = 64;

/// Names of an object that are simply looked through.
const FEW: usize = 32;

impl Json {
    /// The text, when it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The elements of a list; nothing for anything else.
    #[must_use]
    pub fn list(&self) -> &[Self] {
        if let Value::List(list) = &self.value { list } else { &[] }
    }

    /// The members of an object; nothing for anything else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The value of a name; of a name that stands twice the last, as most readers have it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().rfind(|member| member.name == name).map(|member| &member.value)
    }

    /// What kind of value it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// Reads a document, and the places of names that stand a second time in their object.
///
/// # Errors
/// Where and why it is none.
pub fn parse(text: &str) -> Result<(Json, Vec<Range<usize>>), NotJson> {
    let mut parser = Parser { bytes: text.as_bytes(), text, at: 0, depth: 0, repeated: Vec::new() };
    parser.space();
    let value = parser.value()?;
    parser.space();
    if parser.at < text.len() {
        parser.fail("something follows the end of the document")
    } else {
        Ok((value, parser.repeated))
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    depth: usize,
    repeated: Vec<Range<usize>>,
}

impl Parser<'_> {
    fn fail<T>(&self, why: &str) -> Result<T, NotJson> {
        Err(NotJson { at: self.at.min(self.bytes.len()), why: why.to_owned() })
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Result<Json, NotJson> {
        let from = self.at;
        let value = match self.peek() {
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::list)?,
            b'"' => Value::Text(self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            _ => self.word()?,
        };
        Ok(Json { at: from..self.at, value })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, NotJson>) -> Result<Value, NotJson> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return self.fail("the document nests deeper than 64");
        }
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, NotJson> {
        let mut members: Vec<Member> = Vec::new();
        let mut many: BTreeSet<String> = BTreeSet::new();
        self.space();
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            let from = self.at;
            if self.peek() != b'"' {
                return self.fail("a name in quotation marks is missing");
            }
            let name = self.string()?;
            let at = from..self.at;
            // An object of a few names is looked through, one of many in a set: a hostile one may have a million.
            let stands_twice = if members.len() < FEW {
                members.iter().any(|member| member.name == name)
            } else {
                if many.is_empty() {
                    many.extend(members.iter().map(|member| member.name.clone()));
                }
                !many.insert(name.clone())
            };
            if stands_twice {
                self.repeated.push(at.clone());
            }
            self.space();
            if self.peek() != b':' {
                return self.fail("a colon is missing after the name");
            }
            self.at += 1;
            self.space();
            members.push(Member { at, name, value: self.value()? });
            self.space();
            match self.peek() {
                b',' => self.at += 1,
                b'}' => break,
                _ => return self.fail("a comma or `}` is missing"),
            }
        }
        self.at += 1;
        Ok(Value::Object(members))
    }

    fn list(&mut self) -> Result<Value, NotJson> {
        let mut list = Vec::new();
        self.space();
        if self.peek() == b']' {
            self.at += 1;
            return Ok(Value::List(list));
        }
        loop {
            self.space();
            list.push(self.value()?);
            self.space();
            match self.peek() {
                b',' => self.at += 1,
                b']' => break,
                _ => return self.fail("a comma or `]` is missing"),
            }
        }
        self.at += 1;
        Ok(Value::List(list))
    }

    fn word(&mut self) -> Result<Value, NotJson> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.fail("a value is missing")
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        if !self.peek().is_ascii_digit() {
            return self.fail("a digit is missing");
        }
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value, NotJson> {
        let from = self.at;
        if self.peek() == b'-' {
            self.at += 1;
        }
        if self.peek() == b'0' && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            return self.fail("a number has a leading zero");
        }
        self.digits()?;
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text[from..self.at].to_owned()))
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let from = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            text.push_str(&self.text[from..self.at]);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escape()?),
                _ => return self.fail("a text does not end, or has a control character"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four()?;
                let code = if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
                    self.at += 2;
                    let second = self.four()?;
                    0x10000 + ((first - 0xd800) << 10) + second.wrapping_sub(0xdc00).min(0x3ff)
                } else {
                    first
                };
                match char::from_u32(code) {
                    Some(letter) => letter,
                    None => return self.fail("an escape is half a letter"),
                }
            }
            _ => return self.fail("an escape is not known"),
        })
    }

    fn four(&mut self) -> Result<u32, NotJson> {
        let digits = self.bytes.get(self.at..self.at + 4).and_then(|digits| std::str::from_utf8(digits).ok());
        let code =
            digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())).and_then(|d| u32::from_str_radix(d, 16).ok());
        let Some(code) = code else { return self.fail("an escape lacks digits") };
        self.at += 4;
        Ok(code)
    }
}

/// A text in quotation marks, escaped where it must be.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// The value as JSON again, indented by two spaces; numbers as they were written.
#[must_use]
pub fn show(json: &Json) -> String {
    let mut text = String::new();
    write(json, 0, &mut text);
    text.push('\n');
    text
}

fn write(json: &Json, depth: usize, to: &mut String) {
    let line = |depth: usize, to: &mut String| {
        to.push('\n');
        to.extend(std::iter::repeat_n(' ', 2 * depth));
    };
    match &json.value {
        Value::Null => to.push_str("null"),
        Value::Bool(yes) => to.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => to.push_str(number),
        Value::Text(text) => to.push_str(&quote(text)),
        Value::List(list) if list.is_empty() => to.push_str("[]"),
        Value::List(list) => {
            to.push('[');
            for (i, one) in list.iter().enumerate() {
                to.push_str(if i > 0 { "," } else { "" });
                line(depth + 1, to);
                write(one, depth + 1, to);
            }
            line(depth, to);
            to.push(']');
        }
        Value::Object(members) if members.is_empty() => to.push_str("{}"),
        Value::Object(members) => {
            to.push('{');
            for (i, member) in members.iter().enumerate() {
                to.push_str(if i > 0 { "," } else { "" });
                line(depth + 1, to);
                to.push_str(&quote(&member.name));
                to.push_str(": ");
                write(&member.value, depth + 1, to);
            }
            line(depth, to);
            to.push('}');
        }
    }
}
