//! Findings about the files of pictures: what they are, how large, and what had to be taken out of them.

use super::{Diagnostic, Message, Span, say};

/// A file that is called one kind of picture and is another, or no picture at all.
pub fn mislabelled(span: Span, called: &str, found: &Message, extension: Option<&str>) -> Diagnostic {
    let message = say(
        format!("名前は .{called} ですが、中身は{}です", found.ja),
        format!("this file is called .{called}, but it is {}", found.en),
    );
    let finding = Diagnostic::error("mislabelled-picture", message).at(span).found(&found.en);
    match extension {
        Some(extension) => finding.help(say(
            format!("ファイル名の終わりを .{extension} に直し、記事の中の名前も合わせてください"),
            format!("end its name in .{extension}, in the folder and wherever a page names it"),
        )),
        None => finding.help(say(
            "写真なら、画像を扱うソフトで開き、JPEG か PNG で保存し直してください",
            "where it is a picture, open it in a program for pictures and save it as JPEG or PNG",
        )),
    }
}

/// A format in which telephones and scanners save, and which browsers can't show.
pub fn not_for_browsers(span: Span, found: &Message) -> Diagnostic {
    let message = say(
        format!("{}は公開できません。ブラウザーで見られず、撮影場所などの情報も消せません", found.ja),
        format!("{} can't be published: browsers don't show it, and where it was taken can't be removed", found.en),
    );
    Diagnostic::error("photograph-format", message)
        .at(span)
        .found(&found.en)
        .expected(say("JPEG、PNG、WebP のどれか", "JPEG, PNG or WebP"))
        .help(say(
            "iPhone では、設定の「カメラ」→「フォーマット」で「互換性優先」を選ぶと JPEG で撮れます",
            "an iPhone takes JPEG where Settings, Camera, Formats says Most Compatible",
        ))
        .help(say(
            "すでにある写真は、パソコンの「フォト」や「プレビュー」で開き、JPEG で書き出してください",
            "open photographs that there are already in Photos or Preview, and export them as JPEG",
        ))
}

/// An AVIF with metadata, which can't be taken out of it.
pub fn avif_with_metadata(span: Span) -> Diagnostic {
    let message = say(
        "この AVIF には撮影場所などの情報が入っていて、消せないので公開しません",
        "this AVIF is not published: it tells where or by whom it was taken, and that can't be removed",
    );
    Diagnostic::error("photograph-format", message).at(span).help(say(
        "写真を JPEG で保存し直してください。AVIF は site.toml の [pictures] に `avif = true` と書けば Kairan が作ります",
        "save the photograph as JPEG; with `avif = true` in [pictures] of site.toml, Kairan makes the AVIF",
    ))
}

/// A picture of more pixels than the site allows.
pub fn too_many_pixels(span: Span, width: u32, height: u32, allowed: u64) -> Diagnostic {
    let pixels = u64::from(width) * u64::from(height);
    let message = say(
        format!("画像が大きすぎます: 幅 {width} × 高さ {height}（{pixels} 画素）"),
        format!("this picture is too large: {width} × {height}, which is {pixels} pixels"),
    );
    Diagnostic::error("picture-too-large", message)
        .at(span)
        .found(format!("{width} × {height}"))
        .expected(say(format!("{allowed} 画素まで"), format!("at most {allowed} pixels")))
        .help(say(
            "画像を縮めてください。頁に出る幅は、ふつう 1,600 画素までです",
            "make the picture smaller: pages seldom show more than 1,600 pixels across",
        ))
        .help(say(
            "このまま使うなら、site.toml の [pictures] に max_pixels を書いてください",
            "to use it as it is, set max_pixels in [pictures] of site.toml",
        ))
}

/// A picture whose file ends too early.
pub fn truncated(span: Span) -> Diagnostic {
    let message = say("画像のファイルが途中で切れています", "the file of this picture breaks off in the middle");
    Diagnostic::error("truncated-picture", message).at(span).help(say(
        "コピーや送信が途中で終わったようです。もとのファイルを、もう一度写してください",
        "a copy or a transfer seems to have stopped half-way: copy the original file once more",
    ))
}

