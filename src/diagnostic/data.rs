//! Findings about data files and about the values that articles ask of them.

use super::{Diagnostic, Message, Span, say};

/// What a cell may hold.
pub fn expected_cell() -> Message {
    say("数値か、値がない理由の記号（—、…、x）", "a number, or a sign for its absence (—, …, x)")
}

/// How to say that a value is missing.
fn missing_signs() -> Message {
    say(
        "値がなければ理由を書きます: 該当なしは —、不明・未公表は …、秘匿は x",
        "where there is no value, say why: — for not applicable, … for not available, x for suppressed",
    )
}

// Files.

/// A data file without anything that Kairan reads.
pub fn no_kind(span: Span, kinds: &[&str]) -> Diagnostic {
    let (ja, en) = (kinds.join("、"), kinds.join(", "));
    Diagnostic::error("no-kind", say("データの種類が書かれていません", "this data file does not say what it holds"))
        .at(span)
        .expected(say(
            format!("最上位の項目として次のどれか: {ja}"),
            format!("one of these as the top-level key: {en}"),
        ))
        .help(say(
            "1 行目に `indicators:` などと書き、その下に並べてください",
            "write `indicators:` or the like as the first line, and the entries below it",
        ))
}

/// Two kinds of data in one file.
pub fn several_kinds(span: Span, kind: &str, first: Span, first_kind: &str) -> Diagnostic {
    Diagnostic::error(
        "several-kinds",
        say("一つのファイルに二種類のデータがあります", "this file holds two kinds of data"),
    )
    .at(span)
    .found(format!("{first_kind}, {kind}"))
    .related(first, say("一つ目の種類", "the first kind"))
    .help(say(
        format!("`{kind}:` から下を別のファイルに移してください"),
        format!("move `{kind}:` and what is below it into a file of its own"),
    ))
}

// Cells and rows.

/// A cell with nothing in it.
pub fn empty_cell(span: Span) -> Diagnostic {
    Diagnostic::error("empty-cell", say("空のセルがあります", "this cell is empty"))
        .at(span)
        .expected(expected_cell())
        .help(missing_signs())
}

/// A cell that is no number.
pub fn not_a_number(span: Span, found: &str) -> Diagnostic {
    let finding = Diagnostic::error("not-a-number", say("数値として読めません", "this can't be read as a number"))
        .at(span)
        .found(found)
        .expected(expected_cell());
    let digits: String =
        found.chars().take_while(|character| character.is_ascii_digit() || matches!(character, ',' | '.')).collect();
    if !digits.is_empty() && digits.len() < found.len() {
        return finding.help(say(
            format!("単位は unit に書き、ここには {digits} だけを書いてください"),
            format!("write {digits} alone; the unit goes to `unit`"),
        ));
    }
    finding.help(missing_signs())
}

/// Commas that do not stand between thousands.
pub fn thousands_comma(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "thousands-comma",
        say("桁区切りのコンマの位置がおかしい数値です", "the commas of this number do not stand between thousands"),
    )
    .at(span)
    .found(found)
    .expected(say("1,234 のように 3 桁ごと、小数点は 1.23", "groups of three as in 1,234; decimals as in 1.23"))
    .help(comma_or_point(found))
}

/// What a number with a misplaced comma may mean: 3,05 is 3.05 or 305.
fn comma_or_point(found: &str) -> Message {
    let whole = found.replace(',', "");
    match found.split_once(',') {
        Some((before, after)) if !after.contains([',', '.']) => say(
            format!("小数なら {before}.{after}、整数なら {whole} と書いてください"),
            format!("write {before}.{after} if decimals are meant, {whole} if not"),
        ),
        _ => say(format!("コンマを消して {whole} と書いてください"), format!("write {whole}, without commas")),
    }
}

/// More digits than a figure can have.
pub fn number_too_large(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("number-too-large", say("桁が多すぎる数値です", "this number has too many digits"))
        .at(span)
        .found(found)
        .expected(say("全体で 28 桁まで", "at most 28 digits"))
        .help(say(
            "桁を間違えていないか確かめ、必要なら単位を大きくしてください",
            "check its digits; where it is right, take a larger unit",
        ))
}

