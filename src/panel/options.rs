//! Options as they are written in YAML: those of a kind together with those that all kinds have.

/// A struct of a kind's options. The common ones are added; anything else is an unknown field.
macro_rules! options {
    ($(#[$attribute:meta])* $name:ident { $($(#[$field_attribute:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            // Read before everything else, by `compose`.
            #[serde(rename = "kind")]
            _kind: Option<serde::de::IgnoredAny>,
            id: Option<String>,
            title: Option<crate::locale::Localized>,
            subtitle: Option<crate::locale::Localized>,
            note: Option<crate::locale::Localized>,
            source: Option<crate::locale::Localized>,
            alt: Option<crate::locale::Localized>,
            as_of: Option<crate::locale::Period>,
            $($(#[$field_attribute])* $field: $type,)*
        }

        impl $name {
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
