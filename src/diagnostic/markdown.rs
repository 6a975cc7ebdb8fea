//! Findings about the text of a page: links, pictures, notes, blocks, formulas, raw HTML.

use super::{Diagnostic, Message, Span, say};

/// A fence whose name is neither a language that can be coloured nor a block.
pub fn unknown_language<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("知らないブロックまたは言語です: {name}"), format!("unknown block or language: {name}"));
    Diagnostic::warning("unknown-language", message)
        .at(span)
        .suggest(name, known)
        .help(say("色を付けない文章なら `text` と書いてください", "write `text` for plain text without colours"))
}

/// Raw HTML that is not passed on. `what` is the tag or attribute.
pub fn removed_html(span: Span, what: &str) -> Diagnostic {
    Diagnostic::warning(
        "removed-html",
        say(format!("この HTML は出力されません: {what}"), format!("this HTML is left out: {what}")),
    )
    .at(span)
    .found(what)
    .help(say(
        "Markdown の書き方に直すか、どうしても要るときは site.toml に `raw_html = true` と書いてください",
        "write it in Markdown, or set `raw_html = true` in site.toml if it must be",
    ))
}

/// A raw HTML tag that is never closed where it was opened.
pub fn unclosed_html(span: Span, name: &str) -> Diagnostic {
    let message = say(format!("<{name}> が閉じられていません"), format!("<{name}> is not closed"));
    Diagnostic::warning("unclosed-html", message).at(span).help(say(
        format!("同じ段落か同じ入れ子の中に </{name}> を書いてください"),
        format!("write </{name}> in the same paragraph or at the same depth"),
    ))
}

/// A link that is neither to the web, nor to mail or telephone, nor within the site.
pub fn forbidden_scheme(span: Span, address: &str, scheme: &str) -> Diagnostic {
    let message = say(
        format!("この種類のリンクは使えません: {scheme}:"),
        format!("links of this kind are not allowed: {scheme}:"),
    );
    let finding = Diagnostic::error("forbidden-scheme", message).at(span).found(address).expected(say(
        "https:、mailto:、tel: またはサイト内のパス",
        "https:, mailto:, tel:, or a path within the site",
    ));
    if matches!(scheme, "fig" | "tbl" | "eq") {
        return finding.help(say(format!("`#{address}` と書いてください"), format!("write `#{address}`")));
    }
    finding.help(say("リンク先を確かめて書き直してください", "check the address and write it again"))
}

/// A link to nowhere.
pub fn empty_link(span: Span) -> Diagnostic {
    Diagnostic::warning("empty-link", say("リンク先がありません", "this link has no address"))
        .at(span)
        .help(say("( ) の中にリンク先を書いてください", "write the address between the parentheses"))
}

/// A picture that lies on another host.
pub fn external_image(span: Span, address: &str) -> Diagnostic {
    Diagnostic::error(
        "external-image",
        say("ほかのサイトの画像は表示されません", "pictures on other hosts are not shown"),
    )
    .at(span)
    .found(address)
    .expected(say("ページと同じフォルダにある画像", "a picture beside the page"))
    .help(say(
        "使ってよい画像なら、保存してページと同じフォルダに置いてください",
        "if you may use the picture, save it beside the page and name that file",
    ))
}

/// A picture without a text for readers who can't see it.
pub fn missing_alt(span: Span, source: &str) -> Diagnostic {
    Diagnostic::warning("missing-alt", say("画像の代わりになる文がありません", "this picture has no text alternative"))
        .at(span)
        .help(say(
            format!("`![何が写っているか]({source})` のように書いてください"),
            format!("write what it shows: `![a trainee examining a patient]({source})`"),
        ))
        .help(say(
            "飾りだけの画像なら `{.decorative}` を付けてください",
            "for mere decoration, add `{.decorative}` after it",
        ))
}

/// Ruby with several readings, but not one for each character.
pub fn ruby_count(span: Span, characters: usize, readings: usize) -> Diagnostic {
    let message = say(
        format!("ふりがなの数が文字数と合いません（文字 {characters}、ふりがな {readings}）"),
        format!("the readings don't match the characters ({characters} characters, {readings} readings)"),
    );
    Diagnostic::warning("ruby-count", message).at(span).help(say(
        "一文字ずつ `|` で区切るか、`|` を一つにして全体に振ってください",
        "separate one reading for each character, or give a single one for all",
    ))
}

