//! What a plan gives, held against the rules: amounts from the least to the most that its ranges and choices allow.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::rounded;
use crate::model::data::Data;
use crate::model::programme::{
    Assignment, Block, Course, FREE_CHOICE, Parallel, Place, PlaceKind, Programme, Range, Rule, RulePlace, RuleSet,
    Unit, Year,
};

/// A length in thirtieths of a week: weeks, months of a year of 52 weeks, and half-days are all whole in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(u64);

impl Time {
    /// So many weeks or months.
    pub fn of(amount: u32, unit: Unit) -> Time {
        Time(u64::from(amount) * per(unit))
    }

    /// Half-days: ten of them are a week of five days.
    pub fn of_half_days(count: u32) -> Time {
        Time(u64::from(count) * 3)
    }

    /// How many weeks or months it is, with one decimal.
    pub fn in_unit(self, unit: Unit) -> Decimal {
        rounded(Decimal::from(self.0) / Decimal::from(per(unit)), 1).normalize()
    }

    fn plus(self, other: Time) -> Time {
        Time(self.0.saturating_add(other.0))
    }
}

/// How many thirtieths of a week a unit has.
fn per(unit: Unit) -> u64 {
    match unit {
        Unit::Weeks => 30,
        Unit::Months => 130,
    }
}

/// What became of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict<'d> {
    /// The rule set that it is one of.
    pub set: &'d RuleSet,
    /// The rule.
    pub rule: &'d Rule,
    /// The least that the plan gives.
    pub least: Time,
    /// The most that it can give.
    pub most: Time,
    /// Whether that is enough.
    pub standing: Standing,
    /// The blocks that count, or may.
    pub blocks: Vec<&'d Block>,
}

/// Whether what a plan gives is what a rule asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Whatever the trainee chooses, the rule holds.
    Holds,
    /// It depends on what is chosen, or on a place that the plan does not name.
    CanHold,
    /// It holds, but what is desirable is not reached; or it is only advice, and not followed.
    BelowDesirable,
    /// The plan says nothing of training that may run beside other training.
    Unstated,
    /// Whatever the trainee chooses, it does not hold.
    Fails,
}

impl Standing {
    /// The name in classes and messages.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Holds => "holds",
            Standing::CanHold => "can-hold",
            Standing::BelowDesirable => "below",
            Standing::Unstated => "unstated",
            Standing::Fails => "fails",
        }
    }
}

/// Every rule that the programme is held to, on one of its courses.
pub fn verdicts<'d>(data: &'d Data, programme: &Programme, course: &'d Course) -> Vec<Verdict<'d>> {
    let sets = programme.rule_sets.iter().filter_map(|id| data.rule_set(id));
    let rules = sets.flat_map(|set| set.rules.iter().map(move |rule| (set, rule)));
    rules.map(|(set, rule)| verdict(data, programme.unit, course, set, rule)).collect()
}

/// One rule on a course whose blocks are counted in `unit`.
pub fn verdict<'d>(data: &'d Data, unit: Unit, course: &'d Course, set: &'d RuleSet, rule: &'d Rule) -> Verdict<'d> {
    let years = course.years.iter().enumerate();
    let wanted =
        |number: usize| rule.year.is_none_or(|year| usize::try_from(year).is_ok_and(|year| year == number + 1));
    let years: Vec<&Year> = years.filter(|(number, _)| wanted(*number)).map(|(_, year)| year).collect();
    let count = |most: bool| amount(data, unit, &years, set, rule, most);
    let (least, most) = (count(false), count(true));
    let blocks: Vec<&Block> = years
        .iter()
        .flat_map(|year| year.blocks.iter().filter(|block| part(data, rule, year, block, true) != Part::Rest))
        .collect();
    let is_stated = !blocks.is_empty() || most > Time::default();
    let standing = if rule.parallel && !is_stated { Standing::Unstated } else { standing(rule, set.unit, least, most) };
    Verdict { set, rule, least, most, standing, blocks }
}

