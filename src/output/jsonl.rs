//! Answers as JSON Lines.

use std::io::{self, Write};

use super::{Answer, Output, Style};

pub(super) const OUTPUT: Output = Output {
    name: "jsonl",
    help: "JSON Lines: one paragraph, or one count, a line",
    write,
};

fn write(_answer: &Answer, _style: &Style, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
