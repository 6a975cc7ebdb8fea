//! The house rules that a compiler does not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who may import whom. A module also imports only modules above it in this table, so `src/` has no cycle.
///
/// What a stage makes is spoken of by all later ones: `render` reads what `parse` left open, `publish` what `render` shows.
const MODULES: [(&str, &[&str]); 24] = [
    ("diagnostic", &[]),
    ("fingerprint", &[]),
    ("memo", &["fingerprint"]),
    ("cache", &["fingerprint"]),
    ("locale", &["diagnostic"]),
    ("read", &["diagnostic", "fingerprint"]),
    ("parse", &["read", "locale", "diagnostic"]),
    ("model", &["parse", "locale", "diagnostic"]),
    ("ledger", &["model", "parse", "locale", "fingerprint", "diagnostic"]),
    ("accessibility", &["model", "parse", "locale", "fingerprint", "diagnostic"]),
    ("derive", &["model", "parse", "locale", "diagnostic"]),
    ("draw", &["locale"]),
    ("panel", &["draw", "derive", "model", "parse", "locale", "diagnostic"]),
    ("schema", &["panel", "parse", "locale"]),
    ("check", &["derive", "model", "parse", "locale", "diagnostic"]),
    ("media", &["read", "model", "cache", "fingerprint", "diagnostic"]),
    ("poster", &["media", "model", "parse", "cache", "fingerprint"]),
    (
        "render",
        &[
            "poster",
            "ledger",
            "accessibility",
            "check",
            "panel",
            "derive",
            "media",
            "model",
            "parse",
            "read",
            "memo",
            "fingerprint",
            "locale",
            "diagnostic",
        ],
    ),
    ("write", &["fingerprint", "diagnostic"]),
    (
        "publish",
        &["write", "render", "media", "panel", "model", "parse", "read", "fingerprint", "locale", "diagnostic"],
    ),
    (
        "pipeline",
        &[
            "diagnostic",
            "fingerprint",
            "memo",
            "cache",
            "locale",
            "read",
            "parse",
            "model",
            "ledger",
            "accessibility",
            "derive",
            "draw",
            "panel",
            "check",
            "media",
            "poster",
            "render",
            "write",
            "publish",
        ],
    ),
    ("serve", &["pipeline", "cache", "write", "model", "read", "fingerprint", "diagnostic"]),
    ("print", &["write", "read", "diagnostic"]),
    // `import` reads one table and writes it as data: no site, and so no stage in between.
    (
        "cli",
        &[
            "print",
            "serve",
            "pipeline",
            "schema",
            "cache",
            "write",
            "ledger",
            "model",
            "parse",
            "read",
            "locale",
            "diagnostic",
        ],
    ),
];

/// The only modules that touch files. `cli/new` writes the first files of a site that does not exist yet, `cli/import` one
/// data file where a person says, `cli/schema` files for editors, `cli/translations` the record of what was translated,
/// and `cache` has a folder of its own.
const TOUCH_FILES: [&str; 7] = [
    "src/read.rs",
    "src/write.rs",
    "src/cache.rs",
    "src/cli/new.rs",
    "src/cli/import.rs",
    "src/cli/schema.rs",
    "src/cli/translations.rs",
];

/// Calls that can end the program, and why these can't: file, the end of the line before the call, reason.
const MAY_PANIC: [(&str, &str, &str); 1] = [(
    "src/locale/format.rs",
    "known.unwrap_or_else(|| Icu::load(&ENGLISH)",
    "the English formats are compiled into the binary: without them there is no language to fall back to",
)];

/// A function that does not fit a screen asks for a name.
const LONGEST_FUNCTION: usize = 70;

/// A Rust file of `src/`: its path within the repository, all of its text, and the part before its tests.
struct Module {
    path: String,
    text: String,
    code: String,
}

impl Module {
    /// The stage: `parse` for `src/parse/markdown.rs`.
    fn stage(&self) -> &str {
        let name = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        name.split('/').next().unwrap_or_default()
    }