fn standing(rule: &Rule, unit: Unit, least: Time, most: Time) -> Standing {
    let time = |amount: u32| Time::of(amount, unit);
    let never =
        rule.at_least.is_some_and(|bound| most < time(bound)) || rule.at_most.is_some_and(|bound| least > time(bound));
    let always =
        rule.at_least.is_none_or(|bound| least >= time(bound)) && rule.at_most.is_none_or(|bound| most <= time(bound));
    let below = rule.desirable.is_some_and(|bound| most < time(bound));
    match (never, always) {
        (true, _) if rule.advice => Standing::BelowDesirable,
        (true, _) => Standing::Fails,
        (_, true) if below => Standing::BelowDesirable,
        (_, true) => Standing::Holds,
        (_, false) => Standing::CanHold,
    }
}

/// As what a block counts towards a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it.
    Main,
    /// Only up to the amount of `also`.
    Also,
    /// It does not.
    Rest,
}

/// Whether something is so whatever the trainee chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Truth {
    Always,
    Maybe,
    Never,
}

impl Truth {
    /// From which of several choices it holds.
    fn among(choices: impl Iterator<Item = Truth>) -> Truth {
        let choices: Vec<Truth> = choices.collect();
        match choices.first() {
            Some(first) if choices.iter().all(|choice| choice == first) => *first,
            Some(_) => Truth::Maybe,
            None => Truth::Never,
        }
    }

    fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Never, _) | (_, Truth::Never) => Truth::Never,
            (Truth::Always, Truth::Always) => Truth::Always,
            _ => Truth::Maybe,
        }
    }

    /// As it is counted where the most or the least is asked for.
    fn counts(self, most: bool) -> bool {
        self == Truth::Always || most && self == Truth::Maybe
    }
}

/// As what a block counts where its trainee chooses in favour of the rule (`most`), or against it.
fn part(data: &Data, rule: &Rule, year: &Year, block: &Block, most: bool) -> Part {
    let also = |(department, _): &(String, u32)| matches(data, block, std::slice::from_ref(department));
    let also = rule.also.as_ref().map_or(Truth::Never, also).counts(most);
    let place = block.place.as_ref().unwrap_or(&year.place);
    let main = matches(data, block, &rule.departments).and(is_there(data, rule, place)).counts(most);
    match (main, also) {
        // Anaesthesia within emergency medicine is counted as anaesthesia; at the core hospital all is at the core hospital.
        (true, true) if !rule.departments.is_empty() => Part::Also,
        (true, _) => Part::Main,
        (false, true) => Part::Also,
        (false, false) => Part::Rest,
    }
}

/// Whether a block is in one of the departments; in any, where there are none.
fn matches(data: &Data, block: &Block, departments: &[String]) -> Truth {
    if departments.is_empty() {
        return Truth::Always;
    }
    let one = |option: &Assignment| {
        let truths: Vec<Truth> = departments.iter().map(|department| assigned(data, option, department)).collect();
        match () {
            () if truths.contains(&Truth::Always) => Truth::Always,
            () if truths.contains(&Truth::Maybe) => Truth::Maybe,
            () => Truth::Never,
        }
    };
    Truth::among(block.options.iter().map(one))
}

/// Whether an assignment is in a department.
fn assigned(data: &Data, option: &Assignment, department: &str) -> Truth {
    if option.department == FREE_CHOICE {
        return Truth::Maybe;
    }
    if data.is_within(&option.department, department) {
        return Truth::Always;
    }
    if option.tracks.is_empty() {
        // Internal medicine as a whole may be haematology.
        return if data.is_within(department, &option.department) { Truth::Maybe } else { Truth::Never };
    }
    let inside = |id: &str| if data.is_within(id, department) { Truth::Always } else { Truth::Never };
    let may_be = data.is_within(department, &option.department);
    let unknown = if may_be { Truth::Maybe } else { Truth::Never };
    Truth::among(option.tracks.iter().map(|track| track.department.as_deref().map_or(unknown, inside)))
}

/// Whether a place is where the rule asks for.
fn is_there(data: &Data, rule: &Rule, place: &Place) -> Truth {
    match rule.at {
        None => Truth::Always,
        Some(RulePlace::Core) => match place.kind {
            Some(PlaceKind::Core) => Truth::Always,
            Some(_) => Truth::Never,
            None => Truth::Maybe,
        },
        Some(RulePlace::Shortage) => match place.shortage {
            Some(true) => Truth::Always,
            Some(false) => Truth::Never,
            None if place.hospitals.is_empty() => Truth::Maybe,
            None => Truth::among(place.hospitals.iter().map(|id| in_prefectures(data, id, &rule.prefectures))),
        },
    }
}

