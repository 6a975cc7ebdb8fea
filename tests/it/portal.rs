//! What a recruitment portal is made of: pages of programmes, of hospitals with their figures, and of the year.

use crate::support::{Finding, Run, Site};

/// A programme at a hospital, without a page that anybody wrote.
const PROGRAMME: &str = "-- content/data/plan.yaml --
programmes:
  - id: plan
    name: {ja: 研修計画, en: Training plan}
    hospital: shiomi-gh
    rules: [clinical-training-2020]
    places: 4
    applications: {from: 2026-06-01, until: 2026-08-31}
    contact: {name: {ja: 研修係, en: Training office}, email: office@example.org}
    source: {ja: 案内, en: Leaflet}
    as_of: 2026-04-01
    courses:
      - id: a
        name: {ja: Aコース, en: Course A}
        inferred: {ja: 週数は読み取り, en: lengths are a reading}
        years: &years
          - sites: [shiomi-gh]
            blocks: [内科（循環器） 24, 救急 12, 外科 4, 小児科 4, 産婦人科 4, 精神科 4]
          - sites: [shiomi-gh]
            blocks: [地域医療 4, 選択 内科 48]
      - {id: b, name: {ja: Bコース, en: Course B}, years: *years}
";

const SECTION: &str = "-- content/programmes/_index.md --\n---\ntitle: 研修\ntemplate: programmes\n---\n
-- content/programmes/_index.en.md --\n---\ntitle: Training\ntemplate: programmes\n---\n";

fn on(site: &Site, day: &str) -> Run {
    site.run(&["build", "--format", "json", "--today", day])
}

fn messages(run: &Run) -> Vec<String> {
    run.findings().iter().map(Finding::message).map(str::to_owned).collect()
}

