//! Findings about the look of a site: its colours and what it chooses among.

use super::{Diagnostic, Span, say};

/// A colour that can't be told from its ground.
#[derive(Debug, Clone)]
pub struct Faint {
    /// Where the one to blame is written.
    pub span: Span,
    /// The theme.
    pub theme: String,
    /// `light`, `dark`.
    pub scheme: &'static str,
    /// The name and the value of what is drawn.
    pub upper: (String, String),
    /// The name and the value of its ground.
    pub lower: (String, String),
    /// The ratio of their luminances.
    pub ratio: f64,
    /// The ratio that is needed.
    pub least: f64,
    /// The name and the value of the nearest colour that is told from all that it must be told from.
    pub better: Option<(String, String)>,
}

/// Two colours that are too near to each other.
pub fn faint(it: Faint) -> Diagnostic {
    let (upper, lower) = (format!("{} {}", it.upper.0, it.upper.1), format!("{} {}", it.lower.0, it.lower.1));
    // Rounded down: 4.499 is not enough, and must not look as if it were.
    let ratio = (it.ratio * 100.0).floor() / 100.0;
    let message = say(
        format!("テーマ {} の{}で、{upper} と地の {lower} の差が足りません", it.theme, scheme_ja(it.scheme)),
        format!("in the theme {}, {}, {upper} is hard to tell from {lower} below it", it.theme, scheme_en(it.scheme)),
    );
    let help = match &it.better {
        Some((name, colour)) => {
            say(format!("{name} を {colour} にすれば足ります"), format!("{name} = \"{colour}\" is enough"))
        }
        None => say(
            "どの明るさにしても足りません。相手の色も変えてください",
            "no shade of it is enough: change the other colour too",
        ),
    };
    Diagnostic::warning("contrast", message)
        .at(it.span)
        .found(format!("{ratio:.2} : 1"))
        .expected(say(format!("{} : 1 以上", it.least), format!("{} : 1 or more", it.least)))
        .help(help)
}

fn scheme_ja(scheme: &str) -> &'static str {
    if scheme == "dark" { "暗い画面" } else { "明るい画面" }
}

fn scheme_en(scheme: &str) -> &'static str {
    if scheme == "dark" { "on dark screens" } else { "on light screens" }
}

/// A colour that is not written as one.
pub fn no_colour(span: Span, text: &str) -> Diagnostic {
    let message = say(format!("色として読めません: {text}"), format!("{text} is no colour"));
    Diagnostic::error("bad-colour", message)
        .at(span)
        .found(text)
        .expected(say("# と六桁の十六進数（例: \"#00665e\"）", "# and six hexadecimal digits, such as \"#00665e\""))
}

/// Something in `[look]` that no theme of the site lets it change.
pub fn unknown_knob<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("look に、テーマの知らない項目があります: {name}"),
        format!("look names {name}, which the theme does not know"),
    );
    Diagnostic::error("unknown-look", message).at(span).found(name).suggest(name, known)
}

/// A word in `[look]` that is none of those to choose among.
pub fn unknown_choice<'a>(
    span: Span,
    name: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let list = known.clone().into_iter().collect::<Vec<_>>().join(", ");
    let message = say(format!("look の {name} に選べないことばです: {word}"), format!("{name} can't be {word}"));
    Diagnostic::error("unknown-look", message)
        .at(span)
        .found(word)
        .expected(say(format!("{list} のどれか"), format!("one of {list}")))
        .suggest(word, known)
}

/// A name in `theme.toml` that is none of its colours.
pub fn unknown_token<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message =
        say(format!("tokens にない色の名です: {name}"), format!("{name} is not among the tokens of the theme"));
    Diagnostic::error("unknown-token", message).at(span).found(name).suggest(name, known)
}
