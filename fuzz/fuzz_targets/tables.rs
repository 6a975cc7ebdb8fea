//! A CSV file in any encoding, and what a record says of it: the first line of the input is the record's `table:`.
#![no_main]

use kairan::check::machine_readable;
use kairan::parse::printed;
use kairan::read::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (said, table) = bytes.split_at(end);
    let table = table.get(1..).unwrap_or_default();
    if let Some(printed) = printed::table(&Source::new("content/data/t.csv", table)) {
        machine_readable::table(&printed);
    }
    let said = String::from_utf8_lossy(said);
    kairan_fuzz::whole(&kairan_fuzz::record(&format!("{{file: t.csv, {said}}}")), &[("content/data/t.csv", table)]);
});