/// A sign of per cent in a table of something else.
pub fn percent_in_cell(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "percent-in-cell",
        say("単位が％でない表に％の付いた値があります", "a value in per cent stands in a table with another unit"),
    )
    .at(span)
    .found(found)
    .help(say(
        "列がずれていないか確かめてください。％の表なら unit を ％ にします",
        "check that no column has slipped; if the table is in per cent, set `unit` to ％",
    ))
}

/// A row with too few or too many cells. `right` is how the row would be written, where its commas are the cause.
pub fn row_length(span: Span, name: &str, found: usize, expected: usize, right: Option<String>) -> Diagnostic {
    let message = say(
        format!("{name} の行に値が {found} 個あり、periods の時点は {expected} 個です"),
        format!("the row {name} has {} for {expected} periods", counted(found, "value")),
    );
    let help = match right {
        Some(right) => say(
            format!("値は半角のコンマと空白で区切り、桁区切りのコンマのある数は引用符で囲みます: {right}"),
            format!(
                "between values stand a comma and a space; a number with a comma stands between quotation marks: {right}"
            ),
        ),
        None if found < expected => say(
            "抜けた値がないか確かめてください。値がなければ …（不明・未公表）か —（該当なし）と書きます",
            "look for a value left out; where there is none, write … (not available) or — (not applicable)",
        ),
        None => say(
            "余分な値を消すか、periods に時点を足してください",
            "remove what is too much, or add its period to `periods`",
        ),
    };
    Diagnostic::error("row-length", message)
        .at(span)
        .expected(say(
            format!("時点ごとに 1 個、合わせて {expected} 個の値"),
            format!("{}, one for each period", counted(expected, "value")),
        ))
        .help(help)
}

/// 1 value, 2 values.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A row of a plain table with too few or too many cells.
pub fn table_row_length(span: Span, found: usize, expected: usize) -> Diagnostic {
    Diagnostic::error(
        "row-length",
        say("この行の値の数が columns の数と合いません", "this row does not have a cell for each of the `columns`"),
    )
    .at(span)
    .found(format!("{found}"))
    .expected(say(format!("{expected} 個の値"), format!("{expected} cells")))
    .help(say("抜けた欄か余分な欄がないか確かめてください", "look for a cell left out, or one too many"))
}

/// One area twice in a table.
pub fn duplicate_row(span: Span, name: &str, first: Span, first_name: &str) -> Diagnostic {
    let message = say(format!("{name} の行が二つあります"), format!("there are two rows for {name}"));
    let label = if name == first_name {
        say("一つ目の行", "the first row")
    } else {
        say("同じものの別の名前", "another name of the same")
    };
    Diagnostic::error("duplicate-row", message)
        .at(span)
        .related(first, label)
        .help(say("正しい方を残し、もう一方を消してください", "keep the right one and delete the other"))
}

/// One area twice in a row of a flow table.
pub fn duplicate_column(span: Span, name: &str) -> Diagnostic {
    let message = say(format!("この行に {name} の値が二つあります"), format!("this row has two values for {name}"));
    Diagnostic::error("duplicate-column", message)
        .at(span)
        .help(say("正しい方を残し、もう一方を消してください", "keep the right one and delete the other"))
}

/// One period twice in a table.
pub fn duplicate_period(span: Span, period: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-period",
        say(format!("periods に {period} が二度あります"), format!("`periods` has {period} twice")),
    )
    .at(span)
    .help(say("時点の書き間違いを直すか、列を一つ消してください", "correct the period, or delete one of the columns"))
}

/// A table without periods.
pub fn no_periods(span: Span) -> Diagnostic {
    Diagnostic::error("no-periods", say("periods が空です", "`periods` is empty")).at(span).expected(say(
        "`periods: [2016, 2018]` のような時点の一覧",
        "the periods of the columns, such as `periods: [2016, 2018]`",
    ))
}

