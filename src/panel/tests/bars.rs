//! Bars, slopes, targets and shares from figures of 表3 of the plan of Kumamoto, and from some made to be awkward.

use super::*;

const PLACES: &str = "areas:
  - {id: yatsushiro, name: {ja: 八代, en: Yatsushiro}, kind: secondary-medical-area, parent: kumamoto}
  - {id: kuma, name: {ja: 球磨, en: Kuma}, kind: secondary-medical-area, parent: kumamoto}
  - {id: uki, name: {ja: 宇城, en: Uki}, kind: secondary-medical-area, parent: kumamoto}
";

const MORE: &str = "indicators:
  - id: index
    name: {ja: 医師偏在指標, en: Maldistribution index}
    unit: {ja: 人, en: physicians}
    source: {ja: 計画の表3, en: Table 3 of the plan}
    as_of: 2016
    better: higher
    periods: [2016]
    values:
      jp: [239.8]
      ashikita: [230.6]
      uki: [146.9]
      yatsushiro: [215.6]
      kuma: [158.8]
      ariake: [188.7]
  - id: index_rank
    name: {ja: 全国順位, en: National rank}
    unit: {ja: 位, en: rank}
    source: {ja: 計画の表3, en: Table 3 of the plan}
    as_of: 2016
    periods: [2016]
    values: {ashikita: [74], uki: [269], yatsushiro: [86], kuma: [234], ariake: [134]}
  - id: net
    name: {ja: 増減, en: Change}
    unit: {ja: 人, en: people}
    source: 調べ
    as_of: 2018
    better: lower
    periods: [2017, 2018]
    values:
      ashikita: [2, {value: -40, mark: estimated}]
      uki: [5, …]
      yatsushiro: [-3, 120]
      kuma: [1, 0]
      ariake: [4, 45]
  - id: goal
    name: {ja: 目標の医師, en: Physicians aimed at}
    unit: {ja: 人, en: physicians}
    source: {ja: 計画, en: Plan}
    as_of: 2018
    periods: [2023]
    values: {ashikita: [140], ariake: [300], kumamoto: ['5,091'], city: [0]}
  - id: whole_parts
    name: {ja: 内訳, en: Parts}
    unit: {ja: 人, en: people}
    source: 調べ
    as_of: 2018
    periods: [2016, 2017, 2018]
    values:
      kumamoto: [100, 100.4, 100]
      ashikita: [33.5, 33.5, 60]
      ariake: [33.5, 33.5, 30]
      kuma: [33.5, 33.5, 20]
      uki: [0, -1, …]
";

fn desk(tag: &str) -> Desk {
    Desk::with(tag, Negative::Minus, &[PLACES, MORE])
}

fn drawing(panel: &Panel) -> (&str, &str) {
    match &panel.graphic {
        Graphic::Drawing { svg, classes, .. } => (svg, classes),
        _ => panic!("a drawing"),
    }
}

const RANKED: &str =
    "kind: bars\nindicator: index\nhighlight: kuma\nreference: jp\nranks: index_rank\nout_of: 335\nthirds: true\n";

/// The names of areas that would not fit beside bars.
const LONG_NAMES: &str = "areas:
  - {id: long-one, name: 独立行政法人国立病院機構の長い名の地域その一, kind: district}
  - {id: long-two, name: 独立行政法人国立病院機構の長い名の地域その二, kind: district}
  - {id: long-three, name: An area with an uncommonly long name in another language, kind: district}
";

const LONG: &str = "indicators:
  - id: long
    name: 長い名の値
    unit: 件
    source: 調べ
    as_of: 2018
    periods: [2010, 2018]
    values: {long-one: ['1,234,567', '2,345,678'], long-two: [-500000, '1,000,000'], long-three: [3, 4]}
";

