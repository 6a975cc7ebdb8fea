//! A data file: read, joined, worked out and held against itself.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| kairan_fuzz::whole(text, &[]));
