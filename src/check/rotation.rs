//! Rotation plans must add up to their years and keep the rules that they are held to.

use crate::derive::rotation::{self, Standing, Time, Verdict};
use crate::diagnostic::rotation::{BrokenRule, YearLength};
use crate::diagnostic::{Diagnostic, Message, rotation as findings, say};
use crate::locale::{Language, Localized};
use crate::model::Site;
use crate::model::data::Data;
use crate::model::programme::{Course, Programme, Rule, Unit, Year};

/// What is wrong with the plans of programmes.
pub(super) fn broken(site: &Site) -> Vec<Diagnostic> {
    let courses = site.data.programmes().flat_map(|programme| programme.courses.iter().map(move |it| (programme, it)));
    courses.flat_map(|(programme, course)| of_course(&site.data, programme, course)).collect()
}

fn of_course(data: &Data, programme: &Programme, course: &Course) -> Vec<Diagnostic> {
    let years = course.years.iter().enumerate();
    let mut found: Vec<Diagnostic> =
        years.flat_map(|(number, year)| of_year(programme.unit, course, number + 1, year)).collect();
    // Where the lengths themselves are wrong, what follows from them says nothing.
    if found.is_empty() {
        let verdicts = rotation::verdicts(data, programme, course);
        let fails = verdicts.iter().filter(|verdict| verdict.standing == Standing::Fails);
        found.extend(fails.map(|verdict| rule_broken(data, course, verdict)));
    }
    found
}

fn of_year(unit: Unit, course: &Course, number: usize, year: &Year) -> Vec<Diagnostic> {
    let mut found = meeting(year);
    let least = year.blocks.iter().fold(0u32, |sum, block| sum.saturating_add(block.length.least));
    let most = year.blocks.iter().fold(0u32, |sum, block| sum.saturating_add(block.length.most));
    let expected = unit.in_a_year();
    if !(least..=most).contains(&expected) {
        let name = both(&course.name);
        let length = YearLength { course: &name, year: number, least, most, expected, weeks: unit == Unit::Weeks };
        found.push(findings::year_does_not_add_up(year.span.clone(), &length));
    }
    found
}

/// Blocks that say where they begin must begin where the one before them ends.
fn meeting(year: &Year) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // After a range nobody can tell where the next block begins.
    let mut next = Some(1u32);
    let mut before = &year.span;
    for block in &year.blocks {
        if let (Some(from), Some(expected)) = (block.from, next)
            && from != expected
        {
            found.push(findings::blocks_do_not_meet(block.span.clone(), before.clone(), from, expected));
        }
        next =
            block.from.or(next).filter(|_| block.length.is_exact()).map(|from| from.saturating_add(block.length.least));
        before = &block.span;
    }
    found
}

fn rule_broken(data: &Data, course: &Course, verdict: &Verdict<'_>) -> Diagnostic {
    let unit = verdict.set.unit;
    let broken = BrokenRule {
        course: &both(&course.name),
        rule: about(data, verdict.rule),
        given: given(verdict.least, verdict.most, unit),
        asked: asked(verdict.rule, unit),
        source: both(&verdict.set.source),
        blocks: verdict.blocks.iter().map(|block| block.span.clone()).collect(),
    };
    findings::rule_broken(course.span.clone(), broken)
}

/// What a rule is about, in words.
fn about(data: &Data, rule: &Rule) -> Message {
    if let Some(name) = &rule.name {
        return both(name);
    }
    let names = rule.departments.iter().filter_map(|id| data.department_by_id(id)).map(|known| both(&known.name));
    let (ja, en): (Vec<String>, Vec<String>) = names.map(|name| (name.ja, name.en)).unzip();
    say(ja.join("・"), en.join(", "))
}

fn given(least: Time, most: Time, unit: Unit) -> Message {
    let (from, to) = (least.in_unit(unit), most.in_unit(unit));
    let amount = if from == to { from.to_string() } else { format!("{from}–{to}") };
    counted(&amount, unit)
}

fn asked(rule: &Rule, unit: Unit) -> Message {
    let bound = |amount: u32, ja: &str, en: &str| {
        let amount = counted(&amount.to_string(), unit);
        say(format!("{}{ja}", amount.ja), format!("{en} {}", amount.en))
    };
    let least = rule.at_least.map(|amount| bound(amount, "以上", "at least"));
    let most = rule.at_most.map(|amount| bound(amount, "以下", "at most"));
    let year = rule.year.map(|year| say(format!("{year}年次に"), format!(" in year {year}")));
    let bounds = match (least, most) {
        (Some(least), Some(most)) => say(format!("{}{}", least.ja, most.ja), format!("{} and {}", least.en, most.en)),
        (least, most) => least.or(most).unwrap_or_else(|| say("", "")),
    };
    match year {
        Some(year) => say(format!("{}{}", year.ja, bounds.ja), format!("{}{}", bounds.en, year.en)),
        None => bounds,
    }
}

fn counted(amount: &str, unit: Unit) -> Message {
    match unit {
        Unit::Weeks => say(format!("{amount}週"), format!("{amount} weeks")),
        Unit::Months => say(format!("{amount}か月"), format!("{amount} months")),
    }
}

/// A label in the two languages in which findings speak.
fn both(label: &Localized) -> Message {
    let japanese = Language::japanese();
    let english = Language::parse("en").unwrap_or_else(|| japanese.clone());
    say(label.text(&japanese, &japanese), label.text(&english, &japanese))
}
