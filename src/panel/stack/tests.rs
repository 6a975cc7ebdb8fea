//! Stacks from the physicians of 青森県「医師確保計画（案）」 and those of Kumamoto.

use crate::panel::tests::{Desk, desk_with, labels_keep_apart};
use crate::panel::{Graphic, Panel};

const AREAS: &str = "areas:
  - {id: aomori, name: {ja: 青森県, en: Aomori Prefecture}, kind: prefecture}
  - {id: tsugaru, name: {ja: 津軽地域, en: Tsugaru area}, kind: secondary-medical-area, parent: aomori}
  - {id: hachinohe, name: {ja: 八戸地域, en: Hachinohe area}, kind: secondary-medical-area, parent: aomori}
  - {id: kamitosan, name: {ja: 上十三地域, en: Kamitosan area}, kind: secondary-medical-area, parent: aomori}
  - {id: shimokita, name: {ja: 下北地域, en: Shimokita area}, kind: secondary-medical-area, parent: aomori}
";

const INDICATORS: &str = "indicators:
  - {id: physicians, name: {ja: 医師, en: Physicians}, unit: {ja: 人, en: physicians}, source: 案, as_of: 2016,
     periods: [2014, 2016], values: {aomori: [1700, 1755], tsugaru: [830, 846], hachinohe: [570, 587], kamitosan: [215, 217], shimokita: [100, 105]}}
  - {id: required, name: {ja: 必要医師数, en: Physicians needed}, unit: {ja: 人, en: physicians}, source: 案, as_of: 2016,
     periods: [2036], values: {tsugaru: [738], hachinohe: [882], kamitosan: [463], shimokita: [187]}}
  - {id: men, name: {ja: 男性, en: Men}, unit: {ja: 人, en: physicians}, source: 案, as_of: 2016,
     periods: [2014, 2016], values: {tsugaru: [700, 706], shimokita: [80, 84]}}
  - {id: women, name: {ja: 女性, en: Women}, unit: {ja: 人, en: physicians}, source: 案, as_of: 2016,
     periods: [2014, 2016], values: {tsugaru: [130, 140], shimokita: [20, {value: 21, mark: estimated}]}}
  - {id: rate, name: 率, unit: ％, source: 案, as_of: 2016, periods: [2016], values: {tsugaru: [1]}}
  - {id: gaps, name: 欠け, unit: 人, source: 案, as_of: 2016, periods: [2014, 2016], values: {tsugaru: [1, …], shimokita: [2, 3]}}
  - {id: thirds, name: 三等分, unit: 人, source: 案, as_of: 2016, periods: [2014, 2016], values: {tsugaru: [1, 1], hachinohe: [1, 1], shimokita: [1, 1]}}
  - {id: below, name: 増減, unit: 人, source: 案, as_of: 2016, periods: [2016], values: {tsugaru: [-1], shimokita: [2]}}
";

const COLUMNS: &str = "kind: stack
areas: [tsugaru, hachinohe, kamitosan, shimokita]
columns:
  - {indicator: physicians}
  - {indicator: required, status: required}
highlight: [kamitosan]
";

fn desk(tag: &str) -> Desk {
    desk_with(tag, &[AREAS, INDICATORS])
}

fn svg(panel: &Panel) -> &str {
    let Graphic::Drawing { svg, .. } = &panel.graphic else { panic!("a stack") };
    svg
}

