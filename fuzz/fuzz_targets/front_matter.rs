//! What stands between the `---` lines of a page.
#![no_main]

use std::sync::Arc;

use kairan::parse::front_matter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = front_matter::parse(&Arc::from("content/a.md"), &front_matter::split(text), 0);
    kairan_fuzz::tell(&read.findings, &|_| Some(text));
});
