//! The command line: exit status, the language it speaks, the formats it prints.

use serde_json::Value;

use crate::support::{Run, Site, assert_same, files, kairan, run};

const BROKEN: &str = "-- content/about.md --\n---\ntitle: 雑誌\ntitel: 雑誌\n---\n本文\n";

fn is_japanese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{3040}'..='\u{30ff}').contains(&letter))
}

fn said(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr)
}

#[test]
fn exit_status_zero_where_all_is_well() {
    let site = Site::small("");
    site.run(&["build"]).exits(0);
    site.run(&["check"]).exits(0);
    run(kairan(&["--help"])).exits(0);
    run(kairan(&["--version"])).exits(0);
    run(kairan(&["build", "--help"])).exits(0);
}

#[test]
fn exit_status_one_where_the_site_has_problems() {
    let site = Site::small(BROKEN);
    site.run(&["build"]).exits(1);
    site.run(&["check"]).exits(1);
    assert!(!site.has("index.html"), "nothing is published");
}

#[test]
fn exit_status_two_where_the_command_is_wrong() {
    let site = Site::small("");
    for arguments in [
        &["bild"][..],
        &[],
        &["build", "--nonsense"],
        &["build", "--lang", "fr"],
        &["build", "--format", "xml"],
        &["build", "--out"],
        &["new"],
        &["inspect"],
    ] {
        let run = site.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run}");
        assert!(!run.stderr.is_empty() && !run.stderr.contains("panicked"), "{arguments:?}: {run}");
    }
    assert!(!site.has("index.html"));
}

#[test]
fn speaks_the_language_of_the_terminal_or_the_one_asked_for() {
    let site = Site::small(BROKEN);
    let in_locale = |locale: &str, arguments: &[&str]| {
        let mut command = site.command(arguments);
        command.env("LC_ALL", locale).env("LANG", locale);
        run(command).stderr
    };
    assert!(is_japanese(&in_locale("ja_JP.UTF-8", &["build"])));
    assert!(!is_japanese(&in_locale("en_US.UTF-8", &["build"])));
    assert!(!is_japanese(&in_locale("C", &["build"])));
    assert!(!is_japanese(&in_locale("ja_JP.UTF-8", &["build", "--lang", "en"])));
    assert!(is_japanese(&in_locale("en_US.UTF-8", &["build", "--lang", "ja"])));
}

#[test]
fn json_is_one_object_a_line_and_nothing_else() {
    for text in ["", BROKEN] {
        let run = Site::small(text).build();
        for line in run.stdout.lines() {
            let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert!(value.is_object(), "{line}");
        }
    }
    let finding = Site::small(BROKEN).build().finding("unknown-field");
    assert_eq!(finding.place(), "content/about.md:3:1");
    assert_eq!(finding.severity(), "error");
}

#[test]
fn github_shows_findings_beside_the_line() {
    let run = Site::small(BROKEN).run(&["build", "--format", "github", "--lang", "en"]);
    run.exits(1);
    assert!(run.stdout.contains("::error file=content/about.md,line=3,col=1,"), "{run}");
}

#[test]
fn people_read_findings_on_stderr() {
    let run = Site::small(BROKEN).run(&["build", "--lang", "en"]);
    assert!(run.stderr.contains("content/about.md:3:1") && run.stderr.contains("titel: 雑誌"), "{run}");
    assert!(!run.stdout.contains("titel"), "{run}");
    assert!(!run.stderr.contains('\u{1b}'), "no colours where no terminal is: {run}");
}

#[test]
fn a_build_ends_with_a_summary() {
    let site = Site::small("");
    let english = said(&site.run(&["build", "--lang", "en"]));
    assert!(english.contains("ja") && english.contains("en"), "pages per language: {english}");
    let japanese = said(&site.run(&["build", "--lang", "ja"]));
    assert!(is_japanese(&japanese), "{japanese}");
    assert!(!english.contains('\r'), "no moving lines where no terminal is: {english:?}");
}

#[test]
fn check_writes_nothing() {
    let site = Site::small("");
    let before = files(site.root());
    site.run(&["check"]).exits(0);
    assert_same(&before, &files(site.root()), "check writes nothing");
}

#[test]
fn a_warning_is_told_and_the_site_is_built() {
    let site = Site::small(
        "-- content/about.md --\n---\ntitle: 雑誌\n---\n![](features/sea.svg)\n-- content/features/sea.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n",
    );
    let run = site.build();
    run.exits(0);
    let finding = run.findings().into_iter().next().unwrap_or_else(|| panic!("a missing text is a finding: {run}"));
    assert_eq!((finding.severity(), finding.place().as_str()), ("warning", "content/about.md:4:1"), "{run}");
    assert!(site.has("about/index.html"));
}

#[test]
fn out_and_root_are_where_they_say() {
    let site = Site::small("");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (root, out) = (site.root().to_str().expect("UTF-8"), elsewhere.path().join("site"));
    let mut command = kairan(&["build", "--root", root, "--out", out.to_str().expect("UTF-8")]);
    command.current_dir(elsewhere.path());
    run(command).exits(0);
    assert!(out.join("index.html").is_file());
    assert!(!site.has("index.html"), "and nowhere else");
}

#[test]
fn inspect_shows_what_a_template_sees() {
    let site = Site::small("");
    let run = site.run(&["inspect", "content/features/summer.md"]);
    run.exits(0);
    let view: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"));
    assert!(run.stdout.contains("夏の学習会"), "{run}");
    assert!(view.is_object(), "{run}");
}

#[test]
fn inspect_knows_the_pages_and_suggests_the_nearest() {
    let site = Site::small("");
    let run = site.run(&["inspect", "content/features/sumer.md", "--lang", "en"]);
    assert!(run.code == 1 || run.code == 2, "{run}");
    assert!(run.stderr.contains("summer"), "{run}");
}
