//! What a template receives: plain data, everything that a page shows, and nothing else.
//!
//! A view holds no span and no handle. Two pages with the same view and the same theme are the same page.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use tera::Value;
use tera::value::Key;

use super::accessibility::{PolicyView, TestView};
use super::picture::CoverView;
use super::programme::{ProgrammeCard, ProgrammePage};
use super::sparing::{Names, Sparing};

/// All that a page's template may read, as `view`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The site.
    pub site: Ready<SiteView>,
    /// The language of the page.
    pub locale: Ready<LocaleView>,
    /// The page itself.
    pub page: PageView,
    /// The page in the languages it exists in, itself included.
    pub alternates: Vec<Alternate>,
    /// The canonical address of the page for readers of no language in particular.
    pub x_default: String,
    /// The way from the home page to this one.
    pub breadcrumbs: Vec<Anchor>,
    /// `main` and `footer`.
    pub menus: Ready<BTreeMap<String, Vec<MenuEntry>>>,
    /// The page before it in its section.
    pub previous: Option<Card>,
    /// The page after it.
    pub next: Option<Card>,
    /// The pages that a section or a tag lists, as far as this part of it goes; those that name a hospital, on its page.
    pub pages: Vec<Card>,
    /// The parts of a long list.
    pub pagination: Option<Pagination>,
    /// The parts of a home page.
    pub home: Vec<HomeBlock>,
    /// The lists that the theme asks for.
    pub lists: BTreeMap<String, Vec<Card>>,
    /// All tags, on their own page and where the theme asks for them.
    pub terms: Vec<Term>,
    /// The sections and the glossary, where the theme asks for them.
    pub sections: Vec<Anchor>,
    /// The hospital, on its own page.
    pub hospital: Option<HospitalView>,
    /// The hospitals by area, where the theme asks for them.
    pub hospitals: Vec<HospitalGroup>,
    /// The figures that are known to be wrong in their sources, where the theme asks for them.
    pub discrepancies: Vec<DiscrepancyView>,
    /// The area, on its own page.
    pub area: Option<AreaRecord>,
    /// The areas, where the theme asks for them.
    pub areas: Vec<AreaCard>,
    /// The event: on its own page, and on a page whose front matter names one.
    pub event: Option<EventView>,
    /// The events, where the theme asks for them; those of the area, the hospital or the person on their own pages.
    pub events: Vec<EventView>,
    /// The programme: on its own page, and on a page that compares its courses.
    pub programme: Option<ProgrammePage>,
    /// The programmes, where the theme asks for them; those at a hospital on its own page.
    pub programmes: Vec<ProgrammeCard>,
    /// Events and days of applications in the order of the year, where the theme asks for them.
    pub calendar: Vec<CalendarEntry>,
    /// The accessibility policy, on its own page.
    pub policy: Option<PolicyView>,
    /// The result of an accessibility test, on its own page.
    pub accessibility_test: Option<TestView>,
    /// The posting, on its own page.
    pub posting: Option<PostingView>,
    /// The open postings, where the theme asks for them; those of the hospital, the area or the programme on its page.
    pub postings: Vec<PostingView>,
    /// The person, on their own page.
    pub person: Option<PersonView>,
    /// The people, where the theme asks for them.
    pub people: Vec<PersonView>,
    /// The terms of the glossary, where the theme asks for them.
    pub glossary: Vec<TermView>,
    /// The issue: on its own page, on the title page that shows it, and on what is made of it for paper.
    pub issue: Option<IssueView>,
    /// The print edition, on its own page.
    pub edition: Option<EditionView>,
    /// The folded sheet, on its own page.
    pub fold: Option<FoldView>,
    /// The picture that stands for the page where its address is shared.
    pub poster: Option<PosterView>,
    /// The Content-Security-Policy.
    pub csp: Ready<String>,
    /// Style sheets.
    pub styles: Vec<String>,
    /// Scripts.
    pub scripts: Ready<Vec<String>>,
    /// Scripts for panels; none on a page without any.
    pub panel_scripts: Vec<String>,
    /// What leads from the page to the root of the site: `../../`.
    pub root: String,
}

