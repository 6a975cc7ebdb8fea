//! The kinds of data beside areas, hospitals and indicators: brought together, with what they name resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Data, MOST_DECIMALS, expected_id, expected_indicator_id, names_of_ids, sources_of_values, valid_id,
    valid_indicator_id,
};
use crate::diagnostic::{Checked, Diagnostic, Span, accessibility, data, events, people, site};
use crate::locale::Language;
use crate::model::event::{Event, Moment, Zone};
use crate::model::flow::Flow;
use crate::model::freshness::Freshness;
use crate::model::grid::{Books, Grid};
use crate::model::indicator::{Cell, Over, Places};
use crate::model::person::{Consent, Person};
use crate::model::plain_sheet;
use crate::model::plain_table::Table;
use crate::model::programme::Contact;
use crate::model::question::{Question, Topic, asked};
use crate::model::sheet_table::{FlowCell, Measure, Reading};
use crate::model::term::Term;
use crate::parse::DataDocument;
use crate::parse::data::{WrittenAccessibility, WrittenConsent, WrittenEvent, WrittenFlow, WrittenFlowSheet};
use crate::parse::tree::Spans;

impl Data {
    pub(super) fn read_kinds(
        &mut self,
        documents: &[Arc<DataDocument>],
        books: &Books,
        findings: &mut Vec<Diagnostic>,
    ) {
        self.read_flows(documents, books, findings);
        self.read_tables(documents, books, findings);
        self.read_people(documents, findings);
        self.read_events(documents, findings);
        self.read_terms(documents, findings);
        self.read_accessibility(documents, findings);
    }

