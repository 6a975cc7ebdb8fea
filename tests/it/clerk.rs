//! What a clerk gets wrong most often, coming from Word and Excel, and every word of what is said then, as it stands on the
//! terminal in both languages. Whoever changes a message reads it aloud here: where is it, what stands there, what should
//! stand there, and what does somebody do who never wrote a program?

use rust_xlsxwriter::Workbook;

use crate::support::Site;

const AREAS: &str = "areas:
  - {id: ken, name: {ja: 潮見県, en: Shiomi Prefecture}, kind: prefecture}
  - {id: shiomi, name: {ja: 潮見市, en: Shiomi City}, kind: municipality, parent: ken}
  - {id: minato, name: {ja: 港町, en: Minato Town}, kind: municipality, parent: ken}
";

const DOCTORS: &str = "indicators:
  - id: doctors
    name: {ja: 医師数, en: Physicians}
    unit: {ja: 人, en: physicians}
    source: {ja: 潮見県の調べ, en: Survey by Shiomi Prefecture}
    as_of: 2018-12-31
    periods: [2014, 2016, 2018]
    values:
      潮見県: [1516, 1545, 1693]
      潮見市: [312, 308, 305]
      港町: [1204, 1237, 1388]
    checks:
      - {sum: doctors, whole: 潮見県, parts: [潮見市, 港町]}
  - id: beds
    name: {ja: 病床数, en: Beds}
    unit: {ja: 床, en: beds}
    source: {ja: 潮見県の調べ, en: Survey by Shiomi Prefecture}
    as_of: 2023-03-31
    periods: [FY2021, FY2022]
    values:
      潮見市: [420, 415]
      港町: [980, 1010]
";

/// A site of an office that makes its first steps, without a mistake.
fn office() -> Site {
    let site = Site::new(
        "-- site.toml --\ntitle = {ja = \"潮見の医療\", en = \"Care in Shiomi\"}\ndescription = \"数字でみる潮見\"\nbase_url = \"https://example.org/\"\n-- content/_index.md --\n---\ntitle: 潮見の医療\n---\nはじめに。\n",
    );
    site.write("content/data/areas.yaml", AREAS.as_bytes());
    site.write("content/data/doctors.yaml", DOCTORS.as_bytes());
    site
}

/// All that is said, in Japanese and then in English, without the lines about progress.
fn said(site: &Site) -> String {
    let in_language = |language: &str| {
        let run = site.run(&["check", "--lang", language]);
        run.exits(1);
        let is_finding = |line: &&str| !line.contains('…') || line.starts_with(' ') || line.contains('[');
        run.stderr.lines().filter(is_finding).collect::<Vec<_>>().join("\n")
    };
    format!("{}\n\n{}\n", in_language("ja"), in_language("en"))
}

/// What is said where `right` in the file of physicians becomes `wrong`.
#[track_caller]
fn mistyped(right: &str, wrong: &str) -> String {
    assert!(DOCTORS.contains(right), "{right} is not in the file");
    let site = office();
    site.write("content/data/doctors.yaml", DOCTORS.replacen(right, wrong, 1).as_bytes());
    said(&site)
}

/// What is said of a page with this text.
fn written(text: &str) -> String {
    let site = office();
    site.write("content/page.md", format!("---\ntitle: 医師\n---\n{text}\n").as_bytes());
    said(&site)
}

/// What is said of a panel.
fn panel(yaml: &str) -> String {
    written(&format!("```panel\n{yaml}\n```"))
}

macro_rules! mistakes {
    ($($(#[doc = $why:literal])* $name:ident: $said:expr;)+) => {
        $($(#[doc = $why])* #[test] fn $name() {
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots/clerk" }, {
                insta::assert_snapshot!(stringify!($name), $said);
            });
        })+
    };
}

#[test]
fn the_office_itself_makes_no_mistake() {
    office().run(&["check", "--format", "json"]).clean();
}

