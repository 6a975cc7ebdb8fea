//! Findings about the disk: what can't be read, and where Kairan refuses to write.

use super::{Diagnostic, Span, say};

/// A file or folder that the system does not let us read.
pub fn unreadable(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error("unreadable", say(format!("読み込めません（{cause}）"), format!("this can't be read ({cause})")))
        .at(span)
        .help(say("ファイルの権限と、リンクの先があるかを確かめてください", "check its permissions and, for a link, that its target exists"))
}
