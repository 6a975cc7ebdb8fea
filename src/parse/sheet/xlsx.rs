//! XLSX workbooks: their sheets, with what spreadsheets show and not only what they store.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use jiff::civil::Date;
use rust_decimal::Decimal;
use zip::ZipArchive;

use super::{Content, MOST_CELLS, Region, Sheet, SheetCell, unseen};
use crate::diagnostic::{Diagnostic, Span, sheet as findings};
use crate::read::Source;

/// The most bytes that the parts of a workbook may unpack to.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// The most merged regions of a sheet that are looked at.
const MOST_MERGED: usize = 10_000;

/// The most digits that a spreadsheet keeps of a number: further ones are an accident of binary.
const DIGITS: usize = 15;

type Bytes<'b> = Cursor<&'b [u8]>;

/// A cell by its row and column, and how it shows its number.
type Format = ((u32, u32), Shown);

/// Reads the sheets of a workbook.
///
/// # Errors
/// Where the file is no workbook, or holds more than any office's table.
pub(super) fn sheets(source: &Source) -> Result<Vec<Sheet>, Diagnostic> {
    let whole = Span::file(&source.path);
    // An old `.xls` and an encrypted workbook begin with the same bytes.
    if source.bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(findings::locked_workbook(whole));
    }
    let unpacked = unpacked_size(&source.bytes).map_err(|cause| findings::not_a_workbook(whole.clone(), &cause))?;
    if unpacked > MOST_UNPACKED {
        return Err(findings::workbook_unpacks_too_large(whole, MOST_UNPACKED));
    }
    let mut workbook: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(&source.bytes[..]))
        .map_err(|error| findings::not_a_workbook(whole.clone(), &error.to_string()))?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut unseen = unseen::of_sheets(&source.bytes);
    let mut cells = 0;
    let listed: Vec<_> = workbook.sheets_metadata().to_vec();
    for listed in listed.into_iter().filter(|listed| listed.typ == SheetType::WorkSheet) {
        let hidden = listed.visible != SheetVisible::Visible;
        let unseen = unseen.remove(&listed.name).unwrap_or_default();
        let mut sheet = Sheet { name: listed.name, hidden, unseen, ..Sheet::default() };
        // Of two sheets of one name only the first can be opened; whoever asks for that name is told.
        if sheets.iter().all(|earlier| earlier.name != sheet.name)
            && let Err(error) = fill(&mut workbook, &mut sheet)
        {
            sheet.fault = Some(error.to_string());
        }
        cells += sheet.len();
        if cells > MOST_CELLS {
            return Err(findings::too_many_cells(whole, MOST_CELLS));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// How many bytes a workbook unpacks to; more than the most where it is only known to be too much.
///
/// The directory of an archive can lie, so each part is unpacked once and counted before anything is made of it. The
/// table of texts tells its reader how many texts to make room for; where that can't be, the workbook is refused.
fn unpacked_size(bytes: &[u8]) -> Result<u64, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sum = 0;
    for index in 0..archive.len() {
        let declared = archive.by_index_raw(index).map_err(|error| error.to_string())?.size();
        sum = declared.saturating_add(sum);
        if sum > MOST_UNPACKED {
            return Ok(sum);
        }
    }
    let mut sum = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.to_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut part = part.take(MOST_UNPACKED - sum + 1);
        if name.ends_with("sharedstrings.xml") {
            let mut text = Vec::new();
            sum += part.read_to_end(&mut text).map_err(|error| error.to_string())? as u64;
            if declared_texts(&text) > text.len() as u64 {
                return Err(format!("{name}: uniqueCount"));
            }
        } else {
            sum += io::copy(&mut part, &mut io::sink()).map_err(|error| error.to_string())?;
        }
        if sum > MOST_UNPACKED {
            return Ok(sum);
        }
    }
    Ok(sum)
}

/// The largest number of texts that a table of texts says it holds.
fn declared_texts(xml: &[u8]) -> u64 {
    const WORD: &[u8] = b"uniqueCount";
    let number = |at: usize| {
        let rest = xml.get(at + WORD.len()..).unwrap_or_default();
        let digits = rest.iter().skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
        digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    let places = xml.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD);
    places.map(|(at, _)| number(at)).max().unwrap_or_default()
}

