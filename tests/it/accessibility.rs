//! The accessibility papers: the policy, the yearly result, the sample, and that nothing is claimed that was not tested.

use crate::support::Site;

const POLICY: &str = "accessibility:\n  policy:\n    scope: {ja: 全ページ, en: All pages}\n    level: AA\n    \
    deadline: 2027-03-31\n    exceptions:\n      - {what: {ja: 地図, en: Maps}, reason: {ja: 外部, en: External}, pages: [en/features/]}\n    \
    contact: {name: {ja: 広報課, en: Public relations}, email: a@example.org}\n  results:\n    - year: 2026\n      level: A\n      \
    about: {ja: 全ページ, en: All pages}\n      technologies: [HTML]\n      from: 2026-05-11\n      until: 2026-05-29\n      declared: 2026-06-30\n";

/// The criteria of level A.
const LEVEL_A: [&str; 25] = [
    "1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1", "1.4.2", "2.1.1", "2.1.2", "2.2.1",
    "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "3.1.1", "3.2.1", "3.2.2", "3.3.1", "3.3.2", "4.1.1",
    "4.1.2",
];

fn papers(rest: &str) -> Site {
    Site::small(&format!("-- content/data/accessibility.yaml --\n{POLICY}{rest}"))
}

/// A test in which every criterion but those of `but` is met.
fn tested(but: &[(&str, &str)]) -> Site {
    let line = |number: &&str| match but.iter().find(|(other, _)| other == number) {
        Some((_, written)) => format!("        {number}: {written}\n"),
        None => format!("        {number}: {{met: true, by: [person]}}\n"),
    };
    let criteria: String = LEVEL_A.iter().map(line).collect();
    papers(&format!("      pages: [/, /about/, /en/]\n      criteria:\n{criteria}"))
}

