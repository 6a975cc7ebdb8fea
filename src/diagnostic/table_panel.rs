//! Findings about panels that are tables and stacks: matrices, timelines, stacked columns, pyramids.

use super::{Diagnostic, Span, say};

/// A matrix of nothing.
pub fn panel_without_flow<'a>(span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = known.into_iter().collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "panel-without-flow",
        say("どの流れの表を示すかが書かれていません", "this panel does not say which flow table it shows"),
    )
    .at(span)
    .help(say(
        format!("`flow: 表の id` の行を足してください（あるもの: {list}）"),
        format!("add a line `flow: its id` (there are: {list})"),
    ))
}

/// A flow table that there is not.
pub fn unknown_flow<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("{name} という流れの表はありません"), format!("there is no flow table {name}"));
    Diagnostic::error("unknown-flow", message).at(span).missing(name, known)
}

/// An area of which a flow table knows nothing.
pub fn area_not_in_flow<'a>(
    span: Span,
    flow: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = say(format!("{flow} に {name} の行も列もありません"), format!("{flow} has no row or column {name}"));
    Diagnostic::error("area-not-in-flow", message).at(span).suggest(name, known)
}

/// A panel that needs a plain table and names none.
pub fn panel_without_table<'a>(span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = known.into_iter().collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "panel-without-table",
        say("どの表を示すかが書かれていません", "this panel does not say which table it shows"),
    )
    .at(span)
    .help(say(
        format!("`table: 表の id` の行を足してください（あるもの: {list}）"),
        format!("add a line `table: its id` (there are: {list})"),
    ))
}

/// A plain table that there is not.
pub fn unknown_table<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("{name} という表はありません"), format!("there is no table {name}"));
    Diagnostic::error("unknown-table", message).at(span).missing(name, known)
}

/// A column that a plain table does not have.
pub fn unknown_table_column<'a>(
    span: Span,
    table: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = say(format!("{table} に {name} という列はありません"), format!("{table} has no column {name}"));
    Diagnostic::error("unknown-table-column", message).at(span).suggest(name, known)
}

/// A column of words where numbers are needed.
pub fn column_without_numbers<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("{name} は数値の列ではありません"), format!("the column {name} holds no numbers"));
    Diagnostic::error("column-without-numbers", message)
        .at(span)
        .help(say(
            "表の `columns:` でこの列に `unit:` を付けてください",
            "give it a `unit:` in the `columns:` of the table",
        ))
        .suggest(name, known)
}

/// Two measures that can't stand on one scale.
pub fn units_differ_in_panel(span: Span, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "units-differ-in-panel",
        say("単位の違う数値は一つの目盛りに載せられません", "figures of different units can't share a scale"),
    )
    .at(span)
    .found(second.to_owned())
    .expected(say(first, first))
    .help(say("図を分けてください", "make one panel for each unit"))
}

/// The time of a row of a timeline is no year.
pub fn not_a_year(span: Span, table: &str, found: &str) -> Diagnostic {
    Diagnostic::error(
        "not-a-year",
        say(
            format!("{table} のこの値は年として読めません: {found}"),
            format!("this value of {table} is no year: {found}"),
        ),
    )
    .at(span)
    .expected(say(
        "2026、FY2026、令和8年度 など。列の中では年と年度のどちらかにそろえる",
        "2026, FY2026 or 令和8年度; one sort in a column",
    ))
}

/// More columns or rows than a panel can show.
pub fn too_many_parts(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-parts", say("一つの図に載せるには多すぎます", "these are more than one panel can show"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{most} まで"), format!("at most {most}")))
        .help(say("示すものを絞るか、kind: table にしてください", "choose fewer, or use `kind: table`"))
}

/// A part of a whole that is less than nothing.
pub fn negative_part(span: Span, name: &str, period: &str) -> Diagnostic {
    Diagnostic::error(
        "negative-part",
        say(
            format!("{name}（{period}）が負の数なので、積み上げられません"),
            format!("{name} ({period}) is below zero and can't be a part of a whole"),
        ),
    )
    .at(span)
    .help(say("kind: bars か table にしてください", "use `kind: bars` or `table`"))
}

/// More colours than one voice.
pub fn too_many_highlights(span: Span, found: usize) -> Diagnostic {
    Diagnostic::error("too-many-highlights", say("目立たせるものが多すぎます", "these are more than can stand out"))
        .at(span)
        .found(found.to_string())
        .expected(say("2 つまで", "at most 2"))
}

/// A part and the whole that it belongs to, side by side.
pub fn part_of_another(span: Span, part: &str, whole: &str) -> Diagnostic {
    Diagnostic::error(
        "part-of-another",
        say(
            format!("{part}は{whole}の一部なので、積み上げると二重に数えられます"),
            format!("{part} is a part of {whole}: stacked, it would count twice"),
        ),
    )
    .at(span)
    .help(say("`areas:` に、重ならない地域だけを書いてください", "name only areas that don't overlap, in `areas:`"))
}
