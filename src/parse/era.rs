//! Eras beside western years in a text: `令和5年（2022年）` names two different years.
//!
//! What: a year of an era and a western year in brackets after it, or the other way round. Why: one of the two is typed
//! wrong, and a reader takes either. Fix: see which is right, and correct the other.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span, figures};
use crate::locale::Period;

/// The years of a text that contradict each other. `offset` is where `text` begins in its file.
pub fn contradictions(path: &Arc<str>, text: &str, offset: usize) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let opens = |after: &str| ["（", "(", "度（", "度("].iter().any(|sign| after.starts_with(sign));
    let mut years = memchr::memmem::find_iter(text.as_bytes(), "年");
    if !years.any(|place| text.get(place + "年".len()..).is_some_and(opens)) {
        return findings;
    }
    let (mut start, mut in_fence) = (offset, false);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
        } else if !in_fence {
            findings.extend(in_line(path, line, start));
        }
        start += line.len();
    }
    findings
}

fn in_line(path: &Arc<str>, line: &str, start: usize) -> Vec<Diagnostic> {
    // Whatever is longer than this is no year, and a line may have very many brackets that nothing closes.
    const LONGEST: usize = 60;
    let brackets = line.match_indices(['（', '(']);
    let found = brackets.filter_map(|(at, bracket)| {
        let inside = line.get(at + bracket.len()..)?;
        let inside = &inside[..inside.floor_char_boundary(LONGEST)];
        let inside = &inside[..inside.find(['）', ')'])?];
        let (before, after) = (year_at_end(&line[..at])?, inside.trim());
        let (first, second) = (Period::parse(before)?, year(after)?);
        let (era, western) = match (is_era(before), is_era(after)) {
            (true, false) => ((before, first), second),
            (false, true) => ((after, second), first),
            _ => return None,
        };
        if era.1.year() == western.year() {
            return None;
        }
        let end = at + bracket.len() + inside.len();
        let span = Span::new(path, start + at - before.len(), start + end);
        Some(figures::era_differs(span, era.0, western.year(), era.1.year()))
    });
    found.collect()
}

/// The longest end of a text that is a year.
fn year_at_end(text: &str) -> Option<&str> {
    const LONGEST: usize = 10;
    if !says_year(text) {
        return None;
    }
    let begins = text.char_indices().rev().take(LONGEST).map(|(at, _)| &text[at..]);
    begins.filter(|end| year(end).is_some() && !end.starts_with(char::is_whitespace)).last()
}

/// A year that is written as one: digits alone may be anything.
fn year(text: &str) -> Option<Period> {
    if !says_year(text) {
        return None;
    }
    Period::parse(text).filter(|period| matches!(period, Period::Year(_) | Period::FiscalYear(_)))
}

fn says_year(text: &str) -> bool {
    text.ends_with('年') || text.ends_with("年度")
}

fn is_era(text: &str) -> bool {
    !text.trim_start().starts_with(|first: char| first.is_ascii_digit() || ('０'..='９').contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_contradict_each_other_are_found_at_their_place() {
        let wrong = |text: &str| -> Vec<String> {
            let findings = contradictions(&"a.md".into(), text, 0);
            let place = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.span.clone());
            findings.iter().filter_map(place).map(|span| text[span.start..span.end].to_owned()).collect()
        };
        assert_eq!(wrong("計画は令和5年（2022年）に始まる。"), ["令和5年（2022年"]);
        assert_eq!(wrong("計画は2022年（令和5年）に始まる。"), ["2022年（令和5年"]);
        assert_eq!(wrong("平成30年度(2017年度)、令和元年（2019年）"), ["平成30年度(2017年度"]);
        for fine in [
            "令和5年（2023年）",
            "令和5年度（2023年度）",
            "令和5年（速報）",
            "2018年（平成30年）と2019年（平成31年）",
            "昭和（1989年）",
            "```\n令和5年（2022年）\n```",
            "（",
            "令和5年（（（（（",
        ] {
            assert_eq!(wrong(fine), Vec::<String>::new(), "{fine}");
        }
    }
}
