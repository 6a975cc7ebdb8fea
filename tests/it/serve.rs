//! `kairan serve`: what it answers, to whom, and how soon a save is seen. Each test has a server of its own on a free
//! port of this machine, waits for what must come to be, and ends it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::Site;

/// How long what must happen may take before a test gives up: on a busy machine, with a debug build. No test measures.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
struct Server {
    process: Child,
    /// What it has said so far.
    said: Arc<Mutex<String>>,
    /// `127.0.0.1:4000`
    host: String,
    /// Where the site begins: `/shiomi/`.
    mount: String,
}

/// One answer.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Server {
    /// Starts a server, and waits until it says where it is.
    fn start(site: &Site, arguments: &[&str]) -> Server {
        let mut whole = vec!["serve", "--lang", "en"];
        whole.extend(arguments);
        if !arguments.contains(&"--port") {
            whole.extend(["--port", "0"]);
        }
        let mut process = site
            .command(&whole)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a server");
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(process.stderr.take().expect("stderr")).lines();
        let heard = said.clone();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().expect("lines").push_str(&format!("{line}\n"));
            }
        });
        let mut server = Server { process, said, host: String::new(), mount: String::new() };
        let address = server.line("serving http://");
        let (host, mount) = address.split_once('/').expect("an address with a path");
        (server.host, server.mount) = (host.to_owned(), format!("/{mount}"));
        server
    }

    /// What follows `start` in a line that the server says, sooner or later.
    #[track_caller]
    fn line(&self, start: &str) -> String {
        let found = || self.heard().lines().find_map(|line| line.strip_prefix(start).map(str::to_owned));
        until(&format!("a line `{start}…`"), || self.heard(), || found().is_some());
        found().unwrap_or_default()
    }

    fn heard(&self) -> String {
        self.said.lock().expect("lines").clone()
    }

    /// How many builds there were after the first.
    fn rebuilds(&self) -> usize {
        self.heard().lines().filter(|line| line.contains(" → ")).count()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// Sends these very bytes on a connection of their own, and reads until it is closed.
    fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may close before it has read all of a request that it refuses.
        _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        Answer::read(&answer)
    }

    fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.host));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(format!("{request}\r\n").as_bytes())
    }

    /// A page of the site, by its address within it.
    fn get(&self, path: &str) -> Answer {
        self.ask("GET", &format!("{}{path}", self.mount), &[])
    }

    /// Waits until a page holds this text.
    #[track_caller]
    fn shows(&self, path: &str, text: &str) {
        let told = || format!("{}\n{}", self.get(path).text(), self.heard());
        until(&format!("`{text}` at {path}"), told, || self.get(path).text().contains(text));
    }

    /// Waits until there is nothing at this address.
    #[track_caller]
    fn loses(&self, path: &str) {
        until(&format!("nothing at {path}"), || self.heard(), || self.get(path).status == 404);
    }

    /// The channel of news for a page.
    fn listen(&self, path: &str, version: &str) -> News {
        let mut stream = self.connect();
        let target = format!("/_kairan/news?path={}{path}&version={version}", self.mount);
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).expect("a request");
        News(BufReader::new(stream))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What a tab hears.
struct News(BufReader<TcpStream>);

impl News {
    /// The next message.
    #[track_caller]
    fn next(&mut self) -> Value {
        let mut line = String::new();
        let start = Instant::now();
        while self.0.read_line(&mut line).expect("news") > 0 {
            assert!(start.elapsed() < PATIENCE, "no news");
            if let Some(text) = line.strip_prefix("data: ") {
                return serde_json::from_str(text).expect("JSON");
            }
            line.clear();
        }
        panic!("the channel was closed");
    }

    /// The next message of which this is true.
    #[track_caller]
    fn next_with(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let news = self.next();
            if is_wanted(&news) {
                return news;
            }
            assert!(start.elapsed() < PATIENCE, "the last news: {news}");
        }
    }
}

/// Waits for a condition; where it never comes, the test fails with what is known.
#[track_caller]
fn until(what: &str, known: impl Fn() -> String, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited for {what}:\n{}", known());
        thread::sleep(Duration::from_millis(10));
    }
}

fn about(text: &str) -> String {
    format!("-- content/about.md --\n---\ntitle: この雑誌について\ndescription: 発行のしくみ\n---\n{text}\n")
}

