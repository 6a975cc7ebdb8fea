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
            #[schemars(with = "String", extend("x-ja" = "パネルの種類。"), description = "The kind of panel.")]
            _kind: Option<serde::de::IgnoredAny>,
            /// Its anchor; made from its place on the page where nothing is said.
            #[schemars(extend("x-ja" = "ページ内の住所。省けば並び順から付く。"))]
            id: Option<String>,
            /// Its title; written from the data where nothing is said. May hold values.
            #[schemars(extend("x-ja" = "題。省けばデータから書かれる。値を入れられる。"))]
            title: Option<crate::locale::Localized>,
            /// What stands below the title.
            #[schemars(extend("x-ja" = "題の下に添えることば。"))]
            subtitle: Option<crate::locale::Localized>,
            /// What must be said about the figures.
            #[schemars(extend("x-ja" = "数値についての注意書き。"))]
            note: Option<crate::locale::Localized>,
            /// Where the figures are from; as the indicators say where nothing is said.
            #[schemars(extend("x-ja" = "出典。省けば指標の出典。"))]
            source: Option<crate::locale::Localized>,
            /// The panel in words, for those who can't see it.
            #[schemars(extend("x-ja" = "見えない人のために、図をことばで。"))]
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