fn fill(workbook: &mut Xlsx<Bytes<'_>>, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let formats = formats(workbook, &sheet.name)?;
    let mut formats = formats.into_iter().peekable();
    let mut reader = workbook.worksheet_cells_reader(&sheet.name)?;
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = record.pos;
        let mut format = Shown::default();
        if formats.peek().is_some_and(|(place, _)| *place == record.pos)
            && let Some((_, shown)) = formats.next()
        {
            format = shown;
        }
        let formula = record.formula.is_some();
        let Some(content) = content(&record.value, format, formula) else { continue };
        if !sheet.put(row, column, SheetCell { content, formula, marked: format.marked, bytes: None }) {
            break;
        }
    }
    drop(reader);
    let merged = workbook.merge_cells_by_sheet_name(&sheet.name)?;
    sheet.merged = merged
        .iter()
        .take(MOST_MERGED)
        .map(|region| Region { top: region.start.0, left: region.start.1, bottom: region.end.0, right: region.end.1 })
        .collect();
    Ok(())
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    percent: bool,
    decimals: Option<u32>,
    marked: bool,
}

/// How the cells of a sheet show numbers, in the order of the file; cells without a format of their own are left out.
fn formats(workbook: &mut Xlsx<Bytes<'_>>, name: &str) -> Result<Vec<Format>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let shown: Vec<Shown> = reader.styles().iter().map(shown).collect();
    let mut formats = Vec::new();
    while let Some((row, column, style)) = reader.next_style_id()? {
        formats.push(((row, column), shown.get(style).copied().unwrap_or_default()));
        if formats.len() > MOST_CELLS {
            break;
        }
    }
    Ok(formats)
}

fn shown(style: &Style) -> Shown {
    let marked = is_marked(style);
    // The first section is that of positive numbers.
    let code = style.number_format.as_ref().map(|format| format.format_code.split(';').next().unwrap_or_default());
    let Some(code) = code.filter(|code| !code.eq_ignore_ascii_case("general") && code.contains(['0', '#'])) else {
        return Shown { marked, ..Shown::default() };
    };
    let decimals =
        code.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(|sign| matches!(sign, '0' | '#')).count());
    Shown { percent: code.contains('%'), decimals: u32::try_from(decimals).ok(), marked }
}

/// Whether a cell has a colour behind it, coloured digits, or a line through them.
fn is_marked(style: &Style) -> bool {
    let filled = style.fill.as_ref().filter(|fill| fill.is_visible()).is_some_and(|fill| {
        // A theme's colour has no number of its own here.
        fill.get_color().is_none_or(|colour| !colour.is_white())
    });
    let inked = style
        .font
        .as_ref()
        .is_some_and(|font| font.has_strikethrough() || font.color.as_ref().is_some_and(|colour| !colour.is_black()));
    filled || inked
}

/// What stands in a cell; `None` where nothing does.
fn content(value: &DataRef<'_>, shown: Shown, is_formula: bool) -> Option<Content> {
    Some(match value {
        DataRef::Empty if is_formula => Content::Uncomputed,
        DataRef::Empty => return None,
        DataRef::Int(number) => number_content(Decimal::from(*number), shown),
        DataRef::Float(number) => match decimal(*number) {
            Some(number) => number_content(number, shown),
            None => Content::Text(number.to_string()),
        },
        DataRef::String(text) => Content::Text(text.clone()),
        DataRef::SharedString(text) => Content::Text((*text).to_owned()),
        DataRef::Bool(truth) => Content::Text(truth.to_string().to_uppercase()),
        DataRef::DateTime(moment) => match day(moment) {
            Some(day) => Content::Date(day),
            None => Content::Text(moment.as_f64().to_string()),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            match text.get(..10).and_then(|day| day.parse().ok()) {
                Some(day) => Content::Date(day),
                None => Content::Text(text.clone()),
            }
        }
        DataRef::Error(error) => Content::Fault(error.to_string()),
    })
}

