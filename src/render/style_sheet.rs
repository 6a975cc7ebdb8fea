//! Style sheets without what only their authors need: readers on phones need not load it.
//!
//! Written here because no small crate leaves the CSS of today as it is: those at hand join `.a :not(.b)` within a nested
//! rule, take the spaces from sums in `clamp()`, or don't read `@container`. This changes no token: it takes out
//! comments, and white space where two tokens stay two without it.

use std::collections::BTreeSet;

/// Before and after these, white space means nothing.
const ALONE: &str = "{};,<>=~";

/// The style sheet without its comments and needless white space.
pub fn minified(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        let length = piece(rest);
        let (piece, after) = rest.split_at(length);
        rest = after;
        if next.is_ascii_whitespace() {
            space = true;
        } else if piece.starts_with("/*") {
            // What stood apart stays apart: `a/**/b` is neither `ab` nor `a b`.
            let joins = !space && !kept.ends_with(['{', '}', ';']) && rest.starts_with(|c: char| c.is_alphanumeric());
            kept.push_str(if joins { "/**/" } else { "" });
        } else {
            if next == '}' && kept.ends_with(';') {
                kept.pop();
            }
            if space && is_needed(kept.chars().next_back(), next) {
                kept.push(' ');
            }
            kept.push_str(piece);
            space = false;
        }
    }
    kept
}

/// The rules of a minified style sheet that drawings need in files of their own: those of marks and colours of series, and
/// the custom properties that they and `further` name. Rules for dark screens and the like stand within `@media`, and
/// so they are left behind, as are the colours of other themes than `theme`.
pub fn of_drawings(css: &str, further: &str, theme: &str) -> String {
    let rules = rules(css);
    let of_marks = |prelude: &str| {
        prelude.split(',').any(|selector| {
            let name = selector.strip_prefix('.').unwrap_or_default();
            let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            name == "pa" || (name.len() == 2 && name.starts_with('k'))
        })
    };
    // What paints within a class of its own, such as that of a family of kinds, is of no effect elsewhere.
    let paints = |block: &str| ["fill:", "stroke:", "--k:"].iter().any(|property| block.contains(property));
    let marks: String = rules
        .iter()
        .filter(|(prelude, block)| of_marks(prelude) || (prelude.starts_with('.') && paints(block)))
        .map(|(prelude, block)| format!("{prelude}{{{block}}}"))
        .collect();
    let own = format!("[data-theme={theme}]");
    let is_own = |prelude: &str| prelude == own || !prelude.contains("[data-theme=");
    let tokens: Vec<(&str, Vec<&str>)> = rules
        .iter()
        .filter(|(prelude, _)| (prelude.starts_with(":root") || prelude.starts_with("[data-theme")) && is_own(prelude))
        .map(|(prelude, block)| (*prelude, block.split(';').filter(|line| line.starts_with("--")).collect()))
        .collect();
    // What a property names is needed too.
    let mut named = names(&format!("{marks}{further}"));
    let mut before = 0;
    while before < named.len() {
        before = named.len();
        let more: Vec<String> = tokens
            .iter()
            .flat_map(|(_, lines)| lines)
            .filter(|line| is_named(line, &named))
            .flat_map(|line| names(line))
            .collect();
        named.extend(more);
    }
    let tokens = tokens.iter().filter_map(|(prelude, lines)| {
        let kept: Vec<&str> = lines.iter().copied().filter(|line| is_named(line, &named)).collect();
        (!kept.is_empty()).then(|| format!("{prelude}{{{}}}", kept.join(";")))
    });
    tokens.collect::<String>() + &marks
}

/// A text as CSS writes it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// The custom properties that a text asks for.
fn names(css: &str) -> BTreeSet<String> {
    let asked = css.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next());
    asked.map(|name| name.trim().to_owned()).collect()
}

fn is_named(line: &str, names: &BTreeSet<String>) -> bool {
    line.split(':').next().is_some_and(|name| names.contains(name.trim()))
}

/// The rules at the top of a style sheet: what stands before the braces, and between them.
fn rules(css: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let (mut at, mut start, mut depth, mut open) = (0, 0, 0_usize, 0);
    while at < css.len() {
        let length = piece(&css[at..]).max(1);
        match &css[at..at + length] {
            "{" => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && open >= start {
                    rules.push((&css[start..open], css.get(open + 1..at).unwrap_or_default()));
                    start = at + 1;
                }
            }
            ";" if depth == 0 => start = at + 1,
            _ => {}
        }
        at += length;
    }
    rules
}

