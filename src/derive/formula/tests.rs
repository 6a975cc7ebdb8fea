//! Figures worked out by hand from 表1 and 表2 of the plan of Kumamoto Prefecture.

use std::sync::Arc;

use super::*;
use crate::locale::{Language, Locale, Negative, Words};
use crate::model::data;
use crate::read::Source;

pub(crate) const FILES: [&str; 3] = [
    "areas:
  - {id: jp, name: {ja: 全国, en: Japan}, kind: country}
  - {id: kumamoto, name: {ja: 熊本県, en: Kumamoto Prefecture}, kind: prefecture, parent: jp}
  - {id: ashikita, name: {ja: 芦北, en: Ashikita}, kind: secondary-medical-area, parent: kumamoto}
  - {id: outside, name: {ja: 熊本市外, en: Outside Kumamoto City}, kind: group, parent: kumamoto}
  - {id: nowhere, name: どこにもない, kind: group}
",
    "indicators:
  - id: physicians
    name: {ja: 医療施設で働く医師, en: Physicians working in medical facilities}
    unit: {ja: 人, en: physicians}
    source: 調査
    as_of: 2018-12-31
    periods: [2008, 2018]
    values:
      jp: [271897, 311963]
      kumamoto: [4450, 5091]
      ashikita: [135, 131]
      outside: [1875, 2027]
  - id: per_100k
    name: 人口10万人当たり
    unit: {ja: 人口10万人当たり人, en: per 100 000 people}
    source: 調査
    as_of: 2018-12-31
    periods: [2008, 2018]
    values:
      kumamoto: [244.2, 289.8]
      ashikita: […, {value: 289.2, mark: estimated}]
      outside: [x, —]
  - id: zero
    name: なし
    unit: 人
    source: 調査
    as_of: 2018
    periods: [FY2018]
    values: {kumamoto: [0], jp: [79228162514264337593543950335]}
",
    "",
];

pub(crate) fn sample() -> Data {
    let read = |(number, text): (usize, &&str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, []);
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> = FILES.iter().enumerate().filter(|(_, text)| !text.is_empty()).filter_map(read).collect();
    let checked = data::assemble(&documents, &Default::default());
    assert_eq!(checked.findings, []);
    checked.value
}

fn formula(text: &str) -> Formula {
    Formula { text: text.to_owned(), span: Span::new(&"a.md".into(), 100, 100 + text.len()) }
}

fn printed(text: &str, language: &str) -> String {
    let language = Language::parse(language).expect("a language");
    let locale = Locale::new(&language, Negative::Minus);
    let path: Arc<str> = "t.ftl".into();
    let unit = if language.is_japanese() {
        "value-with-unit = {$value}{$unit}\n"
    } else {
        "value-with-unit = {$value} {$unit}\n"
    };
    let words = Words::parse(&language, &[(path, unit)]).value;
    let default_language = Language::parse("ja").expect("a language");
    let wording = Wording { locale: &locale, words: &words, default_language: &default_language };
    let checked = print(&formula(text), &sample(), wording);
    assert_eq!(checked.findings, [], "{text}");
    checked.value
}

fn finding(text: &str) -> (String, String) {
    let checked = evaluate(&formula(text), &sample());
    let Some(finding) = checked.findings.first() else { return ("none".into(), String::new()) };
    let span = finding.primary.as_ref().map(|label| label.span.clone()).expect("a place");
    (finding.code.clone(), text.get(span.start - 100..span.end - 100).unwrap_or("?").to_owned())
}

