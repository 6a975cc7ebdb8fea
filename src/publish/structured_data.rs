//! What pages are about, for search engines: schema.org as JSON-LD.
//!
//! Which properties stand here follows Google's pages on Article, Breadcrumb, Local business and Site name: addresses
//! are absolute, dates have an offset, and what a page does not know is left out.

use serde::Serialize;
use serde_json::{Map, Value};

use super::moment;

pub mod training;

/// A person or an organisation that stands behind something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person {
        /// The name alone, without titles or posts.
        name: String,
        /// The absolute address of a page about them.
        url: Option<String>,
    },
    /// An office, a hospital, an editorial team.
    Organization(Organization),
}

/// A publisher, or another organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// The absolute address of its own site.
    pub url: Option<String>,
    /// The absolute address of its logo.
    pub logo: Option<String>,
    /// Where it is, in one line.
    pub address: Option<String>,
    /// An email address.
    pub email: Option<String>,
}

/// Which kind of article a page is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArticleKind {
    /// Features, interviews, study sessions.
    #[default]
    Article,
    /// News.
    NewsArticle,
    /// Reports.
    Report,
}

/// An article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its kind.
    pub kind: ArticleKind,
    /// The title.
    pub headline: String,
    /// A sentence or two.
    pub description: Option<String>,
    /// The absolute address of its page.
    pub url: String,
    /// When it was published: a date, or a date with a time.
    pub published: Option<String>,
    /// When it was changed since.
    pub updated: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<Author>,
    /// Who publishes the site.
    pub publisher: Option<Organization>,
    /// Absolute addresses of its pictures, the cover first.
    pub images: Vec<String>,
    /// The language, as `lang` takes it.
    pub language: String,
    /// What it is a part of: an issue, or the site.
    pub part_of: Option<Whole>,
    /// Its tags.
    pub keywords: Vec<String>,
}

/// Something that articles are parts of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// What it is.
    pub kind: WholeKind,
    /// Its name.
    pub name: String,
    /// Its absolute address.
    pub url: String,
}

/// What a [`Whole`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeKind {
    /// The site.
    WebSite,
    /// An issue of a zine.
    PublicationIssue,
    /// A zine with all its issues.
    Periodical,
}

/// A hospital or a clinic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hospital {
    /// What it is.
    pub kind: HospitalKind,
    /// Its name in the page's language.
    pub name: String,
    /// Its names in other languages.
    pub other_names: Vec<String>,
    /// The absolute address of the page about it.
    pub page: String,
    /// The absolute address of its own site.
    pub url: Option<String>,
    /// A sentence or two.
    pub description: Option<String>,
    /// Its postal address in one line.
    pub address: Option<String>,
    /// Where it is, as far as the areas of the site say it.
    pub place: training::Address,
    /// Its telephone number, as written.
    pub telephone: Option<String>,
    /// An email address.
    pub email: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Its departments (診療科), as text.
    pub departments: Vec<String>,
    /// Absolute addresses of pictures of it.
    pub images: Vec<String>,
    /// Whether it is made up for a sample site.
    pub sample: bool,
}

/// What a [`Hospital`] is to schema.org.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HospitalKind {
    /// A hospital (病院).
    #[default]
    Hospital,
    /// A clinic (診療所).
    Clinic,
    /// A health centre, an office, or what is not known.
    Organization,
}

/// A site, told of on its home page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Its title.
    pub name: String,
    /// Its title in other languages, or a shorter one.
    pub other_names: Vec<String>,
    /// The absolute address of its home page.
    pub url: String,
    /// A sentence or two.
    pub description: Option<String>,
    /// The languages it is in, as `lang` takes them.
    pub languages: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<Organization>,
}

/// An issue of a zine, told of on its first page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// Its title.
    pub name: String,
    /// Its number as printed: `12`, `2023年夏号`.
    pub number: Option<String>,
    /// The absolute address of its first page.
    pub url: String,
    /// A sentence or two.
    pub description: Option<String>,
    /// When it came out: a date, or a date with a time.
    pub published: Option<String>,
    /// Absolute addresses of its cover.
    pub images: Vec<String>,
    /// The language, as `lang` takes it.
    pub language: String,
    /// The zine.
    pub part_of: Option<Whole>,
    /// Who publishes it.
    pub publisher: Option<Organization>,
    /// Title and absolute address of each article in it.
    pub articles: Vec<(String, String)>,
}

