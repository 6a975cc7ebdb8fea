//! Pyramids: two groups by age, mirrored from zero on one scale, with the classes between them.

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator};

use super::dataset::bare;
use super::options::options;
use super::rows::{number_cell, period_text};
use super::{Column as Head, Dataset, Draft, Graphic, Grid, Kind, Line, Reader, Text, join_sentences, kind};
use crate::derive::{Wording, rounded, share};
use crate::diagnostic::table_panel as findings;
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Hatch, Mark, Plot, Text as PlotText, height_for};
use crate::draw::scale::float;
use crate::draw::{EM, LINE_HEIGHT, NARROWEST};
use crate::model::indicator::{Amount, Missing};
use crate::model::plain_table::{Table, TableCell};

kind! {
    /// Two groups by age class, men and women for example, mirrored from zero.
    ///
    /// ```yaml
    /// kind: pyramid
    /// table: paediatricians_by_age
    /// left: men
    /// right: women
    /// ```
    ///
    /// - `table`: a plain table with a row for each class, the one that is to be on top first.
    /// - `left`, `right`: its columns with the numbers of the two groups; without them, the first two that hold numbers.
    ///   Both must be counted in the same.
    /// - `label`: its column with the names of the classes; without it, the first one that holds words.
    ///
    /// Both sides have one scale, which begins at zero. The side on the right is hatched.
    Pyramid
}

options! {
    /// The options of pyramids.
    Options {
        /// The plain table that is shown.
        #[schemars(extend("x-ja" = "示す表の id。"))]
        table: Option<String>,
        /// Its column of the group on the left.
        #[schemars(extend("x-ja" = "左に描く列。省けば最初の数値の列。"))]
        left: Option<String>,
        /// Its column of the group on the right.
        #[schemars(extend("x-ja" = "右に描く列。省けば次の数値の列。"))]
        right: Option<String>,
        /// Its column with the names of the classes.
        #[schemars(extend("x-ja" = "階級の名の列。省けば最初の文字の列。"))]
        label: Option<String>,
    }
}

/// More classes than a page is high.
const MOST_CLASSES: usize = 40;

/// How wide the name of a class may be, in em, before it takes a second line.
const LABEL_LIMIT: f64 = 6.5;

/// The room on both sides of the names, in em.
const LABEL_ROOM: f64 = 0.5;

/// The room between a bar and its number, in em.
const VALUE_GAP: f64 = 0.35;

/// The part of each row that its bar takes.
const BAR: f64 = 0.8;

impl Kind for Pyramid {
    fn name(&self) -> &'static str {
        "pyramid"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Pyramid::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let table = reader.table(options.table.as_deref())?;
        let (groups, classes) = read(reader, &options, table)?;
        let [left, right] = &groups;
        if left.unit != right.unit {
            let span = reader.spans.value("right");
            reader.report(findings::units_differ_in_panel(span, &left.unit, &right.unit));
            return None;
        }
        if classes.len() > MOST_CLASSES {
            reader.report(findings::too_many_parts(reader.spans.value("table"), classes.len(), MOST_CLASSES));
            return None;
        }
        let amounts = || classes.iter().flat_map(|class| class.amounts);
        if let Some(class) = classes.iter().find(|class| class.amounts.iter().flatten().any(Decimal::is_sign_negative))
        {
            let label = class.label.text.clone();
            reader.report(findings::negative_part(reader.spans.value("table"), &table.id, &label));
            return None;
        }
        if !amounts().any(|amount| amount.is_ok()) {
            reader.report_no_values();
            return None;
        }
        let digits = amounts().flatten().map(|number| number.scale()).max().unwrap_or_default();
        let wording = reader.wording();
        let missing = amounts().any(|amount| amount.is_err());
        let legend = || wording.say("value-legend", &[("suppressed", wording.locale.suppressed())]);
        let chart = Chart { table, groups: &groups, classes: &classes, digits, wording };
        let plot = chart.plot();
        Some(Draft {
            common: reader.of_table(options.common(), table),
            title: chart.title(),
            subtitle: chart.subtitle(),
            alt: chart.alternative(),
            notes: missing.then(legend).into_iter().collect(),
            indicators: Default::default(),
            table: chart.grid(),
            dataset: chart.dataset(),
            graphic: Graphic::drawing(&plot, plot.classes()),
        })
    }
}

/// One of the two groups.
struct Group {
    name: Text,
    unit: String,
}

