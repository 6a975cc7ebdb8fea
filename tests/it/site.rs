//! What a site becomes: languages, addresses, lists, themes, and the same bytes every time.

use std::process::Command;

use crate::support::{Finding, SMALL, Site, assert_same, files, kairan, run};

/// The settings of the small site with further lines, or with one of them in another form.
fn settings(change: impl Fn(&str) -> String) -> String {
    let text = SMALL.split("\n-- content").next().expect("settings");
    let (top, tables) = text.split_once("\n[publisher]").expect("a publisher");
    format!("{}\n[publisher]{tables}\n", change(top))
}

/// A line more among the settings.
fn with(line: &str) -> String {
    settings(|top| format!("{top}\n{line}"))
}

/// A page with a title, further front matter, and a line of text.
fn page(path: &str, title: &str, front: &str) -> String {
    format!("-- content/{path} --\n---\ntitle: {title}\n{front}---\n{title}の本文。\n")
}

/// The part of `html` between two marks; fails where one is missing.
#[track_caller]
fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in\n{html}"));
    let rest = &html[from..];
    &rest[..rest.find(end).unwrap_or_else(|| panic!("no {end} after {start} in\n{html}"))]
}

/// What stands in `main`, without the marks of where a line may break.
#[track_caller]
fn main_of(html: &str) -> String {
    between(html, "<main", "</main>").replace("<wbr>", "")
}

/// The tags `<name …>` of a page.
fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let open = format!("<{name} ");
    html.match_indices(&open).map(|(start, _)| &html[start..start + html[start..].find('>').unwrap_or(0)]).collect()
}

/// One attribute of a tag.
fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// Every `href` and `src` of a page.
fn addresses(html: &str) -> Vec<&str> {
    html.split('<').filter_map(|tag| attribute(tag, "href").or(attribute(tag, "src"))).collect()
}

/// The order in which words stand in a text.
#[track_caller]
fn in_order(text: &str, words: &[&str]) {
    let places: Vec<usize> =
        words.iter().map(|word| text.find(word).unwrap_or_else(|| panic!("no {word} in\n{text}"))).collect();
    assert!(places.is_sorted(), "expected {words:?} in this order in\n{text}");
}