/// How long the piece is with which `css` begins: a comment, a string, an address, an escape or a character.
fn piece(css: &str) -> usize {
    let first = css.chars().next().map_or(0, char::len_utf8);
    let quoted = |quote: char, inner: &str| {
        let mut escaped = false;
        let end = inner.find(|c: char| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        end.map_or(css.len(), |end| first + end + 1)
    };
    match css.as_bytes() {
        [b'/', b'*', ..] => css[2..].find("*/").map_or(css.len(), |end| end + 4),
        [quote @ (b'"' | b'\''), ..] => quoted(char::from(*quote), &css[1..]),
        [b'u', b'r', b'l', b'(', ..] => {
            let inner = css[4..].trim_start();
            match inner.starts_with(['"', '\'']) {
                true => 4,
                false => css.find(')').map_or(css.len(), |end| end + 1),
            }
        }
        [b'\\', ..] => first + css[1..].chars().next().map_or(0, char::len_utf8),
        _ => first,
    }
}

/// Whether white space tells something between these two characters.
fn is_needed(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    match (before, after) {
        // A property of one's own that is empty on purpose.
        (':', ';' | '}') => true,
        (':' | '(' | '[', _) | (_, ')' | ']' | '!') => false,
        (before, after) => !ALONE.contains(before) && !ALONE.contains(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_needless_space_leave_and_strings_stay() {
        let cases = [
            ("a{/* x */b:1}/* \"y */c{}", "a{b:1}c{}"),
            ("a::before{content:\"/* 注 */  \\\" y\"}", "a::before{content:\"/* 注 */  \\\" y\"}"),
            ("a{} /* open", "a{}"),
            ("a , b > c ~ d {\n  color : red ;\n  margin: 0 1em ;\n}\n", "a,b>c~d{color :red;margin:0 1em}"),
            ("a/**/b{}", "a/**/b{}"),
            (
                "a{b:url( \"x  y\" ) no-repeat;c:url(data:a;b  c) 0}",
                "a{b:url(\"x  y\") no-repeat;c:url(data:a;b  c) 0}",
            ),
            (".a\\{b  c{}", ".a\\{b c{}"),
        ];
        for (css, expected) in cases {
            assert_eq!(minified(css), expected);
        }
    }

    #[test]
    fn drawings_take_their_marks_and_the_colours_that_these_name() {
        let css = minified(
            ":root,[data-theme]{color-scheme:light dark;--hi:var(--deep);--deep:#00f;--other:#111;--d1:red}
             [data-theme=zine]{--hi:#f00} [data-theme=other]{--hi:#0f0}
             @media (prefers-color-scheme:dark){:root{--hi:#fff}}
             .panel{color:var(--other)} .kpis{a:b}
             .k1{--k:var(--d1)} .kh{--k:var(--hi)}
             .pa{margin:1px;path{stroke:var(--k)}.kh{a:b}} @container (width<3em){.pa .w{display:none}}",
        );
        assert_eq!(
            of_drawings(&css, "x{y:var(--text)}", "zine"),
            ":root,[data-theme]{--hi:var(--deep);--deep:#00f;--d1:red}[data-theme=zine]{--hi:#f00}\
             .k1{--k:var(--d1)}.kh{--k:var(--hi)}.pa{margin:1px;path{stroke:var(--k)}.kh{a:b}}"
        );
    }

    #[test]
    fn the_css_of_today_keeps_its_meaning() {
        for css in [
            "a :is(b,c)>d~e + f{margin:calc(1em + (2px - 1em) * 2) -1px}",
            ".x{.y &{a:b}& + &{a:b}.w :not(.p){a:b}.w:not(.p){a:b}&:hover{a:b}}",
            ":root{--a:clamp(1rem,.9rem + 2vw,3rem);--e: ;--f:light-dark(#fff,#000)}",
            "@container (width<17rem) and (height>=2em){a{b:c}}",
            "@media (width<=40rem) and (forced-colors:active){a{b:c!important}}",
            "@media (20em<width<=40em){a{b:color-mix(in oklab,red 40%,transparent)}}",
            "li:nth-child(2n + 1) .k:has(>:nth-child(3):last-child){grid:1fr / auto}",
            "@page{size:A4;@bottom-center{content:counter(page) \" / \"}}",
            "a[href^=\"http\"] [lang|=ja i]{width:calc(100% - var(--x))}",
        ] {
            assert_eq!(minified(css), css);
        }
    }
}
