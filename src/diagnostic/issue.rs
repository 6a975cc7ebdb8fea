//! Findings about issues of a zine and what is made of them for paper.

use super::{Diagnostic, Span, say};

/// An article of an issue, or the issue of a title page, that does not exist.
pub fn unknown_page<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("そのページはありません: {found}"), format!("there is no page {found}"));
    Diagnostic::error("unknown-page-of-issue", message).at(span).found(found).suggest(found, known).help(say(
        "content/ から見た道筋（例: features/2023-summer-study/index.md）で書いてください",
        "write the path below content/, such as features/2023-summer-study/index.md",
    ))
}

/// An article that an issue names twice.
pub fn page_twice(span: Span, found: &str) -> Diagnostic {
    let message = say(format!("同じ記事を二度載せています: {found}"), format!("the issue holds {found} twice"));
    Diagnostic::error("page-twice-in-issue", message)
        .at(span)
        .found(found)
        .help(say("どちらかの行を消してください", "delete one of the two lines"))
}

/// A page in an issue that is none of its articles: a section, or the page of something in the data.
pub fn not_an_article(span: Span, found: &str) -> Diagnostic {
    let message = say(
        format!("号に載せられるのは記事だけです: {found}"),
        format!("only articles can stand in an issue: {found}"),
    );
    Diagnostic::error("no-article-in-issue", message)
        .at(span)
        .found(found)
        .expected(say("_index.md でない、記事のページ", "the page of an article, not an _index.md"))
}

/// An issue without a single article.
pub fn empty(span: Span) -> Diagnostic {
    Diagnostic::warning("empty-issue", say("この号には記事がありません", "this issue has no article")).at(span).help(
        say(
            "issue の pages に記事の道筋を並べるか、この節のフォルダに記事を置いてください",
            "list the paths of articles under pages of issue, or put articles into the folder of this section",
        ),
    )
}

/// A page that the title page is to show as an issue, and that is none.
pub fn not_an_issue<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("このページは号ではありません: {found}"), format!("this page is no issue: {found}"));
    Diagnostic::error("no-issue", message).at(span).found(found).suggest(found, known).help(say(
        "号にするには、そのページの先頭に `issue: {number: 1}` を書きます",
        "a section becomes an issue by `issue: {number: 1}` in its front matter",
    ))
}

/// More panels than a sheet has.
pub fn too_many_panels(span: Span, found: usize) -> Diagnostic {
    let message = say("折り本は八面です", "a folded sheet has eight panels");
    Diagnostic::error("too-many-panels", message)
        .at(span)
        .found(found.to_string())
        .help(say("八つまでに減らしてください", "leave no more than eight"))
}

/// A panel that says both what to show and what to write, or nothing.
pub fn unclear_panel(span: Span) -> Diagnostic {
    let message = say("この面に何を置くのかが決まりません", "it is not clear what this panel shows");
    Diagnostic::error("unclear-panel", message).at(span).expected(say(
        "`show`、`page`、`text` のどれか一つ（`page` と `text` は一緒に書ける）",
        "one of `show`, `page` and `text` (`page` and `text` may go together)",
    ))
}

/// A text that a panel of a folded sheet can't hold.
pub fn panel_too_long(span: Span, length: usize, most: usize) -> Diagnostic {
    let message = say(
        format!("この面には長すぎます（{length} 字。{most} 字まで）"),
        format!("too long for this panel ({length} characters; {most} at most)"),
    );
    Diagnostic::error("panel-too-long", message).at(span).help(say(
        "短くするか、`page` で記事を紹介し、`text` に短い文を書いてください",
        "shorten it; where a `page` is announced, give a shorter `text` of its own",
    ))
}
