//! Input that means harm, or looks like it: a clear finding or the right reading, within a little time and memory.

use std::fmt::Write as _;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Finding, Run, Site, run};

/// Seconds of work that `kairan check` may take, on a busy machine and without optimisation.
const MOST_SECONDS: u32 = 30;

/// The most memory that it may ask for, threads and their stacks included, in KiB.
const MOST_MEMORY: u32 = 3 << 20;

/// `kairan check` where the system itself ends what takes too much.
fn checked(site: &Site) -> Run {
    let mut command = Command::new("bash");
    let program = env!("CARGO_BIN_EXE_kairan");
    command.arg("-c").arg(format!(
        "ulimit -c 0; ulimit -t {MOST_SECONDS}; ulimit -v {MOST_MEMORY}; exec '{program}' check --format json"
    ));
    command.env("RAYON_NUM_THREADS", "2").env("LC_ALL", "C.UTF-8").current_dir(site.root());
    run(command)
}

/// The first finding of a site that can't be published.
#[track_caller]
fn refused(site: &Site) -> Finding {
    let run = checked(site);
    run.exits(1);
    run.findings().into_iter().next().expect("a finding")
}

#[track_caller]
fn refused_with(text: &str, code: &str) {
    let site = Site::small(text);
    let run = checked(&site);
    run.exits(1).finding(code);
}

/// Forty levels of aliases, each of which doubles the one before.
fn alias_bomb() -> String {
    let mut bomb = String::from("a0: &a0 [x, x]\n");
    for level in 1..40 {
        let _ = writeln!(bomb, "a{level}: &a{level} [*a{0}, *a{0}]", level - 1);
    }
    bomb
}

fn in_panel(yaml: &str) -> String {
    format!("-- content/about.md --\n---\ntitle: 雑誌\n---\n```panel\n{yaml}\n```\n")
}

#[test]
fn alias_bombs() {
    refused_with(&format!("-- content/data/bomb.yaml --\n{}", alias_bomb()), "yaml-too-large");
    refused_with(&format!("-- content/about.md --\n---\ntitle: 雑誌\n{}---\n本文\n", alias_bomb()), "yaml-too-large");
    refused_with(&in_panel(&alias_bomb()), "yaml-too-large");
}

#[test]
fn nesting_bombs() {
    let deep = "[".repeat(100_000);
    refused_with(&format!("-- content/data/bomb.yaml --\nareas: {deep}\n"), "yaml-too-deep");
    refused_with(&format!("-- content/about.md --\n---\ntitle: {deep}\n---\n本文\n"), "yaml-too-deep");
    refused_with(&in_panel(&format!("kind: {deep}")), "yaml-too-deep");
    for deep in ["[", "[\n", "{a: ", "- "] {
        let deep = deep.repeat(100_000);
        refused_with(&format!("-- content/data/bomb.yaml --\nareas:\n  {deep}\n"), "yaml-too-deep");
    }
    // What one parser stumbles over is not handed to another one.
    refused_with(&format!("-- content/data/bomb.yaml --\na: 甲: 乙\nareas: {deep}\n"), "colon-in-text");
    let formula = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    refused_with(&format!("-- content/about.md --\n---\ntitle: 雑誌\n---\n`= {formula}`\n"), "formula-syntax");
    let derived = format!("- {{id: a, name: a, unit: 人, formula: \"{formula}\"}}");
    refused_with(&format!("-- content/data/a.yaml --\nindicators:\n  {derived}\n"), "formula-syntax");
    let signs = "-".repeat(100_000);
    refused_with(&format!("-- content/about.md --\n---\ntitle: 雑誌\n---\n`= {signs}1`\n"), "formula-syntax");
}

#[test]
fn texts_nested_without_end_are_texts() {
    for deep in [">".repeat(20_000), "- ".repeat(5_000), "[".repeat(50_000), "*a_".repeat(20_000), "{".repeat(50_000)] {
        let run = checked(&Site::small(&format!("-- content/about.md --\n---\ntitle: 雑誌\n---\n{deep}\n本文\n")));
        assert!(matches!(run.code, 0 | 1) && !run.stderr.contains("panicked"), "{run}");
    }
}

#[test]
fn formulas_that_need_each_other_in_a_long_chain() {
    let record = |number: usize| {
        let formula = if number == 0 { "physicians".to_owned() } else { format!("d{} + physicians", number - 1) };
        format!("  - {{id: d{number}, name: 和, unit: {{ja: 人, en: physicians}}, formula: {formula}}}\n")
    };
    let chain: String = (0..2000).map(record).collect();
    let site = Site::small(&format!("-- content/data/chain.yaml --\nindicators:\n{chain}"));
    checked(&site).exits(0);
}

