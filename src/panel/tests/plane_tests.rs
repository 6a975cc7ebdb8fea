//! Maps, scatter plots, small multiples and formulas.

use super::*;
use crate::draw::{EM, LINE_HEIGHT, WIDE, label};
use crate::parse::outline;

const PLACES: &str = "areas:
  - {id: jp, name: {ja: 全国, en: Japan}, kind: country, code: '00'}
  - {id: hokkaido, name: {ja: 北海道, en: Hokkaido}, kind: prefecture, code: '01', parent: jp}
  - {id: tokyo, name: {ja: 東京都, en: Tokyo}, kind: prefecture, code: '13', parent: jp}
  - {id: kumamoto, name: {ja: 熊本県, en: Kumamoto Prefecture}, kind: prefecture, code: '430005', parent: jp}
  - {id: okinawa, name: {ja: 沖縄県, en: Okinawa Prefecture}, kind: prefecture, code: '47', parent: jp}
  - {id: nowhere, name: {ja: どこか県, en: Nowhere}, kind: prefecture, parent: jp}
  - {id: twin, name: {ja: ふたご県, en: Twin}, kind: group, code: '47'}
  - {id: s1, name: {ja: 北浜, en: Northbeach}, kind: district, code: S1}
  - {id: s2, name: {ja: 中山, en: Midhill}, kind: district, code: S2}
  - {id: s3, name: {ja: 東崎, en: Eastcape}, kind: district, code: S3}
  - {id: s9, name: {ja: 遠い村, en: Far Village}, kind: district, code: S9}
";

const VALUES: &str = "indicators:
  - {id: rate, name: {ja: 医師, en: Physicians}, unit: {ja: 人, en: physicians}, source: {ja: 調査, en: a survey}, as_of: 2018, precision: 1, periods: [2016, 2018], values: {jp: [240.1, 246.7], hokkaido: [238.3, 243.1], tokyo: [304.2, 307.5], kumamoto: [281.9, 289.8], okinawa: [243.1, 240.7]}}
  - {id: even, name: {ja: 拠点, en: Centres}, unit: {ja: か所, en: centres}, source: s, as_of: 2018, periods: [2018], values: {hokkaido: [2], tokyo: [2], kumamoto: [0], okinawa: […]}}
  - {id: lost, name: {ja: 迷子, en: Lost}, unit: 人, source: s, as_of: 2018, periods: [2018], values: {nowhere: [1], okinawa: [2]}}
  - {id: twins, name: {ja: 双子, en: Twins}, unit: 人, source: s, as_of: 2018, periods: [2018], values: {twin: [1], okinawa: [2]}}
  - {id: visits, name: {ja: 巡回, en: Visits}, unit: {ja: 回, en: visits}, source: s, as_of: 2018, periods: [2018], values: {s1: [48], s2: [96], s3: [24]}}
  - {id: beyond, name: {ja: 島の外, en: Beyond}, unit: {ja: 回, en: visits}, source: s, as_of: 2018, periods: [2018], values: {s1: [48], s9: [96]}}
";

const HOSPITALS: &str = "hospitals:
  - {id: main, name: {ja: 見本中央病院, en: Sample Central}, kind: core, point: {lat: 30.1, lon: 150.1}, source: 台帳, as_of: 2026-04-01}
  - {id: clinic, name: {ja: 見本診療所, en: Sample Clinic}, kind: clinic, point: {lat: 30.2, lon: 150.2}, source: 台帳, as_of: 2026-04-01}
  - {id: lost-clinic, name: {ja: どこかの診療所, en: Lost Clinic}, kind: clinic}
";

