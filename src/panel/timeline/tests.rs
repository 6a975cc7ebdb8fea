//! Timelines of the adopted universities, and of tables that are harder to read.

use crate::panel::tests::{Desk, desk_with, told};
use crate::panel::{Graphic, Panel};

const TABLES: &str = "tables:
  - id: adopted
    name: {ja: 採択大学の推移, en: Universities adopted}
    source: {ja: 厚生労働省, en: Ministry of Health}
    as_of: FY2026
    columns:
      - {id: block, label: {ja: ブロック, en: Block}}
      - {id: university, label: {ja: 大学, en: University}}
      - {id: first, label: 初年度}
      - {id: last, label: 最終年度}
    rows:
      - [{ja: 東北, en: Tohoku}, {ja: 秋田大学, en: Akita University}, FY2023, \"\"]
      - [{ja: 中国, en: Chugoku}, {ja: 島根大学, en: Shimane University}, 令和5年度, 令和6年度]
      - [{ja: 東北, en: Tohoku}, {ja: 福島県立医科大学, en: Fukushima Medical University}, FY2026, \"-\"]
  - id: by_block
    name: {ja: ブロック別の採択大学, en: Universities by block}
    source: {ja: 厚生労働省, en: Ministry of Health}
    as_of: FY2025
    columns:
      - {id: block, label: ブロック}
      - {id: r5, label: 令和5年度}
      - {id: r6, label: 令和6年度}
      - {id: r7, label: 令和7年度}
    rows:
      - [北海道, \"-\", \"\", ―]
      - [中国, 島根大学, 島根大学 広島大学, 広島大学、山口大学]
      - [四国, …, …, 香川大学]
  - id: marks
    name: 指定
    source: 県
    as_of: 2020
    columns:
      - {id: area, label: 地区}
      - {id: first, label: 第1期}
      - {id: second, label: 第2期}
      - {id: third, label: 第3期}
    rows:
      - [外ヶ浜, ○, -, ○]
      - [今別, -, ○, -]
  - id: wrong
    name: 誤り
    source: 県
    as_of: FY2020
    columns: [{id: name, label: 名前}, {id: first, label: 初年度}]
    rows: [[甲, いつか]]
";

const ADOPTED: &str = "kind: timeline\ntable: adopted\nrows: university\ngroup: block\nfrom: first\nto: last\nunit: {ja: 大学, en: universities}\nstate: {ja: 採択, en: Adopted}\n";

const BY_BLOCK: &str = "kind: timeline\ntable: by_block\nunit: 大学\nstate: 採択\n";

fn desk(tag: &str) -> Desk {
    desk_with(tag, &[TABLES])
}

/// Each row: its group, its name, and the classes of its cells.
fn rows(panel: &Panel) -> Vec<String> {
    let Graphic::Timeline { lines, .. } = &panel.graphic else { panic!("a timeline") };
    let text = |row: &super::Row| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| if cell.text == "…" { "?" } else { cell.class }).collect();
        format!("{}{} {}: {}", if row.first { "*" } else { "" }, row.group, row.name, cells.join("."))
    };
    lines.iter().map(text).collect()
}

fn totals(panel: &Panel) -> Vec<&str> {
    let last = panel.table.rows.last().expect("totals");
    last.cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn a_timeline_reads_the_same_in_both_languages() {
    insta::assert_snapshot!("a_timeline_in_japanese", told(&desk("ja").panel(ADOPTED)));
    insta::assert_snapshot!("a_timeline_in_english", told(&desk("en").panel(ADOPTED)));
}

#[test]
fn rows_run_from_their_first_to_their_last_year_in_groups() {
    let panel = desk("ja").panel(ADOPTED);
    assert_eq!(rows(&panel), ["*東北 秋田大学: f.c.c.c", "東北 福島県立医科大学: ...f", "*中国 島根大学: f.l.."]);
    assert_eq!(totals(&panel), ["", "2", "2", "1", "2"]);
    assert_eq!(panel.title, "採択は2023年度も2026年度も2大学");
    assert_eq!(panel.subtitle, "採択大学の推移・2023年度〜2026年度");
    let heads: Vec<&str> = panel.table.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(heads, ["大学", "ブロック", "2023年度", "2024年度", "2025年度", "2026年度"]);
    let cells: Vec<&str> = panel.table.rows[2].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(cells, ["中国", "採択（始まり）", "採択（終わり）", "", ""]);
    let Graphic::Timeline { key, .. } = &panel.graphic else { panic!("a timeline") };
    let key: Vec<&str> = key.iter().map(|mark| mark.text.as_str()).collect();
    assert_eq!(key, ["始まり", "継続", "終わり"]);
    let panel = desk("en").panel(&format!("{ADOPTED}highlight: Tohoku\n"));
    assert_eq!(panel.title, "Tohoku, Adopted: 1 universities in FY2023, 2 universities in FY2026");
    assert_eq!((panel.source.as_str(), panel.as_of.iso.as_str()), ("Ministry of Health", "2026"));
    let Graphic::Timeline { lines, .. } = &panel.graphic else { panic!("a timeline") };
    assert_eq!(lines.iter().map(|row| row.highlight).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn names_in_cells_are_rows_of_their_own() {
    let panel = desk("ja").panel(BY_BLOCK);
    let expected = [
        "*北海道 なし: ..",
        "*中国 島根大学: f.l.",
        "中国 広島大学: .f.c",
        "中国 山口大学: ..f",
        "*四国 香川大学: ?.?.f",
    ];
    assert_eq!(rows(&panel), expected);
    // What is not known of Shikoku is not known of all.
    assert_eq!(totals(&panel), ["", "…", "…", "3"]);
    assert_eq!(panel.title, "ブロック別の採択大学");
    assert!(panel.note.contains("…はデータなし"), "{}", panel.note);
}

#[test]
fn what_began_before_the_first_column_shown_does_not_begin_there() {
    let panel = desk("ja").panel(&format!("{BY_BLOCK}periods: [r6, r7]\nhighlight: 中国\n"));
    assert_eq!(rows(&panel)[1..4], ["*中国 島根大学: l.", "中国 広島大学: f.c", "中国 山口大学: .f"]);
    assert_eq!(panel.title, "中国の採択は令和6年度も令和7年度も2大学");
}

#[test]
fn any_word_marks_a_row_whose_name_is_in_a_column() {
    let panel = desk("ja").panel("kind: timeline\ntable: marks\nrows: area\nunit: 地区\n");
    assert_eq!(rows(&panel), ["* 外ヶ浜: f..c", " 今別: .f."]);
    assert_eq!(panel.table.rows[1].cells[1].text, "該当（この期だけ）");
    assert_eq!(panel.title, "該当は第1期も第3期も1地区");
    assert!(panel.alt.contains("第1期は1地区、第2期は1地区、第3期は1地区"), "{}", panel.alt);
    let csv = String::from_utf8(panel.dataset.csv()).expect("text");
    assert_eq!(
        csv.trim_start_matches('\u{feff}'),
        "組,地区,時点,印\r\n,外ヶ浜,第1期,該当\r\n,外ヶ浜,第3期,該当\r\n,今別,第2期,該当\r\n"
    );
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("kind: timeline\n", ("panel-without-table", "kind: timeline")),
        ("kind: timeline\ntable: adopt\n", ("unknown-table", "adopt")),
        ("kind: timeline\ntable: adopted\n", ("panel-without-unit", "kind: timeline")),
        ("kind: timeline\ntable: marks\nunit: x\nrows: aera\n", ("unknown-table-column", "aera")),
        (
            "kind: timeline\ntable: marks\nunit: x\nrows: area\nperiods: [first, forth]\n",
            ("unknown-table-column", "forth"),
        ),
        ("kind: timeline\ntable: wrong\nunit: x\nrows: name\nfrom: first\n", ("not-a-year", "first")),
        ("kind: timeline\ntable: marks\nunit: x\nrows: area\nhighlight: 今分\n", ("highlight-not-shown", "今分")),
        ("kind: timeline\ntable: marks\nunit: x\ngruop: area\n", ("unknown-field", "gruop")),
    ];
    for (yaml, (code, place)) in cases {
        assert_eq!(desk("ja").findings(yaml), [(code.to_owned(), place.to_owned())], "{yaml}");
    }
}
