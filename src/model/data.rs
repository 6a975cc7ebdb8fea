//! All data of the site, with every reference resolved and everything found by any of its names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::area::Area;
use super::check::Check;
use super::event::Event;
use super::flow::Flow;
use super::freshness::Freshness;
use super::grid::Books;
use super::hospital::Hospital;
use super::indicator::{Cell, Derivation, Indicator, Missing, Over, Places, Row};
use super::person::Person;
use super::plain_table::Table;
use super::posting::Posting;
use super::programme::{Department, Programme, RuleSet};
use super::question::{Question, Topic, asked};
use super::sheet_table::{self, Figures};
use super::term::Term;
use crate::diagnostic::{Checked, Diagnostic, Span, data, say, sheet, syntax};
use crate::locale::{Localized, Period};
use crate::parse::DataDocument;
use crate::parse::data::{
    Printed, PrintedFlow, WrittenArea, WrittenCheck, WrittenHospital, WrittenIndicator, WrittenSheet,
};
use crate::parse::outline::OutlineDocument;
use crate::parse::settings::SmallNumbers;

mod kinds;
mod postings;
mod programmes;

/// The folder below which all data stands.
const DATA: &str = "content/data/";

/// The most decimals that a value is printed with.
pub const MOST_DECIMALS: u32 = 12;

/// The data of a site. Its lists are in the order of the files, and within a file as written.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Data {
    areas: Vec<Area>,
    hospitals: Vec<Hospital>,
    indicators: Vec<Indicator>,
    derivations: Vec<Derivation>,
    /// The ids of indicators that lack what they need.
    #[serde(skip)]
    broken: BTreeSet<String>,
    #[serde(skip)]
    checks: Vec<Check>,
    flows: Vec<Flow>,
    tables: Vec<Table>,
    events: Vec<Event>,
    people: Vec<Person>,
    postings: Vec<Posting>,
    terms: Vec<Term>,
    programmes: Vec<Programme>,
    departments: Vec<Department>,
    rule_sets: Vec<RuleSet>,
    /// The file with the accessibility papers.
    #[serde(skip)]
    accessibility: Option<Arc<DataDocument>>,
    #[serde(skip)]
    programme_names: Names,
    #[serde(skip)]
    outlines: BTreeMap<Arc<str>, Arc<OutlineDocument>>,
    #[serde(skip)]
    rules: Rules,
    #[serde(skip)]
    event_names: Names,
    #[serde(skip)]
    person_names: Names,
    #[serde(skip)]
    posting_names: Names,
    #[serde(skip)]
    term_names: Names,
    #[serde(skip)]
    flow_names: Names,
    #[serde(skip)]
    table_names: Names,
    #[serde(skip)]
    area_names: Names,
    #[serde(skip)]
    hospital_names: Names,
    #[serde(skip)]
    indicator_names: Names,
}

/// What the data of a site is held to.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// The day for which the site is made.
    pub today: Date,
    /// Which counts are kept back.
    pub small_numbers: Option<SmallNumbers>,
}

/// What a name leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<'d, T> {
    /// The one thing of that name.
    Found(&'d T),
    /// Several have it, none as its id.
    Ambiguous(Vec<&'d T>),
    /// None has it.
    Unknown,
}

impl<'d, T> Lookup<'d, T> {
    /// The thing, where there is exactly one.
    pub fn found(self) -> Option<&'d T> {
        match self {
            Lookup::Found(thing) => Some(thing),
            Lookup::Ambiguous(_) | Lookup::Unknown => None,
        }
    }
}

/// Names of things, by which their places in a list are found. Ids and aliases are certain; names may be shared.
#[derive(Debug, Clone, Default)]
struct Names {
    certain: BTreeMap<String, usize>,
    shared: BTreeMap<String, BTreeSet<usize>>,
}

impl Names {
    fn look_up<'d, T>(&self, list: &'d [T], name: &str) -> Lookup<'d, T> {
        if let Some(thing) = self.certain.get(name).and_then(|index| list.get(*index)) {
            return Lookup::Found(thing);
        }
        let things: Vec<&T> =
            self.shared.get(name).into_iter().flatten().filter_map(|index| list.get(*index)).collect();
        match things[..] {
            [] => Lookup::Unknown,
            [thing] => Lookup::Found(thing),
            _ => Lookup::Ambiguous(things),
        }
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.certain.keys().chain(self.shared.keys()).map(String::as_str)
    }
}

/// Brings the data files together with the tables that they name. Every problem is found, and everything that is sound
/// is kept.
pub fn assemble(documents: &[Arc<DataDocument>], books: &Books) -> Checked<Data> {
    assemble_under(documents, books, &Rules::default())
}

/// Brings the data files together and holds them to the rules of the site.
pub fn assemble_under(documents: &[Arc<DataDocument>], books: &Books, rules: &Rules) -> Checked<Data> {
    let mut findings = Vec::new();
    let mut data = Data { rules: rules.clone(), ..Data::default() };
    data.read_areas(documents, &mut findings);
    data.read_hospitals(documents, &mut findings);
    data.read_indicators(documents, books, &mut findings);
    data.read_kinds(documents, books, &mut findings);
    data.read_checks(documents);
    data.read_programmes(documents, &mut findings);
    data.read_postings(documents, &mut findings);
    Checked::new(data, findings)
}

