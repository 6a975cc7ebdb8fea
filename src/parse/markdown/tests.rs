//! What Markdown becomes, case by case.

use std::collections::BTreeSet;

use super::super::{BlockContent, Fence};
use super::*;
use crate::diagnostic::Severity;

/// Reads a page at offset 100 of its file.
fn page(language: &str, math: bool, markdown: &str) -> Checked<Body> {
    page_and_words(language, math, markdown).map(|(body, _)| body)
}

fn page_and_words(language: &str, math: bool, markdown: &str) -> Checked<(Body, String)> {
    let language = Language::parse(language).unwrap();
    let dialect = Dialect {
        default_language: language.clone(),
        math: false,
        raw_html: false,
        blocks: BTreeSet::from(["timeline".to_owned()]),
    };
    body_and_words(markdown, 100, &Context { path: &"a.md".into(), language: &language, math, dialect: &dialect })
}

/// Parts as text. What stands in `⟦⟧` is what the place of a hole holds in the source; where that differs from what was
/// made of it, that follows `=`.
fn show(source: &str, parts: &[Part]) -> String {
    parts.iter().map(|part| show_part(source, part)).collect()
}

fn show_place(source: &str, text: &str, span: &Span) -> String {
    let written = &source[span.start - 100..span.end - 100];
    if written == text { format!("⟦{text}⟧") } else { format!("⟦{written}={text}⟧") }
}

fn show_part(source: &str, part: &Part) -> String {
    match part {
        Part::Html(html) => html.clone(),
        Part::Value(formula) => show_place(source, &formula.text, &formula.span),
        Part::Address(target) => show_place(source, &target.text, &target.span),
        Part::Place(target) => format!("⟦place {}⟧", target.text),
        Part::Reference(target) => format!("⟦ref {}⟧", target.text),
        Part::Label(target) => format!("⟦label {}⟧", target.text),
        Part::Image(image) => {
            let kind = if image.figure { "figure" } else { "image" };
            let id = image.id.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
            let classes: String = image.classes.iter().map(|class| format!(" .{class}")).collect();
            let place = show_place(source, &image.source.text, &image.source.span);
            format!("⟦{kind} {place} “{}” {}{id}{classes}⟧", image.alt, show(source, &image.caption))
        }
        Part::Panel(fence) => format!("⟦panel {}⟧", show_fence(source, fence)),
        Part::Block(block) => format!("⟦{} {}⟧", block.name, show_content(source, &block.content)),
    }
}

/// The text of a fence is as long as its place.
fn show_fence(source: &str, fence: &Fence) -> String {
    assert_eq!(source[fence.span.start - 100..fence.span.end - 100].len(), fence.text.len());
    format!("{:?}", fence.text)
}

fn show_content(source: &str, content: &BlockContent) -> String {
    match content {
        BlockContent::Prose { body, byline } => format!("{} / {}", show(source, &body.parts), show(source, byline)),
        BlockContent::Images(images) => {
            images.iter().map(|image| show_part(source, &Part::Image(Box::new(image.clone())))).collect()
        }
        BlockContent::Data(fence) => show_fence(source, fence),
        BlockContent::Questions(questions) => questions
            .iter()
            .map(|question| {
                let speaker = question.speaker.as_deref().unwrap_or("");
                format!("Q {} A({speaker}) {}", show(source, &question.question), show(source, &question.answer.parts))
            })
            .collect(),
    }
}

/// All HTML, that of blocks within it included, without what fills the holes.
fn html(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Html(html) => html.clone(),
        Part::Image(image) => html(&image.caption),
        Part::Block(block) => match &block.content {
            BlockContent::Prose { body, byline } => html(&body.parts) + &html(byline),
            BlockContent::Questions(questions) => {
                questions.iter().map(|question| html(&question.question) + &html(&question.answer.parts)).collect()
            }
            BlockContent::Images(images) => images.iter().map(|image| html(&image.caption)).collect(),
            BlockContent::Data(_) => String::new(),
        },
        _ => String::new(),
    };
    parts.iter().map(part).collect()
}

