//! A site that is built again and again comes out as if it were built for the first time, whatever was edited in between.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use image::{ImageFormat, Rgb, RgbImage};
use kairan::model::Choices;
use kairan::pipeline::{self, Audience, Build, Seen, Session, Sight};
use kairan::write::{Content, Listed, Output};

use crate::support::{Site, files};

/// How many series of edits, and how many steps each has. `KAIRAN_EDITS=seeds,steps` makes it more; with
/// `KAIRAN_EDITS_SITE` they are done to a copy of that site.
const SERIES: (u64, usize) = (2, 25);

/// A site with whatever pages ask of each other: links to places, lists, neighbours, numbers, terms, figures, pictures.
const RICH: &str = r##"
-- content/report/_index.md --
---
title: 報告
numbering: report
---
```figures
```
-- content/report/one.md --
---
title: 第一章
weight: 1
---
## はじめに {#start}

[図](#fig:graph) と [二章の表](two.md#tbl:beds)。

```panel
kind: trend
id: fig:graph
title: 医師数の推移
indicator: physicians
areas: [shiomi, minato]
```
-- content/report/two.md --
---
title: 第二章
weight: 2
tags: [学習会]
---
[一章のはじめ](one.md#start)。割合は `= physicians[shiomi, 2018] / physicians[minato, 2018]` です。

表：病床 {#tbl:beds}

| 病院 | 病床 |
|---|---|
| 潮見 | 320 |
-- content/features/winter.md --
---
title: 冬の学習会
description: 雪の日に
date: 2026-01-07
kind: session
tags: [学習会, 冬]
hospitals: [shiomi-gh]
areas: [shiomi]
people: [hanako]
cover: {src: snow.svg, alt: 雪}
---
[夏](summer.md#数字で見る)に続いて、[病院](hospital:shiomi-gh)で。救急搬送のこと。

![雪](snow.svg "雪の日")

![夜](photo.png)

```hospital
id: shiomi-gh
```
-- content/features/snow.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><circle cx="40" cy="30" r="9"/></svg>
-- content/features/autumn.md --
---
title: "`= physicians[minato, 2018]` 人の町"
date: 2026-10-01
valid_until: 2026-11-01
---
`= physicians_per_bed[shiomi, 2018]`

```panel
kind: kpi
title: 二つの数字
source: 潮見市の調べ
as_of: 2018-12-31
items:
  - {label: 潮見, value: "physicians[shiomi, 2018]", unit: 人}
  - {label: 港, value: "physicians[minato, 2018]", unit: 人}
```
-- content/features/autumn.en.md --
---
title: Autumn
draft: true
---
[Winter](winter.md), [nowhere](spring.md).
-- content/data/terms.yaml --
terms:
  - id: transport
    term: {ja: 救急搬送, en: emergency transport}
    avoid: {ja: [救急輸送]}
    definition: {ja: 救急車で運ぶこと。, en: Being taken by ambulance.}
-- content/data/derived.yaml --
indicators:
  - id: physicians_per_bed
    name: {ja: 病床あたり, en: Per bed}
    unit: ""
    formula: "physicians / 320"
-- content/data/people.yaml --
people:
  - id: hanako
    name: {ja: 見本花子, en: Hanako Mihon}
    role: {ja: 研修医, en: Trainee}
    sample: true
-- content/data/events.yaml --
events:
  - id: open-day
    name: {ja: 見学会, en: Open day}
    kind: visit
    start: 2026-08-01 10:00
    hospital: shiomi-gh
    summary: {ja: 病院を見る会です。, en: A look at the hospital.}
    as_of: 2026-04-01
-- content/data/accessibility.yaml --
accessibility:
  policy:
    scope: {ja: 全ページ, en: All pages}
    level: AA
    deadline: 2027-03-31
    contact: {name: {ja: 広報課, en: Public relations}, email: a@example.org}
  results:
    - year: 2026
      level: A
      about: {ja: 全ページ, en: All pages}
      technologies: [HTML]
      criteria:
        1.1.1: {met: true, by: [person]}
-- content/data/postings.yaml --
postings:
  - id: resident
    title: {ja: 初期研修医, en: Resident}
    hospital: shiomi-gh
    posted: 2026-06-01
    valid_until: 2026-10-10
    summary: {ja: 二年間です。, en: Two years.}
-- content/data/plan.yaml --
programmes:
  - id: plan
    name: {ja: 研修計画, en: Training plan}
    source: {ja: 案内, en: Leaflet}
    as_of: 2026-04-01
    courses:
      - id: a
        name: {ja: Aコース, en: Course A}
        years:
          - blocks: [内科 24, 救急 28]
-- content/data/held.yaml --
checks:
  - {equals: physicians, formula: "physicians[minato] - physicians[shiomi]", areas: [shiomi], accept: [{area: shiomi, reason: {ja: 原資料のまま。, en: As in the source.}}]}
-- content/_index.md --
---
title: 潮見の回覧
home:
  - {kind: text}
  - {kind: features}
  - {kind: pages, of: report}
  - {kind: dates}
  - {kind: postings}
  - {kind: programmes}
---
はじめのことば。
-- content/postings/_index.md --
---
title: 募集
template: postings
---
-- content/words.md --
---
title: 用語
template: glossary
---
-- content/disagreeing.md --
---
title: 合わない数字
template: discrepancies
---
-- content/plan.md --
---
title: 計画
programme: plan
---
```panel
kind: rotation
programme: plan
```
-- content/issues/_index.md --
---
title: これまでの号
---
-- content/issues/03/_index.md --
---
title: 夜をこえて
date: 2026-12-10
issue:
  number: 3
  pages: [features/winter.md, features/summer.md]
---
号のはじめに。
-- content/hospitals/_index.md --
---
title: 病院
---
-- content/events/_index.md --
---
title: 催し
---
-- static/note.txt --
note
-- themes/zine/templates/page.html --
{% extends "themes/base/templates/page.html" %}
"##;

/// Lines that an edit may put anywhere into a file.
const LINES: [&str; 28] = [
    "ひとつの文。",
    "A sentence of no weight.",
    "## 見出し",
    "## In figures {#start}",
    "[夏](summer.md)",
    "[どこか](nowhere.md#place)",
    "[病院](hospital:shiomi-gh)",
    "`= physicians[shiomi, 2008]`",
    "`= physicians[minato, 2018] - physicians[shiomi, 2018]`",
    "title: べつの題",
    "slug: summer",
    "draft: true",
    "date: 2026-02-03",
    "weight: 3",
    "aliases: [/old/]",
    "tags: [冬, 学習会]",
    "theme = \"portal\"",
    "paginate_by = 1",
    "fallback = false",
    "![絵](snow.svg)",
    "```panel\nkind: kpi\nitems: [physicians[minato, 2008]]\n```",
    "救急搬送と `x` と $y$。",
    "translated_from: ja",
    "[translations]\nnotice = false",
    ".add { color: red }",
    "search-title = 別の言葉",
    "{% include 'parts/footer.html' %}",
    "  - {id: added, name: 足したもの, kind: municipality}",
];

/// Files of themes, and lines that change what becomes of them.
const THEME_LINES: [(&str, &str); 7] = [
    ("zine/static/zine.css", ".added { color: red }"),
    ("base/static/base.css", ".added-too { color: red }"),
    ("base/locales/ja.ftl", "home = もと"),
    ("base/locales/en.ftl", "added = a word"),
    ("zine/templates/parts/footer.html", "<p>足した行</p>"),
    ("base/templates/parts/outdated.html", "<p>足した注</p>"),
    ("zine/theme.toml", "# a remark"),
];

/// Numbers that look drawn by lot and are the same on every machine.
struct Lot(u64);

impl Lot {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Somebody who edits a site.
struct Writer<'s> {
    root: &'s Path,
    lot: Lot,
    /// The site as it was when all was well.
    sound: BTreeMap<PathBuf, Vec<u8>>,
    choices: Choices,
}

impl Writer<'_> {
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        collect(self.root, &mut files);
        files.sort();
        files
    }

    /// Does something to a file and says what.
    fn edit(&mut self) -> String {
        let files = self.files();
        let file = self.lot.one(&files).clone();
        let deed = self.lot.below(25);
        match deed {
            20 => self.picture(),
            21 | 22 => self.theme_line(),
            23 => self.original(),
            0..=6 => self.mend(),
            7 => {
                fs::remove_file(&file).expect("removed");
                format!("removed {}", file.display())
            }
            8 => self.moved(&file, |from, to| fs::rename(from, to).expect("renamed")),
            9 => self.moved(&file, |from, to| _ = fs::copy(from, to).expect("copied")),
            10 => {
                let days = ["2026-01-01", "2026-10-15", "2027-05-05"];
                let (drafts, today) = (self.lot.below(2) == 0, self.lot.one(&days).parse().expect("a day"));
                self.choices = Choices { drafts, today, ..Choices::default() };
                format!("{:?}", self.choices)
            }
            11 => self.theme_file(),
            _ => self.line(&file, deed),
        }
    }

    /// Puts files back as they were, and takes away what was not there.
    fn mend(&mut self) -> String {
        let now = self.files();
        let differs = |path: &&PathBuf| fs::read(path).ok().as_ref() != self.sound.get(*path);
        let mut broken: Vec<PathBuf> = self.sound.keys().filter(differs).cloned().collect();
        broken.extend(now.into_iter().filter(|path| !self.sound.contains_key(path)));
        if broken.is_empty() {
            return "nothing to mend".to_owned();
        }
        let path = self.lot.one(&broken).clone();
        match self.sound.get(&path) {
            Some(bytes) => {
                fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
                fs::write(&path, bytes).expect("mended");
            }
            None => fs::remove_file(&path).expect("cleared away"),
        }
        format!("mended {}", path.display())
    }

    fn mend_all(&mut self) -> Vec<String> {
        let mended = std::iter::repeat_with(|| self.mend());
        mended.take_while(|told| told != "nothing to mend").collect()
    }

    /// A sentence more in a page, or another figure.
    fn sentence(&mut self) -> String {
        let files: Vec<PathBuf> =
            self.files().into_iter().filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
        let path = match self.lot.below(5) {
            0 => self.root.join("content/data/physicians.yaml"),
            _ => self.lot.one(&files).clone(),
        };
        let text = fs::read_to_string(&path).expect("a sound file");
        let digit = self.lot.below(10);
        let text = match path.extension().is_some_and(|it| it == "md") {
            true => format!("{text}\n文 {digit}。\n"),
            false => text.replacen("312", &format!("3{}", "12".repeat(1 + digit % 3)), 1),
        };
        fs::write(&path, text).expect("written");
        format!("a sentence in {}", path.display())
    }

    fn moved(&mut self, from: &Path, deed: impl Fn(&Path, &Path)) -> String {
        let name = from.file_name().expect("a name").to_string_lossy().into_owned();
        let name = match self.lot.below(4) {
            0 => name,
            1 => format!("a-{name}"),
            2 => name.replace(".en.md", ".md"),
            _ => name.replace(".md", ".en.md"),
        };
        let folders = ["content", "content/features", "content/report", "content/new", "content/data", "static"];
        let to = self.root.join(self.lot.one(&folders)).join(name);
        fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        if from != to {
            deed(from, &to);
        }
        format!("moved or copied {} to {}", from.display(), to.display())
    }

    /// A file of the built-in themes, made the site's own.
    fn theme_file(&mut self) -> String {
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
        let mut files = Vec::new();
        collect(&built_in, &mut files);
        files.sort();
        let file = self.lot.one(&files).clone();
        let to = self.root.join("themes").join(file.strip_prefix(&built_in).expect("below"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        fs::copy(&file, &to).expect("copied");
        format!("own {}", to.display())
    }

    /// The photograph anew, in another colour and size.
    fn picture(&mut self) -> String {
        let [width, height] = [0, 1].map(|_| u32::try_from(30 + self.lot.below(40)).expect("a length"));
        let colour = u8::try_from(self.lot.below(256)).expect("a colour");
        fs::write(self.root.join(PHOTO), photo(width, height, colour)).expect("a picture");
        format!("a photograph of {width} by {height}")
    }

    /// A line more in a file of a theme.
    fn theme_line(&mut self) -> String {
        let (file, line) = *self.lot.one(&THEME_LINES);
        let own = self.root.join("themes").join(file);
        let text =
            fs::read(&own).or_else(|_| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(file)));
        let text = [&text.expect("a file of a theme")[..], line.as_bytes(), b"\n"].concat();
        fs::create_dir_all(own.parent().expect("a folder")).expect("folders");
        fs::write(&own, text).expect("written");
        format!("{line} in {}", own.display())
    }

    /// A sentence more in a page that is translated, so that its translation lags behind.
    fn original(&mut self) -> String {
        let translated = |path: &PathBuf| path.with_extension("en.md").is_file();
        let originals: Vec<PathBuf> = self.files().into_iter().filter(translated).collect();
        if originals.is_empty() {
            return "no original left".to_owned();
        }
        let path = self.lot.one(&originals).clone();
        let text = [&fs::read(&path).expect("a file")[..], "\nもう一つの文。\n".as_bytes()].concat();
        fs::write(&path, text).expect("written");
        format!("an original: {}", path.display())
    }

    /// Changes a line of a file, or breaks the file.
    fn line(&mut self, file: &Path, deed: usize) -> String {
        let bytes = fs::read(file).expect("a file");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = self.lot.below(lines.len());
        let other = self.lot.below(lines.len());
        match deed {
            12 => lines.push((*self.lot.one(&LINES)).to_owned()),
            13 => lines.insert(at, (*self.lot.one(&LINES)).to_owned()),
            14 if !lines.is_empty() => _ = lines.remove(at),
            15 if !lines.is_empty() => lines.swap(at, other),
            16 | 17 => {
                let digit = char::from(b'1' + u8::try_from(self.lot.below(9)).expect("a digit"));
                lines
                    .iter_mut()
                    .skip(at)
                    .take(3)
                    .for_each(|line| *line = line.replace(|it: char| it.is_ascii_digit(), &digit.to_string()));
            }
            18 if !lines.is_empty() => lines[at].push_str(" \u{3000}"),
            _ => {
                let end = self.lot.below(bytes.len() + 1);
                let mut broken = bytes[..end].to_vec();
                broken.push(0xff);
                fs::write(file, broken).expect("broken");
                return format!("broke {} at {end}", file.display());
            }
        }
        fs::write(file, lines.join("\n") + "\n").expect("written");
        format!("deed {deed} on line {at} of {}", file.display())
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        match entry.is_dir() {
            true => collect(&entry, files),
            false => files.push(entry),
        }
    }
}

fn series() -> (u64, usize) {
    let wish = std::env::var("KAIRAN_EDITS").unwrap_or_default();
    let wish = wish.split_once(',').and_then(|(seeds, steps)| Some((seeds.parse().ok()?, steps.parse().ok()?)));
    wish.unwrap_or(SERIES)
}

/// Where a photograph stands that pages show.
const PHOTO: &str = "content/features/photo.png";

fn photo(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([colour, (x * 3) as u8, (y * 3) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

fn site() -> Site {
    let site = Site::small(RICH);
    site.write(PHOTO, &photo(40, 30, 7));
    // Translations that may come to lag behind.
    site.run(&["translations", "--mark", "--all"]).exits(0);
    if let Ok(other) = std::env::var("KAIRAN_EDITS_SITE") {
        let other = PathBuf::from(other);
        fs::remove_dir_all(site.path("content")).expect("cleared");
        for part in ["content", "static"].iter().filter(|part| other.join(part).is_dir()) {
            let mut files = Vec::new();
            collect(&other.join(part), &mut files);
            for file in files {
                let path = file.strip_prefix(&other).expect("below").to_string_lossy().into_owned();
                site.write(&path, &fs::read(&file).expect("a file"));
            }
        }
        site.write("site.toml", &fs::read(other.join("site.toml")).expect("site.toml"));
    }
    site
}

/// Where two builds of one site differ.
fn difference(again: &Build, fresh: &Build) -> Option<String> {
    if again.findings != fresh.findings {
        let missing: Vec<_> = fresh.findings.iter().filter(|finding| !again.findings.contains(finding)).collect();
        let stale: Vec<_> = again.findings.iter().filter(|finding| !fresh.findings.contains(finding)).collect();
        return Some(format!("findings differ; missing: {missing:#?}; stale: {stale:#?}"));
    }
    let (again_files, fresh_files) = (again.output.list(), fresh.output.list());
    if again_files != fresh_files {
        let only = |of: &[Listed], other: &[Listed]| of.iter().filter(|file| !other.contains(file)).cloned().collect();
        let [stale, missing]: [Vec<Listed>; 2] = [only(&again_files, &fresh_files), only(&fresh_files, &again_files)];
        return Some(format!("the output differs; missing: {missing:#?}; stale: {stale:#?}"));
    }
    (again.panels != fresh.panels).then(|| "the count of panels differs".to_owned())
}

/// What somebody sees who follows a session: the last good build, and the pages that come early.
#[derive(Default)]
struct Reader {
    shown: Option<Output>,
    /// The pages that were looked at, before all others.
    first: Option<Output>,
    early: Option<Output>,
}

impl Reader {
    /// Takes pages of a build that goes on.
    fn sees(&mut self, sight: &Sight<'_>) {
        match sight.seen {
            Seen::LookedAt => self.first = Some(sight.output.clone()),
            Seen::Changed => self.early = Some(sight.output.clone()),
            Seen::All => {}
        }
    }

    /// Takes the new build, and says which pages were another when they came early.
    fn take(&mut self, build: &Build) -> Vec<String> {
        let (first, early) = (self.first.take(), self.early.take());
        if build.has_errors() {
            return Vec::new();
        }
        let seen = |path: &str| early.as_ref()?.get(path).or_else(|| self.shown.as_ref()?.get(path));
        let print = |content: Option<&Content>| content.map(Content::fingerprint);
        let pages = build.output.iter().filter(|(path, _)| early.is_some() && path.ends_with(".html"));
        let other = pages.filter(|(path, content)| print(seen(path)) != print(Some(content)));
        let mut other: Vec<String> = other.map(|(path, _)| path.to_owned()).collect();
        let first = first.iter().flat_map(Output::iter);
        let wrong = first.filter(|(path, content)| print(build.output.get(path)) != print(Some(content)));
        other.extend(wrong.map(|(path, _)| format!("{path}, which was looked at")));
        self.shown = Some(build.output.clone());
        other
    }
}

/// All files of a site, to see which of them were written.
struct Disk(BTreeMap<PathBuf, Vec<u8>>);

impl Disk {
    fn of(root: &Path) -> Disk {
        let mut paths = Vec::new();
        collect(root, &mut paths);
        let bytes = |path: PathBuf| {
            let bytes = fs::read(&path).expect("a file");
            (path.strip_prefix(root).expect("below").to_path_buf(), bytes)
        };
        Disk(paths.into_iter().map(bytes).collect())
    }

    /// The files that have other bytes than before; `None` where files came or went.
    fn written(&self, before: &Disk) -> Option<BTreeSet<PathBuf>> {
        let other = self.0.iter().filter(|(path, bytes)| before.0.get(*path) != Some(bytes));
        self.0.keys().eq(before.0.keys()).then(|| other.map(|(path, _)| path.clone()).collect())
    }
}

#[test]
fn a_template_that_takes_the_place_of_one_that_cannot_be_read_is_watched() {
    let site = Site::small("");
    site.write("themes/zine/templates/page.html", b"{% extends \"base.html\" %}\xff");
    let mut session = Session::new();
    for text in ["一", "二"] {
        site.write("themes/base/templates/parts/outdated.html", text.as_bytes());
        let again = session.build(site.root(), Choices::default(), &mut |_| {}).expect("a build");
        let fresh = pipeline::build(site.root(), Choices::default(), &mut |_| {}).expect("a build");
        assert_eq!(difference(&again, &fresh), None, "{text}");
        let page = again.output.get("about/index.html").and_then(Content::bytes).expect("a page");
        assert!(String::from_utf8_lossy(page).contains(text), "the base theme's page is shown");
    }
}

#[test]
fn a_new_former_address_of_a_page_is_there_as_early_as_the_page() {
    let site = Site::small("");
    let mut session = Session::new();
    let mut early = None;
    let mut build = |early: &mut Option<Output>| {
        let mut seen = |sight: &Sight<'_>| *early = (sight.seen == Seen::Changed).then(|| sight.output.clone());
        let audience = &mut Audience { looks_at: &BTreeSet::new(), seen: &mut seen };
        let build = session.build_seen(site.root(), Choices::default(), &mut |_| {}, audience).expect("a build");
        assert!(!build.has_errors());
        build
    };
    build(&mut early);
    let text = fs::read_to_string(site.path("content/about.md")).expect("a file");
    site.write("content/about.md", text.replacen("---\n", "---\naliases: [/old/]\n", 1).as_bytes());
    let done = build(&mut early);
    let early = early.expect("pages that came early");
    let print = |output: &Output| output.get("old/index.html").map(Content::fingerprint);
    assert!(print(&early).is_some() && print(&early) == print(&done.output), "{:?}", early.list());
}

#[test]
fn any_series_of_edits_gives_what_a_clean_build_gives() {
    let (seeds, steps) = series();
    let (mut patches, mut firsts) = (0, 0);
    for seed in 0..seeds {
        let site = site();
        let mut files = Vec::new();
        collect(site.root(), &mut files);
        let sound = files.into_iter().map(|path| (path.clone(), fs::read(path).expect("a file"))).collect();
        let mut writer = Writer { root: site.root(), lot: Lot(seed), sound, choices: Choices::default() };
        let mut session = Session::new();
        let (mut told, mut reader, mut disk) = (Vec::new(), Reader::default(), Disk::of(site.root()));
        let before_series = patches;
        for step in 0..steps {
            let before = std::mem::replace(&mut disk, Disk::of(site.root()));
            // As a server does that was told of nothing else.
            _ = session.look(site.root(), disk.written(&before).as_ref());
            let looks_at = &["index.html", "en/index.html"].map(str::to_owned).into();
            let audience = &mut Audience { looks_at, seen: &mut |sight| reader.sees(sight) };
            let again = session.build_seen(site.root(), writer.choices, &mut |_| {}, audience);
            firsts += usize::from(reader.first.is_some());
            patches += usize::from(reader.early.is_some());
            let early = again.as_ref().map(|again| reader.take(again)).unwrap_or_default();
            assert_eq!(early, [""; 0], "seed {seed}, step {step}: pages that came early");
            let fresh = pipeline::build(site.root(), writer.choices, &mut |_| {});
            let differing = match (again, fresh) {
                (Ok(again), Ok(fresh)) => difference(&again, &fresh),
                (again, fresh) => (again.is_ok() != fresh.is_ok()).then(|| "only one of two builds failed".to_owned()),
            };
            let latest = &told[told.len().saturating_sub(12)..];
            assert!(
                differing.is_none(),
                "seed {seed}, step {step}, after {latest:#?}: {}",
                differing.unwrap_or_default()
            );
            // Now and then somebody works in peace: a sound site, and one sentence after another.
            told.extend(match step % 8 {
                5 => writer.mend_all(),
                6 | 7 => vec![writer.sentence()],
                _ => (0..=writer.lot.below(3)).map(|_| writer.edit()).collect(),
            });
        }
        let seen = patches - before_series;
        println!("series {seed}: {} edits, {steps} builds, {seen} of them seen early page by page", told.len());
    }
    println!("{firsts} times the pages that are looked at came first");
    assert!(seeds * u64::try_from(steps).unwrap_or_default() < 50 || (patches > 0 && firsts > 0));
}

/// What a build says, without the time that it took.
fn said(site: &Site) -> String {
    let run = site.run(&["build", "--lang", "en", "--today", "2026-05-01"]);
    run.exits(0);
    let lines = run.stderr.lines().filter(|line| !line.ends_with('…'));
    lines.map(|line| line.split(" MB ").next().unwrap_or_default().to_owned() + "\n").collect()
}

#[test]
fn a_build_with_nothing_changed_says_the_same_and_makes_nothing() {
    let site = Site::small(
        "-- content/a.md --\n---\ntitle: あ\ndate: 2026-01-01\n---\n![](x.svg)\n-- content/x.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"/>\n",
    );
    let first = said(&site);
    let output = site.output();
    let again = site.run(&["build", "--today", "2026-05-01"]);
    assert!(!again.stderr.contains("drawing pages"), "nothing is made again: {again}");
    let told = said(&site);
    let unwritten =
        |text: &str| text.lines().filter(|line| !line.contains("changed,")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(unwritten(&first), unwritten(&told));
    assert!(told.contains("(0 changed, 0 removed)"), "{told}");
    crate::support::assert_same(&output, &site.output(), "nothing was changed");
}

#[test]
fn whatever_is_changed_is_built() {
    let site = Site::small("");
    let built = |arguments: &[&str]| {
        let run = site.run(&[&["build", "--lang", "en", "--today", "2026-05-01"], arguments].concat());
        run.exits(0).stderr.contains("drawing pages")
    };
    assert!(built(&[]) && !built(&[]));
    assert!(built(&["--drafts"]) && built(&[]), "another choice");
    fs::write(site.path("public/about/index.html"), "no longer Kairan's").expect("written");
    assert!(built(&[]), "a file of the output was changed");
    assert!(site.page("about/index.html").contains("潮見市"));
    fs::remove_file(site.path("public/about/index.html")).expect("removed");
    assert!(built(&[]), "a file of the output is gone");
    site.edit("-- content/about.md --\n---\ntitle: この雑誌について\n---\n町が発行します。\n");
    assert!(built(&[]) && !built(&[]), "a source was changed");
    site.edit("-- content/about.md --\n---\ntitle: この雑誌について\n---\n村が発行します。\n");
    assert!(built(&[]), "a source was changed to one of the same length");
    assert!(site.page("about/index.html").contains("村が発行します"));
    assert!(built(&["--out", "elsewhere"]) && !built(&["--out", "elsewhere"]) && !built(&[]), "another folder");
    fs::remove_dir_all(site.path(".kairan-cache")).expect("removed");
    assert!(built(&[]) && !built(&[]), "the cache may be deleted");
    assert!(built(&["--cache", "kept"]) && site.path("kept").is_dir() && !built(&["--cache", "kept"]));
}

#[test]
fn builds_at_once_share_a_cache() {
    let site = Site::small(RICH);
    site.write(PHOTO, &photo(400, 300, 7));
    let arguments = |out| ["build", "--today", "2026-05-01", "--out", out, "--cache"];
    let start = |out| {
        let mut command = site.command(&[&arguments(out)[..], &["shared"]].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a build")
    };
    for mut build in ["one", "two", "three"].map(start) {
        assert!(build.wait().expect("an end").success());
    }
    site.run(&[&arguments("alone")[..], &["own"]].concat()).exits(0);
    let alone = files(&site.path("alone"));
    for out in ["one", "two", "three"] {
        crate::support::assert_same(&alone, &files(&site.path(out)), out);
    }
}

/// The next build of a session, without an error.
fn rebuilt(session: &mut Session, site: &Site) -> Build {
    let build = session.build(site.root(), Choices::default(), &mut |_| {}).expect("a build");
    let wrong: Vec<_> = build.findings.iter().map(|finding| &finding.code).collect();
    assert!(!build.has_errors(), "{wrong:?}");
    build
}

fn text_of(build: &Build, path: &str) -> String {
    let content = build.output.get(path).and_then(kairan::write::Content::bytes).expect("a page");
    String::from_utf8_lossy(content).into_owned()
}

#[test]
fn a_translation_is_marked_while_its_original_says_something_else() {
    let site = Site::small("");
    site.run(&["translations", "--mark", "--all"]).exits(0);
    let (path, mark) = ("content/features/summer.md", "class=\"notice in old\"");
    let sound = fs::read_to_string(site.path(path)).expect("a page");
    let mut session = Session::new();
    let mut is_marked = |text: &str| {
        site.write(path, text.as_bytes());
        let page = text_of(&rebuilt(&mut session, &site), "en/features/summer/index.html");
        page.contains(mark)
    };
    assert!(!is_marked(&sound));
    assert!(is_marked(&sound.replace("ひらきました", "開きました")), "the translation itself was not touched");
    assert!(!is_marked(&sound));
}

#[test]
fn pages_show_what_the_accessibility_papers_say_now() {
    let site = Site::small(RICH);
    site.write(PHOTO, &photo(40, 30, 7));
    let mut session = Session::new();
    let papers = fs::read_to_string(site.path("content/data/accessibility.yaml")).expect("papers");
    assert!(text_of(&rebuilt(&mut session, &site), "accessibility/index.html").contains("広報課"));
    site.write("content/data/accessibility.yaml", papers.replace("広報課", "総務課").as_bytes());
    assert!(text_of(&rebuilt(&mut session, &site), "accessibility/index.html").contains("総務課"));
}

/// Whether a file of two builds is the very same one: it was not made again.
fn is_kept(before: &Build, after: &Build, path: &str) -> bool {
    let bytes =
        |build: &Build| build.output.get(path).and_then(kairan::write::Content::bytes).expect("a file").as_ptr();
    bytes(before) == bytes(after)
}

#[test]
fn only_pages_that_read_what_was_changed_are_made_again() {
    let site = Site::small(
        "-- content/features/winter.md --\n---\ntitle: 冬\n---\n冬の文。\n-- content/features/winter.en.md --\n---\ntitle: Winter\n---\nText.\n",
    );
    let mut session = Session::new();
    let first = rebuilt(&mut session, &site);
    let change = |path: &str, from: &str, to: &str| {
        let text = fs::read_to_string(site.path(path)).expect("a file");
        assert!(text.contains(from), "{text}");
        site.write(path, text.replace(from, to).as_bytes());
    };
    // The first paragraph of an article is what lists tell of it: its section is made again, and not the page about us.
    change("content/features/winter.md", "冬の文。", "雪の文。");
    let second = rebuilt(&mut session, &site);
    assert!(!is_kept(&first, &second, "features/winter/index.html"));
    assert!(is_kept(&first, &second, "about/index.html") && is_kept(&first, &second, "en/about/index.html"));
    assert!(is_kept(&first, &second, "hospitals/shiomi-gh/index.html"));
    // A figure over areas: of it tells the article that names it, and no page of a hospital.
    change("content/data/physicians.yaml", "305", "306");
    let third = rebuilt(&mut session, &site);
    assert!(text_of(&third, "features/summer/index.html").contains("306"));
    assert!(is_kept(&second, &third, "hospitals/shiomi-gh/index.html"));
    assert!(is_kept(&second, &third, "features/winter/index.html") && is_kept(&second, &third, "about/index.html"));
    // A longer figure moves all that stands below it in the file, and is none of its business.
    let hospital = "\n  - id: minami\n    name: 南病院\n    kind: core\n    area: shiomi\n    source: 潮見市\n    as_of: 2026-04-01\n    sample: true\n";
    let data = fs::read_to_string(site.path("content/data/hospitals.yaml")).expect("data");
    site.write("content/data/hospitals.yaml", format!("{}{}", data.trim_end(), hospital).as_bytes());
    let fourth = rebuilt(&mut session, &site);
    change("content/data/hospitals.yaml", "320", "1320");
    let fifth = rebuilt(&mut session, &site);
    assert!(text_of(&fifth, "hospitals/shiomi-gh/index.html").contains("1,320"));
    assert!(is_kept(&fourth, &fifth, "hospitals/minami/index.html"));
}

#[test]
fn what_was_written_is_read_and_what_a_link_shows_too() {
    let site = Site::small("-- content/news.md --\n---\ntitle: 知らせ\n---\n一つ目。\n");
    let mut session = Session::new();
    rebuilt(&mut session, &site);
    let write = |path: &str, text: &str| _ = site.write(path, format!("---\ntitle: 知らせ\n---\n{text}\n").as_bytes());
    let look = |session: &mut Session, path: &str| {
        let written = BTreeSet::from([PathBuf::from(path)]);
        session.look(site.root(), Some(&written)).expect("a site");
        rebuilt(session, &site)
    };
    write("content/news.md", "二つ目。");
    assert!(text_of(&look(&mut session, "content/news.md"), "news/index.html").contains("二つ目"));
    // A file that nobody has seen yet, and one that is gone.
    write("content/more.md", "三つ目。");
    assert!(text_of(&look(&mut session, "content/more.md"), "more/index.html").contains("三つ目"));
    site.remove("content/more.md");
    assert!(look(&mut session, "content/more.md").output.get("more/index.html").is_none());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("news.md", site.path("content/linked.md")).expect("a link");
        fs::hard_link(site.path("content/news.md"), site.path("content/same.md")).expect("a link");
        rebuilt(&mut session, &site);
        write("content/news.md", "四つ目。");
        let build = look(&mut session, "content/news.md");
        for page in ["news", "linked", "same"] {
            assert!(text_of(&build, &format!("{page}/index.html")).contains("四つ目"), "{page}");
        }
        fs::remove_file(site.path("content/linked.md")).expect("removed");
        rebuilt(&mut session, &site);
        write("content/same.md", "五つ目。");
        assert!(text_of(&look(&mut session, "content/same.md"), "news/index.html").contains("五つ目"));
    }
}

#[test]
fn a_long_session_holds_no_more_than_a_short_one() {
    // In a process of its own: what other tests hold meanwhile is not counted.
    const ALONE: &str = "KAIRAN_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let test = std::env::current_exe().expect("this program");
        let name = "rebuild::a_long_session_holds_no_more_than_a_short_one";
        let run = Command::new(test).args(["--exact", name, "--nocapture"]).env(ALONE, "").output().expect("a run");
        assert!(
            run.status.success(),
            "{}{}",
            String::from_utf8_lossy(&run.stdout),
            String::from_utf8_lossy(&run.stderr)
        );
        return;
    }
    let edits = std::env::var("KAIRAN_EDITS_LONG").ok().and_then(|edits| edits.parse().ok()).unwrap_or(24);
    let site = Site::small(RICH);
    site.write(PHOTO, &photo(40, 30, 7));
    let settings = fs::read_to_string(site.path("site.toml")).expect("settings");
    let data = fs::read_to_string(site.path("content/data/physicians.yaml")).expect("data");
    let mut session = Session::new();
    let (mut sizes, mut memory): (BTreeMap<usize, usize>, _) = (BTreeMap::new(), Vec::new());
    for edit in 0..edits {
        match edit % 8 {
            0 => _ = site.edit(&format!("-- content/about.md --\n---\ntitle: この雑誌について\n---\n{edit} 回目。\n")),
            1 => {
                _ = site
                    .write("content/data/physicians.yaml", data.replace("312", &format!("{}", 300 + edit)).as_bytes())
            }
            2 => _ = site.edit(&format!("-- themes/zine/templates/parts/footer.html --\n<footer>{edit}</footer>\n")),
            3 => _ = site.write("site.toml", settings.replace("潮見の回覧", &format!("潮見の回覧{edit}")).as_bytes()),
            4 => _ = site.edit(&format!("-- content/news{edit}.md --\n---\ntitle: 知らせ{edit}\n---\n新しい。\n")),
            5 => _ = site.remove(&format!("content/news{}.md", edit - 1)),
            6 => _ = site.write(PHOTO, &photo(40, 30, (edit % 251) as u8)),
            _ => _ = site.edit(&format!("-- content/about.md --\n---\ntitel: この雑誌について\n---\n{edit} 回目。\n")),
        }
        session.build(site.root(), Choices::default(), &mut |_| {}).expect("a build");
        let size = session.remembered();
        // A broken page and a new one make a difference, the number of edits before them none. The first round brings files
        // that stay.
        if edit >= 8 {
            assert_eq!(*sizes.entry(edit % 8).or_insert(size), size, "after {edit} edits");
        }
        if edit % (edits / 8).max(1) == 0 {
            memory.push(resident());
        }
    }
    // The first edits fill what allocators keep.
    let (settled, last) = (memory.get(2).copied().unwrap_or_default(), memory.last().copied().unwrap_or_default());
    println!("after {edits} edits, in kB: {memory:?}");
    assert!(last <= settled + settled / 4 + 32_000, "{memory:?}");
}

/// The memory of this process, in kB; 0 where the system does not tell.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
