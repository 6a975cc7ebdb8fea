//! A count that is kept back must not be what the other counts leave of their sum.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, freshness};
use crate::model::Site;
use crate::model::area::AreaKind;
use crate::model::indicator::{Indicator, Missing, Over, Row};

/// Counts that can be worked out, and rules that are missing.
pub(super) fn given_away(site: &Site) -> Vec<Diagnostic> {
    let wanted = site.data.indicators().filter(|indicator| indicator.small_numbers);
    let mut findings = Vec::new();
    for indicator in wanted {
        if site.settings.small_numbers.is_none() {
            findings.push(freshness::no_threshold(indicator.span.clone(), &indicator.id));
        }
        if indicator.over == Over::Areas {
            findings.extend(in_indicator(site, indicator));
        }
    }
    findings
}

/// The rows of an indicator that together make up another of its rows: all children of an area that are of one kind.
fn in_indicator(site: &Site, indicator: &Indicator) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(&str, AreaKind), Vec<Option<&Row>>> = BTreeMap::new();
    for area in site.data.areas() {
        if let Some(parent) = &area.parent {
            groups.entry((parent, area.kind)).or_default().push(indicator.row(&area.id));
        }
    }
    let mut findings = Vec::new();
    for ((parent, _), children) in groups {
        let Some(whole) = indicator.row(parent) else { continue };
        let rows: Option<Vec<&Row>> = children.into_iter().collect();
        let Some(rows) = rows else { continue };
        findings.extend(in_group(indicator, whole, &rows));
    }
    findings
}

fn in_group(indicator: &Indicator, whole: &Row, parts: &[&Row]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (column, period) in indicator.periods.iter().enumerate() {
        let amount = |row: &Row| row.cells.get(column).map(|cell| cell.amount);
        let hidden: Vec<&&Row> = parts.iter().filter(|row| amount(row) == Some(Err(Missing::Suppressed))).collect();
        let rest_known = parts
            .iter()
            .all(|row| matches!(amount(row), Some(Ok(_) | Err(Missing::Suppressed | Missing::NotApplicable))));
        if let ([row], Some(Ok(_)), true) = (hidden.as_slice(), amount(whole), rest_known) {
            let span = row.span.clone();
            findings.push(freshness::given_away(span, &indicator.id, &row.entity, &whole.entity, &period.to_string()));
        }
    }
    findings
}
