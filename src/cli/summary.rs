//! The closing lines of a command.

use std::path::Path;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::pipeline::Build;
use crate::write::Written;

/// After a build that was published.
pub(super) fn built(build: &Build, written: &Written, out: &Path, elapsed: Duration) -> Message {
    let (pages_ja, pages_en) = pages(build);
    let megabytes = written.bytes as f64 / 1e6;
    let seconds = elapsed.as_secs_f64();
    let Written { files, changed, removed, .. } = written;
    let panels = build.panels;
    let findings = findings(&build.findings);
    let out = out.display();
    say(
        format!(
            "公開用のサイトができました: {out}\n  ページ {pages_ja}  パネル {panels}\n  \
             ファイル {files}（書き換え {changed}、削除 {removed}）  {megabytes:.2} MB  {seconds:.2} 秒\n  {}",
            findings.ja
        ),
        format!(
            "the site is built: {out}\n  pages {pages_en}  panels {panels}\n  \
             files {files} ({changed} changed, {removed} removed)  {megabytes:.2} MB  {seconds:.2} s\n  {}",
            findings.en
        ),
    )
}

/// After a build that was not published because of errors.
pub(super) fn kept(build: &Build) -> Message {
    let findings = findings(&build.findings);
    say(
        format!("{}\nエラーがあるため公開していません。前のサイトはそのままです。", findings.ja),
        format!("{}\nnot published because of the errors; the last site is as it was", findings.en),
    )
}

/// After a check.
pub(super) fn checked(build: &Build) -> Message {
    let (pages_ja, pages_en) = pages(build);
    let (panels, findings) = (build.panels, findings(&build.findings));
    say(
        format!("ページ {pages_ja}  パネル {panels}  {}", findings.ja),
        format!("pages {pages_en}  panels {panels}  {}", findings.en),
    )
}

/// How many errors and warnings there are.
pub(super) fn findings(findings: &[Diagnostic]) -> Message {
    let (errors, warnings) = (errors(findings), count(findings, Severity::Warning));
    say(format!("エラー {errors}、注意 {warnings}"), format!("errors {errors}, warnings {warnings}"))
}

/// How many errors there are.
pub(super) fn errors(findings: &[Diagnostic]) -> usize {
    count(findings, Severity::Error)
}

fn count(findings: &[Diagnostic], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity == severity).count()
}

/// Pages by language: `ja 24、en 22`.
fn pages(build: &Build) -> (String, String) {
    if build.pages.is_empty() {
        return ("0".to_owned(), "0".to_owned());
    }
    let counts: Vec<String> = build.pages.iter().map(|(language, count)| format!("{language} {count}")).collect();
    (counts.join("、"), counts.join(", "))
}
