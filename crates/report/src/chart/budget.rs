//! What each payer pays against the ceiling.

use super::Chart;
use super::axis::BASE;
use crate::part::{Cell, Column, Table};
use crate::svg::{Anchor, Canvas, Linear, count_f64};

/// One payer.
#[derive(Clone, Debug)]
pub struct BudgetRow {
    /// Who pays.
    pub payer: String,
    /// How much.
    pub amount: f64,
    /// The amount in words.
    pub text: String,
    /// The most the payer has promised, and in words; none when no ceiling was given.
    pub ceiling: Option<(f64, String)>,
}

/// Payers in order.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Payers.
    pub rows: Vec<BudgetRow>,
}

impl Chart for Budget {
    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let top =
            self.rows.iter().flat_map(|r| [r.amount, r.ceiling.as_ref().map_or(0.0, |c| c.0)]).fold(0.0, f64::max);
        let x = Linear::new((0.0, top), (0.0, canvas.width - 4.0));
        let row = 58.0;
        for (i, r) in self.rows.iter().enumerate() {
            let y = row * count_f64(i);
            canvas.text((0.0, y + 14.0), Anchor::Start, "tb", &r.payer);
            let name = crate::svg::bold_width(&r.payer, BASE + 0.5) + 10.0;
            let over = r.ceiling.as_ref().is_some_and(|c| r.amount > c.0);
            let words = match &r.ceiling {
                Some((_, c)) if over => format!("{} \u{2013} over the ceiling of {c}", r.text),
                Some((_, c)) => format!("{} of {c}", r.text),
                None => format!("{}, no ceiling given", r.text),
            };
            canvas.text((name, y + 14.0), Anchor::Start, "t", &words);
            if let Some((c, _)) = &r.ceiling {
                canvas.rect(0.0, y + 22.0, x.at(*c), 18.0, "ceiling");
            }
            let class = if over { "b-over" } else { "b-paid" };
            canvas.rect_tip(0.0, y + 26.0, x.at(r.amount), 10.0, class, &words);
            if let Some((c, _)) = &r.ceiling {
                canvas.line((x.at(*c), y + 19.0), (x.at(*c), y + 43.0), "ln ln-plan");
            }
        }
        row * count_f64(self.rows.len())
    }

    fn table(&self) -> Table {
        let columns =
            vec![Column::text("Payer"), Column::number("Pays"), Column::number("Ceiling"), Column::number("Used")];
        let mut table = Table::new("Cost by payer against the ceiling", columns);
        for r in &self.rows {
            let (ceiling, used) = match &r.ceiling {
                Some((c, text)) => (text.clone(), crate::fmt::pct(r.amount / c, 0)),
                None => ("none given".to_owned(), String::new()),
            };
            table.row([Cell::from(r.payer.as_str()), r.text.as_str().into(), ceiling.into(), used.into()]);
        }
        table
    }

    fn describe(&self) -> String {
        let over: Vec<&str> = self
            .rows
            .iter()
            .filter(|r| r.ceiling.as_ref().is_some_and(|c| r.amount > c.0))
            .map(|r| r.payer.as_str())
            .collect();
        let over = if over.is_empty() {
            "None is over its ceiling.".to_owned()
        } else {
            format!("Over the ceiling: {}.", over.join(", "))
        };
        format!("Bars of {} payers with a mark at each ceiling. {over}", self.rows.len())
    }
}
