//! A whole site in one string, the program run on it, and what came out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A site folder of a test. Removed with the value.
pub struct Site {
    folder: TempDir,
}

/// What one run of the program did.
#[derive(Debug)]
pub struct Run {
    /// The exit status; -1 where a signal ended it.
    pub code: i32,
    /// All of stdout.
    pub stdout: String,
    /// All of stderr.
    pub stderr: String,
}

/// One finding, as `--format json` prints it.
#[derive(Debug, Clone)]
pub struct Finding(Value);

/// Every file of an output folder with its bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Site {
    /// Files separated by lines `-- path --`. A path in two folders down makes these folders.
    pub fn new(text: &str) -> Site {
        let site = Site { folder: tempfile::tempdir().expect("a temporary folder") };
        site.edit(text);
        site
    }

    /// A small bilingual site that has no findings, with `text` on top of it: files of the same path are replaced.
    pub fn small(text: &str) -> Site {
        let site = Site::new(SMALL);
        site.edit(text);
        site
    }

    /// Writes the files of `text`, as [`Site::new`] does, over those that are there.
    pub fn edit(&self, text: &str) -> &Site {
        for (path, content) in split(text) {
            self.write(path, content.as_bytes());
        }
        self
    }

    /// Writes one file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> &Site {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Removes one file.
    pub fn remove(&self, path: &str) -> &Site {
        fs::remove_file(self.path(path)).expect("a file to remove");
        self
    }

    /// The place of a file of the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The site folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program in the site folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run(self.command(arguments))
    }

    /// The program, ready to be run in the site folder, in an environment that every test has in common.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = kairan(arguments);
        command.current_dir(self.root());
        command
    }

    /// `kairan build` with findings as JSON.
    pub fn build(&self) -> Run {
        self.run(&["build", "--format", "json"])
    }

    /// Builds, and fails the test where there is any finding.
    #[track_caller]
    pub fn built(&self) -> &Site {
        self.build().clean();
        self
    }

    /// Every file of the output.
    pub fn output(&self) -> Files {
        files(&self.path("public"))
    }

    /// One file of the output as text.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let place = self.path("public").join(path);
        fs::read_to_string(&place).unwrap_or_else(|error| {
            let there: Vec<String> = self.output().into_keys().collect();
            panic!("no {path} in the output ({error}); there are:\n{}", there.join("\n"))
        })
    }

    /// Whether the output has this file.
    pub fn has(&self, path: &str) -> bool {
        self.path("public").join(path).is_file()
    }
}

/// The program, away from the settings of whoever runs the tests.
pub fn kairan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kairan"));
    command.args(arguments);
    for name in ["LANG", "LANGUAGE", "LC_MESSAGES", "RAYON_NUM_THREADS", "GITHUB_ACTIONS", "CI"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C.UTF-8").env("TZ", "UTC").env("NO_COLOR", "1");
    command
}

/// Runs the program in a folder.
pub fn at(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = kairan(arguments);
    command.current_dir(folder);
    run(command)
}

/// Runs a command to its end.
pub fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) }
}

impl Run {
    /// The findings of a run with `--format json`.
    pub fn findings(&self) -> Vec<Finding> {
        let objects = self.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        objects.filter(|value| value.get("code").is_some() && value.get("severity").is_some()).map(Finding).collect()
    }

    /// Fails unless the run succeeded with nothing to complain about.
    #[track_caller]
    pub fn clean(&self) -> &Run {
        assert!(self.code == 0 && self.findings().is_empty(), "expected a clean run, got {self}");
        self
    }

