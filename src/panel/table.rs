//! Tables: areas down, periods or indicators across, with change and rate worked out.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::options::options;
use super::rows::{Course, Entity, cell, entity_head, number_cell, period_text, value_cell, value_with_unit};
use super::{Column, Dataset, Draft, Graphic, Grid, GridCell, Kind, Line, Reader, finding, kind};
use crate::derive::{Wording, rounded};
use crate::diagnostic::{data as data_findings, panel as findings};
use crate::locale::Period;
use crate::model::indicator::{Cell, Indicator};

use rust_decimal::Decimal;

kind! {
    /// Areas or hospitals down, periods or indicators across.
    ///
    /// ```yaml
    /// kind: table
    /// indicator: physicians
    /// areas: [jp, kumamoto, outside]
    /// periods: [2008, 2018]
    /// columns: [change, rate]
    /// highlight: outside
    /// ```
    Table
}

options! {
    /// The options of tables.
    Options {
        /// The indicator that is shown.
        #[schemars(extend("x-ja" = "表にする指標の id。"))]
        indicator: Option<String>,
        /// Or several indicators.
        #[schemars(extend("x-ja" = "または、いくつかの指標の id。"))]
        indicators: Option<Vec<String>>,
        /// Its areas or hospitals; all of them where nothing is said.
        #[schemars(extend("x-ja" = "行にする地域か病院。省けばすべて。"))]
        areas: Option<Vec<String>>,
        /// Its periods; all of them where nothing is said.
        #[schemars(extend("x-ja" = "列にする時点。省けばすべて。"))]
        periods: Option<Vec<Period>>,
        #[serde(default)]
        /// Columns that are worked out.
        #[schemars(extend("x-ja" = "計算して加える列。"))]
        columns: Vec<Derived>,
        /// The row that matters here.
        #[schemars(extend("x-ja" = "目立たせる行。"))]
        highlight: Option<String>,
    }
}

/// A column that is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Derived {
    /// The last value minus the first.
    #[schemars(extend("x-ja" = "最後の値から最初の値を引いた増減"))]
    Change,
    /// That as a part of the first, in per cent.
    #[schemars(extend("x-ja" = "最初の値に対する増減の割合（％）"))]
    Rate,
}

impl Kind for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Table::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let blocks = blocks(reader, &options)?;
        let indicators: Vec<&Indicator> = blocks.iter().map(|block| block.indicator).collect();
        let over = indicators.first()?.over;
        let entities = reader.entities(options.areas.as_deref(), &indicators);
        let highlight = reader.highlight(options.highlight.as_deref(), over, &entities);
        let cells = || entities.iter().flat_map(|entity| blocks.iter().flat_map(|block| block.cells(entity.id)));
        if !cells().any(|(_, cell)| cell.amount.is_ok()) {
            reader.report_no_values();
            return None;
        }
        let subject = entities.iter().find(|entity| Some(entity.id) == highlight).or(entities.first())?;
        let wording = reader.wording();
        let title = title(reader, &blocks, &entities, subject, highlight.is_some()).unwrap_or_default();
        let caption = caption(&blocks, wording);
        let sheet = Sheet { blocks: &blocks, derived: &options.columns, entities: &entities, highlight, wording };
        let notes = reader.notes_on(sheet.cells());
        Some(Draft {
            common: options.common(),
            title,
            subtitle: subtitle(&blocks, &caption, wording),
            alt: caption.clone(),
            notes,
            indicators: indicators.iter().map(|indicator| indicator.id.clone()).collect(),
            table: sheet.grid(caption),
            dataset: sheet.dataset(entity_head(over)),
            graphic: Graphic::Table {},
        })
    }
}

/// An indicator with the periods that are shown of it.
struct Block<'d> {
    indicator: &'d Indicator,
    periods: Vec<Period>,
}

impl Block<'_> {
    /// The cells of a row. What the indicator does not have is not available.
    fn cells(&self, entity: &str) -> Vec<(Period, Cell)> {
        self.periods.iter().map(|period| (*period, cell(self.indicator, entity, *period))).collect()
    }
}

