//! How much time each field has in the courses of a programme.

use std::collections::BTreeSet;

use super::{COLOURS, GROUPS, Plan};
use crate::derive::rotation;
use crate::draw::label::Label;
use crate::draw::mark::{Anchor, Hatch, Mark, Plot, Text as Written};
use crate::model::programme::Course;
use crate::panel::{Column, Common, Dataset, Draft, Graphic, Grid, GridCell, Line, join_sentences};

/// The stripes of the groups of fields; the first is plain. The key has the same in the style sheet.
const HATCHES: [Option<Hatch>; 5] =
    [None, Some(Hatch::Rising), Some(Hatch::Falling), Some(Hatch::Upright), Some(Hatch::Level)];

/// The fields with the time that they have in each course.
type Totals<'d> = Vec<(&'d str, Vec<u32>)>;

impl<'d> Plan<'d> {
    /// The time of each field, as bars and as a table with the courses side by side.
    pub(super) fn totals(&self, common: Common) -> Draft {
        let totals = self.by_field();
        let plot = self.bars(&totals);
        let used: BTreeSet<usize> = totals.iter().map(|(field, _)| self.group(field)).collect();
        let item = |group: usize| {
            let class = format!("{} u{group}", COLOURS.get(group)?);
            Some(self.key_item(&class, self.say(GROUPS.get(group)?, &[])))
        };
        let graphic = Graphic::with_key(&plot, plot.classes(), used.into_iter().filter_map(item).collect());
        let sentences: Vec<String> = totals.iter().map(|(field, amounts)| self.compared(field, amounts)).collect();
        let most =
            totals.iter().max_by_key(|(_, amounts)| amounts.iter().map(|amount| u64::from(*amount)).sum::<u64>());
        let title = most.map(|(field, amounts)| self.compared(field, amounts)).unwrap_or_default();
        let mut draft = self.draft(common, title, graphic);
        draft.subtitle = self.say("rotation-totals-subtitle", &[("name", self.wording.text(&self.programme.name))]);
        draft.alt = join_sentences(&sentences, self.wording);
        draft.table = self.totals_table(&totals);
        draft.dataset = self.totals_dataset(&totals);
        draft.notes = self.short_notes();
        if self.has_ranges() {
            draft.notes.push(self.say("rotation-totals-ranges", &[]));
        }
        draft
    }

    fn has_ranges(&self) -> bool {
        let years = self.courses.iter().flat_map(|course| &course.years);
        years.flat_map(|year| &year.blocks).any(|block| !block.length.is_exact())
    }

