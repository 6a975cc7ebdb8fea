//! JSON Schemas: what they accept is what Kairan accepts, by the word of a validator that others have written.
//!
//! The mutations ask the library itself, thousands of times; the program would take minutes for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use kairan::diagnostic::Diagnostic;
use kairan::model;
use kairan::parse::{data, front_matter, settings, theme};
use kairan::read::Source;
use serde_json::{Value, json};

use crate::support::{SMALL, Site, at};

/// The schemas by name, compiled.
fn validators() -> BTreeMap<String, Validator> {
    let compile = |file: kairan::schema::SchemaFile| {
        jsonschema::meta::validate(&file.schema).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        let validator = jsonschema::draft7::new(&file.schema).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        (file.name, validator)
    };
    kairan::schema::all().into_iter().map(compile).collect()
}

/// The findings that Kairan has for one file by itself; those about other files are left out.
fn kairan_says(schema: &str, text: &str) -> Vec<Diagnostic> {
    let found = match schema {
        "front-matter" => {
            let text = format!("---\n{text}\n---\n");
            front_matter::parse(&Arc::from("content/a.md"), &front_matter::split(&text), 0).findings
        }
        "site" => {
            let read = settings::parse(&Source::new("site.toml", text.as_bytes()));
            let choices = model::Choices::default();
            let mut findings = read.findings;
            if let Some(written) = &read.value {
                let settings = model::settings::settle(written).take(&mut findings);
                findings.extend(model::assemble(settings, &[], Arc::default(), &[], choices).findings);
            }
            findings
        }
        "theme" => theme::parse(&Source::new("themes/a/theme.toml", text.as_bytes())).findings,
        _ => {
            let read = data::document(&Source::new("content/data/a.yaml", text.as_bytes()));
            let document = read.value.map(Arc::new);
            // Flows are read where their areas are known.
            let areas =
                "areas: [{id: a, name: A, kind: group}, {id: b, name: B, kind: group}, {id: c, name: C, kind: group}]";
            let areas = (schema == "flows").then(|| Source::new("content/data/areas.yaml", areas.as_bytes()));
            let areas = areas.and_then(|areas| data::document(&areas).value).map(Arc::new);
            let documents: Vec<_> = document.into_iter().chain(areas).collect();
            let mut findings = read.findings;
            let joined = model::data::assemble(&documents, &model::Books::new()).take(&mut findings);
            findings.extend(kairan::check::figures(&joined).findings.into_iter().filter(is_about_form));
            findings
        }
    };
    found.into_iter().filter(|finding| !OF_OTHERS.contains(&finding.code.as_str())).collect()
}

/// Whether a finding of a check is about how it is written, and not about the figures.
fn is_about_form(finding: &Diagnostic) -> bool {
    ["one-rule", "missing-field", "two-to-compare"].contains(&finding.code.as_str())
}

/// What no schema can say: whether things agree with each other, and how many digits a number has.
const OF_OTHERS: [&str; 24] = [
    "unknown-id",
    "posting-without-employer",
    "posting-ends-before-it-begins",
    "salary-upside-down",
    "unknown-indicator",
    "unknown-department",
    "unknown-rule-set",
    "rules-of-other-years",
    "unknown-table-file",
    "unknown-time-zone",
    "unknown-person",
    "unknown-area",
    "unknown-hospital",
    "ambiguous-name",
    "duplicate-id",
    "duplicate-alias",
    "duplicate-row",
    "duplicate-period",
    "area-cycle",
    "row-length",
    "percent-in-cell",
    "number-too-large",
    "untranslated-label",
    "dead-link",
];

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn toml(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    serde_json::to_value(table).expect("TOML as JSON")
}

