//! The data file that is written: indicators with their values as a wide table.

use std::path::Path;

use super::table::{Measure, Table};
use crate::diagnostic::{Speech, say};

/// An id from the name of a file: letters, digits and `_`, beginning with a letter.
pub(super) fn id_of(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain = stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' });
    let plain: String = plain.collect();
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    let id = words.join("_");
    let id = id.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
    if id.is_empty() { "table".to_owned() } else { id.to_owned() }
}

/// The data file.
pub(super) fn written(table: &Table, id: &str, speech: Speech, file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let head = say(
        format!("{name} から kairan import で作りました。name、unit、source を確かめてください。"),
        format!("made from {name} by kairan import; look over name, unit and source"),
    );
    let mut yaml = format!("# {}\nindicators:\n", head.speak(speech));
    for (index, measure) in table.measures.iter().enumerate() {
        let id = if index == 0 { id.to_owned() } else { format!("{id}_{}", index + 1) };
        record(&mut yaml, table, measure, &id, speech);
    }
    yaml
}

fn record(yaml: &mut String, table: &Table, measure: &Measure, id: &str, speech: Speech) {
    let blank_unit = say("単位を書いてください", "unit to be written");
    let blank_source = say("出典を書いてください", "source to be written");
    let title = table.title.as_deref().filter(|_| measure.label.is_empty() || table.measures.len() == 1);
    let name = title.or((!measure.label.is_empty()).then_some(&measure.label)).unwrap_or(id);
    let unit = match (measure.percent, &table.unit) {
        (true, _) => "％",
        (false, Some(unit)) => unit,
        (false, None) => blank_unit.speak(speech),
    };
    let source = table.source.as_deref().unwrap_or(blank_source.speak(speech));
    let latest = measure.columns.iter().map(|(period, _)| *period).max();
    let periods: Vec<String> = measure.columns.iter().map(|(period, _)| period.to_string()).collect();
    yaml.push_str(&format!("  - id: {id}\n"));
    let mut field = |name: &str, value: &str| yaml.push_str(&format!("    {name}: {value}\n"));
    field("name", &text(name));
    field("unit", &text(unit));
    field("source", &text(source));
    if let Some(latest) = latest {
        field("as_of", &latest.to_string());
    }
    if !table.notes.is_empty() {
        field("note", &text(&table.notes.join(" ")));
    }
    field("periods", &format!("[{}]", periods.join(", ")));
    yaml.push_str("    values:\n");
    for ((_, name), cells) in table.rows.iter().zip(&measure.cells) {
        yaml.push_str(&format!("      {}: [{}]\n", text(name), cells.join(", ")));
    }
}

/// A text as YAML has it: bare where nothing in it can be mistaken.
fn text(text: &str) -> String {
    let bare = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '・' | '（' | '）' | '「' | '」' | '％' | '、' | '。' | '_')
    };
    let is_word = text.chars().all(bare) && text.starts_with(|first: char| first.is_alphabetic() || first == '％');
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if is_word && !reserved.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}