/// The figures of a panel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// What they show.
    pub name: String,
    /// The same in words: 50 to 5,000 characters.
    pub description: String,
    /// The absolute address of the panel.
    pub url: String,
    /// Who made the table: the publisher.
    pub creator: Option<String>,
    /// The absolute address of the licence.
    pub licence: Option<String>,
    /// The absolute address of the CSV.
    pub csv: Option<String>,
    /// From when to when.
    pub period: Option<String>,
    /// For which areas or hospitals.
    pub places: Vec<String>,
    /// What was measured.
    pub measures: Vec<String>,
}

/// The text to put into `<script type="application/ld+json">`: nothing in it can end the script.
pub fn script(values: &[Value]) -> String {
    let text = match values {
        [] => return String::new(),
        [Value::Object(value)] => {
            serde_json::to_string(&Document { context: CONTEXT, value: Some(value), graph: None })
        }
        values => serde_json::to_string(&Document { context: CONTEXT, value: None, graph: Some(values) }),
    };
    // Values can always be written.
    let mut text = text.unwrap_or_default();
    for (sign, written) in [('<', "\\u003c"), ('>', "\\u003e"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if text.contains(sign) {
            text = text.replace(sign, written);
        }
    }
    text
}

/// The vocabulary of everything that is said.
const CONTEXT: &str = "https://schema.org";

/// One thing, or several as a graph.
#[derive(Serialize)]
struct Document<'v> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    value: Option<&'v Map<String, Value>>,
    #[serde(rename = "@graph", skip_serializing_if = "Option::is_none")]
    graph: Option<&'v [Value]>,
}

/// An article's page.
pub fn article(article: &Article) -> Value {
    let kind = match article.kind {
        ArticleKind::Article => "Article",
        ArticleKind::NewsArticle => "NewsArticle",
        ArticleKind::Report => "Report",
    };
    Node::new(kind)
        .text("headline", &article.headline)
        .maybe("description", &article.description)
        .texts("image", &article.images)
        .moment("datePublished", &article.published)
        .moment("dateModified", if article.updated.is_some() { &article.updated } else { &article.published })
        .list("author", article.authors.iter().map(author))
        .node("publisher", article.publisher.as_ref().map(organization))
        .text("inLanguage", &article.language)
        .node("mainEntityOfPage", Some(web_page(&article.url)))
        .node("isPartOf", article.part_of.as_ref().map(whole))
        .texts("keywords", &article.keywords)
        .done()
}

/// The way from the home page to a page: titles and absolute addresses. `None` for the home page itself, since a way
/// has at least two steps.
pub fn breadcrumbs(steps: &[(String, String)]) -> Option<Value> {
    let step = |(index, (name, url)): (usize, &(String, String))| {
        Node::new("ListItem").value("position", Value::from(index + 1)).text("name", name).text("item", url).done()
    };
    (steps.len() > 1)
        .then(|| Node::new("BreadcrumbList").list("itemListElement", steps.iter().enumerate().map(step)).done())
}

/// A hospital's page. `None` for one that does not exist.
///
/// Google takes a `Hospital` for a local business, which must have an address; without one it is an organisation.
pub fn hospital(hospital: &Hospital) -> Option<Value> {
    let kind = match (hospital.kind, &hospital.address) {
        (_, None) | (HospitalKind::Organization, _) => "MedicalOrganization",
        (HospitalKind::Hospital, Some(_)) => "Hospital",
        (HospitalKind::Clinic, Some(_)) => "MedicalClinic",
    };
    let geo = |(latitude, longitude): (f64, f64)| {
        Node::new("GeoCoordinates")
            .value("latitude", Value::from(latitude))
            .value("longitude", Value::from(longitude))
            .done()
    };
    let address = training::Address { line: hospital.address.clone(), ..hospital.place.clone() };
    let node = Node::new(kind)
        .text("@id", &format!("{}#hospital", hospital.page))
        .text("name", &hospital.name)
        .texts("alternateName", &hospital.other_names)
        .maybe("description", &hospital.description)
        .texts("image", &hospital.images)
        .node("address", address.node())
        .maybe("telephone", &hospital.telephone)
        .maybe("email", &hospital.email)
        .text("url", hospital.url.as_ref().unwrap_or(&hospital.page))
        // Only a local business is a place too, in the vocabulary, and has coordinates.
        .node("geo", hospital.point.filter(|_| kind != "MedicalOrganization").map(geo))
        .texts("medicalSpecialty", &hospital.departments)
        .node("mainEntityOfPage", Some(web_page(&hospital.page)));
    (!hospital.sample).then(|| node.done())
}

/// The home page: Google takes the site's name from it.
pub fn web_site(site: &Site) -> Value {
    Node::new("WebSite")
        .text("name", &site.name)
        .texts("alternateName", &site.other_names)
        .text("url", &site.url)
        .maybe("description", &site.description)
        .texts("inLanguage", &site.languages)
        .node("publisher", site.publisher.as_ref().map(organization))
        .done()
}

