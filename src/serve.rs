//! `kairan serve`: watches a site folder, builds it again when something changed, and shows it to the browsers of this
//! machine from memory.
//!
//! Three parts that know nothing of each other's work: [`watch`] says that something happened, the loop here builds and
//! puts the result in place of the last one ([`Shown`]), [`http`] answers from whatever is in place. Nothing is written.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::Runtime;
use tokio::sync::{oneshot, watch as latest};

use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic, Speech, serve as findings};
use crate::model::Choices;
use crate::pipeline::{Audience, Build, Seen, Session, Sight, Stage};
use crate::read::{self, Source};

mod answer;
mod files;
mod guard;
mod guests;
mod http;
mod news;
mod problems;
mod shown;
mod visited;
mod watch;

use problems::Problems;
use shown::{Changes, Served, Shown};
use visited::Visited;
use watch::Watch;

/// How many ports after the one that was asked for are tried.
const OTHER_PORTS: u16 = 20;

/// How many connections may wait to be taken up.
const WAITING: u32 = 4096;

/// What a person asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The folder of the site.
    pub root: PathBuf,
    /// Where slow steps keep their results from run to run.
    pub cache: PathBuf,
    /// What is built.
    pub choices: Choices,
    /// The port; where it is busy, the next free one. Any free one where it is 0.
    pub port: u16,
    /// Look at the files again and again instead of waiting for events: for network drives.
    pub poll: bool,
    /// The language of problems in the browser.
    pub speech: Speech,
}

/// What is told of while the server runs.
pub enum Told<'t> {
    /// How far the first build is.
    Progress(Option<Stage>),
    /// A build is done.
    Built(&'t Rebuilt<'t>),
    /// The site can be looked at.
    Listening {
        /// Where.
        address: &'t str,
        /// The port that was asked for, if another program has it.
        busy: Option<u16>,
    },
    /// Something that is wrong with the watching, not with the site.
    Trouble(&'t Diagnostic),
}

/// One build of a session.
pub struct Rebuilt<'t> {
    /// All that is wrong with the site.
    pub findings: &'t [Diagnostic],
    /// The build, if the site folder could be read at all; its output is shown, and no longer in it.
    pub build: Option<&'t Build>,
    /// The files that are not as they were, in order. Empty for the first build.
    pub sources: Vec<Arc<str>>,
    /// How many pages are not as they were.
    pub changed: usize,
    /// How many pages are shown.
    pub pages: usize,
    /// From the first sign of a change until the new pages were there to be asked for.
    pub elapsed: Duration,
    /// Whether this is the first build.
    pub first: bool,
    /// Whether there is something wrong now that was not before.
    pub news: bool,
}

/// Serves the site until it is told to stop (Ctrl-C). What happens is told to `tell`.
///
/// # Errors
/// Where no port can be had.
pub fn run(wish: Wish, mut tell: impl FnMut(Told<'_>) + Send + 'static) -> anyhow::Result<()> {
    let runtime = runtime()?;
    let entered = runtime.enter();
    let listener = listen(wish.port)?;
    drop(entered);
    let port = listener.local_addr()?.port();
    // Watched before it is read, so that no change falls between the two.
    let (mut watch, trouble) = Watch::new(&wish.root, wish.poll)?;
    if let Some(trouble) = &trouble {
        tell(Told::Trouble(trouble));
    }
    let mut rebuilding = Rebuilding::new(&wish);
    rebuilding.build(Instant::now(), &mut tell);
    let address = format!("http://127.0.0.1:{port}{}", rebuilding.shown.borrow().mount());
    // Whoever has read the address may end it: signals are caught from here on, and before this they end the program.
    let entered = runtime.enter();
    let interrupted = interrupted();
    drop(entered);
    tell(Told::Listening { address: &address, busy: (wish.port != 0 && port != wish.port).then_some(wish.port) });

    let (shown, visited) = (rebuilding.shown.subscribe(), rebuilding.visited.clone());
    let (alive, ended) = oneshot::channel::<()>();
    thread::Builder::new().name("build".to_owned()).spawn(move || {
        let _alive = alive;
        loop {
            let woken = watch.next(&mut |written| rebuilding.look(written));
            if let Some(trouble) = &woken.trouble {
                tell(Told::Trouble(trouble));
            }
            rebuilding.build(woken.since, &mut tell);
        }
    })?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            () = http::serve(listener, shown, visited, port, wish.speech) => Ok(()),
            () = interrupted => Ok(()),
            // Its sender is dropped only where the building thread ended, which it never does by itself.
            _ = ended => Err(anyhow::anyhow!("building stopped unexpectedly")),
        }
    });
    runtime.shutdown_background();
    outcome
}

