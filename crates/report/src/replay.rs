//! A replication replayed: the Gantt chart of a site's day as one SVG file, and the passport of one piece.

use crate::svg::{Anchor, Canvas, Linear, fit, num};
use model::Ring;
use model::ids::SiteId;
use model::results::trace::{Trace, Visit};
use std::collections::BTreeMap;
use units::{Id, Minutes};

const WIDTH: f64 = 1280.0;
const TOP: f64 = 78.0;
const STEP: f64 = 20.0;
const BAR: f64 = 14.0;
const LABELS: f64 = 170.0;
const DAY: f64 = 1_440.0;

const STYLE: &str = "text{font:12px sans-serif;fill:#1d2733}.h{font-size:17px;font-weight:bold}.e{text-anchor:end}.m{text-anchor:middle}\
.b{font-weight:bold}.s{font-size:10px}.o{font-size:10px;fill:#fff}.grid{stroke:#d9dee4}.base{stroke:#8793a1}\
.work{fill:#1f6f8b}.parts{fill:#d98a1f}.held{fill:#a9b4c0}.alt{fill:#4a94ad}\
.closed{fill:#fff;opacity:.72;pointer-events:none}";

/// The visits of a site on a day of the horizon (from 0) as a self-contained SVG: a row for each copy of a station, a bar for
/// each piece; work, waiting for components, and holding a finished piece apart. None where nothing was on a station that day.
///
/// Bars run over breaks, nights and stops, where they are paler: times are those of the calendar.
#[must_use]
pub fn site_day(ring: &Ring, trace: &Trace, site: SiteId, day: u32) -> Option<String> {
    let (from, to) = (f64::from(day) * DAY, f64::from(day + 1) * DAY);
    let mut rows: BTreeMap<(usize, usize, usize), Vec<&Visit>> = BTreeMap::new();
    for visit in &trace.visits {
        let here = trace.lines.get(visit.line).is_some_and(|l| ring.capability[l.capability].site == site);
        let end = visit.left.map_or(f64::INFINITY, |m| m.as_f64());
        if here && visit.arrived.as_f64() < to && end > from {
            rows.entry((visit.line, visit.station, visit.copy)).or_default().push(visit);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let lines = rows.keys().map(|k| k.0).collect::<std::collections::BTreeSet<_>>().len();
    #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
    let height = TOP + STEP * rows.len() as f64 + 26.0 * lines as f64 + 40.0;
    let x = Linear::new((from, to), (LABELS + 8.0, WIDTH - 16.0));
    let mut canvas = Canvas::new(WIDTH);
    let date = ring.settings.start.plus_days(i64::from(day));
    let title = format!("{}, {date}, replication {}", ring.sites[site].name, trace.index);
    canvas.text((8.0, 26.0), Anchor::Start, "h", &title);
    legend(&mut canvas);
    for hour in 0..=24u32 {
        let at = x.at(from + f64::from(hour) * 60.0);
        canvas.line((at, TOP - 8.0), (at, height - 22.0), "grid");
        if hour.is_multiple_of(2) {
            canvas.text((at, height - 8.0), Anchor::Middle, "s", &format!("{hour:02}:00"));
        }
    }
    let closed = closed(trace.open.get(site.index()).map_or(&[], Vec::as_slice), (from, to));
    let mut y = TOP;
    let mut last = None;
    for ((line, station, copy), visits) in rows {
        if last != Some(line) {
            let row = &ring.capability[trace.lines[line].capability];
            y += 20.0;
            let heading = format!("Line {}: {}", line + 1, ring.items[row.item].name);
            canvas.text((8.0, y - 5.0), Anchor::Start, "b", &fit(&heading, 12.0, WIDTH / 2.0));
            y += 6.0;
            last = Some(line);
        }
        let label = format!("Station {}, copy {}", station + 1, copy + 1);
        canvas.text((LABELS, y + 11.0), Anchor::End, "t", &label);
        for visit in visits {
            draw(&mut canvas, &x, y, visit);
        }
        for (from, to) in &closed {
            canvas.rect(x.at(*from), y, x.at(*to) - x.at(*from), BAR, "closed");
        }
        y += STEP;
    }
    let view = format!("0 0 {} {}", num(WIDTH), num(height));
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" width=\"{}\" height=\"{}\" role=\"img\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}</svg>\n",
        num(WIDTH),
        num(height),
        crate::html::esc(&title),
        canvas.body()
    ))
}