mistakes! {
    /// The Japanese keyboard was on.
    wide_colon: mistyped("as_of: 2018", "as_of：2018");
    /// The same, at the beginning of a line.
    wide_space: mistyped("    as_of: 2018", "　　as_of: 2018");
    /// The key to the left of Q, as in Word.
    tab_in_yaml: mistyped("    as_of: 2018", "\tas_of: 2018");
    /// As one writes it by hand.
    no_space_after_colon: mistyped("as_of: 2018", "as_of:2018");
    /// A line that slipped by a space.
    line_out_of_line: mistyped("    as_of: 2018", "   as_of: 2018");
    /// A quotation mark at one end only.
    open_quotation: mistyped("ja: 潮見県の調べ, en: Survey", "ja: \"潮見県の調べ, en: Survey");
    /// A name that another table writes differently.
    area_of_another_name: mistyped("      港町: [1204", "      湊町: [1204");
    /// A cell left out: all that follow slip to the left.
    cell_left_out: mistyped("[312, 308, 305]", "[312, 305]");
    /// Thousands as they are printed.
    thousands_in_a_row: mistyped("[1204, 1237, 1388]", "[1,204, 1,237, 1,388]");
    /// Japanese commas.
    japanese_commas: mistyped("[312, 308, 305]", "[312、308、305]");
    /// The unit beside the number, as in the printed table.
    unit_beside_the_number: mistyped("308, 305]", "308, 305人]");
    /// A comma for a point.
    comma_for_a_point: mistyped("308, 305]", "308, \"3,05\"]");
    /// The same row copied twice.
    row_twice: mistyped("      港町", "      shiomi: [312, 308, 305]\n      港町");
    /// Two digits swapped in the total.
    total_that_does_not_add_up: mistyped("1693", "1639");
    /// A day in words.
    day_in_words: mistyped("2018-12-31", "2018年末");
    /// Saved by an old editor.
    saved_as_shift_jis: {
        let site = office();
        site.write("content/data/doctors.yaml", &encoding_rs::SHIFT_JIS.encode(DOCTORS).0);
        said(&site)
    };
    /// A sheet that is called a little differently.
    sheet_of_another_name: {
        let site = office();
        let mut book = Workbook::new();
        book.add_worksheet().set_name("表１ 医師数").expect("a name").write_row(0, 0, ["圏域", "2018"]).expect("a row");
        book.add_worksheet().set_name("表２ 病床数").expect("a name");
        site.write("content/data/book.xlsx", &book.save_to_buffer().expect("a workbook"));
        site.write("content/data/beds.yaml", "indicators:\n  - id: clinics\n    name: 診療所数\n    unit: か所\n    source: 潮見県の調べ\n    as_of: 2018\n    table: {file: book.xlsx, sheet: 表3医師数}\n".as_bytes());
        said(&site)
    };
    /// What Excel makes of 3-4.
    date_for_a_number: {
        let site = office();
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["圏域", "2018"]).expect("a row");
        sheet.write(1, 0, "潮見市").expect("a name");
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2018, 3, 4).expect("a day");
        sheet.write_with_format(1, 1, &day, &rust_xlsxwriter::Format::new().set_num_format("m\"月\"d\"日\"")).expect("a cell");
        site.write("content/data/book.xlsx", &book.save_to_buffer().expect("a workbook"));
        site.write("content/data/beds.yaml", "indicators:\n  - id: clinics\n    name: 診療所数\n    unit: か所\n    source: 潮見県の調べ\n    as_of: 2018\n    table: {file: book.xlsx}\n".as_bytes());
        said(&site)
    };
}

mistakes! {
    /// A slip in the id.
    value_of_an_unknown_indicator: written("医師は `= docters[潮見市]` 人です。");
    /// A slip in the name.
    value_of_an_unknown_area: written("医師は `= doctors[塩見市]` 人です。");
    /// A fiscal year for a year.
    value_of_another_kind_of_year: written("医師は `= doctors[潮見市, 平成30年度]` 人です。");
    /// No area at all.
    value_of_nowhere: written("医師は `= doctors` 人です。");
    /// Brackets that are never closed.
    value_with_an_open_bracket: written("医師は `= doctors[潮見市, 2018` 人です。");
    /// People and beds added up.
    sum_of_people_and_beds: written("合わせて `= doctors[潮見市] + beds[潮見市]` です。");
    /// A function as Excel calls it.
    function_of_a_spreadsheet: {
        let site = office();
        site.write("content/data/mean.yaml", "indicators:\n  - {id: m, name: 平均, unit: 人, formula: \"AVERAGE(doctors)\"}\n".as_bytes());
        said(&site)
    };
    /// A comma lost in a file whose figures a page shows: the file is to blame, not the page that names them. What no
    /// file holds is still told.
    comma_lost_in_a_file_that_a_page_needs: {
        let site = office();
        site.write("content/data/doctors.yaml", DOCTORS.replacen("ja: 人, en", "ja: 人 en", 1).as_bytes());
        site.write("content/a.md", "---\ntitle: 医師\n---\n医師は `= doctors[潮見市]` 人、看護師は `= nurses[潮見市]` 人です。\n".as_bytes());
        said(&site)
    };
    /// A kind of panel as it is called elsewhere.
    panel_of_another_kind: panel("kind: line\nindicator: doctors");
    /// An option with a slip.
    panel_with_an_unknown_option: panel("kind: trend\nindicator: doctors\nhilight: 潮見市");
    /// A formula between braces without quotation marks.
    panel_formula_without_quotes: panel("kind: kpi\ntitle: 医師\nsource: 調べ\nas_of: 2018\nitems:\n  - {label: 潮見市, value: doctors[潮見市]}\n  - {label: 港町, value: doctors[港町]}");
    /// A highlight that is not among the areas shown.
    panel_highlight_not_shown: panel("kind: trend\nindicator: doctors\nareas: [潮見市]\nhighlight: 港町");
    /// Figures typed into the panel, without their source.
    panel_without_source: panel("kind: kpi\ntitle: 席\nas_of: 2026-04-01\nitems:\n  - {label: 席, value: \"12\", unit: 席}\n  - {label: 机, value: \"24\", unit: 台}");
}
