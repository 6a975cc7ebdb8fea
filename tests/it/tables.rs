//! Tables as offices have them: CSV files and workbooks, read through the whole program.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Run, Site};

/// The small site with `text` on top of it, and with tables as they are printed: what machines make of them isn't asked here.
fn printed(text: &str) -> Site {
    let site = Site::small(text);
    let settings = fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}\n[data]\nmachine_readability = \"off\"\n").as_bytes());
    site
}

/// A site with an indicator `t` in the table that `table` describes, and one value of it on a page.
fn with_table(table: &str) -> Site {
    with_unit(table, "人")
}

fn with_unit(table: &str, unit: &str) -> Site {
    let head = format!("  - id: t\n    name: 表\n    unit: {unit}\n    source: 調べ\n    as_of: 2018\n");
    printed(&format!("-- content/data/t.yaml --\nindicators:\n{head}    table: {table}\n"))
}

/// Writes what `t` has for an area in a period onto a page, and reads it back.
#[track_caller]
fn value(site: &Site, formula: &str) -> String {
    site.edit(&format!("-- content/value.md --\n---\ntitle: 値\n---\n<<`= {formula}`>>\n")).built();
    let page = site.page("value/index.html");
    until_the_end(page.split("&lt;&lt;").nth(1).expect("the value"))
}

/// What stands before `>>`, without tags.
fn until_the_end(html: &str) -> String {
    let html = html.split("&gt;&gt;").next().unwrap_or_default();
    let text = html
        .split('<')
        .enumerate()
        .map(|(index, part)| if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    text.collect::<String>().trim().to_owned()
}

fn codes(run: &Run) -> Vec<String> {
    run.findings().iter().map(|finding| finding.code().to_owned()).collect()
}

#[test]
fn printed_tables_are_read_as_they_are() {
    let site = printed("");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/printed/data");
    for entry in fs::read_dir(folder).expect("the tables") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        site.write(&format!("content/data/printed/{name}"), &fs::read(&path).expect("a table"));
    }
    let values = [
        ("doctors[kumamoto, 2008]", "4,450"),
        ("change[芦北, 2018]", "−4"),
        ("rate[芦北, 2018]", "−3.0"),
        ("per_100k[jp, 2010]", "219.0"),
        ("index[kumamoto, 2018]", "255.5"),
        ("many[yatsushiro, 2018]", "1"),
        ("many[uki, 2018]", "—"),
        ("target_gap[kumamoto, 2016]", "−1,119"),
        ("perinatal[kumamoto, 2016]", "3.2"),
        ("perinatal_rank[kumamoto, 2016]", "34"),
        ("placed[kumamoto, FY2023]", "46"),
        ("plans[kumamoto, 2019-04]", "65"),
        ("outflow[kumamoto-kamimashiki, 2017]", "2,161"),
        ("adopted[hiroshima, 2024]", "46"),
        ("blocks[jp, FY2025]", "7"),
        ("aomori_physicians[aomori, 2016]", "2,563"),
        ("patients[shimokita, 2017]", "0.6"),
        ("tsugaru_required[tsugaru, 2036]", "738"),
        ("deliveries_share[seihokugo, 2016]", "102"),
        ("paediatric_rank[jp, 2016]", "—"),
        ("paediatric_rank[kamitosan, 2016]", "149"),
        ("paediatric_reference[aomori, 2023]", "116"),
    ];
    let list: String = values.iter().map(|(formula, _)| format!("- <<`= {formula}`>>\n")).collect();
    site.edit(&format!("-- content/values.md --\n---\ntitle: 値\n---\n{list}")).built();
    let html = site.page("values/index.html");
    let found: Vec<String> = html.split("&lt;&lt;").skip(1).map(until_the_end).collect();
    let expected: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_csv_is_read_in_any_encoding() {
    let text = "圏域,平成20年,平成30年\r\n潮見市,312,\"1,305\"\r\n港町,…,▲ 4\r\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for bytes in [text.as_bytes().to_vec(), format!("\u{feff}{text}").into_bytes(), cp932.into_owned()] {
        let site = with_table("{file: t.csv}");
        site.write("content/data/t.csv", &bytes);
        assert_eq!(value(&site, "t[shiomi, 2018]"), "1,305");
        assert_eq!(value(&site, "t[minato, 2018]"), "−4");
    }
}