/// Which schema a file of a site has, and the value that it checks.
fn checked_by(path: &str, text: &str) -> Option<(String, Value)> {
    if path == "site.toml" {
        return Some(("site".to_owned(), toml(text)));
    }
    if path.ends_with("/theme.toml") {
        return Some(("theme".to_owned(), toml(text)));
    }
    if path.starts_with("content/data/") && path.ends_with(".yaml") {
        let value = yaml(text);
        let kind = value.as_object().and_then(|keys| keys.keys().find(|key| data::KINDS.contains(&key.as_str())));
        return Some((kind.map_or("data", String::as_str).to_owned(), value));
    }
    let front = path.starts_with("content/") && path.ends_with(".md");
    let yaml_text = front.then(|| front_matter::split(text).yaml).filter(|yaml| !yaml.trim().is_empty())?;
    Some(("front-matter".to_owned(), yaml(yaml_text)))
}

fn below(root: &Path, folder: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().expect("UTF-8");
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if entry.path().is_dir() {
            if !matches!(name.as_str(), "target" | "public" | "node_modules" | "bench" | "tests" | "fuzz") {
                below(root, &path, files);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push((path, text));
        }
    }
}

#[track_caller]
fn all_accepted(root: &Path) -> BTreeSet<String> {
    let validators = validators();
    let mut files = Vec::new();
    below(root, "", &mut files);
    let mut used = BTreeSet::new();
    for (path, text) in files {
        let Some((name, value)) = checked_by(&path, &text) else { continue };
        for name in [name.as_str(), if data::KINDS.contains(&name.as_str()) { "data" } else { name.as_str() }] {
            let errors: Vec<String> = validators[name]
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{path} by {name}: {errors:#?}");
        }
        used.insert(name);
    }
    used
}

#[test]
fn every_file_of_the_demo_site_and_the_themes_is_accepted() {
    let used = all_accepted(Path::new(env!("CARGO_MANIFEST_DIR")));
    let expected = ["areas", "front-matter", "hospitals", "indicators", "site", "theme"];
    assert!(expected.iter().all(|name| used.contains(*name)), "{used:?}");
}

#[test]
fn every_file_of_the_test_site_is_accepted() {
    all_accepted(Site::new(SMALL).root());
}

#[test]
fn every_panel_of_the_demo_site_is_accepted() {
    let validator = &validators()["panel"];
    let mut files = Vec::new();
    below(Path::new(env!("CARGO_MANIFEST_DIR")), "content", &mut files);
    let mut panels = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md") && !path.contains("guide")) {
        for fence in text.split("\n```panel\n").skip(1) {
            let value = yaml(fence.split("\n```").next().unwrap_or_default());
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{path}: {errors:#?}");
            panels += 1;
        }
    }
    assert!(panels > 3, "{panels}");
}

#[test]
fn no_property_and_no_choice_lacks_a_language() {
    let mut silent = Vec::new();
    for file in kairan::schema::all() {
        assert!(bilingual(&file.schema["title"]), "{}: {}", file.name, file.schema["title"]);
        find_silent(&file.name, &file.schema, &mut silent);
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

fn find_silent(path: &str, schema: &Value, silent: &mut Vec<String>) {
    let Value::Object(object) = schema else {
        if let Value::Array(items) = schema {
            items.iter().for_each(|item| find_silent(path, item, silent));
        }
        return;
    };
    assert!(!object.contains_key("x-ja"), "{path}: a Japanese description is left over");
    // The condition of a case says nothing to people.
    for (name, part) in object.iter().filter(|(name, _)| *name != "if") {
        if name == "properties" {
            for (field, property) in part.as_object().expect("properties") {
                // What a field must not be under a condition is said where the field is described.
                let only_forbids = property.as_object().is_some_and(|rules| rules.keys().eq(["not"]));
                if !only_forbids && !bilingual(&property["description"]) {
                    silent.push(format!("{path}.{field}: {}", property["description"]));
                }
            }
        }
        if name == "const" && !bilingual(&object["description"]) {
            silent.push(format!("{path}: {part}"));
        }
        find_silent(&format!("{path}.{name}"), part, silent);
    }
}

fn bilingual(text: &Value) -> bool {
    let Some((japanese, english)) = text.as_str().and_then(|text| text.split_once(" / ")) else { return false };
    let is_japanese = japanese.chars().any(|letter| ('ぁ'..='鿿').contains(&letter));
    is_japanese && english.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// A wrong file for each kind of mistake that a schema can see.
const WRONG: &[(&str, &str)] = &[
    ("areas", "areas: [{id: a, name: A, kind: town}]"),
    ("areas", "areas: [{id: a, name: A}]"),
    ("areas", "areas: [{id: a, nmae: A, name: A, kind: group}]"),
    ("areas", "areas: [{id: a b, name: A, kind: group}]"),
    ("areas", "areas: [{id: -a, name: A, kind: group}]"),
    ("areas", "areas: [{id: a, name: {japanese: A}, kind: group}]"),
    ("areas", "areas: [{id: a, name: A, kind: group, aliases: A}]"),
    ("areas", "area: []"),
    ("areas", "areas: {id: a}"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, beds: many}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, beds: -3}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, beds: 4294967296}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, as_of: 2023-02-29}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, as_of: 2023-7-7}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, as_of: 2100-02-29}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, point: {lat: 97, lon: 0}}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, point: {lat: 7}}]"),
    ("hospitals", "hospitals: [{id: a, name: A, kind: core, sample: maybe}]"),
    ("indicators", "indicators: [{id: a-b, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 18, periods: [2018], values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [], values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018年頃], values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, source: s, as_of: 2018, periods: [2018], values: {}}]"),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], better: more, values: {}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], precision: 13, values: {}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {x: [人]}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {x: ['1,23']}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {x: [null]}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {x: [[3]]}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {x: [{value: 3, mark: guess}]}}]",
    ),
    ("data", "areas: []\nhospitals: []"),
    ("data", "{}"),
    ("data", "checks: [{sums: a}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, periods: [2018], values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, values: {}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, formula: b, periods: [2018], values: {}}]"),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {}, table: {file: a.csv}}]",
    ),
    ("indicators", "indicators: [{id: a, name: A, unit: u, source: s, as_of: 2018, table: {sheet: A}}]"),
    ("indicators", "indicators: [{id: a, name: A, unit: u, formula: b, checks: [{rank: a, direction: first}]}]"),
    ("programmes", "programmes: [{id: a, name: A, source: s, as_of: 2026-04-01, courses: []}]"),
    (
        "programmes",
        "programmes: [{id: a, name: A, source: s, as_of: 2026-04-01, courses: [{id: a, name: A, years: [{blocks: [内科]}]}]}]",
    ),
    (
        "programmes",
        "programmes: [{id: a, name: A, source: s, as_of: 2026-04-01, courses: [{id: a, name: A, years: [{blocks: [{department: 内科}]}]}]}]",
    ),
    (
        "programmes",
        "programmes: [{id: a, name: A, source: s, courses: [{id: a, name: A, years: [{blocks: [内科 52]}]}]}]",
    ),
    ("rule_sets", "rule_sets: [{id: a, name: A, source: s, rules: []}]"),
    ("departments", "departments: [{id: a b, name: A}]"),
    ("front-matter", "titel: A"),
    ("front-matter", "date: 2023-13-01"),
    ("front-matter", "date: 2023"),
    ("front-matter", "kind: essay"),
    ("front-matter", "draft: maybe"),
    ("front-matter", "cover: {source: a.svg}"),
    ("front-matter", "tags: 学習会"),
    ("front-matter", "paginate_by: -1"),
    ("site", "title = \"A\""),
    ("site", "title = \"A\"\nbase_url = \"example.org\""),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\nlanguages = []"),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\nlanguages = [\"JA\"]"),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\nlanguages = [\"ja\", \"ja\"]"),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\npaginate_by = 0"),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\nnegative = \"red\""),
    ("site", "title = \"A\"\nbase_url = \"https://example.org\"\nthem = \"zine\""),
    ("theme", "name = \"A\"\n[views.home]\nlatest = { sectoin = \"news\" }"),
    ("theme", "name = \"A\"\n[views.home]\nlatest = \"news\""),
    ("theme", "styles = \"a.css\""),
];

