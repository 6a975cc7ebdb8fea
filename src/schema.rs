//! [`SchemaFile`]: what a JSON Schema says of one sort of file, made from the very types that read it.
//!
//! Draft 7, because that is the newest one which editors know: yaml-language-server reads "JSON Schema 7 and below".
//! Descriptions are in both languages: the English one is the doc comment of a field, the Japanese one stands beside it
//! as `x-ja`, and here the two become one text.

use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::locale::schema::AS_IS;
use crate::panel;
use crate::parse::data::{File, KINDS};
use crate::parse::front_matter::FrontMatter;
use crate::parse::schema::{ID, WORD};
use crate::parse::settings::SettingsDocument;
use crate::parse::theme::ThemeDocument;

/// The draft that every schema names.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A schema with its name: `areas` for data files of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaFile {
    /// Its name, without `.json`.
    pub name: String,
    /// All of it.
    pub schema: Value,
}

impl SchemaFile {
    /// The text of its file.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.schema)
    }
}

/// Every schema, in the order in which they are listed.
pub fn all() -> Vec<SchemaFile> {
    let mut files = vec![
        file::<SettingsDocument>("site", "サイトの設定（site.toml） / The settings of a site (site.toml)"),
        file::<ThemeDocument>("theme", "テーマの説明（theme.toml） / The description of a theme (theme.toml)"),
        file::<FrontMatter>("front-matter", "ページの見出し部分 / The front matter of a page"),
        SchemaFile { name: "panel".to_owned(), schema: panels() },
        SchemaFile { name: "data".to_owned(), schema: any_data() },
    ];
    files.extend(KINDS.iter().map(|kind| SchemaFile { name: (*kind).to_owned(), schema: data(kind) }));
    files
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft07().into_generator()
}

fn root<T: JsonSchema>() -> Value {
    finished(generator().into_root_schema_for::<T>().to_value())
}

fn file<T: JsonSchema>(name: &str, title: &str) -> SchemaFile {
    let mut schema = root::<T>();
    schema["title"] = json!(title);
    SchemaFile { name: name.to_owned(), schema }
}

/// A data file of any kind: exactly one of the kinds is its top-level key.
fn any_data() -> Value {
    let mut schema = root::<File>();
    schema["title"] = json!("データのファイル / A data file");
    let of_kinds: Vec<Value> = KINDS.iter().map(|kind| json!({ "required": [kind] })).collect();
    // Checks stand in the files of every kind, and in files of their own.
    let only_checks = json!({
        "required": ["checks"],
        "properties": { "checks": { "not": { "type": "null" } } },
        "not": { "anyOf": of_kinds },
    });
    schema["oneOf"] = of_kinds.iter().cloned().chain([only_checks]).collect();
    for kind in KINDS {
        present(&mut schema, kind);
    }
    schema
}

/// A data file of one kind. Top-level keys that are no kinds stand in the files of every kind.
fn data(kind: &str) -> Value {
    let mut schema = root::<File>();
    schema["title"] = schema["properties"][kind]["description"].clone();
    schema["required"] = json!([kind]);
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.retain(|name, _| name == kind || !KINDS.contains(&name.as_str()));
    }
    present(&mut schema, kind);
    without_unused(&mut schema);
    schema
}

/// The key that names the kind of a file tells it by being there: nothing at all can't stand below it.
fn present(schema: &mut Value, kind: &str) {
    if let Some(kinds) = schema["properties"][kind]["type"].as_array() {
        let there: Vec<Value> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["properties"][kind]["type"] = there.into();
    }
}

/// The YAML of a panel: what it may hold depends on its kind.
fn panels() -> Value {
    let mut generator = generator();
    let names: Vec<&str> = panel::KINDS.iter().map(|kind| kind.name()).collect();
    let mut cases = Vec::new();
    for kind in panel::KINDS {
        let mut options = kind.schema(&mut generator).to_value();
        options["properties"]["kind"]["enum"] = json!([kind.name()]);
        options["description"] = json!(summary(kind.manual()));
        let is_this = json!({ "properties": { "kind": { "enum": [kind.name()] } }, "required": ["kind"] });
        cases.push(json!({ "if": is_this, "then": options }));
    }
    finished(json!({
        "$schema": DRAFT,
        "title": "パネル（数値や図） / A panel of figures",
        "type": "object",
        "properties": {
            "kind": { "enum": names, "x-ja": "パネルの種類。", "description": "The kind of panel." }
        },
        "required": ["kind"],
        "allOf": cases,
        "definitions": generator.take_definitions(true),
    }))
}