/// What several pages show, and the form in which templates take it: worked out once, then handed on.
#[derive(Debug)]
pub struct Ready<T>(Arc<(T, Value)>);

impl<T: Serialize> Ready<T> {
    /// Ready for templates.
    pub fn new(value: T) -> Ready<T> {
        let shown = Value::from_serializable(&value);
        Ready(Arc::new((value, shown)))
    }

    /// Ready for a template that reads fields of these names.
    pub fn sparing(value: T, names: &Names) -> Ready<T> {
        let shown = Value::from_serializable(&Sparing::new(names, &value));
        Ready(Arc::new((value, shown)))
    }

    /// The fields of this one, and behind them those of `own`.
    pub fn and(&self, own: &impl Serialize) -> Value {
        Value::from_serializable(&Joined(&self.0.1, &Value::from_serializable(own)))
    }
}

/// The fields of two values as those of one.
struct Joined<'j>(&'j Value, &'j Value);

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields: Vec<_> = [self.0, self.1].into_iter().filter_map(Value::as_map).flatten().collect();
        let mut joined = serializer.serialize_struct("Joined", fields.len())?;
        for (name, value) in fields {
            if let Key::Str(name) = name {
                joined.serialize_field(name, value)?;
            }
        }
        joined.end()
    }
}

impl<T> Clone for Ready<T> {
    fn clone(&self) -> Ready<T> {
        Ready(self.0.clone())
    }
}

impl<T> Deref for Ready<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: PartialEq> PartialEq for Ready<T> {
    fn eq(&self, other: &Ready<T>) -> bool {
        **self == **other
    }
}

impl<T> Serialize for Ready<T> {
    /// Tera takes its own values as they are.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.1.serialize(serializer)
    }
}

/// A text that is in the form in which templates take it.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The picture that stands for a page where its address is shared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PosterView {
    /// Its address for the world.
    pub canonical: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What a reader who can't see it is told.
    pub alt: String,
}

/// One part of a home page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeBlock {
    /// `cover`, `text`, `pages`, …
    pub kind: String,
    /// Its anchor, which no other part of the page has.
    pub id: String,
    /// Its heading, where the page gives it one.
    pub title: Option<String>,
    /// What stands above that.
    pub label: Option<String>,
    /// The pages that it lists.
    pub cards: Vec<Card>,
}

/// The site as pages see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// About it.
    pub description: String,
    /// The way to its home page.
    pub home: String,
    /// Where it stands.
    pub base_url: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// Who publishes it.
    pub publisher: PublisherView,
    /// `[options]` of `site.toml`.
    pub options: Json,
    /// The theme of this page.
    pub theme: String,
    /// The way to its feed.
    pub feed: String,
    /// The way to the calendar of all events, where there are any.
    pub calendar: Option<String>,
    /// Whether untranslated pages are listed.
    pub fallback: bool,
    /// The way to the page for searching, where the site is searched.
    pub search: Option<String>,
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PublisherView {
    /// The office.
    pub name: String,
    /// Its website.
    pub url: Option<String>,
    /// Its address for mail.
    pub email: Option<String>,
    /// Where it is.
    pub address: String,
}

/// A language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LocaleView {
    /// As in addresses: `ja-easy`.
    pub tag: String,
    /// As in `lang`: `ja`.
    pub html: String,
    /// What it calls itself.
    pub name: String,
}

