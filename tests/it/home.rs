//! Home pages that an editor arranges in front matter, and menus of sections.

use crate::support::Site;

/// Whether these stand on a page in this order.
fn in_order(page: &str, texts: &[&str]) -> bool {
    let places: Vec<Option<usize>> = texts.iter().map(|text| page.find(text)).collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

/// The small site with this front matter on its home page.
fn arranged(home: &str) -> Site {
    let page = |title: &str, word: &str| format!("---\ntitle: {title}\n{home}---\n{word}\n");
    let site = Site::small("");
    site.write("content/_index.md", page("潮見の回覧", "はじめのことば。").as_bytes());
    site.write("content/_index.en.md", page("The Shiomi Circular", "A first word.").as_bytes());
    site
}

#[test]
fn parts_stand_in_the_order_of_the_front_matter_in_every_theme() {
    let home = "home:\n  - {kind: text}\n  - {kind: pages, of: features, limit: 1, label: 夏, title: 読む}\n  - {kind: pages, of: features}\n  - {kind: cover}\n";
    for theme in ["base", "zine", "portal"] {
        let site = arranged(home);
        let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
        site.write("site.toml", settings.replace("\"zine\"", &format!("\"{theme}\"")).as_bytes());
        let page = site.built().page("index.html");
        let order = ["はじめのことば。", "id=\"features\"", "夏", "id=\"features-2\"", "<h1"];
        assert!(in_order(&page, &order), "{theme}: {page}");
        // The second list goes by the section's own title.
        assert!(page.contains("読む") && page.contains("特集"), "{theme}: {page}");
    }
}

#[test]
fn a_home_page_without_a_cover_has_its_heading_all_the_same() {
    let page = arranged("home: [{kind: text}]\n").built().page("index.html");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(!page.contains("id=\"contents\""), "{page}");
}

#[test]
fn what_no_home_page_has_is_told_with_the_nearest_name() {
    let run = arranged("home:\n  - {kind: covr}\n").build();
    assert!(run.stdout.contains("cover"), "{run}");
    assert_eq!(run.code, 1);
    let run = arranged("home:\n  - {kind: pages, of: featurs}\n").build();
    let finding = run.finding("unknown-section");
    assert_eq!(finding.found(), "featurs");
    assert!(finding.help().contains("features"), "{run}");
    let run = arranged("home:\n  - {kind: pages}\n").build();
    assert!(run.finding("unknown-section").remedy().contains("features"), "{run}");
    let site = Site::small("-- content/about.md --\n---\ntitle: 雑誌\nhome: [{kind: text}]\n---\n本文\n");
    assert_eq!(site.build().finding("home-elsewhere").line(), "home: [{kind: text}]");
}

#[test]
fn a_section_has_a_menu_of_its_own() {
    let site = Site::small("");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    let own = "\n[[menus.sections.features]]\nlabel = { ja = \"特集だけの板\", en = \"Its own\" }\npage = \"features/_index.md\"\n";
    site.write("site.toml", format!("{settings}{own}").as_bytes());
    site.built();
    for (path, has) in
        [("features/index.html", true), ("features/summer/index.html", true), ("about/index.html", false)]
    {
        assert_eq!(site.page(path).contains("特集だけの板"), has, "{path}");
    }
    site.write("site.toml", format!("{settings}{}", own.replace("sections.features", "sections.feature")).as_bytes());
    assert_eq!(site.build().finding("unknown-section").found(), "feature");
}
