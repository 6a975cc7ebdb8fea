//! What is past its date on the day for which the site is made.

use crate::diagnostic::{Diagnostic, Message, Span, freshness, say};
use crate::model::Site;
use crate::model::freshness::Outdated;

/// Indicators, programmes, events, postings and pages that are out of date.
pub(super) fn past(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for indicator in site.data.indicators() {
        let what = say(format!("指標 {}", indicator.id), format!("the indicator {}", indicator.id));
        // Of an indicator that is made of old ones, those are told.
        let outdated = indicator.freshness.on(site.today);
        findings.extend(outdated.map(|outdated| finding(outdated, indicator.span.clone(), &what)));
    }
    for programme in site.data.programmes() {
        let what = say(format!("プログラム {}", programme.id), format!("the programme {}", programme.id));
        findings.extend(programme.outdated.map(|outdated| finding(outdated, programme.span.clone(), &what)));
    }
    // What is over is a record: nobody has to look at it again.
    for event in site.data.events().filter(|event| event.is_coming(site.today)) {
        let what = say(format!("行事 {}", event.id), format!("the event {}", event.id));
        findings.extend(event.freshness.on(site.today).map(|outdated| finding(outdated, event.span.clone(), &what)));
    }
    for posting in site.data.postings().filter(|posting| !posting.is_closed(site.today)) {
        let what = say(format!("募集 {}", posting.id), format!("the posting {}", posting.id));
        findings
            .extend(posting.freshness.on(site.today).map(|outdated| finding(outdated, posting.span.clone(), &what)));
    }
    for page in site.pages.iter() {
        let Some(front) = page.document.as_ref().map(|document| &document.front) else { continue };
        let Some(outdated) = front.freshness().on(site.today) else { continue };
        let field = match outdated {
            Outdated::Expired(_) => "valid_until",
            Outdated::Due(_) => "next_update",
        };
        findings.push(finding(outdated, front.spans.value(field), &say("このページ", "this page")));
    }
    findings
}

fn finding(outdated: Outdated, span: Span, what: &Message) -> Diagnostic {
    let day = outdated.day().to_string();
    match outdated {
        Outdated::Expired(_) => freshness::expired(span, what, &day),
        Outdated::Due(_) => freshness::update_due(span, what, &day),
    }
}