#[test]
fn findings_point_into_the_csv_whatever_its_encoding() {
    let text = "圏域,平成20年,平成30年\n潮見市,312,305\n港町,\"1,23\",4\n湊町,1,2\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for bytes in [text.as_bytes().to_vec(), format!("\u{feff}{text}").into_bytes(), cp932.into_owned()] {
        let site = with_table("{file: t.csv}");
        site.write("content/data/t.csv", &bytes);
        let run = site.build();
        run.exits(1);
        let comma = run.finding("thousands-comma");
        assert_eq!((comma.place().as_str(), comma.line()), ("content/data/t.csv:3:4", "港町,\"1,23\",4"));
        let area = run.finding("unknown-area");
        assert_eq!(area.place(), "content/data/t.csv:4:1");
        assert!(area.help().contains("names:") || area.help().contains("names: {"), "{}", area.help());
        assert_eq!(codes(&run).len(), 2, "{run}");
    }
}

#[test]
fn what_a_clerk_may_get_wrong_is_told_with_a_remedy() {
    let cases = [
        ("圏域,平成20年\n潮見市,1,234\n港町,2\n", "{file: t.csv}", "row-too-long", "\"5,091\""),
        ("圏域,平成20年\n潮見市,○\n港町,2\n", "{file: t.csv}", "mark-without-meaning", "marks: {\"○\": 1}"),
        ("圏域,平成20年\n潮見市,\n港町,2\n", "{file: t.csv}", "blank-cell", "marks: {\"\": …}"),
        ("圏域,医師数\n潮見市,1\n港町,2\n", "{file: t.csv}", "no-period-columns", "columns: {医師偏在指標: 2016}"),
        ("圏域,2018\n潮見市,1\n港町,2\n", "{file: tt.csv}", "unknown-table-file", "t.csv"),
        ("圏域,2018\n潮見市,1\n港町,2\n", "{file: t.csv, columns: {医師: 2018}}", "unknown-column", "2018"),
        ("圏域,2018\n潮見市,1\n港町,2\n", "{file: t.csv, skip: [合計]}", "unknown-row", "潮見市"),
        ("圏域,2018\n潮見市,1\n潮見市,2\n", "{file: t.csv}", "duplicate-row", ""),
        ("圏域,2018,H30\n潮見市,1,2\n", "{file: t.csv}", "duplicate-period", ""),
        ("圏域,2018\n潮見市,1\n", "{file: t.csv, range: B}", "bad-range", "B3:H20"),
        ("圏域,2018\n潮見市,1\n", "{file: t.csv, range: A9:B12}", "empty-table", "header_rows"),
        ("圏域,2018\n潮見市,1\n港町,2\n", "{file: t.csv, area: shiomi}", "which-row", "row:"),
        ("圏域,2018\n潮見市,[R5] 1\n", "{file: t.csv}", "other-period", "columns"),
        ("圏域,2018\n潮見市,1\n", "{file: t.csv, take: rank}", "no-rank", "3.1 (43位)"),
        ("圏域,数,数\n潮見市,1,2\n", "{file: t.csv, columns: {数: 2018}}", "column-twice", "header_rows: 2"),
        ("圏域,2018\n潮見市,\"1\n", "{file: t.csv}", "unclosed-quotation", "\"\""),
        ("圏域,2018\n潮見市,1\n", "{file: t.csv, encoding: cp932}", "other-encoding", "encoding"),
        ("圏域,2018\n潮見市,1\n", "{fil: t.csv}", "unknown-field", "file"),
        ("圏域,2018\n潮見市,NaN\n", "{file: t.csv}", "mark-without-meaning", "marks"),
        ("圏域,2018\n潮見市,3.0%\n", "{file: t.csv}", "percent-in-cell", "unit"),
    ];
    for (csv, table, code, remedy) in cases {
        let site = with_table(table);
        site.write("content/data/t.csv", csv.as_bytes());
        for lang in ["ja", "en"] {
            let run = site.run(&["check", "--format", "json", "--lang", lang]);
            run.exits(1);
            let finding = run.finding(code);
            assert!(finding.remedy().contains(remedy), "{code}: {}", finding.remedy());
            assert!(!finding.message().is_empty() && !finding.remedy().is_empty(), "{code}");
        }
    }
}

