//! A request to its answer.

use std::sync::Arc;

use http_body_util::{Channel, Either, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::response::Builder;
use hyper::{Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use crate::diagnostic::{Speech, say};
use crate::fingerprint::Fingerprint;
use crate::write::Content;

use super::files::{self, CLIENT, NEWS, Part};
use super::guard::{self, Purpose, Refusal};
use super::guests::{Guest, Guests};
use super::news;
use super::problems::Problems;
use super::shown::{Place, Shown};
use super::visited::Visited;

/// What is sent: a whole file, or news as they come.
pub(super) type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// The script that reloads pages.
const SCRIPT: &str = include_str!("client.js");

/// What every answer is made from.
pub(super) struct House {
    /// What is shown at the moment.
    pub(super) shown: watch::Receiver<Arc<Shown>>,
    /// The pages that were asked for of late.
    pub(super) visited: Arc<Visited>,
    /// The port.
    pub(super) port: u16,
    /// The language of what the server itself says.
    pub(super) speech: Speech,
    /// The other connections.
    pub(super) guests: Arc<Guests>,
}

/// Answers one request of `guest`.
pub(super) fn answer<B>(house: &House, guest: &Guest, request: &Request<B>) -> Response<Body> {
    let path = request.uri().path();
    let purpose = if path.starts_with("/_kairan/") { Purpose::Own } else { Purpose::Site };
    if let Err(refusal) = guard::admit(request, house.port, purpose) {
        return refused(&refusal, house.speech);
    }
    match path {
        CLIENT => script(request.headers()),
        NEWS if request.method() == Method::GET => listen(house, guest, request.uri().query().unwrap_or_default()),
        _ => site(house, request),
    }
}

/// A file of the site, or a page that says why there is none.
fn site<B>(house: &House, request: &Request<B>) -> Response<Body> {
    let shown = house.shown.borrow().clone();
    let path = request.uri().path();
    let tag = tag(&shown.version(path), house.speech);
    let Some(site) = &shown.site else { return broken(&shown.problems, &tag, house.speech) };
    match site.place(path) {
        Place::File(name, content) => {
            house.visited.note(&name);
            file(&name, content, &tag, request.headers())
        }
        Place::Moved(to) => {
            let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
            let location = HeaderValue::from_str(&format!("{to}{query}"));
            let moved = plain(StatusCode::FOUND);
            finished(location.map_or(moved, |location| plain(StatusCode::FOUND).header(header::LOCATION, location)), "")
        }
        Place::Missing => lost(site.lost(), &tag, house.speech),
    }
}

fn file(name: &str, content: &Content, tag: &str, asked: &HeaderMap) -> Response<Body> {
    let media_type = files::media_type(name);
    // What is served was built in memory, so no keeper took it.
    let built = content.bytes().cloned().unwrap_or_default();
    let page = media_type.starts_with("text/html").then(|| files::with_client(&built, tag)).flatten();
    // A page with our script in it is another page than the one that was built.
    let version = match page {
        Some(_) => format!("\"{}-{}\"", content.fingerprint(), client_version()),
        None => format!("\"{}\"", content.fingerprint()),
    };
    let bytes = page.map_or_else(|| built, Bytes::from);
    versioned(media_type, &version, bytes, asked)
}

fn script(asked: &HeaderMap) -> Response<Body> {
    let version = format!("\"{}\"", client_version());
    versioned(files::media_type(CLIENT), &version, Bytes::from_static(SCRIPT.as_bytes()), asked)
}

/// Bytes that the browser may have already, or may want only a part of.
fn versioned(media_type: &str, version: &str, bytes: Bytes, asked: &HeaderMap) -> Response<Body> {
    let of = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let answer = |status| plain(status).header(header::CONTENT_TYPE, media_type).header(header::ETAG, version);
    let known = |list: &str| {
        list.split(',').any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == version)
    };
    if of(header::IF_NONE_MATCH).is_some_and(known) {
        return finished(answer(StatusCode::NOT_MODIFIED), Bytes::new());
    }
    // A part of a file that is not what it was would not fit the parts that the browser has.
    let range = of(header::RANGE).filter(|_| of(header::IF_RANGE).is_none_or(|tag| tag == version));
    let length = bytes.len();
    match files::part(range, length) {
        Part::Whole => finished(answer(StatusCode::OK).header(header::ACCEPT_RANGES, "bytes"), bytes),
        Part::Bytes(range) => {
            let told = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            finished(answer(StatusCode::PARTIAL_CONTENT).header(header::CONTENT_RANGE, told), bytes.slice(range))
        }
        Part::Beyond => {
            let told = format!("bytes */{length}");
            finished(answer(StatusCode::RANGE_NOT_SATISFIABLE).header(header::CONTENT_RANGE, told), Bytes::new())
        }
    }
}

/// Nothing is here: the site's own page for that, as it will be seen where the site is published.
fn lost(page: Option<&Content>, tag: &str, speech: Speech) -> Response<Body> {
    let answer = plain(StatusCode::NOT_FOUND).header(header::CONTENT_TYPE, files::media_type("404.html"));
    let page = page.and_then(Content::bytes);
    let page = page.map(|page| files::with_client(page, tag).unwrap_or_else(|| page.to_vec()));
    let none = || {
        let words = say("この番地には何もありません", "there is nothing at this address");
        document(words.speak(speech), "", tag, speech).into_bytes()
    };
    finished(answer, page.unwrap_or_else(none))
}

/// There is no site yet, because its first build has errors.
fn broken(problems: &Problems, tag: &str, speech: Speech) -> Response<Body> {
    let words = say(
        "サイトに間違いがあり、まだ表示できません。直して保存すると、ここに表示されます",
        "the site has errors and can't be shown yet; mend them and save, and it appears here",
    );
    let page = document(words.speak(speech), &problems.text, tag, speech);
    let answer = plain(StatusCode::SERVICE_UNAVAILABLE).header(header::CONTENT_TYPE, files::media_type("503.html"));
    finished(answer, page)
}

/// A page of the server's own.
fn document(heading: &str, text: &str, tag: &str, speech: Speech) -> String {
    let language = language(speech);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (heading, text) = (escaped(heading), escaped(text));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Kairan</title>\n{tag}</head>\n\
         <body>\n<main>\n<h1>Kairan</h1>\n<p>{heading}</p>\n<pre>{text}</pre>\n</main>\n</body>\n</html>\n"
    )
}

