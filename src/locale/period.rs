//! Periods: the stretches of time that figures belong to. A calendar year, a fiscal year, a month, a day.
//!
//! People write them in many ways (`2018`, `平成30年`, `H30`, `FY2023`, `令和5年度`, `2023-07`); each is read into one
//! [`Period`], so that figures of one year meet however their files name it.

use std::cmp::Ordering;
use std::fmt;

use icu_calendar::cal::Japanese;
use jiff::civil::Date;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stretch of time that a figure belongs to. Ordered by its first day, the shorter one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar year: 2018.
    Year(i32),
    /// A fiscal year, by the calendar year in which it begins: FY2023 is 1 April 2023 to 31 March 2024.
    FiscalYear(i32),
    /// A month: July 2023.
    Month(i32, i8),
    /// A day.
    Date(Date),
}

/// How a period is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodStyle {
    /// 2018年, 2023年度 / 2018, FY2023
    #[default]
    Western,
    /// 平成30年, 令和5年度 / 2018 (Heisei 30), FY2023 (Reiwa 5)
    Era,
    /// For axes and heads of columns: 2018, 2023年度, 2023/7 / 2018, FY2023, Jul 2023
    Short,
}

impl Period {
    /// Reads a period in any of the ways that offices write it.
    ///
    /// - Western: `2018`, `2018年`, `2023-07`, `2023年7月`, `2023-07-07`, `2023/7/7`, `2023年7月7日`.
    /// - Fiscal years: `FY2023`, `2023年度`, `令和5年度`, `R5年度`.
    /// - Eras: `平成30年`, `H30`, `令和元年`, `令和5年7月`, `R5.7.7`.
    /// - Digits and signs may be full-width; spaces count only between digits, where they are an error.
    ///
    /// An era must have been current on some day of the period: `平成31年` and `令和元年` are both 2019, but `平成32年`,
    /// `平成31年5月` and `令和0年` are refused, for they name no time at all. Plans written before an era ended do use
    /// such years; whoever copies one has to say which year is meant. Years before 明治6年 (1873) are refused in
    /// eras, because Japan counted its months by another calendar then.
    pub fn parse(text: &str) -> Option<Period> {
        let text = normalized(text)?;
        if let Some(year) = text.strip_prefix("FY") {
            return western_year(year).filter(|(_, rest)| rest.is_empty()).map(|(year, _)| Period::FiscalYear(year));
        }
        match Era::prefix(&text) {
            Some((era, year, rest)) => within_year(year, rest, true).filter(|period| era.meets(period)),
            None => western_year(&text).and_then(|(year, rest)| within_year(year, rest, false)),
        }
    }

    /// The year of a whole number as YAML and TOML write it: 2018.
    pub fn from_number(number: i64) -> Option<Period> {
        i32::try_from(number).ok().filter(|year| (1000..=9999).contains(year)).map(Period::Year)
    }

    /// The first day.
    pub fn start(&self) -> Date {
        match *self {
            Period::Year(year) => day(year, 1, 1),
            Period::FiscalYear(year) => day(year, 4, 1),
            Period::Month(year, month) => day(year, month, 1),
            Period::Date(date) => date,
        }
    }

    /// The last day.
    pub fn end(&self) -> Date {
        match *self {
            Period::Year(year) => day(year, 12, 31),
            Period::FiscalYear(year) => day(year.saturating_add(1), 3, 31),
            Period::Month(..) => self.start().last_of_month(),
            Period::Date(date) => date,
        }
    }

    /// The year by which the period goes: that of its first day, and so the fiscal year's own.
    pub fn year(&self) -> i32 {
        match *self {
            Period::Year(year) | Period::FiscalYear(year) | Period::Month(year, _) => year,
            Period::Date(date) => date.year().into(),
        }
    }
}

/// A day, or the nearest one there is: no arithmetic on periods can panic, whatever year they were made from.
fn day(year: i32, month: i8, day: i8) -> Date {
    let nearest = if year < 0 { Date::MIN } else { Date::MAX };
    let year = i16::try_from(year).ok();
    year.and_then(|year| Date::new(year, month.clamp(1, 12), day).ok()).unwrap_or(nearest)
}

