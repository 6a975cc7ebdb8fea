//! `kairan serve`: what it says on the terminal, and the browser that it opens.

use std::process::{Command, Stdio};

use clap::Args;

use crate::diagnostic::{Message, say};
use crate::serve::{self, Rebuilt, Told, Wish};

use super::{Outcome, SiteArguments, Terminal, summary};

/// How many changed files are named.
const MOST_NAMED: usize = 2;

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The port; where another program has it, the next free one is taken. 0 for any free one.
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
    /// Look for changes every second, for network drives that tell of none.
    #[arg(long)]
    poll: bool,
}

/// Serves until Ctrl-C.
pub(super) fn run(terminal: Terminal, arguments: ServeArguments) -> anyhow::Result<Outcome> {
    let ServeArguments { site, port, open, poll } = arguments;
    let (cache, choices, speech) = (site.cache_folder(), site.choices(), terminal.speech);
    let wish = Wish { cache, choices, root: site.root, port, poll, speech };
    let tell = move |told: Told<'_>| match told {
        Told::Progress(stage) => terminal.progress(stage),
        Told::Built(rebuilt) => {
            let text = |path: &str| rebuilt.build.and_then(|build| build.text(path));
            if rebuilt.news {
                terminal.findings(rebuilt.findings, site.format, &text);
            }
            terminal.say(&built(rebuilt));
        }
        Told::Listening { address, busy } => {
            if let Some(port) = busy {
                terminal.say(&taken(port));
            }
            terminal.say(&listening(address));
            if open {
                browse(terminal, address);
            }
        }
        Told::Trouble(finding) => terminal.findings(std::slice::from_ref(finding), site.format, &|_| None),
    };
    serve::run(wish, tell)?;
    terminal.say(&say("終わりました。", "stopped"));
    Ok(Outcome::Fine)
}

/// One line for one build.
fn built(rebuilt: &Rebuilt<'_>) -> Message {
    let milliseconds = rebuilt.elapsed.as_millis();
    let findings = summary::findings(rebuilt.findings);
    let (pages, all) = (rebuilt.changed, rebuilt.pages);
    let is_broken = summary::errors(rebuilt.findings) > 0;
    match (rebuilt.first, is_broken) {
        (true, false) => say(
            format!("{all} ページ、{milliseconds} ミリ秒  {}", findings.ja),
            format!("{all} pages in {milliseconds} ms  {}", findings.en),
        ),
        (true, true) => say(
            format!("まだ表示できません  {milliseconds} ミリ秒  {}", findings.ja),
            format!("nothing to show yet  {milliseconds} ms  {}", findings.en),
        ),
        (false, false) => {
            let sources = named(rebuilt);
            say(
                format!("{} → {pages} ページ（全 {all}）、{milliseconds} ミリ秒  {}", sources.ja, findings.ja),
                format!("{} → {pages} of {all} pages, {milliseconds} ms  {}", sources.en, findings.en),
            )
        }
        (false, true) => {
            let sources = named(rebuilt);
            say(
                format!("{} → 前の正しいサイトのまま、{milliseconds} ミリ秒  {}", sources.ja, findings.ja),
                format!("{} → still the last good site, {milliseconds} ms  {}", sources.en, findings.en),
            )
        }
    }
}

/// The files that changed: the first two by name.
fn named(rebuilt: &Rebuilt<'_>) -> Message {
    let names = rebuilt.sources.iter().take(MOST_NAMED).map(|path| &**path).collect::<Vec<_>>().join(", ");
    match rebuilt.sources.len().saturating_sub(MOST_NAMED) {
        0 if names.is_empty() => say("変更なし", "no change"),
        0 => say(names.clone(), names),
        more => say(format!("{names} ほか {more}"), format!("{names} and {more} more")),
    }
}

fn listening(address: &str) -> Message {
    say(
        format!("表示中: {address}\n保存するたびに作り直します。Ctrl-C で終わります。"),
        format!("serving {address}\nevery save is shown at once; Ctrl-C ends this"),
    )
}

fn taken(port: u16) -> Message {
    say(
        format!("ポート {port} はほかのプログラムが使っているため、次の空いたポートを使います。"),
        format!("port {port} is taken by another program, so the next free one is used"),
    )
}

/// Opens `address` in the person's browser with the system's own command. Nobody waits for it.
fn browse(terminal: Terminal, address: &str) {
    let program = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        terminal.say(&say(
            format!("ブラウザーを開けませんでした。上の番地を開いてください（{program} がありません）。"),
            format!("no browser could be opened ({program} is missing); open the address above"),
        ));
    }
}