/// Whatever the source, what is opened is closed, in order; and no style or handler of events comes out.
#[track_caller]
fn check_html(source: &str, body: &Body) {
    show(source, &body.parts);
    let html = html(&body.parts);
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect(tag);
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
        } else if !tag.ends_with('/') && !["br", "hr", "wbr", "input"].contains(&name) {
            open.push(name);
        }
        assert!(!tag.contains(" style=") && !tag.contains(" on"), "{tag}");
    }
    assert_eq!(open, [""; 0], "{html}");
}

fn show_findings(findings: &[Diagnostic]) -> Vec<String> {
    let place =
        |finding: &Diagnostic| finding.primary.as_ref().map_or((0, 0), |label| (label.span.start, label.span.end));
    findings
        .iter()
        .map(|finding| (place(finding), finding.code.clone()))
        .map(|((start, end), code)| format!("{code} {start}-{end}"))
        .collect()
}

#[track_caller]
fn check_in(language: &str, math: bool, markdown: &str, expected: &str) {
    let checked = page(language, math, markdown);
    check_html(markdown, &checked.value);
    assert_eq!(show(markdown, &checked.value.parts).trim(), expected, "{markdown}");
    assert_eq!(show_findings(&checked.findings), [""; 0], "{markdown}");
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    check_in("ja", false, markdown, expected);
}

/// The findings: code, and the text at the place to which each points.
#[track_caller]
fn check_findings(markdown: &str, html: &str, expected: &[(&str, &str)]) {
    let checked = page("ja", true, markdown);
    check_html(markdown, &checked.value);
    let found: Vec<(&str, &str)> = checked
        .findings
        .iter()
        .map(|finding| {
            let span = &finding.primary.as_ref().unwrap().span;
            (finding.code.as_str(), &markdown[span.start - 100..span.end - 100])
        })
        .collect();
    assert_eq!(found, expected, "{markdown}");
    assert_eq!(show(markdown, &checked.value.parts).trim(), html, "{markdown}");
}

#[test]
fn lines_join_in_japanese_only() {
    check("研修医が\n学ぶ", "<p>研修医が学ぶ</p>");
    check("one\ntwo", "<p>one\ntwo</p>");
    check(
        "研修は\n**夏**に\n[始まる](#a)\n`x`と",
        "<p>研修は<strong>夏</strong>に<a href=\"⟦#a⟧\">始まる</a><code>x</code>と</p>",
    );
    check("人数は\n`= a`\n人、\n{研|けん}", "<p>人数は⟦a⟧人、<ruby>研<rp>（</rp><rt>けん</rt><rp>）</rp></ruby></p>");
    check(
        "注[^1]\nです\n\n[^1]: x",
        "<p>注<sup class=\"fnref\"><a id=\"fnref-1\" href=\"#fn-1\" role=\"doc-noteref\" aria-label=\"注1\">1</a></sup>です</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注\">\n<ol>\n<li id=\"fn-1\"><p>x <a class=\"fn-back\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"本文に戻る：注1\">↩</a></p>\n</li>\n</ol>\n</section>",
    );
    check("**CPR**\nの", "<p><strong>CPR</strong>の</p>");
    check("が\n한국어\n말", "<p>が\n한국어\n말</p>");
    check("あ  \nい", "<p>あ<br>\nい</p>");
    check_in(
        "en",
        false,
        "the *kenshūi*\n(研修医)\nmeans 研修\n医",
        "<p>the <em>kenshūi</em>\n(研修医)\nmeans 研修医</p>",
    );
    check_in("en", false, "called「研修医」\nin Japan", "<p>called「研修医」in Japan</p>");
    check("A *b*\n*c* d", "<p>A <em>b</em>\n<em>c</em> d</p>");
}

