//! Everything that people get wrong, and what they are told: the file, the line, what stands there and what to do, in
//! both languages, all of it in one run, and the site that was there before still whole.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Finding, Run, Site, assert_same, files, run};

/// What must be said of one mistake.
struct Complaint<'a> {
    /// The rule.
    code: &'a str,
    /// File, line and column, from 1.
    place: &'a str,
    /// The line as it is shown.
    line: &'a str,
    /// What the help, or the message where there is nothing to suggest, must name.
    names: &'a str,
}

/// Builds a good site, makes the mistake in it, and holds what is said then against `complaint`.
#[track_caller]
fn refused(mistake: impl Fn(&Site), complaint: Complaint<'_>) -> Run {
    let site = Site::small("");
    site.built();
    let before = site.output();
    mistake(&site);

    let broken = site.build();
    broken.exits(1);
    told(&broken, &complaint);
    assert_same(&before, &site.output(), "a failed build leaves the last good site as it was");

    let checked = site.run(&["check", "--format", "json"]);
    checked.exits(1);
    told(&checked, &complaint);

    let english = site.run(&["build", "--lang", "en"]);
    let japanese = site.run(&["build", "--lang", "ja"]);
    shown(english.exits(1), &complaint);
    shown(japanese.exits(1), &complaint);
    let in_english = site.run(&["build", "--lang", "en", "--format", "json"]).finding(complaint.code);
    let in_japanese = site.run(&["build", "--lang", "ja", "--format", "json"]).finding(complaint.code);
    assert_ne!(in_english.message(), in_japanese.message(), "both languages speak");
    assert!(in_japanese.message().chars().any(is_kana), "Japanese: {}", in_japanese.message());
    assert!(!in_japanese.remedy().is_empty() && !in_english.remedy().is_empty(), "nothing to do about it: {broken}");
    broken
}

/// The finding itself: rule, place, line, and the name that helps.
#[track_caller]
fn told(run: &Run, complaint: &Complaint<'_>) -> Finding {
    let finding = run.finding(complaint.code);
    assert_eq!(finding.severity(), "error", "{run}");
    assert_eq!(finding.place(), complaint.place, "{run}");
    if !complaint.line.is_empty() {
        assert_eq!(finding.line(), complaint.line, "{run}");
    }
    let said = format!("{} {} {}", finding.message(), finding.found(), finding.remedy());
    assert!(said.contains(complaint.names), "{} is not named: {run}", complaint.names);
    finding
}

/// What a person reads: the rule, the place and the line.
#[track_caller]
fn shown(run: &Run, complaint: &Complaint<'_>) {
    let text = &run.stderr;
    assert!(text.contains(complaint.code), "no {} in {run}", complaint.code);
    assert!(complaint.place.is_empty() || text.contains(complaint.place), "no {} in {run}", complaint.place);
    // Tabs are shown as spaces.
    assert!(text.contains(complaint.line.trim()), "the line is not shown in {run}");
}

fn is_kana(letter: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&letter)
}

/// A mistake in one file.
fn with(text: &str) -> impl Fn(&Site) {
    move |site| {
        site.edit(text);
    }
}

#[test]
fn unknown_front_matter_field() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\ntitel: 雑誌\n---\n本文\n"),
        Complaint { code: "unknown-field", place: "content/about.md:3:1", line: "titel: 雑誌", names: "title" },
    );
}

#[test]
fn unknown_setting() {
    let settings = crate::support::SMALL
        .split("\n-- content")
        .next()
        .expect("settings")
        .replace("\ntheme =", "\nthem = \"zine\"\ntheme =");
    refused(
        with(&settings),
        Complaint { code: "unknown-field", place: "site.toml:5:1", line: "them = \"zine\"", names: "theme" },
    );
}

#[test]
fn yaml_with_a_tab() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\nextra:\n\tplace: 港\n---\n本文\n"),
        Complaint { code: "tab-in-yaml", place: "content/about.md:4:1", line: "\tplace: 港", names: "" },
    );
}

#[test]
fn data_with_a_tab() {
    refused(
        with("-- content/data/areas.yaml --\nareas:\n\t- {id: shiomi, name: 潮見市, kind: municipality}\n"),
        Complaint { code: "tab-in-yaml", place: "content/data/areas.yaml:2:1", line: "", names: "" },
    );
}

