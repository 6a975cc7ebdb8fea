//! The ledger of translations: what is missing, what lags behind its original, and how it is recorded as up to date.

use crate::support::{Run, Site};

/// A site whose translations are all recorded.
fn recorded(text: &str) -> Site {
    let site = Site::small(text);
    site.run(&["translations", "--mark", "--all"]).exits(0);
    site
}

fn edited(site: &Site, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(site.path(path)).expect("a file");
    assert!(text.contains(from), "{path} has no {from}:\n{text}");
    site.write(path, text.replace(from, to).as_bytes());
}

fn listed(site: &Site) -> Run {
    site.run(&["translations", "--format", "json"])
}

fn told(run: &Run) -> Vec<String> {
    run.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.place())).collect()
}

#[test]
fn what_is_recorded_is_up_to_date_until_its_original_changes() {
    let site = recorded("");
    assert_eq!(told(listed(&site).exits(0)), [""; 0]);
    site.built();
    edited(&site, "content/features/summer.md", "ひらきました", "開きました");
    let run = listed(&site);
    run.exits(1);
    let finding = run.finding("stale-translation");
    assert_eq!(finding.place(), "content/features/summer.en.md:5:18");
    assert!(finding.help().contains("line 8 “夏の学習会を開きました。”"), "{}", finding.help());
    assert_eq!(told(&run).len(), 1, "{run}");
    site.run(&["translations", "--mark", "content/features/summer.en.md"]).exits(0);
    listed(&site).exits(0);
}

#[test]
fn white_space_and_dates_are_no_change() {
    let site = recorded("");
    edited(&site, "content/features/summer.md", "date: 2026-07-07", "date: 2026-07-08");
    edited(&site, "content/features/summer.md", "学習会をひらきました", "学習会を\nひらきました");
    listed(&site).exits(0);
}

#[test]
fn what_is_missing_is_listed_and_what_was_never_recorded_is_no_problem() {
    let site = Site::small("-- content/news.md --\n---\ntitle: お知らせ\n---\n本文\n");
    let run = listed(&site);
    run.exits(1);
    assert_eq!(run.finding("missing-translation").place(), "content/news.md:1:1");
    assert!(run.finding("missing-translation").help().contains("content/news.en.md"));
    assert!(run.findings().iter().any(|finding| finding.code() == "untracked-translation"));
    site.remove("content/news.md");
    listed(&site).exits(0);
}

#[test]
fn a_record_goes_where_the_page_goes() {
    let site = recorded("");
    for name in ["summer.md", "summer.en.md"] {
        let text = std::fs::read(site.path(&format!("content/features/{name}"))).expect("a page");
        site.write(&format!("content/{name}"), &text).remove(&format!("content/features/{name}"));
    }
    listed(&site).exits(0);
}

#[test]
fn a_label_is_held_against_what_it_was_made_from() {
    let site = recorded("");
    edited(&site, "content/data/areas.yaml", "潮見市", "潮見町");
    let run = listed(&site);
    run.exits(1);
    let finding = run.finding("stale-label");
    assert_eq!(finding.place(), "content/data/areas.yaml:2:38");
    assert!(finding.message().contains("潮見市 → 潮見町"), "{}", finding.message());
    // The same name elsewhere still says what it said.
    assert_eq!(told(&run).len(), 1, "{run}");
    site.run(&["translations", "--mark", "content/data/areas.yaml"]).exits(0);
    listed(&site).exits(0);
    // Both originals of “Shiomi City” are on record now, and the record is read by people.
    let record = std::fs::read_to_string(site.path("content/data/translations.yaml")).expect("a record");
    assert!(record.contains("    Shiomi City:\n    - 潮見市\n    - 潮見町\n"), "{record}");
    assert!(record.contains("    Minato Town: 港町\n"), "{record}");
}

#[test]
fn labels_may_move_to_other_files() {
    let site = recorded("");
    let text = std::fs::read(site.path("content/data/areas.yaml")).expect("areas");
    site.write("content/data/places/areas.yaml", &text).remove("content/data/areas.yaml");
    listed(&site).exits(0);
}

#[test]
fn readers_of_a_stale_page_are_told_unless_the_site_says_no() {
    let site = recorded("");
    edited(&site, "content/about.md", "発行します", "作ります");
    site.build().exits(0);
    assert!(site.build().findings().iter().all(|finding| finding.severity() == "warning"));
    let page = site.page("en/about/index.html");
    assert!(page.contains("The original has changed."), "{page}");
    assert!(page.contains("<a href=\"../../about/index.html\" hreflang=\"ja\">Read the original in Japanese</a>"));
    assert!(!site.page("about/index.html").contains("原文が更新"));
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}\n[translations]\nnotice = false\nstale = \"off\"\n").as_bytes());
    site.built();
    assert!(!site.page("en/about/index.html").contains("The original has changed."));
    site.write("site.toml", format!("{settings}\n[translations]\nstale = \"error\"\n").as_bytes());
    site.run(&["check"]).exits(1);
}

