//! `kairan new DIR`: the first five minutes of a clerk.

use std::fs;

use crate::support::{Run, at, files};

#[test]
fn makes_a_site_that_builds_with_no_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    at(folder.path(), &["new", "circular"]).exits(0);
    let site = folder.path().join("circular");

    at(&site, &["build", "--format", "json"]).clean();
    at(&site, &["check", "--format", "json"]).clean();
    let output = files(&site.join("public"));
    for page in ["index.html", "en/index.html", "404.html", "sitemap.xml", "feed.xml", "en/feed.xml", "robots.txt"] {
        assert!(output.contains_key(page), "no {page} in {:?}", output.keys());
    }
    assert!(
        output.keys().any(|name| name.starts_with("data/") && name.ends_with(".csv")),
        "no panel: {:?}",
        output.keys()
    );
}

#[test]
fn tells_git_what_not_to_keep_and_github_how_to_publish() {
    let folder = tempfile::tempdir().expect("a folder");
    at(folder.path(), &["new", "circular"]).exits(0);
    let site = folder.path().join("circular");
    let made = files(&site);
    assert!(String::from_utf8_lossy(&made[".gitignore"]).contains("public"));

    let workflows: Vec<&String> = made.keys().filter(|name| name.starts_with(".github/workflows/")).collect();
    assert_eq!(workflows.len(), 1, "{workflows:?}");
    let text = String::from_utf8(made[workflows[0]].clone()).expect("UTF-8");
    let workflow: serde_yaml::Value = serde_yaml::from_str(&text).expect("a workflow is valid YAML");
    assert!(workflow.get("jobs").is_some_and(|jobs| jobs.as_mapping().is_some_and(|jobs| !jobs.is_empty())), "{text}");
    let permissions = workflow.get("permissions").expect("permissions to publish");
    assert_eq!(permissions.get("pages").and_then(|value| value.as_str()), Some("write"));
    assert_eq!(permissions.get("id-token").and_then(|value| value.as_str()), Some("write"));
    assert!(text.contains("kairan build") || text.contains("-- build"), "{text}");
}

#[test]
fn a_new_site_is_bilingual_in_every_page() {
    let folder = tempfile::tempdir().expect("a folder");
    at(folder.path(), &["new", "circular"]).exits(0);
    let made = files(&folder.path().join("circular"));
    let pages =
        made.keys().filter(|name| name.ends_with(".md") && name.starts_with("content/") && !name.ends_with(".en.md"));
    for page in pages {
        let english = page.replace(".md", ".en.md");
        assert!(made.contains_key(&english), "{page} has no English version");
    }
}

#[test]
fn never_writes_over_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    fs::write(folder.path().join("mine/site.toml"), "mine").expect("a file");
    let before = files(folder.path());
    for speech in ["ja", "en"] {
        let run = at(folder.path(), &["new", "mine", "--lang", speech]);
        assert!(run.code == 1 || run.code == 2, "{run}");
        assert!(run.stderr.contains("mine"), "{run}");
    }
    assert_eq!(before, files(folder.path()));
}

#[test]
fn fills_an_empty_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    at(folder.path(), &["new", "."]).exits(0);
    assert!(folder.path().join("site.toml").is_file());
}

#[test]
fn says_what_to_do_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let english = at(folder.path(), &["new", "a", "--lang", "en"]);
    let japanese = at(folder.path(), &["new", "b", "--lang", "ja"]);
    let said = |run: &Run| format!("{}{}", run.stdout, run.stderr);
    assert!(said(&english).contains("kairan build"), "{english}");
    assert!(said(&japanese).contains("kairan build"), "{japanese}");
    assert_ne!(said(&english), said(&japanese));
}