impl Data {
    /// The areas.
    pub fn areas(&self) -> impl Iterator<Item = &Area> {
        asked(|| Question::All(Topic::Areas));
        self.areas.iter()
    }

    /// The hospitals.
    pub fn hospitals(&self) -> impl Iterator<Item = &Hospital> {
        asked(|| Question::All(Topic::Hospitals));
        self.hospitals.iter()
    }

    /// The indicators.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        asked(|| Question::All(Topic::Indicators));
        self.indicators.iter()
    }

    /// The indicators over areas, or those over hospitals. Whoever needs one kind alone asks nothing of the other.
    pub fn indicators_over(&self, over: Over) -> impl Iterator<Item = &Indicator> {
        asked(|| Question::All(if over == Over::Areas { Topic::OfAreas } else { Topic::OfHospitals }));
        self.own_indicators(over)
    }

    fn own_indicators(&self, over: Over) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.over == over)
    }

    /// The indicators that are formulas. Those that could be worked out are among [`Data::indicators`] too.
    pub fn derivations(&self) -> &[Derivation] {
        asked(|| Question::All(Topic::Derivations));
        &self.derivations
    }

    /// Whether an indicator of that id is written, even one that has no figures: what is wrong with it is told there.
    pub fn is_written(&self, id: &str) -> bool {
        asked(|| Question::All(Topic::Derivations));
        self.broken.contains(id) || self.derivations.iter().any(|derivation| derivation.id == id)
    }

    /// What must hold between figures.
    pub fn checks(&self) -> &[Check] {
        asked(|| Question::All(Topic::Checks));
        &self.checks
    }

    /// Adds the files of outlines.
    pub fn add_outlines(&mut self, outlines: Vec<Arc<OutlineDocument>>) {
        self.outlines.extend(outlines.into_iter().map(|outline| (outline.path.clone(), outline)));
    }

    /// The file of outlines at that path below `content/data/`.
    pub fn outline(&self, path: &str) -> Option<&OutlineDocument> {
        asked(|| Question::All(Topic::Outlines));
        let path = path.trim().trim_start_matches("./");
        self.outlines.get(&*format!("{DATA}{path}")).map(Arc::as_ref)
    }

    /// The paths of all files of outlines.
    pub fn outline_paths(&self) -> impl Iterator<Item = &str> {
        asked(|| Question::All(Topic::Outlines));
        self.outlines.keys().map(|path| path.strip_prefix(DATA).unwrap_or(path))
    }

    /// Adds an indicator that was worked out from its formula.
    pub fn add_derived(&mut self, indicator: Indicator) {
        let outdated = indicator.freshness.on(self.rules.today).or(indicator.outdated);
        let indicator = Indicator { outdated, ..indicator };
        self.indicator_names.certain.entry(indicator.id.clone()).or_insert(self.indicators.len());
        self.indicators.push(indicator);
    }

    /// The one area of that id, alias, or name in any language.
    pub fn area(&self, name: &str) -> Option<&Area> {
        self.find_area(name).found()
    }

    /// The one hospital of that id, alias, or name in any language.
    pub fn hospital(&self, name: &str) -> Option<&Hospital> {
        self.find_hospital(name).found()
    }

    /// The area of that id, alias, or name in any language, or how many there are.
    pub fn find_area(&self, name: &str) -> Lookup<'_, Area> {
        asked(|| Question::Named(Topic::Areas, name.trim().into()));
        self.area_names.look_up(&self.areas, name.trim())
    }

    /// The hospital of that id, alias, or name in any language, or how many there are.
    pub fn find_hospital(&self, name: &str) -> Lookup<'_, Hospital> {
        asked(|| Question::Named(Topic::Hospitals, name.trim().into()));
        self.hospital_names.look_up(&self.hospitals, name.trim())
    }

    /// The indicator of that id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        asked(|| Question::Named(Topic::Indicators, id.trim().into()));
        self.indicator_names.look_up(&self.indicators, id.trim()).found()
    }

    /// The id of the area or hospital that `name` means in tables of that kind, or a finding at `place`, which is asked for only then.
    ///
    /// # Errors
    /// Where none or several have that name.
    pub fn entity(&self, over: Over, name: &str, place: impl FnOnce() -> Span) -> Result<&str, Diagnostic> {
        match over {
            Over::Areas => match self.find_area(name) {
                Lookup::Found(area) => Ok(&area.id),
                Lookup::Ambiguous(areas) => {
                    Err(data::ambiguous_name(place(), name, areas.iter().map(|area| area.id.as_str())))
                }
                Lookup::Unknown => Err(data::unknown_area(place(), name, self.area_names())),
            },
            Over::Hospitals => match self.find_hospital(name) {
                Lookup::Found(hospital) => Ok(&hospital.id),
                Lookup::Ambiguous(hospitals) => {
                    Err(data::ambiguous_name(place(), name, hospitals.iter().map(|hospital| hospital.id.as_str())))
                }
                Lookup::Unknown => Err(data::unknown_hospital(place(), name, self.hospital_names())),
            },
        }
    }

    /// The name and the official code of the area or hospital with that id.
    pub fn entity_name(&self, over: Over, id: &str) -> Option<(&Localized, Option<&str>)> {
        match over {
            Over::Areas => self.area(id).map(|area| (&area.name, area.code.as_deref())),
            Over::Hospitals => self.hospital(id).map(|hospital| (&hospital.name, None)),
        }
    }

    /// Every name of areas, for suggestions.
    pub fn area_names(&self) -> impl Iterator<Item = &str> {
        asked(|| Question::All(Topic::Areas));
        self.area_names.all()
    }

    /// Every name of hospitals, for suggestions.
    pub fn hospital_names(&self) -> impl Iterator<Item = &str> {
        asked(|| Question::All(Topic::Hospitals));
        self.hospital_names.all()
    }

    /// The parts of an area, in the order written.
    pub fn children<'d>(&'d self, area: &'d str) -> impl Iterator<Item = &'d Area> {
        asked(|| Question::All(Topic::Areas));
        self.areas.iter().filter(move |child| child.parent.as_deref() == Some(area))
    }

    /// The areas that an area is a part of, the nearest first.
    pub fn ancestors<'d>(&'d self, area: &'d Area) -> impl Iterator<Item = &'d Area> {
        std::iter::successors(Some(area), |area| area.parent.as_deref().and_then(|parent| self.area(parent))).skip(1)
    }

    /// Whether a name leads to the same in both.
    pub(super) fn same_named(&self, other: &Data, topic: Topic, name: &str) -> bool {
        match topic {
            Topic::Areas => self.find_area(name) == other.find_area(name),
            Topic::Hospitals => self.find_hospital(name) == other.find_hospital(name),
            Topic::Indicators => self.indicator(name) == other.indicator(name),
            Topic::Flows => self.flow(name) == other.flow(name),
            Topic::Tables => self.table(name) == other.table(name),
            Topic::Events => self.event(name) == other.event(name),
            Topic::People => self.person(name) == other.person(name),
            Topic::Postings => self.posting(name) == other.posting(name),
            Topic::Terms => self.term(name) == other.term(name),
            Topic::Programmes => self.programme(name) == other.programme(name),
            Topic::Derivations
            | Topic::Checks
            | Topic::Departments
            | Topic::RuleSets
            | Topic::Outlines
            | Topic::Accessibility
            | Topic::OfAreas
            | Topic::OfHospitals => self.same_all(other, topic),
        }
    }

    /// Whether a list is the same in both.
    pub(super) fn same_all(&self, other: &Data, topic: Topic) -> bool {
        let outlines = |data: &Data| data.outlines.values().map(Arc::as_ptr).collect::<Vec<_>>();
        match topic {
            Topic::Areas => self.areas == other.areas,
            Topic::Hospitals => self.hospitals == other.hospitals,
            Topic::Indicators => self.indicators == other.indicators,
            Topic::OfAreas => self.own_indicators(Over::Areas).eq(other.own_indicators(Over::Areas)),
            Topic::OfHospitals => self.own_indicators(Over::Hospitals).eq(other.own_indicators(Over::Hospitals)),
            Topic::Derivations => self.derivations == other.derivations && self.broken == other.broken,
            Topic::Checks => self.checks == other.checks,
            Topic::Flows => self.flows == other.flows,
            Topic::Tables => self.tables == other.tables,
            Topic::Events => self.events == other.events,
            Topic::People => self.people == other.people,
            Topic::Postings => self.postings == other.postings,
            Topic::Terms => self.terms == other.terms,
            Topic::Programmes => self.programmes == other.programmes,
            Topic::Departments => self.departments == other.departments,
            Topic::RuleSets => self.rule_sets == other.rule_sets,
            Topic::Outlines => self.outlines.keys().eq(other.outlines.keys()) && outlines(self) == outlines(other),
            // A file that nobody touched is not read again.
            Topic::Accessibility => {
                self.accessibility.as_ref().map(Arc::as_ptr) == other.accessibility.as_ref().map(Arc::as_ptr)
            }
        }
    }

    fn read_areas(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        let mut parents = Vec::new();
        for document in documents {
            for (number, written) in document.areas.iter().enumerate() {
                let path = format!("areas[{number}]");
                let span = document.spans.value(&format!("{path}.id"));
                if !valid_id(&written.id) {
                    findings.push(data::invalid_id(span.clone(), &written.id, expected_id()));
                }
                parents.push(document.spans.value(&format!("{path}.parent")));
                self.areas.push(area(written, span));
            }
        }
        let entries: Vec<Entry<'_>> = self
            .areas
            .iter()
            .map(|area| Entry { id: &area.id, name: &area.name, aliases: &area.aliases, span: &area.span })
            .collect();
        self.area_names = names(&entries, findings);
        for (index, span) in parents.iter().enumerate() {
            let Some(parent) = self.areas.get(index).and_then(|area| area.parent.clone()) else { continue };
            let resolved = self.entity(Over::Areas, &parent, || span.clone()).map(str::to_owned);
            if let Some(area) = self.areas.get_mut(index) {
                area.parent = resolved.map_err(|finding| findings.push(finding)).ok();
            }
        }
        self.break_cycles(&parents, findings);
    }

    /// Areas that are parts of each other lose one parent, so that later stages can walk the tree.
    fn break_cycles(&mut self, parents: &[Span], findings: &mut Vec<Diagnostic>) {
        let index_of: BTreeMap<String, usize> =
            self.areas.iter().enumerate().rev().map(|(index, area)| (area.id.clone(), index)).collect();
        let parent_of = |areas: &[Area], index: usize| -> Option<usize> {
            let parent = areas.get(index)?.parent.as_ref()?;
            index_of.get(parent).copied()
        };
        // What is known to lead to a root: each area is walked over once.
        let mut settled = vec![false; self.areas.len()];
        for start in 0..self.areas.len() {
            let mut trail: Vec<usize> = Vec::new();
            let mut on_trail = BTreeSet::new();
            let mut next = Some(start);
            while let Some(index) = next {
                if settled.get(index).copied().unwrap_or(true) {
                    break;
                }
                if !on_trail.insert(index) {
                    let round =
                        trail.iter().position(|member| *member == index).map_or(&trail[..], |first| &trail[first..]);
                    let place = |member: &usize| {
                        let id = self.areas.get(*member).map(|area| area.id.clone()).unwrap_or_default();
                        parents.get(*member).map(|span| (id, span.clone()))
                    };
                    let members: Vec<(String, Span)> = round.iter().filter_map(place).collect();
                    if let Some((_, span)) = members.first() {
                        findings.push(data::area_cycle(span.clone(), &members));
                    }
                    if let Some(area) = round.first().and_then(|first| self.areas.get_mut(*first)) {
                        area.parent = None;
                    }
                    break;
                }
                trail.push(index);
                next = parent_of(&self.areas, index);
            }
            for index in trail {
                settled[index] = true;
            }
        }
    }

    fn read_hospitals(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.hospitals.iter().enumerate() {
                let place = |field: &str| document.spans.value(&format!("hospitals[{number}].{field}"));
                if !valid_id(&written.id) {
                    findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
                }
                let off = |point: &super::hospital::Point| {
                    !(-90.0..=90.0).contains(&point.lat) || !(-180.0..=180.0).contains(&point.lon)
                };
                if written.point.as_ref().is_some_and(off) {
                    findings.push(data::point_off_the_globe(place("point")));
                }
                let area = written.area.as_ref().and_then(|area| {
                    let resolved = self.entity(Over::Areas, area, || place("area")).map(str::to_owned);
                    resolved.map_err(|finding| findings.push(finding)).ok()
                });
                self.hospitals.push(hospital(written, area, place("id")));
            }
        }
        let entries: Vec<Entry<'_>> = self
            .hospitals
            .iter()
            .map(|hospital| Entry {
                id: &hospital.id,
                name: &hospital.name,
                aliases: &hospital.aliases,
                span: &hospital.span,
            })
            .collect();
        self.hospital_names = names(&entries, findings);
    }

    fn read_indicators(&mut self, documents: &[Arc<DataDocument>], books: &Books, findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.indicators.iter().enumerate() {
                let places = Places { spans: document.spans.clone(), path: format!("indicators[{number}]") };
                findings.extend(indicator_findings(written, &places));
                match &written.formula {
                    Some(formula) => {
                        if let Some(Printed::Table(table)) = &written.printed {
                            let places = Places { path: format!("{}.printed", places.path), ..places.clone() };
                            let printed = table.indicator(written);
                            findings.extend(printed_findings(&printed, &places));
                            let printed = self.indicator_of(document, &printed, places, books).take(findings);
                            self.indicators.extend(printed);
                        }
                        self.derivations.push(derivation(written, formula, places));
                    }
                    None => {
                        let indicator = self.indicator_of(document, written, places, books).take(findings);
                        if indicator.is_none() {
                            self.broken.insert(written.id.clone());
                        }
                        self.indicators.extend(indicator);
                    }
                }
            }
        }
        let none: Vec<String> = Vec::new();
        // The name of an indicator is a title, not a word of formulas: only its id leads to it.
        let nameless = Localized::default();
        let written = self.indicators.iter().map(|indicator| (&indicator.id, &indicator.span));
        let derived = self.derivations.iter().map(|derivation| (&derivation.id, &derivation.span));
        let entries: Vec<Entry<'_>> =
            written.chain(derived).map(|(id, span)| Entry { id, name: &nameless, aliases: &none, span }).collect();
        self.indicator_names = names(&entries, findings);
        // A derived indicator has no place in the list until it is worked out.
        let written = self.indicators.len();
        self.indicator_names.certain.retain(|_, index| *index < written);
    }

    /// `None` where a field is missing, which the findings say.
    fn indicator_of(
        &self,
        document: &DataDocument,
        written: &WrittenIndicator,
        places: Places,
        books: &Books,
    ) -> Checked<Option<Indicator>> {
        let mut findings = Vec::new();
        let (Some(source), Some(as_of)) = (&written.source, written.as_of) else { return Checked::clean(None) };
        let mut figures = match (&written.table, &written.values) {
            (Some(_), Some(_)) | (None, None) => return Checked::clean(None),
            (Some(table), None) => {
                sheet_table::figures(self, books, document, &places.path, written, table).take(&mut findings)
            }
            (None, Some(_)) => self.written_figures(document, &places.path, written, &mut findings),
        };
        if written.small_numbers {
            figures.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| self.rules.keep_back(cell));
        }
        let freshness = Freshness { next_update: written.next_update, valid_until: written.valid_until };
        let indicator = Indicator {
            id: written.id.clone(),
            name: written.name.clone(),
            unit: written.unit.clone(),
            source: source.clone(),
            as_of,
            note: written.note.clone(),
            precision: written.precision.unwrap_or(figures.decimals).min(MOST_DECIMALS),
            better: written.better,
            outdated: freshness.on(self.rules.today),
            freshness,
            small_numbers: written.small_numbers,
            over: written.over,
            periods: figures.periods,
            rows: figures.rows,
            formula: None,
            span: places.value("id"),
            places,
        };
        Checked::new(Some(indicator), findings)
    }

    /// The figures that are written in the record itself.
    fn written_figures(
        &self,
        document: &DataDocument,
        path: &str,
        written: &WrittenIndicator,
        findings: &mut Vec<Diagnostic>,
    ) -> Figures {
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        for (index, (name, _)) in written.values.iter().flat_map(|rows| &rows.0).enumerate() {
            let span = document.spans.key(&format!("{path}.values.{name}"));
            let cells = document.cells(path, written, index).take(findings);
            match self.entity(written.over, name, || span.clone()) {
                Err(finding) => findings.push(finding),
                Ok(id) => match seen.get(id) {
                    Some((first_name, first)) => {
                        findings.push(data::duplicate_row(span, name, first.clone(), first_name))
                    }
                    None => {
                        seen.insert(id.to_owned(), (name.clone(), span.clone()));
                        rows.push(Row { entity: id.to_owned(), cells, span, name: name.clone(), places: Vec::new() });
                    }
                },
            }
        }
        let periods = written.periods.clone().unwrap_or_default();
        Figures { periods, decimals: most_decimals(&rows), rows }
    }

    /// The checks that stand by themselves, those inside indicators, and that of each `printed:`.
    fn read_checks(&mut self, documents: &[Arc<DataDocument>]) {
        for document in documents {
            let check = |written: &WrittenCheck, path: String| Check {
                written: written.clone(),
                places: Places { spans: document.spans.clone(), path },
            };
            let own = document.checks.iter().enumerate();
            self.checks.extend(own.map(|(number, written)| check(written, format!("checks[{number}]"))));
            for (indicator, table) in document.indicators.iter().enumerate() {
                let inside = table.checks.iter().enumerate();
                let path = |number| format!("indicators[{indicator}].checks[{number}]");
                self.checks.extend(inside.map(|(number, written)| check(written, path(number))));
                if let Some(rank_of) = &table.rank_of {
                    self.checks.push(check(&rank_of.check(&table.id), format!("indicators[{indicator}].rank_of")));
                }
                if let Some(printed) = &table.printed {
                    let equals = Some(match printed {
                        Printed::Indicator(id) => id.clone(),
                        Printed::Table(_) => format!("{}_printed", table.id),
                    });
                    let written = WrittenCheck { equals, formula: Some(table.id.clone()), ..WrittenCheck::default() };
                    self.checks.push(check(&written, format!("indicators[{indicator}].printed")));
                }
            }
            let declared = |id: &str| documents.iter().any(|document| document.asks_for_flow(id));
            for (number, flow) in document.flows.iter().enumerate() {
                if flow.printed != PrintedFlow::default() && !declared(&flow.id) {
                    let written = WrittenCheck { flow: Some(flow.id.clone()), ..WrittenCheck::default() };
                    self.checks.push(check(&written, format!("flows[{number}].printed")));
                }
            }
        }
    }
}

