//! LaTeX to MathML that a strict Content-Security-Policy accepts: known elements, known attributes, no styles.

use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::japanese::is_japanese;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// The longest formula. Beyond it, it is no formula.
const LONGEST: usize = 8_000;
/// How deep groups and commands may hold one another: the converter calls itself for each.
const DEEPEST: usize = 64;

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathError {
    /// Which bytes of it.
    pub range: Range<usize>,
    /// Why, in English.
    pub cause: String,
}

/// A formula as MathML; `display` where it stands on a line of its own.
pub fn convert(latex: &str, display: bool) -> Result<String, MathError> {
    static CONVERTER: LazyLock<LatexToMathML> =
        LazyLock::new(|| LatexToMathML::new(MathCoreConfig::default()).unwrap_or_default());
    let refuse = |cause: &str| MathError { range: 0..latex.len(), cause: cause.to_owned() };
    if latex.len() > LONGEST || nesting(latex) > DEEPEST {
        return Err(refuse("too long or too deeply nested"));
    }
    let style = if display { MathDisplay::Block } else { MathDisplay::Inline };
    match CONVERTER.convert_with_local_state(latex, style) {
        Ok(converted) => restrict(&converted.mathml).ok_or_else(|| refuse("it holds HTML")),
        Err(error) => {
            let (start, end) = (latex.floor_char_boundary(error.0.start), latex.ceil_char_boundary(error.0.end));
            Err(MathError { range: start..end.max(start), cause: error.error_message() })
        }
    }
}

/// How deep a formula is nested at most: open groups, environments and fences, and commands that take the next one.
fn nesting(latex: &str) -> usize {
    let bytes = latex.as_bytes();
    let (mut open, mut chain, mut deepest, mut position) = (0usize, 0usize, 0usize, 0);
    while let Some(byte) = bytes.get(position) {
        position += 1;
        match byte {
            b'{' | b'[' => (open, chain) = (open + 1 + chain, 0),
            b'}' | b']' => (open, chain) = (open.saturating_sub(1), 0),
            b'^' | b'_' => chain += 1,
            b'\\' => {
                let word = &bytes[position..];
                let length = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().max(1);
                let name = word.get(..length).unwrap_or_default();
                position += length;
                match name {
                    b"left" | b"begin" => open += 1,
                    b"right" | b"end" => open = open.saturating_sub(1),
                    _ => chain += 1,
                }
            }
            b' ' | b'\n' => {}
            // What a chain of commands took ends it; those before an open group were counted into it.
            _ => chain = 0,
        }
        deepest = deepest.max(open + chain);
    }
    deepest
}

/// The first Japanese word that is not within `\text{…}`: each of its characters would be a variable of its own.
pub fn japanese_outside_of_text(latex: &str) -> Option<Range<usize>> {
    let mut position = 0;
    while let Some(found) = latex[position..].find(is_japanese) {
        let start = position + found;
        let text = latex[position..start].rfind("\\text").map(|command| position + command);
        let opened = text.filter(|command| {
            let between = &latex[*command..start];
            between.matches('{').count() > between.matches('}').count()
        });
        match opened {
            Some(_) => position = latex[start..].find('}').map_or(latex.len(), |end| start + end + 1),
            None => {
                let end = latex[start..].find(|c| !is_japanese(c)).map_or(latex.len(), |end| start + end);
                return Some(start..end);
            }
        }
    }
    None
}

/// The elements of MathML Core, and those of HTML within its texts.
const ELEMENTS: [&str; 33] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "msub",
    "msup",
    "msubsup",
    "mover",
    "munder",
    "munderover",
    "msqrt",
    "mroot",
    "mfrac",
    "mpadded",
    "mphantom",
    "mtable",
    "mtr",
    "mtd",
    "menclose",
    "mmultiscripts",
    "mprescripts",
    "merror",
    "b",
    "i",
    "em",
    "code",
    "s",
    "u",
    "span",
    "a",
];
const ATTRIBUTES: [&str; 23] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "movablelimits",
    "form",
    "symmetric",
    "largeop",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "width",
    "height",
    "depth",
    "accent",
    "accentunder",
    "linethickness",
    "notation",
    "class",
    "mathcolor",
    "id",
];

