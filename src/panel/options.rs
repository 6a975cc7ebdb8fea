//! Options as they are written in YAML: those of a kind together with those that all kinds have.

/// A struct of a kind's options. The common ones are added; anything else is an unknown field.
macro_rules! options {
    ($(#[$attribute:meta])* $name:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $name {
            // Read before everything else, by `compose`.
            #[serde(rename = "kind")]
            #[schemars(with = "String", extend("x-ja" = "種類。"), description = "The kind of panel.")]
            _kind: Option<serde::de::IgnoredAny>,
            /// Its anchor; made from its place on the page where nothing is said.
            #[schemars(extend("x-ja" = "リンクのための印。省けば頁の中の順番から付く。"))]
            id: Option<String>,
            /// Its title; written from the data where nothing is said. May hold values.
            #[schemars(extend("x-ja" = "題名。値も使える。省けばデータから分かることを書く。"))]
            title: Option<crate::locale::Localized>,
            /// What stands below it: unit and period; written from the data where nothing is said. May hold values.
            #[schemars(extend("x-ja" = "題名の下の、単位と期間。値も使える。省けばデータから書く。"))]
            subtitle: Option<crate::locale::Localized>,
            /// What must be said about the figures; as the indicators say where nothing is said. May hold values.
            #[schemars(extend("x-ja" = "注。値も使える。省けば指標の注。"))]
            note: Option<crate::locale::Localized>,
            /// Where the figures are from; as the indicators say where nothing is said.
            #[schemars(extend("x-ja" = "出典。省けば指標の出典。"))]
            source: Option<crate::locale::Localized>,
            /// The panel in words, for those who can't see it; written from the data where nothing is said. May hold values.
            #[schemars(extend("x-ja" = "図の見えない人のための説明。値も使える。省けばデータから書く。"))]
            alt: Option<crate::locale::Localized>,
            /// The state of the figures; as the indicators say where nothing is said.
            #[schemars(extend("x-ja" = "値の時点。省けば指標の時点。"))]
            as_of: Option<crate::locale::Period>,
            $($(#[$field_attribute])* $field: $type,)*
        }

        impl $name {
            /// What a JSON Schema says of them.
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$name as schemars::JsonSchema>::json_schema(generator)
            }

            /// The options that all kinds have.
            fn common(&self) -> crate::panel::Common {
                crate::panel::Common {
                    id: self.id.clone(),
                    title: self.title.clone(),
                    subtitle: self.subtitle.clone(),
                    note: self.note.clone(),
                    source: self.source.clone(),
                    alt: self.alt.clone(),
                    as_of: self.as_of,
                }
            }
        }
    };
}
pub(super) use options;
