//! `kairan import FILE`: a data file made from a table of a workbook or a CSV file.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, Printing, Terminal};
use crate::diagnostic::{Diagnostic, Message, Span, say, sheet as findings};
use crate::locale::Period;
use crate::model::grid;
use crate::parse::sheet::{self, Region, Sheet, csv};
use crate::read;

mod account;
mod record;
mod table;

/// What is imported, and where to.
#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// The workbook (.xlsx) or CSV file.
    file: PathBuf,
    /// The sheet of the workbook; where it has only one, that one.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The cells of the table, heading included: B2:H20, or B2 for all from there.
    #[arg(long, value_name = "CELLS")]
    range: Option<String>,
    /// How many rows of the table are its heading; found out where it is not given.
    #[arg(long, value_name = "NUMBER")]
    header_rows: Option<u32>,
    /// Of when the figures are, where no heading says so: 2018, FY2023.
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// The name of the indicator in formulas.
    #[arg(long)]
    id: Option<String>,
    /// Where the data file is written; without it, it is printed.
    #[arg(long, value_name = "FILE.yaml")]
    out: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
}

/// Imports, and says what was taken for what.
pub(super) fn run(terminal: &Terminal, wish: &ImportArguments) -> anyhow::Result<Outcome> {
    let source = match read::named(&wish.file)? {
        Ok(source) => source,
        Err(finding) => return Ok(complain(terminal, finding, None)),
    };
    let text = csv::decoded(&source.bytes).0;
    let period = match wish.period.as_deref().map(|text| Period::parse(text).ok_or(text)) {
        Some(Err(text)) => return Ok(refuse(terminal, &not_a_period(text))),
        Some(Ok(period)) => Some(period),
        None => None,
    };
    let sheets = match sheet::document(&source).sheets {
        Ok(sheets) => sheets,
        Err(finding) => return Ok(complain(terminal, finding, Some(&text))),
    };
    let nowhere = Span::file(&source.path);
    let (sheet, region) = match chosen(&sheets, wish, &nowhere) {
        Ok(chosen) => chosen,
        Err(finding) => return Ok(complain(terminal, finding, None)),
    };
    let id = wish.id.clone().unwrap_or_else(|| record::id_of(&wish.file));
    let table = table::understood(sheet, region, wish.header_rows, period);
    terminal.say(&account::of(&table, sheet));
    if table.measures.is_empty() || table.rows.is_empty() {
        return Ok(refuse(terminal, &account::nothing(&table)));
    }
    let yaml = record::written(&table, &id, terminal.speech, &wish.file);
    deliver(terminal, wish, &yaml)
}

fn chosen<'s>(
    sheets: &'s [Sheet],
    wish: &ImportArguments,
    at: &Span,
) -> Result<(&'s Sheet, Option<Region>), Diagnostic> {
    let sheet = grid::chosen(sheets, wish.sheet.as_deref(), &|_| at.clone())?;
    let extent = sheet.extent().ok_or_else(|| findings::empty_table(at.clone(), &at.path))?;
    let region = match &wish.range {
        None => None,
        Some(range) => {
            let region = Region::parse(range, &extent).ok_or_else(|| findings::bad_range(at.clone(), range))?;
            let (bottom, right) = (region.bottom.min(extent.bottom), region.right.min(extent.right));
            if bottom < region.top || right < region.left {
                return Err(findings::empty_table(at.clone(), &at.path));
            }
            Some(Region { bottom, right, ..region })
        }
    };
    Ok((sheet, region))
}

/// Prints the data file, or writes it where it is asked for.
#[allow(clippy::disallowed_methods, reason = "one file that a person asks for, outside of a site's output")]
fn deliver(terminal: &Terminal, wish: &ImportArguments, yaml: &str) -> anyhow::Result<Outcome> {
    let Some(out) = &wish.out else {
        _ = io::stdout().write_all(yaml.as_bytes());
        return Ok(Outcome::Fine);
    };
    let opened = if wish.force { File::create(out) } else { File::create_new(out) };
    match opened.and_then(|mut file| file.write_all(yaml.as_bytes())) {
        Ok(()) => {
            terminal.say(&wrote(out));
            Ok(Outcome::Fine)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(refuse(terminal, &is_there(out))),
        Err(error) => Ok(refuse(terminal, &unwritable(out, &error))),
    }
}

fn complain(terminal: &Terminal, finding: Diagnostic, text: Option<&str>) -> Outcome {
    terminal.findings(&[finding], Printing::Human, &|_| text);
    Outcome::Problems
}

fn refuse(terminal: &Terminal, message: &Message) -> Outcome {
    terminal.say(message);
    Outcome::Wrong
}

fn not_a_period(text: &str) -> Message {
    say(
        format!("エラー: --period を時点として読めません: {text}（2018、FY2023、平成30年 などと書いてください）"),
        format!("error: --period is not a period: {text}; write 2018, FY2023 or the like"),
    )
}

fn is_there(path: &Path) -> Message {
    let path = path.display();
    say(
        format!("エラー: {path} はもうあります。別の名前にするか、上書きしてよければ --force を付けてください。"),
        format!("error: {path} is there already; choose another name, or add --force to write over it"),
    )
}

fn unwritable(path: &Path, error: &io::Error) -> Message {
    let path = path.display();
    say(
        format!("エラー: {path} に書き込めません（{error}）。フォルダがあるか確かめてください。"),
        format!("error: {path} can't be written ({error}); check that its folder is there"),
    )
}

fn wrote(path: &Path) -> Message {
    let path = path.display();
    say(
        format!("{path} に書きました。name、unit、source を確かめ、kairan check で確認してください。"),
        format!("wrote {path}; look over name, unit and source, then run kairan check"),
    )
}