#[test]
fn emphasis_beside_japanese_punctuation() {
    let strong = |before: &str, inner: &str, after: &str| {
        check(&format!("{before}**{inner}**{after}"), &format!("<p>{before}<strong>{inner}</strong>{after}</p>"));
    };
    strong("これは", "「重要」", "です");
    strong("", "重要。", "次");
    strong("", "80%", "が");
    strong("", "A（B）", "C");
    strong("は", "（注）", "、");
    strong("、", "「あ」", "。");
    check("**[リンク](#x)**です", "<p><strong><a href=\"⟦#x⟧\">リンク</a></strong>です</p>");
    check("は**「あ」**と**「い」**の", "<p>は<strong>「あ」</strong>と<strong>「い」</strong>の</p>");
    check("は*「あ」*の、~~「旧」~~の", "<p>は<em>「あ」</em>の、<del>「旧」</del>の</p>");
    check("は***「あ」***の", "<p>は<em><strong>「あ」</strong></em>の</p>");
    check("は**`コード`**の`は**「`", "<p>は<strong><code>コード</code></strong>の<code>は**「</code></p>");
    check("**{研|けん}**の", "<p><strong><ruby>研<rp>（</rp><rt>けん</rt><rp>）</rp></ruby></strong>の</p>");
    check("[あ](https://x.jp/は**「)", "<p><a href=\"https://x.jp/は**「\" rel=\"noopener\">あ</a></p>");
    check("は__「あ」__の", "<p>は__「あ」__の</p>");
    check("10~12時、13~14時", "<p>10~12時、13~14時</p>");
    check(
        "| は**「あ」**の |\n|---|",
        "<div class=\"tw\" role=\"group\" tabindex=\"0\" aria-label=\"表\">\n<table>\n<thead>\n<tr><th scope=\"col\">は<strong>「あ」</strong>の</th></tr>\n</thead>\n</table>\n</div>",
    );
    check_in("en", false, "a**\"b\"**c *(d)*e **f**g", "<p>a**&quot;b&quot;**c *(d)*e <strong>f</strong>g</p>");
}

#[test]
fn ruby_everywhere_but_in_code() {
    let ruby = |base: &str, reading: &str| format!("<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>");
    check("{研修医|けんしゅうい}の", &format!("<p>{}の</p>", ruby("研修医", "けんしゅうい")));
    check("`{研|けん}` \\{研|けん}", "<p><code>{研|けん}</code> {研|けん}</p>");
    check("{WHO|ダブリュー}", &format!("<p>{}</p>", ruby("WHO", "ダブリュー")));
    check(
        "| {研|けん} |\n|--|\n| `{研|けん}` |",
        &format!(
            "<div class=\"tw\" role=\"group\" tabindex=\"0\" aria-label=\"表\">\n<table>\n<thead>\n<tr><th scope=\"col\">{}</th></tr>\n</thead>\n<tbody>\n<tr><td><code>{{研|けん}}</code></td></tr>\n</tbody>\n</table>\n</div>",
            ruby("研", "けん")
        ),
    );
    check("```\n{研|けん}\n```", "<pre class=\"code\" tabindex=\"0\"><code>{研|けん}\n</code></pre>");
    check_findings(
        "は{研修医|けん|しゅうい}だ",
        &format!("<p>は{}だ</p>", ruby("研修医", "けんしゅうい")),
        &[("ruby-count", "{研修医|けん|しゅうい}")],
    );
    check("![{研|けん}の人](a.svg)", "⟦figure ⟦a.svg⟧ “研の人” ⟧");
}

#[test]
fn headings_have_anchors_and_phrases() {
    let headings = |language: &str, markdown: &str| -> Vec<(String, String, String)> {
        let body = page(language, false, markdown).value;
        body.headings.into_iter().map(|h| (h.id, h.text, show(markdown, &h.parts))).collect()
    };
    let found = headings(
        "ja",
        "## 医師の**働き方**改革と[研修](#a)[^1]\n\n## 第2章 `= a`人 {#two .x}\n\n## 第2章\n\n## 第2章\n\n[^1]: x",
    );
    let expected = [
        ("医師の働き方改革と研修", "医師の働き方改革と研修", "医師の<strong><wbr>働き方</strong>改革と<wbr>研修"),
        ("two", "第2章 人", "第2章 ⟦a⟧人"),
        ("第2章", "第2章", "第2章"),
        ("第2章-2", "第2章", "第2章"),
    ];
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected);
    check("## 医師の[働き方](#x)", "<h2 id=\"医師の働き方\">医師の<a href=\"⟦#x⟧\"><wbr>働き方</a></h2>");
    check(
        "## {研修医|けんしゅうい}たちの夏",
        "<h2 id=\"研修医たちの夏\"><ruby>研修医<rp>（</rp><rt>けんしゅうい</rt><rp>）</rp></ruby>たちの<wbr>夏</h2>",
    );
    check("## A&Bと\"C\" {#ab .wide}", "<h2 id=\"ab\" class=\"wide\">A&amp;Bと<wbr>&quot;C&quot;</h2>");
    check_in("en", false, "### What's new?", "<h3 id=\"whats-new\">What's new?</h3>");
    check_findings(
        "## a {#x}\n\n## b {#x}",
        "<h2 id=\"x\">a</h2>\n<h2 id=\"x-2\">b</h2>",
        &[("duplicate-anchor", "## b {#x}")],
    );
    check("## x\n\n## y {#x}", "<h2 id=\"x-2\">x</h2>\n<h2 id=\"x\">y</h2>");
}