#[test]
fn marks_names_and_blanks_mean_what_the_record_says() {
    let site =
        with_table("{file: t.csv, names: {市部: shiomi}, skip: [合計], marks: {○: 1, \"\": …}, columns: {区分: 2018}}");
    site.write("content/data/t.csv", "表題,,\n圏域,区分,備考\n市 部,○,長い\n港町,,\n合計,2,\n※ 注の行,,\n".as_bytes());
    let site = site.edit("");
    let run = site.build();
    assert_eq!(run.finding("unknown-column").place(), "content/data/t.yaml:7:91", "{run}");
    let table =
        "{file: t.csv, range: A2, names: {市部: shiomi}, skip: [合計], marks: {○: 1, \"\": …}, columns: {区分: 2018}}";
    let again = with_table(table);
    again.write("content/data/t.csv", &fs::read(site.path("content/data/t.csv")).expect("the table"));
    assert_eq!(value(&again, "t[shiomi, 2018]"), "1");
    assert_eq!(value(&again, "t[minato, 2018]"), "…");
}

#[test]
fn headings_of_two_rows_are_joined() {
    let site = with_table("{file: t.csv, header_rows: 2, columns: {平成20年 実数: 2008, 平成30年 実数: 2018}}");
    let csv = "圏域,平成20年,,平成30年,\n,実数,率,実数,率\n潮見市,1,2,3,4\n港町,5,6,7,8\n";
    site.write("content/data/t.csv", csv.as_bytes());
    assert_eq!(value(&site, "t[minato, 2018] - t[minato, 2008]"), "2");
}