/// The boxes of the texts of a drawing on a panel of that width, with what stands in them: from the left, from the top,
/// to the right, to the bottom. The plot begins at zero.
fn boxes(svg: &str, classes: &str, panel: f64) -> (Vec<(String, [f64; 4])>, [f64; 4]) {
    let svg = with_anchors(svg);
    use crate::draw::{EM, LINE_HEIGHT, label::width};
    let class = |prefix: &str| -> f64 {
        classes.split(' ').find_map(|class| class.strip_prefix(prefix)?.parse().ok()).expect("a class")
    };
    let (left, right, height) = (class("ml") * EM, class("mr") * EM, class("h") * 16.0);
    let plot = panel - left - right;
    let value = |tag: &str, name: &str| -> f64 {
        let start = tag.find(&format!(" {name}=\"")).map(|at| at + name.len() + 3);
        let text = start.map_or("0", |at| tag[at..].split('"').next().unwrap_or("0"));
        text.trim_end_matches('%').trim_end_matches("em").parse().unwrap_or(0.0)
    };
    let found = svg.split("<text").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        if panel < crate::draw::WIDE && tag.contains(" w\"") {
            return None;
        }
        let content = rest.split("</text>").next()?;
        let lines: Vec<String> = content
            .split("<tspan")
            .enumerate()
            .map(|(index, line)| if index == 0 { line } else { line.split_once('>').map_or("", |(_, line)| line) })
            .map(|line| line.replace("</tspan>", "").replace("&amp;", "&"))
            .collect();
        let wide = lines.iter().map(|line| width(line)).fold(0.0, f64::max) * EM;
        let x = value(tag, "x") / 100.0 * plot + value(tag, "dx") * EM;
        let start = match tag {
            tag if tag.contains("\"end\"") => x - wide,
            tag if tag.contains("\"middle\"") => x - wide / 2.0,
            _ => x,
        };
        // The first baseline is a third of an em below the middle of its line.
        let top = value(tag, "y") / 100.0 * height + (value(tag, "dy") - 0.35 - LINE_HEIGHT / 2.0) * EM;
        Some((lines.join("/"), [start, top, start + wide, top + lines.len() as f64 * LINE_HEIGHT * EM]))
    });
    (found.collect(), [-left, -1.3 * EM, plot + right, height + 2.2 * EM])
}

/// No label covers another or leaves the frame, on a phone, a tablet and a desk.
fn is_legible(panel: &Panel) {
    let (svg, classes) = drawing(panel);
    for wide in [crate::draw::NARROWEST, 320.0, 448.0, 900.0] {
        let (boxes, frame) = boxes(svg, classes, wide);
        assert!(!boxes.is_empty());
        for (text, it) in &boxes {
            assert!(
                it[0] >= frame[0] - 0.1 && it[1] >= frame[1] && it[2] <= frame[2] + 0.1 && it[3] <= frame[3],
                "{text} {it:?} leaves {frame:?} on {wide} ({})",
                panel.title
            );
        }
        for (index, (text, one)) in boxes.iter().enumerate() {
            for (other_text, other) in &boxes[index + 1..] {
                let across = one[2].min(other[2]) - one[0].max(other[0]);
                let down = one[3].min(other[3]) - one[1].max(other[1]);
                // Lines of text may share the white between them, but not more.
                assert!(
                    across <= 0.1 || down <= 2.0,
                    "{text} covers {other_text} by {down} on {wide} ({})",
                    panel.title
                );
            }
        }
    }
}

#[test]
fn bars_tell_rank_and_third() {
    let panel = desk("ja").panel(RANKED);
    assert_eq!(panel.title, "球磨は335圏域のうち234位（158.8人）");
    assert_eq!(panel.subtitle, "医師偏在指標（人）・2016年");
    assert_eq!(panel.note, "点線は全国の値です。");
    assert_eq!(
        panel.alt,
        "医師偏在指標（人）を比べる横棒グラフ（2016年）。芦北 230.6（74位）、八代 215.6（86位）、有明 188.7（134位）、球磨 158.8（234位）、宇城 146.9（269位）。比べる線は全国の239.8人。"
    );
    let rows: Vec<String> =
        panel.table.rows.iter().map(|row| format!("{} {}", row.label, texts(row).join(" "))).collect();
    assert_eq!(
        rows,
        [
            "芦北 230.6 74位/335 上位33.3％",
            "八代 215.6 86位/335 上位33.3％",
            "有明 188.7 134位/335 中位33.3％",
            "球磨 158.8 234位/335 下位33.3％",
            "宇城 146.9 269位/335 下位33.3％",
            "全国 239.8 — "
        ]
    );
    let panel = desk("en").panel(RANKED);
    assert_eq!(panel.title, "Kuma: 234th of 335 medical areas (158.8 physicians)");
    assert!(panel.alt.ends_with("The line for comparison is Japan, 239.8 physicians."), "{}", panel.alt);
}

