//! Findings about people, and about what they agreed to.

use super::{Diagnostic, Message, Span, say};

/// A person that no file has.
pub fn unknown_person<'a>(span: Span, id: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-person", say(format!("知らない人物です: {id}"), format!("unknown person: {id}")))
        .at(span)
        .found(id)
        .missing(id, known)
        .help(say(
            "content/data/ の people: にある id を書いてください",
            "write the id of one of `people:` in content/data/",
        ))
}

/// Someone is shown without having agreed.
pub fn consent_missing(span: Span, person: &str, record: Span, purpose: &Message, word: &str) -> Diagnostic {
    let message = say(
        format!("{person} の{}の同意が記録されていません", purpose.ja),
        format!("there is no consent of {person} on record for {}", purpose.en),
    );
    Diagnostic::error("consent-missing", message)
        .at(span)
        .related(record, say("この人の記録", "the record of this person"))
        .help(say(
            format!(
                "同意を得てから、people: に `consent: [{{use: {word}, given: 日付, until: 日付}}]` と書いてください"
            ),
            format!("once they have agreed, write `consent: [{{use: {word}, given: …, until: …}}]` into `people:`"),
        ))
        .help(say("同意がなければ、この人をページから外してください", "without it, take this person off the page"))
}

/// Someone is shown whose consent has run out.
pub fn consent_expired(span: Span, person: &str, record: Span, purpose: &Message, until: &str) -> Diagnostic {
    let message = say(
        format!("{person} の{}の同意は期限が切れています", purpose.ja),
        format!("the consent of {person} for {} has run out", purpose.en),
    );
    Diagnostic::error("consent-expired", message)
        .at(span)
        .found(say_until(until).en)
        .expected(say("今日も有効な同意", "a consent that holds today"))
        .related(record, say_until(until))
        .help(say(
            "改めて同意を得て until を直すか、この人をページから外してください",
            "ask again and correct `until`, or take this person off the page",
        ))
}

fn say_until(until: &str) -> Message {
    say(format!("until: {until}"), format!("until: {until}"))
}
