//! Source tables are held to the national rules for data that machines can read, and Kairan's own tables keep them.

use std::fs;
use std::path::Path;

use kairan::check::machine_readable;
use kairan::diagnostic::Diagnostic;
use kairan::diagnostic::machine_readable::Level;
use kairan::parse::sheet;
use kairan::read::Source;
use rust_xlsxwriter::{Color, Format, Formula, Note, Shape, Workbook, Worksheet};

use crate::support::{Site, at};

/// The codes of what is found in a table, each with what is found first and how often.
fn broken(name: &str, bytes: &[u8]) -> Vec<String> {
    let book = sheet::document(&Source::new(format!("content/data/{name}"), bytes));
    book.sheets.as_ref().expect("a table");
    let findings = machine_readable::book(&book, Level::Three);
    let told = |finding: Diagnostic| {
        let before = finding.message.en.split(" in this table").next().unwrap_or_default();
        let (_, count) = before.rsplit_once('(').expect("a count");
        format!("{} {} ×{count}", finding.code, finding.found.unwrap_or_default())
    };
    findings.into_iter().map(told).collect()
}

#[test]
fn each_rule_has_its_own_finding() {
    let cases = [
        ("圏域,年,値\na,2018,1\n\n圏域,年,床\na,2018,2\n", "table-two-tables 圏域 ×1"),
        ("圏域,値,,圏域,床\na,1,,b,2\n", "table-two-tables 圏域 ×1"),
        ("圏域,値\na,1\n\nb,2\n", "table-split b ×1"),
        ("圏域,値,,床\na,1,,3\n", "table-split 床 ×1"),
        ("圏域,値\na,1\n※速報値,\n", "table-note ※速報値 ×1"),
        ("圏域,値\na,1\n\n担当者に確認中\n", "table-note 担当者に確認中 ×1"),
        ("圏域,\na,1\nb,2\n", "table-heading  ×1"),
        (",値\na,1\n", "table-heading  ×1"),
        ("圏域,列1\na,1\n", "table-heading 列1 ×1"),
        ("圏域,値\n熊 本 県,1\n", "table-spacing 熊 本 県 ×1"),
        ("圏域,値\n　高崎,1\n", "table-spacing 高崎 ×1"),
        ("圏域,値\na,3.1 (43位)\nb,2.5\nc,1\n", "table-two-data 3.1 (43位) ×1"),
        ("圏域,値\n①病院,1\n", "table-character ①病院 ×1"),
        ("圏域,値\na,0\nb,\nc,3\n", "table-blank  ×1"),
        ("圏域,値\n\"高崎\n病院\",1\n", "table-line-break 高崎 ×1"),
        ("圏域,値\na,1,234\nb,2\n", "table-comma 234 ×1"),
        ("圏域,値\na,\"5,091\"\n", "table-number 5,091 ×1"),
        ("圏域,値\na,▲ 4\n", "table-number ▲ 4 ×1"),
        ("圏域,値\na,14.7%\n", "table-number 14.7% ×1"),
        ("圏域,値\na,700床\nb,3\n", "table-number 700床 ×1"),
        ("圏域,値\na,1234※\nb,3\n", "table-number 1234※ ×1"),
        ("圏域,値\na,１２\n", "table-wide-digit １２ ×1"),
        ("圏域,値\na,1\n,2\n", "table-continued  ×1"),
        ("圏域,値,値\na,1,2\n", "table-heading-twice 値 ×1"),
        ("病院,状況,床\na,取組済,1\nb,取組済,2\nc,取 組済,3\n", "table-spelling 取 組済 ×1"),
        ("病院,状況,床\na,NPO,1\nb,ＮＰＯ,2\n", "table-spelling ＮＰＯ ×1"),
        ("病院,理由,床\na,その他（医局の紹介）,1\n", "table-other その他（医局の紹介） ×1"),
        ("医師数の表\n圏域,値\na,1\n", "table-title 医師数の表 ×1"),
        ("圏域,年,値\na,平成30年,1\n", "table-era 平成30年 ×1"),
        ("圏域,年,値\na,H30,1\n", "table-era H30 ×1"),
        ("県,値\n福島,1\n東京,2\n大阪,3\n", "table-area-name 福島 ×3"),
        ("圏域,2016,2018\na,1,2\n", "table-wide 2016 ×1"),
    ];
    for (text, expected) in cases {
        assert_eq!(broken("a.csv", text.as_bytes()), [expected], "{text}");
    }
}

