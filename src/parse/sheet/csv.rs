//! CSV: how the bytes are encoded, and the cells with their places.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Content, MOST_CELLS, Sheet, SheetCell};
use crate::diagnostic::{Diagnostic, Span, sheet as findings};
use crate::read::Source;

/// How the characters of a CSV file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "utf-8", alias = "utf8", alias = "UTF-8")]
    Utf8,
    /// Shift_JIS as Windows writes it.
    #[serde(rename = "cp932", alias = "shift_jis", alias = "Shift_JIS", alias = "CP932")]
    Cp932,
    /// What Excel calls Unicode text.
    #[serde(rename = "utf-16")]
    Utf16,
}

impl JsonSchema for Encoding {
    fn schema_name() -> Cow<'static, str> {
        "Encoding".into()
    }

    // By hand, for the sake of the other names.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "x-ja": "文字コード。",
            "description": "How the characters are written.",
            "enum": ["utf-8", "utf8", "UTF-8", "cp932", "CP932", "shift_jis", "Shift_JIS", "utf-16"],
        })
    }
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Cp932 => "CP932 (Shift_JIS)",
            Encoding::Utf16 => "UTF-16",
        }
    }
}

/// The text of a CSV file without a byte order mark, and how it was encoded. Unreadable bytes become �.
///
/// What is valid as UTF-8 is UTF-8: Japanese in CP932 never is, by its nature, for more than a few letters.
pub fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    for (mark, encoding) in [([0xff, 0xfe], UTF_16LE), ([0xfe, 0xff], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            return (encoding.decode_without_bom_handling(rest).0, Encoding::Utf16);
        }
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(_) => (SHIFT_JIS.decode_without_bom_handling(bytes).0, Encoding::Cp932),
    }
}

/// Reads the one sheet of a CSV file.
///
/// # Errors
/// Where it is no text, has too many cells, or a quotation mark is never closed.
pub(super) fn sheet(source: &Source) -> Result<Sheet, Diagnostic> {
    let (text, encoding) = decoded(&source.bytes);
    if let Some(line) = mixed(&source.bytes, encoding) {
        let start = text.split_inclusive('\n').take(line).map(str::len).sum();
        return Err(findings::mixed_encodings(Span::new(&source.path, start, start)));
    }
    if let Some(at) = text.find(['\u{fffd}', '\0']) {
        return Err(findings::not_csv_text(Span::new(&source.path, at, at + 1)));
    }
    let mut sheet = cells(&text, &source.path)?;
    sheet.encoding = Some(encoding);
    Ok(sheet)
}

/// The first line that is UTF-8 in a file that is not: two files glued together.
fn mixed(bytes: &[u8], encoding: Encoding) -> Option<usize> {
    if encoding != Encoding::Cp932 {
        return None;
    }
    // A letter of kana or kanji in UTF-8 is three bytes that hardly ever make sense in CP932.
    let is_utf8 = |line: &[u8]| {
        std::str::from_utf8(line).is_ok_and(|text| text.chars().filter(|letter| *letter >= '\u{3000}').count() > 1)
    };
    bytes.split(|byte| *byte == b'\n').position(is_utf8)
}

fn cells(text: &str, path: &Arc<str>) -> Result<Sheet, Diagnostic> {
    let mut sheet = Sheet::default();
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = Reader { text, at: 0, delimiter };
    let (mut row, mut column) = (0, 0);
    while reader.at < text.len() {
        let cell = reader.cell().map_err(|at| findings::unclosed_quotation(Span::new(path, at, at + 1)))?;
        let end = cell.bytes.end;
        let content = Content::Text(cell.text);
        let kept = SheetCell { content, formula: false, marked: false, bytes: Some(cell.bytes) };
        if !sheet.put(row, column, kept) {
            return Err(findings::too_many_cells(Span::new(path, end, end), MOST_CELLS));
        }
        match cell.after {
            After::Row => (row, column) = (row + 1, 0),
            After::Cell => column += 1,
        }
    }
    Ok(sheet)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    delimiter: u8,
}

/// What comes after a cell.
enum After {
    Cell,
    Row,
}

struct Field {
    text: String,
    bytes: Range<usize>,
    after: After,
}

