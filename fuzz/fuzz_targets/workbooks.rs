//! A workbook: as it is, or put together from parts (`-- xl/worksheets/sheet1.xml --`), so that damage reaches the XML and
//! not only the checksums around it. The first line of such an input is the record's `table:`.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FILE: &str = "content/data/t.xlsx";

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return kairan_fuzz::whole(&kairan_fuzz::record("{file: t.xlsx}"), &[(FILE, bytes)]);
    }
    let text = String::from_utf8_lossy(bytes);
    let (said, parts) = text.split_once('\n').unwrap_or_default();
    let Some(book) = workbook(parts) else { return };
    kairan_fuzz::whole(&kairan_fuzz::record(&format!("{{file: t.xlsx, {said}}}")), &[(FILE, &book)]);
});

/// A workbook of parts, not compressed. `None` where two have one name.
fn workbook(parts: &str) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for line in parts.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --"));
        match name {
            Some(name) => writer.start_file(name, SimpleFileOptions::default()).ok()?,
            None => writer.write_all(line.as_bytes()).ok()?,
        }
    }
    Some(writer.finish().ok()?.into_inner())
}
