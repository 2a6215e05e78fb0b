//! Answers for people in a terminal.

use std::io::{self, Write};

use super::{Answer, Output, Style};

pub(super) const OUTPUT: Output = Output {
    name: "text",
    help: "for people: wrapped to the width, matches marked",
    write,
};

fn write(_answer: &Answer, _style: &Style, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
