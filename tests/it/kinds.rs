//! People, events, terms, dates and small numbers: what is published of them, and what is refused.

use crate::support::{Run, Site};

/// People, events and terms on top of the small site, with sections for them in both languages.
const KINDS: &str = r##"
-- content/data/people.yaml --
people:
  - id: aoki
    name: {ja: 青木 灯（見本）, en: Akari Aoki (example)}
    reading: あおき あかり
    role: {ja: 指導医, en: Supervising physician}
    hospital: shiomi-gh
    sample: true
  - id: mori
    name: {ja: 森 渚, en: Nagisa Mori}
    consent:
      - {use: name, given: 2026-04-01, until: 2027-03-31}
-- content/data/events.yaml --
events:
  - id: imaging
    name: {ja: 画像の勉強会, en: Imaging session}
    kind: session
    start: 2026-07-07 19:00
    end: 2026-07-07 20:30
    place: {ja: 講堂, en: Hall}
    area: shiomi
    hospital: shiomi-gh
    people: [aoki, mori]
    capacity: 30
  - id: visit
    name: {ja: 病院見学, en: Hospital visit}
    kind: visit
    start: 2026-08-01
    area: minato
    status: cancelled
-- content/data/terms.yaml --
terms:
  - id: residency
    term: {ja: 臨床研修, en: clinical residency}
    reading: りんしょうけんしゅう
    definition: {ja: 医師になって最初の二年間の研修, en: The first two years of a physician's training}
    avoid: {en: [clinical training]}
  - id: core
    term: {ja: 基幹型臨床研修病院, en: core residency hospital}
    definition: {ja: 研修の中心となる病院, en: The hospital that leads a residency}
-- content/glossary.md --
---
title: 用語集
template: glossary
---
-- content/glossary.en.md --
---
title: Glossary
template: glossary
---
-- content/events/_index.md --
---
title: 行事
template: events
---
-- content/events/_index.en.md --
---
title: Events
template: events
---
-- content/areas/_index.md --
---
title: 地域
template: areas
---
-- content/areas/_index.en.md --
---
title: Areas
template: areas
---
-- content/areas/shiomi.md --
---
title: 潮見市を知る
---
海のある町です。
-- content/people/_index.md --
---
title: 人
template: people
---
-- content/people/_index.en.md --
---
title: People
template: people
---
"##;

fn site(text: &str) -> Site {
    let site = Site::small(KINDS);
    site.edit(text);
    site
}

fn on(site: &Site, day: &str) -> Run {
    site.run(&["build", "--format", "json", "--today", day])
}

#[track_caller]
fn codes(run: &Run) -> Vec<String> {
    run.findings().iter().map(|finding| finding.code().to_owned()).collect()
}

fn plain(html: &str) -> String {
    html.replace("<wbr>", "")
}

// ------------------------------------------------------------------ pages made from data

#[test]
fn areas_events_and_people_have_pages_in_every_language() {
    let site = site("");
    on(&site, "2026-05-01").clean();
    let area = plain(&site.page("areas/shiomi/index.html"));
    for part in ["潮見市を知る", "海のある町です。", "305", "潮見ヶ丘総合病院", "画像の勉強会"]
    {
        assert!(area.contains(part), "{part} in\n{area}");
    }
    assert!(site.page("en/areas/minato/index.html").contains("1,388"));
    let event = plain(&site.page("en/events/imaging/index.html"));
    for part in ["Imaging session", "2026-07-07T19:00+09:00", "19:00–20:30", "Hall", "Nagisa Mori", "30 people"] {
        assert!(event.contains(part), "{part} in\n{event}");
    }
    let person = plain(&site.page("people/aoki/index.html"));
    for part in ["青木 灯（見本）", "指導医", "見本", "画像の勉強会"] {
        assert!(person.contains(part), "{part} in\n{person}");
    }
    assert!(site.has("en/people/mori/index.html"));
}

#[test]
fn a_site_without_their_sections_has_no_such_pages() {
    let site = site("");
    for path in ["areas/_index.md", "areas/_index.en.md", "areas/shiomi.md", "events/_index.en.md"] {
        site.remove(&format!("content/{path}"));
    }
    on(&site, "2026-05-01").clean();
    assert!(!site.has("areas/shiomi/index.html") && !site.has("en/events/imaging/index.html"));
    assert!(site.has("events/imaging/index.html"));
}

#[test]
fn events_move_to_the_past_and_say_that_they_are_cancelled() {
    let site = site("");
    on(&site, "2026-07-07").clean();
    let coming = site.page("en/events/index.html");
    assert!(coming.contains("Cancelled") && !coming.contains("Past events"), "{coming}");
    on(&site, "2026-07-08").clean();
    let list = plain(&site.page("events/index.html"));
    let (first, past) = list.split_once("終わった行事").expect("past events");
    assert!(first.contains("病院見学") && past.contains("画像の勉強会"), "{list}");
    assert!(plain(&site.page("events/imaging/index.html")).contains("終了"));
}

#[test]
fn wrong_names_in_events_are_errors_with_the_nearest() {
    let run = on(
        &site(
            "-- content/data/more.yaml --\nevents:\n  - {id: imaging, name: {ja: 二, en: Two}, kind: session, start: 2026-07-07 19:00, end: 2026-07-07 18:00, timezone: Asia/Tokio, people: [aoky], area: shiomy}\n",
        ),
        "2026-05-01",
    );
    assert_eq!(run.code, 1);
    let mut found = codes(&run);
    found.sort();
    assert_eq!(
        found,
        ["duplicate-id", "event-ends-before-it-begins", "unknown-area", "unknown-person", "unknown-time-zone"]
    );
    assert!(run.finding("unknown-person").help().starts_with("did you mean: aoki"), "{}", run.stdout);
    assert!(run.finding("unknown-area").help().starts_with("did you mean: shiomi"), "{}", run.stdout);
    assert_eq!(run.finding("unknown-time-zone").found(), "Asia/Tokio");
}

// ------------------------------------------------------------------ consent

#[test]
fn who_did_not_agree_is_not_published() {
    let interview = "-- content/features/mori.md --\n---\ntitle: 森さんに聞く\nkind: interview\npeople: [mori]\n---\n本文\n\n```profile\nperson: mori\nimage: p.svg\nalt: 肖像\n```\n-- content/features/p.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n";
    let site = site(interview);
    let run = on(&site, "2026-05-01");
    // Of the interview twice: in the front matter and at the profile.
    let missing: Vec<String> = codes(&run).into_iter().filter(|code| code == "consent-missing").collect();
    assert_eq!((missing.len(), run.code), (3, 1), "{}", run.stdout);
    assert!(!site.has("index.html"), "nothing is written");
    site.edit("-- content/data/people.yaml --\npeople:\n  - {id: aoki, name: {ja: 青木, en: Aoki}, sample: true}\n  - {id: mori, name: {ja: 森 渚, en: Nagisa Mori}, consent: [{use: name}, {use: photograph, until: 2026-12-31}, {use: interview}]}\n");
    on(&site, "2026-12-31").clean();
    assert!(
        plain(&site.page("features/mori/index.html")).contains("森 渚"),
        "the profile takes the name from the data"
    );
    let late = on(&site, "2027-01-01");
    assert_eq!((codes(&late), late.code), (vec!["consent-expired".to_owned()], 1), "{}", late.stdout);
    assert!(late.stdout.contains("2026-12-31"));
}

#[test]
fn consent_that_has_run_out_takes_the_page_and_stops_the_build() {
    let site = site("");
    let run = on(&site, "2027-04-01");
    assert_eq!(codes(&run), ["consent-expired"], "at the event: {}", run.stdout);
    site.edit("-- content/data/events.yaml --\nevents: []\n");
    on(&site, "2027-04-01").clean();
    assert!(!site.has("people/mori/index.html") && site.has("people/aoki/index.html"));
    assert!(!site.page("people/index.html").contains("森"));
}

// ------------------------------------------------------------------ freshness

#[test]
fn what_is_past_its_date_is_marked_and_leaves_lists_and_feeds() {
    let news = "-- content/features/call.md --\n---\ntitle: 募集のお知らせ\ndate: 2026-04-01\nvalid_until: 2026-05-31\n---\n募集します。\n";
    let site = site(news);
    on(&site, "2026-05-31").clean();
    assert!(plain(&site.page("features/index.html")).contains("募集のお知らせ"));
    assert!(site.page("feed.xml").contains("募集のお知らせ"));
    let run = on(&site, "2026-06-01");
    assert_eq!((codes(&run), run.code), (vec!["expired".to_owned()], 0), "{}", run.stdout);
    assert!(!plain(&site.page("features/index.html")).contains("募集のお知らせ"));
    assert!(!site.page("feed.xml").contains("募集のお知らせ"));
    assert!(!site.page("sitemap.xml").contains("features/call/"));
    assert!(site.page("features/call/index.html").contains("2026年5月31日まで有効でした"));
}

#[test]
fn figures_that_should_have_been_renewed_say_so_on_their_panels() {
    let text = "-- content/about.en.md --\n---\ntitle: About\n---\nText\n\n## Figures\n\n```panel\nkind: table\nindicator: physicians\nareas: [shiomi]\n```\n";
    let site = site(text);
    let data = std::fs::read_to_string(site.path("content/data/physicians.yaml")).expect("the data");
    let data = data.replace("    over: areas\n", "    over: areas\n    next_update: 2026-04-01\n");
    site.write("content/data/physicians.yaml", data.as_bytes());
    on(&site, "2026-04-01").clean();
    let run = on(&site, "2026-04-02");
    assert_eq!(codes(&run), ["update-due"]);
    assert!(site.page("en/about/index.html").contains("Newer figures were due by 1 April 2026."));
}

#[test]
fn values_in_prose_that_should_have_been_renewed_are_marked() {
    let text = "-- content/about.md --\n---\ntitle: 医師は`= physicians[shiomi, 2018]`人\nas_of: 2026-03-31\n---\n医師は`= physicians[shiomi, 2018]`人、床は二つ。\n\n## `= physicians[shiomi, 2018]`人\n";
    let site = site(text);
    let data = std::fs::read_to_string(site.path("content/data/physicians.yaml")).expect("the data");
    let data = data.replace("    over: areas\n", "    over: areas\n    valid_until: 2026-04-01\n");
    let derived = "  - {id: per_ten, name: 割合, unit: 人, formula: physicians * 10, periods: [2018]}\n";
    site.write("content/data/physicians.yaml", format!("{data}{derived}").as_bytes());
    on(&site, "2026-04-01").clean();
    assert!(!site.page("about/index.html").contains("†"));
    assert!(site.page("about/index.html").contains("2026年3月31日現在"));
    // What is made of them is marked, too, and only the indicator itself is a finding.
    site.edit("-- content/about.en.md --\n---\ntitle: About\n---\nAbout `= per_ten[shiomi, 2018]`.\n");
    assert_eq!(codes(&on(&site, "2026-04-02")), ["expired"]);
    let page = site.page("about/index.html");
    assert_eq!(page.matches("†</sup>").count(), 2, "{page}");
    assert_eq!(page.matches("† </span>").count(), 1, "{page}");
    assert!(page.contains("2026年4月1日まで有効でした。") && page.contains("（更新予定を過ぎた数値）"), "{page}");
    assert!(!page.split("</title>").next().expect("a title").contains("†"), "{page}");
    let page = site.page("en/about/index.html");
    assert!(page.contains("(out of date)") && page.contains("valid until 1 April 2026"), "{page}");
}

#[test]
fn the_day_changes_nothing_else() {
    let site = site("");
    on(&site, "2026-05-01").clean();
    let first = site.output();
    on(&site, "2026-06-30").clean();
    assert!(first == site.output());
    let wrong = site.run(&["build", "--today", "1 April"]);
    assert_eq!(wrong.code, 2);
    site.build().clean();
}

#[test]
fn what_is_said_of_a_coming_event_grows_old_too() {
    let event = |dates: &str| {
        format!(
            "-- content/data/events.yaml --\nevents:\n  - {{id: imaging, name: {{ja: 会, en: Session}}, kind: session, start: 2026-07-07 19:00, {dates}}}\n"
        )
    };
    let site = site(&event("next_update: 2026-06-01"));
    assert_eq!(codes(&on(&site, "2026-06-02")), ["update-due"]);
    assert!(site.page("en/events/imaging/index.html").contains("was to be updated by 1 June 2026"));
    on(&site, "2026-07-08").clean();
    site.edit(&event("valid_until: 2026-06-01"));
    let run = on(&site, "2026-06-02");
    assert_eq!(codes(&run), ["expired"]);
    assert_eq!(run.finding("expired").severity(), "warning");
}

#[test]
fn a_tag_that_only_an_expired_page_has_has_no_page() {
    let site = site(
        "-- content/features/call.md --\n---\ntitle: 募集\ntags: [募集中]\nvalid_until: 2026-05-31\n---\n募集します。\n",
    );
    on(&site, "2026-05-31").clean();
    assert!(site.has("tags/募集中/index.html"));
    on(&site, "2026-06-01").exits(0);
    assert!(!site.has("tags/募集中/index.html"));
}

// ------------------------------------------------------------------ small numbers

#[test]
fn small_counts_are_kept_back_everywhere_and_must_not_be_given_away() {
    let data = "-- content/data/parts.yaml --
areas:
  - {id: pref, name: {ja: 県, en: Prefecture}, kind: prefecture}
  - {id: a, name: {ja: 甲町, en: Ko Town}, kind: county, parent: pref}
  - {id: b, name: {ja: 乙町, en: Otsu Town}, kind: county, parent: pref}
-- content/data/cases.yaml --
indicators:
  - id: cases
    name: {ja: 症例, en: Cases}
    unit: {ja: 件, en: cases}
    source: {ja: 調べ, en: Survey}
    as_of: 2025
    small_numbers: true
    periods: [2024, 2025]
    values: {pref: [30, 21], a: [23, 15], b: [7, 6]}
-- content/about.md --
---
title: この雑誌について
---
乙町は `= cases[b, 2025]`、甲町は `= cases[a, 2025]`。

## 表

```panel
kind: table
id: t
indicator: cases
areas: [a, b]
```
";
    let site = site(data);
    assert_eq!(codes(&on(&site, "2026-05-01")), ["no-small-numbers-rule"]);
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("the settings");
    let rule = "[data]\nsmall_numbers = { threshold = 10, show = \"＊\" }\n";
    site.write("site.toml", settings.replacen("[publisher]", &format!("{rule}\n[publisher]"), 1).as_bytes());
    let run = on(&site, "2026-05-01");
    assert_eq!((codes(&run), run.code), (vec!["small-number-given-away".to_owned(); 2], 0), "{}", run.stdout);
    let html = site.page("about/index.html");
    assert!(html.contains("乙町は ＊、甲町は 15。") && html.contains("＊は非公表"), "{html}");
    let csv = site.page("data/about-t.csv");
    assert!(csv.contains("甲町,2025,15") && csv.contains("乙町,2025,,") && !csv.contains(",6,"), "{csv}");
}

#[test]
fn counts_that_are_kept_back_are_not_given_away_by_sums_totals_or_other_indicators() {
    let data = "-- content/data/parts.yaml --
areas:
  - {id: a, name: {ja: 甲町, en: Ko Town}, kind: county}
  - {id: b, name: {ja: 乙町, en: Otsu Town}, kind: county}
  - {id: both, name: {ja: 両町, en: Both Towns}, kind: group}
-- content/data/cases.yaml --
indicators:
  - {id: cases, name: {ja: 症例, en: Cases}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, small_numbers: true, periods: [2025], values: {both: [30], a: [23], b: [7]}}
  - {id: men, name: {ja: 男, en: Men}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, small_numbers: true, periods: [2025], values: {a: [20], b: [30]}}
  - {id: women, name: {ja: 女, en: Women}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, small_numbers: true, periods: [2025], values: {a: [3], b: [40]}}
  - {id: all, name: {ja: 男女, en: All}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, small_numbers: true, periods: [2025], values: {a: [23], b: [70]}}
  - {id: leaving, name: {ja: 住所地の合計, en: By residence}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, periods: [2025], values: {a: [25]}}
-- content/data/checks.yaml --
checks:
  - {sum: cases, whole: both, parts: [a, b]}
  - {equals: all, formula: men + women}
-- content/data/moves.yaml --
flows:
  - {id: moves, name: {ja: 転院, en: Transfers}, unit: {ja: 件, en: cases}, source: {ja: 調べ, en: Survey}, as_of: 2025, small_numbers: true, printed: {row_sums: leaving}, values: {a: {a: 20, b: 5}, b: {a: 4, b: 3}}}
";
    let site = site(data);
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("the settings");
    let rule = "[data]\nsmall_numbers = { threshold = 10, show = \"＊\" }\n";
    site.write("site.toml", settings.replacen("[publisher]", &format!("{rule}\n[publisher]"), 1).as_bytes());
    let run = on(&site, "2026-05-01");
    assert_eq!((codes(&run), run.code), (vec!["small-number-given-away".to_owned(); 3], 0), "{}", run.stdout);
    // Which: b of the sum, a of the women, and those who went from a to b.
    let told: Vec<String> = run.findings().iter().map(|finding| finding.message().to_owned()).collect();
    let about = |words: [&str; 2]| told.iter().any(|told| words.iter().all(|word| told.contains(word)));
    assert!(about(["(b, 2025)", "of both"]) && about(["(a, 2025)", "of all"]), "{told:?}");
    assert!(about(["(a → b, 2025)", "of leaving a"]), "{told:?}");
}

// ------------------------------------------------------------------ glossary

#[test]
fn terms_are_linked_where_they_are_first_mentioned() {
    let text = "-- content/about.md --\n---\ntitle: 案内\n---\n## 臨床研修\n\n基幹型臨床研修病院で臨床研修をします。臨床研修は[臨床研修](features/_index.md)です。\n-- content/about.en.md --\n---\ntitle: About\n---\nA Clinical residency at a core residency hospital; clinical residency, and `clinical residency`.\n-- content/features/off.md --\n---\ntitle: なし\nterms: false\n---\n臨床研修\n";
    let site = site(text);
    on(&site, "2026-05-01").clean();
    let html = site.page("about/index.html");
    let link = |id: &str, title: &str, text: &str| {
        format!("<a class=\"term\" href=\"../glossary/index.html#term-{id}\" title=\"{title}\">{text}</a>")
    };
    let core = link("core", "研修の中心となる病院", "基幹型臨床研修病院");
    let residency = link("residency", "医師になって最初の二年間の研修", "臨床研修");
    assert!(html.contains(&format!("{core}で{residency}をします。臨床研修は<a href=")), "{html}");
    assert_eq!(html.matches("class=\"term\"").count(), 2);
    let english = site.page("en/about/index.html");
    assert!(english.contains(">Clinical residency</a> at a <a class=\"term\""), "{english}");
    assert_eq!(english.matches("class=\"term\"").count(), 2);
    assert!(!site.page("features/off/index.html").contains("class=\"term\""));
    let glossary = site.page("en/glossary/index.html");
    assert!(glossary.contains("id=\"term-core\"") && glossary.contains("lang=\"ja\">臨床研修<"), "{glossary}");
    assert!(!glossary.contains("class=\"term\""));
}

#[test]
fn a_page_that_says_what_the_glossary_avoids_is_told_so() {
    let site = site(
        "-- content/about.en.md --\n---\ntitle: About\n---\nIn clinical training you learn. Clinical trainings differ.\n",
    );
    let run = on(&site, "2026-05-01");
    assert_eq!((codes(&run), run.code), (vec!["avoided-word".to_owned(); 2], 0), "{}", run.stdout);
    let places: Vec<(String, String)> =
        run.findings().iter().map(|finding| (finding.place(), finding.line().to_owned())).collect();
    let line = "In clinical training you learn. Clinical trainings differ.".to_owned();
    let place = |column: usize| format!("content/about.en.md:4:{column}");
    assert_eq!(places, [(place(4), line.clone()), (place(33), line)]);
    assert!(run.stdout.contains("clinical residency"), "{}", run.stdout);
}
