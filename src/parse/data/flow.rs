//! Flow tables as written: how many go from each area to each other one.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Cell, DataDocument, Missing, Name, WrittenCell};
use crate::diagnostic::Checked;
use crate::locale::{Localized, Period};

/// A table of who goes from where to where.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFlow {
    /// Its name in formulas.
    pub id: String,
    /// What it counts.
    pub name: Localized,
    /// What it is counted in.
    pub unit: Localized,
    /// Where the values are from.
    pub source: Localized,
    /// The state of the values.
    pub as_of: Period,
    /// What must be said about them.
    pub note: Option<Localized>,
    /// With how many decimals they are printed; without it, with as many as were written.
    pub precision: Option<u32>,
    /// Whether counts below the threshold of the site are kept back.
    #[serde(default)]
    pub small_numbers: bool,
    /// The rows: the area people come from, and in each the areas they go to.
    pub values: Named<Named<WrittenCell>>,
}

/// Values by name, in the order written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Named<T>, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("名前と値の組（`地域: {地域: 値}`）\u{1f}values by name (`area: {area: value}`)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            entries.push((name, map.next_value()?));
        }
        Ok(Named(entries))
    }
}

impl DataDocument {
    /// One cell of a flow table, understood. What is no number becomes a missing one.
    pub fn flow_cell(&self, flow: usize, from: &str, to: &str, cell: &WrittenCell) -> Checked<Cell> {
        let units = self.flows.get(flow).map(|flow| &flow.unit);
        let in_percent = units.is_some_and(|unit| unit.texts().any(|unit| unit.contains(['%', '％'])));
        let place = || {
            let place = format!("flows[{flow}].values.{from}.{to}");
            if cell.in_braces { place + ".value" } else { place }
        };
        let mut findings = Vec::new();
        let amount = cell.amount(&self.spans, &place, in_percent).unwrap_or_else(|finding| {
            findings.push(finding);
            Err(Missing::NotAvailable)
        });
        Checked::new(Cell { amount, mark: cell.mark }, findings)
    }
}