// ---------------------------------------------------------------- answers

#[test]
fn files_are_served_as_they_are_built_and_pages_with_the_script() {
    let site = Site::small("-- static/note.txt --\n覚え書き\n");
    let server = Server::start(&site, &[]);
    site.built();

    let page = server.get("about/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let script = page.text().lines().find(|line| line.contains("/_kairan/live.js")).expect("the script").to_owned();
    assert_eq!(page.text().replace(&format!("{script}\n"), ""), site.page("about/index.html"), "nothing else is added");

    let note = server.get("note.txt");
    assert_eq!(note.body, "覚え書き\n".as_bytes());
    let headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("content-length", "13"),
    ];
    for (name, value) in headers {
        assert_eq!(note.header(name), value, "{name}");
    }
    let head = server.ask("HEAD", &format!("{}note.txt", server.mount), &[]);
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "13", 0));

    let script = server.ask("GET", "/_kairan/live.js", &[]);
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
}

#[test]
fn what_the_browser_has_is_not_sent_again_and_parts_of_films_are() {
    let site = Site::small("-- static/note.txt --\n0123456789\n");
    let server = Server::start(&site, &[]);
    for path in ["about/", "note.txt"] {
        let target = format!("{}{path}", server.mount);
        let version = server.get(path).header("etag").to_owned();
        let known = server.ask("GET", &target, &[("If-None-Match", &version)]);
        assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
        assert_eq!(server.ask("GET", &target, &[("If-None-Match", "\"other\"")]).status, 200, "{path}");
    }
    let target = format!("{}note.txt", server.mount);
    let part = server.ask("GET", &target, &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.header("content-range"), part.text().as_str()), (206, "bytes 2-4/11", "234"));
    let stale = server.ask("GET", &target, &[("Range", "bytes=2-4"), ("If-Range", "\"other\"")]);
    assert_eq!((stale.status, stale.body.len()), (200, 11));
    assert_eq!(server.ask("GET", &target, &[("Range", "bytes=99-")]).status, 416);
}

#[test]
fn addresses_without_a_slash_or_the_path_of_the_site_lead_on() {
    let server = Server::start(&Site::small(""), &[]);
    assert_eq!(server.mount, "/shiomi/", "as it will be published");
    for (from, to) in [
        ("/", "/shiomi/"),
        ("/shiomi", "/shiomi/"),
        ("/shiomi/about?a=b", "/shiomi/about/?a=b"),
        ("/about/", "/shiomi/about/"),
    ] {
        let answer = server.ask("GET", from, &[]);
        assert_eq!((answer.status, answer.header("location")), (302, to), "{from}");
    }
}

