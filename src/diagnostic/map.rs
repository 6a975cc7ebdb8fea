//! Findings about maps, the files of outlines that they draw, and the other panels that place things in a plane.

use super::{Diagnostic, Span, say};

// Files of outlines.

/// A file that holds no outlines that can be read.
pub fn not_an_outline(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "not-an-outline",
        say(
            format!("GeoJSON としても TopoJSON としても読めません（{cause}）"),
            format!("this can't be read as GeoJSON or TopoJSON ({cause})"),
        ),
    )
    .at(span)
    .help(say(
        "地図のソフトから GeoJSON（拡張子 .geojson）か TopoJSON（.topojson）で書き出し直してください",
        "export it again from a map program as GeoJSON (.geojson) or TopoJSON (.topojson)",
    ))
}

/// A file without any shape.
pub fn empty_outline(span: Span) -> Diagnostic {
    Diagnostic::error("empty-outline", say("線も面も一つもないファイルです", "this file holds no line and no area"))
        .at(span)
        .help(say("書き出すときに図形を選んだか確かめてください", "check which shapes were chosen for export"))
}

/// Coordinates that are not degrees.
pub fn outline_off_the_globe(span: Span, x: f64, y: f64) -> Diagnostic {
    Diagnostic::error(
        "outline-off-the-globe",
        say("緯度経度ではない座標があります", "there are coordinates that are not degrees"),
    )
    .at(span)
    .found(format!("{x:.1}, {y:.1}"))
    .expected(say("経度 -180〜180、緯度 -90〜90", "longitude -180 to 180, latitude -90 to 90"))
    .help(say(
        "平面直角座標などで作られたファイルです。座標系に「WGS 84」か「JGD2011」の緯度経度を選んで書き出し直してください",
        "the file seems to be in metres of a plane; export it again in longitude and latitude (WGS 84)",
    ))
}

/// More points than can be read.
pub fn outline_too_detailed(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("outline-too-detailed", say("地図の線が細かすぎます", "these outlines are too detailed"))
        .at(span)
        .found(say_count(found))
        .expected(say(format!("{most} 点まで"), format!("at most {most} points")))
        .help(say(
            "地図のソフトの「簡略化（simplify）」で点を減らしてから書き出してください",
            "simplify the lines in a map program before exporting them",
        ))
}

fn say_count(count: usize) -> String {
    format!("{count}")
}

// Maps.

/// A file that is not there.
pub fn unknown_outline_file<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-outline-file",
        say(format!("地図のファイルがありません: {name}"), format!("there is no such file of outlines: {name}")),
    )
    .at(span)
    .expected(say(
        "content/data/ からの道筋（.geojson か .topojson）",
        "a path below content/data/, ending in .geojson or .topojson",
    ))
    .suggest(name, known)
}

/// A map that does not say what it shows.
pub fn map_without(span: Span, field: &str, form: &str) -> Diagnostic {
    Diagnostic::error(
        "map-without-part",
        say(format!("form: {form} の地図には {field} が必要です"), format!("a map of `form: {form}` needs `{field}`")),
    )
    .at(span)
    .help(say(format!("`{field}:` の行を足してください"), format!("add a line `{field}:`")))
}

/// An option of another form of map.
pub fn not_of_this_form(span: Span, field: &str, form: &str, of: &str) -> Diagnostic {
    Diagnostic::error(
        "option-of-another-form",
        say(
            format!("{field} は form: {form} の地図にはありません"),
            format!("a map of `form: {form}` has no `{field}`"),
        ),
    )
    .at(span)
    .help(say(format!("{field} は form: {of} で使います"), format!("`{field}` belongs to `form: {of}`")))
}

/// An outline without a word on whose it is.
pub fn map_without_credit(span: Span, file: &str) -> Diagnostic {
    Diagnostic::error(
        "map-without-credit",
        say(format!("地図 {file} の出典の表示がありません"), format!("the outlines of {file} have no credit line")),
    )
    .at(span)
    .help(say(
        "境界データの利用条件が求める表示を `credit: 「国土数値情報（行政区域データ）」（国土交通省）を加工して作成` のように書いてください",
        "add the line that the licence of the outlines asks for: `credit: …`",
    ))
}

