//! Postings: their pages and lists, what becomes of closed ones, and what is refused.

use crate::support::{Run, Site};

const POSTINGS: &str = r##"
-- content/data/more-hospitals.yaml --
hospitals:
  - {id: kaigan, name: {ja: 海岸病院, en: Kaigan Hospital}, kind: hospital, area: shiomi}
-- content/data/postings.yaml --
postings:
  - id: resident
    title: {ja: 初期研修医, en: Resident}
    hospital: kaigan
    employment: [full-time, contract]
    places: 4
    salary: {from: 350000, to: 400000, per: month, note: {ja: 当直手当は別, en: Night duty on top}}
    posted: 2026-06-01
    valid_until: 2026-09-30
    begins: 2027-04-01
    requirements:
      - {ja: 医師免許を取る見込みの人, en: People about to be licensed}
    how: {ja: 履歴書を送ってください, en: Send a curriculum vitae}
    url: https://shiomi.example/apply
    contact: {name: {ja: 研修係, en: Training office}, email: kenshu@shiomi.example}
    summary: {ja: 二年間の臨床研修です。, en: Two years of clinical training.}
  - id: locum
    title: {ja: 当直医, en: Locum}
    hospital: kaigan
    salary: {from: 60, currency: USD, per: hour}
    posted: 2026-06-01
    summary: {ja: 週末の当直です。, en: Nights at weekends.}
-- content/postings/_index.md --
---
title: 募集
template: postings
---
-- content/postings/_index.en.md --
---
title: Postings
template: postings
---
"##;

fn on(site: &Site, today: &str) -> Run {
    site.run(&["build", "--today", today, "--format", "json"])
}

#[test]
fn an_open_posting_has_a_page_and_stands_in_lists() {
    let site = Site::small(POSTINGS);
    on(&site, "2026-09-30").clean();
    let page = site.page("en/postings/resident/index.html");
    let parts =
        ["350,000–400,000 yen a month", "4 people", "Full time", "People about to be licensed", "Training office"];
    for part in parts.into_iter().chain(["Night duty on top", "https://shiomi.example/apply", "30 September 2026"]) {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert!(site.page("en/postings/locum/index.html").contains("60 USD an hour"));
    let list = site.page("postings/index.html");
    let (first, last) = (list.find("初期研修医").expect("the resident"), list.find("当直医").expect("the locum"));
    assert!(first < last, "what closes first stands first");
    assert!(list.contains("月給 350,000〜400,000円"), "{list}");
    assert!(site.page("hospitals/kaigan/index.html").contains("postings/resident/"));
    assert!(site.page("sitemap.xml").contains("/postings/resident/"));
}

#[test]
fn a_closed_posting_leaves_lists_sitemap_and_structured_data() {
    let site = Site::small(POSTINGS);
    on(&site, "2026-10-01").clean();
    for path in ["postings/index.html", "en/postings/index.html", "hospitals/kaigan/index.html", "sitemap.xml"] {
        let text = site.page(path);
        assert!(!text.contains("postings/resident/") && !text.contains(">初期研修医<"), "{path}:\n{text}");
    }
    let page = site.page("en/postings/resident/index.html");
    assert!(page.contains("Applications closed on 30 September 2026") && !page.contains("JobPosting"), "{page}");
    assert!(!page.contains("https://shiomi.example/apply"), "nobody is sent to a closed door");
    assert!(site.page("en/postings/locum/index.html").contains("JobPosting"));
}

#[test]
fn an_open_posting_that_was_to_be_looked_at_again_is_told() {
    let text = POSTINGS.replace(
        "    posted: 2026-06-01\n    valid_until",
        "    posted: 2026-06-01\n    next_update: 2026-07-01\n    valid_until",
    );
    let site = Site::small(&text);
    let codes = |run: Run| -> Vec<String> { run.findings().iter().map(|one| one.code().to_owned()).collect() };
    assert_eq!(codes(on(&site, "2026-08-01")), ["update-due"]);
    assert_eq!(codes(on(&site, "2026-10-01")), [] as [&str; 0]);
}

#[test]
fn wrong_postings_are_told_with_what_to_do() {
    let bad = "-- content/data/postings.yaml --\npostings:\n  - {id: a, title: 甲, posted: 2026-06-01, summary: 一}\n  - {id: b, title: 乙, hospital: shiomi-gh, posted: 2026-06-01, valid_until: 2026-05-01, summary: 二, programme: none, salary: {from: 5, to: 4, currency: yen, per: day}}\n  - {id: c, title: 丙, hospital: shiomi, posted: 2026-06-01, summary: 三}\n";
    let run = on(&Site::small(bad), "2026-06-01");
    run.exits(1);
    let mut codes: Vec<String> = run.findings().iter().map(|finding| finding.code().to_owned()).collect();
    codes.sort();
    let expected = [
        "posting-ends-before-it-begins",
        "posting-without-employer",
        "salary-upside-down",
        "unknown-currency",
        "unknown-hospital",
        "unknown-id",
    ];
    assert_eq!(codes, expected, "{run}");
    assert!(run.stdout.contains("shiomi-gh"), "the nearest name is told");
}