#[test]
fn duplicate_key() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\ntitle: 回覧\n---\n本文\n"),
        Complaint { code: "duplicate-key", place: "content/about.md:3:1", line: "title: 回覧", names: "title" },
    );
}

#[test]
fn date_that_does_not_exist() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\ndate: 2026-02-30\n---\n本文\n"),
        Complaint { code: "invalid-date", place: "content/about.md:3:7", line: "date: 2026-02-30", names: "date" },
    );
}

#[test]
fn language_that_the_site_does_not_have() {
    refused(
        with("-- content/about.fr.md --\n---\ntitle: À propos\n---\nTexte.\n"),
        Complaint { code: "unknown-language", place: "content/about.fr.md:1:1", line: "---", names: "fr" },
    );
}

#[test]
fn two_pages_with_one_address() {
    refused(
        with("-- content/features/other.md --\n---\ntitle: 冬\nslug: summer\n---\n本文\n"),
        Complaint {
            code: "address-taken",
            place: "content/features/summer.md:1:1",
            line: "---",
            names: "features/summer",
        },
    );
}

#[test]
fn two_pages_with_one_address_are_one_problem() {
    let site = Site::small("-- content/features/other.md --\n---\ntitle: 冬\nslug: summer\n---\n本文\n");
    let run = site.build();
    assert_eq!(run.exits(1).findings().len(), 1, "{run}");
}

#[test]
fn page_at_the_address_of_one_that_is_made() {
    let tags = "-- content/tags.md --\n---\ntitle: 札\n---\n本文\n-- content/features/other.md --\n---\ntitle: 冬\ntags: [海]\n---\n本文\n";
    refused(
        with(tags),
        Complaint { code: "address-taken", place: "content/tags.md:1:1", line: "---", names: "Kairan" },
    );
}

#[test]
fn two_tags_with_one_address() {
    let page = |tags: &str| format!("-- content/features/other.md --\n---\ntitle: 冬\ntags: {tags}\n---\n本文\n");
    let run = Site::small(&page("[海（冬）, 海-冬]")).build();
    let finding = run.exits(0).finding("tags-alike");
    assert_eq!(finding.place(), "content/features/other.md:3:14", "{run}");
    let site = Site::small(&page("[C, C++, c]"));
    site.build().clean();
    assert!(site.has("tags/c/index.html") && site.has("tags/c-plus-plus/index.html"));
}

#[test]
fn tag_that_can_have_no_address() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\ntags: [海, '??']\n---\n本文\n"),
        Complaint { code: "bad-tag", place: "content/about.md:3:11", line: "tags: [海, '??']", names: "??" },
    );
}

#[test]
fn missing_setting() {
    refused(
        with("-- site.toml --\nbase_url = \"https://example.org/\"\n"),
        Complaint { code: "missing-field", place: "site.toml:1:1", line: "", names: "title = " },
    );
}

/// A folder that was moved or renamed must not empty the site that is online.
#[test]
fn site_without_pages() {
    refused(
        |site| {
            fs::remove_dir_all(site.path("content")).expect("content is gone");
            site.edit("-- site.toml --\ntitle = \"回覧\"\nbase_url = \"https://example.org/\"\n");
        },
        Complaint { code: "no-pages", place: "site.toml:1:1", line: "title = \"回覧\"", names: "content" },
    );
}

#[test]
fn dead_link() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n研修の[計画](features/sumer.md)です。\n"),
        Complaint {
            code: "dead-link",
            place: "content/about.md:4:9",
            line: "研修の[計画](features/sumer.md)です。",
            names: "summer.md",
        },
    );
}

#[test]
fn dead_fragment() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n[ここ](#nowhere)へ。\n"),
        Complaint {
            code: "dead-fragment",
            place: "content/about.md:4:6",
            line: "[ここ](#nowhere)へ。",
            names: "nowhere",
        },
    );
}

#[test]
fn missing_picture() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n海。\n\n![港の朝](sea.jpg)\n"),
        Complaint {
            code: "missing-picture",
            place: "content/about.md:6:8",
            line: "![港の朝](sea.jpg)",
            names: "sea.jpg",
        },
    );
}

#[test]
fn missing_cover() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\ncover: {src: sea.jpg, alt: 港の朝}\n---\n海。\n"),
        Complaint {
            code: "missing-picture",
            place: "content/about.md:3:14",
            line: "cover: {src: sea.jpg, alt: 港の朝}",
            names: "sea.jpg",
        },
    );
}