#[test]
fn links_lead_to_pages_and_nowhere_else() {
    check("[計画](../a%20b.md#rules)", "<p><a href=\"⟦../a%20b.md#rules=../a b.md#rules⟧\">計画</a></p>");
    check("[a](<b c.md> \"題\")", "<p><a href=\"⟦b c.md⟧\" title=\"題\">a</a></p>");
    check("[x]\n\n[x]: y.md", "<p><a href=\"⟦[x]=y.md⟧\">x</a></p>");
    check(
        "<https://a.jp/?b=1&c=2> <a@b.jp>",
        "<p><a href=\"https://a.jp/?b=1&amp;c=2\" rel=\"noopener\">https://a.jp/?b=1&amp;c=2</a> <a href=\"mailto:a@b.jp\">a@b.jp</a></p>",
    );
    check(
        "[電話](tel:0240) [上](#top) [//](//a.jp)",
        "<p><a href=\"tel:0240\">電話</a> <a href=\"⟦#top⟧\">上</a> <a href=\"//a.jp\" rel=\"noopener\">//</a></p>",
    );
    check(
        "[図](#fig:a)と[Table](#tbl:b)、[この図](#fig:a)、[](#eq:c)",
        "<p><a class=\"ref\" href=\"⟦place fig:a⟧\">⟦ref fig:a⟧</a>と<a class=\"ref\" href=\"⟦place tbl:b⟧\">⟦ref tbl:b⟧</a>、<a href=\"⟦#fig:a⟧\">この図</a>、<a class=\"ref\" href=\"⟦place eq:c⟧\">⟦ref eq:c⟧</a></p>",
    );
    check("[**`= a`**人](b.md)", "<p><a href=\"⟦b.md⟧\"><strong>⟦a⟧</strong>人</a></p>");
    check_findings(
        "[a](javascript:x) [b](C:\\x) [c]()",
        "<p>a b c</p>",
        &[("forbidden-scheme", "javascript:x"), ("forbidden-scheme", "C:\\x"), ("empty-link", "")],
    );
    check_findings("[a](<java&#9;script:x>)", "<p>a</p>", &[("forbidden-scheme", "java&#9;script:x")]);
}

#[test]
fn pictures_are_figures_when_alone() {
    check(
        "![絵](a%20b.svg \"**題**と`= a`\"){#fig:x .wide}",
        "⟦figure ⟦a%20b.svg=a b.svg⟧ “絵” <strong>題</strong>と⟦a⟧ #fig:x .wide⟧",
    );
    check("あ![絵](a.svg){.s}い", "<p>あ⟦image ⟦a.svg⟧ “絵”  .s⟧い</p>");
    check("![絵](a.svg) {#b}\n", "⟦figure ⟦a.svg⟧ “絵”  #b⟧");
    check("![絵](a.svg){x}", "<p>⟦image ⟦a.svg⟧ “絵” ⟧{x}</p>");
    check("![](a.svg){.decorative}", "⟦figure ⟦a.svg⟧ “”  .decorative⟧");
    check("[![絵](a.svg)](b.md)", "<p><a href=\"⟦b.md⟧\">⟦image ⟦a.svg⟧ “絵” ⟧</a></p>");
    check("![a_b_c](x_y_z.svg){#fig:a_b_c}", "⟦figure ⟦x_y_z.svg⟧ “a_b_c”  #fig:a_b_c⟧");
    check_findings("![](a.svg)", "⟦figure ⟦a.svg⟧ “” ⟧", &[("missing-alt", "![](a.svg)")]);
    check_findings("![絵](https://a.jp/b.png)", "<p>絵</p>", &[("external-image", "https://a.jp/b.png")]);
}