#[test]
fn wrong_files_are_refused_by_both() {
    let validators = validators();
    for (name, text) in WRONG {
        let value = if matches!(*name, "site" | "theme") { toml(text) } else { yaml(text) };
        assert!(!validators[*name].is_valid(&value), "{name}: the schema accepts {text}");
        assert!(!kairan_says(name, text).is_empty(), "{name}: Kairan accepts {text}");
    }
}

#[test]
fn wrong_panels_are_refused() {
    let validator = &validators()["panel"];
    let wrong = [
        "{}",
        "kind: pie",
        "{kind: kpi, items: []}",
        "{kind: kpi, items: [{label: A}, {label: B, value: x}]}",
        "{kind: trend, indicator: a, columns: [rate]}",
        "{kind: trend, indicator: a, from: いつか}",
        "{kind: table, indicator: a, columns: [sum]}",
        "{kind: table, indicator: a, titel: A}",
    ];
    for text in wrong {
        assert!(!validator.is_valid(&yaml(text)), "{text}");
    }
}

/// Every way of writing a cell, a period and a date that Kairan reads or refuses, alone in a file.
#[test]
fn cells_periods_and_days_are_accepted_alike() {
    let validators = validators();
    let cells = [
        "5091",
        "-4",
        "289.80",
        "\"5,091\"",
        "５，０９１",
        "▲ 4",
        "△4",
        "−4",
        "－４．０",
        "\"+641\"",
        "＋641",
        "1.5e3",
        "\"1.5e3\"",
        "\"271,897.50\"",
        "—",
        "…",
        "x",
        "X",
        "×",
        "\"-\"",
        "\"--\"",
        "ー",
        "・・・",
        "...",
        "\"\"",
        "三千",
        "\"5,091人\"",
        "NaN人",
        "\"1,23\"",
        "\"1,2345\"",
        "\",123\"",
        "0x1F人",
        "\"1.2.3\"",
        "true",
        "null",
        "\" 3 \"",
        "\".5\"",
        "\"5.\"",
        "{value: 3}",
        "{value: x, mark: estimated}",
        "{mark: revised}",
        "{value: {value: 3}}",
        "{value: [3]}",
        "{value: null}",
        "④",
        "12 人",
    ];
    for cell in cells {
        let text = format!(
            "indicators: [{{id: a, name: A, unit: u, source: s, as_of: 2018, periods: [2018], values: {{x: [{cell}]}}}}]"
        );
        agree(&validators, "indicators", &text);
    }
    let periods = [
        "2018",
        "2018年",
        "２０１８",
        "平成30年",
        "平成３０年",
        "平成 30 年",
        "H30",
        "Ｈ３０",
        "h30",
        "㍻30年",
        "令和元年",
        "R1",
        "昭和64年",
        "明治45年",
        "FY2023",
        "fy 2023",
        "2023年度",
        "令和5年度",
        "R5年度",
        "2023-07",
        "2023-7",
        "2023/07",
        "2023年7月",
        "令和5年7月",
        "R5.7",
        "2023-07-07",
        "２０２３－０７－０７",
        "2023/7/7",
        "2023.7.7",
        "2023年7月7日",
        "R5.7.7",
        "\"\"",
        "年",
        "18",
        "\"0018\"",
        "20180",
        "2018x",
        "2018年頃",
        "20 18",
        "2023 07",
        "2018-13",
        "2018-00",
        "2018-19",
        "2023-07-07-07",
        "2023-07/07",
        "2023年7",
        "2023年7日",
        "2023年7月7",
        "2023年-7月",
        "2023.7",
        "2023-007",
        "FY",
        "FY23",
        "FY2023年",
        "FY2023-07",
        "令和",
        "令和0年",
        "令和-1年",
        "令和年",
        "令和五年",
        "null",
        "true",
        "[2018]",
        "2018.5",
        "999",
        "10000",
    ];
    for period in periods {
        let text = format!(
            "indicators: [{{id: a, name: A, unit: u, source: s, as_of: {period}, periods: [2018], values: {{}}}}]"
        );
        agree(&validators, "indicators", &text);
    }
    for day in
        ["2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29", "2023-04-31", "2023-12-31", "2023-7-7", "0000-02-29"]
    {
        agree(&validators, "front-matter", &format!("date: {day}"));
    }
}

