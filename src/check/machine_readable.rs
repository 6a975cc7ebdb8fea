//! Source tables should be readable by machines, as the national rules for tables of statistics ask.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::machine_readable::{Rule, broken};
use crate::locale::Period;
use crate::parse::data::amount;
use crate::parse::printed::{PrintedCell, PrintedTable};

/// One finding for each rule that the table breaks: where it does so first, and how often.
pub fn table(table: &PrintedTable) -> Vec<Diagnostic> {
    let mut broken_at: BTreeMap<Rule, Vec<&PrintedCell>> = BTreeMap::new();
    let mut note = |rule: Rule, cell| broken_at.entry(rule).or_default().push(cell);
    for cell in table.rows.iter().flatten() {
        for rule in rules_of_cell(&cell.text) {
            note(rule, cell);
        }
    }
    heads(table).into_iter().for_each(|cell| note(Rule::Heading, cell));
    continued(table).into_iter().for_each(|cell| note(Rule::Continued, cell));
    divided(table).into_iter().for_each(|cell| note(Rule::Divided, cell));
    let finding = |(rule, cells): (Rule, Vec<&PrintedCell>)| {
        let first = cells.first()?;
        Some(broken(rule, first.span.clone(), first.text.lines().next().unwrap_or_default(), cells.len()))
    };
    broken_at.into_iter().filter_map(finding).collect()
}

/// The rules that a cell breaks by itself.
fn rules_of_cell(text: &str) -> Vec<Rule> {
    let rules = [
        (Rule::OneDatum, holds_two(text)),
        (Rule::PureNumber, is_dressed_number(text)),
        (Rule::WideDigit, text.contains(|letter| ('０'..='９').contains(&letter))),
        (Rule::Spacing, is_spaced(text)),
        (Rule::Character, text.contains(is_of_some_machines)),
        (Rule::Era, has_era_alone(text)),
    ];
    rules.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
}

/// Whether a text is a number to Kairan, which reads units of per cent, too.
fn is_number(text: &str) -> bool {
    amount(text, true).is_ok_and(|amount| amount.is_ok())
}