/// A picture that can't be decoded.
pub fn undecodable(span: Span, cause: &str) -> Diagnostic {
    let message = say(format!("画像として読めません（{cause}）"), format!("this is not a readable picture ({cause})"));
    Diagnostic::error("broken-picture", message)
        .at(span)
        .expected(say("JPEG、PNG、WebP、GIF、AVIF、SVG のどれか", "JPEG, PNG, WebP, GIF, AVIF or SVG"))
        .help(say(
            "画像を扱うソフトで開けるなら、別の名前で保存し直してください。開けなければ、もとの画像を使ってください",
            "if a program for pictures can open it, save it anew; if none can, go back to the original",
        ))
}

/// A picture that can't be written in a format: too tall for its width.
pub fn unencodable(span: Span, format: &str) -> Diagnostic {
    let message =
        say(format!("この画像は {format} にできません"), format!("this picture can't be written as {format}"));
    Diagnostic::error("broken-picture", message)
        .at(span)
        .help(say("画像を分けるか、縮めてください", "cut the picture into parts, or make it smaller"))
}

/// A drawing out of which something was taken that could run, or would ask another host.
pub fn drawing_cleaned(span: Span, removed: &[Message]) -> Diagnostic {
    let list = |speak: fn(&Message) -> &str, between: &str| removed.iter().map(speak).collect::<Vec<_>>().join(between);
    let message = say(
        format!("SVG から次のものを取り除いて公開します: {}", list(|message| &message.ja, "、")),
        format!("this SVG is published without {}", list(|message| &message.en, ", ")),
    );
    Diagnostic::warning("svg-cleaned", message).at(span).help(say(
        "見た目が変わっていないか確かめ、絵の編集ソフトで「プレーンSVG」として保存し直すと、この知らせは出なくなります",
        "see whether it still looks right; saved as plain SVG in a drawing program, it is told no more",
    ))
}

/// An SVG that is no well-formed XML.
pub fn broken_drawing(span: Span, cause: &str) -> Diagnostic {
    let message = say(format!("SVG として読めません（{cause}）"), format!("this is not a readable SVG ({cause})"));
    Diagnostic::error("broken-picture", message).at(span).help(say(
        "絵の編集ソフトで開き、SVG で保存し直してください",
        "open it in a drawing program and save it as SVG again",
    ))
}

/// A cover picture without words for those who can't see it.
pub fn cover_without_alt(span: Span) -> Diagnostic {
    Diagnostic::warning(
        "missing-alt",
        say("表紙の画像に代わりの文がありません", "the cover picture has no alternative text"),
    )
    .at(span)
    .help(say("`cover: {src: …, alt: 何が見えるか}` と書いてください", "write `cover: {src: …, alt: what is seen}`"))
    .help(say(
        "翻訳では `cover: {alt: …}` だけを書けば、画像はもとのページのものになります",
        "in a translation `cover: {alt: …}` is enough: the picture is that of the original",
    ))
}

/// A cover picture that does not say who made it.
pub fn cover_without_credit(span: Span) -> Diagnostic {
    Diagnostic::warning(
        "missing-credit",
        say("表紙の画像に、撮った人・描いた人の名がありません", "the cover picture does not say who made it"),
    )
    .at(span)
    .help(say(
        "`cover: {src: …, alt: …, credit: 撮影 広報係}` のように書いてください",
        "write `cover: {src: …, alt: …, credit: Photo: public relations office}`",
    ))
}

/// A focal point that is none.
pub fn bad_focus(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("bad-focus", say("切り抜きの中心（focus）が読めません", "this focal point can't be understood"))
        .at(span)
        .found(found)
        .expected(say(
            "左からと上からの割合（\"30% 60%\"）か、top、bottom、left、right、center のことば",
            "how far from the left and the top (\"30% 60%\"), or the words top, bottom, left, right, center",
        ))
        .help(say("左上なら \"top left\" か \"0% 0%\" です", "the upper left is \"top left\" or \"0% 0%\""))
}