/// The page itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PageView {
    /// `home`, `section`, `feature`, `hospital`, …
    pub kind: String,
    /// The template's name.
    pub template: String,
    /// The heading.
    pub title: String,
    /// The heading as HTML, its phrases separated by `<wbr>`.
    pub title_html: String,
    /// One or two sentences.
    pub description: String,
    /// The way to itself.
    pub href: String,
    /// Its one address.
    pub canonical: String,
    /// Its address within the site.
    pub path: String,
    /// The day of publication.
    pub date: Option<Ready<DateView>>,
    /// The day of the last change.
    pub updated: Option<DateView>,
    /// The day as of which it holds.
    pub as_of: Option<DateView>,
    /// Whether it is a draft.
    pub draft: bool,
    /// In which way it is out of date.
    pub outdated: Option<OutdatedView>,
    /// The original that has changed since this translation of it was made.
    pub stale: Option<OriginalView>,
    /// The section around it.
    pub section: Option<Anchor>,
    /// Its tags.
    pub tags: Vec<Anchor>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its series.
    pub series: Option<String>,
    /// Its place among its neighbours.
    pub weight: Option<i64>,
    /// Its picture.
    pub cover: Option<CoverView>,
    /// Its text.
    pub content: String,
    /// Its first paragraph, as plain text.
    pub summary: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Minutes to read.
    pub reading_minutes: usize,
    /// The issues that it stands in.
    pub issues: Vec<Anchor>,
    /// The way to its print edition, where it has one.
    pub print: Option<String>,
    /// The way to its folded sheet.
    pub fold: Option<String>,
    /// The hospitals it is about.
    pub hospitals: Vec<HospitalCard>,
    /// The areas it is about.
    pub areas: Vec<AreaView>,
    /// `extra` of its front matter.
    pub extra: Json,
    /// Whether it holds math.
    pub has_math: bool,
}

/// An issue of a zine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IssueView {
    /// Its number in words: 第1号.
    pub label: String,
    /// The time of year.
    pub season: Option<String>,
    /// The heading of its page.
    pub title: String,
    /// The heading as HTML.
    pub title_html: String,
    /// The way to its page.
    pub href: String,
    /// One or two sentences.
    pub description: String,
    /// The day of publication.
    pub date: Option<DateView>,
    /// Its picture.
    pub cover: Option<CoverView>,
    /// `extra` of its front matter.
    pub extra: Json,
    /// Its articles in their order.
    pub articles: Vec<Card>,
}

/// A section bound as one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionView {
    /// The way to the section's page.
    pub href: String,
    /// Its address for the world.
    pub address: AddressView,
    /// The day of publication.
    pub date: Option<DateView>,
    /// Its picture.
    pub cover: Option<CoverView>,
    /// `extra` of its front matter.
    pub extra: Json,
    /// The text of the section's page.
    pub opening: String,
    /// Its articles.
    pub articles: Vec<EditionArticle>,
    /// The style sheets of the papers it can be printed on; the first is in force.
    pub papers: Vec<PaperView>,
}

/// An article of a print edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionArticle {
    /// Its anchor: `a1`.
    pub id: String,
    /// As in a list.
    pub card: Card,
    /// What its own template shows as the main part of its page.
    pub html: String,
    /// Its address on the web.
    pub address: AddressView,
}

/// An address as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AddressView {
    /// The whole of it.
    pub url: String,
    /// What is typed: without `https://`, and with letters for `%E3%81%82`.
    pub shown: String,
    /// The path of an SVG that a telephone's camera reads, one unit for each square.
    pub code: String,
    /// How many squares that is across.
    pub squares: usize,
}

/// A style sheet for a size of paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaperView {
    /// `a4`, `a5`, `a3`.
    pub name: String,
    /// The way to it.
    pub href: String,
    /// Its file within the folder of the page.
    pub file: String,
    /// What stands in it.
    pub css: String,
}

/// A sheet that is folded into a booklet of eight pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoldView {
    /// The way to the page of the issue.
    pub href: String,
    /// Its panels in the order of reading.
    pub panels: Vec<FoldPanelView>,
    /// The style sheets of the papers it can be printed on; the first is in force.
    pub papers: Vec<PaperView>,
}