#[test]
fn values_stand_wherever_text_does() {
    check("*`= a | signed`*", "<p><em>⟦a | signed⟧</em></p>");
    check("`==` `=>` `=` `` =  b ``", "<p><code>==</code> <code>=&gt;</code> <code>=</code> ⟦b⟧</p>");
    check("    = a", "<pre class=\"code\" tabindex=\"0\"><code>= a</code></pre>");
    check(
        "| `= a` |\n|--:|",
        "<div class=\"tw\" role=\"group\" tabindex=\"0\" aria-label=\"表\">\n<table>\n<thead>\n<tr><th scope=\"col\" class=\"right\">⟦a⟧</th></tr>\n</thead>\n</table>\n</div>",
    );
}

#[test]
fn blocks_of_text() {
    check(
        "> [!WARNING]\n> 熱中症",
        "<aside class=\"note note-warning\" role=\"note\">\n<p class=\"note-t\">注意</p>\n<p>熱中症</p>\n</aside>",
    );
    check_in(
        "en",
        false,
        "> [!TIP]\n> x",
        "<aside class=\"note note-tip\" role=\"note\">\n<p class=\"note-t\">Tip</p>\n<p>x</p>\n</aside>",
    );
    check(
        "- [x] 済\n- [ ] 未",
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"済み\"> 済</li>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"未了\"> 未</li>\n</ul>",
    );
    check("語\n: 意味", "<dl>\n<dt>語</dt>\n<dd>意味</dd>\n</dl>");
    check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>");
}

#[test]
fn tables_name_their_rows_and_have_captions() {
    check(
        "表：診療科の*数* {#tbl:x .narrow}\n\n|  | 2018 |\n|:-:|--|\n| 内科 | 5 |",
        "<div class=\"tw\" role=\"group\" tabindex=\"0\" aria-label=\"診療科の数\">\n<table id=\"tbl:x\" class=\"narrow\">\n<caption><span class=\"number\">⟦label tbl:x⟧</span> 診療科の<em>数</em></caption>\n<thead>\n<tr><td class=\"center\"></td><th scope=\"col\">2018</th></tr>\n</thead>\n<tbody>\n<tr><th scope=\"row\" class=\"center\">内科</th><td>5</td></tr>\n</tbody>\n</table>\n</div>",
    );
    check(
        "表: 題 {#tbl:y}\n\n| a |\n|--|",
        "<div class=\"tw\" role=\"group\" tabindex=\"0\" aria-label=\"題\">\n<table id=\"tbl:y\">\n<caption><span class=\"number\">⟦label tbl:y⟧</span> 題</caption>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n</table>\n</div>",
    );
    check("表：ではない", "<p>表：ではない</p>");
}

#[test]
fn footnotes_are_numbered_by_their_first_mark() {
    let markdown = "b[^b] a[^a] b[^b]\n\n[^a]: A, see[^c]\n\n    more\n\n[^b]: B\n[^c]: C";
    let html = show(markdown, &page("en", false, markdown).value.parts);
    assert!(html.starts_with("<p>b<sup class=\"fnref\"><a id=\"fnref-1\" href=\"#fn-1\""), "{html}");
    let list: Vec<&str> = html.split("<li id=\"").skip(1).collect();
    assert!(list[0].starts_with("fn-1\"><p>B <a class=\"fn-back\" href=\"#fnref-1\""), "{html}");
    assert!(
        list[0].contains("href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to the text: note 1-2\""),
        "{html}"
    );
    assert!(list[1].starts_with("fn-2\"><p>A, see<sup") && list[1].contains("<p>more <a class=\"fn-back\""), "{html}");
    assert!(list[2].starts_with("fn-3\"><p>C"), "{html}");
    check_findings("a[^x]\n\n[^y]: 無", "<p>a[^x]</p>", &[("undefined-footnote", "[^x]"), ("unused-footnote", "[^y]")]);
    let markdown = "```qa\nQ: q\nA: a[^n]\n```\n\n[^n]: 注";
    let html = show(markdown, &page("ja", false, markdown).value.parts);
    assert!(html.contains("<p>a<sup class=\"fnref\">") && html.contains("<li id=\"fn-1\"><p>注"), "{html}");
}

