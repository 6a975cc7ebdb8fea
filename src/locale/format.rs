//! Formats: how a language writes numbers, dates, periods and lists, and in which order it puts words.
//!
//! A [`Locale`] is built once per language of the site and shared by everything that prints. Figures are decimals as
//! they were written: their scale is what is printed, and nothing here passes through binary fractions.

use std::cmp::Ordering;
use std::sync::Arc;

use icu_calendar::Gregorian;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::fieldsets::{YM, YMD, YMDE};
use icu_datetime::pattern::FixedCalendarDateTimeNames;
use icu_datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::{Date, Weekday};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::Language;
use super::period::{EraYear, Period, PeriodStyle};

/// The minus sign. ICU writes a hyphen, which is too short beside digits and may end a line.
pub(super) const MINUS: &str = "−";

/// How Japanese marks a number below zero. Other languages always write −4.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Negative {
    /// −4
    #[default]
    Minus,
    /// ▲4, as tables of public offices do
    Triangle,
}

/// How a day is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateStyle {
    /// 2023年7月7日 / 7 July 2023
    #[default]
    Long,
    /// 2023年7月7日（金） / Friday 7 July 2023
    Full,
    /// 2023年7月 / July 2023
    Month,
    /// 2023/7/7 / 7 Jul 2023
    Short,
    /// 令和5年7月7日 / 7 July 2023 (Reiwa 5)
    Era,
}

/// The formats of one language. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Locale(Arc<Formats>);

#[derive(Debug)]
struct Formats {
    language: Language,
    negative: Negative,
    suppressed: String,
    habits: Habits,
    icu: Icu,
}

impl Locale {
    /// The formats of `language`; those of English where ICU does not know the language.
    pub fn new(language: &Language, negative: Negative) -> Locale {
        let negative = if language.is_japanese() { negative } else { Negative::Minus };
        Locale(Arc::new(Formats {
            language: language.clone(),
            negative,
            suppressed: "x".to_owned(),
            habits: Habits::of(language),
            icu: Icu::of(language),
        }))
    }

    /// The same formats with another sign for values that are kept back.
    pub fn with_suppressed(mut self, sign: &str) -> Locale {
        if let Some(formats) = Arc::get_mut(&mut self.0) {
            sign.clone_into(&mut formats.suppressed);
        }
        self
    }

    /// The sign for values that are kept back.
    pub fn suppressed(&self) -> &str {
        &self.0.suppressed
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.0.language
    }

    /// A number with all its decimals: 1,234.50, −4, ▲4.
    pub fn number(&self, value: Decimal) -> String {
        self.with_sign(value, self.unsigned(value))
    }

    /// A number as a change: +641, −4, ▲4, ±0.
    pub fn signed(&self, value: Decimal) -> String {
        self.with_change_sign(value, self.unsigned(value))
    }

    /// A number of per cent as it stands: 8.1 gives 8.1％ in Japanese and 8.1% in English.
    pub fn percent(&self, value: Decimal) -> String {
        self.with_sign(value, self.unsigned_percent(value))
    }

    /// A change in per cent: +1.8％, ▲3.0％.
    pub fn signed_percent(&self, value: Decimal) -> String {
        self.with_change_sign(value, self.unsigned_percent(value))
    }

    /// A large number in short: 34万, 33.9万, 1.2億 in Japanese; 340K, 1.2M in English.
    ///
    /// At most `digits` decimals, rounded half up, zeros at their end dropped. A number below the language's first
    /// unit is printed as it is, and so is any number in a language whose units Kairan does not know.
    pub fn compact(&self, value: Decimal, digits: u32) -> String {
        let text = match shortened(value.abs(), self.0.habits.units, digits) {
            Some((value, unit)) => format!("{}{}{unit}", self.unsigned(value), self.0.habits.before_unit),
            None => self.unsigned(value),
        };
        self.with_sign(value, text)
    }

    /// A place in an order: 1st, 22nd in English, the bare number elsewhere (words such as 第3位 belong to messages).
    pub fn ordinal(&self, number: u64) -> String {
        let text = self.unsigned(number.into());
        if self.0.habits.order != Order::English {
            return text;
        }
        let suffix = match self.0.icu.ordinal.category_for(number) {
            PluralCategory::One => "st",
            PluralCategory::Two => "nd",
            PluralCategory::Few => "rd",
            _ => "th",
        };
        format!("{text}{suffix}")
    }

