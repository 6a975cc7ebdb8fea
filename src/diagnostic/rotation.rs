//! Findings about training programmes and the rules that they are held to.

use super::{Diagnostic, Message, Span, say};

/// A department that no list has.
pub fn unknown_department<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = say(format!("知らない診療科です: {name}"), format!("unknown department: {name}"));
    Diagnostic::error("unknown-department", message).at(span).found(name).missing(name, known).help(say(
        "新しい診療科なら、content/data/ に `departments:` のファイルを置き、id と name を足してください",
        "add a new department with its id and name to a file of `departments:` in content/data/",
    ))
}

/// A rule set that no file has.
pub fn unknown_rule_set<'a>(span: Span, id: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-rule-set", say(format!("知らない規則です: {id}"), format!("unknown rule set: {id}")))
        .at(span)
        .found(id)
        .missing(id, known)
        .help(say(
            "組み込みの規則か、`rule_sets:` に書いた規則の id を指してください",
            "name one that is built in, or the id of one of `rule_sets:`",
        ))
}

/// Rules for trainees who begin in other years.
pub fn rules_of_other_years(span: Span, id: &str, year: u16, from: Option<u16>, until: Option<u16>) -> Diagnostic {
    let year_or_nothing = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
    let (from, until) = (year_or_nothing(from), year_or_nothing(until));
    let message = say(
        format!("規則 {id} は {year} 年度の研修には当てはまりません"),
        format!("the rules {id} are not for an intake of {year}"),
    );
    Diagnostic::error("rules-of-other-years", message)
        .at(span)
        .found(year.to_string())
        .expected(say(format!("{from}〜{until} 年度"), format!("{from}–{until}")))
        .help(say(
            "その年度の規則を指すか、`rules:` を消して年度に合うものを選ばせてください",
            "name the rules of that year, or leave `rules:` out so that the right ones are taken",
        ))
}

/// A rule set without rules, or a rule that asks for nothing.
pub fn rules_of_nothing(span: Span) -> Diagnostic {
    Diagnostic::error("rules-of-nothing", say("何も求めていない規則です", "these rules ask for nothing"))
        .at(span)
        .expected(say("`at_least`、`at_most`、`desirable` のどれか", "`at_least`, `at_most` or `desirable`"))
        .help(say(
            "`rules: [{departments: [内科], at_least: 24}]` のように書いてください",
            "write them like `rules: [{departments: [内科], at_least: 24}]`",
        ))
}

/// A rule about everything that does not say what it is about.
pub fn rule_without_name(span: Span) -> Diagnostic {
    Diagnostic::error(
        "rule-without-name",
        say("診療科も名前もない規則です", "this rule has neither departments nor a name"),
    )
    .at(span)
    .help(say("`departments:` か `name:` を足してください", "add `departments:` or `name:`"))
}

/// A programme without courses.
pub fn no_courses(span: Span) -> Diagnostic {
    Diagnostic::error("no-courses", say("コースが一つもありません", "this programme has no course")).at(span).help(say(
        "一つしかない場合も、`courses:` に一つ書いてください",
        "write one into `courses:` even where there is only one",
    ))
}

/// A course without years.
pub fn no_years(span: Span) -> Diagnostic {
    Diagnostic::error("no-years", say("年次が一つもありません", "this course has no year"))
        .at(span)
        .help(say("`years:` に 1 年次から順に書いてください", "write its years into `years:`, the first one first"))
}

/// A range whose end comes before its beginning.
pub fn range_upside_down(span: Span, least: u32, most: u32) -> Diagnostic {
    Diagnostic::error(
        "range-upside-down",
        say("範囲の上下が逆です", "the end of this range comes before its beginning"),
    )
    .at(span)
    .found(format!("{least}-{most}"))
    .help(say(format!("{most}-{least} と書いてください"), format!("write {most}-{least}")))
}

/// Weeks in a plan of months, or months in one of weeks.
pub fn other_unit(span: Span, weeks: bool) -> Diagnostic {
    let (ja, en) = if weeks { ("週", "weeks") } else { ("か月", "months") };
    Diagnostic::error(
        "other-unit",
        say("計画の単位と違う単位で書かれています", "this is not in the unit of the programme"),
    )
    .at(span)
    .expected(say(ja, en))
    .help(say(
        "単位をそろえるか、`unit: weeks` または `unit: months` を直してください",
        "use one unit, or correct `unit: weeks` or `unit: months`",
    ))
}

/// Parallel training of no length.
pub fn parallel_without_length(span: Span) -> Diagnostic {
    Diagnostic::error(
        "parallel-without-length",
        say("並行して行う研修の長さがありません", "this parallel training has no length"),
    )
    .at(span)
    .help(say("`half_days: 40`（半日の回数）か `length: 4` を足してください", "add `half_days: 40`, or `length: 4`"))
}

/// Something after the last week of a year.
pub fn outside_the_year(span: Span, found: u32, last: u32) -> Diagnostic {
    Diagnostic::error("outside-the-year", say("1 年の終わりより後ろにあります", "this comes after the end of the year"))
        .at(span)
        .found(found.to_string())
        .expected(say(format!("{last} まで"), format!("at most {last}")))
}

