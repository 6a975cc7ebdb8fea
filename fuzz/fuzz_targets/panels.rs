//! A panel, composed in two languages: its drawing, its table and its CSV.
#![no_main]

use std::sync::Arc;

use kairan::diagnostic::Span;
use kairan::panel::{self, Context};
use kairan::parse::Fence;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let fence = Fence { text: text.to_owned(), span: Span::new(&Arc::from("content/a.md"), 0, text.len()) };
    for desk in &*kairan_fuzz::DESKS {
        let context = Context { data: &kairan_fuzz::DATA, wording: desk.wording(), number_on_page: 1 };
        let composed = panel::compose(&fence, &context);
        kairan_fuzz::tell(&composed.findings, &|_| Some(text));
        if let Some(panel) = composed.value {
            panel.dataset.csv();
        }
    }
});
