//! GS1 identifiers: EPC URNs as the Digital Link URIs that the event hash wants, and their check digits.
//!
//! # Source
//! EPC Tag Data Standard 1.13 (URN forms), GS1 Digital Link URI Syntax 1.2 (canonical form), GS1 General Specifications
//! 7.9.1 (check digits), CBV 2.0 section 8.9.

/// The check digit of digits: weights 3 and 1 in turn from the right.
#[must_use]
pub fn check_digit(digits: &str) -> u32 {
    let weighted = digits.bytes().rev().enumerate().map(|(i, b)| u32::from(b - b'0') * if i % 2 == 0 { 3 } else { 1 });
    (10 - weighted.sum::<u32>() % 10) % 10
}

fn with_check(digits: &str) -> Option<String> {
    is_digits(digits).then(|| format!("{digits}{}", check_digit(digits)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A serial as a Digital Link writes it: percent-decoded, then everything encoded but what a path segment of a
/// canonical link may hold.
fn segment(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    let mut segment = String::new();
    for byte in plain {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'\'') {
            segment.push(char::from(byte));
        } else {
            segment.push_str(&format!("%{byte:02X}"));
        }
    }
    segment
}

/// GTIN-14 of a company prefix and an item reference with its indicator digit in front.
fn gtin(company: &str, item: &str) -> Option<String> {
    let (indicator, rest) = item.split_at_checked(1)?;
    with_check(&format!("{indicator}{company}{rest}")).filter(|gtin| gtin.len() == 14)
}

/// The canonical Digital Link of an EPC URN, when it is one of GS1's keys.
fn link_of_urn(urn: &str) -> Option<String> {
    let rest = urn.strip_prefix("urn:epc:")?;
    let (form, rest) = rest.split_once(':')?;
    let (scheme, rest) = rest.split_once(':')?;
    // A serial may hold dots, so the parts before it are cut off one by one; in a pattern the last part is `*`.
    let parts: Vec<&str> = match scheme {
        "sscc" | "giai" | "gsrn" | "gsrnp" | "ginc" | "gsin" | "pgln" => rest.splitn(2, '.').collect(),
        "itip" => rest.splitn(5, '.').collect(),
        _ => rest.splitn(3, '.').collect(),
    };
    let part = |i: usize| parts.get(i).copied();
    let is_class = form == "idpat";
    let company = part(0).filter(|company| is_digits(company))?;
    let second = part(1)?;
    let last = |key: &str, serial: Option<&str>| -> Option<String> {
        Some(match serial {
            _ if is_class => key.to_owned(),
            Some(serial) => format!("{key}{}", segment(serial)),
            None => return None,
        })
    };
    let path = match (form, scheme) {
        ("id" | "idpat", "sgtin") => {
            last(&format!("01/{}{}", gtin(company, second)?, if is_class { "" } else { "/21/" }), part(2))?
        }
        ("class", "lgtin") => format!("01/{}/10/{}", gtin(company, second)?, segment(part(2)?)),
        ("id" | "idpat", "upui") => {
            last(&format!("01/{}{}", gtin(company, second)?, if is_class { "" } else { "/235/" }), part(2))?
        }
        ("id" | "idpat", "itip") => {
            let key = format!("8006/{}{}{}", gtin(company, second)?, part(2)?, part(3)?);
            last(&format!("{key}{}", if is_class { "" } else { "/21/" }), part(4))?
        }
        ("id", "sscc") => {
            let (extension, rest) = second.split_at_checked(1)?;
            format!("00/{}", with_check(&format!("{extension}{company}{rest}"))?)
        }
        ("id", "sgln") => {
            let gln = with_check(&format!("{company}{second}"))?;
            match part(2)? {
                "0" => format!("414/{gln}"),
                extension => format!("414/{gln}/254/{}", segment(extension)),
            }
        }
        ("id", "pgln") => format!("417/{}", with_check(&format!("{company}{second}"))?),
        ("id" | "idpat", "grai") => last(&format!("8003/0{}", with_check(&format!("{company}{second}"))?), part(2))?,
        ("id", "giai") => format!("8004/{company}{}", segment(second)),
        ("id", "gsrn") => format!("8018/{}", with_check(&format!("{company}{second}"))?),
        ("id", "gsrnp") => format!("8017/{}", with_check(&format!("{company}{second}"))?),
        ("id" | "idpat", "gdti") => last(&format!("253/{}", with_check(&format!("{company}{second}"))?), part(2))?,
        ("id" | "idpat", "sgcn") => last(&format!("255/{}", with_check(&format!("{company}{second}"))?), part(2))?,
        ("id" | "idpat", "cpi") => {
            let key = format!("8010/{company}{}{}", segment(second), if is_class { "" } else { "/8011/" });
            last(&key, part(2))?
        }
        ("id", "ginc") => format!("401/{company}{}", segment(second)),
        ("id", "gsin") => format!("402/{}", with_check(&format!("{company}{second}"))?),
        _ => return None,
    };
    Some(format!("https://id.gs1.org/{path}"))
}

/// A primary key of a Digital Link: its code, other names, digits that a check digit ends (0: none), and what follows.
struct PrimaryKey {
    code: &'static str,
    name: &'static str,
    digits: usize,
}

const PRIMARY_KEYS: [PrimaryKey; 14] = [
    PrimaryKey { code: "00", name: "sscc", digits: 18 },
    PrimaryKey { code: "01", name: "gtin", digits: 14 },
    PrimaryKey { code: "253", name: "gdti", digits: 13 },
    PrimaryKey { code: "255", name: "gcn", digits: 13 },
    PrimaryKey { code: "401", name: "ginc", digits: 0 },
    PrimaryKey { code: "402", name: "gsin", digits: 17 },
    PrimaryKey { code: "414", name: "gln", digits: 13 },
    PrimaryKey { code: "417", name: "party", digits: 13 },
    PrimaryKey { code: "8003", name: "grai", digits: 14 },
    PrimaryKey { code: "8004", name: "giai", digits: 0 },
    PrimaryKey { code: "8006", name: "itip", digits: 14 },
    PrimaryKey { code: "8010", name: "cpid", digits: 0 },
    PrimaryKey { code: "8017", name: "gsrnp", digits: 18 },
    PrimaryKey { code: "8018", name: "gsrn", digits: 18 },
];

/// The primary key of a link on any domain, its value with GTINs filled up to 14 digits, and the path after it.
fn primary_key(uri: &str) -> Option<(&'static PrimaryKey, String, String)> {
    let path = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let path = path.split(['?', '#']).next()?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (i, pair) in segments.windows(2).enumerate() {
        let key = PRIMARY_KEYS.iter().find(|key| key.code == pair[0] || key.name == pair[0]);
        let Some(key) = key else { continue };
        let value = match key.code {
            "01" if is_digits(pair[1]) && matches!(pair[1].len(), 8 | 12 | 13 | 14) => format!("{:0>14}", pair[1]),
            "01" => continue,
            _ => pair[1].to_owned(),
        };
        let fits = value.len() >= key.digits && (key.digits == 0 || value.get(..key.digits).is_some_and(is_digits));
        if fits && !value.is_empty() {
            let after: String = segments[i + 2..].iter().map(|segment| format!("/{segment}")).collect();
            return Some((key, value, after));
        }
    }
    None
}

/// An identifier in the form in which events are hashed: URNs and links on any domain become canonical links, anything
/// else stays as it is.
#[must_use]
pub fn canonical(uri: &str) -> String {
    if let Some(link) = link_of_urn(uri) {
        return link;
    }
    match primary_key(uri) {
        Some((key, value, after)) => format!("https://id.gs1.org/{}/{value}{after}", key.code),
        None => uri.to_owned(),
    }
}

/// A wrong check digit: the digits it ends, the digit that stands there and the one that should.
#[must_use]
pub fn wrong_check_digit(uri: &str) -> Option<(String, u32, u32)> {
    let (key, value, _) = primary_key(uri)?;
    let digits = value.get(..key.digits).filter(|digits| !digits.is_empty())?;
    let (body, last) = digits.split_at(key.digits - 1);
    let (is, should) = (last.parse().ok()?, check_digit(body));
    (is != should).then(|| (digits.to_owned(), is, should))
}

/// Why an `urn:epc:` identifier is malformed, or `None`.
#[must_use]
pub fn malformed_urn(uri: &str) -> Option<&'static str> {
    let known =
        ["sgtin", "sscc", "sgln", "grai", "giai", "gsrn", "gsrnp", "gdti", "cpi", "sgcn", "itip", "upui", "pgln"];
    let scheme = uri.strip_prefix("urn:epc:id:").and_then(|rest| rest.split(':').next())?;
    (known.contains(&scheme) && link_of_urn(uri).is_none()).then_some("does not have the parts and digits of its kind")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urns_become_links() {
        for (urn, path) in [
            ("urn:epc:id:sgtin:4012345.011111.98%22", "01/04012345111118/21/98%22"),
            ("urn:epc:id:sgln:4012345.00005.0", "414/4012345000054"),
            ("urn:epc:id:gdti:987659999999..9", "253/98765999999929"),
            ("urn:epc:class:lgtin:4012345.012345.Lot987", "01/04012345123456/10/Lot987"),
            ("urn:epc:idpat:sgtin:4012345.044444.*", "01/04012345444445"),
            (
                "urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB",
                "01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7'SDB",
            ),
            ("https://example.com/gtin/09780345418913/21/765tz?abc=211121", "01/09780345418913/21/765tz"),
        ] {
            assert_eq!(canonical(urn), format!("https://id.gs1.org/{path}"));
        }
        for other in ["https://identifiers.org/inchikey:CZMR", "geo:50.9,6.9", "urn:uuid:1", "http://x.com/po/12345678"]
        {
            assert_eq!(canonical(other), other);
        }
    }

    #[test]
    fn check_digits() {
        assert_eq!(check_digit("629104150021"), 3, "the example of the GS1 General Specifications");
        assert_eq!(wrong_check_digit("https://id.gs1.org/01/04012345111118/21/9"), None);
        let wrong = wrong_check_digit("https://id.gs1.org/01/04012345111117/21/9");
        assert_eq!(wrong, Some(("04012345111117".to_owned(), 7, 8)));
    }
}
