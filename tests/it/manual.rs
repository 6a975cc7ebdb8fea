//! The manual of panels says what the code says: its tables of options are made from the doc comments of the options.
//!
//! `KAIRAN_WRITE_MANUAL=1 cargo test --test it manual` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use kairan::panel::{KINDS, Kind};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The languages of the manual with the ends of its files' names.
const LANGUAGES: [(&str, &str); 2] = [("ja", ".md"), ("en", ".en.md")];

const END: &str = "<!-- /options -->";

/// A row of a table of options.
struct Row {
    name: String,
    written: String,
    meaning: String,
}

fn page(name: &str, end: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/guide/panels/{name}{end}"))
}

/// The schema of a kind's options and the definitions that it refers to.
fn schema(kind: &dyn Kind) -> (Value, Map<String, Value>) {
    let mut generator = SchemaSettings::draft07().into_generator();
    let schema = kind.schema(&mut generator).to_value();
    (schema, generator.take_definitions(true))
}

/// Which options every kind has.
fn is_common(name: &str) -> bool {
    KINDS.iter().all(|kind| schema(*kind).0["properties"].get(name).is_some())
}

/// What a table is made from: one language, and the definitions at hand.
struct Writer<'w> {
    language: &'w str,
    definitions: &'w Map<String, Value>,
}

impl Writer<'_> {
    fn say(&self, ja: &str, en: &str) -> String {
        if self.language == "ja" { ja.to_owned() } else { en.to_owned() }
    }

    fn description(&self, schema: &Value) -> String {
        let key = if self.language == "ja" { "x-ja" } else { "description" };
        schema[key].as_str().unwrap_or_default().replace('\n', " ").trim_end_matches(['。', '.']).to_owned()
    }

    /// The definition that a schema refers to, or the schema itself; what may be missing is what it is else.
    fn resolved<'s>(&'s self, schema: &'s Value) -> (&'s str, &'s Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return (name, &self.definitions[name]);
        }
        for key in ["anyOf", "allOf"] {
            if let Some(first) =
                schema[key].as_array().and_then(|cases| cases.iter().find(|case| case["type"] != "null"))
                && first.get("$ref").is_some()
            {
                return self.resolved(first);
            }
        }
        ("", schema)
    }

    /// How an option is written.
    fn written(&self, schema: &Value) -> String {
        let (name, schema) = self.resolved(schema);
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let values = constants(schema);
        match (name, types.first().copied()) {
            _ if !values.is_empty() => {
                let values: Vec<String> = values.iter().map(|(value, _)| format!("`{value}`")).collect();
                values.join(&self.say("、", ", "))
            }
            ("Period", _) => self.say("時点", "period"),
            ("Localized", _) => self.say("文", "text"),
            (_, Some("array")) => {
                let of = self.written(&schema["items"]);
                self.say(&format!("{of}の並び"), &format!("list of: {of}"))
            }
            (_, Some("object")) => self.say("項目の組", "map"),
            (_, Some("boolean")) => self.say("`true`、`false`", "`true`, `false`"),
            (_, Some("integer" | "number")) => self.say("数", "number"),
            (_, Some("string")) => self.say("ことば", "word"),
            _ => self.say("値", "value"),
        }
    }

    fn rows(&self, schema: &Value, prefix: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<Row> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut rows = Vec::new();
        for (name, option) in schema["properties"].as_object().expect("options").iter().filter(|(name, _)| wanted(name))
        {
            let path = format!("{prefix}{name}");
            let mut meaning = self.description(option);
            assert!(!meaning.is_empty(), "{path} has no description in {}", self.language);
            let (_, own) = self.resolved(option);
            let (_, inner) = if own.get("items").is_some() { self.resolved(&own["items"]) } else { ("", own) };
            let values: Vec<String> = constants(inner)
                .into_iter()
                .filter(|(_, value)| !self.description(value).is_empty())
                .map(|(name, value)| {
                    self.say(
                        &format!("`{name}` は{}", self.description(&value)),
                        &format!("`{name}`: {}", self.description(&value)),
                    )
                })
                .collect();
            if !values.is_empty() {
                meaning = format!("{meaning}{}{}", self.say("。", ". "), values.join(&self.say("、", "; ")));
            }
            if required.contains(&name.as_str()) {
                meaning.push_str(&self.say("（必要）", " (required)"));
            }
            rows.push(Row { written: self.written(option), meaning, name: path.clone() });
            if inner.get("properties").is_some() {
                rows.extend(self.rows(inner, &format!("{path}."), &|_| true));
            }
        }
        rows
    }

    fn table(&self, rows: &[Row]) -> String {
        let heads = self.say("| 項目 | 書くもの | 意味 |", "| Option | Written as | Meaning |");
        let cell = |text: &str| text.replace('|', "\\|");
        let line = |row: &Row| format!("| `{}` | {} | {} |\n", row.name, cell(&row.written), cell(&row.meaning));
        format!("{heads}\n|:--|:--|:--|\n{}", rows.iter().map(line).collect::<String>())
    }
}

/// The words that may be written, where only certain ones may.
fn constants(schema: &Value) -> Vec<(String, Value)> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    let listed = listed.filter_map(|value| Some((value.as_str()?.to_owned(), Value::Null)));
    let described = schema["oneOf"].as_array().into_iter().flatten();
    let described = described.flat_map(|case| match case["const"].as_str() {
        Some(name) => vec![(name.to_owned(), case.clone())],
        None => constants(case),
    });
    listed.chain(described).collect()
}