impl Ord for Period {
    fn cmp(&self, other: &Period) -> Ordering {
        let key = |period: &Period| (period.start(), period.end(), period.year());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The canonical written form, which [`Period::parse`] reads back: 2018, FY2023, 2023-07, 2023-07-07.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year:04}"),
            Period::FiscalYear(year) => write!(f, "FY{year:04}"),
            Period::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Period::Date(date) => write!(f, "{date}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        deserializer.deserialize_any(PeriodVisitor)
    }
}

struct PeriodVisitor;

impl Visitor<'_> for PeriodVisitor {
    type Value = Period;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("時点（2018、FY2023、令和5年度、2023-07、2023-07-07 など）\u{1f}a period such as 2018, FY2023, 2023-07 or 2023-07-07")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Period, E> {
        Period::from_number(number).ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Period, E> {
        let period = i64::try_from(number).ok().and_then(Period::from_number);
        period.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Period, E> {
        Period::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Full-width signs as ASCII in capitals, square eras (㋿) as two characters, and no spaces.
fn normalized(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let mut characters = word.chars().map(narrowed);
        let first = characters.next()?;
        // "2023 07" is no number and no date: nobody can tell which.
        if first.is_ascii_digit() && plain.ends_with(|character: char| character.is_ascii_digit()) {
            return None;
        }
        for character in std::iter::once(first).chain(characters) {
            match ERAS.iter().find(|era| era.square == character) {
                Some(era) => plain.push_str(era.kanji),
                None => plain.push(character.to_ascii_uppercase()),
            }
        }
    }
    Some(plain)
}

fn narrowed(character: char) -> char {
    const SHIFT: u32 = '！' as u32 - '!' as u32;
    match character {
        '！'..='～' => char::from_u32(character as u32 - SHIFT).unwrap_or(character),
        // What keyboards and spreadsheets put where a hyphen is meant.
        '‐' | '‑' | '–' | '−' => '-',
        _ => character,
    }
}

/// Four digits and what follows them.
fn western_year(text: &str) -> Option<(i32, &str)> {
    let (year, rest) = number(text)?;
    (text.len() - rest.len() == 4 && year >= 1000).then_some((year, rest))
}

/// The digits at the beginning, at most four, and what follows them.
fn number(text: &str) -> Option<(i32, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

/// What stands after the year.
fn within_year(year: i32, rest: &str, in_era: bool) -> Option<Period> {
    match rest {
        "" | "年" => return Some(Period::Year(year)),
        "年度" => return Some(Period::FiscalYear(year)),
        _ => {}
    }
    let separator = rest.chars().next().filter(|sign| "年-/.".contains(*sign))?;
    let after_month = if separator == '年' { '月' } else { separator };
    let (month, rest) = month_or_day(&rest[separator.len_utf8()..])?;
    let month = (1..=12).contains(&month).then_some(month)?;
    // 2023.7 may be a number; R5.7 can't be one.
    let month_may_end = separator != '.' || in_era;
    if month_may_end && rest == if separator == '年' { "月" } else { "" } {
        return Some(Period::Month(year, month));
    }
    let (day, rest) = month_or_day(rest.strip_prefix(after_month)?)?;
    let ends = rest == if separator == '年' { "日" } else { "" };
    let date = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    ends.then_some(Period::Date(date))
}

fn month_or_day(text: &str) -> Option<(i8, &str)> {
    let (number, rest) = number(text)?;
    let short = text.len() - rest.len() <= 2;
    short.then(|| i8::try_from(number).ok()).flatten().map(|number| (number, rest))
}

/// An era of Japan. Which days it covers, `icu_calendar` knows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Era {
    code: &'static str,
    first_year: i32,
    pub(super) kanji: &'static str,
    roman: &'static str,
    pub(super) letter: &'static str,
    pub(super) square: char,
}

pub(super) const ERAS: [Era; 5] = [
    Era { code: "reiwa", first_year: 2019, kanji: "令和", roman: "Reiwa", letter: "R", square: '㋿' },
    Era { code: "heisei", first_year: 1989, kanji: "平成", roman: "Heisei", letter: "H", square: '㍻' },
    Era { code: "showa", first_year: 1926, kanji: "昭和", roman: "Shōwa", letter: "S", square: '㍼' },
    Era { code: "taisho", first_year: 1912, kanji: "大正", roman: "Taishō", letter: "T", square: '㍽' },
    Era { code: "meiji", first_year: 1868, kanji: "明治", roman: "Meiji", letter: "M", square: '㍾' },
];

impl Era {
    /// The era that `text` begins with, the Western year of its year, and what follows.
    fn prefix(text: &str) -> Option<(&'static Era, i32, &str)> {
        let after = |era: &Era| text.strip_prefix(era.kanji).or_else(|| text.strip_prefix(era.letter));
        let (era, rest) = ERAS.iter().find_map(|era| Some((era, after(era)?)))?;
        let (year, rest) = match rest.strip_prefix('元') {
            Some(rest) => (1, rest),
            None => number(rest)?,
        };
        (year >= 1).then_some((era, era.first_year + year - 1, rest))
    }

    /// Whether the era was current on some day of `period`. No era lies within one period, so its ends tell.
    fn meets(&'static self, period: &Period) -> bool {
        [period.start(), period.end()].into_iter().any(|date| EraYear::of(date).is_some_and(|year| year.era == self))
    }
}

/// The year of a day as Japan's eras count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EraYear {
    era: &'static Era,
    year: i32,
}

impl EraYear {
    /// `None` before 1873, and in an era that Kairan has no name for yet.
    pub(super) fn of(date: Date) -> Option<EraYear> {
        let (year, month, day) = (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs());
        let date = icu_calendar::Date::try_new_gregorian(year, month, day).ok()?;
        let counted = date.to_calendar(Japanese::new()).era_year();
        let era = ERAS.iter().find(|era| *era.code == *counted.era.as_str())?;
        Some(EraYear { era, year: counted.year })
    }

    /// 令和5, 令和元: what stands before 年.
    pub(super) fn kanji(&self) -> String {
        match self.year {
            1 => format!("{}元", self.era.kanji),
            year => format!("{}{year}", self.era.kanji),
        }
    }

    /// Reiwa 5.
    pub(super) fn roman(&self) -> String {
        format!("{} {}", self.era.roman, self.year)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_way_of_writing_is_read() {
        let table = [
            ("2018", Period::Year(2018)),
            (" 2018年 ", Period::Year(2018)),
            ("２０１８", Period::Year(2018)),
            ("平成30年", Period::Year(2018)),
            ("平成３０年", Period::Year(2018)),
            ("平成 30 年", Period::Year(2018)),
            ("H30", Period::Year(2018)),
            ("Ｈ３０", Period::Year(2018)),
            ("h30", Period::Year(2018)),
            ("㍻30年", Period::Year(2018)),
            ("令和元年", Period::Year(2019)),
            ("平成31年", Period::Year(2019)),
            ("R1", Period::Year(2019)),
            ("R5", Period::Year(2023)),
            ("昭和64年", Period::Year(1989)),
            ("平成元年", Period::Year(1989)),
            ("S1", Period::Year(1926)),
            ("T15", Period::Year(1926)),
            ("大正元年", Period::Year(1912)),
            ("明治45年", Period::Year(1912)),
            ("明治6年", Period::Year(1873)),
            ("FY2023", Period::FiscalYear(2023)),
            ("fy 2023", Period::FiscalYear(2023)),
            ("2023年度", Period::FiscalYear(2023)),
            ("２０２３年度", Period::FiscalYear(2023)),
            ("令和5年度", Period::FiscalYear(2023)),
            ("R5年度", Period::FiscalYear(2023)),
            ("平成31年度", Period::FiscalYear(2019)),
            ("令和元年度", Period::FiscalYear(2019)),
            ("昭和63年度", Period::FiscalYear(1988)),
            ("2023-07", Period::Month(2023, 7)),
            ("2023-7", Period::Month(2023, 7)),
            ("2023/07", Period::Month(2023, 7)),
            ("2023年7月", Period::Month(2023, 7)),
            ("令和5年7月", Period::Month(2023, 7)),
            ("平成31年4月", Period::Month(2019, 4)),
            ("R5.7", Period::Month(2023, 7)),
            ("2023-07-07", Period::Date(date(2023, 7, 7))),
            ("２０２３－０７－０７", Period::Date(date(2023, 7, 7))),
            ("2023/7/7", Period::Date(date(2023, 7, 7))),
            ("2023.7.7", Period::Date(date(2023, 7, 7))),
            ("2023年7月7日", Period::Date(date(2023, 7, 7))),
            ("令和5年7月7日", Period::Date(date(2023, 7, 7))),
            ("R5.7.7", Period::Date(date(2023, 7, 7))),
            ("2024-02-29", Period::Date(date(2024, 2, 29))),
        ];
        for (text, period) in table {
            assert_eq!(Period::parse(text), Some(period), "{text}");
            assert_eq!(Period::parse(&period.to_string()), Some(period), "{period} reads back");
        }
    }

    #[test]
    fn what_names_no_period_is_refused() {
        let table = [
            "",
            " ",
            "年",
            "18",
            "0018",
            "20180",
            "2018x",
            "2018年頃",
            "20 18",
            "2023 07",
            "2018-13",
            "2018-00",
            "2018-19",
            "2023-02-29",
            "2023-07-07-07",
            "2023-07/07",
            "2023年7",
            "2023年7日",
            "2023年7月7",
            "2023年-7月",
            "2023.7",
            "2023-007",
            "FY",
            "FY23",
            "FY2023年",
            "FY2023-07",
            "令和",
            "令和0年",
            "令和-1年",
            "令和年",
            "令和五年",
            "平成32年",
            "平成40年",
            "平成32年度",
            "平成31年5月",
            "平成31年5月1日",
            "令和元年4月30日",
            "昭和64年度",
            "昭和65年",
            "昭和64年1月8日",
            "明治46年",
            "明治5年",
            "慶応3年",
            "Q5",
            "H30年30月",
            "−5",
            "2018 2019",
            "2018〜2020",
        ];
        for text in table {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn eras_begin_and_end_on_their_days() {
        let table = [
            (date(1872, 12, 31), None),
            (date(1873, 1, 1), Some("明治6")),
            (date(1912, 7, 29), Some("明治45")),
            (date(1912, 7, 30), Some("大正元")),
            (date(1926, 12, 24), Some("大正15")),
            (date(1926, 12, 25), Some("昭和元")),
            (date(1989, 1, 7), Some("昭和64")),
            (date(1989, 1, 8), Some("平成元")),
            (date(2019, 4, 30), Some("平成31")),
            (date(2019, 5, 1), Some("令和元")),
            (date(2023, 7, 7), Some("令和5")),
        ];
        for (day, name) in table {
            assert_eq!(EraYear::of(day).map(|year| year.kanji()).as_deref(), name, "{day}");
        }
        for era in &ERAS[..4] {
            let last_day = Period::Year(era.first_year).end();
            assert_eq!(EraYear::of(last_day), Some(EraYear { era, year: 1 }), "{}", era.code);
        }
    }

    #[test]
    fn periods_know_their_days() {
        let table = [
            (Period::Year(2018), date(2018, 1, 1), date(2018, 12, 31)),
            (Period::FiscalYear(2023), date(2023, 4, 1), date(2024, 3, 31)),
            (Period::Month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
            (Period::Date(date(2023, 7, 7)), date(2023, 7, 7), date(2023, 7, 7)),
            (Period::Year(i32::MAX), Date::MAX, Date::MAX),
            (Period::FiscalYear(i32::MIN), Date::MIN, Date::MIN),
            (Period::Month(2023, 99), date(2023, 12, 1), date(2023, 12, 31)),
        ];
        for (period, start, end) in table {
            assert_eq!((period.start(), period.end()), (start, end), "{period:?}");
        }
    }

    #[test]
    fn earlier_and_shorter_periods_come_first() {
        let mut periods = ["2019", "FY2018", "2018", "2018-04", "2018-04-01", "2018-01", "2017"].map(Period::parse);
        periods.sort();
        let sorted = periods.map(|period| period.map_or(String::new(), |period| period.to_string()));
        assert_eq!(sorted, ["2017", "2018-01", "2018", "2018-04-01", "2018-04", "FY2018", "2019"]);
    }

    #[test]
    fn yaml_gives_numbers_and_texts() -> Result<(), serde_yaml::Error> {
        let yaml = "[2018, '2018', FY2023, 2023年度, 2023-07, 2023-07-07, 令和5年7月]";
        let periods: Vec<Period> = serde_yaml::from_str(yaml)?;
        let written = serde_json::to_string(&periods).unwrap_or_default();
        assert_eq!(written, r#"["2018","2018","FY2023","FY2023","2023-07","2023-07-07","2023-07"]"#);
        for refused in ["18", "-5", "2023.07", "平成40年", "true", "[2018]"] {
            let error = serde_yaml::from_str::<Period>(refused)
                .map_or_else(|error| error.to_string(), |period| period.to_string());
            assert!(error.contains("a period such as 2018"), "{refused}: {error}");
        }
        Ok(())
    }
}
