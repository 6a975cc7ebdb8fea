//! Matrices from the inpatient flows of 青森県「医師確保計画（案）」, cut to three areas.

use crate::panel::tests::{Desk, desk_with, told};
use crate::panel::{Graphic, Panel};

const AREAS: &str = "areas:
  - {id: aomori, name: {ja: 青森県, en: Aomori Prefecture}, kind: prefecture, code: '02'}
  - {id: tsugaru, name: {ja: 津軽, en: Tsugaru}, kind: secondary-medical-area, parent: aomori, code: '0201'}
  - {id: seihokugo, name: {ja: 西北五, en: Seihokugo}, kind: secondary-medical-area, parent: aomori}
  - {id: kamitosan, name: {ja: 上十三, en: Kamitosan}, kind: secondary-medical-area, parent: aomori}
  - {id: outside, name: {ja: 県外, en: Elsewhere}, kind: group}
  - {id: kumamoto, name: 熊本県, kind: prefecture}
";

const FLOWS: &str = "flows:
  - id: inpatients
    name: {ja: 入院患者, en: Inpatients}
    unit: {ja: 千人/日, en: thousand a day}
    source: {ja: 患者調査, en: Patient Survey}
    note: {ja: 病院のみ。, en: Hospitals only.}
    as_of: 2017
    precision: 1
    values:
      tsugaru: {tsugaru: 2.5, seihokugo: 0.0, kamitosan: 0.1, outside: 0.0}
      seihokugo: {tsugaru: 0.3, seihokugo: 1.1, kamitosan: 0.0, outside: 0.0}
      kamitosan: {tsugaru: 0.2, seihokugo: 0.0, kamitosan: 1.2, outside: 0.2}
      outside: {tsugaru: 0.1, seihokugo: 0.0, kamitosan: 0.0}
  - id: lost
    name: 欠けた表
    unit: 人
    source: 調査
    as_of: 2017
    values:
      tsugaru: {tsugaru: 9, seihokugo: …}
      seihokugo: {tsugaru: 1, seihokugo: 4}
  - id: empty
    name: 空の表
    unit: 人
    source: 調査
    as_of: 2017
    values:
      tsugaru: {seihokugo: …}
";

fn desk(tag: &str) -> Desk {
    desk_with(tag, &[AREAS, FLOWS])
}

