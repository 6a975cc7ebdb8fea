//! Figures that contradict each other, on the printed tables of the plan of Kumamoto Prefecture (表1 and 表2), and the
//! mistakes of formulas and checks that people make most often, with what they are told.

use crate::support::{Run, Site};

const AREAS: &str = "-- content/data/kumamoto-areas.yaml --
areas:
  - {id: jp, name: {ja: 全国, en: Japan}, kind: country}
  - {id: kumamoto, name: {ja: 熊本県, en: Kumamoto Prefecture}, kind: prefecture, parent: jp}
  - {id: kk, name: {ja: 熊本・上益城, en: Kumamoto and Kamimashiki}, kind: secondary-medical-area, parent: kumamoto}
  - {id: city, name: {ja: 熊本市, en: Kumamoto City}, kind: municipality, parent: kk}
  - {id: county, name: {ja: 上益城郡, en: Kamimashiki County}, kind: county, parent: kk}
  - {id: uki, name: {ja: 宇城, en: Uki}, kind: secondary-medical-area, parent: kumamoto}
  - {id: ariake, name: {ja: 有明, en: Ariake}, kind: secondary-medical-area, parent: kumamoto}
  - {id: kamoto, name: {ja: 鹿本, en: Kamoto}, kind: secondary-medical-area, parent: kumamoto}
  - {id: kikuchi, name: {ja: 菊池, en: Kikuchi}, kind: secondary-medical-area, parent: kumamoto}
  - {id: aso, name: {ja: 阿蘇, en: Aso}, kind: secondary-medical-area, parent: kumamoto}
  - {id: yatsushiro, name: {ja: 八代, en: Yatsushiro}, kind: secondary-medical-area, parent: kumamoto}
  - {id: ashikita, name: {ja: 芦北, en: Ashikita}, kind: secondary-medical-area, parent: kumamoto}
  - {id: kuma, name: {ja: 球磨, en: Kuma}, kind: secondary-medical-area, parent: kumamoto}
  - {id: amakusa, name: {ja: 天草, en: Amakusa}, kind: secondary-medical-area, parent: kumamoto}
  - {id: outside, name: {ja: 熊本市外, en: Outside Kumamoto City}, kind: group, parent: kumamoto}
";

const COUNTS: &str = "-- content/data/table1.yaml --
indicators:
  - id: doctors
    name: {ja: 医療施設で働く医師, en: Physicians}
    unit: {ja: 人, en: physicians}
    source: 熊本県医師確保計画 表1
    as_of: 2018-12-31
    periods: [2008, 2010, 2012, 2014, 2016, 2018]
    values:
      kumamoto: [4450, 4679, 4814, 4938, 5001, 5091]
      kk: [2694, 2894, 3029, 3137, 3172, 3183]
      city: [2575, 2780, 2911, 3016, 3057, 3064]
      county: [119, 114, 118, 121, 115, 119]
      uki: [164, 177, 183, 182, 174, 183]
      ariake: [274, 282, 279, 284, 289, 319]
      kamoto: [95, 92, 95, 93, 97, 104]
      kikuchi: [285, 296, 312, 311, 322, 329]
      aso: [80, 81, 81, 92, 86, 82]
      yatsushiro: [294, 302, 294, 310, 318, 332]
      ashikita: [135, 135, 133, 134, 136, 131]
      kuma: [181, 174, 166, 161, 176, 184]
      amakusa: [248, 246, 242, 234, 231, 244]
      outside: [1875, 1899, 1903, 1922, 1944, 2027]
  - id: doctors_change
    name: {ja: 増減数, en: Change}
    unit: {ja: 人, en: physicians}
    source: 熊本県医師確保計画 表1
    as_of: 2018-12-31
    periods: [2018]
    values: {kumamoto: [641], kk: [489], city: [489], county: [0], uki: [19], ariake: [45], kamoto: [9], kikuchi: [44],
      aso: [2], yatsushiro: [38], ashikita: [▲ 4], kuma: [3], amakusa: [▲ 4], outside: [152]}
  - id: doctors_rate
    name: {ja: 増減率, en: Rate of change}
    unit: ％
    source: 熊本県医師確保計画 表1
    as_of: 2018-12-31
    periods: [2018]
    values: {kumamoto: [14.4], kk: [18.2], city: [19.0], county: [0.0], uki: [11.6], ariake: [16.4], kamoto: [9.5],
      kikuchi: [15.4], aso: [2.5], yatsushiro: [12.9], ashikita: [-3.0%], kuma: [1.7], amakusa: [-1.6%], outside: [8.1]}
