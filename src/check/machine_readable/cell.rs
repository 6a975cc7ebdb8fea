//! What a cell breaks by itself, whatever stands around it.

use crate::diagnostic::machine_readable::Rule;
use crate::locale::Period;
use crate::parse::data::amount;
use crate::parse::data::cell::heading_period;

/// The rules that a text breaks. `in_csv`: where a line break is more than a matter of looks.
pub(super) fn rules(text: &str, in_csv: bool) -> Vec<Rule> {
    let broken_line = text.trim().contains(['\n', '\r']);
    let rules = [
        (Rule::OneDatum, holds_two(text)),
        (Rule::OneLine, in_csv && broken_line),
        (Rule::Spacing, is_spaced(text) || (!in_csv && broken_line)),
        (Rule::Character, text.contains(is_of_some_machines)),
        (Rule::PureNumber, is_dressed_number(text)),
        (Rule::WideDigit, text.contains(|letter| ('０'..='９').contains(&letter))),
        (Rule::OtherApart, is_other_with_words(text)),
        (Rule::Era, has_era_alone(text)),
    ];
    rules.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
}

/// Whether a text is a number to Kairan, which reads units of per cent, too.
pub(super) fn is_number(text: &str) -> bool {
    amount(text, true).is_ok_and(|amount| amount.is_ok())
}

/// Whether a text is a number or stands where one is missing.
pub(super) fn is_amount(text: &str) -> bool {
    amount(text, true).is_ok() || is_dressed_number(text)
}

/// `3.1 (43位)`, `12/34`: a number and something else.
fn holds_two(text: &str) -> bool {
    let text = text.trim();
    if Period::parse(text).is_some() || heading_period(text).is_some() {
        return false;
    }
    if let Some((number, rest)) = text.split_once(['(', '（']) {
        // `2018（平成30年）` is one year.
        let year = Period::parse(rest.trim_end_matches([')', '）'])).is_some() && Period::parse(number).is_some();
        return is_number(number.trim()) && !year;
    }
    let parts: Vec<&str> =
        text.split(['\n', '、', '・', '/', '／', ' ', '　']).filter(|part| !part.is_empty()).collect();
    // `▲ 4` is one number.
    parts.len() > 1 && !is_number(text) && parts.iter().all(|part| is_number(part))
}

/// `5,091`, `▲ 4`, `14.7%`, `700床`, `1234※`: a number with something around it.
fn is_dressed_number(text: &str) -> bool {
    const UNITS: [&str; 12] = ["人", "名", "円", "千円", "万円", "床", "件", "施設", "か所", "カ所", "歳", "位"];
    const NOTE_MARKS: [char; 5] = ['*', '＊', '※', '†', '‡'];
    let text = text.trim();
    let unit = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).is_some_and(|rest| is_number(rest.trim()));
    // `1234※`, `1234※1`, `1234 *`.
    let noted = text
        .split_once(NOTE_MARKS)
        .is_some_and(|(number, mark)| is_number(number.trim()) && mark.chars().all(|letter| letter.is_numeric()));
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.chars().all(|letter| letter.is_numeric() || matches!(letter, '.' | 'e' | 'E' | '-'));
    unit || noted || (is_number(text) && !plain)
}

/// Spaces around a text, and those within a word: `熊 本 県`.
fn is_spaced(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_character = |word: &&str| word.chars().count() == 1 && !word.is_ascii();
    let apart = words.len() > 1 && words.iter().all(is_character);
    text.trim() != text || apart
}

/// Circled and Roman numbers, units and words in one square: fonts and encodings differ in having them.
fn is_of_some_machines(letter: char) -> bool {
    matches!(letter, '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}')
        || matches!(letter, '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{33ff}' | '\u{e000}'..='\u{f8ff}')
}

/// `その他（医局の紹介）`: a choice, and words about it.
fn is_other_with_words(text: &str) -> bool {
    let rest = ["その他", "Other", "other"].iter().find_map(|other| text.trim().strip_prefix(other));
    rest.is_some_and(|rest| rest.trim_start().starts_with(['(', '（', ':', '：']))
}

/// `平成30年`: a year of an era with no Western one beside it.
fn has_era_alone(text: &str) -> bool {
    let after = |era: &str| text.split(era).skip(1).any(|rest| begins_with_year(rest.trim_start()));
    ["令和", "平成", "昭和", "大正", "明治"].into_iter().any(after) && !has_western_year(text)
}

/// `H30`: such a year, where years are looked for; elsewhere it may be a code.
pub(super) fn is_short_era(text: &str) -> bool {
    let letters = text.starts_with(|first: char| first.is_ascii_alphabetic() && first != 'F' && first != 'f');
    letters && Period::parse(text).is_some()
}

/// Whether a head says that years stand below it.
pub(super) fn is_about_time(heading: &str) -> bool {
    const WORDS: [&str; 6] = ["年", "時点", "期", "year", "period", "date"];
    WORDS.iter().any(|word| heading.to_lowercase().contains(word))
}

fn begins_with_year(text: &str) -> bool {
    text.starts_with(|first: char| first.is_numeric() || first == '元')
}

/// Four digits that stand alone, of the last or this century.
fn has_western_year(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