/// An indicator `t` in a table file.
fn with_table(table: &str) -> Site {
    let head = "  - id: t\n    name: 表\n    unit: 人\n    source: 調べ\n    as_of: 2018\n";
    let site = Site::small(&format!("-- content/data/t.yaml --\nindicators:\n{head}    table: {table}\n"));
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}\n[data]\nmachine_readability = \"off\"\n").as_bytes());
    site
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["圏域", "2018"]).expect("a heading");
    sheet.write_row(1, 0, ["潮見市", "1"]).expect("a row");
    book.save_to_buffer().expect("a workbook")
}

/// The workbook with so many megabytes of spaces at the end of a part.
fn padded(part: &str, megabytes: usize) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let book = workbook();
    let mut archive = ZipArchive::new(Cursor::new(&book[..])).expect("a workbook");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let path = file.name().expect("a name").to_string();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        if path == part {
            bytes.resize(bytes.len() + (megabytes << 20), b' ');
        }
        writer.start_file(path, SimpleFileOptions::default()).expect("a part");
        writer.write_all(&bytes).expect("its bytes");
    }
    writer.finish().expect("a workbook").into_inner()
}

#[test]
fn zip_bombs() {
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/app.xml"] {
        let site = with_table("{file: book.xlsx}");
        let bomb = padded(part, 300);
        assert!(bomb.len() < 2 << 20, "a bomb is small");
        site.write("content/data/book.xlsx", &bomb);
        assert_eq!(refused(&site).code(), "workbook-unpacks-too-large", "{part}");
    }
    // What is large and still allowed is read.
    let site = with_table("{file: book.xlsx}");
    site.write("content/data/book.xlsx", &padded("xl/worksheets/sheet1.xml", 100));
    checked(&site).exits(0);
}

#[test]
fn a_workbook_of_200_megabytes() {
    let site = with_table("{file: book.xlsx}");
    site.write("content/data/book.xlsx", b"");
    let file = std::fs::File::options().write(true).open(site.path("content/data/book.xlsx")).expect("the file");
    file.set_len(200 << 20).expect("200 MB of nothing");
    assert_eq!(refused(&site).code(), "table-too-large");
}

#[test]
fn numbers_that_are_none_in_yaml() {
    let cases = [
        (".nan", "not-a-number"),
        (".inf", "not-a-number"),
        ("-.INF", "not-a-number"),
        ("NaN", "not-a-number"),
        ("∞", "not-a-number"),
        ("1e400", "number-too-large"),
        ("99999999999999999999999999999999999", "number-too-large"),
        ("\"1,23\"", "thousands-comma"),
        ("~", "empty-cell"),
        ("[1]", "wrong-type"),
    ];
    for (cell, code) in cases {
        let head = "  - id: t\n    name: 表\n    unit: 人\n    source: 調べ\n    as_of: 2018\n    periods: [2018]\n";
        let site =
            Site::small(&format!("-- content/data/t.yaml --\nindicators:\n{head}    values: {{shiomi: [{cell}]}}\n"));
        let found = refused(&site);
        assert_eq!(found.code(), code, "{cell}");
        assert_eq!(found.place(), "content/data/t.yaml:8:23", "{cell}");
        assert!(!found.remedy().is_empty(), "{cell}");
    }
}

#[test]
fn full_width_digits_are_digits() {
    let site = Site::small(
        "-- content/data/t.yaml --\nindicators:\n  - {id: t, name: 表, unit: 人, source: 調べ, as_of: 2018, periods: [２０１８], values: {shiomi: [１２３], minato: ['１，２３４．５']}}\n-- content/value.md --\n---\ntitle: 値\n---\n<`= t[shiomi]`> <`= t[minato]`>\n",
    );
    site.built();
    let page = site.page("value/index.html");
    assert!(page.contains("123.0") && page.contains("1,234.5"), "{page}");
}

#[test]
fn byte_order_marks_in_the_middle() {
    // Two CSV files put one after the other.
    let site = with_table("{file: t.csv}");
    site.write("content/data/t.csv", "\u{feff}圏域,2018\n潮見市,1\n\u{feff}港町,2\n".as_bytes());
    let run = checked(&site);
    assert!(run.code == 0 || run.findings().iter().all(|finding| finding.code() == "unknown-area"), "{run}");
    let site = Site::small("-- content/data/t.yaml --\nterms:\n  - {id: a, name: 甲}\n\u{feff}  - {id: b, name: 乙}\n");
    let run = checked(&site);
    assert!(matches!(run.code, 0 | 1) && !run.stderr.contains("panicked"), "{run}");
}