#[test]
fn the_policy_says_what_a_public_body_has_to() {
    let site = tested(&[]);
    site.built();
    let page = site.page("accessibility/index.html");
    for words in [
        "<h1 class=\"ttl\">",
        "<title>ウェブアクセシビリティ方針｜",
        "全ページ",
        "JIS X 8341-3:2016 の適合レベルAAに準拠",
        "2027年3月31日",
        "<strong>地図</strong>",
        "広報課",
        "mailto:a@example.org",
        "2026年の試験結果",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = site.page("en/accessibility/index.html");
    for words in
        ["Web accessibility policy", "All pages", "level AA, full", "31 March 2027", "Maps", "Test result of 2026"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Every page leads to it.
    assert!(site.page("about/index.html").contains("href=\"../accessibility/index.html\">アクセシビリティ</a>"));
}

#[test]
fn a_page_of_its_own_stands_over_the_policy() {
    let site = tested(&[]);
    site.write("content/accessibility.md", "---\ntitle: 私たちの方針\n---\nはじめに。\n".as_bytes());
    site.write("content/accessibility.en.md", "---\ntitle: Our policy\n---\nFirst.\n".as_bytes());
    site.built();
    let page = site.page("accessibility/index.html");
    assert!(page.contains("私たちの") && page.contains("はじめに。") && page.contains("2027年3月31日"), "{page}");
}

#[test]
fn the_result_lists_every_criterion_with_what_came_of_it() {
    let site = tested(&[
        ("2.4.4", "{met: false, by: [aided], note: {ja: 二か所, en: Two places}}"),
        ("1.2.2", "{applies: false}"),
    ]);
    site.built();
    let page = site.page("accessibility/results/2026/index.html");
    assert_eq!(page.matches("<th scope=\"row\">").count(), LEVEL_A.len(), "{page}");
    for words in [
        "レベルAに一部準拠",
        "JIS X 8341-3:2016",
        "2026年5月11日〜2026年5月29日",
        "2026年6月30日",
        "満たす 24、満たさない 1、未試験 0",
        "二か所",
        "https://example.org/shiomi/about/",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let row = |number: &str| {
        page.split("<tr>").find(|row| row.contains(&format!("\"row\">{number} "))).expect("a row").to_owned()
    };
    assert!(row("2.4.4").contains("不適合") && row("2.4.4").contains("道具と人"));
    assert!(row("1.2.2").contains("<td>なし</td><td>適合</td>"), "{}", row("1.2.2"));
    assert!(site.page("en/accessibility/results/2026/index.html").contains("Level A, partial"));
}

#[test]
fn nothing_is_claimed_that_was_not_tested() {
    let site = papers("      pages: [/]\n      criteria:\n        1.1.1: {met: true, by: [person]}\n");
    let run = site.build();
    run.exits(0);
    let finding = run.finding("criterion-not-tested");
    assert_eq!(finding.place(), "content/data/accessibility.yaml:10:13");
    assert!(finding.message().contains("24") && finding.found().contains("1.3.1"), "{}", finding.message());
    let page = site.page("accessibility/results/2026/index.html");
    assert!(page.contains("表明しません（結果のない達成基準 24）"), "{page}");
    assert_eq!(page.matches("<td>未試験</td>").count(), 24, "{page}");
    // All is met, but nobody wrote down on which pages.
    let site = tested(&[]);
    let text = std::fs::read_to_string(site.path("content/data/accessibility.yaml")).expect("papers");
    site.write("content/data/accessibility.yaml", text.replace("      pages: [/, /about/, /en/]\n", "").as_bytes());
    assert_eq!(site.build().finding("sample-not-recorded").place(), "content/data/accessibility.yaml:10:13");
    let page = site.page("accessibility/results/2026/index.html");
    assert!(page.contains("試験するページ") && page.contains("表明しません"), "{page}");
}

#[test]
fn what_kairan_finds_speaks_against_the_record() {
    let site = tested(&[]);
    site.write("content/about.md", "---\ntitle: 雑誌\ndescription: 説明\n---\n![](a.svg)\n".as_bytes());
    site.write(
        "content/a.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\" width=\"4\" height=\"3\"/>",
    );
    let run = site.build();
    let finding = run.finding("criterion-contradicted");
    assert!(finding.message().contains("1.1.1") && finding.found().contains("missing-alt"), "{run}");
    let page = site.page("accessibility/results/2026/index.html");
    assert!(page.contains("レベルAに一部準拠") && page.contains("自動検査：1件"), "{page}");
}

#[test]
fn a_number_that_is_no_criterion_is_an_error() {
    let run = papers("      criteria:\n        1.1.11: {met: true}\n").build();
    let finding = run.finding("unknown-criterion");
    assert_eq!((finding.severity(), finding.place()), ("error", "content/data/accessibility.yaml:18:17".to_owned()));
    assert!(finding.help().contains("1.1.1"));
}

#[test]
fn the_sample_is_drawn_by_rule_and_leaves_out_exceptions() {
    let many: String =
        (0..60).map(|n| format!("-- content/features/p{n}.md --\n---\ntitle: 記事{n}\n---\n本文\n")).collect();
    let drawn = |text: &str| {
        let site = papers("");
        site.edit(text);
        site.build().exits(0);
        let page = site.page("accessibility/results/2026/index.html");
        let list = |id: &str| -> Vec<String> {
            let part = page
                .split(&format!("id=\"{id}\""))
                .nth(1)
                .and_then(|rest| rest.split("</ol>").next())
                .unwrap_or_default();
            part.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        (list("representative"), list("drawn"))
    };
    let (representative, by_lot) = drawn(&many);
    assert_eq!((representative.len(), by_lot.len()), (10, 30), "{representative:?} {by_lot:?}");
    assert_eq!(representative[..2], ["https://example.org/shiomi/", "https://example.org/shiomi/en/"]);
    assert!(
        !representative
            .iter()
            .chain(&by_lot)
            .any(|address| address.contains("/en/features/") || address.contains("404"))
    );
    assert_eq!(drawn(&many), (representative.clone(), by_lot.clone()), "the same again");
    // One page more displaces one at most.
    let (_, more) = drawn(&format!("{many}-- content/features/new.md --\n---\ntitle: 新\n---\n本文\n"));
    assert!(more.iter().filter(|address| !by_lot.contains(address)).count() <= 2, "{more:?}");
}