/// A path as addresses write it.
fn percent(path: &str) -> String {
    let written = |byte: u8| match byte {
        byte if byte.is_ascii() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(written).collect()
}

// ------------------------------------------------------------------ languages

#[test]
fn the_first_language_is_at_the_root_and_the_others_below_their_tags() {
    let site = Site::small("");
    site.built();
    for (path, language) in [
        ("index.html", "ja"),
        ("about/index.html", "ja"),
        ("features/summer/index.html", "ja"),
        ("en/index.html", "en"),
        ("en/about/index.html", "en"),
        ("en/features/summer/index.html", "en"),
    ] {
        assert_eq!(attribute(tags(&site.page(path), "html")[0], "lang"), Some(language), "{path}");
    }
    assert!(!site.has("ja/index.html"));
}

#[test]
fn a_page_and_its_translation_lead_to_each_other() {
    let site = Site::small("");
    site.built();
    let japanese = site.page("about/index.html");
    let english = site.page("en/about/index.html");
    assert!(addresses(&japanese).contains(&"../en/about/index.html"), "{japanese}");
    assert!(addresses(&english).contains(&"../../about/index.html"), "{english}");
    for html in [japanese, english] {
        let alternates: Vec<(Option<&str>, Option<&str>)> = tags(&html, "link")
            .into_iter()
            .filter(|tag| tag.contains("hreflang"))
            .map(|tag| (attribute(tag, "hreflang"), attribute(tag, "href")))
            .collect();
        let canonical = |address: &str| {
            tags(&html, "link").iter().any(|tag| tag.contains("canonical") && attribute(tag, "href") == Some(address))
        };
        let (ja, en) = (address(&alternates, "ja"), address(&alternates, "en"));
        assert!(ja.starts_with("https://example.org/shiomi/about/"), "{alternates:?}");
        assert!(en.starts_with("https://example.org/shiomi/en/about/"), "{alternates:?}");
        assert_eq!(address(&alternates, "x-default"), ja);
        assert!(canonical(&ja) || canonical(&en), "canonical and hreflang agree: {html}");
    }
}

#[track_caller]
fn address(alternates: &[(Option<&str>, Option<&str>)], language: &str) -> String {
    let found = alternates.iter().find(|(tag, _)| *tag == Some(language));
    found.and_then(|(_, href)| *href).unwrap_or_else(|| panic!("no {language} in {alternates:?}")).to_owned()
}

#[test]
fn a_page_without_translation_is_listed_with_its_language_and_never_published_as_one() {
    let site = Site::small(&page("features/winter.md", "冬の学習会", "date: 2026-01-01\n"));
    site.built();
    assert!(site.has("features/winter/index.html"));
    assert!(!site.has("en/features/winter/index.html"));
    let list = site.page("en/features/index.html");
    let card = list.split("<li").find(|item| item.contains("winter")).unwrap_or_else(|| panic!("not listed: {list}"));
    assert!(card.contains("lang=\"ja\""), "{card}");
    assert!(card.contains("../../features/winter/index.html"), "{card}");
    let page = site.page("features/winter/index.html");
    assert!(tags(&page, "link").iter().all(|tag| attribute(tag, "hreflang") != Some("en")), "{page}");
    assert!(
        tags(&page, "a").iter().all(|tag| attribute(tag, "hreflang") != Some("en")),
        "the switcher leads nowhere else: {page}"
    );
}

#[test]
fn without_fallback_a_page_is_listed_in_its_own_language_alone() {
    let site = Site::small(&(with("fallback = false") + &page("features/winter.md", "冬の学習会", "")));
    site.built();
    assert!(
        site.page("features/index.html").contains("features/winter")
            || site.page("features/index.html").contains("winter/index.html")
    );
    assert!(!site.page("en/features/index.html").contains("winter"));
}

#[test]
fn a_page_may_be_in_another_language_alone() {
    let site = Site::small(&page("features/visitors.en.md", "For visitors", ""));
    site.built();
    assert!(site.has("en/features/visitors/index.html"));
    assert!(!site.has("features/visitors/index.html"));
    let list = site.page("features/index.html");
    let card = list.split("<li").find(|item| item.contains("visitors")).unwrap_or_else(|| panic!("not listed: {list}"));
    assert!(card.contains("lang=\"en\""), "{card}");
}

#[test]
fn translations_with_other_names_are_joined_by_their_key() {
    let site = Site::small(
        &(page("features/haru.md", "春", "translation_key: spring\n")
            + &page("features/spring.en.md", "Spring", "translation_key: spring\n")),
    );
    site.built();
    assert!(addresses(&site.page("features/haru/index.html")).contains(&"../../en/features/spring/index.html"));
    assert!(addresses(&site.page("en/features/spring/index.html")).contains(&"../../../features/haru/index.html"));
    assert!(!site.page("en/features/index.html").contains("haru"), "one page, listed once");
}

#[test]
fn a_translation_shares_slug_date_and_cover_unless_it_says_otherwise() {
    let picture =
        "-- content/features/sea.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>\n";
    let site = Site::small(
        &(picture.to_owned()
            + &page(
                "features/umi.md",
                "海",
                "slug: the-sea\ndate: 2026-05-06\ncover: {src: sea.svg, alt: 朝の海, credit: 写真 潮見市}\n",
            )
            + &page("features/umi.en.md", "The sea", "cover: {alt: The sea in the morning}\n")
            + &page("features/yama.md", "山", "slug: mountain\n")
            + &page("features/yama.en.md", "The hill", "slug: hill\n")),
    );
    site.built();
    assert!(site.has("features/the-sea/index.html") && site.has("en/features/the-sea/index.html"));
    assert!(site.has("features/mountain/index.html") && site.has("en/features/hill/index.html"));
    let english = site.page("en/features/the-sea/index.html");
    assert!(english.contains("6 May 2026"), "{english}");
    let list = site.page("en/features/index.html");
    assert!(list.contains("sea"), "{list}");
}

#[test]
fn three_languages_and_easy_japanese() {
    let text = settings(|top| top.replace("[\"ja\", \"en\"]", "[\"ja\", \"en\", \"pt-br\", \"ja-easy\"]"))
        + "-- content/about.pt-br.md --\n---\ntitle: Sobre\n---\nTexto.\n-- content/about.ja-easy.md --\n---\ntitle: このざっし\n---\nよみやすい。\n";
    let site = Site::small(&text);
    site.build().exits(0);
    let html = |path: &str| attribute(tags(&site.page(path), "html")[0], "lang").map(str::to_owned);
    assert_eq!(html("pt-br/about/index.html").as_deref(), Some("pt-br"));
    assert_eq!(html("ja-easy/about/index.html").as_deref(), Some("ja"));
    let page = site.page("about/index.html");
    for address in ["../en/about/index.html", "../pt-br/about/index.html", "../ja-easy/about/index.html"] {
        assert!(addresses(&page).contains(&address), "no {address} in {page}");
    }
}

#[test]
fn words_numbers_and_dates_are_in_the_language_of_the_page() {
    let site = Site::small(
        "-- content/about.md --\n---\ntitle: 雑誌\ndate: 2023-07-07\n---\n`= physicians[minato, 2018]`人、`= physicians[shiomi, 2018] - physicians[shiomi, 2008] | signed`人。\n-- content/about.en.md --\n---\ntitle: About\n---\n`= physicians[minato, 2018]` physicians, `= physicians[shiomi, 2018] - physicians[shiomi, 2008] | signed`.\n",
    );
    site.built();
    let (japanese, english) = (site.page("about/index.html"), site.page("en/about/index.html"));
    assert!(japanese.contains("1,388人、−7人"), "{japanese}");
    assert!(english.contains("1,388 physicians, −7"), "{english}");
    assert!(japanese.contains("2023年7月7日"), "{japanese}");
    assert!(english.contains("7 July 2023"), "{english}");
}

#[test]
fn a_site_may_write_negative_numbers_with_a_triangle() {
    let text = with("negative = \"triangle\"")
        + "-- content/about.md --\n---\ntitle: 雑誌\n---\n`= physicians[shiomi, 2018] - physicians[shiomi, 2008]`人。\n-- content/about.en.md --\n---\ntitle: About\n---\n`= physicians[shiomi, 2018] - physicians[shiomi, 2008]` physicians.\n";
    let site = Site::small(&text);
    site.built();
    assert!(site.page("about/index.html").contains("▲7人"), "{}", site.page("about/index.html"));
    assert!(site.page("en/about/index.html").contains("−7 physicians"), "{}", site.page("en/about/index.html"));
}

#[test]
fn single_interface_words_can_be_replaced() {
    let site = Site::small(
        &(SMALL.split("\n-- content").next().expect("settings").to_owned()
            + "\n[words.en]\n\"skip-to-content\" = \"Jump in\"\n"),
    );
    site.built();
    assert!(site.page("en/index.html").contains("Jump in"));
    assert!(!site.page("index.html").contains("Jump in"));
}

#[test]
fn labels_without_a_translation_are_marked() {
    let data = SMALL
        .split("-- content/data/hospitals.yaml --")
        .nth(1)
        .and_then(|text| text.split("\n-- ").next())
        .expect("hospitals");
    let data =
        data.replace("name: {ja: 潮見ヶ丘総合病院, en: Shiomigaoka General Hospital}", "name: {ja: 潮見ヶ丘総合病院}");
    let site = Site::small(&format!("-- content/data/hospitals.yaml --{data}\n"));
    site.build().exits(0);
    let page = site.page("en/hospitals/shiomi-gh/index.html");
    assert!(page.contains("潮見ヶ丘総合病院"), "{page}");
    let heading = between(&page, "<h1", "</h1>");
    assert!(heading.contains("lang=\"ja\""), "{heading}");
}

// ------------------------------------------------------------------ addresses

#[test]
fn former_addresses_lead_to_the_page() {
    let site = Site::small(&page("features/move.md", "引っ越し", "aliases: [old/place, news/2020.html]\n"));
    site.built();
    for alias in ["old/place/index.html", "news/2020.html"] {
        let html = site.page(alias);
        assert!(html.contains("http-equiv=\"refresh\""), "{html}");
        assert!(html.contains("features/move/"), "{html}");
        assert!(
            tags(&html, "link")
                .iter()
                .any(|tag| tag.contains("canonical") && tag.contains("https://example.org/shiomi/features/move/")),
            "{html}"
        );
    }
    assert!(!site.page("sitemap.xml").contains("old/place"));
}

#[test]
fn drafts_are_published_only_when_asked_for() {
    let site = Site::small(&page("features/idea.md", "思いつき", "draft: true\ntags: [内緒]\n"));
    site.built();
    assert!(!site.has("features/idea/index.html"));
    let everything =
        site.output().into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect::<String>();
    assert!(!everything.contains("思いつき") && !everything.contains("内緒"));
    site.run(&["build", "--drafts"]).exits(0);
    assert!(site.has("features/idea/index.html"));
    assert!(site.page("features/index.html").contains("idea"));
    site.run(&["build"]).exits(0);
    assert!(!site.has("features/idea/index.html"), "and it goes again");
}

#[test]
fn japanese_file_names_work() {
    let site = Site::small(
        &(page("お知らせ.md", "お知らせ", "")
            + "-- content/_index.md --\n---\ntitle: 表紙\n---\n[お知らせ](お知らせ.md)へ。\n"),
    );
    site.built();
    assert!(site.has("お知らせ/index.html"));
    let encoded = "%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/index.html";
    assert!(site.page("index.html").contains(encoded), "{}", site.page("index.html"));
    assert!(site.page("sitemap.xml").contains("https://example.org/shiomi/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/"));
}

#[test]
fn page_bundles_keep_their_files_beside_them() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>\n";
    let site = Site::small(&format!(
        "-- content/features/trip/index.md --\n---\ntitle: 旅\n---\n![船](boat.svg)\n\n[図面](plan.pdf)\n-- content/features/trip/index.en.md --\n---\ntitle: A trip\n---\n![A boat](boat.svg)\n-- content/features/trip/boat.svg --\n{picture}-- content/features/trip/plan.pdf --\nplan\n"
    ));
    site.built();
    for (path, folder) in
        [("features/trip/index.html", "features/trip/"), ("en/features/trip/index.html", "en/features/trip/")]
    {
        let html = site.page(path);
        let image = tags(&html[html.find("<main").unwrap_or(0)..], "img")[0];
        assert_eq!((attribute(image, "width"), attribute(image, "height")), (Some("40"), Some("30")), "{image}");
        assert!(resolves(&site, folder, attribute(image, "src").expect("src")), "{image}");
    }
    let plan = site.page("features/trip/index.html");
    let main = main_of(&plan);
    let link = addresses(&main).into_iter().find(|href| href.ends_with(".pdf")).expect("a link to the plan");
    assert!(resolves(&site, "features/trip/", link), "{link}");
}

