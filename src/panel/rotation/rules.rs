//! The rules that a programme is held to, and what each course gives.

use super::Plan;
use crate::derive::rotation::{self, Standing, Verdict};
use crate::locale::Localized;
use crate::model::programme::{Course, Rule, RuleSet, Unit};
use crate::panel::{Column, Common, Dataset, Draft, Graphic, Grid, GridCell, Line};

impl<'d> Plan<'d> {
    /// A row for each rule: what it asks, what each course gives, and whether that is enough.
    pub(super) fn rules(&self, mut common: Common) -> Draft {
        let verdicts: Vec<Vec<Verdict<'d>>> =
            self.courses.iter().map(|course| rotation::verdicts(self.data, self.programme, course)).collect();
        let sets: Vec<&RuleSet> = self.programme.rule_sets.iter().filter_map(|id| self.data.rule_set(id)).collect();
        common.source = common.source.or_else(|| Some(self.sources(&sets)));
        let title = self.counts(&verdicts);
        let mut draft = self.draft(common, title.clone(), Graphic::Table {});
        draft.subtitle = self.say("rotation-rules-subtitle", &[("name", self.wording.text(&self.programme.name))]);
        draft.alt = title;
        draft.notes = self.short_notes();
        draft.notes.extend(self.rule_notes(&sets));
        draft.table = self.rules_table(&verdicts, sets.len() > 1);
        draft.dataset = self.rules_dataset(&verdicts);
        draft
    }

    fn sources(&self, sets: &[&RuleSet]) -> Localized {
        let sources: Vec<&str> = sets.iter().map(|set| self.wording.text(&set.source)).collect();
        let japanese = self.wording.locale.language().is_japanese();
        Localized::any(sources.join(if japanese { "、" } else { "; " }))
    }

    /// What the rules leave open.
    fn rule_notes(&self, sets: &[&RuleSet]) -> Vec<String> {
        let of_sets = sets.iter().filter_map(|set| set.note.as_ref()).map(|note| self.wording.text(note).to_owned());
        let rules = sets.iter().flat_map(|set| &set.rules);
        let of_rules = rules.filter_map(|rule| {
            let note = self.wording.text(rule.note.as_ref()?);
            Some(self.say("rotation-rule-note", &[("rule", &self.about(rule)), ("note", note)]))
        });
        of_sets.chain(of_rules).collect()
    }

    /// How many rules hold.
    fn counts(&self, verdicts: &[Vec<Verdict<'d>>]) -> String {
        let is_kept = |verdict: &&Verdict<'_>| match verdict.standing {
            Standing::Holds => true,
            Standing::BelowDesirable => !verdict.rule.advice,
            Standing::CanHold | Standing::Unstated | Standing::Fails => false,
        };
        let one = |(course, verdicts): (&&Course, &Vec<Verdict<'d>>)| {
            let kept = verdicts.iter().filter(is_kept).count().to_string();
            let amount = self.say("rotation-rule-count", &[("count", &kept)]);
            self.say("rotation-of-course", &[("course", &self.course_text(course)), ("amount", &amount)])
        };
        let all = verdicts.first().map_or(0, Vec::len).to_string();
        let courses: Vec<String> = self.courses.iter().zip(verdicts).map(one).collect();
        let courses = self.wording.locale.list(&courses);
        self.say("rotation-finding-rules", &[("all", &all), ("courses", &courses)])
    }

    /// What a rule is about.
    fn about(&self, rule: &Rule) -> String {
        if let Some(name) = &rule.name {
            return self.wording.text(name).to_owned();
        }
        let names: Vec<String> = rule.departments.iter().map(|id| self.department(id).text).collect();
        names.join(if self.wording.locale.language().is_japanese() { "・" } else { ", " })
    }

