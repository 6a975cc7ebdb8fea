//! A cell of a table as offices write it, read as a number or as the reason for which there is none.

use rust_decimal::Decimal;

use super::{Amount, Missing};
use crate::diagnostic::{Diagnostic, Span, data};

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is written.
    Empty,
    /// Something else is written.
    NotANumber,
    /// The commas do not stand between thousands: `1,23`.
    Commas,
    /// More digits than any figure has.
    TooLarge,
    /// A sign of per cent, where the unit is another.
    Percent,
}

impl Fault {
    /// The finding for a cell that holds `text`.
    pub fn finding(self, span: Span, text: &str) -> Diagnostic {
        match self {
            Fault::Empty => data::empty_cell(span),
            Fault::NotANumber => data::not_a_number(span, text),
            Fault::Commas => data::thousands_comma(span, text),
            Fault::TooLarge => data::number_too_large(span, text),
            Fault::Percent => data::percent_in_cell(span, text),
        }
    }
}

/// The number that `text` writes, or the reason that it gives for there being none.
///
/// `5,091`, `５，０９１`, `▲ 4`, `△4`, `−4`, `+641`, `-3.0%` (where the unit is per cent); `—`, `…`, `x`.
///
/// # Errors
/// Where it is neither.
pub fn amount(text: &str, in_percent: bool) -> Result<Amount, Fault> {
    let plain = narrowed(text);
    let plain = plain.trim();
    match missing(plain) {
        Some(reason) => Ok(Err(reason)),
        None => match plain.strip_suffix('%') {
            Some(_) if !in_percent => Err(Fault::Percent),
            Some(rest) => signed(rest.trim_end()).map(Ok),
            None => signed(plain).map(Ok),
        },
    }
}

/// The number that `text` writes, with its decimals.
///
/// # Errors
/// Where it writes none.
pub fn number(text: &str) -> Result<Decimal, Fault> {
    signed(narrowed(text).trim())
}

/// Which reason a sign stands for.
fn missing(text: &str) -> Option<Missing> {
    match text {
        // Hyphens, dashes and the long vowel mark all look like the dash of a table.
        "-" | "—" | "―" | "–" | "‐" | "‑" | "−" | "ー" | "ｰ" | "─" | "--" | "——" => {
            Some(Missing::NotApplicable)
        }
        "…" | "..." | "‥" | "……" | "・・・" => Some(Missing::NotAvailable),
        "x" | "X" | "×" | "χ" => Some(Missing::Suppressed),
        _ => None,
    }
}

fn signed(text: &str) -> Result<Decimal, Fault> {
    let negative = ['-', '−', '‐', '‑', '–', '▲', '△'].iter().find_map(|sign| text.strip_prefix(*sign));
    let digits = negative.or_else(|| text.strip_prefix('+')).unwrap_or(text).trim_start();
    let number = unsigned(digits)?;
    Ok(if negative.is_some() { -number } else { number })
}

fn unsigned(text: &str) -> Result<Decimal, Fault> {
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == '.') || text == "." {
        return Err(Fault::NotANumber);
    }
    if let Some((mantissa, _)) = text.split_once(['e', 'E']) {
        let plain = mantissa.chars().all(|character| character.is_ascii_digit() || character == '.');
        return if plain { scientific(text) } else { Err(Fault::NotANumber) };
    }
    if !text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
        || text.matches('.').count() > 1
    {
        return Err(Fault::NotANumber);
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped =
        groups.len() == 1 || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    if !well_grouped || decimals.contains(',') {
        return Err(Fault::Commas);
    }
    Decimal::from_str_exact(&text.replace(',', "")).map_err(|_| Fault::TooLarge)
}

/// `1.5e3`, as spreadsheets write large numbers.
fn scientific(text: &str) -> Result<Decimal, Fault> {
    let exponent = text.split_once(['e', 'E']).and_then(|(_, exponent)| exponent.parse::<i64>().ok());
    match exponent {
        Some(-28..=28) => Decimal::from_scientific(text).map_err(|_| Fault::TooLarge),
        Some(_) => Err(Fault::TooLarge),
        None => Err(Fault::NotANumber),
    }
}

/// Full-width digits and signs as ASCII.
fn narrowed(text: &str) -> String {
    const SHIFT: u32 = '！' as u32 - '!' as u32;
    let narrow = |character: char| match character {
        '！'..='～' => char::from_u32(character as u32 - SHIFT).unwrap_or(character),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => character,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        let cases = [
            ("5,091", "5091"),
            ("５，０９１", "5091"),
            ("▲ 4", "-4"),
            ("△4", "-4"),
            ("−4", "-4"),
            ("－４．０", "-4.0"),
            ("+641", "641"),
            ("＋641", "641"),
            ("1.5e3", "1500"),
            ("271,897.50", "271897.50"),
            (" 0.0 ", "0.0"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                amount(text, false).map(|amount| amount.map(|number| number.to_string())),
                Ok(Ok(expected.to_owned())),
                "{text}"
            );
        }
        assert_eq!(amount("-3.0%", true), Ok(Ok(Decimal::new(-30, 1))));
        assert_eq!(amount("14.4 ％", true), Ok(Ok(Decimal::new(144, 1))));
    }

    #[test]
    fn what_is_no_number_says_why() {
        let cases = [
            ("", Fault::Empty),
            ("三千", Fault::NotANumber),
            ("5,091人", Fault::NotANumber),
            ("NaN", Fault::NotANumber),
            ("inf", Fault::NotANumber),
            ("--4", Fault::NotANumber),
            ("1.2.3", Fault::NotANumber),
            ("0x1F", Fault::NotANumber),
            ("1,23", Fault::Commas),
            ("1,2345", Fault::Commas),
            (",123", Fault::NotANumber),
            ("3.0%", Fault::Percent),
            ("99999999999999999999999999999999", Fault::TooLarge),
            ("1e400", Fault::TooLarge),
            ("1e99999999999999999999", Fault::NotANumber),
        ];
        for (text, fault) in cases {
            assert_eq!(amount(text, false), Err(fault), "{text}");
        }
    }
}
