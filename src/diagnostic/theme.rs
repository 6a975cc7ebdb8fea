//! Findings about themes and templates.

use super::{Diagnostic, Span, say};

/// A theme that is neither built in nor in the site's folder.
pub fn unknown_theme<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-theme", say(format!("テーマがありません: {name}"), format!("there is no theme {name}")))
        .at(span)
        .found(name)
        .suggest(name, known)
        .help(say(
            format!("themes/{name}/theme.toml を作るか、備え付けの base、zine、portal から選んでください"),
            format!("create themes/{name}/theme.toml, or choose base, zine or portal, which are built in"),
        ))
}

/// A theme that extends itself, at once or by way of others.
pub fn theme_cycle(span: Span, chain: &[String]) -> Diagnostic {
    let name = chain.last().map_or("", String::as_str);
    let message =
        say(format!("テーマ {name} が自分自身を土台にしています"), format!("the theme {name} extends itself"));
    let chain = chain.join(" → ");
    Diagnostic::error("theme-cycle", message)
        .at(span)
        .found(chain)
        .help(say("extends に別のテーマ（例: base）を書いてください", "name another theme after extends, such as base"))
}

/// A style sheet or script that no theme of the chain has.
pub fn missing_static(span: Span, name: &str) -> Diagnostic {
    let message =
        say(format!("テーマのファイルがありません: static/{name}"), format!("the theme has no file static/{name}"));
    Diagnostic::error("missing-theme-file", message).at(span).found(name)
}

/// Style sheets for a kind of panel that Kairan does not know.
pub fn unknown_panel_styles<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("panel_styles にパネルの種類でない名があります: {name}"),
        format!("panel_styles names {name}, which is no kind of panel"),
    );
    Diagnostic::error("unknown-panel-styles", message).at(span).found(name).suggest(name, known).help(say(
        "種類の名か、すべての種類なら all と書いてください",
        "write the name of a kind, or all for every kind",
    ))
}

/// Style sheets for a template that is not there.
pub fn unknown_template_styles<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("template_styles にテンプレートでない名があります: {name}"),
        format!("template_styles names {name}, which is no template"),
    );
    Diagnostic::error("unknown-template-styles", message).at(span).found(name).suggest(name, known).help(say(
        "templates フォルダーにあるファイルの名を、.html を付けずに書いてください",
        "write the name of a file in the folder templates, without .html",
    ))
}

/// A template that a page asks for and no theme of the chain has.
pub fn missing_template<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("テンプレートがありません: {name}.html"), format!("there is no template {name}.html"));
    Diagnostic::error("missing-template", message).at(span).found(name).suggest(name, known)
}

/// A template that can't be read or filled in, in the words of the template engine.
pub fn template(span: Option<Span>, cause: &str) -> Diagnostic {
    let message = say(format!("テンプレートの誤り（{cause}）"), format!("error in a template ({cause})"));
    let finding = Diagnostic::error("template", message).help(say(
        "使える名前は `kairan inspect ページ` で見られます",
        "`kairan inspect PAGE` shows the names that a template can use",
    ));
    match span {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// A list that a theme asks for and Kairan does not know.
pub fn unknown_need<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("Kairan が用意できない一覧です: {name}"), format!("Kairan has no list called {name}"));
    Diagnostic::error("unknown-list", message).at(span).found(name).suggest(name, known)
}
