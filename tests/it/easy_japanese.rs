//! やさしい日本語 as an edition: where its pages stand, their readings, what they are held to, what others stand in.

use crate::support::{Run, Site};

/// A site with an edition in やさしい日本語 of one page, and a glossary.
fn easy(body: &str) -> Site {
    let site = Site::small(&format!(
        "-- content/about.ja-easy.md --\n---\ntitle: '{{雑誌|ざっし}}と臨床研修'\n---\n{body}\n\
         -- content/_index.ja-easy.md --\n---\ntitle: さいしょの ページ\ntemplate: section\n---\nようこそ。\n\
         -- content/features/_index.ja-easy.md --\n---\ntitle: とくしゅう\n---\n\
         -- content/data/terms.yaml --\nterms:\n  - id: training\n    term: {{ja: 臨床研修, en: clinical training}}\n    \
         reading: りんしょうけんしゅう\n    definition: {{ja: 医師の研修。, en: Training.}}\n"
    ));
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    let three = settings.replace("[\"ja\", \"en\"]", "[\"ja\", \"en\", \"ja-easy\"]");
    site.write("site.toml", three.as_bytes());
    site
}

fn codes(run: &Run) -> Vec<String> {
    run.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.place())).collect()
}

#[test]
fn it_stands_at_an_address_of_its_own_and_is_japanese_to_a_browser() {
    let site = easy("よみやすい ページです。");
    site.built();
    let page = site.page("ja-easy/about/index.html");
    assert!(page.contains("<html lang=\"ja\""), "{page}");
    assert!(page.contains("<span lang=\"ja\" aria-current=\"true\">やさしい日本語</span>"), "{page}");
    // Search engines know one page for a language: the edition names none, and the others do not name it.
    assert!(!page.contains("rel=\"alternate\" hreflang"), "{page}");
    let plain = site.page("about/index.html");
    assert!(plain.contains(">やさしい日本語</a>"), "{plain}");
    assert!(plain.contains("rel=\"alternate\" hreflang=\"ja\" href=\"https://example.org/shiomi/about/\""), "{plain}");
    assert!(!plain.contains("rel=\"alternate\" hreflang=\"ja\" href=\"https://example.org/shiomi/ja-easy"), "{plain}");
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/shiomi/ja-easy/about/</loc>"), "{sitemap}");
    assert!(!sitemap.contains("hreflang=\"ja\" href=\"https://example.org/shiomi/ja-easy"), "{sitemap}");
}

#[test]
fn interface_words_are_easy_and_the_rest_is_japanese() {
    let site = easy("よみやすい ページです。");
    site.built();
    let page = site.page("ja-easy/about/index.html");
    assert!(page.contains("この ページの はじめへ") && !page.contains("本文へ進む"), "{page}");
    // A word that is not made easier is that of Japanese.
    assert!(page.contains("検索") || page.contains("さがす"), "{page}");
    assert!(!page.contains("Skip to content"));
}

#[test]
fn readings_come_from_the_author_and_from_the_glossary() {
    let site = easy("{病院|びょういん}の 臨床研修です。臨床研修と `臨床研修`。\n\n## 臨床研修\n");
    site.built();
    let page = site.page("ja-easy/about/index.html");
    let ruby = "<ruby>臨床研修<rp>（</rp><rt>りんしょうけんしゅう</rt><rp>）</rp></ruby>";
    assert!(page.contains("<ruby>病院<rp>（</rp><rt>びょういん</rt><rp>）</rp></ruby>の"), "{page}");
    assert!(page.contains(&format!("です。{ruby}と <code>臨床研修</code>")), "every mention in the text: {page}");
    assert_eq!(
        page.matches(&format!("<h1 class=\"ttl\"><ruby>雑誌<rp>（</rp><rt>ざっし</rt><rp>）</rp></ruby>と{ruby}</h1>"))
            .count(),
        1,
        "{page}"
    );
    assert!(page.contains(&format!("<h2 id=\"臨床研修\">{ruby}")) || page.contains(&format!("{ruby}</h2>")), "{page}");
    assert!(page.contains("<title>雑誌と臨床研修（やさしい日本語）｜"), "titles elsewhere are words alone: {page}");
    assert!(!site.page("about/index.html").contains("<ruby>"));
}

#[test]
fn hard_sentences_are_found_at_their_places() {
    let site = easy(
        "令和8年に いきます。\n\n{書類|しょるい}を 提出して ください。\n\n病院へ いかなければなりません。\n\n\
         とても ながい ぶんは よむ ひとが つかれて しまうので、ふたつか みっつに わけて、ひとつの ぶんで ひとつの ことだけを いうのが いいです。",
    );
    let run = site.build();
    run.exits(0);
    assert_eq!(
        codes(&run),
        [
            "era-year content/about.ja-easy.md:4:1",
            "hard-word content/about.ja-easy.md:6:12",
            "kanji-without-reading content/about.ja-easy.md:6:12",
            "kanji-without-reading content/about.ja-easy.md:8:1",
            "double-negative content/about.ja-easy.md:8:7",
            "long-sentence content/about.ja-easy.md:10:1",
        ],
        "{run}"
    );
    assert!(run.finding("era-year").help().contains("2026年"));
    assert!(run.finding("hard-word").help().contains("出してください"));
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{settings}\n[easy_japanese]\nsentence = 0\nreadings = false\n").as_bytes());
    assert_eq!(site.build().findings().len(), 3);
}

#[test]
fn a_sentence_with_very_many_kanji_is_found() {
    let ruby = "{一|い}{二|に}{三|さ}{四|し}{五|ご}{六|ろ}{七|な}{八|は}{九|く}{十|じ}{百|ひ}{千|せ}{万|ま}";
    let site = easy(&format!("{ruby}\n"));
    assert_eq!(codes(&site.build()), [""; 0]);
    let site = easy(&format!("{ruby}{{億|お}}\n"));
    assert_eq!(codes(&site.build()), ["many-kanji content/about.ja-easy.md:4:2"]);
}

#[test]
fn other_pages_stand_in_and_nothing_is_missing() {
    let site = easy("よみやすい ページです。");
    site.run(&["translations", "--mark", "--all"]).exits(0);
    site.run(&["translations"]).exits(0);
    site.built();
    let list = site.page("ja-easy/features/index.html");
    assert!(list.contains("href=\"../../features/summer/index.html\""), "{list}");
    assert!(list.contains(">日本語</span>"), "a page that stands in has a badge: {list}");
    // What is made from data is not made anew: links lead to the Japanese page.
    assert!(!site.has("ja-easy/hospitals/shiomi-gh/index.html") && site.has("hospitals/shiomi-gh/index.html"));
    site.write(
        "content/about.ja-easy.md",
        "---\ntitle: ページ\n---\n[びょういん](hospital:shiomi-gh)です。\n".as_bytes(),
    );
    site.built();
    assert!(site.page("ja-easy/about/index.html").contains("href=\"../../hospitals/shiomi-gh/index.html\""));
}

#[test]
fn it_is_followed_like_every_translation() {
    let site = easy("よみやすい ページです。");
    site.run(&["translations", "--mark", "--all"]).exits(0);
    let page = std::fs::read_to_string(site.path("content/about.md")).expect("a page");
    site.write("content/about.md", page.replace("発行します", "作ります").as_bytes());
    site.build().exits(0);
    assert!(site.page("ja-easy/about/index.html").contains("もとの ページが 新しく なりました。"));
}