/// Applications that close before they open.
pub fn applications_upside_down(span: Span, until: &str, from_span: Span, from: &str) -> Diagnostic {
    Diagnostic::error(
        "applications-upside-down",
        say("応募の締め切りが受け付け開始より前です", "applications close before they open"),
    )
    .at(span)
    .found(until)
    .expected(say(format!("{from} 以後の日付"), format!("a day from {from} on")))
    .related(from_span, say("受け付けの初日", "the first day"))
    .help(say("from と until を取り違えていないか確かめてください", "check that `from` and `until` are not swapped"))
}

/// The lengths of a year, for [`year_does_not_add_up`].
pub struct YearLength<'y> {
    /// Its course.
    pub course: &'y Message,
    /// Its number, from 1.
    pub year: usize,
    /// The least that its blocks can be.
    pub least: u32,
    /// The most that its blocks can be.
    pub most: u32,
    /// How long it must be.
    pub expected: u32,
    /// Whether it is counted in weeks.
    pub weeks: bool,
}

/// Blocks that do not make up a year.
pub fn year_does_not_add_up(span: Span, length: &YearLength<'_>) -> Diagnostic {
    let (ja, en) = if length.weeks { ("週", "weeks") } else { ("か月", "months") };
    let YearLength { course, year, expected, .. } = length;
    let found = if length.least == length.most {
        length.least.to_string()
    } else {
        format!("{}-{}", length.least, length.most)
    };
    let message = say(
        format!("{} の {year} 年次は合計 {found} {ja}で、{expected} {ja}になりません", course.ja),
        format!("year {year} of {} has {found} {en} and not {expected}", course.en),
    );
    let help = if length.most < *expected {
        let missing = expected - length.most;
        say(
            format!("{missing} {ja}足りません。抜けた研修がないか確かめてください"),
            format!("{missing} {en} are missing: look for a block left out"),
        )
    } else {
        let over = length.least.saturating_sub(*expected);
        say(
            format!("{over} {ja}多すぎます。期間を確かめてください"),
            format!("there are {over} {en} too many: check the lengths"),
        )
    };
    Diagnostic::error("year-does-not-add-up", message)
        .at(span)
        .found(found)
        .expected(say(format!("{expected} {ja}"), format!("{expected} {en}")))
        .help(help)
}

/// A block that begins before the one before it ends, or after a gap.
pub fn blocks_do_not_meet(span: Span, before: Span, from: u32, expected: u32) -> Diagnostic {
    let (code, message) = if from < expected {
        ("blocks-overlap", say("前の研修と期間が重なっています", "this block overlaps the one before it"))
    } else {
        ("gap-between-blocks", say("前の研修とのあいだが空いています", "there is a gap before this block"))
    };
    Diagnostic::error(code, message)
        .at(span)
        .found(from.to_string())
        .expected(say(format!("{expected} から"), format!("from {expected} on")))
        .related(before, say("前の研修", "the block before it"))
        .help(say(
            "`from:` か、前の研修の期間を直してください。順に続くなら `from:` は要りません",
            "correct `from:` or the length before it; blocks that follow each other need no `from:`",
        ))
}

/// What a plan breaks, for [`rule_broken`].
pub struct BrokenRule<'r> {
    /// The course.
    pub course: &'r Message,
    /// What the rule is about.
    pub rule: Message,
    /// What the plan gives.
    pub given: Message,
    /// What the rule asks.
    pub asked: Message,
    /// Where the rule is written.
    pub source: Message,
    /// The blocks that count.
    pub blocks: Vec<Span>,
}

/// A plan that breaks a rule.
pub fn rule_broken(span: Span, broken: BrokenRule<'_>) -> Diagnostic {
    let BrokenRule { course, rule, given, asked, source, blocks } = broken;
    let message = say(
        format!("{} は「{}」の基準を満たしません（{}、必要なのは{}）", course.ja, rule.ja, given.ja, asked.ja),
        format!("{} does not meet the rule on {}: {}, where {} is asked", course.en, rule.en, given.en, asked.en),
    );
    let finding = Diagnostic::warning("rotation-rule", message).at(span).found(given.en).expected(asked);
    let counted = |finding: Diagnostic, block: Span| finding.related(block, say("数えた研修", "a block that counts"));
    blocks.into_iter().fold(finding, counted).help(say(
        format!("期間を直すか、基準を確かめてください。出典: {}", source.ja),
        format!("change the lengths, or look the rule up in its source: {}", source.en),
    ))
}

/// A programme that no file has.
pub fn unknown_programme<'a>(span: Span, id: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-programme",
        say(format!("知らないプログラムです: {id}"), format!("unknown programme: {id}")),
    )
    .at(span)
    .found(id)
    .missing(id, known)
    .help(say(
        "content/data/ の programmes: にある id を書いてください",
        "write the id of one of `programmes:` in content/data/",
    ))
}

/// A course that the programme does not have.
pub fn unknown_course<'a>(span: Span, id: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error("unknown-course", say(format!("知らないコースです: {id}"), format!("unknown course: {id}")))
        .at(span)
        .found(id)
        .missing(id, known)
}

/// The rules of a programme that is held to none.
pub fn no_rules(span: Span, id: &str) -> Diagnostic {
    let message = say(
        format!("プログラム {id} には、照らし合わせる規則がありません"),
        format!("the programme {id} is held to no rules"),
    );
    Diagnostic::error("no-rules", message).at(span).help(say(
        "プログラムに `rules: [規則の id]` を足してください",
        "add `rules: [id of a rule set]` to the programme",
    ))
}
