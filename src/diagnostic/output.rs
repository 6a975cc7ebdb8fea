//! Findings about the disk: what can't be read, and where Kairan refuses to write.

use std::io;
use std::path::Path;

use super::{Diagnostic, Message, Span, say};

/// A file or folder that the system does not let us read.
pub fn unreadable(span: Span, cause: &str) -> Diagnostic {
    Diagnostic::error("unreadable", say(format!("読み込めません（{cause}）"), format!("this can't be read ({cause})")))
        .at(span)
        .help(say(
            "ファイルの権限と、リンクの先があるかを確かめてください",
            "check its permissions and, for a link, that its target exists",
        ))
}

/// Two files of the site that come out under one name, or under names that are one name to Windows and macOS.
pub fn same_name(path: &str, origin: Option<&Span>, first: &str, first_origin: Option<&Span>) -> Diagnostic {
    let message = if path == first {
        say(format!("同じファイルが二度作られます: {path}"), format!("two files come out as {path}"))
    } else {
        say(
            format!("{first} と {path} は、Windows や macOS では同じ名前になります"),
            format!("{first} and {path} are one name on Windows and macOS"),
        )
    };
    clash("same-output", message, origin, first_origin).help(say(
        "どちらか一方の slug、aliases、またはファイル名を変えてください",
        "change the slug, the aliases or the file name of one of the two",
    ))
}

/// A file whose name another file needs for a folder.
pub fn file_and_folder(
    file: &str,
    file_origin: Option<&Span>,
    inside: &str,
    inside_origin: Option<&Span>,
) -> Diagnostic {
    let message = say(
        format!("{file} がファイルにもフォルダにもなります（{inside} が中に入ります）"),
        format!("{file} would be a file and a folder at once ({inside} goes into it)"),
    );
    clash("same-output", message, inside_origin, file_origin).help(say(
        "どちらか一方の slug、aliases、またはファイル名を変えてください",
        "change the slug, the aliases or the file name of one of the two",
    ))
}

fn clash(code: &str, message: Message, origin: Option<&Span>, first: Option<&Span>) -> Diagnostic {
    let mut finding = Diagnostic::error(code, message);
    if let Some(origin) = origin.or(first) {
        finding = finding.at(origin.clone());
    }
    match (origin, first) {
        (Some(_), Some(first)) => {
            finding.related(first.clone(), say("もう一方はここから作られます", "the other one is made from this"))
        }
        _ => finding,
    }
}

/// A name that a disk or a web server does not take.
pub fn unusable_name(path: &str, origin: Option<&Span>, cause: Message) -> Diagnostic {
    let message = say(
        format!("この名前のファイルは作れません: {path}（{}）", cause.ja),
        format!("a file can't have this name: {path} ({})", cause.en),
    );
    let finding = Diagnostic::error("unusable-output-name", message).help(say(
        "slug かファイル名を、半角の英数字と - で短く付け直してください",
        "give a short slug or file name of letters, digits and hyphens",
    ));
    match origin {
        Some(origin) => finding.at(origin.clone()),
        None => finding,
    }
}

/// An output folder in which other people's files lie, and which Kairan has never written.
pub fn foreign_folder(out: &Path, some: &[String], count: usize) -> Diagnostic {
    let message = say(
        format!("{} には Kairan が作っていないファイルがあるため、書き込みません", out.display()),
        format!("{} holds files that Kairan did not make, so nothing is written there", out.display()),
    );
    Diagnostic::error("foreign-output", message)
        .found(listed(some, count))
        .expected(say(
            "空のフォルダ、まだないフォルダ、または Kairan が作ったフォルダ",
            "a folder that is empty, or new, or that Kairan made",
        ))
        .help(say("`--out` に別の名前を指定してください", "give another name to `--out`"))
        .help(say(
            "中身がいらないものなら、そのフォルダをご自分で消してから、もう一度実行してください",
            "or, if nothing in it is needed, delete that folder yourself and run this again",
        ))
}

/// Files put into the output folder by hand, where the new site has files of the same names.
pub fn foreign_in_the_way(out: &Path, some: &[String], count: usize) -> Diagnostic {
    let message = say(
        format!("{} に手で置かれたファイルが、新しいサイトのファイルと重なります", out.display()),
        format!("files that were put into {} by hand have names that the new site needs", out.display()),
    );
    Diagnostic::error("foreign-in-the-way", message)
        .found(listed(some, count))
        .help(say(
            "そのファイルを別の場所へ移すか消してから、もう一度実行してください。前のサイトはそのまま残っています",
            "move or delete these files and run this again; the last site is still in place",
        ))
        .help(say(
            "サイトに必ず入れたいファイルは、`static` フォルダに置いてください",
            "a file that always belongs to the site goes into the `static` folder",
        ))
}

/// A list of Kairan's own files that can't be understood.
pub fn unreadable_manifest(folder: &Path, name: &str, cause: &str) -> Diagnostic {
    let message = say(
        format!(
            "{} の一覧 {name} が読めないため、どれが Kairan の作ったファイルか分かりません（{cause}）",
            folder.display()
        ),
        format!(
            "the list {name} in {} can't be read, so it is unknown which files are Kairan's ({cause})",
            folder.display()
        ),
    );
    Diagnostic::error("unreadable-manifest", message)
        .help(say(
            "手で置いたファイルがあれば別の場所へ移し、そのフォルダを消してから、もう一度実行してください",
            "move any file of your own elsewhere, delete that folder, and run this again",
        ))
        .help(say(
            "新しい Kairan で作ったフォルダなら、同じ版の Kairan を使ってください",
            "if a newer Kairan made it, use that version",
        ))
}

