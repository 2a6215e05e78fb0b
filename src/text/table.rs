//! Lists that are built into the program: a row a line, its cells set off by tabs, the names in a cell by `|`. Lines that
//! begin with `#` are comments.

use std::ops::Deref;

/// A list.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The file, by which messages name the list.
    pub name: &'static str,
    source: &'static str,
}

impl Table {
    /// `source` is the file's text.
    pub const fn new(name: &'static str, source: &'static str) -> Table {
        Table { name, source }
    }

    /// The lines that are rows, in order, with their numbers from 1.
    fn lines(self) -> impl Iterator<Item = (usize, &'static str)> {
        let ends = memchr::memchr_iter(b'\n', self.source.as_bytes()).chain([self.source.len()]);
        let mut start = 0;
        let lines = ends.map(move |end| {
            let line = &self.source[start..end];
            start = end + 1;
            line
        });
        let lines = (1..).zip(lines);
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    }

    /// The rows in order, comments and empty lines left out.
    pub fn rows(self) -> impl Iterator<Item = Row> {
        self.lines().map(|(line, source)| Row::new(line, source))
    }

    /// The first cells of the rows in order; those that a row lacks are empty.
    pub fn cells<const N: usize>(self) -> impl Iterator<Item = [&'static str; N]> {
        self.lines().map(|(_, source)| {
            let mut cells = [""; N];
            for (place, cell) in cells.iter_mut().zip(pieces(source, b'\t')) {
                *place = cell;
            }
            cells
        })
    }
}

/// A row: the slice of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of its line in the file, from 1.
    pub line: usize,
    /// Without an allocation: there are thousands of rows.
    cells: [&'static str; MOST_CELLS],
    n_cells: usize,
}

/// No list has more columns.
const MOST_CELLS: usize = 8;

impl Row {
    fn new(line: usize, source: &'static str) -> Row {
        let mut row = Row {
            line,
            cells: [""; MOST_CELLS],
            n_cells: 0,
        };
        for (place, cell) in row.cells.iter_mut().zip(pieces(source, b'\t')) {
            *place = cell;
            row.n_cells += 1;
        }
        row
    }

    /// The cell of that number; empty where the row is shorter.
    pub fn cell(&self, cell_idx: usize) -> &'static str {
        self.cells.get(cell_idx).copied().unwrap_or("")
    }

    /// The names in a cell.
    pub fn names(&self, cell_idx: usize) -> impl Iterator<Item = &'static str> {
        names(self.cell(cell_idx))
    }
}

/// The names in a cell.
pub fn names(cell: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    pieces(cell, b'|').filter(|name| !name.is_empty())
}

/// Splits at an ASCII mark. There are two hundred thousand pieces in all lists, which every start of the program cuts, and few
/// are longer than what it costs to begin a faster search.
pub fn pieces(text: &str, mark: u8) -> impl Iterator<Item = &str> + Clone {
    debug_assert!(mark.is_ascii());
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| byte == mark);
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

impl Deref for Row {
    type Target = [&'static str];

    fn deref(&self) -> &[&'static str] {
        &self.cells[..self.n_cells]
    }
}

/// Checks that a list is sorted by its first cell and has no empty one.
#[cfg(test)]
pub fn check(table: Table) {
    let mut before = "";
    let n_marks = |line: &str| line.bytes().filter(|byte| *byte == b'\t').count();
    let most = table.source.lines().map(n_marks).max().unwrap_or(0);
    assert!(
        most < MOST_CELLS,
        "{} has {most} marks in a line",
        table.name
    );
    for row in table.rows() {
        assert!(before < row[0], "{}:{}: not sorted", table.name, row.line);
        before = row[0];
        for name in row.iter().flat_map(|cell| cell.split('|')) {
            let fault = name.trim() != name || name.chars().any(char::is_control);
            assert!(!fault, "{}:{}: `{name}`", table.name, row.line);
        }
    }
    assert!(!before.is_empty(), "{} is empty", table.name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines() {
        let table = Table::new("some.tsv", "# a comment\none\tI|i\n\ntwo\n");
        let rows: Vec<(usize, Vec<&str>)> = table
            .rows()
            .map(|row| (row.line, row.names(1).collect()))
            .collect();
        assert_eq!(rows, [(2, vec!["I", "i"]), (4, vec![])]);
        let cells: Vec<[&str; 2]> = table.cells().collect();
        assert_eq!(cells, [["one", "I|i"], ["two", ""]]);
        check(table);
    }

    #[test]
    #[should_panic(expected = "some.tsv:2: not sorted")]
    fn disorder_is_seen() {
        check(Table::new("some.tsv", "b\na\n"));
    }
}
