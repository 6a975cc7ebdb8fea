//! Rotation plans: courses as grids of weeks, the time of each department, and the rules that a plan is held to.

use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::options::options;
use super::{Column, Common, Draft, Graphic, KeyItem, Kind, Reader, Text, kind};
use crate::derive::Wording;
use crate::diagnostic::rotation as findings;
use crate::locale::Period;
use crate::model::data::Data;
use crate::model::programme::{Assignment, Block, Category, Course, Place, Programme, Range, Unit};

mod grid;
mod rules;
mod totals;

kind! {
    /// A training programme: what follows what, week by week.
    ///
    /// ```yaml
    /// kind: rotation
    /// programme: haematology
    /// courses: [a, b]
    /// ```
    Rotation
}

options! {
    /// The options of rotation plans.
    Options {
        /// The id of the programme.
        #[schemars(extend("x-ja" = "プログラムの id。"))]
        programme: String,
        /// The ids of its courses; all where nothing is said.
        #[schemars(extend("x-ja" = "コースの id。省けばすべて。"))]
        courses: Option<Vec<String>>,
        /// What is shown; `grid` where nothing is said.
        #[serde(default)]
        #[schemars(extend("x-ja" = "何を示すか。省けば `grid`。"))]
        show: Show,
    }
}

/// What is shown of a programme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Show {
    /// The weeks.
    #[default]
    #[schemars(extend("x-ja" = "週ごとの表"))]
    Grid,
    /// The time of each department.
    #[schemars(extend("x-ja" = "分野ごとの合計"))]
    Totals,
    /// The rules and whether they hold.
    #[schemars(extend("x-ja" = "基準との照らし合わせ"))]
    Rules,
}

/// A course as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CourseView {
    /// Its name; nothing where there is only one.
    pub name: String,
    /// The tag for `lang` where the name is in another language.
    pub lang: Option<String>,
    /// Its years.
    pub years: Vec<YearView>,
}

/// A year as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearView {
    /// Which year it is.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// The tag for `lang` where the place is in another language.
    pub place_lang: Option<String>,
    /// The class of its grid: how many columns it has.
    pub class: &'static str,
    /// The months above the weeks.
    pub months: Vec<Tick>,
    /// The weeks or months above the blocks.
    pub ticks: Vec<Tick>,
    /// What follows what.
    pub blocks: Vec<BlockView>,
    /// What runs beside, each in a row of its own.
    pub parallel: Vec<BlockView>,
}

/// A text above so many columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// How many columns.
    pub span: u32,
    /// The text.
    pub label: String,
}

/// A block as templates receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockView {
    /// Its classes: field and category.
    pub class: String,
    /// How many columns come before it, where it does not follow another block.
    pub before: u32,
    /// How many columns it has.
    pub span: u32,
    /// From when until when.
    pub when: String,
    /// From which day until which, where it is known.
    pub dates: String,
    /// The department, where its part is the name.
    pub small: String,
    /// The tag for `lang` of the department.
    pub small_lang: Option<String>,
    /// Its name.
    pub label: String,
    /// The tag for `lang` of the name.
    pub lang: Option<String>,
    /// Category and length.
    pub tag: String,
    /// Where it is, if not where the year is.
    pub place: String,
    /// The tag for `lang` of the place.
    pub place_lang: Option<String>,
}

impl Kind for Rotation {
    fn name(&self) -> &'static str {
        "rotation"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Rotation::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let data = reader.context.data;
        let Some(programme) = data.programme(&options.programme) else {
            let known = data.programmes().map(|programme| programme.id.as_str());
            reader.report(findings::unknown_programme(reader.spans.value("programme"), &options.programme, known));
            return None;
        };
        let courses = courses(reader, programme, options.courses.as_deref());
        if courses.is_empty() {
            return None;
        }
        let plan = Plan { data, programme, courses, wording: reader.wording() };
        let mut common = options.common();
        common.as_of = common.as_of.or(Some(Period::Date(programme.as_of)));
        match options.show {
            Show::Grid => Some(plan.grid(common)),
            Show::Totals => Some(plan.totals(common)),
            Show::Rules if programme.rule_sets.is_empty() => {
                reader.report(findings::no_rules(reader.spans.value("show"), &programme.id));
                None
            }
            Show::Rules => Some(plan.rules(common)),
        }
    }
}