#[test]
fn marking_changes_one_line_and_nothing_else() {
    let page = "\u{feff}---\r\ntitle: About # the title\r\n---\r\n\r\nText.  \r\n";
    let site = Site::small("");
    site.write("content/about.en.md", page.as_bytes());
    site.run(&["translations", "--mark", "content/about.md"]).exits(0);
    let text = std::fs::read_to_string(site.path("content/about.en.md")).expect("the page");
    let line = text.lines().find(|line| line.starts_with("translated_from: ja:")).expect("a record").to_owned();
    assert_eq!(text, page.replace("title\r\n---", &format!("title\r\n{line}\r\n---")));
    // Once more, over an old record.
    edited(&site, "content/about.md", "潮見市", "潮見町");
    site.run(&["translations", "--mark", "content/about.en.md"]).exits(0);
    let again = std::fs::read_to_string(site.path("content/about.en.md")).expect("the page");
    assert_eq!(again.lines().count(), text.lines().count());
    assert!(!again.contains(&line) && again.contains("translated_from: ja:"), "{again}");
}

#[test]
fn an_original_may_be_in_any_language() {
    let site = Site::small(
        "-- content/letter.md --\n---\ntitle: 手紙\ntranslated_from: en\n---\n本文\n\
         -- content/letter.en.md --\n---\ntitle: A letter\n---\nText.\n",
    );
    site.run(&["translations", "--mark", "content/letter.md"]).exits(0);
    let text = std::fs::read_to_string(site.path("content/letter.md")).expect("the page");
    assert!(text.contains("translated_from: en:"), "{text}");
    edited(&site, "content/letter.en.md", "Text.", "More text.");
    let finding = listed(&site).finding("stale-translation");
    assert_eq!(finding.place(), "content/letter.md:3:18");
    site.build().exits(0);
    assert!(site.page("letter/index.html").contains("原文が更新されました"));
}

#[test]
fn a_record_that_says_nothing_is_an_error_with_a_remedy() {
    let site = Site::small("-- content/about.en.md --\n---\ntitle: About\ntranslated_from: 2026-01-01\n---\nText.\n");
    let finding = site.build().finding("unreadable-record");
    assert_eq!((finding.severity(), finding.place()), ("error", "content/about.en.md:3:18".to_owned()));
    assert!(finding.help().contains("--mark content/about.en.md"));
}

#[test]
fn a_site_in_three_languages_follows_each_and_asks_for_no_more_than_it_wants() {
    let languages = "languages = [\"ja\", \"en\", \"vi\"]";
    let site = Site::small("-- content/about.vi.md --\n---\ntitle: Giới thiệu\n---\nThành phố.\n");
    edited(&site, "site.toml", "languages = [\"ja\", \"en\"]", languages);
    let run = listed(&site);
    assert!(told(&run).contains(&"missing-translation content/_index.md:1:1".to_owned()), "{run}");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}\n[translations]\npartial = [\"vi\"]\n").as_bytes());
    let run = listed(&site);
    assert!(!told(&run).iter().any(|line| line.starts_with("missing")), "{run}");
    assert!(run.finding("untranslated-words").message().contains("vi"));
    site.run(&["translations", "--mark", "--all"]).exits(0);
    edited(&site, "content/about.md", "発行します", "作ります");
    let stale: Vec<String> = told(&listed(&site)).into_iter().filter(|line| line.starts_with("stale")).collect();
    assert_eq!(stale, ["stale-translation content/about.en.md:4:18", "stale-translation content/about.vi.md:3:18"]);
    let page = {
        site.build().exits(0);
        site.page("vi/about/index.html")
    };
    assert!(page.contains("<html lang=\"vi\"") && page.contains("hreflang=\"vi\""), "{page}");
}

#[test]
fn only_what_is_a_translation_can_be_recorded() {
    let site = Site::small("");
    let run = site.run(&["translations", "--mark", "content/abuot.en.md"]);
    run.exits(2);
    assert!(run.stderr.contains("did you mean: content/about.en.md"), "{run}");
    site.run(&["translations", "--mark"]).exits(2);
    site.run(&["translations", "--all"]).exits(2);
}

#[test]
fn the_list_reads_well_in_both_languages_and_on_github() {
    let site = recorded("-- content/news.md --\n---\ntitle: お知らせ\n---\n本文\n");
    edited(&site, "content/features/summer.md", "学生が集まりました", "学生が16人集まりました");
    edited(&site, "content/features/summer.md", "## 数字で見る", "新しい段落です。\n\n## 数字で見る");
    edited(&site, "content/data/areas.yaml", "港町", "湊町");
    let mut said = String::new();
    for arguments in [&["--lang", "ja"][..], &["--lang", "en"], &["--lang", "en", "--format", "github"]] {
        let run = site.run(&[&["translations"], arguments].concat());
        said.push_str(&format!("$ kairan translations {}\n{}{}\n", arguments.join(" "), run.stdout, run.stderr));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("translations", said);
    });
}
