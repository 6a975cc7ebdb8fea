//! What is written for a panel besides its page: CSV, its description, a drawing, a page of its own, and JSON-LD.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::support::Site;

const PANEL: &str = r#"
-- content/features/summer.md --
---
title: 夏の学習会
date: 2026-07-07
kind: session
---
医師の数です。

```panel
kind: trend
id: fig:physicians
indicator: physicians
note: A < B & C の注
```

```panel
kind: kpi
items:
  - {label: 潮見市, value: "physicians[shiomi, 2018]"}
  - {label: 港町, value: "physicians[minato, 2018]"}
```

```panel
kind: table
indicator: physicians
```
"#;

const LICENCE: &str = r#"
[data]
licence = { name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/" }
"#;

fn site(more: &str) -> Site {
    let site = Site::small(PANEL);
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}{more}").as_bytes());
    site
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The JSON-LD of a page.
fn linked_data(html: &str) -> Value {
    let rest = html.split("<script type=\"application/ld+json\">").nth(1).expect("JSON-LD");
    json(rest.split("</script>").next().expect("its end"))
}

/// Every text of an XML file and the names of its elements. Fails where it is not well-formed.
fn xml(text: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut names, mut texts) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                names.push(tag.name().as_ref().to_owned());
            }
            Event::Text(part) => texts.push_str(&part),
            _ => {}
        }
    }
    (names, texts)
}

#[test]
fn the_csv_of_a_panel_is_described_for_machines() {
    let site = site(LICENCE);
    site.built();
    let described = json(&site.page("data/features-summer-fig-physicians.csv-metadata.json"));
    let csv = site.page("data/features-summer-fig-physicians.csv");
    assert_eq!(described["url"], "features-summer-fig-physicians.csv");
    assert_eq!(described["@context"][0], "http://www.w3.org/ns/csvw");
    assert_eq!(described["dc:source"], "潮見市の調べ");
    assert_eq!(described["dc:publisher"], "潮見市");
    assert_eq!(described["dc:license"]["@id"], "https://creativecommons.org/licenses/by/4.0/");
    assert!(described["notes"][0]["body"].as_str().is_some_and(|note| note.starts_with("A < B & C")));
    let columns = described["tableSchema"]["columns"].as_array().expect("columns");
    let titles: Vec<&str> = columns.iter().filter_map(|column| column["titles"].as_str()).collect();
    assert_eq!(csv.trim_start_matches('\u{feff}').lines().next(), Some(titles.join(",").as_str()));
    let kinds: Vec<String> =
        columns.iter().map(|column| format!("{}:{}", column["name"], column["datatype"])).collect();
    for expected in [r#""code":"string""#, r#""period":"gYear""#, r#""value":"decimal""#, r#""area":"string""#] {
        assert!(kinds.iter().any(|kind| kind == expected), "{expected} in {kinds:?}");
    }
}

#[test]
fn the_drawing_of_every_panel_is_a_file_of_its_own() {
    let site = site("");
    site.built();
    for (name, shown) in [("fig-physicians", "潮見市"), ("fig-2", "305"), ("fig-3", "1,388")] {
        let svg = site.page(&format!("data/features-summer-{name}.svg"));
        let (names, texts) = xml(&svg);
        assert_eq!(names[..3], ["svg", "title", "desc"], "{name}");
        assert!(
            names.contains(&"style".to_owned()) && texts.contains(shown) && texts.contains("潮見市の調べ"),
            "{svg}"
        );
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 "), "{svg}");
        assert!(svg.contains("Noto Sans JP") && !svg.contains("var(--text)}\u{0}"));
        // Nothing in it asks for another file, and no colour is left to a page around it.
        assert!(!svg.contains("url(") && !svg.contains("@import") && !svg.contains("href"), "{svg}");
        let asked: Vec<&str> = svg.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()).collect();
        for property in asked.into_iter().filter(|name| *name != "--k") {
            assert!(svg.contains(&format!("{property}:")), "{property} is not in {name}");
        }
    }
}

#[test]
fn a_page_of_the_panel_alone_leads_back_and_stays_out_of_search() {
    let site = site("");
    site.built();
    let alone = site.page("data/features-summer-fig-physicians.html");
    assert!(alone.contains("<meta name=\"robots\" content=\"noindex\">"), "{alone}");
    assert!(alone.contains("<link rel=\"canonical\" href=\"https://example.org/shiomi/features/summer/\">"));
    assert!(alone.contains("href=\"../features/summer/index.html#fig:physicians\" target=\"_top\""));
    assert!(alone.contains("<figure class=\"panel\"") && alone.contains("A &lt; B &amp; C"));
    assert!(alone.contains("href=\"features-summer-fig-physicians.csv\""));
    assert!(!site.page("sitemap.xml").contains("/data/"));
    let page = site.page("features/summer/index.html");
    for file in ["csv", "svg", "html"] {
        assert!(page.contains(&format!("href=\"../../data/features-summer-fig-physicians.{file}\"")), "{file}");
    }
}