/// The declarations that the converter writes, as classes.
const CLASSES: [(&str, &str); 24] = [
    ("text-align: left", "m-left"),
    ("text-align: right", "m-right"),
    ("padding-left: 0", "m-pl0"),
    ("padding-right: 0", "m-pr0"),
    ("padding-left:1em", "m-pl1"),
    ("padding-left:0.1667em", "m-pl3"),
    ("padding-left:0.2222em", "m-pl4"),
    ("padding-left:0.2778em", "m-pl5"),
    ("padding-right:0.1667em", "m-pr3"),
    ("padding-right:0.2222em", "m-pr4"),
    ("padding-right:0.2778em", "m-pr5"),
    ("padding-top: 0", "m-py0"),
    ("padding-top: 0.1667em", "m-cfrac"),
    ("padding-left: 0.1em", "m-line"),
    ("border-left: 0.05em solid currentcolor", "m-bl"),
    ("border-left: 0.05em dashed currentcolor", "m-bl m-dash"),
    ("border-right: 0.05em solid currentcolor", "m-br"),
    ("border-right: 0.05em dashed currentcolor", "m-br m-dash"),
    ("border-top: 0.05em solid currentcolor", "m-bt"),
    ("border-top: 0.05em dashed currentcolor", "m-bt m-dash"),
    ("width: 100%", "m-full"),
    ("width: 50%", "m-half"),
    ("width: 7.5%", "m-narrow"),
    ("font-variant-caps: small-caps", "m-caps"),
];

/// MathML with everything but known elements and attributes made into text, styles into classes.
///
/// The converter passes `\operatorname{<script>}` on as it is. `None` where what is left is not balanced.
fn restrict(mathml: &str) -> Option<String> {
    let mut safe = String::with_capacity(mathml.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some(start) = rest.find('<') {
        safe.push_str(&rest[..start]);
        rest = &rest[start..];
        match tag(rest) {
            Some(tag) => {
                if tag.closes {
                    (open.pop() == Some(tag.name)).then_some(())?;
                } else if !tag.is_empty {
                    open.push(tag.name);
                }
                write_tag(&mut safe, &tag);
                rest = &rest[tag.length..];
            }
            None => {
                safe.push_str("&lt;");
                rest = &rest[1..];
            }
        }
    }
    safe.push_str(rest);
    open.is_empty().then_some(safe)
}

struct Tag<'m> {
    name: &'m str,
    closes: bool,
    is_empty: bool,
    attributes: Vec<(&'m str, &'m str)>,
    length: usize,
}

/// A tag at the beginning of `text`, if the converter could have written it.
fn tag(text: &str) -> Option<Tag<'_>> {
    let mut rest = text.strip_prefix('<')?;
    let closes = rest.starts_with('/');
    rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = &rest[..rest.find(|c: char| !c.is_ascii_lowercase())?];
    if !ELEMENTS.contains(&name) {
        return None;
    }
    rest = &rest[name.len()..];
    let mut attributes = Vec::new();
    while let Some(inner) = rest.strip_prefix(' ').filter(|inner| !inner.starts_with(['/', '>'])) {
        let (attribute, value) = inner.split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        let is_anchor = name == "a" && attribute == "href" && value.starts_with('#');
        if !ATTRIBUTES.contains(&attribute) && attribute != "style" && !is_anchor || value.contains(['<', '>']) {
            return None;
        }
        attributes.push((attribute, value));
        rest = after;
    }
    let is_empty = rest.starts_with('/');
    let after = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    if closes && (is_empty || !attributes.is_empty()) {
        return None;
    }
    Some(Tag { name, closes, is_empty, attributes, length: text.len() - after.len() })
}

