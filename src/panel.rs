//! Statistic panels: one anatomy for all kinds, each kind a file of its own.
//!
//! A kind reads its options, takes its figures from the data, and draws. What all panels have in common is made here
//! from its [`Draft`]: title, note, source, day, table, CSV and anchor. How a panel looks is a template of the theme.

use std::collections::BTreeSet;

use schemars::{Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::derive::{self, Wording};
use crate::diagnostic::{Checked, Diagnostic, Severity, Span, panel as findings};
use crate::draw::mark::Plot;
use crate::draw::svg::escaped;
use crate::locale::{DateStyle, Localized, Period, PeriodStyle};
use crate::model::data::Data;
use crate::model::freshness::Outdated;
use crate::model::indicator::Indicator;
use crate::parse::Fence;
use crate::parse::tree::{self, Spans};

pub mod bars;
pub mod dataset;
mod finding;
pub mod formula;
pub mod kpi;
mod lanes;
pub mod map;
pub mod matrix;
pub mod metadata;
pub mod multiples;
mod options;
pub mod pyramid;
pub mod rotation;
mod rows;
pub mod scatter;
pub mod share;
pub mod slope;
pub mod stack;
pub mod standalone;
pub mod table;
pub mod target;
pub mod timeline;
pub mod trend;

pub use dataset::Dataset;

/// All kinds, in the order of the manual.
pub const KINDS: &[&dyn Kind] = &[
    &kpi::Kpi,
    &trend::Trend,
    &bars::Bars,
    &slope::Slope,
    &stack::Stack,
    &pyramid::Pyramid,
    &target::Target,
    &matrix::Matrix,
    &timeline::Timeline,
    &rotation::Rotation,
    &map::Map,
    &table::Table,
    &multiples::Multiples,
    &share::Share,
    &scatter::Scatter,
    &formula::Formula,
];

/// A kind of panel.
pub trait Kind: Sync {
    /// What `kind:` calls it; also the name of its template.
    fn name(&self) -> &'static str;

    /// What a JSON Schema says of its options.
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema;

    /// What it is, in Markdown: its first paragraph says so in a sentence, which editors show. What its options are stands
    /// beside them; the manual takes its tables from there.
    fn manual(&self) -> &'static str;

    /// How it draws one area among several small drawings of the same sort. A kind that can be repeated says so here.
    fn repeated(&self) -> Option<multiples::Repeat> {
        None
    }

    /// Makes a panel from its options.
    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft>;
}

/// Names a kind and keeps its doc comment for [`Kind::manual`].
macro_rules! kind {
    ($(#[doc = $line:literal])+ $name:ident) => {
        $(#[doc = $line])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            const MANUAL: &str = concat!($($line, "\n"),+);
        }
    };
}
use kind;

/// What a panel is made from, besides its own YAML.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// The data of the site.
    pub data: &'c Data,
    /// The language in which the panel speaks.
    pub wording: Wording<'c>,
    /// The place of the panel among those of its page, from 1.
    pub number_on_page: usize,
}

/// A panel, but for what depends on the page that it stands on: its printed number, and the address of its CSV.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// Its anchor.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its title as text.
    pub title: String,
    /// Its title as HTML; the part in another language is marked.
    pub title_html: String,
    /// What is shown: measure, unit, period.
    pub subtitle: String,
    /// The tag for `lang` where the subtitle is in another language.
    pub subtitle_lang: Option<String>,
    /// What must be said about the figures.
    pub note: String,
    /// The tag for `lang` where the note is in another language.
    pub note_lang: Option<String>,
    /// Where they are from.
    pub source: String,
    /// The tag for `lang` where the source is in another language.
    pub source_lang: Option<String>,
    /// Of when they are.
    pub as_of: AsOf,
    /// The panel in words.
    pub alt: String,
    /// Its figures as a table.
    pub table: Grid,
    /// Whether the table is shown below the graphic; `false` where it is the graphic.
    pub show_table: bool,
    /// What is particular to the kind.
    pub graphic: Graphic,
    /// The rows of the CSV.
    #[serde(skip)]
    pub dataset: Dataset,
}

/// What templates receive of a panel besides itself: what depends on the page that it stands on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OnPage {
    /// Its printed number: `図1`.
    pub number: Option<String>,
    /// The level of its heading: 3 below a heading of the text, 2 before the first.
    pub level: u8,
    /// Its figures to download.
    pub csv: Option<Csv>,
    /// The address of its drawing as a file.
    pub svg: Option<String>,
    /// The address of a page of its own.
    pub alone: Option<String>,
}

