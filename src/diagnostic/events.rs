//! Findings about events.

use super::{Diagnostic, Span, say};

/// A time zone that is not known.
pub fn unknown_time_zone(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "unknown-time-zone",
        say(format!("知らない時間帯です: {found}"), format!("unknown time zone: {found}")),
    )
    .at(span)
    .found(found)
    .expected(say("Asia/Tokyo、UTC、または +09:00 の形の時差", "Asia/Tokyo, UTC, or an offset such as +09:00"))
    .help(say(
        "日本の時刻なら timezone を消してください。海外の時刻は、その日の時差で書きます（例: +02:00）",
        "for a time in Japan leave `timezone` out; write others by their offset on that day, such as +02:00",
    ))
}

/// An event whose end comes before its beginning.
pub fn ends_before_it_begins(span: Span, end: &str, start_span: Span, start: &str) -> Diagnostic {
    Diagnostic::error(
        "event-ends-before-it-begins",
        say("行事が始まる前に終わっています", "this event ends before it begins"),
    )
    .at(span)
    .found(end)
    .expected(say(format!("{start} より後の日時"), format!("a time after {start}")))
    .related(start_span, say("始まり", "its beginning"))
    .help(say("start と end を取り違えていないか確かめてください", "check that `start` and `end` are not swapped"))
}
