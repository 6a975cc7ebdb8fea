//! What is on and when: events, and the days on which applications open and close, in the order of the year.

use jiff::civil::Date;

use super::body::Scene;
use super::programme::href;
use super::records;
use super::view::{CalendarEntry, EventView};
use crate::locale::Argument;
use crate::model::event::Event;
use crate::model::programme::Programme;

/// All events and all days of applications.
pub fn whole(scene: &Scene<'_>) -> Vec<CalendarEntry> {
    let data = &scene.site.data;
    ordered(data.events().map(|event| of_event(scene, event)).chain(data.programmes().flat_map(|it| of(scene, it))))
}

/// The days of one programme: its applications, and what is yet to come at its hospital.
pub fn of_programme(scene: &Scene<'_>, programme: &Programme) -> Vec<CalendarEntry> {
    let today = scene.site.today;
    let here =
        |event: &&Event| programme.hospital.is_some() && event.hospital == programme.hospital && !event.is_past(today);
    let events = scene.site.data.events().filter(here).map(|event| of_event(scene, event));
    ordered(events.chain(of(scene, programme)))
}

fn ordered(entries: impl Iterator<Item = CalendarEntry>) -> Vec<CalendarEntry> {
    let mut entries: Vec<CalendarEntry> = entries.collect();
    entries.sort_by(|a, b| (&a.date.iso, &a.name).cmp(&(&b.date.iso, &b.name)));
    // What is over and what comes are shown apart, so each begins its months anew.
    let mut last: [Option<String>; 2] = [None, None];
    for entry in &mut entries {
        let [coming, past] = &mut last;
        let month = if entry.past { past } else { coming };
        entry.opens_month = month.as_ref() != Some(&entry.date.month);
        *month = Some(entry.date.month.clone());
    }
    entries
}

fn of_event(scene: &Scene<'_>, event: &Event) -> CalendarEntry {
    let EventView { name, html, href, kind, kind_label, status, status_label, past, .. } = records::event(scene, event);
    let date = records::date(scene, event.start.date);
    CalendarEntry { date, opens_month: false, name, html, href, kind, kind_label, status, status_label, past }
}

/// The first and the last day of applications.
fn of(scene: &Scene<'_>, programme: &Programme) -> Vec<CalendarEntry> {
    let Some(applications) = &programme.applications else { return Vec::new() };
    let name = scene.site.settings.shown(&programme.name, &scene.page.language);
    let word = |key: &str| {
        let name = Argument::Text(name.text.clone());
        scene.words.get(key, &[("name", name)]).unwrap_or_default()
    };
    let entry = |day: Date, kind: &str| CalendarEntry {
        date: records::date(scene, day),
        opens_month: false,
        name: word(&format!("calendar-{kind}-of")),
        html: name.lang.clone(),
        href: href(scene, &programme.id),
        kind: kind.to_owned(),
        kind_label: word(&format!("calendar-{kind}")),
        status: "planned".to_owned(),
        status_label: String::new(),
        past: day < scene.site.today,
    };
    let from = applications.from.map(|day| entry(day, "opening"));
    from.into_iter().chain(applications.until.map(|day| entry(day, "deadline"))).collect()
}
