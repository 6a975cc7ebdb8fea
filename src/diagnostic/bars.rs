//! Findings about panels of bars, slopes, targets and shares.

use super::{Diagnostic, Span, say};

/// A limit that shows nothing.
pub fn no_bars(span: Span) -> Diagnostic {
    Diagnostic::error("no-bars", say("limit が 0 では何も示せません", "a `limit` of 0 shows nothing"))
        .at(span)
        .expected(say("1 以上の数", "a number from 1"))
}

/// More bars than fit a page.
pub fn too_many_bars(span: Span, found: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-bars",
        say("一つの図に収まらない数の棒です", "these are more bars than one panel holds"),
    )
    .at(span)
    .found(found.to_string())
    .help(say(
        "`limit:` か `areas:` で絞るか、kind: table にしてください",
        "choose fewer with `limit:` or `areas:`, or use `kind: table`",
    ))
}

/// Bands of ranks behind bars that are not in the order of ranks.
pub fn thirds_out_of_order(span: Span) -> Diagnostic {
    Diagnostic::error(
        "thirds-out-of-order",
        say("thirds の帯は、値の順に並べたときにだけ敷けます", "`thirds` needs bars in the order of their values"),
    )
    .at(span)
    .help(say("`sort: given` を消すか、`thirds` を消してください", "remove `sort: given`, or remove `thirds`"))
}

/// A number of ranks without ranks.
pub fn out_of_without_ranks(span: Span) -> Diagnostic {
    Diagnostic::error(
        "out-of-without-ranks",
        say("out_of は ranks と一緒に使います", "`out_of` says among how many the `ranks` are, and there are none"),
    )
    .at(span)
    .help(say("`ranks: 順位の指標の id` を足すか、`out_of` を消してください", "add `ranks:`, or remove `out_of`"))
}

/// Thirds of an unknown number of ranks.
pub fn thirds_of_unknown(span: Span) -> Diagnostic {
    Diagnostic::error(
        "thirds-of-unknown",
        say(
            "いくつの中の順位か分からないので、33.3％に分けられません",
            "thirds need to know among how many these ranks are",
        ),
    )
    .at(span)
    .help(say("`out_of: 335` のように書いてください", "add the number, as in `out_of: 335`"))
}

/// One period and several.
pub fn period_twice(span: Span) -> Diagnostic {
    Diagnostic::error(
        "period-twice",
        say("period と periods の両方があります", "there are both `period` and `periods`"),
    )
    .at(span)
    .help(say("どちらか一つにしてください", "keep one of them"))
}

/// Too few or too many periods side by side.
pub fn wrong_number_of_periods(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "wrong-number-of-periods",
        say("並べられる時点の数ではありません", "this is not a number of periods that can stand side by side"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("1 から {most}"), format!("1 to {most}")))
    .help(say("推移は kind: trend で描けます", "`kind: trend` shows how values moved over time"))
}

/// A slope between a period and itself, or back in time.
pub fn no_slope(span: Span, from: &str, to: &str) -> Diagnostic {
    Diagnostic::error(
        "no-slope",
        say("左の時点が右の時点より前ではありません", "the period on the left is not before the one on the right"),
    )
    .at(span)
    .found(format!("{from} – {to}"))
    .help(say(
        "`from:` と `to:` に別々の時点を書くか、kind: bars にしてください",
        "give two periods with `from:` and `to:`, or use `kind: bars`",
    ))
}

/// A panel of targets without any.
pub fn no_targets(span: Span) -> Diagnostic {
    Diagnostic::error(
        "no-targets",
        say("現状と目標の組がありません", "there is no pair of a present value and a target"),
    )
    .at(span)
    .expected(say(
        "`indicator:` と `target:`、または `items:` の一覧",
        "`indicator:` and `target:`, or a list of `items:`",
    ))
}

/// A target of an indicator with several rows, without the one that is meant.
pub fn which_row<'a>(span: Span, indicator: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = known.into_iter().take(8).collect::<Vec<_>>().join(", ");
    let message = say(
        format!("{indicator} のどの地域の目標かが書かれていません"),
        format!("this does not say of which area of {indicator} the target is"),
    );
    Diagnostic::error("which-row", message)
        .at(span)
        .help(say(format!("`area:` を足してください（{list} など）"), format!("add `area:`, one of {list}")))
}

