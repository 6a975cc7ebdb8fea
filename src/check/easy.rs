//! やさしい日本語: what makes a sentence hard for those who are learning Japanese.
//!
//! The rules are those of 出入国在留管理庁 and 文化庁, 「在留支援のためのやさしい日本語ガイドライン」 (2020), as far as a
//! program can see them: short sentences, few kanji and each with its reading, no double negatives, easy words, western
//! years. It gives no number of letters: the limit of a sentence is ours, and that of kanji in it is one of the numbers of
//! 弘前大学人文社会科学部社会言語学研究室 (2019).

use std::ops::Range;

use super::prose::Prose;
use crate::diagnostic::{Diagnostic, Span, easy as findings};
use crate::locale::Period;
use crate::model::{Page, Site};
use crate::parse::japanese::is_japanese;
use crate::parse::settings::EasyJapanese;

/// Words, and what may be said instead.
const HARD: [(&str, &str); 34] = [
    ("提出", "出してください"),
    ("記入", "書いてください"),
    ("持参", "持ってきてください"),
    ("参照", "見てください"),
    ("閲覧", "見ること"),
    ("至急", "すぐに"),
    ("直ちに", "すぐに"),
    ("可能", "できます"),
    ("不可", "できません"),
    ("不要", "いりません"),
    ("該当", "あてはまる"),
    ("送付", "送ってください"),
    ("未定", "まだ決まっていません"),
    ("随時", "いつでも"),
    ("原則", "ふつうは"),
    ("遵守", "守ってください"),
    ("勤務", "働く"),
    ("居住", "住む"),
    ("有無", "あるかどうか"),
    ("以降", "〜から"),
    ("及び", "〜と"),
    ("並びに", "〜と"),
    ("若しくは", "〜か"),
    ("又は", "〜か"),
    ("希望者", "〜したい人"),
    ("来訪", "来る"),
    ("来院", "病院に来る"),
    ("受診", "病院に行く"),
    ("実施", "します"),
    ("開催", "します"),
    ("終了", "終わります"),
    ("変更", "変わります"),
    ("延期", "後の日になります"),
    ("徒歩", "歩いて"),
];

/// Ends of sentences with two negatives, and what may be said instead.
const DOUBLE: [(&str, &str); 12] = [
    ("なくはない", "〜です"),
    ("なくはありません", "〜です"),
    ("ないわけではない", "〜ことがあります"),
    ("ないわけではありません", "〜ことがあります"),
    ("ないことはない", "〜できます"),
    ("ないことはありません", "〜できます"),
    ("ないとはいえない", "〜かもしれません"),
    ("ないとはいえません", "〜かもしれません"),
    ("なければならない", "〜てください"),
    ("なければなりません", "〜てください"),
    ("なくてはならない", "〜てください"),
    ("なくてはなりません", "〜てください"),
];

const ERAS: [&str; 5] = ["令和", "平成", "昭和", "大正", "明治"];

/// Kanji that come after a number (or a value from the data, which is not read here), and that everybody learns first.
const COUNTERS: &str = "年月日時分週回人円歳番号階";

/// What is hard to read on the pages in やさしい日本語. `text` gives the text of a source.
pub(super) fn hard<'t>(site: &Site, text: &dyn Fn(&str) -> Option<&'t str>) -> Vec<Diagnostic> {
    let easy = site.pages.iter().filter(|page| page.language.is_easy_japanese());
    easy.flat_map(|page| on_page(site, page, text)).collect()
}

fn on_page<'t>(site: &Site, page: &Page, text: &dyn Fn(&str) -> Option<&'t str>) -> Vec<Diagnostic> {
    let Some(document) = &page.document else { return Vec::new() };
    let Some(source) = text(&document.path) else { return Vec::new() };
    let reading = Reading::of(&Prose::of(source));
    let terms = site.data.terms().filter(|term| term.reading.is_some());
    let terms: Vec<&str> = terms.filter_map(|term| term.in_language(&page.language)).collect();
    let rules = site.settings.easy_japanese;
    let span = |range: Range<usize>| {
        let (first, last) = (reading.place(range.start), reading.place(range.end.saturating_sub(1)));
        Span::new(&document.path, first, last + 1)
    };
    let sentences = reading.sentences();
    sentences.into_iter().flat_map(|range| of_sentence(&reading, range, &rules, &terms, &span)).collect()
}

