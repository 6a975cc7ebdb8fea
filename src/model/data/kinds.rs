//! The kinds of data beside areas, hospitals and indicators: brought together, with what they name resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Data, Entry, MOST_DECIMALS, Names, expected_id, expected_indicator_id, names, valid_id, valid_indicator_id,
};
use crate::diagnostic::{Checked, Diagnostic, Span, data};
use crate::locale::Localized;
use crate::model::flow::Flow;
use crate::model::indicator::{Cell, Missing, Over};
use crate::model::table::Table;
use crate::parse::DataDocument;
use crate::parse::data::WrittenFlow;

impl Data {
    pub(super) fn read_kinds(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        self.read_flows(documents, findings);
        self.read_tables(documents, findings);
    }

    /// The flow tables.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.flows.iter()
    }

    /// The flow table of that id.
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        self.flow_names.look_up(&self.flows, id.trim()).found()
    }

    /// The plain tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter()
    }

    /// The plain table of that id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.table_names.look_up(&self.tables, id.trim()).found()
    }

    fn read_flows(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.flows.iter().enumerate() {
                let flow = self.flow_of(document, number, written).take(findings);
                self.flows.push(flow);
            }
        }
        self.flow_names = by_id(self.flows.iter().map(|flow| (flow.id.as_str(), &flow.span)), findings);
    }

    fn flow_of(&self, document: &DataDocument, number: usize, written: &WrittenFlow) -> Checked<Flow> {
        let mut findings = Vec::new();
        let place = |field: &str| document.spans.value(&format!("flows[{number}].{field}"));
        if !valid_indicator_id(&written.id) {
            findings.push(data::invalid_id(place("id"), &written.id, expected_indicator_id()));
        }
        if let Some(precision) = written.precision.filter(|precision| *precision > MOST_DECIMALS) {
            findings.push(data::precision_too_large(place("precision"), precision, MOST_DECIMALS));
        }
        let (mut from, mut to) = (Areas::default(), Areas::default());
        let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
        for (row_name, row) in &written.values.0 {
            let span = document.spans.key(&format!("flows[{number}].values.{row_name}"));
            let Some(source) = from.place_of(self, row_name, &span, &mut findings) else { continue };
            if let Some((first_name, first)) = from.seen.insert(source, (row_name.clone(), span.clone())) {
                findings.push(data::duplicate_row(span, row_name, first, &first_name));
                continue;
            }
            for (column_name, written) in &row.0 {
                let span = document.spans.key(&format!("flows[{number}].values.{row_name}.{column_name}"));
                let cell = document.flow_cell(number, row_name, column_name, written).take(&mut findings);
                let Some(target) = to.place_of(self, column_name, &span, &mut findings) else { continue };
                if cells.insert((source, target), cell).is_some() {
                    findings.push(data::duplicate_column(span, column_name));
                }
            }
        }
        let missing = Cell { amount: Err(Missing::NotAvailable), mark: None };
        let cell = |source: usize, target: usize| cells.get(&(source, target)).copied().unwrap_or(missing);
        let row = |source: usize| (0..to.ids.len()).map(|target| cell(source, target)).collect();
        let rows = (0..from.ids.len()).map(row).collect();
        let most = cells.values().filter_map(|cell| cell.amount.ok()).map(|number| number.scale()).max();
        let flow = Flow {
            id: written.id.clone(),
            name: written.name.clone(),
            unit: written.unit.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            note: written.note.clone(),
            precision: written.precision.or(most).unwrap_or_default().min(MOST_DECIMALS),
            rows,
            from: from.ids,
            to: to.ids,
            span: place("id"),
        };
        Checked::new(flow, findings)
    }

    fn read_tables(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for number in 0..document.tables.len() {
                self.tables.extend(table(document, number, findings));
            }
        }
        self.table_names = by_id(self.tables.iter().map(|table| (table.id.as_str(), &table.span)), findings);
    }
}

/// The areas of one side of a flow table, in the order in which they are met.
#[derive(Default)]
struct Areas {
    ids: Vec<String>,
    seen: BTreeMap<usize, (String, Span)>,
}

impl Areas {
    fn place_of(&mut self, data: &Data, name: &str, span: &Span, findings: &mut Vec<Diagnostic>) -> Option<usize> {
        let id = match data.entity(Over::Areas, name, span) {
            Ok(id) => id,
            Err(finding) => {
                findings.push(finding);
                return None;
            }
        };
        Some(self.ids.iter().position(|known| known == id).unwrap_or_else(|| {
            self.ids.push(id.to_owned());
            self.ids.len() - 1
        }))
    }
}

fn table(document: &DataDocument, number: usize, findings: &mut Vec<Diagnostic>) -> Option<Table> {
    let written = document.tables.get(number)?;
    let place = |field: &str| document.spans.value(&format!("tables[{number}].{field}"));
    if !valid_id(&written.id) {
        findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
    }
    let spans: Vec<Span> = (0..written.columns.len()).map(|column| place(&format!("columns[{column}].id"))).collect();
    by_id(written.columns.iter().map(|column| column.id.as_str()).zip(&spans), findings);
    let rows = (0..written.rows.len()).map(|row| document.table_row(number, row).take(findings)).collect();
    Some(Table {
        id: written.id.clone(),
        name: written.name.clone(),
        source: written.source.clone(),
        as_of: written.as_of,
        note: written.note.clone(),
        columns: written.columns.clone(),
        rows,
        span: place("id"),
    })
}

/// Names of things that only their ids lead to.
fn by_id<'e>(things: impl Iterator<Item = (&'e str, &'e Span)>, findings: &mut Vec<Diagnostic>) -> Names {
    let nameless = Localized::default();
    let entries: Vec<Entry<'_>> = things.map(|(id, span)| Entry { id, name: &nameless, aliases: &[], span }).collect();
    names(&entries, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;
    use crate::model::table::TableCell;
    use crate::parse;
    use crate::read::Source;

    fn assemble(files: &[&str]) -> Checked<Data> {
        let mut findings = Vec::new();
        let read = |(number, text): (usize, &&str)| {
            let source = Source::new(format!("content/data/{number}.yaml"), text.as_bytes());
            parse::data::document(&source).take(&mut findings).map(Arc::new)
        };
        let documents: Vec<_> = files.iter().enumerate().filter_map(read).collect();
        let data = super::super::assemble(&documents).take(&mut findings);
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
}
