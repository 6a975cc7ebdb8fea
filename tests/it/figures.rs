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
