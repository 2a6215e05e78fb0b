//! The lines of the lists that speak for a value: looked up again when somebody asks, so that finding values costs nothing more.

use crate::article::Line;
use crate::text::gazetteer::variants;
use crate::text::table::{Row, Table};
use crate::text::tokens::{Kind, Text};

/// The rows that hold the words as a name, in any of the cells. Names are compared as the gazetteers do; what marks them in
/// the list (`~` before, `^2` behind) does not count.
pub(super) fn with_words(table: Table, cells: &[usize], words: &str) -> Vec<(Row, Line)> {
    let wanted = folds(words);
    if wanted.is_empty() {
        return Vec::new();
    }
    let first = words.chars().next();
    let is_same = |name: &str| {
        // Most names are told by their first character.
        let alike = match (first, name.chars().next()) {
            (Some(one), Some(other)) => !one.is_ascii() || one.eq_ignore_ascii_case(&other),
            _ => false,
        };
        alike
            && variants(name)
                .iter()
                .any(|variant| folds(variant) == wanted)
    };
    let mut found = Vec::new();
    for row in table.rows() {
        let name = cells.iter().find_map(|&cell_idx| {
            let mut names = row.names(cell_idx).map(bare);
            names.find(|name| is_same(name))
        });
        if let Some(name) = name {
            let line = line(table, &row, name);
            found.push((row, line));
        }
    }
    found
}

/// The line of a row, and the name in it that counts.
pub(super) fn line(table: Table, row: &Row, entry: &str) -> Line {
    Line {
        list: table.name.into(),
        number: row.line,
        entry: entry.to_string(),
    }
}

/// The lines of rows that have the value in the first cell, and hold the words.
pub(super) fn of_value(table: Table, cells: &[usize], value: &str, words: &str) -> Vec<Line> {
    with_words(table, cells, words)
        .into_iter()
        .filter(|(row, _)| row.cell(0) == value)
        .map(|(_, line)| line)
        .collect()
}

fn bare(name: &'static str) -> &'static str {
    let name = name.strip_prefix('~').unwrap_or(name);
    name.split_once('^').map_or(name, |(name, _)| name)
}

/// What two spellings of a name have in common: the folded words, without a possessive at the end.
fn folds(name: &str) -> Vec<u64> {
    let text = Text::new(name);
    let mut tokens = &text.tokens[..];
    while let [rest @ .., last] = tokens
        && last.kind == Kind::Possessive
    {
        tokens = rest;
    }
    tokens.iter().map(|token| token.fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_cell_as_lists_write_them() {
        let table = Table::new(
            "some.tsv",
            "Japan\t~Nippon|Land of the Rising Sun\nsteel\tcoil^2|hot-rolled coil\n",
        );
        let found = |words: &str| -> Vec<String> {
            let found = with_words(table, &[0, 1], words);
            found
                .into_iter()
                .map(|(_, line)| format!("{}:{} {}", line.list, line.number, line.entry))
                .collect()
        };
        assert_eq!(found("japan's"), ["some.tsv:1 Japan"]);
        assert_eq!(found("NIPPON"), ["some.tsv:1 Nippon"]);
        assert_eq!(found("hot rolled coils"), ["some.tsv:2 hot-rolled coil"]);
        assert_eq!(found("coil"), ["some.tsv:2 coil"]);
        assert!(found("").is_empty() && found("rolled").is_empty());
        assert_eq!(of_value(table, &[1], "steel", "coil").len(), 1);
        assert!(of_value(table, &[1], "iron", "coil").is_empty());
    }
}
