//! Maps: the prefectures as tiles, places with circles around them, and regions from the site's own outlines.

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::options::options;
use super::{Draft, Kind, Reader, kind};
use crate::diagnostic::map as findings;
use crate::draw::project::Method;
use crate::locale::{Localized, Period};

mod outline;
mod points;
mod regions;
mod tiles;
mod valued;

pub(super) use valued::KEY_LINE;

kind! {
    /// Where something is, or how an indicator differs from place to place. A map has one of three forms.
    ///
    /// ```yaml
    /// kind: map
    /// form: tiles
    /// indicator: physicians_per_100k
    /// classes: 3
    /// ```
    ///
    /// Tiles are the 47 prefectures, joined by their official codes; regions the areas of a file of your own, joined by
    /// code; points are places, with a circle of some kilometres around each.
    ///
    /// A region without a value is left white and named in the note. A value for which the file has no region is an error.
    Map
}

options! {
    /// The options of maps.
    Options {
        /// Tiles, points or regions; told by the other options where nothing is said.
        #[schemars(extend("x-ja" = "升目、地点、塗り分けのどれか。省けばほかの項目から決まる。"))]
        form: Option<Form>,
        /// The indicator by which tiles or regions are coloured.
        #[schemars(extend("x-ja" = "塗り分ける指標の id。"))]
        indicator: Option<String>,
        /// The period; the latest where nothing is said.
        #[schemars(extend("x-ja" = "時点。省けば最新。"))]
        period: Option<Period>,
        /// The areas; all that the map can show where nothing is said.
        #[schemars(extend("x-ja" = "示す地域。省けば地図に置けるものすべて。"))]
        areas: Option<Vec<String>>,
        /// The one that matters here.
        #[schemars(extend("x-ja" = "目立たせる地域。"))]
        highlight: Option<String>,
        /// How many classes, each of as many areas: 2 to 4.
        #[schemars(extend("x-ja" = "階級の数（2〜4）。どの階級も同じくらいの数の地域になる。"))]
        #[schemars(range(min = 2, max = 4))]
        classes: Option<usize>,
        /// Where each class but the first begins: one to three numbers.
        #[schemars(extend("x-ja" = "階級の境目。数を1つから3つ。"))]
        #[schemars(with = "Option<Vec<f64>>", length(min = 1, max = 3))]
        breaks: Option<Vec<Decimal>>,
        /// Whether the values are written on the tiles.
        #[schemars(extend("x-ja" = "升目に値を書くか。"))]
        values: Option<bool>,
        /// The file of outlines, below `content/data/`.
        #[schemars(extend("x-ja" = "線や面のファイル。content/data/ からの道筋。"))]
        file: Option<String>,
        /// The property of the file that holds the codes of areas.
        #[schemars(extend("x-ja" = "ファイルの中で地域のコードを持つ属性の名前。"))]
        code: Option<String>,
        /// The line that the licence of the file asks for.
        #[schemars(extend("x-ja" = "ファイルの利用条件が求める出典の表示。"))]
        credit: Option<Localized>,
        /// Hospitals that are shown as points.
        #[schemars(extend("x-ja" = "地点にする病院。"))]
        hospitals: Option<Vec<String>>,
        /// Other places that are shown as points.
        #[schemars(extend("x-ja" = "病院のほかの地点。"))]
        places: Option<Vec<PlaceOptions>>,
        /// The radius of the circle around each place, in kilometres.
        #[schemars(extend("x-ja" = "地点を中心とする円の半径（km）。"))]
        #[schemars(with = "Option<f64>")]
        radius: Option<Decimal>,
        /// How the globe becomes flat.
        #[schemars(extend("x-ja" = "図法。"))]
        projection: Option<ProjectionOption>,
    }
}

/// The forms of maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Form {
    /// The prefectures as tiles.
    #[schemars(extend("x-ja" = "都道府県の升目"))]
    Tiles,
    /// Places, with circles around them.
    #[schemars(extend("x-ja" = "地点と円"))]
    Points,
    /// The areas of a file of outlines.
    #[schemars(extend("x-ja" = "地域の塗り分け"))]
    Regions,
}