/// Whether an address on a page in `folder` is a file of the output.
fn resolves(site: &Site, folder: &str, address: &str) -> bool {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split(['#', '?']).next().unwrap_or_default().split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    site.has(&parts.join("/"))
}

#[test]
fn links_by_source_path_come_out_right_in_each_language() {
    let link = "[学習会](features/summer.md#数字で見る)";
    let site = Site::small(&format!(
        "-- content/about.md --\n---\ntitle: 雑誌\n---\n[学習会](features/summer.md)\n-- content/about.en.md --\n---\ntitle: About\n---\n[The session](features/summer.md), [again](features/summer.en.md)\n<!-- {link} -->\n"
    ));
    site.built();
    assert!(main_of(&site.page("about/index.html")).contains("\"../features/summer/index.html\""));
    let english = site.page("en/about/index.html");
    assert_eq!(main_of(&english).matches("\"../features/summer/index.html\"").count(), 2, "{english}");
}

#[test]
fn everything_is_relative_so_any_sub_path_works() {
    let site = Site::small("");
    site.built();
    for (path, bytes) in site.output() {
        if path.ends_with(".html") && !path.ends_with("404.html") {
            let html = String::from_utf8(bytes).expect("UTF-8");
            for tag in
                html.split('<').filter(|tag| !tag.contains("canonical") && !tag.contains("rel=\"alternate\" hreflang"))
            {
                let found = attribute(tag, "href").or(attribute(tag, "src"));
                assert!(
                    !found.is_some_and(|href| href.starts_with('/') || href.contains("example.org")),
                    "{path}: <{tag}"
                );
            }
        }
    }
    let lost = site.page("404.html");
    let styles = tags(&lost, "link").into_iter().find(|tag| tag.contains("stylesheet")).expect("styles");
    assert!(
        attribute(styles, "href").is_some_and(|href| href.starts_with("/shiomi/")),
        "404.html is served at any depth: {styles}"
    );
}