/// A panel of a folded sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoldPanelView {
    /// Its page in the booklet, from 1.
    pub number: usize,
    /// `cover`, `contents`, `numbers`, `notes`, `back`, `article`, `text`.
    pub show: String,
    /// The article that it announces.
    pub card: Option<Card>,
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: String,
    /// How large the text is set, by its length: `0` for the largest.
    pub size: usize,
    /// The address that it names.
    pub address: Option<AddressView>,
}

/// A day in the forms that pages show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateView {
    /// 2023-07-07
    pub iso: String,
    /// 2023年7月7日
    pub long: String,
    /// 2023年7月7日（金）
    pub full: String,
    /// 2023年7月
    pub month: String,
}

/// In which way a page is out of date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutdatedView {
    /// `expired`, `due`.
    pub state: String,
    /// The day that is past.
    pub date: DateView,
}

/// What a page was translated from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OriginalView {
    /// The way there.
    pub href: String,
    /// Its language as in `lang`.
    pub html: String,
    /// Its language in the words of this page.
    pub language: String,
}

/// A name with an address.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Anchor {
    /// The name.
    pub title: String,
    /// The address.
    pub href: String,
}

/// A heading with those below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TocEntry {
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub title: String,
    /// Its text as HTML.
    pub html: String,
    /// 2 to 6.
    pub level: u8,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// The page in another language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternate {
    /// As in addresses.
    pub tag: String,
    /// As in `lang`.
    pub html: String,
    /// What the language calls itself.
    pub name: String,
    /// As in `hreflang`; nothing for a second edition in the same language (`ja-easy`), which search engines refuse.
    pub hreflang: Option<String>,
    /// The way there.
    pub href: String,
    /// Its one address.
    pub canonical: String,
    /// Whether it is this page.
    pub current: bool,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MenuEntry {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to this page or to a section around it.
    pub current: bool,
    /// Whether it leads out of the site.
    pub external: bool,
    /// The tag for `lang`, where the page it leads to is in another language.
    pub html: Option<String>,
}

/// A page in a list. What every list says of it is made once, in the form in which templates take it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    /// Its heading.
    pub title: Value,
    /// Its heading as HTML.
    pub title_html: Value,
    /// The way there.
    pub href: String,
    /// Its description, or its first paragraph.
    pub summary: Value,
    /// Its day.
    pub date: Option<Ready<DateView>>,
    /// `feature`, `interview`, …
    pub kind: Value,
    /// The kind in words.
    pub kind_label: Value,
    /// Its language as in addresses.
    pub tag: Value,
    /// Its language as in `lang`.
    pub html: Value,
    /// Whether that is not the language of the page it is listed on.
    pub foreign: bool,
    /// What its language calls itself.
    pub language_name: Value,
    /// Its picture.
    pub cover: Option<CoverView>,
    /// Its place among its neighbours.
    pub weight: Option<i64>,
    /// Minutes to read.
    pub reading_minutes: usize,
    /// Its series.
    pub series: Value,
    /// `extra` of its front matter.
    pub extra: Json,
    /// The section around it.
    pub section: Option<Anchor>,
}

/// A part of a long list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pagination {
    /// Which part, from 1.
    pub number: usize,
    /// Of how many.
    pub count: usize,
    /// The way to the part before.
    pub previous: Option<String>,
    /// The way to the part after.
    pub next: Option<String>,
    /// All parts.
    pub pages: Vec<PaginationLink>,
}

/// A link to a part of a long list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaginationLink {
    /// Which part.
    pub number: usize,
    /// The way there.
    pub href: String,
    /// Whether it is this part.
    pub current: bool,
}

/// A tag with the number of its pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// The tag.
    pub title: String,
    /// The way to its page.
    pub href: String,
    /// How many pages.
    pub count: usize,
}

/// An area's name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The way to its page.
    pub href: Option<String>,
}

