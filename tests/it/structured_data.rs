//! What search engines are told, held against what Google's pages require and recommend of each type.
//!
//! A recommended property that Kairan has no data for (opening hours, tickets, prices) is not in the tables.

use std::path::Path;

use serde_json::Value;

use crate::support::{Site, at, files};

/// A type: what every one of them must have, and what at least one of the demo site has. `/` leads into a node.
const TYPES: &[(&str, &[&str], &[&str])] = &[
    (
        "JobPosting",
        &[
            "title",
            "description",
            "datePosted",
            "hiringOrganization/name",
            "jobLocation/address/addressCountry",
            "jobLocation/address/addressRegion",
        ],
        &[
            "validThrough",
            "baseSalary/currency",
            "baseSalary/value/minValue",
            "baseSalary/value/maxValue",
            "baseSalary/value/value",
            "baseSalary/value/unitText",
            "employmentType",
            "identifier/name",
            "identifier/value",
            "directApply",
            "hiringOrganization/url",
            "jobLocation/address/addressLocality",
            "jobLocation/address/streetAddress",
        ],
    ),
    (
        "Event",
        &["name", "startDate", "location/name", "location/address/addressRegion", "eventStatus"],
        &[
            "endDate",
            "description",
            "organizer/name",
            "performer/0/name",
            "previousStartDate",
            "location/address/addressLocality",
            "location/address/streetAddress",
        ],
    ),
    ("Hospital", &["name", "address/addressRegion", "url"], &["description", "email", "address/streetAddress"]),
    ("MedicalOrganization", &["name", "url"], &["description", "alternateName", "address/addressLocality"]),
    (
        "EducationalOccupationalProgram",
        &["name", "description", "url", "provider/name"],
        &[
            "timeToComplete",
            "startDate",
            "applicationStartDate",
            "applicationDeadline",
            "maximumEnrollment",
            "hasCourse/0/provider/name",
        ],
    ),
    (
        "BreadcrumbList",
        &["itemListElement/0/position", "itemListElement/0/name", "itemListElement/0/item", "itemListElement/1/item"],
        &[],
    ),
    (
        "PublicationIssue",
        &["name", "url", "issueNumber", "isPartOf/name", "hasPart/0/url"],
        &["image", "publisher/name"],
    ),
    (
        "Dataset",
        &["name", "description", "url", "isAccessibleForFree"],
        &[
            "creator/name",
            "distribution/0/contentUrl",
            "distribution/0/encodingFormat",
            "temporalCoverage",
            "spatialCoverage",
            "variableMeasured",
        ],
    ),
    (
        "Article",
        &["headline", "mainEntityOfPage/@id"],
        &["datePublished", "dateModified", "image", "author/0/name", "publisher/name"],
    ),
    ("WebSite", &["name", "url"], &["alternateName"]),
];

fn node<'n>(node: &'n Value, path: &str) -> Option<&'n Value> {
    node.pointer(&format!("/{path}")).filter(|value| value.as_str() != Some(""))
}

/// The nodes of a page's JSON-LD.
fn nodes(html: &str) -> Vec<Value> {
    let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { return Vec::new() };
    let text = rest.split("</script>").next().expect("the end of the script");
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    assert_eq!(value["@context"], "https://schema.org");
    match value.get("@graph") {
        Some(Value::Array(nodes)) => nodes.clone(),
        _ => vec![value],
    }
}

/// Every node of the demo site with the page it stands on.
fn demo() -> Vec<(String, Value)> {
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().join("site");
    let arguments = ["build", "--today", "2026-11-21", "--out", place.to_str().expect("a path")];
    at(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments).exits(0);
    let pages = files(&place).into_iter().filter(|(path, _)| path.ends_with(".html"));
    let of_page = |(path, bytes): (String, Vec<u8>)| {
        let html = String::from_utf8(bytes).expect("UTF-8");
        nodes(&html).into_iter().map(move |node| (path.clone(), node)).collect::<Vec<_>>()
    };
    pages.flat_map(of_page).collect()
}

