//! A PDF as the browser leaves it: on which page each anchor stands, and what is put right before anyone gets it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use super::Facts;

/// A PDF.
pub struct Document(lopdf::Document);

impl Document {
    /// Reads a PDF.
    pub fn read(bytes: &[u8]) -> Result<Document, lopdf::Error> {
        lopdf::Document::load_mem(bytes).map(Document)
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.0.get_pages().len()
    }

    /// The page of each anchor that something in the document leads to, counted from 1.
    pub fn numbers(&self) -> BTreeMap<String, usize> {
        let pages: BTreeMap<ObjectId, usize> =
            self.0.get_pages().into_iter().map(|(number, id)| (id, number as usize)).collect();
        let anchors = self.0.catalog().and_then(|catalog| self.resolved(catalog, b"Dests")?.as_dict());
        let anchors = anchors.map(|anchors| anchors.iter().collect::<Vec<_>>()).unwrap_or_default();
        let place = |(name, target): (&Vec<u8>, &Object)| {
            let (_, target) = self.0.dereference(target).ok()?;
            let page = target.as_array().ok()?.first()?.as_reference().ok()?;
            Some((String::from_utf8_lossy(name).into_owned(), *pages.get(&page)?))
        };
        anchors.into_iter().filter_map(place).collect()
    }

    fn resolved<'d>(&'d self, dictionary: &'d Dictionary, key: &[u8]) -> lopdf::Result<&'d Object> {
        self.0.dereference(dictionary.get(key)?).map(|(_, object)| object)
    }

    /// The document as it is given away: links into the folder it was printed from lead to the site, and it is as old as
    /// what it says, so that the same pages give the same bytes.
    pub fn finished(mut self, folder: &str, facts: &Facts<'_>) -> std::io::Result<Vec<u8>> {
        for object in self.0.objects.values_mut() {
            if let Object::Dictionary(dictionary) = object {
                redirect(dictionary, folder, facts.base);
            }
        }
        let info = self.0.trailer.get(b"Info").and_then(Object::as_reference).ok();
        if let Some(Object::Dictionary(info)) = info.and_then(|id| self.0.objects.get_mut(&id)) {
            for key in [b"CreationDate".as_slice(), b"ModDate"] {
                match facts.date {
                    Some(date) => info.set(key, text(&format!("D:{}000000+09'00'", date.strftime("%Y%m%d")))),
                    None => _ = info.remove(key),
                }
            }
        }
        self.0.trailer.remove(b"ID");
        self.renumber();
        self.0.compress();
        let mut bytes = Vec::new();
        self.0.save_to(&mut bytes)?;
        Ok(bytes)
    }

    /// Gives the elements of the document, which the browser names by a count of all that it ever made, names of their own.
    /// Their order stays, by which readers look them up.
    fn renumber(&mut self) {
        let mut names: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for object in self.0.objects.values_mut() {
            each_name(object, &mut |name| _ = names.insert(name.clone(), 0));
        }
        names.values_mut().enumerate().for_each(|(place, number)| *number = place + 1);
        for object in self.0.objects.values_mut() {
            each_name(object, &mut |name| {
                *name = format!("node{:08}", names.get(name).copied().unwrap_or_default()).into_bytes();
            });
        }
    }
}

/// Visits every `node00000123` of an object.
fn each_name(object: &mut Object, visit: &mut dyn FnMut(&mut Vec<u8>)) {
    match object {
        Object::String(text, _) if text.len() == 12 && text.starts_with(b"node") => visit(text),
        Object::Array(items) => items.iter_mut().for_each(|item| each_name(item, visit)),
        Object::Dictionary(fields) => fields.iter_mut().for_each(|(_, field)| each_name(field, visit)),
        _ => {}
    }
}

fn text(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// Sends a link to a file of the printed folder to the same place on the web.
fn redirect(dictionary: &mut Dictionary, folder: &str, base: &str) {
    if let Ok(Object::Dictionary(action)) = dictionary.get_mut(b"A") {
        return redirect(action, folder, base);
    }
    let Ok(Object::String(address, _)) = dictionary.get(b"URI") else { return };
    let address = String::from_utf8_lossy(address).into_owned();
    if let Some(rest) = address.strip_prefix(folder) {
        dictionary.set("URI", text(&on_the_web(rest.trim_start_matches('/'), base)));
    }
}

/// The address of a file of the site: a page's folder where it is a page.
fn on_the_web(path: &str, base: &str) -> String {
    let (path, fragment) = path.split_once('#').map_or((path, None), |(path, rest)| (path, Some(rest)));
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    fragment.map_or_else(|| format!("{base}{path}"), |fragment| format!("{base}{path}#{fragment}"))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn links_into_the_folder_lead_to_the_site() {
        let check = |address: &str, expected: &str| {
            let mut link = dictionary! { "A" => dictionary! { "URI" => text(address) } };
            redirect(&mut link, "file:///tmp/x", "https://a.example/zine/");
            let action = link.get(b"A").and_then(Object::as_dict).expect("an action");
            assert_eq!(action.get(b"URI").and_then(Object::as_str).expect("an address"), expected.as_bytes());
        };
        check("file:///tmp/x/a/index.html#b", "https://a.example/zine/a/#b");
        check("file:///tmp/x/index.html", "https://a.example/zine/");
        check("file:///tmp/x/data/a.csv", "https://a.example/zine/data/a.csv");
        check("https://b.example/index.html", "https://b.example/index.html");
    }

    /// Two pages and an anchor on the second, as a browser writes them.
    fn sample() -> Document {
        let mut document = lopdf::Document::with_version("1.4");
        let pages_id = document.new_object_id();
        let page = |document: &mut lopdf::Document| {
            document.add_object(dictionary! { "Type" => "Page", "Parent" => pages_id })
        };
        let (first, second) = (page(&mut document), page(&mut document));
        let kids = vec![first.into(), second.into()];
        document.objects.insert(pages_id, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 2 }.into());
        let target: Vec<Object> = vec![second.into(), "XYZ".into(), 0.into(), 0.into(), 0.into()];
        let anchors = document.add_object(dictionary! { "a1" => target });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id, "Dests" => anchors });
        let info = document.add_object(dictionary! { "CreationDate" => text("D:20991231235959Z") });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        Document(document)
    }

    #[test]
    fn anchors_are_found_on_their_pages() {
        assert_eq!(sample().pages(), 2);
        assert_eq!(sample().numbers(), BTreeMap::from([("a1".to_owned(), 2)]));
    }

    #[test]
    fn a_document_is_as_old_as_what_it_says() {
        let dated = Facts { date: Some(jiff::civil::date(2023, 8, 1)), base: "https://a.example/" };
        let bytes = sample().finished("file:///tmp/x", &dated).expect("a document");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("D:20230801000000+09'00'") && !text.contains("2099"), "{text}");
        assert_eq!(bytes, sample().finished("file:///tmp/x", &dated).expect("a document"));
        let undated = Facts { date: None, ..dated };
        let bytes = sample().finished("file:///tmp/x", &undated).expect("a document");
        assert!(!String::from_utf8_lossy(&bytes).contains("CreationDate"));
    }
}
