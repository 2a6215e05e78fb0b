//! What was published when, as a chart.

use std::io;

use super::counts::bar;
use super::screen::Screen;
use super::styled::Styled;
use crate::output::numbers::{counted, grouped};
use crate::search::{Histogram, Interval};

/// The longest bar, in columns, where the screen has room for it.
const WIDEST_BAR: usize = 60;

/// The least room for which bars are drawn.
const NARROWEST_BAR: usize = 10;

/// More intervals in a row without paragraphs than this are one line.
const MOST_EMPTY: usize = 3;

/// Stands for a date where there is none.
pub(super) const UNDATED: &str = "undated";

pub(super) fn histogram(histogram: &Histogram, screen: &mut Screen) -> io::Result<()> {
    screen.blank()?;
    let interval = histogram.interval;
    let n_held = counted(histogram.counts.len() as u64, interval.name());
    let mut title = Styled::new("published", screen.looks.title);
    title.push(&format!(" ({n_held})"), screen.looks.dim);
    screen.line(&title)?;

    let largest = histogram
        .counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or_default();
    let number_width = grouped(largest.max(histogram.n_undated)).len();
    let label_width = histogram
        .counts
        .iter()
        .map(|(start, _)| interval.label(*start).len())
        .chain((histogram.n_undated > 0).then_some(UNDATED.len()))
        .max()
        .unwrap_or_default();
    let room = screen
        .width
        .saturating_sub(2 + label_width + 2 + number_width + 2);
    let row = |label: &str, count: u64, screen: &mut Screen| {
        let mut line = Styled::plain("  ");
        line.push_plain(label);
        let number = grouped(count);
        line.pad(2 + label_width + 2 + number_width - number.len());
        line.push_plain(&number);
        if room >= NARROWEST_BAR && count > 0 && label != UNDATED {
            line.push_plain("  ");
            line.push(&bar(count, largest, room.min(WIDEST_BAR)), screen.looks.bar);
        }
        screen.line(&line)
    };
    for line in folded(histogram.buckets(), |(_, count)| *count == 0) {
        match line {
            Line::Item((start, count)) => row(&interval.label(start), count, screen)?,
            Line::Empty(n_empty) => screen.line(&without_any(n_empty, interval, screen))?,
        }
    }
    if histogram.n_undated > 0 {
        row(UNDATED, histogram.n_undated, screen)?;
    }
    Ok(())
}

/// A line of intervals.
pub(super) enum Line<T> {
    Item(T),
    /// So many in a row without paragraphs.
    Empty(u64),
}

/// What is to be shown of intervals in order: each, but for many in a row that are empty.
pub(super) fn folded<T>(
    intervals: impl Iterator<Item = T>,
    is_empty: impl Fn(&T) -> bool,
) -> Vec<Line<T>> {
    let mut lines = Vec::new();
    let mut n_empty = 0;
    for interval in intervals {
        n_empty = if is_empty(&interval) { n_empty + 1 } else { 0 };
        match n_empty - MOST_EMPTY.min(n_empty) {
            0 => lines.push(Line::Item(interval)),
            1 => {
                lines.truncate(lines.len() - MOST_EMPTY);
                lines.push(Line::Empty(n_empty as u64));
            }
            _ => {
                lines.pop();
                lines.push(Line::Empty(n_empty as u64));
            }
        }
    }
    lines
}

/// `⋮ 30 months without any`.
pub(super) fn without_any(n_empty: u64, interval: Interval, screen: &Screen) -> Styled {
    let line = format!("  ⋮ {} without any", counted(n_empty, interval.name()));
    Styled::new(&line, screen.looks.dim)
}
