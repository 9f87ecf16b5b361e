//! The value of a workbook's cell as the text that a CSV file would hold, and back.

use calamine::{DataRef, ExcelDateTime};

/// A cell's text; `Err` holds the text of a formula error such as `#DIV/0!`.
pub(crate) fn cell_text(value: &DataRef<'_>) -> Result<String, String> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => lines(text),
        DataRef::SharedString(text) => lines(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(time) => time_text(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// Line ends as in a CSV file.
fn lines(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// A number with the 15 digits that a spreadsheet shows, so that `=0.1+0.2` is 0.3; never with an exponent.
pub(crate) fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// A day as `2027-01-31`, a time of day as `06:30`, both as `2027-01-31T06:30`.
fn time_text(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
        format!("{hour:02}:{minute:02}")
    } else if (hour, minute) == (0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::number_text;

    #[test]
    fn numbers_as_people_wrote_them() {
        for (number, text) in [(0.1 + 0.2, "0.3"), (10.0, "10"), (-0.0, "0"), (1250.5, "1250.5"), (1e-7, "0.0000001")] {
            assert_eq!(number_text(number), text);
        }
    }
}
