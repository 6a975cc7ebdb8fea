//! The colours of every theme, by day and by night: texts and marks are told from their ground. What a site changes of
//! a theme's look in `site.toml` is held to the same rules.

use std::path::Path;

use insta::assert_snapshot;

use crate::support::Site;

/// What no theme may leave unsaid: which colours stand on which, and the ratio that WCAG wants.
const PAIRS: [(f64, &str, &str); 8] = [
    (4.5, "text text2 link accent alert", "bg surface tint soft"),
    (4.5, "text", "hl q1 q2 band-a band-b band-c"),
    (4.5, "on-brand", "brand"),
    (4.5, "hi d1 d2", "bg surface"),
    (4.5, "on-d", "hi d1 d2 d6 q3 q4"),
    (3.0, "hi mute d1 d2 d3 d5 d6 line2", "bg surface"),
    (3.0, "hi text", "band-a band-b band-c"),
    (3.0, "line2", "surface tint"),
];

/// The small site in a theme, with a look.
fn dressed(theme: &str, look: &str) -> Site {
    let site = Site::small("");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    let settings = settings.replace("theme = \"zine\"", &format!("theme = \"{theme}\""));
    site.write("site.toml", format!("{settings}\n[look]\n{look}").as_bytes());
    site
}

/// The style sheet of all pages of a built site.
fn bundle(site: &Site, theme: &str) -> String {
    let files = site.output();
    let prefix = format!("assets/{theme}.");
    let (_, bytes) = files.iter().find(|(path, _)| path.starts_with(&prefix)).expect("a style sheet");
    String::from_utf8(bytes.clone()).expect("text")
}

/// The value of a custom property by day and by night.
fn property(css: &str, name: &str) -> (String, Option<String>) {
    let start = format!("--{name}:");
    let mut values = css.split(&start).skip(1).map(|rest| rest.split([';', '}']).next().unwrap_or(""));
    (values.next().unwrap_or_default().to_owned(), values.next().map(str::to_owned))
}

#[test]
fn themes_say_which_colours_must_be_told_apart_and_keep_to_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/base/theme.toml");
    let manifest: toml::Table = std::fs::read_to_string(path).expect("theme.toml").parse().expect("TOML");
    let rules = manifest["contrast"].as_array().expect("rules");
    let has = |rule: &toml::Value, list: &str, name: &str| {
        rule[list].as_array().expect("names").iter().any(|known| known.as_str() == Some(name))
    };
    let least = |rule: &toml::Value| rule["least"].as_float().or(rule["least"].as_integer().map(|whole| whole as f64));
    for (ratio, of, on) in PAIRS {
        for (of, on) in of.split(' ').flat_map(|of| on.split(' ').map(move |on| (of, on))) {
            let said =
                rules.iter().any(|rule| has(rule, "of", of) && has(rule, "on", on) && least(rule) >= Some(ratio));
            assert!(said, "no rule of {ratio} for {of} on {on}");
        }
    }
    for theme in ["base", "zine", "portal"] {
        dressed(theme, "").built();
    }
}

#[test]
fn a_site_changes_its_look_without_a_style_sheet() {
    let site =
        dressed("zine", "brand = \"#00665e\"\nheadings = \"serif\"\ncorners = \"square\"\nheader = \"filled\"\n");
    let css = bundle(site.built(), "zine");
    let (brand, brand_by_night) = property(&css, "brand");
    assert_eq!((brand.as_str(), property(&css, "link").0.as_str()), ("#00665e", "#00665e"));
    // By night the same colour serves as a ground of white letters, and a lighter one as that of links.
    assert_eq!(brand_by_night, None);
    assert_eq!(property(&css, "link").1.as_deref(), Some("#66a39e"));
    assert_eq!(property(&css, "head").0, "var(--serif)");
    assert_eq!(property(&css, "r2").0, "0");
    // The style sheets say something else of these, and count for less.
    assert!(css.contains(":root[data-theme]{--head:var(--serif);--r1:0;"), "{css}");
    let two = dressed("portal", "brand = { light = \"#00665e\", dark = \"#0b4f48\" }\nlink = { dark = \"#7fe3d6\" }\n");
    let css = bundle(two.built(), "portal");
    assert_eq!(property(&css, "brand"), ("#00665e".to_owned(), Some("#0b4f48".to_owned())));
    assert_eq!(property(&css, "link"), ("#00665e".to_owned(), Some("#7fe3d6".to_owned())));
}

#[test]
fn colours_that_cannot_be_read_are_told_with_the_nearest_that_can() {
    let site = dressed("zine", "accent = \"#ff9a3c\"\nlink = { dark = \"#3355aa\" }\n");
    let told = |speech: &str| {
        let run = site.run(&["check", "--lang", speech]);
        // Without the lines about progress and the count of pages.
        let is_told = |line: &&str| !line.ends_with('…') && !line.starts_with("pages") && !line.starts_with("ページ");
        let lines = run.stderr.lines().filter(is_told);
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        assert_snapshot!("faint_colours_ja", told("ja"));
        assert_snapshot!("faint_colours_en", told("en"));
    });
}

#[test]
fn what_a_look_does_not_know_is_told_with_the_nearest_name() {
    let site = dressed("zine", "brnad = \"#00665e\"\naccent = \"teal\"\ncorners = \"sqare\"\n");
    let run = site.build();
    assert_eq!(run.finding("bad-colour").found(), "teal");
    let unknown: Vec<_> = run.findings().into_iter().filter(|finding| finding.code() == "unknown-look").collect();
    assert_eq!(unknown.len(), 2, "{run}");
    assert!(run.stdout.contains("brand") && run.stdout.contains("square"), "{run}");
}

#[test]
fn a_theme_of_ones_own_is_held_to_the_rules_too() {
    let theme = "-- themes/minato/theme.toml --\nname = \"minato\"\nextends = \"portal\"\n\
                 [tokens.light]\nlink = \"#6cb2e8\"\n[[contrast]]\nleast = 7\nof = [\"text\"]\non = [\"sumi\"]\n";
    let site = dressed("minato", "");
    let run = site.edit(theme).build();
    assert_eq!(run.finding("contrast").line(), "link = \"#6cb2e8\"");
    assert_eq!(run.finding("unknown-token").found(), "sumi");
}

#[test]
fn no_style_sheet_changes_a_colour_of_a_theme() {
    let tokens: Vec<String> = ["base", "zine"]
        .iter()
        .flat_map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name).join("theme.toml");
            let manifest: toml::Table = std::fs::read_to_string(path).expect("theme.toml").parse().expect("TOML");
            manifest["tokens"]["light"].as_table().expect("colours").keys().cloned().collect::<Vec<_>>()
        })
        .collect();
    assert!(tokens.len() > 40, "{tokens:?}");
    for name in ["base", "zine", "portal"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name).join("static");
        let files = std::fs::read_dir(folder).expect("static files").map(|entry| entry.expect("a file").path());
        for path in files.filter(|path| path.extension().is_some_and(|end| end == "css")) {
            let css = std::fs::read_to_string(&path).expect("a style sheet");
            for rule in css.split('}').filter(|rule| rule.contains(":root") || rule.contains("[data-theme")) {
                let set = tokens
                    .iter()
                    .find(|token| rule.contains(&format!("{{--{token}:")) || rule.contains(&format!(";--{token}:")));
                assert_eq!(set, None, "{}", path.display());
            }
        }
    }
}