#[test]
fn raw_html_keeps_what_is_harmless() {
    check("<kbd>**x**</kbd><br>H<sub>2</sub>", "<p><kbd><strong>x</strong></kbd><br>H<sub>2</sub></p>");
    check(
        "<details>\n<summary>題</summary>\n\n*本文*\n\n</details>",
        "<details>\n<summary>題</summary>\n<p><em>本文</em></p>\n</details>",
    );
    check("<ruby>研<rt>けん</rt></ruby>", "<p><ruby>研<rt>けん</rt></ruby></p>");
    check("a <!-- 注 --> b", "<p>a  b</p>");
    check_findings("a<b onclick=\"x\">b</b>", "<p>a<b>b</b></p>", &[("removed-html", "<b onclick=\"x\">")]);
    check_findings(
        "<script>alert(1)</script>\n\na<iframe src=x>",
        "<p>a</p>",
        &[("removed-html", "<script>alert(1)</script>"), ("removed-html", "<iframe src=x>")],
    );
    check_findings(
        "a<kbd>b\n\nc</kbd>",
        "<p>a<kbd>b</kbd></p>\n<p>c</p>",
        &[("unclosed-html", "<kbd>"), ("removed-html", "</kbd>")],
    );
    check_findings("a<div>b</div>", "<p>ab</p>", &[("removed-html", "<div>"), ("removed-html", "</div>")]);
    check_findings(
        "**<kbd>x**</kbd>",
        "<p><strong><kbd>x</kbd></strong></p>",
        &[("unclosed-html", "<kbd>"), ("removed-html", "</kbd>")],
    );
}

#[test]
fn formulas_become_mathml() {
    check_in("ja", true, "式$x$は", "<p>式<math><mi>x</mi></math>は</p>");
    check_in("ja", false, "価格は$100と$200です", "<p>価格は$100と$200です</p>");
    check_in(
        "ja",
        true,
        "$$\nx\n$$ {#eq:a}",
        "<div class=\"math\" id=\"eq:a\"><math display=\"block\"><mi>x</mi></math><span class=\"math-number\">⟦label eq:a⟧</span></div>",
    );
    check(
        "```math {#eq:a}\nx\n```",
        "<div class=\"math\" id=\"eq:a\"><math display=\"block\"><mi>x</mi></math><span class=\"math-number\">⟦label eq:a⟧</span></div>",
    );
    check_findings(
        "は**「あ」**で$a + \\unknowncmd$",
        "<p>は<strong>「あ」</strong>で<code class=\"math-error\">a + \\unknowncmd</code></p>",
        &[("math-syntax", "\\unknowncmd")],
    );
    check_findings(
        "```math\na\n\\bad\n```",
        "<div class=\"math\"><code class=\"math-error\">a\n\\bad</code></div>",
        &[("math-syntax", "\\bad")],
    );
    assert!(page("ja", true, "$x$").value.has_math && !page("ja", true, "x").value.has_math);
}

#[test]
fn fences_are_code_or_blocks() {
    check(
        "```rust\nfn\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-storage\">fn\n</span></code></pre>",
    );
    check("```panel\nkind: kpi\ntitle: **「a」**の\n```", "⟦panel \"kind: kpi\\ntitle: **「a」**の\\n\"⟧");
    check(
        "- a\n\n  ```panel\n  kind: kpi\n  items:\n    - a\n  ```",
        "<ul>\n<li><p>a</p>\n⟦panel \"  kind: kpi\\n  items:\\n    - a\\n\"⟧</li>\n</ul>",
    );
    check("> ```panel\n> a: 1\n>\n> b: 2\n> ```", "<blockquote>\n⟦panel \"  a: 1\\n \\n  b: 2\\n\"⟧</blockquote>");
    check("```hospital\nid: x\n```", "⟦hospital \"id: x\\n\"⟧");
    check(
        "```pull right\n失敗は**「先生」**だ。\n— 講師\n```",
        "⟦pull <p>失敗は<strong>「先生」</strong>だ。</p>\n / 講師⟧",
    );
    check(
        "```tate\n7月12日に`= a`人、2023年\n```",
        "⟦tate <p><span class=\"tcy\">7</span>月<span class=\"tcy\">12</span>日に⟦a⟧人、2023年</p>\n / ⟧",
    );
    check("```timeline\nx\n```", "⟦timeline <p>x</p>\n / ⟧");
    check("```gallery\n![a](a.svg \"x\")\n![b](b.svg)\n```", "⟦gallery ⟦image ⟦a.svg⟧ “a” x⟧⟦image ⟦b.svg⟧ “b” ⟧⟧");
    check_findings("```gallery\n![a](a.svg)\n文\n```", "⟦gallery ⟦image ⟦a.svg⟧ “a” ⟧⟧", &[("not-a-picture", "文")]);
    check_findings(
        "```pythn\nx\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-pythn\">x\n</code></pre>",
        &[("unknown-language", "pythn")],
    );
    check_findings(
        "```panle\nx\n```",
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-panle\">x\n</code></pre>",
        &[("unknown-language", "panle")],
    );
}

