//! Postings: brought together, with the hospital, the area and the programme they name resolved.

use std::sync::Arc;

use super::{Data, expected_id, names_of_ids, valid_id};
use crate::diagnostic::{Diagnostic, Span, data, page, postings, say};
use crate::model::freshness::Freshness;
use crate::model::indicator::Over;
use crate::model::posting::{Posting, Salary};
use crate::model::programme::Contact;
use crate::model::question::{Question, Topic, asked};
use crate::parse::DataDocument;
use crate::parse::data::{WrittenPosting, WrittenSalary};

impl Data {
    /// The postings.
    pub fn postings(&self) -> impl Iterator<Item = &Posting> {
        asked(|| Question::All(Topic::Postings));
        self.postings.iter()
    }

    /// The posting of that id.
    pub fn posting(&self, id: &str) -> Option<&Posting> {
        asked(|| Question::Named(Topic::Postings, id.trim().into()));
        self.posting_names.look_up(&self.postings, id.trim()).found()
    }

    pub(super) fn read_postings(&mut self, documents: &[Arc<DataDocument>], findings: &mut Vec<Diagnostic>) {
        for document in documents {
            for (number, written) in document.postings.iter().enumerate() {
                let posting = self.posting_of(document, number, written, findings);
                self.postings.extend(posting);
            }
        }
        let ids = self.postings.iter().map(|posting| (posting.id.as_str(), &posting.span));
        self.posting_names = names_of_ids(ids, findings);
    }

    /// `None` for one that nobody employs for: no page could be made of it.
    fn posting_of(
        &self,
        document: &DataDocument,
        number: usize,
        written: &WrittenPosting,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Posting> {
        let place = |field: &str| document.spans.value(&format!("postings[{number}].{field}"));
        if !valid_id(&written.id) {
            findings.push(data::invalid_id(place("id"), &written.id, expected_id()));
        }
        if let Some(end) = written.valid_until.filter(|end| *end < written.posted) {
            let (end, start) = (end.to_string(), written.posted.to_string());
            findings.push(postings::ends_before_it_begins(place("valid_until"), &end, place("posted"), &start));
        }
        let salary = written.salary.as_ref().map(|salary| salary_of(salary, &place, findings));
        let area = self.resolved(Over::Areas, &written.area, &place("area"), findings);
        let programme = self.programme_of(written, &place("programme"), findings);
        if written.hospital.is_none() {
            let known = self.hospitals().map(|hospital| hospital.id.as_str());
            findings.push(postings::without_employer(place("id"), &written.id, known));
        }
        let hospital = self.resolved(Over::Hospitals, &written.hospital, &place("hospital"), findings)?;
        let employer = self.hospital(&hospital)?;
        Some(Posting {
            id: written.id.clone(),
            title: written.title.clone(),
            reading: written.reading.clone(),
            programme,
            elsewhere: area.is_some() && area != employer.area,
            area: area.or_else(|| employer.area.clone()),
            employment: written.employment.clone(),
            places: written.places,
            salary,
            posted: written.posted,
            begins: written.begins,
            requirements: written.requirements.clone(),
            how: written.how.clone(),
            url: written.url.clone(),
            contact: written.contact.as_ref().map(Contact::of),
            summary: written.summary.clone(),
            note: written.note.clone(),
            source: written.source.clone(),
            as_of: written.as_of,
            freshness: Freshness { next_update: written.next_update, valid_until: written.valid_until },
            sample: written.sample || employer.sample,
            span: place("id"),
            hospital,
        })
    }

    fn programme_of(&self, written: &WrittenPosting, span: &Span, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let id = written.programme.as_ref()?;
        let found = self.programme(id).map(|programme| programme.id.clone());
        if found.is_none() {
            let known = self.programmes().map(|programme| programme.id.as_str());
            findings.push(page::unknown_id(span.clone(), &say("プログラム", "programme"), id, known));
        }
        found
    }
}

fn salary_of(written: &WrittenSalary, place: &dyn Fn(&str) -> Span, findings: &mut Vec<Diagnostic>) -> Salary {
    if let Some(to) = written.to.filter(|to| *to < written.from) {
        findings.push(postings::salary_upside_down(place("salary.to"), written.from, to));
    }
    let currency = written.currency.clone().unwrap_or_else(|| "JPY".to_owned());
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        findings.push(postings::unknown_currency(place("salary.currency"), &currency));
    }
    let (least, most) = written.range();
    Salary { least, most: most.filter(|most| *most != least), currency, per: written.per, note: written.note.clone() }
}
