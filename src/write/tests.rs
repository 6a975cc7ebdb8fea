//! A site is exchanged as a whole, and what is not ours stays.

use std::process::Command;
use std::time::Instant;

use rayon::prelude::*;
use tempfile::TempDir;

use super::destination::Lock;
use super::*;
use crate::diagnostic::Speech;

/// A site folder with an output folder that need not exist.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let site = Site(tempfile::tempdir().unwrap());
        fs::create_dir_all(site.path("content")).unwrap();
        fs::write(site.path("site.toml"), "").unwrap();
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn destination(&self) -> Destination {
        self.at("public").unwrap()
    }

    fn at(&self, out: &str) -> Result<Destination, Diagnostic> {
        Destination::at(self.0.path(), &self.path(out), None)
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Written, Diagnostic> {
        publish(&output(files), &self.destination())
    }

    /// Every file of the output folder but Kairan's list, as `path: text`.
    fn public(&self) -> Vec<String> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(self.path("public")).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() && entry.file_name() != manifest::WHOLE {
                let name = entry.path().strip_prefix(self.path("public")).unwrap().display().to_string();
                files.push(format!("{name}: {}", fs::read_to_string(entry.path()).unwrap()));
            }
        }
        files
    }

    /// What lies in the site folder, so that nothing stays behind beside the output folder.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::new();
    for (path, text) in files {
        output.insert(*path, text.as_bytes().to_vec()).unwrap();
    }
    output
}

fn written(files: usize, bytes: u64, changed: usize, removed: usize) -> Written {
    Written { files, bytes, changed, removed, unchanged: files - changed }
}

fn code<T: std::fmt::Debug>(result: Result<T, Diagnostic>) -> String {
    result.unwrap_err().code
}

fn origin(path: &str) -> Span {
    Span::file(&path.into())
}

const OLD: [(&str, &str); 4] = [("index.html", "旧"), ("a/index.html", "a"), ("a/b/c.html", "c"), ("gone/x.html", "x")];
const NEW: [(&str, &str); 4] =
    [("index.html", "新"), ("a/index.html", "a"), ("a/b/c.html", "c"), ("fresh/y.html", "y")];

// What may be an output.

#[test]
fn two_files_of_one_name_are_reported_with_what_they_are_made_from() {
    let mut output = Output::new();
    let page = |path| Content::new(*b"x").made_from(origin(path));
    output.insert("about/index.html", page("content/about.md")).unwrap();
    let finding = output.insert("about/index.html", page("content/about/_index.md")).unwrap_err();
    assert_eq!(finding.code, "same-output");
    assert_eq!(&*finding.primary.as_ref().unwrap().span.path, "content/about/_index.md");
    assert_eq!(&*finding.related[0].span.path, "content/about.md");
    assert_eq!(output.len(), 1);
}

#[test]
fn names_that_are_one_to_windows_or_macos_are_reported() {
    let mut output = output(&[("tags/がん/index.html", "")]);
    assert_eq!(code(output.insert("tags/か\u{3099}ん/index.html", *b"")), "same-output");
    assert_eq!(code(output.insert("TAGS/がん/Index.html", *b"")), "same-output");
    let finding = output.insert("Tags/がん/index.html", *b"").unwrap_err();
    assert!(finding.message.speak(Speech::English).contains("tags/がん/index.html and Tags/がん/index.html"));
    output.insert("tags/かん/index.html", *b"").unwrap();
}

#[test]
fn a_file_is_no_folder() {
    let mut output = output(&[("a/b", ""), ("c", ""), ("c-d/e", "")]);
    assert_eq!(code(output.insert("a/b/c", *b"")), "same-output");
    assert_eq!(code(output.insert("A", *b"")), "same-output");
    assert_eq!(code(output.insert("c/x/y", *b"")), "same-output");
    output.insert("c-d/f", *b"").unwrap();
}

