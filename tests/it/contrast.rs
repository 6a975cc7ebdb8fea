//! The colours of every theme, by day and by night: texts and marks are told from their ground. The style sheet is what
//! readers see; what `theme.toml` says of it must be the same.

use std::collections::BTreeMap;
use std::path::Path;

/// Properties with their values.
type Tokens = BTreeMap<String, String>;

/// Which colours stand on which: texts need 4.5 to 1, marks 3 to 1.
const PAIRS: [(f64, &str, &str); 8] = [
    (4.5, "text text2 link accent alert", "bg surface tint soft"),
    (4.5, "text", "hl q1 q2 band-a band-b band-c"),
    (4.5, "on-brand", "brand"),
    // Labels in the colour of what they name.
    (4.5, "hi d1 d2", "bg surface"),
    // Numbers within bars, segments and shaded cells.
    (4.5, "on-d", "hi d1 d2 d6 q3 q4"),
    (3.0, "hi mute d1 d2 d3 d5 d6 line2", "bg surface"),
    (3.0, "hi text", "band-a band-b band-c"),
    // The outline of shaded areas tells them from the page where the shade does not.
    (3.0, "line2", "surface tint"),
];

fn theme(name: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name).join(file);
    std::fs::read_to_string(path).expect("a file of a theme")
}

fn manifest(name: &str) -> toml::Table {
    theme(name, "theme.toml").parse().expect("theme.toml")
}

/// The properties of every rule for `selector`, in the order of the text.
fn block(css: &str, selector: &str) -> Tokens {
    let mut tokens = Tokens::new();
    for rule in css.split('}') {
        let Some((before, block)) = rule.rsplit_once('{') else { continue };
        if before.rsplit(['{', '/', '\n']).next() != Some(selector) {
            continue;
        }
        let lines = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
        tokens.extend(lines.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    tokens
}

/// What holds in a theme: the rules for all themes and its own, by day, then those by night.
fn tokens(name: &str, dark: bool) -> Tokens {
    let css = theme("base", "static/tokens.css");
    let (day, night) = css.split_once("@media screen and (prefers-color-scheme:dark){").expect("two palettes");
    let own = format!("[data-theme={name}]");
    let mut tokens = Tokens::new();
    for part in if dark { vec![day, night] } else { vec![day] } {
        for selector in [":root,[data-theme]", &own] {
            tokens.extend(block(part, selector));
        }
    }
    tokens
}

/// A colour as six digits, with the properties that it goes by.
fn colour(tokens: &Tokens, name: &str) -> String {
    let value = tokens.get(name).unwrap_or_else(|| panic!("no --{name}"));
    match value.strip_prefix("var(--") {
        Some(other) => colour(tokens, other.trim_end_matches(')')),
        None => six(value),
    }
}

fn six(value: &str) -> String {
    let digits = value.strip_prefix('#').unwrap_or_else(|| panic!("no colour: {value}"));
    match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => digits.to_owned(),
    }
}

/// The luminance of WCAG 2, from its table of 256 steps worked out with a power of 2.4.
fn luminance(digits: &str) -> f64 {
    let part = |at: usize| {
        let share = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("digits")) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { power((share + 0.055) / 1.055) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

/// To the power of 2.4, which is the fifth root of the twelfth power: by Newton's method, alike on every machine.
fn power(base: f64) -> f64 {
    let twelfth = (0..12).fold(1.0, |product, _| product * base);
    (0..200).fold(1.0, |root: f64, _| root - (root - twelfth / (root * root * root * root)) / 5.0)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_reckoned_as_wcag_does() {
    assert!((contrast("000000", "ffffff") - 21.0).abs() < 1e-6);
    assert!((contrast("767676", "ffffff") - 4.54).abs() < 0.005);
    assert!((contrast("0055ad", "ffffff") - contrast("ffffff", "0055ad")).abs() < 1e-12);
}

#[test]
fn marks_and_texts_of_every_theme_stand_out_by_day_and_by_night() {
    let mut faint = Vec::new();
    for name in ["base", "zine", "portal"] {
        for dark in [false, true] {
            let tokens = tokens(name, dark);
            for (least, upper, lower) in PAIRS {
                for (upper, lower) in upper.split(' ').flat_map(|upper| lower.split(' ').map(move |it| (upper, it))) {
                    let found = contrast(&colour(&tokens, upper), &colour(&tokens, lower));
                    if found < least {
                        faint.push(format!("{name}, dark {dark}: {upper} on {lower} {found:.2}, wanted {least}"));
                    }
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn what_a_manifest_says_of_colours_is_what_the_style_sheet_says() {
    let mut compared = 0;
    for name in ["base", "zine", "portal"] {
        let manifest = manifest(name);
        for (scheme, dark) in [("light", false), ("dark", true)] {
            let told = manifest.get("tokens").and_then(|tokens| tokens.get(scheme)).and_then(toml::Value::as_table);
            let tokens = tokens(name, dark);
            for (token, value) in told.into_iter().flatten() {
                let value = value.as_str().expect("a colour");
                assert_eq!(six(value), colour(&tokens, token), "{name}, {scheme}: {token}");
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn no_style_sheet_but_that_of_tokens_changes_a_colour_of_a_theme() {
    for name in ["base", "zine", "portal"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name).join("static");
        let files = std::fs::read_dir(folder).expect("static files").map(|entry| entry.expect("a file").path());
        for path in
            files.filter(|path| path.extension().is_some_and(|end| end == "css") && !path.ends_with("tokens.css"))
        {
            let css = std::fs::read_to_string(&path).expect("a style sheet");
            for selector in [":root", "[data-theme]", &format!("[data-theme={name}]")] {
                assert_eq!(block(&css, selector), Tokens::new(), "{}: {selector}", path.display());
            }
        }
    }
}