#[test]
fn search_engines_are_told_of_the_figures() {
    let site = site(LICENCE);
    site.built();
    let page = linked_data(&site.page("features/summer/index.html"));
    let graph = page["@graph"].as_array().expect("several things");
    let sets: Vec<&Value> = graph.iter().filter(|node| node["@type"] == "Dataset").collect();
    assert_eq!(sets.len(), 3);
    for set in &sets {
        let length = set["description"].as_str().unwrap_or_default().chars().count();
        assert!((50..=5000).contains(&length), "{length}: {set}");
        assert!(set["name"].is_string() && set["creator"]["name"] == "潮見市" && set["isAccessibleForFree"] == true);
        assert_eq!(set["license"], "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(set["distribution"][0]["encodingFormat"], "text/csv");
    }
    let first = sets[0];
    assert_eq!(first["url"], "https://example.org/shiomi/features/summer/#fig:physicians");
    assert_eq!(
        first["distribution"][0]["contentUrl"],
        "https://example.org/shiomi/data/features-summer-fig-physicians.csv"
    );
    assert_eq!(first["temporalCoverage"], "2008-01-01/2018-12-31");
    assert_eq!(first["spatialCoverage"], serde_json::json!(["潮見市", "港町"]));
    assert_eq!(first["variableMeasured"], "医師数");
}

#[test]
fn a_site_says_which_files_it_wants() {
    let site = site("[panels]\nfiles = [\"svg\"]\n");
    site.built();
    let files: Vec<String> = site.output().into_keys().filter(|name| name.starts_with("data/")).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(files.iter().all(|name| name.ends_with(".svg")), "{files:?}");
    let page = site.page("features/summer/index.html");
    assert!(!page.contains(".csv") && !page.contains("data/features-summer-fig-2.html"), "{page}");
}

#[test]
fn a_text_above_a_list_of_several_parts_writes_the_files_of_its_panels_once() {
    let site = Site::small(
        r#"
-- content/features/_index.md --
---
title: 特集
paginate_by: 1
---
```panel
kind: trend
indicator: physicians
```
-- content/features/second.md --
---
title: 二つめ
date: 2026-07-08
---
本文。
"#,
    );
    site.built();
    assert!(site.has("features/page/2/index.html") && site.has("data/features-fig-1.csv"));
}

/// The first block of HTML in a page of the manual.
fn example(page: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide").join(page);
    let text = std::fs::read_to_string(path).expect("the manual");
    let block = text.split("```html\n").nth(1).expect("an example").split("```").next().unwrap_or_default();
    block.to_owned()
}

#[test]
fn the_theme_of_the_manual_changes_one_kind_with_one_file_and_the_colours_of_all() {
    for page in ["themes.md", "themes.en.md"] {
        let site = site("");
        site.write("themes/zine/templates/panels/kpi.html", example(page).as_bytes());
        let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
        site.write("site.toml", settings.replace("\"zine\"", "\"minato\"").as_bytes());
        site.edit(
            "-- themes/minato/theme.toml --\nname = \"minato\"\nextends = \"zine\"\nstyles = [\"minato.css\"]\n\
             -- themes/minato/static/minato.css --\n[data-theme] { --hi: #00665e; }\n",
        );
        site.built();
        let html = site.page("features/summer/index.html");
        assert!(html.contains("<dl class=\"plain-figures\">\n<dt>潮見市</dt><dd>305人</dd>"), "{html}");
        assert!(!html.contains("class=\"kpis\"") && html.contains("<div class=\"pa "), "only one kind changes");
        assert!(site.page("data/features-summer-fig-physicians.svg").contains("[data-theme]{--hi:#00665e}"));
    }
}

/// The style sheets that a page links, without their hashes.
fn linked(html: &str) -> Vec<String> {
    let tags = html.split("<link ").skip(1).filter(|tag| tag.starts_with("rel=\"stylesheet\""));
    let names = tags.filter_map(|tag| tag.split("assets/").nth(1)?.split('.').next());
    names.map(str::to_owned).collect()
}

#[test]
fn panels_bring_their_style_sheets_and_other_pages_do_without() {
    let site = site("");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", settings.replace("\"zine\"", "\"minato\"").as_bytes());
    let theme = |kind: &str| {
        format!(
            "-- themes/minato/theme.toml --\nname = \"minato\"\nextends = \"zine\"\n[panel_styles]\n\
             all = [\"mine.css\"]\n{kind} = [\"figures.css\"]\nmap = [\"mapped.css\"]\n\
             -- themes/minato/static/mine.css --\n.panel {{ --mine: 1 }}\n\
             -- themes/minato/static/figures.css --\n.kpis {{ --mine: 2 }}\n\
             -- themes/minato/static/mapped.css --\n.pa .f1 {{ fill: red }}\n"
        )
    };
    site.edit(&theme("kpi")).built();
    assert_eq!(linked(&site.page("about/index.html")), ["minato"]);
    assert_eq!(linked(&site.page("features/summer/index.html")), ["minato", "panels", "mine", "figures"]);
    assert_eq!(linked(&site.page("data/features-summer-fig-physicians.html")), ["minato", "panels", "mine"]);
    assert!(site.page("data/features-summer-fig-physicians.svg").contains(".f1{fill:red}"));

    let finding = site.edit(&theme("kpis")).build().exits(1).finding("unknown-panel-styles");
    assert_eq!((finding.line(), finding.found()), ("kpis = [\"figures.css\"]", "kpis"));
    assert!(finding.remedy().contains("kpi"), "{}", finding.remedy());
}