    /// Lines of code that are no comments, with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn modules() -> Vec<Module> {
    let mut paths = Vec::new();
    below(&root().join("src"), &mut paths);
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        // Tests of a module that is long enough to keep them in a file, or a folder, of their own.
        .filter(|path| !path.ends_with("tests.rs") && path.parent().is_none_or(|folder| !folder.ends_with("tests")))
        .map(|path| module(path))
        .collect()
}

fn module(path: &Path) -> Module {
    let text = fs::read_to_string(path).expect("a source file");
    let begins = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub(super) mod tests {"];
    let code = match begins.iter().find_map(|begin| text.find(begin)) {
        Some(tests) => text[..tests].to_owned(),
        None => text.clone(),
    };
    let path = path.strip_prefix(root()).expect("below the root").to_str().expect("UTF-8").replace('\\', "/");
    Module { path, text, code }
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { below(&path, paths) } else { paths.push(path) }
    }
}

/// Fails with one line for each problem.
#[track_caller]
fn nothing(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn modules_import_only_what_the_order_allows() {
    let mut problems = Vec::new();
    for module in modules() {
        let stage = module.stage();
        if matches!(stage, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = MODULES.iter().find(|(name, _)| *name == stage) else {
            problems.push(format!("{}: the module {stage} is not in the table of tests/it/tidy.rs", module.path));
            continue;
        };
        for (line, import) in imports(&module.code) {
            if import != stage && !allowed.contains(&import.as_str()) {
                problems.push(format!("{}:{line}: {stage} may not import {import}", module.path));
            }
        }
    }
    nothing(problems);
}

/// The stages named after `crate::`, with their lines: `crate::model::Site` and `use crate::{locale, read::Source}`.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut imports = Vec::new();
    let code: String = code
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "\n".to_owned() } else { format!("{line}\n") })
        .collect();
    for (start, _) in code.match_indices("crate::") {
        let line = code[..start].matches('\n').count() + 1;
        let rest = &code[start + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => imports.extend(heads(group).into_iter().map(|head| (line, head))),
            None => imports.push((line, word(rest))),
        }
    }
    imports.retain(|(_, import)| !import.is_empty());
    imports
}

/// The first words of a group `{a, b::{c, d}, e::f}`.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut item, mut heads) = (0, String::new(), Vec::new());
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(word(std::mem::take(&mut item).trim())),
            _ if depth == 0 => item.push(letter),
            _ => {}
        }
    }
    heads.push(word(item.trim()));
    heads
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn imports_are_read_from_groups_and_paths() {
    let code = "use crate::{locale, read::{Source, x}};\n// crate::cli\nfn f() -> crate::model::Site {}\n";
    let found: Vec<String> = imports(code).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(found, ["1 locale", "1 read", "3 model"]);
}

#[test]
fn the_table_has_no_edge_downwards() {
    for (index, (name, allowed)) in MODULES.iter().enumerate() {
        for import in *allowed {
            let place = MODULES.iter().position(|(other, _)| other == import);
            assert!(place.is_some_and(|place| place < index), "{name} imports {import}, which is not above it");
        }
    }
}

#[test]
fn lib_lists_the_modules_in_the_order_of_the_table() {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let listed: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let ordered: Vec<&str> = MODULES.iter().map(|(name, _)| *name).filter(|name| listed.contains(name)).collect();
    assert_eq!(listed, ordered);
}

#[test]
fn every_module_says_what_it_is() {
    let silent = modules().into_iter().filter(|module| module.path != "src/main.rs" && !module.text.starts_with("//!"));
    nothing(silent.map(|module| format!("{}: begin with //! and the noun of the module", module.path)).collect());
}

#[test]
fn nothing_that_input_can_reach_may_panic() {
    let mut problems = Vec::new();
    for module in modules() {
        for (number, line) in module.lines() {
            let calls = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
            let excused = MAY_PANIC.iter().any(|(path, part, _)| *path == module.path && line.contains(part));
            if calls.iter().any(|call| line.contains(call)) && !excused {
                problems.push(format!("{}:{number}: {}", module.path, line.trim()));
            }
        }
    }
    nothing(problems);
}

