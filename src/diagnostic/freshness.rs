//! Findings about what is past its date, and about counts that are kept back.

use super::{Diagnostic, Message, Span, say};

/// Something was to be renewed by a day that is past.
pub fn update_due(span: Span, what: &Message, day: &str) -> Diagnostic {
    let message = say(
        format!("{}の更新予定日（{day}）を過ぎています", what.ja),
        format!("{} was to be updated by {day}", what.en),
    );
    Diagnostic::warning("update-due", message).at(span).found(format!("next_update: {day}")).help(say(
        "新しい内容に直し、next_update を次の予定日にしてください",
        "put in what is new, and set `next_update` to the next such day",
    ))
}

/// Something held until a day that is past.
pub fn expired(span: Span, what: &Message, day: &str) -> Diagnostic {
    let message =
        say(format!("{}の有効期限（{day}）を過ぎています", what.ja), format!("{} was valid until {day}", what.en));
    Diagnostic::warning("expired", message).at(span).found(format!("valid_until: {day}")).help(say(
        "まだ正しければ valid_until を延ばし、そうでなければ内容を直すか消してください",
        "if it still holds, set `valid_until` later; if not, correct it or take it away",
    ))
}

/// A count that is kept back and can be worked out from the others.
pub fn given_away(span: Span, indicator: &str, row: &str, whole: &str, period: &str) -> Diagnostic {
    let message = say(
        format!("伏せた値（{row}、{period}）が、{whole} の値とほかの値の差から分かってしまいます"),
        format!("the value kept back ({row}, {period}) is what the others leave of {whole}"),
    );
    Diagnostic::warning("small-number-given-away", message).at(span).found(indicator).help(say(
        "同じ列のもう一つの値も x にするか、合計の値を x にしてください",
        "write x for one more value of that column, or for the whole",
    ))
}

/// `small_numbers: true` where the site says nothing of them.
pub fn no_threshold(span: Span, indicator: &str) -> Diagnostic {
    Diagnostic::warning(
        "no-small-numbers-rule",
        say(
            "small_numbers とありますが、site.toml に基準がないので、値を伏せていません",
            "`small_numbers` is set, but site.toml has no rule, so no value is kept back",
        ),
    )
    .at(span)
    .found(indicator)
    .help(say(
        "site.toml に `[data]` と `small_numbers = { threshold = 10, show = \"x\" }` を書いてください",
        "write `[data]` and `small_numbers = { threshold = 10, show = \"x\" }` into site.toml",
    ))
}