/// Two threads: all answers come from memory, and the building needs the cores.
fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().enable_time().build()?)
}

/// The port that was asked for, or the next one that no other program has. Only this machine can reach it.
fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let mut ports = (port..=port.saturating_add(if port == 0 { 0 } else { OTHER_PORTS })).peekable();
    loop {
        let port = ports.next().unwrap_or_default();
        match bound(port) {
            Ok(listener) => return Ok(listener),
            Err(_) if ports.peek().is_some() => {}
            Err(error) => return Err(error).with_context(|| format!("127.0.0.1:{port}")),
        }
    }
}

fn bound(port: u16) -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere this would share the port with a program that has it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(WAITING)
}

/// Until the person, or the system, asks the program to end. They are heard from now on, not from the first time that
/// somebody waits for it.
#[cfg(unix)]
fn interrupted() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (Ok(mut interrupt), Ok(mut terminate)) = signals else { return std::future::pending().await };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Until the person asks the program to end.
#[cfg(not(unix))]
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// Building one site over and over.
struct Rebuilding {
    wish: Wish,
    session: Session,
    shown: latest::Sender<Arc<Shown>>,
    visited: Arc<Visited>,
    /// What the last build was made from.
    sources: Vec<Source>,
    /// What was found at the last look.
    seen: Vec<Source>,
    /// What was wrong with it.
    findings: Vec<Diagnostic>,
    first: bool,
}

impl Rebuilding {
    fn new(wish: &Wish) -> Rebuilding {
        let (shown, _) = latest::channel(Arc::new(Shown::default()));
        Rebuilding {
            wish: wish.clone(),
            session: Session::new().with_cache(Cache::at(&wish.cache)),
            shown,
            visited: Arc::default(),
            sources: Vec::new(),
            seen: Vec::new(),
            findings: Vec::new(),
            first: true,
        }
    }

    /// Looks at the files, for the next build: all of them, or those that were written where nothing else happened. Says
    /// whether they are others than at the last look.
    fn look(&mut self, written: Option<&BTreeSet<PathBuf>>) -> bool {
        // What can't be read is told by the build, which tries again.
        let now = self.session.look(&self.wish.root, written).unwrap_or_default();
        let is_new = !changed(&now, &self.seen).is_empty();
        self.seen = now;
        is_new
    }

