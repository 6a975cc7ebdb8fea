//! Main figures: two to six numbers, large, each with its unit and what it compares with.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::options::options;
use super::rows::{number_cell, period_text};
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::formula::{self, Figure, Filter};
use crate::diagnostic::panel as findings;
use crate::locale::{Localized, Period};
use crate::panel::dataset::bare;
use crate::parse::Formula;

kind! {
    /// Two to six numbers that sum a matter up.
    ///
    /// ```yaml
    /// kind: kpi
    /// title: 医師の6割が、熊本市で働いている
    /// items:
    ///   - {label: 医師の数, value: "physicians[kumamoto]", note: 2018年}
    ///   - {label: 熊本市の割合, value: "physicians[kumamoto-city] / physicians[kumamoto] | percent"}
    /// ```
    Kpi
}

options! {
    /// The options of main figures.
    Options {
        /// The figures: two to six of them.
        #[schemars(extend("x-ja" = "数値。二つから六つ。"))]
        #[schemars(length(min = 2, max = 6))]
    items: Vec<ItemOptions>,
    }
}

/// One figure as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemOptions {
    /// What it is.
    #[schemars(extend("x-ja" = "何の数値か。"))]
    label: Localized,
    /// The formula that gives it.
    #[schemars(extend("x-ja" = "値を求める式。"))]
    value: String,
    /// What it is counted in; that of the indicator where nothing is said.
    #[schemars(extend("x-ja" = "単位。省けば指標の単位。"))]
    unit: Option<Localized>,
    /// What is said below it.
    #[schemars(extend("x-ja" = "添えることば。"))]
    note: Option<Localized>,
}

/// One figure as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is.
    pub label: String,
    /// The tag for `lang` where the label is in another language.
    pub label_lang: Option<String>,
    /// The number, or the sign of the reason for which there is none.
    pub number: String,
    /// What it is counted in.
    pub unit: String,
    /// The tag for `lang` where the unit is in another language.
    pub unit_lang: Option<String>,
    /// What it compares with.
    pub note: String,
    /// The tag for `lang` where the note is in another language.
    pub note_lang: Option<String>,
}

impl Kind for Kpi {
    fn name(&self) -> &'static str {
        "kpi"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Kpi::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        if !(2..=6).contains(&options.items.len()) {
            reader.report(findings::wrong_number_of_items(reader.spans.key("items"), options.items.len()));
        }
        let figures: Vec<Option<(Item, Figure)>> =
            options.items.iter().enumerate().map(|(number, item)| figure(reader, number, item)).collect();
        let figures: Vec<(Item, Figure)> = figures.into_iter().collect::<Option<_>>()?;
        let first = figures.first()?;
        let wording = reader.wording();
        let sentence = |key: &str, item: &Item| {
            let value = wording.with_unit(&item.number, &item.unit);
            wording.say(key, &[("label", &item.label), ("value", &value)])
        };
        let sentences: Vec<String> = figures.iter().map(|(item, _)| sentence("kpi-sentence", item)).collect();
        let title = sentence("finding-value", &first.0);
        let caption = options.title.as_ref().map_or(title.clone(), |title| reader.fill(title, "title").text);
        Some(Draft {
            common: options.common(),
            title,
            subtitle: subtitle(reader, &figures),
            alt: join_sentences(&sentences, wording),
            notes: Vec::new(),
            indicators: figures
                .iter()
                .flat_map(|(_, figure)| &figure.value.inputs)
                .map(|input| input.indicator.clone())
                .collect(),
            table: table(reader, caption, &figures),
            dataset: dataset(reader, &figures),
            graphic: Graphic::Items { items: figures.into_iter().map(|(item, _)| item).collect() },
        })
    }
}

fn figure(reader: &mut Reader<'_>, number: usize, options: &ItemOptions) -> Option<(Item, Figure)> {
    let path = |field: &str| format!("items[{number}].{field}");
    let formula = formula_at(reader, &path("value"), &options.value);
    let label = reader.fill(&options.label, &path("label"));
    let note = options.note.as_ref().map(|note| reader.fill(note, &path("note"))).unwrap_or_default();
    let unit = options.unit.as_ref().map(|unit| reader.fill(unit, &path("unit")));
    let figure = formula::evaluate(&formula, reader.context.data).take(&mut reader.findings)?;
    let Some(unit) = unit.or_else(|| own_unit(reader, &figure)) else {
        reader.report(findings::panel_without_unit(formula.span));
        return None;
    };
    let item = Item {
        label: label.text,
        label_lang: label.lang,
        number: number_text(reader, &figure),
        unit: unit.text,
        unit_lang: unit.lang,
        note: note.text,
        note_lang: note.lang,
    };
    Some((item, figure))
}

