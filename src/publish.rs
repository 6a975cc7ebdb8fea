//! The files of a site that are not pages, and the data for machines within pages: plain values in, text out.
//!
//! Nothing here reads a clock: a feed is as old as its newest entry. What is unknown is left out, never guessed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

mod agenda;
pub mod calendar;
pub mod feed;
mod linked_data;
mod redirect;
pub mod robots;
pub mod search;
pub mod sitemap;
pub mod structured_data;
mod whole;
mod xml;

pub use redirect::redirect;
pub use whole::{Others, Press, Published, is_of_all_pages, patch, structured_data_of};

/// The offset of Japan, which has no summer time: where a date says nothing else, it is a day there.
const ZONE: &str = "+09:00";

/// The moment of a date (`2023-07-07`), a date with a time, or one with an offset too, as feeds and JSON-LD write it.
/// `None` where the text is none of these.
pub fn moment(text: &str) -> Option<String> {
    let is_date_alone = text.len() == 10;
    if is_date_alone {
        return Some(format!("{}T00:00:00{ZONE}", text.parse::<Date>().ok()?));
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(if text.contains('T') { text.to_owned() } else { timestamp.to_string() });
    }
    let time = text.parse::<DateTime>().ok()?;
    Some(format!("{}{ZONE}", time.strftime("%Y-%m-%dT%H:%M:%S")))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_day_begins_at_midnight_in_japan() {
        assert_eq!(moment("2023-07-07").as_deref(), Some("2023-07-07T00:00:00+09:00"));
        assert_eq!(moment("2023-07-07T18:30").as_deref(), Some("2023-07-07T18:30:00+09:00"));
        assert_eq!(moment("2023-07-07T18:30:00+02:00").as_deref(), Some("2023-07-07T18:30:00+02:00"));
        assert_eq!(moment("2023-07-07T09:00:00Z").as_deref(), Some("2023-07-07T09:00:00Z"));
        for text in ["", "2023-02-30", "2023年7月7日", "7 July 2023", "2023-07"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