checks:
  - {sum: doctors, whole: kumamoto, children-of: kumamoto}
  - {sum: doctors, whole: kk, parts: [熊本市, 上益城郡]}
  - {equals: doctors, formula: \"doctors[kumamoto] - doctors[city]\", areas: [outside]}
  - {equals: doctors_change, formula: \"change(doctors, 2008, 2018)\"}
  - {equals: doctors_rate, formula: \"rate(doctors, 2008, 2018)\"}
";

const RATES: &str = "-- content/data/table2.yaml --
indicators:
  - id: doctors_per_100k
    name: {ja: 人口10万人当たりの医師, en: Physicians per 100 000 people}
    unit: {ja: 人口10万人当たり人, en: per 100 000 people}
    source: 熊本県医師確保計画 表2
    as_of: 2018-12-31
    periods: [2008, 2010, 2012, 2014, 2016, 2018]
    values:
      kk: [323.3, 329.6, 352.1, 367.4, 379.6, 385.3]
      city: [353.1, 378.5, 394.6, 407.6, 413.1, 414.1]
      county: [134.9, 130.4, 136.1, 140.5, 137.4, 144.8]
checks:
  - equals: doctors_per_100k
    formula: doctors / (doctors[city] / doctors_per_100k[city] + doctors[county] / doctors_per_100k[county])
    areas: [kk]
";

fn printed(extra: &str) -> Site {
    Site::small(&format!("{AREAS}{COUNTS}{extra}"))
}

/// What a person reads, in English and in Japanese.
fn told(site: &Site) -> (String, String) {
    let said = |lang: &str| site.run(&["check", "--lang", lang]).stderr;
    (said("en"), said("ja"))
}

fn codes(run: &Run) -> Vec<String> {
    run.findings().iter().map(|finding| finding.code().to_owned()).collect()
}

#[test]
fn the_printed_counts_changes_and_rates_agree() {
    printed("").run(&["check", "--format", "json"]).clean();
}

#[test]
fn the_row_that_slipped_is_found_and_named() {
    let site = printed(RATES);
    assert_eq!(codes(&site.run(&["check", "--format", "json"])), ["figure-differs"], "one finding for the row");
    let (english, japanese) = told(&site);
    assert!(english.contains("the row seems to have slipped by 1 column"), "{english}");
    assert!(japanese.contains("行が 1 列ずれているようです"), "{japanese}");
    assert!(english.contains("323.3 here") && english.contains("329.6"), "{english}");
    assert!(japanese.contains("熊本・上益城（2008）"), "{japanese}");
}

#[test]
fn what_is_accepted_is_listed_with_its_reason() {
    let accept = "    accept:
      - {area: kk, reason: {ja: 原資料のまま。行が一回分ずれている。, en: As in the source; the row is one survey off.}}
-- content/known.md --
---
title: 食い違い
template: discrepancies
---
-- content/known.en.md --
---
title: Discrepancies
template: discrepancies
---
";
    let site = printed(&format!("{RATES}{accept}"));
    site.built();
    let (japanese, english) = (site.page("known/index.html"), site.page("en/known/index.html"));
    assert!(japanese.contains("熊本・上益城") && japanese.contains("原資料のまま"), "{japanese}");
    assert!(english.contains("As in the source") && english.contains("slipped by 1 column"), "{english}");

    let stale = RATES.replace("323.3, 329.6, 352.1, 367.4, 379.6, 385.3", "329.6, 352.1, 367.4, 379.7, 385.1, 387.2");
    let site = printed(&format!("{stale}{accept}"));
    assert!(codes(&site.run(&["check", "--format", "json"])).contains(&"stale-acceptance".to_owned()));
}

#[test]
fn a_sum_that_is_wrong_shows_both_figures_and_the_cause() {
    let site = printed("");
    let wrong = COUNTS.replace("4938, 5001, 5091]", "4938, 5001, 5901]");
    site.edit(&wrong);
    let run = site.run(&["check", "--format", "json"]);
    let finding = run.finding("sum-differs");
    assert_eq!(finding.found(), "5901");
    let (english, japanese) = told(&site);
    for part in ["5901 here", "5091, the sum of the parts", "difference +810", "the digits 9 and 0 seem to be swapped"]
    {
        assert!(english.contains(part), "{part} in {english}");
    }
    for part in
        ["ここでは 5901", "差 +810", "数字 9 と 0 が入れ替わっているようです", "合計が合いません: 熊本県（2018）"]
    {
        assert!(japanese.contains(part), "{part} in {japanese}");
    }
}

#[test]
fn derived_indicators_are_explained_back_to_their_cells() {
    let derived = "-- content/data/derived.yaml --
indicators:
  - {id: growth, name: {ja: 増加率, en: Growth}, unit: ％, precision: 1, formula: \"rate(doctors, 2008, 2018)\", printed: doctors_rate}
  - {id: growth_rank, name: {ja: 順位, en: Rank}, unit: 位, formula: \"rank(growth, high)\"}
-- content/grown.md --
---
title: 増え方
---
宇城は`= growth[uki] | unit`、`= growth_rank[uki] | ordinal`、`= growth[uki] | era`。
";
    let site = printed(derived);
    site.built();
    let page = site.page("grown/index.html");
    assert!(page.contains("11.6％") && page.contains("平成30年"), "{page}");
    let explained = site.run(&["check", "--explain", "growth[宇城, 2018]", "--lang", "ja"]);
    explained.exits(0);
    for part in
        ["growth[uki, 2018] = 11.6 ％", "doctors[uki, 2008] = 164 人", "content/data/table1.yaml:13:", "uki: [164, 177"]
    {
        assert!(explained.stdout.contains(part), "{part} in {}", explained.stdout);
    }
    let wrong = site.run(&["check", "--explain", "growt[uki]", "--lang", "en"]);
    wrong.exits(2);
    assert!(wrong.stderr.contains("did you mean: growth"), "{wrong}");
}

#[test]
fn the_mistakes_that_people_make_are_told_with_a_remedy() {
    let cases = [
        ("- {id: a, name: A, unit: 人, formula: \"doctors + doctors_rate\"}", "units-differ"),
        ("- {id: a, name: A, unit: 千人, formula: \"doctors * 2\"}", "unit-of-formula"),
        ("- {id: a, name: A, unit: 人, formula: \"docters\"}", "unknown-indicator"),
        ("- {id: a, name: A, unit: 人, formula: \"change(doctors, 2009, 2018)\"}", "unknown-period"),
        ("- {id: a, name: A, unit: 人, formula: \"change(doctors, 2018)+\"}", "formula-syntax"),
        ("- {id: a, name: A, unit: 人, formula: \"a + 1\"}", "formula-cycle"),
        ("- {id: a, name: A, unit: 人, formula: \"averge(doctors)\"}", "unknown-function"),
        ("- {id: a, name: A, unit: 人, formula: doctors, values: {}}", "formula-and-values"),
        ("- {id: a, name: A, unit: 人, formula: doctors, checks: [{from: 0, to: 100}]}", "one-rule"),
        (
            "- {id: a, name: A, unit: 人, formula: doctors, checks: [{bounds: a, to: 100, areas: [aso, kuma]}]}",
            "out-of-bounds",
        ),
        (
            "- {id: a, name: A, unit: 人, formula: doctors, checks: [{same-as: [doctors, doctors_change]}]}",
            "figures-disagree",
        ),
    ];
    for (record, code) in cases {
        let site = printed(&format!("-- content/data/own.yaml --\nindicators:\n  {record}\n"));
        for lang in ["en", "ja"] {
            let run = site.run(&["check", "--format", "json", "--lang", lang]);
            let finding = run.finding(code);
            assert!(finding.place().starts_with("content/data/"), "{run}");
            assert!(!finding.remedy().is_empty(), "{code}: nothing to do about it: {run}");
        }
    }
}

#[test]
fn an_era_beside_another_western_year_is_found_in_texts() {
    let site = Site::small("-- content/plan.md --\n---\ntitle: 計画\n---\n計画は令和5年（2022年）に始まります。\n");
    let run = site.run(&["check", "--format", "json"]);
    let finding = run.finding("era-differs");
    assert_eq!((finding.found(), finding.severity()), ("2022", "error"));
    assert_eq!(finding.place(), "content/plan.md:4:4");
}

/// 青森県「医師確保計画（案）」, 入院: cells, and what is printed beside them.
const FLOWS: &str = "-- content/data/aomori-areas.yaml --
areas:
  - {id: aomori, name: {ja: 青森県, en: Aomori Prefecture}, kind: prefecture}
  - {id: tsugaru, name: {ja: 津軽地域, en: Tsugaru}, kind: secondary-medical-area, parent: aomori}
  - {id: seihokugo, name: {ja: 西北五地域, en: Seihokugo}, kind: secondary-medical-area, parent: aomori}
-- content/data/totals.yaml --
indicators:
  - {id: residents, name: {ja: 住所地の合計, en: By residence}, unit: {ja: 千人/日, en: thousand a day}, source: 計画案, as_of: 2017, periods: [2017], values: {tsugaru: [2.6], seihokugo: [1.4], aomori: [4.0]}}
  - {id: present, name: {ja: 施設所在地の合計, en: By facility}, unit: {ja: 千人/日, en: thousand a day}, source: 計画案, as_of: 2017, periods: [2017], values: {tsugaru: [2.8], seihokugo: [1.2]}}
  - {id: net_printed, name: {ja: 流出入, en: Net flow}, unit: {ja: 千人/日, en: thousand a day}, source: 計画案, as_of: 2017, periods: [2017], values: {tsugaru: [0.2], seihokugo: [-0.2]}}
  - {id: coefficient_printed, name: {ja: 調整係数, en: Coefficient}, unit: {ja: 倍, en: ratio}, source: 計画案, as_of: 2017, periods: [2017], values: {tsugaru: [1.077], seihokugo: [0.857]}}
-- content/data/flow.yaml --
flows:
  - id: patients
    name: {ja: 患者の流れ, en: Patients}
    unit: {ja: 千人/日, en: thousand a day}
    source: 計画案
    as_of: 2017
    printed: {row_sums: residents, column_sums: present, net: net_printed, coefficient: coefficient_printed}
    values:
      tsugaru: {tsugaru: 2.5, seihokugo: 0.1}
      seihokugo: {tsugaru: 0.3, seihokugo: 1.1}
";

#[test]
fn totals_and_coefficients_of_a_flow_table_are_those_of_its_cells() {
    let site = Site::small(FLOWS);
    site.run(&["check", "--format", "json"]).clean();
    site.edit(&FLOWS.replace("seihokugo: [0.857]", "seihokugo: [0.758]"));
    let (english, japanese) = told(&site);
    assert!(english.contains("flow-differs") && english.contains("0.758 here"), "{english}");
    assert!(english.contains("0.857 = coefficient(patients), difference −0.099"), "{english}");
    assert!(japanese.contains("流れの表のセルと合いません: 西北五地域（2017）"), "{japanese}");
    assert!(english.contains("0.3: Seihokugo → Tsugaru, 2017"), "{english}");
    assert!(english.contains("the digits 7 and 8 seem to be swapped"), "{english}");
    // What the rounding of four cells leaves open the printed totals do not.
    site.edit(&FLOWS.replace("seihokugo: [0.857]", "seihokugo: [0.926]"));
    let (english, _) = told(&site);
    assert!(english.contains("0.857 = present / residents, difference +0.069"), "{english}");
    assert!(english.contains("1.2: Seihokugo, 2017") && english.contains("1.4: Seihokugo, 2017"), "{english}");
}

#[test]
fn sums_of_rows_and_columns_in_each_others_place_are_named() {
    let crossed = FLOWS
        .replace("{tsugaru: [2.6], seihokugo: [1.4], aomori: [4.0]}", "{tsugaru: [3.8], seihokugo: [1.1]}")
        .replace("{tsugaru: 2.5, seihokugo: 0.1}", "{tsugaru: 2.5, seihokugo: 0.0}")
        .replace("{tsugaru: 0.3, seihokugo: 1.1}", "{tsugaru: 1.3, seihokugo: 1.1}");
    let (english, japanese) = told(&Site::small(&crossed));
    assert!(english.contains("the sums of rows and columns seem to be in each other's place"), "{english}");
    assert!(japanese.contains("行の合計と列の合計が入れ替わっているようです"), "{japanese}");
}

#[test]
fn what_a_flow_table_prints_can_be_accepted() {
    let accept = "-- content/data/known.yaml --
checks:
  - flow: patients
    accept: [{area: seihokugo, reason: {ja: 原資料のまま。, en: As in the source.}}]
";
    let site = Site::small(&format!("{}{accept}", FLOWS.replace("[0.857]", "[0.758]")));
    site.run(&["check", "--format", "json"]).clean();
    site.edit(&accept.replace("patients", "patient"));
    let (english, _) = told(&site);
    assert!(english.contains("unknown-flow") && english.contains("did you mean: patients"), "{english}");
}

#[test]
fn a_printed_table_is_held_against_its_formula_cell_by_cell() {
    let text = format!(
        "{AREAS}{COUNTS}-- content/data/derived.yaml --
indicators:
  - id: more
    name: {{ja: 増減, en: Change}}
    unit: {{ja: 人, en: physicians}}
    formula: change(doctors, 2008, 2018)
    printed:
      source: 表1
      as_of: 2018-12-31
      periods: [2018]
      values: {{kumamoto: [641], uki: [19], ariake: [54]}}
"
    );
    let text = text.replace("doctors_change", "another_change");
    let site = Site::small(&text);
    let (english, japanese) = told(&site);
    assert!(english.contains("54 here") && english.contains("45 = more, difference +9"), "{english}");
    assert!(english.contains("the digits 5 and 4 seem to be swapped"), "{english}");
    assert!(japanese.contains("有明（2018）"), "{japanese}");
    site.edit(&text.replace("ariake: [54]", "ariake: [45]"));
    site.run(&["check", "--format", "json"]).clean();
}

#[test]
fn printed_ranks_leave_room_and_follow_the_values() {
    let text = |ranks: &str, rank_of: &str| {
        format!(
            "{AREAS}-- content/data/ranks.yaml --
indicators:
  - {{id: index, name: {{ja: 指標, en: Index}}, unit: {{ja: 点, en: points}}, source: 表3, as_of: 2016, periods: [2016], values: {{kk: [336.2], uki: [146.9], ariake: [188.7], kamoto: [188.7]}}}}
  - {{id: index_rank, name: {{ja: 順位, en: Rank}}, unit: {{ja: 位, en: rank}}, source: 表3, as_of: 2016, rank_of: {rank_of}, periods: [2016], values: {ranks}}}
"
        )
    };
    let rule = "{indicator: index, direction: high, n: 335}";
    let good = "{kk: [20], uki: [269], ariake: [134], kamoto: [134]}";
    let site = Site::small(&text(good, rule));
    site.run(&["check", "--format", "json"]).clean();
    let cases = [
        ("{kk: [134], uki: [269], ariake: [134], kamoto: [134]}", rule, "a rank after 134, whose value comes first"),
        ("{kk: [20], uki: [2], ariake: [134], kamoto: [134]}", rule, "a rank from 4 to 335"),
        ("{kk: [20], uki: [336], ariake: [134], kamoto: [134]}", rule, "a rank from 4 to 335"),
        ("{kk: [20], uki: [269], ariake: [134], kamoto: [135]}", rule, "134, for the values are equal"),
        (good, "{indicator: index, n: {county: 3, secondary-medical-area: 100}}", "a rank from 4 to 100"),
        (good, "{indicator: index, n: 335, ties: distinct}", "another rank than 134"),
        (
            "{kk: [1], uki: [4], ariake: [2], kamoto: [2]}",
            "{indicator: index, n: 3, ties: dense}",
            "a rank from 3 to 3",
        ),
        (good, "{indicator: indx}", "did you mean: index"),
    ];
    for (ranks, rule, expected) in cases {
        site.edit(&text(ranks, rule));
        let (english, _) = told(&site);
        assert!(english.contains(expected), "{ranks} {rule}: {english}");
    }
    for (ranks, rule) in [
        ("{kk: [1], uki: [3], ariake: [2], kamoto: [2]}", "{indicator: index, n: 3, ties: dense}"),
        ("{kk: [1], uki: [4], ariake: [2], kamoto: [2]}", "{indicator: index}"),
        ("{kk: [1], uki: [4], ariake: [3], kamoto: [2]}", "{indicator: index, n: 4, ties: distinct}"),
    ] {
        site.edit(&text(ranks, rule));
        site.run(&["check", "--format", "json"]).clean();
    }
}

#[test]
fn marks_of_thirds_are_held_against_ranks() {
    let text = |marks: [&str; 3]| {
        format!(
            "{AREAS}-- content/data/ranks.yaml --
indicators:
  - {{id: index_rank, name: {{ja: 順位, en: Rank}}, unit: {{ja: 位, en: rank}}, source: 表3, as_of: 2016, periods: [2016], values: {{kk: [20], uki: [269], ariake: [134]}}}}
-- content/data/classes.yaml --
tables:
  - id: classes
    name: {{ja: 区分, en: Classes}}
    source: 表3
    as_of: 2016
    columns: [{{id: area, label: {{ja: 圏域, en: Area}}}}, {{id: class, label: {{ja: 区分, en: Class}}}}]
    rows: [[熊本・上益城, {}], [宇城, {}], [有明, {}], [全国平均, 多数]]
-- content/data/thirds.yaml --
checks:
  - {{class: classes, column: class, first: [多数], last: [少数], of: index_rank, n: 335}}
",
            marks[0], marks[1], marks[2]
        )
    };
    let site = Site::small(&text(["多数", "少数", "—"]));
    site.run(&["check", "--format", "json"]).clean();
    site.edit(&text(["多数", "—", "多数"]));
    let (english, japanese) = told(&site);
    assert!(
        english.contains("class-differs") && english.contains("the first third ends with rank 111 of 335"),
        "{english}"
    );
    assert!(english.contains("the last third begins after rank 223 of 335; the class is “—”"), "{english}");
    assert!(japanese.contains("上位 3 分の 1 は 111 位まで（335 のうち）。区分は「多数」"), "{japanese}");
    site.edit("-- content/data/thirds.yaml --\nchecks:\n  - {class: clases, column: class, first: [多数], of: index_rank, n: 335}\n");
    let (english, _) = told(&site);
    assert!(english.contains("did you mean: classes"), "{english}");
}

/// A country has more parts than anybody would write into a formula.
#[test]
fn the_parts_of_a_country_are_added_up() {
    let area = |number: usize| format!("  - {{id: m{number}, name: 町{number}, kind: municipality, parent: jp}}\n");
    let areas: String = (0..1741).map(area).collect();
    let rows: String = (0..1741).map(|number| format!("      m{number}: [{number}]\n")).collect();
    let site = |whole: usize| {
        Site::small(&format!(
            "-- content/data/towns.yaml --\nareas:\n  - {{id: jp, name: 全国, kind: country}}\n{areas}-- content/data/people.yaml --\nindicators:\n  - id: people\n    name: 住民\n    unit: 人\n    source: 調べ\n    as_of: 2020\n    periods: [2020]\n    checks: [{{sum: people, whole: jp, children-of: jp}}]\n    values:\n      jp: [{whole}]\n{rows}"
        ))
    };
    site(1740 * 1741 / 2).run(&["check", "--format", "json"]).clean();
    let run = site(1).run(&["check", "--format", "json"]);
    assert_eq!(codes(&run), ["sum-differs"]);
}

#[test]
fn flows_are_worked_out_in_sentences_and_panels_with_their_source() {
    let page = "-- content/flow.md --
---
title: 流れ
---
西北五の係数は `= coefficient(patients, seihokugo)`、流出は `= outflow(patients, seihokugo) | unit`。

```panel
kind: kpi
items:
  - {label: 調整係数, value: \"coefficient(patients, seihokugo)\", unit: 倍}
  - {label: 流出, value: \"outflow(patients, seihokugo)\"}
```
";
    let site = Site::small(&format!("{FLOWS}{page}"));
    site.built();
    let html = site.page("flow/index.html");
    assert!(html.contains("西北五の係数は 0.857、流出は 0.3千人/日。"), "{html}");
    assert!(html.contains("計画案"), "{html}");
}