#[test]
fn links_may_end_in_a_slash() {
    let site = Site::small(&with("index_html = false"));
    site.built();
    let html = site.page("about/index.html");
    assert!(!html.contains("index.html"), "{html}");
    assert!(addresses(&html).contains(&"../en/about/"), "{html}");
}

#[test]
fn canonical_addresses_do_not_change_with_the_form_of_links() {
    let sites = [Site::small(""), Site::small(&with("index_html = false"))];
    let canonical = sites.each_ref().map(|site| {
        site.built();
        between(&site.page("about/index.html"), "<link rel=\"canonical\"", ">").to_owned()
    });
    assert_eq!(canonical[0], canonical[1]);
    assert!(canonical[0].contains("https://example.org/shiomi/about/\""), "{canonical:?}");
}

// ------------------------------------------------------------------ lists

/// Five dated, weighted pages of which the titles sort otherwise.
fn seasons(front: &str) -> String {
    let section = format!(
        "-- content/seasons/_index.md --\n---\ntitle: 季節\n{front}---\n-- content/seasons/_index.en.md --\n---\ntitle: Seasons\n---\n"
    );
    let pages = [
        ("a", "かき", "2026-01-05", 3),
        ("b", "あさり", "2026-01-03", 5),
        ("c", "さざえ", "2026-01-04", 1),
        ("d", "いか", "2026-01-01", 2),
        ("e", "うに", "2026-01-02", 4),
    ];
    pages.iter().fold(section, |text, (name, title, date, weight)| {
        text + &page(&format!("seasons/{name}.md"), title, &format!("kind: news\ndate: {date}\nweight: {weight}\n"))
    })
}

#[test]
fn sections_are_ordered_by_date_weight_or_title() {
    for (front, order) in [
        ("", ["さざえ", "いか", "かき", "うに", "あさり"]),
        ("sort: date\n", ["かき", "さざえ", "あさり", "うに", "いか"]),
        ("sort: weight\n", ["さざえ", "いか", "かき", "うに", "あさり"]),
        ("sort: title\n", ["あさり", "いか", "うに", "かき", "さざえ"]),
    ] {
        let site = Site::small(&seasons(front));
        site.built();
        in_order(&main_of(&site.page("seasons/index.html")), &order);
    }
}

#[test]
fn previous_and_next_follow_the_order_of_the_section() {
    let site = Site::small(&seasons("sort: weight\n"));
    site.built();
    let neighbours = |name: &str| {
        let html = site.page(&format!("seasons/{name}/index.html"));
        let of = |rel: &str| {
            tags(&html, "a")
                .into_iter()
                .find(|tag| attribute(tag, "rel") == Some(rel))
                .and_then(|tag| attribute(tag, "href"))
                .map(str::to_owned)
        };
        (of("prev"), of("next"))
    };
    let at = |name: &str| Some(format!("../{name}/index.html"));
    assert_eq!(neighbours("c"), (None, at("d")));
    assert_eq!(neighbours("d"), (at("c"), at("a")));
    assert_eq!(neighbours("b"), (at("e"), None));
}

#[test]
fn long_lists_have_several_pages() {
    let site = Site::small(&seasons("sort: weight\npaginate_by: 2\n"));
    site.built();
    let pages = ["seasons/index.html", "seasons/page/2/index.html", "seasons/page/3/index.html"];
    for (path, (here, elsewhere)) in
        pages.iter().zip([(["さざえ", "いか"], "かき"), (["かき", "うに"], "あさり"), (["あさり", "あさり"], "いか")])
    {
        let html = site.page(path);
        in_order(&main_of(&html), &here);
        assert!(!main_of(&html).contains(elsewhere), "{path}");
    }
    assert!(!site.has("seasons/page/4/index.html"));
    let second = site.page(pages[1]);
    assert!(
        addresses(&second).contains(&"../../index.html") && addresses(&second).contains(&"../3/index.html"),
        "{second}"
    );
    assert!(between(&second, "<link rel=\"canonical\"", ">").contains("https://example.org/shiomi/seasons/page/2/"));
}

#[test]
fn tags_are_lists_of_their_own_in_each_language() {
    let site = Site::small("");
    site.built();
    let output = site.output();
    let of = |prefix: &str| {
        output
            .keys()
            .filter(|path| {
                path.starts_with(prefix)
                    && path.ends_with("index.html")
                    && path.matches('/').count() == prefix.matches('/').count() + 1
            })
            .cloned()
            .collect::<Vec<_>>()
    };
    let (japanese, english) = (of("tags/"), of("en/tags/"));
    assert_eq!((japanese.len(), english.len()), (1, 1), "{japanese:?} {english:?}");
    assert!(main_of(&site.page(&japanese[0])).contains("夏の学習会"));
    assert!(main_of(&site.page(&english[0])).contains("The summer session"));
    assert!(main_of(&site.page("tags/index.html")).contains("学習会"));
    assert!(main_of(&site.page("en/tags/index.html")).contains("Study sessions"));
    assert!(!main_of(&site.page("tags/index.html")).contains("Study sessions"), "one taxonomy for each language");
    let article = site.page("features/summer/index.html");
    let main = main_of(&article);
    let link = addresses(&main).into_iter().find(|href| href.contains("tags/")).expect("a link to the tag");
    assert_eq!(link, format!("../../{}", percent(&japanese[0])), "the link leads to the list");
}