#[test]
fn bars_are_drawn_the_same_on_every_machine() {
    let panel = desk("ja").panel(RANKED);
    let (svg, classes) = drawing(&panel);
    insta::assert_snapshot!(format!("{classes}\n{}", svg.replace("><", ">\n<")));
}

#[test]
fn bars_without_a_highlight_tell_what_is_true_of_all() {
    let title = |tag: &str, more: &str| desk(tag).panel(&format!("kind: bars\nindicator: index\n{more}")).title;
    assert_eq!(title("ja", ""), "最も大きいのは芦北の230.6人");
    assert_eq!(title("ja", "reference: jp\n"), "5圏域のうち、全国を上回るものはない");
    assert_eq!(title("en", "reference: ariake\n"), "2 of 4 medical areas are above Ariake");
    assert_eq!(title("en", "reference: yatsushiro\n"), "1 of 4 medical areas is above Yatsushiro");
    assert_eq!(title("ja", "better: lower\n"), "最も小さいのは宇城の146.9人");
    assert_eq!(title("ja", "highlight: ariake\n"), "有明は5圏域のうち3位（188.7人）");
    assert_eq!(
        title("en", "highlight: ariake\nbetter: lower\n"),
        "Ariake: 3rd of 5 medical areas from the lowest (188.7 physicians)"
    );
    // A country is no rival of an area.
    assert_eq!(title("ja", "areas: [jp, kuma]\n"), "医師偏在指標の比較");
}

#[test]
fn bars_begin_at_zero_on_either_side() {
    let panel = desk("ja").panel("kind: bars\nindicator: net\nhighlight: ashikita\n");
    assert_eq!(panel.title, "芦北は4圏域のうち低いほうから1位（-40人）".replace('-', "−"));
    let (svg, _) = drawing(&panel);
    // From −40 to 120: zero is at a quarter.
    assert!(svg.contains("<path class=\"kh bh\" d=\"M25 ") && svg.contains("H0V"), "{svg}");
    assert!(svg.contains("<path class=\"km b\" d=\"M25 ") && svg.contains("H100V"), "{svg}");
    assert!(svg.contains("<path class=\"z\" d=\"M25 "), "{svg}");
    assert!(panel.note.starts_with("斜線の棒は推計値です。値なし：宇城。"), "{}", panel.note);
    let line = panel.table.rows.iter().find(|row| row.label == "宇城").expect("a row");
    assert_eq!(texts(line), ["…", "—"]);
}

#[test]
fn a_limit_keeps_the_highlighted_bar_and_says_so() {
    let panel = desk("ja").panel("kind: bars\nindicator: index\nlimit: 2\nhighlight: uki\n");
    let rows: Vec<&str> = panel.table.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(rows, ["芦北", "八代", "宇城"]);
    assert!(panel.note.contains("5のうち3を示しています。"), "{}", panel.note);
    assert_eq!(panel.title, "宇城は5圏域のうち5位（146.9人）");
}

#[test]
fn bars_of_two_periods_are_told_apart() {
    let panel = desk("en").panel(
        "kind: bars\nindicator: physicians\nareas: [ariake, ashikita]\nperiods: [2008, 2018]\nhighlight: ashikita\n",
    );
    assert_eq!(panel.title, "Ashikita: down 3.0% in ten years");
    let (svg, _) = drawing(&panel);
    assert_eq!((svg.matches("class=\"ha km\"").count(), svg.matches("class=\"ha kh\"").count()), (1, 1));
    assert!(svg.contains(">135 (2008)<") && svg.contains(">131 (2018)<"), "{svg}");
    is_legible(&panel);
}

