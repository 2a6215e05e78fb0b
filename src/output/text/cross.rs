//! Two facets crossed: a table with as many columns as the screen has room for.

use std::io;

use super::screen::Screen;
use super::styled::Styled;
use crate::field::{Field, Kind};
use crate::output::numbers::grouped;
use crate::search::{CrossCounts, FacetCounts};

const INDENT: usize = 2;

/// Between columns.
const GAP: usize = 2;

/// What is longer is cut, as labels of rows are that take more than a third of the screen.
const WIDEST_HEADING: usize = 12;

/// The least that is left of a label.
const NARROWEST_LABEL: usize = 16;

/// Headings of more lines are cut.
const MOST_LINES: usize = 3;

pub(super) fn cross(cross: &CrossCounts, screen: &mut Screen) -> io::Result<()> {
    screen.blank()?;
    let (rows, columns) = (&cross.rows, &cross.columns);
    let widest_label = (screen.width / 3).max(NARROWEST_LABEL);
    let label = |value: &str| {
        let mut label = Styled::plain(&" ".repeat(INDENT));
        label.push_plain(value);
        label.cut(widest_label)
    };
    let labels: Vec<Styled> = rows.values.iter().map(|(value, _)| label(value)).collect();
    let label_width = labels.iter().map(Styled::width).max().unwrap_or(INDENT);
    let totals: Vec<String> = rows
        .values
        .iter()
        .map(|(_, count)| grouped(*count))
        .collect();
    let total_width = totals
        .iter()
        .map(String::len)
        .max()
        .unwrap_or_default()
        .max("all".len());

    let columns_shown = columns_that_fit(cross, label_width + GAP + total_width, screen.width);
    let mut title = Styled::new(rows.field.name, screen.looks.title);
    title.push(&size(rows, rows.values.len()), screen.looks.dim);
    title.push(" × ", screen.looks.dim);
    title.push(columns.field.name, screen.looks.title);
    title.push(&size(columns, columns_shown.len()), screen.looks.dim);
    screen.line(&title)?;
    if rows.values.is_empty() {
        return Ok(());
    }

    let n_lines = columns_shown
        .iter()
        .map(|column| column.heading.len())
        .max();
    let n_lines = n_lines.unwrap_or(0).max(1);
    for line_idx in 0..n_lines {
        let mut line = Styled::default();
        let is_last = line_idx + 1 == n_lines;
        if is_last {
            line.pad(label_width + GAP + total_width - "all".len());
            line.push("all", screen.looks.dim);
        }
        line.pad(label_width + GAP + total_width);
        for column in &columns_shown {
            // They stand on the first row, however many lines they have.
            let skipped = n_lines - column.heading.len();
            let words = line_idx
                .checked_sub(skipped)
                .and_then(|place| column.heading.get(place));
            push_right(
                &mut line,
                words.map_or("", String::as_str),
                column.width,
                screen.looks.dim,
            );
        }
        screen.line(&line.trimmed())?;
    }
    for ((mut line, total), cells) in labels.into_iter().zip(totals).zip(&cross.cells) {
        line.pad(label_width + GAP + total_width - total.len());
        line.push_plain(&total);
        for (column_idx, column) in columns_shown.iter().enumerate() {
            let cell = cells.binary_search_by_key(&column_idx, |(place, _)| *place);
            match cell.ok().and_then(|place| cells.get(place)) {
                Some((_, count)) => {
                    push_right(
                        &mut line,
                        &grouped(*count),
                        column.width,
                        screen.looks.plain,
                    );
                }
                None => push_right(&mut line, "·", column.width, screen.looks.dim),
            }
        }
        screen.line(&line)?;
    }
    Ok(())
}

fn size(counts: &FacetCounts, n_shown: usize) -> String {
    let (n_shown, n_values) = (n_shown as u64, counts.n_values as u64);
    match n_shown {
        _ if n_values == 0 => " (none)".to_owned(),
        _ if n_shown < n_values => format!(" ({} of {})", grouped(n_shown), grouped(n_values)),
        _ => format!(" ({})", grouped(n_values)),
    }
}

struct Column {
    /// One or more lines.
    heading: Vec<String>,
    width: usize,
}

fn columns_that_fit(cross: &CrossCounts, before: usize, screen_width: usize) -> Vec<Column> {
    let mut most = vec![0; cross.columns.values.len()];
    for (column_idx, count) in cross.cells.iter().flatten() {
        if let Some(most) = most.get_mut(*column_idx) {
            *most = (*most).max(*count);
        }
    }
    let mut left = screen_width.saturating_sub(before);
    let mut shown = Vec::new();
    for ((value, _), most) in cross.columns.values.iter().zip(most) {
        let column = column(cross.columns.field, value, most);
        let Some(rest) = left.checked_sub(GAP + column.width) else {
            break;
        };
        left = rest;
        shown.push(column);
    }
    shown
}

fn column(field: &Field, value: &str, most: u64) -> Column {
    let name = match field.kind {
        Kind::Tree => value.rsplit('/').next().unwrap_or(value),
        _ => value,
    };
    let heading = Styled::plain(name);
    let mut lines: Vec<Styled> = Vec::new();
    let mut ranges = heading.lines(WIDEST_HEADING).into_iter().peekable();
    while let Some(range) = ranges.next() {
        let is_cut = lines.len() + 1 == MOST_LINES && ranges.peek().is_some();
        let mut line = heading.part(range);
        if is_cut {
            line.push_plain("…");
        }
        lines.push(line.cut(WIDEST_HEADING));
        if is_cut {
            break;
        }
    }
    let widest = lines.iter().map(Styled::width).max().unwrap_or_default();
    Column {
        width: widest.max(grouped(most).len()),
        heading: lines.into_iter().map(Styled::into_text).collect(),
    }
}

fn push_right(line: &mut Styled, text: &str, width: usize, style: anstyle::Style) {
    let column = line.width() + GAP + width;
    let text = Styled::new(text, style);
    line.pad(column.saturating_sub(text.width()));
    line.append(text);
}
