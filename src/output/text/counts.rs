//! The counts of facets: aligned lists with bars, trees indented.

use std::io;

use rustc_hash::FxHashMap;

use super::screen::Screen;
use super::styled::Styled;
use crate::field::Kind;
use crate::output::notes;
use crate::output::numbers::grouped;
use crate::search::FacetCounts;

const INDENT: usize = 2;

/// The longest bar, in columns.
const BAR_WIDTH: usize = 20;

/// A facet a list, a blank line before each.
pub(super) fn facets(facets: &[FacetCounts], screen: &mut Screen) -> io::Result<()> {
    for counts in facets {
        screen.blank()?;
        put_facet(counts, screen)?;
    }
    Ok(())
}

fn put_facet(counts: &FacetCounts, screen: &mut Screen) -> io::Result<()> {
    let n_shown = counts.values.len();
    let size = match counts.n_values {
        0 => "none".to_owned(),
        n_values if n_shown < n_values => {
            format!(
                "{} of {}",
                grouped(n_shown as u64),
                grouped(n_values as u64)
            )
        }
        n_values => grouped(n_values as u64),
    };
    let mut heading = Styled::new(counts.field.name, screen.looks.title);
    let narrowed = notes::not_narrowed(counts).map_or(String::new(), |note| format!("; {note}"));
    heading.push(&format!(" ({size}{narrowed})"), screen.looks.dim);
    screen.line(&heading)?;

    let rows = rows(counts);
    let numbers: Vec<String> = rows.iter().map(|row| grouped(row.count)).collect();
    let number_width = numbers.iter().map(String::len).max().unwrap_or_default();
    let widest = screen.label_room(2 + number_width);
    let labels: Vec<Styled> = rows.iter().map(|row| label(row).cut(widest)).collect();
    let label_width = labels.iter().map(Styled::width).max().unwrap_or_default();
    // In a narrow terminal the numbers stay and the bars go.
    let columns_left = screen
        .width
        .saturating_sub(label_width + 2 + number_width + 2);
    let largest = rows.iter().map(|row| row.count).max().unwrap_or_default();
    for ((row, mut line), number) in rows.iter().zip(labels).zip(numbers) {
        line.pad(label_width + 2 + number_width - number.len());
        line.push_plain(&number);
        if columns_left >= BAR_WIDTH {
            line.push_plain("  ");
            line.push(&bar(row.count, largest, BAR_WIDTH), screen.looks.bar);
        }
        screen.line(&line)?;
    }
    Ok(())
}

/// A value as it is listed.
struct Row<'a> {
    /// The value, in a tree the part of it below the row that it belongs to.
    label: &'a str,
    count: u64,
    depth: usize,
}

fn rows(counts: &FacetCounts) -> Vec<Row<'_>> {
    match counts.field.kind {
        Kind::Tree => tree_rows(&counts.values),
        _ => list_rows(&counts.values),
    }
}

fn list_rows(values: &[(String, u64)]) -> Vec<Row<'_>> {
    let values = values.iter();
    values
        .map(|&(ref label, count)| Row {
            label,
            count,
            depth: 0,
        })
        .collect()
}

/// Each value below the nearest one above it that is listed, in the order of the list.
fn tree_rows(values: &[(String, u64)]) -> Vec<Row<'_>> {
    let places: FxHashMap<&str, usize> = values
        .iter()
        .enumerate()
        .map(|(value_idx, (value, _))| (&**value, value_idx))
        .collect();
    let parent = |value: &str| {
        let ancestors = value.rmatch_indices('/').map(|(end, _)| &value[..end]);
        ancestors.filter_map(|ancestor| places.get(ancestor)).next()
    };
    let mut roots = Vec::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); values.len()];
    for (value_idx, (value, _)) in values.iter().enumerate() {
        match parent(value) {
            Some(&parent_idx) => children[parent_idx].push(value_idx),
            None => roots.push(value_idx),
        }
    }
    // Depth first; a stack, as values come from an index that anyone may have made.
    let mut rows = Vec::with_capacity(values.len());
    let mut stack: Vec<(usize, usize, usize)> = Vec::new();
    stack.extend(roots.iter().rev().map(|&root_idx| (root_idx, 0, 0)));
    while let Some((value_idx, depth, label_start)) = stack.pop() {
        let (value, count) = &values[value_idx];
        rows.push(Row {
            label: &value[label_start..],
            count: *count,
            depth,
        });
        let below = value.len() + 1;
        let children = children[value_idx].iter().rev();
        stack.extend(children.map(|&child_idx| (child_idx, depth + 1, below)));
    }
    rows
}

fn label(row: &Row) -> Styled {
    /// Deeper ones are not indented further.
    const MAX_DEPTH: usize = 8;
    let mut label = Styled::plain(&" ".repeat(INDENT * (1 + row.depth.min(MAX_DEPTH))));
    label.push_plain(row.label);
    label
}

/// A bar in proportion to the largest, which is as wide as that, to an eighth of a column; never quite nothing.
pub(super) fn bar(count: u64, largest: u64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = count as f64 / largest.max(1) as f64;
    let n_eighths = ((share * (width * 8) as f64).round() as usize).max(1);
    "█".repeat(n_eighths / 8) + EIGHTHS[n_eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(values: &[(&str, u64)]) -> Vec<String> {
        let values: Vec<(String, u64)> = values
            .iter()
            .map(|&(value, count)| (value.to_owned(), count))
            .collect();
        let rows = tree_rows(&values);
        assert_eq!(rows.len(), values.len());
        rows.iter()
            .map(|row| format!("{}{} {}", "> ".repeat(row.depth), row.label, row.count))
            .collect()
    }

    #[test]
    fn trees_stand_below_the_nearest_that_is_listed() {
        let rows = tree(&[
            ("sectors", 9),
            ("sectors/metals/steel", 5),
            ("trade-remedies", 5),
            ("sectors/cars", 4),
            ("trade-remedies/section-232", 3),
            ("sectors-of-old", 1),
            ("disputes/panels", 1),
        ]);
        assert_eq!(
            rows,
            [
                "sectors 9",
                "> metals/steel 5",
                "> cars 4",
                "trade-remedies 5",
                "> section-232 3",
                "sectors-of-old 1",
                "disputes/panels 1",
            ]
        );
    }

    #[test]
    fn odd_paths_are_listed_all_the_same() {
        assert_eq!(
            tree(&[("/", 2), ("", 1)]),
            [" 1", "> / 2"].map(|row| row.replace("> /", "> "))
        );
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(bar(4, 4, 20), "█".repeat(20));
        assert_eq!(bar(2, 4, 20), "█".repeat(10));
        assert_eq!(bar(1, 1000, 20), "▏");
        assert_eq!(bar(0, 0, 20), "▏");
    }
}