#[test]
fn tidy_tables_have_no_finding() {
    for text in [
        "圏域,コード,年,値,前年からの増減,増減率（%）\n熊本県,43,2018,5091,-4,14.7\n宇城,4302,FY2023,x,…,—\n八代,4303,2018（平成30年）,0,1e3,0.5\n",
        "青森地域,値\n青森,1\n弘前,2\n福島,3\n",
        "行事,日\n勉強会,2023-07-07\n\"説明会、懇親会\",2023-07-08\n",
        "圏域,コード,値\na,S1,1\nb,S2,2\n",
        "圏域,値,注\na,0,\nb,,該当なし\n",
        "名前\nただ一列\nの表\n",
        "",
        "値\n",
    ] {
        assert_eq!(broken("a.csv", text.as_bytes()), [""; 0], "{text}");
    }
}

#[test]
fn any_encoding_is_held_to_the_rules() {
    let text = "圏域,値\n高崎①,\"5,091\"\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes(), &format!("\u{feff}{text}").into_bytes(), &cp932, &utf16] {
        assert_eq!(broken("a.csv", bytes), ["table-character 高崎① ×1", "table-number 5,091 ×1"]);
    }
    assert_eq!(broken("a.tsv", "圏域\t値\n八代\t5,091\n".as_bytes()), ["table-number 5,091 ×1"]);
}