    /// The events.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        asked(|| Question::All(Topic::Events));
        self.events.iter()
    }

    /// The event of that id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        asked(|| Question::Named(Topic::Events, id.trim().into()));
        self.event_names.look_up(&self.events, id.trim()).found()
    }

    /// The people.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        asked(|| Question::All(Topic::People));
        self.people.iter()
    }

    /// The person of that id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        asked(|| Question::Named(Topic::People, id.trim().into()));
        self.person_names.look_up(&self.people, id.trim()).found()
    }

    /// The accessibility papers.
    pub fn accessibility(&self) -> Option<&WrittenAccessibility> {
        asked(|| Question::All(Topic::Accessibility));
        self.accessibility.as_ref()?.accessibility.as_ref()
    }

    /// Where the fields of the accessibility papers stand.
    pub fn accessibility_spans(&self) -> Spans {
        asked(|| Question::All(Topic::Accessibility));
        self.accessibility.as_ref().map(|document| document.spans.clone()).unwrap_or_default()
    }

    /// The terms of the glossary.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        asked(|| Question::All(Topic::Terms));
        self.terms.iter()
    }

    /// The term of that id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        asked(|| Question::Named(Topic::Terms, id.trim().into()));
        self.term_names.look_up(&self.terms, id.trim()).found()
    }

    /// The flow tables.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        asked(|| Question::All(Topic::Flows));
        self.flows.iter()
    }

    /// The flow table of that id.
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        asked(|| Question::Named(Topic::Flows, id.trim().into()));
        self.flow_names.look_up(&self.flows, id.trim()).found()
    }

    /// The plain tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        asked(|| Question::All(Topic::Tables));
        self.tables.iter()
    }

    /// The plain table of that id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        asked(|| Question::Named(Topic::Tables, id.trim().into()));
        self.table_names.look_up(&self.tables, id.trim()).found()
    }

    fn read_flows(&mut self, documents: &[Arc<DataDocument>], books: &Books, findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.flows.iter().enumerate() {
                let flow = self.flow_of((document, books), number, written).take(findings);
                self.flows.push(flow);
            }
        }
        self.flow_names = names_of_ids(self.flows.iter().map(|flow| (flow.id.as_str(), &flow.span)), findings);
    }

    fn flow_of(
        &self,
        (document, books): (&DataDocument, &Books),
        number: usize,
        written: &WrittenFlow,
    ) -> Checked<Flow> {
        let mut findings = Vec::new();
        let places = Places { spans: document.spans.clone(), path: format!("flows[{number}]") };
        if !valid_indicator_id(&written.id) {
            findings.push(data::invalid_id(places.value("id"), &written.id, expected_indicator_id()));
        }
        if let Some(precision) = written.precision.filter(|precision| *precision > MOST_DECIMALS) {
            findings.push(data::precision_too_large(places.value("precision"), precision, MOST_DECIMALS));
        }
        self.check_printed(written, &places, &mut findings);
        let (in_file, in_record) = (written.table.is_some(), written.values.is_some());
        findings.extend(sources_of_values(&places, "values", in_file, in_record));
        let mut cells = match &written.table {
            Some(table) => self.flow_in_file((document, books), &places, written, table).take(&mut findings),
            None => self.flow_in_record(document, number, written, &mut findings),
        };
        if written.small_numbers {
            cells.iter_mut().for_each(|cell| self.rules.keep_back(&mut cell.cell));
        }
        let (from, to) = (once(cells.iter().map(|cell| &cell.from)), once(cells.iter().map(|cell| &cell.to)));
        let at: BTreeMap<(&str, &str), &FlowCell> =
            cells.iter().map(|cell| ((cell.from.as_str(), cell.to.as_str()), cell)).collect();
        let lost = (Cell::ABSENT, places.value("id"));
        let cell = |from: &String, to: &String| {
            at.get(&(from.as_str(), to.as_str())).map_or(lost.clone(), |found| (found.cell, found.span.clone()))
        };
        let row = |from: &String| to.iter().map(|to| cell(from, to)).unzip();
        let (rows, cell_places) = from.iter().map(row).unzip();
        let most = cells.iter().filter_map(|cell| cell.cell.amount.ok()).map(|number| number.scale()).max();
        let flow = Flow {
            id: written.id.clone(),
            name: written.name.clone(),
            unit: written.unit.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            note: written.note.clone(),
            precision: written.precision.or(most).unwrap_or_default().min(MOST_DECIMALS),
            from,
            to,
            rows,
            small_numbers: written.small_numbers,
            printed: written.printed.clone(),
            span: places.value("id"),
            places: cell_places,
        };
        Checked::new(flow, findings)
    }

    /// What is printed beside the cells must be indicators that there are.
    fn check_printed(&self, written: &WrittenFlow, places: &Places, findings: &mut Vec<Diagnostic>) {
        let printed = [
            ("row_sums", &written.printed.row_sums),
            ("column_sums", &written.printed.column_sums),
            ("net", &written.printed.net),
            ("coefficient", &written.printed.coefficient),
        ];
        for (field, id) in printed {
            let unknown = |id: &&str| self.indicator(id).is_none() && !self.is_written(id);
            if let Some(id) = id.as_deref().filter(unknown) {
                let known = self.indicators().map(|indicator| indicator.id.as_str());
                findings.push(data::unknown_indicator(places.value(&format!("printed.{field}")), id, known));
            }
        }
    }

    fn flow_in_file(
        &self,
        (document, books): (&DataDocument, &Books),
        places: &Places,
        written: &WrittenFlow,
        table: &WrittenFlowSheet,
    ) -> Checked<Vec<FlowCell>> {
        let table = table.as_sheet();
        let at = format!("{}.table", places.path);
        let measure = Measure { over: Over::Areas, unit: &written.unit, period: Some(written.as_of) };
        match Grid::of(books, document, table.source(), &at, "file") {
            Err(finding) => Checked::new(Vec::new(), vec![finding]),
            Ok(grid) => {
                let mut reading = Reading::new(self, document, measure, (&at, "file"), &table, &grid);
                let cells = reading.flow();
                Checked::new(cells, reading.findings)
            }
        }
    }

    fn flow_in_record(
        &self,
        document: &DataDocument,
        number: usize,
        written: &WrittenFlow,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<FlowCell> {
        let mut cells: Vec<FlowCell> = Vec::new();
        let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
        for (row_name, row) in written.values.iter().flat_map(|values| &values.0) {
            let path = format!("flows[{number}].values.{row_name}");
            let span = document.spans.key(&path);
            let Some(from) = self.known(row_name, &span, findings) else { continue };
            if let Some((first_name, first)) = seen.insert(from.clone(), (row_name.clone(), span.clone())) {
                findings.push(data::duplicate_row(span, row_name, first, &first_name));
                continue;
            }
            let mut filled: BTreeSet<String> = BTreeSet::new();
            for (column_name, written_cell) in &row.0 {
                let cell = document.flow_cell(number, row_name, column_name, written_cell).take(findings);
                let path = format!("{path}.{column_name}");
                let Some(to) = self.known(column_name, &document.spans.key(&path), findings) else { continue };
                if !filled.insert(to.clone()) {
                    findings.push(data::duplicate_column(document.spans.key(&path), column_name));
                }
                cells.push(FlowCell { from: from.clone(), to, cell, span: document.spans.value(&path) });
            }
        }
        cells
    }

    /// The id of an area of that name.
    fn known(&self, name: &str, span: &Span, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let found = self.entity(Over::Areas, name, || span.clone()).map(str::to_owned);
        found.map_err(|finding| findings.push(finding)).ok()
    }

    fn read_tables(&mut self, documents: &[Arc<DataDocument>], books: &Books, findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for number in 0..document.tables.len() {
                let table = self.plain_table((document, books), number, findings);
                self.tables.extend(table);
            }
        }
        self.table_names = names_of_ids(self.tables.iter().map(|table| (table.id.as_str(), &table.span)), findings);
    }
}