#[test]
fn no_name_leads_out_of_the_output_folder() {
    let mut output = Output::new();
    for path in [
        "",
        "/etc/passwd",
        "../x",
        "a/../x",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "C:x",
        "a\nb",
        "a.",
        "a /b",
        ".kairan-manifest.json",
    ] {
        assert_eq!(code(output.insert(path, *b"")), "unusable-output-name", "{path}");
    }
    assert_eq!(code(output.insert("医".repeat(86), *b"")), "unusable-output-name");
    output.insert(format!(".nojekyll/{}", "医".repeat(85)), *b"").unwrap();
}

// What publishing does.

#[test]
fn a_new_site_takes_the_place_of_the_old_one() {
    let site = Site::new();
    assert_eq!(site.publish(&OLD).unwrap(), written(4, 6, 4, 0));
    assert_eq!(site.public(), ["a/b/c.html: c", "a/index.html: a", "gone/x.html: x", "index.html: 旧"]);
    assert_eq!(site.publish(&NEW).unwrap(), written(4, 6, 2, 1));
    assert_eq!(site.public(), ["a/b/c.html: c", "a/index.html: a", "fresh/y.html: y", "index.html: 新"]);
    assert!(!site.path("public/gone").exists());
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn a_new_or_empty_folder_anywhere_is_made() {
    let site = Site::new();
    fs::create_dir(site.path("empty")).unwrap();
    for out in ["empty", "a/b/c", "d/../e"] {
        let destination = site.at(out).unwrap();
        publish(&output(&OLD), &destination).unwrap();
        assert!(destination.path().join("a/b/c.html").exists(), "{out}");
    }
    for made in ["empty", "a/b/c", "e"] {
        assert!(site.path(made).join("index.html").exists(), "{made}");
    }
}

#[test]
fn where_nothing_changed_nothing_is_touched() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let times = |site: &Site| -> Vec<_> {
        walkdir::WalkDir::new(site.0.path())
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap().metadata().unwrap().modified().unwrap())
            .collect()
    };
    let before = times(&site);
    assert_eq!(site.publish(&OLD).unwrap(), written(4, 6, 0, 0));
    assert_eq!(times(&site), before);
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let time = || fs::metadata(site.path("public/a/index.html")).unwrap().modified().unwrap();
    let before = time();
    site.publish(&NEW).unwrap();
    assert_eq!(time(), before);
}

#[test]
fn a_file_that_somebody_edited_deleted_or_emptied_comes_back() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::write(site.path("public/a/index.html"), "b").unwrap();
    fs::remove_file(site.path("public/a/b/c.html")).unwrap();
    fs::write(site.path("public/index.html"), "").unwrap();
    assert_eq!(site.publish(&OLD).unwrap(), written(4, 6, 3, 0));
    assert_eq!(site.public(), ["a/b/c.html: c", "a/index.html: a", "gone/x.html: x", "index.html: 旧"]);
}

#[test]
fn the_same_site_gives_the_same_bytes_list_included() {
    let (one, two) = (Site::new(), Site::new());
    one.publish(&OLD).unwrap();
    one.publish(&NEW).unwrap();
    two.publish(&NEW).unwrap();
    let list = |site: &Site| fs::read_to_string(site.path("public").join(manifest::WHOLE)).unwrap();
    assert_eq!(one.public(), two.public());
    assert_eq!(list(&one), list(&two));
    assert!(list(&one).starts_with("{\n  \"kairan\": 1,\n  \"files\": {\n    \"a/b/c.html\": \""), "{}", list(&one));
}

#[test]
fn a_copy_of_the_folder_is_as_good_as_the_original() {
    // A clone or a copy has new times; the bytes decide.
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let index = site.path("public/index.html");
    let text = fs::read(&index).unwrap();
    fs::write(&index, text).unwrap();
    assert_eq!(site.publish(&OLD).unwrap(), written(4, 6, 0, 0));
}

// What is not Kairan's.