impl Reader<'_> {
    /// The next cell, or where the quotation mark stands that is never closed.
    fn cell(&mut self) -> Result<Field, usize> {
        // Files that were put together keep their byte order marks in the middle.
        while self.text[self.at..].starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
        }
        let start = self.at;
        let mut text = String::new();
        let mut from = start;
        if self.text[start..].starts_with('"') {
            from = self.quoted(start, &mut text)?;
        }
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
        let bytes = self.text.as_bytes();
        let end = bytes[from..].iter().position(is_end).map_or(bytes.len(), |length| from + length);
        text.push_str(&self.text[from..end]);
        text.retain(|letter| letter != '\u{feff}');
        let after = match bytes.get(end) {
            Some(byte) if *byte == self.delimiter => After::Cell,
            _ => After::Row,
        };
        self.at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        Ok(Field { text, bytes: start..end, after })
    }

    /// Reads what stands between quotation marks; gives the place after the closing one.
    fn quoted(&self, open: usize, text: &mut String) -> Result<usize, usize> {
        let mut at = open + 1;
        loop {
            let length = self.text[at..].find('"').ok_or(open)?;
            text.push_str(&self.text[at..at + length]);
            at += length + 1;
            if !self.text[at..].starts_with('"') {
                return Ok(at);
            }
            text.push('"');
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, Diagnostic> {
        let sheet = sheet(&Source::new("content/data/a.csv", bytes))?;
        let Some(extent) = sheet.extent() else { return Ok(Vec::new()) };
        let row = |row| (0..=extent.right).map(|column| sheet.text(row, column)).collect();
        Ok((0..=extent.bottom).map(row).collect())
    }

    #[test]
    fn cells_are_read_whatever_wrote_them() {
        let expected =
            vec![vec!["圏域".to_owned(), "平成20年".to_owned()], vec!["高崎①".to_owned(), "2,694".to_owned()]];
        let text = "圏域,平成20年\r\n高崎①,\"2,694\"\r\n";
        let (cp932, _, _) = SHIFT_JIS.encode(text);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let variants: [Vec<u8>; 6] = [
            text.into(),
            format!("\u{feff}{text}").into(),
            text.replace("\r\n", "\n").replace("高崎", "\u{feff}高崎").into(),
            text.replace("\r\n", "\r").into(),
            text.replace("平成20年", "\"平成20年\"").trim_end().into(),
            cp932.into_owned(),
        ];
        for bytes in variants.iter().chain([&utf16]) {
            assert_eq!(read(bytes).as_ref(), Ok(&expected), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read("圏域\t平成20年\n高崎①\t\"2,694\"".as_bytes()), Ok(expected));
    }

    #[test]
    fn quoted_cells_hold_anything() {
        let rows = read("a,\"b\nc\",\"say \"\"x\"\"\"\n,,\n1\n".as_bytes()).expect("rows");
        assert_eq!(rows, [vec!["a", "b\nc", "say \"x\""], vec!["", "", ""], vec!["1", "", ""]]);
    }

    #[test]
    fn places_are_those_of_the_shown_text() {
        let text = "圏域,値\n八代,\"2,694\"\n";
        let sheet = sheet(&Source::new("a.csv", format!("\u{feff}{text}").as_bytes())).expect("a sheet");
        let span = sheet.span(&"a.csv".into(), 1, 1).expect("a place");
        assert_eq!(&text[span.start..span.end], "\"2,694\"");
    }

    #[test]
    fn what_is_no_text_says_why() {
        let code = |bytes: &[u8]| read(bytes).map_err(|finding| finding.code);
        let (cp932, _, _) = SHIFT_JIS.encode("圏域,値\n");
        let glued: Vec<u8> = cp932.iter().copied().chain("八代,3\n".bytes()).collect();
        assert_eq!(code(&glued), Err("mixed-encodings".into()));
        assert_eq!(code(&[0x82, 0xff, 0xff, 0x0a]), Err("not-csv-text".into()));
        assert_eq!(code(b"a\0b"), Err("not-csv-text".into()));
        assert_eq!(code(b"a,\"b\nc,d\n"), Err("unclosed-quotation".into()));
        assert_eq!(code("1,".repeat(MOST_CELLS + 1).as_bytes()), Err("too-many-cells".into()));
    }
}