#[track_caller]
fn agree(validators: &BTreeMap<String, Validator>, name: &str, text: &str) {
    let value = yaml(text);
    let (schema, kairan) = (validators[name].is_valid(&value), kairan_says(name, text));
    assert_eq!(schema, kairan.is_empty(), "the schema and Kairan differ on {text}: {kairan:#?}");
}

/// A file of each sort with every field that it can have.
const WHOLE: &[(&str, &str)] = &[
    (
        "areas",
        "areas: [{id: jp, name: 日本, kind: country}, {id: a, name: {ja: 甲, en: A}, reading: こう, kind: prefecture, code: '43', parent: jp, aliases: [甲県]}]",
    ),
    (
        "hospitals",
        "hospitals: [{id: a, name: {ja: 甲, en: A}, reading: こう, kind: core, address: 1, point: {lat: 1.5, lon: 2}, beds: 3, departments: [内科], designations: [災害], trainee_places: 4, url: 'https://a.example', phone: '0', email: a@a.example, visit: v, summary: s, note: n, source: s, as_of: 2023-07-07, sample: true, aliases: [乙]}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: {ja: 甲}, unit: 人, source: 調査, as_of: 2018-12-31, note: n, precision: 1, better: higher, over: areas, periods: [2008, FY2010], values: {x: [1, '—'], y: [{value: 2.5, mark: broken}, '3,456']}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: '%', note: n, over: areas, periods: [2018], formula: 'b / c', printed: p, checks: [{sum: a, whole: w, parts: [x, y], children-of: w, tolerance: 0.1, accept: [{area: x, period: 2018, reason: {ja: 印刷}}]}, {rank: a, of: b, direction: high, level: prefecture}, {bounds: a, from: 0, to: 100, periods: [2018], areas: [x]}, {equals: a, formula: 'b'}, {monotone: a, direction: down}, {same-as: [a, b]}, {no-jump: a, factor: 2}]}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: 人, source: s, as_of: 2018, table: {file: a.csv, sheet: S, range: B3, encoding: cp932, header_rows: 2, rows: 圏域, area: x, row: y, columns: {平成30年: 2018}, names: {甲: x}, skip: [計], marks: {'': '…', '0': 0}, take: rank}}]",
    ),
    (
        "indicators",
        "indicators: [{id: a, name: A, unit: 人, formula: 'b', printed: {source: s, as_of: 2018, periods: [2018], values: {x: [1]}}}, {id: b, name: B, unit: 位, source: s, as_of: 2018, rank_of: {indicator: c, direction: high, level: prefecture, n: 47, ties: dense, accept: [{area: x, reason: r}]}, table: {files: {x: x.csv, y: y.csv}, columns: {甲: 2018}}}, {id: c, name: C, unit: 位, source: s, as_of: 2018, rank_of: {indicator: b, n: {prefecture: 47}}, table: {file: a.csv, row: 計, headings: areas}}]",
    ),
    (
        "data",
        "{checks: [{sum: a, whole: w, parts: [x], tolerance: 1}, {flow: f}, {rank: a, of: b, n: 335, ties: distinct}, {class: t, column: c, first: [○], last: [●], of: r, n: {county: 3}, level: county}]}",
    ),
    (
        "flows",
        "flows: [{id: f, name: n, unit: 人, source: s, as_of: 2018, printed: {row_sums: r, column_sums: c, net: n, coefficient: k}, table: {file: f.csv, sheet: S, range: B3, encoding: cp932, header_rows: 2, rows: 圏域, names: {甲: a}, skip: [計], marks: {'': '…'}}}]",
    ),
    (
        "tables",
        "tables: [{id: t, name: n, source: s, as_of: 2018, columns: [{id: a, label: 甲, heading: '[甲]'}, {id: b, label: 乙, unit: 床}], table: {file: t.csv, sheet: S, range: B3, encoding: utf-8, header_rows: 1, repeat: [a], marks: {'-': '—'}}}]",
    ),
    (
        "flows",
        "flows: [{id: f, name: n, unit: 人, source: s, as_of: 2018, note: n, precision: 0, small_numbers: true, values: {a: {b: 3, c: '—'}, b: {a: {value: 2, mark: revised}}}}]",
    ),
    (
        "tables",
        "tables: [{id: t, name: n, source: s, as_of: 2018, note: n, columns: [{id: a, label: {ja: 甲}}, {id: b, label: 乙, unit: 床}], rows: [[x, 3], [{ja: y}, '1,234']]}]",
    ),
    (
        "events",
        "events: [{id: e, name: n, kind: session, start: '2023-07-07 19:00', end: 2023-07-08, previous_start: 2023-07-01, timezone: Asia/Tokyo, place: p, area: a, hospital: h, capacity: 30, people: [p], url: 'https://a.example', contact: {name: n, email: e, phone: t}, sample: true, status: changed, updated: 2023-06-01, summary: s, note: n, source: s, as_of: 2023-06-01, next_update: 2023-06-02, valid_until: 2023-07-07}]",
    ),
    (
        "postings",
        "postings: [{id: p, title: t, hospital: h, programme: g, area: a, employment: [full-time, per-diem], places: 2, salary: {from: 300000, to: 400000, currency: JPY, per: month, note: n}, posted: 2026-06-01, valid_until: 2026-09-30, begins: 2027-04-01, requirements: [r], how: h, url: u, contact: {name: n, email: e, phone: t}, summary: s, note: n, source: s, as_of: 2026-06-01, next_update: 2026-08-01, sample: true}]",
    ),
    (
        "people",
        "people: [{id: p, name: n, reading: r, role: r, affiliation: a, hospital: h, sample: false, consent: [{use: photograph, given: 2023-07-07, until: 2024-07-07, note: n}]}]",
    ),
    ("terms", "terms: [{id: t, term: {ja: 初期研修}, reading: r, definition: d, avoid: {en: [internship]}}]"),
    (
        "programmes",
        "programmes: [{id: p, name: n, kind: specialty, unit: months, department: 外科, hospital: h, intake_year: 2027, starts: first-monday, rules: [r], courses: [{id: a, name: A, summary: s, note: n, inferred: i, years: [{sites: [h], place: p, place_kind: core, shortage: true, blocks: [必修 内科（血液） 4-8, {department: 外科, name: n, track: t, length: 3, from: 9, category: elective, sites: [h], place: p, place_kind: affiliated, shortage: false, alternatives: [小児科], note: n}], parallel: [{department: 一般外来, half_days: 40, length: 4, during: 1-12, note: n}], note: n}]}], places: 3, supervisors: 9, pay: p, housing: h, duty: d, applications: {from: 2026-06-01, until: 2026-09-30, how: h, url: u}, contact: {name: n, email: e, phone: t}, visits: v, url: u, summary: s, note: n, source: s, as_of: 2026-04-01, next_update: 2027-04-01, valid_until: 2027-03-31, sample: true}]",
    ),
    ("departments", "departments: [{id: a, name: {ja: 甲}, parent: 内科, aliases: [乙]}]"),
    (
        "rule_sets",
        "rule_sets: [{id: r, name: n, applies_to: [clinical-training], intake_from: 2020, intake_until: 2030, unit: months, source: s, url: u, note: n, rules: [{name: n, departments: [救急], also: {department: 麻酔科, at_most: 4}, at_least: 12, at_most: 20, desirable: 14, year: 2, at: core, prefectures: ['02'], parallel: true, advice: false, note: n}]}]",
    ),
    (
        "front-matter",
        "{title: 題, description: 説明, date: 2023-07-07, updated: 2023-07-08, draft: false, slug: a, aliases: [b], kind: news, template: t, tags: [c], series: s, authors: [d], weight: -3, cover: {src: a.svg, alt: 絵, credit: 人}, hospitals: [h], areas: [i], programme: p, people: [q], event: e, translation_key: k, math: true, theme: zine, sort: date, paginate_by: 5, as_of: 2023-07-07, next_update: 2024-01-01, valid_until: 2024-02-29, terms: false, extra: {a: [1, {b: c}]}}",
    ),
    (
        "site",
        "{title: {ja: 題, en: Title}, description: d, base_url: 'https://a.example/b/', languages: [ja, en], theme: zine, fallback: true, paginate_by: 20, feed_limit: 20, negative: triangle, cname: a.example, raw_html: false, math: false, index_html: true, publisher: {name: n, url: u, email: e, address: {ja: a}}, menus: {main: [{label: l, page: about.md}], footer: [{url: 'https://a.example'}]}, words: {ja: {a: b}}, options: {x: [1, y]}}",
    ),
    (
        "theme",
        "{name: n, extends: base, styles: [a.css], template_styles: {page: [d.css]}, panel_styles: {all: [b.css]}, math_styles: [c.css], scripts: [a.js], blocks: [b], views: {home: {hospitals: true, latest: {section: news, sections: [a, b], kind: news, tag: t, sort: date, limit: 5}}}, tokens: {a: 1}}",
    ),
];

