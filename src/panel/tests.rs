//! Panels from the figures of 表1 and 表2 of the plan of Kumamoto Prefecture, in both languages.

use std::sync::Arc;

use super::*;
use crate::locale::{Language, Locale, Negative, Words};
use crate::model::data;
use crate::read::Source;

mod plane_tests;

const AREAS: &str = "areas:
  - {id: jp, name: {ja: 全国, en: Japan}, kind: country, code: '00'}
  - {id: kumamoto, name: {ja: 熊本県, en: Kumamoto Prefecture}, kind: prefecture, parent: jp, code: '43'}
  - {id: city, name: {ja: 熊本市, en: Kumamoto City}, kind: municipality, parent: kumamoto}
  - {id: outside, name: {ja: 熊本市外, en: Outside Kumamoto City}, kind: group, parent: kumamoto}
  - {id: ariake, name: {ja: 有明, en: Ariake}, kind: secondary-medical-area, parent: kumamoto}
  - {id: ashikita, name: {ja: 芦北, en: Ashikita}, kind: secondary-medical-area, parent: kumamoto}
  - {id: kamimashiki, name: {ja: 上益城郡}, kind: county, parent: kumamoto}
  - {id: elsewhere, name: よそ, kind: group}
hospitals_: []
";

const INDICATORS: &str = "indicators:
  - id: physicians
    name: {ja: 医療施設で働く医師, en: Physicians working in medical facilities}
    unit: {ja: 人, en: physicians}
    source: {ja: 医師・歯科医師・薬剤師調査, en: 'Survey of Physicians, Dentists and Pharmacists'}
    as_of: 2018-12-31
    periods: [2008, 2010, 2012, 2014, 2016, 2018]
    values:
      jp: [\"271,897\", \"280,431\", \"288,850\", \"296,845\", \"304,759\", \"311,963\"]
      kumamoto: [\"4,450\", \"4,679\", \"4,814\", \"4,938\", \"5,001\", \"5,091\"]
      city: [\"2,575\", \"2,780\", \"2,911\", \"3,016\", \"3,057\", \"3,064\"]
      kamimashiki: [119, 114, 118, 121, 115, 119]
      ariake: [274, 282, 279, 284, 289, 319]
      ashikita: [135, 135, 133, 134, 136, 131]
      outside: [\"1,875\", \"1,899\", \"1,903\", \"1,922\", \"1,944\", \"2,027\"]
  - id: per_100k
    name: {ja: 人口10万人当たりの医師, en: Physicians per 100 000 people}
    unit: {ja: 人, en: physicians}
    source: {ja: 医師・歯科医師・薬剤師調査, en: 'Survey of Physicians, Dentists and Pharmacists'}
    note: {ja: 12月31日現在。, en: As of 31 December.}
    as_of: 2018-12-31
    periods: [2008, 2010, 2012, 2014, 2016, 2018]
    values:
      jp: [212.9, 219.0, 226.5, 233.6, 240.1, 246.7]
      kumamoto: [244.2, 257.5, 266.4, 275.3, 281.9, 289.8]
      city: [353.1, 378.5, 394.6, 407.6, 413.1, 414.1]
      outside: [171.6, 175.4, 177.9, 182.3, 187.8, 199.3]
  - id: gaps
    name: 欠けのある指標
    unit: 件
    source: 別の調査
    as_of: 2017
    periods: [FY2015, FY2016, FY2017, FY2018]
    values:
      kumamoto: [10, …, 30, {value: 45, mark: estimated}]
      city: [x, —, …, …]
      outside: [5, 6, {value: 20, mark: broken}, 21]
  - id: share
    name: {ja: 女性の割合, en: Share of women}
    unit: ％
    source: 調査
    as_of: 2018
    periods: [2008, 2018]
    values:
      kumamoto: [15.2, 18.4]
";

mod bars;

fn sample(more: &[&str]) -> Data {
    let areas = AREAS.replace("hospitals_: []\n", "");
    let read = |(number, text): (usize, &str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, []);
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> =
        [areas.as_str(), INDICATORS].into_iter().chain(more.iter().copied()).enumerate().filter_map(read).collect();
    let checked = data::assemble(&documents, &Default::default());
    assert_eq!(checked.findings, []);
    checked.value
}

pub(super) struct Desk {
    data: Data,
    locale: Locale,
    words: Words,
    default_language: Language,
}

impl Desk {
    fn new(tag: &str, negative: Negative) -> Desk {
        Desk::with(tag, negative, &[])
    }

    /// A desk with more data files on it.
    fn with(tag: &str, negative: Negative, more: &[&str]) -> Desk {
        let language = Language::parse(tag).expect("a language");
        let text = match tag {
            "ja" => include_str!("../../themes/base/locales/ja.ftl"),
            _ => include_str!("../../themes/base/locales/en.ftl"),
        };
        let words = Words::parse(&language, &[("words.ftl".into(), text)]);
        assert_eq!(words.findings, []);
        Desk {
            data: sample(more),
            locale: Locale::new(&language, negative),
            words: words.value,
            default_language: Language::parse("ja").expect("a language"),
        }
    }

    fn wording(&self) -> Wording<'_> {
        Wording { locale: &self.locale, words: &self.words, default_language: &self.default_language }
    }

    pub(super) fn compose(&self, yaml: &str) -> Checked<Option<Panel>> {
        let wording = self.wording();
        let fence = Fence { text: yaml.to_owned(), span: Span::new(&"content/a.md".into(), 40, 40 + yaml.len()) };
        compose(&fence, &Context { data: &self.data, wording, number_on_page: 2 })
    }

    pub(super) fn panel(&self, yaml: &str) -> Panel {
        let checked = self.compose(yaml);
        assert_eq!(checked.findings, [], "{yaml}");
        checked.value.expect("a panel")
    }

    pub(super) fn findings(&self, yaml: &str) -> Vec<(String, String)> {
        let checked = self.compose(yaml);
        let place = |finding: &Diagnostic| {
            let span = finding.primary.as_ref().map(|label| label.span.clone());
            let text = span.and_then(|span| yaml.get(span.start - 40..span.end - 40).map(str::to_owned));
            (finding.code.clone(), text.unwrap_or("?".into()))
        };
        checked.findings.iter().map(place).collect()
    }
}

/// A desk with data of its own.
pub(super) fn desk_with(tag: &str, files: &[&str]) -> Desk {
    let read = |(number, text): (usize, &&str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, []);
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> = files.iter().enumerate().filter_map(read).collect();
    let checked = data::assemble(&documents, &Default::default());
    assert_eq!(checked.findings, []);
    Desk { data: checked.value, ..Desk::new(tag, Negative::Triangle) }
}

/// Where the texts of a drawing are, in pixels of a plot of that size; those that only a wide one has, where it is wide.
/// Then the frame: the plot with the margins that its classes give it.
pub(super) fn boxes(svg: &str, classes: &str, panel: f64) -> (Vec<(String, [f64; 4])>, [f64; 4]) {
    let svg = with_anchors(svg);
    use crate::draw::{EM, LINE_HEIGHT, WIDE, label::width};
    let class = |letter: &str| -> f64 {
        let found = classes.split(' ').find_map(|class| class.strip_prefix(letter)?.parse().ok());
        found.expect("a class")
    };
    let (left, right, height) = (class("ml") * EM, class("mr") * EM, class("h") * 16.0);
    let plot = panel - left - right;
    let attribute = |element: &str, key: &str| -> Option<f64> {
        let start = element.find(&format!(" {key}=\""))? + key.len() + 3;
        element.get(start..)?.split(['%', 'e', '"']).next()?.parse().ok()
    };
    let texts = svg.split("<text ").skip(1).filter_map(|text| {
        let (head, body) = text.split_once('>')?;
        let body = body.split("</text>").next()?;
        let classes = format!(" {} ", head.split('"').nth(1).unwrap_or_default());
        if classes.contains(" w ") && panel < WIDE {
            return None;
        }
        let head = format!(" {head}");
        let lines: Vec<&str> =
            body.split("<tspan").map(|line| line.rsplit('>').find(|part| !part.is_empty()).unwrap_or(line)).collect();
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end_matches("</tspan")).collect();
        let text_width = lines.iter().map(|line| width(line)).fold(0.0, f64::max) * EM;
        let x = attribute(&head, "x")? / 100.0 * plot + attribute(&head, "dx").unwrap_or_default() * EM;
        let middle = attribute(&head, "y")? / 100.0 * height
            + (attribute(&head, "dy")? - 0.35 + (lines.len() - 1) as f64 * LINE_HEIGHT / 2.0) * EM;
        let start = match head.split("text-anchor=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            Some("end") => x - text_width,
            Some("middle") => x - text_width / 2.0,
            _ => x,
        };
        let half = lines.len() as f64 * EM / 2.0;
        Some((lines.join("/"), [start, middle - half, start + text_width, middle + half]))
    });
    (texts.collect(), [-left, -16.0, plot + right, height + 32.0])
}

/// A drawing in which each text says how it is anchored, as most leave to the drawing.
pub(super) fn with_anchors(svg: &str) -> String {
    let root = svg.split('>').next().unwrap_or_default();
    let common = root.split("text-anchor=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("start");
    let text = |rest: &str| match rest.split('>').next() {
        Some(tag) if tag.contains("text-anchor") => format!("<text{rest}"),
        _ => format!("<text text-anchor=\"{common}\"{rest}"),
    };
    let mut parts = svg.split("<text");
    parts.next().unwrap_or_default().to_owned() + &parts.map(text).collect::<String>()
}

/// Fails where a label of a drawing leaves the frame or lies on another, on a phone and in a wide panel.
pub(super) fn labels_keep_apart(panel: &Panel) {
    let (svg, classes) = match &panel.graphic {
        Graphic::Drawing { svg, classes, .. } => (svg, classes),
        other => panic!("no drawing: {other:?}"),
    };
    for width in [crate::draw::NARROWEST, crate::draw::WIDE] {
        let (texts, frame) = boxes(svg, classes, width);
        assert!(!texts.is_empty());
        for (index, (text, one)) in texts.iter().enumerate() {
            let within =
                one[0] >= frame[0] - 0.5 && one[2] <= frame[2] + 0.5 && one[1] >= frame[1] && one[3] <= frame[3];
            assert!(within, "{width}: {text} {one:?} leaves {frame:?}");
            for (other_text, other) in &texts[index + 1..] {
                let apart = one[2] <= other[0] + 0.5
                    || other[2] <= one[0] + 0.5
                    || one[3] <= other[1] + 0.5
                    || other[3] <= one[1] + 0.5;
                assert!(apart, "{width}: {text} {one:?} lies on {other_text} {other:?}");
            }
        }
    }
}

fn japanese() -> Desk {
    Desk::new("ja", Negative::Minus)
}

fn english() -> Desk {
    Desk::new("en", Negative::Minus)
}

fn texts(line: &Line) -> Vec<&str> {
    line.cells.iter().map(|cell| cell.text.as_str()).collect()
}

/// What a reader is told by a panel, line by line, for snapshots of kinds that are no drawing.
pub(super) fn told(panel: &Panel) -> String {
    let heads = panel.table.columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(" | ");
    let row = |line: &Line| {
        let cells = std::iter::once(line.label.as_str()).chain(texts(line)).collect::<Vec<_>>().join(" | ");
        if line.highlight { format!("* {cells}") } else { cells }
    };
    let mut lines = vec![panel.title.clone(), panel.subtitle.clone(), panel.alt.clone(), heads];
    lines.extend(panel.table.rows.iter().map(row));
    lines.extend([panel.note.clone(), panel.source.clone(), panel.as_of.long.clone()]);
    lines.join("\n")
}

const TREND: &str = "kind: trend\nindicator: per_100k\nareas: [city, 熊本県, jp, outside]\nhighlight: outside\n";

#[test]
fn a_trend_tells_its_finding_in_both_languages() {
    let panel = japanese().panel(TREND);
    assert_eq!(panel.title, "熊本市外は10年で16.1％増");
    assert_eq!(panel.subtitle, "人口10万人当たりの医師（人）・2008年〜2018年");
    assert_eq!(panel.note, "12月31日現在。縦軸は100人から始まります。");
    assert_eq!((panel.source.as_str(), panel.as_of.long.as_str()), ("医師・歯科医師・薬剤師調査", "2018年12月31日"));
    assert_eq!(panel.id, "fig-2");
    assert!(
        panel.alt.starts_with(
            "人口10万人当たりの医師の推移を示す折れ線グラフ。熊本市は2008年の353.1人から2018年の414.1人へ増加。"
        ),
        "{}",
        panel.alt
    );
    let panel = english().panel(TREND);
    assert_eq!(panel.title, "Outside Kumamoto City: up 16.1% in ten years");
    assert_eq!(panel.subtitle, "Physicians per 100 000 people (physicians), 2008 to 2018");
    assert_eq!(panel.note, "As of 31 December. The vertical axis starts at 100 physicians.");
    assert!(
        panel.alt.ends_with("Outside Kumamoto City rose from 171.6 physicians (2008) to 199.3 physicians (2018)."),
        "{}",
        panel.alt
    );
}

#[test]
fn counts_rise_and_fall_as_worked_out_by_hand() {
    let title =
        |areas: &str| japanese().panel(&format!("kind: trend\nindicator: physicians\nareas: [{areas}]\n")).title;
    assert_eq!(title("outside"), "熊本市外は10年で8.1％増");
    assert_eq!(title("kumamoto"), "熊本県は10年で14.4％増");
    assert_eq!(title("ashikita"), "芦北は10年で3.0％減");
    assert_eq!(title("kamimashiki"), "上益城郡は10年で変わらず");
    let share = "kind: trend\nindicator: share\n";
    assert_eq!(japanese().panel(share).title, "熊本県は10年で3.2ポイント増");
    assert_eq!(english().panel(share).title, "Kumamoto Prefecture: up 3.2 points in ten years");
    let between = "kind: trend\nindicator: physicians\nareas: [outside]\nfrom: 2016\n";
    assert_eq!(english().panel(between).title, "Outside Kumamoto City: up 4.3% in two years");
}

#[test]
fn a_trend_is_drawn_the_same_on_every_machine() {
    let Graphic::Drawing { svg, classes, .. } = japanese().panel(TREND).graphic else { panic!("a drawing") };
    assert_eq!(classes, "ml3 mr8 h15");
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
}

#[test]
fn long_names_take_several_lines_and_foreign_ones_say_so() {
    let yaml = "kind: trend\nindicator: physicians\nareas: [outside, kamimashiki, city]\n";
    let Graphic::Drawing { svg, classes, .. } = english().panel(yaml).graphic else { panic!("a drawing") };
    assert!(svg.contains(">Outside<tspan"), "{svg}");
    assert!(svg.contains("lang=\"ja\">上益城郡 119</text>"), "{svg}");
    assert!(svg.contains(">1,000</text>"), "{svg}");
    assert_eq!(classes, "ml4 mr7 h15");
    assert!(!svg.contains("style="));
}

#[test]
fn large_numbers_are_short_on_the_axis() {
    let yaml = "kind: trend\nindicator: physicians\nareas: [jp]\n";
    let panel = japanese().panel(yaml);
    let Graphic::Drawing { svg, .. } = &panel.graphic else { panic!("a drawing") };
    assert!(svg.contains(">28万</text>"), "{svg}");
    assert_eq!(panel.note, "縦軸は260,000人から始まります。");
    let zero = japanese().panel(&format!("{yaml}zero: true\n"));
    assert_eq!(zero.note, "");
}

#[test]
fn missing_values_are_gaps_and_estimates_are_hollow() {
    let panel = japanese().panel("kind: trend\nindicator: gaps\nhighlight: outside\n");
    let Graphic::Drawing { svg, .. } = &panel.graphic else { panic!("a drawing") };
    assert_eq!(svg.matches("class=\"e\"").count(), 1);
    // 熊本県: a lone point, a gap, then a line; 熊本市外: two lines with a break between them.
    assert!(svg.contains(r#"<path class="km" d="M66.67 50L100 25"/><path class="km p" d="M0 83.33h0"/>"#), "{svg}");
    assert!(svg.contains(r#"<path class="kh" d="M0 91.67L33.33 90M66.67 66.67L100 65"/>"#), "{svg}");
    assert_eq!(
        panel.note,
        "白抜きの点は推計値です。2017年度から数え方が変わったため、前の値とは比べられません。—は該当なし、…はデータなし、xは非公表。"
    );
    // Nothing is compared across the break.
    assert_eq!(panel.title, "熊本市外は21件（2018年度）");
    assert!(panel.alt.contains("熊本市の値はありません。熊本市外は21件（2018年度）。"), "{}", panel.alt);
    assert_eq!(texts(&panel.table.rows[0]), ["10", "…", "30", "45（推計）"]);
    assert_eq!(texts(&panel.table.rows[1]), ["x", "—", "…", "…"]);
    assert_eq!(panel.as_of, AsOf { iso: "2017".into(), long: "2017年".into() });
}

#[test]
fn revised_values_are_ringed_in_lines_and_told_by_every_drawing() {
    let later = "indicators:
  - {id: later, name: {ja: 医師, en: Physicians}, unit: {ja: 人, en: people}, source: s, as_of: 2018, periods: [2014, 2016, 2018],
     values: {city: [300, {value: 310, mark: revised}, 320], outside: [200, 210, {value: 190, mark: estimated}], kumamoto: [500, 520, 510]}}
";
    let desk = Desk::with("ja", Negative::Triangle, &[later]);
    let svg = |panel: &Panel| match &panel.graphic {
        Graphic::Drawing { svg, .. } => svg.clone(),
        _ => panic!("a drawing"),
    };
    let trend = desk.panel("kind: trend\nindicator: later\nhighlight: city\n");
    let ring = r#"<path class="kh rv" d="M50 "#;
    assert!(svg(&trend).contains(ring) && svg(&trend).matches(" rv").count() == 1, "{}", svg(&trend));
    let note = "白抜きの点は推計値です。輪で囲んだ点は改定値です。";
    assert!(trend.note.contains(note), "{}", trend.note);
    let small = desk.panel("kind: multiples\nof: trend\nindicator: later\n");
    assert!(small.note.contains(note), "{}", small.note);
    let slope = desk.panel("kind: slope\nindicator: later\nto: 2016\n");
    assert!(svg(&slope).contains(" rv\"") && slope.note.contains("輪で囲んだ点は改定値です。"), "{}", slope.note);
    let revised = "表で「改定」とある値は、公表のあとに改められたものです。";
    for yaml in ["stack", "table", "bars\nperiod: 2016", "share\nperiod: 2016"] {
        let panel = desk.panel(&format!("kind: {yaml}\nindicator: later\nareas: [city, outside]\n"));
        assert!(panel.note.contains(revised), "{yaml}: {}", panel.note);
    }
    let scatter = desk.panel("kind: scatter\nx: later\ny: later\nx_period: 2016\nareas: [city, outside, kumamoto]\n");
    assert!(
        scatter.note.contains(revised) && scatter.note.contains("表で「推計」とある値は推計値です。"),
        "{}",
        scatter.note
    );
    let share = desk.panel("kind: share\nindicator: later\nareas: [city, outside]\n");
    assert!(share.note.contains("表で「推計」とある値は推計値です。"), "{}", share.note);
}

#[test]
fn tables_work_out_change_and_rate() {
    let yaml = "kind: table\nindicator: physicians\nareas: [jp, kumamoto, ashikita, outside]\ncolumns: [change, rate]\nhighlight: outside\n";
    let panel = Desk::new("ja", Negative::Triangle).panel(yaml);
    let heads: Vec<&str> = panel.table.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(heads, ["地域", "2008年", "2010年", "2012年", "2014年", "2016年", "2018年", "増減", "増減率"]);
    assert_eq!(
        texts(&panel.table.rows[0]),
        ["271,897", "280,431", "288,850", "296,845", "304,759", "311,963", "40,066", "14.7％"]
    );
    assert_eq!(texts(&panel.table.rows[1]), ["4,450", "4,679", "4,814", "4,938", "5,001", "5,091", "641", "14.4％"]);
    assert_eq!(texts(&panel.table.rows[2])[6..], ["▲4", "▲3.0％"]);
    assert_eq!(texts(&panel.table.rows[3])[6..], ["152", "8.1％"]);
    let change = &panel.table.rows[2].cells[6];
    assert_eq!((change.negative, change.sort.as_deref()), (true, Some("-4")));
    assert!(panel.table.rows[3].highlight && !panel.table.rows[0].highlight);
    assert!(!panel.show_table);
    assert_eq!(panel.title, "熊本市外は10年で8.1％増");
    let cells = english().panel(yaml);
    assert_eq!(texts(&cells.table.rows[2])[6..], ["−4", "−3.0%"]);
    assert_eq!(cells.table.columns[7].label, "Change");
    insta::assert_snapshot!("a_table_in_japanese", told(&panel));
    insta::assert_snapshot!("a_table_in_english", told(&cells));
}

#[test]
fn tables_set_indicators_side_by_side() {
    let panel = japanese().panel("kind: table\nindicators: [physicians, per_100k]\nareas: [jp, kumamoto, ariake]\n");
    let heads: Vec<&str> = panel.table.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(heads, ["地域", "医療施設で働く医師（人）", "人口10万人当たりの医師（人）"]);
    assert_eq!(texts(&panel.table.rows[2]), ["319", "…"]);
    assert_eq!(panel.table.caption, "医療施設で働く医師、人口10万人当たりの医師");
    assert_eq!(panel.subtitle, "医療施設で働く医師、人口10万人当たりの医師・2018年");
    let alike = japanese().panel("kind: table\nindicator: physicians\nareas: [ariake, ashikita]\nperiods: [2018]\n");
    assert_eq!(alike.title, "最も大きいのは有明の319人");
    let different = japanese().panel("kind: table\nindicator: physicians\nareas: [kumamoto, jp]\nperiods: [2018]\n");
    assert_eq!(different.title, "熊本県は5,091人（2018年）");
    let sources = japanese().panel("kind: table\nindicators: [physicians, gaps]\nareas: [kumamoto]\n");
    assert_eq!(sources.source, "別の調査（2017年現在）、医師・歯科医師・薬剤師調査");
    assert_eq!(sources.as_of.iso, "2018-12-31");
}

#[test]
fn main_figures_are_formulas() {
    let yaml = "kind: kpi
id: fig-main
title: \"医師`= physicians[kumamoto]`人の6割が、熊本市で働いている\"
items:
  - {label: 医師の数, value: \"physicians[kumamoto]\", note: \"2016年より`= physicians[kumamoto] - physicians[kumamoto, 2016]`人増\"}
  - {label: 人口10万人当たり, value: \"= per_100k[kumamoto]\"}
  - {label: 熊本市の割合, value: \"`= physicians[city] / physicians[kumamoto] | percent`\"}
  - {label: 差, value: \"per_100k[kumamoto] - per_100k[jp] | signed\", unit: \"\"}
";
    let panel = japanese().panel(yaml);
    assert_eq!(panel.title, "医師5,091人の6割が、熊本市で働いている");
    let Graphic::Items { items } = &panel.graphic else { panic!("items") };
    let shown: Vec<(&str, &str, &str)> =
        items.iter().map(|item| (item.number.as_str(), item.unit.as_str(), item.note.as_str())).collect();
    assert_eq!(
        shown,
        [("5,091", "人", "2016年より90人増"), ("289.8", "人", ""), ("60.2", "％", ""), ("+43.1", "", "")]
    );
    insta::assert_snapshot!("main_figures", told(&panel));
    assert_eq!(panel.alt, "医師の数は5,091人。人口10万人当たりは289.8人。熊本市の割合は60.2％。差は+43.1。");
    assert_eq!(texts(&panel.table.rows[2]), ["60.2", "％", ""]);
    assert_eq!(panel.table.rows[2].cells[0].sort.as_deref(), Some("60.2"));
    assert_eq!(panel.source, "医師・歯科医師・薬剤師調査");
    let csv = String::from_utf8(panel.dataset.csv()).expect("text");
    assert!(csv.contains("熊本市の割合,60.2,％,\r\n"), "{csv}");
}

#[test]
fn figures_can_come_from_the_panel_alone() {
    let yaml = "kind: kpi\nitems:\n  - {label: 常勤医師, value: \"46\", unit: 人}\n  - {label: 当直, value: \"4\", unit: 回/月}\n";
    let wanted = ["panel-without-source", "panel-without-as-of"].map(|code| (code.to_owned(), "kind: kpi".to_owned()));
    assert_eq!(japanese().findings(yaml), wanted);
    let panel = japanese().panel(&format!("{yaml}source: 見本\nas_of: FY2025\n"));
    assert_eq!(panel.title, "常勤医師は46人");
    assert_eq!(panel.as_of, AsOf { iso: "2025".into(), long: "2025年度".into() });
}

#[test]
fn csv_is_tidy() {
    let panel = japanese().panel("kind: trend\nindicator: gaps\nareas: [city, kumamoto]\nfrom: FY2017\n");
    let csv = panel.dataset.csv();
    assert!(csv.starts_with("\u{feff}".as_bytes()));
    let text = String::from_utf8(csv).expect("text");
    assert_eq!(
        text.trim_start_matches('\u{feff}'),
        "指標,ID,コード,地域,時点,値,単位,備考\r\n\
         欠けのある指標,city,,熊本市,FY2017,,件,データなし\r\n\
         欠けのある指標,city,,熊本市,FY2018,,件,データなし\r\n\
         欠けのある指標,kumamoto,43,熊本県,FY2017,30,件,\r\n\
         欠けのある指標,kumamoto,43,熊本県,FY2018,45,件,推計\r\n"
    );
    assert_eq!(dataset::size(panel.dataset.csv().len(), japanese().wording()), "0.3KB");
}

#[test]
fn texts_of_another_language_are_marked() {
    let panel = english().panel("kind: table\nindicator: gaps\nareas: [kumamoto, city]\ntitle: {ja: 題 <1>}\n");
    assert_eq!(panel.title_html, "<span lang=\"ja\">題 &lt;1&gt;</span>");
    assert_eq!(panel.source_lang.as_deref(), None, "a text for all languages is in every one");
    let panel = english().panel("kind: table\nindicator: physicians\nareas: [kamimashiki]\nnote: {ja: 注}\n");
    assert_eq!(panel.note_lang.as_deref(), Some("ja"));
}

#[test]
fn templates_get_what_was_agreed() {
    let panel = japanese().panel("kind: table\nindicator: share\n");
    let csv = Csv { href: "x.csv".into(), size: "0.1KB".into() };
    let on_page = OnPage::new(None, Addresses { csv: Some(csv), ..Addresses::default() }, 3);
    let view = serde_json::to_value(panel).expect("JSON");
    let on_page = serde_json::to_value(on_page).expect("JSON");
    let fields = [&view, &on_page].into_iter().flat_map(|fields| fields.as_object().expect("fields").keys());
    let keys: Vec<&str> = fields.map(String::as_str).collect();
    for key in [
        "id",
        "kind",
        "number",
        "title_html",
        "subtitle",
        "note",
        "source",
        "as_of",
        "alt",
        "csv",
        "table",
        "show_table",
        "graphic",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!(view["table"]["rows"][0]["cells"][1]["text"], "18.4");
    assert_eq!(view["graphic"], serde_json::json!({}));
}

#[test]
fn mistakes_are_pointed_at() {
    let desk = japanese();
    let cases: [(&str, &[(&str, &str)]); 24] = [
        ("", &[("no-panel-kind", "")]),
        ("kind: trned\n", &[("unknown-panel-kind", "trned")]),
        ("kind: trend\n", &[("panel-without-indicator", "kind: trend")]),
        ("kind: trend\nindicator: physician\n", &[("unknown-indicator", "physician")]),
        ("kind: trend\nindicator: physicians\nhighlihgt: jp\n", &[("unknown-field", "highlihgt")]),
        (
            "kind: trend\nindicator: physicians\nareas: [jp, 熊本件, elsewhere]\n",
            &[("unknown-area", "熊本件"), ("no-row", "elsewhere")],
        ),
        ("kind: trend\nindicator: physicians\nareas: [jp]\nhighlight: city\n", &[("highlight-not-shown", "city")]),
        ("kind: trend\nindicator: physicians\nfrom: 2018\n", &[("too-few-periods", "2018")]),
        ("kind: trend\nindicator: physicians\nfrom: soon\n", &[("wrong-type", "soon")]),
        ("kind: trend\nindicator: gaps\nareas: [city]\n", &[("panel-without-values", "kind: trend")]),
        ("kind: trend\nindicator: share\nid: Fig 1\n", &[("invalid-panel-id", "Fig 1")]),
        ("kind: trend\nindicator: share\ntitle: 値`= shar[kumamoto]`\n", &[("unknown-indicator", "shar")]),
        ("kind: trend\nindicator: share\ntitle: {ja: \"`= share[kumamot]`\", en: x}\n", &[("unknown-area", "kumamot")]),
        ("kind: table\n", &[("panel-without-indicator", "kind: table")]),
        (
            "kind: table\nindicator: share\nperiods: [2018]\ncolumns: [change]\n",
            &[("change-without-periods", "[change]")],
        ),
        ("kind: table\nindicator: share\ncolumns: [chnge]\n", &[("unknown-choice", "chnge")]),
        ("kind: table\nindicator: share\nperiods: [2017]\n", &[("unknown-period", "2017")]),
        ("kind: kpi\n", &[("missing-field", "")]),
        (
            "kind: kpi\nitems: [{label: a, value: \"1\", unit: 人}]\nsource: s\nas_of: 2018\n",
            &[("wrong-number-of-items", "items")],
        ),
        (
            "kind: kpi\nitems: [{label: a, value: \"physicians[jp] / physicians[city]\"}, {label: b, value: share}]\n",
            &[("panel-without-unit", "physicians[jp] / physicians[city]"), ("bare-indicator", "share")],
        ),
        ("kind: kpi\nitems: 3\n", &[("wrong-type", "3")]),
        ("kind: [a\n", &[("yaml-syntax", "[")]),
        ("kind: table\nkind: kpi\n", &[("duplicate-key", "kind"), ("panel-without-indicator", "kind: table")]),
        ("- kind: table\n", &[("wrong-type", "")]),
    ];
    for (yaml, expected) in cases {
        let codes: Vec<(String, String)> = desk.findings(yaml);
        let expected: Vec<(String, String)> =
            expected.iter().map(|(code, place)| (code.to_string(), place.to_string())).collect();
        assert_eq!(codes, expected, "{yaml}");
    }
}

#[test]
fn formulas_without_quotes_are_told_to_have_them() {
    let checked = japanese().compose("kind: kpi\nitems: [{label: a, value: physicians[jp]}]\n");
    assert_eq!(checked.findings.len(), 1);
    let help: Vec<&str> = checked.findings[0].help.iter().map(|help| help.en.as_str()).collect();
    assert!(help.iter().any(|help| help.contains("\"physicians[jp]\"")), "{help:?}");
}

#[test]
fn no_yaml_makes_it_panic() {
    let desk = japanese();
    let seeds = [
        TREND,
        "kind: table\nindicators: [physicians, gaps]\nareas: [jp, city]\nperiods: [2018, FY2017]\ncolumns: [change, rate]\n",
        "kind: kpi\nitems:\n  - {label: a, value: \"gaps[city] / gaps[jp] | percent\", unit: x}\n  - {label: \"`= share[kumamoto]`\", value: '1'}\n",
    ];
    let alphabet: Vec<char> = "[]{},:|-`='\"\n 0９…x熊&*!%#\t".chars().collect();
    let mut state = 11u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    for seed in seeds {
        for _ in 0..400 {
            let mut characters: Vec<char> = seed.chars().collect();
            for _ in 0..1 + next(4) {
                let at = next(characters.len());
                match next(3) {
                    0 if !characters.is_empty() => drop(characters.remove(at)),
                    1 => characters.insert(at, alphabet[next(alphabet.len())]),
                    _ if next(8) == 0 => characters.truncate(at + 1),
                    _ => characters.insert(at, alphabet[next(alphabet.len())]),
                }
            }
            let text: String = characters.into_iter().collect();
            let _ = desk.compose(&text);
        }
    }
}

#[test]
fn labels_of_any_trend_keep_apart() {
    // Lines that end close together, at every height of the plot: sixteen names of different lengths.
    let mut areas = String::from("areas:\n");
    let mut values = String::new();
    for index in 0..16 {
        areas.push_str(&format!("  - {{id: a{index}, name: {}, kind: group}}\n", "地域の名前".repeat(1 + index % 3)));
        values.push_str(&format!("      a{index}: [{}, {}]\n", 100 + index * 7, 200 + (index * index) % 9));
    }
    let head =
        "indicators:\n  - {id: near, name: 近い値, unit: 人, source: s, as_of: 2018, periods: [2008, 2018], values: {";
    let flow = values.trim_end().replace("      ", "").replace('\n', ", ");
    let indicators = format!("{head}{flow}}}}}\n");
    let read = |(number, text): (usize, &str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, []);
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> = [areas.as_str(), indicators.as_str()].into_iter().enumerate().filter_map(read).collect();
    let desk = Desk { data: data::assemble(&documents, &Default::default()).value, ..japanese() };
    let Graphic::Drawing { svg, classes, .. } = desk.panel("kind: trend\nindicator: near\n").graphic else {
        panic!("a drawing")
    };
    let height: f64 = classes.rsplit_once('h').and_then(|(_, height)| height.parse().ok()).expect("a height");
    let pixels = height * 16.0;
    let number = |text: &str, key: &str| -> f64 {
        let start = text.find(key).map_or(0, |at| at + key.len());
        text[start..].split(['%', 'e']).next().and_then(|value| value.parse().ok()).expect("a number")
    };
    let mut boxes: Vec<(f64, f64)> = svg
        .split("<text ")
        .filter(|text| text.contains("x=\"100%\"") && text.starts_with("class=\"k"))
        .map(|text| {
            let (middle, lines) = (number(text, " y=\"") / 100.0 * pixels, 1 + text.matches("<tspan").count());
            let half = lines as f64 * 13.0 * 1.25 / 2.0;
            (middle - half, middle + half)
        })
        .collect();
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(boxes.len(), 16);
    assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 0.1), "{boxes:?}");
    assert!(boxes[0].0 > -9.0 && boxes[15].1 <= pixels + 0.1, "{boxes:?} in {pixels}");
}

#[test]
fn every_kind_tells_what_it_is_and_has_a_template() {
    for kind in KINDS {
        assert!(kind.manual().contains(&format!("kind: {}", kind.name())), "{}", kind.name());
        assert!(
            include_dir::include_dir!("$CARGO_MANIFEST_DIR/themes/base/templates/panels")
                .contains(format!("{}.html", kind.name()))
        );
    }
}