fn in_prefectures(data: &Data, hospital: &str, codes: &[String]) -> Truth {
    let Some(area) = data.hospital(hospital).and_then(|known| data.area(known.area.as_deref()?)) else {
        return Truth::Maybe;
    };
    let coded = |code: &str| codes.iter().any(|known| code.starts_with(known.as_str()));
    let around = std::iter::once(area).chain(data.ancestors(area)).filter_map(|area| area.code.as_deref());
    if around.into_iter().any(coded) { Truth::Always } else { Truth::Never }
}

/// The most or the least that the years give.
fn amount(data: &Data, unit: Unit, years: &[&Year], set: &RuleSet, rule: &Rule, most: bool) -> Time {
    let cap = rule.also.as_ref().map_or(Time::default(), |(_, amount)| Time::of(*amount, set.unit));
    // How much there is of what counts only in part, and with that from what to what of the rest that counts.
    let mut states = BTreeMap::from([(0u64, (0u64, 0u64))]);
    for year in years {
        let ways = ways(&sums(data, rule, year, most), unit);
        let mut next: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
        for (also, (least, greatest)) in &states {
            for (more, from, to) in &ways {
                let entry = next.entry(also + more).or_insert((u64::MAX, 0));
                *entry = (entry.0.min(least + from), entry.1.max(greatest + to));
            }
        }
        states = next;
    }
    let total = |(also, bounds): (&u64, &(u64, u64))| {
        let main = if most { bounds.1 } else { bounds.0 };
        Time(main.saturating_mul(per(unit))).plus(Time(also.saturating_mul(per(unit))).min(cap))
    };
    let totals = states.iter().map(total);
    let blocks = if most { totals.max() } else { totals.min() }.unwrap_or_default();
    years
        .iter()
        .flat_map(|year| &year.parallel)
        .fold(blocks, |sum, beside| sum.plus(parallel(data, unit, rule, beside, most)))
}

/// The lengths of the blocks of a year by what they count as.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    main: (u64, u64),
    also: (u64, u64),
    rest: (u64, u64),
}

fn sums(data: &Data, rule: &Rule, year: &Year, most: bool) -> Sums {
    let mut sums = Sums::default();
    for block in &year.blocks {
        let sum = match part(data, rule, year, block, most) {
            Part::Main => &mut sums.main,
            Part::Also => &mut sums.also,
            Part::Rest => &mut sums.rest,
        };
        *sum = (sum.0 + u64::from(block.length.least), sum.1 + u64::from(block.length.most));
    }
    sums
}

/// All ways of filling a year: how much of `also`, and with it from what to what of `main`.
///
/// The blocks of a year make up the year: what one range takes, another has not. Where they can't, nothing binds them.
fn ways(sums: &Sums, unit: Unit) -> Vec<(u64, u64, u64)> {
    let year = u64::from(unit.in_a_year());
    let way = |also: u64| {
        let left = year.checked_sub(also)?;
        let from = sums.main.0.max(left.saturating_sub(sums.rest.1));
        let to = sums.main.1.min(left.checked_sub(sums.rest.0)?);
        (from <= to).then_some((also, from, to))
    };
    let ways: Vec<_> = (sums.also.0..=sums.also.1.min(year)).filter_map(way).collect();
    if ways.is_empty() {
        let ends = BTreeSet::from([sums.also.0, sums.also.1]);
        return ends.into_iter().map(|also| (also, sums.main.0, sums.main.1)).collect();
    }
    ways
}

/// What training beside the blocks gives: it counts for departments, and neither for places nor for the whole.
fn parallel(data: &Data, unit: Unit, rule: &Rule, beside: &Parallel, most: bool) -> Time {
    let is_counted = rule.at.is_none()
        && rule.departments.iter().any(|department| assigned(data, &beside.assignment, department).counts(most));
    if !is_counted {
        return Time::default();
    }
    match (beside.half_days, beside.length) {
        (Some(count), _) => Time::of_half_days(count),
        (None, Some(length)) => Time::of(if most { length.most } else { length.least }, unit),
        (None, None) => Time::default(),
    }
}

