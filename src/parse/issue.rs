//! An issue of a zine, as an editor writes it in the front matter of a section.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What makes a section an issue: `issue:` in its front matter. Its day is the page's `date`, its picture the page's `cover`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Issue {
    /// Its number, or what stands in place of one: `1` is printed as 第1号 and Issue 1, a text as it is.
    #[schemars(extend("x-ja" = "号数。1 と書けば「第1号」、文字で書けばそのまま出る。"))]
    pub number: Option<String>,
    /// The time of year or the like that is printed beside the number.
    #[schemars(extend("x-ja" = "号数に添える時期。「2023年 夏」など。"))]
    pub season: Option<String>,
    /// Its articles in their order, as paths below `content/`. Where none is named, the pages of the section itself.
    #[schemars(extend("x-ja" = "載せる記事。content/ から見た道筋を、載せる順に書く。省けばこの節のページ。"))]
    pub pages: Vec<String>,
    /// The eight panels of the folded sheet, from the front cover to the back. Where none is written they are made from the issue.
    #[schemars(extend("x-ja" = "折り本の八面。表紙から裏表紙の順。省けば号の中身から組む。"))]
    pub fold: Vec<FoldPanel>,
}

/// One of the eight panels of a folded sheet: what Kairan sets from the issue, an article's announcement, or own words.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FoldPanel {
    /// A panel made from the issue.
    #[schemars(extend("x-ja" = "号から組む面。"))]
    pub show: Option<Show>,
    /// An article to announce, as its path below `content/`: its title, description and address.
    #[schemars(extend("x-ja" = "紹介する記事。content/ から見た道筋。題と説明と住所が出る。"))]
    pub page: Option<String>,
    /// A heading; that of the article where `page` is given and this is not.
    #[schemars(extend("x-ja" = "見出し。"))]
    pub title: Option<String>,
    /// A short text; the article's description where `page` is given and this is not.
    #[schemars(extend("x-ja" = "短い文章。"))]
    pub text: Option<String>,
}

/// What Kairan sets on a panel of a folded sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// The front cover.
    #[schemars(extend("x-ja" = "表紙"))]
    Cover,
    /// The contents.
    #[schemars(extend("x-ja" = "もくじ"))]
    Contents,
    /// The figures of `extra.numbers`.
    #[schemars(extend("x-ja" = "extra.numbers の数字"))]
    Numbers,
    /// Ruled lines to write on.
    #[schemars(extend("x-ja" = "書き込むための罫線"))]
    Notes,
    /// The back cover with the publisher, the date and the address of the issue.
    #[schemars(extend("x-ja" = "裏表紙。発行者、日付、号の住所"))]
    Back,
}

impl Issue {
    /// That of a translation: what is not written in a language it has from its original.
    pub fn inherit(&self, original: &Issue) -> Issue {
        let is_number = |text: &&String| text.chars().all(|c| c.is_ascii_digit());
        let has_words = |panel: &FoldPanel| panel.title.is_some() || panel.text.is_some();
        let fold = if original.fold.iter().any(has_words) { &[] } else { original.fold.as_slice() };
        Issue {
            number: self.number.clone().or_else(|| original.number.clone().filter(|text| is_number(&text))),
            season: self.season.clone(),
            pages: if self.pages.is_empty() { original.pages.clone() } else { self.pages.clone() },
            fold: if self.fold.is_empty() { fold.to_vec() } else { self.fold.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_has_the_articles_and_the_number_of_its_original() {
        let original = Issue {
            number: Some("1".into()),
            season: Some("夏".into()),
            pages: vec!["features/a.md".into()],
            fold: vec![FoldPanel { text: Some("本文".into()), ..FoldPanel::default() }],
        };
        let own = Issue::default().inherit(&original);
        assert_eq!((own.number.as_deref(), own.pages.len()), (Some("1"), 1));
        assert!(own.season.is_none() && own.fold.is_empty());
        let named = Issue { number: Some("見本号".into()), ..original };
        assert_eq!(Issue::default().inherit(&named).number, None);
    }
}