#[test]
fn changed_files_are_accepted_or_refused_alike() {
    let validators = validators();
    let mut differing = Vec::new();
    let mut compared = 0;
    for (name, text) in WHOLE {
        let whole = yaml(text);
        for mutant in std::iter::once(whole.clone()).chain(mutants(&whole)) {
            let is_toml = matches!(*name, "site" | "theme");
            if is_toml && has_null(&mutant) {
                continue;
            }
            let text = if is_toml { as_toml(&mutant) } else { mutant.to_string() };
            let Some(text) = Some(text).filter(|_| mutant.is_object()) else { continue };
            let (schema, kairan) = (validators[*name].is_valid(&mutant), kairan_says(name, &text));
            compared += 1;
            // Which cells of a plain table are numbers, its columns say.
            let cells = ["not-a-number", "empty-cell", "wrong-type"];
            if *name == "tables" && schema && kairan.iter().all(|finding| cells.contains(&finding.code.as_str())) {
                continue;
            }
            // YAML's words for nothing are words where a text is asked for; a schema takes an empty field for a slip.
            if schema != kairan.is_empty() && !(has_null(&mutant) && kairan.is_empty()) {
                let codes: Vec<&str> = kairan.iter().map(|finding| finding.code.as_str()).collect();
                differing.push(format!("schema {schema}, Kairan {codes:?}: {text}"));
            }
        }
    }
    assert!(compared > 2000, "{compared}");
    assert!(differing.is_empty(), "{} of {compared}:\n{}", differing.len(), differing.join("\n"));
}

