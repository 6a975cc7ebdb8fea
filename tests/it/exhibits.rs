//! What is written for a panel besides its page: CSV, its description, a drawing, a page of its own, and JSON-LD.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use kairan::panel::KINDS;

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
fn files_show_keys_shades_and_signs_and_there_is_none_of_a_formula() {
    let panels = [
        ("stack", "indicators: [eight, other]\nareas: [a, b, c]"),
        ("matrix", "flow: moves"),
        ("timeline", "table: adopted\nrows: name\nunit: 校"),
        ("formula", "formula: a = b\nsymbols: [{symbol: a, name: 甲}]\nsource: 調べ\nas_of: 2019"),
    ];
    let fence = |(kind, more): (&str, &str)| format!("```panel\nkind: {kind}\nid: {kind}\n{more}\n```\n\n");
    let fences: String = panels.into_iter().map(fence).collect();
    let site = Site::small(&format!("{}-- content/eight.md --\n---\ntitle: 八つ\n---\n{fences}", eight_by_five()));
    site.built();
    let [stack, matrix, timeline] = ["stack", "matrix", "timeline"].map(|id| {
        let svg = site.page(&format!("data/eight-{id}.svg"));
        xml(&svg);
        svg
    });
    // A patch with its name for each part, the second with stripes; then the drawing itself, and no table.
    assert!(stack.contains("<path class=\"k1 b\" d=\"M0 0H100V100H0z\"/>"), "{stack}");
    assert!(stack.contains("<svg class=\"ha k2\" x=\"0%\" y=\"0%\" width=\"100%\" height=\"100%\">"), "{stack}");
    assert!(stack.contains("<svg class=\"pa ml") && !stack.contains("s-r\" d="), "{stack}");
    assert!(matrix.contains("<rect class=\"s-k q2\"") && matrix.contains("<path class=\"q4 b\""), "{matrix}");
    assert!(matrix.contains("<rect class=\"s-f\"") && matrix.contains(".q1{--k:var(--q1)}"), "{matrix}");
    assert!(
        timeline.contains(">◆</text>") && timeline.contains(">●</text>") && timeline.contains("◆ 始まり"),
        "{timeline}"
    );
    let page = site.page("eight/index.html");
    assert!(page.contains("data/eight-stack.svg") && !page.contains("eight-formula.svg"), "{page}");
    assert!(site.has("data/eight-formula.html") && !site.has("data/eight-formula.svg"));
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

/// A site that takes a theme of its own, which is yet to be written.
fn of_minato() -> Site {
    let site = site("");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", settings.replace("\"zine\"", "\"minato\"").as_bytes());
    site
}

