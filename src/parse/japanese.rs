//! Japanese text: which characters belong to it, where its lines join and its phrases end, how it is counted.
//!
//! Everything here is a rule about plain text. What Markdown makes of it is `parse::markdown`'s business.

use unicode_script::{Script, UnicodeScript};

mod model;

/// Japanese characters that a reader takes in within a minute.
const CHARACTERS_A_MINUTE: usize = 500;
/// Words of languages with spaces that a reader takes in within a minute.
const WORDS_A_MINUTE: usize = 230;
/// The width of the longest generated anchor: 24 kanji, or 48 letters.
const ANCHOR_WIDTH: usize = 48;
/// Characters that never begin a line (JIS X 4051), and small signs that belong to what precedes them.
const NEVER_FIRST: &str = "、。，．・：；？！」』】）〉》〕］｝〟’”…‥ー々ゝゞヽヾ〜～％‰℃°゛゜\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%";
/// Characters that never end a line.
const NEVER_LAST: &str = "「『【（〈《〔［｛〝‘“([{#＃¥￥$＄第約";

/// Whether a character is written without spaces around it: kanji, kana, and full-width punctuation, letters and signs.
pub fn is_japanese(character: char) -> bool {
    match character {
        '\0'..='\u{2E7F}' => false,
        // Symbols, kana, enclosed and squared signs, kanji.
        '\u{3000}'..='\u{312F}' => true,
        '\u{31F0}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => true,
        // Full-width ASCII, half-width kana, full-width signs: but not the half-width Hangul between them.
        '\u{FF01}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}' => true,
        // Vertical forms, and the selectors that choose a kanji's shape.
        '\u{FE30}'..='\u{FE4F}' | '\u{E0100}'..='\u{E01EF}' => true,
        other => matches!(other.script(), Script::Han | Script::Hiragana | Script::Katakana),
    }
}

/// Whether a character is punctuation that brings its own space: 、。「」（）・！？：
pub fn is_wide_punctuation(character: char) -> bool {
    matches!(character,
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303D}' | '\u{30A0}' | '\u{30FB}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}'
        | '\u{FE30}'..='\u{FE4F}')
}

fn is_hangul(character: char) -> bool {
    character > '\u{10FF}' && character.script() == Script::Hangul
}

/// Whether a line break in the source between two characters leaves nothing behind, rather than a space.
///
/// Between two Japanese characters, and beside full-width punctuation, it does in every language. At a border of
/// Japanese and Latin it does on a Japanese page, where no space is typed there (JLREQ 3.2.6: the gap is the
/// typesetter's, and so the style sheet's); on a page in English the space stays. Hangul keeps its spaces.
pub fn joins(before: char, after: char, japanese_page: bool) -> bool {
    if is_hangul(before) || is_hangul(after) {
        return false;
    }
    let (left, right) = (is_japanese(before), is_japanese(after));
    left && right || is_wide_punctuation(before) || is_wide_punctuation(after) || japanese_page && (left || right)
}

/// Plain text as HTML, with `<wbr>` where a Japanese phrase ends: for titles, under `word-break: keep-all`.
pub fn phrases(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    let mut start = 0;
    for end in breaks(text) {
        escape(&mut html, &text[start..end]);
        html.push_str("<wbr>");
        start = end;
    }
    escape(&mut html, &text[start..]);
    html
}

/// Where a line of a heading may end besides at its spaces: byte offsets between Japanese phrases.
pub fn breaks(text: &str) -> Vec<usize> {
    if !text.chars().any(is_japanese) {
        return Vec::new();
    }
    let mut breaks = model::ends(text);
    breaks.retain(|end| may_break(text, *end));
    breaks
}

/// Where a line may end where there is no room for a whole phrase or word: between any two letters that may be parted.
pub fn letter_breaks(text: &str) -> Vec<usize> {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    let parts =
        pairs.filter(|((_, before), (_, after))| !NEVER_LAST.contains(*before) && !NEVER_FIRST.contains(*after));
    parts.map(|(_, (position, _))| position).collect()
}

