//! Findings about pages: their front matter, addresses, translations, links and pictures.

use std::sync::Arc;

use super::{Diagnostic, Span, say};

/// A first `---` line without a second.
pub fn unclosed_front_matter(span: Span) -> Diagnostic {
    Diagnostic::error("unclosed-front-matter", say("先頭の項目欄が閉じていません", "the front matter is not closed"))
        .at(span)
        .expected(say("項目のあとに `---` だけの行", "a line with only `---` after the fields"))
}

/// A page without a title.
pub fn missing_title(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("missing-title", say("ページに題名がありません", "this page has no title"))
        .at(Span::file(path))
        .help(say(
            "先頭に `---`、`title: 題名`、`---` の三行を足してください",
            "begin the file with `---`, `title: …`, `---`",
        ))
}

/// A file name with the mark of a language that the site does not have.
pub fn unknown_language<'a>(path: &Arc<str>, tag: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let list = known.join(", ");
    let message = say(format!("このサイトに無い言語です: {tag}"), format!("the site has no language {tag}"));
    Diagnostic::error("unknown-language", message)
        .at(Span::file(path))
        .found(tag)
        .expected(say(format!("site.toml の languages にある言語: {list}"), format!("a language of site.toml: {list}")))
        .help(say(
            format!("ファイル名を直すか、site.toml の languages に \"{tag}\" を足してください"),
            format!("rename the file, or add \"{tag}\" to languages in site.toml"),
        ))
}

/// An address part that leads elsewhere or can't be one.
pub fn bad_slug(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-slug", say("住所の一部にできない slug です", "this slug can't be part of an address"))
        .at(span)
        .found(found)
        .expected(say("文字、数字、- _ だけ（/ や .. は使えません）", "letters, digits, - and _ only (no / and no ..)"))
        .help(say("例: `slug: summer-study`", "for example `slug: summer-study`"))
}

/// A tag of which nothing is left for an address.
pub fn bad_tag(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-tag", say("住所を作れないタグです", "no address can be made of this tag"))
        .at(span)
        .found(found)
        .expected(say("文字か数字を一つ以上含む言葉", "a word with at least one letter or digit"))
        .help(say("言葉で書き直すか、消してください", "write it as a word, or delete it"))
}

/// A former address that is no path of this site.
pub fn bad_alias(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-alias", say("以前の住所として使えません", "this can't be a former address"))
        .at(span)
        .found(found)
        .expected(say("サイトの中の道筋（例: /2022/summer/）", "a path within the site, such as /2022/summer/"))
}

/// Two pages with one address.
pub fn address_taken(span: Span, first: Span, address: &str) -> Diagnostic {
    let message =
        say(format!("二つのページが同じ住所になります: /{address}"), format!("two pages have one address: /{address}"));
    Diagnostic::error("address-taken", message)
        .labelled(span, say("二つ目のページ", "the second page"))
        .related(first, say("一つ目のページ", "the first page"))
        .help(say("どちらかの slug かファイル名を変えてください", "change the slug or the file name of one of them"))
}

/// A written page at the address of one that Kairan makes: the list of tags, the page of a tag, and the like.
pub fn address_of_made_page(span: Span, address: &str) -> Diagnostic {
    let message = say(
        format!("この住所には、Kairan がデータやタグから作るページがあります: /{address}"),
        format!("Kairan makes a page of its own at this address, from data or tags: /{address}"),
    );
    Diagnostic::error("address-taken", message)
        .at(span)
        .help(say("このページの slug かファイル名を変えてください", "change the slug or the file name of this page"))
}

/// Two tags of which the same address is made.
pub fn tags_alike(span: Span, found: &str, other: &str, first: Span) -> Diagnostic {
    let message = say(
        format!("違うタグなのに、住所が同じになります: {found} と {other}"),
        format!("these are two tags with one address: {found} and {other}"),
    );
    Diagnostic::warning("tags-alike", message).at(span).found(found).related(first, say(other, other)).help(say(
        "同じ話題なら書き方をそろえ、違う話題なら記号でない言葉で区別してください",
        "write them alike if they mean the same; tell them apart by a word, not by a sign, if they don't",
    ))
}