/// The courses that are shown.
fn courses<'d>(reader: &mut Reader<'d>, programme: &'d Programme, given: Option<&[String]>) -> Vec<&'d Course> {
    let Some(ids) = given else { return programme.courses.iter().collect() };
    let mut courses = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        match programme.course(id) {
            Some(course) => courses.push(course),
            None => {
                let known = programme.courses.iter().map(|course| course.id.as_str());
                let span = reader.spans.value(&format!("courses[{number}]"));
                reader.report(findings::unknown_course(span, id, known));
            }
        }
    }
    courses
}

/// What is drawn, and in which words.
struct Plan<'d> {
    data: &'d Data,
    programme: &'d Programme,
    courses: Vec<&'d Course>,
    wording: Wording<'d>,
}

impl<'d> Plan<'d> {
    fn unit(&self) -> Unit {
        self.programme.unit
    }

    fn say(&self, key: &str, texts: &[(&str, &str)]) -> String {
        self.wording.say(key, texts)
    }

    fn column(&self, key: &str, numeric: bool) -> Column {
        Column { label: self.say(key, &[]), numeric, lang: None }
    }

    fn key_item(&self, class: &str, label: String) -> KeyItem {
        KeyItem { class: class.to_owned(), label, lang: None }
    }

    /// `8週`, `4–8 months`.
    fn length(&self, range: Range) -> String {
        let range = if range.is_exact() {
            range.least.to_string()
        } else {
            self.say("rotation-range", &[("from", &range.least.to_string()), ("to", &range.most.to_string())])
        };
        self.counted(&range, self.unit())
    }

    fn counted(&self, amount: &str, unit: Unit) -> String {
        let key = match unit {
            Unit::Weeks => "rotation-weeks",
            Unit::Months => "rotation-months",
        };
        self.say(key, &[("count", amount)])
    }

    fn category(&self, category: Category) -> String {
        self.say(
            match category {
                Category::Required => "rotation-required",
                Category::ChoiceRequired => "rotation-choice-required",
                Category::Elective => "rotation-elective",
            },
            &[],
        )
    }

    /// The name of a department.
    fn department(&self, id: &str) -> Text {
        self.data.department_by_id(id).map(|known| Text::of(&known.name, self.wording)).unwrap_or_default()
    }

    /// The part of a department that is meant: as written where it is written in the language of the page.
    fn tracks(&self, option: &Assignment) -> Text {
        let japanese = self.wording.locale.language().is_japanese();
        let mut lang = None;
        let names: Vec<String> = option
            .tracks
            .iter()
            .map(|track| match &track.department {
                Some(id) if !japanese => self.department(id).text,
                _ => {
                    lang = lang.take().or((!japanese && !track.text.is_ascii()).then(|| "ja".to_owned()));
                    track.text.clone()
                }
            })
            .collect();
        Text { text: names.join(if japanese { "・" } else { ", " }), lang }
    }

    /// The department and the name of a block: 内科, 循環器. The first is empty where the second says it all.
    fn names(&self, block: &Block) -> (Text, Text) {
        if let Some(name) = &block.name {
            return (Text::default(), Text::of(name, self.wording));
        }
        match block.options.as_slice() {
            [only] if !only.tracks.is_empty() => (self.department(&only.department), self.tracks(only)),
            options => {
                let names: Vec<Text> = options.iter().map(|option| self.whole(option)).collect();
                let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                let lang = names.iter().find_map(|name| name.lang.clone());
                (Text::default(), Text { text: texts.join(" / "), lang })
            }
        }
    }