/// A check of each kind, with what it needs and more.
const CHECKS: [&str; 8] = [
    "{sum: a, whole: w, parts: [x], tolerance: 1}",
    "{sum: a, children-of: w}",
    "{equals: a, formula: b, areas: [x]}",
    "{rank: a, of: b, direction: high}",
    "{bounds: a, from: 0, to: 9}",
    "{monotone: a, direction: up}",
    "{same-as: [a, b]}",
    "{no-jump: a, factor: 2}",
];

#[test]
fn a_check_has_one_rule_and_what_it_needs() {
    let validators = validators();
    let checks: Vec<serde_json::Map<String, Value>> =
        CHECKS.iter().map(|text| yaml(text).as_object().cloned().expect("a check")).collect();
    // Each by itself, with one field less or with nothing in it, and together with the fields of each other one.
    let mut variants = vec![serde_json::Map::new()];
    for check in &checks {
        variants.push(check.clone());
        for field in check.keys() {
            let mut without = check.clone();
            without.shift_remove(field);
            variants.push(without);
            for empty in [Value::Null, json!([])] {
                let mut emptied = check.clone();
                emptied.insert(field.clone(), empty);
                variants.push(emptied);
            }
        }
        variants.extend(checks.iter().map(|other| check.clone().into_iter().chain(other.clone()).collect()));
    }
    let mut refused = 0;
    for check in variants {
        let check = json!({ "checks": [check] });
        let findings = kairan_says("data", &check.to_string());
        assert_eq!(validators["data"].is_valid(&check), findings.is_empty(), "{check}: {findings:#?}");
        refused += usize::from(!findings.is_empty());
    }
    assert!(refused > 60, "{refused}");
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(fields) => fields.values().any(has_null),
        _ => false,
    }
}