    /// A day.
    pub fn date(&self, date: Date, style: DateStyle) -> String {
        if self.language().is_japanese() { japanese_date(date, style) } else { self.0.icu.date(date, style) }
    }

    /// A time of day by the 24-hour clock: 19:30; nine o'clock is 9:00 in Japanese and 09:00 elsewhere.
    pub fn time(&self, hour: i8, minute: i8) -> String {
        if self.language().is_japanese() { format!("{hour}:{minute:02}") } else { format!("{hour:02}:{minute:02}") }
    }

    /// A period. A year in which the era changed goes by the new era (2019 is 令和元年), as official tables do; so does
    /// the fiscal year that begins in it.
    pub fn period(&self, period: Period, style: PeriodStyle) -> String {
        match (period, style) {
            (Period::Date(date), PeriodStyle::Western) => self.date(date, DateStyle::Long),
            (Period::Date(date), PeriodStyle::Era) => self.date(date, DateStyle::Era),
            (Period::Date(date), PeriodStyle::Short) => self.date(date, DateStyle::Short),
            _ if self.language().is_japanese() => japanese_period(period, style),
            (_, PeriodStyle::Era) => with_era(self.western_period(period), period),
            (Period::Month(..), PeriodStyle::Short) => self.0.icu.short_month(period.start()),
            _ => self.western_period(period),
        }
    }

    /// Things one after the other: 内科、外科、救急 / medicine, surgery and emergency.
    pub fn list(&self, items: &[String]) -> String {
        self.0.icu.list.format(items.iter()).to_string()
    }

    /// The order of words; digits in them count as numbers (第2回 before 第10回). Only equal texts are equal.
    ///
    /// Kanji have no order that a reader knows: sort Japanese names by their readings.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.0.icu.collator.compare(left, right).then_with(|| left.cmp(right))
    }

    /// Which plural form goes with a number as it is printed: in English 1 is `One`, but 1.0 is `Other`.
    pub fn plural(&self, value: Decimal) -> PluralCategory {
        match icu_decimal(value) {
            Some(value) => self.0.icu.cardinal.category_for(&value),
            None => PluralCategory::Other,
        }
    }

    fn western_period(&self, period: Period) -> String {
        match period {
            Period::Month(..) => self.0.icu.date(period.start(), DateStyle::Month),
            _ => period.to_string(),
        }
    }

    fn unsigned(&self, value: Decimal) -> String {
        let value = value.abs();
        match icu_decimal(value) {
            Some(value) => self.0.icu.decimal.format(&value).to_string(),
            None => value.to_string(),
        }
    }

    fn unsigned_percent(&self, value: Decimal) -> String {
        format!("{}{}", self.unsigned(value), self.0.habits.percent)
    }

    fn with_sign(&self, value: Decimal, unsigned: String) -> String {
        // A decimal may be −0.
        if value.is_zero() || value.is_sign_positive() {
            return unsigned;
        }
        match self.0.negative {
            Negative::Minus => format!("{MINUS}{unsigned}"),
            Negative::Triangle => format!("▲{unsigned}"),
        }
    }

    fn with_change_sign(&self, value: Decimal, unsigned: String) -> String {
        if value.is_zero() {
            format!("±{unsigned}")
        } else if value.is_sign_positive() {
            format!("+{unsigned}")
        } else {
            self.with_sign(value, unsigned)
        }
    }
}

/// A number with exactly `digits` decimals, halves rounded away from zero as Japanese statistics do (四捨五入).
pub fn round(value: Decimal, digits: u32) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(digits.min(Decimal::MAX_SCALE));
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

/// What `magnitude` is in the largest of `units` that fits, rounded.
fn shortened(magnitude: Decimal, units: &'static [Unit], digits: u32) -> Option<(Decimal, &'static str)> {
    let size = |unit: &Unit| Decimal::from(10_u64.saturating_pow(unit.power));
    let position = units.iter().rposition(|unit| magnitude >= size(unit))?;
    let unit = units.get(position)?;
    let rounded = round(magnitude / size(unit), digits);
    // 9999.6万 rounds up to 1億.
    match units.get(position + 1) {
        Some(next) if rounded * size(unit) >= size(next) => Some((Decimal::ONE, next.name)),
        _ => Some((rounded.normalize(), unit.name)),
    }
}