impl Rules {
    /// Keeps a count back that is below the threshold. This is the one place: values, panels and files all come after it.
    fn keep_back(&self, cell: &mut Cell) {
        let Some(rule) = &self.small_numbers else { return };
        let small = |number: Decimal| number.abs() < Decimal::from(rule.threshold) && (rule.zero || !number.is_zero());
        if cell.amount.is_ok_and(small) {
            *cell = Cell { amount: Err(Missing::Suppressed), mark: None };
        }
    }
}

/// What is wrong with the printed values of a derived indicator.
fn printed_findings(written: &WrittenIndicator, places: &Places) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let there = [
        ("source", written.source.is_some()),
        ("as_of", written.as_of.is_some()),
        ("periods", written.periods.is_some() || written.values.is_none()),
    ];
    let key = || places.spans.key(&places.path);
    findings.extend(there.iter().filter(|(_, there)| !there).map(|(field, _)| syntax::missing_field(key(), field)));
    findings.extend(sources_of_values(places, "values", written.table.is_some(), written.values.is_some()));
    findings.extend(period_findings(written.periods.as_deref(), &|field: &str| places.value(field)));
    findings
}

/// Values stand in a file or in the record, and not in both.
fn sources_of_values(places: &Places, field: &str, in_file: bool, in_record: bool) -> Option<Diagnostic> {
    let key = |field: &str| places.spans.key(&format!("{}.{field}", places.path));
    match (in_file, in_record) {
        (true, true) => Some(sheet::values_twice(key("table"), key(field))),
        (false, false) => Some(sheet::no_values(places.value("id"))),
        _ => None,
    }
}

