//! Who may ask: the browser of this machine, for a page of this site, and nobody through it.
//!
//! Loopback keeps other machines out, not other sites: a page of any site can make this machine's browser ask
//! `http://127.0.0.1:4000`, and a site whose name is made to lead to 127.0.0.1 (DNS rebinding) could read the answers. So
//! the name that was asked for must be this machine's own, and a request that a foreign page caused is refused, unless it
//! is a person who follows a link.

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, Request, StatusCode};

use crate::diagnostic::{Message, say};

/// Why a request is not answered.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The status.
    pub(super) status: StatusCode,
    /// Why, for people.
    pub(super) message: Message,
}

/// What kind of answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A file of the site. A link of another site may lead to it.
    Site,
    /// The server's own: the script and the channel of news. Only pages that it served itself have a use for it.
    Own,
}

/// Whether a request to the server at `port` may be answered.
pub(super) fn admit<B>(request: &Request<B>, port: u16, purpose: Purpose) -> Result<(), Refusal> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            say("GET と HEAD だけを受け付けます", "only GET and HEAD are answered"),
        ));
    }
    let host = host(request).filter(|host| is_own(host, port)).ok_or_else(foreign_host)?;
    if let Some(origin) = request.headers().get(ORIGIN)
        && origin.as_bytes().strip_prefix(b"http://") != Some(host.as_bytes())
    {
        return Err(foreign_site());
    }
    let fetch = |name| text(request.headers(), name).unwrap_or("none");
    let followed = fetch("sec-fetch-mode") == "navigate" && fetch("sec-fetch-dest") == "document";
    match (fetch("sec-fetch-site"), purpose) {
        // Browsers say where a request comes from. What says nothing is no browser, and nobody's pages run in it.
        ("same-origin" | "none", _) => Ok(()),
        (_, Purpose::Site) if followed => Ok(()),
        _ => Err(foreign_site()),
    }
}

/// The one name that was asked for: of the address, if it has one, and of the header.
fn host<B>(request: &Request<B>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(request.uri().authority().map(|authority| authority.as_str().to_lowercase()));
    for value in request.headers().get_all(HOST) {
        names.push(value.to_str().ok()?.to_lowercase());
    }
    names.dedup();
    (names.len() == 1).then(|| names.pop()).flatten()
}

fn is_own(host: &str, port: u16) -> bool {
    let port_suffix = format!(":{port}");
    let name = host.strip_suffix(&port_suffix).or_else(|| (port == 80).then_some(host));
    name.is_some_and(|name| matches!(name, "localhost" | "127.0.0.1" | "[::1]"))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn foreign_host() -> Refusal {
    let message = say(
        "このサーバーは http://127.0.0.1 か http://localhost の名前でだけ答えます",
        "this server answers only by the names http://127.0.0.1 and http://localhost",
    );
    refusal(StatusCode::FORBIDDEN, message)
}

fn foreign_site() -> Refusal {
    refusal(
        StatusCode::FORBIDDEN,
        say("ほかのサイトからの要求には答えません", "requests of other sites are not answered"),
    )
}

fn refusal(status: StatusCode, message: Message) -> Refusal {
    Refusal { status, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The status with which a request of these headers is refused; 200 where it is not.
    fn status(purpose: Purpose, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).expect("a request");
        admit(&request, 4000, purpose).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let check = |host: &str, expected| assert_eq!(status(Purpose::Site, &[("host", host)]), expected, "{host}");
        for own in ["127.0.0.1:4000", "localhost:4000", "LocalHost:4000", "[::1]:4000"] {
            check(own, 200);
        }
        for foreign in [
            "evil.example:4000",
            "localhost",
            "localhost:4001",
            "localhost:40000",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example:4000",
            "127.0.0.2:4000",
            "[::1]x:4000",
            "",
        ] {
            check(foreign, 403);
        }
        assert_eq!(status(Purpose::Site, &[]), 403);
        assert_eq!(status(Purpose::Site, &[("host", "localhost:4000"), ("host", "evil.example:4000")]), 403);
    }

    #[test]
    fn an_address_that_names_another_host_than_the_header_is_refused() {
        let request = Request::builder().uri("http://evil.example:4000/").header("host", "localhost:4000").body(());
        assert!(admit(&request.expect("a request"), 4000, Purpose::Site).is_err());
        let request = Request::builder().uri("http://localhost:4000/").header("host", "localhost:4000").body(());
        assert!(admit(&request.expect("a request"), 4000, Purpose::Site).is_ok());
    }

    #[test]
    fn other_sites_may_link_and_nothing_else() {
        let host = ("host", "localhost:4000");
        let from = |site| ("sec-fetch-site", site);
        let followed = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        for site in ["cross-site", "same-site", "nonsense"] {
            assert_eq!(status(Purpose::Site, &[host, from(site)]), 403, "{site}");
            assert_eq!(status(Purpose::Site, &[host, from(site), followed[0], followed[1]]), 200, "{site}");
            assert_eq!(status(Purpose::Own, &[host, from(site), followed[0], followed[1]]), 403, "{site}");
            let framed = ("sec-fetch-dest", "iframe");
            assert_eq!(status(Purpose::Site, &[host, from(site), followed[0], framed]), 403, "{site}");
        }
        assert_eq!(status(Purpose::Own, &[host, from("same-origin")]), 200);
        assert_eq!(status(Purpose::Own, &[host, from("none")]), 200);
        for origin in
            ["http://evil.example", "null", "http://127.0.0.1:4000", "https://localhost:4000", "http://localhost"]
        {
            assert_eq!(status(Purpose::Own, &[host, ("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(status(Purpose::Own, &[host, ("origin", "http://localhost:4000")]), 200);
    }

    #[test]
    fn only_reading_is_answered() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::CONNECT, Method::TRACE] {
            let request = Request::builder().method(&method).uri("/").header("host", "localhost:4000").body(());
            let refusal = admit(&request.expect("a request"), 4000, Purpose::Site).expect_err("refused");
            assert_eq!(refusal.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        }
    }
}
