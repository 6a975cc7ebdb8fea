//! Events as files for calendar programs: RFC 5545. Plain values in, text out; no clock is read.

use jiff::civil::{Date, Time, date};

use crate::model::event::{Moment, Zone};

/// A calendar, or a single event of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    /// What programs call it.
    pub name: String,
    /// Its events, in order.
    pub entries: Vec<Entry>,
}

/// An event of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The same for the same event, for ever and in every language.
    pub uid: String,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Option<Moment>,
    /// The time zone of both.
    pub zone: Zone,
    /// The day on which this was last known to be so.
    pub stamp: Date,
    /// The day of the last change, where one was made.
    pub updated: Option<Date>,
    /// Whether it will be as planned.
    pub state: State,
    /// Its name.
    pub summary: String,
    /// What is to be said about it, paragraph by paragraph.
    pub description: Vec<String>,
    /// Where it is.
    pub location: String,
    /// Latitude and longitude of that.
    pub point: Option<(f64, f64)>,
    /// The absolute address of its page.
    pub url: Option<String>,
    /// What sort of event it is, in words.
    pub category: String,
    /// Who holds it.
    pub contact: Option<Contact>,
    /// Whether whoever takes part is busy meanwhile: not because of a deadline.
    pub busy: bool,
}

/// Whether an event will be as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It will.
    Planned,
    /// Its time or place has changed.
    Changed,
    /// It does not take place.
    Cancelled,
}

/// Whom to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The office.
    pub name: String,
    /// Its mail address.
    pub email: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
}

/// The most octets of a line, its end not counted.
const MOST_OCTETS: usize = 75;

/// The file.
pub fn text(calendar: &Calendar) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Kairan//Kairan//EN");
    lines.add("CALSCALE", "GREGORIAN");
    // The second is the older name for it, which most programs know.
    lines.text("NAME", &calendar.name);
    lines.text("X-WR-CALNAME", &calendar.name);
    for zone in zones(&calendar.entries) {
        lines.zone(zone);
    }
    calendar.entries.iter().for_each(|entry| lines.entry(entry));
    lines.add("END", "VCALENDAR");
    lines.0
}

/// The zones of times, each once, in the order in which they are met. UTC needs no description.
fn zones(entries: &[Entry]) -> Vec<&Zone> {
    let mut zones: Vec<&Zone> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.start.time.is_some() && entry.zone.minutes != 0) {
        if !zones.iter().any(|known| zone_id(known) == zone_id(&entry.zone)) {
            zones.push(&entry.zone);
        }
    }
    zones
}

/// The name of a zone as the database of time zones has it, so that a program that knows it better can use its own;
/// `UTC+0530` for what is no whole hour and in no such database.
fn zone_id(zone: &Zone) -> String {
    let hours = zone.minutes / 60;
    match zone.minutes {
        540 if !zone.name.starts_with('+') => "Asia/Tokyo".to_owned(),
        // There the sign is that of what has to be added to reach UTC.
        minutes if minutes % 60 == 0 => format!("Etc/GMT{:+}", -hours),
        _ => format!("UTC{}", offset(zone)),
    }
}

fn offset(zone: &Zone) -> String {
    zone.offset().replace(':', "")
}

/// Lines as they go into the file.
struct Lines(String);