#[test]
fn a_programme_has_a_page_made_from_the_data() {
    let site = Site::small(PROGRAMME);
    site.edit(SECTION);
    on(&site, "2026-07-01").clean();
    let page = site.page("programmes/plan/index.html");
    for part in ["研修計画", "募集人数", "研修係", "office@example.org", "Aコース", "週数は読み取り", "基準を満たすか"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
    for id in ["course-a-plan", "course-b-plan", "totals", "rules"] {
        assert!(page.contains(&format!("<figure class=\"panel\" id=\"{id}\"")), "no {id} in {page}");
    }
    assert!(page.contains("応募の締め切り"), "{page}");
    assert!(site.page("en/programmes/plan/index.html").contains("Training office"));
    assert!(site.page("programmes/index.html").contains("href=\"plan/index.html\""), "the section lists it");
    let hospital = site.page("hospitals/shiomi-gh/index.html");
    assert!(hospital.contains("href=\"../../programmes/plan/index.html\""), "{hospital}");
}

#[test]
fn an_article_that_names_a_programme_is_its_page_and_shows_nothing_twice() {
    let site = Site::small(PROGRAMME);
    site.edit(SECTION);
    site.edit(
        "-- content/recruit.md --\n---\ntitle: 募集\ndescription: 募集の案内\nkind: programme\nprogramme: plan\n---\n\n\
        はじめに。\n\n```panel\nkind: rotation\nid: mine\nprogramme: plan\n```\n",
    );
    site.edit("-- content/recruit.en.md --\n---\ntitle: Training with us\ndescription: How it is\nkind: programme\n---\n\nWelcome.\n");
    on(&site, "2026-07-01").clean();
    assert!(!site.has("programmes/plan/index.html"), "the article is the page");
    let page = site.page("recruit/index.html");
    assert!(page.contains("id=\"mine\"") && !page.contains("course-a-plan"), "{page}");
    assert!(page.contains("office@example.org"), "the facts that the text leaves out: {page}");
    assert!(site.page("en/recruit/index.html").contains("course-a-plan"));
    assert!(site.page("programmes/index.html").contains("href=\"../recruit/index.html\""));
}

#[test]
fn courses_stand_side_by_side_where_a_page_asks_for_it() {
    let site = Site::small(PROGRAMME);
    site.edit(SECTION);
    site.edit("-- content/compare.md --\n---\ntitle: 比べる\ndescription: 二つのコース\ntemplate: compare\nprogramme: plan\n---\n");
    site.edit("-- content/compare.en.md --\n---\ntitle: Compare\ndescription: Two courses\n---\n");
    on(&site, "2026-07-01").clean();
    let page = site.page("en/compare/index.html");
    let side = page.split("<div class=\"sbs\">").nth(1).unwrap_or_default();
    assert!(
        side.contains("course-a-plan") && side.contains("course-b-plan") && side.contains("id=\"totals\""),
        "{page}"
    );
    let own = site.page("en/programmes/plan/index.html");
    assert!(own.contains("href=\"../../compare/index.html\"") && !own.contains("id=\"totals\""), "{own}");
}

#[test]
fn figures_over_hospitals_are_panels_that_nobody_wrote() {
    let figures = "-- content/data/own.yaml --
indicators:
  - {id: er_cases, name: {ja: 救急車, en: Ambulances}, unit: {ja: 台, en: ambulances}, source: {ja: 年報, en: Yearbook}, as_of: 2026-03-31, precision: 0, over: hospitals, periods: [FY2024, FY2025], values: {shiomi-gh: [1800, 2100]}}
  - {id: beds_by_year, name: {ja: 病床, en: Beds}, unit: {ja: 床, en: beds}, source: {ja: 年報, en: Yearbook}, as_of: 2026-03-31, precision: 0, over: hospitals, periods: [FY2024, FY2025], values: {shiomi-gh: [284, 284]}}
  - {id: staff, name: {ja: 医師, en: Physicians at work}, unit: {ja: 人, en: people}, source: {ja: 年報, en: Yearbook}, as_of: 2026-03-31, precision: 0, over: hospitals, periods: [FY2025], values: {shiomi-gh: [46]}}
";
    let site = Site::small(figures);
    site.built();
    let page = site.page("hospitals/shiomi-gh/index.html");
    assert!(page.contains("救急車は1,800台から2,100台に"), "{page}");
    assert!(page.contains("病床は284床で変わらず"), "{page}");
    assert!(page.contains("id=\"figures-er-cases\"") && page.contains("<th scope=\"row\">医師</th>"), "{page}");
    assert!(site.page("en/hospitals/shiomi-gh/index.html").contains("Ambulances: from 1,800"));
}

#[test]
fn the_year_is_told_by_the_day_for_which_the_site_is_made() {
    let site = Site::small(PROGRAMME);
    site.edit("-- content/guide.md --\n---\ntitle: 応募の手引き\ndescription: 一年の流れ\ntemplate: calendar\nextra:\n  year:\n    - {when: 4月, text: 調べる}\n---\n");
    site.edit("-- content/guide.en.md --\n---\ntitle: How to apply\ndescription: The year\ntemplate: calendar\nextra:\n  year:\n    - {when: April, text: Read}\n---\n");
    let run = on(&site, "2026-07-01");
    assert_eq!(messages(&run), Vec::<String>::new());
    let page = site.page("guide/index.html");
    let (coming, past) = page.split_once("id=\"past-t\"").unwrap_or_default();
    assert!(coming.contains("研修計画 応募の締め切り") && past.contains("研修計画 応募の受付開始"), "{page}");
    on(&site, "2026-09-01").clean();
    let page = site.page("guide/index.html");
    let coming = page.split("id=\"past-t\"").next().unwrap_or_default();
    assert!(!coming.contains("応募の締め切り"), "{page}");
}

#[test]
fn the_directory_of_the_portal_is_complete_in_its_html() {
    let site =
        Site::small("-- content/hospitals/_index.md --\n---\ntitle: 病院\ntheme: portal\ntemplate: hospitals\n---\n");
    site.edit("-- content/hospitals/_index.en.md --\n---\ntitle: Hospitals\n---\n");
    site.built();
    let page = site.page("hospitals/index.html");
    assert!(page.contains("<form class=\"flt no-p\" id=\"filter\"") && page.contains(" hidden>"), "{page}");
    assert!(page.contains("data-kind=\""), "{page}");
    assert_eq!(page.matches("filter.").count(), 1, "one script: {page}");
    assert!(!site.page("index.html").contains("filter."), "and on this page alone");
}
