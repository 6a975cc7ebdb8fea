//! Files as browsers want them: their type, a part of them, and pages with the script that reloads them.

use std::ops::Range;

/// The address of the script that each page is given.
pub(super) const CLIENT: &str = "/_kairan/live.js";

/// The address of the channel of news.
pub(super) const NEWS: &str = "/_kairan/news";

/// The type of a file, by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" | "xsl" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        _ => "application/octet-stream",
    }
}

/// `page` with `tag` in it, or `None` where the page's own policy lets none of our scripts run, such as a page that only
/// leads on to another.
///
/// The tag stands before the first script of the page, so that it sees the page as it was built, and behind the
/// Content-Security-Policy, under which it works like any script of the site: nothing of the policy is loosened.
pub(super) fn with_client(page: &[u8], tag: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(page).ok()?;
    let place = script_place(text).unwrap_or(text.len());
    let head = text.get(..place)?;
    if !policies(head).all(|policy| allows(&policy, "script-src") && allows(&policy, "connect-src")) {
        return None;
    }
    let mut whole = Vec::with_capacity(page.len() + tag.len());
    whole.extend_from_slice(head.as_bytes());
    whole.extend_from_slice(tag.as_bytes());
    whole.extend_from_slice(text.get(place..).unwrap_or_default().as_bytes());
    Some(whole)
}

/// Before the first script, else at the end of the head; comments are passed over.
fn script_place(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('<')?;
        let rest = text.get(at..)?;
        if let Some(comment) = rest.strip_prefix("<!--") {
            from = text.len() - comment.len() + comment.find("-->")?;
        } else if begins(rest, "<script") || begins(rest, "</head") || begins(rest, "<body") {
            return Some(at);
        } else {
            from = at + 1;
        }
    }
}

fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// The policies that a page gives itself.
fn policies(head: &str) -> impl Iterator<Item = String> {
    head.split("<meta ").skip(1).filter_map(|meta| {
        let (tag, _) = meta.split_once('>')?;
        let is_policy = tag.to_ascii_lowercase().contains("content-security-policy");
        let (_, content) = tag.split_once("content=\"").filter(|_| is_policy)?;
        let policy = content.split('"').next().unwrap_or_default();
        Some(policy.replace("&#39;", "'").replace("&#x27;", "'"))
    })
}

/// Whether a policy lets `directive` reach the site itself.
fn allows(policy: &str, directive: &str) -> bool {
    let sources = |name: &str| {
        let mut lines = policy.split(';').map(str::split_ascii_whitespace);
        lines.find_map(|mut words| words.next().filter(|word| word.eq_ignore_ascii_case(name)).map(|_| words))
    };
    let own = |word: &str| matches!(word, "'self'" | "*" | "http:");
    sources(directive).or_else(|| sources("default-src")).is_none_or(|mut words| words.any(own))
}

/// Which bytes of a file of `length` bytes are asked for; players of films ask for them piece by piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These.
    Bytes(Range<usize>),
    /// Some that it does not have.
    Beyond,
}

/// Reads a `Range` header. What is not one range of bytes is answered with the whole file, as the standard allows.
pub(super) fn part(range: Option<&str>, length: usize) -> Part {
    let Some((first, last)) = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-')) else {
        return Part::Whole;
    };
    let range = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Ok(first), Err(_)) if last.is_empty() => first..length,
        (Err(_), Ok(last)) if first.is_empty() => length.saturating_sub(last)..length,
        _ => return Part::Whole,
    };
    if range.start < range.end { Part::Bytes(range) } else { Part::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_those_of_the_page_and_behind_its_policy() {
        let check = |page: &str, expected: Option<&str>| {
            let whole = with_client(page.as_bytes(), "[]").map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
            assert_eq!(whole.as_deref(), expected, "{page}");
        };
        check("<head><title>t</title></head>", Some("<head><title>t</title>[]</head>"));
        check("<head><SCRIPT src=x></script></head>", Some("<head>[]<SCRIPT src=x></script></head>"));
        check("<head><!-- <script> --></head>", Some("<head><!-- <script> -->[]</head>"));
        check("<!doctype html><title>題</title><body>", Some("<!doctype html><title>題</title>[]<body>"));
        check("text", Some("text[]"));
        check("<!-- never closed <script>", Some("<!-- never closed <script>[]"));
    }

    #[test]
    fn a_policy_that_lets_no_script_run_is_kept() {
        let page =
            |policy: &str| format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head>");
        let check = |policy: &str, expected| {
            assert_eq!(with_client(page(policy).as_bytes(), "[]").is_some(), expected, "{policy}");
        };
        check("default-src 'none'; script-src 'self'; connect-src 'self'", true);
        check("default-src 'none'; script-src &#39;self&#39;; connect-src &#39;self&#39;; form-action 'self'", true);
        check("default-src 'self'", true);
        check("img-src 'self'", true);
        check("default-src 'none'; base-uri 'none'", false);
        check("default-src 'none'; script-src 'self'", false);
        check("script-src 'none'", false);
    }

    #[test]
    fn ranges_stay_within_the_file() {
        let check = |range, expected| assert_eq!(part(range, 10), expected, "{range:?}");
        check(None, Part::Whole);
        check(Some("bytes=0-3"), Part::Bytes(0..4));
        check(Some("bytes=4-"), Part::Bytes(4..10));
        check(Some("bytes=-3"), Part::Bytes(7..10));
        check(Some("bytes=-99"), Part::Bytes(0..10));
        check(Some("bytes=8-99999999999999999999"), Part::Whole);
        check(Some("bytes=8-18446744073709551615"), Part::Bytes(8..10));
        check(Some("bytes=10-"), Part::Beyond);
        check(Some("bytes=-0"), Part::Beyond);
        for odd in ["bytes=3-1", "bytes=0-1,4-5", "lines=0-1", "bytes=", "bytes=-", "bytes=a-b"] {
            check(Some(odd), Part::Whole);
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
    }

    #[test]
    fn texts_say_their_encoding() {
        assert_eq!(media_type("a/index.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("図.SVG"), "image/svg+xml; charset=utf-8");
        assert_eq!(media_type("a.b/CNAME"), "application/octet-stream");
    }
}
