//! Cards: the pictures that services show where the address of a page is shared.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use crate::support::{Files, SMALL, Site, assert_same, files};

/// A small site whose cards are drawn, with `text` on top of it.
fn site(text: &str) -> Site {
    let site = Site::new(&SMALL.replace("cards.enabled = false\n", "\n"));
    site.edit(text);
    site
}

/// The text of a `meta` element of a page.
fn meta<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let rest = html.split(&format!("=\"{name}\" content=\"")).nth(1)?;
    rest.split('"').next()
}

/// The card that a page names: its path in the output, and its pixels.
#[track_caller]
fn card(site: &Site, page: &str) -> (String, RgbImage) {
    let html = site.page(page);
    let address = meta(&html, "og:image").unwrap_or_else(|| panic!("{page} names a card"));
    let path = address.strip_prefix("https://example.org/shiomi/").expect("the whole address").to_owned();
    let bytes = std::fs::read(site.path("public").join(&path)).unwrap_or_else(|_| panic!("no {path}"));
    let image = image::load_from_memory(&bytes).expect("a picture").to_rgb8();
    (path, image)
}

fn cards(files: &Files) -> Vec<&String> {
    files.keys().filter(|name| name.contains("card.")).collect()
}

/// A photograph: green where it is to be seen, red elsewhere.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x, y| if x * 10 < width * 3 { Rgb([20, 160, (y % 9) as u8]) } else { Rgb([200, 30, (x % 9) as u8]) };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&RgbImage::from_fn(width, height, pixel)).unwrap();
    bytes
}

/// How many pixels of a picture are nearly of a colour.
fn count(image: &RgbImage, [red, green, blue]: [u8; 3]) -> usize {
    let near = |pixel: &Rgb<u8>| {
        let [r, g, b] = pixel.0;
        r.abs_diff(red) < 24 && g.abs_diff(green) < 24 && b.abs_diff(blue) < 24
    };
    image.pixels().filter(|pixel| near(pixel)).count()
}

const COVER: &str = "-- content/features/summer.md --\n---\ntitle: 夏の学習会\nkind: session\ncover: {src: a.jpg, alt: 港の朝, credit: 撮影 係, focus: left}\n---\n文。\n\
                     -- content/features/summer.en.md --\n---\ntitle: The summer school\ncover: {alt: Harbour}\n---\nText.\n";

#[test]
fn every_page_that_is_shared_has_a_card() {
    let site = site("");
    site.built();
    let pages = ["index.html", "en/index.html", "features/summer/index.html", "en/features/summer/index.html"];
    let mut paths = Vec::new();
    for page in pages {
        let (path, image) = card(&site, page);
        assert_eq!(image.dimensions(), (1200, 630), "{page}");
        assert!(path.ends_with(".png") && path.starts_with(page.trim_end_matches("index.html")), "{path}");
        let html = site.page(page);
        assert_eq!((meta(&html, "og:image:width"), meta(&html, "og:image:height")), (Some("1200"), Some("630")));
        assert_eq!(meta(&html, "twitter:card"), Some("summary_large_image"));
        paths.push(path);
    }
    let alt = |page: &str| meta(&site.page(page), "og:image:alt").map(str::to_owned);
    assert_eq!(alt("features/summer/index.html").as_deref(), Some("夏の学習会（潮見の回覧）"));
    assert_eq!(alt("index.html").as_deref(), Some("潮見の回覧。潮見ヶ丘の研修医と病院のための小さな雑誌"));
    // Lists share the card of the title page in their language; what nobody shares has none.
    assert_eq!(card(&site, "tags/index.html").0, paths[0]);
    assert_eq!(card(&site, "en/tags/index.html").0, paths[1]);
    assert_eq!(meta(&site.page("404.html"), "og:image"), None);
    let output = site.output();
    let named: Vec<&String> = cards(&output);
    assert!(paths.iter().all(|path| named.contains(&path)), "{named:?}");
    assert!(!named.iter().any(|path| path.contains("tags") || path.contains("search")), "{named:?}");
}

#[test]
fn the_picture_of_a_page_is_on_its_card() {
    let site = site(COVER);
    site.write("content/features/a.jpg", &photograph(1600, 800)).built();
    let (path, image) = card(&site, "features/summer/index.html");
    assert!(path.ends_with(".jpg"), "{path}");
    let (green, red) = (count(&image, [20, 160, 4]), count(&image, [200, 30, 4]));
    assert!(green > 150_000 && green * 2 > red * 3, "the part around its focal point: {green} {red}");
    let html = site.page("features/summer/index.html");
    assert_eq!(meta(&html, "og:image:alt"), Some("夏の学習会（潮見の回覧）。港の朝"));
    assert_eq!(
        meta(&site.page("en/features/summer/index.html"), "og:image:alt"),
        Some("The summer school (The Shiomi Circular). Harbour")
    );
    // A picture of which nobody knows who made it does not go out alone.
    site.edit(&COVER.replace(", credit: 撮影 係", ""));
    site.build();
    let (path, image) = card(&site, "features/summer/index.html");
    assert!(path.ends_with(".png") && count(&image, [20, 160, 4]) == 0, "{path}");
}