    /// Builds, puts the result in place, and then tells of it: nobody waits for a terminal.
    fn build(&mut self, since: Instant, tell: &mut (impl FnMut(Told<'_>) + Send)) {
        let first = self.first;
        let progress = &mut |stage| {
            if first {
                tell(Told::Progress(Some(stage)))
            }
        };
        let last = self.shown.borrow().clone();
        let Rebuilding { wish, session, shown, visited, sources: before, .. } = self;
        let mut early = None;
        let seen = &mut |sight: &Sight<'_>| {
            let is_shown = show_early(sight, before, wish.speech, shown);
            early = early.or_else(|| is_shown.then(|| since.elapsed()));
        };
        let audience = &mut Audience { looks_at: &visited.files(), seen };
        let built = session.build_seen(&wish.root, wish.choices, progress, audience);
        if first {
            tell(Told::Progress(None));
        }
        let (mut build, wrong) = match built {
            Ok(mut build) => {
                let wrong = std::mem::take(&mut build.findings);
                (Some(build), wrong)
            }
            Err(error) => (None, vec![findings::unreadable_site(&format!("{error:#}"))]),
        };
        let sources = build.as_ref().map(|build| changed(&build.sources, &self.sources)).unwrap_or_default();
        let now = self.show(build.as_mut(), &wrong, &sources, last.site.as_ref());
        let elapsed = early.unwrap_or_else(|| since.elapsed());
        tell(Told::Built(&Rebuilt {
            findings: &wrong,
            build: build.as_ref(),
            sources: if first { Vec::new() } else { sources },
            changed: pages_changed(now.site.as_deref(), last.site.as_deref()),
            pages: now.site.as_ref().map_or(0, |site| site.pages()),
            elapsed,
            first,
            news: first || wrong.iter().any(|finding| self.findings.binary_search(finding).is_err()),
        }));
        self.seen = build.as_ref().map(|build| build.sources.clone()).unwrap_or_default();
        if let Some(build) = build {
            self.sources = build.sources;
        }
        self.findings = wrong;
        self.first = false;
    }

    /// Puts a build in the place of the last one. A build with errors leaves the last good site where it is, or brings it
    /// back where pages were shown before the errors were found.
    fn show(
        &self,
        build: Option<&mut Build>,
        wrong: &[Diagnostic],
        sources: &[Arc<str>],
        last: Option<&Arc<Served>>,
    ) -> Arc<Shown> {
        let text = |path: &str| build.as_deref().and_then(|build| build.text(path));
        let problems = Problems::new(wrong, self.wish.speech, &text);
        let good = build.filter(|_| !problems.has_errors());
        let site = good.and_then(|build| Served::new(build, sources)).map(Arc::new);
        let site = site.or_else(|| last.cloned());
        let shown = Arc::new(Shown { site, problems, early: None });
        // Where the pages were shown before, and nothing is wrong that was not wrong then, no tab has anything to hear.
        self.shown.send_if_modified(|now| {
            let last = std::mem::replace(now, shown.clone());
            let had_all = matches!(last.early, Some(Seen::Changed | Seen::All));
            !had_all || last.problems != shown.problems
        });
        shown
    }
}

/// Puts the pages of a build in place before it is done, if nothing is wrong with them.
fn show_early(sight: &Sight<'_>, before: &[Source], speech: Speech, shown: &latest::Sender<Arc<Shown>>) -> bool {
    let mut wrong = sight.findings.to_vec();
    diagnostic::sort(&mut wrong);
    let problems = Problems::new(&wrong, speech, &|path| read::text_of(sight.sources, path));
    if problems.has_errors() {
        return false;
    }
    let last = shown.borrow().site.clone();
    let site = Served::early(sight, &changed(sight.sources, before), last.as_deref());
    shown.send_replace(Arc::new(Shown { site: Some(Arc::new(site)), problems, early: Some(sight.seen) }));
    true
}

/// How many pages came, went or changed.
fn pages_changed(now: Option<&Served>, last: Option<&Served>) -> usize {
    match (now, last) {
        (Some(now), Some(last)) if !std::ptr::eq(now, last) => {
            let Changes { changed, removed } = now.changes_since(last);
            changed.iter().chain(&removed).filter(|path| shown::is_page(path)).count()
        }
        (Some(now), None) => now.pages(),
        _ => 0,
    }
}

/// The paths that are in only one of two lists of sources, or in both with other bytes. Both are in the order of paths.
fn changed(now: &[Source], before: &[Source]) -> Vec<Arc<str>> {
    let (mut now, mut before) = (now.iter().peekable(), before.iter().peekable());
    let mut paths = Vec::new();
    loop {
        let order = match (now.peek(), before.peek()) {
            (None, None) => return paths,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(new), Some(old)) => new.path.cmp(&old.path),
        };
        let new = if order.is_le() { now.next() } else { None };
        let old = if order.is_ge() { before.next() } else { None };
        if new.map(|it| it.fingerprint) != old.map(|it| it.fingerprint) {
            paths.extend(new.or(old).map(|source| source.path.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_named_once() {
        let source = |path: &str, text: &str| Source::new(path, text.as_bytes());
        let before = [source("a", "1"), source("b", "1"), source("c", "1")];
        let now = [source("a", "1"), source("b", "2"), source("d", "1")];
        let paths = changed(&now, &before);
        assert_eq!(paths.iter().map(|path| &**path).collect::<Vec<_>>(), ["b", "c", "d"]);
    }
}