#[test]
fn nothing_is_served_but_the_files_of_the_site() {
    let site = Site::small("-- static/a/note.txt --\nnote\n");
    site.write("secret.txt", b"secret");
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.path("secret.txt"), site.path("static/inside.txt")).expect("a link");
    let server = Server::start(&site, &["--drafts"]);
    #[cfg(unix)]
    {
        // A link within the folder of the site is a file of the site; one that leads out of it never is.
        assert_eq!(server.get("inside.txt").text(), "secret");
        std::os::unix::fs::symlink("/etc", site.path("static/etc")).expect("a link");
        until("a build", || server.heard(), || server.rebuilds() > 0);
        assert_eq!(server.get("etc/passwd").status, 404);
        assert_eq!(server.get("etc/").status, 404);
    }
    let lost = server.get("nowhere/");
    assert_eq!((lost.status, lost.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(lost.text().contains("潮見の回覧"), "the site's own page");
    for path in [
        "a/",
        "assets/",
        "../site.toml",
        "../../etc/passwd",
        "a/../../site.toml",
        "%2e%2e/site.toml",
        "..%2fsite.toml",
        "%2e%2e%2fsite.toml",
        "a/%2e%2e/%2e%2e/site.toml",
        "..%5csite.toml",
        "....//site.toml",
        "/etc/passwd",
        "%2fetc/passwd",
        "%00",
        "%ff%fe",
        "a/note.txt%00.html",
        "site.toml",
        "content/about.md",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for target in ["*", "//etc/passwd", "http://evil.example/"] {
        let status = server.ask("GET", target, &[]).status;
        assert!(matches!(status, 400 | 403 | 404), "{target}: {status}");
    }
}

#[test]
fn only_reading_is_answered() {
    let server = Server::start(&Site::small(""), &[]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = server.ask(method, &server.mount, &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, "get, head"), "{method}");
    }
    assert_eq!(server.ask("GET", &server.mount, &[]).status, 200);
}

#[test]
fn only_the_browser_of_this_machine_on_a_page_of_this_site_is_answered() {
    let server = Server::start(&Site::small(""), &[]);
    let port = server.host.rsplit(':').next().expect("a port");
    let check = |target: &str, headers: &[(&str, &str)], expected| {
        assert_eq!(server.ask("GET", target, headers).status, expected, "{target} {headers:?}");
    };
    // DNS rebinding: another name that leads here.
    let evil = format!("evil.example:{port}");
    check("/shiomi/", &[("Host", &evil)], 403);
    check("/_kairan/news?path=/", &[("Host", &evil)], 403);
    check("/shiomi/", &[("Host", "localhost:1")], 403);
    check("/shiomi/", &[("Host", &format!("localhost:{port}"))], 200);
    let refused = server.ask("GET", "/", &[("Host", &evil)]);
    assert!(refused.text().contains("http://127.0.0.1"), "it says why: {}", refused.text());
    // A page of another site that asks in secret.
    for target in ["/shiomi/", "/_kairan/live.js", "/_kairan/news?path=/shiomi/"] {
        check(target, &[("Origin", "http://evil.example")], 403);
        check(target, &[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")], 403);
        check(target, &[("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors")], 403);
    }
    // A link of another site, which a person follows.
    let followed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    check("/shiomi/", &followed, 200);
    check("/_kairan/news?path=/shiomi/", &followed, 403);
    // No answer lets other origins read it.
    assert!(!server.get("").head.contains("access-control-allow-origin"));
}

#[test]
fn only_this_machine_can_connect() {
    let server = Server::start(&Site::small(""), &[]);
    assert!(server.host.starts_with("127.0.0.1:"));
    let port: u16 = server.host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    // Were it bound to all addresses, no other program could have this one.
    TcpListener::bind(("127.0.0.2", port)).expect("127.0.0.2 is free");
}

// ---------------------------------------------------------------- crowds and bad manners

#[test]
fn ten_thousand_requests_at_once() {
    let server = Server::start(&Site::small("-- static/note.txt --\nnote\n"), &[]);
    let request = format!("GET {}note.txt HTTP/1.1\r\nHost: {}\r\n\r\n", server.mount, server.host);
    let last = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    let burst = request.repeat(99) + &last;
    // All are on their way before the first answer is read.
    let mut connections: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    for connection in &mut connections {
        connection.write_all(burst.as_bytes()).expect("requests");
    }
    for mut connection in connections {
        let mut answers = String::new();
        connection.read_to_string(&mut answers).expect("answers");
        assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 100);
    }
}

#[test]
fn whoever_only_holds_connections_open_is_not_in_the_way() {
    let server = Server::start(&Site::small(""), &[]);
    let mut idle = Vec::new();
    for number in 0..600 {
        // What the server will not take any more is as good as held open.
        let Ok(mut stream) = TcpStream::connect(&server.host) else { break };
        if number % 2 == 0 {
            _ = stream.write_all(b"GET /shiomi/ HTTP/1.1\r\nHost: 127");
        }
        idle.push(stream);
    }
    assert!(idle.len() > 300, "only {} connections", idle.len());
    assert_eq!(server.get("about/").status, 200);
    drop(idle);
    assert_eq!(server.get("about/").status, 200);
}

#[test]
fn a_slow_client_keeps_nobody_waiting() {
    let site = Site::small("");
    site.write("static/film.mp4", &vec![7; 8 << 20]);
    let server = Server::start(&site, &[]);
    let mut slow = server.connect();
    slow.write_all(b"GET /shiomi/film.mp4 HTTP/1.1\r\n").expect("half of a request");
    assert_eq!(server.get("about/").status, 200);
    slow.write_all(format!("Host: {}\r\nConnection: close\r\n\r\n", server.host).as_bytes()).expect("the rest");
    // It reads a little of a long answer, and then no more for a while.
    let mut start = [0; 100];
    slow.read_exact(&mut start).expect("a beginning");
    assert_eq!(server.get("about/").status, 200);
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).expect("the rest");
    assert!(rest.len() > 8 << 20);
}

#[test]
fn heads_without_end_are_refused() {
    let server = Server::start(&Site::small(""), &[]);
    let long = format!("GET {} HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", server.mount, server.host, "x".repeat(1 << 20));
    // Closed in the middle of what is sent, which may take the answer with it.
    let status = server.raw(long.as_bytes()).status;
    assert!(matches!(status, 431 | 0), "{status}");
    let many = format!("GET {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", server.mount, server.host, "X: y\r\n".repeat(1000));
    assert_eq!(server.raw(many.as_bytes()).status, 431);
    let target = format!("GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(100_000), server.host);
    assert!(matches!(server.raw(target.as_bytes()).status, 414 | 431 | 0));
    for nonsense in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"] {
        assert_ne!(server.raw(nonsense).status, 200);
    }
    assert_eq!(server.get("").status, 200);
}

#[test]
fn a_client_that_is_gone_is_no_error() {
    let site = Site::small("");
    site.write("static/film.mp4", &vec![7; 8 << 20]);
    let server = Server::start(&site, &[]);
    let before = server.heard();
    for _ in 0..50 {
        let mut stream = server.connect();
        let request = format!("GET {}film.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", server.mount, server.host);
        stream.write_all(request.as_bytes()).expect("a request");
        let mut start = [0; 10];
        stream.read_exact(&mut start).expect("a beginning");
    }
    for _ in 0..50 {
        server.listen("", "x").next();
    }
    assert_eq!(server.get("").status, 200);
    assert_eq!(server.heard(), before, "nothing is said of it");
}

// ---------------------------------------------------------------- edits

#[test]
fn every_kind_of_edit_is_seen() {
    let site = Site::small("");
    let server = Server::start(&site, &[]);
    let text = |text: &str| about(text).split_once("--\n").map(|(_, text)| text.to_owned()).expect("a file");

    site.edit(&about("一度目の文。"));
    server.shows("about/", "一度目の文。");
    // As editors do that write beside the file and then rename.
    fs::write(site.path("content/.about.md.tmp"), text("二度目の文。")).expect("a file");
    fs::rename(site.path("content/.about.md.tmp"), site.path("content/about.md")).expect("a rename");
    server.shows("about/", "二度目の文。");
    // As editors do that keep a copy.
    fs::rename(site.path("content/about.md"), site.path("content/.about.md~")).expect("a rename");
    site.edit(&about("三度目の文。"));
    server.shows("about/", "三度目の文。");

    site.edit("-- content/data/physicians.yaml --\n");
    site.edit(&crate::support::SMALL.replace("shiomi: [312, 305]", "shiomi: [312, 307]"));
    site.edit(&about("三度目の文。"));
    server.shows("features/summer/", "307");

    site.edit("-- content/news/_index.md --\n---\ntitle: 知らせ\n---\n-- content/news/a/b.md --\n---\ntitle: 新しい知らせ\ndate: 2026-07-01\n---\n本文。\n");
    server.shows("news/a/b/", "新しい知らせ");
    // A folder that came while the server ran is watched too.
    site.edit("-- content/news/a/b.md --\n---\ntitle: 直した知らせ\ndate: 2026-07-01\n---\n本文。\n");
    server.shows("news/a/b/", "直した知らせ");
    fs::rename(site.path("content/news/a/b.md"), site.path("content/news/a/c.md")).expect("a rename");
    server.shows("news/a/c/", "直した知らせ");
    server.loses("news/a/b/");
    fs::remove_dir_all(site.path("content/news")).expect("a folder");
    server.loses("news/a/c/");

    site.edit("-- themes/zine/templates/parts/footer.html --\n<footer>足もとの文</footer>\n");
    server.shows("about/", "足もとの文");
    site.edit("-- themes/zine/templates/parts/footer.html --\n<footer>足もとの別の文</footer>\n");
    server.shows("about/", "足もとの別の文");
    fs::remove_dir_all(site.path("themes")).expect("a folder");
    until("the theme's own footer", || server.heard(), || !server.get("about/").text().contains("足もとの別の文"));

    site.edit("-- static/note.txt --\nnote\n");
    until("a static file", || server.heard(), || server.get("note.txt").status == 200);
    site.remove("static/note.txt");
    server.loses("note.txt");
}

#[test]
fn a_save_without_a_change_changes_nothing_and_is_told_in_a_line() {
    let site = Site::small("");
    let server = Server::start(&site, &[]);
    let version = server.get("about/").header("etag").to_owned();
    let same = fs::read(site.path("content/about.md")).expect("a file");
    site.write("content/about.md", &same);
    until("a build", || server.heard(), || server.rebuilds() > 0);
    assert_eq!(server.get("about/").header("etag"), version);
    assert!(server.heard().contains("no change → 0 of "), "{}", server.heard());
    site.edit(&about("文。"));
    server.line("content/about.md → 1 of ");
}

#[test]
fn many_files_at_once_are_few_builds() {
    let site = Site::small("");
    let server = Server::start(&site, &[]);
    for number in 0..40 {
        site.edit(&format!(
            "-- content/features/p{number}.md --\n---\ntitle: 頁{number}\ndate: 2026-07-01\n---\n本文{number}。\n"
        ));
    }
    server.shows("features/p39/", "本文39。");
    assert!(server.rebuilds() < 10, "{}", server.heard());
}

#[test]
fn another_branch_is_one_build_or_two_where_git_was_held_up() {
    let site = Site::small("");
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
        let mut command = std::process::Command::new("git");
        let status =
            command.args(who).args(arguments).current_dir(site.root()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(status.status().expect("git").success(), "{arguments:?}");
    };
    git(&["init"]);
    git(&["add", "."]);
    git(&["commit", "-m", "one"]);
    git(&["checkout", "-b", "other"]);
    for number in 0..60 {
        site.edit(&format!("-- content/features/p{number}.md --\n---\ntitle: 頁{number}\n---\n本文{number}。\n"));
    }
    site.remove("content/features/summer.md").remove("content/features/summer.en.md").edit(&about("もう一つの枝。"));
    git(&["add", "."]);
    git(&["commit", "-m", "two"]);
    git(&["checkout", "main"]);
    let server = Server::start(&site, &[]);
    git(&["checkout", "other"]);
    server.shows("about/", "もう一つの枝。");
    server.shows("features/p59/", "本文59。");
    server.loses("features/summer/");
    assert!(server.rebuilds() <= 2, "{}", server.heard());
}

#[test]
fn broken_settings_leave_the_last_good_site_and_are_told() {
    let site = Site::small("");
    let server = Server::start(&site, &[]);
    let settings = fs::read_to_string(site.path("site.toml")).expect("site.toml");
    let mut news = server.listen("about/", "");
    news.next();

    site.write("site.toml", b"title = \n");
    let told = news.next_with(|news| news["errors"] != 0);
    assert_eq!(told["problems"][0]["place"]["file"], "site.toml");
    assert_eq!(server.get("about/").status, 200);
    site.remove("site.toml");
    let told = news.next_with(|news| news["problems"][0]["code"] == "unreadable-site");
    assert_eq!(told["page"], "same", "the last good site stays: {told}");
    site.write("site.toml", settings.replace("The Shiomi Circular", "The Shiomi Letter").as_bytes());
    news.next_with(|news| news["errors"] == 0);
    server.shows("en/about/", "The Shiomi Letter");
}

#[test]
fn a_site_folder_that_is_replaced_is_seen() {
    let site = Site::new("");
    let other = Site::small(&about("別のサイト。"));
    let first = Site::small(&about("はじめのサイト。"));
    let place = site.path("site");
    fs::rename(first.root(), &place).expect("a rename");
    let server = Server::start(&site, &["--root", "site"]);
    server.shows("about/", "はじめのサイト。");
    fs::rename(&place, site.path("old")).expect("a rename");
    fs::rename(other.root(), &place).expect("a rename");
    server.shows("about/", "別のサイト。");
    fs::write(place.join("content/about.md"), "---\ntitle: この雑誌について\n---\nそのなかの変更。\n").expect("a file");
    server.shows("about/", "そのなかの変更。");
    // Folders that were not there at first.
    fs::create_dir_all(place.join("static/deep/down")).expect("folders");
    fs::write(place.join("static/deep/down/a.txt"), "a").expect("a file");
    until("a new folder", || server.heard(), || server.get("deep/down/a.txt").status == 200);
}

#[test]
fn without_events_files_are_looked_at() {
    let site = Site::small("");
    let server = Server::start(&site, &["--poll"]);
    site.edit(&about("見に行く。"));
    server.shows("about/", "見に行く。");
    site.edit("-- static/note.txt --\nnote\n");
    until("a new folder", || server.heard(), || server.get("note.txt").status == 200);
}

#[test]
fn drafts_and_the_day_are_as_asked_for() {
    let draft = "-- content/plan.md --\n---\ntitle: 下書き\ndraft: true\n---\n本文。\n";
    assert_eq!(Server::start(&Site::small(draft), &[]).get("plan/").status, 404);
    assert_eq!(Server::start(&Site::small(draft), &["--drafts"]).get("plan/").status, 200);
    let dated = "-- content/plan.md --\n---\ntitle: 期限\nvalid_until: 2026-08-01\n---\n本文。\n";
    let is_marked = |day: &str| {
        let page = Server::start(&Site::small(dated), &["--today", day]).get("plan/");
        assert_eq!(page.status, 200);
        page.text().contains("class=\"notice in old\"")
    };
    assert!(!is_marked("2026-08-01") && is_marked("2026-08-02"), "what is past its date is marked");
}

#[test]
fn a_busy_port_is_told_and_the_next_one_taken() {
    let site = Site::small("");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let server = Server::start(&site, &["--port", &port.to_string()]);
    assert_ne!(server.host, format!("127.0.0.1:{port}"));
    server.line(&format!("port {port} is taken"));
    assert_eq!(server.get("").status, 200);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_with_the_command_of_the_system() {
    let site = Site::small("");
    site.write("bin/xdg-open", b"#!/bin/sh\nprintf '%s' \"$1\" > opened.txt\n");
    let program = site.path("bin/xdg-open");
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("permissions");
    let mut command = site.command(&["serve", "--port", "0", "--lang", "en", "--open"]);
    let path = format!("{}:/usr/bin:/bin", site.path("bin").display());
    let mut process = command.env("PATH", path).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a server");
    let opened = || fs::read_to_string(site.path("opened.txt")).unwrap_or_default();
    until("the browser", || "nothing was opened".to_owned(), || opened().ends_with("/shiomi/"));
    _ = process.kill();
    _ = process.wait();
    assert!(opened().starts_with("http://127.0.0.1:"), "{}", opened());
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let site = Site::small("");
        let mut server = Server::start(&site, &[]);
        let _tab = server.listen("", "x");
        let kill = std::process::Command::new("kill").args([signal, &server.process.id().to_string()]).status();
        assert!(kill.expect("kill").success());
        let ended = server.process.wait().expect("an end");
        assert_eq!(ended.code(), Some(0), "{}", server.heard());
        server.line("stopped");
    }
}

// ---------------------------------------------------------------- news

#[test]
fn tabs_hear_of_what_changed_and_what_is_wrong() {
    let site =
        Site::small("-- static/pic.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>\n");
    let summer = fs::read_to_string(site.path("content/features/summer.md")).expect("a file");
    site.write("content/features/summer.md", format!("{summer}\n![印](/pic.svg)\n").as_bytes());
    let server = Server::start(&site, &[]);
    let version = |path: &str| {
        let text = server.get(path).text();
        text.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version").to_owned()
    };
    let mut here = server.listen("about/", &version("about/"));
    let mut elsewhere = server.listen("features/summer/", &version("features/summer/"));
    let quiet = here.next();
    assert_eq!((&quiet["page"], &quiet["errors"]), (&Value::from("same"), &Value::from(0)));
    elsewhere.next();

    site.edit(&about("変わった文。"));
    assert_eq!(here.next()["page"], "other");
    let told = elsewhere.next();
    assert_eq!((&told["page"], &told["others"]), (&Value::from("same"), &serde_json::json!(["/shiomi/about/"])));

    site.edit(&about("変わった文。").replace("description", "descripton"));
    for tab in [&mut here, &mut elsewhere] {
        let told = tab.next();
        assert_eq!(told["page"], "same", "the last good page stays");
        let place = &told["problems"][0]["place"];
        let expected = (&Value::from("content/about.md"), &Value::from(3), &Value::from("descripton: 発行のしくみ"));
        assert_eq!((&place["file"], &place["line"], &place["text"]), expected);
    }
    assert!(server.get("about/").text().contains("変わった文。"));
    // A tab that is opened now hears of it at once.
    assert_eq!(server.listen("", "x").next()["errors"], 1);
    site.edit(&about("直した文。"));
    let told = here.next();
    assert_eq!((&told["errors"], &told["page"]), (&Value::from(0), &Value::from("other")));

    site.edit("-- static/pic.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><g/></svg>\n");
    let told = elsewhere.next_with(|news| news["files"] != serde_json::json!([]));
    assert_eq!(told["files"], serde_json::json!([["/shiomi/pic.svg", "/shiomi/pic.svg"]]));

    site.remove("content/about.md").remove("content/about.en.md");
    let settings = fs::read_to_string(site.path("site.toml")).expect("site.toml");
    site.write("site.toml", settings.replace("\n[[menus.main]]\npage = \"about.md\"\n", "").as_bytes());
    assert_eq!(here.next_with(|news| news["page"] == "other" && server.get("about/").status == 404)["errors"], 0);
}

#[test]
fn where_all_pages_change_those_that_somebody_looks_at_come_first() {
    let pages = (0..60).map(|n| format!("-- content/notes/n{n}.md --\n---\ntitle: 覚え書き {n}\n---\n本文。\n"));
    let site = Site::small(&pages.collect::<String>());
    let server = Server::start(&site, &[]);
    let text = server.get("about/").text();
    let version = text.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
    let mut tab = server.listen("about/", version);
    assert_eq!(tab.next()["page"], "same");

    let style =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/zine/static/zine.css")).expect("a file");
    site.write("themes/zine/static/zine.css", format!("{style}\nmain{{--other:1}}\n").as_bytes());
    let told = tab.next();
    assert_eq!(told["page"], "files", "no reload for a style sheet: {told}");
    let (old, new) = (told["files"][0][0].as_str().expect("a name"), told["files"][0][1].as_str().expect("a name"));
    assert!(old.contains("/zine.") && new.contains("/zine.") && old != new, "{told}");
    // Of all other pages, which follow, nobody needs to hear.
    site.edit("-- themes/zine/templates/parts/footer.html --\n<footer>足もとの文</footer>\n");
    assert_eq!(tab.next()["page"], "other");
    assert!(server.get("about/").text().contains("足もとの文"));
    server.shows("notes/n7/", "足もとの文");

    // A mistake that only other pages show takes back what was shown already.
    let name = "-- themes/zine/templates/parts/footer.html --\n";
    site.edit(&format!("{name}<footer>足もとの新しい文{{% if view.page.title is containing(pat=\"覚え書き 7\") %}}{{{{ view.nothing.at_all }}}}{{% endif %}}</footer>\n"));
    let told = tab.next_with(|news| news["errors"] == 1);
    assert_eq!(told["problems"][0]["place"]["file"], "themes/zine/templates/parts/footer.html", "{told}");
    assert!(!server.get("about/").text().contains("足もとの新しい文"), "the last good page stays");
    site.edit(&format!("{name}<footer>足もとの文</footer>\n"));
    tab.next_with(|news| news["errors"] == 0);
}

#[test]
fn a_site_that_is_broken_from_the_start_recovers() {
    let site = Site::small("-- content/about.md --\n---\ntitle: 雑誌\ntitel: 雑誌\n---\n本文\n");
    let server = Server::start(&site, &[]);
    let page = server.get("about/");
    assert_eq!(page.status, 503);
    assert!(page.text().contains("content/about.md:3:1") && page.text().contains("titel: 雑誌"), "{}", page.text());
    let version =
        page.text().split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let mut news = server.listen("about/", &version.expect("a version").replace(' ', "%20"));
    assert_eq!(news.next()["page"], "same");
    site.edit(&about("直した。"));
    assert_eq!(news.next()["page"], "other");
    // Only now is it known where the site will be published.
    assert_eq!(server.mount, "/");
    server.shows("shiomi/about/", "直した。");
}