/// The lengths with which the blocks of a year are drawn: each as short as it may be, and what is left of the year given
/// to the first that may be longer.
pub fn lengths(year: &Year, unit: Unit) -> Vec<u32> {
    let least: u64 = year.blocks.iter().map(|block| u64::from(block.length.least)).sum();
    let mut left = u64::from(unit.in_a_year()).saturating_sub(least);
    let mut drawn = Vec::new();
    for block in &year.blocks {
        let more = left.min(u64::from(block.length.most.saturating_sub(block.length.least)));
        left -= more;
        drawn.push(block.length.least.saturating_add(u32::try_from(more).unwrap_or_default()));
    }
    drawn
}

/// From what to what a block can be, given that those of its year make up the year.
pub fn possible(year: &Year, number: usize, unit: Unit) -> Option<Range> {
    let block = year.blocks.get(number)?;
    let others = || year.blocks.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, block)| block.length);
    let least: u64 = others().map(|length| u64::from(length.least)).sum();
    let most: u64 = others().map(|length| u64::from(length.most)).sum();
    let whole = u64::from(unit.in_a_year());
    let from = u64::from(block.length.least).max(whole.saturating_sub(most));
    let to = u64::from(block.length.most).min(whole.saturating_sub(least));
    if from > to {
        return Some(block.length);
    }
    Some(Range { least: u32::try_from(from).ok()?, most: u32::try_from(to).ok()? })
}

