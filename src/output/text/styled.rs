//! Text with looks, and its lines. What comes in may hold anything; what is kept has no control characters, so that
//! no text can move the cursor, change colours or hide words in the terminal of who reads it.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use anstyle::Style;
use textwrap::WordSeparator;
use textwrap::core::display_width;

/// Text in runs of one look each.
#[derive(Debug, Clone, Default)]
pub(super) struct Styled {
    text: String,
    /// Where each run ends, and its look; together they are the whole text.
    runs: Vec<(usize, Style)>,
}

impl Styled {
    pub(super) fn new(text: &str, style: Style) -> Styled {
        let mut styled = Styled::default();
        styled.push(text, style);
        styled
    }

    pub(super) fn plain(text: &str) -> Styled {
        Styled::new(text, Style::new())
    }

    /// Adds text, cleaned.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(&clean(text));
        match self.runs.last_mut() {
            Some((end, last)) if *last == style => *end = self.text.len(),
            _ => self.runs.push((self.text.len(), style)),
        }
    }

    pub(super) fn push_plain(&mut self, text: &str) {
        self.push(text, Style::new());
    }

    /// Adds spaces up to a column.
    pub(super) fn pad(&mut self, column: usize) {
        let n_spaces = column.saturating_sub(self.width());
        self.push_plain(&" ".repeat(n_spaces));
    }

    /// In columns.
    pub(super) fn width(&self) -> usize {
        display_width(&self.text)
    }

    /// The lines of at most so many columns, without the spaces between them. What is wider has a line of its own.
    /// Lines end at spaces, and between characters of scripts that have none; not within what is written in ASCII,
    /// since a path or an address that is cut cannot be copied. No text gives no lines.
    pub(super) fn lines(&self, width: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut line = 0..0;
        let mut columns = 0;
        // The piece that may not be cut, in bytes and columns.
        let mut piece = 0..0;
        let mut piece_columns = 0;
        let mut words = WordSeparator::UnicodeBreakProperties
            .find_words(&self.text)
            .peekable();
        while let Some(word) = words.next() {
            piece.end += word.word.len();
            piece_columns += word.width;
            let is_cut_in_ascii = word.whitespace.is_empty()
                && word.word.ends_with(|c: char| c.is_ascii())
                && words.peek().is_some();
            if is_cut_in_ascii {
                continue;
            }
            if !line.is_empty() && columns + piece_columns > width {
                lines.push(line);
                line = piece.clone();
                columns = 0;
            }
            line.end = piece.end;
            columns += piece_columns + word.whitespace.len();
            piece = piece.end + word.whitespace.len()..piece.end + word.whitespace.len();
            piece_columns = 0;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// At most so many columns of it, with a mark at the end where it is cut.
    pub(super) fn cut(self, width: usize) -> Styled {
        if self.width() <= width {
            return self;
        }
        let mut columns = 0;
        let room = width.saturating_sub(1);
        let fits = |(_, c): &(usize, char)| {
            columns += display_width(c.encode_utf8(&mut [0; 4]));
            columns <= room
        };
        let kept = self.text.char_indices().take_while(fits).last();
        let mut cut = self.part(0..kept.map_or(0, |(at, c)| at + c.len_utf8()));
        cut.push_plain("…");
        cut
    }

    /// A part, on character boundaries, with its looks.
    pub(super) fn part(&self, part: Range<usize>) -> Styled {
        let mut out = Styled::default();
        let mut start = 0;
        for (end, style) in &self.runs {
            let run = start.max(part.start)..part.end.min(*end);
            if !run.is_empty() {
                out.push(&self.text[run], *style);
            }
            start = *end;
        }
        out
    }

    /// Adds what has looks of its own.
    pub(super) fn append(&mut self, other: Styled) {
        let mut start = 0;
        for (end, style) in &other.runs {
            self.push(&other.text[start..*end], *style);
            start = *end;
        }
    }

    /// Without the spaces at its end.
    pub(super) fn trimmed(self) -> Styled {
        self.part(0..self.text.trim_end_matches(' ').len())
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Writes a part with its looks, each closed at its end.
    pub(super) fn write(&self, part: Range<usize>, out: &mut String) {
        let first_run = self.runs.partition_point(|(end, _)| *end <= part.start);
        let mut start = part.start;
        for (end, style) in &self.runs[first_run..] {
            if start >= part.end {
                break;
            }
            let end = part.end.min(*end);
            let text = &self.text[start..end];
            write!(out, "{style}{text}{style:#}").expect("a string takes all that is written");
            start = end;
        }
    }

    /// Writes all of it with its looks.
    pub(super) fn write_all(&self, out: &mut String) {
        self.write(0..self.text.len(), out);
    }
}

/// A text without control characters: white space becomes a space, others U+FFFD. The invisible ones that turn the
/// direction of text are left out, as they would turn what we print beside it, too.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unclean) {
        return Cow::Borrowed(text);
    }
    let clean = text.chars().filter(|c| !turns_direction(*c));
    Cow::Owned(
        clean
            .map(|c| match c {
                '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
                _ if c.is_control() => char::REPLACEMENT_CHARACTER,
                _ => c,
            })
            .collect(),
    )
}