/// A workbook with one sheet that `fill` writes.
fn workbook(name: &str, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).expect("a name");
    fill(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

fn office_sheet(sheet: &mut Worksheet) {
    let plain = Format::new();
    sheet.write(0, 0, "【表1】医師数の推移").expect("a cell");
    sheet.merge_range(2, 1, 3, 1, "圏域", &plain).expect("a heading");
    sheet.merge_range(2, 2, 2, 3, "平成20年", &plain).expect("a heading");
    sheet.merge_range(2, 4, 2, 5, "平成\n30年", &plain).expect("a heading");
    for (column, text) in ["医師数", "増減率", "医師数", "増減率"].iter().enumerate() {
        sheet.write(3, 2 + column as u16, *text).expect("a heading");
    }
    let (percent, decimal) = (Format::new().set_num_format("0.0%"), Format::new().set_num_format("#,##0.0"));
    for (row, name, numbers) in
        [(4, "潮　見　市", [312.0, 0.144, 305.0, -0.03]), (5, "港町", [1204.0, 0.0, 0.1 + 0.2, 0.5])]
    {
        sheet.write(row, 1, name).expect("a name");
        sheet.write(row, 2, numbers[0]).expect("a number");
        sheet.write_with_format(row, 3, numbers[1], &percent).expect("a number");
        sheet
            .write_formula_with_format(row, 4, Formula::new("=1+1").set_result(numbers[2].to_string()), &decimal)
            .expect("a formula");
        sheet.write_with_format(row, 5, numbers[3], &percent).expect("a number");
    }
    sheet.write(6, 1, "※ 従事地による").expect("a note");
}

#[test]
fn a_range_of_a_sheet_is_read_with_what_a_reader_sees_in_it() {
    let book = workbook("表1", office_sheet);
    let table = "{file: book.xlsx, sheet: 表1, range: B3:F20, header_rows: 2, columns: {平成20年 医師数: 2008, 平成30年 医師数: 2018}}";
    let site = with_table(table);
    site.write("content/data/book.xlsx", &book);
    assert_eq!(value(&site, "t[shiomi, 2018]"), "305.0");
    assert_eq!(value(&site, "t[minato, 2018]"), "0.3");
    let table =
        "{file: book.xlsx, range: B3:F20, header_rows: 2, columns: {平成20年 増減率: 2008, 平成30年 増減率: 2018}}";
    let percent = with_unit(table, "％");
    percent.write("content/data/book.xlsx", &book);
    assert_eq!(value(&percent, "t[shiomi, 2018]"), "−3.0");
    let wrong = with_unit(table, "人");
    wrong.write("content/data/book.xlsx", &book);
    let finding = wrong.build().finding("percent-in-cell");
    assert!(finding.message().contains("D5") || finding.message().contains("F5"), "{}", finding.message());
    assert_eq!(finding.place(), "content/data/t.yaml:7:5");
}

#[test]
fn cells_without_a_number_are_named() {
    let book = workbook("表", |sheet| {
        sheet.write_row(0, 0, ["圏域", "2016", "2018", "2020"]).expect("a heading");
        sheet.write_row(1, 0, ["潮見市", "1", "", ""]).expect("a row");
        let day = ExcelDateTime::from_ymd(2018, 3, 4).expect("a day");
        sheet.write_with_format(1, 2, &day, &Format::new().set_num_format("m-d")).expect("a date");
        sheet.write_formula(1, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("a formula");
        sheet.write_row(2, 0, ["港町", "2"]).expect("a row");
        sheet.write_formula(2, 2, Formula::new("=B2+1")).expect("a formula");
        sheet.write(2, 3, 5).expect("a number");
    });
    // Programs that make workbooks save formulas without results.
    let book =
        with_part(&book, "xl/worksheets/sheet1.xml", |xml| xml.replace("<f>B2+1</f><v>0</v>", "<f>B2+1</f><v></v>"));
    let site = with_table("{file: book.xlsx}");
    site.write("content/data/book.xlsx", &book);
    let run = site.build();
    for (code, cell) in [("date-in-cell", "C2"), ("uncomputed-formula", "C3"), ("fault-in-cell", "D2")] {
        assert!(run.finding(code).message().contains(cell), "{}", run.finding(code).message());
    }
}

/// The workbook with one of its parts changed.
fn with_part(book: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let path = part.name().expect("a name").to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if path == name {
            bytes = change(String::from_utf8(bytes).expect("XML")).into_bytes();
        }
        writer.start_file(path, SimpleFileOptions::default()).expect("a part");
        writer.write_all(&bytes).expect("its bytes");
    }
    writer.finish().expect("a workbook").into_inner()
}

#[test]
fn sheets_are_chosen_by_name_or_because_there_is_one() {
    let mut book = Workbook::new();
    for name in ["表1", "表2", "空"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        if name != "空" {
            sheet.write_row(0, 0, ["圏域", "2018"]).expect("a heading");
            sheet.write_row(1, 0, ["潮見市", name.trim_start_matches('表')]).expect("a row");
        }
    }
    let book = book.save_to_buffer().expect("a workbook");
    let run = |table: &str, book: &[u8]| {
        let site = with_table(table);
        site.write("content/data/book.xlsx", book);
        site
    };
    assert_eq!(value(&run("{file: book.xlsx, sheet: 表2}", &book), "t[shiomi]"), "2");
    assert!(run("{file: book.xlsx}", &book).build().finding("no-sheet-named").remedy().contains("sheet: 表1"));
    assert!(run("{file: book.xlsx, sheet: 表３}", &book).build().finding("unknown-sheet").help().contains("表1"));
    let twice = with_part(&book, "xl/workbook.xml", |xml| xml.replace("表2", "表1"));
    run("{file: book.xlsx, sheet: 表1}", &twice).build().finding("sheet-twice");
}

#[test]
fn hostile_workbooks_are_refused_in_no_time() {
    let book = workbook("表", |sheet| {
        sheet.write_row(0, 0, ["圏域", "2018"]).expect("a heading");
        sheet.write_row(1, 0, ["潮見市", "1"]).expect("a row");
    });
    let bomb = with_part(&book, "xl/styles.xml", |xml| xml + &" ".repeat(300 << 20));
    assert!(bomb.len() < 2 << 20, "a bomb is small");
    let cases: [(Vec<u8>, &str); 6] = [
        (bomb, "workbook-unpacks-too-large"),
        (
            with_part(&book, "xl/sharedStrings.xml", |xml| xml.replace("uniqueCount=\"", "uniqueCount=\"99999999999")),
            "not-a-workbook",
        ),
        (b"PK\x03\x04 nonsense".to_vec(), "not-a-workbook"),
        (Vec::new(), "not-a-workbook"),
        ([&[0xd0, 0xcf, 0x11, 0xe0], &[0; 600][..]].concat(), "locked-workbook"),
        (with_part(&book, "xl/worksheets/sheet1.xml", |xml| xml.replace("</row>", "<broken")), "unreadable-sheet"),
    ];
    for (bytes, code) in cases {
        let site = with_table("{file: book.xlsx}");
        site.write("content/data/book.xlsx", &bytes);
        let run = site.build();
        run.exits(1);
        run.finding(code);
    }
    // A cell at the far corner is one cell more, not a billion.
    let far = with_part(&book, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>NaN</v></c></row></sheetData>")
    });
    let site = with_table("{file: book.xlsx, range: A1:B2}");
    site.write("content/data/book.xlsx", &far);
    assert_eq!(value(&site, "t[shiomi]"), "1");
}