/// The field that a block belongs to: the whole department; [`FREE_CHOICE`] where its choices are of several.
pub fn field<'d>(data: &'d Data, block: &'d Block) -> &'d str {
    let fields: BTreeSet<&str> = block.options.iter().map(|option| data.field(&option.department)).collect();
    match fields.len() {
        1 => fields.first().copied().unwrap_or(FREE_CHOICE),
        _ => FREE_CHOICE,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::data;
    use crate::read::Source;

    const HOSPITALS: &str = "areas: [{id: fukushima, name: 福島県, kind: prefecture, code: '07'}, {id: tokyo, name: 東京都, kind: prefecture, code: '13'}]
";
    const SITES: &str = "hospitals:
  - {id: core, name: 基幹, kind: core, area: tokyo}
  - {id: town, name: 町立, kind: cooperating, area: fukushima}
";

    /// The data with one programme of one course, and these years.
    fn plan(kind: &str, years: &str) -> Data {
        let text = format!(
            "programmes: [{{id: p, name: P, {kind}, source: S, as_of: 2026-04-01, courses: [{{id: a, name: A, years: [{years}]}}]}}]"
        );
        let files = [HOSPITALS.to_owned(), SITES.to_owned(), text];
        let read = |(number, text): (usize, &String)| {
            let checked = data::document(&Source::new(format!("{number}.yaml"), text.as_bytes()));
            assert_eq!(checked.findings, [], "{text}");
            checked.value.map(Arc::new)
        };
        let documents: Vec<_> = files.iter().enumerate().filter_map(read).collect();
        let checked = crate::model::data::assemble(&documents, &Default::default());
        assert_eq!(checked.findings, []);
        checked.value
    }

    /// Rule by rule: the first department or the place, from, to, and what becomes of it.
    fn told(data: &Data) -> Vec<String> {
        let programme = data.programme("p").expect("the programme");
        let verdicts = verdicts(data, programme, &programme.courses[0]);
        let line = |verdict: &Verdict<'_>| {
            let place = verdict.rule.at.map_or("all", |at| if at == RulePlace::Core { "core" } else { "shortage" });
            let about = verdict.rule.departments.first().map_or(place, String::as_str);
            let (least, most) = (verdict.least.in_unit(verdict.set.unit), verdict.most.in_unit(verdict.set.unit));
            format!("{about} {least}-{most} {}", verdict.standing.name())
        };
        verdicts.iter().map(line).collect()
    }

    #[test]
    fn months_weeks_and_half_days_are_one_measure() {
        assert_eq!(Time::of(12, Unit::Months), Time::of(52, Unit::Weeks));
        assert_eq!(Time::of_half_days(40), Time::of(4, Unit::Weeks));
        assert_eq!(Time::of(1, Unit::Months).in_unit(Unit::Weeks), Decimal::new(43, 1));
        assert_eq!(Time::of(3, Unit::Months).in_unit(Unit::Weeks), Decimal::from(13));
    }

    #[test]
    fn course_a_of_the_haematologists_meets_the_national_rules() {
        // 8 + 4 × 5 = 28 of internal medicine; intensive care 8 + emergency 4 = 12.
        let data = plan("kind: clinical-training", "{sites: [core], blocks: [内科（血液） 8, 内科（腫瘍） 4, 内科（循環器） 4, 内科（呼吸器） 4, 内科（脳神経） 4, 内科（免疫） 4, 救急（ICU） 8, 外科（消化器） 4, 産婦人科 4, 小児科 4, 精神科 4]},
            {sites: [town], blocks: [地域医療 4, 救急 4, 選択 内科（血液・一般内科） 44]}");
        assert_eq!(
            told(&data),
            [
                "internal-medicine 72-72 holds",
                "emergency 12-12 holds",
                "surgery 4-4 below",
                "paediatrics 4-4 below",
                "obstetrics-gynaecology 4-4 below",
                "psychiatry 4-4 below",
                "community-medicine 4-4 below",
                "general-outpatient 0-0 unstated",
                // 52 at the university, and the 4 of community medicine that may be counted.
                "core 56-56 holds",
                "all 104-104 holds",
            ]
        );
    }

    #[test]
    fn anaesthesia_counts_up_to_four_weeks() {
        let emergency = |blocks: &str| {
            told(&plan("rules: [clinical-training-2020]", &format!("{{blocks: [{blocks}]}}")))[1].clone()
        };
        assert_eq!(emergency("救急 8, 救急（麻酔科） 4, 内科 40"), "emergency 12-12 holds");
        assert_eq!(emergency("救急 6, 麻酔科 6, 内科 40"), "emergency 10-10 fails");
        // 8 weeks of emergency and anaesthesia together, from 0 to 8 of the latter: 8 − 8 + 4 = 4 at the worst.
        assert_eq!(emergency("救急 0004-8, 麻酔科 4-8, 内科 40"), "emergency 8-12 can-hold");
        assert_eq!(emergency("救急 12 , 麻酔科 40"), "emergency 16-16 holds");
    }

    #[test]
    fn ranges_of_a_year_share_the_year() {
        // 4 + [8, 44] + [4, 40] = 52: haematology from 8 to 44.
        let years = "{blocks: [地域医療 4, 血液内科 8-44, 外科 4-40]}";
        let data = plan("rules: [clinical-training-2020]", years);
        assert_eq!(told(&data)[0], "internal-medicine 8-44 can-hold");
        assert_eq!(told(&data)[2], "surgery 4-40 holds");
        // With 40 fixed, the range of 8 to 44 can only be 12 − 4 = 8.
        let data = plan("rules: [clinical-training-2020]", "{blocks: [地域医療 4, 血液内科 8-44, 外科 40]}");
        assert_eq!(told(&data)[0], "internal-medicine 8-8 fails");
        let year = &data.programme("p").expect("the programme").courses[0].years[0];
        assert_eq!(possible(year, 1, Unit::Weeks), Some(Range::exactly(8)));
        assert_eq!(lengths(year, Unit::Weeks), [4, 8, 40]);
    }

    #[test]
    fn choices_may_hold() {
        let data = plan("rules: [clinical-training-2020]", "{blocks: [外科 / 小児科 4, 自由選択 24, 内科 24]}");
        let told = told(&data);
        assert_eq!(told[0], "internal-medicine 24-48 holds");
        assert_eq!(told[2], "surgery 0-28 can-hold");
        assert_eq!(told[3], "paediatrics 0-28 can-hold");
        assert_eq!(told[4], "obstetrics-gynaecology 0-24 can-hold");
    }

    #[test]
    fn community_medicine_belongs_in_the_second_year() {
        let first = plan("rules: [clinical-training-2020]", "{blocks: [地域医療 8, 内科 44]}, {blocks: [内科 52]}");
        assert_eq!(told(&first)[6], "community-medicine 0-0 fails");
        let second = plan("rules: [clinical-training-2020]", "{blocks: [内科 52]}, {blocks: [地域医療 8, 内科 44]}");
        assert_eq!(told(&second)[6], "community-medicine 8-8 holds");
    }

    #[test]
    fn general_outpatient_work_may_run_beside() {
        let outpatient = |parallel: &str| {
            let years = format!("{{blocks: [内科 52], parallel: [{parallel}]}}");
            told(&plan("rules: [clinical-training-2020]", &years))[7].clone()
        };
        assert_eq!(outpatient("{department: 一般外来, half_days: 40}"), "general-outpatient 4-4 below");
        assert_eq!(outpatient("{department: 一般外来, half_days: 39}"), "general-outpatient 3.9-3.9 fails");
        assert_eq!(outpatient("{department: 一般外来, length: 4-8}"), "general-outpatient 4-8 holds");
        assert_eq!(outpatient(""), "general-outpatient 0-0 unstated");
    }

    #[test]
    fn wide_area_cooperation_asks_for_half_a_year_where_physicians_are_short() {
        let told = |site: &str, weeks: u32| {
            let years = format!(
                "{{sites: [core], blocks: [内科 52]}}, {{sites: [core], blocks: [{{department: 内科, length: {weeks}, {site}}}, 内科 {}]}}",
                52 - weeks
            );
            told(&plan("kind: wide-area, intake_year: 2026", &years)).last().cloned().unwrap_or_default()
        };
        assert_eq!(told("sites: [town]", 24), "shortage 24-24 holds");
        assert_eq!(told("sites: [town]", 20), "shortage 20-20 fails");
        assert_eq!(told("sites: [core, town]", 24), "shortage 0-24 can-hold");
        assert_eq!(told("place: 島の病院, shortage: true", 24), "shortage 24-24 holds");
        assert_eq!(told("place: 島の病院", 24), "shortage 0-24 can-hold");
    }

    #[test]
    fn specialty_training_is_counted_in_months() {
        let years = "{blocks: [総合診療専門研修Ⅱ 12]}, {blocks: [内科 6, 小児科 3, 救急科 3]}, {blocks: [総合診療専門研修Ⅰ 6, 自由選択 6]}";
        let old = plan("kind: general-practice, unit: months, intake_year: 2025", years);
        assert_eq!(
            told(&old),
            [
                "all 36-36 holds",
                "general-practice 18-24 holds",
                "general-practice-1 6-12 holds",
                "general-practice-2 12-18 holds",
                "internal-medicine 6-12 can-hold",
                "paediatrics 3-9 holds",
                "emergency 3-9 holds",
            ]
        );
        let new = plan("kind: general-practice, unit: months, intake_year: 2026", years);
        assert_eq!(told(&new)[4], "internal-medicine 6-12 holds");
        // Weeks are held against months too: 26 weeks are 6 months.
        let weeks = plan("rules: [general-practice-2025]", "{blocks: [内科 26, 小児科 12, 救急 14]}");
        assert_eq!(told(&weeks)[4], "internal-medicine 6-6 holds");
        assert_eq!(told(&weeks)[5], "paediatrics 2.8-2.8 fails");
    }

    #[test]
    fn a_part_of_a_department_is_known_by_its_track() {
        let text = "rule_sets: [{id: own, name: N, source: S, rules: [{departments: [血液内科], at_least: 4}, {departments: [ICU], at_least: 4, advice: true}]}]";
        let data = |blocks: &str| {
            let years = format!(
                "programmes: [{{id: p, name: P, rules: [own], source: S, as_of: 2026-04-01, courses: [{{id: a, name: A, years: [{{blocks: [{blocks}]}}]}}]}}]"
            );
            let read = |text: &str| data::document(&Source::new("a.yaml", text.as_bytes())).value.map(Arc::new);
            let documents: Vec<_> = [text, &years].into_iter().filter_map(read).collect();
            told(&crate::model::data::assemble(&documents, &Default::default()).value)
        };
        assert_eq!(data("内科（血液） 4, 救急 48"), ["haematology 4-4 holds", "intensive-care 0-48 can-hold"]);
        assert_eq!(
            data("内科（血液・消化器） 12, 救急（麻酔科） 40"),
            ["haematology 0-12 can-hold", "intensive-care 0-0 below"]
        );
        assert_eq!(data("内科（循環器） 12, 外科 40"), ["haematology 0-0 fails", "intensive-care 0-0 below"]);
    }
}
