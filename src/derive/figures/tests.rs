//! Derived indicators over the printed tables of the plan of Kumamoto Prefecture.

use std::sync::Arc;

use super::*;
use crate::derive::rounded;
use crate::model::data;
use crate::read::Source;

const AREAS: &str = "areas:
  - {id: kumamoto, name: 熊本県, kind: prefecture}
  - {id: kk, name: 熊本・上益城, kind: secondary-medical-area, parent: kumamoto}
  - {id: uki, name: 宇城, kind: secondary-medical-area, parent: kumamoto}
  - {id: outside, name: 熊本市外, kind: group, parent: kumamoto}
";

const TABLES: &str = "indicators:
  - id: physicians
    name: 医師
    unit: 人
    source: 調査
    as_of: 2018-12-31
    periods: [2008, 2016, 2018]
    values: {kumamoto: [2858, 3346, 3366], kk: [2694, 3172, 3183], uki: [164, 174, 183]}
  - {id: population, name: 人口, unit: 人, source: 推計, as_of: 2018-10-01, periods: [2016, 2018], values: {kk: [800000, x], uki: [0, 104000]}}
";

pub(super) fn derived(formulas: &[&str]) -> Checked<Data> {
    let mut text = String::from("indicators:\n");
    for formula in formulas {
        text.push_str(&format!("  - {{{formula}}}\n"));
    }
    let read = |(number, text): (usize, &&str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, [], "{text}");
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> = [AREAS, TABLES, &text].iter().enumerate().filter_map(read).collect();
    let checked = data::assemble(&documents, &Default::default());
    assert_eq!(checked.findings, []);
    figures(checked.value)
}

/// The rows of the indicator `x` with this formula and unit.
fn table(formula: &str, unit: &str) -> String {
    let checked = derived(&[&format!("id: x, name: X, unit: {unit}, precision: 1, formula: \"{formula}\"")]);
    if let Some(finding) = checked.findings.first() {
        return format!("{} {}", finding.code, finding.found.clone().unwrap_or_default());
    }
    let x = checked.value.indicator("x").expect("the indicator");
    let cell = |cell: &Cell| match cell.amount {
        Ok(number) => rounded(number, 1).normalize().to_string(),
        Err(missing) => missing.sign().to_owned(),
    };
    let row = |row: &Row| format!("{} {}", row.entity, row.cells.iter().map(cell).collect::<Vec<_>>().join(" "));
    let periods: Vec<String> = x.periods.iter().map(Period::to_string).collect();
    format!("{}: {}", periods.join(" "), x.rows.iter().map(row).collect::<Vec<_>>().join(", "))
}

#[test]
fn formulas_are_worked_out_for_every_area_and_period() {
    let cases = [
        ("physicians * 2", "人", "2008 2016 2018: kumamoto 5716 6692 6732, kk 5388 6344 6366, uki 328 348 366"),
        ("per(physicians, population, 100000)", "人", "2016 2018: kk 396.5 x, uki — 176"),
        ("change(physicians, 2008, 2018)", "人", "2018: kumamoto 508, kk 489, uki 19"),
        ("rate(physicians, 2008, 2018)", "％", "2018: kumamoto 17.8, kk 18.2, uki 11.6"),
        ("rate(physicians, 2008)", "％", "2008 2016 2018: kumamoto 0 17.1 17.8, kk 0 17.7 18.2, uki 0 6.1 11.6"),
        ("share(physicians)", "％", "2008 2016 2018: kk 94.3 94.8 94.6, uki 5.7 5.2 5.4"),
        (
            "share(physicians, of: kumamoto) * 100",
            "％",
            "2008 2016 2018: kumamoto 100 100 100, kk 94.3 94.8 94.6, uki 5.7 5.2 5.4",
        ),
        ("sum(physicians)", "人", "2008 2016 2018: kumamoto 2858 3346 3366"),
        (
            "sum(physicians, kk, uki) - physicians",
            "人",
            "2008 2016 2018: kumamoto 0 0 0, kk 164 174 183, uki 2694 3172 3183",
        ),
        ("mean(physicians)", "人", "2008 2016 2018: kumamoto 1429 1673 1683"),
        ("median(physicians)", "人", "2008 2016 2018: kumamoto 1429 1673 1683"),
        ("rank(physicians, high)", "位", "2008 2016 2018: kumamoto 1 1 1, kk 1 1 1, uki 2 2 2"),
        ("rank(physicians, low, secondary-medical-area)", "位", "2008 2016 2018: kk 2 2 2, uki 1 1 1"),
        ("third(physicians, high)", "位", "2008 2016 2018: kumamoto 3 3 3, kk 2 2 2, uki 3 3 3"),
        (
            "gap(physicians, physicians[kk])",
            "人",
            "2008 2016 2018: kumamoto -164 -174 -183, kk 0 0 0, uki 2530 2998 3000",
        ),
        (
            "index(physicians, 2008)",
            "\"\"",
            "2008 2016 2018: kumamoto 100 117.1 117.8, kk 100 117.7 118.2, uki 100 106.1 111.6",
        ),
        ("moving(physicians, 2)", "人", "2008 2016 2018: kumamoto — 3102 3356, kk — 2933 3177.5, uki — 169 178.5"),
        ("physicians - physicians[., -1]", "人", "2008 2016 2018: kumamoto — 488 20, kk — 478 11, uki — 10 9"),
        ("share(physicians * 2)", "％", "2008 2016 2018: kk 94.3 94.8 94.6, uki 5.7 5.2 5.4"),
    ];
    for (formula, unit, expected) in cases {
        assert_eq!(table(formula, unit), expected, "{formula}");
    }
}

#[test]
fn what_cannot_be_worked_out_says_why() {
    let cases = [
        ("physicians / 0", "人", "2008 2016 2018: kumamoto — — —, kk — — —, uki — — —"),
        ("physicians - population", "千人", "unit-of-formula 千人"),
        ("x + 1", "人", "formula-cycle x → x"),
        ("physicans", "人", "unknown-indicator "),
        ("change(physicians, 2009, 2018)", "人", "unknown-period "),
        ("change(physicians)", "人", "function-arguments "),
        ("chang(physicians, 2008)", "人", "unknown-function "),
        ("rank(physicians, up)", "人", "function-arguments "),
        ("physicians | signed", "人", "filter-in-indicator "),
        ("share(population)", "％", "formula-without-values population: 2016, 2018"),
    ];
    for (formula, unit, expected) in cases {
        assert_eq!(table(formula, unit), expected, "{formula}");
    }
}

#[test]
fn formulas_may_need_each_other_but_not_in_a_circle() {
    let record = |id: &str, formula: &str| format!("id: {id}, name: X, unit: 人, formula: \"{formula}\"");
    let checked = derived(&[&record("c", "b + 1"), &record("b", "a + 1"), &record("a", "physicians + 1")]);
    assert_eq!(checked.findings, []);
    let c = checked.value.indicator("c").expect("c");
    assert_eq!(c.cell("uki", Period::Year(2018)).map(|cell| cell.amount), Some(Ok(186.into())));
    assert_eq!((c.as_of.to_string().as_str(), c.source.texts().next()), ("2018-12-31", Some("調査")));

    let checked = derived(&[&record("a", "b + 1"), &record("b", "c + 1"), &record("c", "a + 1"), &record("d", "a")]);
    let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["formula-cycle"], "what needs a broken one is not blamed for it");
    assert_eq!(checked.findings[0].found.as_deref(), Some("a → b → c → a"));
}