#[test]
fn interviews_have_questions_and_answers() {
    check(
        "````qa\nQ: 大変だったのは？\nA: **「当直」**です。\n\n次の段落。\n```yaml\nQ: 1\n```\n問：うれしかったのは\n答（同期）：帰り[道](a.md)\nA(青木): 私も\n````",
        "⟦qa Q 大変だったのは？ A() <p><strong>「当直」</strong>です。</p>\n<p>次の段落。</p>\n<pre class=\"code\" tabindex=\"0\"><code class=\"language-yaml\"><span class=\"hl-tag\">Q</span>: <span class=\"hl-constant\">1\n</span></code></pre>\nQ うれしかったのは A(同期) <p>帰り<a href=\"⟦a.md⟧\">道</a></p>\nQ  A(青木) <p>私も</p>\n⟧",
    );
    check_findings(
        "```qa\n前\nQ: a\nQ: b\nA: c\n```",
        "⟦qa Q a A() Q b A() <p>c</p>\n⟧",
        &[("answer-without-question", "前\n"), ("question-without-answer", "")],
    );
}

#[test]
fn places_hold_within_lists_and_quotations() {
    check_findings(
        "> - は**「あ」**\n>\n>   ```qa\n>   Q: x\n>   A: [b](bad:x)\n>\n>      ![](c.svg)\n>   ```",
        "<blockquote>\n<ul>\n<li><p>は<strong>「あ」</strong></p>\n⟦qa Q x A() <p>b</p>\n⟦figure ⟦c.svg⟧ “” ⟧⟧</li>\n</ul>\n</blockquote>",
        &[("forbidden-scheme", "bad:x"), ("missing-alt", "![](c.svg)")],
    );
}

#[test]
fn summary_words_and_minutes() {
    let markdown = "![絵](a.svg \"題\")\n\n{夏|なつ}の[研修](b.md)、`= a`人[^1]。\n\n次\n\n```\ncode\n```\n\n- 一\n- 二\n\n| 三 |\n|--|\n| 四 |\n\n[^1]: 注";
    let (body, words) = page_and_words("ja", false, markdown).value;
    assert_eq!(show(markdown, &body.summary), "<ruby>夏<rp>（</rp><rt>なつ</rt><rp>）</rp></ruby>の研修、⟦a⟧人。");
    assert_eq!(words, "夏の研修、人。\n次\n一\n二\n三\n四");
    assert_eq!(body.reading_minutes, 1);
    assert_eq!(page("ja", false, "").value.reading_minutes, 0);
    assert_eq!(page_and_words("ja", false, "one\ntwo\n研修\nです").value.1, "one two研修です");
}

#[test]
fn lines_hold_no_blocks() {
    let language = Language::parse("ja").unwrap();
    let dialect = Dialect { default_language: language.clone(), math: false, raw_html: false, blocks: BTreeSet::new() };
    let check = |text: &str, expected: &str| {
        let path = "a.md".into();
        let checked = inline(text, 100, &Context { path: &path, language: &language, math: false, dialect: &dialect });
        assert_eq!(show(text, &checked.value), expected, "{text}");
        assert_eq!(show_findings(&checked.findings), [""; 0]);
    };
    check("1. 番号 # でも", "1. 番号 # でも");
    check("# 題", "# 題");
    check("- **「あ」**の\n- い", "- <strong>「あ」</strong>の- い");
    check("`= a`人\n\n    続き", "⟦a⟧人続き");
    check("*a* {研|けん}", "<em>a</em> <ruby>研<rp>（</rp><rt>けん</rt><rp>）</rp></ruby>");
    check("A & B", "A &amp; B");
    check("", "");
}

