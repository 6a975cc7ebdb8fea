//! Maps: files of outlines, read through the whole program.

use crate::support::Site;

const ISLAND: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "00001"}, "geometry": {"type": "Polygon", "coordinates": [[[150.0, 30.0], [150.1, 30.0], [150.1, 30.1], [150.0, 30.1], [150.0, 30.0]]]}},
{"type": "Feature", "properties": {"code": "00002"}, "geometry": {"type": "Polygon", "coordinates": [[[150.1, 30.0], [150.2, 30.0], [150.2, 30.1], [150.1, 30.1], [150.1, 30.0]]]}}]}"#;

const PAGE: &str = "---\ntitle: 地図\n---\n```panel\nkind: map\nindicator: physicians\nfile: maps/island.geojson\ncredit: 架空の島の地図\n```\n";

fn site() -> Site {
    let site = Site::small("");
    site.write("content/map.md", PAGE.as_bytes());
    site
}

#[test]
fn regions_come_from_the_file_that_the_panel_names() {
    let site = site();
    site.write("content/data/maps/island.geojson", ISLAND.as_bytes()).built();
    let page = site.page("map/index.html");
    assert!(page.contains("<path class=\"f4\"") && page.contains("<path class=\"f1\""), "{page}");
    assert!(page.contains("地図: 架空の島の地図。"), "the credit stands with the map");
    assert!(site.output().keys().all(|path| !path.ends_with(".geojson")), "the file itself stays at home");
}

#[test]
fn the_same_map_has_the_same_bytes() {
    let bytes = || {
        let site = site();
        site.write("content/data/maps/island.geojson", ISLAND.as_bytes()).built();
        site.page("map/index.html")
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_its_place_and_only_where_it_is_named() {
    let site = site();
    let broken =
        ISLAND.replace("[150.1, 30.1], [150.1, 30.0], [150.0", "[150.1, , [150.0").replacen("30.1]", "30.1]]", 1);
    site.write("content/data/maps/island.geojson", broken.as_bytes());
    let run = site.build();
    let finding = run.exits(1).finding("not-an-outline");
    assert!(finding.place().starts_with("content/data/maps/island.geojson:2:"), "{}", finding.place());
    site.remove("content/map.md").built();
}

#[test]
fn a_file_in_metres_or_with_a_name_misspelt_gets_help() {
    let site = site();
    site.write("content/data/maps/iland.geojson", ISLAND.as_bytes());
    let finding = site.build().exits(1).finding("unknown-outline-file");
    assert!(finding.remedy().contains("maps/iland.geojson"), "{}", finding.remedy());
    site.write("content/data/maps/island.geojson", ISLAND.replace("150.", "-12000.").as_bytes());
    assert!(site.build().exits(1).finding("outline-off-the-globe").found().starts_with("-12000"));
}

#[test]
fn any_broken_file_is_a_finding_and_no_crash() {
    let site = site();
    let mut state = 5u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    for round in 0..12 {
        let mut bytes = ISLAND.as_bytes().to_vec();
        for _ in 0..=round {
            let at = next(bytes.len());
            bytes[at] = b"[]{},:\"-9e \xff"[next(12)];
        }
        site.write("content/data/maps/island.geojson", &bytes);
        let code = site.build().code;
        assert!(code == 0 || code == 1, "{code}");
    }
}