#[test]
fn a_workbook_too_large_to_read_is_a_finding() {
    let site = with_table("{file: book.xlsx}");
    site.write("content/data/book.xlsx", b"");
    let file = fs::File::options().write(true).open(site.path("content/data/book.xlsx")).expect("the file");
    file.set_len(200 << 20).expect("200 MB of nothing");
    let run = site.build();
    run.exits(1);
    run.finding("table-too-large");
}

#[test]
fn ten_thousand_columns_are_only_many() {
    let heading: String = (0..10_000).map(|column| format!(",列{column}")).collect();
    let row: String = (0..10_000).map(|column| format!(",{column}")).collect();
    let site = with_table("{file: t.csv, columns: {列9999: 2018}}");
    site.write("content/data/t.csv", format!("圏域{heading}\n潮見市{row}\n").as_bytes());
    assert_eq!(value(&site, "t[shiomi]"), "9,999");
}

#[test]
fn files_that_no_record_names_are_nobodys_business() {
    let site = printed("");
    site.write("content/data/notes.csv", b"\"never closed");
    site.write("content/data/old.xlsx", b"nothing");
    site.build().clean();
}

#[test]
fn import_makes_a_data_file_and_says_what_it_took_for_what() {
    let site = printed("");
    let book = workbook("表1", |sheet| {
        office_sheet(sheet);
        sheet.write(1, 5, "（単位：人）").expect("a unit");
        sheet.write(7, 1, "資料：潮見市「医師調査」").expect("a source");
        sheet.write(5, 2, "調査中").expect("a text");
    });
    site.write("book.xlsx", &book);
    let japanese =
        site.run(&["import", "book.xlsx", "--out", "content/data/doctors.yaml", "--id", "doctors", "--lang", "ja"]);
    japanese.exits(0);
    for line in [
        "表: 表1 B3:F8（見出し 2 行）",
        "行: 2 行（列「圏域」の名前）",
        "列: 医師数 の 2008, 2018",
        "列: 増減率 の 2008, 2018",
        "題: 【表1】医師数の推移",
        "単位: 人",
        "出典: 潮見市「医師調査」",
        "注: 従事地による",
        "読めなかったセル: 1 個を … と書きました: C6 (調査中)",
    ] {
        assert!(japanese.stderr.contains(line), "{line} is not in {}", japanese.stderr);
    }
    assert_eq!(value(&site, "doctors[shiomi, 2018]"), "305.0");
    assert_eq!(value(&site, "doctors_2[shiomi, 2018]"), "−3.0");

    let again = site.run(&["import", "book.xlsx", "--out", "content/data/doctors.yaml"]);
    again.exits(2);
    assert!(again.stderr.contains("--force"), "{again}");
    let forced = site.run(&[
        "import",
        "book.xlsx",
        "--out",
        "content/data/doctors.yaml",
        "--force",
        "--id",
        "doctors",
        "--lang",
        "en",
    ]);
    forced.exits(0);
    assert!(forced.stderr.contains("cells that could not be read: 1, written as …: C6 (調査中)"), "{forced}");
    site.built();
}

