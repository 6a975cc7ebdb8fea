//! The few words that the text of a page itself needs: titles of notes, names for screen readers.

use pulldown_cmark::BlockQuoteKind;

use crate::locale::Language;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    note: &'static str,
    tip: &'static str,
    important: &'static str,
    warning: &'static str,
    caution: &'static str,
    /// The list of footnotes.
    pub notes: &'static str,
    /// A footnote mark; the number follows.
    pub note_mark: &'static str,
    /// The way back from a footnote; the number follows.
    pub back: &'static str,
    /// A table without a caption.
    pub table: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is not.
    pub open: &'static str,
}

const JAPANESE: Words = Words {
    note: "補足",
    tip: "こつ",
    important: "大切",
    warning: "注意",
    caution: "危険",
    notes: "注",
    note_mark: "注",
    back: "本文に戻る：注",
    table: "表",
    done: "済み",
    open: "未了",
};

const ENGLISH: Words = Words {
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    notes: "Notes",
    note_mark: "Note ",
    back: "Back to the text: note ",
    table: "Table",
    done: "done",
    open: "to do",
};

impl Words {
    /// The words of a language; English ones for a language that Kairan has none of.
    pub fn of(language: &Language) -> &'static Words {
        if language.is_japanese() { &JAPANESE } else { &ENGLISH }
    }

    /// The class and the title of an alert.
    pub fn alert(&self, kind: BlockQuoteKind) -> (&'static str, &'static str) {
        match kind {
            BlockQuoteKind::Note => ("note", self.note),
            BlockQuoteKind::Tip => ("tip", self.tip),
            BlockQuoteKind::Important => ("important", self.important),
            BlockQuoteKind::Warning => ("warning", self.warning),
            BlockQuoteKind::Caution => ("caution", self.caution),
        }
    }
}