/// What is wrong with an indicator by itself.
fn indicator_findings(written: &WrittenIndicator, places: &Places) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let place = |field: &str| places.value(field);
    if !valid_indicator_id(&written.id) {
        findings.push(data::invalid_id(place("id"), &written.id, expected_indicator_id()));
    }
    let key = || places.spans.key(&places.path);
    let there = [
        ("source", written.source.is_some()),
        ("as_of", written.as_of.is_some()),
        ("periods", written.periods.is_some() || written.values.is_none()),
    ];
    // What is there and can't be read has a finding of its own.
    let unreadable = |field: &str| places.spans.is_written(&format!("{}.{field}", places.path));
    let missing = there.iter().filter(|(field, there)| !there && written.formula.is_none() && !unreadable(field));
    findings.extend(missing.map(|(field, _)| syntax::missing_field(key(), field)));
    if written.formula.is_some() && written.values.is_some() {
        findings.push(data::formula_and_values(
            places.spans.key(&format!("{}.formula", places.path)),
            places.spans.key(&format!("{}.values", places.path)),
        ));
    }
    if let Some(precision) = written.precision.filter(|precision| *precision > MOST_DECIMALS) {
        findings.push(data::precision_too_large(place("precision"), precision, MOST_DECIMALS));
    }
    let in_record = written.values.is_some() || written.formula.is_some() && written.table.is_none();
    findings.extend(sources_of_values(places, "values", written.table.is_some(), in_record));
    if let Some(table) = &written.table {
        let places = Places { path: format!("{}.table", places.path), ..places.clone() };
        findings.extend(file_findings(table, &places));
    }
    findings.extend(period_findings(written.periods.as_deref(), &place));
    findings
}

