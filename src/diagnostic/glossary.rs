//! Findings about the words that texts use for the terms of the glossary.

use super::{Diagnostic, Span, say};

/// A word that the glossary asks not to be used.
pub fn avoided_word(span: Span, found: &str, term: &str, record: Span) -> Diagnostic {
    let message =
        say(format!("用語集で使わないことにした語です: {found}"), format!("the glossary asks not to say “{found}”"));
    Diagnostic::warning("avoided-word", message)
        .at(span)
        .found(found)
        .expected(say(term, term))
        .related(record, say("用語集の項目", "the term in the glossary"))
        .help(say(format!("「{term}」と書いてください"), format!("write “{term}”")))
}