/// The first page of an issue.
pub fn issue(issue: &Issue) -> Value {
    let part =
        |(headline, url): &(String, String)| Node::new("Article").text("headline", headline).text("url", url).done();
    Node::new("PublicationIssue")
        .text("name", &issue.name)
        .maybe("issueNumber", &issue.number)
        .text("url", &issue.url)
        .maybe("description", &issue.description)
        .moment("datePublished", &issue.published)
        .texts("image", &issue.images)
        .text("inLanguage", &issue.language)
        .node("isPartOf", issue.part_of.as_ref().map(whole))
        .node("publisher", issue.publisher.as_ref().map(organization))
        .list("hasPart", issue.articles.iter().map(part))
        .done()
}

/// The figures of a panel. Google requires name and description and recommends the rest; what it does not ask for is
/// left out, for a page may hold many.
pub fn dataset(dataset: &Dataset) -> Value {
    let download =
        |url: &String| Node::new("DataDownload").text("encodingFormat", "text/csv").text("contentUrl", url).done();
    Node::new("Dataset")
        .text("name", &dataset.name)
        .text("description", &dataset.description)
        .text("url", &dataset.url)
        .node("creator", dataset.creator.as_ref().map(|name| Node::new("Organization").text("name", name).done()))
        .maybe("license", &dataset.licence)
        .list("distribution", dataset.csv.iter().map(download))
        .maybe("temporalCoverage", &dataset.period)
        .texts("spatialCoverage", &dataset.places)
        .texts("variableMeasured", &dataset.measures)
        .value("isAccessibleForFree", Value::from(true))
        .done()
}

fn web_page(url: &str) -> Value {
    Node::new("WebPage").text("@id", url).done()
}

fn author(author: &Author) -> Value {
    match author {
        Author::Person { name, url } => Node::new("Person").text("name", name).maybe("url", url).done(),
        Author::Organization(body) => organization(body),
    }
}

fn organization(body: &Organization) -> Value {
    Node::new("Organization")
        .text("name", &body.name)
        .maybe("url", &body.url)
        .maybe("logo", &body.logo)
        .node("address", body.address.as_deref().map(postal_address))
        .maybe("email", &body.email)
        .done()
}

fn whole(whole: &Whole) -> Value {
    let kind = match whole.kind {
        WholeKind::WebSite => "WebSite",
        WholeKind::PublicationIssue => "PublicationIssue",
        WholeKind::Periodical => "Periodical",
    };
    Node::new(kind).text("name", &whole.name).text("url", &whole.url).done()
}

/// An address of one line, of which a Japanese one says itself where its postal code and its prefecture end.
fn postal_address(line: &str) -> Value {
    let (code, rest) = postal_code(line.trim());
    let (region, street) = prefecture(rest);
    // A Japanese postal mark or prefecture stands nowhere else.
    let country = if code.is_some() || !region.is_empty() { "JP" } else { "" };
    Node::new("PostalAddress")
        .maybe("postalCode", &code)
        .text("addressRegion", region)
        .text("streetAddress", street)
        .text("addressCountry", country)
        .done()
}

/// The code after `〒`, in ASCII digits, and what follows.
fn postal_code(line: &str) -> (Option<String>, &str) {
    let Some(rest) = line.strip_prefix('〒').map(str::trim_start) else { return (None, line) };
    let end = rest.find(|character| digit_or_hyphen(character).is_none()).unwrap_or(rest.len());
    let (code, rest) = rest.split_at(end);
    let digits: String = code.chars().filter_map(digit_or_hyphen).filter(|character| *character != '-').collect();
    match digits.split_at_checked(3) {
        Some((area, local)) if local.len() == 4 => (Some(format!("{area}-{local}")), rest.trim_start()),
        _ => (None, line),
    }
}

fn digit_or_hyphen(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
        '-' | '－' | '‐' | '−' | 'ー' => Some('-'),
        _ => None,
    }
}

/// The prefecture at the beginning of a Japanese address, and the rest.
fn prefecture(address: &str) -> (&str, &str) {
    const NAMES: &str = "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 \
        石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 \
        徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県";
    let found = NAMES.split_whitespace().find(|name| address.starts_with(name));
    address.split_at(found.map_or(0, str::len))
}

/// A node that grows, property by property, and takes nothing empty.
struct Node(Map<String, Value>);

impl Node {
    fn new(kind: &str) -> Node {
        Node(Map::new()).text("@type", kind)
    }