/// A derived indicator with values of its own.
pub fn formula_and_values(span: Span, values: Span) -> Diagnostic {
    Diagnostic::error(
        "formula-and-values",
        say("formula と values の両方があります", "this indicator has both a formula and values"),
    )
    .at(span)
    .related(values, say("書かれた値", "the values"))
    .help(say(
        "印刷された値は別の指標に移し、`printed: その指標の id` と書けば、計算と比べます",
        "move the printed values to an indicator of their own and write `printed: its id`: the two are then compared",
    ))
}

/// Decimals beyond what is printed.
pub fn precision_too_large(span: Span, found: u32, most: u32) -> Diagnostic {
    Diagnostic::error("precision-too-large", say("小数点以下の桁数が多すぎます", "this is too many decimals"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("0 から {most}"), format!("0 to {most}")))
}

/// A place that is not on the globe.
pub fn point_off_the_globe(span: Span) -> Diagnostic {
    Diagnostic::error(
        "point-off-the-globe",
        say("緯度か経度が範囲の外です", "this latitude or longitude is out of range"),
    )
    .at(span)
    .expected(say("lat は -90 から 90、lon は -180 から 180", "`lat` from -90 to 90, `lon` from -180 to 180"))
    .help(say(
        "緯度（lat）と経度（lon）を取り違えていないか確かめてください",
        "check that latitude and longitude are not swapped",
    ))
}

// Names.

/// An id that can't be used as one.
pub fn invalid_id(span: Span, id: &str, expected: Message) -> Diagnostic {
    Diagnostic::error("invalid-id", say("id に使えない文字があります", "this id has characters that ids can't have"))
        .at(span)
        .found(id)
        .expected(expected)
        .help(say(
            "読者には name が見えます。id は短い英字で付けてください",
            "readers see `name`; make the id a short word in Latin letters",
        ))
}

/// Two entries with one id.
pub fn duplicate_id(span: Span, first: Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-id",
        say(format!("同じ id が二度使われています: {id}"), format!("this id is used twice: {id}")),
    )
    .labelled(span, say("二度目", "the second time"))
    .related(first, say("一度目", "the first time"))
    .help(say(
        "どちらかの id を変えるか、重なった項目を消してください",
        "change one of the ids, or delete the entry that is there twice",
    ))
}

/// An alias that is already the name of something else.
pub fn duplicate_alias(span: Span, first: Span, alias: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-alias",
        say(format!("別のものも {alias} と呼ばれています"), format!("something else is called {alias} too")),
    )
    .at(span)
    .related(first, say("すでにこう呼ばれているもの", "what already has this name"))
    .help(say(
        "aliases から消すか、どちらかに別の名を付けてください",
        "remove it from `aliases`, or give one of the two another name",
    ))
}

/// An area that no file has.
pub fn unknown_area<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-area", say(format!("知らない地域です: {name}"), format!("unknown area: {name}")))
        .at(span)
        .missing(name, known)
        .help(say(
            "content/data/ の areas: にある id か名前を書いてください",
            "write the id or the name of an area in content/data/",
        ))
}

/// A hospital that no file has.
pub fn unknown_hospital<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-hospital", say(format!("知らない病院です: {name}"), format!("unknown hospital: {name}")))
        .at(span)
        .missing(name, known)
        .help(say(
            "content/data/ の hospitals: にある id か名前を書いてください",
            "write the id or the name of a hospital in content/data/",
        ))
}

/// A name that several have.
pub fn ambiguous_name<'a>(span: Span, name: &str, ids: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = ids.into_iter().collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "ambiguous-name",
        say(format!("{name} は一つに決まりません"), format!("several things are called {name}")),
    )
    .at(span)
    .found(name)
    .expected(say(format!("id のどれか: {list}"), format!("one of the ids {list}")))
}

/// Areas that are parts of each other.
pub fn area_cycle(span: Span, members: &[(String, Span)]) -> Diagnostic {
    let round = members
        .iter()
        .map(|(id, _)| id.as_str())
        .chain(members.first().map(|(id, _)| id.as_str()))
        .collect::<Vec<_>>()
        .join(" → ");
    let finding =
        Diagnostic::error("area-cycle", say("地域の親子関係が輪になっています", "these areas are parts of each other"))
            .at(span)
            .found(round)
            .help(say("どれか一つの parent を正しい親に直してください", "correct the `parent` of one of them"));
    members.iter().skip(1).fold(finding, |finding, (id, place)| {
        finding.related(place.clone(), say(format!("{id} の親"), format!("the parent of {id}")))
    })
}

