//! What people write, damaged at random: every reader must come back, quickly, whatever it is given.
//!
//! The damage is the same on every run. `KAIRAN_FUZZ_SECONDS=600 cargo test --test it fuzz` goes on for ten minutes a
//! target, where the usual run is one second.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Duration, Instant};

use kairan::check::machine_readable;
use kairan::derive::formula;
use kairan::diagnostic::Span;
use kairan::diagnostic::machine_readable::Level;
use kairan::locale::Language;
use kairan::model;
use kairan::parse::{self, Dialect, Formula, data, front_matter, sheet};
use kairan::read::Source;

/// The longest that one input may take, on a busy machine and without optimisation.
const SLOWEST: Duration = Duration::from_secs(10);

/// Numbers that look random and are the same on every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).expect("a limit")).expect("a number below it")
    }
}

/// Pieces that readers treat in a way of their own.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ":",
    ": ",
    ",",
    "\n",
    "\r\n",
    "\t",
    "- ",
    "&a ",
    "*a",
    "!!",
    "|",
    ">",
    "#",
    "%",
    "`",
    "`= ",
    "$",
    "~",
    "\u{feff}",
    "\u{0}",
    "０",
    "▲",
    "—",
    "…",
    "　",
    "平成",
    "令和元年",
    "年度",
    "H",
    "FY",
    "1e999",
    "-",
    "--",
    "---\n",
    ".nan",
    "9999999999999999999999999999999",
    "0",
    "1,23",
    "1.5",
    "2023-02-30",
    "null",
    "true",
    "é",
    "👩‍⚕️",
    "日本",
    "\u{202e}",
    "<<: ",
    "? ",
];

/// A seed with one to eight places damaged.
fn damaged(seeds: &[&str], chance: &mut Chance) -> String {
    let mut letters: Vec<char> = seeds[chance.below(seeds.len())].chars().collect();
    for _ in 0..=chance.below(8) {
        let at = chance.below(letters.len() + 1);
        let end = (at + chance.below(12)).min(letters.len());
        match chance.below(5) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let copy: Vec<char> = letters[at..end].repeat(1 + chance.below(40));
                letters.splice(at..at, copy);
            }
            2 => letters.truncate(at.max(1)),
            3 => {
                let other: Vec<char> = seeds[chance.below(seeds.len())].chars().collect();
                let start = chance.below(other.len() + 1);
                let part = &other[start..(start + chance.below(60)).min(other.len())];
                letters.splice(at..end, part.iter().copied());
            }
            _ => drop(letters.splice(at..end, PIECES[chance.below(PIECES.len())].chars())),
        }
    }
    letters.into_iter().collect()
}

/// Gives damaged seeds to a reader until its time is over.
fn survives(seeds: &[&str], read: impl Fn(&str)) {
    let seconds = std::env::var("KAIRAN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut chance = Chance(0x2026_0331_5eed);
    let mut inputs = 0_usize;
    while Instant::now() < end {
        let input = damaged(seeds, &mut chance);
        let start = Instant::now();
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| read(&input)));
        assert!(outcome.is_ok(), "input {inputs} ends the program: {input:?}");
        assert!(start.elapsed() < SLOWEST, "input {inputs} takes {:?}: {input:?}", start.elapsed());
        inputs += 1;
    }
    assert!(inputs > 0);
    println!("{inputs} inputs");
}

const FRONT: &[&str] = &[
    "---\ntitle: 題\ndate: 2023-07-07\ntags: [a, b]\ncover: {src: a.svg, alt: 絵}\nextra: {a: [1, {b: c}]}\n---\n",
    "---\nkind: news\nweight: -3\naliases:\n  - /old/\ndraft: true\n---\n本文\n",
];

const DATA: &[&str] = &[
    "areas:\n  - {id: jp, name: 日本, kind: country}\n  - id: a\n    name: {ja: 甲, en: A}\n    kind: group\n    parent: jp\n",
    "indicators:\n  - id: a\n    name: A\n    unit: ％\n    source: 調査\n    as_of: 2018-12-31\n    periods: [平成30年, FY2019]\n    values:\n      jp: [1.50, —]\n      a: [{value: \"▲ 3\", mark: revised}, \"5,091\"]\n",
    "hospitals:\n  - id: h\n    name: &n 病院\n    kind: core\n    point: {lat: 1.5, lon: 2}\n    summary: *n\n",
];

const CELLS: &[&str] =
    &["圏域,平成30年,\"5,091\"\r\n熊本,3.1 (43位),▲ 4\n,—,14.7%\n", "\u{feff}a,b\n１２,H30\n\n①,x\n"];

const FORMULAS: &[&str] = &[
    "physicians[kumamoto, 2018] / population[kumamoto] * 100 | precision(1)",
    "-(a[jp, 平成30年] + 3.5) * 2 | signed | unit",
    "a[jp] | percent",
];

const PROSE: &[&str] = &[
    "---\ntitle: \"`= a[jp]` 人\"\n---\n{研修医|けんしゅうい}は `= a[jp, 2018] | signed` 人。\n\n## 見出し\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n",
    "```panel\nkind: kpi\nitems: []\n```\n\n```qa\nQ: a\nA(人): b\n```\n\n![a](b.svg \"c\"){#fig:a .wide}\n\n[^1]: 注\n\n$x^2$\n",
];

fn data_of(text: &str) -> model::Data {
    let document = data::document(&Source::new("content/data/a.yaml", text.as_bytes())).value.map(Arc::new);
    model::data::assemble(&document.into_iter().collect::<Vec<_>>(), &model::Books::new()).value
}

#[test]
fn front_matter_comes_back() {
    survives(FRONT, |text| {
        front_matter::parse(&Arc::from("content/a.md"), &front_matter::split(text), 0);
    });
}

#[test]
fn data_comes_back() {
    survives(DATA, |text| {
        data_of(text);
    });
}

#[test]
fn cells_come_back() {
    survives(CELLS, |text| {
        for cell in text.split([',', '\n']) {
            _ = data::amount(cell, true);
            _ = kairan::locale::Period::parse(cell);
        }
        let book = sheet::document(&Source::new("content/data/a.csv", text.as_bytes()));
        machine_readable::book(&book, Level::Three);
    });
}

#[test]
fn formulas_come_back() {
    let data = data_of(DATA[1]);
    survives(FORMULAS, |text| {
        let span = Span::new(&Arc::from("content/a.md"), 0, text.len());
        formula::evaluate(&Formula { text: text.to_owned(), span }, &data);
    });
}

#[test]
fn values_in_prose_come_back() {
    let dialect =
        Dialect { default_language: Language::japanese(), math: true, raw_html: false, blocks: Default::default() };
    survives(PROSE, |text| {
        parse::document(&Source::new("content/a.md", text.as_bytes()), &dialect);
    });
}
