//! The command line: arguments, printing, exit codes. The only module that speaks to the terminal.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::cache::{self, Cache};
use crate::diagnostic::{self, Diagnostic, Format, Message, Speech, say};
use crate::model::Choices;
use crate::pipeline::{self, Build, Session, Stage};
use crate::write::{self, Destination, Keeper, Nowhere, Staging};

mod import;
mod inspect;
mod new;
mod print;
mod schema;
mod serve;
mod summary;
mod translations;

/// A static site generator for local medical-education zines and recruitment portals.
#[derive(Debug, Parser)]
#[command(name = "kairan", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Language of messages; that of the system where it is not given.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    /// 日本語
    Ja,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small, complete, bilingual site in a new folder.
    New {
        /// The folder to make.
        folder: PathBuf,
    },
    /// Build the site.
    Build {
        #[command(flatten)]
        site: SiteArguments,
        /// Where the site is written.
        #[arg(long, value_name = "FOLDER", default_value = "public")]
        out: PathBuf,
    },
    /// Check everything and write nothing.
    Check {
        #[command(flatten)]
        site: SiteArguments,
        /// Show how a figure came about instead: `indicator[area, period]`.
        #[arg(long, value_name = "FIGURE")]
        explain: Option<String>,
    },
    /// Make a data file from a table of a workbook or a CSV file, and say what was taken for what.
    Import(import::ImportArguments),
    /// Show what a template sees for a page, and which data and templates the page read.
    Inspect {
        #[command(flatten)]
        site: SiteArguments,
        /// The page: its source (content/about.md) or its address (about/).
        page: String,
    },
    /// Show the site in the browser of this machine, and every change of it as soon as it is saved.
    Serve(serve::ServeArguments),
    /// Make a PDF of a page, of a section's print edition, or of an issue folded from one sheet, by an installed Chromium.
    Print(print::PrintArguments),
    /// List missing and stale translations of pages and labels, or record that some are up to date.
    Translations(translations::TranslationsArguments),
    /// Write the JSON Schemas of settings, front matter, panels and data, so that editors complete and check them.
    Schema {
        /// The one schema to show or write; all of them where it is not given.
        name: Option<String>,
        /// The folder to write to; `.kairan/schema` for all of them, the terminal for one.
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct SiteArguments {
    /// The folder of the site.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// Publish drafts too.
    #[arg(long)]
    drafts: bool,
    /// The day for which the site is made: what is past its date by then is marked. The day it is in Japan by default.
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Printing::Human)]
    format: Printing,
    /// Where results are kept for later runs: pictures, and what the last build came to. `.kairan-cache` in the folder
    /// of the site by default. May be deleted at any time.
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

impl SiteArguments {
    /// The folder with the results of earlier runs, seen from that of the site.
    fn cache_folder(&self) -> PathBuf {
        self.root.join(self.cache.as_deref().unwrap_or(Path::new(cache::FOLDER)))
    }

    /// A session of one build.
    fn session(&self) -> Session {
        Session::default().with_cache(Cache::at(&self.cache_folder()))
    }

    fn choices(&self) -> Choices {
        Choices { drafts: self.drafts, today: self.today.unwrap_or_else(today_in_japan), ..Choices::default() }
    }
}

/// A day as an argument.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "日付は 2026-04-01 の形で書きます / write a date such as 2026-04-01".to_owned())
}

/// The only look at a clock. The same day for everyone who builds a site: that of Japan, where its readers are.
#[allow(clippy::disallowed_methods, reason = "the day is read once, here, and passed on as a choice")]
fn today_in_japan() -> Date {
    jiff::tz::Offset::constant(9).to_datetime(jiff::Timestamp::now()).date()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printing {
    /// With the line itself, for people.
    Human,
    /// One JSON object on each line.
    Json,
    /// Annotations for GitHub.
    Github,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Fine,
    /// There are problems in the site.
    Problems,
    /// The command was used wrongly, or the world outside the site stood in the way.
    Wrong,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Problems => 1,
            Outcome::Wrong => 2,
        })
    }
}