#[test]
fn a_folder_of_other_peoples_files_is_refused() {
    let site = Site::new();
    for number in 0..7 {
        fs::create_dir_all(site.path("public")).unwrap();
        fs::write(site.path(&format!("public/{number}.docx")), "x").unwrap();
    }
    let finding = site.publish(&OLD).unwrap_err();
    assert_eq!(finding.code, "foreign-output");
    assert_eq!(finding.found.as_deref(), Some("0.docx, 1.docx, 2.docx, 3.docx, 4.docx, … (+2)"));
    assert_eq!(code(site.destination().prepare()), "foreign-output");
    assert_eq!(site.public().len(), 7);
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn files_put_into_the_output_folder_stay_in_it() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::write(site.path("public/google1234.html"), "g").unwrap();
    fs::write(site.path("public/gone/memo.txt"), "m").unwrap();
    fs::create_dir_all(site.path("public/.git/objects/ab")).unwrap();
    fs::write(site.path("public/.git/objects/ab/cdef"), "o").unwrap();
    fs::create_dir(site.path("public/empty")).unwrap();
    fs::create_dir(site.path("public/fresh")).unwrap();
    fs::write(site.path("public/fresh/mine.txt"), "f").unwrap();
    site.publish(&NEW).unwrap();
    let now = [".git/objects/ab/cdef: o", "a/b/c.html: c", "a/index.html: a", "fresh/mine.txt: f", "fresh/y.html: y"];
    assert_eq!(site.public(), [&now[..], &["gone/memo.txt: m", "google1234.html: g", "index.html: 新"]].concat());
    assert!(site.path("public/empty").is_dir());
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
    assert_eq!(site.publish(&NEW).unwrap(), written(4, 6, 0, 0));
    site.publish(&OLD).unwrap();
    assert!(site.path("public/fresh/mine.txt").exists() && !site.path("public/fresh/y.html").exists());
}

#[test]
fn a_file_put_where_the_new_site_needs_its_name_is_not_overwritten() {
    for (path, in_the_way) in [("fresh/y.html", "fresh/y.html"), ("FRESH/Y.html", "FRESH"), ("fresh", "fresh")] {
        let site = Site::new();
        site.publish(&OLD).unwrap();
        fs::create_dir_all(site.path("public").join(path).parent().unwrap()).unwrap();
        fs::write(site.path("public").join(path), "mine").unwrap();
        let finding = site.publish(&NEW).unwrap_err();
        assert_eq!((finding.code.as_str(), finding.found.as_deref()), ("foreign-in-the-way", Some(in_the_way)));
        assert!(
            site.public().contains(&format!("{path}: mine")) && site.public().contains(&"index.html: 旧".to_owned())
        );
        assert_eq!(site.beside(), ["content", "public", "site.toml"]);
    }
}

#[test]
fn a_folder_of_files_put_where_the_new_site_needs_a_file_is_not_overwritten() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::create_dir(site.path("public/news")).unwrap();
    fs::write(site.path("public/news/mine.txt"), "mine").unwrap();
    assert_eq!(code(site.publish(&[("news", "n")])), "foreign-in-the-way");
    fs::remove_dir_all(site.path("public/news")).unwrap();
    fs::write(site.path("public/a/mine.txt"), "mine").unwrap();
    assert_eq!(code(site.publish(&[("a", "n")])), "foreign-in-the-way");
}

#[cfg(unix)]
#[test]
fn nothing_is_deleted_through_a_link() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::create_dir(site.path("elsewhere")).unwrap();
    fs::write(site.path("elsewhere/x.html"), "x").unwrap();
    fs::remove_dir_all(site.path("public/gone")).unwrap();
    std::os::unix::fs::symlink(site.path("elsewhere"), site.path("public/gone")).unwrap();
    site.publish(&NEW).unwrap();
    assert!(site.path("elsewhere/x.html").exists());
    assert!(fs::symlink_metadata(site.path("public/gone")).unwrap().is_symlink());
}

#[test]
fn a_list_that_names_files_elsewhere_is_not_believed() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let list = site.path("public").join(manifest::WHOLE);
    let print = "0".repeat(32);
    for text in
        ["", "{}", r#"{"kairan":2,"files":{}}"#, &format!(r#"{{"kairan":1,"files":{{"../site.toml":"{print}"}}}}"#)]
    {
        fs::write(&list, text).unwrap();
        assert_eq!(code(site.publish(&NEW)), "unreadable-manifest", "{text}");
        assert_eq!(site.public().len(), 4);
    }
}