// Values.

/// An indicator that no file has.
pub fn unknown_indicator<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-indicator",
        say(format!("知らない指標です: {name}"), format!("unknown indicator: {name}")),
    )
    .at(span)
    .missing(name, known)
    .help(say(
        "content/data/ の indicators: にある id を書いてください",
        "write the id of an indicator in content/data/",
    ))
}

/// An area or hospital that a table does not have.
pub fn no_row<'a>(span: Span, indicator: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("指標 {indicator} に {name} の値はありません"),
        format!("the indicator {indicator} has no values of {name}"),
    );
    Diagnostic::error("no-row", message).at(span).missing(name, known)
}

/// A period that a table does not have.
pub fn unknown_period(span: Span, indicator: &str, found: &str, known: &[String]) -> Diagnostic {
    period_not_there(span, indicator, found, known).help(say(
        "この中から選ぶか、データのファイルに時点を足してください",
        "choose one of these, or add the period to the data file",
    ))
}

/// A fiscal year that a table does not have, which has the year of the same number; or the reverse.
pub fn other_kind_of_year(span: Span, indicator: &str, found: &str, known: &[String], there: &str) -> Diagnostic {
    period_not_there(span, indicator, found, known).help(say(
        format!("年と年度は別の時点です。この指標にあるのは {there} です"),
        format!("a year and a fiscal year are two periods; this indicator has {there}"),
    ))
}

fn period_not_there(span: Span, indicator: &str, found: &str, known: &[String]) -> Diagnostic {
    let list = known.join(", ");
    let message = say(
        format!("指標 {indicator} に {found} の値はありません"),
        format!("the indicator {indicator} has no values of {found}"),
    );
    Diagnostic::error("unknown-period", message)
        .at(span)
        .expected(say(format!("次のどれか: {list}"), format!("one of {list}")))
}

/// A text that names no time.
pub fn not_a_period(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("not-a-period", say("時点として読めません", "this is not a period"))
        .at(span)
        .found(found)
        .expected(say("2018、FY2023、令和5年度、2023-07-07 など", "2018, FY2023, 2023-07 or 2023-07-07"))
}

/// A formula that can't be read.
pub fn formula_syntax(span: Span, cause: Message) -> Diagnostic {
    let message =
        say(format!("式として読めません（{}）", cause.ja), format!("this formula can't be read ({})", cause.en));
    Diagnostic::error("formula-syntax", message).at(span).help(say(
        "例: `= physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed`",
        "for example: `= physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed`",
    ))
}

/// An indicator without an area.
pub fn bare_indicator(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("bare-indicator", say("どの地域の値かが書かれていません", "this does not say of which area"))
        .at(span)
        .found(name)
        .help(say(
            format!("`{name}[地域, 時点]` と書いてください。時点を省くと最新の値です"),
            format!("write `{name}[area, period]`; without a period it is the latest value"),
        ))
}

/// What spreadsheets and texts call our functions.
const FUNCTIONS_ELSEWHERE: [(&str, &str); 11] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("平均", "mean"),
    ("合計", "sum"),
    ("total", "sum"),
    ("中央値", "median"),
    ("順位", "rank"),
    ("増減", "change"),
    ("増減率", "rate"),
    ("割合", "share"),
    ("指数", "index"),
];

/// A function that there is not.
pub fn unknown_function<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let elsewhere = FUNCTIONS_ELSEWHERE.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    let finding = Diagnostic::error(
        "unknown-function",
        say(format!("知らない関数です: {name}"), format!("unknown function: {name}")),
    )
    .at(span);
    match elsewhere {
        Some((_, ours)) => {
            finding.help(say(format!("ここでは {ours} と書きます"), format!("here it is called {ours}")))
        }
        None => finding.suggest(name, known),
    }
}

