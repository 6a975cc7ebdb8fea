//! Findings of the server: what keeps it from showing a site, apart from the site itself.

use super::{Diagnostic, say};

/// A site folder that can't be read at all.
pub fn unreadable_site(cause: &str) -> Diagnostic {
    let message =
        say(format!("サイトのフォルダが読めません（{cause}）"), format!("the site folder can't be read ({cause})"));
    Diagnostic::error("unreadable-site", message).help(say(
        "フォルダと、その中の site.toml があるかを確かめてください。戻れば、続きから表示します",
        "check that the folder and its site.toml are there; as soon as they are, this goes on",
    ))
}

/// Files that the system does not tell about.
pub fn not_watched(cause: &str) -> Diagnostic {
    let message = say(
        format!("変更の知らせを受け取れません（{cause}）。1秒おきにファイルを見に行きます"),
        format!("the system does not tell about changes ({cause}), so files are looked at every second"),
    );
    Diagnostic::warning("not-watched", message).help(say(
        "ネットワーク上のフォルダでは、はじめから `--poll` を付けてください",
        "on a network drive, start with `--poll`",
    ))
}
