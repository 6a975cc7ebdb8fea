//! `kairan new FOLDER`: a small, complete, bilingual site.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Message, say};

/// The files of a new site. Names that begin with a dot are kept without it, so that they are seen here.
static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/site");

/// Makes a new site in `folder`, which must not exist or be empty.
///
/// # Errors
/// What stands in the way.
#[allow(clippy::disallowed_methods, reason = "the one command that writes outside of a site's output")]
pub(super) fn site(folder: &Path) -> Result<(), Message> {
    match fs::read_dir(folder).map(Iterator::count) {
        Ok(count) if count > 0 => return Err(not_empty(folder)),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(unwritable(folder, &error)),
        _ => {}
    }
    let mut folders = vec![&FILES];
    while let Some(inside) = folders.pop() {
        folders.extend(inside.dirs());
        for file in inside.files() {
            let path = folder.join(dotted(file.path()));
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
            fs::write(&path, file.contents()).map_err(|error| unwritable(&path, &error))?;
        }
    }
    super::schema::write(&folder.join(super::schema::FOLDER), &crate::schema::all())
}

/// The name with its dot.
fn dotted(path: &Path) -> PathBuf {
    match path.strip_prefix("github") {
        Ok(rest) => Path::new(".github").join(rest),
        Err(_) if path.starts_with("vscode") => PathBuf::from(format!(".{}", path.display())),
        Err(_) if path == Path::new("gitignore") => PathBuf::from(".gitignore"),
        Err(_) => path.to_path_buf(),
    }
}

fn not_empty(folder: &Path) -> Message {
    let folder = folder.display();
    say(
        format!("エラー: {folder} は空ではありません。まだ無い名前か、空のフォルダを指定してください。"),
        format!("error: {folder} is not empty; name a folder that does not exist yet, or an empty one"),
    )
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Message {
    let path = path.display();
    say(
        format!("エラー: {path} に書き込めません（{error}）。フォルダの権限を確かめてください。"),
        format!("error: {path} can't be written ({error}); check the permissions of the folder"),
    )
}

/// What to do next.
pub(super) fn next_steps(folder: &Path) -> Message {
    let folder = folder.display();
    say(
        format!(
            "新しいサイトを {folder} に作りました。\n  cd {folder}\n  kairan build\nそのあと public/index.html を開いてください。"
        ),
        format!("a new site is in {folder}\n  cd {folder}\n  kairan build\nthen open public/index.html"),
    )
}
