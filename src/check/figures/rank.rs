//! Printed ranks and classes: ranks of which the table holds only some, and thirds that are printed as marks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Rules, input};
use crate::derive::formula::At;
use crate::diagnostic::{Message, Span, data, figures as findings, say};
use crate::locale::Period;
use crate::model::area::AreaKind;
use crate::model::check::{Counts, Direction, Ties};
use crate::model::indicator::{Indicator, Over};
use crate::model::plain_table::{Table, TableCell};

/// A rank with the value that it is of.
struct Ranked<'d> {
    entity: &'d str,
    rank: Decimal,
    value: Decimal,
}

impl<'d> Rules<'d> {
    /// Ranks among more areas than the table has: each must leave room for those before and after it, and follow the
    /// order of the values.
    pub(super) fn rank_among_many(&mut self, table: &'d Indicator, of: &'d Indicator) -> Option<()> {
        let (entities, periods) = self.scope(table, None)?.named();
        for period in periods {
            let mut kinds: BTreeMap<Option<AreaKind>, Vec<Ranked<'d>>> = BTreeMap::new();
            for entity in &entities {
                let kind = self.kind(table.over, entity);
                let number = |table: &Indicator| table.cell(entity, period)?.amount.ok();
                if let Some((rank, value)) = number(table).zip(number(of))
                    && (self.check.written.level.is_none() || kind == self.check.written.level)
                {
                    kinds.entry(kind).or_default().push(Ranked { entity, rank, value });
                }
            }
            for (kind, mut ranked) in kinds {
                let low = matches!(self.check.written.direction, Some(Direction::Low | Direction::Down));
                ranked.sort_by(
                    |left, right| if low { left.value.cmp(&right.value) } else { right.value.cmp(&left.value) },
                );
                self.room(table, period, &ranked, kind);
                self.order(table, period, &ranked);
            }
        }
        Some(())
    }

    fn kind(&self, over: Over, entity: &str) -> Option<AreaKind> {
        self.data.area(entity).filter(|_| over == Over::Areas).map(|area| area.kind)
    }

    /// How many are ranked in all, where it is said.
    fn count(&self, kind: Option<AreaKind>) -> Option<u32> {
        match self.check.written.n.as_ref()? {
            Counts::Of(count) => Some(*count),
            Counts::ByKind(counts) => counts.get(&kind?).copied(),
        }
    }