#[test]
fn unknown_hospital() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\nhospitals: [shiomi-hg]\n---\n本文\n"),
        Complaint {
            code: "unknown-id",
            place: "content/about.md:3:13",
            line: "hospitals: [shiomi-hg]",
            names: "shiomi-gh",
        },
    );
}

#[test]
fn unknown_indicator_in_a_value() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n医師は `= physician[shiomi, 2018]` 人。\n"),
        Complaint {
            code: "unknown-indicator",
            place: "content/about.md:4:8",
            line: "医師は `= physician[shiomi, 2018]` 人。",
            names: "physicians",
        },
    );
}

#[test]
fn unknown_area_in_a_value() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n医師は `= physicians[shiomu, 2018]` 人。\n"),
        Complaint {
            code: "unknown-area",
            place: "content/about.md:4:19",
            line: "医師は `= physicians[shiomu, 2018]` 人。",
            names: "shiomi",
        },
    );
}

#[test]
fn unknown_period_in_a_value() {
    refused(
        with("-- content/about.md --\n---\ntitle: 雑誌\n---\n医師は `= physicians[shiomi, 2017]` 人。\n"),
        Complaint {
            code: "unknown-period",
            place: "content/about.md:4:27",
            line: "医師は `= physicians[shiomi, 2017]` 人。",
            names: "2018",
        },
    );
}

#[test]
fn indicator_without_source() {
    let data = "-- content/data/beds.yaml --\nindicators:\n  - id: beds\n    name: 病床\n    unit: 床\n    as_of: 2018-12-31\n    over: areas\n    periods: [2018]\n    values:\n      shiomi: [320]\n";
    refused(
        with(data),
        Complaint { code: "missing-field", place: "content/data/beds.yaml:2:5", line: "  - id: beds", names: "source" },
    );
}

#[test]
fn panel_without_source() {
    let page = "-- content/about.md --\n---\ntitle: 雑誌\n---\n```panel\nkind: kpi\ntitle: 数字\nas_of: 2026-04-01\nitems:\n  - {label: 席, value: \"12\", unit: 席}\n  - {label: 机, value: \"24\", unit: 台}\n```\n";
    refused(
        with(page),
        Complaint { code: "panel-without-source", place: "content/about.md:5:1", line: "kind: kpi", names: "source" },
    );
}

#[test]
fn indicator_without_unit() {
    let data = "-- content/data/beds.yaml --\nindicators:\n  - id: beds\n    name: 病床\n    source: 調べ\n    as_of: 2018-12-31\n    over: areas\n    periods: [2018]\n    values:\n      shiomi: [320]\n";
    refused(
        with(data),
        Complaint { code: "missing-field", place: "content/data/beds.yaml:2:5", line: "  - id: beds", names: "unit" },
    );
}

#[test]
fn indicator_without_a_day() {
    let data = "-- content/data/beds.yaml --\nindicators:\n  - id: beds\n    name: 病床\n    unit: 床\n    source: 調べ\n    over: areas\n    periods: [2018]\n    values:\n      shiomi: [320]\n";
    refused(
        with(data),
        Complaint { code: "missing-field", place: "content/data/beds.yaml:2:5", line: "  - id: beds", names: "as_of" },
    );
}

#[test]
fn panel_without_a_day() {
    let page = "-- content/about.md --\n---\ntitle: 雑誌\n---\n```panel\nkind: kpi\ntitle: 数字\nsource: 調べ\nitems:\n  - {label: 席, value: \"12\", unit: 席}\n  - {label: 机, value: \"24\", unit: 台}\n```\n";
    refused(
        with(page),
        Complaint { code: "panel-without-as-of", place: "content/about.md:5:1", line: "kind: kpi", names: "as_of" },
    );
}

#[test]
fn panel_without_a_unit() {
    let page = "-- content/about.md --\n---\ntitle: 雑誌\n---\n```panel\nkind: kpi\ntitle: 数字\nitems:\n  - {label: 比, value: \"physicians[shiomi] / physicians[minato]\"}\n  - {label: 数, value: \"physicians[shiomi]\"}\n```\n";
    refused(
        with(page),
        Complaint {
            code: "panel-without-unit",
            place: "content/about.md:8:24",
            line: "  - {label: 比, value: \"physicians[shiomi] / physicians[minato]\"}",
            names: "unit",
        },
    );
}