// Where a site must not go.

#[test]
fn a_site_never_goes_where_it_would_replace_something_else() {
    let site = Site::new();
    fs::create_dir_all(site.path("static/img")).unwrap();
    fs::write(site.path("file"), "").unwrap();
    for out in ["", ".", "..", "content", "content/x/y", "themes", "static/img", "public/../content/z"] {
        assert_eq!(code(site.at(out)), "dangerous-output", "{out}");
    }
    assert_eq!(code(Destination::at(site.0.path(), Path::new("/"), None)), "dangerous-output");
    let home = site.path("home/office");
    fs::create_dir_all(&home).unwrap();
    for out in ["home", "home/office"] {
        assert_eq!(code(Destination::at(&site.path("x"), &site.path(out), Some(&home))), "dangerous-output");
    }
    assert_eq!(code(site.at("file")), "output-is-file");
    assert!(site.at("contents").is_ok() && site.at("home/office/public").is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_and_named_links_in_between_are_followed() {
    use std::os::unix::fs::symlink;
    let site = Site::new();
    fs::create_dir(site.path("real")).unwrap();
    symlink(site.path("real"), site.path("link")).unwrap();
    for out in ["link", "link/"] {
        let finding = site.at(out).unwrap_err();
        assert_eq!(finding.code, "output-is-link");
        assert!(finding.found.unwrap().ends_with("/real"));
    }
    symlink(site.path("nowhere"), site.path("broken")).unwrap();
    assert_eq!(code(site.at("broken")), "output-is-link");
    assert!(site.at("link/public").unwrap().path().ends_with("real/public"));
    symlink(site.path("content"), site.path("words")).unwrap();
    assert_eq!(code(site.at("words/x")), "dangerous-output");
}

// What can go wrong on the way.

#[test]
fn one_build_at_a_time() {
    let site = Site::new();
    let destination = site.destination();
    let lock = Lock::take(&destination).unwrap();
    assert_eq!(code(site.publish(&OLD)), "output-busy");
    drop(lock);
    site.publish(&OLD).unwrap();
    let _lock = Lock::take(&destination).unwrap();
    publish(&output(&OLD), &site.at("other").unwrap()).unwrap();
}

#[test]
fn many_builds_at_once_leave_a_whole_site() {
    let site = Site::new();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let site = &site;
            scope.spawn(move || {
                let files = if number % 2 == 0 { &OLD } else { &NEW };
                while let Err(finding) = site.publish(files) {
                    assert_eq!(finding.code, "output-busy");
                    std::thread::yield_now();
                }
            });
        }
    });
    assert_eq!(site.public().len(), 4);
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn what_a_stopped_build_was_writing_is_cleared_away() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let staging = site.path(".kairan-staging-public");
    fs::create_dir_all(staging.join("a")).unwrap();
    Manifest::of(&output(&NEW)).write(&staging.join(manifest::UNFINISHED)).unwrap();
    fs::write(staging.join("a/index.html"), "half").unwrap();
    site.destination().prepare().unwrap();
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
    // Stopped before, or while, the list was written.
    fs::create_dir(&staging).unwrap();
    site.destination().prepare().unwrap();
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join(manifest::UNFINISHED), "{\"kairan\": 1, \"fi").unwrap();
    assert_eq!(site.publish(&NEW).unwrap().changed, 2);
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn a_build_stopped_between_the_two_renames_leaves_the_last_site() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::write(site.path("public/google1234.html"), "g").unwrap();
    fs::rename(site.path("public"), site.path(".kairan-previous-public")).unwrap();
    site.destination().prepare().unwrap();
    assert!(
        site.public().contains(&"index.html: 旧".to_owned())
            && site.public().contains(&"google1234.html: g".to_owned())
    );
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn a_build_stopped_after_the_two_renames_is_completed() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::write(site.path("public/google1234.html"), "g").unwrap();
    fs::create_dir_all(site.path("public/.git/refs")).unwrap();
    let other = Site::new();
    other.publish(&NEW).unwrap();
    fs::rename(site.path("public"), site.path(".kairan-previous-public")).unwrap();
    fs::rename(other.path("public"), site.path("public")).unwrap();
    site.destination().prepare().unwrap();
    let now = ["a/b/c.html: c", "a/index.html: a", "fresh/y.html: y", "google1234.html: g", "index.html: 新"];
    assert_eq!(site.public(), now);
    assert!(site.path("public/.git/refs").is_dir());
    assert_eq!(site.beside(), ["content", "public", "site.toml"]);
}