    /// A department with its parts: 内科（循環器）.
    fn whole(&self, option: &Assignment) -> Text {
        let department = self.department(&option.department);
        if option.tracks.is_empty() {
            return department;
        }
        let tracks = self.tracks(option);
        let text = self.say("rotation-track", &[("department", &department.text), ("track", &tracks.text)]);
        Text { text, lang: tracks.lang.or(department.lang) }
    }

    /// The name of a block in one text.
    fn full_name(&self, block: &Block) -> Text {
        match self.names(block) {
            (small, label) if small.text.is_empty() => label,
            (small, label) => {
                let texts = [("department", small.text.as_str()), ("track", label.text.as_str())];
                Text { text: self.say("rotation-track", &texts), lang: label.lang }
            }
        }
    }

    /// A place in words.
    fn place(&self, place: &Place) -> Text {
        if let Some(name) = &place.name {
            return Text::of(name, self.wording);
        }
        let names: Vec<Text> = place
            .hospitals
            .iter()
            .filter_map(|id| self.data.hospital(id))
            .map(|hospital| Text::of(&hospital.name, self.wording))
            .collect();
        let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        Text { text: texts.join(" / "), lang: names.iter().find_map(|name| name.lang.clone()) }
    }

    fn course_name(&self, course: &Course) -> Text {
        Text::of(&course.name, self.wording)
    }

    /// The name of a course for texts, where its programme need not be named.
    fn course_text(&self, course: &Course) -> String {
        self.wording.text(&course.name).to_owned()
    }

    /// What every panel of this programme has: its source, and what must be said of it.
    fn common(&self, mut common: Common) -> Common {
        common.source = common.source.or_else(|| Some(self.programme.source.clone()));
        common
    }

    /// What must be said of figures that are made from the plan.
    fn short_notes(&self) -> Vec<String> {
        let mut notes = self.first_notes();
        if self.courses.iter().any(|course| course.inferred.is_some()) {
            notes.push(self.say("rotation-partly-inferred", &[]));
        }
        notes
    }

    fn first_notes(&self) -> Vec<String> {
        let sample = self.programme.sample.then(|| self.say("rotation-sample", &[]));
        let own = self.programme.note.iter().map(|note| self.wording.text(note).to_owned());
        sample.into_iter().chain(own).collect()
    }

    /// What must be said of the plan.
    fn notes(&self) -> Vec<String> {
        let mut notes = self.first_notes();
        let own = self.courses.iter().filter_map(|course| course.note.as_ref());
        notes.extend(own.map(|note| self.wording.text(note).to_owned()));
        let inferred = self.courses.iter().filter_map(|course| Some((course, course.inferred.as_ref()?)));
        notes.extend(inferred.map(|(course, text)| {
            let texts = [("course", self.course_text(course)), ("text", self.wording.text(text).to_owned())];
            self.say("rotation-inferred", &[("course", &texts[0].1), ("text", &texts[1].1)])
        }));
        notes.extend(self.programme.outdated.map(|outdated| {
            let date = self.wording.locale.date(outdated.day(), crate::locale::DateStyle::Long);
            self.say(&format!("note-{}", outdated.name()), &[("date", &date)])
        }));
        notes
    }

    /// The fields of work in the order in which colours and patterns are given to them.
    fn group(&self, field: &str) -> usize {
        match field {
            "internal-medicine" => 0,
            "emergency" | "anaesthesia" => 1,
            "surgery" | "paediatrics" | "obstetrics-gynaecology" | "psychiatry" => 2,
            "community-medicine" | "general-outpatient" | "general-practice" => 3,
            _ => 4,
        }
    }

    fn draft(&self, common: Common, title: String, graphic: Graphic) -> Draft {
        Draft {
            common: self.common(common),
            title,
            subtitle: String::new(),
            alt: String::new(),
            notes: self.notes(),
            indicators: BTreeSet::new(),
            table: super::Grid::default(),
            dataset: super::Dataset::default(),
            graphic,
        }
    }
}

