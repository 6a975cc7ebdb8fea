//! What was taken for what, in words.

use super::table::Table;
use crate::diagnostic::{Message, say};
use crate::parse::sheet::{Sheet, cell_name};

/// The most cells that are named one by one.
const MOST_NAMED: usize = 10;

/// What the import made of a table.
pub(super) fn of(table: &Table, sheet: &Sheet) -> Message {
    let region = &table.region;
    let cells = format!("{}:{}", cell_name(region.top, region.left), cell_name(region.bottom, region.right));
    let place = if sheet.name.is_empty() { cells } else { format!("{} {cells}", sheet.name) };
    let mut lines = vec![
        say(
            format!("表: {place}（見出し {} 行）", table.header_rows),
            format!("table: {place} (rows of the heading: {})", table.header_rows),
        ),
        say(
            format!("行: {} 行（列「{}」の名前）", table.rows.len(), table.names),
            format!("rows: {} (named by the column {})", table.rows.len(), table.names),
        ),
    ];
    for measure in &table.measures {
        let periods: Vec<String> = measure.columns.iter().map(|(period, _)| period.to_string()).collect();
        let periods = periods.join(", ");
        let name = if measure.label.is_empty() { "—" } else { &measure.label };
        lines.push(say(format!("列: {name} の {periods}"), format!("columns: {name} of {periods}")));
    }
    let found = [("題", "title", &table.title), ("単位", "unit", &table.unit), ("出典", "source", &table.source)];
    for (ja, en, text) in found {
        match text {
            Some(text) => lines.push(say(format!("{ja}: {text}"), format!("{en}: {text}"))),
            None => lines.push(say(format!("{ja}: 見つかりません"), format!("{en}: not found"))),
        }
    }
    let list = |texts: &[String]| texts.join(" / ");
    for (ja, en, texts) in [
        ("注", "notes", &table.notes),
        ("使わなかった列（時点か数値がない）", "columns left out (no period or no figures)", &table.left_out),
        ("使わなかった行（同じ名前、名前なし）", "rows left out (the same name, or none)", &table.twice),
    ] {
        if !texts.is_empty() {
            lines.push(say(format!("{ja}: {}", list(texts)), format!("{en}: {}", list(texts))));
        }
    }
    if table.empty > 0 {
        lines.push(say(
            format!("空のセル: {} 個を …（不明）と書きました", table.empty),
            format!("empty cells: {}, written as … (not available)", table.empty),
        ));
    }
    if !table.unread.is_empty() {
        let named: Vec<String> =
            table.unread.iter().take(MOST_NAMED).map(|(cell, text)| format!("{cell} ({text})")).collect();
        let count = table.unread.len();
        lines.push(say(
            format!("読めなかったセル: {count} 個を … と書きました: {}", named.join(", ")),
            format!("cells that could not be read: {count}, written as …: {}", named.join(", ")),
        ));
    }
    let ja: Vec<String> = lines.iter().map(|line| line.ja.clone()).collect();
    let en: Vec<String> = lines.iter().map(|line| line.en.clone()).collect();
    say(ja.join("\n"), en.join("\n"))
}

/// Why there is nothing to write.
pub(super) fn nothing(table: &Table) -> Message {
    if table.rows.is_empty() {
        return say(
            "エラー: 行が見つかりません。--range B3:H20 のように、見出しを含む表の範囲を指定してください。",
            "error: no rows were found; give the cells of the table, heading included, with --range B3:H20",
        );
    }
    say(
        "エラー: 時点として読める見出しの列がありません。いつの数値かを --period 2018 のように指定してください。",
        "error: no heading reads as a period; say of when the figures are with --period 2018",
    )
}
