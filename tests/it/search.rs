//! The index for searching: what is in it and what is not, and that the same site gives the same index.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Site, assert_same};

/// The parts of the index by name.
fn index(site: &Site) -> Vec<(String, Value)> {
    let files = site.output().into_iter().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"));
    let part = |(path, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let name = path.trim_start_matches("search/").trim_end_matches(".js").to_owned();
        let json = text.strip_prefix(&format!("kairanSearch(\"{name}\",")).and_then(|text| text.strip_suffix(")\n"));
        let json = json.unwrap_or_else(|| panic!("{path} calls no function: {text}"));
        (name, serde_json::from_str(json).expect("JSON"))
    };
    files.map(part).collect()
}

/// All entries: their addresses, and all that is shown of them.
fn entries(site: &Site) -> Vec<(String, String)> {
    let parts = index(site);
    let head = &parts.iter().find(|(name, _)| name == "index").expect("an index").1;
    let texts = head["texts"].as_array().expect("texts").iter().map(|text| text[1].as_str().expect("a name"));
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).expect("a part").1.clone();
    let entries = texts.flat_map(|name| part(name).as_array().expect("entries").clone());
    entries.map(|entry| (entry[1].as_str().expect("an address").to_owned(), entry.to_string())).collect()
}

fn addresses(site: &Site) -> Vec<String> {
    entries(site).into_iter().map(|(address, _)| address).collect()
}

/// Whether any list of the index has this key.
fn has_key(site: &Site, key: &str) -> bool {
    index(site).iter().any(|(_, part)| part.get(key).is_some_and(Value::is_string))
}

#[test]
fn pages_and_records_are_found_by_all_that_names_them() {
    let site = Site::small(
        r#"
-- content/data/terms.yaml --
terms:
  - {id: abdomen, term: {ja: 急性腹症, en: acute abdomen}, reading: きゅうせいふくしょう, definition: {ja: 腹痛です。, en: Pain.}}
-- content/data/more.yaml --
hospitals:
  - {id: hama, name: {ja: 濵﨑病院, en: Hamasaki Hospital}, reading: はまさきびょういん, kind: clinic, area: minato, aliases: [旧港診療所], sample: true}
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
-- content/features/ruby.md --
---
title: 潮
reading: うしお
---
{研修医|けん|しゅう|い}の声。
-- content/features/ruby.en.md --
---
title: Tides
---
Voices.
"#,
    );
    site.built();
    let all = entries(&site);
    let shown = |address: &str| all.iter().find(|(known, _)| known == address).map(|(_, text)| text.as_str());
    assert!(shown("hospitals/hama/index.html").expect("a hospital").contains("はまさきびょういん"));
    assert!(shown("hospitals/hama/index.html").expect("a hospital").contains("旧港診療所"));
    assert!(shown("en/hospitals/hama/index.html").expect("a hospital").contains("Hamasaki"));
    assert!(shown("glossary/index.html#term-abdomen").expect("a term").contains("acute abdomen"));
    assert!(shown("en/glossary/index.html#term-abdomen").expect("a term").contains("急性腹症"));
    assert!(shown("features/ruby/index.html").expect("a page").contains("けんしゅうい"));
    // The value is in the text, under the heading that it stands below.
    let passage = r#"["数字で見る","数字で見る","医師は 305 人です。"]"#;
    assert!(shown("features/summer/index.html").expect("a page").contains(passage), "{all:?}");
    for key in ["腹症", "浜崎", "崎病", "うし", "hamasaki", "305", "session", "んし"] {
        assert!(has_key(&site, key), "{key} is not listed");
    }
    for key in ["腹", "濵﨑", "sessions", "症で"] {
        assert!(!has_key(&site, key), "{key} is listed");
    }
}

#[test]
fn what_readers_must_not_be_led_to_is_not_in_the_index() {
    let site = Site::small(
        r#"
-- content/features/hidden.md --
---
title: 鳳凰の頁
search: false
---
鳳凰。
-- content/features/draft.md --
---
title: 麒麟の頁
draft: true
---
麒麟。
-- content/features/old.md --
---
title: 玄武の頁
date: 2020-01-01
valid_until: 2020-12-31
---
玄武。
-- content/inner/_index.md --
---
title: 内輪
search: false
---
-- content/inner/deep/note.md --
---
title: 白虎の頁
---
白虎。
-- content/inner/deep/note.en.md --
---
title: The tiger page
---
Tiger.
-- content/data/postings.yaml --
postings:
  - id: closed
    title: {ja: 青龍の募集, en: Dragon}
    hospital: shiomi-gh
    posted: 2020-01-01
    valid_until: 2020-02-01
    summary: {ja: 青龍です。, en: A dragon.}
-- content/postings/_index.md --
---
title: 募集
template: postings
---
"#,
    );
    let run = site.run(&["build", "--format", "json", "--today", "2026-01-01", "--drafts"]);
    assert_eq!(run.code, 0, "{run}");
    for word in ["鳳凰", "麒麟", "玄武", "白虎", "青龍", "tiger", "内輪"] {
        assert!(!has_key(&site, word), "{word} is listed");
        assert!(entries(&site).iter().all(|(_, text)| !text.to_lowercase().contains(word)), "{word} is shown");
    }
    assert!(addresses(&site).contains(&"features/summer/index.html".to_owned()));
    for address in ["404.html", "search/index.html"] {
        assert!(!addresses(&site).contains(&address.to_owned()));
    }
}