    /// What a rule asks.
    fn asked(&self, rule: &Rule, unit: Unit) -> String {
        let bound = |key: &str, amount: Option<u32>| {
            let amount = self.counted(&amount?.to_string(), unit);
            Some(self.say(key, &[("amount", &amount)]))
        };
        let year = rule.year.map(|year| self.say("rotation-in-year", &[("year", &year.to_string())]));
        let also = rule.also.as_ref().map(|(department, amount)| {
            let amount = self.counted(&amount.to_string(), unit);
            self.say("rotation-also", &[("department", &self.department(department).text), ("amount", &amount)])
        });
        let bounds = [
            bound("rotation-at-least", rule.at_least),
            bound("rotation-at-most", rule.at_most),
            bound("rotation-desirable", rule.desirable),
        ];
        let parts: Vec<String> = bounds.into_iter().chain([year, also]).flatten().collect();
        let asked = parts.join(if self.wording.locale.language().is_japanese() { "、" } else { ", " });
        if rule.advice { self.say("rotation-advised", &[("asked", &asked)]) } else { asked }
    }

    fn given(&self, verdict: &Verdict<'_>) -> String {
        let unit = verdict.set.unit;
        let (least, most) = (verdict.least.in_unit(unit), verdict.most.in_unit(unit));
        let (least, most) = (self.wording.locale.number(least), self.wording.locale.number(most));
        let amount = if least == most { least } else { self.say("rotation-range", &[("from", &least), ("to", &most)]) };
        self.counted(&amount, unit)
    }

    fn standing(&self, verdict: &Verdict<'_>) -> String {
        let name = if verdict.rule.advice && verdict.standing == Standing::BelowDesirable {
            "not-followed"
        } else {
            verdict.standing.name()
        };
        self.say(&format!("rotation-verdict-{name}"), &[])
    }

    fn rules_table(&self, verdicts: &[Vec<Verdict<'d>>], with_sets: bool) -> Grid {
        let mut columns = vec![self.column("rotation-column-rule", false)];
        columns.push(self.column("rotation-column-asked", false));
        columns.extend(self.courses.iter().map(|course| {
            let name = self.course_name(course);
            Column { label: name.text, numeric: false, lang: name.lang }
        }));
        if with_sets {
            columns.push(self.column("rotation-column-set", false));
        }
        let cell = |text: String| GridCell { text, ..GridCell::default() };
        let first = verdicts.first().map(Vec::as_slice).unwrap_or_default();
        let row = |(number, verdict): (usize, &Verdict<'d>)| {
            let set = with_sets.then(|| cell(self.wording.text(&verdict.set.name).to_owned()));
            let asked = cell(self.asked(verdict.rule, verdict.set.unit));
            let of_courses = verdicts.iter().filter_map(|verdicts| verdicts.get(number)).map(|verdict| {
                if verdict.standing == Standing::Unstated {
                    return cell(self.standing(verdict));
                }
                let texts = [("verdict", self.standing(verdict)), ("given", self.given(verdict))];
                cell(self.say("rotation-verdict", &[("verdict", &texts[0].1), ("given", &texts[1].1)]))
            });
            let cells = std::iter::once(asked).chain(of_courses).chain(set).collect();
            Line { label: self.about(verdict.rule), lang: None, cells, highlight: false }
        };
        let caption = self.say("rotation-rules-subtitle", &[("name", self.wording.text(&self.programme.name))]);
        Grid { caption, columns, rows: first.iter().enumerate().map(row).collect() }
    }

    fn rules_dataset(&self, verdicts: &[Vec<Verdict<'d>>]) -> Dataset {
        let heads = ["course", "set", "rule", "asked", "least", "most", "unit", "verdict"];
        let heads = heads.map(|name| self.say(&format!("rotation-column-{name}"), &[])).to_vec();
        let mut rows = Vec::new();
        for (course, verdicts) in self.courses.iter().zip(verdicts) {
            for verdict in verdicts {
                let unit = verdict.set.unit;
                let word = if unit == Unit::Weeks { "rotation-unit-weeks" } else { "rotation-unit-months" };
                rows.push(vec![
                    self.course_text(course),
                    self.wording.text(&verdict.set.name).to_owned(),
                    self.about(verdict.rule),
                    self.asked(verdict.rule, unit),
                    verdict.least.in_unit(unit).to_string(),
                    verdict.most.in_unit(unit).to_string(),
                    self.say(word, &[]),
                    self.standing(verdict),
                ]);
            }
        }
        Dataset { heads, rows }
    }
}