/// `3.1 (43位)`, `12/34`: a number and something else.
fn holds_two(text: &str) -> bool {
    let text = text.trim();
    if Period::parse(text).is_some() {
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

/// `5,091`, `▲ 4`, `14.7%`, `700床`: a number with something around it.
fn is_dressed_number(text: &str) -> bool {
    const UNITS: [&str; 12] = ["人", "名", "円", "千円", "万円", "床", "件", "施設", "か所", "カ所", "歳", "位"];
    let text = text.trim();
    let unit = UNITS.iter().find_map(|unit| text.strip_suffix(unit)).is_some_and(|rest| is_number(rest.trim()));
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.chars().all(|letter| letter.is_numeric() || matches!(letter, '.' | 'e' | 'E' | '-'));
    unit || (is_number(text) && !plain)
}

/// Spaces around a text, `熊 本 県`, and line breaks.
fn is_spaced(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_character = |word: &&str| word.chars().count() == 1 && !word.is_ascii();
    let apart = words.len() > 1 && words.iter().all(is_character);
    text.trim() != text || apart || text.contains(['\n', '\r'])
}

/// Circled and Roman numbers, units and words in one square: fonts and encodings differ in having them.
fn is_of_some_machines(letter: char) -> bool {
    matches!(letter, '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}')
        || matches!(letter, '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{33ff}' | '\u{e000}'..='\u{f8ff}')
}

/// `平成30年`, `H30`: a year of an era with no Western one beside it.
fn has_era_alone(text: &str) -> bool {
    let after = |era: &str| text.split(era).skip(1).any(|rest| begins_with_year(rest.trim_start()));
    let letters = text.starts_with(|first: char| first.is_ascii_alphabetic() && first != 'F' && first != 'f');
    let named = ["令和", "平成", "昭和", "大正", "明治"].into_iter().any(after);
    (named || (letters && Period::parse(text).is_some())) && !has_western_year(text)
}

fn begins_with_year(text: &str) -> bool {
    text.starts_with(|first: char| first.is_numeric() || first == '元')
}

/// Four digits that stand alone, of the last or this century.
fn has_western_year(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

fn is_blank(row: &[PrintedCell]) -> bool {
    row.iter().all(|cell| cell.text.trim().is_empty())
}

/// Heads of the first row that are empty or stand there already.
fn heads(table: &PrintedTable) -> Vec<&PrintedCell> {
    let mut seen = BTreeSet::new();
    let first = table.rows.iter().find(|row| !is_blank(row));
    let own = |cell: &&PrintedCell| cell.text.trim().is_empty() || !seen.insert(cell.text.trim().to_owned());
    first.into_iter().flatten().filter(own).collect()
}

/// Rows without a name, below one that has it.
fn continued(table: &PrintedTable) -> Vec<&PrintedCell> {
    let below_the_head = table.rows.iter().skip_while(|row| is_blank(row)).skip(1);
    let without_name = |row: &&Vec<PrintedCell>| row.first().is_some_and(|cell| cell.text.trim().is_empty());
    below_the_head.filter(|row| !is_blank(row)).filter(without_name).filter_map(|row| row.first()).collect()
}

/// The first cell of each row that stands below a blank one.
fn divided(table: &PrintedTable) -> Vec<&PrintedCell> {
    let rows: Vec<&Vec<PrintedCell>> = table.rows.iter().skip_while(|row| is_blank(row)).collect();
    let below_blank = rows.windows(2).filter(|pair| is_blank(pair[0]) && !is_blank(pair[1]));
    below_blank.filter_map(|pair| pair[1].first()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::printed::split;

    fn codes(text: &str) -> Vec<(String, String)> {
        let findings = table(&split(&"content/data/a.csv".into(), text, 0));
        findings.into_iter().map(|finding| (finding.code, finding.found.unwrap_or_default())).collect()
    }

    #[test]
    fn each_rule_has_its_own_finding() {
        let cases = [
            ("圏域,値\na,3.1 (43位)\n", "table-two-data", "3.1 (43位)"),
            ("圏域,値\na,\"5,091\"\n", "table-number", "5,091"),
            ("圏域,値\na,▲ 4\n", "table-number", "▲ 4"),
            ("圏域,値\na,14.7%\n", "table-number", "14.7%"),
            ("圏域,値\na,700床\n", "table-number", "700床"),
            ("圏域,値\na,１２\n", "table-wide-digit", "１２"),
            ("圏域,値\na,1\n,2\n", "table-continued", ""),
            ("圏域,値\n熊 本 県,1\n", "table-spacing", "熊 本 県"),
            ("圏域,値,値\na,1,2\n", "table-heading", "値"),
            ("圏域,\na,1\n", "table-heading", ""),
            ("圏域,値\n①病院,1\n", "table-character", "①病院"),
            ("圏域,平成30年\na,1\n", "table-era", "平成30年"),
            ("圏域,H30\na,1\n", "table-era", "H30"),
            ("圏域,値\na,1\n\nb,2\n", "table-split", "b"),
        ];
        for (text, code, found) in cases {
            assert_eq!(codes(text), [(code.to_owned(), found.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_tidy_table_has_no_finding() {
        let text = "圏域,コード,2018,2018（平成30年）,FY2023,2023-07-07,増減率（%）\n熊本県,43,5091,-4,0.5,—,14.7\n宇城,4302,x,…,1e3,,0\n";
        assert_eq!(codes(text), []);
    }

    #[test]
    fn a_rule_is_told_once_for_each_table() {
        let findings = table(&split(&"content/data/a.csv".into(), "圏域,値\na,\"1,000\"\nb,\"2,000\"\n", 0));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.en.contains("(2 in this table)"), "{}", findings[0].message.en);
    }
}