/// The channel on which a tab that shows `path` in a `version` is told of what changed.
fn listen(house: &House, guest: &Guest, query: &str) -> Response<Body> {
    let value = |name: &str| {
        let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        percent_decode_str(found.unwrap_or_default()).decode_utf8_lossy().into_owned()
    };
    let (sender, channel) = Channel::new(4);
    house.guests.listens(guest);
    tokio::spawn(news::tell(house.shown.clone(), value("path"), value("version"), sender));
    let answer = plain(StatusCode::OK).header(header::CONTENT_TYPE, "text/event-stream; charset=utf-8");
    finish(answer, Either::Right(channel))
}

fn refused(refusal: &Refusal, speech: Speech) -> Response<Body> {
    let mut answer = plain(refusal.status).header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        answer = answer.header(header::ALLOW, "GET, HEAD");
    }
    finished(answer, format!("{}\n", refusal.message.speak(speech)))
}

/// What all answers have in common.
fn plain(status: StatusCode) -> Builder {
    Response::builder()
        .status(status)
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header("cross-origin-resource-policy", "same-origin")
}

fn finished(answer: Builder, body: impl Into<Bytes>) -> Response<Body> {
    finish(answer, Either::Left(Full::new(body.into())))
}

fn finish(answer: Builder, body: Body) -> Response<Body> {
    // Only a header that is none could fail here, and all of ours are.
    answer.body(body).unwrap_or_else(|_| Response::new(Either::Left(Full::default())))
}

fn tag(version: &str, speech: Speech) -> String {
    let language = language(speech);
    let version = version.replace('&', "&amp;").replace('"', "&quot;");
    format!("<script src=\"{CLIENT}\" defer data-version=\"{version}\" data-lang=\"{language}\"></script>\n")
}

fn language(speech: Speech) -> &'static str {
    match speech {
        Speech::Japanese => "ja",
        Speech::English => "en",
    }
}

fn client_version() -> String {
    Fingerprint::of_bytes(SCRIPT.as_bytes()).short()
}
