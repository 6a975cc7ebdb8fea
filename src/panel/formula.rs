//! Formulas: how a figure is worked out, what each symbol means, and the same with the site's own figures.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::options::options;
use super::rows::number_cell;
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::formula::{self, Figure, Filter};
use crate::diagnostic::{Span, map as findings};
use crate::locale::Localized;
use crate::panel::dataset::bare;
use crate::parse::Formula as Written;
use crate::parse::markdown::math;

kind! {
    /// A formula, what each of its symbols means, and an example with figures of the site.
    ///
    /// ```yaml
    /// kind: formula
    /// formula: 'k = \frac{A + I - O}{A}'
    /// symbols:
    ///   - {symbol: k, name: 調整係数}
    ///   - {symbol: A, name: 患者の数, unit: 千人/日}
    /// ```
    ///
    /// Formulas are LaTeX between single quotes. A symbol may have a `value`, which is a formula of Kairan and brings its
    /// unit along. The example is LaTeX too, with values in it.
    Formula
}

options! {
    /// The options of formulas.
    Options {
        /// The formula in LaTeX.
        #[schemars(extend("x-ja" = "式（LaTeX）。"))]
        formula: String,
        /// What its symbols mean.
        #[schemars(extend("x-ja" = "式に出てくる記号の意味。"))]
        #[schemars(length(min = 1, max = 24))]
        symbols: Vec<SymbolOptions>,
        /// The formula with figures in the place of symbols, in LaTeX. May hold values.
        #[schemars(extend("x-ja" = "記号に数を入れた計算の例（LaTeX）。値を入れられる。"))]
        example: Option<Localized>,
    }
}

/// A symbol as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SymbolOptions {
    /// The symbol in LaTeX.
    #[schemars(extend("x-ja" = "記号（LaTeX）。"))]
    symbol: String,
    /// What it means.
    #[schemars(extend("x-ja" = "意味。"))]
    name: Localized,
    /// What it is counted in; that of the value where nothing is said.
    #[schemars(extend("x-ja" = "単位。省けば値の単位。"))]
    unit: Option<Localized>,
    /// A formula of Kairan that gives its value.
    #[schemars(extend("x-ja" = "値を求める Kairan の式。"))]
    value: Option<String>,
}

/// The most symbols of a formula.
const MOST_SYMBOLS: usize = 24;

/// A formula as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The formula as MathML.
    pub formula: String,
    /// The example as MathML.
    pub example: Option<String>,
    /// What the symbols mean.
    pub symbols: Vec<Symbol>,
}

/// What a symbol means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Symbol {
    /// The symbol as MathML.
    pub symbol: String,
    /// What it means.
    pub name: String,
    /// The tag for `lang` where the name is in another language.
    pub name_lang: Option<String>,
    /// What it is counted in.
    pub unit: String,
    /// The tag for `lang` where the unit is in another language.
    pub unit_lang: Option<String>,
    /// Its value with its unit, where it has one.
    pub value: String,
}

impl Kind for Formula {
    fn name(&self) -> &'static str {
        "formula"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Formula::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        if options.symbols.is_empty() || options.symbols.len() > MOST_SYMBOLS {
            let span = reader.spans.key("symbols");
            reader.report(findings::wrong_number_of_symbols(span, options.symbols.len(), MOST_SYMBOLS));
            return None;
        }
        let formula = mathml(reader, &options.formula, "formula", true);
        let read: Vec<Option<Read>> =
            options.symbols.iter().enumerate().map(|(number, symbol)| read(reader, number, symbol)).collect();
        let example = match &options.example {
            None => None,
            Some(example) => {
                let text = reader.fill(example, "example").text;
                Some(mathml(reader, &text, "example", true)?)
            }
        };
        let (formula, read) = (formula?, read.into_iter().collect::<Option<Vec<Read>>>()?);
        let title = title(reader, &read);
        let indicators: BTreeSet<String> = read
            .iter()
            .filter_map(|read| read.figure.as_ref())
            .flat_map(|figure| &figure.value.inputs)
            .map(|input| input.indicator.clone())
            .collect();
        Some(Draft {
            common: options.common(),
            alt: alternative(reader, &title, &read),
            subtitle: String::new(),
            notes: Vec::new(),
            indicators,
            table: table(reader, title.clone(), &read),
            dataset: dataset(reader, &read),
            title,
            graphic: Graphic::Formula(Shown {
                formula,
                example,
                symbols: read.into_iter().map(|read| read.symbol).collect(),
            }),
        })
    }
}

/// A symbol, with what is needed to tell of it.
struct Read {
    symbol: Symbol,
    latex: String,
    figure: Option<Figure>,
}

/// LaTeX as MathML; findings where it is none.
fn mathml(reader: &mut Reader<'_>, latex: &str, path: &str, display: bool) -> Option<String> {
    let span = reader.spans.value(path);
    // The place within the text, where it is written as it is read.
    let at = |range: std::ops::Range<usize>| {
        let start = reader.spans.source(path).find(latex);
        start.map_or(span.clone(), |start| {
            Span::new(&span.path, span.start + start + range.start, span.start + start + range.end)
        })
    };
    if let Some(word) = math::japanese_outside_of_text(latex) {
        let finding = findings::words_in_formula(at(word.clone()), latex.get(word).unwrap_or_default());
        reader.report(finding);
        return None;
    }
    match math::convert(latex, display) {
        Ok(mathml) => Some(mathml),
        Err(error) => {
            let finding = findings::bad_formula(at(error.range), &error.cause);
            reader.report(finding);
            None
        }
    }
}