#[test]
fn templates_bring_their_style_sheets_and_other_pages_do_without() {
    let site = site("");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", settings.replace("\"zine\"", "\"minato\"").as_bytes());
    let theme = |template: &str| {
        format!(
            "-- themes/minato/theme.toml --\nname = \"minato\"\nextends = \"zine\"\n[template_styles]\n\
             {template} = [\"mine.css\"]\n-- themes/minato/static/mine.css --\n.hp {{ --mine: 1 }}\n"
        )
    };
    site.edit(&theme("hospital")).built();
    assert_eq!(linked(&site.page("about/index.html")), ["minato"]);
    assert_eq!(linked(&site.page("hospitals/shiomi-gh/index.html")), ["minato", "records", "mine"]);

    let finding = site.edit(&theme("hospitall")).build().exits(1).finding("unknown-template-styles");
    assert!(finding.remedy().contains("hospitals"), "{}", finding.remedy());
}

#[test]
fn pages_with_formulas_have_their_style_sheet() {
    let site = site("");
    site.edit("-- content/sums.md --\n---\ntitle: 式\nmath: true\n---\n\n$x^2$\n");
    site.built();
    assert_eq!(linked(&site.page("sums/index.html")), ["zine", "math"]);
}

#[test]
fn a_panel_of_eight_points_and_five_series_is_small() {
    let areas = ["a", "b", "c", "d", "e"];
    let named: String = areas
        .iter()
        .map(|id| format!("  - {{id: {id}, name: {{ja: 圏域{id}, en: Area {id}}}, kind: group}}\n"))
        .collect();
    let row = |at: usize| (0..8).map(|year| (1000 + at * 170 + year * 31).to_string()).collect::<Vec<_>>().join(", ");
    let rows: String = areas.iter().enumerate().map(|(at, id)| format!("      {id}: [{}]\n", row(at))).collect();
    let data = format!(
        "-- content/data/eight-areas.yaml --\nareas:\n{named}-- content/data/eight.yaml --\nindicators:\n  - id: eight\n    name: {{ja: 医師, en: Physicians}}\n    \
         unit: {{ja: 人, en: people}}\n    source: {{ja: 調べ, en: A survey}}\n    as_of: 2019-12-31\n    \
         periods: [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019]\n    values:\n{rows}"
    );
    // Five areas at eight times. Stacks of columns and shares have more to say of each value, and are larger.
    let all = "areas: [a, b, c, d, e]";
    let kinds = [
        ("trend", all),
        ("table", all),
        ("stack", "areas: [a, b, c, d, e]\nform: area"),
        ("multiples", "areas: [a, b, c, d, e]\nof: trend"),
    ];
    let fence = |(number, (kind, more)): (usize, &(&str, &str))| {
        format!("```panel\nkind: {kind}\nid: p{number}\nindicator: eight\n{more}\n```\n\n")
    };
    let fences: String = kinds.iter().enumerate().map(fence).collect();
    let site = Site::small(&format!(
        "{data}-- content/eight.md --\n---\ntitle: 八つ\n---\n{fences}-- content/eight.en.md --\n---\ntitle: Eight\n---\n{fences}"
    ));
    site.built();
    for page in ["eight/index.html", "en/eight/index.html"] {
        let html = site.page(page);
        let panels: Vec<&str> =
            html.split("<figure ").skip(1).filter_map(|rest| rest.split("</figure>").next()).collect();
        assert_eq!(panels.len(), kinds.len());
        for panel in panels {
            assert!(panel.matches("<td").count() >= 40, "all figures: {panel}");
            assert!(panel.len() < 12_000, "{} bytes: {panel}", panel.len());
        }
    }
}