    /// Before a rank there must be room for those with better values, and after it for those with worse ones.
    fn room(&mut self, table: &'d Indicator, period: Period, ranked: &[Ranked<'d>], kind: Option<AreaKind>) {
        let ties = self.check.written.ties;
        for (place, one) in ranked.iter().enumerate() {
            let better = ranked.iter().take(place).filter(|other| other.value != one.value);
            let before = if ties == Ties::Dense { distinct(better) } else { better.count() };
            let worse = ranked.iter().skip(place).filter(|other| other.value != one.value);
            let after = if ties == Ties::Dense { distinct(worse) } else { worse.count() };
            let alike = ranked.iter().filter(|other| other.value == one.value).count();
            // Those that share a rank take up the ranks behind it.
            let after = if ties == Ties::Shared { after + alike - 1 } else { after };
            let first = Decimal::from(before + 1);
            let last = self.count(kind).map(|count| Decimal::from(count) - Decimal::from(after));
            let nearest = one.rank.max(first).min(last.unwrap_or(Decimal::MAX));
            if nearest != one.rank {
                let figure = At { entity: one.entity, period };
                let demand = room_demand(first, last);
                let failure = self.broken("rank", table, figure, (one.rank, nearest), demand);
                self.failures.push(failure);
            }
        }
    }

    /// A better value has the better rank, an equal one the same.
    fn order(&mut self, table: &'d Indicator, period: Period, ranked: &[Ranked<'d>]) {
        for pair in ranked.windows(2) {
            let [first, second] = pair else { continue };
            let alike = first.value == second.value;
            let fits = match (alike, self.check.written.ties) {
                (true, Ties::Distinct) => second.rank != first.rank,
                (true, _) => second.rank == first.rank,
                (false, _) => second.rank > first.rank,
            };
            if fits {
                continue;
            }
            let demand = match (alike, self.check.written.ties) {
                (true, Ties::Distinct) => {
                    say(format!("{} 位とは別の順位", first.rank), format!("another rank than {}", first.rank))
                }
                (true, _) => say(
                    format!("値が同じなので {} 位", first.rank),
                    format!("{}, for the values are equal", first.rank),
                ),
                (false, _) => say(
                    format!("値で先に来る {} 位より後の順位", first.rank),
                    format!("a rank after {}, whose value comes first", first.rank),
                ),
            };
            let (before, figure) = (At { entity: first.entity, period }, At { entity: second.entity, period });
            let mut failure = self.broken("rank", table, figure, (second.rank, first.rank), demand);
            failure.others.extend(self.other(&input(table, before)));
            self.failures.push(failure);
        }
    }

    /// Marks of a plain table that say which third an area falls into, held against printed ranks.
    pub(super) fn class(&mut self) -> Option<()> {
        let written = &self.check.written;
        let id = written.class.as_deref()?;
        let Some(table) = self.data.table(id) else {
            let known = self.data.tables().map(|table| table.id.as_str());
            self.found.push(findings::unknown_plain_table(self.place("class"), id, known));
            return None;
        };
        let column = written.column.as_deref()?;
        let Some(at) = table.column(column) else {
            let known = table.columns.iter().map(|column| column.id.as_str());
            self.found.push(data::unknown_table_column(self.place("column"), column, known));
            return None;
        };
        let of = self.table(written.of.as_deref()?, "of")?;
        let (entities, periods) = self.scope(of, None)?.named();
        let period = periods.into_iter().max()?;
        for (number, row) in table.rows.iter().enumerate() {
            let area = row.first().and_then(text).and_then(|name| self.data.area(name.trim()));
            let Some(entity) = area.map(|area| area.id.as_str()).filter(|id| entities.contains(id)) else { continue };
            if written.level.is_some() && self.kind(of.over, entity) != written.level {
                continue;
            }
            let mark = row.get(at).and_then(text).unwrap_or_default();
            self.mark(of, (entity, period), (mark.trim(), row_place(table, number)));
        }
        Some(())
    }

    /// One mark: it must stand where the rank falls into its third, and nowhere else.
    fn mark(&mut self, of: &'d Indicator, (entity, period): (&str, Period), (mark, place): (&str, Span)) -> Option<()> {
        let rank = of.cell(entity, period)?.amount.ok()?;
        let count = Decimal::from(self.count(self.kind(of.over, entity))?);
        let written = &self.check.written;
        let third = rank.checked_mul(Decimal::from(3))?;
        let is = |marks: &[String]| marks.iter().any(|known| known.trim() == mark);
        let limit = |part: u32| (count * Decimal::from(part) / Decimal::from(3)).floor();
        let (is_first, is_last) = (third <= count, third > count * Decimal::TWO);
        let wrong_first = !written.first.is_empty() && is(&written.first) != is_first;
        let wrong_last = !written.last.is_empty() && is(&written.last) != is_last;
        if !wrong_first && !wrong_last {
            return Some(());
        }
        let (bound, ja, en) = if wrong_first {
            (limit(1), "上位 3 分の 1 は", "the first third ends with rank")
        } else {
            (limit(2), "下位 3 分の 1 の前は", "the last third begins after rank")
        };
        let demand = say(
            format!("{ja} {bound} 位まで（{count} のうち）。区分は「{mark}」"),
            format!("{en} {bound} of {count}; the class is “{mark}”"),
        );
        let mut failure = self.broken("class", of, At { entity, period }, (rank, bound), demand);
        failure.others.push((place, say(format!("区分「{mark}」"), format!("class “{mark}”"))));
        self.failures.push(failure);
        Some(())
    }
}

/// How many values there are that differ from each other, in a list that is in order.
fn distinct<'r, 'd: 'r>(ranked: impl Iterator<Item = &'r Ranked<'d>>) -> usize {
    let mut values: Vec<Decimal> = ranked.map(|one| one.value).collect();
    values.dedup();
    values.len()
}

fn room_demand(first: Decimal, last: Option<Decimal>) -> Message {
    match last {
        Some(last) => say(format!("{first} 位から {last} 位"), format!("a rank from {first} to {last}")),
        None => say(format!("{first} 位かその後"), format!("rank {first} or one after it")),
    }
}

fn text(cell: &TableCell) -> Option<&str> {
    match cell {
        TableCell::Text(text) => text.texts().next(),
        TableCell::Amount(_) => None,
    }
}

fn row_place(table: &Table, row: usize) -> Span {
    table.places.get(row).unwrap_or(&table.span).clone()
}
