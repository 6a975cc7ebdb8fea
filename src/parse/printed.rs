//! A source table as it is printed: the cells of a CSV file beside the data, each with its place.

use std::sync::Arc;

use crate::diagnostic::Span;
use crate::read::Source;

/// The cells of a table.
#[derive(Debug, Clone, Default)]
pub struct PrintedTable {
    /// The rows, blank ones included.
    pub rows: Vec<Vec<PrintedCell>>,
}

/// A cell with the quotes around it undone.
#[derive(Debug, Clone)]
pub struct PrintedCell {
    /// What stands in it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The table of a CSV file. `None` for other files, and where the text is not UTF-8: its readers say so.
pub fn table(source: &Source) -> Option<PrintedTable> {
    let is_table = source.path.starts_with("content/data/") && source.extension() == "csv";
    let text = is_table.then(|| source.text().ok()).flatten()?;
    Some(split(&source.path, text, source.bytes.len() - text.len()))
}

/// Takes CSV apart. Nothing is wrong here: quotes that are left open end with the file.
pub fn split(path: &Arc<str>, text: &str, skipped: usize) -> PrintedTable {
    let mut table = PrintedTable::default();
    let (mut row, mut cell, mut start, mut quoted) = (Vec::new(), String::new(), 0, false);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' | '\n' | '\r' if !quoted => {
                let span = Span::new(path, skipped + start, skipped + at);
                row.push(PrintedCell { text: std::mem::take(&mut cell), span });
                let newline = (letter == '\r').then(|| letters.next_if(|(_, next)| *next == '\n')).flatten();
                start = newline.map_or(at + letter.len_utf8(), |(at, _)| at + 1);
                if letter != ',' {
                    table.rows.push(std::mem::take(&mut row));
                }
            }
            letter => cell.push(letter),
        }
    }
    if start < text.len() || !row.is_empty() {
        row.push(PrintedCell { text: cell, span: Span::new(path, skipped + start, skipped + text.len()) });
        table.rows.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_texts_and_places() {
        let text = "圏域,\"5,091\"\r\n\"a\"\"b\",\n\n\"x\ny\",z";
        let table = split(&"content/data/a.csv".into(), text, 3);
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["圏域", "5,091"], vec!["a\"b", ""], vec![""], vec!["x\ny", "z"]]);
        let span = &table.rows[0][1].span;
        assert_eq!(&text[span.start - 3..span.end - 3], "\"5,091\"");
    }
}
