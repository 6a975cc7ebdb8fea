//! The 47 prefectures as tiles: each has the same room, however small it is on the globe.

use super::valued::{Valued, under};
use super::{Form, Options};
use crate::derive::Wording;
use crate::diagnostic::map as findings;
use crate::draw::label::{Label, width};
use crate::draw::mark::{Anchor, Mark, Plot, Point, Text as PlotText};
use crate::draw::{EM, NARROWEST};
use crate::model::area::AreaKind;
use crate::model::indicator::Cell;
use crate::panel::rows::{Entity, note_on_estimates};
use crate::panel::{Draft, Graphic, Reader};

/// A prefecture: its official code, its short names, and its tile: row, column, columns across.
type Tile = (u8, &'static str, &'static str, (u8, u8, u8));

/// How many columns and rows of tiles there are.
const COLUMNS: f64 = 11.0;
const ROWS: f64 = 12.0;

/// All prefectures. Codes are those of JIS X 0401. Where a name has three characters its tile is as broad as two, so that
/// it can be read on a phone.
const TILES: [Tile; 47] = [
    (1, "北海道", "Hkd", (0, 9, 2)),
    (2, "青森", "Aom", (1, 9, 2)),
    (3, "岩手", "Iwt", (2, 10, 1)),
    (4, "宮城", "Myg", (3, 10, 1)),
    (5, "秋田", "Akt", (2, 9, 1)),
    (6, "山形", "Ygt", (3, 9, 1)),
    (7, "福島", "Fks", (4, 9, 2)),
    (8, "茨城", "Ibr", (5, 10, 1)),
    (9, "栃木", "Tcg", (5, 9, 1)),
    (10, "群馬", "Gun", (5, 8, 1)),
    (11, "埼玉", "Stm", (6, 8, 1)),
    (12, "千葉", "Chb", (6, 10, 1)),
    (13, "東京", "Tky", (6, 9, 1)),
    (14, "神奈川", "Kng", (7, 8, 2)),
    (15, "新潟", "Ngt", (4, 7, 2)),
    (16, "富山", "Toy", (4, 6, 1)),
    (17, "石川", "Isk", (4, 5, 1)),
    (18, "福井", "Fki", (5, 5, 1)),
    (19, "山梨", "Yns", (6, 7, 1)),
    (20, "長野", "Ngn", (5, 7, 1)),
    (21, "岐阜", "Gif", (5, 6, 1)),
    (22, "静岡", "Szo", (7, 7, 1)),
    (23, "愛知", "Aic", (6, 6, 1)),
    (24, "三重", "Mie", (7, 6, 1)),
    (25, "滋賀", "Shg", (6, 5, 1)),
    (26, "京都", "Kyt", (6, 4, 1)),
    (27, "大阪", "Osk", (7, 4, 1)),
    (28, "兵庫", "Hyg", (6, 3, 1)),
    (29, "奈良", "Nar", (7, 5, 1)),
    (30, "和歌山", "Wky", (8, 4, 2)),
    (31, "鳥取", "Ttr", (6, 2, 1)),
    (32, "島根", "Shn", (6, 1, 1)),
    (33, "岡山", "Oky", (7, 2, 1)),
    (34, "広島", "Hrs", (7, 1, 1)),
    (35, "山口", "Ygc", (7, 0, 1)),
    (36, "徳島", "Tks", (10, 5, 1)),
    (37, "香川", "Kga", (9, 5, 1)),
    (38, "愛媛", "Ehi", (9, 4, 1)),
    (39, "高知", "Kch", (10, 4, 1)),
    (40, "福岡", "Fko", (9, 1, 1)),
    (41, "佐賀", "Sag", (9, 0, 1)),
    (42, "長崎", "Ngs", (10, 0, 1)),
    (43, "熊本", "Kmt", (10, 1, 1)),
    (44, "大分", "Oit", (9, 2, 1)),
    (45, "宮崎", "Myz", (10, 2, 1)),
    (46, "鹿児島", "Kgs", (11, 1, 2)),
    (47, "沖縄", "Okn", (11, 0, 1)),
];

/// The height of the drawing, in rem.
const HEIGHT: u32 = 30;

/// How far the tiles stand out of the panel's own margin on a phone, on both sides together, in CSS pixels.
const BLEED: f64 = 20.0;

/// What is between tiles, in percent of the width and of the height.
const GAP: (f64, f64) = (0.5, 0.5);