fn row(panel: &Panel, index: usize) -> Vec<&str> {
    panel.table.rows[index].cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn totals_and_coefficients_are_worked_out_by_the_rules_of_the_plans() {
    let panel = desk("ja").panel("kind: matrix\nflow: inpatients\n");
    insta::assert_snapshot!("a_matrix_in_japanese", told(&panel));
    insta::assert_snapshot!("a_matrix_in_english", told(&desk("en").panel("kind: matrix\nflow: inpatients\n")));
    let heads: Vec<&str> = panel.table.columns.iter().map(|column| column.label.as_str()).collect();
    let balance = ["住む人の合計", "流出", "流入", "差引き", "調整係数"];
    assert_eq!(heads, [&["から＼へ", "津軽", "西北五", "上十三", "県外"][..], &balance].concat());
    // 3.1 received, 2.6 live there: 1.192.
    assert_eq!(row(&panel, 0), ["2.5", "0.0", "0.1", "0.0", "2.6", "0.1", "0.6", "0.5", "1.192"]);
    assert_eq!(row(&panel, 1), ["0.3", "1.1", "0.0", "0.0", "1.4", "0.3", "0.0", "▲0.3", "0.786"]);
    assert_eq!(row(&panel, 3), ["0.1", "0.0", "0.0", "…", "—", "—", "—", "—", "—"]);
    assert_eq!(row(&panel, 4), ["3.1", "1.1", "1.3", "—", "—", "—", "—", "—", "—"]);
    assert!(panel.table.rows[1].cells[7].negative && !panel.show_table);
    assert!(panel.table.rows.iter().all(|row| row.cells.len() + 1 == heads.len()));
}

#[test]
fn shades_are_parts_of_those_who_live_there_and_own_areas_are_framed() {
    let Graphic::Matrix { shades, classes } = desk("ja").panel("kind: matrix\nflow: inpatients\n").graphic else {
        panic!("a matrix")
    };
    let labels: Vec<&str> = shades.iter().map(|shade| shade.label.as_str()).collect();
    assert_eq!(labels, ["10％未満", "10％以上50％未満", "50％以上90％未満", "90％以上"]);
    assert_eq!(classes[0], ["q4 sf", "z", "q1", "z", "s", "s", "s", "s", "s"]);
    assert_eq!(classes[1][..4], ["q2", "q3 sf", "z", "z"]);
    assert_eq!(classes[3][..4], ["", "", "", ""]);
}

#[test]
fn the_finding_is_true_of_the_balance() {
    let title = |tag: &str, more: &str| desk(tag).panel(&format!("kind: matrix\nflow: inpatients\n{more}")).title;
    assert_eq!(title("ja", ""), "西北五、上十三は流出が流入を上回る");
    assert_eq!(title("en", ""), "More leave than arrive: Seihokugo and Kamitosan");
    assert_eq!(title("ja", "highlight: 津軽\n"), "津軽は流入が流出を0.5千人/日上回る");
    assert_eq!(title("en", "highlight: kamitosan\n"), "Kamitosan: outflow exceeds inflow by 0.3 thousand a day");
    // Where a balance can't be known, nothing is said of it.
    assert_eq!(desk("ja").panel("kind: matrix\nflow: lost\n").title, "欠けた表（人）");
}

#[test]
fn what_is_said_of_the_flows_is_said_of_the_panel() {
    let panel = desk("en").panel("kind: matrix\nflow: inpatients\nareas: [kamitosan, tsugaru]\n");
    assert_eq!((panel.source.as_str(), panel.as_of.iso.as_str()), ("Patient Survey", "2017"));
    assert_eq!(panel.subtitle, "Inpatients (thousand a day), 2017");
    assert!(panel.note.starts_with("Hospitals only. The shade"), "{}", panel.note);
    assert!(panel.note.contains("The totals include areas that are not shown here."), "{}", panel.note);
    // All of the table counts: 1.6 live in Kamitosan, though two of its columns are not shown.
    assert_eq!(row(&panel, 0), ["1.2", "0.2", "1.6", "0.4", "0.1", "−0.3", "0.813"]);
    assert!(
        panel.alt.contains("Kamitosan: own area 1.2, outflow 0.4, inflow 0.1, coefficient 0.813."),
        "{}",
        panel.alt
    );
}

#[test]
fn the_csv_has_a_row_for_each_flow_and_each_figure() {
    let csv = String::from_utf8(desk("ja").panel("kind: matrix\nflow: inpatients\n").dataset.csv()).expect("text");
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "項目,元のID,元のコード,元の地域,先のID,先のコード,先の地域,値,単位,備考");
    assert_eq!(lines[1], "入院患者,tsugaru,0201,津軽,tsugaru,0201,津軽,2.5,千人/日,");
    assert!(lines.contains(&"入院患者,outside,,県外,outside,,県外,,千人/日,データなし"), "{csv}");
    assert!(lines.contains(&"調整係数,,,,seihokugo,,西北五,0.786,,"), "{csv}");
    assert_eq!(lines.len(), 1 + 16 + 3 * 6);
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("kind: matrix\n", ("panel-without-flow", "kind: matrix")),
        ("kind: matrix\nflow: inpatient\n", ("unknown-flow", "inpatient")),
        ("kind: matrix\nflow: inpatients\nhighligt: tsugaru\n", ("unknown-field", "highligt")),
        ("kind: matrix\nflow: inpatients\nareas: [tsugaru, kumamoto]\n", ("area-not-in-flow", "kumamoto")),
        ("kind: matrix\nflow: inpatients\nareas: [津経]\n", ("unknown-area", "津経")),
        (
            "kind: matrix\nflow: inpatients\nareas: [tsugaru]\nhighlight: seihokugo\n",
            ("highlight-not-shown", "seihokugo"),
        ),
        ("kind: matrix\nflow: inpatients\noutside: [kumamoto]\n", ("area-not-in-flow", "kumamoto")),
        ("kind: matrix\nflow: empty\n", ("panel-without-values", "kind: matrix")),
    ];
    for (yaml, (code, place)) in cases {
        assert_eq!(desk("ja").findings(yaml), [(code.to_owned(), place.to_owned())], "{yaml}");
    }
    let finding = &desk("ja").compose("kind: matrix\nflow: inpatient\n").findings[0];
    assert!(finding.help.iter().any(|help| help.en.contains("inpatients")), "{finding:?}");
}