/// Where the files of a panel are, as written on a page; those that are not made are missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addresses {
    /// The CSV.
    pub csv: Option<Csv>,
    /// The drawing.
    pub svg: Option<String>,
    /// The page of the panel alone.
    pub alone: Option<String>,
}

impl OnPage {
    /// With the printed number, the addresses of the files and the level of the heading.
    pub fn new(number: Option<String>, addresses: Addresses, level: u8) -> OnPage {
        let Addresses { csv, svg, alone } = addresses;
        OnPage { number, level, csv, svg, alone }
    }
}

/// The state of the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// For `datetime`.
    pub iso: String,
    /// For readers.
    pub long: String,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Csv {
    /// Its address as written on the page.
    pub href: String,
    /// Its size in words.
    pub size: String,
}

/// A table for readers: its first column names the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// What the table shows.
    pub caption: String,
    /// Its columns, that of the names included.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Line>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its head.
    pub label: String,
    /// Whether it holds numbers.
    pub numeric: bool,
    /// The tag for `lang` where the head is in another language.
    pub lang: Option<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// The tag for `lang` where the name is in another language.
    pub lang: Option<String>,
    /// Its cells.
    pub cells: Vec<GridCell>,
    /// Whether it is the one that matters here.
    pub highlight: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GridCell {
    /// What stands in it.
    pub text: String,
    /// The bare number, by which the column can be sorted.
    pub sort: Option<String>,
    /// Whether it is below zero.
    pub negative: bool,
    /// The tag for `lang` where the text is in another language.
    pub lang: Option<String>,
}

/// What a colour and a pattern mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyItem {
    /// Its classes: the colour, and the pattern.
    pub class: String,
    /// What it stands for.
    pub label: String,
    /// The tag for `lang` where that is in another language.
    pub lang: Option<String>,
}

/// What is particular to a kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Graphic {
    /// Main figures.
    Items {
        /// The figures.
        items: Vec<kpi::Item>,
    },
    /// A drawing.
    Drawing {
        /// What its colours and patterns mean, where no labels say so.
        key: Vec<KeyItem>,
        /// SVG that can stand in HTML as it is.
        svg: String,
        /// The classes of the element around it: its margins and height.
        classes: String,
        /// Where the values of the table are drawn, as [`Plot::values`] says it.
        values: String,
    },
    /// A table of flows: the table itself, with the shades of its numbers.
    Matrix {
        /// What the shades mean.
        shades: Vec<KeyItem>,
        /// For each row the classes of its cells.
        classes: Vec<Vec<String>>,
    },
    /// Who was there when: the table itself, with its signs.
    Timeline {
        /// Whether the rows are in groups.
        grouped: bool,
        /// What the signs mean.
        key: Vec<timeline::Mark>,
        /// The rows.
        lines: Vec<timeline::Row>,
    },
    /// Several small drawings, each with its heading.
    Multiples {
        /// The drawings.
        plots: Vec<multiples::Small>,
    },
    /// A formula, and what its symbols mean.
    Formula(formula::Shown),
    /// Courses week by week.
    Rotation {
        /// The courses.
        courses: Vec<rotation::CourseView>,
        /// What colours and patterns mean.
        key: Vec<KeyItem>,
    },
    /// The table itself.
    Table {},
}

impl Graphic {
    /// A drawing in an element of these classes.
    fn drawing(plot: &Plot, classes: String) -> Graphic {
        Graphic::with_key(plot, classes, Vec::new())
    }

    /// A drawing whose colours and patterns are told beside it.
    fn with_key(plot: &Plot, classes: String, key: Vec<KeyItem>) -> Graphic {
        Graphic::Drawing { key, svg: plot.svg(), classes, values: plot.values() }
    }

    /// Whether it can be drawn as an SVG file. Formulas are MathML, which programs for drawings don't know.
    pub fn has_file(&self) -> bool {
        !matches!(self, Graphic::Formula(_))
    }

    /// Whether the graphic shows all of the table, so that there is nothing to disclose below it.
    fn is_table(&self) -> bool {
        matches!(self, Graphic::Table {} | Graphic::Matrix { .. } | Graphic::Timeline { .. })
    }
}

/// What a kind contributes to a panel.
#[derive(Debug)]
pub struct Draft {
    /// The options that all kinds have.
    pub common: Common,
    /// The title, where none is given.
    pub title: String,
    /// The subtitle, where none is given.
    pub subtitle: String,
    /// The panel in words, where they are not given.
    pub alt: String,
    /// What is to be said in any case.
    pub notes: Vec<String>,
    /// The ids of the indicators and flow tables whose figures are shown.
    pub indicators: BTreeSet<String>,
    /// The figures for readers.
    pub table: Grid,
    /// The figures for machines.
    pub dataset: Dataset,
    /// The drawing.
    pub graphic: Graphic,
}