#[test]
fn unknown_panel_kind() {
    let page = "-- content/about.md --\n---\ntitle: 雑誌\n---\n```panel\nkind: trand\nindicator: physicians\nareas: [shiomi]\n```\n";
    refused(
        with(page),
        Complaint { code: "unknown-panel-kind", place: "content/about.md:5:7", line: "kind: trand", names: "trend" },
    );
}

#[test]
fn template_with_an_undefined_variable() {
    refused(
        with("-- themes/zine/templates/page.html --\n<!doctype html>\n<title>{{ view.page.titel }}</title>\n"),
        Complaint {
            code: "template",
            place: "themes/zine/templates/page.html:2:21",
            line: "<title>{{ view.page.titel }}</title>",
            names: "titel",
        },
    );
}

#[test]
fn template_that_does_not_parse() {
    refused(
        with("-- themes/zine/templates/page.html --\n<!doctype html>\n<p>{% if view.page.date %}</p>\n"),
        Complaint { code: "template", place: "themes/zine/templates/page.html:2:27", line: "", names: "" },
    );
}

#[test]
fn theme_that_extends_itself() {
    let settings =
        crate::support::SMALL.split("\n-- content").next().expect("settings").replace("\"zine\"", "\"mine\"");
    refused(
        move |site| {
            site.edit(&settings).edit("-- themes/mine/theme.toml --\nname = \"mine\"\nextends = \"mine\"\n");
        },
        Complaint {
            code: "theme-cycle",
            place: "themes/mine/theme.toml:2:11",
            line: "extends = \"mine\"",
            names: "mine",
        },
    );
}

#[test]
fn themes_that_extend_each_other() {
    let settings =
        crate::support::SMALL.split("\n-- content").next().expect("settings").replace("\"zine\"", "\"mine\"");
    refused(
        move |site| {
            site.edit(&settings).edit(
                "-- themes/mine/theme.toml --\nname = \"mine\"\nextends = \"yours\"\n-- themes/yours/theme.toml --\nname = \"yours\"\nextends = \"mine\"\n",
            );
        },
        Complaint {
            code: "theme-cycle",
            place: "themes/yours/theme.toml:2:11",
            line: "extends = \"mine\"",
            names: "mine",
        },
    );
}

#[test]
fn theme_that_does_not_exist() {
    let settings =
        crate::support::SMALL.split("\n-- content").next().expect("settings").replace("\"zine\"", "\"zinne\"");
    refused(
        with(&settings),
        Complaint { code: "unknown-theme", place: "site.toml:5:9", line: "theme = \"zinne\"", names: "zine" },
    );
}

#[test]
fn slug_that_climbs_out() {
    for slug in ["../../x", "/etc", "a/../../b", "..", "C:\\x"] {
        refused(
            with(&format!("-- content/about.md --\n---\ntitle: 雑誌\nslug: '{slug}'\n---\n本文\n")),
            Complaint {
                code: "bad-slug",
                place: "content/about.md:3:7",
                line: &format!("slug: '{slug}'"),
                names: "slug",
            },
        );
    }
}

#[test]
fn alias_that_climbs_out() {
    let site = Site::small("-- content/about.md --\n---\ntitle: 雑誌\naliases: [../../../outside]\n---\n本文\n");
    site.build().exits(1);
    assert!(!site.has("index.html"), "nothing is written");
}

#[test]
fn symbolic_link_out_of_the_site() {
    let outside = tempfile::NamedTempFile::new().expect("a file");
    fs::write(outside.path(), "---\ntitle: secret\n---\nSECRET").expect("content");
    refused(
        |site| symlink(outside.path(), site.path("content/secret.md")).expect("a link"),
        Complaint { code: "link-out-of-site", place: "content/secret.md:1:1", line: "", names: "" },
    );
}

#[test]
fn symbolic_link_to_a_folder_out_of_the_site() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), "---\ntitle: secret\n---\nSECRET").expect("content");
    let site = Site::small("");
    symlink(outside.path(), site.path("content/elsewhere")).expect("a link");
    let run = site.build();
    run.exits(1);
    assert_eq!(run.finding("link-out-of-site").place(), "content/elsewhere:1:1", "{run}");
    assert!(!run.to_string().contains("SECRET"), "{run}");
}

#[test]
fn symbolic_link_that_leads_to_itself() {
    let site = Site::small("");
    symlink(site.path("content"), site.path("content/again")).expect("a link");
    site.build().exits(1);
}