#[test]
fn menus_name_pages_in_the_language_of_the_reader_and_say_where_one_is() {
    let text = SMALL.split("\n-- content").next().expect("settings").to_owned()
        + "\n[[menus.main]]\nlabel = { ja = \"市のサイト\", en = \"City\" }\nurl = \"https://city.example/\"\n[[menus.footer]]\npage = \"about.md\"\nlabel = \"©\"\n";
    let site = Site::small(&text);
    site.built();
    let japanese = site.page("about/index.html");
    let menu = between(&japanese, "<nav class=\"menu\"", "</nav>");
    in_order(menu, &["特集", "この雑誌について", "市のサイト"]);
    assert_eq!(menu.matches("aria-current").count(), 1, "{menu}");
    let english = site.page("en/features/summer/index.html");
    let menu = between(&english, "<nav class=\"menu\"", "</nav>");
    in_order(menu, &["Features", "About", "City"]);
    assert!(menu.contains("\"https://city.example/\""), "{menu}");
    assert!(menu.contains("aria-current"), "the section of the page is marked: {menu}");
}

/// The menu of a folder's articles is made once for all of them.
#[test]
fn an_article_that_a_menu_leads_to_or_into_has_a_menu_of_its_own() {
    let text = SMALL.split("\n-- content").next().expect("settings").to_owned()
        + "\n[[menus.main]]\npage = \"features/b.md\"\n[[menus.main]]\npage = \"features/a/more.md\"\n"
        + "-- content/features/a.md --\n---\ntitle: 甲\n---\n甲\n-- content/features/a/more.md --\n---\ntitle: 続き\n---\n続き\n"
        + "-- content/features/b.md --\n---\ntitle: 乙\n---\n乙\n-- content/features/c.md --\n---\ntitle: 丙\n---\n丙\n";
    let site = Site::small(&text);
    site.built();
    let check = |article: &str, expected: [&str; 4], current: &[&str]| {
        let html = site.page(&format!("features/{article}/index.html"));
        let menu = between(&html, "<nav class=\"menu\"", "</nav>");
        assert_eq!(addresses(menu), expected.map(|folder| format!("{folder}index.html")), "{article}");
        let marked: Vec<&str> = menu.split('<').filter(|link| link.contains("aria-current")).collect();
        let marked: Vec<&str> = marked.iter().filter_map(|link| attribute(link, "href")).collect();
        let current: Vec<String> = current.iter().map(|folder| format!("{folder}index.html")).collect();
        assert_eq!(marked, current, "{article}");
    };
    check("a", ["../", "../../about/", "../b/", "more/"], &["../"]);
    check("b", ["../", "../../about/", "", "../a/more/"], &["../", ""]);
    check("c", ["../", "../../about/", "../b/", "../a/more/"], &["../"]);
    check("summer", ["../", "../../about/", "../b/", "../a/more/"], &["../"]);
    check("a/more", ["../../", "../../../about/", "../../b/", ""], &["../../", ""]);
}

/// So is that of the tags, and that of the further parts of a list.
#[test]
fn parts_of_lists_and_tags_have_the_menu_of_their_place() {
    let settings = SMALL.split("\n-- content").next().expect("settings").replacen(
        "\n[publisher]",
        "\npaginate_by = 1\n[publisher]",
        1,
    );
    let article =
        |name: &str| format!("-- content/features/{name}.md --\n---\ntitle: {name}\ntags: [救急, 外科]\n---\n文\n");
    let text = settings + "\n" + &article("a") + &article("b") + &article("c");
    let site = Site::small(&text);
    site.built();
    let check = |page: &str, expected: [&str; 2], current: &[&str]| {
        let html = site.page(&format!("{page}index.html"));
        let menu = between(&html, "<nav class=\"menu\"", "</nav>");
        assert_eq!(addresses(menu), expected.map(|folder| format!("{folder}index.html")), "{page}");
        let marked: Vec<&str> = menu.split('<').filter(|link| link.contains("aria-current")).collect();
        let marked: Vec<&str> = marked.iter().filter_map(|link| attribute(link, "href")).collect();
        let current: Vec<String> = current.iter().map(|folder| format!("{folder}index.html")).collect();
        assert_eq!(marked, current, "{page}");
    };
    check("features/", ["", "../about/"], &[""]);
    for part in ["features/page/2/", "features/page/3/"] {
        check(part, ["../../", "../../../about/"], &["../../"]);
    }
    for tag in ["救急", "外科"] {
        check(&format!("tags/{tag}/"), ["../../features/", "../../about/"], &[]);
        check(&format!("tags/{tag}/page/2/"), ["../../../../features/", "../../../../about/"], &[]);
    }
}

/// A panel that stands on several pages is composed once for all of them.
#[test]
fn a_panel_on_several_pages_is_the_same_on_each_and_has_the_number_of_its_place() {
    let panel = "```panel\nkind: trend\nindicator: physicians\nareas: [shiomi]\n```\n";
    let other = panel.replace("shiomi", "minato");
    let page = |name: &str, body: &str| format!("-- content/features/{name}.md --\n---\ntitle: {name}\n---\n{body}");
    let site = Site::small(
        &(page("a", panel) + &page("b", &format!("{other}\n{panel}")) + &page("c", panel) + &page("d", &other)),
    );
    site.built();
    let figure = |page: &str, id: &str| {
        let html = site.page(&format!("features/{page}/index.html"));
        between(&html, &format!(" id=\"{id}\" aria-labelledby"), "</figure>")
            .replace(&format!("features-{page}-{id}"), "")
            .replace(id, "")
    };
    let first = figure("a", "fig-1");
    assert!(first.contains("305") && !first.contains("1,388"), "{first}");
    // The panel before it has a heading of its own.
    assert_eq!(figure("b", "fig-2").replace("h3", "h2"), first);
    assert_eq!(figure("c", "fig-1"), first);
    assert_eq!(figure("b", "fig-1"), figure("d", "fig-1"));
    assert!(site.page("en/features/summer/index.html").contains("305"), "the English pages are as they were");

    // What is wrong with it is told on each page.
    let wrong = panel.replace("[shiomi]", "[shiomo]");
    let run = site.edit(&(page("a", &wrong) + &page("c", &wrong))).build();
    let mut places: Vec<String> = run.findings().iter().map(|finding| finding.place()).collect();
    places.sort();
    assert_eq!(places.len(), 2, "{run}");
    assert!(
        places[0].starts_with("content/features/a.md:7:") && places[1].starts_with("content/features/c.md:7:"),
        "{run}"
    );
}