const ISLAND: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "S1", "name": "北浜"}, "geometry": {"type": "Polygon", "coordinates": [[[150.0, 30.0], [150.1, 30.0], [150.1, 30.1], [150.0, 30.1], [150.0, 30.0]]]}},
{"type": "Feature", "properties": {"code": "S2", "name": "中山"}, "geometry": {"type": "Polygon", "coordinates": [[[150.1, 30.0], [150.2, 30.0], [150.2, 30.1], [150.1, 30.1], [150.1, 30.0]]]}},
{"type": "Feature", "properties": {"code": "S3", "name": "東崎"}, "geometry": {"type": "Polygon", "coordinates": [[[150.2, 30.0], [150.3, 30.0], [150.3, 30.1], [150.2, 30.1], [150.2, 30.0]]]}},
{"type": "Feature", "properties": {"code": "S3"}, "geometry": {"type": "Polygon", "coordinates": [[[150.32, 30.0], [150.34, 30.0], [150.34, 30.02], [150.32, 30.0]]]}},
{"type": "Feature", "properties": {"code": "S4", "name": "空き地"}, "geometry": {"type": "Polygon", "coordinates": [[[150.0, 29.9], [150.3, 29.9], [150.3, 30.0], [150.0, 30.0], [150.0, 29.9]]]}}]}"#;

const BOW_TIE: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "S1"}, "geometry": {"type": "Polygon", "coordinates": [[[150, 30], [151, 31], [151, 30], [150, 31], [150, 30]]]}},
{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[152, 30], [153, 30], [153, 31], [152, 30]]]}}]}"#;

const POINT: &str =
    r#"{"type": "Feature", "properties": {"code": "S1"}, "geometry": {"type": "Point", "coordinates": [150, 30]}}"#;

fn desk(tag: &str) -> Desk {
    let read = |(number, text): (usize, &str)| {
        let checked =
            crate::parse::data::document(&Source::new(format!("content/data/{number}.yaml"), text.as_bytes()));
        assert_eq!(checked.findings, []);
        checked.value.map(Arc::new)
    };
    let documents: Vec<_> = [PLACES, VALUES, HOSPITALS].into_iter().enumerate().filter_map(read).collect();
    let checked = data::assemble(&documents, &Default::default());
    assert_eq!(checked.findings, []);
    let mut data = checked.value;
    let files =
        [("island.geojson", ISLAND), ("bow.geojson", BOW_TIE), ("point.geojson", POINT), ("bad.geojson", "{\"type\":")];
    let outline = |(name, text): (&str, &str)| {
        Arc::new(outline::document(&Source::new(format!("content/data/{name}"), text.as_bytes())))
    };
    data.add_outlines(files.into_iter().map(outline).collect());
    Desk { data, ..Desk::new(tag, Negative::Minus) }
}

fn svg(panel: &Panel) -> (&str, &str) {
    match &panel.graphic {
        Graphic::Drawing { svg, classes, .. } => (svg, classes),
        _ => panic!("a drawing"),
    }
}

/// Where each text of a drawing is, in CSS pixels: what it says, its classes, and left, top, right, bottom.
fn texts_of(svg: &str, (width, height): (f64, f64)) -> Vec<(String, String, [f64; 4])> {
    let svg = with_anchors(svg);
    let attribute = |tag: &str, name: &str| -> String {
        let key = format!(" {name}=\"");
        let start = tag.find(&key).map(|at| at + key.len());
        start.and_then(|start| tag[start..].split('"').next()).unwrap_or_default().to_owned()
    };
    let number = |text: String| text.trim_end_matches(['%', 'e', 'm']).parse::<f64>().unwrap_or_default();
    let text = |piece: &str| {
        let (tag, rest) = piece.split_once('>').expect("a tag");
        let tag = format!(" {tag}");
        let inner = rest.split("</text>").next().expect("an end");
        let lines: Vec<&str> =
            inner.split("<tspan").map(|line| line.rsplit('>').find(|part| !part.is_empty()).unwrap_or(line)).collect();
        let lines: Vec<String> = lines.iter().map(|line| line.replace("</tspan", "")).collect();
        let room = lines.iter().map(|line| label::width(line)).fold(0.0, f64::max) * EM;
        let x = number(attribute(&tag, "x")) / 100.0 * width + number(attribute(&tag, "dx")) * EM;
        let left = match attribute(&tag, "text-anchor").as_str() {
            "middle" => x - room / 2.0,
            "end" => x - room,
            _ => x,
        };
        let middle_of_first =
            number(attribute(&tag, "y")) / 100.0 * height + (number(attribute(&tag, "dy")) - 0.35) * EM;
        let top = middle_of_first - LINE_HEIGHT * EM / 2.0;
        let bottom = top + lines.len() as f64 * LINE_HEIGHT * EM;
        (lines.join(" "), attribute(&tag, "class"), [left, top, left + room, bottom])
    };
    svg.split("<text").skip(1).map(text).collect()
}