#[test]
fn panels_bring_their_style_sheets_and_other_pages_do_without() {
    let site = of_minato();
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
    let site = of_minato();
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

/// Five areas at eight times, another measure of the same, a table of eight classes in five groups, and flows among eight.
fn eight_by_five() -> String {
    let areas = ["a", "b", "c", "d", "e"];
    let area = |id: &&str| format!("  - {{id: {id}, name: {{ja: 圏域{id}, en: Area {id}}}, kind: district}}\n");
    let named: String = areas.iter().chain(&["f", "g", "h"]).map(area).collect();
    let row = |at: usize| (0..8).map(|year| (1000 + at * 170 + year * 31).to_string()).collect::<Vec<_>>().join(", ");
    let rows: String = areas.iter().enumerate().map(|(at, id)| format!("      {id}: [{}]\n", row(at))).collect();
    let indicator = |id: &str| {
        format!(
            "  - id: {id}\n    name: {{ja: 医師, en: Physicians}}\n    unit: {{ja: 人, en: people}}\n    \
             source: {{ja: 調べ, en: A survey}}\n    as_of: 2019-12-31\n    \
             periods: [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019]\n    values:\n{rows}"
        )
    };
    let of_table = "source: {ja: 調べ, en: A survey}\n    as_of: 2019";
    let years: String = (1..=8).map(|year| format!("      - {{id: y{year}, label: 第{year}期}}\n")).collect();
    let adopted: String =
        areas.iter().map(|id| format!("      - [大学{id}{}]\n", ", 採択".repeat(8))).collect::<Vec<_>>().concat();
    let ages: String =
        (2..=9).map(|age| format!("      - [{age}0代, {}, {}]\n", 900 + age * 31, 400 + age * 17)).collect();
    let moved = |to: usize| areas.iter().enumerate().map(move |(at, id)| format!("{id}: {}", 90 + at * 31 + to * 7));
    let moves: String = ["a", "b", "c", "d", "e", "f", "g", "h"]
        .iter()
        .enumerate()
        .map(|(at, id)| format!("      {id}: {{{}}}\n", moved(at).collect::<Vec<_>>().join(", ")))
        .collect();
    format!(
        "-- content/data/eight-areas.yaml --\nareas:\n{named}-- content/data/eight.yaml --\nindicators:\n{}{}-- content/data/eight-tables.yaml --\ntables:\n  \
         - id: adopted\n    name: 採択\n    {of_table}\n    columns:\n      - {{id: name, label: 大学}}\n{years}    rows:\n{adopted}  \
         - id: ages\n    name: 年齢\n    {of_table}\n    columns:\n      - {{id: age, label: 年齢}}\n      \
         - {{id: men, label: 男性, unit: 人}}\n      - {{id: women, label: 女性, unit: 人}}\n    rows:\n{ages}\
         -- content/data/eight-flows.yaml --\nflows:\n  - id: moves\n    name: 移動\n    unit: 人\n    {of_table}\n    values:\n{moves}",
        indicator("eight"),
        indicator("other")
    )
}

#[test]
fn three_options_make_a_panel_of_every_kind() {
    let panels = [
        ("kpi", "items: [{label: 甲, value: 'eight[a]'}, {label: 乙, value: 'eight[b]'}]"),
        ("trend", "indicator: eight"),
        ("bars", "indicator: eight\nhighlight: c"),
        ("slope", "indicator: eight\nfrom: 2014\nto: 2019"),
        ("stack", "indicator: eight"),
        ("pyramid", "table: ages"),
        ("target", "indicator: eight\ntarget: other"),
        ("matrix", "flow: moves"),
        ("timeline", "table: adopted\nrows: name\nunit: 校"),
        ("map", "form: tiles\nindicator: prefectures"),
        ("table", "indicator: eight"),
        ("multiples", "of: trend\nindicator: eight"),
        ("share", "indicator: eight"),
        ("scatter", "x: eight\ny: other"),
        ("formula", "formula: a = b\nsymbols: [{symbol: a, name: 甲, value: 'eight[a]'}]"),
    ];
    // How a programme is shown has its own data and its own tests.
    let kinds = KINDS.iter().map(|kind| kind.name()).filter(|name| *name != "rotation");
    assert_eq!(panels.map(|(kind, _)| kind).to_vec(), kinds.collect::<Vec<_>>());
    let fence = |(kind, more): (&str, &str)| {
        assert!(more.lines().count() <= 3, "{kind}");
        format!("```panel\nkind: {kind}\n{more}\n```\n\n")
    };
    let fences: String = panels.into_iter().map(fence).collect();
    let site = Site::small(&format!(
        "{}-- content/data/prefectures.yaml --\nareas:\n  - {{id: kumamoto, name: {{ja: 熊本県, en: Kumamoto}}, kind: prefecture, code: \"43\"}}\n\
         -- content/data/of-prefectures.yaml --\nindicators:\n  - {{id: prefectures, name: {{ja: 病院, en: Hospitals}}, unit: {{ja: 院, en: hospitals}}, source: 調べ, as_of: 2019, periods: [2019], values: {{kumamoto: [210]}}}}\n\
         -- content/eight.md --\n---\ntitle: 八つ\n---\n{fences}-- content/eight.en.md --\n---\ntitle: Eight\n---\n{fences}",
        eight_by_five()
    ));
    site.built();
    for page in ["eight/index.html", "en/eight/index.html"] {
        let html = site.page(page);
        let shown = html.split("<figure ").skip(1).filter_map(|rest| rest.split("</figure>").next());
        for (panel, (kind, _)) in shown.zip(panels) {
            let title = panel.split("-t\">").nth(1).and_then(|rest| rest.split("</h").next()).unwrap_or_default();
            assert!(!title.is_empty(), "{kind}: {panel}");
            assert!(panel.contains("<th scope=\"row\"") && panel.contains("<time datetime=\"2019"), "{kind}: {panel}");
        }
        assert_eq!(html.matches("<figure class=\"panel").count(), panels.len());
    }
}

#[test]
fn a_panel_of_eight_points_and_five_series_is_small() {
    let areas = "areas: [a, b, c, d, e]";
    let all = |more: &str| format!("indicator: eight\n{areas}\n{more}");
    let goal = |number: i32| format!("  - {{indicator: eight, target: other, area: a, label: 第{number}の目標}}\n");
    let goals: String = (1..=8).map(goal).collect();
    // What has fewer figures than forty in any case has as many as it would have of such data.
    let kinds: [(&str, String); 15] = [
        ("trend", all("")),
        ("bars", all("periods: [2012, 2019]")),
        ("slope", all("from: 2012\nto: 2019")),
        ("stack", all("")),
        ("stack", all("share: true")),
        ("stack", all("form: area")),
        ("pyramid", "table: ages".to_owned()),
        ("target", format!("items:\n{goals}")),
        ("matrix", "flow: moves".to_owned()),
        ("timeline", "table: adopted\nrows: name\nunit: 校".to_owned()),
        ("table", all("")),
        ("multiples", all("of: trend\nreference: [a]")),
        ("multiples", all("of: bars")),
        ("share", all("periods: [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019]")),
        ("scatter", format!("x: eight\ny: other\n{areas}")),
    ];
    let fence = |(number, (kind, more)): (usize, &(&str, String))| {
        format!("```panel\nkind: {kind}\nid: p{number}\n{more}\n```\n\n")
    };
    let fences: String = kinds.iter().enumerate().map(fence).collect();
    let site = Site::small(&format!(
        "{}-- content/eight.md --\n---\ntitle: 八つ\n---\n{fences}-- content/eight.en.md --\n---\ntitle: Eight\n---\n{fences}",
        eight_by_five()
    ));
    site.built();
    let mut large = Vec::new();
    for page in ["eight/index.html", "en/eight/index.html"] {
        let html = site.page(page);
        let panels: Vec<&str> =
            html.split("<figure ").skip(1).filter_map(|rest| rest.split("</figure>").next()).collect();
        assert_eq!(panels.len(), kinds.len());
        for (panel, (kind, more)) in panels.into_iter().zip(&kinds) {
            let figures = if matches!(*kind, "bars" | "slope" | "scatter") { 10 } else { 16 };
            assert!(panel.matches("<td").count() >= figures, "all figures: {panel}");
            if panel.len() >= 12_000 {
                large.push(format!("{page}: {} bytes: {kind}: {more}", panel.len()));
            }
        }
    }
    assert!(large.is_empty(), "{}", large.join("\n\n"));
}
