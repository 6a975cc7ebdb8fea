//! A panel as a file of its own: SVG with its title, source and fonts inside, to be shown as a picture on other pages.
//!
//! A drawing is placed as it is: its positions are percentages of the rectangle that it is given here, its texts count
//! in em of [`draw::EM`]. What has no drawing is written as a table or as figures; widths come from [`draw::label`].

use std::borrow::Cow;

use super::map::KEY_LINE;
use super::{Graphic, Grid, GridCell, KeyItem, Line, Panel, kpi, multiples, timeline};
use crate::derive::Wording;
use crate::draw::label::{width, wrap};
use crate::draw::mark::{Hatch, Mark, Plot};
use crate::draw::svg::{Writer, coordinate, escaped};
use crate::draw::{self, project};

/// The width of a drawing with its margins; a wide table takes more.
const WIDTH: f64 = 720.0;
/// The room around everything.
const MARGIN: f64 = 24.0;
/// The size of texts in tables, as in drawings.
const EM: f64 = draw::EM;
/// The room between two columns.
const GAP: f64 = 18.0;
/// The height of a line of a table.
const LINE: f64 = 18.0;

/// For programs that don't read style sheets.
const FONTS: &str = "Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, BIZ UDPGothic, Meiryo, sans-serif";

/// How the texts around a drawing look; `--text` and the like are the theme's.
const TEXTS: &str = ":root{color-scheme:light}text{fill:var(--text);font-size:13px}.s-g{fill:var(--surface)}\
    .s-t{font-size:20px;font-weight:700}.s-s,.s-n{fill:var(--text2)}.s-s{font-size:14px}.s-n{font-size:12px}\
    .s-b{font-weight:700}.s-v{font-size:34px;font-weight:700}.s-u{font-size:14px;font-weight:400}\
    .s-r{fill:none;stroke:var(--line2)}.s-h{fill:none;stroke:var(--hi);stroke-width:4}.s-o{fill:var(--soft)}\
    .s-k{fill:var(--k)}.s-d{fill:var(--on-d)}.s-f{fill:none;stroke:var(--text);stroke-width:2}\
    .pa{font-size:13px}";

/// What a file of a panel shows besides the panel.
pub struct Frame<'f> {
    /// The panel.
    pub panel: &'f Panel,
    /// Its printed number.
    pub number: Option<&'f str>,
    /// The classes of the panel on its page: what its theme says of a family of kinds goes by them.
    pub classes: &'f str,
    /// The colours and marks of the theme.
    pub style: &'f str,
    /// The theme's name.
    pub theme: &'f str,
    /// The language of the panel.
    pub wording: Wording<'f>,
}

/// The custom properties that the texts around a drawing need.
pub fn texts() -> &'static str {
    TEXTS
}

/// The panel as an SVG file.
pub fn svg(frame: &Frame<'_>) -> String {
    let panel = frame.panel;
    let grid = grid(panel);
    let columns = Columns::of(&grid);
    let inner = match &panel.graphic {
        Graphic::Drawing { .. } | Graphic::Items { .. } | Graphic::Multiples { .. } => WIDTH - 2.0 * MARGIN,
        _ => columns.total().max(WIDTH - 2.0 * MARGIN),
    };
    let mut sheet = Sheet { body: String::new(), y: MARGIN, inner };
    if let Some(number) = frame.number {
        sheet.text("s-n s-b", 12.0, number, None);
    }
    sheet.text("s-t", 20.0, &panel.title, None);
    sheet.text("s-s", 14.0, &panel.subtitle, panel.subtitle_lang.as_deref());
    sheet.y += 16.0;
    match &panel.graphic {
        Graphic::Drawing { key, svg, classes, .. } => {
            sheet.key(key);
            sheet.drawing(svg, classes);
        }
        Graphic::Items { items } => sheet.items(items),
        Graphic::Multiples { plots } => sheet.multiples(plots),
        Graphic::Matrix { shades, classes } => {
            sheet.key(shades);
            sheet.table(&grid, &columns.spread(inner), classes);
        }
        Graphic::Timeline { key, .. } => {
            let entry = |mark: &timeline::Mark| format!("{} {}", sign(mark), mark.text);
            sheet.text("s-s", 14.0, &key.iter().map(entry).collect::<Vec<_>>().join("　"), None);
            sheet.y += 8.0;
            sheet.table(&grid, &columns.spread(inner), &[]);
        }
        _ => sheet.table(&grid, &columns.spread(inner), &[]),
    }
    sheet.y += 12.0;
    let say = |key: &str| frame.wording.say(key, &[]);
    if !panel.note.is_empty() {
        sheet.aside(&say("note"), &panel.note, panel.note_lang.as_deref());
    }
    let of = frame.wording.say("as-of-aside", &[("date", &panel.as_of.long)]);
    sheet.aside(&say("source"), &format!("{}{of}", panel.source), panel.source_lang.as_deref());
    sheet.finish(frame)
}

