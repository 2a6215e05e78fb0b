//! What is wrong with a query, where, and what to do about it.

use std::ops::Range;

// The one crate among ours that knows how wide a terminal shows a character.
use textwrap::core::display_width;

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    pub message: String,
    /// Bytes of the query, on character boundaries.
    pub span: Range<usize>,
    pub hint: Option<String>,
}

/// Why a name stands for no value of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unresolved {
    pub message: String,
    pub hint: Option<String>,
    /// Whether an index may have such a value one day: no misspelled country, and no name of several persons.
    pub may_come: bool,
    /// Whether the name is known, and only this index has nothing of it.
    pub is_known: bool,
}

/// Columns of a line that shows a query, without its indentation.
const COLUMNS: usize = 78;

/// Columns that stay visible before the place when a query is cut.
const COLUMNS_BEFORE: usize = 24;

/// Characters of the user's words in a message.
const MAX_QUOTED: usize = 60;

impl QueryError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> QueryError {
        QueryError {
            message: message.into(),
            span,
            hint: None,
        }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> QueryError {
        QueryError {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Returns the error as a terminal of 80 columns shows it, without a line end: the message, the query with carets
    /// below the place, the hint. `query` is the text that was parsed.
    pub fn render(&self, query: &str) -> String {
        let (line, carets) = excerpt(query, &self.span);
        let mut out = format!("error: {}\n  {line}\n  {carets}", self.message);
        if let Some(hint) = &self.hint {
            out.push_str("\nhint: ");
            out.push_str(hint);
        }
        out
    }
}

/// Returns the user's words in backticks, cut where they are long, without characters that would move a terminal's cursor.
pub(super) fn quoted(words: &str) -> String {
    let mut out = String::from("`");
    let mut chars = words.chars();
    out.extend(chars.by_ref().take(MAX_QUOTED).map(visible));
    if chars.next().is_some() {
        out.push('…');
    }
    out.push('`');
    out
}

/// The character as it is shown: white space as a space, and what would act on the terminal as a mark of damage.
fn visible(c: char) -> char {
    match c {
        _ if c.is_whitespace() => ' ',
        _ if c.is_control() => '\u{fffd}',
        // These turn the direction of the text around them, and carets would stand below something else.
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// A character of the query on the screen.
struct Cell {
    char: char,
    column: usize,
    width: usize,
}

/// Returns the query, or the part of it around the place, and the carets below the place.
fn excerpt(query: &str, span: &Range<usize>) -> (String, String) {
    let mut cells = Vec::with_capacity(query.len());
    let mut column = 0;
    // Where the place begins and ends; past the last character, when it is there.
    let mut place = (None, None);
    for (at, c) in query.char_indices() {
        let char = visible(c);
        let width = display_width(char.encode_utf8(&mut [0; 4]));
        if at >= span.start {
            place.0.get_or_insert(column);
        }
        if at >= span.end {
            place.1.get_or_insert(column);
        }
        cells.push(Cell {
            char,
            column,
            width,
        });
        column += width;
    }
    let start = place.0.unwrap_or(column);
    let end = place.1.unwrap_or(column).max(start + 1);
    // A caret behind the text needs a column, too.
    let total = column.max(start + 1);
    if total <= COLUMNS {
        let line: String = cells.iter().map(|cell| cell.char).collect();
        return (
            line.trim_end().to_string(),
            " ".repeat(start) + &"^".repeat(end - start),
        );
    }

    let room = COLUMNS - 2; // an ellipsis at either end
    let left = start.saturating_sub(COLUMNS_BEFORE).min(total - room);
    let first = cells.partition_point(|cell| cell.column < left);
    // A wide character may hang over the edge.
    let left = cells.get(first).map_or(left, |cell| cell.column);
    let last = cells.partition_point(|cell| cell.column + cell.width <= left + room);
    let mut line = String::new();
    let mut indent = start - left;
    if first > 0 {
        line.push('…');
        indent += 1;
    }
    line.extend(cells[first..last.max(first)].iter().map(|cell| cell.char));
    if last < cells.len() {
        line.push('…');
    }
    let n_carets = end.min(left + room).saturating_sub(start).max(1);
    (
        line.trim_end().to_string(),
        " ".repeat(indent) + &"^".repeat(n_carets),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(query: &str, span: Range<usize>) -> String {
        QueryError::new("message", span).render(query)
    }

    #[test]
    fn carets_stand_below_the_place_as_a_terminal_shows_it() {
        insta::assert_snapshot!(rendered("steel contry:fr", 6..12), @r"
        error: message
          steel contry:fr
                ^^^^^^
        ");
        // Two columns each.
        insta::assert_snapshot!(rendered("日本 contry:fr", 7..13), @r"
        error: message
          日本 contry:fr
               ^^^^^^
        ");
        insta::assert_snapshot!(rendered("steel AND", 9..9), @r"
        error: message
          steel AND
                   ^
        ");
        insta::assert_snapshot!(rendered("a\tb\n\u{1b}[31mred \u{202e}x", 5..10), @r"
        error: message
          a b �[31mred �x
               ^^^^^
        ");
    }

    #[test]
    fn long_queries_are_cut_around_the_place() {
        let words = "tariff ".repeat(40);
        let query = format!("{words}contry:fr {words}");
        insta::assert_snapshot!(rendered(&query, 280..286), @r#"
    error: message
      …ff tariff tariff tariff contry:fr tariff tariff tariff tariff tariff tariff …
                               ^^^^^^
    "#);
        insta::assert_snapshot!(rendered(&query, 0..6), @r"
        error: message
          tariff tariff tariff tariff tariff tariff tariff tariff tariff tariff tariff…
          ^^^^^^
        ");
        insta::assert_snapshot!(rendered(&query, query.len()..query.len()), @r#"
    error: message
      …riff tariff tariff tariff tariff tariff tariff tariff tariff tariff tariff
                                                                                  ^
    "#);
        insta::assert_snapshot!(rendered(&query, 0..query.len()), @r"
        error: message
          tariff tariff tariff tariff tariff tariff tariff tariff tariff tariff tariff…
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn every_place_of_any_text_fits_into_80_columns() {
        let query = "関税 tariff e\u{301}\t😀 ".repeat(30);
        for (at, c) in query.char_indices() {
            for line in rendered(&query, at..at + c.len_utf8()).lines() {
                assert!(display_width(line) <= 80, "{line}");
            }
        }
    }
}