    fn value(mut self, name: &str, value: Value) -> Node {
        self.0.insert(name.to_owned(), value);
        self
    }

    fn text(self, name: &str, text: &str) -> Node {
        let text = text.trim();
        if text.is_empty() { self } else { self.value(name, Value::from(text)) }
    }

    fn maybe(self, name: &str, text: &Option<String>) -> Node {
        self.text(name, text.as_deref().unwrap_or_default())
    }

    fn moment(self, name: &str, text: &Option<String>) -> Node {
        self.maybe(name, &text.as_deref().and_then(moment))
    }

    fn node(self, name: &str, node: Option<Value>) -> Node {
        match node {
            Some(node) => self.value(name, node),
            None => self,
        }
    }

    /// One value stands alone, several as a list.
    fn texts(self, name: &str, texts: &[String]) -> Node {
        match texts {
            [] => self,
            [text] => self.text(name, text),
            texts => self.value(name, Value::from(texts)),
        }
    }

    fn list(self, name: &str, values: impl Iterator<Item = Value>) -> Node {
        let values: Vec<Value> = values.collect();
        if values.is_empty() { self } else { self.value(name, Value::from(values)) }
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn office() -> Organization {
        Organization {
            name: "いわき市".to_owned(),
            url: Some("https://example.jp/".to_owned()),
            ..Organization::default()
        }
    }

    fn zine(kind: WholeKind) -> Option<Whole> {
        Some(Whole { kind, name: "研修だより".to_owned(), url: "https://e.org/".to_owned() })
    }

    #[test]
    fn an_article_has_what_google_recommends() {
        let value = article(&Article {
            kind: ArticleKind::NewsArticle,
            headline: "夏の勉強会".to_owned(),
            description: Some("二日間の報告".to_owned()),
            url: "https://example.org/a/".to_owned(),
            published: Some("2023-07-07".to_owned()),
            updated: Some("2023-08-01T09:30:00+09:00".to_owned()),
            authors: vec![Author::Person { name: "白波 みお".to_owned(), url: None }, Author::Organization(office())],
            publisher: Some(office()),
            images: vec!["https://example.org/a/cover.webp".to_owned()],
            language: "ja".to_owned(),
            part_of: zine(WholeKind::PublicationIssue),
            keywords: vec!["勉強会".to_owned(), "血液".to_owned()],
        });
        let office = json!({"@type": "Organization", "name": "いわき市", "url": "https://example.jp/"});
        let expected = json!({
            "@type": "NewsArticle",
            "headline": "夏の勉強会",
            "description": "二日間の報告",
            "image": "https://example.org/a/cover.webp",
            "datePublished": "2023-07-07T00:00:00+09:00",
            "dateModified": "2023-08-01T09:30:00+09:00",
            "author": [{"@type": "Person", "name": "白波 みお"}, office],
            "publisher": office,
            "inLanguage": "ja",
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/a/"},
            "isPartOf": {"@type": "PublicationIssue", "name": "研修だより", "url": "https://e.org/"},
            "keywords": ["勉強会", "血液"],
        });
        assert_eq!(value.to_string(), expected.to_string());
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let value = article(&Article { headline: "題".to_owned(), url: "u".to_owned(), ..Article::default() });
        assert_eq!(
            value,
            json!({"@type": "Article", "headline": "題", "mainEntityOfPage": {"@type": "WebPage", "@id": "u"}})
        );
        let never_changed = article(&Article { published: Some("2023-07-07".to_owned()), ..Article::default() });
        assert_eq!(never_changed["dateModified"], "2023-07-07T00:00:00+09:00");
    }

    #[test]
    fn a_way_has_at_least_two_steps() {
        let steps =
            [("ホーム".to_owned(), "https://e.org/".to_owned()), ("特集".to_owned(), "https://e.org/f/".to_owned())];
        assert_eq!(breadcrumbs(&steps[..1]), None);
        let expected = json!({"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "ホーム", "item": "https://e.org/"},
            {"@type": "ListItem", "position": 2, "name": "特集", "item": "https://e.org/f/"},
        ]});
        assert_eq!(breadcrumbs(&steps), Some(expected));
    }

    fn centre() -> Hospital {
        Hospital {
            name: "いわき市医療センター".to_owned(),
            other_names: vec!["Iwaki City Medical Center".to_owned()],
            page: "https://example.org/h/iwaki-mc/".to_owned(),
            address: Some("〒９７３－８５５５ 福島県いわき市内郷御厩町久世原16".to_owned()),
            telephone: Some("0246-00-0000".to_owned()),
            point: Some((37.02631, 140.87662)),
            departments: vec!["内科".to_owned(), "救急科".to_owned()],
            ..Hospital::default()
        }
    }