/// A class with the number of each group.
struct Class {
    label: Text,
    amounts: [Amount; 2],
}

fn read(reader: &mut Reader<'_>, options: &Options, table: &Table) -> Option<([Group; 2], Vec<Class>)> {
    let numeric = |index: &usize| table.columns.get(*index).is_some_and(|column| column.unit.is_some());
    let numbers: Vec<usize> = (0..table.columns.len()).filter(numeric).collect();
    let mut column = |given: &Option<String>, path: &str, default: Option<usize>| -> Option<usize> {
        let Some(id) = given else { return default };
        let index = reader.column(table, id, path)?;
        if !numbers.contains(&index) {
            let known = numbers.iter().filter_map(|index| table.columns.get(*index)).map(|column| column.id.as_str());
            reader.report(findings::column_without_numbers(reader.spans.value(path), id, known));
            return None;
        }
        Some(index)
    };
    let left = column(&options.left, "left", numbers.first().copied());
    let right = column(&options.right, "right", numbers.iter().copied().find(|index| Some(*index) != left));
    let named = |given: &Option<String>| given.is_some();
    let (Some(left), Some(right)) = (left, right) else {
        if !(named(&options.left) && named(&options.right)) && numbers.len() < 2 {
            reader.report(findings::column_without_numbers(reader.spans.value("table"), &table.id, []));
        }
        return None;
    };
    let label = match &options.label {
        Some(id) => reader.column(table, id, "label")?,
        None => (0..table.columns.len()).find(|index| !numbers.contains(index)).unwrap_or_default(),
    };
    let wording = reader.wording();
    let group = |index: usize| {
        let column = table.columns.get(index)?;
        let unit = column.unit.as_ref().map(|unit| wording.text(unit).to_owned()).unwrap_or_default();
        Some(Group { name: Text::of(&column.label, wording), unit })
    };
    let amount = |row: &[TableCell], index: usize| match row.get(index) {
        Some(TableCell::Amount(amount)) => *amount,
        _ => Err(Missing::NotAvailable),
    };
    let class = |row: &Vec<TableCell>| Class {
        label: row.get(label).map(|cell| reader.cell_text(cell)).unwrap_or_default(),
        amounts: [amount(row, left), amount(row, right)],
    };
    Some(([group(left)?, group(right)?], table.rows.iter().map(class).collect()))
}

/// What is drawn and told.
struct Chart<'c> {
    table: &'c Table,
    groups: &'c [Group; 2],
    classes: &'c [Class],
    digits: u32,
    wording: Wording<'c>,
}

/// The measures of the drawing: the gap for names in percent of the plot, and the top of each row.
struct Layout {
    gap: (f64, f64),
    most: f64,
    tops: Vec<f64>,
    bottom: f64,
    /// How thick a bar is: the same in all rows, however many lines their names take.
    bar: f64,
}