fn icu_decimal(value: Decimal) -> Option<fixed_decimal::Decimal> {
    fixed_decimal::Decimal::try_from_str(&value.to_string()).ok()
}

fn japanese_date(date: Date, style: DateStyle) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match style {
        DateStyle::Long => format!("{year}年{month}月{day}日"),
        DateStyle::Full => format!("{year}年{month}月{day}日（{}）", japanese_weekday(date.weekday())),
        DateStyle::Month => format!("{year}年{month}月"),
        DateStyle::Short => format!("{year}/{month}/{day}"),
        DateStyle::Era => format!("{}年{month}月{day}日", japanese_year(date)),
    }
}

fn japanese_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

/// The year of a day in its era; the Western one before there were modern eras.
fn japanese_year(date: Date) -> String {
    EraYear::of(date).map_or_else(|| date.year().to_string(), |year| year.kanji())
}

fn japanese_period(period: Period, style: PeriodStyle) -> String {
    let year = match style {
        PeriodStyle::Era => japanese_year(era_day(period)),
        PeriodStyle::Western | PeriodStyle::Short => period.year().to_string(),
    };
    match (period, style) {
        (Period::Year(_), PeriodStyle::Short) => year,
        (Period::Year(_), _) => format!("{year}年"),
        (Period::FiscalYear(_), _) => format!("{year}年度"),
        (Period::Month(_, month), PeriodStyle::Short) => format!("{year}/{month}"),
        (Period::Month(_, month), _) => format!("{year}年{month}月"),
        // `Locale::period` has printed days already.
        (Period::Date(date), _) => japanese_date(date, DateStyle::Long),
    }
}

/// The day whose era names the period: the last one, or for a fiscal year the last one of the year that it begins in.
/// So FY2019 is 令和元年度, and FY1988 is 昭和63年度 although its last months were in 平成.
fn era_day(period: Period) -> Date {
    match period {
        Period::FiscalYear(year) => Period::Year(year).end(),
        _ => period.end(),
    }
}

fn with_era(text: String, period: Period) -> String {
    match EraYear::of(era_day(period)) {
        Some(year) => format!("{text} ({})", year.roman()),
        None => text,
    }
}

/// What ICU has no data for, or other data than our readers expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Habits {
    percent: &'static str,
    before_unit: &'static str,
    units: &'static [Unit],
    order: Order,
}

/// How a language writes places in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// 1st, 2nd
    English,
    /// 1
    Plain,
}

/// A unit of large numbers: ten to a `power`.
#[derive(Debug, PartialEq, Eq)]
struct Unit {
    power: u32,
    name: &'static str,
}

const fn unit(power: u32, name: &'static str) -> Unit {
    Unit { power, name }
}

const JAPANESE_UNITS: &[Unit] = &[unit(4, "万"), unit(8, "億"), unit(12, "兆"), unit(16, "京")];
const ENGLISH_UNITS: &[Unit] = &[unit(3, "K"), unit(6, "M"), unit(9, "B"), unit(12, "T")];
const CHINESE_UNITS: &[Unit] = &[unit(4, "万"), unit(8, "亿"), unit(12, "万亿")];
const TRADITIONAL_CHINESE_UNITS: &[Unit] = &[unit(4, "萬"), unit(8, "億"), unit(12, "兆")];
const KOREAN_UNITS: &[Unit] = &[unit(4, "만"), unit(8, "억"), unit(12, "조")];
const PORTUGUESE_UNITS: &[Unit] = &[unit(3, "mil"), unit(6, "mi"), unit(9, "bi"), unit(12, "tri")];
const VIETNAMESE_UNITS: &[Unit] = &[unit(3, "N"), unit(6, "Tr"), unit(9, "T")];