#[test]
fn import_prints_where_no_file_is_named() {
    let site = printed("");
    let csv = "圏域,医師数（人）,備考\n潮見市,\"1,305\",\n港町,▲ 4,増\n合計,―,\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(csv);
    site.write("t.csv", &cp932);
    let run = site.run(&["import", "t.csv", "--period", "平成30年"]);
    run.exits(0);
    for line in ["  - id: t\n", "periods: [2018]", "潮見市: [1305]", "港町: [-4]", "合計: [—]"] {
        assert!(run.stdout.contains(line), "{line} is not in {run}");
    }
    let unknown = site.run(&["import", "t.csv"]);
    unknown.exits(2);
    assert!(unknown.stderr.contains("--period"), "{unknown}");
    assert_eq!(site.run(&["import", "t.csv", "--period", "x"]).code, 2);
    assert_eq!(site.run(&["import", "none.csv"]).code, 2);
    assert_eq!(site.run(&["import", "t.csv", "--range", "Z9"]).code, 1);
    site.write("bad.csv", b"a,\"b\n");
    let bad = site.run(&["import", "bad.csv", "--lang", "ja"]);
    assert!(bad.code == 1 && bad.stderr.contains("引用符"), "{bad}");
}

// ------------------------------------------------------------------ flow tables and plain tables

const FLOW_AREAS: &str = "-- content/data/flow-areas.yaml --
areas:
  - {id: tsugaru, name: {ja: 津軽地域, en: Tsugaru}, kind: secondary-medical-area}
  - {id: hachinohe, name: {ja: 八戸地域, en: Hachinohe}, kind: secondary-medical-area}
  - {id: elsewhere, name: {ja: 都道府県外, en: Elsewhere}, kind: group}
";

/// As the plan prints it: a heading for all rows in the first column, codes before names, totals at the end.
const FLOW: &str = "[行見出し],[圏域],0201 津軽地域,0202 八戸地域,都道府県外,患者総数
患者数,0201 津軽地域,2.5,0.0,,2.6
,0202 八戸地域,0.1,3.2,,3.4
,都道府県外,0.1,0.2,-,-
患者総数,,2.7,3.4,-,6.0
";

fn flow_site(table: &str) -> Site {
    let record = format!(
        "{FLOW_AREAS}-- content/data/flow.yaml --
flows:
  - {{id: patients, name: {{ja: 患者, en: Patients}}, unit: {{ja: 千人/日, en: thousand a day}}, source: 計画, as_of: 2017, table: {table}}}
-- content/data/totals.yaml --
indicators:
  - {{id: present, name: {{ja: 合計, en: Total}}, unit: {{ja: 千人/日, en: thousand a day}}, source: 計画, as_of: 2017, table: {{file: flow.csv, rows: '[圏域]', headings: areas, row: 患者総数, skip: [患者総数]}}}}
"
    );
    let site = printed(&record);
    site.write("content/data/flow.csv", FLOW.as_bytes());
    site
}

#[test]
fn a_flow_table_is_read_as_it_is_printed() {
    let site = flow_site("{file: flow.csv, rows: '[圏域]', skip: [患者総数], marks: {'': …}}");
    assert_eq!(value(&site, "cell(patients, hachinohe, 津軽地域) | unit"), "0.1千人/日");
    assert_eq!(value(&site, "cell(patients, tsugaru, elsewhere)"), "…");
    assert_eq!(value(&site, "column_sum(patients, tsugaru)"), "2.7");
    assert_eq!(value(&site, "present[tsugaru] - column_sum(patients, tsugaru)"), "0.0");
    let told = site.run(&["check", "--explain", "cell(patients, hachinohe, tsugaru)"]);
    assert!(told.stdout.contains("content/data/flow.csv:3:12: ,0202 八戸地域,0.1"), "{}", told.stdout);
}