fn assert_apart(texts: &[(String, String, [f64; 4])]) {
    for (index, (name, _, a)) in texts.iter().enumerate() {
        for (other, _, b) in texts.iter().skip(index + 1) {
            let apart = a[2] <= b[0] + 0.3 || b[2] <= a[0] + 0.3 || a[3] <= b[1] + 0.3 || b[3] <= a[1] + 0.3;
            assert!(apart, "{name} {a:?} over {other} {b:?}");
        }
    }
}

#[test]
fn tiles_are_joined_by_code_and_tell_who_is_first() {
    let panel = desk("ja").panel("kind: map\nindicator: rate\nclasses: 2\n");
    assert_eq!(panel.title, "最も大きいのは東京都の307.5人");
    assert_eq!(panel.subtitle, "医師（人）・2018年");
    assert_eq!(
        panel.alt,
        "医師（2018年）を4の地域に塗り分けた地図。240.7〜243.1人は2地域。289.8〜307.5人は2地域。\
         最大は東京都の307.5人、最小は沖縄県の240.7人。"
    );
    assert_eq!(panel.table.rows.len(), 4, "the country has no tile");
    let panel = desk("en").panel("kind: map\nindicator: even\nbreaks: [1, 2]\nhighlight: kumamoto\n");
    assert_eq!(panel.title, "Kumamoto Prefecture: 0 centres (2018)");
    assert!(panel.note.contains("short names"), "{}", panel.note);
    let class = |row: usize| panel.table.rows[row].cells[1].text.as_str();
    assert_eq!([class(0), class(2), class(3)], ["2 centres or more", "Below 1 centres", "No value"]);
    let panel = desk("ja").panel("kind: map\nindicator: even\n");
    assert_eq!(panel.title, "最も大きいのは2か所で、北海道など2地域");
}

#[test]
fn tiles_are_drawn_the_same_on_every_machine() {
    let desk = desk("ja");
    let panel = desk.panel("kind: map\nindicator: rate\nclasses: 3\nhighlight: kumamoto\n");
    let (svg, classes) = svg(&panel);
    assert_eq!(classes, "tiles h30");
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
}

#[test]
fn texts_of_tiles_do_not_touch_on_a_phone() {
    for tag in ["ja", "en"] {
        let panel = desk(tag).panel("kind: map\nindicator: rate\n");
        let texts = texts_of(svg(&panel).0, (276.0, 480.0));
        // Names are set in 12 pixels.
        let narrow: Vec<_> =
            texts.into_iter().filter(|(_, class, _)| !class.contains('w') && !class.contains("tn")).collect();
        assert!(narrow.len() >= 6, "{narrow:?}");
        assert_apart(&narrow);
    }
}

#[test]
fn regions_are_joined_by_code_and_name_what_has_no_value() {
    let yaml = "kind: map\nindicator: visits\nclasses: 3\nfile: island.geojson\ncredit: 架空の島。\n";
    let desk = desk("ja");
    let panel = desk.panel(yaml);
    assert_eq!(panel.title, "最も大きいのは中山の96回");
    assert_eq!(panel.note, "値のない地域: 空き地。地図: 架空の島。");
    let (svg, classes) = svg(&panel);
    assert!(classes.starts_with("map m") && classes.ends_with(" lg4"), "{classes}");
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
    let topology = r#"{"type":"Topology","objects":{"a":{"type":"Polygon","properties":{"code":"S1"},"arcs":[[0]]}},"arcs":[[[150,30],[151,30],[151,31],[150,30]]]}"#;
    let mut data = desk.data.clone();
    data.add_outlines(vec![Arc::new(outline::document(&Source::new("content/data/a.topojson", topology.as_bytes())))]);
    let desk = Desk { data, ..Desk::new("ja", Negative::Minus) };
    let panel = desk.panel("kind: map\nindicator: visits\nareas: [s1]\nfile: a.topojson\ncredit: c\n");
    assert_eq!(panel.table.rows.len(), 1);
}