/// The official number of a prefecture: `43`, or the five or six digits that name it among municipalities.
fn number(code: &str) -> Option<u8> {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    let whole = code.len() == 2 || (matches!(code.len(), 5 | 6) && code.get(2..5) == Some("000"));
    let number: u8 = code.get(..2).filter(|_| digits && whole)?.parse().ok()?;
    TILES.iter().any(|(known, ..)| *known == number).then_some(number)
}

/// Whether an area is a prefecture, by its code or by what the data calls it.
fn is_on_it(reader: &Reader<'_>, entity: &Entity<'_>) -> bool {
    let kind = reader.context.data.area(entity.id).map(|area| area.kind);
    kind == Some(AreaKind::Prefecture) || (entity.code.and_then(number).is_some() && kind != Some(AreaKind::Country))
}

pub(super) fn draft(reader: &mut Reader<'_>, options: &Options) -> Option<Draft> {
    let valued = Valued::read(reader, options, Form::Tiles.name(), is_on_it)?;
    let placed = placed(reader, &valued)?;
    let wording = reader.wording();
    let with_values = options.values.unwrap_or(true);
    let drawing = Drawing { valued: &valued, placed: &placed, with_values, wording };
    let plot = Plot { marks: drawing.marks(), left: 0.0, right: 0.0, height: HEIGHT };
    let mut notes = vec![wording.say("map-tiles-note", &[])];
    if !wording.locale.language().is_japanese() {
        notes.push(wording.say("map-abbreviations", &[]));
    }
    let cells = valued.rows.iter().map(|(_, cell)| *cell);
    notes.extend(note_on_estimates(cells.clone(), wording));
    notes.extend(reader.notes_on(cells));
    Some(Draft {
        common: options.common(),
        title: valued.title(wording),
        subtitle: valued.subtitle(wording),
        alt: valued.alternative(wording),
        notes,
        indicators: [valued.indicator.id.clone()].into(),
        table: valued.table(wording),
        dataset: valued.dataset(wording),
        graphic: Graphic::drawing(&plot, format!("tiles h{HEIGHT}")),
    })
}

/// The row of each prefecture that has one, by its number. Every area must have a place, and none two.
fn placed(reader: &mut Reader<'_>, valued: &Valued<'_>) -> Option<Vec<(u8, usize)>> {
    let mut placed: Vec<(u8, usize)> = Vec::new();
    let mut all_placed = true;
    let place = |reader: &Reader<'_>| reader.spans.value("indicator");
    for (index, (entity, _)) in valued.rows.iter().enumerate() {
        let Some(number) = entity.code.and_then(number) else {
            reader.report(findings::area_without_code(place(reader), entity.id));
            all_placed = false;
            continue;
        };
        if let Some((_, first)) = placed.iter().find(|(known, _)| *known == number) {
            let first = valued.rows.get(*first).map_or("", |(entity, _)| entity.id);
            let code = entity.code.unwrap_or_default();
            reader.report(findings::same_code(place(reader), code, first, entity.id));
            all_placed = false;
        }
        placed.push((number, index));
    }
    all_placed.then_some(placed)
}

struct Drawing<'m> {
    valued: &'m Valued<'m>,
    placed: &'m [(u8, usize)],
    with_values: bool,
    wording: Wording<'m>,
}