/// The classes of the groups of fields: their colours.
const COLOURS: [&str; 5] = ["k1", "k2", "k3", "k5", "k6"];

/// The words for the groups of fields.
const GROUPS: [&str; 5] = [
    "rotation-group-internal",
    "rotation-group-emergency",
    "rotation-group-surgical",
    "rotation-group-community",
    "rotation-group-other",
];

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Span;
    use crate::locale::{Language, Locale, Negative, Words};
    use crate::panel::{Context, Panel, compose};
    use crate::parse::Fence;
    use crate::read::Source;

    const PLAN: &str = "programmes:
  - id: blood
    name: {ja: 血液内科の研修, en: Haematology training}
    intake_year: 2027
    starts: first-monday
    source: {ja: 案内, en: Leaflet}
    as_of: 2026-04-01
    courses:
      - id: a
        name: {ja: Aコース, en: Course A}
        inferred: {ja: 救急の週数。, en: The weeks of emergency medicine.}
        years:
          - {place: {ja: 大学病院, en: University hospital}, place_kind: core, blocks: [内科（血液） 24, 救急 12, 選択必修 外科 / 小児科 4, 選択 自由選択 4-12, 産婦人科 4, 精神科 0004]}
          - place: {ja: 町立病院, en: Town hospital}
            blocks: [地域医療 8, 選択 血液内科 44]
            parallel: [{department: 一般外来, half_days: 40, during: 5-24}]
      - id: b
        name: {ja: Bコース, en: Course B}
        years: [{blocks: [内科 40, 救急（麻酔科） 12]}]