#[test]
fn places_have_circles_of_the_same_size_and_names_that_keep_apart() {
    let yaml = "kind: map\nradius: 4\nhospitals: [main, clinic]\nfile: island.geojson\ncredit: 架空の島\n";
    let panel = desk("ja").panel(yaml);
    assert_eq!(panel.title, "2か所と、そこから4kmの範囲");
    assert_eq!(panel.alt, "2か所を示した地図。基幹型臨床研修病院は見本中央病院。診療所は見本診療所。");
    assert_eq!((panel.source.as_str(), panel.as_of.iso.as_str()), ("台帳", "2026-04-01"));
    assert_eq!(panel.note, "円の半径は4km。地図: 架空の島。");
    let (svg, classes) = svg(&panel);
    let circles: Vec<&str> =
        svg.split("class=\"ci").skip(1).filter_map(|path| path.split("a").nth(1)?.split(' ').next()).collect();
    assert_eq!(circles.len(), 2);
    assert_eq!(circles[0], circles[1]);
    insta::assert_snapshot!(format!("{classes}\n{}", svg.replace("><", ">\n<")));
    // Many places close together.
    let names = ["湯島へき地診療所", "河浦病院", "Kamiamakusa General Hospital", "御所浦北診療所"];
    let mut yaml = "kind: map\nsource: s\nas_of: 2026\nplaces:\n".to_owned();
    for index in 0..30 {
        let (lat, lon) = (30.0 + f64::from(index * 7 % 30) * 0.01, 150.0 + f64::from(index * 11 % 30) * 0.01);
        yaml += &format!("  - {{name: {}, lat: {lat}, lon: {lon}}}\n", names[index as usize % 4]);
    }
    let panel = desk("ja").panel(&yaml);
    let (svg, classes) = super::plane_tests::svg(&panel);
    let proportion = classes.split(' ').find_map(crate::draw::project::proportion).expect("a proportion");
    for width in [256.0, 300.0, 400.0, WIDE, 500.0, 544.0] {
        let texts = texts_of(svg, (width, width * proportion));
        let shown: Vec<_> = texts.into_iter().filter(|(_, class, _)| width >= WIDE || !class.contains('w')).collect();
        assert!(shown.len() > 3);
        assert_apart(&shown);
        let within = |bounds: &[f64; 4]| {
            bounds[0] > -0.5 && bounds[1] > -0.5 && bounds[2] < width + 0.5 && bounds[3] < width * proportion + 0.5
        };
        assert!(shown.iter().all(|(_, _, bounds)| within(bounds)), "{shown:?}");
    }
}

#[test]
fn small_multiples_share_an_axis_and_a_table() {
    let yaml = "kind: multiples\nof: trend\nindicator: per_100k\nreference: [jp]\n";
    let panel = japanese().panel(yaml);
    assert_eq!(panel.title, "3地域すべてで増加");
    assert_eq!(panel.note, "12月31日現在。縦軸はどの図も100人から500人まで。灰色の破線は全国。");
    let Graphic::Multiples { plots } = &panel.graphic else { panic!("several drawings") };
    let headings: Vec<&str> = plots.iter().map(|plot| plot.heading.as_str()).collect();
    assert_eq!(headings, ["熊本市", "熊本県", "熊本市外"], "the highest last value first");
    assert_eq!(panel.table.rows.len(), 4);
    assert_eq!(panel.dataset.rows.len(), 24);
    insta::assert_snapshot!(plots[2].svg.replace("><", ">\n<"));
    // Each drawing tells its own row of the table, and that of what it is compared with.
    let rows = |values: &str| -> std::collections::BTreeSet<String> {
        values.split(';').filter_map(|value| value.split(' ').nth(2).map(str::to_owned)).collect()
    };
    assert_eq!(
        plots.iter().map(|plot| rows(&plot.values).into_iter().collect()).collect::<Vec<Vec<String>>>(),
        [["0", "3"], ["1", "3"], ["2", "3"]]
    );
    let panel = english().panel(&format!("{yaml}highlight: outside\nareas: [outside, city]\n"));
    assert_eq!(panel.title, "Outside Kumamoto City: up 16.1% in ten years");
    let Graphic::Multiples { plots } = &panel.graphic else { panic!("several drawings") };
    assert_eq!(plots.iter().map(|plot| plot.highlight).collect::<Vec<_>>(), [true, false]);
    let known = english().panel(&format!("{yaml}areas: [outside, jp]\n"));
    assert_eq!(known.table.rows.len(), 2, "what is compared with itself has one row: {:?}", known.table.rows);
    let panel = japanese().panel("kind: multiples\nof: bars\nindicator: gaps\nareas: [kumamoto, outside]\n");
    assert!(panel.note.contains("縦軸はどの図も0件から60件まで。斜線の棒は推計値です。"), "{}", panel.note);
    let Graphic::Multiples { plots } = &panel.graphic else { panic!("several drawings") };
    let bars = plots[0].svg.split("class=\"kh b\" d=\"").nth(1).and_then(|rest| rest.split('"').next());
    let count = bars.unwrap_or_default().matches('M').count();
    assert_eq!(count, 2, "one is missing, one hatched: {}", plots[0].svg);
}