#[test]
fn a_menu_entry_that_leads_nowhere_is_an_error() {
    let text =
        SMALL.split("\n-- content").next().expect("settings").replace("page = \"about.md\"", "page = \"abuot.md\"");
    let run = Site::small(&text).build();
    run.exits(1);
    let finding = run.findings().into_iter().next().expect("a finding");
    assert!(finding.place().starts_with("site.toml:14:"), "{run}");
    assert!(finding.help().contains("about.md"), "{run}");
}

#[test]
fn one_empty_list_is_no_problem() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"一枚だけ\"\nbase_url = \"https://example.org/\"\nlanguages = [\"ja\"]\n-- content/_index.md --\n---\ntitle: 一枚だけ\n---\n本文。\n",
    );
    site.build().exits(0);
    assert!(site.has("index.html") && site.has("404.html"));
}

#[test]
fn files_from_other_systems_are_read() {
    let site = Site::small("");
    site.write("content/about.md", "\u{feff}---\r\ntitle: 雑誌\r\n---\r\n一行目の\r\n二行目。\r\n".as_bytes());
    site.built();
    let html = site.page("about/index.html");
    assert!(main_of(&html).contains("一行目の二行目。"), "{html}");
}

// ------------------------------------------------------------------ articles

#[test]
fn raw_html_is_made_safe_unless_the_site_trusts_its_authors() {
    let site = Site::small(
        "-- content/about.md --\n---\ntitle: 雑誌\n---\n<script>alert(1)</script><b onclick=\"x()\">太字</b>\n",
    );
    let run = site.build();
    run.exits(0);
    assert_eq!(run.finding("removed-html").severity(), "warning");
    let html = site.page("about/index.html");
    assert!(!html.contains("alert(1)") && !html.contains("onclick"), "{html}");
    assert!(html.contains("<b>太字</b>"), "{html}");
    Site::small("-- content/about.md --\n---\ntitle: 雑誌\n---\n[x](javascript:alert(1))\n").build().exits(1);
    let trusting = Site::small(
        &(with("raw_html = true") + "-- content/about.md --\n---\ntitle: 雑誌\n---\n<b data-x=\"1\">太字</b>\n"),
    );
    trusting.built();
    assert!(trusting.page("about/index.html").contains("<b data-x=\"1\">太字</b>"));
}

#[test]
fn japanese_and_english_lines_are_joined_by_their_own_rules() {
    let site = Site::small(
        "-- content/about.md --\n---\ntitle: 雑誌\n---\n潮見の\n海と\nthe sea\nand hills です。**「強調」**の{研修医|けんしゅうい}\n",
    );
    site.built();
    let html = site.page("about/index.html");
    let main = main_of(&html);
    assert!(main.contains("潮見の海と"), "{main}");
    assert!(main.contains("the sea\nand hills") || main.contains("the sea and hills"), "{main}");
    assert!(main.contains("<strong>「強調」</strong>の"), "{main}");
    assert!(main.contains("<ruby>研修医") && main.contains("<rt>けんしゅうい</rt>"), "{main}");
}

/// One panel of each kind.
const PANELS: &str = "```panel\nkind: trend\nid: doctors\nindicator: physicians\nareas: [shiomi, minato]\nhighlight: shiomi\n```\n\n```panel\nkind: table\nindicator: physicians\nareas: [shiomi, minato]\ncolumns: [change, rate]\n```\n\n```panel\nkind: kpi\nsource: 潮見市の調べ\nas_of: 2018-12-31\ntitle: 数字で見る潮見\nitems:\n  - {label: 潮見, value: \"physicians[shiomi, 2018]\", unit: 人}\n  - {label: 港, value: \"physicians[minato, 2018]\", unit: 人}\n```\n";

#[test]
fn panels_carry_everything_that_makes_them_checkable() {
    let site = Site::small(&format!("-- content/about.md --\n---\ntitle: 雑誌\n---\n{PANELS}"));
    site.built();
    let html = site.page("about/index.html");
    let figure = between(&html, "id=\"doctors\"", "</figure>");
    for part in ["潮見市の調べ", "2018-12-31", "<svg", "<table", "305", "1,388", ".csv"] {
        assert!(figure.contains(part), "no {part} in {figure}");
    }
    assert!(!html.contains("style=\""), "nothing that the policy blocks");
    let sheets: Vec<String> = site.output().into_keys().filter(|path| path.ends_with(".csv")).collect();
    assert_eq!(sheets.len(), 3, "{sheets:?}");
    for sheet in sheets {
        let text = site.page(&sheet);
        assert!(text.contains("1388") && !text.contains("1,388"), "{sheet}: {text}");
    }
}

