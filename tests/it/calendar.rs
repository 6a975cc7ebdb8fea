//! Calendar files: what a parser by another hand reads out of them.

use std::collections::BTreeMap;

use icalendar::parser::{Component, read_calendar, unfold};

use crate::support::{Run, Site};

const EVENTS: &str = r##"
-- content/data/events.yaml --
events:
  - id: imaging
    name: {ja: 画像の勉強会、その三; 応用編, en: "Imaging session; part 3, advanced"}
    kind: session
    start: 2026-07-07 19:00
    end: 2026-07-07 20:30
    place: {ja: 講堂, en: Hall}
    hospital: shiomi-gh
    contact: {name: {ja: 研修係, en: Training office}, email: kenshu@shiomi.example, phone: 0000-00-0000}
    summary: {ja: 一枚の画像をじっくり読み、なぜ見落としたのかを参加した全員で考える会です。, en: An evening with one image and the question why it was missed.}
    as_of: 2026-04-01
  - id: deadline
    name: {ja: 応募締め切り, en: Applications close}
    kind: deadline
    start: 2026-08-31
    status: changed
    previous_start: 2026-08-20
    updated: 2026-06-15
  - id: abroad
    name: {ja: 海外の会, en: Session abroad}
    kind: briefing
    start: 2026-09-01 10:00
    timezone: "-03:30"
    status: cancelled
    updated: 2026-06-20
-- content/events/_index.md --
---
title: 行事
template: events
---
-- content/events/_index.en.md --
---
title: Events
template: events
---
"##;

fn built(today: &str) -> Site {
    let site = Site::small(EVENTS);
    on(&site, today).clean();
    site
}

fn on(site: &Site, today: &str) -> Run {
    site.run(&["build", "--today", today, "--format", "json"])
}

/// The components of a kind in a file, with their properties by name; parameters stand before the value.
fn components(text: &str, kind: &str) -> Vec<BTreeMap<String, String>> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a calendar");
    let of_kind = calendar.components.iter().filter(|component| component.name == kind);
    of_kind.map(properties).collect()
}

fn properties(component: &Component<'_>) -> BTreeMap<String, String> {
    let value = |property: &icalendar::parser::Property<'_>| {
        let parameters = property.params.iter().map(|parameter| {
            format!("{}={};", parameter.key, parameter.val.as_ref().map(ToString::to_string).unwrap_or_default())
        });
        format!("{}{}", parameters.collect::<String>(), property.val)
    };
    component.properties.iter().map(|property| (property.name.to_string(), value(property))).collect()
}

fn of<'e>(events: &'e [BTreeMap<String, String>], uid: &str) -> &'e BTreeMap<String, String> {
    let uid = format!("shiomi.{uid}@example.org");
    events.iter().find(|event| event["UID"] == uid).unwrap_or_else(|| panic!("no {uid} in {events:#?}"))
}

#[test]
fn a_parser_reads_every_event_with_its_zone() {
    let site = built("2026-05-01");
    let text = site.page("en/events.ics");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let (events, zones) = (components(&text, "VEVENT"), components(&text, "VTIMEZONE"));
    assert_eq!(events.len(), 3);
    let ids: Vec<&str> = zones.iter().map(|zone| zone["TZID"].as_str()).collect();
    assert_eq!(ids, ["Asia/Tokyo", "UTC-0330"]);
    let imaging = of(&events, "imaging");
    assert_eq!(imaging["DTSTART"], "TZID=Asia/Tokyo;20260707T190000");
    assert_eq!(imaging["DTEND"], "TZID=Asia/Tokyo;20260707T203000");
    assert_eq!(imaging["DTSTAMP"], "20260401T000000Z");
    assert!(imaging["SUMMARY"].contains("Imaging session") && imaging["SUMMARY"].contains("part 3"));
    assert_eq!(imaging["LOCATION"], "Hall");
    assert!(imaging["URL"].ends_with("/en/events/imaging/"), "{imaging:?}");
    assert!(
        imaging["ORGANIZER"].contains("Training office")
            && imaging["ORGANIZER"].ends_with("mailto:kenshu@shiomi.example")
    );
    let deadline = of(&events, "deadline");
    assert_eq!(deadline["DTSTART"], "VALUE=DATE;20260831");
    assert_eq!(deadline["DTEND"], "VALUE=DATE;20260901");
    assert_eq!(deadline["DTSTAMP"], "20260615T000000Z");
    assert_eq!(deadline["TRANSP"], "TRANSPARENT");
    assert_eq!(deadline["SUMMARY"], "Changed: Applications close");
    assert!(deadline["DESCRIPTION"].contains("20 August 2026"), "{deadline:?}");
    let abroad = of(&events, "abroad");
    assert_eq!((abroad["STATUS"].as_str(), abroad["SUMMARY"].as_str()), ("CANCELLED", "Cancelled: Session abroad"));
    assert_eq!(abroad["DTSTART"], "TZID=UTC-0330;20260901T100000");
}

#[test]
fn an_event_is_the_same_in_every_language_file_and_year() {
    let site = built("2026-05-01");
    let before = site.output();
    on(&site, "2028-01-01").clean();
    let calendars = |files: &crate::support::Files| -> Vec<(String, Vec<u8>)> {
        let own = files.iter().filter(|(path, _)| path.ends_with(".ics"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert_eq!(calendars(&before).len(), 2 + 2 * 3);
    assert_eq!(calendars(&before), calendars(&site.output()), "calendars do not know which day it is");
    let uids = |path: &str| -> Vec<String> {
        components(&site.page(path), "VEVENT").iter().map(|event| event["UID"].clone()).collect()
    };
    assert_eq!(uids("events.ics"), uids("en/events.ics"));
    assert_eq!(uids("events/abroad/abroad.ics"), uids("en/events/abroad/abroad.ics"));
    assert_eq!(of(&components(&site.page("events.ics"), "VEVENT"), "abroad")["SUMMARY"], "【中止】海外の会");
}

#[test]
fn pages_lead_to_the_calendars() {
    let site = built("2026-05-01");
    assert!(site.page("en/events/index.html").contains("href=\"../events.ics\" download"));
    assert!(site.page("events/imaging/index.html").contains("href=\"imaging.ics\" download"));
    let page = site.page("en/events/deadline/index.html");
    assert!(page.contains("Before the change") && page.contains("20 August 2026"), "{page}");
}

#[test]
fn a_site_without_events_has_no_calendar() {
    let site = Site::small("");
    site.built();
    assert!(!site.has("events.ics") && !site.has("en/events.ics"));
}
