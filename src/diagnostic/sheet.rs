//! Findings about CSV files and workbooks, and about what a record says of the table in them.

use super::{Diagnostic, Message, Span, say};

impl Diagnostic {
    /// Names the cell of a workbook that a finding is about: its place in the site is only where the workbook is named.
    pub fn in_cell(mut self, file: &str, sheet: &str, cell: &str) -> Diagnostic {
        let file = file.rsplit('/').next().unwrap_or(file);
        self.message.ja.push_str(&format!("（{file} のシート「{sheet}」のセル {cell}）"));
        self.message.en.push_str(&format!(" (cell {cell} of the sheet {sheet} in {file})"));
        self
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1024 / 1024)
}

// Files.

/// A CSV file or workbook beyond all reason, not read at all.
pub fn table_too_large(span: Span, size: u64, most: u64) -> Diagnostic {
    Diagnostic::error("table-too-large", say("表のファイルが大きすぎます", "this file of tables is too large"))
        .at(span)
        .found(megabytes(size))
        .expected(say(format!("{} まで", megabytes(most)), format!("at most {}", megabytes(most))))
        .help(say(
            "使う表のシートだけを新しいファイルに写してください（写真や書式が大きさの元です）",
            "copy the sheets that are needed into a new file; pictures and formatting make most of the size",
        ))
}

/// A workbook that unpacks to more than can be read.
pub fn workbook_unpacks_too_large(span: Span, most: u64) -> Diagnostic {
    Diagnostic::error(
        "workbook-unpacks-too-large",
        say("ブックの中身が大きすぎるので読みません", "what is packed in this workbook is too large to be read"),
    )
    .at(span)
    .expected(say(format!("展開して {} まで", megabytes(most)), format!("at most {} unpacked", megabytes(most))))
    .help(say(
        "使う表だけを新しいブックに「値」として貼り付けて保存してください",
        "paste the tables that are needed, as values, into a new workbook",
    ))
}

/// A file that is no XLSX.
pub fn not_a_workbook(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "not-a-workbook",
        say(
            format!("Excel のブック（xlsx）として読めません（{cause}）"),
            format!("this can't be read as a workbook ({cause})"),
        ),
    )
    .at(span)
    .help(say(
        "Excel で開けるか確かめ、「Excel ブック（.xlsx）」として保存し直してください",
        "check that Excel opens it, and save it again as an Excel workbook (.xlsx)",
    ))
}

/// An encrypted workbook, or one of the old format.
pub fn locked_workbook(span: Span) -> Diagnostic {
    Diagnostic::error(
        "locked-workbook",
        say(
            "パスワードの付いたブックか、古い形式（xls）のブックです",
            "this workbook has a password, or is of the old format (.xls)",
        ),
    )
    .at(span)
    .help(say(
        "パスワードを外し、「Excel ブック（.xlsx）」として保存し直してください",
        "remove the password, and save it again as an Excel workbook (.xlsx)",
    ))
}

/// More cells than any table has.
pub fn too_many_cells(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error("too-many-cells", say("セルが多すぎます", "this file has too many cells"))
        .at(span)
        .expected(say(format!("一つのファイルに {most} 個まで"), format!("at most {most} in a file")))
        .help(say("使う表だけを別のファイルに写してください", "copy the table that is needed into a file of its own"))
}

/// Bytes that are neither UTF-8 nor CP932.
pub fn not_csv_text(span: Span) -> Diagnostic {
    Diagnostic::error(
        "not-csv-text",
        say("UTF-8 でもシフト JIS でもない文字があります", "this is neither UTF-8 nor Shift_JIS text"),
    )
    .at(span)
    .help(say(
        "Excel で開き、「CSV UTF-8（コンマ区切り）」として保存し直してください",
        "open it in Excel and save it again as “CSV UTF-8 (comma delimited)”",
    ))
}

/// Lines of UTF-8 in a file of CP932.
pub fn mixed_encodings(span: Span) -> Diagnostic {
    Diagnostic::error(
        "mixed-encodings",
        say("文字コードの違う行が混ざっています", "the lines of this file are in different encodings"),
    )
    .at(span)
    .found("UTF-8, Shift_JIS")
    .help(say(
        "二つのファイルをつないだものなら、それぞれ「CSV UTF-8」で保存し直してからつないでください",
        "if it was put together from two files, save each as “CSV UTF-8” first",
    ))
}

/// A file in another encoding than its record says.
pub fn other_encoding(span: Span, found: &str, file: &str) -> Diagnostic {
    Diagnostic::error(
        "other-encoding",
        say(
            format!("{file} の文字コードは encoding のとおりではありません"),
            format!("{file} is not in the encoding given"),
        ),
    )
    .at(span)
    .found(found)
    .help(say(
        "encoding の行を消してください。文字コードは自動で分かります",
        "remove `encoding`; it is found out by itself",
    ))
}

