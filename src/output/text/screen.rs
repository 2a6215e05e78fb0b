//! Lines to the writer that was handed in: wrapped, indented, and gathered to large writes.

use std::io::{self, Write};

use super::looks::Looks;
use super::styled::Styled;

/// Text is wrapped to no less than this, however narrow the terminal or deep the indent.
const MIN_WIDTH: usize = 20;

const BUFFER_SIZE: usize = 1 << 16;

/// Where text for people goes.
pub(super) struct Screen<'w> {
    pub(super) width: usize,
    pub(super) looks: Looks,
    buffer: String,
    out: &'w mut dyn Write,
}

impl<'w> Screen<'w> {
    pub(super) fn new(width: usize, looks: Looks, out: &'w mut dyn Write) -> Screen<'w> {
        Screen {
            width,
            looks,
            buffer: String::new(),
            out,
        }
    }

    /// How many columns a label may take in a line of which the rest takes so many.
    pub(super) fn label_room(&self, rest: usize) -> usize {
        self.width.saturating_sub(rest).max(MIN_WIDTH)
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        self.end_line()
    }

    /// A line that is not wrapped, as what is to be copied or aligned.
    pub(super) fn line(&mut self, line: &Styled) -> io::Result<()> {
        line.write_all(&mut self.buffer);
        self.end_line()
    }

    /// Text of as many lines as it takes, below one another to the right of the label.
    pub(super) fn wrapped(&mut self, label: &Styled, text: &Styled) -> io::Result<()> {
        let indent = label.width();
        let width = self.width.saturating_sub(indent).max(MIN_WIDTH);
        label.write_all(&mut self.buffer);
        for (line_idx, line) in text.lines(width).into_iter().enumerate() {
            if line_idx > 0 {
                self.end_line()?;
                self.buffer.extend(std::iter::repeat_n(' ', indent));
            }
            text.write(line, &mut self.buffer);
        }
        self.end_line()
    }

    /// Text of as many lines as it takes, indented.
    pub(super) fn indented(&mut self, indent: usize, text: &Styled) -> io::Result<()> {
        self.wrapped(&Styled::plain(&" ".repeat(indent)), text)
    }

    /// Short things side by side with dots between; where the line is full the next begins, within none of them.
    pub(super) fn items(&mut self, indent: usize, items: &[Styled]) -> io::Result<()> {
        const SEPARATOR: &str = " · ";
        const SEPARATOR_WIDTH: usize = 3;
        let mut columns = 0;
        for (item_idx, item) in items.iter().enumerate() {
            let width = item.width();
            let fits = columns + SEPARATOR_WIDTH + width <= self.width;
            if item_idx > 0 && fits {
                Styled::new(SEPARATOR, self.looks.dim).write_all(&mut self.buffer);
                columns += SEPARATOR_WIDTH + width;
            } else {
                if item_idx > 0 {
                    self.end_line()?;
                }
                self.buffer.extend(std::iter::repeat_n(' ', indent));
                columns = indent + width;
            }
            item.write_all(&mut self.buffer);
        }
        self.end_line()
    }

    /// Hands over what is not written yet.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.buffer.as_bytes())?;
        self.buffer.clear();
        self.out.flush()
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.buffer.push('\n');
        if self.buffer.len() >= BUFFER_SIZE {
            self.out.write_all(self.buffer.as_bytes())?;
            self.buffer.clear();
        }
        Ok(())
    }
}
