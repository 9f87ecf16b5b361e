//! `ringworks explain`: the page of a code.

use diag::{CODES, Code};
use serde_json::json;

use crate::args::Cli;
use crate::embedded::PAGES;
use crate::exit::{Answer, Failure};
use crate::show::wrap;
use crate::talk::{Format, bold, give, give_json};

/// What a code such as RW0102 means, with an example
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The code; without one, all codes are listed
    code: Option<String>,
}

/// Gives the page, or the list of codes.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let Some(text) = &args.code else { return list(cli) };
    let code: Code = text.parse().map_err(anyhow::Error::msg)?;
    let title = code.entry().map_or("", |entry| entry.title);
    let page = page(code).ok_or_else(|| anyhow::anyhow!("{code} ({title}) has no page; that is a defect"))?;
    match cli.format {
        Format::Json => give_json(&json!({
            "version": 1, "code": code.to_string(), "title": title, "page": page
        }))?,
        Format::Text => give(&set(page))?,
    }
    Ok(Answer::Yes)
}

/// The page of a code, as it stands in `docs/codes`.
pub(crate) fn page(code: Code) -> Option<&'static str> {
    let name = code.to_string();
    PAGES.iter().find(|(stem, _)| *stem == name).map(|(_, text)| *text)
}

/// All codes with their titles.
fn list(cli: &Cli) -> Result<Answer, Failure> {
    match cli.format {
        Format::Json => {
            let entry = |e: &diag::CodeEntry| json!({ "code": e.code.to_string(), "title": e.title });
            let codes: Vec<_> = CODES.iter().map(entry).collect();
            give_json(&json!({ "version": 1, "codes": codes }))?;
        }
        Format::Text => {
            let lines = CODES.iter().map(|e| format!("{}  {}\n", e.code, e.title));
            give(&lines.collect::<String>())?;
        }
    }
    Ok(Answer::Yes)
}

/// A page of Markdown set for a terminal: headings bold, paragraphs in 80 columns, examples indented, the fences gone.
fn set(page: &str) -> String {
    let mut text = String::new();
    let mut fenced = false;
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            text.push_str(&format!("    {line}"));
            text.push('\n');
        } else if let Some(heading) = line.strip_prefix('#') {
            text.push_str(&bold(heading.trim_start_matches('#').trim()));
            text.push('\n');
        } else if line.is_empty() {
            text.push('\n');
        } else {
            text.push_str(&wrap(line, 0));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_become_indents_and_headings_bold() {
        let page = "# RW0001\n\nText.\n\n```csv\na,b\n```\n";
        assert_eq!(set(page), "\u{1b}[1mRW0001\u{1b}[0m\n\nText.\n\n    a,b\n");
    }

    #[test]
    fn every_code_has_its_page() {
        let without: Vec<String> =
            CODES.iter().filter(|e| page(e.code).is_none()).map(|e| e.code.to_string()).collect();
        assert!(without.is_empty(), "codes without a page in docs/codes: {}", without.join(", "));
    }
}