/// The formula at `path`. An `=` before it and backquotes around it, as in prose, are understood.
fn formula_at(reader: &Reader<'_>, path: &str, text: &str) -> Formula {
    let inner = text.trim().trim_matches('`').trim();
    let inner = inner.strip_prefix('=').unwrap_or(inner).trim();
    let span = reader.spans.value(path);
    let at = reader.spans.source(path).find(inner).unwrap_or_default();
    let span = crate::diagnostic::Span::new(&span.path, span.start + at, span.start + at + inner.len());
    Formula { text: inner.to_owned(), span }
}

/// The unit that a value brings along.
fn own_unit(reader: &Reader<'_>, figure: &Figure) -> Option<Text> {
    let wording = reader.wording();
    if figure.has(Filter::Percent) {
        return Some(Text { text: wording.with_unit("", "%"), lang: None });
    }
    figure.value.unit.as_ref().map(|unit| Text::of(unit, wording))
}

/// The number alone: its unit stands beside it.
fn number_text(reader: &Reader<'_>, figure: &Figure) -> String {
    let locale = reader.wording().locale;
    match figure.rounded() {
        Ok(number) if figure.has(Filter::Percent) => {
            if figure.has(Filter::Signed) {
                locale.signed(number)
            } else {
                locale.number(number)
            }
        }
        _ => {
            let filters = figure.filters.iter().filter(|filter| **filter != Filter::Unit).copied().collect();
            Figure { value: figure.value.clone(), filters }.print(reader.wording())
        }
    }
}

/// The period, where all figures are of one; and the area, where all are of one.
fn subtitle(reader: &Reader<'_>, figures: &[(Item, Figure)]) -> String {
    let wording = reader.wording();
    let inputs = || figures.iter().flat_map(|(_, figure)| &figure.value.inputs);
    let periods: BTreeSet<Period> = inputs().map(|input| input.period).collect();
    let entities: BTreeSet<&str> = inputs().map(|input| input.entity.as_str()).collect();
    let only = |count: usize, text: Option<String>| text.filter(|_| count == 1);
    let period = only(periods.len(), periods.first().map(|period| period_text(*period, wording)));
    let area = only(
        entities.len(),
        entities.first().and_then(|id| reader.context.data.area(id)).map(|area| wording.text(&area.name).to_owned()),
    );
    match (area, period) {
        (Some(area), Some(period)) => wording.say("area-and-period", &[("area", &area), ("period", &period)]),
        (area, period) => area.or(period).unwrap_or_default(),
    }
}

fn table(reader: &Reader<'_>, caption: String, figures: &[(Item, Figure)]) -> Grid {
    let wording = reader.wording();
    let column = |key: &str, numeric| Column { label: wording.say(key, &[]), numeric, lang: None };
    let with_notes = figures.iter().any(|(item, _)| !item.note.is_empty());
    let mut columns = vec![column("column-item", false), column("column-value", true), column("unit", false)];
    if with_notes {
        columns.push(column("note", false));
    }
    let row = |(item, figure): &(Item, Figure)| {
        let amount = figure.rounded();
        let digits = amount.map(|number| number.scale()).unwrap_or_default();
        let mut cells = vec![
            number_cell(item.number.clone(), amount, digits),
            GridCell { text: item.unit.clone(), lang: item.unit_lang.clone(), ..GridCell::default() },
        ];
        if with_notes {
            cells.push(GridCell { text: item.note.clone(), lang: item.note_lang.clone(), ..GridCell::default() });
        }
        Line { label: item.label.clone(), lang: item.label_lang.clone(), cells, highlight: false }
    };
    Grid { caption, columns, rows: figures.iter().map(row).collect() }
}

fn dataset(reader: &Reader<'_>, figures: &[(Item, Figure)]) -> Dataset {
    let wording = reader.wording();
    let heads = ["column-item", "column-value", "unit", "dataset-note"].map(|key| wording.say(key, &[])).to_vec();
    let row = |(item, figure): &(Item, Figure)| {
        let value = figure.rounded().map(|number| bare(number, number.scale())).unwrap_or_default();
        vec![item.label.clone(), value, item.unit.clone(), item.note.clone()]
    };
    Dataset { heads, rows: figures.iter().map(row).collect() }
}
