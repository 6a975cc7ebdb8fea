//! Findings about source tables that machines can't read as they are printed.
//!
//! The rules are those of 「統計表における機械判読可能なデータの表記方法の統一ルール」 (Ministry of Internal Affairs and
//! Communications, 18 December 2020), by the numbers of its list of checks.

use super::{Diagnostic, Message, Span, say};

/// A rule that a table can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// 1-2: a cell holds one datum.
    OneDatum,
    /// 1-3: a number is only a number.
    PureNumber,
    /// 1-4: no cell is merged, nor left empty to be read as the one above.
    Continued,
    /// 1-5: nothing is set out with spaces and line breaks.
    Spacing,
    /// 1-6: every column has a head of its own.
    Heading,
    /// 1-10: no characters that only some machines have.
    Character,
    /// 1-11: years are Western, too.
    Era,
    /// 1-3: digits are those of machines.
    WideDigit,
    /// 1-14, 1-15: one table in a sheet, in one piece.
    OneTable,
}

impl Rule {
    /// The number in the list of checks.
    fn number(self) -> &'static str {
        match self {
            Rule::OneDatum => "1-2",
            Rule::PureNumber | Rule::WideDigit => "1-3",
            Rule::Continued => "1-4",
            Rule::Spacing => "1-5",
            Rule::Heading => "1-6",
            Rule::Character => "1-10",
            Rule::Era => "1-11",
            Rule::OneTable => "1-13",
        }
    }

    /// The code of its findings.
    fn code(self) -> &'static str {
        match self {
            Rule::OneDatum => "table-two-data",
            Rule::PureNumber => "table-number",
            Rule::WideDigit => "table-wide-digit",
            Rule::Continued => "table-continued",
            Rule::Spacing => "table-spacing",
            Rule::Heading => "table-heading",
            Rule::Character => "table-character",
            Rule::Era => "table-era",
            Rule::OneTable => "table-split",
        }
    }
}