/// One file, or one for each area.
fn file_findings(table: &WrittenSheet, places: &Places) -> Option<Diagnostic> {
    let key = |field: &str| places.spans.key(&format!("{}.{field}", places.path));
    match (&table.file, &table.files) {
        (Some(_), Some(_)) => Some(sheet::values_twice(key("files"), key("file"))),
        (None, None) => Some(syntax::missing_field(places.spans.key(&places.path), "file")),
        _ => None,
    }
}

fn derivation(written: &WrittenIndicator, formula: &str, places: Places) -> Derivation {
    Derivation {
        id: written.id.clone(),
        name: written.name.clone(),
        unit: written.unit.clone(),
        source: written.source.clone(),
        as_of: written.as_of,
        note: written.note.clone(),
        precision: written.precision.map(|precision| precision.min(MOST_DECIMALS)),
        better: written.better,
        over: written.over,
        periods: written.periods.clone(),
        freshness: Freshness { next_update: written.next_update, valid_until: written.valid_until },
        formula: places.formula("formula", formula),
        span: places.value("id"),
        places,
    }
}

fn area(written: &WrittenArea, span: Span) -> Area {
    let WrittenArea { id, name, reading, kind, code, parent, aliases } = written.clone();
    Area { id, name, reading, kind, code, parent, aliases, span }
}

