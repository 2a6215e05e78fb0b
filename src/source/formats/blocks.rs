//! Paragraphs of documents that mark where each ends, as word processors do, and what comes of them.

use super::plain;
use crate::source::prints;
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, decode, paragraphs};

/// What to do about a document that is broken.
pub(super) const SAVE_AGAIN: &str =
    "open it in a word processor and save it again, as .docx or as text";

/// What stands between the cells of a row: no text has it, for tabs of the text are spaces here.
const CELL: &str = "\t";

/// The same as a reader sees it.
const CELL_SEEN: &str = " | ";

/// What a document says, put together piece by piece.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    text: Flow,
    /// Footnotes and text boxes: they come after the text in which they stand.
    asides: Flow,
    /// How many asides are open, one in the other.
    n_open: usize,
    /// The first paragraph is called the title.
    has_title: bool,
}

#[derive(Debug, Default)]
struct Flow {
    done: Vec<String>,
    current: String,
    /// What comes between the current text and the next.
    before_next: Option<Break>,
    in_row: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Cell,
    Paragraph,
}

impl Blocks {
    fn flow(&mut self) -> &mut Flow {
        match self.n_open {
            0 => &mut self.text,
            _ => &mut self.asides,
        }
    }

    /// Adds text to the current paragraph. White space of any kind is a space.
    pub(super) fn push(&mut self, text: &str) {
        let flow = self.flow();
        if text.is_empty() {
            return;
        }
        match flow.before_next.take() {
            Some(Break::Paragraph) => flow.flush(),
            Some(Break::Cell) if !flow.current.is_empty() => flow.current.push_str(CELL),
            Some(Break::Cell) | None => {}
        }
        let is_space = |c: char| matches!(c, '\t' | '\n' | '\r');
        match text.contains(is_space) {
            true => flow.current.push_str(&text.replace(is_space, " ")),
            false => flow.current.push_str(text),
        }
    }

    /// Ends a line within a paragraph; two in a row end the paragraph.
    pub(super) fn end_line(&mut self) {
        let flow = self.flow();
        match flow.current.ends_with('\n') {
            true => flow.end_paragraph(),
            false => flow.current.push('\n'),
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.flow().end_paragraph();
    }

    pub(super) fn begin_row(&mut self) {
        let flow = self.flow();
        if !std::mem::replace(&mut flow.in_row, true) {
            flow.before_next = None;
            flow.flush();
        }
    }

    pub(super) fn end_cell(&mut self) {
        let flow = self.flow();
        flow.before_next = Some(match flow.in_row {
            true => Break::Cell,
            false => Break::Paragraph,
        });
    }

    pub(super) fn end_row(&mut self) {
        let flow = self.flow();
        flow.in_row = false;
        flow.before_next = Some(Break::Paragraph);
    }

    pub(super) fn open_aside(&mut self) {
        if self.n_open == 0 {
            self.asides.end_paragraph();
        }
        self.n_open += 1;
    }

    pub(super) fn close_aside(&mut self) {
        self.n_open = self.n_open.saturating_sub(1);
    }

    /// Says that the current paragraph has the style of a title.
    pub(super) fn mark_title(&mut self) {
        let is_first = self.text.done.is_empty()
            && (self.text.current.trim().is_empty() || self.text.before_next.is_none());
        self.has_title |= self.n_open == 0 && is_first;
    }

    /// The articles in it: one, or those of a print.
    pub(super) fn documents(mut self, piece: &Piece) -> Vec<Result<Document, Fault>> {
        self.text.flush();
        self.asides.flush();
        let blocks = self.text.done.into_iter().chain(self.asides.done);
        let mut blocks: Vec<String> = blocks
            .map(|block| decode::clean(block.into()).into_owned())
            .collect();
        if let Some(documents) = prints::documents(&blocks.join("\n\n")) {
            return plain::documents_of(piece, documents);
        }
        let title =
            (self.has_title && blocks.len() > 1).then(|| blocks.remove(0).trim().to_string());
        let blocks = blocks
            .into_iter()
            .map(|block| block.replace(CELL, CELL_SEEN));
        vec![Ok(Document {
            facts: Facts {
                title,
                ..Facts::default()
            },
            body: paragraphs::separated(blocks),
            ..Document::default()
        })]
    }
}

impl Flow {
    fn end_paragraph(&mut self) {
        self.before_next.get_or_insert(Break::Paragraph);
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.current);
        if !block.trim().is_empty() {
            self.done.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(mut blocks: Blocks) -> Vec<String> {
        blocks.text.flush();
        blocks.asides.flush();
        [blocks.text.done, blocks.asides.done].concat()
    }

    #[test]
    fn cells_of_a_row_are_one_paragraph() {
        let mut blocks = Blocks::default();
        blocks.push("Before");
        for row in [["Product", "", "Duty"], ["Steel", "2018", "25\tpercent"]] {
            blocks.begin_row();
            for cell in row {
                blocks.push(cell);
                blocks.end_paragraph();
                blocks.end_cell();
            }
            blocks.end_row();
        }
        blocks.push("After");
        blocks.end_paragraph();
        assert_eq!(
            done(blocks),
            [
                "Before",
                "Product\tDuty",
                "Steel\t2018\t25 percent",
                "After"
            ]
        );
    }

    #[test]
    fn asides_come_after_the_text() {
        let mut blocks = Blocks::default();
        blocks.push("The duty ");
        blocks.open_aside();
        blocks.push("A note.");
        blocks.end_paragraph();
        blocks.close_aside();
        blocks.push("rose.");
        blocks.open_aside();
        blocks.push("Another.");
        blocks.close_aside();
        assert_eq!(done(blocks), ["The duty rose.", "A note.", "Another."]);
    }

    #[test]
    fn an_empty_line_ends_a_paragraph() {
        let mut blocks = Blocks::default();
        blocks.push("One");
        blocks.end_line();
        blocks.push("more");
        blocks.end_line();
        blocks.end_line();
        blocks.push("Two");
        assert_eq!(done(blocks), ["One\nmore\n", "Two"]);
    }
}