#[test]
fn what_is_wrong_with_a_flow_table_is_told_at_its_cell() {
    let cases = [
        ("{file: flow.csv, rows: '[圏域]', skip: [患者総数]}", "blank-cell"),
        ("{file: flow.csv, rows: '[圏域]', marks: {'': …}}", "unknown-area"),
        ("{file: flow.csv, rows: '[地域]', skip: [患者総数]}", "unknown-column"),
        ("{file: flw.csv, rows: '[圏域]'}", "unknown-table-file"),
        ("{file: flow.csv, rows: '[圏域]', skip: [患者総数, 計], marks: {'': …}}", "unknown-row"),
    ];
    for (table, expected) in cases {
        let run = flow_site(table).run(&["check", "--format", "json"]);
        assert!(codes(&run).contains(&expected.to_owned()), "{table}: {}", run.stdout);
    }
}

#[test]
fn a_flow_table_may_stand_in_a_workbook() {
    let site = flow_site("{file: flow.xlsx, sheet: 流れ, rows: 圏域}");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("流れ").expect("a name");
    for (row, cells) in
        [["圏域", "津軽地域", "八戸地域"], ["津軽地域", "2.5", "0.1"], ["八戸地域", "0.3", "3.2"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => _ = sheet.write(row, column, number).expect("a cell"),
                Err(_) => _ = sheet.write(row, column, *cell).expect("a cell"),
            }
        }
    }
    site.write("content/data/flow.xlsx", &book.save_to_buffer().expect("a workbook"));
    assert_eq!(value(&site, "coefficient(patients, hachinohe)"), "0.943");
}

#[test]
fn a_plain_table_is_read_from_its_file() {
    let record = "-- content/data/spots.yaml --
tables:
  - id: spots
    name: {ja: 一覧, en: List}
    source: 計画
    as_of: 2020
    columns: [{id: area, label: {ja: 地域, en: Area}, heading: '[圏域]'}, {id: name, label: {ja: 施設, en: Facility}}, {id: beds, label: {ja: 病床, en: Beds}, unit: 床}]
    table: {file: spots.csv, repeat: [area], marks: {'': …}}
-- content/data/ranks.yaml --
indicators:
  - {id: ranks, name: {ja: 順位, en: Rank}, unit: {ja: 位, en: rank}, source: 計画, as_of: 2020, periods: [2020], values: {shiomi: [1]}}
-- content/data/classes.yaml --
checks:
  - {class: spots, column: name, first: [甲病院], of: ranks, n: 3}
";
    let site = printed(record);
    site.write("content/data/spots.csv", "[圏域],施設,病床\n潮見市,甲病院,\"1,200\"\n,乙診療所,\n".as_bytes());
    let run = site.run(&["check", "--format", "json"]);
    // The second row is that of the same area, and its mark is not that of the first third.
    assert_eq!(codes(&run), ["class-differs"], "{}", run.stdout);
    assert!(run.stdout.contains("\"file\":\"content/data/spots.csv\",\"line\":3"), "{}", run.stdout);
    let wrong = [
        (record.replace("heading: '[圏域]'", "heading: 圏域名"), "unknown-column"),
        (record.replace("repeat: [area]", "repeat: [aera]"), "unknown-table-column"),
        (record.replace("marks: {'': …}", "marks: {}"), "blank-cell"),
        (record.replace("    table: {", "    rows: []\n    table: {"), "values-twice"),
        (record.replace("    table: {file: spots.csv, repeat: [area], marks: {'': …}}\n", ""), "no-values"),
    ];
    for (record, expected) in wrong {
        site.edit(&record);
        let run = site.run(&["check", "--format", "json"]);
        assert!(codes(&run).contains(&expected.to_owned()), "{expected}: {}", run.stdout);
    }
}

#[test]
fn one_indicator_may_be_spread_over_a_file_for_each_area() {
    let site = with_table("{files: {潮見市: k.csv, minato: a.csv}, columns: {医師数: 2016}}");
    site.write("content/data/k.csv", "区分,医師数\n多数,\"5,001\"\n".as_bytes());
    site.write("content/data/a.csv", "区分,医師数\n少数,86\n".as_bytes());
    assert_eq!(value(&site, "t[shiomi, 2016]"), "5,001");
    assert_eq!(value(&site, "t[minato, 2016]"), "86");
}