fn blocks<'r>(reader: &mut Reader<'r>, options: &Options) -> Option<Vec<Block<'r>>> {
    let mut ids: Vec<(&str, String)> =
        options.indicator.iter().map(|id| (id.as_str(), "indicator".to_owned())).collect();
    let several = options.indicators.iter().flatten().enumerate();
    ids.extend(several.map(|(number, id)| (id.as_str(), format!("indicators[{number}]"))));
    if ids.is_empty() {
        reader.report(findings::panel_without_indicator(reader.place()));
        return None;
    }
    let found: Vec<Option<&Indicator>> = ids.iter().map(|(id, path)| reader.indicator(id, path)).collect();
    let indicators: Vec<&Indicator> = found.into_iter().collect::<Option<_>>()?;
    if indicators.windows(2).any(|pair| pair[0].over != pair[1].over) {
        reader.report(findings::mixed_rows(reader.spans.value("indicators")));
        return None;
    }
    known_periods(reader, options, &indicators)?;
    let alone = indicators.len() == 1;
    let blocks: Vec<Block<'r>> = indicators
        .into_iter()
        .map(|indicator| {
            let periods = match &options.periods {
                Some(given) => given.clone(),
                None if alone => indicator.periods.clone(),
                None => indicator.latest().into_iter().collect(),
            };
            Block { indicator, periods }
        })
        .collect();
    if !options.columns.is_empty() && blocks.iter().any(|block| block.periods.len() < 2) {
        reader.report(findings::change_without_periods(reader.spans.value("columns")));
        return None;
    }
    Some(blocks)
}

/// Every period asked for must be one of some indicator.
fn known_periods(reader: &mut Reader<'_>, options: &Options, indicators: &[&Indicator]) -> Option<()> {
    let mut all_known = Some(());
    for (number, period) in options.periods.iter().flatten().enumerate() {
        if !indicators.iter().any(|indicator| indicator.periods.contains(period))
            && let Some(first) = indicators.first()
        {
            let known: Vec<String> = first.periods.iter().map(Period::to_string).collect();
            let span = reader.spans.value(&format!("periods[{number}]"));
            reader.report(data_findings::unknown_period(span, &first.id, &period.to_string(), &known));
            all_known = None;
        }
    }
    all_known
}