#[test]
fn excuses_are_still_needed() {
    let modules = modules();
    for (path, part, reason) in MAY_PANIC {
        let there = modules.iter().any(|module| module.path == path && module.code.contains(part));
        assert!(there, "{path} no longer has `{part}` ({reason}): remove it from MAY_PANIC");
    }
}

#[test]
fn only_the_command_line_prints_and_exits() {
    let calls =
        ["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!(", "process::exit(", "io::stdout(", "io::stderr("];
    nothing(elsewhere(&calls, |module| matches!(module.stage(), "cli" | "main")));
}

#[test]
fn only_read_and_write_touch_files() {
    let calls = ["std::fs", "fs::", "File::open(", "File::create("];
    nothing(elsewhere(&calls, |module| {
        TOUCH_FILES.contains(&module.path.as_str())
            || module.path.starts_with("src/write/")
            || module.path.starts_with("src/read/")
    }));
}

#[test]
fn nothing_depends_on_clock_environment_or_map_order() {
    let calls =
        ["SystemTime::now", "Zoned::now", "Timestamp::now", "env::var", "HashMap", "HashSet", "thread::current"];
    // How long ago a file was written decides whether `read` reads it again, and never what comes out.
    nothing(elsewhere(&calls, |module| matches!(module.stage(), "cli" | "main" | "read")));
}

/// Where one of `calls` stands in a module that is not `allowed` it.
fn elsewhere(calls: &[&str], allowed: impl Fn(&Module) -> bool) -> Vec<String> {
    let mut problems = Vec::new();
    for module in modules().iter().filter(|module| !allowed(module)) {
        for (number, line) in module.lines() {
            if let Some(call) = calls.iter().find(|call| stands(line, call)) {
                problems.push(format!("{}:{number}: {call} has no place here", module.path));
            }
        }
    }
    problems
}

/// Whether `call` stands in `line` and is not the end of a longer name.
fn stands(line: &str, call: &str) -> bool {
    line.match_indices(call).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

#[test]
fn functions_fit_a_screen() {
    let mut problems = Vec::new();
    for module in modules() {
        for (name, line, length) in functions(&module.code) {
            if length > LONGEST_FUNCTION {
                problems.push(format!("{}:{line}: {name} has {length} lines; what are its parts called?", module.path));
            }
        }
    }
    nothing(problems);
}

/// Name, first line and length of each function. Relies on rustfmt: a function ends with a brace at its own indentation.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut functions = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let Some(at) = trimmed.find("fn ").filter(|at| trimmed[..*at].split(' ').all(is_modifier)) else { continue };
        let end = format!("{}}}", " ".repeat(line.len() - trimmed.len()));
        let length = lines[index..].iter().position(|line| *line == end).map_or(1, |last| last + 1);
        let one_line = line.ends_with('}') || line.ends_with(';');
        functions.push((word(&trimmed[at + 3..]), index + 1, if one_line { 1 } else { length }));
    }
    functions
}

fn is_modifier(word: &str) -> bool {
    word.is_empty() || matches!(word, "pub" | "const" | "async") || word.starts_with("pub(")
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let mut section = "";
    let mut problems = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && line.contains('=')
            && !line.starts_with('#')
            && !line.contains(" # ")
        {
            problems.push(format!("Cargo.toml: say why: {line}"));
        }
    }
    nothing(problems);
}

#[test]
fn every_kind_of_panel_has_a_template() {
    let templates = root().join("themes/base/templates/panels");
    let kinds = modules().into_iter().filter_map(|module| {
        let name = module.path.strip_prefix("src/panel/")?.strip_suffix(".rs")?.to_owned();
        module.code.contains("impl Kind for").then_some(name)
    });
    let kinds: Vec<String> = kinds.collect();
    assert!(kinds.len() >= 3, "panel kinds found: {kinds:?}");
    let missing = kinds.iter().filter(|kind| !templates.join(format!("{kind}.html")).is_file());
    nothing(missing.map(|kind| format!("themes/base/templates/panels/{kind}.html is missing")).collect());
}