fn of_sentence(
    reading: &Reading,
    range: Range<usize>,
    rules: &EasyJapanese,
    terms: &[&str],
    span: &dyn Fn(Range<usize>) -> Span,
) -> Vec<Diagnostic> {
    let text = reading.text.get(range.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let length = text.chars().filter(|c| c.is_alphanumeric() || is_japanese(*c)).count();
    if rules.sentence > 0 && length > rules.sentence {
        found.push(findings::long_sentence(span(range.clone()), length, rules.sentence));
    }
    let kanji = text.chars().filter(|c| is_kanji(*c)).count();
    if rules.kanji > 0 && kanji > rules.kanji {
        found.push(findings::many_kanji(span(range.clone()), kanji, rules.kanji));
    }
    let bare = if rules.readings { bare_words(reading, range.clone(), terms) } else { Vec::new() };
    if let Some(first) = bare.first() {
        let words: Vec<&str> = bare.iter().filter_map(|word| reading.text.get(word.clone())).collect();
        found.push(findings::without_reading(span(first.clone()), &words));
    }
    let at = |start: usize, word: &str| span(range.start + start..range.start + start + word.len());
    for (word, easier) in HARD {
        found.extend(text.match_indices(word).map(|(start, _)| findings::hard_word(at(start, word), word, easier)));
    }
    for (word, easier) in DOUBLE {
        found.extend(
            text.match_indices(word).map(|(start, _)| findings::double_negative(at(start, word), word, easier)),
        );
    }
    found
        .extend(era_years(text).into_iter().map(|(start, word, year)| findings::era_year(at(start, word), word, year)));
    found
}

/// Runs of kanji that have no reading: neither by their author nor from the glossary.
fn bare_words(reading: &Reading, range: Range<usize>, terms: &[&str]) -> Vec<Range<usize>> {
    let text = reading.text.get(range.clone()).unwrap_or_default();
    let covered: Vec<Range<usize>> = terms
        .iter()
        .chain(&ERAS)
        .flat_map(|term| text.match_indices(term).map(|(at, _)| at..at + term.len()))
        .collect();
    // A sentence may begin with a value from the data, which is not part of its text.
    let mut before = reading.text.get(..range.start).and_then(|text| text.chars().next_back()).unwrap_or(' ');
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices() {
        let place = range.start + at;
        let is_read = reading.is_read(place) || covered.iter().any(|term| term.contains(&at));
        let is_counter = COUNTERS.contains(letter) && (before.is_numeric() || before == '\0');
        if is_kanji(letter) && !is_read && !is_counter {
            match words.last_mut().filter(|word| word.end == place) {
                Some(word) => word.end = place + letter.len_utf8(),
                None => words.push(place..place + letter.len_utf8()),
            }
        }
        before = letter;
    }
    words
}

fn is_kanji(letter: char) -> bool {
    matches!(letter, '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Years by their era, with the western year.
fn era_years(text: &str) -> Vec<(usize, &str, i32)> {
    let eras = ERAS.iter().flat_map(|era| text.match_indices(era));
    let years = eras.filter_map(|(start, era)| {
        let rest = text.get(start + era.len()..)?;
        let number = rest.find(|c: char| !c.is_numeric() && c != '元').filter(|length| *length > 0)?;
        let unit =
            ["年度", "年"].into_iter().find(|unit| rest.get(number..).is_some_and(|rest| rest.starts_with(unit)))?;
        let word = text.get(start..start + era.len() + number + unit.len())?;
        Some((start, word, Period::parse(word)?.year()))
    });
    years.collect()
}

/// The words of a page without the readings above them.
struct Reading {
    text: String,
    /// Where each byte stands in the source.
    places: Vec<usize>,
    /// The words that have a reading.
    read: Vec<Range<usize>>,
}

impl Reading {
    fn of(prose: &Prose) -> Reading {
        let mut reading = Reading { text: String::new(), places: Vec::new(), read: Vec::new() };
        let mut at = 0;
        while let Some(found) = prose.text.get(at..).and_then(|rest| rest.find('{')) {
            let open = at + found;
            let inside = prose.text.get(open + 1..).and_then(|rest| rest.get(..rest.find(['{', '}', '\n'])?));
            match inside.and_then(|inside| Some((inside, inside.split_once('|')?.0))) {
                Some((inside, base)) => {
                    reading.push(prose, at..open);
                    let start = reading.text.len();
                    reading.push(prose, open + 1..open + 1 + base.len());
                    reading.read.push(start..reading.text.len());
                    at = open + inside.len() + 2;
                }
                None => {
                    reading.push(prose, at..open + 1);
                    at = open + 1;
                }
            }
        }
        reading.push(prose, at..prose.text.len());
        reading
    }

    fn push(&mut self, prose: &Prose, range: Range<usize>) {
        self.text.push_str(prose.text.get(range.clone()).unwrap_or_default());
        self.places.extend(prose.places.get(range).unwrap_or_default());
    }

    fn place(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).copied().unwrap_or_default()
    }

    fn is_read(&self, at: usize) -> bool {
        let next = self.read.partition_point(|word| word.end <= at);
        self.read.get(next).is_some_and(|word| word.contains(&at))
    }

    /// Sentences: they end with a full stop, with their paragraph, or with their cell of a table.
    fn sentences(&self) -> Vec<Range<usize>> {
        let (mut sentences, mut start) = (Vec::new(), 0);
        for (at, letter) in self.text.char_indices().chain([(self.text.len(), '\n')]) {
            if !matches!(letter, '。' | '！' | '？' | '!' | '?' | '\n' | '|') {
                continue;
            }
            let end = if letter == '。' { at + letter.len_utf8() } else { at };
            let sentence = self.text.get(start..end).unwrap_or_default();
            let content = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
            if !content.is_empty() {
                sentences.push(end - content.len()..end);
            }
            start = (at + letter.len_utf8()).min(self.text.len());
        }
        sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_without_readings_and_marks() {
        let source = "---\ntitle: x\n---\n# {見学|けんがく}\n\n- {病院|びょういん}へ[行く](a.md)\n  ことができます。はい\n- 二\n\n| 一 | 二 |\n";
        let reading = Reading::of(&Prose::of(source));
        let sentences: Vec<String> =
            reading.sentences().into_iter().map(|range| reading.text[range].replace('\0', "")).collect();
        assert_eq!(sentences, ["見学", "病院へ[行く]) ことができます。", "はい", "二", "一 ", "二 "]);
        let bare = |terms: &[&str]| -> Vec<&str> {
            let words = reading.sentences().into_iter().flat_map(|range| bare_words(&reading, range, terms));
            words.map(|word| &source[reading.place(word.start)..][..word.len()]).collect()
        };
        assert_eq!(bare(&[]), ["行", "二", "一", "二"]);
        assert_eq!(bare(&["行く", "二"]), ["一"]);
    }

    #[test]
    fn a_counter_behind_a_value_needs_no_reading() {
        let reading =
            Reading::of(&Prose::of("---\ntitle: x\n---\nきました。`= session[iwaki]`人です。3人の人です。\n"));
        let sentences = reading.sentences();
        let bare: Vec<_> = sentences.into_iter().flat_map(|range| bare_words(&reading, range, &[])).collect();
        assert_eq!(bare.len(), 1, "人 as a word, and not as a counter");
    }

    #[test]
    fn eras_are_found_with_their_western_years() {
        assert_eq!(era_years("令和5年と平成元年度、昭和の町"), [(0, "令和5年", 2023), (13, "平成元年度", 1989)]);
    }
}