#[test]
fn the_demo_site_tells_what_is_required_and_recommended() {
    let all = demo();
    for (kind, required, recommended) in TYPES {
        let own: Vec<&(String, Value)> = all.iter().filter(|(_, node)| node["@type"] == *kind).collect();
        assert!(!own.is_empty(), "the demo site has no {kind}");
        for (path, known) in &own {
            let missing: Vec<&&str> = required.iter().filter(|property| node(known, property).is_none()).collect();
            assert!(missing.is_empty(), "{kind} on {path} lacks {missing:?}: {known:#}");
        }
        for property in *recommended {
            assert!(own.iter().any(|(_, known)| node(known, property).is_some()), "no {kind} has {property}");
        }
    }
    for (path, known) in &all {
        let length = known["description"].as_str().map(|text| text.chars().count());
        let is_dataset = known["@type"] == "Dataset";
        assert!(!is_dataset || length.is_some_and(|length| (50..=5000).contains(&length)), "{path}: {known:#}");
        for moment in ["validThrough", "startDate", "endDate", "datePublished"] {
            let text = known[moment].as_str().unwrap_or("2026-01-01");
            let has_offset = !text.contains('T') || text.contains('+') || text.ends_with('Z');
            assert!(has_offset, "{path}: {moment} without an offset");
        }
    }
    let statuses: Vec<&str> = all.iter().filter_map(|(_, node)| node["eventStatus"].as_str()).collect();
    for status in ["EventScheduled", "EventRescheduled", "EventCancelled"] {
        assert!(statuses.contains(&format!("https://schema.org/{status}").as_str()), "no event is {status}");
    }
    let deadline = |(path, node): &(String, Value)| path.contains("sample-deadline") && node["@type"] == "Event";
    assert!(!all.iter().any(deadline), "nobody goes to a deadline");
    let closed = |(path, node): &(String, Value)| path.contains("resident-2026") && node["@type"] == "JobPosting";
    assert!(!all.iter().any(closed), "a closed posting is told of");
}

#[test]
fn samples_are_told_of_only_where_nobody_can_be_misled() {
    let site = crate::support::Site::small(
        "-- content/data/more-hospitals.yaml --\nhospitals:\n  - {id: kaigan, name: {ja: 海岸病院, en: Kaigan Hospital}, kind: hospital, area: shiomi}\n-- content/data/postings.yaml --\npostings:\n  - {id: real, title: 甲, hospital: kaigan, posted: 2026-06-01, summary: 一}\n  - {id: made, title: 乙, hospital: kaigan, posted: 2026-06-01, summary: 二, sample: true}\n-- content/postings/_index.md --\n---\ntitle: 募集\ntemplate: postings\n---\n",
    );
    let told = |base: &str| {
        let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
        let line = settings.lines().find(|line| line.starts_with("base_url")).expect("an address").to_owned();
        site.write("site.toml", settings.replace(&line, &format!("base_url = \"{base}\"")).as_bytes());
        site.run(&["build", "--today", "2026-06-01", "--format", "json"]).exits(0);
        let told = |path: &str| nodes(&site.page(path)).iter().any(|node| node["@type"] == "JobPosting");
        (told("postings/real/index.html"), told("postings/made/index.html"))
    };
    assert_eq!(told("https://www.city.mihon.jp/"), (true, false));
    assert_eq!(told("https://mihon.example/zine/"), (true, true));
}

/// A template may name it anywhere: in a part, in a block, behind a filter. One that does not need not wait for it.
#[test]
fn wherever_a_template_shows_it_it_is_there() {
    let site = Site::small("-- themes/zine/templates/parts/told.html --\n{{ structured_data | safe }}\n");
    let page = |template: &str| {
        site.write("themes/zine/templates/page.html", template.as_bytes());
        site.built().page("about/index.html")
    };
    for template in [
        "{% extends \"base.html\" %}",
        "<p>{{ structured_data | safe }}</p>",
        "{% include \"parts/told.html\" %}",
        "{% if view.page.title %}{% block told %}{% set told = structured_data %}{{ told | safe }}{% endblock %}{% endif %}",
    ] {
        assert!(page(template).contains("\"BreadcrumbList\""), "{template}");
    }
    assert_eq!(page("<p>{{ view.page.kind }}</p>\n"), "<p>page</p>\n");
}