impl Lines {
    /// A line, folded where it is too long, never within a character.
    fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if octets + character.len_utf8() > MOST_OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            octets += character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }

    /// A line of text, with what has a meaning of its own escaped. Nothing where there is none.
    fn text(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.add(name, &escaped(text.trim()));
        }
    }

    fn zone(&mut self, zone: &Zone) {
        self.add("BEGIN", "VTIMEZONE");
        self.add("TZID", &zone_id(zone));
        self.add("BEGIN", "STANDARD");
        self.add("DTSTART", "19700101T000000");
        self.add("TZOFFSETFROM", &offset(zone));
        self.add("TZOFFSETTO", &offset(zone));
        let name = if zone_id(zone) == "Asia/Tokyo" { "JST".to_owned() } else { format!("UTC{}", zone.offset()) };
        self.text("TZNAME", &name);
        self.add("END", "STANDARD");
        self.add("END", "VTIMEZONE");
    }

    fn entry(&mut self, entry: &Entry) {
        self.add("BEGIN", "VEVENT");
        self.text("UID", &entry.uid);
        self.add("DTSTAMP", &midnight(entry.stamp));
        if let Some(updated) = entry.updated {
            self.add("LAST-MODIFIED", &midnight(updated));
        }
        self.add("SEQUENCE", &sequence(entry).to_string());
        let status = if entry.state == State::Cancelled { "CANCELLED" } else { "CONFIRMED" };
        self.add("STATUS", status);
        self.moments(entry);
        self.text("SUMMARY", &entry.summary);
        self.text("DESCRIPTION", &entry.description.join("\n\n"));
        self.text("LOCATION", &entry.location);
        if let Some((latitude, longitude)) = entry.point {
            self.add("GEO", &format!("{latitude:.6};{longitude:.6}"));
        }
        if let Some(url) = &entry.url {
            self.add("URL", &printable(url));
        }
        self.text("CATEGORIES", &entry.category);
        entry.contact.iter().for_each(|contact| self.contact(contact));
        self.add("TRANSP", if entry.busy { "OPAQUE" } else { "TRANSPARENT" });
        self.add("END", "VEVENT");
    }

    /// Begin and end, which have to be both days or both times.
    fn moments(&mut self, entry: &Entry) {
        let Some(start) = entry.start.time else {
            let last = entry.end.map_or(entry.start.date, |end| end.date);
            self.add("DTSTART;VALUE=DATE", &day(entry.start.date));
            // The first day on which it is over.
            self.add("DTEND;VALUE=DATE", &day(next(last)));
            return;
        };
        let end = entry.end.map(|end| match end.time {
            Some(time) => (end.date, time),
            None => (next(end.date), Time::midnight()),
        });
        self.time("DTSTART", &entry.zone, entry.start.date, start);
        if let Some((date, time)) = end.filter(|end| *end != (entry.start.date, start)) {
            self.time("DTEND", &entry.zone, date, time);
        }
    }

    fn time(&mut self, name: &str, zone: &Zone, date: Date, time: Time) {
        let clock = format!("{}T{}", day(date), time.strftime("%H%M%S"));
        match zone.minutes {
            0 => self.add(name, &format!("{clock}Z")),
            _ => self.add(&format!("{name};TZID={}", zone_id(zone)), &clock),
        }
    }

    fn contact(&mut self, contact: &Contact) {
        let ways = [Some(&contact.name), contact.phone.as_ref(), contact.email.as_ref()];
        let ways: Vec<&str> = ways.into_iter().flatten().map(String::as_str).collect();
        self.text("CONTACT", &ways.join(", "));
        if let Some(email) = &contact.email {
            // A quote can't be written within quotes at all.
            let name = printable(&contact.name).replace('"', "'");
            self.add(&format!("ORGANIZER;CN=\"{name}\""), &format!("mailto:{}", printable(email)));
        }
    }
}

