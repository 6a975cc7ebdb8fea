//! Findings about the accessibility papers: what was not tested, and what the record says against the facts.

use super::{Diagnostic, Span, say};

/// A criterion that the standard does not have, or not up to level AA.
pub fn unknown_criterion<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("達成基準に無い番号です: {found}"), format!("there is no success criterion {found}"));
    Diagnostic::error("unknown-criterion", message)
        .at(span)
        .found(found)
        .expected(say("JIS X 8341-3:2016 のレベル A か AA の番号", "a number of JIS X 8341-3:2016, level A or AA"))
        .suggest(found, known)
}

/// Criteria without a result.
pub fn not_tested(span: Span, year: i16, numbers: &[&str]) -> Diagnostic {
    let (count, list) = (numbers.len(), numbers.join(", "));
    let message = say(
        format!("{year}年の試験で、結果のない達成基準が {count} あります"),
        format!("{count} success criteria have no result in the test of {year}"),
    );
    Diagnostic::warning("criterion-not-tested", message).at(span).found(list).help(say(
        "試験したら criteria に `1.1.1: {met: true, by: [person]}` のように書いてください。書くまでは「未試験」と表示します",
        "write `1.1.1: {met: true, by: [person]}` under criteria when it is tested; until then the page says that it is not",
    ))
}

/// A criterion that is recorded as met although Kairan has found the opposite.
pub fn contradicted(span: Span, number: &str, count: usize, rules: &[&str]) -> Diagnostic {
    let list = rules.join(", ");
    let message = say(
        format!("満たすと記録された達成基準 {number} に、満たさない箇所が {count} あります"),
        format!("success criterion {number} is recorded as met, and is not in {count} places"),
    );
    Diagnostic::warning("criterion-contradicted", message).at(span).found(list).help(say(
        "`kairan check` が知らせた箇所を直してください。直すまでは「不適合」と表示します",
        "put right what `kairan check` tells of; until then the page says that it is not met",
    ))
}

/// A test whose pages are not on record.
pub fn sample_not_recorded(span: Span, year: i16, addresses: &[&str]) -> Diagnostic {
    let lines: Vec<String> = addresses.iter().map(|address| format!("      - \"/{address}\"")).collect();
    let lines = lines.join("\n");
    let message = say(
        format!("{year}年に試験したページの記録がありません"),
        format!("it is not recorded which pages were tested in {year}"),
    );
    Diagnostic::warning("sample-not-recorded", message).at(span).help(say(
        format!("決まりに従って選んだのは次のページです。試験したら、この行を写してください\n    pages:\n{lines}"),
        format!("these are the pages that the rule draws; copy the lines when they are tested\n    pages:\n{lines}"),
    ))
}

/// A second file with accessibility papers.
pub fn twice(span: Span, first: Span) -> Diagnostic {
    let message = say("accessibility が二つのファイルにあります", "two files have accessibility papers");
    Diagnostic::error("accessibility-twice", message)
        .at(span)
        .related(first, say("一つ目", "the first"))
        .help(say("一つのファイルにまとめてください", "put them into one file"))
}