/// Two files of one language for one page.
pub fn translation_twice(span: Span, first: Span, language: &str) -> Diagnostic {
    let message =
        say(format!("同じページの {language} 版が二つあります"), format!("this page has two versions in {language}"));
    Diagnostic::error("translation-twice", message)
        .at(span)
        .related(first, say("もう一つ", "the other one"))
        .help(say("translation_key か、ファイル名を確かめてください", "check the translation_key and the file names"))
}

/// A link to a source that is not there.
pub fn dead_link<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "dead-link",
        say(format!("リンクの先がありません: {found}"), format!("this link leads nowhere: {found}")),
    )
    .at(span)
    .found(found)
    .suggest(found, known)
    .help(say(
        "このファイルから見た道筋（例: ../programmes/plan.md）で書いてください",
        "write the path as seen from this file, such as ../programmes/plan.md",
    ))
}

/// A link to a place that the page does not have.
pub fn dead_fragment<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message =
        say(format!("ページの中にその見出しがありません: #{found}"), format!("that page has no place #{found}"));
    Diagnostic::error("dead-fragment", message).at(span).found(format!("#{found}")).suggest(found, known).help(say(
        "見出しに `{#印}` を付けると、`#印` でその場所にリンクできます",
        "a heading that ends in `{#name}` can be linked to as `#name`",
    ))
}

/// A picture that is not there.
pub fn missing_picture<'a>(span: Span, found: &str, beside: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "missing-picture",
        say(format!("画像がありません: {found}"), format!("there is no such picture: {found}")),
    )
    .at(span)
    .found(found)
    .suggest(found, beside)
    .help(say("画像をこのページのファイルと同じフォルダに置いてください", "put the picture in the folder of this page"))
}

/// An id of a hospital, an area or the like that no data file has.
pub fn unknown_id<'a>(
    span: Span,
    what: &super::Message,
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message =
        say(format!("データに無い{}です: {found}", what.ja), format!("no {} in the data has the id {found}", what.en));
    Diagnostic::error("unknown-id", message).at(span).found(found).missing(found, known).help(say(
        "content/data/ のファイルにある id と同じ綴りにしてください",
        "spell it as the id in a file below content/data/",
    ))
}

/// A reference to a figure or table that the page does not have.
pub fn unknown_reference<'a>(span: Span, found: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(
        format!("番号の付いた図や表がありません: #{found}"),
        format!("there is no numbered figure or table #{found}"),
    );
    Diagnostic::error("unknown-reference", message).at(span).found(format!("#{found}")).suggest(found, known)
}

/// A label in the data that lacks languages of the site.
pub fn untranslated_label(span: Span, languages: &[&str]) -> Diagnostic {
    let list = languages.join(", ");
    let message = say(format!("名前の {list} 版がありません"), format!("this name is not given in {list}"));
    Diagnostic::warning("untranslated-label", message).at(span).help(say(
        "`name: {ja: …, en: …}` のように書いてください。無いあいだは既定の言語で表示します",
        "write `name: {ja: …, en: …}`; until then readers see it in the default language",
    ))
}

/// Parts of a home page on a page that is none.
pub fn home_elsewhere(span: Span, template: &str) -> Diagnostic {
    let message = say(
        format!("home は表紙の型だけが読みます。この頁の型は {template} です"),
        format!("home is read by the template of home pages alone; that of this page is {template}"),
    );
    Diagnostic::error("home-elsewhere", message)
        .at(span)
        .help(say("`template: home` を足すか、home を消してください", "add `template: home`, or delete home"))
}

/// A section that a home page lists and the site does not have.
pub fn unknown_section<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("この節はありません: {name}"), format!("there is no section {name}"));
    Diagnostic::error("unknown-section", message)
        .at(span)
        .found(name)
        .expected(say("content にあるフォルダの名", "the name of a folder of content"))
        .suggest(name, known)
}

/// A part of a home page that lists pages of a section that it does not name.
pub fn pages_of_nothing<'a>(span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let list = known.into_iter().collect::<Vec<_>>().join(", ");
    let message = say("どの節のページを並べるかが書かれていません", "this does not say which section's pages it lists");
    Diagnostic::error("unknown-section", message)
        .at(span)
        .expected(say(format!("`of:` と節の名（{list}）"), format!("`of:` and the name of a section ({list})")))
}