/// A quotation mark that is never closed.
pub fn unclosed_quotation(span: Span) -> Diagnostic {
    Diagnostic::error(
        "unclosed-quotation",
        say("引用符 \" が閉じられていません", "this quotation mark is never closed"),
    )
    .labelled(span, say("ここで開いています", "it is opened here"))
    .help(say(
        "セルの終わりに \" を足すか、この \" を消してください。文字としての \" は \"\" と書きます",
        "add a \" at the end of the cell, or remove this one; a \" that is meant as such is written \"\"",
    ))
}

// What a record says of a table.

/// A file that there is not.
pub fn unknown_table_file<'a>(span: Span, path: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-table-file",
        say(format!("表のファイルがありません: {path}"), format!("no such file: {path}")),
    )
    .at(span)
    .suggest(path, known)
    .help(say(
        "CSV か XLSX のファイルを、この YAML と同じフォルダに置いてください",
        "put the CSV or XLSX file into the folder of this YAML file",
    ))
}

/// A sheet that the workbook does not have.
pub fn unknown_sheet<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-sheet",
        say(format!("ブックにこの名前のシートがありません: {name}"), format!("the workbook has no sheet named {name}")),
    )
    .at(span)
    .suggest(name, known)
    .help(say(
        "Excel の画面の下に並ぶシートの名前のとおりに書いてください",
        "write the name as it stands on the tab at the foot of the spreadsheet",
    ))
}

/// A workbook with several sheets, of which none is named.
pub fn no_sheet_named(span: Span, names: &[&str]) -> Diagnostic {
    let list = names.join(", ");
    Diagnostic::error(
        "no-sheet-named",
        say("ブックのどのシートかが書かれていません", "this does not say which sheet of the workbook"),
    )
    .at(span)
    .expected(say(format!("次のどれか: {list}"), format!("one of {list}")))
    .help(say(
        format!("`sheet: {}` のように書いてください", names.first().unwrap_or(&"")),
        format!("write `sheet: {}` or the like", names.first().unwrap_or(&"")),
    ))
}

/// Two sheets of one name.
pub fn sheet_twice(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "sheet-twice",
        say(format!("「{name}」というシートが二つあります"), format!("the workbook has two sheets named {name}")),
    )
    .at(span)
    .help(say("Excel で片方の名前を変えて保存し直してください", "rename one of them in the spreadsheet and save it"))
}

/// A sheet whose cells can't be read.
pub fn unreadable_sheet(span: Span, name: &str, cause: &str) -> Diagnostic {
    Diagnostic::error(
        "unreadable-sheet",
        say(format!("シート「{name}」を読めません（{cause}）"), format!("the sheet {name} can't be read ({cause})")),
    )
    .at(span)
    .help(say(
        "表を新しいブックに「値」として貼り付けて保存してください",
        "paste the table, as values, into a new workbook",
    ))
}

/// A range that is none.
pub fn bad_range(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-range", say("セルの範囲として読めません", "this is not a range of cells"))
        .at(span)
        .found(found)
        .expected(say("左上と右下のセル（例: B3:H20）", "the first and the last cell, such as B3:H20"))
}

/// A table without a row below its heading.
pub fn empty_table(span: Span, file: &str) -> Diagnostic {
    Diagnostic::error("empty-table", say("表に行がありません", "this table has no rows"))
        .at(span)
        .found(file.to_owned())
        .help(say(
            "file、sheet、range、header_rows が表のとおりか確かめてください",
            "check that `file`, `sheet`, `range` and `header_rows` are those of the table",
        ))
}

/// A column that the table does not have.
pub fn unknown_column<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-column",
        say(format!("表に列がありません: {name}"), format!("the table has no column {name}")),
    )
    .at(span)
    .suggest(name, known)
    .help(say(
        "表の見出しのとおりに書いてください。二段の見出しは空白でつなぎます",
        "write it as the heading does; headings of two rows are joined with a space",
    ))
}

/// A heading that two columns have.
pub fn column_twice(span: Span, name: &str, cells: (&str, &str)) -> Diagnostic {
    Diagnostic::error(
        "column-twice",
        say(format!("「{name}」という列が二つあります"), format!("two columns are headed {name}")),
    )
    .at(span)
    .found(format!("{}, {}", cells.0, cells.1))
    .help(say(
        "見出しが二段なら header_rows: 2 と書き、そうでなければ range で片方だけを囲んでください",
        "if the heading has two rows, write `header_rows: 2`; else enclose only one of them with `range`",
    ))
}

/// A table in which no heading is a period.
pub fn no_period_columns(span: Span, headings: &str) -> Diagnostic {
    Diagnostic::error(
        "no-period-columns",
        say("時点として読める見出しの列がありません", "no heading of this table reads as a period"),
    )
    .at(span)
    .found(headings)
    .expected(say("平成30年、2018、令和5年度 などの見出し", "headings such as 2018, FY2023 or 平成30年"))
    .help(say(
        "columns で、どの列がいつの値かを書いてください（例: `columns: {医師偏在指標: 2016}`）",
        "say with `columns` of when a column is, such as `columns: {医師偏在指標: 2016}`",
    ))
}

/// A date where a number should be: a spreadsheet's own doing.
pub fn date_in_cell(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("date-in-cell", say("数値の欄に日付があります", "a date stands where a number should"))
        .at(span)
        .found(found)
        .help(say(
            "Excel が 3-4 などを日付に変えていないか確かめ、セルの書式を数値か文字列にして入れ直してください",
            "check whether the spreadsheet took 3-4 or the like for a date; format the cell as text and type it again",
        ))
}

