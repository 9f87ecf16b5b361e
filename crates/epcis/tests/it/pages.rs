//! Pages of `docs/codes` with a document: it is refused as the page says.

use epcis::read;
use ring_io::Sources;
use ring_io::render::{Colour, render_text};
use std::path::Path;

#[test]
fn every_page_with_a_document_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes");
    let mut tried = 0;
    for n in 741..=752 {
        let path = folder.join(format!("RW0{n}.md"));
        let page = std::fs::read_to_string(&path).unwrap();
        let Some((_, rest)) = page.split_once("```json\n") else { continue };
        let (document, after) = rest.split_once("```\n").unwrap();
        let (expected, _) = after.split_once("```text\n").unwrap().1.split_once("```\n").unwrap();
        let sources = Sources::of("document.jsonld", document);
        let faults = read("document.jsonld", document).unwrap_err();
        let located: Vec<_> = faults.into_iter().map(|fault| sources.locate_all(fault)).collect();
        let told = render_text(&located, Colour::Never).trim_end().to_owned() + "\n";
        assert!(told.starts_with(&format!("error[RW0{n}]")), "{told}");
        if std::env::var_os("RINGWORKS_BLESS").is_some() {
            std::fs::write(&path, page.replace(&format!("```text\n{expected}```"), &format!("```text\n{told}```")))
                .unwrap();
        } else {
            assert_eq!(told, expected);
        }
        tried += 1;
    }
    assert_eq!(tried, 11);
}