/// A month's or a day's entry in the calendar: an event, or the first or last day of applications.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarEntry {
    /// The day.
    pub date: DateView,
    /// Whether it is the first entry of its month.
    pub opens_month: bool,
    /// What is on.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// `session`, `deadline`, `opening`, …
    pub kind: String,
    /// The kind in words.
    pub kind_label: String,
    /// `planned`, `changed`, `cancelled`.
    pub status: String,
    /// The status in words.
    pub status_label: String,
    /// Whether it is over.
    pub past: bool,
}

/// A hospital in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HospitalCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// `core`, `clinic`, …
    pub kind: String,
    /// The kind in words.
    pub kind_label: String,
    /// The area's name.
    pub area: String,
    /// Its beds.
    pub beds: Option<u32>,
    /// Its departments.
    pub departments: Vec<String>,
    /// What it is designated as.
    pub designations: Vec<String>,
    /// Whether it is made up.
    pub sample: bool,
}

/// The hospitals of one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HospitalGroup {
    /// The area's name.
    pub area: String,
    /// Its hospitals.
    pub hospitals: Vec<HospitalCard>,
}

/// A hospital on its own page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HospitalView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// How the name is read.
    pub reading: Option<String>,
    /// `core`, `clinic`, …
    pub kind: String,
    /// The kind in words.
    pub kind_label: String,
    /// Its area.
    pub area: Option<AreaView>,
    /// Where it is.
    pub address: String,
    /// Its beds.
    pub beds: Option<u32>,
    /// Its departments.
    pub departments: Vec<String>,
    /// What it is designated as.
    pub designations: Vec<String>,
    /// Places for trainees in a year.
    pub trainee_places: Option<u32>,
    /// Its website.
    pub url: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its address for mail.
    pub email: Option<String>,
    /// How to visit it.
    pub visit: String,
    /// One or two sentences.
    pub summary: String,
    /// Remarks on the data.
    pub note: String,
    /// Where the data is from.
    pub source: String,
    /// The day of the data.
    pub as_of: Option<DateView>,
    /// Whether it is made up.
    pub sample: bool,
    /// Its place on the map: latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Its figures, newest first; on its own page those that no panel shows.
    pub figures: Vec<FigureView>,
    /// Its figures as panels, as HTML, on its own page.
    pub panels: Vec<String>,
}

/// A figure of a hospital.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureView {
    /// The indicator.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The value as printed.
    pub value: String,
}

/// A figure that is known to be wrong in its source, and stays as it is printed there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiscrepancyView {
    /// The check that it fails: `sum`, `equals`, …
    pub rule: String,
    /// The indicator.
    pub indicator: String,
    /// The area or hospital.
    pub area: String,
    /// The period.
    pub period: String,
    /// The unit.
    pub unit: String,
    /// Where the figure is from.
    pub source: String,
    /// What is printed.
    pub printed: String,
    /// What it should be.
    pub expected: String,
    /// By how much it is too large.
    pub difference: Option<String>,
    /// What probably happened.
    pub cause: Option<String>,
    /// Why it stays.
    pub reason: String,
}

/// An area in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// `prefecture`, `municipality`, …
    pub kind: String,
    /// The kind in words.
    pub kind_label: String,
    /// How many areas it is within.
    pub depth: usize,
}

