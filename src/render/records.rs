//! Areas, events and people as pages show them: in lists, and each on its own page.

use super::body::Scene;
use super::hospital;
use super::view::{AreaCard, AreaRecord, AreaView, ContactView, DateView, EventView, FigureView, PersonView};
use crate::derive::Wording;
use crate::locale::{DateStyle, Localized, PeriodStyle};
use crate::model::Subject;
use crate::model::area::{Area, AreaKind};
use crate::model::event::{Event, EventKind, EventStatus, Moment};
use crate::model::indicator::Over;
use crate::model::person::{Agreement, Person, Use};
use crate::model::programme::Contact;

pub(super) fn text(scene: &Scene<'_>, label: &Localized) -> String {
    scene.site.settings.text(label, &scene.page.language).to_owned()
}

pub(super) fn optional(scene: &Scene<'_>, label: &Option<Localized>) -> String {
    label.as_ref().map(|label| text(scene, label)).unwrap_or_default()
}

/// The way to the page about a thing in the data, where there is one.
pub(super) fn href(scene: &Scene<'_>, subject: Subject) -> Option<String> {
    let page = scene.site.page_about(scene.page, &subject)?;
    Some(scene.site.settings.links.href(scene.standpoint, &page.route))
}

/// A day in the forms that pages show.
pub fn date(scene: &Scene<'_>, date: jiff::civil::Date) -> DateView {
    DateView {
        iso: date.to_string(),
        long: scene.locale.date(date, DateStyle::Long),
        full: scene.locale.date(date, DateStyle::Full),
        month: scene.locale.date(date, DateStyle::Month),
    }
}

fn area_kind(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Country => "country",
        AreaKind::Region => "region",
        AreaKind::Prefecture => "prefecture",
        AreaKind::SecondaryMedicalArea => "secondary-medical-area",
        AreaKind::PerinatalMedicalArea => "perinatal-medical-area",
        AreaKind::County => "county",
        AreaKind::Municipality => "municipality",
        AreaKind::District => "district",
        AreaKind::Group => "group",
    }
}

/// An area as pages name it.
pub fn area_view(scene: &Scene<'_>, area: &Area) -> AreaView {
    let href = href(scene, Subject::Area(area.id.clone()));
    AreaView { id: area.id.clone(), name: text(scene, &area.name), href }
}

/// An area in a list or in a sentence.
pub fn area_card(scene: &Scene<'_>, area: &Area) -> AreaCard {
    let name = scene.site.settings.shown(&area.name, &scene.page.language);
    let kind = area_kind(area.kind);
    AreaCard {
        id: area.id.clone(),
        name: name.text,
        html: name.lang,
        href: href(scene, Subject::Area(area.id.clone())),
        kind: kind.to_owned(),
        kind_label: scene.words.get(&format!("area-kind-{kind}"), &[]).unwrap_or_default(),
        depth: scene.site.data.ancestors(area).count(),
    }
}

/// All areas, each before those within it, and beside each other in the order of the data.
pub fn areas(scene: &Scene<'_>) -> Vec<AreaCard> {
    let data = &scene.site.data;
    let mut open: Vec<&Area> = data.areas().filter(|area| area.parent.is_none()).collect();
    open.reverse();
    let mut cards = Vec::new();
    while let Some(area) = open.pop() {
        cards.push(area_card(scene, area));
        let children: Vec<&Area> = data.children(&area.id).collect();
        open.extend(children.into_iter().rev());
    }
    cards
}

/// An area on its own page: what it is a part of, its parts, its hospitals and its latest figures.
pub fn area(scene: &Scene<'_>, id: &str) -> Option<AreaRecord> {
    let data = &scene.site.data;
    let area = data.area(id)?;
    let hospitals = data.hospitals().filter(|hospital| {
        let at = hospital.area.as_deref().and_then(|id| data.area(id));
        at.is_some_and(|at| at.id == area.id || data.ancestors(at).any(|above| above.id == area.id))
    });
    let mut above: Vec<AreaCard> = data.ancestors(area).map(|area| area_card(scene, area)).collect();
    above.reverse();
    Some(AreaRecord {
        card: area_card(scene, area),
        reading: area.reading.clone(),
        code: area.code.clone(),
        above,
        parts: data.children(&area.id).map(|area| area_card(scene, area)).collect(),
        hospitals: hospitals.filter_map(|hospital| hospital::card(scene, &hospital.id)).collect(),
        figures: figures(scene, area),
    })
}

/// The latest value of each indicator that has one for the area.
fn figures(scene: &Scene<'_>, area: &Area) -> Vec<FigureView> {
    let wording: Wording<'_> = scene.wording();
    let of_areas = scene.site.data.indicators_over(Over::Areas);
    let figure = |indicator: &crate::model::indicator::Indicator| {
        let period = indicator.latest()?;
        let cell = indicator.cell(&area.id, period)?;
        Some(FigureView {
            name: text(scene, &indicator.name),
            unit: text(scene, &indicator.unit),
            period: scene.locale.period(period, PeriodStyle::Western),
            value: wording.amount(cell.amount, indicator.precision),
        })
    };
    of_areas.filter_map(figure).collect()
}

