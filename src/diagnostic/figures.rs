//! Findings about figures that contradict each other.

use super::{Diagnostic, Message, Span, say};

/// A figure that is not what it should be.
#[derive(Debug, Clone)]
pub struct Failure {
    /// `sum`, `equals`, …
    pub rule: &'static str,
    /// The area and the period.
    pub whose: Message,
    /// What is printed.
    pub printed: String,
    /// What it should be.
    pub expected: Message,
    /// By how much it is off.
    pub difference: Option<String>,
    /// How it comes about.
    pub formula: Option<String>,
    /// What probably happened.
    pub cause: Option<Message>,
}

/// A failed check: both figures, all places, the difference, the likely cause.
pub fn figure_differs(failure: &Failure, span: Span, others: &[(Span, Message)]) -> Diagnostic {
    const MOST: usize = 12;
    let Failure { rule, whose, printed, expected, difference, formula, cause } = failure;
    let (code, what) = match *rule {
        "sum" => ("sum-differs", say("合計が合いません", "the parts do not add up to this")),
        "rank" => ("rank-differs", say("順位が値と合いません", "this rank is not that of the value")),
        "class" => ("class-differs", say("区分が順位と合いません", "this class is not that of the rank")),
        "flow" => {
            ("flow-differs", say("流れの表のセルと合いません", "this is not what the cells of the flow table give"))
        }
        "bounds" => ("out-of-bounds", say("値が範囲の外です", "this figure is out of its range")),
        "monotone" => ("not-monotone", say("値の増減の向きが違います", "this figure goes the wrong way")),
        "same-as" => ("figures-disagree", say("同じはずの値が違います", "a figure given twice is not the same twice")),
        "no-jump" => {
            ("figure-jumps", say("前の時点から大きく動いています", "this figure is far from the one before it"))
        }
        _ => ("figure-differs", say("計算と合いません", "this figure is not what is computed")),
    };
    let message = say(format!("{}: {}", what.ja, whose.ja), format!("{}: {}", what.en, whose.en));
    let finding =
        if *rule == "no-jump" { Diagnostic::warning(code, message) } else { Diagnostic::error(code, message) };
    let by = |words: &str| difference.as_ref().map(|difference| format!("{words}{difference}")).unwrap_or_default();
    let how = match (*rule, formula) {
        // The parts stand below, each with its place.
        ("sum", _) => say("（部分の合計）", ", the sum of the parts"),
        (_, Some(formula)) => say(format!(" = {formula}"), format!(" = {formula}")),
        (_, None) => say("", ""),
    };
    let expected = say(
        format!("{}{}{}", expected.ja, how.ja, by("、差 ")),
        format!("{}{}{}", expected.en, how.en, by(", difference ")),
    );
    let here = say(format!("ここでは {printed}"), format!("{printed} here"));
    let mut finding = finding.labelled(span, here).found(printed).expected(expected);
    for (place, message) in others.iter().take(MOST) {
        finding = finding.related(place.clone(), message.clone());
    }
    if let Some(cause) = cause {
        finding = finding.help(cause.clone());
    }
    finding.help(say(
        "原資料と照らして直すか、原資料どおりなら accept に理由を書いてください",
        "compare with the source and correct it; if the source has it so, say why under `accept`",
    ))
}

/// A check that is none, or several at once.
pub fn one_rule(span: Span, given: &[&str]) -> Diagnostic {
    let finding =
        Diagnostic::error("one-rule", say("検算の種類が一つに決まりません", "this does not say which one check it is"))
            .at(span)
            .expected(say(
                "sum、equals、rank、class、bounds、monotone、same-as、no-jump、flow のどれか一つ",
                "one of sum, equals, rank, class, bounds, monotone, same-as, no-jump, flow",
            ));
    let finding = if given.is_empty() { finding } else { finding.found(given.join(", ")) };
    finding.help(say("一つの項目には検算を一つだけ書いてください", "write one check in each entry"))
}

/// A plain table that does not exist.
pub fn unknown_plain_table<'a>(span: Span, id: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-table", say(format!("知らない表です: {id}"), format!("unknown table: {id}")))
        .at(span)
        .suggest(id, known)
}

/// A comparison of one thing.
pub fn two_to_compare(span: Span) -> Diagnostic {
    Diagnostic::error("two-to-compare", say("比べる指標が一つしかありません", "there is nothing to compare this with"))
        .at(span)
        .expected(say("`same-as: [指標, 指標]`", "`same-as: [indicator, indicator]`"))
}

/// A failure accepted that is none any more.
pub fn stale_acceptance(span: Span) -> Diagnostic {
    Diagnostic::warning(
        "stale-acceptance",
        say("accept に書かれた食い違いはもうありません", "what is accepted here does not fail any more"),
    )
    .at(span)
    .help(say("この行を消してください", "delete this entry"))
}

/// A year of an era beside a western year that is another.
pub fn era_differs(span: Span, era: &str, western: i32, right: i32) -> Diagnostic {
    Diagnostic::error(
        "era-differs",
        say(format!("元号の年と西暦が合いません: {era}"), format!("the era year and the western year differ: {era}")),
    )
    .at(span)
    .found(western.to_string())
    .expected(say(format!("{era} は {right} 年"), format!("{era} is {right}")))
    .help(say(
        "どちらが正しいか確かめて、もう一方を直してください",
        "see which of the two is right and correct the other",
    ))
}