/// An area on its own page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaRecord {
    /// What lists show of it.
    #[serde(flatten)]
    pub card: AreaCard,
    /// How the name is read.
    pub reading: Option<String>,
    /// The official code.
    pub code: Option<String>,
    /// The areas that it is a part of, the largest first.
    pub above: Vec<AreaCard>,
    /// Its parts.
    pub parts: Vec<AreaCard>,
    /// The hospitals in it and in its parts.
    pub hospitals: Vec<HospitalCard>,
    /// The latest value of each indicator.
    pub figures: Vec<FigureView>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// `session`, `deadline`, …
    pub kind: String,
    /// The kind in words.
    pub kind_label: String,
    /// `planned`, `changed`, `cancelled`.
    pub status: String,
    /// The status in words.
    pub status_label: String,
    /// Day and time in words.
    pub when: String,
    /// The beginning for `datetime`.
    pub start: String,
    /// The end for `datetime`.
    pub end: Option<String>,
    /// Day and time before a change, in words.
    pub previous: Option<String>,
    /// The time zone, where it is not Japan's: `UTC+02:00`.
    pub zone: Option<String>,
    /// Whether it is over.
    pub past: bool,
    /// Where it is.
    pub place: String,
    /// The area it is in.
    pub area: Option<AreaCard>,
    /// The hospital it is at.
    pub hospital: Option<HospitalCard>,
    /// How many can take part.
    pub capacity: Option<u32>,
    /// Who speaks or leads.
    pub people: Vec<PersonView>,
    /// Where to read more or to apply.
    pub url: Option<String>,
    /// The way to the event as a file for calendars.
    pub calendar: Option<String>,
    /// Who holds it, and whom to write to.
    pub contact: Option<ContactView>,
    /// Whether it is made up.
    pub sample: bool,
    /// One or two sentences.
    pub summary: String,
    /// What must be said about it.
    pub note: String,
    /// Where this is from.
    pub source: String,
    /// The day of which this is.
    pub as_of: Option<DateView>,
    /// The day of the last change.
    pub updated: Option<DateView>,
}

/// Whom to write to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactView {
    /// The office.
    pub name: String,
    /// Its mail address.
    pub email: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
}

/// A place that a hospital offers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostingView {
    /// Its id.
    pub id: String,
    /// What the job is called.
    pub title: String,
    /// The tag for `lang`, where the title is in another language.
    pub html: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// Whether nobody can apply any more.
    pub closed: bool,
    /// Whether it is made up.
    pub sample: bool,
    /// The hospital that employs.
    pub hospital: Option<HospitalCard>,
    /// The area where the work is.
    pub area: Option<AreaCard>,
    /// The programme that it belongs to: its name, and the way to a page about it.
    pub programme: Option<Anchor>,
    /// The kind of employment in words.
    pub employment: String,
    /// How many are taken.
    pub places: Option<u32>,
    /// What is paid, in words.
    pub salary: String,
    /// What comes on top of it.
    pub salary_note: String,
    /// The day on which it was posted.
    pub posted: DateView,
    /// The last day for applications.
    pub deadline: Option<DateView>,
    /// The first day of work.
    pub begins: Option<DateView>,
    /// What applicants must have.
    pub requirements: Vec<String>,
    /// How to apply.
    pub how: String,
    /// Where to apply.
    pub url: Option<String>,
    /// Whom to write to.
    pub contact: Option<ContactView>,
    /// What the work is.
    pub summary: String,
    /// What must be said about it.
    pub note: String,
    /// Where this is from.
    pub source: String,
    /// The day of which this is.
    pub as_of: Option<DateView>,
}

/// A person who agreed to be named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The tag for `lang`, where the name is in another language.
    pub html: Option<String>,
    /// The way to their page.
    pub href: Option<String>,
    /// How the name is read.
    pub reading: Option<String>,
    /// What they do.
    pub role: String,
    /// Where they belong.
    pub affiliation: String,
    /// The hospital they work at.
    pub hospital: Option<HospitalCard>,
    /// Whether they are made up.
    pub sample: bool,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermView {
    /// Its anchor.
    pub id: String,
    /// The term.
    pub term: String,
    /// The tag for `lang`, where the term is in another language.
    pub html: Option<String>,
    /// How the Japanese term is read.
    pub reading: Option<String>,
    /// The term in other languages: the tag for `lang`, and the term.
    pub others: Vec<(String, String)>,
    /// What it means.
    pub definition: String,
    /// The tag for `lang`, where that is in another language.
    pub definition_html: Option<String>,
}