/// A column that a plain table does not have.
pub fn unknown_table_column<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("知らない列です: {name}"), format!("unknown column: {name}"));
    Diagnostic::error("unknown-table-column", message).at(span).suggest(name, known)
}

/// A flow table that does not exist.
pub fn unknown_flow<'a>(
    span: Span,
    name: &str,
    function: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = say(
        format!("知らない流れの表です: {name}（{function} は流れの表の関数です）"),
        format!("unknown flow table: {name} ({function} is a function of a flow table)"),
    );
    Diagnostic::error("unknown-flow", message).at(span).missing(name, known)
}

/// A flow table where an indicator must stand.
pub fn flow_as_indicator(span: Span, id: &str) -> Diagnostic {
    let message =
        say(format!("{id} は流れの表で、指標ではありません"), format!("{id} is a flow table and no indicator"));
    Diagnostic::error("flow-as-indicator", message).at(span).help(say(
        format!(
            "inflow({id}, 地域)、coefficient({id}, 地域)、cell({id}, 出る地域, 行き先の地域) のように書いてください"
        ),
        format!("write inflow({id}, area), coefficient({id}, area) or cell({id}, area left, area gone to)"),
    ))
}

/// A function of a flow table in prose that does not say which area is meant.
pub fn flow_without_area(span: Span, function: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        "flow-without-area",
        say("どの地域の流れか書かれていません", "it does not say which area's flow is meant"),
    )
    .at(span)
    .help(say(
        format!("{function}({id}, 地域の id) のように書いてください"),
        format!("write {function}({id}, id of an area)"),
    ))
}

/// An area of which a flow table knows nothing.
pub fn not_in_flow<'a>(span: Span, flow: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message =
        say(format!("流れの表 {flow} に {name} はありません"), format!("the flow table {flow} does not have {name}"));
    Diagnostic::error("not-in-flow", message).at(span).suggest(name, known)
}

/// A function with too little or too much between its parentheses.
pub fn function_arguments(span: Span, name: &str, usage: Message) -> Diagnostic {
    Diagnostic::error(
        "function-arguments",
        say(
            format!("関数 {name} の括弧の中が違います"),
            format!("{name} takes something else between its parentheses"),
        ),
    )
    .at(span)
    .expected(usage)
}

/// A function of something that is neither one value nor free of places.
pub fn several_places(span: Span) -> Diagnostic {
    Diagnostic::error(
        "several-places",
        say("関数の中の式が地域を決めています", "the formula inside a function names an area"),
    )
    .at(span)
    .expected(say("指標一つ、または地域を書かない式", "one indicator, or a formula without areas"))
    .help(say(
        "式を `formula:` のある指標にして、その id を関数に入れてください",
        "make the formula an indicator of its own, with `formula:`, and use its id here",
    ))
}

/// A formula over areas and hospitals at once.
pub fn areas_and_hospitals(span: Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "areas-and-hospitals",
        say(
            format!("地域の指標と病院の指標は一つの式に書けません: {id}"),
            format!("a formula can't have indicators of areas and of hospitals at once: {id}"),
        ),
    )
    .at(span)
    .help(say("`over:` が同じ指標だけを使ってください", "use indicators with the same `over:` only"))
}

/// Indicators whose formulas need each other.
pub fn formula_cycle(span: Span, members: &[(String, Span)]) -> Diagnostic {
    let round = members.iter().map(|(id, _)| id.as_str()).chain(members.first().map(|(id, _)| id.as_str()));
    let finding = Diagnostic::error(
        "formula-cycle",
        say("指標の式が輪になっています", "the formulas of these indicators need each other"),
    )
    .at(span)
    .found(round.collect::<Vec<_>>().join(" → "))
    .help(say(
        "どれか一つの formula を、ほかの指標から計算する形に直してください",
        "let the formula of one of them start from other indicators",
    ));
    members.iter().skip(1).fold(finding, |finding, (id, place)| {
        finding.related(place.clone(), say(format!("{id} の式"), format!("the formula of {id}")))
    })
}

