//! `kairan translations`: what is yet to be translated, and the record of what is up to date.
//!
//! It writes two things, and only when it is told that they are true: one line in the front matter of a translation, and
//! the data file with the pairs of labels. Everything else of a page is left as it is, byte for byte.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, SiteArguments, Terminal};
use crate::diagnostic::{Diagnostic, Message, Severity, nearest, say};
use crate::ledger::label::{self, LabelEntry, LabelStanding};
use crate::ledger::{self, PageEntry, Standing};
use crate::model::Page;
use crate::parse::front_matter;
use crate::pipeline::{self, Translations};
use crate::read::{Source, text_of};

/// What `kairan translations` is asked.
#[derive(Debug, Args)]
pub(super) struct TranslationsArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Record that these are up to date: translations, originals (for all their translations), folders, data files,
    /// `site.toml`.
    #[arg(long, value_name = "PATH", num_args = 0..)]
    mark: Option<Vec<PathBuf>>,
    /// With --mark: everything.
    #[arg(long, requires = "mark")]
    all: bool,
}

/// Runs the command.
///
/// # Errors
/// Where the site can't be read or a record not be written.
pub(super) fn run(terminal: &Terminal, wish: &TranslationsArguments) -> anyhow::Result<Outcome> {
    let site = &wish.site;
    let translations = match pipeline::translations(&site.root, site.choices())? {
        Ok(translations) => translations,
        Err(pipeline::Unsettled { sources, findings }) => {
            terminal.findings(&findings, site.format, &|path| text_of(&sources, path));
            return Ok(Outcome::Problems);
        }
    };
    match &wish.mark {
        None => Ok(list(terminal, wish, &translations)),
        Some(paths) => mark(terminal, &site.root, &translations, &Wanted::new(&site.root, paths, wish.all)),
    }
}

fn list(terminal: &Terminal, wish: &TranslationsArguments, translations: &Translations) -> Outcome {
    let Translations { sources, site, ledger, words, findings, .. } = translations;
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).cloned();
    let mut told: Vec<Diagnostic> = errors.chain(ledger.findings(site)).chain(ledger.open(site)).collect();
    told.extend(words.iter().cloned());
    crate::diagnostic::sort(&mut told);
    terminal.findings(&told, wish.site.format, &|path| text_of(sources, path));
    terminal.say(&summary(translations));
    // What is not recorded may well be right, and what a theme lacks is not for an office to write.
    let is_open = |finding: &Diagnostic| {
        !matches!(finding.code.as_str(), "untracked-translation" | "untracked-labels" | "untranslated-words")
    };
    if told.iter().any(is_open) { Outcome::Problems } else { Outcome::Fine }
}

fn summary(translations: &Translations) -> Message {
    let ledger = &translations.ledger;
    let pages = |wanted: fn(&Standing) -> bool| ledger.pages.iter().filter(|entry| wanted(&entry.standing)).count();
    let labels =
        |wanted: fn(&LabelStanding) -> bool| ledger.labels.iter().filter(|entry| wanted(&entry.standing)).count();
    let current = pages(|standing| *standing == Standing::Current);
    let stale = pages(|standing| matches!(standing, Standing::Stale(_) | Standing::Unreadable));
    let untracked = pages(|standing| *standing == Standing::Untracked);
    let missing = ledger.missing.len();
    let fresh = labels(|standing| *standing == LabelStanding::Current);
    let old = labels(|standing| matches!(standing, LabelStanding::Stale(_)));
    let unknown = labels(|standing| *standing == LabelStanding::Untracked);
    let lacking = labels(|standing| *standing == LabelStanding::Missing);
    say(
        format!(
            "ページの訳: 最新 {current}、原文が変わったもの {stale}、記録なし {untracked}、訳なし {missing}\n\
             データの言葉: 最新 {fresh}、もとが変わったもの {old}、記録なし {unknown}、訳なし {lacking}"
        ),
        format!(
            "pages: up to date {current}, stale {stale}, not recorded {untracked}, missing {missing}\n\
             labels: up to date {fresh}, stale {old}, not recorded {unknown}, missing {lacking}"
        ),
    )
}

/// What is to be recorded.
struct Wanted {
    paths: Vec<String>,
    all: bool,
}

impl Wanted {
    fn new(root: &Path, paths: &[PathBuf], all: bool) -> Wanted {
        let within = |path: &PathBuf| {
            let path = path.strip_prefix(root).unwrap_or(path);
            let text = path.to_string_lossy().replace('\\', "/");
            text.trim_start_matches("./").trim_end_matches('/').to_owned()
        };
        Wanted { paths: paths.iter().map(within).collect(), all }
    }

    /// Whether the file is one of those, or within one of the folders.
    fn has(&self, file: &str) -> bool {
        self.all || self.paths.iter().any(|path| is_at_or_below(file, path))
    }
}