/// People, events and terms.
impl Data {
    fn read_people(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.people.iter().enumerate() {
                let place = |field: &str| document.spans.value(&format!("people[{number}].{field}"));
                if !valid_id(&written.id) {
                    findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
                }
                let consent = |(number, consent): (usize, &WrittenConsent)| Consent {
                    purpose: consent.purpose,
                    given: consent.given,
                    until: consent.until,
                    span: place(&format!("consent[{number}]")),
                };
                let hospital = self.resolved(Over::Hospitals, &written.hospital, &place("hospital"), findings);
                self.people.push(Person {
                    id: written.id.clone(),
                    name: written.name.clone(),
                    reading: written.reading.clone(),
                    role: written.role.clone(),
                    affiliation: written.affiliation.clone(),
                    hospital,
                    sample: written.sample,
                    consent: written.consent.iter().enumerate().map(consent).collect(),
                    span: place("id"),
                });
            }
        }
        self.person_names = names_of_ids(self.people.iter().map(|person| (person.id.as_str(), &person.span)), findings);
    }

    /// The id of the area or hospital that a field names.
    pub(super) fn resolved(
        &self,
        over: Over,
        name: &Option<String>,
        span: &Span,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let found = self.entity(over, name.as_ref()?, || span.clone()).map(str::to_owned);
        found.map_err(|finding| findings.push(finding)).ok()
    }

    fn read_events(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.events.iter().enumerate() {
                let event = self.event_of(document, number, written).take(findings);
                self.events.push(event);
            }
        }
        self.event_names = names_of_ids(self.events.iter().map(|event| (event.id.as_str(), &event.span)), findings);
    }

    fn event_of(&self, document: &DataDocument, number: usize, written: &WrittenEvent) -> Checked<Event> {
        let mut findings = Vec::new();
        let place = |field: &str| document.spans.value(&format!("events[{number}].{field}"));
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
        }
        let zone_name = written.timezone.as_deref().unwrap_or("Asia/Tokyo");
        let zone = Zone::parse(zone_name).unwrap_or_else(|| {
            findings.push(events::unknown_time_zone(place("timezone"), zone_name));
            Zone { name: "Asia/Tokyo".to_owned(), minutes: 9 * 60 }
        });
        let end = written.end.filter(|end| {
            let early = ends_before(&written.start, end);
            if early {
                let (start, end) = (written.start.to_string(), end.to_string());
                findings.push(events::ends_before_it_begins(place("end"), &end, place("start"), &start));
            }
            !early
        });
        let person = |(number, id): (usize, &String)| {
            let span = place(&format!("people[{number}]"));
            match self.person(id) {
                Some(person) => Ok((person.id.clone(), span)),
                None => Err(people::unknown_person(span, id, self.people.iter().map(|person| person.id.as_str()))),
            }
        };
        let named = written.people.iter().enumerate().map(person);
        let named = named.filter_map(|person| person.map_err(|finding| findings.push(finding)).ok());
        let (people, people_spans) = named.unzip();
        let event = Event {
            id: written.id.clone(),
            name: written.name.clone(),
            reading: written.reading.clone(),
            kind: written.kind,
            start: written.start,
            previous_start: written.previous_start,
            end,
            zone,
            place: written.place.clone(),
            area: self.resolved(Over::Areas, &written.area, &place("area"), &mut findings),
            hospital: self.resolved(Over::Hospitals, &written.hospital, &place("hospital"), &mut findings),
            capacity: written.capacity,
            people,
            url: written.url.clone(),
            contact: written.contact.as_ref().map(Contact::of),
            status: written.status,
            updated: written.updated,
            summary: written.summary.clone(),
            note: written.note.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            freshness: Freshness { next_update: written.next_update, valid_until: written.valid_until },
            sample: written.sample,
            span: place("id"),
            people_spans,
        };
        Checked::new(event, findings)
    }

    pub(super) fn read_accessibility(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        let mut papers = documents.iter().filter(|document| document.accessibility.is_some());
        self.accessibility = papers.next().cloned();
        let Some(first) = &self.accessibility else { return };
        let place = |document: &DataDocument| document.spans.key("accessibility");
        findings.extend(papers.map(|second| accessibility::twice(place(second), place(first))));
    }

    fn read_terms(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.terms.iter().enumerate() {
                let place = |field: &str| document.spans.value(&format!("terms[{number}].{field}"));
                if !valid_id(&written.id) {
                    findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
                }
                let mut avoid = Vec::new();
                for (tag, words) in &written.avoid {
                    match Language::parse(tag) {
                        Some(language) => avoid.push((language, words.clone())),
                        None => findings.push(site::bad_language(place(&format!("avoid.{tag}")), tag)),
                    }
                }
                self.terms.push(Term {
                    id: written.id.clone(),
                    term: written.term.clone(),
                    reading: written.reading.clone(),
                    definition: written.definition.clone(),
                    avoid,
                    span: place("id"),
                });
            }
        }
        self.term_names = names_of_ids(self.terms.iter().map(|term| (term.id.as_str(), &term.span)), findings);
    }
}