impl Habits {
    fn of(language: &Language) -> Habits {
        const PLAIN: Habits = Habits { percent: "%", before_unit: "", units: &[], order: Order::Plain };
        const SPACED: Habits = Habits { percent: "\u{a0}%", before_unit: "\u{a0}", ..PLAIN };
        let tag = language.html();
        let spaced = |units| Habits { units, before_unit: "\u{a0}", ..PLAIN };
        match tag.split('-').next().unwrap_or(tag) {
            "ja" => Habits { percent: "％", units: JAPANESE_UNITS, ..PLAIN },
            "en" => Habits { units: ENGLISH_UNITS, order: Order::English, ..PLAIN },
            "zh" if tag.starts_with("zh-hant") => Habits { units: TRADITIONAL_CHINESE_UNITS, ..PLAIN },
            "zh" => Habits { units: CHINESE_UNITS, ..PLAIN },
            "ko" => Habits { units: KOREAN_UNITS, ..PLAIN },
            "pt" => spaced(PORTUGUESE_UNITS),
            "vi" => spaced(VIETNAMESE_UNITS),
            "fr" => Habits { percent: "\u{202f}%", ..SPACED },
            "de" | "es" | "uk" | "ru" | "fi" | "sv" | "da" | "nb" | "cs" | "sk" => SPACED,
            _ => PLAIN,
        }
    }
}

/// What ICU knows of a language.
#[derive(Debug)]
struct Icu {
    british: bool,
    decimal: DecimalFormatter,
    list: ListFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    collator: CollatorBorrowed<'static>,
    long: Days<YMD>,
    full: Days<YMDE>,
    short: Days<YMD>,
    month: Days<YM>,
    short_month: Days<YM>,
}

type Days<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// A formatter of days that has digits in any case. ICU 2.4 decides whether it needs them by another pattern than the
/// one it prints, and so finds none in "julho de 2023".
macro_rules! days {
    ($locale:expr, $fields:expr) => {{
        let formatter = Days::try_new($locale.into(), $fields)?;
        let mut names = FixedCalendarDateTimeNames::from_formatter($locale.into(), formatter);
        names.include_decimal_formatter()?;
        names.try_into_formatter($fields).map_err(|(error, _)| error)?
    }};
}

/// British English: 7 July 2023; medicine, surgery and emergency.
const ENGLISH: icu_locale_core::Locale = icu_locale_core::locale!("en-GB");

impl Icu {
    fn of(language: &Language) -> Icu {
        let known = icu_locale(language).and_then(|locale| Icu::load(&locale).ok()).filter(Icu::knows_months);
        // ICU's data is compiled in; that of English is there whatever the input.
        known.unwrap_or_else(|| Icu::load(&ENGLISH).expect("the English formats are compiled in"))
    }

    fn load(locale: &icu_locale_core::Locale) -> Result<Icu, DateTimeFormatterLoadError> {
        let mut order = CollatorPreferences::from(locale);
        order.numeric_ordering = Some(CollationNumericOrdering::True);
        Ok(Icu {
            british: *locale == ENGLISH,
            decimal: DecimalFormatter::try_new(locale.into(), Default::default())?,
            list: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
            cardinal: PluralRules::try_new_cardinal(locale.into())?,
            ordinal: PluralRules::try_new_ordinal(locale.into())?,
            collator: Collator::try_new(order, CollatorOptions::default())?,
            long: days!(locale, YMD::long()),
            full: days!(locale, YMDE::long()),
            short: days!(locale, YMD::medium()),
            month: days!(locale, YM::long()),
            short_month: days!(locale, YM::medium()),
        })
    }

    /// For a language without data ICU silently gives its root formats, whose months are called M01, M02, ….
    fn knows_months(&self) -> bool {
        !self.date(Date::constant(2023, 7, 7), DateStyle::Long).contains("M07")
    }

    fn date(&self, date: Date, style: DateStyle) -> String {
        let Some(day) = gregorian(date) else { return date.to_string() };
        match style {
            DateStyle::Long => self.long.format(&day).to_string(),
            // The British style guides that offices follow have no comma after the weekday; ICU has one.
            DateStyle::Full if self.british => self.full.format(&day).to_string().replacen(", ", " ", 1),
            DateStyle::Full => self.full.format(&day).to_string(),
            DateStyle::Month => self.month.format(&day).to_string(),
            DateStyle::Short => self.short.format(&day).to_string(),
            DateStyle::Era => with_era(self.long.format(&day).to_string(), Period::Date(date)),
        }
    }

    fn short_month(&self, date: Date) -> String {
        gregorian(date).map_or_else(|| date.to_string(), |day| self.short_month.format(&day).to_string())
    }
}