/// `20230707`.
fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn next(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

/// The stamp of a day for which nobody knows the time.
fn midnight(date: Date) -> String {
    format!("{}T000000Z", day(date))
}

/// A number that grows with each change: programs take over what has a higher one. Days since 2000 leave room for an
/// event that is changed and then cancelled on the same day.
fn sequence(entry: &Entry) -> i64 {
    let days = entry.updated.map_or(0, |updated| i64::from((updated - date(2000, 1, 1)).get_days()).max(0));
    let state = match entry.state {
        State::Planned => 0,
        State::Changed => 1,
        State::Cancelled => 2,
    };
    days * 3 + state
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Without characters that would end the line.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(start: &str, end: Option<&str>, zone: &str) -> Entry {
        let moment = |text: &str| Moment::parse(text).unwrap();
        Entry {
            uid: "a@example.org".to_owned(),
            start: moment(start),
            end: end.map(moment),
            zone: Zone::parse(zone).unwrap(),
            stamp: date(2023, 6, 1),
            updated: None,
            state: State::Planned,
            summary: "会".to_owned(),
            description: Vec::new(),
            location: String::new(),
            point: None,
            url: None,
            category: String::new(),
            contact: None,
            busy: true,
        }
    }

    fn lines(entry: Entry) -> Vec<String> {
        let text = text(&Calendar { name: "n".to_owned(), entries: vec![entry] });
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    fn has(lines: &[String], expected: &[&str]) {
        for line in expected {
            assert!(lines.iter().any(|known| known == line), "no {line} in {lines:#?}");
        }
    }

    #[test]
    fn times_have_a_zone_that_is_described() {
        let found = lines(entry("2023-07-07 19:00", Some("2023-07-07 20:30"), "Asia/Tokyo"));
        has(&found, &["TZID:Asia/Tokyo", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST"]);
        has(&found, &["DTSTART;TZID=Asia/Tokyo:20230707T190000", "DTEND;TZID=Asia/Tokyo:20230707T203000"]);
        let found = lines(entry("2023-07-07 19:00", None, "-03:30"));
        has(&found, &["TZID:UTC-0330", "TZOFFSETTO:-0330", "DTSTART;TZID=UTC-0330:20230707T190000"]);
        has(&lines(entry("2023-07-07 19:00", None, "+02:00")), &["TZID:Etc/GMT-2", "TZOFFSETTO:+0200"]);
        has(&lines(entry("2023-07-07 19:00", None, "-05:00")), &["TZID:Etc/GMT+5", "TZOFFSETTO:-0500"]);
        let utc = lines(entry("2023-07-07 19:00", Some("2023-07-08"), "UTC"));
        has(&utc, &["DTSTART:20230707T190000Z", "DTEND:20230709T000000Z"]);
        assert!(!utc.contains(&"BEGIN:VTIMEZONE".to_owned()));
    }

    #[test]
    fn days_are_days_and_end_on_the_next() {
        let one = lines(Entry { busy: false, ..entry("2024-02-28", None, "Asia/Tokyo") });
        has(&one, &["DTSTART;VALUE=DATE:20240228", "DTEND;VALUE=DATE:20240229", "TRANSP:TRANSPARENT"]);
        assert!(!one.contains(&"BEGIN:VTIMEZONE".to_owned()));
        has(&lines(entry("2024-12-30", Some("2024-12-31 12:00"), "UTC")), &["DTEND;VALUE=DATE:20250101"]);
    }

    #[test]
    fn a_change_is_told_by_a_higher_number() {
        let of = |updated, state| {
            let all = lines(Entry { updated, state, ..entry("2023-07-07", None, "UTC") });
            let number = all.iter().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap();
            (number.parse::<i64>().unwrap(), all)
        };
        let (planned, changed) = (of(None, State::Planned), of(None, State::Changed));
        let (moved, gone) = (of(Some(date(2023, 6, 2)), State::Changed), of(Some(date(2023, 6, 2)), State::Cancelled));
        assert!(planned.0 == 0 && planned.0 < changed.0 && changed.0 < moved.0 && moved.0 < gone.0);
        has(&planned.1, &["STATUS:CONFIRMED", "DTSTAMP:20230601T000000Z"]);
        has(&gone.1, &["STATUS:CANCELLED", "LAST-MODIFIED:20230602T000000Z"]);
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_marks_are_escaped() {
        let contact = Contact {
            name: "総務課 \"研修\"; 係".to_owned(),
            email: Some("a@example.org".to_owned()),
            phone: Some("0000-00".to_owned()),
        };
        let found = lines(Entry {
            summary: "研修医のための急性腹症の画像診断と、失敗した症例に学ぶ合同の勉強会。🏥".repeat(4),
            description: vec!["a; b, c\\d\u{8}".to_owned(), "二".to_owned()],
            contact: Some(contact),
            ..entry("2023-07-07", None, "UTC")
        });
        has(&found, &["DESCRIPTION:a\\; b\\, c\\\\d\\n\\n二"]);
        has(&found, &["ORGANIZER;CN=\"総務課 '研修'; 係\":mailto:a@example.org"]);
        has(&found, &["CONTACT:総務課 \"研修\"\\; 係\\, 0000-00\\, a@example.org"]);
        let summary =
            format!("SUMMARY:{}", "研修医のための急性腹症の画像診断と、失敗した症例に学ぶ合同の勉強会。🏥".repeat(4));
        has(&found, &[summary.as_str()]);
    }
}