#[test]
fn no_label_covers_another_or_leaves_the_frame() {
    let all = [
        RANKED,
        "kind: bars\nindicator: index\n",
        "kind: bars\nindicator: index\nreference: jp\nhighlight: uki\n",
        "kind: bars\nindicator: net\nhighlight: ashikita\n",
        "kind: bars\nindicator: net\nperiods: [2017, 2018]\n",
        "kind: bars\nindicator: physicians\nareas: [jp, kumamoto, city, outside]\n",
        "kind: bars\nindicator: long\n",
        "kind: bars\nindicator: long\nreference: long-two\nperiods: [2010, 2018]\n",
        "kind: slope\nindicator: per_100k\nareas: [jp, kumamoto, city, outside]\nhighlight: outside\n",
        "kind: slope\nindicator: physicians\nareas: [outside, kamimashiki, city, ariake, ashikita]\n",
        "kind: slope\nindicator: net\n",
        "kind: slope\nindicator: long\n",
        "kind: target\nindicator: physicians\ntarget: goal\n",
        "kind: target\nitems:\n  - {indicator: physicians, target: goal, area: ariake, label: 県内の総合診療専門研修プログラムの修了者と専攻医の累計}\n  - {indicator: physicians, target: goal, area: kumamoto}\n",
        "kind: share\nindicator: physicians\nareas: [city, outside]\nwhole: kumamoto\n",
        "kind: share\nindicator: physicians\nareas: [ashikita, ariake, city]\nwhole: kumamoto\nperiods: [2008, 2014, 2018]\n",
        "kind: share\nindicators: [share]\n",
        "kind: share\nindicator: long\nareas: [long-one, long-three]\n",
    ];
    for tag in ["ja", "en"] {
        let desk = Desk::with(tag, Negative::Minus, &[PLACES, MORE, LONG_NAMES, LONG]);
        for yaml in all {
            is_legible(&desk.panel(yaml));
        }
    }
}

#[test]
fn bad_options_of_bars_are_found_where_they_stand() {
    let found = |more: &str| desk("ja").findings(&format!("kind: bars\nindicator: index\n{more}"));
    let one = |code: &str, at: &str| vec![(code.to_owned(), at.to_owned())];
    assert_eq!(found("limit: 0\n"), one("no-bars", "0"));
    assert_eq!(found("thirds: true\nsort: given\n"), one("thirds-out-of-order", "given"));
    assert_eq!(found("out_of: 335\n"), one("out-of-without-ranks", "335"));
    assert_eq!(found("ranks: index_rank\nthirds: true\n"), one("thirds-of-unknown", "index_rank"));
    assert_eq!(found("period: 2016\nperiods: [2016]\n"), one("period-twice", "2016"));
    assert_eq!(found("periods: []\n"), one("wrong-number-of-periods", "[]"));
    assert_eq!(found("period: 2015\n"), one("unknown-period", "2015"));
    assert_eq!(found("reference: kamimashiki\n"), one("no-row", "kamimashiki"));
    assert_eq!(found("ranks: index_rang\n"), one("unknown-indicator", "index_rang"));
    assert_eq!(found("sort: best\n").len(), 1);
    assert_eq!(desk("ja").findings("kind: bars\n"), one("panel-without-indicator", "kind: bars"));
    assert_eq!(desk("ja").findings("kind: bars\nindicator: index\nhilight: kuma\n")[0].0, "unknown-field");
}

