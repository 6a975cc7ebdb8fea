//! Findings about postings.

use super::{Diagnostic, Span, say};

/// A posting that does not say who employs.
pub fn without_employer<'k>(span: Span, id: &str, hospitals: impl IntoIterator<Item = &'k str>) -> Diagnostic {
    let known: Vec<&str> = hospitals.into_iter().take(5).collect();
    let help = match known.is_empty() {
        true => say(
            "hospital に雇う病院の id を書いてください。病院は content/data/hospitals.yaml に書きます",
            "name the employing hospital under `hospital`; hospitals are written in content/data/hospitals.yaml",
        ),
        false => say(
            format!("hospital に雇う病院の id を書いてください（例: {}）", known.join("、")),
            format!("name the employing hospital under `hospital`, such as {}", known.join(", ")),
        ),
    };
    Diagnostic::error(
        "posting-without-employer",
        say(format!("募集 {id} に雇い主の病院がありません"), format!("the posting {id} has no employer")),
    )
    .at(span)
    .expected(say("hospital: 病院の id", "hospital: the id of a hospital"))
    .help(help)
}

/// A posting that is over before it begins.
pub fn ends_before_it_begins(span: Span, end: &str, start_span: Span, start: &str) -> Diagnostic {
    Diagnostic::error(
        "posting-ends-before-it-begins",
        say("募集が始まる前に締め切られています", "this posting closes before it is posted"),
    )
    .at(span)
    .found(end)
    .expected(say(format!("{start} 以後の日付"), format!("a day on or after {start}")))
    .related(start_span, say("募集を始めた日", "the day on which it was posted"))
    .help(say(
        "posted と valid_until を取り違えていないか確かめてください",
        "check that `posted` and `valid_until` are not swapped",
    ))
}

/// A salary whose upper end is below its lower end.
pub fn salary_upside_down(span: Span, from: u64, to: u64) -> Diagnostic {
    Diagnostic::error(
        "salary-upside-down",
        say("給与の上限が下限より低くなっています", "the upper end of the salary is below its lower end"),
    )
    .at(span)
    .found(to.to_string())
    .expected(say(format!("{from} 以上の数"), format!("a number from {from}")))
    .help(say("from と to を取り違えていないか確かめてください", "check that `from` and `to` are not swapped"))
}

/// A currency that is not written by its three letters.
pub fn unknown_currency(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "unknown-currency",
        say(format!("通貨の符号ではありません: {found}"), format!("not the code of a currency: {found}")),
    )
    .at(span)
    .found(found)
    .expected(say("大文字三つの符号（JPY、USD など）", "three capital letters, such as JPY or USD"))
    .help(say("円なら currency を消してください", "for yen, leave `currency` out"))
}