/// How the globe becomes flat, as written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ProjectionOption {
    /// Areas keep their sizes.
    #[default]
    #[schemars(extend("x-ja" = "面積を正しく示す（ランベルト正積方位図法）"))]
    EqualArea,
    /// As maps of streets are drawn.
    #[schemars(extend("x-ja" = "メルカトル図法"))]
    Mercator,
}

/// A place as written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlaceOptions {
    /// Its name.
    #[schemars(extend("x-ja" = "場所の名前。"))]
    name: Localized,
    /// North is positive.
    #[schemars(extend("x-ja" = "緯度（北が正）。"))]
    #[schemars(range(min = -90.0, max = 90.0))]
    lat: f64,
    /// East is positive.
    #[schemars(extend("x-ja" = "経度（東が正）。"))]
    #[schemars(range(min = -180.0, max = 180.0))]
    lon: f64,
    /// What sort of place it is; kinds differ by their sign.
    #[schemars(extend("x-ja" = "種類。記号が種類ごとに変わる。"))]
    kind: Option<Localized>,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Tiles => "tiles",
            Form::Points => "points",
            Form::Regions => "regions",
        }
    }
}

impl From<ProjectionOption> for Method {
    fn from(option: ProjectionOption) -> Method {
        match option {
            ProjectionOption::EqualArea => Method::EqualArea,
            ProjectionOption::Mercator => Method::Mercator,
        }
    }
}

impl Options {
    fn form(&self) -> Form {
        self.form.unwrap_or(if self.places.is_some() || self.hospitals.is_some() {
            Form::Points
        } else if self.file.is_some() {
            Form::Regions
        } else {
            Form::Tiles
        })
    }

    /// The options that are written, each with the forms it belongs to.
    fn written(&self) -> Vec<(&'static str, &'static [Form])> {
        const VALUED: &[Form] = &[Form::Tiles, Form::Regions];
        const PLACED: &[Form] = &[Form::Points, Form::Regions];
        let all: [(&'static str, bool, &'static [Form]); 14] = [
            ("indicator", self.indicator.is_some(), VALUED),
            ("period", self.period.is_some(), VALUED),
            ("areas", self.areas.is_some(), VALUED),
            ("highlight", self.highlight.is_some(), VALUED),
            ("classes", self.classes.is_some(), VALUED),
            ("breaks", self.breaks.is_some(), VALUED),
            ("values", self.values.is_some(), &[Form::Tiles]),
            ("file", self.file.is_some(), PLACED),
            ("code", self.code.is_some(), &[Form::Regions]),
            ("credit", self.credit.is_some(), PLACED),
            ("hospitals", self.hospitals.is_some(), &[Form::Points]),
            ("places", self.places.is_some(), &[Form::Points]),
            ("radius", self.radius.is_some(), &[Form::Points]),
            ("projection", self.projection.is_some(), PLACED),
        ];
        all.into_iter().filter(|(_, written, _)| *written).map(|(name, _, forms)| (name, forms)).collect()
    }
}

impl Kind for Map {
    fn name(&self) -> &'static str {
        "map"
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        Options::schema(generator)
    }

    fn manual(&self) -> &'static str {
        Map::MANUAL
    }

    fn draft(&self, reader: &mut Reader<'_>) -> Option<Draft> {
        let options: Options = reader.options()?;
        let form = options.form();
        for (field, forms) in options.written() {
            if !forms.contains(&form) {
                let of = forms.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ");
                let span = reader.spans.key(field);
                reader.report(findings::not_of_this_form(span, field, form.name(), &of));
                return None;
            }
        }
        match form {
            Form::Tiles => tiles::draft(reader, &options),
            Form::Points => points::draft(reader, &options),
            Form::Regions => regions::draft(reader, &options),
        }
    }
}