/// The options that all kinds have.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Its anchor.
    pub id: Option<String>,
    /// The finding; may hold values.
    pub title: Option<Localized>,
    /// What is shown; may hold values.
    pub subtitle: Option<Localized>,
    /// What must be said; may hold values.
    pub note: Option<Localized>,
    /// Where the figures are from.
    pub source: Option<Localized>,
    /// The panel in words; may hold values.
    pub alt: Option<Localized>,
    /// Of when the figures are.
    pub as_of: Option<Period>,
}

/// A text with the tag of its language, where that is not the page's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The tag for `lang`.
    pub lang: Option<String>,
}

/// Reads the options of one panel and gathers what is wrong with them.
pub struct Reader<'r> {
    /// What the panel is made from.
    pub context: Context<'r>,
    /// Its YAML.
    pub fence: &'r Fence,
    /// Where its fields stand.
    pub spans: Spans,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}

/// Just the kind, whatever else there is.
#[derive(Deserialize)]
struct Probe {
    kind: Option<String>,
}

/// Makes a panel from its YAML. `None` where it can't be shown; the findings say why.
pub fn compose(fence: &Fence, context: &Context<'_>) -> Checked<Option<Panel>> {
    // Most panels are right, and need be read once.
    let right = named_plainly(&fence.text).map(|kind| made_by(kind, fence, context));
    right.filter(|made| made.value.is_some()).unwrap_or_else(|| compose_or_tell(fence, context))
}

/// The kind that a line of its own names without quotes or anything else that needs a parser.
fn named_plainly(text: &str) -> Option<&'static dyn Kind> {
    let name = text.lines().find_map(|line| line.strip_prefix("kind: "))?.trim_end();
    KINDS.iter().find(|kind| kind.name() == name).copied()
}

fn made_by(kind: &dyn Kind, fence: &Fence, context: &Context<'_>) -> Checked<Option<Panel>> {
    let mut reader = Reader { context: *context, fence, spans: Spans::default(), findings: Vec::new() };
    let panel = kind.draft(&mut reader).and_then(|draft| reader.finish(kind, draft));
    Checked::new(panel, reader.findings)
}

/// As [`compose`], with all that is wrong with a panel.
fn compose_or_tell(fence: &Fence, context: &Context<'_>) -> Checked<Option<Panel>> {
    let mut found = Vec::new();
    let probe = tree::read::<Probe>(&fence.span.path, &fence.text, fence.span.start).take(&mut found);
    let Some(probe) = probe else {
        return Checked::new(None, found.into_iter().map(|finding| unquoted(finding, fence)).collect());
    };
    let names = || KINDS.iter().map(|kind| kind.name());
    let Some(name) = probe.value.kind else {
        return Checked::new(None, vec![findings::no_panel_kind(first_line(fence), names())]);
    };
    let Some(kind) = KINDS.iter().find(|kind| kind.name() == name) else {
        return Checked::new(None, vec![findings::unknown_panel_kind(probe.spans.value("kind"), &name, names())]);
    };
    made_by(*kind, fence, context)
}

/// A formula between braces needs quotes, for YAML takes its brackets for a list.
fn unquoted(finding: Diagnostic, fence: &Fence) -> Diagnostic {
    match bare_formula(&finding, fence) {
        Some((place, formula)) => findings::formula_without_quotes(place, formula),
        None => finding,
    }
}

/// The formula without quotes on the line of a finding, and where it stands.
fn bare_formula<'f>(finding: &Diagnostic, fence: &'f Fence) -> Option<(Span, &'f str)> {
    const KEY: &str = "value:";
    let at = finding.primary.as_ref()?.span.start.checked_sub(fence.span.start)?;
    let start = fence.text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = fence.text.get(start..)?.lines().next()?;
    let after = line.find(KEY)? + KEY.len();
    let text = line.get(after..)?.split(['}', '\'', '"']).next()?;
    let from = fence.span.start + start + after + text.len() - text.trim_start().len();
    let formula = text.trim();
    formula.contains('[').then(|| (Span::new(&fence.span.path, from, from + formula.len()), formula))
}

/// The first line of a panel: where what is missing would stand.
fn first_line(fence: &Fence) -> Span {
    let length = fence.text.find('\n').unwrap_or(fence.text.len());
    Span::new(&fence.span.path, fence.span.start, fence.span.start + length)
}

