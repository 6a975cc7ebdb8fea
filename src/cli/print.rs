//! `kairan print`: a page, a section or an issue as a PDF.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Outcome, SiteArguments, Terminal};
use crate::diagnostic::{Message, say};
use crate::model::{Choices, Paper, Printing};
use crate::pipeline::{self, PaperPage, PrintWish, Unprintable};
use crate::print::{self, Facts, Job, Printed, Wish};
use crate::write::{self, Content, Output, Scratch};

#[derive(Debug, Args)]
pub(super) struct PrintArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The section or page: its source (content/issues/01/_index.md) or its address (issues/01/). The current issue where none is named.
    page: Option<String>,
    /// The paper: A5 for issues and A4 for all else where none is named; A3 for folded sheets alone.
    #[arg(long, value_enum)]
    paper: Option<PaperName>,
    /// As one sheet to fold into a booklet of eight pages.
    #[arg(long)]
    fold: bool,
    /// The language, where it is not that of the page.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// The PDF; named by the address where none is given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The browser; one that is installed where none is named.
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperName {
    /// 210 × 297 mm
    A4,
    /// 148 × 210 mm
    A5,
    /// 297 × 420 mm, for `--fold`
    A3,
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Paper {
        match name {
            PaperName::A4 => Paper::A4,
            PaperName::A5 => Paper::A5,
            PaperName::A3 => Paper::A3,
        }
    }
}

pub(super) fn run(terminal: &Terminal, wish: &PrintArguments) -> anyhow::Result<Outcome> {
    if let Some(message) = wrong_paper(wish) {
        terminal.say(&message);
        return Ok(Outcome::Wrong);
    }
    let choices = Choices {
        printing: Printing { paper: wish.paper.map(Paper::from), ..Printing::default() },
        ..wish.site.choices()
    };
    let page = PrintWish { page: wish.page.as_deref(), language: wish.language.as_deref(), fold: wish.fold };
    let made = pipeline::for_paper(&wish.site.root, choices, &page, &mut |stage| terminal.progress(Some(stage)));
    terminal.progress(None);
    let (build, page) = made?;
    terminal.findings(&build.findings, wish.site.format, &|path| build.text(path));
    let page = match page {
        Ok(page) => page,
        Err(reason) => {
            terminal.say(&told(&reason, wish));
            return Ok(if matches!(reason, Unprintable::Broken) { Outcome::Problems } else { Outcome::Wrong });
        }
    };
    match printed(&build.output, &page, wish)? {
        Ok(printed) => written(terminal, &page, &printed, wish),
        Err(message) => {
            terminal.say(&message);
            Ok(Outcome::Problems)
        }
    }
}

/// A folded sheet is larger than its pages; nothing else is printed on A3.
fn wrong_paper(wish: &PrintArguments) -> Option<Message> {
    match (wish.fold, wish.paper) {
        (false, Some(PaperName::A3)) => Some(say(
            "エラー: A3 は折り本だけに使えます。--paper a4 か a5 にするか、--fold を付けてください。",
            "error: A3 is for folded sheets; take --paper a4 or a5, or add --fold",
        )),
        (true, Some(PaperName::A5)) => Some(say(
            "エラー: 折り本は A4 か A3 の紙で作ります。--paper a4 か a3 にしてください。",
            "error: a sheet is folded from A4 or A3; take --paper a4 or a3",
        )),
        _ => None,
    }
}

fn printed(output: &Output, page: &PaperPage, wish: &PrintArguments) -> anyhow::Result<Result<Printed, Message>> {
    let browser = match print::find(&browser_wish(wish)) {
        Ok(browser) => browser,
        Err(message) => return Ok(Err(message)),
    };
    let scratch = Scratch::new()?;
    scratch.write_all(SITE, output)?;
    let file = page.route.output();
    let html =
        output.get(&file).and_then(Content::bytes).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let html = match wish.paper.filter(|_| !page.for_paper) {
        Some(paper) => on_paper(&html, paper.into(), &scratch)?,
        None => html.into_owned(),
    };
    let facts = Facts { date: page.date, base: &page.base };
    print::pdf(&Job { browser: &browser, scratch: &scratch, site: SITE, page: &file, html: &html, facts })
}

