//! `kairan print` as far as it goes without a browser. What a browser makes of it, `tests/browser/print.test.js` reads.

use crate::support::{Run, Site, run};

const ISSUE: &str = "-- content/issues/_index.md --\n---\ntitle: 号\n---\n\
                     -- content/issues/01/_index.md --\n---\ntitle: 一号\ndate: 2026-12-01\nissue: {number: 1, pages: [features/summer.md]}\n---\n";

/// Runs `kairan print` on a machine on which there is no program at all.
fn without_programs(site: &Site, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = ["print"].iter().chain(arguments).copied().collect();
    let mut command = site.command(&arguments);
    command.env("PATH", "").env_remove("KAIRAN_BROWSER");
    run(command)
}

#[test]
fn without_a_browser_it_says_what_to_install() {
    let site = Site::small(ISSUE);
    let japanese = without_programs(&site, &["--lang", "ja"]);
    let english = without_programs(&site, &["about.md", "--lang", "en"]);
    assert_eq!((japanese.code, english.code), (1, 1), "{japanese}{english}");
    assert!(
        japanese.stderr.contains("見つかりません") && japanese.stderr.contains("apt install chromium"),
        "{japanese}"
    );
    assert!(english.stderr.contains("no browser was found") && english.stderr.contains("KAIRAN_BROWSER"), "{english}");
    let named = without_programs(&site, &["--browser", "/nowhere/chromium", "--lang", "en"]);
    assert!(named.code == 1 && named.stderr.contains("there is no browser at /nowhere/chromium"), "{named}");
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let site = Site::small(ISSUE);
    let check = |arguments: &[&str], told: &str| {
        let run = without_programs(&site, &[arguments, &["--lang", "en"]].concat());
        assert!(run.code == 2 && run.stderr.contains(told), "{arguments:?}: {run}");
    };
    check(&["featurs/_index.md"], "features/_index.md");
    check(&["about.md", "--language", "fr"], "it is in ja, en");
    check(&["features/_index.md", "--fold"], "only an issue can be folded");
    check(&["--paper", "a3"], "A3 is for folded sheets");
    check(&["--fold", "--paper", "a5"], "folded from A4 or A3");
    check(&["--paper", "b5"], "a4, a5, a3");
}

#[test]
fn without_an_issue_something_must_be_named() {
    let run = without_programs(&Site::small(""), &["--lang", "en"]);
    assert!(run.code == 2 && run.stderr.contains("no issue to print"), "{run}");
}

#[test]
fn a_broken_site_is_not_printed() {
    let site = Site::small(ISSUE);
    site.edit("-- content/about.md --\n---\ntitle: 雑誌\ntitel: 雑誌\n---\n本文\n");
    let run = without_programs(&site, &["--lang", "en"]);
    assert!(run.code == 1 && run.stderr.contains("so no PDF was made"), "{run}");
}

#[test]
fn a_page_called_print_is_in_nobodys_way() {
    let site = Site::small("-- content/features/print.md --\n---\ntitle: 印刷\n---\n本文\n");
    let run = without_programs(&site, &["features/_index.md", "--lang", "en"]);
    assert!(run.code == 1 && run.stderr.contains("no browser was found"), "{run}");
}

#[cfg(unix)]
#[test]
fn a_browser_that_makes_nothing_is_told_of() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::small(ISSUE);
    site.write("browser", b"#!/bin/sh\necho 'no display' >&2\nexit 3\n");
    std::fs::set_permissions(site.path("browser"), std::fs::Permissions::from_mode(0o755)).expect("a program");
    let browser = site.path("browser");
    let run = site.run(&["print", "--lang", "en", "--browser", browser.to_str().expect("UTF-8")]);
    assert!(run.code == 1 && run.stderr.contains("made no PDF") && run.stderr.contains("no display"), "{run}");
    assert!(!site.path("issues-01.pdf").exists());
}