/// A workbook with a tidy table, and whatever `change` does to it.
fn workbook(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["圏域", "年", "医師数"]).expect("heads");
    for (row, name) in (1..).zip(["潮見市", "港町", "湊町"]) {
        sheet.write(row, 0, name).expect("a name");
        sheet.write(row, 1, 2018).expect("a year");
        sheet.write(row, 2, 100 + row).expect("a number");
    }
    change(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

/// What a clerk does to a sheet.
type Change = fn(&mut Worksheet);

#[test]
fn workbooks_are_held_to_the_rules() {
    let red = || Format::new().set_background_color(Color::Red);
    let cases: Vec<(&str, Change)> = vec![
        ("table-merged A2:A3 ×1", |sheet| {
            sheet.merge_range(1, 0, 2, 0, "潮見市", &Format::new()).expect("merged");
        }),
        ("table-hidden A3:A3 ×1", |sheet| {
            sheet.set_row_hidden(2).expect("hidden");
        }),
        ("table-hidden B1:B1 ×1", |sheet| {
            sheet.set_column_hidden(1).expect("hidden");
        }),
        ("table-object comments ×1", |sheet| {
            sheet.insert_note(1, 2, &Note::new("速報")).expect("a comment");
        }),
        ("table-object drawing ×1", |sheet| {
            sheet.insert_shape(1, 5, &Shape::textbox().set_text("速報")).expect("a box");
        }),
        ("table-formula C3 ×1", |sheet| {
            sheet.write_formula(2, 2, Formula::new("=C2+1").set_result("102")).expect("a formula");
        }),
        ("table-formula C3 ×1", |sheet| {
            sheet.write_formula(2, 2, "=C2+1").expect("a formula");
        }),
        ("table-number 102 ×1", |sheet| {
            sheet.write(2, 2, "102").expect("a word");
        }),
        ("table-spacing 潮見 ×1", |sheet| {
            sheet.write(1, 0, "潮見\n市").expect("a name");
        }),
        ("table-note ※速報値 ×1", |sheet| {
            sheet.write(5, 0, "※速報値").expect("a note");
        }),
    ];
    for (expected, change) in cases {
        assert_eq!(broken("a.xlsx", &workbook(change)), [expected]);
    }
    let coloured = workbook(|sheet| {
        sheet.write_with_format(2, 2, 102, &red()).expect("a number");
    });
    assert_eq!(broken("a.xlsx", &coloured), ["table-colour 102 ×1"]);
    // A row that is coloured as a whole is so for the looks; a number is one in any format.
    let striped = workbook(|sheet| {
        (0..3).for_each(|column| _ = sheet.set_cell_format(2, column, &red()));
        sheet.set_cell_format(1, 2, &Format::new().set_num_format("#,##0;\"▲\"#,##0")).expect("a format");
    });
    assert_eq!(broken("a.xlsx", &striped), [""; 0]);
}

#[test]
fn heads_of_two_rows_are_told() {
    let bytes = workbook(|sheet| {
        sheet.write_row(5, 5, ["x"]).expect("a note");
    });
    assert_eq!(broken("a.xlsx", &bytes), ["table-note x ×1"]);
    let two = "圏域,医師数,,\n,2016年度末,2018年度末\na,1,2\n";
    let found = broken("a.csv", two.as_bytes());
    assert!(found.contains(&"table-heading-twice 2016年度末 ×1".to_owned()), "{found:?}");
}

#[test]
fn findings_name_the_cell_the_rule_and_the_level_asked_for() {
    let site = Site::small("-- content/data/printed.csv --\n圏域,平成30年\n潮見市,\"5,091\"\n港町,\"4,938\"\n");
    let run = site.build();
    run.exits(0);
    let finding = run.finding("table-number");
    assert_eq!((finding.severity(), finding.place().as_str()), ("warning", "content/data/printed.csv:2:5"), "{run}");
    assert!(finding.help().contains("L2-01"), "{run}");
    assert!(run.findings().iter().all(|finding| finding.code() != "table-era"), "{run}");
    let settings = fs::read_to_string(site.path("site.toml")).expect("settings");
    let held_to = |level: &str| {
        let text = format!("{settings}\n[data]\nmachine_readability = \"{level}\"\n");
        site.write("site.toml", text.as_bytes());
        let run = site.build();
        run.findings().iter().map(|finding| finding.code().to_owned()).collect::<Vec<String>>()
    };
    assert_eq!(held_to("level-3"), ["table-era", "table-number"]);
    assert_eq!(held_to("level-1"), [""; 0]);
    assert_eq!(held_to("off"), [""; 0]);
}

#[test]
fn a_workbook_is_named_with_its_sheet_and_cell() {
    let site = Site::small("");
    site.write("content/data/a.xlsx", &workbook(|sheet| _ = sheet.write(2, 2, "102人")));
    site.write("content/data/plan.pdf", b"%PDF-1.7");
    let run = site.build();
    run.exits(0);
    let finding = run.finding("table-number");
    assert_eq!(finding.place(), "content/data/a.xlsx:1:1");
    assert!(run.to_string().contains("セル C3") || run.to_string().contains("cell C3"), "{run}");
    assert!(!run.to_string().contains("PK"), "{run}");
    run.finding("table-file-format");
}

#[test]
fn what_kairan_writes_machines_can_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().expect("a folder");
    let out = out.path().join("public");
    at(root, &["build", "--out", out.to_str().expect("UTF-8")]).exits(0);
    let written = crate::support::files(&out);
    let tables: Vec<_> = written.iter().filter(|(path, _)| path.ends_with(".csv")).collect();
    assert!(tables.len() > 3, "{:?}", written.keys());
    for (path, bytes) in tables {
        assert_eq!(broken(path, bytes), [""; 0], "{path}");
    }
}