    #[test]
    fn a_hospital_has_what_google_requires_of_a_local_business() {
        let expected = json!({
            "@type": "Hospital",
            "@id": "https://example.org/h/iwaki-mc/#hospital",
            "name": "いわき市医療センター",
            "alternateName": "Iwaki City Medical Center",
            "address": {
                "@type": "PostalAddress",
                "postalCode": "973-8555",
                "addressRegion": "福島県",
                "streetAddress": "いわき市内郷御厩町久世原16",
                "addressCountry": "JP",
            },
            "telephone": "0246-00-0000",
            "url": "https://example.org/h/iwaki-mc/",
            "geo": {"@type": "GeoCoordinates", "latitude": 37.02631, "longitude": 140.87662},
            "medicalSpecialty": ["内科", "救急科"],
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/h/iwaki-mc/"},
        });
        assert_eq!(hospital(&centre()), Some(expected));
    }

    #[test]
    fn without_an_address_a_hospital_is_an_organisation_and_one_made_up_is_nothing() {
        let value = hospital(&Hospital { address: None, ..centre() }).unwrap();
        assert_eq!((&value["@type"], value.get("geo")), (&json!("MedicalOrganization"), None));
        let clinic = Hospital { kind: HospitalKind::Clinic, url: Some("https://c.jp/".to_owned()), ..centre() };
        let value = hospital(&clinic).unwrap();
        assert_eq!((&value["@type"], &value["url"]), (&json!("MedicalClinic"), &json!("https://c.jp/")));
        assert_eq!(hospital(&Hospital { sample: true, ..centre() }), None);
    }

    #[test]
    fn an_address_is_taken_apart_only_where_it_says_how() {
        let parts = |line: &str| {
            let value = postal_address(line);
            ["postalCode", "addressRegion", "streetAddress", "addressCountry"]
                .map(|name| value[name].as_str().unwrap_or("-").to_owned())
        };
        assert_eq!(parts("京都府京都市左京区"), ["-", "京都府", "京都市左京区", "JP"]);
        assert_eq!(parts("〒9738555 いわき市"), ["973-8555", "-", "いわき市", "JP"]);
        assert_eq!(parts("〒973 いわき市"), ["-", "-", "〒973 いわき市", "-"]);
        assert_eq!(parts("16 Kusehara, Iwaki, Fukushima"), ["-", "-", "16 Kusehara, Iwaki, Fukushima", "-"]);
    }

    #[test]
    fn a_site_and_an_issue_say_who_publishes_them() {
        let site = web_site(&Site {
            name: "研修だより".to_owned(),
            url: "https://e.org/".to_owned(),
            languages: vec!["ja".to_owned(), "en".to_owned()],
            publisher: Some(Organization { address: Some("福島県いわき市平".to_owned()), ..office() }),
            ..Site::default()
        });
        assert_eq!(site["inLanguage"], json!(["ja", "en"]));
        assert_eq!(site["publisher"]["address"]["addressRegion"], "福島県");
        let value = issue(&Issue {
            name: "2023年夏号".to_owned(),
            number: Some("12".to_owned()),
            url: "https://e.org/12/".to_owned(),
            published: Some("2023-07-07".to_owned()),
            part_of: zine(WholeKind::Periodical),
            articles: vec![("題".to_owned(), "https://e.org/12/a/".to_owned())],
            ..Issue::default()
        });
        assert_eq!(value["issueNumber"], "12");
        assert_eq!(value["isPartOf"]["@type"], "Periodical");
        assert_eq!(value["hasPart"], json!([{"@type": "Article", "headline": "題", "url": "https://e.org/12/a/"}]));
    }

    #[test]
    fn no_title_ends_the_script() {
        let value = article(&Article { headline: "</script><!--\u{2028}\u{2029}&".to_owned(), ..Article::default() });
        let text = script(std::slice::from_ref(&value));
        assert!(!text.contains(['<', '>', '\u{2028}', '\u{2029}']), "{text}");
        assert!(text.starts_with("{\"@context\":\"https://schema.org\",\"@type\":\"Article\""));
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["headline"], value["headline"]);
    }

    #[test]
    fn several_values_share_one_script() {
        let read: Value = serde_json::from_str(&script(&[json!({"@type": "A"}), json!({"@type": "B"})])).unwrap();
        assert_eq!(read, json!({"@context": "https://schema.org", "@graph": [{"@type": "A"}, {"@type": "B"}]}));
        assert_eq!(script(&[]), "");
    }
}