#[test]
fn hospitals_have_a_page_in_each_language() {
    let site = Site::small("");
    site.built();
    let japanese = site.page("hospitals/shiomi-gh/index.html");
    let english = site.page("en/hospitals/shiomi-gh/index.html");
    assert!(japanese.contains("潮見ヶ丘総合病院") && japanese.contains("320"), "{japanese}");
    assert!(english.contains("Shiomigaoka General Hospital") && english.contains("1 April 2026"), "{english}");
    assert!(japanese.contains("見本"), "an invented hospital says so");
}

// ------------------------------------------------------------------ themes

#[test]
fn a_hospital_is_shown_on_each_article_that_names_it() {
    let block = "```hospital\nid: shiomi-gh\n```\n";
    let page = |name: &str, body: &str| format!("-- content/features/{name}.md --\n---\ntitle: {name}\n---\n{body}");
    let english = page("b.en", block);
    let site =
        Site::small(&(page("a", block) + &page("a/more", block) + &page("b", block) + &english + &page("c", block)));
    site.built();
    let shown = |page: &str| {
        let html = site.page(&format!("{page}/index.html"));
        between(&main_of(&html), "shiomi-gh/", "</dl>").to_owned()
    };
    let first = shown("features/b");
    assert!(first.contains("潮見ヶ丘総合病院"), "{first}");
    assert_eq!(first, shown("features/c"));
    let link = |page: &str| {
        let main = main_of(&site.page(&format!("{page}/index.html")));
        let found = addresses(&main).into_iter().find(|href| href.contains("shiomi-gh/"));
        found.expect("a link to the hospital").to_owned()
    };
    for page in ["features/a", "features/b", "features/c", "en/features/b"] {
        assert_eq!(link(page), "../../hospitals/shiomi-gh/index.html", "{page}");
    }
    assert_eq!(link("features/a/more"), "../../../hospitals/shiomi-gh/index.html");
    assert!(site.page("en/features/b/index.html").contains("Shiomigaoka General Hospital"));
    let broken = Site::small(&(page("a", &block.replace("gh", "gx")) + &page("b", &block.replace("gh", "gx"))));
    let findings = broken.build().findings();
    let places: Vec<String> = findings.iter().map(Finding::place).collect();
    assert_eq!(places, ["content/features/a.md:5:5", "content/features/b.md:5:5"]);
}

/// Templates are given the fields that they name; one whose names can't be told is given all.
#[test]
fn templates_find_their_fields_however_they_look_for_them() {
    let template = |body: &str| {
        let block = "{% extends \"base.html\" %}\n{% block main %}<p id=\"found\">BODY</p>{% endblock %}\n";
        format!("-- themes/zine/templates/page.html --\n{}", block.replace("BODY", body))
    };
    let found = |body: &str| {
        let site = Site::small(&template(body));
        site.built();
        between(&site.page("about/index.html"), "<p id=\"found\">", "</p>").to_owned()
    };
    for body in [
        "{{ view.page.path }}",
        "{{ view.page['path'] }}",
        "{% set key = 'pa' ~ 'th' %}{{ view.page[key] }}",
        "{{ view.page | get(key='pa' ~ 'th') }}",
        "{% set all = view %}{% set key = 'pa' ~ 'th' %}{{ all.page[key] }}",
        "{% for name, field in view.page %}{% if name == 'pa' ~ 'th' %}{{ field }}{% endif %}{% endfor %}",
    ] {
        assert!(found(body).ends_with("about/"), "{body}");
    }
    assert!(found("{{ words['read-more'] }}|{{ word(key='read-more') }}").ends_with("続きを読む|続きを読む"));
}

#[test]
fn one_file_of_a_theme_can_be_replaced() {
    let plain = Site::small("");
    plain.built();
    let site = Site::small(
        "-- themes/zine/templates/page.html --\n{% extends \"base.html\" %}\n{% block main %}<p class=\"mine\">{{ view.page.title }}</p>{% endblock %}\n",
    );
    site.built();
    assert!(site.page("about/index.html").contains("<p class=\"mine\">この雑誌について</p>"));
    assert_eq!(main_of(&site.page("features/summer/index.html")), main_of(&plain.page("features/summer/index.html")));
}

#[test]
fn one_message_and_one_style_sheet_can_be_replaced() {
    let site = Site::small("-- themes/zine/static/zine.css --\nbody { --mine: 1 }\n");
    site.built();
    let styles: Vec<String> = site.output().into_keys().filter(|path| path.ends_with(".css")).collect();
    let mine = styles.iter().filter(|path| site.page(path).contains("--mine")).count();
    assert_eq!(mine, 1, "{styles:?}");
}

#[test]
fn a_section_may_have_a_theme_of_its_own() {
    let site = Site::small("-- content/features/_index.md --\n---\ntitle: 特集\ntheme: portal\n---\n");
    site.built();
    let theme = |path: &str| attribute(tags(&site.page(path), "html")[0], "data-theme").map(str::to_owned);
    for path in ["features/index.html", "features/summer/index.html", "en/features/summer/index.html"] {
        assert_eq!(theme(path).as_deref(), Some("portal"), "{path}");
    }
    assert_eq!(theme("about/index.html").as_deref(), Some("zine"));
}

#[test]
fn a_template_gets_the_lists_that_its_theme_declares() {
    let theme = "-- themes/mine/theme.toml --\nname = \"mine\"\nextends = \"base\"\n[views.home]\nlatest = { section = \"seasons\", sort = \"weight\", limit = 2 }\n-- themes/mine/templates/home.html --\n{% extends \"base.html\" %}\n{% block main %}<h1>{{ view.site.title }}</h1><ol>{% for card in view.lists.latest %}<li><a href=\"{{ card.href }}\">{{ card.title }}</a></li>{% endfor %}</ol>{% endblock %}\n";
    let site = Site::small(&(settings(|top| top.replace("\"zine\"", "\"mine\"")) + theme + &seasons("")));
    site.built();
    let html = site.page("index.html");
    assert_eq!(
        between(&html, "<ol>", "</ol>"),
        "<ol><li><a href=\"seasons/c/index.html\">さざえ</a></li><li><a href=\"seasons/d/index.html\">いか</a></li>"
    );
}