/// The table as it is drawn: a timeline's has signs for what its cells say in words.
fn grid(panel: &Panel) -> Cow<'_, Grid> {
    let Graphic::Timeline { lines, .. } = &panel.graphic else { return Cow::Borrowed(&panel.table) };
    let mut grid = panel.table.clone();
    for (row, line) in grid.rows.iter_mut().zip(lines) {
        // The group, where there is one, stands before the periods.
        for (cell, mark) in row.cells.iter_mut().rev().zip(line.cells.iter().rev()) {
            cell.text = sign(mark);
        }
    }
    Cow::Owned(grid)
}

/// The sign of a mark, as the style sheet has it; what has none stays as it is written.
fn sign(mark: &timeline::Mark) -> String {
    match mark.class {
        "f" => "◆",
        "c" => "●",
        "l" => "■",
        _ => &mark.text,
    }
    .to_owned()
}

/// The number in a class: 7 of `mr7`.
fn measure(classes: &str, name: &str) -> f64 {
    classes.split(' ').find_map(|class| class.strip_prefix(name)?.parse().ok()).unwrap_or_default()
}

/// A file that grows downwards.
struct Sheet {
    body: String,
    y: f64,
    inner: f64,
}

impl Sheet {
    fn finish(self, frame: &Frame<'_>) -> String {
        let (width, height) = (coordinate(self.inner + 2.0 * MARGIN), coordinate(self.y + MARGIN - 8.0));
        let mut head = Writer::default();
        head.open("title", &[("id", "t")]);
        head.text(&frame.panel.title);
        head.close();
        head.open("desc", &[("id", "d")]);
        head.text(&frame.panel.alt);
        head.close();
        head.open("style", &[]);
        head.text(frame.style);
        head.text(TEXTS);
        head.close();
        head.empty("rect", &[("class", "s-g"), ("width", "100%"), ("height", "100%")]);
        let language = frame.wording.locale.language().html();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" class=\"{}\" role=\"img\" aria-labelledby=\"t d\" lang=\"{}\" data-theme=\"{}\" \
             font-family=\"{FONTS}\">{}{}</svg>\n",
            escaped(frame.classes),
            escaped(language),
            escaped(frame.theme),
            head.finish(),
            self.body
        )
    }

    /// A text in lines, each below the other.
    fn text(&mut self, class: &str, size: f64, text: &str, lang: Option<&str>) {
        if text.is_empty() {
            return;
        }
        for line in wrap(text, self.inner / size) {
            self.y += size * 1.4;
            self.line(class, (MARGIN, self.y), "", &line, lang);
        }
    }

    /// A small text that begins with a word for what it is.
    fn aside(&mut self, word: &str, text: &str, lang: Option<&str>) {
        const SIZE: f64 = 12.0;
        let start = width(word) + 0.7;
        for (number, line) in wrap(text, self.inner / SIZE - start).iter().enumerate() {
            self.y += SIZE * 1.4;
            if number == 0 {
                self.line("s-n s-b", (MARGIN, self.y), "", word, None);
            }
            self.line("s-n", (MARGIN + start * SIZE, self.y), "", line, lang);
        }
    }

    fn line(&mut self, class: &str, at: (f64, f64), anchor: &str, text: &str, lang: Option<&str>) {
        let mut writer = Writer::default();
        let (x, y) = (coordinate(at.0), coordinate(at.1));
        let lang = lang.unwrap_or_default();
        writer.open("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", anchor), ("lang", lang)]);
        writer.text(text);
        self.body.push_str(&writer.finish());
    }

    fn rule(&mut self, class: &str, from: f64, to: f64) {
        let mut writer = Writer::default();
        let path = format!("M{} {}H{}", coordinate(from), coordinate(self.y), coordinate(to));
        writer.empty("path", &[("class", class), ("d", &path)]);
        self.body.push_str(&writer.finish());
    }

    /// A drawing in the rectangle that its classes ask for: `ml3 mr7 h15`.
    fn drawing(&mut self, svg: &str, classes: &str) {
        let number = |name: &str| measure(classes, name);
        let (left, right) = (number("ml") * EM, number("mr") * EM);
        let proportion = classes.split(' ').find_map(project::proportion);
        let is_map = proportion.is_some() || classes.starts_with("tiles");
        // A map is no wider than in its page, for its signs and names keep their size.
        let inner = if is_map { self.inner.min(project::WIDEST) } else { self.inner };
        let height = proportion.map_or(number("h") * 16.0, |proportion| inner * proportion);
        // As in the page: labels of the axes stand above and below, some of them in lines of their own (`lt2`, `lb1`), and
        // a key above all.
        let lines = |name: &str| number(name) * EM * draw::LINE_HEIGHT;
        self.y += EM + number("lg") * KEY_LINE * EM + lines("lt");
        self.body.push_str(&format!(
            "<svg class=\"pa {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" overflow=\"visible\">{svg}</svg>",
            escaped(classes),
            coordinate(MARGIN + left),
            coordinate(self.y),
            coordinate((inner - left - right).max(EM)),
            coordinate(height),
        ));
        self.y += height + 2.0 * EM + lines("lb");
    }

    /// What colours and patterns mean, side by side.
    fn key(&mut self, items: &[KeyItem]) {
        const SAMPLE: (f64, f64) = (17.0, 13.0);
        let mut x = 0.0;
        for item in items {
            let room = SAMPLE.0 + 6.0 + width(&item.label) * EM;
            if x > 0.0 && x + room > self.inner {
                (x, self.y) = (0.0, self.y + LINE + 4.0);
            }
            let left = coordinate(MARGIN + x);
            self.body.push_str(&format!(
                "<svg class=\"pa\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\">{}</svg>",
                coordinate(self.y),
                SAMPLE.0,
                SAMPLE.1,
                sample(&item.class).svg()
            ));
            let at = (MARGIN + x + SAMPLE.0 + 6.0, self.y + 11.0);
            self.line("", at, "", &item.label, item.lang.as_deref());
            x += room + GAP;
        }
        self.y += if items.is_empty() { 0.0 } else { LINE + 8.0 };
    }

    /// Small drawings, four across, each below its heading.
    fn multiples(&mut self, plots: &[multiples::Small]) {
        const ACROSS: usize = 4;
        let room = (self.inner - GAP * (ACROSS as f64 - 1.0)) / ACROSS as f64;
        for row in plots.chunks(ACROSS) {
            let lines = row.iter().map(|plot| wrap(&plot.heading, room / EM).len()).max().unwrap_or(1);
            let (top, inner) = (self.y, self.inner);
            for (place, plot) in row.iter().enumerate() {
                let x = place as f64 * (room + GAP);
                for (number, line) in wrap(&plot.heading, room / EM).iter().enumerate() {
                    let y = top + (number as f64 + 1.0) * LINE;
                    self.line("s-b", (MARGIN + x, y), "", line, plot.lang.as_deref());
                }
                (self.y, self.inner) = (top + lines as f64 * LINE, room);
                let start = self.body.len();
                self.drawing(&plot.svg, &plot.classes);
                let moved = format!("<g transform=\"translate({} 0)\">", coordinate(x));
                self.body.insert_str(start, &moved);
                self.body.push_str("</g>");
            }
            self.inner = inner;
            self.y += GAP / 2.0;
        }
    }

    /// Figures side by side, as many as there is room for.
    fn items(&mut self, items: &[kpi::Item]) {
        let wide = |item: &kpi::Item| width(&item.number) * 34.0 + width(&item.unit) * 14.0 + 4.0;
        let widest = items.iter().map(wide).fold(0.0, f64::max);
        let most = match items.len() {
            4 => 2,
            count => count.clamp(1, 3),
        };
        let fits = |across: &usize| (self.inner - GAP * (*across as f64 - 1.0)) / *across as f64 >= widest;
        let across = (1..=most).rev().find(fits).unwrap_or(1);
        let room = (self.inner - GAP * (across as f64 - 1.0)) / across as f64;
        for row in items.chunks(across) {
            let lines = |text: &str, size: f64| wrap(text, room / size).len() as f64;
            let labels = row.iter().map(|item| lines(&item.label, EM)).fold(1.0, f64::max);
            let notes = row.iter().map(|item| lines(&item.note, 12.0)).fold(0.0, f64::max);
            let top = self.y;
            for (place, item) in row.iter().enumerate() {
                self.y = top;
                self.item(item, MARGIN + place as f64 * (room + GAP), room, labels);
            }
            self.y = top + labels * LINE + 48.0 + notes * LINE + 12.0;
        }
    }

    fn item(&mut self, item: &kpi::Item, x: f64, room: f64, labels: f64) {
        self.rule("s-h", x, x + room);
        let top = self.y + 6.0;
        for (number, line) in wrap(&item.label, room / EM).iter().enumerate() {
            self.line("s-b", (x, top + (number as f64 + 1.0) * LINE), "", line, item.label_lang.as_deref());
        }
        let base = top + labels * LINE + 38.0;
        let mut writer = Writer::default();
        writer.open("text", &[("class", "s-v"), ("x", &coordinate(x)), ("y", &coordinate(base))]);
        writer.text(&item.number);
        if !item.unit.is_empty() {
            let lang = item.unit_lang.as_deref().unwrap_or_default();
            writer.open("tspan", &[("class", "s-u"), ("dx", "4"), ("lang", lang)]);
            writer.text(&item.unit);
            writer.close();
        }
        self.body.push_str(&writer.finish());
        for (number, line) in wrap(&item.note, room / 12.0).iter().enumerate() {
            self.line("s-n", (x, base + (number as f64 + 1.0) * LINE), "", line, item.note_lang.as_deref());
        }
    }

    /// A table; `classes` are those of the cells of each row, but for the first.
    fn table(&mut self, grid: &Grid, columns: &Columns, classes: &[Vec<String>]) {
        let heads: Vec<GridCell> = grid
            .columns
            .iter()
            .map(|column| GridCell { text: column.label.clone(), lang: column.lang.clone(), ..GridCell::default() })
            .collect();
        self.row(&heads, (grid, columns), "s-b", &[]);
        self.rule("s-r", MARGIN, MARGIN + self.inner);
        for (number, row) in grid.rows.iter().enumerate() {
            let name = GridCell { text: row.label.clone(), lang: row.lang.clone(), ..GridCell::default() };
            let cells: Vec<GridCell> = std::iter::once(name).chain(row.cells.iter().cloned()).collect();
            let (top, start) = (self.y, self.body.len());
            let classes = classes.get(number).map(Vec::as_slice).unwrap_or_default();
            self.row(&cells, (grid, columns), if row.highlight { "s-b" } else { "" }, classes);
            let grounds = self.grounds(row, columns, classes, top);
            self.body.insert_str(start, &grounds);
        }
        self.rule("s-r", MARGIN, MARGIN + self.inner);
    }

    /// What lies below the texts of a row that begins at `top`: its own ground where it stands out, those of its cells, and
    /// the frames of these.
    fn grounds(&self, row: &Line, columns: &Columns, classes: &[String], top: f64) -> String {
        let mut writer = Writer::default();
        let mut rect = |class: &str, x: f64, width: f64, inset: f64| {
            let [x, y, width, height] =
                [x + inset, top + inset, width - 2.0 * inset, self.y - top - 2.0 * inset].map(coordinate);
            writer.empty("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
        };
        if row.highlight {
            rect("s-o", MARGIN, self.inner, 0.0);
        }
        let mut x = MARGIN + columns.widths.first().copied().unwrap_or_default();
        for (class, room) in classes.iter().zip(columns.widths.iter().skip(1)) {
            if class.starts_with('q') {
                rect(&format!("s-k {class}"), x, *room, 1.0);
            }
            if class.ends_with("sf") {
                rect("s-f", x, *room, 3.0);
            }
            x += room;
        }
        writer.finish()
    }

    fn row(&mut self, cells: &[GridCell], (grid, columns): (&Grid, &Columns), class: &str, classes: &[String]) {
        let mut x = MARGIN;
        let mut deepest: usize = 1;
        // The first cell is the name of the row and has no class.
        let own = std::iter::once("").chain(classes.iter().map(String::as_str)).chain(std::iter::repeat(""));
        for (((cell, column), room), own) in cells.iter().zip(&grid.columns).zip(&columns.widths).zip(own) {
            let class = if own.starts_with("q3") || own.starts_with("q4") { "s-d" } else { class };
            let lines = wrap(&cell.text, (room - GAP) / EM);
            let (at, anchor) = if column.numeric { (x + room - GAP / 2.0, "end") } else { (x + GAP / 2.0, "") };
            for (number, line) in lines.iter().enumerate() {
                let y = self.y + 4.0 + (number as f64 + 1.0) * LINE - 4.0;
                self.line(class, (at, y), anchor, line, cell.lang.as_deref());
            }
            deepest = deepest.max(lines.len());
            x += room;
        }
        self.y += deepest as f64 * LINE + 8.0;
    }
}