fn gregorian(date: Date) -> Option<icu_calendar::Date<Gregorian>> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    icu_calendar::Date::try_new_gregorian(date.year().into(), month, day).ok()
}

/// ICU's name of a language; `None` where the tag is none that the standard allows.
pub(super) fn icu_locale(language: &Language) -> Option<icu_locale_core::Locale> {
    match language.html() {
        "en" => Some(ENGLISH),
        // ICU knows the language of the Philippines by its newer tag only.
        "tl" => Some(icu_locale_core::locale!("fil")),
        tag => icu_locale_core::Locale::try_from_str(tag).ok(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn locale(tag: &str) -> Locale {
        with(tag, Negative::Minus)
    }

    fn with(tag: &str, negative: Negative) -> Locale {
        Locale::new(&Language::parse(tag).expect("a tag"), negative)
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn locales_can_be_shared_between_threads() {
        fn shared<T: Send + Sync + Clone>() {}
        shared::<Locale>();
    }

    #[test]
    fn numbers_keep_their_scale() {
        let table = [
            ("0", "0", "0", "0"),
            ("-0.0", "0.0", "0.0", "0,0"),
            ("1234", "1,234", "1,234", "1.234"),
            ("5091.50", "5,091.50", "5,091.50", "5.091,50"),
            ("-4", "▲4", "−4", "−4"),
            ("-1234567.8", "▲1,234,567.8", "−1,234,567.8", "−1.234.567,8"),
            ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335", "", ""),
        ];
        let (ja, en, vi) = (with("ja", Negative::Triangle), with("en", Negative::Triangle), locale("vi"));
        for (value, japanese, english, vietnamese) in table {
            assert_eq!(ja.number(decimal(value)), japanese);
            if !english.is_empty() {
                assert_eq!(en.number(decimal(value)), english);
                assert_eq!(vi.number(decimal(value)), vietnamese);
            }
        }
        assert_eq!(locale("ja").number(decimal("-4")), "−4");
        assert_eq!(locale("pt").number(decimal("1234567.8")), "1.234.567,8");
    }

    #[test]
    fn changes_carry_a_sign() {
        let (ja, en) = (with("ja", Negative::Triangle), locale("en"));
        let table = [
            ("641", "+641", "+641"),
            ("-4", "▲4", "−4"),
            ("0", "±0", "±0"),
            ("-0.0", "±0.0", "±0.0"),
            ("1641.2", "+1,641.2", "+1,641.2"),
        ];
        for (value, japanese, english) in table {
            assert_eq!((ja.signed(decimal(value)), en.signed(decimal(value))), (japanese.into(), english.into()));
        }
        assert_eq!(ja.signed_percent(decimal("1.8")), "+1.8％");
        assert_eq!(ja.signed_percent(decimal("-3.0")), "▲3.0％");
    }

    #[test]
    fn per_cent_as_each_language_writes_it() {
        let table = [
            ("ja", "8.1％"),
            ("ja-easy", "8.1％"),
            ("en", "8.1%"),
            ("pt", "8,1%"),
            ("vi", "8,1%"),
            ("fr", "8,1\u{202f}%"),
            ("de", "8,1\u{a0}%"),
        ];
        for (tag, text) in table {
            assert_eq!(locale(tag).percent(decimal("8.1")), text, "{tag}");
        }
        assert_eq!(with("ja", Negative::Triangle).percent(decimal("-1.6")), "▲1.6％");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let table = [
            ("0.25", 1, "0.3"),
            ("-0.25", 1, "-0.3"),
            ("2.5", 0, "3"),
            ("8", 1, "8.0"),
            ("-0.04", 1, "0.0"),
            ("14.4044", 2, "14.40"),
        ];
        for (value, digits, rounded) in table {
            assert_eq!(round(decimal(value), digits).to_string(), rounded, "{value}");
        }
        assert_eq!(round(Decimal::MAX, 99), Decimal::MAX);
    }

    #[test]
    fn large_numbers_in_short() {
        let table = [
            ("0", 0, "0", "0"),
            ("999", 0, "999", "999"),
            ("9999", 0, "9,999", "10K"),
            ("9999.7", 0, "9,999.7", "10K"),
            ("10000", 1, "1万", "10K"),
            ("12345", 1, "1.2万", "12.3K"),
            ("12500", 0, "1万", "13K"),
            ("15000", 0, "2万", "15K"),
            ("339623", 0, "34万", "340K"),
            ("339623", 1, "34万", "339.6K"),
            ("338623", 1, "33.9万", "338.6K"),
            ("999950", 1, "100万", "1M"),
            ("99994999", 0, "9,999万", "100M"),
            ("99995000", 0, "1億", "100M"),
            ("99995000", 1, "9,999.5万", "100M"),
            ("60000000", 0, "6,000万", "60M"),
            ("123456789", 1, "1.2億", "123.5M"),
            ("-123456789", 2, "▲1.23億", "−123.46M"),
            ("3400000000000", 1, "3.4兆", "3.4T"),
            ("79228162514264337593543950335", 0, "7,922,816,251,426京", "79,228,162,514,264,338T"),
        ];
        let (ja, en) = (with("ja", Negative::Triangle), locale("en"));
        for (value, digits, japanese, english) in table {
            let value = decimal(value);
            assert_eq!(
                (ja.compact(value, digits), en.compact(value, digits)),
                (japanese.into(), english.into()),
                "{value}"
            );
        }
        let others =
            [("pt", "339,6\u{a0}mil"), ("vi", "339,6\u{a0}N"), ("zh-hant", "34萬"), ("ko", "34만"), ("de", "339.623")];
        for (tag, text) in others {
            assert_eq!(locale(tag).compact(decimal("339623"), 1), text, "{tag}");
        }
    }

    #[test]
    fn places_in_an_order() {
        let en = locale("en");
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 1112].map(|number| en.ordinal(number));
        assert_eq!(
            places,
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st", "1,112th"]
        );
        assert_eq!(locale("ja").ordinal(3), "3");
        assert_eq!(locale("pt").ordinal(1), "1");
    }

    #[test]
    fn dates_in_every_style() {
        use DateStyle::*;
        let day = date(2023, 7, 7);
        let table = [
            ("ja", Long, "2023年7月7日"),
            ("ja", Full, "2023年7月7日（金）"),
            ("ja", Month, "2023年7月"),
            ("ja", Short, "2023/7/7"),
            ("ja", Era, "令和5年7月7日"),
            ("ja-easy", Full, "2023年7月7日（金）"),
            ("en", Long, "7 July 2023"),
            ("en", Full, "Friday 7 July 2023"),
            ("en", Month, "July 2023"),
            ("en", Short, "7 Jul 2023"),
            ("en", Era, "7 July 2023 (Reiwa 5)"),
            ("en-us", Long, "July 7, 2023"),
            ("pt", Long, "7 de julho de 2023"),
            ("pt-br", Month, "julho de 2023"),
            ("vi", Long, "7 tháng 7 2023"),
            ("tl", Long, "Hulyo 7, 2023"),
            ("zz", Long, "7 July 2023"),
            ("tlh-abcdefgh", Long, "7 July 2023"),
        ];
        for (tag, style, text) in table {
            assert_eq!(locale(tag).date(day, style), text, "{tag} {style:?}");
        }
    }

    #[test]
    fn eras_change_on_their_days() {
        let ja = locale("ja");
        let table = [
            (date(1872, 12, 31), "1872年12月31日"),
            (date(1873, 1, 1), "明治6年1月1日"),
            (date(1926, 12, 25), "昭和元年12月25日"),
            (date(1989, 1, 7), "昭和64年1月7日"),
            (date(1989, 1, 8), "平成元年1月8日"),
            (date(2019, 4, 30), "平成31年4月30日"),
            (date(2019, 5, 1), "令和元年5月1日"),
        ];
        for (day, text) in table {
            assert_eq!(ja.date(day, DateStyle::Era), text);
        }
        assert_eq!(locale("en").date(date(1868, 7, 1), DateStyle::Era), "1 July 1868");
    }

    #[test]
    fn periods_in_every_style() {
        use PeriodStyle::*;
        let table = [
            ("ja", "2018", Western, "2018年"),
            ("ja", "2018", Era, "平成30年"),
            ("ja", "2018", Short, "2018"),
            ("ja", "2019", Era, "令和元年"),
            ("ja", "1989", Era, "平成元年"),
            ("ja", "1870", Era, "1870年"),
            ("ja", "FY2023", Western, "2023年度"),
            ("ja", "FY2023", Era, "令和5年度"),
            ("ja", "FY2023", Short, "2023年度"),
            ("ja", "FY2019", Era, "令和元年度"),
            ("ja", "FY1988", Era, "昭和63年度"),
            ("ja", "2023-07", Western, "2023年7月"),
            ("ja", "2019-04", Era, "平成31年4月"),
            ("ja", "2019-05", Era, "令和元年5月"),
            ("ja", "2023-07", Short, "2023/7"),
            ("ja", "2023-07-07", Western, "2023年7月7日"),
            ("ja", "2023-07-07", Era, "令和5年7月7日"),
            ("ja", "2023-07-07", Short, "2023/7/7"),
            ("en", "2018", Western, "2018"),
            ("en", "2018", Era, "2018 (Heisei 30)"),
            ("en", "2018", Short, "2018"),
            ("en", "FY2023", Western, "FY2023"),
            ("en", "FY2023", Era, "FY2023 (Reiwa 5)"),
            ("en", "2023-07", Western, "July 2023"),
            ("en", "2023-07", Short, "Jul 2023"),
            ("en", "2023-07", Era, "July 2023 (Reiwa 5)"),
            ("en", "2023-07-07", Western, "7 July 2023"),
            ("en", "2023-07-07", Short, "7 Jul 2023"),
            ("vi", "FY2023", Western, "FY2023"),
            ("pt", "2023-07", Western, "julho de 2023"),
        ];
        for (tag, period, style, text) in table {
            let period = Period::parse(period).expect("a period");
            assert_eq!(locale(tag).period(period, style), text, "{tag} {period} {style:?}");
        }
    }

    #[test]
    fn times_by_the_clock() {
        assert_eq!((locale("ja").time(19, 30), locale("ja").time(9, 5)), ("19:30".into(), "9:05".into()));
        assert_eq!((locale("en").time(19, 30), locale("en").time(9, 5)), ("19:30".into(), "09:05".into()));
    }

    #[test]
    fn lists_of_things() {
        let table = [
            ("ja", vec!["内科", "外科", "救急"], "内科、外科、救急"),
            ("en", vec!["medicine", "surgery", "emergency"], "medicine, surgery and emergency"),
            ("en", vec!["medicine", "surgery"], "medicine and surgery"),
            ("pt", vec!["a", "b", "c"], "a, b e c"),
            ("vi", vec!["a", "b", "c"], "a, b và c"),
            ("ja", vec!["内科"], "内科"),
            ("ja", vec![], ""),
        ];
        for (tag, items, text) in table {
            let items: Vec<String> = items.into_iter().map(str::to_owned).collect();
            assert_eq!(locale(tag).list(&items), text);
        }
    }

    #[test]
    fn words_in_their_order() {
        let table = [
            (
                "ja",
                vec!["がく", "かく", "ひまわり", "あおもり", "いわき"],
                vec!["あおもり", "いわき", "かく", "がく", "ひまわり"],
            ),
            ("ja", vec!["第10回", "第2回", "第１回"], vec!["第１回", "第2回", "第10回"]),
            ("ja", vec!["サービス", "さーびす", "さあびす"], vec!["さーびす", "サービス", "さあびす"]),
            ("en", vec!["zeta", "Éclair", "alpha", "Edge"], vec!["alpha", "Éclair", "Edge", "zeta"]),
        ];
        for (tag, mut words, sorted) in table {
            let locale = locale(tag);
            words.sort_by(|left, right| locale.compare(left, right));
            assert_eq!(words, sorted);
        }
        assert_eq!(locale("ja").compare("か\u{3099}", "が"), "か\u{3099}".cmp("が"), "only equal texts are equal");
    }

    #[test]
    fn plural_forms() {
        use PluralCategory::{One, Other};
        let table = [
            ("en", "1", One),
            ("en", "1.0", Other),
            ("en", "0", Other),
            ("ja", "1", Other),
            ("pt", "1", One),
            ("pt", "0", One),
            ("ko", "1", Other),
        ];
        for (tag, value, category) in table {
            assert_eq!(locale(tag).plural(decimal(value)), category, "{tag} {value}");
        }
        assert_eq!(locale("uk").plural(decimal("3")), PluralCategory::Few);
    }
}