fn number_content(value: Decimal, shown: Shown) -> Content {
    let value = if shown.percent { value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
    Content::Number { value: value.normalize(), percent: shown.percent, decimals: shown.decimals }
}

/// The decimal that a binary number stands for: what is left of it with as many digits as spreadsheets keep.
fn decimal(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.*e}", DIGITS - 1);
    Decimal::from_scientific(&text).ok().map(|number| number.normalize())
}

fn day(moment: &ExcelDateTime) -> Option<Date> {
    let serial = moment.as_f64();
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use rust_xlsxwriter::{Format, Workbook};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn workbook() -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let percent = Format::new().set_num_format("0.0%");
        sheet.merge_range(0, 0, 0, 2, "表", &percent).expect("a heading");
        sheet.write_row(1, 0, ["圏域", "2016", "2018"]).expect("a heading");
        sheet.write(2, 0, "潮見市").expect("a name");
        sheet.write_with_format(2, 1, 0.144, &percent).expect("a number");
        sheet.write_formula(2, 2, "=B3+1").expect("a formula");
        sheet.write_with_format(3, 1, 43_191, &Format::new().set_num_format("yyyy-mm-dd")).expect("a date");
        workbook.save_to_buffer().expect("a workbook")
    }

    fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Diagnostic> {
        sheets(&Source::new("content/data/a.xlsx", bytes))
    }

    #[test]
    fn cells_are_read_as_they_are_shown() {
        let sheets = read(&workbook()).expect("sheets");
        let sheet = &sheets[0];
        assert_eq!(sheet.merged, [Region { top: 0, left: 0, bottom: 0, right: 2 }]);
        let value = Decimal::new(144, 1);
        assert_eq!(
            sheet.cell(2, 1).map(|cell| &cell.content),
            Some(&Content::Number { value, percent: true, decimals: Some(1) })
        );
        assert_eq!(sheet.text(3, 1), "2018-04-01");
        assert_eq!(sheet.text(2, 0), "潮見市");
    }

    #[test]
    fn numbers_have_as_many_digits_as_spreadsheets_keep() {
        for (number, text) in [(0.1 + 0.2, "0.3"), (5091.0, "5091"), (289.8, "289.8"), (1e15, "1000000000000000")] {
            assert_eq!(decimal(number).map(|number| number.to_string()).as_deref(), Some(text));
        }
        assert_eq!([f64::NAN, f64::INFINITY, 1e300].map(decimal), [None; 3]);
    }

    #[test]
    fn no_workbook_makes_it_panic() {
        let seed = workbook();
        let mut archive = ZipArchive::new(Cursor::new(&seed[..])).expect("a workbook");
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part");
            let name = part.name().expect("a name").to_string();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("its bytes");
            parts.push((name, bytes));
        }
        let mut state = 7u64;
        let mut next = move |bound: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % bound.max(1) as u64) as usize
        };
        let words: [&[u8]; 12] = [
            b"9999999999",
            b"\"",
            b"<",
            b">",
            b"/",
            b"XFD1048577",
            b"ZZZZZZ1",
            b"-1",
            b"t=\"s\"",
            b"",
            b"&#0;",
            b"NaN",
        ];
        for round in 0..600 {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            let chosen = next(parts.len());
            for (index, (name, bytes)) in parts.iter().enumerate() {
                let mut bytes = bytes.clone();
                for _ in 0..if index == chosen { 1 + next(4) } else { 0 } {
                    let at = next(bytes.len());
                    let end = (at + next(12)).min(bytes.len());
                    bytes.splice(at..end, words[next(words.len())].iter().copied());
                }
                writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
                writer.write_all(&bytes).expect("its bytes");
            }
            let mut bytes = writer.finish().expect("a workbook").into_inner();
            for _ in 0..if round % 3 == 0 { 1 + next(4) } else { 0 } {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            if let Ok(sheets) = read(&bytes) {
                for sheet in sheets {
                    sheet.extent().map(|extent| sheet.seen_at(extent.top, extent.left));
                }
            }
        }
    }
}