#[test]
fn a_slope_tells_then_and_now() {
    let yaml = "kind: slope\nindicator: per_100k\nareas: [jp, kumamoto, city, outside]\nhighlight: outside\n";
    let panel = desk("ja").panel(yaml);
    assert_eq!(panel.title, "熊本市外は10年で16.1％増");
    assert_eq!(panel.subtitle, "人口10万人当たりの医師（人）・2008年と2018年");
    assert!(panel.alt.ends_with("熊本市外は171.6人から199.3人へ増加。"), "{}", panel.alt);
    let outside = panel.table.rows.iter().find(|row| row.label == "熊本市外").expect("a row");
    assert_eq!(texts(outside), ["171.6", "199.3", "27.7", "16.1％"]);
    insta::assert_snapshot!(drawing(&panel).0.replace("><", ">\n<"));
    let panel = desk("en").panel("kind: slope\nindicator: physicians\nareas: [ariake, ashikita]\n");
    assert_eq!(panel.title, "Ariake: up 16.4% in ten years, the steepest rise");
    assert!(panel.alt.contains("Ashikita fell from 135 physicians to 131 physicians."), "{}", panel.alt);
}

#[test]
fn a_slope_joins_only_what_can_be_compared() {
    let panel = desk("ja").panel("kind: slope\nindicator: gaps\nareas: [kumamoto, city, outside]\nto: FY2017\n");
    let (svg, _) = drawing(&panel);
    // 熊本県 rose; 熊本市 has a value for neither period; 熊本市外 was counted in another way.
    assert_eq!(svg.matches("class=\"km\" d=").count(), 1, "{svg}");
    assert!(panel.note.contains("両方の時点の値がそろわないもの：熊本市。"), "{}", panel.note);
    assert!(panel.note.contains("2017年度から数え方が変わったため"), "{}", panel.note);
    let found = |more: &str| desk("ja").findings(&format!("kind: slope\nindicator: per_100k\n{more}"));
    assert_eq!(found("from: 2018\nto: 2008\n"), [("no-slope".to_owned(), "2018".to_owned())]);
    assert_eq!(found("from: 2009\n"), [("unknown-period".to_owned(), "2009".to_owned())]);
    assert_eq!(desk("ja").findings("kind: slope\n")[0].0, "panel-without-indicator");
}

#[test]
fn a_target_tells_what_is_missing() {
    let panel = desk("ja").panel("kind: target\nindicator: physicians\ntarget: goal\nareas: [ashikita, ariake]\n");
    assert_eq!(panel.title, "2つの目標のうち、到達したのは1つ");
    assert_eq!(panel.subtitle, "医療施設で働く医師（人）・現状は2018年、目標は2023年");
    let rows: Vec<String> =
        panel.table.rows.iter().map(|row| format!("{} {}", row.label, texts(row).join(" "))).collect();
    assert_eq!(rows, ["芦北 131人 2018年 140人 2023年 93.6％ あと9人", "有明 319人 2018年 300人 2023年 106.3％ 到達"]);
    assert_eq!(panel.dataset.rows.len(), 4);
    insta::assert_snapshot!(drawing(&panel).0.replace("><", ">\n<"));
    let one = "kind: target\nindicator: physicians\ntarget: goal\nareas: [ashikita]\n";
    assert_eq!(desk("en").panel(one).title, "Ashikita: 9 physicians short of the target of 140 physicians (2023)");
    let lower = "kind: target\nindicator: physicians\ntarget: goal\nareas: [ashikita, ariake]\nbetter: lower\n";
    let panel = desk("ja").panel(lower);
    assert_eq!(texts(&panel.table.rows[1]).last(), Some(&"19人超過"));
    assert_eq!(texts(&panel.table.rows[0]).last(), Some(&"到達"));
}

#[test]
fn targets_of_several_measures_are_drawn_as_parts() {
    let panel = desk("en").panel(
        "kind: target\nitems:\n  - {indicator: physicians, target: goal, area: ashikita, label: {ja: 医師, en: Physicians}}\n",
    );
    assert_eq!(panel.title, "Physicians: 9 physicians short of the target of 140 physicians (2023)");
    assert!(drawing(&panel).0.contains("H93.6V"), "{}", drawing(&panel).0);
    assert!(panel.note.starts_with("Units differ"), "{}", panel.note);
    let found = |yaml: &str| desk("ja").findings(&format!("kind: target\n{yaml}"));
    let one = |code: &str, at: &str| vec![(code.to_owned(), at.to_owned())];
    assert_eq!(found("indicator: physicians\n"), one("no-targets", "kind: target"));
    assert_eq!(found("items:\n  - {indicator: physicians, target: goal}\n"), one("which-row", "physicians"));
    assert_eq!(
        found("items:\n  - {indicator: physicians, target: goal, area: city}\n"),
        one("target-not-above-zero", "goal")
    );
    assert_eq!(
        found("highlight: city\nitems:\n  - {indicator: physicians, target: goal, area: ariake}\n"),
        one("not-together", "highlight")
    );
    assert_eq!(found("indicator: physicians\ntarget: index_rank\n"), one("units-differ", "index_rank"));
}