fn is_unclean(c: char) -> bool {
    c.is_control() || turns_direction(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether it is one of the characters that embed, override or isolate a direction.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        let styled = Styled::plain(text);
        let lines = styled.lines(width).into_iter();
        lines.map(|line| styled.text[line].to_owned()).collect()
    }

    #[test]
    fn lines_end_at_spaces() {
        assert_eq!(lines("", 10), [""; 0]);
        assert_eq!(lines("steel", 10), ["steel"]);
        assert_eq!(lines("steel and iron", 10), ["steel and", "iron"]);
        assert_eq!(lines("steel  and   iron", 6), ["steel", "and", "iron"]);
        assert_eq!(lines("steel and iron", usize::MAX), ["steel and iron"]);
    }

    #[test]
    fn what_is_too_wide_is_cut() {
        let cut = |text: &str, width| Styled::plain(text).cut(width).text;
        assert_eq!(cut("steel", 5), "steel");
        assert_eq!(cut("steels", 5), "stee…");
        assert_eq!(cut("鉄鋼関税", 6), "鉄鋼…");
        assert_eq!(cut("e\u{301}te\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("steel", 0), "…");
        assert_eq!(cut("", 0), "");
        let mut styled = Styled::new("on ", AnsiColor::Red.on_default());
        styled.push_plain("steel");
        let mut out = String::new();
        styled.cut(5).write_all(&mut out);
        assert_eq!(out, "\x1b[31mon \x1b[0ms…");
    }

    #[test]
    fn wide_words_stay_whole() {
        assert_eq!(
            lines("see tariffs2018final now", 5),
            ["see", "tariffs2018final", "now"]
        );
        assert_eq!(
            lines("see https://example.org/tariffs?page=2 or trade/steel", 12),
            [
                "see",
                "https://example.org/tariffs?page=2",
                "or",
                "trade/steel"
            ]
        );
    }

    #[test]
    fn east_asian_text_is_two_columns_a_character_and_breaks_anywhere() {
        assert_eq!(lines("鉄鋼関税", 4), ["鉄鋼", "関税"]);
        assert_eq!(lines("WTO鉄鋼", 5), ["WTO鉄", "鋼"]);
    }

    #[test]
    fn looks_are_closed_at_the_end_of_a_line() {
        let mut styled = Styled::plain("on ");
        styled.push("steel and iron", AnsiColor::Red.on_default());
        styled.push_plain(" too");
        let mut out = String::new();
        for line in styled.lines(12) {
            styled.write(line, &mut out);
            out.push('\n');
        }
        assert_eq!(
            out,
            "on \x1b[31msteel and\x1b[0m\n\x1b[31miron\x1b[0m too\n"
        );
    }

    #[test]
    fn nothing_controls_the_terminal() {
        let clean = |text| Styled::plain(text).text;
        assert_eq!(
            clean("steel\tand\r\niron\u{2028}ore"),
            "steel and  iron ore"
        );
        assert_eq!(
            clean("\x1b[2Jsteel\x07\x7f"),
            "\u{FFFD}[2Jsteel\u{FFFD}\u{FFFD}"
        );
        assert_eq!(clean("\u{9b}31msteel"), "\u{FFFD}31msteel");
        assert_eq!(clean("\u{202E}leets\u{202C}"), "leets");
    }
}