/// Runs the command that `arguments` ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed in the same way as mistakes, and are none.
            _ = error.print();
            return if error.use_stderr() { Outcome::Wrong.into() } else { Outcome::Fine.into() };
        }
    };
    let speech = arguments.lang.map_or_else(system_speech, |lang| match lang {
        Lang::Ja => Speech::Japanese,
        Lang::En => Speech::English,
    });
    let terminal = Terminal { speech };
    let outcome = match arguments.command {
        Command::New { folder } => new_site(&terminal, &folder),
        Command::Build { site, out } => build(&terminal, &site, &out),
        Command::Check { site, explain: Some(figure) } => explain(&terminal, &site, &figure),
        Command::Check { site, explain: None } => check(&terminal, &site),
        Command::Import(wish) => import::run(&terminal, &wish),
        Command::Inspect { site, page } => inspect(&terminal, &site, &page),
        Command::Serve(wish) => serve::run(terminal, wish),
        Command::Print(wish) => print::run(&terminal, &wish),
        Command::Translations(wish) => translations::run(&terminal, &wish),
        Command::Schema { name, out } => Ok(schemas(&terminal, name.as_deref(), out.as_deref())),
    };
    outcome.unwrap_or_else(|error| terminal.failure(&error)).into()
}

/// Japanese where the system speaks Japanese, else English.
fn system_speech() -> Speech {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_lowercase().starts_with("ja") => Speech::Japanese,
        _ => Speech::English,
    }
}

/// Whether the person wants no colours on the terminal; see no-color.org.
#[allow(clippy::disallowed_methods, reason = "a wish about the terminal, not about the site")]
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Where messages go, and in which language.
#[derive(Clone, Copy)]
struct Terminal {
    speech: Speech,
}

impl Terminal {
    /// Says one line.
    fn say(&self, message: &Message) {
        // A closed pipe is no problem of the site.
        _ = writeln!(io::stderr(), "{}", message.speak(self.speech));
    }

    fn failure(&self, error: &anyhow::Error) -> Outcome {
        self.say(&say(format!("エラー: {error:#}"), format!("error: {error:#}")));
        Outcome::Wrong
    }

    /// Prints findings: for people to stderr, for programs to stdout.
    fn findings<'b>(&self, findings: &'b [Diagnostic], printing: Printing, lookup: &dyn Fn(&str) -> Option<&'b str>) {
        let color = io::stderr().is_terminal() && !no_color();
        for finding in findings {
            _ = match printing {
                Printing::Human => {
                    let text = diagnostic::print(finding, Format::Human { color }, self.speech, lookup);
                    writeln!(io::stderr(), "{text}\n")
                }
                Printing::Json => {
                    writeln!(io::stdout(), "{}", diagnostic::print(finding, Format::Json, self.speech, lookup))
                }
                Printing::Github => {
                    writeln!(io::stdout(), "{}", diagnostic::print(finding, Format::Github, self.speech, lookup))
                }
            };
        }
    }

    /// Tells how far a build is: on a terminal in one line that is written over, elsewhere in plain lines.
    fn progress(&self, stage: Option<Stage>) {
        let words = stage.map(|stage| match stage {
            Stage::Read => say("ファイルを読んでいます…", "reading files…"),
            Stage::Parse => say("文章とデータを読み解いています…", "understanding text and data…"),
            Stage::Model => say("ページを組み立て、確かめています…", "putting pages together, checking them…"),
            Stage::Render => say("ページを描いています…", "drawing pages…"),
            Stage::Publish => say("配信と索引を作っています…", "making feeds and indexes…"),
        });
        match (io::stderr().is_terminal(), words) {
            (true, words) => {
                let text = words.as_ref().map_or("", |words| words.speak(self.speech));
                _ = write!(io::stderr(), "\r\u{1b}[2K{text}");
                _ = io::stderr().flush();
            }
            (false, Some(words)) => self.say(&words),
            (false, None) => {}
        }
    }
}

fn make(
    terminal: &Terminal,
    site: &SiteArguments,
    choices: Choices,
    session: &mut Session,
    keeper: &mut dyn Keeper,
) -> anyhow::Result<Build> {
    let tell = &mut |stage| terminal.progress(Some(stage));
    let build = session.build_into(keeper, &site.root, choices, tell);
    terminal.progress(None);
    let build = build?;
    terminal.findings(&build.findings, site.format, &|path| build.text(path));
    Ok(build)
}