/// Of the highlighted row, what became of it; of one period among equals, which is highest.
fn title(
    reader: &Reader<'_>,
    blocks: &[Block<'_>],
    entities: &[Entity<'_>],
    subject: &Entity<'_>,
    highlighted: bool,
) -> Option<String> {
    let block = blocks.first()?;
    let wording = reader.wording();
    let mut cells = block.cells(subject.id);
    cells.sort_by_key(|(period, _)| *period);
    if !highlighted
        && let [period] = block.periods[..]
        && are_alike(reader, entities)
        && let Some((entity, cell)) = highest(block, entities, period)
    {
        let value = value_with_unit(cell.amount, block.indicator, wording);
        return Some(wording.say("finding-highest", &[("area", &entity.name.text), ("value", &value)]));
    }
    finding::course(subject, &cells, block.indicator, wording)
}

/// Whether a comparison of all would be one of like with like: a country is always ahead of its prefectures.
fn are_alike(reader: &Reader<'_>, entities: &[Entity<'_>]) -> bool {
    let mut kinds = entities.iter().map(|entity| reader.context.data.area(entity.id).map(|area| area.kind));
    let first = kinds.next();
    entities.len() > 1 && kinds.all(|kind| Some(kind) == first)
}

/// The one with the highest value, where it is only one.
fn highest<'e, 'd>(block: &Block<'_>, entities: &'e [Entity<'d>], period: Period) -> Option<(&'e Entity<'d>, Cell)> {
    let known = |entity: &'e Entity<'d>| {
        let cell = block.indicator.cell(entity.id, period)?;
        cell.amount.ok().map(|number| (number, entity, cell))
    };
    let mut ranked: Vec<(Decimal, &Entity<'_>, Cell)> = entities.iter().filter_map(known).collect();
    ranked.sort_by_key(|entry| std::cmp::Reverse(entry.0));
    match ranked[..] {
        [first, second, ..] if first.0 == second.0 => None,
        [first, ..] => Some((first.1, first.2)),
        [] => None,
    }
}

/// The names of the indicators; the unit with it where there is one indicator.
fn caption(blocks: &[Block<'_>], wording: Wording<'_>) -> String {
    match blocks {
        [block] => with_unit(block.indicator, wording),
        _ => {
            let names: Vec<String> =
                blocks.iter().map(|block| wording.text(&block.indicator.name).to_owned()).collect();
            wording.locale.list(&names)
        }
    }
}

/// `医療施設で働く医師（人）`
pub(super) fn with_unit(indicator: &Indicator, wording: Wording<'_>) -> String {
    let (name, unit) = (wording.text(&indicator.name), wording.text(&indicator.unit));
    if unit.is_empty() { name.to_owned() } else { wording.say("text-with-unit", &[("text", name), ("unit", unit)]) }
}

fn subtitle(blocks: &[Block<'_>], caption: &str, wording: Wording<'_>) -> String {
    let periods: Vec<Period> = blocks.iter().flat_map(|block| block.periods.iter().copied()).collect();
    let range = match (periods.iter().min(), periods.iter().max()) {
        (Some(first), Some(last)) if first == last => period_text(*first, wording),
        (Some(first), Some(last)) => {
            let (from, to) = (period_text(*first, wording), period_text(*last, wording));
            wording.say("period-range", &[("from", &from), ("to", &to)])
        }
        _ => return caption.to_owned(),
    };
    wording.say("area-and-period", &[("area", caption), ("period", &range)])
}

/// What the rows and columns of a table are made from.
struct Sheet<'s, 'd> {
    blocks: &'s [Block<'d>],
    derived: &'s [Derived],
    entities: &'s [Entity<'d>],
    highlight: Option<&'d str>,
    wording: Wording<'s>,
}

impl Sheet<'_, '_> {
    /// All cells, the derived ones too.
    fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.entities.iter().flat_map(move |entity| {
            self.blocks.iter().flat_map(move |block| {
                let cells = block.cells(entity.id);
                let derived = Course::of(&sorted(&cells)).into_iter().flat_map(move |course| {
                    self.derived.iter().map(move |derived| Cell { amount: derived.amount(&course), mark: None })
                });
                let derived: Vec<Cell> = derived.collect();
                cells.into_iter().map(|(_, cell)| cell).chain(derived)
            })
        })
    }

    fn grid(&self, caption: String) -> Grid {
        let over = self.blocks.first().map(|block| block.indicator.over).unwrap_or_default();
        let mut columns = vec![Column { label: self.wording.say(entity_head(over), &[]), numeric: false, lang: None }];
        columns.extend(self.blocks.iter().flat_map(|block| self.columns(block)));
        let row = |entity: &Entity<'_>| Line {
            label: entity.name.text.clone(),
            lang: entity.name.lang.clone(),
            cells: self.blocks.iter().flat_map(|block| self.line(block, entity)).collect(),
            highlight: self.highlight == Some(entity.id),
        };
        Grid { caption, columns, rows: self.entities.iter().map(row).collect() }
    }

    /// The heads of an indicator's columns. Where there are several indicators, each head says which it belongs to.
    fn columns(&self, block: &Block<'_>) -> Vec<Column> {
        let several = self.blocks.len() > 1;
        let name = several.then(|| with_unit(block.indicator, self.wording));
        let head = |label: String, of_all: bool| match &name {
            Some(name) if of_all => name.clone(),
            Some(name) => self.wording.say("area-and-period", &[("area", name), ("period", &label)]),
            None => label,
        };
        let lang = name.as_ref().and(self.wording.foreign(&block.indicator.name));
        let column = |label| Column { label, numeric: true, lang: lang.clone() };
        let alone = block.periods.len() == 1;
        let periods = block.periods.iter().map(|period| head(period_text(*period, self.wording), alone));
        let derived = self.derived.iter().map(|derived| head(self.wording.say(derived.key(), &[]), false));
        periods.chain(derived).map(column).collect()
    }

    fn line(&self, block: &Block<'_>, entity: &Entity<'_>) -> Vec<GridCell> {
        let cells = block.cells(entity.id);
        let values = cells.iter().map(|(_, cell)| value_cell(*cell, block.indicator, self.wording));
        let course = Course::of(&sorted(&cells));
        let derived =
            self.derived.iter().filter_map(|derived| Some(derived.cell(&course?, block.indicator, self.wording)));
        values.chain(derived).collect()
    }

    fn dataset(&self, entity_head: &str) -> Dataset {
        let mut dataset = Dataset::of_values(self.wording, entity_head);
        for block in self.blocks {
            for entity in self.entities {
                for (period, cell) in block.cells(entity.id) {
                    dataset.push_value(block.indicator, entity, period, cell, self.wording);
                }
            }
        }
        dataset
    }
}

/// By period: columns may stand in any order, but change runs with time.
fn sorted(cells: &[(Period, Cell)]) -> Vec<(Period, Cell)> {
    let mut cells = cells.to_vec();
    cells.sort_by_key(|(period, _)| *period);
    cells
}

impl Derived {
    fn key(self) -> &'static str {
        match self {
            Derived::Change => "change",
            Derived::Rate => "rate-of-change",
        }
    }

    fn amount(self, course: &Course) -> crate::model::indicator::Amount {
        match self {
            Derived::Change => course.change(),
            Derived::Rate => course.rate().map(|rate| rate.saturating_mul(Decimal::ONE_HUNDRED)),
        }
    }

    fn cell(self, course: &Course, indicator: &Indicator, wording: Wording<'_>) -> GridCell {
        let digits = match self {
            Derived::Change => indicator.precision,
            Derived::Rate => 1,
        };
        let amount = self.amount(course).map(|number| rounded(number, digits));
        let text = match (self, amount) {
            (Derived::Rate, Ok(rate)) => wording.locale.percent(rate),
            (_, amount) => wording.amount(amount, digits),
        };
        number_cell(text, amount, digits)
    }
}
