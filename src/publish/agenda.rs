//! The events of a site as calendars: one of all of them for each language, and one beside the page of each event.

use crate::locale::{Argument, DateStyle, Language, Locale, Localized, Words};
use crate::model::event::{Event, EventKind, EventStatus, Moment};
use crate::model::{Route, Site, Subject};
use crate::publish::calendar::{self, Calendar, Contact, Entry, State};
use crate::render::{Renderer, site_calendar};

/// The calendar files: where they go, and what is in them.
pub(super) fn files(renderer: &Renderer<'_>) -> Vec<(Route, String)> {
    let languages = &renderer.site.settings.languages;
    languages.iter().filter_map(|language| Desk::of(renderer, language)).flat_map(|desk| desk.files()).collect()
}

/// What is needed to write of events in one language.
struct Desk<'d> {
    site: &'d Site,
    language: &'d Language,
    locale: &'d Locale,
    words: &'d Words,
}

impl<'d> Desk<'d> {
    fn of(renderer: &'d Renderer<'_>, language: &'d Language) -> Option<Desk<'d>> {
        let theme = renderer.theme(renderer.site.home(language)?)?;
        Some(Desk { site: renderer.site, language, locale: theme.locale(language)?, words: theme.words(language)? })
    }

    fn files(&self) -> Vec<(Route, String)> {
        // Of two events of one id, which is an error, the site knows one.
        let known = |event: &&Event| self.site.data.event(&event.id) == Some(*event);
        let mut events: Vec<&Event> = self.site.data.events().filter(known).collect();
        events.sort_by(|a, b| a.start.cmp(&b.start).then_with(|| a.id.cmp(&b.id)));
        let all = site_calendar(self.site, self.language).map(|route| (route, self.calendar(&events)));
        let each = events.iter().filter_map(|event| {
            let route = self.page(event)?;
            Some((route.join(&format!("{}.ics", event.id)), self.calendar(&[event])))
        });
        all.into_iter().chain(each).collect()
    }

    fn calendar(&self, events: &[&Event]) -> String {
        let site = Argument::Text(self.text(&self.site.settings.title));
        let entries = events.iter().map(|event| self.entry(event)).collect();
        calendar::text(&Calendar { name: self.word("calendar-name", &[("site", site)]), entries })
    }

    /// The page of an event in this language.
    fn page(&self, event: &Event) -> Option<&'d Route> {
        let about = |page: &&crate::model::Page| {
            page.language == *self.language && matches!(&page.subject, Subject::Event(id) if *id == event.id)
        };
        self.site.pages.iter().find(about).map(|page| &page.route)
    }

    fn text(&self, label: &Localized) -> String {
        self.site.settings.text(label, self.language).to_owned()
    }

    fn optional(&self, label: &Option<Localized>) -> Option<String> {
        label.as_ref().map(|label| self.text(label)).filter(|text| !text.is_empty())
    }

    fn word(&self, key: &str, arguments: &[(&str, Argument)]) -> String {
        self.words.get(key, arguments).unwrap_or_default()
    }

    fn entry(&self, event: &Event) -> Entry {
        let links = &self.site.settings.links;
        let hospital = event.hospital.as_deref().and_then(|id| self.site.data.hospital(id));
        let location = self.optional(&event.place).or_else(|| hospital.map(|hospital| self.text(&hospital.name)));
        let kind = match event.kind {
            EventKind::Session => "event-kind-session",
            EventKind::Briefing => "event-kind-briefing",
            EventKind::Visit => "event-kind-visit",
            EventKind::Deadline => "event-kind-deadline",
        };
        Entry {
            uid: uid(&event.id, &links.canonical(&Route::page([""]))),
            start: event.start,
            end: event.end,
            zone: event.zone.clone(),
            // Never the clock: the same data gives the same bytes on any day.
            stamp: event.updated.or(event.as_of).unwrap_or(event.start.date),
            updated: event.updated,
            state: match event.status {
                EventStatus::Planned => State::Planned,
                EventStatus::Changed => State::Changed,
                EventStatus::Cancelled => State::Cancelled,
            },
            summary: self.summary(event),
            description: self.description(event),
            location: location.unwrap_or_default(),
            point: hospital.and_then(|hospital| hospital.point).map(|point| (point.lat, point.lon)),
            url: self.page(event).map(|route| links.canonical(route)).or_else(|| event.url.clone()),
            category: self.word(kind, &[]),
            contact: event.contact.as_ref().map(|known| Contact {
                name: self.text(&known.name),
                email: known.email.clone(),
                phone: known.phone.clone(),
            }),
            busy: event.kind != EventKind::Deadline && event.status != EventStatus::Cancelled,
        }
    }

    /// The name, before which stands what has become of the event: some programs show nothing else.
    fn summary(&self, event: &Event) -> String {
        let name = self.text(&event.name);
        let status = match event.status {
            EventStatus::Planned => return name,
            EventStatus::Changed => self.word("event-status-changed", &[]),
            EventStatus::Cancelled => self.word("event-status-cancelled", &[]),
        };
        self.word("calendar-summary", &[("status", Argument::Text(status)), ("name", Argument::Text(name))])
    }

    fn description(&self, event: &Event) -> Vec<String> {
        let previous = event
            .previous_start
            .map(|start| self.word("calendar-previous", &[("date", Argument::Text(self.moment(start)))]));
        let sample = event.sample.then(|| self.word("sample-note", &[]));
        let more = event.url.clone();
        let texts = [previous, self.optional(&event.summary), self.optional(&event.note), sample, more];
        texts.into_iter().flatten().collect()
    }

    fn moment(&self, moment: Moment) -> String {
        let day = self.locale.date(moment.date, DateStyle::Full);
        match moment.time {
            Some(time) => format!("{day} {:02}:{:02}", time.hour(), time.minute()),
            None => day,
        }
    }
}

/// `id@example.org`; `zine.id@example.org` where the site stands below a path. It outlives a move of the page.
fn uid(id: &str, base: &str) -> String {
    let address = base.split_once("://").map_or(base, |(_, rest)| rest);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).chain([id]).collect();
    format!("{}@{host}", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::uid;

    #[test]
    fn a_uid_names_the_site_and_the_event() {
        assert_eq!(uid("imaging", "https://example.org/"), "imaging@example.org");
        assert_eq!(uid("imaging", "https://example.org/a/b/"), "a.b.imaging@example.org");
    }
}
