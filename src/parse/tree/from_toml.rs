//! A TOML text as the same tree that YAML gives.

use serde_yaml::{Mapping, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::index::{Index, Place};
use super::{Tree, join};
use crate::diagnostic::{Diagnostic, Span, syntax};

/// Builds the tree, or says everything for which the text is no TOML.
pub(super) fn tree(text: &str, locate: &dyn Fn(usize, usize) -> Span) -> Result<Tree, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| fault(error, text, locate)).collect());
    }
    let mut index = Index::default();
    index.insert(String::new(), Place { key: (0, 0), value: (0, 0) });
    let value = self::table(table.get_ref(), "", &mut index);
    Ok(Tree { value, index, findings: Vec::new() })
}

fn fault(error: &toml::de::Error, text: &str, locate: &dyn Fn(usize, usize) -> Span) -> Diagnostic {
    let range = error.span().unwrap_or(text.len()..text.len());
    let span = locate(range.start, range.end);
    let cause = error.message().lines().next().unwrap_or_default();
    match cause.strip_prefix("duplicate key") {
        Some(_) => {
            let key = text.get(range.start..range.end).unwrap_or_default();
            let first = text.find(key).unwrap_or(range.start);
            syntax::duplicate_key(span, locate(first, first + key.len()), key)
        }
        None => syntax::toml(span, cause),
    }
}

fn table(table: &DeTable<'_>, path: &str, index: &mut Index) -> Value {
    let mut fields = Mapping::new();
    for (key, node) in table {
        let path = join(path, key.get_ref());
        let place = Place { key: range(key), value: range(node) };
        let value = self::value(node.get_ref(), &path, index);
        index.insert(path, place);
        fields.insert(Value::String(key.get_ref().to_string()), value);
    }
    Value::Mapping(fields)
}

fn range<T>(spanned: &Spanned<T>) -> (usize, usize) {
    (spanned.span().start, spanned.span().end)
}

fn value(node: &DeValue<'_>, path: &str, index: &mut Index) -> Value {
    match node {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Integer(number) => integer(number),
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().map_or(Value::Null, |number| Value::Number(number.into()))
        }
        DeValue::Array(items) => {
            let item = |(number, item): (usize, &Spanned<DeValue<'_>>)| {
                let path = format!("{path}[{number}]");
                let value = value(item.get_ref(), &path, index);
                index.insert(path, Place { key: range(item), value: range(item) });
                value
            };
            Value::Sequence(items.iter().enumerate().map(item).collect())
        }
        DeValue::Table(inner) => table(inner, path, index),
    }
}

fn integer(number: &toml::de::DeInteger<'_>) -> Value {
    i64::from_str_radix(number.as_str(), number.radix())
        .map_or_else(|_| Value::String(number.as_str().to_owned()), |number| Value::Number(number.into()))
}
