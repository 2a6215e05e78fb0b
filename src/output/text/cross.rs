//! Two axes crossed: a table with as many columns as the screen has room for.

use std::io;

use super::histogram::{Line, UNDATED, folded, without_any};
use super::screen::Screen;
use super::styled::Styled;
use crate::field::Kind;
use crate::output::numbers::grouped;
use crate::search::{AxisCounts, CrossCounts, Heading};

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
    let label = |row: &Heading| {
        let mut label = Styled::plain(&" ".repeat(INDENT));
        label.push_plain(row.value.as_deref().unwrap_or(UNDATED));
        label.cut(widest_label)
    };
    let rows_shown: Vec<Line<(Styled, String, Option<usize>)>> =
        folded(rows.headings(), |row| row.place.is_none())
            .into_iter()
            .map(|line| match line {
                Line::Item(row) => Line::Item((label(&row), grouped(row.count), row.place)),
                Line::Empty(n_empty) => Line::Empty(n_empty),
            })
            .collect();
    let labels = rows_shown.iter().filter_map(|line| match line {
        Line::Item((label, total, _)) => Some((label.width(), total.len())),
        Line::Empty(_) => None,
    });
    let (label_width, total_width) = labels.fold(
        (INDENT, "all".len()),
        |(label_width, total_width), (label, total)| {
            (label_width.max(label), total_width.max(total))
        },
    );

    let columns_shown = columns_that_fit(cross, label_width + GAP + total_width, screen.width);
    let mut title = Styled::new(rows.name(), screen.looks.title);
    let (n_rows, n_rows_in_all) = rows.n_values();
    title.push(&size(n_rows, n_rows_in_all), screen.looks.dim);
    title.push(" × ", screen.looks.dim);
    title.push(columns.name(), screen.looks.title);
    let (n_columns, n_columns_in_all) = columns.n_values();
    let held = columns_shown.iter().filter_map(|column| column.place);
    // What has no date is no value.
    let n_columns_shown = held.filter(|place| *place < n_columns).count();
    title.push(&size(n_columns_shown, n_columns_in_all), screen.looks.dim);
    screen.line(&title)?;
    if rows_shown.is_empty() {
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
    for row in rows_shown {
        let (mut line, total, place) = match (row, rows) {
            (Line::Item(row), _) => row,
            (Line::Empty(n_empty), AxisCounts::Intervals(histogram)) => {
                screen.line(&without_any(n_empty, histogram.interval, screen))?;
                continue;
            }
            // Every value of a facet has a place.
            (Line::Empty(_), AxisCounts::Facet(_)) => continue,
        };
        line.pad(label_width + GAP + total_width - total.len());
        line.push_plain(&total);
        let cells = place.and_then(|place| cross.cells.get(place));
        let cells = cells.map_or(&[][..], Vec::as_slice);
        for column in &columns_shown {
            let cell = column.place.and_then(|column| {
                let cell = cells.binary_search_by_key(&column, |(place, _)| *place);
                cells.get(cell.ok()?)
            });
            match cell {
                Some((_, count)) => {
                    push_right(
                        &mut line,
                        &grouped(*count),
                        column.width,
                        screen.looks.plain,
                    );
                }
                None if column.place.is_none() => {
                    push_right(&mut line, " ", column.width, screen.looks.dim)
                }
                None => push_right(&mut line, "·", column.width, screen.looks.dim),
            }
        }
        screen.line(&line)?;
    }
    Ok(())
}

fn size(n_shown: usize, n_values: usize) -> String {
    let (n_shown, n_values) = (n_shown as u64, n_values as u64);
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
    /// None for times without any paragraphs.
    place: Option<usize>,
}

fn columns_that_fit(cross: &CrossCounts, before: usize, screen_width: usize) -> Vec<Column> {
    let mut most = vec![0; cross.columns.n_places()];
    for (place, count) in cross.cells.iter().flatten() {
        if let Some(most) = most.get_mut(*place) {
            *most = (*most).max(*count);
        }
    }
    let mut left = screen_width.saturating_sub(before);
    let mut shown = Vec::new();
    // A column takes more room than a row: times without any paragraphs get one together.
    let mut is_gap = false;
    for heading in cross.columns.headings() {
        if heading.place.is_none() {
            is_gap = !shown.is_empty();
            continue;
        }
        let most = heading.place.and_then(|place| most.get(place));
        let column = Column {
            place: heading.place,
            ..column(&cross.columns, heading.value.as_deref(), most)
        };
        let columns = std::mem::take(&mut is_gap)
            .then(gap)
            .into_iter()
            .chain([column]);
        let columns: Vec<Column> = columns.collect();
        let width = columns.iter().map(|column| GAP + column.width).sum();
        let Some(rest) = left.checked_sub(width) else {
            break;
        };
        left = rest;
        shown.extend(columns);
    }
    shown
}

/// Stands for times without any paragraphs.
fn gap() -> Column {
    Column {
        heading: vec!["⋯".to_owned()],
        width: 1,
        place: None,
    }
}

fn column(axis: &AxisCounts, value: Option<&str>, most: Option<&u64>) -> Column {
    let value = value.unwrap_or(UNDATED);
    let name = match axis {
        AxisCounts::Facet(counts) if counts.field.kind == Kind::Tree => {
            value.rsplit('/').next().unwrap_or(value)
        }
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
        width: widest.max(grouped(most.copied().unwrap_or_default()).len()),
        heading: lines.into_iter().map(Styled::into_text).collect(),
        place: None,
    }
}

fn push_right(line: &mut Styled, text: &str, width: usize, style: anstyle::Style) {
    let column = line.width() + GAP + width;
    let text = Styled::new(text, style);
    line.pad(column.saturating_sub(text.width()));
    line.append(text);
}
