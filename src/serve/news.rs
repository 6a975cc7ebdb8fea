//! What tabs are told: whether the page they show changed, in what way, and what is wrong with the site.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Sender;
use hyper::body::Bytes;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::interval;

use crate::pipeline::Seen;

use super::shown::{Changes, Place, Served, Shown, is_page};

/// How often a channel without news says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// How many other pages are named.
const MOST_OTHERS: usize = 5;

/// One message to a tab.
#[derive(Debug, Serialize)]
struct News<'s> {
    /// The version of the page that it has from now on.
    version: String,
    /// What became of the page.
    page: Change,
    /// Files that the page asks for and that have new bytes: old and new address, which may be the same.
    files: Vec<(String, String)>,
    /// Addresses of other pages that changed, those first whose own text did.
    others: Vec<String>,
    /// How many more of them there are.
    more: usize,
    /// What is wrong.
    problems: &'s [Value],
    errors: usize,
    warnings: usize,
}

/// What became of the page that a tab shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Change {
    /// It is as it was.
    Same,
    /// It is as it was but for the names of files that it asks for.
    Files,
    /// It is another.
    Other,
}

impl News<'_> {
    /// Whether neither the page nor another one changed.
    fn is_nothing(&self) -> bool {
        self.page == Change::Same && self.files.is_empty() && self.others.is_empty()
    }
}

/// Tells a tab that shows `path` in a `version` of all that happens, until it is closed.
pub(super) async fn tell(
    mut shown: watch::Receiver<Arc<Shown>>,
    path: String,
    mut version: String,
    mut sender: Sender<Bytes>,
) {
    let mut last = shown.borrow_and_update().clone();
    let mut message = news(&last, &last, &path, &version);
    let mut is_known = false;
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.reset();
    loop {
        version.clone_from(&message.version);
        let Ok(text) = serde_json::to_string(&message) else { return };
        if !is_known && sender.send_data(format!("data: {text}\n\n").into()).await.is_err() {
            return;
        }
        let now = loop {
            tokio::select! {
                changed = shown.changed() => match changed {
                    Ok(()) => break shown.borrow_and_update().clone(),
                    Err(_) => return,
                },
                _ = heartbeat.tick() => if sender.send_data(":\n\n".into()).await.is_err() { return },
            }
        };
        let before = std::mem::replace(&mut last, now);
        message = news(&last, &before, &path, &version);
        // The rest of a build whose first pages the tab has heard of.
        is_known = before.early.is_some() && before.problems == last.problems && message.is_nothing();
    }
}

/// What a tab that shows `path` in a `version`, and knows what was shown `before`, has to be told.
fn news<'s>(shown: &'s Shown, before: &Shown, path: &str, version: &str) -> News<'s> {
    let now = shown.version(path);
    let mut news = News {
        page: if now == version { Change::Same } else { Change::Other },
        version: now,
        files: Vec::new(),
        others: Vec::new(),
        more: 0,
        problems: &shown.problems.list,
        errors: shown.problems.errors,
        warnings: shown.problems.warnings,
    };
    let (Some(site), Some(last)) = (&shown.site, &before.site) else { return news };
    if Arc::ptr_eq(site, last) {
        return news;
    }
    let changes = site.changes_since(last);
    let renamed = renamed(&changes, last);
    if news.page == Change::Other && before.version(path) == version && is_alike(site, last, path, &renamed) {
        news.page = Change::Files;
    }
    let known = changes.changed.iter().filter(|file| !is_page(file) && last.get(file).is_some());
    let files = renamed.iter().map(|(old, new)| (*old, *new)).chain(known.map(|file| (file.as_str(), file.as_str())));
    let page = text(site, path).unwrap_or_default();
    let asked_for = |(_, new): &(String, String)| new.rsplit('/').next().is_some_and(|name| page.contains(name));
    news.files = files.map(|(old, new)| (last.address(old), site.address(new))).filter(asked_for).collect();
    // Where a style sheet has a new name, each page has, and to name them all would tell nothing; the same goes for a
    // change of so many pages that those of the tabs came first.
    if news.page == Change::Same && renamed.is_empty() && before.early != Some(Seen::LookedAt) {
        (news.others, news.more) = others(site, &changes);
    }
    news
}

/// Files of the `last` site with those that came under the same name but for the fingerprint in it: `a.1a2b3c4d.css`. While
/// a build goes on, the old ones are still there for other pages.
fn renamed<'c>(changes: &'c Changes, last: &'c Served) -> Vec<(&'c str, &'c str)> {
    let new = changes.changed.iter().filter(|path| last.get(path).is_none());
    let came: BTreeMap<String, &str> =
        new.filter_map(|path| Some((without_fingerprint(path)?, path.as_str()))).collect();
    let names = last.names().filter(|_| !came.is_empty());
    let plain = names.filter_map(|path| Some((path, without_fingerprint(path)?)));
    plain.filter_map(|(path, plain)| Some((path, *came.get(&plain)?))).collect()
}

/// The name of a file without the fingerprint in it; `None` where it has none.
fn without_fingerprint(path: &str) -> Option<String> {
    let (stem, extension) = path.rsplit_once('.')?;
    let (name, print) = stem.rsplit_once(['.', '-'])?;
    let is_print = print.len() >= 8 && print.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_print.then(|| format!("{name}.{extension}"))
}