/// One of Kairan's own folders beside the output folder, with other people's files in it.
pub fn foreign_beside(folder: &Path, some: &[String], count: usize) -> Diagnostic {
    let message = say(
        format!("作業用のフォルダ {} に、Kairan が作っていないファイルがあります", folder.display()),
        format!("the working folder {} holds files that Kairan did not make", folder.display()),
    );
    Diagnostic::error("foreign-output", message).found(listed(some, count)).help(say(
        "いるものを別の場所へ移してから、そのフォルダを消してください",
        "move what is needed elsewhere, then delete that folder",
    ))
}

/// An output folder that would take the site, or a person's home, with it.
pub fn output_holds_site(out: &Path, what: &Path) -> Diagnostic {
    let message = say(
        format!("{} には {} が入っているため、出力先にできません", out.display(), what.display()),
        format!("{} can't be the output folder, because {} is in it", out.display(), what.display()),
    );
    dangerous(message)
}

/// An output folder inside of what the site is made from.
pub fn output_inside_source(out: &Path, folder: &Path) -> Diagnostic {
    let message = say(
        format!("{} はサイトの元になるフォルダ {} の中にあるため、出力先にできません", out.display(), folder.display()),
        format!(
            "{} can't be the output folder, because it is inside {}, from which the site is made",
            out.display(),
            folder.display()
        ),
    );
    dangerous(message)
}

/// A whole disk, or a home folder.
pub fn output_too_high(out: &Path) -> Diagnostic {
    let message =
        say(format!("{} は出力先にできません", out.display()), format!("{} can't be the output folder", out.display()));
    dangerous(message)
}

fn dangerous(message: Message) -> Diagnostic {
    Diagnostic::error("dangerous-output", message)
        .expected(say("サイトだけが入るフォルダ", "a folder of its own for the site"))
        .help(say(
            "`--out public` のように、サイト専用のフォルダを指定してください",
            "name a folder that holds nothing else, such as `--out public`",
        ))
}

/// An output folder that is a symbolic link.
pub fn output_is_link(out: &Path, target: Option<&Path>) -> Diagnostic {
    let message = say(
        format!("{} は別の場所へのリンクなので、置き換えられません", out.display()),
        format!("{} is a link, which can't be exchanged for a new site", out.display()),
    );
    let finding = Diagnostic::error("output-is-link", message);
    match target {
        Some(target) => finding.found(target.display().to_string()).help(say(
            "`--out` に、リンクの先のフォルダを指定してください",
            "give the folder that the link points to as `--out`",
        )),
        None => finding.help(say(
            "リンクを消してください。先のフォルダはありません",
            "delete the link; what it points to does not exist",
        )),
    }
}

/// An output folder that is a file.
pub fn output_is_file(out: &Path) -> Diagnostic {
    let message = say(
        format!("{} はファイルなので、出力先にできません", out.display()),
        format!("{} is a file, not a folder", out.display()),
    );
    Diagnostic::error("output-is-file", message).help(say(
        "`--out` に別の名前を指定するか、そのファイルを移してください",
        "give another name to `--out`, or move that file",
    ))
}

/// Another Kairan that is writing the same folder.
pub fn busy(out: &Path) -> Diagnostic {
    let message = say(
        format!("別の Kairan が {} に書き込んでいます", out.display()),
        format!("another Kairan is writing {}", out.display()),
    );
    Diagnostic::error("output-busy", message)
        .help(say("終わるのを待って、もう一度実行してください", "wait until it has finished and run this again"))
        .help(say(
            "同時に二つ作るときは、`--out` に別々の名前を指定してください",
            "to build two at once, give each its own `--out`",
        ))
}

/// What the system said when a file or folder could not be written. The last site is still in place.
pub fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let cause = error.to_string();
    let path = path.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Diagnostic::error(
            "disk-full",
            say(
                format!("ディスクがいっぱいで {path} を書けません（{cause}）"),
                format!("there is no room on the disk for {path} ({cause})"),
            ),
        )
        .help(say(
            "いらないファイルを消して空きを作り、もう一度実行してください。前のサイトはそのまま残っています",
            "make room and run this again; the last site is still in place",
        )),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Diagnostic::error(
            "output-not-permitted",
            say(format!("{path} に書き込む権限がありません（{cause}）"), format!("you may not write {path} ({cause})")),
        )
        .help(say(
            "書き込めるフォルダを `--out` に指定するか、管理者に権限を頼んでください",
            "give a folder that you may write as `--out`, or ask for the permission",
        )),
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Diagnostic::error(
            "output-not-exchangeable",
            say(
                format!("{path} は新しいサイトに置き換えられません（{cause}）"),
                format!("{path} can't be exchanged for the new site ({cause})"),
            ),
        )
        .help(say(
            "外付けの場所そのものは置き換えられません。その中のフォルダ（例: `--out その場所/site`）を指定してください",
            "a mounted place can't be exchanged itself; give a folder inside of it, such as `--out PLACE/site`",
        )),
        _ => Diagnostic::error(
            "output-not-written",
            say(format!("{path} を書けません（{cause}）"), format!("{path} can't be written ({cause})")),
        )
        .help(say(
            "そのフォルダのファイルを開いているソフトを閉じ、もう一度実行してください",
            "close the programs that have files of that folder open, and run this again",
        )),
    }
}

/// Up to five names, then how many more there are.
fn listed(some: &[String], count: usize) -> String {
    const MOST: usize = 5;
    let mut list = some.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    if count > MOST.min(some.len()) {
        list.push_str(&format!(", … (+{})", count - MOST.min(some.len())));
    }
    list
}
