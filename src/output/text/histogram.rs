//! What was published when, as a chart.

use std::io;

use super::counts::bar;
use super::screen::Screen;
use super::styled::Styled;
use crate::output::numbers::{counted, grouped};
use crate::search::Histogram;

/// The longest bar, in columns, where the screen has room for it.
const WIDEST_BAR: usize = 60;

/// The least room for which bars are drawn.
const NARROWEST_BAR: usize = 10;

/// More intervals in a row without paragraphs than this are one line.
const MOST_EMPTY: usize = 12;

const UNDATED: &str = "undated";

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
    let mut empty = Vec::new();
    for (start, count) in histogram.buckets() {
        if count == 0 {
            empty.push(start);
            continue;
        }
        if empty.len() > MOST_EMPTY {
            let n_empty = counted(empty.len() as u64, interval.name());
            let line = format!("  ⋮ {n_empty} without any");
            screen.line(&Styled::new(&line, screen.looks.dim))?;
        } else {
            for start in &empty {
                row(&interval.label(*start), 0, screen)?;
            }
        }
        empty.clear();
        row(&interval.label(start), count, screen)?;
    }
    if histogram.n_undated > 0 {
        row(UNDATED, histogram.n_undated, screen)?;
    }
    Ok(())
}