#[test]
fn columns_say_what_is_no_actual_figure() {
    let panel = desk("ja").panel(COLUMNS);
    assert_eq!(panel.title, "上十三地域は2016年（実績）の217人から2036年（必要数）の463人へ");
    assert_eq!(panel.note, "斜線は実績でない値です。");
    assert_eq!(panel.subtitle, "医師（人）、必要医師数（人）・2016年〜2036年");
    let rows: Vec<String> = panel
        .table
        .rows
        .iter()
        .map(|row| {
            format!("{} {}", row.label, row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        rows,
        ["津軽地域 846 738", "八戸地域 587 882", "上十三地域 217 463", "下北地域 105 187", "合計 1,755 2,270"]
    );
    assert_eq!(svg(&panel).matches("class=\"ha").count(), 4, "only the second column is hatched");
    assert!(panel.show_table);
    assert!(panel.alt.contains("2036年（必要数）は合計2,270人、内訳は津軽地域738、八戸地域882"), "{}", panel.alt);
    insta::assert_snapshot!(svg(&panel).replace("><", ">\n<"));
}

#[test]
fn wholes_are_told_where_nothing_stands_out() {
    let title = |tag: &str, yaml: &str| desk(tag).panel(yaml).title;
    let plain = "kind: stack\nindicator: physicians\nareas: [tsugaru, hachinohe, kamitosan, shimokita]\n";
    assert_eq!(title("ja", plain), "合計は2014年の1,715人から2016年の1,755人へ");
    assert_eq!(title("en", plain), "Total: 1,715 physicians in 2014, 1,755 physicians in 2016");
    assert_eq!(title("en", &format!("{plain}share: true\n")), "Largest in 2016: Tsugaru area, 48.2%");
    let kinds = "kind: stack\nindicators: [men, women]\n";
    assert_eq!(title("ja", kinds), "合計が最も大きいのは津軽地域の846人");
    let ties = "kind: stack\nindicator: thirds\nshare: true\n";
    assert_eq!(title("ja", ties), "三等分（人）", "none is the largest");
    let gaps = "kind: stack\nindicator: gaps\n";
    assert_eq!(title("ja", gaps), "欠け（人）", "a whole that is not known has not changed");
}

#[test]
fn shares_never_stand_above_the_whole() {
    let panel = desk("ja").panel("kind: stack\nindicator: thirds\nshare: true\n");
    let cells: Vec<&str> = panel.table.rows.iter().map(|row| row.cells[0].text.as_str()).collect();
    assert_eq!(cells, ["33.3％", "33.3％", "33.3％", "3"]);
    let paths = svg(&panel).split(" b\" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let tops = paths.flat_map(|path| path.split('M').skip(1)).filter_map(|rect| {
        let after = rect.split(' ').nth(1)?;
        after.split(['H', 'V']).next()?.parse::<f64>().ok()
    });
    let highest = tops.fold(100.0, f64::min);
    // A line and a bit of 18 rem above: the frame of the whole.
    assert!((5.0..10.0).contains(&highest), "{highest}");
    assert!(panel.note.contains("四捨五入"), "{}", panel.note);
}

#[test]
fn categories_have_patterns_and_a_key_where_no_label_names_them() {
    let panel = desk("en").panel("kind: stack\nindicators: [men, women]\n");
    let Graphic::Drawing { key, svg, .. } = &panel.graphic else { panic!("a stack") };
    let key: Vec<(&str, &str)> = key.iter().map(|entry| (entry.class.as_str(), entry.label.as_str())).collect();
    assert_eq!(key, [("k1", "Men"), ("k2 u1", "Women")]);
    assert_eq!(svg.matches("class=\"ha k2\"").count(), 2);
    assert_eq!(panel.table.columns[2].label, "Shimokita area");
    let over_time = desk("en").panel("kind: stack\nindicators: [men, women]\nareas: [tsugaru]\n");
    let Graphic::Drawing { key, .. } = &over_time.graphic else { panic!("a stack") };
    assert!(key.is_empty(), "labels beside the last column say it");
    assert_eq!(over_time.table.columns[1].label, "2014");
}

#[test]
fn areas_have_gaps_where_a_number_is_missing() {
    let panel = desk("ja").panel("kind: stack\nindicator: physicians\nareas: [tsugaru, shimokita]\nform: area\n");
    assert_eq!(svg(&panel).matches(" b\" d=").count(), 2);
    labels_keep_apart(&panel);
    let gaps = desk("ja").panel("kind: stack\nindicator: gaps\n");
    assert!(gaps.note.contains("値の欠けた柱は、分かる分だけの高さです。"), "{}", gaps.note);
    assert_eq!(gaps.table.rows[2].cells[1].text, "…");
}

#[test]
fn what_can_not_be_compared_is_parted_by_a_dotted_line() {
    let broken = "indicators:
  - {id: broken, name: 医師, unit: 人, source: s, as_of: 2018, periods: [2014, 2016, 2018],
     values: {tsugaru: [10, 11, {value: 22, mark: broken}], shimokita: [20, 21, 30]}}
";
    let desk = desk_with("ja", &[AREAS, INDICATORS, broken]);
    for (form, place) in [("column", "66.67"), ("area", "75")] {
        let panel = desk.panel(&format!("kind: stack\nindicator: broken\nform: {form}\n"));
        let line = format!("<path class=\"r\" d=\"M{place} 0L{place} 100\"/>");
        assert_eq!(svg(&panel).matches(&line).count(), 1, "{}", svg(&panel));
        assert!(panel.note.contains("2018年から数え方が変わったため、前の値とは比べられません。"), "{}", panel.note);
    }
}

#[test]
fn labels_keep_apart_on_a_phone_and_in_a_wide_panel() {
    let periods = "kind: stack\nindicator: physicians\nareas: [tsugaru, hachinohe, kamitosan, shimokita]\n";
    let kinds = "kind: stack\nindicators: [men, women]\n";
    for tag in ["ja", "en"] {
        for yaml in [COLUMNS, periods, &format!("{periods}share: true\n"), &format!("{periods}form: area\n"), kinds] {
            labels_keep_apart(&desk(tag).panel(yaml));
        }
    }
    // Many segments and many columns.
    let mut areas = "areas:\n".to_owned();
    let mut values = String::new();
    for index in 0..12 {
        areas.push_str(&format!("  - {{id: a{index}, name: {}, kind: group}}\n", "地域の名".repeat(1 + index % 3)));
        values.push_str(&format!("a{index}: [{}], ", vec![(100 + index * 7).to_string(); 20].join(", ")));
    }
    let years: Vec<String> = (1990..2010).map(|year| year.to_string()).collect();
    let many = format!(
        "indicators:\n  - {{id: many, name: 数, unit: 人, source: s, as_of: 2009, periods: [{}], values: {{{}}}}}\n",
        years.join(", "),
        values.trim_end_matches(", ")
    );
    for tag in ["ja", "en"] {
        for form in ["column", "area"] {
            let desk = desk_with(tag, &[&areas, &many]);
            labels_keep_apart(&desk.panel(&format!("kind: stack\nindicator: many\nform: {form}\n")));
        }
    }
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("kind: stack\n", ("panel-without-indicator", "kind: stack")),
        ("kind: stack\nindicator: physician\n", ("unknown-indicator", "physician")),
        ("kind: stack\nindicator: thirds\nshares: true\n", ("unknown-field", "shares")),
        ("kind: stack\nindicator: physicians\nareas: [aomori, tsugaru]\n", ("part-of-another", "[aomori, tsugaru]")),
        ("kind: stack\nindicator: physicians\n", ("part-of-another", "kind: stack")),
        ("kind: stack\nindicators: [men, rate]\n", ("units-differ-in-panel", "rate")),
        ("kind: stack\nindicator: below\n", ("negative-part", "kind: stack")),
        (
            "kind: stack\nindicator: thirds\nhighlight: [tsugaru, hachinohe, shimokita]\n",
            ("too-many-highlights", "[tsugaru, hachinohe, shimokita]"),
        ),
        ("kind: stack\nindicator: thirds\nhighlight: [kamitosan]\n", ("highlight-not-shown", "kamitosan")),
        ("kind: stack\nindicator: thirds\nperiods: [2015]\n", ("unknown-period", "2015")),
        ("kind: stack\nindicator: thirds\nform: pie\n", ("unknown-choice", "pie")),
        ("kind: stack\nindicator: thirds\nform: area\nperiods: [2016]\n", ("too-few-periods", "area")),
        ("kind: stack\ncolumns: [{indicator: thirds, status: maybe}]\n", ("unknown-choice", "maybe")),
    ];
    for (yaml, (code, place)) in cases {
        assert_eq!(desk("ja").findings(yaml), [(code.to_owned(), place.to_owned())], "{yaml}");
    }
}