fn read(reader: &mut Reader<'_>, number: usize, options: &SymbolOptions) -> Option<Read> {
    let path = |field: &str| format!("symbols[{number}].{field}");
    let symbol = mathml(reader, &options.symbol, &path("symbol"), false);
    let name = reader.fill(&options.name, &path("name"));
    let unit = options.unit.as_ref().map(|unit| reader.fill(unit, &path("unit")));
    let figure = match &options.value {
        None => None,
        Some(value) => Some(figure(reader, value, &path("value"))?),
    };
    let wording = reader.wording();
    let own = figure.as_ref().and_then(|figure| figure.value.unit.as_ref()).map(|unit| Text::of(unit, wording));
    let unit = unit.or(own).unwrap_or_default();
    let value = figure.as_ref().map(|figure| {
        let filters = figure.filters.iter().filter(|filter| **filter != Filter::Unit).copied().collect();
        let number = Figure { value: figure.value.clone(), filters }.print(wording);
        let whole = figure.has(Filter::Percent) || figure.value.amount.is_err();
        if whole { number } else { wording.with_unit(&number, &unit.text) }
    });
    let symbol = Symbol {
        symbol: symbol?,
        name: name.text,
        name_lang: name.lang,
        unit: unit.text,
        unit_lang: unit.lang,
        value: value.unwrap_or_default(),
    };
    Some(Read { symbol, latex: options.symbol.clone(), figure })
}

/// The figure that a formula of Kairan gives.
fn figure(reader: &mut Reader<'_>, text: &str, path: &str) -> Option<Figure> {
    let span = reader.spans.value(path);
    let inner = text.trim();
    let at = reader.spans.source(path).find(inner).unwrap_or_default();
    let span = Span::new(&span.path, span.start + at, span.start + at + inner.len());
    let written = Written { text: inner.to_owned(), span };
    formula::evaluate(&written, reader.context.data).take(&mut reader.findings)
}

/// How the first symbol, which the formula is for, is worked out.
fn title(reader: &Reader<'_>, read: &[Read]) -> String {
    let wording = reader.wording();
    let Some(first) = read.first() else { return String::new() };
    if first.symbol.value.is_empty() {
        return wording.say("formula-title", &[("name", &first.symbol.name)]);
    }
    wording.say("finding-value", &[("label", &first.symbol.name), ("value", &first.symbol.value)])
}

fn alternative(reader: &Reader<'_>, title: &str, read: &[Read]) -> String {
    let wording = reader.wording();
    let sentence = |read: &Read| {
        let symbol = read.latex.replace(['\\', '{', '}', '_', '^'], "");
        wording.say("formula-sentence", &[("symbol", symbol.trim()), ("name", &read.symbol.name)])
    };
    let sentences: Vec<String> = read.iter().map(sentence).collect();
    wording.say("formula-alternative", &[("title", title), ("sentences", &join_sentences(&sentences, wording))])
}

fn table(reader: &Reader<'_>, caption: String, read: &[Read]) -> Grid {
    let wording = reader.wording();
    let column = |key: &str, numeric| Column { label: wording.say(key, &[]), numeric, lang: None };
    let with_values = read.iter().any(|read| read.figure.is_some());
    let mut columns = vec![column("formula-meaning", false), column("unit", false)];
    columns.extend(with_values.then(|| column("column-value", true)));
    let row = |read: &Read| {
        let unit =
            GridCell { text: read.symbol.unit.clone(), lang: read.symbol.unit_lang.clone(), ..GridCell::default() };
        let value = with_values.then(|| match &read.figure {
            Some(figure) => {
                let amount = figure.rounded();
                let digits = amount.map(|number| number.scale()).unwrap_or_default();
                number_cell(read.symbol.value.clone(), amount, digits)
            }
            None => GridCell::default(),
        });
        Line {
            label: read.symbol.name.clone(),
            lang: read.symbol.name_lang.clone(),
            cells: std::iter::once(unit).chain(value).collect(),
            highlight: false,
        }
    };
    Grid { caption, columns, rows: read.iter().map(row).collect() }
}

fn dataset(reader: &Reader<'_>, read: &[Read]) -> Dataset {
    let wording = reader.wording();
    let heads = ["formula-symbol", "formula-meaning", "column-value", "unit"];
    let row = |read: &Read| {
        let amount = read.figure.as_ref().and_then(|figure| figure.rounded().ok());
        let value = amount.map(|number| bare(number, number.scale())).unwrap_or_default();
        vec![read.latex.clone(), read.symbol.name.clone(), value, read.symbol.unit.clone()]
    };
    Dataset { heads: heads.map(|key| wording.say(key, &[])).to_vec(), rows: read.iter().map(row).collect() }
}
