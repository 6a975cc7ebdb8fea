//! An installed Chromium, Chrome or Edge: where it is, and how it is run to print one page.
#![allow(clippy::disallowed_methods, reason = "looks for a program, and runs it")]

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::diagnostic::{Message, say};
use crate::read;

/// How long a browser may take for one document.
const LIMIT: Duration = Duration::from_secs(180);

/// Names of the programs, the most welcome first.
const NAMES: [&str; 9] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
    "brave-browser",
];

/// Where they are on systems that put no programs on the path.
const PLACES: [&str; 9] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Chromium\Application\chrome.exe",
];

/// Where to look for a browser.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The program that a person named. Then no other is taken.
    pub named: Option<PathBuf>,
    /// The folders in which the system looks for programs.
    pub path: Option<OsString>,
    /// Whether the usual places of the systems are looked at too.
    pub usual_places: bool,
}

/// Finds a browser.
///
/// # Errors
/// What to install, or that the program that was named is not there.
pub fn find(wish: &Wish) -> Result<PathBuf, Message> {
    if let Some(named) = &wish.named {
        return if read::is_file(named) { Ok(named.clone()) } else { Err(not_there(named)) };
    }
    let folders: Vec<PathBuf> = wish.path.iter().flat_map(std::env::split_paths).collect();
    let on_path = NAMES.iter().flat_map(|name| folders.iter().flat_map(move |folder| programs(folder, name)));
    let usual = PLACES.iter().filter(|_| wish.usual_places).map(PathBuf::from);
    on_path.chain(usual).find(|path| read::is_file(path)).ok_or_else(missing)
}

/// The files that a program of this name may be in a folder.
fn programs(folder: &Path, name: &str) -> [PathBuf; 2] {
    [folder.join(name), folder.join(format!("{name}.exe"))]
}

fn not_there(named: &Path) -> Message {
    let named = named.display();
    say(
        format!("エラー: ブラウザ {named} がありません。--browser か KAIRAN_BROWSER の道筋を確かめてください。"),
        format!("error: there is no browser at {named}; check the path in --browser or KAIRAN_BROWSER"),
    )
}

/// What to install on each system.
fn missing() -> Message {
    say(
        "エラー: PDF を作るブラウザ（Chromium、Google Chrome、Microsoft Edge のどれか）が見つかりません。\n\
         \x20 Windows: Microsoft Edge は初めから入っています。消した場合は https://www.microsoft.com/edge から入れ直してください\n\
         \x20 macOS:   https://www.google.com/chrome/ から入れるか、brew install --cask google-chrome\n\
         \x20 Debian、Ubuntu: sudo apt install chromium（または chromium-browser）\n\
         \x20 Fedora:  sudo dnf install chromium\n\
         別の場所にあるときは --browser 道筋、または環境変数 KAIRAN_BROWSER で指定できます。\n\
         ブラウザで印刷版のページを開き、「印刷」から PDF に保存することもできます。",
        "error: no browser was found to make the PDF with (Chromium, Google Chrome or Microsoft Edge)\n\
         \x20 Windows: Microsoft Edge is there from the beginning; install it again from https://www.microsoft.com/edge\n\
         \x20 macOS:   install https://www.google.com/chrome/, or run brew install --cask google-chrome\n\
         \x20 Debian, Ubuntu: sudo apt install chromium (or chromium-browser)\n\
         \x20 Fedora:  sudo dnf install chromium\n\
         if it is somewhere else, name it with --browser PATH or the variable KAIRAN_BROWSER.\n\
         you can also open the page of the print edition in any browser and save it as PDF from there",
    )
}

/// One document to print.
pub struct Run<'r> {
    /// The page, as a `file:` address.
    pub address: &'r str,
    /// A folder for a profile that nobody has used.
    pub profile: &'r Path,
    /// The PDF.
    pub out: &'r Path,
}

/// Prints a page. A browser that can't set up its own walls, as in most containers and for the administrator of a
/// system, is asked again without: the page is the person's own and asks no other host for anything.
///
/// # Errors
/// Where the program can't be started; inside: where it did not print.
pub fn print(browser: &Path, run: &Run<'_>) -> anyhow::Result<Result<(), Message>> {
    let first = attempt(browser, run, &[])?;
    match first {
        Err(told) if told.contains("sandbox") => {
            Ok(attempt(browser, run, &["--no-sandbox"])?.map_err(|told| failed(browser, &told)))
        }
        first => Ok(first.map_err(|told| failed(browser, &told))),
    }
}

fn failed(browser: &Path, told: &str) -> Message {
    let browser = browser.display();
    let last: Vec<&str> = told.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = last.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join("\n  ");
    say(
        format!("エラー: {browser} は PDF を作れませんでした。別のブラウザを --browser で試してください。\n  {last}"),
        format!("error: {browser} made no PDF; try another browser with --browser\n  {last}"),
    )
}

/// Runs the browser once. What it said where it printed nothing.
fn attempt(browser: &Path, run: &Run<'_>, further: &[&str]) -> anyhow::Result<Result<(), String>> {
    let log = run.out.with_extension("log");
    let errors = crate::write::log_file(&log)?;
    let with = |flag: &str, path: &Path| {
        let mut argument = OsString::from(flag);
        argument.push(path);
        argument
    };
    let child = Command::new(browser)
        .args(FLAGS)
        .args(further)
        .arg(with("--user-data-dir=", run.profile))
        .arg(with("--print-to-pdf=", run.out))
        .arg(OsStr::new(run.address))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn()
        .with_context(|| format!("{}", browser.display()))?;
    let ended = ended_in_time(child)?;
    let told = String::from_utf8_lossy(&read::made(&log).unwrap_or_default()).into_owned();
    Ok(match ended {
        Some(true) if read::is_file(run.out) => Ok(()),
        Some(_) => Err(told),
        None => Err(format!("{told}\n{} s", LIMIT.as_secs())),
    })
}

/// Without a window, an update, a first run, a request to anywhere; with tags, an outline, and no lines of its own.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-color-profile=srgb",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
];

/// Whether a program ended well; `None` where it took too long and was stopped.
fn ended_in_time(mut child: Child) -> anyhow::Result<Option<bool>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Speech;

    #[test]
    fn without_a_browser_each_system_is_told_what_to_install() {
        let message = find(&Wish::default()).expect_err("no browser");
        for system in ["Windows", "macOS", "Debian", "Fedora"] {
            assert!(message.speak(Speech::Japanese).contains(system), "{system}");
            assert!(message.speak(Speech::English).contains(system), "{system}");
        }
    }

    #[test]
    fn a_named_browser_is_the_only_one() {
        let wish = Wish { named: Some("/nowhere/chromium".into()), usual_places: true, ..Wish::default() };
        assert!(find(&wish).expect_err("nothing there").speak(Speech::English).contains("/nowhere/chromium"));
    }
}
