//! What a workbook keeps beside the cells of its sheets: hidden rows and columns, and what lies on top of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::Region;

/// The most hidden regions of a sheet that are told.
const MOST_HIDDEN: usize = 1_000;

/// What readers of a workbook don't see, or machines don't.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// Rows and columns that are hidden or folded away: of each, its first cell and its last.
    pub hidden: Vec<Region>,
    /// Pictures, charts, text boxes and comments: what the workbook calls each sort.
    pub objects: Vec<String>,
}

/// What is unseen in the sheets of a workbook, by their names. What can't be read is nobody's loss: calamine says so.
pub(super) fn of_sheets(bytes: &[u8]) -> BTreeMap<String, Unseen> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let targets: BTreeMap<String, String> = elements(&part(&mut archive, "xl/_rels/workbook.xml.rels"), "Relationship")
        .into_iter()
        .filter_map(|mut element| Some((element.remove("Id")?, element.remove("Target")?)))
        .collect();
    let sheets = elements(&part(&mut archive, "xl/workbook.xml"), "sheet");
    let mut unseen = BTreeMap::new();
    for mut sheet in sheets {
        let (Some(name), Some(id)) = (sheet.remove("name"), sheet.remove("id")) else { continue };
        let Some(target) = targets.get(&id) else { continue };
        let path = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        };
        unseen.entry(name).or_insert_with(|| of_sheet(&part(&mut archive, &path)));
    }
    unseen
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    // All parts were unpacked and counted before.
    if let Ok(mut part) = archive.by_name(path)
        && part.read_to_end(&mut bytes).is_err()
    {
        bytes.clear();
    }
    bytes
}

type Attributes = BTreeMap<String, String>;

/// The attributes of every element of that name, by their local names.
fn elements(xml: &[u8], name: &str) -> Vec<Attributes> {
    let mut found = Vec::new();
    each_element(xml, |element| {
        if element.local_name().as_ref() == name {
            found.push(attributes(element));
        }
    });
    found
}

fn each_element(xml: &[u8], mut visit: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => visit(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn attributes(element: &BytesStart<'_>) -> Attributes {
    let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let raw = attribute.value.clone().into_owned();
        let value = quick_xml::escape::unescape(&raw).map(|value| value.into_owned()).unwrap_or(raw);
        (name, value)
    };
    element.attributes().flatten().map(pair).collect()
}

fn of_sheet(xml: &[u8]) -> Unseen {
    let mut unseen = Unseen::default();
    each_element(xml, |element| match element.local_name().as_ref() {
        "row" | "col" if unseen.hidden.len() < MOST_HIDDEN => unseen.hidden.extend(hidden(element)),
        "drawing" => unseen.objects.push("drawing".to_owned()),
        "legacyDrawing" => unseen.objects.push("comments".to_owned()),
        "picture" => unseen.objects.push("picture".to_owned()),
        _ => {}
    });
    unseen
}

/// The first and the last cell of a hidden row, or of hidden columns.
fn hidden(element: &BytesStart<'_>) -> Option<Region> {
    let attributes = attributes(element);
    let is_hidden = attributes.get("hidden").is_some_and(|value| value == "1" || value == "true");
    let number = |name: &str| attributes.get(name)?.parse::<u32>().ok()?.checked_sub(1);
    let (top, left, bottom, right) = match number("r") {
        Some(row) => (row, 0, row, 0),
        None => (0, number("min")?, 0, number("max")?),
    };
    is_hidden.then_some(Region { top, left, bottom, right })
}