impl Chart<'_> {
    fn print(&self, amount: Amount) -> String {
        self.wording.amount(amount, self.digits)
    }

    fn unit(&self) -> &str {
        &self.groups[0].unit
    }

    fn value(&self, amount: Amount) -> String {
        let text = self.print(amount);
        if amount.is_ok() { self.wording.with_unit(&text, self.unit()) } else { text }
    }

    fn total(&self, group: usize) -> Amount {
        let amounts = self.classes.iter().filter_map(|class| class.amounts.get(group));
        amounts
            .into_iter()
            .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add((*amount)?).ok_or(Missing::NotApplicable))
    }

    fn plot(&self) -> Plot {
        let texts = self.classes.iter().flat_map(|class| class.amounts).map(|amount| self.print(amount));
        let margin = (texts.map(|text| width(&text)).fold(0.0, f64::max) + VALUE_GAP).max(1.0).ceil();
        let labels: Vec<Label> = self.classes.iter().map(|class| Label::new(&class.label.text, LABEL_LIMIT)).collect();
        let names = labels.iter().map(Label::width).fold(0.0, f64::max) + 2.0 * LABEL_ROOM;
        // The names keep their room in the narrowest drawing; a wider one only gives them more.
        let plot_width = (NARROWEST / EM - 2.0 * margin).max(1.0);
        let half = (names / plot_width).min(0.9) * 50.0;
        let side = plot_width * (50.0 - half) / 100.0 + margin;
        let heads: Vec<Label> = (0..2).map(|group| self.head(group, side)).collect();
        let lines = |label: &Label| label.lines.len().max(1) as f64;
        let mut tops = vec![heads.iter().map(lines).fold(1.0, f64::max) * LINE_HEIGHT + 0.3];
        for label in &labels {
            let above = tops.last().copied().unwrap_or_default();
            tops.push(above + lines(label) * LINE_HEIGHT + 0.35);
        }
        let all = tops.last().copied().unwrap_or(1.0);
        let height = height_for(all, 9);
        // What the height has left over is shared among the rows.
        let stretch = (f64::from(height) * 16.0 / EM / all).min(1.3);
        let percent = |em: &f64| em * stretch * EM / (f64::from(height) * 16.0) * 100.0;
        let amounts = self.classes.iter().flat_map(|class| class.amounts).flatten();
        let most = amounts.map(float).fold(0.0, f64::max);
        let tops: Vec<f64> = tops.iter().map(percent).collect();
        let bottom = tops.last().copied().unwrap_or(100.0);
        let rows = tops.windows(2).map(|pair| pair[1] - pair[0]);
        let bar = rows.fold(100.0, f64::min) * BAR;
        let layout = Layout { gap: (50.0 - half, 50.0 + half), most, tops, bottom, bar };
        let mut marks = self.zero_lines(&layout);
        marks.extend(self.heads(heads, &layout));
        for (index, (class, label)) in self.classes.iter().zip(labels).enumerate() {
            marks.extend(self.row(index, class, label, &layout));
        }
        Plot { marks, left: margin, right: margin, height }
    }

    fn head(&self, group: usize, room: f64) -> Label {
        let name = self.groups.get(group).map(|group| group.name.text.as_str()).unwrap_or_default();
        match self.total(group) {
            Ok(total) => Label::with_value(name, &self.print(Ok(total)), room),
            Err(_) => Label::new(name, room),
        }
    }

    /// The names of the groups, above the side of each.
    fn heads(&self, heads: Vec<Label>, layout: &Layout) -> Vec<Mark> {
        let middle = layout.tops.first().copied().unwrap_or_default() / 2.0;
        let sides = [(layout.gap.0, Anchor::End, "k1 sl"), (layout.gap.1, Anchor::Start, "k2 sl")];
        let mark = |((label, group), (x, anchor, class)): ((Label, &Group), (f64, Anchor, &str))| {
            let lang = group.name.lang.clone();
            let (at, offset) = ((x, middle), (0.0, 0.0));
            Mark::Text(PlotText { at, offset, anchor, label, class: class.to_owned(), lang })
        };
        heads.into_iter().zip(self.groups).zip(sides).map(mark).collect()
    }

    /// Where both sides begin.
    fn zero_lines(&self, layout: &Layout) -> Vec<Mark> {
        let top = layout.tops.first().copied().unwrap_or_default();
        let rule = |x: f64| Mark::Rule { from: (x, top), to: (x, layout.bottom), class: "z".to_owned() };
        vec![rule(layout.gap.0), rule(layout.gap.1)]
    }

    /// The bars of a class, its name between them and its numbers beside them.
    fn row(&self, index: usize, class: &Class, label: Label, layout: &Layout) -> Vec<Mark> {
        let top = layout.tops.get(index).copied().unwrap_or_default();
        let row = layout.tops.get(index + 1).copied().unwrap_or(layout.bottom) - top;
        let middle = top + row / 2.0;
        let (from, to) = (middle - layout.bar / 2.0, middle + layout.bar / 2.0);
        let room = layout.gap.0;
        let text = |x: f64, offset: f64, anchor, label, lang| {
            let (at, offset) = ((x, middle), (offset, 0.0));
            Mark::Text(PlotText { at, offset, anchor, label, class: "pv".to_owned(), lang })
        };
        let mut marks = vec![text(50.0, 0.0, Anchor::Middle, label, class.label.lang.clone())];
        let sides = [
            (1, layout.gap.0, -1.0, Anchor::End, "k1", None),
            (2, layout.gap.1, 1.0, Anchor::Start, "k2", Some(Hatch::Rising)),
        ];
        for ((column, zero, direction, anchor, colour, hatch), amount) in sides.into_iter().zip(class.amounts) {
            let part = if layout.most > 0.0 { amount.map(float).unwrap_or_default() / layout.most } else { 0.0 };
            let end = zero + direction * part * room;
            if part > 0.0 {
                marks.push(Mark::Rect { from: (zero, from), to: (end, to), class: colour.to_owned(), hatch });
                marks.push(Mark::Value { at: (end, middle), row: index, column });
            }
            let label = Label { lines: vec![self.print(amount)] };
            marks.push(text(end, direction * VALUE_GAP, anchor, label, None));
        }
        marks
    }

    /// How much of the whole the group on the right is.
    fn title(&self) -> String {
        let name = self.wording.text(&self.table.name).to_owned();
        let (Ok(left), Ok(right)) = (self.total(0), self.total(1)) else { return name };
        let part = share::share(Ok(right), left.checked_add(right).ok_or(Missing::NotApplicable));
        let Ok(part) = part else { return name };
        let per_cent = rounded(part.saturating_mul(Decimal::ONE_HUNDRED), 1);
        let value = self.wording.locale.percent(per_cent);
        self.wording.say("finding-pyramid", &[("group", &self.groups[1].name.text), ("value", &value)])
    }

    fn caption(&self) -> String {
        let name = self.wording.text(&self.table.name);
        let texts = [("text", name), ("unit", self.unit())];
        if self.unit().is_empty() { name.to_owned() } else { self.wording.say("text-with-unit", &texts) }
    }

    fn subtitle(&self) -> String {
        let period = period_text(self.table.as_of, self.wording);
        self.wording.say("area-and-period", &[("area", &self.caption()), ("period", &period)])
    }

    /// For each group its total and the classes in which there are most.
    fn alternative(&self) -> String {
        let sentence = |(index, group): (usize, &Group)| {
            let amount = |class: &Class| class.amounts.get(index).copied().and_then(Result::ok);
            let most = self.classes.iter().filter_map(amount).max()?;
            let largest = self.classes.iter().filter(|class| amount(class) == Some(most));
            let classes: Vec<String> = largest.map(|class| class.label.text.clone()).collect();
            let (total, classes) = (self.value(self.total(index)), self.wording.locale.list(&classes));
            let most = self.value(Ok(most));
            let texts =
                [("group", group.name.text.as_str()), ("total", &total), ("classes", &classes), ("most", &most)];
            Some(self.wording.say("pyramid-sentence", &texts))
        };
        let sentences: Vec<String> = self.groups.iter().enumerate().filter_map(sentence).collect();
        let sentences = join_sentences(&sentences, self.wording);
        let name = self.wording.text(&self.table.name);
        self.wording.say("pyramid-alternative", &[("name", name), ("sentences", &sentences)])
    }

    fn grid(&self) -> Grid {
        let head = |text: &Text, numeric| Head { label: text.text.clone(), numeric, lang: text.lang.clone() };
        let class = Text { text: self.wording.say("pyramid-class", &[]), lang: None };
        let columns = std::iter::once(head(&class, false))
            .chain(self.groups.iter().map(|group| head(&group.name, true)))
            .collect();
        let cell = |amount: Amount| number_cell(self.print(amount), amount, self.digits);
        let line = |class: &Class| Line {
            label: class.label.text.clone(),
            lang: class.label.lang.clone(),
            cells: class.amounts.map(cell).to_vec(),
            highlight: false,
        };
        let mut rows: Vec<Line> = self.classes.iter().map(line).collect();
        let cells = [self.total(0), self.total(1)].map(cell).to_vec();
        rows.push(Line { label: self.wording.say("stack-total", &[]), lang: None, cells, highlight: false });
        Grid { caption: self.caption(), columns, rows }
    }

    /// A row for each class and group.
    fn dataset(&self) -> Dataset {
        let heads = ["pyramid-class", "pyramid-group", "column-value", "unit", "dataset-note"];
        let heads = heads.map(|key| self.wording.say(key, &[])).to_vec();
        let mut rows = Vec::new();
        for class in self.classes {
            for (group, amount) in self.groups.iter().zip(class.amounts) {
                let value = amount.map(|number| bare(number, self.digits)).unwrap_or_default();
                let remark = amount.err().map(|missing| self.wording.say(remark(missing), &[])).unwrap_or_default();
                rows.push(vec![class.label.text.clone(), group.name.text.clone(), value, group.unit.clone(), remark]);
            }
        }
        Dataset { heads, rows }
    }
}

/// Why there is no value.
fn remark(missing: Missing) -> &'static str {
    match missing {
        Missing::NotApplicable => "value-not-applicable",
        Missing::NotAvailable => "value-not-available",
        Missing::Suppressed => "value-suppressed",
    }
}

#[cfg(test)]
mod tests;