#[test]
fn small_numbers_do_not_leak_through_the_index() {
    let site = Site::small(
        r#"
-- site.toml --
title = "潮見の回覧"
base_url = "https://example.org/"
[data.small_numbers]
threshold = 10
-- content/data/deaths.yaml --
indicators:
  - id: cases
    name: 症例
    unit: 件
    source: 潮見市
    as_of: 2018-12-31
    over: areas
    small_numbers: true
    periods: [2018]
    values: {shiomi: [7], minato: [41]}
-- content/features/summer.md --
---
title: 夏 `= cases[shiomi, 2018]`件
description: 港は `= cases[minato, 2018]`件
---
潮見は `= cases[shiomi, 2018]`件、港は `= cases[minato, 2018]`件。
"#,
    );
    for file in ["about", "_index", "features/_index", "features/summer"] {
        site.remove(&format!("content/{file}.en.md"));
    }
    site.run(&["build"]);
    assert!(has_key(&site, "41"), "the other number is there");
    assert!(!has_key(&site, "7"), "the number is listed");
    let text =
        entries(&site).into_iter().find(|(address, _)| address == "features/summer/index.html").expect("a page").1;
    assert!(!text.contains('7') && text.contains("潮見は x件"), "{text}");
}

#[test]
fn a_site_can_do_without() {
    let site = Site::small("");
    let toml = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", format!("{toml}\n[search]\nenabled = false\n").as_bytes());
    site.built();
    assert!(site.output().keys().all(|path| !path.starts_with("search/") && !path.starts_with("en/search/")));
    assert!(!site.page("index.html").contains("class=\"find\"") && !site.page("index.html").contains("search."));
    site.write("site.toml", toml.as_bytes()).built();
    assert!(site.has("search/index.html") && site.has("en/search/index.html") && site.has("search/index.js"));
    assert!(site.page("en/about/index.html").contains("<a class=\"find\" href=\"../search/index.html\">"));
}

#[test]
fn a_page_of_the_site_may_stand_where_the_page_for_searching_is() {
    let site = Site::small(
        "
-- content/search.md --
---
title: さがしもの
template: search
---
係に聞いてもかまいません。
-- content/search.en.md --
---
title: Looking for something
template: search
---
You may ask us too.
",
    );
    site.built();
    let page = site.page("search/index.html");
    assert!(page.contains("係に聞いても") && page.contains("id=\"search\"") && page.contains("学習会"), "{page}");
    assert!(site.page("index.html").contains("href=\"search/index.html\""));
}

#[test]
fn the_index_is_in_small_parts_whose_names_tell_what_is_in_them() {
    let mut many = String::new();
    for number in 0..60 {
        let word: String =
            (0..400).filter_map(|step| char::from_u32(0x4E00 + (number * 397 + step * 31) % 5000)).collect();
        let _ = write!(many, "\n-- content/features/p{number}.md --\n---\ntitle: 頁{number}\n---\n{word}\n");
    }
    let site = Site::small(&many);
    site.built();
    let before = site.output();
    let parts: Vec<(&String, usize)> = before
        .iter()
        .filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"))
        .map(|(path, bytes)| (path, bytes.len()))
        .collect();
    assert!(parts.len() > 8, "{parts:?}");
    assert!(parts.iter().all(|(_, size)| *size < 30_000), "{parts:?}");
    let keys: Vec<String> = index(&site)
        .iter()
        .find(|(name, _)| name == "index")
        .map(|(_, head)| {
            head["keys"]
                .as_array()
                .expect("keys")
                .iter()
                .map(|key| key[0].as_str().expect("a key").to_owned())
                .collect()
        })
        .expect("an index");
    assert!(keys.is_sorted_by(|one, other| one.encode_utf16().lt(other.encode_utf16())), "{keys:?}");

    let mut command = site.command(&["build", "--out", "again"]);
    command.env("RAYON_NUM_THREADS", "1");
    assert_eq!(crate::support::run(command).code, 0);
    assert_same(&before, &crate::support::files(&site.path("again")), "another number of threads");

    // One changed page leaves most parts as they are.
    site.edit("\n-- content/features/p7.md --\n---\ntitle: 頁7\n---\n短い。\n").built();
    let after = site.output();
    let kept = parts.iter().filter(|(path, _)| after.contains_key(*path)).count();
    assert!(kept > 3 && kept < parts.len(), "{kept} of {} parts are kept", parts.len());
}
