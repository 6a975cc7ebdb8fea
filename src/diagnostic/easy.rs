//! Findings about やさしい日本語: what makes a sentence hard for those who are learning Japanese.

use super::{Diagnostic, Span, say};

/// A sentence that is too long.
pub fn long_sentence(span: Span, length: usize, most: usize) -> Diagnostic {
    let message = say(format!("文が長すぎます（{length}字）"), format!("a long sentence ({length} letters)"));
    Diagnostic::warning("long-sentence", message)
        .at(span)
        .expected(say(format!("一文に {most} 字まで"), format!("at most {most} letters in a sentence")))
        .help(say(
            "一文で言うことを一つにして、二つに分けてください。三つ以上並べるときは箇条書きにします",
            "say one thing in a sentence and cut it in two; make a list of three things or more",
        ))
}

/// A sentence with very many kanji.
pub fn many_kanji(span: Span, count: usize, most: usize) -> Diagnostic {
    let message = say(format!("一文に漢字が {count} あります"), format!("{count} kanji in a sentence"));
    Diagnostic::warning("many-kanji", message)
        .at(span)
        .expected(say(format!("一文に {most} まで"), format!("at most {most}")))
        .help(say("かなで書くか、やさしい言葉に言い換えてください", "write in kana, or say it in easier words"))
}

/// Kanji that a reader may not be able to read.
pub fn without_reading(span: Span, words: &[&str]) -> Diagnostic {
    let list = words.join("、");
    let first = words.first().copied().unwrap_or_default();
    Diagnostic::warning("kanji-without-reading", say("読みのない漢字があります", "kanji without their readings"))
        .at(span)
        .found(list)
        .help(say(
            format!(
                "`{{{first}|よみ}}` のように読みを付けるか、用語集（terms）に reading のある語として入れてください"
            ),
            format!("write `{{{first}|よみ}}`, or put the word into the glossary (terms) with its `reading`"),
        ))
}

/// A year by its era.
pub fn era_year(span: Span, found: &str, year: i32) -> Diagnostic {
    Diagnostic::warning("era-year", say("元号の年があります", "a year by its era"))
        .at(span)
        .found(found)
        .expected(say(format!("西暦（{year}年）"), format!("a western year ({year}年)")))
        .help(say(format!("{year}年 と書いてください"), format!("write {year}年")))
}

/// A word for which there is an easier one.
pub fn hard_word(span: Span, found: &str, easier: &str) -> Diagnostic {
    Diagnostic::warning("hard-word", say("もっとやさしい言い方のある言葉です", "there is an easier word for this"))
        .at(span)
        .found(found)
        .help(say(format!("例: {easier}"), format!("for example {easier}")))
}

/// Two negatives in one.
pub fn double_negative(span: Span, found: &str, easier: &str) -> Diagnostic {
    Diagnostic::warning("double-negative", say("打ち消しが二つ重なっています", "one negative within another"))
        .at(span)
        .found(found)
        .help(say(format!("打ち消しを使わずに書いてください。例: {easier}"), format!("say it without: {easier}")))
}