fn hospital(written: &WrittenHospital, area: Option<String>, span: Span) -> Hospital {
    let written = written.clone();
    Hospital {
        id: written.id,
        name: written.name,
        reading: written.reading,
        kind: written.kind,
        area,
        address: written.address,
        point: written.point,
        beds: written.beds,
        departments: written.departments,
        designations: written.designations,
        trainee_places: written.trainee_places,
        url: written.url,
        phone: written.phone,
        email: written.email,
        visit: written.visit,
        summary: written.summary,
        note: written.note,
        source: written.source,
        as_of: written.as_of,
        sample: written.sample,
        aliases: written.aliases,
        span,
    }
}

fn period_findings(periods: Option<&[Period]>, place: &dyn Fn(&str) -> Span) -> Vec<Diagnostic> {
    let Some(periods) = periods else { return Vec::new() };
    if periods.is_empty() {
        return vec![data::no_periods(place("periods"))];
    }
    let repeated = |(index, period)| periods.iter().take(index).any(|earlier| earlier == period);
    let finding = |(index, period): (usize, &Period)| {
        data::duplicate_period(place(&format!("periods[{index}]")), &period.to_string())
    };
    periods.iter().enumerate().filter(|(index, period)| repeated((*index, *period))).map(finding).collect()
}

/// The most decimals that any value was written with: 219 in a column of 219.4 is 219.0.
fn most_decimals(rows: &[Row]) -> u32 {
    rows.iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| cell.amount.ok())
        .map(|number| number.scale())
        .max()
        .unwrap_or_default()
}

