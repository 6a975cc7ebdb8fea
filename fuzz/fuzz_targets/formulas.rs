//! A formula, worked out and printed in two languages.
#![no_main]

use std::sync::Arc;

use kairan::derive::formula;
use kairan::diagnostic::Span;
use kairan::parse::Formula;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let span = Span::new(&Arc::from("content/a.md"), 0, text.len());
    let formula = Formula { text: text.to_owned(), span };
    for desk in &*kairan_fuzz::DESKS {
        let printed = formula::print(&formula, &kairan_fuzz::DATA, desk.wording());
        kairan_fuzz::tell(&printed.findings, &|_| Some(text));
    }
    kairan_fuzz::derived(text);
});