/// The first paragraph of a text.
fn summary(text: &str) -> String {
    let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The schema as editors and validators need it.
fn finished(mut schema: Value) -> Value {
    walk(&mut schema, &mut |object| {
        describe(object);
        bound(object);
        accept_bare_words(object);
        accept_nothing(object);
        shield_reference(object);
    });
    schema
}

/// Both languages in one description.
fn describe(object: &mut Map<String, Value>) {
    let Some(Value::String(japanese)) = object.remove("x-ja") else { return };
    let english = object.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
    object.insert("description".to_owned(), format!("{japanese} / {english}").into());
}

/// Formats of Rust's numbers mean nothing to a validator; their limits do.
fn bound(object: &mut Map<String, Value>) {
    if object.get("format").and_then(Value::as_str) == Some("uint32") && !object.contains_key("maximum") {
        object.insert("maximum".to_owned(), u32::MAX.into());
    }
    if object.get("type").is_some() {
        object.remove("format");
    }
}

/// `title: 2023` is a fine title: where a text is asked for, bare numbers and truth values are read as written. Where a
/// pattern says what the text may be, only those are that fit it.
fn accept_bare_words(object: &mut Map<String, Value>) {
    if object.remove(AS_IS).is_some() || object.contains_key("enum") || object.contains_key("const") {
        return;
    }
    match object.get("pattern").and_then(Value::as_str) {
        None => add_types(object, "string", &["number", "boolean"]),
        Some(ID) => {
            add_types(object, "string", &["integer", "boolean"]);
            object.insert("minimum".to_owned(), 0.into());
        }
        Some(WORD) => add_types(object, "string", &["boolean"]),
        Some(_) => {}
    }
}

/// A list or map with nothing after its colon is an empty one.
fn accept_nothing(object: &mut Map<String, Value>) {
    if object.contains_key("default") || object.contains_key("$schema") {
        add_types(object, "array", &["null"]);
        add_types(object, "object", &["null"]);
    }
}

/// Adds further types where `known` is one.
fn add_types(object: &mut Map<String, Value>, known: &str, further: &[&str]) {
    let mut types = match object.get("type") {
        Some(Value::String(one)) => vec![Value::from(one.as_str())],
        Some(Value::Array(several)) => several.clone(),
        _ => return,
    };
    if types.iter().any(|one| one == known) {
        for one in further {
            if !types.contains(&Value::from(*one)) {
                types.push((*one).into());
            }
        }
        object.insert("type".to_owned(), types.into());
    }
}

/// Draft 7 knows nothing beside a reference.
fn shield_reference(object: &mut Map<String, Value>) {
    if object.len() > 1
        && let Some(reference) = object.remove("$ref")
    {
        object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

/// Calls `change` for every schema within `schema`, itself included.
fn walk(schema: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Value::Object(object) = schema else { return };
    change(object);
    for (name, part) in object.iter_mut() {
        match (name.as_str(), part) {
            ("properties" | "definitions", Value::Object(named)) => {
                named.values_mut().for_each(|schema| walk(schema, change));
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(several)) => {
                several.iter_mut().for_each(|schema| walk(schema, change));
            }
            ("items" | "additionalProperties" | "if" | "then" | "not", schema) => walk(schema, change),
            _ => {}
        }
    }
}

/// Takes out the definitions that nothing refers to.
fn without_unused(schema: &mut Value) {
    let Some(Value::Object(mut definitions)) = schema.as_object_mut().and_then(|root| root.remove("definitions"))
    else {
        return;
    };
    let mut used = BTreeSet::new();
    let mut open = references(schema);
    while let Some(name) = open.pop() {
        if let Some(definition) = definitions.get(&name)
            && used.insert(name)
        {
            open.extend(references(definition));
        }
    }
    definitions.retain(|name, _| used.contains(name));
    if !definitions.is_empty() {
        schema["definitions"] = Value::Object(definitions);
    }
}

/// The names of the definitions that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|target| target.strip_prefix("#/definitions/")).map(str::to_owned);
            own.into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