#[test]
fn a_card_is_made_once() {
    let site = site(COVER);
    site.write("content/features/a.jpg", &photograph(900, 700)).built();
    let first = site.output();
    let (path, _) = card(&site, "features/summer/index.html");
    // What is kept is made to tell another story: if it comes out, nothing was made anew.
    let kept = files(&site.path(".kairan-cache"));
    let posters = kept.iter().filter(|(name, _)| name.contains("poster-"));
    let (place, entry) = posters.into_iter().find(|(_, entry)| entry[32..] == first[&path]).expect("an entry");
    let mut entry = entry.clone();
    entry.extend(b"kept");
    let print = blake3::hash(&entry[32..]).to_hex();
    entry[..32].copy_from_slice(&print.as_bytes()[..32]);
    std::fs::remove_dir_all(site.path("public")).expect("an output to remove");
    site.write(&format!(".kairan-cache/{place}"), &entry).built();
    assert!(site.output()[&path].ends_with(b"kept"));
    // Another title is another card under another name.
    site.edit(&COVER.replace("夏の学習会", "秋の学習会")).built();
    let (changed, _) = card(&site, "features/summer/index.html");
    assert!(changed != path && !site.has(&path) && site.has(&changed), "{changed}");
}

#[test]
fn cards_are_the_same_on_any_number_of_threads() {
    let site = site(COVER);
    site.write("content/features/a.jpg", &photograph(900, 700));
    let built = |threads: &str| {
        _ = std::fs::remove_dir_all(site.path(".kairan-cache"));
        _ = std::fs::remove_dir_all(site.path("public"));
        crate::support::run({
            let mut command = site.command(&["build"]);
            command.env("RAYON_NUM_THREADS", threads);
            command
        });
        site.output()
    };
    let one = built("1");
    assert!(cards(&one).len() > 8, "{:?}", cards(&one));
    assert_same(&one, &built("4"), "four threads draw what one does");
}

#[test]
fn titles_of_all_kinds_have_cards() {
    let titles = [
        ("ruby", "{研修医|けんしゅうい}の一日"),
        ("emoji", "🎉🎉"),
        (
            "long",
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and the Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        ),
        ("longer", &"地域の医療を学ぶ人のための、とても長い題。".repeat(20)),
        ("marks", "「」『』、。"),
    ];
    let pages: String = titles
        .iter()
        .map(|(name, title)| {
            format!("-- content/{name}.md --\n---\ntitle: \"{title}\"\n---\n文。\n-- content/{name}.en.md --\n---\ntitle: A page\n---\nText.\n")
        })
        .collect();
    let site = site(&pages);
    assert_eq!(site.build().code, 0);
    for (name, _) in titles {
        let (path, image) = card(&site, &format!("{name}/index.html"));
        assert_eq!(image.dimensions(), (1200, 630), "{path}");
        // Letters stand in their room: nothing but ground at its edges.
        let ground = image.get_pixel(2, 2);
        assert!((0..530).all(|y| image.get_pixel(20, y) == ground && image.get_pixel(1190, 440) == ground), "{name}");
        assert!(count(&image, [23, 25, 57]) > 500 || name == "marks", "{name} is written");
    }
}

#[test]
fn drafts_and_sites_that_want_none_have_no_cards() {
    let draft = "-- content/plan.md --\n---\ntitle: 案\ndraft: true\n---\n文。\n-- content/plan.en.md --\n---\ntitle: Plan\ndraft: true\n---\nText.\n";
    let site = site(draft);
    site.run(&["build", "--drafts"]);
    assert_eq!(meta(&site.page("plan/index.html"), "og:image"), None);
    assert!(!cards(&site.output()).iter().any(|name| name.starts_with("plan/")));
    let none = Site::small("");
    none.built();
    assert_eq!(meta(&none.page("index.html"), "og:image"), None);
    assert!(cards(&none.output()).is_empty());
    // Another script than these letters: better no card than one of marks for missing letters.
    site.edit("-- content/korean.md --\n---\ntitle: 안녕하세요 여러분\n---\n文。\n-- content/korean.en.md --\n---\ntitle: A page\n---\nText.\n");
    assert_eq!(site.build().code, 0);
    assert_eq!(meta(&site.page("korean/index.html"), "og:image"), None);
    assert!(meta(&site.page("en/korean/index.html"), "og:image").is_some());
}