/// The options of a kind, or those that all have, as the manual shows them.
fn options(kind: &dyn Kind, language: &str, common: bool) -> String {
    let (schema, definitions) = schema(kind);
    let writer = Writer { language, definitions: &definitions };
    writer.table(&writer.rows(&schema, "", &|name| is_common(name) == common))
}

/// A table of options that was written by hand.
fn by_hand(text: &str) -> Option<std::ops::Range<usize>> {
    let heads = ["\n| 項目 |", "\n| Field |", "\n| Option |"];
    let start = heads.iter().filter_map(|head| text.find(head)).min()? + 1;
    let length: usize =
        text[start..].split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    Some(start..start + length)
}

/// The text of a page with the table between its marks; where it has no marks, in the place of a table that was written by
/// hand, or at its end.
fn with_table(text: &str, begin: &str, table: &str, language: &str) -> String {
    let block = format!("{begin}\n\n{table}\n{END}");
    let whole = text.find(begin).and_then(|start| Some(start..start + text[start..].find(END)? + END.len()));
    match whole.or_else(|| by_hand(text).filter(|_| !text.contains(begin))) {
        Some(place) if text[..place.end].ends_with('\n') => {
            format!("{}{block}\n{}", &text[..place.start], &text[place.end..])
        }
        Some(place) => format!("{}{block}{}", &text[..place.start], &text[place.end..]),
        None => {
            let heading = if language == "ja" { "書けること" } else { "Options" };
            format!("{}\n\n## {heading}\n\n{block}\n", text.trim_end())
        }
    }
}

/// The kinds of the panels that a page shows; what stands within longer fences is only shown as text.
fn samples(text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    let mut fence: Option<(usize, bool)> = None;
    for line in text.lines() {
        let marks = line.chars().take_while(|c| *c == '`').count();
        match fence {
            None if marks >= 3 => fence = Some((marks, line[marks..].trim() == "panel")),
            Some((length, _)) if marks >= length => fence = None,
            Some((_, true)) => shown.extend(line.strip_prefix("kind:").map(|kind| kind.trim().to_owned())),
            _ => {}
        }
    }
    shown
}

#[test]
fn the_manual_lists_the_options_that_there_are() {
    let rewrite = std::env::var_os("KAIRAN_WRITE_MANUAL").is_some();
    let mut wrong = Vec::new();
    let own = KINDS.iter().map(|kind| (kind.name(), *kind, false));
    let pages: Vec<_> = own.chain(KINDS.first().map(|kind| ("_index", *kind, true))).collect();
    for (name, kind, common) in pages {
        for (language, end) in LANGUAGES {
            let path = page(name, end);
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let begin = format!("<!-- options: {} -->", if common { "common" } else { name });
            let expected = with_table(&text, &begin, &options(kind, language, common), language);
            if expected != text && rewrite {
                fs::write(&path, expected).expect("the manual can be written");
            } else if expected != text {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "not what the code says; KAIRAN_WRITE_MANUAL=1 writes it: {wrong:#?}");
}

#[test]
fn every_kind_of_panel_has_a_page_with_a_sample_in_both_languages() {
    let mut wrong = Vec::new();
    let mut last = 0;
    for kind in KINDS {
        for (language, end) in LANGUAGES {
            let text = fs::read_to_string(page(kind.name(), end)).unwrap_or_default();
            if !samples(&text).contains(&kind.name().to_owned()) {
                wrong.push(format!("no sample of `{}` on its page in {language}", kind.name()));
            }
        }
        let text = fs::read_to_string(page(kind.name(), ".md")).unwrap_or_default();
        let weight = text.lines().find_map(|line| line.strip_prefix("weight: ")?.parse::<i64>().ok()).unwrap_or(0);
        if weight <= last {
            wrong.push(format!("the page of `{}` does not come in the order of the kinds", kind.name()));
        }
        last = weight;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn samples_that_are_only_shown_as_text_do_not_count() {
    let text = "````markdown\n```panel\nkind: kpi\n```\n````\n\n```panel\nkind: trend\n```\n";
    assert_eq!(samples(text), ["trend"]);
}

#[test]
fn a_page_without_a_place_for_its_table_gets_one() {
    let text = "One.\n";
    let with = with_table(text, "<!-- options: x -->", "| a |\n", "en");
    assert_eq!(with, "One.\n\n## Options\n\n<!-- options: x -->\n\n| a |\n\n<!-- /options -->\n");
    let by_hand =
        with_table("One.\n\n| Field | x |\n|:--|:--|\n| a | b |\n\nTwo.\n", "<!-- options: x -->", "| a |\n", "en");
    assert_eq!(by_hand, "One.\n\n<!-- options: x -->\n\n| a |\n\n<!-- /options -->\n\nTwo.\n");
    let again = with_table(&with, "<!-- options: x -->", "| b |\n", "en");
    assert_eq!(again, with.replace("| a |", "| b |"));
}

#[test]
fn the_manual_of_panels_lists_every_kind() {
    for (language, end) in LANGUAGES {
        let text = fs::read_to_string(page("_index", end)).expect("the page of all panels");
        let listed: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("| [`")?.split_once("`](").map(|(name, _)| name))
            .collect();
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name()).collect();
        assert_eq!(listed, kinds, "{language}");
    }
}
