//! Style sheets without what only their authors need: readers on phones need not load it.
//!
//! Written here because no small crate leaves the CSS of today as it is: those at hand join `.a :not(.b)` within a nested
//! rule, take the spaces from sums in `clamp()`, or don't read `@container`. This changes no token: it takes out
//! comments, and white space where two tokens stay two without it.

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