#[test]
fn raw_html_passes_where_the_site_says_so() {
    let language = Language::parse("en").unwrap();
    let dialect = Dialect { default_language: language.clone(), math: false, raw_html: true, blocks: BTreeSet::new() };
    let path = "a.md".into();
    let markdown = "<b onclick=x>y";
    let body = parse(markdown, 100, &Context { path: &path, language: &language, math: false, dialect: &dialect });
    assert_eq!(show(markdown, &body.value.parts), "<p><b onclick=x>y</p>\n");
}

#[test]
fn severities() {
    let severity = |markdown: &str| page("ja", true, markdown).findings.first().map(|finding| finding.severity);
    assert_eq!(severity("![](a.svg)"), Some(Severity::Warning));
    assert_eq!(severity("[a](javascript:x)"), Some(Severity::Error));
    assert_eq!(severity("$\\x$"), Some(Severity::Error));
}

/// Nothing that a person, or a broken program, can write makes us panic, overflow the stack or take minutes.
#[test]
fn bombs_do_no_harm() {
    let bombs = [
        ">",
        "[",
        "![",
        "*",
        "**a ",
        "~~「",
        "{",
        "{研|",
        "{研|けん}",
        "`",
        "``= a` ",
        "$",
        "$$",
        "<",
        "<b>",
        "<b ",
        "<!--",
        "<a \"",
        "\\",
        "- ",
        "1. ",
        "> - ",
        "#",
        "## 題\n",
        "[^1]",
        "[^1]: ",
        "[^a][^b]\n\n[^a]: [^b]\n",
        "|",
        "| a |\n|--|\n",
        "```\n",
        "```qa\nQ: a\nA: ",
        "````qa\nA: Q:\n",
        "[a](",
        "[a](b \"",
        "![a](b){#x}\n\n",
        "{#x .y}",
        "<details>\n\n",
        "</kbd>",
        "表：\n\n",
        "\u{16FE2}",
        "\u{1C}\u{1D}\u{1F}",
        "\0",
        "&#0;",
        "あ\n",
        "a\n: b\n",
        "> [!NOTE]\n",
        "<script>",
        "_",
        "***「",
        "\r\n",
        "\u{FEFF}",
        "[x]: y\n",
        "[^",
        "```x\n```\n",
        "![a](b){.x} ",
        "$`{$",
        "<ruby><rt>",
    ];
    for bomb in bombs {
        let text = bomb.repeat(10_000 / bomb.len());
        for (language, text) in [("ja", text.clone()), ("en", format!("a {text} b\n\n{text}"))] {
            check_html(&text, &page(language, true, &text).value);
        }
    }
    // Pairs of them, which is where one construct cuts through another.
    for first in bombs {
        for second in bombs {
            let text = format!("{first}あ{second}い{first}う{second}え\n{second}{first}").repeat(3);
            check_html(&text, &page("ja", true, &text).value);
        }
    }
}

/// A text cut off anywhere is read without harm, and its places stay within it.
#[test]
fn unfinished_texts_do_no_harm() {
    let text = "## は**「あ」** {#a}\n\n> - {研|けん}の[^1]`= a`\n>\n>   ```qa\n>   Q: x\n>   A: ![**「b」**の](c.svg \"`= d`\"){.e}\n>   ```\n\n\
        表：題 {#tbl:a}\n\n| a |\n|--|\n| $x_{医}$ |\n\n<details>\n<kbd>x</kbd>\n\n~~「旧」~~の[図](#fig:a)[b](c.md)\n\n</details>\n\n[^1]: 注\n";
    for (cut, _) in text.char_indices() {
        for text in [&text[..cut], &text[cut..]] {
            let checked = page("ja", true, text);
            check_html(text, &checked.value);
            for finding in checked.findings {
                let span = finding.primary.map(|label| label.span).expect("a place");
                assert!(text.get(span.start - 100..span.end - 100).is_some(), "{text}");
            }
        }
    }
}