/// An event, in a list or on its own page.
pub fn event(scene: &Scene<'_>, event: &Event) -> EventView {
    let data = &scene.site.data;
    let name = scene.site.settings.shown(&event.name, &scene.page.language);
    let kind = match event.kind {
        EventKind::Session => "session",
        EventKind::Briefing => "briefing",
        EventKind::Visit => "visit",
        EventKind::Deadline => "deadline",
    };
    let status = match event.status {
        EventStatus::Planned => "planned",
        EventStatus::Changed => "changed",
        EventStatus::Cancelled => "cancelled",
    };
    let word = |key: String| scene.words.get(&key, &[]).unwrap_or_default();
    let people = event.people.iter().filter_map(|id| data.person(id));
    EventView {
        id: event.id.clone(),
        name: name.text,
        html: name.lang,
        href: href(scene, Subject::Event(event.id.clone())),
        kind: kind.to_owned(),
        kind_label: word(format!("event-kind-{kind}")),
        status: status.to_owned(),
        status_label: word(format!("event-status-{status}")),
        when: when(scene, event),
        previous: event.previous_start.map(|start| moment(scene, start)),
        start: stamp(event, event.start),
        end: event.end.map(|end| stamp(event, end)),
        // Of Japan's own time nobody need be told on a Japanese site.
        zone: (event.zone.minutes != 9 * 60).then(|| format!("UTC{}", event.zone.offset())),
        past: event.is_past(scene.site.today),
        place: optional(scene, &event.place),
        area: event.area.as_deref().and_then(|id| data.area(id)).map(|area| area_card(scene, area)),
        hospital: event.hospital.as_deref().and_then(|id| hospital::card(scene, id)),
        capacity: event.capacity,
        people: people.filter_map(|known| person(scene, known)).collect(),
        url: event.url.clone(),
        calendar: calendar(scene, event),
        contact: event.contact.as_ref().map(|known| contact(scene, known)),
        sample: event.sample,
        summary: optional(scene, &event.summary),
        note: optional(scene, &event.note),
        source: optional(scene, &event.source),
        as_of: event.as_of.map(|day| date(scene, day)),
        updated: event.updated.map(|day| date(scene, day)),
    }
}

/// The way to the event as a file for calendars, which stands beside its page.
fn calendar(scene: &Scene<'_>, event: &Event) -> Option<String> {
    let page = scene.site.page_about(scene.page, &Subject::Event(event.id.clone()))?;
    Some(scene.site.settings.links.href(scene.standpoint, &page.route.join(&format!("{}.ics", event.id))))
}

/// Whom to write to.
pub(super) fn contact(scene: &Scene<'_>, contact: &Contact) -> ContactView {
    ContactView { name: text(scene, &contact.name), email: contact.email.clone(), phone: contact.phone.clone() }
}

/// As `datetime` has it.
fn stamp(event: &Event, moment: Moment) -> String {
    match moment.time {
        Some(_) => format!("{moment}{}", event.zone.offset()),
        None => moment.to_string(),
    }
}

/// `2023年7月7日（金） 19:00–20:30`.
fn when(scene: &Scene<'_>, event: &Event) -> String {
    let whole = |at: Moment| moment(scene, at);
    match event.end {
        Some(end) if end.date == event.start.date => match clock(end) {
            Some(clock) => format!("{}–{clock}", whole(event.start)),
            None => whole(event.start),
        },
        Some(end) => format!("{} – {}", whole(event.start), whole(end)),
        None => whole(event.start),
    }
}

fn clock(moment: Moment) -> Option<String> {
    moment.time.map(|time| format!("{:02}:{:02}", time.hour(), time.minute()))
}

/// `2023年7月7日（金） 19:00`.
fn moment(scene: &Scene<'_>, moment: Moment) -> String {
    let day = scene.locale.date(moment.date, DateStyle::Full);
    match clock(moment) {
        Some(clock) => format!("{day} {clock}"),
        None => day,
    }
}

/// Those events that are `wanted`: what comes, the next one first; then what is over, the latest first.
pub fn events(scene: &Scene<'_>, wanted: impl Fn(&Event) -> bool) -> Vec<EventView> {
    let (mut past, mut coming): (Vec<&Event>, Vec<&Event>) =
        scene.site.data.events().filter(|event| wanted(event)).partition(|event| event.is_past(scene.site.today));
    coming.sort_by(|a, b| a.start.cmp(&b.start).then_with(|| a.id.cmp(&b.id)));
    past.sort_by(|a, b| b.start.cmp(&a.start).then_with(|| a.id.cmp(&b.id)));
    coming.into_iter().chain(past).map(|known| event(scene, known)).collect()
}

/// A person, in a list or on their own page. `None` for those who did not agree to be named.
pub fn person(scene: &Scene<'_>, person: &Person) -> Option<PersonView> {
    if person.agreed(Use::Name, scene.site.today) != Agreement::Given {
        return None;
    }
    let name = scene.site.settings.shown(&person.name, &scene.page.language);
    Some(PersonView {
        id: person.id.clone(),
        name: name.text,
        html: name.lang,
        href: href(scene, Subject::Person(person.id.clone())),
        reading: person.reading.clone(),
        role: optional(scene, &person.role),
        affiliation: optional(scene, &person.affiliation),
        hospital: person.hospital.as_deref().and_then(|id| hospital::card(scene, id)),
        sample: person.sample,
    })
}

/// All people who may be named, in the order of their names.
pub fn people(scene: &Scene<'_>) -> Vec<PersonView> {
    let mut people: Vec<PersonView> = scene.site.data.people().filter_map(|known| person(scene, known)).collect();
    let japanese = scene.page.language.is_japanese();
    let key = |person: &PersonView| match &person.reading {
        Some(reading) if japanese => reading.clone(),
        _ => person.name.clone(),
    };
    people.sort_by(|a, b| scene.locale.compare(&key(a), &key(b)));
    people
}