fn is_at_or_below(file: &str, path: &str) -> bool {
    path.is_empty()
        || path == "."
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn mark(terminal: &Terminal, root: &Path, translations: &Translations, wanted: &Wanted) -> anyhow::Result<Outcome> {
    let Translations { site, ledger, .. } = translations;
    if let Some(problem) = unmarkable(translations, wanted) {
        terminal.say(&problem);
        return Ok(Outcome::Wrong);
    }
    let path = |page: usize| site.pages[page].document.as_ref().map_or("", |document| &*document.path);
    let is_wanted = |entry: &&PageEntry| wanted.has(path(entry.page)) || wanted.has(path(entry.original));
    let mut pages = 0;
    for entry in ledger.pages.iter().filter(is_wanted).filter(|entry| entry.standing != Standing::Current) {
        pages += usize::from(record_page(root, translations, entry)?);
    }
    let is_wanted = |entry: &LabelEntry| wanted.has(&entry.span.path);
    let open = |entry: &&LabelEntry| {
        is_wanted(entry) && !matches!(entry.standing, LabelStanding::Current | LabelStanding::Missing)
    };
    let labels = ledger.labels.iter().filter(open).count();
    if labels > 0 {
        write(root, &translations.record, record_of_labels(&ledger.labels, is_wanted)?.as_bytes())?;
    }
    terminal.say(&say(
        format!("記録しました: ページ {pages}、データの言葉 {labels}"),
        format!("recorded: pages {pages}, labels {labels}"),
    ));
    Ok(Outcome::Fine)
}

/// What keeps everything from being recorded: a path that is none of the site, or no path at all.
fn unmarkable(translations: &Translations, wanted: &Wanted) -> Option<Message> {
    if wanted.paths.is_empty() && !wanted.all {
        return Some(say(
            "エラー: 何を記録しますか。--mark のあとにファイルかフォルダーを書くか、--all を付けてください",
            "error: record what? Name files or folders after --mark, or add --all",
        ));
    }
    let Translations { site, ledger, .. } = translations;
    let path = |page: usize| site.pages[page].document.as_ref().map_or("", |document| &*document.path);
    let pages = ledger.pages.iter().flat_map(|entry| [path(entry.page), path(entry.original)]);
    let known: Vec<&str> = pages.chain(ledger.labels.iter().map(|entry| &*entry.span.path)).collect();
    let unknown = wanted.paths.iter().find(|path| !known.iter().any(|file| is_at_or_below(file, path)))?;
    let near = nearest(unknown, known.iter().copied()).join(", ");
    let (maybe, did_you_mean) = match near.as_str() {
        "" => (String::new(), String::new()),
        near => (format!("\n  もしかして: {near}"), format!("\n  did you mean: {near}")),
    };
    Some(say(
        format!("エラー: {unknown} には訳されたページも言葉もありません{maybe}"),
        format!("error: there is no translated page or label at {unknown}{did_you_mean}"),
    ))
}

/// Writes the record into the front matter of a translation. `false` where the page can't carry one.
fn record_page(root: &Path, translations: &Translations, entry: &PageEntry) -> anyhow::Result<bool> {
    let Translations { site, sources, .. } = translations;
    let (page, original) = (&site.pages[entry.page], &site.pages[entry.original]);
    let record = ledger::record(original, &|path| text_of(sources, path));
    let Some((document, record)) = page.document.as_ref().zip(record) else { return Ok(false) };
    let Some(source) = sources.iter().find(|source| source.path == document.path) else { return Ok(false) };
    let Some(bytes) = recorded(source, page, &record) else { return Ok(false) };
    write(root, &document.path, &bytes)?;
    Ok(true)
}

/// The file of a page with its record, all else as it was.
fn recorded(source: &Source, page: &Page, record: &str) -> Option<Vec<u8>> {
    let front = &page.document.as_ref()?.front;
    let text = source.text().ok().filter(|_| !front.broken)?;
    let skipped = source.bytes.len() - text.len();
    let split = front_matter::split(text);
    let end = if text.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let (range, new) = if front.translated_from.is_some() {
        let span = front.spans.value("translated_from");
        (span.start..span.end, record.to_owned())
    } else if split.markdown_offset > 0 {
        let at = skipped + split.yaml_offset + split.yaml.len();
        (at..at, format!("translated_from: {record}{end}"))
    } else {
        (skipped..skipped, format!("---{end}translated_from: {record}{end}---{end}"))
    };
    let (before, after) = (source.bytes.get(..range.start)?, source.bytes.get(range.end..)?);
    Some([before, new.as_bytes(), after].concat())
}

/// The data file with the pairs of labels.
fn record_of_labels(labels: &[LabelEntry], wanted: impl Fn(&LabelEntry) -> bool) -> anyhow::Result<String> {
    let pairs = label::marked(labels, wanted);
    let pairs = serde_yaml::to_string(&std::collections::BTreeMap::from([("translations", pairs)]))?;
    Ok(format!(
        "# どの訳語がどの語から訳されたか。`kairan translations --mark` が書きます。\n\
         # Which label was translated from which. Written by `kairan translations --mark`.\n{pairs}"
    ))
}

/// Writes a file as a whole: at no time is there half of it.
#[allow(clippy::disallowed_methods, reason = "a record in the site's own files, which a person has asked for")]
fn write(root: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let target = root.join(path);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let half = target.with_extension("kairan-half");
    fs::write(&half, bytes)?;
    fs::rename(&half, &target)
}