/// What the model must not decide: words of letters, numbers with their units, and punctuation stay together.
fn may_break(text: &str, position: usize) -> bool {
    let (Some(before), Some(after)) = (text[..position].chars().next_back(), text[position..].chars().next()) else {
        return false;
    };
    if before.is_whitespace() || after.is_whitespace() || NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) {
        return false;
    }
    let is_digit = |character: char| character.is_ascii_digit() || matches!(character, '０'..='９');
    if is_digit(before) {
        return NEVER_LAST.contains(after);
    }
    if is_kanji(before) && is_kanji(after) {
        // 縦｜書き: the model takes a single kanji before others for a phrase.
        let is_alone = |c: Option<char>| c.is_none_or(|c| !is_kanji(c));
        if is_alone(text[..position].chars().nth_back(1)) {
            return false;
        }
    }
    // ふりが｜な: nor does a heading end in a single kana.
    let is_last = text[position..].chars().nth(1).is_none() && !is_kanji(after);
    !is_last && (is_japanese(before) || is_japanese(after))
}

fn is_kanji(character: char) -> bool {
    character == '々' || character.script() == Script::Han
}

/// The anchor of a heading: its text in lower case, full-width letters made half-width and half-width kana full-width,
/// spaces as hyphens, other punctuation left out, cut at a phrase's end. `section` where nothing is left.
pub fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    let mut gap = Gap::None;
    for character in fold(text).chars() {
        if character.is_alphanumeric() || character == '_' || matches!(character, '\u{3099}' | '\u{309A}') {
            let between_latin = !is_japanese(character) && anchor.chars().next_back().is_some_and(|c| !is_japanese(c));
            if !anchor.is_empty() && (gap == Gap::Space || gap == Gap::Sign && between_latin) {
                anchor.push('-');
            }
            anchor.extend(character.to_lowercase());
            gap = Gap::None;
        } else if character.is_whitespace() || character == '-' {
            gap = Gap::Space;
        } else if !matches!(character, '\'' | '’') {
            gap = gap.max(Gap::Sign);
        }
    }
    let anchor = cut_anchor(&anchor);
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_owned() }
}

/// What stands between two words of a heading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Sign,
    Space,
}

fn width(character: char) -> usize {
    if is_japanese(character) { 2 } else { 1 }
}

fn cut_anchor(anchor: &str) -> &str {
    let mut room = ANCHOR_WIDTH;
    let fits = |character: char| {
        let fits = width(character) <= room;
        room = room.saturating_sub(width(character));
        if !fits {
            room = 0;
        }
        fits
    };
    let hard = anchor.len() - anchor.trim_start_matches(fits).len();
    if hard == anchor.len() {
        return anchor;
    }
    let hyphen = anchor[..hard].rfind('-');
    let phrase = last_break(anchor, hard);
    let soft = hyphen.max(phrase).filter(|end| *end > 0).unwrap_or(hard);
    anchor[..soft].trim_end_matches('-')
}

/// The last end of a phrase up to `limit`. The model sees three characters more, so that it knows the one at the limit.
fn last_break(text: &str, limit: usize) -> Option<usize> {
    let seen = text[limit..].char_indices().nth(3).map_or(text.len(), |(more, _)| limit + more);
    breaks(&text[..seen]).into_iter().rfind(|end| *end <= limit)
}

/// Full-width letters, digits and signs as half-width ones, half-width kana as full-width ones.
fn fold(text: &str) -> String {
    const KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        let code = character as u32;
        match character {
            '\u{3000}' => folded.push(' '),
            '！'..='～' => folded.push(char::from_u32(code - 0xFEE0).unwrap_or(character)),
            'ﾞ' | 'ﾟ' => voice(&mut folded, character == 'ﾞ'),
            '｡'..='ﾝ' => folded.push(KANA.chars().nth((code - 0xFF61) as usize).unwrap_or(character)),
            _ => folded.push(character),
        }
    }
    folded
}