#[test]
fn file_that_is_not_utf8() {
    refused(
        |site| {
            // 雑誌 in Shift_JIS, as an old editor saves it.
            site.write("content/about.md", b"---\ntitle: ok\n---\n\x8e\x47\x8e\x8f\n");
        },
        Complaint { code: "not-utf8", place: "content/about.md:4:1", line: "", names: "UTF-8" },
    );
}

#[test]
fn article_of_twenty_megabytes() {
    refused(
        |site| {
            let text = "潮見の海は広い。\n".repeat(20 * 1024 * 1024 / "潮見の海は広い。\n".len());
            site.write("content/about.md", format!("---\ntitle: 長い\n---\n{text}").as_bytes());
        },
        Complaint { code: "too-large", place: "content/about.md:1:1", line: "", names: "" },
    );
}

#[test]
fn all_problems_in_one_run_in_order() {
    let site = Site::small(
        "-- content/about.md --\n---\ntitle: 雑誌\ntitel: 雑誌\ndate: 2026-02-30\n---\n[x](nowhere.md) ![y](nothing.jpg) `= nobody[shiomi]`\n-- content/data/areas.yaml --\nareas:\n  - {id: shiomi, name: 潮見市, kind: munici}\n  - {id: minato, nam: 港町, kind: municipality}\n-- content/features/bad.md --\n---\ntitel: x\n---\n",
    );
    let run = site.build();
    run.exits(1);
    let findings = run.findings();
    let files: Vec<String> =
        findings.iter().map(|finding| finding.place().split(':').next().unwrap_or_default().to_owned()).collect();
    let mut sorted = files.clone();
    sorted.sort();
    assert_eq!(files, sorted, "{run}");
    assert!(findings.len() >= 8, "{run}");
    for code in ["unknown-field", "invalid-date", "dead-link", "missing-picture", "unknown-choice"] {
        run.finding(code);
    }
    let human = site.run(&["build", "--lang", "en"]);
    for finding in &findings {
        assert!(human.stderr.contains(&finding.place()), "{} is not shown: {human}", finding.place());
    }
}

#[test]
fn output_folder_that_is_not_ours() {
    let site = Site::small("");
    site.write("thesis/chapter.txt", b"ten years of work");
    let run = site.run(&["build", "--out", "thesis", "--format", "json"]);
    assert!(run.code == 1 || run.code == 2, "{run}");
    let there = files(&site.path("thesis"));
    assert_eq!(there.keys().collect::<Vec<_>>(), ["chapter.txt"]);
    assert_eq!(there["chapter.txt"], b"ten years of work");
    for speech in ["ja", "en"] {
        let run = site.run(&["build", "--out", "thesis", "--lang", speech]);
        assert!(run.stderr.contains("thesis"), "{run}");
        assert_eq!(run.stderr.chars().any(is_kana), speech == "ja", "{run}");
    }
}

#[test]
fn output_folder_that_holds_the_site_itself() {
    let site = Site::small("");
    let before = files(site.root());
    for out in [".", "content", "static", "themes", ".."] {
        let run = site.run(&["build", "--out", out]);
        assert!(run.code == 1 || run.code == 2, "--out {out}: {run}");
        assert_same(&before, &files(site.root()), out);
    }
}

#[test]
fn file_of_somebody_else_in_our_output_folder() {
    let site = Site::small("");
    site.built();
    site.write("public/notes.txt", b"do not lose me");
    site.edit("-- content/about.md --\n---\ntitle: 新しい題\n---\n本文\n");
    site.run(&["build"]);
    assert_eq!(fs::read(site.path("public/notes.txt")).expect("still there"), b"do not lose me");
}

#[test]
fn output_below_a_file() {
    let site = Site::small("-- blocked --\na file, not a folder\n");
    for speech in ["ja", "en"] {
        let run = site.run(&["build", "--out", "blocked/public", "--lang", speech]);
        assert!(run.code == 1 || run.code == 2, "{run}");
        assert!(run.stderr.contains("blocked") && !run.stderr.contains("panicked"), "{run}");
    }
    assert_eq!(fs::read(site.path("blocked")).expect("still there"), b"a file, not a folder\n");
}