#[test]
fn interface_words_are_the_same_in_every_language() {
    let mut problems = Vec::new();
    let themes: Vec<PathBuf> =
        fs::read_dir(root().join("themes")).expect("themes").flatten().map(|entry| entry.path()).collect();
    for theme in themes {
        let mut by_language: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in fs::read_dir(theme.join("locales")).into_iter().flatten().flatten() {
            let text = fs::read_to_string(file.path()).expect("a Fluent file");
            by_language.insert(file.path().display().to_string(), messages(&text));
        }
        let all: BTreeSet<String> = by_language.values().flatten().cloned().collect();
        for (file, messages) in by_language {
            // やさしい日本語 has the rest of its words from Japanese; it may not have any of its own.
            let expected = if file.ends_with("ja-easy.ftl") { &BTreeSet::new() } else { &all };
            problems.extend(expected.difference(&messages).map(|message| format!("{file}: {message} is missing")));
        }
    }
    nothing(problems);
}

/// The identifiers of a Fluent file.
fn messages(text: &str) -> BTreeSet<String> {
    let named = text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    named.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

#[test]
fn the_architecture_names_what_exists_and_all_of_it() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(!text.contains("]("), "ARCHITECTURE.md links nothing: links go stale");
    let source = |name: &str| root().join(format!("src/{name}.rs")).is_file();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let named: BTreeSet<&str> = rows.collect();
    let mut problems: Vec<String> = named
        .iter()
        .filter(|name| !source(name))
        .map(|name| format!("ARCHITECTURE.md names {name}, which is gone"))
        .collect();
    for module in modules() {
        let stage = module.stage();
        if !matches!(stage, "lib" | "main") && !named.contains(stage) {
            problems.push(format!("ARCHITECTURE.md says nothing about {stage}"));
        }
    }
    // Anything else that looks like a module: `parse::markdown`, `write`.
    for code in text.split('`').skip(1).step_by(2) {
        let path = code.replace("::", "/");
        let looks_like_one =
            code.contains("::") && path.chars().all(|letter| letter.is_ascii_lowercase() || "/_".contains(letter));
        let item = path.rsplit_once('/').map_or("", |(module, _)| module);
        if looks_like_one && !source(&path) && !source(item) {
            problems.push(format!("ARCHITECTURE.md names {code}, which is gone"));
        }
    }
    problems.dedup();
    nothing(problems);
}

/// The tracked files, or nothing where this is no git checkout (a source archive).
fn tracked() -> Vec<String> {
    let output = Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output();
    let listed = output.ok().filter(|output| output.status.success()).map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&listed).split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
}

#[test]
fn nothing_of_a_machine_is_in_the_repository() {
    // In parts, so that this file is not a finding of its own.
    let machine = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"]];
    let registries = [
        ["registry.", "npmjs"],
        ["static.", "crates.io"],
        ["index.", "crates.io"],
        ["deb.", "debian.org"],
        ["py", "pi.org"],
    ];
    let banned: Vec<String> = machine.iter().chain(&registries).map(|parts| parts.concat()).collect();
    let mut problems = Vec::new();
    for path in tracked() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            if let Some(part) = banned.iter().find(|part| line.contains(part.as_str())) {
                problems.push(format!("{path}:{}: {part}", index + 1));
            }
        }
    }
    nothing(problems);
}

#[test]
fn lock_files_name_no_place_to_download_from() {
    for folder in ["browser", "lighthouse"] {
        let npm =
            fs::read_to_string(root().join("tests").join(folder).join("package-lock.json")).expect("package-lock.json");
        assert!(!npm.contains("\"resolved\"") && !npm.contains("://"), "package-lock.json names a registry");
    }
    let cargo = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let sources: BTreeSet<&str> = cargo.lines().filter(|line| line.starts_with("source = ")).collect();
    assert_eq!(sources.len(), 1, "every crate comes from the one public index: {sources:?}");
}
