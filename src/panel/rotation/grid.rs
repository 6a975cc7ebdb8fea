//! A rotation plan week by week.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;

use super::{BlockView, COLOURS, CourseView, GROUPS, Plan, Tick, YearView};
use crate::derive::rotation;
use crate::locale::Argument;
use crate::model::programme::{Block, Category, Course, Parallel, Range, Unit, Year};
use crate::panel::{Common, Dataset, Draft, Graphic, Grid, GridCell, KeyItem, Line, Text, join_sentences};

/// A block with its place in the year, both ends counted from 1.
struct Placed<'d> {
    block: &'d Block,
    from: u32,
    to: u32,
    possible: Range,
}

impl<'d> Plan<'d> {
    /// The weeks of each course.
    pub(super) fn grid(&self, common: Common) -> Draft {
        let courses = self.courses.iter().map(|course| self.course_view(course)).collect();
        let graphic = Graphic::Rotation { courses, key: self.grid_key() };
        let title = self.electives();
        let sentences: Vec<String> = self.courses.iter().map(|course| self.sentence(course)).collect();
        let mut draft = self.draft(common, title, graphic);
        draft.subtitle = self.wording.text(&self.programme.name).to_owned();
        draft.alt = join_sentences(&sentences, self.wording);
        draft.table = self.grid_table();
        draft.dataset = self.grid_dataset();
        draft
    }

    /// How much of each course its trainees choose.
    fn electives(&self) -> String {
        let one = |course: &&Course| {
            let ranges = course.years.iter().map(|year| chosen(year, self.unit()));
            let sum = ranges.fold(Range::exactly(0), |sum, range| Range {
                least: sum.least.saturating_add(range.least),
                most: sum.most.saturating_add(range.most),
            });
            let amount = self.length(sum);
            self.say("rotation-of-course", &[("course", &self.course_text(course)), ("amount", &amount)])
        };
        let courses: Vec<String> = self.courses.iter().map(one).collect();
        self.say("rotation-finding-electives", &[("courses", &self.wording.locale.list(&courses))])
    }

