//! Views without the fields that their template does not name: to give a template a field costs more than to read it.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The fields that a template may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// Any: it looks for fields in ways that do not tell their names.
    All,
    /// Those whose names stand in it.
    These(IndexSet<String, FxBuildHasher>),
}

impl Names {
    /// The names in the text of a template.
    pub fn of(text: &str) -> Names {
        let mut names = IndexSet::default();
        for code in code(text) {
            if looks_further(code) {
                return Names::All;
            }
            names.extend(words(code).map(str::to_owned));
        }
        Names::These(names)
    }

    /// The names in any of the files that a template is made of.
    pub fn of_all<'n>(files: impl Iterator<Item = &'n Names>) -> Names {
        let mut all = IndexSet::default();
        for names in files {
            let Names::These(names) = names else { return Names::All };
            all.extend(names.iter().cloned());
        }
        Names::These(all)
    }

    fn hold(&self, name: &str) -> bool {
        match self {
            Names::All => true,
            Names::These(names) => names.contains(name),
        }
    }
}

/// What stands between the braces of a template.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let begun = text.split("{%").flat_map(|rest| rest.split("{{")).skip(1);
    begun.map(|rest| &rest[..end(rest)])
}

/// Where code ends that has begun.
fn end(code: &str) -> usize {
    let (mut quote, mut depth) = (None, 0);
    for (place, character) in code.char_indices() {
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return place,
            (None, '}') => depth -= 1,
            (None, _) => {}
        }
    }
    code.len()
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The words of code, in quotes or not.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character| !is_of_word(character)).filter(|word| !word.is_empty())
}

/// Whether code may read a field that it does not name: one of a computed name, or each in turn.
fn looks_further(code: &str) -> bool {
    const FILTERS: [&str; 6] = ["get", "keys", "values", "pairs", "str", "json_encode"];
    let is_filtered = |filter: &str| around(code, filter).any(|(before, _)| before.trim_end().ends_with('|'));
    code.contains("__tera_context")
        || FILTERS.into_iter().any(is_filtered)
        || code.match_indices('[').any(|(place, _)| is_computed(&code[..place], &code[place + 1..]))
        || around(code, "view").any(|(before, after)| is_whole(before, after))
        || around(code, " in ").any(|(before, _)| is_pair(before))
        || around(code, "attribute").any(|(_, after)| is_computed_text(after))
}

/// What stands before and after each place of `what`.
fn around<'c>(code: &'c str, what: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
    code.match_indices(what).map(|(place, _)| (&code[..place], &code[place + what.len()..]))
}

/// Whether a bracket between these is no list, and holds no text or number.
fn is_computed(before: &str, within: &str) -> bool {
    let begins_list =
        ["in", "and", "or", "not", "if", "elif", "else"].contains(&words(before).last().unwrap_or_default());
    let follows_value = before.trim_end().ends_with(|c| is_of_word(c) || matches!(c, ')' | ']' | '?'));
    let within = within.trim_start();
    let is_number =
        within.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | ':')) || within.starts_with("loop.");
    follows_value && !begins_list && !is_number && !is_quoted(within)
}

/// Whether a view between these is taken as it is, not for one of its fields.
fn is_whole(before: &str, after: &str) -> bool {
    !before.ends_with(|c| is_of_word(c) || c == '.') && !after.starts_with(|c| is_of_word(c) || matches!(c, '.' | '?'))
}

/// Whether this begins to go through names and fields together.
fn is_pair(before: &str) -> bool {
    words(before).next() == Some("for") && before.contains(',')
}

/// Whether an argument is given here that is no text in quotes.
fn is_computed_text(after: &str) -> bool {
    after.trim_start().strip_prefix('=').is_some_and(|argument| !is_quoted(argument))
}

fn is_quoted(text: &str) -> bool {
    text.trim_start().starts_with(['"', '\'', '`'])
}

/// A value of which only those fields are written that are named.
pub struct Sparing<'n, T: ?Sized> {
    names: &'n Names,
    value: &'n T,
}

impl<'n, T: ?Sized> Sparing<'n, T> {
    /// What `names` leave of a value. Values that are in the form in which templates take them are left whole.
    pub fn new(names: &'n Names, value: &'n T) -> Sparing<'n, T> {
        Sparing { names, value }
    }
}

impl<T: Serialize + ?Sized> Serialize for Sparing<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Sieve { names: self.names, inner: serializer })
    }
}

/// A serializer, or a part of one, that leaves out fields that are not named.
struct Sieve<'n, S> {
    names: &'n Names,
    inner: S,
}

impl<'n, S> Sieve<'n, S> {
    fn sparing<'v, T: ?Sized>(&self, value: &'v T) -> Sparing<'v, T>
    where
        'n: 'v,
    {
        Sparing { names: self.names, value }
    }
}

/// Methods for what has no fields: handed on.
macro_rules! plain {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method(self, $($argument: $type),*) -> Result<S::Ok, S::Error> {
            self.inner.$method($($argument),*)
        })*
    };
}

/// Methods for what holds several values: what they give leaves out fields too.
macro_rules! compound {
    ($($method:ident($($argument:ident: $type:ty),*) -> $part:ident;)*) => {
        $(fn $method(self, $($argument: $type),*) -> Result<Self::$part, S::Error> {
            Ok(Sieve { names: self.names, inner: self.inner.$method($($argument),*)? })
        })*
    };
}