#[test]
fn values_are_those_of_the_printed_tables() {
    let cases = [
        ("physicians[kumamoto, 2018]", "5,091"),
        ("physicians[熊本県]", "5,091"),
        ("physicians[kumamoto, 2018] | unit", "5,091人"),
        ("physicians[kumamoto, 2018] - physicians[kumamoto, 2008]", "641"),
        ("physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed", "+641"),
        ("(physicians[kumamoto] - physicians[kumamoto, 2008]) / physicians[kumamoto, 2008] | percent", "14.4％"),
        ("physicians[outside] - physicians[outside, 2008]", "152"),
        ("physicians[outside] / physicians[outside, 2008] - 1 | percent | signed", "+8.1％"),
        ("physicians[ashikita] - physicians[ashikita, 平成20年] | signed", "−4"),
        ("per_100k[kumamoto, 2018] - per_100k[kumamoto, 2008]", "45.6"),
        ("per_100k[kumamoto, 2018] | precision(0)", "290"),
        ("per_100k[kumamoto] | unit", "人口10万人当たり289.8人"),
        ("physicians[jp] | compact | unit", "31万人"),
        ("physicians[kumamoto] | compact", "5,091"),
        ("physicians[jp] | plain", "311963"),
        ("physicians[kumamoto] / 2", "2,545.5"),
        ("physicians[jp] / physicians[kumamoto]", "61.3"),
        ("5100 - physicians[kumamoto] | unit", "9人"),
        ("1.50 + 2", "3.50"),
        ("2 + 3 * 4 - 10 / 5", "12.0"),
        ("-(2 - 5) * 2", "6"),
        ("10 - 3 - 2", "5"),
        ("１０　×　（２＋３）", "50"),
        ("1 / 3", "0.333"),
    ];
    for (text, expected) in cases {
        assert_eq!(printed(text, "ja"), expected, "{text}");
    }
}

#[test]
fn english_writes_its_own_way() {
    assert_eq!(printed("physicians[kumamoto] | unit", "en"), "5,091 physicians");
    assert_eq!(printed("physicians[jp] | compact", "en"), "312K");
    assert_eq!(printed("physicians[kumamoto] / physicians[jp] | percent", "en"), "1.6%");
}

#[test]
fn missing_stays_missing() {
    assert_eq!(printed("per_100k[ashikita, 2008] + 1", "ja"), "…");
    assert_eq!(printed("per_100k[outside, 2008] - per_100k[outside, 2018] | unit", "ja"), "x");
    assert_eq!(printed("physicians[kumamoto] / zero[kumamoto]", "ja"), "—");
    let value = evaluate(&formula("per_100k[ashikita] / 2"), &sample()).value.expect("a figure").value;
    assert_eq!(value.mark, Some(Mark::Estimated));
    assert_eq!(value.inputs.iter().map(|input| input.period.to_string()).collect::<Vec<_>>(), ["2018"]);
}