/// Puts a voiced or half-voiced mark on the last kana: カ and ﾞ are ガ.
fn voice(text: &mut String, voiced: bool) {
    let Some(last) = text.chars().next_back() else { return };
    let step = match (last, voiced) {
        ('ウ', true) => 'ヴ' as u32 - 'ウ' as u32,
        ('カ'..='ト' | 'ハ'..='ホ', true) => 1,
        ('ハ'..='ホ', false) => 2,
        _ => return,
    };
    text.pop();
    text.push(char::from_u32(last as u32 + step).unwrap_or(last));
}

/// Minutes that a reader needs, rounded up: Japanese by characters, other text by words, both added.
pub fn reading_minutes(text: &str) -> usize {
    let Count { characters, words, .. } = Count::of(text);
    (characters * WORDS_A_MINUTE + words * CHARACTERS_A_MINUTE).div_ceil(CHARACTERS_A_MINUTE * WORDS_A_MINUTE)
}

/// How many bytes are counted in one step.
const BLOCK: usize = 64;

/// What a reader has read so far.
#[derive(Default)]
struct Count {
    /// Japanese characters but for spaces.
    characters: usize,
    /// Whatever else stands between spaces or Japanese characters and has a letter or a digit.
    words: usize,
    is_within_word: bool,
    is_after_space: bool,
}

impl Count {
    /// Every letter of a site is counted here: of a text in English some dozens in one step.
    fn of(text: &str) -> Count {
        let mut count = Count { is_after_space: true, ..Count::default() };
        let mut rest = text;
        while !rest.is_empty() {
            rest = count.japanese(rest);
            let is_counted = rest.as_bytes().first_chunk().is_some_and(|block| count.block(block));
            let end = if is_counted { BLOCK } else { before_japanese(&rest[..rest.ceil_char_boundary(BLOCK)]) };
            let (now, later) = rest.split_at(end);
            if !is_counted {
                now.chars().for_each(|character| count.character(character));
            }
            rest = later;
        }
        count
    }

    /// Counts the kana, kanji and their marks that a text begins with: nearly all of a Japanese one. Gives the rest.
    fn japanese<'t>(&mut self, text: &'t str) -> &'t str {
        // U+3001 to U+30FF and U+4E00 to U+9FFF: three bytes each, and none is a space.
        let is_one = |bytes: &&[u8]| match bytes {
            [0xe3, 0x80, last] => *last > 0x80,
            [0xe3, middle, _] => matches!(middle, 0x81..=0x83),
            [0xe4, middle, _] => *middle >= 0xb8,
            [first, ..] => matches!(first, 0xe5..=0xe9),
            [] => false,
        };
        let found = text.as_bytes().chunks_exact(3).take_while(is_one).count();
        if found > 0 {
            self.characters += found;
            (self.is_within_word, self.is_after_space) = (false, false);
        }
        &text[3 * found..]
    }

    fn character(&mut self, character: char) {
        let (is_japanese, is_space) = (is_japanese(character), character.is_whitespace());
        let is_letter = !is_japanese && character.is_alphanumeric();
        self.characters += usize::from(is_japanese && !is_space);
        self.words += usize::from(is_letter && !self.is_within_word);
        self.is_within_word = (self.is_within_word || is_letter) && !is_japanese && !is_space;
        self.is_after_space = is_space;
    }

    /// Counts a block of ASCII whose words all begin with a letter or a digit. Whether it is one.
    fn block(&mut self, block: &[u8; BLOCK]) -> bool {
        if !block.is_ascii() || !(self.is_within_word || self.is_after_space) {
            return false;
        }
        let is_space = |byte: u8| byte == b' ' || matches!(byte, b'\t'..=b'\r');
        let mut before = [if self.is_after_space { b' ' } else { b'x' }; BLOCK];
        before[1..].copy_from_slice(&block[..BLOCK - 1]);
        let begins = |(before, byte): (&u8, &u8)| is_space(*before) & !is_space(*byte);
        let pairs = before.iter().zip(block);
        let words: u8 = pairs.clone().map(|pair| u8::from(begins(pair))).sum();
        let of_letters: u8 = pairs.map(|pair| u8::from(begins(pair) & pair.1.is_ascii_alphanumeric())).sum();
        if words == of_letters {
            self.words += usize::from(words);
            self.is_after_space = is_space(block[BLOCK - 1]);
            self.is_within_word = !self.is_after_space;
        }
        words == of_letters
    }
}