#[test]
fn a_scatter_plot_says_how_many_points_there_are() {
    let yaml = "kind: scatter\nx: physicians\ny: per_100k\nareas: [kumamoto, city, outside, jp]\nreference: median\n";
    let desk = japanese();
    let panel = desk.panel(yaml);
    assert_eq!(panel.title, "最も大きいのは、医療施設で働く医師では全国、人口10万人当たりの医師では熊本市");
    assert!(panel.note.contains("点の数は4。"), "{}", panel.note);
    let (svg, _) = svg(&panel);
    assert!(svg.contains("中央値 268.3"), "half way between 246.7 and 289.8: {svg}");
    for width in [200.0, 256.0, 400.0, 700.0] {
        let texts: Vec<_> = texts_of(svg, (width, 336.0))
            .into_iter()
            .filter(|(_, class, _)| class.starts_with('h') && !class.contains('w'))
            .collect();
        assert!(!texts.is_empty());
        assert_apart(&texts);
    }
    insta::assert_snapshot!(svg.replace("><", ">\n<"));
    let panel = desk.panel(&format!("{yaml}highlight: outside\nlog: x\n"));
    assert_eq!(panel.title, "熊本市外は医療施設で働く医師が2,027人、人口10万人当たりの医師が199.3人");
    assert!(panel.note.contains("横軸は対数。"), "{}", panel.note);
    let panel = desk.panel("kind: scatter\nx: physicians\ny: gaps\nx_period: 2018\ny_period: FY2017\nareas: [kumamoto, outside, city, jp, ashikita]\n".replace("gaps", "per_100k").replace("FY2017", "2016").as_str());
    assert!(panel.note.contains("次の地域は除いた: 芦北。"), "{}", panel.note);
}

#[test]
fn a_formula_tells_what_its_symbols_mean() {
    let yaml = "kind: formula\nformula: 'd = \\frac{n}{p}'\nsymbols:\n  - {symbol: d, name: 人口当たりの医師, value: \"per_100k[city, 2018]\"}\n  - {symbol: n, name: 医師の数, unit: 人}\n  - {symbol: p, name: 人口}\nexample: 'd = `= per_100k[city, 2018]`'\n";
    let panel = japanese().panel(yaml);
    assert_eq!(panel.title, "人口当たりの医師は414.1人");
    assert_eq!(panel.alt, "人口当たりの医師は414.1人。dは人口当たりの医師。nは医師の数。pは人口。");
    let Graphic::Formula(shown) = &panel.graphic else { panic!("a formula") };
    assert!(shown.formula.contains("<mfrac>") && !shown.formula.contains("style="), "{}", shown.formula);
    assert!(shown.example.as_ref().is_some_and(|example| example.contains("<mn>414.1</mn>")), "{:?}", shown.example);
    assert_eq!(shown.symbols[0].value, "414.1人");
    assert_eq!(shown.symbols[1].unit, "人");
    let view = serde_json::to_value(panel).expect("JSON");
    assert_eq!(view["graphic"]["symbols"][1]["name"], "医師の数");
}

