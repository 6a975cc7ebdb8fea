//! Findings about statistic panels.

use super::{Diagnostic, Span, say};

/// A panel that does not say which kind it is.
pub fn no_panel_kind<'a>(span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = known.into_iter().collect::<Vec<_>>().join(", ");
    Diagnostic::error("no-panel-kind", say("パネルの種類がありません", "this panel does not say of which kind it is"))
        .at(span)
        .expected(say(format!("kind: に次のどれか: {list}"), format!("`kind:` with one of {list}")))
}

/// A kind of panel that there is not.
pub fn unknown_panel_kind<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("知らない種類のパネルです: {name}"), format!("unknown kind of panel: {name}"));
    let known: Vec<&str> = known.into_iter().collect();
    let elsewhere = KINDS_ELSEWHERE.iter().find(|(other, ours)| *other == name && known.contains(ours));
    let finding = Diagnostic::error("unknown-panel-kind", message).at(span);
    match elsewhere {
        Some((_, ours)) => {
            finding.help(say(format!("ここでは {ours} と書きます"), format!("here it is called {ours}")))
        }
        None => finding.suggest(name, known),
    }
}

/// What kinds of panels are called elsewhere.
const KINDS_ELSEWHERE: [(&str, &str); 10] = [
    ("line", "trend"),
    ("lines", "trend"),
    ("graph", "trend"),
    ("折れ線", "trend"),
    ("折れ線グラフ", "trend"),
    ("推移", "trend"),
    ("bar", "bars"),
    ("棒グラフ", "bars"),
    ("表", "table"),
    ("数字", "kpi"),
];

/// A formula between braces, where YAML takes its brackets for a list.
pub fn formula_without_quotes(span: Span, formula: &str) -> Diagnostic {
    Diagnostic::error(
        "formula-without-quotes",
        say("式が引用符で囲まれていません", "this formula does not stand between quotation marks"),
    )
    .at(span)
    .found(formula)
    .help(say(format!("`value: \"{formula}\"` と書いてください"), format!("write `value: \"{formula}\"`")))
}

/// A panel whose figures come from nowhere.
pub fn panel_without_source(span: Span) -> Diagnostic {
    Diagnostic::error("panel-without-source", say("パネルに出典がありません", "this panel has no source"))
        .at(span)
        .help(say(
            "`source:` に調査や資料の名前を書いてください",
            "add `source:` with the name of the survey or document",
        ))
}

/// A panel whose figures are of no time.
pub fn panel_without_as_of(span: Span) -> Diagnostic {
    Diagnostic::error(
        "panel-without-as-of",
        say("いつの数値かが書かれていません", "this panel does not say of when its figures are"),
    )
    .at(span)
    .help(say("`as_of: 2018-12-31` のように書いてください", "add the day of the figures, as in `as_of: 2018-12-31`"))
}

/// A figure that is counted in nothing.
pub fn panel_without_unit(span: Span) -> Diagnostic {
    Diagnostic::error("panel-without-unit", say("この数値には単位がありません", "this figure has no unit")).at(span).help(say(
        "`unit:` に単位を書くか、比なら式に `| percent` を付けてください。単位がないのが正しければ `unit: \"\"` とします",
        "add `unit:`, or `| percent` to the formula of a ratio; where no unit is right, write `unit: \"\"`",
    ))
}

/// A panel with nothing to show.
pub fn panel_without_values(span: Span) -> Diagnostic {
    Diagnostic::error("panel-without-values", say("示せる値が一つもありません", "there is no value to show"))
        .at(span)
        .help(say("地域と時点の選び方を確かめてください", "check which areas and periods are chosen"))
}

/// A panel without an indicator.
pub fn panel_without_indicator(span: Span) -> Diagnostic {
    Diagnostic::error(
        "panel-without-indicator",
        say("どの指標を示すかが書かれていません", "this panel does not say which indicator it shows"),
    )
    .at(span)
    .help(say("`indicator: 指標の id` の行を足してください", "add a line `indicator: its id`"))
}

/// An anchor that can't stand in an address.
pub fn invalid_panel_id(span: Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "invalid-panel-id",
        say("id に使えない文字があります", "this id has characters that anchors can't have"),
    )
    .at(span)
    .found(id)
    .expected(say(
        "英小文字で始まる英小文字、数字、-、_、:",
        "lower-case letters, digits, -, _ and :, beginning with a letter",
    ))
}

/// Fewer or more figures than the eye takes in at once.
pub fn wrong_number_of_items(span: Span, found: usize) -> Diagnostic {
    Diagnostic::error(
        "wrong-number-of-items",
        say("主な数値は 2 つから 6 つまでです", "a panel of main figures has two to six of them"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say("2 から 6", "2 to 6"))
    .help(say(
        "一つなら文中に `= 式` で、七つ以上なら kind: table で示してください",
        "put a single one into the text as `= formula`; show seven or more with `kind: table`",
    ))
}

/// A line of one point.
pub fn too_few_periods(span: Span, known: &[String]) -> Diagnostic {
    let list = known.join(", ");
    Diagnostic::error(
        "too-few-periods",
        say("推移を描くには時点が二つ以上必要です", "a line over time needs at least two periods"),
    )
    .at(span)
    .found(known.len().to_string())
    .help(say(
        format!("from と to を確かめるか、kind: table か kpi にしてください（あるもの: {list}）"),
        format!("check `from` and `to`, or choose `kind: table` or `kpi` (there are: {list})"),
    ))
}

/// More lines than can be told apart.
pub fn too_many_series(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-series",
        say("線が多すぎて見分けられません", "these are more lines than can be told apart"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("{most} 本まで"), format!("at most {most}")))
    .help(say(
        "`areas:` で示す地域を絞るか、kind: table にしてください",
        "choose fewer with `areas:`, or use `kind: table`",
    ))
}

/// The highlighted area is not there.
pub fn highlight_not_shown<'a>(span: Span, name: &str, shown: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("強調する {name} がこのパネルにありません"),
        format!("the highlighted {name} is not in this panel"),
    );
    Diagnostic::error("highlight-not-shown", message).at(span).suggest(name, shown).help(say(
        format!("`areas:` に {name} を足すか、示している中から選んでください"),
        format!("add {name} to `areas:`, or choose one of those shown"),
    ))
}

/// Areas and hospitals in one table.
pub fn mixed_rows(span: Span) -> Diagnostic {
    Diagnostic::error(
        "mixed-rows",
        say("地域の指標と病院の指標は一つの表にできません", "indicators of areas and of hospitals can't share a table"),
    )
    .at(span)
    .help(say("表を二つに分けてください", "make two tables"))
}

/// Change between a period and itself.
pub fn change_without_periods(span: Span) -> Diagnostic {
    Diagnostic::error(
        "change-without-periods",
        say("増減を出すには時点が二つ以上必要です", "a change needs at least two periods"),
    )
    .at(span)
    .help(say(
        "`periods:` に二つ以上の時点を書くか、`columns:` から消してください",
        "give two or more `periods:`, or remove it from `columns:`",
    ))
}