/// Where kana or kanji follow on something else; else the end.
fn before_japanese(text: &str) -> usize {
    let is_japanese = |character: char| matches!(character, '\u{3001}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
    text.find(is_japanese).filter(|place| *place > 0).unwrap_or(text.len())
}

/// At most `limit` characters of a text, cut at the end of a sentence, phrase or word, with `…` where something is left out.
pub fn shorten(text: &str, limit: usize) -> String {
    let text = text.trim();
    let Some((hard, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let head = &text[..hard];
    let is_enough = |end: &usize| *end * 2 >= hard;
    let sentence = head.rfind(['。', '！', '？']).map(|start| start + '。'.len_utf8()).filter(is_enough);
    if let Some(end) = sentence {
        return text[..end].to_owned();
    }
    let space =
        if text[hard..].starts_with(char::is_whitespace) { Some(hard) } else { head.rfind(char::is_whitespace) };
    let end = space.max(last_break(text, hard)).filter(is_enough).unwrap_or(hard);
    format!("{}…", text[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，')))
}

/// Splits vertical text for `write(text, upright)`: numbers and words of one or two half-width characters, and `!?`,
/// stand upright in one square.
pub fn upright(text: &str, mut write: impl FnMut(&str, bool)) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!?.,:/%+-".contains(c);
    let mut start = 0;
    let mut rest = text;
    while let Some(offset) = rest.find(is_part) {
        let begin = text.len() - rest.len() + offset;
        let run = &text[begin..];
        let run = &run[..run.find(|c| !is_part(c)).unwrap_or(run.len())];
        // A full stop or comma after the number is not part of it.
        let core = run.trim_end_matches(['.', ',', ':']);
        let is_word = core.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_mark = core.bytes().all(|byte| matches!(byte, b'!' | b'?'));
        if (1..=2).contains(&core.len()) && (is_word || is_mark) {
            if start < begin {
                write(&text[start..begin], false);
            }
            write(core, true);
            start = begin + core.len();
        }
        rest = &text[begin + run.len()..];
    }
    if start < text.len() {
        write(&text[start..], false);
    }
}

/// Writes ruby: one reading over all of the base, or one over each of its characters.
///
/// `false` where there are several readings, but not as many as characters: they are then written as one.
pub fn ruby(html: &mut String, base: &str, readings: &[&str]) -> bool {
    let characters = clusters(base);
    let each = readings.len() > 1 && readings.len() == characters.len();
    html.push_str("<ruby>");
    if each {
        for (character, reading) in characters.iter().zip(readings) {
            annotate(html, character, reading);
        }
    } else {
        annotate(html, base, &readings.concat());
    }
    html.push_str("</ruby>");
    each || readings.len() <= 1
}

/// A short text with ruby in it, such as a title: its words alone, and as HTML. `None` where there is no ruby.
pub fn with_ruby(text: &str) -> Option<(String, String)> {
    let (mut plain, mut html, mut rest, mut found) = (String::new(), String::new(), text, false);
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        plain.push_str(before);
        escape(&mut html, before);
        let inside = after.get(1..).and_then(|inside| Some((inside, inside.find(['{', '}'])?)));
        let parts = inside.and_then(|(inside, close)| Some((inside.get(..close)?.split_once('|')?, close)));
        match parts.filter(|((base, reading), _)| base.contains(is_japanese) && !reading.trim().is_empty()) {
            Some(((base, reading), close)) => {
                plain.push_str(base);
                ruby(&mut html, base, &reading.split('|').collect::<Vec<_>>());
                found = true;
                rest = after.get(close + 2..).unwrap_or_default();
            }
            None => {
                plain.push('{');
                html.push('{');
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    escape(&mut html, rest);
    found.then_some((plain, html))
}

fn annotate(html: &mut String, base: &str, reading: &str) {
    escape(html, base);
    html.push_str("<rp>（</rp><rt>");
    escape(html, reading);
    html.push_str("</rt><rp>）</rp>");
}

/// Characters, each with the variation selectors and voiced marks that follow it.
fn clusters(text: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{3099}' | '\u{309A}');
    let starts: Vec<usize> = text.char_indices().filter(|(_, c)| !is_mark(*c)).map(|(start, _)| start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

/// Appends text to HTML, safe in content and in double-quoted attributes.
pub fn escape(html: &mut String, text: &str) {
    let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"');
    // Most texts hold none of them: this looks at many bytes in one step.
    if !text.as_bytes().iter().fold(false, |found, byte| found | is_special(*byte)) {
        return html.push_str(text);
    }
    let mut rest = text;
    while let Some(place) = rest.bytes().position(is_special) {
        html.push_str(&rest[..place]);
        html.push_str(match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[place + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_where_no_space_is_typed() {
        let cases = [
            // before, after, on a Japanese page, on an English page
            ('医', '師', true, true),
            ('、', 'C', true, true),
            ('R', '（', true, true),
            ('医', 'C', true, false),
            ('5', '人', true, false),
            ('a', 'b', false, false),
            ('が', '한', false, false),
            ('국', '어', false, false),
            ('ｶ', 'ﾅ', true, true),
            ('々', '　', true, true),
            ('𠮷', '野', true, true),
        ];
        for (before, after, japanese, english) in cases {
            assert_eq!(joins(before, after, true), japanese, "{before}{after} on a Japanese page");
            assert_eq!(joins(before, after, false), english, "{before}{after} on an English page");
        }
    }

    #[test]
    fn titles_break_between_phrases_only() {
        let check = |text: &str, expected: &str| assert_eq!(phrases(text).replace("<wbr>", "|"), expected);
        check("医師の働き方改革と研修", "医師の|働き方改革と|研修");
        check("2018年に5,091人が働いた", "2018年に|5,091人が|働いた");
        check("第1回 NCD Webinar", "第1回 NCD Webinar");
        check("心肺蘇生法（CPR）の講習", "心肺蘇生法|（CPR）の|講習");
        check("Study session in July 2023", "Study session in July 2023");
        check("縦書き", "縦書き");
        check("ふりがな", "ふりがな");
        check("研修医たちの夏", "研修医たちの|夏");
        check("A&Eと<救急>", "A&amp;Eと|&lt;救急&gt;");
        check("", "");
    }

    #[test]
    fn anchors_are_short_and_keep_kanji() {
        let check = |text: &str, expected: &str| assert_eq!(anchor(text), expected);
        check("働き方改革", "働き方改革");
        check("「働き方」改革（案）", "働き方改革案");
        check("Ｑ＆Ａ　第１回", "q-a-第1回");
        check("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン");
        check("What's new in 2023.7?", "whats-new-in-2023-7");
        check("  ", "section");
        check("！？", "section");
        check(
            "Working hours of physicians in rural hospitals of Japan",
            "working-hours-of-physicians-in-rural-hospitals",
        );
        let long = anchor("福島県いわき市の医療センターで開かれた夏の勉強会に集まった研修医たちの声");
        assert!(long.chars().count() <= 24, "{long}");
        assert!("福島県いわき市の医療センターで開かれた夏の勉強会に".starts_with(&long), "{long}");
        assert!(anchor(&"あ".repeat(500)).chars().count() <= 24);
    }

    #[test]
    fn reading_time_counts_characters_and_words() {
        let check = |text: String, minutes| assert_eq!(reading_minutes(&text), minutes);
        check(String::new(), 0);
        check("。".into(), 1);
        check("あ".repeat(500), 1);
        check("あ".repeat(501), 2);
        check("word ".repeat(230), 1);
        check("word ".repeat(460) + &"字".repeat(1000), 4);
        check("state-of-the-art ".repeat(230), 1);
        check("a few words, (some in brackets) and — 3 numbers ".repeat(23), 1);
        check("a few words, (some in brackets) and — 3 numbers ".repeat(25) + "!! x", 1);
        check(
            "a few words, (some in brackets) and — 3 numbers ".repeat(25) + "!! x y z !!! !!!!!! \u{a0}? . ww ww ww",
            2,
        );
        check("naïve–café\u{a0}".repeat(231), 2);
        check("、\u{3000}—医（㎏Ａ".repeat(100), 1);
        check("𠮷ｶﾅ々".repeat(125), 1);
        check("𠮷ｶﾅ々x".repeat(125), 2);
        check("- 국어 ".repeat(231), 2);
    }

    #[test]
    fn blocks_are_counted_like_single_characters() {
        let text = "A study (of 5,091 people)\u{a0}in 2018 — and what it says.\tDr. O'Neill's \"night shift\" isn't over!? \
                    研修医のday 3と　救急。 x, y & z: every word begins with a letter in this long line of plain words only, \
                    which goes on and on and on until some blocks of it are full, and then on for yet another while";
        let text = text.repeat(2);
        let one_by_one = |text: &str| {
            let mut count = Count { is_after_space: true, ..Count::default() };
            text.chars().for_each(|character| count.character(character));
            (count.characters, count.words)
        };
        for (start, _) in text.char_indices() {
            let Count { characters, words, .. } = Count::of(&text[start..]);
            assert_eq!((characters, words), one_by_one(&text[start..]), "from {start}");
        }
    }

    #[test]
    fn shortened_texts_end_cleanly() {
        let check = |text: &str, limit, expected: &str| assert_eq!(shorten(text, limit), expected);
        check("短い", 5, "短い");
        check("初めての当直です。眠れませんでした。", 12, "初めての当直です。");
        check("Working hours of physicians", 14, "Working hours…");
        check("Working hours of physicians", 13, "Working hours…");
        check("医師の働き方改革について", 9, "医師の働き方改革に…");
        check("医師の働き方改革について", 8, "医師の働き方改革…");
    }

    #[test]
    fn short_numbers_stand_upright() {
        let check = |text: &str, expected: &str| {
            let mut written = String::new();
            upright(text, |piece, upright| written += &if upright { format!("[{piece}]") } else { piece.to_owned() });
            assert_eq!(written, expected);
        };
        check("7月12日", "[7]月[12]日");
        check("2023年、A4で", "2023年、[A4]で");
        check("本当!?", "本当[!?]");
        check("10:30に3.5と1,234", "10:30に3.5と1,234");
        check("第3.", "第[3].");
        check("縦書き", "縦書き");
        check("", "");
    }

    #[test]
    fn titles_have_ruby_and_words_alone() {
        let check = |text: &str| with_ruby(text).map(|(plain, html)| format!("{plain} {html}"));
        assert_eq!(
            check("{病院|びょういん}へ<行く>").as_deref(),
            Some("病院へ<行く> <ruby>病院<rp>（</rp><rt>びょういん</rt><rp>）</rp></ruby>へ&lt;行く&gt;")
        );
        for plain in ["病院", "{a|b}", "{病院}", "{病院|", "{{病院|}", ""] {
            assert_eq!(check(plain), None, "{plain}");
        }
    }

    #[test]
    fn ruby_is_for_the_word_or_for_each_character() {
        let check = |base: &str, readings: &[&str], fits: bool, expected: &str| {
            let mut html = String::new();
            assert_eq!(ruby(&mut html, base, readings), fits);
            assert_eq!(html, expected);
        };
        check("今日", &["きょう"], true, "<ruby>今日<rp>（</rp><rt>きょう</rt><rp>）</rp></ruby>");
        check(
            "医師",
            &["い", "し"],
            true,
            "<ruby>医<rp>（</rp><rt>い</rt><rp>）</rp>師<rp>（</rp><rt>し</rt><rp>）</rp></ruby>",
        );
        check("研修医", &["けん", "しゅうい"], false, "<ruby>研修医<rp>（</rp><rt>けんしゅうい</rt><rp>）</rp></ruby>");
    }
}