fn write_tag(safe: &mut String, tag: &Tag<'_>) {
    safe.push_str(if tag.closes { "</" } else { "<" });
    safe.push_str(tag.name);
    let mut classes = Vec::new();
    for (name, value) in &tag.attributes {
        match *name {
            "class" => classes.push((*value).to_owned()),
            "style" => classes.extend(value.split(';').filter_map(|declaration| restyle(safe, declaration.trim()))),
            _ => _ = write!(safe, " {name}=\"{value}\""),
        }
    }
    if !classes.is_empty() {
        _ = write!(safe, " class=\"{}\"", classes.join(" "));
    }
    safe.push_str(if tag.is_empty { "/>" } else { ">" });
}

/// A style as a class; colours and negative spaces as attributes, written at once. Unknown ones are dropped.
fn restyle(safe: &mut String, declaration: &str) -> Option<String> {
    if let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == declaration) {
        return Some((*class).to_owned());
    }
    let (property, value) = declaration.split_once(':')?;
    match property {
        "color" => _ = write!(safe, " mathcolor=\"{value}\""),
        "margin-left" => _ = write!(safe, " width=\"{value}\""),
        "font-size" => return Some(format!("m-size{}", value.trim_end_matches('%'))),
        _ => {}
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(latex: &str, expected: &str) {
        assert_eq!(convert(latex, false).as_deref(), Ok(expected), "{latex}");
    }

    #[test]
    fn formulas_become_mathml() {
        check("p < 0.05", "<math><mi>p</mi><mo>&lt;</mo><mn>0.05</mn></math>");
        check(r"\text{医師数}", "<math><mtext>医師数</mtext></math>");
        let block = convert(r"\frac{a}{b}", true);
        assert_eq!(block.as_deref(), Ok("<math display=\"block\"><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"));
    }

    #[test]
    fn no_style_and_no_foreign_element_survives() {
        let cases = [
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            r"\begin{cases} a & b \\ c & d \end{cases}",
            r"\begin{array}{|l|r|} \hline a & b \\ \hline c & d \end{array}",
            r"\begin{align} a &= b \end{align}",
            r"a \! b \, c \cfrac{1}{2} {\color{red} x} \text{\large a}",
            r"\operatorname{<script>alert(1)</script>}",
            r"\operatorname{<imgsrc=xonerror=alert(1)>}",
            r"\operatorname{<mi/onclick=alert(1)>}",
            r"\operatorname{<b>}",
            r"\operatorname{</math>}",
            r"\text{<b onclick=x>}",
        ];
        for latex in cases {
            let Ok(mathml) = convert(latex, true) else { continue };
            assert!(!mathml.contains(" style="), "{mathml}");
            assert!(!mathml.contains("<script") && !mathml.contains("<img") && !mathml.contains("<mi/"), "{mathml}");
        }
        assert!(convert(cases[0], true).is_ok_and(|mathml| mathml.contains("class=\"m-right m-pr0\"")));
        assert!(convert(cases[8], true).is_err() && convert(cases[9], true).is_err());
    }

    #[test]
    fn errors_know_their_place() {
        let error = convert(r"a + \unknowncmd", false).unwrap_err();
        assert_eq!((error.range, error.cause.as_str()), (4..15, "Unknown command \"\\unknowncmd\"."));
    }

    #[test]
    fn words_belong_into_text() {
        let check = |latex: &str, word: Option<&str>| {
            assert_eq!(japanese_outside_of_text(latex).map(|range| &latex[range]), word, "{latex}");
        };
        check(r"\frac{\text{医師数}}{\text{人口（人）}} x", None);
        check(r"x_{医師} + 1", Some("医師"));
        check(r"\text{a} 人", Some("人"));
        check("x", None);
    }

    #[test]
    fn bombs_are_refused() {
        for bomb in [r"\sqrt", "{", r"\left(", "^", "_{", r"\frac", r"\begin{matrix}", r"\sqrt[", r"x^\sqrt{"] {
            for count in [40, 200, 100_000] {
                let _ = convert(&bomb.repeat(count), true);
            }
        }
    }
}