#[test]
fn folders_with_our_names_but_other_peoples_files_are_left_alone() {
    let site = Site::new();
    for name in [".kairan-staging-public", ".kairan-previous-public"] {
        fs::create_dir(site.path(name)).unwrap();
        fs::write(site.path(name).join("thesis.docx"), "x").unwrap();
        assert_eq!(code(site.publish(&OLD)), "foreign-output");
        assert!(site.path(name).join("thesis.docx").exists());
        fs::remove_dir_all(site.path(name)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    fs::create_dir(site.path("locked")).unwrap();
    fs::set_permissions(site.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(site.path("locked/probe"), "").is_ok();
    if !may_write_anyway {
        assert_eq!(code(publish(&output(&OLD), &site.at("locked/public").unwrap())), "output-not-permitted");
    }
    fs::set_permissions(site.path("locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn the_output_folder_keeps_the_rights_that_somebody_gave_it() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.publish(&OLD).unwrap();
    fs::set_permissions(site.path("public"), fs::Permissions::from_mode(0o750)).unwrap();
    site.publish(&NEW).unwrap();
    assert_eq!(fs::metadata(site.path("public")).unwrap().permissions().mode() & 0o777, 0o750);
}

// A second process that is really killed, or really runs out of room.

const CHILD: &str = "KAIRAN_TEST_CHILD";

fn child(site: &Site) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "--ignored", "--nocapture", "write::tests::child_that_publishes"])
        .env(CHILD, site.0.path());
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    command
}

/// One of two sites that differ in one third of their files, each of which says whose it is.
fn edition(name: &str, files: usize) -> Output {
    let mut output = Output::new();
    for number in 0..files {
        let owner = if number % 3 == 0 { name } else { "both" };
        let folder = if number % 5 == 0 { format!("only-{name}") } else { format!("section-{}", number % 7) };
        output
            .insert(format!("{folder}/{number}/index.html"), format!("{owner} {number} ").repeat(300).into_bytes())
            .unwrap();
    }
    output
}

#[test]
#[ignore = "the process that the tests below kill"]
fn child_that_publishes() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let destination = Destination::at(Path::new(&folder), &Path::new(&folder).join("public"), None).unwrap();
    let editions = [edition("one", 200), edition("two", 200)];
    for turn in 0.. {
        match publish(&editions[turn % 2], &destination) {
            Ok(_) => {}
            Err(finding) => {
                fs::write(Path::new(&folder).join("finding"), finding.code).unwrap();
                std::process::exit(1);
            }
        }
    }
}

/// Whether the folder holds every file of the edition, and what people have put there.
fn is_whole(folder: &Path, edition: &Output) -> bool {
    edition.iter().all(|(path, content)| {
        fs::read(folder.join(path)).is_ok_and(|bytes| Some(&bytes[..]) == content.bytes().map(|bytes| &**bytes))
    })
}

fn kill_at_random(times: u64) {
    let site = Site::new();
    let editions = [edition("one", 200), edition("two", 200)];
    publish(&editions[0], &site.destination()).unwrap();
    fs::create_dir_all(site.path("public/.git/refs")).unwrap();
    fs::write(site.path("public/.git/refs/head"), "h").unwrap();
    fs::write(site.path("public/section-1/mine.txt"), "m").unwrap();
    let (mut missing, mut random) = (0, 88172645463325252_u64);
    for turn in 0..times {
        // xorshift: each run kills at other points of the work, but the list of waits is always the same.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut process = child(&site).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(20_000 + random % 60_000));
        process.kill().unwrap();
        process.wait().unwrap();
        let public = site.path("public");
        if public.exists() {
            assert!(editions.iter().any(|edition| is_whole(&public, edition)), "half a site after kill {turn}");
        } else {
            missing += 1;
        }
        // A build that fails must have put things right before it failed.
        site.destination().prepare().unwrap();
        assert!(editions.iter().any(|edition| is_whole(&public, edition)), "half a site after recovery {turn}");
        assert_eq!(fs::read_to_string(public.join(".git/refs/head")).unwrap(), "h");
        assert_eq!(fs::read_to_string(public.join("section-1/mine.txt")).unwrap(), "m");
        assert!(!site.path("finding").exists(), "{}", fs::read_to_string(site.path("finding")).unwrap());
        let beside: Vec<String> = site.beside().into_iter().filter(|name| !name.starts_with(".kairan-lock")).collect();
        assert_eq!(beside, ["content", "public", "site.toml"]);
    }
    println!("{times} kills, {missing} of them between the two renames");
    for edition in &editions {
        publish(edition, &site.destination()).unwrap();
        assert_eq!(site.public().len(), edition.len() + 2);
    }
}

#[test]
fn killed_at_any_point_it_leaves_a_whole_site() {
    kill_at_random(12);
}

#[test]
#[ignore = "takes a minute"]
fn killed_at_a_thousand_points_it_leaves_a_whole_site() {
    kill_at_random(1000);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_the_last_site() {
    let site = Site::new();
    site.publish(&OLD).unwrap();
    let child = child(&site);
    // No file may grow beyond 4 blocks of 512 bytes, as on a disk without room; the site's list would be longer.
    let script = format!("trap '' XFSZ; ulimit -f 4; exec '{}' \"$@\"", child.get_program().display());
    let status = Command::new("sh")
        .args(["-c", &script, "sh"])
        .args(child.get_args())
        .env(CHILD, site.0.path())
        .output()
        .unwrap();
    assert!(!status.status.success());
    assert_eq!(fs::read_to_string(site.path("finding")).unwrap(), "disk-full");
    assert_eq!(site.public(), ["a/b/c.html: c", "a/index.html: a", "gone/x.html: x", "index.html: 旧"]);
    assert!(!site.path(".kairan-staging-public").exists());
}

#[test]
#[ignore = "prints how fast this machine writes"]
fn how_fast_it_writes() {
    let site = Site::new();
    let text = "九キロバイトのページ。".repeat(9 * 1024 / 33);
    let start = Instant::now();
    let page = |number: usize, edition: &str| {
        (
            format!("section-{}/{number}/index.html", number % 40),
            Content::new(format!("{number} {edition} {text}").into_bytes()),
        )
    };
    let make = |changed: usize, edition: &str| {
        let pages: Vec<_> = (0..6000)
            .into_par_iter()
            .map(|number| page(number, if number < changed { edition } else { "first" }))
            .collect();
        let mut output = Output::new();
        for (path, content) in pages {
            output.insert(path, content).unwrap();
        }
        output
    };
    let report = |what: &str, start: Instant| println!("{what:<34} {:7.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let first = make(0, "");
    report("make contents, with fingerprints", start);
    let plain = site.path("plain");
    let start = Instant::now();
    for level in by_depth(manifest::folders(first.files.keys())) {
        level.iter().for_each(|folder| fs::create_dir_all(plain.join(folder)).unwrap());
    }
    first.files.par_iter().for_each(|(path, content)| fs::write(plain.join(path), content.bytes().unwrap()).unwrap());
    report("the limit: folders and fs::write", start);
    for round in 1..=3 {
        let destination = site.at(&format!("public-{round}")).unwrap();
        let timed = |what: &str, output: &Output| {
            let start = Instant::now();
            publish(output, &destination).unwrap();
            report(what, start);
        };
        timed("cold", &first);
        timed("nothing changed", &first);
        timed("1 file changed", &make(1, "second"));
        timed("all files changed", &make(6000, "third"));
    }
}
