//! Findings about `site.toml`.

use super::{Diagnostic, Span, say};

/// A base address that is none.
pub fn bad_base_url(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-base-url", say("サイトの住所として使えません", "this can't be the address of a site"))
        .at(span)
        .found(found)
        .expected(say(
            "https:// で始まる住所（例: https://office.github.io/zine/）",
            "an address such as https://office.github.io/zine/",
        ))
}

/// A tag that names no language.
pub fn bad_language(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-language",
        say(format!("言語の印として読めません: {found}"), format!("not a language tag: {found}")),
    )
    .at(span)
    .found(found)
    .expected(say("ja、en、ja-easy のような小文字の印", "a lower-case tag such as ja, en or ja-easy"))
}

/// No language at all, or one of them twice.
pub fn bad_languages(span: Span) -> Diagnostic {
    Diagnostic::error(
        "bad-languages",
        say("languages には違う言語を一つ以上書きます", "languages needs one or more different languages"),
    )
    .at(span)
    .help(say("例: `languages = [\"ja\", \"en\"]`", "for example `languages = [\"ja\", \"en\"]`"))
}

/// A site without a single page: most likely the wrong folder, and publishing it would empty the site that is there.
pub fn no_pages(span: Span) -> Diagnostic {
    Diagnostic::error("no-pages", say("このサイトにはページが一つもありません", "this site has no page at all"))
        .at(span)
        .expected(say("content/ の中に、少なくとも _index.md", "at least a file _index.md in content/"))
        .help(say(
            "フォルダの場所（--root）と、content/ の名前を確かめてください",
            "check that this is the right folder (--root) and that content/ has not been renamed",
        ))
}

/// A number of pages that lists nothing.
pub fn zero(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "out-of-range",
        say(format!("{name} は 1 以上にしてください"), format!("{name} must be 1 or more")),
    )
    .at(span)
    .found("0")
}

/// A width or a quality of pictures that there can't be.
pub fn bad_picture_rule(span: Span, found: &str, example: &str) -> Diagnostic {
    let message = say("画像についての設定が読めません", "this setting for pictures can't be used");
    Diagnostic::error("out-of-range", message).at(span).found(found).expected(say(
        format!("例: {example}。幅は 16 から 8000、画質は 1 から 100"),
        format!("such as {example}; widths from 16 to 8000, quality from 1 to 100"),
    ))
}

/// A line of a menu that leads nowhere.
pub fn menu_without_target(span: Span) -> Diagnostic {
    Diagnostic::error("menu-without-target", say("メニューの行き先がありません", "this menu entry leads nowhere"))
        .at(span)
        .expected(say(
            "`page = \"…/_index.md\"` か `url = \"https://…\"`",
            "`page = \"…/_index.md\"` or `url = \"https://…\"`",
        ))
}

/// An entry with a page that does not exist.
pub fn menu_page_missing<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "dead-link",
        say(format!("メニューの行き先がありません: {found}"), format!("there is no page {found}")),
    )
    .at(span)
    .found(found)
    .suggest(found, known)
    .help(say(
        "content/ から見た道筋（例: features/_index.md）で書いてください",
        "write the path below content/, such as features/_index.md",
    ))
}
