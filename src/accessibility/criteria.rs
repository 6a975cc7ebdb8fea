//! The success criteria of JIS X 8341-3:2016 up to level AA, which are those of WCAG 2.0: 25 of level A, 13 of level AA.
//!
//! Numbers, levels and names are those of the standard; what each asks is said in our own words.

use crate::parse::data::Level::{self, A, AA};

/// A success criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// Its number: `1.4.3`.
    pub number: &'static str,
    /// Its level.
    pub level: Level,
    /// Its name in Japanese, without 「の達成基準」.
    pub ja: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// What it asks, in Japanese.
    pub asks_ja: &'static str,
    /// What it asks, in English.
    pub asks_en: &'static str,
}

const fn of(
    number: &'static str,
    level: Level,
    (ja, en): (&'static str, &'static str),
    (asks_ja, asks_en): (&'static str, &'static str),
) -> Criterion {
    Criterion { number, level, ja, en, asks_ja, asks_en }
}

/// All of them, in the order of the standard.
pub const CRITERIA: [Criterion; 38] = [
    of(
        "1.1.1",
        A,
        ("非テキストコンテンツ", "Non-text Content"),
        ("絵や写真の内容が、言葉でも分かる。", "What pictures tell is there in words too."),
    ),
    of(
        "1.2.1",
        A,
        ("音声だけ及び映像だけ（収録済み）", "Audio-only and Video-only (Prerecorded)"),
        (
            "音だけ、映像だけの記録に、同じ内容の文がある。",
            "A recording of sound or pictures alone has a text that says the same.",
        ),
    ),
    of(
        "1.2.2",
        A,
        ("キャプション（収録済み）", "Captions (Prerecorded)"),
        ("動画の音声に字幕がある。", "Videos have captions."),
    ),
    of(
        "1.2.3",
        A,
        ("音声解説又はメディアに対する代替（収録済み）", "Audio Description or Media Alternative (Prerecorded)"),
        ("動画の見た目の内容が、音声か文でも分かる。", "What videos show is told in sound or in a text."),
    ),
    of(
        "1.2.4",
        AA,
        ("キャプション（ライブ）", "Captions (Live)"),
        ("生中継の音声に字幕がある。", "Live sound has captions."),
    ),
    of(
        "1.2.5",
        AA,
        ("音声解説（収録済み）", "Audio Description (Prerecorded)"),
        ("動画の見た目の内容が、音声でも分かる。", "What videos show is told in sound."),
    ),
    of(
        "1.3.1",
        A,
        ("情報及び関係性", "Info and Relationships"),
        (
            "見出し、一覧、表の関係が、見た目でなく文書の作りで示されている。",
            "Headings, lists and tables are such by structure, not by looks alone.",
        ),
    ),
    of(
        "1.3.2",
        A,
        ("意味のある順序", "Meaningful Sequence"),
        ("順に読み上げても意味が通る。", "Read out in order, it makes sense."),
    ),
    of(
        "1.3.3",
        A,
        ("感覚的な特徴", "Sensory Characteristics"),
        ("「右の」「丸い」だけで指していない。", "Nothing is pointed at by shape or place alone."),
    ),
    of("1.4.1", A, ("色の使用", "Use of Color"), ("色だけで区別していない。", "Nothing is told by colour alone.")),
    of(
        "1.4.2",
        A,
        ("音声の制御", "Audio Control"),
        ("ひとりでに鳴る音を止められる。", "Sound that starts by itself can be stopped."),
    ),
    of(
        "1.4.3",
        AA,
        ("コントラスト（最低限レベル）", "Contrast (Minimum)"),
        (
            "文字と背景の明るさの差が4.5対1以上ある（大きな文字は3対1）。",
            "Text stands out from its ground by 4.5 to 1, large text by 3 to 1.",
        ),
    ),
    of(
        "1.4.4",
        AA,
        ("テキストのサイズ変更", "Resize text"),
        ("文字を二倍にしても、内容と働きが失われない。", "At twice the size of text nothing is lost."),
    ),
    of(
        "1.4.5",
        AA,
        ("文字画像", "Images of Text"),
        ("文字を画像にしていない。", "Text is text, and no picture of it."),
    ),
    of(
        "2.1.1",
        A,
        ("キーボード", "Keyboard"),
        ("すべての操作がキーボードでできる。", "Everything can be done from the keyboard."),
    ),
    of(
        "2.1.2",
        A,
        ("キーボードトラップなし", "No Keyboard Trap"),
        ("キーボードで入れるところから、キーボードで出られる。", "Wherever the keyboard leads in, it leads out."),
    ),
    of(
        "2.2.1",
        A,
        ("タイミング調整可能", "Timing Adjustable"),
        ("時間の制限を延ばせる。", "Limits of time can be lengthened."),
    ),
    of(
        "2.2.2",
        A,
        ("一時停止、停止及び非表示", "Pause, Stop, Hide"),
        ("動き続けるものを止められる。", "What keeps moving can be stopped."),
    ),
    of(
        "2.3.1",
        A,
        ("3回のせん（閃）光、又はしきい（閾）値以下", "Three Flashes or Below Threshold"),
        ("1秒に3回を超えて光るものがない。", "Nothing flashes more than three times a second."),
    ),
    of(
        "2.4.1",
        A,
        ("ブロックスキップ", "Bypass Blocks"),
        ("くり返し現れる部分を飛ばして本文へ進める。", "What is the same on every page can be skipped."),
    ),
    of(
        "2.4.2",
        A,
        ("ページタイトル", "Page Titled"),
        ("ページの題が内容を表している。", "Titles say what pages are about."),
    ),
    of(
        "2.4.3",
        A,
        ("フォーカス順序", "Focus Order"),
        ("キーボードで進む順序に意味が通っている。", "The keyboard moves in an order that makes sense."),
    ),
    of(
        "2.4.4",
        A,
        ("リンクの目的（コンテキスト内）", "Link Purpose (In Context)"),
        ("リンクの行き先が、リンクと前後の文で分かる。", "Where a link leads is clear from it and its sentence."),
    ),
    of(
        "2.4.5",
        AA,
        ("複数の手段", "Multiple Ways"),
        ("ページにたどり着く道が二つ以上ある。", "There is more than one way to a page."),
    ),
    of(
        "2.4.6",
        AA,
        ("見出し及びラベル", "Headings and Labels"),
        ("見出しと項目名が内容を表している。", "Headings and labels say what they are about."),
    ),
    of(
        "2.4.7",
        AA,
        ("フォーカスの可視化", "Focus Visible"),
        ("いまキーボードがどこにあるか、目で分かる。", "One sees where the keyboard is."),
    ),
    of(
        "3.1.1",
        A,
        ("ページの言語", "Language of Page"),
        ("ページの言語が機械にも分かる。", "Machines can tell the language of a page."),
    ),
    of(
        "3.1.2",
        AA,
        ("一部分の言語", "Language of Parts"),
        ("ほかの言語の部分が、機械にも分かる。", "Machines can tell the parts in another language."),
    ),
    of(
        "3.2.1",
        A,
        ("フォーカス時", "On Focus"),
        ("キーボードが移っただけで、画面が変わらない。", "Nothing changes only because the keyboard has come there."),
    ),
    of(
        "3.2.2",
        A,
        ("入力時", "On Input"),
        (
            "入力しただけで、断りなく画面が変わらない。",
            "Nothing changes unannounced only because something was entered.",
        ),
    ),
    of(
        "3.2.3",
        AA,
        ("一貫したナビゲーション", "Consistent Navigation"),
        ("メニューの順序が、どのページでも同じ。", "Menus keep their order on every page."),
    ),
    of(
        "3.2.4",
        AA,
        ("一貫した識別性", "Consistent Identification"),
        ("同じ働きのものは、どこでも同じ名前。", "What does the same is called the same."),
    ),
    of(
        "3.3.1",
        A,
        ("エラーの特定", "Error Identification"),
        ("入力の誤りが、どこの何か、言葉で示される。", "Mistakes in input are named in words."),
    ),
    of(
        "3.3.2",
        A,
        ("ラベル又は説明", "Labels or Instructions"),
        ("入力欄に、何を書くかの説明がある。", "Fields say what is to be entered."),
    ),
    of(
        "3.3.3",
        AA,
        ("エラー修正の提案", "Error Suggestion"),
        ("入力の誤りに、直し方が添えられる。", "Mistakes in input come with a suggestion."),
    ),
    of(
        "3.3.4",
        AA,
        ("エラー回避（法的、金融及びデータ）", "Error Prevention (Legal, Financial, Data)"),
        ("大切な手続きを、取り消すか確かめるかできる。", "What has consequences can be undone, checked or confirmed."),
    ),
    of(
        "4.1.1",
        A,
        ("構文解析", "Parsing"),
        ("HTML の書き方に、支援技術を迷わせる誤りがない。", "The HTML has no mistakes that lead aids astray."),
    ),
    of(
        "4.1.2",
        A,
        ("名前（name）、役割（role）及び値（value）", "Name, Role, Value"),
        ("部品の名前、役割、状態が支援技術に伝わる。", "Aids are told the name, role and state of every control."),
    ),
];

/// The criterion of this number.
pub fn criterion(number: &str) -> Option<&'static Criterion> {
    CRITERIA.iter().find(|criterion| criterion.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_as_the_standard_has() {
        let count = |level| CRITERIA.iter().filter(|criterion| criterion.level == level).count();
        assert_eq!((count(A), count(AA)), (25, 13));
        let parts = |number: &str| number.split('.').map(|part| part.parse().expect("a number")).collect::<Vec<u8>>();
        let numbers: Vec<Vec<u8>> = CRITERIA.iter().map(|criterion| parts(criterion.number)).collect();
        assert!(numbers.is_sorted() && numbers.iter().all(|number| number.len() == 3));
        assert_eq!(criterion("1.4.3").map(|criterion| criterion.level), Some(AA));
    }
}