    fn placed(&self, year: &'d Year) -> Vec<Placed<'d>> {
        let mut from = 1u32;
        let mut placed = Vec::new();
        for (number, (block, length)) in year.blocks.iter().zip(rotation::lengths(year, self.unit())).enumerate() {
            let next = from.saturating_add(length);
            let possible = rotation::possible(year, number, self.unit()).unwrap_or(block.length);
            placed.push(Placed { block, from, to: next.saturating_sub(1), possible });
            from = next;
        }
        placed
    }

    fn course_view(&self, course: &'d Course) -> CourseView {
        let name = if self.courses.len() > 1 { self.course_name(course) } else { Text::default() };
        let years = course.years.iter().enumerate().map(|(number, year)| self.year_view(number + 1, year)).collect();
        CourseView { name: name.text, lang: name.lang, years }
    }

    fn year_view(&self, number: usize, year: &'d Year) -> YearView {
        let place = self.place(&year.place);
        let first = self.programme.first_day(number);
        let blocks = self.placed(year);
        let widest = blocks.last().map_or(0, |last| last.to);
        YearView {
            title: self.year_name(number),
            place: place.text,
            place_lang: place.lang,
            class: if self.unit() == Unit::Weeks { "" } else { "mo" },
            months: first.map(|first| self.months(first)).unwrap_or_default(),
            ticks: self.ticks(),
            // What is too much for a year would break the grid: it is a finding, and drawn no wider than the year.
            blocks: blocks.iter().map(|placed| self.block_view(placed, first, widest)).collect(),
            parallel: year.parallel.iter().map(|beside| self.parallel_view(beside)).collect(),
        }
    }

    fn year_name(&self, number: usize) -> String {
        self.say("rotation-year", &[("year", &number.to_string())])
    }

    fn block_view(&self, placed: &Placed<'_>, first: Option<Date>, widest: u32) -> BlockView {
        let block = placed.block;
        let (small, label) = self.names(block);
        let place = block.place.as_ref().map(|place| self.place(place)).unwrap_or_default();
        let columns = self.unit().in_a_year();
        let length = placed.to.saturating_sub(placed.from).saturating_add(1);
        let span = if widest > columns { length.min(columns) } else { length };
        BlockView {
            class: self.class(block),
            before: 0,
            span: span.clamp(1, columns),
            when: self.when(placed.from, placed.to),
            dates: first.map(|first| self.dates(first, placed.from, placed.to)).unwrap_or_default(),
            small: small.text,
            small_lang: small.lang,
            label: label.text,
            lang: label.lang,
            tag: format!("{} {}", self.category(block.category), self.length(placed.possible)),
            place: place.text,
            place_lang: place.lang,
        }
    }

    /// Colour for the field, pattern for the category.
    fn class(&self, block: &Block) -> String {
        let field = COLOURS.get(self.group(rotation::field(self.data, block))).copied().unwrap_or_default();
        match block.category {
            Category::Required => field.to_owned(),
            Category::ChoiceRequired => format!("{field} rdot"),
            Category::Elective => "k6 hatch".to_owned(),
        }
    }

    fn parallel_view(&self, beside: &Parallel) -> BlockView {
        let whole = Range { least: 1, most: self.unit().in_a_year() };
        let during = beside.during.unwrap_or(whole);
        let name = self.whole(&beside.assignment);
        let amount = match (beside.half_days, beside.length) {
            (Some(count), _) => self.say("rotation-half-days", &[("count", &count.to_string())]),
            (None, Some(length)) => self.length(length),
            (None, None) => String::new(),
        };
        BlockView {
            class: "k5 par".to_owned(),
            before: during.least.saturating_sub(1).min(whole.most.saturating_sub(1)),
            span: during.most.min(whole.most).saturating_sub(during.least).saturating_add(1).clamp(1, whole.most),
            when: self.when(during.least, during.most),
            dates: String::new(),
            small: String::new(),
            small_lang: None,
            label: name.text,
            lang: name.lang,
            tag: format!("{} {amount}", self.say("rotation-parallel", &[])).trim().to_owned(),
            place: String::new(),
            place_lang: None,
        }
    }

    /// `1〜8週`.
    fn when(&self, from: u32, to: u32) -> String {
        let key = match (self.unit(), from == to) {
            (Unit::Weeks, false) => "rotation-when-weeks",
            (Unit::Weeks, true) => "rotation-when-week",
            (Unit::Months, false) => "rotation-when-months",
            (Unit::Months, true) => "rotation-when-month",
        };
        self.say(key, &[("from", &from.to_string()), ("to", &to.to_string())])
    }

    /// The first and the last day.
    fn dates(&self, first: Date, from: u32, to: u32) -> String {
        let after = |count: u32| {
            let span: Option<Span> = match self.unit() {
                Unit::Weeks => Span::new().try_weeks(count).ok(),
                Unit::Months => Span::new().try_months(count).ok(),
            };
            span.and_then(|span| first.checked_add(span).ok())
        };
        let last = after(to).and_then(|day| day.checked_sub(1.day()).ok());
        match (after(from.saturating_sub(1)), last) {
            (Some(begin), Some(end)) => {
                self.say("rotation-days", &[("from", &self.day(begin)), ("to", &self.day(end))])
            }
            _ => String::new(),
        }
    }

    fn day(&self, day: Date) -> String {
        self.say("rotation-day", &[("month", &self.month(day)), ("day", &day.day().to_string())])
    }

    fn month(&self, day: Date) -> String {
        let month = Argument::Number(Decimal::from(day.month()));
        self.wording.words.get("rotation-month", &[("month", month)]).unwrap_or_default()
    }

    /// Each month above the weeks that begin in it.
    fn months(&self, first: Date) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let mut last = None;
        for number in 0..self.unit().in_a_year() {
            let span = match self.unit() {
                Unit::Weeks => Span::new().try_weeks(number),
                Unit::Months => Span::new().try_months(number),
            };
            let Some(day) = span.ok().and_then(|span| first.checked_add(span).ok()) else { continue };
            match ticks.last_mut() {
                Some(tick) if last == Some(day.month()) => tick.span += 1,
                _ => ticks.push(Tick { span: 1, label: self.month(day) }),
            }
            last = Some(day.month());
        }
        ticks
    }

    /// The end of every fourth week, or every month.
    fn ticks(&self) -> Vec<Tick> {
        let step = if self.unit() == Unit::Weeks { 4 } else { 1 };
        let count = self.unit().in_a_year() / step;
        (1..=count).map(|number| Tick { span: step, label: self.tick(number * step) }).collect()
    }

    fn tick(&self, number: u32) -> String {
        let key = if self.unit() == Unit::Weeks { "rotation-tick-week" } else { "rotation-tick-month" };
        self.say(key, &[("number", &number.to_string())])
    }

    /// The fields and categories that there are.
    fn grid_key(&self) -> Vec<KeyItem> {
        let blocks = || self.courses.iter().flat_map(|course| &course.years).flat_map(|year| &year.blocks);
        let is = |category: Category| blocks().any(|block| block.category == category);
        let groups: BTreeSet<usize> = blocks()
            .filter(|block| block.category != Category::Elective)
            .map(|block| self.group(rotation::field(self.data, block)))
            .collect();
        let mut key: Vec<KeyItem> = groups
            .into_iter()
            .filter_map(|group| Some(self.key_item(COLOURS.get(group)?, self.say(GROUPS.get(group)?, &[]))))
            .collect();
        let mut pattern = |category: Category, class: &str| {
            if is(category) {
                key.push(self.key_item(class, self.category(category)));
            }
        };
        pattern(Category::ChoiceRequired, "km rdot");
        pattern(Category::Elective, "k6 hatch");
        if self.courses.iter().any(|course| course.years.iter().any(|year| !year.parallel.is_empty())) {
            key.push(self.key_item("k5 par", self.say("rotation-parallel", &[])));
        }
        key
    }