    /// Fails unless the run ended with this status and wrote no panic message.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Run {
        assert!(self.code == code && !self.stderr.contains("panicked at"), "expected exit status {code}, got {self}");
        self
    }

    /// The one finding with this code; fails where there is none.
    #[track_caller]
    pub fn finding(&self, code: &str) -> Finding {
        let found = self.findings().into_iter().find(|finding| finding.code() == code);
        found.unwrap_or_else(|| panic!("no finding {code} in {self}"))
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "exit status {}\n--- stdout\n{}\n--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}

impl Finding {
    /// The rule.
    pub fn code(&self) -> &str {
        self.text("/code")
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        self.text("/message")
    }

    /// `error` or `warning`.
    pub fn severity(&self) -> &str {
        self.text("/severity")
    }

    /// The place as people write it: `content/a.md:3:1`. Empty where no file is to blame.
    pub fn place(&self) -> String {
        let Some(place) = self.0.get("place").filter(|place| !place.is_null()) else { return String::new() };
        format!("{}:{}:{}", place["file"].as_str().unwrap_or_default(), place["line"], place["column"])
    }

    /// The line at that place.
    pub fn line(&self) -> &str {
        self.text("/place/text")
    }

    /// What stands there, as written.
    pub fn found(&self) -> &str {
        self.text("/found")
    }

    /// What should stand there, and what to do: all that a person can act on.
    pub fn remedy(&self) -> String {
        format!("{} {}", self.text("/expected"), self.help()).trim().to_owned()
    }

    /// All help in one text.
    pub fn help(&self) -> String {
        let help = self.0["help"].as_array().cloned().unwrap_or_default();
        help.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
    }

    fn text(&self, pointer: &str) -> &str {
        self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Every file below `folder` with its bytes, by its path within; empty where there is no folder.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    collect(folder, folder, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.expect("a folder entry")) {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name =
                path.strip_prefix(root).expect("a path below the root").to_str().expect("UTF-8").replace('\\', "/");
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

/// Fails, naming the files, unless two outputs are the same byte for byte.
#[track_caller]
pub fn assert_same(before: &Files, after: &Files, why: &str) {
    let names = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    let differing: Vec<&String> = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(differing.is_empty(), "{why}: these differ: {differing:?}");
}

/// Path and content of each file in a text.
fn split(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let path = line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --"));
        match (path, files.last_mut()) {
            (Some(path), _) => files.push((path, String::new())),
            (None, Some((_, content))) => {
                content.push_str(line);
                content.push('\n');
            }
            (None, None) => assert!(line.is_empty(), "text before the first file: {line}"),
        }
    }
    files
}

/// A site that has a bit of everything, no findings and no cards, which take longer than its pages. Tests lay their own files
/// over it.
pub const SMALL: &str = r##"
-- site.toml --
title = { ja = "潮見の回覧", en = "The Shiomi Circular" }
description = { ja = "潮見ヶ丘の研修医と病院のための小さな雑誌", en = "A small zine for trainees and hospitals" }
base_url = "https://example.org/shiomi/"
languages = ["ja", "en"]
theme = "zine"
cards.enabled = false
[publisher]
name = { ja = "潮見市", en = "Shiomi City" }

[[menus.main]]
page = "features/_index.md"

[[menus.main]]
page = "about.md"
-- content/_index.md --
---
title: 潮見の回覧
---
はじめのことば。
-- content/_index.en.md --
---
title: The Shiomi Circular
---
A first word.
-- content/about.md --
---
title: この雑誌について
description: 発行のしくみ
---
潮見市が発行します。
-- content/about.en.md --
---
title: About
description: Who makes this
---
Shiomi City publishes it.
-- content/features/_index.md --
---
title: 特集
---
-- content/features/_index.en.md --
---
title: Features
---
-- content/features/summer.md --
---
title: 夏の学習会
description: 学生が集まりました
date: 2026-07-07
kind: session
tags: [学習会]
---
夏の学習会をひらきました。

## 数字で見る

医師は `= physicians[shiomi, 2018]` 人です。
-- content/features/summer.en.md --
---
title: The summer session
description: Students met
tags: [Study sessions]
---
We held the session.

## In figures

There are `= physicians[shiomi, 2018]` physicians.
-- content/data/areas.yaml --
areas:
  - {id: shiomi, name: {ja: 潮見市, en: Shiomi City}, kind: municipality, code: "00001"}
  - {id: minato, name: {ja: 港町, en: Minato Town}, kind: municipality, code: "00002"}
-- content/data/hospitals.yaml --
hospitals:
  - id: shiomi-gh
    name: {ja: 潮見ヶ丘総合病院, en: Shiomigaoka General Hospital}
    kind: core
    area: shiomi
    beds: 320
    source: {ja: 潮見市, en: Shiomi City}
    as_of: 2026-04-01
    sample: true
-- content/data/physicians.yaml --
indicators:
  - id: physicians
    name: {ja: 医師数, en: Physicians}
    unit: {ja: 人, en: physicians}
    source: {ja: 潮見市の調べ, en: Survey by Shiomi City}
    as_of: 2018-12-31
    over: areas
    periods: [2008, 2018]
    values:
      shiomi: [312, 305]
      minato: [1204, 1388]
"##;