/// More or fewer classes than a map can show.
pub fn wrong_number_of_classes(span: Span, found: usize) -> Diagnostic {
    Diagnostic::error(
        "wrong-number-of-classes",
        say("地図の階級は 2 つから 4 つまでです", "a map has two to four classes"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say("2 から 4（breaks なら境目を 1 から 3）", "2 to 4, or one to three `breaks`"))
}

/// Breaks that do not rise.
pub fn breaks_not_rising(span: Span) -> Diagnostic {
    Diagnostic::error(
        "breaks-not-rising",
        say("breaks は小さい順に書きます", "the breaks must rise from one to the next"),
    )
    .at(span)
    .expected(say("[10, 20, 30] のような並び", "numbers such as [10, 20, 30]"))
}

/// An area that the map can't find a place for.
pub fn area_without_code(span: Span, area: &str) -> Diagnostic {
    Diagnostic::error(
        "area-without-code",
        say(
            format!("{area} にコードがないので、地図のどこか分かりません"),
            format!("{area} has no code, so its place on the map is not known"),
        ),
    )
    .at(span)
    .help(say(
        "地域の `code:` に、公式のコードを引用符で囲んで書いてください",
        "add its official code, between quotes, as `code:` of the area",
    ))
}

/// Two areas of one code.
pub fn same_code(span: Span, code: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "same-code",
        say(
            format!("{first} と {second} のコードが同じです: {code}"),
            format!("{first} and {second} have the same code: {code}"),
        ),
    )
    .at(span)
    .help(say(
        "地域のコードを確かめるか、`areas:` で片方を選んでください",
        "check the codes, or choose one of them with `areas:`",
    ))
}

/// A value that no shape shows.
pub fn value_without_region<'a>(
    span: Span,
    area: &str,
    code: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error(
        "value-without-region",
        say(
            format!("{area}（コード {code}）の形が地図のファイルにありません"),
            format!("the file of outlines has no shape for {area} (code {code})"),
        ),
    )
    .at(span)
    .suggest(code, known)
    .help(say(
        "`code:` に書いた属性の名前と、その値を確かめるか、`areas:` で地図にある地域だけを選んでください",
        "check which property `code:` names and what it holds, or choose with `areas:` what is on the map",
    ))
}

/// A property that no shape has.
pub fn unknown_property<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-property",
        say(
            format!("地図のファイルのどの形にも属性 {name} がありません"),
            format!("no shape of the file has a property {name}"),
        ),
    )
    .at(span)
    .suggest(name, known)
}

/// A shape without the code by which values are joined.
pub fn region_without_code(span: Span, number: usize, property: &str) -> Diagnostic {
    Diagnostic::warning(
        "region-without-code",
        say(
            format!("地図のファイルの {number} 番目の形に属性 {property} がありません"),
            format!("shape {number} of the file has no property {property}"),
        ),
    )
    .at(span)
    .help(say("値のない地域として描きました", "it is drawn as a region without a value"))
}

/// A shape that is no area.
pub fn not_an_area(span: Span, number: usize, found: &str) -> Diagnostic {
    Diagnostic::error(
        "not-an-area",
        say(
            format!("地図のファイルの {number} 番目の形は面ではありません"),
            format!("shape {number} of the file is no area"),
        ),
    )
    .at(span)
    .found(found)
    .expected(say("Polygon か MultiPolygon", "a Polygon or a MultiPolygon"))
}

/// An outline that crosses itself.
pub fn crossing_outline(span: Span, code: &str) -> Diagnostic {
    Diagnostic::warning(
        "crossing-outline",
        say(
            format!("地図のファイルの形 {code} の線が交わっています"),
            format!("the outline of the shape {code} crosses itself"),
        ),
    )
    .at(span)
    .help(say(
        "塗りに抜けが出ます。地図のソフトの「ジオメトリを修復」で直せます",
        "parts of it may stay unfilled; a map program can repair the geometry",
    ))
}

/// A place that has no coordinates.
pub fn place_without_point(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "place-without-point",
        say(format!("{name} には緯度経度がありません"), format!("{name} has no coordinates")),
    )
    .at(span)
    .help(say(
        "病院の `point: {lat: 32.5, lon: 130.5}` を書くか、地図から外してください",
        "add `point: {lat: 32.5, lon: 130.5}` to the hospital, or leave it off the map",
    ))
}

/// More kinds than there are signs.
pub fn too_many_kinds(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-kinds",
        say("地点の種類が多すぎて、記号で見分けられません", "these are more kinds of places than there are signs"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("{most} 種類まで"), format!("at most {most}")))
}

/// More places than a map can show.
pub fn too_many_places(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-places", say("地点が多すぎます", "these are too many places for a map"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{most} か所まで"), format!("at most {most}")))
}