    /// A course in words.
    fn sentence(&self, course: &'d Course) -> String {
        let year = |(number, year): (usize, &'d Year)| {
            let block = |placed: Placed<'_>| {
                let name = self.full_name(placed.block).text;
                self.say("rotation-of-course", &[("course", &name), ("amount", &self.length(placed.possible))])
            };
            let blocks: Vec<String> = self.placed(year).into_iter().map(block).collect();
            let blocks = self.wording.locale.list(&blocks);
            self.say("rotation-sentence", &[("year", &self.year_name(number + 1)), ("blocks", &blocks)])
        };
        let years: Vec<String> = course.years.iter().enumerate().map(year).collect();
        let years = join_sentences(&years, self.wording);
        self.say("rotation-course-sentence", &[("course", &self.course_text(course)), ("years", &years)])
    }

    /// One row for each block, with everything that tells what it is.
    fn grid_table(&self) -> Grid {
        let several = self.courses.len() > 1;
        let mut columns = Vec::new();
        if several {
            columns.push(self.column("rotation-column-course", false));
        }
        columns.push(self.column("rotation-column-year", false));
        let others = ["when", "department", "category", "length", "place"];
        columns.extend(others.map(|name| self.column(&format!("rotation-column-{name}"), false)));
        let mut rows = Vec::new();
        for course in &self.courses {
            let name = self.course_name(course);
            for (number, year) in course.years.iter().enumerate() {
                let title = self.year_name(number + 1);
                for view in self.rows_of(number + 1, year) {
                    let year_cell = several.then(|| GridCell { text: title.clone(), ..GridCell::default() });
                    let cells = year_cell.into_iter().chain(view).collect();
                    let (label, lang) =
                        if several { (name.text.clone(), name.lang.clone()) } else { (title.clone(), None) };
                    rows.push(Line { label, lang, cells, highlight: false });
                }
            }
        }
        Grid { caption: self.wording.text(&self.programme.name).to_owned(), columns, rows }
    }

    fn rows_of(&self, number: usize, year: &'d Year) -> Vec<Vec<GridCell>> {
        let first = self.programme.first_day(number);
        let cell = |text: String, lang: Option<String>| GridCell { text, lang, ..GridCell::default() };
        let year_place = self.place(&year.place);
        let block = |placed: Placed<'_>| {
            let name = self.full_name(placed.block);
            let place = placed.block.place.as_ref().map_or(year_place.clone(), |place| self.place(place));
            let dates = first.map(|first| self.dates(first, placed.from, placed.to)).unwrap_or_default();
            let when = format!("{} {dates}", self.when(placed.from, placed.to)).trim().to_owned();
            vec![
                cell(when, None),
                cell(name.text, name.lang),
                cell(self.category(placed.block.category), None),
                cell(self.length(placed.possible), None),
                cell(place.text, place.lang),
            ]
        };
        let parallel = |beside: &Parallel| {
            let view = self.parallel_view(beside);
            let parallel = self.say("rotation-parallel", &[]);
            let amount = view.tag.strip_prefix(&parallel).unwrap_or(&view.tag).trim().to_owned();
            vec![
                cell(view.when, None),
                cell(view.label, view.lang),
                cell(parallel, None),
                cell(amount, None),
                cell(year_place.text.clone(), year_place.lang.clone()),
            ]
        };
        self.placed(year).into_iter().map(block).chain(year.parallel.iter().map(parallel)).collect()
    }

    fn grid_dataset(&self) -> Dataset {
        let heads = ["course", "year", "from", "to", "department", "category", "least", "most", "unit", "place"];
        let heads = heads.map(|name| self.say(&format!("rotation-column-{name}"), &[])).to_vec();
        let unit = if self.unit() == Unit::Weeks { "rotation-unit-weeks" } else { "rotation-unit-months" };
        let mut rows = Vec::new();
        for course in &self.courses {
            for (number, year) in course.years.iter().enumerate() {
                for placed in self.placed(year) {
                    let place = placed.block.place.as_ref().unwrap_or(&year.place);
                    rows.push(vec![
                        self.course_text(course),
                        (number + 1).to_string(),
                        placed.from.to_string(),
                        placed.to.to_string(),
                        self.full_name(placed.block).text,
                        self.category(placed.block.category),
                        placed.possible.least.to_string(),
                        placed.possible.most.to_string(),
                        self.say(unit, &[]),
                        self.place(place).text,
                    ]);
                }
            }
        }
        Dataset { heads, rows }
    }
}

/// From what to what of a year its trainees choose.
fn chosen(year: &Year, unit: Unit) -> Range {
    let is = |block: &&Block| block.category == Category::Elective;
    let sum = |elective: bool, most: bool| {
        let blocks = year.blocks.iter().filter(|block| is(block) == elective).map(|block| block.length);
        blocks.fold(0u32, |sum, length| sum.saturating_add(if most { length.most } else { length.least }))
    };
    let whole = unit.in_a_year();
    let least = sum(true, false).max(whole.saturating_sub(sum(false, true)));
    let most = sum(true, true).min(whole.saturating_sub(sum(false, false)));
    if least <= most { Range { least, most } } else { Range { least: sum(true, false), most: sum(true, true) } }
}
