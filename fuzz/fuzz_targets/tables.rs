//! A CSV file in any encoding, and what a record says of it: the first line of the input is the record's `table:`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (said, table) = bytes.split_at(end);
    let table = table.get(1..).unwrap_or_default();
    let said = String::from_utf8_lossy(said);
    kairan_fuzz::whole(&kairan_fuzz::record(&format!("{{file: t.csv, {said}}}")), &[("content/data/t.csv", table)]);
});