/// A radius that is no length.
pub fn no_radius(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("no-radius", say("円の半径として使えない数です", "this can't be the radius of a circle"))
        .at(span)
        .found(found)
        .expected(say("0 より大きく 1000 以下のキロメートル", "kilometres above 0, at most 1000"))
}

// Small multiples.

/// Small multiples that do not say of what.
pub fn multiples_of_nothing<'a>(span: Span, able: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = able.into_iter().collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        "multiples-of-nothing",
        say("どの種類の図をくり返すかが書かれていません", "this panel does not say which kind it repeats"),
    )
    .at(span)
    .expected(say(format!("of: に次のどれか: {list}"), format!("`of:` with one of {list}")))
}

/// A kind that can't be repeated.
pub fn not_repeatable<'a>(span: Span, name: &str, able: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let able: Vec<&str> = able.into_iter().collect();
    let list = able.join(", ");
    Diagnostic::error(
        "not-repeatable",
        say(format!("{name} の図はくり返せません"), format!("a panel of kind {name} can't be repeated")),
    )
    .at(span)
    .expected(say(format!("次のどれか: {list}"), format!("one of {list}")))
    .suggest(name, able.iter().copied())
}

/// More drawings than a page can hold.
pub fn too_many_multiples(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-multiples", say("小さな図が多すぎます", "these are too many small drawings"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{most} まで"), format!("at most {most}")))
        .help(say("`areas:` で示す地域を絞ってください", "choose fewer with `areas:`"))
}

/// More areas behind each drawing than can be told apart.
pub fn too_many_references(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-references", say("添える線が多すぎます", "these are too many lines to compare with"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{most} 本まで"), format!("at most {most}")))
}

// Scatter plots.

/// An axis without an indicator.
pub fn axis_without_indicator(span: Span, axis: &str) -> Diagnostic {
    Diagnostic::error(
        "axis-without-indicator",
        say(
            format!("{axis} 軸にどの指標を取るかが書かれていません"),
            format!("this plot does not say which indicator is on the {axis} axis"),
        ),
    )
    .at(span)
    .help(say(format!("`{axis}: 指標の id` の行を足してください"), format!("add a line `{axis}: its id`")))
}

/// Values that have no place on a logarithmic axis.
pub fn no_logarithm(span: Span, area: &str) -> Diagnostic {
    Diagnostic::error(
        "no-logarithm",
        say(
            format!("対数の軸に 0 以下の値は置けません（{area}）"),
            format!("a value of zero or less has no place on a logarithmic axis ({area})"),
        ),
    )
    .at(span)
    .help(say(
        "`log:` を消すか、`areas:` でその地域を外してください",
        "remove `log:`, or leave the area out with `areas:`",
    ))
}

/// Too few points for a plot.
pub fn too_few_points(span: Span, found: usize) -> Diagnostic {
    Diagnostic::error(
        "too-few-points",
        say("散布図には、両方の値がある地域が三つ以上必要です", "a scatter plot needs three areas with both values"),
    )
    .at(span)
    .found(found.to_string())
    .help(say(
        "指標と時点を確かめるか、kind: table にしてください",
        "check indicators and periods, or use `kind: table`",
    ))
}

/// More points than can be told apart.
pub fn too_many_points(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-points", say("点が多すぎます", "these are too many points"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{most} まで"), format!("at most {most}")))
}

// Formulas.

/// LaTeX that is no formula.
pub fn bad_formula(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-formula",
        say(format!("LaTeX の式として読めません（{cause}）"), format!("this is no formula in LaTeX ({cause})")),
    )
    .at(span)
    .help(say(
        "式は引用符（'…'）で囲み、日本語は \\text{…} に入れます",
        "put the formula between quotes ('…') and words into \\text{…}",
    ))
}

/// Japanese words as variables.
pub fn words_in_formula(span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(
        "words-in-formula",
        say(
            "式の中の日本語は、一文字ずつ別の変数になってしまいます",
            "each character of these words would be a variable of its own",
        ),
    )
    .at(span)
    .found(word)
    .help(say(format!("\\text{{{word}}} と書いてください"), format!("write \\text{{{word}}}")))
}

/// A formula of which nothing is explained, or too much to be one.
pub fn wrong_number_of_symbols(span: Span, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "wrong-number-of-symbols",
        say("式には、記号の意味を一つ以上書きます", "a formula needs the meaning of at least one symbol"),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("1 から {most}"), format!("1 to {most}")))
}
