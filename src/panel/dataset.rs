//! The rows of a panel for machines: one value in each row, and everything that tells what it is in a cell of its own.

use std::borrow::Cow;

use crate::derive::Wording;
use crate::model::indicator::{Indicator, Mark, Missing};
use crate::panel::rows::Entity;

use icu_normalizer::ComposingNormalizerBorrowed;
use rust_decimal::Decimal;

use crate::derive::rounded;
use crate::locale::Period;
use crate::model::indicator::Cell;

/// A tidy table: heads, then rows of as many cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Dataset {
    /// The heads of tables whose values belong to areas or hospitals and to periods.
    pub fn of_values(wording: Wording<'_>, entity_head: &str) -> Dataset {
        let say = |key: &str| wording.say(key, &[]);
        let heads = [
            "dataset-indicator",
            "dataset-id",
            "dataset-code",
            entity_head,
            "column-period",
            "column-value",
            "unit",
            "dataset-note",
        ];
        Dataset { heads: heads.map(say).to_vec(), rows: Vec::new() }
    }

    /// Adds a value. A missing one leaves its cell empty and says why in the last.
    pub(super) fn push_value(
        &mut self,
        indicator: &Indicator,
        entity: &Entity<'_>,
        period: Period,
        cell: Cell,
        wording: Wording<'_>,
    ) {
        self.rows.push(vec![
            wording.text(&indicator.name).to_owned(),
            entity.id.to_owned(),
            entity.code.unwrap_or_default().to_owned(),
            entity.name.text.clone(),
            period.to_string(),
            cell.amount.map(|number| bare(number, indicator.precision)).unwrap_or_default(),
            wording.text(&indicator.unit).to_owned(),
            remark(cell, wording),
        ]);
    }

    /// The table as CSV: UTF-8 with a byte order mark, so that spreadsheets read it as such, and CRLF as RFC 4180 has it.
    pub fn csv(&self) -> Vec<u8> {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
        for row in std::iter::once(&self.heads).chain(&self.rows) {
            // Writing into memory can't fail.
            for cell in row {
                let _ = writer.write_field(of_every_machine(cell).as_bytes());
            }
            let _ = writer.write_record(None::<&[u8]>);
        }
        bytes.extend(writer.into_inner().unwrap_or_default());
        bytes
    }
}

/// A text without the characters that only some machines have: II for Ⅱ, 1 for ①, (株) for ㈱.
fn of_every_machine(text: &str) -> Cow<'_, str> {
    let is_particular = |letter: char| {
        matches!(letter,
            '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}' | '\u{3220}'..='\u{33ff}')
    };
    if !text.contains(is_particular) {
        return Cow::Borrowed(text);
    }
    let normalizer = ComposingNormalizerBorrowed::new_nfkc();
    let plain = |letter: char| match is_particular(letter) {
        true => normalizer.normalize(letter.encode_utf8(&mut [0; 4])).into_owned(),
        false => letter.to_string(),
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// A number without separators or unit.
pub fn bare(number: Decimal, digits: u32) -> String {
    let number = rounded(number, digits);
    if number.is_zero() { number.abs().to_string() } else { number.to_string() }
}

/// Why there is no value, or what is known of the one there is.
fn remark(cell: Cell, wording: Wording<'_>) -> String {
    let key = match (cell.amount, cell.mark) {
        (Err(Missing::NotApplicable), _) => "value-not-applicable",
        (Err(Missing::NotAvailable), _) => "value-not-available",
        (Err(Missing::Suppressed), _) => "value-suppressed",
        (Ok(_), Some(Mark::Estimated)) => "value-estimated",
        (Ok(_), Some(Mark::Revised)) => "value-revised",
        (Ok(_), Some(Mark::Broken)) => "value-broken",
        (Ok(_), None) => return String::new(),
    };
    wording.say(key, &[])
}

/// A size in words: `0.3 KB`, never 0.
pub fn size(bytes: usize, wording: Wording<'_>) -> String {
    let bytes = Decimal::from(bytes);
    let (unit, key) = match bytes {
        bytes if bytes < Decimal::from(1_000_000) => (Decimal::from(1_000), "size-kilobytes"),
        _ => (Decimal::from(1_000_000), "size-megabytes"),
    };
    let count = rounded(bytes / unit, 1).max(Decimal::new(1, 1));
    wording.say(key, &[("count", &wording.locale.number(count))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_some_machines_are_written_out() {
        assert_eq!(of_every_machine("総合診療専門研修Ⅱ、①、㈱、％、ア"), "総合診療専門研修II、1、(株)、％、ア");
    }
}