/// Whether the page at `path` is as before but for the names of files.
fn is_alike(site: &Served, last: &Served, path: &str, renamed: &[(&str, &str)]) -> bool {
    let (Some(now), Some(before)) = (text(site, path), text(last, path)) else { return false };
    let mut before = before.to_owned();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    for (old, new) in renamed {
        before = before.replace(&name(old), &name(new));
    }
    now == before
}

/// The text of the page at `path`.
fn text<'s>(site: &'s Served, path: &str) -> Option<&'s str> {
    match site.place(path) {
        Place::File(_, content) => std::str::from_utf8(content.bytes()?).ok(),
        _ => None,
    }
}

/// Pages that changed, those first whose own text did, and how many more there are.
fn others(site: &Served, changes: &Changes) -> (Vec<String>, usize) {
    let mut pages: Vec<&String> = changes.changed.iter().filter(|file| is_page(file)).collect();
    pages.sort_by_key(|file| !site.edited.contains(file));
    let named = pages.iter().take(MOST_OTHERS).map(|file| site.address(file)).collect();
    (named, pages.len().saturating_sub(MOST_OTHERS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(files: &[(&str, &str)]) -> Shown {
        Shown { site: Served::of("/", files).map(Arc::new), ..Shown::default() }
    }

    /// What a tab on `/` is told after an edit.
    fn told(before: &[(&str, &str)], now: &[(&str, &str)]) -> (Change, Vec<(String, String)>, Vec<String>) {
        let (before, now) = (shown(before), shown(now));
        let version = before.version("/");
        let news = news(&now, &before, "/", &version);
        (news.page, news.files, news.others)
    }

    #[test]
    fn a_style_sheet_whose_old_bytes_are_still_there_for_other_pages_is_new_bytes() {
        let before = [("index.html", "<link href=a.11111111.css>"), ("a.11111111.css", "1")];
        let now = [before[1], ("a.22222222.css", "2"), ("index.html", "<link href=a.22222222.css>")];
        let (page, files, _) = told(&before, &now);
        assert_eq!(page, Change::Files);
        assert_eq!(files, [("/a.11111111.css".to_owned(), "/a.22222222.css".to_owned())]);
    }

    #[test]
    fn a_page_that_changed_is_another() {
        let (page, files, others) = told(&[("index.html", "a")], &[("index.html", "b")]);
        assert_eq!((page, files.len(), others.len()), (Change::Other, 0, 0));
        assert_eq!(told(&[("index.html", "a")], &[("x.html", "b")]).0, Change::Other, "deleted");
    }

    #[test]
    fn a_style_sheet_of_another_name_is_swapped() {
        let before = [
            ("index.html", "<link href=\"a.00000001.css\">"),
            ("a.00000001.css", "1"),
            ("b/index.html", "a.00000001.css"),
        ];
        let now = [
            ("index.html", "<link href=\"a.00000002.css\">"),
            ("a.00000002.css", "2"),
            ("b/index.html", "a.00000002.css"),
        ];
        let (page, files, others) = told(&before, &now);
        assert_eq!(page, Change::Files);
        assert_eq!(files, [("/a.00000001.css".to_owned(), "/a.00000002.css".to_owned())]);
        assert!(others.is_empty());
        let more = [("index.html", "<link href=\"a.00000002.css\"> more"), now[1], now[2]];
        assert_eq!(told(&before, &more).0, Change::Other);
    }

    #[test]
    fn a_picture_of_the_same_name_is_asked_for_again() {
        let page = ("index.html", "<img src=\"p.jpg\">");
        let (change, files, _) = told(
            &[page, ("p.jpg", "1"), ("other.jpg", "1")],
            &[page, ("p.jpg", "2"), ("other.jpg", "2"), ("new.jpg", "1")],
        );
        assert_eq!((change, files), (Change::Same, vec![("/p.jpg".to_owned(), "/p.jpg".to_owned())]));
    }

    #[test]
    fn other_pages_are_named() {
        let page = ("index.html", "home");
        let (change, _, others) = told(&[page, ("a/index.html", "1")], &[page, ("a/index.html", "2"), ("b.html", "1")]);
        assert_eq!((change, others), (Change::Same, vec!["/a/".to_owned(), "/b.html".to_owned()]));
    }

    #[test]
    fn a_tab_that_comes_back_has_another_version() {
        let now = shown(&[("index.html", "a")]);
        assert_eq!(news(&now, &now, "/", "old").page, Change::Other);
        assert_eq!(news(&now, &now, "/", &now.version("/")).page, Change::Same);
        assert_eq!(news(&Shown::default(), &Shown::default(), "/", &Shown::default().version("/")).page, Change::Same);
    }

    #[test]
    fn fingerprints_in_names() {
        assert_eq!(without_fingerprint("assets/zine.1a2b3c4d.css").as_deref(), Some("assets/zine.css"));
        assert_eq!(without_fingerprint("p-480-1a2b3c4d.webp").as_deref(), Some("p-480.webp"));
        assert_eq!(without_fingerprint("assets/zine.css"), None);
        assert_eq!(without_fingerprint("a/20230707.html"), None);
    }
}