#[test]
fn mistakes_in_planes_are_pointed_at() {
    let credit = "credit: c\n";
    let regions = format!("kind: map\nform: regions\n{credit}file: island.geojson\n");
    let cases: Vec<(String, &[(&str, &str)])> = vec![
        ("kind: map\n".into(), &[("map-without-part", "kind: map")]),
        ("kind: map\nform: tile\nindicator: rate\n".into(), &[("unknown-choice", "tile")]),
        ("kind: map\nindicator: rats\n".into(), &[("unknown-indicator", "rats")]),
        ("kind: map\nindicator: rate\nradius: 4\n".into(), &[("option-of-another-form", "radius")]),
        ("kind: map\nindicator: rate\nclasses: 7\n".into(), &[("wrong-number-of-classes", "7")]),
        ("kind: map\nindicator: rate\nbreaks: [1, 2, 3, 4]\n".into(), &[("wrong-number-of-classes", "[1, 2, 3, 4]")]),
        ("kind: map\nindicator: rate\nbreaks: [3, 2]\n".into(), &[("breaks-not-rising", "[3, 2]")]),
        ("kind: map\nindicator: rate\nperiod: 2017\n".into(), &[("unknown-period", "2017")]),
        ("kind: map\nindicator: lost\n".into(), &[("area-without-code", "lost")]),
        ("kind: map\nindicator: twins\n".into(), &[("same-code", "twins")]),
        ("kind: map\nindicator: rate\nareas: [jp]\n".into(), &[("area-without-code", "rate")]),
        ("kind: map\nform: regions\nindicator: visits\n".into(), &[("map-without-part", "kind: map")]),
        ("kind: map\nindicator: visits\nfile: iland.geojson\n".into(), &[("unknown-outline-file", "iland.geojson")]),
        ("kind: map\nindicator: visits\nfile: island.geojson\n".into(), &[("map-without-credit", "island.geojson")]),
        (format!("kind: map\nindicator: visits\nfile: bad.geojson\n{credit}"), &[("not-an-outline", "?")]),
        (format!("kind: map\nindicator: visits\nfile: point.geojson\n{credit}"), &[("not-an-area", "?")]),
        (format!("{regions}indicator: visits\ncode: cod\n"), &[("unknown-property", "cod")]),
        (format!("{regions}indicator: beyond\nareas: [s1, s9]\n"), &[("value-without-region", "beyond")]),
        (format!("{regions}indicator: rate\n"), &[("panel-without-values", "kind: map")]),
        (
            format!("kind: map\nindicator: visits\nareas: [s1]\nfile: bow.geojson\n{credit}"),
            &[("region-without-code", "?"), ("crossing-outline", "?")],
        ),
        ("kind: map\nform: points\n".into(), &[("map-without-part", "kind: map")]),
        ("kind: map\nhospitals: [lost-clinic]\n".into(), &[("place-without-point", "lost-clinic")]),
        ("kind: map\nhospitals: [mian]\n".into(), &[("unknown-hospital", "mian")]),
        ("kind: map\nhospitals: [main]\nradius: 0\n".into(), &[("no-radius", "0")]),
        (
            "kind: map\nplaces: [{name: a, lat: 95, lon: 3}]\n".into(),
            &[("point-off-the-globe", "{name: a, lat: 95, lon: 3}")],
        ),
        (
            "kind: map\nplaces: [{name: a, lat: 35, lon: 3}]\n".into(),
            &[("panel-without-source", "kind: map"), ("panel-without-as-of", "kind: map")],
        ),
        ("kind: multiples\nindicator: rate\n".into(), &[("multiples-of-nothing", "kind: multiples")]),
        ("kind: multiples\nof: kpi\nindicator: rate\n".into(), &[("not-repeatable", "kpi")]),
        ("kind: multiples\nof: trend\n".into(), &[("panel-without-indicator", "kind: multiples")]),
        ("kind: multiples\nof: trend\nindicator: rate\nreference: [s1]\n".into(), &[("no-row", "s1")]),
        (
            "kind: multiples\nof: trend\nindicator: rate\nreference: [jp, tokyo, okinawa]\n".into(),
            &[("too-many-references", "[jp, tokyo, okinawa]")],
        ),
        ("kind: scatter\ny: rate\n".into(), &[("axis-without-indicator", "kind: scatter")]),
        ("kind: scatter\nx: rate\ny: visits\n".into(), &[("too-few-points", "kind: scatter")]),
        ("kind: scatter\nx: rate\ny: rate\nx_period: 1999\n".into(), &[("unknown-period", "1999")]),
        (
            "kind: scatter\nx: rate\ny: even\nlog: y\nareas: [hokkaido, tokyo, kumamoto]\n".into(),
            &[("no-logarithm", "y")],
        ),
        ("kind: formula\nformula: x\nsymbols: []\n".into(), &[("wrong-number-of-symbols", "symbols")]),
        (
            "kind: formula\nformula: '\\fra{x}'\nsymbols: [{symbol: x, name: n}]\nsource: s\nas_of: 2018\n".into(),
            &[("bad-formula", "\\fra")],
        ),
        (
            "kind: formula\nformula: '医師 \\times x'\nsymbols: [{symbol: x, name: n}]\nsource: s\nas_of: 2018\n"
                .into(),
            &[("words-in-formula", "医師")],
        ),
        (
            "kind: formula\nformula: x\nsymbols: [{symbol: x, name: n}]\nas_of: 2018\n".into(),
            &[("panel-without-source", "kind: formula")],
        ),
    ];
    let desk = desk("ja");
    for (yaml, expected) in cases {
        // A finding about a file of outlines stands in that file, not in the panel.
        let checked = desk.compose(&yaml);
        let place = |finding: &Diagnostic| {
            let span =
                finding.primary.as_ref().map(|label| label.span.clone()).filter(|span| &*span.path == "content/a.md");
            span.and_then(|span| yaml.get(span.start - 40..span.end - 40)).unwrap_or("?").to_owned()
        };
        let found: Vec<(String, String)> =
            checked.findings.iter().map(|finding| (finding.code.clone(), place(finding))).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect();
        assert_eq!(found, expected, "{yaml}");
    }
}