#[test]
fn a_share_tells_what_is_left_of_the_whole() {
    let panel = desk("ja").panel("kind: share\nindicator: physicians\nareas: [city, ariake]\nwhole: kumamoto\n");
    assert_eq!(panel.title, "熊本市が熊本県の60.2％を占める");
    assert_eq!(
        panel.alt,
        "医療施設で働く医師（人）の内訳を示す帯グラフ。2018年は熊本市 60.2％、有明 6.3％、残り 33.5％。"
    );
    assert_eq!(texts(&panel.table.rows[0]), ["3,064", "60.2％", "319", "6.3％", "1,708", "5,091"]);
    insta::assert_snapshot!(drawing(&panel).0.replace("><", ">\n<"));
    let yaml =
        "kind: share\nindicator: physicians\nareas: [city, outside]\nperiods: [2008, 2018]\nhighlight: outside\n";
    let panel = desk("en").panel(yaml);
    assert_eq!(panel.title, "Outside Kumamoto City: from 42.1% (2008) to 39.8% (2018)");
    assert!(!drawing(&panel).0.contains("Rest"));
    let panel = desk("ja").panel("kind: share\nindicators: [share]\n");
    assert_eq!(panel.title, "熊本県の女性の割合は18.4％");
    assert!(panel.alt.contains("女性の割合 18.4％、残り 81.6％"), "{}", panel.alt);
}

#[test]
fn parts_may_exceed_the_whole_by_what_rounding_explains() {
    let share = |period: u32, areas: &str| {
        format!("kind: share\nindicator: whole_parts\nareas: [{areas}]\nwhole: kumamoto\nperiod: {period}\n")
    };
    let panel = desk("ja").panel(&share(2017, "ashikita, ariake, kuma"));
    assert!(panel.note.contains("四捨五入した値のため"), "{}", panel.note);
    let found = |yaml: &str| desk("ja").findings(yaml)[0].0.clone();
    assert_eq!(found(&share(2016, "ashikita, ariake, kuma")), "parts-exceed-whole");
    assert_eq!(found(&share(2018, "ashikita, ariake, kuma")), "parts-exceed-whole");
    assert_eq!(found(&share(2017, "ashikita, uki")), "part-below-zero");
    let panel = desk("ja").panel(&share(2018, "ashikita, uki"));
    assert!(panel.alt.contains("残り（値のない部分を含む） 40.0％"), "{}", panel.alt);
    let found = |yaml: &str| desk("ja").findings(&format!("kind: share\n{yaml}"))[0].0.clone();
    assert_eq!(found("indicator: whole_parts\nareas: [ashikita, uki]\n"), "part-missing");
    assert_eq!(found("indicator: whole_parts\nareas: [uki]\nperiod: 2016\n"), "whole-is-zero");
    assert_eq!(found("indicators: [physicians, index_rank]\n"), "units-differ");
    assert_eq!(found("indicator: physicians\nareas: []\n"), "wrong-number-of-parts");
    assert_eq!(found("indicators: []\n"), "wrong-number-of-parts");
    assert_eq!(found("indicators: [share]\nperiods: [2018]\n"), "not-together");
    assert_eq!(found("indicators: [share]\nhighlight: shar\n"), "highlight-not-shown");
    assert_eq!(found("indicators: [share]\nareas: []\n"), "panel-without-values");
    assert_eq!(found(""), "panel-without-indicator");
    assert_eq!(found("indicator: physicians\nperiod: 2018\nperiods: [2018]\n"), "period-twice");
}
