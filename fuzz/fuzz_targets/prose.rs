//! A page: its text understood, and the values that stand in it.
#![no_main]

use std::sync::Arc;

use kairan::derive::formula;
use kairan::diagnostic::Span;
use kairan::parse::{self, Document, Part};
use kairan::read::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = parse::document(&Source::new("content/a.md", text.as_bytes()), &kairan_fuzz::dialect());
    kairan_fuzz::tell(&read.findings, &|_| Some(text));
    let Some(Document::Page(page)) = read.value else { return };
    let body = &page.body;
    let headings = body.headings.iter().flat_map(|heading| &heading.parts);
    let formulas = body.parts.iter().chain(&body.summary).chain(headings).filter_map(|part| match part {
        Part::Value(formula) => Some(formula),
        _ => None,
    });
    for (desk, formula) in kairan_fuzz::DESKS.iter().cycle().zip(formulas.take(20)) {
        let printed = formula::print(formula, &kairan_fuzz::DATA, desk.wording());
        kairan_fuzz::tell(&printed.findings, &|_| Some(text));
    }
    let whole = Span::new(&Arc::from("content/a.md"), 0, text.len());
    let filled = formula::fill(text, text, &whole, &kairan_fuzz::DATA, kairan_fuzz::DESKS[0].wording());
    kairan_fuzz::tell(&filled.findings, &|_| Some(text));
});
