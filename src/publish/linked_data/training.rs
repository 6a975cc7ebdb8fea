//! What machines are told of events, postings and programmes.

use super::{Teller, some};
use crate::locale::Localized;
use crate::model::area::AreaKind;
use crate::model::event::{Event as Known, EventKind, EventStatus};
use crate::model::hospital::Hospital;
use crate::model::posting::{Employment, Per, Posting as Place};
use crate::model::programme::{Contact, Programme as Plan};
use crate::publish::structured_data::training::{Address, Event, EventState, Posting, Programme, Salary};
use crate::publish::structured_data::{Author, Organization};
use crate::render::view::EventView;

impl Teller<'_> {
    /// Whether search engines must not take it for true. A site at an address that can't exist may show how it is done.
    pub(super) fn hides(&self, sample: bool) -> bool {
        let base = &self.view.site.base_url;
        let host = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest).split(['/', ':']).next();
        let reserved = host.is_some_and(|host| [".example", ".test", ".invalid"].iter().any(|end| host.ends_with(end)));
        sample && !reserved
    }

    fn text(&self, label: &Localized) -> String {
        self.site.settings.text(label, &self.page.language).to_owned()
    }

    fn optional(&self, label: &Option<Localized>) -> Option<String> {
        label.as_ref().and_then(|label| some(&self.text(label)))
    }

    /// Where a hospital is, or where an area is that a thing is in.
    pub(super) fn address(&self, hospital: Option<&Hospital>, area: Option<&str>) -> Address {
        let data = &self.site.data;
        let area = hospital.and_then(|hospital| hospital.area.as_deref()).or(area).and_then(|id| data.area(id));
        let around: Vec<_> = area.into_iter().chain(area.into_iter().flat_map(|area| data.ancestors(area))).collect();
        let name = |kind: AreaKind| {
            let found = around.iter().find(|area| area.kind == kind);
            found.and_then(|area| some(&self.text(&area.name)))
        };
        let region = name(AreaKind::Prefecture);
        Address {
            line: hospital.and_then(|hospital| self.optional(&hospital.address)),
            locality: name(AreaKind::Municipality),
            in_japan: region.is_some(),
            region,
        }
    }

    fn office(&self, contact: &Contact) -> Organization {
        Organization { name: self.text(&contact.name), email: contact.email.clone(), ..Organization::default() }
    }

    fn employer(&self, hospital: &Hospital) -> Organization {
        let page = self.site.page_about(self.page, &crate::model::Subject::Hospital(hospital.id.clone()));
        let page = page.map(|page| self.canonical(&page.route));
        Organization { name: self.text(&hospital.name), url: hospital.url.clone().or(page), ..Organization::default() }
    }

    /// A deadline is no event that anybody goes to.
    pub(super) fn event(&self, known: &Known, view: &EventView) -> Option<Event> {
        if known.kind == EventKind::Deadline || self.hides(known.sample) {
            return None;
        }
        let hospital = known.hospital.as_deref().and_then(|id| self.site.data.hospital(id));
        let offset = |text: String| if text.contains('T') { text + &known.zone.offset() } else { text };
        let previous = known.previous_start.map(|start| offset(start.to_string()));
        let place = || hospital.map(|hospital| self.text(&hospital.name));
        Some(Event {
            name: view.name.clone(),
            description: some(&view.summary).or_else(|| some(&view.note)),
            url: self.view.page.canonical.clone(),
            start: view.start.clone(),
            end: view.end.clone(),
            state: match (known.status, previous) {
                (EventStatus::Cancelled, _) => EventState::Cancelled,
                (EventStatus::Changed, Some(start)) => EventState::Rescheduled(start),
                _ => EventState::Scheduled,
            },
            place: some(&view.place).or_else(place).unwrap_or_default(),
            address: self.address(hospital, known.area.as_deref()),
            organizer: known.contact.as_ref().map(|contact| self.office(contact)),
            performers: view.people.iter().map(|one| Author::Person { name: one.name.clone(), url: None }).collect(),
            capacity: view.capacity,
            images: self.images(),
            language: self.page.language.html().to_owned(),
        })
    }

    /// Nobody is told of what is closed.
    pub(super) fn posting(&self, known: &Place) -> Option<Posting> {
        if known.is_closed(self.site.today) || self.hides(known.sample) {
            return None;
        }
        let hospital = self.site.data.hospital(&known.hospital)?;
        let at = Some(hospital).filter(|_| !known.elsewhere);
        let kind = |kind: &Employment| match kind {
            Employment::FullTime => "FULL_TIME",
            Employment::PartTime => "PART_TIME",
            // An appointment for a term is no work of a contractor.
            Employment::Contract | Employment::Temporary => "TEMPORARY",
            Employment::PerDiem => "PER_DIEM",
        };
        Some(Posting {
            id: known.id.clone(),
            title: self.text(&known.title),
            description: self.described(known),
            url: self.view.page.canonical.clone(),
            posted: known.posted.to_string(),
            until: known.deadline().map(|last| format!("{last}T23:59:59{}", crate::publish::ZONE)),
            employment: known.employment.iter().map(|one| kind(one).to_owned()).collect(),
            employer: self.employer(hospital),
            address: self.address(at, known.area.as_deref()),
            salary: known.salary.as_ref().and_then(salary),
            places: known.places,
            begins: known.begins.map(|day| day.to_string()),
            requirements: known.requirements.iter().map(|label| self.text(label)).collect(),
            contact: known.contact.as_ref().map(|contact| self.office(contact)),
        })
    }

    /// All that the page says of the work, as HTML.
    fn described(&self, known: &Place) -> String {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let paragraph = |text: String| format!("<p>{}</p>", escape(&text));
        let items: String =
            known.requirements.iter().map(|label| format!("<li>{}</li>", escape(&self.text(label)))).collect();
        let list = (!items.is_empty()).then(|| format!("<ul>{items}</ul>"));
        let pay = known.salary.as_ref().and_then(|salary| self.optional(&salary.note)).map(paragraph);
        let how = self.optional(&known.how).map(paragraph);
        let note = self.optional(&known.note).map(paragraph);
        [Some(paragraph(self.text(&known.summary))), list, pay, how, note].into_iter().flatten().collect()
    }

    pub(super) fn programme(&self, plan: &Plan) -> Option<Programme> {
        if self.hides(plan.sample) {
            return None;
        }
        let hospital = plan.hospital.as_deref().and_then(|id| self.site.data.hospital(id));
        // An invented programme is no offer of a hospital that exists.
        let hospital = hospital.filter(|hospital| !plan.sample || hospital.sample);
        let office = plan.contact.as_ref().map(|contact| self.office(contact));
        let mut years = plan.courses.iter().map(|course| course.years.len());
        let first = years.next();
        let applications = plan.applications.as_ref();
        let day = |day: jiff::civil::Date| day.to_string();
        Some(Programme {
            name: self.text(&plan.name),
            description: self.optional(&plan.summary).unwrap_or_else(|| self.view.page.description.clone()),
            url: self.view.page.canonical.clone(),
            provider: hospital.map(|hospital| self.employer(hospital)).or(office).or_else(|| self.publisher()),
            address: self.address(hospital, None),
            years: first.filter(|first| *first > 0 && years.all(|other| other == *first)),
            starts: plan.first_day(1).map(day),
            applications_from: applications.and_then(|applications| applications.from).map(day),
            applications_until: applications.and_then(|applications| applications.until).map(day),
            places: plan.places,
            courses: plan.courses.iter().map(|course| self.text(&course.name)).collect(),
        })
    }
}

fn salary(known: &crate::model::posting::Salary) -> Option<Salary> {
    let unit = match known.per {
        Per::Hour => "HOUR",
        Per::Day => "DAY",
        Per::Week => "WEEK",
        Per::Month => "MONTH",
        Per::Year => "YEAR",
    };
    let whole = |amount: rust_decimal::Decimal| u64::try_from(amount).ok();
    Some(Salary {
        least: whole(known.least)?,
        most: known.most.and_then(whole),
        currency: known.currency.clone(),
        unit: unit.to_owned(),
    })
}
