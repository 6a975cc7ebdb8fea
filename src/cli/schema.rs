//! `kairan schema`: the JSON Schemas of everything that people write, as files or on the terminal.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Message, nearest, say};
use crate::schema::{self, SchemaFile};

/// Where editors look for the schemas of a site. The folder is hidden, so that nothing in it is read as content.
pub(super) const FOLDER: &str = ".kairan/schema";

/// The schema of that name.
///
/// # Errors
/// Where there is none; the message names those there are.
pub(super) fn named(name: &str) -> Result<SchemaFile, Message> {
    let schemas = schema::all();
    let known: Vec<String> = schemas.iter().map(|file| file.name.clone()).collect();
    let wanted = name.strip_suffix(".json").unwrap_or(name);
    schemas.into_iter().find(|file| file.name == wanted).ok_or_else(|| unknown(name, &known))
}

/// Writes schemas into a folder, which is made where it is missing.
///
/// # Errors
/// What stands in the way.
#[allow(clippy::disallowed_methods, reason = "schemas are written for editors, not as part of a site's output")]
pub(super) fn write(folder: &Path, schemas: &[SchemaFile]) -> Result<(), Message> {
    fs::create_dir_all(folder).map_err(|error| super::new::unwritable(folder, &error))?;
    for schema in schemas {
        let path = folder.join(format!("{}.json", schema.name));
        fs::write(&path, schema.text()).map_err(|error| super::new::unwritable(&path, &error))?;
    }
    Ok(())
}

/// What was written.
pub(super) fn written(folder: &Path, schemas: &[SchemaFile]) -> Message {
    let folder = folder.display();
    let names: Vec<&str> = schemas.iter().map(|schema| schema.name.as_str()).collect();
    let names = names.join(", ");
    say(format!("スキーマを {folder} に書きました: {names}"), format!("schemas are in {folder}: {names}"))
}

fn unknown(name: &str, known: &[String]) -> Message {
    let near = nearest(name, known.iter().map(String::as_str)).join(", ");
    let known = known.join(", ");
    let (maybe, did_you_mean) = match near.as_str() {
        "" => (String::new(), String::new()),
        near => (format!("\n  もしかして: {near}"), format!("\n  did you mean: {near}")),
    };
    say(
        format!("エラー: {name} というスキーマはありません{maybe}\n  あるもの: {known}"),
        format!("error: there is no schema {name}{did_you_mean}\n  there are: {known}"),
    )
}