impl<'n, S: Serializer> Serializer for Sieve<'n, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Sieve<'n, S::SerializeSeq>;
    type SerializeTuple = Sieve<'n, S::SerializeTuple>;
    type SerializeTupleStruct = Sieve<'n, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Sieve<'n, S::SerializeTupleVariant>;
    type SerializeMap = Sieve<'n, S::SerializeMap>;
    type SerializeStruct = Sieve<'n, S::SerializeStruct>;
    type SerializeStructVariant = Sieve<'n, S::SerializeStructVariant>;

    plain! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_i128(v: i128);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_u128(v: u128);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_str(v: &str);
        serialize_bytes(v: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    compound! {
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeTupleVariant;
        serialize_map(len: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let value = self.sparing(value);
        self.inner.serialize_some(&value)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        let value = self.sparing(value);
        self.inner.serialize_newtype_struct(name, &value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = self.sparing(value);
        self.inner.serialize_newtype_variant(name, index, variant, &value)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// The traits of lists and tuples: every element is written.
macro_rules! list {
    ($($trait:ident::$method:ident;)*) => {
        $(impl<S: $trait> $trait for Sieve<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                let value = self.sparing(value);
                self.inner.$method(&value)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        })*
    };
}

list! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

/// The traits of what has named fields: only those that are named are written.
macro_rules! fields {
    ($($trait:ident;)*) => {
        $(impl<S: $trait> $trait for Sieve<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
                if !self.names.hold(name) {
                    return self.inner.skip_field(name);
                }
                let value = self.sparing(value);
                self.inner.serialize_field(name, &value)
            }

            fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
                self.inner.skip_field(name)
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        })*
    };
}

fields! {
    SerializeStruct;
    SerializeStructVariant;
}

/// Whoever wrote a site or a theme chose the keys of a map: they are all written.
impl<S: SerializeMap> SerializeMap for Sieve<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let value = self.sparing(value);
        self.inner.serialize_value(&value)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{json, to_value};
    use tera::Value;

    use super::*;

    #[derive(Serialize)]
    struct Card {
        title: &'static str,
        date: Option<Day>,
        parts: Vec<Day>,
        extra: BTreeMap<&'static str, Day>,
        shown: Value,
        pair: (Day, u8),
        kind: Kind,
    }

    #[derive(Serialize, Clone, Copy)]
    struct Day {
        iso: &'static str,
        long: &'static str,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Of { iso: u8, other: u8 },
    }

    const DAY: Day = Day { iso: "2026-11-22", long: "22 November 2026" };

    fn card() -> Card {
        let extra = BTreeMap::from([("what somebody wrote", DAY)]);
        let (date, parts, shown) = (Some(DAY), vec![DAY, DAY], Value::from_serializable(&DAY));
        Card { title: "A", date, parts, extra, shown, pair: (DAY, 1), kind: Kind::Of { iso: 1, other: 2 } }
    }

    #[test]
    fn fields_that_no_template_names_are_left_out_at_any_depth() {
        let names = [
            Names::of("{{ card.date.iso }}{% for part in card.parts %}"),
            Names::of("{{ card.extra }}{{ card.pair }}{{ x.kind }}"),
        ];
        let names = Names::of_all(names.iter());
        let day = json!({"iso": "2026-11-22"});
        let expected = json!({
            "date": day, "parts": [day, day], "extra": {"what somebody wrote": day}, "pair": [day, 1], "kind": {"of": {"iso": 1}},
        });
        assert_eq!(to_value(Sparing::new(&names, &card())).expect("JSON"), expected);
        let all = Names::of("{{ view | keys }}");
        assert_eq!(to_value(Sparing::new(&all, &card())).expect("JSON"), to_value(card()).expect("JSON"));
    }

    #[test]
    fn what_is_ready_for_templates_is_left_whole() {
        let given = Value::from_serializable(&Sparing::new(&Names::of("{{ card.shown.iso }}"), &card()));
        let shown = given.get_from_path("shown.long").and_then(Value::as_str);
        assert_eq!((shown, given.as_map().map(|fields| fields.len())), (Some("22 November 2026"), Some(1)));
    }

    #[test]
    fn all_fields_are_given_where_a_template_does_not_tell_which_it_reads() {
        let tells = |text: &str| Names::of(text) != Names::All;
        for text in [
            "{{ view.page.title }} {{ view?.page }} viewport [x] {{ cards[0].title }}{{ a['title'] }} {{ words[\"x\"] }}{{ a[loop.index0] }}",
            "{% for card in view.pages %}{{ card.preview }}{% endfor %}{% if x in [a, b] and not c %}{% endif %}",
            "{% for a in b %}{{ f(x={\"a\": {\"b\": c}}, y=1) }}{{ a | sort(attribute=\"date\") }}{{ a[-1] }}",
            "{{ \"}} [\" ~ preview }}{{ a[1:2] }} {# view #}",
        ] {
            assert!(tells(text), "{text}");
        }
        for text in [
            "{{ view }}",
            "{% if x in view[y] %}",
            "{% set all = view %}",
            "{{view|length}}",
            "{{ f(of=view) }}",
            "{% for name, field in card %}",
            "{%- for name,field in card -%}",
            "{{ card[name] }}",
            "{{ card [name] }}",
            "{{ f(x)[name] }}",
            "{{ card?[name] }}",
            "{{ card | get(key=name) }}",
            "{{ card | keys }}",
            "{{ card | values }}",
            "{{ card | pairs }}",
            "{{ card | str }}",
            "{{ __tera_context }}",
            "{{ cards | sort(attribute=name) }}",
            "{{ cards | group_by(attribute = name) }}",
            "{{ f(x={\"a\": {\"b\": 1}}, y=view) }}",
        ] {
            assert!(!tells(text), "{text}");
        }
    }
}