";

    fn panel(tag: &str, yaml: &str) -> (Option<Panel>, Vec<String>) {
        let language = Language::parse(tag).expect("a language");
        let text = match tag {
            "ja" => include_str!("../../themes/base/locales/ja.ftl"),
            _ => include_str!("../../themes/base/locales/en.ftl"),
        };
        let words = Words::parse(&language, &[("words.ftl".into(), text)]).value;
        let document = crate::parse::data::document(&Source::new("content/data/a.yaml", PLAN.as_bytes()));
        assert_eq!(document.findings, []);
        let documents: Vec<_> = document.value.into_iter().map(Arc::new).collect();
        let data = crate::model::data::assemble(&documents, &Default::default());
        assert_eq!(data.findings, []);
        let locale = Locale::new(&language, Negative::Minus);
        let wording = Wording { locale: &locale, words: &words, default_language: &Language::japanese() };
        let fence = Fence { text: yaml.to_owned(), span: Span::new(&"content/a.md".into(), 0, yaml.len()) };
        let checked = compose(&fence, &Context { data: &data.value, wording, number_on_page: 1 });
        (checked.value, checked.findings.into_iter().map(|finding| finding.code).collect())
    }

    fn drawn(tag: &str, yaml: &str) -> Panel {
        let (panel, codes) = panel(tag, yaml);
        assert_eq!(codes, Vec::<String>::new());
        panel.expect("a panel")
    }

    fn rows(panel: &Panel) -> Vec<String> {
        let row = |line: &crate::panel::Line| {
            let cells = line.cells.iter().map(|cell| cell.text.as_str());
            std::iter::once(line.label.as_str()).chain(cells).collect::<Vec<_>>().join(" | ")
        };
        panel.table.rows.iter().map(row).collect()
    }

    #[test]
    fn a_plan_is_shown_week_by_week_in_both_languages() {
        let panel = drawn("ja", "{kind: rotation, programme: blood, courses: [a]}");
        assert_eq!(panel.title, "選択の期間は、Aコース48週");
        assert!(panel.note.contains("Aコースの推定：救急の週数。"), "{}", panel.note);
        assert_eq!(
            rows(&panel)[..4],
            [
                "1年次 | 1〜24週 4月5日〜9月19日 | 内科（血液） | 必修 | 24週 | 大学病院",
                "1年次 | 25〜36週 9月20日〜12月12日 | 救急 | 必修 | 12週 | 大学病院",
                "1年次 | 37〜40週 12月13日〜1月9日 | 外科 / 小児科 | 選択必修 | 4週 | 大学病院",
                // 24 + 12 + 4 + 4 + 4 are settled, so that the range of 4 to 12 can only be 4.
                "1年次 | 41〜44週 1月10日〜2月6日 | 自由選択 | 選択 | 4週 | 大学病院",
            ]
        );
        assert_eq!(
            rows(&panel).last().map(String::as_str),
            Some("2年次 | 5〜24週 | 一般外来 | 並行 | 半日×40回 | 町立病院")
        );
        let panel = drawn("en", "{kind: rotation, programme: blood}");
        assert_eq!(panel.title, "Time for electives: Course A 48 wk and Course B 0 wk");
        assert_eq!(
            rows(&panel)[0],
            "Course A | Year 1 | Wk 1–24 5 Apr – 19 Sep | Internal medicine (Haematology) | Required | 24 wk | University hospital"
        );
    }

    #[test]
    fn months_stand_above_the_weeks_that_begin_in_them() {
        let panel = drawn("ja", "{kind: rotation, programme: blood, courses: [a]}");
        let Graphic::Rotation { courses, key, .. } = &panel.graphic else { panic!("a rotation plan") };
        let months = &courses[0].years[0].months;
        assert_eq!(months.iter().map(|tick| tick.span).sum::<u32>(), 52);
        // From 5 April 2027: 4 Mondays in April, 5 in May.
        assert_eq!((months[0].label.as_str(), months[0].span, months[1].span), ("4月", 4, 5));
        assert!(
            courses
                .iter()
                .flat_map(|course| &course.years)
                .all(|year| { year.blocks.iter().map(|block| block.span).sum::<u32>() == 52 })
        );
        let classes: Vec<&str> = key.iter().map(|item| item.class.as_str()).collect();
        assert_eq!(classes, ["k1", "k2", "k3", "k5", "k6", "km rdot", "k6 hatch", "k5 par"]);
    }

    #[test]
    fn totals_stand_side_by_side() {
        let panel = drawn("ja", "{kind: rotation, programme: blood, show: totals}");
        assert_eq!(panel.title, "内科は、Aコース68週、Bコース40週");
        assert_eq!(
            rows(&panel),
            [
                "内科 | 68週 | 40週",
                "救急 | 12週 | 12週",
                "産婦人科 | 4週 | 0週",
                "精神科 | 4週 | 0週",
                "地域医療 | 8週 | 0週",
                "自由選択 | 8週 | 0週",
            ]
        );
        let Graphic::Drawing { svg, .. } = &panel.graphic else { panic!("a rotation plan") };
        insta::assert_snapshot!(svg.replace("><", ">\n<"));
    }

    #[test]
    fn rules_say_what_holds() {
        let panel = drawn("ja", "{kind: rotation, programme: blood, show: rules}");
        assert_eq!(panel.title, "10項目のうち満たすのは、Aコース8項目、Bコース1項目");
        assert_eq!(rows(&panel)[0], "内科 | 24週以上 | ○ 満たす（68〜72週） | ○ 満たす（40週）");
        assert_eq!(
            rows(&panel)[1],
            "救急 | 12週以上、麻酔科は4週まで数える | ○ 満たす（12〜16週） | × 満たさない（4週）"
        );
        assert!(panel.source.contains("厚生労働省"), "{}", panel.source);
        assert!(panel.note.contains("集中治療室"), "{}", panel.note);
    }

    #[test]
    fn wrong_names_are_pointed_at() {
        assert_eq!(panel("en", "{kind: rotation, programme: blod}").1, ["unknown-programme"]);
        assert_eq!(panel("en", "{kind: rotation, programme: blood, courses: [a, d]}").1, ["unknown-course"]);
        assert_eq!(panel("en", "{kind: rotation, programme: blood, course: a}").1, ["unknown-field"]);
    }
}
