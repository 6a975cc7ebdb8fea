//! What the CSV of a panel is, for machines: a CSVW description beside it, and the facts that search engines ask for.

use serde_json::{Map, Value, json};

use super::Panel;
use crate::derive::Wording;
use crate::locale::Period;

/// What is said of data in schema.org's `Dataset`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The anchor of the panel.
    pub id: String,
    /// Its title.
    pub name: String,
    /// The figures in words.
    pub description: String,
    /// What was measured.
    pub measures: Vec<String>,
    /// For which areas or hospitals.
    pub places: Vec<String>,
    /// From when to when: `2008-01-01/2018-12-31`.
    pub period: Option<String>,
}

/// Who stands behind the data, and how they may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Who publishes the site.
    pub publisher: Option<String>,
    /// The address of the licence.
    pub licence: Option<String>,
}

/// Google wants at least so many characters in a description.
const SHORTEST: usize = 50;
/// More says no more to anyone, and weighs on every page.
const LONGEST: usize = 80;
/// How many places are named.
const MOST_PLACES: usize = 6;

impl Panel {
    /// What is said of its figures to machines.
    pub fn facts(&self, wording: Wording<'_>) -> Facts {
        let distinct = |keys: &[&str]| -> Vec<String> {
            let heads: Vec<String> = keys.iter().map(|key| wording.say(key, &[])).collect();
            let place = self.dataset.heads.iter().position(|head| heads.contains(head));
            let mut seen = Vec::new();
            for cell in place.iter().flat_map(|place| self.dataset.rows.iter().filter_map(|row| row.get(*place))) {
                if !cell.is_empty() && !seen.contains(cell) {
                    seen.push(cell.clone());
                }
            }
            seen
        };
        let mut measures = distinct(&["dataset-indicator", "column-item"]);
        if measures.is_empty() {
            measures.push(self.table.caption.clone());
        }
        let mut places = distinct(&["column-area", "column-hospital"]);
        places.truncate(MOST_PLACES);
        let periods: Vec<Period> = distinct(&["column-period"]).iter().filter_map(|text| Period::parse(text)).collect();
        let start = periods.iter().map(Period::start).min();
        let end = periods.iter().map(Period::end).max();
        Facts {
            id: self.id.clone(),
            name: self.title.clone(),
            description: self.described(wording),
            measures,
            places,
            period: start.zip(end).map(|(start, end)| format!("{start}/{end}")),
        }
    }

    /// The panel in words, with as much of its frame as it takes to be long enough.
    fn described(&self, wording: Wording<'_>) -> String {
        let mut text = self.alt.clone();
        for more in [&self.subtitle, &self.note, &self.source, &self.table.caption, &self.title] {
            if text.chars().count() < SHORTEST && !more.is_empty() && !text.contains(more.as_str()) {
                text = wording.say("sentence-and-more", &[("sentence", &text), ("more", more)]);
            }
        }
        if text.chars().count() < SHORTEST {
            let more = wording.say("dataset-described", &[("title", &self.title)]);
            text = wording.say("sentence-and-more", &[("sentence", &text), ("more", &more)]);
        }
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }

    /// The CSVW description of its CSV, which stands beside it as `name`.
    pub fn metadata(&self, name: &str, terms: &Terms, wording: Wording<'_>) -> Vec<u8> {
        let language = wording.locale.language().html();
        let columns: Vec<Value> =
            self.dataset.heads.iter().enumerate().map(|(place, head)| self.column(place, head, wording)).collect();
        let mut table = Map::new();
        table.insert("@context".to_owned(), json!(["http://www.w3.org/ns/csvw", { "@language": language }]));
        table.insert("url".to_owned(), json!(name));
        let mut say = |key: &str, value: &str| {
            if !value.is_empty() {
                table.insert(key.to_owned(), json!(value));
            }
        };
        say("dc:title", &self.title);
        say("dc:description", &self.alt);
        say("dc:source", &self.source);
        say("dc:date", &self.as_of.iso);
        say("dc:publisher", terms.publisher.as_deref().unwrap_or_default());
        if let Some(licence) = &terms.licence {
            table.insert("dc:license".to_owned(), json!({ "@id": licence }));
        }
        if !self.note.is_empty() {
            table.insert("notes".to_owned(), json!([{ "type": "Annotation", "target": name, "body": self.note }]));
        }
        table.insert("dialect".to_owned(), json!({ "encoding": "utf-8", "header": true, "delimiter": "," }));
        table.insert("tableSchema".to_owned(), json!({ "columns": columns }));
        format!("{:#}\n", Value::Object(table)).into_bytes()
    }

    fn column(&self, place: usize, head: &str, wording: Wording<'_>) -> Value {
        const KNOWN: [(&str, &str); 9] = [
            ("dataset-indicator", "indicator"),
            ("dataset-id", "id"),
            ("dataset-code", "code"),
            ("column-area", "area"),
            ("column-hospital", "hospital"),
            ("column-period", "period"),
            ("column-value", "value"),
            ("unit", "unit"),
            ("dataset-note", "note"),
        ];
        let known = KNOWN.iter().find(|(key, _)| wording.say(key, &[]) == head);
        let name = known.map_or_else(|| format!("column{}", place + 1), |(_, name)| (*name).to_owned());
        let cells: Vec<&str> = self.dataset.rows.iter().filter_map(|row| row.get(place)).map(String::as_str).collect();
        json!({ "name": name, "titles": head, "datatype": datatype(&name, &cells) })
    }
}

/// What the cells of a column hold. Ids and codes are texts, even of digits alone.
fn datatype(name: &str, cells: &[&str]) -> &'static str {
    let mut there = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    let all = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| !cell.is_empty()).all(|cell| is(cell));
    let number = |cell: &str| cell.parse::<rust_decimal::Decimal>().is_ok();
    match name {
        "id" | "code" | "unit" | "note" | "indicator" | "area" | "hospital" => "string",
        _ if there.peek().is_none() => "string",
        "period" if all(&|cell| matches!(Period::parse(cell), Some(Period::Year(_)))) => "gYear",
        "period" if all(&|cell| matches!(Period::parse(cell), Some(Period::Date(_)))) => "date",
        "period" => "string",
        _ if all(&number) => "decimal",
        _ => "string",
    }
}