/// A formula that was never computed.
pub fn uncomputed_formula(span: Span) -> Diagnostic {
    Diagnostic::error(
        "uncomputed-formula",
        say("数式の計算結果が保存されていません", "the result of the formula in this cell was never saved"),
    )
    .at(span)
    .help(say(
        "Excel で開いて上書き保存するか、「値」として貼り付けてください",
        "open the workbook in a spreadsheet and save it, or paste the cells as values",
    ))
}

/// A formula that failed.
pub fn fault_in_cell(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("fault-in-cell", say("数式がエラーになっています", "the formula in this cell fails"))
        .at(span)
        .found(found)
        .help(say("Excel で数式を直して保存してください", "correct the formula in the spreadsheet, and save it"))
}

/// A text that means something only to its table.
pub fn mark_without_meaning(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("mark-without-meaning", say("印の意味が書かれていません", "nothing says what this mark means"))
        .at(span)
        .found(found)
        .help(say(
            format!("印が表す値を marks に書いてください（例: `marks: {{\"{found}\": 1}}`）"),
            format!("say with `marks` which value it stands for, such as `marks: {{\"{found}\": 1}}`"),
        ))
}

/// An empty cell of a table.
pub fn blank_cell(span: Span, row: &str, column: &str) -> Diagnostic {
    Diagnostic::error(
        "blank-cell",
        say(format!("空のセルがあります（{row}、{column}）"), format!("this cell is empty ({row}, {column})")),
    )
    .at(span)
    .expected(super::data::expected_cell())
    .help(say(
        "表の空欄に決まった意味があるなら `marks: {\"\": …}` のように書いてください（… は不明、— は該当なし）",
        "if an empty cell has one meaning all over the table, write `marks: {\"\": …}` (… for not available, — for not applicable)",
    ))
}

/// A value without the rank that is asked for.
pub fn no_rank(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("no-rank", say("順位が書かれていません", "this cell gives no rank"))
        .at(span)
        .found(found)
        .expected(say("3.1 (43位) のような、括弧に入った順位", "a rank in brackets, as in 3.1 (43位)"))
}

/// A cell that names another time than its column.
pub fn other_period(span: Span, found: &str, column: &str) -> Diagnostic {
    Diagnostic::error(
        "other-period",
        say("セルに書かれた時点が、列の時点と違います", "this cell names another time than its column"),
    )
    .at(span)
    .found(found)
    .expected(say(column, column))
    .help(say("columns の時点を確かめてください", "check the period in `columns`"))
}

/// More cells than headings: most often a comma that nobody put into quotation marks.
pub fn row_too_long(span: Span, name: &str, found: usize, expected: usize) -> Diagnostic {
    Diagnostic::error(
        "row-too-long",
        say(
            format!("{name} の行のセルが見出しより多くあります"),
            format!("the row {name} has more cells than the heading"),
        ),
    )
    .at(span)
    .found(found.to_string())
    .expected(say(format!("{expected} 列まで"), format!("at most {expected}")))
    .help(say(
        "桁区切りのコンマのある数は \"5,091\" のように引用符で囲んでください",
        "put numbers with a comma into quotation marks: \"5,091\"",
    ))
}

/// Which row, where a table has several and its figures are said to be of one area.
pub fn which_row(span: Span, names: &str) -> Diagnostic {
    Diagnostic::error(
        "which-row",
        say("どの行の値かが決まりません", "this does not say which row of the table is meant"),
    )
    .at(span)
    .found(names)
    .help(say("`row: 行の名前` と書いてください", "write `row: name of the row`"))
}

/// A row that the table does not have.
pub fn unknown_row<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-row", say(format!("表に行がありません: {name}"), format!("the table has no row {name}")))
        .at(span)
        .suggest(name, known)
}

/// An area that no file has, in the row of a table.
pub fn unknown_area_in_table(finding: Diagnostic, name: &str) -> Diagnostic {
    let help: Message = say(
        format!(
            "表の書き方が違うだけなら `names: {{\"{name}\": id}}`、要らない行なら `skip: [\"{name}\"]` と書いてください"
        ),
        format!(
            "if the table only writes it differently, write `names: {{\"{name}\": id}}`; to leave the row out, `skip: [\"{name}\"]`"
        ),
    );
    finding.help(help)
}

/// Values without periods, or neither values nor a table.
pub fn no_values(span: Span) -> Diagnostic {
    Diagnostic::error("no-values", say("値がありません", "this indicator has no values"))
        .at(span)
        .expected(say("periods と values、または table", "`periods` and `values`, or `table`"))
}

/// Both values and a table.
pub fn values_twice(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "values-twice",
        say("値が二通りに書かれています", "the values of this indicator are given in two ways"),
    )
    .labelled(span, say("ここにも", "here too"))
    .related(first, say("一つ目", "the first"))
    .help(say("values か table のどちらかを消してください", "remove either `values` or `table`"))
}