#[test]
fn a_page_may_choose_its_template() {
    let site = Site::small(
        "-- themes/zine/templates/poster.html --\n<!doctype html>\n<html lang=\"{{ view.locale.html }}\"><title>{{ view.page.title }}</title><h1>POSTER</h1></html>\n-- content/about.md --\n---\ntitle: 雑誌\ntemplate: poster\n---\n本文\n",
    );
    site.built();
    assert!(site.page("about/index.html").contains("POSTER"));
}

#[test]
fn every_built_in_theme_builds_the_same_site() {
    for theme in ["base", "zine", "portal"] {
        let site = Site::small(&settings(|top| top.replace("\"zine\"", &format!("\"{theme}\""))));
        site.built();
        assert!(site.page("about/index.html").contains("潮見市が発行します。"), "{theme}");
    }
}

// ------------------------------------------------------------------ what comes out

#[test]
fn the_files_that_every_site_has() {
    let site = Site::small(&with("cname = \"circular.example\""));
    site.built();
    for path in ["404.html", ".nojekyll", "robots.txt", "sitemap.xml", "feed.xml", "en/feed.xml"] {
        assert!(site.has(path), "{path}");
    }
    assert_eq!(site.page("CNAME").trim(), "circular.example");
    assert!(site.page("robots.txt").contains("Sitemap: https://example.org/shiomi/sitemap.xml"));
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("hreflang=\"en\" href=\"https://example.org/shiomi/en/about/\""), "{sitemap}");
    let feed = site.page("feed.xml");
    assert!(feed.contains("夏の学習会") && feed.contains("xml:lang=\"ja\""), "{feed}");
    assert!(site.page("en/feed.xml").contains("The summer session"));
}

#[test]
fn xml_is_well_formed_whatever_a_title_holds() {
    let site = Site::small(
        "-- content/features/hard.md --\n---\ntitle: '<A> & \"B\" ]]> 潮見'\ndate: 2026-10-10\ndescription: 'a < b & c'\n---\n本文。\n",
    );
    site.built();
    for path in ["feed.xml", "sitemap.xml", "en/feed.xml"] {
        let text = site.page(path);
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{path}: {error}\n{text}"),
            }
        }
    }
    assert!(main_of(&site.page("features/hard/index.html")).contains("&lt;A&gt; &amp; "), "escaped in HTML");
}

#[test]
fn static_files_are_copied_and_style_sheets_carry_their_hash() {
    let site = Site::small(
        "-- static/files/form.txt --\n申込書\n-- static/favicon.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
    );
    site.built();
    assert_eq!(site.page("files/form.txt"), "申込書\n");
    assert!(site.has("favicon.svg"));
    let html = site.page("index.html");
    let styles: Vec<&str> = tags(&html, "link")
        .into_iter()
        .filter(|tag| tag.contains("stylesheet"))
        .filter_map(|tag| attribute(tag, "href"))
        .collect();
    assert!(!styles.is_empty());
    for style in styles {
        let name = style.rsplit('/').next().expect("a name");
        let hash = name.trim_end_matches(".css").rsplit(['.', '-']).next().expect("a hash");
        assert!(hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{style}");
        assert!(resolves(&site, "", style), "{style}");
    }
}

#[test]
fn what_is_gone_from_the_site_is_gone_from_the_output() {
    let site = Site::small(&page("features/winter.md", "冬", ""));
    site.built();
    assert!(site.has("features/winter/index.html"));
    site.remove("content/features/winter.md");
    site.built();
    assert!(!site.path("public/features/winter").exists());
    let fresh = Site::small("");
    fresh.built();
    assert_same(&fresh.output(), &site.output(), "as if it had never been");
}

#[test]
fn the_same_bytes_on_any_machine() {
    let text = seasons("paginate_by: 2\n") + "-- content/about.md --\n---\ntitle: 雑誌\n---\n" + PANELS;
    let site = Site::small(&text);
    site.built();
    let first = site.output();
    site.built();
    assert_same(&first, &site.output(), "built again");

    let elsewhere = tempfile::tempdir().expect("a folder");
    for (threads, locale, zone) in
        [("1", "C", "UTC"), ("8", "ja_JP.UTF-8", "Asia/Tokyo"), ("2", "tr_TR.UTF-8", "Pacific/Kiritimati")]
    {
        let other = Site::small(&text);
        let out = elsewhere.path().join(threads);
        let mut command: Command =
            kairan(&["build", "--root", other.root().to_str().expect("UTF-8"), "--out", out.to_str().expect("UTF-8")]);
        command.current_dir(elsewhere.path());
        command.env("RAYON_NUM_THREADS", threads).env("LC_ALL", locale).env("TZ", zone);
        run(command).exits(0);
        assert_same(&first, &files(&out), &format!("{threads} threads, {locale}, {zone}, another folder"));
    }
}

#[test]
fn nothing_of_the_machine_is_in_the_output() {
    let site = Site::small("");
    site.built();
    let folder = site.root().to_str().expect("UTF-8").as_bytes().to_vec();
    for (path, bytes) in site.output() {
        assert!(!bytes.windows(folder.len()).any(|window| window == folder), "{path}");
    }
}
