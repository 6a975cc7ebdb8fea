//! A known discrepancy as a page lists it: both figures, and everything about them in words.

use rust_decimal::Decimal;

use super::body::Scene;
use super::view::DiscrepancyView;
use crate::check::Discrepancy;
use crate::diagnostic::{Message, Speech};
use crate::locale::{Localized, PeriodStyle};

/// `None` where the indicator is gone, which nothing can bring about.
pub fn view(scene: &Scene<'_>, known: &Discrepancy) -> Option<DiscrepancyView> {
    let table = scene.site.data.indicator(&known.figure.indicator)?;
    let text = |label: &Localized| scene.site.settings.text(label, &scene.page.language).to_owned();
    let speech = if scene.page.language.is_japanese() { Speech::Japanese } else { Speech::English };
    let said = |message: &Message| message.speak(speech).to_owned();
    let number = |number: Decimal| scene.locale.number(number);
    let name = scene.site.data.entity_name(table.over, &known.figure.entity);
    Some(DiscrepancyView {
        rule: known.rule.to_owned(),
        indicator: text(&table.name),
        area: name.map(|(name, _)| text(name)).unwrap_or_default(),
        period: scene.locale.period(known.figure.period, PeriodStyle::Western),
        unit: text(&table.unit),
        source: text(&table.source),
        printed: number(known.printed),
        expected: known.demand.as_ref().map_or_else(|| number(known.expected), said),
        difference: known.demand.is_none().then(|| scene.locale.signed(known.difference())),
        cause: known.cause.as_ref().map(said),
        reason: known.reason.as_ref().map(text).unwrap_or_default(),
    })
}