impl Drawing<'_> {
    fn row(&self, number: u8) -> Option<&(Entity<'_>, Cell)> {
        let (_, index) = self.placed.iter().find(|(known, _)| *known == number)?;
        self.valued.rows.get(*index)
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut outlined = None;
        for tile in &TILES {
            marks.extend(self.tile(tile));
            if self.is_highlighted(tile) {
                outlined = Some(Mark::Shape { rings: vec![ring(tile)], class: "ol".to_owned() });
            }
        }
        marks.extend(outlined);
        let missing = TILES.iter().any(|(number, ..)| self.class(*number).is_none());
        marks.extend(self.valued.key(0.7, missing, false, self.wording));
        marks
    }

    fn class(&self, number: u8) -> Option<usize> {
        self.row(number).and_then(|(_, cell)| self.valued.class(*cell))
    }

    fn is_highlighted(&self, tile: &Tile) -> bool {
        let highlight = self.valued.highlight;
        highlight.is_some() && self.row(tile.0).map(|(entity, _)| entity.id) == highlight
    }

    /// A tile: its ground, the bar that tells its class without colour, its name and its value.
    fn tile(&self, tile: &Tile) -> Vec<Mark> {
        let shade = self.class(tile.0).map_or(0, |class| self.valued.classes.shade(class));
        let mut marks = vec![Mark::Shape { rings: vec![ring(tile)], class: format!("f{shade}") }];
        let (from, to) = bounds(tile);
        if shade > 0 {
            let (left, foot) = (from.0 + 0.8, to.1 - 0.9);
            // The same length on narrow and broad tiles: its quarters are counted, not measured.
            let end = left + (100.0 / COLUMNS - 2.0 * GAP.0 - 1.1) * shade as f64 / 4.0;
            marks.push(Mark::Strokes { strokes: vec![((left, foot), (end, foot))], class: under("lb", shade) });
        }
        let japanese = self.wording.locale.language().is_japanese();
        let name = if japanese { tile.1 } else { tile.2 };
        let value = self.with_values.then(|| self.value(tile)).flatten();
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let emphasis = if self.is_highlighted(tile) { " st" } else { "" };
        let text = |down: f64, text: &str, class: String| {
            Mark::Text(PlotText {
                at: middle,
                offset: (0.0, down),
                anchor: Anchor::Middle,
                label: Label { lines: vec![text.to_owned()] },
                class,
                lang: None,
            })
        };
        let row = self.placed.iter().find(|(known, _)| *known == tile.0).map(|(_, row)| *row);
        marks.extend(row.map(|row| Mark::Value { at: middle, row, column: 1 }));
        let lift = if value.is_some() { -0.85 } else { -0.15 };
        marks.push(text(lift, name, format!("tn t{shade}{emphasis}")));
        marks.extend(value.map(|(value, class)| text(0.3, &value, format!("t{shade}{class}{emphasis}"))));
        marks
    }

    /// The value as it fits on the tile, and the class `w` where it does so only on a wide one.
    fn value(&self, tile: &Tile) -> Option<(String, &'static str)> {
        let (_, cell) = self.row(tile.0)?;
        let number = cell.amount.ok()?;
        let full = self.wording.amount(Ok(number), self.valued.indicator.precision);
        let room = |panel: f64| panel / COLUMNS / EM * f64::from(tile.3.2);
        let (narrow, wide) = (room(NARROWEST + BLEED) + 0.05, room(crate::draw::WIDE));
        let fits = |text: &String, room: f64| width(text) <= room;
        let short = self.wording.locale.compact(number, 1);
        match () {
            () if fits(&full, narrow) => Some((full, "")),
            () if fits(&full, wide) => Some((full, " w")),
            () if fits(&short, narrow) => Some((short, "")),
            () if fits(&short, wide) => Some((short, " w")),
            () => None,
        }
    }
}

/// The corners of a tile, in percent.
fn bounds(tile: &Tile) -> (Point, Point) {
    let (row, column, across) = tile.3;
    let x = |column: u8| f64::from(column) / COLUMNS * 100.0;
    let y = |row: u8| f64::from(row) / ROWS * 100.0;
    ((x(column) + GAP.0, y(row) + GAP.1), (x(column + across) - GAP.0, y(row + 1) - GAP.1))
}

fn ring(tile: &Tile) -> Vec<Point> {
    let ((left, top), (right, bottom)) = bounds(tile);
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefecture_has_a_tile_of_its_own_within_the_grid() {
        let mut taken = std::collections::BTreeSet::new();
        for (index, (number, _, _, (row, column, across))) in TILES.iter().enumerate() {
            assert_eq!(usize::from(*number), index + 1);
            for column in *column..column + across {
                assert!(f64::from(column) < COLUMNS && f64::from(*row) < ROWS);
                assert!(taken.insert((*row, column)), "two tiles at {row}, {column}");
            }
        }
        // The key stands in the top left corner.
        assert!(taken.iter().all(|(row, column)| *row >= 4 || *column >= 9));
    }

    #[test]
    fn names_fit_on_their_tiles_on_a_phone() {
        for (_, japanese, latin, (_, _, across)) in TILES {
            let tile = (NARROWEST + BLEED) / COLUMNS * f64::from(across);
            assert!(width(japanese) * 12.0 <= tile, "{japanese}");
            // The width of letters is an upper estimate for bold ones.
            assert!(width(latin) * 12.0 * 0.9 <= tile, "{latin}");
        }
        let mut names: Vec<&str> = TILES.iter().map(|tile| tile.2).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TILES.len());
    }

    #[test]
    fn prefectures_are_known_by_two_five_or_six_digits() {
        assert_eq!(
            ["01", "43", "43000", "430005", "47"].map(number),
            [Some(1), Some(43), Some(43), Some(43), Some(47)]
        );
        assert_eq!(["00", "48", "4", "43100", "4x", "四三", ""].map(number), [None; 7]);
    }
}