/// What [`names`] needs of a thing.
struct Entry<'e> {
    id: &'e str,
    name: &'e Localized,
    aliases: &'e [String],
    span: &'e Span,
}

fn names(entries: &[Entry<'_>], findings: &mut Vec<Diagnostic>) -> Names {
    let mut names = Names::default();
    for (index, entry) in entries.iter().enumerate() {
        match names.certain.get(entry.id).and_then(|first| entries.get(*first)) {
            Some(first) => findings.push(data::duplicate_id(entry.span.clone(), first.span.clone(), entry.id)),
            None => {
                names.certain.insert(entry.id.to_owned(), index);
            }
        }
    }
    for (index, entry) in entries.iter().enumerate() {
        for alias in entry.aliases {
            match names.certain.get(alias).copied().filter(|first| *first != index).and_then(|first| entries.get(first))
            {
                Some(first) => findings.push(data::duplicate_alias(entry.span.clone(), first.span.clone(), alias)),
                None => {
                    names.certain.insert(alias.clone(), index);
                }
            }
        }
        for name in entry.name.texts() {
            names.shared.entry(name.to_owned()).or_default().insert(index);
        }
    }
    names
}

/// Names of things that only their ids lead to.
fn names_of_ids<'e>(things: impl Iterator<Item = (&'e str, &'e Span)>, findings: &mut Vec<Diagnostic>) -> Names {
    let nameless = Localized::default();
    let entries: Vec<Entry<'_>> = things.map(|(id, span)| Entry { id, name: &nameless, aliases: &[], span }).collect();
    names(&entries, findings)
}

/// Ids stand in addresses, and in formulas between brackets and commas.
fn valid_id(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('-')
        && id.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'))
}

fn expected_id() -> crate::diagnostic::Message {
    say("英字、数字、-、_", "letters, digits, - and _")
}

/// Ids of indicators stand in formulas, where `-` is a minus.
fn valid_indicator_id(id: &str) -> bool {
    id.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && id.chars().all(|character| character.is_alphanumeric() || character == '_')
}