/// Every document that differs in one place: a field gone, one with another name, a value of another type.
fn mutants(value: &Value) -> Vec<Value> {
    let others = [
        Value::Null,
        json!(true),
        json!(7),
        json!(-1),
        json!(1.5),
        json!("あ"),
        json!(""),
        json!([]),
        json!({}),
        json!([1]),
        json!(["a", "a"]),
        json!({ "x": 1 }),
        json!({ "ja": "a" }),
    ];
    let mut mutants: Vec<Value> = others.into_iter().filter(|other| other != value).collect();
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let mut without = fields.clone();
                without.shift_remove(name);
                let mut renamed = without.clone();
                renamed.insert(format!("{name}x"), field.clone());
                mutants.extend([Value::Object(without), Value::Object(renamed)]);
                mutants.extend(mutants_of(field).map(|mutant| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), mutant);
                    Value::Object(fields)
                }));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                mutants.extend(mutants_of(item).map(|mutant| {
                    let mut items = items.clone();
                    items[index] = mutant;
                    Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    mutants
}

fn mutants_of(value: &Value) -> impl Iterator<Item = Value> {
    mutants(value).into_iter()
}

fn as_toml(value: &Value) -> String {
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| format!("{} = {}\n", json!(name), toml_value(value))).collect()
}

fn toml_value(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{} = {}", json!(name), toml_value(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[test]
fn the_command_writes_and_shows_schemas() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = at(folder.path(), &["schema", "--lang", "en"]);
    run.exits(0);
    assert!(folder.path().join(".kairan/schema/areas.json").is_file(), "{run}");
    at(folder.path(), &["schema", "--out", "there"]).exits(0);
    let written = fs::read_to_string(folder.path().join("there/front-matter.json")).expect("a schema");
    let shown = at(folder.path(), &["schema", "front-matter"]);
    shown.exits(0);
    assert_eq!(shown.stdout, written);
    let wrong = at(folder.path(), &["schema", "hospital", "--lang", "en"]);
    wrong.exits(2);
    assert!(wrong.stderr.contains("hospitals"), "{wrong}");
}

#[test]
fn a_new_site_names_its_schemas() {
    let folder = tempfile::tempdir().expect("a folder");
    at(folder.path(), &["new", "zine"]).exits(0);
    let site = folder.path().join("zine");
    all_accepted(&site);
    let mut files = Vec::new();
    below(&site, "content/data", &mut files);
    for (path, text) in files {
        let schema = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let schema = schema.unwrap_or_else(|| panic!("{path} names no schema"));
        let place = site.join(&path).parent().expect("a folder").join(schema);
        assert!(place.is_file(), "{path} names {schema}");
    }
    let settings = fs::read_to_string(site.join(".vscode/settings.json")).expect("settings");
    let settings: Value = serde_json::from_str(&settings).expect("JSON");
    for (schema, _) in settings["yaml.schemas"].as_object().expect("schemas") {
        assert!(site.join(schema).is_file(), "{schema}");
    }
}
