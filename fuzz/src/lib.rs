//! What the targets have in common: a small country of figures, two languages, and findings printed as people see them.

use std::sync::{Arc, LazyLock};

use kairan::check::machine_readable;
use kairan::derive::Wording;
use kairan::diagnostic::machine_readable::Level;
use kairan::diagnostic::{Checked, Diagnostic, Speech};
use kairan::diagnostic::{Format, print};
use kairan::locale::{Language, Locale, Negative, Words};
use kairan::model::{Books, Data, data};
use kairan::parse::{DataDocument, Dialect, sheet};
use kairan::read::Source;
use kairan::{check, derive, parse};

/// Areas and figures that formulas, texts and panels of the seeds speak of.
pub const COUNTRY: &str = include_str!("country.yaml");

/// The data of [`COUNTRY`], derived figures included.
pub static DATA: LazyLock<Data> = LazyLock::new(|| {
    let documents = document("content/data/country.yaml", COUNTRY.as_bytes());
    let assembled = data::assemble(&documents.value.into_iter().collect::<Vec<_>>(), &Books::new());
    assert_eq!(assembled.findings, [], "the data of the targets is sound");
    derive::figures(assembled.value).value
});

/// A language that pages are in, with its words.
pub struct Desk {
    locale: Locale,
    words: Words,
    default_language: Language,
}

/// Japanese and English.
pub static DESKS: LazyLock<[Desk; 2]> = LazyLock::new(|| {
    [("ja", include_str!("../../themes/base/locales/ja.ftl")), ("en", include_str!("../../themes/base/locales/en.ftl"))]
        .map(|(tag, words)| Desk::new(tag, words))
});

impl Desk {
    fn new(tag: &str, words: &str) -> Desk {
        let language = Language::parse(tag).unwrap_or_else(Language::japanese);
        let words = Words::parse(&language, &[("words.ftl".into(), words)]).value;
        Desk { locale: Locale::new(&language, Negative::Minus), words, default_language: Language::japanese() }
    }

    /// The language as formulas and panels are given it.
    pub fn wording(&self) -> Wording<'_> {
        Wording { locale: &self.locale, words: &self.words, default_language: &self.default_language }
    }
}

/// How the texts of the targets are read.
pub fn dialect() -> Dialect {
    Dialect { default_language: Language::japanese(), math: true, raw_html: false, blocks: Default::default() }
}

/// A data file understood.
pub fn document(path: &str, bytes: &[u8]) -> Checked<Option<Arc<DataDocument>>> {
    parse::data::document(&Source::new(path, bytes)).map(|document| document.map(Arc::new))
}

/// All that becomes of a data file and the table files beside it: assembled, derived, held against each other, and every
/// finding printed.
pub fn whole(yaml: &str, books: &[(&str, &[u8])]) {
    let path = "content/data/a.yaml";
    let mut findings = Vec::new();
    let read = document(path, yaml.as_bytes()).take(&mut findings);
    let books: Vec<Source> = books.iter().map(|(path, bytes)| Source::new(*path, *bytes)).collect();
    let sheets: Books = books.iter().map(|book| (book.path.clone(), Arc::new(sheet::document(book)))).collect();
    let assembled = data::assemble(&read.into_iter().collect::<Vec<_>>(), &sheets).take(&mut findings);
    let derived = derive::figures(assembled).take(&mut findings);
    check::figures(&derived).take(&mut findings);
    for book in sheets.values() {
        findings.extend(machine_readable::book(book, Level::Three));
    }
    let shown: Vec<(Arc<str>, String)> =
        books.iter().map(|book| (book.path.clone(), sheet::csv::decoded(&book.bytes).0.into_owned())).collect();
    tell(&findings, &|wanted| {
        let book = shown.iter().find(|(path, _)| **path == *wanted).map(|(_, text)| text.as_str());
        if wanted == path { Some(yaml) } else { book }
    });
}

/// Prints findings in both languages and all forms.
pub fn tell<'t>(findings: &'t [Diagnostic], lookup: &dyn Fn(&str) -> Option<&'t str>) {
    // More of the same sort prove nothing and take long.
    for finding in findings.iter().take(20) {
        for speech in [Speech::Japanese, Speech::English] {
            for format in [Format::Human { color: false }, Format::Json, Format::Github] {
                assert!(!print(finding, format, speech, lookup).is_empty());
            }
        }
    }
}

/// A data file with an indicator in a table, as the record describes it, and the areas of [`COUNTRY`].
pub fn record(table: &str) -> String {
    let areas = COUNTRY.split("hospitals:").next().unwrap_or_default();
    let head = "id: t, name: 表, unit: 人, source: 調べ, as_of: 2018";
    let checks = "checks: [{sum: t, whole: kumamoto, children-of: kumamoto}, {bounds: t, from: 0}]";
    format!("{areas}indicators:\n  - {{{head}, {checks}, table: {table}}}\n")
}

/// A formula as that of an indicator, worked out for all areas and periods.
pub fn derived(formula: &str) {
    // A quotation mark is doubled in YAML, and a line is one line.
    let formula = formula.replace('\'', "''").replace(['\n', '\r'], " ");
    let own = format!("indicators:\n  - {{id: own, name: 式, unit: '', formula: '{formula}'}}");
    whole(&COUNTRY.replacen("indicators:", &own, 1), &[]);
}