    fn by_field(&self) -> Totals<'d> {
        let mut totals: Totals<'d> = Vec::new();
        for (number, course) in self.courses.iter().enumerate() {
            for (field, amount) in self.amounts(course) {
                let at = totals.iter().position(|(known, _)| *known == field).unwrap_or_else(|| {
                    totals.push((field, vec![0; self.courses.len()]));
                    totals.len() - 1
                });
                if let Some(cell) = totals.get_mut(at).and_then(|(_, amounts)| amounts.get_mut(number)) {
                    *cell = cell.saturating_add(amount);
                }
            }
        }
        totals.sort_by_key(|(field, _)| self.group(field));
        totals
    }

    fn amounts(&self, course: &'d Course) -> Vec<(&'d str, u32)> {
        let data = self.data;
        let year = |year: &'d crate::model::programme::Year| {
            let lengths = rotation::lengths(year, self.unit());
            year.blocks.iter().map(|block| rotation::field(data, block)).zip(lengths).collect::<Vec<_>>()
        };
        course.years.iter().flat_map(year).collect()
    }

    /// One bar for each course, with what each group has above its part.
    fn bars(&self, totals: &Totals<'_>) -> Plot {
        let group_sum = |course: usize, group: usize| -> u64 {
            let of_group = totals.iter().filter(|(field, _)| self.group(field) == group);
            of_group.filter_map(|(_, amounts)| amounts.get(course)).map(|amount| u64::from(*amount)).sum()
        };
        let whole = |course: usize| (0..GROUPS.len()).map(|group| group_sum(course, group)).sum::<u64>();
        let longest = (0..self.courses.len()).map(whole).max().unwrap_or(1).max(1);
        let row = 100.0 / self.courses.len().max(1) as f64;
        let mut marks = Vec::new();
        for (number, course) in self.courses.iter().enumerate() {
            let top = number as f64 * row;
            marks.push(text(&self.course_text(course), (0.0, top + row * 0.14), Anchor::Start, "w-b"));
            let mut before = 0;
            for group in 0..GROUPS.len() {
                let amount = group_sum(number, group);
                if amount == 0 {
                    continue;
                }
                let x = |amount: u64| amount as f64 / longest as f64 * 100.0;
                let (left, right) = (x(before), x(before + amount));
                marks.push(Mark::Rect {
                    from: (left, top + row * 0.55),
                    to: (right, top + row * 0.92),
                    class: COLOURS.get(group).copied().unwrap_or_default().to_owned(),
                    hatch: HATCHES.get(group).copied().flatten(),
                });
                marks.push(text(&amount.to_string(), ((left + right) / 2.0, top + row * 0.41), Anchor::Middle, "x"));
                before += amount;
            }
        }
        let height = match self.courses.len() {
            0 | 1 => 6,
            2 => 12,
            3 => 18,
            4 => 24,
            _ => 36,
        };
        Plot { marks, left: 0.0, right: 0.0, height }
    }

    /// `内科：Aコース72週、Bコース64週`.
    fn compared(&self, field: &str, amounts: &[u32]) -> String {
        let one = |(course, amount): (&&Course, &u32)| {
            let amount = self.counted(&amount.to_string(), self.unit());
            self.say("rotation-of-course", &[("course", &self.course_text(course)), ("amount", &amount)])
        };
        let courses: Vec<String> = self.courses.iter().zip(amounts).map(one).collect();
        let courses = self.wording.locale.list(&courses);
        self.say("rotation-compared", &[("field", &self.department(field).text), ("courses", &courses)])
    }

    fn totals_table(&self, totals: &Totals<'_>) -> Grid {
        let course = |course: &&Course| {
            let name = self.course_name(course);
            Column { label: name.text, numeric: true, lang: name.lang }
        };
        let field = std::iter::once(self.column("rotation-column-field", false));
        let columns = field.chain(self.courses.iter().map(course)).collect();
        let row = |(field, amounts): &(&str, Vec<u32>)| {
            let name = self.department(field);
            let cell = |amount: &u32| GridCell {
                text: self.counted(&amount.to_string(), self.unit()),
                sort: Some(amount.to_string()),
                ..GridCell::default()
            };
            Line { label: name.text, lang: name.lang, cells: amounts.iter().map(cell).collect(), highlight: false }
        };
        let caption = self.say("rotation-totals-subtitle", &[("name", self.wording.text(&self.programme.name))]);
        Grid { caption, columns, rows: totals.iter().map(row).collect() }
    }

    fn totals_dataset(&self, totals: &Totals<'_>) -> Dataset {
        let heads = ["course", "field", "length", "unit"];
        let heads = heads.map(|name| self.say(&format!("rotation-column-{name}"), &[])).to_vec();
        let unit = self.say(
            if self.unit() == crate::model::programme::Unit::Weeks {
                "rotation-unit-weeks"
            } else {
                "rotation-unit-months"
            },
            &[],
        );
        let mut rows = Vec::new();
        for (field, amounts) in totals {
            for (course, amount) in self.courses.iter().zip(amounts) {
                let field = self.department(field).text;
                rows.push(vec![self.course_text(course), field, amount.to_string(), unit.clone()]);
            }
        }
        Dataset { heads, rows }
    }
}

fn text(text: &str, at: (f64, f64), anchor: Anchor, class: &str) -> Mark {
    Mark::Text(Written {
        at,
        offset: (0.0, 0.0),
        anchor,
        label: Label { lines: vec![text.to_owned()] },
        class: class.to_owned(),
        lang: None,
    })
}