fn legend(canvas: &mut Canvas) {
    let mut at = 8.0;
    for (class, word) in [
        ("work", "work (alternating by piece)"),
        ("parts", "waits for components"),
        ("held", "finished, no place to go"),
    ] {
        canvas.rect(at, 42.0, 14.0, 14.0, class);
        canvas.text((at + 20.0, 53.0), Anchor::Start, "t", word);
        at += 215.0;
    }
    canvas.rect(at, 42.0, 14.0, 14.0, "work");
    canvas.rect(at, 42.0, 14.0, 14.0, "closed");
    canvas.text((at + 20.0, 53.0), Anchor::Start, "t", "paler: the site is closed (night, break, stop)");
}

/// What the open hours leave of a stretch of time, in minutes.
fn closed(open: &[(Minutes, Minutes)], (from, to): (f64, f64)) -> Vec<(f64, f64)> {
    let mut left = Vec::new();
    let mut at = from;
    for (opens, closes) in open.iter().map(|(a, b)| (a.as_f64().max(from), b.as_f64().min(to))).filter(|(a, b)| a < b) {
        if opens > at {
            left.push((at, opens));
        }
        at = closes;
    }
    if at < to {
        left.push((at, to));
    }
    left
}

/// The bars of one visit, cut to the day.
fn draw(canvas: &mut Canvas, x: &Linear, y: f64, visit: &Visit) {
    let end = x.from.1;
    let arrived = visit.arrived.as_f64();
    let begun = visit.begun.map_or(end, |m| m.as_f64());
    let done = visit.done.map_or(end, |m| m.as_f64());
    let left = visit.left.map_or(end, |m| m.as_f64());
    let work = if visit.piece.is_multiple_of(2) { "work" } else { "alt" };
    let clock = |minutes: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a horizon")]
        let minutes = minutes as i64;
        format!("day {} {:02}:{:02}", minutes / 1_440 + 1, minutes / 60 % 24, minutes % 60)
    };
    for (from, to, class, what) in
        [(arrived, begun, "parts", "waits for components"), (begun, done, work, "work"), (done, left, "held", "held")]
    {
        let (a, b) = (x.clamped(from), x.clamped(to));
        let tip = format!("Piece {}: {what}, {} to {}", visit.piece, clock(from), clock(to));
        canvas.rect_tip(a, y, b - a, BAR, class, &tip);
        let number = visit.piece.to_string();
        if what == "work" && crate::svg::text_width(&number, 10.0) + 4.0 < b - a {
            canvas.text((f64::midpoint(a, b), y + 10.5), Anchor::Middle, "o", &number);
        }
    }
}

/// The visits of one piece in order: its passport.
#[must_use]
pub fn passport(trace: &Trace, line: usize, piece: u64) -> Trace {
    let visits = trace.visits.iter().filter(|v| (v.line, v.piece) == (line, piece)).copied().collect();
    Trace { visits, lines: trace.lines.clone(), open: trace.open.clone(), ..*trace }
}

#[cfg(test)]
mod tests {
    use super::closed;
    use units::Minutes;

    #[test]
    fn closed_hours_are_what_the_open_ones_leave_of_a_day() {
        let m = |minutes: i64| Minutes::from_ticks(minutes * 1_000);
        let open = [(m(0), m(100)), (m(1_500), m(1_700)), (m(1_700), m(1_800)), (m(2_000), m(3_000))];
        assert_eq!(closed(&open, (1_440.0, 2_880.0)), [(1_440.0, 1_500.0), (1_800.0, 2_000.0)]);
        assert_eq!(closed(&[], (0.0, 1_440.0)), [(0.0, 1_440.0)], "no open hour");
    }
}