/// The folder of the site within the scratch folder.
const SITE: &str = "site";

/// A page that does not know its paper, with a style sheet that says it.
fn on_paper(html: &str, paper: Paper, scratch: &Scratch) -> anyhow::Result<String> {
    const SHEET: &str = "kairan-paper.css";
    let (width, height) = paper.size();
    let margin = if paper == Paper::A5 { "14mm 12mm 16mm" } else { "18mm 16mm 20mm" };
    scratch
        .write(&format!("{SITE}/{SHEET}"), format!("@page{{size:{width}mm {height}mm;margin:{margin}}}").as_bytes())?;
    let address = print::file_address(&scratch.path(&format!("{SITE}/{SHEET}")));
    Ok(html.replacen("</head>", &format!("<link rel=\"stylesheet\" href=\"{address}\">\n</head>"), 1))
}

/// Where browsers are looked for.
#[allow(clippy::disallowed_methods, reason = "where a program is, not what the document says")]
fn browser_wish(wish: &PrintArguments) -> Wish {
    let named = || std::env::var_os("KAIRAN_BROWSER").filter(|value| !value.is_empty()).map(PathBuf::from);
    let path = std::env::var_os("PATH");
    // A machine without any program is asked for in tests; then nothing else is to be found either.
    let usual_places = path.as_ref().is_some_and(|path| !path.is_empty());
    Wish { named: wish.browser.clone().or_else(named), path, usual_places }
}

fn written(terminal: &Terminal, page: &PaperPage, printed: &Printed, wish: &PrintArguments) -> anyhow::Result<Outcome> {
    let paper = wish.paper.and_then(|paper| paper.to_possible_value()).map(|value| value.get_name().to_owned());
    let out = wish.out.clone().unwrap_or_else(|| {
        let route = page.route.as_str().trim_end_matches('/');
        let route = if page.for_paper { route.rsplit_once('/').map_or("", |(section, _)| section) } else { route };
        let made: Vec<String> = wish.fold.then(|| "fold".to_owned()).into_iter().chain(paper).collect();
        print::file_name(route, &made.join("-"))
    });
    if let Err(error) = write::file(&out, &printed.bytes) {
        terminal.say(&super::new::unwritable(&out, &error));
        return Ok(Outcome::Wrong);
    }
    let (shown, pages) = (out.display(), printed.pages);
    let size = printed.bytes.len().div_ceil(1000);
    terminal.say(&say(
        format!("{shown} を作りました（{pages} ページ、{size} kB）。"),
        format!("{shown} is made ({pages} {}, {size} kB)", if pages == 1 { "page" } else { "pages" }),
    ));
    Ok(Outcome::Fine)
}

fn told(reason: &Unprintable, wish: &PrintArguments) -> Message {
    let page = wish.page.as_deref().unwrap_or_default();
    let language = wish.language.as_deref().unwrap_or_default();
    match reason {
        Unprintable::Unknown(names) => super::inspect::unknown(page, names),
        Unprintable::NoIssue => say(
            "エラー: 印刷する号がありません。節かページを指定してください（例: kairan print reports/kumamoto）。",
            "error: the site has no issue to print; name a section or a page, such as kairan print reports/kumamoto",
        ),
        Unprintable::NoLanguage(known) => {
            let known = known.join(", ");
            say(
                format!("エラー: このページに {language} の版はありません。あるのは {known} です。"),
                format!("error: this page is not there in {language}; it is in {known}"),
            )
        }
        Unprintable::NoFold => say(
            "エラー: 折り本にできるのは号だけです（先頭に issue: のある _index.md）。",
            "error: only an issue can be folded (an _index.md with issue: in its front matter)",
        ),
        Unprintable::Broken => {
            say("サイトに誤りがあるため、PDF は作りませんでした。", "there are errors in the site, so no PDF was made")
        }
    }
}