/// A formula that can't be set.
pub fn math(span: Span, cause: &str) -> Diagnostic {
    let cause = cause.trim_end_matches('.');
    let message = say(format!("数式として読めません（{cause}）"), format!("this formula can't be read ({cause})"));
    Diagnostic::error("math-syntax", message).at(span).help(say(
        "命令の綴りと括弧の対応を確かめてください。金額の $ は `\\$` と書きます",
        "check the commands and that every brace is closed; write `\\$` for a dollar sign",
    ))
}

/// Japanese within a formula, outside of `\text`.
pub fn math_text(span: Span, word: &str) -> Diagnostic {
    let message =
        say("数式の中の日本語が一文字ずつの変数になります", "each of these characters is set as a variable of its own");
    Diagnostic::warning("math-text", message)
        .at(span)
        .found(word)
        .help(say(format!("`\\text{{{word}}}` と書いてください"), format!("write `\\text{{{word}}}`")))
}

/// A note that is referred to but not written.
pub fn undefined_footnote(span: Span, label: &str) -> Diagnostic {
    let message = say(format!("脚注がありません: [^{label}]"), format!("there is no footnote [^{label}]"));
    Diagnostic::warning("undefined-footnote", message)
        .at(span)
        .help(say(format!("`[^{label}]: 脚注の文` の行を足してください"), format!("add a line `[^{label}]: the note`")))
}

/// A note that nothing refers to, and that is not printed therefore.
pub fn unused_footnote(span: Span, label: &str) -> Diagnostic {
    let message = say(
        format!("どこからも参照されない脚注です: [^{label}]"),
        format!("nothing refers to the footnote [^{label}]"),
    );
    Diagnostic::warning("unused-footnote", message).at(span).help(say(
        format!("本文に `[^{label}]` を書くか、この脚注を消してください"),
        format!("write `[^{label}]` in the text, or delete the note"),
    ))
}

/// One anchor given to two things of a page.
pub fn duplicate_anchor(span: Span, first: Option<Span>, id: &str) -> Diagnostic {
    let message = say(format!("同じ名前が二度使われています: #{id}"), format!("this anchor is given twice: #{id}"));
    let finding = Diagnostic::error("duplicate-anchor", message)
        .at(span)
        .help(say("どちらかの名前を変えてください", "give one of the two another name"));
    match first {
        Some(first) => finding.related(first, say("一度目", "the first time")),
        None => finding,
    }
}

/// An interview's text before the first question, or an answer to none.
pub fn answer_without_question(span: Span) -> Diagnostic {
    Diagnostic::error(
        "answer-without-question",
        say("質問の前に文があります", "there is text before the first question"),
    )
    .at(span)
    .expected(say("`Q: 質問` で始まる行", "a line that begins with `Q: `"))
    .help(say("ブロックの最初に `Q: 質問` の行を書いてください", "begin the block with a line `Q: the question`"))
}

/// A question that nobody answers.
pub fn question_without_answer(span: Span) -> Diagnostic {
    Diagnostic::warning("question-without-answer", say("この質問には答えがありません", "this question has no answer"))
        .at(span)
        .help(say("次の行に `A: 答え` と書いてください", "write `A: the answer` on the next line"))
}

/// Something other than pictures in a gallery.
pub fn not_a_picture(span: Span) -> Diagnostic {
    Diagnostic::warning("not-a-picture", say("gallery には画像だけを書けます", "a gallery holds pictures only"))
        .at(span)
        .help(say(
            "`![説明](画像.jpg \"キャプション\")` を一行に一つずつ書いてください",
            "write one `![what it shows](picture.jpg \"caption\")` on each line",
        ))
}

/// Blocks within blocks beyond all reason.
pub fn too_deep(span: Span, deepest: usize) -> Diagnostic {
    let message = say("ブロックの入れ子が深すぎます", "blocks are nested too deeply");
    Diagnostic::error("too-deep", message)
        .at(span)
        .expected(say(format!("{deepest} 段まで"), format!("at most {deepest} levels")))
        .help(say("ブロックを外に出してください", "move the inner block out"))
}

/// More findings in one page than anyone reads.
pub fn and_more(span: Span, count: usize) -> Diagnostic {
    let message: Message =
        say(format!("このページの問題はほかに {count} 件あります"), format!("this page has {count} more problems"));
    Diagnostic::warning("and-more", message).at(span).help(say("上のものから直してください", "mend those above first"))
}