#[test]
fn encodings_that_are_mixed_or_none() {
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode("潮見市,1\n");
    let mixed = ["圏域,2018\n".as_bytes(), &cp932, "港町,2\n".as_bytes()].concat();
    let cases: [(&[u8], &str); 3] = [
        (&mixed, "mixed-encodings"),
        (b"\xff\xff\xff,2018\n\xa0\xfd,1\n", "not-csv-text"),
        (b"a,2018\n\0\0\0\0,1\n", "not-csv-text"),
    ];
    for (bytes, code) in cases {
        let site = with_table("{file: t.csv}");
        site.write("content/data/t.csv", bytes);
        assert_eq!(refused(&site).code(), code);
    }
}

#[test]
fn ten_thousand_columns_and_a_million_cells() {
    let row = |name: &str| {
        (0..10_000).fold(name.to_owned(), |mut row, column| {
            let _ = write!(row, ",{column}");
            row
        })
    };
    let site = with_table("{file: t.csv, columns: {\"9999\": 2018}}");
    site.write("content/data/t.csv", format!("{}\n{}\n", row("圏域"), row("潮見市")).as_bytes());
    checked(&site).exits(0);
    let many = format!("{}\n", row("潮見市")).repeat(101);
    site.write("content/data/t.csv", format!("{}\n{many}", row("圏域")).as_bytes());
    assert_eq!(refused(&site).code(), "too-many-cells");
    let periods: Vec<String> = (0..10_000).map(|day| (1000 + day % 9000).to_string()).collect();
    let head = "  - id: t\n    name: 表\n    unit: 人\n    source: 調べ\n    as_of: 2018\n";
    let wide = format!(
        "-- content/data/t.yaml --\nindicators:\n{head}    periods: [{}]\n    values: {{shiomi: [1]}}\n",
        periods.join(", ")
    );
    refused_with(&wide, "duplicate-period");
}

/// Figures as large as a figure can be: sums, products and scales of them have no room left.
#[test]
fn figures_at_the_end_of_all_numbers() {
    const MOST: &str = "79228162514264337593543950335";
    const LEAST: &str = "0.0000000000000000000000000001";
    let indicator =
        |id: &str, formula: &str| format!("  - {{id: {id}, name: 大, unit: \"\", formula: \"{formula}\"}}\n");
    let formulas =
        ["huge * 3", "huge + huge", "sum(huge, shiomi, minato)", "rate(huge, 2008)", "third(huge, high)", "huge / 0.1"];
    let derived: String =
        formulas.iter().enumerate().map(|(number, formula)| indicator(&format!("d{number}"), formula)).collect();
    let data = format!(
        "-- content/data/huge.yaml --
indicators:
  - id: huge
    name: 大
    unit: 人
    source: 調べ
    as_of: 2018
    periods: [2008, 2018]
    values: {{shiomi: [{MOST}, {LEAST}], minato: [{MOST}, -{MOST}]}}
    checks:
      - {{sum: huge, whole: shiomi, parts: [minato, shiomi]}}
      - {{rank: huge, of: huge, n: 2, direction: low}}
      - {{no-jump: huge}}
      - {{class: marks, column: mark, first: [○], last: [×], of: huge, n: 2}}
{derived}-- content/data/marks.yaml --
tables:
  - id: marks
    name: 印
    source: 調べ
    as_of: 2018
    columns: [{{id: area, label: 地域}}, {{id: mark, label: 印}}]
    rows: [[潮見市, ○], [港町, ×]]
"
    );
    let kinds =
        ["bars", "trend", "table", "share", "stack", "slope", "pyramid", "matrix", "multiples", "target", "map"];
    let panels: String = kinds
        .iter()
        .flat_map(|kind| [2008, 2018].map(|period| format!("```panel\nkind: {kind}\nindicator: huge\nareas: [shiomi, minato]\nperiod: {period}\n```\n\n```panel\nkind: {kind}\nindicator: huge\n```\n\n")))
        .collect();
    let page = format!(
        "-- content/huge.md --\n---\ntitle: 大\n---\n{panels}\n`= huge[shiomi] * huge[minato, 2008]` `= huge[minato] | compact`\n"
    );
    let run = checked(&Site::small(&format!("{data}{page}")));
    assert!(run.code == 1 && !run.stderr.contains("panicked"), "{run}");
}