/// Modes mean nothing to root, so where the tests run as root the program runs as nobody, from a copy that nobody may read.
#[test]
fn no_permission_to_write() {
    let site = Site::small("");
    site.built();
    let before = site.output();
    site.edit("-- content/about.md --\n---\ntitle: 新しい題\n---\n本文\n");
    let program = site.path("kairan");
    fs::copy(env!("CARGO_BIN_EXE_kairan"), &program).expect("a copy of the program");
    mode(&site, "", 0o555);
    mode(&site, "public", 0o555);

    let mut command = Command::new(&program);
    command.args(["build", "--lang", "en"]).current_dir(site.root()).env("NO_COLOR", "1");
    if is_root() {
        command.uid(65534).gid(65534);
    }
    let refused = run(command);
    mode(&site, "", 0o755);
    mode(&site, "public", 0o755);

    assert!(refused.code == 1 || refused.code == 2, "{refused}");
    assert!(
        refused.stderr.contains(site.root().to_str().expect("UTF-8")) && !refused.stderr.contains("panicked"),
        "{refused}"
    );
    assert_same(&before, &site.output(), "nothing is lost");
}

fn mode(site: &Site, path: &str, mode: u32) {
    fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).expect("permissions");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id");
    id.stdout.starts_with(b"0\n")
}

#[test]
fn file_that_may_not_be_read() {
    if is_root() {
        return; // root may read everything
    }
    let site = Site::small("");
    mode(&site, "content/about.md", 0o000);
    let run = site.build();
    assert_eq!(run.exits(1).finding("unreadable").place(), "content/about.md:1:1");
}

/// Many pages, so that a build takes long enough to be stopped in its midst.
fn many_pages(word: &str) -> String {
    let page = |n: usize| {
        format!(
            "-- content/features/p{n:03}.md --\n---\ntitle: {word}{n}\ndate: 2026-01-01\n---\n{}\n",
            format!("{word}の話。\n\n").repeat(30)
        )
    };
    (0..300).map(page).collect()
}

#[test]
fn build_stopped_half_way() {
    let site = Site::small(&many_pages("春"));
    site.built();
    let before = site.output();
    site.edit(&many_pages("秋"));

    let mut stopped = 0;
    for step in 0..24 {
        let mut command = site.command(&["build"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(20 + 40 * step));
        child.kill().expect("a kill");
        let ended = child.wait().expect("an end");
        if ended.code().is_some() {
            break; // it was faster than we are
        }
        stopped += 1;
        let after = site.output();
        let whole = after == before || after.values().any(|bytes| contains(bytes, "秋")) && after.len() == before.len();
        assert!(whole, "stopped at step {step}: {} files of {}", after.len(), before.len());
    }
    assert!(stopped > 0, "no build could be stopped");

    site.built();
    let fresh = Site::small(&many_pages("秋"));
    fresh.built();
    assert_same(&fresh.output(), &site.output(), "the next build makes good");
    let left: Vec<String> = fs::read_dir(site.root())
        .expect("the site")
        .flatten()
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    let expected = [".kairan-cache", "content", "public", "site.toml"];
    let litter: Vec<&String> = left.iter().filter(|name| !expected.contains(&name.as_str())).collect();
    assert!(litter.is_empty(), "left behind: {litter:?}");
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// A full disk as near as a test can get to one: files may not grow beyond a few blocks.
#[test]
fn build_that_runs_out_of_room() {
    let site = Site::small(&many_pages("春"));
    site.built();
    let before = site.output();
    site.edit(&many_pages("秋"))
        .edit(&format!("-- content/features/long.md --\n---\ntitle: 長い\n---\n{}\n", "長い話。\n".repeat(40_000)));
    let mut command = Command::new("bash");
    command.arg("-c").arg(format!("ulimit -c 0; ulimit -f 100; exec '{}' build", env!("CARGO_BIN_EXE_kairan")));
    command.current_dir(site.root());
    let ended = run(command);
    assert_ne!(ended.code, 0, "{ended}");
    assert_same(&before, &site.output(), "nothing is lost");
}

#[test]
fn folder_without_a_site() {
    let empty = tempfile::tempdir().expect("a folder");
    for speech in ["ja", "en"] {
        let mut command = crate::support::kairan(&["build", "--lang", speech]);
        command.current_dir(empty.path());
        let run = run(command);
        assert!(run.code == 1 || run.code == 2, "{run}");
        assert!(run.stderr.contains("site.toml"), "{run}");
    }
    assert!(files(empty.path()).is_empty(), "nothing is written");
}
