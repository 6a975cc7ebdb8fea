//! A cell of a table as offices write it, read as a number or as the reason for which there is none.

use rust_decimal::Decimal;

use super::{Amount, Missing};
use crate::diagnostic::{Diagnostic, Span, data};
use crate::locale::Period;

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

/// A cell as printed: a value, and what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// The value.
    pub amount: Amount,
    /// The rank in brackets: 43 of `3.1 (43位)`.
    pub rank: Option<Decimal>,
    /// The time that the cell itself names: `[R5] 22人`.
    pub period: Option<Period>,
}

/// Reads a cell of a printed table: as [`amount`] does, and with what may stand beside the value there.
///
/// `3.1 (43位)`, `22人` where `units` has 人, `46人 (令和5(2023)年度)`, `[R5] 22`, `①`, `1,234※`.
///
/// # Errors
/// Where it is neither a value nor a reason for which there is none.
pub fn printed<'u>(text: &str, units: impl IntoIterator<Item = &'u str>, in_percent: bool) -> Result<Printed, Fault> {
    let plain = narrowed(text);
    let plain = plain.trim().trim_end_matches(NOTE_MARKS).trim_end();
    let (mut rank, mut period) = (None, None);
    let mut beside = |inner: &str| {
        rank = rank.or_else(|| ranked(inner));
        let time = heading_period(inner);
        period = period.or(time);
        ranked(inner).is_some() || time.is_some()
    };
    let plain = match leading_brackets(plain) {
        Some((inner, rest)) if beside(inner) => rest,
        _ => plain,
    };
    let plain = match trailing_brackets(plain) {
        Some((rest, inner)) if beside(inner) => rest,
        _ => plain,
    };
    if let Some(number) = circled(plain) {
        return Ok(Printed { amount: Ok(number), rank, period });
    }
    let value = without_unit(plain, units);
    Ok(Printed { amount: amount(value, in_percent)?, rank, period })
}

/// The period that the heading of a column names: as [`Period::parse`] reads it, and with what headings have besides.
///
/// `平成30年`, `H28*`, `平成30年(2018年)`, `平成31(2019)年4月`, `2018 (平成30)年`. Two years that contradict each other name none.
pub fn heading_period(text: &str) -> Option<Period> {
    let plain: String = narrowed(text).split_whitespace().collect();
    let plain = plain.trim_end_matches(NOTE_MARKS);
    if let Some(period) = Period::parse(plain) {
        return Some(period);
    }
    let (open, close) = (plain.find('(')?, plain.find(')')?);
    let inner = plain.get(open + 1..close)?;
    let after = &plain[close + 1..];
    let outer = Period::parse(&format!("{}{after}", &plain[..open]))?;
    let inner = Period::parse(inner).or_else(|| Period::parse(&format!("{inner}{after}")))?;
    (inner.year() == outer.year()).then_some(outer)
}

/// Signs that send the reader to a note below the table.
const NOTE_MARKS: [char; 4] = ['*', '※', '†', '‡'];

fn ranked(text: &str) -> Option<Decimal> {
    let number = text.trim().strip_suffix('位')?.trim_start_matches('第');
    unsigned(number.trim()).ok()
}

/// What stands in brackets at the beginning, and the rest.
fn leading_brackets(text: &str) -> Option<(&str, &str)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let (inner, rest) = text[1..].split_once(close)?;
    Some((inner, rest.trim_start()))
}

/// What stands before the brackets at the end, and what stands in them. Brackets may hold brackets.
fn trailing_brackets(text: &str) -> Option<(&str, &str)> {
    let (open, close) = match text.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let mut depth = 0;
    for (at, letter) in text.char_indices().rev() {
        if letter == close {
            depth += 1;
        } else if letter == open {
            depth -= 1;
            if depth == 0 {
                return Some((text[..at].trim_end(), &text[at + 1..text.len() - 1]));
            }
        }
    }
    None
}

/// The text without the unit after its number: 22人 in a table of 人.
fn without_unit<'t, 'u>(text: &'t str, units: impl IntoIterator<Item = &'u str>) -> &'t str {
    let bare = |unit: &str| {
        let unit = narrowed(unit);
        let unit = unit.trim();
        // A sign of per cent says more than a unit does: `amount` looks at it.
        let rest = text.strip_suffix(unit).filter(|_| !unit.is_empty() && unit != "%")?.trim_end();
        rest.ends_with(|last: char| last.is_ascii_digit()).then_some(rest)
    };
    units.into_iter().find_map(bare).unwrap_or(text)
}

/// ① to ㊿.
fn circled(text: &str) -> Option<Decimal> {
    let mut letters = text.chars();
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    let number = match letter {
        '①'..='⑳' => letter as u32 - '①' as u32 + 1,
        '㉑'..='㉟' => letter as u32 - '㉑' as u32 + 21,
        '㊱'..='㊿' => letter as u32 - '㊱' as u32 + 36,
        _ => return None,
    };
    Some(number.into())
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
pub fn narrowed(text: &str) -> String {
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
    fn printed_cells_have_things_beside_their_values() {
        let read = |text: &str| {
            let printed = printed(text, ["人", "physicians"], false).ok()?;
            let amount = printed.amount.map_or_else(|reason| reason.sign().to_owned(), |number| number.to_string());
            Some(format!(
                "{amount} {} {}",
                printed.rank.map_or("-".into(), |rank| rank.to_string()),
                printed.period.map_or("-".into(), |period| period.to_string())
            ))
        };
        let cases = [
            ("3.1 (43位)", "3.1 43 -"),
            ("３．１（４３位）", "3.1 43 -"),
            ("22人", "22 - -"),
            ("1,234 physicians", "1234 - -"),
            ("[R5] 22人", "22 - 2023"),
            ("46人 (令和5(2023)年度)", "46 - FY2023"),
            ("21人 (平成31(2019)年4月)", "21 - 2019-04"),
            ("①", "1 - -"),
            ("⑳", "20 - -"),
            ("㊿", "50 - -"),
            ("1,234※", "1234 - -"),
            ("▲ 4", "-4 - -"),
            ("—", "— - -"),
            ("x", "x - -"),
            ("１２３", "123 - -"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for nonsense in
            ["", "人", "(43位)", "3.1 (many)", "3.1 (", ")", "[", "1,23", "○", "116施設", "どうやって？", "①②", "75%"]
        {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn headings_name_periods_in_many_ways() {
        let cases = [
            ("平成30年", "2018"),
            ("平成\n30年", "2018"),
            ("平 成 ３０ 年", "2018"),
            ("H30", "2018"),
            ("H28*", "2016"),
            ("令和5年度", "FY2023"),
            ("令和元年度※", "FY2019"),
            ("FY2023", "FY2023"),
            ("平成30年(2018年)", "2018"),
            ("平成30（2018）年", "2018"),
            ("平成31(2019)年4月", "2019-04"),
            ("2018年\n（平成30年）", "2018"),
            ("令和5(2023)年度", "FY2023"),
        ];
        for (text, expected) in cases {
            assert_eq!(heading_period(text).map(|period| period.to_string()).as_deref(), Some(expected), "{text}");
        }
        for other in [
            "圏域",
            "増減数",
            "平成20年→平成30年 増減数",
            "平成30年(2017年)",
            "2018(人)",
            "(2018)",
            ")2018(",
            "医師数(2016年)",
        ] {
            assert_eq!(heading_period(other), None, "{other}");
        }
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