#[test]
fn a_kind_that_can_not_be_repeated_names_those_that_can() {
    let checked = desk("ja").compose("kind: multiples\nof: kpi\nindicator: rate\n");
    let expected = checked.findings[0].expected.as_ref().map(|expected| expected.en.clone());
    assert!(expected.as_ref().is_some_and(|text| text.contains("trend")), "{expected:?}");
}

#[test]
fn no_yaml_of_planes_makes_them_panic() {
    let desk = desk("ja");
    let seeds = [
        "kind: map\nindicator: rate\nclasses: 3\nhighlight: tokyo\n",
        "kind: map\nindicator: visits\nbreaks: [30, 60]\nfile: island.geojson\ncredit: c\n",
        "kind: map\nradius: 4.5\nsource: s\nas_of: 2026\nplaces:\n  - {name: 見本, kind: 病院, lat: 30.1, lon: 150.2}\n  - {name: a, lat: -89.9, lon: 179}\nprojection: mercator\n",
        "kind: multiples\nof: trend\nindicator: rate\nreference: [jp]\nareas: [tokyo, okinawa]\nzero: true\n",
        "kind: scatter\nx: rate\ny: rate\nlog: both\nx_period: 2016\nareas: [tokyo, okinawa, jp]\nreference: mean\n",
        "kind: formula\nformula: 'k = \\frac{a_{1}}{b}'\nsymbols:\n  - {symbol: 'k', name: x, value: \"rate[jp]\"}\nexample: '`= rate[jp]`'\n",
    ];
    let alphabet: Vec<char> = "[]{},:|-`='\"\n 0９…x熊&*!%#\t\\^_$".chars().collect();
    let mut state = 29u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    for seed in seeds {
        for _ in 0..150 {
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
