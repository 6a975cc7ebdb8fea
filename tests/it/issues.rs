//! Issues of a zine: their pages, what an article says of them, and what is made of them for paper.

use crate::support::Site;

/// Two articles, one of them with a picture, a footnote and an anchor, and an issue of both.
const ISSUE: &str = r##"
-- content/features/winter.md --
---
title: 冬の当直
description: 夜の救急を、二人で。
date: 2026-12-01
kind: feature
---
## はじめに

長い夜です[^night]。[夏の学習会](summer.md)も[はじめに](#はじめに)もどうぞ。

[^night]: 当直の夜。
-- content/features/winter.en.md --
---
title: A night on call
---
## To begin with

A long night[^night]. Read [the summer](summer.md) too.

[^night]: On call.
-- content/issues/_index.md --
---
title: これまでの号
---
-- content/issues/_index.en.md --
---
title: Issues
---
-- content/issues/03/_index.md --
---
title: 夜をこえて
description: 当直と夏の話。
date: 2026-12-10
issue:
  number: 3
  season: 冬
  pages: [features/winter.md, features/summer.md]
---
号のはじめに。
-- content/issues/03/_index.en.md --
---
title: Through the night
---
A letter.
"##;

#[test]
fn an_issue_shows_its_articles_in_their_order_in_each_language() {
    let site = Site::small(ISSUE);
    site.built();
    let (page, english) = (site.page("issues/03/index.html"), site.page("en/issues/03/index.html"));
    assert!(page.contains("第3号") && english.contains("Issue 3"), "{english}");
    let (first, second) = (page.find("features/winter/"), page.find("features/summer/"));
    assert!(first.is_some() && first < second, "{page}");
    assert!(english.contains("../../features/winter/") && english.contains("A night on call"), "{english}");
    assert!(site.page("issues/index.html").replace("<wbr>", "").contains("夜をこえて"));
    assert!(site.page("features/winter/index.html").contains("第3号に掲載"));
    assert!(!site.page("about/index.html").contains("に掲載"));
}

#[test]
fn machines_are_told_of_an_issue_and_its_day() {
    let site = Site::small(ISSUE);
    site.built();
    let page = site.page("issues/03/index.html");
    let issue = page.split("\"PublicationIssue\"").nth(1).expect("an issue");
    for part in [
        "\"issueNumber\":\"3\"",
        "\"datePublished\":\"2026-12-10",
        "\"Periodical\"",
        "https://example.org/shiomi/features/winter/",
    ] {
        assert!(issue.contains(part), "{part}: {issue}");
    }
    let article = site.page("features/winter/index.html");
    let whole = article.split("\"isPartOf\"").nth(1).expect("a whole");
    assert!(whole.contains("PublicationIssue") && whole.contains("issues/03/"), "{whole}");
}

#[test]
fn a_title_page_shows_the_issue_that_it_names() {
    let site = Site::small(ISSUE);
    site.edit(
        "-- content/_index.md --\n---\ntitle: 潮見の回覧\ncurrent_issue: issues/03/_index.md\n---\nはじめのことば。\n",
    );
    site.built();
    let (home, english) = (site.page("index.html"), site.page("en/index.html"));
    assert!(home.contains("第3号") && home.contains("冬の当直"), "{home}");
    assert!(english.contains("Issue 3") && english.contains("A night on call"), "{english}");
}

#[test]
fn a_print_edition_is_one_document_whose_anchors_keep_apart() {
    let site = Site::small(ISSUE);
    site.built();
    let page = site.page("issues/03/print/index.html");
    assert!(page.contains("noindex") && !page.contains("loading=\"lazy\""), "{page}");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    // Both articles begin with a heading of that name or have notes; links between them stay inside.
    for part in ["id=\"a1-はじめに\"", "href=\"#a1-はじめに\"", "href=\"#a2\"", "data-page-of=\"a2\"", "href=\"#a1-fn-"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let styles: Vec<String> = site.output().into_keys().filter(|path| path.starts_with("issues/03/print/a")).collect();
    assert_eq!(styles.len(), 2, "{styles:?}");
    let a5 = site.page(&styles[1]);
    assert!(a5.contains("@page a1:left{@top-left{content:\"潮見の回覧\u{3000}第3号\"}}"), "{a5}");
    assert!(site.has("issues/03/fold/index.html") && site.has("en/issues/03/print/index.html"));
}

#[test]
fn search_engines_find_the_pages_and_not_their_paper_editions() {
    let site = Site::small(ISSUE);
    site.built();
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("/issues/03/</loc>"), "{sitemap}");
    assert!(!sitemap.contains("/print/") && !sitemap.contains("/fold/"), "{sitemap}");
}

#[test]
fn other_sections_have_a_print_edition_where_they_ask_for_one() {
    let site = Site::small("");
    site.built();
    assert!(!site.has("features/print/index.html"));
    site.edit("-- content/features/_index.md --\n---\ntitle: 特集\nprint: true\n---\n");
    site.built();
    assert!(site.page("features/print/index.html").contains("夏の学習会"));
    assert!(site.page("features/index.html").contains("href=\"print/index.html\""));
    assert!(!site.has("features/fold/index.html"));
}

#[test]
fn a_folded_sheet_has_eight_panels() {
    let site = Site::small(ISSUE);
    site.built();
    let page = site.page("issues/03/fold/index.html");
    assert_eq!(page.matches("class=\"f8 ").count(), 8, "{page}");
    for part in [
        "f8 f1 f-cover",
        "f8 f2 f-contents",
        "f8 f3 f-article",
        "f8 f5 f-notes",
        "f8 f8 f-back",
        "夜の救急を、二人で。",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn what_is_wrong_in_an_issue_is_told_where_it_stands() {
    let site = Site::small(ISSUE);
    site.edit(
        "-- content/issues/03/_index.md --\n---\ntitle: 号\nissue:\n  pages:\n    - features/wintar.md\n    - about.md\n    - about.md\n    \
         - features/_index.md\n  fold:\n    - {show: cover, text: 両方}\n    - {show: covr}\n---\n",
    );
    let run = site.run(&["check", "--lang", "en"]);
    for part in [
        "there is no page features/wintar.md",
        "features/winter.md",
        "the issue holds about.md twice",
        "only articles can stand in an issue: features/_index.md",
    ] {
        assert!(run.stderr.contains(part), "{part}: {run}");
    }
    // A panel of no known sort makes the front matter unreadable, so the unclear one is told once that is mended.
    assert!(run.stderr.contains("covr"), "{run}");
    site.edit("-- content/issues/03/_index.md --\n---\ntitle: 号\nissue:\n  pages: [about.md]\n  fold:\n    - {show: cover, text: 両方}\n---\n");
    site.run(&["check", "--lang", "ja"]).exits(1);
    let run = site.run(&["check", "--lang", "ja"]);
    assert!(run.stderr.contains("この面に何を置くのかが決まりません"), "{run}");
}

#[test]
fn a_text_too_long_for_its_panel_is_told() {
    let site = Site::small(ISSUE);
    let long = "あ".repeat(201);
    site.edit(&format!(
        "-- content/issues/03/_index.md --\n---\ntitle: 号\nissue:\n  pages: [about.md]\n  fold:\n    - {{title: 題, text: {long}}}\n---\n"
    ));
    let run = site.run(&["check", "--lang", "ja"]);
    assert!(run.code == 1 && run.stderr.contains("この面には長すぎます（201 字。200 字まで）"), "{run}");
}

#[test]
fn a_title_page_can_only_show_an_issue() {
    let site = Site::small(ISSUE);
    site.edit("-- content/_index.md --\n---\ntitle: 潮見の回覧\ncurrent_issue: features/_index.md\n---\n");
    let run = site.run(&["check", "--lang", "en"]);
    assert!(run.code == 1 && run.stderr.contains("this page is no issue: features/_index.md"), "{run}");
}
