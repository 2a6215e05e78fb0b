//! The lines of the lists that speak for a value: looked up again when somebody asks, so that finding values costs nothing more.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::Line;
use crate::text::gazetteer::variants;
use crate::text::table::{Row, Table};
use crate::text::tokens::{Kind, Text};

/// Lists by the names that their rows hold. Names are compared as the gazetteers do.
#[derive(Debug, Default)]
pub(super) struct ListLines {
    entries: Vec<Entry>,
    /// The numbers of entries by the folded words of the name, in all its variants.
    by_name: FxHashMap<Box<[u64]>, Vec<usize>>,
}

/// A name in a row.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) row: Row,
    line: Line,
}

impl ListLines {
    /// The names in some cells of each row.
    pub(super) fn new(tables: &[(Table, &[usize])]) -> ListLines {
        let mut listed = ListLines::default();
        for &(table, cells) in tables {
            for row in table.rows() {
                for name in cells.iter().flat_map(|&cell_idx| row.names(cell_idx)) {
                    let name = bare(name);
                    listed.add(table, &row, name, &variants(name));
                }
            }
        }
        listed
    }

    /// Adds a row under some spellings; `entry` is what its line then shows.
    pub(super) fn add(&mut self, table: Table, row: &Row, entry: &str, spellings: &[String]) {
        let entry_idx = self.entries.len();
        for spelling in spellings {
            let entries = self.by_name.entry(folds(spelling)).or_default();
            if entries.last() != Some(&entry_idx) {
                entries.push(entry_idx);
            }
        }
        self.entries.push(Entry {
            row: row.clone(),
            line: line(table, row, entry),
        });
    }

    /// The lines that hold exactly these words, if the row is one to keep.
    pub(super) fn lines(&self, words: &str, keep: impl Fn(&Row) -> bool) -> Vec<Line> {
        self.lines_of(&folds(words), keep)
    }

    /// The lines that hold any run of these words.
    pub(super) fn lines_within(&self, words: &str) -> Vec<Line> {
        const LONGEST_RUN: usize = 4;
        let folds = folds(words);
        let runs = (0..folds.len()).flat_map(|start| {
            let longest = folds.len().min(start + LONGEST_RUN);
            (start + 1..=longest).map(move |end| start..end)
        });
        runs.flat_map(|run: Range<usize>| self.lines_of(&folds[run], |_| true))
            .collect()
    }

    fn lines_of(&self, folds: &[u64], keep: impl Fn(&Row) -> bool) -> Vec<Line> {
        let found = self.by_name.get(folds).into_iter().flatten();
        let entries = found.map(|&entry_idx| &self.entries[entry_idx]);
        let mut lines: Vec<Line> = entries
            .filter(|entry| keep(&entry.row))
            .map(|entry| entry.line.clone())
            .collect();
        lines.dedup();
        lines
    }
}

fn line(table: Table, row: &Row, entry: &str) -> Line {
    Line {
        list: table.name.into(),
        number: row.line,
        entry: entry.to_string(),
    }
}

/// A name without what marks it in a list: `~` before, `^2` behind.
fn bare(name: &'static str) -> &'static str {
    let name = name.strip_prefix('~').unwrap_or(name);
    name.split_once('^').map_or(name, |(name, _)| name)
}

/// What two spellings of a name have in common: the folded words, without a possessive at the end.
fn folds(name: &str) -> Box<[u64]> {
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
        let listed = ListLines::new(&[(table, &[0, 1])]);
        let shown = |lines: Vec<Line>| -> Vec<String> {
            let lines = lines.iter();
            lines
                .map(|line| format!("{}:{} {}", line.list, line.number, line.entry))
                .collect()
        };
        let found = |words: &str| shown(listed.lines(words, |_| true));
        assert_eq!(found("japan's"), ["some.tsv:1 Japan"]);
        assert_eq!(found("NIPPON"), ["some.tsv:1 Nippon"]);
        assert_eq!(found("hot rolled coils"), ["some.tsv:2 hot-rolled coil"]);
        assert_eq!(found("coil"), ["some.tsv:2 coil"]);
        assert!(found("").is_empty() && found("rolled").is_empty());
        assert!(listed.lines("coil", |row| row.cell(0) == "iron").is_empty());
        assert_eq!(
            shown(listed.lines_within("of Japan and hot rolled coils")),
            [
                "some.tsv:1 Japan",
                "some.tsv:2 hot-rolled coil",
                "some.tsv:2 coil"
            ]
        );
    }
}