/// A filter in the formula of an indicator.
pub fn filter_in_indicator(span: Span) -> Diagnostic {
    Diagnostic::error(
        "filter-in-indicator",
        say("指標の式に書式（| のあと）は書けません", "the formula of an indicator takes no filters (after |)"),
    )
    .at(span)
    .help(say(
        "小数の桁数は precision、単位は unit に書いてください",
        "say the decimals in `precision` and the unit in `unit`",
    ))
}

/// A formula that gives no value anywhere.
pub fn formula_without_values(span: Span, parts: &[(String, String)]) -> Diagnostic {
    let periods = parts.iter().map(|(id, periods)| format!("{id}: {periods}")).collect::<Vec<_>>().join(" / ");
    Diagnostic::error(
        "formula-without-values",
        say("この式で値の出る地域と時点がありません", "this formula gives no value for any area and period"),
    )
    .at(span)
    .found(periods)
    .help(say(
        "式の中の指標に、同じ地域と同じ時点の値があるか確かめてください（年と年度は別の時点です）",
        "see whether its indicators have values of the same areas and periods (a year and a fiscal year are two periods)",
    ))
}

/// A formula whose result is counted in something else than its indicator.
pub fn unit_of_formula(span: Span, formula: Span, declared: &str, computed: &str) -> Diagnostic {
    Diagnostic::error(
        "unit-of-formula",
        say("式の結果の単位が unit と違います", "the formula gives another unit than `unit` says"),
    )
    .at(span)
    .found(declared)
    .expected(say(computed, computed))
    .related(formula, say(format!("結果の単位: {computed}"), format!("the result is in {computed}")))
    .help(say(
        "unit を直すか、指標の取り違えがないか確かめてください",
        "correct `unit`, or check that the formula takes the right indicators",
    ))
}

/// A filter that there is not.
pub fn unknown_filter<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-filter", say(format!("知らない書式です: {name}"), format!("unknown filter: {name}")))
        .at(span)
        .suggest(name, known)
}

/// A filter with the wrong argument.
pub fn filter_argument(span: Span, name: &str, expected: Message) -> Diagnostic {
    Diagnostic::error(
        "filter-argument",
        say(format!("書式 {name} の引数が違います"), format!("the filter {name} has a wrong argument")),
    )
    .at(span)
    .expected(expected)
}

/// Sums of what is counted in different things.
pub fn units_differ(span: Span, left: (Span, &str), right: (Span, &str)) -> Diagnostic {
    let shown = |unit: &str| if unit.is_empty() { "—".to_owned() } else { unit.to_owned() };
    Diagnostic::error(
        "units-differ",
        say("単位の違う値は足し引きできません", "values with different units can't be added or subtracted"),
    )
    .at(span)
    .found(format!("{} / {}", shown(left.1), shown(right.1)))
    .related(left.0, say(format!("単位: {}", shown(left.1)), format!("unit: {}", shown(left.1))))
    .related(right.0, say(format!("単位: {}", shown(right.1)), format!("unit: {}", shown(right.1))))
    .help(say(
        "指標の取り違えか、unit の書き方の違いがないか確かめてください",
        "check that the right indicators are meant, and that their `unit` is written alike",
    ))
}

/// A percentage of something that is counted in a unit.
pub fn percent_of_unit(span: Span, unit: &str) -> Diagnostic {
    Diagnostic::error(
        "percent-of-unit",
        say("単位のある値は％にできません", "a value with a unit can't become a percentage"),
    )
    .at(span)
    .found(unit)
    .expected(say("同じ単位の値を割った比", "a ratio: one value divided by another of the same unit"))
    .help(say("全体で割るか、`| percent` を消してください", "divide it by the whole, or remove `| percent`"))
}

/// A result beyond all figures.
pub fn formula_overflow(span: Span) -> Diagnostic {
    Diagnostic::error(
        "formula-overflow",
        say("計算の結果が大きすぎます", "the result of this calculation is too large"),
    )
    .at(span)
    .help(say(
        "掛け算と割り算を取り違えていないか確かめてください",
        "check that no multiplication is meant to be a division",
    ))
}