/// Targets in different units than the values.
pub fn units_differ(span: Span, one: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        "units-differ",
        say("単位の違う値は比べられません", "values of different units can't be compared"),
    )
    .at(span)
    .found(other)
    .expected(say(one, one))
}

/// A target of which nothing can be a part.
pub fn target_not_above_zero(span: Span) -> Diagnostic {
    Diagnostic::error(
        "target-not-above-zero",
        say("0 以下の目標に対する割合は出せません", "nothing can be a part of a target that is not above zero"),
    )
    .at(span)
    .help(say(
        "`indicator:` と `target:` で一つの単位の目標だけを並べるか、kind: table にしてください",
        "show targets of one unit with `indicator:` and `target:`, or use `kind: table`",
    ))
}

/// Parts that are more than the whole.
pub fn parts_exceed_whole(span: Span, row: &str, parts: &str, whole: &str) -> Diagnostic {
    let message =
        say(format!("{row}で、部分の合計が全体を超えています"), format!("the parts are more than the whole in {row}"));
    Diagnostic::error("parts-exceed-whole", message)
        .at(span)
        .found(parts)
        .expected(say(format!("{whole} 以下"), format!("at most {whole}")))
        .help(say(
            "重なる部分がないか、`whole:` が正しいかを確かめてください",
            "check whether parts overlap, and whether `whole:` is right",
        ))
}

/// A part without a value where the whole is the sum of the parts.
pub fn part_missing(span: Span, row: &str, part: &str) -> Diagnostic {
    let message = say(
        format!("{row}の {part} に値がないので、全体が分かりません"),
        format!("{part} has no value in {row}, so the whole is not known"),
    );
    Diagnostic::error("part-missing", message)
        .at(span)
        .help(say("`whole:` に全体を書いてください", "say what the whole is with `whole:`"))
}

/// A part below zero.
pub fn part_below_zero(span: Span, row: &str, part: &str, value: &str) -> Diagnostic {
    let message = say(
        format!("{row}の {part} が負の値です"),
        format!("{part} is below zero in {row}, and so no part of a whole"),
    );
    Diagnostic::error("part-below-zero", message)
        .at(span)
        .found(value)
        .help(say("kind: bars なら負の値を示せます", "`kind: bars` can show values below zero"))
}

/// Too few or too many parts.
pub fn wrong_number_of_parts(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "wrong-number-of-parts",
        say("部分の数が見分けられる範囲にありません", "this is not a number of parts that can be told apart"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("1 から {most}"), format!("1 to {most}")))
    .help(say("小さな部分をまとめるか、kind: bars にしてください", "join small parts, or use `kind: bars`"))
}

/// A whole whose unit is not that of its parts, or that has no value.
pub fn no_whole(span: Span, row: &str) -> Diagnostic {
    let message = say(format!("{row}の全体の値がありません"), format!("the whole has no value in {row}"));
    Diagnostic::error("no-whole", message)
        .at(span)
        .help(say("`whole:` と時点を確かめてください", "check `whole:` and the period"))
}

/// A share of nothing.
pub fn whole_is_zero(span: Span, row: &str) -> Diagnostic {
    let message = say(format!("{row}の全体が 0 です"), format!("the whole is zero in {row}"));
    Diagnostic::error("whole-is-zero", message).at(span).help(say(
        "0 の割合はありません。地域と時点を確かめてください",
        "nothing is a share of zero: check areas and periods",
    ))
}

/// An option that another one leaves without effect.
pub fn not_together(span: Span, option: &str, with: &str) -> Diagnostic {
    Diagnostic::error(
        "not-together",
        say(format!("{option} は {with} と一緒には使えません"), format!("`{option}` has no meaning beside `{with}`")),
    )
    .at(span)
    .help(say(format!("`{option}` を消してください"), format!("remove `{option}`")))
}