/// Whether an event would be over before it begins. A day without a time lasts until its end.
fn ends_before(start: &Moment, end: &Moment) -> bool {
    match (start.time, end.time) {
        (Some(_), Some(_)) => end < start,
        _ => end.date < start.date,
    }
}

/// Each id once, in the order in which they are met.
fn once<'i>(ids: impl Iterator<Item = &'i String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(id.as_str())).cloned().collect()
}

/// Plain tables.
impl Data {
    fn plain_table(
        &self,
        (document, books): (&DataDocument, &Books),
        number: usize,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Table> {
        let written = document.tables.get(number)?;
        let places = Places { spans: document.spans.clone(), path: format!("tables[{number}]") };
        let place = |field: &str| places.value(field);
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
        }
        let spans: Vec<Span> =
            (0..written.columns.len()).map(|column| place(&format!("columns[{column}].id"))).collect();
        names_of_ids(written.columns.iter().map(|column| column.id.as_str()).zip(&spans), findings);
        findings.extend(sources_of_values(&places, "rows", written.table.is_some(), written.rows.is_some()));
        let (rows, row_places) = match &written.table {
            Some(table) => plain_sheet::rows(self, (books, document), &places.path, written, table).take(findings),
            None => {
                let rows = 0..written.rows.iter().flatten().count();
                let row = |row| (document.table_row(number, row).take(findings), place(&format!("rows[{row}]")));
                rows.map(row).unzip()
            }
        };
        Some(Table {
            id: written.id.clone(),
            name: written.name.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            note: written.note.clone(),
            columns: written.columns.clone(),
            rows,
            span: place("id"),
            places: row_places,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;
    use crate::model::indicator::Missing;
    use crate::model::plain_table::TableCell;
    use crate::parse;
    use crate::read::Source;

    fn assemble(files: &[&str]) -> Checked<Data> {
        let mut findings = Vec::new();
        let read = |(number, text): (usize, &&str)| {
            let source = Source::new(format!("content/data/{number}.yaml"), text.as_bytes());
            parse::data::document(&source).take(&mut findings).map(Arc::new)
        };
        let documents: Vec<_> = files.iter().enumerate().filter_map(read).collect();
        let data = super::super::assemble(&documents, &crate::model::Books::new()).take(&mut findings);
        Checked::new(data, findings)
    }

    fn codes(checked: &Checked<Data>) -> Vec<&str> {
        checked.findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    const AREAS: &str = "areas:
  - {id: a, name: {ja: 甲圏域, en: Area A}, kind: secondary-medical-area}
  - {id: b, name: {ja: 乙圏域, en: Area B}, kind: secondary-medical-area}
";

    const FLOW: &str = "flows:
  - id: patients
    name: 入院患者の流れ
    unit: 人
    source: 調査
    as_of: 2020
    values:
      甲圏域: {a: \"1,200\", b: 30.5}
      b: {甲圏域: 12, b: x, 丙: 3}
";

    #[test]
    fn flows_lead_from_area_to_area() {
        let data = assemble(&[AREAS, FLOW]);
        assert_eq!(codes(&data), ["unknown-area"]);
        let flow = data.value.flow("patients").expect("the flow");
        assert_eq!((&flow.from, &flow.to), (&vec!["a".to_owned(), "b".into()], &vec!["a".to_owned(), "b".into()]));
        let amount = |from, to| flow.cell(from, to).map(|cell| cell.amount.map(|number| number.to_string()));
        assert_eq!(amount("a", "a"), Some(Ok("1200".into())));
        assert_eq!(amount("a", "b"), Some(Ok("30.5".into())));
        assert_eq!(amount("b", "b"), Some(Err(Missing::Suppressed)));
        assert_eq!((amount("c", "a"), flow.precision), (None, 1));
    }

    #[test]
    fn rows_and_columns_of_a_flow_stand_once() {
        let twice = "flows:
  - {id: f, name: F, unit: 人, source: S, as_of: 2020, values: {a: {b: 1, 乙圏域: 2}, 甲圏域: {b: 3}}}
  - {id: f-2, name: F, unit: 人, source: S, as_of: 2020, values: {a: {b: 人}}}
";
        assert_eq!(
            codes(&assemble(&[AREAS, twice])),
            ["duplicate-column", "duplicate-row", "invalid-id", "not-a-number"]
        );
    }

    #[test]
    fn plain_tables_keep_texts_and_numbers() {
        let table = "tables:
  - id: posts
    name: {ja: 募集, en: Posts}
    source: 案内
    as_of: 2023-07-07
    columns: [{id: name, label: 名称}, {id: places, label: 定員, unit: 人}]
    rows:
      - [{ja: 内科, en: Medicine}, 3]
      - [1.50, …]
      - [外科]
      - [救急, 三人]
";
        let data = assemble(&[table]);
        assert_eq!(codes(&data), ["row-length", "not-a-number"]);
        let table = data.value.table("posts").expect("the table");
        let text = |row: usize| match &table.rows[row][0] {
            TableCell::Text(text) => text.text(&Language::japanese(), &Language::japanese()).to_owned(),
            TableCell::Amount(_) => String::new(),
        };
        assert_eq!([text(0), text(1), text(2)], ["内科", "1.50", "外科"]);
        assert_eq!(table.rows[1][1], TableCell::Amount(Err(Missing::NotAvailable)));
        assert_eq!(table.column("places"), Some(1));
    }

    const PEOPLE: &str = "people:
  - {id: aoki, name: {ja: 青木, en: Aoki}, sample: true}
  - {id: aoki, name: {ja: 青木, en: Aoki}, consent: [{use: nmae}]}
";

    #[test]
    fn events_name_what_there_is_and_end_after_they_begin() {
        let events = "events:
  - {id: e1, name: E, kind: session, start: \"2023-07-07 19:00\", end: \"2023-07-07 18:00\", area: 甲圏城}
  - {id: e2, name: E, kind: briefing, start: 2023-07-07, end: \"2023-07-07 18:00\", timezone: Asia/Tokio, people: [aoki, aoi]}
  - {id: e3, name: E, kind: deadline, start: 2023-07-32, hospital: none}
  - {id: e4, name: E, kind: visit, start: 2023-07-01, timezone: \"+09:00\", hospital: none}
";
        let data = assemble(&[AREAS, PEOPLE, events]);
        assert_eq!(
            codes(&data),
            [
                "unknown-choice",
                "invalid-date",
                "duplicate-id",
                "event-ends-before-it-begins",
                "unknown-area",
                "unknown-time-zone",
                "unknown-person",
                "unknown-hospital"
            ]
        );
        assert_eq!(data.findings[6].help[0].en, "did you mean: aoki");
        let event = data.value.event("e2").expect("the event");
        assert_eq!((event.people.as_slice(), event.zone.minutes), (["aoki".to_owned()].as_slice(), 540));
        assert!(event.is_past(jiff::civil::date(2023, 7, 8)) && !event.is_past(jiff::civil::date(2023, 7, 7)));
    }

    #[test]
    fn terms_are_words_by_language() {
        let terms = "terms:
  - {id: core, term: {ja: 基幹型, en: core hospital}, definition: 定義, avoid: {en: [key hospital], English: [a]}}
  - {id: core, term: {ja: 別}, definition: 定義}
";
        let data = assemble(&[terms]);
        assert_eq!(codes(&data), ["bad-language", "duplicate-id"]);
        let term = data.value.term("core").expect("the term");
        let english = Language::parse("en").expect("English");
        assert_eq!(term.in_language(&english), Some("core hospital"));
        assert_eq!(term.in_language(&Language::parse("ja-easy").expect("a tag")), Some("基幹型"));
        assert_eq!(term.avoid, [(english, vec!["key hospital".to_owned()])]);
    }

    #[test]
    fn small_counts_are_kept_back_where_the_data_is_put_together() {
        let table = "indicators:
  - {id: cases, name: 症例, unit: 件, source: S, as_of: 2020, small_numbers: true, periods: [2019, 2020], values: {a: [9, 10], b: [0, -3]}}
  - {id: all, name: 全て, unit: 件, source: S, as_of: 2020, periods: [2019, 2020], values: {a: [9, 10], b: [0, 3]}}
";
        let source = |text: &str| parse::data::document(&Source::new("content/data/a.yaml", text.as_bytes())).value;
        let documents: Vec<_> = [AREAS, table].into_iter().filter_map(source).map(Arc::new).collect();
        let rule = |zero| crate::parse::settings::SmallNumbers { threshold: 10, show: "x".into(), zero };
        let values = |zero| {
            let rules = super::super::Rules { small_numbers: Some(rule(zero)), ..Default::default() };
            let data = super::super::assemble_under(&documents, &crate::model::Books::new(), &rules).value;
            let texts = |id: &str| -> Vec<String> {
                let cells = data.indicator(id).into_iter().flat_map(|known| &known.rows).flat_map(|row| &row.cells);
                cells.map(|cell| cell.amount.map_or("x".into(), |number| number.to_string())).collect()
            };
            (texts("cases").join(" "), texts("all").join(" "))
        };
        assert_eq!(values(false), ("x 10 0 x".into(), "9 10 0 3".into()));
        assert_eq!(values(true).0, "x 10 x x");
    }
}