impl<'r> Reader<'r> {
    /// The options of a kind.
    pub fn options<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        let read = tree::read::<T>(&self.fence.span.path, &self.fence.text, self.fence.span.start);
        let yaml = read.take(&mut self.findings)?;
        self.spans = yaml.spans;
        Some(yaml.value)
    }

    /// Notes a problem.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Notes that there is nothing to show, where nothing that was noted says why.
    pub fn report_no_values(&mut self) {
        if self.findings.iter().all(|finding| finding.severity != Severity::Error) {
            self.report(findings::panel_without_values(self.place()));
        }
    }

    /// Where the panel begins.
    pub fn place(&self) -> Span {
        first_line(self.fence)
    }

    /// The language in which the panel speaks.
    pub fn wording(&self) -> Wording<'r> {
        self.context.wording
    }

    /// The text of the label at `path`, its values filled in.
    pub fn fill(&mut self, label: &Localized, path: &str) -> Text {
        let wording = self.wording();
        let chosen = label.choose(wording.locale.language(), wording.default_language);
        let language =
            label.by_language.iter().find(|(_, text)| text == chosen.text).map(|(language, _)| language.as_str());
        let place = language.map_or_else(|| path.to_owned(), |language| format!("{path}.{language}"));
        let (span, source) = (self.spans.value(&place), self.spans.source(&place));
        let filled = derive::formula::fill(chosen.text, source, &span, self.context.data, wording);
        let lang = chosen.foreign.map(|language| language.html().to_owned());
        Text { text: filled.take(&mut self.findings), lang }
    }

    /// The indicator of that id; a finding at `path` where there is none.
    pub fn indicator(&mut self, id: &str, path: &str) -> Option<&'r Indicator> {
        let data = self.context.data;
        let indicator = data.indicator(id);
        if indicator.is_none() {
            let known = data.indicators().map(|indicator| indicator.id.as_str());
            self.report(crate::diagnostic::data::unknown_indicator(self.spans.value(path), id, known));
        }
        indicator
    }

    /// A panel from what its kind contributes and what all have in common.
    fn finish(&mut self, kind: &dyn Kind, draft: Draft) -> Option<Panel> {
        let common = draft.common;
        let id = self.id(common.id.as_deref())?;
        let title = self.given(common.title.as_ref(), "title", draft.title);
        let subtitle = self.given(common.subtitle.as_ref(), "subtitle", draft.subtitle);
        let alt = self.given(common.alt.as_ref(), "alt", draft.alt).text;
        let origins: Vec<Origin<'_>> =
            draft.indicators.iter().filter_map(|id| Origin::of(self.context.data, id)).collect();
        let notes = draft.notes.into_iter().chain(self.outdated(&origins)).collect();
        let note = self.note(common.note.as_ref(), &origins, notes);
        let source = self.source(common.source.as_ref(), &origins);
        let as_of = common.as_of.or_else(|| origins.iter().map(|origin| origin.as_of).max());
        if as_of.is_none() {
            self.report(findings::panel_without_as_of(self.place()));
        }
        let (source, as_of) = (source?, as_of?);
        let show_table = !draft.graphic.is_table();
        Some(Panel {
            id,
            kind: kind.name(),
            title_html: title.html(),
            title: title.text,
            subtitle: subtitle.text,
            subtitle_lang: subtitle.lang,
            note: note.text,
            note_lang: note.lang,
            source: source.text,
            source_lang: source.lang,
            as_of: self.as_of(as_of),
            alt,
            table: draft.table,
            show_table,
            graphic: draft.graphic,
            dataset: draft.dataset,
        })
    }

    /// The anchor: as given, or from the place of the panel on its page.
    fn id(&mut self, given: Option<&str>) -> Option<String> {
        let Some(id) = given else { return Some(format!("fig-{}", self.context.number_on_page)) };
        let valid = id.starts_with(|first: char| first.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ':'));
        if !valid {
            self.report(findings::invalid_panel_id(self.spans.value("id"), id));
            return None;
        }
        Some(id.to_owned())
    }

    fn given(&mut self, label: Option<&Localized>, path: &str, default: String) -> Text {
        match label {
            Some(label) => self.fill(label, path),
            None => Text { text: default, lang: None },
        }
    }

    /// The note given, else those of the figures; then what is to be said in any case.
    fn note(&mut self, given: Option<&Localized>, origins: &[Origin<'_>], notes: Vec<String>) -> Text {
        let first: Vec<Text> = match given {
            Some(note) => vec![self.fill(note, "note")],
            None => {
                let wording = self.wording();
                origins.iter().filter_map(|origin| origin.note).map(|note| Text::of(note, wording)).collect()
            }
        };
        // Where sentences of two languages meet, the mark would be wrong for one of them.
        let lang = first.first().and_then(|text| text.lang.clone()).filter(|_| notes.is_empty() && first.len() == 1);
        let mut sentences: Vec<String> = Vec::new();
        for sentence in first.into_iter().map(|text| text.text).chain(notes).filter(|sentence| !sentence.is_empty()) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        Text { text: join_sentences(&sentences, self.wording()), lang }
    }

    /// What must be said of figures that are past their date.
    fn outdated(&self, origins: &[Origin<'_>]) -> Vec<String> {
        let wording = self.wording();
        let mut past: Vec<Outdated> = origins.iter().filter_map(|origin| origin.outdated).collect();
        past.sort();
        past.dedup();
        let sentence = |outdated: Outdated| {
            let date = wording.locale.date(outdated.day(), DateStyle::Long);
            wording.say(&format!("note-{}", outdated.name()), &[("date", &date)])
        };
        past.into_iter().map(sentence).collect()
    }

    /// The source given, else those of the figures. Where they are of different times, each older one says of when.
    fn source(&mut self, given: Option<&Localized>, origins: &[Origin<'_>]) -> Option<Text> {
        let wording = self.wording();
        if let Some(source) = given {
            return Some(self.fill(source, "source"));
        }
        let latest = origins.iter().map(|origin| origin.as_of).max();
        let mut sources: Vec<Text> = Vec::new();
        // What is of the latest time comes last, where the panel itself says of when.
        let (older, newest): (Vec<&Origin<'_>>, Vec<&Origin<'_>>) =
            origins.iter().partition(|origin| Some(origin.as_of) != latest);
        for origin in older.into_iter().chain(newest) {
            let mut source = Text::of(origin.source, wording);
            if Some(origin.as_of) != latest {
                let date = wording.locale.period(origin.as_of, PeriodStyle::Western);
                source.text = wording.say("source-as-of", &[("source", &source.text), ("date", &date)]);
            }
            if !sources.iter().any(|known| known.text == source.text) {
                sources.push(source);
            }
        }
        if sources.is_empty() {
            self.report(findings::panel_without_source(self.place()));
            return None;
        }
        let lang = sources.first().and_then(|source| source.lang.clone());
        let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
        Some(Text { text: texts.join(if wording.locale.language().is_japanese() { "、" } else { "; " }), lang })
    }

    fn as_of(&self, period: Period) -> AsOf {
        let iso = match period {
            // HTML has no fiscal years.
            Period::FiscalYear(year) => format!("{year:04}"),
            period => period.to_string(),
        };
        AsOf { iso, long: self.wording().locale.period(period, PeriodStyle::Western) }
    }
}

/// What a panel says of where its figures are from.
struct Origin<'d> {
    source: &'d Localized,
    note: Option<&'d Localized>,
    as_of: Period,
    outdated: Option<Outdated>,
}

impl<'d> Origin<'d> {
    /// That of an indicator or of a flow table.
    fn of(data: &'d Data, id: &str) -> Option<Origin<'d>> {
        if let Some(Indicator { source, note, as_of, outdated, .. }) = data.indicator(id) {
            return Some(Origin { source, note: note.as_ref(), as_of: *as_of, outdated: *outdated });
        }
        let flow = data.flow(id)?;
        Some(Origin { source: &flow.source, note: flow.note.as_ref(), as_of: flow.as_of, outdated: None })
    }
}

impl Text {
    /// The text of a label.
    pub fn of(label: &Localized, wording: Wording<'_>) -> Text {
        Text { text: wording.text(label).to_owned(), lang: wording.foreign(label) }
    }

    /// The text as HTML, its language marked.
    fn html(&self) -> String {
        match &self.lang {
            Some(lang) => format!("<span lang=\"{}\">{}</span>", escaped(lang), escaped(&self.text)),
            None => escaped(&self.text),
        }
    }
}

/// Sentences one after the other, as the language joins them.
pub fn join_sentences(sentences: &[String], wording: Wording<'_>) -> String {
    let mut sentences = sentences.iter();
    let first = sentences.next().cloned().unwrap_or_default();
    sentences.fold(first, |text, sentence| wording.say("join-sentences", &[("first", &text), ("second", sentence)]))
}

#[cfg(test)]
mod tests;
