//! A page on the disk to a PDF, by an installed Chromium: the only module that runs another program.
//!
//! A page of a print edition that names page numbers (`data-page-of`) is printed until they are true: the browser says
//! where everything came to stand, and filling in a number may move what follows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::diagnostic::{Message, say};
use crate::read;
use crate::write::Scratch;

mod browser;
mod document;

pub use browser::{Wish, find};
use document::Document;

/// How often a page is printed at most, until its page numbers hold.
const MOST_PASSES: usize = 4;

/// A page that is to be printed.
pub struct Job<'j> {
    /// The browser.
    pub browser: &'j Path,
    /// The folder that the site stands in.
    pub scratch: &'j Scratch,
    /// The site's folder within it.
    pub site: &'j str,
    /// The page's file within that.
    pub page: &'j str,
    /// Its HTML.
    pub html: &'j str,
    /// What is said of the document.
    pub facts: Facts<'j>,
}

/// What is said of a document beyond what the page says itself.
pub struct Facts<'j> {
    /// The day that stands for the time at which it was made. Without one it names no time.
    pub date: Option<Date>,
    /// The address of the site for the world.
    pub base: &'j str,
}

/// A document, and how many pages it has.
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: usize,
}

/// Prints a page.
///
/// # Errors
/// What the browser or its document lacks.
pub fn pdf(job: &Job<'_>) -> anyhow::Result<Result<Printed, Message>> {
    let mut numbers = BTreeMap::new();
    for _ in 0..MOST_PASSES {
        let document = match once(job, &numbers)? {
            Ok(document) => document,
            Err(message) => return Ok(Err(message)),
        };
        let found = document.numbers();
        if places(job.html).all(|place| numbers.get(place) == found.get(place)) {
            let folder = job.scratch.path(job.site);
            let pages = document.pages();
            return Ok(Ok(Printed { bytes: document.finished(&file_address(&folder), &job.facts)?, pages }));
        }
        numbers = found;
    }
    Ok(Err(say(
        "エラー: もくじのページ番号が定まりません。テーマの印刷用スタイルシートで、番号の桁によって段組みが変わらないか確かめてください。",
        "error: the page numbers of the contents do not settle; check that the theme's print styles don't reflow by the digits of a number",
    )))
}

/// One pass of the browser, with the page numbers known so far.
fn once(job: &Job<'_>, numbers: &BTreeMap<String, usize>) -> anyhow::Result<Result<Document, Message>> {
    let (page, out) = (format!("{}/{}", job.site, job.page), "print.pdf");
    job.scratch.write(&page, filled(job.html, numbers).as_bytes())?;
    let address = file_address(&job.scratch.path(&page));
    let run = browser::Run { address: &address, profile: &job.scratch.path("profile"), out: &job.scratch.path(out) };
    if let Err(message) = browser::print(job.browser, &run)? {
        return Ok(Err(message));
    }
    let bytes = read::made(&job.scratch.path(out))?;
    Ok(Document::read(&bytes).map_err(|cause| {
        say(
            format!("エラー: ブラウザの作った PDF を読めません（{cause}）。ブラウザを新しくしてください。"),
            format!("error: the browser made a PDF that can't be read ({cause}); update the browser"),
        )
    }))
}

/// Where a page number is wanted, in the HTML of a page.
const WANTED: &str = "data-page-of=\"";

/// The ids whose page numbers a page names.
fn places(html: &str) -> impl Iterator<Item = &str> {
    html.split(WANTED).skip(1).filter_map(|rest| rest.split('"').next())
}

/// The HTML with its page numbers filled in.
fn filled(html: &str, numbers: &BTreeMap<String, usize>) -> String {
    let mut parts = html.split(WANTED);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split('"').next().and_then(|place| numbers.get(place));
        filled.push_str(WANTED);
        match (part.split_once('>'), number) {
            (Some((tag, rest)), Some(number)) => filled.push_str(&format!("{tag}>{number}{rest}")),
            _ => filled.push_str(part),
        }
    }
    filled
}

/// A path as browsers write it: `file:///tmp/a%20b`.
pub fn file_address(path: &Path) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const SPECIAL: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');
    let text = path.to_string_lossy().replace('\\', "/");
    // Windows writes a long path as \\?\C:\….
    let text = text.strip_prefix("//?/").unwrap_or(&text);
    let slash = if text.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(text, SPECIAL))
}

/// Where a document goes when nobody says: the address with hyphens, `issues-01.pdf`.
pub fn file_name(route: &str, made: &str) -> PathBuf {
    let stem = route.trim_end_matches(".html").trim_matches('/').replace('/', "-");
    let stem = if stem.is_empty() { "index" } else { &stem };
    PathBuf::from(if made.is_empty() { format!("{stem}.pdf") } else { format!("{stem}-{made}.pdf") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_filled_in_where_they_are_known() {
        let html = r#"<b data-page-of="a1"></b><b data-page-of="a2"></b>"#;
        let numbers = BTreeMap::from([("a1".to_owned(), 4)]);
        assert_eq!(filled(html, &numbers), r#"<b data-page-of="a1">4</b><b data-page-of="a2"></b>"#);
        assert_eq!(places(html).collect::<Vec<_>>(), ["a1", "a2"]);
    }

    #[test]
    fn documents_are_named_by_their_addresses() {
        assert_eq!(file_name("issues/01/", "a5"), PathBuf::from("issues-01-a5.pdf"));
        assert_eq!(file_name("", ""), PathBuf::from("index.pdf"));
    }

    #[test]
    fn paths_become_addresses() {
        assert_eq!(file_address(Path::new("/tmp/a b/#1")), "file:///tmp/a%20b/%231");
    }
}
