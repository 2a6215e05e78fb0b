//! What is unusual in an answer: the values with their counts here and in the whole index.

use std::io;

use super::screen::Screen;
use super::styled::Styled;
use crate::output::numbers::grouped;
use crate::search::{Significant, SignificantValue, SignificantValues};

const HEADINGS: [&str; 4] = ["here", "index", "ratio", "score"];

pub(super) fn significant(significant: &Significant, screen: &mut Screen) -> io::Result<()> {
    for values in &significant.facets {
        screen.blank()?;
        facet(values, significant.n_all, screen)?;
    }
    Ok(())
}

fn facet(values: &SignificantValues, n_all: u64, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let (n_shown, n_values) = (values.values.len() as u64, values.n_values as u64);
    let size = match n_values {
        0 => "none unusual".to_owned(),
        _ if n_shown < n_values => format!("{} of {} unusual", grouped(n_shown), grouped(n_values)),
        _ => format!("{} unusual", grouped(n_values)),
    };
    let mut title = Styled::new(values.field.name, looks.title);
    let among = format!(
        " ({size}; {} of {} paragraphs)",
        grouped(values.n_paragraphs),
        grouped(n_all)
    );
    title.push(&among, looks.dim);
    screen.line(&title)?;
    if values.values.is_empty() {
        return Ok(());
    }
    let rows: Vec<[String; 4]> = values.values.iter().map(numbers).collect();
    let widths: Vec<usize> = (0..HEADINGS.len())
        .map(|place| {
            let numbers = rows.iter().map(|row| row[place].chars().count());
            numbers.max().unwrap_or_default().max(HEADINGS[place].len())
        })
        .collect();
    let room = widths.iter().map(|width| width + 2).sum();
    let labels: Vec<Styled> = values
        .values
        .iter()
        .map(|value| {
            let mut label = Styled::plain("  ");
            label.push_plain(&value.value);
            label.cut(screen.label_room(room))
        })
        .collect();
    let label_width = labels.iter().map(Styled::width).max().unwrap_or_default();
    let line = |mut line: Styled, cells: &[String; 4], style| {
        let mut column = label_width;
        for (cell, width) in cells.iter().zip(&widths) {
            column += 2 + width;
            line.pad(column - cell.chars().count());
            line.push(cell, style);
        }
        line
    };
    screen.line(&line(
        Styled::default(),
        &HEADINGS.map(str::to_owned),
        looks.dim,
    ))?;
    for (label, row) in labels.into_iter().zip(&rows) {
        screen.line(&line(label, row, looks.plain))?;
    }
    Ok(())
}

fn numbers(value: &SignificantValue) -> [String; 4] {
    [
        grouped(value.count),
        grouped(value.count_all),
        format!("×{:.1}", value.ratio),
        format!("{:.1}", value.score),
    ]
}
