//! Pyramids from made-up numbers of physicians.

use crate::panel::tests::{Desk, desk_with, labels_keep_apart};
use crate::panel::{Graphic, Panel};

const TABLES: &str = "tables:
  - id: ages
    name: {ja: 年齢別の医師（見本）, en: Physicians by age (sample)}
    source: 見本
    as_of: 2016
    columns:
      - {id: age, label: 年齢}
      - {id: men, label: {ja: 男性, en: Men}, unit: {ja: 人, en: physicians}}
      - {id: women, label: {ja: 女性, en: Women}, unit: {ja: 人, en: physicians}}
      - {id: share, label: 割合, unit: ％}
    rows:
      - [65歳以上, 30, 2, 1]
      - [40〜64歳, 120, 20, 1]
      - [39歳以下, 120, 28, 1]
  - id: lost
    name: 欠け
    source: 見本
    as_of: 2016
    columns: [{id: age, label: 年齢}, {id: men, label: 男性, unit: 人}, {id: women, label: 女性, unit: 人}]
    rows: [[高齢, 1, x], [若年, 3, -1]]
  - id: hidden
    name: 欠け
    source: 見本
    as_of: 2016
    columns: [{id: age, label: 年齢}, {id: men, label: 男性, unit: 人}, {id: women, label: 女性, unit: 人}]
    rows: [[高齢, 1, x], [若年, 3, 2]]
  - id: words
    name: ことば
    source: 見本
    as_of: 2016
    columns: [{id: age, label: 年齢}, {id: men, label: 男性}]
    rows: [[高齢, 多い]]
";

fn desk(tag: &str) -> Desk {
    desk_with(tag, &[TABLES])
}

fn svg(panel: &Panel) -> &str {
    let Graphic::Drawing { svg, .. } = &panel.graphic else { panic!("a drawing") };
    svg
}

#[test]
fn both_sides_have_one_scale_and_begin_at_zero() {
    let panel = desk("ja").panel("kind: pyramid\ntable: ages\n");
    assert_eq!(panel.title, "女性は全体の15.6％");
    assert_eq!(panel.subtitle, "年齢別の医師（見本）（人）・2016年");
    assert_eq!(
        panel.alt,
        "年齢別の医師（見本）を左右に分けて示す棒グラフ。男性は計270人で、最も多いのは40〜64歳、39歳以下の120人。女性は計50人で、最も多いのは39歳以下の28人。"
    );
    let lengths: Vec<f64> = svg(&panel)
        .split("<path class=\"k")
        .skip(1)
        .filter_map(|path| path.split("d=\"M").nth(1)?.split('"').next())
        .flat_map(|rects| rects.split('M'))
        .filter_map(|rect| {
            let from: f64 = rect.split(' ').next()?.parse().ok()?;
            let to: f64 = rect.split('H').nth(1)?.split('V').next()?.parse().ok()?;
            Some((to - from).abs())
        })
        .collect();
    let people = [30.0, 120.0, 120.0, 2.0, 20.0, 28.0];
    assert_eq!(lengths.len(), people.len());
    for (length, people) in lengths.iter().zip(people) {
        assert!((length / lengths[2] - people / 120.0).abs() < 0.001, "{lengths:?}");
    }
    assert_eq!(svg(&panel).matches("class=\"ha k2\"").count(), 3, "the right side is hatched");
    let last = panel.table.rows.last().expect("totals");
    assert_eq!((last.cells[0].text.as_str(), last.cells[1].text.as_str()), ("270", "50"));
    insta::assert_snapshot!(svg(&panel).replace("><", ">\n<"));
}

#[test]
fn sides_are_chosen_and_the_csv_is_tidy() {
    let panel = desk("en").panel("kind: pyramid\ntable: ages\nleft: women\nright: men\n");
    assert_eq!(panel.title, "Men: 84.4% of the total");
    let csv = String::from_utf8(panel.dataset.csv()).expect("text");
    assert!(csv.starts_with("\u{feff}Class,Group,Value,Unit,Remarks\r\n65歳以上,Women,2,physicians,\r\n"), "{csv}");
}

#[test]
fn a_missing_number_has_no_bar_and_no_total() {
    let panel = desk("ja").panel("kind: pyramid\ntable: hidden\n");
    assert_eq!(panel.title, "欠け");
    assert!(svg(&panel).contains(">x</text>"), "{}", svg(&panel));
    assert!(panel.note.contains("xは非公表"), "{}", panel.note);
    assert_eq!(panel.table.rows[2].cells[1].text, "x");
}

#[test]
fn labels_keep_apart_on_a_phone_and_in_a_wide_panel() {
    for tag in ["ja", "en"] {
        for table in ["ages", "hidden"] {
            labels_keep_apart(&desk(tag).panel(&format!("kind: pyramid\ntable: {table}\n")));
        }
    }
    let rows: Vec<String> = (0..40)
        .map(|index| format!("[{}, {}, {}]", "階級の名前".repeat(1 + index % 4), index * 1_000_000, index * 40))
        .collect();
    let many = format!(
        "tables:\n  - {{id: many, name: 多い, source: s, as_of: 2016, columns: [{{id: age, label: 年齢}}, {{id: men, label: 男性の医師と歯科医師, unit: 人}}, {{id: women, label: Women working there, unit: 人}}], rows: [{}]}}\n",
        rows.join(", ")
    );
    labels_keep_apart(&desk_with("ja", &[&many]).panel("kind: pyramid\ntable: many\n"));
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("kind: pyramid\n", ("panel-without-table", "kind: pyramid")),
        ("kind: pyramid\ntable: age\n", ("unknown-table", "age")),
        ("kind: pyramid\ntable: ages\nleft: mne\n", ("unknown-table-column", "mne")),
        ("kind: pyramid\ntable: ages\nright: age\n", ("column-without-numbers", "age")),
        ("kind: pyramid\ntable: ages\nright: share\n", ("units-differ-in-panel", "share")),
        ("kind: pyramid\ntable: lost\n", ("negative-part", "lost")),
        ("kind: pyramid\ntable: words\n", ("column-without-numbers", "words")),
        ("kind: pyramid\ntable: ages\nrigth: men\n", ("unknown-field", "rigth")),
    ];
    for (yaml, (code, place)) in cases {
        assert_eq!(desk("ja").findings(yaml), [(code.to_owned(), place.to_owned())], "{yaml}");
    }
}