/// A patch of what an entry of a key stands for: its colour, and the stripes that its second class names.
fn sample(class: &str) -> Plot {
    let (colour, pattern) = class.split_once(" u").unwrap_or((class, ""));
    let hatch = pattern.parse().ok().and_then(|number: usize| Hatch::ALL.get(number.checked_sub(1)?).copied());
    let patch = Mark::Rect { from: (0.0, 0.0), to: (100.0, 100.0), class: colour.to_owned(), hatch };
    Plot { marks: vec![patch], left: 0.0, right: 0.0, height: 3 }
}

/// The widths of the columns of a table, gaps included.
struct Columns {
    widths: Vec<f64>,
}

impl Columns {
    fn of(grid: &Grid) -> Columns {
        // What is longer takes further lines; what can't be broken makes its column wider.
        let widest = |text: &str, limit: f64| wrap(text, limit).iter().map(|line| width(line)).fold(0.0, f64::max);
        let column = |(place, column): (usize, &super::Column)| {
            let limit = if column.numeric { 8.0 } else { 20.0 };
            let cells = grid.rows.iter().filter_map(|row| match place.checked_sub(1) {
                None => Some(row.label.as_str()),
                Some(place) => row.cells.get(place).map(|cell| cell.text.as_str()),
            });
            let texts = cells.chain([column.label.as_str()]);
            texts.map(|text| widest(text, limit)).fold(2.0, f64::max) * EM + GAP
        };
        Columns { widths: grid.columns.iter().enumerate().map(column).collect() }
    }

    fn total(&self) -> f64 {
        self.widths.iter().sum()
    }

    /// The columns with what is left of `room` shared out among them.
    fn spread(&self, room: f64) -> Columns {
        let each = (room - self.total()).max(0.0) / self.widths.len().max(1) as f64;
        Columns { widths: self.widths.iter().map(|width| width + each).collect() }
    }
}