#[test]
fn units_travel_along() {
    let unit = |text: &str| {
        let value = evaluate(&formula(text), &sample()).value.expect("a figure").value;
        value.unit.map_or("-".to_owned(), |unit| unit.texts().next().unwrap_or_default().to_owned())
    };
    assert_eq!(unit("physicians[jp] - physicians[kumamoto]"), "人");
    assert_eq!(unit("2 * physicians[jp] / 4"), "人");
    assert_eq!(unit("physicians[jp] / physicians[kumamoto]"), "-");
    assert_eq!(unit("physicians[jp] / per_100k[kumamoto]"), "-");
    assert_eq!(unit("physicians[jp] * per_100k[kumamoto]"), "-");
    assert_eq!(unit("physicians[jp] * (physicians[jp] / physicians[kumamoto])"), "人");
    assert_eq!(unit("100 / physicians[jp]"), "-");
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("", "formula-syntax", ""),
        ("physicians[kumamoto] - per_100k[kumamoto]", "units-differ", "physicians[kumamoto] - per_100k[kumamoto]"),
        (
            "physicians[jp] / physicians[kumamoto] + physicians[jp]",
            "units-differ",
            "physicians[jp] / physicians[kumamoto] + physicians[jp]",
        ),
        ("physicans[kumamoto]", "unknown-indicator", "physicans"),
        ("1 + physicians[熊本件]", "unknown-area", "熊本件"),
        ("physicians[2018, kumamoto]", "unknown-area", "2018"),
        ("physicians[kumamoto, 2017]", "unknown-period", "2017"),
        ("physicians[kumamoto, soon]", "not-a-period", "soon"),
        ("physicians[nowhere]", "no-row", "nowhere"),
        ("physicians", "bare-indicator", "physicians"),
        ("physicians[kumamoto", "formula-syntax", "["),
        ("physicians[]", "formula-syntax", ""),
        ("physicians[a, b, c]", "formula-syntax", "[a, b, c]"),
        ("(1 + 2", "formula-syntax", "("),
        ("1 + 2)", "formula-syntax", ")"),
        ("1 2", "formula-syntax", "2"),
        ("5,091 + 1", "formula-syntax", "5,091"),
        ("* 2", "formula-syntax", "*"),
        ("1 +", "formula-syntax", ""),
        ("1 ! 2", "formula-syntax", "!"),
        ("1 | signd", "unknown-filter", "signd"),
        ("1 | precision", "filter-argument", "precision"),
        ("1 | precision(99)", "filter-argument", "99"),
        ("1 | signed(2)", "filter-argument", "2"),
        ("1 |", "formula-syntax", "|"),
        ("physicians[kumamoto] | percent", "percent-of-unit", "physicians[kumamoto] | percent"),
        ("zero[jp] * 2", "formula-overflow", "zero[jp] * 2"),
    ];
    for (text, code, place) in cases {
        assert_eq!(finding(text), (code.to_owned(), place.to_owned()), "{text}");
    }
    assert_eq!(evaluate(&formula("a[b] + c[d]"), &sample()).findings.len(), 2);
}

#[test]
fn deep_and_long_formulas_end() {
    for text in ["(".repeat(100_000), "-".repeat(100_000), format!("1{}", "+1".repeat(100_000)), "[".repeat(50_000)] {
        assert_eq!(evaluate(&formula(&text), &sample()).findings.len(), 1);
    }
    let sum = format!("1{}", "+1".repeat(150));
    assert_eq!(
        evaluate(&formula(&sum), &sample()).value.and_then(|figure| figure.value.amount.ok()),
        Some(Decimal::from(151))
    );
}

#[test]
fn no_text_makes_it_panic() {
    let seeds = [
        "physicians[kumamoto, 2018] - physicians[kumamoto, 2008] | signed | precision(2)",
        "（医師[熊本県，平成30年]＋１）÷２｜unit",
        "-((1.5 * 2)) / 0 | percent | compact | plain",
    ];
    let alphabet: Vec<char> = "[](),|+-*/.0９ー=`\"x熊\u{3000}\u{301}𠮷%".chars().collect();
    let data = sample();
    let mut state = 7u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    for seed in seeds {
        for _ in 0..4000 {
            let mut characters: Vec<char> = seed.chars().collect();
            for _ in 0..1 + next(6) {
                let at = next(characters.len());
                match next(3) {
                    0 if !characters.is_empty() => drop(characters.remove(at)),
                    1 => characters.insert(at, alphabet[next(alphabet.len())]),
                    _ => characters.truncate(at + 1),
                }
            }
            let text: String = characters.into_iter().collect();
            let _ = evaluate(&formula(&text), &data);
        }
    }
}

#[test]
fn texts_hold_formulas() {
    let language = Language::parse("ja").expect("a language");
    let locale = Locale::new(&language, Negative::Minus);
    let words = Words::parse(&language, &[]).value;
    let wording = Wording { locale: &locale, words: &words, default_language: &language };
    let text = "医師`= physicians[kumamoto]`人の`code`と`= nope[a]`";
    let source = format!("\"{text}\"");
    let span = Span::new(&"a.md".into(), 10, 10 + source.len());
    let checked = fill(text, &source, &span, &sample(), wording);
    assert_eq!(checked.value, "医師5,091人の`code`と…");
    let place = checked.findings[0].primary.as_ref().expect("a place").span.clone();
    assert_eq!(&source[place.start - 10..place.end - 10], "nope");
}