fn expected_indicator_id() -> crate::diagnostic::Message {
    say(
        "英字で始まる英字、数字、_（- は式の引き算になります）",
        "letters, digits and _, beginning with a letter (- is a minus in formulas)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::read::Source;

    fn assemble(files: &[&str]) -> Checked<Data> {
        let read = |(number, text): (usize, &&str)| {
            let checked = parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
            assert_eq!(checked.findings, []);
            Arc::new(checked.value.expect("a document"))
        };
        super::assemble(&files.iter().enumerate().map(read).collect::<Vec<_>>(), &Books::new())
    }

    fn codes(checked: &Checked<Data>) -> Vec<&str> {
        checked.findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    const AREAS: &str = "areas:
  - {id: jp, name: {ja: 全国, en: Japan}, kind: country}
  - {id: kumamoto, name: {ja: 熊本県, en: Kumamoto Prefecture}, kind: prefecture, code: 43, parent: 全国, aliases: [熊本]}
  - {id: kumamoto-city, name: {ja: 熊本市, en: Kumamoto City}, kind: municipality, parent: kumamoto}
  - {id: kk, name: {ja: 熊本市}, kind: district}
";

    #[test]
    fn areas_are_found_by_any_of_their_names() {
        let data = assemble(&[AREAS]);
        assert_eq!(codes(&data), Vec::<&str>::new());
        let data = data.value;
        for name in ["kumamoto", "熊本", "熊本県", "Kumamoto Prefecture", " kumamoto "] {
            assert_eq!(data.area(name).map(|area| area.id.as_str()), Some("kumamoto"), "{name}");
        }
        assert!(matches!(data.find_area("熊本市"), Lookup::Ambiguous(areas) if areas.len() == 2));
        assert_eq!(data.find_area("福島県"), Lookup::Unknown);
        let city = data.area("kumamoto-city").expect("the city");
        assert_eq!(data.ancestors(city).map(|area| area.id.as_str()).collect::<Vec<_>>(), ["kumamoto", "jp"]);
        assert_eq!(data.children("kumamoto").count(), 1);
        assert_eq!(data.area("kumamoto").and_then(|area| area.code.as_deref()), Some("43"));
    }

    #[test]
    fn areas_that_are_parts_of_each_other_are_shown_with_their_places() {
        let data = assemble(&["areas:
  - {id: a, name: A, kind: group, parent: b}
  - {id: b, name: B, kind: group, parent: c}
  - {id: c, name: C, kind: group, parent: a}
  - {id: d, name: D, kind: group, parent: a}
  - {id: e, name: E, kind: group, parent: e}
"]);
        assert_eq!(codes(&data), ["area-cycle", "area-cycle"]);
        assert_eq!(data.findings[0].found.as_deref(), Some("a → b → c → a"));
        assert_eq!(data.findings[0].related.len(), 2);
        assert_eq!(data.findings[1].found.as_deref(), Some("e → e"));
        let d = data.value.area("d").expect("d");
        assert_eq!(data.value.ancestors(d).count(), 1);
    }

    #[test]
    fn every_wrong_name_is_found() {
        let data = assemble(&[
            AREAS,
            "areas:\n  - {id: jp, name: X, kind: group}\n  - {id: y, name: Y, kind: group, parent: kumamot, aliases: [熊本]}\n  - {id: a b, name: Z, kind: group}\n",
            "hospitals:\n  - {id: h, name: H, kind: core, area: 熊本市, point: {lat: 130.7, lon: 32.8}}\n",
        ]);
        assert_eq!(
            codes(&data),
            ["invalid-id", "duplicate-id", "duplicate-alias", "unknown-area", "point-off-the-globe", "ambiguous-name"]
        );
        assert_eq!(data.findings[3].help[0].en, "did you mean: Kumamoto City, Kumamoto Prefecture, kumamoto");
    }

    #[test]
    fn tables_are_checked_against_their_areas() {
        let data = assemble(&[
            AREAS,
            "indicators:
  - id: physicians
    name: 医師
    unit: 人
    source: 調査
    as_of: 2018-12-31
    periods: [2008, 2010, 2008]
    precision: 99
    values:
      熊本県: [1, 2, 3]
      kumamoto: [1, 2, 3]
      熊本件: [1, 2, 3]
      jp: [1, 2]
  - {id: per-100k, name: 医師, unit: 人, source: 調査, as_of: 2018, periods: [], values: {}}
",
        ]);
        assert_eq!(
            codes(&data),
            [
                "precision-too-large",
                "duplicate-period",
                "duplicate-row",
                "unknown-area",
                "row-length",
                "invalid-id",
                "no-periods"
            ]
        );
        assert_eq!(data.findings[3].help[0].ja, "もしかして: 熊本, 熊本市, 熊本県");
    }

    #[test]
    fn decimals_are_those_that_were_written() {
        let data = assemble(&[
            AREAS,
            "indicators:
  - id: rate
    name: 率
    unit: 人
    source: 調査
    as_of: 2018
    periods: [2010, 2008]
    values: {jp: [219, 212.90], kumamoto: [1, …]}
",
        ]);
        let rate = data.value.indicator("rate").expect("the indicator");
        assert_eq!(rate.precision, 2);
        assert_eq!(rate.latest(), crate::locale::Period::parse("2010"));
        assert_eq!(
            rate.cell("jp", rate.periods[1]).and_then(|cell| cell.amount.ok()).map(|n| n.to_string()),
            Some("212.90".into())
        );
        assert_eq!(rate.cell("kumamoto-city", rate.periods[0]), None);
    }

    #[test]
    fn no_data_file_makes_it_panic() {
        let seed = "indicators:
  - id: rate
    name: {ja: 率, en: Rate}
    unit: ％
    source: 調査
    as_of: 2018
    periods: [2010, FY2008]
    values: {jp: [219, \"▲ 4.5%\"], kumamoto: [{value: 1.0, mark: revised}, …]}
";
        let alphabet: Vec<char> = "[]{},:|-`='\"\n 0９…x熊&*!%#\t.▲".chars().collect();
        let mut state = 3u64;
        let mut next = move |bound: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % bound.max(1) as u64) as usize
        };
        for text in [seed, AREAS] {
            for _ in 0..500 {
                let mut characters: Vec<char> = text.chars().collect();
                for _ in 0..1 + next(4) {
                    let at = next(characters.len());
                    if next(3) == 0 {
                        characters.remove(at);
                    } else {
                        characters.insert(at, alphabet[next(alphabet.len())]);
                    }
                }
                let mutated: String = characters.into_iter().collect();
                let source = Source::new("content/data/a.yaml", mutated.as_bytes());
                let document = parse::data::document(&source).value.map(Arc::new);
                let _ = super::assemble(&document.into_iter().collect::<Vec<_>>(), &Books::new());
            }
        }
    }

    #[test]
    fn a_country_of_tables_is_read_in_no_time() {
        let mut areas = String::from("areas:\n");
        let mut tables = String::from("indicators:\n");
        for area in 0..335 {
            areas.push_str(&format!("  - {{id: a{area}, name: {{ja: 圏域{area}}}, kind: secondary-medical-area}}\n"));
        }
        let periods: Vec<String> = (0..20).map(|year| (2000 + year).to_string()).collect();
        for table in 0..4 {
            tables.push_str(&format!(
                "  - id: t{table}\n    name: 表\n    unit: 人\n    source: s\n    as_of: 2020\n    periods: [{}]\n    values:\n",
                periods.join(", ")
            ));
            for area in 0..335 {
                let cells: Vec<String> = (0..20).map(|year| format!("{}.{}", area * 20 + year, year % 10)).collect();
                tables.push_str(&format!("      圏域{area}: [{}]\n", cells.join(", ")));
            }
        }
        let data = assemble(&[&areas, &tables]);
        assert_eq!(data.findings, []);
        let first = data.value.indicator("t3").expect("the last table");
        assert_eq!((first.rows.len(), first.precision), (335, 1));
    }
}