fn build(terminal: &Terminal, site: &SiteArguments, out: &Path) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let out = if out.is_absolute() { out.to_path_buf() } else { site.root.join(out) };
    // Refused before the work: whoever names a wrong folder need not wait to hear of it.
    let destination = match Destination::new(&site.root, &out) {
        Ok(destination) => destination,
        Err(finding) => return Ok(refused(terminal, &[finding], site.format)),
    };
    let mut session = site.session();
    let choices = Choices { cards: true, ..site.choices() };
    if let Some((build, files)) = session.published(&site.root, choices, destination.path())?
        && let Some(written) = write::published(&files, &destination)
    {
        terminal.findings(&build.findings, site.format, &|path| build.text(path));
        terminal.say(&summary::built(&build, &written, &out, start.elapsed()));
        return Ok(Outcome::Fine);
    }
    let mut staging = match Staging::new(&destination) {
        Ok(staging) => staging,
        Err(finding) => return Ok(refused(terminal, &[finding], site.format)),
    };
    let build = make(terminal, site, choices, &mut session, &mut staging)?;
    if build.has_errors() {
        terminal.say(&summary::kept(&build));
        return Ok(Outcome::Problems);
    }
    // What is kept for the next build is held against what is published before it is used.
    let kept = || session.keep(&build, destination.path());
    let (published, ()) = rayon::join(|| staging.publish(&build.output), kept);
    match published {
        Ok(written) => {
            terminal.say(&summary::built(&build, &written, &out, start.elapsed()));
            leave(build, session);
            Ok(Outcome::Fine)
        }
        Err(finding) => Ok(refused(terminal, &[finding], site.format)),
    }
}

/// A finding about the output folder: not a problem of the site, but of how the command was used.
fn refused(terminal: &Terminal, findings: &[Diagnostic], format: Printing) -> Outcome {
    terminal.findings(findings, format, &|_| None);
    Outcome::Wrong
}

fn check(terminal: &Terminal, site: &SiteArguments) -> anyhow::Result<Outcome> {
    let mut session = site.session();
    let build = make(terminal, site, site.choices(), &mut session, &mut Nowhere)?;
    terminal.say(&summary::checked(&build));
    let outcome = if build.has_errors() { Outcome::Problems } else { Outcome::Fine };
    leave(build, session);
    Ok(outcome)
}

/// Leaves a whole site to the system, which takes back the memory of a process at once. To give back each of a million
/// texts before the end would take a tenth of a build.
fn leave(build: Build, session: Session) {
    std::mem::forget((build, session));
}

fn explain(terminal: &Terminal, site: &SiteArguments, figure: &str) -> anyhow::Result<Outcome> {
    let explained = pipeline::explain(&site.root, site.choices(), figure)?;
    terminal.findings(&explained.findings, site.format, &|path| (path == "--explain").then_some(figure));
    for line in &explained.value {
        _ = writeln!(io::stdout(), "{}", line.speak(terminal.speech));
    }
    Ok(if explained.value.is_empty() { Outcome::Wrong } else { Outcome::Fine })
}

fn inspect(terminal: &Terminal, site: &SiteArguments, page: &str) -> anyhow::Result<Outcome> {
    let choices = site.choices();
    let inspected = inspect::page(&site.root, choices, page)?;
    match inspected {
        Ok(text) => {
            _ = writeln!(io::stdout(), "{text}");
            Ok(Outcome::Fine)
        }
        Err(message) => {
            terminal.say(&message);
            Ok(Outcome::Wrong)
        }
    }
}

fn schemas(terminal: &Terminal, name: Option<&str>, out: Option<&Path>) -> Outcome {
    let written = match (name.map(schema::named), out) {
        (Some(Err(unknown)), _) => Err(unknown),
        (Some(Ok(schema)), None) => {
            _ = write!(io::stdout(), "{}", schema.text());
            return Outcome::Fine;
        }
        (Some(Ok(schema)), Some(folder)) => Ok((vec![schema], folder)),
        (None, folder) => Ok((crate::schema::all(), folder.unwrap_or(Path::new(schema::FOLDER)))),
    };
    let done = written
        .and_then(|(schemas, folder)| schema::write(folder, &schemas).map(|()| schema::written(folder, &schemas)));
    let outcome = if done.is_ok() { Outcome::Fine } else { Outcome::Wrong };
    terminal.say(&done.unwrap_or_else(|problem| problem));
    outcome
}

fn new_site(terminal: &Terminal, folder: &Path) -> anyhow::Result<Outcome> {
    match new::site(folder) {
        Ok(()) => {
            terminal.say(&new::next_steps(folder));
            Ok(Outcome::Fine)
        }
        Err(message) => {
            terminal.say(&message);
            Ok(Outcome::Wrong)
        }
    }
}
